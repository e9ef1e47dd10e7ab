/*
 * The mouse: the wheel scrolls what is under the pointer, wherever the focus is; a press focuses
 * and chooses, folds on a fold's mark, offers a link, and takes hold of the rule between two panes;
 * a list to choose from takes it first.
 */
#include "internal.h"

bool session_wants_mouse(const struct session *session)
{
    return config_bool(session->config, SETTING_MOUSE);
}

#define WHEEL_ROWS 3

static bool holds(struct rect rect, int row, int column)
{
    return row >= rect.row && row < rect.row + rect.rows && column >= rect.column &&
           column < rect.column + rect.columns;
}

/* Whether a panel hides what is under a cell. */
static bool is_covered(const struct session *session, int row, int column)
{
    return session->panel.kind != PANEL_NONE && holds(session->panel.covered, row, column);
}

/* The pane under a cell; PANE_COUNT: none. */
static enum pane pane_at(const struct session *session, int row, int column)
{
    const struct panes *panes = reader_panes(session->reader);
    int pane = 0;
    while (pane < PANE_COUNT && !holds(panes->pane[pane], row, column))
        pane++;
    return (enum pane)pane;
}

static unsigned wheel(struct session *session, int row, int column, int rows)
{
    enum pane pane = pane_at(session, row, column), focus = reader_focus(session->reader);
    if (session->panel.kind == PANEL_PICKER)
        return picker_move(session, rows);
    if (listing_on_top(session))
        return listing_scroll(session, rows);
    if (pane == PANE_COUNT || is_covered(session, row, column))
        return 0;
    remember_wheel(session);
    reader_set_focus(session->reader, pane);
    reader_scroll(session->reader, rows);
    reader_set_focus(session->reader, focus);
    return WISH_DRAW;
}

/* On a line of the list to choose from: it is taken. Elsewhere: nothing is chosen. */
static unsigned press_picker(struct session *session, int row)
{
    int line = panel_line_at(session, row);
    if (line < 0)
        return prompt_cancel(session);
    session->panel.list.selected = line;
    return picker_accept(session);
}

static unsigned press(struct session *session, int row, int column)
{
    enum pane pane = pane_at(session, row, column);
    buffer_clear(&session->message);
    if (session->panel.kind == PANEL_PICKER)
        return press_picker(session, row);
    if (listing_on_top(session) || session->prompt.kind != PROMPT_NONE ||
        is_covered(session, row, column))
        return WISH_DRAW;
    session->dragged = reader_rule_at(session->reader, row, column);
    if (session->dragged != READER_NO_RULE || pane == PANE_COUNT)
        return WISH_DRAW;
    reader_set_focus(session->reader, pane);
    reader_point(session->reader, row, column);
    links_offer(session, reader_place_at(session->reader, row, column));
    return WISH_DRAW;
}

static unsigned drag(struct session *session, int row, int column)
{
    if (session->dragged == READER_NO_RULE)
        return 0;
    reader_move_rule(session->reader, session->dragged, row, column);
    return WISH_DRAW;
}

unsigned session_mouse(struct session *session, enum session_mouse kind, int row, int column)
{
    remember_change(session);
    session->ran = 0;
    switch (kind) {
    case MOUSE_WHEEL_UP:
        return wheel(session, row, column, -WHEEL_ROWS);
    case MOUSE_WHEEL_DOWN:
        return wheel(session, row, column, WHEEL_ROWS);
    case MOUSE_PRESS:
        return press(session, row, column);
    case MOUSE_DRAG:
        return drag(session, row, column);
    case MOUSE_RELEASE:
        session->dragged = READER_NO_RULE;
        break;
    }
    return 0;
}
