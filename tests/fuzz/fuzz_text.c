/*
 * Fuzzes the plain-text importer, with the charset and the checks before it: whatever comes in, the
 * document that goes out must keep its promises.
 */
#include <stdlib.h>

#include "hearsay/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct import_input input = {(const char *)data, size, "fuzz"};
    struct error error;
    struct document *document = import_bytes(&input, "text", &error);
    if (document) {
        if (!document_check(document, &error))
            abort();
        document_free(document);
    }
    struct buffer decoded = {0};
    const char *label;
    charset_decode(&decoded, input.bytes, size, size % 2 ? "shift_jis" : NULL, &label);
    if (decoded.length && !utf8_is_valid(decoded.data, decoded.length))
        abort();
    buffer_release(&decoded);
    return 0;
}
