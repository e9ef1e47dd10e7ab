/*
 * layout: text -> rows for a width, lazily and cached; the one width function; pane geometry.
 *
 * Width is counted in terminal columns. Rows know their bytes: a row is a range of the pool, so a
 * highlight is an intersection and a place survives every change of width.
 */
#ifndef HEARSAY_LAYOUT_H
#define HEARSAY_LAYOUT_H

#include "hearsay/base.h"
#include "hearsay/document.h"

/* ---- width --------------------------------------------------------------------------------------
 */

struct text_style {      /* how the terminal is taken to measure; from settings */
    bool ambiguous_wide; /* East Asian Ambiguous is two columns */
    bool emoji_cluster;  /* the terminal joins ZWJ sequences, skin tones, VS16; else they are drawn
                            "safe": joiners, selectors and tones left out */
};

/*
 * The next grapheme cluster at `text` (`length` > 0 bytes are there): how many bytes it takes, and
 * in `*columns` how many columns it is drawn in (0, 1 or 2). Everything that measures or draws
 * uses this. A cluster that has no base of its own is measured as if it stood on U+25CC.
 */
size_t text_cluster(const char *text, size_t length, const struct text_style *style,
                    unsigned *columns);

/* The sum over all clusters. */
uint32_t text_columns(const char *text, size_t length, const struct text_style *style);

/* How many bytes of `text` fit into `columns`, whole clusters only; `*used` tells the columns. */
size_t text_fit(const char *text, size_t length, uint32_t columns, const struct text_style *style,
                uint32_t *used);

/* ---- rows
 * ------------------------------------------------------------------------------------------ */

struct layout_row {
    uint32_t start,
        end;         /* bytes of the pool that are drawn; blanks at a wrapped row's end are not */
    uint16_t indent; /* columns left free before the text (hanging indents, quotes) */
    uint8_t hyphen;  /* a soft hyphen at the end became visible */
    uint8_t first;   /* first row of its block: a list's bullet goes before it */
};

/* Rows of a piece of a block: all of it, or for very long ones a segment. */
struct layout_rows {
    const struct layout_row *items;
    uint32_t count;      /* at least 1 */
    uint32_t start, end; /* the bytes these rows stand for; neighbours begin and end here */
};

struct layout;

struct layout *layout_new(const struct text_style *style);
void layout_free(struct layout *layout);

/* Forgets all cached rows (the style changed, the document was exchanged). */
void layout_reset(struct layout *layout, const struct text_style *style);
const struct text_style *layout_style(const struct layout *layout);

/*
 * The rows of the piece of `block` that holds byte `place`, set for `columns` (>= 1; less is taken
 * as 1). Depends on nothing but its arguments: the same call gives the same rows for ever. Pieces
 * of a block longer than a few KiB are cut at a blank, so the cost is bounded whatever the size.
 * The next piece is at `.end`, the one before at `.start - 1`. Valid until the next call.
 */
struct layout_rows layout_block(struct layout *layout, const struct document *document,
                                uint32_t block, uint32_t place, uint32_t columns);

/* The row of `rows` that holds byte `place` (the nearest one for bytes that are not drawn). */
uint32_t layout_row_at(const struct layout_rows *rows, uint32_t place);

/* ---- panes
 * -------------------------------------------------------------------------------------------- */

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
