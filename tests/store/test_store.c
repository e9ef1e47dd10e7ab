/* The store: what comes back, from newer copies, through two hands, and from damaged files. */
#include "visit.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ---- what comes back ----------------------------------------------------------------- */

static void test_all_of_it_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    assert_false(visit.known);
    read_now(&visit, 1);
    read_now(&visit, 3);
    bitset_put(&visit.memory.folded, 2, true);
    uint32_t article = document_article(visit.document).start + 30;
    uint32_t thread = document_item(visit.document, 1).start;
    visit.memory.here = (struct store_spot){true, 2, article, thread, 3, false};
    visit.memory.marks['x'] = (struct store_spot){true, 1, 0, thread, 0, false};
    visit.memory.order = strdup("newest");
    visit.memory.filter = strdup("author:salt");
    save(&visit, true);
    end(&visit);

    begin(&visit, fixture, first_copy());
    assert_true(visit.known);
    assert_string_equal(bits(&visit.memory.read), "1 3");
    assert_string_equal(bits(&visit.memory.folded), "2");
    assert_string_equal(bits(&visit.memory.known), "0 1 2 3");
    assert_string_equal(bits(&visit.memory.fresh), "");
    assert_string_equal(bits(&visit.memory.edited), "");
    assert_int_equal(visit.memory.vanished, 0);
    assert_true(visit.memory.visited > 0);
    assert_string_equal(visit.memory.order, "newest");
    assert_string_equal(visit.memory.filter, "author:salt");
    const struct store_spot *here = &visit.memory.here, *mark = &visit.memory.marks['x'];
    assert_true(here->set && here->pane == 2 && here->article == article);
    assert_true(here->thread == thread && here->comment == 3);
    assert_true(mark->set && mark->pane == 1 && mark->article == 0 && mark->comment == 0);
    assert_false(visit.memory.marks['y'].set);
    end(&visit);
}

static void test_a_newer_copy_keeps_it_and_tells_what_is_new(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    read_now(&visit, 1);
    read_now(&visit, 2);
    visit.memory.here = (struct store_spot){true,
                                            2,
                                            document_article(visit.document).start + 30,
                                            document_item(visit.document, 2).start + 3,
                                            2,
                                            false};
    save(&visit, true);
    end(&visit);
    for (int round = 0; round < 2; round++) { /* the first one is killed before it ends */
        begin(&visit, fixture,
              MAKE("A title", {"e", "Zero."}, {"a", "One."}, {"f", "Half."}, {"b", "Two, edited."},
                   {"c", "Three."}));
        assert_string_equal(bits(&visit.memory.read), "3 4");
        assert_string_equal(bits(&visit.memory.fresh), "0 2");
        assert_string_equal(bits(&visit.memory.edited), "3");
        assert_int_equal(visit.memory.vanished, 1);
        assert_int_equal(visit.memory.here.comment, 4);
        assert_int_equal(visit.memory.here.thread, document_item(visit.document, 4).start + 3);
        save(&visit, round == 1);
        end(&visit);
    }
    begin(&visit, fixture, MAKE("A title", {"e", "Zero."}, {"f", "Half."}, {"b", "Two, edited."}));
    assert_string_equal(bits(&visit.memory.fresh), "");
    assert_string_equal(bits(&visit.memory.edited), "");
    assert_int_equal(visit.memory.vanished, 2);
    save(&visit, true);
    end(&visit);
    begin(&visit, fixture, first_copy()); /* c is back, and still read; b has its old text */
    assert_string_equal(bits(&visit.memory.read), "1 2");
    assert_string_equal(bits(&visit.memory.fresh), "");
    assert_string_equal(bits(&visit.memory.edited), "1");
    end(&visit);
}

/* Comments of plain text have no ids: who said it, when, and the words stand for one. */
static void test_without_ids_an_inserted_comment_moves_no_mark(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, MAKE("A title", {"", "One."}, {"", "Two."}));
    read_now(&visit, 1);
    save(&visit, true);
    end(&visit);
    begin(&visit, fixture, MAKE("A title", {"", "One."}, {"", "Inserted."}, {"", "Two."}));
    assert_string_equal(bits(&visit.memory.read), "2");
    assert_string_equal(bits(&visit.memory.fresh), "1");
    end(&visit);
}

static void test_two_comments_with_one_id_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    for (int round = 0; round < 2; round++) {
        begin(&visit, fixture, MAKE("A title", {"a", "One."}, {"a", "Two."}, {"b", "Three."}));
        assert_string_equal(bits(&visit.memory.read), round ? "0 1" : "");
        read_now(&visit, 1);
        save(&visit, true);
        end(&visit);
    }
}

static void test_another_text_under_the_same_name_is_another(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    read_now(&visit, 0);
    save(&visit, true);
    end(&visit);
    for (int round = 0; round < 2; round++) {
        begin(&visit, fixture, MAKE("Something else", {"x", "Eins."}, {"y", "Zwei."}));
        assert_int_equal(visit.known, round == 1);
        assert_string_equal(bits(&visit.memory.fresh), "");
        assert_int_equal(visit.memory.vanished, 0);
        save(&visit, true);
        end(&visit);
    }
}

/* The paragraph one was at is found by its words, wherever it stands by now. */
static void test_the_place_in_an_article_moves_with_its_words(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    visit.memory.here.set = true;
    visit.memory.here.article = document_article(visit.document).start + 30 + 5;
    save(&visit, true);
    end(&visit);
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    builder_title(builder, "A title", 7);
    static const char *const paragraphs[] = {"New on top.", "Paragraph 0 of the article.",
                                             "New in between.", "Paragraph 1 of the article."};
    for (size_t at = 0; at < 4; at++) {
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, paragraphs[at], strlen(paragraphs[at]));
    }
    begin(&visit, fixture, builder_finish(builder));
    const struct block *blocks = document_blocks(visit.document, NULL);
    assert_int_equal(visit.memory.here.article, blocks[3].start + 6);
    end(&visit);
}

static void test_only_so_many_documents_are_kept(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = store_open(fixture->path);
    struct document *document = first_copy();
    for (int at = 0; at < 6; at++) {
        struct store_memory memory = {0};
        char key[8];
        snprintf(key, sizeof key, "k%d", at);
        store_keep(store, 2, 10);
        store_recall(store, document, key, &memory);
        store_save(store, &memory, true);
        store_close(store, NULL);
        store = store_open(fixture->path);
    }
    store_close(store, NULL);
    document_free(document);
    sqlite3 *database;
    sqlite3_stmt *statement;
    sqlite3_open(fixture->path, &database);
    sqlite3_prepare_v2(database,
                       "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM flags),"
                       " (SELECT count(*) FROM roll)",
                       -1, &statement, NULL);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    for (int column = 0; column < 3; column++)
        assert_int_equal(sqlite3_column_int(statement, column), 2);
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

/* ---- keys ---------------------------------------------------------------------------- */

static const char *key_of(const char *url, const char *path, unsigned item)
{
    static struct buffer key;
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    builder_meta(builder, STRING_FORMAT, "hn", 2);
    builder_meta(builder, STRING_URL, url, strlen(url));
    struct document *document = builder_finish(builder);
    buffer_clear(&key);
    store_key(document, path, item, &key);
    document_free(document);
    return buffer_string(&key);
}

static void test_keys(void **state)
{
    (void)state;
    assert_string_equal(key_of("https://example.org/a/#top", "x", 0), "address hn example.org/a");
    assert_string_equal(key_of("http://example.org/a", NULL, 3), "address hn example.org/a");
    assert_string_equal(key_of("", "/usr/../usr/.", 0), "file /usr");
    assert_string_equal(key_of("", "/usr", 2), "file /usr item 2");
    assert_memory_equal(key_of("", NULL, 0), "text ", 5);
    assert_memory_equal(key_of("", "/no/such/file", 0), "text ", 5);
}

/* ---- two at once --------------------------------------------------------------------- */

static void test_two_hands_lose_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct visit one, other;
    begin(&one, fixture, first_copy());
    read_now(&one, 0);
    save(&one, false);
    end(&one);
    begin(&one, fixture, first_copy());
    begin(&other, fixture, first_copy());
    read_now(&one, 1);
    one.memory.marks['p'] = (struct store_spot){.set = true, .comment = 1};
    save(&one, false);
    read_now(&other, 2);
    other.memory.marks['q'] = (struct store_spot){.set = true, .comment = 2};
    bitset_put(&other.memory.read, 0, false);
    save(&other, true);
    read_now(&one, 3);
    save(&one, true);
    end(&one);
    end(&other);
    begin(&one, fixture, first_copy());
    assert_string_equal(bits(&one.memory.read), "1 2 3");
    assert_true(one.memory.marks['p'].set && one.memory.marks['q'].set);
    assert_int_equal(one.memory.marks['p'].comment, 1);
    assert_int_equal(one.memory.marks['q'].comment, 2);
    end(&one);
}

#define MANY 400

static struct document *many(void)
{
    static struct said said[MANY];
    static char ids[MANY][8];
    for (size_t at = 0; at < MANY; at++) {
        snprintf(ids[at], sizeof ids[at], "%zu", at);
        said[at] = (struct said){ids[at], "Words."};
    }
    return make("Many", said, MANY);
}

/* Reads each `step`-th comment, saving after each; a process of its own. */
static pid_t read_on(const struct fixture *fixture, uint32_t from, uint32_t step, int pause)
{
    pid_t child = fork();
    if (child)
        return child;
    struct visit visit;
    begin(&visit, fixture, many());
    for (uint32_t at = from; at < MANY; at += step) {
        read_now(&visit, at);
        save(&visit, false);
        usleep((useconds_t)pause);
    }
    save(&visit, true);
    end(&visit);
    _exit(0);
}

static void test_processes_at_once_lose_nothing(void **state)
{
    struct fixture *fixture = *state;
    enum { PROCESSES = 4 };
    pid_t children[PROCESSES];
    int status;
    for (uint32_t at = 0; at < PROCESSES; at++)
        children[at] = read_on(fixture, at, PROCESSES, 50);
    for (int at = 0; at < PROCESSES; at++) {
        assert_int_equal(waitpid(children[at], &status, 0), children[at]);
        assert_int_equal(status, 0);
    }
    struct visit visit;
    begin(&visit, fixture, many());
    assert_int_equal(bitset_rank(&visit.memory.read, 0, MANY), MANY);
    end(&visit);
}

/* Killed at whatever moment: nothing is damaged, and what one had read stays read. */
static void test_being_killed_damages_nothing(void **state)
{
    struct fixture *fixture = *state;
    uint32_t had = 0;
    for (int round = 0; round < 20 || (had == 0 && round < 200); round++) {
        pid_t child = read_on(fixture, had, 1, 100);
        int status;
        usleep((useconds_t)(1000 * round + round * 977 % 1000));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        struct visit visit;
        struct error error;
        begin(&visit, fixture, many());
        assert_false(store_trouble(visit.store, &error));
        uint32_t have = bitset_rank(&visit.memory.read, 0, MANY);
        assert_true(have >= had);
        had = have;
        end(&visit);
    }
    assert_true(had > 0);
    sqlite3 *database;
    sqlite3_stmt *statement;
    sqlite3_open(fixture->path, &database);
    sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, NULL);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

/* ---- what cannot be used ------------------------------------------------------------- */

/* All of it in the file, nothing in the log. */
static void leave_something(const struct fixture *fixture)
{
    struct visit visit;
    begin(&visit, fixture, first_copy());
    read_now(&visit, 1);
    save(&visit, true);
    end(&visit);
    run_sql(fixture, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* Opens it; what is said, once. */
static const char *said_of(const struct fixture *fixture)
{
    static struct error error;
    struct visit visit;
    begin(&visit, fixture, first_copy());
    bool told = store_trouble(visit.store, &error);
    assert_false(store_trouble(visit.store, NULL));
    save(&visit, true); /* does no harm */
    end(&visit);
    return told ? error.message : "";
}

static long size_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? (long)about.st_size : -1;
}

static void write_over(const struct fixture *fixture, long from, size_t length, int byte)
{
    FILE *file = fopen(fixture->path, "r+");
    assert_non_null(file);
    fseek(file, from, SEEK_SET);
    while (length--)
        fputc(byte, file);
    fclose(file);
}

static void test_a_damaged_one_is_set_aside(void **state)
{
    struct fixture *fixture = *state;
    char aside[192];
    for (int round = 1; round <= 2; round++) {
        leave_something(fixture);
        long size = size_of(fixture->path);
        write_over(fixture, 0, 64, 'x');
        assert_non_null(strstr(said_of(fixture), "damaged, and set aside as"));
        snprintf(aside, sizeof aside, "%s.damaged-%d", fixture->path, round);
        assert_int_equal(size_of(aside), size);
    }
    assert_string_equal(said_of(fixture), "");
}

/* Damage behind a sound beginning shows when it is read. */
static void test_damage_within_is_met_where_it_is_read(void **state)
{
    struct fixture *fixture = *state;
    leave_something(fixture);
    write_over(fixture, 4096, (size_t)(size_of(fixture->path) - 4096), 0xA5);
    assert_non_null(strstr(said_of(fixture), "damaged"));
    assert_string_equal(said_of(fixture), "");
    struct visit visit;
    begin(&visit, fixture, first_copy());
    assert_true(visit.known); /* the new one remembers */
    end(&visit);
}

#define PAGE 4096

static void copy_file(const char *from, const char *to)
{
    char command[800];
    snprintf(command, sizeof command, "rm -f '%s-wal' '%s-shm'; cp '%s' '%s'", to, to, from, to);
    assert_int_equal(system(command), 0);
}

static void count_line(void *data, const char *line)
{
    *(int *)data += strcmp(line, "quay") == 0;
}

/* Reads the second comment, goes a long way, types a line. */
static void come_far(struct visit *visit)
{
    for (int which = 0; which < STORE_TRAILS; which++) {
        struct store_trail *trail = &visit->memory.trails[which];
        trail->spots = realloc(trail->spots, STORE_SPOTS * sizeof *trail->spots);
        trail->count = STORE_SPOTS;
        for (uint32_t at = 0; at < STORE_SPOTS; at++)
            trail->spots[at] =
                (struct store_spot){.set = true,
                                    .pane = 2,
                                    .thread = document_item(visit->document, at % 4).start,
                                    .comment = at % 4};
    }
    read_now(visit, 1);
    store_add_line(visit->store, STORE_SEARCH, "quay");
    save(visit, true);
}

/* A visit to a damaged one: the next one knows all of it. */
static bool survive(const struct fixture *fixture)
{
    struct visit visit;
    struct error error;
    int lines = 0;
    begin(&visit, fixture, first_copy());
    for (int kind = 0; kind < STORE_LINES; kind++)
        store_recall_lines(visit.store, (enum store_line)kind, count_line, &lines);
    come_far(&visit);
    bool told = !store_close(visit.store, &error);
    if (told)
        assert_non_null(strstr(error.message, "damaged, and set aside as"));
    visit.store = NULL;
    end(&visit);
    lines = 0;
    begin(&visit, fixture, first_copy());
    assert_true(visit.known);
    assert_string_equal(bits(&visit.memory.read), "1");
    for (int which = 0; which < STORE_TRAILS; which++)
        assert_int_equal(visit.memory.trails[which].count, STORE_SPOTS);
    store_recall_lines(visit.store, STORE_SEARCH, count_line, &lines);
    assert_int_equal(lines, 1);
    save(&visit, true);
    end(&visit);
    return told;
}

/* Some pages are met when reading begins, some when a part of it has been read, some only when it
 * is written. */
static void test_whichever_page_is_damaged_nothing_is_lost_after_it(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit;
    char sound[160];
    snprintf(sound, sizeof sound, "%s.sound", fixture->path);
    begin(&visit, fixture, first_copy());
    come_far(&visit);
    end(&visit);
    run_sql(fixture, "PRAGMA wal_checkpoint(TRUNCATE)");
    copy_file(fixture->path, sound);
    int index = ask_sql(fixture, "SELECT rootpage FROM sqlite_schema WHERE name = 'document_used'");
    int pages = (int)(size_of(sound) / PAGE);
    assert_true(pages > 10);
    for (int page = 1; page < pages; page++) {
        copy_file(sound, fixture->path);
        write_over(fixture, (long)page * PAGE, PAGE, 0xA5);
        bool told = survive(fixture);
        if (page == index - 1) /* which is only written to */
            assert_true(told);
    }
}

static void test_what_is_not_ours_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    leave_something(fixture);
    run_sql(fixture, "PRAGMA user_version = 999");
    long size = size_of(fixture->path);
    assert_non_null(strstr(said_of(fixture), "a newer hearsay"));
    assert_int_equal(size_of(fixture->path), size);
    run_sql(fixture, "PRAGMA application_id = 77; PRAGMA user_version = 1");
    assert_non_null(strstr(said_of(fixture), "another program"));
}

static void test_where_nothing_can_be_written_nothing_is_lost_but_memory(void **state)
{
    struct fixture *fixture = *state;
    struct fixture blocked = {.path = "/proc/no/such/place.db"};
    assert_non_null(strstr(said_of(&blocked), "remembered: cannot open or make '/proc/no"));
    mkdir(fixture->folder, 0700);
    snprintf(blocked.path, sizeof blocked.path, "%s", fixture->folder); /* a directory */
    assert_non_null(strstr(said_of(&blocked), "nothing will be remembered"));
    snprintf(blocked.path, sizeof blocked.path, "/dev/null/state.db");
    assert_non_null(strstr(said_of(&blocked), "nothing will be remembered"));
}

static void test_a_full_disk_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    leave_something(fixture);
    struct visit visit;
    struct error error = {""};
    begin(&visit, fixture, many());
    /* all its memory is a file that takes no more: as good as a full disk */
    run_sql(fixture, "CREATE TRIGGER full BEFORE INSERT ON flags BEGIN"
                     " SELECT RAISE(ABORT, 'database or disk is full'); END");
    for (int before = 0; before < 3; before++) { /* it may go wrong again before anybody asks */
        save(&visit, false);
        usleep(50000);
    }
    bool told = false;
    for (int left = 2000; left > 0 && !told; left--) { /* however busy the machine is */
        save(&visit, false);
        told = store_trouble(visit.store, &error);
        usleep(10000);
    }
    assert_non_null(strstr(error.message, "cannot be remembered"));
    save(&visit, false);
    usleep(50000);
    assert_false(store_trouble(visit.store, &error));
    end(&visit);
}

/* Whatever stands in the tables: no crash, and places stay within the document. */
static void test_hostile_rows(void **state)
{
    static const char *const damages[] = {
        "UPDATE roll SET ids = x'00'",
        "UPDATE roll SET texts = zeroblob(7)",
        "UPDATE flags SET flags = zeroblob(100000)",
        "UPDATE flags SET flags = ''",
        "UPDATE roll SET ids = zeroblob(length(ids))",
        "UPDATE roll SET ids = 'text', texts = 5",
        "UPDATE flags SET flags = x'FFFFFFFF'",
        "UPDATE document SET visited = -9223372036854775808, title = 'x', sorting = x'FF1B00'",
        "UPDATE document SET filter = zeroblob(1000000)",
        "UPDATE place SET block_offset = 9223372036854775807, thread_offset = -5",
        "UPDATE place SET block = 1, article_offset = 9223372036854775807",
        "UPDATE place SET article_offset = -9223372036854775808, comment = 3, number = -1",
        "UPDATE place SET thread = 'x', pane = 99999999999, number = 4294967295",
        "INSERT INTO place SELECT document, x'FF', 1, 1, 1, 1, 1, 1, 1, 1 FROM place",
        "INSERT INTO place SELECT document, 'long', 1, 1, 1, 1, 1, 1, 1, 1 FROM place LIMIT 1",
    };
    struct fixture *fixture = *state;
    for (size_t at = 0; at < sizeof damages / sizeof *damages; at++) {
        struct visit visit;
        begin(&visit, fixture, first_copy());
        visit.memory.here = (struct store_spot){true, 2, 40, 120, 2, false};
        save(&visit, true);
        end(&visit);
        run_sql(fixture, damages[at]);
        begin(&visit, fixture, first_copy());
        uint32_t length;
        document_text(visit.document, &length);
        const struct store_spot *here = &visit.memory.here;
        if (here->set)
            assert_true(here->article < length && here->thread < length && here->comment < 4 &&
                        here->pane < 256);
        save(&visit, true);
        end(&visit);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_all_of_it_comes_back),
        CASE(test_a_newer_copy_keeps_it_and_tells_what_is_new),
        CASE(test_without_ids_an_inserted_comment_moves_no_mark),
        CASE(test_two_comments_with_one_id_do_no_harm),
        CASE(test_another_text_under_the_same_name_is_another),
        CASE(test_the_place_in_an_article_moves_with_its_words),
        CASE(test_only_so_many_documents_are_kept),
        CASE(test_keys),
        CASE(test_two_hands_lose_nothing),
        CASE(test_processes_at_once_lose_nothing),
        CASE(test_being_killed_damages_nothing),
        CASE(test_a_damaged_one_is_set_aside),
        CASE(test_damage_within_is_met_where_it_is_read),
        CASE(test_whichever_page_is_damaged_nothing_is_lost_after_it),
        CASE(test_what_is_not_ours_is_left_alone),
        CASE(test_where_nothing_can_be_written_nothing_is_lost_but_memory),
        CASE(test_a_full_disk_is_told_once),
        CASE(test_hostile_rows),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
