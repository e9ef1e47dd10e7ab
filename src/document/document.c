/* Reading a document: the arrays, and what is found in them by binary search. */
#include "image.h"

#include <stdio.h>
#include <string.h>

/* ---- the arrays --------------------------------------------------------------------- */

const char *document_text(const struct document *document, uint32_t *length)
{
    if (length)
        *length = image_count(document->image, REGION_TEXT);
    return image_region(document->image, REGION_TEXT);
}

static const void *document_array(const struct document *document, enum region region,
                                  uint32_t *count)
{
    if (count)
        *count = image_count(document->image, region);
    return image_region(document->image, region);
}

const struct block *document_blocks(const struct document *document, uint32_t *count)
{
    return document_array(document, REGION_BLOCKS, count);
}

const struct run *document_runs(const struct document *document, uint32_t *count)
{
    return document_array(document, REGION_RUNS, count);
}

const struct comment *document_comments(const struct document *document, uint32_t *count)
{
    return document_array(document, REGION_COMMENTS, count);
}

const struct author *document_authors(const struct document *document, uint32_t *count)
{
    return document_array(document, REGION_AUTHORS, count);
}

const struct string_ref *document_links(const struct document *document, uint32_t *count)
{
    return document_array(document, REGION_LINKS, count);
}

uint32_t document_roots(const struct document *document, const uint32_t **roots)
{
    uint32_t count;
    *roots = document_array(document, REGION_ROOTS, &count);
    return count;
}

bool document_is_complete(const struct document *document)
{
    return atomic_load_explicit(&document->image->complete, memory_order_acquire) != 0;
}

struct range document_title(const struct document *document)
{
    return document->image->title;
}

struct range document_byline(const struct document *document)
{
    return document->image->byline;
}

struct range document_article(const struct document *document)
{
    const struct image *image = document->image;
    return (struct range){atomic_load_explicit(&image->article_start, memory_order_acquire),
                          atomic_load_explicit(&image->article_end, memory_order_acquire)};
}

uint32_t document_article_blocks(const struct document *document)
{
    return atomic_load_explicit(&document->image->article_blocks, memory_order_acquire);
}

int64_t document_published(const struct document *document)
{
    return document->image->published;
}

int64_t document_stated_comments(const struct document *document)
{
    return document->image->stated_comments;
}

bool document_has_items(const struct document *document)
{
    return document->image->has_items != 0;
}

const char *document_string(const struct document *document, struct string_ref ref, size_t *length)
{
    *length = ref.length;
    return (const char *)image_region(document->image, REGION_STRINGS) + ref.start;
}

const char *document_meta(const struct document *document, enum document_string which,
                          size_t *length)
{
    return document_string(document, document->image->strings[which], length);
}

const char *document_comment_id(const struct document *document, uint32_t index, char *id,
                                size_t size)
{
    struct string_ref ref = document_comments(document, NULL)[index].id;
    if (ref.length == 0) {
        snprintf(id, size, "%u", index + 1);
        return id;
    }
    size_t length;
    const char *string = document_string(document, ref, &length);
    if (length > size - 1)
        length = utf8_floor(string, size - 1);
    memcpy(id, string, length);
    id[length] = '\0';
    return id;
}

/* ---- finding ------------------------------------------------------------------------ */

/*
 * How many elements of an array begin at or before `place`. Every array that is searched here has
 * a uint32_t that grows from element to element, at `key` bytes from its element's start.
 */
static uint32_t count_until(const void *array, uint32_t count, size_t size, size_t key,
                            uint32_t place)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, start;
        memcpy(&start, (const char *)array + middle * size + key, sizeof start);
        if (start <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t document_block_at(const struct document *document, uint32_t place)
{
    uint32_t count;
    const struct block *blocks = document_blocks(document, &count);
    uint32_t until =
        count_until(blocks, count, sizeof *blocks, offsetof(struct block, start), place);
    return until ? until - 1 : DOCUMENT_NONE;
}

uint32_t document_comment_at(const struct document *document, uint32_t place)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    uint32_t until =
        count_until(comments, count, sizeof *comments, offsetof(struct comment, name.start), place);
    return until ? until - 1 : DOCUMENT_NONE;
}

struct range document_item(const struct document *document, uint32_t comment)
{
    if (comment == DOCUMENT_NONE)
        return document_article(document);
    const struct comment *item = &document_comments(document, NULL)[comment];
    return (struct range){item->name.start, item->text.end};
}

uint32_t document_run_from(const struct document *document, uint32_t place)
{
    uint32_t count;
    const struct run *runs = document_runs(document, &count);
    return count_until(runs, count, sizeof *runs, offsetof(struct run, end), place);
}

/* ---- the tree ----------------------------------------------------------------------- */

uint32_t document_subtree_end(const struct document *document, uint32_t comment)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    uint32_t end = __atomic_load_n(&comments[comment].end, __ATOMIC_RELAXED);
    return end && end < count ? end : count;
}

uint32_t document_next_sibling(const struct document *document, uint32_t comment)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    uint32_t end = document_subtree_end(document, comment);
    return end < count && comments[end].depth == comments[comment].depth ? end : DOCUMENT_NONE;
}

uint32_t document_previous_sibling(const struct document *document, uint32_t comment)
{
    const struct comment *comments = document_comments(document, NULL);
    uint32_t parent = comments[comment].parent;
    if (comment == 0 || parent == comment - 1)
        return DOCUMENT_NONE;
    uint32_t before = comment - 1;
    while (comments[before].parent != parent)
        before = comments[before].parent;
    return before;
}

uint32_t document_first_child(const struct document *document, uint32_t comment)
{
    return comment + 1 < document_subtree_end(document, comment) ? comment + 1 : DOCUMENT_NONE;
}

uint32_t document_root_of(const struct document *document, uint32_t comment)
{
    const uint32_t *roots;
    uint32_t count = document_roots(document, &roots);
    uint32_t until = count_until(roots, count, sizeof *roots, 0, comment);
    return until ? roots[until - 1] : DOCUMENT_NONE;
}

struct comment_iter comment_iter_start(const struct document *document, uint32_t root)
{
    struct comment_iter iter = {.document = document, .event = COMMENT_EXIT};
    if (root == DOCUMENT_NONE) {
        document_comments(document, &iter.end);
    } else {
        iter.next = root;
        iter.end = document_subtree_end(document, root);
        iter.top = document_comments(document, NULL)[root].depth;
    }
    iter.depth = iter.top;
    return iter;
}

/*
 * The next comment of the array is entered if it is a reply to the one just entered, or a sibling
 * of the one just left; else the innermost open comment is left.
 */
enum comment_event comment_iter_next(struct comment_iter *iter)
{
    const struct comment *comments = document_comments(iter->document, NULL);
    uint32_t level = iter->depth + (iter->event == COMMENT_ENTER);
    if (iter->event == COMMENT_DONE)
        return COMMENT_DONE;
    if (iter->next < iter->end && comments[iter->next].depth == level) {
        iter->comment = iter->next++;
        iter->depth = level;
        return iter->event = COMMENT_ENTER;
    }
    if (iter->event == COMMENT_EXIT) {
        if (iter->depth == iter->top)
            return iter->event = COMMENT_DONE;
        iter->comment = comments[iter->comment].parent;
        iter->depth--;
    }
    return iter->event = COMMENT_EXIT;
}
