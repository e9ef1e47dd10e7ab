/*
 * formats: the table of formats, and the way from bytes to a document: empty or binary bytes are
 * refused, the charset is undone, the format is found by content, its importer runs.
 */
#include "formats.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct import_format formats[] = {
    {"text", "plain text: an article and the comments below it", text_sniff, text_import,
     text_stream},
};

const struct import_format *import_formats(size_t *count)
{
    *count = ARRAY_LENGTH(formats);
    return formats;
}

const struct import_format *import_format_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        if (!strcmp(formats[i].name, name)) {
            return &formats[i];
        }
    }
    return NULL;
}

static const struct import_format *sniff(const struct import_input *input)
{
    const struct import_format *best = &formats[ARRAY_LENGTH(formats) - 1];
    unsigned surest = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        unsigned sure = formats[i].sniff(input);
        if (sure > surest) {
            surest = sure;
            best = &formats[i];
        }
    }
    return best;
}

/* ---- binary data
 * --------------------------------------------------------------------------------- */

enum { LOOK = 16384 };

struct magic {
    const char *bytes;
    size_t length;
};

static const struct magic magics[] = {
    {"\x7F"
     "ELF",
     4},
    {"\x89PNG", 4},
    {"GIF8", 4},
    {"\xFF\xD8\xFF", 3},
    {"%PDF-", 5},
    {"PK\x03\x04", 4},
    {"\x1F\x8B", 2},
    {"BZh", 3},
    {"\xFD"
     "7zXZ",
     5},
    {"\x28\xB5\x2F\xFD", 4},
    {"SQLite format 3", 15},
    {"RIFF", 4},
};

static bool is_wide_text(const char *bytes, size_t length)
{
    static const char *const marks[] = {"\xFF\xFE", "\xFE\xFF"};
    if (length >= 2 && (!memcmp(bytes, marks[0], 2) || !memcmp(bytes, marks[1], 2))) {
        return true;
    }
    if (length < 4) {
        return false;
    }
    /* every second byte, or three of four, is zero throughout: UTF-16 or UTF-32 without a mark */
    size_t zeros[4] = {0}, groups = (length < LOOK ? length : LOOK) / 4;
    for (size_t i = 0; i < groups * 4; i++) {
        zeros[i % 4] += bytes[i] == 0;
    }
    size_t low = zeros[0] + zeros[2], high = zeros[1] + zeros[3];
    return (low * 10 > groups * 18 && high * 20 < groups) ||
           (high * 10 > groups * 18 && low * 20 < groups) ||
           (zeros[0] == groups && zeros[1] == groups && zeros[3] * 20 < groups) ||
           (zeros[2] == groups && zeros[3] == groups && zeros[0] * 20 < groups);
}

static bool is_binary(const char *bytes, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(magics); i++) {
        if (length >= magics[i].length && !memcmp(bytes, magics[i].bytes, magics[i].length)) {
            return true;
        }
    }
    if (is_wide_text(bytes, length)) {
        return false;
    }
    size_t seen = length < LOOK ? length : LOOK, zeros = 0, controls = 0;
    for (size_t i = 0; i < seen; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        zeros += byte == 0;
        controls += byte < ' ' && !(byte >= '\a' && byte <= '\r') && byte != '\033';
    }
    return zeros * 100 > seen || controls * 20 > seen;
}

/* ---- bytes -> document
 * ---------------------------------------------------------------------------- */

bool import_has_read(const struct import_input *input, const struct import_watch *watch,
                     struct builder *builder, size_t at)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = (uintptr_t)input->bytes / page * page;
    builder_publish(builder);
    if (watch && watch->mapped) {
        uintptr_t end = ((uintptr_t)input->bytes + at) / page * page;
        madvise((void *)first, end - first, MADV_DONTNEED);
    }
    return !watch || !watch->told ||
           watch->told(watch->data, builder_document(builder),
                       (unsigned)((uint64_t)at * 100 / input->length));
}

enum { LOOK_UTF8 = 65536 };

/* The beginning is UTF-8, as far as one looks; the last character may be cut. */
static bool begins_valid(const struct import_input *input)
{
    size_t length = input->length;
    if (length > LOOK_UTF8) {
        length = utf8_floor(input->bytes, LOOK_UTF8);
    }
    return utf8_is_valid(input->bytes, length);
}

/* Makes the document of what is UTF-8. NULL without an error: it must be looked at whole first. */
static struct document *import_text(const struct import_input *input,
                                    const struct import_watch *watch,
                                    const struct import_format *importer, struct error *error)
{
    struct builder *builder = builder_new(input->length, error);
    if (!builder) {
        return NULL;
    }
    builder_meta(builder, STRING_FORMAT, importer->name, strlen(importer->name));
    bool streamed = watch && importer->stream && importer->stream(input, watch, builder);
    bool valid = streamed || utf8_is_valid(input->bytes, input->length);
    if (!valid || (!streamed && !importer->import(input, builder, error))) {
        builder_free(builder);
        return NULL;
    }
    return builder_finish(builder);
}

static bool find_format(const struct import_input *input, const char *name,
                        const struct import_format **chosen, struct error *error)
{
    *chosen = NULL;
    if (name && strcmp(name, "auto") != 0) {
        *chosen = import_format_find(name);
        if (!*chosen) {
            return error_set(error, "unknown format '%s'", name);
        }
    }
    if (input->length == 0) {
        return error_set(error, "'%s' is empty", input->name);
    }
    if (is_binary(input->bytes, input->length)) {
        return error_set(error, "'%s' looks like binary data", input->name);
    }
    return true;
}

struct document *import_watched(const struct import_input *input, const struct import_watch *watch,
                                const char *format, struct error *error)
{
    const struct import_format *chosen;
    if (!find_format(input, format, &chosen, error)) {
        return NULL;
    }
    struct import_input plain = *input;
    struct buffer decoded = {0};
    bool wide = is_wide_text(input->bytes, input->length);
    bool marked = input->length >= 3 && !memcmp(input->bytes, "\xEF\xBB\xBF", 3);
    if (!wide && marked) {
        plain.bytes += 3;
        plain.length -= 3;
    }
    error->message[0] = '\0';
    if (!wide && begins_valid(&plain)) {
        static const struct import_watch nobody;
        struct document *document =
            import_text(&plain, watch ? watch : &nobody, chosen ? chosen : sniff(&plain), error);
        if (document || error->message[0]) {
            return document;
        }
    }
    const char *label;
    charset_decode(&decoded, input->bytes, input->length, NULL, &label);
    plain.bytes = buffer_string(&decoded);
    plain.length = decoded.length;
    struct document *document = import_text(&plain, NULL, chosen ? chosen : sniff(&plain), error);
    buffer_release(&decoded);
    return document;
}

struct document *import_bytes(const struct import_input *input, const char *format,
                              struct error *error)
{
    return import_watched(input, NULL, format, error);
}
