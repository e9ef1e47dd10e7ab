/* The reader, driven as the commands drive it, and looked at as the ui looks: by frames. */
#include "test.h"

#include "reading.h"

static int setup(void **state)
{
    return begin_state(state, make_document(30, 60), 30, 120);
}

/* All text of a pane, row by row from the top, rows parted by "\n". */
static const char *seen(struct fixture *fixture, enum pane pane)
{
    static char text[20000];
    struct rect rect = reader_panes(fixture->reader)->pane[pane];
    size_t used = 0;
    int row = rect.row;
    frame_begin(&fixture->frame, 30, 120);
    reader_draw(fixture->reader, &fixture->frame);
    for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
        const struct frame_piece *piece = &fixture->frame.pieces.items[at];
        if (piece->row < rect.row || piece->row >= rect.row + rect.rows ||
            piece->column < rect.column || piece->column >= rect.column + rect.columns)
            continue;
        for (; row < piece->row && used < sizeof text - 1; row++)
            text[used++] = '\n';
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s", (int)piece->length,
                                 frame_text(&fixture->frame, piece));
    }
    text[used] = '\0';
    return text;
}

static void test_first_screen(void **state)
{
    struct fixture *fixture = *state;
    assert_non_null(strstr(seen(fixture, PANE_ARTICLE), "A title to begin with"));
    assert_non_null(strstr(seen(fixture, PANE_ARTICLE), "p0w0 "));
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "Author 0"));
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "This is comment 0, which"));
}

/* Going down line by line shows every word once in order, and coming back shows the same screens.
 */
static void test_lines_down_and_up_are_the_same(void **state)
{
    struct fixture *fixture = *state;
    enum { STEPS = 100 };
    static char screens[STEPS][20000];
    for (int step = 0; step < STEPS; step++) {
        snprintf(screens[step], sizeof screens[step], "%s", seen(fixture, PANE_ARTICLE));
        assert_true(reader_scroll(fixture->reader, 1));
    }
    for (int step = STEPS - 1; step >= 0; step--) {
        assert_true(reader_scroll(fixture->reader, -1));
        assert_string_equal(seen(fixture, PANE_ARTICLE), screens[step]);
    }
    assert_false(reader_scroll(fixture->reader, -1));
}

static void test_ends(void **state)
{
    struct fixture *fixture = *state;
    assert_true(reader_bottom(fixture->reader));
    assert_non_null(strstr(seen(fixture, PANE_ARTICLE), "p29w59"));
    assert_false(reader_scroll(fixture->reader, 1));
    assert_true(reader_top(fixture->reader));
    assert_non_null(strstr(seen(fixture, PANE_ARTICLE), "A title"));
    reader_set_focus(fixture->reader, PANE_THREAD);
    assert_true(reader_bottom(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 59);
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "comment 59"));
    assert_true(reader_top(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 0);
}

static void test_thread_line_by_line_reaches_every_comment_both_ways(void **state)
{
    struct fixture *fixture = *state;
    reader_set_focus(fixture->reader, PANE_THREAD);
    for (int way = 1; way >= -1; way -= 2) {
        unsigned met = 0;
        uint32_t last = DOCUMENT_NONE;
        do {
            met += reader_comment(fixture->reader) != last;
            last = reader_comment(fixture->reader);
        } while (reader_scroll(fixture->reader, way));
        assert_int_equal(last, way > 0 ? 59 : 0);
        assert_int_equal(met, 60);
    }
}

/* The same text stays at the top through any number of sizes. */
static void test_resize_keeps_the_place(void **state)
{
    struct fixture *fixture = *state;
    static char before[20000];
    static const int sizes[][2] = {{1, 1}, {200, 500}, {24, 80}, {12, 40},
                                   {2, 3}, {60, 100},  {30, 120}};
    reader_scroll(fixture->reader, 77);
    reader_set_focus(fixture->reader, PANE_THREAD);
    reader_scroll(fixture->reader, 33);
    reader_set_focus(fixture->reader, PANE_ARTICLE);
    snprintf(before, sizeof before, "%s%s", seen(fixture, PANE_ARTICLE),
             seen(fixture, PANE_THREAD));
    for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
        reader_resize(fixture->reader, sizes[at][0], sizes[at][1]);
        frame_begin(&fixture->frame, sizes[at][0], sizes[at][1]);
        reader_draw(fixture->reader, &fixture->frame);
    }
    strncat(before, "", 1);
    static char after[20000];
    snprintf(after, sizeof after, "%s%s", seen(fixture, PANE_ARTICLE), seen(fixture, PANE_THREAD));
    assert_string_equal(after, before);
}

static void test_folding(void **state)
{
    struct fixture *fixture = *state;
    reader_set_focus(fixture->reader, PANE_THREAD);
    reader_go_to_comment(fixture->reader, 2); /* comment 2 has comment 3 as its reply */
    assert_true(reader_fold(fixture->reader, true));
    assert_true(reader_is_folded(fixture->reader, 1));
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "+1"));
    reader_step(fixture->reader, STEP_COMMENT, 1);
    assert_int_equal(reader_comment(fixture->reader), 3);
    reader_step(fixture->reader, STEP_COMMENT, -1);
    assert_int_equal(reader_comment(fixture->reader), 1);
    assert_true(reader_go_to_comment(fixture->reader, 3)); /* unfolds what hides it */
    assert_false(reader_is_folded(fixture->reader, 1));
    reader_fold_all(fixture->reader, true);
    assert_int_equal(reader_comment(fixture->reader), 1); /* the hidden one's place is taken */
    reader_bottom(fixture->reader);
    assert_int_equal(reader_comment(fixture->reader), 58 - 58 % 3 + 1);
    reader_fold_all(fixture->reader, false);
    reader_bottom(fixture->reader);
    assert_int_equal(reader_comment(fixture->reader), 59);
}

static void test_moving_in_the_tree(void **state)
{
    struct fixture *fixture = *state;
    reader_go_to_comment(fixture->reader, 3);
    assert_true(reader_parent(fixture->reader, 1));
    assert_int_equal(reader_comment(fixture->reader), 1);
    assert_false(reader_parent(fixture->reader, 1));
    assert_true(reader_step(fixture->reader, STEP_TOP_LEVEL, 1));
    assert_int_equal(reader_comment(fixture->reader), 3);
    assert_true(reader_step(fixture->reader, STEP_TOP_LEVEL, -2));
    assert_int_equal(reader_comment(fixture->reader), 0);
    assert_true(reader_step(fixture->reader, STEP_SIBLING, 2));
    assert_int_equal(reader_comment(fixture->reader), 3);
    assert_false(reader_go_to_comment(fixture->reader, 61));
    assert_true(reader_back(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 0);
}

static void test_search_shows_and_wraps(void **state)
{
    struct fixture *fixture = *state;
    bool wrapped;
    reader_search_begin(fixture->reader, false);
    assert_true(reader_search(fixture->reader, "COMMENT 41") == false);
    assert_true(reader_search(fixture->reader, "comment 41"));
    assert_int_equal(reader_focus(fixture->reader), PANE_THREAD);
    assert_int_equal(reader_comment(fixture->reader), 41);
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "comment 41"));
    assert_true(reader_search_next(fixture->reader, 1, &wrapped));
    assert_true(wrapped);
    reader_search_cancel(fixture->reader);
    assert_int_equal(reader_focus(fixture->reader), PANE_ARTICLE);
    assert_string_equal(reader_pattern(fixture->reader), "");
}

static void test_search_counts(void **state)
{
    struct fixture *fixture = *state;
    struct buffer where = {0};
    reader_search_begin(fixture->reader, false);
    assert_true(reader_search(fixture->reader, "w17 "));
    while (reader_work(fixture->reader))
        ;
    reader_where(fixture->reader, &where);
    assert_non_null(strstr(buffer_string(&where), "/w17  1 of 30"));
    buffer_release(&where);
}

static void test_search_unfolds_what_hides_a_hit(void **state)
{
    struct fixture *fixture = *state;
    reader_fold_all(fixture->reader, true);
    reader_search_begin(fixture->reader, false);
    assert_true(reader_search(fixture->reader, "comment 20,"));
    assert_int_equal(reader_comment(fixture->reader), 20);
    assert_non_null(strstr(seen(fixture, PANE_THREAD), "comment 20,"));
}

/* Random keys at random sizes: nothing breaks, and every frame stays within its screen. */
static void test_torment(void **state)
{
    struct fixture *fixture = *state;
    uint32_t random = 7;
    for (int round = 0; round < 3000; round++) {
        random = random * 1103515245u + 12345u;
        int amount = (int)((random >> 8) % 9) - 4;
        switch ((random >> 16) % 14) {
        case 0:
            reader_resize(fixture->reader, (int)(random >> 20) % 60 + 1,
                          (int)(random >> 10) % 200 + 1);
            break;
        case 1:
            reader_cycle_focus(fixture->reader, amount);
            break;
        case 2:
            reader_scroll(fixture->reader, amount * 7);
            break;
        case 3:
            reader_page(fixture->reader, amount);
            break;
        case 4:
            reader_step(fixture->reader, STEP_COMMENT, amount ? amount : 1);
            break;
        case 5:
            reader_step(fixture->reader, STEP_TOP_LEVEL, amount ? amount : 1);
            break;
        case 6:
            reader_toggle_fold(fixture->reader);
            break;
        case 7:
            reader_fold_all(fixture->reader, amount > 0);
            break;
        case 8:
            reader_zoom(fixture->reader);
            break;
        case 9:
            reader_toggle_sidebar(fixture->reader);
            break;
        case 10:
            reader_back(fixture->reader);
            break;
        case 11:
            amount > 0 ? reader_top(fixture->reader) : reader_bottom(fixture->reader);
            break;
        case 12:
            reader_fold_level(fixture->reader, amount);
            break;
        default:
            reader_parent(fixture->reader, 1);
        }
        frame_begin(&fixture->frame, 1, 1);
        reader_draw(fixture->reader, &fixture->frame);
        assert_true(reader_comment(fixture->reader) < 60);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_first_screen),
        CASE(test_lines_down_and_up_are_the_same),
        CASE(test_ends),
        CASE(test_thread_line_by_line_reaches_every_comment_both_ways),
        CASE(test_resize_keeps_the_place),
        CASE(test_folding),
        CASE(test_moving_in_the_tree),
        CASE(test_search_shows_and_wraps),
        CASE(test_search_counts),
        CASE(test_search_unfolds_what_hides_a_hit),
        CASE(test_torment),
    };
    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
