/* The entities of annotations: counted, and put in order of their weight. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* A quotation is one of somebody's. */
static void count_quote(struct annotations *found, uint32_t speaker, bool in_article)
{
    if (speaker == ENTITY_NONE)
        return;
    struct entity *e = &found->entities.items[speaker];
    ++*(in_article ? &e->article_quotes : &e->comment_quotes);
}

void annotations_count(struct annotations *found)
{
    for (size_t i = 0; i < found->entities.count; i++) {
        struct entity *e = &found->entities.items[i];
        e->article_mentions = e->comment_mentions = e->article_quotes = e->comment_quotes = 0;
        e->first_mention = 0;
    }
    for (uint32_t i = 0; i < found->mentions.count; i++) {
        struct entity *e = &found->entities.items[found->mentions.items[i].entity];
        if (e->article_mentions + e->comment_mentions == 0)
            e->first_mention = i;
        ++*(found->mentions.items[i].comment == DOCUMENT_NONE ? &e->article_mentions
                                                              : &e->comment_mentions);
    }
    for (size_t i = 0; i < found->quotes.count; i++) {
        const struct quote *q = &found->quotes.items[i];
        if (q->kind != QUOTE_DIRECT || q->confidence < CONFIDENCE_LIKELY)
            continue;
        count_quote(found, q->speaker, q->comment == DOCUMENT_NONE);
        count_quote(found, q->partner, q->comment == DOCUMENT_NONE);
    }
}

struct weighed {
    uint32_t weight, start, index;
};

static int heaviest_first(const void *left, const void *right)
{
    const struct weighed *l = left, *r = right;
    if (l->weight != r->weight)
        return l->weight > r->weight ? -1 : 1;
    return l->start < r->start ? -1 : l->start > r->start;
}

void annotations_order(struct annotations *found, const uint32_t *weights)
{
    size_t count = found->entities.count, kept = 0;
    struct weighed *order = xmalloc((count + 1) * sizeof *order);
    uint32_t *number = xmalloc((count + 1) * sizeof *number);
    struct entity *old = xmalloc((count + 1) * sizeof *old);
    if (count)
        memcpy(old, found->entities.items, count * sizeof *old);
    for (uint32_t i = 0; i < count; i++) {
        number[i] = ENTITY_NONE;
        if (weights[i])
            order[kept++] = (struct weighed){weights[i], old[i].name.start, i};
    }
    qsort(order, kept, sizeof *order, heaviest_first);
    for (uint32_t i = 0; i < kept; i++) {
        number[order[i].index] = i;
        found->entities.items[i] = old[order[i].index];
    }
    found->entities.count = kept;
    for (size_t i = 0; i < found->mentions.count; i++)
        found->mentions.items[i].entity = number[found->mentions.items[i].entity];
    for (size_t i = 0; i < found->quotes.count; i++) {
        struct quote *quote = &found->quotes.items[i];
        if (quote->speaker != ENTITY_NONE)
            quote->speaker = number[quote->speaker];
        if (quote->partner != ENTITY_NONE)
            quote->partner = number[quote->partner];
    }
    free(order);
    free(number);
    free(old);
}
