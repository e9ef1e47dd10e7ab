/* The session and what is remembered: what counts as read, and what comes back at the next visit.
 */
#include "session.h"

#include <unistd.h>

struct remembered {
    struct fixture fixture;
    char folder[64], path[96];
};

static void visit(struct remembered *here, struct document *document, const char *settings)
{
    struct fixture *fixture = &here->fixture;
    fixture->document = document;
    fixture->config = config_new();
    config_load_memory(fixture->config, "config.ini", settings, strlen(settings), NULL);
    struct keymap_request request = {
        .name = "default", .actions = command_actions(), .escape_ms = 30};
    struct session_setup setup = {.document = document,
                                  .config = fixture->config,
                                  .keymap = keymap_load(&request, NULL),
                                  .name = "test",
                                  .store = store_open(here->path),
                                  .tracks_reading = true};
    fixture->session = session_new(&setup);
    session_resize(fixture->session, ROWS, COLUMNS);
}

static int begin_folder(void **state)
{
    struct remembered *here = calloc(1, sizeof *here);
    snprintf(here->folder, sizeof here->folder, "/tmp/hearsay-session-XXXXXX");
    assert_non_null(mkdtemp(here->folder));
    snprintf(here->path, sizeof here->path, "%s/of.db", here->folder);
    *state = here;
    return 0;
}

static int end_folder(void **state)
{
    struct remembered *here = *state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", here->folder);
    assert_int_equal(system(command), 0);
    free(here);
    return 0;
}

/* Comments `from` to `to` of a thread, each with an id. */
static struct document *numbered(unsigned from, unsigned to)
{
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    builder_title(builder, "Numbers", 7);
    builder_meta(builder, STRING_URL, "https://example.org/n", 21);
    make_block(builder, "An article of few words.");
    for (unsigned at = from; at <= to; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        char id[16], text[32];
        info.id = id;
        info.id_length = (size_t)snprintf(id, sizeof id, "id%u", at);
        info.depth = at % 5 == 1 || at == from ? 0 : 1;
        info.name = "salt";
        info.name_length = 4;
        builder_comment(builder, &info);
        snprintf(text, sizeof text, "Remark number %u.", at);
        make_block(builder, text);
    }
    return builder_finish(builder);
}

/* Draws, and lets so much time pass. */
static void look(struct fixture *fixture, int milliseconds)
{
    seen(fixture, -1);
    while (session_wait(fixture->session) >= 0 && session_wait(fixture->session) <= milliseconds) {
        milliseconds -= session_wait(fixture->session);
        session_timeout(fixture->session);
        seen(fixture, -1);
    }
    session_pass(fixture->session, milliseconds);
}

#define SHOWS(fixture, text)        assert_non_null(strstr(seen(fixture, -1), text))
#define STATUS_HAS(fixture, text)   assert_non_null(strstr(seen(fixture, STATUS), text))
#define STATUS_HASNT(fixture, text) assert_null(strstr(seen(fixture, STATUS), text))

static void test_what_is_seen_for_a_moment_is_read(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "");
    look(fixture, 5000);
    STATUS_HASNT(fixture, "unread"); /* the article has the focus */
    press(fixture, "<C-w>t");
    look(fixture, 900);
    STATUS_HASNT(fixture, "unread");
    look(fixture, 200);
    STATUS_HAS(fixture, "unread");
    look(fixture, 60000);
    assert_int_equal(session_wait(fixture->session), -1); /* nothing wakes it any more */
    end(fixture);
}

/* One who goes on line by line reads too: each comment has its own moment. */
static void test_keys_do_not_begin_the_moment_anew(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "");
    press(fixture, "<C-w>t");
    for (int step = 0; step < 5; step++) {
        look(fixture, 250);
        press(fixture, "j");
    }
    look(fixture, 0);
    STATUS_HAS(fixture, "unread");
    end(fixture);
}

static void test_the_wheel_reads_nothing(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "[keys]\nmouse = yes\n");
    press(fixture, "<C-w>t");
    session_mouse(fixture->session, MOUSE_WHEEL_DOWN, STATUS - 2, 1);
    look(fixture, 60000);
    STATUS_HASNT(fixture, "unread");
    press(fixture, "j");
    look(fixture, 2000);
    STATUS_HAS(fixture, "unread");
    end(fixture);
}

static void test_never_and_at_once(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "[thread]\nread_ms = -1\n");
    press(fixture, "<C-w>t");
    look(fixture, 60000);
    STATUS_HASNT(fixture, "unread");
    end(fixture);
    visit(here, numbered(1, 40), "[thread]\nread_ms = 0\n");
    press(fixture, "<C-w>t");
    look(fixture, 0);
    STATUS_HAS(fixture, "unread");
    end(fixture);
}

static void test_a_newer_copy_shows_what_is_new(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 10), "");
    press(fixture, "<C-w>t3}gM");
    end(fixture);
    visit(here, numbered(1, 13), "");
    STATUS_HAS(fixture, "3 new since");
    press(fixture, "zM");
    SHOWS(fixture, "+2, 2 new"); /* 11, which is new itself, with 12 and 13 */
    STATUS_HAS(fixture, "3 new");
    STATUS_HAS(fixture, "comment 1 of 13"); /* the one that hides the fourth, which had the focus */
    press(fixture, "gAu");
    STATUS_HAS(fixture, "unread again");
    press(fixture, "gA");
    assert_null(strstr(seen(fixture, -1), "2 new"));
    end(fixture);
    visit(here, numbered(1, 13), "[thread]\nfold_read = yes\n");
    STATUS_HASNT(fixture, "new");
    STATUS_HAS(fixture, "0 unread");
    SHOWS(fixture, "+4");
    end(fixture);
}

static void test_a_moment_after_a_change_it_is_written(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    struct store_memory memory = {0};
    struct buffer key = {0};
    visit(here, numbered(1, 10), "");
    press(fixture, "<C-w>t4}ma");
    look(fixture, 999);
    struct store *store = store_open(here->path);
    store_key(fixture->document, NULL, 0, &key);
    for (int left = 500; left > 0 && !memory.marks['a'].set; left--) {
        store_memory_release(&memory);
        store_recall(store, fixture->document, buffer_string(&key), &memory);
        usleep(10000); /* the store's own thread writes it */
    }
    assert_true(memory.marks['a'].set);
    assert_int_equal(memory.marks['a'].comment, 4);
    assert_int_equal(memory.here.comment, 4);
    store_close(store);
    store_memory_release(&memory);
    buffer_release(&key);
    end(fixture);
}

int main(void)
{
#define KEPT(test) cmocka_unit_test_setup_teardown(test, begin_folder, end_folder)
    const struct CMUnitTest tests[] = {
        KEPT(test_what_is_seen_for_a_moment_is_read),
        KEPT(test_keys_do_not_begin_the_moment_anew),
        KEPT(test_the_wheel_reads_nothing),
        KEPT(test_never_and_at_once),
        KEPT(test_a_newer_copy_shows_what_is_new),
        KEPT(test_a_moment_after_a_change_it_is_written),
    };
    return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
