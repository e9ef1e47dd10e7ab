/*
 * terminfo: what is known of the terminal before curses takes it over. A file of its own, for
 * term.h makes macros of such words as "lines" and "columns".
 */
#ifndef HEARSAY_UI_TERMINFO_H
#define HEARSAY_UI_TERMINFO_H

#include <stdbool.h>

#define TERMINFO_LEAVE 256 /* bytes */

/* Of the terminal that TERM names, else of one that most understand. */
struct terminfo {
    const char *name;
    bool has_screen;            /* it can place the cursor */
    char leave[TERMINFO_LEAVE]; /* leaves the alternate screen, with plain attributes and a cursor;
                                    what does not fit is left out */
};

/* Reads the description, which takes a file. */
struct terminfo terminfo_look(void);

/* The terminal in use by curses has a second screen, so that what was there comes back. */
bool terminfo_has_own_screen(void);

#endif
