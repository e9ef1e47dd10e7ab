/*
 * What the files that find names share: capitals.c tells which words may be part of one, runs.c how
 * far one goes, names.c where it falls apart.
 */
#ifndef ANALYSE_NAMES_H
#define ANALYSE_NAMES_H

#include "counts.h"
#include "internal.h"

#define CLASS_PLACE (LEX_PLACE | LEX_COUNTRY | LEX_REGION | LEX_CITY)
#define CLASS_GIVEN (LEX_FEMALE | LEX_MALE)
#define CLASS_HEAD  (LEX_ORG_HEAD | LEX_PLACE_HEAD | LEX_OTHER_HEAD | LEX_GROUP | LEX_GROUP_NOUN)
#define CLASS_NAMED (CLASS_PLACE | CLASS_GIVEN | LEX_SURNAME | LEX_ORGANISATION | LEX_FAMOUS)

struct finder {
    struct analysis *a;
    struct counts *capital;  /* how often a word stands with a capital where it need not */
    struct counts *small;    /* how often it stands without */
    struct counts *surnames; /* words that end a full name of a person */
    const struct paragraph *paragraph;
};

/* Adds the window's words to `capital` and `small`. */
void capital_count_words(struct finder *f);

/* Whether a capital at this token is the writer's choice: not after a mark, a colon, a bullet. */
bool capital_is_free(const struct analysis *a, uint32_t token);

bool capital_is(const struct analysis *a,
                uint32_t token); /* a word with a capital that may be a name's */
bool capital_is_ordinary(const struct analysis *a, uint32_t token); /* one of the ordinary words */

/* Whether a name may begin at `token`, and whether one goes on there. */
bool capital_starts_name(const struct finder *f, uint32_t token);
bool capital_goes_on(const struct finder *f, uint32_t token);

/* The end of the longest entry of the lexicon of these classes, of two words or more, that begins
 * at `token`; `token` where there is none. */
uint32_t capital_entry_end(const struct finder *f, uint32_t token, uint64_t classes);

/* The end of the run of capitals, with the small words inside it, that begins at `first`. */
uint32_t name_run_end(const struct finder *f, uint32_t first);

#endif
