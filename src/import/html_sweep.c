/*
 * What does not belong to an article though it stands in it: forms, buttons for sharing, lists of
 * links, galleries, tables that are layout. Told by what an element holds for the text it has.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const positive[] = {"article", "body", "content", "entry",      "hentry",
                                       "h-entry", "main", "page",    "pagination", "post",
                                       "text",    "blog", "story"};
static const char *const negative[] = {
    "-ad-",  "hidden",   "banner",  "combx",      "comment",  "com-",     "contact", "footer",
    "gdpr",  "masthead", "media",   "meta",       "outbrain", "promo",    "related", "scroll",
    "share", "shoutbox", "sidebar", "skyscraper", "sponsor",  "shopping", "tags",    "widget",
};

bool html_has_any(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; text && i < count; i++) {
        if (strcasestr(text, parts[i])) {
            return true;
        }
    }
    return false;
}

#define HAS_ANY(text, parts) html_has_any(text, parts, ARRAY_LENGTH(parts))

float html_weight(const struct html_node *node, bool weigh)
{
    const char *const names[] = {html_attribute(node, "class"), html_attribute(node, "id")};
    float weight = 0;
    if (!weigh) {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        weight -= HAS_ANY(names[i], negative) ? 25 : 0;
        weight += HAS_ANY(names[i], positive) ? 25 : 0;
    }
    return weight;
}

float html_link_share(const struct html_node *node)
{
    return node->text ? (float)node->linked / (float)node->text : 0;
}

struct sweep {
    const struct html_page *page;
    bool strict; /* judge by what elements hold */
    bool weigh;  /* and by their names */
};

struct inside {
    uint32_t paragraphs, images, items, inputs, headings_text, lists_text;
};

/* What a node itself adds to what the elements around it hold. */
static void add_inside(const struct html_node *node, const struct inside *own,
                       struct inside *around)
{
    bool list = node->tag == GUMBO_TAG_UL || node->tag == GUMBO_TAG_OL;
    bool heading = node->tag >= GUMBO_TAG_H1 && node->tag <= GUMBO_TAG_H6;
    around->paragraphs += own->paragraphs + (node->tag == GUMBO_TAG_P);
    around->images += own->images + (node->tag == GUMBO_TAG_IMG);
    around->items += own->items + (node->tag == GUMBO_TAG_LI);
    around->inputs += own->inputs + (node->tag == GUMBO_TAG_INPUT);
    around->headings_text += heading ? node->text : own->headings_text;
    around->lists_text += list ? node->text : own->lists_text;
}

static bool is_data_table(const struct html_page *page, uint32_t table)
{
    const struct html_node *node = &page->nodes[table];
    const char *role = html_attribute(node, "role"), *summary = html_attribute(node, "summary");
    uint32_t rows = 0, cells = 0;
    if (role && !strcmp(role, "presentation")) {
        return false;
    }
    if (summary) {
        return true;
    }
    for (uint32_t i = table + 1; i < node->end; i++) {
        uint16_t tag = page->nodes[i].tag;
        if (tag == GUMBO_TAG_TABLE) {
            return false;
        }
        if (tag == GUMBO_TAG_TH || tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_THEAD ||
            tag == GUMBO_TAG_TFOOT || tag == GUMBO_TAG_COL) {
            return true;
        }
        rows += tag == GUMBO_TAG_TR;
        cells += tag == GUMBO_TAG_TD;
    }
    return rows >= 10 || (rows && cells / rows > 4) || cells > 10;
}

static bool in_data_table(const struct html_page *page, uint32_t index)
{
    for (uint32_t at = page->nodes[index].parent; at != DOCUMENT_NONE;
         at = page->nodes[at].parent) {
        if (page->nodes[at].tag == GUMBO_TAG_TABLE) {
            return is_data_table(page, at);
        }
    }
    return false;
}

static bool is_clutter(const struct sweep *sweep, uint32_t index, const struct inside *inside)
{
    const struct html_page *page = sweep->page;
    const struct html_node *node = &page->nodes[index];
    bool list = node->tag == GUMBO_TAG_UL || node->tag == GUMBO_TAG_OL;
    float weight = html_weight(node, sweep->weigh), links = html_link_share(node);
    if (weight < 0) {
        return true;
    }
    if (node->commas >= 10 || html_is_inside(page, index, GUMBO_TAG_CODE, 50)) {
        return false;
    }
    if (!list && node->text) {
        list = (float)inside->lists_text / (float)node->text > 0.9f;
    }
    float headings = node->text ? (float)inside->headings_text / (float)node->text : 0;
    bool figure = html_is_inside(page, index, GUMBO_TAG_FIGURE, 3);
    int64_t items = (int64_t)inside->items - 100;
    bool clutter = (inside->images > 1 &&
                    (float)inside->paragraphs / (float)inside->images < 0.5f && !figure) ||
                   (!list && items > (int64_t)inside->paragraphs) ||
                   inside->inputs > inside->paragraphs / 3 ||
                   (!list && headings < 0.9f && node->text < 25 &&
                    (inside->images == 0 || inside->images > 2) && !figure) ||
                   (!list && weight < 25 && links > 0.2f) || (weight >= 25 && links > 0.5f);
    if (list && clutter) {
        /* a list of images is a gallery, and stays */
        return !(inside->images == inside->items && inside->items > 0);
    }
    return clutter;
}

static bool is_share(const struct html_node *node)
{
    const char *const names[] = {html_attribute(node, "class"), html_attribute(node, "id")};
    for (size_t i = 0; i < 2; i++) {
        const char *found = names[i] ? strcasestr(names[i], "share") : NULL;
        bool left = found &&
                    (found == names[i] || found[-1] == ' ' || found[-1] == '_' || found[-1] == '-');
        if (left && !((found[5] | 32) >= 'a' && (found[5] | 32) <= 'z' && found[5] != 'd')) {
            return node->text < 500;
        }
    }
    return false;
}

static bool is_swept(const struct sweep *sweep, uint32_t index, const struct inside *inside)
{
    const struct html_page *page = sweep->page;
    const struct html_node *node = &page->nodes[index];
    switch ((GumboTag)node->tag) {
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NAV:
        return true;
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DIV:
        return sweep->strict && !in_data_table(page, index) && is_clutter(sweep, index, inside);
    case GUMBO_TAG_TABLE:
        return sweep->strict && !is_data_table(page, index) && is_clutter(sweep, index, inside);
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
        return html_weight(node, sweep->weigh) < 0;
    default:
        return false;
    }
}

/*
 * Inner elements first: what is left of them counts for the outer ones. A walk from the end to the
 * start meets children before parents, so text and what it holds are summed up on the way.
 */
void html_sweep(struct html_page *page, uint32_t root, bool strict, bool weigh)
{
    struct sweep sweep = {page, strict, weigh};
    uint32_t count = page->nodes[root].end - root;
    struct inside *held = xcalloc(count, sizeof *held);
    for (uint32_t i = root; i < root + count; i++) {
        struct html_node *node = &page->nodes[i];
        if (!html_is_text(node)) {
            node->gone = node->gone || (i > root && is_share(node));
        }
    }
    for (uint32_t i = root; i < root + count; i++) {
        struct html_node *node = &page->nodes[i];
        if (!html_is_text(node)) {
            node->text = node->linked = node->commas = 0;
        }
    }
    for (uint32_t i = root + count; i-- > root + 1;) {
        struct html_node *node = &page->nodes[i], *parent = &page->nodes[node->parent];
        node->linked = html_linked(node);
        if (!node->gone && !html_is_text(node)) {
            node->gone = is_swept(&sweep, i, &held[i - root]);
        }
        if (!node->gone) {
            parent->text += node->text;
            parent->linked += node->linked;
            parent->commas += node->commas;
            add_inside(node, &held[i - root], &held[node->parent - root]);
        }
    }
    free(held);
}
