/* Cells and clusters: known ones, and what holds for bytes of any kind. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "../../src/layout/clusters.h"
#include "cells.h"
#include "hearsay/layout.h"

static const struct text_style safe, cluster = {.emoji_cluster = true},
                                     wide = {.ambiguous_wide = true};

/* Bytes of any kind: the last check before the screen holds even for what is no text. */
static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t seed = 3;
    char bytes[64];
    for (int i = 0; i < 50000; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint32_t number = (uint32_t)(seed >> 33);
            static const char often[] = "\xF0\x9F\x91\x8D\xE2\x80\xCC\xAD\xC2 \x1B\x9B";
            bytes[k] = number % 3 ? often[number / 3 % (sizeof often - 1)] : (char)(number / 3);
        }
        size_t length = 1 + (size_t)(seed >> 40) % sizeof bytes;
        uint32_t sum = check_cells(bytes, length, i % 2 ? &safe : &cluster), used;
        size_t fits = text_fit(bytes, length, sum / 2, i % 2 ? &safe : &cluster, &used);
        assert_true(fits <= length && used <= sum / 2);
    }
}

/* The cells of `text` as "[41 301]" each, with "=" after one of two columns. */
static const char *cells(const char *text, const struct text_style *style)
{
    static char out[512];
    size_t length = strlen(text), used = 0;
    out[0] = '\0';
    for (size_t at = 0; at < length;) {
        struct text_cell cell;
        at += text_cell(text + at, length - at, style, &cell);
        for (size_t i = 0; i < cell.count; i++)
            used += (size_t)snprintf(out + used, sizeof out - used, "%s%X", i ? " " : "[",
                                     cell.code_points[i]);
        if (cell.count > 0)
            used += (size_t)snprintf(out + used, sizeof out - used, "]%s",
                                     cell.columns == 2 ? "=" : "");
    }
    return out;
}

static void test_known_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text, *safe, *cluster;
    } cases[] = {
        {"ab", "[61][62]", "[61][62]"},
        {"e\u0301x", "[65 301][78]", "[65 301][78]"},
        {"\u0301x", "[25CC 301][78]", "[25CC 301][78]"}, /* a mark alone */
        {"a\u0301\u0302\u0303\u0304\u0305\u0306", "[61 301 302 303 304]", "[61 301 302 303 304]"},
        {"\u304B\u309A", "[304B 309A]=", "[304B 309A]="},
        {"\u0915\u0940", "[915][940]", "[915][940]"}, /* a vowel sign with its own column */
        {"\u0915\u094D\u0937", "[915 94D][937]", "[915 94D][937]"},
        {"\u1112\u1161\u11AB", "[1112 1161 11AB]=", "[1112 1161 11AB]="},
        {"\U0001F468\u200D\U0001F469", "[1F468]=[1F469]=", "[1F468 200D 1F469]="},
        {"\U0001F44D\U0001F3FD", "[1F44D]=", "[1F44D 1F3FD]="},
        {"a\U0001F3FD", "[61][1F3FD]=", "[61][1F3FD]="},
        {"\u2764\uFE0F", "[2764]", "[2764]"},
        {"\U0001F600\uFE0F", "[1F600]=", "[1F600]="},
        {"\U0001F469\u200D\u2764\uFE0F\u200D\U0001F468",
         "[1F469]=[2764][1F468]=", "[1F469 200D 2764 200D 1F468]="},
        {"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
         "[1F468]=[1F469]=[1F467]=[1F466]=", "[1F468]=[1F469 200D 1F467 200D 1F466]="},
        {"\U0001F600\u200D", "[1F600]=", "[1F600]="}, /* nothing to join */
        {"\U0001F1E9\U0001F1EA", "[1F1E9][1F1EA]", "[1F1E9][1F1EA]"},
        {"1\uFE0F\u20E3", "[31 20E3]", "[31 20E3]"},
        {"a\u00ADb\u200Bc\u2060", "[61][62][63]", "[61][62][63]"},
        {"\u0600"
         "5",
         "[35]", "[35]"},
        {"\x1B[1m\x7F\xC2\x85\u202Ex", "[5B][31][6D][78]", "[5B][31][6D][78]"},
        {"\xFF\xC3", "[FFFD][FFFD]", "[FFFD][FFFD]"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_string_equal(cells(cases[i].text, &safe), cases[i].safe);
        assert_string_equal(cells(cases[i].text, &cluster), cases[i].cluster);
    }
}

/* A joiner holds pictographs together only right after one. */
static void test_known_clusters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t first;
    } cases[] = {
        {"\U0001F469\u200D\U0001F680", 11},
        {"\U0001F469\u0903\u200D\U0001F680", 10},
        {"a\u200D\U0001F680", 4},
        {"\U0001F1E9\U0001F1EA\U0001F1E9", 8},
        {"\u0915\u094D\u0937x", 9}, /* a conjunct: one cluster, two cells */
        {"\u0915\u094D\u200C\u0937", 9},
        {"\u0915\u093C\u0937", 6},
        {"\r\n", 2},
        {"ab", 1},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(cluster_length(cases[i].text, strlen(cases[i].text)), cases[i].first);
}

static void test_fit(void **state)
{
    (void)state;
    uint32_t used;
    assert_int_equal(text_fit("abc", 3, 2, &safe, &used), 2);
    assert_int_equal(used, 2);
    assert_int_equal(text_fit("\u6F22\u5B57", 6, 3, &safe, &used), 3);
    assert_int_equal(used, 2);
    assert_int_equal(text_fit("\U0001F1E9\U0001F1EA", 8, 1, &safe, &used), 0);
    assert_int_equal(text_columns("\u6F22a\u0301", 6, &safe), 3);
    assert_int_equal(text_columns("\u03B1\u2014", 5, &safe), 2);
    assert_int_equal(text_columns("\u03B1\u2014", 5, &wide), 4);
}

static void check_window(uint32_t from, uint32_t columns, size_t start, size_t end, uint32_t blanks)
{
    static const char text[] = "ab\u6F22\u5B57cde\u0301f"; /* 2 + 4 + 4 columns, 14 bytes */
    struct text_window window = text_window(text, sizeof text - 1, from, columns, &safe);
    assert_int_equal(window.start, start);
    assert_int_equal(window.end, end);
    assert_int_equal(window.blanks, blanks);
}

static void test_window(void **state)
{
    (void)state;
    check_window(0, 80, 0, 14, 0);
    check_window(1, 3, 1, 5, 0);
    check_window(1, 2, 1, 2, 0);
    check_window(3, 4, 5, 9, 1); /* the left edge goes through a character */
    check_window(3, 1, 5, 5, 1);
    check_window(3, 0, 5, 5, 0);
    check_window(8, 1, 10, 13, 0);
    check_window(99, 5, 14, 14, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_bytes),   cmocka_unit_test(test_known_cells),
        cmocka_unit_test(test_known_clusters), cmocka_unit_test(test_fit),
        cmocka_unit_test(test_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
