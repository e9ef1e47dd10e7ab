/* Wrapping: known rows, and what holds for any text. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/layout/breaks.h"
#include "../../src/layout/rows.h"
#include "hearsay/layout.h"

static const struct text_style plain, joined = {.emoji_cluster = true},
                                      wide = {.ambiguous_wide = true};

static struct row_list wrap_in(const struct text_style *style, const char *text, size_t length,
                               uint32_t columns, bool no_shortcut)
{
    static char flags[PIECE_LONGEST];
    struct row_list rows = {0};
    struct wrapping wrapping = {.text = text,
                                .piece = {0, (uint32_t)length},
                                .style = style,
                                .columns = columns,
                                .no_shortcut = no_shortcut};
    rows_wrap(&rows, &wrapping, flags);
    return rows;
}

static struct row_list wrap(const char *text, size_t length, uint32_t columns, bool no_shortcut)
{
    return wrap_in(&plain, text, length, columns, no_shortcut);
}

/* The rows of `text`, joined by "|", a visible soft hyphen as "-". */
static const char *wrapped(const char *text, uint32_t columns)
{
    static char out[4096];
    struct row_list rows = wrap(text, strlen(text), columns, false);
    size_t length = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct layout_row *row = &rows.items[i];
        length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s%s", i ? "|" : "",
                                   (int)(row->end - row->start), text + row->start,
                                   row->hyphen ? "-" : "");
    }
    vector_release(&rows);
    return out;
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(wrapped("", 10), "");
    assert_string_equal(wrapped("one two three", 7), "one two|three");
    assert_string_equal(wrapped("one two three", 8), "one two|three");
    assert_string_equal(wrapped("one two three", 6), "one|two|three");
    assert_string_equal(wrapped("one two three", 13), "one two three");
    assert_string_equal(wrapped("abcdefghij kl", 4), "abcd|efgh|ij|kl");
    assert_string_equal(wrapped("abc", 1), "a|b|c");
    assert_string_equal(wrapped("one\ntwo\n\nthree", 20), "one|two||three");
    assert_string_equal(wrapped("one      two", 5), "one|two");
}

static void test_tailoring(void **state)
{
    (void)state;
    assert_string_equal(wrapped("the U.S. and", 6), "the|U.S.|and");
    assert_string_equal(wrapped("in C++ or e.g. Go", 5), "in|C++|or|e.g.|Go");
    assert_string_equal(wrapped("see example.com now", 12), "see|example.com|now");
    assert_string_equal(wrapped("and/or well-known", 6), "and/or|well-|known");
    assert_string_equal(wrapped("use --long-name here", 9), "use|--long-|name here");
    assert_string_equal(wrapped("http://example.org/some/path", 20),
                        "http://example.org/|some/path");
    assert_string_equal(wrapped("see /etc/hosts or .NET", 10), "see /etc/|hosts or|.NET");
    assert_string_equal(wrapped("see /etc\u2019 or .NET", 6), "see|/etc\u2019|or|.NET");
    assert_string_equal(wrapped("word\u2014word\u2014word", 6), "word\u2014|word\u2014|word");
    assert_string_equal(wrapped("\u201cQuoted,\u201d he said", 10), "\u201cQuoted,\u201d|he said");
}

/* Thai has no rules in the standard, but vowels stay with their consonants. */
static void test_unspaced(void **state)
{
    (void)state;
    assert_string_equal(wrapped("\u0E01\u0E02\u0E03\u0E04", 3), "\u0E01\u0E02\u0E03|\u0E04");
    assert_string_equal(wrapped("\u0E01\u0E02\u0E40\u0E04", 3), "\u0E01\u0E02|\u0E40\u0E04");
    assert_string_equal(wrapped("\u0E01\u0E02\u0E03\u0E30", 3), "\u0E01\u0E02|\u0E03\u0E30");
    assert_string_equal(wrapped("ab \u0E01\u0E02\u0E03\u0E04", 6), "ab \u0E01\u0E02\u0E03|\u0E04");
}

static void test_second_choices(void **state)
{
    (void)state;
    assert_string_equal(wrapped("a some_long_name", 12), "a some_long_|name");
    assert_string_equal(wrapped("a good row some_long_name", 16), "a good row|some_long_name");
    assert_string_equal(wrapped("\u00E9 some_long_name", 12), "\u00E9 some_long_|name");
}

/* ---- ASCII: the table against the library ------------------------------------------- */

static void check_ascii_breaks(const char *line, size_t length)
{
    char flags[64];
    breaks_standard(line, length, flags);
    for (size_t at = 1; at < length; at++) {
        bool slow = flags[at] && break_is_kept(line, length, at);
        if (slow != break_in_ascii(line, length, at))
            fail_msg("'%.*s' at %zu: the library says %d", (int)length, line, at, slow);
    }
}

static void test_ascii_triples(void **state)
{
    (void)state;
    char line[3];
    for (line[0] = ' '; line[0] < 0x7F; line[0]++)
        for (line[1] = ' '; line[1] < 0x7F; line[1]++)
            for (line[2] = ' '; line[2] < 0x7F; line[2]++)
                check_ascii_breaks(line, 3);
}

/* A small generator of our own: the same numbers everywhere. */
static uint32_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static size_t random_ascii(uint64_t *seed, char *line, size_t room)
{
    static const char odd[] = "   --//??&=.,:;!()[]{}\"'$%+|09ab ";
    size_t length = random_next(seed) % room;
    bool odd_only = random_next(seed) % 2;
    for (size_t i = 0; i < length; i++) {
        uint32_t number = random_next(seed);
        line[i] = odd_only || number % 8 == 0 ? odd[number / 8 % (sizeof odd - 1)]
                  : number % 5 == 0           ? ' '
                                              : (char)('a' + number / 8 % 26);
    }
    return length;
}

static void check_same_rows(const char *line, size_t length, uint32_t columns)
{
    struct row_list quick = wrap(line, length, columns, false);
    struct row_list slow = wrap(line, length, columns, true);
    bool same = quick.count == slow.count;
    for (size_t i = 0; same && i < quick.count; i++)
        same =
            quick.items[i].start == slow.items[i].start && quick.items[i].end == slow.items[i].end;
    if (!same)
        fail_msg("%u columns: '%.*s'", columns, (int)length, line);
    vector_release(&quick);
    vector_release(&slow);
}

static void test_ascii_random(void **state)
{
    (void)state;
    uint64_t seed = 1;
    char line[200];
    for (int i = 0; i < 20000; i++) {
        size_t length = random_ascii(&seed, line, i % 2 ? 60 : sizeof line);
        if (length < 60)
            check_ascii_breaks(line, length);
        check_same_rows(line, length, 1 + random_next(&seed) % 50);
    }
}

/* ---- what holds for any text -------------------------------------------------------- */

static uint32_t random_code_point(uint64_t *seed)
{
    static const uint32_t odd[] = {
        ' ',    ' ',     ' ',     '-',    '/',     '.',     0xAD,   0x200B, 0x200D,
        0xFE0F, 0x301,   0x93F,   0x915,  0x94D,   0x940,   0x1100, 0x1161, 0x11A8,
        0xAC00, 0x1F468, 0x1F3FD, 0x2764, 0x1F1E9, 0x1F1EA, 0x4E2D, 0x3002, 0x300C,
        0xE01,  0xE33,   0xE40,   0x2014, 0x201C,  0x201D,  0xA0,   0x2060, 0x5D0,
        0x627,  0x600,   0x20E3,  '\n',   0x3000,  0x2003,  0xF0B,  0x1E3,  0x10FFFD};
    uint32_t number = random_next(seed);
    switch (number % 4) {
    case 0:
        return odd[number / 4 % ARRAY_LENGTH(odd)];
    case 1:
        return 'a' + number / 4 % 26;
    case 2:
        return 0x4E00 + number / 4 % 500;
    default:
        number = number / 4 % 0x3400;
        return number < 0x20 || (number >= 0x7F && number < 0xA0) ? ' ' : number;
    }
}

static size_t random_text(uint64_t *seed, char *text, size_t points)
{
    size_t length = 0, count = random_next(seed) % points;
    uint32_t again = random_next(seed) % 4, code_point = 'a';
    for (size_t i = 0; i < count; i++) {
        if (again == 0 ? random_next(seed) % 8 == 0 : 1) /* now and then long runs of the same */
            code_point = random_code_point(seed);
        length += utf8_encode(code_point, text + length);
    }
    return length;
}

static bool only_blanks(const char *text, uint32_t start, uint32_t end)
{
    while (start < end) {
        uint32_t code_point;
        start += (uint32_t)utf8_decode(text + start, end - start, &code_point);
        if (!break_is_blank(code_point) && code_point != '\n')
            return false;
    }
    return true;
}

/* Columns of the cluster that byte `at` lies within, clusters counted from `from`; 0: none, one
 * begins there. */
static unsigned cluster_cut_at(const struct text_style *style, const char *text, uint32_t from,
                               uint32_t at, size_t length)
{
    unsigned columns = 0;
    while (from < at)
        from += (uint32_t)text_grapheme(text + from, length - from, style, &columns);
    return from == at ? 0 : columns;
}

static void check_rows(const struct text_style *style, const char *text, size_t length,
                       uint32_t columns)
{
    struct row_list rows = wrap_in(style, text, length, columns, false);
    uint32_t last = 0;
    assert_true(rows.count > 0);
    for (size_t i = 0; i < rows.count; i++) {
        const struct layout_row *row = &rows.items[i];
        size_t size = row->end - row->start;
        uint32_t used = text_columns(text + row->start, size, style) + row->hyphen;
        unsigned first = 0;
        assert_true(row->start >= last && row->end >= row->start && row->end <= length);
        assert_true(only_blanks(text, last, row->start));
        if (size > 0 && used > columns) { /* only a single cell may stand out */
            assert_int_equal(text_cluster(text + row->start, size, style, &first), size);
            assert_int_equal(columns, 1);
        }
        if (i > 0) {
            unsigned cut = cluster_cut_at(style, text, rows.items[i - 1].start, row->start, length);
            assert_true(cut == 0 || cut > columns);
        }
        assert_null(memchr(text + row->start, '\n', size));
        last = row->end;
    }
    assert_true(only_blanks(text, last, (uint32_t)length));
    vector_release(&rows);
}

static void test_any_text(void **state)
{
    (void)state;
    uint64_t seed = 7;
    char text[4 * 300];
    for (int i = 0; i < 20000; i++) {
        size_t length = random_text(&seed, text, i % 2 ? 40 : 300);
        const struct text_style *style = i % 5 < 3 ? &plain : i % 5 == 3 ? &joined : &wide;
        check_rows(style, text, length, 1 + random_next(&seed) % (i % 3 ? 12 : 90));
    }
}

/* Not text at all: nothing is read outside, and it ends. */
static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 5000; i++) {
        size_t length = random_next(&seed) % 100;
        char *bytes = malloc(length + 1); /* of its own, so that a sanitizer sees the ends */
        for (size_t k = 0; k < length; k++)
            bytes[k] = (char)random_next(&seed);
        bytes[length] = '\0';
        struct row_list rows = wrap(bytes, length, 1 + (uint32_t)i % 20, false);
        assert_true(rows.count > 0 && rows.items[rows.count - 1].end <= length);
        vector_release(&rows);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),         cmocka_unit_test(test_tailoring),
        cmocka_unit_test(test_unspaced),      cmocka_unit_test(test_second_choices),
        cmocka_unit_test(test_ascii_triples), cmocka_unit_test(test_ascii_random),
        cmocka_unit_test(test_any_text),      cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
