/*
 * Sorting the thread: siblings by a key, those of the top level by one, replies by another. A key
 * is a number whose least stands first; comments that have none keep the order of the source, after
 * those that have one, and so do comments whose keys are the same.
 *
 * All comments are sorted at once by counting, a digit of the key at a time, whoever their parents
 * are; then each in turn takes the next free room below its parent, as large as its subtree. So a
 * hundred thousand siblings and a chain as long cost the same: a few passes over flat arrays.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define KEY_NONE UINT64_MAX /* stands last */

/* Numbers of either sign in order, least first. */
static uint64_t ascending(int64_t value)
{
    uint64_t key = (uint64_t)value ^ (UINT64_C(1) << 63);
    return key < KEY_NONE ? key : KEY_NONE - 1;
}

static uint64_t descending(int64_t value)
{
    return KEY_NONE - 1 - ascending(value);
}

static uint64_t key_time(int64_t time, bool newest)
{
    return time == TIME_NONE ? KEY_NONE : newest ? descending(time) : ascending(time);
}

static uint64_t key_score(int32_t score)
{
    return score == SCORE_NONE ? KEY_NONE : descending(score);
}

static uint64_t key_of(const struct comment *comment, uint32_t index, enum reader_order order,
                       int64_t activity)
{
    switch (order) {
    case ORDER_OLDEST:
    case ORDER_NEWEST:
        return key_time(comment->time, order == ORDER_NEWEST);
    case ORDER_SCORE:
        return key_score(comment->score);
    case ORDER_REPLIES:
        return descending(comment->end - index);
    case ORDER_ACTIVITY:
        return key_time(activity, true);
    case ORDER_GIVEN:
    case ORDERS:
        break;
    }
    return 0;
}

/* The newest time in each subtree, in the place of its key. */
static void fill_newest(const struct reader *reader, uint64_t *newest)
{
    uint32_t count = reader_comment_count(reader);
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = 0; at < count; at++)
        newest[at] = (uint64_t)comments[at].time;
    for (uint32_t at = count; at-- > 0;) { /* replies stand behind what they answer */
        uint32_t parent = comments[at].parent;
        if (parent != DOCUMENT_NONE && (int64_t)newest[at] > (int64_t)newest[parent])
            newest[parent] = newest[at];
    }
}

/* ---- sorting by counting ------------------------------------------------------------ */

#define DIGIT_BITS        11
#define DIGITS            6 /* of 64 bits */
#define DIGIT(key, digit) ((key) >> ((digit)*DIGIT_BITS) & ((1u << DIGIT_BITS) - 1))

/* Counts from the least key, and those without one right behind the greatest: few digits matter. */
static void make_small(uint64_t *keys, uint32_t count)
{
    uint64_t least = KEY_NONE, most = 0;
    for (uint32_t at = 0; at < count; at++) {
        least = keys[at] < least ? keys[at] : least;
        most = keys[at] != KEY_NONE && keys[at] > most ? keys[at] : most;
    }
    for (uint32_t at = 0; at < count; at++)
        keys[at] = keys[at] == KEY_NONE ? most + 1 - least : keys[at] - least;
}

/* A list of comments put in order of one digit of their keys; those where it is the same stay as
 * they were. `starts`: how many have each digit, and then where those begin. */
struct pass {
    const uint64_t *keys;
    uint32_t count, *starts;
    int digit;
};

static void sort_by_digit(const struct pass *pass, const uint32_t *from, uint32_t *to)
{
    uint32_t before = 0;
    for (uint32_t value = 0; value < 1u << DIGIT_BITS; value++) {
        uint32_t here = pass->starts[value];
        pass->starts[value] = before;
        before += here;
    }
    for (uint32_t at = 0; at < pass->count; at++)
        to[pass->starts[DIGIT(pass->keys[from[at]], pass->digit)]++] = from[at];
}

/* Fills `sorted` with all comments by their keys. `spare` is as large. */
static void sort_by_key(uint64_t *keys, uint32_t count, uint32_t *sorted, uint32_t *spare)
{
    uint32_t(*counts)[1 << DIGIT_BITS] = xcalloc(DIGITS, sizeof *counts);
    uint32_t *from = sorted, *to = spare;
    make_small(keys, count);
    for (uint32_t at = 0; at < count; at++) {
        from[at] = at;
        for (int digit = 0; digit < DIGITS; digit++)
            counts[digit][DIGIT(keys[at], digit)]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
        struct pass pass = {keys, count, counts[digit], digit};
        if (counts[digit][DIGIT(keys[0], digit)] == count)
            continue; /* it is the same in all */
        sort_by_digit(&pass, from, to);
        uint32_t *done = to;
        to = from;
        from = done;
    }
    if (from != sorted)
        memcpy(sorted, from, count * sizeof *sorted);
    free(counts);
}

/* ---- the order ---------------------------------------------------------------------- */

static void fill_keys(const struct reader *reader, uint64_t *keys)
{
    uint32_t count = reader_comment_count(reader);
    const struct comment *comments = document_comments(reader->document, NULL);
    const enum reader_order *orders = reader->orders;
    bool by_activity =
        orders[SORT_TOP_LEVEL] == ORDER_ACTIVITY || orders[SORT_REPLIES] == ORDER_ACTIVITY;
    if (by_activity)
        fill_newest(reader, keys);
    for (uint32_t at = 0; at < count; at++) {
        enum reader_sorted level = comments[at].depth == 0 ? SORT_TOP_LEVEL : SORT_REPLIES;
        keys[at] = key_of(&comments[at], at, orders[level], (int64_t)keys[at]);
    }
}

/* Gives each comment its position. `order` holds the comments by their keys until then. `rooms`
 * takes what is asked of comments in that order, whom they answer and how large they are, so that
 * it lies close together. */
static void place(struct reader *reader, uint64_t *rooms)
{
    uint32_t count = reader_comment_count(reader), taken_at_top = 0;
    uint32_t *rank = reader->view.rank, *order = reader->view.order;
    uint32_t *taken = xcalloc(count, sizeof *taken); /* room below each */
    const struct comment *comments = document_comments(reader->document, NULL);
    for (uint32_t at = 0; at < count; at++)
        rooms[at] = (uint64_t)comments[at].parent << 32 | (comments[at].end - at);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t comment = order[at], parent = (uint32_t)(rooms[comment] >> 32);
        uint32_t *room = parent == DOCUMENT_NONE ? &taken_at_top : &taken[parent];
        rank[comment] = *room;
        *room += (uint32_t)rooms[comment];
    }
    for (uint32_t at = 0; at < count; at++) { /* whom they answer are placed before them */
        uint32_t parent = (uint32_t)(rooms[at] >> 32);
        rank[at] += parent == DOCUMENT_NONE ? 0 : rank[parent] + 1;
        order[rank[at]] = at;
    }
    free(taken);
}

static bool is_as_given(const struct reader *reader)
{
    uint32_t count = reader_comment_count(reader), at = 0;
    while (at < count && reader->view.order[at] == at)
        at++;
    return at == count;
}

static void forget_order(struct view *view)
{
    free(view->order);
    free(view->rank);
    view->order = view->rank = NULL;
    bitset_release(&view->stubs);
}

bool order_is_given(const struct reader *reader)
{
    return reader->orders[SORT_TOP_LEVEL] == ORDER_GIVEN &&
           reader->orders[SORT_REPLIES] == ORDER_GIVEN;
}

void order_update(struct reader *reader)
{
    uint32_t count = reader_comment_count(reader);
    struct view *view = &reader->view;
    if (order_is_given(reader) || count == 0 || !reader->whole) {
        forget_order(view);
        return;
    }
    uint64_t *keys = xcalloc(count, sizeof *keys);
    view->order = view->order ? view->order : xcalloc(count, sizeof *view->order);
    view->rank = view->rank ? view->rank : xcalloc(count, sizeof *view->rank);
    fill_keys(reader, keys);
    sort_by_key(keys, count, view->order, view->rank);
    place(reader, keys);
    free(keys);
    if (is_as_given(reader))
        forget_order(view);
    else
        view_put_in_order(reader, &reader->stubs, &view->stubs);
}

/* ---- for the reader ----------------------------------------------------------------- */

const char *reader_order_name(enum reader_order order)
{
    static const char *const names[ORDERS] = {
        [ORDER_GIVEN] = "given", [ORDER_OLDEST] = "oldest",   [ORDER_NEWEST] = "newest",
        [ORDER_SCORE] = "score", [ORDER_REPLIES] = "replies", [ORDER_ACTIVITY] = "activity",
    };
    return names[order];
}

enum reader_order reader_order(const struct reader *reader, enum reader_sorted sorted)
{
    return reader->orders[sorted];
}

void reader_sort(struct reader *reader, enum reader_sorted sorted, enum reader_order order)
{
    notice_clear(reader);
    reader->orders[sorted] = order;
    if (reader_comment_count(reader) == 0)
        return;
    struct hold hold = move_hold(reader);
    order_update(reader);
    narrow_update(reader);
    view_update_all(reader);
    move_keep(reader, hold);
    search_restart_count(reader);
}
