/* Ini files: what is read, what is refused, and that a bad line costs only itself. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

#include "hearsay/config.h"

/* "section.key=value@line;" for every entry, then "| line: message" for every problem. */
static char *story(const char *bytes, size_t length)
{
    struct buffer out = {0};
    struct problems problems = {0};
    struct ini *ini = ini_read_memory("f", bytes, length, &problems);
    for (size_t i = 0; i < ini->count; i++) {
        buffer_printf(&out, "%s.%s=%s@%u%s;", ini->entries[i].section, ini->entries[i].key,
                      ini->entries[i].value, (unsigned)ini->entries[i].line,
                      ini->entries[i].cut ? "cut" : "");
    }
    for (size_t i = 0; i < problems.count; i++) {
        buffer_adds(&out, "|");
        problem_write(&problems.items[i], &out);
    }
    problems_release(&problems);
    ini_free(ini);
    return buffer_detach(&out);
}

static void expect_bytes(const char *bytes, size_t length, const char *wanted)
{
    char *got = story(bytes, length);
    assert_string_equal(got, wanted);
    free(got);
}

static void expect(const char *text, const char *wanted)
{
    expect_bytes(text, strlen(text), wanted);
}

static void test_good_lines(void **state)
{
    (void)state;
    expect("", "");
    expect("\n\n# comment\n; comment\n", "");
    expect("[a]\nb = c\n", "a.b=c@2;");
    expect("[a]\nb=c", "a.b=c@2;");
    expect("  [ a ]  # why\n\tb  =   c d  \t\n", "a.b=c d@2;");
    expect("[a]\nb = \"c # d ; ' = x\" # comment\n", "a.b=c # d ; ' = x@2;");
    expect("[a]\nb = 'say \"no\"'\n", "a.b=say \"no\"@2;");
    expect("[a]\nb = \"\"\nc = ''\nd =\n", "a.b=@2;a.c=@3;a.d=@4;");
    expect("[a]\nb = \"  two  \"\n", "a.b=  two  @2;");
    expect("[A.B]\nC-d = E\n", "a.b.c-d=E@2;");
    expect("[a]\nb = c # said\n", "a.b=c@2cut;");
    expect("[a]\nb = [x]\nc = a=b\n", "a.b=[x]@2;a.c=a=b@3;");
    expect("[a]\nb = \"\xc3\xa9\xe2\x80\x9c\"\n", "a.b=\xc3\xa9\xe2\x80\x9c@2;");
}

static void test_line_ends(void **state)
{
    (void)state;
    expect("[a]\r\nb = c\r\nd = \"e\"\r\n", "a.b=c@2;a.d=e@3;");
    expect("\xEF\xBB\xBF[a]\nb = c\n", "a.b=c@2;");
    expect("# joined \\\n[a]\n; again \\\nb = c\n", "a.b=c@4;");
}

static void test_sections(void **state)
{
    (void)state;
    expect("[a]\nb=1\n[c]\nd=2\n[a]\ne=3\n", "a.b=1@2;c.d=2@4;a.e=3@6;");
    expect("b = c\n[a]\nd = e\n", "a.d=e@3;|f:1: this line stands before the first [section]");
    expect("[a]\nb=1\n[c\nd=2\n[e]\nf=3\n",
           "a.b=1@2;e.f=3@6;|f:3: ']' is missing; the lines up to the next section are left out");
    expect("[q = a]\nd=2\n", "|f:1: 'q = a' cannot be a section's name; the lines up to the next "
                             "section are left out");
    expect("[]\nd=2\n", "|f:1: '' cannot be a section's name; the lines up to the next section are "
                        "left out");
    expect("[a] b\nd=2\n", "|f:1: 'b' after the section's name; the lines up to the next section "
                           "are left out");
}

static void test_bad_lines_cost_only_themselves(void **state)
{
    (void)state;
    expect("[a]\nb = 1\nnonsense\nc = 2\n", "a.b=1@2;a.c=2@4;|f:3: there is no '=' in this line");
    expect("[a]\n= = x\nc = 2\n", "a.c=2@3;|f:2: what is left of the '=' is not a name (letters, "
                                  "digits, - _ .)");
    expect("[a]\nb = \"1\nc = 2\n", "a.c=2@3;|f:2: the closing quote is missing");
    expect("[a]\nb = '1\nc = 2\n", "a.c=2@3;|f:2: the closing quote is missing");
    expect("[a]\nb = #ff8800\nc = 2\n",
           "a.c=2@3;|f:2: '#' and ';' begin a comment: put the value in double quotes");
    expect("[a]\nb = x;y\n", "|f:2: '#' and ';' begin a comment: put the value in double quotes");
    expect("[a]\nb = \"\"\"\n", "|f:2: there is text after the closing quote (a quote cannot be "
                                "within quotes: write <DQuote>, or use the other kind)");
    expect("[a]\nb = c \\\nd = e\n", "a.d=e@3;|f:2: a backslash; the key is called <Bslash>");
    expect("[a]\nb = \"\\\"\nd = e\n", "a.d=e@3;|f:2: a backslash cannot be within quotes; the key "
                                       "is called <Bslash>");
    expect("[a]\nb = 1\nB = 2\n",
           "a.b=1@2;|f:3: 'b' was set before, at line 2; this line is left out");
    expect("[a]\n\xC3\x28 = 1\nb = 2\n", "a.b=2@3;|f:2: this line is not valid UTF-8");
    expect("[a]\nb = \x1b[2J\nc = 2\n", "a.c=2@3;|f:2: there is a control character in this line");
    expect_bytes("[a]\nb = 1\0\nc = 2\n", 16, "a.c=2@3;|f:2: there is a NUL byte in this line");
}

static void test_long_lines(void **state)
{
    (void)state;
    char text[2100];
    memset(text, 'x', sizeof text);
    memcpy(text, "[a]\nb=", 6);
    memcpy(text + 4 + INI_LONGEST_LINE, "\nc=2\n", 6);
    struct problems problems = {0};
    struct ini *ini = ini_read_memory("f", text, strlen(text), &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(ini->count, 2);
    assert_int_equal(strlen(ini->entries[0].value), INI_LONGEST_LINE - 2);
    ini_free(ini);
    memset(text + 6, 'x', 1100);
    memcpy(text + 4 + INI_LONGEST_LINE + 1, "\nc=2\n", 6);
    expect(text, "a.c=2@3;|f:2: the line is too long (1000 bytes is the most)");
}

static void test_too_many_settings(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct problems problems = {0};
    buffer_adds(&text, "[a]\n");
    for (int i = 0; i < INI_MOST_ENTRIES + 50; i++) {
        buffer_printf(&text, "k%d=v\n", i);
    }
    struct ini *ini = ini_read_memory("f", text.data, text.length, &problems);
    assert_int_equal(ini->count, INI_MOST_ENTRIES);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].line, INI_MOST_ENTRIES + 2);
    ini_free(ini);
    problems_release(&problems);
    buffer_release(&text);
}

static void test_problems_in_order(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct buffer said = {0};
    problems_sort(&problems);
    problems_add(&problems, "b", 7, "one");
    problems_add(&problems, "a", 3, "two");
    problems_advise(&problems, "b", 2, "three \x1b[2J \xe2\x80\xae \xff");
    problems_add(&problems, "a", 0, "four");
    problems_add(&problems, "b", 7, "five");
    problems_sort(&problems);
    for (size_t i = 0; i < problems.count; i++) {
        problem_write(&problems.items[i], &said);
        buffer_addc(&said, '|');
    }
    assert_string_equal(said.data,
                        "b:2: three ?[2J ? \xef\xbf\xbd|b:7: one|b:7: five|a: four|a:3: two|");
    assert_true(problems.items[0].advice);
    assert_false(problems.items[1].advice);
    problems_release(&problems);
    buffer_release(&said);
}

/* In a Turkish locale "I" does not fold to "i": names must not care. */
static void test_locale_does_not_matter(void **state)
{
    (void)state;
    if (setlocale(LC_ALL, "tr_TR.UTF-8") == NULL) {
        print_message("skipped: there is no Turkish locale here\n");
        skip();
    }
    expect("[VIEW]\nINDENT = 0.5\n", "view.indent=0.5@2;");
    setlocale(LC_ALL, "C");
}

static void test_files(void **state)
{
    (void)state;
    char folder[] = "/tmp/hearsay-ini-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct problems problems = {0};
    struct buffer path = {0}, said = {0};
    buffer_printf(&path, "%s/none.ini", folder);
    assert_null(ini_read_file(path.data, &problems));
    assert_null(ini_read_file(folder, &problems));
    assert_int_equal(problems.count, 2);
    assert_string_equal(problems.items[0].message, "there is no such file");
    assert_string_equal(problems.items[1].message, "this is a directory");
    problem_write(&problems.items[1], &said);
    assert_int_equal(strncmp(said.data, folder, strlen(folder)), 0);
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs("[a]\nb = c\n", file);
    fclose(file);
    struct ini *ini = ini_read_file(path.data, &problems);
    assert_non_null(ini);
    assert_int_equal(ini->count, 1);
    assert_string_equal(ini->file, path.data);
    ini_free(ini);
    unlink(path.data);
    rmdir(folder);
    problems_release(&problems);
    buffer_release(&path);
    buffer_release(&said);
}

static const char *guess(const char *wanted, const char *candidates)
{
    static char text[200];
    struct nearest nearest = {.wanted = wanted};
    char *rest = NULL;
    snprintf(text, sizeof text, "%s", candidates);
    for (char *name = strtok_r(text, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        nearest_offer(&nearest, name);
    }
    const char *name = nearest_name(&nearest);
    return name != NULL ? name : "";
}

static void test_nearest(void **state)
{
    (void)state;
    const char *names = "next-comment previous-comment next-quote quit top";
    assert_string_equal(guess("next-comemnt", names), "next-comment");
    assert_string_equal(guess("comment-nxt", names), "next-comment");
    assert_string_equal(guess("comment_next", names), "next-comment");
    assert_string_equal(guess("quti", names), "quit");
    assert_string_equal(guess("frobnicate", names), "");
    assert_string_equal(guess("", names), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_lines),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_bad_lines_cost_only_themselves),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_too_many_settings),
        cmocka_unit_test(test_problems_in_order),
        cmocka_unit_test(test_locale_does_not_matter),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
