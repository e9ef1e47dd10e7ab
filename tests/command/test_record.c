/* Keys recorded and played, and what stops those that would never end. */
#include "session.h"

static void test_recorded_keys_are_played(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t:3<Enter>gqa");
    expect_seen(fixture, STATUS, "recording a");
    press(fixture, "2}gq");
    expect_unseen(fixture, STATUS, "recording a");
    expect_seen(fixture, STATUS, "recorded 2 keys");
    press(fixture, "<Esc>");
    expect_seen(fixture, STATUS, "comment 5 of 30");
    press(fixture, "@a");
    expect_seen(fixture, STATUS, "comment 7 of 30");
    press(fixture, "3@@");
    expect_seen(fixture, STATUS, "comment 13 of 30");
    press(fixture, "@b");
    expect_seen(fixture, STATUS, "nothing is recorded under that letter");
}

static void test_prompts_are_recorded_and_played(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>tgqx/comment<Space>2<Enter>:record-macro<Enter>");
    expect_seen(fixture, STATUS, "recorded 11 keys");
    press(fixture, "gg@x");
    session_settle(fixture->session);
    expect_seen(fixture, STATUS, "/comment 2");
}

static void test_macros_play_macros(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t:1<Enter>gqb}}gqgqa@b}gq:1<Enter>@a");
    expect_seen(fixture, STATUS, "comment 4 of 30");
}

static void test_a_failing_key_ends_it(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t:1<Enter>gqa<F12>}gq:1<Enter>@a");
    expect_seen(fixture, STATUS, "'<F12>' is not bound");
    press(fixture, "<Esc>");
    expect_seen(fixture, STATUS, "comment 1 of 30");
}

/* A macro that plays itself is stopped. */
static void test_no_end_is_stopped(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "gqaj@b");
    expect_seen(fixture, STATUS, "nothing is recorded");
    press(fixture, "gqgqb@a");
    expect_seen(fixture, STATUS, "still being recorded");
    press(fixture, "gq@a");
    expect_seen(fixture, STATUS, "stopped after 5000 keys");
    press(fixture, "<C-w>t");
    expect_seen(fixture, STATUS, "thread");
}

/* Of a count beyond measure as many keys are played as may be. */
static void test_a_large_count_plays_what_it_can(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t:1<Enter>gqe}gq:3<Enter>");
    press(fixture, "999999999@e");
    expect_seen(fixture, STATUS, "stopped after 5000 keys");
    press(fixture, "<Esc>");
    expect_seen(fixture, STATUS, "comment 30 of 30");
    press(fixture, "gqegq999999999@e"); /* nothing, however often */
    expect_unseen(fixture, STATUS, "stopped");
    press(fixture, "gqejkgq2000@e");
    expect_unseen(fixture, STATUS, "stopped");
}

static void test_what_is_played_may_quit(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "gqaj?gq");
    press(fixture, "q@aqgqaZZ");
    assert_true(fixture->wishes & WISH_QUIT);
}

/* Named macros of a keymap cannot hold themselves; run by a command that runs them they could. */
static void test_commands_that_run_each_other(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default",
          "[macros]\nloop = \"command-line loop\"\n[keys.global]\nloop = \"<F4>\"\n");
    press(&fixture, "<F4>");
    expect_seen(&fixture, STATUS, "without end");
    end(&fixture);
}

/* However often each of them runs the next. */
static void test_commands_that_branch_without_end(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default",
          "[macros]\n"
          "loop = \"command-line loop; command-line loop; command-line loop\"\n"
          "wide = \"command-line high; command-line high; command-line high\"\n"
          "high = \"command-line deep; command-line deep; command-line deep; line-down\"\n"
          "deep = \"line-down; line-up\"\n"
          "[keys.global]\nloop = \"<F4>\"\nwide = \"<F5>\"\n");
    press(&fixture, "<F4>");
    expect_seen(&fixture, STATUS, "without end");
    press(&fixture, "<F5>"); /* what ends is run */
    expect_unseen(&fixture, STATUS, "without end");
    expect_seen(&fixture, STATUS, "comment");
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_recorded_keys_are_played),
        CASE(test_prompts_are_recorded_and_played),
        CASE(test_macros_play_macros),
        CASE(test_a_failing_key_ends_it),
        CASE(test_no_end_is_stopped),
        CASE(test_a_large_count_plays_what_it_can),
        CASE(test_what_is_played_may_quit),
        cmocka_unit_test(test_commands_that_run_each_other),
        cmocka_unit_test(test_commands_that_branch_without_end),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
