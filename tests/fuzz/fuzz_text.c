/*
 * The plain-text importer, with the charset and the checks before it: whatever comes in, the
 * document that goes out must keep its promises.
 */
#include "fuzz.h"

#include "hearsay/import.h"

static void decode(const char *bytes, size_t size)
{
    static const char *const declared[] = {NULL, "shift_jis", "utf-16", "x-mac-roman"};
    struct buffer out = {0};
    const char *label;
    charset_decode(&out, bytes, size, declared[size % ARRAY_LENGTH(declared)], &label);
    FUZZ_CHECK(out.length == 0 || utf8_is_valid(out.data, out.length));
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct import_input input = {(const char *)data, size, "fuzz"};
    struct error error;
    struct document *document = import_bytes(&input, "text", &error);
    if (document)
        FUZZ_CHECK(document_check(document, &error));
    document_free(document);
    decode(input.bytes, size);
    return 0;
}
