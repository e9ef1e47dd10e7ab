/*
 * mime: what of a message is encoded, undone by GMime, where that is there. Without it plain mail
 * is read all the same, and what is encoded is shown as it is.
 */
#ifndef IMPORT_MIME_H
#define IMPORT_MIME_H

#include "hearsay/import.h"

/* GMime, loaded when it is first needed: most files are no mail, and start faster without it. */
struct mime;
struct mime *mime_new(void);
void mime_free(struct mime *mime); /* null is fine */

/* Loads it. False: it is not on this machine, or was left out of the build. */
bool mime_load(struct mime *mime);

/* Loads it if anything in there is encoded, while there are files. */
void mime_prepare(const struct import_input *input);

/* A header's value, its folds undone, with words like "=?utf-8?B?...?=" -> UTF-8. */
void mime_words(struct mime *mime, struct buffer *out, const char *value);

/* A part of a message, in its order. */
struct mime_part {
    const char *bytes; /* its transfer encoding undone, its charset not */
    size_t length;
    const char *charset; /* or NULL: it states none */
    const char *name;    /* of an attachment, whose bytes are not given; or NULL */
    bool html;
    bool flowed, joined; /* format=flowed, delsp=yes */
    bool choice;         /* the same in another form stands beside it */
};
typedef void mime_take(void *data, const struct mime_part *part);

/* Takes a whole message, headers and all, apart: texts and the names of attachments. */
void mime_read(struct mime *mime, const char *bytes, size_t length, mime_take *take, void *data);

#endif
