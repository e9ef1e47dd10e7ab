/*
 * Text into rows, greedily: as much as fits, then back to the last place where the line may end.
 *
 *      row_start        break_at                at
 *      |The quay has been silting up since the str|ike and nobody
 *                                              ink ends here, the blank is not drawn
 *
 * Every byte is measured once: what lies between the break and the place where the row was found to
 * be full is carried over into the next row. Where a word is longer than a row it is cut between
 * two clusters; a cluster wider than a row comes cell by cell; a cell wider than a row has a row of
 * its own and is clipped when drawn. So each row takes at least one cell, and wrapping ends.
 *
 * A line of plain ASCII needs no measuring: its columns are its bytes. Its rows are found by
 * jumping a row ahead and looking back for a break.
 */
#include "rows.h"

#include "breaks.h"
#include "clusters.h"

#include <stdlib.h>
#include <string.h>

/* A place where the row could end, and what had been used up to there. */
struct candidate {
    uint32_t at;      /* the next row begins here; 0 bytes further than the row's start: none */
    uint32_t ink;     /* the last drawn byte ends here */
    uint32_t columns; /* of [row_start, at) */
    uint8_t hyphen;
};

/* The row being filled; offsets are into the line. */
struct filling {
    const struct wrapping *wrapping;
    struct row_list *rows;
    const char *line;
    uint32_t length, base; /* `base`: where the line starts in the pool */
    uint32_t start, at, ink, columns;
    unsigned last_columns; /* of the cluster before `at` */
    uint32_t too_wide_end; /* up to here lies a cluster wider than a row: taken cell by cell */
    size_t mark;           /* the next one of the wrapping */
    struct candidate best, second;
};

static void row_add(struct row_list *rows, const struct wrapping *wrapping, uint32_t start,
                    uint32_t end)
{
    struct layout_row row = {.start = start, .end = end, .indent = wrapping->indent};
    vector_push(rows, row);
}

/* Whether a row that ends here leaves so much free that the second choices are looked at. */
static bool is_poor(uint32_t columns, uint32_t width)
{
    return columns < width * 2 / 3;
}

static bool is_ascii(const char *text, size_t length)
{
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, sizeof word);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* ---- the long way ------------------------------------------------------------------- */

/* Ends the row at `end`; the next one begins with what was measured since. `end` is a copy. */
static void row_end(struct filling *filling, const struct candidate *end)
{
    if (end->ink > filling->start) {
        row_add(filling->rows, filling->wrapping, filling->base + filling->start,
                filling->base + end->ink);
        filling->rows->items[filling->rows->count - 1].hyphen = end->hyphen;
    }
    filling->start = end->at;
    filling->columns -= end->columns;
    filling->best = (struct candidate){0};
    filling->second.columns -= end->columns;
    if (filling->second.at <= end->at)
        filling->second = (struct candidate){0};
}

static struct candidate candidate_here(const struct filling *filling)
{
    return (struct candidate){.at = filling->at, .ink = filling->ink, .columns = filling->columns};
}

/* Notes that the row may end before `at`, if it may. */
static void note_break(struct filling *filling, unsigned columns, bool standard)
{
    const char *line = filling->line;
    uint32_t at = filling->at;
    if (standard) {
        if (filling->last_columns != 2 && columns != 2 && !break_is_kept(line, filling->length, at))
            return;
        bool hyphen = at >= 2 && line[at - 1] == '\xAD' && line[at - 2] == '\xC2';
        if (hyphen && filling->columns >= filling->wrapping->columns)
            return;
        filling->best = candidate_here(filling);
        filling->best.hyphen = hyphen;
        return;
    }
    if (break_is_second_choice(line, filling->length, at))
        filling->second = candidate_here(filling);
}

/* The row is full: ends it at the best place. */
static void row_full(struct filling *filling)
{
    struct candidate *best = &filling->best, *second = &filling->second;
    if (second->at > best->at && is_poor(best->columns, filling->wrapping->columns))
        best = second;
    if (best->at > filling->start) {
        struct candidate end = *best;
        row_end(filling, &end);
    } else {
        struct candidate end = candidate_here(filling);
        row_end(filling, &end);
    }
}

/* Where the next mark stands, in the line; beyond it where there is none. */
static uint32_t next_mark(const struct filling *filling)
{
    const struct layout_marks *marks = filling->wrapping->marks;
    return marks && filling->mark < marks->count ? marks->items[filling->mark].place - filling->base
                                                 : UINT32_MAX;
}

/* A mark goes with the cluster before it. */
static unsigned take_mark(struct filling *filling, uint32_t end)
{
    bool here = next_mark(filling) <= end;
    return here ? filling->wrapping->marks->items[filling->mark++].columns : 0;
}

/* The cluster at `at`, or the next cell where all of it is wider than a row. */
static uint32_t next_unit(struct filling *filling, unsigned *columns)
{
    const char *text = filling->line + filling->at;
    size_t left = filling->length - filling->at;
    const struct wrapping *wrapping = filling->wrapping;
    if (filling->at >= filling->too_wide_end) {
        size_t size = text_grapheme(text, left, wrapping->style, columns);
        if (*columns <= wrapping->columns || *columns == 1)
            return (uint32_t)size;
        filling->too_wide_end = filling->at + (uint32_t)size;
    }
    left = filling->too_wide_end - filling->at;
    return (uint32_t)text_cluster(text, left, wrapping->style, columns);
}

static bool blank_at(const char *text, uint32_t size)
{
    unsigned char first = (unsigned char)text[0];
    if (size == 1)
        return first == ' ';
    if (size != 3 || first < 0xE1 || first > 0xE3)
        return false;
    uint32_t code_point;
    utf8_decode(text, size, &code_point);
    return break_is_blank(code_point);
}

static bool is_joint(char byte)
{
    return byte == '_' || byte == '=' || byte == '&';
}

/*
 * Takes what is left of an ASCII word, up to the row's end: most of most lines. There is nothing to
 * find out about a byte where the row cannot end, with no second choice before it and a next byte
 * that cannot be a mark.
 */
static void take_word(struct filling *filling, const char *flags)
{
    const char *line = filling->line;
    uint32_t at = filling->at, start = at;
    uint32_t most = filling->wrapping->columns - filling->columns;
    if (filling->columns >= filling->wrapping->columns || at == 0 || is_joint(line[at - 1]))
        return;
    uint32_t stop = most < filling->length - 1 - at ? at + most : filling->length - 1;
    uint32_t mark = next_mark(filling);
    stop = mark <= stop ? mark - 1 : stop;
    while (at < stop && !flags[at] && (unsigned char)(line[at] - '!') < '~' - '!' + 1 &&
           !((unsigned char)line[at + 1] & 0x80) && !is_joint(line[at]))
        at++;
    if (at == start)
        return;
    filling->columns += at - start;
    filling->ink = filling->at = at;
    filling->last_columns = 1;
}

static void wrap_line(struct filling *filling, const char *flags)
{
    uint32_t width = filling->wrapping->columns;
    while (filling->at < filling->length) {
        take_word(filling, flags);
        unsigned columns;
        bool within = filling->at < filling->too_wide_end;
        uint32_t size = next_unit(filling, &columns);
        unsigned mark = take_mark(filling, filling->at + size);
        bool blank = mark == 0 && blank_at(filling->line + filling->at, size);
        columns += mark;
        if (filling->at > filling->start && !within)
            note_break(filling, columns, flags[filling->at]);
        while (!blank && filling->columns + columns > width && filling->at > filling->start)
            row_full(filling);
        filling->columns += columns;
        filling->at += size;
        filling->last_columns = columns;
        if (!blank)
            filling->ink = filling->at;
    }
    row_add(filling->rows, filling->wrapping, filling->base + filling->start,
            filling->base + filling->ink);
}

/* ---- ASCII -------------------------------------------------------------------------- */

/*
 * Where the row that starts at `start` ends: the next one begins at the answer. `length` if
 * everything that is left fits.
 */
static uint32_t ascii_row(const char *line, uint32_t length, uint32_t start, uint32_t width)
{
    if (length - start <= width)
        return length;
    uint32_t limit = start + width, next = limit;
    while (next < length && line[next] == ' ')
        next++;
    if (next == length || break_in_ascii(line, length, next))
        return next;
    uint32_t best = limit;
    while (best > start && !break_in_ascii(line, length, best))
        best--;
    if (best == start || is_poor(best - start, width))
        for (uint32_t at = limit; at > best; at--)
            if (break_is_second_choice(line, length, at))
                return at;
    return best > start ? best : next;
}

static void wrap_ascii(struct row_list *rows, const struct wrapping *wrapping, struct range line)
{
    const char *text = wrapping->text + line.start;
    uint32_t length = line.end - line.start, start = 0;
    do {
        uint32_t next = ascii_row(text, length, start, wrapping->columns), end = next;
        while (end > start && text[end - 1] == ' ')
            end--;
        if (end > start || next == length)
            row_add(rows, wrapping, line.start + start, line.start + end);
        start = next;
    } while (start < length);
}

/* ---- lines -------------------------------------------------------------------------- */

/* The first mark after the start of a line. */
static size_t first_mark(const struct wrapping *wrapping, uint32_t start)
{
    const struct layout_marks *marks = wrapping->marks;
    size_t at = 0;
    while (marks && at < marks->count && marks->items[at].place <= start)
        at++;
    return at;
}

static void wrap_one(struct row_list *rows, const struct wrapping *wrapping, struct range line,
                     char *flags)
{
    const char *text = wrapping->text + line.start;
    uint32_t length = line.end - line.start;
    struct filling filling = {.wrapping = wrapping,
                              .rows = rows,
                              .line = text,
                              .length = length,
                              .base = line.start,
                              .mark = first_mark(wrapping, line.start)};
    bool marked = next_mark(&filling) <= length;
    if (wrapping->unwrapped || length == 0) {
        row_add(rows, wrapping, line.start, line.end);
    } else if (!wrapping->no_shortcut && !marked && is_ascii(text, length)) {
        wrap_ascii(rows, wrapping, line);
    } else {
        breaks_standard(text, length, flags);
        wrap_line(&filling, flags);
    }
}

void rows_wrap(struct row_list *rows, const struct wrapping *wrapping, char *flags)
{
    uint32_t at = wrapping->piece.start, end = wrapping->piece.end;
    do {
        const char *feed = memchr(wrapping->text + at, '\n', end - at);
        uint32_t stop = feed ? (uint32_t)(feed - wrapping->text) : end;
        wrap_one(rows, wrapping, (struct range){at, stop}, flags);
        at = stop + 1;
    } while (at < end);
}
