/*
 * Bytes in any charset: the first line is the label. What comes out is valid UTF-8, and what a page
 * says about itself fits where it is put.
 */
#include "fuzz.h"

#include "hearsay/import.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *feed = size ? memchr(text, '\n', size) : NULL;
    if (!feed || feed - text > 60)
        return 0;
    char declared[64] = "", found[64];
    const char *label = NULL;
    struct buffer out = {0};
    memcpy(declared, text, (size_t)(feed - text));
    size_t length = size - (size_t)(feed + 1 - text);
    charset_decode(&out, feed + 1, length, declared[0] ? declared : NULL, &label);
    FUZZ_CHECK(label);
    FUZZ_CHECK(utf8_is_valid(buffer_string(&out), out.length));
    if (charset_declared(feed + 1, length, found))
        FUZZ_CHECK(memchr(found, '\0', sizeof found));
    buffer_release(&out);
    return 0;
}
