/* What a pointing device hits. */
#include "internal.h"

static void point_at_entry(struct reader *reader, int line)
{
    uint32_t index = reader->top[PANE_SIDEBAR] + (uint32_t)line;
    if (index < reader->entries.count && sidebar_can_select(&reader->entries.items[index]))
        sidebar_choose(reader, index);
}

static void point_at_comment(struct reader *reader, int line, int column)
{
    struct flow_row row;
    if (!flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &row) ||
        flow_walk(reader, &row, line) != line)
        return;
    reader->comment = row.comment;
    int mark = flow_columns(reader, PANE_THREAD, row.comment).left;
    if (row.kind == ROW_HEAD && (column == mark || column == mark + 1))
        reader_toggle_fold(reader);
    else if (row.kind == ROW_QUOTED)
        reader_toggle_quoted(reader);
}

void reader_point(struct reader *reader, int row, int column)
{
    enum pane pane = reader->wish.focus;
    struct rect rect = reader_rect(reader, pane);
    notice_clear(reader);
    if (pane == PANE_SIDEBAR)
        point_at_entry(reader, row - rect.row);
    else if (pane == PANE_THREAD)
        point_at_comment(reader, row - rect.row, column - rect.column);
}

/* What was drawn last lies on top. */
uint32_t reader_place_at(struct reader *reader, int row, int column)
{
    struct frame frame = {0};
    uint32_t length, place = DOCUMENT_NONE, used;
    const char *pool = document_text(reader->document, &length);
    frame_begin(&frame, reader->rows, reader->columns);
    reader_draw(reader, &frame);
    for (size_t at = 0; at < frame.pieces.count; at++) {
        const struct frame_piece *piece = &frame.pieces.items[at];
        int into = column - piece->column;
        if (piece->row != row || into < 0 || into >= piece->columns)
            continue;
        place = DOCUMENT_NONE;
        if (piece->text && piece->text >= pool && piece->text < pool + length) {
            size_t before = text_fit(piece->text, piece->length, (uint32_t)into,
                                     layout_style(reader->layout), &used);
            if (before < piece->length)
                place = (uint32_t)(piece->text - pool + (ptrdiff_t)before);
        }
    }
    frame_release(&frame);
    return place;
}

struct range reader_article_in_view(struct reader *reader)
{
    struct flow_row row;
    int rows = reader_rect(reader, PANE_ARTICLE).rows;
    if (rows < 1 || !flow_at(reader, PANE_ARTICLE, reader->top[PANE_ARTICLE], &row))
        return (struct range){0};
    struct range seen = {row.start, row.end};
    flow_walk(reader, &row, rows - 1);
    seen.end = row.end;
    return seen;
}

/* ---- rules ---------------------------------------------------------------------------------- */

static bool holds(struct rect rect, int row, int column)
{
    return row >= rect.row && row < rect.row + rect.rows && column >= rect.column &&
           column < rect.column + rect.columns;
}

int reader_rule_at(const struct reader *reader, int row, int column)
{
    for (int at = 0; at < reader->panes.rule_count; at++)
        if (holds(reader->panes.rules[at], row, column))
            return at;
    return READER_NO_RULE;
}

/* The pane that begins right after a rule. */
static enum pane pane_after(const struct reader *reader, struct rect rule)
{
    bool upright = rule.columns == 1;
    int row = rule.row + !upright, column = rule.column + upright, pane = 0;
    while (pane < PANE_COUNT && !holds(reader->panes.pane[pane], row, column))
        pane++;
    return (enum pane)pane;
}

/* The percent of `whole` that comes to `part`, rounded up: shares are rounded down. */
static int percent_of(int part, int whole)
{
    int percent = whole > 0 ? (part * 100 + whole - 1) / whole : 0;
    return percent < 1 ? 1 : percent > 99 ? 99 : percent;
}

void reader_move_rule(struct reader *reader, int rule, int row, int column)
{
    if (rule < 0 || rule >= reader->panes.rule_count)
        return;
    struct rect line = reader->panes.rules[rule];
    enum pane after = pane_after(reader, line);
    if (after == PANE_COUNT)
        return;
    struct rect pane = reader_rect(reader, after), article = reader_rect(reader, PANE_ARTICLE);
    int right = pane.column + pane.columns, bottom = pane.row + pane.rows;
    if (line.columns > 1) /* between what is above and below */
        reader->wish.thread_share = percent_of(bottom - row - 1, bottom - article.row);
    else if (after == PANE_SIDEBAR)
        reader->wish.sidebar_share = percent_of(right - column - 1, right);
    else
        reader->wish.thread_share = percent_of(right - column - 1, right - article.column);
    reader_resize(reader, reader->rows, reader->columns);
}
