/*
 * Where a line may end: UAX 14 with a tailoring. Private.
 */
#ifndef HEARSAY_LAYOUT_BREAKS_H
#define HEARSAY_LAYOUT_BREAKS_H

#include "hearsay/layout.h"

/*
 * Fills `flags[i]`, for each byte of one line (no "\n" inside), with whether the standard lets a
 * row begin there; with one addition, see breaks.c.
 */
void breaks_standard(const char *line, size_t length, char *flags);

/* Whether the tailoring keeps a break before byte `at` (0 < at < length) that the standard gives.
 */
bool break_is_kept(const char *line, size_t length, size_t at);

/* The two together for a line of ASCII; a table instead of the library. */
bool break_in_ascii(const char *line, size_t length, size_t at);

/*
 * Whether a row may begin at `at` as a second choice, where the first would leave much of the row
 * empty: after & = _ within a long address or name, and between two clusters of a script that is
 * written without spaces and has no rules in the standard (Thai, Lao, Khmer, Burmese). Asked for
 * every byte; quick for most.
 */
bool break_is_second_choice(const char *line, size_t length, size_t at);

/* Blanks are not drawn where a row ends. */
bool break_is_blank(uint32_t code_point);

#endif
