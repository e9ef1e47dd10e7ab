/* Rows of documents: pieces of long blocks, the cache, indents, places. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/layout.h"

static const struct text_style plain;

static struct document *document_of(const char *text, size_t length, enum block_kind kind,
                                    unsigned level, unsigned number)
{
    struct builder *builder = builder_new(length, NULL);
    assert_non_null(builder);
    builder_block(builder, kind, level, number);
    builder_text(builder, text, length);
    return builder_finish(builder);
}

static struct buffer repeat(const char *text, size_t bytes)
{
    struct buffer buffer = {0};
    while (buffer.length < bytes)
        buffer_adds(&buffer, text);
    return buffer;
}

/* Walks all pieces front to back and checks that they join; returns how many there are. */
static size_t check_pieces(struct layout *layout, const struct document *document, uint32_t columns)
{
    uint32_t count;
    const struct block block = document_blocks(document, &count)[0];
    uint32_t at = block.start;
    size_t pieces = 0;
    while (at < block.end) {
        struct layout_rows rows = layout_block(layout, document, 0, at, columns);
        assert_int_equal(rows.start, at);
        assert_true(rows.end > at && rows.end <= block.end && rows.count > 0);
        assert_true(rows.end - rows.start <= 16384);
        assert_int_equal(rows.items[0].first, at == block.start);
        struct layout_rows last = layout_block(layout, document, 0, rows.end - 1, columns);
        assert_int_equal(last.start, rows.start);
        at = rows.end;
        pieces++;
    }
    return pieces;
}

static void test_pieces(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The quay has been silting up since the strike. Nobody dredges. ",
        "word ",
        "x",
        "\xCC\x81", /* a mark on a mark on a mark ... */
        "\xE4\xB8\xAD\xE6\x96\x87\xE3\x80\x82",
        "\xF0\x9F\x87\xA9",             /* half a flag */
        "\xF0\x9F\x91\xA8\xE2\x80\x8D", /* emoji that join without end */
        "line\n",
        "\n",
        "                          a",
    };
    struct layout *layout = layout_new(&plain);
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        for (enum block_kind kind = BLOCK_PARAGRAPH; kind < BLOCK_KINDS; kind++) {
            struct buffer text = repeat(texts[i], 60000);
            buffer_adds(&text, "z");
            struct document *document = document_of(text.data, text.length, kind, 1, 0);
            layout_reset(layout, &plain);
            size_t pieces = check_pieces(layout, document, 30);
            uint32_t count, size = document_blocks(document, &count)[0].end;
            assert_in_range(pieces, (size + 16383) / 16384, size / 8192 + 1);
            document_free(document);
            buffer_release(&text);
        }
    layout_free(layout);
}

/* A cut shows least at the end of a sentence, and never splits a word that has an end in reach. */
static void test_cuts_are_kind(void **state)
{
    (void)state;
    struct buffer text = repeat("The quay has been silting up since the strike. ", 100000);
    struct document *document = document_of(text.data, text.length, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    uint32_t length;
    const char *pool = document_text(document, &length);
    struct layout_rows rows = layout_block(layout, document, 0, 50000, 70);
    assert_true(rows.start > 40000 && rows.start <= 50000 && rows.end > 50000);
    assert_memory_equal(pool + rows.start - 2, ". The", 5);
    assert_memory_equal(pool + rows.end - 2, ". The", 5);
    document_free(document);
    layout_free(layout);
    buffer_release(&text);
}

/* Better still after a line break: there, nothing shows at all. */
static void test_cuts_at_lines(void **state)
{
    (void)state;
    struct buffer text = repeat("One. Two. Three. Four. Five. Six. Seven. Eight.\n", 100000);
    struct document *document = document_of(text.data, text.length, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    uint32_t length;
    const char *pool = document_text(document, &length);
    struct layout_rows rows = layout_block(layout, document, 0, 50000, 70);
    assert_memory_equal(pool + rows.start - 2, ".\nOne", 5);
    assert_memory_equal(pool + rows.end - 2, ".\nOne", 5);
    assert_int_equal(rows.count, (rows.end - rows.start) / 48); /* no empty row at the seam */
    document_free(document);
    layout_free(layout);
    buffer_release(&text);
}

static void test_place_far_inside(void **state)
{
    (void)state;
    struct buffer text = repeat("one two three four five six seven eight nine ten ", 20000000);
    struct document *document = document_of(text.data, text.length, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    for (uint32_t place = 1; place < 20000000; place += 999983) {
        struct layout_rows rows = layout_block(layout, document, 0, place, 60);
        assert_true(rows.start <= place && place < rows.end && rows.count < 400);
        uint32_t row = layout_row_at(&rows, place);
        assert_true(rows.items[row].start <= place);
        assert_true(row + 1 == rows.count || place < rows.items[row + 1].start);
    }
    document_free(document);
    layout_free(layout);
    buffer_release(&text);
}

static void test_same_again(void **state)
{
    (void)state;
    struct buffer text = repeat("Some words, and some more of them. ", 30000);
    struct document *document = document_of(text.data, text.length, BLOCK_PARAGRAPH, 0, 0);
    struct layout *one = layout_new(&plain), *other = layout_new(&plain);
    for (uint32_t i = 0; i < 3000; i++) { /* far more keys than the cache holds */
        uint32_t columns = 1 + i * 7907 % 40000, place = i * 7919 % 30000;
        struct layout_rows a = layout_block(one, document, 0, place, columns);
        assert_ptr_equal(layout_block(one, document, 0, place, columns).items, a.items);
        layout_reset(other, &plain);
        struct layout_rows b = layout_block(other, document, 0, place, columns);
        assert_int_equal(a.count, b.count);
        assert_int_equal(a.end, b.end);
        assert_memory_equal(a.items, b.items, a.count * sizeof a.items[0]);
    }
    struct layout_rows first = layout_block(one, document, 0, 5, 33);
    struct layout_rows again = layout_block(one, document, 0, 6, 33);
    assert_ptr_equal(first.items, again.items);
    document_free(document);
    layout_free(one);
    layout_free(other);
    buffer_release(&text);
}

/* The pieces used last stay, and asking for them again makes nothing anew. */
static void test_last_ones_stay(void **state)
{
    (void)state;
    struct document *document = document_of("one two", 7, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    const struct layout_row *items[200];
    for (uint32_t i = 0; i < 1000; i++) {
        layout_block(layout, document, 0, 0, 1000 + i);
        layout_block(layout, document, 0, 0, 1000 + i);
    }
    for (uint32_t i = 0; i < 200; i++)
        items[i] = layout_block(layout, document, 0, 0, i + 1).items;
    for (uint32_t i = 0; i < 200; i++) {
        struct layout_rows rows = layout_block(layout, document, 0, 0, i + 1);
        assert_ptr_equal(rows.items, items[i]);
        assert_int_equal(rows.count, i + 1 >= 7 ? 1 : i + 1 >= 3 ? 2 : i + 1 == 2 ? 4 : 6);
    }
    document_free(document);
    layout_free(layout);
}

static void test_row_at(void **state)
{
    (void)state;
    static const char text[] = "one two three\n\nfour";
    struct document *document = document_of(text, sizeof text - 1, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    struct layout_rows rows = layout_block(layout, document, 0, 0, 7);
    static const uint32_t row_of[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3};
    assert_int_equal(rows.count, 4);
    for (uint32_t i = 0; i < ARRAY_LENGTH(row_of); i++)
        assert_int_equal(layout_row_at(&rows, rows.start + i), row_of[i]);
    assert_int_equal(layout_row_at(&rows, UINT32_MAX), 3);
    document_free(document);
    layout_free(layout);
}

static void test_indents(void **state)
{
    (void)state;
    struct block quote = {.kind = BLOCK_QUOTE, .level = 3};
    struct block bullet = {.kind = BLOCK_LIST_ITEM, .level = 2};
    struct block number = {.kind = BLOCK_LIST_ITEM, .level = 1, .number = 123};
    struct block paragraph = {.kind = BLOCK_PARAGRAPH, .level = 9};
    assert_int_equal(layout_indent(&quote, 80), 6);
    assert_int_equal(layout_indent(&quote, 8), 4);
    assert_int_equal(layout_indent(&quote, 1), 0);
    assert_int_equal(layout_indent(&bullet, 80), 4);
    assert_int_equal(layout_indent(&number, 80), 5);
    assert_int_equal(layout_indent(&paragraph, 80), 0);
    assert_int_equal(layout_marker_columns(&number), 5);
    assert_int_equal(layout_marker_columns(&paragraph), 0);
}

static void test_empty_and_tiny(void **state)
{
    (void)state;
    struct document *document = document_of("x", 1, BLOCK_PARAGRAPH, 0, 0);
    struct layout *layout = layout_new(&plain);
    struct range nothing = document_title(document);
    struct layout_rows rows = layout_range(layout, document, nothing, 10);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].start, rows.items[0].end);
    rows = layout_block(layout, document, 0, 99, 0); /* a place behind it, no columns at all */
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].end - rows.items[0].start, 1);
    document_free(document);
    layout_free(layout);
    layout_free(NULL);
}

static void test_title(void **state)
{
    (void)state;
    struct builder *builder = builder_new(100, NULL);
    builder_title(builder, "Harbour talks resume", 20);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, "Text", 4);
    struct document *document = builder_finish(builder);
    struct layout *layout = layout_new(&plain);
    struct range title = document_title(document);
    assert_int_equal(layout_range(layout, document, title, 14).count, 2);
    title.end -= 7; /* another range that starts in the same place */
    assert_int_equal(layout_range(layout, document, title, 14).count, 1);
    document_free(document);
    layout_free(layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),         cmocka_unit_test(test_cuts_are_kind),
        cmocka_unit_test(test_cuts_at_lines),  cmocka_unit_test(test_place_far_inside),
        cmocka_unit_test(test_same_again),     cmocka_unit_test(test_last_ones_stay),
        cmocka_unit_test(test_row_at),         cmocka_unit_test(test_indents),
        cmocka_unit_test(test_empty_and_tiny), cmocka_unit_test(test_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
