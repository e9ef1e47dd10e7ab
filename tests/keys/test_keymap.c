/* Keymaps: feeding keys, counts, timeouts, layers, macros, printing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#include "keys/actions.h"

/* ---- helpers ------------------------------------------------------------------------ */

static void expect_no_problems(struct problems *problems)
{
    struct buffer said = {0};
    for (size_t i = 0; i < problems->count; i++) {
        problem_write(&problems->items[i], &said);
        buffer_adds(&said, "\n");
    }
    assert_string_equal(buffer_string(&said), "");
    buffer_release(&said);
    problems_release(problems);
}

static struct keymap *load_over(const char *text, const char *overlay, struct problems *problems)
{
    struct ini *ini =
        overlay == NULL ? NULL : ini_read_memory("config.ini", overlay, strlen(overlay), problems);
    struct keymap_request request = {.actions = &actions, .overlay = ini, .escape_ms = 30};
    struct keymap *keymap = keymap_load_memory(&request, "m.ini", text, strlen(text), problems);
    ini_free(ini);
    return keymap;
}

static struct keymap *load(const char *text)
{
    struct problems problems = {0};
    struct keymap *keymap = load_over(text, NULL, &problems);
    expect_no_problems(&problems);
    return keymap;
}

static void tell_match(const struct keymap_result *result, struct buffer *out)
{
    if (result->count > 0) {
        buffer_printf(out, "%u*", (unsigned)result->count);
    }
    for (uint32_t i = 0; i < result->step_count; i++) {
        const struct keymap_step *step = &result->steps[i];
        buffer_printf(out, "%s%s", i > 0 ? "+" : "", action_rows[step->action].name);
        if (step->argument != NULL) {
            buffer_printf(out, "(%s)", step->argument);
        }
    }
    buffer_addc(out, ' ');
}

static void tell(enum keymap_answer answer, const struct keymap_result *result, struct buffer *out)
{
    if (answer == KEYMAP_MATCH) {
        tell_match(result, out);
    } else if (answer == KEYMAP_MORE) {
        buffer_adds(out, result->timed ? "timed " : "more ");
    } else if (answer == KEYMAP_CANCEL) {
        buffer_adds(out, "cancelled ");
    } else if (answer == KEYMAP_NONE) {
        buffer_adds(out, "none:");
        keys_write(result->keys, result->key_count, out);
        buffer_addc(out, ' ');
    }
}

/* Feeds keys as the loop does; <Wait> stands for the time being up. */
static char *run(const struct keymap *keymap, enum keymap_context context, const char *text)
{
    struct key_list keys = {0};
    struct buffer out = {0};
    struct keymap_state state = {0};
    struct keymap_result result;
    assert_true(keys_parse_text(text, strlen(text), &keys, NULL));
    for (size_t i = 0; i < keys.count; i++) {
        enum keymap_answer answer =
            keys.items[i] == KEYS_WAIT
                ? keymap_timeout(keymap, &state, context, &result)
                : keymap_feed(keymap, &state, context, keys.items[i], &result);
        while (answer != KEYMAP_IDLE) {
            tell(answer, &result, &out);
            answer = answer == KEYMAP_MORE ? KEYMAP_IDLE
                                           : keymap_again(keymap, &state, context, &result);
        }
    }
    vector_release(&keys);
    return buffer_detach(&out);
}

static void expect(const struct keymap *keymap, enum keymap_context context, const char *keys,
                   const char *wanted)
{
    char *got = run(keymap, context, keys);
    assert_string_equal(got, wanted);
    free(got);
}

static void expect_in_article(const char *map, const char *keys, const char *wanted)
{
    struct keymap *keymap = load(map);
    expect(keymap, KEYMAP_ARTICLE, keys, wanted);
    keymap_free(keymap);
}

/* ---- feeding ------------------------------------------------------------------------ */

static void test_answers(void **state)
{
    (void)state;
    const char *map = "[global]\nline-down = \"j <Down>\"\ntop = gg\nnext-quote = \"]q\"\n"
                      "next-comment=\"]c\"\nhelp = \"<C-h>xyz\"\n";
    expect_in_article(map, "j<Down>", "line-down line-down ");
    expect_in_article(map, "gg", "more top ");
    expect_in_article(map, "]q]c", "more next-quote more next-comment ");
    expect_in_article(map, "x", "none:x ");
    expect_in_article(map, "]x j", "more none:]x line-down ");
    expect_in_article(map, "<C-h>xyzj", "more more more help line-down ");
    expect_in_article(map, "<C-h>xyj", "more more more none:<C-h>xyj ");
}

/* What only some terminals tell apart comes to the same on all, unless it is bound. */
static void test_twins(void **state)
{
    (void)state;
    const char *map = "[global]\nline-down = \"j <Space>\"\ntop = \"g<Enter>\"\n"
                      "next-quote = \"Q <C-S-x>\"\nnext-comment = \"<C-x>\"\n"
                      "help = \"<C-y>\"\nnone = \"<C-S-y>\"\n";
    expect_in_article(map, "<S-Space><C-S-x><C-x>", "line-down next-quote next-comment ");
    expect_in_article(map, "g<C-Enter>g<S-Enter>g<C-m>", "more top more top more top ");
    expect_in_article(map, "<C-S-y><C-y>", "none:<C-S-y> help ");
    expect_in_article(map, "<S-BS>", "none:<BS> ");
    struct keymap *keymap =
        load("[prompt]\ndelete-back = \"<BS>\"\n[global]\ntop = \"t <S-Space>\"\n");
    expect(keymap, KEYMAP_PROMPT, "<S-BS><C-BS>", "delete-back delete-back ");
    expect(keymap, KEYMAP_PROMPT, "<S-Space>", "none:<Space> ");
    keymap_free(keymap);
}

static void test_counts(void **state)
{
    (void)state;
    const char *map = "[global]\nline-down = \"j\"\ntop = gg\nbottom = \"0\"\nquit = \"7\"\n";
    expect_in_article(map, "5j", "more 5*line-down ");
    expect_in_article(map, "12gg", "more more more 12*top ");
    expect_in_article(map, "10j", "more more 10*line-down ");
    expect_in_article(map, "0", "bottom ");
    expect_in_article(map, "7", "quit "); /* a digit that is bound is no count */
    expect_in_article(map, "57", "more 5*quit ");
    expect_in_article(map, "5jj", "more 5*line-down line-down ");
    expect_in_article(map, "5xj", "more none:x line-down ");
    expect_in_article(
        map, "99999999999j",
        "more more more more more more more more more more more 999999999*line-down ");
}

static void test_escape_takes_back(void **state)
{
    (void)state;
    const char *map = "[global]\ncancel = \"<Esc> <C-g>\"\ntop = \"gg <C-x><C-g>\"\n"
                      "bottom = \"<C-x>x\"\n";
    expect_in_article(map, "<Esc>", "cancel ");
    expect_in_article(map, "g<Esc>gg", "more cancelled more top ");
    expect_in_article(map, "5<Esc>gg", "more cancelled more top ");
    expect_in_article(map, "g<C-g>gg", "more cancelled more top ");
    expect_in_article(map, "5<C-g>", "more cancelled ");
    expect_in_article(map, "<C-x><C-g>", "more top "); /* bound after all */
}

static void test_both_binding_and_prefix(void **state)
{
    (void)state;
    const char *map = "[global]\nline-down = \"g\"\ntop = \"ggg\"\nbottom=\"gx\"\nquit=\"x\"\n";
    expect_in_article(map, "g<Wait>", "timed line-down ");
    expect_in_article(map, "ggg", "timed timed top ");
    expect_in_article(map, "gg<Wait>", "timed timed line-down timed ");
    expect_in_article(map, "gg<Wait><Wait>", "timed timed line-down timed line-down ");
    expect_in_article(map, "ggx", "timed timed line-down bottom ");
    expect_in_article(map, "3gy", "more timed 3*line-down none:y ");
    expect_in_article(map, "g5x", "timed line-down more 5*quit ");
    expect_in_article(map, "<Wait>", "");
    expect_in_article("[global]\ntop = \"gg\"\n", "g<Wait>g", "more top ");
}

/* Keys left over are answered in the context that the first answer led to. */
static void test_leftovers_follow_the_context(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\nnext-pane = \"g\"\ntop = \"gg\"\n"
                                 "[article]\nquit = \"x\"\n[thread]\nbottom = \"x\"\n");
    struct keymap_state typed = {0};
    struct keymap_result result;
    assert_int_equal(keymap_feed(keymap, &typed, KEYMAP_ARTICLE, 'g', &result), KEYMAP_MORE);
    assert_true(result.timed);
    assert_int_equal(keymap_feed(keymap, &typed, KEYMAP_ARTICLE, 'x', &result), KEYMAP_MATCH);
    assert_string_equal(action_rows[result.steps[0].action].name, "next-pane");
    assert_int_equal(keymap_again(keymap, &typed, KEYMAP_THREAD, &result), KEYMAP_MATCH);
    assert_string_equal(action_rows[result.steps[0].action].name, "bottom");
    assert_int_equal(keymap_again(keymap, &typed, KEYMAP_THREAD, &result), KEYMAP_IDLE);
    keymap_free(keymap);
}

static void test_pending(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\nnext-quote = \"]<C-x>q\"\n");
    struct keymap_state typed = {0};
    struct keymap_result result;
    struct buffer text = {0};
    static const uint32_t keys[] = {'3', ']', KEYS_CTRL | 'x'};
    for (size_t i = 0; i < ARRAY_LENGTH(keys); i++) {
        assert_int_equal(keymap_feed(keymap, &typed, KEYMAP_ARTICLE, keys[i], &result),
                         KEYMAP_MORE);
    }
    keymap_pending(&typed, &text);
    assert_string_equal(text.data, "3]<C-x>");
    keymap_reset(&typed);
    buffer_clear(&text);
    keymap_pending(&typed, &text);
    assert_string_equal(buffer_string(&text), "");
    buffer_release(&text);
    keymap_free(keymap);
}

/* A caller that never asks again must not make the state overflow. */
static void test_state_never_overflows(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\nquit = \"a\"\ntop = \"aaaaaaaaaaaaaaaaaaaaaaaab\"\n");
    struct keymap_state typed = {0};
    struct keymap_result result;
    for (int i = 0; i < 1000; i++) {
        keymap_feed(keymap, &typed, KEYMAP_ARTICLE, i % 7 == 6 ? 'c' : 'a', &result);
        assert_true(typed.pending + typed.waiting <= KEYMAP_LONGEST * 2);
    }
    keymap_free(keymap);
}

/* ---- contexts ----------------------------------------------------------------------- */

static void test_fall_through(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\nline-down = \"j\"\ntop = \"gg\"\nquit = \"q\"\n"
                                 "help = \"<F1>\"\nback = \"<C-w>w\"\n"
                                 "[thread]\nnext-comment = \"j\"\nparent = \"gp\"\nnone = \"q\"\n"
                                 "[sidebar]\nselect = \"g\"\n"
                                 "[prompt]\ndelete-word = \"<C-w>\"\n");
    expect(keymap, KEYMAP_ARTICLE, "jq", "line-down quit ");
    expect(keymap, KEYMAP_THREAD, "j", "next-comment ");
    expect(keymap, KEYMAP_THREAD, "gg", "more top ");
    expect(keymap, KEYMAP_THREAD, "gp", "more parent ");
    expect(keymap, KEYMAP_THREAD, "q", "none:q ");
    expect(keymap, KEYMAP_SIDEBAR, "gg", "select select "); /* its own hides what is longer */
    expect(keymap, KEYMAP_PROMPT, "jq5", "none:j none:q none:5 ");
    expect(keymap, KEYMAP_PROMPT, "<F1>", "help ");
    expect(keymap, KEYMAP_PICKER, "jq5", "none:j none:q none:5 ");
    expect(keymap, KEYMAP_PICKER, "<F1>", "help ");
    expect(keymap, KEYMAP_PROMPT, "<C-w>w", "delete-word none:w ");
    expect(keymap, KEYMAP_ARTICLE, "<C-w>w", "more back ");
    keymap_free(keymap);
}

/* ---- layers ------------------------------------------------------------------------- */

static void expect_over(const char *map, const char *overlay, const char *keys, const char *wanted)
{
    struct problems problems = {0};
    struct keymap *keymap = load_over(map, overlay, &problems);
    expect_no_problems(&problems);
    expect(keymap, KEYMAP_ARTICLE, keys, wanted);
    keymap_free(keymap);
}

static void test_overlay(void **state)
{
    (void)state;
    const char *map = "[global]\nline-down = \"j <Down>\"\nquit = \"q\"\nhelp = \"?\"\n";
    expect_over(map, "[keys.global]\nline-down = \"n\"\n", "nj<Down>",
                "line-down none:j none:<Down> ");
    expect_over(map, "[keys.global]\nline-down = \"<inherit> n\"\n", "nj<Down>",
                "line-down line-down line-down ");
    expect_over(map, "[keys.global]\nquit = \"\"\n", "qj", "none:q line-down ");
    expect_over(map, "[keys.global]\nhelp = \"j\"\n", "j<Down>?", "help line-down none:? ");
    expect_over(map, "[keys.article]\nhelp = \"j\"\n", "j?", "help help ");
    expect_over(map, "[keys.article]\nnone = \"q\"\n", "q", "none:q ");
    expect_over(map, "[view]\nlayout = wide\n", "q", "quit ");
}

static void test_inheriting(void **state)
{
    (void)state;
    struct keymap *keymap = load("[keymap]\ninherits = \"default\"\n[global]\nquit = \"X\"\n"
                                 "line-down = \"<Inherit> e\"\n");
    expect(keymap, KEYMAP_ARTICLE, "X", "quit ");
    expect(keymap, KEYMAP_ARTICLE, "j<Down>e", "line-down line-down line-down ");
    expect(keymap, KEYMAP_ARTICLE, "gg", "more top ");
    expect(keymap, KEYMAP_ARTICLE, "q", "none:q ");
    assert_string_equal(keymap_name(keymap), "m");
    keymap_free(keymap);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* One's own keymaps: found by name, by path; one called as a built-in one inherits from that. */
static void test_own_files(void **state)
{
    (void)state;
    char home[] = "/tmp/hearsay-keys-XXXXXX", folder[100], path[200];
    assert_non_null(mkdtemp(home));
    snprintf(folder, sizeof folder, "%s/hearsay", home);
    mkdir(folder, 0700);
    snprintf(folder, sizeof folder, "%s/hearsay/keymaps", home);
    mkdir(folder, 0700);
    setenv("XDG_CONFIG_HOME", home, 1);
    write_file(folder, "default.ini", "[keymap]\ninherits = \"default\"\n[global]\nquit = \"X\"\n");
    write_file(folder, "mine.ini", "[keymap]\ninherits = \"default\"\n[global]\nhelp = \"e\"\n");
    write_file(folder, "a.ini", "[keymap]\ninherits = \"b\"\n[global]\nhelp = \"e\"\n");
    write_file(folder, "b.ini", "[keymap]\ninherits = \"a\"\n[global]\nquit = \"f\"\n");
    struct problems problems = {0};
    struct keymap_request request = {.name = "mine", .actions = &actions, .escape_ms = 30};
    struct keymap *keymap = keymap_load(&request, &problems);
    expect_no_problems(&problems);
    expect(keymap, KEYMAP_ARTICLE, "eXj", "help quit line-down ");
    keymap_free(keymap);
    snprintf(path, sizeof path, "%s/mine.ini", folder);
    request.name = path;
    keymap = keymap_load(&request, &problems);
    expect_no_problems(&problems);
    assert_string_equal(keymap_name(keymap), "mine");
    expect(keymap, KEYMAP_ARTICLE, "eXj", "help quit line-down ");
    keymap_free(keymap);
    request.name = "a";
    keymap = keymap_load(&request, &problems);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].message, "'a' inherits from itself in the end");
    expect(keymap, KEYMAP_ARTICLE, "ef", "help quit ");
    keymap_free(keymap);
    problems_release(&problems);
    static const char *const names[] = {"default.ini", "mine.ini", "a.ini", "b.ini"};
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    folder[strlen(folder) - strlen("/keymaps")] = '\0';
    rmdir(folder);
    rmdir(home);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

static void test_unknown_keymap_is_the_default(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct keymap_request request = {.name = "defualt", .actions = &actions, .escape_ms = 30};
    struct keymap *keymap = keymap_load(&request, &problems);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].message,
                        "there is no keymap 'defualt', did you mean 'default'?");
    expect(keymap, KEYMAP_ARTICLE, "j", "line-down ");
    assert_string_equal(keymap_name(keymap), "default");
    keymap_free(keymap);
    problems_release(&problems);
    request.name = "/nonexistent/x.ini";
    keymap = keymap_load(&request, &problems);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].file, "/nonexistent/x.ini");
    expect(keymap, KEYMAP_ARTICLE, "j", "line-down ");
    keymap_free(keymap);
    problems_release(&problems);
}

/* ---- macros ------------------------------------------------------------------------- */

static void test_macros(void **state)
{
    (void)state;
    struct keymap *keymap = load("[macros]\nskim = \"fold-all;  thread-root ;\"\n"
                                 "hunt = \"skim; search-forward harbour board; exit\"\n"
                                 "[global]\nhunt = \"gh\"\n[thread]\nskim = \"s <F2>\"\n");
    expect(keymap, KEYMAP_ARTICLE, "3gh",
           "more more 3*fold-all+thread-root+search-forward(harbour board)+leave ");
    expect(keymap, KEYMAP_THREAD, "s", "fold-all+thread-root ");
    uint32_t count = 0;
    const struct keymap_step *steps = keymap_macro(keymap, "skim", &count);
    assert_non_null(steps);
    assert_int_equal(count, 2);
    assert_null(keymap_macro(keymap, "none", &count));
    assert_string_equal(keymap_macro_name(keymap, 1), "hunt");
    assert_null(keymap_macro_name(keymap, 2));
    keymap_free(keymap);
}

static void test_macro_of_a_higher_layer(void **state)
{
    (void)state;
    expect_over("[macros]\nm = \"top\"\n[global]\nm = \"a\"\n", "[macros]\nm = \"bottom\"\n", "a",
                "bottom ");
    expect_over("[global]\nquit = \"q\"\n",
                "[macros]\nm = 'search-forward \"#x\"'\n[keys.article]\nm = \"q\"\n", "q",
                "search-forward(\"#x\") ");
}

/* ---- looking around ----------------------------------------------------------------- */

static void expect_keys(const struct keymap *keymap, enum keymap_context context,
                        const char *action, const char *wanted)
{
    struct buffer keys = {0};
    keymap_keys_of(keymap, context, keymap_action_find(&actions, action), 9, " ", &keys);
    assert_string_equal(buffer_string(&keys), wanted);
    buffer_release(&keys);
}

static void test_keys_of(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\nline-down = \"j <Down>\"\nhelp = \"? <F1>\"\n"
                                 "[thread]\nnext-comment = \"j\"\nline-down = \"J\"\n");
    expect_keys(keymap, KEYMAP_ARTICLE, "line-down", "j <Down>");
    expect_keys(keymap, KEYMAP_THREAD, "line-down", "J <Down>");
    expect_keys(keymap, KEYMAP_PROMPT, "help", "<F1>");
    expect_keys(keymap, KEYMAP_THREAD, "quit", "");
    keymap_free(keymap);
}

static void test_lookup(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct keymap_binding binding;
    struct keymap *keymap = load_over("[global]\ntop = \"gg\"\n[thread]\nparent = \"gp\"\n",
                                      "\n[keys.article]\nexit = \"gx\"\n", &problems);
    expect_no_problems(&problems);
    static const uint32_t keys[] = {'g', 'x'};
    assert_int_equal(keymap_lookup(keymap, KEYMAP_ARTICLE, keys, 1, &binding), KEYMAP_MORE);
    assert_int_equal(keymap_lookup(keymap, KEYMAP_ARTICLE, keys, 2, &binding), KEYMAP_MATCH);
    assert_string_equal(binding.name, "leave");
    assert_string_equal(binding.origin.file, "config.ini");
    assert_int_equal(binding.origin.line, 3);
    assert_int_equal(binding.context, KEYMAP_ARTICLE);
    assert_int_equal(keymap_lookup(keymap, KEYMAP_THREAD, keys, 2, &binding), KEYMAP_NONE);
    assert_int_equal(keymap_lookup(keymap, KEYMAP_THREAD, keys, 0, &binding), KEYMAP_NONE);
    keymap_free(keymap);
}

/* "key" or "key=action" or "key+" for more behind it, one after the other. */
static void expect_following(const struct keymap *keymap, enum keymap_context context,
                             const char *pending, const char *wanted)
{
    struct keymap_state state = {0};
    struct keymap_following items[20];
    struct buffer out = {0};
    struct key_list keys = {0};
    assert_true(keys_parse(pending, strlen(pending), &keys, NULL));
    for (size_t i = 0; i < keys.count; i++) {
        state.keys[state.pending++] = keys.items[i];
    }
    size_t count = keymap_follow(keymap, context, &state, items, ARRAY_LENGTH(items));
    assert_true(count <= ARRAY_LENGTH(items));
    for (size_t i = 0; i < count; i++) {
        keys_write(&items[i].key, 1, &out);
        buffer_printf(
            &out, "=%s/%u ",
            items[i].binding != BITSET_NONE ? keymap_binding(keymap, items[i].binding).name : "",
            (unsigned)items[i].bindings);
    }
    assert_string_equal(buffer_string(&out), wanted);
    assert_int_equal(keymap_follow(keymap, context, &state, items, 0), count);
    buffer_release(&out);
    vector_release(&keys);
}

static void test_following(void **state)
{
    (void)state;
    struct keymap *keymap = load("[global]\ntop = \"gg\"\nback = \"gp\"\nnext-quote = \"]q\"\n"
                                 "bottom = \"gza gzb\"\n"
                                 "[thread]\nparent = \"gp\"\nquit = \"ga\"\nzoom = \"gzc\"\n"
                                 "none = \"gg\"\n");
    expect_following(keymap, KEYMAP_ARTICLE, "g", "g=top/1 p=back/1 z=/2 ");
    expect_following(keymap, KEYMAP_THREAD, "g", "a=quit/1 p=parent/1 z=/3 ");
    expect_following(keymap, KEYMAP_THREAD, "gz", "a=bottom/1 b=bottom/1 c=zoom/1 ");
    expect_following(keymap, KEYMAP_ARTICLE, "", "]=/1 g=/4 ");
    expect_following(keymap, KEYMAP_ARTICLE, "x", "");
    keymap_free(keymap);
}

/* ---- printing ----------------------------------------------------------------------- */

static void test_print(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct buffer text = {0}, again = {0};
    struct keymap *keymap =
        load_over("[keymap]\nname = \"odd\"\ndescription = \"it's odd\"\n"
                  "[macros]\nm = 'search-forward \"a#b\"; top'\nn = \"m; search-forward #\"\n"
                  "[global]\nline-down = \"j <Down>\"\nm = \"<DQuote> <Bslash> <Hash> ; =\"\n"
                  "[thread]\nnone = \"q\"\nparent = \"\xc3\xa9 <C-Gt>x\"\n",
                  "[keys.global]\nline-down = \"<Inherit> n\"\n", &problems);
    problems_release(&problems); /* <C-Gt> is no key of every terminal, and it says so */
    keymap_print(keymap, &text);
    assert_non_null(strstr(text.data, "name = \"odd\"\ndescription = \"it's odd\"\n"));
    assert_non_null(strstr(text.data, "= \"j <Down> n\"  # m.ini:8 config.ini:2\n"));
    assert_non_null(strstr(text.data, "m = 'search-forward \"a#b\"; top'  # m.ini:5\n"));
    assert_non_null(strstr(text.data, "none                   = \"q\"  # m.ini:11\n"));
    struct keymap *second = load_over(text.data, NULL, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        assert_true(problems.items[i].advice);
    }
    problems_release(&problems);
    assert_int_equal(keymap_binding_count(second), keymap_binding_count(keymap));
    expect(second, KEYMAP_ARTICLE, "n<Hash>;",
           "line-down search-forward(\"a#b\")+top search-forward(\"a#b\")+top ");
    expect(second, KEYMAP_THREAD, "q", "none:q ");
    keymap_print(second, &again);
    char *cut = strstr(again.data, "[macros]");
    assert_non_null(cut);
    keymap_free(keymap);
    keymap_free(second);
    buffer_release(&text);
    buffer_release(&again);
}

/* ---- speed -------------------------------------------------------------------------- */

/* 2,000 bindings; the bound is far from the real figure, so that only a change of shape fails. */
static void test_feeding_is_fast(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct problems problems = {0};
    struct timespec start, end;
    buffer_adds(&text, "[macros]\n");
    for (unsigned i = 0; i < 40; i++) {
        buffer_printf(&text, "m%u = \"top\"\n", i);
    }
    buffer_adds(&text, "[global]\n");
    for (unsigned i = 0; i < 40; i++) {
        buffer_printf(&text, "m%u = \"", i);
        for (uint32_t k = 0; k < 50; k++) {
            buffer_printf(&text, "%c%c%c%c ", 'a' + (int)(k % 25), 'a' + (int)(i % 20),
                          'A' + (int)(k / 25), 'A' + (int)(i / 20));
        }
        buffer_adds(&text, "\"\n");
    }
    struct keymap *keymap = load_over(text.data, NULL, &problems);
    expect_no_problems(&problems);
    assert_int_equal(keymap_binding_count(keymap), 2000);
    struct keymap_state typed = {0};
    struct keymap_result result;
    uint32_t matches = 0, rounds = 50000;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (uint32_t i = 0; i < rounds * 4; i++) {
        static const uint32_t keys[] = {'y', 't', 'B', 'B'};
        matches += keymap_feed(keymap, &typed, KEYMAP_THREAD, keys[i % 4], &result) == KEYMAP_MATCH;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
    assert_int_equal(matches, rounds);
    print_message("%.2f us a key\n", seconds * 1e6 / (rounds * 4));
    assert_true(seconds * 1e6 / (rounds * 4) < 50);
    keymap_free(keymap);
    buffer_release(&text);
}

int main(void)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_escape_takes_back),
        cmocka_unit_test(test_both_binding_and_prefix),
        cmocka_unit_test(test_leftovers_follow_the_context),
        cmocka_unit_test(test_pending),
        cmocka_unit_test(test_state_never_overflows),
        cmocka_unit_test(test_fall_through),
        cmocka_unit_test(test_overlay),
        cmocka_unit_test(test_inheriting),
        cmocka_unit_test(test_own_files),
        cmocka_unit_test(test_unknown_keymap_is_the_default),
        cmocka_unit_test(test_macros),
        cmocka_unit_test(test_macro_of_a_higher_layer),
        cmocka_unit_test(test_keys_of),
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_following),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_feeding_is_fast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
