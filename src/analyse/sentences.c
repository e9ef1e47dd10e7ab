/*
 * Sentences, and how a paragraph is written.
 *
 * A sentence ends after . ! ? or an ellipsis, and the closing marks and brackets behind it, if a
 * blank follows and what comes next may begin one. Dots of abbreviations are inside words by now;
 * one of them still ends a sentence if the word after it is one that only a beginning would write
 * with a capital.
 */
#include "internal.h"

static bool is_end_mark(const struct token *t)
{
    return (t->shape & SHAPE_PUNCT) &&
           (t->folded == '.' || t->folded == '!' || t->folded == '?' || t->folded == 0x2026);
}

static bool is_closing(const struct token *t)
{
    if (t->shape & SHAPE_MARK)
        return !(t->shape & SHAPE_SPACE);
    return (t->shape & SHAPE_PUNCT) && (t->folded == ')' || t->folded == ']');
}

static bool may_begin(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (t->shape & (SHAPE_CAPITAL | SHAPE_NUMBER | SHAPE_MARK | SHAPE_LINK | SHAPE_MIXED))
        return true;
    return (t->shape & SHAPE_PUNCT) &&
           (t->folded > 127 || t->folded == '(' || t->folded == '[' || t->folded == '-');
}

/* Whether a sentence begins at `token`, which is not its paragraph's first. */
static bool begins_here(const struct analysis *a, uint32_t token, uint32_t paragraph_first)
{
    if (!token_has(a, token, SHAPE_SPACE) || !may_begin(a, token))
        return false;
    uint32_t before = token - 1, steps = 0;
    while (before > paragraph_first && is_closing(&a->tokens.items[before]) && steps++ < 4)
        before--;
    const struct token *end = &a->tokens.items[before];
    if (is_end_mark(end))
        return true;
    bool dotted = (end->shape & SHAPE_DOTTED) && !token_is(a, before, LEX_TITLE);
    return dotted && token_has(a, token, SHAPE_CAPITAL) && !token_has(a, token, SHAPE_UPPER) &&
           token_is(a, token, LEX_FUNCTION) && !token_is(a, token, LEX_PLACE);
}

/* Title Case and SHOUTED text are known by the share of long enough words that begin with, or are,
 * capitals. */
static uint8_t casing_of(const struct analysis *a, const struct paragraph *p)
{
    uint32_t words = 0, capital = 0, upper = 0, long_words = 0;
    for (uint32_t i = p->first; i < p->end; i++) {
        const struct token *t = &a->tokens.items[i];
        if (!(t->shape & SHAPE_WORD) || (t->shape & SHAPE_POSSESSIVE))
            continue;
        words++;
        upper += (t->shape & SHAPE_UPPER) != 0;
        if (t->length < 4 || (t->shape & SHAPE_UPPER))
            continue;
        long_words++;
        capital += (t->shape & SHAPE_CAPITAL) != 0;
    }
    if (words >= 3 && upper * 10 >= words * 6)
        return CASING_SHOUTED;
    bool ends = is_end_mark(&a->tokens.items[p->end - 1]);
    if (long_words >= 4 && words <= 24 && capital * 10 >= long_words * 8 && !ends)
        return CASING_TITLE;
    return CASING_NORMAL;
}

void analyse_sentences(struct analysis *a)
{
    analyse_foreign(a);
    for (uint32_t p = 0; p < a->paragraphs.count; p++) {
        struct paragraph *paragraph = &a->paragraphs.items[p];
        paragraph->casing = casing_of(a, paragraph);
        for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
            if (i == paragraph->first || begins_here(a, i, paragraph->first)) {
                if (a->sentences.count > 0)
                    a->sentences.items[a->sentences.count - 1].end = i;
                vector_push(&a->sentences, ((struct sentence){i, paragraph->end, p}));
                a->tokens.items[i].shape |= SHAPE_FIRST;
            }
            a->tokens.items[i].sentence = (uint32_t)a->sentences.count - 1;
        }
    }
    for (uint32_t s = 0; s < a->sentences.count; s++) {
        uint32_t end = a->paragraphs.items[a->sentences.items[s].paragraph].end;
        if (a->sentences.items[s].end > end)
            a->sentences.items[s].end = end;
    }
}
