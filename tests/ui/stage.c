#include "stage.h"

#include "test.h"

#include "hearsay/import.h"
#include "hearsay/ui.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LONGEST_MS 30000

/* What the shell tells the test. */
struct report {
    pid_t job;
    int status;
};

static const char article[] =
    "Ferry talks resume\n\nBy Mara Lind\n\n"
    "\"We came to listen,\" said Ines Okafor, who chairs the board. The tea was cold.\n\n"
    "Wide \xE8\xAA\x9E\xE6\x96\x87 and joined e\xCC\x81 and ka\xE3\x81\x8B\xE3\x82\x99 end "
    "here.\n\n"
    "Jonas Weyl said that nothing had been agreed, and that nothing would be.\n\n"
    "One. Line of its own.\n\nTwo. Line of its own.\n\nThree. Line of its own.\n\n"
    "Four. Line of its own.\n\nFive. Line of its own.\n\nSix. Line of its own.\n\n"
    "Seven. Line of its own.\n\nEight. Line of its own.\n\nNine. Line of its own.\n\n"
    "Ten. Line of its own.\n\nEleven. Line of its own.\n\nTwelve. Line of its own.\n";

/* ---- the job ------------------------------------------------------------------------------- */

static void leave_by_exit(int signal)
{
    (void)signal;
    exit(7);
}

static struct document *load_article(void)
{
    struct error error;
    int ends[2];
    if (pipe(ends) != 0 || write(ends[1], article, sizeof article - 1) < 0)
        _exit(9);
    close(ends[1]);
    struct document *document = import_descriptor(ends[0], "article", "text", &error);
    close(ends[0]);
    return document;
}

static int run_ui(const struct play *play)
{
    struct error error = {""};
    struct config *config = config_new();
    for (size_t at = 0; at < ARRAY_LENGTH(play->settings) && play->settings[at]; at++) {
        const char *value = strchr(play->settings[at], '=');
        char *name = xstrndup(play->settings[at], (size_t)(value - play->settings[at]));
        config_set(config, name, value + 1, &error);
        free(name);
    }
    struct document *document = load_article();
    struct keymap_request request = {.actions = command_actions(), .escape_ms = 30};
    struct session_setup setup = {.document = document,
                                  .config = config,
                                  .keymap = keymap_load(&request, NULL),
                                  .name = "article"};
    struct ui_reading reading = {.session = session_new(&setup)};
    bool done = ui_run(&reading, config, NULL, 0, &error);
    session_free(reading.session);
    document_free(document);
    config_free(config);
    if (!done)
        printf("failed: %s\r\n", error.message);
    fflush(stdout);
    return done ? 0 : 1;
}

static void run_job(const struct play *play)
{
    int ends[2];
    signal(SIGUSR2, leave_by_exit);
    signal(SIGABRT, SIG_DFL);
    signal(SIGSEGV, SIG_DFL);
    signal(SIGHUP, play->ignore_hangup ? SIG_IGN : SIG_DFL);
    setenv("TERM", play->term ? play->term : "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    unsetenv("NO_COLOR");
    if (play->environment)
        putenv(xstrdup(play->environment));
    if (play->piped && pipe(ends) == 0)
        dup2(ends[0], STDIN_FILENO);
    if (play->no_terminal)
        setsid();
    ui_set_locale();
    if (play->asks_screen)
        _exit(ui_has_screen() ? 0 : 3);
    _exit(run_ui(play));
}

/* ---- the shell ----------------------------------------------------------------------------- */

static pid_t start_job(const struct play *play)
{
    pid_t job = fork();
    if (job == 0) {
        if (!play->no_terminal) {
            setpgid(0, 0);
            tcsetpgrp(STDOUT_FILENO, getpid());
        }
        signal(SIGTTOU, SIG_DFL);
        run_job(play);
    }
    if (!play->no_terminal)
        setpgid(job, job);
    return job;
}

/* Runs the job, tells what becomes of it, and lets it go on at each byte of `orders`. */
static void run_shell(const struct play *play, int reports, int orders)
{
    char order;
    if (read(orders, &order, 1) != 1)
        _exit(0);
    signal(SIGTTOU, SIG_IGN);
    struct report report = {.job = start_job(play), .status = -1};
    write(reports, &report, sizeof report);
    for (;;) {
        if (waitpid(report.job, &report.status, WUNTRACED) < 0)
            break;
        tcsetpgrp(STDOUT_FILENO, getpid());
        write(reports, &report, sizeof report);
        if (read(orders, &order, 1) != 1 || !WIFSTOPPED(report.status))
            break;
        tcsetpgrp(STDOUT_FILENO, report.job);
        kill(report.job, SIGCONT);
    }
    if (report.job > 0 && WIFSTOPPED(report.status))
        kill(report.job, SIGKILL);
    _exit(0);
}

/* ---- the terminal -------------------------------------------------------------------------- */

static int64_t milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void send_bytes(struct stage *stage, const char *bytes, size_t length);

/* Plays a terminal that knows more than libvterm does. */
static void answer(struct stage *stage)
{
    static const char *const answers[][2] = {
        {"\033[?2026$p", "\033[?2026;2$y"}, {"\033[?u", "\033[?0u"}, {"\033[c", "\033[?62;22c"}};
    const char *log = buffer_string(&stage->log);
    for (size_t at = 0; at < ARRAY_LENGTH(answers); at++) {
        const char *found = strstr(log + stage->answered, answers[at][0]);
        if (!found)
            continue;
        send_bytes(stage, answers[at][1], strlen(answers[at][1]));
        stage->answered = (size_t)(found - log) + strlen(answers[at][0]);
    }
}

static void take_report(struct stage *stage)
{
    struct report report;
    if (read(stage->reports, &report, sizeof report) != (ssize_t)sizeof report)
        return;
    stage->job = report.job;
    stage->status = report.status;
    stage->stopped = report.status != -1 && WIFSTOPPED(report.status);
    stage->ended = report.status != -1 && !stage->stopped;
}

/* Takes in what comes within a few milliseconds; true if anything did. */
static bool pump(struct stage *stage)
{
    char bytes[4096];
    struct pollfd sources[] = {{.fd = stage->master, .events = POLLIN},
                               {.fd = stage->reports, .events = POLLIN}};
    if (poll(sources, 2, 10) <= 0)
        return false;
    if (sources[0].revents & POLLIN) {
        ssize_t got = read(stage->master, bytes, sizeof bytes);
        if (got > 0) {
            buffer_add(&stage->log, bytes, (size_t)got);
            vterm_input_write(stage->vterm, bytes, (size_t)got);
        }
    } else if (sources[1].revents) {
        take_report(stage);
    }
    char replies[256];
    size_t length = vterm_output_read(stage->vterm, replies, sizeof replies);
    if (stage->play.answers)
        answer(stage);
    else if (length)
        send_bytes(stage, replies, length);
    return true;
}

static void send_bytes(struct stage *stage, const char *bytes, size_t length)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (length > 0) {
        ssize_t wrote = write(stage->master, bytes, length);
        if (wrote > 0) {
            bytes += wrote;
            length -= (size_t)wrote;
        } else {
            assert_true(milliseconds() < limit);
            pump(stage);
        }
    }
}

/* ---- from outside -------------------------------------------------------------------------- */

void stage_open(struct stage *stage, const struct play *play, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    char name[64];
    int reports[2], orders[2];
    *stage = (struct stage){.play = *play, .rows = rows, .columns = columns, .status = -1};
    assert_int_equal(pipe2(reports, O_CLOEXEC), 0);
    assert_int_equal(pipe2(orders, O_CLOEXEC), 0);
    fflush(NULL);
    stage->shell = forkpty(&stage->master, name, NULL, &size);
    if (stage->shell == 0) {
        close(reports[0]);
        close(orders[1]);
        run_shell(play, reports[1], orders[0]);
    }
    assert_true(stage->shell > 0);
    close(reports[1]);
    close(orders[0]);
    stage->reports = reports[0];
    stage->orders = orders[1];
    stage->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    fcntl(stage->master, F_SETFL, O_NONBLOCK);
    tcgetattr(stage->slave, &stage->found);
    stage->vterm = vterm_new(rows, columns);
    vterm_set_utf8(stage->vterm, 1);
    stage->screen = vterm_obtain_screen(stage->vterm);
    vterm_screen_enable_altscreen(stage->screen, 1);
    vterm_screen_reset(stage->screen, 1);
    stage_go_on(stage);
    while (stage->status == -1 && stage->job == 0)
        pump(stage);
}

void stage_close(struct stage *stage)
{
    if (!stage->ended && stage->job > 0)
        kill(stage->job, SIGKILL);
    close(stage->orders);
    close(stage->slave);
    close(stage->master);
    close(stage->reports);
    kill(stage->shell, SIGKILL);
    waitpid(stage->shell, NULL, 0);
    vterm_free(stage->vterm);
    buffer_release(&stage->log);
}

void stage_type(struct stage *stage, const char *bytes)
{
    send_bytes(stage, bytes, strlen(bytes));
}

void stage_taken(struct stage *stage)
{
    int left = 1;
    int64_t limit = milliseconds() + LONGEST_MS;
    while (ioctl(stage->slave, FIONREAD, &left) == 0 && left > 0) {
        assert_true(milliseconds() < limit);
        pump(stage);
    }
}

void stage_signal(struct stage *stage, int signal)
{
    kill(stage->job, signal);
}

void stage_go_on(struct stage *stage)
{
    stage->stopped = false;
    assert_int_equal(write(stage->orders, "c", 1), 1);
}

void stage_resize(struct stage *stage, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    stage->rows = rows;
    stage->columns = columns;
    vterm_set_size(stage->vterm, rows, columns);
    ioctl(stage->master, TIOCSWINSZ, &size);
}

const char *stage_text(struct stage *stage)
{
    static char text[1 << 20];
    size_t length = 0;
    for (int row = 0; row < stage->rows; row++) {
        VTermRect rect = {row, row + 1, 0, stage->columns};
        length +=
            vterm_screen_get_text(stage->screen, text + length, sizeof text - length - 2, rect);
        text[length++] = '\n';
    }
    text[length] = '\0';
    return text;
}

static void fail_with_screen(struct stage *stage, const char *what, const char *text)
{
    print_error("%s '%s'; the screen:\n%s\n", what, text, stage_text(stage));
    fail();
}

void stage_shows(struct stage *stage, const char *text)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (!strstr(stage_text(stage), text)) {
        if (milliseconds() > limit || stage->ended)
            fail_with_screen(stage, "never shown:", text);
        pump(stage);
    }
}

void stage_shows_not(struct stage *stage, const char *text)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (strstr(stage_text(stage), text)) {
        if (milliseconds() > limit)
            fail_with_screen(stage, "still shown:", text);
        pump(stage);
    }
}

/* The rest of what was sent before the report, too. */
static void pump_all(struct stage *stage)
{
    while (pump(stage))
        ;
}

void stage_stops(struct stage *stage)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (!stage->stopped) {
        if (milliseconds() > limit || stage->ended)
            fail_with_screen(stage, "it should", "stop");
        pump(stage);
    }
    pump_all(stage);
}

void stage_ends(struct stage *stage)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (!stage->ended) {
        if (milliseconds() > limit)
            fail_with_screen(stage, "it should", "end");
        pump(stage);
    }
    pump_all(stage);
}

bool stage_log_has(const struct stage *stage, const char *bytes)
{
    return stage_log_count(stage, 0, bytes) > 0;
}

size_t stage_log_count(const struct stage *stage, size_t from, const char *bytes)
{
    size_t count = 0;
    const char *at = buffer_string(&stage->log) + from;
    while ((at = strstr(at, bytes))) {
        count++;
        at += strlen(bytes);
    }
    return count;
}

void stage_sent(struct stage *stage, const char *bytes)
{
    int64_t limit = milliseconds() + LONGEST_MS;
    while (!stage_log_has(stage, bytes)) {
        if (milliseconds() > limit || stage->ended)
            fail_with_screen(stage, "never sent:", bytes + 1);
        pump(stage);
    }
}

/* How often the program has gone to sleep so far; -1: unknown. */
static long sleeps(const struct stage *stage)
{
    char path[64], line[128];
    long count = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)stage->job);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0)
            count = strtol(line + 24, NULL, 10);
    if (file)
        fclose(file);
    return count;
}

void stage_rests(struct stage *stage)
{
    enum { TURNS = 30 };
    int64_t limit = milliseconds() + LONGEST_MS;
    for (int quiet = 0; quiet < TURNS; quiet++) {
        long before = sleeps(stage);
        if (pump(stage) || before < 0 || sleeps(stage) != before)
            quiet = 0;
        if (milliseconds() > limit || stage->ended)
            fail_with_screen(stage, "it should", "rest");
    }
}

/* ---- as it was found ----------------------------------------------------------------------- */

/* Whether the last word in the log on a private mode is that it is on. */
static bool mode_is_on(const struct stage *stage, int mode)
{
    const char *at = buffer_string(&stage->log);
    bool on = false;
    while ((at = strstr(at, "\033[?"))) {
        char *end;
        at += 3;
        for (const char *number = at; *number >= '0' && *number <= '9'; number = end + 1) {
            bool this_one = strtol(number, &end, 10) == mode;
            const char *final = end + strspn(end, "0123456789;");
            if (this_one && (*final == 'h' || *final == 'l'))
                on = *final == 'h';
            if (*end != ';')
                break;
        }
    }
    return on;
}

void stage_is_restored(struct stage *stage)
{
    static const int modes[] = {1,    9,    47,   1000, 1002, 1003, 1004,
                                1005, 1006, 1047, 1049, 2004, 2026};
    struct termios now;
    assert_int_equal(tcgetattr(stage->slave, &now), 0);
    assert_int_equal(now.c_iflag, stage->found.c_iflag);
    assert_int_equal(now.c_oflag, stage->found.c_oflag);
    assert_int_equal(now.c_cflag, stage->found.c_cflag);
    assert_int_equal(now.c_lflag, stage->found.c_lflag);
    assert_memory_equal(now.c_cc, stage->found.c_cc, sizeof now.c_cc);
    for (size_t at = 0; at < ARRAY_LENGTH(modes); at++) {
        if (mode_is_on(stage, modes[at]))
            print_error("mode %d was left on\n", modes[at]);
        assert_false(mode_is_on(stage, modes[at]));
    }
    assert_true(!stage_log_has(stage, "\033[?25l") || mode_is_on(stage, 25));
    assert_int_equal(stage_log_count(stage, 0, "\033[>1u"), stage_log_count(stage, 0, "\033[<u"));
}
