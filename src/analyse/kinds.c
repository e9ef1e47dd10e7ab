/*
 * Speech, or words in marks that nobody says?
 *
 *      He said the talks were "a good start" for both.        speech, a part of a sentence
 *      The show "A Good Start" won; the so-called "experts".  not
 *
 * Points for and against: how the quotation came by its speaker, how long it is, whether it is
 * written like a sentence or like a title, and what word stands before it.
 */
#include "internal.h"
#include "speakers.h"

struct form {
    uint32_t words, capitals;
    bool title;    /* every word but the small ones has a capital */
    bool sentence; /* begins with a capital and ends with an end mark */
    bool ends;     /* with . ! ? or a comma */
    bool begins;   /* with a capital */
};

static struct form form_of(const struct analysis *a, const struct span *span)
{
    struct form form = {0};
    uint32_t loud = 0; /* words that are written with a capital because somebody wished it */
    for (uint32_t i = span->first; i < span->end; i++) {
        if (!token_has(a, i, SHAPE_WORD | SHAPE_NUMBER) || token_has(a, i, SHAPE_POSSESSIVE))
            continue;
        form.words++;
        loud += token_has(a, i, SHAPE_CAPITAL) && !token_is(a, i, LEX_FUNCTION);
        form.capitals += token_has(a, i, SHAPE_CAPITAL | SHAPE_NUMBER) ||
                         token_among(a, i, " of the a an in on at to and for with from or by ");
    }
    const struct token *last = &a->tokens.items[span->end - 1];
    form.ends = (last->shape & SHAPE_PUNCT) &&
                (last->folded == '.' || last->folded == '!' || last->folded == '?' ||
                 last->folded == ',' || last->folded == 0x2026);
    form.begins = token_has(a, span->first, SHAPE_CAPITAL | SHAPE_NUMBER);
    form.title = form.words > 1 && form.capitals == form.words && loud > 0;
    form.sentence = form.ends && form.begins && last->folded != ',';
    return form;
}

/* Points by the rule that found the speaker. */
static const int8_t rule_points[RULES] = {
    [RULE_NONE] = -6,         [RULE_AFTER_SUBJECT] = 10, [RULE_AFTER_VERB] = 10,
    [RULE_AFTER_UNKNOWN] = 4, [RULE_DASH] = 8,           [RULE_BEFORE_COLON] = 10,
    [RULE_BEFORE_COMMA] = 8,  [RULE_TRANSCRIPT] = 6,     [RULE_COLON] = 4,
    [RULE_ACCORDING] = 2,     [RULE_INSIDE] = 3,         [RULE_INSIDE_WEAK] = 0,
    [RULE_TAIL] = 1,          [RULE_STRANGER] = 6,       [RULE_CONTINUES] = 2,
    [RULE_ADJOINS] = 2,       [RULE_OPENS_NEXT] = 2,     [RULE_SUBJECT] = 0,
    [RULE_GAP] = -1,          [RULE_TOLD_ABOVE] = 1,     [RULE_SAID_BEFORE] = 1,
};

static int points_of(const struct analysis *a, uint32_t index)
{
    const struct span *span = &a->spans.items[index];
    const struct paragraph *p = &a->paragraphs.items[span->paragraph];
    struct form form = form_of(a, span);
    enum rule rule = a->utterances.items[span->quote].rule;
    int points = rule_points[rule];
    uint32_t before = span->open != NONE ? span->open : span->first;
    points += form.words >= 12 ? 6 : form.words >= 7 ? 4 : form.words >= 4 ? 1 : -4;
    points += form.sentence ? 4 : form.ends && form.begins ? 2 : 0;
    bool comma = a->tokens.items[span->end - 1].folded == ',';
    bool told = before > p->first && (token_punct(a, before - 1, ',') ||
                                      token_punct(a, before - 1, ':') || rule < RULE_INSIDE);
    if (form.title && (!form.ends || comma || (form.words > 2 && !told)))
        points -= 8; /* A Title */
    if (form.words == 1 && form.begins && !form.ends)
        points -= 4;
    uint32_t cue = a->utterances.items[span->quote].cue;
    bool is_cue = cue != NONE && a->cues.items[cue].first + 1 ==
                                     before; /* "Weyl called it", not "a show called" */
    if (before > p->first + 1 && token_punct(a, before - 1, ',') &&
        token_is(a, before - 2, LEX_SCARE) && !token_is(a, before - 2, LEX_SAY | LEX_SPEAK))
        points -= 5; /* "her book, "..."" */
    if (before > p->first && token_is(a, before - 1, LEX_SCARE) &&
        !token_is(a, before - 1, LEX_SAY) && !is_cue)
        points -= 5;
    bool says = before > p->first && token_is(a, before - 1, LEX_SAY | LEX_SAYING) &&
                !token_is(a, before - 1, LEX_SCARE);
    if (says && form.words > 1 && form.words < 4 && !form.title)
        points += 4; /* "said "no comment"", but not "the word I said was "winning"" */
    if (before > p->first && rule >= RULE_CONTINUES && token_among(a, before - 1, " of "))
        points -= 4; /* "chants of", "a culture of" */
    if (before > p->first && token_punct(a, before - 1, '(') && form.words < 8)
        points -= 4;
    if (span->single)
        points -= 1;
    if (p->is_title || p->casing == CASING_TITLE)
        points -= 1;
    return points;
}

void analyse_kinds(struct analysis *a)
{
    for (size_t i = 0; i < a->utterances.count; i++)
        a->utterances.items[i].kind = QUOTE_SCARE;
    for (uint32_t i = 0; i < a->spans.count; i++) {
        const struct span *span = &a->spans.items[i];
        struct utterance *u = &a->utterances.items[span->quote];
        bool nested = span->outer != NONE;
        bool labelled = span->open == NONE; /* in a transcript */
        if (!nested && (labelled || span->continues || points_of(a, i) > 0))
            u->kind = QUOTE_DIRECT;
    }
}
