/*
 * analyse: who said what. Finds quotations and who speaks them, people, organisations and places
 * with all their mentions, and passages of comments that repeat the article or another comment.
 *
 * The result is flat arrays of ranges beside the text, in order of their start; nothing is changed
 * in the text. All offsets are bytes of the source's text (for a document: of its pool).
 * Time and memory are linear in the text. No failure but out of memory.
 */
#ifndef HEARSAY_ANALYSE_H
#define HEARSAY_ANALYSE_H

#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/document.h"

#define ENTITY_NONE UINT32_MAX

enum quote_kind {
    QUOTE_DIRECT,
    QUOTE_INDIRECT, /* "Kazemi said the talks ...": words of the speaker, not quoted */
    QUOTE_SCARE,    /* marks, but no speech: titles, nicknames, so-called things */
    QUOTE_KINDS
};

/* How sure a speaker is; a reader is shown no name below CONFIDENCE_LIKELY. */
enum confidence { CONFIDENCE_NONE, CONFIDENCE_GUESS, CONFIDENCE_LIKELY, CONFIDENCE_SURE };

struct quote {
    uint32_t comment;                /* where it stands; DOCUMENT_NONE: title or article */
    uint32_t first_span, span_count; /* in `spans`: after the opening mark to before the closing */
    uint32_t speaker;                /* index of an entity, or ENTITY_NONE */
    uint32_t partner;                /* who says it with the speaker ("Lee and Weyl said"), or
                                        ENTITY_NONE */
    struct range speaker_text;       /* the words that name the speaker here; empty: none */
    struct range cue; /* the words that say that somebody speaks ("said"); empty: none */
    uint32_t
        reach; /* the farthest end of this and all quotes before it; for annotations_quote_from() */
    float probability;  /* that the speaker is right, 0..1 */
    uint8_t kind;       /* enum quote_kind */
    uint8_t confidence; /* enum confidence, the class of `probability` */
};

enum entity_type { ENTITY_PERSON, ENTITY_ORGANIZATION, ENTITY_PLACE, ENTITY_OTHER, ENTITY_TYPES };

struct entity {
    struct range name;      /* the fullest name the text gives it, where it stands first */
    struct range role;      /* the title before or after a name ("U.S. Ambassador"); may be empty */
    uint32_t first_mention; /* index in `mentions` */
    uint32_t article_mentions, comment_mentions;
    uint32_t article_quotes, comment_quotes; /* direct ones, confidence LIKELY or better */
    uint8_t type;                            /* enum entity_type */
    uint8_t unnamed;                         /* a source without a name ("a spokesman") */
};

struct mention {
    uint32_t start, end;
    uint32_t entity;
    uint32_t comment; /* where it stands; DOCUMENT_NONE: title or article */
};

/*
 * A range of a comment that repeats an earlier range, of the article or of another comment. What is
 * looked back at has a limit, a table of 8 MiB with 2^20 places, one for every second word: enough
 * for some ten megabytes of text. The article never drops out of it; of the comments in a longer
 * thread the older ones do, here and there, and what repeats only those is not found.
 */
struct passage {
    uint32_t start, end;               /* in the comment */
    uint32_t target_start, target_end; /* what it repeats */
    uint32_t comment, target_comment;  /* target DOCUMENT_NONE: the article */
};

/* A name by which a comment speaks to the writer of an earlier one: "@Carl", "SEAL: ...". */
struct reply {
    uint32_t start, end;              /* the name */
    uint32_t comment, target_comment; /* the latest one of that author before it */
};

struct annotations {
    VECTOR(struct quote) quotes; /* by start of the first span */
    VECTOR(struct range) spans;
    VECTOR(struct entity) entities;  /* by weight, heaviest first */
    VECTOR(struct mention) mentions; /* by start */
    VECTOR(struct passage) passages; /* by start */
    VECTOR(struct reply) replies;    /* by start */
};

/*
 * What is analysed: a text and its paragraphs. A document gives its pool and blocks; --annotate
 * gives a bare text. Paragraphs are in order and do not overlap; text outside them is not looked
 * at.
 */
struct analyse_paragraph {
    uint32_t start, end;
    uint32_t comment; /* DOCUMENT_NONE: title or article */
    uint8_t kind;     /* enum block_kind; code is skipped */
    uint8_t is_title;
};

struct analyse_comment { /* for replies by name; may be absent */
    struct range name;
};

struct analyse_source {
    const char *text; /* valid UTF-8 */
    uint32_t length;  /* bytes */
    const struct analyse_paragraph *paragraphs;
    uint32_t paragraph_count;
    const struct analyse_comment *comments;
    uint32_t comment_count;
};

/* Fills `result` (zeroed or released before). */
void analyse_source(const struct analyse_source *source, struct annotations *result);

/* The same for a whole document: title, article and comments. */
void analyse_document(const struct document *document, struct annotations *result);

/* The same for a text without structure: paragraphs are parted by newlines; the first is taken as
 * a headline if it is short, has no end mark and a blank line follows. */
void analyse_text(const char *text, uint32_t length, struct annotations *result);

/*
 * Applies corrections by hand: lines "join NAME = NAME", "split NAME = MENTION", "type NAME =
 * TYPE", "drop NAME", comments with "#". A line that is wrong costs that line and is a problem with
 * file and line. Entities are numbered anew; quotes keep their numbers. O(lines * size).
 */
void annotations_correct(struct annotations *annotations, const char *text,
                         const struct corrections *corrections, struct problems *problems);

/* The same for one line alone. False: it is wrong, and `error` says how. */
bool annotations_correct_line(struct annotations *annotations, const char *text, const char *line,
                              struct error *error);

/* What a correction can begin with, and whether an "=" and something follow the name; NULL: no more
 * of them. */
const char *correction_verb(size_t index, bool *has_value);

void annotations_release(struct annotations *annotations);

/* ---- finding; binary searches, O(log n) --------------------------------------------- */

/* The first quote / mention / passage that ends after byte `place`; the count where none does.
 * (Nested quotes stand after the one they are in.) */
uint32_t annotations_quote_from(const struct annotations *annotations, uint32_t place);
uint32_t annotations_mention_from(const struct annotations *annotations, uint32_t place);
uint32_t annotations_passage_from(const struct annotations *annotations, uint32_t place);

/* A quote's place: from the start of its first span to the end of its last one. */
struct range quote_extent(const struct annotations *annotations, uint32_t quote);

const char *
entity_type_name(enum entity_type type);           /* "person", "organization", "place", "other" */
const char *quote_kind_name(enum quote_kind kind); /* "direct", "indirect", "scare" */

#endif
