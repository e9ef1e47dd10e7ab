#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ---------------------------------------------------------------------- */

struct option_row {
    const char *name;
    const char *argument; /* what --help shows: "=NAME", "[=NAME]", "" */
    const char *help;
    bool (*take)(struct options *options, const char *argument, struct error *error);
    enum mode mode; /* that it asks for; MODE_READ: none */
    size_t place;   /* of a string in struct options, where take is NULL and mode MODE_READ */
};

static bool take_number(unsigned *number, const char *name, const char *argument, unsigned most,
                        struct error *error)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(argument, &end, 10);
    if (argument[0] < '0' || argument[0] > '9' || *end || errno || value == 0 || value > most)
        return error_set(error, "--%s needs a number from 1 to %u, not '%s'", name, most, argument);
    *number = (unsigned)value;
    return true;
}

static bool take_columns(struct options *options, const char *argument, struct error *error)
{
    return take_number(&options->columns, "columns", argument, 10000, error);
}

static bool take_item(struct options *options, const char *argument, struct error *error)
{
    return take_number(&options->item, "item", argument, 1000000, error);
}

static bool take_set(struct options *options, const char *argument, struct error *error)
{
    if (!strchr(argument, '='))
        return error_set(error, "--set needs SECTION.KEY=VALUE, not '%s'", argument);
    vector_push(&options->sets, argument);
    return true;
}

static bool take_dump(struct options *options, const char *argument, struct error *error)
{
    (void)error;
    options->dump = argument ? argument : "text";
    return true;
}

#define MOST_SCREEN 1000

/* "80x24" or "80x24+styles". */
static bool take_screen(struct options *options, const char *argument, struct error *error)
{
    char *end;
    if (!argument)
        return true;
    long columns = strtol(argument, &end, 10), rows = 0;
    if (end != argument && *end == 'x')
        rows = strtol(end + 1, &end, 10);
    options->screen_styles = strcmp(end, "+styles") == 0;
    if ((*end && !options->screen_styles) || columns < 1 || rows < 1 || columns > MOST_SCREEN ||
        rows > MOST_SCREEN)
        return error_set(error, "--screen needs a size like 80x24 or 80x24+styles, not '%s'",
                         argument);
    options->screen_columns = (int)columns;
    options->screen_rows = (int)rows;
    options->screen_sized = true;
    return true;
}

#define STRING(field) NULL, MODE_READ, offsetof(struct options, field)
#define ASKS(mode)    NULL, mode, 0

static const struct option_row rows[] = {
    {"format", "=NAME", "take the input as NAME (--list-formats); default: find out",
     STRING(format)},
    {"item", "=N", "the N-th article of a feed or an archive", take_item, MODE_READ, 0},
    {"dump", "[=FORM]", "no screen: write text, markdown, json, quotes, entities or thread",
     take_dump, MODE_DUMP, 0},
    {"columns", "=N", "width of --dump and --screen", take_columns, MODE_READ, 0},
    {"speaker", "=NAME", "only the quotes of NAME", STRING(speaker)},
    {"annotate", "", "JSON Lines with a text each in, quotes and entities out",
     ASKS(MODE_ANNOTATE)},
    {"keymap", "=NAME", "use the keymap NAME, or the file NAME", STRING(keymap)},
    {"theme", "=NAME", "use the theme NAME (--list-themes)", STRING(theme)},
    {"config", "=FILE", "read the settings from FILE", STRING(config)},
    {"set", "=SECTION.KEY=VALUE", "change one setting", take_set, MODE_READ, 0},
    {"list-keys", "", "print the keys as a keymap file", ASKS(MODE_LIST_KEYS)},
    {"list-commands", "", "print what keys can be bound to", ASKS(MODE_LIST_COMMANDS)},
    {"list-formats", "", "print the formats that can be read", ASKS(MODE_LIST_FORMATS)},
    {"list-themes", "", "print the themes", ASKS(MODE_LIST_THEMES)},
    {"print-config", "", "print the settings in force as a settings file", ASKS(MODE_PRINT_CONFIG)},
    {"check-config", "", "check settings and keys; status 1 if anything is wrong",
     ASKS(MODE_CHECK_CONFIG)},
    {"keys", "=KEYS", "press KEYS first, written as in a keymap: 'jj]q<Enter>'", STRING(keys)},
    {"script", "=FILE", "press the keys in FILE first", STRING(script)},
    {"screen", "[=COLSxROWS[+styles]]", "no terminal: press the keys, print the screen",
     take_screen, MODE_SCREEN, 0},
    {"log", "=FILE", "write what happens to FILE", STRING(log)},
    {"help", "", "print this", ASKS(MODE_HELP)},
    {"version", "", "print the version", ASKS(MODE_VERSION)},
};

/* ---- parsing --------------------------------------------------------------------------------- */

/* getopt's own table, made from ours; the index of the row is its value, above all characters. */
#define FIRST_VALUE 256

static void make_long_options(struct option *options)
{
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        int has = rows[at].argument[0] == '='   ? required_argument
                  : rows[at].argument[0] == '[' ? optional_argument
                                                : no_argument;
        options[at] =
            (struct option){.name = rows[at].name, .has_arg = has, .val = FIRST_VALUE + (int)at};
    }
    options[ARRAY_LENGTH(rows)] = (struct option){0};
}

static bool take_row(struct options *options, const struct option_row *row, const char *argument,
                     struct error *error)
{
    if (row->mode != MODE_READ)
        options->mode = row->mode;
    if (row->take)
        return row->take(options, argument, error);
    if (row->mode == MODE_READ)
        memcpy((char *)options + row->place, &argument, sizeof argument);
    return true;
}

bool options_parse(struct options *options, int count, char **arguments, struct error *error)
{
    struct option table[ARRAY_LENGTH(rows) + 1];
    int value;
    *options = (struct options){.mode = MODE_READ, .screen_rows = 24, .screen_columns = 80};
    make_long_options(table);
    opterr = 0;
    while ((value = getopt_long(count, arguments, ":h", table, NULL)) != -1) {
        const char *given = optind > 0 ? arguments[optind - 1] : "";
        if (value == 'h')
            options->mode = MODE_HELP;
        else if (value == ':')
            return error_set(error, "option '%s' needs a value", given);
        else if (value < FIRST_VALUE)
            return error_set(error, "unknown option '%s'", given);
        else if (!take_row(options, &rows[value - FIRST_VALUE], optarg, error))
            return false;
    }
    if (options->columns && !options->screen_sized)
        options->screen_columns =
            (int)(options->columns < MOST_SCREEN ? options->columns : MOST_SCREEN);
    if (count - optind > 1)
        return error_set(error, "only one file can be read, not '%s' as well",
                         arguments[optind + 1]);
    options->file = optind < count ? arguments[optind] : NULL;
    return true;
}

void options_release(struct options *options)
{
    vector_release(&options->sets);
}

void options_help(FILE *out)
{
    fputs("Usage: hearsay [OPTION]... [FILE | -]\n"
          "Reads a news article and the discussion under it, and knows who said what.\n\n",
          out);
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        int used = fprintf(out, "  --%s%s", rows[at].name, rows[at].argument);
        if (used > 26)
            used = fprintf(out, "\n") - 1;
        fprintf(out, "%*s%s\n", 28 - used, "", rows[at].help);
    }
    fputs("\nWith - or a pipe the text comes from standard input, keys from the terminal. Where\n"
          "standard output is no terminal, --dump=text is what happens.\n"
          "Status: 0 done, 1 the input or a setting is bad, 2 wrong usage.\n",
          out);
}
