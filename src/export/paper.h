/*
 * Setting a document in lines of plain text. Private.
 */
#ifndef HEARSAY_EXPORT_PAPER_H
#define HEARSAY_EXPORT_PAPER_H

#include "internal.h"

struct paper {
    const struct document *document;
    struct layout *layout;
    uint32_t columns;
    FILE *out;
};

/* A range that is no block, and the blocks [first, end), all `left` columns from the margin. */
void paper_range(const struct paper *paper, struct range range, uint32_t left);
void paper_blocks(const struct paper *paper, uint32_t first, uint32_t end, uint32_t left);
void paper_blanks(const struct paper *paper, uint32_t count);

#endif
