/* Searching: regular expressions beside words, other scripts, and the folds that hits open. */
#include "test.h"

#include "../../src/reader/internal.h"
#include "reading.h"

static int setup(void **state)
{
    return begin_state(state, make_document(3, 60), 30, 120);
}

static bool search(struct fixture *fixture, const char *pattern)
{
    reader_search_begin(fixture->reader, false);
    return reader_search(fixture->reader, pattern);
}

/* ---- patterns ------------------------------------------------------------------------------- */

/* The hits of a pattern in a text, as "[" and "]" around them. */
static const char *lit(const char *pattern, const char *text, bool regex)
{
    static char out[512];
    struct match_pattern match = {0};
    struct error error;
    size_t used = 0, at = 0, length = strlen(text);
    assert_true(
        match_compile(&match, pattern, (struct match_rules){SETTING_CASE_SMART, regex}, &error));
    struct range within = {0, (uint32_t)length}, hit;
    while (match_forward(&match, text, within, (uint32_t)length, &hit)) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%.*s[%.*s]", (int)(hit.start - at),
                                 text + at, (int)(hit.end - hit.start), text + hit.start);
        at = hit.end;
        within.start = hit.end > hit.start ? hit.end : hit.start + 1;
    }
    snprintf(out + used, sizeof out - used, "%s", text + at);
    match_release(&match);
    return out;
}

static void test_words_of_other_scripts(void **state)
{
    (void)state;
    assert_string_equal(lit("vague", "порт Vàgué 港 ｖague 😀vague", false),
                        "порт [Vàgué] 港 [ｖague] 😀[vague]");
    assert_string_equal(lit("порт", "ПОРТ café порт", false), "[ПОРТ] café [порт]");
    assert_string_equal(lit("港", "港湾 e港", false), "[港]湾 e[港]");
    assert_string_equal(lit("strasse", "Straße, STRASSE", false), "[Straße], [STRASSE]");
}

static void test_signs_before_a_pattern_say_what_it_is(void **state)
{
    (void)state;
    assert_string_equal(lit("q.ay", "quay q.ay", false), "quay [q.ay]");
    assert_string_equal(lit("\\vq.ay", "quay q.ay", false), "[quay] [q.ay]");
    assert_string_equal(lit("q.ay", "quay q.ay", true), "[quay] [q.ay]");
    assert_string_equal(lit("\\Vq.ay", "quay q.ay", true), "quay [q.ay]");
    assert_string_equal(lit("\\v^o\\w+", "one\nno one\nother", false), "[one]\nno one\n[other]");
    assert_string_equal(lit("\\vQuay|lamp", "quay Quay Lamp lamp", false),
                        "quay [Quay] Lamp [lamp]"); /* a capital: case counts */
}

/* What stands before a range is seen, and stretches that a line crosses are one text. */
static void test_expressions_see_what_is_around(void **state)
{
    (void)state;
    enum { LENGTH = 300000 };
    char *text = malloc(LENGTH + 1);
    memset(text, 'x', LENGTH);
    text[LENGTH] = '\0';
    struct match_pattern match = {0};
    struct range hit, all = {0, LENGTH};
    match_compile(&match, "\\v^y|(?<=x)z", (struct match_rules){SETTING_CASE_SMART, false}, NULL);
    uint32_t places[] = {65536, 131071, 131072, 200000};
    for (size_t at = 0; at < ARRAY_LENGTH(places); at++) {
        memcpy(text + places[at], "y", 1); /* no line begins here */
        assert_false(match_forward(&match, text, all, LENGTH, &hit));
        memcpy(text + places[at], "z", 1);
        assert_true(match_forward(&match, text, all, LENGTH, &hit));
        assert_int_equal(hit.start, places[at]);
        assert_true(match_forward(&match, text, (struct range){places[at], LENGTH}, LENGTH, &hit));
        assert_true(match_backward(&match, text, all, LENGTH, &hit));
        assert_int_equal(hit.start, places[at]);
        memcpy(text + places[at], "x", 1);
    }
    match_release(&match);
    free(text);
}

/* Words are told apart, and lines, whichever way one goes and however they are counted. */
static void test_what_an_expression_finds_does_not_overlap(void **state)
{
    struct fixture *fixture = *state;
    struct reader *reader = fixture->reader;
    uint32_t length, words[1024], count = 0, lines = 0;
    const char *text = document_text(fixture->document, &length);
    bool wrapped, inside = false;
    for (uint32_t at = 0; at < length; inside = strchr(" ,.\n", text[at++]) == NULL) {
        if (!inside && strchr(" ,.\n", text[at]) == NULL)
            words[count++] = at;
        lines += text[at] != '\n' && (at == 0 || text[at - 1] == '\n');
    }
    assert_true(search(fixture, "\\v\\w+"));
    for (uint32_t at = 0; at < count; at++) {
        assert_int_equal(reader->hit.start, words[at]);
        assert_true(reader_search_next(reader, 1, &wrapped));
    }
    assert_true(wrapped);
    for (uint32_t at = count; at-- > 0;) {
        assert_true(reader_search_next(reader, -1, &wrapped));
        assert_int_equal(reader->hit.start, words[at]);
    }
    while (reader_work(reader))
        ;
    assert_int_equal(reader->count.total, count);
    assert_true(search(fixture, "\\v.*"));
    while (reader_work(reader))
        ;
    assert_int_equal(reader->count.total, lines);
}

static void test_backward_takes_what_it_can(void **state)
{
    (void)state;
    enum { LENGTH = 70000 };
    char *text = malloc(LENGTH + 1);
    struct match_pattern match = {0};
    struct range hit, all = {0, LENGTH};
    memset(text, 'x', LENGTH);
    memset(text + LENGTH - 65536 + 10, '-', 65536 - 10);
    text[100] = text[2000] = text[LENGTH - 65536 - 9] = '\n'; /* ten letters on either side */
    match_compile(&match, "\\vx+", (struct match_rules){SETTING_CASE_SMART, false}, NULL);
    assert_true(match_backward(&match, text, all, LENGTH, &hit));
    assert_int_equal(hit.start, LENGTH - 65536 - 8);
    assert_int_equal(hit.end, LENGTH - 65536 + 10);
    match_release(&match);
    free(text);
}

/* Keys are looked for between two slices, however much there is to be counted. */
static void test_counting_stops_for_keys(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 20, NULL);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    for (int at = 0; at < 3000; at++)
        builder_text(builder, "one two three four ", 19);
    struct fixture fixture = begin(builder_finish(builder), 24, 80);
    for (int regex = 0; regex < 2; regex++) {
        int slices = 1;
        assert_true(search(&fixture, regex ? "\\v\\w" : "o"));
        uint32_t before = fixture.reader->count.total;
        while (reader_work(fixture.reader)) {
            assert_in_range(fixture.reader->count.total - before, 0, 10000);
            before = fixture.reader->count.total;
            slices++;
        }
        assert_int_equal(fixture.reader->count.total, regex ? 45000 : 9000);
        assert_int_equal(slices, regex ? 5 : 1);
    }
    end(&fixture);
}

static void test_too_hard_ends_soon_and_is_told(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(reader_search_problem(fixture->reader), "");
    assert_false(search(fixture, "\\v(\\w+\\s?)+[#~]"));
    assert_string_not_equal(reader_search_problem(fixture->reader), "");
}

static void test_bad_expressions_are_told(void **state)
{
    struct fixture *fixture = *state;
    assert_false(search(fixture, "\\v(comment"));
    assert_string_not_equal(reader_search_problem(fixture->reader), "");
    assert_true(reader_search(fixture->reader, "\\v(comment 4)[12],"));
    assert_string_equal(reader_search_problem(fixture->reader), "");
    assert_int_equal(reader_comment(fixture->reader), 41);
    assert_true(reader_search(fixture->reader, ""));
}

/* ---- folds ---------------------------------------------------------------------------------- */

static void test_hits_close_what_they_opened(void **state)
{
    struct fixture *fixture = *state;
    struct reader *reader = fixture->reader;
    bool wrapped;
    reader_fold_all(reader, true);
    assert_true(search(fixture, "\\vcomment (20|41),"));
    assert_int_equal(reader_comment(reader), 20);
    assert_false(reader_is_folded(reader, 19));
    assert_true(reader_search_next(reader, 1, &wrapped));
    assert_int_equal(reader_comment(reader), 41);
    assert_true(reader_is_folded(reader, 19) && reader_is_folded(reader, 20));
    assert_false(reader_is_folded(reader, 40));
    reader_search_clear(reader); /* still there: it stays open */
    assert_int_equal(reader_comment(reader), 41);
    assert_false(reader_is_folded(reader, 40));
}

static void test_clearing_elsewhere_closes_too(void **state)
{
    struct fixture *fixture = *state;
    struct reader *reader = fixture->reader;
    reader_fold_all(reader, true);
    assert_true(search(fixture, "comment 20,"));
    assert_true(reader_step(reader, STEP_TOP_LEVEL, 3));
    reader_search_clear(reader);
    assert_true(reader_is_folded(reader, 19) && reader_is_folded(reader, 20));
}

static void test_typing_leaves_no_folds_open(void **state)
{
    struct fixture *fixture = *state;
    struct reader *reader = fixture->reader;
    reader_fold_all(reader, true);
    assert_true(search(fixture, "comment 2"));
    assert_true(reader_search(reader, "comment 20"));
    assert_true(reader_search(reader, "comment 20,"));
    assert_true(reader_is_folded(reader, 1) && reader_is_folded(reader, 2));
    assert_false(reader_is_folded(reader, 19));
    reader_search_cancel(reader);
    assert_true(reader_is_folded(reader, 19) && reader_is_folded(reader, 20));
}

static void test_an_abandoned_search_leaves_the_way_back_and_forward(void **state)
{
    struct fixture *fixture = *state;
    struct reader *reader = fixture->reader;
    bool wrapped;
    reader_go_to_comment(reader, 10);
    reader_go_to_comment(reader, 30);
    assert_true(reader_back(reader));
    size_t ways = reader->past.count;
    assert_true(search(fixture, "comment 4"));
    assert_true(reader_search(reader, "comment 41,"));
    assert_true(reader_search_next(reader, 1, &wrapped)); /* while it is typed */
    reader_search_cancel(reader);
    assert_int_equal(reader_comment(reader), 9);
    assert_int_equal(reader->past.count, ways);
    assert_true(reader_forward(reader));
    assert_int_equal(reader_comment(reader), 29);
    assert_true(reader_back(reader));
    assert_true(search(fixture, "comment 41,")); /* and one that is not is a jump */
    assert_false(reader_forward(reader));
    assert_true(reader_back(reader));
    assert_int_equal(reader_comment(reader), 9);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_words_of_other_scripts),
        CASE(test_signs_before_a_pattern_say_what_it_is),
        CASE(test_what_an_expression_finds_does_not_overlap),
        CASE(test_backward_takes_what_it_can),
        CASE(test_counting_stops_for_keys),
        CASE(test_expressions_see_what_is_around),
        CASE(test_too_hard_ends_soon_and_is_told),
        CASE(test_bad_expressions_are_told),
        CASE(test_hits_close_what_they_opened),
        CASE(test_clearing_elsewhere_closes_too),
        CASE(test_typing_leaves_no_folds_open),
        CASE(test_an_abandoned_search_leaves_the_way_back_and_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
