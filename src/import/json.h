/*
 * json: a walk through JSON of any size and depth that fills the items of a thread from a table of
 * fields. No tree is built; strings that need no decoding stay in the input.
 */
#ifndef IMPORT_JSON_H
#define IMPORT_JSON_H

#include "hearsay/import.h"
#include "thread.h"

enum json_target {
    JSON_ID,
    JSON_PARENT,
    JSON_NAME,
    JSON_NAME_BETTER, /* wins over JSON_NAME where both are there */
    JSON_BODY,
    JSON_TITLE,
    JSON_URL,
    JSON_PATH,
    JSON_ORDER,     /* an array of ids, of its replies */
    JSON_TIME_WEAK, /* only where no JSON_TIME is there */
    JSON_TIME,      /* seconds, or a date in words */
    JSON_SCORE,
    JSON_LEVEL,
    JSON_COUNT, /* stated comments, or of a stub */
    JSON_FLAG,  /* the format's own: true, or a string that is not empty */
    JSON_DELETED,
    JSON_REMOVED,
    JSON_DEAD,
    JSON_COLLAPSED, /* true or a string: the state */
    JSON_THREAD_TITLE,
    JSON_THREAD_COUNT,
};

/* `parent`: the key that the object stands under directly; then the field is that of the object
 * around it ("content" under "comment"). NULL: any. */
struct json_field {
    const char *key, *parent;
    uint8_t target;
};

struct json_format {
    const struct json_field *fields;
    size_t count;
    /* An object has ended: says what it is by setting its kind (ITEM_NONE at first). */
    void (*finish)(struct thread *thread, struct thread_item *item);
    thread_body *body;
};

/* Adds the items of JSON to a thread; the byte at which it ends, or stops being JSON. Strings may
 * stay in the input, which must live as long. */
size_t json_read(const struct import_input *input, const struct json_format *format,
                 struct thread *thread, bool *whole);

/* Reads what there is: a fault in the middle costs what comes after it, and is told in a note. */
bool json_import(const struct import_input *input, const struct json_format *format,
                 struct builder *builder, struct error *error);

#endif
