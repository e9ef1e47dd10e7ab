/*
 * What a page says about itself, by how far it can be trusted: JSON-LD, Open Graph and article:*,
 * Dublin Core, the first heading, <title> without the site's name.
 */
#include "html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dates.h"
#include "entities.h"

/* ---- JSON-LD: only the few keys that matter, found without a parser -------------------------- */

/* The string after `"key":` at or after `at`; false if there is none. Broken JSON is common there.
 */
static bool json_string(const char *at, const char *key, struct buffer *out)
{
    char wanted[40];
    snprintf(wanted, sizeof wanted, "\"%s\"", key);
    const char *found = strstr(at, wanted);
    if (!found) {
        return false;
    }
    found += strlen(wanted);
    found += strspn(found, " \t\r\n:");
    if (*found++ != '"') {
        return false;
    }
    buffer_clear(out);
    for (; *found && *found != '"'; found++) {
        if (*found == '\\' && found[1]) {
            found++;
            if (*found == 'u' && strlen(found) > 4) {
                char digits[5] = {found[1], found[2], found[3], found[4], '\0'};
                buffer_add_code_point(out, (uint32_t)strtoul(digits, NULL, 16));
                found += 4;
                continue;
            }
            buffer_addc(out, *found == 'n' || *found == 't' ? ' ' : *found);
        } else {
            buffer_addc(out, *found);
        }
    }
    return out->length > 0;
}

static bool is_article_data(const char *text)
{
    static const char *const types[] = {
        "NewsArticle\"", "BlogPosting\"",          "\"Article\"",       "DiscussionForumPosting\"",
        "TechArticle\"", "ReportageNewsArticle\"", "ScholarlyArticle\""};
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++) {
        if (strstr(text, types[i])) {
            return true;
        }
    }
    return false;
}

static void set_time(struct html_meta *meta, const char *text)
{
    bool unknown;
    if (meta->published == TIME_NONE && text) {
        meta->published = date_parse(text, strlen(text), &unknown);
    }
}

static void keep(struct buffer *place, const char *text)
{
    if (place->length == 0 && text && *text) {
        entities_strip(place, text, strlen(text));
    }
}

static void read_data(const char *text, struct html_meta *meta)
{
    struct buffer value = {0};
    if (is_article_data(text)) {
        if (json_string(text, "headline", &value)) {
            keep(&meta->title, buffer_string(&value));
        }
        if (json_string(text, "datePublished", &value)) {
            set_time(meta, buffer_string(&value));
        }
        const char *author = strstr(text, "\"author\"");
        if (author && json_string(author, "name", &value) && value.length < 200) {
            keep(&meta->byline, buffer_string(&value));
        }
    }
    buffer_release(&value);
}

/* ---- meta elements --------------------------------------------------------------------------- */

enum place { TITLE, TITLE_WEAK, BYLINE, SITE, URL, TIME };

struct meta_name {
    const char *name;
    uint8_t place;
};

static const struct meta_name names[] = {
    {"og:title", TITLE_WEAK},
    {"twitter:title", TITLE_WEAK},
    {"dc.title", TITLE_WEAK},
    {"dcterm:title", TITLE_WEAK},
    {"author", BYLINE},
    {"article:author", BYLINE},
    {"dc.creator", BYLINE},
    {"dcterm:creator", BYLINE},
    {"parsely-author", BYLINE},
    {"sailthru.author", BYLINE},
    {"byl", BYLINE},
    {"og:site_name", SITE},
    {"og:url", URL},
    {"article:published_time", TIME},
    {"date", TIME},
    {"dc.date", TIME},
    {"dc.date.issued", TIME},
    {"pubdate", TIME},
    {"datepublished", TIME},
    {"parsely-pub-date", TIME},
    {"sailthru.date", TIME},
    {"publishdate", TIME},
    {"ptime", TIME},
};

static void set_place(struct html_meta *meta, uint8_t place, const char *value,
                      struct buffer *title)
{
    switch (place) {
    case TITLE:
        keep(&meta->title, value);
        break;
    case TITLE_WEAK:
        keep(title, value);
        break;
    case BYLINE:
        if (!strstr(value, "://") && strlen(value) < 200) {
            keep(&meta->byline, value);
        }
        break;
    case SITE:
        keep(&meta->site, value);
        break;
    case URL:
        keep(&meta->url, value);
        break;
    default:
        set_time(meta, value);
        break;
    }
}

static void read_meta(const struct html_node *node, struct html_meta *meta, struct buffer *title)
{
    const char *content = html_attribute(node, "content");
    const char *keys[] = {html_attribute(node, "property"), html_attribute(node, "name"),
                          html_attribute(node, "itemprop")};
    for (size_t k = 0; content && k < ARRAY_LENGTH(keys); k++) {
        for (size_t i = 0; keys[k] && i < ARRAY_LENGTH(names); i++) {
            if (!strcasecmp(keys[k], names[i].name)) {
                set_place(meta, names[i].place, content, title);
            }
        }
    }
}

/* ---- <title> --------------------------------------------------------------------------------- */

static unsigned word_count(const char *text, size_t length)
{
    unsigned count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    }
    return count;
}

static const char *const site_signs[] = {" | ",
                                         " - ",
                                         " \xE2\x80\x94 ",
                                         " \xE2\x80\x93 ",
                                         " \xC2\xBB ",
                                         " \xC2\xAB ",
                                         " :: ",
                                         " / ",
                                         " > ",
                                         " \xC2\xB7 ",
                                         " : "};

/* Sites whose titles may be shorter than their name. */
static bool is_known_site(const char *name)
{
    static const char *const sites[] = {"Hacker News", "Lobsters", "Stack Overflow"};
    for (size_t i = 0; i < ARRAY_LENGTH(sites); i++) {
        if (!strcmp(name, sites[i])) {
            return true;
        }
    }
    return false;
}

/* Takes off " | Site", " - Site": the longer side stays if the site's is the longer one. */
static void cut_site(struct buffer *title)
{
    const char *text = buffer_string(title), *last = NULL;
    size_t size = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(site_signs); i++) {
        for (const char *at = text; (at = strstr(at, site_signs[i])) != NULL; at++) {
            if (!last || at > last) {
                last = at;
                size = strlen(site_signs[i]);
            }
        }
    }
    if (!last) {
        return;
    }
    size_t left = (size_t)(last - text), right = title->length - left - size;
    if (word_count(text, left) >= 3 || left >= right || is_known_site(last + size)) {
        title->length = left;
        title->data[left] = '\0';
    } else if (word_count(last + size, right) >= 3) {
        memmove(title->data, last + size, right + 1);
        title->length = right;
    }
}

/* The heading is all that stands before or after such a sign in the page's title. */
static bool is_side(const struct buffer *whole, const struct buffer *heading)
{
    const char *text = buffer_string(whole);
    const char *at = heading->length ? strstr(text, heading->data) : NULL;
    if (!at) {
        return false;
    }
    bool begins = at == text, ends = at[heading->length] == '\0';
    size_t before = (size_t)(at - text);
    begins = begins || (before > 2 && !memcmp(at - 2, ": ", 2));
    for (size_t i = 0; i < ARRAY_LENGTH(site_signs); i++) {
        size_t size = strlen(site_signs[i]);
        begins = begins || (before > size && !memcmp(at - size, site_signs[i], size));
        ends = ends || !strncmp(at + heading->length, site_signs[i], size);
    }
    return begins && ends;
}

/* A heading that is part of the page's title, or the only one, is the article's. */
static void read_headings(const struct html_page *page, const struct buffer *whole,
                          struct buffer *title)
{
    unsigned found = 0;
    struct buffer only = {0};
    for (uint32_t i = 0; i < page->count && title->length == 0; i++) {
        uint16_t tag = page->nodes[i].tag;
        if (tag != GUMBO_TAG_H1 && tag != GUMBO_TAG_H2 && tag != GUMBO_TAG_H3) {
            continue;
        }
        struct buffer text = {0};
        html_trimmed_text(page, i, &text);
        bool part = tag == GUMBO_TAG_H1 && text.length > 3 && whole->length &&
                    strstr(buffer_string(whole), text.data) &&
                    word_count(text.data, text.length) >= 2;
        if (part || is_side(whole, &text)) {
            buffer_add(title, text.data, text.length);
        }
        if (tag == GUMBO_TAG_H1 && found++ == 0 && text.length) {
            buffer_add(&only, text.data, text.length);
        }
        buffer_release(&text);
    }
    if (title->length == 0 && found == 1 && (whole->length < 15 || whole->length > 150)) {
        buffer_add(title, buffer_string(&only), only.length);
    }
    buffer_release(&only);
}

static void read_byline(const struct html_page *page, struct html_meta *meta)
{
    for (uint32_t i = 0; i < page->count && meta->byline.length == 0; i++) {
        const struct html_node *node = &page->nodes[i];
        const char *rel = html_attribute(node, "rel"), *prop = html_attribute(node, "itemprop");
        bool author = (rel && !strcmp(rel, "author")) || (prop && strstr(prop, "author")) ||
                      html_class_has(node, "byline") || html_class_has(node, "author");
        if (!author || node->tag == GUMBO_TAG_BODY || node->comment || node->gone) {
            continue;
        }
        struct buffer text = {0};
        html_text(page, i, &text);
        if (text.length > 2 && text.length < 100) {
            keep(&meta->byline, buffer_string(&text));
        }
        buffer_release(&text);
    }
}

void html_meta_read(const struct html_page *page, struct html_meta *meta)
{
    struct buffer open = {0}, whole = {0};
    *meta = (struct html_meta){.published = TIME_NONE};
    for (uint32_t i = 0; i < page->count; i++) {
        const struct html_node *node = &page->nodes[i];
        const char *type = node->tag == GUMBO_TAG_SCRIPT ? html_attribute(node, "type") : NULL;
        if (node->tag == GUMBO_TAG_META) {
            read_meta(node, meta, &open);
        } else if (node->tag == GUMBO_TAG_TITLE && whole.length == 0) {
            html_text(page, i, &whole);
        } else if (type && strcasestr(type, "ld+json") && i + 1 < node->end) {
            read_data(page->nodes[i + 1].node->v.text.text, meta);
        } else if (node->tag == GUMBO_TAG_TIME && meta->published == TIME_NONE &&
                   (html_attribute(node, "pubdate") || html_attribute(node, "itemprop"))) {
            set_time(meta, html_attribute(node, "datetime"));
        }
    }
    if (meta->title.length == 0) {
        keep(&meta->title, open.data);
    }
    if (meta->title.length == 0) {
        read_headings(page, &whole, &meta->title);
    }
    if (meta->title.length == 0 && whole.length) {
        buffer_add(&meta->title, whole.data, whole.length);
        cut_site(&meta->title);
    }
    read_byline(page, meta);
    buffer_release(&open);
    buffer_release(&whole);
}

void html_meta_release(struct html_meta *meta)
{
    buffer_release(&meta->title);
    buffer_release(&meta->byline);
    buffer_release(&meta->site);
    buffer_release(&meta->url);
}
