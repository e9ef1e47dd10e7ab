/* One item or a branch instead of all; a quotation as a citation. */
#include "helpers.h"

static struct document *make(void)
{
    struct builder *builder = begin();
    builder_title(builder, "Quay talks", 10);
    builder_meta(builder, STRING_URL, "https://example.org/quay", 24);
    builder_meta(builder, STRING_SITE, "example.org", 11);
    builder_published(builder, 1714694400);
    paragraph(builder, "“We came to find out,” said Ines Okafor, the port director.");
    paragraph(builder, "“Nobody asked.”");
    comment(builder, "salt", 0, "First.");
    comment(builder, "pilot", 1, "Second, by Ines Okafor.");
    comment(builder, "salt", 2, "Third.");
    comment(builder, "rope", 0, "Fourth.");
    return builder_finish(builder);
}

static void test_an_item(void **state)
{
    (void)state;
    struct document *document = make();
    struct export_request request = {
        .document = document, .part = EXPORT_ITEM, .comment = 1, .columns = EXPORT_UNWRAPPED};
    assert_written("text", request, "pilot\n\nSecond, by Ines Okafor.\n");
    assert_written("markdown", request, "**pilot**\n\nSecond, by Ines Okafor.\n");
    request.comment = DOCUMENT_NONE;
    char *text = written("markdown", request);
    assert_non_null(strstr(text, "# Quay talks\n"));
    assert_null(strstr(text, "Comments"));
    free(text);
    document_free(document);
}

static void test_a_branch(void **state)
{
    (void)state;
    struct document *document = make();
    struct export_request request = {.document = document, .part = EXPORT_BRANCH, .comment = 1};
    assert_written(
        "text", request,
        "  1. pilot\n\n    Second, by Ines Okafor.\n\n      1. salt\n\n        Third.\n");
    assert_written("markdown", request,
                   "**pilot**\n\nSecond, by Ines Okafor.\n\n> **salt**\n>\n> Third.\n");
    request.comment = DOCUMENT_NONE; /* the branch of the article is all there is */
    char *branch = written("text", request);
    request.part = EXPORT_ALL;
    assert_written("text", request, branch);
    free(branch);
    document_free(document);
}

static void test_json_speaks_of_the_part_only(void **state)
{
    (void)state;
    struct document *document = make();
    struct annotations found = {0};
    analyse_document(document, &found);
    struct export_request request = {
        .document = document, .annotations = &found, .part = EXPORT_BRANCH, .comment = 1};
    char *text = written("json", request);
    assert_non_null(
        strstr(text, "\"url\":\"https://example.org/quay\",\"text\":\"\",\"blocks\":[]"));
    assert_null(strstr(text, "First."));
    assert_non_null(strstr(text, "Third."));
    assert_null(strstr(text, "Fourth."));
    assert_null(strstr(text, "\"in\":\"article\""));
    assert_non_null(strstr(text, "Ines Okafor\",\"type\":\"person\""));
    free(text);
    request.comment = 3;
    request.part = EXPORT_ITEM;
    text = written("json", request);
    assert_non_null(strstr(text, "\"entities\":[],\"quotes\":[]"));
    free(text);
    annotations_release(&found);
    document_free(document);
}

static void test_a_citation(void **state)
{
    (void)state;
    struct document *document = make();
    struct annotations found = {0};
    struct buffer out = {0};
    analyse_document(document, &found);
    assert_int_equal(found.quotes.count, 2);
    struct export_request request = {.document = document, .annotations = &found};
    export_citation(&request, 0, &out);
    assert_string_equal(buffer_string(&out),
                        "“We came to find out,” — Ines Okafor, the port director. Quay talks, "
                        "example.org, 3 May 2024. https://example.org/quay");
    buffer_clear(&out);
    found.quotes.items[1].confidence = CONFIDENCE_GUESS; /* whoever it is, it is not said */
    export_citation(&request, 1, &out);
    assert_non_null(strstr(buffer_string(&out), "“Nobody asked.” — unattributed. Quay talks"));
    buffer_release(&out);
    annotations_release(&found);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_item),
        cmocka_unit_test(test_a_branch),
        cmocka_unit_test(test_json_speaks_of_the_part_only),
        cmocka_unit_test(test_a_citation),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
