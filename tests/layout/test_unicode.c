/*
 * Unicode's own test files against the width function, the clusters and the breaks. The library
 * knows Unicode 14, the files are of 17, and the project departs from the standard on purpose here
 * and there: each departure has a category below, and what fits none is a failure.
 */
#include "test.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uniwidth.h>

#include "../../src/layout/breaks.h"
#include "../../src/layout/clusters.h"
#include "cells.h"
#include "hearsay/layout.h"
#include "shared.h"

static const struct text_style safe, cluster = {.emoji_cluster = true},
                                     wide = {.ambiguous_wide = true};

/* A line of a break test: code points, and where the standard breaks between them. */
struct break_line {
    uint32_t code_points[64];
    bool breaks[65]; /* before code point i */
    size_t count;
    char text[256];
    size_t offset[65]; /* of code point i in `text` */
};

/* "÷ 0020 × 0308 ÷ # ..." */
static bool parse_break_line(const char *line, struct break_line *out)
{
    out->count = 0;
    size_t length = 0;
    bool breaks = false;
    while (*line && *line != '#' && *line != '\n' && out->count < 64) {
        if (strncmp(line, "\xC3\xB7", 2) == 0 || strncmp(line, "\xC3\x97", 2) == 0) {
            breaks = line[1] == '\xB7';
            line += 2;
        } else if (*line == ' ' || *line == '\t') {
            line++;
        } else {
            char *end;
            uint32_t code_point = (uint32_t)strtoul(line, &end, 16);
            if (end == line)
                return false;
            out->code_points[out->count] = code_point;
            out->breaks[out->count] = breaks;
            out->offset[out->count++] = length;
            length += utf8_encode(code_point, out->text + length);
            line = end;
        }
    }
    out->breaks[out->count] = breaks;
    out->offset[out->count] = length;
    return out->count > 0;
}

static bool has_surrogate(const struct break_line *line)
{
    for (size_t i = 0; i < line->count; i++)
        if (line->code_points[i] >= 0xD800 && line->code_points[i] < 0xE000)
            return true;
    return false;
}

/* ---- grapheme clusters -------------------------------------------------------------- */

/* Dingbats that Unicode 17 no longer counts among the pictographs. */
static bool is_former_pictograph(const struct break_line *line, size_t at)
{
    return line->code_points[at] == 0x2701 && at > 0 && line->code_points[at - 1] == 0x200D;
}

static void test_graphemes(void **state)
{
    (void)state;
    FILE *file = shared_open("unicode/GraphemeBreakTest.txt");
    if (!file)
        skip();
    char buffer[4096];
    size_t lines = 0, wrong = 0;
    while (fgets(buffer, sizeof buffer, file)) {
        struct break_line line;
        if (buffer[0] == '#' || !parse_break_line(buffer, &line) || has_surrogate(&line))
            continue;
        lines++;
        bool starts[65] = {false};
        size_t at = 0, i = 0;
        while (at < line.offset[line.count]) {
            while (line.offset[i] < at)
                i++;
            starts[i] = true;
            at += cluster_length(line.text + at, line.offset[line.count] - at);
        }
        for (i = 0; i < line.count; i++)
            if (starts[i] != line.breaks[i]) {
                if (!is_former_pictograph(&line, i)) {
                    wrong++;
                    print_message("%s at %zu\n", buffer, i);
                }
            }
    }
    fclose(file);
    assert_true(lines > 500);
    assert_int_equal(wrong, 0);
}

/* The quick answer is the right one, and so are its promises about boundaries. */
static void test_plain_code_points(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint32_t c = 0; c < 0x110000; c++) {
        int width = cluster_plain_width(c);
        if (width == 0)
            continue;
        int property = uc_graphemeclusterbreak_property(c);
        bool alone = property == GBP_OTHER || property == GBP_LV || property == GBP_LVT;
        if (width != uc_width(c, "UTF-8") || !alone || uc_is_property_extended_pictographic(c))
            fail_msg("U+%04X is not plain", c);
        count++;
    }
    assert_true(count > 40000);
}

/* ---- line breaks -------------------------------------------------------------------- */

static void test_line_breaks(void **state)
{
    (void)state;
    FILE *file = shared_open("unicode/LineBreakTest-every15th.txt");
    if (!file)
        skip();
    char buffer[4096];
    size_t lines = 0, same = 0, library = 0, tailored = 0, paths = 0, wrong = 0;
    while (fgets(buffer, sizeof buffer, file)) {
        struct break_line line;
        if (buffer[0] == '#' || !parse_break_line(buffer, &line) || has_surrogate(&line))
            continue;
        lines++;
        char raw[256], flags[256];
        size_t length = line.offset[line.count];
        u8_possible_linebreaks((const uint8_t *)line.text, length, "UTF-8", raw);
        breaks_standard(line.text, length, flags);
        for (size_t i = 1; i < line.count; i++) {
            size_t at = line.offset[i];
            bool ours = flags[at] && break_is_kept(line.text, length, at);
            bool theirs = raw[at] == UC_BREAK_POSSIBLE;
            if (ours == line.breaks[i])
                same++;
            else if (ours == theirs)
                library++;
            else if (!ours && theirs)
                tailored++;
            else if (i > 0 && line.code_points[i - 1] == ' ' &&
                     (line.code_points[i] == '/' || line.code_points[i] == '.'))
                paths++;
            else
                wrong++;
        }
    }
    fclose(file);
    print_message("%zu lines: %zu as the standard, %zu as the older library, %zu taken back, %zu "
                  "before paths\n",
                  lines, same, library, tailored, paths);
    assert_true(lines > 1000);
    assert_int_equal(wrong, 0);
}

/* ---- width -------------------------------------------------------------------------- */

/* Two columns since Unicode 16; terminals, and the library, have them narrow. */
static bool is_late_wide(uint32_t c)
{
    return (c >= 0x2630 && c <= 0x2637) || (c >= 0x268A && c <= 0x268F) ||
           (c >= 0x4DC0 && c <= 0x4DFF) || (c >= 0x1D300 && c <= 0x1D376);
}

static void check_width(uint32_t code_point, const char *class, size_t *wrong)
{
    int narrow = text_width_code_point(code_point);
    int as_wide = text_width_in_style(code_point, &wide);
    bool private = uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Co);
    bool mark = narrow == 0;
    int expected = class[0] == 'W' || class[0] == 'F' ? 2 : 1;
    int expected_wide = class[0] == 'A' && !private ? 2 : expected;
    if (is_late_wide(code_point))
        expected = expected_wide = 1;
    if (mark) /* whatever has no width has none in any class; which they are is tested elsewhere */
        expected = expected_wide = 0;
    if (narrow != expected || as_wide != expected_wide) {
        if ((*wrong)++ < 20)
            print_message("U+%04X %s: %d, %d\n", code_point, class, narrow, as_wide);
    }
}

static void test_width(void **state)
{
    (void)state;
    FILE *file = shared_open("unicode/EastAsianWidth.txt");
    if (!file)
        skip();
    char buffer[1024];
    size_t ranges = 0, wrong = 0;
    while (fgets(buffer, sizeof buffer, file)) {
        unsigned first, last;
        char class[4];
        if (sscanf(buffer, "%X..%X ; %3[A-Za-z]", &first, &last, class) != 3) {
            if (sscanf(buffer, "%X ; %3[A-Za-z]", &first, class) != 2)
                continue;
            last = first;
        }
        ranges++;
        for (uint32_t c = first; c <= last; c++)
            if (!(c >= 0xD800 && c < 0xE000))
                check_width(c, class, &wrong);
    }
    fclose(file);
    assert_true(ranges > 2000);
    assert_int_equal(wrong, 0);
}

static void test_zero_width(void **state)
{
    (void)state;
    static const uint32_t none[] = {0,      7,      0x1B,   0x7F,   0x85,    0xAD,    0x300,
                                    0x488,  0x5B0,  0x200B, 0x200D, 0x200F,  0x202E,  0x2028,
                                    0x2066, 0xFE0F, 0xFEFF, 0xFFFE, 0xE0041, 0x1FFFF, 0x1160};
    for (size_t i = 0; i < ARRAY_LENGTH(none); i++)
        assert_int_equal(text_width_code_point(none[i]), 0);
    size_t drawn_marks = 0;
    for (uint32_t c = 0xA0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        int width = text_width_code_point(c);
        bool mark = uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
        bool letter = uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                                              UC_CATEGORY_MASK_P);
        if (mark && width != 0)
            fail_msg("U+%04X is a mark of %d columns", c, width);
        if (letter && width == 0 && !(c >= 0x1160 && c < 0x1200) && !(c >= 0xD7B0 && c < 0xD800))
            fail_msg("U+%04X is a letter without a column", c);
        drawn_marks += mark;
    }
    assert_true(drawn_marks > 1500);
}

/* ---- emoji -------------------------------------------------------------------------- */

static void test_emoji(void **state)
{
    (void)state;
    FILE *file = shared_open("unicode/emoji-test.txt");
    if (!file)
        skip();
    char buffer[1024];
    size_t count = 0, joined = 0, whole = 0;
    while (fgets(buffer, sizeof buffer, file)) {
        struct break_line line;
        char *end = strchr(buffer, ';');
        if (buffer[0] == '#' || !end)
            continue;
        *end = '\0';
        if (!parse_break_line(buffer, &line))
            continue;
        size_t length = line.offset[line.count];
        count++;
        whole += cluster_length(line.text, length) == length;
        uint32_t drawn = check_cells(line.text, length, &safe);
        uint32_t together = check_cells(line.text, length, &cluster);
        assert_true(drawn >= 1 && together >= 1 && together <= drawn);
        joined += together < drawn;
    }
    fclose(file);
    print_message("%zu emoji, %zu one cluster, %zu joined into fewer columns\n", count, whole,
                  joined);
    assert_true(count > 4000 && joined > 500);
    assert_int_equal(whole, count);
}

static void test_naughty_strings(void **state)
{
    (void)state;
    FILE *file = shared_open("unicode/blns.txt");
    if (!file)
        skip();
    char buffer[8192];
    size_t count = 0;
    while (fgets(buffer, sizeof buffer, file)) {
        size_t length = strcspn(buffer, "\n");
        check_cells(buffer, length, &safe);
        check_cells(buffer, length, &cluster);
        check_cells(buffer, length, &wide);
        count++;
    }
    fclose(file);
    assert_true(count > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graphemes),         cmocka_unit_test(test_line_breaks),
        cmocka_unit_test(test_plain_code_points), cmocka_unit_test(test_width),
        cmocka_unit_test(test_zero_width),        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_naughty_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
