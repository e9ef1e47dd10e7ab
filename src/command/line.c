/*
 * The command line: "12 name argument" is run, and completed by Tab: a command's name first, then
 * what the command takes, by the word its row in the table has for that.
 */
#include "internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- running -------------------------------------------------------------------------------- */

/* The action of which one of the other names is meant: "voice" of "voices", or NULL. */
static const char *nearest_alias(const char *name)
{
    for (uint32_t at = 0; at < command_count(); at++) {
        const char *aliases = command_actions()->items[at].aliases;
        while (aliases && *aliases) {
            size_t length = strcspn(aliases, " ");
            char *alias = xstrndup(aliases, length);
            struct nearest nearest = {.wanted = name};
            nearest_offer(&nearest, alias);
            bool is_near = nearest_name(&nearest) != NULL;
            free(alias);
            if (is_near)
                return command_actions()->items[at].name;
            aliases += length + strspn(aliases + length, " ");
        }
    }
    return NULL;
}

/* The action that has the letters in its name, one after the other, or NULL. */
static const char *best_fit(const char *name)
{
    const char *best = NULL;
    int most = 0;
    for (size_t at = 0; at < command_count(); at++) {
        int score = fuzzy_score(name, command_info(at).name);
        best = score > most ? command_info(at).name : best;
        most = score > most ? score : most;
    }
    return best;
}

static unsigned unknown_command(struct session *session, const char *name)
{
    struct nearest nearest = {.wanted = name};
    const char *macro;
    for (size_t at = 0; at < command_count(); at++)
        nearest_offer(&nearest, command_info(at).name);
    for (uint32_t at = 0; (macro = keymap_macro_name(session->keymap, at)); at++)
        nearest_offer(&nearest, macro);
    const char *meant = nearest_name(&nearest);
    meant = meant ? meant : nearest_alias(name);
    meant = meant ? meant : best_fit(name);
    if (meant)
        session_complain(session, "unknown command '%s', did you mean '%s'?", name, meant);
    else
        session_complain(session, "unknown command '%s'", name);
    return WISH_DRAW;
}

/* What is typed after a command that takes nothing was meant for another one. */
static unsigned run_action(struct session *session, uint32_t action, int count,
                           const char *argument)
{
    if (!argument || command_info(action).arguments[0])
        return steps_do(session, &(struct keymap_step){action, argument}, 1, count);
    session_complain(session, "%s takes nothing after it, but '%s' is there",
                     command_info(action).name, argument);
    return WISH_DRAW;
}

/* "save! FILE" is "save ! FILE", where that may be said. */
static unsigned run_forced(struct session *session, const char *name, const char *argument)
{
    struct buffer forced = {0};
    char *without = xstrndup(name, strlen(name) - 1);
    uint32_t action = keymap_action_find(command_actions(), without);
    unsigned wishes;
    buffer_printf(&forced, "! %s", argument ? argument : "");
    if (action != KEYMAP_NO_ACTION && strncmp(command_info(action).arguments, "[!]", 3) == 0)
        wishes = run_action(session, action, 0, buffer_string(&forced));
    else
        wishes = unknown_command(session, name);
    free(without);
    buffer_release(&forced);
    return wishes;
}

static unsigned run_named(struct session *session, const char *name, int count,
                          const char *argument)
{
    uint32_t steps, action = keymap_action_find(command_actions(), name);
    const struct keymap_step *macro = keymap_macro(session->keymap, name, &steps);
    if (action != KEYMAP_NO_ACTION)
        return run_action(session, action, count, argument);
    if (!macro && name[strlen(name) - 1] == '!')
        return run_forced(session, name, argument);
    if (!macro)
        return unknown_command(session, name);
    return steps_do(session, macro, steps, count);
}

unsigned command_run(struct session *session, const char *line)
{
    char name[64] = "top"; /* a number alone goes there */
    char *rest;
    long count = strtol(line, &rest, 10);
    rest += strspn(rest, " ");
    size_t length = strcspn(rest, " ");
    if (length > 0) {
        size_t kept = length < sizeof name ? length : sizeof name - 1;
        memcpy(name, rest, kept);
        name[kept] = '\0';
        rest += length;
    }
    rest += strspn(rest, " ");
    bool writes = strcmp(name, "w") == 0 || strcmp(name, "write") == 0;
    if (writes && rest[0] == '!' && rest[1] && rest[1] != ' ') { /* ":w !wc", as in vi */
        memcpy(name, "pipe", sizeof "pipe");
        rest++;
    }
    int times = count > 0 && count < KEYMAP_MOST_COUNT ? (int)count : 0;
    return run_named(session, name, times, *rest ? rest : NULL);
}

/* ---- what can be completed ------------------------------------------------------------------ */

void command_offer(struct session *session, const char *typed, const char *word, const char *help,
                   const char *note)
{
    if (strncmp(word, typed, strlen(typed)) == 0)
        listing_add(&session->panel.list, word, help, note);
}

static size_t offer_commands(struct session *session, const char *typed)
{
    const char *macro;
    for (uint32_t at = 0; at < command_count(); at++) {
        struct buffer keys = {0};
        enum keymap_context below = session_context_below(session);
        keymap_keys_of(session->keymap, below, at, 2, "  ", &keys);
        command_offer(session, typed, command_info(at).name, command_info(at).help,
                      buffer_string(&keys));
        buffer_release(&keys);
    }
    for (uint32_t at = 0; (macro = keymap_macro_name(session->keymap, at)); at++)
        command_offer(session, typed, macro, "a macro of the keymap", "");
    return 0;
}

static void offer_values(struct session *session, const char *typed, enum setting setting)
{
    const struct setting_info *info = setting_info(setting);
    size_t themes = 0;
    const struct theme *theme = theme_table(&themes);
    if (info->type == SETTING_TYPE_BOOL) {
        command_offer(session, typed, "yes", "", "");
        command_offer(session, typed, "no", "", "");
    }
    for (size_t at = 0; at < SETTING_WORDS && info->words[at]; at++)
        command_offer(session, typed, info->words[at], "", "");
    for (size_t at = 0; setting == SETTING_THEME && at < themes; at++)
        command_offer(session, typed, theme[at].name, theme[at].help, "");
    for (size_t at = 0; setting == SETTING_KEYMAP && keymap_builtin_name(at); at++)
        command_offer(session, typed, keymap_builtin_name(at), "", "");
}

static size_t offer_settings(struct session *session, const char *typed)
{
    for (unsigned at = 0; at < SETTINGS; at++) {
        enum setting setting = (enum setting)at;
        struct buffer name = {0}, value = {0};
        settings_name(setting, &name);
        buffer_addc(&name, '=');
        settings_value(session->config, setting, &value);
        if (strncmp(typed, buffer_string(&name), name.length) == 0)
            offer_values(session, typed + name.length, setting);
        else
            command_offer(session, typed, buffer_string(&name), setting_info(setting)->help,
                          buffer_string(&value));
        buffer_release(&name);
        buffer_release(&value);
    }
    const char *value = strchr(typed, '='); /* then that is offered alone */
    return value ? (size_t)(value - typed) + 1 : 0;
}

/* By the word that stands for the argument in the table of actions. What is offered goes on from
 * the byte of `typed` that is returned. */
static const struct {
    const char *arguments;
    size_t (*offer)(struct session *session, const char *typed);
} completers[] = {
    {"COMMAND", offer_commands}, {"SETTING", offer_settings},      {"ORDER", offer_orders},
    {"FILTER", offer_terms},     {"CORRECTION", correct_complete},
};

/* The words of "[article|thread]" in the table, for the last one that is being typed. */
static size_t offer_words(struct session *session, const char *arguments, const char *typed)
{
    const char *blank = strrchr(typed, ' '), *last = blank ? blank + 1 : typed;
    for (const char *word = arguments; (word = strpbrk(word, "[|"));) {
        size_t length = strcspn(++word, "|]");
        char *copy = xstrndup(word, length);
        if (isalpha((unsigned char)*copy))
            command_offer(session, last, copy, "", "");
        free(copy);
    }
    return (size_t)(last - typed);
}

static size_t offer_arguments(struct session *session, const char *name, const char *typed)
{
    uint32_t action = keymap_action_find(command_actions(), name);
    if (action == KEYMAP_NO_ACTION)
        return 0;
    const char *arguments = command_info(action).arguments;
    for (size_t at = 0; at < ARRAY_LENGTH(completers); at++)
        if (strcmp(arguments, completers[at].arguments) == 0)
            return completers[at].offer(session, typed);
    return offer_words(session, arguments, typed);
}

/* Lists what can stand at the line's end; where it begins. */
static size_t offer_all(struct session *session, const char *line)
{
    size_t start = strspn(line, " 0123456789"), length = strcspn(line + start, " ");
    panel_open(session, PANEL_COMPLETION);
    if (session->prompt.kind == PROMPT_FILTER)
        return offer_terms(session, line);
    if (!line[start + length]) {
        offer_commands(session, line + start);
        return start;
    }
    char *name = xstrndup(line + start, length);
    start += length + strspn(line + start + length, " ");
    start += offer_arguments(session, name, line + start);
    free(name);
    return start;
}

/* ---- completing ----------------------------------------------------------------------------- */

static char *offered(const struct session *session, size_t number)
{
    const struct listing *list = &session->panel.list;
    const struct listing_line *line = &list->lines.items[number];
    return xstrndup(list->text.data + line->left, line->middle - line->left);
}

/* As far as all that is offered agrees. */
static char *agreed(const struct session *session)
{
    char *common = offered(session, 0);
    size_t length = strlen(common);
    for (size_t at = 1; at < session->panel.list.lines.count; at++) {
        char *word = offered(session, at);
        while (strncmp(common, word, length) != 0)
            length--;
        free(word);
    }
    common[length] = '\0';
    return common;
}

static bool wants_argument(const char *name)
{
    uint32_t action = keymap_action_find(command_actions(), name);
    return action != KEYMAP_NO_ACTION && command_info(action).arguments[0];
}

static void put_word(struct session *session, const char *word)
{
    struct prompt *prompt = &session->prompt;
    prompt_replace(session, prompt->completing, prompt->text.length, word, strlen(word));
    session->panel.kind = PANEL_COMPLETION; /* what was offered still is */
}

/* Goes through what is offered, and past the end of it to the beginning. */
static void choose(struct session *session, int step)
{
    struct listing *list = &session->panel.list;
    int count = (int)list->lines.count;
    int from = list->selected < 0 && step < 0 ? 0 : list->selected;
    list->selected = ((from + step) % count + count) % count;
    char *word = offered(session, (size_t)list->selected);
    put_word(session, word);
    free(word);
}

void command_complete(struct session *session, int step)
{
    struct prompt *prompt = &session->prompt;
    struct listing *list = &session->panel.list;
    if (prompt->kind != PROMPT_COMMAND && prompt->kind != PROMPT_FILTER)
        return;
    if (session->panel.kind == PANEL_COMPLETION && list->lines.count > 0) {
        choose(session, step);
        return;
    }
    prompt->completing = offer_all(session, buffer_string(&prompt->text));
    if (list->lines.count == 0) {
        panel_close(session, PANEL_COMPLETION);
        session_complain(session, "nothing begins so");
        return;
    }
    bool only = list->lines.count == 1;
    char *word = agreed(session);
    put_word(session, word);
    if (only && wants_argument(word))
        prompt_insert(session, " ", 1);
    if (only)
        panel_close(session, PANEL_COMPLETION);
    free(word);
}
