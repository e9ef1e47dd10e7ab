/* The file of corrections that belongs to an input. */
#include "test.h"

#include "hearsay/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/hearsay-corrections-XXXXXX";

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    return mkdir("one", 0700) + mkdir("two", 0700);
}

static int leave(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return chdir("/") + system(command);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_holds(const char *input, const char *wanted)
{
    struct corrections corrections;
    struct problems problems = {0};
    corrections_open(&corrections, input, &problems);
    assert_int_equal(problems.count, 0);
    assert_string_equal(buffer_string(&corrections.text), wanted);
    corrections_release(&corrections);
}

static void append(const char *input, const char *line)
{
    struct corrections corrections;
    corrections_open(&corrections, input, NULL);
    assert_true(corrections_append(&corrections, line, NULL));
    corrections_release(&corrections);
}

static void the_one_beside_the_input_is_read_and_written(void **state)
{
    (void)state;
    write_file("a.txt.hearsay", "drop A");
    append("a.txt", "drop B");
    append("a.txt", "drop C");
    assert_holds("a.txt", "drop A\ndrop B\ndrop C\n");
}

static void else_each_input_has_its_own(void **state)
{
    (void)state;
    write_file("one/b.txt", "");
    write_file("two/b.txt", "");
    append("one/b.txt", "drop One");
    append("two/b.txt", "drop Two");
    append("https://example.org/b.txt", "drop Three");
    assert_holds("one/b.txt", "drop One\n");
    assert_holds("./one/../one/b.txt", "drop One\n");
    assert_holds("two/b.txt", "drop Two\n");
    assert_holds("https://example.org/b.txt", "drop Three\n");
    assert_int_equal(access("one/b.txt.hearsay", F_OK), -1);
}

static void standard_input_has_none(void **state)
{
    struct error error;
    struct corrections corrections;
    (void)state;
    corrections_open(&corrections, "-", NULL);
    assert_null(corrections.path);
    assert_false(corrections_append(&corrections, "drop A", &error));
    corrections_release(&corrections);
}

static void what_cannot_be_read_or_written_is_told(void **state)
{
    struct error error;
    struct problems problems = {0};
    struct corrections corrections;
    (void)state;
    mkdir("c.txt.hearsay", 0700);
    corrections_open(&corrections, "c.txt", &problems);
    assert_int_equal(problems.count, 1);
    assert_false(corrections_append(&corrections, "drop A", &error));
    assert_non_null(strstr(error.message, "c.txt.hearsay"));
    corrections_release(&corrections);
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_beside_the_input_is_read_and_written),
        cmocka_unit_test(else_each_input_has_its_own),
        cmocka_unit_test(standard_input_has_none),
        cmocka_unit_test(what_cannot_be_read_or_written_is_told),
    };
    return cmocka_run_group_tests_name("corrections file", tests, enter, leave);
}
