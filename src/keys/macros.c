/*
 * Macros: several actions under one name.
 *
 *      [macros]
 *      skim  = "fold-all; thread-root"
 *      hunt  = "skim; search-forward harbour board"
 *
 * A macro may use another, but only one defined above it: it is put in whole where it stands. So no
 * macro can ever call itself, and how long one gets is known before it runs.
 */
#include <stdlib.h>
#include <string.h>

#include "keymap.h"

uint32_t macro_find(const struct keymap *keymap, const char *name)
{
    for (size_t i = 0; i < keymap->macros.count; i++) {
        if (strcmp(keymap->macros.items[i].name, name) == 0) {
            return TARGET_MACRO + (uint32_t)i;
        }
    }
    return TARGET_NONE;
}

static void release_steps(struct macro *macro)
{
    for (size_t i = 0; i < macro->steps.count; i++) {
        free((char *)macro->steps.items[i].argument); /* made by this file */
    }
    vector_release(&macro->steps);
}

void macro_release(struct macro *macro)
{
    release_steps(macro);
    free(macro->name);
}

static void add_step(struct macro *macro, uint32_t action, const char *argument, size_t length)
{
    struct keymap_step step = {.action = action};
    step.argument = length > 0 ? xstrndup(argument, length) : NULL;
    vector_push(&macro->steps, step);
}

static bool add_macro(const struct keymap *keymap, uint32_t other, struct macro *macro)
{
    const struct macro *used = &keymap->macros.items[other - TARGET_MACRO];
    for (size_t i = 0; i < used->steps.count && macro->steps.count <= MOST_STEPS; i++) {
        const char *argument = used->steps.items[i].argument;
        add_step(macro, used->steps.items[i].action, argument,
                 argument != NULL ? strlen(argument) : 0);
    }
    return macro->steps.count <= MOST_STEPS;
}

/* One "action argument". */
static bool read_step(const struct keymap *keymap, const char *text, size_t length,
                      struct macro *macro, struct error *error)
{
    size_t size = 0, skip;
    bool done = true;
    char hint[96];
    while (size < length && text[size] != ' ' && text[size] != '\t') {
        size++;
    }
    for (skip = size; skip < length && (text[skip] == ' ' || text[skip] == '\t'); skip++) {
    }
    char *name = xstrndup(text, size);
    uint32_t action = keymap_action_find(keymap->actions, name);
    uint32_t other = action == KEYMAP_NO_ACTION ? macro_find(keymap, name) : TARGET_NONE;
    if (action != KEYMAP_NO_ACTION) {
        add_step(macro, action, text + skip, length - skip);
        done = macro->steps.count <= MOST_STEPS ||
               error_set(error, "the macro '%.60s' is longer than %d actions", macro->name,
                         MOST_STEPS);
    } else if (strcmp(name, macro->name) == 0) {
        done = error_set(error, "the macro '%.60s' would call itself", name);
    } else if (other == TARGET_NONE) {
        done = error_set(error,
                         "unknown action '%.60s' (a macro has to stand above the one that uses "
                         "it)%s",
                         name, target_hint(keymap, name, hint, sizeof hint));
    } else if (skip < length) {
        done = error_set(error, "the macro '%.60s' takes no argument", name);
    } else if (!add_macro(keymap, other, macro)) {
        done = error_set(error, "the macro '%.60s' is longer than %d actions", macro->name,
                         MOST_STEPS);
    }
    free(name);
    return done;
}

const char *macro_quote(const char *text)
{
    return strchr(text, '"') == NULL ? "\"" : strchr(text, '\'') == NULL ? "'" : "";
}

/* What keymap_print() writes can be read again: neither too long, nor in need of quotes that it
 * cannot have, as there are both kinds within. */
static bool is_printable(const struct keymap *keymap, const struct macro *macro,
                         struct error *error)
{
    struct buffer written = {0};
    macro_write(keymap, macro, &written);
    const char *text = buffer_string(&written);
    bool fits = written.length <= LONGEST_PRINTED;
    bool quoted = macro_quote(text)[0] != '\0' || strpbrk(text, "#;") == NULL;
    buffer_release(&written);
    if (!fits) {
        return error_set(error, "the macro '%.60s' is too long", macro->name);
    }
    return quoted ||
           error_set(error,
                     "the macro '%.60s' has several steps or a '#', and so cannot hold both "
                     "kinds of quotes",
                     macro->name);
}

static bool read_steps(const struct keymap *keymap, const char *text, struct macro *macro,
                       struct error *error)
{
    while (*text != '\0') {
        size_t length = strcspn(text, ";"), skip = strspn(text, " \t"), end = length;
        while (end > skip && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
            end--;
        }
        if (skip < end && !read_step(keymap, text + skip, end - skip, macro, error)) {
            return false;
        }
        text += length + (text[length] == ';');
    }
    return is_printable(keymap, macro, error) &&
           (macro->steps.count > 0 ||
            error_set(error, "the macro '%.60s' does nothing", macro->name));
}

/* Of two with one name the later layer's holds; what is bound to it does the new thing. */
static void keep_macro(struct layer *layer, struct macro *macro)
{
    uint32_t there = macro_find(layer->keymap, macro->name);
    if (there == TARGET_NONE) {
        vector_push(&layer->keymap->macros, *macro);
        return;
    }
    struct macro *old = &layer->keymap->macros.items[there - TARGET_MACRO];
    macro_release(old);
    *old = *macro;
}

static void read_macro(struct layer *layer, const struct ini_entry *entry)
{
    struct error error;
    struct macro macro = {.name = xstrdup(entry->key), .file = layer->file, .line = entry->line};
    bool good = false;
    if (keymap_action_find(layer->keymap->actions, entry->key) != KEYMAP_NO_ACTION ||
        strcmp(entry->key, "none") == 0) {
        error_set(&error, "'%.60s' is the name of an action and cannot be a macro's", entry->key);
    } else if (strlen(entry->key) > LONGEST_MACRO) {
        error_set(&error, "the name of a macro has at most %d letters", LONGEST_MACRO);
    } else if (entry->cut) {
        error_set(&error, "the macro ends where the comment begins: put it in double quotes");
    } else if (layer->keymap->macros.count >= MOST_MACROS) {
        error_set(&error, "more than %d macros; this one is left out", MOST_MACROS);
    } else {
        good = read_steps(layer->keymap, entry->value, &macro, &error);
    }
    if (good) {
        keep_macro(layer, &macro);
    } else {
        problems_add(layer->problems, layer->ini->file, entry->line, "%s", error.message);
        macro_release(&macro);
    }
}

void macros_read(struct layer *layer)
{
    for (size_t i = 0; i < layer->ini->count; i++) {
        if (strcmp(layer->ini->entries[i].section, "macros") == 0) {
            read_macro(layer, &layer->ini->entries[i]);
        }
    }
}

void macro_write(const struct keymap *keymap, const struct macro *macro, struct buffer *out)
{
    for (size_t i = 0; i < macro->steps.count; i++) {
        const struct keymap_step *step = &macro->steps.items[i];
        buffer_printf(out, "%s%s", i > 0 ? "; " : "", keymap->actions->items[step->action].name);
        if (step->argument != NULL) {
            buffer_printf(out, " %s", step->argument);
        }
    }
}
