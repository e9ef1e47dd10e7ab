/*
 * The loop. One turn: signals and bytes become keys, keys become wishes, wishes become at most one
 * frame, and then it waits. All that is queued is applied before anything is drawn, so typing ahead
 * costs one frame; when nothing is to be done it sleeps in ppoll() until something is.
 */
#include "cells.h"
#include "errands.h"
#include "input.h"
#include "signals.h"
#include "terminal.h"

#include "hearsay/ui.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct loop {
    struct ui_reading *reading;
    struct session *session; /* the reading's */
    const struct config *config;
    struct terminal *terminal;
    struct errands *errands;
    struct input input;
    struct frame frame;
    struct grid grid;
    sigset_t waiting; /* the signal mask to wait with */
    unsigned wishes;
    bool more_work; /* there is background work that needs no event */
    bool hung_up;
    int64_t passed;     /* milliseconds of the clock, as of the last turn */
    int64_t escape_due; /* the same; -1: no timer runs */
};

/* ---- pressing keys ------------------------------------------------------------------ */

/* Another session takes the place of one that wishes for it. */
static unsigned open_next(struct ui_reading *reading, unsigned wishes, int rows, int columns)
{
    if (!(wishes & WISH_OPEN) || wishes & WISH_QUIT)
        return wishes;
    struct session *before = reading->session;
    reading->session = reading->next(reading->data, before);
    if (!reading->session)
        return WISH_QUIT;
    if (reading->session == before)
        return wishes & ~(unsigned)WISH_OPEN;
    return session_resize(reading->session, rows, columns) | WISH_DRAW | WISH_MOUSE;
}

/* A key of a script or of --keys. */
static unsigned press(struct session *session, uint32_t key)
{
    return key == KEYS_WAIT ? session_settle(session) : session_key(session, key);
}

/* Presses keys where nobody looks on, until one means to leave. */
static void press_all(struct ui_reading *reading, struct errands *errands,
                      const struct ui_screen_request *request)
{
    unsigned wishes = session_resize(reading->session, request->rows, request->columns);
    wishes |= session_settle(reading->session);
    for (size_t at = 0; at < request->key_count && !(wishes & WISH_QUIT); at++) {
        wishes = press(reading->session, request->keys[at]);
        wishes |= errands_run(errands) | errands_settle(errands);
        wishes = open_next(reading, wishes, request->rows, request->columns);
        errands_follow(errands, reading->session);
    }
    while (!(wishes & WISH_QUIT) && session_wait(reading->session) >= 0)
        wishes |= session_timeout(reading->session);
    if (reading->session) {
        errands_run(errands);
        errands_settle(errands);
    }
}

void ui_screen(struct ui_reading *reading, const struct config *config,
               const struct ui_screen_request *request, struct buffer *out)
{
    struct frame frame = {0};
    struct grid grid = {0};
    struct text_style style = text_style_from(config);
    struct errands *errands = errands_new(reading->session, NULL);
    press_all(reading, errands, request);
    errands_free(errands);
    if (!reading->session)
        return;
    session_settle(reading->session);
    session_draw(reading->session, &frame);
    grid_resize(&grid, request->rows, request->columns);
    grid_draw(&grid, &frame, &style);
    grid_print(&grid, request->styles, out);
    grid_release(&grid);
    frame_release(&frame);
}

/* ---- time --------------------------------------------------------------------------- */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The session knows of time what it is told. */
static void pass_time(struct loop *loop)
{
    int64_t time = now();
    if (loop->session)
        session_pass(loop->session, time - loop->passed);
    loop->passed = time;
}

/* It is started anew by whatever came last. */
static void start_escape(struct loop *loop)
{
    int wait = input_wait(&loop->input, config_int(loop->config, SETTING_ESCAPE_MS));
    loop->escape_due = wait < 0 ? -1 : now() + wait;
}

/* Milliseconds until the next timer; -1: none runs. */
static int64_t next_due(const struct loop *loop)
{
    int64_t wait = session_wait(loop->session);
    if (loop->escape_due < 0)
        return wait;
    int64_t left = loop->escape_due - now();
    left = left > 0 ? left : 0;
    return wait < 0 || left < wait ? left : wait;
}

/* What a session does not know by itself. */
static void introduce(struct loop *loop)
{
    session_set_colours(loop->session, terminal_colours(loop->terminal));
    session_set_now(loop->session, (int64_t)time(NULL));
}

/* Another document is on the screen from now on. */
static void replace_session(struct loop *loop)
{
    int rows, columns;
    terminal_size(loop->terminal, &rows, &columns);
    loop->wishes = open_next(loop->reading, loop->wishes, rows, columns);
    if (loop->session == loop->reading->session)
        return;
    loop->session = loop->reading->session;
    errands_follow(loop->errands, loop->session);
    if (loop->session)
        introduce(loop);
}

/* ---- events ------------------------------------------------------------------------- */

static void take_event(const struct input_event *event, void *data)
{
    struct loop *loop = data;
    if (loop->wishes & WISH_QUIT)
        return;
    switch (event->kind) {
    case INPUT_KEY:
        loop->wishes |= press(loop->session, event->key);
        break;
    case INPUT_PASTE:
        loop->wishes |= session_paste(loop->session, event->text, event->length);
        break;
    case INPUT_MOUSE:
        loop->wishes |= session_mouse(loop->session, event->mouse, event->row, event->column);
        break;
    case INPUT_REPLY:
        terminal_reply(loop->terminal, event);
        break;
    case INPUT_FOCUS:
        break;
    }
    replace_session(loop); /* what is typed ahead is for the next one */
}

static void run_timers(struct loop *loop)
{
    if (loop->escape_due >= 0 && now() >= loop->escape_due) {
        input_timeout(&loop->input, take_event, loop);
        start_escape(loop);
    }
    if (loop->session && session_wait(loop->session) == 0)
        loop->wishes |= session_timeout(loop->session);
}

static bool is_readable(int descriptor)
{
    struct pollfd poll_for = {.fd = descriptor, .events = POLLIN};
    return poll(&poll_for, 1, 0) > 0;
}

#define MOST_AT_ONCE (1u << 20) /* bytes that are applied before a frame is drawn all the same */

static void read_keys(struct loop *loop)
{
    char bytes[8192];
    int descriptor = terminal_descriptor(loop->terminal);
    size_t taken = 0;
    do {
        ssize_t got = read(descriptor, bytes, sizeof bytes);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            break;
        if (got <= 0) {
            loop->hung_up = true;
            break;
        }
        input_feed(&loop->input, bytes, (size_t)got, take_event, loop);
        taken += (size_t)got;
    } while (!(loop->wishes & WISH_QUIT) && taken < MOST_AT_ONCE && is_readable(descriptor));
    start_escape(loop);
}

static void take_size(struct loop *loop)
{
    int rows, columns;
    terminal_size(loop->terminal, &rows, &columns);
    loop->wishes |= session_resize(loop->session, rows, columns);
}

/* The screen is anybody's after a stop, and so is what was half typed before it. */
static void come_back(struct loop *loop)
{
    terminal_return(loop->terminal);
    input_release(&loop->input);
    take_size(loop);
    start_escape(loop);
    loop->passed = now(); /* nobody was reading */
    loop->wishes |= WISH_DRAW;
}

static void suspend(struct loop *loop)
{
    terminal_leave(loop->terminal);
    signals_stop();
    signals_take(FLAG_CONTINUE);
    come_back(loop);
}

static void take_signals(struct loop *loop)
{
    sigset_t blocked;
    /* ppoll() lets signals in only while it waits: not when there are keys at once, and then again.
     * Here they come in for sure. */
    sigprocmask(SIG_SETMASK, &loop->waiting, &blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    if (signals_take(FLAG_RESIZE)) {
        /* Even to the size it had: it may have been smaller in between, and lost its text. */
        terminal_forget(loop->terminal);
        loop->wishes |= WISH_DRAW;
        take_size(loop);
    }
    if (signals_take(FLAG_RELOAD))
        loop->wishes |= session_reload(loop->session);
    if (signals_take(FLAG_STOP))
        loop->wishes |= WISH_SUSPEND;
    if (signals_take(FLAG_CONTINUE)) /* stopped and continued behind our back */
        come_back(loop);
}

/* ---- a turn ------------------------------------------------------------------------- */

static void draw(struct loop *loop)
{
    struct text_style style = text_style_from(loop->config);
    session_set_now(loop->session, (int64_t)time(NULL));
    session_draw(loop->session, &loop->frame);
    grid_resize(&loop->grid, loop->frame.rows, loop->frame.columns);
    grid_draw(&loop->grid, &loop->frame, &style);
    terminal_paint(loop->terminal, &loop->grid, loop->frame.cursor_row, loop->frame.cursor_column,
                   loop->frame.cursor_visible);
}

/* The theme may be another now, and so may what can be told by colours. */
static void configure(struct loop *loop)
{
    terminal_configure(loop->terminal, loop->config);
    session_set_colours(loop->session, terminal_colours(loop->terminal));
}

/* Even when the program ends: what was copied or saved last is done. */
static void run_errands(struct loop *loop)
{
    if (loop->wishes & WISH_STOP)
        errands_stop(loop->errands);
    unsigned wishes = errands_run(loop->errands);
    if (wishes & WISH_SUSPEND)
        come_back(loop);
    loop->wishes |= wishes & ~(unsigned)WISH_SUSPEND;
}

static void grant_wishes(struct loop *loop)
{
    if (loop->wishes & WISH_SUSPEND)
        suspend(loop);
    if (loop->wishes & WISH_MOUSE)
        terminal_mouse(loop->terminal, session_wants_mouse(loop->session));
    if (loop->wishes & WISH_REPAINT)
        configure(loop);
    if (loop->wishes & WISH_BELL)
        terminal_ring(loop->terminal);
    if (loop->wishes & (WISH_DRAW | WISH_REPAINT | WISH_SUSPEND)) {
        draw(loop);
        loop->more_work = true; /* what was drawn may have set work going */
    }
    loop->wishes = 0;
}

/* Waits for keys, a signal, a timer, or background work that is done. */
static void wait_for_something(struct loop *loop)
{
    int64_t due = loop->more_work ? 0 : next_due(loop);
    struct timespec limit = {.tv_sec = due / 1000, .tv_nsec = due % 1000 * 1000000};
    struct pollfd sources[2 + ERRANDS_MOST_SOURCES] = {
        {.fd = terminal_descriptor(loop->terminal), .events = POLLIN},
        {.fd = session_wakeup(loop->session), .events = POLLIN},
    };
    size_t count = 2 + errands_sources(loop->errands, sources + 2);
    int ready = ppoll(sources, count, due < 0 ? NULL : &limit, &loop->waiting);
    pass_time(loop);
    if (ready > 0 && count > 2)
        loop->wishes |= errands_look(loop->errands);
    if (ready > 0 && sources[0].revents)
        read_keys(loop);
    else if ((ready > 0 && sources[1].revents) || loop->more_work)
        loop->wishes |= session_work(loop->session, &loop->more_work);
}

static void end_turn(struct loop *loop)
{
    take_signals(loop);
    run_timers(loop);
    replace_session(loop);
    if (loop->session)
        run_errands(loop);
    if (!(loop->wishes & WISH_QUIT))
        grant_wishes(loop);
}

static void turn(struct loop *loop)
{
    wait_for_something(loop);
    if (loop->session) /* there may be no next one */
        end_turn(loop);
}

/* An import goes on by itself while the terminal is opened. */
static bool open_first(struct loop *loop)
{
    struct ui_reading *reading = loop->reading;
    if (!reading->session)
        reading->session = reading->next(reading->data, NULL);
    loop->session = reading->session;
    return loop->session;
}

bool ui_run(struct ui_reading *reading, const struct config *config, const uint32_t *keys,
            size_t key_count, struct error *error)
{
    struct loop loop = {.reading = reading, .config = config, .escape_due = -1, .passed = now()};
    signals_begin(&loop.waiting);
    loop.terminal = terminal_open(config, error);
    if (!loop.terminal) {
        signals_end();
        return false;
    }
    if (!open_first(&loop)) {
        terminal_close(loop.terminal);
        signals_end();
        return true;
    }
    introduce(&loop);
    input_init(&loop.input);
    loop.errands = errands_new(loop.session, loop.terminal);
    terminal_mouse(loop.terminal, session_wants_mouse(loop.session));
    take_size(&loop);
    for (size_t at = 0; at < key_count && !(loop.wishes & WISH_QUIT); at++) {
        loop.wishes |= press(loop.session, keys[at]);
        replace_session(&loop);
    }
    start_escape(&loop);
    if (loop.session)
        run_errands(&loop);
    if (loop.session && !(loop.wishes & WISH_QUIT)) {
        grant_wishes(&loop);
        /* Before any key: what is remembered of a document that is there already. */
        loop.wishes |= session_work(loop.session, &loop.more_work);
        end_turn(&loop);
    }
    while (!(loop.wishes & WISH_QUIT) && !loop.hung_up && !signals_deadly())
        turn(&loop);
    errands_free(loop.errands);
    terminal_close(loop.terminal);
    if (loop.session)
        session_leave(loop.session, &reading->left);
    input_release(&loop.input);
    grid_release(&loop.grid);
    frame_release(&loop.frame);
    if (signals_deadly())
        signals_die(signals_deadly());
    signals_end();
    return true;
}
