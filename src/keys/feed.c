/*
 * Keys in, answers out.
 *
 * What is pending is looked up in the context first, then, where the context says nothing about it,
 * in global. With `own` and `far` for the two, "exact" for a binding of just these keys and
 * "longer" for one that goes on:
 *
 *      own exact            -> that one; it hides whatever global has
 *      own exact + longer   -> MORE, timed: own is run when the time is up
 *      far exact            -> that one
 *      far exact + longer   -> MORE, timed
 *      some longer          -> MORE
 *      nothing              -> the longest shorter binding that was passed on the way (typed "gx"
 *                              where "g" and "gg" are bound: "g", and "x" is fed again), else NONE
 *
 * State is what was typed and nothing else: every answer is found from the root again, which is a
 * few binary searches, and so the context may change between two keys.
 */
#include <string.h>

#include "keymap.h"

/* ---- the trie ----------------------------------------------------------------------- */

/* How a binding's beginning compares with `count` keys. */
static int compare_beginning(const struct keymap *keymap, uint32_t place, const uint32_t *keys,
                             uint32_t count)
{
    const struct binding *binding = &keymap->bindings.items[keymap->sorted[place]];
    const uint32_t *own = binding_keys(keymap, binding);
    for (uint32_t i = 0; i < count; i++) {
        if (i == binding->key_count) {
            return -1;
        }
        if (own[i] != keys[i]) {
            return own[i] < keys[i] ? -1 : 1;
        }
    }
    return 0;
}

/* The first place in the slice whose beginning compares as more than `less`. */
static uint32_t bound(const struct keymap *keymap, struct slice slice, int less,
                      const uint32_t *keys, uint32_t count)
{
    while (slice.start < slice.end) {
        uint32_t middle = slice.start + (slice.end - slice.start) / 2;
        if (compare_beginning(keymap, middle, keys, count) <= less) {
            slice.start = middle + 1;
        } else {
            slice.end = middle;
        }
    }
    return slice.start;
}

struct slice slice_find(const struct keymap *keymap, enum keymap_context context,
                        const uint32_t *keys, uint32_t count)
{
    struct slice slice = keymap->contexts[context];
    slice.start = bound(keymap, slice, -1, keys, count);
    slice.end = bound(keymap, slice, 0, keys, count);
    return slice;
}

uint32_t slice_exact(const struct keymap *keymap, struct slice slice, uint32_t count)
{
    if (slice.start == slice.end) {
        return BITSET_NONE;
    }
    uint32_t number = keymap->sorted[slice.start]; /* the shortest comes first */
    return keymap->bindings.items[number].key_count == count ? number : BITSET_NONE;
}

bool is_typed_into(enum keymap_context context)
{
    return context == KEYMAP_PROMPT || context == KEYMAP_PICKER;
}

bool falls_through(enum keymap_context context, uint32_t first)
{
    return context != KEYMAP_GLOBAL && (!is_typed_into(context) || keys_character(first) == 0);
}

/* ---- one lookup in both contexts ---------------------------------------------------- */

struct found {
    uint32_t binding; /* the one with just these keys, or BITSET_NONE */
    bool longer;      /* some go on */
};

static struct found find_in(const struct keymap *keymap, enum keymap_context context,
                            const uint32_t *keys, uint32_t count)
{
    struct slice slice = slice_find(keymap, context, keys, count);
    struct found found = {.binding = slice_exact(keymap, slice, count)};
    found.longer = slice.end - slice.start > (found.binding != BITSET_NONE ? 1u : 0u);
    return found;
}

bool is_shadowed(const struct keymap *keymap, enum keymap_context context, const uint32_t *keys,
                 uint32_t count)
{
    if (!falls_through(context, keys[0])) {
        return context != KEYMAP_GLOBAL;
    }
    for (uint32_t i = 1; i <= count; i++) {
        struct found own = find_in(keymap, context, keys, i);
        if (own.binding != BITSET_NONE && (i == count || !own.longer)) {
            return true;
        }
    }
    return false;
}

static struct found find(const struct keymap *keymap, enum keymap_context context,
                         const uint32_t *keys, uint32_t count)
{
    struct found own = find_in(keymap, context, keys, count);
    if (own.binding != BITSET_NONE || !falls_through(context, keys[0])) {
        return own;
    }
    struct found far = find_in(keymap, KEYMAP_GLOBAL, keys, count);
    far.longer = far.longer || own.longer;
    return far;
}

static bool is_nothing(const struct keymap *keymap, uint32_t binding)
{
    return keymap->bindings.items[binding].target == TARGET_NONE;
}

static uint32_t steps_of(const struct keymap *keymap, uint32_t target,
                         const struct keymap_step **steps)
{
    if (target == TARGET_NONE) {
        *steps = NULL;
        return 0;
    }
    if (target < TARGET_MACRO) {
        *steps = &keymap->singles[target];
        return 1;
    }
    const struct macro *macro = &keymap->macros.items[target - TARGET_MACRO];
    *steps = macro->steps.items;
    return (uint32_t)macro->steps.count;
}

struct keymap_binding keymap_binding(const struct keymap *keymap, uint32_t number)
{
    const struct binding *binding = &keymap->bindings.items[number];
    struct keymap_binding shown = {
        .context = (enum keymap_context)binding->context,
        .name = target_name(keymap, binding->target),
        .keys = binding_keys(keymap, binding),
        .key_count = binding->key_count,
        .origin = {.file = keymap->files.items[binding->file], .line = binding->line}};
    shown.step_count = steps_of(keymap, binding->target, &shown.steps);
    return shown;
}

/* ---- feeding ------------------------------------------------------------------------ */

void keymap_reset(struct keymap_state *state)
{
    state->pending = state->waiting = state->count = 0;
    state->offered = false;
}

/* Drops the first `count` keys; those after them, pending or not, are to be fed again. */
static void consume(struct keymap_state *state, uint32_t count)
{
    uint32_t rest = state->pending + state->waiting - count;
    memmove(state->keys, state->keys + count, rest * sizeof *state->keys);
    state->pending = 0;
    state->waiting = rest;
}

/* Answers with the first `count` pending keys, which are done with. */
static void tell_keys(struct keymap_state *state, uint32_t count, struct keymap_result *result)
{
    result->key_count = count < KEYMAP_LONGEST ? count : KEYMAP_LONGEST;
    memcpy(result->keys, state->keys, result->key_count * sizeof *result->keys);
    result->count = state->count;
    state->count = 0;
    state->offered = false;
    consume(state, count);
}

static enum keymap_answer match(const struct keymap *keymap, struct keymap_state *state,
                                uint32_t binding, struct keymap_result *result)
{
    const struct binding *found = &keymap->bindings.items[binding];
    result->binding = binding;
    result->step_count = steps_of(keymap, found->target, &result->steps);
    tell_keys(state, found->key_count, result);
    return result->step_count > 0 ? KEYMAP_MATCH : KEYMAP_NONE;
}

/* The longest binding made of the first keys that are pending, at most `most` of them. */
static uint32_t find_shorter(const struct keymap *keymap, const struct keymap_state *state,
                             enum keymap_context context, uint32_t most)
{
    for (uint32_t count = most; count > 0; count--) {
        struct found found = find(keymap, context, state->keys, count);
        if (found.binding != BITSET_NONE) {
            return found.binding;
        }
    }
    return BITSET_NONE;
}

/* Takes a digit into the count where it is one: never where one types, never where it is bound, and
 * 0 only after another or one that is offered. */
static bool take_digit(const struct keymap *keymap, struct keymap_state *state,
                       enum keymap_context context)
{
    uint32_t key = state->keys[0];
    if (state->pending != 1 || is_typed_into(context) || key < '0' || key > '9') {
        return false;
    }
    struct found found = find(keymap, context, &key, 1);
    bool bound_itself = found.binding != BITSET_NONE || found.longer;
    uint64_t before = state->offered ? 0 : state->count;
    if (key == '0' ? before == 0 && !state->offered : bound_itself) {
        return false;
    }
    uint64_t count = before * 10 + (key - '0');
    state->offered = false;
    state->count = count < KEYMAP_MOST_COUNT ? (uint32_t)count : KEYMAP_MOST_COUNT;
    consume(state, 1);
    return true;
}

/* Whether the key just added takes back what is pending: Esc always does, and so does the key of
 * the action "cancel" (C-g) where it leads to nothing else. */
static bool is_cancel(const struct keymap *keymap, const struct keymap_state *state,
                      enum keymap_context context)
{
    uint32_t last = state->keys[state->pending - 1];
    if (state->pending == 1 && state->count == 0) {
        return false;
    }
    if (last == KEYS_ESC) {
        return true;
    }
    struct found whole = find(keymap, context, state->keys, state->pending);
    struct found alone = find(keymap, context, &last, 1);
    bool leads_on = state->pending > 1 && (whole.longer || whole.binding != BITSET_NONE);
    return !leads_on && alone.binding != BITSET_NONE &&
           strcmp(target_name(keymap, keymap->bindings.items[alone.binding].target), "cancel") == 0;
}

/* A key that only some terminals tell from another (<S-BS>, <C-Enter>) is that other one where it
 * leads to nothing itself: the same is typed, whatever the terminal. */
static void take_twin(const struct keymap *keymap, struct keymap_state *state,
                      enum keymap_context context)
{
    struct found found = find(keymap, context, state->keys, state->pending);
    uint32_t *last = &state->keys[state->pending - 1];
    if (found.binding == BITSET_NONE && !found.longer) {
        *last = key_twin(*last);
    }
}

/* Moves one waiting key to the pending ones and answers. */
static enum keymap_answer step(const struct keymap *keymap, struct keymap_state *state,
                               enum keymap_context context, struct keymap_result *result)
{
    state->pending++;
    state->waiting--;
    take_twin(keymap, state, context);
    if (is_cancel(keymap, state, context)) {
        tell_keys(state, state->pending, result);
        return KEYMAP_CANCEL;
    }
    if (take_digit(keymap, state, context)) {
        return KEYMAP_MORE;
    }
    struct found found = find(keymap, context, state->keys, state->pending);
    if (found.longer && state->pending < KEYMAP_LONGEST) {
        uint32_t shorter = find_shorter(keymap, state, context, state->pending);
        result->timed = shorter != BITSET_NONE && !is_nothing(keymap, shorter);
        return KEYMAP_MORE;
    }
    uint32_t binding = find_shorter(keymap, state, context, state->pending);
    if (binding != BITSET_NONE) {
        return match(keymap, state, binding, result);
    }
    tell_keys(state, state->pending, result);
    return KEYMAP_NONE;
}

enum keymap_answer keymap_again(const struct keymap *keymap, struct keymap_state *state,
                                enum keymap_context context, struct keymap_result *result)
{
    enum keymap_answer answer = KEYMAP_IDLE;
    memset(result, 0, sizeof *result);
    while (state->waiting > 0 && (answer == KEYMAP_IDLE || answer == KEYMAP_MORE)) {
        result->timed = false;
        answer = step(keymap, state, context, result);
    }
    return answer;
}

enum keymap_answer keymap_feed(const struct keymap *keymap, struct keymap_state *state,
                               enum keymap_context context, uint32_t key,
                               struct keymap_result *result)
{
    if (state->pending + state->waiting >= ARRAY_LENGTH(state->keys)) {
        keymap_reset(state); /* only when keymap_again() was never called */
    }
    state->keys[state->pending + state->waiting++] = key;
    return keymap_again(keymap, state, context, result);
}

enum keymap_answer keymap_timeout(const struct keymap *keymap, struct keymap_state *state,
                                  enum keymap_context context, struct keymap_result *result)
{
    memset(result, 0, sizeof *result);
    uint32_t binding = find_shorter(keymap, state, context, state->pending);
    if (binding == BITSET_NONE || is_nothing(keymap, binding)) {
        return KEYMAP_IDLE;
    }
    return match(keymap, state, binding, result);
}

void keymap_pending(const struct keymap_state *state, struct buffer *out)
{
    if (state->count > 0) {
        buffer_printf(out, "%u", (unsigned)state->count);
    }
    keys_write(state->keys, state->pending, out);
}

enum keymap_answer keymap_lookup(const struct keymap *keymap, enum keymap_context context,
                                 const uint32_t *keys, uint32_t count,
                                 struct keymap_binding *binding)
{
    if (count == 0) {
        return KEYMAP_NONE;
    }
    struct found found = find(keymap, context, keys, count);
    if (found.binding == BITSET_NONE) {
        return found.longer ? KEYMAP_MORE : KEYMAP_NONE;
    }
    if (binding != NULL) {
        *binding = keymap_binding(keymap, found.binding);
    }
    return KEYMAP_MATCH;
}
