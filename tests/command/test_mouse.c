/* The mouse: what is under it scrolls, is chosen, folds, or grows. */
#include "session.h"

static unsigned point(struct fixture *fixture, enum session_mouse kind, int row, int column)
{
    return session_mouse(fixture->session, kind, row, column);
}

/* Where the session drew a text. */
static bool find(struct fixture *fixture, const char *text, int *row, int *column)
{
    session_draw(fixture->session, &fixture->frame);
    for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
        const struct frame_piece *piece = &fixture->frame.pieces.items[at];
        if (piece->length < strlen(text) ||
            strncmp(frame_text(&fixture->frame, piece), text, strlen(text)) != 0)
            continue;
        *row = piece->row;
        *column = piece->column;
        return true;
    }
    return false;
}

static void test_the_wheel_scrolls_what_is_under_it(void **state)
{
    struct fixture *fixture = *state;
    int row, column;
    assert_true(find(fixture, "─", &row, &column));
    point(fixture, MOUSE_WHEEL_DOWN, row + 2, 5);
    expect_seen(fixture, 0, "A title");
    expect_seen(fixture, STATUS, "article");
    point(fixture, MOUSE_WHEEL_DOWN, 1, 5);
    expect_unseen(fixture, 0, "A title");
    assert_int_equal(point(fixture, MOUSE_WHEEL_DOWN, 500, 500), 0);
}

static void test_a_press_focuses_chooses_and_folds(void **state)
{
    struct fixture *fixture = *state;
    int row, column;
    assert_true(find(fixture, "▾", &row, &column));
    point(fixture, MOUSE_PRESS, row, column + 6);
    expect_seen(fixture, STATUS, "thread");
    assert_true(find(fixture, "▾", &row, &column));
    point(fixture, MOUSE_PRESS, row, column);
    assert_true(find(fixture, "▸", &row, &column));
    point(fixture, MOUSE_RELEASE, row, column);
}

/* A rule goes where it is dragged, as near as percents and the least sizes allow. */
static void test_rules_are_dragged(void **state)
{
    struct fixture *fixture = *state;
    int row, column, moved;
    assert_true(find(fixture, "─", &row, &column));
    point(fixture, MOUSE_PRESS, row, 3);
    assert_true(point(fixture, MOUSE_DRAG, row - 6, 3) & WISH_DRAW);
    assert_true(find(fixture, "─", &moved, &column));
    assert_in_range(moved, row - 7, row - 5);
    point(fixture, MOUSE_DRAG, -50, 3);
    assert_true(find(fixture, "─", &moved, &column));
    assert_in_range(moved, 1, 6);
    point(fixture, MOUSE_RELEASE, 0, 0);
    assert_int_equal(point(fixture, MOUSE_DRAG, row, 3), 0);

    assert_true(find(fixture, "│", &row, &column) && column > 30);
    point(fixture, MOUSE_PRESS, 2, column);
    for (int to = column - 12; to < column; to++) {
        point(fixture, MOUSE_DRAG, 2, to);
        assert_true(find(fixture, "│", &row, &moved));
        assert_in_range(moved, to - 2, to + 2);
    }
}

static void test_a_list_takes_it_first(void **state)
{
    struct fixture *fixture = *state;
    int row, column;
    press(fixture, "<C-p>focus");
    assert_true(find(fixture, "focus-thread", &row, &column));
    point(fixture, MOUSE_WHEEL_DOWN, 0, 0);
    point(fixture, MOUSE_PRESS, row, column);
    expect_seen(fixture, STATUS, "thread");
    expect_unseen(fixture, -1, "focus-thread");
    press(fixture, "<C-p>");
    point(fixture, MOUSE_PRESS, 0, 0);
    expect_unseen(fixture, STATUS, "> ");
}

/* It is a setting like any other: one that is set later leaves it, and so does reading them again.
 */
static void test_the_mouse_stays_as_it_was_chosen(void **state)
{
    struct fixture *fixture = *state;
    bool before = session_wants_mouse(fixture->session);
    press(fixture, ":toggle-mouse<Enter>");
    assert_true(fixture->wishes & WISH_MOUSE);
    press(fixture, ":set<Space>thread.indent=3<Enter>");
    assert_true(session_wants_mouse(fixture->session) != before);
    press(fixture, ":set<Space>keys.mouse<Enter>");
    expect_seen(fixture, STATUS, before ? "keys.mouse = no" : "keys.mouse = yes");
    press(fixture, before ? ":set<Space>keys.mouse=yes<Enter>" : ":set<Space>keys.mouse=no<Enter>");
    assert_true(session_wants_mouse(fixture->session) == before);
}

/* What a panel hides is not to be pressed or scrolled through it. */
static void test_a_panel_is_in_the_way(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "Kj");
    expect_seen(fixture, STATUS - 1, "said in");
    expect_seen(fixture, STATUS, "article");
    point(fixture, MOUSE_PRESS, STATUS - 1, 60);
    expect_seen(fixture, STATUS, "article");
    assert_int_equal(point(fixture, MOUSE_WHEEL_DOWN, STATUS - 1, 60), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_wheel_scrolls_what_is_under_it),
        CASE(test_a_press_focuses_chooses_and_folds),
        CASE(test_a_panel_is_in_the_way),
        CASE(test_rules_are_dragged),
        CASE(test_a_list_takes_it_first),
        CASE(test_the_mouse_stays_as_it_was_chosen),
    };
    return cmocka_run_group_tests_name("mouse", tests, NULL, NULL);
}
