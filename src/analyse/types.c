/*
 * Person, organisation, place, or something else?
 *
 * A vote of everything that can be seen (seen.h), each voice with a weight for each type: those in
 * the table below by hand, and those of the trained model (data/model.tsv) if there is one. Then
 * the document has its say: all names that are written alike share their votes, so that a clear
 * place to read a name decides for the unclear ones; and a word that ends a person's full name is
 * that person wherever it stands alone, unless the place itself says something else loudly.
 */
#include <stdlib.h>

#include "counts.h"
#include "seen.h"
#include "types.h"

#include "model.inc"

/* Weights by hand: person, organisation, place, other. */
static const struct {
    uint8_t feature;
    int16_t weight[ENTITY_TYPES];
} hand[] = {
    {FEATURE_BIAS, {0, 0, 0, 5}},
    {FEATURE_COUNTRY, {-20, -10, 60, 0}},
    {FEATURE_PLACE, {-15, -5, 45, 0}},
    {FEATURE_CITY, {-5, 0, 30, 0}},
    {FEATURE_CITY_ORDINARY, {0, 0, 8, 0}},
    {FEATURE_ORGANISATION, {-15, 50, -10, 0}},
    {FEATURE_FAMOUS, {30, 0, 0, 0}},
    {FEATURE_GIVEN_FIRST, {20, 0, 0, 0}},
    {FEATURE_GIVEN_STRONG, {15, 0, 0, 0}},
    {FEATURE_GIVEN_ALONE, {15, 0, 0, 0}},
    {FEATURE_SURNAME_LAST, {15, 0, 0, 0}},
    {FEATURE_SURNAME_ALONE, {12, 0, 0, 0}},
    {FEATURE_HEAD_ORG, {-30, 45, 0, 0}},
    {FEATURE_HEAD_PLACE, {-15, 0, 30, 0}},
    {FEATURE_HEAD_OTHER, {-20, 0, 0, 35}},
    {FEATURE_HEAD_GROUP, {-15, 15, 0, 0}},
    {FEATURE_FIRST_ORG, {-10, 15, 0, 0}},
    {FEATURE_FIRST_PLACE, {-10, 0, 18, 0}},
    {FEATURE_NATION_FIRST, {-10, 10, 0, 5}},
    {FEATURE_PLACE_FIRST, {-5, 8, 3, 0}},
    {FEATURE_PLACE_LAST, {-5, 3, 5, 0}},
    {FEATURE_TITLE, {50, -10, -15, -10}},
    {FEATURE_TITLE_STRONG, {15, 0, 0, 0}},
    {FEATURE_SUFFIX, {40, 0, 0, 0}},
    {FEATURE_COMPANY, {-20, 60, 0, 0}},
    {FEATURE_INITIAL, {25, 0, 0, 0}},
    {FEATURE_PARTICLE, {10, 0, 0, 0}},
    {FEATURE_ACRONYM, {-5, 18, 0, 0}},
    {FEATURE_DATELINE, {-20, -10, 50, 0}},
    {FEATURE_DOTTED, {-5, 10, 5, 0}},
    {FEATURE_MIXED, {5, 10, 0, 0}},
    {FEATURE_DIGIT, {-20, 0, 0, 15}},
    {FEATURE_AMPERSAND, {-70, 60, 0, 0}},
    {FEATURE_OF_INSIDE, {-15, 10, 0, 8}},
    {FEATURE_AND_INSIDE, {-10, 10, 0, 5}},
    {FEATURE_ONE, {0, 0, 0, 5}},
    {FEATURE_TWO, {10, 0, 0, 0}},
    {FEATURE_THREE, {0, 5, 0, 0}},
    {FEATURE_MANY, {-10, 5, 0, 5}},
    {FEATURE_ALL_ORDINARY, {-7, 3, 0, 8}},
    {FEATURE_ALL_WORDS, {-3, 2, 0, 4}},
    {FEATURE_NONE_ORDINARY, {12, 4, 5, -8}},
    {FEATURE_BORN_AFTER, {25, 0, 0, 0}},
    {FEATURE_INITIAL_PLACE, {0, 0, 0, 6}},
    {FEATURE_THE, {-20, 12, 0, 8}},
    {FEATURE_IN, {-10, 0, 18, 0}},
    {FEATURE_FROM, {0, 0, 6, 0}},
    {FEATURE_BY, {5, 2, -3, 0}},
    {FEATURE_ROLE_BEFORE, {20, 0, -5, 0}},
    {FEATURE_PLACE_WORD_BEFORE, {-10, -5, 25, 0}},
    {FEATURE_SAY_AFTER, {18, 7, 0, -5}},
    {FEATURE_SAID_AFTER, {18, 8, 0, -18}},
    {FEATURE_SAY_BEFORE, {10, 3, 0, 0}},
    {FEATURE_WHO_AFTER, {25, 0, 0, 0}},
    {FEATURE_AGE_AFTER, {30, 0, 0, 0}},
    {FEATURE_ROLE_AFTER, {12, 0, 0, 0}},
    {FEATURE_POSSESSIVE_AFTER, {2, 0, 0, -3}},
    {FEATURE_GROUP_AFTER, {-3, 8, 3, 0}},
    {FEATURE_VERB_AFTER, {4, 0, 0, 0}},
    {FEATURE_COMMA_PLACE_AFTER, {0, -5, 15, 0}},
    {FEATURE_BRACKET_ACRONYM, {-15, 30, 0, 5}},
    {FEATURE_LIST_NEIGHBOUR_PLACE, {0, 0, 8, 0}},
    {FEATURE_LABEL, {60, 0, 0, 0}},
    {FEATURE_QUOTED_ALONE, {0, 0, 0, 20}},
    {FEATURE_SPEAKS, {45, 25, -10, -40}},
    {FEATURE_SAID_IT, {-20, 45, 0, 0}},
    {FEATURE_WHICH_AFTER, {-30, 15, 5, 5}},
    {FEATURE_SHARES_OF, {-20, 60, -20, 0}},
    {FEATURE_ROLE_AT, {-10, 35, 0, 0}},
};

typedef int votes[ENTITY_TYPES];

void types_by_hand(int16_t weights[FEATURE_COUNT][ENTITY_TYPES])
{
    for (size_t i = 0; i < FEATURE_COUNT; i++)
        for (size_t type = 0; type < ENTITY_TYPES; type++)
            weights[i][type] = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(hand); i++)
        for (size_t type = 0; type < ENTITY_TYPES; type++)
            weights[hand[i].feature][type] = hand[i].weight[type];
}

static void vote(const struct features *f, int16_t weights[FEATURE_COUNT][ENTITY_TYPES],
                 int *result)
{
    for (size_t type = 0; type < ENTITY_TYPES; type++)
        result[type] = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        unsigned id = f->ids[i];
        const int8_t *learnt = &model_weights[(size_t)id * ENTITY_TYPES];
        for (size_t type = 0; type < ENTITY_TYPES; type++)
            result[type] +=
                (id < FEATURE_COUNT ? weights[id][type] * HAND_SCALE : 0) + learnt[type];
    }
}

static unsigned best_of(const int *result)
{
    unsigned best = 0;
    for (unsigned type = 1; type < ENTITY_TYPES; type++)
        if (result[type] > result[best])
            best = type;
    return best;
}

/* How far the best is ahead of the second. */
static int lead_of(const int *result, unsigned best)
{
    int second = INT32_MIN;
    for (unsigned type = 0; type < ENTITY_TYPES; type++)
        if (type != best && result[type] > second)
            second = result[type];
    return result[best] - second;
}

static bool is_country(const struct analysis *a, uint32_t n)
{
    const struct name *name = &a->names.items[n];
    uint16_t kind = name->end - name->first == 1 ? a->tokens.items[name->first].kind
                                                 : tokens_kind(a, name->first, name->end);
    return lexicon_kind(kind)->classes & LEX_COUNTRY;
}

/* ---- the document's say ---------------------------------------------------------------------- */

/* The votes of all names that are written like this one. */
static struct ballot *ballot_of(struct analysis *a, uint32_t n)
{
    const struct name *name = &a->names.items[n];
    uint32_t *number = counts_put(&a->known[KNOWN_ALIKE], tokens_hash(a, name->first, name->end));
    if (*number == 0) {
        vector_push(&a->ballots, (struct ballot){{0}});
        *number = (uint32_t)a->ballots.count;
    }
    return &a->ballots.items[*number - 1];
}

/* The last words of persons' full names, and given names before them. */
static void note_surnames(const struct analysis *a, struct counts *surnames)
{
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        if (name->type != ENTITY_PERSON || name->end - name->first < 2)
            continue;
        uint32_t last = name->end - 1;
        if (token_is(a, last, LEX_SUFFIX) && last > name->first + 1)
            last--;
        *counts_put(surnames, a->tokens.items[last].hash) += 1;
        if (token_is(a, name->first, LEX_FEMALE | LEX_MALE)) /* "Constance", after Constance Pell */
            *counts_put(surnames, a->tokens.items[name->first].hash) += 1;
        if (name->end - name->first > 2)
            *counts_put(surnames, a->tokens.items[last - 1].hash) += 1;
    }
}

/* A known place stays one where it stands like one, though somebody has it as surname: "in Paris".
 */
static bool stays_place(const struct analysis *a, const struct name *name)
{
    if (!token_is(a, name->first, LEX_COUNTRY | LEX_PLACE | LEX_CITY | LEX_REGION))
        return false;
    bool speaks = name->end < a->tokens.count && token_is(a, name->end, LEX_SAY);
    if (speaks)
        return false;
    if (token_is(a, name->first, LEX_COUNTRY) || name->first == 0)
        return true;
    return token_among(a, name->first - 1, " in at near ") ||
           (name->end < a->tokens.count && token_punct(a, name->end, ','));
}

/* A word that ends a full name of a person is that person, where it stands alone. */
static void spread_surnames(struct analysis *a)
{
    struct counts *surnames = &a->known[KNOWN_SURNAMES];
    note_surnames(a, surnames);
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        struct name *name = &a->names.items[n];
        bool alone = name->end - name->first == 1;
        bool place = name->type == ENTITY_PLACE && stays_place(a, name);
        if (alone && name->type != ENTITY_PERSON && !place &&
            counts_get(surnames, a->tokens.items[name->first].hash))
            name->type = ENTITY_PERSON;
    }
}

/* "Timex" after "Timex Inc.": what a company's name begins with is the company, unless it is
 * somebody. */
static void spread_companies(struct analysis *a)
{
    struct counts *firsts = &a->known[KNOWN_COMPANIES];
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        bool company = name->end - name->first > 1 && name->type == ENTITY_ORGANIZATION &&
                       token_is(a, name->end - 1, LEX_ORG_HEAD) &&
                       !token_is(a, name->first,
                                 LEX_PLACE | LEX_COUNTRY | LEX_CITY | LEX_REGION | LEX_NATION |
                                     LEX_COMMON | LEX_ORG_HEAD);
        if (company)
            *counts_put(firsts, a->tokens.items[name->first].hash) = 1;
    }
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        struct name *name = &a->names.items[n];
        bool alone = name->end - name->first == 1 && name->title_first == name->title_end;
        if (alone && counts_get(firsts, a->tokens.items[name->first].hash))
            name->type = ENTITY_ORGANIZATION;
    }
}

/* "WHO" is of the type of "World Health Organization". */
static void spread_initials(struct analysis *a)
{
    struct counts *initials = &a->known[KNOWN_ABBREVIATED];
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        bool thing = name->type == ENTITY_ORGANIZATION || name->type == ENTITY_PLACE;
        uint64_t key = thing && name->end - name->first > 1 ? name_initials(a, name) : 0;
        if (key)
            *counts_put(initials, key) = name->type + 1u;
    }
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        struct name *name = &a->names.items[n];
        if (name->end - name->first != 1 || !token_has(a, name->first, SHAPE_UPPER) ||
            token_is(a, name->first, LEX_COUNTRY | LEX_PLACE))
            continue;
        uint32_t type = counts_get(initials, tokens_hash(a, name->first, name->end));
        if (type)
            name->type = (uint8_t)(type - 1);
    }
}

/* The type of a name by its own votes and those of its like, and how sure that is. */
static void decide(struct analysis *a, uint32_t n, const int *own)
{
    int result[ENTITY_TYPES];
    const struct ballot *alike = ballot_of(a, n);
    unsigned first = best_of(own);
    for (size_t type = 0; type < ENTITY_TYPES; type++)
        result[type] = own[type] + alike->votes[type] * 4;
    unsigned best = best_of(result);
    if (best == ENTITY_ORGANIZATION && is_country(a, n))
        best = ENTITY_PLACE; /* also where it stands for its government */
    if (best != first && lead_of(own, first) > 60 * HAND_SCALE)
        best = first;
    a->names.items[n].type = (uint8_t)best;
    int sure = lead_of(result, best) / HAND_SCALE;
    a->names.items[n].sure = (uint8_t)(sure > 100 ? 100 : sure < 0 ? 0 : sure);
}

void analyse_types(struct analysis *a)
{
    int16_t weights[FEATURE_COUNT][ENTITY_TYPES];
    uint32_t first = a->kept.names;
    types_by_hand(weights);
    votes *own = xcalloc(a->names.count - first + 1, sizeof *own);
    for (uint32_t n = first; n < a->names.count; n++) {
        struct features f;
        features_of(a, n, &f);
        vote(&f, weights, own[n - first]);
        struct ballot *alike = ballot_of(a, n);
        for (size_t type = 0; type < ENTITY_TYPES; type++)
            alike->votes[type] += own[n - first][type] / 8;
    }
    for (uint32_t n = first; n < a->names.count; n++)
        decide(a, n, own[n - first]);
    spread_companies(a);
    spread_initials(a);
    spread_surnames(a);
    free(own);
}
