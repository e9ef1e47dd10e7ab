/*
 * Long texts are read in pieces: whatever the size of the pieces, the document is the one that
 * reading the text whole makes; and it can be read while it grows.
 */
#include "test.h"

#include "../../src/import/text.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/import/formats.h"

static const char *const names[] = {"Mara", "salt", "Old Pilot", "tide_watcher", "Ines Okafor"};

static void add_article(struct buffer *out)
{
    buffer_adds(out, "Harbour talks resume after eleven years\n\n");
    for (int at = 0; at < 12; at++)
        buffer_adds(out, "The two port authorities met on Monday for the first time since 2013, "
                         "and left the room still talking about the dredging of the quay.\n\n");
    buffer_adds(out, "\n");
}

static void add_body(struct buffer *out, int comment, int indent)
{
    for (int at = 0; at <= comment % 3; at++)
        buffer_printf(out,
                      "%*sThis is paragraph %d of comment %d, which says in %d what was said "
                      "on 3 May 2011: little.\n\n",
                      indent, "", at, comment, 1990 + comment % 30);
}

/* A list of numbered names, replies in lists inside it. */
static void make_list(struct buffer *out, int comments)
{
    int numbers[4] = {0};
    add_article(out);
    for (int comment = 0; comment < comments; comment++) {
        int depth = comment % 4;
        numbers[depth]++;
        for (int below = depth + 1; below < 4; below++)
            numbers[below] = 0;
        buffer_printf(out, "%*s%d. %s\n\n", 2 + 4 * depth, "", numbers[depth], names[comment % 5]);
        add_body(out, comment, 4 + 4 * depth);
    }
}

static void make_dated(struct buffer *out, int comments)
{
    add_article(out);
    for (int comment = 0; comment < comments; comment++) {
        buffer_printf(out, "%s on May %d, 2011 at %d:20 am\n\n", names[comment % 5],
                      1 + comment % 28, 1 + comment % 12);
        add_body(out, comment, 0);
    }
    buffer_adds(out, "Leave a Reply\n\nYour email address will not be published.\n");
}

static const struct {
    const char *name;
    void (*make)(struct buffer *out, int comments);
} kinds[] = {{"list", make_list}, {"dated", make_dated}};

static struct document *whole(const struct buffer *text)
{
    struct import_input input = {text->data, text->length, "test"};
    struct error error;
    struct builder *builder = builder_new(text->length, &error);
    assert_true(text_import(&input, builder, &error));
    return builder_finish(builder);
}

static struct document *pieces(const struct buffer *text, const struct import_watch *watch,
                               struct stream_sizes sizes)
{
    struct import_input input = {text->data, text->length, "test"};
    struct error error;
    struct builder *builder = builder_new(text->length, &error);
    if (text_stream_by(&input, watch, builder, sizes))
        return builder_finish(builder);
    builder_free(builder);
    return NULL;
}

static void assert_same(const struct document *one, const struct document *other)
{
    uint32_t length, others, count, other_count;
    const char *text = document_text(one, &length), *other_text = document_text(other, &others);
    assert_int_equal(length, others);
    assert_memory_equal(text, other_text, length);
    const struct comment *comments = document_comments(one, &count);
    const struct comment *other_comments = document_comments(other, &other_count);
    assert_int_equal(count, other_count);
    for (uint32_t at = 0; at < count; at++)
        assert_memory_equal(&comments[at], &other_comments[at], sizeof *comments);
    assert_int_equal(document_article_blocks(one), document_article_blocks(other));
    assert_int_equal(document_published(one), document_published(other));
    assert_int_equal(document_stated_comments(one), document_stated_comments(other));
}

static void pieces_make_the_same_document(void **state)
{
    (void)state;
    static const struct stream_sizes sizes[] = {
        {4096, 1}, {4096, 300}, {4096, 5000}, {9000, 1 << 20}, {20000, 777}};
    for (size_t kind = 0; kind < ARRAY_LENGTH(kinds); kind++) {
        struct buffer text = {0};
        kinds[kind].make(&text, 200);
        struct document *expected = whole(&text);
        uint32_t count;
        document_comments(expected, &count);
        assert_int_equal(count, 200);
        for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
            struct document *document = pieces(&text, NULL, sizes[at]);
            if (!document)
                fail_msg("%s: not read in pieces of %zu", kinds[kind].name, sizes[at].piece);
            assert_same(document, expected);
            document_free(document);
        }
        document_free(expected);
        buffer_release(&text);
    }
}

static void a_comment_may_be_longer_than_a_piece(void **state)
{
    (void)state;
    struct buffer text = {0};
    make_dated(&text, 40);
    char *cut = strstr(text.data, "Leave a Reply");
    text.length = (size_t)(cut - text.data);
    for (int at = 0; at < 400; at++)
        buffer_adds(&text, "One who does not know when to stop goes on and on about the quay.\n\n");
    buffer_adds(&text, "Mara on May 9, 2011 at 9:20 am\n\nEnough.\n");
    struct document *document = pieces(&text, NULL, (struct stream_sizes){4096, 512});
    struct document *expected = whole(&text);
    assert_non_null(document);
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    assert_int_equal(count, 41);
    assert_true(comments[39].text.end - comments[39].text.start > 400 * 60);
    document_free(expected);
    document_free(document);
    buffer_release(&text);
}

/* Behind the window anything may come: it is cleaned, and the document holds what it promises. */
static void what_comes_late_may_be_broken(void **state)
{
    (void)state;
    uint32_t random = 7;
    for (int round = 0; round < 60; round++) {
        struct buffer text = {0};
        kinds[round % 2].make(&text, 80);
        for (int change = 0; change < 40; change++) {
            random = random * 1664525u + 1013904223u;
            size_t at = 6000 + random % (text.length - 6000);
            static const char bytes[] = "\xFF\xC3\xE2\n\r\t >1.(\0";
            text.data[at] = bytes[(random >> 8) % (sizeof bytes - 1)];
        }
        struct document *document = pieces(&text, NULL, (struct stream_sizes){4096, 700});
        struct error error;
        assert_non_null(document);
        if (!document_check(document, &error))
            fail_msg("round %d: %s", round, error.message);
        document_free(document);
        buffer_release(&text);
    }
}

struct watched {
    int times;
    unsigned percent;
    uint32_t comments;
    int most;
};

static bool look(void *data, const struct document *document, unsigned percent)
{
    struct watched *watched = data;
    uint32_t count;
    document_comments(document, &count);
    assert_true(percent >= watched->percent && percent <= 100);
    assert_true(count >= watched->comments);
    assert_false(document_is_complete(document));
    if (watched->times == 0) {
        assert_true(count > 0 && count < 20);
        assert_int_equal(document_article_blocks(document), 12);
        assert_false(range_is_empty(document_title(document)));
    }
    watched->percent = percent;
    watched->comments = count;
    return ++watched->times < watched->most;
}

static void the_article_comes_first_and_the_rest_may_be_refused(void **state)
{
    (void)state;
    struct buffer text = {0};
    make_list(&text, 200);
    struct watched all = {.most = 1000}, some = {.most = 4};
    struct import_watch watch = {.told = look, .data = &all};
    struct document *document = pieces(&text, &watch, (struct stream_sizes){4096, 2000});
    assert_true(all.times > 10);
    assert_int_equal(all.comments, 200);
    document_free(document);
    watch.data = &some;
    document = pieces(&text, &watch, (struct stream_sizes){4096, 2000});
    uint32_t count;
    document_comments(document, &count);
    assert_int_equal(some.times, 4);
    assert_true(count > 0 && count < 50);
    document_free(document);
    buffer_release(&text);
}

/* What may be a book: nothing is decided by its beginning. */
static void a_text_without_a_thread_is_read_whole(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int at = 0; at < 30; at++)
        add_article(&text);
    assert_null(pieces(&text, NULL, (struct stream_sizes){4096, 2000}));
    buffer_release(&text);
}

/* ---- beside the reader ---------------------------------------------------------------------- */

static char *write_file(const struct buffer *text)
{
    char *path = xstrdup("/tmp/hearsay-test-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text->data, text->length), text->length);
    close(descriptor);
    return path;
}

static void a_document_can_be_read_while_it_grows(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct error error;
    make_list(&text, 8000);
    char *path = write_file(&text);
    struct import *import = import_begin(&(struct import_request){.path = path}, &error);
    assert_non_null(import);
    const struct document *document = import_first(import, -1, &error);
    assert_non_null(document);
    assert_int_equal(document_article_blocks(document), 12);
    uint32_t count = 0, before = 0;
    while (!import_is_done(import)) {
        struct pollfd news = {.fd = import_descriptor_of_news(import), .events = POLLIN};
        assert_int_equal(poll(&news, 1, 60000), 1);
        import_heed(import);
        const struct comment *comments = document_comments(document, &count);
        uint32_t length;
        document_text(document, &length);
        assert_true(count >= before);
        for (uint32_t at = before; at < count; at++) {
            assert_true(comments[at].text.end <= length);
            assert_true(document_subtree_end(document, at) > at);
        }
        before = count;
    }
    assert_true(import_settle(import, &error));
    document_comments(document, &count);
    assert_int_equal(count, 8000);
    assert_true(document_check(document, &error));
    import_end(import);
    import_end(import_begin(&(struct import_request){.path = path}, &error)); /* gives up at once */
    unlink(path);
    free(path);
    buffer_release(&text);
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    struct error error;
    struct buffer text = {0};
    assert_null(import_begin(&(struct import_request){.path = "/nowhere/at/all"}, &error));
    assert_non_null(strstr(error.message, "no such file"));
    buffer_adds(&text, "%PDF-1.4 and so on");
    char *path = write_file(&text);
    struct import *import = import_begin(&(struct import_request){.path = path}, &error);
    assert_null(import_first(import, -1, &error));
    assert_non_null(strstr(error.message, "binary"));
    import_end(import);
    unlink(path);
    free(path);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_make_the_same_document),
        cmocka_unit_test(a_comment_may_be_longer_than_a_piece),
        cmocka_unit_test(what_comes_late_may_be_broken),
        cmocka_unit_test(the_article_comes_first_and_the_rest_may_be_refused),
        cmocka_unit_test(a_text_without_a_thread_is_read_whole),
        cmocka_unit_test(a_document_can_be_read_while_it_grows),
        cmocka_unit_test(what_cannot_be_read_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
