/*
 * What somebody said without marks: "Kazemi said the talks could go on", "The talks could go on, he
 * said".
 *
 * Only where the verb is one that tells so, its speaker is clear, and no quotation stands in the
 * sentence: this is drawn faintly and counted nowhere, so what is missed is no loss.
 */
#include "internal.h"

static bool has_quotation(const struct analysis *a, const struct sentence *s)
{
    for (uint32_t i = s->first; i < s->end; i++)
        if (a->span_at[i] != NONE)
            return true;
    return false;
}

static uint32_t without_end_marks(const struct analysis *a, uint32_t first, uint32_t end)
{
    while (end > first && token_has(a, end - 1, SHAPE_PUNCT | SHAPE_MARK))
        end--;
    return end;
}

/* The words told by the cue: behind it, or all before "..., he said". */
static struct indirect told_by(const struct analysis *a, uint32_t c, const struct sentence *s)
{
    const struct cue *cue = &a->cues.items[c];
    const struct source *source = &a->sources.items[cue->source];
    uint32_t end = without_end_marks(a, s->first, s->end);
    uint32_t start = cue->end > source->end ? cue->end : source->end;
    uint32_t front = cue->first < source->first ? cue->first : source->first;
    if (start >= end && front > s->first + 3 && token_punct(a, front - 1, ','))
        return (struct indirect){s->first, front - 1, c};
    if (start < end && (token_punct(a, start, ',') || token_punct(a, start, ':') ||
                        token_among(a, start, " to for in on of by ")))
        return (struct indirect){0, 0, c};
    if (start < end && token_word(a, start, "that"))
        start++;
    return (struct indirect){start, end, c};
}

void analyse_indirect(struct analysis *a)
{
    uint32_t done = NONE; /* sentence */
    for (uint32_t c = 0; c < a->cues.count; c++) {
        const struct cue *cue = &a->cues.items[c];
        uint32_t sentence = a->tokens.items[cue->first].sentence;
        if (sentence == done || cue->source == NONE || !token_is(a, cue->first, LEX_INDIRECT) ||
            cue->kind != CUE_VERB)
            continue;
        const struct sentence *s = &a->sentences.items[sentence];
        const struct source *source = &a->sources.items[cue->source];
        done = sentence;
        if (source->first < s->first || source->end > s->end || has_quotation(a, s))
            continue;
        struct indirect told = told_by(a, c, s);
        if (told.end >= told.first + 3)
            vector_push(&a->indirect, told);
    }
}
