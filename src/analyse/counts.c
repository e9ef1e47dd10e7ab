#include "counts.h"

#include <stdlib.h>

#include "hearsay/base.h"

#define SIZE_FIRST 256

static void make(struct counts *counts, size_t size)
{
    counts->keys = xcalloc(size, sizeof *counts->keys);
    counts->values = xcalloc(size, sizeof *counts->values);
    counts->mask = size - 1;
}

void counts_init(struct counts *counts)
{
    counts->count = 0;
    make(counts, SIZE_FIRST);
}

void counts_release(struct counts *counts)
{
    free(counts->keys);
    free(counts->values);
    *counts = (struct counts){0};
}

/* The place of a key, or the free place where it would go. Keys are mixed, so that runs stay short.
 */
static uint64_t place_of(const struct counts *counts, uint64_t key)
{
    uint64_t mixed = key * UINT64_C(0x9e3779b97f4a7c15);
    uint64_t at = (mixed ^ mixed >> 32) & counts->mask;
    while (counts->keys[at] != 0 && counts->keys[at] != key)
        at = (at + 1) & counts->mask;
    return at;
}

static void grow(struct counts *counts)
{
    struct counts old = *counts;
    make(counts, (size_t)(old.mask + 1) * 2);
    for (uint64_t i = 0; i <= old.mask; i++) {
        if (old.keys[i] == 0)
            continue;
        uint64_t at = place_of(counts, old.keys[i]);
        counts->keys[at] = old.keys[i];
        counts->values[at] = old.values[i];
    }
    free(old.keys);
    free(old.values);
}

uint32_t *counts_put(struct counts *counts, uint64_t key)
{
    uint64_t at = place_of(counts, key);
    if (counts->keys[at] == key)
        return &counts->values[at];
    if (counts->count * 2 > counts->mask) {
        grow(counts);
        at = place_of(counts, key);
    }
    counts->count++;
    counts->keys[at] = key;
    return &counts->values[at];
}

uint32_t counts_get(const struct counts *counts, uint64_t key)
{
    uint64_t at = place_of(counts, key);
    return counts->keys[at] == key ? counts->values[at] : 0;
}
