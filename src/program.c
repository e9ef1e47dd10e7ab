#include "program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/command.h"

enum status complain(const char *message)
{
    fprintf(stderr, "hearsay: %s\n", message);
    return STATUS_BAD;
}

void log_line(const struct program *program, const char *format, ...)
{
    if (!program->log)
        return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(program->log, format, arguments);
    va_end(arguments);
    fputc('\n', program->log);
    fflush(program->log);
}

/* ---- settings and keys ----------------------------------------------------------------------- */

void print_problems(struct problems *problems)
{
    problems_sort(problems);
    for (size_t at = 0; at < problems->count; at++) {
        struct buffer line = {0};
        problem_write(&problems->items[at], &line);
        fprintf(stderr, "hearsay: %s\n", buffer_string(&line));
        buffer_release(&line);
    }
}

/* --set is typed by hand now: a slip there is said at once. */
static bool apply_set(struct config *config, const char *set, struct error *error)
{
    const char *value = strchr(set, '=') + 1;
    char *name = xstrndup(set, (size_t)(value - set) - 1);
    bool done = config_set(config, name, value, error);
    free(name);
    return done;
}

bool load_settings(struct program *program, struct error *error)
{
    const struct options *options = &program->options;
    program->config = config_new();
    if (!config_load(program->config, options->config, &program->problems) && options->config) {
        struct buffer line = {0};
        if (program->problems.count)
            problem_write(&program->problems.items[0], &line);
        error_set(error, "%s", buffer_string(&line));
        buffer_release(&line);
        return false;
    }
    for (size_t at = 0; at < options->sets.count; at++)
        if (!apply_set(program->config, options->sets.items[at], error))
            return false;
    return !options->theme || config_set(program->config, "theme.name", options->theme, error);
}

struct keymap *load_keys(struct program *program, struct error *error)
{
    struct keymap *ahead = program->keymap;
    program->keymap = NULL;
    if (ahead)
        return ahead;
    size_t known = program->problems.count;
    const char *name = program->options.keymap;
    struct keymap_request request = {.name = name ? name
                                                  : config_string(program->config, SETTING_KEYMAP),
                                     .actions = command_actions(),
                                     .overlay = config_ini(program->config),
                                     .escape_ms = config_int(program->config, SETTING_ESCAPE_MS)};
    struct keymap *keymap = keymap_load(&request, &program->problems);
    for (size_t at = known; name && at < program->problems.count; at++) {
        const struct config_problem *problem = &program->problems.items[at];
        if (problem->advice || problem->line != 0)
            continue;
        error_set(error, "%s", problem->message);
        keymap_free(keymap);
        return NULL;
    }
    return keymap;
}

bool has_keymap(struct program *program, struct error *error)
{
    static const bool loads_it[] = {
        [MODE_SCREEN] = true, [MODE_LIST_KEYS] = true, [MODE_CHECK_CONFIG] = true};
    unsigned mode = program->options.mode;
    if (!program->options.keymap || (mode < ARRAY_LENGTH(loads_it) && loads_it[mode]))
        return true;
    struct problems known = program->problems;
    program->problems = (struct problems){0};
    struct keymap *keymap = load_keys(program, error);
    problems_release(&program->problems);
    program->problems = known;
    keymap_free(keymap);
    return keymap != NULL;
}

/* ---- standard output ------------------------------------------------------------------------- */

enum status flush_output(enum status status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return errno == EPIPE ? status : complain("cannot write to standard output");
}

enum status print_buffer(struct buffer *text)
{
    fwrite(buffer_string(text), 1, text->length, stdout);
    buffer_release(text);
    return flush_output(STATUS_DONE);
}
