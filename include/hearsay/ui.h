/*
 * ui: the terminal. Bytes become keys, frames become cells, signals become flags; a dull loop moves
 * them between the terminal and a session. The only room that knows curses.
 */
#ifndef HEARSAY_UI_H
#define HEARSAY_UI_H

#include "hearsay/base.h"
#include "hearsay/command.h"
#include "hearsay/config.h"

/*
 * Call once, early in main(), before anything measures text: takes the locale's characters from the
 * environment, UTF-8 in any case. Everything else is as in C: what is said is English.
 */
void ui_set_locale(void);

/* Standard output is a terminal that can place a cursor; else a document had better be dumped. */
bool ui_has_screen(void);

/* The session that is on the screen. */
struct ui_reading {
    struct session *session; /* NULL at first: `next` makes it when the terminal has been opened */
    /* It wishes to be replaced (WISH_OPEN): the one that takes its place, or itself, or NULL, and
     * then it is over. The old one is freed by whoever has made it. */
    struct session *(*next)(void *data, struct session *session);
    void *data;
    struct error left; /* what could not be said on the screen any more; "": nothing */
};

/*
 * Runs a session on the terminal until it wants to quit, or a signal ends it (which is then raised
 * again after the terminal has been put back). `keys` are pressed first. Keys come from /dev/tty
 * when standard input is no terminal. False: the terminal cannot be used, the error says why.
 */
bool ui_run(struct ui_reading *reading, const struct config *config, const uint32_t *keys,
            size_t key_count, struct error *error);

struct ui_screen_request {
    int rows, columns;
    bool styles; /* a second block of one style letter a cell, and what the letters mean */
    const uint32_t *keys;
    size_t key_count;
};

/* Presses the keys and appends what would be seen on a terminal of that size; needs none itself. */
void ui_screen(struct ui_reading *reading, const struct config *config,
               const struct ui_screen_request *request, struct buffer *out);

#endif
