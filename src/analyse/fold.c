#include "fold.h"

#include "hearsay/base.h"
#include "lexicon.h"

#define TABLE_FIRST 0xC0u
#define TABLE_END   0x180u

/* The base letter of U+00C0 to U+017F; a dot where there is none. */
static const char base_letters[] =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiijjjkkkllllll."
    ".llnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* Upper (U), lower (l) or neither. */
static const char cases[] = "UUUUUUUUUUUUUUUUUUUUUUU.UUUUUUUllllllllllllllllllllllll.llllllll"
                            "UlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUllUlUlUlU"
                            "lUlUlUlUllUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUlUUlUlUll";

/* Symbols and marks beyond U+017F that part words: punctuation, arrows, dingbats, emoji. */
static const struct {
    uint32_t first, last;
} symbols[] = {{0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x3000, 0x3020},
               {0xFE10, 0xFE6F}, {0xFF00, 0xFF0F}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}};

enum letter fold_letter_beyond(uint32_t c)
{
    if (c < TABLE_FIRST)
        return c == 0xAA || c == 0xB5 || c == 0xBA ? LETTER_OTHER : LETTER_NONE;
    if (c < TABLE_END) {
        char kind = cases[c - TABLE_FIRST];
        return kind == 'U' ? LETTER_UPPER : kind == 'l' ? LETTER_LOWER : LETTER_NONE;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(symbols); i++)
        if (c >= symbols[i].first && c <= symbols[i].last)
            return LETTER_NONE;
    return LETTER_OTHER;
}

static uint64_t hash_bytes(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = lexicon_hash_byte(hash, (unsigned char)text[i]);
    return hash;
}

uint64_t fold_hash(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x80) {
            hash = lexicon_hash_byte(hash, c >= 'A' && c <= 'Z' ? c + 32 : c);
            i++;
            continue;
        }
        uint32_t point;
        size_t took = utf8_decode(text + i, length - i, &point);
        if (point >= TABLE_FIRST && point < TABLE_END && base_letters[point - TABLE_FIRST] != '.')
            hash = lexicon_hash_byte(hash, (unsigned char)base_letters[point - TABLE_FIRST]);
        else if (point == 0x2019 || point == 0x2018)
            hash = lexicon_hash_byte(hash, '\'');
        else if (point == 0x2010 || point == 0x2011)
            hash = lexicon_hash_byte(hash, '-');
        else
            hash = hash_bytes(hash, text + i, took);
        i += took;
    }
    return hash;
}
