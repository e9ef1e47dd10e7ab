/*
 * Moving from comment to comment. A step to one that can be seen costs what is on the screen. What
 * is looked for in the whole thread (an author's next comment, the next lower score) costs a scan
 * of it, whatever the count; what is folded on the way there is unfolded, and "back" undoes it.
 */
#include "internal.h"

uint32_t reader_comment(const struct reader *reader)
{
    return reader_comment_count(reader) ? reader->comment : DOCUMENT_NONE;
}

/* ---- showing a comment -------------------------------------------------------------- */

int thread_rows(const struct reader *reader)
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
void thread_show(struct reader *reader, uint32_t comment)
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

void thread_focus(struct reader *reader, uint32_t comment)
{
    reader_set_focus(reader, PANE_THREAD);
    thread_show(reader, comment);
}

/* Goes far: back returns, and folds again what is unfolded on the way; `to_read`, itself too. */
static void go_to(struct reader *reader, uint32_t comment, bool to_read)
{
    reader_remember(reader);
    jump_tell(reader, to_read ? jump_reveal(reader, comment) : jump_open(reader, comment));
    thread_focus(reader, comment);
}

/* ---- one step ----------------------------------------------------------------------- */

static uint32_t step_comment(const struct reader *reader, uint32_t from, bool down)
{
    return down ? view_next(reader, from) : view_previous(reader, from);
}

static uint32_t step_sibling(const struct reader *reader, uint32_t from, bool down)
{
    return down ? view_next_sibling(reader, from) : view_previous_sibling(reader, from);
}

static uint32_t step_top_level(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t root = view_root(reader, from);
    if (down)
        return view_next_sibling(reader, root);
    return root != from ? root : view_previous_sibling(reader, root);
}

/* The next comment of an author in the order shown, folded or not. */
static uint32_t seek_author(const struct reader *reader, uint32_t from, bool down, uint32_t author)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t count = reader_comment_count(reader), step = down ? 1 : UINT32_MAX;
    for (uint32_t at = view_position(reader, from) + step; at < count; at += step)
        if (comments[view_comment(reader, at)].author == author)
            return view_comment(reader, at);
    return DOCUMENT_NONE;
}

static uint32_t step_author(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t author = document_comments(reader->document, NULL)[from].author;
    return reader_is_nobody(reader, author) ? DOCUMENT_NONE
                                            : seek_author(reader, from, down, author);
}

static uint32_t step_owner(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t owner = people_owner(reader);
    return owner == DOCUMENT_NONE ? DOCUMENT_NONE : seek_author(reader, from, down, owner);
}

/* As many steps as can be made of `steps`; `from`: none can. */
static uint32_t walk(const struct reader *reader, enum reader_step step, uint32_t from, int steps)
{
    static uint32_t (*const one[])(const struct reader *, uint32_t, bool) = {
        [STEP_COMMENT] = step_comment,     [STEP_SIBLING] = step_sibling,
        [STEP_TOP_LEVEL] = step_top_level, [STEP_AUTHOR] = step_author,
        [STEP_OWNER] = step_owner,         [STEP_UNREAD] = progress_seek,
    };
    bool down = steps > 0;
    if (step == STEP_SCORE)
        return rank_walk(reader, from, steps);
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = one[step](reader, from, down);
        if (next == DOCUMENT_NONE)
            break;
        from = next;
    }
    return from;
}

/* ---- a comment that does not fit ---------------------------------------------------- */

/* It is read to its end, or back to its head, before the next one is gone to. */
static bool read_on(struct reader *reader, bool down)
{
    struct flow_row edge;
    int lines = config_int(reader->config, SETTING_TALL_LINES), most = thread_rows(reader);
    struct range item = document_item(reader->document, reader->comment);
    if (lines == 0 || reader->wish.focus != PANE_THREAD ||
        comment_rows(reader, reader->comment, most + 2) <= most) /* one may be blank */
        return false;
    uint32_t top = reader->top[PANE_THREAD], place = down ? item.end - 1 : item.start;
    bool begun = range_contains(item, top); /* its head is at the top, or above */
    if (!begun || !flow_at(reader, PANE_THREAD, place, &edge) ||
        move_is_seen(reader, PANE_THREAD, &edge))
        return false;
    return reader_scroll(reader, down ? lines : -lines);
}

/* ---- moving ------------------------------------------------------------------------- */

/* What is looked for in the whole thread is to be read, folded or left out as it may be; the others
 * go about in what is seen. */
static const bool is_to_read[] = {
    [STEP_AUTHOR] = true, [STEP_OWNER] = true, [STEP_SCORE] = true, [STEP_UNREAD] = true};

bool reader_step(struct reader *reader, enum reader_step step, int steps)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    bool near = step == STEP_COMMENT && (steps == 1 || steps == -1);
    if (near && read_on(reader, steps > 0))
        return true;
    uint32_t to = walk(reader, step, reader->comment, steps);
    bool moved = to != reader->comment;
    if (moved && !near)
        go_to(reader, to, is_to_read[step]);
    else
        thread_focus(reader, to);
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
    go_to(reader, at, false);
    return true;
}

bool reader_root(struct reader *reader)
{
    return reader_parent(reader, UINT32_MAX);
}

bool reader_up_to_level(struct reader *reader, unsigned level)
{
    notice_clear(reader);
    if (reader_comment_count(reader) == 0)
        return false;
    unsigned here = document_comments(reader->document, NULL)[reader->comment].depth + 1;
    if (here <= level)
        notice_add(reader, "this comment is on level %u", here);
    return here > level && reader_parent(reader, here - level);
}

bool reader_child(struct reader *reader, bool last, unsigned levels)
{
    uint32_t at = reader_comment(reader), opened = 0;
    notice_clear(reader);
    if (at == DOCUMENT_NONE || document_first_child(reader->document, at) == DOCUMENT_NONE)
        return false;
    reader_remember(reader);
    for (; levels > 0; levels--) {
        if (document_first_child(reader->document, at) != DOCUMENT_NONE)
            opened += jump_unfold(reader, at);
        uint32_t child = last ? view_last_child(reader, at) : view_first_child(reader, at);
        if (child == DOCUMENT_NONE)
            break;
        at = child;
    }
    jump_tell(reader, opened);
    thread_focus(reader, at);
    return true;
}

bool reader_show_comment(struct reader *reader, uint32_t comment)
{
    notice_clear(reader);
    if (comment >= reader_comment_count(reader))
        return false;
    go_to(reader, comment, true);
    return true;
}

#define NAME_MOST 60 /* bytes of a name that a notice tells */

static void tell_author(struct reader *reader, struct range name, uint32_t number, uint32_t all)
{
    const char *text = reader_text(reader) + name.start;
    size_t length = name.end - name.start;
    length = length > NAME_MOST ? utf8_floor(text, NAME_MOST) : length;
    notice_add(reader, "%.*s: %u of %u", (int)length, text, number, all);
}

bool reader_show_author(struct reader *reader, uint32_t author)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t count = reader_comment_count(reader), here = reader->comment, all = 0, number = 0;
    uint32_t shown = DOCUMENT_NONE;
    notice_clear(reader);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t comment = view_comment(reader, at);
        if (comments[comment].author != author)
            continue;
        all++;
        bool behind = view_is_before(reader, here, comment);
        if (shown == DOCUMENT_NONE || (behind && !view_is_before(reader, here, shown))) {
            shown = comment;
            number = all;
        }
    }
    if (shown == DOCUMENT_NONE)
        return false;
    tell_author(reader, comments[shown].name, number, all);
    go_to(reader, shown, true);
    return true;
}

bool reader_go_to_comment(struct reader *reader, uint32_t number)
{
    notice_clear(reader);
    uint32_t comment = view_numbered(reader, number);
    if (comment == DOCUMENT_NONE)
        return false;
    go_to(reader, comment, false);
    return true;
}
