/*
 * command: the actions a key can mean, one table of them, and the session that runs them: reader,
 * keymap, prompt, overlays and messages. Pure as the reader: keys in, a frame out. The terminal's
 * loop, --script and the tests drive it alike.
 */
#ifndef HEARSAY_COMMAND_H
#define HEARSAY_COMMAND_H

#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/export.h"
#include "hearsay/import.h"
#include "hearsay/keys.h"
#include "hearsay/reader.h"
#include "hearsay/store.h"

/* ---- the session -------------------------------------------------------------------- */

/* What the session wants of whoever drives it. */
enum wish {
    WISH_DRAW = 1,    /* something to be seen has changed */
    WISH_QUIT = 2,    /* leave */
    WISH_SUSPEND = 4, /* give the terminal back until continued */
    WISH_REPAINT = 8, /* paint everything anew (the screen was disturbed) */
    WISH_BELL = 16,   /* an unbound key; the terminal may be rung */
    WISH_MOUSE = 32,  /* session_wants_mouse() has changed */
    WISH_ERRAND = 64, /* session_errand() has something to be done outside */
    WISH_STOP = 128,  /* programs that are waited for are to be stopped */
    WISH_OPEN = 256,  /* another document: what is awaited, or session_item() */
};

struct session;

struct session_setup {
    const struct document *document;
    struct import *import;           /* that is still making it; NULL: it is complete */
    bool awaited;                    /* there is nothing of it yet: the document stands for it */
    const struct document *list;     /* of articles to choose from, or NULL */
    uint32_t article;                /* of the list that is shown; DOCUMENT_NONE: the list is */
    uint32_t article_before;         /* that was shown before it; DOCUMENT_NONE: none was */
    bool article_asked;              /* by its number: to leave it is to leave the program */
    struct config *config;           /* borrowed; a reload replaces what it holds */
    struct keymap *keymap;           /* owned by the session from now on */
    const char *config_path;         /* --config, or NULL */
    const char *keymap_name;         /* --keymap, or NULL: the setting's */
    const struct problems *problems; /* of settings and keys, told at the start; may be NULL */
    struct corrections *corrections; /* of this input, borrowed; NULL: there are none */
    const char *name;                /* of the input, for the status line */
    int64_t now;                     /* seconds since 1970; 0: unknown, no ages are told */
    struct store *store;             /* owned by the session from now on; NULL: remember nothing */
    const char *path;                /* of the file, for store_key(); NULL: standard input */
    unsigned item;                   /* the same */
    bool tracks_reading;             /* what is seen for a moment counts as read */
    const char *browser;             /* what $BROWSER says, or NULL */
};

struct session *session_new(const struct session_setup *setup);
void session_free(struct session *session);

/* What time it is by now. */
void session_set_now(struct session *session, int64_t now);
/* How many colours the terminal has; many, until this is called. */
void session_set_colours(struct session *session, int colours);

/* Each returns a set of enum wish. */
unsigned session_resize(struct session *session, int rows, int columns);
unsigned session_key(struct session *session, uint32_t key);
unsigned session_paste(struct session *session, const char *text, size_t length);

/* Time passes for a session when it is told so. Where there is a clock, before each of the others:
 * so many milliseconds since the last time. */
void session_pass(struct session *session, int64_t milliseconds);
/* What was to be waited for is due: it is as many milliseconds later as session_wait() says. */
unsigned session_timeout(struct session *session);

/* A mouse event at a cell. */
enum session_mouse { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };
unsigned session_mouse(struct session *session, enum session_mouse kind, int row, int column);
bool session_wants_mouse(const struct session *session);

/* Milliseconds from now after which session_timeout() is due; -1: never. */
int session_wait(const struct session *session);

/* Background work (analysis, counting): does a slice of a few milliseconds. `*more` while there is
 * work left. Never blocks a key for longer than the slice. */
unsigned session_work(struct session *session, bool *more);

/* A descriptor that becomes readable when there is work again for session_work(); -1: none. */
int session_wakeup(const struct session *session);

/* The article of the list that is to be opened, from 0; DOCUMENT_NONE: the list itself. */
uint32_t session_item(const struct session *session);

/* Waits for all background work and takes its results (<Wait> in a script). */
unsigned session_settle(struct session *session);

/* This visit is over: what is to be remembered is written before it returns. False: it could not
 * be, or something else has not been told yet; in `error` (or NULL). */
bool session_leave(struct session *session, struct error *error);

/* Work is being done that session_free() would have to wait for. */
bool session_is_busy(const struct session *session);

/* The settings are to be read again (SIGUSR1). */
unsigned session_reload(struct session *session);

/* What is to be seen now. */
void session_draw(struct session *session, struct frame *frame);

/* ---- errands: what is to be done outside -------------------------------------------- */

/*
 * The session is pure: where an action needs a program, a file or the terminal's clipboard, it asks
 * for it, and is told how it went. Whoever drives it takes errands after each turn, in their order:
 *
 *      WISH_ERRAND -> session_errand() -> done by ui -> session_errand_done() -> a message, a text
 */
enum errand_kind { ERRAND_COPY, ERRAND_OPEN, ERRAND_SAVE, ERRAND_PIPE };

struct errand {
    enum errand_kind kind;
    char **arguments; /* the program and what it is given; NULL: a file, the terminal's clipboard */
    bool terminal;    /* the program has the terminal until it ends */
    bool overwrite;   /* a file that is there */
    char *path;       /* ERRAND_SAVE; relative to where the program was started, or "~/..." */
    char *what;       /* it is about, for people: "comment of SEAL" */
    struct buffer data;             /* ERRAND_COPY: the bytes */
    const struct export_form *form; /* ERRAND_SAVE, ERRAND_PIPE: what is written, by */
    struct export_request source;   /* errand_write() */
    struct text_style style;
};

/* The next one, now the caller's to errand_release(). False: there is none. */
bool session_errand(struct session *session, struct errand *errand);
/* Writes what a program gets on standard input, or a file holds; check ferror(). */
void errand_write(const struct errand *errand, FILE *out);
void errand_release(struct errand *errand);

/* How it went. A program that is not waited for is told of twice at most: that it runs, and, if it
 * fails, that it did. */
struct errand_result {
    const char *problem; /* one sentence why it is not done; NULL: it is */
    bool started;        /* a program runs now; there will be another result */
    int status;          /* exit status of a program that has ended; above 128 a signal */
    size_t bytes;        /* written */
    const char *output;  /* of ERRAND_PIPE, not cleaned; `length` bytes */
    size_t length;
    bool cut; /* there was more of it */
};
unsigned session_errand_done(struct session *session, const struct errand *errand,
                             const struct errand_result *result);

/* ---- the table of actions ----------------------------------------------------------- */

/* For keymap_load(). */
const struct keymap_actions *command_actions(void);

struct command_info {
    const char *name;
    const char *arguments; /* "" or what may follow: "N", "PATTERN" */
    const char *group;     /* heading in help */
    const char *help;      /* one sentence, lower case, no full stop */
    uint32_t contexts;     /* KEYMAP_IN() bits */
    bool takes_count;
};

size_t command_count(void);
struct command_info command_info(size_t index);

/* --list-commands. */
void command_list(struct buffer *out);

#endif
