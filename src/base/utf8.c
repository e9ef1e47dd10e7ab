/* UTF-8 in and out. The decoding of what is not ASCII is libunistring's. */
#include "hearsay/base.h"

#include <string.h>
#include <unistr.h>

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

size_t utf8_decode(const char *text, size_t length, uint32_t *code_point)
{
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    ucs4_t decoded;
    int taken = u8_mbtouc(&decoded, (const uint8_t *)text, length);
    *code_point = decoded;
    return taken > 0 ? (size_t)taken : 1;
}

size_t utf8_encode(uint32_t code_point, char *text)
{
    int length = u8_uctomb((uint8_t *)text, code_point, UTF8_LONGEST);
    if (length > 0)
        return (size_t)length;
    return (size_t)u8_uctomb((uint8_t *)text, UTF8_REPLACEMENT, UTF8_LONGEST);
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0, at = 0;
    for (; length - at >= 8; at += 8) { /* a byte that goes on has bit 7 and not bit 6 */
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        count += 8 - (unsigned)__builtin_popcountll(word & ~word << 1 & EACH_BYTE(0x80));
    }
    for (; at < length; at++)
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
    return count;
}

size_t utf8_floor(const char *text, size_t offset)
{
    while (offset > 0 && ((unsigned char)text[offset] & 0xC0) == 0x80)
        offset--;
    return offset;
}

bool utf8_is_valid(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint64_t word = 0;
        if (length - at >= 8)
            memcpy(&word, text + at, sizeof word);
        if (length - at >= 8 && (word & EACH_BYTE(0x80)) == 0) {
            at += 8;
            continue;
        }
        /* up to the next stretch of ASCII, whole characters */
        size_t end = at + 8 < length ? at + 8 : length;
        while (end < length && (unsigned char)text[end] >= 0x80)
            end++;
        if (u8_check((const uint8_t *)text + at, end - at) != NULL)
            return false;
        at = end;
    }
    return true;
}
