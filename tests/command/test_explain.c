/* What the session tells of its keys: describe-key, what can follow a prefix, help with origins. */
#include "session.h"

static void test_a_key_is_described_not_run(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "K");
    expect_seen(fixture, STATUS, "press the key");
    press(fixture, "q");
    assert_false(fixture->wishes & WISH_QUIT);
    expect_seen(fixture, STATUS - 3, "q quit");
    expect_seen(fixture, STATUS - 2, "close what is open, or leave");
    expect_seen(fixture, STATUS - 1, "default.ini:");
    expect_seen(fixture, STATUS - 1, "under [global]");
    press(fixture, "j");
    expect_unseen(fixture, -1, "said in");
    press(fixture, "q");
    assert_true(fixture->wishes & WISH_QUIT);
}

static void test_a_sequence_is_described(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "K3]q");
    expect_seen(fixture, STATUS - 3, "]q next-quote");
    expect_unseen(fixture, STATUS, "3]");
    press(fixture, "K]<Esc>");
    expect_seen(fixture, STATUS, "no key was described");
    press(fixture, "K<F12>");
    expect_seen(fixture, STATUS - 1, "'<F12>' is not bound in the article");
    press(fixture, "<C-w>t");
    press(fixture, "Kx");
    expect_seen(fixture, STATUS - 1, "under [thread]");
}

static void test_a_key_is_described_by_name(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":describe-key<Space>zR<Enter>");
    expect_seen(fixture, STATUS - 3, "zR unfold-all");
    press(fixture, ":describe-key<Space><Lt>Oops><Enter>");
    expect_seen(fixture, STATUS, "Oops");
}

static void test_the_origin_is_where_it_was_said(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(
        &fixture, "default",
        "[macros]\nround = \"next-quote; line-down\"\n"
        "[keys.global]\nquit-now = \"<F5>\"\nround = \"<F4>\"\n[keys.article]\nzoom = \"none\"\n");
    press(&fixture, "K<F5>");
    expect_seen(&fixture, STATUS - 1, "config.ini:4, under [global]");
    press(&fixture, "K<F4>");
    expect_seen(&fixture, STATUS - 3, "<F4> round");
    expect_seen(&fixture, STATUS - 2, "next-quote; line-down");
    press(&fixture, "?/round<Enter>");
    expect_seen(&fixture, -1, "<F4> round: next-quote; line-down config.ini:5");
    end(&fixture);
}

static void test_a_prefix_that_waits_is_explained(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "]");
    expect_unseen(fixture, -1, "go to the next quotation");
    assert_int_equal(session_wait(fixture->session), 500);
    session_timeout(fixture->session);
    expect_seen(fixture, -1, "go to the next quotation");
    assert_int_equal(session_wait(fixture->session), -1);
    press(fixture, "<Esc>");
    expect_unseen(fixture, -1, "go to the next quotation");
    press(fixture, "5");
    assert_int_equal(session_wait(fixture->session), -1);
}

static void test_hints_can_be_off(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default", "[keys]\nhint_ms = 0\n");
    press(&fixture, "]");
    assert_int_equal(session_wait(fixture.session), -1);
    end(&fixture);
}

/* The hint comes first, then the shorter binding's time is up; both are counted from the key. A
 * hint that would be gone sooner than it has come is none. */
static void test_two_timers(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default", "[keys]\ntimeout_ms = 1200\n[keys.global]\nquit-now = \"]\"\n");
    press(&fixture, "]");
    assert_int_equal(session_wait(fixture.session), 500);
    assert_false(session_timeout(fixture.session) & WISH_QUIT);
    expect_seen(&fixture, -1, "go to the next quotation");
    assert_int_equal(session_wait(fixture.session), 700);
    assert_true(session_timeout(fixture.session) & WISH_QUIT);
    end(&fixture);
    begin(&fixture, "default", "[keys]\ntimeout_ms = 900\n[keys.global]\nquit-now = \"]\"\n");
    press(&fixture, "]");
    assert_int_equal(session_wait(fixture.session), 900);
    assert_true(session_timeout(fixture.session) & WISH_QUIT);
    end(&fixture);
}

static void test_help_shows_origins_and_marks_what_is_found(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "?");
    expect_seen(fixture, -1, "default.ini:");
    press(fixture, "/unfold<Enter>");
    bool marked = false;
    seen(fixture, -1);
    for (size_t at = 0; at < fixture->frame.pieces.count; at++)
        marked = marked || fixture->frame.pieces.items[at].style == STYLE_FOCUS;
    assert_true(marked);
}

static void test_every_keymap_describes(void **state)
{
    (void)state;
    for (size_t number = 0; keymap_builtin_name(number); number++) {
        struct fixture fixture = {0};
        begin(&fixture, keymap_builtin_name(number), "");
        session_key(fixture.session, ':');
        uint32_t action = keymap_action_find(command_actions(), "describe-key");
        struct keymap_request request = {.name = keymap_builtin_name(number),
                                         .actions = command_actions()};
        struct keymap *keymap = keymap_load(&request, NULL);
        struct buffer keys = {0};
        keymap_keys_of(keymap, KEYMAP_ARTICLE, action, 1, "", &keys);
        press(&fixture, "<Esc>");
        press(&fixture, buffer_string(&keys));
        press(&fixture, "<Down>");
        expect_seen(&fixture, -1, "scroll down by a line");
        buffer_release(&keys);
        keymap_free(keymap);
        end(&fixture);
    }
}

static void test_help_hides_no_binding(void **state)
{
    (void)state;
    struct fixture own = {0};
    begin(&own, "default",
          "[keys.global]\nline-down = \"1 2 3 4 5 6\"\nnone = \"7\"\n"
          "[keys.thread]\nnone = \"8\"\n");
    press(&own, "?");
    expect_seen(&own, -1, "1  2  3  4  5  6");
    press(&own, "/keys<Space>that<Space>do<Space>nothing<Enter>");
    expect_seen(&own, -1, " 7 nothing config.ini:3");
    expect_unseen(&own, -1, " 8 nothing");
    expect_seen(&own, -1, "In a text like this one");
    expect_seen(&own, -1, "<BS>  <C-h> delete the character before the cursor");
    press(&own, "/list<Space>to<Space>choose<Enter>");
    expect_seen(&own, -1, "In a list to choose from");
    end(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help_hides_no_binding),
        CASE(test_a_key_is_described_not_run),
        CASE(test_a_sequence_is_described),
        CASE(test_a_key_is_described_by_name),
        cmocka_unit_test(test_the_origin_is_where_it_was_said),
        CASE(test_a_prefix_that_waits_is_explained),
        cmocka_unit_test(test_hints_can_be_off),
        cmocka_unit_test(test_two_timers),
        CASE(test_help_shows_origins_and_marks_what_is_found),
        cmocka_unit_test(test_every_keymap_describes),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
