/*
 * What has been read. Three bits a comment: `read`; `fresh`, not there at the last visit; `edited`,
 * with another text then. A comment that is read is not new any more, so "new" is fresh and not
 * read, and counts of a subtree are counts of bits in a slice.
 *
 * What was marked by hand can be taken back: each time the bits that changed are kept, so taking
 * back an old one leaves alone what has been read since.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void progress_extend(struct reader *reader, uint32_t count)
{
    bitset_resize(&reader->progress.read, count);
    bitset_resize(&reader->progress.fresh, count);
    bitset_resize(&reader->progress.edited, count);
}

static void forget_oldest(struct progress *progress)
{
    bitset_release(&progress->undo.items[0].changed);
    progress->undo.count--;
    memmove(progress->undo.items, progress->undo.items + 1,
            progress->undo.count * sizeof *progress->undo.items);
}

void progress_release(struct reader *reader)
{
    struct progress *progress = &reader->progress;
    while (progress->undo.count)
        bitset_release(&progress->undo.items[--progress->undo.count].changed);
    vector_release(&progress->undo);
    bitset_release(&progress->read);
    bitset_release(&progress->fresh);
    bitset_release(&progress->edited);
}

/* ---- what is known ------------------------------------------------------------------ */

void reader_track_reading(struct reader *reader)
{
    reader->progress.tracked = true;
}

bool reader_tracks_reading(const struct reader *reader)
{
    return reader->progress.tracked;
}

bool reader_is_read(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->progress.read, comment);
}

bool reader_is_new(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->progress.fresh, comment) && !reader_is_read(reader, comment);
}

bool reader_is_edited(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->progress.edited, comment);
}

static struct range branch(const struct reader *reader, uint32_t comment)
{
    if (comment == DOCUMENT_NONE)
        return (struct range){0, reader_comment_count(reader)};
    return (struct range){comment, document_subtree_end(reader->document, comment)};
}

uint32_t reader_comments_in(const struct reader *reader, uint32_t comment)
{
    struct range slice = branch(reader, comment);
    return slice.end - slice.start - bitset_rank(&reader->stubs, slice.start, slice.end);
}

uint32_t reader_unread_in(const struct reader *reader, uint32_t comment)
{
    struct range slice = branch(reader, comment);
    return slice.end - slice.start - bitset_rank(&reader->progress.read, slice.start, slice.end);
}

uint32_t reader_new_in(const struct reader *reader, uint32_t comment)
{
    struct range slice = branch(reader, comment);
    const struct progress *progress = &reader->progress;
    return bitset_rank_without(&progress->fresh, &progress->read, slice.start, slice.end);
}

/* Those that answer it: it is not among them itself. */
static struct range answers(const struct reader *reader, uint32_t comment)
{
    struct range slice = branch(reader, comment);
    return (struct range){slice.start + 1, slice.end};
}

uint32_t progress_unread_below(const struct reader *reader, uint32_t comment)
{
    const struct bitset *hits = narrow_hits(reader), *read = &reader->progress.read;
    struct range slice = answers(reader, comment);
    return hits ? bitset_rank_without(hits, read, slice.start, slice.end)
                : slice.end - slice.start - bitset_rank(read, slice.start, slice.end);
}

uint32_t progress_new_below(const struct reader *reader, uint32_t comment)
{
    const struct progress *progress = &reader->progress;
    struct range slice = answers(reader, comment);
    return bitset_rank_among(&progress->fresh, narrow_hits(reader), &progress->read, slice.start,
                             slice.end);
}

/* ---- marking ------------------------------------------------------------------------ */

void reader_mark_read(struct reader *reader, uint32_t comment, bool read)
{
    bitset_put(&reader->progress.read, comment, read);
}

/* The comments a scope means, from the focused one. */
static struct range scope_slice(const struct reader *reader, enum reader_scope scope)
{
    uint32_t comment = reader->comment;
    switch (scope) {
    case SCOPE_COMMENT:
        return (struct range){comment, comment + 1};
    case SCOPE_BRANCH:
        return branch(reader, comment);
    case SCOPE_THREAD:
        break;
    }
    return branch(reader, DOCUMENT_NONE);
}

/* Bits kept for taking back: a byte a comment in all, and some. */
static void keep_undo(struct reader *reader, const struct progress_undo *undo)
{
    struct progress *progress = &reader->progress;
    uint64_t most = 8ull * reader_comment_count(reader) + 4096, kept = undo->changed.count;
    for (size_t at = 0; at < progress->undo.count; at++)
        kept += progress->undo.items[at].changed.count;
    while (progress->undo.count && (kept > most || progress->undo.count >= PROGRESS_UNDOS)) {
        kept -= progress->undo.items[0].changed.count;
        forget_oldest(progress);
    }
    vector_push(&progress->undo, *undo);
}

uint32_t reader_mark_scope(struct reader *reader, enum reader_scope scope)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return 0;
    if (scope == SCOPE_COMMENT && bitset_get(&reader->stubs, reader->comment)) {
        notice_add(reader, "there is nothing to be read here");
        return 0;
    }
    struct bitset *read = &reader->progress.read;
    struct range slice = scope_slice(reader, scope);
    struct progress_undo undo = {.start = slice.start};
    undo.read = scope != SCOPE_COMMENT || !reader_is_read(reader, slice.start);
    bitset_resize(&undo.changed, slice.end - slice.start);
    uint32_t count = 0;
    for (uint32_t at = slice.start; at < slice.end; at++) {
        if (bitset_get(read, at) == undo.read)
            continue;
        bitset_put(&undo.changed, at - slice.start, true);
        count++;
    }
    reader_track_reading(reader);
    bitset_fill(read, slice.start, slice.end, undo.read);
    if (count)
        keep_undo(reader, &undo);
    else
        bitset_release(&undo.changed);
    notice_add(reader, "marked %u comment%s %s", count, count == 1 ? "" : "s",
               undo.read ? "read" : "unread");
    return count;
}

bool reader_undo_read(struct reader *reader)
{
    struct progress *progress = &reader->progress;
    notice_clear(reader);
    if (progress->undo.count == 0)
        return false;
    struct progress_undo undo = progress->undo.items[--progress->undo.count];
    uint32_t count = 0;
    for (uint32_t at = bitset_next(&undo.changed, 0); at != BITSET_NONE;
         at = bitset_next(&undo.changed, at + 1), count++)
        bitset_put(&progress->read, undo.start + at, !undo.read);
    bitset_release(&undo.changed);
    notice_add(reader, "%u comment%s %s again", count, count == 1 ? "" : "s",
               undo.read ? "unread" : "read");
    return true;
}

/* ---- looking for what is not --------------------------------------------------------- */

uint32_t progress_seek(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t count = reader_comment_count(reader), step = down ? 1 : UINT32_MAX;
    for (uint32_t at = view_position(reader, from) + step; at < count; at += step)
        if (!reader_is_read(reader, view_comment(reader, at)))
            return view_comment(reader, at);
    return DOCUMENT_NONE;
}

/* ---- folding it away ----------------------------------------------------------------- */

/* A subtree that has been read whole is folded at its top; one pass, whatever the tree is like. */
uint32_t progress_fold(struct reader *reader)
{
    uint32_t folded = 0, count = reader_comment_count(reader), unread = 0;
    for (uint32_t at = 0; at < count;) {
        for (unread = unread < at ? at : unread; unread < count; unread++)
            if (!reader_is_read(reader, unread))
                break;
        uint32_t end = document_subtree_end(reader->document, at);
        bool done = unread >= end;
        folded += done && !bitset_get(&reader->folded, at);
        if (done)
            bitset_put(&reader->folded, at, true);
        at = done ? end : at + 1;
    }
    if (folded)
        view_update_all(reader);
    return folded;
}

/* ---- seeing -------------------------------------------------------------------------- */

/* The row is the last one with words of its comment; `next` is the one after it, or NULL. */
static bool is_last_of_comment(const struct reader *reader, const struct flow_row *row,
                               const struct flow_row *next)
{
    const struct comment *comment = &document_comments(reader->document, NULL)[row->comment];
    if (row->kind == ROW_BLANK)
        return false;
    return !next || next->comment != row->comment ||
           (next->kind == ROW_BLANK && next->start >= comment->text.end);
}

static bool is_covered(struct rect covered, int row)
{
    return row >= covered.row && row < covered.row + covered.rows;
}

size_t reader_seen(struct reader *reader, struct rect covered, uint32_t *comments, size_t most)
{
    struct rect rect = reader_rect(reader, PANE_THREAD);
    struct flow_row row, next;
    size_t count = 0;
    if (reader->wish.focus != PANE_THREAD || rect.rows <= 0 || rect.columns <= 0 ||
        !flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &row))
        return 0;
    bool more = true;
    for (int line = 0; line < rect.rows && count < most && more; line++, row = next) {
        next = row;
        more = flow_next(reader, &next);
        if (!is_covered(covered, rect.row + line) &&
            is_last_of_comment(reader, &row, more ? &next : NULL) &&
            !reader_is_read(reader, row.comment) && !view_is_line(reader, row.comment))
            comments[count++] = row.comment;
    }
    return count;
}
