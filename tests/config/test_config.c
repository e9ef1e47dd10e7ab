/* Settings: the table, the sample, what is printed loads again; themes; places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "hearsay/config.h"

static struct config *load(const char *text, struct problems *problems)
{
    struct config *config = config_new();
    assert_true(config_load_memory(config, "config.ini", text, strlen(text), problems));
    return config;
}

static void expect_problem(const char *text, const char *wanted)
{
    struct problems problems = {0};
    struct buffer said = {0};
    config_free(load(text, &problems));
    for (size_t i = 0; i < problems.count; i++) {
        buffer_adds(&said, i > 0 ? "\n" : "");
        problem_write(&problems.items[i], &said);
    }
    assert_string_equal(buffer_string(&said), wanted);
    buffer_release(&said);
    problems_release(&problems);
}

static void test_defaults(void **state)
{
    (void)state;
    struct config *config = config_new();
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 72);
    assert_int_equal(config_int(config, SETTING_LAYOUT), SETTING_LAYOUT_AUTO);
    assert_int_equal(config_int(config, SETTING_FOLD_DEPTH), -1);
    assert_int_equal(config_int(config, SETTING_TIMEOUT_MS), 700);
    assert_int_equal(config_int(config, SETTING_ESCAPE_MS), 30);
    assert_int_equal(config_int(config, SETTING_HINT_MS), 500);
    assert_true(config_bool(config, SETTING_SEARCH_WRAP));
    assert_false(config_bool(config, SETTING_MOUSE));
    assert_string_equal(config_string(config, SETTING_KEYMAP), "default");
    assert_null(config_origin(config, SETTING_KEYMAP, NULL));
    assert_null(config_ini(config));
    config_free(config);
}

static void test_loading(void **state)
{
    (void)state;
    struct problems problems = {0};
    uint32_t line = 0;
    struct config *config = load("[view]\narticle_columns = 60\nlayout = Stacked\nsidebar = off\n"
                                 "[keys]\nkeymap = \"vi\"\n[keys.article]\nquit = \"x\"\n",
                                 &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 60);
    assert_int_equal(config_int(config, SETTING_LAYOUT), SETTING_LAYOUT_STACKED);
    assert_false(config_bool(config, SETTING_SIDEBAR));
    assert_string_equal(config_string(config, SETTING_KEYMAP), "vi");
    assert_string_equal(config_origin(config, SETTING_KEYMAP, &line), "config.ini");
    assert_int_equal(line, 6);
    assert_int_equal(config_ini(config)->count, 5);
    config_free(config);
}

static void test_problems_name_the_line(void **state)
{
    (void)state;
    expect_problem("[view]\narticle_columns = 500\n",
                   "config.ini:2: 'view.article_columns' must be 20 to 200, not '500'");
    expect_problem("[view]\narticle_columns = 0x40\n",
                   "config.ini:2: 'view.article_columns' must be 20 to 200, not '0x40'");
    expect_problem("[view]\narticle_columns = 60.5\n",
                   "config.ini:2: 'view.article_columns' must be 20 to 200, not '60.5'");
    expect_problem("[view]\nsidebar = maybe\n",
                   "config.ini:2: 'view.sidebar' must be yes or no, not 'maybe'");
    expect_problem("[view]\nlayout = wdie\n",
                   "config.ini:2: 'view.layout' must be auto, wide, "
                   "stacked or single, not 'wdie', did you mean 'wide'?");
    expect_problem("\n[veiw]\nlayout = wide\n",
                   "config.ini:2: unknown section 'veiw', did you mean 'view'?");
    expect_problem("[view]\nlayuot = wide\n",
                   "config.ini:2: unknown setting 'layuot' in [view], did you mean 'layout'?");
    expect_problem("[view]\nwrap = no\n",
                   "config.ini:2: 'wrap' is a setting of [search], not of [view]");
    expect_problem("[theme]\nname = mnoo\n",
                   "config.ini:2: there is no theme 'mnoo', did you mean 'mono'?");
    expect_problem("[keys]\nkeymap =\n", "config.ini:2: 'keys.keymap' must be text without quotes, "
                                         "at most 200 bytes, not ''");
}

static void test_good_lines_stay_in_force(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct config *config =
        load("[view]\nlayout = wdie\nnonsense\nsidebar_share = 40\n[oops\nx=1\n[search]\nwrap=no",
             &problems);
    assert_int_equal(problems.count, 3);
    assert_int_equal(config_int(config, SETTING_SIDEBAR_SHARE), 40);
    assert_false(config_bool(config, SETTING_SEARCH_WRAP));
    assert_int_equal(config_int(config, SETTING_LAYOUT), SETTING_LAYOUT_AUTO);
    config_free(config);
    problems_release(&problems);
}

static void test_set(void **state)
{
    (void)state;
    struct error error = {""};
    struct config *config = config_new();
    assert_true(config_set(config, "view.article_columns", "100", &error));
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 100);
    assert_string_equal(config_origin(config, SETTING_ARTICLE_COLUMNS, NULL), "--set");
    assert_false(config_set(config, "view.article_columns", "7", &error));
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 100);
    assert_false(config_set(config, "columns", "7", &error));
    assert_string_equal(error.message, "'columns' is not the name of a setting: it is SECTION.KEY");
    assert_false(config_set(config, "view.article_column", "70", &error));
    assert_string_equal(error.message, "unknown setting 'article_column' in [view], did you mean "
                                       "'article_columns'?");
    assert_false(config_set(config, "keys.keymap", "a\"b", &error));
    assert_false(config_set(config, "keys.keymap", "a\nb", &error));
    assert_true(config_set(config, "keys.keymap", "caf\xc3\xa9 #1", &error));
    config_free(config);
}

static void expect_same(const struct config *one, const struct config *other)
{
    for (unsigned i = 0; i < SETTINGS; i++) {
        enum setting setting = (enum setting)i;
        if (setting_info(setting)->type == SETTING_TYPE_STRING) {
            assert_string_equal(config_string(one, setting), config_string(other, setting));
        } else if (setting_info(setting)->type == SETTING_TYPE_BOOL) {
            assert_int_equal(config_bool(one, setting), config_bool(other, setting));
        } else {
            assert_int_equal(config_int(one, setting), config_int(other, setting));
        }
    }
}

/* Every setting away from its default, some from a file and some from --set; then print and load.
 */
static void test_what_is_printed_loads_again(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct buffer out = {0}, again = {0};
    struct config *config =
        load("[text]\nemoji = cluster\nbidi = off\nlink_marks = no\nambiguous_width = "
             "2\n[thread]\nfold_depth = 3\n"
             "indent = 4\nrails = ascii\nsort = score\nsort_replies = newest\nmin_columns = "
             "30\n[macros]\nm = \"top; bottom\"\n"
             "[keys.article]\nquit = '\" x'\n",
             &problems);
    static const char *const others[][2] = {
        {"view.article_columns", "66"}, {"view.layout", "single"},     {"view.sidebar", "no"},
        {"view.sidebar_share", "11"},   {"view.thread_share", "33"},   {"search.case", "match"},
        {"search.wrap", "no"},          {"keys.keymap", "my # map"},   {"keys.timeout_ms", "1"},
        {"keys.escape_ms", "2"},        {"keys.hint_ms", "0"},         {"keys.mouse", "yes"},
        {"theme.name", "contrast"},     {"open.browser", "w3m %s"},    {"open.terminal", "yes"},
        {"copy.by", "wl-copy"},         {"voices.only_read", "yes"},   {"thread.tall_lines", "5"},
        {"thread.fold_read", "yes"},    {"thread.read_ms", "-1"},      {"state.history", "3"},
        {"state.remember", "no"},       {"state.keep", "7"},           {"search.regex", "yes"},
        {"thread.flat", "yes"},         {"thread.fold_quoted", "yes"}, {"thread.people", "off"},
        {"view.times", "absolute"},     {"import.memory_mb", "99"},    {"import.seconds", "9"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++) {
        assert_true(config_set(config, others[i][0], others[i][1], NULL));
    }
    config_print(config, &out);
    struct config *second = load(out.data, &problems);
    assert_int_equal(problems.count, 0);
    expect_same(config, second);
    for (unsigned i = 0; i < SETTINGS; i++) { /* or this test would show nothing */
        assert_non_null(config_origin(config, (enum setting)i, NULL));
        assert_non_null(config_origin(second, (enum setting)i, NULL));
    }
    const struct ini *ini = config_ini(second);
    assert_string_equal(ini->entries[ini->count - 1].value, "\" x");
    assert_string_equal(ini->entries[ini->count - 2].value, "top; bottom");
    config_print(second, &again);
    assert_non_null(strstr(again.data, "[keys.article]\nquit = '\" x'\n"));
    config_free(config);
    config_free(second);
    buffer_release(&out);
    buffer_release(&again);
}

/* Takes the comment sign off every setting of the sample. */
static char *uncommented(const char *sample)
{
    struct buffer out = {0};
    for (const char *line = sample; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        bool setting = strncmp(line, "# ", 2) == 0 && memchr(line, '=', length) != NULL;
        buffer_add(&out, line + (setting ? 2 : 0), length - (setting ? 2 : 0));
        line += length;
    }
    return buffer_detach(&out);
}

static void test_sample_is_true(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct buffer sample = {0};
    config_sample(&sample);
    struct config *config = load(sample.data, &problems), *fresh = config_new();
    expect_same(config, fresh);
    config_free(config);
    char *text = uncommented(sample.data);
    config = load(text, &problems);
    if (problems.count > 0) {
        print_message("%s\n", problems.items[0].message);
    }
    assert_int_equal(problems.count, 0);
    expect_same(config, fresh);
    for (unsigned i = 0; i < SETTINGS; i++) {
        assert_non_null(config_origin(config, (enum setting)i, NULL));
    }
    config_free(config);
    config_free(fresh);
    free(text);
    buffer_release(&sample);
}

/* GENERATE=1 writes it anew. */
static void test_sample_in_the_project_is_current(void **state)
{
    (void)state;
    struct buffer sample = {0}, there = {0};
    config_sample(&sample);
    if (getenv("GENERATE") != NULL) {
        FILE *new = fopen("config.ini.sample", "w");
        assert_non_null(new);
        fputs(sample.data, new);
        fclose(new);
    }
    FILE *file = fopen("config.ini.sample", "r");
    if (file == NULL) {
        print_message("skipped: config.ini.sample is not here (run from the project's root)\n");
        skip();
    }
    assert_true(buffer_read(&there, fileno(file), 1u << 20, NULL));
    fclose(file);
    assert_string_equal(buffer_string(&there), sample.data);
    buffer_release(&there);
    buffer_release(&sample);
}

static void test_missing_file(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct config *config = config_new();
    assert_false(config_load(config, "/nonexistent/config.ini", &problems));
    assert_int_equal(problems.count, 1);
    problems_release(&problems);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    assert_true(config_load(config, NULL, &problems));
    assert_int_equal(problems.count, 0);
    config_free(config);
}

static void test_themes(void **state)
{
    (void)state;
    size_t count;
    const struct theme *themes = theme_table(&count);
    assert_string_equal(themes[0].name, "default");
    assert_ptr_equal(theme_find("contrast"), &themes[2]);
    assert_null(theme_find("nothing"));
    const struct theme *mono = theme_find("mono");
    for (unsigned i = 0; i < STYLES; i++) {
        assert_int_equal(mono->looks[i].foreground, LOOK_DEFAULT);
        assert_int_equal(mono->looks[i].background, LOOK_DEFAULT);
        for (size_t t = 0; t < count; t++) {
            assert_in_range(themes[t].looks[i].foreground + 1, 0, 16);
            assert_in_range(themes[t].looks[i].background + 1, 0, 16);
        }
    }
}

/* A row of the table left out would be black on black: the zero look. */
static void test_no_look_is_missing(void **state)
{
    (void)state;
    size_t count;
    const struct theme *themes = theme_table(&count);
    for (size_t t = 0; t < count; t++) {
        for (unsigned i = 0; i < STYLES; i++) {
            struct look look = themes[t].looks[i];
            assert_true(look.foreground != look.background || look.foreground == LOOK_DEFAULT);
        }
    }
}

static void test_style_letters_differ(void **state)
{
    (void)state;
    bool seen[128] = {false};
    for (unsigned i = 0; i < STYLES; i++) {
        const struct style_info *info = style_info((enum style)i);
        assert_non_null(info->name);
        assert_in_range(info->letter, 0x21, 0x7e);
        assert_false(seen[(unsigned char)info->letter]);
        seen[(unsigned char)info->letter] = true;
    }
    assert_int_equal(style_info(STYLE_TEXT)->letter, '.');
}

static void test_places(void **state)
{
    (void)state;
    setenv("HOME", "/home/reader", 1);
    setenv("XDG_CONFIG_HOME", "/etc/own", 1);
    char *path = place_path(PLACE_CONFIG, "config.ini");
    assert_string_equal(path, "/etc/own/hearsay/config.ini");
    free(path);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    path = place_path(PLACE_CONFIG, "config.ini");
    assert_string_equal(path, "/home/reader/.config/hearsay/config.ini");
    free(path);
    unsetenv("XDG_STATE_HOME");
    path = place_path(PLACE_STATE, "x");
    assert_string_equal(path, "/home/reader/.local/state/hearsay/x");
    free(path);
    path = place_shared("keymaps/vi.ini");
    assert_non_null(strstr(path, "/../share/hearsay/keymaps/vi.ini"));
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_loading),
        cmocka_unit_test(test_problems_name_the_line),
        cmocka_unit_test(test_good_lines_stay_in_force),
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_what_is_printed_loads_again),
        cmocka_unit_test(test_sample_is_true),
        cmocka_unit_test(test_sample_in_the_project_is_current),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_themes),
        cmocka_unit_test(test_no_look_is_missing),
        cmocka_unit_test(test_style_letters_differ),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
