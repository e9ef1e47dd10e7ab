/*
 * Which elements of a page are comments. Three questions, the next only where the one before finds
 * nothing:
 *
 *      does an id or a kind say so           "comment-12", itemtype .../Comment, h-cite
 *      is there a family of a name           class "c-comment", "comments__item", each with an
 * author are there a forum's posts             id "post_12" or "p12", each with an author
 *
 * Of a forum the first post is the article.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- names in classes ------------------------------------------------------------------------ */

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

void html_tokens_cut(struct html_tokens *tokens, const char *word, size_t length)
{
    tokens->count = 0;
    for (size_t at = 0; at < length && tokens->count < HTML_TOKENS;) {
        size_t first = at;
        while (at < length && word[at] != '-' && word[at] != '_' &&
               !(at > first && is_upper(word[at]) && is_lower(word[at - 1]))) {
            at++;
        }
        if (at > first) {
            tokens->items[tokens->count++] =
                (struct text_ref){word + first, (uint32_t)(at - first)};
        }
        at += at < length && (word[at] == '-' || word[at] == '_');
    }
}

bool html_token_is(const struct html_tokens *tokens, unsigned index, const char *text)
{
    const struct text_ref *token = &tokens->items[index];
    return token->length == strlen(text) && !strncasecmp(token->text, text, token->length);
}

bool html_any_word(const char *class, bool (*test)(const char *word, size_t length))
{
    while (class && *class) {
        class += strspn(class, " \t\n\r\f");
        size_t length = strcspn(class, " \t\n\r\f");
        if (length > 0 && length < 100 && test(class, length)) {
            return true;
        }
        class += length;
    }
    return false;
}

/* ---- by id and kind -------------------------------------------------------------------------- */

static const char *digits_after(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);
    if (!text || strncasecmp(text, prefix, length) != 0) {
        return NULL;
    }
    return text[length] >= '0' && text[length] <= '9' ? text + length : NULL;
}

static const char *id_by_class(const char *id, const char *class)
{
    bool comment = html_has_word(class, "comment");
    if (comment && !strncmp(id, "c_", 2)) {
        return id + 2;
    }
    if (comment && digits_after(id, "c")) {
        return id + 1;
    }
    return html_has_word(class, "comtr") ? id : NULL;
}

const char *html_root_id(const struct html_node *node)
{
    static const char *const prefixes[] = {
        "li-comment-", "comment-",     "div-comment-",     "comment_",  "comment",
        "comment-id-", "dsq-comment-", "article-comment-", "wpd-comm-", "answer-"};
    const char *id = html_attribute(node, "id"), *class = html_attribute(node, "class");
    if (!id) {
        return NULL;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(prefixes); i++) {
        const char *number = digits_after(id, prefixes[i]);
        if (number) {
            return number;
        }
    }
    if (!strncmp(id, "thing_t1_", 9)) {
        return id + 6;
    }
    return class ? id_by_class(id, class) : NULL;
}

static bool is_root_kind(const struct html_node *node)
{
    static const char *const kinds[] = {"schema.org/Comment", "schema.org/UserComments",
                                        "schema.org/Answer"};
    const char *type = html_attribute(node, "itemtype"), *class = html_attribute(node, "class");
    for (size_t i = 0; type && i < ARRAY_LENGTH(kinds); i++) {
        if (strstr(type, kinds[i])) {
            return true;
        }
    }
    return class && html_has_word(class, "h-cite") && html_has_word(class, "u-comment");
}

static bool is_container(const struct html_node *node)
{
    static const uint16_t tags[] = {
        GUMBO_TAG_LI,      GUMBO_TAG_DIV,   GUMBO_TAG_ARTICLE, GUMBO_TAG_TR,
        GUMBO_TAG_SECTION, GUMBO_TAG_TABLE, GUMBO_TAG_DT,      GUMBO_TAG_DL,
    };
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (node->tag == tags[i]) {
            return node->text > 0;
        }
    }
    return false;
}

/* The number is said again by elements inside: "li-comment-5", "div-comment-5", "comment-5". */
static bool repeats(const struct html_page *page, uint32_t index, const char *id)
{
    for (uint32_t at = page->nodes[index].parent; at != DOCUMENT_NONE;
         at = page->nodes[at].parent) {
        if (page->nodes[at].comment) {
            const char *outer = html_root_id(&page->nodes[at]);
            return outer && id && !strcmp(outer, id);
        }
    }
    return false;
}

static bool is_root(const struct html_page *page, uint32_t index)
{
    const struct html_node *node = &page->nodes[index];
    if (!is_container(node)) {
        return false;
    }
    const char *id = html_root_id(node);
    if (!id && !is_root_kind(node)) {
        return false;
    }
    if (!id) { /* microdata on an element inside the one with the id */
        uint32_t up = node->parent;
        for (unsigned levels = 0; up != DOCUMENT_NONE && levels < 3; levels++) {
            if (page->nodes[up].comment && html_root_id(&page->nodes[up])) {
                return false;
            }
            up = page->nodes[up].parent;
        }
    }
    return !repeats(page, index, id);
}

static uint32_t mark_by_id(struct html_page *page)
{
    uint32_t roots = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        page->nodes[i].comment = is_root(page, i);
        roots += page->nodes[i].comment;
    }
    return roots;
}

/* ---- families of a name ---------------------------------------------------------------------- */

enum { FAMILIES = 24 };

struct family {
    struct text_ref word;
    uint32_t members; /* that have an author */
    unsigned tokens;
};

/* "comment", "c-comment", "comments__item", "CommentItem_root__x1": one comment's box. */
static bool is_family_word(const char *word, size_t length)
{
    static const char *const one[] = {"comment",    "kommentar", "commentaire",
                                      "comentario", "commento",  "reactie"};
    static const char *const all[] = {"comments", "kommentare", "commentaires", "comentarios"};
    static const char *const box[] = {"item",   "entry",   "node",    "single",    "row",  "block",
                                      "box",    "wrap",    "card",    "root",      "main", "media",
                                      "unit",   "list",    "wrapper", "container", "c",    "user",
                                      "thread", "message", "forum",   "thing"};
    struct html_tokens tokens;
    html_tokens_cut(&tokens, word, length);
    unsigned ones = 0, alls = 0, boxes = 0, last = 0;
    for (unsigned i = 0; i < tokens.count; i++) {
        unsigned before = ones + alls + boxes;
        for (size_t k = 0; k < ARRAY_LENGTH(one); k++) {
            ones += html_token_is(&tokens, i, one[k]);
        }
        for (size_t k = 0; k < ARRAY_LENGTH(all); k++) {
            alls += html_token_is(&tokens, i, all[k]);
        }
        for (size_t k = 0; k < ARRAY_LENGTH(box); k++) {
            boxes += html_token_is(&tokens, i, box[k]);
        }
        bool known = ones + alls + boxes > before;
        bool hash = i > 0 && i + 1 == tokens.count && memchr(word, '_', length);
        if (!known && !hash) {
            return false;
        }
        last = known ? i : last;
    }
    bool list = tokens.count > 0 && html_token_is(&tokens, last, "list");
    bool forum = tokens.count == 2 && html_token_is(&tokens, 0, "forum") &&
                 html_token_is(&tokens, 1, "message");
    return forum || (!list && (ones > 0 || (alls > 0 && boxes > 0)));
}

static void count_member(struct family *families, unsigned *count, const char *word, size_t length)
{
    unsigned at = 0;
    while (at < *count && (families[at].word.length != length ||
                           memcmp(families[at].word.text, word, length) != 0)) {
        at++;
    }
    if (at == *count) {
        if (at == FAMILIES) {
            return;
        }
        struct html_tokens tokens;
        html_tokens_cut(&tokens, word, length);
        families[(*count)++] =
            (struct family){.word = {word, (uint32_t)length}, .tokens = tokens.count};
    }
    families[at].members++;
}

/* Where authors stand: how many before each node. */
static uint32_t *find_authors(const struct html_page *page)
{
    uint32_t *before = xcalloc(page->count + 1, sizeof *before);
    for (uint32_t i = 0; i < page->count; i++) {
        before[i + 1] = before[i] + html_is_author(&page->nodes[i]);
    }
    return before;
}

static bool has_author(const struct html_page *page, const uint32_t *authors, uint32_t index)
{
    return authors[page->nodes[index].end] > authors[index];
}

/* The words of the element's class that name a comment's box are counted. */
static void count_words(const struct html_page *page, uint32_t index, struct family *families,
                        unsigned *count)
{
    const char *class = html_attribute(&page->nodes[index], "class");
    while (class && *class) {
        class += strspn(class, " \t\n\r\f");
        size_t length = strcspn(class, " \t\n\r\f");
        if (length > 0 && length < 100 && is_family_word(class, length)) {
            count_member(families, count, class, length);
        }
        class += length;
    }
}

static bool has_exact_word(const char *class, struct text_ref word)
{
    while (class && *class) {
        class += strspn(class, " \t\n\r\f");
        size_t length = strcspn(class, " \t\n\r\f");
        if (length == word.length && !memcmp(class, word.text, length)) {
            return true;
        }
        class += length;
    }
    return false;
}

static uint32_t mark_by_name(struct html_page *page, const uint32_t *authors)
{
    struct family families[FAMILIES];
    unsigned count = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        if (is_container(&page->nodes[i]) && has_author(page, authors, i)) {
            count_words(page, i, families, &count);
        }
    }
    const struct family *best = NULL;
    for (unsigned i = 0; i < count; i++) {
        const struct family *family = &families[i];
        bool better = !best || family->members > best->members ||
                      (family->members == best->members && family->tokens < best->tokens);
        best = better ? family : best;
    }
    for (uint32_t i = 0; best && i < page->count; i++) {
        struct html_node *node = &page->nodes[i];
        node->comment =
            is_container(node) && has_exact_word(html_attribute(node, "class"), best->word);
    }
    return best ? best->members : 0;
}

/* ---- forums ---------------------------------------------------------------------------------- */

static bool is_forum_post(const struct html_page *page, const uint32_t *authors, uint32_t index)
{
    static const char *const prefixes[] = {"post_", "post-",    "post",     "p",        "msg",
                                           "msg_",  "message-", "message_", "js-post-", "post-id-"};
    const struct html_node *node = &page->nodes[index];
    const char *id = html_attribute(node, "id"), *class = html_attribute(node, "class");
    bool blog = class && (html_has_word(class, "hentry") || html_has_word(class, "type-post"));
    for (size_t i = 0; id && !blog && i < ARRAY_LENGTH(prefixes); i++) {
        if (digits_after(id, prefixes[i])) {
            return is_container(node) && has_author(page, authors, index);
        }
    }
    return false;
}

/* Posts stand one after the other, none within another. */
static uint32_t mark_posts(struct html_page *page, const uint32_t *authors)
{
    uint32_t first = DOCUMENT_NONE, posts = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        if (!is_forum_post(page, authors, i)) {
            continue;
        }
        page->nodes[i].comment = first != DOCUMENT_NONE;
        first = first == DOCUMENT_NONE ? i : first;
        posts++;
        i = page->nodes[i].end - 1;
    }
    return posts > 1 ? posts - 1 : 0;
}

bool html_roots_mark(struct html_page *page)
{
    if (mark_by_id(page)) {
        return true;
    }
    uint32_t *authors = find_authors(page);
    bool found = mark_by_name(page, authors) || mark_posts(page, authors);
    free(authors);
    return found;
}
