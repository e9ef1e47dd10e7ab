/*
 * yajl calls back for each piece; a stack of frames says where we are. Every object gets an item
 * when it opens, so that what stands inside knows what it stands in, and loses it again when it
 * closes, if it turned out to be nothing and is still the last.
 */
#include "json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "dates.h"

enum { KEY = 24, RAW = 64 /* bytes from which a text is long */, STEP = 1 << 20 };

struct frame {
    uint32_t item; /* of an object; DOCUMENT_NONE for an array */
    char key[KEY]; /* that this value stands under; empty within an array */
};

struct walk {
    const struct json_format *format;
    const struct import_input *input;
    struct thread *thread;
    VECTOR(struct frame) frames;
    yajl_handle parser;
    size_t piece;  /* where in the input that begins which the parser is reading, and counts from */
    char key[KEY]; /* of the value to come */
};

static struct frame *top_frame(struct walk *walk)
{
    return walk->frames.count ? &walk->frames.items[walk->frames.count - 1] : NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* A string within the input stays there. */
static struct text_ref keep(struct walk *walk, const char *text, size_t length)
{
    const char *start = walk->input->bytes;
    if (text >= start && text < start + walk->input->length) {
        return (struct text_ref){text, (uint32_t)length};
    }
    return thread_keep(walk->thread, text, length);
}

/*
 * A long text stays in the input even if it has escapes, which are undone when it is built: a copy
 * of all texts would be as large as what is shown. The string that has just been read ends where
 * the parser stands; it begins after the nearest quote before it that is not escaped.
 */
static bool keep_raw(const struct walk *walk, struct text_ref *raw)
{
    const char *start = walk->input->bytes;
    size_t end = walk->piece + yajl_get_bytes_consumed(walk->parser);
    if (end < 2 || end > walk->input->length || start[end - 1] != '"') {
        return false;
    }
    for (size_t at = end - 1; at > 0;) {
        const char *quote = memrchr(start, '"', at);
        if (!quote) {
            return false;
        }
        at = (size_t)(quote - start);
        size_t before = at;
        while (before > 0 && start[before - 1] == '\\') {
            before--;
        }
        if ((at - before) % 2 == 0) {
            *raw = (struct text_ref){quote + 1, (uint32_t)(end - 2 - at)};
            return true;
        }
    }
    return false;
}

static uint32_t hex_at(const char *at, const char *end)
{
    char digits[5] = "";
    memcpy(digits, at, end - at < 4 ? (size_t)(end - at) : 4);
    return (uint32_t)strtoul(digits, NULL, 16);
}

/* "\u....", where two may be the halves of one; past it. */
static const char *add_code(struct buffer *out, const char *at, const char *end)
{
    uint32_t code = hex_at(at, end);
    at = end - at < 4 ? end : at + 4;
    if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        uint32_t low = hex_at(at + 2, end);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 6;
        }
    }
    bool half = code >= 0xD800 && code < 0xE000;
    buffer_add_code_point(out, half ? UTF8_REPLACEMENT : code);
    return at;
}

/* The text of a string as it stands in the input. */
static void undo_escapes(struct buffer *out, struct text_ref raw)
{
    static const char codes[] = "bfnrt", bytes[] = "\b\f\n\r\t";
    const char *at = raw.text, *end = at + raw.length;
    while (at < end) {
        const char *escape = memchr(at, '\\', (size_t)(end - at));
        buffer_add(out, at, (size_t)((escape ? escape : end) - at));
        if (!escape || escape + 1 >= end) {
            return;
        }
        const char *code = memchr(codes, escape[1], sizeof codes - 1);
        at = escape + 2;
        if (escape[1] == 'u') {
            at = add_code(out, at, end);
        } else {
            buffer_addc(out, code ? bytes[code - codes] : escape[1]);
        }
    }
}

/* Digits, perhaps a fraction, which is dropped. */
static bool read_number(const char *text, size_t length, int64_t *value)
{
    size_t at = 0;
    bool negative = length && text[0] == '-';
    int64_t number = 0;
    at += negative;
    size_t first = at;
    while (at < length && text[at] >= '0' && text[at] <= '9' && number < INT64_MAX / 16) {
        number = number * 10 + (text[at++] - '0');
    }
    *value = negative ? -number : number;
    return at > first && (at == length || text[at] == '.' || text[at] == 'e' || text[at] == 'E');
}

static void set_time(struct thread_item *item, const char *text, size_t length)
{
    int64_t seconds;
    bool unknown = false;
    if (!read_number(text, length, &seconds)) {
        seconds = date_parse(text, length, &unknown);
    } else if (seconds > 100000000000) {
        seconds /= 1000;
    }
    if (seconds != TIME_NONE && seconds > 0 && seconds < 4102444800) {
        item->time = seconds;
        item->zone_unknown = unknown;
    }
}

static void set_number(struct walk *walk, struct thread_item *item, uint8_t target, int64_t value)
{
    if (value < INT32_MIN + 1 || value > INT32_MAX) {
        return;
    }
    if (target == JSON_SCORE) {
        item->score = (int32_t)value;
    } else if (target == JSON_LEVEL && value >= 0) {
        item->level = (uint32_t)value;
    } else if (target == JSON_COUNT && value >= 0) {
        item->number = (uint32_t)value;
    } else if (target == JSON_THREAD_COUNT && value >= 0) {
        walk->thread->stated = value;
    }
}

static struct text_ref *text_of(struct walk *walk, struct thread_item *item, uint8_t target)
{
    switch (target) {
    case JSON_ID:
        return &item->id;
    case JSON_PARENT:
        return &item->parent;
    case JSON_NAME:
    case JSON_NAME_BETTER:
        return &item->name;
    case JSON_BODY:
        return &item->body;
    case JSON_TITLE:
        return &item->title;
    case JSON_URL:
        return &item->url;
    case JSON_PATH:
        return &item->path;
    case JSON_THREAD_TITLE:
        return &walk->thread->title;
    default:
        return NULL;
    }
}

static uint8_t state_of(uint8_t target)
{
    static const uint8_t states[] = {COMMENT_DELETED, COMMENT_REMOVED, COMMENT_DEAD,
                                     COMMENT_COLLAPSED};
    return states[target - JSON_DELETED];
}

/* A scalar as the text it was written as. `truth`: what it counts as where that is asked. */
static void set_field(struct walk *walk, uint32_t index, uint8_t target, struct text_ref value,
                      bool truth)
{
    struct thread_item *item = &walk->thread->items.items[index];
    struct text_ref *text = text_of(walk, item, target);
    int64_t number;
    if (text) {
        bool weaker = text->length && (target == JSON_NAME || target == JSON_THREAD_TITLE ||
                                       target == JSON_TITLE || target == JSON_BODY);
        if (value.length && !weaker) {
            bool escaped = value.text < walk->input->bytes ||
                           value.text >= walk->input->bytes + walk->input->length;
            bool raw =
                target == JSON_BODY && escaped && value.length >= RAW && keep_raw(walk, text);
            item->raw = target == JSON_BODY ? raw : item->raw;
            *text = raw ? *text : keep(walk, value.text, value.length);
        }
    } else if (target == JSON_TIME || (target == JSON_TIME_WEAK && item->time == TIME_NONE)) {
        set_time(item, value.text, value.length);
    } else if (target == JSON_FLAG) {
        item->flag = item->flag || truth;
    } else if (target >= JSON_DELETED && target <= JSON_COLLAPSED) {
        item->state = truth ? state_of(target) : item->state;
    } else if (read_number(value.text, value.length, &number)) {
        set_number(walk, item, target, number);
    }
}

/* Of the object around the one that is open, an array between them left out. */
static const struct frame *frame_around(const struct walk *walk)
{
    size_t at = walk->frames.count - 1;
    at -= at > 0;
    at -= at > 0 && walk->frames.items[at].item == DOCUMENT_NONE;
    return walk->frames.count > 1 ? &walk->frames.items[at] : NULL;
}

/* One of the ids in an array that stands in the input from the first to the last. */
static void add_to_order(struct walk *walk, const struct frame *array, const char *text,
                         size_t length)
{
    const struct frame *around = walk->frames.count > 1 ? array - 1 : NULL;
    const char *start = walk->input->bytes;
    bool within = text >= start && text < start + walk->input->length;
    for (size_t i = 0; within && around && around->item != DOCUMENT_NONE && i < walk->format->count;
         i++) {
        const struct json_field *field = &walk->format->fields[i];
        if (field->target == JSON_ORDER && !strcmp(field->key, array->key)) {
            struct text_ref *order = &walk->thread->items.items[around->item].order;
            order->text = order->length ? order->text : text;
            order->length = (uint32_t)(text + length - order->text);
        }
    }
}

static void on_scalar(struct walk *walk, const char *text, size_t length, bool truth)
{
    struct frame *frame = top_frame(walk);
    if (frame && frame->item == DOCUMENT_NONE && frame->key[0]) {
        add_to_order(walk, frame, text, length);
    }
    if (!frame || frame->item == DOCUMENT_NONE || walk->key[0] == '\0') {
        return;
    }
    const struct frame *around = frame_around(walk);
    for (size_t i = 0; i < walk->format->count; i++) {
        const struct json_field *field = &walk->format->fields[i];
        if (field->key[0] != walk->key[0] || strcmp(field->key, walk->key) != 0) {
            continue;
        }
        if (!field->parent) {
            set_field(walk, frame->item, field->target, (struct text_ref){text, (uint32_t)length},
                      truth);
        } else if (around && around->item != DOCUMENT_NONE && !strcmp(field->parent, frame->key)) {
            set_field(walk, around->item, field->target, (struct text_ref){text, (uint32_t)length},
                      truth);
        }
    }
}

/* ---- callbacks ------------------------------------------------------------------------------- */

static int on_null(void *context)
{
    (void)context;
    return 1;
}

static int on_boolean(void *context, int value)
{
    on_scalar(context, "", 0, value != 0);
    return 1;
}

static int on_number(void *context, const char *text, size_t length)
{
    on_scalar(context, text, length, !(length == 1 && *text == '0'));
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    if (length < UINT32_MAX) {
        on_scalar(context, (const char *)text, length, length > 0);
    }
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    struct walk *walk = context;
    bool fits = length < KEY;
    memcpy(walk->key, text, fits ? length : 0);
    walk->key[fits ? length : 0] = '\0';
    return 1;
}

static void push_frame(struct walk *walk, bool object)
{
    struct frame frame = {.item = DOCUMENT_NONE};
    const struct frame *around = top_frame(walk);
    if (around) { /* what stands in an array stands under the array's key */
        memcpy(frame.key, around->item == DOCUMENT_NONE ? around->key : walk->key, KEY);
    }
    if (object) {
        uint32_t inside = DOCUMENT_NONE;
        assert(walk->frames.items || walk->frames.count == 0);
        for (size_t i = walk->frames.count;
             i-- > 0 && inside == DOCUMENT_NONE && i + 3 > walk->frames.count;) {
            inside = walk->frames.items[i].item;
        }
        frame.item = thread_add(walk->thread, inside);
    }
    vector_push(&walk->frames, frame);
    walk->key[0] = '\0';
}

static int on_open_object(void *context)
{
    push_frame(context, true);
    return 1;
}

static int on_open_array(void *context)
{
    push_frame(context, false);
    return 1;
}

static int on_close(void *context)
{
    struct walk *walk = context;
    struct frame frame = walk->frames.items[--walk->frames.count];
    walk->key[0] = '\0';
    if (frame.item == DOCUMENT_NONE) {
        return 1;
    }
    struct thread_item *item = &walk->thread->items.items[frame.item];
    walk->format->finish(walk->thread, item);
    if (item->kind == ITEM_NONE && frame.item + 1 == walk->thread->items.count) {
        walk->thread->items.count--;
    }
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_map_key = on_key,
    .yajl_start_map = on_open_object,
    .yajl_end_map = on_close,
    .yajl_start_array = on_open_array,
    .yajl_end_array = on_close,
};

/* ---- all of it ------------------------------------------------------------------------------- */

/* The byte at which the input stops being JSON; its length if it does not. */
static size_t parse(struct walk *walk)
{
    yajl_handle parser = walk->parser = yajl_alloc(&callbacks, NULL, walk);
    if (!parser) {
        memory_exhausted();
    }
    yajl_config(parser, yajl_allow_multiple_values, 1); /* a line each, in some files */
    yajl_config(parser, yajl_dont_validate_strings, 1);
    const unsigned char *bytes = (const unsigned char *)walk->input->bytes;
    size_t length = walk->input->length, at = 0;
    yajl_status status = yajl_status_ok;
    while (at < length && status == yajl_status_ok) {
        size_t size = length - at < STEP ? length - at : STEP;
        walk->piece = at;
        status = yajl_parse(parser, bytes + at, size);
        at += status == yajl_status_ok ? size : yajl_get_bytes_consumed(parser);
        if (walk->thread->builder) {
            builder_progress(walk->thread->builder, at, length);
        }
    }
    if (status == yajl_status_ok) {
        yajl_complete_parse(parser); /* what is still open is seen by the frames */
    }
    yajl_free(parser);
    return at;
}

/* Objects that were cut off still say what they are. */
static void close_all(struct walk *walk)
{
    while (walk->frames.count) {
        on_close(walk);
    }
}

size_t json_read(const struct import_input *input, const struct json_format *format,
                 struct thread *thread, bool *whole)
{
    struct walk walk = {.format = format, .input = input, .thread = thread};
    size_t end = parse(&walk);
    *whole = walk.frames.count == 0 && end == input->length;
    close_all(&walk);
    vector_release(&walk.frames);
    thread->undo = undo_escapes;
    return end;
}

bool json_import(const struct import_input *input, const struct json_format *format,
                 struct builder *builder, struct error *error)
{
    struct thread thread = {.stated = -1, .builder = builder};
    bool whole;
    size_t end = json_read(input, format, &thread, &whole);
    bool built = thread_build(&thread, builder, format->body);
    if (built && !whole) {
        struct buffer note = {0};
        buffer_printf(&note, "damaged at byte %zu: what comes after it is missing", end);
        builder_meta(builder, STRING_NOTE, note.data, note.length);
        buffer_release(&note);
    }
    thread_release(&thread);
    return built || error_set(error, "'%s' holds no thread that could be read", input->name);
}
