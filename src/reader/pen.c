/* A row being composed from the left: pieces of text, each after the other. */
#include "pen.h"

#include <stdio.h>
#include <string.h>

const struct glyphs *pen_glyphs(const struct reader *reader)
{
    static const struct glyphs unicode = {.rail = {"│", "╎", "┆", "┊"},
                                          .open = "▾",
                                          .closed = "▸",
                                          .focus = "▌",
                                          .to = "↳",
                                          .back = "↩",
                                          .bullet = "•",
                                          .bar = "▏",
                                          .dot = "·",
                                          .more = "⋯",
                                          .context_open = "▿",
                                          .context_closed = "▹",
                                          .in_view = "•",
                                          .quoted = "“",
                                          .fresh = "new",
                                          .edited = "edited"};
    static const struct glyphs ascii = {.rail = {"|", ":", "|", ":"},
                                        .open = "-",
                                        .closed = "+",
                                        .focus = ">",
                                        .to = "^",
                                        .back = "<-",
                                        .bullet = "*",
                                        .bar = "|",
                                        .dot = "-",
                                        .more = "...",
                                        .context_open = ".",
                                        .context_closed = ":",
                                        .in_view = "*",
                                        .quoted = "\"",
                                        .fresh = "new",
                                        .edited = "edited"};
    bool plain = text_signs_are_ascii(reader->config);
    return plain ? &ascii : &unicode;
}

void pen_text(struct pen *pen, enum style style, const char *text, size_t length, bool copy)
{
    int left = pen->end - pen->column;
    if (left <= 0 || length == 0)
        return;
    uint32_t used;
    size_t fits = text_fit(text, length, (uint32_t)left, layout_style(pen->reader->layout), &used);
    struct rect where = {pen->row, pen->column, 1, (int)used};
    if (copy)
        frame_print(pen->frame, where, style, text, fits);
    else
        frame_put(pen->frame, where, style, text, fits);
    pen->column += (int)used;
}

void pen_print(struct pen *pen, enum style style, const char *text)
{
    pen_text(pen, style, text, strlen(text), true);
}

void pen_range(struct pen *pen, enum style style, struct range range)
{
    pen_text(pen, style, reader_text(pen->reader) + range.start, range.end - range.start, false);
}

void pen_right(struct pen *pen, enum style style, const char *text)
{
    int columns = (int)text_columns(text, strlen(text), layout_style(pen->reader->layout));
    if (columns == 0 || pen->column + columns + 2 > pen->end)
        return;
    pen->end -= columns;
    struct pen right = *pen;
    right.column = pen->end;
    right.end = pen->end + columns;
    pen_print(&right, style, text);
    pen->end--;
}

/* ---- text ------------------------------------------------------------------------------------ */

/* A row that is not wrapped: it may be wider than the pane, and is shifted. */
static bool is_wide(const struct reader *reader, const struct flow_row *row)
{
    if (row->kind != ROW_TEXT)
        return false;
    uint8_t kind = document_blocks(reader->document, NULL)[row->block].kind;
    return kind == BLOCK_CODE || kind == BLOCK_TABLE;
}

/* The bytes of a row that can be seen. Where the left edge cuts a wide character, the pen moves on
 * by the half of it that is seen. */
static struct range seen_bytes(struct pen *pen, const struct flow_row *row)
{
    int left = pen->end - pen->column;
    uint32_t from = is_wide(pen->reader, row) ? (uint32_t)pen->reader->sideways : 0;
    struct text_window window =
        text_window(reader_text(pen->reader) + row->start, row->end - row->start, from,
                    left > 0 ? (uint32_t)left : 0, layout_style(pen->reader->layout));
    pen->column += (int)window.blanks;
    return (struct range){row->start + (uint32_t)window.start, row->start + (uint32_t)window.end};
}

static void pen_mark(struct pen *pen, const struct layout_mark *mark)
{
    pen_print(pen, mark->odd ? STYLE_STRONG : STYLE_FAINT, mark->text);
}

/* Text in pieces of one style; pieces begin and end with grapheme clusters. */
static void pen_styled(struct pen *pen, const struct flow_row *row)
{
    struct reader *reader = pen->reader;
    struct range seen = seen_bytes(pen, row);
    struct flow_row part = *row;
    part.start = seen.start;
    part.end = seen.end;
    size_t length = seen.end - seen.start;
    if (length == 0)
        return;
    buffer_clear(&reader->scratch);
    while (reader->scratch.length < length)
        buffer_add(&reader->scratch, "\0\0\0\0\0\0\0\0", 8);
    uint8_t *styles = (uint8_t *)reader->scratch.data;
    paint_row(reader, &part, styles);
    size_t mark = 0;
    vector_clear(&reader->link_marks);
    if (row->kind == ROW_TEXT)
        layout_marks(reader->layout, reader->document, row->block, seen, &reader->link_marks);
    const char *text = reader_text(reader) + seen.start;
    for (size_t at = 0; at < length;) {
        size_t end = at;
        unsigned columns;
        size_t stop = mark < reader->link_marks.count
                          ? reader->link_marks.items[mark].place - seen.start
                          : length;
        while (end < stop && styles[end] == styles[at])
            end += text_grapheme(text + end, length - end, layout_style(reader->layout), &columns);
        pen_text(pen, (enum style)styles[at], text + at, end - at, false);
        if (mark < reader->link_marks.count && end >= stop)
            pen_mark(pen, &reader->link_marks.items[mark++]);
        at = end;
    }
}

/* What stands in a text row's indent: a list's bullet or number, the bars of a quotation. */
static void draw_marker(struct pen *pen, const struct flow_row *row)
{
    const struct block *block = &document_blocks(pen->reader->document, NULL)[row->block];
    struct pen mark = *pen;
    char text[16];
    if (block->kind == BLOCK_QUOTE) {
        for (int bar = 0; bar + 1 < row->indent; bar += 2) {
            mark.column = pen->column + bar;
            pen_print(&mark, STYLE_RAIL, pen_glyphs(pen->reader)->bar);
        }
    } else if (block->kind == BLOCK_LIST_ITEM && row->first) {
        int columns = (int)layout_marker_columns(block);
        mark.column = pen->column + row->indent - columns;
        snprintf(text, sizeof text, "%u.", block->number);
        if (mark.column >= pen->column)
            pen_print(&mark, STYLE_RAIL, block->number ? text : pen_glyphs(pen->reader)->bullet);
    }
}

void pen_row(struct pen *pen, const struct flow_row *row)
{
    if (row->kind == ROW_TEXT)
        draw_marker(pen, row);
    pen->column += row->indent;
    pen_styled(pen, row);
    if (row->hyphen)
        pen_print(pen, STYLE_TEXT, "-");
}
