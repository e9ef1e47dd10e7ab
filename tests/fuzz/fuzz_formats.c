/*
 * Every importer of the table: the first line names one; if it names none, the sniffing chooses.
 * Whatever it makes of the rest must keep a document's promises.
 */
#include "fuzz.h"

#include "hearsay/import.h"

#include <string.h>

static const char *format_of(const uint8_t *name, size_t length)
{
    size_t count;
    const struct import_format *formats = import_formats(&count);
    for (size_t i = 0; i < count; i++)
        if (strlen(formats[i].name) == length && !memcmp(formats[i].name, name, length))
            return formats[i].name;
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *feed = size ? memchr(data, '\n', size) : NULL;
    if (!feed)
        return 0;
    size_t line = (size_t)(feed - data);
    struct import_input input = {(const char *)feed + 1, size - line - 1, "fuzz"};
    struct error error = {""};
    struct document *document = import_bytes(&input, format_of(data, line), &error);
    if (document)
        FUZZ_CHECK(document_check(document, &error));
    else
        FUZZ_CHECK(error.message[0]);
    document_free(document);
    return 0;
}
