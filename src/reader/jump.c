/* Showing a place, and being where one was: back, forward, marks. */
#include "internal.h"

#include <string.h>

struct spot jump_here(const struct reader *reader)
{
    struct spot spot = {.focus = reader->wish.focus,
                        .comment = reader->comment,
                        .selected = reader->selected,
                        .chosen = reader->chosen,
                        .quote = reader->quote,
                        .mention = reader->mention,
                        .passage = reader->passage,
                        .opened = (uint32_t)reader->opened.count};
    memcpy(spot.top, reader->top, sizeof spot.top);
    return spot;
}

/* ---- what a jump unfolds ------------------------------------------------------------ */

void jump_forget_opened(struct reader *reader)
{
    vector_clear(&reader->opened);
    for (size_t at = 0; at < reader->past.count; at++)
        reader->past.items[at].opened = 0;
}

/* As many as there are comments are enough: nobody goes back that far. */
static void note_opened(struct reader *reader, uint32_t comment)
{
    if (reader->opened.count >= reader_comment_count(reader))
        jump_forget_opened(reader);
    vector_push(&reader->opened, comment);
}

uint32_t jump_open(struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = comments[comment].parent; at != DOCUMENT_NONE; at = comments[at].parent)
        if (bitset_get(&reader->folded, at))
            note_opened(reader, at);
    return fold_reveal(reader, comment);
}

uint32_t jump_unfold(struct reader *reader, uint32_t comment)
{
    if (!bitset_get(&reader->folded, comment))
        return 0;
    note_opened(reader, comment);
    fold_put(reader, comment, false);
    return 1;
}

void jump_tell(struct reader *reader, uint32_t opened)
{
    if (opened)
        notice_add(reader, "unfolded %u comment%s", opened, opened == 1 ? "" : "s");
}

/* Folds again what has been opened since; the last first, which is the outermost. */
static void close_opened(struct reader *reader, uint32_t since)
{
    while (reader->opened.count > since)
        fold_put(reader, reader->opened.items[--reader->opened.count], true);
}

/* ---- showing a place ---------------------------------------------------------------- */

void jump_to(struct reader *reader, const struct spot *spot)
{
    memcpy(reader->top, spot->top, sizeof reader->top);
    if (reader_comment_count(reader) > 0) {
        jump_open(reader, spot->comment);
        reader->comment = spot->comment;
    }
    if (spot->selected < reader->entries.count)
        reader->selected = spot->selected;
    reader->chosen = spot->chosen;
    reader->quote = spot->quote;
    reader->mention = spot->mention;
    reader->passage = spot->passage;
    reader_set_focus(reader, spot->focus);
}

void jump_show(struct reader *reader, uint32_t place)
{
    uint32_t comment = document_comment_at(reader->document, place);
    enum pane pane = comment == DOCUMENT_NONE ? PANE_ARTICLE : PANE_THREAD;
    if (comment != DOCUMENT_NONE) {
        uint32_t opened = jump_open(reader, comment);
        jump_tell(reader, opened + jump_unfold(reader, comment));
        if (flow_is_quoted(reader, comment, place)) {
            reader->quotes_folded = false;
            notice_add(reader, "unfolded quoted text");
        }
        reader->comment = comment;
    }
    reader_set_focus(reader, pane);
    struct flow_row row;
    if (flow_at(reader, pane, place, &row) && !move_is_seen(reader, pane, &row))
        move_put(reader, pane, row, reader_rect(reader, pane).rows / 3);
}

uint32_t jump_reference(const struct reader *reader)
{
    if (reader->wish.focus == PANE_THREAD && reader_comment_count(reader) > 0) {
        struct range item = document_item(reader->document, reader->comment);
        uint32_t top = reader->top[PANE_THREAD];
        return range_contains(item, top) ? top : item.start;
    }
    return reader->top[PANE_ARTICLE];
}

/* ---- back and forward --------------------------------------------------------------- */

static bool same_spot(const struct spot *one, const struct spot *other)
{
    return one->focus == other->focus && one->comment == other->comment &&
           one->selected == other->selected && one->quote == other->quote &&
           one->mention == other->mention && one->passage == other->passage &&
           memcmp(one->top, other->top, sizeof one->top) == 0;
}

void reader_remember(struct reader *reader)
{
    struct spot here = jump_here(reader);
    size_t count = reader->past.count;
    vector_clear(&reader->future);
    if (count && same_spot(&reader->past.items[count - 1], &here))
        return;
    if (count == SPOTS_KEPT) {
        memmove(reader->past.items, reader->past.items + 1,
                (SPOTS_KEPT - 1) * sizeof *reader->past.items);
        reader->past.count--;
    }
    vector_push(&reader->past, here);
}

bool reader_back(struct reader *reader)
{
    notice_clear(reader);
    if (reader->past.count == 0)
        return false;
    vector_push(&reader->future, jump_here(reader));
    struct spot *spot = &reader->past.items[--reader->past.count];
    close_opened(reader, spot->opened);
    jump_to(reader, spot);
    return true;
}

bool reader_forward(struct reader *reader)
{
    notice_clear(reader);
    if (reader->future.count == 0)
        return false;
    vector_push(&reader->past, jump_here(reader));
    jump_to(reader, &reader->future.items[--reader->future.count]);
    return true;
}

/* ---- marks -------------------------------------------------------------------------- */

void reader_set_mark(struct reader *reader, uint32_t letter)
{
    if (letter >= MARKS)
        return;
    reader->marks[letter].spot = jump_here(reader);
    reader->marks[letter].set = true;
}

bool reader_go_to_mark(struct reader *reader, uint32_t letter)
{
    notice_clear(reader);
    if (letter == '\'')
        return reader_back(reader);
    if (letter >= MARKS || !reader->marks[letter].set)
        return false;
    reader_remember(reader);
    jump_to(reader, &reader->marks[letter].spot);
    return true;
}
