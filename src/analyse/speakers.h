/* The rules that give a quotation its speaker; what each is worth is the table in speakers.c. */
#ifndef ANALYSE_SPEAKERS_H
#define ANALYSE_SPEAKERS_H

#include "internal.h"

enum rule {
    RULE_NONE,
    RULE_AFTER_SUBJECT, /* "...," X said */
    RULE_AFTER_VERB,    /* "...," said X */
    RULE_AFTER_UNKNOWN, /* "...," X grinned */
    RULE_DASH,          /* "..." -- X */
    RULE_BEFORE_COLON,  /* X said: "..." */
    RULE_BEFORE_COMMA,  /* X said, "..." */
    RULE_COLON,         /* X made it clear: "..." */
    RULE_TRANSCRIPT,    /* X: "..." */
    RULE_ACCORDING,     /* according to X, "..." */
    RULE_INSIDE,        /* X said that the "..." was */
    RULE_INSIDE_WEAK,   /* X called the "..." */
    RULE_TAIL,          /* the "..." would help, X said */
    RULE_STRANGER,      /* "...," chanted the mob: nobody we know */
    RULE_CONTINUES,     /* "...," X said. "..." */
    RULE_ADJOINS,       /* "..." "...," X said */
    RULE_OPENS_NEXT,    /* the paragraph after begins with a quotation and has no cue */
    RULE_SAID_BEFORE,   /* No, X said. "..." */
    RULE_TOLD_ABOVE,    /* X described it in a letter. / "..." */
    RULE_SUBJECT,       /* X paused. "..." */
    RULE_GAP,           /* the last speaker, some paragraphs ago */
    RULES
};

struct rule_fact {
    const char *form;
    float probability; /* that the speaker is right, where the words that name him are clear */
};

extern const struct rule_fact rule_facts[RULES];

#define REACH 30 /* tokens between a quotation and its cue */
#define CUES_MOST                                                                                  \
    12 /* that are looked at, so that a sentence of nothing but cues costs no more                 \
        */

/* One quotation with what stands around it. */
struct view {
    struct analysis *a;
    uint32_t index; /* span */
    const struct span *span;
    const struct paragraph *paragraph;
    uint32_t before; /* token after the last one before the opening mark: [.., before) */
    uint32_t after;  /* token behind the closing mark */
    uint32_t floor;  /* sentence start before it, or the end of the quotation before, whichever is
                        later */
};

/* ---- attribution.c: what touches a quotation, and the rest of its sentence ------------------- */

/* The first cue that begins at `token` or later. */
uint32_t speaker_cue_from(const struct analysis *a, uint32_t token);

/* Gives the view's quotation a speaker. */
void speaker_settle(struct view *v, uint32_t source, uint32_t cue, enum rule rule);

/* Whether a source is a person's name. */
bool speaker_is_person(const struct analysis *a, uint32_t source);

/* Whether a token is in no quotation. */
bool speaker_outside(const struct analysis *a, uint32_t token);

/* Whether the words inside end so that the sentence goes on behind the mark; what stands there. */
bool speaker_leads_on(const struct view *v);
uint32_t speaker_skip_commas(const struct view *v, uint32_t at);

/* The rules: each settles the quotation and returns true, or does nothing and returns false. */
bool speaker_try_after(struct view *v);
bool speaker_try_unknown_verb(struct view *v);
bool speaker_try_dash(struct view *v);
bool speaker_try_before(struct view *v);
bool speaker_try_according(struct view *v);
bool speaker_try_inside(struct view *v);
bool speaker_try_tail(struct view *v);

/* The first source in [first, end) that may be a subject; NONE: none. */
uint32_t speaker_first_subject(const struct analysis *a, uint32_t first, uint32_t end);

/* cues.c: "the envoy, Ryan Crocker, ...": the name that a description is followed by; NONE: none.
 */
uint32_t speaker_named_after(const struct analysis *a, uint32_t source);

/* Whether a verb of saying has the form of a sentence's verb: "says", "said". */
bool speaker_looks_finite(const struct analysis *a, uint32_t token);

#endif
