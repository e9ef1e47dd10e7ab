/*
 * mail: one message, raw -> who, when, about what, in reply to what, and its text as UTF-8.
 */
#ifndef IMPORT_MAIL_H
#define IMPORT_MAIL_H

#include "mime.h"

struct mail {
    struct buffer name, subject, id;
    struct buffer parents; /* ids that could be its parent's, best first, a line each */
    struct buffer root;    /* the oldest of them: the thread's first message; may be empty */
    struct buffer text;
    bool html;    /* the text is HTML: there was nothing else */
    bool encoded; /* the text could not be decoded, see mime.h */
    bool control; /* not for readers: a news server's command */
    int64_t time;
    bool zone_unknown;
    struct mime *mime; /* borrowed: what undoes it */
};

void mail_read(struct mail *mail, struct mime *mime, const char *bytes, size_t length);
void mail_release(struct mail *mail);

/* Joins the lines of a text in format=flowed (RFC 3676); `joined`: the blanks at their ends go. */
void mail_flow(struct buffer *out, const char *text, size_t length, bool joined);

#endif
