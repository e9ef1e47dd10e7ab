/*
 * Filters laid over the thread, one over the other: each lets through what it finds among what the
 * one below lets through, and is taken away again by itself.
 *
 * What is let through is seen, and so are, as a line each, the comments it answers: its context,
 * unless that is hidden too. While anything is filtered the thread has folds of its own, none at
 * first; those from before come back with the last filter taken away, and the place too, unless
 * the reader has gone on to another comment since.
 *
 * A jump to a comment that is left out shows it as a guest, until the next jump.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define MOST_FILTERS 16

static struct filter_level *top_level(const struct reader *reader)
{
    const struct narrow *narrow = &reader->narrow;
    return narrow->levels.count ? &narrow->levels.items[narrow->levels.count - 1] : NULL;
}

static void drop_level(struct narrow *narrow)
{
    struct filter_level *level = &narrow->levels.items[--narrow->levels.count];
    free(level->text);
    bitset_release(&level->hits);
}

void narrow_release(struct narrow *narrow)
{
    while (narrow->levels.count > 0)
        drop_level(narrow);
    vector_release(&narrow->levels);
    bitset_release(&narrow->folded);
    free(narrow->waiting);
}

/* ---- what is let through ------------------------------------------------------------ */

/* With every comment the one it answers. */
static void add_parents(const struct reader *reader, struct bitset *set)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = bitset_previous(set, UINT32_MAX); at != BITSET_NONE && at > 0;
         at = bitset_previous(set, at - 1))
        if (comments[at].parent != DOCUMENT_NONE)
            bitset_put(set, comments[at].parent, true);
}

void narrow_update(struct reader *reader)
{
    const struct filter_level *level = top_level(reader);
    struct bitset kept = {0};
    if (!level) {
        bitset_release(&reader->view.kept);
        bitset_release(&reader->view.passing);
        return;
    }
    bitset_resize(&kept, level->hits.count);
    bitset_copy(&kept, &level->hits);
    if (reader->narrow.guest != DOCUMENT_NONE)
        bitset_put(&kept, reader->narrow.guest, true);
    if (!reader->narrow.bare)
        add_parents(reader, &kept);
    view_put_in_order(reader, &kept, &reader->view.kept);
    view_put_in_order(reader, &level->hits, &reader->view.passing);
    bitset_release(&kept);
}

/* The focused comment stays, or the nearest that is seen takes over, on the same row. */
static void show_again(struct reader *reader, struct hold hold)
{
    uint32_t before = reader->comment;
    narrow_update(reader);
    view_update_all(reader);
    reader->comment = fold_shown(reader, before);
    if (reader->comment != before)
        hold.place = document_item(reader->document, reader->comment).start;
    move_keep(reader, hold);
}

/* ---- filters ------------------------------------------------------------------------ */

/* Before the first one. */
static void leave_whole(struct reader *reader)
{
    struct narrow *narrow = &reader->narrow;
    bitset_resize(&narrow->folded, reader->folded.count);
    bitset_copy(&narrow->folded, &reader->folded);
    narrow->fold_level = reader->fold_level;
    narrow->before = jump_here(reader);
}

/* After the last one. */
static void return_to_whole(struct reader *reader)
{
    struct narrow *narrow = &reader->narrow;
    struct hold hold = move_hold(reader);
    bitset_copy(&reader->folded, &narrow->folded);
    bitset_release(&narrow->folded);
    reader->fold_level = narrow->fold_level;
    narrow_update(reader);
    view_update_all(reader);
    if (reader->comment == narrow->entered) {
        reader->comment = narrow->before.comment;
        reader->top[PANE_THREAD] = narrow->before.top[PANE_THREAD];
        return;
    }
    jump_tell(reader, fold_reveal(reader, reader->comment));
    move_keep(reader, hold);
}

static void changed(struct reader *reader)
{
    reader->narrow.guest = DOCUMENT_NONE;
    jump_forget_opened(reader); /* those were other folds */
    if (!top_level(reader)) {
        return_to_whole(reader);
        return;
    }
    struct hold hold = move_hold(reader);
    bitset_fill(&reader->folded, 0, UINT32_MAX, false);
    reader->fold_level = -1;
    show_again(reader, hold);
}

static bool asks_for_marks(const struct filter_program *program)
{
    bool asks = false;
    for (size_t at = 0; at < program->count; at++)
        asks = asks || program->items[at].operation == FILTER_UNREAD ||
               program->items[at].operation == FILTER_NEW;
    return asks;
}

/* Those that only say that there are more fit nothing: they are not counted either. */
static void drop_stubs(const struct reader *reader, struct bitset *hits)
{
    for (uint32_t at = bitset_next(&reader->stubs, 0); at != BITSET_NONE;
         at = bitset_next(&reader->stubs, at + 1))
        bitset_put(hits, at, false);
}

static bool find_hits(struct reader *reader, const char *text, struct filter_level *level,
                      struct error *error)
{
    struct filter_program program = {0};
    const struct filter_level *below = top_level(reader);
    uint32_t too_hard;
    bool good = filter_read(&program, text, error) &&
                sieve_run(reader, &program, &level->hits, &too_hard, error);
    level->of_then = asks_for_marks(&program);
    filter_release(&program);
    if (!good)
        return false;
    drop_stubs(reader, &level->hits);
    if (below)
        bitset_and(&level->hits, &below->hits);
    if (bitset_next(&level->hits, 0) == BITSET_NONE) {
        bitset_release(&level->hits);
        return error_set(error, "no comment fits '%s'%s", text, filter_hint(text));
    }
    if (too_hard)
        notice_add(reader, "%u comment%s too hard to look into", too_hard,
                   too_hard == 1 ? " was" : "s were");
    return true;
}

/* False: it makes no sense here, or fits nothing. */
static bool make_level(struct reader *reader, const char *text, struct filter_level *level,
                       struct error *error)
{
    if (reader_comment_count(reader) == 0)
        return error_set(error, "there are no comments");
    if (!reader->whole)
        return error_set(error, "the thread is still being read");
    if (reader->narrow.levels.count == MOST_FILTERS)
        return error_set(error, "no more than %d filters at once", MOST_FILTERS);
    if (!find_hits(reader, text, level, error))
        return false;
    level->text = xstrdup(text);
    return true;
}

static void lay_on(struct reader *reader, struct filter_level level)
{
    struct narrow *narrow = &reader->narrow;
    bool first = narrow->levels.count == 0;
    if (first)
        leave_whole(reader);
    vector_push(&narrow->levels, level);
    changed(reader);
    if (first)
        narrow->entered = reader->comment;
}

/* Somebody filters by hand: what has waited until now is not wanted any more. */
static void forget_waiting(struct narrow *narrow)
{
    free(narrow->waiting);
    narrow->waiting = NULL;
}

/* The one on top is laid on anew: what it lets through now takes the place of what it did then. */
static bool lay_on_again(struct reader *reader, const char *text, struct error *error)
{
    struct filter_level level = {0};
    reader->narrow.levels.count--;
    bool made = make_level(reader, text, &level, error);
    reader->narrow.levels.count++;
    if (!made)
        return false;
    drop_level(&reader->narrow);
    vector_push(&reader->narrow.levels, level);
    changed(reader);
    return true;
}

bool reader_filter(struct reader *reader, const char *text, struct error *error)
{
    const struct filter_level *top = top_level(reader);
    struct filter_level level = {0};
    notice_clear(reader);
    if (top && strcmp(top->text, text) == 0)
        return lay_on_again(reader, text, error);
    if (!make_level(reader, text, &level, error))
        return false;
    forget_waiting(&reader->narrow);
    reader_remember(reader);
    lay_on(reader, level);
    return true;
}

bool reader_filter_pop(struct reader *reader)
{
    notice_clear(reader);
    forget_waiting(&reader->narrow);
    if (!top_level(reader))
        return false;
    drop_level(&reader->narrow);
    changed(reader);
    return true;
}

bool reader_filter_clear(struct reader *reader)
{
    notice_clear(reader);
    forget_waiting(&reader->narrow);
    if (!top_level(reader))
        return false;
    while (top_level(reader))
        drop_level(&reader->narrow);
    changed(reader);
    return true;
}

const char *reader_filter_text(const struct reader *reader, size_t index)
{
    const struct narrow *narrow = &reader->narrow;
    return index < narrow->levels.count ? narrow->levels.items[index].text : NULL;
}

uint32_t reader_filter_count(const struct reader *reader)
{
    const struct filter_level *level = top_level(reader);
    return level ? bitset_rank(&level->hits, 0, level->hits.count) : view_count(reader);
}

bool reader_filter_context(struct reader *reader)
{
    struct hold hold = move_hold(reader);
    notice_clear(reader);
    reader->narrow.bare = !reader->narrow.bare;
    if (top_level(reader))
        show_again(reader, hold);
    return !reader->narrow.bare;
}

bool narrow_add_name(const struct reader *reader, const char *term, struct range name,
                     struct buffer *out)
{
    const char *text = reader_text(reader);
    if (range_is_empty(name))
        return false;
    buffer_printf(out, "%s\"", term);
    for (uint32_t at = name.start; at < name.end; at++) {
        if (text[at] == '"' || text[at] == '\\')
            buffer_addc(out, '\\');
        buffer_addc(out, text[at]);
    }
    buffer_addc(out, '"');
    return true;
}

bool reader_author_filter(const struct reader *reader, uint32_t author, struct buffer *out)
{
    uint32_t count;
    const struct author *authors = document_authors(reader->document, &count);
    return author < count && narrow_add_name(reader, "author=", authors[author].name, out);
}

/* ---- filters of an earlier visit ---------------------------------------------------- */

/* A line of `lines`, laid on. False: it may be names that are not found yet. */
static bool recall_line(struct reader *reader, const char *text)
{
    struct filter_level level = {0};
    struct error error;
    bool made = make_level(reader, text, &level, &error);
    if (made)
        lay_on(reader, level);
    else if (reader->annotations)
        notice_add(reader, "the filter '%s' is gone: %s", text, error.message);
    return made || reader->annotations;
}

void narrow_recall(struct reader *reader, const char *lines)
{
    while (*lines && !reader->narrow.waiting) {
        size_t length = strcspn(lines, "\n");
        char *text = xstrndup(lines, length);
        if (!recall_line(reader, text))
            reader->narrow.waiting = xstrdup(lines);
        lines += length + (lines[length] == '\n');
        free(text);
    }
    reader->narrow.entered = DOCUMENT_NONE; /* the place before them was that of another visit */
}

void narrow_annotate(struct reader *reader)
{
    char *lines = reader->narrow.waiting;
    reader->narrow.waiting = NULL;
    if (lines)
        narrow_recall(reader, lines);
    free(lines);
}

/* False: there is no room. */
static bool add_line(struct buffer *lines, const char *text, size_t most)
{
    if (lines->length + strlen(text) + 1 > most)
        return false;
    buffer_printf(lines, "%s%s", lines->length ? "\n" : "", text);
    return true;
}

char *narrow_memorize(const struct reader *reader, size_t most)
{
    const struct narrow *narrow = &reader->narrow;
    struct buffer lines = {0};
    bool fits = true; /* without one there is no sense in those laid on it */
    for (size_t at = 0; at < narrow->levels.count && fits; at++)
        fits = add_line(&lines, narrow->levels.items[at].text, most);
    if (narrow->waiting && fits)
        add_line(&lines, narrow->waiting, most);
    if (lines.length)
        return buffer_detach(&lines);
    buffer_release(&lines);
    return NULL;
}

const struct bitset *narrow_hits(const struct reader *reader)
{
    const struct filter_level *level = top_level(reader);
    return level ? &level->hits : NULL;
}

const struct bitset *narrow_folds(const struct reader *reader)
{
    return top_level(reader) ? &reader->narrow.folded : &reader->folded;
}

/* ---- guests ------------------------------------------------------------------------- */

static bool is_outside(const struct reader *reader, uint32_t comment, bool whole)
{
    const struct bitset *inside = whole ? &reader->view.passing : &reader->view.kept;
    return !bitset_get(inside, view_position(reader, comment));
}

bool narrow_admit(struct reader *reader, uint32_t comment, bool whole)
{
    struct narrow *narrow = &reader->narrow;
    if (!top_level(reader) || comment == narrow->guest)
        return false;
    if (narrow->guest == DOCUMENT_NONE && !is_outside(reader, comment, whole))
        return false;
    narrow->guest = DOCUMENT_NONE; /* the last one goes, and perhaps what it kept with it */
    narrow_update(reader);
    if (is_outside(reader, comment, whole)) {
        narrow->guest = comment;
        narrow_update(reader);
        notice_add(reader, "shown although the filter leaves it out");
    }
    return true;
}
