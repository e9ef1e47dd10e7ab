/* The session, by keys: what a reader types and what is then to be seen. */
#include "session.h"

static void test_every_shipped_key_names_an_action(void **state)
{
    (void)state;
    for (size_t number = 0; keymap_builtin_name(number); number++) {
        struct problems problems = {0};
        struct keymap_request request = {
            .name = keymap_builtin_name(number), .actions = command_actions(), .escape_ms = 30};
        struct keymap *keymap = keymap_load(&request, &problems);
        for (size_t at = 0; at < problems.count; at++) {
            struct buffer line = {0};
            problem_write(&problems.items[at], &line);
            print_message("%s\n", buffer_string(&line));
            buffer_release(&line);
        }
        assert_int_equal(problems.count, 0);
        keymap_free(keymap);
        problems_release(&problems);
    }
}

/* Every action can be reached by a key of every shipped keymap, in some context. */
static void test_shipped_keymaps_are_complete(void **state)
{
    (void)state;
    for (size_t number = 0; keymap_builtin_name(number); number++) {
        struct keymap_request request = {
            .name = keymap_builtin_name(number), .actions = command_actions(), .escape_ms = 30};
        struct keymap *keymap = keymap_load(&request, NULL);
        for (size_t action = 0; action < command_count(); action++) {
            struct buffer keys = {0};
            for (int context = 0; context < KEYMAP_CONTEXTS; context++)
                keymap_keys_of(keymap, (enum keymap_context)context, (uint32_t)action, 1, " ",
                               &keys);
            if (keys.length == 0)
                print_message("%s: nothing runs %s\n", keymap_builtin_name(number),
                              command_info(action).name);
            assert_true(keys.length > 0);
            buffer_release(&keys);
        }
        keymap_free(keymap);
    }
}

static void test_scrolling_and_counts(void **state)
{
    struct fixture *fixture = *state;
    assert_non_null(strstr(seen(fixture, 0), "A title"));
    press(fixture, "3j");
    assert_null(strstr(seen(fixture, 0), "A title"));
    press(fixture, "3k");
    assert_non_null(strstr(seen(fixture, 0), "A title"));
    press(fixture, "G");
    assert_non_null(strstr(seen(fixture, -1), "p19w59"));
    press(fixture, "gg");
    assert_non_null(strstr(seen(fixture, 0), "A title"));
}

static void test_pending_keys_are_shown(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "12]");
    assert_non_null(strstr(seen(fixture, STATUS), "12]"));
    press(fixture, "<Esc>");
    assert_null(strstr(seen(fixture, STATUS), "12]"));
    struct fixture own = {0};
    begin(&own, "emacs", "");
    press(&own, "<M-x>sort<C-x>");
    expect_seen(&own, STATUS, "sort");
    expect_seen(&own, STATUS, "<C-x>");
    end(&own);
}

static void test_an_unbound_key_says_so(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<F12>");
    assert_non_null(strstr(seen(fixture, STATUS), "'<F12>' is not bound, ? for help"));
    assert_true(fixture->wishes & WISH_BELL);
    press(fixture, "j");
    assert_null(strstr(seen(fixture, STATUS), "not bound"));
}

static void test_help_lists_live_bindings_and_closes(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "?");
    assert_non_null(strstr(seen(fixture, -1), "Keys in the article"));
    assert_non_null(strstr(seen(fixture, -1), "scroll down by a line"));
    assert_non_null(strstr(seen(fixture, -1), "j  <Down>"));
    press(fixture, "/fold<Space>all<Enter>");
    assert_non_null(strstr(seen(fixture, 2), "fold all comments"));
    press(fixture, "q");
    assert_false(fixture->wishes & WISH_QUIT);
    assert_non_null(strstr(seen(fixture, 0), "A title"));
    press(fixture, "q");
    assert_true(fixture->wishes & WISH_QUIT);
}

static void test_incremental_search(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "/comment<Space>2");
    assert_non_null(strstr(seen(fixture, STATUS), "/ comment 2"));
    press(fixture, "5");
    assert_non_null(strstr(seen(fixture, -1), "comment 25"));
    press(fixture, "<BS><BS>9<Enter>");
    session_settle(fixture->session);
    assert_non_null(strstr(seen(fixture, STATUS), "/comment 9 1 of 1"));
    press(fixture, "/nonsense");
    assert_non_null(strstr(seen(fixture, STATUS), "not found"));
    press(fixture, "<Esc>");
    assert_null(strstr(seen(fixture, STATUS), "nonsense"));
}

static void test_escape_brings_the_view_back(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "7j");
    char before[4000];
    snprintf(before, sizeof before, "%s", seen(fixture, 0));
    press(fixture, "/comment<Space>25<Esc>");
    assert_string_equal(seen(fixture, 0), before);
}

static void test_search_history(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "/p3w<Enter>/p5w<Enter>/<Up>");
    assert_non_null(strstr(seen(fixture, STATUS), "p5w"));
    press(fixture, "<Up>");
    assert_non_null(strstr(seen(fixture, STATUS), "p3w"));
    press(fixture, "<Down><Down>");
    assert_null(strstr(seen(fixture, STATUS), "p5w"));
}

static void test_commands_by_name(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":focus-thread<Enter>:go-to-comment<Space>12<Enter>");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 12 of 30"));
    press(fixture, ":3<Enter>");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 3 of 30"));
    press(fixture, ":fold-al<Enter>");
    assert_non_null(strstr(seen(fixture, STATUS), "did you mean 'fold-all'"));
    press(fixture, ":fold-a<Tab>");
    assert_non_null(strstr(seen(fixture, STATUS), "fold-all"));
    press(fixture, "<Enter>");
    assert_non_null(strstr(seen(fixture, -1), "+1"));
}

static void test_marks_and_back(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t:7<Enter>ma:20<Enter>'a");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 7 of 30"));
    press(fixture, "<C-o>");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 20 of 30"));
    press(fixture, "'z");
    assert_non_null(strstr(seen(fixture, STATUS), "that mark is not set"));
}

static void test_repeat(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t2}.");
    assert_non_null(strstr(seen(fixture, STATUS), "comment 5 of 30"));
    press(fixture, ":go-to-comment<Space>9<Enter>}<F1>q/little<Enter><Esc>:1<Enter>");
    press(fixture, ":next-comment<Enter>.");
    expect_seen(fixture, STATUS, "comment 3 of 30");
    press(fixture, "4."); /* a count says another */
    expect_seen(fixture, STATUS, "comment 7 of 30");
    press(fixture,
          ":go-to-comment<Space>9<Enter>}}<F1>q/little<Enter><Esc>:redraw<Enter>:2<Enter>.");
    expect_seen(fixture, STATUS, "comment 2 of 30");
}

/* A macro is one thing, with all its steps, and also where a command in it does a part. */
static void test_repeat_does_a_whole_macro(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default",
          "[macros]\nhop = \"next-comment; command-line next-comment; redraw; next-comment\"\n"
          "[keys.global]\nhop = \"<F4>\"\n");
    press(&fixture, "<C-w>t:1<Enter><F4>");
    expect_seen(&fixture, STATUS, "comment 4 of 30");
    press(&fixture, "/little<Enter><Esc>:help<Enter>q..");
    expect_seen(&fixture, STATUS, "comment 10 of 30");
    press(&fixture, "za.");
    expect_seen(&fixture, STATUS, "comment 10 of 30");
    press(&fixture, ":1<Enter>:hop<Enter>.");
    expect_seen(&fixture, STATUS, "comment 7 of 30");
    end(&fixture);
}

static void test_paste_is_text_never_keys(void **state)
{
    struct fixture *fixture = *state;
    session_paste(fixture->session, "qqq", 3);
    assert_non_null(strstr(seen(fixture, STATUS), "pasted"));
    press(fixture, "/");
    session_paste(fixture->session, "p2w1\033[31m\n", 10);
    assert_non_null(strstr(seen(fixture, STATUS), "p2w1"));
}

static void test_the_wheel_scrolls_the_pane_under_it(void **state)
{
    struct fixture *fixture = *state;
    session_mouse(fixture->session, MOUSE_WHEEL_DOWN, 1, 10);
    assert_null(strstr(seen(fixture, 0), "A title"));
    session_mouse(fixture->session, MOUSE_WHEEL_UP, 1, 10);
    assert_non_null(strstr(seen(fixture, 0), "A title"));
}

static void test_any_size(void **state)
{
    struct fixture *fixture = *state;
    static const char *const keys[] = {"?",  "q",  "/x", "<Esc>", "gt",
                                       "gs", "ga", ":",  "<Esc>", "<C-w>z"};
    for (int rows = 1; rows < 40; rows += 3)
        for (int columns = 1; columns < 130; columns += 7) {
            session_resize(fixture->session, rows, columns);
            press(fixture, keys[(size_t)(rows * 31 + columns) % ARRAY_LENGTH(keys)]);
            seen(fixture, -1);
            assert_in_range(fixture->frame.cursor_row, 0, rows - 1);
            assert_in_range(fixture->frame.cursor_column, 0, columns - 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_shipped_key_names_an_action),
        cmocka_unit_test(test_shipped_keymaps_are_complete),
        CASE(test_scrolling_and_counts),
        CASE(test_pending_keys_are_shown),
        CASE(test_an_unbound_key_says_so),
        CASE(test_help_lists_live_bindings_and_closes),
        CASE(test_incremental_search),
        CASE(test_escape_brings_the_view_back),
        CASE(test_search_history),
        CASE(test_commands_by_name),
        CASE(test_marks_and_back),
        CASE(test_repeat),
        cmocka_unit_test(test_repeat_does_a_whole_macro),
        CASE(test_paste_is_text_never_keys),
        CASE(test_the_wheel_scrolls_the_pane_under_it),
        CASE(test_any_size),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
