/*
 * The live settings: a value and where it came from for every row of the table.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"

struct value {
    int number;
    char *string; /* of a string setting; owned */
    char *file;   /* where it was set; NULL: it is the default; owned */
    uint32_t line;
};

struct config {
    struct value values[SETTINGS];
    struct ini *ini; /* the file loaded last */
};

/* The origin of what was set by an option or a command, and by no file. */
static const char set_by_hand[] = "--set";

/* Takes over a value that the table accepts; what is wrong leaves everything as it was. */
static bool put(struct config *config, enum setting setting, const char *text, struct error *error)
{
    const struct setting_info *info = setting_info(setting);
    struct value *value = &config->values[setting];
    int number;
    if (!setting_convert(info, text, &number, error)) {
        return false;
    }
    value->number = number;
    if (info->type == SETTING_TYPE_STRING) {
        free(value->string);
        value->string = xstrdup(text);
    }
    return true;
}

static void remember_origin(struct config *config, enum setting setting, const char *file,
                            uint32_t line)
{
    struct value *value = &config->values[setting];
    free(value->file);
    value->file = xstrdup(file);
    value->line = line;
}

struct config *config_new(void)
{
    struct config *config = xcalloc(1, sizeof *config);
    for (unsigned i = 0; i < SETTINGS; i++) {
        bool good = put(config, (enum setting)i, setting_info((enum setting)i)->fallback, NULL);
        assert(good);
        (void)good;
    }
    return config;
}

void config_free(struct config *config)
{
    if (config == NULL) {
        return;
    }
    for (unsigned i = 0; i < SETTINGS; i++) {
        free(config->values[i].string);
        free(config->values[i].file);
    }
    ini_free(config->ini);
    free(config);
}

/* ---- another one in its place --------------------------------------------------------------- */

struct config *config_again(const struct config *config, const char *path,
                            struct problems *problems)
{
    struct config *fresh = config_new();
    config_load(fresh, path, problems);
    for (unsigned i = 0; i < SETTINGS; i++) {
        const struct value *old = &config->values[i];
        struct value *value = &fresh->values[i];
        if (old->file == NULL || strcmp(old->file, set_by_hand) != 0) {
            continue;
        }
        free(value->string);
        value->string = old->string != NULL ? xstrdup(old->string) : NULL;
        value->number = old->number;
        remember_origin(fresh, (enum setting)i, set_by_hand, 0);
    }
    return fresh;
}

void config_swap(struct config *one, struct config *other)
{
    struct config kept = *one;
    *one = *other;
    *other = kept;
}

/* ---- names --------------------------------------------------------------------------------- */

/* Sections that are the keymaps' business: [keys.CONTEXT] and [macros]. */
static bool is_for_keys(const char *section)
{
    return strncmp(section, "keys.", 5) == 0 || strcmp(section, "macros") == 0;
}

static bool is_section(const char *name)
{
    for (unsigned i = 0; i < SETTINGS; i++) {
        if (strcmp(setting_info((enum setting)i)->section, name) == 0) {
            return true;
        }
    }
    return is_for_keys(name);
}

static void report_section(const struct ini *ini, const struct ini_section *section,
                           struct problems *problems)
{
    struct nearest nearest = {.wanted = section->name};
    char hint[96];
    for (unsigned i = 0; i < SETTINGS; i++) {
        nearest_offer(&nearest, setting_info((enum setting)i)->section);
    }
    nearest_offer(&nearest, "macros");
    problems_add(problems, ini->file, section->line, "unknown section '%.60s'%s", section->name,
                 nearest_hint(&nearest, hint, sizeof hint));
}

/* Another section may have a setting of just that name; else the nearest in this one. */
static bool unknown_setting(const char *section, const char *key, struct error *error)
{
    struct nearest nearest = {.wanted = key};
    char hint[96];
    for (unsigned i = 0; i < SETTINGS; i++) {
        const struct setting_info *info = setting_info((enum setting)i);
        if (strcmp(info->key, key) == 0) {
            return error_set(error, "'%.60s' is a setting of [%s], not of [%.60s]", key,
                             info->section, section);
        }
        if (strcmp(info->section, section) == 0) {
            nearest_offer(&nearest, info->key);
        }
    }
    return error_set(error, "unknown setting '%.60s' in [%.60s]%s", key, section,
                     nearest_hint(&nearest, hint, sizeof hint));
}

/* ---- taking values over ------------------------------------------------------------- */

static void take_entry(struct config *config, const struct ini *ini, const struct ini_entry *entry,
                       struct problems *problems)
{
    struct error error;
    enum setting setting = setting_find(entry->section, entry->key);
    if (is_for_keys(entry->section) || !is_section(entry->section)) {
        return;
    }
    if (setting == SETTINGS) {
        unknown_setting(entry->section, entry->key, &error);
        problems_add(problems, ini->file, entry->line, "%s", error.message);
    } else if (!put(config, setting, entry->value, &error)) {
        problems_add(problems, ini->file, entry->line, "%s", error.message);
    } else {
        remember_origin(config, setting, ini->file, entry->line);
    }
}

static void take_file(struct config *config, struct ini *ini, struct problems *problems)
{
    for (size_t i = 0; i < ini->section_count; i++) {
        if (!is_section(ini->sections[i].name)) {
            report_section(ini, &ini->sections[i], problems);
        }
    }
    for (size_t i = 0; i < ini->count; i++) {
        take_entry(config, ini, &ini->entries[i], problems);
    }
    ini_free(config->ini);
    config->ini = ini;
}

bool config_load_memory(struct config *config, const char *file, const char *bytes, size_t length,
                        struct problems *problems)
{
    take_file(config, ini_read_memory(file, bytes, length, problems), problems);
    return true;
}

static bool load_own(struct config *config, struct problems *problems)
{
    char *path = place_path(PLACE_CONFIG, "config.ini");
    struct ini *ini = NULL;
    bool there = path != NULL && access(path, F_OK) == 0;
    if (there) {
        ini = ini_read_file(path, problems);
    }
    if (ini != NULL) {
        take_file(config, ini, problems);
    }
    free(path);
    return ini != NULL || !there;
}

bool config_load(struct config *config, const char *path, struct problems *problems)
{
    if (path == NULL) {
        return load_own(config, problems);
    }
    struct ini *ini = ini_read_file(path, problems);
    if (ini != NULL) {
        take_file(config, ini, problems);
    }
    return ini != NULL;
}

bool config_set(struct config *config, const char *name, const char *value, struct error *error)
{
    const char *dot = strchr(name, '.');
    if (dot == NULL) {
        return error_set(error, "'%.60s' is not the name of a setting: it is SECTION.KEY", name);
    }
    char *section = xstrndup(name, (size_t)(dot - name));
    enum setting setting = setting_find(section, dot + 1);
    bool done = setting != SETTINGS ? put(config, setting, value, error)
                                    : unknown_setting(section, dot + 1, error);
    if (done) {
        remember_origin(config, setting, set_by_hand, 0);
    }
    free(section);
    return done;
}

/* ---- asking ------------------------------------------------------------------------- */

bool config_bool(const struct config *config, enum setting setting)
{
    assert(setting_info(setting)->type == SETTING_TYPE_BOOL);
    return config->values[setting].number != 0;
}

int config_int(const struct config *config, enum setting setting)
{
    assert(setting_info(setting)->type != SETTING_TYPE_STRING);
    return config->values[setting].number;
}

const char *config_string(const struct config *config, enum setting setting)
{
    assert(setting_info(setting)->type == SETTING_TYPE_STRING);
    return config->values[setting].string;
}

const char *config_origin(const struct config *config, enum setting setting, uint32_t *line)
{
    if (line != NULL) {
        *line = config->values[setting].line;
    }
    return config->values[setting].file;
}

const struct ini *config_ini(const struct config *config)
{
    return config->ini;
}
