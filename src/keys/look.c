/*
 * Looking around in a keymap: for help, hints, and the printed map.
 */
#include <stdlib.h>
#include <string.h>

#include "keymap.h"

uint32_t keymap_binding_count(const struct keymap *keymap)
{
    return (uint32_t)keymap->bindings.count;
}

/* ---- the keys of an action ---------------------------------------------------------- */

/* The first binding, in the order of help, at or after (context, row). */
static uint32_t first_of(const struct keymap *keymap, uint32_t context, uint32_t row)
{
    uint32_t start = 0, end = (uint32_t)keymap->bindings.count;
    while (start < end) {
        uint32_t middle = start + (end - start) / 2;
        const struct binding *binding = &keymap->bindings.items[middle];
        bool before = binding->context != context ? binding->context < context
                                                  : target_row(keymap, binding->target) < row;
        if (before) {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    return start;
}

/* What is found is noted in `numbers`, as far as there is room. */
struct finds {
    uint32_t *numbers;
    size_t size, count;
};

static void find_in_context(const struct keymap *keymap, enum keymap_context context,
                            enum keymap_context bound_in, uint32_t action, struct finds *finds)
{
    for (uint32_t i = first_of(keymap, bound_in, action);
         i < keymap->bindings.count && finds->count < finds->size; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        if (binding->context != bound_in || binding->target != action) {
            break;
        }
        const uint32_t *keys = binding_keys(keymap, binding);
        if (context == bound_in || !is_shadowed(keymap, context, keys, binding->key_count)) {
            finds->numbers[finds->count++] = i;
        }
    }
}

size_t keymap_bindings_of(const struct keymap *keymap, enum keymap_context context, uint32_t action,
                          uint32_t *numbers, size_t size)
{
    struct finds finds = {.numbers = numbers, .size = size};
    find_in_context(keymap, context, context, action, &finds);
    if (context != KEYMAP_GLOBAL) {
        find_in_context(keymap, context, KEYMAP_GLOBAL, action, &finds);
    }
    return finds.count;
}

void keymap_keys_of(const struct keymap *keymap, enum keymap_context context, uint32_t action,
                    uint32_t most, const char *separator, struct buffer *out)
{
    uint32_t numbers[KEYMAP_MOST_SHOWN];
    size_t size = most < KEYMAP_MOST_SHOWN ? most : KEYMAP_MOST_SHOWN;
    size_t count = keymap_bindings_of(keymap, context, action, numbers, size);
    for (size_t i = 0; i < count; i++) {
        const struct binding *binding = &keymap->bindings.items[numbers[i]];
        buffer_adds(out, i > 0 ? separator : "");
        keys_write(binding_keys(keymap, binding), binding->key_count, out);
    }
}

/* ---- what may follow ---------------------------------------------------------------- */

/* Goes through a slice, one next key at a time. */
struct walker {
    const struct keymap *keymap;
    struct slice slice;
    uint32_t depth; /* the place of the next key */
};

static bool walker_peek(const struct walker *walker, uint32_t *key)
{
    if (walker->slice.start == walker->slice.end) {
        return false;
    }
    const struct binding *binding =
        &walker->keymap->bindings.items[walker->keymap->sorted[walker->slice.start]];
    *key = binding_keys(walker->keymap, binding)[walker->depth];
    return true;
}

/* Steps over all that go on with `key`. */
static struct keymap_following walker_take(struct walker *walker, uint32_t key)
{
    struct keymap_following following = {.key = key, .binding = BITSET_NONE};
    uint32_t next;
    while (walker_peek(walker, &next) && next == key) {
        uint32_t number = walker->keymap->sorted[walker->slice.start++];
        const struct binding *binding = &walker->keymap->bindings.items[number];
        following.bindings++;
        if (binding->key_count == walker->depth + 1) {
            following.binding = number;
        }
    }
    return following;
}

static struct walker walker_start(const struct keymap *keymap, enum keymap_context context,
                                  const uint32_t *keys, uint32_t count)
{
    struct walker walker = {.keymap = keymap, .depth = count};
    walker.slice = slice_find(keymap, context, keys, count);
    if (slice_exact(keymap, walker.slice, count) != BITSET_NONE) {
        walker.slice.start++;
    }
    return walker;
}

/* What both have for one key; the context's own goes before global's. */
static struct keymap_following join(struct keymap_following own, struct keymap_following far)
{
    if (own.bindings == 0) {
        return far;
    }
    bool hides = own.binding != BITSET_NONE && own.bindings == 1;
    if (!hides && far.bindings > 0) {
        own.bindings += far.bindings;
        if (own.binding == BITSET_NONE) {
            own.binding = far.binding;
        } else if (far.binding != BITSET_NONE) {
            own.bindings--;
        }
    }
    return own;
}

size_t keymap_follow(const struct keymap *keymap, enum keymap_context context,
                     const struct keymap_state *state, struct keymap_following *items, size_t size)
{
    size_t count = 0;
    uint32_t left = 0, right = 0;
    struct walker own = walker_start(keymap, context, state->keys, state->pending), far = {0};
    if (context != KEYMAP_GLOBAL &&
        (state->pending == 0 || falls_through(context, state->keys[0]))) {
        far = walker_start(keymap, KEYMAP_GLOBAL, state->keys, state->pending);
    }
    for (;;) {
        bool some = walker_peek(&own, &left), more = walker_peek(&far, &right);
        if (!some && !more) {
            return count;
        }
        uint32_t key = !some || (more && right < left) ? right : left;
        struct keymap_following following = join(walker_take(&own, key), walker_take(&far, key));
        bool nothing = following.bindings == 1 && following.binding != BITSET_NONE &&
                       keymap->bindings.items[following.binding].target == TARGET_NONE;
        if (!nothing && count++ < size) {
            items[count - 1] = following;
        }
    }
}

/* ---- the printed map ---------------------------------------------------------------- */

enum { LINE_LONGEST = INI_LONGEST_LINE - 10 };

/* A file's name may hold what a settings file may not. */
static bool is_fit_for_comment(const char *file)
{
    for (const char *at = file; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            return false;
        }
    }
    return utf8_is_valid(file, strlen(file));
}

/* Adds " FILE:LINE" to the comment of a line that began at `start`, where it fits. */
static void print_origin(const char *file, uint32_t line, size_t start, struct buffer *out)
{
    if (is_fit_for_comment(file) && out->length - start + strlen(file) + 20 < LINE_LONGEST) {
        buffer_printf(out, " %s:%u", file, (unsigned)line);
    }
}

static void print_macros(const struct keymap *keymap, struct buffer *out)
{
    buffer_adds(out, keymap->macros.count > 0 ? "\n[macros]\n" : "");
    for (size_t i = 0; i < keymap->macros.count; i++) {
        const struct macro *macro = &keymap->macros.items[i];
        struct buffer text = {0};
        size_t start = out->length;
        macro_write(keymap, macro, &text);
        const char *quote = macro_quote(text.data);
        buffer_printf(out, "%s = %s%s%s", macro->name, quote, text.data, quote);
        if (quote[0] != '\0') {
            buffer_adds(out, "  #");
            print_origin(keymap->files.items[macro->file], macro->line, start, out);
        }
        buffer_addc(out, '\n');
        buffer_release(&text);
    }
}

/* One line: an action with all its keys in a context. Returns the number after the last. */
static uint32_t print_line(const struct keymap *keymap, uint32_t number, struct buffer *out)
{
    const struct binding *first = &keymap->bindings.items[number];
    size_t start = out->length;
    uint32_t end = number;
    buffer_printf(out, "%-22s = \"", target_name(keymap, first->target));
    for (; end < keymap->bindings.count; end++) {
        const struct binding *binding = &keymap->bindings.items[end];
        if (binding->context != first->context || binding->target != first->target) {
            break;
        }
        buffer_adds(out, end > number ? " " : "");
        keys_write(binding_keys(keymap, binding), binding->key_count, out);
    }
    buffer_adds(out, "\"  #");
    for (uint32_t i = number; i < end; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        bool said =
            i > number && binding[-1].file == binding->file && binding[-1].line == binding->line;
        if (!said) {
            print_origin(keymap->files.items[binding->file], binding->line, start, out);
        }
    }
    buffer_addc(out, '\n');
    return end;
}

void keymap_print(const struct keymap *keymap, struct buffer *out)
{
    uint32_t context = KEYMAP_CONTEXTS;
    buffer_printf(out, "# All keys in force. This is a keymap file itself.\n\n[keymap]\n");
    buffer_printf(out, "name = \"%s\"\n", keymap->name);
    if (keymap->description[0] != '\0') {
        buffer_printf(out, "description = \"%s\"\n", keymap->description);
    }
    print_macros(keymap, out);
    for (uint32_t i = 0; i < keymap->bindings.count;) {
        if (keymap->bindings.items[i].context != context) {
            context = keymap->bindings.items[i].context;
            buffer_printf(out, "\n[%s]\n", keymap_context_name((enum keymap_context)context));
        }
        i = print_line(keymap, i, out);
    }
}
