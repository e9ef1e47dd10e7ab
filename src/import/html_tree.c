/*
 * The flat tree, and what is asked of its nodes.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- parsing --------------------------------------------------------------------------------- */

static void *take(void *nothing, size_t size)
{
    (void)nothing;
    return xmalloc(size);
}

static void give(void *nothing, void *memory)
{
    (void)nothing;
    free(memory);
}

/* What the library has by default, but that errors are not collected. */
static const GumboOptions parsing = {.allocator = take,
                                     .deallocator = give,
                                     .tab_stop = 8,
                                     .max_errors = 0,
                                     .fragment_context = GUMBO_TAG_LAST,
                                     .fragment_namespace = GUMBO_NAMESPACE_HTML};

/* ---- flat ------------------------------------------------------------------------------------ */

typedef VECTOR(struct html_node) node_vector;

static const GumboVector *children_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        return &node->v.element.children;
    }
    return node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children : NULL;
}

static bool is_kept(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEXT ||
           node->type == GUMBO_NODE_CDATA || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_TEMPLATE;
}

/* Walks by parent and index, which every node of gumbo knows. */
static void flatten(const GumboNode *root, node_vector *nodes)
{
    VECTOR(uint32_t) open = {0};
    const GumboNode *node = root;
    for (;;) {
        bool element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
        struct html_node flat = {.node = node,
                                 .parent = open.count ? open.items[open.count - 1] : DOCUMENT_NONE,
                                 .tag = (uint16_t)(element ? node->v.element.tag : GUMBO_TAG_LAST)};
        const GumboVector *children = children_of(node);
        uint32_t index = (uint32_t)nodes->count;
        if (is_kept(node)) {
            vector_push(nodes, flat);
        }
        if (children && children->length > 0) {
            vector_push(&open, index);
            node = children->data[0];
            continue;
        }
        if (is_kept(node)) {
            nodes->items[index].end = index + 1;
        }
        for (;;) {
            if (node == root || open.count == 0) {
                vector_release(&open);
                return;
            }
            const GumboVector *siblings = children_of(node->parent);
            size_t next = node->index_within_parent + 1;
            if (siblings && next < siblings->length) {
                node = siblings->data[next];
                break;
            }
            node = node->parent;
            uint32_t left = open.items[--open.count];
            if (left < nodes->count) {
                nodes->items[left].end = (uint32_t)nodes->count;
            }
        }
    }
}

void html_close(struct html_page *page)
{
    if (page->output) {
        gumbo_destroy_output(&parsing, page->output);
    }
    free(page->nodes);
    buffer_release(&page->calmed);
    *page = (struct html_page){0};
}

/* ---- questions ------------------------------------------------------------------------------- */

const char *html_attribute(const struct html_node *node, const char *name)
{
    if (html_is_text(node)) {
        return NULL;
    }
    const GumboAttribute *attribute = gumbo_get_attribute(&node->node->v.element.attributes, name);
    return attribute ? attribute->value : NULL;
}

bool html_has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && *at;) {
        size_t blanks = strspn(at, " \t\n\r\f"), size = strcspn(at + blanks, " \t\n\r\f");
        if (size == length && !strncasecmp(at + blanks, word, length)) {
            return true;
        }
        at += blanks + size;
    }
    return false;
}

bool html_class_has(const struct html_node *node, const char *part)
{
    const char *class = html_attribute(node, "class"), *id = html_attribute(node, "id");
    return (class && strcasestr(class, part)) || (id && strcasestr(id, part));
}

bool html_is_inside(const struct html_page *page, uint32_t node, GumboTag tag, unsigned levels)
{
    for (uint32_t at = page->nodes[node].parent; at != DOCUMENT_NONE && levels > 0; levels--) {
        if (page->nodes[at].tag == (uint16_t)tag) {
            return true;
        }
        at = page->nodes[at].parent;
    }
    return false;
}

bool html_is_block(GumboTag tag)
{
    static const uint16_t blocks[] = {
        GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_DL,      GUMBO_TAG_DIV,    GUMBO_TAG_OL,
        GUMBO_TAG_P,          GUMBO_TAG_PRE,     GUMBO_TAG_TABLE,  GUMBO_TAG_UL,
        GUMBO_TAG_SECTION,    GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER,
        GUMBO_TAG_FIGURE,     GUMBO_TAG_H1,      GUMBO_TAG_H2,     GUMBO_TAG_H3,
        GUMBO_TAG_H4,         GUMBO_TAG_H5,      GUMBO_TAG_H6,     GUMBO_TAG_HR,
        GUMBO_TAG_MAIN,       GUMBO_TAG_ASIDE,   GUMBO_TAG_FORM,   GUMBO_TAG_NAV,
    };
    for (size_t i = 0; i < ARRAY_LENGTH(blocks); i++) {
        if (blocks[i] == (uint16_t)tag) {
            return true;
        }
    }
    return false;
}

bool html_is_hidden(const struct html_node *node)
{
    const char *style = html_attribute(node, "style"), *aria = html_attribute(node, "aria-hidden");
    if (style &&
        (strcasestr(style, "display:none") || strcasestr(style, "display: none") ||
         strcasestr(style, "visibility:hidden") || strcasestr(style, "visibility: hidden"))) {
        return true;
    }
    return html_attribute(node, "hidden") ||
           (aria && !strcmp(aria, "true") && !html_class_has(node, "fallback-image"));
}

/* ---- text ------------------------------------------------------------------------------------ */

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void count_text(struct html_node *node)
{
    const char *at = node->node->v.text.text;
    bool blank = true;
    node->text = node->commas = 0;
    for (; *at; at++) {
        bool here = is_blank(*at);
        node->text += (here && !blank) || (!here && ((unsigned char)*at & 0xC0) != 0x80);
        node->commas += *at == ',' || !strncmp(at, "\xE3\x80\x81", 3) ||
                        !strncmp(at, "\xEF\xBC\x8C", 3) || !strncmp(at, "\xD8\x8C", 2);
        blank = here;
    }
}

/* What never changes: the length of texts, and which elements are links. */
static void measure_once(struct html_page *page)
{
    for (uint32_t i = 0; i < page->count; i++) {
        struct html_node *node = &page->nodes[i];
        const char *address = node->tag == GUMBO_TAG_A ? html_attribute(node, "href") : NULL;
        if (html_is_text(node)) {
            count_text(node);
        } else if (address) {
            node->link = *address == '#' ? 3 : 10; /* a jump within the page is less of a link */
        }
    }
}

uint32_t html_linked(const struct html_node *node)
{
    return node->link ? (uint32_t)((uint64_t)node->text * node->link / 10) : node->linked;
}

bool html_open(struct html_page *page, const char *text, size_t length)
{
    *page = (struct html_page){.output = NULL};
    if (html_calm(text, length, &page->calmed)) {
        text = buffer_string(&page->calmed);
        length = page->calmed.length;
    }
    page->output = gumbo_parse_with_options(&parsing, text, length);
    if (!page->output) {
        buffer_release(&page->calmed);
        return false;
    }
    node_vector nodes = {0};
    flatten(page->output->root, &nodes);
    page->nodes = nodes.items;
    page->count = (uint32_t)nodes.count;
    measure_once(page);
    return true;
}

void html_measure(struct html_page *page)
{
    for (uint32_t i = 0; i < page->count; i++) {
        struct html_node *node = &page->nodes[i];
        if (!html_is_text(node)) {
            node->text = node->linked = node->commas = 0;
        }
    }
    for (uint32_t i = page->count; i-- > 1;) {
        struct html_node *node = &page->nodes[i];
        if (node->gone || node->parent == DOCUMENT_NONE) {
            continue;
        }
        struct html_node *parent = &page->nodes[node->parent];
        node->linked = html_linked(node);
        parent->text += node->text;
        parent->linked += node->linked;
        parent->commas += node->commas;
    }
}

static void add_collapsed(struct buffer *out, const char *text, bool escape)
{
    bool blank = out->length == 0 || is_blank(out->data[out->length - 1]);
    for (const char *at = text; *at; at++) {
        if (is_blank(*at)) {
            if (!blank) {
                buffer_addc(out, ' ');
            }
            blank = true;
            continue;
        }
        if (escape && (*at == '<' || *at == '&')) {
            buffer_adds(out, *at == '<' ? "&lt;" : "&amp;");
        } else {
            buffer_addc(out, *at);
        }
        blank = false;
    }
}

void html_text(const struct html_page *page, uint32_t root, struct buffer *out)
{
    for (uint32_t i = root; i < page->nodes[root].end; i++) {
        const struct html_node *node = &page->nodes[i];
        if (node->gone && i != root) {
            i = node->end - 1;
        } else if (html_is_text(node)) {
            add_collapsed(out, node->node->v.text.text, false);
        } else if (node->tag == GUMBO_TAG_BR || html_is_block((GumboTag)node->tag)) {
            buffer_adds(out, " ");
        }
    }
}

void html_trimmed_text(const struct html_page *page, uint32_t root, struct buffer *out)
{
    html_text(page, root, out);
    size_t blanks = strspn(buffer_string(out), " ");
    while (out->length > blanks && out->data[out->length - 1] == ' ') {
        out->length--;
    }
    if (out->length) {
        memmove(out->data, out->data + blanks, out->length - blanks);
        out->length -= blanks;
        out->data[out->length] = '\0';
    }
}

/* ---- simple HTML ----------------------------------------------------------------------------- */

/* Tags that body_html() makes something of, and keep their name. */
static bool is_simple(GumboTag tag)
{
    static const uint16_t tags[] = {
        GUMBO_TAG_P,       GUMBO_TAG_DIV,     GUMBO_TAG_BR,         GUMBO_TAG_I,
        GUMBO_TAG_EM,      GUMBO_TAG_B,       GUMBO_TAG_STRONG,     GUMBO_TAG_CODE,
        GUMBO_TAG_TT,      GUMBO_TAG_KBD,     GUMBO_TAG_SAMP,       GUMBO_TAG_DEL,
        GUMBO_TAG_S,       GUMBO_TAG_PRE,     GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_UL,
        GUMBO_TAG_OL,      GUMBO_TAG_LI,      GUMBO_TAG_H1,         GUMBO_TAG_H2,
        GUMBO_TAG_H3,      GUMBO_TAG_H4,      GUMBO_TAG_H5,         GUMBO_TAG_H6,
        GUMBO_TAG_HR,      GUMBO_TAG_TR,      GUMBO_TAG_TD,         GUMBO_TAG_TH,
        GUMBO_TAG_TABLE,   GUMBO_TAG_SECTION, GUMBO_TAG_DL,         GUMBO_TAG_DT,
        GUMBO_TAG_DD,      GUMBO_TAG_FIGURE,  GUMBO_TAG_FIGCAPTION, GUMBO_TAG_A,
        GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,  GUMBO_TAG_FOOTER,     GUMBO_TAG_ASIDE,
        GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_STRIKE,     GUMBO_TAG_CENTER,
    };
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (tags[i] == (uint16_t)tag) {
            return true;
        }
    }
    return false;
}

static const char *simple_name(const struct html_node *node)
{
    if (node->tag == GUMBO_TAG_ASIDE && !html_class_has(node, "quote")) {
        return "div";
    }
    return gumbo_normalized_tagname((GumboTag)node->tag);
}

static void open_tag(const struct html_node *node, struct buffer *out)
{
    const char *address = node->tag == GUMBO_TAG_A ? html_attribute(node, "href") : NULL;
    buffer_printf(out, "<%s", simple_name(node));
    if (address && strlen(address) < 2000) {
        buffer_adds(out, " href=\"");
        for (const char *at = address; *at; at++) {
            if (*at == '"' || *at == '<' || *at == '>' || *at == '&') {
                buffer_printf(out, "&#%d;", *at);
            } else {
                buffer_addc(out, *at);
            }
        }
        buffer_addc(out, '"');
    }
    buffer_addc(out, '>');
}

static void add_raw(struct buffer *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '<' || *at == '&') {
            buffer_adds(out, *at == '<' ? "&lt;" : "&amp;");
        } else {
            buffer_addc(out, *at);
        }
    }
}

void html_simplify(const struct html_page *page, uint32_t root, struct buffer *out)
{
    VECTOR(uint32_t) open = {0};
    unsigned pre = 0;
    uint32_t i = root;
    while (i < page->nodes[root].end || open.count) {
        while (open.count && (i >= page->nodes[open.items[open.count - 1]].end)) {
            const struct html_node *node = &page->nodes[open.items[--open.count]];
            buffer_printf(out, "</%s>", simple_name(node));
            pre -= node->tag == GUMBO_TAG_PRE && pre > 0;
        }
        if (i >= page->nodes[root].end) {
            break;
        }
        const struct html_node *node = &page->nodes[i];
        if (i != root && (node->gone || node->comment)) {
            i = node->end;
            continue;
        }
        if (html_is_text(node)) {
            (pre ? add_raw(out, node->node->v.text.text)
                 : add_collapsed(out, node->node->v.text.text, true));
        } else if (is_simple((GumboTag)node->tag)) {
            open_tag(node, out);
            if (node->tag != GUMBO_TAG_BR && node->tag != GUMBO_TAG_HR) {
                vector_push(&open, i);
                pre += node->tag == GUMBO_TAG_PRE;
            }
        }
        i++;
    }
    vector_release(&open);
}
