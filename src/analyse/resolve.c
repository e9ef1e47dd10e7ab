/*
 * Whom "he" and "the American envoy" mean.
 *
 * The sources are passed in the order of the text, with a short list of who was talked of last. For
 * each pronoun and description every one of the list is weighed: how long ago, as subject or in
 * passing, as the last who spoke, and whether sex, role and country fit. A description that fits
 * nobody is a source without a name. How far the best is ahead of the second is how sure it is.
 */
#include <stdlib.h>

#include "counts.h"
#include "internal.h"
#include "speakers.h"

#define RECENT 10

/* How far ahead of the second in points: clear, or at least more than a guess. */
#define CLEAR    13
#define PROBABLE 7

/* One who was talked of. */
struct recent {
    uint32_t entity;
    uint32_t sentence, paragraph; /* of the last mention */
    uint32_t token;
    uint32_t named;  /* sentence of the last mention by name or description */
    uint8_t subject; /* 2: stood first there or spoke, 1: not behind a preposition */
};

struct reader {
    struct analysis *a;
    struct recent recent[RECENT];
    unsigned count;
    uint32_t speaker, speaker_paragraph; /* who spoke last: entity or NONE */
    uint32_t sentence;                   /* that has had its first subject */
    struct counts *unnamed;              /* phrases of unnamed sources: entity + 1 */
};

static uint32_t paragraph_of(const struct analysis *a, uint32_t token)
{
    return a->sentences.items[a->tokens.items[token].sentence].paragraph;
}

/* ---- the list -------------------------------------------------------------------------------- */

static void meet(struct reader *r, uint32_t entity, const struct source *s)
{
    struct analysis *a = r->a;
    struct recent now = {entity,   a->tokens.items[s->first].sentence, paragraph_of(a, s->first),
                         s->first, a->tokens.items[s->first].sentence, 0};
    bool quoted = token_has(a, s->head, SHAPE_QUOTED);
    bool first = r->sentence != now.sentence; /* of the sentence: its subject, most likely */
    now.subject = s->oblique || quoted ? 0 : first || s->speaks ? 2 : 1;
    if (now.subject == 2)
        r->sentence = now.sentence;
    unsigned at = 0;
    while (at < r->count && r->recent[at].entity != entity)
        at++;
    if (at < r->count && r->recent[at].sentence == now.sentence &&
        r->recent[at].subject > now.subject)
        now.subject = r->recent[at].subject;
    if (at < r->count && s->kind == SOURCE_PRONOUN)
        now.named = r->recent[at].named;
    if (at == r->count) {
        if (quoted && r->count == RECENT)
            return;
        r->count += r->count < RECENT;
        at = r->count - 1;
    }
    for (; at > 0; at--)
        r->recent[at] = r->recent[at - 1];
    r->recent[0] = now;
}

static int closeness(const struct reader *r, const struct recent *one, const struct source *s)
{
    const struct analysis *a = r->a;
    uint32_t sentence = a->tokens.items[s->first].sentence, paragraph = paragraph_of(a, s->first);
    uint32_t sentences = sentence - one->sentence, paragraphs = paragraph - one->paragraph;
    int score = one->subject * 6;
    score -= 3 * (int)(sentences > 6 ? 6 : sentences) + 2 * (int)(paragraphs > 5 ? 5 : paragraphs);
    if (one->entity == r->speaker && paragraph - r->speaker_paragraph <= 2)
        score += paragraph == r->speaker_paragraph ? 8 : 5;
    if (one->subject == 2 && paragraphs == 0) /* "Lee paused. "...," he said." */
        score += 12;
    return score;
}

/* The best of the list, how far it is ahead of the second, and whether both were last named in one
 * sentence. */
struct choice {
    uint32_t entity; /* or NONE */
    int lead;
    bool together;
};

/* The choice by `fit`, which gives INT32_MIN to one that cannot be. */
static struct choice choose(const struct reader *r, const struct source *s,
                            int (*fit)(const struct reader *, const struct recent *,
                                       const struct source *))
{
    const struct recent *best = NULL, *other = NULL;
    int top = INT32_MIN, second = INT32_MIN;
    uint32_t comment = r->a->paragraphs.items[paragraph_of(r->a, s->first)].comment;
    for (unsigned i = 0; i < r->count; i++) {
        const struct recent *one = &r->recent[i];
        int fits = fit(r, one, s);
        if (fits == INT32_MIN || r->a->paragraphs.items[one->paragraph].comment != comment)
            continue;
        int score = closeness(r, one, s) + fits;
        if (score > top) {
            second = top;
            other = best;
            top = score;
            best = one;
        } else if (score > second) {
            second = score;
            other = one;
        }
    }
    return (struct choice){best ? best->entity : NONE, other ? top - second : CLEAR,
                           other && other->named == best->named};
}

/* ---- pronouns -------------------------------------------------------------------------------- */

static int fit_person(const struct reader *r, const struct recent *one, const struct source *s)
{
    const struct profile *p = &r->a->profiles.items[one->entity];
    if (p->type != ENTITY_PERSON || (p->unnamed && r->a->sources.items[p->source].plural))
        return INT32_MIN;
    if (!p->sex)
        return 0;
    return p->sex == s->sex ? 5 : INT32_MIN;
}

static int fit_thing(const struct reader *r, const struct recent *one, const struct source *s)
{
    const struct profile *p = &r->a->profiles.items[one->entity];
    (void)s;
    return p->type == ENTITY_ORGANIZATION ? 5 : p->type == ENTITY_PLACE ? 0 : INT32_MIN;
}

static float sure_of(const struct reader *r, struct choice choice)
{
    int lead = choice.lead;
    bool clear = lead >= CLEAR || choice.entity == r->speaker;
    if (choice.together && lead >= PROBABLE) /* "Lee met Weyl.": either may be meant */
        lead = clear ? PROBABLE : 0;
    return lead >= CLEAR ? 0.95f : lead >= PROBABLE ? 0.8f : 0.45f;
}

static void resolve_pronoun(struct reader *r, struct source *s)
{
    struct choice choice;
    if (s->sex)
        choice = choose(r, s, fit_person);
    else if (s->speaks && token_among(r->a, s->head, " it they "))
        choice = choose(r, s, fit_thing);
    else
        return;
    s->entity = choice.entity;
    s->sure = sure_of(r, choice) * (s->sex ? 1 : 0.7f);
    if (s->entity != NONE && s->sure > 0.5f && s->sex && !r->a->profiles.items[s->entity].sex)
        r->a->profiles.items[s->entity].sex = s->sex;
}

/* ---- descriptions ---------------------------------------------------------------------------- */

static bool is_definite(const struct analysis *a, const struct source *s)
{
    if (s->plural)
        return false;
    return token_among(a, s->first, " the this that ") ||
           (s->first < s->head && token_has(a, s->first, SHAPE_CAPITAL) &&
            token_is(a, s->first, LEX_NATION));
}

/* Points for the words that describe: a country that is his, or one that is not. */
static int fit_countries(const struct analysis *a, const struct profile *p, const struct source *s)
{
    int score = 0;
    for (uint32_t i = s->first; i <= s->head; i++) {
        const struct lexicon_kind *k = token_kind(a, i);
        if (!k->place || !(k->classes & (LEX_NATION | LEX_COUNTRY | LEX_PLACE)) ||
            k->classes & LEX_FUNCTION)
            continue;
        bool his = false;
        for (unsigned j = 0; j < p->place_count; j++)
            his = his || p->places[j] == k->place;
        if (his)
            score += 12;
        else if (p->place_count > 0)
            score -= 8;
    }
    return score;
}

static bool has_role(const struct profile *p)
{
    return p->groups[0] || p->groups[1];
}

#define NEARBY 100 /* tokens */

/* "An official who ... said. "...," the official said": a noun that was said of somebody just now.
 */
static bool is_introduced(const struct analysis *a, const struct source *s)
{
    uint32_t first = s->first > a->kept.tokens + NEARBY ? s->first - NEARBY : a->kept.tokens;
    for (uint32_t i = first; i < s->first; i++)
        if (a->tokens.items[i].hash == a->tokens.items[s->head].hash)
            return true;
    return false;
}

/* "He was asked. Only once, the pilot said": the one who is talked of, of whom no role is told. */
static bool is_talked_of(const struct analysis *a, const struct recent *one, const struct source *s)
{
    return one->subject == 2 && one->paragraph == paragraph_of(a, s->first) &&
           !has_role(&a->profiles.items[one->entity]) && !is_introduced(a, s);
}

static int fit_description(const struct reader *r, const struct recent *one, const struct source *s)
{
    const struct analysis *a = r->a;
    const struct profile *p = &a->profiles.items[one->entity];
    const struct lexicon_kind *head = token_kind(a, s->head);
    if (p->type != ENTITY_PERSON || (p->sex && s->sex && p->sex != s->sex))
        return INT32_MIN;
    if (p->unnamed)
        return a->tokens.items[a->sources.items[p->source].head].hash ==
                       a->tokens.items[s->head].hash
                   ? 10
                   : INT32_MIN;
    bool plain = head->group == lexicon_group_person();
    bool same = profile_has_group(p, head->group) && !plain;
    int countries = fit_countries(a, p, s);
    if (!same && !plain && countries <= 0)
        return s->speaks && is_talked_of(a, one, s) ? -8 : INT32_MIN;
    if (plain && !s->sex && p->entity_is_speaker == 0)
        return INT32_MIN;
    return (same ? 14 : 0) + countries + (p->sex && p->sex == s->sex ? 3 : 0);
}

/* "the ministry", "the company": an organisation whose name ends so, or the one last talked of. */
static int fit_group(const struct reader *r, const struct recent *one, const struct source *s)
{
    const struct profile *p = &r->a->profiles.items[one->entity];
    const struct analysis *a = r->a;
    if (p->type != ENTITY_ORGANIZATION)
        return INT32_MIN;
    if (p->unnamed)
        return a->tokens.items[a->sources.items[p->source].head].hash ==
                       a->tokens.items[s->head].hash
                   ? 10
                   : INT32_MIN;
    const struct name *own = &a->names.items[p->first_name];
    for (uint32_t i = own->first; i < own->end; i++) /* "the ministry": the Ministry of Trade */
        if (a->tokens.items[i].hash == a->tokens.items[s->head].hash)
            return i + 1 == own->end ? 20 : 18;
    return token_among(a, s->head,
                       " company firm group agency organization organisation bank airline "
                       "newspaper automaker maker carmaker chain retailer ")
               ? 0
               : INT32_MIN;
}

static uint32_t unnamed_entity(struct reader *r, uint32_t index)
{
    struct analysis *a = r->a;
    const struct source *s = &a->sources.items[index];
    uint32_t *entity = counts_put(r->unnamed, tokens_hash(a, s->first, s->end));
    if (*entity == 0) {
        uint8_t type = token_is(a, s->head, LEX_GROUP) && !token_is(a, s->head, LEX_ROLE)
                           ? ENTITY_ORGANIZATION
                           : ENTITY_PERSON;
        vector_push(
            &a->profiles,
            ((struct profile){
                .first_name = NONE, .type = type, .unnamed = 1, .source = index, .sex = s->sex}));
        *entity = (uint32_t)a->profiles.count;
    }
    return *entity - 1;
}

/* Whether somebody lately talked of could be meant by any role, as none is told of him. */
static bool may_be_known(const struct reader *r, const struct source *s)
{
    for (unsigned i = 0; i < r->count; i++)
        if (fit_person(r, &r->recent[i], s) != INT32_MIN &&
            !has_role(&r->a->profiles.items[r->recent[i].entity]))
            return true;
    return false;
}

/* A stranger: one who speaks, or of whom a sentence tells so that "he" may mean him. */
static bool is_stranger(const struct reader *r, const struct source *s)
{
    bool subject = !s->oblique && token_has(r->a, s->first, SHAPE_FIRST) && is_definite(r->a, s) &&
                   token_is(r->a, s->head, LEX_ROLE);
    return s->speaks || (subject && !may_be_known(r, s));
}

static void resolve_description(struct reader *r, uint32_t index)
{
    struct analysis *a = r->a;
    struct source *s = &a->sources.items[index];
    if (is_definite(a, s)) {
        bool group = token_is(a, s->head, LEX_GROUP) && !token_is(a, s->head, LEX_ROLE);
        struct choice choice = choose(r, s, group ? fit_group : fit_description);
        s->entity = choice.entity;
        s->sure = choice.lead >= 8 ? 0.92f : 0.8f;
        uint8_t role = token_kind(a, s->head)->group;
        if (choice.entity != NONE && !group &&
            !profile_has_group(&a->profiles.items[s->entity], role)) {
            struct profile *p = &a->profiles.items[s->entity];
            s->sure = has_role(p) || p->unnamed ? s->sure : 0.75f;
            profile_add_group(p, role);
        }
    }
    if (s->entity == NONE && is_stranger(r, s)) {
        s->entity = unnamed_entity(r, index);
        a->sources.items[index].sure = 0.97f;
    }
}

/* ---- in order -------------------------------------------------------------------------------- */

static void note_speaks(struct analysis *a, uint32_t source)
{
    struct source *s = &a->sources.items[source];
    s->speaks = 1;
    if (s->partner != NONE)
        a->sources.items[s->partner].speaks = 1;
}

static void note_who_speaks(struct analysis *a)
{
    for (size_t i = 0; i < a->utterances.count; i++)
        if (a->utterances.items[i].source != NONE)
            note_speaks(a, a->utterances.items[i].source);
    for (size_t i = 0; i < a->cues.count; i++)
        if (a->cues.items[i].source != NONE && a->cues.items[i].kind == CUE_VERB)
            note_speaks(a, a->cues.items[i].source);
}

static void pass_source(struct reader *r, uint32_t index)
{
    struct analysis *a = r->a;
    struct source *s = &a->sources.items[index];
    if (a->source_at[s->first] != index)
        return; /* became part of another */
    bool quoted = token_has(a, s->head, SHAPE_QUOTED);
    if (s->kind == SOURCE_NAME)
        s->sure = 1;
    else if (s->kind == SOURCE_PRONOUN && !quoted)
        resolve_pronoun(r, s);
    else if (s->kind == SOURCE_NOMINAL && !quoted)
        resolve_description(r, index);
    if (s->entity == NONE || (s->kind == SOURCE_PRONOUN && s->sure < 0.5f))
        return; /* a guess tells nothing of the ones after it */
    meet(r, s->entity, s);
    if (!s->speaks)
        return;
    a->profiles.items[s->entity].entity_is_speaker = 1;
    r->speaker = s->entity;
    r->speaker_paragraph = paragraph_of(a, s->first);
}

void analyse_resolve(struct analysis *a)
{
    struct reader r = {
        .a = a, .speaker = NONE, .sentence = NONE, .unnamed = &a->known[KNOWN_DESCRIPTIONS]};
    note_who_speaks(a);
    for (uint32_t i = a->kept.sources; i < a->sources.count; i++)
        pass_source(&r, i);
    for (size_t i = 0; i < a->utterances.count; i++) {
        struct utterance *u = &a->utterances.items[i];
        if (u->source == NONE)
            continue;
        const struct source *s = &a->sources.items[u->source];
        u->entity = s->entity;
        u->probability *= s->entity != NONE ? s->sure : 0.6f;
    }
}
