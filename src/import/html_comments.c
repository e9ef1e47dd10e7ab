/*
 * Comments in a page's markup: of each root (html_roots.c) who wrote it, when, and what. Roots
 * inside roots are replies. Sites that lay them out flat say the level in a class, by the boxes
 * around, or by the width of an image.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "attribution.h"
#include "dates.h"

/* ---- parts ----------------------------------------------------------------------------------- */

enum { LONGEST_NAME = 90 };
enum part { PART_AUTHOR, PART_DATE, PART_BODY };

/* A name in a class attribute that means the author's: "commenter-name", "comment__author". */
static bool is_author_word(const char *word, size_t length)
{
    static const char *const whose[] = {"author", "user",     "username", "commenter", "poster",
                                        "nick",   "nickname", "creator",  "screen",    "display"};
    struct html_tokens tokens;
    html_tokens_cut(&tokens, word, length);
    if (tokens.count == 0) {
        return false;
    }
    unsigned last = tokens.count - 1;
    bool name = html_token_is(&tokens, last, "name") && tokens.count > 1;
    for (size_t i = 0; i < ARRAY_LENGTH(whose); i++) {
        if (html_token_is(&tokens, last, whose[i]) ||
            (name && html_token_is(&tokens, last - 1, whose[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_author(const struct html_node *node, unsigned pass)
{
    const char *class = html_attribute(node, "class"), *prop = html_attribute(node, "itemprop");
    static const char *const strong[] = {
        "fn",        "hnuser",   "p-author",   "u-author", "comment-author-name", "comment_author",
        "commenter", "username", "author-name"};
    for (size_t i = 0; class && i < ARRAY_LENGTH(strong); i++) {
        if (html_has_word(class, strong[i])) {
            return true;
        }
    }
    if (node->tag == GUMBO_TAG_CITE || (prop && !strcmp(prop, "creator"))) {
        return true;
    }
    if (pass == 0) {
        return false;
    }
    static const char *const weak[] = {"comment-author",      "author", "vcard",
                                       "comment-meta-author", "name",   "u-card"};
    for (size_t i = 0; class && i < ARRAY_LENGTH(weak); i++) {
        if (html_has_word(class, weak[i])) {
            return true;
        }
    }
    const char *address = node->tag == GUMBO_TAG_A ? html_attribute(node, "href") : NULL;
    return (prop && strstr(prop, "author")) || html_any_word(class, is_author_word) ||
           (address &&
            (!strncmp(address, "/u/", 3) || !strncmp(address, "/~", 2) ||
             strstr(address, "user?id=") || strstr(address, "/users/")) &&
            node->text > 0);
}

static bool is_body_word(const char *word, size_t length)
{
    static const char *const what[] = {"content", "text", "body", "message", "copy", "texte"};
    static const char *const whose[] = {"comment", "comments", "message", "forum", "reply",
                                        "post",    "usertext", "answer",  "user"};
    struct html_tokens tokens;
    html_tokens_cut(&tokens, word, length);
    bool whose_is = tokens.count == 1, what_is = false;
    for (size_t i = 0; tokens.count > 0 && i < ARRAY_LENGTH(what); i++) {
        what_is = what_is || html_token_is(&tokens, tokens.count - 1, what[i]);
    }
    for (size_t i = 0; tokens.count > 1 && i < ARRAY_LENGTH(whose); i++) {
        whose_is = whose_is || html_token_is(&tokens, tokens.count - 2, whose[i]);
    }
    return what_is && whose_is;
}

static bool is_body(const struct html_node *node)
{
    static const char *const classes[] = {
        "commenttext", "commtext", "e-content",   "comment-entry", "comment-post",
        "commentText", "md",       "postcontent", "comment_text"};
    const char *class = html_attribute(node, "class"), *prop = html_attribute(node, "itemprop");
    if (prop &&
        (!strcmp(prop, "commentText") || !strcmp(prop, "text") || !strcmp(prop, "articleBody"))) {
        return true;
    }
    for (size_t i = 0; class && i < ARRAY_LENGTH(classes); i++) {
        if (html_has_word(class, classes[i])) {
            return true;
        }
    }
    return html_any_word(class, is_body_word);
}

/* The first node of the comment itself, replies left out, that is such a part. What holds the
 * author too is no body. `hint`: of an author, how lenient to be; of a body, where the author is.
 */
static uint32_t find_part(const struct html_page *page, uint32_t root, enum part part,
                          uint32_t hint)
{
    for (uint32_t i = root + 1; i < page->nodes[root].end; i++) {
        const struct html_node *node = &page->nodes[i];
        if (node->comment) {
            i = node->end - 1;
            continue;
        }
        if (html_is_text(node)) {
            continue;
        }
        bool found = part == PART_AUTHOR
                         ? is_author(node, hint) && node->text > 0 && node->text < LONGEST_NAME
                     : part == PART_BODY ? is_body(node) && !(hint > i && hint < node->end)
                                         : node->tag == GUMBO_TAG_TIME;
        if (found) {
            return i;
        }
    }
    return DOCUMENT_NONE;
}

static uint32_t find_author(const struct html_page *page, uint32_t root)
{
    uint32_t at = find_part(page, root, PART_AUTHOR, 0);
    at = at != DOCUMENT_NONE ? at : find_part(page, root, PART_AUTHOR, 1);
    for (uint32_t i = at; at != DOCUMENT_NONE && i < page->nodes[at].end; i++) {
        const char *prop = html_attribute(&page->nodes[i], "itemprop");
        if (prop && !strcmp(prop, "name") && page->nodes[i].text > 0) {
            return i; /* of all that stands there, this is the name */
        }
    }
    return at;
}

static bool is_date_class(const struct html_node *node)
{
    return html_class_has(node, "date") || html_class_has(node, "time") ||
           html_class_has(node, "meta") || html_class_has(node, "age") ||
           html_class_has(node, "permalink") || html_class_has(node, "published");
}

static void read_date(const struct html_page *page, uint32_t root, struct thread_item *item)
{
    uint32_t at = find_part(page, root, PART_DATE, 0);
    const char *value = at != DOCUMENT_NONE ? html_attribute(&page->nodes[at], "datetime") : NULL;
    if (value) {
        item->time = date_parse(value, strlen(value), &item->zone_unknown);
    }
    for (uint32_t i = root + 1; i < page->nodes[root].end && item->time == TIME_NONE; i++) {
        const struct html_node *node = &page->nodes[i];
        if (node->comment) {
            i = node->end - 1;
            continue;
        }
        const char *address = node->tag == GUMBO_TAG_A ? html_attribute(node, "href") : NULL;
        bool link = address && strstr(address, "#comment");
        if (html_is_text(node) || node->text > 120 || !(link || is_date_class(node))) {
            continue;
        }
        struct buffer text = {0};
        struct date_hit hit;
        const char *title = html_attribute(node, "title");
        html_text(page, i, &text);
        if (date_find(buffer_string(&text), text.length, &hit) ||
            (title && date_find(title, strlen(title), &hit))) {
            item->time = hit.time;
            item->zone_unknown = hit.zone_unknown && hit.time != TIME_NONE;
        }
        buffer_release(&text);
    }
}

/* "Pingback: the title of the page that links here" */
static void read_pingback(const struct html_page *page, uint32_t root, struct thread *thread,
                          struct thread_item *item)
{
    struct buffer text = {0};
    html_text(page, root, &text);
    struct attribution found;
    if (text_attribution(buffer_string(&text), text.length, &found)) {
        item->name = thread_keep(thread, found.name, found.length);
    }
    buffer_release(&text);
}

static void read_name(const struct html_page *page, uint32_t root, struct thread *thread,
                      struct thread_item *item)
{
    const char *given = html_attribute(&page->nodes[root], "data-author");
    uint32_t at = find_author(page, root);
    if (given && *given) {
        item->name = thread_keep(thread, given, strlen(given));
        return;
    }
    if (at == DOCUMENT_NONE) {
        read_pingback(page, root, thread, item);
        return;
    }
    struct buffer text = {0};
    html_text(page, at, &text);
    const char *start = buffer_string(&text), *end = start + text.length;
    struct attribution found;
    if (text_attribution(start, text.length, &found)) {
        item->name = thread_keep(thread, found.name, found.length);
        item->time = found.time;
        item->zone_unknown = found.zone_unknown;
        buffer_release(&text);
        return;
    }
    static const char *const tails[] = {
        "says:", "said:", "sagt:", "says", "dit :", "wrote:", "(not verified)", "schrieb:", ":"};
    while (end > start && end[-1] == ' ') {
        end--;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(tails); i++) {
        size_t size = strlen(tails[i]);
        if ((size_t)(end - start) > size && !memcmp(end - size, tails[i], size)) {
            end -= size;
            break;
        }
    }
    while (end > start && end[-1] == ' ') {
        end--;
    }
    while (start < end && *start == ' ') {
        start++;
    }
    item->name = thread_keep(thread, start, (size_t)(end - start));
    buffer_release(&text);
}

/* What is no text of the comment: its head, its buttons. */
static bool is_furniture(const struct html_node *node)
{
    static const char *const parts[] = {
        "reply", "comment-meta", "commentmetadata",  "comment-author", "avatar",
        "vcard", "comment-head", "comhead",          "votelinks",      "byline",
        "says",  "edit-link",    "comment-awaiting", "respond"};
    if (node->tag == GUMBO_TAG_FORM || node->tag == GUMBO_TAG_CITE ||
        node->tag == GUMBO_TAG_SCRIPT || node->tag == GUMBO_TAG_STYLE ||
        node->tag == GUMBO_TAG_TIME) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
        if (html_class_has(node, parts[i])) {
            return true;
        }
    }
    return false;
}

static bool is_permalink(const struct html_node *node)
{
    const char *address = node->tag == GUMBO_TAG_A ? html_attribute(node, "href") : NULL;
    return address && strstr(address, "#comment") && node->text < 60;
}

static void read_body(struct html_page *page, uint32_t root, struct thread *thread,
                      struct thread_item *item)
{
    uint32_t at = find_part(page, root, PART_BODY, find_author(page, root));
    struct buffer html = {0};
    for (uint32_t i = at != DOCUMENT_NONE ? at + 1 : root + 1;
         i < page->nodes[at != DOCUMENT_NONE ? at : root].end; i++) {
        struct html_node *node = &page->nodes[i];
        if (node->comment) {
            i = node->end - 1;
        } else if (!html_is_text(node) &&
                   (is_furniture(node) || (at == DOCUMENT_NONE && is_permalink(node)))) {
            node->gone = true;
        }
    }
    html_simplify(page, at != DOCUMENT_NONE ? at : root, &html);
    item->body = thread_keep(thread, buffer_string(&html), html.length);
    buffer_release(&html);
}

/* "depth-3", or an image as wide as the level is deep. */
static uint32_t read_level(const struct html_page *page, uint32_t root)
{
    const char *class = html_attribute(&page->nodes[root], "class");
    const char *depth = class ? strstr(class, "depth-") : NULL;
    if (depth) {
        return (uint32_t)strtoul(depth + 6, NULL, 10);
    }
    if (!class || !html_has_word(class, "comtr")) {
        return DOCUMENT_NONE;
    }
    for (uint32_t i = root + 1; i < page->nodes[root].end; i++) {
        const char *indent = html_attribute(&page->nodes[i], "indent");
        const char *width =
            page->nodes[i].tag == GUMBO_TAG_IMG ? html_attribute(&page->nodes[i], "width") : NULL;
        if (indent || width) {
            uint32_t value = (uint32_t)strtoul(indent ? indent : width, NULL, 10);
            return indent ? value : value / 40;
        }
    }
    return DOCUMENT_NONE;
}

/* Replies beside their parent, not in it: lists or named boxes around say the level. */
static uint32_t boxes_around(const struct html_page *page, uint32_t root)
{
    static const char *const names[] = {"indented", "replies", "children", "nested", "child"};
    uint32_t count = 0;
    for (uint32_t at = page->nodes[root].parent; at != DOCUMENT_NONE; at = page->nodes[at].parent) {
        const struct html_node *node = &page->nodes[at];
        const char *class = html_attribute(node, "class");
        count += node->tag == GUMBO_TAG_OL || node->tag == GUMBO_TAG_UL ||
                 (node->tag == GUMBO_TAG_DIV && html_has_any(class, names, ARRAY_LENGTH(names)));
    }
    return count;
}

/* ---- old Hacker News: rows without ids, an image for the level ------------------------------- */

static bool is_hn_row(const struct html_page *page, uint32_t index)
{
    const struct html_node *node = &page->nodes[index];
    return node->tag == GUMBO_TAG_SPAN && html_has_word(html_attribute(node, "class"), "comhead");
}

static void read_hn_row(struct html_page *page, uint32_t head, struct thread *thread)
{
    uint32_t row = page->nodes[head].parent;
    while (row != DOCUMENT_NONE && page->nodes[row].tag != GUMBO_TAG_TR) {
        row = page->nodes[row].parent;
    }
    if (row == DOCUMENT_NONE || page->nodes[row].comment) {
        return;
    }
    uint32_t index = thread_add(thread, DOCUMENT_NONE), level = DOCUMENT_NONE;
    struct thread_item *item = &thread->items.items[index];
    for (uint32_t i = row; i < page->nodes[row].end && level == DOCUMENT_NONE; i++) {
        const char *width =
            page->nodes[i].tag == GUMBO_TAG_IMG ? html_attribute(&page->nodes[i], "width") : NULL;
        level = width ? (uint32_t)strtoul(width, NULL, 10) / 40 : level;
    }
    if (level == DOCUMENT_NONE) {
        return;
    }
    item->kind = ITEM_COMMENT;
    item->level = level;
    page->nodes[row].comment = true;
    read_name(page, row, thread, item);
    uint32_t body = DOCUMENT_NONE;
    for (uint32_t i = head; i < page->nodes[row].end && body == DOCUMENT_NONE; i++) {
        body = html_has_word(html_attribute(&page->nodes[i], "class"), "comment") ? i : body;
    }
    if (body != DOCUMENT_NONE) {
        struct buffer html = {0};
        html_simplify(page, body, &html);
        item->body = thread_keep(thread, buffer_string(&html), html.length);
        buffer_release(&html);
    }
    struct buffer text = {0};
    struct date_hit hit;
    html_text(page, head, &text);
    if (date_find(buffer_string(&text), text.length, &hit)) {
        item->time = hit.time;
    }
    buffer_release(&text);
}

/* ---- all ------------------------------------------------------------------------------------- */

static uint32_t enclosing(const struct html_page *page, uint32_t index, const uint32_t *items)
{
    for (uint32_t at = page->nodes[index].parent; at != DOCUMENT_NONE;
         at = page->nodes[at].parent) {
        if (page->nodes[at].comment) {
            return items[at];
        }
    }
    return DOCUMENT_NONE;
}

static void read_root(struct html_page *page, uint32_t root, struct thread *thread, uint32_t inside)
{
    uint32_t index = thread_add(thread, inside);
    struct thread_item *item = &thread->items.items[index];
    const char *id = html_root_id(&page->nodes[root]);
    item->kind = ITEM_COMMENT;
    if (id) {
        item->id = thread_keep(thread, id, strlen(id));
    }
    if (inside == DOCUMENT_NONE) {
        item->level = read_level(page, root);
        item->level = item->level == DOCUMENT_NONE ? boxes_around(page, root) : item->level;
    }
    read_name(page, root, thread, item);
    read_date(page, root, item);
    read_body(page, root, thread, item);
}

void html_comments_read(struct html_page *page, struct thread *thread)
{
    uint32_t *items = xcalloc(page->count + 1, sizeof *items);
    html_measure(page);
    bool any = html_roots_mark(page);
    for (uint32_t i = 0; i < page->count; i++) {
        if (page->nodes[i].comment) {
            items[i] = (uint32_t)thread->items.count;
            read_root(page, i, thread, enclosing(page, i, items));
        }
    }
    for (uint32_t i = 0; i < page->count && !any; i++) {
        if (is_hn_row(page, i)) {
            read_hn_row(page, i, thread);
        }
    }
    if (thread->items.count == 0) {
        html_data_comments(page, thread);
    }
    for (uint32_t i = 0; i < page->count; i++) {
        page->nodes[i].gone = page->nodes[i].comment;
    }
    free(items);
}

bool html_is_author(const struct html_node *node)
{
    return !html_is_text(node) &&
           (html_attribute(node, "data-author") ||
            (is_author(node, 1) && node->text > 0 && node->text < LONGEST_NAME));
}
