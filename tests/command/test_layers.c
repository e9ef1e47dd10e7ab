/* What lies over the panes and how it is left; what is said in the last row, and where it is whole.
 */
#include "session.h"

static bool leaves(struct fixture *fixture, const char *keys)
{
    press(fixture, keys);
    return fixture->wishes & WISH_QUIT;
}

static void test_quit_closes_what_was_told(void **state)
{
    struct fixture *fixture = *state;
    const char *const closing[] = {"q", "<Esc>"};
    for (size_t at = 0; at < ARRAY_LENGTH(closing); at++) {
        press(fixture, "K]q");
        expect_seen(fixture, STATUS, "q close");
        assert_false(leaves(fixture, closing[at]));
        expect_unseen(fixture, -1, "said in");
    }
    press(fixture, "Kj");
    press(fixture, "]");
    expect_seen(fixture, -1, "said in");
    press(fixture, "c");
    expect_unseen(fixture, -1, "said in");
    assert_true(leaves(fixture, "q"));
}

/* The list that was asked for is open, with the reason in it. */
static void test_quit_closes_a_list_that_is_empty(void **state)
{
    struct fixture *fixture = *state;
    const char *const empty[][2] = {
        {"gN", "no comment here has a date"},
        {"gB", "no comment here has a score"},
        {"gi", "this is the only article"},
        {"gv", "quotations are still being found"},
        {"KQ", "said in"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(empty); at++) {
        press(fixture, empty[at][0]);
        expect_seen(fixture, STATUS - 1, empty[at][1]);
        assert_false(leaves(fixture, "q"));
        expect_unseen(fixture, STATUS - 1, empty[at][1]);
    }
    assert_true(leaves(fixture, "q"));
}

/* Two seconds for the rest of a sequence, so that what can follow is shown before they are up. */
static void test_quit_does_not_leave_when_a_box_has_closed_by_itself(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "default", "[keys]\ntimeout_ms = 2000\n[keys.global]\nzoom = \"]\"\n");
    press(&fixture, "]");
    session_timeout(fixture.session);
    expect_seen(&fixture, -1, "go to the next quotation");
    session_timeout(fixture.session);
    expect_unseen(&fixture, -1, "go to the next quotation");
    assert_false(leaves(&fixture, "q"));
    expect_seen(&fixture, STATUS, "closed by itself");
    assert_false(leaves(&fixture, "q")); /* the zoom */
    assert_true(leaves(&fixture, "q"));
    end(&fixture);
}

static void test_interrupt_takes_back_before_it_leaves(void **state)
{
    (void)state;
    static const struct {
        const char *keymap, *begun[5], *leaving;
    } rows[] = {
        {"default", {"5", "g", "/word", ":quit", "'"}, "<C-c>"},
        {"vi", {"5", "z", "/word", ":quit", "'"}, "<C-c>"},
        {"less", {"5", "12", "/word", ":quit", "'"}, "<C-c>"},
        {"emacs", {"5", "T", "<C-s>word", "<M-x>quit", "<C-x>r"}, "<C-x><C-c>"},
        {"arrows", {"5", "=", "/word", ":quit", "b"}, "<C-c>"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        struct fixture fixture = {0};
        begin(&fixture, rows[at].keymap, "");
        for (size_t begun = 0; begun < ARRAY_LENGTH(rows[at].begun); begun++) {
            press(&fixture, rows[at].begun[begun]);
            assert_false(leaves(&fixture, "<C-c>"));
            expect_seen(&fixture, STATUS, " article ");
        }
        assert_true(leaves(&fixture, rows[at].leaving));
        end(&fixture);
    }
}

/* Esc alone goes all the way out: the search, what lies over the panes, filter and zoom, and then
 * the program. */
static void test_step_back_takes_one_layer_at_a_time(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "arrows", "");
    press(&fixture, "=3F=1<F11>/w7<Enter><F1>");
    expect_seen(&fixture, 0, "Keys in the");
    static const char *const left[] = {"Keys in the", "/w7", "filter author"};
    for (size_t at = 0; at < ARRAY_LENGTH(left); at++) {
        session_settle(fixture.session);
        expect_seen(&fixture, -1, left[at]);
        assert_false(leaves(&fixture, "<Esc>"));
        press(&fixture, "<Home>");
        expect_unseen(&fixture, -1, left[at]);
    }
    expect_unseen(&fixture, -1, "Author 1");
    assert_false(leaves(&fixture, "5<Esc>"));
    expect_unseen(&fixture, -1, "Author 1");
    assert_false(leaves(&fixture, "<Esc>"));
    assert_false(leaves(&fixture, "/w<Esc>"));
    assert_true(leaves(&fixture, "<Esc>"));
    end(&fixture);
}

static void test_universal_argument_counts_as_in_emacs(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"<C-u>", "4"},   {"<C-u><C-u>", "16"},  {"<C-u>12", "12"},       {"<C-u><C-u>7", "7"},
        {"3<C-u>", "12"}, {"<C-u>5<C-u>", "20"}, {"<C-u><C-g><C-u>", "4"}};
    struct fixture fixture = {0};
    begin(&fixture, "emacs", "");
    for (size_t at = 0; at < ARRAY_LENGTH(rows); at++) {
        char pending[16];
        press(&fixture, rows[at][0]);
        snprintf(pending, sizeof pending, " %s ", rows[at][1]);
        expect_seen(&fixture, STATUS, pending);
        press(&fixture, "<C-g>");
    }
    press(&fixture, "<C-u>0");
    expect_unseen(&fixture, STATUS, "not bound");
    press(&fixture, "<C-x>wt<C-u>n");
    expect_seen(&fixture, STATUS, "comment 5 of 30");
    for (int more = 0; more < 40; more++)
        press(&fixture, "<C-u>");
    expect_seen(&fixture, STATUS, "400000000");
    end(&fixture);
}

static void test_a_long_message_is_cut_with_a_mark(void **state)
{
    struct fixture *fixture = *state;
    session_resize(fixture->session, 12, 40);
    press(fixture, ":gibberish-that-is-longer-than-forty-columns<Enter>");
    expect_seen(fixture, 11, "unknown command");
    expect_seen(fixture, 11, "…");
    expect_unseen(fixture, 11, "forty");
    expect_seen(fixture, 11, "g<Lt> all");
    press(fixture, "g<Lt>");
    expect_seen(fixture, 2, "unknown command");
    expect_seen(fixture, 4, "columns'");
    assert_false(leaves(fixture, "q"));
}

static void test_messages_are_kept_the_last_one_first(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "g<Lt>");
    expect_seen(fixture, STATUS - 1, "nothing has been said yet");
    press(fixture, ":first<Enter>:second<Enter>:second<Enter>:messages<Enter>");
    expect_seen(fixture, 2, "'second'");
    expect_seen(fixture, 3, "'first'");
}

static void test_what_help_does_not_have_is_said(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "?/zebra<Enter>");
    expect_seen(fixture, STATUS, "'zebra' not found");
    press(fixture, "j");
    press(fixture, "n");
    expect_seen(fixture, STATUS, "'zebra' not found");
    press(fixture, "/fold<Enter>");
    expect_unseen(fixture, STATUS, "not found");
    press(fixture, "q<C-p>zebra<Enter>");
    expect_seen(fixture, STATUS, "nothing fits 'zebra'");
}

static size_t times_seen(const char *text, const char *wanted)
{
    size_t times = 0;
    while ((text = strstr(text, wanted)) != NULL) {
        text += strlen(wanted);
        times++;
    }
    return times;
}

static void test_help_has_all_once_and_whole(void **state)
{
    struct fixture *fixture = *state;
    session_resize(fixture->session, 400, 40);
    press(fixture, "?");
    assert_int_equal(times_seen(seen(fixture, -1), "Searching"), 1);
    assert_int_equal(times_seen(seen(fixture, -1), "mark all comments read"), 1);
    expect_unseen(fixture, -1, "…");
    expect_seen(fixture, -1, "expression, <word> a whole word in it");
}

/* Help is set anew for another width, and goes on where it was. */
static void test_help_follows_the_screen(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "?/mark<Space>all<Space>comments<Enter>");
    session_resize(fixture->session, 12, 30);
    expect_seen(fixture, 2, "gA");
    for (int row = 0; row < 12; row++)
        assert_true(strlen(seen(fixture, row)) < 100);
    expect_unseen(fixture, -1, "…");
    session_resize(fixture->session, ROWS, COLUMNS);
    expect_seen(fixture, 2, "mark all comments read");
    press(fixture, "q");
    session_resize(fixture->session, 12, 40);
    expect_unseen(fixture, -1, "mark all comments read");
}

/* The legend shows what is drawn, by the setting. */
static void test_help_tells_what_the_signs_mean(void **state)
{
    (void)state;
    static const char *const rails[][3] = {{"", "▸", "“"},
                                           {"[thread]\nrails = ascii\n", "+", "\""}};
    for (size_t at = 0; at < ARRAY_LENGTH(rails); at++) {
        struct fixture fixture = {0};
        begin(&fixture, "default", rails[at][0]);
        press(&fixture, "?/signs<Space>mean<Enter>");
        expect_seen(&fixture, -1, "What the signs mean");
        const char *const meant[] = {"it is folded", "how often somebody is quoted"};
        for (size_t sign = 0; sign < ARRAY_LENGTH(meant); sign++) {
            bool found = false;
            for (int row = 2; row < STATUS; row++)
                found = found || (strstr(seen(&fixture, row), meant[sign]) &&
                                  strstr(seen(&fixture, row), rails[at][1 + sign]));
            assert_true(found);
        }
        end(&fixture);
    }
}

static void test_panes_are_gone_through_and_back(void **state)
{
    struct fixture *fixture = *state;
    static const char *const steps[][2] = {{"<Tab>", "sidebar"},   {"<Tab>", "thread"},
                                           {"<S-Tab>", "sidebar"}, {"<S-Tab>", "article"},
                                           {"<S-Tab>", "thread"},  {"<Tab>", "article"}};
    for (size_t at = 0; at < ARRAY_LENGTH(steps); at++) {
        press(fixture, steps[at][0]);
        expect_seen(fixture, STATUS, steps[at][1]);
    }
    const char *const by_place[][2] = {
        {"<C-w>j", "thread"}, {"<C-w>k", "article"}, {"<C-w>l", "sidebar"}, {"<C-w>h", "article"}};
    for (size_t at = 0; at < ARRAY_LENGTH(by_place); at++) {
        press(fixture, by_place[at][0]);
        expect_seen(fixture, STATUS, by_place[at][1]);
    }
}

static void test_a_count_before_percent_goes_there(void **state)
{
    (void)state;
    static const char *const keymaps[] = {"default", "vi", "less"};
    for (size_t at = 0; at < ARRAY_LENGTH(keymaps); at++) {
        struct fixture fixture = {0};
        begin(&fixture, keymaps[at], "");
        session_resize(fixture.session, 12, 40);
        press(&fixture, "50%");
        expect_unseen(&fixture, 0, "A title");
        press(&fixture, "1%");
        expect_seen(&fixture, 0, "p0w");
        end(&fixture);
    }
}

static void test_the_count_of_hits_stays_on_a_narrow_screen(void **state)
{
    struct fixture *fixture = *state;
    bool more = true;
    session_resize(fixture->session, 12, 40);
    press(fixture, "/w7<Enter>");
    while (more)
        session_work(fixture->session, &more);
    expect_seen(fixture, 11, "/w7 1 of ");
}

static void test_what_a_hand_from_vi_types_after_a_colon(void **state)
{
    (void)state;
    static const char *const leaving[] = {"q", "q!", "qa", "qa!", "wq", "wqa", "x", "xa"};
    for (size_t at = 0; at < ARRAY_LENGTH(leaving); at++) {
        struct fixture fixture = {0};
        begin(&fixture, "vi", "");
        press(&fixture, ":");
        press(&fixture, leaving[at]);
        assert_true(leaves(&fixture, "<Enter>"));
        end(&fixture);
    }
    struct fixture fixture = {0};
    begin(&fixture, "vi", "");
    press(&fixture, "/p3w7<Enter>:noh<Enter>");
    expect_unseen(&fixture, STATUS, "p3w7");
    press(&fixture, ":voices<Enter>");
    expect_seen(&fixture, STATUS - 1, "quotations are still being found");
    press(&fixture, "q:$<Enter>");
    expect_unseen(&fixture, 0, "A title");
    end(&fixture);
}

static bool asks_for(struct fixture *fixture, const char *line, enum errand_kind kind,
                     const char *what)
{
    struct errand errand = {0};
    press(fixture, ":");
    for (; *line; line++)
        session_key(fixture->session, (unsigned char)*line);
    press(fixture, "<Enter>");
    bool asked = session_errand(fixture->session, &errand) && errand.kind == kind &&
                 (errand.path ? strcmp(errand.path, what) == 0
                              : errand.arguments && strstr(errand.arguments[2], what));
    errand_release(&errand);
    return asked;
}

/* The key that began the search goes on with it. */
static void test_emacs_goes_on_while_typing(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "emacs", "");
    session_resize(fixture.session, 12, 40);
    press(&fixture, "<C-s>w7<C-s><C-s>");
    press(&fixture, "<Enter>");
    session_settle(fixture.session);
    expect_seen(&fixture, 11, "/w7 3 of ");
    end(&fixture);
}

static void test_writing_as_in_vi(void **state)
{
    struct fixture *fixture = *state;
    assert_true(asks_for(fixture, "w notes.md", ERRAND_SAVE, "notes.md"));
    assert_true(asks_for(fixture, "w! notes.md", ERRAND_SAVE, "notes.md"));
    assert_true(asks_for(fixture, "w !wc -w", ERRAND_PIPE, "wc -w"));
    /* Nothing is left out silently. */
    assert_false(asks_for(fixture, "wq notes.md", ERRAND_SAVE, "notes.md"));
    expect_seen(fixture, STATUS, "takes nothing after it");
    assert_false(leaves(fixture, "j"));
}

static void test_unknown_commands_name_the_nearest(void **state)
{
    struct fixture *fixture = *state;
    static const char *const typed[][2] = {{"voice", "'show-voices'"},
                                           {"nxt-quote", "'next-quote'"},
                                           {"quote-next", "'next-quote'"},
                                           {"unfld", "'unfold-all'"},
                                           {"wrote", "'save'"}};
    for (size_t at = 0; at < ARRAY_LENGTH(typed); at++) {
        press(fixture, ":");
        press(fixture, typed[at][0]);
        press(fixture, "<Enter>");
        expect_seen(fixture, STATUS, typed[at][1]);
    }
    press(fixture, ":zzzzzz<Enter>");
    expect_unseen(fixture, STATUS, "did you mean");
}

/* A prompt opened over a search that is being typed ends that, as if it had been left. */
static void test_a_prompt_over_a_prompt_leaves_the_first(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    begin(&fixture, "emacs", "");
    press(&fixture, "<C-s>little");
    expect_seen(&fixture, STATUS, "little");
    press(&fixture, "<M-x>");
    expect_seen(&fixture, STATUS, ":");
    expect_unseen(&fixture, STATUS, "little");
    press(&fixture, "<Esc>");
    expect_unseen(&fixture, STATUS, "little");
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_quit_closes_what_was_told),
        CASE(test_quit_closes_a_list_that_is_empty),
        cmocka_unit_test(test_quit_does_not_leave_when_a_box_has_closed_by_itself),
        cmocka_unit_test(test_interrupt_takes_back_before_it_leaves),
        cmocka_unit_test(test_step_back_takes_one_layer_at_a_time),
        cmocka_unit_test(test_universal_argument_counts_as_in_emacs),
        CASE(test_a_long_message_is_cut_with_a_mark),
        CASE(test_messages_are_kept_the_last_one_first),
        CASE(test_what_help_does_not_have_is_said),
        cmocka_unit_test(test_a_count_before_percent_goes_there),
        CASE(test_the_count_of_hits_stays_on_a_narrow_screen),
        cmocka_unit_test(test_what_a_hand_from_vi_types_after_a_colon),
        cmocka_unit_test(test_emacs_goes_on_while_typing),
        CASE(test_writing_as_in_vi),
        CASE(test_help_has_all_once_and_whole),
        CASE(test_help_follows_the_screen),
        cmocka_unit_test(test_help_tells_what_the_signs_mean),
        CASE(test_panes_are_gone_through_and_back),
        CASE(test_unknown_commands_name_the_nearest),
        cmocka_unit_test(test_a_prompt_over_a_prompt_leaves_the_first),
    };
    return cmocka_run_group_tests_name("layers", tests, NULL, NULL);
}
