/* Patterns as vim has them behind "\v", said in the words of PCRE2. */
#include "test.h"

#include <string.h>

#include "../../src/reader/internal.h"

static void test_what_vim_says_otherwise(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"<quay>", "\\b(?=\\w)quay\\b(?<=\\w)"},
        {"\\<quay\\>", "\\b(?=\\w)quay\\b(?<=\\w)"},
        {"colou=r", "colou?r"},
        {"%(ab|cd)=e", "(?:ab|cd)?e"},
        {"a{2}b{,3}c{-1,2}d{-}e{}", "a{2}b{0,3}c{1,2}?d*?e*"},
        {"quay\\zswall", "quay\\Kwall"},
        {"\\u\\l\\a\\_s\\_.", "\\p{Lu}\\p{Ll}\\p{L}\\s(?s:.)"},
        {"Quay\\c", "(?i)Quay"},
        {"\\Cquay", "(?-i)quay"},
        {"\\\\cat[\\c]", "\\\\cat[\\c]"}, /* neither says anything of case */
    };
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        struct buffer out = {0};
        very_magic(rows[at][0], &out);
        assert_string_equal(buffer_string(&out), rows[at][1]);
        buffer_release(&out);
    }
}

static void test_what_pcre2_says_stays(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "=",
        "(=|=)",
        "[<>=]+",
        "[^]<]x",
        "[[:alpha:]<]",
        "[\\]<]",
        "(?<=a)b(?<!c)d",
        "(?<year>\\d+)-\\k<year>",
        "(?>ab)c",
        "(?P<n>a)(?P>n)",
        "(?i:a)(?i)b(?|a|b)",
        "\\p{Lu}\\x{3c}\\g{-1}",
        "\\Q<a>=\\E",
        "(*UCP)a",
        "\\d{2,3}\\=\\\\",
        "[open",
        "(?",
        "\\",
        "(*",
    };
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        struct buffer out = {0};
        very_magic(rows[at], &out);
        assert_string_equal(buffer_string(&out), rows[at]);
        buffer_release(&out);
    }
}

/* Only behind "\v": where the setting makes all patterns regular, they are PCRE2's. */
static void test_words_are_found_whole(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        bool regex;
        uint32_t at;
    } rows[] = {{"\\v<sea>", false, 12},
                {"\\vsea>", false, 4},
                {"\\v<a", false, 8},
                {"<sea>", true, 19},
                {"<sea>", false, 19}};
    const char text[] = "oversea and sea or <sea>";
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        struct match_pattern pattern = {0};
        struct range hit = {UINT32_MAX, 0}, all = {0, sizeof text - 1};
        struct error error;
        assert_true(match_compile(&pattern, rows[at].pattern,
                                  (struct match_rules){SETTING_CASE_SMART, rows[at].regex},
                                  &error));
        match_forward(&pattern, text, all, sizeof text - 1, &hit);
        assert_int_equal(hit.start, rows[at].at);
        match_release(&pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_vim_says_otherwise),
        cmocka_unit_test(test_what_pcre2_says_stays),
        cmocka_unit_test(test_words_are_found_whole),
    };
    return cmocka_run_group_tests_name("very magic", tests, NULL, NULL);
}
