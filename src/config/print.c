/*
 * The settings as text: the live ones (--print-config) and the sample file.
 */
#include <string.h>

#include "settings.h"

static void write_value(const struct config *config, enum setting setting, struct buffer *out)
{
    const struct setting_info *info = setting_info(setting);
    switch (info->type) {
    case SETTING_TYPE_BOOL:
        buffer_adds(out, config_bool(config, setting) ? "yes" : "no");
        break;
    case SETTING_TYPE_INT:
        buffer_printf(out, "%d", config_int(config, setting));
        break;
    case SETTING_TYPE_ENUM:
        buffer_adds(out, info->words[config_int(config, setting)]);
        break;
    case SETTING_TYPE_STRING:
        buffer_printf(out, "\"%s\"", config_string(config, setting));
        break;
    }
}

/* Writes "[section]" where a new one begins. The table keeps its sections together. */
static void write_section(unsigned setting, struct buffer *out)
{
    const char *section = setting_info((enum setting)setting)->section;
    if (setting == 0 || strcmp(section, setting_info((enum setting)(setting - 1))->section) != 0) {
        buffer_printf(out, "\n[%s]\n", section);
    }
}

/* A file's name may hold anything; a comment of a settings file may not. */
static bool is_fit_for_comment(const char *file)
{
    for (const char *at = file; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            return false;
        }
    }
    return strlen(file) < 400 && utf8_is_valid(file, strlen(file));
}

static void print_setting(const struct config *config, enum setting setting, struct buffer *out)
{
    uint32_t line;
    const char *file = config_origin(config, setting, &line);
    buffer_printf(out, "%s = ", setting_info(setting)->key);
    write_value(config, setting, out);
    if (file != NULL && is_fit_for_comment(file)) {
        buffer_printf(out, " # %s", file);
        if (line != 0) {
            buffer_printf(out, ":%u", (unsigned)line);
        }
    }
    buffer_addc(out, '\n');
}

/* What config.ini says for the keymap goes along as it is. */
static void print_keys(const struct ini *ini, struct buffer *out)
{
    const char *section = "";
    for (size_t i = 0; ini != NULL && i < ini->count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        if (strncmp(entry->section, "keys.", 5) != 0 && strcmp(entry->section, "macros") != 0) {
            continue;
        }
        if (strcmp(section, entry->section) != 0) {
            section = entry->section;
            buffer_printf(out, "\n[%s]\n", section);
        }
        char quote = strchr(entry->value, '"') != NULL ? '\'' : '"';
        bool mixed = quote == '\'' && strchr(entry->value, '\'') != NULL;
        if (mixed) { /* only an unquoted value can hold both */
            buffer_printf(out, "%s = %s\n", entry->key, entry->value);
        } else {
            buffer_printf(out, "%s = %c%s%c\n", entry->key, quote, entry->value, quote);
        }
    }
}

void config_print(const struct config *config, struct buffer *out)
{
    buffer_adds(out, "# The settings in force. This is a settings file itself.\n");
    for (unsigned i = 0; i < SETTINGS; i++) {
        write_section(i, out);
        print_setting(config, (enum setting)i, out);
    }
    print_keys(config_ini(config), out);
}

static const char sample_head[] =
    "# Settings of hearsay, with their defaults. Made from the program's own table of them.\n"
    "#\n"
    "# Copy this to $XDG_CONFIG_HOME/hearsay/config.ini (or ~/.config/hearsay/config.ini), take "
    "the\n"
    "# '#' off what you want to change, and see what `hearsay --check-config` thinks of it. A "
    "line\n"
    "# that is wrong is reported with its number and costs nothing but itself.\n";

static const char sample_tail[] =
    "\n"
    "# Keys of your own, on top of the keymap: the action on the left, its keys on the right in\n"
    "# double quotes, parted by blanks. <Inherit> keeps the keys the keymap gives, \"\" takes "
    "them\n"
    "# away. A section for each context: global, article, sidebar, thread, help, prompt, picker.\n"
    "# `hearsay --list-keys` shows all there are, `hearsay --list-commands` what they do.\n"
    "\n"
    "[keys.global]\n"
    "# next-quote = \"<Inherit> <M-q>\"\n"
    "\n"
    "[keys.thread]\n"
    "# toggle-fold = \"<Inherit> <Space>\"\n"
    "\n"
    "# Several actions, parted by ';', that can be bound like one.\n"
    "\n"
    "[macros]\n"
    "# skim = \"fold-all; thread-root\"\n";

void config_sample(struct buffer *out)
{
    buffer_adds(out, sample_head);
    for (unsigned i = 0; i < SETTINGS; i++) {
        const struct setting_info *info = setting_info((enum setting)i);
        const char *quote = info->type == SETTING_TYPE_STRING ? "\"" : "";
        write_section(i, out);
        buffer_printf(out, "\n# %s (", info->help);
        setting_write_range(info, out);
        buffer_printf(out, ")\n# %s = %s%s%s\n", info->key, quote, info->fallback, quote);
    }
    buffer_adds(out, sample_tail);
}
