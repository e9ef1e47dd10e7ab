/*
 * What the keys do, taken from the keymap in force: help for the focused context, and for keys that
 * have begun a sequence what can follow.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* ---- help ----------------------------------------------------------------------------------- */

/* Appends where the bindings were said, each place once. */
static void add_origins(const struct keymap *keymap, const uint32_t *numbers, size_t count,
                        struct buffer *out)
{
    struct keymap_origin last = {0};
    for (size_t at = 0; at < count; at++) {
        struct keymap_origin origin = keymap_binding(keymap, numbers[at]).origin;
        if (last.file && last.line == origin.line && strcmp(last.file, origin.file) == 0)
            continue;
        last = origin;
        buffer_adds(out, out->length ? " " : "");
        describe_origin(origin, false, out);
    }
}

/* A group of actions that have keys in the context, under its heading. */
static void add_group(struct session *session, enum keymap_context context, const char *group)
{
    struct listing *listing = &session->listing;
    bool any = false;
    for (size_t at = 0; at < command_count(); at++) {
        struct command_info info = command_info(at);
        uint32_t numbers[KEYMAP_MOST_SHOWN];
        struct buffer keys = {0}, origins = {0};
        if (strcmp(info.group, group) != 0)
            continue;
        size_t count =
            keymap_bindings_of(session->keymap, context, (uint32_t)at, numbers, KEYMAP_MOST_SHOWN);
        keymap_keys_of(session->keymap, context, (uint32_t)at, KEYMAP_MOST_SHOWN, "  ", &keys);
        add_origins(session->keymap, numbers, count, &origins);
        if (count && !any && listing->lines.count)
            listing_heading(listing, "");
        if (count && !any)
            listing_heading(listing, group);
        if (count)
            listing_add(listing, buffer_string(&keys), info.help, buffer_string(&origins));
        any = any || count > 0;
        buffer_release(&keys);
        buffer_release(&origins);
    }
}

/* Whether an action is the first of its group; the others may stand anywhere behind it. */
static bool begins_group(size_t action)
{
    for (size_t at = 0; at < action; at++)
        if (strcmp(command_info(at).group, command_info(action).group) == 0)
            return false;
    return true;
}

/* Whether a binding is what its keys do in a context. */
static bool is_live(const struct keymap *keymap, enum keymap_context context,
                    const struct keymap_binding *binding)
{
    struct keymap_binding found;
    return (binding->context == context || binding->context == KEYMAP_GLOBAL) &&
           keymap_lookup(keymap, context, binding->keys, binding->key_count, &found) ==
               KEYMAP_MATCH &&
           found.keys == binding->keys;
}

/* What a binding does: an action's help, a macro's steps, or nothing. */
static void describe_work(const struct keymap_binding *binding, struct buffer *out)
{
    uint32_t action = keymap_action_find(command_actions(), binding->name);
    if (binding->step_count == 0) {
        buffer_adds(out, "nothing");
    } else if (action != KEYMAP_NO_ACTION) {
        buffer_adds(out, command_info(action).help);
    } else {
        buffer_printf(out, "%s: ", binding->name);
        describe_binding(binding, out);
    }
}

/* Appends the keys of a binding, and of those next to it that do the same; returns how many. */
static uint32_t add_alike(const struct keymap *keymap, enum keymap_context context, uint32_t number,
                          struct buffer *keys)
{
    struct keymap_binding first = keymap_binding(keymap, number), next = first;
    uint32_t count = keymap_binding_count(keymap) - number, at = 0;
    while (next.context == first.context && strcmp(next.name, first.name) == 0) {
        if (is_live(keymap, context, &next)) {
            buffer_adds(keys, keys->length ? "  " : "");
            keys_write(next.keys, next.key_count, keys);
        }
        if (++at == count)
            break;
        next = keymap_binding(keymap, number + at);
    }
    return at;
}

/* A line for what is bound in a context, as far as `wanted` picks it, under a heading. */
static void add_bindings(struct session *session, enum keymap_context context, const char *heading,
                         bool (*wanted)(const struct keymap_binding *, enum keymap_context))
{
    struct listing *listing = &session->listing;
    uint32_t count = keymap_binding_count(session->keymap), alike;
    bool any = false;
    for (uint32_t number = 0; number < count; number += alike) {
        struct keymap_binding binding = keymap_binding(session->keymap, number);
        struct buffer keys = {0}, what = {0}, origin = {0};
        alike = add_alike(session->keymap, context, number, &keys);
        if (keys.length && wanted(&binding, context)) {
            describe_work(&binding, &what);
            describe_origin(binding.origin, false, &origin);
            if (!any)
                listing_heading(listing, "");
            if (!any)
                listing_heading(listing, heading);
            any = true;
            listing_add(listing, buffer_string(&keys), buffer_string(&what),
                        buffer_string(&origin));
        }
        buffer_release(&keys);
        buffer_release(&what);
        buffer_release(&origin);
    }
}

/* Of the focused context: what add_group() did not show. */
static bool is_no_action(const struct keymap_binding *binding, enum keymap_context context)
{
    (void)context;
    return binding->step_count == 0 ||
           keymap_action_find(command_actions(), binding->name) == KEYMAP_NO_ACTION;
}

/* Of another one: what it does not have from [global]. */
static bool is_own(const struct keymap_binding *binding, enum keymap_context context)
{
    return binding->context == context;
}

/* What no keymap has to say. */
static void add_always(struct session *session)
{
    struct listing *listing = &session->listing;
    listing_heading(listing, "");
    listing_heading(listing, "With any keys");
    listing_add(listing, "<Esc>", "take back a count, or keys that began a longer sequence", "");
    listing_add(listing, "<C-c>",
                "stop programs that run, else take back a count or keys that lead to nothing, else "
                "close what is typed or chosen, else do what it is bound to, or leave",
                "");
}

/* Those that are drawn, by the setting. */
static void add_signs(struct session *session)
{
    const char *help;
    struct buffer sign = {0};
    listing_heading(&session->listing, "");
    listing_heading(&session->listing, "What the signs mean");
    for (size_t at = 0; (help = reader_sign(session->reader, at, &sign)); at++) {
        listing_add(&session->listing, buffer_string(&sign), help, "");
        buffer_clear(&sign);
    }
    buffer_release(&sign);
}

void help_open(struct session *session)
{
    enum keymap_context context = session_context(session);
    char title[64];
    if (context == KEYMAP_HELP || context == KEYMAP_PROMPT || context == KEYMAP_PICKER) {
        session_complain(session, "close this first, then help");
        return;
    }
    snprintf(title, sizeof title, "Keys in the %s (%s)", keymap_context_name(context),
             keymap_name(session->keymap));
    listing_open(session, title);
    for (size_t at = 0; at < command_count(); at++)
        if (begins_group(at))
            add_group(session, context, command_info(at).group);
    add_always(session);
    add_bindings(session, context, "Macros, and keys that do nothing", is_no_action);
    add_bindings(session, KEYMAP_HELP, "In a text like this one", is_own);
    add_bindings(session, KEYMAP_PROMPT, "While a line is typed", is_own);
    add_bindings(session, KEYMAP_PICKER, "In a list to choose from", is_own);
    add_signs(session);
    listing_wrap(&session->listing, session->columns);
}

/* ---- what can follow ------------------------------------------------------------------------ */

#define MOST_FOLLOWING 64

static void add_following(struct session *session, const struct keymap_following *following)
{
    struct buffer key = {0}, what = {0};
    keys_write(&following->key, 1, &key);
    if (following->binding != BITSET_NONE) {
        struct keymap_binding binding = keymap_binding(session->keymap, following->binding);
        uint32_t action = keymap_action_find(command_actions(), binding.name);
        if (action != KEYMAP_NO_ACTION)
            buffer_adds(&what, command_info(action).help);
        else
            describe_binding(&binding, &what);
    }
    uint32_t more = following->bindings - (following->binding != BITSET_NONE);
    if (more)
        buffer_printf(&what, "%s%u more begin so", what.length ? "; " : "", (unsigned)more);
    listing_add(&session->panel.list, buffer_string(&key), buffer_string(&what), "");
    buffer_release(&key);
    buffer_release(&what);
}

void hint_open(struct session *session)
{
    struct keymap_following following[MOST_FOLLOWING];
    size_t count = keymap_follow(session->keymap, session_context(session), &session->keys,
                                 following, ARRAY_LENGTH(following));
    panel_open(session, PANEL_HINT);
    for (size_t at = 0; at < count && at < ARRAY_LENGTH(following); at++)
        add_following(session, &following[at]);
}
