/*
 * keys: what keys are called, and which action a sequence of them means.
 *
 *      bytes -> ui (decoder) -> key -> keymap_feed() -> MATCH: steps to run, with a count
 *                                                       MORE:  a prefix, keep going
 *                                                       NONE:  not bound
 *
 * This room does not know what actions do. It is handed a table of their names and answers with
 * indices into it.
 */
#ifndef HEARSAY_KEYS_H
#define HEARSAY_KEYS_H

#include "hearsay/base.h"
#include "hearsay/config.h"

/* ---- keys --------------------------------------------------------------------------- */

/*
 * A key is a uint32_t: a code point or one of enum keys_special in the low 21 bits, modifiers
 * above. Made canonical by keys_make(), so that equal keys are equal numbers.
 */
#define KEYS_SHIFT 0x01000000u
#define KEYS_ALT   0x02000000u
#define KEYS_CTRL  0x04000000u
#define KEYS_CODE  0x001fffffu

enum keys_special {
    KEYS_ESC = 0x110000,
    KEYS_ENTER,
    KEYS_TAB,
    KEYS_BS,
    KEYS_DEL,
    KEYS_INSERT,
    KEYS_UP,
    KEYS_DOWN,
    KEYS_LEFT,
    KEYS_RIGHT,
    KEYS_HOME,
    KEYS_END,
    KEYS_PAGE_UP,
    KEYS_PAGE_DOWN,
    KEYS_F1, /* to KEYS_F1 + 23 */
    KEYS_F24 = KEYS_F1 + 23,
    KEYS_WAIT, /* no key: a script waits here until background work is done */
    KEYS_SPECIAL_END
};

/*
 * The key of a code and its modifier bits, made canonical: Ctrl with a letter takes the lower case
 * one, Shift with a character becomes the capital (unless Ctrl is there too), control characters
 * become what they are called (9 is KEYS_TAB, 13 KEYS_ENTER, 27 KEYS_ESC, 127 KEYS_BS, 0 <C-Space>,
 * 1 <C-a>, ...).
 */
uint32_t keys_make(uint32_t code, uint32_t bits);

/* The character a key stands for when it is typed into a prompt; 0 for any other key. */
uint32_t keys_character(uint32_t key);

/* A list of keys; owns `items`. Start with {0}; free(list.items), or vector_release(). */
struct key_list {
    uint32_t *items;
    size_t count, capacity;
};

/*
 * Notation: characters stand for themselves, all else is named in angle brackets, with C- M- S- (or
 * A- for M-) before the name: j  é  <C-d>  <M-x>  <S-Tab>  <F5>  <PageDown>  <Space>  <Lt>
 * <Bslash>. Names may be in any case. Appends the keys of one sequence; a blank in it is an error.
 * On failure nothing is appended.
 */
bool keys_parse(const char *text, size_t length, struct key_list *keys, struct error *error);

/* The same for --keys: blanks between keys mean nothing (type one as <Space>). */
bool keys_parse_text(const char *text, size_t length, struct key_list *keys, struct error *error);

/*
 * The same for --script: line by line, from a '#' that begins a line or follows a blank to the
 * line's end is a comment (the key is <Hash>). The error says "FILE:LINE: ...".
 */
bool keys_parse_script(const char *file, const char *text, size_t length, struct key_list *keys,
                       struct error *error);

/* Appends canonical notation, safe within double quotes of an ini file and in a script. */
void keys_write(const uint32_t *keys, size_t count, struct buffer *out);

/* Calls `visit` with every name that may stand in angle brackets; for help and completion. */
void keys_each_name(void (*visit)(const char *name, void *data), void *data);

/* ---- contexts and actions ----------------------------------------------------------- */

/* Where a binding holds. What the context itself does not bind falls through to global; in the
 * prompt and the picker only keys that are no text do, so that one can type. */
enum keymap_context {
    KEYMAP_GLOBAL,
    KEYMAP_ARTICLE,
    KEYMAP_SIDEBAR,
    KEYMAP_THREAD,
    KEYMAP_HELP,
    KEYMAP_PROMPT,
    KEYMAP_PICKER,
    KEYMAP_CONTEXTS
};

#define KEYMAP_IN(context) (1u << (context))

const char *keymap_context_name(enum keymap_context context); /* "global", "article", ... */

/* A row of the table of actions, as far as keys need it. */
struct keymap_action {
    const char *name;
    const char *aliases; /* old names, parted by blanks, or NULL */
    uint32_t contexts;   /* KEYMAP_IN() of where it may be bound; with KEYMAP_GLOBAL: anywhere */
};

struct keymap_actions { /* borrowed: must live as long as the keymap */
    const struct keymap_action *items;
    uint32_t count;
};

#define KEYMAP_NO_ACTION UINT32_MAX

/* The index of the action with that name or alias, else KEYMAP_NO_ACTION. */
uint32_t keymap_action_find(const struct keymap_actions *actions, const char *name);

/* ---- keymaps ------------------------------------------------------------------------ */

/* One action to run, with its argument. */
struct keymap_step {
    uint32_t action;      /* index into the table */
    const char *argument; /* or NULL */
};

/* Where something was said: "default.ini" 12, "/home/me/.config/hearsay/config.ini" 40. */
struct keymap_origin {
    const char *file;
    uint32_t line;
};

struct keymap;

struct keymap_request {
    const char
        *name; /* "vi", or a file: a name with a '/' in it or ending in ".ini"; NULL: default */
    const struct keymap_actions *actions;
    const struct ini *overlay; /* config_ini(): its [keys.CONTEXT] and [macros]; or NULL */
    int escape_ms;             /* the setting, for the checker */
};

/*
 * Loads a keymap: the file (the user's keymaps/NAME.ini, else the installed one, else the one built
 * in), what it inherits from, and the overlay. Runs the checker; everything wrong is in `problems`
 * and good lines are in force. Never NULL: where the file cannot be had, it is the default map.
 */
struct keymap *keymap_load(const struct keymap_request *request, struct problems *problems);

/* The same from memory; `file` is its name in messages, request->name is not used. */
struct keymap *keymap_load_memory(const struct keymap_request *request, const char *file,
                                  const char *bytes, size_t length, struct problems *problems);
void keymap_free(struct keymap *keymap); /* null is fine */

const char *keymap_name(const struct keymap *keymap);        /* "vi"; never NULL */
const char *keymap_description(const struct keymap *keymap); /* may be "" */

/* The keymaps built in, by number; NULL beyond the last. */
const char *keymap_builtin_name(size_t number);

/* The steps of the macro with that name, or NULL. */
const struct keymap_step *keymap_macro(const struct keymap *keymap, const char *name,
                                       uint32_t *count);
const char *keymap_macro_name(const struct keymap *keymap, uint32_t number); /* NULL: no more */

/* ---- feeding keys ------------------------------------------------------------------- */

#define KEYMAP_LONGEST    32        /* keys in one sequence */
#define KEYMAP_MOST_COUNT 999999999 /* a larger count stays at this */

enum keymap_answer {
    KEYMAP_NONE,   /* `keys` are not bound; in a prompt they are text */
    KEYMAP_MORE,   /* so far it is a count or the beginning of a binding */
    KEYMAP_MATCH,  /* run the steps */
    KEYMAP_CANCEL, /* what was pending has been dropped by <Esc> (or the key of "cancel") */
    KEYMAP_IDLE    /* nothing there to be answered */
};

/* What was typed so far. Start with {0}; keymap_reset() drops it all. */
struct keymap_state {
    uint32_t keys[KEYMAP_LONGEST * 2]; /* pending ones first, then those still to be fed */
    uint32_t pending, waiting;         /* how many of each */
    uint32_t count;                    /* 0: none typed */
    bool offered;                      /* the count was not typed: a digit begins another */
};

struct keymap_result {
    const struct keymap_step *steps; /* MATCH: at least one; lives as long as the keymap */
    uint32_t step_count;
    uint32_t count;                /* MATCH: the count typed, 0: none */
    uint32_t binding;              /* MATCH: for keymap_binding() */
    bool timed;                    /* MORE: a binding is complete, but a longer one may follow:
                                      call keymap_timeout() after the setting's time */
    uint32_t keys[KEYMAP_LONGEST]; /* MATCH and NONE: what was typed, without the count */
    uint32_t key_count;
};

/*
 * Feeds one key, typed in `context`. O(log bindings). After any answer but MORE (once it has been
 * acted on, for it may have changed the context) call keymap_again() until it says IDLE or MORE:
 * where "g" and "ggg" are bound, "ggx" is "g" with "g" and "x" to be fed again.
 */
enum keymap_answer keymap_feed(const struct keymap *keymap, struct keymap_state *state,
                               enum keymap_context context, uint32_t key,
                               struct keymap_result *result);
enum keymap_answer keymap_again(const struct keymap *keymap, struct keymap_state *state,
                                enum keymap_context context, struct keymap_result *result);
/* The time for a longer binding is up: MATCH for the shorter one; IDLE where none was waiting. */
enum keymap_answer keymap_timeout(const struct keymap *keymap, struct keymap_state *state,
                                  enum keymap_context context, struct keymap_result *result);
void keymap_reset(struct keymap_state *state);

/* Appends what is pending, for the status line: "3]". */
void keymap_pending(const struct keymap_state *state, struct buffer *out);

/* ---- looking around (help, hints, describe-key) ------------------------------------- */

struct keymap_binding {
    enum keymap_context context;
    const char *name; /* of the action or macro; "none" for a key that is made to do nothing */
    const struct keymap_step *steps;
    uint32_t step_count; /* 0 for "none" */
    const uint32_t *keys;
    uint32_t key_count;
    struct keymap_origin origin;
};

/* All bindings, by number from 0: by context, then in the order of the table of actions (macros
 * after them), then in the order they were written. */
uint32_t keymap_binding_count(const struct keymap *keymap);
struct keymap_binding keymap_binding(const struct keymap *keymap, uint32_t number);

/* The bindings that run `action` alone in `context` (or by fall-through), most handy first: writes
 * at most `size` of their numbers and returns how many it wrote. */
size_t keymap_bindings_of(const struct keymap *keymap, enum keymap_context context, uint32_t action,
                          uint32_t *numbers, size_t size);

#define KEYMAP_MOST_SHOWN 16 /* keys that keymap_keys_of() writes at most */

/* Appends the sequences that run `action` alone in `context` (or by fall-through), most handy
 * first, at most `most` of them, parted by `separator`; adds nothing where there are none. */
void keymap_keys_of(const struct keymap *keymap, enum keymap_context context, uint32_t action,
                    uint32_t most, const char *separator, struct buffer *out);

/* What a whole sequence does in `context`: NONE, MORE (a prefix only), or MATCH and `*binding`. */
enum keymap_answer keymap_lookup(const struct keymap *keymap, enum keymap_context context,
                                 const uint32_t *keys, uint32_t count,
                                 struct keymap_binding *binding);

/* What may follow what is pending. */
struct keymap_following {
    uint32_t key;
    uint32_t bindings; /* how many begin so */
    uint32_t binding;  /* the one complete with this key, or BITSET_NONE */
};

/* Writes at most `size` of them, in order of their keys; returns how many there are in all. */
size_t keymap_follow(const struct keymap *keymap, enum keymap_context context,
                     const struct keymap_state *state, struct keymap_following *items, size_t size);

/*
 * --list-keys: the whole map as one keymap file, with each line's origin as a comment. Loading it
 * gives the same map.
 */
void keymap_print(const struct keymap *keymap, struct buffer *out);

#endif
