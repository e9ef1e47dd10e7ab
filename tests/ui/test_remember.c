/* What is remembered, at a real terminal: also by a program that was killed. */
#include "test.h"

#include "pty.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>

struct fixture {
    char state[64], thread[96];
};

/* A thread, and its state, in a folder of their own. */
static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->state, sizeof fixture->state, "/tmp/hearsay-remember-XXXXXX");
    assert_non_null(mkdtemp(fixture->state));
    snprintf(fixture->thread, sizeof fixture->thread, "%s/thread.json", fixture->state);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->state);
    assert_int_equal(system(command), 0);
    free(fixture);
    return 0;
}

/* A thread of numbered comments, without those below `from`. */
static void write_thread(const struct fixture *fixture, int from, int to)
{
    FILE *file = fopen(fixture->thread, "we");
    assert_non_null(file);
    fputs("{\"id\": 1, \"type\": \"story\", \"title\": \"About tides\", \"author\": \"salt\","
          " \"created_at_i\": 1700000000, \"url\": \"https://example.org/tides\","
          " \"children\": [",
          file);
    for (int at = from; at <= to; at++)
        fprintf(file,
                "%s{\"id\": %d, \"type\": \"comment\", \"author\": \"a%d\", \"parent_id\": 1,"
                " \"created_at_i\": %d, \"text\": \"This is remark %d.\", \"children\": []}",
                at > from ? ", " : "", at + 1, at, 1700000000 + at, at);
    fputs("]}\n", file);
    assert_int_equal(fclose(file), 0);
}

static void open_it(struct pty *pty, const struct fixture *fixture)
{
    struct pty_setup setup = {
        .state = fixture->state,
        .arguments = {"--set=thread.read_ms=50", "--format=hn", fixture->thread}};
    pty_open(pty, &setup);
    EXPECT(pty, pty_shows, "About tides");
}

static void quit(struct pty *pty)
{
    pty_keys(pty, "q");
    EXPECT(pty, pty_has_ended, NULL);
    pty_close(pty);
}

static void wait_ms(struct pty *pty, int milliseconds)
{
    long long limit = pty_now() + milliseconds;
    while (pty_now() < limit)
        pty_take(pty, 5);
}

static void killed_and_opened_again_it_is_where_it_was(void **state)
{
    struct fixture *fixture = *state;
    struct pty pty;
    struct buffer before = {0};
    write_thread(fixture, 1, 60);
    open_it(&pty, fixture);
    EXPECT(&pty, pty_shows, "comment 1 of 60");
    pty_keys(&pty, "40G");
    EXPECT(&pty, pty_shows, "comment 40 of 60");
    EXPECT(&pty, pty_shows, "unread");
    wait_ms(&pty, 1500);
    pty_text(&pty, &before);
    kill(pty.child, SIGKILL);
    EXPECT(&pty, pty_has_ended, NULL);
    pty_close(&pty);

    open_it(&pty, fixture);
    EXPECT(&pty, pty_is, buffer_string(&before));
    quit(&pty);
    buffer_release(&before);
}

/* What the database itself says, behind the back of the program. */
static sqlite3_stmt *ask(const struct fixture *fixture, const char *query, sqlite3 **database)
{
    char path[128];
    sqlite3_stmt *answer;
    snprintf(path, sizeof path, "%s/hearsay/hearsay.db", fixture->state);
    assert_int_equal(sqlite3_open(path, database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(*database, query, -1, &answer, NULL), SQLITE_OK);
    return answer;
}

static void expect_sound(const struct fixture *fixture)
{
    sqlite3 *database;
    sqlite3_stmt *answer = ask(fixture, "PRAGMA integrity_check", &database);
    assert_int_equal(sqlite3_step(answer), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(answer, 0), "ok");
    sqlite3_finalize(answer);
    sqlite3_close(database);
}

/* The letters of the marks that are kept, 'a' first. */
static unsigned kept_letters(const struct fixture *fixture)
{
    sqlite3 *database;
    sqlite3_stmt *answer = ask(fixture, "SELECT name FROM place WHERE name <> ''", &database);
    unsigned kept = 0;
    while (sqlite3_step(answer) == SQLITE_ROW)
        kept |= 1u << (*sqlite3_column_text(answer, 0) - 'a');
    sqlite3_finalize(answer);
    sqlite3_close(database);
    return kept;
}

#define LETTERS 20

/* Sets a mark at a time, from the first on that is not kept, until `stop`; when each was set. */
static void set_marks(struct pty *pty, long long set_at[LETTERS], int first, long long stop)
{
    char keys[16], place[32];
    for (int letter = first; letter < LETTERS && pty_now() < stop; letter++) {
        snprintf(keys, sizeof keys, "m%c%dG", 'a' + letter, letter + 10);
        snprintf(place, sizeof place, "comment %d of 60", letter + 10);
        pty_keys(pty, keys);
        EXPECT(pty, pty_shows, place); /* by now it has been set, if not before */
        set_at[letter] = pty_now();
        wait_ms(pty, 70);
    }
    wait_ms(pty, (int)(stop - pty_now()));
}

/* Whenever it is killed: the database is sound, and what was set more than a second before is
 * there. The moments are a sequence that looks like chance. */
static void killed_at_any_moment_it_loses_a_second_at_most(void **state)
{
    struct fixture *fixture = *state;
    unsigned kept = 0;
    long long set_at[LETTERS] = {0};
    write_thread(fixture, 1, 60);
    for (int round = 0; round < 8; round++) {
        struct pty pty;
        int first = 0;
        while (kept & 1u << first)
            first++;
        open_it(&pty, fixture);
        EXPECT(&pty, pty_shows, " of 60");
        set_marks(&pty, set_at, first, pty_now() + 100 + round * 977 % 1900);
        long long killed = pty_now();
        kill(pty.child, SIGKILL);
        EXPECT(&pty, pty_has_ended, NULL);
        pty_close(&pty);
        expect_sound(fixture);
        kept = kept_letters(fixture);
        for (int letter = 0; letter < LETTERS; letter++)
            if (set_at[letter] && set_at[letter] < killed - 1000 && !(kept & 1u << letter))
                fail_msg("round %d: '%c' was set %lld ms before", round, 'a' + letter,
                         killed - set_at[letter]);
    }
    assert_true(kept != 0);
}

static void a_newer_copy_tells_what_is_new_since(void **state)
{
    struct fixture *fixture = *state;
    struct pty pty;
    write_thread(fixture, 1, 20);
    open_it(&pty, fixture);
    pty_keys(&pty, "9G");
    EXPECT(&pty, pty_shows, "comment 9 of 20");
    quit(&pty);

    write_thread(fixture, 3, 24);
    open_it(&pty, fixture);
    EXPECT(&pty, pty_shows, "4 new, 2 vanished since");
    pty_keys(&pty, "k");
    EXPECT(&pty, pty_shows, "4 new");
    EXPECT(&pty, pty_shows, "of 22");
    quit(&pty);
}

static void a_hangup_is_a_way_to_leave(void **state)
{
    struct fixture *fixture = *state;
    struct pty pty;
    write_thread(fixture, 1, 60);
    open_it(&pty, fixture);
    pty_keys(&pty, "50G");
    EXPECT(&pty, pty_shows, "comment 50 of 60");
    kill(pty.child, SIGHUP);
    EXPECT(&pty, pty_has_ended, NULL);
    pty_close(&pty);
    open_it(&pty, fixture);
    EXPECT(&pty, pty_shows, "comment 50 of 60");
    quit(&pty);
}

/* Also where nobody types. */
static void what_cannot_be_written_is_said_when_it_happens(void **state)
{
    struct fixture *fixture = *state;
    struct pty pty;
    sqlite3 *database;
    write_thread(fixture, 1, 60);
    open_it(&pty, fixture);
    EXPECT(&pty, pty_shows, "comment 1 of 60");
    wait_ms(&pty, 300);
    sqlite3_stmt *answer = ask(fixture,
                               "CREATE TRIGGER full BEFORE INSERT ON place BEGIN"
                               " SELECT RAISE(ABORT, 'full'); END",
                               &database);
    sqlite3_busy_timeout(database, 5000);
    assert_int_equal(sqlite3_step(answer), SQLITE_DONE);
    sqlite3_finalize(answer);
    sqlite3_close(database);
    pty_keys(&pty, "9G");
    EXPECT(&pty, pty_shows, "what is read cannot be remembered");
    pty_keys(&pty, "8G");
    EXPECT(&pty, pty_shows, "comment 8 of 60");
    wait_ms(&pty, 1200);
    EXPECT(&pty, pty_hides, "cannot be remembered");
    quit(&pty);
}

static void nothing_to_write_to_is_said_once(void **state)
{
    struct pty pty;
    struct pty_setup setup = {.state = "/dev/null"};
    (void)state;
    pty_open(&pty, &setup);
    EXPECT(&pty, pty_shows, "nothing will be remembered");
    pty_keys(&pty, "j");
    EXPECT(&pty, pty_hides, "nothing will be remembered");
    wait_ms(&pty, 1200);
    EXPECT(&pty, pty_hides, "remembered");
    quit(&pty);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(killed_and_opened_again_it_is_where_it_was),
        CASE(killed_at_any_moment_it_loses_a_second_at_most),
        CASE(a_newer_copy_tells_what_is_new_since),
        CASE(a_hangup_is_a_way_to_leave),
        CASE(what_cannot_be_written_is_said_when_it_happens),
        CASE(nothing_to_write_to_is_said_once),
    };
    return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
