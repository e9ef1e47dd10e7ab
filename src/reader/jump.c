/* Showing a place, and being where one was: back, forward, marks. */
#include "internal.h"

#include <string.h>

struct spot jump_here(const struct reader *reader)
{
    struct spot spot = {.focus = reader->wish.focus,
                        .comment = reader->comment,
                        .found = reader->found,
                        .chosen = sidebar_chosen(reader),
                        .selected = reader->selected,
                        .edition = reader->edition,
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

uint32_t jump_reveal(struct reader *reader, uint32_t comment)
{
    uint32_t opened = jump_open(reader, comment);
    if (narrow_admit(reader, comment, true))
        view_update_all(reader);
    return opened + jump_unfold(reader, comment);
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

/* The sidebar's line, or that of who was chosen where the lists have been made anew since. */
static void show_entry(struct reader *reader, const struct spot *spot)
{
    sidebar_take(reader, found_renew(reader, spot->chosen).number);
    if (spot->edition == reader->edition) {
        reader->selected = spot->selected;
        reader->top[PANE_SIDEBAR] = spot->top[PANE_SIDEBAR];
    } else if (reader->chosen != ENTITY_NONE) {
        reader->selected = sidebar_entry_of(reader, reader->chosen);
        sidebar_keep_seen(reader);
    }
}

void jump_to(struct reader *reader, const struct spot *spot)
{
    for (unsigned pane = 0; pane < PANE_COUNT; pane++)
        if (pane != PANE_SIDEBAR)
            reader->top[pane] = spot->top[pane];
    if (reader_comment_count(reader) > 0) {
        jump_open(reader, spot->comment);
        reader->comment = spot->comment;
    }
    reader->found = found_renew(reader, spot->found);
    show_entry(reader, spot);
    reader_set_focus(reader, spot->focus);
}

void jump_show(struct reader *reader, uint32_t place)
{
    uint32_t comment = document_comment_at(reader->document, place);
    enum pane pane = comment == DOCUMENT_NONE ? PANE_ARTICLE : PANE_THREAD;
    if (comment != DOCUMENT_NONE) {
        jump_tell(reader, jump_reveal(reader, comment));
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
           one->selected == other->selected && one->edition == other->edition &&
           one->found.kind == other->found.kind && one->found.place == other->found.place &&
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
    reader->marks[letter].gone = false;
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
    if (reader->marks[letter].gone && reader->marks[letter].spot.focus == PANE_THREAD)
        notice_add(reader, "that comment is gone");
    return true;
}
