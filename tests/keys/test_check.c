/* What is wrong with a keymap: each message, with its file and line; good lines stay in force. */
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "keys/actions.h"

struct loading {
    const char *map, *overlay;
    int escape_ms;
};

static struct keymap *load(const struct loading *loading, struct buffer *said)
{
    struct problems problems = {0};
    const char *overlay = loading->overlay != NULL ? loading->overlay : "";
    struct ini *ini = ini_read_memory("config.ini", overlay, strlen(overlay), &problems);
    struct keymap_request request = {
        .actions = &actions, .overlay = ini, .escape_ms = loading->escape_ms};
    struct keymap *keymap =
        keymap_load_memory(&request, "m.ini", loading->map, strlen(loading->map), &problems);
    for (size_t i = 0; i < problems.count; i++) {
        buffer_adds(said, i > 0 ? "\n" : "");
        problem_write(&problems.items[i], said);
    }
    problems_release(&problems);
    ini_free(ini);
    return keymap;
}

static void expect_loading(const struct loading *loading, const char *wanted)
{
    struct buffer said = {0};
    keymap_free(load(loading, &said));
    assert_string_equal(buffer_string(&said), wanted);
    buffer_release(&said);
}

static void expect(const char *map, const char *wanted)
{
    expect_loading(&(struct loading){.map = map, .escape_ms = 30}, wanted);
}

static void test_taking_away_what_is_not_there(void **state)
{
    (void)state;
    expect("[global]\nquit = \"q\"\n[thread]\nquit = \"\"\n",
           "m.ini:4: 'quit' has no keys of its own in [thread] to take away; a key that is bound "
           "in [global] does nothing there by none = \"KEY\"");
    expect_loading(
        &(struct loading){"[thread]\nquit = \"q\"\n", "[keys.thread]\nquit = \"\"\n", 30}, "");
}

static void test_names(void **state)
{
    (void)state;
    expect("[global]\ncomment-nxt = \"j\"\n",
           "m.ini:2: unknown action 'comment-nxt', did you mean 'next-comment'?");
    expect("[global]\nfrobnicate = \"j\"\n", "m.ini:2: unknown action 'frobnicate'");
    expect("[globl]\nquit = \"j\"\n", "m.ini:1: unknown section 'globl', did you mean 'global'?");
    expect("[keymap]\ninherit = \"vi\"\n",
           "m.ini:2: unknown setting 'inherit' in [keymap], did you mean 'inherits'?");
    expect("[keymap]\ninherits = \"defalt\"\n",
           "m.ini:2: there is no keymap 'defalt', did you mean 'default'?");
    expect("[keymap]\ninherits = \"./x.ini\"\n",
           "m.ini:2: 'inherits' is the name of a keymap, not a file");
    expect_loading(
        &(struct loading){
            "", "[keys.tread]\nquit = \"x\"\n[keys.thread]\nparnet = \"x\"\n[view]\nx=y\n", 30},
        "config.ini:1: unknown section 'keys.tread', did you mean 'keys.thread'?\n"
        "config.ini:4: unknown action 'parnet', did you mean 'parent'?");
}

static void test_contexts(void **state)
{
    (void)state;
    expect("[global]\ndelete-word = \"x\"\n",
           "m.ini:2: 'delete-word' cannot be bound in [global]: it works in [prompt], [picker]");
    expect(
        "[article]\naccept = \"x\"\n",
        "m.ini:2: 'accept' cannot be bound in [article]: it works in [help], [prompt], [picker]");
}

static void test_keys(void **state)
{
    (void)state;
    expect("[global]\nquit = \"q <PagUp> x\"\n",
           "m.ini:2: no key is called 'PagUp', did you mean 'PageUp'?");
    expect("[global]\nquit = q # x\n",
           "m.ini:2: the keys end where the comment begins: put them in double quotes");
    expect("[global]\nquit = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n",
           "m.ini:2: a sequence of more than 32 keys");
    expect("[global]\nquit\n", "m.ini:2: there is no '=' in this line");
}

static void test_bound_twice(void **state)
{
    (void)state;
    expect("[global]\nquit = \"q x\"\n\ntop = \"t x\"\n",
           "m.ini:4: 'x' in [global] is already bound to 'quit' (m.ini:2); not to 'top'");
    expect("[global]\nquit = \"q q\"\n",
           "m.ini:2: 'q' in [global] is already bound to 'quit' (m.ini:2); not to 'quit'");
    expect("[global]\nquit = \"<PgUp>\"\ntop = \"<PageUp>\"\n",
           "m.ini:3: '<PageUp>' in [global] is already bound to 'quit' (m.ini:2); not to 'top'");
    expect("[global]\nquit = \"x\"\n[thread]\ntop = \"x\"\n", "");
    expect_loading(
        &(struct loading){"[global]\nquit = \"x\"\n", "[keys.global]\ntop = \"x\"\n", 30}, "");
}

static void test_good_lines_stay_in_force(void **state)
{
    (void)state;
    struct buffer said = {0}, keys = {0};
    struct keymap *keymap = load(
        &(struct loading){"[global]\nquit = \"q <Foo> x\"\nfrob = \"a\"\ntop = \"x t\"\n[oops\n"
                          "help = \"h\"\n[global]\nbottom = \"b\"\n",
                          NULL, 30},
        &said);
    keymap_keys_of(keymap, KEYMAP_GLOBAL, keymap_action_find(&actions, "quit"), 9, " ", &keys);
    buffer_adds(&keys, "|");
    keymap_keys_of(keymap, KEYMAP_GLOBAL, keymap_action_find(&actions, "top"), 9, " ", &keys);
    buffer_adds(&keys, "|");
    keymap_keys_of(keymap, KEYMAP_GLOBAL, keymap_action_find(&actions, "bottom"), 9, " ", &keys);
    assert_string_equal(keys.data, "q x|t|b");
    assert_int_equal(keymap_binding_count(keymap), 4);
    keymap_free(keymap);
    buffer_release(&said);
    buffer_release(&keys);
}

/* A line with nothing good on it takes nothing away. */
static void test_bad_line_does_not_unbind(void **state)
{
    (void)state;
    struct buffer said = {0}, keys = {0};
    struct keymap *keymap =
        load(&(struct loading){"[global]\nquit = \"q\"\n", "[keys.global]\nquit = \"<Foo>\"\n", 30},
             &said);
    keymap_keys_of(keymap, KEYMAP_GLOBAL, keymap_action_find(&actions, "quit"), 9, " ", &keys);
    assert_string_equal(buffer_string(&keys), "q");
    keymap_free(keymap);
    buffer_release(&said);
    buffer_release(&keys);
}

static void test_same_bytes(void **state)
{
    (void)state;
    expect("[global]\nquit = \"<C-i> q\"\n",
           "m.ini:2: '<C-i>' for 'quit' in [global] is sent by most terminals as <Tab>");
    expect("[global]\nquit = \"<C-m> q\"\n",
           "m.ini:2: '<C-m>' for 'quit' in [global] is sent by most terminals as <Enter>");
    expect("[global]\nquit = \"g<C-[> q\"\n",
           "m.ini:2: 'g<C-[>' for 'quit' in [global] is sent by most terminals as <Esc>");
    expect("[global]\nquit = \"<C-i> <Tab>\"\n", "");
    expect("[global]\nquit = \"<C-i>\"\ntop = \"<Tab>\"\n",
           "m.ini:2: '<C-i>' for 'quit' in [global] is sent by most terminals as <Tab>");
    expect("[global]\nquit = \"<C-i> q\"\ntop = \"<Tab>\"\n", "");
    expect_loading(&(struct loading){"[global]\nquit = \"q\"\ntop = \"<Tab>\"\n",
                                     "[keys.global]\nquit = \"<Inherit> <C-i>\"\n", 30},
                   "config.ini:2: '<C-i>' for 'quit' in [global] is sent by most terminals as "
                   "<Tab>");
    expect("[global]\nquit = \"<C-S-x>\"\n",
           "m.ini:2: '<C-S-x>' for 'quit' in [global] is sent by most terminals as <C-x>");
    expect("[global]\nquit = \"<C-S-x> q\"\n", ""); /* there is another */
    expect("[global]\nquit = \"<S-Enter>\"\n",
           "m.ini:2: '<S-Enter>' for 'quit' in [global] is sent by most terminals as <Enter>");
    expect("[global]\nquit = \"<C-1>\"\n",
           "m.ini:2: '<C-1>' for 'quit' in [global] is sent by most terminals as 1");
    expect("[global]\nquit = \"<S-Tab> <C-Space> <C-_> <C-Up> <S-F3> <M-x> <C-M-n>\"\n", "");
    expect("[global]\nquit = \"<C-h>\"\ntop = \"<BS>\"\n",
           "m.ini:2: '<C-h>' for 'quit' in [global] is what some terminals send for <BS>, which "
           "does something else");
    expect("[global]\nquit = \"<C-h> <BS>\"\n", "");
    expect("[global]\nquit = \"<C-h>b\"\n", "");
}

static void test_eaten(void **state)
{
    (void)state;
    expect("[global]\npage-up = \"<C-b>\"\n",
           "m.ini:2: '<C-b>' for 'page-up' in [global] may never "
           "come and is the only one: tmux takes it");
    expect("[global]\npage-up = \"<C-b> b\"\n", "");
    expect("[global]\nquit = \"<C-x><C-s>\"\n",
           "m.ini:2: '<C-x><C-s>' for 'quit' in [global] may never come and is the only one: flow "
           "control stops the terminal with it");
}

static void test_never_fires(void **state)
{
    (void)state;
    expect("[global]\nquit = \"g<Esc> q\"\n",
           "m.ini:2: 'g<Esc>' for 'quit' in [global] never fires: <Esc> takes back the keys before "
           "it");
    expect("[global]\nquit = \"<Wait>\"\n", "m.ini:2: '<Wait>' for 'quit' in [global] never fires: "
                                            "<Wait> is for scripts and no key");
    expect("[prompt]\naccept = \"x\"\n",
           "m.ini:2: 'x' for 'accept' in [prompt] keeps that character from being typed");
    expect("[picker]\naccept = \"x\"\n",
           "m.ini:2: 'x' for 'accept' in [picker] keeps that character from being typed");
    expect("[global]\ntop = \"xg\"\n[article]\nquit = \"x\"\n[sidebar]\nquit = \"x\"\n"
           "[thread]\nquit = \"x\"\n[help]\nquit = \"x\"\n",
           "m.ini:2: 'xg' for 'top' in [global] never fires: every context binds its keys to "
           "something else");
    expect("[global]\ntop = \"xg\"\n[article]\nquit = \"x\"\n", "");
}

static void test_hidden(void **state)
{
    (void)state;
    const char *map = "[global]\nquit = \"q\"\n[thread]\ntoggle-fold = \"x\"\n";
    expect_loading(&(struct loading){map, "[keys.global]\ntop = \"x\"\n", 30},
                   "config.ini:2: 'x' for 'top' in [global] does not hold in [thread]: there it is "
                   "'toggle-fold' (m.ini:4)");
    expect_loading(&(struct loading){map, "[keys.global]\ntoggle-fold = \"x\"\n", 30}, "");
    expect_loading(&(struct loading){map,
                                     "[keys.global]\ntop = \"x\"\n[keys.thread]\n"
                                     "toggle-fold = \"y\"\n",
                                     30},
                   "");
}

static void test_alt(void **state)
{
    (void)state;
    expect_loading(&(struct loading){"[global]\nquit = \"q\"\ntop = \"<M-x> <M-y>\"\n", NULL, 0},
                   "m.ini:3: '<M-x>' for 'top' in [global] needs Alt, which may come as <Esc> and "
                   "a key: 'keys.escape_ms' is 0");
    expect_loading(&(struct loading){"[global]\nquit = \"q\"\n", NULL, 0}, "");
    expect("[global]\nquit = \"<M-[> q\"\n",
           "m.ini:2: '<M-[>' for 'quit' in [global] is how terminals begin what they have to say; "
           "it may never come");
    expect("[global]\nquit = \"<M-^> q\"\n",
           "m.ini:2: '<M-^>' for 'quit' in [global] is how terminals begin what they have to say; "
           "it may never come");
}

static void test_macros(void **state)
{
    (void)state;
    expect("[macros]\na = \"b\"\nb = \"top\"\n",
           "m.ini:2: unknown action 'b' (a macro has to stand above the one that uses it)");
    expect("[macros]\na = \"top; a\"\n", "m.ini:2: the macro 'a' would call itself");
    expect("[macros]\na = \" ; \"\n", "m.ini:2: the macro 'a' does nothing");
    expect("[macros]\nquit = \"top\"\n",
           "m.ini:2: 'quit' is the name of an action and cannot be a macro's");
    expect("[macros]\na = top # x\n",
           "m.ini:2: the macro ends where the comment begins: put it in double quotes");
    expect("[macros]\na = \"top\"\nb = \"a 5\"\n", "m.ini:3: the macro 'a' takes no argument");
    expect("[macros]\na = \"tpo; top\"\n[global]\na = \"x\"\n",
           "m.ini:2: unknown action 'tpo' (a macro has to stand above the one that uses it), did "
           "you mean 'top'?\nm.ini:4: unknown action 'a'");
}

/* A macro that could not be printed so that it is read again. */
static void test_a_macro_that_no_quotes_can_hold(void **state)
{
    (void)state;
    const char *wrong = "m.ini:3: the macro 'two' has several steps or a '#', and so cannot hold "
                        "both kinds of quotes";
    expect("[macros]\none = search-forward \"it's\"\ntwo = \"top; one\"\n", wrong);
    expect("[macros]\none = \"search-forward it's\"\ntwo = \"top; one\"\n", "");
}

/* Each macro twice the one before: the length is bounded while loading. */
static void test_runaway_macro(void **state)
{
    (void)state;
    struct buffer map = {0}, said = {0};
    buffer_adds(&map, "[macros]\nm0 = \"top; top\"\n");
    for (int i = 1; i < 60; i++) {
        buffer_printf(&map, "m%d = \"m%d; m%d\"\n", i, i - 1, i - 1);
    }
    keymap_free(load(&(struct loading){map.data, NULL, 30}, &said));
    assert_non_null(strstr(said.data, "the macro 'm6' is longer than 100 actions"));
    buffer_release(&map);
    buffer_release(&said);
}

static void test_too_many_keys_for_a_line(void **state)
{
    (void)state;
    struct buffer map = {0};
    buffer_adds(&map, "[global]\ntop = \"");
    for (int i = 0; i < 200; i++) { /* "<Hash>aA " takes nine bytes */
        buffer_printf(&map, "#%c%c ", 'a' + i % 26, 'A' + i / 26);
    }
    buffer_adds(&map, "\"\n");
    struct buffer said = {0};
    struct keymap *keymap = load(&(struct loading){map.data, NULL, 30}, &said);
    assert_non_null(strstr(said.data, "m.ini:2: too many keys for 'top'; the last are left out"));
    assert_int_equal(keymap_binding_count(keymap), 900 / 9);
    keymap_free(keymap);
    buffer_release(&map);
    buffer_release(&said);
}

int main(void)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taking_away_what_is_not_there),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_bound_twice),
        cmocka_unit_test(test_good_lines_stay_in_force),
        cmocka_unit_test(test_bad_line_does_not_unbind),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_eaten),
        cmocka_unit_test(test_never_fires),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_alt),
        cmocka_unit_test(test_macros),
        cmocka_unit_test(test_a_macro_that_no_quotes_can_hold),
        cmocka_unit_test(test_runaway_macro),
        cmocka_unit_test(test_too_many_keys_for_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
