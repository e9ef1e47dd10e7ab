#include "hearsay/base.h"

#include <stdlib.h>
#include <string.h>

#define WORD_BITS 64u

static uint32_t words_for(uint32_t count)
{
    return count / WORD_BITS + (count % WORD_BITS != 0);
}

/* Ones in bits [from, 64) of a word, and in bits [0, to). */
static uint64_t ones_from(uint32_t from)
{
    return ~UINT64_C(0) << from;
}

static uint64_t ones_below(uint32_t to)
{
    return to == 0 ? 0 : ~UINT64_C(0) >> (WORD_BITS - to);
}

void bitset_resize(struct bitset *set, uint32_t count)
{
    uint32_t had = words_for(set->count), want = words_for(count);
    if (count < set->count)
        bitset_fill(set, count, set->count, false);
    if (want != had || !set->words) {
        set->words = xreallocarray(set->words, want, sizeof *set->words);
        if (want > had)
            memset(set->words + had, 0, (want - had) * sizeof *set->words);
    }
    set->count = count;
}

void bitset_release(struct bitset *set)
{
    free(set->words);
    *set = (struct bitset){0};
}

bool bitset_get(const struct bitset *set, uint32_t bit)
{
    return bit < set->count && (set->words[bit / WORD_BITS] >> (bit % WORD_BITS) & 1);
}

void bitset_put(struct bitset *set, uint32_t bit, bool value)
{
    if (bit < set->count)
        bitset_fill(set, bit, bit + 1, value);
}

void bitset_fill(struct bitset *set, uint32_t start, uint32_t end, bool value)
{
    if (end > set->count)
        end = set->count;
    for (uint32_t at = start; at < end;) {
        uint32_t word = at / WORD_BITS, next = (word + 1) * WORD_BITS;
        uint32_t stop = end < next || next == 0 ? end : next;
        uint64_t mask = ones_from(at % WORD_BITS);
        if (stop % WORD_BITS)
            mask &= ones_below(stop % WORD_BITS);
        if (value)
            set->words[word] |= mask;
        else
            set->words[word] &= ~mask;
        at = stop;
    }
}

void bitset_copy(struct bitset *set, const struct bitset *from)
{
    if (set->count == from->count && set->count > 0)
        memcpy(set->words, from->words, words_for(set->count) * sizeof *set->words);
}

void bitset_and(struct bitset *set, const struct bitset *other)
{
    for (uint32_t at = 0; at < words_for(set->count); at++)
        set->words[at] &= other->words[at];
}

void bitset_or(struct bitset *set, const struct bitset *other)
{
    for (uint32_t at = 0; at < words_for(set->count); at++)
        set->words[at] |= other->words[at];
}

void bitset_flip(struct bitset *set)
{
    for (uint32_t at = 0; at < words_for(set->count); at++)
        set->words[at] = ~set->words[at];
    if (set->count % WORD_BITS)
        set->words[set->count / WORD_BITS] &= ones_below(set->count % WORD_BITS);
}

uint32_t bitset_next(const struct bitset *set, uint32_t from)
{
    if (from >= set->count)
        return BITSET_NONE;
    uint32_t word = from / WORD_BITS, words = words_for(set->count);
    uint64_t bits = set->words[word] & ones_from(from % WORD_BITS);
    while (!bits && ++word < words)
        bits = set->words[word];
    return bits ? word * WORD_BITS + (uint32_t)__builtin_ctzll(bits) : BITSET_NONE;
}

uint32_t bitset_previous(const struct bitset *set, uint32_t from)
{
    if (set->count == 0)
        return BITSET_NONE;
    if (from >= set->count)
        from = set->count - 1;
    uint32_t word = from / WORD_BITS;
    uint64_t bits = set->words[word];
    if (from % WORD_BITS != WORD_BITS - 1)
        bits &= ones_below(from % WORD_BITS + 1);
    while (!bits && word > 0)
        bits = set->words[--word];
    return bits ? word * WORD_BITS + (WORD_BITS - 1 - (uint32_t)__builtin_clzll(bits))
                : BITSET_NONE;
}

uint32_t bitset_rank_among(const struct bitset *set, const struct bitset *among,
                           const struct bitset *without, uint32_t start, uint32_t end)
{
    if (end > set->count)
        end = set->count;
    uint32_t rank = 0;
    for (uint32_t at = start; at < end;) {
        uint32_t word = at / WORD_BITS;
        uint32_t stop = (word + 1) * WORD_BITS < end ? (word + 1) * WORD_BITS : end;
        uint64_t bits = set->words[word] & ones_from(at % WORD_BITS);
        if (stop % WORD_BITS)
            bits &= ones_below(stop % WORD_BITS);
        if (among)
            bits &= among->words[word];
        if (without)
            bits &= ~without->words[word];
        rank += (uint32_t)__builtin_popcountll(bits);
        at = stop;
    }
    return rank;
}

uint32_t bitset_rank(const struct bitset *set, uint32_t start, uint32_t end)
{
    return bitset_rank_among(set, NULL, NULL, start, end);
}

uint32_t bitset_rank_without(const struct bitset *set, const struct bitset *without, uint32_t start,
                             uint32_t end)
{
    return bitset_rank_among(set, NULL, without, start, end);
}
