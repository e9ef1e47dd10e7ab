/*
 * A list of lines in columns, left a key or a name, then what it means, and faint at the right end,
 * where there is room, where that was said. Shown over all panes (help) or in a panel.
 */
#include "internal.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct text_style plain;

static void release_lines(struct listing *listing)
{
    buffer_release(&listing->text);
    vector_release(&listing->lines);
    buffer_release(&listing->pattern);
}

/* The whole of a list is one that has no other behind it. */
static void drop_whole(struct listing *listing)
{
    if (listing->whole)
        release_lines(listing->whole);
    free(listing->whole);
    listing->whole = NULL;
}

void listing_clear(struct listing *listing)
{
    drop_whole(listing);
    buffer_clear(&listing->text);
    vector_clear(&listing->lines);
    buffer_clear(&listing->pattern);
    listing->top = listing->left_columns = 0;
    listing->selected = -1;
}

void listing_open(struct session *session, const char *title)
{
    struct listing *listing = &session->listing;
    listing_clear(listing);
    snprintf(listing->title, sizeof listing->title, "%s", title);
    listing->open = true;
}

struct listing *listing_on_top(struct session *session)
{
    if (session->listing.open)
        return &session->listing;
    return session->panel.kind == PANEL_PEEK ? &session->panel.list : NULL;
}

void listing_close(struct session *session)
{
    if (session->listing.open)
        session->listing.open = false;
    else
        panel_close(session, PANEL_PEEK);
}

void listing_release(struct listing *listing)
{
    drop_whole(listing);
    release_lines(listing);
}

void listing_heading(struct listing *listing, const char *text)
{
    listing_add(listing, text, "", "");
    listing->lines.items[listing->lines.count - 1].heading = true;
}

void listing_words(struct buffer *out, const struct document *document, struct range range,
                   size_t most)
{
    const char *text = document_text(document, NULL) + range.start;
    size_t length = range.end - range.start;
    length = length > most ? utf8_floor(text, most) : length;
    for (size_t at = 0; at < length; at++)
        buffer_addc(out, text[at] == '\n' ? ' ' : text[at]);
}

void listing_add(struct listing *listing, const char *left, const char *right, const char *note)
{
    struct listing_line line = {.left = (uint32_t)listing->text.length};
    int columns = (int)text_columns(left, strlen(left), &plain);
    if (columns > listing->left_columns && right[0])
        listing->left_columns = columns;
    buffer_adds(&listing->text, left);
    line.middle = (uint32_t)listing->text.length;
    buffer_adds(&listing->text, right);
    line.note = (uint32_t)listing->text.length;
    buffer_adds(&listing->text, note);
    line.end = (uint32_t)listing->text.length;
    vector_push(&listing->lines, line);
}

#define APART      2 /* columns between the parts of a line, at least */
#define ROOM_LEAST 16

/* Where a line stands in columns; else its parts follow each other. */
static bool stands_in_columns(const struct listing *listing, int columns)
{
    return columns > 2 * listing->left_columns;
}

/* The bytes of a text that fit, up to a blank where there is one. */
static size_t line_length(const char *text, int columns)
{
    uint32_t used;
    size_t length = strlen(text);
    size_t fits = text_fit(text, length, (uint32_t)columns, &plain, &used), end = fits;
    if (fits == length || fits == 0)
        return length;
    while (end > 0 && text[end] != ' ')
        end--;
    return end > 0 ? end : fits;
}

/* The last line of several, with the note: beside it, or below where there is no room. */
static void add_last(struct listing *listing, const char *left, const char *middle,
                     const char *note, int room)
{
    uint32_t both = text_columns(middle, strlen(middle), &plain) +
                    text_columns(note, strlen(note), &plain) + APART + 1;
    bool below = *note && (int)both > room;
    listing_add(listing, left, middle, below ? "" : note);
    if (below)
        listing_add(listing, "", "", note);
}

/* Adds a line in as many as it takes. */
static void add_wrapped(struct listing *listing, const char *left, const char *middle,
                        const char *note, int columns)
{
    bool beside = stands_in_columns(listing, columns);
    int before = beside ? listing->left_columns : (int)text_columns(left, strlen(left), &plain);
    int room = columns - before - APART;
    if (room < ROOM_LEAST && *left && *middle) { /* what is left has a line of its own */
        listing_add(listing, left, "", "");
        left = "";
        room = beside ? room : columns - APART;
    }
    size_t length = line_length(middle, room > ROOM_LEAST ? room : ROOM_LEAST);
    while (middle[length]) {
        char *line = xstrndup(middle, length);
        listing_add(listing, left, line, "");
        free(line);
        middle += length + strspn(middle + length, " ");
        left = "";
        room = beside ? room : columns - APART;
        length = line_length(middle, room > ROOM_LEAST ? room : ROOM_LEAST);
    }
    add_last(listing, left, middle, note, beside ? room : INT_MAX);
}

/* The columns that a listing's lines have, of those of the screen. */
static int room_of(const struct listing *listing, int columns)
{
    int margins = listing->open ? 6 : 2;
    return columns - (columns < 60 ? 1 : margins);
}

static void wrap_line(struct listing *listing, size_t number, int columns)
{
    const struct listing_line *line = &listing->whole->lines.items[number];
    const char *text = buffer_string(&listing->whole->text);
    char *left = xstrndup(text + line->left, line->middle - line->left);
    char *middle = xstrndup(text + line->middle, line->note - line->middle);
    char *note = xstrndup(text + line->note, line->end - line->note);
    size_t first = listing->lines.count;
    add_wrapped(listing, left, middle, note, columns);
    for (size_t at = first; at < listing->lines.count; at++) {
        listing->lines.items[at].number = (uint32_t)number;
        listing->lines.items[at].heading = line->heading;
    }
    free(left);
    free(middle);
    free(note);
}

/* The line that the whole line with that number begins in; -1 of -1. */
static int line_of(const struct listing *listing, int64_t number)
{
    int at = 0;
    while (at < (int)listing->lines.count && listing->lines.items[at].number < number)
        at++;
    return number < 0 ? -1 : at;
}

/* The number of the whole line that a line is a part of; -1: none is there. */
static int64_t number_of(const struct listing *listing, int line)
{
    bool there = line >= 0 && line < (int)listing->lines.count;
    return there ? (int64_t)listing->lines.items[line].number : -1;
}

void listing_rewrap(struct listing *listing, int columns)
{
    if (!listing->whole)
        return;
    int64_t top = number_of(listing, listing->top);
    int64_t selected = number_of(listing, listing->selected);
    buffer_clear(&listing->text);
    vector_clear(&listing->lines);
    for (size_t number = 0; number < listing->whole->lines.count; number++)
        wrap_line(listing, number, room_of(listing, columns));
    listing->top = top < 0 ? 0 : line_of(listing, top);
    listing->selected = line_of(listing, selected);
}

void listing_wrap(struct listing *listing, int columns)
{
    struct listing *whole = xcalloc(1, sizeof *whole);
    *whole = *listing;
    whole->pattern = (struct buffer){0};
    listing->text = (struct buffer){0};
    memset(&listing->lines, 0, sizeof listing->lines);
    listing->whole = whole;
    listing_rewrap(listing, columns);
}

unsigned listing_scroll(struct session *session, int rows)
{
    struct listing *listing = listing_on_top(session);
    if (!listing)
        return 0;
    int lines = (int)listing->lines.count;
    int most = lines > listing->rows ? lines - listing->rows : 0;
    int top = rows > most - listing->top ? most : listing->top + rows;
    listing->top = top < 0 ? 0 : top;
    return WISH_DRAW;
}

/* Does a line hold the pattern, capitals aside? */
static bool line_matches(const struct listing *listing, size_t at, const char *pattern)
{
    const struct listing_line *line = &listing->lines.items[at];
    char *text = xstrndup(listing->text.data + line->left, line->end - line->left);
    bool matches = strcasestr(text, pattern) != NULL;
    free(text);
    return matches;
}

bool listing_search(struct session *session, const char *pattern, int direction)
{
    struct listing *listing = listing_on_top(session);
    if (!listing)
        return false;
    int lines = (int)listing->lines.count, step = direction < 0 ? -1 : 1;
    if (pattern != buffer_string(&listing->pattern)) {
        buffer_clear(&listing->pattern);
        buffer_adds(&listing->pattern, pattern);
    }
    listing->selected = pattern[0] ? listing->selected : -1;
    if (!pattern[0])
        return true;
    int here = listing->selected < 0 ? listing->top : listing->selected;
    int from = direction == 0 ? 0 : here + direction;
    for (int tried = 0; tried < lines; tried++) {
        int at = ((from + tried * step) % lines + lines) % lines;
        if (!line_matches(listing, (size_t)at, buffer_string(&listing->pattern)))
            continue;
        listing->top = listing->selected = at;
        return true;
    }
    return false;
}

/* The note at the right end, where it leaves the rest as it is. */
static void draw_note(struct frame *frame, struct rect right, int used, const char *text,
                      size_t length)
{
    int columns = (int)text_columns(text, length, &plain);
    if (columns == 0 || used + APART + columns + 1 > right.columns)
        return;
    right.column += right.columns - columns - 1;
    right.columns = columns;
    frame_print(frame, right, STYLE_FAINT, text, length);
}

void listing_print_cut(struct frame *frame, struct rect where, enum style style, const char *text,
                       size_t length)
{
    uint32_t used, columns = where.columns > 1 ? (uint32_t)where.columns : 1;
    size_t fits = text_fit(text, length, columns, &plain, &used);
    if (fits < length)
        fits = text_fit(text, length, columns - 1, &plain, &used);
    frame_print(frame, where, style, text, fits);
    where.column += (int)used;
    where.columns = 1;
    if (fits < length)
        frame_print(frame, where, STYLE_FAINT, "…", strlen("…"));
}

#define LEFT_LEAST 16 /* columns */

/* Without a middle the note has its place first, if there is room for both. */
static void draw_two(struct frame *frame, struct rect row, bool selected,
                     const struct listing_line *line, const char *text)
{
    int note = (int)text_columns(text + line->note, line->end - line->note, &plain);
    int left = row.columns - note - APART - 1;
    if (left >= LEFT_LEAST)
        draw_note(frame, row, 0, text + line->note, line->end - line->note);
    row.columns = note > 0 && left >= LEFT_LEAST ? left : row.columns;
    frame_fill(frame, row, selected ? STYLE_FOCUS : STYLE_TEXT);
    listing_print_cut(frame, row, selected ? STYLE_FOCUS : STYLE_TEXT, text + line->left,
                      line->middle - line->left);
}

void listing_draw_line(const struct listing *listing, struct frame *frame, struct rect row,
                       size_t number)
{
    const struct listing_line *line = &listing->lines.items[number];
    const char *text = buffer_string(&listing->text);
    bool selected = (int)number == listing->selected;
    struct rect right = row;
    int indent = stands_in_columns(listing, row.columns) ? listing->left_columns + APART : 0;
    if (indent == 0) /* narrow: behind each other */
        indent = (int)text_columns(text + line->left, line->middle - line->left, &plain) + APART;
    frame_fill(frame, row, selected ? STYLE_FOCUS : STYLE_TEXT);
    if (!line->heading && line->middle == line->note && line->note < line->end) {
        draw_two(frame, row, selected, line, text);
        return;
    }
    frame_print(frame, row,
                selected        ? STYLE_FOCUS
                : line->heading ? STYLE_HEAD
                                : STYLE_KEY,
                text + line->left, line->middle - line->left);
    if (line->heading || line->middle == line->end)
        return;
    right.column += indent;
    right.columns -= indent;
    listing_print_cut(frame, right, selected ? STYLE_FOCUS : STYLE_TEXT, text + line->middle,
                      line->note - line->middle);
    int used = (int)text_columns(text + line->middle, line->note - line->middle, &plain);
    draw_note(frame, right, used, text + line->note, line->end - line->note);
}

void listing_draw(struct session *session, struct frame *frame)
{
    struct listing *listing = &session->listing;
    int status = reader_panes(session->reader)->status.rows;
    int margin = frame->columns >= 60 ? 3 : 0;
    struct rect row = {0, margin, 1, frame->columns - margin};
    listing->rows = frame->rows - status - 2 > 1 ? frame->rows - status - 2 : 1;
    listing_scroll(session, 0);
    if (frame->rows - status > 2) {
        frame_print(frame, row, STYLE_TITLE, listing->title, strlen(listing->title));
        row.row = 2;
    }
    for (int line = 0; line < listing->rows; line++) {
        size_t at = (size_t)(listing->top + line);
        if (at < listing->lines.count)
            listing_draw_line(listing, frame, row, at);
        row.row++;
    }
}
