/*
 * A panel: some lines above the last row, under a rule. It covers what is there as far as it needs,
 * never more than two thirds of the screen. What can follow a key is to be seen at once: where that
 * is too long it stands in columns. Of what is not seen the rule says how much it is. A peek leaves
 * what one peeks from to be seen: where that is in the way, it stands at the top, over the rule.
 */
#include "internal.h"

#include <string.h>

struct listing *panel_open(struct session *session, enum panel_kind kind)
{
    session->panel.kind = kind;
    session->panel.is_new = true;
    listing_clear(&session->panel.list);
    return &session->panel.list;
}

void panel_close(struct session *session, enum panel_kind kind)
{
    if (session->panel.kind == kind)
        session->panel.kind = PANEL_NONE;
}

/* The selected line is among those that fit. */
static void keep_selected(struct listing *list)
{
    int last = (int)list->lines.count - list->rows;
    if (list->selected >= 0 && list->selected < list->top)
        list->top = list->selected;
    if (list->selected >= list->top + list->rows)
        list->top = list->selected - list->rows + 1;
    list->top = list->top > last ? last : list->top;
    list->top = list->top < 0 ? 0 : list->top;
}

static void draw_rule(const struct session *session, struct frame *frame, struct rect row,
                      int hidden)
{
    bool ascii = text_signs_are_ascii(session->config);
    struct buffer rule = {0};
    for (int column = 0; column < row.columns; column++)
        buffer_adds(&rule, ascii ? "-" : "─");
    frame_print(frame, row, STYLE_RULE, buffer_string(&rule), rule.length);
    buffer_clear(&rule);
    buffer_printf(&rule, " %d more ", hidden);
    row.column = row.columns - (int)rule.length - 2;
    row.columns = (int)rule.length;
    if (hidden > 0 && row.column > 0)
        frame_print(frame, row, STYLE_FAINT, buffer_string(&rule), rule.length);
    buffer_release(&rule);
}

/* In the rule: what is to be chosen. */
static void draw_title(const struct session *session, struct frame *frame, struct rect row)
{
    struct buffer title = {0};
    if (session->panel.kind != PANEL_PICKER || !session->picker.title[0] || row.columns <= 4)
        return;
    buffer_printf(&title, " %s ", session->picker.title);
    row.column += 2;
    row.columns = (int)title.length + 2 < row.columns ? (int)title.length : row.columns - 2;
    frame_print(frame, row, STYLE_FAINT, buffer_string(&title), title.length);
    buffer_release(&title);
}

#define NARROWEST 36 /* columns that a line needs, where lines stand beside each other */

/* How many lines stand beside each other, if `rows` are not enough. */
static int lines_across(const struct session *session, const struct frame *frame, int rows)
{
    int lines = (int)session->panel.list.lines.count, wanted = (lines + rows - 1) / rows;
    int most = frame->columns / NARROWEST;
    if (session->panel.kind != PANEL_HINT || wanted < 2 || most < 2)
        return 1;
    return wanted < most ? wanted : most;
}

void panel_draw(struct session *session, struct frame *frame)
{
    struct listing *list = &session->panel.list;
    int bottom = frame->rows - reader_panes(session->reader)->status.rows;
    int most = bottom * 2 / 3, lines = (int)list->lines.count;
    int margin = frame->columns >= 60 ? 1 : 0;
    session->panel.covered = (struct rect){0};
    if (session->panel.kind == PANEL_NONE || most < 2)
        return;
    int across = lines_across(session, frame, most - 1), needed = (lines + across - 1) / across;
    list->rows = needed < most - 1 ? needed : most - 1;
    keep_selected(list);
    int first = bottom - list->rows;
    bool above = session->panel.kind == PANEL_PEEK && frame->cursor_row >= first - 1;
    first = above ? 0 : first;
    struct rect row = {above ? list->rows : first - 1, 0, 1, frame->columns};
    session->panel.covered =
        (struct rect){above ? 0 : first - 1, 0, list->rows + 1, frame->columns};
    draw_rule(session, frame, row, lines - list->rows * across);
    draw_title(session, frame, row);
    for (int cell = 0; cell < list->rows * across; cell++) {
        int columns = frame->columns / across, line = list->top + cell;
        row = (struct rect){first + cell % list->rows, cell / list->rows * columns, 1, columns};
        frame_fill(frame, row, STYLE_TEXT);
        row.column += margin;
        row.columns -= across > 1 ? 2 * margin : margin;
        if (line < lines)
            listing_draw_line(list, frame, row, (size_t)line);
    }
}

int panel_line_at(const struct session *session, int row)
{
    const struct listing *list = &session->panel.list;
    int bottom = session->rows - reader_panes(session->reader)->status.rows;
    int line = list->top + row - (bottom - list->rows);
    bool inside = row >= bottom - list->rows && row < bottom;
    return inside && line < (int)list->lines.count ? line : -1;
}
