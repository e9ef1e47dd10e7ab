/*
 * Names of contexts, actions and macros, and what they stand for.
 */
#include <string.h>

#include "keymap.h"

static const char *const contexts[KEYMAP_CONTEXTS] = {
    [KEYMAP_GLOBAL] = "global", [KEYMAP_ARTICLE] = "article", [KEYMAP_SIDEBAR] = "sidebar",
    [KEYMAP_THREAD] = "thread", [KEYMAP_HELP] = "help",       [KEYMAP_PROMPT] = "prompt",
    [KEYMAP_PICKER] = "picker",
};

static const char nothing[] = "none"; /* the name of a key made to do nothing */

const char *keymap_context_name(enum keymap_context context)
{
    return contexts[context];
}

enum keymap_context context_find(const char *name)
{
    unsigned at = 0;
    while (at < KEYMAP_CONTEXTS && strcmp(contexts[at], name) != 0) {
        at++;
    }
    return (enum keymap_context)at;
}

static bool is_alias(const char *aliases, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = aliases; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, " ");
        if (size == length && size > 0 && memcmp(at, name, size) == 0) {
            return true;
        }
        at += size + strspn(at + size, " ");
    }
    return false;
}

uint32_t keymap_action_find(const struct keymap_actions *actions, const char *name)
{
    for (uint32_t i = 0; i < actions->count; i++) {
        const char *its_name = actions->items[i].name;
        if (its_name[0] == name[0] && strcmp(its_name, name) == 0) {
            return i;
        }
    }
    for (uint32_t i = 0; i < actions->count; i++) {
        if (is_alias(actions->items[i].aliases, name)) {
            return i;
        }
    }
    return KEYMAP_NO_ACTION;
}

uint32_t target_find(const struct keymap *keymap, const char *name, bool *found)
{
    uint32_t action = keymap_action_find(keymap->actions, name);
    *found = true;
    if (action != KEYMAP_NO_ACTION) {
        return action;
    }
    uint32_t macro = macro_find(keymap, name);
    *found = macro != TARGET_NONE || strcmp(name, nothing) == 0;
    return macro;
}

const char *target_name(const struct keymap *keymap, uint32_t target)
{
    return target == TARGET_NONE    ? nothing
           : target >= TARGET_MACRO ? keymap->macros.items[target - TARGET_MACRO].name
                                    : keymap->actions->items[target].name;
}

uint32_t target_contexts(const struct keymap *keymap, uint32_t target)
{
    return target < TARGET_MACRO ? keymap->actions->items[target].contexts
                                 : KEYMAP_IN(KEYMAP_GLOBAL);
}

uint32_t target_row(const struct keymap *keymap, uint32_t target)
{
    return target == TARGET_NONE    ? target_rows(keymap) - 1
           : target >= TARGET_MACRO ? keymap->actions->count + target - TARGET_MACRO
                                    : target;
}

uint32_t target_rows(const struct keymap *keymap)
{
    return keymap->actions->count + (uint32_t)keymap->macros.count + 1;
}

const char *target_hint(const struct keymap *keymap, const char *name, char *hint, size_t size)
{
    struct nearest nearest = {.wanted = name};
    for (uint32_t i = 0; i < keymap->actions->count; i++) {
        nearest_offer(&nearest, keymap->actions->items[i].name);
    }
    for (size_t i = 0; i < keymap->macros.count; i++) {
        nearest_offer(&nearest, keymap->macros.items[i].name);
    }
    return nearest_hint(&nearest, hint, size);
}
