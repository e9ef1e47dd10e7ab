/*
 * What a keymap is made of, within the room.
 *
 * A keymap is built in layers, the farthest ancestor first, the user's config.ini last. While it is
 * built, bindings are only collected (layer.c); settle.c decides which of them hold and puts those
 * in two orders: the order of help in `bindings`, and the order of their keys in `sorted`.
 *
 * The sorted order is the trie. All sequences that begin with the same keys are neighbours, so a
 * node of the trie is a slice of `sorted`, a step down is two binary searches, and there are no
 * nodes to build:
 *
 *      typed      slice of `sorted`
 *      (nothing)  | G | ]c | ]q | g? | gg | gp | j |
 *      g                             [ g?   gg   gp ]       MORE
 *      gg                                 [ gg ]            MATCH: as long as what was typed
 */
#ifndef KEYS_KEYMAP_H
#define KEYS_KEYMAP_H

#include "hearsay/keys.h"

/* What a binding does: the index of an action, or of a macro above all actions, or nothing. */
#define TARGET_NONE  UINT32_MAX
#define TARGET_MACRO 0x01000000u

#define MOST_LAYERS     8
#define LONGEST_MACRO   40 /* bytes of its name */
#define MOST_MACROS     500
#define MOST_STEPS      100 /* in one macro, with those of macros in it */
#define LONGEST_PRINTED 900 /* bytes of the right side of a line in keymap_print() */

struct binding {
    uint32_t context, target;
    uint32_t first_key, key_count; /* in keymap->keys */
    uint32_t file, line;           /* file: in keymap->files */
    uint32_t layer, order;         /* of two with the same keys the higher layer, the lower order */
};

struct macro {
    char *name;
    VECTOR(struct keymap_step) steps; /* arguments are owned */
    uint32_t file, line;
};

struct slice {
    uint32_t start, end; /* in keymap->sorted */
};

struct keymap {
    char *name, *description;
    const struct keymap_actions *actions;
    struct keymap_step *singles; /* a step for each action */
    VECTOR(uint32_t) keys;
    VECTOR(struct binding) bindings;
    VECTOR(struct macro) macros;
    VECTOR(char *) files;
    uint32_t *sorted; /* numbers of bindings by context and keys */
    struct slice contexts[KEYMAP_CONTEXTS];
};

/* One file being taken over. */
struct layer {
    struct keymap *keymap;
    struct problems *problems;
    const struct ini *ini;
    const char *prefix; /* of its context sections: "" or "keys." */
    uint32_t number, file;
};

/* The layer in which an action's keys were last replaced: [context * targets + target]. */
struct replaced {
    uint8_t *layers;
    uint32_t targets;
};

/* ---- macros.c ----------------------------------------------------------------------- */

void macros_read(struct layer *layer);
uint32_t macro_find(const struct keymap *keymap, const char *name); /* a target, or TARGET_NONE */
void macro_release(struct macro *macro);
void macro_write(const struct keymap *keymap, const struct macro *macro, struct buffer *out);
const char *macro_quote(const char *text); /* that a file needs around it: "" if none can be had */

/* ---- names.c ------------------------------------------------------------------------ */

/* "global", ...; KEYMAP_CONTEXTS if there is none. */
enum keymap_context context_find(const char *name);
uint32_t target_find(const struct keymap *keymap, const char *name, bool *found);
const char *target_name(const struct keymap *keymap, uint32_t target);
/* Where the target may be bound. */
uint32_t target_contexts(const struct keymap *keymap, uint32_t target);
/* The place of a target in rows that have one for each: actions, macros, "none". */
uint32_t target_row(const struct keymap *keymap, uint32_t target);
uint32_t target_rows(const struct keymap *keymap);
const char *target_hint(const struct keymap *keymap, const char *name, char *hint, size_t size);

/* ---- layer.c ------------------------------------------------------------------------ */

/* Collects the bindings of a file. */
void layer_read(struct layer *layer, struct replaced *replaced);

/* ---- settle.c ----------------------------------------------------------------------- */

void keymap_settle(struct keymap *keymap, const struct replaced *replaced,
                   struct problems *problems);

/* ---- files.c ------------------------------------------------------------------------ */

enum source { SOURCE_USER, SOURCE_SHARED, SOURCE_BUILTIN, SOURCES };

/* The keymap of that name from the first source, `*from` or later, that has one; NULL: none. */
struct ini *keymap_file(const char *name, enum source *from, struct problems *problems);
bool is_file_name(const char *name); /* has a '/', or ends in ".ini" */

/* ---- feed.c ------------------------------------------------------------------------- */

/* The bindings of `context` that begin with those keys. */
struct slice slice_find(const struct keymap *keymap, enum keymap_context context,
                        const uint32_t *keys, uint32_t count);
/* The one in the slice that is exactly `count` keys long, or BITSET_NONE. */
uint32_t slice_exact(const struct keymap *keymap, struct slice slice, uint32_t count);
/* Whether characters are text there: the prompt, and the picker with its filter. */
bool is_typed_into(enum keymap_context context);
/* Whether keys beginning with `first` that `context` does not bind are looked for in global. */
bool falls_through(enum keymap_context context, uint32_t first);
/* Whether the context's own bindings keep a global sequence from ever being reached there. */
bool is_shadowed(const struct keymap *keymap, enum keymap_context context, const uint32_t *keys,
                 uint32_t count);

/* ---- check.c ------------------------------------------------------------------------ */

/* What the plainest terminal sends for a key. */
uint32_t key_twin(uint32_t key);
void keymap_check(const struct keymap *keymap, int escape_ms, struct problems *problems);

static inline const uint32_t *binding_keys(const struct keymap *keymap,
                                           const struct binding *binding)
{
    return keymap->keys.items + binding->first_key;
}

#endif
