/* Reading a thread in depth: flat exchanges, quoted text that is folded, ages, who is who. */
#include "test.h"

#include "make_document.h"

#include "hearsay/reader.h"

#include <stdlib.h>

#define COMMENTS 300u
#define NONE     DOCUMENT_NONE

struct fixture {
    struct config *config;
    struct frame frame;
    struct buffer text;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->config = config_new();
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    config_free(fixture->config);
    frame_release(&fixture->frame);
    buffer_release(&fixture->text);
    free(fixture);
    return 0;
}

#define ROWS 24

/* All text on the screen, a row a line; where the cursor rests is in the frame. */
static const char *seen(struct fixture *fixture, struct reader *reader, int columns)
{
    buffer_clear(&fixture->text);
    frame_begin(&fixture->frame, ROWS, columns);
    reader_draw(reader, &fixture->frame);
    int row = 0;
    for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
        const struct frame_piece *piece = &fixture->frame.pieces.items[at];
        for (; row < piece->row; row++)
            buffer_addc(&fixture->text, '\n');
        buffer_add(&fixture->text, frame_text(&fixture->frame, piece), piece->length);
    }
    return buffer_string(&fixture->text);
}

/* ---- exchanges of two ------------------------------------------------------------------------ */

static struct document *chains(void)
{
    struct builder *builder = builder_new(1 << 20, NULL);
    uint32_t random = 3, depth = 0;
    for (uint32_t at = 0; at < COMMENTS; at++) {
        char name[16];
        random = random * 1664525u + 1013904223u;
        snprintf(name, sizeof name, "writer %u", at % 2 ? at % 4 / 2 * (random >> 20) % 2 : 2);
        depth = at == 0 || random >> 28 == 0 ? 0 : random >> 28 == 1 ? depth : depth + 1;
        make_comment(builder, depth, name, "words");
    }
    return builder_finish(builder);
}

static bool only_child(const struct comment *comments, uint32_t comment)
{
    for (uint32_t at = 0; at < COMMENTS; at++)
        if (at != comment && comments[at].parent == comments[comment].parent)
            return false;
    return comments[comment].parent != NONE;
}

/* How many columns a comment is set in, with flat exchanges. */
static uint32_t model_level(const struct comment *comments, uint32_t comment)
{
    uint32_t level = 0;
    for (uint32_t at = comment; comments[at].parent != NONE; at = comments[at].parent) {
        uint32_t parent = comments[at].parent, before = comments[parent].parent;
        bool goes_on = before != NONE && comments[before].author == comments[at].author &&
                       comments[parent].author != comments[at].author && only_child(comments, at) &&
                       only_child(comments, parent);
        level += !goes_on;
    }
    return level;
}

static void expect_levels(struct fixture *fixture, struct reader *reader,
                          const struct comment *comments, bool flat)
{
    enum { COLUMNS = 2000 }; /* room for all levels */
    for (uint32_t at = 0; at < COMMENTS; at++) {
        uint32_t level = flat ? model_level(comments, at) : comments[at].depth;
        reader_go_to_comment(reader, at + 1);
        seen(fixture, reader, COLUMNS);
        assert_int_equal(fixture->frame.cursor_column, 1 + 2 * (int)level + 2);
    }
}

static void test_an_exchange_of_two_stays_on_a_level(void **state)
{
    struct fixture *fixture = *state;
    struct document *document = chains();
    const struct comment *comments = document_comments(document, NULL);
    struct reader *reader = reader_new(document, fixture->config);
    reader_resize(reader, ROWS, 2000);
    uint32_t met = 0;
    for (uint32_t at = 0; at < COMMENTS; at++)
        met += model_level(comments, at) != comments[at].depth;
    assert_in_range(met, 10, COMMENTS - 10); /* or this test would show nothing */
    expect_levels(fixture, reader, comments, false);
    assert_true(reader_toggle_flat(reader));
    expect_levels(fixture, reader, comments, true);
    assert_false(reader_toggle_flat(reader));
    expect_levels(fixture, reader, comments, false);
    reader_free(reader);
    document_free(document);
}

static void test_exchanges_may_be_flat_from_the_beginning(void **state)
{
    struct fixture *fixture = *state;
    struct document *document = chains();
    assert_true(config_set(fixture->config, "thread.flat", "yes", NULL));
    struct reader *reader = reader_new(document, fixture->config);
    reader_resize(reader, ROWS, 2000);
    expect_levels(fixture, reader, document_comments(document, NULL), true);
    reader_free(reader);
    document_free(document);
}

/* ---- depth and room -------------------------------------------------------------------------- */

/* However deep, three fifths of the pane are for words, and what hangs too deep says on whom. */
static void test_deep_comments_keep_room(void **state)
{
    struct fixture *fixture = *state;
    struct builder *builder = builder_new(1 << 20, NULL);
    for (uint32_t at = 0; at < 60; at++)
        make_comment(builder, at, at % 2 ? "odd" : "even", "some words of little weight");
    struct document *document = builder_finish(builder);
    struct reader *reader = reader_new(document, fixture->config);
    static const int widths[] = {200, 80, 40, 20, 12, 5};
    for (size_t width = 0; width < ARRAY_LENGTH(widths); width++) {
        reader_resize(reader, ROWS, widths[width]);
        for (uint32_t at = 0; at < 60; at += 7) {
            reader_go_to_comment(reader, at + 1);
            const char *text = seen(fixture, reader, widths[width]);
            assert_true(fixture->frame.cursor_column <= widths[width] * 2 / 5 + 3);
            if (widths[width] >= 20)
                assert_int_equal(at > 36 && strstr(text, "↳") == NULL, 0);
            if (at == 0 && widths[width] >= 80)
                assert_null(strstr(text, "↳"));
        }
    }
    reader_free(reader);
    document_free(document);
}

/* ---- quoted text ----------------------------------------------------------------------------- */

static void add_block(struct builder *builder, enum block_kind kind, const char *text)
{
    builder_block(builder, kind, kind == BLOCK_QUOTE, 0);
    builder_text(builder, text, strlen(text));
}

static struct document *letters(void)
{
    struct builder *builder = builder_new(1 << 20, NULL);
    make_comment(builder, 0, "one", "nothing is quoted here");
    for (int at = 0; at < 12; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.depth = (uint32_t)(at % 3);
        builder_comment(builder, &info);
        if (at % 2)
            add_block(builder, BLOCK_PARAGRAPH, "words of my own");
        for (int quoted = 0; quoted < at % 5; quoted++)
            add_block(builder, BLOCK_QUOTE, "words of somebody else, secret");
        if (at % 3)
            add_block(builder, BLOCK_PARAGRAPH, "and an answer to them");
        if (at % 4 > 1)
            add_block(builder, BLOCK_SIGNATURE, "a signature");
        if (at % 4 == 3)
            add_block(builder, BLOCK_QUOTE, "quoted behind all");
        add_block(builder, BLOCK_LIST_ITEM, at % 4 ? "a point" : "");
    }
    make_comment(builder, 0, "last", "nothing is quoted here either");
    return builder_finish(builder);
}

/* The screens that going on line by line leads through, but for where the focus is. */
static int scroll_through(struct fixture *fixture, struct reader *reader, int way, char **screens,
                          int most)
{
    int count = 0;
    do {
        char *screen = xstrdup(seen(fixture, reader, 50));
        for (char *bar = screen; (bar = strstr(bar, "▌"));)
            memmove(bar, bar + strlen("▌"), strlen(bar + strlen("▌")) + 1);
        if (count > 0 && strcmp(screens[count - 1], screen) == 0)
            free(screen);
        else
            screens[count++] = screen;
    } while (reader_scroll(reader, way) && count < most);
    return count;
}

/* Down line by line and up again shows the same screens, and nothing that is quoted. */
static void test_folded_quotes_are_rows_both_ways(void **state)
{
    struct fixture *fixture = *state;
    struct document *document = letters();
    struct reader *reader = reader_new(document, fixture->config);
    enum { MOST = 200 };
    char *down[MOST], *up[MOST];
    int quotes = 0;
    reader_resize(reader, 9, 50);
    assert_true(reader_toggle_quoted(reader));
    int steps = scroll_through(fixture, reader, 1, down, MOST);
    assert_in_range(steps, 20, MOST - 1);
    assert_int_equal(scroll_through(fixture, reader, -1, up, MOST), steps);
    for (int at = 0; at < steps; at++) {
        assert_null(strstr(down[at], "secret"));
        assert_null(strstr(down[at], "signature"));
        quotes += strstr(down[at], "> 4 lines") != NULL;
        assert_string_equal(up[steps - 1 - at], down[at]);
        free(down[at]);
        free(up[steps - 1 - at]);
    }
    assert_int_not_equal(quotes, 0);
    assert_false(reader_toggle_quoted(reader));
    assert_true(reader_search(reader, "secret"));
    assert_non_null(strstr(seen(fixture, reader, 50), "secret"));
    reader_free(reader);
    document_free(document);
}

static void test_a_hit_unfolds_quoted_text(void **state)
{
    struct fixture *fixture = *state;
    struct document *document = letters();
    struct reader *reader = reader_new(document, fixture->config);
    reader_resize(reader, ROWS, 60);
    reader_toggle_quoted(reader);
    reader_search_begin(reader, false);
    assert_true(reader_search(reader, "behind"));
    assert_non_null(strstr(seen(fixture, reader, 60), "behind all"));
    reader_free(reader);
    document_free(document);
}

/* ---- times and people ------------------------------------------------------------------------ */

static const char *head(struct fixture *fixture, const struct reader *reader, uint32_t comment)
{
    buffer_clear(&fixture->text);
    reader_write_head(reader, comment, &fixture->text);
    return buffer_string(&fixture->text);
}

static void add_timed(struct builder *builder, const char *name, int64_t time)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = name;
    info.name_length = strlen(name);
    info.time = time;
    builder_comment(builder, &info);
    make_block(builder, "words");
}

#define NOON 1715083200 /* 7 May 2024 12:00:00 UTC */

static void test_times_are_ages_as_soon_as_it_is_known_what_time_it_is(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        int64_t before;
        const char *age, *date;
    } times[] = {
        {0, "now", "7 May 2024 12:00"},
        {59, "now", "7 May 2024 11:59"},
        {60, "1 min", "7 May 2024 11:59"},
        {3599, "59 min", "7 May 2024 11:00"},
        {2 * 3600, "2 h", "7 May 2024 10:00"},
        {12 * 3600, "today", "7 May 2024"}, /* a date without an hour */
        {3 * 86400 + 5, "3 d", "4 May 2024 11:59"},
        {30 * 86400, "7 Apr", "7 Apr 2024 12:00"},
        {400 * 86400, "3 Apr 2023", "3 Apr 2023 12:00"},
        {-5000, "7 May 2024 13:23", "7 May 2024 13:23"}, /* is yet to come */
    };
    struct builder *builder = builder_new(1 << 20, NULL);
    for (size_t at = 0; at < ARRAY_LENGTH(times); at++)
        add_timed(builder, "x", NOON - times[at].before);
    add_timed(builder, "x", TIME_NONE);
    struct document *document = builder_finish(builder);
    struct reader *reader = reader_new(document, fixture->config);
    for (uint32_t at = 0; at < ARRAY_LENGTH(times); at++) {
        reader_set_now(reader, 0);
        assert_non_null(strstr(head(fixture, reader, at), times[at].date));
        reader_set_now(reader, NOON);
        const char *text = head(fixture, reader, at);
        assert_string_equal(text + strlen(text) - strlen(times[at].age), times[at].age);
        assert_true(config_set(fixture->config, "view.times", "absolute", NULL));
        assert_non_null(strstr(head(fixture, reader, at), times[at].date));
        assert_true(config_set(fixture->config, "view.times", "relative", NULL));
    }
    assert_string_equal(head(fixture, reader, ARRAY_LENGTH(times)), "x · op");
    reader_free(reader);
    document_free(document);
}

static void test_who_began_and_who_wrote_the_article(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *byline, *first, *second;
    } cases[] = {
        {"By Ada Quill, harbour desk", "tern", "Ada Quill · author"},
        {"by ADA QUILL", "tern", "Ada Quill · author"},
        {"By Ada Quillfeather", "tern · op", "Ada Quill"}, /* another one */
        {"tern", "tern · author", "Ada Quill"},
        {"By terns and others", "tern · op", "Ada Quill"},
        {"", "tern · op", "Ada Quill"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        struct builder *builder = builder_new(1 << 20, NULL);
        builder_byline(builder, cases[at].byline, strlen(cases[at].byline));
        make_comment(builder, 0, "tern", "words");
        make_comment(builder, 1, "Ada Quill", "words");
        struct document *document = builder_finish(builder);
        struct reader *reader = reader_new(document, fixture->config);
        assert_string_equal(head(fixture, reader, 0), cases[at].first);
        assert_string_equal(head(fixture, reader, 1), cases[at].second);
        reader_free(reader);
        document_free(document);
    }
}

/* A name has its letter wherever it comes, and where colours are few it is shown. */
static void test_letters_where_colours_are_few(void **state)
{
    struct fixture *fixture = *state;
    struct builder *builder = builder_new(1 << 20, NULL);
    make_comment(builder, 0, "tern", "words");
    make_comment(builder, 0, "gull", "words");
    make_comment(builder, 0, "tern", "words");
    make_comment(builder, 0, "[deleted]", "words");
    struct document *document = builder_finish(builder);
    struct reader *reader = reader_new(document, fixture->config);
    reader_resize(reader, ROWS, 40);
    char letters[4] = "";
    for (int colours = 256; colours >= 0; colours = colours == 256 ? 8 : colours - 8) {
        int met = 0;
        reader_set_colours(reader, colours);
        seen(fixture, reader, 40);
        for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
            const struct frame_piece *piece = &fixture->frame.pieces.items[at];
            const char *text = frame_text(&fixture->frame, piece);
            if (piece->column == 0 && piece->length == 1 && text[0] != ' ' && met < 4)
                letters[met++] = text[0];
        }
        assert_int_equal(met, colours > 8 ? 0 : 3); /* "[deleted]" is nobody */
        if (colours <= 8) {
            assert_int_equal(letters[0], letters[2]);
            assert_int_not_equal(letters[0], letters[1]);
        }
    }
    reader_free(reader);
    document_free(document);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_an_exchange_of_two_stays_on_a_level),
        CASE(test_exchanges_may_be_flat_from_the_beginning),
        CASE(test_deep_comments_keep_room),
        CASE(test_folded_quotes_are_rows_both_ways),
        CASE(test_a_hit_unfolds_quoted_text),
        CASE(test_times_are_ages_as_soon_as_it_is_known_what_time_it_is),
        CASE(test_who_began_and_who_wrote_the_article),
        CASE(test_letters_where_colours_are_few),
    };
    return cmocka_run_group_tests_name("deep", tests, NULL, NULL);
}
