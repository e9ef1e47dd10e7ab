/*
 * What the files of the reader share. From below to above:
 *
 *      frame    pieces of styled text
 *      fold     which comments are seen
 *      match    a pattern against a text
 *      flow     the rows of article and thread, one after the other, made where they are looked at
 *      group    numbers sorted into groups
 *      sidebar  the lists at the side
 *      move     scrolling, paging, ends
 *      jump     showing a place, going back, marks
 *      voices   next quote, next mention
 *      passage  from a comment to what it repeats, and back
 *      who      who somebody is
 *      thread   next comment, parent, folds
 *      search   looking for a pattern
 *      paint    the styles of one row of text
 *      draw     panes to a frame
 */
#ifndef HEARSAY_READER_INTERNAL_H
#define HEARSAY_READER_INTERNAL_H

#include "hearsay/reader.h"

/* ---- rows --------------------------------------------------------------------------- */

enum row_kind {
    ROW_TITLE,
    ROW_BYLINE,
    ROW_HEAD, /* of a comment: mark, author, age */
    ROW_TEXT,
    ROW_BLANK /* between blocks and after a comment */
};

/*
 * A row of the article or the thread. `start` is its place: it tells rows of a pane apart and says
 * where the row stands in the document. A blank row has the place of the line break it stands for.
 */
struct flow_row {
    uint32_t start, end; /* the bytes it shows */
    uint32_t comment;    /* DOCUMENT_NONE: the article */
    uint32_t block;      /* of ROW_TEXT */
    enum row_kind kind;
    uint16_t indent; /* columns of a hanging indent */
    bool first;      /* of its block */
    bool hyphen;
};

/* The row that holds `place`, or the nearest before it. False: the pane has no rows at all. */
bool flow_at(struct reader *reader, enum pane pane, uint32_t place, struct flow_row *row);
bool flow_first(struct reader *reader, enum pane pane, struct flow_row *row);
bool flow_last(struct reader *reader, enum pane pane, struct flow_row *row);
/* Moves `row` on; false (and `row` as it was) at the end. */
bool flow_next(struct reader *reader, struct flow_row *row);
bool flow_previous(struct reader *reader, struct flow_row *row);
/* As many steps as there are up to `steps` (back where negative); how many were made. */
int flow_walk(struct reader *reader, struct flow_row *row, int steps);

/* Where the text of a pane's rows stands. */
struct flow_columns {
    int left;    /* columns free before it */
    int columns; /* it has */
};
struct flow_columns flow_columns(const struct reader *reader, enum pane pane, uint32_t comment);

/* ---- a pattern ------------------------------------------------------------------------------- */

struct match_pattern {
    char *text; /* as typed; NULL: none */
    VECTOR(uint32_t) folded;
    bool keep_case;
    bool first_bytes[256]; /* what a hit can begin with */
    bool ascii;            /* of ASCII bytes these two alone, else anything */
    unsigned char lower, upper;
};

void match_compile(struct match_pattern *pattern, const char *text, enum setting_case rule);
void match_release(struct match_pattern *pattern);
/* The first hit that starts in [from, to), looking no further than `limit`. False: none. */
bool match_forward(const struct match_pattern *pattern, const char *text, struct range within,
                   uint32_t limit, struct range *hit);
/* The last one that starts in [within.start, within.end). */
bool match_backward(const struct match_pattern *pattern, const char *text, struct range within,
                    uint32_t limit, struct range *hit);

/* ---- the sidebar ----------------------------------------------------------------------------- */

enum side_kind { SIDE_HEADING, SIDE_ENTITY, SIDE_SPEAKER, SIDE_QUOTE, SIDE_BLANK };

struct side_entry {
    enum side_kind kind;
    uint32_t index;      /* entity or quote */
    uint32_t count;      /* of a heading: its entries; of a speaker: the quotes */
    const char *heading; /* of a heading */
};

/* ---- groups ---------------------------------------------------------------------------------- */

/* Numbers (of quotes, mentions, ...) by group, each group in rising order. */
struct grouped {
    uint32_t *starts; /* groups + 1 of them, and one more: into `items` */
    uint32_t *items;
    uint32_t groups;
};

/* What is to be grouped: numbers below `count`, by a group below `groups`; ENTITY_NONE: left out.
 */
struct grouping {
    uint32_t count, groups;
    uint32_t (*group_of)(const struct reader *reader, uint32_t number);
};

struct members {
    const uint32_t *items;
    uint32_t count;
};

void group_build(struct grouped *grouped, const struct reader *reader, struct grouping by);
void group_release(struct grouped *grouped);
/* The members of a group; none of a group that is not there. O(1). */
struct members group_members(const struct grouped *grouped, uint32_t group);
/* How many members are smaller than `number`. O(log n). */
uint32_t members_before(struct members members, uint32_t number);
/* The member `steps` further: of those from `from` on, or with negative steps of those up to it. As
 * far as there are any; ENTITY_NONE: none. */
uint32_t members_step(struct members members, uint32_t from, int steps);

/* ---- the reader ------------------------------------------------------------------------------ */

/* Where one was: enough to be exactly there again. */
struct spot {
    enum pane focus;
    uint32_t top[PANE_COUNT];
    uint32_t comment, selected, chosen, quote, mention, passage;
};

#define SPOTS_KEPT 200
#define MARKS      128

struct reader {
    const struct document *document;
    const struct annotations *annotations; /* NULL until the analysis is done */
    const struct config *config;
    struct layout *layout;

    struct panes_wish wish;
    struct panes panes;
    int rows, columns;

    uint32_t top[PANE_COUNT]; /* places; of the sidebar an index of `entries` */
    int sideways;             /* columns that code is shifted by */

    uint32_t text_known;           /* bytes of the pool that have come so far */
    struct bitset folded, visible; /* a bit a comment that has come so far */
    uint32_t comment;              /* the focused one */
    int fold_level;                /* levels shown, -1: all */
    uint32_t folded_away;          /* had the focus before all was folded; or DOCUMENT_NONE */

    VECTOR(struct side_entry) entries;
    uint32_t selected; /* index of `entries` */
    int quote_digits;  /* columns that counts of quotes take there */
    uint32_t chosen;   /* entity, or ENTITY_NONE */
    struct range chosen_name;
    uint32_t quote;   /* the one jumped to, or ENTITY_NONE */
    uint32_t mention; /* the same */
    uint32_t passage; /* the same */
    struct bitset entities_in_view, quotes_in_view;
    struct bitset seen; /* blocks that have been on the screen */

    /* What was found, by what it belongs to; empty until the analysis is done. */
    struct grouped direct;    /* direct quotes; one group */
    struct grouped spoken;    /* the same by speaker, the last group without one */
    struct grouped mentioned; /* mentions by entity */
    struct grouped repeated;  /* passages by the paragraph of the article they repeat */

    struct match_pattern pattern;
    bool backward;
    struct range hit;       /* the current one; empty: none */
    struct range typed_hit; /* of the pattern as typed so far, from that origin; empty: none */
    bool hit_wrapped;       /* it was found behind the end */
    struct search_origin {
        struct spot spot;
        struct range hit;
        char *pattern; /* NULL: none */
        struct bitset folded;
    } origin; /* where a search was begun */
    struct {
        uint32_t next, total, before; /* counted up to `next`; how many stand before `hit` */
        bool done;
    } count;

    VECTOR(struct spot) past;
    VECTOR(struct spot) future;
    struct {
        struct spot spot;
        bool set;
    } marks[MARKS];

    struct buffer notice;
    struct buffer scratch;
};

static inline struct rect reader_rect(const struct reader *reader, enum pane pane)
{
    return reader->panes.pane[pane];
}

uint32_t reader_comment_count(const struct reader *reader); /* that have come so far */

/* ---- folds ----------------------------------------------------------------------------------- */

/* Comments have come: they are folded by level and state, seen if nothing above them is folded. */
void fold_extend(struct reader *reader, uint32_t count);
/* Says which comments are seen within [start, end) after folds there have changed. */
void fold_update(struct reader *reader, uint32_t start, uint32_t end);
void fold_put(struct reader *reader, uint32_t comment, bool fold);
/* Unfolds all that hides a comment; how many folds were opened. */
uint32_t fold_reveal(struct reader *reader, uint32_t comment);
/* The comment itself if it is seen, else the folded one that hides it. */
uint32_t fold_shown(const struct reader *reader, uint32_t comment);
uint32_t fold_next(const struct reader *reader, uint32_t comment);     /* BITSET_NONE: none */
uint32_t fold_previous(const struct reader *reader, uint32_t comment); /* BITSET_NONE: none */

/* ---- moving and jumping ---------------------------------------------------------------------- */

bool move_is_flow(enum pane pane); /* article or thread, not the sidebar */
/* The row is on the screen. */
bool move_is_seen(struct reader *reader, enum pane pane, const struct flow_row *row);
bool move_place_is_seen(struct reader *reader, uint32_t place);
/* Puts `row` `above` rows below the pane's top, as far as there are rows. */
void move_put(struct reader *reader, enum pane pane, struct flow_row row, int above);
/* The focused comment is on the screen after the view has moved (`down`: in that direction). */
void move_comment_along(struct reader *reader, bool down);
struct spot jump_here(const struct reader *reader);
void jump_to(struct reader *reader, const struct spot *spot);
/* Shows a place without remembering where one was. */
void jump_show(struct reader *reader, uint32_t place);
/* The place that "next" starts from: the row at the top of the focused pane. */
uint32_t jump_reference(const struct reader *reader);

/* ---- who said what --------------------------------------------------------------------------- */

/* Builds the groups of what was found. */
void voices_build(struct reader *reader);
void voices_release(struct reader *reader);
/* Speaker of a quote, as far as the reader is told one. */
uint32_t voices_speaker(const struct reader *reader, uint32_t quote);
/* The group of `repeated` of a passage, or ENTITY_NONE. */
uint32_t passage_group(const struct reader *reader, uint32_t passage);

void notice_clear(struct reader *reader);
void notice_add(struct reader *reader, const char *format, ...) BASE_PRINTF(2, 3);

/* ---- the sidebar, painting ------------------------------------------------------------------- */

/* Makes the lists; the entity that is named at `chosen_place` (or DOCUMENT_NONE) is chosen. */
void sidebar_build(struct reader *reader, uint32_t chosen_place);
void sidebar_draw(struct reader *reader, struct frame *frame);
bool sidebar_can_select(const struct side_entry *entry);
bool sidebar_move(struct reader *reader, int steps);
void sidebar_choose(struct reader *reader, uint32_t entry);
void sidebar_keep_seen(struct reader *reader);

/* The style of each byte of [start, end), written into `styles` (one byte each). */
void paint_row(struct reader *reader, const struct flow_row *row, uint8_t *styles);

void search_restart_count(struct reader *reader);
const char *reader_text(const struct reader *reader);

#endif
