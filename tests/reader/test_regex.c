/* Regular expressions: what they find, what is said of bad ones, and that none hangs. */
#include "test.h"

#include "../../src/reader/internal.h"

#include <stdlib.h>
#include <string.h>

static enum regex_answer find(const char *pattern, const char *text, struct range *hit)
{
    struct error error = {""};
    struct regex *regex = regex_new(pattern, regex_has_capital(pattern) == false, &error);
    assert_non_null(regex);
    uint32_t length = (uint32_t)strlen(text);
    enum regex_answer answer = regex_find(regex, text, (struct range){0, length}, length, hit);
    regex_free(regex);
    return answer;
}

static void assert_found(const char *pattern, const char *text, uint32_t start, uint32_t end)
{
    struct range hit = {0, 0};
    assert_int_equal(find(pattern, text, &hit), REGEX_FOUND);
    assert_int_equal(hit.start, start);
    assert_int_equal(hit.end, end);
}

static void assert_missed(const char *pattern, const char *text)
{
    struct range hit;
    assert_int_equal(find(pattern, text, &hit), REGEX_NONE);
}

static void test_hits_are_bytes_of_the_text(void **state)
{
    (void)state;
    assert_found("qu+ay", "the old quay", 8, 12);
    assert_found("caf.\\b", "das Caf\xC3\xA9!", 4, 9);
    assert_found("^two$", "one\ntwo\nthree", 4, 7);
    assert_missed("one.two", "one\ntwo");
    assert_missed("x*", "nothing empty is a hit");
}

static void test_capitals_matter_where_there_are_some(void **state)
{
    (void)state;
    assert_found("quay", "QUAY", 0, 4);
    assert_missed("Quay", "QUAY");
    assert_found("\\Wquay", "-QUAY", 0, 5);
    assert_found("\xC3\xA9t\xC3\xA9", "\xC3\x89T\xC3\x89", 0, 5);
}

static void test_hits_start_within_the_range_and_end_before_the_limit(void **state)
{
    (void)state;
    const char *text = "abc abc abc";
    struct range hit;
    struct regex *regex = regex_new("abc", true, NULL);
    assert_int_equal(regex_find(regex, text, (struct range){1, 5}, 11, &hit), REGEX_FOUND);
    assert_int_equal(hit.start, 4);
    assert_int_equal(regex_find(regex, text, (struct range){1, 4}, 11, &hit), REGEX_NONE);
    assert_int_equal(regex_find(regex, text, (struct range){1, 5}, 6, &hit), REGEX_NONE);
    assert_int_equal(regex_find(regex, text, (struct range){4, 4}, 11, &hit), REGEX_NONE);
    regex_free(regex);
}

static void test_a_bad_pattern_is_told_with_its_place(void **state)
{
    (void)state;
    struct error error;
    assert_null(regex_new("\xC3\xA9(", true, &error));
    assert_string_equal(error.message,
                        "missing closing parenthesis, at character 3 of '\xC3\xA9('");
    assert_null(regex_new("[a-", true, &error));
    assert_null(regex_new("((a{9999}){9999}){9999}", true, &error));
    char deep[1001];
    memset(deep, '(', 500);
    memset(deep + 500, ')', 500);
    deep[1000] = '\0';
    assert_null(regex_new(deep, true, &error));
}

/* Each would take longer than the world is old. */
static void test_what_never_ends_is_too_hard(void **state)
{
    (void)state;
    static const char *const patterns[] = {"(a+)+$", "(a|aa)+$", "(.*)*x", "(a?){30}a{30}b",
                                           "^(([a-z])+.)+[A-Z]([a-z])+$"};
    char text[61];
    struct range hit;
    memset(text, 'a', 60);
    strcpy(text + 59, "!");
    for (size_t at = 0; at < ARRAY_LENGTH(patterns); at++)
        assert_int_not_equal(find(patterns[at], text, &hit), REGEX_FOUND);
    assert_int_equal(find("(a+)+$", text, &hit), REGEX_TOO_HARD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hits_are_bytes_of_the_text),
        cmocka_unit_test(test_capitals_matter_where_there_are_some),
        cmocka_unit_test(test_hits_start_within_the_range_and_end_before_the_limit),
        cmocka_unit_test(test_a_bad_pattern_is_told_with_its_place),
        cmocka_unit_test(test_what_never_ends_is_too_hard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
