#include "hearsay/reader.h"

#include <stdlib.h>

void frame_begin(struct frame *frame, int rows, int columns)
{
    vector_clear(&frame->pieces);
    buffer_clear(&frame->scratch);
    frame->rows = rows;
    frame->columns = columns;
    frame->cursor_row = frame->cursor_column = 0;
    frame->cursor_visible = false;
}

void frame_release(struct frame *frame)
{
    vector_release(&frame->pieces);
    buffer_release(&frame->scratch);
}

static struct frame_piece frame_piece_at(struct rect where, enum style style)
{
    return (struct frame_piece){.row = where.row,
                                .column = where.column,
                                .rows = where.rows,
                                .columns = where.columns,
                                .style = style};
}

void frame_put(struct frame *frame, struct rect where, enum style style, const char *text,
               size_t length)
{
    struct frame_piece piece = frame_piece_at(where, style);
    piece.text = text;
    piece.length = (uint32_t)length;
    if (where.rows > 0 && where.columns > 0)
        vector_push(&frame->pieces, piece);
}

void frame_print(struct frame *frame, struct rect where, enum style style, const char *text,
                 size_t length)
{
    struct frame_piece piece = frame_piece_at(where, style);
    piece.offset = (uint32_t)frame->scratch.length;
    piece.length = (uint32_t)length;
    if (where.rows <= 0 || where.columns <= 0)
        return;
    buffer_add(&frame->scratch, text, length);
    vector_push(&frame->pieces, piece);
}

void frame_fill(struct frame *frame, struct rect where, enum style style)
{
    frame_print(frame, where, style, "", 0);
}

const char *frame_text(const struct frame *frame, const struct frame_piece *piece)
{
    return piece->text ? piece->text : buffer_string(&frame->scratch) + piece->offset;
}
