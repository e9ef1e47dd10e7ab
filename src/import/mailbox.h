/*
 * mailbox: many messages. A folder of files is made into one stream of bytes, so that it can be
 * read like a file; messages become items of a thread.
 */
#ifndef IMPORT_MAILBOX_H
#define IMPORT_MAILBOX_H

#include "mail.h"
#include "thread.h"

/* ---- folders --------------------------------------------------------------------------------- */

/*
 * Appends all messages below the directory to `out`: of a maildir those of "cur", "new" and of its
 * sub-folders, of another folder its own files; what is hidden or no message is left out. False:
 * there is none.
 */
bool folder_gather(int directory, struct buffer *out);

/* A stream that folder_gather() made. */
bool folder_is(const char *bytes, size_t length);

/* The member at `*at`, which moves past it; false at the end. `name` is that of its file. */
struct folder_member {
    const char *bytes, *name;
    size_t length, name_length;
};
bool folder_next(const char *bytes, size_t length, size_t *at, struct folder_member *member);

/* ---- messages -------------------------------------------------------------------------------- */

struct mailbox {
    struct thread thread;
    VECTOR(struct text_ref) subjects; /* of each item */
    struct mime *mime;
    uint32_t encoded; /* messages that could not be decoded */
};

/* Begins; mailbox_end() frees it. */
void mailbox_begin(struct mailbox *mailbox);
void mailbox_end(struct mailbox *mailbox);

/* Reads one message onto the end; its item, or DOCUMENT_NONE if it is none for readers. */
uint32_t mailbox_add(struct mailbox *mailbox, const char *bytes, size_t length);

/*
 * All messages are in: finds the threads that only subjects tell of, and titles. `by_time`: the
 * order in which they came means nothing.
 */
void mailbox_settle(struct mailbox *mailbox, bool by_time);

/* Marks a body that is HTML; no text begins with it. */
#define MAIL_HTML '\001'

#endif
