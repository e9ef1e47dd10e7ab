/*
 * The ui at a real terminal: through a pseudo-terminal, by bytes and signals, looked at through
 * libvterm. See stage.h.
 */
#include "stage.c"

static void begin(struct stage *stage, struct play play)
{
    stage_open(stage, &play, 24, 100);
    stage_shows(stage, "Ferry talks resume");
}

static void quit(struct stage *stage)
{
    stage_type(stage, "q");
    stage_ends(stage);
    assert_true(WIFEXITED(stage->status));
    assert_int_equal(WEXITSTATUS(stage->status), 0);
    stage_is_restored(stage);
    stage_close(stage);
}

static void test_draws(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_shows(&stage, "We came to listen");
    stage_shows(&stage, "Wide \xE8\xAA\x9E\xE6\x96\x87 and joined \xC3\xA9 and ka\xE3\x81\x8C end");
    assert_true(stage_log_has(&stage, "\033[?1049h"));
    assert_true(stage_log_has(&stage, "\033[?2004h"));
    assert_false(stage_log_has(&stage, "\033[?1002h"));
    assert_false(stage_log_has(&stage, "\033[?2026h"));
    assert_false(stage_log_has(&stage, "\033[>1u"));
    quit(&stage);
}

static void test_rests(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_rests(&stage);
    stage_type(&stage, "j");
    stage_rests(&stage);
    quit(&stage);
}

static void test_split_character(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_type(&stage, "/x\xC3");
    stage_taken(&stage);
    stage_shows(&stage, "/x");
    stage_type(&stage, "\xA9y");
    stage_shows(&stage, "/x\xC3\xA9y");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/x\xC3\xA9y"); /* a lone Escape, by the clock */
    quit(&stage);
}

/* Cut in its middle by a slow network: the end must not be taken for keys. */
static void test_split_sequence(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_type(&stage, "/ab\x1B[1;");
    stage_taken(&stage);
    stage_type(&stage, "5qcd");
    stage_shows(&stage, "/abcd");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/abcd");
    quit(&stage);
}

static void test_unknown_sequences(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_type(&stage, "\x1B[31;5q\x1B]0;qQq\x1B\\\x1BPqqq\x1B\\\x1B_Gq\x1B\\\x1B]52;q\a"
                       "\x1B[999~\x1B[>1;2q\x1B[1$q\xFF\xFE\xC0\xAF\x1B[200;1R\x1B[I\x1B[O");
    stage_type(&stage, "/here still");
    stage_shows(&stage, "/here still");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/here still");
    quit(&stage);
}

static void test_paste(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_type(&stage, "\x1B[200~qqQ\r\x1B[201~");
    stage_taken(&stage);
    stage_type(&stage, "/\x1B[200~q\x1B[31mQq\x1B[201~z");
    stage_shows(&stage, "Qqz");
    assert_false(stage_log_has(&stage, "\x1B[31mQ"));
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "Qqz");
    quit(&stage);
}

static void test_mouse(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){.settings = {"keys.mouse=yes"}});
    stage_sent(&stage, "\033[?1002h");
    stage_sent(&stage, "\033[?1006h");
    for (int turn = 0; turn < 4; turn++)
        stage_type(&stage, "\x1B[<65;5;5M");
    stage_shows_not(&stage, "By Mara");
    for (int turn = 0; turn < 8; turn++)
        stage_type(&stage, "\x1B[<64;5;5M");
    stage_shows(&stage, "By Mara");
    stage_type(&stage, "\x1B[<0;500;500M\x1B[<0;500;500m\x1B[<99;1;1M\x1B[M qq");
    quit(&stage);
}

static void test_resize(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {500, 200}, {2, 3}, {1, 200}, {24, 100}};
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_shows(&stage, "? help");
    stage_rests(&stage);
    char *before = xstrdup(stage_text(&stage));
    for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
        size_t length = stage.log.length;
        stage_resize(&stage, sizes[at][0], sizes[at][1]);
        while (stage.log.length == length) /* it paints anew */
            pump(&stage);
        stage_rests(&stage);
    }
    stage_shows(&stage, before);
    free(before);
    quit(&stage);
}

/* The terminal was narrow for a moment and has lost what stood at the right. */
static void test_resize_there_and_back(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_rests(&stage);
    char *before = xstrdup(stage_text(&stage));
    stage_signal(&stage, SIGSTOP);
    stage_stops(&stage);
    stage_resize(&stage, 4, 10);
    stage_resize(&stage, 24, 100);
    stage_go_on(&stage);
    stage_rests(&stage);
    stage_shows(&stage, before);
    free(before);
    quit(&stage);
}

static void suspend_by(const char *keys, int signal)
{
    struct stage stage;
    begin(&stage, (struct play){.answers = true, .settings = {"keys.mouse=yes"}});
    stage_sent(&stage, "\033[>1u");
    stage_rests(&stage);
    if (keys)
        stage_type(&stage, keys);
    else
        stage_signal(&stage, signal);
    stage_stops(&stage);
    stage_is_restored(&stage);
    size_t length = stage.log.length;
    stage_go_on(&stage);
    stage_shows(&stage, "Ferry talks resume");
    stage_rests(&stage);
    assert_true(stage_log_count(&stage, length, "\033[?2004h") > 0);
    assert_true(stage_log_count(&stage, length, "\033[?1002h") > 0);
    assert_true(stage_log_count(&stage, length, "\033[?1049h") > 0);
    assert_int_equal(stage_log_count(&stage, length, "\033[>1u"), 1);
    stage_type(&stage, "/works");
    stage_shows(&stage, "/works");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/works");
    quit(&stage);
}

static void test_suspend_by_key(void **state)
{
    (void)state;
    suspend_by("\x1A", 0);
}

static void test_suspend_by_signal(void **state)
{
    (void)state;
    suspend_by(NULL, SIGTSTP);
}

/* Ends it by a signal: the terminal is as it was, and the parent learns what ended it. */
static void end_by(int signal)
{
    struct stage stage;
    begin(&stage, (struct play){.answers = true, .settings = {"keys.mouse=yes"}});
    stage_sent(&stage, "\033[>1u");
    stage_sent(&stage, "\033[?1002h");
    stage_rests(&stage);
    stage_signal(&stage, signal);
    stage_ends(&stage);
    assert_true(WIFSIGNALED(stage.status));
    assert_int_equal(WTERMSIG(stage.status), signal);
    stage_is_restored(&stage);
    stage_close(&stage);
}

static void test_signals(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (size_t at = 0; at < ARRAY_LENGTH(signals); at++)
        end_by(signals[at]);
}

static void test_crashes(void **state)
{
    (void)state;
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
    for (size_t at = 0; at < ARRAY_LENGTH(signals); at++)
        end_by(signals[at]);
}

static void test_exit(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){.answers = true});
    stage_sent(&stage, "\033[>1u");
    stage_rests(&stage);
    stage_signal(&stage, SIGUSR2);
    stage_ends(&stage);
    assert_true(WIFEXITED(stage.status));
    assert_int_equal(WEXITSTATUS(stage.status), 7);
    stage_is_restored(&stage);
    stage_close(&stage);
}

static void test_ignored_hangup(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){.ignore_hangup = true});
    stage_signal(&stage, SIGHUP);
    stage_type(&stage, "/alive");
    stage_shows(&stage, "/alive");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/alive");
    quit(&stage);
}

static void test_piped_input(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){.piped = true});
    stage_type(&stage, "/keys");
    stage_shows(&stage, "/keys");
    stage_type(&stage, "\x1B");
    stage_shows_not(&stage, "/keys");
    quit(&stage);
}

static void test_no_terminal(void **state)
{
    (void)state;
    struct stage stage;
    struct play play = {.piped = true, .no_terminal = true};
    stage_open(&stage, &play, 24, 100);
    stage_ends(&stage);
    assert_true(WIFEXITED(stage.status));
    assert_int_equal(WEXITSTATUS(stage.status), 1);
    stage_shows(&stage, "failed: no terminal to read keys from");
    stage_is_restored(&stage);
    stage_close(&stage);
}

static int screen_status(const char *term)
{
    struct stage stage;
    struct play play = {.term = term, .asks_screen = true};
    stage_open(&stage, &play, 24, 100);
    stage_ends(&stage);
    int status = WIFEXITED(stage.status) ? WEXITSTATUS(stage.status) : -1;
    stage_close(&stage);
    return status;
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(screen_status("xterm"), 0);
    assert_int_equal(screen_status("dumb"), 3);
    assert_int_equal(screen_status("no-such-terminal"), 0);
    assert_int_equal(screen_status(""), 0);
    static const char *const names[] = {"no-such-terminal", "", "vt100", "xterm", "linux"};
    for (size_t at = 0; at < ARRAY_LENGTH(names); at++) {
        struct stage stage;
        begin(&stage, (struct play){.term = names[at]});
        assert_int_equal(stage_log_has(&stage, "\033[c"), at != 2 && at != 4);
        quit(&stage);
    }
}

/* Whether a colour was ever asked for. */
static bool has_colour(const struct stage *stage)
{
    static const char *const marks[] = {"\033[3", ";3", "\033[4", ";4"};
    for (size_t at = 0; at < ARRAY_LENGTH(marks); at++)
        for (char digit = '1'; digit <= '7'; digit++) {
            char text[8];
            snprintf(text, sizeof text, "%s%cm", marks[at], digit);
            if (stage_log_has(stage, text) && strcmp(text, "\033[4m") != 0)
                return true;
        }
    return false;
}

static void test_colours(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, (struct play){0});
    stage_rests(&stage);
    assert_true(has_colour(&stage));
    quit(&stage);
    begin(&stage, (struct play){.environment = "NO_COLOR=1"});
    stage_rests(&stage);
    assert_false(has_colour(&stage));
    quit(&stage);
    begin(&stage, (struct play){.term = "vt100"});
    stage_rests(&stage);
    assert_false(has_colour(&stage));
    quit(&stage);
}

/* What is typed ahead costs one frame. */
static void test_typed_ahead(void **state)
{
    (void)state;
    enum { KEYS = 3000 };
    char keys[KEYS + 1];
    struct stage stage;
    begin(&stage, (struct play){.answers = true});
    stage_sent(&stage, "\033[>1u");
    stage_type(&stage, "j"); /* a frame after the answers */
    stage_sent(&stage, "\033[?2026l");
    stage_rests(&stage);
    stage_signal(&stage, SIGSTOP);
    stage_stops(&stage);
    memset(keys, 'j', KEYS);
    keys[KEYS] = '\0';
    stage_type(&stage, keys);
    size_t length = stage.log.length;
    stage_go_on(&stage);
    stage_taken(&stage);
    stage_rests(&stage);
    size_t frames = stage_log_count(&stage, length, "\033[?2026h");
    assert_true(frames >= 1);
    assert_true(frames <= 4);
    quit(&stage);
}

int main(int count, char **arguments)
{
    cmocka_set_test_filter(count > 1 ? arguments[1] : NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_rests),
        cmocka_unit_test(test_split_character),
        cmocka_unit_test(test_split_sequence),
        cmocka_unit_test(test_unknown_sequences),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_resize_there_and_back),
        cmocka_unit_test(test_suspend_by_key),
        cmocka_unit_test(test_suspend_by_signal),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_crashes),
        cmocka_unit_test(test_exit),
        cmocka_unit_test(test_ignored_hangup),
        cmocka_unit_test(test_piped_input),
        cmocka_unit_test(test_no_terminal),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_typed_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
