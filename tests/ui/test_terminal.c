/*
 * The program on a terminal: what is on the screen, at any size, whatever is typed. What is to be
 * seen is not written down here a second time: --screen says it, and the terminal must agree.
 */
#include "test.h"

#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct pty_setup plain = {0};

/* ---- the screen ---------------------------------------------------------------------------- */

/* The column of the last rule in a row, -1: none. */
static int rule_column(const struct pty *pty, int row)
{
    for (int column = pty->columns - 1; column >= 0; column--) {
        VTermScreenCell cell;
        VTermPos place = {.row = row, .col = column};
        if (vterm_screen_get_cell(pty->screen, place, &cell) && cell.chars[0] == 0x2502)
            return column;
    }
    return -1;
}

/* The rule beside the sidebar runs down in one column, from the first row to the status line. */
static bool rule_is_straight(struct pty *pty, const void *ignored)
{
    int column = rule_column(pty, 0);
    (void)ignored;
    for (int row = 1; row < pty->rows - 1; row++)
        if (rule_column(pty, row) != column)
            return false;
    return column > 0;
}

static void shows_what_it_should(void **state)
{
    struct pty pty;
    (void)state;
    pty_open(&pty, &plain);
    EXPECT_SCREEN(&pty, "");
    CHECK(&pty, rule_is_straight(&pty, NULL));
    CHECK(&pty, pty_mode(&pty, 1049));
    CHECK(&pty, pty_mode(&pty, 2004));
    CHECK(&pty, !pty_mode(&pty, 1002)); /* the mouse is the terminal's until asked for */
    pty_close(&pty);
}

/* Keys that go to every pane and overlay, one after another on one terminal. */
static void keys_draw_as_said(void **state)
{
    static const struct {
        const char *typed, *said;
    } cases[] = {
        {"j", "j"},
        {"\033[6~", "<PageDown>"},
        {"\033OA", "<Up>"},
        {"]q", "]q"},
        {"\t", "<Tab>"},
        {"}", "}"},
        {"za", "za"},
        {"\0332", "<M-2>"},
        {"jjj\r", "jjj<Enter>"},
        {"\033[19~", "<F8>"},
        {"?", "?"},
        {"?", "?"},
        {"G", "G"},
        {"/harbour\r", "/harbour<Enter>"},
        {"n", "n"},
        {"gg", "gg"},
    };
    struct pty pty;
    struct buffer said = {0};
    (void)state;
    pty_open(&pty, &plain);
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        pty_keys(&pty, cases[at].typed);
        buffer_adds(&said, cases[at].said);
        EXPECT_SCREEN(&pty, buffer_string(&said));
    }
    buffer_release(&said);
    pty_close(&pty);
}

static bool begins_with(struct pty *pty, const void *text)
{
    struct buffer row = {0};
    pty_row(pty, 0, &row);
    bool found = strstr(buffer_string(&row), text) != NULL;
    buffer_release(&row);
    return found;
}

static void keeps_its_place_at_any_size(void **state)
{
    static const int sizes[][2] = {{1, 1},  {24, 80}, {200, 500}, {12, 40},
                                   {5, 20}, {3, 300}, {90, 2}};
    struct pty pty;
    (void)state;
    pty_open(&pty, &plain);
    pty_keys(&pty, "30j");
    EXPECT_SCREEN(&pty, "30j");
    char *wanted = pty_wanted("doc/sample.txt", 24, 80, "30j");
    for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
        size_t before = pty.bytes.length;
        pty_resize(&pty, sizes[at][0], sizes[at][1]);
        if (sizes[at][0] < 5 || sizes[at][1] < 10)
            EXPECT(&pty, pty_has_said_more, &before);
        else
            EXPECT(&pty, begins_with, "Since then");
        pty_resize(&pty, 24, 80);
        EXPECT(&pty, pty_is, wanted);
    }
    free(wanted);
    pty_close(&pty);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_it_should),
        cmocka_unit_test(keys_draw_as_said),
        cmocka_unit_test(keeps_its_place_at_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
