/*
 * clipboard: what makes a terminal copy (OSC 52), as bytes. Pure.
 */
#ifndef HEARSAY_UI_CLIPBOARD_H
#define HEARSAY_UI_CLIPBOARD_H

#include "hearsay/base.h"

/* Terminals and what is between drop more than about 100,000 bytes of the sequence in silence. */
#define CLIPBOARD_MOST 74994u

/* What the bytes must get through. */
enum clipboard_through { CLIPBOARD_PLAIN, CLIPBOARD_TMUX, CLIPBOARD_SCREEN };

/* By what the environment says: $TERM, and $TMUX and $STY, which may be NULL. */
enum clipboard_through clipboard_through(const char *term, const char *tmux, const char *screen);

void clipboard_sequence(enum clipboard_through through, const char *bytes, size_t length,
                        struct buffer *out);

#endif
