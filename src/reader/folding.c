/*
 * Folding. Whatever is folded or unfolded, the screen stays put: the comment that has the focus, or
 * the one that it went into, keeps the row its head stood on.
 *
 * Every action here is the same three steps: hold what is on the screen, put the folds, settle.
 */
#include "internal.h"

bool reader_is_folded(const struct reader *reader, uint32_t comment)
{
    return bitset_get(&reader->folded, comment);
}

/* ---- the screen stays put ----------------------------------------------------------- */

/* Notes which comment's head stands on which row. */
static void hold(struct reader *reader)
{
    struct flow_row row;
    vector_clear(&reader->held);
    bool more = flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &row);
    for (int left = thread_rows(reader); left > 0 && more; left--) {
        vector_push(&reader->held, row.kind == ROW_HEAD ? row.comment : DOCUMENT_NONE);
        more = flow_next(reader, &row);
    }
}

/* The row that the head of a comment stood on; -1: none. */
static int held_row(const struct reader *reader, uint32_t comment)
{
    int row = (int)reader->held.count - 1;
    while (row >= 0 && reader->held.items[row] != comment)
        row--;
    return row;
}

/* After folds have changed: nothing that is hidden has the focus or the top row. */
static void settle(struct reader *reader)
{
    struct flow_row head;
    uint32_t top = document_comment_at(reader->document, reader->top[PANE_THREAD]);
    uint32_t shown = top == DOCUMENT_NONE ? view_first(reader) : fold_shown(reader, top);
    if (shown != top || view_is_line(reader, shown))
        reader->top[PANE_THREAD] = document_item(reader->document, shown).start;
    reader->comment = fold_shown(reader, reader->comment);
    if (!flow_at(reader, PANE_THREAD, document_item(reader->document, reader->comment).start,
                 &head))
        return;
    int row = held_row(reader, reader->comment);
    if (row >= 0)
        move_put(reader, PANE_THREAD, head, row);
    else if (bitset_get(&reader->folded, reader->comment) &&
             !move_is_seen(reader, PANE_THREAD, &head))
        move_put(reader, PANE_THREAD, head, thread_rows(reader) / 3);
    else if (flow_at(reader, PANE_THREAD, reader->top[PANE_THREAD], &head))
        move_put(reader, PANE_THREAD, head, 0); /* what was folded may have left rows free */
}

/* ---- one comment, and what is below or beside it ------------------------------------ */

bool reader_fold(struct reader *reader, bool fold)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0 || bitset_get(&reader->folded, reader->comment) == fold)
        return false;
    hold(reader);
    fold_put(reader, reader->comment, fold);
    settle(reader);
    return true;
}

bool reader_toggle_fold(struct reader *reader)
{
    return reader_fold(reader, !bitset_get(&reader->folded, reader->comment));
}

/* Puts the folds of [start, end), which the view is to be told of; how many were not so before. */
static uint32_t fold_slice(struct reader *reader, uint32_t start, uint32_t end, bool fold)
{
    uint32_t folded = bitset_rank(&reader->folded, start, end);
    bitset_fill(&reader->folded, start, end, fold);
    return fold ? end - start - folded : folded;
}

static void tell_folds(struct reader *reader, uint32_t count, bool fold)
{
    if (count == 0)
        notice_add(reader, "all of it is %s already", fold ? "folded" : "unfolded");
    else
        notice_add(reader, "%s %u comment%s", fold ? "folded" : "unfolded", count,
                   count == 1 ? "" : "s");
}

bool reader_fold_subtree(struct reader *reader, bool fold)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    hold(reader);
    uint32_t end = document_subtree_end(reader->document, reader->comment);
    uint32_t count = fold_slice(reader, reader->comment, end, fold);
    view_update(reader, view_subtree(reader, reader->comment));
    settle(reader);
    tell_folds(reader, count, fold);
    return count > 0;
}

bool reader_fold_siblings(struct reader *reader)
{
    uint32_t count = 0, at = reader_comment(reader), parent;
    notice_clear(reader);
    if (at == DOCUMENT_NONE)
        return false;
    hold(reader);
    bool fold = !bitset_get(&reader->folded, at);
    parent = view_parent(reader, at);
    at = parent == DOCUMENT_NONE ? view_first(reader) : view_first_child(reader, parent);
    for (; at != DOCUMENT_NONE; at = view_next_sibling(reader, at)) {
        count += bitset_get(&reader->folded, at) != fold;
        bitset_put(&reader->folded, at, fold);
    }
    if (parent == DOCUMENT_NONE)
        view_update_all(reader);
    else
        view_update(reader, view_subtree(reader, parent));
    settle(reader);
    tell_folds(reader, count, fold);
    return true;
}

bool reader_fold_chain(struct reader *reader, unsigned chains)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    reader_remember(reader);
    hold(reader);
    uint32_t at = view_root(reader, reader->comment), next = at;
    while (chains-- > 0 && next != DOCUMENT_NONE) {
        at = next;
        fold_put(reader, at, true);
        next = view_next_sibling(reader, at);
    }
    settle(reader);
    if (next == DOCUMENT_NONE)
        notice_add(reader, "this was the last exchange");
    thread_focus(reader, next == DOCUMENT_NONE ? at : next);
    return true;
}

/* ---- all of them -------------------------------------------------------------------- */

void reader_fold_all(struct reader *reader, bool fold)
{
    uint32_t count = reader_comment_count(reader);
    notice_clear(reader);
    if (count == 0)
        return;
    hold(reader);
    uint32_t before = reader->comment, back = reader->folded_away;
    reader->fold_level = fold ? 0 : -1;
    fold_slice(reader, 0, count, fold);
    view_update_all(reader);
    settle(reader);
    reader->folded_away = fold ? before : DOCUMENT_NONE;
    bool inside =
        back < count && back > before && back < document_subtree_end(reader->document, before);
    if (!fold && inside) /* it had the focus before all was folded */
        thread_show(reader, back);
}

uint32_t reader_fold_read(struct reader *reader)
{
    notice_clear(reader);
    hold(reader);
    uint32_t folded = progress_fold(reader);
    if (folded) {
        settle(reader);
        tell_folds(reader, folded, true);
    } else {
        notice_add(reader, "nothing to fold has been read");
    }
    return folded;
}

static int deepest_level(const struct reader *reader)
{
    uint32_t count = reader_comment_count(reader), deepest = 0;
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = 0; at < count; at++)
        deepest = comments[at].depth > deepest ? comments[at].depth : deepest;
    return (int)deepest;
}

/* Leaves that many levels of `all` unfolded; of the next one the heads can be seen. */
static void show_levels(struct reader *reader, int level, int all)
{
    uint32_t count = reader_comment_count(reader);
    const struct comment *comments = document_comments(reader->document, NULL);
    level = level < 0 ? 0 : level > all ? all : level;
    hold(reader);
    for (uint32_t at = 0; at < count; at++)
        bitset_put(&reader->folded, at, comments[at].depth >= (uint32_t)level);
    reader->fold_level = level == all ? -1 : level;
    view_update_all(reader);
    settle(reader);
    notice_add(reader, level == all ? "all levels unfolded" : "%d of %d levels unfolded", level,
               all);
}

bool reader_fold_level(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    int all = deepest_level(reader) + 1;
    show_levels(reader, (reader->fold_level < 0 ? all : reader->fold_level) + steps, all);
    return true;
}

bool reader_fold_to(struct reader *reader, int level)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    show_levels(reader, level, deepest_level(reader) + 1);
    return true;
}

/* ---- quoted text -------------------------------------------------------------------- */

bool reader_toggle_quoted(struct reader *reader)
{
    notice_clear(reader);
    hold(reader);
    reader->quotes_folded = !reader->quotes_folded;
    if (reader_comment_count(reader) > 0)
        settle(reader);
    return reader->quotes_folded;
}
