/*
 * What the forms of export share. Private.
 */
#ifndef HEARSAY_EXPORT_INTERNAL_H
#define HEARSAY_EXPORT_INTERNAL_H

#include "hearsay/export.h"

/* ---- the forms ------------------------------------------------------------------- */

void export_text(const struct export_request *request);
void export_markdown(const struct export_request *request);
void export_json(const struct export_request *request);
void export_quotes(const struct export_request *request);
void export_entities(const struct export_request *request);
void export_thread(const struct export_request *request);

/* ---- which part of the document ---------------------------------------------------- */

/* The article or not, and the comments [first, end), the first of which stands at `depth`. */
struct slice {
    bool article;
    uint32_t first, end, depth;
};
struct slice slice_of(const struct export_request *request);

/* ---- what several forms say ------------------------------------------------------ */

#define EXPORT_COLUMNS 80u

/* Only the quotes of `request->speaker`, where one is named: one flag an entity, for all of them at
 * once, since a name is looked for among its mentions. Free with bitset_release(). */
void speaker_find(struct bitset *wanted, const struct export_request *request);
bool speaker_is_wanted(const struct bitset *wanted, const struct export_request *request,
                       const struct quote *quote);

/* The name comment `index` goes by, "[deleted]" or the like where it has none. Never empty. */
void comment_add_name(struct buffer *out, const struct document *document, uint32_t index);

/* What stands for a text that is not there, the same way; "" where a comment has one. */
const char *comment_missing_text(const struct comment *comment);

/* "2012-11-05T10:11:00Z" with its NUL; false where the year has not four digits or is unknown. */
#define TIME_RFC_3339 32
bool time_rfc_3339(char text[TIME_RFC_3339], int64_t time);

#endif
