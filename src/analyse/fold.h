/*
 * Folding: the form in which words are compared and looked up. Lower case, accents of Latin letters
 * off, curly apostrophes straight; everything else is kept, byte for byte.
 */
#ifndef ANALYSE_FOLD_H
#define ANALYSE_FOLD_H

#include <stddef.h>
#include <stdint.h>

enum letter { LETTER_NONE, LETTER_LOWER, LETTER_UPPER, LETTER_OTHER /* a script without case */ };

enum letter fold_letter_beyond(uint32_t code_point); /* private: not ASCII */

/* What kind of letter a code point is. Beyond U+017F everything but symbols counts as OTHER. */
static inline enum letter fold_letter(uint32_t c)
{
    if (c >= 0x80)
        return fold_letter_beyond(c);
    if (c >= 'a' && c <= 'z')
        return LETTER_LOWER;
    return c >= 'A' && c <= 'Z' ? LETTER_UPPER : LETTER_NONE;
}

/* Goes on with `hash` over the folded form of valid UTF-8. */
uint64_t fold_hash(uint64_t hash, const char *text, size_t length);

#endif
