/*
 * Where names stand.
 *
 * A name is a run of capitals, with small words inside it that belong ("University of Leeds",
 * "Ludwig van Beethoven", "Procter & Gamble"), and without what only stands by it:
 *
 *      Yesterday former U.S. Ambassador Ryan Crocker's aides left the Ministry of Health.
 *                       ~~~~~~~~~~~~~~~ ============                  ==================
 *                       title           name                          name
 *
 * Which words may be part of one is told in capitals.c, how far one goes in runs.c; here it falls
 * apart. Three questions make it hard. Is a capital at a sentence's start a name? (If the word is
 * ordinary and the document never writes it so elsewhere, no.) Is a capital in a headline one?
 * (Only if the word is known, or met as a name in the text.) And where does a run fall apart?
 * ("Ohio Gov. Kasich": at the title; "British Prime Minister Tony Blair": the nation and the title
 * are his role; "Iranian Embassy": the nation is part of the name.) The types are told later, in
 * types.c.
 */
#include <stdlib.h>

#include "names.h"

/* ---- where a run falls apart ----------------------------------------------------------------- */

static void push_name(struct finder *f, uint32_t title_first, uint32_t first, uint32_t end)
{
    struct analysis *a = f->a;
    while (end > first && !capital_is(a, end - 1) && !token_has(a, end - 1, SHAPE_NUMBER))
        end--;
    if (first >= end)
        return;
    struct name name = {.first = first,
                        .end = end,
                        .title_first = title_first,
                        .title_end = first,
                        .entity = NONE,
                        .type = ENTITY_OTHER};
    name.initial = !capital_is_free(a, title_first);
    for (uint32_t i = title_first; i < first; i++)
        if (token_kind(a, i)->sex != SEX_UNKNOWN && token_is(a, i, LEX_TITLE | LEX_ROLE))
            name.sex = token_kind(a, i)->sex;
    vector_push(&a->names, name);
}

/* Whether token `at` of the run [first, end) is a title for what follows it in the run. */
static bool is_title_in(const struct analysis *a, uint32_t first, uint32_t at, uint32_t end)
{
    if (!token_is(a, at, LEX_TITLE) || at + 1 >= end)
        return false;
    if (token_is(a, end - 1, LEX_ORG_HEAD | LEX_PLACE_HEAD) && !token_is(a, end - 1, LEX_SURNAME) &&
        !token_has(a, at, SHAPE_DOTTED))
        return false;
    if (token_is(a, at, CLASS_GIVEN) && at > first && at + 2 == end &&
        token_is(a, at - 1, LEX_TITLE) && !token_has(a, at, SHAPE_DOTTED) &&
        !token_among(a, at - 1, " sergeant sgt brigadier brig lance drum "))
        return false; /* "Attorney General Dean Marsh" */
    if (token_among(
            a, at,
            " king prince dean judge major pope bishop cook baker mason page knight marshal ") &&
        at > first && token_is(a, at - 1, CLASS_GIVEN) &&
        !token_is(a, at - 1, LEX_TITLE | LEX_TITLE_MOD))
        return false;
    return !token_is(a, at + 1, LEX_OTHER_HEAD | LEX_SUFFIX) && !token_word(a, at + 1, "of") &&
           !token_word(a, at + 1, "for");
}

/* "Secretary of State", "Minister of Foreign Affairs": the end of a title that goes on with "of".
 */
static uint32_t title_with_of(const struct analysis *a, uint32_t at, uint32_t end)
{
    if (!token_is(a, at, LEX_TITLE) || at + 2 >= end || !token_among(a, at + 1, " of for "))
        return at;
    uint32_t next = at + 2;
    while (
        next < end &&
        token_among(a, next,
                    " state defense defence foreign affairs treasury the interior health education "
                    "energy commerce labor justice staff agriculture finance homeland security "))
        next++;
    while (next < end && next < at + 6 &&
           (token_is(a, next, CLASS_PLACE) || token_among(a, next, " the new united ")) &&
           !(next > at + 2 && token_is(a, next, CLASS_GIVEN) && !token_is(a, next, LEX_COUNTRY)))
        next++;
    return next > at + 2 && next < end ? next : at;
}

/* The last title in the run that a name follows: the index after it, or `first`. */
static uint32_t titles_end(const struct analysis *a, uint32_t first, uint32_t end)
{
    uint32_t found = first;
    for (uint32_t i = first; i + 1 < end; i++) {
        uint32_t of = title_with_of(a, i, end);
        if (of > i)
            found = of;
        else if (is_title_in(a, first, i, end))
            found = i + 1;
    }
    return found;
}

/* Where the title proper begins in [first, end): what stands before it may be a name ("Ohio",
 * "CBS"). */
static uint32_t title_start(const struct analysis *a, uint32_t first, uint32_t end)
{
    uint32_t start = end;
    for (uint32_t length = 4; length > 1 && start == end; length--) /* "Chief Financial Officer" */
        if (end - first >= length &&
            lexicon_kind(tokens_kind(a, end - length, end))->classes & LEX_TITLE)
            start -= length;
    while (start > first &&
           token_is(a, start - 1,
                    LEX_TITLE | LEX_TITLE_MOD | LEX_NATION | LEX_FUNCTION | LEX_LANGUAGE))
        start--;
    if (start > first && token_is(a, start, LEX_ORG_HEAD | LEX_GROUP) &&
        !token_is(a, start, LEX_TITLE))
        start += start + 1 < end;
    return start;
}

/* Leading nations of a person's name: "American Tim Robbins". */
static uint32_t pass_nations(const struct analysis *a, uint32_t first, uint32_t end)
{
    uint32_t at = first;
    while (at + 1 < end && token_is(a, at, LEX_NATION | LEX_LANGUAGE) &&
           !token_is(a, at, LEX_PLACE | LEX_FEMALE | LEX_MALE))
        at++;
    bool person =
        end - at >= 2 && token_is(a, at, CLASS_GIVEN) && !token_is(a, end - 1, CLASS_HEAD);
    return person ? at : first;
}

static bool is_only_nation(const struct analysis *a, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        bool place = token_is(a, i, LEX_COUNTRY | LEX_ORGANISATION) ||
                     (token_is(a, i, LEX_PLACE) && token_has(a, i, SHAPE_UPPER | SHAPE_DOTTED));
        if (place || !token_is(a, i, LEX_NATION | LEX_LANGUAGE | LEX_FUNCTION | LEX_TITLE_MOD))
            return false;
    }
    return true;
}

static void split_run(struct finder *f, uint32_t first, uint32_t end)
{
    const struct analysis *a = f->a;
    if (end - first > 1 &&
        token_among(a, end - 1,
                    " democrat republican democrats republicans senator native resident ") &&
        token_is(a, end - 2, CLASS_PLACE))
        end--; /* "the Dayton Democrat" */
    uint32_t titles = titles_end(a, first, end);
    while (titles == first && first + 2 < end && token_is(a, first, LEX_TITLE_MOD) &&
           !token_is(a, first, CLASS_NAMED) && token_is(a, first + 1, CLASS_GIVEN) &&
           !token_is(a, end - 1, CLASS_HEAD))
        titles = ++first; /* "Senior Ann Lee" */
    if (titles > first) {
        uint32_t start = title_start(a, first, titles);
        if (start > first && !is_only_nation(a, first, start))
            push_name(f, first, first, start);
        for (uint32_t i = start; i < titles; i++) /* "U.S. Ambassador": a place in a title */
            if (token_is(a, i, LEX_PLACE | LEX_COUNTRY) &&
                !token_is(a, i, LEX_TITLE | LEX_TITLE_MOD))
                push_name(f, i, i, i + 1);
        push_name(f, start, titles, end);
        return;
    }
    uint32_t start = pass_nations(a, first, end);
    if (end - start == 1 && token_is(a, start, LEX_TITLE | LEX_TITLE_MOD | LEX_ROLE) &&
        !token_is(a, start, CLASS_NAMED & ~LEX_SURNAME) &&
        !counts_get(f->surnames, a->tokens.items[start].hash))
        return;
    if (is_only_nation(a, start, end) ||
        (end - start == 1 && token_is(a, start, LEX_LANGUAGE | LEX_SUFFIX)))
        return;
    push_name(f, start, start, end);
}

static void find_in_paragraph(struct finder *f)
{
    const struct analysis *a = f->a;
    for (uint32_t i = f->paragraph->first; i < f->paragraph->end;) {
        if (!capital_starts_name(f, i)) {
            i++;
            continue;
        }
        uint32_t end = name_run_end(f, i);
        bool article = i > f->paragraph->first && !token_has(a, i, SHAPE_FIRST) &&
                       token_has(a, i, SHAPE_SPACE) && token_is(a, i - 1, LEX_PARTICLE) &&
                       token_among(a, i - 1, " al el bin ibn abu von van ") &&
                       !token_has(a, i - 1, SHAPE_CAPITAL);
        split_run(f, article ? i - 1 : i, end); /* "al Sadr" */
        i = end;
    }
}

/* Titles in small letters just before a name: "former president Bill Clinton", "actress Meg Ryan".
 */
static void take_small_titles(struct analysis *a)
{
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        struct name *name = &a->names.items[n];
        uint32_t at = name->title_first;
        while (at > 0 && token_has(a, at - 1, SHAPE_WORD) && !token_has(a, at, SHAPE_FIRST) &&
               token_has(a, at, SHAPE_SPACE) && name->title_first - at < 6 &&
               a->name_at[at - 1] == NONE && !token_has(a, at - 1, SHAPE_POSSESSIVE) &&
               token_is(a, at - 1, LEX_TITLE | LEX_TITLE_MOD | LEX_NATION | LEX_ROLE) &&
               !token_is(a, at - 1, LEX_FUNCTION))
            at--;
        bool tells = false;
        for (uint32_t i = at; i < name->title_first; i++) {
            tells = tells || token_is(a, i, LEX_TITLE | LEX_ROLE);
            if (token_is(a, i, LEX_TITLE | LEX_ROLE) && token_kind(a, i)->sex)
                name->sex = token_kind(a, i)->sex;
        }
        if (tells)
            name->title_first = at;
    }
}

/* Words that end what is surely a person's full name: "Julia Child". */
static void note_surnames(struct finder *f)
{
    const struct analysis *a = f->a;
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        uint32_t last = name->end - 1, words = name->end - name->first;
        bool given = token_is(a, name->first, CLASS_GIVEN) && !token_is(a, name->first, LEX_COMMON);
        bool person = words > 1 && words < 4 && (given || name->title_end > name->title_first);
        if (person && !token_is(a, last, CLASS_HEAD | LEX_SUFFIX | LEX_FUNCTION | CLASS_PLACE))
            *counts_put(f->surnames, a->tokens.items[last].hash) += 1;
    }
}

static void find_names(struct finder *f)
{
    struct analysis *a = f->a;
    a->names.count = a->kept.names;
    for (uint32_t p = 0; p < a->paragraphs.count; p++) {
        f->paragraph = &a->paragraphs.items[p];
        find_in_paragraph(f);
    }
}

void analyse_names(struct analysis *a)
{
    struct finder f = {.a = a,
                       .capital = &a->known[KNOWN_CAPITAL],
                       .small = &a->known[KNOWN_SMALL],
                       .surnames = &a->known[KNOWN_FULL_NAMES]};
    capital_count_words(&f);
    find_names(&f);
    note_surnames(&f);
    find_names(&f); /* again, now that surnames are known where their capital says nothing */
    a->name_at = analyse_token_table(a);
    for (uint32_t n = a->kept.names; n < a->names.count; n++)
        for (uint32_t i = a->names.items[n].first; i < a->names.items[n].end; i++)
            a->name_at[i] = n;
    take_small_titles(a);
}
