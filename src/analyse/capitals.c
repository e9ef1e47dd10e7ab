/*
 * Which words may be part of a name.
 *
 * A capital that the writer chose says a lot; one that the place asks for says nothing: at a
 * sentence's start, in a headline, in a row of words in capitals. There a word is taken for a
 * name's only if it is no ordinary word, or is written with a capital elsewhere in the document
 * where it need not be, or ends somebody's full name.
 */
#include "names.h"

/* ---- words of the document ------------------------------------------------------------------- */

/* Whether a capital at this token is the writer's choice: not after a mark, a colon, a bullet. */
bool capital_is_free(const struct analysis *a, uint32_t token)
{
    if (token_has(a, token, SHAPE_FIRST) || token == 0)
        return false;
    const struct token *before = &a->tokens.items[token - 1];
    return (before->shape & SHAPE_WORD) || (before->shape & SHAPE_NUMBER) ||
           ((before->shape & SHAPE_PUNCT) &&
            (before->folded == ',' || before->folded == '(' || before->folded == '&'));
}

void capital_count_words(struct finder *f)
{
    struct analysis *a = f->a;
    for (uint32_t p = 0; p < a->paragraphs.count; p++) {
        const struct paragraph *paragraph = &a->paragraphs.items[p];
        if (paragraph->casing != CASING_NORMAL)
            continue;
        for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
            const struct token *t = &a->tokens.items[i];
            if (!(t->shape & SHAPE_WORD))
                continue;
            if (!(t->shape & SHAPE_CAPITAL))
                ++*counts_put(f->small, t->hash);
            else if (capital_is_free(a, i))
                ++*counts_put(f->capital, t->hash);
        }
    }
}

bool capital_is_ordinary(const struct analysis *a, uint32_t token)
{
    return token_is(a, token, LEX_COMMON | LEX_WORD | LEX_FUNCTION | LEX_NUMBER);
}

/* ---- is this word part of a name? ------------------------------------------------------------ */

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

bool capital_is(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (is_compound(a, t))
        return false;
    if (!(t->shape & SHAPE_WORD) || (t->shape & SHAPE_POSSESSIVE))
        return false;
    return (t->shape & SHAPE_CAPITAL) || ((t->shape & SHAPE_MIXED) && t->length > 2);
}

/* "Will Power, the groundsman", but not "Will Congress act?" */
static bool will_is_name(const struct analysis *a, uint32_t token)
{
    uint32_t after = token + 2;
    if (!token_word(a, token, "will") || after >= a->tokens.count || !capital_is(a, token + 1) ||
        token_is(a, token + 1, LEX_FUNCTION | LEX_CALENDAR | CLASS_PLACE) ||
        token_has(a, token + 1, SHAPE_FIRST))
        return false;
    return capital_is_free(a, token) || token_punct(a, after, ',') ||
           token_has(a, after, SHAPE_POSSESSIVE) || token_is(a, after, LEX_SAY) ||
           token_among(a, after, " is was has had and who ");
}

/* A function word is never one, but for "US", "IT", "May" Smith and the like. */
static bool is_name_function(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (!token_is(a, token, LEX_FUNCTION) || token_is(a, token, LEX_CALENDAR))
        return true;
    if (will_is_name(a, token))
        return true;
    return (t->shape & SHAPE_UPPER) && token_is(a, token, CLASS_PLACE | LEX_ORGANISATION);
}

static bool met_as_name(const struct finder *f, uint32_t token)
{
    uint32_t hash = f->a->tokens.items[token].hash;
    uint32_t capital = counts_get(f->capital, hash), small = counts_get(f->small, hash);
    return (capital > 0 && capital >= small) || counts_get(f->surnames, hash) > 0;
}

/* The word at a sentence's start, whose capital says nothing. */
static bool first_is_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    bool followed = token + 1 < f->paragraph->end && capital_is(a, token + 1) &&
                    is_name_function(a, token + 1) && !token_is(a, token + 1, LEX_CALENDAR);
    if (token_has(a, token, SHAPE_DOTTED | SHAPE_UPPER | SHAPE_MIXED))
        return true;
    if (token_is(a, token, LEX_TITLE) && token + 2 < f->paragraph->end &&
        token_word(a, token + 1, "of") && capital_is(a, token + 2))
        return true; /* "Secretary of State Ann Lee" */
    if (!capital_is_ordinary(a, token) || met_as_name(f, token))
        return true;
    if (counts_get(f->small, a->tokens.items[token].hash) > 0)
        return followed && token_is(a, token, LEX_TITLE | CLASS_GIVEN);
    if (token_is(a, token, CLASS_PLACE | LEX_ORGANISATION) && !token_is(a, token, LEX_COMMON))
        return true;
    if (followed)
        return token_is(a, token,
                        CLASS_NAMED | LEX_TITLE | LEX_TITLE_MOD | LEX_NATION | LEX_ORG_HEAD);
    return token_is(a, token, CLASS_GIVEN | LEX_ORGANISATION | LEX_FAMOUS) &&
           token + 1 < f->paragraph->end &&
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
    if (!capital_is_ordinary(a, token))
        return f->paragraph->casing == CASING_TITLE || token_is(a, token, CLASS_NAMED) || near;
    return token_is(a, token, LEX_PLACE | LEX_COUNTRY | LEX_ORGANISATION) &&
           !token_is(a, token, LEX_COMMON);
}

/* "April Jones", "Jun Tanaka", but not "April 13", "May Day". */
static bool calendar_is_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    bool cut = token_among(a, token, " jan mar jun jul sun ") && !token_has(a, token, SHAPE_DOTTED);
    return (cut || token_is(a, token, CLASS_GIVEN)) && token + 1 < f->paragraph->end &&
           capital_is(a, token + 1) && !token_is(a, token + 1, LEX_CALENDAR | LEX_FUNCTION) &&
           (token_is(a, token + 1, LEX_SURNAME) || !capital_is_ordinary(a, token + 1));
}

/* "Image: Ann Lee", "Note: ..." */
static bool is_label(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    return token + 1 < f->paragraph->end && token_punct(a, token + 1, ':') &&
           capital_is_ordinary(a, token) && !token_has(a, token, SHAPE_UPPER) &&
           !counts_get(f->surnames, a->tokens.items[token].hash);
}

/* Looks for the longest entry of several words at `token`; its end, or `token`. */
uint32_t capital_entry_end(const struct finder *f, uint32_t token, uint64_t classes)
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
    return token_has(a, token, SHAPE_UPPER) && a->tokens.items[token].length > 3 &&
           !token_has(a, token, SHAPE_DOTTED);
}

/* A capital says nothing in a headline, nor in a row of words in capitals: "MONTREAL TRADES FLOYD
 * By ...". */
static bool says_nothing(const struct finder *f, uint32_t token)
{
    if (f->paragraph->casing != CASING_NORMAL)
        return true;
    if (!is_loud(f->a, token))
        return false;
    return (token > f->paragraph->first && is_loud(f->a, token - 1)) ||
           (token + 1 < f->paragraph->end && is_loud(f->a, token + 1));
}

/* A name in another language: something known, or a given name with a capital behind it. */
static bool is_known_abroad(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    bool small = token_is(a, token, LEX_FOREIGN | LEX_FUNCTION);
    bool followed = token + 1 < f->paragraph->end && capital_is(a, token + 1) &&
                    !token_has(a, token + 1, SHAPE_FIRST);
    if (small || token_is(a, token, LEX_COMMON))
        return false;
    return token_is(a, token, LEX_PLACE | LEX_COUNTRY | LEX_ORGANISATION | LEX_FAMOUS) ||
           (token_has(a, token, SHAPE_UPPER) && !is_loud(a, token)) ||
           counts_get(f->surnames, a->tokens.items[token].hash) > 0 ||
           (followed && token_is(a, token, CLASS_GIVEN | LEX_TITLE));
}

bool capital_starts_name(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    if (!capital_is(a, token) || !is_name_function(a, token) || is_label(f, token))
        return false;
    if (token_is(a, token, LEX_CALENDAR) && !calendar_is_name(f, token))
        return false;
    if (a->tokens.items[token].length == 1 && !token_has(a, token, SHAPE_DOTTED))
        return false;
    if (f->paragraph->foreign)
        return is_known_abroad(f, token);
    if (says_nothing(f, token))
        return known_or_met(f, token) ||
               capital_entry_end(f, token, CLASS_PLACE | LEX_ORGANISATION) > token;
    if (!capital_is_free(a, token))
        return first_is_name(f, token);
    return true;
}

/* Whether the word and the one before it are written so differently that they are two names: "KAREN
 * ROSEN Cox News", or two countries: "... the U.S. Iran has been ..." */
static bool falls_apart(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token], *before = t - 1;
    if ((before->shape & SHAPE_DOTTED) && token_is(a, token - 1, LEX_PLACE | LEX_COUNTRY) &&
        token_is(a, token, LEX_COUNTRY))
        return true;
    if (((t->shape ^ before->shape) & SHAPE_UPPER) == 0 || !(before->shape & SHAPE_CAPITAL))
        return false;
    const struct token *loud = t->shape & SHAPE_UPPER ? t : before;
    return loud->length > 4 && !(loud->shape & SHAPE_DOTTED) &&
           !token_is(a, (uint32_t)(loud - a->tokens.items), LEX_ORGANISATION);
}

bool capital_goes_on(const struct finder *f, uint32_t token)
{
    const struct analysis *a = f->a;
    if (token >= f->paragraph->end || !token_has(a, token, SHAPE_SPACE) ||
        token_has(a, token, SHAPE_FIRST))
        return false;
    if (!capital_is(a, token) || !is_name_function(a, token) || is_label(f, token) ||
        falls_apart(a, token) || (f->paragraph->foreign && token_is(a, token, LEX_FOREIGN)))
        return false;
    bool dated = token + 1 < f->paragraph->end && token_has(a, token + 1, SHAPE_NUMBER);
    if (token_is(a, token, LEX_CALENDAR) && !token_is(a, token - 1, CLASS_GIVEN) &&
        (dated || capital_is_ordinary(a, token - 1)))
        return false; /* but "Theresa May" */
    return !says_nothing(f, token) || known_or_met(f, token);
}
