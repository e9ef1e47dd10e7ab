/* What a hostile text can do: cost more than its length, or lead out of bounds. Cost is counted in
 * what comes out and in the promises of the arrays, never in time; a quadratic step would not end
 * within a test's patience. */
#include <stdio.h>

#include "show.h"

#define SIZE 600000u

/* Checks everything that analyse.h promises of places and indices. */
static void check(const char *text, uint32_t length, const struct annotations *found)
{
    uint32_t last = 0;
    (void)text;
    for (uint32_t i = 0; i < found->quotes.count; i++) {
        const struct quote *q = &found->quotes.items[i];
        struct range extent = quote_extent(found, i);
        assert_true(extent.start >= last && extent.start < extent.end && extent.end <= length);
        assert_true(q->first_span + q->span_count <= found->spans.count);
        assert_true(q->speaker == ENTITY_NONE || q->speaker < found->entities.count);
        assert_true(q->speaker_text.end <= length && q->cue.end <= length);
        assert_true(q->kind < QUOTE_KINDS && q->probability >= 0 && q->probability <= 1);
        last = extent.start;
    }
    last = 0;
    for (uint32_t i = 0; i < found->mentions.count; i++) {
        const struct mention *m = &found->mentions.items[i];
        assert_true(m->start >= last && m->start < m->end && m->end <= length);
        assert_true(m->entity < found->entities.count);
        last = m->end;
    }
    for (uint32_t i = 0; i < found->entities.count; i++)
        assert_true(found->entities.items[i].name.end <= length);
}

static void pass(const char *text, uint32_t length)
{
    struct annotations found;
    analyse_text(text, length, &found);
    check(text, length, &found);
    annotations_release(&found);
}

static void one_thing_over_and_over(void **state)
{
    (void)state;
    static const char *const units[] = {
        "\"",
        "'",
        "'a ",
        "“",
        "”",
        "“a ",
        "\"a\n",
        "said ",
        "he said ",
        "said \"x\" ",
        "Bush, ",
        "Aaa ",
        "University of ",
        "President ",
        "the American envoy, ",
        "\n",
        "a",
        "A",
        "“Aaaa bbb ccc.\n",
        "Bush and ",
        "according to ",
        "U.S. ",
        "who ",
        "head of the ",
        "Bush's ",
        "(",
        "@a ",
        "a.",
        "é“ ",
        "\"He,\" said she. '",
        "—",
        "of ",
        ", said ",
    };
    struct buffer text = {0};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buffer_clear(&text);
        while (text.length < SIZE)
            buffer_adds(&text, units[i]);
        pass(text.data, (uint32_t)text.length);
    }
    buffer_release(&text);
}

static void many_different_names(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct annotations found;
    for (unsigned i = 0; i < 100000; i++)
        buffer_printf(&text, "Ann %c%c%c%clee met him. ", 'A' + (int)(i % 26),
                      'a' + (int)(i / 26 % 26), 'a' + (int)(i / 676 % 26),
                      'a' + (int)(i / 17576 % 26));
    analyse_text(text.data, (uint32_t)text.length, &found);
    check(text.data, (uint32_t)text.length, &found);
    assert_in_range(found.entities.count, 99000, 100000);
    annotations_release(&found);
    buffer_release(&text);
}

static void comments_that_repeat_one_another(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct annotations found;
    struct analyse_paragraph paragraphs[40];
    for (uint32_t i = 0; i < 40; i++) {
        uint32_t start = (uint32_t)text.length;
        for (unsigned j = 0; j < 10000; j++)
            buffer_adds(&text, i % 2 ? "a b " : "a a ");
        paragraphs[i] =
            (struct analyse_paragraph){start, (uint32_t)text.length, i, BLOCK_PARAGRAPH, 0};
    }
    struct analyse_source source = {.text = text.data,
                                    .length = (uint32_t)text.length,
                                    .paragraphs = paragraphs,
                                    .paragraph_count = 40};
    analyse_source(&source, &found);
    assert_int_equal(found.passages.count, 38); /* all but the first of either sort */
    annotations_release(&found);
    buffer_release(&text);
}

/* Bits that matter to the rules, in any order: the same sequence in each run. */
static void bits_at_random(void **state)
{
    (void)state;
    static const char *const bits[] = {
        "\"",
        "'",
        "“",
        "”",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "``",
        "''",
        "\n",
        ",",
        ".",
        "!",
        "?",
        ":",
        "—",
        "(",
        ")",
        "said",
        "he",
        "she",
        "Kazemi",
        "Mr.",
        "the",
        "American envoy",
        "spokesman",
        "told",
        "according to",
        "U.S.",
        "al-",
        "and",
        "of",
        "University",
        "日本",
        "é",
        "😀",
        "'s",
        "s'",
        "I",
        "A.",
        "J.R.",
        "@x",
        "&",
        "who",
        "27",
        "Iran",
        "BBC",
        "President",
        "called",
        "\xc2\xa0",
        "in",
        "Jr.",
        "Inc.",
        "UPPER CASE WORDS",
    };
    uint64_t random = 88172645463325252u;
    for (unsigned round = 0; round < 3000; round++) {
        struct buffer text = {0};
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        for (unsigned left = (unsigned)(random >> 20) % 60; left > 0; left--) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            buffer_adds(&text, bits[(random >> 11) % (sizeof bits / sizeof *bits)]);
            buffer_adds(&text, random >> 40 & 1 ? " " : "");
        }
        char *exact = xmalloc(text.length); /* so that a sanitizer sees a step over the end */
        if (text.length)
            memcpy(exact, text.data, text.length);
        pass(exact, (uint32_t)text.length);
        free(exact);
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thing_over_and_over),
        cmocka_unit_test(many_different_names),
        cmocka_unit_test(comments_that_repeat_one_another),
        cmocka_unit_test(bits_at_random),
    };
    return cmocka_run_group_tests_name("worst cases", tests, NULL, NULL);
}
