/*
 * --annotate: JSON Lines in, one line of findings a document out.
 *
 * A line is checked before the parser sees it, for two things it does not do as we need them: its
 * look at UTF-8 is a loose one, and the half of a surrogate pair in an escape ("\ud83d" alone, as
 * programs write that cut strings by 16-bit units) loses what follows or becomes bytes that are no
 * UTF-8. So such an escape is overwritten by "\ufffd", which is as long.
 *
 * Only the first level of a line's object matters; the parser calls back for each thing it meets
 * and the depth is counted, so nothing here recurses, however deep a line nests.
 */
#include "json.h"

#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#define TEXT_LONGEST (1u << 30)

enum member { MEMBER_OTHER, MEMBER_ID, MEMBER_TEXT };

struct record {
    enum member member; /* whose value comes next, on the first level */
    unsigned long depth;
    struct buffer id, text;
    enum { ID_NONE, ID_STRING, ID_NUMBER } id_kind;
    bool is_object, has_text;
};

/* ---- the parser's calls ---------------------------------------------------------- */

/* The value of a member that matters, met now; MEMBER_OTHER for all others. */
static enum member take_member(struct record *record)
{
    enum member member = record->depth == 1 && record->is_object ? record->member : MEMBER_OTHER;
    record->member = MEMBER_OTHER;
    if (member == MEMBER_ID)
        record->id_kind = ID_NONE;
    if (member == MEMBER_TEXT)
        record->has_text = false;
    return member;
}

static void take_text(struct buffer *into, const unsigned char *text, size_t length)
{
    buffer_clear(into);
    buffer_add(into, (const char *)text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    struct record *record = context;
    enum member member = take_member(record);
    if (member == MEMBER_ID) {
        record->id_kind = ID_STRING;
        take_text(&record->id, text, length);
    }
    if (member == MEMBER_TEXT) {
        record->has_text = true;
        take_text(&record->text, text, length);
    }
    return 1;
}

/* Kept as it was written: an id may have more digits than any number type. */
static int on_number(void *context, const char *text, size_t length)
{
    struct record *record = context;
    if (take_member(record) == MEMBER_ID) {
        record->id_kind = ID_NUMBER;
        take_text(&record->id, (const unsigned char *)text, length);
    }
    return 1;
}

static int on_null(void *context)
{
    take_member(context);
    return 1;
}

static int on_boolean(void *context, int value)
{
    (void)value;
    take_member(context);
    return 1;
}

static int on_open_map(void *context)
{
    struct record *record = context;
    if (record->depth == 0)
        record->is_object = true;
    take_member(record);
    record->depth++;
    return 1;
}

static int on_open_array(void *context)
{
    struct record *record = context;
    take_member(record);
    record->depth++;
    return 1;
}

static int on_close(void *context)
{
    struct record *record = context;
    record->depth--;
    return 1;
}

static bool is_key(const unsigned char *key, size_t length, const char *name)
{
    return length == strlen(name) && memcmp(key, name, length) == 0;
}

static int on_key(void *context, const unsigned char *key, size_t length)
{
    struct record *record = context;
    if (record->depth == 1)
        record->member = is_key(key, length, "id")     ? MEMBER_ID
                         : is_key(key, length, "text") ? MEMBER_TEXT
                                                       : MEMBER_OTHER;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_open_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_close,
    .yajl_start_array = on_open_array,
    .yajl_end_array = on_close,
};

/* ---- a line ---------------------------------------------------------------------- */

/* The number of a "\uXXXX" at `at`, or -1. */
static long escape_number(const char *at, const char *end)
{
    char digits[5] = {0};
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    memcpy(digits, at + 2, 4);
    return strspn(digits, "0123456789abcdefABCDEF") == 4 ? strtol(digits, NULL, 16) : -1;
}

static bool is_high(long number)
{
    return number >= 0xD800 && number <= 0xDBFF;
}

static bool is_low(long number)
{
    return number >= 0xDC00 && number <= 0xDFFF;
}

static void mend_surrogates(char *line, size_t length)
{
    char *end = line + length;
    for (char *at = line; (at = memchr(at, '\\', (size_t)(end - at))) != NULL;) {
        long number = escape_number(at, end);
        if (is_high(number) && is_low(escape_number(at + 6, end))) {
            at += 12;
            continue;
        }
        bool lone = is_high(number) || is_low(number);
        for (size_t digit = 0; lone && digit < 4; digit++)
            at[2 + digit] = "fffd"[digit];
        at += number >= 0 ? 6 : 2;
        if (at >= end)
            return;
    }
}

/* The parser's own words, without its prefix and its line's end. */
static bool parse_failed(yajl_handle parser, unsigned long number, struct error *error)
{
    unsigned char *message = yajl_get_error(parser, 0, NULL, 0);
    const char *words = (const char *)message;
    error_set(error, "line %lu is no JSON object: %.*s", number, (int)strcspn(words, "\n"), words);
    yajl_free_error(parser, message);
    return false;
}

static bool parse(struct record *record, const char *line, size_t length, unsigned long number,
                  struct error *error)
{
    yajl_handle parser = yajl_alloc(&callbacks, (yajl_alloc_funcs *)&json_memory, record);
    record->depth = 0;
    record->member = MEMBER_OTHER;
    record->id_kind = ID_NONE;
    record->is_object = record->has_text = false;
    bool good = yajl_parse(parser, (const unsigned char *)line, length) == yajl_status_ok &&
                yajl_complete_parse(parser) == yajl_status_ok;
    if (!good)
        parse_failed(parser, number, error);
    yajl_free(parser);
    return good;
}

static bool read_record(struct record *record, char *line, size_t length, unsigned long number,
                        struct error *error)
{
    if (length > TEXT_LONGEST)
        return error_set(error, "line %lu is too long", number);
    if (!utf8_is_valid(line, length))
        return error_set(error, "line %lu is not valid UTF-8", number);
    mend_surrogates(line, length);
    if (!parse(record, line, length, number, error))
        return false;
    if (!record->is_object)
        return error_set(error, "line %lu is no JSON object", number);
    if (!record->has_text)
        return error_set(error, "line %lu has no 'text' that is a string", number);
    return true;
}

/* ---- a document ------------------------------------------------------------------ */

static void put_id(yajl_gen json, const struct record *record)
{
    json_key(json, "id");
    if (record->id_kind == ID_STRING)
        json_string(json, buffer_string(&record->id), record->id.length);
    else if (record->id_kind == ID_NUMBER)
        yajl_gen_number(json, record->id.data, record->id.length);
    else
        yajl_gen_null(json);
}

static void annotate(const struct record *record, struct offsets *offsets, FILE *out)
{
    struct annotations found = {0};
    const char *text = buffer_string(&record->text);
    uint32_t length = (uint32_t)record->text.length;
    analyse_text(text, length, &found);
    offsets_build(offsets, text, length);
    struct findings findings = {.found = &found, .offsets = *offsets};
    yajl_gen json = json_open(out);
    yajl_gen_map_open(json);
    put_id(json, record);
    json_entities(json, &findings);
    json_quotes(json, &findings);
    yajl_gen_map_close(json);
    json_close(json, out);
    fflush(out);
    annotations_release(&found);
}

/* A byte order mark before the first line, and blanks around any. */
static void trim(char **line, size_t *length, unsigned long number)
{
    if (number == 1 && *length >= 3 && memcmp(*line, "\xEF\xBB\xBF", 3) == 0) {
        *line += 3;
        *length -= 3;
    }
    while (*length && strchr(" \t\r\n", **line) && **line) {
        ++*line;
        --*length;
    }
    while (*length && strchr(" \t\r\n", (*line)[*length - 1]) && (*line)[*length - 1])
        --*length;
}

bool export_annotate(FILE *in, FILE *out, struct error *error)
{
    struct record record = {0};
    struct offsets offsets = {0};
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    ssize_t got;
    for (unsigned long number = 1; !ferror(out) && (got = getline(&line, &capacity, in)) >= 0;
         number++) {
        char *start = line;
        size_t length = (size_t)got;
        trim(&start, &length, number);
        if (length == 0)
            continue;
        if (read_record(&record, start, length, number, good ? error : NULL))
            annotate(&record, &offsets, out);
        else
            good = false; /* the first bad line is told, the others are passed over */
    }
    if (good && !ferror(out) && !feof(in))
        good = error_set(error, "cannot read the lines: %s", strerror(errno));
    free(line);
    offsets_release(&offsets);
    buffer_release(&record.id);
    buffer_release(&record.text);
    return good;
}
