/*
 * export: a document and what was found in it, written for other programs and for paper.
 *
 * All of it is a stream to a FILE; the caller checks ferror() when it closes. Offsets in JSON count
 * Unicode code points of the item's text, everything else here is as in document.h and analyse.h.
 */
#ifndef HEARSAY_EXPORT_H
#define HEARSAY_EXPORT_H

#include "hearsay/analyse.h"
#include "hearsay/base.h"
#include "hearsay/document.h"
#include "hearsay/layout.h"

#include <stdio.h>

/* How much of a document is written: the whole, one comment (or the article alone), or a comment
 * with all that answers it. */
enum export_part { EXPORT_ALL, EXPORT_ITEM, EXPORT_BRANCH };

struct export_request {
    const struct document *document;
    enum export_part part;
    uint32_t comment;                      /* of a part; DOCUMENT_NONE: the article */
    const struct annotations *annotations; /* NULL where the form needs none */
    uint32_t columns;                      /* width of text; 0: 80 */
    const char *speaker;                   /* only this one's quotes; NULL: all */
    const struct text_style *style;        /* how text is measured */
    FILE *out;
};

#define EXPORT_UNWRAPPED 10000u /* columns: more than any width, a paragraph becomes one line */

struct export_form {
    const char *name; /* as in --dump=NAME */
    const char *help; /* one line */
    bool needs_annotations;
    void (*write)(const struct export_request *request);
};

/* text, markdown, json, quotes, entities, thread; the first is the default. */
const struct export_form *export_forms(size_t *count);
const struct export_form *export_form_find(const char *name); /* or NULL */

/* A time as all forms have it, "3 May 2021 14:10" in UTC, without a time of day at midnight;
 * nothing for TIME_NONE. */
void export_time(struct buffer *out, int64_t time);

/*
 * A quotation as one cites it, on one line with its source: the words, who said them and in which
 * role, then title, site, date and address, as far as they are known. A speaker who is a guess is
 * not named. `request` needs document and annotations; nothing is written to its file.
 */
void export_citation(const struct export_request *request, uint32_t quote, struct buffer *out);

/*
 * --annotate: JSON Lines {"id", "text", ...} from `in`, one line a document to `out` with id,
 * entities and quotes. Lines that cannot be read are
 * passed over; then it is false in the end, and the error names the first.
 */
bool export_annotate(FILE *in, FILE *out, struct error *error);

#endif
