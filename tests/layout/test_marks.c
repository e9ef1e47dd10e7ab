/* The numbers of links, and the room that rows leave for them. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "hearsay/layout.h"

static const struct text_style plain;

static void add_link(struct builder *builder, const char *address, const char *text)
{
    builder_run(builder, RUN_LINK, builder_link(builder, address, strlen(address)));
    builder_text(builder, text, strlen(text));
    builder_run_end(builder, RUN_LINK);
}

static void add_text(struct builder *builder, const char *text)
{
    builder_text(builder, text, strlen(text));
}

/* An article of three blocks. */
static struct document *sample(void)
{
    struct builder *builder = builder_new(1000, NULL);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    add_text(builder, "They met at ");
    add_link(builder, "https://quay.example/hall", "the old hall");
    add_text(builder, ", and a \xE6\xB8\xAF note is at https://notes.example/1 and at ");
    add_link(builder, "https://far.example/", "near.example");
    add_text(builder, ".");
    builder_block(builder, BLOCK_CODE, 0, 0);
    add_link(builder, "https://code.example/", "code");
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    add_link(builder, "https://tide.example/tables/of/the/year", "tide.example/tables/o...");
    add_text(builder, " and ");
    add_link(builder, "https://tide.example/tables", "tables");
    return builder_finish(builder);
}

static struct layout *marking(void)
{
    struct layout *layout = layout_new(&plain);
    layout_show_marks(layout, true);
    return layout;
}

static void marks_of(const struct layout *layout, const struct document *document, uint32_t block,
                     struct layout_marks *marks)
{
    const struct block *item = &document_blocks(document, NULL)[block];
    layout_marks(layout, document, block, (struct range){item->start, item->end}, marks);
}

static void test_only_what_does_not_say_itself_is_marked(void **state)
{
    (void)state;
    struct document *document = sample();
    struct layout *layout = marking();
    struct layout_marks marks = {0};
    marks_of(layout, document, 0, &marks);
    assert_int_equal(marks.count, 2);
    assert_string_equal(marks.items[0].text, "[1]");
    assert_false(marks.items[0].odd);
    assert_string_equal(marks.items[1].text, "[3 far.example]");
    assert_true(marks.items[1].odd);
    marks_of(layout, document, 1, &marks);
    assert_int_equal(marks.count, 0);
    marks_of(layout, document, 2, &marks);
    assert_int_equal(marks.count, 1);
    assert_string_equal(marks.items[0].text, "[6]");
    layout_show_marks(layout, false);
    marks_of(layout, document, 0, &marks);
    assert_int_equal(marks.count, 0);
    vector_release(&marks);
    layout_free(layout);
    document_free(document);
}

static uint32_t mark_columns(const struct layout_marks *marks, const struct layout_row *row)
{
    uint32_t columns = 0;
    for (size_t at = 0; at < marks->count; at++)
        if (marks->items[at].place > row->start && marks->items[at].place <= row->end)
            columns += marks->items[at].columns;
    return columns;
}

static void test_rows_leave_room_for_marks(void **state)
{
    (void)state;
    struct document *document = sample();
    struct layout *layout = marking();
    struct layout_marks marks = {0};
    const char *text = document_text(document, NULL);
    const struct block *block = document_blocks(document, NULL);
    for (uint32_t columns = 17; columns < 120; columns++) {
        struct layout_rows rows = layout_block(layout, document, 0, block->start, columns);
        uint32_t all = 0;
        marks_of(layout, document, 0, &marks);
        for (uint32_t row = 0; row < rows.count; row++) {
            const struct layout_row *at = &rows.items[row];
            uint32_t own = mark_columns(&marks, at);
            assert_true(text_columns(text + at->start, at->end - at->start, &plain) + own <=
                        columns);
            all += own;
        }
        assert_int_equal(all, marks.items[0].columns + marks.items[1].columns);
    }
    for (uint32_t columns = 1; columns < 17; columns++) /* it ends */
        assert_true(layout_block(layout, document, 0, block->start, columns).count > 1);
    vector_release(&marks);
    layout_free(layout);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_what_does_not_say_itself_is_marked),
        cmocka_unit_test(test_rows_leave_room_for_marks),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
