/*
 * The rules that look at what touches a quotation, and at the rest of its sentence; what each is
 * worth is in speakers.c.
 */
#include <string.h>

#include "speakers.h"

/* ---- cues by place --------------------------------------------------------------------------- */

/* The first cue that begins at `token` or later. */
uint32_t speaker_cue_from(const struct analysis *a, uint32_t token)
{
    uint32_t low = 0, high = (uint32_t)a->cues.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (a->cues.items[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void speaker_settle(struct view *v, uint32_t source, uint32_t cue, enum rule rule)
{
    struct utterance *u = &v->a->utterances.items[v->span->quote];
    u->source = source;
    u->cue = cue;
    u->rule = (uint8_t)rule;
    u->probability = rule_facts[rule].probability;
}

bool speaker_outside(const struct analysis *a, uint32_t token)
{
    return a->span_at[token] == NONE;
}

/* ---- what follows ---------------------------------------------------------------------------- */

/* Whether the words inside end so that the sentence goes on after the mark. */
bool speaker_leads_on(const struct view *v)
{
    const struct analysis *a = v->a;
    if (v->after < v->paragraph->end && token_punct(a, v->after, ','))
        return true;
    const struct token *last = &a->tokens.items[v->span->end - 1];
    return (last->shape & SHAPE_PUNCT) && last->folded != '.' && last->folded != ')';
}

uint32_t speaker_skip_commas(const struct view *v, uint32_t at)
{
    const struct analysis *a = v->a;
    while (at < v->paragraph->end && (token_punct(a, at, ',') || token_punct(a, at, '-') ||
                                      token_punct(a, at, 0x2014) || token_punct(a, at, 0x2013)))
        at++;
    return at;
}

/* "...," X said; "...," said X; "...," the envoy, a wry man, said. */
bool speaker_try_after(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = speaker_skip_commas(v, v->after);
    if (at >= v->paragraph->end || !speaker_outside(a, at))
        return false;
    const struct token *last = &a->tokens.items[v->span->end - 1];
    bool stopped = (last->shape & SHAPE_PUNCT) && last->folded == '.' && at == v->after;
    for (uint32_t c = speaker_cue_from(a, at); c < a->cues.count; c++) {
        const struct cue *cue = &a->cues.items[c];
        if (cue->first >= at + REACH || cue->first >= v->paragraph->end)
            return false;
        for (uint32_t i = at; i < cue->first; i++)
            if (!speaker_outside(a, i) || (token_has(a, i, SHAPE_FIRST) && i > at))
                return false;
        if (cue->source == NONE || cue->kind == CUE_ACCORDING)
            continue;
        const struct source *s = &a->sources.items[cue->source];
        bool verb_first = cue->first <= at + 1 && (cue->inverted || s->first < cue->first);
        bool subject_first = s->first >= at && s->first <= at + 1 && s->first < cue->first;
        if (cue->first == at && s->first < v->span->first && !cue->inverted)
            return false;
        if (!verb_first && !subject_first)
            continue;
        if (cue->kind == CUE_WEAK_VERB && !speaker_leads_on(v))
            return false;
        if (stopped && (subject_first || !cue->inverted))
            return false;
        speaker_settle(v, cue->source, c, subject_first ? RULE_AFTER_SUBJECT : RULE_AFTER_VERB);
        return true;
    }
    return false;
}

bool speaker_looks_finite(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    char last = a->text[t->start + t->length - 1];
    return last == 's' || last == 'd';
}

/* "grinned", and those that are not formed so and may stand for speaking: "Lang shot back". */
static bool looks_past(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (token_among(a, token,
                    " shot hit began went cut broke sang swore spat threw burst put bit "))
        return true;
    return (t->shape & SHAPE_WORD) && !(t->shape & SHAPE_CAPITAL) && t->length > 3 &&
           !memcmp(a->text + t->start + t->length - 2, "ed", 2);
}

/* "...," X grinned; "...," grinned X. */
bool speaker_try_unknown_verb(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = speaker_skip_commas(v, v->after);
    if (!speaker_leads_on(v) || at + 1 >= v->paragraph->end || !speaker_outside(a, at))
        return false;
    uint32_t source = a->source_at[at];
    if (source != NONE && a->sources.items[source].first == at) {
        uint32_t end = a->sources.items[source].end;
        bool person = a->sources.items[source].kind != SOURCE_NAME ||
                      a->names.items[a->sources.items[source].name].type == ENTITY_PERSON;
        if (end < v->paragraph->end && person && speaker_outside(a, end) && looks_past(a, end) &&
            !a->sources.items[source].oblique) {
            speaker_settle(v, source, NONE, RULE_AFTER_UNKNOWN);
            return true;
        }
    }
    source = a->source_at[at + 1];
    if (!looks_past(a, at) || source == NONE || a->sources.items[source].first != at + 1 ||
        !speaker_outside(a, at + 1))
        return false;
    uint32_t named = speaker_named_after(a, source);
    speaker_settle(v, named != NONE ? named : source, NONE, RULE_AFTER_UNKNOWN);
    return true;
}

/* "..." -- X, at the end of the paragraph. */
bool speaker_try_dash(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = speaker_skip_commas(v, v->after);
    if (at == v->after || at >= v->paragraph->end || token_punct(a, v->after, ',') ||
        !speaker_outside(a, at))
        return false;
    uint32_t source = a->source_at[at];
    if (source == NONE || a->sources.items[source].kind != SOURCE_NAME ||
        v->paragraph->end - at > 16)
        return false;
    for (uint32_t i = at; i < v->paragraph->end; i++)
        if (token_is(a, i, LEX_SAY) || (token_has(a, i, SHAPE_FIRST) && i > at))
            return false;
    speaker_settle(v, source, NONE, RULE_DASH);
    return true;
}

/* ---- what stands before ---------------------------------------------------------------------- */

/* The last cue with a speaker in [floor, before); NONE: there is none. */
static uint32_t last_cue(const struct view *v, uint32_t floor)
{
    const struct analysis *a = v->a;
    uint32_t c = speaker_cue_from(a, v->before), start = c;
    while (c > 0 && a->cues.items[c - 1].first >= floor && start - c < CUES_MOST) {
        c--;
        if (a->cues.items[c].source != NONE && a->cues.items[c].kind != CUE_ACCORDING)
            return c;
    }
    return NONE;
}

/* "In the words of X, "..."": where that stands nearer than any verb. */
static bool try_according_before(struct view *v, uint32_t verb)
{
    const struct analysis *a = v->a;
    uint32_t c = speaker_cue_from(a, v->before);
    if (c == 0 || a->cues.items[c - 1].kind != CUE_ACCORDING ||
        a->cues.items[c - 1].first < v->floor)
        return false;
    if (verb != NONE && a->cues.items[verb].first > a->cues.items[c - 1].first)
        return false;
    speaker_settle(v, a->cues.items[c - 1].source, c - 1, RULE_ACCORDING);
    return true;
}

bool speaker_is_person(const struct analysis *a, uint32_t source)
{
    const struct source *s = &a->sources.items[source];
    return s->kind == SOURCE_NAME && a->names.items[s->name].type == ENTITY_PERSON;
}

/* "The task force commander, Gen. Jonas Weyl, gave ...": the person in commas not far behind. */
static uint32_t apposed_person(const struct analysis *a, uint32_t source, uint32_t end)
{
    if (a->sources.items[source].kind == SOURCE_PRONOUN || speaker_is_person(a, source))
        return NONE;
    uint32_t from = a->sources.items[source].end;
    for (uint32_t i = from; i + 1 < end && i < from + 6; i++) {
        if (!token_punct(a, i, ','))
            continue;
        uint32_t next = a->source_at[i + 1];
        bool person =
            next != NONE && speaker_is_person(a, next) && a->sources.items[next].first == i + 1;
        uint32_t after = person ? a->sources.items[next].end : end;
        return after < end && token_punct(a, after, ',') ? next : NONE;
    }
    return NONE;
}

/* "The letter from Ann Lee was read aloud": who wrote it; NONE: it is no such thing. */
static uint32_t writer_of(const struct analysis *a, uint32_t source, uint32_t end)
{
    const struct source *s = &a->sources.items[source];
    if (s->kind != SOURCE_NOMINAL || s->end + 1 >= end || !token_among(a, s->end, " from by ") ||
        !token_among(a, s->head, " letter statement note message email memo post tweet text "))
        return NONE;
    return a->source_at[s->end + 1];
}

/* The first that may be a subject in [first, end); NONE: none. */
uint32_t speaker_first_subject(const struct analysis *a, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < first + REACH; i++) {
        uint32_t source = a->source_at[i];
        if (source == NONE || !speaker_outside(a, i) || a->sources.items[source].oblique ||
            a->sources.items[source].first != i)
            continue;
        if (a->sources.items[source].kind == SOURCE_PRONOUN && !token_among(a, i, " he she they "))
            continue;
        uint32_t named = writer_of(a, source, end);
        if (named == NONE)
            named = apposed_person(a, source, end);
        return named != NONE ? named : source;
    }
    return NONE;
}

/* "Her answer was short: "...", "Weyl's advice: "...": whose answer it was; NONE: nobody's. */
static uint32_t owner_of_words(const struct analysis *a, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end && i < first + REACH; i++) {
        if (!token_among(a, i,
                         " answer answers reply response message advice verdict comment "
                         "explanation question warning motto conclusion argument theory "
                         "view point words statement plea appeal "))
            continue;
        uint32_t owner = token_has(a, i - 1, SHAPE_POSSESSIVE) ? i - 2 : i - 1;
        for (; owner > first && a->source_at[owner] == NONE && i - owner < 4; owner--)
            ;
        return a->source_at[owner];
    }
    return NONE;
}

/* X made it clear: "..." */
static bool try_colon(struct view *v)
{
    uint32_t source = speaker_first_subject(v->a, v->floor, v->before);
    if (source == NONE)
        source = owner_of_words(v->a, v->floor, v->before);
    if (source == NONE)
        return false;
    speaker_settle(v, source, NONE, RULE_COLON);
    return true;
}

/* X said: "..."; X said, "..."; X: "..." */
bool speaker_try_before(struct view *v)
{
    const struct analysis *a = v->a;
    if (v->before <= v->paragraph->first || !speaker_outside(a, v->before - 1))
        return false;
    bool colon = token_punct(a, v->before - 1, ':'), comma = token_punct(a, v->before - 1, ',');
    if (!colon && !comma)
        return false;
    uint32_t cue = last_cue(v, v->floor);
    if (try_according_before(v, cue))
        return true;
    bool near = cue != NONE && v->before - a->cues.items[cue].first <= REACH;
    if (colon && v->before - 1 > v->paragraph->first) {
        uint32_t source = a->source_at[v->before - 2];
        uint32_t first = a->source_at[v->paragraph->first];
        bool label = source != NONE && a->sources.items[source].first == v->paragraph->first;
        bool short_head =
            v->before - v->paragraph->first < REACH && speaker_outside(a, v->paragraph->first);
        bool owner = first != NONE && token_has(a, a->sources.items[first].end, SHAPE_POSSESSIVE) &&
                     (source == NONE || !speaker_is_person(a, source));
        if (!label && !near && first != NONE && short_head && !owner) {
            label = true; /* "Ann Lee, a poet: ...", "Leeds University's Ann Lee: ..." */
            source = !speaker_is_person(a, first) && source != NONE && speaker_is_person(a, source)
                         ? source
                         : first;
        }
        if (label) {
            speaker_settle(v, source, NONE, RULE_TRANSCRIPT);
            return true;
        }
    }
    if (!near && colon)
        return try_colon(v);
    if (!near)
        return false;
    if (comma && a->cues.items[cue].kind == CUE_WEAK_VERB &&
        v->before - a->cues.items[cue].first > 12)
        return false;
    speaker_settle(v, a->cues.items[cue].source, cue,
                   colon ? RULE_BEFORE_COLON : RULE_BEFORE_COMMA);
    return true;
}

/* ---- the rest of the sentence ---------------------------------------------------------------- */

static uint32_t sentence_end(const struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t last = v->after < v->paragraph->end ? v->after : v->paragraph->end - 1;
    if (v->after < v->paragraph->end && token_has(a, v->after, SHAPE_FIRST))
        return v->after;
    return a->sentences.items[a->tokens.items[last].sentence].end;
}

bool speaker_try_inside(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t floor =
        a->sentences
            .items[a->tokens.items[v->before < v->paragraph->end ? v->before : v->before - 1]
                       .sentence]
            .first;
    uint32_t cue = last_cue(v, floor);
    if (cue == NONE)
        return false;
    speaker_settle(v, a->cues.items[cue].source, cue,
                   a->cues.items[cue].kind == CUE_VERB ? RULE_INSIDE : RULE_INSIDE_WEAK);
    return true;
}

bool speaker_try_tail(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t end = sentence_end(v);
    uint32_t first = speaker_cue_from(a, v->after);
    for (uint32_t c = first;
         c < a->cues.count && c < first + CUES_MOST && a->cues.items[c].first < end; c++) {
        if (a->cues.items[c].source == NONE || a->cues.items[c].kind != CUE_VERB)
            continue;
        speaker_settle(v, a->cues.items[c].source, c, RULE_TAIL);
        return true;
    }
    return false;
}

bool speaker_try_according(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t end = sentence_end(v);
    uint32_t first = speaker_cue_from(
        a, a->sentences
               .items[a->tokens.items[v->before < v->paragraph->end ? v->before : v->before - 1]
                          .sentence]
               .first);
    for (uint32_t c = first;
         c < a->cues.count && c < first + CUES_MOST && a->cues.items[c].first < end; c++) {
        if (a->cues.items[c].kind != CUE_ACCORDING)
            continue;
        uint32_t verb = last_cue(v, a->cues.items[c].first); /* "X, according to Y, said ..." */
        if (a->cues.items[c].first < v->before && verb != NONE &&
            a->cues.items[verb].kind == CUE_VERB)
            return false;
        speaker_settle(v, a->cues.items[c].source, c, RULE_ACCORDING);
        return true;
    }
    return false;
}
