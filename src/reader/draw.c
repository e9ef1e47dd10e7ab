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

static void draw_rules(const struct reader *reader, struct frame *frame)
{
    bool ascii = config_int(reader->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
    for (int at = 0; at < reader->panes.rule_count; at++) {
        struct rect rule = reader->panes.rules[at];
        const char *glyph = rule.rows > rule.columns ? (ascii ? "|" : "│") : ascii ? "-" : "─";
        for (int cell = 0; cell < rule.rows * rule.columns; cell++) {
            struct rect where = {rule.row + cell / rule.columns, rule.column + cell % rule.columns,
                                 1, 1};
            frame_print(frame, where, STYLE_RULE, glyph, strlen(glyph));
        }
    }
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
