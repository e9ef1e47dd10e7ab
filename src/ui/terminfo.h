/*
 * terminfo: what is known of the terminal before curses takes it over. A file of its own, for
 * term.h makes macros of such words as "lines" and "columns".
 */
#ifndef HEARSAY_UI_TERMINFO_H
#define HEARSAY_UI_TERMINFO_H

#include <stdbool.h>
#include <stddef.h>

/* The terminal's name as terminfo knows it: what TERM says, else one that most understand. */
const char *terminfo_name(void);

/* It can place the cursor. */
bool terminfo_has_screen(const char *name);

/* The terminal in use by curses has a second screen, so that what was there comes back. */
bool terminfo_has_own_screen(void);

/* Appends to `text` (of `size` bytes, NUL-terminated) what leaves the alternate screen with plain
 * attributes and a cursor; what does not fit is left out. */
void terminfo_add_restore(const char *name, char *text, size_t size);

#endif
