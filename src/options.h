/*
 * The command line. One table says what options there are; parsing, --help and the man page follow
 * from it.
 */
#ifndef HEARSAY_OPTIONS_H
#define HEARSAY_OPTIONS_H

#include "hearsay/base.h"

#include <stdio.h>

/* What the program is to do. */
enum mode {
    MODE_READ, /* on a terminal; without one, as --dump=text */
    MODE_DUMP,
    MODE_SCREEN,
    MODE_ANNOTATE,
    MODE_LIST_KEYS,
    MODE_LIST_COMMANDS,
    MODE_LIST_FORMATS,
    MODE_LIST_THEMES,
    MODE_PRINT_CONFIG,
    MODE_CHECK_CONFIG,
    MODE_HELP,
    MODE_VERSION
};

/* All strings are of argv. */
struct options {
    enum mode mode;
    const char *file; /* or an address, or "-"; NULL: none given */
    const char *format, *dump, *speaker, *keymap, *theme, *config, *keys, *script, *log;
    VECTOR(const char *) sets; /* --set, in order */
    unsigned columns;          /* 0: as wide as usual */
    unsigned item;             /* 0: not given */
    int screen_rows, screen_columns;
    bool screen_styles, screen_sized;
};

/* False: wrong usage, and the error says what. */
bool options_parse(struct options *options, int count, char **arguments, struct error *error);
void options_release(struct options *options);
void options_help(FILE *out);

#endif
