/*
 * What the files of the command room share: the session and its parts.
 *
 *      actions.c   the table of actions, and those that are one call of the reader
 *      session.c   keys in, wishes out; the parts put together
 *      prompt.c    a line being typed: a search, a command, a mark's letter
 *      listing.c   a text over the panes: help, problems
 *      status.c    the last row
 *      analysis.c  the analysis, in a thread of its own
 *      waiting.c   what must wait until the whole document has been read
 */
#ifndef HEARSAY_COMMAND_INTERNAL_H
#define HEARSAY_COMMAND_INTERNAL_H

#include "hearsay/command.h"

/* ---- actions
 * ------------------------------------------------------------------------------------- */

/* How an action was called. */
struct call {
    int count;            /* typed before it; 0: none */
    const char *argument; /* or NULL */
    int parameter;        /* of its row in the table: a direction, a pane, ... */
};

struct action {
    const char *name, *aliases;
    uint32_t contexts;
    const char *group, *arguments, *help;
    bool takes_count;
    unsigned (*run)(struct session *session, const struct call *call);
    int parameter;
};

const struct action *action_table(size_t *count);

/* Runs an action by its index; WISH_... */
unsigned action_run(struct session *session, uint32_t index, int count, const char *argument);

/* ---- a line being typed
 * ----------------------------------------------------------------------------- */

enum prompt_kind { PROMPT_NONE, PROMPT_SEARCH, PROMPT_COMMAND, PROMPT_SET_MARK, PROMPT_GO_TO_MARK };

#define HISTORY_KEPT 100

struct prompt {
    enum prompt_kind kind;
    bool backward;   /* of a search */
    bool in_listing; /* a search in the text over the panes */
    struct buffer text;
    size_t cursor;       /* bytes */
    size_t recalled;     /* lines back in the history, 0: the one being typed */
    struct buffer typed; /* what was being typed before the history was looked at */
};

struct history {
    VECTOR(char *) lines;
};

void prompt_open(struct session *session, enum prompt_kind kind, bool backward);
/* Takes a key that is bound to nothing in a prompt: text, or a mark's letter. */
unsigned prompt_type(struct session *session, uint32_t key);
unsigned prompt_insert(struct session *session, const char *text, size_t length);
unsigned prompt_accept(struct session *session);
unsigned prompt_cancel(struct session *session);
unsigned prompt_edit(struct session *session, const struct call *call); /* enum prompt_edit */
void prompt_draw(struct session *session, struct frame *frame, struct rect row);
void prompt_release(struct session *session);

enum prompt_edit {
    EDIT_DELETE_BACK,
    EDIT_DELETE_WORD,
    EDIT_DELETE_LINE,
    EDIT_LEFT,
    EDIT_RIGHT,
    EDIT_HOME,
    EDIT_END,
    EDIT_OLDER,
    EDIT_NEWER,
    EDIT_COMPLETE
};

/* ---- a text over the panes
 * ---------------------------------------------------------------------------- */

struct listing_line {
    uint32_t left, middle,
        end;          /* bytes of `text`: left column [left, middle), right [middle, end) */
    enum style style; /* of the right column; the left one is STYLE_KEY */
};

struct listing {
    bool open;
    char title[64];
    struct buffer text;
    VECTOR(struct listing_line) lines;
    int top, rows; /* first line on the screen; how many fit, as of the last drawing */
    int left_columns;
    struct buffer pattern;
};

void listing_open(struct session *session, const char *title);
void listing_close(struct session *session);
void listing_add(struct listing *listing, const char *left, const char *right, enum style style);
unsigned listing_scroll(struct session *session, int rows);
bool listing_search(struct session *session, const char *pattern, int direction);
void listing_draw(struct session *session, struct frame *frame);
void listing_release(struct listing *listing);

/* Help from the live bindings of the focused context. */
void help_open(struct session *session);

/* ---- the session
 * ------------------------------------------------------------------------------------------ */

struct analysis;

struct session {
    struct reader *reader;
    struct config *config;
    struct keymap *keymap;
    struct keymap_state keys;
    struct session_setup setup;

    struct prompt prompt;
    struct history searches, commands;
    struct listing listing;
    struct buffer message;
    bool message_is_error;

    struct {
        uint32_t action;
        int count;
        char *argument;
    } last;     /* for "repeat" */
    bool timed; /* a binding waits for its time to be up */
    bool mouse;
    int depth; /* of actions that run actions */

    struct import *import; /* while it runs */
    struct { /* an action that needs the whole document, and what was typed after it */
        bool active;
        uint32_t action;
        int count;
        char *argument;
        VECTOR(uint32_t) keys;
    } waiting;
    struct analysis *analysis; /* while it runs */
    bool analysed;
    struct annotations annotations;
    int rows, columns;
};

enum keymap_context session_context(const struct session *session);
void session_say(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);
void session_complain(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);

void status_draw(struct session *session, struct frame *frame, struct rect row);

/* ---- while the document is being read
 * --------------------------------------------------------------------- */

/* Puts an action off until the whole document is there. False: it can be run now. */
bool waiting_begin(struct session *session, uint32_t action, int count, const char *argument);
/* Takes a key while an action waits. */
unsigned waiting_key(struct session *session, uint32_t key);
/* Takes in what has been read; runs what has waited when that is all. */
unsigned waiting_work(struct session *session);
void waiting_release(struct session *session);

/* ---- the analysis
 * -------------------------------------------------------------------------------------------- */

/* Begins it in a thread; the document must live until analysis_end(). */
struct analysis *analysis_begin(const struct document *document, struct annotations *result);
/* A descriptor that becomes readable when it is done. */
int analysis_descriptor(const struct analysis *analysis);
bool analysis_is_done(const struct analysis *analysis);
/* Waits for it and frees. */
void analysis_end(struct analysis *analysis);

#endif
