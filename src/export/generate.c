/* A JSON generator on a FILE, and offsets in code points. */
#include "json.h"

#include "hearsay/document.h"

#include <stdlib.h>
#include <string.h>

/* ---- offsets --------------------------------------------------------------------- */

void offsets_build(struct offsets *offsets, const char *text, uint32_t length)
{
    offsets->text = text;
    offsets->length = length;
    vector_clear(&offsets->before);
    uint32_t points = 0;
    for (uint32_t at = 0;;) {
        vector_push(&offsets->before, points);
        if (length - at < OFFSETS_STEP)
            return;
        points += (uint32_t)utf8_count(text + at, OFFSETS_STEP);
        at += OFFSETS_STEP;
    }
}

void offsets_release(struct offsets *offsets)
{
    vector_release(&offsets->before);
}

uint32_t offsets_points(const struct offsets *offsets, uint32_t byte)
{
    byte = byte < offsets->length ? byte : offsets->length;
    uint32_t step = byte / OFFSETS_STEP, start = step * OFFSETS_STEP;
    return offsets->before.items[step] + (uint32_t)utf8_count(offsets->text + start, byte - start);
}

/* ---- the generator --------------------------------------------------------------- */

static void *take(void *context, size_t size)
{
    (void)context;
    return xmalloc(size);
}

static void *take_again(void *context, void *pointer, size_t size)
{
    (void)context;
    return xreallocarray(pointer, size ? size : 1, 1);
}

static void give_back(void *context, void *pointer)
{
    (void)context;
    free(pointer);
}

const yajl_alloc_funcs json_memory = {take, take_again, give_back, NULL};

static void print(void *file, const char *text, size_t length)
{
    fwrite(text, 1, length, file);
}

yajl_gen json_open(FILE *out)
{
    yajl_gen json = yajl_gen_alloc(&json_memory);
    yajl_gen_config(json, yajl_gen_print_callback, print, out);
    return json;
}

void json_close(yajl_gen json, FILE *out)
{
    yajl_gen_free(json);
    fputc('\n', out);
}

void json_string(yajl_gen json, const char *text, size_t length)
{
    struct buffer mended = {0};
    if (length && !utf8_is_valid(text, length)) {
        text_clean(&mended, text, length, 0);
        text = buffer_string(&mended);
        length = mended.length;
    }
    yajl_gen_string(json, (const unsigned char *)text, length);
    buffer_release(&mended);
}

void json_text(yajl_gen json, const char *string)
{
    json_string(json, string, strlen(string));
}

void json_key(yajl_gen json, const char *key)
{
    json_text(json, key);
}

void json_text_or_null(yajl_gen json, const char *text, size_t length)
{
    if (length)
        json_string(json, text, length);
    else
        yajl_gen_null(json);
}
