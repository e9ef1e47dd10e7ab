/* Cells: what covers what, characters of two columns at every edge, and what never gets in. */
#include "test.h"

#include "../../src/ui/cells.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct text_style safe = {0};
static const struct text_style cluster = {.emoji_cluster = true};

/* The whole screen must be sound after each drawing, whatever was drawn. */
static void check_grid(const struct grid *grid)
{
    for (int at = 0; at < grid->rows * grid->columns; at++) {
        const struct cell *cell = &grid->cells[at];
        bool first = at % grid->columns == 0, last = at % grid->columns == grid->columns - 1;
        assert_true(cell->columns <= 2);
        assert_true(cell->count <= TEXT_CELL_MAX);
        assert_int_equal(cell->count == 0, cell->columns == 0);
        if (cell->columns == 0)
            assert_true(!first && cell[-1].columns == 2);
        if (cell->columns == 2) {
            assert_true(!last && cell[1].columns == 0);
            assert_int_equal(cell->style, cell[1].style);
        }
        for (int mark = 0; mark < cell->count; mark++) {
            uint32_t code = cell->code_points[mark];
            assert_true(code >= 0x20 && (code < 0x7F || code >= 0xA0));
            int width = text_width_code_point(code);
            if (mark == 0)
                assert_int_equal(width, cell->columns);
        }
    }
}

struct screen {
    struct grid grid;
    struct frame frame;
    const struct text_style *style;
    struct buffer out;
};

static struct screen new_screen(int rows, int columns)
{
    struct screen screen = {.style = &safe};
    grid_resize(&screen.grid, rows, columns);
    frame_begin(&screen.frame, rows, columns);
    return screen;
}

static void release_screen(struct screen *screen)
{
    grid_release(&screen->grid);
    frame_release(&screen->frame);
    buffer_release(&screen->out);
}

static void put(struct screen *screen, int row, int column, int columns, const char *text)
{
    struct rect where = {row, column, 1, columns};
    frame_print(&screen->frame, where, STYLE_TEXT, text, strlen(text));
}

static const char *shown(struct screen *screen, bool styles)
{
    grid_draw(&screen->grid, &screen->frame, screen->style);
    check_grid(&screen->grid);
    buffer_clear(&screen->out);
    grid_print(&screen->grid, styles, &screen->out);
    return buffer_string(&screen->out);
}

/* One row of 8 columns, with `text` on the given columns; what is seen of it. */
static void check_row(int column, int columns, const char *text, const char *expected)
{
    struct screen screen = new_screen(1, 8);
    put(&screen, 0, column, columns, text);
    struct buffer line = {0};
    buffer_printf(&line, "%s\n", expected);
    assert_string_equal(shown(&screen, false), line.data);
    buffer_release(&line);
    release_screen(&screen);
}

static void test_plain(void **state)
{
    (void)state;
    check_row(0, 8, "", "");
    check_row(0, 8, "abc", "abc");
    check_row(2, 8, "abc", "  abc");
    check_row(0, 8, "a b  ", "a b");
    check_row(0, 8, "abcdefgh", "abcdefgh");
    check_row(0, 8, "abcdefghi", "abcdefgh");
    check_row(0, 3, "abcdefghi", "abc");
    check_row(0, 0, "abc", "");
    check_row(0, -3, "abc", "");
}

static void test_clipped(void **state)
{
    (void)state;
    check_row(-2, 8, "abcdefgh", "cdefgh");
    check_row(-2, 4, "abcdefgh", "cd");
    check_row(-9, 8, "abcdefgh", "");
    check_row(6, 8, "abcdefgh", "      ab");
    check_row(8, 8, "abcdefgh", "");
    check_row(INT_MAX, INT_MAX, "abc", "");
    check_row(INT_MIN, INT_MAX, "abc", "");
    check_row(1, INT_MAX, "abc", " abc");
    check_row(-1, INT_MAX, "abc", "bc");
}

static void test_wide(void **state)
{
    (void)state;
    check_row(0, 8, "語x", "語x");
    check_row(0, 8, "語語語語", "語語語語");
    check_row(0, 8, "語語語語語", "語語語語");
    check_row(0, 8, "x語語語語", "x語語語"); /* no room for its right half */
    check_row(0, 3, "語語", "語");
    check_row(0, 1, "語", "");
    check_row(7, 8, "語", "");
    check_row(-1, 8, "語x", " x");
    check_row(-2, 8, "語x", "x");
}

static void test_marks(void **state)
{
    (void)state;
    check_row(0, 8, "e\xCC\x81x", "e\xCC\x81x");
    check_row(0, 1, "e\xCC\x81x", "e\xCC\x81");
    check_row(7, 1, "e\xCC\x81", "       e\xCC\x81");
    check_row(0, 8, "\xE3\x81\x8B\xE3\x82\x99", "\xE3\x81\x8B\xE3\x82\x99"); /* kana and its mark */
    check_row(0, 8, "\xCC\x81x", "\xE2\x97\x8C\xCC\x81x"); /* a mark stands on U+25CC */
    /* More marks than a cell holds. */
    check_row(0, 8, "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86x",
              "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84x");
}

#define WOMAN  "\xF0\x9F\x91\xA9"
#define JOINER "\xE2\x80\x8D"
#define ROCKET "\xF0\x9F\x9A\x80"
#define HAND   "\xF0\x9F\x91\x8B"
#define TONE   "\xF0\x9F\x8F\xBD"
#define EMOJI  "\xEF\xB8\x8F"
#define HEART  "\xE2\x9D\xA4"

static void test_emoji(void **state)
{
    static const struct {
        const char *text, *safe, *cluster;
    } samples[] = {
        {WOMAN JOINER ROCKET "x", WOMAN ROCKET "x", WOMAN JOINER ROCKET "x"},
        {HAND TONE "x", HAND "x", HAND TONE "x"},
    };
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(samples); at++) {
        struct screen screen = new_screen(1, 8);
        struct buffer line = {0};
        put(&screen, 0, 0, 8, samples[at].text);
        buffer_printf(&line, "%s\n", samples[at].safe);
        assert_string_equal(shown(&screen, false), line.data);
        screen.style = &cluster;
        grid_draw(&screen.grid, &screen.frame, &cluster);
        buffer_clear(&screen.out);
        grid_print(&screen.grid, false, &screen.out);
        buffer_clear(&line);
        buffer_printf(&line, "%s\n", samples[at].cluster);
        assert_string_equal(buffer_string(&screen.out), line.data);
        assert_int_equal(screen.grid.cells[0].columns, 2);
        assert_int_equal(screen.grid.cells[1].columns, 0);
        assert_int_equal(screen.grid.cells[2].code_points[0], 'x');
        buffer_release(&line);
        release_screen(&screen);
    }
    check_row(0, 8, HEART EMOJI "x", HEART "x"); /* terminals disagree on the selector */
}

static void test_later_covers(void **state)
{
    static const struct {
        int column, columns;
        const char *text, *expected;
    } samples[] = {
        {0, 8, "", ""},
        {2, 2, "xy", "語xy語語"},
        {1, 2, "xy", " xy 語語"}, /* both neighbours lose a half */
        {1, 1, "x", " x語語語"},
        {0, 1, "x", "x 語語語"},
        {7, 1, "x", "語語語 x"},
        {1, 2, "文", " 文 語語"},
        {1, 4, "文", " 文   語"},
        {3, 1, "文", "語  語語"}, /* no room for it, and half of one covered */
        {2, 1, "", "語  語語"},
        {-1, 2, "文", "  語語語"},
        {7, 9, "文", "語語語"},
        {-5, 6, "", "  語語語"},
    };
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(samples); at++) {
        struct screen screen = new_screen(1, 8);
        struct buffer line = {0};
        put(&screen, 0, 0, 8, "語語語語");
        put(&screen, 0, samples[at].column, samples[at].columns, samples[at].text);
        buffer_printf(&line, "%s\n", samples[at].expected);
        assert_string_equal(shown(&screen, false), line.data);
        buffer_release(&line);
        release_screen(&screen);
    }
}

static void test_blank_areas(void **state)
{
    struct screen screen = new_screen(4, 6);
    (void)state;
    for (int row = 0; row < 4; row++)
        put(&screen, row, 0, 6, "abcdef");
    struct rect area = {1, 2, 2, 3}, above = {-1, 0, 2, 2}, below = {3, 4, INT_MAX, 9};
    frame_print(&screen.frame, area, STYLE_TEXT, "xy", 2);
    frame_print(&screen.frame, above, STYLE_TEXT, "no", 2); /* its first row is not seen */
    frame_fill(&screen.frame, below, STYLE_TEXT);
    assert_string_equal(shown(&screen, false), "  cdef\nabxy f\nab   f\nabcd\n");
    release_screen(&screen);
}

/* Each drawing begins anew. */
static void test_drawn_again(void **state)
{
    struct screen screen = new_screen(1, 4);
    (void)state;
    put(&screen, 0, 0, 4, "語文");
    assert_string_equal(shown(&screen, false), "語文\n");
    frame_begin(&screen.frame, 1, 4);
    put(&screen, 0, 3, 1, "x");
    assert_string_equal(shown(&screen, false), "   x\n");
    release_screen(&screen);
}

static void test_tiny(void **state)
{
    static const struct {
        int rows, columns;
        const char *expected;
    } sizes[] = {{1, 1, "a\n"}, {0, 5, ""}, {2, 0, "\n\n"}, {-3, -3, ""}, {2, 1, "a\n\n"}};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
        struct screen screen = new_screen(sizes[at].rows, sizes[at].columns);
        put(&screen, 0, 0, 3, "語");
        put(&screen, 0, 0, 3, "abc");
        put(&screen, 5, 5, 3, "abc");
        assert_string_equal(shown(&screen, false), sizes[at].expected);
        release_screen(&screen);
    }
    struct screen screen = new_screen(1, 1);
    put(&screen, 0, 0, 2, "語");
    assert_string_equal(shown(&screen, false), "\n");
    release_screen(&screen);
}

/* check_grid() looks into every cell; here is what must come out. */
static void test_controls_stay_out(void **state)
{
    (void)state;
    check_row(0, 8, "a\033[2Jb", "a[2Jb");
    check_row(0, 8, "a\nb\rc\td", "abcd");
    check_row(0, 8, "a\x7F\x08\x07z", "az");
    check_row(0, 8,
              "a\xC2\x9B"
              "5mz",
              "a5mz");                               /* a C1 control */
    check_row(0, 8, "a\xE2\x80\xAEz", "az");         /* right-to-left override */
    check_row(0, 8, "a\xEF\xBB\xBFz", "az");         /* byte order mark */
    check_row(0, 8, "a\xF3\xA0\x81\x81z", "az");     /* a tag */
    check_row(0, 8, "e\xCC\x81\033z", "e\xCC\x81z"); /* after a mark */
}

static void test_every_byte(void **state)
{
    static const struct text_style *const text_styles[] = {&safe, &cluster};
    (void)state;
    for (int first = 0; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
            char text[] = {(char)first, (char)second, '\xCC', '\x81', (char)second, (char)first};
            struct screen screen = new_screen(2, 3);
            struct rect where = {0, -1, 1, 9};
            frame_print(&screen.frame, where, STYLE_TEXT, text, sizeof text);
            screen.style = text_styles[second & 1];
            shown(&screen, false);
            release_screen(&screen);
        }
    }
}

/* Anything over anything: never a half of a character. */
static void test_torment(void **state)
{
    static const char *const texts[] = {"a語b",        "語文語文", "e\xCC\x81語",
                                        HAND TONE "x", "",         "abc"};
    uint32_t seed = 20260101;
    struct screen screen = new_screen(5, 11);
    (void)state;
    for (int turn = 0; turn < 3000; turn++) {
        frame_begin(&screen.frame, 5, 11);
        for (int piece = 0; piece < 12; piece++) {
            int number[6];
            for (size_t at = 0; at < ARRAY_LENGTH(number); at++) {
                seed = seed * 1664525u + 1013904223u;
                number[at] = (int)(seed >> 16);
            }
            struct rect where = {number[0] % 8 - 1, number[1] % 16 - 3, number[2] % 3,
                                 number[3] % 9};
            const char *text = texts[(size_t)number[4] % ARRAY_LENGTH(texts)];
            frame_print(&screen.frame, where, (enum style)(number[5] % STYLES), text, strlen(text));
        }
        screen.style = turn & 1 ? &safe : &cluster;
        shown(&screen, true);
    }
    release_screen(&screen);
}

static void test_styles(void **state)
{
    struct screen screen = new_screen(2, 6);
    struct buffer expected = {0};
    (void)state;
    frame_print(&screen.frame, (struct rect){0, 1, 1, 4}, STYLE_TITLE, "語", 3);
    frame_print(&screen.frame, (struct rect){1, 0, 1, 2}, STYLE_KEY, "x", 1);
    const struct style_info *title = style_info(STYLE_TITLE), *key = style_info(STYLE_KEY);
    buffer_printf(&expected, " 語\nx\n\n.%c%c%c%c.\n%c%c....\n\n", title->letter, title->letter,
                  title->letter, title->letter, key->letter, key->letter);
    buffer_printf(&expected, ". %s\n%c %s\n%c %s\n", style_info(STYLE_TEXT)->name, title->letter,
                  title->name, key->letter, key->name);
    assert_string_equal(shown(&screen, true), expected.data);
    buffer_release(&expected);
    release_screen(&screen);
}

/* A half that becomes blank keeps the style it was drawn in. */
static void test_style_of_halves(void **state)
{
    struct screen screen = new_screen(1, 4);
    (void)state;
    frame_print(&screen.frame, (struct rect){0, 0, 1, 4}, STYLE_TITLE, "語文", 6);
    frame_print(&screen.frame, (struct rect){0, 1, 1, 2}, STYLE_KEY, "", 0);
    shown(&screen, false);
    static const enum style styles[] = {STYLE_TITLE, STYLE_KEY, STYLE_KEY, STYLE_TITLE};
    for (size_t column = 0; column < ARRAY_LENGTH(styles); column++) {
        assert_int_equal(screen.grid.cells[column].style, styles[column]);
        assert_int_equal(screen.grid.cells[column].code_points[0], ' ');
    }
    release_screen(&screen);
}

static void test_resize(void **state)
{
    struct grid grid = {0};
    (void)state;
    for (int size = 0; size < 40; size++) {
        grid_resize(&grid, (size * 7) % 40, (size * 11) % 40);
        check_grid(&grid);
        assert_int_equal(grid.rows, (size * 7) % 40);
    }
    grid_release(&grid);
    assert_null(grid.cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),       cmocka_unit_test(test_clipped),
        cmocka_unit_test(test_wide),        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_emoji),       cmocka_unit_test(test_later_covers),
        cmocka_unit_test(test_blank_areas), cmocka_unit_test(test_drawn_again),
        cmocka_unit_test(test_tiny),        cmocka_unit_test(test_controls_stay_out),
        cmocka_unit_test(test_every_byte),  cmocka_unit_test(test_torment),
        cmocka_unit_test(test_styles),      cmocka_unit_test(test_style_of_halves),
        cmocka_unit_test(test_resize),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
