/* The command line, the palette, and settings changed while the program runs. */
#include "session.h"

#include <stdio.h>
#include <unistd.h>

static void test_a_name_is_completed(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":unfold-a<Tab>");
    expect_seen(fixture, STATUS, "unfold-all");
    press(fixture, "<Esc>:scr<Tab>");
    expect_seen(fixture, STATUS, ": scroll-");
    expect_seen(fixture, -1, "shift wide code back");
    expect_seen(fixture, -1, "zh  <C-Left>");
    press(fixture, "<Tab>");
    expect_seen(fixture, STATUS, "scroll-left");
    press(fixture, "<Tab><Tab>");
    expect_seen(fixture, STATUS, "scroll-left");
    press(fixture, "<S-Tab>");
    expect_seen(fixture, STATUS, "scroll-right");
    press(fixture, "x");
    expect_unseen(fixture, -1, "shift wide code back");
    press(fixture, "<Tab>");
    expect_seen(fixture, STATUS, "nothing begins so");
    press(fixture, "<Esc>");
    expect_unseen(fixture, STATUS, "scroll");
}

static void test_arguments_are_completed(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":se<Tab><Tab>");
    expect_seen(fixture, STATUS, "set-mark");
    press(fixture, "<Esc>:set<Space>view.lay<Tab>");
    expect_seen(fixture, STATUS, "set view.layout=");
    press(fixture, "<Tab>");
    expect_seen(fixture, STATUS - 1, "single");
    press(fixture, "s<Tab><Tab>");
    expect_seen(fixture, STATUS, "set view.layout=stacked");
    press(fixture, "<Enter>");
    expect_seen(fixture, STATUS, "view.layout = stacked");
    assert_int_equal(config_int(fixture->config, SETTING_LAYOUT), SETTING_LAYOUT_STACKED);
    press(fixture, ":set<Space>keys.keymap=<Tab>");
    expect_seen(fixture, -1, "emacs");
    press(fixture, "<Esc>:set<Space>theme.name=<Tab>");
    expect_seen(fixture, -1, "mono");
    press(fixture, "<Esc>:3<Space>command-line<Space>unfold-a<Tab>");
    expect_seen(fixture, STATUS, "unfold-all");
}

static void test_settings_are_told_and_set(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, ":set<Space>thread.indent<Enter>");
    expect_seen(fixture, STATUS, "thread.indent = 2 (the default)");
    press(fixture, ":set<Space>thread.indent<Space>4<Enter>:set<Space>thread.indent<Enter>");
    expect_seen(fixture, STATUS, "thread.indent = 4 (--set)");
    press(fixture, ":set<Space>thread.indent=99<Enter>");
    expect_seen(fixture, STATUS, "must be 1 to 8");
    press(fixture, ":set<Space>thread.ident=3<Enter>");
    expect_seen(fixture, STATUS, "did you mean 'indent'");
    press(fixture, ":set<Space>theme.name=mono<Enter>");
    assert_true(fixture->wishes & WISH_REPAINT);
    press(fixture, ":set<Space>keys.keymap=nowhere<Enter>");
    expect_seen(fixture, STATUS, "no keymap 'nowhere'");
    press(fixture, ":set<Space>keys.keymap=vi<Enter>g?");
    expect_seen(fixture, -1, "Keys in the article (vi)");
}

static void test_macros_run_by_name(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default", "[macros]\nhunt = \"focus-thread; go-to-comment 12\"\n");
    press(&fixture, ":hu<Tab><Enter>");
    expect_seen(&fixture, STATUS, "comment 12 of 30");
    press(&fixture, ":hunted<Enter>");
    expect_seen(&fixture, STATUS, "did you mean 'hunt'");
    end(&fixture);
}

static void test_the_palette_finds_by_letters(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-p>");
    expect_seen(fixture, -1, "scroll down by a line");
    press(fixture, "fa");
    expect_seen(fixture, -1, "zM  _");
    press(fixture, "<C-u>nopqxyz");
    expect_seen(fixture, STATUS, "nothing fits");
    press(fixture, "<Enter>");
    expect_seen(fixture, STATUS, "nothing fits");
    press(fixture, "<Esc>");
    expect_seen(fixture, 0, "A title");
    press(fixture, "<C-p>quitn<Enter>");
    assert_true(fixture->wishes & WISH_QUIT);
}

static void test_the_palette_is_moved_in(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-p>focus<Down><Down><Enter>");
    expect_seen(fixture, STATUS, "thread");
    press(fixture, "<C-p>");
    press(fixture, "<F7>");
    expect_seen(fixture, STATUS, "> ");
    press(fixture, "<End><PageUp><Home><Up><Esc>");
    expect_unseen(fixture, STATUS, "> ");
    press(fixture, "<C-p>go<Space>to<Space>the<Space>end");
    expect_seen(fixture, STATUS - 1, "bottom");
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* What is wrong changes nothing, what is right all of it; --set outlives both. */
static void test_reloading(void **state)
{
    (void)state;
    char path[] = "/tmp/hearsay-test-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    struct config *config = config_new();
    struct document *document = make_document(3, 3);
    struct keymap_request request = {.actions = command_actions(), .escape_ms = 30};
    assert_true(config_set(config, "thread.indent", "5", NULL));
    struct session_setup setup = {.document = document,
                                  .config = config,
                                  .keymap = keymap_load(&request, NULL),
                                  .config_path = path,
                                  .name = "test"};
    struct fixture fixture = {.session = session_new(&setup)};
    session_resize(fixture.session, ROWS, COLUMNS);

    write_file(path,
               "[view]\narticle_columns = 50\nlayout = wdie\n[keys.global]\nquit-now = \"<F5>\"\n");
    assert_false(session_reload(fixture.session) & WISH_REPAINT);
    expect_seen(&fixture, STATUS, "nothing is changed: ");
    expect_seen(&fixture, STATUS, ":3: ");
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 72);
    press(&fixture, "<F5>");
    assert_false(fixture.wishes & WISH_QUIT);

    write_file(path, "[view]\narticle_columns = 50\n[keys.global]\nquit-now = \"<F5>\"\n");
    assert_true(session_reload(fixture.session) & WISH_REPAINT);
    expect_seen(&fixture, STATUS, "read again");
    assert_int_equal(config_int(config, SETTING_ARTICLE_COLUMNS), 50);
    assert_int_equal(config_int(config, SETTING_INDENT), 5);
    press(&fixture, "<F5>");
    assert_true(fixture.wishes & WISH_QUIT);

    unlink(path);
    session_reload(fixture.session);
    expect_seen(&fixture, STATUS, "nothing is changed: ");
    session_free(fixture.session);
    frame_release(&fixture.frame);
    config_free(config);
    document_free(document);
}

/* Settings are read again twice by a macro of the keymap that is being replaced. */
static void test_reloading_within_a_macro(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "vi",
          "[macros]\nagain = \"reload-settings; set keys.keymap=less; line-down\"\n"
          "[keys.global]\nagain = \"<F4>\"\n");
    press(&fixture, "<F4>");
    expect_unseen(&fixture, 0, "A title");
    press(&fixture, "h");
    expect_seen(&fixture, -1, "Keys in the article (less)");
    end(&fixture);
}

static void test_nothing_typed_fails_without_a_word(void **state)
{
    struct fixture *fixture = *state;
    char much[4001];
    press(fixture, ":so<F12>");
    expect_seen(fixture, STATUS, "'<F12>' is not bound");
    expect_unseen(fixture, STATUS, "for help");
    press(fixture, "r<F1>");
    expect_seen(fixture, STATUS, "close this first");
    memset(much, 'x', sizeof much);
    session_paste(fixture->session, much, sizeof much);
    expect_seen(fixture, STATUS, "a line holds 4000 bytes");
    expect_seen(fixture, STATUS, ": sor ");
    press(fixture, "<Esc>?<F1>");
    expect_seen(fixture, STATUS, "close this first");
}

static void test_an_unbound_interrupt_closes_the_line(void **state)
{
    (void)state;
    struct fixture own = {0};
    begin(&own, "default", "[keys.global]\nquit-now = \"Q\"\n[keys.prompt]\ncancel = \"<Esc>\"\n");
    press(&own, "/Hello<C-c>");
    assert_false(own.wishes & WISH_QUIT);
    expect_unseen(&own, STATUS, "/Hello");
    end(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_nothing_typed_fails_without_a_word),
        cmocka_unit_test(test_an_unbound_interrupt_closes_the_line),
        CASE(test_a_name_is_completed),
        CASE(test_arguments_are_completed),
        CASE(test_settings_are_told_and_set),
        cmocka_unit_test(test_macros_run_by_name),
        CASE(test_the_palette_finds_by_letters),
        CASE(test_the_palette_is_moved_in),
        cmocka_unit_test(test_reloading),
        cmocka_unit_test(test_reloading_within_a_macro),
    };
    return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
