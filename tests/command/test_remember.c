/* The session and what is remembered: what counts as read, and what comes back at the next visit.
 */
#include "session.h"

#include <unistd.h>

struct remembered {
    struct fixture fixture;
    char folder[64], path[96];
    const struct problems *problems; /* told at the beginning of a visit */
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
                                  .problems = here->problems,
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
static struct builder *build_numbered(unsigned from, unsigned to)
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
    return builder;
}

static struct document *numbered(unsigned from, unsigned to)
{
    return builder_finish(build_numbered(from, to));
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

static int unread(struct fixture *fixture)
{
    const char *status = seen(fixture, STATUS), *word = strstr(status, " unread");
    if (!word)
        fail_msg("how many are unread is not said: %s", status);
    while (word > status && word[-1] >= '0' && word[-1] <= '9')
        word--;
    return atoi(word);
}

/* What a list hides has not been seen, what stands above it has. */
static void test_what_is_covered_is_not_read(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "");
    press(fixture, "<C-w>t<C-w>z<M-x>");
    look(fixture, 60000);
    press(fixture, "<Esc>");
    int left = unread(fixture);
    assert_true(left < 40);
    look(fixture, 60000);
    assert_true(unread(fixture) < left - 2);
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

/* Another message stands where it would be told. */
static void test_what_is_new_is_told_as_soon_as_it_can_be(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 10), "");
    end(fixture);
    struct builder *builder = build_numbered(1, 13);
    builder_meta(builder, STRING_NOTE, "a part is missing", 17);
    visit(here, builder_finish(builder), "");
    STATUS_HAS(fixture, "a part is missing");
    press(fixture, "/");
    STATUS_HASNT(fixture, "3 new since");
    press(fixture, "<Esc>");
    STATUS_HAS(fixture, "3 new since");
    press(fixture, "j");
    STATUS_HASNT(fixture, "since");
    end(fixture);
}

static void test_the_way_back_leads_into_the_last_visit(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 40), "");
    press(fixture, "<C-w>t7G12G20G<C-o>");
    STATUS_HAS(fixture, "comment 12 of 40");
    end(fixture);
    visit(here, numbered(3, 40), ""); /* two are gone: places move along */
    STATUS_HAS(fixture, "2 vanished");
    press(fixture, "<C-o>");
    STATUS_HAS(fixture, "comment 5 of 38");
    press(fixture, "LL");
    STATUS_HAS(fixture, "comment 18 of 38");
    press(fixture, "<C-o><C-o>");
    STATUS_HAS(fixture, "comment 5 of 38");
    end(fixture);
}

static void test_what_was_typed_can_be_typed_again(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 10), "");
    press(fixture, "/few<CR>/words<CR>:set<Space>thread.read_ms=77<CR>");
    end(fixture);
    visit(here, numbered(1, 10), "");
    press(fixture, "/<Up>");
    STATUS_HAS(fixture, "words");
    press(fixture, "<Up>");
    STATUS_HAS(fixture, "few");
    press(fixture, "<Up><CR>:<Up>");
    STATUS_HAS(fixture, "set thread.read_ms=77");
    press(fixture, "<Esc>");
    end(fixture);
    visit(here, numbered(1, 10), "[state]\nhistory = 0\n");
    press(fixture, ":<Up>");
    STATUS_HASNT(fixture, "set");
    press(fixture, "<Esc>/secret<CR>");
    end(fixture);
    visit(here, numbered(1, 10), "");
    press(fixture, "/<Up>");
    STATUS_HASNT(fixture, "secret");
    STATUS_HASNT(fixture, "few");
    press(fixture, "<Esc>");
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
    store_close(store, NULL);
    store_memory_release(&memory);
    buffer_release(&key);
    end(fixture);
}

static void test_a_mark_whose_comment_is_gone_says_so(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 12), "");
    press(fixture, "<C-w>tggmbGma");
    end(fixture);
    visit(here, numbered(1, 11), "");
    press(fixture, "<C-w>t'b");
    STATUS_HASNT(fixture, "is gone");
    press(fixture, "'a");
    STATUS_HAS(fixture, "that comment is gone");
    end(fixture);
}

/* Names and quotes are found. */
static void find_names(struct fixture *fixture)
{
    bool more;
    do
        session_work(fixture->session, &more);
    while (session_is_busy(fixture->session));
    session_work(fixture->session, &more);
}

/* Comment 6 answers the article, 7 to 10 answer it. */
static void test_order_and_filters_come_back_with_the_folds_beneath(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 12), "");
    press(fixture,
          "<C-w>t5}zc:sort<Space>replies<Enter>gldepth>0<Enter>gl!\"number<Space>7\"<Enter>");
    end(fixture);
    visit(here, numbered(1, 12), "");
    STATUS_HAS(fixture, "8 of 12 comments");
    SHOWS(fixture, "Remark number 8.");
    assert_null(strstr(seen(fixture, -1), "Remark number 7."));
    press(fixture, "g-");
    SHOWS(fixture, "Remark number 7.");
    press(fixture, "<Home>g-");
    STATUS_HAS(fixture, "all comments are shown");
    SHOWS(fixture, "+4");
    assert_null(strstr(seen(fixture, -1), "Remark number 8."));
    press(fixture, "gs");
    SHOWS(fixture, "now");
    end(fixture);
}

static void test_a_filter_that_fits_nothing_any_more_is_told(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 12), "");
    press(fixture, "<C-w>tgldepth>0<Enter>gl\"number<Space>12\"<Enter>");
    end(fixture);
    visit(here, numbered(1, 11), "");
    press(fixture, "<C-w>t");
    STATUS_HAS(fixture, "8 of 11 comments");
    find_names(fixture);
    STATUS_HAS(fixture, "the filter '\"number 12\"' is gone: no comment fits");
    end(fixture);
    visit(here, numbered(1, 12), "");
    find_names(fixture);
    STATUS_HASNT(fixture, "is gone");
    STATUS_HAS(fixture, "9 of 12 comments");
    end(fixture);
}

/* What was not found yet when one left is not lost, and is laid on when it is. */
static void test_a_filter_for_a_name_waits_for_the_names(void **state)
{
    static const char *const texts[] = {"We asked Rosa Lind about it.", "Nobody is named here."};
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    for (int times = 0; times < 3; times++) {
        struct builder *builder = builder_new(1 << 14, NULL);
        builder_title(builder, "The light", 9);
        builder_meta(builder, STRING_URL, "https://example.org/l", 21);
        make_block(builder, "Rosa Lind keeps the light.");
        for (size_t at = 0; at < ARRAY_LENGTH(texts); at++)
            make_comment(builder, 0, "salt", texts[at]);
        visit(here, builder_finish(builder), "");
        STATUS_HASNT(fixture, "1 of 2 comments");
        if (times != 1)
            find_names(fixture);
        if (times == 0)
            press(fixture, "<C-w>t:filter<Space>entity:lind<Enter>");
        if (times == 2)
            STATUS_HAS(fixture, "1 of 2 comments");
        end(fixture);
    }
}

/* What else is said at the beginning comes first. */
static void test_news_wait_until_they_can_be_told(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    struct problems problems = {0};
    problems_add(&problems, "config.ini", 3, "not known");
    visit(here, numbered(1, 10), "");
    end(fixture);
    here->problems = &problems;
    visit(here, numbered(1, 13), "");
    STATUS_HAS(fixture, "not known");
    press(fixture, ":");
    STATUS_HASNT(fixture, "3 new since");
    press(fixture, "<Esc>");
    STATUS_HAS(fixture, "3 new since");
    press(fixture, "j");
    STATUS_HASNT(fixture, "3 new since"); /* it is told once */
    end(fixture);
    problems_release(&problems);
}

static void test_levels_go_on_where_they_were(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 12), "");
    press(fixture, "<C-w>t:fold-to-depth<Space>1<Enter>");
    STATUS_HAS(fixture, "1 of 2 levels unfolded");
    end(fixture);
    visit(here, numbered(1, 12), "");
    press(fixture, ":fold-more<Enter>");
    STATUS_HAS(fixture, "0 of 2 levels unfolded");
    press(fixture, ":unfold-all<Enter>5}zc"); /* folds of no level */
    end(fixture);
    visit(here, numbered(1, 12), "");
    press(fixture, ":fold-more<Enter>");
    STATUS_HAS(fixture, "1 of 2 levels unfolded");
    end(fixture);
}

/* It is the thread beneath that is folded: what the filter finds has been asked for. */
static void test_what_was_read_is_folded_beneath_the_filters(void **state)
{
    struct remembered *here = *state;
    struct fixture *fixture = &here->fixture;
    visit(here, numbered(1, 12), "");
    press(fixture, "<C-w>tgAgl\"number<Space>8\"<Enter>");
    end(fixture);
    visit(here, numbered(1, 12), "[thread]\nfold_read = yes\n");
    STATUS_HAS(fixture, "1 of 12 comments");
    SHOWS(fixture, "Remark number 8.");
    press(fixture, "g-<Home>");
    SHOWS(fixture, "+4");
    assert_null(strstr(seen(fixture, -1), "Remark number 2."));
    end(fixture);
}

int main(void)
{
#define KEPT(test) cmocka_unit_test_setup_teardown(test, begin_folder, end_folder)
    const struct CMUnitTest tests[] = {
        KEPT(test_what_is_seen_for_a_moment_is_read),
        KEPT(test_keys_do_not_begin_the_moment_anew),
        KEPT(test_the_wheel_reads_nothing),
        KEPT(test_what_is_covered_is_not_read),
        KEPT(test_never_and_at_once),
        KEPT(test_a_newer_copy_shows_what_is_new),
        KEPT(test_what_is_new_is_told_as_soon_as_it_can_be),
        KEPT(test_the_way_back_leads_into_the_last_visit),
        KEPT(test_what_was_typed_can_be_typed_again),
        KEPT(test_a_moment_after_a_change_it_is_written),
        KEPT(test_order_and_filters_come_back_with_the_folds_beneath),
        KEPT(test_a_mark_whose_comment_is_gone_says_so),
        KEPT(test_a_filter_that_fits_nothing_any_more_is_told),
        KEPT(test_a_filter_for_a_name_waits_for_the_names),
        KEPT(test_news_wait_until_they_can_be_told),
        KEPT(test_levels_go_on_where_they_were),
        KEPT(test_what_was_read_is_folded_beneath_the_filters),
    };
    return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
