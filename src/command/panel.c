/*
 * A panel: some lines above the last row, under a rule. It covers what is there as far as it needs,
 * never more than two thirds of the screen. A peek leaves what one peeks from to be seen: where
 * that is in the way, the panel stands at the top, and the rule under it.
 */
#include "internal.h"

#include <string.h>

struct listing *panel_open(struct session *session, enum panel_kind kind)
{
    session->panel.kind = kind;
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

static void draw_rule(const struct session *session, struct frame *frame, struct rect row)
{
    bool ascii = config_int(session->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
    struct buffer rule = {0};
    for (int column = 0; column < row.columns; column++)
        buffer_adds(&rule, ascii ? "-" : "─");
    frame_print(frame, row, STYLE_RULE, buffer_string(&rule), rule.length);
    buffer_release(&rule);
}

void panel_draw(struct session *session, struct frame *frame)
{
    struct listing *list = &session->panel.list;
    int bottom = frame->rows - reader_panes(session->reader)->status.rows;
    int most = bottom * 2 / 3, lines = (int)list->lines.count;
    int margin = frame->columns >= 60 ? 1 : 0;
    if (session->panel.kind == PANEL_NONE || most < 2)
        return;
    list->rows = lines < most - 1 ? lines : most - 1;
    keep_selected(list);
    int first = bottom - list->rows;
    bool above = session->panel.kind == PANEL_PEEK && frame->cursor_row >= first - 1;
    first = above ? 0 : first;
    struct rect row = {above ? list->rows : first - 1, 0, 1, frame->columns};
    draw_rule(session, frame, row);
    for (int line = 0; line < list->rows; line++) {
        row = (struct rect){first + line, 0, 1, frame->columns};
        frame_fill(frame, row, STYLE_TEXT);
        row.column += margin;
        row.columns -= margin;
        listing_draw_line(list, frame, row, (size_t)(list->top + line));
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
