/* Moving from comment to comment, and folding. */
#include "internal.h"

uint32_t reader_comment(const struct reader *reader)
{
    return reader_comment_count(reader) ? reader->comment : DOCUMENT_NONE;
}

/* ---- moving ------------------------------------------------------------------------- */

static int thread_rows(const struct reader *reader)
{
    return reader_rect(reader, PANE_THREAD).rows;
}

/* How many rows a comment takes, counted no further than `most`. */
static int comment_rows(struct reader *reader, uint32_t comment, int most)
{
    struct flow_row row;
    uint32_t start = document_item(reader->document, comment).start;
    int rows = 0; /* up to the last one with words */
    if (!flow_at(reader, PANE_THREAD, start, &row))
        return 0;
    for (int seen = 1; seen <= most && row.comment == comment; seen++) {
        if (row.kind != ROW_BLANK)
            rows = seen;
        if (!flow_next(reader, &row))
            break;
    }
    return rows;
}

/* Gives a comment the focus and brings as much of it into view as fits, moving no more than needed.
 */
static void show_comment(struct reader *reader, uint32_t comment)
{
    struct flow_row head, last, top;
    uint32_t shown = fold_shown(reader, comment);
    reader->comment = shown;
    if (!flow_at(reader, PANE_THREAD, document_item(reader->document, shown).start, &head) ||
        !flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &top))
        return;
    int most = thread_rows(reader), rows = comment_rows(reader, shown, most);
    last = head;
    flow_walk(reader, &last, rows - 1);
    if (rows >= most)
        move_put(reader, PANE_THREAD, head, 0);
    else if (!move_is_seen(reader, PANE_THREAD, &head))
        move_put(reader, PANE_THREAD, head, flow_is_before(reader, &head, &top) ? 0 : most - rows);
    else if (!move_is_seen(reader, PANE_THREAD, &last))
        move_put(reader, PANE_THREAD, last, most - 1);
}

static void focus_comment(struct reader *reader, uint32_t comment)
{
    reader_set_focus(reader, PANE_THREAD);
    show_comment(reader, comment);
}

static uint32_t next_top_level(const struct reader *reader, uint32_t comment, bool down)
{
    uint32_t root = view_root(reader, comment);
    if (down)
        return view_next_sibling(reader, root);
    return root != comment ? root : view_previous_sibling(reader, root);
}

static uint32_t one_step(const struct reader *reader, enum reader_step step, uint32_t from,
                         bool down)
{
    switch (step) {
    case STEP_COMMENT:
        return down ? view_next(reader, from) : view_previous(reader, from);
    case STEP_SIBLING:
        return down ? view_next_sibling(reader, from) : view_previous_sibling(reader, from);
    case STEP_TOP_LEVEL:
        return next_top_level(reader, from, down);
    }
    return DOCUMENT_NONE;
}

bool reader_step(struct reader *reader, enum reader_step step, int steps)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    uint32_t at = reader->comment;
    bool down = steps > 0, moved = false;
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = one_step(reader, step, at, down);
        if (next == DOCUMENT_NONE)
            break;
        at = next;
        moved = true;
    }
    bool far = step != STEP_COMMENT;
    if (moved && far)
        reader_remember(reader);
    focus_comment(reader, at);
    return moved;
}

bool reader_parent(struct reader *reader, unsigned levels)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    uint32_t at = reader->comment, parent;
    while (levels-- > 0 && (parent = view_parent(reader, at)) != DOCUMENT_NONE)
        at = parent;
    if (at == reader->comment)
        return false;
    reader_remember(reader);
    focus_comment(reader, at);
    return true;
}

bool reader_root(struct reader *reader)
{
    return reader_parent(reader, UINT32_MAX);
}

bool reader_go_to_comment(struct reader *reader, uint32_t number)
{
    notice_clear(reader);
    uint32_t comment = view_numbered(reader, number);
    if (comment == DOCUMENT_NONE)
        return false;
    reader_remember(reader);
    if (fold_reveal(reader, comment))
        notice_add(reader, "unfolded its parents");
    focus_comment(reader, comment);
    return true;
}

/* ---- folding --------------------------------------------------------------------------------- */

bool reader_is_folded(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->folded, comment);
}

/* After folds have changed: nothing that is hidden has the focus or the top row, and the screen
 * stays put. */
static void settle(struct reader *reader)
{
    uint32_t top = document_comment_at(reader->document, reader->top[PANE_THREAD]);
    uint32_t shown = top == DOCUMENT_NONE ? view_first(reader) : fold_shown(reader, top);
    if (shown != top || view_is_line(reader, shown))
        reader->top[PANE_THREAD] = document_item(reader->document, shown).start;
    reader->comment = fold_shown(reader, reader->comment);
    struct flow_row head;
    if (flow_at(reader, PANE_THREAD, document_item(reader->document, reader->comment).start,
                &head) &&
        !move_is_seen(reader, PANE_THREAD, &head) && bitset_get(&reader->folded, reader->comment))
        move_put(reader, PANE_THREAD, head, thread_rows(reader) / 3);
    if (flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &head))
        move_put(reader, PANE_THREAD, head, 0); /* what was folded may have left rows free */
}

bool reader_fold(struct reader *reader, bool fold)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0 || bitset_get(&reader->folded, reader->comment) == fold)
        return false;
    fold_put(reader, reader->comment, fold);
    settle(reader);
    return true;
}

bool reader_toggle_fold(struct reader *reader)
{
    return reader_fold(reader, !bitset_get(&reader->folded, reader->comment));
}

void reader_fold_all(struct reader *reader, bool fold)
{
    uint32_t count = reader_comment_count(reader);
    notice_clear(reader);
    if (count == 0)
        return;
    uint32_t before = reader->comment, back = reader->folded_away;
    bitset_fill(&reader->folded, 0, count, fold);
    reader->fold_level = fold ? 0 : -1;
    view_update_all(reader);
    settle(reader);
    reader->folded_away = fold ? before : DOCUMENT_NONE;
    bool inside =
        back < count && back > before && back < document_subtree_end(reader->document, before);
    if (!fold && inside) /* it had the focus before all was folded */
        show_comment(reader, back);
}

static int deepest_level(const struct reader *reader)
{
    uint32_t count = reader_comment_count(reader), deepest = 0;
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = 0; at < count; at++)
        deepest = comments[at].depth > deepest ? comments[at].depth : deepest;
    return (int)deepest;
}

bool reader_fold_level(struct reader *reader, int steps)
{
    uint32_t count = reader_comment_count(reader);
    const struct comment *comments = document_comments(reader->document, NULL);
    notice_clear(reader);
    if (count == 0)
        return false;
    int all = deepest_level(reader) + 1;
    int level = (reader->fold_level < 0 ? all : reader->fold_level) + steps;
    level = level < 0 ? 0 : level > all ? all : level;
    for (uint32_t at = 0; at < count; at++)
        bitset_put(&reader->folded, at, comments[at].depth >= (uint32_t)level);
    reader->fold_level = level == all ? -1 : level;
    view_update_all(reader);
    settle(reader);
    notice_add(reader, level == all ? "all levels unfolded" : "%d of %d levels unfolded", level,
               all);
    return true;
}
