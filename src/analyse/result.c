/*
 * From what was found to what is given out: byte ranges, quotations in order of their first span
 * with the spans of each side by side, entities by weight.
 */
#include <stdlib.h>

#include "internal.h"
#include "speakers.h"

static const struct {
    float least;
    uint8_t confidence;
} classes[] = {{0.88f, CONFIDENCE_SURE},
               {0.5f, CONFIDENCE_LIKELY},
               {0.01f, CONFIDENCE_GUESS},
               {0, CONFIDENCE_NONE}};

static uint8_t confidence_of(float probability)
{
    size_t i = 0;
    while (probability < classes[i].least)
        i++;
    return classes[i].confidence;
}

static uint32_t comment_of(const struct analysis *a, uint32_t token)
{
    return a->paragraphs.items[a->sentences.items[a->tokens.items[token].sentence].paragraph]
        .comment;
}

/* ---- entities -------------------------------------------------------------------------------- */

static struct entity entity_of(const struct analysis *a, const struct profile *p)
{
    struct entity entity = {.type = p->type, .unnamed = p->unnamed};
    if (p->unnamed) {
        const struct source *s = &a->sources.items[p->source];
        entity.name = tokens_range(a, s->first, s->end);
        return entity;
    }
    const struct name *own = &a->names.items[p->first_name];
    entity.name = tokens_range(a, own->first, own->end);
    if (p->role_end > p->role_first && p->type == ENTITY_PERSON)
        entity.role = tokens_range(a, p->role_first, p->role_end);
    return entity;
}

/* What an entity weighs by this window: its names, and what it says. */
static void weigh(struct analysis *a)
{
    for (size_t n = a->kept.names; n < a->names.count; n++)
        if (a->names.items[n].entity != NONE)
            a->profiles.items[a->names.items[n].entity].weight++;
    for (size_t i = 0; i < a->utterances.count; i++) {
        const struct utterance *u = &a->utterances.items[i];
        if (u->entity == NONE || u->kind != QUOTE_DIRECT)
            continue;
        a->profiles.items[u->entity].weight++;
        uint32_t partner = u->source != NONE ? a->sources.items[u->source].partner : NONE;
        if (partner != NONE && a->sources.items[partner].entity != NONE)
            a->profiles.items[a->sources.items[partner].entity].weight++;
    }
    for (size_t i = 0; i < a->indirect.count; i++) {
        uint32_t entity = a->sources.items[a->cues.items[a->indirect.items[i].cue].source].entity;
        if (entity != NONE && a->profiles.items[entity].unnamed)
            a->profiles.items[entity].weight++;
    }
}

static void give_mentions(const struct analysis *a, struct annotations *result)
{
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        if (name->entity == NONE)
            continue;
        struct range range = tokens_range(a, name->first, name->end);
        struct mention mention = {range.start, range.end, name->entity, comment_of(a, name->first)};
        vector_push(&result->mentions, mention);
    }
}

/* ---- quotations ------------------------------------------------------------------------------ */

static struct range cue_range(const struct analysis *a, uint32_t cue)
{
    if (cue == NONE)
        return (struct range){0, 0};
    return tokens_range(a, a->cues.items[cue].first, a->cues.items[cue].end);
}

static struct range source_range(const struct analysis *a, uint32_t source)
{
    if (source == NONE)
        return (struct range){0, 0};
    const struct source *s = &a->sources.items[source];
    if (s->kind == SOURCE_NAME)
        return tokens_range(a, a->names.items[s->name].first, a->names.items[s->name].end);
    return tokens_range(a, s->first, s->end);
}

/* A quotation to be: an utterance with its spans, or indirect speech. In order of `start`. */
struct planned {
    uint32_t start;
    uint32_t utterance; /* or NONE */
    uint32_t indirect;
    uint32_t first_span, span_count;
};

static int by_start(const void *left, const void *right)
{
    const struct planned *l = left, *r = right;
    return l->start < r->start ? -1 : l->start > r->start;
}

static void give_quote(const struct analysis *a, const struct planned *plan,
                       struct annotations *result, const struct range *ranges)
{
    struct quote quote = {.first_span = (uint32_t)result->spans.count,
                          .speaker = ENTITY_NONE,
                          .partner = ENTITY_NONE};
    uint32_t source, token;
    if (plan->utterance != NONE) {
        const struct utterance *u = &a->utterances.items[plan->utterance];
        quote.kind = u->kind;
        source = u->source;
        quote.cue = cue_range(a, u->cue);
        quote.probability = u->kind == QUOTE_SCARE ? 0 : u->probability;
        quote.span_count = plan->span_count;
        for (uint32_t i = 0; i < plan->span_count; i++)
            vector_push(&result->spans, ranges[plan->first_span + i]);
    } else {
        const struct indirect *told = &a->indirect.items[plan->indirect];
        quote.kind = QUOTE_INDIRECT;
        source = a->cues.items[told->cue].source;
        quote.cue = cue_range(a, told->cue);
        quote.probability = 0.9f * a->sources.items[source].sure;
        quote.span_count = 1;
        token = told->first;
        vector_push(&result->spans, tokens_range(a, token, told->end));
    }
    if (quote.kind != QUOTE_SCARE && source != NONE) {
        quote.speaker = a->sources.items[source].entity;
        quote.speaker_text = source_range(a, source);
        uint32_t partner = a->sources.items[source].partner;
        if (partner != NONE && a->sources.items[partner].entity != quote.speaker)
            quote.partner = a->sources.items[partner].entity;
    }
    quote.confidence =
        quote.speaker_text.end > 0 ? confidence_of(quote.probability) : CONFIDENCE_NONE;
    vector_push(&result->quotes, quote);
}

/* Plans one quotation an utterance, its spans side by side in `ranges`; returns how many. */
static size_t plan_utterances(const struct analysis *a, struct planned *plans, struct range *ranges)
{
    size_t count = a->utterances.count, kept = 0;
    uint32_t *next = xcalloc(count + 1, sizeof *next);
    for (size_t i = 0; i < a->spans.count; i++)
        next[a->spans.items[i].quote + 1]++;
    for (size_t i = 0; i < count; i++)
        next[i + 1] += next[i];
    for (uint32_t i = 0; i < count; i++)
        plans[i] = (struct planned){.utterance = i, .first_span = next[i], .span_count = 0};
    for (uint32_t i = 0; i < a->spans.count; i++) {
        const struct span *span = &a->spans.items[i];
        struct planned *plan = &plans[span->quote];
        ranges[plan->first_span + plan->span_count++] = tokens_range(a, span->first, span->end);
    }
    for (size_t i = 0; i < count; i++) {
        if (plans[i].span_count == 0)
            continue;
        plans[kept] = plans[i];
        plans[kept].start = ranges[plans[kept].first_span].start;
        kept++;
    }
    free(next);
    return kept;
}

static void give_quotes(const struct analysis *a, struct annotations *result)
{
    size_t most = a->utterances.count + a->indirect.count;
    struct planned *plans = xcalloc(most + 1, sizeof *plans);
    struct range *ranges = xcalloc(a->spans.count + 1, sizeof *ranges);
    size_t count = plan_utterances(a, plans, ranges);
    for (uint32_t i = 0; i < a->indirect.count; i++)
        plans[count++] =
            (struct planned){.start = a->tokens.items[a->indirect.items[i].first].start,
                             .utterance = NONE,
                             .indirect = i};
    qsort(plans, count, sizeof *plans, by_start);
    for (size_t i = 0; i < count; i++) {
        give_quote(a, &plans[i], result, ranges);
        struct quote *quote = &result->quotes.items[result->quotes.count - 1];
        uint32_t token =
            plans[i].utterance != NONE ? NONE : a->indirect.items[plans[i].indirect].first;
        quote->comment = token != NONE ? comment_of(a, token) : DOCUMENT_NONE;
    }
    free(plans);
    free(ranges);
}

/* Sets the comment and the reach of quotations, from number `first` on, from their places. */
static void place_quotes(const struct analysis *a, size_t first, struct annotations *result)
{
    uint32_t paragraph = 0, reach = first ? result->quotes.items[first - 1].reach : 0;
    for (size_t i = first; i < result->quotes.count; i++) {
        struct quote *quote = &result->quotes.items[i];
        uint32_t start = result->spans.items[quote->first_span].start;
        while (paragraph + 1 < a->paragraphs.count &&
               a->tokens.items[a->paragraphs.items[paragraph + 1].first].start <= start)
            paragraph++;
        quote->comment = a->paragraphs.items[paragraph].comment;
        uint32_t end = quote_extent(result, (uint32_t)i).end;
        reach = end > reach ? end : reach;
        quote->reach = reach;
    }
}

void analyse_result(struct analysis *a, struct annotations *result)
{
    size_t first = result->quotes.count;
    weigh(a);
    give_mentions(a, result);
    give_quotes(a, result);
    place_quotes(a, first, result);
}

void analyse_finish(struct analysis *a, struct annotations *result)
{
    uint32_t *weights = xmalloc((a->profiles.count + 1) * sizeof *weights);
    for (size_t i = 0; i < a->profiles.count; i++) {
        weights[i] = a->profiles.items[i].weight;
        vector_push(&result->entities, entity_of(a, &a->profiles.items[i]));
    }
    annotations_count(result);
    annotations_order(result, weights);
    free(weights);
}
