/*
 * The best of many, for a list. A list holds so many lines at most, for each is matched anew with
 * every letter typed; those that matter most are kept, and how many there are in all is said.
 *
 * They are kept as a heap with the least on top, so that what does not belong among them is seen at
 * once.
 */
#include "internal.h"

#include <stdlib.h>

/* The lesser one is the one that goes first when there are too many; of equals the later. */
static bool is_less(const struct ranked *one, const struct ranked *other)
{
    return one->key != other->key ? one->key < other->key : one->index > other->index;
}

static void sift_down(struct best *best, uint32_t at)
{
    for (uint32_t child; (child = 2 * at + 1) < best->count; at = child) {
        if (child + 1 < best->count && is_less(&best->items[child + 1], &best->items[child]))
            child++;
        if (!is_less(&best->items[child], &best->items[at]))
            return;
        struct ranked swapped = best->items[at];
        best->items[at] = best->items[child];
        best->items[child] = swapped;
    }
}

void best_offer(struct best *best, struct ranked item)
{
    best->all++;
    if (best->count < BEST_MOST) {
        best->items[best->count++] = item;
        for (uint32_t at = best->count / 2; best->count == BEST_MOST && at > 0; at--)
            sift_down(best, at - 1);
    } else if (is_less(&best->items[0], &item)) {
        best->items[0] = item;
        sift_down(best, 0);
    }
}

static int best_first(const void *left, const void *right)
{
    return is_less(left, right) - is_less(right, left);
}

void best_sort(struct best *best)
{
    qsort(best->items, best->count, sizeof *best->items, best_first);
}

void best_tell_limit(struct session *session, const struct best *best)
{
    if (best->all > BEST_MOST)
        session_say(session, "the first %d of %u", BEST_MOST, best->all);
}
