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
        if (vterm_screen_get_cell(pty->screen, place, &cell) &&
            (cell.chars[0] == 0x2502 || cell.chars[0] == 0x2503)) /* the mark on it is heavier */
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

/* ---- kinds of terminals ---------------------------------------------------------------------- */

/* Whether a colour was ever asked for (SGR 30-37, 40-47, 90-97, 100-107, 38, 48). */
static bool has_colour(const struct pty *pty)
{
    const char *at = buffer_string(&pty->bytes), *end = at + pty->bytes.length;
    while ((at = memmem(at, (size_t)(end - at), "\033[", 2))) {
        bool colour = false;
        for (at += 2; (*at >= '0' && *at <= '9') || *at == ';' || *at == ':'; at++) {
            char *after;
            long number = strtol(at, &after, 10);
            colour = colour || (number >= 30 && number <= 38) || (number >= 40 && number <= 48) ||
                     (number >= 90 && number <= 107);
            if (after == at)
                continue;
            at = after;
            if (*at == '\0' || (*at != ';' && *at != ':'))
                break;
        }
        if (colour && *at == 'm')
            return true;
    }
    return false;
}

/* Letters beside authors are for terminals of few colours only; without, screens can be compared.
 */
#define ALIKE                                                                                      \
    {                                                                                              \
        "--set=thread.people=hue", "doc/sample.txt"                                                \
    }

/* Opened, moved through, left: the screen is the same on all that can place a cursor. */
static void tour(const struct pty_setup *setup, bool colours, bool alternate)
{
    struct pty pty;
    pty_open(&pty, setup);
    EXPECT_SCREEN(&pty, "");
    pty_keys(&pty, "]q");
    EXPECT_SCREEN(&pty, "]q");
    pty_keys(&pty, "/harbour\r");
    EXPECT_SCREEN(&pty, "]q/harbour<Enter>");
    CHECK(&pty, has_colour(&pty) == colours);
    pty_keys(&pty, "q");
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    const char *left = pty_left_over(&pty, alternate);
    CHECK(&pty, left == NULL);
    if (!alternate) { /* the text stays, but its last row is free for the shell */
        struct buffer last = {0};
        pty_row(&pty, pty.rows - 1, &last);
        CHECK(&pty, last.length == 0);
        buffer_release(&last);
    }
    pty_close(&pty);
}

static void runs_on_terminals(void **state)
{
    static const struct {
        const char *term;
        bool colours, alternate;
    } cases[] = {
        {"xterm", true, true},   {"screen", true, true},           {"linux", true, false},
        {"vt100", false, false}, {"xterm-unheard-of", true, true}, {"", true, true},
        {"vt220", false, false}, {"tmux-256color", true, true},
    };
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        const struct pty_setup setup = {.term = cases[at].term, .arguments = ALIKE};
        tour(&setup, cases[at].colours, cases[at].alternate);
    }
}

static void obeys_no_color(void **state)
{
    static const char *const terms[] = {"xterm-256color", "xterm", "screen", "linux"};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(terms); at++) {
        const struct pty_setup setup = {
            .term = terms[at], .extra = {"NO_COLOR=1"}, .arguments = ALIKE};
        tour(&setup, false, strcmp(terms[at], "linux") != 0);
    }
}

static void ignores_the_locale_and_false_sizes(void **state)
{
    static const char *const locales[] = {"LC_ALL=C", "LC_ALL=", "LC_ALL=xx_YY.ISO-8859-1"};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(locales); at++) {
        const struct pty_setup setup = {.extra = {locales[at], "LINES=7", "COLUMNS=33"}};
        tour(&setup, true, true);
    }
}

/* One that cannot place a cursor gets the text, and no sequence at all. */
static void prints_on_a_dumb_terminal(void **state)
{
    const struct pty_setup setup = {.term = "dumb"};
    struct pty pty;
    (void)state;
    pty_open(&pty, &setup);
    EXPECT(&pty, pty_has_ended, NULL);
    CHECK(&pty, WIFEXITED(pty.status) && WEXITSTATUS(pty.status) == 0);
    CHECK(&pty, strstr(buffer_string(&pty.bytes), "Towns 900 metres apart") != NULL);
    CHECK(&pty, strchr(buffer_string(&pty.bytes), '\033') == NULL);
    pty_close(&pty);
}

/* ---- a hostile document ---------------------------------------------------------------------- */

static void add_many(struct buffer *out, const char *text, int times)
{
    while (times-- > 0)
        buffer_adds(out, text);
}

/* All that has ever made a mess of a terminal, as an article and as names and comments. */
static void write_hostile(struct buffer *out)
{
    static const char *const tricks[] = {
        "\033]0;PWNED\a",
        "\033]8;;http://example.org\033\\",
        "\033[2J\033[H",
        "\033[?1049l",
        "\033[5;5HPWNED",
        "\033[31m",
        "\033P$q\033\\",
        "\033(0",
        "\016",
        "\017",
        "\a",
        "\b\b\b\b",
        "\v",
        "\f",
        "\302\2335n",
        "\302\220q\302\234",
        "\302\205",
        "\177",
        "\342\200\256abc",
        "\342\201\246def",
        "\342\200\217",
        "\357\273\277",
        "\363\240\201\201",
        "\342\200\250",
        "\342\200\213",
        "\342\200\215",
        "\357\270\217",
        "\346\274\242\345\255\227",
        "\343\201\213\343\202\231",
        "\352\260\200",
        "\360\237\221\251\342\200\215\360\237\221\251\342\200\215\360\237\221\247",
        "\360\237\217\264\363\240\201\247\363\240\201\242\363\240\201\277",
        "\360\237\207\253\360\237\207\267",
        "\315\217",
        "\335\217",
        "\357\267\272",
        "\360\222\220\253",
    };
    buffer_adds(out,
                "A title with \033]0;PWNED\a and \342\200\256 in it\n\nBy Some \033[31mBody\n\n");
    for (size_t at = 0; at < ARRAY_LENGTH(tricks); at++) {
        buffer_printf(out, "Trick %zu: \"%s quoted%s,\" said Ann %sMiller of the %s Board.", at,
                      tricks[at], tricks[at], tricks[at], tricks[at]);
        add_many(out, tricks[at], 40);
        buffer_adds(out, "\n\n");
    }
    buffer_adds(out, "Flood: Z");
    add_many(out, "\314\201\315\226", 2000);
    buffer_adds(out, " after the flood ");
    add_many(out, "\340\271\207", 500);
    buffer_adds(out, "\n\n\n");
    for (size_t at = 0; at < ARRAY_LENGTH(tricks); at++)
        buffer_printf(out,
                      "  %zu. Name%s\n\n    Said as %s and as %s of old.\n\n"
                      "      1. Another\n\n        %s to you.\n\n",
                      at + 1, at % 2 ? "" : tricks[at], tricks[at], tricks[at], tricks[at]);
}

/* NULL, or what is in the bytes sent that only the text can have put there. */
static const char *raw_control(const struct pty *pty)
{
    static const struct {
        const char *bytes, *what;
    } bad[] = {
        {"\033]", "OSC"},
        {"\033P", "DCS"},
        {"\033_", "APC"},
        {"\033^", "PM"},
        {"\033X", "SOS"},
        {"\016", "SO"},
        {"\a", "BEL"},
        {"\v", "VT"},
        {"\f", "FF"},
        {"\177", "DEL"},
        {"\342\200\256", "U+202E"},
        {"\342\200\217", "U+200F"},
        {"\342\201\246", "U+2066"},
        {"\342\200\250", "U+2028"},
        {"\357\273\277", "U+FEFF"},
        {"\363\240\201", "tags"},
    };
    const char *bytes = buffer_string(&pty->bytes);
    for (size_t at = 0; at < ARRAY_LENGTH(bad); at++)
        if (memmem(bytes, pty->bytes.length, bad[at].bytes, strlen(bad[at].bytes)))
            return bad[at].what;
    for (size_t at = 0; at + 1 < pty->bytes.length; at++)
        if ((unsigned char)bytes[at] == 0xC2 && (unsigned char)bytes[at + 1] < 0xA0)
            return "C1";
    return NULL;
}

struct page {
    size_t bytes; /* that had come before */
    const char *end;
};

static bool has_turned(struct pty *pty, const void *data)
{
    const struct page *page = data;
    return pty_has_said_more(pty, &page->bytes) || pty_shows(pty, page->end);
}

static void page_through(struct pty *pty, const char *pane, const char *end)
{
    pty_keys(pty, pane);
    for (int pages = 0; pages < 300 && pty_hides(pty, end); pages++) {
        struct page page = {pty->bytes.length, end};
        EXPECT(pty, rule_is_straight, NULL);
        pty_keys(pty, "\006");
        if (!pty_wait(pty, has_turned, &page))
            EXPECT(pty, pty_shows, end);
    }
    EXPECT(pty, pty_shows, end);
    EXPECT(pty, rule_is_straight, NULL);
}

static void keeps_a_hostile_document_in_its_cells(void **state)
{
    char name[] = "/tmp/hearsay-test-XXXXXX";
    const struct pty_setup setup = {.arguments = {"--format=text", name}};
    struct buffer text = {0};
    struct pty pty;
    (void)state;
    int file = mkstemp(name);
    assert_true(file >= 0);
    write_hostile(&text);
    assert_int_equal(write(file, buffer_string(&text), text.length), text.length);
    close(file);
    buffer_release(&text);
    pty_open(&pty, &setup);
    EXPECT(&pty, pty_shows, "? help");
    page_through(&pty, "\0331", " 100 %"); /* the article, then the thread */
    page_through(&pty, "\0333", "74 of 74");
    const char *control = raw_control(&pty);
    if (control)
        fprintf(stderr, "sent raw: %s\n", control);
    CHECK(&pty, control == NULL);
    CHECK(&pty, !pty.titled);
    CHECK(&pty, pty_mode(&pty, 1049));
    unlink(name);
    pty_close(&pty);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_it_should),
        cmocka_unit_test(keys_draw_as_said),
        cmocka_unit_test(keeps_its_place_at_any_size),
        cmocka_unit_test(runs_on_terminals),
        cmocka_unit_test(obeys_no_color),
        cmocka_unit_test(ignores_the_locale_and_false_sizes),
        cmocka_unit_test(prints_on_a_dumb_terminal),
        cmocka_unit_test(keeps_a_hostile_document_in_its_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
