/* Links: those of the input, and addresses that stand in the text. */
#include "test.h"

#include "hearsay/document.h"

#include <stdlib.h>
#include <string.h>

static void add(struct builder *builder, const char *text)
{
    builder_text(builder, text, strlen(text));
}

/* All links of the document, as "text=address\n" lines. The caller frees. */
static char *links_of(const struct document *document)
{
    struct buffer out = {0};
    struct link link;
    uint32_t length;
    const char *text = document_text(document, &length);
    struct link_iter iter = link_iter_start(document, (struct range){0, length});
    while (link_iter_next(&iter, &link)) {
        buffer_add(&out, text + link.text.start, link.text.end - link.text.start);
        buffer_addc(&out, '=');
        buffer_add(&out, link.address, link.length);
        buffer_addc(&out, '\n');
    }
    return buffer_detach(&out);
}

static void expect_links(const char *text, const char *expected)
{
    struct error error;
    struct builder *builder = builder_new(10000, &error);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    add(builder, text);
    struct document *document = builder_finish(builder);
    char *links = links_of(document);
    assert_string_equal(links, expected);
    free(links);
    document_free(document);
}

static void test_addresses_in_the_text(void **state)
{
    (void)state;
    expect_links("nothing here :// or there", "");
    expect_links("see https://example.org/a, and (http://b.example/c_(d)).",
                 "https://example.org/a=https://example.org/a\n"
                 "http://b.example/c_(d)=http://b.example/c_(d)\n");
    expect_links("<gemini://example.org/> “https://q.example”",
                 "gemini://example.org/=gemini://example.org/\n"
                 "https://q.example=https://q.example\n");
    expect_links("://x http://", "");
    expect_links("https://example.org/?q=1&amp;r=%20#top!",
                 "https://example.org/?q=1&amp;r=%20#top=https://example.org/?q=1&amp;r=%20#top\n");
}

static void test_links_of_the_input(void **state)
{
    struct error error;
    struct builder *builder = builder_new(10000, &error);
    (void)state;
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    add(builder, "Before http://bare.example/ and ");
    uint32_t first = builder_link(builder, "https://one.example", 19);
    builder_run(builder, RUN_LINK, first);
    add(builder, "a ");
    builder_run(builder, RUN_EMPHASIS, DOCUMENT_NONE);
    add(builder, "cut");
    builder_run_end(builder, RUN_EMPHASIS);
    add(builder, " one https://within.example");
    builder_run_end(builder, RUN_LINK);
    uint32_t second = builder_link(builder, "https://two.example/", 20);
    builder_run(builder, RUN_LINK, second);
    add(builder, "two");
    builder_run_end(builder, RUN_LINK);
    builder_run(builder, RUN_LINK, builder_link(builder, "", 0)); /* leads nowhere */
    add(builder, "three");
    builder_run_end(builder, RUN_LINK);
    add(builder, " http://last.example");
    struct document *document = builder_finish(builder);
    char *links = links_of(document);
    assert_string_equal(links, "http://bare.example/=http://bare.example/\n"
                               "a cut one https://within.example=https://one.example\n"
                               "two=https://two.example/\n"
                               "http://last.example=http://last.example\n");
    free(links);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses_in_the_text),
        cmocka_unit_test(test_links_of_the_input),
    };
    return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
