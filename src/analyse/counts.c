#include "counts.h"

#include <stdlib.h>

#include "hearsay/base.h"

void counts_init(struct counts *counts, size_t most)
{
    size_t size = 16;
    while (size < most * 2)
        size *= 2;
    counts->keys = xcalloc(size, sizeof *counts->keys);
    counts->values = xcalloc(size, sizeof *counts->values);
    counts->mask = size - 1;
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

uint32_t *counts_put(struct counts *counts, uint64_t key)
{
    uint64_t at = place_of(counts, key);
    counts->keys[at] = key;
    return &counts->values[at];
}

uint32_t counts_get(const struct counts *counts, uint64_t key)
{
    uint64_t at = place_of(counts, key);
    return counts->keys[at] == key ? counts->values[at] : 0;
}
