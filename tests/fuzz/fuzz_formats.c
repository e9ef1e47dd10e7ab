/*
 * Every importer of the table: the first byte chooses one, or leaves it to the sniffing. Whatever
 * it makes of the rest must keep a document's promises.
 */
#include "fuzz.h"

#include "hearsay/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count;
    const struct import_format *formats = import_formats(&count);
    if (size < 2)
        return 0;
    size_t chosen = (size_t)(data[0] - '0') % (count + 1);
    struct import_input input = {(const char *)data + 1, size - 1, "fuzz"};
    struct error error;
    struct document *document =
        import_bytes(&input, chosen < count ? formats[chosen].name : NULL, &error);
    if (document)
        FUZZ_CHECK(document_check(document, &error));
    document_free(document);
    return 0;
}
