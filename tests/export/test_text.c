/* Lines for people and for grep: text, thread, quotes, entities. And back through the importer. */
#include "helpers.h"

#include "hearsay/import.h"

static void item(struct builder *builder, unsigned level, unsigned number, const char *text)
{
    builder_block(builder, BLOCK_LIST_ITEM, level, number);
    builder_text(builder, text, strlen(text));
}

static void test_forms_are_found(void **state)
{
    (void)state;
    size_t count;
    const struct export_form *forms = export_forms(&count);
    assert_int_equal(count, 6);
    assert_string_equal(forms[0].name, "text");
    for (size_t at = 0; at < count; at++)
        assert_ptr_equal(export_form_find(forms[at].name), &forms[at]);
    assert_null(export_form_find("tex"));
    assert_null(export_form_find(""));
}

static void test_blocks(void **state)
{
    (void)state;
    struct builder *builder = begin();
    builder_title(builder, "A title", 7);
    builder_byline(builder, "By A. Writer", 12);
    paragraph(builder, "One two three four five six seven.");
    block(builder, BLOCK_QUOTE, 2, "Words of another, said before.");
    item(builder, 1, 0, "a point that needs a second line");
    item(builder, 2, 12, "twelve");
    block(builder, BLOCK_CODE, 0, "if (x)\n\n  a line of code that is longer than the page");
    block(builder, BLOCK_RULE, 0, "* * *");
    paragraph(builder, "An ex\xC2\xADtra\xC2\xADor\xC2\xAD"
                       "dinarily hyphen\xC2\xAD"
                       "ated word");
    struct document *document = builder_finish(builder);
    assert_written("text", (struct export_request){.document = document, .columns = 20},
                   "A title\n"
                   "\n"
                   "By A. Writer\n"
                   "\n"
                   "One two three four\n"
                   "five six seven.\n"
                   "\n"
                   "> > Words of\n"
                   "> > another, said\n"
                   "> > before.\n"
                   "\n"
                   "* a point that needs\n"
                   "  a second line\n"
                   "  12. twelve\n"
                   "\n"
                   "    if (x)\n"
                   "\n"
                   "      a line of code that is longer than the page\n"
                   "\n"
                   "* * *\n"
                   "\n"
                   "An extraordinarily\n"
                   "hyphenated word\n");
    document_free(document);
}

static void test_hyphens_show_where_they_are_needed(void **state)
{
    (void)state;
    struct builder *builder = begin();
    paragraph(builder, "extra\xC2\xADordinarily");
    struct document *document = builder_finish(builder);
    assert_written("text", (struct export_request){.document = document, .columns = 12},
                   "extra-\nordinarily\n");
    document_free(document);
}

static struct document *thread(void)
{
    struct builder *builder = begin();
    struct comment_info info = COMMENT_INFO_NONE;
    builder_title(builder, "T", 1);
    paragraph(builder, "Text.");
    comment(builder, "ann", 0, "First.");
    info.name = "bob";
    info.name_length = 3;
    info.depth = 1;
    info.time = 1620051000;
    builder_comment(builder, &info);
    paragraph(builder, "A reply.");
    paragraph(builder, "With more.");
    info.time = 1620000000;
    info.depth = 2;
    builder_comment(builder, &info);
    block(builder, BLOCK_QUOTE, 1, "A reply.");
    info = (struct comment_info)COMMENT_INFO_NONE;
    info.state = COMMENT_DELETED;
    info.depth = 1;
    builder_comment(builder, &info);
    comment(builder, "", 0, "Second.");
    return builder_finish(builder);
}

#define THREAD                                                                                     \
    "  1. ann\n\n    First.\n\n"                                                                   \
    "      1. bob - 3 May 2021 14:10\n\n        A reply.\n\n        With more.\n\n"                \
    "          1. bob - 3 May 2021\n\n            > A reply.\n\n"                                  \
    "      2. [deleted]\n\n        [deleted]\n\n"                                                  \
    "  2. [anonymous]\n\n    Second.\n"

static void test_thread(void **state)
{
    (void)state;
    struct document *document = thread();
    assert_written("thread", (struct export_request){.document = document}, THREAD);
    assert_written("text", (struct export_request){.document = document},
                   "T\n\nText.\n\n\n" THREAD);
    document_free(document);
}

static void test_nothing_is_nothing(void **state)
{
    (void)state;
    struct document *document = builder_finish(begin());
    struct annotations none = {0};
    static const char *const names[] = {"text", "thread", "markdown", "quotes", "entities"};
    for (size_t at = 0; at < ARRAY_LENGTH(names); at++)
        assert_written(names[at],
                       (struct export_request){.document = document, .annotations = &none}, "");
    document_free(document);
}

/* A chain far deeper than any page is wide: the indent stops, the size stays linear. */
static void test_deep_threads_stay_on_the_page(void **state)
{
    (void)state;
    struct builder *builder = begin();
    for (uint32_t at = 0; at < 20000; at++)
        comment(builder, "n", at, "word word word word word word word");
    struct document *document = builder_finish(builder);
    static const uint32_t widths[] = {1, 2, 5, 33, 34, 35, 40, 80};
    for (size_t at = 0; at < ARRAY_LENGTH(widths); at++) {
        char *text =
            written("thread", (struct export_request){.document = document, .columns = widths[at]});
        assert_true(strlen(text) < 20000u * 400);
        size_t widest = 0;
        for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
            widest = strcspn(line, "\n") > widest ? strcspn(line, "\n") : widest;
        assert_true(widths[at] < 40 || widest <= widths[at]);
        free(text);
    }
    document_free(document);
}

/* ---- there and back -------------------------------------------------------------- */

static void test_text_is_read_back(void **state)
{
    (void)state;
    static const char prose[] =
        "The two towns have not spoken for years, and this sentence is long enough to wrap.";
    struct builder *builder = begin();
    builder_title(builder, "Two towns talk again", 20);
    for (int at = 0; at < 4; at++)
        paragraph(builder, prose);
    static const uint32_t depths[] = {0, 1, 2, 3, 1, 2, 0, 0, 1, 1, 2};
    for (size_t at = 0; at < ARRAY_LENGTH(depths); at++) {
        char name[] = "Ann A";
        name[4] = (char)('A' + at);
        comment(builder, name, depths[at], prose);
        paragraph(builder, "And a second paragraph.");
    }
    struct document *document = builder_finish(builder);
    char *text = written("text", (struct export_request){.document = document});
    struct import_input input = {text, strlen(text), "text"};
    struct error error;
    struct document *again = import_bytes(&input, "text", &error);
    assert_non_null(again);
    uint32_t count, count_again, length, length_again;
    const struct comment *comments = document_comments(document, &count);
    const struct comment *comments_again = document_comments(again, &count_again);
    assert_int_equal(count, count_again);
    for (uint32_t at = 0; at < count; at++)
        assert_int_equal(comments[at].parent, comments_again[at].parent);
    const char *pool = document_text(document, &length);
    const char *pool_again = document_text(again, &length_again);
    assert_int_equal(length, length_again);
    assert_memory_equal(pool, pool_again, length);
    free(text);
    document_free(document);
    document_free(again);
}

/* ---- lists ----------------------------------------------------------------------- */

struct voices {
    struct document *document;
    struct annotations found;
};

static void add_quote(struct voices *voices, const char *words, uint32_t speaker,
                      enum confidence confidence)
{
    struct quote quote = {.comment = DOCUMENT_NONE,
                          .first_span = (uint32_t)voices->found.spans.count,
                          .span_count = 1,
                          .speaker = speaker,
                          .partner = ENTITY_NONE,
                          .confidence = (uint8_t)confidence};
    vector_push(&voices->found.spans, find(voices->document, words));
    vector_push(&voices->found.quotes, quote);
}

static int set_up(void **state)
{
    struct voices *voices = xcalloc(1, sizeof *voices);
    struct builder *builder = begin();
    paragraph(builder, "Alpha\nbeta. Gamma. Delta. Epsilon. Hassan Kazemi Qomi, envoy of "
                       "Iran. Kazemi. Ines Ökafor.");
    voices->document = builder_finish(builder);
    struct range kazemi = find(voices->document, "Kazemi.");
    vector_push(&voices->found.entities,
                ((struct entity){.name = find(voices->document, "Hassan Kazemi Qomi"),
                                 .role = find(voices->document, "envoy of Iran"),
                                 .article_mentions = 2,
                                 .comment_mentions = 3,
                                 .article_quotes = 1,
                                 .comment_quotes = 4}));
    vector_push(&voices->found.entities,
                ((struct entity){.name = find(voices->document, "Ines Ökafor"),
                                 .type = ENTITY_ORGANIZATION}));
    vector_push(&voices->found.mentions,
                ((struct mention){kazemi.start, kazemi.end - 1, 0, DOCUMENT_NONE}));
    add_quote(voices, "Alpha\nbeta", 0, CONFIDENCE_SURE);
    vector_push(&voices->found.spans, find(voices->document, "Epsilon"));
    voices->found.quotes.items[0].span_count = 2;
    add_quote(voices, "Gamma", 1, CONFIDENCE_LIKELY);
    add_quote(voices, "Delta", 0, CONFIDENCE_GUESS);
    add_quote(voices, "beta", 0, CONFIDENCE_SURE);
    voices->found.quotes.items[3].kind = QUOTE_SCARE;
    *state = voices;
    return 0;
}

static int tear_down(void **state)
{
    struct voices *voices = *state;
    annotations_release(&voices->found);
    document_free(voices->document);
    free(voices);
    return 0;
}

static void test_quotes(void **state)
{
    struct voices *voices = *state;
    static const struct {
        const char *speaker, *expected;
    } cases[] = {
        {NULL, "Hassan Kazemi Qomi\tAlpha beta … Epsilon\nInes Ökafor\tGamma\n?\tDelta\n"},
        {"hassan kazemi qomi", "Hassan Kazemi Qomi\tAlpha beta … Epsilon\n"},
        {"QOMI", "Hassan Kazemi Qomi\tAlpha beta … Epsilon\n"},
        {"kazemi", "Hassan Kazemi Qomi\tAlpha beta … Epsilon\n"},
        {"Kazemi Qomi", "Hassan Kazemi Qomi\tAlpha beta … Epsilon\n"},
        {"ökafor", "Ines Ökafor\tGamma\n"},
        {"Ines", ""},
        {"omi", ""},
        {"?", ""},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++)
        assert_written("quotes",
                       (struct export_request){.document = voices->document,
                                               .annotations = &voices->found,
                                               .speaker = cases[at].speaker},
                       cases[at].expected);
}

static void test_entities(void **state)
{
    struct voices *voices = *state;
    assert_written(
        "entities",
        (struct export_request){.document = voices->document, .annotations = &voices->found},
        "person\tHassan Kazemi Qomi\tenvoy of Iran\t2\t3\t5\n"
        "organization\tInes Ökafor\t\t0\t0\t0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_are_found),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_hyphens_show_where_they_are_needed),
        cmocka_unit_test(test_thread),
        cmocka_unit_test(test_nothing_is_nothing),
        cmocka_unit_test(test_deep_threads_stay_on_the_page),
        cmocka_unit_test(test_text_is_read_back),
        cmocka_unit_test_setup_teardown(test_quotes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_entities, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("export/text", tests, NULL, NULL);
}
