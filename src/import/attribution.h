/*
 * attribution: one line that may say who wrote something and when, for importers of pages whose
 * markup does not part the two. The reading is the plain-text importer's.
 */
#ifndef IMPORT_ATTRIBUTION_H
#define IMPORT_ATTRIBUTION_H

#include "hearsay/base.h"

struct attribution {
    const char *name; /* within the text */
    size_t length;
    int64_t time;
    bool zone_unknown;
};

/* "Comment by NAME on DATE", "Pingback: NAME". False: it is something else, or no more than a name.
 */
bool text_attribution(const char *text, size_t length, struct attribution *found);

#endif
