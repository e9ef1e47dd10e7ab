/* Addresses of links: what is opened, where it goes, and what it pretends. */
#include "test.h"

#include "hearsay/document.h"

#include "../../src/command/arguments.h"

#include <stdlib.h>
#include <string.h>

static void expect(const char *bytes, const char *base, const char *text, const char *host)
{
    struct address address = {0};
    struct buffer own = {0};
    struct error error = {""};
    buffer_adds(&own, base);
    bool taken = address_read(&address, bytes, strlen(bytes), &own, &error);
    if (!text) {
        assert_false(taken);
        assert_non_null(strstr(error.message, host)); /* then it is what is said */
    } else {
        assert_string_equal(buffer_string(&address.text), text);
        assert_string_equal(buffer_string(&address.host), host);
    }
    address_release(&address);
    buffer_release(&own);
}

static void test_what_is_opened(void **state)
{
    (void)state;
    expect("https://Example.ORG/A?b#c", "", "https://Example.ORG/A?b#c", "example.org");
    expect("HTTP://example.org:8080", "", "http://example.org:8080", "example.org");
    expect("http://[2001:db8::1]:80/x", "", "http://[2001:db8::1]:80/x", "[2001:db8::1]");
    expect("mailto:a@example.org?subject=x", "", "mailto:a@example.org?subject=x", "a@example.org");
    expect("gemini://g.example/", "", "gemini://g.example/", "g.example");
    expect("gopher://g.example/1", "", "gopher://g.example/1", "g.example");
    expect("javascript:alert(1)", "", NULL, "'javascript:' are not opened");
    expect("file:///etc/passwd", "", NULL, "'file:' are not opened");
    expect("https:example.org", "", NULL, "'https:' are not opened");
    expect("https:///x", "", NULL, "names no host");
    expect("-version", "", NULL, "is not known");
    expect("", "https://example.org/", NULL, "within the page");
    expect("#part", "https://example.org/", NULL, "within the page");
}

static void test_nothing_leaves_its_word(void **state)
{
    (void)state;
    expect("https://e.example/a b\"'`|\\<>{}^\t\n\x7f", "",
           "https://e.example/a%20b%22%27%60%7C%5C%3C%3E%7B%7D%5E%09%0A%7F", "e.example");
}

static void test_relative_ones(void **state)
{
    (void)state;
    const char *base = "https://example.org/news/2024/talks.html?x=/y";
    expect("/about", base, "https://example.org/about", "example.org");
    expect("//other.example/x", base, "https://other.example/x", "other.example");
    expect("more.html", base, "https://example.org/news/2024/more.html", "example.org");
    expect("more.html", "https://example.org", "https://example.org/more.html", "example.org");
}

/* The examples of RFC 3986, 5.4, but for those that name another scheme or the page itself. */
static void test_relative_ones_as_the_standard_has_them(void **state)
{
    static const char *const examples[][2] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
    };
    (void)state;
    for (size_t at = 0; at < sizeof examples / sizeof *examples; at++)
        expect(examples[at][0], "http://a/b/c/d;p?q", examples[at][1], "a");
    expect("//g", "http://a/b/c/d;p?q", "http://g", "g");
    expect("?page=2", "https://example.org/news", "https://example.org/news?page=2", "example.org");
    expect("?page=2", "https://example.org", "https://example.org?page=2", "example.org");
    expect("more.html", "https://example.org?x", "https://example.org/more.html", "example.org");
    expect("?page=2", "", NULL, "is not known");
    expect("g", "mailto:a@example.org", NULL, "is not known");
}

/* What is warned of in a link whose text is `seen`; "": nothing. */
static void expect_warning(const char *bytes, const char *seen, const char *warning)
{
    struct address address = {0};
    struct buffer own = {0};
    assert_true(address_read(&address, bytes, strlen(bytes), &own, NULL));
    address_compare(&address, seen, strlen(seen));
    if (!*warning)
        assert_string_equal(buffer_string(&address.warning), "");
    else
        assert_non_null(strstr(buffer_string(&address.warning), warning));
    address_release(&address);
}

static void test_what_it_pretends(void **state)
{
    (void)state;
    expect_warning("https://evil.example/", "https://bank.example/login", "'bank.example'");
    expect_warning("https://evil.example/", "www.bank.co", "'bank.co'");
    expect_warning("https://evil.example/", "bank.com", "'bank.com'");
    expect_warning("https://bank.com@evil.example/", "the bank", "before the '@'");
    expect_warning("https://bank.com\\@evil.example/", "the bank", "before the '@'");
    expect_warning("https://xn--bnk-5na.example/", "the bank", "letters");
    expect_warning("https://b\u0430nk.example/", "the bank", "letters");
    expect_warning("https://bank.example.evil.example/", "bank.example", "'bank.example'");
    expect_warning("https://www.bank.example/x", "bank.example", "");
    expect_warning("https://bank.example/", "www.bank.example/x", "");
    expect_warning("https://nodejs.org/", "Node.js", "");
    expect_warning("https://example.org/", "a long text. And more", "");
    expect_warning("https://example.org/", "", "");
    expect_warning("mailto:salt@bank.example", "salt@bank.example", "");
    expect_warning("mailto:salt@bank.example?subject=x", "www.bank.example", "");
    expect_warning("mailto:salt@evil.example", "salt@bank.example", "'bank.example'");
    expect_warning("mailto:bank.example@evil.example", "bank.example", "'bank.example'");
    expect_warning("https://evil.example/", "salt@bank.example", "'bank.example'");
    expect_warning("https://social.example/@salt", "@salt@harbour.example", "");
}

static void expect_words(const char *command, const char *address, const char *joined)
{
    struct buffer text = {0};
    char **words = arguments_split(command, address);
    for (size_t at = 0; words[at]; at++)
        buffer_printf(&text, "[%s]", words[at]);
    assert_string_equal(buffer_string(&text), joined);
    buffer_release(&text);
    arguments_free(words);
}

static void test_commands_become_words(void **state)
{
    (void)state;
    expect_words("xdg-open", "https://e.example/?a&b;c$(d)",
                 "[xdg-open][https://e.example/?a&b;c$(d)]");
    expect_words("  firefox  --new-tab=%s -p", "A", "[firefox][--new-tab=A][-p]");
    expect_words("a 100%% %s %", "B", "[a][100%][B][%]");
    expect_words("wl-copy -p", NULL, "[wl-copy][-p]");
    expect_words(" ", "A", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_opened),
        cmocka_unit_test(test_nothing_leaves_its_word),
        cmocka_unit_test(test_relative_ones),
        cmocka_unit_test(test_relative_ones_as_the_standard_has_them),
        cmocka_unit_test(test_what_it_pretends),
        cmocka_unit_test(test_commands_become_words),
    };
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
