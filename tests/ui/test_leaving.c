/*
 * Every way out of the program, and the ways out for a while: the terminal must be found as it was
 * left, and whoever waits for the program must learn how it ended.
 */
#include "test.h"

#include "pty.h"

#include <signal.h>
#include <stdio.h>

static const struct pty_setup plain = {0};
static const struct pty_setup below_a_shell = {.shell = true};

/* ---- quitting ------------------------------------------------------------------------------ */

static void quits_clean(void **state)
{
    static const char *const ways[] = {"q", "ZZ", "\003", ":quit\r", ":toggle-mouse\rQ"};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(ways); at++) {
        struct pty pty;
        pty_open(&pty, &plain);
        EXPECT(&pty, pty_shows, "? help");
        pty_keys(&pty, ways[at]);
        EXPECT(&pty, pty_has_ended, NULL);
        CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
        CHECK_RESTORED(&pty);
        pty_close(&pty);
    }
}

/* Settings that no program would choose are put back too. */
static void puts_back_odd_settings(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &below_a_shell);
    EXPECT(&pty, pty_shows, "? help");
    kill(pty.child, SIGTSTP);
    EXPECT(&pty, pty_has_stopped, NULL);
    pty.found.c_lflag &= (tcflag_t)~ECHOE;
    pty.found.c_cc[VERASE] = 'E';
    pty.found.c_iflag ^= IXANY;
    tcsetattr(pty.slave, TCSANOW, &pty.found);
    pty_continue(&pty);
    EXPECT(&pty, pty_shows, "? help");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

/* ---- stopping ------------------------------------------------------------------------------ */

/* Stopped, looked at, and continued. */
static void stop_and_go(const char *keys, int signal)
{
    struct pty pty;
    pty_open(&pty, &below_a_shell);
    EXPECT(&pty, pty_shows, "? help");
    pty_keys(&pty, ":toggle-mouse\r");
    EXPECT(&pty, pty_shows, "mouse on");
    pty_keys(&pty, "20j");
    EXPECT_SCREEN(&pty, "20j");
    for (int times = 0; times < 2; times++) {
        if (keys)
            pty_keys(&pty, keys);
        else
            kill(pty.child, signal);
        EXPECT(&pty, pty_has_stopped, NULL);
        CHECK(&pty, WSTOPSIG(pty.status) == SIGTSTP);
        CHECK_RESTORED(&pty);
        pty_continue(&pty);
        EXPECT_SCREEN(&pty, "20j");
        CHECK(&pty, pty_mode(&pty, 1049) && pty_mode(&pty, 2004) && pty_mode(&pty, 1002));
    }
    pty_keys(&pty, "3j");
    EXPECT_SCREEN(&pty, "20j3j");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

static void stops_by_key(void **state)
{
    (void)state;
    stop_and_go("\032", 0);
}

static void stops_by_signal(void **state)
{
    (void)state;
    stop_and_go(NULL, SIGTSTP);
}

/* SIGSTOP cannot be caught: all that can be done is to draw everything anew afterwards, the shell
 * having put the terminal to its own use meanwhile. */
static void comes_back_from_a_hard_stop(void **state)
{
    static const char rubbish[] = "\033[2J\033[?2004l\033[Hrubbish";
    struct pty pty;
    (void)state;
    pty_open(&pty, &below_a_shell);
    EXPECT_SCREEN(&pty, "");
    kill(pty.child, SIGSTOP);
    EXPECT(&pty, pty_has_stopped, NULL);
    tcsetattr(pty.slave, TCSANOW, &pty.found);
    vterm_input_write(pty.vt, rubbish, sizeof rubbish - 1);
    buffer_adds(&pty.bytes, rubbish);
    pty_continue(&pty);
    EXPECT_SCREEN(&pty, "");
    CHECK(&pty, pty_mode(&pty, 2004));
    pty_keys(&pty, "4j"); /* read without Enter: the settings are ours again */
    EXPECT_SCREEN(&pty, "4j");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

/* The window may be another when it goes on. */
static void is_resized_while_stopped(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &below_a_shell);
    EXPECT_SCREEN(&pty, "");
    pty_keys(&pty, "\032");
    EXPECT(&pty, pty_has_stopped, NULL);
    pty_resize(&pty, 30, 100);
    pty_continue(&pty);
    EXPECT_SCREEN(&pty, "");
    pty_close(&pty);
}

/* ---- being ended --------------------------------------------------------------------------- */

static void dies_of(int signal, const char *term)
{
    struct pty pty;
    const struct pty_setup setup = {.term = term};
    pty_open(&pty, &setup);
    EXPECT(&pty, pty_shows, "? help");
    pty_keys(&pty, ":toggle-mouse\r");
    EXPECT(&pty, pty_shows, "mouse on");
    kill(pty.child, signal);
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFSIGNALED(pty.status) && WTERMSIG(pty.status) == signal);
    if (term) {
        const char *left = pty_left_over(&pty, false);
        CHECK(&pty, left == NULL);
        CHECK(&pty, pty_hides(&pty, "$<")); /* a delay is for the terminal's driver, no text */
    } else {
        CHECK_RESTORED(&pty);
    }
    pty_close(&pty);
}

static void dies_of_signals(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(signals); at++)
        dies_of(signals[at], NULL);
}

static void dies_of_crashes(void **state)
{
    static const int signals[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(signals); at++)
        dies_of(signals[at], NULL);
    dies_of(SIGSEGV, "vt100");
    dies_of(SIGTERM, "vt100");
}

static bool has_sent(struct pty *pty, const void *bytes)
{
    return strstr(buffer_string(&pty->bytes), bytes) != NULL;
}

/* A terminal that has more to offer answers the questions it was asked; what is then switched on is
 * switched off again whatever happens. */
static void leaves_a_modern_terminal(void **state)
{
    static const int signals[] = {0, SIGTERM, SIGSEGV};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(signals); at++) {
        struct pty pty;
        pty_open(&pty, &plain);
        EXPECT(&pty, pty_shows, "? help");
        pty_keys(&pty, "\033[?2026;2$y\033[?0u\033[?62;22c");
        EXPECT(&pty, has_sent, "\033[>1u");
        pty_keys(&pty, "j");
        EXPECT(&pty, has_sent, "\033[?2026h");
        CHECK(&pty, !has_sent(&pty, "\033[<u"));
        if (signals[at])
            kill(pty.child, signals[at]);
        else
            pty_keys(&pty, "\033[113u"); /* q, as kitty may say it */
        EXPECT(&pty, pty_has_ended, NULL);
        CHECK(&pty, has_sent(&pty, "\033[<u"));
        CHECK_RESTORED(&pty);
        pty_close(&pty);
    }
}

/* Right-to-left text as it comes, where that is wanted: said, taken back, and else not mentioned.
 */
static void leaves_the_direction_of_text(void **state)
{
    static const struct pty_setup as_it_comes = {
        .arguments = {"--set=text.bidi=off", "doc/sample.txt"}};
    (void)state;
    for (int wanted = 0; wanted < 2; wanted++) {
        struct pty pty;
        pty_open(&pty, wanted ? &as_it_comes : &plain);
        EXPECT(&pty, pty_shows, "? help");
        CHECK(&pty, has_sent(&pty, "\033[8l") == (wanted == 1));
        pty_keys(&pty, "q");
        EXPECT(&pty, pty_has_ended, NULL);
        CHECK(&pty, has_sent(&pty, "\033[8h") == (wanted == 1));
        CHECK_RESTORED(&pty);
        pty_close(&pty);
    }
}

/* Several at once, and again while it is busy leaving. */
static void dies_once(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &plain);
    EXPECT(&pty, pty_shows, "? help");
    for (int times = 0; times < 20; times++)
        kill(pty.child, SIGTERM);
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFSIGNALED(pty.status) && WTERMSIG(pty.status) == SIGTERM);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

/* A program that is kept busy by its keys still hears that it shall end. */
static void dies_of_a_signal_under_keys(void **state)
{
    struct pty pty;
    char keys[2000];
    (void)state;
    memset(keys, 'j', sizeof keys);
    pty_open(&pty, &plain);
    EXPECT(&pty, pty_shows, "? help");
    pty_keys(&pty, ":");
    kill(pty.child, SIGTERM);
    long long limit = pty_now() + PTY_PATIENCE;
    while (!pty.ended && pty_now() < limit) {
        if (write(pty.master, keys, sizeof keys) < 0)
            pty_take(&pty, 1);
        pty_look_after(&pty);
    }
    CHECK(&pty, pty.ended);
    CHECK(&pty, WIFSIGNALED(pty.status) && WTERMSIG(pty.status) == SIGTERM);
    pty_close(&pty);
}

/* The window is closed: the kernel says so by a signal, and nothing can be read or written. */
static void dies_with_its_terminal(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &plain);
    EXPECT(&pty, pty_shows, "? help");
    close(pty.master);
    pty.closed = true;
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFSIGNALED(pty.status) && WTERMSIG(pty.status) == SIGHUP);
    pty_close(&pty);
}

/* Below a shell that does not hand the signal on, the end of the keys is all there is to see. */
static void ends_with_its_terminal_below_a_shell(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &below_a_shell);
    EXPECT(&pty, pty_shows, "? help");
    close(pty.master);
    pty.closed = true;
    EXPECT(&pty, pty_has_ended, NULL);
    pty_close(&pty);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(quits_clean),
        cmocka_unit_test(puts_back_odd_settings),
        cmocka_unit_test(stops_by_key),
        cmocka_unit_test(stops_by_signal),
        cmocka_unit_test(comes_back_from_a_hard_stop),
        cmocka_unit_test(is_resized_while_stopped),
        cmocka_unit_test(dies_of_signals),
        cmocka_unit_test(dies_of_crashes),
        cmocka_unit_test(leaves_a_modern_terminal),
        cmocka_unit_test(leaves_the_direction_of_text),
        cmocka_unit_test(dies_once),
        cmocka_unit_test(dies_of_a_signal_under_keys),
        cmocka_unit_test(dies_with_its_terminal),
        cmocka_unit_test(ends_with_its_terminal_below_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
