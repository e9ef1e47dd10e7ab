/* A thread from afar: its newest, its best, who writes, its branches. */
#include "session.h"

static struct document *make_scored(unsigned comments)
{
    struct error error;
    struct builder *builder = builder_new(1 << 22, &error);
    builder_title(builder, "Scores", 6);
    make_block(builder, "Text.");
    for (unsigned at = 0; at < comments; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        char name[32], text[32];
        snprintf(name, sizeof name, "writer %u", at % 7);
        snprintf(text, sizeof text, "Comment %u.", at);
        info.name = name;
        info.name_length = strlen(name);
        info.depth = at % 10 ? 1 : 0;
        info.time = 1000000 + (int64_t)(at * 7919 % comments) * 60;
        info.score = (int32_t)(at * 104729 % comments);
        builder_comment(builder, &info);
        make_block(builder, text);
    }
    return builder_finish(builder);
}

static void test_the_best_come_first(void **state)
{
    struct fixture fixture = {0};
    (void)state;
    begin_on(&fixture, make_scored(1009), "default", "");
    press(&fixture, "gB");
    expect_seen(&fixture, STATUS, "the first 500 of 1009");
    /* All scores are there once: those that lead are the highest ones. */
    expect_seen(&fixture, -1, " 1008  Comment");
    expect_seen(&fixture, -1, " 1001  Comment");
    expect_unseen(&fixture, -1, "   12  Comment");
    press(&fixture, "<C-u><Esc>gO");
    expect_unseen(&fixture, -1, "each row is"); /* 101 branches */
    press(&fixture, "<Esc>gN<Enter>");
    for (unsigned at = 0; at < 1009; at++) {
        char wanted[48];
        if (at * 7919 % 1009 != 1008)
            continue;
        snprintf(wanted, sizeof wanted, "comment %u of 1009", at + 1);
        press(&fixture, "<Esc>");
        expect_seen(&fixture, STATUS, wanted);
    }
    end(&fixture);
}

static void test_what_is_not_known_is_said(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "gB");
    expect_seen(fixture, STATUS - 1, "no comment here has a score");
    press(fixture, "gN");
    expect_seen(fixture, STATUS - 1, "no comment here has a date");
    press(fixture, "<Esc><C-w>t]v");
    expect_seen(fixture, STATUS, "no comment here has a score");
}

static void test_who_writes_and_answers_whom(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "gP");
    /* 30 comments of 7 authors, each third one a reply to the one before it. */
    expect_seen(fixture, -1, "Author 0");
    expect_seen(fixture, -1, "answers the article 4, Author 6 1 · answered by Author 1 ");
    press(fixture, "Author<Space>3<Enter><Enter>");
    expect_seen(fixture, STATUS, "Author 3: 1 of 4");
    press(fixture, "gPAuthor<Space>3<Enter><Enter>");
    expect_seen(fixture, STATUS, "Author 3: 2 of 4");
    for (int turn = 0; turn < 3; turn++)
        press(fixture, "gPAuthor<Space>3<Enter><Enter>");
    expect_seen(fixture, STATUS, "Author 3: 1 of 4");
}

/* From one to whom he answers or is answered by, and to a filter. */
static void test_one_author_leads_to_others(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>tgW"); /* of the focused comment */
    expect_seen(fixture, -1, "of Author 0, 5 comments, 4 on the article");
    expect_seen(fixture, -1, "Author 6");
    expect_seen(fixture, -1, "is answered 1 time");
    press(fixture, "answers<Enter>");
    expect_seen(fixture, -1, "of Author 1, 5 comments");
    press(fixture, "filter<Enter>");
    expect_seen(fixture, STATUS, "5 comments fit");
    press(fixture, "<Esc>");
    expect_seen(fixture, STATUS, "filter author=\"Author 1\"");
}

static void test_nobody_is_no_person(void **state)
{
    struct fixture fixture = {0};
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    (void)state;
    make_comment(builder, 0, "[deleted]", "Gone.");
    make_comment(builder, 1, "salt", "Not gone.");
    make_comment(builder, 0, "[deleted]", "Gone too.");
    begin_on(&fixture, builder_finish(builder), "default", "");
    press(&fixture, "<C-w>t]a");
    expect_seen(&fixture, STATUS, "nothing more by this author");
    press(&fixture, "gW");
    expect_seen(&fixture, STATUS - 1, "nobody is named here");
    press(&fixture, "<Esc>gP");
    expect_seen(&fixture, STATUS - 1, "salt");
    expect_unseen(&fixture, STATUS - 2, "[deleted]");
    press(&fixture, "<Enter>"); /* who answers nobody */
    expect_seen(&fixture, STATUS - 1, "show only those of salt");
    end(&fixture);
}

static void test_the_map_shows_where_one_is(void **state)
{
    struct fixture fixture = {0};
    (void)state;
    begin_on(&fixture, make_scored(40), "default", "");
    press(&fixture, "<C-w>t]]]]gO");
    expect_seen(&fixture, -1, "▶ writer 6"); /* comment 20 */
    press(&fixture, "<Down><Enter><Esc>");
    expect_seen(&fixture, STATUS, "comment 31 of 40");
    press(&fixture, "<C-o>");
    expect_seen(&fixture, STATUS, "comment 21 of 40");
    end(&fixture);
}

static void test_a_map_says_how_many_branches_a_row_is(void **state)
{
    struct fixture fixture = {0};
    (void)state;
    begin_on(&fixture, make_scored(12345), "default", "");
    press(&fixture, "gO");
    expect_seen(&fixture, -1, " each row is 3 branches ");
    press(&fixture, "<Esc>");
    end(&fixture);
}

/* More branches than rows: neighbours share one, and nobody is lost. */
static void test_many_branches_share_rows(void **state)
{
    struct document *document = make_scored(12345);
    struct config *config = config_new();
    struct reader *reader = reader_new(document, config);
    struct reader_branch rows[100];
    (void)state;
    uint32_t count = reader_map(reader, rows, 100), comments = 0, roots = 0;
    assert_true(count > 90 && count <= 100);
    for (uint32_t at = 0; at < count; at++) {
        comments += rows[at].comments;
        roots += rows[at].roots;
        assert_int_equal(rows[at].authors, 7);
        assert_int_equal(rows[at].deepest, 1);
        assert_int_equal(rows[at].here, at == 0);
        assert_true(at == 0 || rows[at].first > rows[at - 1].first);
    }
    assert_int_equal(comments, 12345);
    assert_int_equal(roots, 1235);
    assert_int_equal(reader_map(reader, rows, 0), 0);
    reader_free(reader);
    config_free(config);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_best_come_first),
        CASE(test_what_is_not_known_is_said),
        CASE(test_who_writes_and_answers_whom),
        CASE(test_one_author_leads_to_others),
        cmocka_unit_test(test_nobody_is_no_person),
        cmocka_unit_test(test_the_map_shows_where_one_is),
        cmocka_unit_test(test_a_map_says_how_many_branches_a_row_is),
        cmocka_unit_test(test_many_branches_share_rows),
    };
    return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
