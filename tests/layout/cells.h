/* What must hold for the cells of any bytes at all. */
#ifndef TESTS_LAYOUT_CELLS_H
#define TESTS_LAYOUT_CELLS_H

#include "test.h"

#include "hearsay/layout.h"

static inline bool is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c < 0x2010) ||
           (c >= 0x2028 && c < 0x202F) || (c >= 0x2060 && c < 0x2070) || c == 0xFEFF ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c < 0xE1000);
}

/* What must hold for the cells of any text; returns their columns. */
static inline uint32_t check_cells(const char *text, size_t length, const struct text_style *style)
{
    uint32_t sum = 0, graphemes = 0;
    for (size_t at = 0; at < length;) {
        struct text_cell cell;
        unsigned columns;
        size_t size = text_cell(text + at, length - at, style, &cell);
        assert_true(size > 0 && size <= length - at);
        assert_int_equal(size, text_cluster(text + at, length - at, style, &columns));
        assert_int_equal(columns, cell.columns);
        assert_true(cell.columns <= 2 && cell.count <= TEXT_CELL_MAX);
        assert_int_equal(cell.count == 0, cell.columns == 0);
        for (size_t i = 0; i < cell.count; i++) {
            bool joiner = cell.code_points[i] == 0x200D && style->emoji_cluster;
            assert_true(joiner || !is_hidden(cell.code_points[i]));
        }
        if (cell.count > 0)
            assert_int_equal(text_width_in_style(cell.code_points[0], style), cell.columns);
        sum += columns;
        at += size;
    }
    for (size_t at = 0; at < length;) {
        unsigned columns;
        at += text_grapheme(text + at, length - at, style, &columns);
        graphemes += columns;
    }
    assert_int_equal(graphemes, sum);
    assert_int_equal(text_columns(text, length, style), sum);
    return sum;
}

#endif
