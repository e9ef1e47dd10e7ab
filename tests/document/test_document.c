#include "test.h"

#include "hearsay/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void block(struct builder *builder, const char *text)
{
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, text, strlen(text));
}

static void comment(struct builder *builder, const char *name, uint32_t depth, const char *text)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = name;
    info.name_length = strlen(name);
    info.depth = depth;
    builder_comment(builder, &info);
    if (*text)
        block(builder, text);
}

static struct builder *begin(void)
{
    struct error error;
    struct builder *builder = builder_new(1000, &error);
    assert_non_null(builder);
    return builder;
}

static struct document *finish(struct builder *builder)
{
    struct document *document = builder_finish(builder);
    struct error error = {""};
    bool good = document_check(document, &error);
    assert_string_equal(error.message, "");
    assert_true(good);
    return document;
}

static struct document *sample(void)
{
    struct builder *builder = begin();
    builder_title(builder, "  A title\n", 10);
    builder_byline(builder, "by me", 5);
    block(builder, "  One.  ");
    block(builder, "");
    block(builder, "Two.");
    comment(builder, "ann", 0, "First");
    comment(builder, "bob", 1, "Reply");
    comment(builder, "", 2, "");
    comment(builder, "ann", 1, "Again");
    comment(builder, "cy", 0, "Last");
    return finish(builder);
}

static void test_pool_is_one_text_in_reading_order(void **state)
{
    (void)state;
    struct document *document = sample();
    uint32_t length;
    const char *text = document_text(document, &length);
    static const char expected[] =
        "A title\n\nby me\n\nOne.\n\nTwo.\n\nann\n\nFirst\n\nbob\n\nReply"
        "\n\n\n\nann\n\nAgain\n\ncy\n\nLast";
    assert_int_equal(length, sizeof expected - 1);
    assert_memory_equal(text, expected, length);
    struct range article = document_article(document);
    assert_memory_equal(text + article.start, "One.\n\nTwo.", article.end - article.start);
    assert_int_equal(document_article_blocks(document), 2);
    document_free(document);
}

static void test_tree(void **state)
{
    (void)state;
    struct document *document = sample();
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    assert_int_equal(count, 5);
    assert_int_equal(comments[0].end, 4);
    assert_int_equal(comments[2].parent, 1);
    assert_int_equal(comments[3].parent, 0);
    assert_int_equal(document_next_sibling(document, 1), 3);
    assert_int_equal(document_previous_sibling(document, 3), 1);
    assert_int_equal(document_previous_sibling(document, 4), 0);
    assert_int_equal(document_previous_sibling(document, 1), DOCUMENT_NONE);
    assert_int_equal(document_next_sibling(document, 0), 4);
    assert_int_equal(document_next_sibling(document, 4), DOCUMENT_NONE);
    assert_int_equal(document_first_child(document, 3), DOCUMENT_NONE);
    assert_int_equal(document_root_of(document, 3), 0);
    assert_int_equal(document_root_of(document, 4), 4);
    assert_int_equal(comments[0].author, comments[3].author);
    assert_int_equal(comments[2].author, DOCUMENT_NONE);
    document_free(document);
}

static void test_every_byte_finds_its_item(void **state)
{
    (void)state;
    struct document *document = sample();
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    assert_int_equal(document_comment_at(document, 0), DOCUMENT_NONE);
    for (uint32_t at = 0; at < count; at++)
        for (uint32_t place = comments[at].name.start; place <= comments[at].text.end; place++)
            assert_int_equal(document_comment_at(document, place), at);
    assert_int_equal(document_block_at(document, 0), DOCUMENT_NONE);
    assert_int_equal(document_block_at(document, document_article(document).start), 0);
    document_free(document);
}

static void test_iterator_enters_and_leaves(void **state)
{
    (void)state;
    struct document *document = sample();
    char events[64] = "";
    size_t used = 0;
    struct comment_iter iter = comment_iter_start(document, DOCUMENT_NONE);
    while (comment_iter_next(&iter) != COMMENT_DONE)
        used += (size_t)snprintf(events + used, sizeof events - used, "%c%u",
                                 iter.event == COMMENT_ENTER ? '+' : '-', iter.comment);
    assert_string_equal(events, "+0+1+2-2-1+3-3-0+4-4");
    iter = comment_iter_start(document, 1);
    used = 0;
    while (comment_iter_next(&iter) != COMMENT_DONE)
        used += (size_t)snprintf(events + used, sizeof events - used, "%c%u",
                                 iter.event == COMMENT_ENTER ? '+' : '-', iter.comment);
    assert_string_equal(events, "+1+2-2-1");
    document_free(document);
}

static void test_a_chain_of_25000_replies(void **state)
{
    (void)state;
    enum { DEPTH = 25000 };
    struct error error;
    struct builder *builder = builder_new(DEPTH * 10, &error);
    for (uint32_t depth = 0; depth < DEPTH; depth++)
        comment(builder, "x", depth, "y");
    struct document *document = finish(builder);
    struct comment_iter iter = comment_iter_start(document, DOCUMENT_NONE);
    uint32_t events = 0;
    while (comment_iter_next(&iter) != COMMENT_DONE)
        events++;
    assert_int_equal(events, 2 * DEPTH);
    assert_int_equal(document_root_of(document, DEPTH - 1), 0);
    document_free(document);
}

static void test_runs_are_flat_and_trimmed(void **state)
{
    (void)state;
    struct builder *builder = begin();
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_run(builder, RUN_EMPHASIS, DOCUMENT_NONE);
    builder_text(builder, " a", 2);
    builder_run(builder, RUN_STRONG, DOCUMENT_NONE);
    builder_text(builder, "b", 1);
    builder_run_end(builder, RUN_STRONG);
    builder_text(builder, "c  ", 3);
    struct document *document = finish(builder);
    uint32_t count;
    const struct run *runs = document_runs(document, &count);
    assert_int_equal(count, 3);
    static const struct run expected[] = {
        {0, 1, 1 << RUN_EMPHASIS, DOCUMENT_NONE},
        {1, 2, 1 << RUN_EMPHASIS | 1 << RUN_STRONG, DOCUMENT_NONE},
        {2, 3, 1 << RUN_EMPHASIS, DOCUMENT_NONE}};
    assert_memory_equal(runs, expected, sizeof expected);
    assert_int_equal(document_run_from(document, 1), 1);
    document_free(document);
}

static void cleaned(const char *text, size_t length, unsigned flags, const char *expected)
{
    struct buffer out = {0};
    text_clean(&out, text, length, flags);
    assert_string_equal(buffer_string(&out), expected);
    assert_true(text_is_clean(out.data ? out.data : "", out.length));
    buffer_release(&out);
}

#define CLEANED(text, flags, expected) cleaned((text), sizeof(text) - 1, (flags), (expected))

static void test_the_door(void **state)
{
    (void)state;
    CLEANED("plain", 0, "plain");
    CLEANED("a\033[31mb\007\x7F", 0, "ab");
    CLEANED("a\033]0;title\007b\033]8;;x\033\\c", 0, "abc");
    CLEANED("a\033]no end\nb\033[no end\xC3\xA9", 0, "ano end\nbo end\xC3\xA9");
    CLEANED("a\033Mb\033", 0, "ab");
    CLEANED("a\r\nb\rc\xE2\x80\xA8"
            "d",
            0, "a\nb\nc\nd");
    CLEANED("a\tb\n\tc", TEXT_KEEP_COLUMNS, "a       b\n        c");
    CLEANED("a\tb\n", TEXT_ONE_LINE, "a b ");
    CLEANED("\xE2\x80\xAEx\xE2\x81\xA6y\xEF\xBB\xBFz", 0, "xyz");
    CLEANED("\xC2\x9B"
            "31m\xC2\x85",
            0, "\n");
    CLEANED("\xFFgood\xC3", 0, "\xEF\xBF\xBDgood\xEF\xBF\xBD");
    CLEANED("so\xC2\xAD"
            "ft",
            0,
            "so\xC2\xAD"
            "ft");
    CLEANED("nul\0nul", 0, "nulnul");
    assert_false(text_is_clean("\xFF", 1));
    assert_false(text_is_clean("\t", 1));
}

static void test_what_does_not_fit_is_dropped_and_told(void **state)
{
    (void)state;
    struct error error;
    struct builder *builder = builder_new(0, &error); /* 1 MiB */
    char *big = calloc(1, 1 << 21);
    memset(big, 'x', (1 << 21) - 1);
    block(builder, "fits");
    block(builder, big);
    assert_true(builder_full(builder));
    comment(builder, "late", 0, "too late");
    struct document *document = finish(builder);
    uint32_t count;
    document_blocks(document, &count);
    assert_int_equal(count, 1);
    free(big);
    document_free(document);
}

/* Random documents hold what document_check() promises. */
static void test_random_documents_pass_the_check(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " ", "a", "\n\nb\n", "c\td", "\xC3\xA9\xFF", "   e   "};
    uint32_t random = 1;
    for (int round = 0; round < 300; round++) {
        struct builder *builder = begin();
        for (int step = 0; step < 40; step++) {
            random = random * 1103515245u + 12345u;
            const char *text = texts[(random >> 20) % ARRAY_LENGTH(texts)];
            switch ((random >> 16) % 5) {
            case 0:
                comment(builder, text, (random >> 8) % 6, text);
                break;
            case 1:
                builder_block(builder, (enum block_kind)(random >> 24) % BLOCK_KINDS, 1, 1);
                break;
            case 2:
                builder_run(builder, (enum run_kind)(random >> 24) % RUN_KINDS, DOCUMENT_NONE);
                break;
            case 3:
                builder_run_end(builder, (enum run_kind)(random >> 24) % RUN_KINDS);
                break;
            default:
                builder_text(builder, text, strlen(text));
            }
        }
        document_free(finish(builder));
    }
}

static void test_only_addresses_that_may_be_followed_get_in(void **state)
{
    static const struct {
        const char *given, *kept; /* NULL: it is plain text */
    } links[] = {{"https://quay.example/", "https://quay.example/"},
                 {" HTTP://quay.example/", "HTTP://quay.example/"},
                 {"//quay.example/a", "https://quay.example/a"},
                 {"mailto:salt@quay.example", "mailto:salt@quay.example"},
                 {"gemini://quay.example/", "gemini://quay.example/"},
                 {"java\nscript:alert(1)", NULL},
                 {"javascript:alert(1)", NULL},
                 {"file:///etc/passwd", NULL},
                 {"ftp://quay.example/", NULL},
                 {"/about", NULL},
                 {"https://", NULL}};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(links); at++) {
        uint32_t runs, count;
        size_t length;
        struct builder *builder = begin();
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_run(builder, RUN_LINK,
                    builder_link(builder, links[at].given, strlen(links[at].given)));
        builder_text(builder, "here", 4);
        builder_run_end(builder, RUN_LINK);
        builder_meta(builder, STRING_URL, links[at].given, strlen(links[at].given));
        struct document *document = finish(builder);
        document_runs(document, &runs);
        const struct string_ref *refs = document_links(document, &count);
        assert_int_equal(runs, links[at].kept != NULL);
        assert_int_equal(count, links[at].kept != NULL);
        if (links[at].kept) {
            const char *kept = document_string(document, refs[0], &length);
            assert_int_equal(length, strlen(links[at].kept));
            assert_memory_equal(kept, links[at].kept, length);
        }
        document_meta(document, STRING_URL, &length);
        assert_int_equal(length > 0, links[at].kept != NULL);
        document_free(document);
    }
}

/* An item of a list is an article, and what hangs below it are its comments. */
static void test_a_comment_becomes_a_document(void **state)
{
    (void)state;
    struct error error;
    struct builder *builder = begin();
    builder_title(builder, "A list", 6);
    comment(builder, "ann", 0, "Not this");
    comment(builder, "bob", 0, "");
    builder_block(builder, BLOCK_HEADING, 3, 0);
    builder_text(builder, "Bob's title", 11);
    builder_block(builder, BLOCK_LIST_ITEM, 1, 7);
    builder_text(builder, "See ", 4);
    builder_run(builder, RUN_STRONG, DOCUMENT_NONE);
    builder_run(builder, RUN_LINK, builder_link(builder, "https://quay.example/", 21));
    builder_text(builder, "here", 4);
    builder_run_end(builder, RUN_LINK);
    builder_run_end(builder, RUN_STRONG);
    builder_text(builder, ".", 1);
    comment(builder, "cy", 1, "Reply");
    comment(builder, "", 2, "And again");
    comment(builder, "dee", 0, "Nor this");
    struct document *list = finish(builder);
    struct document *one = document_excerpt(list, 1, &error);
    assert_true(document_check(one, &error));
    uint32_t length, count, runs;
    const char *text = document_text(one, &length);
    static const char expected[] =
        "Bob's title\n\nbob\n\nSee here.\n\ncy\n\nReply\n\n\n\nAnd again";
    assert_int_equal(length, sizeof expected - 1);
    assert_memory_equal(text, expected, length);
    const struct comment *comments = document_comments(one, &count);
    assert_int_equal(count, 2);
    assert_int_equal(comments[1].depth, 1);
    assert_int_equal(document_blocks(one, NULL)[0].kind, BLOCK_LIST_ITEM);
    assert_int_equal(document_blocks(one, NULL)[0].number, 7);
    const struct run *run = document_runs(one, &runs);
    assert_int_equal(runs, 1);
    assert_int_equal(run->kinds, 1u << RUN_STRONG | 1u << RUN_LINK);
    assert_int_equal(run->end - run->start, 4);
    document_free(one);
    document_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_addresses_that_may_be_followed_get_in),
        cmocka_unit_test(test_a_comment_becomes_a_document),
        cmocka_unit_test(test_pool_is_one_text_in_reading_order),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_every_byte_finds_its_item),
        cmocka_unit_test(test_iterator_enters_and_leaves),
        cmocka_unit_test(test_a_chain_of_25000_replies),
        cmocka_unit_test(test_runs_are_flat_and_trimmed),
        cmocka_unit_test(test_the_door),
        cmocka_unit_test(test_what_does_not_fit_is_dropped_and_told),
        cmocka_unit_test(test_random_documents_pass_the_check),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
