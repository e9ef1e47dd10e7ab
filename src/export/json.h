/*
 * Writing JSON: a generator on a FILE, byte offsets into code points, and the part that --dump=json
 * and --annotate have in common. Private.
 */
#ifndef HEARSAY_EXPORT_JSON_H
#define HEARSAY_EXPORT_JSON_H

#include "internal.h"

#include "hearsay/analyse.h"
#include "hearsay/base.h"

#include <stdio.h>
#include <yajl/yajl_gen.h>

/* ---- offsets --------------------------------------------------------------------- */

/*
 * Code points before a byte of a text. A checkpoint each OFFSETS_STEP bytes holds how many begin
 * before it; what is left is counted:
 *
 *      text    |--------|--------|----x---|--     places   0  3 9 17 ...
 *      before  0        998      1990
 */
#define OFFSETS_STEP 1024u

struct offsets {
    const char *text; /* borrowed; valid UTF-8 */
    uint32_t length;
    VECTOR(uint32_t) before;
};

void offsets_build(struct offsets *offsets, const char *text, uint32_t length);
void offsets_release(struct offsets *offsets);
uint32_t offsets_points(const struct offsets *offsets, uint32_t byte); /* O(OFFSETS_STEP) */

/* ---- the generator --------------------------------------------------------------- */

/* For parsers and generators: out of memory ends the program, as everywhere. */
extern const yajl_alloc_funcs json_memory;

/* Errors cannot happen where the calls are balanced. */
yajl_gen json_open(FILE *out);
/* Frees it and ends the line. */
void json_close(yajl_gen json, FILE *out);

void json_key(yajl_gen json, const char *key);
void json_string(yajl_gen json, const char *text, size_t length); /* mended if not UTF-8 */
void json_text(yajl_gen json, const char *string);
void json_text_or_null(yajl_gen json, const char *text, size_t length); /* null where empty */

/* ---- what was found -------------------------------------------------------------- */

/*
 * Where the ranges of annotations lie: in which item, and where that begins. Without `document`
 * there is one item, the whole text, and nothing is said of where things are.
 */
struct findings {
    const struct annotations *found;
    const struct document *document; /* or NULL */
    struct slice slice;              /* of the document: nothing is said of items outside of it */
    struct offsets offsets;
    const struct bitset *quotes; /* those to be written; NULL: all */
};

/* "entities": [...], then "quotes": [...], within an open object. */
void json_entities(yajl_gen json, const struct findings *findings);
void json_quotes(yajl_gen json, const struct findings *findings);
void json_passages(yajl_gen json, const struct findings *findings);

/* A comment's id as a JSON string, or "article" for DOCUMENT_NONE. */
void json_item(yajl_gen json, const struct document *document, uint32_t comment);

#endif
