/*
 * The plain-text importer's own types. One pass follows another over one array of lines:
 *
 *      lines.c       where each line starts, how far it is indented
 *      shapes.c      is this line an attribution?
 *      marks.c       all of the text's -> marks
 *      split.c       which marks are the comments', where does the article end
 *      gather.c      marks of other shapes between them; dates below, titles above
 *      nesting.c     how deep does each comment stand
 *      paragraphs.c  runs of lines -> blocks
 *      text.c        title and byline; feeds the builder
 *      stream.c      the same for long texts, piece by piece
 *
 * All offsets are bytes of the text in `lines`, below 4 GiB: the input, or a piece of it. Bad UTF-8
 * may come in pieces; the builder cleans it.
 */
#ifndef IMPORT_TEXT_H
#define IMPORT_TEXT_H

#include "hearsay/base.h"
#include "hearsay/document.h"
#include "hearsay/import.h"

struct line {
    uint32_t start,
        end;         /* first byte that is not a blank or a quote mark, and after the last one */
    uint16_t indent; /* columns before `start`, quote marks not counted; tabs to the next 8 */
    uint8_t quote;   /* ">" marks before it */
    uint8_t flags;   /* enum line_flag */
};

enum line_flag {
    LINE_HARD = 1, /* two blanks at its end: the break is meant */
    LINE_DROP = 2, /* not reading matter: navigation, an attribution's second line */
};

struct lines {
    const char *text;
    struct line *items;
    uint32_t count;
};

static inline bool line_is_blank(const struct line *line)
{
    return line->start == line->end;
}

/* Columns from the left edge, a quote mark counting as four. */
static inline uint32_t line_column(const struct line *line)
{
    return line->indent + 4u * line->quote;
}

void lines_split(struct lines *lines, const char *text, uint32_t length);
void lines_release(struct lines *lines);

/* The next line >= `from` (or the last one <= `from`) that is not blank; lines->count if none. */
uint32_t lines_next(const struct lines *lines, uint32_t from);
uint32_t lines_previous(const struct lines *lines, uint32_t from);
uint32_t lines_blank_above(const struct lines *lines, uint32_t line); /* blank lines in a row */

/* ---- words ----------------------------------------------------------------------------------- */

/* A stretch of the input, trimmed and cut as one goes. */
struct span {
    const char *start, *end;
};

static inline struct span line_span(const struct lines *lines, uint32_t line)
{
    return (struct span){lines->text + lines->items[line].start,
                         lines->text + lines->items[line].end};
}

static inline char byte_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static inline bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A letter, a digit, or part of a character that is not ASCII. */
static inline bool byte_is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte_is_digit(byte) ||
           (byte & 0x80);
}

/* A word of a table, with its length: most lines are asked for all of them. */
struct word {
    const char *text;
    uint8_t length;
};
#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static inline size_t span_length(struct span span)
{
    return (size_t)(span.end - span.start);
}

static inline bool span_is_empty(struct span span)
{
    return span.start >= span.end;
}

bool span_is(struct span span, const char *word);           /* ASCII case does not count */
bool span_ends(struct span span, const char *word);         /* ... and a word begins there */
bool span_cut_separator(struct span *span);                 /* one dash or bullet, off an end */
bool span_starts(struct span span, const char *word);       /* ... and a word ends there */
unsigned span_words(struct span span);                      /* parted by blanks */
struct span span_trim(struct span span, const char *bytes); /* ASCII bytes, off both ends */
struct span span_trim_blanks(struct span span);             /* no-break spaces too */
struct span span_trim_separators(struct span span);         /* blanks, dashes, bars, bullets ... */

/* Cuts a lead ("posted by") off the front; 0, or which kind. */
enum lead { LEAD_NONE, LEAD_BY, LEAD_POSTED_BY, LEAD_DATE };
enum lead span_cut_lead(struct span *span);
bool span_cut_verb(struct span *span);    /* "says", "schrieb" off the end */
void span_cut_tail(struct span *span);    /* "on", "posted at" off the end */
void span_cut_address(struct span *span); /* from "http://" to the end */
void span_cut_mail(struct span *span);    /* a mail address off the front, if more follows */
bool span_cut_image(struct span *span);   /* "[ae9]", "[IMG]" off the front: a word in brackets */

bool words_are_navigation(struct span span); /* a line that is only "Reply", "Like", "[ae9]" ... */
bool words_are_footer(struct span span);     /* "Leave a reply", "Comments are closed" */
bool words_are_pingback(struct span *span);  /* cuts "Pingback:" off */

/* "Comments (35)", "12 thoughts on ..."; `*count` is -1 where none is said. */
bool words_are_heading(struct span span, int64_t *count);

bool span_begins_name(struct span span); /* with a letter, a digit, or what nicknames begin with */
bool span_has_letter(struct span span);

/* Could this be somebody's name? `words`: how many at most. */
bool words_are_name(struct span span, unsigned words);

/* ---- attributions ---------------------------------------------------------------------------- */

enum marker { MARKER_NONE, MARKER_NUMBER, MARKER_BARE, MARKER_BULLET };

enum order { ORDER_NAME_DATE, ORDER_DATE_NAME, ORDER_NAME, ORDER_DATE };

/* A line that may say who wrote the text around it. */
struct mark {
    uint32_t line, last;           /* the lines it takes: more than one if the date stands below */
    uint32_t name_start, name_end; /* bytes of the input; a wrapped name holds a newline */
    int64_t time;
    uint32_t number; /* of its list marker, 0 if none */
    uint32_t column; /* where its marker or first word stands */
    uint32_t depth;  /* set by nesting.c */
    uint8_t marker, lead, order;
    bool verb, date, clock, zone_unknown, date_below, pingback;
    bool titled; /* its first line is the comment's own title */
    bool trail;  /* "Reply" on the same line */
};

typedef VECTOR(struct mark) mark_vector;

/* Cuts "12." or a bullet off the front. `*number` is set if it is a number. */
enum marker span_cut_marker(struct span *span, uint32_t *number);
bool span_has_digit(struct span span);
bool span_mentions_date(struct span span); /* perhaps: it has a digit or the word "ago" */

/* Takes the lines [first, last] apart as one. False: no attribution. */
bool mark_read(const struct lines *lines, uint32_t first, uint32_t last, struct mark *mark);

/*
 * Finds every line that could be an attribution, in order. Linear. Where a thread of numbered names
 * is known, and at which columns its marks stand, long lines that begin elsewhere and without a
 * number need no closer look: `columns` has true for those worth it, or is NULL.
 */
enum { MARK_COLUMNS = 4400 };
void marks_find(const struct lines *lines, const bool *columns, mark_vector *marks);

/* The kinds of attribution, best first; the row a mark belongs to. */
struct shape {
    const char *name;
    uint8_t order, lead, verb, date, clock, marker; /* what it must have, or SHAPE_ANY */
    uint8_t weight;                                 /* of one such line as evidence */
    uint8_t with_sign,
        without; /* how many there must be, with a sign that comments begin; or not */
};
enum { SHAPE_ANY = 255, SHAPE_NEVER = 255, SHAPES = 14 };
extern const struct shape shapes[SHAPES];

unsigned shape_of(const struct mark *mark); /* SHAPES if none */

/* Lines that are nothing but a name, for texts in which nothing else was found. */
void marks_find_names(const struct lines *lines, mark_vector *marks);

/* ---- where the article ends ------------------------------------------------------------------ */

struct split {
    uint32_t article_end;  /* first line that is not the article's */
    uint32_t comments_end; /* first line that is no comment's any more */
    bool after;            /* a body stands above its attribution */
    int64_t stated;        /* the count in the heading, or -1 */
    unsigned shape;        /* of the family; SHAPES: none */
    mark_vector family;    /* its marks: without those that were gathered around them */
};

/* Keeps of `marks` those that are comments; none left: everything is article. */
void split_find(struct lines *lines, mark_vector *marks, struct split *split);
void split_release(struct split *split);

bool mark_in_family(const struct mark *mark, unsigned shape);

/* The first line of what follows the comments: a form, links to other articles. */
uint32_t lines_footer(const struct lines *lines, uint32_t from);

/*
 * Numbered names must count up, each with a text of its own before the next number. Keeps of
 * `marks` those that do; the text of the last one ends at line `end`. May be called for piece after
 * piece of one text, or begin with a mark that is known to be the first.
 */
struct sequence {
    uint32_t *last; /* number, by column; NULL before the first piece */
    size_t kept;
    uint32_t column; /* of the first */
};
void sequence_begin(struct sequence *sequence, const struct mark *first);
void sequence_keep(struct sequence *sequence, const struct lines *lines, mark_vector *marks,
                   uint32_t end);
void sequence_release(struct sequence *sequence);

/* Adds to `result`, in order, the marks of the family and those of `all` that are comments between
 * them; gives them the dates that stand below bodies, and their titles. */
struct family {
    struct lines *lines;
    const mark_vector *all, *kept;
    const mark_vector *hosts; /* those that say where marks of the thread stand: a sample */
    unsigned shape;
    bool after;
    bool titles;         /* look for titles too */
    uint32_t start, end; /* lines of the comments */
};
void gather_marks(const struct family *family, mark_vector *result);

/* Sets the marks' depths. What was learnt of one piece of a text is good for the next. */
struct nesting {
    uint32_t *slots; /* NULL before the first piece */
    struct column *records;
    size_t record_count, record_capacity;
    VECTOR(uint32_t) open; /* columns of the comments around */
    uint32_t before;       /* column of the last mark */
};
void nesting_find(struct nesting *nesting, const struct lines *lines, bool after,
                  mark_vector *marks);
/* Learns only. */
void nesting_survey(struct nesting *nesting, const struct lines *lines, const mark_vector *marks);
void nesting_release(struct nesting *nesting);

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Columns at which the text's paragraphs were wrapped; 0 if they were not. */
uint32_t paragraphs_width(const struct lines *lines);

struct passage {
    uint32_t first, end; /* lines */
    uint32_t wrap;       /* see paragraphs_width() */
    bool comment;        /* navigation lines are left out */
    bool mail;           /* ... but not here; what follows "-- " is the signature */
};

/* Adds the lines as blocks to the current item. */
void paragraphs_build(const struct lines *lines, struct passage passage, struct builder *builder);

/* ---- feeding the builder --------------------------------------------------------------------- */

/* A text, or its beginning, and what was found out about it. */
struct reading {
    struct lines lines;
    mark_vector marks;
    struct split split;
    uint32_t wrap;
};

void reading_begin(struct reading *reading, const char *text, uint32_t length);
void reading_release(struct reading *reading);

/* Title, byline, the article. */
void reading_build_article(struct reading *reading, struct builder *builder);

/* The lines [first, end), which begin with the first of `marks` unless bodies stand above. */
struct comments {
    struct lines *lines;
    mark_vector *marks;
    uint32_t first, end;
    bool after;
    uint32_t wrap;
};
void comments_build(const struct comments *comments, struct builder *builder);

/* A long text, whose beginning of `window` bytes says who speaks and how: the rest is read in
 * pieces. False: it does not say, and nothing was built. */
struct stream_sizes {
    size_t window, piece;
};
bool text_stream_by(const struct import_input *input, const struct import_watch *watch,
                    struct builder *builder, struct stream_sizes sizes);

#endif
