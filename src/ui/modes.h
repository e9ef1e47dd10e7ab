/*
 * modes: what is switched on at the terminal that curses knows nothing of: bracketed paste, the
 * mouse, right-to-left text as it comes, kitty's keyboard protocol, synchronised output. The last
 * two only where the terminal has said that it has them; it is asked once, at the beginning, and
 * nobody waits for the answer.
 *
 * All of it is written to the descriptor directly, so call only while curses has nothing pending.
 */
#ifndef HEARSAY_UI_MODES_H
#define HEARSAY_UI_MODES_H

#include "input.h"

struct modes {
    int descriptor;
    bool on;                  /* in force now */
    bool quiet;               /* the terminal shows no sequence that it does not know */
    bool mouse;               /* wanted */
    bool as_it_comes;         /* wanted: right-to-left text is not turned round */
    bool kitty, synchronised; /* the terminal has them */
    bool waiting;             /* for answers */
    int64_t asked;            /* when, in milliseconds of the clock */
};

/* Everything on; what was wanted of text's direction stays. `name` is the terminal's: of those that
 * may show questions on the screen, nothing is asked. */
void modes_begin(struct modes *modes, int descriptor, const char *name);

/* For a while, as in a suspended program; modes_off() is the end, too. */
void modes_on(struct modes *modes);
void modes_off(struct modes *modes);

void modes_mouse(struct modes *modes, bool on);
void modes_bidi(struct modes *modes, bool terminal); /* the terminal turns text round, or nobody */

/* An INPUT_REPLY has come. */
void modes_reply(struct modes *modes, const struct input_event *event);

/* Writes what is to be seen at once, and says so to the terminal where that matters and it can. */
void modes_write_frame(const struct modes *modes, const struct buffer *frame, bool at_once);

/* Bytes of a sequence, whole. False: they could not be written. */
bool modes_send(const struct modes *modes, const char *bytes, size_t length);

/* Answers that are still on their way would be typed into whatever comes after us: reads them from
 * `keys`, but for no longer than a moment after they were asked for. */
void modes_drain(struct modes *modes, int keys);

/* What switches off all that may be on; appended to `text` of `size` bytes. */
void modes_add_restore(const struct modes *modes, char *text, size_t size);

#endif
