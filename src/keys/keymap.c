/*
 * Loading a keymap: find the file and its ancestors, take them over one upon the other, then the
 * user's own keys, then settle and check.
 *
 *      config.ini [keys.*]   layer 3    highest: what it says holds
 *      mine.ini              layer 2    inherits = "vi"
 *      vi.ini                layer 1    inherits = "default"
 *      default.ini           layer 0
 */
#include <stdlib.h>
#include <string.h>

#include "keymap.h"

/* The files of a keymap, the one asked for first, its farthest ancestor last. */
struct chain {
    struct ini *inis[MOST_LAYERS];
    char *names[MOST_LAYERS];
    enum source sources[MOST_LAYERS];
    uint32_t count;
};

static const char *ini_value(const struct ini *ini, const char *section, const char *key,
                             uint32_t *line)
{
    for (size_t i = 0; i < ini->count; i++) {
        if (strcmp(ini->entries[i].section, section) == 0 &&
            strcmp(ini->entries[i].key, key) == 0) {
            *line = ini->entries[i].line;
            return ini->entries[i].value;
        }
    }
    return NULL;
}

/* ---- the chain ---------------------------------------------------------------------- */

static void chain_add(struct chain *chain, struct ini *ini, const char *name, enum source source)
{
    chain->inis[chain->count] = ini;
    chain->names[chain->count] = xstrdup(name);
    chain->sources[chain->count++] = source;
}

static void chain_release(struct chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        ini_free(chain->inis[i]);
        free(chain->names[i]);
    }
}

static bool chain_has(const struct chain *chain, const char *name, enum source source)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        if (chain->sources[i] == source && strcmp(chain->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void report_unknown(const char *file, uint32_t line, const char *name,
                           struct problems *problems)
{
    struct nearest nearest = {.wanted = name};
    char hint[96];
    for (size_t i = 0; keymap_builtin_name(i) != NULL; i++) {
        nearest_offer(&nearest, keymap_builtin_name(i));
    }
    problems_add(problems, file, line, "there is no keymap '%.60s'%s", name,
                 nearest_hint(&nearest, hint, sizeof hint));
}

/* Adds the keymap that the last one inherits from. One's own "vi" may inherit from "vi": that is
 * the installed one. */
static bool chain_climb(struct chain *chain, struct problems *problems)
{
    uint32_t last = chain->count - 1, line = 0;
    const struct ini *ini = chain->inis[last];
    const char *name = ini_value(ini, "keymap", "inherits", &line);
    if (name == NULL || name[0] == '\0') {
        return false;
    }
    bool itself = strcmp(name, chain->names[last]) == 0;
    enum source source = itself ? chain->sources[last] + 1 : SOURCE_USER;
    if (is_file_name(name)) {
        problems_add(problems, ini->file, line, "'inherits' is the name of a keymap, not a file");
        return false;
    }
    if (chain->count == MOST_LAYERS) {
        problems_add(problems, ini->file, line, "more than %d keymaps inherit from each other",
                     MOST_LAYERS);
        return false;
    }
    struct ini *parent = source < SOURCES ? keymap_file(name, &source, problems) : NULL;
    if (parent == NULL) {
        report_unknown(ini->file, line, name, problems);
        return false;
    }
    if (chain_has(chain, name, source)) {
        problems_add(problems, ini->file, line, "'%.60s' inherits from itself in the end", name);
        ini_free(parent);
        return false;
    }
    chain_add(chain, parent, name, source);
    return true;
}

/* ---- the keymap --------------------------------------------------------------------- */

static struct keymap *keymap_new(const struct keymap_actions *actions)
{
    struct keymap *keymap = xcalloc(1, sizeof *keymap);
    keymap->actions = actions;
    keymap->singles = xcalloc(actions->count, sizeof *keymap->singles);
    for (uint32_t i = 0; i < actions->count; i++) {
        keymap->singles[i].action = i;
    }
    return keymap;
}

void keymap_free(struct keymap *keymap)
{
    if (keymap == NULL) {
        return;
    }
    for (size_t i = 0; i < keymap->macros.count; i++) {
        macro_release(&keymap->macros.items[i]);
    }
    for (size_t i = 0; i < keymap->files.count; i++) {
        free(keymap->files.items[i]);
    }
    vector_release(&keymap->macros);
    vector_release(&keymap->files);
    vector_release(&keymap->bindings);
    vector_release(&keymap->keys);
    free(keymap->sorted);
    free(keymap->singles);
    free(keymap->name);
    free(keymap->description);
    free(keymap);
}

/* The [keymap] section itself. */
static void check_head(const struct ini *ini, struct problems *problems)
{
    static const char *const known[] = {"name", "description", "inherits"};
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        struct nearest nearest = {.wanted = entry->key};
        char hint[96];
        bool found = strcmp(entry->section, "keymap") != 0;
        for (size_t k = 0; k < ARRAY_LENGTH(known) && !found; k++) {
            found = strcmp(entry->key, known[k]) == 0;
            nearest_offer(&nearest, known[k]);
        }
        if (!found) {
            problems_add(problems, ini->file, entry->line, "unknown setting '%.60s' in [keymap]%s",
                         entry->key, nearest_hint(&nearest, hint, sizeof hint));
        }
    }
}

static struct layer make_layer(struct keymap *keymap, const struct ini *ini, const char *prefix,
                               struct problems *problems)
{
    struct layer layer = {.keymap = keymap, .problems = problems, .ini = ini, .prefix = prefix};
    layer.number = layer.file = (uint32_t)keymap->files.count;
    vector_push(&keymap->files, xstrdup(ini->file));
    return layer;
}

/* Text for keymap_print(): what a quoted value can hold. */
static char *plain_text(const char *text)
{
    char *copy = xstrndup(text, utf8_floor(text, strlen(text) < 300 ? strlen(text) : 300));
    for (char *at = copy; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\' || (unsigned char)*at < 0x20 || *at == 0x7f) {
            *at = '\'';
        }
    }
    return copy;
}

static void name_keymap(struct keymap *keymap, const struct chain *chain)
{
    uint32_t line;
    const char *name = ini_value(chain->inis[0], "keymap", "name", &line);
    const char *description = ini_value(chain->inis[0], "keymap", "description", &line);
    keymap->name = plain_text(name != NULL && name[0] != '\0' ? name : chain->names[0]);
    keymap->description = plain_text(description != NULL ? description : "");
}

/* Macros first, of all layers: a binding may name one that a higher layer defines. */
static struct keymap *build(const struct chain *chain, const struct keymap_request *request,
                            struct problems *problems)
{
    struct keymap *keymap = keymap_new(request->actions);
    struct layer layers[MOST_LAYERS + 1];
    uint32_t count = 0;
    for (uint32_t i = chain->count; i-- > 0;) {
        check_head(chain->inis[i], problems);
        layers[count++] = make_layer(keymap, chain->inis[i], "", problems);
    }
    if (request->overlay != NULL) {
        layers[count++] = make_layer(keymap, request->overlay, "keys.", problems);
    }
    for (uint32_t i = 0; i < count; i++) {
        macros_read(&layers[i]);
    }
    struct replaced replaced = {.targets = target_rows(keymap)};
    replaced.layers = xcalloc(KEYMAP_CONTEXTS, replaced.targets);
    for (uint32_t i = 0; i < count; i++) {
        layer_read(&layers[i], &replaced);
    }
    name_keymap(keymap, chain);
    keymap_settle(keymap, &replaced, problems);
    free(replaced.layers);
    keymap_check(keymap, request->escape_ms, problems);
    return keymap;
}

static struct keymap *build_chain(struct chain *chain, const struct keymap_request *request,
                                  struct problems *problems)
{
    while (chain_climb(chain, problems)) {
    }
    struct keymap *keymap = build(chain, request, problems);
    chain_release(chain);
    return keymap;
}

static struct ini *find_file(const char *name, enum source *source, struct problems *problems)
{
    *source = SOURCE_USER;
    if (is_file_name(name)) {
        return ini_read_file(name, problems);
    }
    struct ini *ini = keymap_file(name, source, problems);
    if (ini == NULL) {
        report_unknown("keymap", 0, name, problems);
    }
    return ini;
}

/* "path/to/mine.ini" -> "mine" */
static char *short_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *start = slash != NULL ? slash + 1 : name;
    size_t length = strlen(start);
    return xstrndup(start, is_file_name(name) && length > 4 ? length - 4 : length);
}

struct keymap *keymap_load(const struct keymap_request *request, struct problems *problems)
{
    static const char fallback[] = "default";
    const char *wanted = request->name != NULL ? request->name : fallback;
    struct chain chain = {0};
    enum source source;
    struct ini *ini = find_file(wanted, &source, problems);
    if (ini == NULL) {
        wanted = fallback;
        source = SOURCE_BUILTIN;
        ini = keymap_file(fallback, &source, problems);
    }
    if (ini == NULL) { /* a program built without keymaps */
        ini = ini_read_memory(fallback, "", 0, problems);
    }
    char *name = short_name(wanted);
    chain_add(&chain, ini, name, source);
    free(name);
    return build_chain(&chain, request, problems);
}

struct keymap *keymap_load_memory(const struct keymap_request *request, const char *file,
                                  const char *bytes, size_t length, struct problems *problems)
{
    struct chain chain = {0};
    char *name = short_name(file);
    chain_add(&chain, ini_read_memory(file, bytes, length, problems), name, SOURCE_USER);
    free(name);
    return build_chain(&chain, request, problems);
}

const char *keymap_name(const struct keymap *keymap)
{
    return keymap->name;
}

const char *keymap_description(const struct keymap *keymap)
{
    return keymap->description;
}

const struct keymap_step *keymap_macro(const struct keymap *keymap, const char *name,
                                       uint32_t *count)
{
    uint32_t target = macro_find(keymap, name);
    if (target == TARGET_NONE) {
        return NULL;
    }
    const struct macro *macro = &keymap->macros.items[target - TARGET_MACRO];
    *count = (uint32_t)macro->steps.count;
    return macro->steps.items;
}

const char *keymap_macro_name(const struct keymap *keymap, uint32_t number)
{
    return number < keymap->macros.count ? keymap->macros.items[number].name : NULL;
}
