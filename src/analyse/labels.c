#include "labels.h"

#define LOUD_LONGEST  6 /* tokens: "SEN. JOHN S. MCCAIN (R-ARIZ.):" */
#define PLAIN_LONGEST 4 /* "Dr. Ann Lee:" */

/* A surname or a role, but not just any word: "BRIEFS: ..." is a heading. */
static bool names_speaker(const struct analysis *a, uint32_t token)
{
    return token_is(a, token, LEX_SURNAME | LEX_FEMALE | LEX_MALE | LEX_FAMOUS | LEX_ROLE) ||
           !token_is(a, token, LEX_COMMON | LEX_WORD | LEX_FUNCTION);
}

/* "WALLACE: Did you ...": the token after the colon; NONE where the paragraph does not begin so. */
static uint32_t loud_end(const struct analysis *a, const struct paragraph *p)
{
    if (p->casing == CASING_SHOUTED || !token_has(a, p->first, SHAPE_UPPER | SHAPE_DOTTED))
        return NONE;
    bool loud = false;
    for (uint32_t i = p->first; i < p->first + LOUD_LONGEST && i + 1 < p->end; i++) {
        if (token_punct(a, i, ':'))
            return loud && names_speaker(a, i - 1) && token_has(a, i + 1, SHAPE_SPACE) ? i + 1
                                                                                       : NONE;
        loud = loud || (token_has(a, i, SHAPE_UPPER) && a->tokens.items[i].length > 2);
        if (!token_has(a, i, SHAPE_UPPER | SHAPE_DOTTED))
            return NONE;
    }
    return NONE;
}

/* "Solberg: I did not", "Q: Did you?": the token after the colon, or NONE. */
static uint32_t plain_end(const struct analysis *a, const struct paragraph *p)
{
    if (p->is_title || token_among(a, p->first, " image photo video audio picture source note "))
        return NONE;
    for (uint32_t i = p->first; i < p->first + PLAIN_LONGEST && i + 1 < p->end; i++) {
        if (token_punct(a, i, ':'))
            return i > p->first && token_has(a, i + 1, SHAPE_SPACE) ? i + 1 : NONE;
        if (!token_has(a, i, SHAPE_WORD) || !token_has(a, i, SHAPE_CAPITAL))
            return NONE;
    }
    return NONE;
}

static uint64_t key_of(const struct analysis *a, const struct paragraph *p, uint32_t end)
{
    return tokens_hash(a, p->first, end - 1);
}

/* Plain ones: two or more that come twice or more, before a third of all paragraphs, two of which
 * begin with a name or a single word ("Q:"). */
static bool has_plain(const struct analysis *a, struct labels *labels)
{
    unsigned again = 0, labelled = 0, names = 0;
    for (uint32_t i = 0; i < a->paragraphs.count; i++) {
        const struct paragraph *p = &a->paragraphs.items[i];
        uint32_t end = plain_end(a, p);
        if (end == NONE)
            continue;
        uint32_t *count = counts_put(&labels->plain, key_of(a, p, end));
        again += ++*count == 2;
        labelled++;
        names += names_speaker(a, end - 2) || end == p->first + 2;
    }
    return again > 1 && names > 1 && labelled * 3 >= a->paragraphs.count;
}

void labels_find(struct analysis *a, struct labels *labels)
{
    unsigned loud = 0;
    for (uint32_t i = 0; i < a->paragraphs.count && loud < 2; i++)
        loud += loud_end(a, &a->paragraphs.items[i]) != NONE;
    a->is_transcript = a->is_transcript || loud > 1;
    counts_init(&labels->plain);
    labels->plain_too = has_plain(a, labels);
}

void labels_release(struct labels *labels)
{
    counts_release(&labels->plain);
}

uint32_t label_end(const struct analysis *a, const struct labels *labels, const struct paragraph *p)
{
    if (p->is_title)
        return NONE;
    uint32_t end = a->is_transcript ? loud_end(a, p) : NONE;
    if (end != NONE || !labels->plain_too)
        return end;
    end = plain_end(a, p);
    return end != NONE && counts_get(&labels->plain, key_of(a, p, end)) > 1 ? end : NONE;
}
