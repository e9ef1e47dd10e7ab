/*
 * GMime parses the message to a tree; its leaves are handed on one by one. GLib ends the program
 * where memory runs out; there is no way to ask it for less.
 */
#include "mime.h"

#include <stdlib.h>
#include <string.h>

#ifdef HEARSAY_GMIME

#include <gmime/gmime.h>
#include <strings.h>

#include "hearsay/later.h"

/* All that is called of it. */
#define CALLS(X)                                                                                   \
    X(g_free)                                                                                      \
    X(g_mime_content_type_is_type)                                                                 \
    X(g_mime_data_wrapper_write_to_stream)                                                         \
    X(g_mime_init)                                                                                 \
    X(g_mime_message_get_from)                                                                     \
    X(g_mime_message_get_subject)                                                                  \
    X(g_mime_message_part_get_message)                                                             \
    X(g_mime_message_part_get_type)                                                                \
    X(g_mime_object_get_content_type)                                                              \
    X(g_mime_object_get_content_type_parameter)                                                    \
    X(g_mime_parser_construct_message)                                                             \
    X(g_mime_parser_new_with_stream)                                                               \
    X(g_mime_parser_options_new)                                                                   \
    X(g_mime_parser_options_set_fallback_charsets)                                                 \
    X(g_mime_part_get_content)                                                                     \
    X(g_mime_part_get_filename)                                                                    \
    X(g_mime_part_get_type)                                                                        \
    X(g_mime_part_is_attachment)                                                                   \
    X(g_mime_part_iter_free)                                                                       \
    X(g_mime_part_iter_get_current)                                                                \
    X(g_mime_part_iter_get_parent)                                                                 \
    X(g_mime_part_iter_is_valid)                                                                   \
    X(g_mime_part_iter_new)                                                                        \
    X(g_mime_part_iter_next)                                                                       \
    X(g_mime_stream_mem_get_byte_array)                                                            \
    X(g_mime_stream_mem_new)                                                                       \
    X(g_mime_stream_mem_new_with_buffer)                                                           \
    X(g_mime_utils_header_decode_text)                                                             \
    X(g_object_unref)                                                                              \
    X(g_type_check_instance_is_a)                                                                  \
    X(internet_address_list_to_string)

struct mime {
    bool tried;
    GMimeParserOptions *options; /* NULL: it is not there */
    CALLS(LATER_MEMBER)
};

static bool find_calls(struct mime *mime)
{
#define FIND(name) &&later_look(library, #name, &mime->name)
    void *library = later_open("libgmime-3.0.so.0");
    return library CALLS(FIND);
#undef FIND
}

bool mime_load(struct mime *mime)
{
    static const char *const charsets[] = {"utf-8", "windows-1252", "iso-8859-1", NULL};
    if (!mime->tried) {
        mime->tried = true;
        if (find_calls(mime)) {
            mime->g_mime_init();
            mime->options = mime->g_mime_parser_options_new();
            mime->g_mime_parser_options_set_fallback_charsets(mime->options,
                                                              (const char **)(uintptr_t)charsets);
        }
    }
    return mime->options;
}

struct mime *mime_new(void)
{
    return xcalloc(1, sizeof(struct mime));
}

void mime_words(struct mime *mime, struct buffer *out, const char *value)
{
    char *text = mime->g_mime_utils_header_decode_text(mime->options, value);
    if (text) {
        buffer_adds(out, text);
        mime->g_free(text);
    }
}

/* ---- leaves ---------------------------------------------------------------------------------- */

struct reading {
    struct mime *mime;
    mime_take *take;
    void *data;
};

static const char *parameter(const struct reading *reading, GMimeObject *object, const char *name)
{
    return reading->mime->g_mime_object_get_content_type_parameter(object, name);
}

static bool parameter_is(const struct reading *reading, GMimeObject *object, const char *name,
                         const char *wanted)
{
    const char *value = parameter(reading, object, name);
    return value && !strcasecmp(value, wanted);
}

static bool type_is(const struct reading *reading, GMimeObject *object, const char *type,
                    const char *subtype)
{
    GMimeContentType *its = object ? reading->mime->g_mime_object_get_content_type(object) : NULL;
    return its && reading->mime->g_mime_content_type_is_type(its, type, subtype);
}

/* A text that is shown; others are named. */
static bool is_text(const struct reading *reading, GMimeObject *object)
{
    static const char *const shown[] = {"plain", "html", "x-patch", "x-diff", "markdown"};
    for (size_t i = 0; i < ARRAY_LENGTH(shown); i++) {
        if (type_is(reading, object, "text", shown[i])) {
            return true;
        }
    }
    return false;
}

static void take_text(const struct reading *reading, GMimeObject *leaf, GMimeObject *around)
{
    struct mime *mime = reading->mime;
    GMimeDataWrapper *content = mime->g_mime_part_get_content((GMimePart *)leaf);
    GMimeStream *memory = mime->g_mime_stream_mem_new();
    if (content) {
        mime->g_mime_data_wrapper_write_to_stream(content, memory);
    }
    GByteArray *bytes = mime->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory);
    reading->take(reading->data, &(struct mime_part){
                                     .bytes = (const char *)bytes->data,
                                     .length = bytes->len,
                                     .charset = parameter(reading, leaf, "charset"),
                                     .html = type_is(reading, leaf, "text", "html"),
                                     .flowed = parameter_is(reading, leaf, "format", "flowed"),
                                     .joined = parameter_is(reading, leaf, "delsp", "yes"),
                                     .choice = type_is(reading, around, "multipart", "alternative"),
                                 });
    mime->g_object_unref(memory);
}

static void take_leaf(const struct reading *reading, GMimeObject *leaf, GMimeObject *around)
{
    const char *name = reading->mime->g_mime_part_get_filename((GMimePart *)leaf);
    if (is_text(reading, leaf) && !reading->mime->g_mime_part_is_attachment((GMimePart *)leaf)) {
        take_text(reading, leaf, around);
    } else if (name && *name && !strstr(name, "signature.asc") && !strstr(name, ".p7s")) {
        reading->take(reading->data, &(struct mime_part){.name = name});
    }
}

/* A message within the message: who wrote it, about what; its parts follow. */
static void take_message(const struct reading *reading, GMimeObject *part)
{
    struct mime *mime = reading->mime;
    struct buffer head = {0};
    GMimeMessage *message = mime->g_mime_message_part_get_message((GMimeMessagePart *)part);
    const char *subject = message ? mime->g_mime_message_get_subject(message) : NULL;
    InternetAddressList *from = message ? mime->g_mime_message_get_from(message) : NULL;
    char *names = from ? mime->internet_address_list_to_string(from, NULL, false) : NULL;
    buffer_printf(&head, "\n\nFrom: %s\nSubject: %s\n\n", names ? names : "",
                  subject ? subject : "");
    reading->take(
        reading->data,
        &(struct mime_part){.bytes = head.data, .length = head.length, .charset = "utf-8"});
    mime->g_free(names);
    buffer_release(&head);
}

static bool is_a(const struct mime *mime, GMimeObject *object, GType type)
{
    return mime->g_type_check_instance_is_a((GTypeInstance *)object, type);
}

static void take_all(const struct reading *reading, GMimeMessage *message)
{
    struct mime *mime = reading->mime;
    GMimePartIter *iter = mime->g_mime_part_iter_new((GMimeObject *)message);
    for (; mime->g_mime_part_iter_is_valid(iter); mime->g_mime_part_iter_next(iter)) {
        GMimeObject *object = mime->g_mime_part_iter_get_current(iter);
        if (is_a(mime, object, mime->g_mime_part_get_type())) {
            take_leaf(reading, object, mime->g_mime_part_iter_get_parent(iter));
        } else if (is_a(mime, object, mime->g_mime_message_part_get_type())) {
            take_message(reading, object);
        }
    }
    mime->g_mime_part_iter_free(iter);
}

void mime_read(struct mime *mime, const char *bytes, size_t length, mime_take *take, void *data)
{
    GMimeStream *stream = mime->g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = mime->g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = mime->g_mime_parser_construct_message(parser, mime->options);
    if (message) {
        take_all(&(struct reading){mime, take, data}, message);
        mime->g_object_unref(message);
    }
    mime->g_object_unref(parser);
    mime->g_object_unref(stream);
}

#else /* built without it */

struct mime *mime_new(void)
{
    return NULL;
}

bool mime_load(struct mime *mime)
{
    (void)mime;
    return false;
}

void mime_words(struct mime *mime, struct buffer *out, const char *value)
{
    (void)mime;
    buffer_adds(out, value);
}

void mime_read(struct mime *mime, const char *bytes, size_t length, mime_take *take, void *data)
{
    (void)mime;
    take(data, &(struct mime_part){.bytes = bytes, .length = length});
}

#endif

void mime_free(struct mime *mime)
{
    free(mime);
}

void mime_prepare(const struct import_input *input)
{
    static const char *const signs[] = {"=?", "ontent-T", "ontent-t", "ONTENT-T"};
    bool any = false;
    for (size_t at = 0; at < ARRAY_LENGTH(signs); at++) {
        any = any || memmem(input->bytes, input->length, signs[at], strlen(signs[at]));
    }
    if (any) {
        struct mime *mime = mime_new();
        mime_load(mime);
        mime_free(mime);
    }
}
