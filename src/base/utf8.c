/* UTF-8 in and out. The decoding of what is not ASCII is libunistring's. */
#include "hearsay/base.h"

#include <unistr.h>

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
    size_t count = 0;
    for (size_t at = 0; at < length; at++)
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
    return u8_check((const uint8_t *)text, length) == NULL;
}
