/* The shares of the screen: no rectangle leaves it or overlaps another, at any size and wish. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/layout.h"

static bool inside(struct rect r, int rows, int columns)
{
    return r.row >= 0 && r.column >= 0 && r.rows >= 0 && r.columns >= 0 && r.row + r.rows <= rows &&
           r.column + r.columns <= columns;
}

static bool overlap(struct rect a, struct rect b)
{
    return a.row < b.row + b.rows && b.row < a.row + a.rows && a.column < b.column + b.columns &&
           b.column < a.column + a.columns;
}

static int area(struct rect r)
{
    return r.rows * r.columns;
}

/* All rectangles of `panes`: the panes, the status line, the rules. */
static size_t all_rects(const struct panes *panes, struct rect *rects)
{
    size_t count = 0;
    for (int i = 0; i < PANE_COUNT; i++)
        rects[count++] = panes->pane[i];
    rects[count++] = panes->status;
    for (int i = 0; i < panes->rule_count; i++)
        rects[count++] = panes->rules[i];
    return count;
}

static bool is_tiling(const struct panes *panes, const struct panes_wish *wish, int rows,
                      int columns)
{
    struct rect rects[2 * PANE_COUNT + 1];
    size_t count = all_rects(panes, rects);
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += area(rects[i]);
        if (!inside(rects[i], rows, columns))
            return false;
        for (size_t j = 0; j < i; j++)
            if (area(rects[i]) > 0 && area(rects[j]) > 0 && overlap(rects[i], rects[j]))
                return false;
    }
    for (int i = 0; i < PANE_COUNT; i++)
        if (wish->hidden[i] && wish->focus != (enum pane)i && area(panes->pane[i]) > 0)
            return false;
    return sum == rows * columns && area(panes->pane[wish->focus]) > 0;
}

static struct panes_wish wish_number(unsigned n)
{
    static const int shares[] = {0, 1, 50, 100};
    struct panes_wish wish = {0};
    wish.arrangement = (enum arrangement)(n % 4);
    wish.focus = (enum pane)(n / 4 % 3);
    wish.zoomed = n / 12 % 2;
    for (unsigned i = 0; i < PANE_COUNT; i++)
        wish.hidden[i] = n / 24 >> i & 1;
    wish.sidebar_share = shares[n / 192 % 4];
    wish.thread_share = shares[n / 768 % 4];
    return wish;
}

#define WISHES 3072u

static void test_all_sizes(void **state)
{
    (void)state;
    unsigned wish_at = 0;
    for (int rows = 1; rows <= 70; rows++)
        for (int columns = 1; columns <= 220; columns++)
            for (int i = 0; i < 192; i++) {
                struct panes_wish wish = wish_number(wish_at++ % WISHES);
                struct panes panes = panes_arrange(&wish, rows, columns);
                if (!is_tiling(&panes, &wish, rows, columns))
                    fail_msg("%dx%d, wish %u", columns, rows, (wish_at - 1) % WISHES);
            }
}

static void test_no_screen(void **state)
{
    (void)state;
    struct panes_wish wish = {0};
    struct panes panes = panes_arrange(&wish, 0, 0);
    assert_int_equal(area(panes.pane[0]) + area(panes.status), 0);
    panes = panes_arrange(&wish, -1, 80);
    assert_int_equal(area(panes.pane[0]) + area(panes.status), 0);
}

/* "a:row,column rowsxcolumns ..." of what is visible. */
static const char *drawn(const struct panes_wish *wish, int rows, int columns)
{
    static char out[256];
    struct panes panes = panes_arrange(wish, rows, columns);
    size_t length = 0;
    out[0] = '\0';
    for (int i = 0; i < PANE_COUNT; i++) {
        struct rect r = panes.pane[i];
        if (area(r) > 0)
            length +=
                (size_t)snprintf(out + length, sizeof out - length, "%s%c:%d,%d %dx%d",
                                 length ? "  " : "", "ast"[i], r.row, r.column, r.rows, r.columns);
    }
    return out;
}

static void test_known(void **state)
{
    (void)state;
    struct panes_wish wish = {0};
    assert_string_equal(drawn(&wish, 1, 1), "a:0,0 1x1");
    assert_string_equal(drawn(&wish, 2, 10), "a:0,0 1x10");
    assert_string_equal(drawn(&wish, 24, 59), "a:0,0 23x59");
    assert_string_equal(drawn(&wish, 24, 80), "a:0,0 13x55  s:0,56 23x24  t:14,0 9x55");
    assert_string_equal(drawn(&wish, 24, 70), "a:0,0 13x70  t:14,0 9x70");
    assert_string_equal(drawn(&wish, 40, 120), "a:0,0 23x86  s:0,87 39x33  t:24,0 15x86");
    assert_string_equal(drawn(&wish, 50, 200), "a:0,0 49x89  s:0,164 49x36  t:0,90 49x73");
    wish.focus = PANE_SIDEBAR;
    assert_string_equal(drawn(&wish, 24, 70), "a:0,0 13x70  s:14,0 9x70");
    wish.zoomed = true;
    assert_string_equal(drawn(&wish, 24, 80), "s:0,0 23x80");
}

static void test_hidden_gives_room(void **state)
{
    (void)state;
    struct panes_wish wish = {.hidden = {[PANE_SIDEBAR] = true}};
    assert_string_equal(drawn(&wish, 40, 120), "a:0,0 23x120  t:24,0 15x120");
    wish.hidden[PANE_THREAD] = true;
    assert_string_equal(drawn(&wish, 40, 120), "a:0,0 39x120");
    wish.focus = PANE_THREAD; /* the focus is seen, hidden or not */
    assert_string_equal(drawn(&wish, 40, 120), "a:0,0 23x120  t:24,0 15x120");
}

static void test_shares(void **state)
{
    (void)state;
    struct panes_wish wish = {.sidebar_share = 50, .thread_share = 25};
    assert_string_equal(drawn(&wish, 41, 120), "a:0,0 29x59  s:0,60 40x60  t:30,0 10x59");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_sizes), cmocka_unit_test(test_no_screen),
        cmocka_unit_test(test_known),     cmocka_unit_test(test_hidden_gives_room),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
