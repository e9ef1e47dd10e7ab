/*
 * A long text in windows: so many comments at a time that what is known of words and names is worth
 * something, and so few that the memory they take does not matter. A short text is one window.
 *
 * What a window leaves behind are the tables, and of every entity its profile, with the tokens of
 * its name and role; they are moved to the front, where the next window's tokens follow:
 *
 *      tokens   | names of entities so far | this window's                     |
 *      names    | one an entity            | where they stand in this window   |
 *
 * so that whatever asks what somebody is called finds an answer, and each step begins at `kept`.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define WINDOW_LEAST (1u << 19) /* bytes; it ends with the comment that fills it */
#define WINDOW_MOST  (1u << 20) /* a longer article is parted between paragraphs */

void analyse_begin(struct analysis *a, const struct analyse_source *source)
{
    *a = (struct analysis){.text = source->text, .input = source};
    for (size_t i = 0; i < KNOWN_TABLES; i++)
        counts_init(&a->known[i]);
}

static void release_token_tables(struct analysis *a)
{
    free(a->name_at);
    free(a->source_at);
    free(a->span_at);
    a->name_at = a->source_at = a->span_at = NULL;
}

void analyse_release(struct analysis *a)
{
    vector_release(&a->tokens);
    vector_release(&a->paragraphs);
    vector_release(&a->sentences);
    vector_release(&a->spans);
    vector_release(&a->utterances);
    vector_release(&a->names);
    vector_release(&a->profiles);
    vector_release(&a->sources);
    vector_release(&a->cues);
    vector_release(&a->indirect);
    vector_release(&a->ballots);
    release_token_tables(a);
    for (size_t i = 0; i < KNOWN_TABLES; i++)
        counts_release(&a->known[i]);
}

uint32_t *analyse_token_table(const struct analysis *a)
{
    size_t size = (a->tokens.count + 1) * sizeof(uint32_t);
    return memset(xmalloc(size), 0xFF, size);
}

/* ---- choosing -------------------------------------------------------------------------------- */

static bool may_part(const struct analyse_source *source, uint32_t paragraph, uint32_t bytes)
{
    const struct analyse_paragraph *next = &source->paragraphs[paragraph];
    return bytes >= WINDOW_MOST || (bytes >= WINDOW_LEAST && next[-1].comment != next->comment);
}

bool analyse_next_window(struct analysis *a)
{
    const struct analyse_source *source = a->input;
    uint32_t first = a->end_paragraph, end = first + 1;
    if (first >= source->paragraph_count)
        return false;
    uint32_t start = source->paragraphs[first].start;
    while (end < source->paragraph_count &&
           !may_part(source, end, source->paragraphs[end - 1].end - start))
        end++;
    a->first_paragraph = first;
    a->end_paragraph = end;
    return true;
}

/* ---- keeping --------------------------------------------------------------------------------- */

/* What is about to stand behind what has been kept. */
struct keeping {
    struct analysis *a;
    VECTOR(struct token) tokens;
    VECTOR(struct name) names;
    VECTOR(struct source) sources;
};

/* Copies tokens [first, end); the index that the first will have. */
static uint32_t keep_tokens(struct keeping *k, uint32_t first, uint32_t end)
{
    uint32_t index = k->a->kept.tokens + (uint32_t)k->tokens.count;
    for (uint32_t i = first; i < end; i++)
        vector_push(&k->tokens, k->a->tokens.items[i]);
    return index;
}

static void keep_name(struct keeping *k, struct profile *p)
{
    struct name name = k->a->names.items[p->first_name];
    uint32_t length = name.end - name.first;
    name.first = keep_tokens(k, name.first, name.end);
    name.end = name.first + length;
    name.title_first = name.title_end = name.first;
    p->first_name = k->a->kept.names + (uint32_t)k->names.count;
    vector_push(&k->names, name);
}

static void keep_source(struct keeping *k, struct profile *p)
{
    struct source source = k->a->sources.items[p->source];
    uint32_t first = keep_tokens(k, source.first, source.end);
    source.head += first - source.first;
    source.end += first - source.first;
    source.first = first;
    p->source = k->a->kept.sources + (uint32_t)k->sources.count;
    vector_push(&k->sources, source);
}

static void keep_profile(struct keeping *k, struct profile *p)
{
    const struct analysis *a = k->a;
    if (p->first_name != NONE && p->first_name >= a->kept.names)
        keep_name(k, p);
    if (p->source != NONE && p->source >= a->kept.sources)
        keep_source(k, p);
    if (p->role_end > p->role_first && p->role_first >= a->kept.tokens) {
        uint32_t length = p->role_end - p->role_first;
        p->role_first = keep_tokens(k, p->role_first, p->role_end);
        p->role_end = p->role_first + length;
    }
}

#define PUT_BACK(vector, kept, added)                                                              \
    do {                                                                                           \
        (vector)->count = (kept);                                                                  \
        for (size_t at = 0; at < (added)->count; at++)                                             \
            vector_push((vector), (added)->items[at]);                                             \
        (kept) = (uint32_t)(vector)->count;                                                        \
        vector_release(added);                                                                     \
    } while (false)

void analyse_keep(struct analysis *a)
{
    struct keeping k = {.a = a};
    for (size_t i = 0; i < a->profiles.count; i++)
        keep_profile(&k, &a->profiles.items[i]);
    PUT_BACK(&a->tokens, a->kept.tokens, &k.tokens);
    PUT_BACK(&a->names, a->kept.names, &k.names);
    PUT_BACK(&a->sources, a->kept.sources, &k.sources);
    vector_clear(&a->paragraphs);
    vector_clear(&a->sentences);
    vector_clear(&a->spans);
    vector_clear(&a->utterances);
    vector_clear(&a->cues);
    vector_clear(&a->indirect);
    release_token_tables(a);
}
