/* Markdown: what is markup stays markup, and what is text stays text. */
#include "helpers.h"

static void assert_markdown(struct builder *builder, const char *expected)
{
    struct document *document = builder_finish(builder);
    assert_written("markdown", (struct export_request){.document = document}, expected);
    document_free(document);
}

static void test_text_is_escaped_where_needed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain, it's (so) - 5 * 3 = 15!", "plain, it's (so) - 5 * 3 = 15!\n"},
        {"*so* `x` [1](y) a\\b", "\\*so\\* \\`x\\` \\[1\\](y) a\\\\b\n"},
        {"snake_case but _this_", "snake_case but \\_this\\_\n"},
        {"a < b <script> </p> R&D &amp; a & b", "a < b \\<script> \\</p> R\\&D \\&amp; a & b\n"},
        {"# one\n> two\n - three\n4. four\n5) five\n66", "\\# one  \n\\> two  \n \\- three  \n"
                                                         "4\\. four  \n5\\) five  \n66\n"},
        {"![x](y)", "!\\[x\\](y)\n"},
        {"===", "\\===\n"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        struct builder *builder = begin();
        paragraph(builder, cases[at].text);
        assert_markdown(builder, cases[at].expected);
    }
}

static void add(struct builder *builder, const char *text)
{
    builder_text(builder, text, strlen(text));
}

static void run(struct builder *builder, enum run_kind kind, const char *text)
{
    builder_run(builder, kind, DOCUMENT_NONE);
    add(builder, text);
    builder_run_end(builder, kind);
}

static void link_to(struct builder *builder, const char *address, const char *text)
{
    builder_run(builder, RUN_LINK, builder_link(builder, address, strlen(address)));
    add(builder, text);
    builder_run_end(builder, RUN_LINK);
}

static void test_runs_are_marks(void **state)
{
    (void)state;
    struct builder *builder = begin();
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    add(builder, "An ");
    run(builder, RUN_EMPHASIS, "apt * ");
    add(builder, "word, ");
    builder_run(builder, RUN_STRONG, DOCUMENT_NONE);
    add(builder, "bold ");
    run(builder, RUN_EMPHASIS, "both");
    builder_run_end(builder, RUN_STRONG);
    add(builder, " ");
    run(builder, RUN_CODE, "a`*b*");
    run(builder, RUN_STRIKE, " gone");
    run(builder, RUN_SPOILER, " hidden <");
    add(builder, "b>");
    assert_markdown(builder,
                    "An *apt \\** word, **bold *both*** ``a`*b*`` ~~gone~~ hidden \\<b>\n");
}

static void test_links_are_safe(void **state)
{
    (void)state;
    struct builder *builder = begin();
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    link_to(builder, "https://a.example/x(1) \"y\"", "one]");
    add(builder, " wow!");
    link_to(builder, "http://b.example/", "two");
    link_to(builder, "http://c.example/", "three");
    add(builder, " ");
    link_to(builder, "javascript:alert(1)", "four");
    assert_markdown(builder, "[one\\]](https://a.example/x%281%29%20%22y%22) wow\\!"
                             "[two](http://b.example/)[three](http://c.example/) four\n");
}

static void test_blocks(void **state)
{
    (void)state;
    struct builder *builder = begin();
    builder_title(builder, "# *T*", 5);
    builder_byline(builder, "By me", 5);
    block(builder, BLOCK_HEADING, 2, "Part\none");
    block(builder, BLOCK_QUOTE, 1, "Said\nso");
    block(builder, BLOCK_QUOTE, 2, "before");
    block(builder, BLOCK_LIST_ITEM, 1, "a\nb");
    block(builder, BLOCK_LIST_ITEM, 2, "c");
    block(builder, BLOCK_CODE, 0, "```\n\n# x");
    block(builder, BLOCK_RULE, 0, "* * *");
    assert_markdown(builder, "# # \\*T\\*\n\n*By me*\n\n### Part one\n\n"
                             "> Said  \n> so\n>\n> > before\n\n"
                             "- a  \n  b\n    - c\n\n````\n```\n\n# x\n````\n\n* * *\n");
}

static void test_comments(void **state)
{
    (void)state;
    struct builder *builder = begin();
    paragraph(builder, "Text.");
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = "a*b";
    info.name_length = 3;
    info.time = 1620051000;
    info.score = 1;
    builder_comment(builder, &info);
    paragraph(builder, "First.");
    comment(builder, "bob", 1, "Reply.");
    block(builder, BLOCK_QUOTE, 1, "First.");
    comment(builder, "cy", 0, "");
    assert_markdown(builder, "Text.\n\n## Comments\n\n"
                             "**a\\*b** · 3 May 2021 14:10 · 1 point\n\nFirst.\n\n"
                             "> **bob**\n>\n> Reply.\n>\n> > First.\n\n"
                             "**cy**\n\n\\[no text\\]\n");
}

/* Quoting stops growing, and then it is said who is answered. */
static void test_deep_threads_stay_small(void **state)
{
    (void)state;
    struct builder *builder = begin();
    for (uint32_t at = 0; at < 20000; at++)
        comment(builder, at % 2 ? "odd" : "even", at, "x");
    struct document *document = builder_finish(builder);
    char *text = written("markdown", (struct export_request){.document = document});
    assert_true(strlen(text) < 20000u * 200);
    assert_non_null(strstr(text, "**odd** to even\n"));
    free(text);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_escaped_where_needed),
        cmocka_unit_test(test_runs_are_marks),
        cmocka_unit_test(test_links_are_safe),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_deep_threads_stay_small),
    };
    return cmocka_run_group_tests_name("export/markdown", tests, NULL, NULL);
}
