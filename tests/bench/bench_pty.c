/*
 * At the other end of a terminal: bench_pty ROUNDS TEXT MBOX|- HEARSAY. The programs that are there
 * take turns at the same words on a terminal of 120 x 40 and are pressed the same keys; what is
 * printed are medians, and what they are to hearsay's: below 1 means that hearsay is quicker.
 *
 * A step ends with the last byte before the program is still: it has written nothing for a while
 * and its clock stands, or it shows the words that the step leads to. Opening ends when the title
 * is on the screen.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "hearsay/base.h"
#include "thread.h"

#define ROWS        40
#define COLUMNS     120
#define STILL_MS    60
#define PATIENCE_MS 1000 /* without words that must come */
#define LIMIT_MS    60000
#define MOST_TIMES  64

enum step { OPEN, PAGE, LINE, AHEAD, END, TOP, SEARCH, FOLD, UNFOLD, RESIZE, QUIT, STEPS };

static const struct {
    const char *name;
    int times;         /* pressed so often in a round */
    const char *shows; /* words that end the step, or NULL */
} steps[STEPS] = {
    [OPEN] = {"first words", 1, THREAD_TITLE},
    [PAGE] = {"page", 10, NULL},
    [LINE] = {"line", 10, NULL},
    [AHEAD] = {"100 pages typed ahead", 1, NULL},
    [END] = {"to the end", 1, THREAD_LAST},
    [TOP] = {"to the top", 1, NULL},
    [SEARCH] = {"search for the last word", 1, NULL},
    [FOLD] = {"fold all", 1, NULL},
    [UNFOLD] = {"unfold all", 1, NULL},
    [RESIZE] = {"resize", 1, NULL},
    [QUIT] = {"leave", 1, NULL},
};

/* The programs, with "{text}", "{mbox}" and "{hearsay}" for what was given. */
static const struct program {
    const char *name, *arguments[12];
    const char *enter; /* what leads from the first screen to the words, or NULL */
    const char *keys[STEPS];
} programs[] = {
    {"hearsay",
     {"{hearsay}", "--keymap=default", "--config=/dev/null", "--keys=<C-w>t", "{text}"},
     NULL,
     {[PAGE] = " ",
      [LINE] = "j",
      [END] = "G",
      [TOP] = "gg",
      [SEARCH] = "/" THREAD_LAST "\r",
      [FOLD] = "zM",
      [UNFOLD] = "zR",
      [QUIT] = "q"}},
    {"less",
     {"less", "{text}"},
     NULL,
     {[PAGE] = " ",
      [LINE] = "j",
      [END] = "G",
      [TOP] = "g",
      [SEARCH] = "/" THREAD_LAST "\r",
      [QUIT] = "q"}},
    {"vim",
     {"vim", "-u", "NONE", "-i", "NONE", "-n", "-R", "-c",
      "set nocp hls is lbr display=lastline fdm=indent fdl=99", "{text}"},
     NULL,
     {[PAGE] = "\006",
      [LINE] = "\005",
      [END] = "G",
      [TOP] = "gg",
      [SEARCH] = "/" THREAD_LAST "\r",
      [FOLD] = "zM",
      [UNFOLD] = "zR",
      [QUIT] = ":qa!\r"}},
    {"neomutt",
     {"neomutt", "-n", "-F", "/dev/null", "-e",
      "set sort=threads wait_key=no mail_check=3600 read_inc=0 folder=/tmp; set header_cache=; "
      "bind index,pager q exit",
      "-R", "-f", "{mbox}"},
     "=\r",
     {[PAGE] = " ", [LINE] = "\r", [QUIT] = "x"}},
};

/* ---- one program on one terminal ------------------------------------------------------------- */

struct run {
    int terminal;
    pid_t process;
    clockid_t clock;
    VTerm *emulator;
    size_t bytes; /* of the step */
    bool ended;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Milliseconds of the processor that the program has used. */
static double used(const struct run *run)
{
    struct timespec time = {0};
    clock_gettime(run->clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static bool is_seen(const struct run *run, const char *words)
{
    VTermScreen *screen = vterm_obtain_screen(run->emulator);
    char row[COLUMNS * 4 + 1];
    for (int at = 0; at < ROWS; at++) {
        VTermRect rect = {at, at + 1, 0, COLUMNS};
        row[vterm_screen_get_text(screen, row, sizeof row - 1, rect)] = '\0';
        if (strstr(row, words))
            return true;
    }
    return false;
}

/* Takes what has come within `wait` milliseconds. False: nothing. */
static bool take_output(struct run *run, int wait)
{
    char bytes[65536];
    struct pollfd source = {.fd = run->terminal, .events = POLLIN};
    if (poll(&source, 1, wait) <= 0)
        return false;
    ssize_t got = read(run->terminal, bytes, sizeof bytes);
    if (got <= 0) {
        run->ended = true;
        return false;
    }
    run->bytes += (size_t)got;
    vterm_input_write(run->emulator, bytes, (size_t)got);
    char reply[256]; /* to the questions that programs ask */
    size_t count = vterm_output_read(run->emulator, reply, sizeof reply);
    if (count > 0 && write(run->terminal, reply, count) < 0)
        run->ended = true;
    return true;
}

/* Milliseconds from `start` to the last byte, or to where `words` were seen; -1: they never were.
 */
static double settle(struct run *run, double start, const char *words)
{
    double last = start, clock = -1;
    while (!run->ended && now() - start < LIMIT_MS) {
        if (take_output(run, words ? PATIENCE_MS : STILL_MS)) {
            last = now();
            if (words && is_seen(run, words))
                return last - start;
            continue;
        }
        double spent = used(run);
        if (spent - clock < STILL_MS / 10.0)
            break;
        clock = spent;
    }
    return words ? -1 : last - start;
}

static void press(struct run *run, const char *keys)
{
    if (write(run->terminal, keys, strlen(keys)) < 0)
        run->ended = true;
}

/* What is left of a step before: an analysis, a screen. */
static void rest(struct run *run)
{
    settle(run, now(), NULL);
    run->bytes = 0;
}

static void begin(struct run *run, char *const *arguments)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    *run = (struct run){.emulator = vterm_new(ROWS, COLUMNS)};
    vterm_set_utf8(run->emulator, 1);
    vterm_screen_reset(vterm_obtain_screen(run->emulator), 1);
    vterm_screen_enable_altscreen(vterm_obtain_screen(run->emulator), 1);
    run->process = forkpty(&run->terminal, NULL, NULL, &size);
    if (run->process == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    clock_getcpuclockid(run->process, &run->clock);
}

static void finish(struct run *run)
{
    if (run->process) {
        kill(run->process, SIGKILL);
        waitpid(run->process, NULL, 0);
    }
    close(run->terminal);
    vterm_free(run->emulator);
}

/* ---- a round --------------------------------------------------------------------------------- */

struct results {
    double times[STEPS][MOST_TIMES];
    size_t count[STEPS], bytes[STEPS];
};

static void note(struct results *results, enum step step, double time, size_t bytes)
{
    if (time >= 0 && results->count[step] < MOST_TIMES)
        results->times[step][results->count[step]++] = time;
    results->bytes[step] = bytes;
}

static void resize(struct run *run, int columns)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = (unsigned short)columns};
    vterm_set_size(run->emulator, ROWS, columns);
    ioctl(run->terminal, TIOCSWINSZ, &size);
}

/* Milliseconds from `start` until the program is gone, -1: it stays. */
static double has_left(struct run *run, double start)
{
    while (now() - start < PATIENCE_MS) {
        take_output(run, 0);
        if (waitpid(run->process, NULL, WNOHANG) == run->process) {
            run->process = 0;
            return now() - start;
        }
        usleep(100);
    }
    return -1;
}

static void do_step(struct run *run, const struct program *program, enum step step,
                    struct results *results)
{
    const char *keys = step == AHEAD ? program->keys[PAGE] : program->keys[step];
    if (!keys && step != RESIZE)
        return;
    for (int turn = 0; turn < steps[step].times && !run->ended; turn++) {
        double start = now();
        if (step == RESIZE)
            resize(run, COLUMNS - 1);
        for (int press_again = step == AHEAD ? 100 : 1; keys && press_again > 0; press_again--)
            press(run, keys);
        double time = step == QUIT ? 0 : settle(run, start, steps[step].shows);
        size_t bytes = run->bytes;
        if (step != QUIT)
            rest(run);
        if (step == QUIT)
            time = has_left(run, start);
        note(results, step, time, bytes);
    }
    if (step == RESIZE) {
        resize(run, COLUMNS);
        rest(run);
    }
}

static void do_round(const struct program *program, char *const *arguments, struct results *results)
{
    struct run run;
    double start = now();
    begin(&run, arguments);
    if (program->enter) {
        rest(&run);
        press(&run, program->enter);
    }
    double opened = settle(&run, start, steps[OPEN].shows);
    note(results, OPEN, opened, run.bytes);
    rest(&run);
    for (enum step step = PAGE; step < STEPS; step++)
        do_step(&run, program, step, results);
    finish(&run);
}

/* ---- the table ------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(struct results *results, enum step step)
{
    qsort(results->times[step], results->count[step], sizeof(double), compare);
    return results->times[step][results->count[step] / 2];
}

static void print_table(struct results *results, const bool *there)
{
    printf("%-26s", "ms, bytes, hearsay/other");
    for (size_t at = 0; at < ARRAY_LENGTH(programs); at++)
        if (there[at])
            printf(" %25s", programs[at].name);
    putchar('\n');
    for (enum step step = OPEN; step < STEPS; step++) {
        double ours = median(&results[0], step);
        printf("%-26s", steps[step].name);
        for (size_t at = 0; at < ARRAY_LENGTH(programs); at++) {
            if (!there[at])
                continue;
            double time = median(&results[at], step);
            if (results[at].count[step] == 0)
                printf(" %25s", "-");
            else
                printf(" %9.2f %8zu %6.2f", time, results[at].bytes[step], ours / time);
        }
        putchar('\n');
    }
}

/* Puts what was given in the place of its name. */
static char *argument(const char *text, char **given)
{
    static const char *const names[] = {"{text}", "{mbox}", "{hearsay}"};
    for (size_t at = 0; at < ARRAY_LENGTH(names); at++)
        if (strcmp(text, names[at]) == 0)
            return xstrdup(given[at]);
    return xstrdup(text);
}

/* It is installed, and there is a mailbox for it if it wants one. */
static bool is_there(const struct program *program, const char *mbox)
{
    struct buffer command = {0};
    for (size_t at = 0; program->arguments[at]; at++)
        if (strcmp(program->arguments[at], "{mbox}") == 0 && strcmp(mbox, "-") == 0)
            return false;
    buffer_printf(&command, "command -v %s >/dev/null 2>&1", program->name);
    bool found = system(buffer_string(&command)) == 0; /* a name of the table above */
    buffer_release(&command);
    return found;
}

int main(int count, char **given)
{
    static struct results results[ARRAY_LENGTH(programs)];
    bool there[ARRAY_LENGTH(programs)];
    if (count != 5) {
        fputs("bench_pty ROUNDS TEXT MBOX|- HEARSAY\n", stderr);
        return 2;
    }
    for (size_t at = 0; at < ARRAY_LENGTH(programs); at++)
        there[at] = at == 0 || is_there(&programs[at], given[3]);
    for (int round = atoi(given[1]); round > 0; round--) {
        for (size_t at = 0; at < ARRAY_LENGTH(programs); at++) {
            char *arguments[ARRAY_LENGTH(programs[0].arguments) + 1] = {0};
            for (size_t i = 0; programs[at].arguments[i]; i++)
                arguments[i] = argument(programs[at].arguments[i], given + 2);
            if (there[at])
                do_round(&programs[at], arguments, &results[at]);
            for (size_t i = 0; arguments[i]; i++)
                free(arguments[i]);
        }
    }
    print_table(results, there);
    return 0;
}
