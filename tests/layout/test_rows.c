/* Wrapping: known rows, and what holds for any text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/layout/breaks.h"
#include "../../src/layout/rows.h"
#include "hearsay/layout.h"

static const struct text_style plain;

static struct row_list wrap(const char *text, size_t length, uint32_t columns, bool no_shortcut)
{
    static char flags[PIECE_LONGEST];
    struct row_list rows = {0};
    struct wrapping wrapping = {.text = text,
                                .piece = {0, (uint32_t)length},
                                .style = &plain,
                                .columns = columns,
                                .no_shortcut = no_shortcut};
    rows_wrap(&rows, &wrapping, flags);
    return rows;
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
    assert_string_equal(wrapped("word\u2014word\u2014word", 6), "word\u2014|word\u2014|word");
    assert_string_equal(wrapped("\u201cQuoted,\u201d he said", 10), "\u201cQuoted,\u201d|he said");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_tailoring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
