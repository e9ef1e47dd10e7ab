/*
 * What the files of the command room share: the session and its parts.
 *
 *      actions.c   the table of actions, and those that are one call of the reader
 *      commands.c  that table in words
 *      session.c   keys in, wishes out; the parts put together
 *      prompt.c    a line being typed: a search, a command, a mark's letter
 *      line.c      the command line: running and completing
 *      picker.c    a list to choose from by typing, and the palette of all actions
 *      fuzzy.c     how well a few letters name something
 *      steps.c     actions kept for later, and the last ones done again
 *      record.c    keys recorded under a letter, and played
 *      arrange.c   the order of the thread, and filters
 *      settings.c  settings read again, or set one by one
 *      listing.c   lines in columns, over the panes
 *      messages.c  what there is to say, and what was said
 *      panel.c     the same in a panel above the last row
 *      peek.c      what a comment answers, in such a panel
 *      help.c      what the keys do: help, and what can follow a prefix
 *      describe.c  what one key does, and where that was said
 *      mouse.c     the mouse
 *      errand.c    what is to be done outside, and how it went
 *      copy.c      comments, links and quotations for the clipboard
 *      save.c      a file of it, or a program's input
 *      open.c      links: choosing and opening them
 *      arguments.c the words of a command (arguments.h)
 *      best.c      the best of many, as many as a list holds
 *      overview.c  the newest, the best, a map of the thread
 *      people.c    who writes, and who answers whom
 *      status.c    the last row
 *      analysis.c  the analysis, in a thread of its own
 *      articles.c  of a file with many articles: the list to choose from
 *      correct.c   what it found, corrected by hand
 *      voices.c    who gets to speak
 *      remember.c  what is remembered between visits, and what counts as read
 *      waiting.c   what must wait until the whole document has been read
 */
#ifndef HEARSAY_COMMAND_INTERNAL_H
#define HEARSAY_COMMAND_INTERNAL_H

#include "hearsay/command.h"

/* ---- actions --------------------------------------------------------------------------------- */

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

bool action_is(uint32_t action, const char *name);
/* "repeat" does it again: it is about the text, not about the program or a line being typed. */
bool action_repeats(uint32_t action);

/* Runs an action by its index; WISH_... */
unsigned action_run(struct session *session, uint32_t index, int count, const char *argument);

/* Actions one after the other, with arguments of their own. */
struct step {
    uint32_t action;
    int count;
    char *argument; /* or NULL */
};

struct steps {
    struct step *items;
    size_t count, capacity;
};

void steps_add(struct steps *steps, uint32_t action, int count, const char *argument);
/* Runs them, each with `count` if that is more than 0; they must stay as they are meanwhile. */
unsigned steps_run(struct session *session, const struct steps *steps, int count);
/* Runs what keys or a name stand for, and remembers it for "repeat" where that has a sense. */
unsigned steps_do(struct session *session, const struct keymap_step *steps, uint32_t step_count,
                  int count);
void steps_clear(struct steps *steps);
void steps_release(struct steps *steps);
unsigned run_repeat(struct session *session, const struct call *call);

/* ---- a line being typed ---------------------------------------------------------------------- */

enum prompt_kind {
    PROMPT_NONE,
    PROMPT_SEARCH,
    PROMPT_COMMAND,
    PROMPT_FILTER,
    PROMPT_PICK,     /* letters that choose from the list above */
    PROMPT_SET_MARK, /* these and all after them take one letter */
    PROMPT_GO_TO_MARK,
    PROMPT_RECORD,
    PROMPT_PLAY
};

#define HISTORY_KEPT 1000 /* lines; of earlier visits as many as the setting says */

struct prompt {
    enum prompt_kind kind;
    bool backward;   /* of a search */
    bool in_listing; /* a search in the text over the panes */
    struct buffer text;
    size_t cursor;       /* bytes */
    size_t completing;   /* where the word that is being completed begins */
    size_t recalled;     /* lines back in the history, 0: the one being typed */
    struct buffer typed; /* what was being typed before the history was looked at */
};

struct history {
    VECTOR(char *) lines;
};

void history_add(struct history *history, const char *line); /* but not twice in a row */
void history_release(struct history *history);

/* One that is open is left, as by prompt_cancel(). */
void prompt_open(struct session *session, enum prompt_kind kind, bool backward);
bool prompt_takes_letter(const struct session *session); /* a single one, and that at once */
/* Takes a key that is bound to nothing in a prompt: text, or a mark's letter. */
unsigned prompt_type(struct session *session, uint32_t key);
unsigned prompt_insert(struct session *session, const char *text, size_t length);
/* Puts text in the place of [start, end), and the cursor after it. */
void prompt_replace(struct session *session, size_t start, size_t end, const char *text,
                    size_t length);
unsigned prompt_accept(struct session *session);
unsigned prompt_cancel(struct session *session);
unsigned prompt_edit(struct session *session, const struct call *call); /* enum prompt_edit */
void prompt_draw(struct session *session, struct frame *frame, struct rect row);
void prompt_release(struct session *session);
/* Puts what was typed at earlier visits before what has been typed at this one. */
void prompt_recall(struct session *session);

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
    EDIT_COMPLETE,
    EDIT_COMPLETE_BACK
};

/* Runs "12 name argument"; a number alone goes there. */
unsigned command_run(struct session *session, const char *line);
/* Completes the command line as far as it is clear, then offers one after the other. */
void command_complete(struct session *session, int step);
/* Adds `word` to what is offered if it goes on from what was typed. */
void command_offer(struct session *session, const char *typed, const char *word, const char *help,
                   const char *note);

/* ---- a list of lines, and where it is shown -------------------------------------------------- */

struct listing_line {
    uint32_t left, middle, note, end; /* bytes of `text`: three columns, one after the other */
    bool heading;
    uint32_t number; /* of a wrapped one: of the line that it is a part of */
};

struct listing {
    bool open; /* over the panes */
    char title[64];
    struct buffer text;
    VECTOR(struct listing_line) lines;
    int top, rows; /* first line on the screen; how many fit, as of the last drawing */
    int left_columns;
    int selected; /* a line, or -1 */
    struct buffer pattern;
    struct listing *whole; /* its lines before they were wrapped, owned; NULL: they are not */
};

void listing_clear(struct listing *listing);
void listing_add(struct listing *listing, const char *left, const char *right, const char *note);
/* Makes several lines of those that do not fit a screen of so many columns. */
void listing_wrap(struct listing *listing, int columns);
/* The screen has another width: what was wrapped is wrapped for that. */
void listing_rewrap(struct listing *listing, int columns);
void listing_heading(struct listing *listing, const char *text);
/* Text, with a mark where it does not fit. */
void listing_print_cut(struct frame *frame, struct rect where, enum style style, const char *text,
                       size_t length);
/* Appends words of the document, at most so many bytes, as they stand on one line of a list. */
void listing_words(struct buffer *out, const struct document *document, struct range range,
                   size_t most);
void listing_draw_line(const struct listing *listing, struct frame *frame, struct rect row,
                       size_t number);
void listing_release(struct listing *listing);

/* Over all panes: help. */
void listing_open(struct session *session, const char *title);
/* What is to be read on top of the panes, and is scrolled, searched and closed; NULL: nothing. */
struct listing *listing_on_top(struct session *session);
void listing_close(struct session *session); /* that one */
unsigned listing_scroll(struct session *session, int rows);
bool listing_search(struct session *session, const char *pattern, int direction);
void listing_draw(struct session *session, struct frame *frame);

/* In a panel above the last row; there is one at a time. */
enum panel_kind {
    PANEL_NONE,
    PANEL_HINT,       /* what can follow the keys typed; gone with the next key */
    PANEL_ANSWER,     /* what was asked; gone with the next action, which "quit" is not then */
    PANEL_COMPLETION, /* of what is being typed */
    PANEL_PICKER,
    PANEL_PEEK /* what a comment answers; stays until it is closed */
};

struct panel {
    enum panel_kind kind;
    bool is_new; /* opened by the keys that are being run */
    struct listing list;
    struct rect covered; /* by it, as of the last drawing; as wide as the screen */
    bool chain; /* these of a peek: all above the comment; the comment; how wide it was made for */
    uint32_t comment;
    int columns;
};

/* An empty panel of that kind, to be filled. */
struct listing *panel_open(struct session *session, enum panel_kind kind);
void panel_close(struct session *session, enum panel_kind kind); /* if it is that one */
void panel_draw(struct session *session, struct frame *frame);
/* The peek is of the comment that has the focus, and as wide as the screen. */
void peek_follow(struct session *session);
unsigned run_peek(struct session *session, const struct call *call);
/* The line of the panel, as last drawn, that stands on a row of the screen; -1: none. */
int panel_line_at(const struct session *session, int row);

/* ---- keys recorded and played ---------------------------------------------------------------- */

struct recorded {
    uint32_t letter;
    struct key_list keys;
};

struct record {
    VECTOR(struct recorded) all;
    uint32_t letter; /* that is being recorded; 0: none */
    uint32_t last;   /* that was played last */
    size_t command;  /* how many keys were recorded before those of the command being typed */
    VECTOR(uint32_t) playing; /* to be played, the next one last */
    int playing_left;         /* keys that may still be played; 0: nothing is being played */
    int times;
};

void record_key(struct session *session, uint32_t key); /* was typed, and is about to be taken */
unsigned record_begin(struct session *session, uint32_t letter);
unsigned record_play(struct session *session, uint32_t letter);
unsigned record_play_all(struct session *session); /* what record_play() has put in line */
unsigned run_record(struct session *session, const struct call *call);
unsigned run_play(struct session *session, const struct call *call);
void record_release(struct session *session);

/* ---- a list to choose from ------------------------------------------------------------------- */

struct picker_item {
    uint32_t name, help, note; /* in `text` */
    uint32_t value;            /* for whoever made the list */
    uint32_t order;
    int score; /* how well it fits what was typed; 0: not */
};

struct picker {
    char title[48]; /* in the rule above it; "": none */
    struct buffer text;
    VECTOR(struct picker_item) items; /* those that fit come first, the best before all */
    unsigned (*chosen)(struct session *session, uint32_t value);
    unsigned (*copied)(struct session *session, uint32_t value); /* or NULL */
};

/* Begin, add, show. `chosen` is called when one is taken, after the picker is gone. */
void picker_begin(struct session *session, unsigned (*chosen)(struct session *, uint32_t));
void picker_title(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);
void picker_add(struct session *session, const char *name, const char *help, const char *note,
                uint32_t value);
void picker_show(struct session *session);
void picker_filter(struct session *session); /* what was typed has changed */
unsigned picker_move(struct session *session, int steps);
unsigned picker_accept(struct session *session);
void picker_release(struct picker *picker);

unsigned run_palette(struct session *session, const struct call *call);

/* How well `pattern` names `text`: 0 not at all, more is better. */
int fuzzy_score(const char *pattern, const char *text);

/* ---- the thread's arrangement ---------------------------------------------------------------- */

unsigned run_sort(struct session *session, const struct call *call); /* enum reader_sorted */
size_t offer_orders(struct session *session, const char *typed);

unsigned run_filter(struct session *session, const struct call *call);
unsigned run_filter_author(struct session *session, const struct call *call);
unsigned run_filter_name(struct session *session, const struct call *call); /* true: quoted */
unsigned run_filter_pop(struct session *session, const struct call *call);  /* 1: all of them */
unsigned run_filter_context(struct session *session, const struct call *call);
unsigned filter_author(struct session *session, uint32_t author);
/* Lays a filter on; an empty one takes all away. */
unsigned filter_apply(struct session *session, const char *text);
size_t offer_terms(struct session *session, const char *typed);

/* ---- errands --------------------------------------------------------------------------------- */

/* A part of the document, as words name it: "item", "branch", "all". */
struct part {
    enum export_part part;
    uint32_t comment; /* DOCUMENT_NONE: the article */
};

/* What has the focus: the comment in the thread, else the article. */
uint32_t part_focused(const struct session *session);
/* "comment of SEAL", "branch of SEAL, 12 comments", "the article", "all 91 comments". */
void part_name(const struct session *session, struct part part, struct buffer *out);

/* Hands it on; the session owns what it holds from now on. */
unsigned errand_ask(struct session *session, struct errand errand);
void errands_drop(struct session *session);

/* By way of the setting: the terminal, or a program. Takes `data`. */
unsigned copy_data(struct session *session, struct buffer *data, const char *what);
unsigned run_copy(struct session *session, const struct call *call); /* enum export_part */
unsigned run_copy_link(struct session *session, const struct call *call);
unsigned run_copy_quote(struct session *session, const struct call *call);
unsigned run_save(struct session *session, const struct call *call);
unsigned run_pipe(struct session *session, const struct call *call);

/* ---- links ----------------------------------------------------------------------------------- */

/* The links that a list shows, by their number. */
struct links {
    VECTOR(struct link) items;
    size_t more; /* there are, that do not fit */
};

unsigned run_open_link(struct session *session, const struct call *call);
unsigned run_list_links(struct session *session, const struct call *call);
unsigned links_copy(struct session *session, uint32_t number);
/* Offers the link at a place of the pool; false: there is none. */
bool links_offer(struct session *session, uint32_t place);

/* ---- the best of many ------------------------------------------------------------------- */

#define BEST_MOST 500

struct ranked {
    int64_t key; /* more is better; of equals the lower index */
    uint32_t index;
};

/* Start with {0}; offer; sort, and the best stands first. */
struct best {
    struct ranked items[BEST_MOST];
    uint32_t count, all; /* kept, and offered */
};

void best_offer(struct best *best, struct ranked item);
void best_sort(struct best *best);
void best_tell_limit(struct session *session, const struct best *best); /* if some were left out */

/* ---- overview -------------------------------------------------------------------------------- */

enum best_by { BEST_NEWEST, BEST_SCORE };

unsigned run_list_comments(struct session *session, const struct call *call); /* enum best_by */
unsigned run_list_authors(struct session *session, const struct call *call);
unsigned run_show_author(struct session *session, const struct call *call);
unsigned run_thread_map(struct session *session, const struct call *call);
/* Says what a move had to say. */
unsigned overview_tell_move(struct session *session);

/* ---- settings -------------------------------------------------------------------------------- */

void settings_name(enum setting setting, struct buffer *out); /* "view.indent" */
void settings_value(const struct config *config, enum setting setting, struct buffer *out);
void settings_take_keymap(struct session *session); /* the one that was changed to, if any */
unsigned run_set(struct session *session, const struct call *call);

/* ---- looking into the keymap ----------------------------------------------------------------- */

/* Help from the live bindings of the focused context. */
void help_open(struct session *session);

/* What can follow the keys that are pending. */
void hint_open(struct session *session);

/* The next keys are explained instead of being run. */
unsigned run_describe(struct session *session, const struct call *call);
unsigned describe_answer(struct session *session, enum keymap_answer answer,
                         const struct keymap_result *result);
/* Appends what a binding runs: "next-quote", "go; there 3". */
void describe_binding(const struct keymap_binding *binding, struct buffer *out);
/* Appends "config.ini:12", or with `whole` as it is. */
void describe_origin(struct keymap_origin origin, bool whole, struct buffer *out);

/* ---- what is remembered ---------------------------------------------------------------------- */

struct sighting {
    uint32_t comment; /* unread, its last line on the screen */
    int64_t since;    /* of the session's clock */
};

struct remember {
    bool recalled;   /* the store knows what it is about */
    bool typed;      /* a key has come: nobody wants to be moved any more */
    bool wheeled;    /* what is on the screen was brought there by a wheel, which reads nothing */
    bool changed;    /* and not written yet */
    int64_t save_at; /* of the session's clock */
    int64_t tell_at; /* the same: when to look for what has gone wrong with it; 0: not at all */
    struct buffer news; /* what has changed since the last visit, until it is told */
    VECTOR(struct sighting) seen;
};

/* The whole document is there: goes on where the last visit ended. */
void remember_begin(struct session *session);
void remember_change(struct session *session);       /* something may have: it is written soon */
void remember_tell_dropped(struct session *session); /* filters that came to nothing, if any */
void remember_key(struct session *session);          /* one has been taken */
void remember_wheel(struct session *session);
void remember_seen(struct session *session);         /* a frame has been drawn */
int64_t remember_due(const struct session *session); /* of the session's clock; -1: never */
unsigned remember_timeout(struct session *session);

/* ---- the session ----------------------------------------------------------------------------- */

struct analysis;

struct session {
    struct reader *reader;
    struct config *config;
    struct keymap *keymap;
    struct keymap *next_keymap; /* to be in force from the next key on, or NULL */
    struct keymap_state keys;
    struct session_setup setup;

    struct prompt prompt;
    struct history histories[STORE_LINES];
    struct history messages; /* that were said */
    struct listing listing;
    struct panel panel;
    struct picker picker;
    struct links links; /* in the picker */
    VECTOR(struct errand) errands;
    unsigned programs; /* that run and are waited for */
    struct record record;
    struct buffer message;
    bool message_is_error;

    struct steps last; /* for "repeat" */
    bool timed;        /* a binding waits for its time to be up */
    bool lapsed;       /* its time was up, which closed what was shown, and no key has come since */
    int64_t clock;     /* milliseconds that have passed */
    int64_t key_at;    /* when the last key came */
    struct remember remember;
    bool describing; /* the next keys are to be explained */
    int dragged;     /* a rule between panes that the mouse holds, or READER_NO_RULE */
    int depth;       /* of actions that run actions */
    int ran;         /* actions, since the last key, click or time that was up */

    struct import *import; /* while it runs */
    uint32_t item;         /* session_item() */
    struct { /* an action that needs the whole document, what was to be run or was typed after it */
        bool active;
        struct steps steps;
        VECTOR(uint32_t) keys;
    } waiting;
    struct analysis *analysis; /* while it runs */
    bool analysed;
    struct annotations annotations;
    int rows, columns;
};

/* One key, typed or played. */
unsigned session_take_key(struct session *session, uint32_t key);
enum keymap_context session_context(const struct session *session);
/* The same as if nothing were being typed. */
enum keymap_context session_context_below(const struct session *session);
/* The first problem of settings and keys, and how many there are; nothing if there are none. */
void session_tell_problems(struct session *session, const char *before,
                           const struct problems *problems);
void session_say(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);
/* What was asked for cannot be shown: says why in a panel, which "quit" closes as it would have
 * closed what did not come. Returns WISH_DRAW. */
unsigned session_refuse(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);
unsigned run_show_messages(struct session *session, const struct call *call);
void session_complain(struct session *session, const char *format, ...) BASE_PRINTF(2, 3);

void status_draw(struct session *session, struct frame *frame, struct rect row);

/* ---- while the document is being read -------------------------------------------------------- */

/* Puts an action off until the whole document is there, or behind one that was. False: it can be
 * run now. */
bool waiting_begin(struct session *session, uint32_t action, int count, const char *argument);
/* Takes a key while an action waits. */
unsigned waiting_key(struct session *session, uint32_t key);
/* Takes in what has been read; runs what has waited when that is all. */
unsigned waiting_work(struct session *session);
void waiting_release(struct session *session);

/* Nothing has come yet: the keys that leave, and whether it has come now. */
unsigned awaiting_key(struct session *session, uint32_t key);
unsigned awaiting_work(struct session *session);
/* Appends "reading 34 %, Esc to stop". */
void awaiting_describe(const struct session *session, struct buffer *out);

/* ---- a file with many articles --------------------------------------------------------------- */

unsigned run_articles(struct session *session, const struct call *call);
/* At the start: the list is offered where no article is shown. */
void articles_offer(struct session *session);
/* Where an article was chosen from the list: the list is to be opened again. */
bool articles_leave(struct session *session);

/* ---- the analysis ---------------------------------------------------------------------------- */

/* Begins it in a thread; the document and what is in `setup` must live until analysis_end().
 * Corrections by hand are applied to the result. */
struct analysis *analysis_begin(const struct session_setup *setup, struct annotations *result);
/* A descriptor that becomes readable when it is done. */
int analysis_descriptor(const struct analysis *analysis);
bool analysis_is_done(const struct analysis *analysis);
/* Waits for it and frees; what was wrong with the corrections is put into `problems` (or NULL). */
void analysis_end(struct analysis *analysis, struct problems *problems);

unsigned run_correct(struct session *session, const struct call *call);
unsigned run_show_voices(struct session *session, const struct call *call);
/* Offers what can go on from `typed` from the byte on that is returned. */
size_t correct_complete(struct session *session, const char *typed);

#endif
