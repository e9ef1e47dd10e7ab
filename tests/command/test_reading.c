/* The session while the document is still being read. */
#include "session.h"

#include "hearsay/import.h"

#include <unistd.h>

/* A list of numbered comments, long enough to be read in pieces; owner frees. */
static char *write_thread(int comments)
{
    char *path = strdup("/tmp/hearsay-test-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    assert_non_null(file);
    fputs("A title of some words\n\nThe article is short, and says little about what follows it "
          "below, in the list.\n\n\n",
          file);
    for (int at = 1; at <= comments; at++)
        fprintf(file, "  %d. Author %c\n\n    This is what was said in comment number%d.\n\n", at,
                'A' + at % 26, at);
    fclose(file);
    return path;
}

static struct fixture *begin_reading(const char *path, const char *settings, struct import **import)
{
    struct error error;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *import = import_begin(&(struct import_request){.path = path}, &error);
    assert_non_null(*import);
    fixture->config = config_new();
    config_load_memory(fixture->config, "config.ini", settings, strlen(settings), NULL);
    struct keymap_request request = {.name = "default",
                                     .actions = command_actions(),
                                     .overlay = config_ini(fixture->config),
                                     .escape_ms = 30};
    struct session_setup session = {.document = import_first(*import, -1, &error),
                                    .import = *import,
                                    .config = fixture->config,
                                    .keymap = keymap_load(&request, NULL),
                                    .name = "test"};
    fixture->session = session_new(&session);
    session_resize(fixture->session, ROWS, COLUMNS);
    return fixture;
}

static void end_reading(struct fixture *fixture, struct import *import, char *path)
{
    session_free(fixture->session);
    import_end(import);
    config_free(fixture->config);
    frame_release(&fixture->frame);
    free(fixture);
    unlink(path);
    free(path);
}

static void test_the_end_waits_for_all_that_is_being_read(void **state)
{
    (void)state;
    struct import *import;
    char *path = write_thread(20000);
    struct fixture *fixture = begin_reading(path, "", &import);
    assert_non_null(strstr(seen(fixture, 0), "A title"));
    assert_non_null(strstr(seen(fixture, STATUS), "reading"));
    press(fixture, "<C-w>tG");
    assert_non_null(strstr(seen(fixture, STATUS), "Esc stops waiting"));
    session_settle(fixture->session);
    assert_non_null(strstr(seen(fixture, -1), "number20000."));
    assert_null(strstr(seen(fixture, STATUS), "reading"));
    end_reading(fixture, import, path);
}

static void test_what_is_typed_behind_a_wait_comes_after_it(void **state)
{
    (void)state;
    struct import *import;
    char *path = write_thread(20000);
    struct fixture *fixture = begin_reading(path, "", &import);
    press(fixture, "<C-w>tGgg/number20000<Enter>");
    session_settle(fixture->session);
    assert_non_null(strstr(seen(fixture, STATUS), "comment 20000 of 20000"));
    press(fixture, "<C-o>");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 1 of 20000"));
    end_reading(fixture, import, path);
}

static void test_waiting_can_be_given_up(void **state)
{
    (void)state;
    struct import *import;
    char *path = write_thread(20000);
    struct fixture *fixture = begin_reading(path, "", &import);
    press(fixture, "<C-w>tG<Esc>");
    session_settle(fixture->session);
    assert_non_null(strstr(seen(fixture, -1), "number1."));
    assert_null(strstr(seen(fixture, -1), "number20000."));
    end_reading(fixture, import, path);
}

static void test_a_macro_waits_with_all_its_steps(void **state)
{
    (void)state;
    struct import *import;
    char *path = write_thread(20000);
    const char *settings = "[macros]\nlast = \"focus-thread; bottom; go-to-comment 5; "
                           "next-comment\"\n[keys.global]\nlast = \"<F4>\"\n";
    struct fixture *fixture = begin_reading(path, settings, &import);
    press(fixture, "<F4>");
    assert_non_null(strstr(seen(fixture, STATUS), "Esc stops waiting"));
    press(fixture, "}");
    session_settle(fixture->session);
    assert_non_null(strstr(seen(fixture, STATUS), "comment 7 of 20000"));
    press(fixture, "<C-o>");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 20000 of 20000"));
    end_reading(fixture, import, path);
}

int main(void)
{
    (void)setup, (void)teardown; /* of a document that is there */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_end_waits_for_all_that_is_being_read),
        cmocka_unit_test(test_what_is_typed_behind_a_wait_comes_after_it),
        cmocka_unit_test(test_waiting_can_be_given_up),
        cmocka_unit_test(test_a_macro_waits_with_all_its_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
