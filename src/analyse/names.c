/*
 * Where names stand.
 *
 * A name is a run of capitals, with small words inside it that belong ("University of Leeds",
 * "Ludwig van Beethoven", "Procter & Gamble"), and without what only stands by it:
 *
 *      Yesterday former U.S. Ambassador Ryan Crocker's aides left the Ministry of Health and
 * Labour.
 *                       ~~~~~~~~~~~~~~~ ============                  =============================
 *                       title           name                          name
 *
 * Three questions make it hard. Is a capital at a sentence's start a name? (If the word is ordinary
 * and the document never writes it so elsewhere, no.) Is a capital in a headline one? (Only if the
 * word is known, or met as a name in the text.) And where does a run fall apart? ("Ohio Gov.
 * Kasich": at the title; "British Prime Minister Tony Blair": the nation and the title are his
 * role; "Iranian Embassy": the nation is part of the name.) The types are told later, in types.c.
 */
#include <stdlib.h>

#include "counts.h"
#include "internal.h"

#define RUN_LONGEST 16 /* tokens; longer runs are cut */

#define CLASS_PLACE (LEX_PLACE | LEX_COUNTRY | LEX_REGION | LEX_CITY)
#define CLASS_GIVEN (LEX_FEMALE | LEX_MALE)
#define CLASS_HEAD  (LEX_ORG_HEAD | LEX_PLACE_HEAD | LEX_OTHER_HEAD | LEX_GROUP | LEX_GROUP_NOUN)
#define CLASS_NAMED (CLASS_PLACE | CLASS_GIVEN | LEX_SURNAME | LEX_ORGANISATION | LEX_FAMOUS)

struct finder {
    struct analysis *a;
    struct counts capital; /* how often a word stands with a capital where it need not */
    struct counts small;   /* how often it stands without */
    struct counts surnames; /* words that end a full name of a person */
    const struct paragraph *paragraph;
};

/* ---- words of the document
 * ------------------------------------------------------------------------ */

/* Whether a capital at this token is the writer's choice: not after a mark, a colon, a bullet. */
static bool is_free_place(const struct analysis *a, uint32_t token)
{
    if (token_has(a, token, SHAPE_FIRST) || token == 0)
        return false;
    const struct token *before = &a->tokens.items[token - 1];
    return (before->shape & SHAPE_WORD) || (before->shape & SHAPE_NUMBER) ||
           ((before->shape & SHAPE_PUNCT) &&
            (before->folded == ',' || before->folded == '(' || before->folded == '&'));
}

static void count_words(struct finder *f)
{
    struct analysis *a = f->a;
    counts_init(&f->capital, a->tokens.count);
    counts_init(&f->small, a->tokens.count);
    for (uint32_t p = 0; p < a->paragraphs.count; p++) {
        const struct paragraph *paragraph = &a->paragraphs.items[p];
        if (paragraph->casing != CASING_NORMAL)
            continue;
        for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
            const struct token *t = &a->tokens.items[i];
            if (!(t->shape & SHAPE_WORD))
                continue;
            if (!(t->shape & SHAPE_CAPITAL))
                ++*counts_put(&f->small, t->hash);
            else if (is_free_place(a, i))
                ++*counts_put(&f->capital, t->hash);
        }
    }
}

static bool is_ordinary(const struct analysis *a, uint32_t token)
{
    return token_is(a, token, LEX_COMMON | LEX_WORD | LEX_FUNCTION | LEX_NUMBER);
}

/* ---- is this word part of a name?
 * --------------------------------------------------------------------- */

/* "Zurich-based", "U.S.-led": a describing word made of a name. */
static bool is_compound(const struct analysis *a, const struct token *t)
{
    if (!(t->shape & SHAPE_HYPHEN))
        return false;
    const char *text = a->text + t->start;
    uint32_t at = t->length;
    while (at > 0 && text[at - 1] != '-')
        at--;
    bool party = at == 2 && (text[0] == 'D' || text[0] == 'R'); /* "R-Ga." */
    return party || (at > 3 && text[at] >= 'a' && text[at] <= 'z');
}

static bool is_capital(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (is_compound(a, t))
        return false;
    if (!(t->shape & SHAPE_WORD) || (t->shape & SHAPE_POSSESSIVE))
        return false;
    return (t->shape & SHAPE_CAPITAL) || ((t->shape & SHAPE_MIXED) && t->length > 2);
}

/* A function word is never one, but for "US", "IT", "May" Smith and the like. */
static bool is_name_function(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (!token_is(a, token, LEX_FUNCTION))
        return true;
    return (t->shape & SHAPE_UPPER) && token_is(a, token, CLASS_PLACE | LEX_ORGANISATION);
}

static bool met_as_name(const struct finder *f, uint32_t token)
{
    uint32_t hash = f->a->tokens.items[token].hash;
    uint32_t capital = counts_get(&f->capital, hash), small = counts_get(&f->small, hash);
    return (capital > 0 && capital >= small) || counts_get(&f->surnames, hash) > 0;
}

/* The word at a sentence's start, whose capital says nothing. */
static bool first_is_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    bool followed = token + 1 < f->paragraph->end && is_capital(a, token + 1) &&
                    is_name_function(a, token + 1) && !token_is(a, token + 1, LEX_CALENDAR);
    if (token_has(a, token, SHAPE_DOTTED | SHAPE_UPPER | SHAPE_MIXED))
        return true;
    if (!is_ordinary(a, token) || met_as_name(f, token))
        return true;
    if (counts_get(&f->small, a->tokens.items[token].hash) > 0)
        return followed && token_is(a, token, LEX_TITLE);
    if (token_is(a, token, CLASS_PLACE | LEX_ORGANISATION) && !token_is(a, token, LEX_COMMON))
        return true;
    if (followed)
        return token_is(a, token,
                        CLASS_NAMED | LEX_TITLE | LEX_TITLE_MOD | LEX_NATION | LEX_ORG_HEAD);
    return token_is(a, token, CLASS_GIVEN | LEX_ORGANISATION | LEX_FAMOUS) && token + 1 < f->paragraph->end &&
           (token_is(a, token + 1, LEX_SAY) || token_has(a, token + 1, SHAPE_POSSESSIVE));
}

/* In a headline or among shouting a capital says nothing at all. */
static bool known_or_met(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    if (met_as_name(f, token))
        return true;
    if (f->paragraph->casing == CASING_TITLE && token_has(a, token, SHAPE_UPPER | SHAPE_DOTTED))
        return true;
    bool near =
        (token > f->paragraph->first && token_is(a, token - 1, CLASS_GIVEN | LEX_TITLE)) ||
        (token + 1 < f->paragraph->end && token_is(a, token + 1, LEX_SURNAME | CLASS_GIVEN));
    if (!is_ordinary(a, token))
        return f->paragraph->casing == CASING_TITLE || token_is(a, token, CLASS_NAMED) || near;
    return token_is(a, token, LEX_PLACE | LEX_COUNTRY | LEX_ORGANISATION) &&
           !token_is(a, token, LEX_COMMON);
}

/* "April Jones", but not "April 13". */
static bool calendar_is_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    return token_is(a, token, CLASS_GIVEN) && token + 1 < f->paragraph->end && is_capital(a, token + 1) &&
           !token_is(a, token + 1, LEX_CALENDAR | LEX_FUNCTION) && token_is(a, token + 1, LEX_SURNAME);
}

/* "Image: Ann Lee", "Note: ..." */
static bool is_label(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    return token + 1 < f->paragraph->end && token_punct(a, token + 1, ':') && is_ordinary(a, token) &&
           !token_has(a, token, SHAPE_UPPER) && !counts_get(&f->surnames, a->tokens.items[token].hash);
}

/* Looks for the longest entry of several words at `token`; its end, or `token`. */
static uint32_t entry_end(const struct finder *f, uint32_t token, uint64_t classes)
{
    const struct analysis *a = f->a;
    if (!token_is(a, token, LEX_OPENER))
        return token;
    uint32_t found = token;
    for (uint32_t end = token + 2; end <= token + 4 && end <= f->paragraph->end; end++) {
        if (!token_has(a, end - 1, SHAPE_WORD | SHAPE_NUMBER) || token_has(a, end - 1, SHAPE_FIRST))
            break;
        if (lexicon_kind(tokens_kind(a, token, end))->classes & classes)
            found = end;
    }
    return found;
}

static bool is_loud(const struct analysis *a, uint32_t token)
{
    return token_has(a, token, SHAPE_UPPER) && a->tokens.items[token].length > 3 && !token_has(a, token, SHAPE_DOTTED);
}

/* A capital says nothing in a headline, nor in a row of words in capitals: "MONTREAL TRADES FLOYD By ...". */
static bool says_nothing(const struct finder *f, uint32_t token)
{
    if (f->paragraph->casing != CASING_NORMAL)
        return true;
    if (!is_loud(f->a, token))
        return false;
    return (token > f->paragraph->first && is_loud(f->a, token - 1)) || (token + 1 < f->paragraph->end && is_loud(f->a, token + 1));
}

static bool starts_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    if (!is_capital(a, token) || !is_name_function(a, token) || is_label(f, token))
        return false;
    if (token_is(a, token, LEX_CALENDAR) && !calendar_is_name(f, token))
        return false;
    if (a->tokens.items[token].length == 1 && !token_has(a, token, SHAPE_DOTTED))
        return false;
    if (says_nothing(f, token))
        return known_or_met(f, token) || entry_end(f, token, CLASS_PLACE | LEX_ORGANISATION) > token;
    if (!is_free_place(a, token))
        return first_is_name(f, token);
    return true;
}

/* Whether the word and the one before it are written so differently that they are two names: "KAREN ROSEN Cox
 * News", or two countries: "... the U.S. Iran has been ..." */
static bool falls_apart(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token], *before = t - 1;
    if ((before->shape & SHAPE_DOTTED) && token_is(a, token - 1, LEX_PLACE | LEX_COUNTRY) && token_is(a, token, LEX_COUNTRY))
        return true;
    if (((t->shape ^ before->shape) & SHAPE_UPPER) == 0 || !(before->shape & SHAPE_CAPITAL))
        return false;
    const struct token *loud = t->shape & SHAPE_UPPER ? t : before;
    return loud->length > 4 && !(loud->shape & SHAPE_DOTTED) && !token_is(a, (uint32_t)(loud - a->tokens.items), LEX_ORGANISATION);
}

static bool goes_on_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    if (token >= f->paragraph->end || !token_has(a, token, SHAPE_SPACE) ||
        token_has(a, token, SHAPE_FIRST))
        return false;
    if (!is_capital(a, token) || !is_name_function(a, token) || is_label(f, token) || falls_apart(a, token))
        return false;
    if (token_is(a, token, LEX_CALENDAR) && !token_is(a, token - 1, CLASS_GIVEN))
        return false;
    return !says_nothing(f, token) || known_or_met(f, token);
}

/* ---- runs
 * ------------------------------------------------------------------------------------------------
 */

/* Whether the run so far has a word that "of" or "for" may follow inside a name. */
static bool takes_of(const struct analysis *a, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (token_is(a, i, CLASS_HEAD))
            return true;
    return false;
}

/* "Governor of New York | Ann Lee": whether a given name follows the place at `token`. */
static bool names_somebody(const struct finder *f, uint32_t token)
{
    uint32_t end = entry_end(f, token, CLASS_PLACE);
    if (end == token)
        end += token_is(f->a, token, CLASS_PLACE);
    return end > token && goes_on_name(f, end) && token_is(f->a, end, CLASS_GIVEN);
}

/* The small words at `at` that a name may hold; the token after them if the name goes on there,
 * else `at`. */
static uint32_t pass_connector(const struct finder *f, uint32_t first, uint32_t at)
{
    const struct analysis *a = f->a;
    if (at + 1 >= f->paragraph->end || token_has(a, at, SHAPE_FIRST))
        return at;
    if (token_punct(a, at, '&'))
        return goes_on_name(f, at + 1) ? at + 1 : at;
    if (!token_has(a, at, SHAPE_WORD) || token_has(a, at, SHAPE_CAPITAL))
        return at;
    if (token_is(a, at, LEX_PARTICLE) && !token_among(a, at, " y e ")) {
        uint32_t next = at + 1;
        while (next < at + 3 && next < f->paragraph->end && token_is(a, next, LEX_PARTICLE) &&
               !token_has(a, next, SHAPE_CAPITAL))
            next++;
        return goes_on_name(f, next) ? next : at;
    }
    if (!token_is(a, at, LEX_FUNCTION))
        return at;
    bool of = token_word(a, at, "of"), joins = token_among(a, at, " for on ");
    if (!of && !joins && !(token_word(a, at, "and")))
        return at;
    uint32_t next = at + 1;
    if (of && token_word(a, next, "the"))
        next++;
    if (!goes_on_name(f, next))
        return at;
    if (of && token_is(a, at - 1, LEX_TITLE) && (token_among(a, next, " state defense defence interior treasury ") ||
                                                 names_somebody(f, next)))
        return next;
    if (of)
        return takes_of(a, first, at) ? next : at;
    if (joins)
        return token_is(a, at - 1, LEX_ORG_HEAD) && !token_is(a, next, LEX_NATION) ? next : at;
    for (uint32_t i = first; i < at; i++) /* "Department of Health and Human Services" */
        if (token_among(a, i, " for ") ||
            (token_word(a, i, "of") && i > first && token_is(a, i - 1, LEX_ORG_HEAD)))
            return token_is(a, next, CLASS_PLACE) || token_is(a, next, CLASS_GIVEN) ? at : next;
    return at;
}

/* "Korean People's Army", "Children's Hospital": a possessive of an ordinary word is inside the name. */
static uint32_t pass_possessive(const struct finder *f, uint32_t at)
{
    const struct analysis *a = f->a;
    if (!token_has(a, at, SHAPE_POSSESSIVE) || !token_is(a, at - 1, LEX_COMMON) || token_is(a, at - 1, CLASS_NAMED & ~LEX_SURNAME))
        return at;
    return goes_on_name(f, at + 1) && token_is(a, at + 1, CLASS_HEAD) ? at + 1 : at;
}

/* ", Inc.", ", Jr.", ", D.C." */
static uint32_t pass_suffix(const struct finder *f, uint32_t at)
{
    const struct analysis *a = f->a;
    uint32_t next = at + (at < f->paragraph->end && token_punct(a, at, ','));
    if (next >= f->paragraph->end || token_has(a, next, SHAPE_FIRST))
        return at;
    if (token_among(a, next, " inc corp ltd llc plc co jr sr d.c. d.c iii ") &&
        token_has(a, next, SHAPE_CAPITAL))
        return next + 1;
    return at;
}

static uint32_t run_end(const struct finder *f, uint32_t first)
{
    const struct analysis *a = f->a;
    uint32_t known = entry_end(f, first, CLASS_PLACE | LEX_ORGANISATION | LEX_FAMOUS);
    uint32_t at = known > first ? known : first + 1;
    while (at < f->paragraph->end && at - first < RUN_LONGEST) {
        if (goes_on_name(f, at)) {
            at++;
            continue;
        }
        uint32_t next = pass_connector(f, first, at);
        if (next == at)
            next = pass_possessive(f, at);
        if (next == at)
            break;
        at = next;
    }
    (void)a;
    return pass_suffix(f, at);
}

/* ---- where a run falls apart
 * ----------------------------------------------------------------------------------- */

static void push_name(struct finder *f, uint32_t title_first, uint32_t first, uint32_t end)
{
    struct analysis *a = f->a;
    while (end > first && !is_capital(a, end - 1) && !token_has(a, end - 1, SHAPE_NUMBER))
        end--;
    if (first >= end)
        return;
    struct name name = {.first = first,
                        .end = end,
                        .title_first = title_first,
                        .title_end = first,
                        .entity = NONE,
                        .type = ENTITY_OTHER};
    name.initial = !is_free_place(a, title_first);
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
    while (next < end && next < at + 6 && (token_is(a, next, CLASS_PLACE) || token_among(a, next, " the new united ")) &&
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
    if (end - first > 1 && token_among(a, end - 1, " democrat republican democrats republicans senator native resident ") &&
        token_is(a, end - 2, CLASS_PLACE))
        end--; /* "the Dayton Democrat" */
    uint32_t titles = titles_end(a, first, end);
    while (titles == first && first + 2 < end && token_is(a, first, LEX_TITLE_MOD) && !token_is(a, first, CLASS_NAMED) &&
           token_is(a, first + 1, CLASS_GIVEN) && !token_is(a, end - 1, CLASS_HEAD))
        titles = ++first; /* "Senior Ann Lee" */
    if (titles > first) {
        uint32_t start = title_start(a, first, titles);
        if (start > first && !is_only_nation(a, first, start))
            push_name(f, first, first, start);
        for (uint32_t i = start; i < titles; i++) /* "U.S. Ambassador": a place in a title */
            if (token_is(a, i, LEX_PLACE | LEX_COUNTRY) && !token_is(a, i, LEX_TITLE | LEX_TITLE_MOD))
                push_name(f, i, i, i + 1);
        push_name(f, start, titles, end);
        return;
    }
    uint32_t start = pass_nations(a, first, end);
    if (end - start == 1 && token_is(a, start, LEX_TITLE | LEX_TITLE_MOD | LEX_ROLE) &&
        !token_is(a, start, CLASS_NAMED & ~LEX_SURNAME) &&
        !counts_get(&f->surnames, a->tokens.items[start].hash))
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
        if (!starts_name(f, i)) {
            i++;
            continue;
        }
        uint32_t end = run_end(f, i);
        bool article = i > f->paragraph->first && !token_has(a, i, SHAPE_FIRST) && token_has(a, i, SHAPE_SPACE) &&
                       token_among(a, i - 1, " al el bin ibn abu von van ") && !token_has(a, i - 1, SHAPE_CAPITAL);
        split_run(f, article ? i - 1 : i, end); /* "al Sadr" */
        i = end;
    }
}

/* Titles in small letters just before a name: "former president Bill Clinton", "actress Meg Ryan".
 */
static void take_small_titles(struct analysis *a)
{
    for (uint32_t n = 0; n < a->names.count; n++) {
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
    for (uint32_t n = 0; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        uint32_t last = name->end - 1, words = name->end - name->first;
        bool given = token_is(a, name->first, CLASS_GIVEN) && !token_is(a, name->first, LEX_COMMON);
        bool person = words > 1 && words < 4 && (given || name->title_end > name->title_first);
        if (person && !token_is(a, last, CLASS_HEAD | LEX_SUFFIX | LEX_FUNCTION | CLASS_PLACE))
            *counts_put(&f->surnames, a->tokens.items[last].hash) += 1;
    }
}

static void find_names(struct finder *f)
{
    struct analysis *a = f->a;
    vector_clear(&a->names);
    for (uint32_t p = 0; p < a->paragraphs.count; p++) {
        f->paragraph = &a->paragraphs.items[p];
        find_in_paragraph(f);
    }
}

void analyse_names(struct analysis *a)
{
    struct finder f = {.a = a};
    count_words(&f);
    counts_init(&f.surnames, a->tokens.count / 2);
    find_names(&f);
    note_surnames(&f);
    find_names(&f); /* again, now that surnames are known where their capital says nothing */
    counts_release(&f.capital);
    counts_release(&f.small);
    counts_release(&f.surnames);
    a->name_at = xmalloc((a->tokens.count + 1) * sizeof *a->name_at);
    for (size_t i = 0; i <= a->tokens.count; i++)
        a->name_at[i] = NONE;
    for (uint32_t n = 0; n < a->names.count; n++)
        for (uint32_t i = a->names.items[n].first; i < a->names.items[n].end; i++)
            a->name_at[i] = n;
    take_small_titles(a);
}
