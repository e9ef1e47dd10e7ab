/*
 * nesting: how deep does each comment stand? Told by where the attributions stand, nothing else.
 *
 * The columns in use are put in order and grouped into levels. Three columns apart is always
 * another level (converters indent lists by 3, 4 or 5); one or two columns apart is the same level,
 * unless the bodies stand apart by as much (people who indent by two), for numbers of one and two
 * digits are set flush right. Then a comment's parent is the nearest one before it on a lesser
 * level.
 */
#include <assert.h>
#include <stdlib.h>

#include "text.h"

enum { COLUMNS = 4400, SAME_LEVEL = 2 };

struct column {
    uint32_t marks;
    uint32_t bodies[64]; /* how often the body stood there, up to column 63 */
    uint32_t entered;    /* how often it came right after a mark one or two columns left of it */
    uint32_t restarts;   /* ... with the number 1 or a bullet: a list inside the list */
    uint32_t level;
};

static uint32_t column_of(const struct mark *mark)
{
    return mark->column < COLUMNS ? mark->column : COLUMNS - 1;
}

/* Where the body of mark `at` stands: its first line's column. */
static uint32_t body_column(const struct lines *lines, bool after, const struct mark *mark)
{
    uint32_t line = after && mark->line ? lines_previous(lines, mark->line - 1)
                                        : lines_next(lines, mark->last + 1);
    return line < lines->count ? line_column(&lines->items[line]) : 0;
}

static uint32_t usual_body(const struct column *column)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < ARRAY_LENGTH(column->bodies); i++) {
        best = column->bodies[i] > column->bodies[best] ? i : best;
    }
    return best;
}

/* Counts what stands where. Few columns are in use: `slots` maps a column to its record + 1. */
static void survey(struct nesting *nesting, const struct lines *lines, bool after,
                   const mark_vector *marks)
{
    if (!nesting->slots) {
        nesting->slots = xcalloc(COLUMNS, sizeof *nesting->slots);
        nesting->before = COLUMNS;
    }
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        uint32_t here = column_of(mark), before = nesting->before;
        uint32_t *slot = &nesting->slots[here];
        if (*slot == 0) {
            nesting->records = vector_grown(nesting->records, &nesting->record_capacity,
                                            nesting->record_count + 1, sizeof *nesting->records);
            nesting->records[nesting->record_count++] = (struct column){0};
            *slot = (uint32_t)nesting->record_count;
        }
        struct column *column = &nesting->records[*slot - 1];
        uint32_t body = body_column(lines, after, mark);
        column->marks++;
        if (before < here && here - before <= SAME_LEVEL) {
            column->entered++;
            column->restarts += mark->number == 1 || mark->marker == MARKER_BULLET;
        }
        column->bodies[body < 63 ? body : 63]++;
        nesting->before = here;
    }
}

static void set_levels(const uint32_t *slots, struct column *records)
{
    const struct column *group = NULL;
    uint32_t level = 0, start = 0, body = 0;
    for (uint32_t at = 0; at < COLUMNS; at++) {
        if (slots[at] == 0) {
            continue;
        }
        struct column *column = &records[slots[at] - 1];
        uint32_t here = usual_body(column);
        bool apart = group && at - start > SAME_LEVEL;
        bool stepped = group && here > body && here - body == at - start && here < 63;
        stepped = stepped || (group && column->entered && column->restarts == column->entered &&
                              at - start == SAME_LEVEL);
        if (group && (apart || stepped)) {
            level++;
        }
        if (!group || apart || stepped) {
            group = column;
            start = at;
            body = here;
        }
        column->level = level;
    }
}

/* The comments around are kept as columns: a later piece of the text may move the levels. */
static void set_depths(struct nesting *nesting, mark_vector *marks)
{
    for (size_t i = 0; i < marks->count; i++) {
        uint32_t column = column_of(&marks->items[i]);
        uint32_t level = nesting->records[nesting->slots[column] - 1].level;
        while (nesting->open.count) {
            uint32_t around = nesting->open.items[nesting->open.count - 1];
            if (nesting->records[nesting->slots[around] - 1].level < level) {
                break;
            }
            nesting->open.count--;
        }
        marks->items[i].depth = (uint32_t)nesting->open.count;
        vector_push(&nesting->open, column);
    }
}

void nesting_survey(struct nesting *nesting, const struct lines *lines, const mark_vector *marks)
{
    survey(nesting, lines, false, marks);
    nesting->before = COLUMNS;
}

void nesting_find(struct nesting *nesting, const struct lines *lines, bool after,
                  mark_vector *marks)
{
    survey(nesting, lines, after, marks);
    set_levels(nesting->slots, nesting->records);
    set_depths(nesting, marks);
}

void nesting_release(struct nesting *nesting)
{
    vector_release(&nesting->open);
    free(nesting->records);
    free(nesting->slots);
    *nesting = (struct nesting){0};
}
