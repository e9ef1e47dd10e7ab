/*
 * A text over the panes in two columns, left the keys, right what they do. It is made when it is
 * opened and scrolled and searched after that.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct text_style plain;

void listing_open(struct session *session, const char *title)
{
    struct listing *listing = &session->listing;
    buffer_clear(&listing->text);
    vector_clear(&listing->lines);
    buffer_clear(&listing->pattern);
    snprintf(listing->title, sizeof listing->title, "%s", title);
    listing->open = true;
    listing->top = listing->left_columns = 0;
}

void listing_close(struct session *session)
{
    session->listing.open = false;
}

void listing_release(struct listing *listing)
{
    buffer_release(&listing->text);
    vector_release(&listing->lines);
    buffer_release(&listing->pattern);
}

void listing_add(struct listing *listing, const char *left, const char *right, enum style style)
{
    struct listing_line line = {.left = (uint32_t)listing->text.length, .style = style};
    int columns = (int)text_columns(left, strlen(left), &plain);
    if (columns > listing->left_columns && right[0])
        listing->left_columns = columns;
    buffer_adds(&listing->text, left);
    line.middle = (uint32_t)listing->text.length;
    buffer_adds(&listing->text, right);
    line.end = (uint32_t)listing->text.length;
    vector_push(&listing->lines, line);
}

unsigned listing_scroll(struct session *session, int rows)
{
    struct listing *listing = &session->listing;
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
    struct listing *listing = &session->listing;
    int lines = (int)listing->lines.count, step = direction < 0 ? -1 : 1;
    if (pattern != buffer_string(&listing->pattern)) {
        buffer_clear(&listing->pattern);
        buffer_adds(&listing->pattern, pattern);
    }
    if (!pattern[0])
        return true;
    int from = direction == 0 ? 0 : listing->top + direction;
    for (int tried = 0; tried < lines; tried++) {
        int at = ((from + tried * step) % lines + lines) % lines;
        if (!line_matches(listing, (size_t)at, buffer_string(&listing->pattern)))
            continue;
        listing->top = at;
        return true;
    }
    return false;
}

static void draw_line(const struct listing *listing, struct frame *frame, struct rect row,
                      const struct listing_line *line)
{
    const char *text = buffer_string(&listing->text);
    bool heading = line->middle == line->end;
    struct rect right = row;
    int indent = row.columns > 2 * listing->left_columns ? listing->left_columns + 2 : 0;
    frame_print(frame, row, heading ? STYLE_HEAD : STYLE_KEY, text + line->left,
                line->middle - line->left);
    if (heading)
        return;
    if (indent == 0) /* narrow: behind each other */
        indent = (int)text_columns(text + line->left, line->middle - line->left, &plain) + 2;
    right.column += indent;
    right.columns -= indent;
    frame_print(frame, right, line->style, text + line->middle, line->end - line->middle);
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
            draw_line(listing, frame, row, &listing->lines.items[at]);
        row.row++;
    }
}

/* ---- help
 * ------------------------------------------------------------------------------------------- */

/* The groups that an action of the focused context, or of all, stands in, each once and in the
 * table's order. */
static void add_group(struct session *session, enum keymap_context context, const char *group)
{
    struct listing *listing = &session->listing;
    bool any = false;
    for (size_t at = 0; at < command_count(); at++) {
        struct command_info info = command_info(at);
        struct buffer keys = {0};
        if (strcmp(info.group, group) == 0)
            keymap_keys_of(session->keymap, context, (uint32_t)at, 3, "  ", &keys);
        if (keys.length && !any) {
            if (listing->lines.count)
                listing_add(listing, "", "", STYLE_TEXT);
            listing_add(listing, group, "", STYLE_HEAD);
            any = true;
        }
        if (keys.length)
            listing_add(listing, buffer_string(&keys), info.help, STYLE_TEXT);
        buffer_release(&keys);
    }
}

void help_open(struct session *session)
{
    enum keymap_context context = session_context(session);
    char title[64];
    if (context == KEYMAP_HELP || context == KEYMAP_PROMPT)
        return;
    snprintf(title, sizeof title, "Keys in the %s (%s)", keymap_context_name(context),
             keymap_name(session->keymap));
    listing_open(session, title);
    const char *group = "";
    for (size_t at = 0; at < command_count(); at++) {
        if (strcmp(group, command_info(at).group) == 0)
            continue;
        group = command_info(at).group;
        add_group(session, context, group);
    }
}
