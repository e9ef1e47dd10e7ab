/*
 * What can be seen of a name and around it, as numbers: first the features that have a name here
 * and a weight by hand in types.c, then hashed ones ("the word before is 'near'") that only the
 * trained model knows.
 */
#ifndef ANALYSE_SEEN_H
#define ANALYSE_SEEN_H

#include "internal.h"

#define FEATURES(X)                                                                                \
    X(BIAS)                                                                                        \
    X(COUNTRY)       /* the whole name is a country */                                             \
    X(PLACE)         /* ... a place of our own list or a region */                                 \
    X(CITY)          /* ... a city */                                                              \
    X(CITY_ORDINARY) /* ... a city, a given name or an ordinary word too */                        \
    X(ORGANISATION)  /* ... an organisation */                                                     \
    X(FAMOUS)        /* ... a famous person */                                                     \
    X(GIVEN_FIRST)   /* two words or more, and the first is a given name */                        \
    X(GIVEN_STRONG)  /* ... and no place, no ordinary word */                                      \
    X(GIVEN_ALONE)                                                                                 \
    X(SURNAME_LAST) /* two words or more */                                                        \
    X(SURNAME_ALONE)                                                                               \
    X(HEAD_ORG) /* the last word, or the one before "of" */                                        \
    X(HEAD_PLACE)                                                                                  \
    X(HEAD_OTHER)                                                                                  \
    X(HEAD_GROUP)                                                                                  \
    X(FIRST_ORG)   /* the first word is one of organisations: "Ministry", "Bank" */                \
    X(FIRST_PLACE) /* "Lake", "Mount", "Fort" */                                                   \
    X(NATION_FIRST)                                                                                \
    X(PLACE_FIRST)  /* the first word is a place: "Boston Globe" */                                \
    X(PLACE_LAST)   /* the last word is one: "Bank of England" */                                  \
    X(TITLE)        /* a title stands before it */                                                 \
    X(TITLE_STRONG) /* ... with a dot or a capital */                                              \
    X(TITLE_INSIDE)                                                                                \
    X(SUFFIX)  /* "Jr." */                                                                         \
    X(COMPANY) /* "Inc." */                                                                        \
    X(INITIAL) /* "John F. Kennedy" */                                                             \
    X(PARTICLE)                                                                                    \
    X(ACRONYM)  /* one word of capitals */                                                         \
    X(DATELINE) /* "AMMAN, Jordan (AP)" */                                                         \
    X(DOTTED)   /* "U.N." */                                                                       \
    X(MIXED)    /* "YouTube" */                                                                    \
    X(DIGIT)                                                                                       \
    X(AMPERSAND)                                                                                   \
    X(OF_INSIDE)                                                                                   \
    X(AND_INSIDE)                                                                                  \
    X(ONE) /* words */                                                                             \
    X(TWO)                                                                                         \
    X(THREE)                                                                                       \
    X(MANY)                                                                                        \
    X(ALL_ORDINARY) /* every word is an ordinary one */                                            \
    X(ALL_WORDS)    /* every word is one, be it a rare one */                                      \
    X(NONE_ORDINARY)                                                                               \
    X(INITIAL_PLACE) /* its capital may be the sentence's */                                       \
    X(THE)           /* "the" before it */                                                         \
    X(IN)            /* "in", "at", "near" */                                                      \
    X(FROM)          /* "from", "to", "across" */                                                  \
    X(OF)                                                                                          \
    X(BY)                                                                                          \
    X(WITH)                                                                                        \
    X(ROLE_BEFORE)       /* "striker", "his wife" */                                               \
    X(PLACE_WORD_BEFORE) /* "the city of" */                                                       \
    X(GROUP_BEFORE)      /* "the company" */                                                       \
    X(SAY_AFTER)                                                                                   \
    X(SAID_AFTER) /* a verb that is nothing else: "said", "told" */                                \
    X(SAY_BEFORE)                                                                                  \
    X(WHO_AFTER)                                                                                   \
    X(AGE_AFTER)  /* ", 45," */                                                                    \
    X(BORN_AFTER) /* "(born", "(1912" */                                                           \
    X(ROLE_AFTER) /* ", the chairman", ", a painter" */                                            \
    X(POSSESSIVE_AFTER)                                                                            \
    X(GROUP_AFTER)        /* "officials", "government", "spokesman" */                             \
    X(NOUN_AFTER)         /* another small word that is a noun of persons */                       \
    X(VERB_AFTER)         /* "has", "was", "will": a subject */                                    \
    X(COMMA_PLACE_AFTER)  /* ", Texas" */                                                          \
    X(COMMA_PLACE_BEFORE) /* "Dayton," before "Ohio" */                                            \
    X(BRACKET_ACRONYM)    /* "(WHO)" after it */                                                   \
    X(IN_BRACKETS)                                                                                 \
    X(LABEL) /* "WALLACE: ..." */                                                                  \
    X(SHOUTED)                                                                                     \
    X(TITLE_CASE)                                                                                  \
    X(IN_COMMENT)                                                                                  \
    X(AT_SIGN)                                                                                     \
    X(QUOTED_ALONE)         /* all that stands between two marks */                                \
    X(LIST_NEIGHBOUR_PLACE) /* ", Iran and" */                                                     \
    X(AND_NEXT)                                                                                    \
    X(SPEAKS)      /* it touches a verb of saying that touches a quotation */                      \
    X(SAID_IT)     /* "said it would" */                                                           \
    X(WHICH_AFTER) /* ", which" */                                                                 \
    X(SHARES_OF)   /* "shares of" */                                                               \
    X(ROLE_AT)     /* "an analyst at" */

enum feature {
#define X(name) FEATURE_##name,
    FEATURES(X)
#undef X
        FEATURE_COUNT
};

#define FEATURES_MOST  128
#define FEATURE_HASHES 32768 /* hashed features are numbered FEATURE_COUNT ... + this */

struct features {
    uint16_t ids[FEATURES_MOST];
    uint32_t count;
};

/* Fills `features` for name `index`. */
void features_of(const struct analysis *a, uint32_t index, struct features *features);

#endif
