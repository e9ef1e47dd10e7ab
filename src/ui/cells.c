/*
 * Frames to cells. All that is hard here are characters of two columns, which must never be left
 * halved: a terminal shifts the rest of the row, or draws what it likes. So whoever is about to
 * write on some columns first cuts at both ends of them:
 *
 *          | a | 語    | b | 文    |             before
 *                  [ . . . . ]                   a piece of three columns comes
 *          | a |   | . . . . . |   |             the halves that stay are blanks
 *
 * and after that the columns are free of other characters' halves.
 */
#include "cells.h"

#include <stdlib.h>
#include <string.h>

static const struct cell blank = {.code_points = {' '}, .count = 1, .columns = 1};

void grid_resize(struct grid *grid, int rows, int columns)
{
    grid->rows = rows > 0 ? rows : 0;
    grid->columns = columns > 0 ? columns : 0;
    size_t count = (size_t)grid->rows * (size_t)grid->columns;
    grid->cells = xreallocarray(grid->cells, count, sizeof *grid->cells);
    for (size_t at = 0; at < count; at++)
        grid->cells[at] = blank;
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

static struct cell *grid_row(const struct grid *grid, int row)
{
    return grid->cells + (size_t)row * (size_t)grid->columns;
}

/* ---- drawing ------------------------------------------------------------------------ */

/* Part of a row that a piece is drawn on, clipped to the grid: columns start to end. */
struct strip {
    struct cell *cells; /* of the whole row */
    int start, end;
    uint8_t style;
};

static void make_blank(struct cell *cell, uint8_t style)
{
    *cell = blank;
    cell->style = style;
}

/* No character shall stand on both sides of the left edge of `column`: its halves become blanks. */
static void cut(struct cell *cells, int column, int columns)
{
    if (column <= 0 || column >= columns || cells[column].columns != 0)
        return;
    make_blank(&cells[column - 1], cells[column - 1].style);
    make_blank(&cells[column], cells[column].style);
}

static void clear_strip(const struct strip *strip, int columns)
{
    cut(strip->cells, strip->start, columns);
    cut(strip->cells, strip->end, columns);
    for (int column = strip->start; column < strip->end; column++)
        make_blank(&strip->cells[column], strip->style);
}

/* Puts a character on a cleared strip, if all of it is within. */
static void put_cell(const struct strip *strip, int column, const struct text_cell *text)
{
    if (column < strip->start || text->columns > strip->end - column)
        return;
    struct cell *cell = &strip->cells[column];
    *cell = (struct cell){.count = text->count, .columns = text->columns, .style = strip->style};
    memcpy(cell->code_points, text->code_points, text->count * sizeof cell->code_points[0]);
    if (text->columns == 2)
        cell[1] = (struct cell){.style = strip->style};
}

/* `column` may lie left of the grid; what stands there is measured and not seen. */
static void put_text(const struct strip *strip, int column, const char *text, size_t length,
                     const struct text_style *style)
{
    for (size_t at = 0; at < length && column < strip->end;) {
        struct text_cell cell;
        at += text_cell(text + at, length - at, style, &cell);
        if (cell.count && cell.columns)
            put_cell(strip, column, &cell);
        column += cell.columns;
    }
}

/* start + size, within 0 to most; no sum overflows. */
static int clipped_end(int start, int size, int most)
{
    long long end = (long long)start + (size > 0 ? size : 0);
    return end < 0 ? 0 : end > most ? most : (int)end;
}

static void draw_piece(struct grid *grid, const struct frame *frame,
                       const struct frame_piece *piece, const struct text_style *style)
{
    int first = piece->row > 0 ? piece->row : 0;
    int last = clipped_end(piece->row, piece->rows, grid->rows);
    struct strip strip = {.start = piece->column > 0 ? piece->column : 0,
                          .end = clipped_end(piece->column, piece->columns, grid->columns),
                          .style = (uint8_t)piece->style};
    if (strip.start >= strip.end)
        return;
    for (int row = first; row < last; row++) {
        strip.cells = grid_row(grid, row);
        clear_strip(&strip, grid->columns);
        if (row == piece->row && piece->length)
            put_text(&strip, piece->column, frame_text(frame, piece), piece->length, style);
    }
}

void grid_draw(struct grid *grid, const struct frame *frame, const struct text_style *text_style)
{
    grid_resize(grid, grid->rows, grid->columns);
    for (size_t at = 0; at < frame->pieces.count; at++)
        draw_piece(grid, frame, &frame->pieces.items[at], text_style);
}

/* ---- printing ----------------------------------------------------------------------- */

static bool is_blank(const struct cell *cell)
{
    return cell->count == 1 && cell->code_points[0] == ' ';
}

static void print_row(const struct grid *grid, int row, struct buffer *out)
{
    const struct cell *cells = grid_row(grid, row);
    int end = grid->columns;
    while (end > 0 && is_blank(&cells[end - 1]))
        end--;
    for (int column = 0; column < end; column++)
        for (int at = 0; at < cells[column].count; at++)
            buffer_add_code_point(out, cells[column].code_points[at]);
    buffer_addc(out, '\n');
}

static void print_styles(const struct grid *grid, int row, bool *used, struct buffer *out)
{
    const struct cell *cells = grid_row(grid, row);
    for (int column = 0; column < grid->columns; column++) {
        buffer_addc(out, style_info(cells[column].style)->letter);
        used[cells[column].style] = true;
    }
    buffer_addc(out, '\n');
}

void grid_print(const struct grid *grid, bool styles, struct buffer *out)
{
    for (int row = 0; row < grid->rows; row++)
        print_row(grid, row, out);
    if (!styles)
        return;
    bool used[STYLES] = {false};
    buffer_addc(out, '\n');
    for (int row = 0; row < grid->rows; row++)
        print_styles(grid, row, used, out);
    buffer_addc(out, '\n');
    for (int style = 0; style < STYLES; style++) {
        const struct style_info *info = style_info((enum style)style);
        if (used[style])
            buffer_printf(out, "%c %s\n", info->letter, info->name);
    }
}
