/*
 * The comments in the order of their scores: best first, equal ones in the order shown, those
 * without a score not at all. No order is kept: a walk of any length gathers what ranks beyond the
 * comment it starts at and selects, O(comments).
 */
#include "internal.h"

#include <stdlib.h>

/* A comment's rank and its position in one number: less is better. */
static uint64_t rank_key(const struct reader *reader, uint32_t comment)
{
    int32_t score = document_comments(reader->document, NULL)[comment].score;
    uint32_t worse = (uint32_t)INT32_MAX - (uint32_t)score;
    return (uint64_t)worse << 32 | view_position(reader, comment);
}

/* Puts the `wanted`-th smallest at its place in a sorted order, smaller ones before it. */
static uint64_t select_key(uint64_t *keys, size_t count, size_t wanted)
{
    size_t from = 0, to = count;
    while (to - from > 1) {
        uint64_t pivot = keys[from + (to - from) / 2];
        size_t low = from, at = from, high = to;
        while (at < high) {
            uint64_t key = keys[at];
            size_t other = key < pivot ? low++ : key > pivot ? --high : at;
            keys[at] = keys[other];
            keys[other] = key;
            at += key <= pivot;
        }
        if (wanted < low)
            to = low;
        else if (wanted >= high)
            from = high;
        else
            break;
    }
    return keys[wanted];
}

uint32_t rank_walk(const struct reader *reader, uint32_t from, int steps)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t count = reader_comment_count(reader);
    bool scored = comments[from].score != SCORE_NONE, down = steps > 0;
    uint64_t here = scored ? rank_key(reader, from) : down ? 0 : UINT64_MAX;
    VECTOR(uint64_t) beyond = {0};
    for (uint32_t at = 0; at < count; at++) {
        if (comments[at].score == SCORE_NONE)
            continue;
        uint64_t key = rank_key(reader, at);
        if (down ? key > here : key < here)
            vector_push(&beyond, key);
    }
    size_t wanted = (size_t)(down ? steps : -(int64_t)steps);
    if (wanted > beyond.count)
        wanted = beyond.count;
    uint32_t found = from;
    if (wanted > 0) {
        size_t place = down ? wanted - 1 : beyond.count - wanted;
        found = view_comment(reader, (uint32_t)select_key(beyond.items, beyond.count, place));
    }
    vector_release(&beyond);
    return found;
}

bool reader_has_scores(const struct reader *reader)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t count = reader_comment_count(reader), at = 0;
    while (at < count && comments[at].score == SCORE_NONE)
        at++;
    return at < count;
}
