/* What is done outside: a browser is run, bytes reach the clipboard, files and programs get theirs.
 */
#include "test.h"

#include "pty.h"

#include <limits.h>
#include <sys/stat.h>

/* A folder for one test, with a document that has a link. */
struct place {
    char folder[64], document[96];
    struct pty pty;
};

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void path_in(const struct place *place, const char *name, char *path, size_t size)
{
    snprintf(path, size, "%s/%s", place->folder, name);
}

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->folder, sizeof place->folder, "/tmp/hearsay-errands-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    path_in(place, "a.md", place->document, sizeof place->document);
    write_file(place->document,
               "# Quay talks\n\n[The report](https://report.example/a?b&c;$(d)) is out.\n", 0644);
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", place->folder);
    free(place);
    *state = NULL;
    return system(command);
}

/* What a file holds once it is there. The caller frees. */
struct awaited {
    const char *path;
};

static bool is_there(struct pty *pty, const void *wanted)
{
    struct stat found;
    (void)pty;
    return stat(((const struct awaited *)wanted)->path, &found) == 0 && found.st_size > 0;
}

static void expect_file(struct place *place, const char *name, const char *expected)
{
    char path[PATH_MAX];
    struct buffer text = {0};
    path_in(place, name, path, sizeof path);
    struct awaited awaited = {path};
    CHECK(&place->pty, pty_wait(&place->pty, is_there, &awaited));
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(buffer_read(&text, file, 1 << 20, NULL));
    close(file);
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
}

static void open_reader(struct place *place, const char *extra, const char *set, const char *term)
{
    struct pty_setup setup = {.arguments = {"--set", set, place->document},
                              .extra = {extra},
                              .term = term,
                              .shell = true};
    pty_open(&place->pty, &setup);
    EXPECT(&place->pty, pty_shows, "The report");
}

static void leave(struct place *place)
{
    pty_keys(&place->pty, "Q");
    EXPECT(&place->pty, pty_has_ended, NULL);
    CHECK(&place->pty, pty_left_over(&place->pty, false) == NULL);
    pty_close(&place->pty);
}

/* A browser that tells how it was called, and whether it has a terminal. */
static void write_browser(struct place *place, char *extra, size_t size)
{
    char path[PATH_MAX], text[1024];
    path_in(place, "browser", path, sizeof path);
    snprintf(text, sizeof text,
             "#!/bin/sh\n"
             "tty=no; (: </dev/tty) 2>/dev/null && tty=yes\n"
             "echo rubbish; echo rubbish >&2\n"
             "printf '%%s|' tty=$tty \"$#\" \"$@\" >%s/new && mv %s/new %s/called\n",
             place->folder, place->folder, place->folder);
    write_file(path, text, 0755);
    snprintf(extra, size, "BROWSER=:%.1000s:none", path);
}

static void a_browser_gets_the_address_as_one_word_and_no_terminal(void **state)
{
    struct place *place = *state;
    char extra[PATH_MAX];
    write_browser(place, extra, sizeof extra);
    open_reader(place, extra, "view.sidebar=no", NULL);
    pty_keys(&place->pty, "o");
    EXPECT(&place->pty, pty_shows, "opening report.example: https://report.example/a?b&c;$(d)");
    expect_file(place, "called", "tty=no|1|https://report.example/a?b&c;$(d)|");
    CHECK(&place->pty, pty_hides(&place->pty, "rubbish"));
    leave(place);
}

static void a_browser_may_be_lent_the_terminal(void **state)
{
    struct place *place = *state;
    char extra[PATH_MAX], path[PATH_MAX], text[512];
    path_in(place, "browser", path, sizeof path);
    snprintf(text, sizeof text,
             "#!/bin/sh\nprintf '\\033[2J\\033[Hin the browser: '\nread line\n"
             "echo \"$line\" >%s/line\nexit 3\n",
             place->folder);
    write_file(path, text, 0755);
    snprintf(extra, sizeof extra, "BROWSER=%.1000s", path);
    open_reader(place, extra, "open.terminal=yes", NULL);
    pty_keys(&place->pty, "o");
    EXPECT(&place->pty, pty_shows, "in the browser:");
    CHECK(&place->pty, pty_left_over(&place->pty, false) == NULL);
    pty_keys(&place->pty, "hello\r");
    EXPECT(&place->pty, pty_shows, "ended with status 3");
    EXPECT(&place->pty, pty_shows, "The report");
    EXPECT(&place->pty, pty_hides, "in the browser:");
    expect_file(place, "line", "hello\n");
    leave(place);
}

/* An interrupt typed at the program that has the terminal ends that, not the reader. */
static void an_interrupt_is_for_who_has_the_terminal(void **state)
{
    struct place *place = *state;
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    /* Not in one piece, or it would stand on the screen before it is run. */
    pty_keys(&place->pty, ":pipe! echo wait''ing; exec sleep 60\r");
    EXPECT(&place->pty, pty_shows, "waiting");
    pty_keys(&place->pty, "\003");
    EXPECT(&place->pty, pty_shows, "was ended by signal 2");
    leave(place);
}

static void a_missing_browser_is_told(void **state)
{
    struct place *place = *state;
    open_reader(place, "BROWSER=/nonexistent/browser", "view.sidebar=no", NULL);
    pty_keys(&place->pty, "o");
    EXPECT(&place->pty, pty_shows, "cannot run '/nonexistent/browser': No such file or directory");
    leave(place);
}

/* "Quay talks\n\nThe report is out.\n" */
#define COPIED "UXVheSB0YWxrcwoKVGhlIHJlcG9ydCBpcyBvdXQuCg=="

static bool has_sent(struct pty *pty, const void *wanted)
{
    return memmem(buffer_string(&pty->bytes), pty->bytes.length, wanted, strlen(wanted)) != NULL;
}

static void copies_go_to_the_terminal(void **state)
{
    struct place *place = *state;
    open_reader(place, "TMUX=", "view.sidebar=no", NULL);
    pty_keys(&place->pty, "yy");
    EXPECT(&place->pty, pty_shows, "copied 31 bytes: the article");
    EXPECT(&place->pty, has_sent, "\033]52;c;" COPIED "\a");
    pty_keys(&place->pty, "yyQ"); /* even if it is the last thing that is done */
    EXPECT(&place->pty, pty_has_ended, NULL);
    pty_close(&place->pty);
}

static void copies_pass_through_tmux(void **state)
{
    struct place *place = *state;
    open_reader(place, "TMUX=/tmp/x,1,0", "view.sidebar=no", "tmux-256color");
    pty_keys(&place->pty, "yy");
    EXPECT(&place->pty, has_sent,
           "\033]52;c;" COPIED "\a\033Ptmux;\033\033]52;c;" COPIED "\a\033\\");
    leave(place);
}

static void a_console_that_would_print_it_is_not_sent_it(void **state)
{
    struct place *place = *state;
    open_reader(place, "TMUX=", "view.sidebar=no", "linux");
    pty_keys(&place->pty, "yy");
    EXPECT(&place->pty, pty_shows, "the terminal 'linux' cannot copy");
    CHECK(&place->pty, !has_sent(&place->pty, "]52;"));
    pty_keys(&place->pty, "Q");
    EXPECT(&place->pty, pty_has_ended, NULL);
    pty_close(&place->pty);
}

static void a_command_copies(void **state)
{
    struct place *place = *state;
    char path[PATH_MAX], text[256], set[PATH_MAX];
    path_in(place, "copy", path, sizeof path);
    snprintf(text, sizeof text, "#!/bin/sh\ncat >%s/new; mv %s/new %s/copied\nexit $1\n",
             place->folder, place->folder, place->folder);
    write_file(path, text, 0755);
    snprintf(set, sizeof set, "copy.by=%.200s 7", path);
    open_reader(place, "BROWSER=none", set, NULL);
    pty_keys(&place->pty, "yy");
    expect_file(place, "copied", "Quay talks\n\nThe report is out.\n");
    EXPECT(&place->pty, pty_shows, "ended with status 7");
    leave(place);
}

static void a_command_that_reads_nothing_ends_early(void **state)
{
    struct place *place = *state;
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    pty_keys(&place->pty, "|true\r");
    EXPECT(&place->pty, pty_shows, "'true' ended with status 0, it printed nothing");
    pty_keys(&place->pty, "|no-such-command-here\r");
    EXPECT(&place->pty, pty_shows, "ended with status 127");
    EXPECT(&place->pty, pty_shows, "not found");
    pty_keys(&place->pty, "q");
    pty_keys(&place->pty, "|tr a-z A-Z\r");
    EXPECT(&place->pty, pty_shows, "THE REPORT IS OUT.");
    pty_keys(&place->pty, "q");
    EXPECT(&place->pty, pty_shows, "The report[1] is out.");
    leave(place);
}

/* A command that never ends blocks nothing; Escape ends it. */
static void a_command_that_hangs_is_stopped(void **state)
{
    struct place *place = *state;
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    pty_keys(&place->pty, "|printf 'so far\\n'; sleep 600\r");
    EXPECT(&place->pty, pty_shows, "gets ");
    pty_keys(&place->pty, "?");
    EXPECT(&place->pty, pty_shows, "Keys in the article");
    pty_keys(&place->pty, "q");
    EXPECT(&place->pty, pty_shows, "The report");
    pty_keys(&place->pty, "\033");
    EXPECT(&place->pty, pty_shows, "was ended by signal 15");
    EXPECT(&place->pty, pty_shows, "so far");
    pty_keys(&place->pty, "q");
    leave(place);
}

/* So does Ctrl-C, which leaves the program only when nothing runs. */
static void an_interrupt_is_for_what_runs(void **state)
{
    struct place *place = *state;
    char keys[PATH_MAX + 16], path[PATH_MAX], text[PATH_MAX];
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    pty_keys(&place->pty, "|exec sleep 600\r");
    EXPECT(&place->pty, pty_shows, "gets ");
    pty_keys(&place->pty, "\003");
    EXPECT(&place->pty, pty_shows, "was ended by signal 15");
    path_in(place, "s", path, sizeof path);
    snprintf(text, sizeof text,
             "#!/bin/sh\ntrap '' TERM\necho 1 >%s/on\nwhile :; do sleep 1; done\n", place->folder);
    write_file(path, text, 0755);
    snprintf(keys, sizeof keys, "|exec %s\r", path);
    pty_keys(&place->pty, keys);
    expect_file(place, "on", "1\n");
    pty_keys(&place->pty, "\003");
    EXPECT(&place->pty, pty_shows, "stopping what still runs");
    pty_keys(&place->pty, "\003");
    EXPECT(&place->pty, pty_shows, "was ended by signal 9");
    pty_keys(&place->pty, "\003");
    EXPECT(&place->pty, pty_has_ended, NULL);
    pty_close(&place->pty);
}

/* A pipe that nobody reads, that somebody reads, and that somebody only holds open. */
static void a_named_pipe_is_written_to_but_not_waited_for(void **state)
{
    struct place *place = *state;
    char path[PATH_MAX], keys[PATH_MAX + 16], got[64] = "";
    path_in(place, "fifo", path, sizeof path);
    assert_int_equal(mkfifo(path, 0600), 0);
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    snprintf(keys, sizeof keys, ":w! text %s\r", path);
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "nobody reads from it");
    int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "saved 31 bytes as text");
    assert_int_equal(read(reader, got, sizeof got - 1), 31);
    assert_string_equal(got, "Quay talks\n\nThe report is out.\n");
    int writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    while (write(writer, got, sizeof got) > 0)
        continue;
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "timed out");
    close(writer);
    close(reader);
    leave(place);
}

static void files_are_written_once(void **state)
{
    struct place *place = *state;
    char keys[PATH_MAX];
    open_reader(place, "BROWSER=none", "view.sidebar=no", NULL);
    snprintf(keys, sizeof keys, ":w %s/x.md\r", place->folder);
    pty_keys(&place->pty, keys);
    expect_file(place, "x.md",
                "# Quay talks\n\n[The report](https://report.example/a?b&c;$%28d%29) is out.\n");
    EXPECT(&place->pty, pty_shows, "bytes as markdown to");
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "is there already, ! writes over it");
    snprintf(keys, sizeof keys, ":w! text %s/x.md\r", place->folder);
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "saved 31 bytes as text");
    expect_file(place, "x.md", "Quay talks\n\nThe report is out.\n");
    snprintf(keys, sizeof keys, ":w %s/none/x\r", place->folder);
    pty_keys(&place->pty, keys);
    EXPECT(&place->pty, pty_shows, "No such file or directory");
    pty_keys(&place->pty, ":w! /dev/full\r");
    EXPECT(&place->pty, pty_shows, "cannot write '/dev/full': No space left on device");
    leave(place);
}

#define PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE(a_browser_gets_the_address_as_one_word_and_no_terminal),
        PLACE(a_browser_may_be_lent_the_terminal),
        PLACE(an_interrupt_is_for_who_has_the_terminal),
        PLACE(a_missing_browser_is_told),
        PLACE(copies_go_to_the_terminal),
        PLACE(copies_pass_through_tmux),
        PLACE(a_console_that_would_print_it_is_not_sent_it),
        PLACE(a_command_copies),
        PLACE(a_command_that_reads_nothing_ends_early),
        PLACE(a_command_that_hangs_is_stopped),
        PLACE(an_interrupt_is_for_what_runs),
        PLACE(a_named_pipe_is_written_to_but_not_waited_for),
        PLACE(files_are_written_once),
    };
    return cmocka_run_group_tests_name("errands", tests, NULL, NULL);
}
