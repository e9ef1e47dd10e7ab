/*
 * reader: the reading session, pure. It knows a document, what was found in it, and a screen's
 * size; it keeps the places, folds, searches and jumps of a reader and says what each pane shows.
 * It touches no terminal, file or clock, so every test may drive it.
 *
 * A place is one byte offset of the document's pool (see document.h). No view position is ever a
 * row number: resizing, folding and setting the text anew keep the same words at the top.
 *
 * Cost of everything here follows what is visible, but for reader_fold_all() and friends, which
 * touch one bit a comment.
 */
#ifndef HEARSAY_READER_H
#define HEARSAY_READER_H

#include "hearsay/analyse.h"
#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/document.h"
#include "hearsay/layout.h"
#include "hearsay/store.h"

/* ---- a frame: what is to be seen ---------------------------------------------------- */

/*
 * Pieces of styled text, placed. Later pieces cover earlier ones. A piece is clipped to `columns`;
 * what it does not fill of them is blank in its style. Nothing here is cleaned for the terminal
 * yet: whoever makes cells of it passes each cluster through text_cell().
 */
struct frame_piece {
    int row, column;  /* from 0, of the screen; may lie outside, then it is not seen */
    int columns;      /* width; what is longer is cut */
    int rows;         /* height of a blank area (text only on its first row); usually 1 */
    const char *text; /* into the document's pool; NULL: into the frame's own `scratch` */
    uint32_t offset;  /* in `scratch`, where text is NULL */
    uint32_t length;  /* bytes; 0: blank */
    enum style style;
};

struct frame {
    int rows, columns;
    VECTOR(struct frame_piece) pieces;
    struct buffer scratch;
    int cursor_row, cursor_column; /* where the cursor rests */
    bool cursor_visible;           /* in a prompt; else it only rests there for screen readers */
};

/* Empties a frame for a screen of that size; keeps its memory. */
void frame_begin(struct frame *frame, int rows, int columns);
void frame_release(struct frame *frame);

/* Adds a piece of the pool (which must outlive the frame's next frame_begin()). */
void frame_put(struct frame *frame, struct rect where, enum style style, const char *text,
               size_t length);
/* Adds a copy of a text. */
void frame_print(struct frame *frame, struct rect where, enum style style, const char *text,
                 size_t length);
void frame_fill(struct frame *frame, struct rect where, enum style style);

/* The text of a piece; valid until the frame changes. */
const char *frame_text(const struct frame *frame, const struct frame_piece *piece);

/* ---- the session -------------------------------------------------------------------- */

struct reader;

/* The document, annotations and config are borrowed and must outlive the reader. */
struct reader *reader_new(const struct document *document, const struct config *config);
void reader_free(struct reader *reader);

/*
 * More of the document may have been published, or all: what has come is taken in, nothing that is
 * seen moves. Until then the reader knows the document as it was at the last call. False: no news.
 */
bool reader_update(struct reader *reader);

/* What was found; may come later than the first screen, and again when it was corrected: quotes
 * keep their numbers then, and who was chosen stays chosen. */
void reader_annotate(struct reader *reader, const struct annotations *annotations);

/* The settings have changed, or are others now. */
void reader_configure(struct reader *reader, const struct config *config);

/* What time it is, in seconds since 1970; 0, as at first: nobody knows, so no ages are told. */
void reader_set_now(struct reader *reader, int64_t now);

/* How many colours there are to draw with: where they are few, authors have letters as well. */
void reader_set_colours(struct reader *reader, int colours);

void reader_resize(struct reader *reader, int rows, int columns);
const struct panes *reader_panes(const struct reader *reader);

/* Draws all panes and the rules between them into `frame` (after frame_begin()). */
void reader_draw(struct reader *reader, struct frame *frame);

const struct annotations *reader_annotations(const struct reader *reader); /* or NULL */

/* ---- panes -------------------------------------------------------------------------- */

enum pane reader_focus(const struct reader *reader);
void reader_set_focus(struct reader *reader, enum pane pane); /* shows it if it was hidden */
void reader_cycle_focus(struct reader *reader, int steps);
void reader_zoom(struct reader *reader); /* the focused pane alone, and back */
bool reader_is_zoomed(const struct reader *reader);
void reader_toggle_sidebar(struct reader *reader);
void reader_grow_pane(struct reader *reader, int steps); /* the focused one, by 5 percent a step */

/* ---- moving; all act on the focused pane unless said otherwise, false: nowhere to go ---- */

bool reader_scroll(struct reader *reader, int rows);      /* down, or up where negative */
bool reader_page(struct reader *reader, int halves);      /* by half pages */
bool reader_sideways(struct reader *reader, int columns); /* code that is wider than the pane */
bool reader_top(struct reader *reader);
bool reader_bottom(struct reader *reader);
bool reader_percent(struct reader *reader, unsigned percent);

/* The cell was pointed at: its pane is focused, its comment or entry chosen, a fold mark toggled,
 * folded quotes unfolded.
 */
void reader_point(struct reader *reader, int row, int column);

/* The byte of the pool whose character is drawn on a cell; DOCUMENT_NONE: none is. Costs as much as
 * reader_draw(). */
uint32_t reader_place_at(struct reader *reader, int row, int column);

/* The bytes that the article's pane shows now, from the first row's to the last's. */
struct range reader_article_in_view(struct reader *reader);

/* The rule between panes that stands on a cell, by its number in reader_panes(); moving it there
 * gives the panes beside it other sizes, as near to that cell as they may be. */
#define READER_NO_RULE (-1)
int reader_rule_at(const struct reader *reader, int row, int column);
void reader_move_rule(struct reader *reader, int rule, int row, int column);

/* Remembers where the reader is, so that reader_back() returns exactly there. */
void reader_remember(struct reader *reader);
bool reader_back(struct reader *reader);
bool reader_forward(struct reader *reader);

/* Marks, one a letter ('a'..'z', ...). */
void reader_set_mark(struct reader *reader, uint32_t letter);
bool reader_go_to_mark(struct reader *reader, uint32_t letter);

/* ---- quotes, speakers, entities -------------------------------------------------------------- */

/* The quotation jumped to while it is in view, else the first direct one there; ENTITY_NONE. */
uint32_t reader_quote_in_view(struct reader *reader);
bool reader_quote(struct reader *reader, int steps);         /* next / previous direct quotation */
bool reader_speaker_quote(struct reader *reader, int steps); /* of the same speaker */
bool reader_mention(struct reader *reader, int steps);       /* of the chosen entity */

/* From the focused comment to the words it repeats; from the article to the (first) comment that
 * repeats what is on the screen, so that twice is there and back. */
bool reader_go_to_passage(struct reader *reader);
/* The next / previous comment that repeats the same paragraph of the article. */
bool reader_passage(struct reader *reader, int steps);

/* Appends who somebody is: of that name, or without one whoever was jumped to, is chosen or stands
 * first in view. "Ines Okafor, harbour master · named 9+2, quoted 4, first in paragraph 2".
 * False: nobody. */
bool reader_who(struct reader *reader, const char *name, struct buffer *out);

bool reader_select(struct reader *reader); /* goes to what the sidebar's line stands for */
bool reader_section(struct reader *reader, int steps); /* next / previous list of the sidebar */

/* ---- the thread ------------------------------------------------------------------------------ */

enum reader_step {
    STEP_COMMENT, /* visible ones, in order */
    STEP_SIBLING,
    STEP_TOP_LEVEL,
    STEP_AUTHOR, /* by the same author */
    STEP_OWNER,  /* by whoever wrote the article, else by who began the thread */
    STEP_SCORE,  /* with the next lower score; equal ones in the order shown */
    STEP_UNREAD, /* not read yet */
};

/*
 * A move opens just the folds on the way to where it ends and says so in reader_notice(); all but
 * single steps from one comment to the next are undone by reader_back(), the folds too. Of a
 * comment that does not fit into the pane the next step reads on first, by `thread.tall_lines`.
 * By author, owner, score and unread it goes to hidden ones too: they are unfolded, and shown whole
 * where a filter leaves them out.
 */
uint32_t reader_comment(const struct reader *reader); /* the focused one, or DOCUMENT_NONE */
bool reader_step(struct reader *reader, enum reader_step step, int steps);
bool reader_has_scores(const struct reader *reader); /* has any comment one? O(comments) */
bool reader_parent(struct reader *reader, unsigned levels);
bool reader_root(struct reader *reader);
bool reader_up_to_level(struct reader *reader, unsigned level);       /* from 1, the top level */
bool reader_child(struct reader *reader, bool last, unsigned levels); /* first or last reply */
bool reader_go_to_comment(struct reader *reader, uint32_t number);    /* from 1, in reading order */
/* One that was chosen from a list, by its index: it is unfolded, and shown even if a filter leaves
 * it out, which is said. */
bool reader_show_comment(struct reader *reader, uint32_t comment);
/* The next comment of an author behind the focused one, in the order shown, or his first; which of
 * them it is is said. False: there is none. */
bool reader_show_author(struct reader *reader, uint32_t author);

/* "[deleted]" and the like are nobody, and so is who has no name (DOCUMENT_NONE). */
bool reader_is_nobody(const struct reader *reader, uint32_t author);

/* A row of a map of the thread: neighbouring comments on the article, with all that answers them.
 */
struct reader_branch {
    uint32_t first;           /* the first of them, an index */
    uint32_t roots, comments; /* how many there are; with their answers */
    uint32_t unread;
    uint32_t deepest, authors; /* depth, from 0; different ones who write */
    int64_t newest;            /* or TIME_NONE */
    int32_t best;              /* score, or SCORE_NONE */
    bool here;                 /* the focused comment is among them */
};

/* Fills at most `most` rows, in the order shown, and returns how many. O(comments). */
uint32_t reader_map(struct reader *reader, struct reader_branch *branches, uint32_t most);

bool reader_is_folded(const struct reader *reader, uint32_t comment);
bool reader_fold(struct reader *reader, bool fold); /* the focused comment */
bool reader_toggle_fold(struct reader *reader);
bool reader_fold_subtree(struct reader *reader, bool fold); /* and all replies below */
bool reader_fold_siblings(struct reader *reader); /* and itself; unfolds them where it is folded */
/* Folds the whole exchange (from its root) and goes to the next; as many of them as `chains`. */
bool reader_fold_chain(struct reader *reader, unsigned chains);
void reader_fold_all(struct reader *reader, bool fold);
/* Levels that are unfolded: one more (1) or less (-1), or just so many. */
bool reader_fold_level(struct reader *reader, int steps);
bool reader_fold_to(struct reader *reader, int level);
/* Quoted text and signatures in comments, of all of them; whether they are folded now. */
bool reader_toggle_quoted(struct reader *reader);
/* Exchanges of two are shown without a step at each reply; whether they are now. */
bool reader_toggle_flat(struct reader *reader);

/* ---- the order of the thread ----------------------------------------------------------------- */

/*
 * Siblings are sorted, those of the top level by one order and replies by another; whoever has no
 * time or score stands behind those that have one, in the order of the source, and so do equals. A
 * thread that is still being read keeps its order until all of it has come. The focused comment
 * stays where it is on the screen. Costs a few passes over all comments, and 8 bytes for each while
 * the order is not the given one.
 */
enum reader_sorted { SORT_TOP_LEVEL, SORT_REPLIES, SORT_COUNT };
enum reader_order {
    ORDER_GIVEN, /* as the source has them */
    ORDER_OLDEST,
    ORDER_NEWEST,
    ORDER_SCORE,
    ORDER_REPLIES,  /* most comments below */
    ORDER_ACTIVITY, /* the newest comment in it */
    ORDERS
};

void reader_sort(struct reader *reader, enum reader_sorted sorted, enum reader_order order);
enum reader_order reader_order(const struct reader *reader, enum reader_sorted sorted);
const char *reader_order_name(enum reader_order order); /* "newest"; as settings say it */

/* ---- filters --------------------------------------------------------------------------------- */

/*
 * Filters are a stack: each shows of what the one below shows only what fits. Blanks mean "and",
 * "|" means "or", "!" before a word means "not", parentheses group. Words are looked for in the
 * text; terms are author:NAME, author=NAME, text:WORDS, /regular expression/, score>=N, depth<=N,
 * age<2d, unread, new, entity:NAME, speaker:NAME.
 *
 * What fits is found once, when the filter is laid on: what is read while "unread" is shown stays
 * until the same filter is laid on again, which takes the place of the one on top. The comments
 * that hits answer stay as context, a line each, or are hidden too. Folds and place from before
 * come back with the last filter taken away. Jumps show what they go to even if it is left out.
 */

/* False: it makes no sense, or fits nothing; `error` says why and nothing has changed. */
bool reader_filter(struct reader *reader, const char *text, struct error *error);
bool reader_filter_pop(struct reader *reader);     /* false: there is none */
bool reader_filter_clear(struct reader *reader);   /* all of them */
bool reader_filter_context(struct reader *reader); /* shows context, or not; what it is then */
/* The filters from below to above; NULL after the last. */
const char *reader_filter_text(const struct reader *reader, size_t index);
uint32_t reader_filter_count(const struct reader *reader); /* comments that fit */
/* Appends the filter for all comments of an author; false: there is no such one, or no name. */
bool reader_author_filter(const struct reader *reader, uint32_t author, struct buffer *out);
/* The same for the comments that name somebody, or quote (`quoted`): who stands on the sidebar's
 * line where that has the focus, else who was jumped to and is in view, else who is chosen. */
bool reader_name_filter(struct reader *reader, bool quoted, struct buffer *out);
/* What a term begins with, and what it lets through; NULL: no more of them. */
const char *filter_term(size_t index, const char **help);

/* ---- read and unread ------------------------------------------------------------------------- */

/*
 * A comment is unread until it is marked. Once somebody keeps track of it (reader_track_reading(),
 * or any mark by hand), the status line and folded rows say how much is unread and how much of that
 * was not there at the last visit.
 */
void reader_track_reading(struct reader *reader);
bool reader_tracks_reading(const struct reader *reader);

bool reader_is_read(const struct reader *reader, uint32_t comment);
bool reader_is_new(const struct reader *reader, uint32_t comment);    /* and not read yet */
bool reader_is_edited(const struct reader *reader, uint32_t comment); /* since the last visit */

/* How many in a comment and its replies, or in all (DOCUMENT_NONE): bits counted in a slice. */
uint32_t reader_comments_in(const struct reader *reader, uint32_t comment); /* stubs are none */
uint32_t reader_unread_in(const struct reader *reader, uint32_t comment);
uint32_t reader_new_in(const struct reader *reader, uint32_t comment);

/* Cannot be taken back, as reading itself cannot. */
void reader_mark_read(struct reader *reader, uint32_t comment, bool read);

enum reader_scope { SCOPE_COMMENT, SCOPE_BRANCH, SCOPE_THREAD };

/* Marks read what the scope means from the focused comment, and by hand: SCOPE_COMMENT turns the
 * mark over, and of a stub is refused. How many changed. reader_undo_read() takes back the last
 * one; false: there is none. */
uint32_t reader_mark_scope(struct reader *reader, enum reader_scope scope);
bool reader_undo_read(struct reader *reader);

/* Folds every subtree that has been read whole; how many folds were closed. */
uint32_t reader_fold_read(struct reader *reader);

/* The unread comments, at most `most`, whose last line is on the screen while the thread has the
 * focus, and not on a row that something has `covered`; how many. */
size_t reader_seen(struct reader *reader, struct rect covered, uint32_t *comments, size_t most);

/* ---- between visits -------------------------------------------------------------------------- */

/* Takes over what is known of an earlier visit to the whole document; `places`: goes to where one
 * was, too. With `thread.fold_read`, folds what has been read. Filters that make no sense any more
 * are told in reader_notice(); those for names that are not found yet are laid on, or told, by
 * reader_annotate(). */
void reader_recall(struct reader *reader, const struct store_memory *memory, bool places);
/* What is to be known at the next one, into an empty memory. */
void reader_memorize(const struct reader *reader, struct store_memory *memory);

/* ---- searching ------------------------------------------------------------------------------- */

/*
 * Looks for `pattern` from where the reader is (for incremental search: from where it was when
 * reader_search_begin() was called), shows the first hit and lights all in view. Smart case and
 * accents folded, by the settings. An empty pattern clears. False: not found; the view goes back.
 * A pattern after "\v", or all by the setting, is a regular expression; one after "\V" is not.
 * Folds that a hit opens are closed again when the search goes on to another, or is cleared
 * somewhere else.
 */
void reader_search_begin(struct reader *reader, bool backward);
bool reader_search(struct reader *reader, const char *pattern);
void reader_search_cancel(
    struct reader *reader); /* back to where reader_search_begin() was called */
/* What is wrong with the pattern, in a few words; "": nothing. */
const char *reader_search_problem(const struct reader *reader);
bool reader_has_hit(const struct reader *reader);
bool reader_search_next(struct reader *reader, int steps,
                        bool *wrapped); /* -1: against direction */
void reader_search_clear(struct reader *reader);
const char *reader_pattern(const struct reader *reader); /* "" where there is none */

/* ---- where one is, for the status line ------------------------------------------------------- */

/* Appends "article 12 %", "quote 1 of 11 · Okafor 1 of 4", "thread 74 of 91", "/word 3 of 17". */
void reader_where(struct reader *reader, struct buffer *out);

/* The signs that panes are drawn with, by number: appends one as it looks by the settings, and
 * returns what it means; NULL: no more of them. */
const char *reader_sign(const struct reader *reader, size_t number, struct buffer *out);

/* Appends a comment's head: "Mara Lindqvist · author  2 h  14 points". */
void reader_write_head(const struct reader *reader, uint32_t comment, struct buffer *out);

/* Something worth a line that the last move did ("unfolded 2 comments"); "" if nothing. */
const char *reader_notice(const struct reader *reader);

/* Work that may be done while nobody types: counting hits. True while there is more. */
bool reader_work(struct reader *reader);
bool reader_has_work(const struct reader *reader);

#endif
