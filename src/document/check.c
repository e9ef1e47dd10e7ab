/*
 * What an image promises, checked: an image may come from another process or an older cache, so
 * nothing in it is believed, not even its header. Each check is a row; each costs one pass over its
 * array, and can be made of a part. The tree is checked with one pass and no stack: in pre-order a
 * comment is right if its parent's depth is one less and its parent's subtree has not ended yet,
 * and that suffices for its end to nest, as the ends are checked against the parent's.
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

bool image_check_plan(const struct image *image, uint64_t size, struct error *error)
{
    if (size < sizeof *image || memcmp(image->magic, IMAGE_MAGIC, sizeof image->magic) ||
        image->version != IMAGE_VERSION || image->size != size)
        return error_set(error, "not a document image of this version");
    uint64_t from = sizeof *image;
    for (int region = 0; region < REGIONS; region++) {
        uint64_t offset = image->regions[region].offset;
        uint64_t bytes = image->regions[region].capacity * image_element_size((enum region)region);
        if (offset < from || offset % _Alignof(max_align_t) || offset > size ||
            bytes > size - offset)
            return error_set(error, "region %d is out of the image", region);
        from = offset + bytes;
    }
    return true;
}

/* Part of an image: what `extent` has and `since` has not. */
struct part {
    const struct document *document;
    const struct document_extent *extent;
    const struct checked *since;
    struct checked *now; /* what comes out of it */
};

static uint32_t first(const struct part *part, enum region region)
{
    return part->since->extent.counts[region];
}

static uint32_t count(const struct part *part, enum region region)
{
    return part->extent->counts[region];
}

static const void *elements(const struct part *part, enum region region)
{
    return image_region(part->document->image, region);
}

static bool check_counts(const struct part *part, struct error *error)
{
    for (int region = 0; region < REGIONS; region++)
        if (part->extent->counts[region] < part->since->extent.counts[region] ||
            part->extent->counts[region] > part->document->image->regions[region].capacity)
            return error_set(error, "region %d holds more than it can", region);
    return true;
}

static bool check_text(const struct part *part, struct error *error)
{
    static const enum region pools[] = {REGION_TEXT, REGION_STRINGS};
    for (size_t pool = 0; pool < ARRAY_LENGTH(pools); pool++) {
        uint32_t from = first(part, pools[pool]);
        const char *text = elements(part, pools[pool]);
        if (!text_is_clean(text + from, count(part, pools[pool]) - from))
            return error_set(error, "the text is not clean");
    }
    return true;
}

static bool check_string(const struct part *part, struct string_ref ref)
{
    uint32_t length = count(part, REGION_STRINGS);
    return ref.start <= length && ref.length <= length - ref.start;
}

static bool in_text(const struct part *part, struct range range, uint32_t from)
{
    uint32_t length = count(part, REGION_TEXT);
    return in_order(range, from, length) &&
           on_characters(elements(part, REGION_TEXT), length, range);
}

static bool is_one_line(const struct part *part, struct range range)
{
    const char *text = elements(part, REGION_TEXT);
    return !memchr(text + range.start, '\n', range.end - range.start);
}

static bool is_a_time(int64_t time)
{
    return time == TIME_NONE || (time >= TIME_LEAST && time <= TIME_MOST);
}

/* The article's text is that of its blocks. */
static bool article_holds(const struct part *part)
{
    struct range article = part->extent->article;
    uint32_t blocks = part->extent->article_blocks;
    const struct block *block = elements(part, REGION_BLOCKS);
    if (blocks > count(part, REGION_BLOCKS) || blocks < part->since->extent.article_blocks)
        return false;
    if (blocks == 0)
        return range_is_empty(article) && in_text(part, article, 0);
    return block[0].start == article.start && block[blocks - 1].end == article.end;
}

static bool check_head(const struct part *part, struct error *error)
{
    const struct image *image = part->document->image;
    if (!in_text(part, image->title, 0) || !is_one_line(part, image->title) ||
        !in_text(part, image->byline, 0) || !is_one_line(part, image->byline) ||
        !is_a_time(image->published) || image->stated_comments < -1 || !article_holds(part))
        return error_set(error, "the head is out of the text");
    for (int which = 0; which < DOCUMENT_STRINGS; which++)
        if (!check_string(part, image->strings[which]))
            return error_set(error, "string %d is out of bounds", which);
    return true;
}

static bool check_links(const struct part *part, struct error *error)
{
    const struct string_ref *links = elements(part, REGION_LINKS);
    for (uint32_t at = first(part, REGION_LINKS); at < count(part, REGION_LINKS); at++)
        if (!check_string(part, links[at]))
            return error_set(error, "link %u is out of bounds", at);
    return true;
}

static bool check_blocks(const struct part *part, struct error *error)
{
    const struct block *blocks = elements(part, REGION_BLOCKS);
    uint32_t from = part->since->block_end;
    for (uint32_t at = first(part, REGION_BLOCKS); at < count(part, REGION_BLOCKS); at++) {
        struct range range = {blocks[at].start, blocks[at].end};
        if (range_is_empty(range) || !in_text(part, range, from) || blocks[at].kind >= BLOCK_KINDS)
            return error_set(error, "block %u is wrong", at);
        from = range.end;
    }
    part->now->block_end = from;
    return true;
}

static bool check_runs(const struct part *part, struct error *error)
{
    const struct run *runs = elements(part, REGION_RUNS);
    uint32_t from = part->since->run_end, links = count(part, REGION_LINKS);
    for (uint32_t at = first(part, REGION_RUNS); at < count(part, REGION_RUNS); at++) {
        struct range range = {runs[at].start, runs[at].end};
        bool link = runs[at].link == DOCUMENT_NONE || runs[at].link < links;
        if (range_is_empty(range) || !in_text(part, range, from) || !link ||
            runs[at].kinds >> RUN_KINDS)
            return error_set(error, "run %u is wrong", at);
        from = range.end;
    }
    part->now->run_end = from;
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
static bool end_holds(const struct part *part, const struct comment *comments, uint32_t at)
{
    const struct comment *comment = &comments[at];
    if (comment->end == 0)
        return !document_is_complete(part->document);
    return comment->end == count(part, REGION_COMMENTS) ||
           comments[comment->end].depth <= comment->depth;
}

/* An item's text is that of its blocks, from the first to the last, and the items share out all
 * blocks in their order. */
static bool blocks_hold(const struct part *part, const struct comment *comment, uint32_t next)
{
    const struct block *blocks = elements(part, REGION_BLOCKS);
    uint32_t own = comment->block_count, all = count(part, REGION_BLOCKS);
    if (comment->first_block != next || own > all - next)
        return false;
    if (own == 0)
        return range_is_empty(comment->text);
    return blocks[next].start == comment->text.start &&
           blocks[next + own - 1].end == comment->text.end;
}

static bool check_comment(const struct part *part, uint32_t at, uint32_t from, uint32_t next)
{
    const struct comment *comments = elements(part, REGION_COMMENTS), *comment = &comments[at];
    return tree_holds(comments, count(part, REGION_COMMENTS), at) &&
           end_holds(part, comments, at) && in_text(part, comment->name, from) &&
           is_one_line(part, comment->name) && in_text(part, comment->text, comment->name.end) &&
           (comment->author == DOCUMENT_NONE || comment->author < count(part, REGION_AUTHORS)) &&
           blocks_hold(part, comment, next) && check_string(part, comment->id) &&
           is_a_time(comment->time) && comment->state < COMMENT_STATES;
}

static bool check_comments(const struct part *part, struct error *error)
{
    const struct comment *comments = elements(part, REGION_COMMENTS);
    uint32_t at = first(part, REGION_COMMENTS), from = part->since->item_end;
    uint32_t next = at ? part->since->next_block : part->extent->article_blocks;
    if (at && part->extent->article_blocks != part->since->extent.article_blocks)
        return error_set(error, "the article grows under its comments");
    for (; at < count(part, REGION_COMMENTS); at++) {
        if (!check_comment(part, at, from, next))
            return error_set(error, "comment %u is wrong", at);
        from = comments[at].text.end + 1;
        next += comments[at].block_count;
    }
    part->now->item_end = from;
    part->now->next_block = next;
    return true;
}

static bool check_roots(const struct part *part, struct error *error)
{
    const struct comment *comments = elements(part, REGION_COMMENTS);
    const uint32_t *roots = elements(part, REGION_ROOTS);
    for (uint32_t at = first(part, REGION_ROOTS); at < count(part, REGION_ROOTS); at++)
        if (roots[at] >= count(part, REGION_COMMENTS) || comments[roots[at]].depth ||
            (at && roots[at] <= roots[at - 1]))
            return error_set(error, "root %u is wrong", at);
    return true;
}

static bool check_authors(const struct part *part, struct error *error)
{
    const struct author *authors = elements(part, REGION_AUTHORS);
    for (uint32_t at = first(part, REGION_AUTHORS); at < count(part, REGION_AUTHORS); at++)
        if (!in_text(part, authors[at].name, 0) || !is_one_line(part, authors[at].name) ||
            authors[at].first_comment >= count(part, REGION_COMMENTS))
            return error_set(error, "author %u is wrong", at);
    return true;
}

bool image_check_more(const struct document *document, const struct document_extent *extent,
                      struct checked *checked, struct error *error)
{
    static bool (*const checks[])(const struct part *, struct error *) = {
        check_counts, check_text,     check_head,  check_links,   check_blocks,
        check_runs,   check_comments, check_roots, check_authors,
    };
    struct checked now = *checked;
    struct part part = {document, extent, checked, &now};
    for (size_t at = 0; at < ARRAY_LENGTH(checks); at++)
        if (!checks[at](&part, error))
            return false;
    now.extent = *extent;
    *checked = now;
    return true;
}

bool document_check(const struct document *document, struct error *error)
{
    struct checked nothing = {0};
    struct document_extent extent;
    if (!image_check_plan(document->image, document->image->size, error))
        return false;
    extent = document_extent(document);
    return image_check_more(document, &extent, &nothing, error);
}
