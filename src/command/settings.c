/*
 * Settings and keys while the program runs: read again from their files, or set one by one. What
 * cannot be read leaves everything as it was: the new ones are made beside those in force, and take
 * their place only when nothing is wrong with them.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void settings_name(enum setting setting, struct buffer *out)
{
    const struct setting_info *info = setting_info(setting);
    buffer_printf(out, "%s.%s", info->section, info->key);
}

void settings_value(const struct config *config, enum setting setting, struct buffer *out)
{
    const struct setting_info *info = setting_info(setting);
    if (info->type == SETTING_TYPE_STRING)
        buffer_adds(out, config_string(config, setting));
    else if (info->type == SETTING_TYPE_BOOL)
        buffer_adds(out, config_bool(config, setting) ? "yes" : "no");
    else if (info->type == SETTING_TYPE_ENUM)
        buffer_adds(out, info->words[config_int(config, setting)]);
    else
        buffer_printf(out, "%d", config_int(config, setting));
}

/* ---- putting others in force ---------------------------------------------------------------- */

static struct keymap *load_keymap(const struct session *session, const struct config *config,
                                  const char *name, struct problems *problems)
{
    struct keymap_request request = {.name = name ? name : session->setup.keymap_name,
                                     .actions = command_actions(),
                                     .overlay = config_ini(config),
                                     .escape_ms = config_int(config, SETTING_ESCAPE_MS)};
    if (!request.name)
        request.name = config_string(config, SETTING_KEYMAP);
    return keymap_load(&request, problems);
}

/* Something costs more than advice. */
static bool is_wrong(const struct problems *problems)
{
    for (size_t at = 0; at < problems->count; at++)
        if (!problems->items[at].advice)
            return true;
    return false;
}

/* Steps of the keymap in force may be running right now: it is exchanged before the next key. */
void settings_take_keymap(struct session *session)
{
    if (!session->next_keymap)
        return;
    keymap_free(session->keymap);
    session->keymap = session->next_keymap;
    session->next_keymap = NULL;
    keymap_reset(&session->keys);
    session->timed = false;
}

static unsigned apply(struct session *session, struct keymap *keymap)
{
    if (keymap) {
        keymap_free(session->next_keymap);
        session->next_keymap = keymap;
    }
    reader_configure(session->reader, session->config);
    return WISH_DRAW | WISH_REPAINT | WISH_MOUSE;
}

/* ---- reading them again --------------------------------------------------------------------- */

unsigned session_reload(struct session *session)
{
    struct problems problems = {0};
    unsigned wishes = WISH_DRAW;
    struct config *config = config_again(session->config, session->setup.config_path, &problems);
    struct keymap *keymap = load_keymap(session, config, NULL, &problems);
    if (is_wrong(&problems)) {
        session_tell_problems(session, "nothing is changed: ", &problems);
        keymap_free(keymap);
    } else {
        config_swap(session->config, config);
        wishes = apply(session, keymap);
        session_say(session, "settings and keys have been read again");
        session_tell_problems(session, "read again: ", &problems);
    }
    config_free(config);
    problems_release(&problems);
    return wishes;
}

/* ---- setting one ---------------------------------------------------------------------------- */

static void tell_setting(struct session *session, const char *name)
{
    struct buffer own = {0}, value = {0};
    for (unsigned at = 0; at < SETTINGS; at++) {
        uint32_t line;
        buffer_clear(&own);
        settings_name((enum setting)at, &own);
        if (strcmp(buffer_string(&own), name) != 0)
            continue;
        const char *file = config_origin(session->config, (enum setting)at, &line);
        settings_value(session->config, (enum setting)at, &value);
        session_say(session, "%s = %s (%s)", name, buffer_string(&value),
                    file ? file : "the default");
        buffer_release(&own);
        buffer_release(&value);
        return;
    }
    session_complain(session, "unknown setting '%s'; they are SECTION.KEY", name);
    buffer_release(&own);
}

/* A keymap that is not there is not taken. */
static bool change_keymap(struct session *session, const char *name, struct keymap **keymap)
{
    struct problems problems = {0};
    *keymap = load_keymap(session, session->config, name, &problems);
    bool good = !is_wrong(&problems);
    if (!good) {
        session_tell_problems(session, "", &problems);
        keymap_free(*keymap);
        *keymap = NULL;
    }
    problems_release(&problems);
    return good;
}

static unsigned set_value(struct session *session, const char *name, const char *value)
{
    struct error error;
    struct keymap *keymap = NULL;
    bool is_keymap = strcmp(name, "keys.keymap") == 0;
    if (is_keymap && !change_keymap(session, value, &keymap))
        return WISH_DRAW;
    if (!config_set(session->config, name, value, &error)) {
        session_complain(session, "%s", error.message);
        keymap_free(keymap);
        return WISH_DRAW;
    }
    if (is_keymap)
        session->setup.keymap_name = NULL; /* chosen anew, whatever the option said */
    session_say(session, "%s = %s", name, value);
    return apply(session, keymap);
}

unsigned run_set(struct session *session, const struct call *call)
{
    if (!call->argument) {
        prompt_open(session, PROMPT_COMMAND, false);
        prompt_insert(session, "set ", 4);
        command_complete(session, 1);
        return WISH_DRAW;
    }
    size_t length = strcspn(call->argument, "= ");
    const char *value = call->argument + length + strspn(call->argument + length, "= ");
    char *name = xstrndup(call->argument, length);
    unsigned wishes = WISH_DRAW;
    if (*value)
        wishes = set_value(session, name, value);
    else
        tell_setting(session, name);
    free(name);
    return wishes;
}
