/* Code and tables are not wrapped: they are shifted, both alike, and nothing else is. */
#include "test.h"

#include "hearsay/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct builder *builder, enum block_kind kind, const char *text)
{
    builder_block(builder, kind, 0, 0);
    builder_text(builder, text, strlen(text));
}

/* What stands on a row, its pieces one after the other, blanks at its end left out. */
static const char *row_text(const struct frame *frame, int row)
{
    static char text[400];
    size_t used = 0;
    text[0] = '\0';
    for (size_t at = 0; at < frame->pieces.count; at++) {
        const struct frame_piece *piece = &frame->pieces.items[at];
        if (piece->row == row && piece->length)
            used += (size_t)snprintf(text + used, sizeof text - used, "%d:%.*s ", piece->column,
                                     (int)piece->length, frame_text(frame, piece));
    }
    return text;
}

static void test_what_is_not_wrapped_is_shifted(void **state)
{
    (void)state;
    struct builder *builder = builder_new(4096, NULL);
    add(builder, BLOCK_PARAGRAPH, "Some words.");
    add(builder, BLOCK_CODE, "0123456789abcdefghijklmnopqrstuvwxyz");
    add(builder, BLOCK_TABLE, "N1  Marigold   2.1 m   mud\nN2  \xE6\xB8\xAF Old    4.5 m   lamp");
    struct document *document = builder_finish(builder);
    struct config *config = config_new();
    struct reader *reader = reader_new(document, config);
    struct frame frame = {0};
    reader_resize(reader, 12, 16);
    frame_begin(&frame, 12, 16);
    reader_draw(reader, &frame);
    assert_string_equal(row_text(&frame, 2), "2:0123456789abcd ");
    assert_string_equal(row_text(&frame, 4), "0:N1  Marigold   2 ");
    assert_true(reader_sideways(reader, 5));
    frame_begin(&frame, 12, 16);
    reader_draw(reader, &frame);
    assert_string_equal(row_text(&frame, 0), "0:Some words. ");
    assert_string_equal(row_text(&frame, 2), "2:56789abcdefghi ");
    assert_string_equal(row_text(&frame, 4), "0:arigold   2.1 m  ");
    /* the left edge cuts the ideograph in two: its half is blank */
    assert_string_equal(row_text(&frame, 5), "1: Old    4.5 m   ");
    frame_release(&frame);
    reader_free(reader);
    config_free(config);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_not_wrapped_is_shifted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
