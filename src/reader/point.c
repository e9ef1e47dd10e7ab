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
