/* The notation of keys: what is read, what is written, and that the two agree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "hearsay/keys.h"

/* What `text` is in canonical notation, or "! message". */
static char *canon(const char *text)
{
    struct key_list keys = {0};
    struct buffer out = {0};
    struct error error;
    if (keys_parse(text, strlen(text), &keys, &error)) {
        keys_write(keys.items, keys.count, &out);
    } else {
        assert_int_equal(keys.count, 0);
        buffer_printf(&out, "! %s", error.message);
    }
    vector_release(&keys);
    return buffer_detach(&out);
}

static void expect(const char *text, const char *wanted)
{
    char *got = canon(text);
    assert_string_equal(got, wanted);
    free(got);
}

static void test_canonical(void **state)
{
    (void)state;
    expect("j", "j");
    expect("gg]c", "gg]c");
    expect("<C-x><c-X>", "<C-x><C-x>");
    expect("<M-x><A-x><m-X>", "<M-x><M-x><M-X>");
    expect("<S-a><M-S-x><C-S-x>", "A<M-X><C-S-x>");
    expect("<s-tab><S-TAB>", "<S-Tab><S-Tab>");
    expect("<M-C-n><C-M-N>", "<C-M-n><C-M-n>");
    expect("<PgUp><pageup><PgDn><PgDown>", "<PageUp><PageUp><PageDown><PageDown>");
    expect("<Return><CR><Escape><Backspace><Delete><Ins>", "<Enter><Enter><Esc><BS><Del><Insert>");
    expect("<f1><F12><F24>", "<F1><F12><F24>");
    expect("<Space><Hash><Semicolon><DQuote><Quote><Bslash><Equal><Lt><Gt><Bar>",
           "<Space><Hash>;<DQuote>'<Bslash>=<Lt>>|");
    expect("<C-Space><C-@>", "<C-Space><C-Space>");
    expect("<C-[><C-i><C-m><C-h>", "<C-[><C-i><C-m><C-h>"); /* the checker speaks of these */
    expect("<C-?>", "<BS>");
    expect("<C-->x<C-Gt>", "<C-->x<C-Gt>");
    expect("<x>", "x");
    expect("\xc3\xa9<S-\xc3\xa9><M-\xd1\x8f>", "\xc3\xa9\xc3\x89<M-\xd1\x8f>");
    expect("<Wait>", "<Wait>");
    expect("<S-Space><C-Enter>", "<S-Space><C-Enter>");
}

static void test_wrong(void **state)
{
    (void)state;
    expect("<", "! '>' is missing after '<'; the key itself is called <Lt>");
    expect("<C-x", "! '>' is missing after '<'; the key itself is called <Lt>");
    expect("<>", "! '<>' names no key; '<' is called <Lt>");
    expect("<PagUp>", "! no key is called 'PagUp', did you mean 'PageUp'?");
    expect("<Hyper>", "! no key is called 'Hyper'");
    expect("<X-a>", "! no key is called 'X-a'");
    expect("<F25>", "! no key is called 'F25', did you mean 'F2'?");
    expect("<S-1>", "! '1' with Shift is another character: write that one");
    expect("<C->", "! no key is called 'C-'");
    expect("a b", "! a blank parts sequences; the key is called <Space>");
    expect("\xff", "! this is not a character a key can have");
    expect("<C-\xff>", "! this is not a character a key can have");
    expect("\x1b", "! this is not a character a key can have");
    expect("\xc2\x9b", "! this is not a character a key can have");
}

/* Every byte a terminal may send alone has one canonical key that is written and read as itself. */
static void test_every_key_survives_writing(void **state)
{
    (void)state;
    static const uint32_t bits[] = {0,
                                    KEYS_SHIFT,
                                    KEYS_ALT,
                                    KEYS_CTRL,
                                    KEYS_CTRL | KEYS_ALT,
                                    KEYS_CTRL | KEYS_SHIFT,
                                    KEYS_CTRL | KEYS_ALT | KEYS_SHIFT};
    for (uint32_t code = 0; code < KEYS_SPECIAL_END; code = code == 0x24f ? 0x110000 : code + 1) {
        for (size_t i = 0; i < ARRAY_LENGTH(bits) && !(code >= 0x80 && code < 0xa0); i++) {
            struct buffer out = {0};
            struct key_list keys = {0};
            uint32_t key = keys_make(code, bits[i]);
            assert_int_equal(keys_make(key & KEYS_CODE, key & ~KEYS_CODE), key);
            keys_write(&key, 1, &out);
            assert_true(keys_parse(out.data, out.length, &keys, NULL));
            assert_int_equal(keys.count, 1);
            assert_int_equal(keys.items[0], key);
            buffer_release(&out);
            vector_release(&keys);
        }
    }
}

static void test_make(void **state)
{
    (void)state;
    assert_int_equal(keys_make(9, 0), KEYS_TAB);
    assert_int_equal(keys_make(13, 0), KEYS_ENTER);
    assert_int_equal(keys_make(10, 0), KEYS_CTRL | 'j');
    assert_int_equal(keys_make(27, 0), KEYS_ESC);
    assert_int_equal(keys_make(127, 0), KEYS_BS);
    assert_int_equal(keys_make(8, 0), KEYS_CTRL | 'h');
    assert_int_equal(keys_make(0, 0), KEYS_CTRL | ' ');
    assert_int_equal(keys_make(31, 0), KEYS_CTRL | '_');
    assert_int_equal(keys_make(1, KEYS_ALT), KEYS_CTRL | KEYS_ALT | 'a');
    assert_int_equal(keys_make('X', KEYS_CTRL), KEYS_CTRL | 'x');
    assert_int_equal(keys_make('a', KEYS_SHIFT), 'A');
}

static void test_character(void **state)
{
    (void)state;
    assert_int_equal(keys_character('a'), 'a');
    assert_int_equal(keys_character(' ' | KEYS_SHIFT), ' ');
    assert_int_equal(keys_character(0x1f600), 0x1f600);
    assert_int_equal(keys_character('a' | KEYS_CTRL), 0);
    assert_int_equal(keys_character('a' | KEYS_ALT), 0);
    assert_int_equal(keys_character(KEYS_ENTER), 0);
}

static void expect_script(const char *text, const char *wanted)
{
    struct key_list keys = {0};
    struct buffer out = {0};
    struct error error;
    if (keys_parse_script("s", text, strlen(text), &keys, &error)) {
        keys_write(keys.items, keys.count, &out);
    } else {
        buffer_adds(&out, error.message);
    }
    assert_string_equal(buffer_string(&out), wanted);
    vector_release(&keys);
    buffer_release(&out);
}

static void test_script(void **state)
{
    (void)state;
    expect_script("", "");
    expect_script("# all\n jj <Wait>\n\t]q # then\n/a<Space>b<Enter>\r\n",
                  "jj<Wait>]q/a<Space>b<Enter>");
    expect_script("a#b <Hash>", "a<Hash>b<Hash>");
    expect_script("j\n\nk<Foo>\n", "s:3: no key is called 'Foo'");
    expect_script("j", "j");
}

static void test_text(void **state)
{
    (void)state;
    struct key_list keys = {0};
    assert_true(keys_parse_text(" j j\n<Esc> ", 11, &keys, NULL));
    assert_int_equal(keys.count, 3);
    assert_false(keys_parse_text("k <", 3, &keys, NULL));
    assert_int_equal(keys.count, 3); /* nothing of it was taken */
    vector_release(&keys);
}

static void count_name(const char *name, void *data)
{
    struct key_list keys = {0};
    char text[32];
    snprintf(text, sizeof text, "<%s>", name);
    assert_true(keys_parse(text, strlen(text), &keys, NULL));
    vector_release(&keys);
    ++*(int *)data;
}

static void test_names(void **state)
{
    (void)state;
    int count = 0;
    keys_each_name(count_name, &count);
    assert_in_range(count, 40, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_every_key_survives_writing),
        cmocka_unit_test(test_make),
        cmocka_unit_test(test_character),
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
