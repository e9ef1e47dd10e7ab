/* JSON Lines in, findings out; and what comes of lines that are none. */
#include "helpers.h"

#include <yajl/yajl_tree.h>

struct outcome {
    char *out;
    bool good;
    struct error error;
};

static struct outcome run(const char *lines, size_t length)
{
    struct outcome outcome = {.error = {""}};
    size_t size = 0;
    FILE *in = fmemopen((void *)(uintptr_t)lines, length, "r");
    FILE *out = open_memstream(&outcome.out, &size);
    assert_non_null(in);
    assert_non_null(out);
    outcome.good = export_annotate(in, out, &outcome.error);
    fclose(in);
    fclose(out);
    return outcome;
}

static void assert_out(const char *lines, const char *expected)
{
    struct outcome outcome = run(lines, strlen(lines));
    assert_string_equal(outcome.error.message, "");
    assert_true(outcome.good);
    assert_string_equal(outcome.out, expected);
    free(outcome.out);
}

static void assert_refused(const char *lines, size_t length, const char *message)
{
    struct outcome outcome = run(lines, length);
    assert_false(outcome.good);
    assert_non_null(strstr(outcome.error.message, message));
    assert_null(strchr(outcome.error.message, '\n'));
    free(outcome.out);
}

#define NOTHING "\"entities\":[],\"quotes\":[]}\n"

static void test_id_is_echoed(void **state)
{
    (void)state;
    assert_out("{\"id\": \"a\\\"\\u00e9\", \"text\": \"\"}\n", "{\"id\":\"a\\\"é\"," NOTHING);
    assert_out("{\"text\": \"\", \"id\": 123456789012345678901234567890}",
               "{\"id\":123456789012345678901234567890," NOTHING);
    assert_out("{\"id\": -1.5e400, \"text\": \"\"}", "{\"id\":-1.5e400," NOTHING);
    assert_out("{\"text\": \"\"}", "{\"id\":null," NOTHING);
    assert_out("{\"id\": [\"x\"], \"text\": \"\"}", "{\"id\":null," NOTHING);
    assert_out("{\"id\": true, \"text\": \"\"}", "{\"id\":null," NOTHING);
}

static void test_other_members_are_passed_over(void **state)
{
    (void)state;
    assert_out("{\"meta\": {\"id\": 7, \"text\": 8}, \"id\": 1, \"x\": [{\"text\": 1}, \"y\"],"
               " \"text\": \"\", \"n\": 1e99999, \"quotes\": [{\"id\": 3}]}\n",
               "{\"id\":1," NOTHING);
}

static void test_lines_are_documents(void **state)
{
    (void)state;
    assert_out("\xEF\xBB\xBF{\"id\":1,\"text\":\"\"}\r\n\n  \n{\"id\":2,\"text\":\"\"}\n"
               "{\"id\":3,\"text\":\"\"}",
               "{\"id\":1," NOTHING "{\"id\":2," NOTHING "{\"id\":3," NOTHING);
    struct outcome outcome = run("", 0);
    assert_true(outcome.good);
    free(outcome.out);
}

static void test_bad_lines_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *message;
    } cases[] = {
        {"{\"id\":1,\"text\":\"\"}\n{\"id\":", "line 2 is no JSON object"},
        {"\n\nnonsense\n", "line 3 is no JSON object"},
        {"[]", "line 1 is no JSON object"},
        {"\"text\"", "line 1 is no JSON object"},
        {"{\"text\":\"\"} {\"text\":\"\"}", "line 1 is no JSON object"},
        {"{\"text\":\"\\x\"}", "line 1 is no JSON object"},
        {"{\"text\":\"\\ud83", "line 1 is no JSON object"},
        {"{\"text\":\"\\", "line 1 is no JSON object"},
        {"{\"id\":1}", "line 1 has no 'text'"},
        {"{\"text\":null}", "line 1 has no 'text'"},
        {"{\"text\":\"a\",\"text\":[\"b\"]}", "line 1 has no 'text'"},
        {"[{\"text\":\"a\"}]", "line 1 is no JSON object"},
        {"{\"text\":\"\xff\"}", "line 1 is not valid UTF-8"},
        {"{\"text\":\"\xed\xa0\x80\"}", "line 1 is not valid UTF-8"},
        {"{\"text\":\"\xc0\xaf\"}", "line 1 is not valid UTF-8"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++)
        assert_refused(cases[at].lines, strlen(cases[at].lines), cases[at].message);
    static const char zero[] = "{\"text\":\"a\0b\"}\n";
    assert_refused(zero, sizeof zero - 1, "line 1 is no JSON object");
}

static void test_lines_before_a_bad_one_are_done(void **state)
{
    (void)state;
    static const char lines[] = "{\"id\":1,\"text\":\"\"}\n{";
    struct outcome outcome = run(lines, sizeof lines - 1);
    assert_false(outcome.good);
    assert_string_equal(outcome.out, "{\"id\":1," NOTHING);
    free(outcome.out);
}

static yajl_val member(yajl_val object, const char *key)
{
    const char *path[] = {key, NULL};
    yajl_val value = yajl_tree_get(object, path, yajl_t_any);
    assert_non_null(value);
    return value;
}

/* The first direct quote's span and text of one document. */
static void assert_quote(const char *line, long long start, long long end, const char *words)
{
    struct outcome outcome = run(line, strlen(line));
    assert_string_equal(outcome.error.message, "");
    yajl_val tree = yajl_tree_parse(outcome.out, NULL, 0);
    assert_non_null(tree);
    yajl_val quotes = member(tree, "quotes");
    assert_int_equal(quotes->u.array.len, 1);
    yajl_val quote = quotes->u.array.values[0];
    const char *in[] = {"in", NULL};
    assert_null(yajl_tree_get(quote, in, yajl_t_any));
    yajl_val span = member(quote, "spans")->u.array.values[0];
    assert_int_equal(YAJL_GET_INTEGER(span->u.array.values[0]), start);
    assert_int_equal(YAJL_GET_INTEGER(span->u.array.values[1]), end);
    assert_string_equal(YAJL_GET_STRING(member(quote, "text")), words);
    yajl_tree_free(tree);
    free(outcome.out);
}

/* Offsets count the text as it stands: controls, and what surrogates became, are one each. */
static void test_offsets_count_code_points(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "",         "\\u00c5\\u65e5 ", "\xF0\x9F\x98\x80 ", "\\ud83d\\ude00 ", "\\ud83d ",
        "\\ude00 ", "\\u0001\\u0007 ", "\\r\\n\\t",         "\\\\ud83d ",
    };
    static const unsigned points[] = {0, 3, 2, 2, 2, 2, 3, 3, 7};
    for (size_t at = 0; at < ARRAY_LENGTH(heads); at++) {
        struct buffer line = {0};
        buffer_printf(&line,
                      "{\"text\": \"%s\\\"We have no boat at all,\\\" Ines Okafor said on "
                      "Monday.\"}\n",
                      heads[at]);
        assert_quote(buffer_string(&line), points[at] + 1, points[at] + 24,
                     "We have no boat at all,");
        buffer_release(&line);
    }
}

static void test_surrogates_without_a_partner_are_replaced(void **state)
{
    (void)state;
    static const char *const lone[] = {"\\ud83d", "\\uDE00", "\\uD83D\\u0041", "\\ud83dx",
                                       "\\ud83d\\n"};
    static const char *const mended[] = {"\xEF\xBF\xBD", "\xEF\xBF\xBD", "�A", "\xEF\xBF\xBDx",
                                         "\xEF\xBF\xBD\\n"};
    for (size_t at = 0; at < ARRAY_LENGTH(lone); at++) {
        struct buffer line = {0}, expected = {0};
        buffer_printf(&line, "{\"id\": \"%s\", \"text\": \"\"}", lone[at]);
        buffer_printf(&expected, "{\"id\":\"%s\"," NOTHING, mended[at]);
        assert_out(buffer_string(&line), buffer_string(&expected));
        buffer_release(&line);
        buffer_release(&expected);
    }
}

static void test_deep_nesting_is_passed_over(void **state)
{
    (void)state;
    struct buffer line = {0};
    buffer_adds(&line, "{\"id\":1,\"x\":");
    for (int at = 0; at < 100000; at++)
        buffer_addc(&line, '[');
    for (int at = 0; at < 100000; at++)
        buffer_addc(&line, ']');
    buffer_adds(&line, ",\"text\":\"\"}");
    assert_out(buffer_string(&line), "{\"id\":1," NOTHING);
    buffer_release(&line);
}

static void test_many_documents(void **state)
{
    (void)state;
    struct buffer lines = {0};
    for (int at = 0; at < 3000; at++)
        buffer_printf(&lines, "{\"id\":%d,\"text\":\"\\\"No,\\\" said Ines Okafor.\"}\n", at);
    struct outcome outcome = run(buffer_string(&lines), lines.length);
    assert_true(outcome.good);
    size_t count = 0;
    for (const char *at = outcome.out; (at = strchr(at, '\n')) != NULL; at++)
        count++;
    assert_int_equal(count, 3000);
    assert_non_null(strstr(outcome.out, "\n{\"id\":2999,\"entities\":[{"));
    free(outcome.out);
    buffer_release(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_id_is_echoed),
        cmocka_unit_test(test_other_members_are_passed_over),
        cmocka_unit_test(test_lines_are_documents),
        cmocka_unit_test(test_bad_lines_are_named),
        cmocka_unit_test(test_lines_before_a_bad_one_are_done),
        cmocka_unit_test(test_offsets_count_code_points),
        cmocka_unit_test(test_surrogates_without_a_partner_are_replaced),
        cmocka_unit_test(test_deep_nesting_is_passed_over),
        cmocka_unit_test(test_many_documents),
    };
    return cmocka_run_group_tests_name("export/annotate", tests, NULL, NULL);
}
