/*
 * Who gets which part of the screen. A pure function of the wish and the size.
 *
 *      wide                     very wide                      stacked, and single
 *      +-----------+------+     +---------+---------+------+   +-----------+    +-----------+
 *      | article   | side |     | article | thread  | side |   | article   |    | the       |
 *      +-----------+ bar  |     |         |         | bar  |   +-----------+    | focused   |
 *      | thread    |      |     |         |         |      |   | thread    |    | one       |
 *      +-----------+------+     +---------+---------+------+   +-----------+    +-----------+
 *      status                   status                         status           status
 *
 * The sidebar has the right edge over the full height as long as the text keeps TEXT_COLUMNS. When
 * it has not the room but the focus, it takes the thread's place: the article, which one looks at
 * while choosing there, is not set anew. Where the wished arrangement does not fit, the next
 * smaller one is taken, down to one pane. Neighbours are parted by a rule of one column or row.
 */
#include "hearsay/layout.h"

#define TEXT_COLUMNS       54 /* what the text keeps before the sidebar gets anything */
#define TEXT_MINIMUM       30 /* what it keeps when the wide arrangement is insisted on */
#define SIDEBAR_MINIMUM    16
#define SIDEBAR_NARROW     24 /* beside a stacked screen */
#define SIDEBAR_WIDE       28
#define SIDEBAR_WIDEST     36
#define PANE_ROWS          3 /* a pane has no fewer, if it has a neighbour above or below */
#define STACKED_COLUMNS    60
#define STACKED_ROWS       16
#define WIDE_COLUMNS       100
#define WIDE_ROWS          20
#define VERY_WIDE_COLUMNS  160
#define COLUMN_MINIMUM     40 /* of article and thread side by side */
#define THREAD_SHARE       40 /* of the height */
#define THREAD_WIDTH_SHARE 45

static int clamp(int value, int least, int most)
{
    return value > most ? most : value < least ? least : value;
}

static int share_of(int whole, int percent, int otherwise)
{
    return percent > 0 ? (int)((long)whole * clamp(percent, 1, 100) / 100) : otherwise;
}

static bool is_wanted(const struct panes_wish *wish, enum pane pane)
{
    return pane == wish->focus || (!wish->zoomed && !wish->hidden[pane]);
}

static enum arrangement choose(const struct panes_wish *wish, int rows, int columns)
{
    enum arrangement fits = ARRANGE_SINGLE;
    if (columns >= STACKED_COLUMNS && rows >= STACKED_ROWS)
        fits = columns >= WIDE_COLUMNS && rows >= WIDE_ROWS ? ARRANGE_WIDE : ARRANGE_STACKED;
    if (wish->arrangement == ARRANGE_AUTO)
        return fits;
    if (wish->arrangement == ARRANGE_WIDE && columns < TEXT_MINIMUM + 1 + SIDEBAR_MINIMUM)
        return ARRANGE_STACKED;
    return wish->arrangement;
}

static void add_rule(struct panes *panes, struct rect rule)
{
    panes->rules[panes->rule_count++] = rule;
}

/* Cuts `columns` and a rule off the right of `rest`. */
static struct rect split_right(struct panes *panes, struct rect *rest, int columns)
{
    struct rect part = *rest;
    rest->columns -= columns + 1;
    part.column = rest->column + rest->columns + 1;
    part.columns = columns;
    add_rule(panes, (struct rect){rest->row, part.column - 1, rest->rows, 1});
    return part;
}

/* Cuts `rows` and a rule off the bottom of `rest`. */
static struct rect split_bottom(struct panes *panes, struct rect *rest, int rows)
{
    struct rect part = *rest;
    rest->rows -= rows + 1;
    part.row = rest->row + rest->rows + 1;
    part.rows = rows;
    add_rule(panes, (struct rect){part.row - 1, rest->column, 1, rest->columns});
    return part;
}

/* How wide the sidebar is beside the text; 0 where it has to go without. */
static int sidebar_columns(const struct panes_wish *wish, enum arrangement arrangement, int columns)
{
    bool wide = arrangement == ARRANGE_WIDE;
    int text = wish->arrangement == ARRANGE_WIDE ? TEXT_MINIMUM : TEXT_COLUMNS;
    int otherwise = wide ? clamp(columns * 28 / 100, SIDEBAR_WIDE, SIDEBAR_WIDEST) : SIDEBAR_NARROW;
    int most = columns - 1 - text;
    if (most < SIDEBAR_MINIMUM || (!wide && most < SIDEBAR_NARROW))
        return 0;
    return clamp(share_of(columns, wish->sidebar_share, otherwise), SIDEBAR_MINIMUM, most);
}

/* Article over thread (or what stands in its place), or side by side on a very wide screen. */
static void share_text(struct panes *panes, const struct panes_wish *wish, struct rect text,
                       bool beside)
{
    enum pane lower = panes->pane[PANE_SIDEBAR].columns == 0 && is_wanted(wish, PANE_SIDEBAR) &&
                              (wish->focus == PANE_SIDEBAR || !is_wanted(wish, PANE_THREAD))
                          ? PANE_SIDEBAR
                          : PANE_THREAD;
    bool has_lower = is_wanted(wish, lower);
    if (has_lower && is_wanted(wish, PANE_ARTICLE) && beside) {
        int columns =
            share_of(text.columns, wish->thread_share, text.columns * THREAD_WIDTH_SHARE / 100);
        columns = clamp(columns, COLUMN_MINIMUM, text.columns - 1 - COLUMN_MINIMUM);
        panes->pane[lower] = split_right(panes, &text, columns);
    } else if (has_lower && is_wanted(wish, PANE_ARTICLE)) {
        int rows = share_of(text.rows, wish->thread_share, text.rows * THREAD_SHARE / 100);
        rows = clamp(rows, PANE_ROWS, text.rows - 1 - PANE_ROWS);
        panes->pane[lower] = split_bottom(panes, &text, rows);
    }
    panes->pane[is_wanted(wish, PANE_ARTICLE) ? PANE_ARTICLE : lower] = text;
}

static void share_out(struct panes *panes, const struct panes_wish *wish, struct rect screen)
{
    enum arrangement arrangement = choose(wish, screen.rows + 1, screen.columns);
    bool text = is_wanted(wish, PANE_ARTICLE) || is_wanted(wish, PANE_THREAD);
    if (arrangement == ARRANGE_SINGLE || screen.rows < 2 * PANE_ROWS + 1 || !text) {
        panes->pane[wish->focus] = screen;
        return;
    }
    int sidebar = sidebar_columns(wish, arrangement, screen.columns);
    if (sidebar > 0 && is_wanted(wish, PANE_SIDEBAR))
        panes->pane[PANE_SIDEBAR] = split_right(panes, &screen, sidebar);
    bool beside =
        arrangement == ARRANGE_WIDE && screen.columns >= VERY_WIDE_COLUMNS - SIDEBAR_WIDEST - 1;
    share_text(panes, wish, screen, beside);
}

struct panes panes_arrange(const struct panes_wish *wish, int rows, int columns)
{
    struct panes panes = {0};
    if (rows <= 0 || columns <= 0)
        return panes;
    int body = rows >= 2 ? rows - 1 : rows;
    if (rows >= 2)
        panes.status = (struct rect){body, 0, 1, columns};
    share_out(&panes, wish, (struct rect){0, 0, body, columns});
    return panes;
}
