/*
 * The lexicon: what is known about a word (or a few words) before it is read in a text.
 *
 * The lists are in data/; tools/lexicon.c makes them a constant table when the program is built.
 * Keys are folded: lower case, accents off (see fold.c).
 */
#ifndef ANALYSE_LEXICON_H
#define ANALYSE_LEXICON_H

#include <stddef.h>
#include <stdint.h>

/* The classes, and their names in data/. An entry may be of several. */
#define LEXICON_CLASSES(X)                                                                         \
    X(FUNCTION, "function")                                                                        \
    X(PREPOSITION, "preposition")                                                                  \
    X(PRONOUN, "pronoun") /* that may be a subject */                                              \
    X(ARTICLE, "article")                                                                          \
    X(NUMBER, "number")                                                                            \
    X(CALENDAR, "calendar")                                                                        \
    X(LANGUAGE, "language") /* and other words that are capitalised and name nobody */             \
    X(ABBREVIATION, "abbreviation")                                                                \
    X(TITLE, "title")                                                                              \
    X(TITLE_MOD, "title-mod")                                                                      \
    X(ROLE, "role")                                                                                \
    X(GROUP_PERSON, "group-person")                                                                \
    X(GROUP, "group")                                                                              \
    X(ORG_HEAD, "org-head")                                                                        \
    X(PLACE_HEAD, "place-head")                                                                    \
    X(OTHER_HEAD, "other-head")                                                                    \
    X(ORGANISATION, "organisation")                                                                \
    X(PLACE, "place")                                                                              \
    X(COUNTRY, "country")                                                                          \
    X(REGION, "region")                                                                            \
    X(CITY, "city")                                                                                \
    X(NATION, "nation")                                                                            \
    X(PARTICLE, "particle")                                                                        \
    X(SUFFIX, "suffix")                                                                            \
    X(SAY, "say")       /* "said", "says": finite */                                               \
    X(SAYING, "saying") /* "saying" */                                                             \
    X(SPEAK, "speak")   /* "called", "criticised": finite, weaker */                               \
    X(SPEAKING, "speaking")                                                                        \
    X(INDIRECT, "indirect") /* may introduce indirect speech */                                    \
    X(SCARE, "scare")                                                                              \
    X(ADVERB, "adverb")                                                                            \
    X(FEMALE, "female")                                                                            \
    X(MALE, "male")                                                                                \
    X(SURNAME, "surname")                                                                          \
    X(FAMOUS, "famous")                                                                            \
    X(PERSON_NOUN, "person-noun")                                                                  \
    X(GROUP_NOUN, "group-noun")                                                                    \
    X(COMMON, "common")   /* ordinary words, the more frequent */                                  \
    X(WORD, "word")       /* ordinary words, the less frequent */                                  \
    X(OPENER, "")         /* the first word of an entry of several words */                        \
    X(FOREIGN, "foreign") /* small words of other languages */

enum lexicon_bit {
#define X(name, list) LEXICON_BIT_##name,
    LEXICON_CLASSES(X)
#undef X
        LEXICON_BITS
};

#define X(name, list) static const uint64_t LEX_##name = UINT64_C(1) << LEXICON_BIT_##name;
LEXICON_CLASSES(X)
#undef X

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

/* What one entry says; entries that say the same share it. */
struct lexicon_kind {
    uint64_t classes;
    uint16_t place; /* equal for a country and its people; 0: none */
    uint8_t sex;    /* enum sex */
    uint8_t
        group; /* equal for roles that may name the same person ("envoy", "ambassador"); 0: none */
};

/* The hash of folded bytes; start with LEXICON_SEED, go on with what was returned. */
#define LEXICON_SEED UINT64_C(0xcbf29ce484222325)

static inline uint64_t lexicon_hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001b3);
}

static inline uint64_t lexicon_hash_end(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0xd6e8feb86659fd93);
    hash ^= hash >> 32;
    return hash;
}

/* The kind of the entry with this (ended) hash; 0 where there is none. */
uint16_t lexicon_find(uint64_t hash);

extern const struct lexicon_kind lexicon_kinds[]; /* private */

/* Kind 0 says nothing. */
static inline const struct lexicon_kind *lexicon_kind(uint16_t kind)
{
    return &lexicon_kinds[kind];
}

/* The group of the roles that tell nothing ("man", "student"). */
uint8_t lexicon_group_person(void);

/* For tests: looks up a folded string. */
const struct lexicon_kind *lexicon_look(const char *folded);

#endif
