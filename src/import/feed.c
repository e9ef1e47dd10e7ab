/*
 * feed: RSS 0.9x, 1.0 and 2.0, Atom, and WordPress exports. The items are the document's comments,
 * each with its title as a heading; replies that say what they reply to hang below it. Of an export
 * the comments are the comments, and the posts that have some are the article.
 *
 * libxml2 wants better XML than there is: what it trips over is mended first (xml_mend.c). Then it
 * reads what it can.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "dates.h"
#include "entities.h"
#include "formats.h"
#include "thread.h"
#include "xml_mend.h"

/* ---- elements -------------------------------------------------------------------------------- */

/* The name without a prefix, declared or not. */
static const char *local_name(const xmlNode *node)
{
    const char *name = (const char *)node->name, *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static bool has_prefix(const xmlNode *node, const char *prefix)
{
    size_t length = strlen(prefix);
    const char *name = (const char *)node->name;
    if (node->ns && node->ns->prefix) {
        return !strcmp((const char *)node->ns->prefix, prefix);
    }
    return !strncmp(name, prefix, length) && name[length] == ':';
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcasecmp(local_name(node), name);
}

static const char *attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *at = node->properties; at; at = at->next) {
        if (!strcmp((const char *)at->name, name) && at->children && at->children->content) {
            return (const char *)at->children->content;
        }
    }
    return NULL;
}

/* The next node in document order within `root`; NULL after the last. */
static xmlNode *next_node(xmlNode *node, const xmlNode *root, bool inside)
{
    if (inside && node->children && node->type == XML_ELEMENT_NODE) {
        return node->children;
    }
    while (node && node != root && !node->next) {
        node = node->parent;
    }
    return !node || node == root ? NULL : node->next;
}

/* All text inside, as it is. */
static void add_text(xmlNode *root, struct buffer *out)
{
    for (xmlNode *node = root; node; node = next_node(node, root, true)) {
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
            node->content) {
            buffer_adds(out, (const char *)node->content);
        }
    }
}

static struct text_ref keep_text(struct thread *thread, xmlNode *node)
{
    struct buffer text = {0};
    add_text(node, &text);
    const char *start = buffer_string(&text), *end = start + text.length;
    while (start < end && strchr(" \t\r\n", *start)) {
        start++;
    }
    while (end > start && strchr(" \t\r\n", end[-1])) {
        end--;
    }
    struct text_ref kept = thread_keep(thread, start, (size_t)(end - start));
    buffer_release(&text);
    return kept;
}

/* Atom's type="xhtml": the elements themselves, as HTML. */
static struct text_ref keep_markup(struct thread *thread, xmlNode *node)
{
    xmlBuffer *markup = xmlBufferCreate();
    if (!markup) {
        memory_exhausted();
    }
    for (xmlNode *child = node->children; child; child = child->next) {
        xmlNodeDump(markup, node->doc, child, 0, 0);
    }
    struct text_ref kept = thread_keep(thread, (const char *)xmlBufferContent(markup),
                                       (size_t)xmlBufferLength(markup));
    xmlBufferFree(markup);
    return kept;
}

/* ---- items ----------------------------------------------------------------------------------- */

struct draft {
    struct thread *thread;
    struct thread_item *item;
    unsigned body_rank, id_rank, time_rank;
    bool skip; /* a template, a setting, an attachment */
    bool comment, post;
};

static void take_body(struct draft *draft, xmlNode *node, unsigned rank)
{
    const char *type = attribute(node, "type");
    if (rank <= draft->body_rank) {
        return;
    }
    struct text_ref body = type && !strcmp(type, "xhtml") ? keep_markup(draft->thread, node)
                                                          : keep_text(draft->thread, node);
    if (body.length) {
        draft->item->body = body;
        draft->body_rank = rank;
    }
}

static void take_time(struct draft *draft, xmlNode *node, unsigned rank)
{
    struct text_ref text = keep_text(draft->thread, node);
    bool unknown;
    int64_t time = text.length < 100 ? date_parse(text.text, text.length, &unknown) : TIME_NONE;
    if (rank > draft->time_rank && time != TIME_NONE) {
        draft->item->time = time;
        draft->item->zone_unknown = unknown;
        draft->time_rank = rank;
    }
}

/* "mail@host (Name)" is the name; a lone address is not shown. */
static struct text_ref name_of(struct text_ref text)
{
    const char *open = memchr(text.text, '(', text.length);
    const char *at = memchr(text.text, '@', text.length);
    if (open && at && at < open) {
        const char *end = text.text + text.length;
        open++;
        end -= end[-1] == ')';
        return (struct text_ref){open, (uint32_t)(end > open ? end - open : 0)};
    }
    return text;
}

static void take_author(struct draft *draft, xmlNode *node)
{
    xmlNode *name = node;
    for (xmlNode *child = node->children; child; child = child->next) {
        name = is_element(child, "name") ? child : name;
    }
    if (draft->item->name.length == 0 || has_prefix(node, "dc")) {
        draft->item->name = name_of(keep_text(draft->thread, name));
    }
}

static void take_id(struct draft *draft, xmlNode *node, unsigned rank)
{
    struct text_ref id = keep_text(draft->thread, node);
    if (rank > draft->id_rank && id.length) {
        draft->item->id = id;
        draft->id_rank = rank;
    }
}

/* Blogger says what an entry is by a category. */
static void take_category(struct draft *draft, const xmlNode *node)
{
    const char *scheme = attribute(node, "scheme"), *term = attribute(node, "term");
    size_t length = scheme ? strlen(scheme) : 0;
    if (!term || length < 5 || strcmp(scheme + length - 5, "#kind") != 0) {
        return;
    }
    draft->comment = strstr(term, "#comment") != NULL;
    draft->post = strstr(term, "#post") != NULL;
    draft->skip = !draft->comment && !draft->post;
}

struct rule {
    const char *name, *prefix; /* prefix NULL: any */
    uint8_t what;
    uint8_t rank;
};

enum what { TITLE, BODY, AUTHOR, ID, TIME, REPLY, CATEGORY, LINK };

static const struct rule rules[] = {
    {"title", NULL, TITLE, 1},       {"encoded", "content", BODY, 4}, {"content", NULL, BODY, 3},
    {"description", NULL, BODY, 2},  {"summary", NULL, BODY, 1},      {"author", NULL, AUTHOR, 1},
    {"creator", NULL, AUTHOR, 2},    {"guid", NULL, ID, 2},           {"id", NULL, ID, 2},
    {"link", NULL, LINK, 1},         {"pubDate", NULL, TIME, 3},      {"published", NULL, TIME, 3},
    {"date", "dc", TIME, 2},         {"updated", NULL, TIME, 1},      {"issued", NULL, TIME, 2},
    {"in-reply-to", NULL, REPLY, 1}, {"category", NULL, CATEGORY, 1},
};

static void take_child(struct draft *draft, xmlNode *node, const struct rule *rule)
{
    const char *ref;
    switch ((enum what)rule->what) {
    case TITLE:
        if (!has_prefix(node, "media") && draft->item->title.length == 0) {
            draft->item->title = keep_text(draft->thread, node);
        }
        break;
    case BODY:
        if (!has_prefix(node, "media") && !has_prefix(node, "excerpt")) {
            take_body(draft, node, rule->rank);
        }
        break;
    case AUTHOR:
        take_author(draft, node);
        break;
    case ID:
        take_id(draft, node, rule->rank);
        break;
    case TIME:
        take_time(draft, node, rule->rank);
        break;
    case REPLY:
        ref = attribute(node, "ref");
        if (ref) {
            draft->item->parent = thread_keep(draft->thread, ref, strlen(ref));
        }
        break;
    case CATEGORY:
        take_category(draft, node);
        break;
    default:
        if (!draft->item->id.length && !attribute(node, "href")) {
            take_id(draft, node, rule->rank);
        }
        break;
    }
}

static void read_item(struct thread *thread, xmlNode *item)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct draft draft = {.thread = thread, .item = &thread->items.items[index]};
    for (xmlNode *node = item->children; node; node = node->next) {
        for (size_t i = 0; node->type == XML_ELEMENT_NODE && i < ARRAY_LENGTH(rules); i++) {
            if (!strcmp(local_name(node), rules[i].name) &&
                (!rules[i].prefix || has_prefix(node, rules[i].prefix))) {
                take_child(&draft, node, &rules[i]);
            }
        }
    }
    draft.item->kind = draft.skip ? ITEM_NONE : ITEM_COMMENT;
    if (draft.comment) {
        draft.item->title.length = 0;
    }
}

/* ---- WordPress exports ----------------------------------------------------------------------- */

static xmlNode *child_named(xmlNode *node, const char *name)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (is_element(child, name)) {
            return child;
        }
    }
    return NULL;
}

static struct text_ref child_text(struct thread *thread, xmlNode *node, const char *name)
{
    xmlNode *child = child_named(node, name);
    return child ? keep_text(thread, child) : (struct text_ref){"", 0};
}

static bool is_text(struct text_ref ref, const char *text)
{
    return ref.length == strlen(text) && !memcmp(ref.text, text, ref.length);
}

static void read_comment(struct thread *thread, xmlNode *node)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    item->kind = ITEM_COMMENT;
    item->id = child_text(thread, node, "comment_id");
    item->parent = child_text(thread, node, "comment_parent");
    item->name = child_text(thread, node, "comment_author");
    item->body = child_text(thread, node, "comment_content");
    struct text_ref time = child_text(thread, node, "comment_date_gmt");
    item->time = date_parse(time.text, time.length, &item->zone_unknown);
    item->zone_unknown = item->time == TIME_NONE;
    if (item->time == TIME_NONE) {
        time = child_text(thread, node, "comment_date");
        item->time = date_parse(time.text, time.length, &item->zone_unknown);
    }
    struct text_ref approved = child_text(thread, node, "comment_approved");
    if (!is_text(approved, "1") && approved.length) {
        item->state = COMMENT_DEAD;
    }
}

/* The text of a post that has comments goes into the article, below its title. */
static void read_post(struct thread *thread, xmlNode *item, struct buffer *article)
{
    bool any = false;
    for (xmlNode *node = item->children; node; node = node->next) {
        if (is_element(node, "comment") && has_prefix(node, "wp")) {
            read_comment(thread, node);
            any = true;
        }
    }
    struct text_ref type = child_text(thread, item, "post_type");
    if (!any || (!is_text(type, "post") && !is_text(type, "page"))) {
        return;
    }
    struct text_ref title = child_text(thread, item, "title");
    buffer_adds(article, "<h2>");
    buffer_add(article, title.text, title.length);
    buffer_adds(article, "</h2>\n\n");
    for (xmlNode *node = item->children; node; node = node->next) {
        if (is_element(node, "encoded") && has_prefix(node, "content")) {
            add_text(node, article);
        }
    }
    buffer_adds(article, "\n\n");
}

/* ---- Disqus ---------------------------------------------------------------------------------- */

static void read_disqus_post(struct thread *thread, xmlNode *node)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    xmlNode *author = child_named(node, "author"), *parent = child_named(node, "parent");
    const char *id = attribute(node, "id"), *up = parent ? attribute(parent, "id") : NULL;
    struct text_ref time = child_text(thread, node, "createdAt");
    item->kind = ITEM_COMMENT;
    item->id = thread_keep(thread, id ? id : "", id ? strlen(id) : 0);
    item->parent = thread_keep(thread, up ? up : "", up ? strlen(up) : 0);
    item->name = author ? child_text(thread, author, "name") : item->name;
    item->body = child_text(thread, node, "message");
    item->time = date_parse(time.text, time.length, &item->zone_unknown);
    if (is_text(child_text(thread, node, "isDeleted"), "true")) {
        item->state = COMMENT_DELETED;
    }
    if (is_text(child_text(thread, node, "isSpam"), "true")) {
        item->state = COMMENT_DEAD;
    }
}

/* The page that was commented on names the whole. */
static void read_disqus(struct thread *thread, xmlNode *root, struct thread_item *head)
{
    for (xmlNode *node = root->children; node; node = node->next) {
        if (is_element(node, "post")) {
            read_disqus_post(thread, node);
        } else if (is_element(node, "thread") && head->title.length == 0) {
            head->title = child_text(thread, node, "title");
            head->url = child_text(thread, node, "link");
        }
    }
}

/* ---- all together ---------------------------------------------------------------------------- */

static void add_body(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, 0);
}

static void add_export(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, BODY_BREAKS);
}

static void read_channel(struct thread *thread, xmlNode *root, struct thread_item *head)
{
    xmlNode *channel = child_named(root, "channel");
    channel = channel ? channel : root;
    head->title = child_text(thread, channel, "title");
    xmlNode *author = child_named(channel, "author");
    if (author && child_named(author, "name")) {
        head->name = child_text(thread, author, "name");
    }
    struct text_ref about = child_text(thread, channel, "description");
    head->body = about.length ? about : child_text(thread, channel, "subtitle");
}

/* An Atom entry without an author has the feed's. */
static void inherit_author(struct thread *thread, struct text_ref name)
{
    for (size_t i = 0; i < thread->items.count; i++) {
        struct thread_item *item = &thread->items.items[i];
        if (item->kind == ITEM_COMMENT && item->name.length == 0) {
            item->name = name;
        }
    }
}

/* Even one without anything in it. */
static bool is_feed(const xmlNode *root)
{
    return is_element(root, "rss") || is_element(root, "feed") || is_element(root, "RDF");
}

static bool build(xmlDoc *tree, struct builder *builder)
{
    struct thread thread = {.stated = -1, .copies = true};
    struct thread_item head = {.kind = ITEM_ARTICLE,
                               .time = TIME_NONE,
                               .number = DOCUMENT_NONE,
                               .inside = DOCUMENT_NONE,
                               .up = DOCUMENT_NONE,
                               .first = DOCUMENT_NONE,
                               .last = DOCUMENT_NONE,
                               .next = DOCUMENT_NONE,
                               .level = DOCUMENT_NONE};
    struct buffer article = {0};
    xmlNode *root = xmlDocGetRootElement(tree);
    bool export = false;
    bool disqus = root && is_element(root, "disqus");
    for (xmlNode *node = disqus ? NULL : root; node; node = next_node(node, root, true)) {
        bool item = is_element(node, "item") || is_element(node, "entry");
        if (item && child_named(node, "post_type")) {
            read_post(&thread, node, &article);
            export = true;
        } else if (item) {
            read_item(&thread, node);
        }
    }
    if (disqus) {
        read_disqus(&thread, root, &head);
    } else if (root) {
        read_channel(&thread, root, &head);
        inherit_author(&thread, head.name);
    }
    if (export) {
        head.body = thread_keep(&thread, buffer_string(&article), article.length);
    }
    vector_push(&thread.items, head);
    bool built = root && (thread.items.count > 1 || head.title.length || is_feed(root)) &&
                 thread_build(&thread, builder, export ? add_export : add_body);
    buffer_release(&article);
    thread_release(&thread);
    return built;
}

static bool xml_import(const struct import_input *input, struct builder *builder,
                       struct error *error)
{
    struct buffer mended = {0};
    xml_mend(&mended, input->bytes, input->length);
    bool built = false;
    if (mended.length < INT32_MAX) {
        xmlDoc *tree =
            xmlReadMemory(buffer_string(&mended), (int)mended.length, "feed.xml", "UTF-8",
                          XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                              XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
        if (tree) {
            built = build(tree, builder);
            xmlFreeDoc(tree);
        }
    }
    buffer_release(&mended);
    return built || error_set(error, "'%s' holds no feed that could be read", input->name);
}

static unsigned xml_sniff(const struct import_input *input)
{
    static const char *const marks[] = {
        "<rss", "<feed", "<rdf:RDF", "<RDF", "<channel", "<disqus", "http://www.w3.org/2005/Atom"};
    size_t at = 0, look = input->length < 8192 ? input->length : 8192;
    while (at < look && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    if (at >= look || input->bytes[at] != '<') {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        if (memmem(input->bytes, look, marks[i], strlen(marks[i]))) {
            return memmem(input->bytes, look, "<html", 5) ? 30 : 95;
        }
    }
    return 0;
}

static bool begins_with(const struct import_input *input, char wanted)
{
    size_t at = 0;
    while (at < input->length && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    return at < input->length && input->bytes[at] == wanted;
}

bool feed_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    return begins_with(input, '{') ? jsonfeed_import(input, builder, error)
                                   : xml_import(input, builder, error);
}

static bool is_export(const struct import_input *input)
{
    static const char mark[] = "wordpress.org/export/";
    size_t look = input->length < 8192 ? input->length : 8192;
    return begins_with(input, '<') && memmem(input->bytes, look, mark, sizeof mark - 1);
}

unsigned feed_sniff(const struct import_input *input)
{
    unsigned xml = is_export(input) ? 0 : xml_sniff(input), json = jsonfeed_sniff(input);
    return xml > json ? xml : json;
}

bool wordpress_import(const struct import_input *input, struct builder *builder,
                      struct error *error)
{
    return begins_with(input, '<') ? xml_import(input, builder, error)
                                   : wordpress_rest_import(input, builder, error);
}

unsigned wordpress_sniff(const struct import_input *input)
{
    return is_export(input) ? xml_sniff(input) : wordpress_rest_sniff(input);
}
