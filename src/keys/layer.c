/*
 * One layer of a keymap: a file's sections become bindings.
 *
 *      [thread]
 *      next-comment = "j <Down>"       these are its keys now, whatever a lower layer said
 *      parent       = "<Inherit> p"    these as well
 *      toggle-fold  = ""               none
 *      none         = "q"              q does nothing here, though [global] binds it
 *
 * A sequence that is wrong costs only itself; the others on its line are in force.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "keymap.h"

/* What the right side of a line said. */
struct right {
    bool inherit, wrong;
    uint32_t sequences;
};

static void report(const struct layer *layer, uint32_t line, const char *message)
{
    problems_add(layer->problems, layer->ini->file, line, "%s", message);
}

static void add_binding(struct layer *layer, uint32_t context, uint32_t target, uint32_t first,
                        uint32_t line)
{
    struct keymap *keymap = layer->keymap;
    struct binding binding = {.context = context,
                              .target = target,
                              .first_key = first,
                              .key_count = (uint32_t)keymap->keys.count - first,
                              .file = layer->file,
                              .line = line,
                              .layer = layer->number,
                              .order = (uint32_t)keymap->bindings.count};
    vector_push(&keymap->bindings, binding);
}

/* Appends the keys of one sequence to the pool; false when something is wrong with it. */
static bool read_sequence(struct keymap *keymap, const char *text, size_t length,
                          struct error *error)
{
    struct key_list keys = {0};
    bool good = keys_parse(text, length, &keys, error);
    if (good && keys.count > KEYMAP_LONGEST) {
        good = error_set(error, "a sequence of more than %d keys", KEYMAP_LONGEST);
    }
    for (size_t i = 0; good && i < keys.count; i++) {
        vector_push(&keymap->keys, keys.items[i]);
    }
    vector_release(&keys);
    return good;
}

static struct right read_right(struct layer *layer, uint32_t context, uint32_t target,
                               const struct ini_entry *entry)
{
    static const char inherit[] = "<Inherit>";
    struct right right = {0};
    const char *text = entry->value + strspn(entry->value, " \t");
    while (*text != '\0') {
        struct error error;
        size_t length = strcspn(text, " \t");
        uint32_t first = (uint32_t)layer->keymap->keys.count;
        if (length == sizeof inherit - 1 && strncasecmp(text, inherit, length) == 0) {
            right.inherit = true;
        } else if (read_sequence(layer->keymap, text, length, &error)) {
            add_binding(layer, context, target, first, entry->line);
            right.sequences++;
        } else {
            report(layer, entry->line, error.message);
            right.wrong = true;
        }
        text += length + strspn(text + length, " \t");
    }
    return right;
}

/* "'parent' cannot be bound in [global]: it works in [thread], [help]" */
static void report_context(const struct layer *layer, const struct ini_entry *entry,
                           enum keymap_context context, uint32_t allowed)
{
    struct buffer where = {0};
    for (unsigned i = 0; i < KEYMAP_CONTEXTS; i++) {
        if (allowed & KEYMAP_IN(i)) {
            buffer_printf(&where, "%s[%s]", where.length > 0 ? ", " : "",
                          keymap_context_name((enum keymap_context)i));
        }
    }
    problems_add(layer->problems, layer->ini->file, entry->line,
                 "'%.60s' cannot be bound in [%s]: it works in %s", entry->key,
                 keymap_context_name(context), buffer_string(&where));
    buffer_release(&where);
}

/* Someone who takes away keys that are not there means those of [global]. */
static void check_empty(const struct layer *layer, const struct ini_entry *entry,
                        enum keymap_context context, uint32_t target)
{
    const struct keymap *keymap = layer->keymap;
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        if (binding->target == target && binding->context == context) {
            return;
        }
    }
    problems_advise(layer->problems, layer->ini->file, entry->line,
                    "'%.60s' has no keys of its own in [%s] to take away; a key that is bound in "
                    "[global] does nothing there by none = \"KEY\"",
                    entry->key, keymap_context_name(context));
}

static void read_entry(struct layer *layer, const struct ini_entry *entry,
                       enum keymap_context context, struct replaced *replaced)
{
    struct keymap *keymap = layer->keymap;
    char hint[96];
    bool found;
    uint32_t target = target_find(keymap, entry->key, &found);
    if (!found) {
        problems_add(layer->problems, layer->ini->file, entry->line, "unknown action '%.60s'%s",
                     entry->key, target_hint(keymap, entry->key, hint, sizeof hint));
        return;
    }
    uint32_t allowed = target_contexts(keymap, target);
    if (!(allowed & (KEYMAP_IN(context) | KEYMAP_IN(KEYMAP_GLOBAL)))) {
        report_context(layer, entry, context, allowed);
    } else if (entry->cut) {
        report(layer, entry->line,
               "the keys end where the comment begins: put them in double quotes");
    } else {
        struct right right = read_right(layer, context, target, entry);
        if (right.sequences == 0 && !right.inherit && !right.wrong) {
            check_empty(layer, entry, context, target);
        }
        if (!right.inherit && (!right.wrong || right.sequences > 0)) {
            replaced->layers[context * replaced->targets + target_row(keymap, target)] =
                (uint8_t)layer->number;
        }
    }
}

/* The context a section is about; KEYMAP_CONTEXTS: none. */
static enum keymap_context section_context(const struct layer *layer, const char *section)
{
    size_t length = strlen(layer->prefix);
    return strncmp(section, layer->prefix, length) == 0 ? context_find(section + length)
                                                        : KEYMAP_CONTEXTS;
}

static void check_section(const struct layer *layer, const struct ini_section *section)
{
    struct nearest nearest = {.wanted = section->name};
    char hint[96], names[KEYMAP_CONTEXTS][24];
    for (unsigned i = 0; i < KEYMAP_CONTEXTS; i++) {
        snprintf(names[i], sizeof names[i], "%s%s", layer->prefix,
                 keymap_context_name((enum keymap_context)i));
        nearest_offer(&nearest, names[i]);
    }
    if (layer->prefix[0] == '\0') {
        nearest_offer(&nearest, "macros");
        nearest_offer(&nearest, "keymap");
    }
    problems_add(layer->problems, layer->ini->file, section->line, "unknown section '%.60s'%s",
                 section->name, nearest_hint(&nearest, hint, sizeof hint));
}

/* In config.ini other sections are settings, and none of our business. */
static void check_sections(const struct layer *layer)
{
    size_t length = strlen(layer->prefix);
    for (size_t i = 0; i < layer->ini->section_count; i++) {
        const struct ini_section *section = &layer->ini->sections[i];
        bool other = strcmp(section->name, "macros") == 0 ||
                     (length == 0 && strcmp(section->name, "keymap") == 0) ||
                     strncmp(section->name, layer->prefix, length) != 0;
        if (!other && section_context(layer, section->name) == KEYMAP_CONTEXTS) {
            check_section(layer, section);
        }
    }
}

void layer_read(struct layer *layer, struct replaced *replaced)
{
    check_sections(layer);
    for (size_t i = 0; i < layer->ini->count; i++) {
        const struct ini_entry *entry = &layer->ini->entries[i];
        enum keymap_context context = section_context(layer, entry->section);
        if (context != KEYMAP_CONTEXTS) {
            read_entry(layer, entry, context, replaced);
        }
    }
}
