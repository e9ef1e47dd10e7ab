/*
 * layout: text -> rows for a width, lazily and cached; the one width function; pane geometry.
 *
 * Width is counted in terminal columns. Rows know their bytes: a row is a range of the pool, so a
 * highlight is an intersection and a place survives every change of width.
 */
#ifndef HEARSAY_LAYOUT_H
#define HEARSAY_LAYOUT_H

#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/document.h"

/* ---- width -------------------------------------------------------------------------- */

struct text_style {      /* how the terminal is taken to measure; from settings */
    bool ambiguous_wide; /* East Asian Ambiguous is two columns */
    bool emoji_cluster;  /* the terminal joins ZWJ sequences and skin tones; else they are drawn
                            "safe": joiners, selectors and tones left out */
};

/* The settings' idea of the terminal. */
struct text_style text_style_from(const struct config *config);

/* Whether rails, rules and marks are drawn in ASCII: it is wished, or the terminal gives them two
 * columns, and they have one. */
bool text_signs_are_ascii(const struct config *config);

#define TEXT_CELL_MAX 5 /* code points that a cell of the screen can hold */

/*
 * What is drawn in one place of the screen, one or two columns: a character that moves the cursor
 * and the marks that stand on it. `count` is 0 where nothing is drawn at all.
 */
struct text_cell {
    uint32_t code_points[TEXT_CELL_MAX];
    uint8_t count, columns;
};

/*
 * The next cell at `text` (`length` > 0 bytes are there): how many bytes it takes (>= 1), and in
 * `*columns` how many columns it is drawn in (0, 1 or 2). Everything that measures or draws uses
 * this. A cell is a grapheme cluster, except that a cluster with several characters that move the
 * cursor (a flag, an Indic vowel sign with a column of its own, a family of emoji drawn safe)
 * comes as one cell for each: that is how terminals count. A mark without a base stands on U+25CC.
 * Cells come out right when one starts at a row's start and goes on to its end; do not start
 * within a cluster.
 */
size_t text_cluster(const char *text, size_t length, const struct text_style *style,
                    unsigned *columns);

/*
 * The same, and the code points to draw. The last check before the screen: control characters,
 * bidirectional controls, joiners and everything else without a glyph never get into `cell`. A base
 * keeps its first four marks.
 */
size_t text_cell(const char *text, size_t length, const struct text_style *style,
                 struct text_cell *cell);

/* A whole grapheme cluster (UAX 29, extended): rows and cut texts end at these. One or more cells;
 * `*columns` is their sum and has no bound. */
size_t text_grapheme(const char *text, size_t length, const struct text_style *style,
                     unsigned *columns);

/* Columns of a code point on its own: 0 (marks, and whatever is never drawn), 1 or 2. For the
 * wcwidth() that curses is given; the first takes East Asian Ambiguous as one column. */
int text_width_code_point(uint32_t code_point);
int text_width_in_style(uint32_t code_point, const struct text_style *style);

/* The sum over all cells. */
uint32_t text_columns(const char *text, size_t length, const struct text_style *style);

/* How many bytes of `text` fit into `columns`, whole clusters only; `*used` tells the columns. */
size_t text_fit(const char *text, size_t length, uint32_t columns, const struct text_style *style,
                uint32_t *used);

/* What is seen of a row through a window: bytes, and the blanks before them where the left edge
 * goes through a wide character. */
struct text_window {
    size_t start, end;
    uint32_t blanks;
};

/* The window that begins `from` columns into `text` and is `columns` wide; for rows that are
 * scrolled sideways. Only whole clusters are seen. */
struct text_window text_window(const char *text, size_t length, uint32_t from, uint32_t columns,
                               const struct text_style *style);

/* ---- rows --------------------------------------------------------------------------- */

struct layout_row {
    uint32_t start, end; /* bytes of the pool that are drawn: no "\n", no blanks where it wrapped */
    uint16_t indent;     /* columns left free before the text: layout_indent() */
    uint8_t hyphen;      /* a "-" is drawn after it: a soft hyphen became visible */
    uint8_t first;       /* first row of its block: a list's bullet goes before it */
};

/* Rows of a piece of a block: all of it, or for very long ones a segment. */
struct layout_rows {
    const struct layout_row *items;
    uint32_t count;      /* at least 1 */
    uint32_t start, end; /* the bytes these rows stand for; neighbours begin and end here */
};

struct layout;

/* A cache of rows; the caller frees it. One serves any number of panes of one document. */
struct layout *layout_new(const struct text_style *style);
void layout_free(struct layout *layout);

/* Forgets all cached rows (the style changed, the document was exchanged). */
void layout_reset(struct layout *layout, const struct text_style *style);
const struct text_style *layout_style(const struct layout *layout);

/*
 * The rows of the piece of `block` that holds byte `place`, set for `columns` (>= 1; less is taken
 * as 1). Depends on nothing but its arguments: the same call gives the same rows for ever. Blocks
 * longer than some KiB are cut into pieces where it shows least, at a "\n", a sentence's end or a
 * blank near multiples of 8 KiB, so the cost is bounded whatever the size. A `place` outside of the
 * block is taken as its nearest byte. The next piece is at `.end`, the one before at `.start - 1`.
 * Valid until the next call.
 *
 * Rows are in order and each fits into `columns`, but for two cases, which the drawing clips: a
 * two-column character in one column, and lines of BLOCK_CODE and BLOCK_TABLE, which are not
 * wrapped.
 */
struct layout_rows layout_block(struct layout *layout, const struct document *document,
                                uint32_t block, uint32_t place, uint32_t columns);

/* The same for any range of the pool that is no block (title, byline, a name); first piece only. */
struct layout_rows layout_range(struct layout *layout, const struct document *document,
                                struct range range, uint32_t columns);

/* The columns that rows of `block` leave free at the left: 2 a level of quoting or of list (the
 * last level of a list by its marker's width), 2 for code; never more than half of `columns`. */
uint32_t layout_indent(const struct block *block, uint32_t columns);

/* Columns of a list item's marker and the blank after it ("* ", "12. "); 0 for other blocks. It is
 * drawn so that it ends where the text begins. */
uint32_t layout_marker_columns(const struct block *block);

/* The row of `rows` that holds byte `place` (the nearest one for bytes that are not drawn). */
uint32_t layout_row_at(const struct layout_rows *rows, uint32_t place);

/* ---- the numbers of links ----------------------------------------------------------- */

/*
 * "[3]" after a link that does not say itself where it leads; "[3 example.org]" where it says
 * something else. The number is the link's, counted within its comment or within the article, as
 * link_iter finds them. Drawn before the byte `place`, and part of no text.
 */
struct layout_mark {
    uint32_t place, columns;
    bool odd; /* the text names another host */
    char text[64];
};

struct layout_marks { /* as VECTOR() makes them, with a name */
    struct layout_mark *items;
    size_t count, capacity;
};

/* Rows leave room for such marks, or (as at the beginning) do not. Forgets all cached rows. */
void layout_show_marks(struct layout *layout, bool shown);
bool layout_shows_marks(const struct layout *layout);

/* The marks of a part of a block, with places after its start and up to its end. None in code and
 * tables, none more than 64 KiB into a comment or an article. Costs nothing where no link is, else
 * what stands before in the same comment. The caller releases `marks`, which are overwritten. */
void layout_marks(const struct layout *layout, const struct document *document, uint32_t block,
                  struct range range, struct layout_marks *marks);

/* ---- panes -------------------------------------------------------------------------- */

enum pane { PANE_ARTICLE, PANE_SIDEBAR, PANE_THREAD, PANE_COUNT };

struct rect {
    int row, column, rows, columns; /* nothing is drawn where rows or columns is 0 */
};

enum arrangement {
    ARRANGE_AUTO, /* side by side when wide, stacked when not, one at a time when narrow */
    ARRANGE_WIDE,
    ARRANGE_STACKED,
    ARRANGE_SINGLE
};

struct panes_wish {
    enum arrangement arrangement;
    enum pane focus; /* the one shown when only one fits */
    bool zoomed;     /* the focused one has all room */
    bool hidden[PANE_COUNT];
    int sidebar_share, thread_share; /* percent of the width / height they get; 0: default */
};

struct panes {
    struct rect pane[PANE_COUNT];
    struct rect status;            /* the last row */
    struct rect rules[PANE_COUNT]; /* the rules themselves: one column or one row each */
    int rule_count;
};

/* Shares a screen of `rows` x `columns` out. Pure; no rectangle leaves the screen or overlaps. */
struct panes panes_arrange(const struct panes_wish *wish, int rows, int columns);

#endif
