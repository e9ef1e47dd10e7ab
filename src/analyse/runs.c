/*
 * How far a name goes: over capitals, and over the small words, marks and suffixes that belong.
 *
 *      University of Leeds   Procter & Gamble   Ludwig van Beethoven   Timex, Inc.
 */
#include "names.h"

#define RUN_LONGEST 16 /* tokens; longer runs are cut */

/* ---- runs ------------------------------------------------------------------------------------ */

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
    uint32_t end = capital_entry_end(f, token, CLASS_PLACE);
    if (end == token)
        end += token_is(f->a, token, CLASS_PLACE);
    return end > token && capital_goes_on(f, end) && token_is(f->a, end, CLASS_GIVEN);
}

/* The small words at `at` that a name may hold; the token after them if the name goes on there,
 * else `at`. */
static uint32_t pass_connector(const struct finder *f, uint32_t first, uint32_t at)
{
    const struct analysis *a = f->a;
    if (at + 1 >= f->paragraph->end || token_has(a, at, SHAPE_FIRST))
        return at;
    if (token_punct(a, at, '&'))
        return capital_goes_on(f, at + 1) ? at + 1 : at;
    if (!token_has(a, at, SHAPE_WORD) || token_has(a, at, SHAPE_CAPITAL))
        return at;
    if (token_is(a, at, LEX_PARTICLE) && !token_among(a, at, " y e ")) {
        uint32_t next = at + 1;
        while (next < at + 3 && next < f->paragraph->end && token_is(a, next, LEX_PARTICLE) &&
               !token_has(a, next, SHAPE_CAPITAL))
            next++;
        return capital_goes_on(f, next) ? next : at;
    }
    if (!token_is(a, at, LEX_FUNCTION))
        return at;
    bool of = token_word(a, at, "of"), joins = token_among(a, at, " for on ");
    if (!of && !joins && !(token_word(a, at, "and")))
        return at;
    uint32_t next = at + 1;
    if (of && token_word(a, next, "the"))
        next++;
    if (!capital_goes_on(f, next))
        return at;
    if (of && token_is(a, at - 1, LEX_TITLE) &&
        (token_among(a, next, " state defense defence interior treasury ") ||
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

/* "Korean People's Army", "Children's Hospital": a possessive of an ordinary word is inside the
 * name. */
static uint32_t pass_possessive(const struct finder *f, uint32_t at)
{
    const struct analysis *a = f->a;
    bool plural = at > 0 && token_has(a, at, SHAPE_MARK) && /* "the Dockers' Union" */
                  !token_has(a, at, SHAPE_QUOTE_EDGE | SHAPE_SPACE) &&
                  a->text[a->tokens.items[at].start - 1] == 's';
    if ((!token_has(a, at, SHAPE_POSSESSIVE) && !plural) || at + 1 >= f->paragraph->end ||
        !token_is(a, at - 1, LEX_COMMON | LEX_WORD) ||
        token_is(a, at - 1, CLASS_NAMED & ~LEX_SURNAME))
        return at;
    return capital_goes_on(f, at + 1) && token_is(a, at + 1, CLASS_HEAD) ? at + 1 : at;
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

uint32_t name_run_end(const struct finder *f, uint32_t first)
{
    const struct analysis *a = f->a;
    uint32_t known = capital_entry_end(f, first, CLASS_PLACE | LEX_ORGANISATION | LEX_FAMOUS);
    uint32_t at = known > first ? known : first + 1;
    bool foreign =
        f->paragraph->foreign; /* every noun has a capital there: a given name and one more */
    while (at < f->paragraph->end && at - first < RUN_LONGEST) {
        if (foreign && at > first + 1 &&
            !token_is(a, at - 1, CLASS_GIVEN | LEX_PARTICLE | LEX_TITLE))
            break;
        if (capital_goes_on(f, at)) {
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
    return pass_suffix(f, at);
}
