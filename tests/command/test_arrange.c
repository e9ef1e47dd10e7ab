/* Sorting and filtering by keys: what is told, what q takes away, and lines typed before. */
#include "session.h"

#include <string.h>

static void test_q_takes_filters_away_then_the_zoom_then_leaves(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t<C-w>zgl\"comment<Space>7\"<Enter>");
    expect_seen(fixture, STATUS, "1 comment fits");
    press(fixture, "gl!nobody<Enter>q");
    expect_seen(fixture, STATUS, "1 comment fits");
    press(fixture, "q");
    expect_seen(fixture, STATUS, "all comments are shown");
    press(fixture, "q");
    assert_false(fixture->wishes & WISH_QUIT);
    press(fixture, "q");
    assert_true(fixture->wishes & WISH_QUIT);
}

static void test_a_bad_filter_is_told_and_can_be_mended(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>tgl(little<Enter>");
    expect_seen(fixture, STATUS, "character 1: this '(' is not closed");
    press(fixture, "gl<Up>)<Enter>");
    expect_seen(fixture, STATUS, "30 comments fit");
    press(fixture, "gl<Enter>");
    expect_seen(fixture, STATUS, "all comments are shown");
    press(fixture, "gl<Enter>");
    expect_seen(fixture, STATUS, "nothing is filtered");
    press(fixture, "glnowhere<Enter>");
    expect_seen(fixture, STATUS, "no comment fits 'nowhere'");
}

static void test_the_author_of_a_comment_alone(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>tga<C-w>t");
    expect_seen(fixture, STATUS, "5 of 30 comments   filter author=\"Author 0\"");
}

/* An age is told by the clock that the session was given. */
static void test_comments_by_their_age(void **state)
{
    static const int64_t now = 1546300800;
    struct fixture fixture = {0};
    struct builder *builder = builder_new(1 << 14, NULL);
    (void)state;
    builder_title(builder, "Ages", 4);
    for (int64_t days = 0; days < 5; days++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.time = now - days * 86400;
        builder_comment(builder, &info);
        make_block(builder, "It was then.");
    }
    begin_on(&fixture, builder_finish(builder), "default", "");
    press(&fixture, ":filter<Space>age<Lt>2d<Enter>");
    expect_seen(&fixture, STATUS, "nobody has told the time");
    session_set_now(fixture.session, now);
    press(&fixture, ":filter<Space>age<Lt>2d<Enter>");
    expect_seen(&fixture, STATUS, "2 comments fit");
    end(&fixture);
}

static void test_an_unknown_order_is_told(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":sort<Space>newst<Enter>");
    expect_seen(fixture, STATUS, "unknown order 'newst', did you mean 'newest'?");
    press(fixture, ":sort<Space>reply<Enter>");
    expect_seen(fixture, STATUS,
                "unknown order 'reply': there are given, oldest, newest, score, "
                "replies and activity");
    press(fixture, ":sort<Space>replies<Enter>");
    expect_seen(fixture, STATUS, "comments: the most comments below first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_q_takes_filters_away_then_the_zoom_then_leaves),
        CASE(test_a_bad_filter_is_told_and_can_be_mended),
        CASE(test_the_author_of_a_comment_alone),
        cmocka_unit_test(test_comments_by_their_age),
        CASE(test_an_unknown_order_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
