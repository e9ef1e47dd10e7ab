/* The store: which document is which, the ways one has come, what was typed, and other programs. */
#include "visit.h"

#include <pthread.h>

/* ---- kin ----------------------------------------------------------------------------- */

/* A title and paragraphs, parted by "|". */
static struct document *article(const char *title, const char *paragraphs)
{
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    builder_title(builder, title, strlen(title));
    while (*paragraphs) {
        size_t length = strcspn(paragraphs, "|");
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, paragraphs, length);
        paragraphs += length + (paragraphs[length] == '|');
    }
    return builder_finish(builder);
}

#define FIRST  "The quay has been silting up since the strike ended."
#define SECOND "Nobody has paid for the dredging that was promised."
#define THIRD  "The pilots say that they will not wait for another winter."

static void mark_x(struct visit *visit, uint32_t place)
{
    visit->memory.marks['x'] = (struct store_spot){.set = true, .article = place};
    save(visit, true);
    end(visit);
}

static void test_another_headline_is_no_other_article(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, article("Quay silts up", FIRST "|" SECOND));
    mark_x(&visit, document_blocks(visit.document, NULL)[1].start + 4);
    begin(&visit, fixture, article("Harbour blocked", "Update.|" THIRD "|" SECOND "|" FIRST));
    assert_true(visit.known);
    assert_int_equal(visit.memory.marks['x'].article,
                     document_blocks(visit.document, NULL)[2].start + 4);
    end(&visit);
}

static void test_nobody_who_takes_a_name_takes_what_is_remembered(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, article("Quay silts up", FIRST "|" SECOND));
    mark_x(&visit, document_article(visit.document).start + 4);
    for (int round = 0; round < 2; round++) {
        begin(&visit, fixture, article("Buy now", "Advertisement|" THIRD));
        assert_int_equal(visit.known, round > 0); /* it has a memory of its own */
        assert_int_equal(visit.memory.marks['x'].set, round > 0);
        mark_x(&visit, document_article(visit.document).start);
    }
    begin(&visit, fixture, article("Quay silts up", FIRST));
    assert_true(visit.known);
    assert_int_equal(visit.memory.marks['x'].article, document_article(visit.document).start + 4);
    end(&visit);
}

/* Many comments with ids of their own, under the same title. */
static struct document *talk(char first)
{
    static struct said said[10];
    static char ids[10][3];
    for (int at = 0; at < 10; at++) {
        snprintf(ids[at], sizeof ids[at], "%c%d", first, at);
        said[at] = (struct said){ids[at], "Words."};
    }
    return make("A title", said, 10);
}

static void test_two_threads_about_the_same_are_two(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    static const char turns[] = "abcabc";
    for (int turn = 0; turns[turn]; turn++) {
        begin(&visit, fixture, talk(turns[turn]));
        assert_int_equal(visit.known, turn >= 3);
        assert_string_equal(bits(&visit.memory.read), turn >= 3 ? "4" : "");
        assert_string_equal(bits(&visit.memory.fresh), "");
        assert_int_equal(visit.memory.vanished, 0);
        read_now(&visit, 4);
        save(&visit, true);
        end(&visit);
    }
}

/* A copy that was cut short, as often as you like. */
static void test_a_copy_without_comments_costs_none(void **state)
{
    enum { COMMENTS = 3000 };
    static struct said said[COMMENTS];
    static char ids[COMMENTS][8];
    struct fixture *fixture = *state;
    struct visit visit;
    for (size_t at = 0; at < COMMENTS; at++) {
        snprintf(ids[at], sizeof ids[at], "%zu", at);
        said[at] = (struct said){ids[at], "W."};
    }
    for (int round = 0; round < 4; round++) {
        begin(&visit, fixture, make("A title", said, round % 3 ? 0 : COMMENTS));
        if (round == 0)
            read_now(&visit, 2000);
        if (round == 3)
            assert_string_equal(bits(&visit.memory.read), "2000");
        save(&visit, true);
        end(&visit);
    }
}

/* ---- ways ---------------------------------------------------------------------------- */

static void go(struct visit *visit, int which, uint32_t comment)
{
    struct store_trail *trail = &visit->memory.trails[which];
    trail->spots = realloc(trail->spots, (trail->count + 1) * sizeof *trail->spots);
    trail->spots[trail->count++] =
        (struct store_spot){.set = true,
                            .pane = 2,
                            .thread = document_item(visit->document, comment).start,
                            .comment = comment};
}

/* "0 1 | 3": comments of the way back, and forward. */
static const char *ways(const struct visit *visit)
{
    static char text[256];
    size_t used = 0;
    for (int which = 0; which < STORE_TRAILS; which++) {
        const struct store_trail *trail = &visit->memory.trails[which];
        for (uint32_t at = 0; at < trail->count; at++)
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%u ", trail->spots[at].comment);
        used += (size_t)snprintf(text + used, sizeof text - used, which ? "." : "| ");
    }
    return text;
}

static void test_ways_back_and_forward_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    go(&visit, STORE_BACK, 0);
    go(&visit, STORE_BACK, 2);
    go(&visit, STORE_FORWARD, 3);
    save(&visit, false);
    visit.memory.trails[STORE_BACK].count--; /* gone back, and elsewhere */
    visit.memory.trails[STORE_FORWARD].count = 0;
    go(&visit, STORE_BACK, 1);
    save(&visit, true);
    end(&visit);
    /* Places are those of comments, wherever these stand by now. */
    begin(&visit, fixture, MAKE("A title", {"e", "New."}, {"b", "Two."}, {"a", "One."}));
    assert_string_equal(ways(&visit), "2 1 | .");
    assert_int_equal(visit.memory.trails[STORE_BACK].spots[1].thread,
                     document_item(visit.document, 1).start);
    end(&visit);
}

static void test_ways_of_two_hands_are_joined(void **state)
{
    struct fixture *fixture = *state;
    struct visit one, other;
    begin(&one, fixture, first_copy());
    go(&one, STORE_BACK, 0);
    save(&one, true);
    end(&one);
    begin(&one, fixture, first_copy());
    begin(&other, fixture, first_copy());
    go(&one, STORE_BACK, 1);
    go(&other, STORE_BACK, 2);
    save(&one, false);
    end(&one);
    save(&other, true);
    end(&other);
    begin(&one, fixture, first_copy());
    assert_string_equal(ways(&one), "0 1 2 | .");
    end(&one);
}

static void test_only_the_last_of_a_way_is_kept(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    for (uint32_t at = 0; at < STORE_SPOTS + 50; at++)
        go(&visit, STORE_BACK, at < STORE_SPOTS + 49 ? at % 2 : 3);
    save(&visit, true);
    end(&visit);
    begin(&visit, fixture, first_copy());
    const struct store_trail *trail = &visit.memory.trails[STORE_BACK];
    assert_int_equal(trail->count, STORE_SPOTS);
    assert_int_equal(trail->spots[STORE_SPOTS - 1].comment, 3);
    end(&visit);
    assert_int_equal(ask_sql(fixture, "SELECT count(*) FROM trail"), STORE_SPOTS);
}

/* Another program has forgotten the document, having seen too many: all is there again. */
static void test_what_was_dropped_meanwhile_is_written_anew(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    go(&visit, STORE_BACK, 1);
    visit.memory.marks['x'] = (struct store_spot){.set = true, .comment = 2};
    read_now(&visit, 3);
    save(&visit, false);
    while (ask_sql(fixture, "SELECT count(*) FROM trail") == 0)
        usleep(1000);
    run_sql(fixture, "DELETE FROM document; DELETE FROM trail; DELETE FROM place;"
                     "DELETE FROM roll; DELETE FROM flags");
    save(&visit, true);
    end(&visit);
    begin(&visit, fixture, first_copy());
    assert_string_equal(ways(&visit), "1 | .");
    assert_int_equal(visit.memory.marks['x'].comment, 2);
    assert_string_equal(bits(&visit.memory.read), "3");
    end(&visit);
}

/* ---- lines typed --------------------------------------------------------------------- */

static void take(void *data, const char *line)
{
    struct buffer *all = data;
    buffer_adds(all, line);
    buffer_addc(all, ' ');
}

static void expect_lines(const struct fixture *fixture, enum store_line kind, const char *wanted)
{
    struct visit visit;
    struct buffer all = {0};
    begin(&visit, fixture, first_copy());
    store_recall_lines(visit.store, kind, take, &all);
    assert_string_equal(buffer_string(&all), wanted);
    buffer_release(&all);
    end(&visit);
}

static void test_lines_of_two_hands_come_back_the_newest_last(void **state)
{
    struct fixture *fixture = *state;
    struct visit one, other;
    begin(&one, fixture, first_copy());
    begin(&other, fixture, first_copy());
    store_add_line(one.store, STORE_SEARCH, "quay");
    store_add_line(one.store, STORE_SEARCH, "silt");
    store_add_line(one.store, STORE_COMMAND, "sort");
    save(&one, true);
    end(&one);
    store_add_line(other.store, STORE_SEARCH, "quay");
    store_add_line(other.store, STORE_SEARCH, "dredge");
    save(&other, true);
    end(&other);
    expect_lines(fixture, STORE_SEARCH, "silt quay dredge ");
    expect_lines(fixture, STORE_COMMAND, "sort ");
    expect_lines(fixture, STORE_FILTER, "");
}

static void test_so_many_lines_are_kept_or_none(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    char line[STORE_WORDS + 2] = "";
    begin(&visit, fixture, first_copy());
    for (int at = 0; at < 8; at++) {
        snprintf(line, sizeof line, "%d", at);
        store_add_line(visit.store, STORE_FILTER, line);
    }
    memset(line, 'x', sizeof line - 1);
    store_add_line(visit.store, STORE_FILTER, line);
    store_add_line(visit.store, STORE_FILTER, "");
    save(&visit, true);
    end(&visit);
    expect_lines(fixture, STORE_FILTER, "3 4 5 6 7 ");
    run_sql(fixture, "UPDATE line SET text = x'1B5B' WHERE text = '4'"); /* hostile */
    expect_lines(fixture, STORE_FILTER, "3 5 6 7 ");
    begin(&visit, fixture, first_copy());
    store_keep(visit.store, 1000, 0);
    save(&visit, true);
    end(&visit);
    assert_int_equal(ask_sql(fixture, "SELECT count(*) FROM line"), 0);
}

/* ---- other programs ------------------------------------------------------------------ */

/* As long as a program may keep the database that is stopped in the middle of writing. */
#define HELD_MS 3400

static void *let_go(void *data)
{
    usleep(HELD_MS * 1000);
    assert_int_equal(sqlite3_exec(data, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    return NULL;
}

static void test_the_last_save_waits_for_whoever_writes(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    sqlite3 *other;
    pthread_t thread;
    begin(&visit, fixture, first_copy());
    read_now(&visit, 1);
    save(&visit, false);
    while (access(fixture->path, F_OK) != 0 ||
           ask_sql(fixture, "SELECT count(*) FROM document") == 0)
        usleep(1000);
    assert_int_equal(sqlite3_open(fixture->path, &other), SQLITE_OK);
    sqlite3_busy_timeout(other, 1000);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pthread_create(&thread, NULL, let_go, other);
    read_now(&visit, 2);
    store_add_line(visit.store, STORE_SEARCH, "last");
    save(&visit, false);
    read_now(&visit, 3);
    save(&visit, true);
    end(&visit); /* fails the test where something is told */
    pthread_join(thread, NULL);
    sqlite3_close(other);
    begin(&visit, fixture, first_copy());
    assert_string_equal(bits(&visit.memory.read), "1 2 3");
    end(&visit);
    expect_lines(fixture, STORE_SEARCH, "last ");
}

/* What another version has left: brought up to date, and nothing of it lost. */
static void test_an_older_one_is_brought_up_to_date(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    read_now(&visit, 2);
    save(&visit, true);
    end(&visit);
    run_sql(fixture, "DROP TABLE trail; DROP TABLE line; PRAGMA user_version = 1;"
                     "ALTER TABLE document DROP COLUMN sketch");
    begin(&visit, fixture, first_copy());
    assert_string_equal(bits(&visit.memory.read), "2");
    go(&visit, STORE_BACK, 1);
    save(&visit, true);
    end(&visit);
    begin(&visit, fixture, first_copy());
    assert_string_equal(ways(&visit), "1 | .");
    end(&visit);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_another_headline_is_no_other_article),
        CASE(test_nobody_who_takes_a_name_takes_what_is_remembered),
        CASE(test_two_threads_about_the_same_are_two),
        CASE(test_a_copy_without_comments_costs_none),
        CASE(test_ways_back_and_forward_come_back),
        CASE(test_ways_of_two_hands_are_joined),
        CASE(test_only_the_last_of_a_way_is_kept),
        CASE(test_what_was_dropped_meanwhile_is_written_anew),
        CASE(test_lines_of_two_hands_come_back_the_newest_last),
        CASE(test_so_many_lines_are_kept_or_none),
        CASE(test_the_last_save_waits_for_whoever_writes),
        CASE(test_an_older_one_is_brought_up_to_date),
    };
    return cmocka_run_group_tests_name("store ways", tests, NULL, NULL);
}
