/*
 * Where grapheme clusters end, and the quick answers for text without surprises. Private.
 */
#ifndef HEARSAY_LAYOUT_CLUSTERS_H
#define HEARSAY_LAYOUT_CLUSTERS_H

#include "hearsay/layout.h"

/* Bytes of the extended grapheme cluster at `text`, `length` > 0. */
size_t cluster_length(const char *text, size_t length);

/*
 * 1 or 2 for "plain" code points: of that width, and always with a cluster boundary between any two
 * of them; else 0. They are most of what is written, and cost two comparisons instead of two
 * tables.
 */
static inline int cluster_plain_width(uint32_t code_point)
{
    if (code_point < 0x7F)
        return code_point >= 0x20;
    if (code_point < 0x2010)
        return (code_point >= 0xC0 && code_point < 0x300) ||
               (code_point >= 0x386 && code_point < 0x483 && code_point != 0x38B &&
                code_point != 0x38D && code_point != 0x3A2) ||
               (code_point >= 0x48A && code_point < 0x530) ||
               (code_point >= 0x5D0 && code_point < 0x5EB) ||
               (code_point >= 0x620 && code_point < 0x64B) ||
               (code_point >= 0x904 && code_point < 0x93A) ||
               (code_point >= 0xE01 && code_point < 0xE31) ||
               (code_point >= 0xE40 && code_point < 0xE47);
    if (code_point < 0x3001)
        return code_point < 0x2028;
    if (code_point < 0xAC00)
        return code_point >= 0x3400
                   ? (code_point < 0xA000 && (code_point & ~0x3Fu) != 0x4DC0) * 2
                   : (code_point < 0x302A || (code_point > 0x3040 && code_point < 0x3097) ||
                      (code_point > 0x309A && code_point < 0x3100)) *
                         2;
    return (code_point < 0xD7A4 || (code_point > 0xFF00 && code_point < 0xFF61)) * 2;
}

/*
 * The bytes of the cluster at `text` where it is a plain code point followed by another one or by
 * nothing, and its columns; else 0: look closer.
 */
static inline size_t cluster_quick(const char *text, size_t length, const struct text_style *style,
                                   unsigned *columns)
{
    unsigned char first = (unsigned char)text[0];
    if (first >= 0x20 && first < 0x7F && (length == 1 || (unsigned char)text[1] < 0x80)) {
        *columns = 1;
        return 1;
    }
    if (style->ambiguous_wide)
        return 0;
    uint32_t code_point;
    size_t size = utf8_decode(text, length, &code_point);
    int width = cluster_plain_width(code_point);
    if (width == 0)
        return 0;
    if (size < length && (unsigned char)text[size] >= 0x80) {
        utf8_decode(text + size, length - size, &code_point);
        if (cluster_plain_width(code_point) == 0)
            return 0;
    }
    *columns = (unsigned)width;
    return size;
}

#endif
