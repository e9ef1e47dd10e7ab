/*
 * Quotes, names and passages: what is in view and what comes next go by the order that is shown,
 * and places outlive corrections.
 */
#include "test.h"

#include "../../src/reader/internal.h"
#include "reading.h"

/* Comments by score, best first: 2, 1, 0. Each quotes somebody else and repeats the article. */
static const struct {
    const char *text;
    int32_t score;
} comments[] = {
    {"\"Nobody counts the herons twice,\" said Ada Quill. The ferry to the outer islands will be "
     "painted green before the first of May.",
     1},
    {"\"The tide is late,\" said Bruno Salt. The ferry to the outer islands will be painted green "
     "before the first of May.",
     2},
    {"\"Paint peels in August,\" said Carla Moor. The ferry to the outer islands will be painted "
     "green before the first of May.",
     3},
};

static struct document *make_voices(void)
{
    struct builder *builder = builder_new(1 << 14, NULL);
    builder_title(builder, "Green ferry", 11);
    make_block(builder, "The ferry to the outer islands will be painted green before the first of "
                        "May, and nobody has asked why.");
    for (size_t at = 0; at < ARRAY_LENGTH(comments); at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.score = comments[at].score;
        builder_comment(builder, &info);
        make_block(builder, comments[at].text);
    }
    return builder_finish(builder);
}

struct voices {
    struct fixture fixture;
    struct annotations found;
};

static int setup(void **state)
{
    struct voices *voices = calloc(1, sizeof *voices);
    voices->fixture = begin(make_voices(), 60, 80);
    analyse_document(voices->fixture.document, &voices->found);
    reader_annotate(voices->fixture.reader, &voices->found);
    assert_int_equal(voices->found.quotes.count, 3);
    assert_int_equal(voices->found.passages.count, 3);
    *state = voices;
    return 0;
}

static int undo(void **state)
{
    struct voices *voices = *state;
    end(&voices->fixture);
    annotations_release(&voices->found);
    free(voices);
    return 0;
}

static void correct(struct voices *voices, const char *line)
{
    struct error error;
    const char *text = document_text(voices->fixture.document, NULL);
    assert_true(annotations_correct_line(&voices->found, text, line, &error));
    reader_annotate(voices->fixture.reader, &voices->found);
}

static const char *who(struct reader *reader)
{
    static char text[128];
    struct buffer out = {0};
    text[0] = '\0';
    if (reader_who(reader, NULL, &out))
        snprintf(text, sizeof text, "%.*s", (int)strcspn(buffer_string(&out), " "),
                 buffer_string(&out));
    buffer_release(&out);
    return text;
}

/* ---- the order shown ---------------------------------------------------------------- */

static void test_in_view_is_what_stands_first_on_the_screen(void **state)
{
    struct reader *reader = ((struct voices *)*state)->fixture.reader;
    reader_set_focus(reader, PANE_THREAD);
    assert_int_equal(reader_quote_in_view(reader), 0);
    reader_sort(reader, SORT_TOP_LEVEL, ORDER_SCORE);
    reader_top(reader);
    assert_int_equal(reader_comment(reader), 2);
    assert_int_equal(reader_quote_in_view(reader), 2);
    reader->chosen = ENTITY_NONE;
    assert_string_equal(who(reader), "Carla");
    reader_step(reader, STEP_COMMENT, 1);
    assert_int_equal(reader_quote_in_view(reader), 1);
    reader_fold(reader, true); /* what it hides is not in view, what comes then is */
    assert_int_equal(reader_quote_in_view(reader), 0);
}

static void test_passages_come_in_the_order_shown(void **state)
{
    struct reader *reader = ((struct voices *)*state)->fixture.reader;
    reader_sort(reader, SORT_TOP_LEVEL, ORDER_SCORE);
    reader_set_focus(reader, PANE_ARTICLE);
    assert_true(reader_go_to_passage(reader)); /* the first that repeats it */
    assert_int_equal(reader_comment(reader), 2);
    assert_true(reader_passage(reader, 1));
    assert_int_equal(reader_comment(reader), 1);
    assert_true(reader_passage(reader, 5)); /* as many as there are */
    assert_int_equal(reader_comment(reader), 0);
    assert_false(reader_passage(reader, 1));
    assert_true(reader_passage(reader, -1));
    assert_int_equal(reader_comment(reader), 1);
}

static void test_one_author_goes_by_the_order_shown(void **state)
{
    struct fixture thread = begin(make_document(1, 30), 24, 80);
    (void)state;
    reader_set_focus(thread.reader, PANE_THREAD);
    reader_sort(thread.reader, SORT_TOP_LEVEL, ORDER_REPLIES);
    reader_top(thread.reader);
    uint32_t author = thread.comments[8].author, before = DOCUMENT_NONE;
    for (int turn = 0; turn < 4; turn++) {
        assert_true(reader_show_author(thread.reader, author));
        uint32_t now = reader_comment(thread.reader);
        assert_int_equal(thread.comments[now].author, author);
        assert_true(view_is_before(thread.reader, before, now));
        before = now;
    }
    assert_string_equal(reader_notice(thread.reader), "Author 1: 5 of 5");
    assert_true(reader_show_author(thread.reader, author));
    assert_string_equal(reader_notice(thread.reader), "Author 1: 1 of 5");
    end(&thread);
}

/* ---- corrections -------------------------------------------------------------------- */

/* Numbers of entities and mentions that go up to the last one are used up by a correction. */
static void test_back_after_a_correction_finds_the_same_words(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    const struct annotations *found = &voices->found;
    uint32_t last = (uint32_t)found->mentions.count - 1;
    uint32_t place = found->mentions.items[last].start;
    found_go(reader, FOUND_MENTION, last);
    reader_set_mark(reader, 'a');
    reader_top(reader);
    reader_remember(reader);
    correct(voices, "drop Ada Quill");
    assert_int_equal(found_place(reader, FOUND_MENTION, last), DOCUMENT_NONE);
    assert_int_equal(reader->found.kind, FOUND_MENTION);
    assert_int_equal(found_place(reader, FOUND_MENTION, reader->found.number), place);
    reader->found = FOUND_NONE;
    assert_true(reader_go_to_mark(reader, 'a'));
    assert_int_equal(found_place(reader, FOUND_MENTION, found_at(reader, FOUND_MENTION)), place);
    correct(voices, "drop Carla Moor"); /* that very one */
    assert_int_equal(found_at(reader, FOUND_MENTION), ENTITY_NONE);
    assert_true(reader_back(reader));
    assert_true(reader_go_to_mark(reader, 'a'));
    assert_int_equal(found_at(reader, FOUND_MENTION), ENTITY_NONE);
    assert_string_equal(who(reader), ""); /* and nobody else is named from there on */
}

static void test_the_sidebar_does_not_return_to_a_line_of_an_older_list(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    reader_set_focus(reader, PANE_SIDEBAR);
    reader_bottom(reader);
    uint32_t line = reader->selected;
    reader_remember(reader);
    reader_top(reader);
    correct(voices, "drop Ada Quill");
    assert_true(reader_back(reader));
    assert_true(reader->selected < reader->entries.count && reader->selected != line);
    assert_true(sidebar_can_select(&reader->entries.items[reader->selected]));
    assert_true(reader->chosen == ENTITY_NONE || reader->chosen < voices->found.entities.count);
}

/* The sidebar sets one thing and forgets the others. */
static void test_what_the_sidebar_goes_to_is_the_only_current_one(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    found_go(reader, FOUND_MENTION, 0);
    reader_set_focus(reader, PANE_SIDEBAR);
    reader_bottom(reader); /* a quote */
    assert_true(reader_select(reader));
    assert_int_equal(found_at(reader, FOUND_MENTION), ENTITY_NONE);
    assert_int_not_equal(found_at(reader, FOUND_QUOTE), ENTITY_NONE);
}

/* ---- said together -------------------------------------------------------------------- */

static uint32_t current(const struct reader *reader)
{
    return found_at(reader, FOUND_QUOTE);
}

/* Bruno says 0 alone, 1 with Ada, 2 with Carla. */
static void say_together(struct voices *voices, uint32_t *ada, uint32_t *bruno)
{
    struct quote *quotes = voices->found.quotes.items;
    *ada = quotes[0].speaker;
    *bruno = quotes[1].speaker;
    quotes[0].speaker = *bruno;
    quotes[1].speaker = *ada;
    quotes[1].partner = *bruno;
    quotes[2].partner = *bruno;
    reader_annotate(voices->fixture.reader, &voices->found);
}

static void test_what_two_say_together_is_listed_under_both(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    uint32_t ada, bruno, under_ada = 0, under_bruno = 0;
    say_together(voices, &ada, &bruno);
    for (size_t at = 0; at < reader->entries.count; at++) {
        const struct side_entry *entry = &reader->entries.items[at];
        bool quote = entry->kind == SIDE_QUOTE;
        under_ada += quote && entry->entity == ada;
        under_bruno += quote && entry->entity == bruno;
    }
    assert_int_equal(under_ada, 1);
    assert_int_equal(under_bruno, 3);
}

static void test_either_of_two_can_be_followed_through_what_they_say_together(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    uint32_t ada, bruno;
    say_together(voices, &ada, &bruno);
    found_go(reader, FOUND_QUOTE, 0);
    assert_true(reader_speaker_quote(reader, 1)); /* Bruno's */
    assert_int_equal(current(reader), 1);
    assert_true(reader_speaker_quote(reader, 1)); /* not Ada's */
    assert_int_equal(current(reader), 2);
    reader->followed = ada;
    found_go(reader, FOUND_QUOTE, 1);
    assert_false(reader_speaker_quote(reader, 1)); /* she says no more */
}

static void test_comments_that_quote_somebody_are_those_of_partners_too(void **state)
{
    struct voices *voices = *state;
    struct reader *reader = voices->fixture.reader;
    uint32_t ada, bruno;
    struct error error;
    say_together(voices, &ada, &bruno);
    assert_true(reader_filter(reader, "speaker:Bruno", &error));
    assert_false(view_is_left_out(reader, 2));
    assert_true(reader_filter(reader, "speaker:Ada", &error));
    assert_true(view_is_left_out(reader, 2));
    assert_false(view_is_left_out(reader, 1));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, undo)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_in_view_is_what_stands_first_on_the_screen),
        CASE(test_passages_come_in_the_order_shown),
        cmocka_unit_test(test_one_author_goes_by_the_order_shown),
        CASE(test_back_after_a_correction_finds_the_same_words),
        CASE(test_the_sidebar_does_not_return_to_a_line_of_an_older_list),
        CASE(test_what_the_sidebar_goes_to_is_the_only_current_one),
        CASE(test_what_two_say_together_is_listed_under_both),
        CASE(test_either_of_two_can_be_followed_through_what_they_say_together),
        CASE(test_comments_that_quote_somebody_are_those_of_partners_too),
    };
    return cmocka_run_group_tests_name("found", tests, NULL, NULL);
}
