#include "errands.h"

#include "process.h"
#include "save.h"
#include "signals.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_PROGRAMS (ERRANDS_MOST_SOURCES / 2) /* at a time: each has two descriptors */

struct running {
    struct errand errand;
    struct process process;
};

struct errands {
    struct session *session;
    struct terminal *terminal; /* or NULL */
    VECTOR(struct running) running;
};

struct errands *errands_new(struct session *session, struct terminal *terminal)
{
    struct errands *errands = xcalloc(1, sizeof *errands);
    errands->session = session;
    errands->terminal = terminal;
    return errands;
}

void errands_follow(struct errands *errands, struct session *session)
{
    errands->session = session;
}

void errands_free(struct errands *errands)
{
    if (!errands)
        return;
    errands_stop(errands);
    for (size_t at = 0; at < errands->running.count; at++) {
        process_release(&errands->running.items[at].process);
        errand_release(&errands->running.items[at].errand);
    }
    vector_release(&errands->running);
    free(errands);
}

/* ---- programs ------------------------------------------------------------------------------- */

/* What it is given on standard input; -1 with no error: nothing. */
static int open_input(const struct errand *errand, size_t *bytes, struct error *error)
{
    if (errand->kind == ERRAND_OPEN)
        return -1;
    FILE *file = process_input(error);
    if (!file)
        return -1;
    errand_write(errand, file);
    return process_rewind(file, bytes, error);
}

static enum process_output output_of(const struct errand *errand)
{
    if (errand->terminal)
        return PROCESS_TERMINAL;
    return errand->kind == ERRAND_PIPE ? PROCESS_KEPT : PROCESS_SILENT;
}

static bool start(struct errands *errands, const struct errand *errand, struct process *process,
                  size_t *bytes, struct error *error)
{
    if (errand->terminal && !errands->terminal)
        return error_set(error, "'%s' needs a terminal, there is none", errand->arguments[0]);
    if (errands->running.count == MOST_PROGRAMS)
        return error_set(error, "%d programs are running already", MOST_PROGRAMS);
    int input = open_input(errand, bytes, error);
    if (input < 0 && errand->kind != ERRAND_OPEN)
        return false;
    bool started = process_start(process, errand->arguments, input, output_of(errand), error);
    if (input >= 0)
        close(input);
    return started;
}

/* The terminal is the program's until it ends. */
static unsigned lend(struct errands *errands, struct errand *errand)
{
    struct errand_result result = {.started = true};
    struct process process;
    struct error error;
    terminal_leave(errands->terminal);
    signals_lend();
    bool started = start(errands, errand, &process, &result.bytes, &error);
    session_errand_done(errands->session, errand,
                        started ? &result : &(struct errand_result){.problem = error.message});
    if (started) {
        result.started = false;
        process_has_ended(&process, true, &result.status);
        session_errand_done(errands->session, errand, &result);
        process_release(&process);
    }
    signals_take_back();
    errand_release(errand);
    return WISH_SUSPEND;
}

/* It runs beside us. */
static unsigned run_beside(struct errands *errands, struct errand *errand)
{
    struct errand_result result = {.started = true};
    struct running running = {0};
    struct error error;
    bool started = start(errands, errand, &running.process, &result.bytes, &error);
    if (!started)
        result = (struct errand_result){.problem = error.message};
    unsigned wishes = session_errand_done(errands->session, errand, &result);
    if (!started) {
        errand_release(errand);
        return wishes;
    }
    running.errand = *errand;
    vector_push(&errands->running, running);
    return wishes;
}

static unsigned finish(struct errands *errands, size_t number, int status)
{
    struct running *running = &errands->running.items[number];
    struct errand_result result = {.status = status,
                                   .output = buffer_string(&running->process.text),
                                   .length = running->process.text.length,
                                   .cut = running->process.cut};
    unsigned wishes = session_errand_done(errands->session, &running->errand, &result);
    process_release(&running->process);
    errand_release(&running->errand);
    *running = errands->running.items[--errands->running.count];
    return wishes;
}

static unsigned look(struct errands *errands, bool wait)
{
    unsigned wishes = 0;
    for (size_t at = errands->running.count; at > 0; at--) {
        int status;
        if (process_has_ended(&errands->running.items[at - 1].process, wait, &status))
            wishes |= finish(errands, at - 1, status);
    }
    return wishes;
}

unsigned errands_look(struct errands *errands)
{
    return look(errands, false);
}

unsigned errands_settle(struct errands *errands)
{
    return look(errands, true);
}

void errands_stop(struct errands *errands)
{
    for (size_t at = 0; at < errands->running.count; at++)
        if (errands->running.items[at].errand.kind == ERRAND_PIPE)
            process_stop(&errands->running.items[at].process);
}

size_t errands_sources(const struct errands *errands, struct pollfd *sources)
{
    size_t count = 0;
    for (size_t at = 0; at < errands->running.count; at++) {
        const struct process *process = &errands->running.items[at].process;
        sources[count++] = (struct pollfd){.fd = process->ended, .events = POLLIN};
        sources[count++] = (struct pollfd){.fd = process->output, .events = POLLIN};
    }
    return count;
}

/* ---- the others ----------------------------------------------------------------------------- */

static unsigned save(struct errands *errands, const struct errand *errand)
{
    struct error error;
    struct errand_result result = {0};
    if (!save_file(errand, &result.bytes, &error))
        result.problem = error.message;
    return session_errand_done(errands->session, errand, &result);
}

static unsigned copy(struct errands *errands, const struct errand *errand)
{
    struct error error;
    struct errand_result result = {.bytes = errand->data.length};
    if (!errands->terminal)
        error_set(&error, "there is no terminal to copy to: %zu bytes, %s", errand->data.length,
                  errand->what);
    if (!errands->terminal || !terminal_copy(errands->terminal, &errand->data, &error))
        result.problem = error.message;
    return session_errand_done(errands->session, errand, &result);
}

unsigned errands_run(struct errands *errands)
{
    struct errand errand;
    unsigned wishes = 0;
    while (session_errand(errands->session, &errand)) {
        if (errand.arguments && errand.terminal && errands->terminal) {
            wishes |= lend(errands, &errand);
        } else if (errand.arguments) {
            wishes |= run_beside(errands, &errand);
        } else {
            wishes |= errand.kind == ERRAND_SAVE ? save(errands, &errand) : copy(errands, &errand);
            errand_release(&errand);
        }
    }
    return wishes;
}
