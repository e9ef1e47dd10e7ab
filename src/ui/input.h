/*
 * The bytes a terminal sends, made into events. Pure: no terminal, no clock, no curses. Bytes may
 * come in any portions; the events are the same. Whatever is not understood is swallowed whole, so
 * that no part of an unknown sequence ever runs a binding.
 *
 *      read() -> bytes -> input_feed() -> event(), event(), ...
 *                              | input_pending()?
 *                              v
 *      nothing more for escape_ms -> input_timeout() -> event()
 */
#ifndef HEARSAY_UI_INPUT_H
#define HEARSAY_UI_INPUT_H

#include "hearsay/command.h"
#include "hearsay/keys.h"

#define INPUT_PASTE_MOST (1u << 20) /* bytes of one paste that are kept; the rest is dropped */
#define INPUT_PARAMETERS 6          /* of a sequence; more are ignored */
#define INPUT_PARTS      3          /* of a parameter, parted by ':'; more are ignored */

enum input_kind {
    INPUT_KEY,   /* key */
    INPUT_PASTE, /* text, length: the whole of it */
    INPUT_MOUSE, /* mouse, row, column */
    INPUT_FOCUS, /* focused: the terminal's window got (or lost) the focus */
    INPUT_REPLY  /* reply, numbers: an answer to what we asked the terminal */
};

enum input_reply {
    INPUT_REPLY_KITTY, /* CSI ? flags u:        numbers[0] the flags */
    INPUT_REPLY_MODE,  /* CSI ? mode ; state $ y: numbers[0] mode, [1] state (0: unknown, 1: set,
                          2: reset, 3 and 4: for ever so) */
    INPUT_REPLY_ATTRIBUTES /* CSI ? class ; ... c:   numbers[0] the class; every terminal answers */
};

struct input_event {
    enum input_kind kind;
    uint32_t key;     /* INPUT_KEY: as keys_make() makes them */
    const char *text; /* INPUT_PASTE: raw bytes as they came, not checked in any way; valid until
                         event() returns */
    size_t length;
    enum session_mouse mouse; /* INPUT_MOUSE: the left button and the wheel; */
    int row, column;          /* from 0; may lie outside of the screen */
    bool focused;
    enum input_reply reply;
    int numbers[2]; /* 0 where the reply had none */
};

/* What has been read of a sequence so far. To be looked at in input.c only. */
struct input {
    int state;
    bool alt;              /* ESC came before what is being read */
    unsigned char held[4]; /* bytes of a character, or of a mouse report to be swallowed */
    unsigned held_count, held_wanted;
    int parameters[INPUT_PARAMETERS][INPUT_PARTS];
    unsigned parameter, part;                        /* the one being read */
    unsigned char introducer, private, intermediate; /* of the sequence; 0: none */
    size_t length;        /* bytes of the sequence after its introducer */
    unsigned end_matched; /* bytes of the mark that ends a paste */
    struct buffer paste;
};

typedef void input_handler(const struct input_event *event, void *data);

void input_init(struct input *input);
void input_release(struct input *input);

/* Calls `event` for whatever is complete; it must not feed the same input. Linear. */
void input_feed(struct input *input, const char *bytes, size_t length, input_handler *event,
                void *data);

/* Something is begun that more bytes may complete, or the timeout will: call input_timeout() if
 * nothing comes for escape_ms. Within a paste it is false: that waits for its end however long. */
bool input_pending(const struct input *input);

/*
 * Milliseconds without a byte after which input_timeout() is due; -1: never. It is `escape_ms`
 * where a person may have pressed Escape; what else is cut in its middle is on its way through a
 * slow network, and is given a second, lest its end be taken for keys.
 */
int input_wait(const struct input *input, int escape_ms);

/* Nothing came. A lone ESC is <Esc>, "ESC [" is <M-[>, and what was cut in its middle is dropped.
 */
void input_timeout(struct input *input, input_handler *event, void *data);

#endif
