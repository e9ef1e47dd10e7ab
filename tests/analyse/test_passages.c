/* Passages that comments repeat, and replies by name, in documents built here. */
#include "show.h"

/* A document with one article paragraph and comments by a, b, c, ... one under the other. */
static struct document *make(const char *article, size_t count, const char *const *comments,
                             const char *const *names)
{
    struct builder *builder = builder_new(100000, NULL);
    assert_non_null(builder);
    builder_title(builder, "Ports", 5);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, article, strlen(article));
    for (size_t i = 0; i < count; i++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.name = names[i];
        info.name_length = strlen(names[i]);
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, comments[i], strlen(comments[i]));
    }
    return builder_finish(builder);
}

static const char article[] =
    "The two port authorities met on Monday for the first time since 2013, and left the room "
    "still talking about the silt in the old harbour.";

static void expect_passage(const struct document *document, size_t index, const char *here,
                           const char *there)
{
    struct annotations found;
    uint32_t length;
    const char *text = document_text(document, &length);
    analyse_document(document, &found);
    assert_in_range(index, 0, found.passages.count - 1);
    const struct passage *p = &found.passages.items[index];
    assert_int_equal(p->end - p->start, strlen(here));
    assert_memory_equal(text + p->start, here, strlen(here));
    assert_int_equal(p->target_end - p->target_start, strlen(there));
    assert_memory_equal(text + p->target_start, there, strlen(there));
    annotations_release(&found);
}

static void repeats_the_article(void **state)
{
    (void)state;
    const char *comments[] = {"> the two Port Authorities met—on monday for the first time\nWell.",
                              "Nothing of it."};
    const char *names[] = {"salt", "pilot"};
    struct document *document = make(article, 2, comments, names);
    expect_passage(document, 0, "the two Port Authorities met—on monday for the first time",
                   "The two port authorities met on Monday for the first time");
    document_free(document);
}

static void small_edits_are_let_pass(void **state)
{
    (void)state;
    const char *comments[] = {
        "You say they left the room still talking about all the silt in the old harbour?"};
    const char *names[] = {"salt"};
    struct document *document = make(article, 1, comments, names);
    expect_passage(document, 0, "left the room still talking about all the silt in the old harbour",
                   "left the room still talking about the silt in the old harbour");
    document_free(document);
}

static void seven_words_are_too_few(void **state)
{
    (void)state;
    const char *comments[] = {"So the two port authorities met on Monday, did they?"};
    const char *names[] = {"salt"};
    struct document *document = make(article, 1, comments, names);
    struct annotations found;
    analyse_document(document, &found);
    assert_int_equal(found.passages.count, 0);
    annotations_release(&found);
    document_free(document);
}

static void repeats_an_earlier_comment(void **state)
{
    (void)state;
    const char *comments[] = {
        "I for one think dredging at night is a crime against sleep itself.",
        "\"dredging at night is a crime against sleep itself\" is a bit much."};
    const char *names[] = {"salt", "pilot"};
    struct document *document = make(article, 2, comments, names);
    struct annotations found;
    analyse_document(document, &found);
    assert_int_equal(found.passages.count, 1);
    assert_int_equal(found.passages.items[0].comment, 1);
    assert_int_equal(found.passages.items[0].target_comment, 0);
    annotations_release(&found);
    document_free(document);
}

static void replies_by_name(void **state)
{
    (void)state;
    const char *comments[] = {"First.", "SALT: no.", "@old you are right, @nobody too.",
                              "Old Pilot, thanks."};
    const char *names[] = {"Salt", "Old Pilot", "fish", "Salt"};
    struct document *document = make(article, 4, comments, names);
    struct annotations found;
    analyse_document(document, &found);
    assert_int_equal(found.replies.count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(found.replies.items[i].comment, i + 1);
    assert_int_equal(found.replies.items[0].target_comment, 0);
    assert_int_equal(found.replies.items[1].target_comment, 1);
    assert_int_equal(found.replies.items[2].target_comment, 1);
    annotations_release(&found);
    document_free(document);
}

static void a_comment_is_told_from_the_article(void **state)
{
    (void)state;
    const char *comments[] = {"\"We do not dredge,\" Mara Lindqvist said. Lindqvist lied."};
    const char *names[] = {"salt"};
    struct document *document = make("Mara Lindqvist runs the port.", 1, comments, names);
    struct annotations found;
    analyse_document(document, &found);
    assert_int_equal(found.quotes.count, 1);
    assert_int_equal(found.quotes.items[0].comment, 0);
    const struct entity *e = &found.entities.items[found.quotes.items[0].speaker];
    assert_int_equal(e->article_mentions, 1);
    assert_int_equal(e->comment_mentions, 2);
    assert_int_equal(e->comment_quotes, 1);
    annotations_release(&found);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_the_article),
        cmocka_unit_test(small_edits_are_let_pass),
        cmocka_unit_test(seven_words_are_too_few),
        cmocka_unit_test(repeats_an_earlier_comment),
        cmocka_unit_test(replies_by_name),
        cmocka_unit_test(a_comment_is_told_from_the_article),
    };
    return cmocka_run_group_tests_name("passages", tests, NULL, NULL);
}
