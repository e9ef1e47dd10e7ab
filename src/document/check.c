/*
 * What an image promises, checked: an image may come from another process or an older cache, so
 * nothing in it is believed, not even its header. Each check is a row; each costs one pass over its
 * array. The tree is checked with one pass and no stack: in pre-order a comment is right if its
 * parent's depth is one less and its parent's subtree has not ended yet, and that suffices for its
 * end to nest, as the ends are checked against the parent's.
 */
#include "image.h"

#include <string.h>

static bool in_order(struct range range, uint32_t from, uint32_t length)
{
    return from <= range.start && range.start <= range.end && range.end <= length;
}

/* A range begins and ends where code points do. */
static bool on_characters(const char *text, uint32_t length, struct range range)
{
    bool start = range.start == length || ((unsigned char)text[range.start] & 0xC0) != 0x80;
    bool end = range.end == length || ((unsigned char)text[range.end] & 0xC0) != 0x80;
    return start && end;
}

static bool check_header(const struct document *document, struct error *error)
{
    const struct image *image = document->image;
    if (memcmp(image->magic, IMAGE_MAGIC, sizeof image->magic) || image->version != IMAGE_VERSION)
        return error_set(error, "not a document image of this version");
    uint64_t from = sizeof *image;
    for (int region = 0; region < REGIONS; region++) {
        uint64_t offset = image->regions[region].offset;
        uint64_t bytes = image->regions[region].capacity * image_element_size((enum region)region);
        if (offset < from || offset % _Alignof(max_align_t) || offset > image->size ||
            bytes > image->size - offset)
            return error_set(error, "region %d is out of the image", region);
        if (image_count(image, (enum region)region) > image->regions[region].capacity)
            return error_set(error, "region %d holds more than it can", region);
        from = offset + bytes;
    }
    return true;
}

static bool check_text(const struct document *document, struct error *error)
{
    uint32_t length, strings = image_count(document->image, REGION_STRINGS);
    const char *text = document_text(document, &length);
    if (!text_is_clean(text, length))
        return error_set(error, "the text is not clean");
    if (!text_is_clean(image_region(document->image, REGION_STRINGS), strings))
        return error_set(error, "the strings are not clean");
    return true;
}

static bool check_string(const struct document *document, struct string_ref ref)
{
    uint32_t length = image_count(document->image, REGION_STRINGS);
    return ref.start <= length && ref.length <= length - ref.start;
}

static bool check_head(const struct document *document, struct error *error)
{
    const struct image *image = document->image;
    uint32_t length = image_count(image, REGION_TEXT);
    if (!in_order(image->title, 0, length) || !in_order(image->byline, 0, length) ||
        !in_order(document_article(document), 0, length) ||
        document_article_blocks(document) > image_count(image, REGION_BLOCKS))
        return error_set(error, "the head is out of the text");
    for (int which = 0; which < DOCUMENT_STRINGS; which++)
        if (!check_string(document, image->strings[which]))
            return error_set(error, "string %d is out of bounds", which);
    uint32_t links;
    const struct string_ref *link = document_links(document, &links);
    for (uint32_t at = 0; at < links; at++)
        if (!check_string(document, link[at]))
            return error_set(error, "link %u is out of bounds", at);
    return true;
}

static bool check_blocks(const struct document *document, struct error *error)
{
    uint32_t length, count;
    const char *text = document_text(document, &length);
    const struct block *blocks = document_blocks(document, &count);
    uint32_t from = 0;
    for (uint32_t at = 0; at < count; at++) {
        struct range range = {blocks[at].start, blocks[at].end};
        if (range_is_empty(range) || !in_order(range, from, length) ||
            !on_characters(text, length, range) || blocks[at].kind >= BLOCK_KINDS)
            return error_set(error, "block %u is wrong", at);
        from = range.end;
    }
    return true;
}

static bool check_runs(const struct document *document, struct error *error)
{
    uint32_t length, count, links;
    const char *text = document_text(document, &length);
    const struct run *runs = document_runs(document, &count);
    document_links(document, &links);
    uint32_t from = 0;
    for (uint32_t at = 0; at < count; at++) {
        struct range range = {runs[at].start, runs[at].end};
        bool link = runs[at].link == DOCUMENT_NONE || runs[at].link < links;
        if (range_is_empty(range) || !in_order(range, from, length) ||
            !on_characters(text, length, range) || !link || runs[at].kinds >> RUN_KINDS)
            return error_set(error, "run %u is wrong", at);
        from = range.end;
    }
    return true;
}

/* Depth, parent and end of comment `at` agree with each other and with the one before. */
static bool tree_holds(const struct comment *comments, uint32_t count, uint32_t at)
{
    const struct comment *comment = &comments[at];
    uint32_t limit = count;
    if (comment->depth == 0 ? comment->parent != DOCUMENT_NONE : comment->parent >= at)
        return false;
    if (comment->depth > 0) {
        const struct comment *parent = &comments[comment->parent];
        limit = parent->end ? parent->end : count;
        if (parent->depth + 1 != comment->depth || at >= limit)
            return false;
    }
    if (at > 0 && comment->depth > comments[at - 1].depth + 1)
        return false;
    return comment->end == 0 || (comment->end > at && comment->end <= limit);
}

/* A subtree ends where the next comment is no deeper, and only there. */
static bool end_holds(const struct document *document, const struct comment *comments,
                      uint32_t count, uint32_t at)
{
    const struct comment *comment = &comments[at];
    if (comment->end == 0)
        return !document_is_complete(document);
    return comment->end == count || comments[comment->end].depth <= comment->depth;
}

/* An item's text is that of its blocks, from the first to the last. */
static bool blocks_hold(const struct document *document, const struct comment *comment)
{
    uint32_t count;
    const struct block *blocks = document_blocks(document, &count);
    uint32_t first = comment->first_block, own = comment->block_count;
    if (first > count || own > count - first)
        return false;
    if (own == 0)
        return range_is_empty(comment->text);
    return blocks[first].start == comment->text.start &&
           blocks[first + own - 1].end == comment->text.end;
}

static bool check_comment(const struct document *document, uint32_t at, uint32_t from)
{
    uint32_t length, count, authors;
    const char *text = document_text(document, &length);
    const struct comment *comments = document_comments(document, &count);
    const struct comment *comment = &comments[at];
    document_authors(document, &authors);
    return tree_holds(comments, count, at) && end_holds(document, comments, count, at) &&
           in_order(comment->name, from, length) &&
           in_order(comment->text, comment->name.end, length) &&
           on_characters(text, length, comment->name) &&
           on_characters(text, length, comment->text) &&
           (comment->author == DOCUMENT_NONE || comment->author < authors) &&
           blocks_hold(document, comment) && check_string(document, comment->id) &&
           comment->state < COMMENT_STATES;
}

static bool check_comments(const struct document *document, struct error *error)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    uint32_t from = 0;
    for (uint32_t at = 0; at < count; at++) {
        if (!check_comment(document, at, from))
            return error_set(error, "comment %u is wrong", at);
        from = comments[at].text.end + 1;
    }
    const uint32_t *roots;
    uint32_t root_count = document_roots(document, &roots);
    for (uint32_t at = 0; at < root_count; at++)
        if (roots[at] >= count || comments[roots[at]].depth || (at && roots[at] <= roots[at - 1]))
            return error_set(error, "root %u is wrong", at);
    return true;
}

static bool check_authors(const struct document *document, struct error *error)
{
    uint32_t length, count, comments;
    const char *text = document_text(document, &length);
    const struct author *authors = document_authors(document, &count);
    document_comments(document, &comments);
    for (uint32_t at = 0; at < count; at++)
        if (!in_order(authors[at].name, 0, length) ||
            !on_characters(text, length, authors[at].name) || authors[at].first_comment >= comments)
            return error_set(error, "author %u is wrong", at);
    return true;
}

bool document_check(const struct document *document, struct error *error)
{
    static bool (*const checks[])(const struct document *, struct error *) = {
        check_header, check_text,     check_head,    check_blocks,
        check_runs,   check_comments, check_authors,
    };
    for (size_t at = 0; at < ARRAY_LENGTH(checks); at++)
        if (!checks[at](document, error))
            return false;
    return true;
}
