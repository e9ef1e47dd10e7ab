/*
 * The other end of the line: a pseudo-terminal with the program on one side and, on the other, a
 * terminal emulator that keeps the screen, and all bytes as they came.
 *
 *      test --- keys ---> master ~~~ slave ---> build/hearsay
 *       ^                   |
 *       '--- libvterm <-----+----> bytes
 *
 * Nothing here sleeps: whatever is waited for is a condition, looked at after each portion of
 * bytes, and PTY_PATIENCE is only how long a broken program is given.
 *
 * To be stopped the program needs a shell above it, for the kernel stops nobody whom no one in the
 * same session could continue: `shell` puts a small one between.
 *
 * It is long for being in one piece what three test programs include, each linked by itself.
 */
#ifndef HEARSAY_TEST_PTY_H
#define HEARSAY_TEST_PTY_H

#include "hearsay/base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#ifndef PTY_PATIENCE
#define PTY_PATIENCE 15000 /* milliseconds */
#endif

/* What was on the terminal before. */
#define PTY_PROMPT "shell of yesterday"

#define PTY_ARGUMENTS 8

/* Another kind of terminal than libvterm is: appends what libvterm has to be told instead of
 * `bytes`, and returns how many of them it has taken; the rest comes again, with more. */
typedef size_t pty_kind(const char *bytes, size_t length, struct buffer *out);

struct pty_setup {
    const char *term;                     /* NULL: xterm-256color, "": unset */
    const char *extra[3];                 /* "NAME=value" for the environment */
    const char *arguments[PTY_ARGUMENTS]; /* after the program's name; none: doc/sample.txt */
    int rows, columns;                    /* 0: 80x24 */
    const char *input;                    /* a file for standard input; NULL: the terminal */
    bool shell;                           /* with a shell above */
    const char *state;                    /* the state's folder; NULL: nothing is remembered */
    pty_kind *kind;                       /* NULL: libvterm as it is */
};

struct pty {
    int master, slave;
    pid_t child;       /* the program */
    pid_t session;     /* the shell, or the program */
    int report, order; /* from and to the shell, or -1 */
    struct termios found;
    VTerm *vt;
    VTermScreen *screen;
    struct buffer bytes;
    pty_kind *kind;
    size_t taken; /* of the bytes, by the terminal */
    bool titled;
    int rows, columns;
    bool stopped, ended, closed;
    int status; /* as waitpid() has it, when ended */
};

/* ---- the program's side ---------------------------------------------------------------------- */

static inline const char *pty_program(void)
{
    const char *program = getenv("HEARSAY");
    return program ? program : "build/hearsay";
}

static inline void pty_environment(const struct pty_setup *setup)
{
    static const char *const kept[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH", "PATH"};
    char *values[ARRAY_LENGTH(kept)];
    for (size_t at = 0; at < ARRAY_LENGTH(kept); at++) {
        const char *value = getenv(kept[at]);
        values[at] = value ? xstrdup(value) : NULL;
    }
    clearenv();
    for (size_t at = 0; at < ARRAY_LENGTH(kept); at++)
        if (values[at])
            setenv(kept[at], values[at], 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("HOME", "/nonexistent", 1);
    if (setup->state)
        setenv("XDG_STATE_HOME", setup->state, 1);
    if (!setup->term)
        setenv("TERM", "xterm-256color", 1);
    else if (setup->term[0])
        setenv("TERM", setup->term, 1);
    for (size_t at = 0; at < ARRAY_LENGTH(setup->extra) && setup->extra[at]; at++)
        putenv(xstrdup(setup->extra[at]));
}

static inline void pty_exec(const struct pty_setup *setup)
{
    char *arguments[PTY_ARGUMENTS + 3] = {xstrdup(pty_program())};
    size_t count = 1;
    if (!setup->state)
        arguments[count++] = xstrdup("--set=state.remember=no");
    for (size_t at = 0; at < PTY_ARGUMENTS && setup->arguments[at]; at++)
        arguments[count++] = xstrdup(setup->arguments[at]);
    if (!setup->arguments[0])
        arguments[count] = xstrdup("doc/sample.txt");
    if (setup->input) {
        int input = open(setup->input, O_RDONLY);
        dup2(input, STDIN_FILENO);
        close(input);
    }
    pty_environment(setup);
    execv(arguments[0], arguments);
    _exit(127);
}

/* Tells of each stop and of the end, and continues the program when it gets a byte. */
static inline void pty_shell(const struct pty_setup *setup, int report, int order)
{
    int status;
    char byte;
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDOUT_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        signal(SIGHUP, SIG_DFL);
        close(report);
        close(order);
        pty_exec(setup);
    }
    setpgid(job, job);
    if (write(report, &job, sizeof job) < 0)
        _exit(1);
    while (waitpid(job, &status, WUNTRACED) == job) {
        tcsetpgrp(STDOUT_FILENO, getpid());
        if (write(report, &status, sizeof status) < 0 || !WIFSTOPPED(status))
            break;
        if (read(order, &byte, 1) != 1)
            break;
        tcsetpgrp(STDOUT_FILENO, job);
        kill(-job, SIGCONT);
    }
    _exit(0);
}

/* ---- the terminal's side --------------------------------------------------------------------- */

static inline int pty_on_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    (void)value;
    pty->titled = pty->titled || property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME;
    return 1;
}

static inline void pty_make_screen(struct pty *pty)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = pty_on_property};
    pty->vt = vterm_new(pty->rows, pty->columns);
    vterm_set_utf8(pty->vt, 1);
    pty->screen = vterm_obtain_screen(pty->vt);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->titled = false;
    vterm_input_write(pty->vt, PTY_PROMPT "\r\n", strlen(PTY_PROMPT "\r\n"));
}

static inline void pty_open(struct pty *pty, const struct pty_setup *setup)
{
    int report[2] = {-1, -1}, order[2] = {-1, -1};
    *pty = (struct pty){.kind = setup->kind,
                        .rows = setup->rows ? setup->rows : 24,
                        .columns = setup->columns ? setup->columns : 80};
    struct winsize size = {.ws_row = (unsigned short)pty->rows,
                           .ws_col = (unsigned short)pty->columns};
    assert_int_equal(openpty(&pty->master, &pty->slave, NULL, NULL, &size), 0);
    fcntl(pty->master, F_SETFD, FD_CLOEXEC);
    fcntl(pty->slave, F_SETFD, FD_CLOEXEC);
    fcntl(pty->master, F_SETFL, O_NONBLOCK);
    tcgetattr(pty->slave, &pty->found);
    pty_make_screen(pty);
    if (setup->shell) {
        assert_int_equal(pipe2(report, O_CLOEXEC), 0);
        assert_int_equal(pipe2(order, O_CLOEXEC), 0);
    }
    pty->session = fork();
    if (pty->session == 0) {
        close(pty->master);
        login_tty(pty->slave);
        if (setup->shell)
            pty_shell(setup, report[1], order[0]);
        pty_exec(setup);
    }
    pty->child = pty->session;
    pty->report = report[0];
    pty->order = order[1];
    if (setup->shell) {
        close(report[1]);
        close(order[0]);
        assert_int_equal(read(pty->report, &pty->child, sizeof pty->child), sizeof pty->child);
        fcntl(pty->report, F_SETFL, O_NONBLOCK);
    }
}

/* Shows what has come and has not been shown. */
static inline void pty_show(struct pty *pty)
{
    struct buffer told = {0};
    const char *bytes = buffer_string(&pty->bytes) + pty->taken;
    size_t length = pty->bytes.length - pty->taken;
    pty->taken += pty->kind ? pty->kind(bytes, length, &told) : length;
    vterm_input_write(pty->vt, pty->kind ? buffer_string(&told) : bytes,
                      pty->kind ? told.length : length);
    buffer_release(&told);
}

/* What has come until now; waits for `patience` milliseconds if it is nothing. */
static inline bool pty_take(struct pty *pty, int patience)
{
    char bytes[65536];
    struct pollfd poll_for = {.fd = pty->master, .events = POLLIN};
    if (pty->closed) {
        poll(NULL, 0, patience);
        return false;
    }
    if (poll(&poll_for, 1, patience) <= 0)
        return false;
    ssize_t got = read(pty->master, bytes, sizeof bytes);
    if (got <= 0)
        return false;
    buffer_add(&pty->bytes, bytes, (size_t)got);
    pty_show(pty);
    return true;
}

static inline void pty_look_after(struct pty *pty)
{
    int status;
    if (pty->ended)
        return;
    if (pty->report >= 0) {
        if (read(pty->report, &status, sizeof status) != sizeof status)
            return;
    } else if (waitpid(pty->child, &status, WNOHANG) != pty->child) {
        return;
    }
    pty->stopped = WIFSTOPPED(status);
    pty->ended = !pty->stopped;
    pty->status = status;
}

/* Of a program below a shell that has stopped: to the foreground with it. */
static inline void pty_continue(struct pty *pty)
{
    pty->stopped = false;
    assert_int_equal(write(pty->order, "c", 1), 1);
}

static inline void pty_close(struct pty *pty)
{
    if (!pty->ended)
        kill(pty->child, SIGKILL);
    if (pty->report >= 0) {
        close(pty->report);
        close(pty->order);
    }
    if (!pty->closed)
        close(pty->master);
    close(pty->slave);
    if (!pty->ended || pty->session != pty->child)
        waitpid(pty->session, NULL, 0);
    vterm_free(pty->vt);
    buffer_release(&pty->bytes);
}

static inline void pty_type(struct pty *pty, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(pty->master, bytes, length);
        if (wrote < 0 && errno == EAGAIN) {
            pty_take(pty, 1);
            continue;
        }
        assert_true(wrote > 0);
        bytes += wrote;
        length -= (size_t)wrote;
    }
}

static inline void pty_keys(struct pty *pty, const char *keys)
{
    pty_type(pty, keys, strlen(keys));
}

static inline void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    while (pty_take(pty, 0))
        ;
    vterm_set_size(pty->vt, rows, columns);
    ioctl(pty->master, TIOCSWINSZ, &size);
    pty->rows = rows;
    pty->columns = columns;
}

/* ---- looking --------------------------------------------------------------------------------- */

/* A row as text, without blanks at its end. */
static inline void pty_row(const struct pty *pty, int row, struct buffer *out)
{
    size_t start = out->length, end = out->length;
    for (int column = 0; column < pty->columns; column++) {
        VTermScreenCell cell;
        VTermPos place = {.row = row, .col = column};
        if (!vterm_screen_get_cell(pty->screen, place, &cell) || cell.chars[0] == UINT32_MAX)
            continue;
        for (size_t at = 0; at < VTERM_MAX_CHARS_PER_CELL && cell.chars[at]; at++)
            buffer_add_code_point(out, cell.chars[at]);
        if (cell.chars[0] == 0)
            buffer_addc(out, ' ');
        else if (cell.chars[0] != ' ')
            end = out->length;
    }
    out->length = end > start ? end : start;
    if (out->data)
        out->data[out->length] = '\0';
}

/* The whole screen, a line for a row. */
static inline const char *pty_text(const struct pty *pty, struct buffer *out)
{
    buffer_clear(out);
    for (int row = 0; row < pty->rows; row++) {
        pty_row(pty, row, out);
        buffer_addc(out, '\n');
    }
    return buffer_string(out);
}

/* Whether a private mode (CSI ? mode h) is on, by the bytes that came. */
static inline bool pty_mode(const struct pty *pty, int mode)
{
    bool on = mode == 25; /* the cursor is there from the beginning */
    const char *at = buffer_string(&pty->bytes), *end = at + pty->bytes.length;
    while ((at = memmem(at, (size_t)(end - at), "\033[?", 3))) {
        bool named = false;
        for (at += 3; *at >= '0' && *at <= ';';) {
            char *after;
            named = strtol(at, &after, 10) == mode || named;
            at = *after == ';' ? after + 1 : after;
        }
        if (named && (*at == 'h' || *at == 'l'))
            on = *at == 'h';
    }
    return on;
}

typedef bool pty_condition(struct pty *pty, const void *wanted);

/* More bytes have come than the size_t it is given. */
static inline bool pty_has_said_more(struct pty *pty, const void *before)
{
    return pty->bytes.length > *(const size_t *)before;
}

static inline bool pty_shows(struct pty *pty, const void *wanted)
{
    struct buffer text = {0};
    bool found = strstr(pty_text(pty, &text), wanted) != NULL;
    buffer_release(&text);
    return found;
}

static inline bool pty_hides(struct pty *pty, const void *unwanted)
{
    return !pty_shows(pty, unwanted);
}

static inline bool pty_is(struct pty *pty, const void *screen)
{
    struct buffer text = {0};
    bool same = strcmp(pty_text(pty, &text), screen) == 0;
    buffer_release(&text);
    return same;
}

static inline bool pty_has_ended(struct pty *pty, const void *ignored)
{
    (void)ignored;
    return pty->ended;
}

static inline bool pty_has_stopped(struct pty *pty, const void *ignored)
{
    (void)ignored;
    return pty->stopped;
}

static inline long long pty_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static inline bool pty_wait(struct pty *pty, pty_condition *holds, const void *wanted)
{
    long long limit = pty_now() + PTY_PATIENCE;
    for (;;) {
        pty_look_after(pty);
        bool done = pty->ended || pty->stopped; /* what it wrote before is on its way already */
        bool came = pty_take(pty, done ? 0 : 5);
        if (!came && holds(pty, wanted))
            return true;
        if ((!came && pty->ended) || pty_now() > limit)
            return false;
    }
}

static inline void pty_expect(struct pty *pty, pty_condition *holds, const void *wanted,
                              const char *file, int line)
{
    struct buffer text = {0};
    if (pty_wait(pty, holds, wanted))
        return;
    fprintf(stderr, "%s:%d: waited in vain for:\n%s\nThe screen:\n%s\n(%s, status %x)\n", file,
            line, wanted && holds != pty_has_said_more ? (const char *)wanted : "an event",
            pty_text(pty, &text),
            pty->ended     ? "ended"
            : pty->stopped ? "stopped"
                           : "alive",
            (unsigned)pty->status);
    buffer_release(&text);
    pty_close(pty);
    fail_msg("%s:%d", file, line);
}

#define EXPECT(pty, condition, wanted) pty_expect(pty, condition, wanted, __FILE__, __LINE__)

/* Fails too, but shows what it was about. */
#define CHECK(pty, truth)                                                                          \
    do {                                                                                           \
        if (!(truth)) {                                                                            \
            struct buffer screen_ = {0};                                                           \
            fprintf(stderr, "%s:%d: not so: %s\nThe screen:\n%s\n", __FILE__, __LINE__, #truth,    \
                    pty_text(pty, &screen_));                                                      \
            buffer_release(&screen_);                                                              \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

/* ---- what should be there -------------------------------------------------------------------- */

/* The screen that the program itself says it would show: --screen, with `keys` in keymap notation.
 * The caller frees. */
static inline char *pty_wanted(const char *file, int rows, int columns, const char *keys)
{
    struct buffer text = {0};
    struct buffer command = {0};
    struct error error;
    buffer_printf(&command,
                  "env -u TERM -u NO_COLOR HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent"
                  " '%s' --screen=%dx%d --keys='%s' '%s'",
                  pty_program(), columns, rows, keys, file);
    FILE *pipe = popen(buffer_string(&command), "re");
    assert_non_null(pipe);
    bool read = buffer_read(&text, fileno(pipe), 1 << 22, &error);
    assert_int_equal(pclose(pipe), 0);
    assert_true(read);
    buffer_release(&command);
    return buffer_detach(&text);
}

/* Waits until the terminal shows just that. */
static inline void pty_expect_screen(struct pty *pty, const char *keys, const char *file, int line)
{
    char *wanted = pty_wanted("doc/sample.txt", pty->rows, pty->columns, keys);
    pty_expect(pty, pty_is, wanted, file, line);
    free(wanted);
}

#define EXPECT_SCREEN(pty, keys) pty_expect_screen(pty, keys, __FILE__, __LINE__)

/* ---- everything as it was found -------------------------------------------------------------- */

/* NULL, or what is not as it was before the program came. */
static inline const char *pty_left_over(struct pty *pty, bool had_alternate)
{
    static const int modes[] = {1049, 47, 1047, 1, 9, 1000, 1002, 1003, 1004, 1006, 2004, 2026};
    static char what[64];
    struct termios now;
    struct buffer text = {0};
    memset(&now, 0, sizeof now);
    while (pty_take(pty, 0))
        ;
    for (size_t at = 0; at < ARRAY_LENGTH(modes); at++)
        if (pty_mode(pty, modes[at])) {
            snprintf(what, sizeof what, "mode %d", modes[at]);
            return what;
        }
    if (!pty_mode(pty, 25))
        return "no cursor";
    if (tcgetattr(pty->slave, &now) != 0 || now.c_iflag != pty->found.c_iflag ||
        now.c_oflag != pty->found.c_oflag || now.c_lflag != pty->found.c_lflag ||
        now.c_cflag != pty->found.c_cflag ||
        memcmp(now.c_cc, pty->found.c_cc, sizeof now.c_cc) != 0)
        return "terminal settings";
    pty_row(pty, 0, &text);
    bool prompt = strcmp(buffer_string(&text), PTY_PROMPT) == 0;
    buffer_release(&text);
    return had_alternate && !prompt ? "another screen" : NULL;
}

#define CHECK_RESTORED(pty)                                                                        \
    do {                                                                                           \
        const char *left_ = pty_left_over(pty, true);                                              \
        if (left_)                                                                                 \
            fprintf(stderr, "left over: %s\n", left_);                                             \
        CHECK(pty, left_ == NULL);                                                                 \
    } while (0)

#endif
