/*
 * Scrolling, paging, ends. The view of a pane is the place of its top row and nothing else. A step
 * costs the rows it passes; a page, the rows of a screen.
 *
 * In the thread one comment has the focus: it stays while any of its rows can be seen, else the one
 * at the edge takes over. Where the view cannot move any more, the focus moves on alone, so that
 * every comment can be reached by scrolling.
 */
#include "internal.h"

bool move_is_flow(enum pane pane)
{
    return pane != PANE_SIDEBAR;
}

static int pane_rows(const struct reader *reader, enum pane pane)
{
    int rows = reader_rect(reader, pane).rows;
    return rows > 0 ? rows : 1;
}

static bool top_row(struct reader *reader, enum pane pane, struct flow_row *row)
{
    return flow_at(reader, pane, reader->top[pane], row);
}

bool move_is_seen(struct reader *reader, enum pane pane, const struct flow_row *row)
{
    struct flow_row at;
    if (!top_row(reader, pane, &at) || flow_is_before(reader, row, &at))
        return false;
    for (int left = pane_rows(reader, pane); left > 0; left--) {
        if (at.start == row->start && at.kind == row->kind)
            return true;
        if (flow_is_before(reader, row, &at) || !flow_next(reader, &at))
            return false;
    }
    return false;
}

bool move_place_is_seen(struct reader *reader, uint32_t place)
{
    uint32_t comment = document_comment_at(reader->document, place);
    enum pane pane = comment == DOCUMENT_NONE ? PANE_ARTICLE : PANE_THREAD;
    struct flow_row row;
    return flow_at(reader, pane, place, &row) && move_is_seen(reader, pane, &row);
}

void move_put(struct reader *reader, enum pane pane, struct flow_row row, int above)
{
    flow_walk(reader, &row, -above);
    struct flow_row bottom = row;
    int missing = pane_rows(reader, pane) - 1;
    missing -= flow_walk(reader, &bottom, missing);
    flow_walk(reader, &row, -missing); /* no blank rows behind the end if they can be filled */
    reader->top[pane] = row.start;
}

struct hold move_hold(struct reader *reader)
{
    int rows = pane_rows(reader, PANE_THREAD);
    struct hold hold = {document_item(reader->document, reader->comment).start, rows / 3};
    struct flow_row row;
    bool any = top_row(reader, PANE_THREAD, &row);
    for (int at = 0; any && at < rows; at++) {
        if (row.comment == reader->comment)
            return (struct hold){row.start, at};
        any = flow_next(reader, &row);
    }
    return hold;
}

void move_keep(struct reader *reader, struct hold hold)
{
    struct flow_row row;
    if (flow_at(reader, PANE_THREAD, hold.place, &row))
        move_put(reader, PANE_THREAD, row, hold.row);
}

void move_comment_along(struct reader *reader, bool down)
{
    struct flow_row row, edge;
    if (reader_comment_count(reader) == 0 || !top_row(reader, PANE_THREAD, &row))
        return;
    edge = row;
    for (int left = pane_rows(reader, PANE_THREAD); left > 0; left--) {
        if (row.comment == reader->comment)
            return;
        if (!down)
            edge = row;
        if (!flow_next(reader, &row))
            break;
    }
    reader->comment = edge.comment;
}

/* Moves the view by rows; how many it moved. */
static int scroll_view(struct reader *reader, enum pane pane, int rows)
{
    struct flow_row top, bottom;
    if (!top_row(reader, pane, &top))
        return 0;
    int made = 0;
    if (rows < 0) {
        made = flow_walk(reader, &top, rows);
    } else {
        bottom = top;
        flow_walk(reader, &bottom, pane_rows(reader, pane) - 1);
        made = flow_walk(reader, &bottom, rows);
        flow_walk(reader, &top, made);
    }
    if (made)
        reader->top[pane] = top.start;
    return made;
}

/* The view stands at an end: let the focus go on by itself. */
static bool step_comment(struct reader *reader, bool down)
{
    uint32_t next =
        down ? view_next(reader, reader->comment) : view_previous(reader, reader->comment);
    if (next == DOCUMENT_NONE)
        return false;
    reader->comment = next;
    return true;
}

bool reader_scroll(struct reader *reader, int rows)
{
    enum pane pane = reader->wish.focus;
    notice_clear(reader);
    if (!move_is_flow(pane))
        return sidebar_move(reader, rows);
    bool moved = scroll_view(reader, pane, rows) > 0;
    if (pane == PANE_THREAD && moved)
        move_comment_along(reader, rows > 0);
    else if (pane == PANE_THREAD && reader_comment_count(reader) > 0)
        moved = step_comment(reader, rows > 0);
    return moved;
}

#define FARTHEST 1000000000 /* rows, more than any document has */

bool reader_page(struct reader *reader, int halves)
{
    int page = pane_rows(reader, reader->wish.focus);
    int step = page > 3 ? page - 1 : page; /* a line of the old page stays in view */
    int64_t rows = halves % 2 ? (int64_t)(page + 1) / 2 * halves : (int64_t)step * (halves / 2);
    return reader_scroll(reader, (int)(rows > FARTHEST    ? FARTHEST
                                       : rows < -FARTHEST ? -FARTHEST
                                                          : rows));
}

bool reader_sideways(struct reader *reader, int columns)
{
    int before = reader->sideways;
    reader->sideways += columns;
    if (reader->sideways < 0)
        reader->sideways = 0;
    if (reader->sideways > 4000)
        reader->sideways = 4000;
    return reader->sideways != before;
}

static bool move_to_row(struct reader *reader, enum pane pane, struct flow_row row, int above)
{
    uint32_t before = reader->top[pane], comment = reader->comment;
    move_put(reader, pane, row, above);
    if (pane == PANE_THREAD)
        reader->comment = row.comment;
    return before != reader->top[pane] || comment != reader->comment;
}

bool reader_top(struct reader *reader)
{
    enum pane pane = reader->wish.focus;
    struct flow_row row;
    if (!move_is_flow(pane))
        return sidebar_move(reader, -(int)reader->entries.count);
    return flow_first(reader, pane, &row) && move_to_row(reader, pane, row, 0);
}

bool reader_bottom(struct reader *reader)
{
    enum pane pane = reader->wish.focus;
    struct flow_row row;
    if (!move_is_flow(pane))
        return sidebar_move(reader, (int)reader->entries.count);
    return flow_last(reader, pane, &row) &&
           move_to_row(reader, pane, row, pane_rows(reader, pane) - 1);
}

/* The place at a percent of what a pane shows: of the article's bytes, of the thread's comments. */
static uint32_t place_at_percent(const struct reader *reader, enum pane pane, unsigned percent)
{
    uint32_t comments = reader_comment_count(reader);
    uint64_t of = percent < 100 ? percent : 100;
    uint64_t at = of * comments / 100;
    if (pane == PANE_ARTICLE)
        return (uint32_t)(of * document_article(reader->document).end / 100);
    if (comments == 0)
        return 0;
    uint32_t comment = view_comment(reader, at < comments ? (uint32_t)at : comments - 1);
    return document_item(reader->document, comment).start;
}

bool reader_percent(struct reader *reader, unsigned percent)
{
    enum pane pane = reader->wish.focus;
    struct flow_row row;
    if (!move_is_flow(pane))
        return false;
    return flow_at(reader, pane, place_at_percent(reader, pane, percent), &row) &&
           move_to_row(reader, pane, row, 0);
}
