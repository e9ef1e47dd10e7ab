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
    RULE_CONTINUES,     /* "...," X said. "..." */
    RULE_ADJOINS,       /* "..." "...," X said */
    RULE_OPENS_NEXT,    /* the paragraph after begins with a quotation and has no cue */
    RULE_SUBJECT,       /* X paused. "..." */
    RULE_GAP,           /* the last speaker, some paragraphs ago */
    RULES
};

struct rule_fact {
    const char *form;
    float probability; /* that the speaker is right, where the words that name him are clear */
};

extern const struct rule_fact rule_facts[RULES];

#endif
