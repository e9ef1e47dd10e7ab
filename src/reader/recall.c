/* What is kept between visits, taken from the reader and given back to it. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- places ------------------------------------------------------------------------- */

static struct store_spot to_store(const struct spot *spot, uint32_t comments)
{
    return (struct store_spot){.set = true,
                               .pane = spot->focus,
                               .article = spot->top[PANE_ARTICLE],
                               .thread = spot->top[PANE_THREAD],
                               .comment = comments ? spot->comment : DOCUMENT_NONE};
}

/* A spot of an earlier visit; what is not kept is as it is now. */
static struct spot from_store(const struct reader *reader, const struct store_spot *stored)
{
    struct spot spot = jump_here(reader);
    if (stored->pane < PANE_COUNT && !reader->wish.hidden[stored->pane])
        spot.focus = (enum pane)stored->pane;
    if (stored->article < reader->text_known)
        spot.top[PANE_ARTICLE] = stored->article;
    if (stored->comment < reader_comment_count(reader) && stored->thread < reader->text_known) {
        spot.top[PANE_THREAD] = stored->thread;
        spot.comment = stored->comment;
    }
    return spot;
}

/* Folds have changed: goes to a spot, or what is left of it. */
static void settle_at(struct reader *reader, struct spot spot)
{
    static const enum pane flows[] = {PANE_ARTICLE, PANE_THREAD};
    struct flow_row row;
    if (reader_comment_count(reader))
        spot.comment = fold_shown(reader, spot.comment);
    jump_to(reader, &spot);
    for (size_t at = 0; at < ARRAY_LENGTH(flows); at++) /* places are those of rows */
        if (flow_at(reader, flows[at], reader->top[flows[at]], &row))
            reader->top[flows[at]] = row.start;
}

/* What was jumped to before is further back than what has been by now. */
static void recall_trail(const struct reader *reader, const struct store_trail *stored,
                         spots *trail)
{
    spots all = {0};
    for (uint32_t at = 0; at < stored->count; at++)
        vector_push(&all, from_store(reader, &stored->spots[at]));
    for (size_t at = 0; at < trail->count; at++)
        vector_push(&all, trail->items[at]);
    vector_release(trail);
    *trail = all;
}

static struct store_trail memorize_trail(const spots *trail, uint32_t comments)
{
    size_t skipped = trail->count > STORE_SPOTS ? trail->count - STORE_SPOTS : 0;
    struct store_trail stored = {.count = (uint32_t)(trail->count - skipped)};
    stored.spots = xreallocarray(NULL, stored.count, sizeof *stored.spots);
    for (uint32_t at = 0; at < stored.count; at++)
        stored.spots[at] = to_store(&trail->items[skipped + at], comments);
    return stored;
}

/* ---- both ways ---------------------------------------------------------------------- */

/* The level that the folds of the known comments leave unfolded; -1: they are of none. */
static int level_of_folds(const struct reader *reader, const struct bitset *known)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t level = UINT32_MAX; /* where the first of them is */
    for (uint32_t at = bitset_next(known, 0); at != BITSET_NONE; at = bitset_next(known, at + 1))
        if (bitset_get(&reader->folded, at) && comments[at].depth < level)
            level = comments[at].depth;
    for (uint32_t at = bitset_next(known, 0); at != BITSET_NONE; at = bitset_next(known, at + 1))
        if (comments[at].depth >= level && !bitset_get(&reader->folded, at))
            return -1;
    return level == UINT32_MAX ? -1 : (int)level;
}

static void recall_folds(struct reader *reader, const struct store_memory *memory)
{
    for (uint32_t at = bitset_next(&memory->known, 0); at != BITSET_NONE;
         at = bitset_next(&memory->known, at + 1)) {
        bool folded = bitset_get(&memory->folded, at);
        if (folded != bitset_get(&reader->folded, at))
            bitset_put(&reader->folded, at, folded);
    }
    reader->fold_level = level_of_folds(reader, &memory->known);
    view_update_all(reader);
}

static bool order_is_as_set(const struct reader *reader)
{
    return (int)reader->orders[SORT_TOP_LEVEL] == config_int(reader->config, SETTING_SORT) &&
           (int)reader->orders[SORT_REPLIES] == config_int(reader->config, SETTING_SORT_REPLIES);
}

/* ORDERS: none is called so. */
static enum reader_order order_named(const char *name)
{
    unsigned at = 0;
    while (at < ORDERS && strcmp(reader_order_name((enum reader_order)at), name) != 0)
        at++;
    return (enum reader_order)at;
}

/* "newest given": the top level's and the replies'. Whoever has sorted by now keeps that. */
static void recall_orders(struct reader *reader, const char *words)
{
    char names[SORT_COUNT][16];
    if (!words || !order_is_as_set(reader) || sscanf(words, "%15s %15s", names[0], names[1]) != 2)
        return;
    for (unsigned at = 0; at < SORT_COUNT; at++)
        if (order_named(names[at]) < ORDERS)
            reader_sort(reader, (enum reader_sorted)at, order_named(names[at]));
}

/* As long as it is what the settings say, they may change their mind. */
static char *memorize_orders(const struct reader *reader)
{
    struct buffer words = {0};
    if (order_is_as_set(reader))
        return NULL;
    buffer_printf(&words, "%s %s", reader_order_name(reader->orders[SORT_TOP_LEVEL]),
                  reader_order_name(reader->orders[SORT_REPLIES]));
    return buffer_detach(&words);
}

void reader_recall(struct reader *reader, const struct store_memory *memory, bool places)
{
    notice_clear(reader);
    bitset_copy(&reader->progress.read, &memory->read);
    bitset_or(&reader->progress.read, &reader->stubs);
    bitset_copy(&reader->progress.fresh, &memory->fresh);
    bitset_copy(&reader->progress.edited, &memory->edited);
    recall_orders(reader, memory->order);
    recall_folds(reader, memory);
    if (config_bool(reader->config, SETTING_FOLD_READ))
        progress_fold(reader); /* beneath the filters, whose folds are their own */
    if (memory->filter)
        narrow_recall(reader, memory->filter);
    for (uint32_t letter = 0; letter < MARKS && letter < STORE_MARKS; letter++) {
        if (!memory->marks[letter].set || reader->marks[letter].set)
            continue;
        reader->marks[letter].spot = from_store(reader, &memory->marks[letter]);
        reader->marks[letter].set = true;
        reader->marks[letter].gone = memory->marks[letter].gone;
    }
    recall_trail(reader, &memory->trails[STORE_BACK], &reader->past);
    if (places) /* else there may be another way by now */
        recall_trail(reader, &memory->trails[STORE_FORWARD], &reader->future);
    bool go = places && memory->here.set;
    settle_at(reader, go ? from_store(reader, &memory->here) : jump_here(reader));
}

static void copy_bits(struct bitset *to, const struct bitset *from)
{
    bitset_resize(to, from->count);
    bitset_copy(to, from);
}

void reader_memorize(const struct reader *reader, struct store_memory *memory)
{
    uint32_t comments = reader_comment_count(reader);
    struct spot here = jump_here(reader);
    copy_bits(&memory->read, &reader->progress.read);
    copy_bits(&memory->fresh, &reader->progress.fresh);
    copy_bits(&memory->edited, &reader->progress.edited);
    copy_bits(&memory->folded, narrow_folds(reader));
    memory->order = memorize_orders(reader);
    memory->filter = narrow_memorize(reader, STORE_WORDS);
    memory->here = to_store(&here, comments);
    memory->trails[STORE_BACK] = memorize_trail(&reader->past, comments);
    memory->trails[STORE_FORWARD] = memorize_trail(&reader->future, comments);
    for (uint32_t letter = 0; letter < MARKS && letter < STORE_MARKS; letter++)
        if (reader->marks[letter].set)
            memory->marks[letter] = to_store(&reader->marks[letter].spot, comments);
}
