/*
 * hearsay: reads an article and the argument underneath it in a terminal, and knows who said what.
 *
 * Here is decided what is to be done: read on a terminal, print, list or check. Everything else is
 * done by the rooms.
 */
#include "program.h"

#include "hearsay/analyse.h"
#include "hearsay/base.h"
#include "hearsay/command.h"
#include "hearsay/config.h"
#include "hearsay/export.h"
#include "hearsay/import.h"
#include "hearsay/keys.h"
#include "hearsay/store.h"
#include "hearsay/ui.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the document ---------------------------------------------------------------------------- */

static void log_import(struct program *program)
{
    struct buffer report = {0};
    if (program->log && program->opening.import && import_is_done(program->opening.import))
        import_report(program->opening.import, &report);
    if (report.length)
        log_line(program, "%s", buffer_string(&report));
    buffer_release(&report);
}

static void log_document(struct program *program)
{
    uint32_t bytes, comments;
    document_text(program->document, &bytes);
    document_comments(program->document, &comments);
    log_line(program, "read %u bytes of text, %u comments", bytes, comments);
}

/* What is to be shown first: the item that was asked for, an only item, or everything. */
static const struct document *choose_document(struct program *program, struct error *error)
{
    unsigned item = program->options.item;
    bool only = document_has_items(program->opening.all) && !opening_has_list(&program->opening);
    return opening_show(&program->opening, item ? item - 1 : only ? 0 : DOCUMENT_NONE, error);
}

/* All of it; `items`: many articles apart. */
static bool load_document(struct program *program, bool items, struct error *error)
{
    struct opening *opening = &program->opening;
    bool loaded = opening_begin(opening, &program->options, program->config, items, error) &&
                  opening_settle(opening, error);
    if (loaded)
        program->document = choose_document(program, error);
    log_import(program);
    if (loaded && program->document)
        log_document(program);
    return loaded && program->document;
}

/* So long nothing is shown, in the hope that there will be something to show. */
#define PATIENCE 200 /* milliseconds */

/* While the import begins, in its own process, keys are read. */
static bool begin_document(struct program *program, bool patient, struct error *error)
{
    struct opening *opening = &program->opening;
    *error = (struct error){""};
    if (!opening_begin(opening, &program->options, program->config, true, error) ||
        !(program->keymap = load_keys(program, error)))
        return false;
    return !patient || opening_first(opening, -1, error);
}

/* The reader need not wait for the rest of it, nor even for the first. */
static bool first_document(struct program *program, struct error *error)
{
    struct opening *opening = &program->opening;
    *error = (struct error){""};
    if (opening_first(opening, PATIENCE, error))
        program->document = choose_document(program, error);
    else if (!error->message[0])
        program->document = opening_nothing(opening, error);
    return program->document;
}

/* ---- modes: what there is to do -------------------------------------------------------------- */

/* What is found in the document, corrected by hand where there are corrections. */
static void annotate(struct program *program, struct annotations *annotations)
{
    struct problems wrong = {0};
    analyse_document(program->document, annotations);
    corrections_open(&program->corrections, program->options.file, &wrong);
    annotations_correct(annotations, document_text(program->document, NULL), &program->corrections,
                        &wrong);
    print_problems(&wrong);
    problems_release(&wrong);
}

static enum status run_dump(struct program *program)
{
    struct error error;
    const char *name = program->options.dump ? program->options.dump : "text";
    const struct export_form *form = export_form_find(name);
    if (!form) {
        fprintf(stderr, "hearsay: there is no form '%s' to dump; see 'hearsay --help'\n", name);
        return STATUS_USAGE;
    }
    if (!load_document(program, program->options.item > 0, &error))
        return complain(error.message);
    struct annotations annotations = {0};
    struct text_style style = text_style_from(program->config);
    struct export_request request = {.document = program->document,
                                     .annotations = &annotations,
                                     .columns = program->options.columns,
                                     .speaker = program->options.speaker,
                                     .style = &style,
                                     .out = stdout};
    if (form->needs_annotations)
        annotate(program, &annotations);
    form->write(&request);
    annotations_release(&annotations);
    opening_print_note(program->document);
    return flush_output(STATUS_DONE);
}

static enum status run_annotate(struct program *program)
{
    struct error error;
    FILE *in = stdin;
    const char *file = program->options.file;
    if (file && strcmp(file, "-") != 0 && !(in = fopen(file, "re"))) {
        error_set(&error, "cannot open '%s': %s", file, strerror(errno));
        return complain(error.message);
    }
    bool done = export_annotate(in, stdout, &error);
    if (in != stdin)
        fclose(in);
    return flush_output(done ? STATUS_DONE : complain(error.message));
}

/* ---- the session ----------------------------------------------------------------------------- */

/* The keys of --keys and then those of --script. */
static bool load_presses(const struct options *options, struct key_list *keys, struct error *error)
{
    if (options->keys && !keys_parse_text(options->keys, strlen(options->keys), keys, error))
        return false;
    if (!options->script)
        return true;
    struct buffer text = {0};
    struct error why;
    int descriptor = open(options->script, O_RDONLY | O_CLOEXEC);
    bool read = descriptor >= 0 && buffer_read(&text, descriptor, 1 << 20, &why);
    if (descriptor < 0)
        error_set(error, "cannot open '%s': %s", options->script, strerror(errno));
    else if (!read)
        error_set(error, "cannot read '%s': %s", options->script, why.message);
    bool done =
        read && keys_parse_script(options->script, buffer_string(&text), text.length, keys, error);
    if (descriptor >= 0)
        close(descriptor);
    buffer_release(&text);
    return done;
}

/* The import is the session's business while the document grows. */
static struct import *growing(const struct program *program)
{
    return import_is_done(program->opening.import) ? NULL : program->opening.import;
}

/* NULL: the keys cannot be had. What time it is, is known on a terminal alone, and what is read is
 * kept track of and remembered there alone. */
static struct session *open_session(struct program *program, uint32_t article, struct error *error)
{
    const struct options *options = &program->options;
    struct keymap *keymap = load_keys(program, error);
    if (!keymap)
        return NULL;
    corrections_release(&program->corrections);
    corrections_open(&program->corrections, program->options.file, &program->problems);
    struct opening *opening = &program->opening;
    struct session_setup setup = {.document = program->document,
                                  .import = growing(program),
                                  .awaited = program->document == opening->nothing,
                                  .list = opening_has_list(opening) ? opening->all : NULL,
                                  .article = article,
                                  .article_before = program->article,
                                  .article_asked = options->item > 0,
                                  .config = program->config,
                                  .keymap = keymap,
                                  .config_path = program->options.config,
                                  .keymap_name = program->options.keymap,
                                  .problems = &program->problems,
                                  .corrections = &program->corrections,
                                  .name = opening_name(&program->options),
                                  .browser = getenv("BROWSER"),
                                  .path = opening_path(&program->options),
                                  .item = article == DOCUMENT_NONE ? 0 : article + 1,
                                  .now = program->on_terminal ? (int64_t)time(NULL) : 0,
                                  .tracks_reading = program->on_terminal};
    if (program->on_terminal && !setup.awaited && config_bool(program->config, SETTING_REMEMBER))
        setup.store = store_open(NULL);
    for (size_t at = 0; at < program->problems.count; at++) {
        struct buffer line = {0};
        problem_write(&program->problems.items[at], &line);
        log_line(program, "%s", buffer_string(&line));
        buffer_release(&line);
    }
    program->article = article == DOCUMENT_NONE ? program->article : article;
    return session_new(&setup);
}

static struct session *first_session(struct program *program, struct error *error)
{
    unsigned item = program->options.item;
    return open_session(program, item ? item - 1 : DOCUMENT_NONE, error);
}

/* What was awaited has come, or will not. */
static struct session *session_of_the_awaited(struct program *program, struct session *session)
{
    program->failed = (struct error){""};
    if (!opening_first(&program->opening, 0, &program->failed)) {
        if (!program->failed.message[0])
            return session; /* there is not enough of it yet */
        session_free(session);
        return NULL;
    }
    session_free(session);
    program->document = choose_document(program, &program->failed);
    return program->document ? first_session(program, &program->failed) : NULL;
}

/* The first document is wanted, or another: what was awaited, an item, or the list again. */
static struct session *next_session(void *data, struct session *session)
{
    struct program *program = data;
    if (!session)
        return first_document(program, &program->failed) ? first_session(program, &program->failed)
                                                         : NULL;
    if (program->document == program->opening.nothing)
        return session_of_the_awaited(program, session);
    uint32_t item = session_item(session);
    session_free(session);
    program->document = opening_show(&program->opening, item, &program->failed);
    return program->document ? open_session(program, item, &program->failed) : NULL;
}

static enum status run_screen(struct program *program)
{
    struct error error;
    struct key_list keys = {0};
    const struct options *options = &program->options;
    struct ui_reading reading = {.next = next_session, .data = program};
    if (load_presses(options, &keys, &error) && load_document(program, true, &error))
        reading.session = first_session(program, &error);
    if (!reading.session) {
        vector_release(&keys);
        return complain(error.message);
    }
    struct buffer screen = {0};
    struct ui_screen_request request = {.rows = options->screen_rows,
                                        .columns = options->screen_columns,
                                        .styles = options->screen_styles,
                                        .keys = keys.items,
                                        .key_count = keys.count};
    ui_screen(&reading, program->config, &request, &screen);
    session_free(reading.session);
    vector_release(&keys);
    return print_buffer(&screen);
}

/* To give back the memory of a long text, or to stop an analysis, takes longer than to leave. */
static bool takes_long_to_end(const struct session *session, const struct document *document)
{
    uint32_t length;
    document_text(document, &length);
    return session_is_busy(session) || length > 1 << 20;
}

/* The terminal is as it was found and nothing is left to be written: the process ends, and with it
 * its threads and its memory. */
static _Noreturn void leave_at_once(struct program *program)
{
    if (program->log)
        fflush(program->log);
    _exit(STATUS_DONE);
}

static enum status read_document(struct program *program, const struct key_list *keys)
{
    struct error error;
    struct ui_reading reading = {.next = next_session, .data = program};
    program->on_terminal = true;
    if (!begin_document(program, keys->count > 0, &error)) {
        log_import(program);
        return complain(error.message);
    }
    bool done = ui_run(&reading, program->config, keys->items, keys->count, &error);
    log_import(program);
    log_line(program, "left");
    if (reading.left.message[0])
        complain(reading.left.message);
    if (done && !reading.session)
        return complain(program->failed.message);
    if (done && takes_long_to_end(reading.session, program->document))
        leave_at_once(program);
    session_free(reading.session);
    return done ? STATUS_DONE : complain(error.message);
}

static enum status run_read(struct program *program)
{
    struct error error;
    struct key_list keys = {0};
    if (!program->options.file && isatty(STDIN_FILENO)) {
        fputs("hearsay: no file to read; try 'hearsay --help'\n", stderr);
        return STATUS_USAGE;
    }
    if (!isatty(STDOUT_FILENO) || !ui_has_screen())
        return run_dump(program);
    bool known = load_presses(&program->options, &keys, &error);
    enum status status = known ? read_document(program, &keys) : complain(error.message);
    vector_release(&keys);
    return status;
}

static enum status (*const modes[])(struct program *) = {
    [MODE_READ] = run_read,
    [MODE_DUMP] = run_dump,
    [MODE_SCREEN] = run_screen,
    [MODE_ANNOTATE] = run_annotate,
    [MODE_LIST_KEYS] = run_list_keys,
    [MODE_LIST_COMMANDS] = run_list_commands,
    [MODE_LIST_FORMATS] = run_list_formats,
    [MODE_LIST_THEMES] = run_list_themes,
    [MODE_PRINT_CONFIG] = run_print_config,
    [MODE_CHECK_CONFIG] = run_check_config,
    [MODE_HELP] = run_help,
    [MODE_VERSION] = run_version,
};

static enum status run(struct program *program)
{
    struct error error;
    const struct options *options = &program->options;
    if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
        return modes[options->mode](program);
    if (options->format && strcmp(options->format, "auto") != 0 &&
        !import_format_find(options->format)) {
        fprintf(stderr, "hearsay: unknown format '%s'; see 'hearsay --list-formats'\n",
                options->format);
        return STATUS_USAGE;
    }
    if (options->log && !(program->log = fopen(options->log, "ae"))) {
        error_set(&error, "cannot open '%s': %s", options->log, strerror(errno));
        return complain(error.message);
    }
    program->opening.log = program->log ? fileno(program->log) : 0;
    if (!load_settings(program, &error) || !has_keymap(program, &error))
        return complain(error.message);
    return modes[options->mode](program);
}

int main(int count, char **arguments)
{
    struct program program = {.article = DOCUMENT_NONE};
    struct error error;
    memory_report_at_exit();
    ui_set_locale();
    enum status status;
    if (options_parse(&program.options, count, arguments, &error)) {
        status = run(&program);
    } else {
        fprintf(stderr, "hearsay: %s; try 'hearsay --help'\n", error.message);
        status = STATUS_USAGE;
    }
    opening_release(&program.opening);
    keymap_free(program.keymap);
    corrections_release(&program.corrections);
    problems_release(&program.problems);
    config_free(program.config);
    options_release(&program.options);
    if (program.log)
        fclose(program.log);
    return (int)status;
}
