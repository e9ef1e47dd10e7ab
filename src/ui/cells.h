/*
 * A screen as an array of cells: what a frame's pieces come to. No curses here; the terminal, the
 * printed screen and the tests all take the same cells.
 */
#ifndef HEARSAY_UI_CELLS_H
#define HEARSAY_UI_CELLS_H

#include "hearsay/layout.h"
#include "hearsay/reader.h"

/*
 * One column of one row. A blank is the one code point U+0020. A wide character is two cells: the
 * first holds it and has columns 2, the next is its right half, with columns 0 and count 0. The
 * two always stand together; no other cell has columns 0.
 */
struct cell {
    uint32_t code_points[TEXT_CELL_MAX]; /* the first moves the cursor, the rest are its marks */
    uint8_t count, columns;
    uint8_t style; /* enum style; of both halves the same */
    uint8_t spare; /* 0: cells are compared as bytes, and have none that nobody sets */
};

/* Start with {0}. Cell (row, column) is cells[row * columns + column]. */
struct grid {
    int rows, columns;
    struct cell *cells;
};

/* Makes it that large (less than 0 is 0) and blank. */
void grid_resize(struct grid *grid, int rows, int columns);
void grid_release(struct grid *grid);

/*
 * Draws the whole frame, on blank ground; what lies outside of the grid is not seen. A piece first
 * clears its area. A wide character one half of which is covered, or beyond an edge, is a blank.
 * All text goes through text_cell(), so no control character gets into a cell.
 */
void grid_draw(struct grid *grid, const struct frame *frame, const struct text_style *text_style);

/*
 * Appends the rows as text, without blanks at their ends, each ended by "\n". With `styles`, after
 * an empty line, as many rows of one style letter a cell, in full width, and after another one a
 * line "x name" for each letter used.
 */
void grid_print(const struct grid *grid, bool styles, struct buffer *out);

#endif
