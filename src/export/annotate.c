/*
 * --annotate: a line of JSON in, a line of JSON out, thousands of them in one process. Of a line's
 * object only "id" and "text" are looked at, wherever they stand in it; what is nested deeper is
 * passed over.
 */
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* What was read of a line. */
struct line {
    struct buffer id, text;
    enum { ID_NONE, ID_STRING, ID_NUMBER } id_kind;
    bool has_text;
    unsigned depth;        /* 1: in the line's own object */
    struct buffer *wanted; /* where the value of the last key goes, or NULL */
};

static int on_open(void *data)
{
    struct line *line = data;
    line->depth++;
    line->wanted = NULL;
    return 1;
}

static int on_close(void *data)
{
    struct line *line = data;
    line->depth--;
    line->wanted = NULL;
    return 1;
}

static bool is_key(const unsigned char *key, size_t length, const char *name)
{
    return length == strlen(name) && memcmp(key, name, length) == 0;
}

static int on_key(void *data, const unsigned char *key, size_t length)
{
    struct line *line = data;
    line->wanted = NULL;
    if (line->depth == 1 && is_key(key, length, "id"))
        line->wanted = &line->id;
    if (line->depth == 1 && is_key(key, length, "text"))
        line->wanted = &line->text;
    return 1;
}

/* A value for a key that is wanted; the first of several counts. */
static int take(struct line *line, const char *value, size_t length, bool is_string)
{
    bool id = line->wanted == &line->id, text = line->wanted == &line->text;
    if (id && line->id_kind == ID_NONE) {
        line->id_kind = is_string ? ID_STRING : ID_NUMBER;
        buffer_add(&line->id, value, length);
    } else if (text && is_string && !line->has_text) {
        line->has_text = true;
        buffer_add(&line->text, value, length);
    }
    line->wanted = NULL;
    return 1;
}

static int on_string(void *data, const unsigned char *value, size_t length)
{
    return take(data, (const char *)value, length, true);
}

static int on_number(void *data, const char *value, size_t length)
{
    return take(data, value, length, false);
}

static int on_null(void *data)
{
    ((struct line *)data)->wanted = NULL;
    return 1;
}

static int on_boolean(void *data, int value)
{
    (void)value;
    return on_null(data);
}

static const yajl_callbacks callbacks = {.yajl_null = on_null,
                                         .yajl_boolean = on_boolean,
                                         .yajl_number = on_number,
                                         .yajl_string = on_string,
                                         .yajl_start_map = on_open,
                                         .yajl_map_key = on_key,
                                         .yajl_end_map = on_close,
                                         .yajl_start_array = on_open,
                                         .yajl_end_array = on_close};

static void line_release(struct line *line)
{
    buffer_release(&line->id);
    buffer_release(&line->text);
}

static bool line_parse(struct line *line, const char *text, size_t length)
{
    yajl_handle handle = yajl_alloc(&callbacks, NULL, line);
    if (!handle)
        memory_exhausted();
    bool good = yajl_parse(handle, (const unsigned char *)text, length) == yajl_status_ok &&
                yajl_complete_parse(handle) == yajl_status_ok;
    yajl_free(handle);
    return good && line->has_text;
}

static void write_line(const struct line *line, FILE *out)
{
    struct annotations found = {0};
    const char *text = buffer_string(&line->text);
    uint32_t length = (uint32_t)line->text.length;
    analyse_text(text, length, &found);
    struct json json = {
        .generator = json_generator(out), .points = points_new(text, length), .found = &found};
    yajl_gen_map_open(json.generator);
    json_key(json.generator, "id");
    if (line->id_kind == ID_STRING)
        json_bytes(json.generator, buffer_string(&line->id), line->id.length);
    else if (line->id_kind == ID_NUMBER)
        yajl_gen_number(json.generator, buffer_string(&line->id), line->id.length);
    else
        yajl_gen_null(json.generator);
    json_entities(&json);
    json_quotes(&json);
    yajl_gen_map_close(json.generator);
    fputc('\n', out);
    fflush(out);
    yajl_gen_free(json.generator);
    points_release(&json.points);
    annotations_release(&found);
}

/* One line of the input; blank ones say nothing. */
static bool annotate_line(const char *text, size_t length, FILE *out)
{
    struct line line = {0};
    if (text[strspn(text, " \t\r\n")] == '\0')
        return true;
    bool good = line_parse(&line, text, length) && line.text.length < UINT32_MAX;
    if (good)
        write_line(&line, out);
    line_release(&line);
    return good;
}

bool export_annotate(FILE *in, FILE *out, struct error *error)
{
    char *text = NULL;
    size_t size = 0;
    unsigned long number = 0;
    bool good = true;
    ssize_t length;
    while (good && (length = getline(&text, &size, in)) >= 0) {
        number++;
        good = annotate_line(text, (size_t)length, out);
    }
    free(text);
    if (!good)
        return error_set(error, "line %lu is no JSON object with a \"text\"", number);
    return !ferror(in) || error_set(error, "cannot read: %s", strerror(errno));
}
