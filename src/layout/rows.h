/*
 * Wrapping one piece of text, and where long blocks are cut into pieces. Private.
 */
#ifndef HEARSAY_LAYOUT_ROWS_H
#define HEARSAY_LAYOUT_ROWS_H

#include "hearsay/layout.h"

#define PIECE_STEP    8192u /* pieces begin near multiples of this */
#define PIECE_LONGEST (2 * PIECE_STEP)

struct row_list { /* as VECTOR() makes them, with a name */
    struct layout_row *items;
    size_t count, capacity;
};

/* What is wrapped, and how. */
struct wrapping {
    const char *text;   /* of the pool; valid UTF-8 */
    struct range piece; /* at most PIECE_LONGEST bytes */
    const struct text_style *style;
    uint32_t columns;                 /* of the text itself, >= 1 */
    uint16_t indent;                  /* only passed on to the rows */
    bool unwrapped;                   /* rows are the lines */
    const struct layout_marks *marks; /* of the piece, or NULL */
    bool no_shortcut;                 /* for tests: ASCII goes the long way, too */
};

/* Adds the rows of the piece, at least one. `flags` has room for a byte each of the piece. */
void rows_wrap(struct row_list *rows, const struct wrapping *wrapping, char *flags);

/* Part of a block: what lies from its `index`-th cut to the next one. */
struct piece {
    struct range range;
    uint32_t index;
};

/* The piece of `block` that holds `place`, which is a byte of the block unless that is empty. It is
 * the one of index (place - start) / PIECE_STEP, or the one before. */
struct piece piece_at(const char *text, const struct block *block, uint32_t place);

#endif
