/*
 * The thread in the order it is shown in, and which of its comments are seen.
 *
 * A comment's position is its place in that order. Only siblings change places, so a subtree is one
 * slice of positions however it is sorted, and hiding one is still filling a slice of bits:
 *
 *      as given    0 1 1 2 0 1 0       depths; positions are the comments' own numbers
 *      comment     0 1 2 3 4 5 6
 *      newest      6 4 5 0 2 3 1       comments by position
 *
 * While the order is the given one there are no tables, and a position is a comment. What is seen
 * is a bit a position: the next or the previous comment is a scan over words, and a sibling, a
 * child or a parent is the next or previous one in a slice, whatever is folded or filtered out.
 *
 * A place in the pool stays what it is; only "before" and "after" in the thread go by positions.
 * Who looks for the next thing of many that stand in the pool's order (hits, quotes, mentions) goes
 * through the stretches of the pool in the order they are shown in: all of it is one stretch while
 * the order is the given one.
 */
#include "internal.h"

#include <stdlib.h>

uint32_t reader_comment_count(const struct reader *reader)
{
    return reader->view.visible.count;
}

void view_release(struct view *view)
{
    free(view->order);
    free(view->rank);
    bitset_release(&view->stubs);
    bitset_release(&view->visible);
    bitset_release(&view->passing);
    bitset_release(&view->kept);
    *view = (struct view){0};
}

/* ---- positions ---------------------------------------------------------------------- */

uint32_t view_position(const struct reader *reader, uint32_t comment)
{
    return reader->view.rank ? reader->view.rank[comment] : comment;
}

uint32_t view_comment(const struct reader *reader, uint32_t position)
{
    return reader->view.order && position < reader_comment_count(reader)
               ? reader->view.order[position]
               : position;
}

void view_put_in_order(const struct reader *reader, const struct bitset *comments,
                       struct bitset *positions)
{
    bitset_resize(positions, comments->count);
    if (!reader->view.order) {
        bitset_copy(positions, comments);
        return;
    }
    bitset_fill(positions, 0, comments->count, false);
    for (uint32_t at = bitset_next(comments, 0); at != BITSET_NONE;
         at = bitset_next(comments, at + 1))
        bitset_put(positions, view_position(reader, at), true);
}

struct range view_subtree(const struct reader *reader, uint32_t comment)
{
    uint32_t start = view_position(reader, comment);
    uint32_t size = document_subtree_end(reader->document, comment) - comment;
    uint32_t end = start + size, count = reader_comment_count(reader);
    return (struct range){start, end < count ? end : count};
}

bool view_is_before(const struct reader *reader, uint32_t one, uint32_t other)
{
    if (one == DOCUMENT_NONE || other == DOCUMENT_NONE)
        return other != DOCUMENT_NONE && one == DOCUMENT_NONE;
    return view_position(reader, one) < view_position(reader, other);
}

bool view_place_is_before(const struct reader *reader, uint32_t place, uint32_t other)
{
    if (!reader->view.order)
        return place < other;
    uint32_t one = document_comment_at(reader->document, place);
    uint32_t two = document_comment_at(reader->document, other);
    return one == two ? place < other : view_is_before(reader, one, two);
}

bool view_is_seen(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->view.visible, view_position(reader, comment));
}

/* ---- what is seen ------------------------------------------------------------------- */

bool view_is_left_out(const struct reader *reader, uint32_t comment)
{
    const struct bitset *passing = &reader->view.passing;
    return passing->count && !bitset_get(passing, view_position(reader, comment));
}

bool view_is_context(const struct reader *reader, uint32_t comment)
{
    return view_is_left_out(reader, comment) && comment != reader->narrow.guest;
}

bool view_is_line(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->folded, comment) || view_is_context(reader, comment);
}

/* What the filter leaves of a slice, before anything is folded. */
static void show_kept(struct view *view, struct range positions)
{
    const struct bitset *kept = &view->kept;
    bitset_fill(&view->visible, positions.start, positions.end, !kept->count);
    for (uint32_t at = bitset_next(kept, positions.start); at < positions.end;
         at = bitset_next(kept, at + 1))
        bitset_put(&view->visible, at, true);
}

void view_update(struct reader *reader, struct range positions)
{
    struct bitset *visible = &reader->view.visible;
    show_kept(&reader->view, positions);
    for (uint32_t at = bitset_next(visible, positions.start); at < positions.end;
         at = bitset_next(visible, at + 1)) {
        uint32_t comment = view_comment(reader, at);
        if (bitset_get(&reader->folded, comment))
            bitset_fill(visible, at + 1, view_subtree(reader, comment).end, false);
    }
}

void view_update_all(struct reader *reader)
{
    view_update(reader, (struct range){0, reader_comment_count(reader)});
}

/* ---- from one to another ------------------------------------------------------------ */

/* The first seen one of a slice of positions, or the last. */
static uint32_t first_in(const struct reader *reader, struct range slice)
{
    uint32_t at = bitset_next(&reader->view.visible, slice.start);
    return at < slice.end ? view_comment(reader, at) : DOCUMENT_NONE;
}

static uint32_t last_in(const struct reader *reader, struct range slice)
{
    uint32_t at = slice.end ? bitset_previous(&reader->view.visible, slice.end - 1) : BITSET_NONE;
    return at != BITSET_NONE && at >= slice.start ? view_comment(reader, at) : DOCUMENT_NONE;
}

uint32_t view_first(const struct reader *reader)
{
    return first_in(reader, (struct range){0, reader_comment_count(reader)});
}

uint32_t view_last(const struct reader *reader)
{
    return last_in(reader, (struct range){0, reader_comment_count(reader)});
}

uint32_t view_next(const struct reader *reader, uint32_t comment)
{
    uint32_t start = view_position(reader, comment) + 1;
    return first_in(reader, (struct range){start, reader_comment_count(reader)});
}

uint32_t view_previous(const struct reader *reader, uint32_t comment)
{
    return last_in(reader, (struct range){0, view_position(reader, comment)});
}

uint32_t view_parent(const struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t at = comments[comment].parent;
    while (at != DOCUMENT_NONE && !view_is_seen(reader, at))
        at = comments[at].parent;
    return at;
}

/* What stands below a comment, or everything for DOCUMENT_NONE. */
static struct range below(const struct reader *reader, uint32_t comment)
{
    if (comment == DOCUMENT_NONE)
        return (struct range){0, reader_comment_count(reader)};
    struct range slice = view_subtree(reader, comment);
    return (struct range){slice.start + 1, slice.end};
}

/* From a comment up to the one that stands right below `top`. */
static uint32_t climb(const struct reader *reader, uint32_t comment, uint32_t top)
{
    uint32_t parent = comment;
    while (parent != top) {
        comment = parent;
        parent = view_parent(reader, comment);
    }
    return comment;
}

uint32_t view_root(const struct reader *reader, uint32_t comment)
{
    uint32_t root = document_root_of(reader->document, comment);
    return view_is_seen(reader, root) ? root : climb(reader, comment, DOCUMENT_NONE);
}

uint32_t view_first_child(const struct reader *reader, uint32_t comment)
{
    return first_in(reader, below(reader, comment));
}

uint32_t view_last_child(const struct reader *reader, uint32_t comment)
{
    uint32_t last = last_in(reader, below(reader, comment));
    return last == DOCUMENT_NONE ? last : climb(reader, last, comment);
}

uint32_t view_next_sibling(const struct reader *reader, uint32_t comment)
{
    struct range slice = below(reader, view_parent(reader, comment));
    slice.start = view_subtree(reader, comment).end;
    return first_in(reader, slice);
}

uint32_t view_previous_sibling(const struct reader *reader, uint32_t comment)
{
    uint32_t parent = view_parent(reader, comment);
    struct range slice = below(reader, parent);
    slice.end = view_position(reader, comment);
    uint32_t last = last_in(reader, slice);
    return last == DOCUMENT_NONE ? last : climb(reader, last, parent);
}

/* ---- numbers ------------------------------------------------------------------------ */

/* How many comments there are among positions, of those that are let through; stubs are none. */
static uint32_t counted_in(const struct reader *reader, struct range slice)
{
    const struct bitset *passing = &reader->view.passing;
    const struct bitset *stubs = reader->view.order ? &reader->view.stubs : &reader->stubs;
    if (passing->count)
        return bitset_rank(passing, slice.start, slice.end);
    return slice.end - slice.start - bitset_rank(stubs, slice.start, slice.end);
}

uint32_t view_number(const struct reader *reader, uint32_t comment)
{
    return counted_in(reader, (struct range){0, view_position(reader, comment) + 1});
}

uint32_t view_numbered(const struct reader *reader, uint32_t number)
{
    uint32_t low = 0,
             high = reader_comment_count(reader); /* positions; it is the last before one */
    if (number == 0 || number > counted_in(reader, (struct range){0, high}))
        return DOCUMENT_NONE;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (counted_in(reader, (struct range){0, middle}) < number)
            low = middle;
        else
            high = middle;
    }
    return view_comment(reader, low);
}

uint32_t view_count(const struct reader *reader)
{
    return reader_comment_count(reader) - reader->stub_count;
}

uint32_t view_replies(const struct reader *reader, uint32_t comment)
{
    return counted_in(reader, below(reader, comment));
}

/* ---- stretches of the pool ---------------------------------------------------------- */

static uint32_t place_of(const struct reader *reader, uint32_t comment)
{
    return comment < reader_comment_count(reader) ? document_item(reader->document, comment).start
                                                  : reader->text_known;
}

/* What stands before the thread: title, byline and article. */
static struct stretch head(const struct reader *reader)
{
    return (struct stretch){.text = {0, place_of(reader, 0)}};
}

/* Around a position, as far as comments that follow each other do so in the pool. */
static struct stretch stretch_at(const struct reader *reader, uint32_t position)
{
    const uint32_t *order = reader->view.order;
    uint32_t first = position, end = position + 1, count = reader_comment_count(reader);
    while (first > 0 && order[first - 1] + 1 == order[first])
        first--;
    while (end < count && order[end - 1] + 1 == order[end])
        end++;
    return (struct stretch){
        .text = {place_of(reader, order[first]), place_of(reader, order[end - 1] + 1)},
        .first = first,
        .end = end};
}

static struct stretch whole(const struct reader *reader)
{
    return (struct stretch){.text = {0, reader->text_known}, .end = reader_comment_count(reader)};
}

struct stretch view_stretch(const struct reader *reader, uint32_t place, bool down)
{
    uint32_t comment = document_comment_at(reader->document, place);
    struct stretch stretch = !reader->view.order ? whole(reader)
                             : comment == DOCUMENT_NONE
                                 ? head(reader)
                                 : stretch_at(reader, view_position(reader, comment));
    if (down)
        stretch.text.start = place;
    else
        stretch.text.end = place;
    return stretch;
}

struct stretch view_end_stretch(const struct reader *reader, bool last)
{
    if (!reader->view.order)
        return whole(reader);
    return last ? stretch_at(reader, reader_comment_count(reader) - 1) : head(reader);
}

bool view_next_stretch(const struct reader *reader, struct stretch *stretch, bool down)
{
    bool any = down ? stretch->end < reader_comment_count(reader) : stretch->end > 0;
    if (!reader->view.order || !any)
        return false;
    if (down)
        *stretch = stretch_at(reader, stretch->end);
    else
        *stretch = stretch->first ? stretch_at(reader, stretch->first - 1) : head(reader);
    return true;
}
