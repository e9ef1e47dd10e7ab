/* The cleaning door: whatever goes in, what comes out is clean, and cleaning it again changes
 * nothing. The first byte chooses the flags. */
#include "fuzz.h"

#include "hearsay/document.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    unsigned flags = data[0] & (TEXT_KEEP_COLUMNS | TEXT_ONE_LINE);
    struct buffer once = {0}, twice = {0};
    text_clean(&once, (const char *)data + 1, size - 1, flags);
    const char *text = buffer_string(&once);
    FUZZ_CHECK(text_is_clean(text, once.length));
    FUZZ_CHECK(utf8_is_valid(text, once.length));
    for (size_t at = 0; at < once.length; at++) {
        unsigned char byte = (unsigned char)text[at];
        FUZZ_CHECK(byte >= 0x20 || (byte == '\n' && !(flags & TEXT_ONE_LINE)));
        FUZZ_CHECK(byte != 0x7F);
    }
    text_clean(&twice, text, once.length, flags);
    FUZZ_CHECK(twice.length == once.length);
    FUZZ_CHECK(!memcmp(buffer_string(&twice), text, once.length));
    buffer_release(&once);
    buffer_release(&twice);
    return 0;
}
