/*
 * What comes from the terminal: keys, the mouse, pastes and answers, whole, split or queued, and
 * what comes without a terminal. Nothing that is not a key may act as one.
 */
#include "test.h"

#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct pty_setup plain = {0};

static void open_plain(struct pty *pty)
{
    pty_open(pty, &plain);
    EXPECT_SCREEN(pty, "");
}

/* It still runs, its screen is that of `keys`, and it reads on. */
#define EXPECT_ALIVE_AT(pty, keys)                                                                 \
    do {                                                                                           \
        EXPECT_SCREEN(pty, keys);                                                                  \
        pty_keys(pty, "5j");                                                                       \
        EXPECT_SCREEN(pty, keys "5j");                                                             \
        CHECK(pty, !(pty)->ended);                                                                 \
    } while (0)

/* ---- sequences ----------------------------------------------------------------------------- */

/* Each is full of letters that are bound, q among them, which would end the program. */
static void unknown_sequences_do_nothing(void **state)
{
    static const char *const sequences[] = {
        "\033[113;9u",                      /* Super+q, as kitty says it */
        "\033[?62;1;q",                     /* */
        "\033[99;1q",                       /* CSI with a letter that is bound */
        "\033[>4;2j",                       /* private */
        "\033[1 q",                         /* with an intermediate */
        "\033]11;rgb:qqqq/jjjj/GGGG\033\\", /* the answer to a question for colours */
        "\033]0;qqq\a",                     /* OSC, ended by BEL */
        "\033P1+r71=71qqq\033\\",           /* DCS */
        "\033_Gq;OK\033\\",                 /* APC */
        "\033^qqq\033\\",                   /* PM */
        "\033Xqqq\033\\",                   /* SOS */
        "\033[I\033[O",                     /* focus */
        "\033[12;40R",                      /* the cursor's place */
        "\033[<0;999;999M\033[<0;999;999m", /* a click far outside */
        "\033[M qq",                        /* a click in the oldest form */
        "\302\233113;9u",                   /* CSI as one character */
        "\377\376\300\257",                 /* no UTF-8 */
    };
    struct pty pty;
    (void)state;
    open_plain(&pty);
    for (size_t at = 0; at < ARRAY_LENGTH(sequences); at++) {
        pty_keys(&pty, sequences[at]);
        pty_keys(&pty, "jk"); /* what comes after it is a key again */
    }
    EXPECT_ALIVE_AT(&pty, "");
    pty_close(&pty);
}

/* The same in pieces: a byte at a time, each only after the one before is read. */
static void sequences_come_in_pieces(void **state)
{
    static const char bytes[] = "\033]11;rgb:qqqq/qqqq/qqqq\033\\";
    struct pty pty;
    (void)state;
    open_plain(&pty);
    for (size_t at = 0; at + 1 < sizeof bytes; at++) {
        int queued = 1;
        pty_type(&pty, bytes + at, 1);
        while (ioctl(pty.slave, FIONREAD, &queued) == 0 && queued > 0)
            pty_take(&pty, 1);
    }
    EXPECT_ALIVE_AT(&pty, "");
    pty_close(&pty);
}

static void characters_come_in_pieces(void **state)
{
    static const char bytes[] = "caf\303\251 \342\202\254\360\237\215\265";
    struct pty pty;
    (void)state;
    open_plain(&pty);
    pty_keys(&pty, "/");
    for (size_t at = 0; at + 1 < sizeof bytes; at++) {
        int queued = 1;
        pty_type(&pty, bytes + at, 1);
        while (ioctl(pty.slave, FIONREAD, &queued) == 0 && queued > 0)
            pty_take(&pty, 1);
    }
    EXPECT(&pty, pty_shows, bytes);
    pty_close(&pty);
}

/* ---- the Escape key ------------------------------------------------------------------------ */

static void lone_escape_closes_the_prompt(void **state)
{
    struct pty pty;
    (void)state;
    open_plain(&pty);
    pty_keys(&pty, "/abc");
    EXPECT(&pty, pty_shows, "/abc");
    pty_keys(&pty, "\033");
    EXPECT(&pty, pty_hides, "/abc");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    pty_close(&pty);
}

/* ---- pastes -------------------------------------------------------------------------------- */

static void paste_runs_nothing(void **state)
{
    struct pty pty;
    (void)state;
    open_plain(&pty);
    pty_keys(&pty, "\033[200~qqq\rZZ:quit\r\003\033[201~");
    EXPECT(&pty, pty_shows, "pasted text");
    pty_keys(&pty, "5j");
    EXPECT_SCREEN(&pty, "5j");
    pty_close(&pty);
}

static void paste_goes_into_the_prompt(void **state)
{
    struct pty pty;
    (void)state;
    open_plain(&pty);
    pty_keys(&pty, "/\033[200~har\033[31mbour\nquit\033[201~");
    EXPECT(&pty, pty_shows, "bour");
    CHECK(&pty, !pty.ended);
    pty_keys(&pty, "\033");
    EXPECT_SCREEN(&pty, "");
    pty_close(&pty);
}

/* ---- the mouse ----------------------------------------------------------------------------- */

static void mouse_is_asked_for(void **state)
{
    struct pty pty;
    struct buffer top = {0};
    (void)state;
    open_plain(&pty);
    pty_keys(&pty, ":toggle-mouse\r");
    EXPECT(&pty, pty_shows, "mouse on");
    CHECK(&pty, pty_mode(&pty, 1002) && pty_mode(&pty, 1006));
    pty_row(&pty, 0, &top);
    for (int times = 0; times < 5; times++)
        pty_keys(&pty, "\033[<65;10;5M"); /* the wheel, over the article */
    EXPECT(&pty, pty_hides, buffer_string(&top));
    for (int times = 0; times < 10; times++)
        pty_keys(&pty, "\033[<64;10;5M");
    EXPECT(&pty, pty_shows, buffer_string(&top));
    pty_keys(&pty, "\033[<0;10;18M\033[<0;10;18m"); /* a click on the thread */
    EXPECT(&pty, pty_shows, " thread ");
    pty_keys(&pty, ":toggle-mouse\r");
    EXPECT(&pty, pty_shows, "mouse off");
    CHECK(&pty, !pty_mode(&pty, 1002) && !pty_mode(&pty, 1006));
    buffer_release(&top);
    pty_close(&pty);
}

/* ---- many keys ----------------------------------------------------------------------------- */

/* All that is queued is applied before one frame is drawn, and no key is lost. */
static void queued_keys_cost_few_frames(void **state)
{
    struct pty pty;
    char keys[10000];
    (void)state;
    open_plain(&pty);
    for (size_t at = 0; at < sizeof keys; at++)
        keys[at] = at < 100 || at % 2 ? 'j' : 'k';
    size_t before = pty.bytes.length;
    pty_type(&pty, keys, sizeof keys);
    EXPECT_SCREEN(&pty, "100j");
    CHECK(&pty, pty.bytes.length - before < 200 * 1024); /* 10,000 frames would be ten times that */
    memset(keys, 'j', sizeof keys);
    pty_type(&pty, keys, sizeof keys);
    EXPECT_SCREEN(&pty, "10000j");
    pty_close(&pty);
}

/* ---- idling -------------------------------------------------------------------------------- */

/* User and system time in ticks, field 14 and 15 of its stat. */
static long long ticks_of(pid_t process)
{
    char path[64], line[1024];
    unsigned long long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    const char *at = strrchr(line, ')');
    assert_non_null(at);
    assert_int_equal(
        sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system),
        2);
    return (long long)(user + system);
}

/* How often it was given the processor of its own will or not: an idle program is not, at all. */
static long switches_of(pid_t process)
{
    char path[64], line[256];
    long sum = 0, count;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "voluntary_ctxt_switches: %ld", &count) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %ld", &count) == 1)
            sum += count;
    fclose(file);
    return sum;
}

/* It is given time to come to rest, and then must rest for a third of a second. */
static bool is_idle(struct pty *pty, const void *ignored)
{
    (void)ignored;
    long switches = switches_of(pty->child);
    long long ticks = ticks_of(pty->child), until = pty_now() + 350;
    while (pty_now() < until)
        if (pty_take(pty, (int)(until - pty_now())))
            return false;
    return switches_of(pty->child) == switches && ticks_of(pty->child) == ticks;
}

static void idles_without_work(void **state)
{
    struct pty pty;
    (void)state;
    open_plain(&pty);
    EXPECT(&pty, is_idle, NULL);
    pty_keys(&pty, "]"); /* something is pending, and the hint of what may follow comes */
    EXPECT(&pty, is_idle, NULL);
    pty_keys(&pty, "q/har");
    EXPECT(&pty, pty_shows, "/har");
    EXPECT(&pty, is_idle, NULL);
    pty_close(&pty);
}

/* ---- with less of a terminal --------------------------------------------------------------- */

static void reads_text_from_a_pipe(void **state)
{
    struct pty pty;
    const struct pty_setup setup = {.input = "doc/sample.txt", .arguments = {"-"}};
    (void)state;
    pty_open(&pty, &setup);
    EXPECT_SCREEN(&pty, "");
    pty_keys(&pty, "7j");
    EXPECT_SCREEN(&pty, "7j");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

/* A terminal to write to that is nobody's: no keys can come. */
static void needs_a_terminal_for_keys(void **state)
{
    struct pty pty = {.rows = 24, .columns = 80, .report = -1, .order = -1};
    const struct pty_setup setup = {.input = "doc/sample.txt", .arguments = {"-"}};
    int error[2];
    char said[1024] = "";
    (void)state;
    assert_int_equal(openpty(&pty.master, &pty.slave, NULL, NULL, NULL), 0);
    assert_int_equal(pipe2(error, O_CLOEXEC), 0);
    tcgetattr(pty.slave, &pty.found);
    pty_make_screen(&pty);
    pty.child = pty.session = fork();
    if (pty.child == 0) {
        setsid();
        dup2(pty.slave, STDOUT_FILENO);
        dup2(error[1], STDERR_FILENO);
        pty_exec(&setup);
    }
    close(error[1]);
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 1);
    assert_true(read(error[0], said, sizeof said - 1) > 0);
    close(error[0]);
    assert_non_null(strstr(said, "hearsay: no terminal to read keys from"));
    assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1); /* one line */
    assert_int_equal(pty.bytes.length, 0);                         /* the screen was not touched */
    CHECK_RESTORED(&pty);
    pty_close(&pty);
}

/* Keys are there, but what is written goes elsewhere: the text, and no word to the terminal. */
static void writes_text_into_a_pipe(void **state)
{
    struct pty pty = {.rows = 24, .columns = 80, .report = -1, .order = -1};
    int out[2];
    struct buffer said = {0};
    struct error error;
    (void)state;
    assert_int_equal(openpty(&pty.master, &pty.slave, NULL, NULL, NULL), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    pty_make_screen(&pty);
    pty.child = pty.session = fork();
    if (pty.child == 0) {
        login_tty(pty.slave);
        dup2(out[1], STDOUT_FILENO);
        pty_exec(&plain);
    }
    close(out[1]);
    assert_true(buffer_read(&said, out[0], 1 << 20, &error));
    close(out[0]);
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    assert_non_null(strstr(buffer_string(&said), "Towns 900 metres apart"));
    assert_null(strchr(buffer_string(&said), '\033'));
    assert_int_equal(pty.bytes.length, 0);
    buffer_release(&said);
    pty_close(&pty);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_sequences_do_nothing),
        cmocka_unit_test(sequences_come_in_pieces),
        cmocka_unit_test(characters_come_in_pieces),
        cmocka_unit_test(lone_escape_closes_the_prompt),
        cmocka_unit_test(paste_runs_nothing),
        cmocka_unit_test(paste_goes_into_the_prompt),
        cmocka_unit_test(mouse_is_asked_for),
        cmocka_unit_test(queued_keys_cost_few_frames),
        cmocka_unit_test(idles_without_work),
        cmocka_unit_test(reads_text_from_a_pipe),
        cmocka_unit_test(needs_a_terminal_for_keys),
        cmocka_unit_test(writes_text_into_a_pipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
