/*
 * program: what a run of the program owns, and what its ways to run (main.c, printing.c) share.
 */
#ifndef HEARSAY_PROGRAM_H
#define HEARSAY_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/keys.h"

#include "opening.h"
#include "options.h"

enum status { STATUS_DONE = 0, STATUS_BAD = 1, STATUS_USAGE = 2 };

/* What a run of the program owns. */
struct program {
    struct options options;
    struct config *config;
    struct problems problems;       /* of settings and keys */
    struct corrections corrections; /* of the input, by hand */
    struct opening opening;
    const struct document *document; /* that is shown, the opening's */
    struct keymap *keymap;           /* read ahead for the first session, or NULL */
    FILE *log;                       /* or NULL */
    struct error failed;             /* why there is no next session */
    uint32_t article;                /* of a list that is shown, or was last; DOCUMENT_NONE: none */
    bool on_terminal;                /* what is read is kept track of and remembered there alone */
};

/* Says it on standard error; STATUS_BAD. */
enum status complain(const char *message);

/* To the file of --log, if there is one. */
void log_line(const struct program *program, const char *format, ...) BASE_PRINTF(2, 3);

/* In the order of their lines, on standard error. */
void print_problems(struct problems *problems);

/* The settings' file and --set. False: the file that was asked for cannot be read, or --set is
 * wrong (it is typed by hand now: a slip there is said at once). */
bool load_settings(struct program *program, struct error *error);

/* The caller owns the keymap. Where one was asked for by --keymap and cannot be had, NULL and an
 * error; else what is wrong with keys is a problem among others and costs only itself. What was
 * read ahead is taken. */
struct keymap *load_keys(struct program *program, struct error *error);

/* A keymap that was asked for has to be there where no key is pressed, too. */
bool has_keymap(struct program *program, struct error *error);

/* Standard output is written to the end, and a full disk is no success: else the status given. */
enum status flush_output(enum status status);

/* The same of a text, which is released. */
enum status print_buffer(struct buffer *text);

/* ---- ways to run that need no document (printing.c) ------------------------------------------ */

enum status run_list_keys(struct program *program);
enum status run_list_commands(struct program *program);
enum status run_list_formats(struct program *program);
enum status run_list_themes(struct program *program);
enum status run_print_config(struct program *program);
enum status run_check_config(struct program *program);
enum status run_help(struct program *program);
enum status run_version(struct program *program);

#endif
