/* Settings read again while the program runs, by a signal: good ones are in force, bad ones not. */
#include "test.h"

#include "pty.h"

#include <signal.h>
#include <stdio.h>

static void write_settings(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void settings_are_read_again_by_a_signal(void **state)
{
    char path[] = "/tmp/hearsay-reload-XXXXXX";
    int descriptor = mkstemp(path);
    struct pty pty;
    struct pty_setup setup = {.arguments = {"--config", path, "doc/sample.txt"}};
    (void)state;
    assert_true(descriptor >= 0);
    close(descriptor);
    pty_open(&pty, &setup);
    EXPECT(&pty, pty_shows, "? help");

    write_settings(path, "[keys]\nkeymap = less\n");
    kill(pty.child, SIGUSR1);
    EXPECT(&pty, pty_shows, "have been read again");
    pty_keys(&pty, "h");
    EXPECT(&pty, pty_shows, "Keys in the article (less)");
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_shows, "h help");

    write_settings(path, "[keys]\nkeymap = vi\nmouse = perhaps\n");
    kill(pty.child, SIGUSR1);
    EXPECT(&pty, pty_shows, "nothing is changed");
    pty_keys(&pty, "h");
    EXPECT(&pty, pty_shows, "Keys in the article (less)");
    pty_keys(&pty, "qq");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK_RESTORED(&pty);
    pty_close(&pty);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read_again_by_a_signal),
    };
    return cmocka_run_group_tests_name("reload", tests, NULL, NULL);
}
