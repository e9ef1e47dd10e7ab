/*
 * What a key does, and where that was said: the keys typed next are looked up as they always are,
 * and the answer is shown instead of being run.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void describe_origin(struct keymap_origin origin, bool whole, struct buffer *out)
{
    const char *slash = strrchr(origin.file, '/');
    buffer_printf(out, "%s:%u", whole || !slash ? origin.file : slash + 1, (unsigned)origin.line);
}

void describe_binding(const struct keymap_binding *binding, struct buffer *out)
{
    if (binding->step_count == 0)
        buffer_adds(out, "nothing");
    for (uint32_t at = 0; at < binding->step_count; at++) {
        const struct keymap_step *step = &binding->steps[at];
        buffer_printf(out, "%s%s%s%s", at ? "; " : "", command_info(step->action).name,
                      step->argument ? " " : "", step->argument ? step->argument : "");
    }
}

static void show_binding(struct session *session, const struct keymap_binding *binding)
{
    struct listing *list = panel_open(session, PANEL_ANSWER);
    uint32_t action = keymap_action_find(command_actions(), binding->name);
    struct buffer keys = {0}, what = {0}, origin = {0};
    keys_write(binding->keys, binding->key_count, &keys);
    listing_add(list, buffer_string(&keys), binding->name, "");
    if (action != KEYMAP_NO_ACTION)
        buffer_adds(&what, command_info(action).help);
    else
        describe_binding(binding, &what);
    listing_add(list, "does", buffer_string(&what), "");
    describe_origin(binding->origin, true, &origin);
    buffer_printf(&origin, ", under [%s]", keymap_context_name(binding->context));
    listing_add(list, "said in", buffer_string(&origin), "");
    listing_wrap(list, session->columns);
    buffer_release(&keys);
    buffer_release(&what);
    buffer_release(&origin);
}

static void show_unbound(struct session *session, const uint32_t *keys, uint32_t count)
{
    struct buffer text = {0};
    keys_write(keys, count, &text);
    session_refuse(session, "'%s' is not bound in the %s", buffer_string(&text),
                   keymap_context_name(session_context(session)));
    buffer_release(&text);
}

static void describe_keys(struct session *session, const uint32_t *keys, uint32_t count)
{
    struct keymap_binding binding;
    enum keymap_answer answer =
        keymap_lookup(session->keymap, session_context(session), keys, count, &binding);
    if (answer == KEYMAP_MATCH)
        show_binding(session, &binding);
    else if (answer == KEYMAP_NONE)
        show_unbound(session, keys, count);
    else
        session_refuse(session, "these keys begin others");
}

unsigned describe_answer(struct session *session, enum keymap_answer answer,
                         const struct keymap_result *result)
{
    if (answer == KEYMAP_MORE || answer == KEYMAP_IDLE)
        return WISH_DRAW;
    session->describing = false;
    keymap_reset(&session->keys);
    if (answer == KEYMAP_CANCEL)
        session_say(session, "no key was described");
    else
        describe_keys(session, result->keys, result->key_count);
    return WISH_DRAW;
}

unsigned run_describe(struct session *session, const struct call *call)
{
    struct key_list keys = {0};
    struct error error;
    if (!call->argument) {
        session->describing = true;
        session_say(session, "press the key that is to be described");
    } else if (!keys_parse_text(call->argument, strlen(call->argument), &keys, &error)) {
        session_complain(session, "%s", error.message);
    } else {
        describe_keys(session, keys.items, (uint32_t)keys.count);
    }
    vector_release(&keys);
    return WISH_DRAW;
}
