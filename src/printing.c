/*
 * printing: the ways to run that print what the program knows of itself, and end.
 */
#include "program.h"

#include "hearsay/command.h"
#include "hearsay/import.h"

enum status run_list_keys(struct program *program)
{
    struct buffer text = {0};
    struct error error;
    struct keymap *keymap = load_keys(program, &error);
    if (!keymap)
        return complain(error.message);
    keymap_print(keymap, &text);
    keymap_free(keymap);
    print_problems(&program->problems);
    return print_buffer(&text);
}

enum status run_list_commands(struct program *program)
{
    struct buffer text = {0};
    (void)program;
    command_list(&text);
    return print_buffer(&text);
}

enum status run_list_formats(struct program *program)
{
    (void)program;
    size_t count;
    const struct import_format *formats = import_formats(&count);
    for (size_t at = 0; at < count; at++)
        printf("%-12s %s\n", formats[at].name, formats[at].help);
    return flush_output(STATUS_DONE);
}

enum status run_list_themes(struct program *program)
{
    (void)program;
    size_t count;
    const struct theme *themes = theme_table(&count);
    for (size_t at = 0; at < count; at++)
        printf("%-12s %s\n", themes[at].name, themes[at].help);
    return flush_output(STATUS_DONE);
}

enum status run_print_config(struct program *program)
{
    struct buffer text = {0};
    config_print(program->config, &text);
    print_problems(&program->problems);
    return print_buffer(&text);
}

/* Advice is printed too, but only what is wrong makes the status bad. */
enum status run_check_config(struct program *program)
{
    bool wrong = false;
    keymap_free(load_keys(program, NULL));
    print_problems(&program->problems);
    for (size_t at = 0; at < program->problems.count; at++)
        wrong = wrong || !program->problems.items[at].advice;
    if (program->problems.count == 0)
        puts("settings and keys are fine");
    return flush_output(wrong ? STATUS_BAD : STATUS_DONE);
}

enum status run_help(struct program *program)
{
    (void)program;
    options_help(stdout);
    return flush_output(STATUS_DONE);
}

enum status run_version(struct program *program)
{
    (void)program;
    puts("hearsay " HEARSAY_VERSION);
    return flush_output(STATUS_DONE);
}
