/*
 * mail: one message, raw -> who, when, about what, in reply to what, and its text as UTF-8.
 */
#ifndef IMPORT_MAIL_H
#define IMPORT_MAIL_H

#include "hearsay/base.h"

struct mail {
    struct buffer name, subject, id;
    struct buffer parents; /* ids that could be its parent's, best first, a line each */
    struct buffer text;
    bool html;    /* the text is HTML: there was nothing else */
    bool control; /* not for readers: a news server's command */
    int64_t time;
    bool zone_unknown;
};

void mail_read(struct mail *mail, const char *bytes, size_t length);
void mail_release(struct mail *mail);

#endif
