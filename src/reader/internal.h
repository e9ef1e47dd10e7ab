/*
 * What the files of the reader share. From below to above:
 *
 *      frame    pieces of styled text
 *      view     the order the thread is shown in, and which of its comments are seen
 *      order    sorting it
 *      narrow   filters laid over it
 *      fold     which comments are folded
 *      match    a pattern against a text
 *      regex    a regular expression against a text
 *      very_magic  one that is written as for vim
 *      deep     how deep a comment is shown
 *      filter   what a filter says, as a program
 *      sieve    such a program run over all comments
 *      flow     the rows of article and thread, one after the other, made where they are looked at
 *      group    numbers sorted into groups
 *      sidebar  the lists at the side
 *      move     scrolling, paging, ends
 *      jump     showing a place, going back, marks
 *      found    what was found and jumped to, known by its place
 *      voices   next quote, next mention
 *      passage  from a comment to what it repeats, and back
 *      who      who somebody is
 *      people   who is who in the thread
 *      rank     comments in the order of their scores
 *      thread   next comment, parent, child
 *      folding  folds, and the screen that stays put
 *      progress what has been read
 *      recall   what is kept between visits
 *      map      the thread's branches from afar
 *      search   looking for a pattern
 *      when     times in words
 *      paint    the styles of one row of text
 *      pen      one row of a frame, composed from the left
 *      draw     panes to a frame; draw_thread: the rows of the thread
 *      legend   what the signs mean
 */
#ifndef HEARSAY_READER_INTERNAL_H
#define HEARSAY_READER_INTERNAL_H

#include "hearsay/reader.h"

#include "match.h"

/* ---- rows --------------------------------------------------------------------------- */

enum row_kind {
    ROW_TITLE,
    ROW_BYLINE,
    ROW_HEAD, /* of a comment: mark, author, age */
    ROW_TEXT,
    ROW_QUOTED, /* quoted text or a signature that is folded; its first block, and no bytes */
    ROW_BLANK   /* between blocks and after a comment */
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
/* One row of a pane stands above another. */
bool flow_is_before(const struct reader *reader, const struct flow_row *row,
                    const struct flow_row *other);

/* A comment's level as it is shown. */
uint32_t deep_level(const struct reader *reader, uint32_t comment);
void deep_update(struct reader *reader); /* comments have come, or the wish has changed */

/* Where the text of a pane's rows stands. */
struct flow_columns {
    int left;       /* columns free before it */
    int columns;    /* it has */
    uint32_t level; /* of a comment, as it is shown */
    bool deeper;    /* than there is room to set it in */
};
struct flow_columns flow_columns(const struct reader *reader, enum pane pane, uint32_t comment);
/* How many rows of text a ROW_QUOTED stands for, counted up to QUOTED_MOST; and the text. */
#define QUOTED_MOST 999u
uint32_t flow_quoted_rows(struct reader *reader, const struct flow_row *row);
struct range flow_quoted_text(const struct reader *reader, const struct flow_row *row);
bool flow_is_quoted(const struct reader *reader, uint32_t comment, uint32_t place); /* folded */
bool flow_has_text(const struct reader *reader, uint32_t comment); /* were it not folded */

/* ---- the sidebar ----------------------------------------------------------------------------- */

enum side_kind { SIDE_HEADING, SIDE_ENTITY, SIDE_SPEAKER, SIDE_QUOTE, SIDE_BLANK };

struct side_entry {
    enum side_kind kind;
    uint32_t index;      /* entity or quote */
    uint32_t entity;     /* who is meant: of a quote, the speaker it is listed under */
    uint32_t count;      /* of a heading: its entries; of a speaker: the quotes */
    const char *heading; /* of a heading */
};

/* ---- groups ---------------------------------------------------------------------------------- */

/* Numbers (of quotes, mentions, ...) by group, each group in rising order. */
struct grouped {
    uint32_t *starts; /* groups + 1 of them: into `items` */
    uint32_t *items;
    uint32_t groups;
};

/* What is to be grouped: numbers below `count`, by a group below `groups`; ENTITY_NONE: left out.
 */
struct grouping {
    uint32_t count, groups;
    uint32_t (*group_of)(const struct reader *reader, uint32_t number);
    uint32_t (*second_of)(const struct reader *reader, uint32_t number); /* another one it is in
                                                                            too, or NULL */
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

/* ---- the order of the thread ----------------------------------------------------------------- */

struct view {
    uint32_t *order, *rank; /* position to comment and back; NULL while the order is as given */
    struct bitset stubs;    /* the reader's by position; none while the order is as given */
    struct bitset visible;  /* by position: neither folded nor filtered away */
    struct bitset passing;  /* by position: let through by the filter; no bits: there is none */
    struct bitset kept;     /* the same with their context, and the guest */
};

/* ---- filters --------------------------------------------------------------------------------- */

enum filter_operation {
    FILTER_AUTHOR,
    FILTER_AUTHOR_IS,
    FILTER_TEXT,
    FILTER_REGEX,
    FILTER_ENTITY,
    FILTER_SPEAKER,
    FILTER_SCORE,
    FILTER_DEPTH,
    FILTER_AGE,
    FILTER_UNREAD,
    FILTER_NEW,
    FILTER_NOT, /* of the last set made */
    FILTER_AND, /* of the last two */
    FILTER_OR
};

enum filter_comparison { FILTER_LESS, FILTER_AT_MOST, FILTER_EQUAL, FILTER_AT_LEAST, FILTER_MORE };

struct filter_step {
    enum filter_operation operation;
    enum filter_comparison comparison; /* with `number`: points, levels or seconds */
    int64_t number;
    char *text; /* or NULL */
};

/* In the order they are run on a stack of sets. Start with {0}. */
struct filter_program {
    struct filter_step *items;
    size_t count, capacity;
};

/* False with a sentence and the place in `error`, and an empty program. */
bool filter_read(struct filter_program *program, const char *text, struct error *error);
void filter_release(struct filter_program *program);
/* The comments that pass, a bit for each; the caller releases them. `too_hard`: in so many of them
 * an expression was given up, and not found. False: it cannot be told. */
bool sieve_run(const struct reader *reader, const struct filter_program *program,
               struct bitset *hits, uint32_t *too_hard, struct error *error);

/* ---- what has been read ---------------------------------------------------------------------- */

#define PROGRESS_UNDOS 100

/* Marks made at once: the bits that changed, from `start` on, and what they became. */
struct progress_undo {
    uint32_t start;
    bool read;
    struct bitset changed;
};

struct progress {
    struct bitset read, fresh, edited; /* a bit a comment: read, not there at the last visit, with
                                          another text then */
    bool tracked;                      /* there is a point in showing it */
    VECTOR(struct progress_undo) undo;
};

void progress_extend(struct reader *reader, uint32_t count); /* comments have come */
void progress_release(struct reader *reader);
/* How many of what view_replies() counts. */
uint32_t progress_unread_below(const struct reader *reader, uint32_t comment);
uint32_t progress_new_below(const struct reader *reader, uint32_t comment);
/* The next comment in shown order, hidden ones too, that has not been read; or DOCUMENT_NONE. */
uint32_t progress_seek(const struct reader *reader, uint32_t from, bool down);
/* Folds what has been read whole; how many folds were closed. Whoever asks for it settles. */
uint32_t progress_fold(struct reader *reader);

/* ---- the reader ------------------------------------------------------------------------------ */

/* Something that was found: a quote, a mention, ... `number` is a hint, see found.c. */
enum found_kind {
    FOUND_NOTHING,
    FOUND_QUOTE,
    FOUND_MENTION,
    FOUND_PASSAGE,
    FOUND_ENTITY,
    FOUND_KINDS
};

struct found {
    enum found_kind kind;
    uint32_t number, place; /* place: where it begins; an entity: where its name stands */
};

#define FOUND_NONE ((struct found){FOUND_NOTHING, ENTITY_NONE, DOCUMENT_NONE})

/* Where one was: enough to be exactly there again. */
struct spot {
    enum pane focus;
    uint32_t top[PANE_COUNT];
    uint32_t comment;
    struct found found, chosen;
    uint32_t selected, edition; /* of the sidebar, as it was in that edition of what was found */
    uint32_t opened;            /* how many of the reader's `opened` there were */
};

typedef VECTOR(struct spot) spots;

struct filter_level {
    char *text;
    bool of_then;       /* what it lets through was so when it was laid on: read marks change */
    struct bitset hits; /* a bit a comment: let through by this one and all below */
};

struct narrow {
    VECTOR(struct filter_level) levels;
    bool bare;      /* without context */
    uint32_t guest; /* a comment shown all the same, or DOCUMENT_NONE */
    /* To come back to: folds and place before the first filter, and who had the focus after it. */
    struct bitset folded;
    int fold_level;
    struct spot before;
    uint32_t entered;
    char *waiting; /* filters of an earlier visit, for the names to be found; or NULL */
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

    bool whole;           /* all of the document has come */
    uint32_t text_known;  /* bytes of the pool that have come so far */
    struct bitset folded; /* a bit a comment that has come so far */
    struct view view;
    struct progress progress;
    enum reader_order orders[SORT_COUNT]; /* wished for; in force once all has come */
    struct narrow narrow;
    int64_t now;           /* seconds since 1970, 0: not known */
    uint32_t comment;      /* the focused one */
    int fold_level;        /* levels shown, -1: all */
    uint32_t folded_away;  /* had the focus before all was folded; or DOCUMENT_NONE */
    VECTOR(uint32_t) held; /* rows of the thread before folds change: whose heads stood there */

    uint32_t owner; /* of the thread, an author; or DOCUMENT_NONE */
    bool owner_wrote_article;
    uint32_t authors_known;     /* authors that were looked at for that */
    VECTOR(struct range) heard; /* names of those whose words stand in the article, in order */
    bool flat;                  /* exchanges of two are */
    uint16_t *levels;           /* of comments as they are shown, or NULL: their depths */
    bool quotes_folded;         /* quoted text and signatures in comments */
    struct bitset stubs;        /* comments that only say there are more */
    uint32_t stub_count;
    int colours; /* the terminal has */

    VECTOR(struct side_entry) entries;
    uint32_t selected;     /* index of `entries` */
    int quote_digits;      /* columns that counts of quotes take there */
    uint32_t chosen;       /* entity, or ENTITY_NONE */
    uint32_t chosen_place; /* where its name stands */
    uint32_t followed;     /* entity whose quotes were asked for last, a hint */
    struct found found;    /* what was jumped to last: a quote, a mention or a passage */
    uint32_t edition;      /* of the annotations: how often they have come */
    struct bitset entities_in_view, quotes_in_view;
    struct bitset seen; /* blocks that have been on the screen */

    /* What was found, by what it belongs to; empty until the analysis is done. */
    struct grouped direct;    /* direct quotes; one group */
    struct grouped spoken;    /* the same by speaker, the last group without one; what two said
                                 together is in two */
    struct grouped mentioned; /* mentions by entity */
    struct grouped repeated;  /* passages by the paragraph of the article they repeat */

    struct match_pattern pattern;
    bool backward;
    struct error pattern_error;  /* why it finds nothing; "": it may */
    struct range hit;            /* the current one; empty: none */
    struct range typed_hit;      /* of the pattern as typed so far, from that origin; empty: none */
    bool hit_wrapped;            /* it was found behind the end */
    VECTOR(uint32_t) hit_opened; /* folds that showing the hit has opened, the innermost first */
    struct search_origin {
        struct spot spot;
        spots past, future;
        struct range hit;
        char *pattern; /* NULL: none */
        struct bitset folded;
        size_t opened; /* how many of reader->hit_opened were open then */
    } origin;          /* where a search was begun */
    struct {
        uint32_t next, total, before; /* counted up to `next`; how many stand before `hit` */
        bool done;
    } count;

    spots past, future;      /* that going back and forward lead to, the next one last */
    VECTOR(uint32_t) opened; /* comments that jumps unfolded, in the order they were */
    struct {
        struct spot spot;
        bool set, gone; /* gone: its comment is not there any more */
    } marks[MARKS];

    struct buffer notice;
    struct buffer scratch;
    struct layout_marks link_marks; /* of the row being drawn */
};

static inline struct rect reader_rect(const struct reader *reader, enum pane pane)
{
    return reader->panes.pane[pane];
}

uint32_t reader_comment_count(const struct reader *reader); /* that have come so far */

/* ---- the thread in shown order --------------------------------------------------------------- */

void view_release(struct view *view);

/* A comment's position in the order shown, from 0, and back; those of its subtree are a slice. */
uint32_t view_position(const struct reader *reader, uint32_t comment);
uint32_t view_comment(const struct reader *reader, uint32_t position);
/* A set of comments as a set of positions. */
void view_put_in_order(const struct reader *reader, const struct bitset *comments,
                       struct bitset *positions);
struct range view_subtree(const struct reader *reader, uint32_t comment);
/* Is one shown before the other? DOCUMENT_NONE, the article, stands before all. */
bool view_is_before(const struct reader *reader, uint32_t one, uint32_t other);
bool view_place_is_before(const struct reader *reader, uint32_t place, uint32_t other);
bool view_is_seen(const struct reader *reader, uint32_t comment); /* not folded or filtered away */
bool view_is_left_out(const struct reader *reader, uint32_t comment); /* by the filter */
/* Shown only because of what stands below it; and shown as a line alone, as that or folded. */
bool view_is_context(const struct reader *reader, uint32_t comment);
bool view_is_line(const struct reader *reader, uint32_t comment);

/* Says which comments are seen within a slice of positions after folds there have changed; nothing
 * outside of it hides it. */
void view_update(struct reader *reader, struct range positions);
void view_update_all(struct reader *reader);

/*
 * From one comment to another, in shown order and over seen ones alone; DOCUMENT_NONE where there
 * is none. Costs a scan over bits, and the levels in between for what goes up the tree.
 */
uint32_t view_first(const struct reader *reader);
uint32_t view_last(const struct reader *reader);
uint32_t view_next(const struct reader *reader, uint32_t comment);
uint32_t view_previous(const struct reader *reader, uint32_t comment);
uint32_t view_parent(const struct reader *reader, uint32_t comment); /* the nearest seen */
uint32_t view_root(const struct reader *reader, uint32_t comment);
uint32_t view_first_child(const struct reader *reader, uint32_t comment);
uint32_t view_last_child(const struct reader *reader, uint32_t comment);
uint32_t view_next_sibling(const struct reader *reader, uint32_t comment);
uint32_t view_previous_sibling(const struct reader *reader, uint32_t comment);

/* What is let through, in the order of now. What is seen is to be updated after it. */
void narrow_update(struct reader *reader);
/* Lets a comment through as a guest if it is not even context, or (`whole`) if it is left out, and
 * shows the last guest out. True: what is seen is to be updated. */
bool narrow_admit(struct reader *reader, uint32_t comment, bool whole);
void narrow_release(struct narrow *narrow);
/* Filters of an earlier visit, a line each, from below to above; what makes no sense any more is
 * told in a notice. Those from the first that may need the names that are found wait for them. */
void narrow_recall(struct reader *reader, const char *lines);
void narrow_annotate(struct reader *reader); /* names have been found: these go on */
/* The lines for the next visit, at most `most` bytes of them; the caller frees. NULL: none. */
char *narrow_memorize(const struct reader *reader, size_t most);
/* A word of advice to append where it fits nothing, or "". */
const char *filter_hint(const char *text);
const struct bitset *narrow_hits(const struct reader *reader);  /* of all filters, or NULL */
const struct bitset *narrow_folds(const struct reader *reader); /* beneath all filters */
/* Appends a filter's term (with its ":") for a name; false: it is empty. */
bool narrow_add_name(const struct reader *reader, const char *term, struct range name,
                     struct buffer *out);

/* Sorts the thread anew as `orders` say. What is seen is to be updated after it. */
void order_update(struct reader *reader);
bool order_is_given(const struct reader *reader); /* that is what `orders` say */

/* The number a comment has in shown order, from 1, and the comment of a number. What is filtered
 * out is not counted: context has the number of what was let through before it. */
uint32_t view_number(const struct reader *reader, uint32_t comment);
uint32_t view_numbered(const struct reader *reader, uint32_t number);
uint32_t view_count(const struct reader *reader); /* stubs are no comments */
/* How many replies go away when a comment is folded. */
uint32_t view_replies(const struct reader *reader, uint32_t comment);

/*
 * The pool in the order it is shown in: the head and the article, then the thread, in as few
 * stretches as there are; one, of all, while the order is as given. For looking for the next of
 * things that stand in the pool's order, hidden ones too:
 *
 *      struct stretch stretch = view_stretch(reader, place, down);
 *      do
 *          ... the first (last) of them within stretch.text ...
 *      while (view_next_stretch(reader, &stretch, down));
 */
struct stretch {
    struct range text;   /* may be empty */
    uint32_t first, end; /* positions; none in the article's */
};

/* From a place to the end of its stretch, or the other way from its beginning to the place. */
struct stretch view_stretch(const struct reader *reader, uint32_t place, bool down);
struct stretch view_end_stretch(const struct reader *reader, bool last);
bool view_next_stretch(const struct reader *reader, struct stretch *stretch, bool down);

/* ---- folds ----------------------------------------------------------------------------------- */

/* Comments have come: they are folded by level and state, seen if nothing above them is folded. The
 * order is as given until all have. */
void fold_extend(struct reader *reader, uint32_t count);
void fold_put(struct reader *reader, uint32_t comment, bool fold);
/* Unfolds all that hides a comment; how many folds were opened. */
uint32_t fold_reveal(struct reader *reader, uint32_t comment);
/* The comment itself if it is seen, else the seen one before it: the fold that hides it, or under a
 * filter the nearest; else the first that is seen. */
uint32_t fold_shown(const struct reader *reader, uint32_t comment);

/* ---- moving and jumping ---------------------------------------------------------------------- */

bool move_is_flow(enum pane pane); /* article or thread, not the sidebar */
/* The row is on the screen. */
bool move_is_seen(struct reader *reader, enum pane pane, const struct flow_row *row);
bool move_place_is_seen(struct reader *reader, uint32_t place);
/* Puts `row` `above` rows below the pane's top, as far as there are rows. */
void move_put(struct reader *reader, enum pane pane, struct flow_row row, int above);
/* The row of the screen on which the focused comment stands, and putting it there again after the
 * thread has changed around it. */
struct hold {
    uint32_t place;
    int row;
};
struct hold move_hold(struct reader *reader);
void move_keep(struct reader *reader, struct hold hold);
/* The focused comment is on the screen after the view has moved (`down`: in that direction). */
void move_comment_along(struct reader *reader, bool down);
struct spot jump_here(const struct reader *reader);
void jump_to(struct reader *reader, const struct spot *spot);
/* Unfold all that hides a comment, or itself, which going back folds again; how many there were. */
uint32_t jump_open(struct reader *reader, uint32_t comment);
uint32_t jump_unfold(struct reader *reader, uint32_t comment);
/* Both, so that its text is there to be read: context becomes a guest. */
uint32_t jump_reveal(struct reader *reader, uint32_t comment);
void jump_tell(struct reader *reader, uint32_t opened);
/* Going back folds nothing that has been opened up to now. */
void jump_forget_opened(struct reader *reader);
/* Shows a place without remembering where one was. */
void jump_show(struct reader *reader, uint32_t place);
/* The place that "next" starts from: the row at the top of the focused pane. */
uint32_t jump_reference(const struct reader *reader);

/* The place of what has a number; DOCUMENT_NONE: nothing has. */
uint32_t found_place(const struct reader *reader, enum found_kind kind, uint32_t number);
struct found found_make(const struct reader *reader, enum found_kind kind, uint32_t number);
/* The same with the number it has now; FOUND_NONE: it is gone. */
struct found found_renew(const struct reader *reader, struct found found);
/* The number of what was jumped to last, if it is of that kind; ENTITY_NONE. */
uint32_t found_at(const struct reader *reader, enum found_kind kind);
/* It is what is being jumped to, and back will return; going there too. */
void found_note(struct reader *reader, enum found_kind kind, uint32_t number);
void found_go(struct reader *reader, enum found_kind kind, uint32_t number);

int thread_rows(const struct reader *reader); /* of its pane */
/* Brings as much of a comment (or of what hides it) into view as fits, and gives it the focus. */
void thread_show(struct reader *reader, uint32_t comment);
void thread_focus(struct reader *reader, uint32_t comment); /* the same, and its pane too */

/* The comment `steps` ranks below (above where negative) by its score, as far as there are any. */
uint32_t rank_walk(const struct reader *reader, uint32_t from, int steps);

/* Authors have come. */
void people_extend(struct reader *reader);
uint32_t people_owner(const struct reader *reader); /* an author, or DOCUMENT_NONE */
void people_annotate(struct reader *reader);        /* the annotations have come */
const char *people_tag(const struct reader *reader, uint32_t comment); /* "author", ...; or "" */
/* The author answers an answer to himself. */
bool people_is_back(const struct reader *reader, uint32_t comment);
enum style people_style(const struct reader *reader, uint32_t author);
char people_letter(const struct reader *reader, uint32_t author); /* or 0 */

/* "2 h" or "14 May 2019 10:21", by the setting; "" for TIME_NONE. */
void when_write(const struct reader *reader, int64_t time, char *text, size_t size);
/* ---- who said what --------------------------------------------------------------------------- */

/* Builds the groups of what was found. */
void voices_build(struct reader *reader);
void voices_release(struct reader *reader);
/* What is looked for: things of a kind by their numbers, which are in order of their places. */
struct wanted {
    struct members members;
    uint32_t (*place)(const struct reader *reader, uint32_t number);
};

/*
 * As many of them further as there are up to `steps`, in the order things are shown in: from number
 * `current` while that is in view, else from the top of the view, or from place `top` where that is
 * even above. ENTITY_NONE: not one.
 */
uint32_t voices_walk(struct reader *reader, const struct wanted *wanted, uint32_t current,
                     uint32_t top, int steps);
/* The same from a place. */
uint32_t voices_walk_from(const struct reader *reader, const struct wanted *wanted, uint32_t place,
                          int steps);
/* The first name on the screen, of those in the focused pane; ENTITY_NONE. */
uint32_t voices_mention_in_view(struct reader *reader);
/* Speaker of a quote, and who says it along; as far as the reader is told one. */
uint32_t voices_speaker(const struct reader *reader, uint32_t quote);
uint32_t voices_partner(const struct reader *reader, uint32_t quote);
/* The group of `repeated` of a passage, or ENTITY_NONE. */
uint32_t passage_group(const struct reader *reader, uint32_t passage);

void notice_clear(struct reader *reader);
void notice_add(struct reader *reader, const char *format, ...) BASE_PRINTF(2, 3);

/* ---- the sidebar, painting ------------------------------------------------------------------- */

/* Makes the lists; an entity (or FOUND_NONE) is chosen. */
void sidebar_build(struct reader *reader, struct found chosen);
struct found sidebar_chosen(const struct reader *reader);
void sidebar_take(struct reader *reader, uint32_t entity); /* it is chosen, or ENTITY_NONE is */
uint32_t sidebar_entry_of(const struct reader *reader, uint32_t entity);
void sidebar_draw(struct reader *reader, struct frame *frame);
/* "9+2 “4": how often somebody is named, in the article and in comments, and quoted, the last in so
 * many columns. */
void sidebar_numbers(const struct reader *reader, const struct entity *entity, int digits,
                     char *text, size_t size);
bool sidebar_can_select(const struct side_entry *entry);
bool sidebar_move(struct reader *reader, int steps);
void sidebar_choose(struct reader *reader, uint32_t entry);
void sidebar_keep_seen(struct reader *reader);

/* The style of each byte of [start, end), written into `styles` (one byte each). */
void paint_row(struct reader *reader, const struct flow_row *row, uint8_t *styles);

void search_restart_count(struct reader *reader);
const char *reader_text(const struct reader *reader);
void reader_add_text(const struct reader *reader, struct range range, struct buffer *out);

#endif
