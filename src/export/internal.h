/*
 * What the forms share.
 *
 *      points.c    bytes of the pool to code points
 *      json.c      the object of --dump=json, and what --annotate writes of a text
 *      text.c      text for reading and for reading in again; the thread alone
 *      markdown.c  the same as Markdown
 *      lists.c     quotes and entities, a line each
 *      annotate.c  JSON Lines in, JSON Lines out
 */
#ifndef HEARSAY_EXPORT_INTERNAL_H
#define HEARSAY_EXPORT_INTERNAL_H

#include "hearsay/export.h"

#include <yajl/yajl_gen.h>

void export_text(const struct export_request *request);
void export_thread(const struct export_request *request);
void export_markdown(const struct export_request *request);
void export_json(const struct export_request *request);
void export_quotes(const struct export_request *request);
void export_entities(const struct export_request *request);

/* ---- code points -------------------------------------------------------------------- */

/* How many code points stand before a byte, for any byte of a text in O(1). Borrows the text. */
struct points {
    const char *text;
    uint32_t length;
    uint32_t *marks; /* before each POINTS_STEP-th byte */
};

struct points points_new(const char *text, uint32_t length);
void points_release(struct points *points);
uint32_t points_before(const struct points *points, uint32_t byte);

/* ---- JSON --------------------------------------------------------------------------- */

/* A generator, and the text that offsets are counted in. */
struct json {
    yajl_gen generator;
    struct points points;
    const struct document *document; /* NULL: a bare text, with nothing around it */
    const struct annotations *found;
};

/* A generator that writes to `out`, one line an object. */
yajl_gen json_generator(FILE *out);
void json_key(yajl_gen generator, const char *key);
void json_bytes(yajl_gen generator, const char *text, size_t length);
/* The arrays "entities" and "quotes" with their keys. */
void json_entities(const struct json *json);
void json_quotes(const struct json *json);

/* ---- other -------------------------------------------------------------------------- */

#define EXPORT_TIME 32
/* "3 May 2021 14:10", or without the hour at midnight; "" for TIME_NONE or years of no calendar. */
void export_time(int64_t time, char text[EXPORT_TIME]);

#endif
