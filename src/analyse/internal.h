/*
 * What the files of this room share. One analysis runs through them in this order:
 *
 *      text -> tokens -> sentences -> marks -> names -> types -> entities
 *                                       \                          |
 *                                        `-> sources -> cues -> speakers -> resolve -> result
 *      and, apart from all that, comments -> passages
 *
 * Everything is an array in `struct analysis`, indexed by 32-bit numbers; nobody owns anything
 * else. A long text goes through the steps window by window (window.c), each of many comments; what
 * the document has told so far is in the tables, and the entities met stand before the window's
 * own.
 */
#ifndef ANALYSE_INTERNAL_H
#define ANALYSE_INTERNAL_H

#include "hearsay/analyse.h"

#include "counts.h"
#include "lexicon.h"

#define NONE UINT32_MAX

/* ---- tokens (tokens.c, sentences.c) ---------------------------------------------------------- */

/* What a token is; exactly one of the first five, then what it looks like. */
enum shape {
    SHAPE_WORD = 1,
    SHAPE_NUMBER = 2, /* begins with a digit: "27", "1,300", "10th", "27-year" */
    SHAPE_PUNCT = 4,  /* one character that is none of the others */
    SHAPE_MARK = 8,   /* a quotation mark, or an apostrophe that stands alone */
    SHAPE_LINK = 16,  /* an address, "@somebody", "#something" */
    SHAPE_CAPITAL = 32,
    SHAPE_UPPER = 64,       /* all letters are capitals, and there are two or more */
    SHAPE_SPACE = 128,      /* a blank stands before it */
    SHAPE_FIRST = 256,      /* begins a sentence */
    SHAPE_POSSESSIVE = 512, /* "'s", or the "'" of "boys'" */
    SHAPE_DOTTED = 1024,    /* an abbreviation with its dot: "Mr.", "U.S.", "F." */
    SHAPE_QUOTED = 2048,    /* inside an outermost quotation */
    SHAPE_MIXED = 4096,     /* "iPhone", "McCain" */
    SHAPE_HYPHEN = 8192,
    SHAPE_QUOTE_EDGE = 16384 /* an opening or closing mark of a quotation that was found */
};

struct token {
    uint32_t start;
    uint32_t hash;     /* of the folded word, for equality; 0 never */
    uint32_t sentence; /* index */
    uint16_t length;   /* bytes */
    uint16_t kind;     /* of the lexicon */
    uint16_t shape;    /* enum shape */
    uint16_t folded;   /* for punctuation its code point (0 where over 65535); else 0 */
};

/* How a paragraph is written, which decides what a capital means there. */
enum casing { CASING_NORMAL, CASING_TITLE, CASING_SHOUTED };

struct paragraph {
    uint32_t first, end; /* tokens */
    uint32_t comment;
    uint8_t casing;
    uint8_t is_title;
    uint8_t foreign; /* not in English, see foreign.c */
};

struct sentence {
    uint32_t first, end; /* tokens */
    uint32_t paragraph;
};

/* ---- quotations (marks.c) -------------------------------------------------------------------- */

/* One stretch between marks, within one paragraph. */
struct span {
    uint32_t open, close; /* tokens of the marks; the words lie in [first, end) */
    uint32_t first, end;  /* tokens; may be empty */
    uint32_t quote;       /* index in `utterances` */
    uint32_t paragraph;
    uint32_t outer;    /* span it is nested in, or NONE */
    uint8_t single;    /* single marks */
    uint8_t continues; /* goes on from the paragraph before */
    uint8_t unclosed;
};

/* What makes a speaker: see the table in speakers.c. */
struct utterance {
    uint32_t source; /* index in `sources`, or NONE */
    uint32_t cue;    /* index in `cues`, or NONE */
    uint32_t entity; /* or NONE */
    uint32_t into;   /* the utterance that it turned out to be part of, or NONE */
    float probability;
    uint8_t kind; /* enum quote_kind */
    uint8_t rule; /* enum rule */
};

/* Words of somebody that are told without marks: "Kazemi said the talks ...". */
struct indirect {
    uint32_t first, end; /* tokens */
    uint32_t cue;
};

/* ---- names (names.c, types.c, entities.c) ---------------------------------------------------- */

/* A name where it stands. */
struct name {
    uint32_t first, end;             /* tokens */
    uint32_t title_first, title_end; /* the titles before it; empty: none */
    uint32_t entity;                 /* or NONE */
    uint8_t type;                    /* enum entity_type */
    uint8_t sure;                    /* 0..100: how sure the type is */
    uint8_t initial;                 /* begins a sentence, so that its capital says little */
    uint8_t sex;
};

/* What a document knows about an entity. */
struct profile {
    uint32_t first_name; /* index of the name that gives the entity its own: the fullest */
    uint32_t names;      /* how many */
    uint32_t role_first, role_end; /* tokens of the fullest title, or of an appositive */
    uint64_t groups[2];            /* roles it has had, a bit each */
    uint16_t places[4];            /* countries that its roles tell of */
    uint8_t place_count;
    uint8_t type;
    uint8_t sex;
    uint8_t unnamed;
    uint8_t entity_is_speaker; /* has spoken so far */
    uint32_t source;           /* of an unnamed one */
    uint32_t weight;           /* in windows that are done: names and quotations */
};

/* Roles by the lexicon's groups, of which 0 is none: an entity has none of that. */
static inline bool profile_has_group(const struct profile *p, uint8_t group)
{
    return group && (p->groups[group / 64 % 2] >> (group % 64) & 1);
}

static inline void profile_add_group(struct profile *p, uint8_t group)
{
    if (group)
        p->groups[group / 64 % 2] |= UINT64_C(1) << (group % 64);
}

/* ---- sources and cues (sources.c, cues.c) ---------------------------------------------------- */

enum source_kind { SOURCE_NAME, SOURCE_PRONOUN, SOURCE_NOMINAL };

/* A noun phrase that could speak. */
struct source {
    uint32_t first, head, end; /* tokens; the head is the noun ("envoy"), [first, end) all of it */
    uint32_t name;             /* index of the name, or NONE */
    uint32_t entity;           /* resolved, or NONE */
    uint32_t partner;          /* source that speaks with it ("Lee and Weyl said"), or NONE */
    uint8_t kind;
    uint8_t plural;
    uint8_t sex;
    uint8_t oblique; /* follows a preposition or is a possessive: no subject */
    uint8_t speaks;  /* a quotation or indirect speech is its */
    float sure;      /* that `entity` is right, 0..1 */
};

enum cue_kind { CUE_VERB, CUE_WEAK_VERB, CUE_ACCORDING, CUE_COLON, CUE_DASH };

/* Words that say that somebody speaks, with who it is. */
struct cue {
    uint32_t first, end; /* tokens */
    uint32_t source;     /* index, or NONE */
    uint8_t kind;
    uint8_t inverted; /* "said X" */
};

/* Tables of what a document has told so far. */
enum known {
    KNOWN_CAPITAL,      /* words: how often with a capital where it need not be */
    KNOWN_SMALL,        /* how often without */
    KNOWN_FULL_NAMES,   /* words that end what looks like somebody's full name */
    KNOWN_ALIKE,        /* names as they are written: index in `ballots` + 1 */
    KNOWN_SURNAMES,     /* words that end a person's name */
    KNOWN_COMPANIES,    /* words that begin a company's name */
    KNOWN_ABBREVIATED,  /* initials: type of the name they stand for + 1 */
    KNOWN_WHOLE,        /* names as they are written, and place numbers: entity + 1 */
    KNOWN_LAST_WORDS,   /* last words of persons' names: entity + 1 */
    KNOWN_PARTS,        /* the other words of them */
    KNOWN_SPELLINGS,    /* last words of persons' full names without vowels: entity + 1 */
    KNOWN_INITIALS,     /* of names of several words: entity + 1 */
    KNOWN_DESCRIPTIONS, /* of sources without a name: entity + 1 */
    KNOWN_TABLES
};

/* The votes on names that are written alike. */
struct ballot {
    int votes[ENTITY_TYPES];
};

struct analysis {
    const char *text;
    const struct analyse_source *input;
    uint32_t first_paragraph, end_paragraph; /* of `input`: the window */
    struct counts known[KNOWN_TABLES];
    VECTOR(struct ballot) ballots;
    bool is_transcript; /* has been one so far */
    struct {
        uint32_t tokens, names, sources; /* that stand before those of the window */
    } kept;
    VECTOR(struct token) tokens;
    VECTOR(struct paragraph) paragraphs;
    VECTOR(struct sentence) sentences;
    VECTOR(struct span) spans;
    VECTOR(struct utterance) utterances;
    VECTOR(struct name) names;
    VECTOR(struct profile) profiles;
    VECTOR(struct source) sources;
    VECTOR(struct cue) cues;
    VECTOR(struct indirect) indirect;
    uint32_t *name_at;   /* a token's name, or NONE */
    uint32_t *source_at; /* a token's source, or NONE */
    uint32_t *span_at;   /* the innermost span that a token (marks included) is in, or NONE */
};

/* ---- helpers --------------------------------------------------------------------------------- */

static inline const struct lexicon_kind *token_kind(const struct analysis *a, uint32_t token)
{
    return lexicon_kind(a->tokens.items[token].kind);
}

static inline bool token_is(const struct analysis *a, uint32_t token, uint64_t classes)
{
    return (token_kind(a, token)->classes & classes) != 0;
}

static inline bool token_has(const struct analysis *a, uint32_t token, unsigned shapes)
{
    return (a->tokens.items[token].shape & shapes) != 0;
}

static inline uint32_t token_end(const struct analysis *a, uint32_t token)
{
    return a->tokens.items[token].start + a->tokens.items[token].length;
}

static inline bool token_punct(const struct analysis *a, uint32_t token, uint16_t character)
{
    const struct token *t = &a->tokens.items[token];
    return (t->shape & SHAPE_PUNCT) && t->folded == character;
}

/* Whether the token is this word; `folded` in lower case. */
bool token_word(const struct analysis *a, uint32_t token, const char *folded);

/* Whether it is one of the words of `list`, which are parted by blanks and stand between blanks. */
bool token_among(const struct analysis *a, uint32_t token, const char *list);

/* The lexicon's kind of tokens [first, end) as one entry of several words; 0: none. */
uint16_t tokens_kind(const struct analysis *a, uint32_t first, uint32_t end);

/* A hash of the folded words of [first, end), dots and hyphens off. Never 0. */
uint64_t tokens_hash(const struct analysis *a, uint32_t first, uint32_t end);
uint64_t word_hash(const char *word, uint32_t length); /* the same of one word */

/* The initials of a name of several words ("World Health Organization"), as tokens_hash() gives for
 * them as one word
 * ("WHO"); 0: none. */
uint64_t name_initials(const struct analysis *a, const struct name *name);

/* The bytes of [first, end); empty where no token is. */
struct range tokens_range(const struct analysis *a, uint32_t first, uint32_t end);

/* Makes paragraphs of a bare text (see analyse_text()) and sets them in `source`; the caller frees
 * them. */
struct analyse_paragraph *analyse_split(struct analyse_source *source);

/* A table with an entry a token, NONE all of them; the caller frees. */
uint32_t *analyse_token_table(const struct analysis *a);

/* Makes `a` ready for the windows of `source`. */
void analyse_begin(struct analysis *a, const struct analyse_source *source);
void analyse_release(struct analysis *a);

/* Chooses a window that begins where the last one ended; false: all is done. */
bool analyse_next_window(struct analysis *a);
/* Forgets the window but for what its entities are called. */
void analyse_keep(struct analysis *a);

/* ---- steps, in order ------------------------------------------------------------------------- */

void analyse_tokens(struct analysis *a);
void analyse_foreign(struct analysis *a); /* called by analyse_sentences() */
void analyse_sentences(struct analysis *a);
void analyse_marks(struct analysis *a);
void analyse_names(struct analysis *a);
void analyse_types(struct analysis *a);
void analyse_entities(struct analysis *a);
void analyse_sources(struct analysis *a);
void analyse_cues(struct analysis *a);
void analyse_speakers(struct analysis *a);
void analyse_indirect(struct analysis *a);
void analyse_resolve(struct analysis *a);
void analyse_kinds(struct analysis *a);
void analyse_passages(const struct analyse_source *source, struct annotations *result);
void analyse_replies(const struct analyse_source *source, struct annotations *result);
/* Adds what the window has; speakers and entities are numbers of profiles. */
void analyse_result(struct analysis *a, struct annotations *result);
/* Adds the entities, by weight, and numbers whatever names them. */
void analyse_finish(struct analysis *a, struct annotations *result);

/* ---- entities of annotations (order.c) ------------------------------------------------------- */

/* Counts mentions and quotations for the entities anew. */
void annotations_count(struct annotations *annotations);
/* Sorts the entities, the heaviest first, leaves out those that weigh nothing, and numbers whatever
 * names them anew. `weights`: one for each. */
void annotations_order(struct annotations *annotations, const uint32_t *weights);

#endif
