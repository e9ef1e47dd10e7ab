/*
 * Where a line may end: UAX 14 with a tailoring. Private.
 */
#ifndef HEARSAY_LAYOUT_BREAKS_H
#define HEARSAY_LAYOUT_BREAKS_H

#include "hearsay/layout.h"

/*
 * Fills `flags[i]`, for each byte of one line (no "\n" inside), with whether the standard lets a
 * row begin there.
 */
void breaks_standard(const char *line, size_t length, char *flags);

/* Whether the tailoring keeps a break before byte `at` (0 < at < length) that the standard gives.
 */
bool break_is_kept(const char *line, size_t length, size_t at);

/* The two together for a line of ASCII; a table instead of the library. */
bool break_in_ascii(const char *line, size_t length, size_t at);

/*
 * Whether a row may begin at `at` as a second choice: between two clusters of a script that is
 * written without spaces and has no rules in the standard (Thai, Lao, Khmer, Burmese).
 */
bool break_in_unspaced(const char *line, size_t length, size_t at);

/* Blanks are not drawn where a row ends. */
bool break_is_blank(uint32_t code_point);

#endif
