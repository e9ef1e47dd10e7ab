/*
 * A hash table from 64-bit keys to numbers, for what a document says about words and names.
 * Open addressing, at most half full; grows by doubling, so that its memory follows what is in it.
 */
#ifndef ANALYSE_COUNTS_H
#define ANALYSE_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counts {
    uint64_t *keys; /* 0: free */
    uint32_t *values;
    uint64_t mask;
    size_t count;
};

void counts_init(struct counts *counts);
void counts_release(struct counts *counts);

/* The value of a key (not 0); made with value 0 where it is new. Valid until the next put. */
uint32_t *counts_put(struct counts *counts, uint64_t key);

/* The value of a key; 0 where there is none. */
uint32_t counts_get(const struct counts *counts, uint64_t key);

#endif
