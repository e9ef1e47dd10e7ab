/* The panes, drawn into a frame: the article, and what is common to both. */
#include "pen.h"

#include <stdio.h>
#include <string.h>

/* ---- the article ----------------------------------------------------------------------------- */

/* How many comments repeat this paragraph, beside its first row. */
static void draw_margin(struct pen *pen, const struct flow_row *row, int left)
{
    const struct reader *reader = pen->reader;
    if (row->kind != ROW_TEXT || !row->first || left < 3)
        return;
    uint32_t count = group_members(&reader->repeated, row->block).count;
    char text[16];
    snprintf(text, sizeof text, "%2u", count < 99 ? count : 99);
    struct pen margin = *pen;
    margin.column += left - 3;
    if (count)
        pen_print(&margin, STYLE_COUNT, text);
}

static void draw_article_row(struct pen *pen, const struct flow_row *row)
{
    struct flow_columns columns = flow_columns(pen->reader, PANE_ARTICLE, DOCUMENT_NONE);
    draw_margin(pen, row, columns.left);
    pen->column += columns.left;
    if (pen->end > pen->column + columns.columns)
        pen->end = pen->column + columns.columns;
    if (row->kind != ROW_BLANK)
        pen_row(pen, row);
}

/* ---- panes ----------------------------------------------------------------------------------- */

static void draw_empty(struct reader *reader, struct frame *frame, enum pane pane)
{
    const char *text = pane == PANE_ARTICLE ? "no article" : "no comments";
    struct rect rect = reader_rect(reader, pane);
    struct pen pen = {reader, frame, rect.row, rect.column + 1, rect.column + rect.columns};
    if (rect.rows > 0)
        pen_print(&pen, STYLE_FAINT, text);
}

/* The row that the cursor rests on: of the current hit or quote, else the topmost. */
static bool is_current(const struct reader *reader, const struct flow_row *row)
{
    uint32_t place = reader->hit.start;
    if (found_at(reader, FOUND_QUOTE) != ENTITY_NONE && range_is_empty(reader->hit))
        place = reader->found.place;
    return row->kind == ROW_TEXT && row->start <= place && place < row->end;
}

static void draw_flow(struct reader *reader, struct frame *frame, enum pane pane)
{
    struct rect rect = reader_rect(reader, pane);
    struct flow_row row;
    if (rect.rows <= 0 || rect.columns <= 0)
        return;
    if (!flow_at(reader, pane, reader->top[pane], &row)) {
        draw_empty(reader, frame, pane);
        return;
    }
    bool focused = reader->wish.focus == pane;
    for (int line = 0; line < rect.rows; line++) {
        struct pen pen = {reader, frame, rect.row + line, rect.column, rect.column + rect.columns};
        if (focused && (line == 0 || is_current(reader, &row))) {
            frame->cursor_row = pen.row;
            frame->cursor_column = pen.column;
        }
        if (pane == PANE_ARTICLE)
            draw_article_row(&pen, &row);
        else
            draw_thread_row(&pen, &row);
        if (!flow_next(reader, &row))
            break;
    }
}

/* ---- rules, and where in the thread one is ------------------------------------------- */

/* Fills a rule, or a part of it, cell by cell. */
static void draw_part(const struct reader *reader, struct frame *frame, struct rect rule,
                      bool upright, bool mark)
{
    static const char *const glyphs[2][2][2] = {{{"─", "│"}, {"━", "┃"}}, {{"-", "|"}, {"=", "#"}}};
    bool ascii = text_signs_are_ascii(reader->config);
    const char *glyph = glyphs[ascii][mark][upright];
    for (int cell = 0; cell < rule.rows * rule.columns; cell++) {
        struct rect where = {rule.row + cell / rule.columns, rule.column + cell % rule.columns, 1,
                             1};
        frame_print(frame, where, mark ? STYLE_RULE_FOCUS : STYLE_RULE, glyph, strlen(glyph));
    }
}

/* The part of a rule that runs along the thread: right of it if there is one there, else left of or
 * above it. Empty: it stands alone. */
static struct rect rule_along_thread(const struct reader *reader)
{
    struct rect pane = reader_rect(reader, PANE_THREAD), best = {0};
    int rank = 0;
    for (int at = 0; at < reader->panes.rule_count; at++) {
        struct rect rule = reader->panes.rules[at];
        bool upright = rule.columns == 1;
        bool beside = rule.row <= pane.row && rule.row + rule.rows >= pane.row + pane.rows;
        int here = upright && beside && rule.column == pane.column + pane.columns ? 3
                   : upright && beside && rule.column + 1 == pane.column          ? 2
                   : !upright && rule.row + 1 == pane.row                         ? 1
                                                                                  : 0;
        if (here <= rank)
            continue;
        rank = here;
        best = upright ? (struct rect){pane.row, rule.column, pane.rows, 1}
                       : (struct rect){rule.row, pane.column, 1, pane.columns};
    }
    return best;
}

/* Which of the comments that can be seen in the thread are on the screen, and of how many. */
static struct range comments_on_screen(struct reader *reader, uint32_t *all)
{
    const struct bitset *seen = &reader->view.visible;
    struct flow_row row;
    *all = bitset_rank(seen, 0, reader_comment_count(reader));
    if (!flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &row))
        return (struct range){0};
    uint32_t first = view_position(reader, row.comment);
    flow_walk(reader, &row, reader_rect(reader, PANE_THREAD).rows - 1);
    uint32_t last = view_position(reader, row.comment);
    return (struct range){bitset_rank(seen, 0, first), bitset_rank(seen, 0, last + 1)};
}

/* Where there are more comments than rows, a part of the rule is heavier: as much of it, and as far
 * from its ends, as what is on the screen is of the thread. */
static void draw_mark(struct reader *reader, struct frame *frame)
{
    struct rect rule = rule_along_thread(reader);
    uint32_t all, length = (uint32_t)(rule.rows * rule.columns);
    struct range shown = comments_on_screen(reader, &all);
    if (length == 0 || all <= (uint32_t)reader_rect(reader, PANE_THREAD).rows)
        return;
    int from = (int)((uint64_t)shown.start * length / all);
    int to = (int)(((uint64_t)shown.end * length + all - 1) / all);
    bool upright = rule.columns == 1;
    if (upright)
        rule = (struct rect){rule.row + from, rule.column, to - from, 1};
    else
        rule = (struct rect){rule.row, rule.column + from, 1, to - from};
    draw_part(reader, frame, rule, upright, true);
}

static void draw_rules(struct reader *reader, struct frame *frame)
{
    for (int at = 0; at < reader->panes.rule_count; at++)
        draw_part(reader, frame, reader->panes.rules[at], reader->panes.rules[at].columns == 1,
                  false);
    draw_mark(reader, frame);
}

void reader_draw(struct reader *reader, struct frame *frame)
{
    bitset_fill(&reader->entities_in_view, 0, UINT32_MAX, false);
    bitset_fill(&reader->quotes_in_view, 0, UINT32_MAX, false);
    draw_rules(reader, frame);
    draw_flow(reader, frame, PANE_ARTICLE);
    draw_flow(reader, frame, PANE_THREAD);
    sidebar_draw(reader, frame); /* last: it lights what the others show */
}
