/*
 * A row being composed from the left. What the files that draw panes share.
 */
#ifndef HEARSAY_READER_PEN_H
#define HEARSAY_READER_PEN_H

#include "internal.h"

/* Glyphs with letters and signs of ASCII beside them, by the setting. */
#define RAILS 4 /* that a level is told from the next by, and the one after */

struct glyphs {
    const char *rail[RAILS];
    const char *open, *closed, *focus, *to, *back, *bullet, *bar, *dot, *more;
    const char *context_open, *context_closed; /* of what is shown for what stands below it */
    const char *in_view, *quoted;              /* in the sidebar */
    const char *fresh, *edited;
};

const struct glyphs *pen_glyphs(const struct reader *reader);

/* The rest of a row. */
struct pen {
    struct reader *reader;
    struct frame *frame;
    int row, column, end; /* the next free column, and the first that is not the row's */
};

/* Puts text that stays where it is (the pool's), or a copy; moves on by the columns it takes. */
void pen_text(struct pen *pen, enum style style, const char *text, size_t length, bool copy);
void pen_print(struct pen *pen, enum style style, const char *text);
/* A range of the pool. */
void pen_range(struct pen *pen, enum style style, struct range range);
/* Text at the right end, if two columns stay free before it; the row ends before it then. */
void pen_right(struct pen *pen, enum style style, const char *text);
/* The text of a row in pieces of one style, after its indent and what stands in that. */
void pen_row(struct pen *pen, const struct flow_row *row);

/* A row of the thread. */
void draw_thread_row(struct pen *pen, const struct flow_row *row);

#endif
