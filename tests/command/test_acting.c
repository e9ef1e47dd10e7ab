/* Opening, copying, saving, piping: what the session asks for, and what it says of how it went. */
#include "session.h"

/* A session on an article and comments with links. */
static struct document *make_linked(void)
{
    struct error error;
    struct builder *builder = builder_new(1 << 20, &error);
    builder_title(builder, "Quay talks", 10);
    builder_meta(builder, STRING_FORMAT, "hn", 2);
    builder_meta(builder, STRING_URL, "https://example.org/quay", 24);
    make_block(builder, "See https://report.example/full for it.");
    make_comment(builder, 0, "salt", "Nothing to see.");
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_run(builder, RUN_LINK, builder_link(builder, "https://evil.example/x", 22));
    builder_text(builder, "bank.com", 8);
    builder_run_end(builder, RUN_LINK);
    make_comment(builder, 1, "pilot",
                 "One https://one.example/ and two http://two.example/ javascript://three");
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = "rope";
    info.name_length = 4;
    info.id = "4711";
    info.id_length = 4;
    builder_comment(builder, &info);
    make_block(builder, "Last.");
    return builder_finish(builder);
}

static int setup_linked(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    begin_on(fixture, make_linked(), "default", "");
    *state = fixture;
    return 0;
}

#define LINKED(test) cmocka_unit_test_setup_teardown(test, setup_linked, teardown)

/* A command, typed and run. */
static void run(struct fixture *fixture, const char *line)
{
    press(fixture, ":");
    for (; *line; line++)
        fixture->wishes = session_key(fixture->session, keys_make((unsigned char)*line, 0));
    press(fixture, "<Enter>");
}

/* The errand that the last key asked for. */
static struct errand taken(struct fixture *fixture)
{
    struct errand errand;
    assert_true(fixture->wishes & WISH_ERRAND);
    assert_true(session_errand(fixture->session, &errand));
    return errand;
}

static void expect_no_errand(struct fixture *fixture)
{
    struct errand errand;
    assert_false(session_errand(fixture->session, &errand));
}

static void expect_opened(struct fixture *fixture, const char *program, const char *address)
{
    struct errand errand = taken(fixture);
    assert_int_equal(errand.kind, ERRAND_OPEN);
    assert_string_equal(errand.arguments[0], program);
    assert_string_equal(errand.arguments[1], address);
    assert_null(errand.arguments[2]);
    session_errand_done(fixture->session, &errand, &(struct errand_result){.started = true});
    errand_release(&errand);
}

static void test_the_link_in_view_is_opened(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "o");
    expect_opened(fixture, "xdg-open", "https://report.example/full");
    expect_seen(fixture, STATUS, "opening report.example: https://report.example/full");
    press(fixture, "2o");
    expect_no_errand(fixture);
    expect_seen(fixture, STATUS, "there is no link 2 in the article, the last is 1");
}

static void test_of_several_one_is_chosen(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t}o");
    expect_no_errand(fixture);
    expect_seen(fixture, -1, "1 one.example");
    expect_seen(fixture, -1, "2 two.example");
    expect_seen(fixture, -1, "links of the kind 'javascript:' are not opened");
    press(fixture, "<Down><Enter>");
    expect_opened(fixture, "xdg-open", "http://two.example/");
    press(fixture, "1o");
    expect_opened(fixture, "xdg-open", "https://one.example/");
    press(fixture, "3o");
    expect_no_errand(fixture);
    expect_seen(fixture, STATUS, "'javascript:' are not opened");
}

static void test_what_deceives_is_shown_first(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>to");
    expect_no_errand(fixture);
    expect_seen(fixture, STATUS, "its text says 'bank.com', but it goes to evil.example");
    press(fixture, "<Enter>");
    expect_opened(fixture, "xdg-open", "https://evil.example/x");
    expect_seen(fixture, STATUS, "opening evil.example (its text says 'bank.com')");
}

static void test_all_links_are_listed_and_copied(void **state)
{
    struct fixture *fixture = *state;
    run(fixture, "list-links all");
    expect_seen(fixture, -1, "1 report.example");
    expect_seen(fixture, -1, "2 evil.example");
    press(fixture, "two.ex<C-y>");
    struct errand errand = taken(fixture);
    assert_int_equal(errand.kind, ERRAND_COPY);
    assert_string_equal(buffer_string(&errand.data), "http://two.example/");
    assert_null(errand.arguments);
    errand_release(&errand);
    press(fixture, "<Esc><C-w>t");
    run(fixture, "list-links comment");
    expect_unseen(fixture, -1, "1 report.example");
    press(fixture, "<Esc>");
    run(fixture, "list-links thing");
    expect_seen(fixture, STATUS, "links of what?");
}

static void test_a_click_offers(void **state)
{
    struct fixture *fixture = *state;
    session_draw(fixture->session, &fixture->frame);
    for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
        const struct frame_piece *piece = &fixture->frame.pieces.items[at];
        const char *text = frame_text(&fixture->frame, piece);
        const char *found = memmem(text, piece->length, "https://report", 14);
        if (!found)
            continue;
        int column = piece->column + (int)(found - text);
        session_mouse(fixture->session, MOUSE_PRESS, piece->row, column - 2);
        expect_unseen(fixture, -1, "1 report.example");
        session_mouse(fixture->session, MOUSE_PRESS, piece->row, column + 5);
        expect_no_errand(fixture);
        expect_seen(fixture, -1, "1 report.example");
        return;
    }
    fail_msg("the link is not drawn");
}

static void expect_copied(struct fixture *fixture, const char *keys, const char *data,
                          const char *said)
{
    press(fixture, keys);
    struct errand errand = taken(fixture);
    assert_int_equal(errand.kind, ERRAND_COPY);
    assert_string_equal(buffer_string(&errand.data), data);
    struct errand_result result = {.bytes = errand.data.length};
    session_errand_done(fixture->session, &errand, &result);
    expect_seen(fixture, STATUS, said);
    errand_release(&errand);
}

static void test_copies_say_what_they_are(void **state)
{
    struct fixture *fixture = *state;
    expect_copied(fixture, "yy", "Quay talks\n\nSee https://report.example/full for it.\n",
                  "copied 52 bytes: the article");
    expect_copied(fixture, "yl", "https://example.org/quay", "link of the article");
    expect_copied(fixture, "<C-w>tyy", "salt\n\nNothing to see.\n\nbank.com\n",
                  "copied 32 bytes: comment of salt");
    expect_copied(fixture, "yl", "https://example.org/quay", "this comment has none of its own");
    press(fixture, "yb");
    struct errand errand = taken(fixture);
    assert_string_equal(errand.what, "branch of salt, 2 comments");
    errand_release(&errand);
    expect_copied(fixture, "Gyl", "https://news.ycombinator.com/item?id=4711",
                  "link of comment of rope");
    press(fixture, "yb");
    errand = taken(fixture);
    assert_string_equal(errand.what, "branch of rope, 1 comment");
    errand_release(&errand);
    press(fixture, "yq");
    expect_seen(fixture, STATUS, "quotations are still being found");
    session_settle(fixture->session);
    press(fixture, "yq");
    expect_seen(fixture, STATUS, "there is no quotation in view");
}

static void test_a_command_copies(void **state)
{
    struct fixture *fixture = *state;
    run(fixture, "set copy.by=wl-copy -p");
    press(fixture, "yy");
    struct errand errand = taken(fixture);
    assert_string_equal(errand.arguments[0], "wl-copy");
    assert_string_equal(errand.arguments[1], "-p");
    assert_null(errand.arguments[2]);
    errand_release(&errand);
}

/* What an errand writes. The caller frees. */
static char *written(const struct errand *errand)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    errand_write(errand, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void expect_saved(struct fixture *fixture, const char *line, const char *path,
                         const char *form, const char *what)
{
    run(fixture, line);
    struct errand errand = taken(fixture);
    assert_int_equal(errand.kind, ERRAND_SAVE);
    assert_string_equal(errand.path, path);
    assert_string_equal(errand.form->name, form);
    assert_string_equal(errand.what, what);
    errand_release(&errand);
}

static void test_files_are_asked_for(void **state)
{
    struct fixture *fixture = *state;
    expect_saved(fixture, "w a.txt", "a.txt", "text", "all, 3 comments");
    expect_saved(fixture, "save item b.MD", "b.MD", "markdown", "the article");
    press(fixture, "<C-w>t");
    expect_saved(fixture, "save branch markdown c d", "c d", "markdown",
                 "branch of salt, 2 comments");
    expect_saved(fixture, "save item items.txt", "items.txt", "text", "comment of salt");
    run(fixture, "save x.json");
    expect_seen(fixture, STATUS, "still being found");
    session_settle(fixture->session);
    expect_saved(fixture, "save x.json", "x.json", "json", "all, 3 comments");
    run(fixture, "w! a");
    struct errand errand = taken(fixture);
    assert_true(errand.overwrite);
    struct errand_result failed = {.problem = "cannot write 'a': No space left on device"};
    session_errand_done(fixture->session, &errand, &failed);
    expect_seen(fixture, STATUS, "No space left");
    errand_release(&errand);
    run(fixture, "save item");
    expect_seen(fixture, STATUS, "save to which file?");
    run(fixture, "top! x");
    expect_seen(fixture, STATUS, "unknown command 'top!'");
    press(fixture, "ZW");
    expect_seen(fixture, STATUS, "save ");
    press(fixture, "<Esc>");
    expect_no_errand(fixture);
}

static void test_a_pipe_shows_what_is_printed(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "<C-w>t");
    run(fixture, "pipe tr a-z A-Z; echo $HOME");
    struct errand errand = taken(fixture);
    assert_string_equal(errand.arguments[0], "/bin/sh");
    assert_string_equal(errand.arguments[1], "-c");
    assert_string_equal(errand.arguments[2], "tr a-z A-Z; echo $HOME");
    assert_null(errand.arguments[3]);
    assert_false(errand.terminal);
    char *text = written(&errand);
    assert_string_equal(text, "salt\n\nNothing to see.\n\nbank.com\n");
    free(text);
    struct errand_result result = {.started = true, .bytes = 32};
    session_errand_done(fixture->session, &errand, &result);
    expect_seen(fixture, STATUS, "gets 32 bytes: comment of salt");
    assert_true(session_key(fixture->session, KEYS_ESC) & WISH_STOP);
    result = (struct errand_result){.output = "SALT\x1b[31m\n\n\xff"
                                              "end",
                                    .length = 15};
    session_errand_done(fixture->session, &errand, &result);
    expect_seen(fixture, -1, "SALT");
    expect_unseen(fixture, -1, "[31m");
    expect_seen(fixture, -1, "\uFFFDend");
    expect_seen(fixture, STATUS, "ended with status 0");
    assert_false(session_key(fixture->session, KEYS_ESC) & WISH_STOP);
    expect_unseen(fixture, -1, "SALT");
    session_errand_done(fixture->session, &errand, &(struct errand_result){.started = true});
    session_errand_done(fixture->session, &errand, &(struct errand_result){.status = 127});
    expect_seen(fixture, STATUS, "ended with status 127");
    result = (struct errand_result){.output = "y", .length = 1, .cut = true, .status = 128 + 13};
    session_errand_done(fixture->session, &errand, &result);
    expect_seen(fixture, STATUS, "printed more");
    press(fixture, "q");
    errand_release(&errand);
    run(fixture, "pipe! all markdown less");
    errand = taken(fixture);
    assert_true(errand.terminal);
    assert_string_equal(errand.form->name, "markdown");
    assert_string_equal(errand.arguments[2], "less");
    errand_release(&errand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINKED(test_the_link_in_view_is_opened),
        LINKED(test_of_several_one_is_chosen),
        LINKED(test_what_deceives_is_shown_first),
        LINKED(test_all_links_are_listed_and_copied),
        LINKED(test_a_click_offers),
        LINKED(test_copies_say_what_they_are),
        LINKED(test_a_command_copies),
        LINKED(test_files_are_asked_for),
        LINKED(test_a_pipe_shows_what_is_printed),
    };
    return cmocka_run_group_tests_name("acting", tests, NULL, NULL);
}
