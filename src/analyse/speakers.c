/*
 * Who says a quotation.
 *
 * The rules below are tried in order for each quotation by looking at what touches it, then at the
 * rest of its sentence, then at what stands around; the first that finds a speaker wins. What they
 * are worth was counted on some thousands of quotations of news. Whether "he" or "the envoy" is
 * understood rightly comes on top of it, in resolve.c.
 */
#include "speakers.h"

#include <string.h>

const struct rule_fact rule_facts[RULES] = {
    [RULE_NONE] = {"nobody", 0},
    [RULE_AFTER_SUBJECT] = {"\"...,\" X said", 0.97f},
    [RULE_AFTER_VERB] = {"\"...,\" said X", 0.95f},
    [RULE_AFTER_UNKNOWN] = {"\"...,\" X grinned", 0.93f},
    [RULE_DASH] = {"\"...\" -- X", 0.97f},
    [RULE_BEFORE_COLON] = {"X said: \"...\"", 0.90f},
    [RULE_BEFORE_COMMA] = {"X said, \"...\"", 0.92f},
    [RULE_COLON] = {"X made it clear: \"...\"", 0.80f},
    [RULE_TRANSCRIPT] = {"X: ...", 0.95f},
    [RULE_ACCORDING] = {"according to X", 0.86f},
    [RULE_INSIDE] = {"X said the \"...\" was", 0.90f},
    [RULE_INSIDE_WEAK] = {"X called it \"...\"", 0.80f},
    [RULE_TAIL] = {"the \"...\" would help, X said", 0.80f},
    [RULE_CONTINUES] = {"\"...,\" X said. \"...\"", 0.93f},
    [RULE_ADJOINS] = {"\"...\" \"...,\" X said", 0.80f},
    [RULE_OPENS_NEXT] = {"... X said. / \"...\"", 0.64f},
    [RULE_SUBJECT] = {"X paused. \"...\"", 0.61f},
    [RULE_GAP] = {"... X said. / ... / \"...\"", 0.25f},
};

#define REACH 30 /* tokens between a quotation and its cue */
#define CUES_MOST                                                                                  \
    12 /* that are looked at, so that a sentence of nothing but cues costs no more   \
                      */

/* One quotation with what stands around it. */
struct view {
    struct analysis *a;
    uint32_t index; /* span */
    const struct span *span;
    const struct paragraph *paragraph;
    uint32_t before; /* token after the last one before the opening mark: [.., before) */
    uint32_t after;  /* token behind the closing mark */
    uint32_t floor;  /* sentence start before it, or the end of the quotation before, whichever is
                        later */
};

/* ---- cues by place
 * ------------------------------------------------------------------------------------------ */

/* The first cue that begins at `token` or later. */
static uint32_t cue_from(const struct analysis *a, uint32_t token)
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

static void settle(struct view *v, uint32_t source, uint32_t cue, enum rule rule)
{
    struct utterance *u = &v->a->utterances.items[v->span->quote];
    u->source = source;
    u->cue = cue;
    u->rule = (uint8_t)rule;
    u->probability = rule_facts[rule].probability;
}

static bool is_settled(const struct view *v)
{
    return v->a->utterances.items[v->span->quote].rule != RULE_NONE;
}

static bool outside(const struct analysis *a, uint32_t token)
{
    return a->span_at[token] == NONE;
}

/* ---- what follows
 * ------------------------------------------------------------------------------------------------
 */

/* Whether the words inside end so that the sentence goes on after the mark. */
static bool leads_on(const struct view *v)
{
    const struct analysis *a = v->a;
    if (v->after < v->paragraph->end && token_punct(a, v->after, ','))
        return true;
    const struct token *last = &a->tokens.items[v->span->end - 1];
    return (last->shape & SHAPE_PUNCT) && last->folded != '.' && last->folded != ')';
}

static uint32_t skip_commas(const struct view *v, uint32_t at)
{
    const struct analysis *a = v->a;
    while (at < v->paragraph->end && (token_punct(a, at, ',') || token_punct(a, at, '-') ||
                                      token_punct(a, at, 0x2014) || token_punct(a, at, 0x2013)))
        at++;
    return at;
}

/* "...," X said; "...," said X; "...," the envoy, a wry man, said. */
static bool try_after(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = skip_commas(v, v->after);
    if (at >= v->paragraph->end || !outside(a, at))
        return false;
    const struct token *last = &a->tokens.items[v->span->end - 1];
    bool stopped = (last->shape & SHAPE_PUNCT) && last->folded == '.' && at == v->after;
    for (uint32_t c = cue_from(a, at); c < a->cues.count; c++) {
        const struct cue *cue = &a->cues.items[c];
        if (cue->first >= at + REACH || cue->first >= v->paragraph->end)
            return false;
        for (uint32_t i = at; i < cue->first; i++)
            if (!outside(a, i) || (token_has(a, i, SHAPE_FIRST) && i > at))
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
        if (cue->kind == CUE_WEAK_VERB && !leads_on(v))
            return false;
        if (stopped && (subject_first || !cue->inverted))
            return false;
        settle(v, cue->source, c, subject_first ? RULE_AFTER_SUBJECT : RULE_AFTER_VERB);
        return true;
    }
    return false;
}

static bool looks_past(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    return (t->shape & SHAPE_WORD) && !(t->shape & SHAPE_CAPITAL) && t->length > 3 &&
           !memcmp(a->text + t->start + t->length - 2, "ed", 2);
}

/* "...," X grinned; "...," grinned X. */
static bool try_unknown_verb(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = skip_commas(v, v->after);
    if (!leads_on(v) || at + 1 >= v->paragraph->end || !outside(a, at))
        return false;
    uint32_t source = a->source_at[at];
    if (source != NONE && a->sources.items[source].first == at) {
        uint32_t end = a->sources.items[source].end;
        bool person = a->sources.items[source].kind != SOURCE_NAME ||
                      a->names.items[a->sources.items[source].name].type == ENTITY_PERSON;
        if (end < v->paragraph->end && person && outside(a, end) && looks_past(a, end) &&
            !a->sources.items[source].oblique) {
            settle(v, source, NONE, RULE_AFTER_UNKNOWN);
            return true;
        }
    }
    source = a->source_at[at + 1];
    if (!looks_past(a, at) || source == NONE || a->sources.items[source].first != at + 1 ||
        !outside(a, at + 1))
        return false;
    settle(v, source, NONE, RULE_AFTER_UNKNOWN);
    return true;
}

/* "..." -- X, at the end of the paragraph. */
static bool try_dash(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t at = skip_commas(v, v->after);
    if (at == v->after || at >= v->paragraph->end || token_punct(a, v->after, ',') ||
        !outside(a, at))
        return false;
    uint32_t source = a->source_at[at];
    if (source == NONE || a->sources.items[source].kind != SOURCE_NAME ||
        v->paragraph->end - at > 16)
        return false;
    for (uint32_t i = at; i < v->paragraph->end; i++)
        if (token_is(a, i, LEX_SAY) || (token_has(a, i, SHAPE_FIRST) && i > at))
            return false;
    settle(v, source, NONE, RULE_DASH);
    return true;
}

/* ---- what stands before
 * ------------------------------------------------------------------------------------------- */

/* The last cue with a speaker in [floor, before); NONE: there is none. */
static uint32_t last_cue(const struct view *v, uint32_t floor)
{
    const struct analysis *a = v->a;
    uint32_t c = cue_from(a, v->before), start = c;
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
    uint32_t c = cue_from(a, v->before);
    if (c == 0 || a->cues.items[c - 1].kind != CUE_ACCORDING || a->cues.items[c - 1].first < v->floor)
        return false;
    if (verb != NONE && a->cues.items[verb].first > a->cues.items[c - 1].first)
        return false;
    settle(v, a->cues.items[c - 1].source, c - 1, RULE_ACCORDING);
    return true;
}

/* The first that may be a subject in [first, end); NONE: none. */
static uint32_t first_subject(const struct analysis *a, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < first + REACH; i++) {
        uint32_t source = a->source_at[i];
        if (source == NONE || !outside(a, i) || a->sources.items[source].oblique || a->sources.items[source].first != i)
            continue;
        if (a->sources.items[source].kind == SOURCE_PRONOUN && !token_among(a, i, " he she they "))
            continue;
        return source;
    }
    return NONE;
}

/* X made it clear: "..." */
static bool try_colon(struct view *v)
{
    uint32_t source = first_subject(v->a, v->floor, v->before);
    if (source == NONE)
        return false;
    settle(v, source, NONE, RULE_COLON);
    return true;
}

/* X said: "..."; X said, "..."; X: "..." */
static bool try_before(struct view *v)
{
    const struct analysis *a = v->a;
    if (v->before <= v->paragraph->first || !outside(a, v->before - 1))
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
        bool short_head = v->before - v->paragraph->first < REACH && outside(a, v->paragraph->first);
        if (!label && !near && first != NONE && short_head) {
            label = true; /* "Ann Lee, a poet: ..." */
            source = first;
        }
        if (label) {
            settle(v, source, NONE, RULE_TRANSCRIPT);
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
    settle(v, a->cues.items[cue].source, cue, colon ? RULE_BEFORE_COLON : RULE_BEFORE_COMMA);
    return true;
}

/* ---- the rest of the sentence
 * ------------------------------------------------------------------------------------------ */

static uint32_t sentence_end(const struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t last = v->after < v->paragraph->end ? v->after : v->paragraph->end - 1;
    if (v->after < v->paragraph->end && token_has(a, v->after, SHAPE_FIRST))
        return v->after;
    return a->sentences.items[a->tokens.items[last].sentence].end;
}

static bool try_inside(struct view *v)
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
    settle(v, a->cues.items[cue].source, cue,
           a->cues.items[cue].kind == CUE_VERB ? RULE_INSIDE : RULE_INSIDE_WEAK);
    return true;
}

static bool try_tail(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t end = sentence_end(v);
    uint32_t first = cue_from(a, v->after);
    for (uint32_t c = first;
         c < a->cues.count && c < first + CUES_MOST && a->cues.items[c].first < end; c++) {
        if (a->cues.items[c].source == NONE || a->cues.items[c].kind != CUE_VERB)
            continue;
        settle(v, a->cues.items[c].source, c, RULE_TAIL);
        return true;
    }
    return false;
}

static bool try_according(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t end = sentence_end(v);
    uint32_t first = cue_from(a, v->floor);
    for (uint32_t c = first;
         c < a->cues.count && c < first + CUES_MOST && a->cues.items[c].first < end; c++) {
        if (a->cues.items[c].kind != CUE_ACCORDING)
            continue;
        settle(v, a->cues.items[c].source, c, RULE_ACCORDING);
        return true;
    }
    return false;
}

/* ---- what stands around
 * ----------------------------------------------------------------------------------------------------
 */

/* The subject of the sentence before: "X paused." */
static uint32_t previous_subject(const struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t sentence =
        a->tokens.items[v->before < v->paragraph->end ? v->before : v->before - 1].sentence;
    if (sentence == 0 || a->sentences.items[sentence - 1].first < v->paragraph->first)
        return NONE;
    const struct sentence *s = &a->sentences.items[sentence - 1];
    uint32_t cue = cue_from(a, s->first);
    if (cue < a->cues.count && a->cues.items[cue].first < s->end && a->cues.items[cue].source != NONE)
        return a->cues.items[cue].source;
    return first_subject(a, s->first, s->end);
}

/* Whether the words inside make a sentence of their own. */
static bool is_sentence(const struct analysis *a, const struct span *span)
{
    const struct token *last = &a->tokens.items[span->end - 1],
                       *first = &a->tokens.items[span->first];
    bool ends = (last->shape & SHAPE_PUNCT) &&
                (last->folded == '.' || last->folded == '!' || last->folded == '?' ||
                 last->folded == ',' || last->folded == 0x2026);
    return ends && (first->shape & (SHAPE_CAPITAL | SHAPE_NUMBER | SHAPE_PUNCT)) != 0;
}

struct state {
    uint32_t last_span;      /* the outermost span before this one that has a speaker, or NONE */
    uint32_t last_paragraph; /* where it stands */
};

static void copy_speaker(struct view *v, uint32_t from_span, enum rule rule)
{
    const struct analysis *a = v->a;
    const struct utterance *from = &a->utterances.items[a->spans.items[from_span].quote];
    if (from->source == NONE)
        return;
    float sure = from->probability;
    settle(v, from->source, NONE, rule);
    struct utterance *u = &v->a->utterances.items[v->span->quote];
    if (sure < 0.9f)
        u->probability *= sure;
}

/* The paragraph before ends with a colon: who is its subject, or speaks there last? */
static bool try_colon_above(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t index = v->span->paragraph;
    if (index == 0 || v->before != v->paragraph->first || a->paragraphs.items[index - 1].comment != v->paragraph->comment)
        return false;
    const struct paragraph *above = &a->paragraphs.items[index - 1];
    if (!token_punct(a, above->end - 1, ':'))
        return false;
    const struct sentence *s = &a->sentences.items[a->tokens.items[above->end - 1].sentence];
    uint32_t cue = cue_from(a, s->first);
    uint32_t source = cue < a->cues.count && a->cues.items[cue].first < s->end ? a->cues.items[cue].source : NONE;
    if (source == NONE)
        source = first_subject(a, s->first, s->end);
    if (source != NONE)
        settle(v, source, NONE, RULE_COLON);
    return source != NONE;
}

static void try_around(struct view *v, const struct state *state)
{
    const struct analysis *a = v->a;
    bool sentence = is_sentence(a, v->span);
    bool opens = v->span->open == v->paragraph->first;
    if (try_colon_above(v))
        return;
    bool begins = token_has(a, v->before, SHAPE_FIRST) || (v->before > v->paragraph->first && !outside(a, v->before - 1));
    if (state->last_span != NONE && state->last_paragraph == v->span->paragraph && sentence && begins) {
        copy_speaker(v, state->last_span, RULE_CONTINUES);
        return;
    }
    uint32_t subject = previous_subject(v);
    if (sentence && subject != NONE) {
        settle(v, subject, NONE, RULE_SUBJECT);
        return;
    }
    if (state->last_span == NONE || !sentence ||
        a->paragraphs.items[state->last_paragraph].comment != v->paragraph->comment)
        return;
    if (opens && state->last_paragraph + 1 == v->span->paragraph)
        copy_speaker(v, state->last_span, RULE_OPENS_NEXT);
    else if (opens)
        copy_speaker(v, state->last_span, RULE_GAP);
}

/* ---- one quotation after the other
 * -------------------------------------------------------------------------------------------- */

static struct view view_of(struct analysis *a, uint32_t index, uint32_t previous)
{
    const struct span *span = &a->spans.items[index];
    struct view v = {
        .a = a, .index = index, .span = span, .paragraph = &a->paragraphs.items[span->paragraph]};
    v.before = span->open != NONE ? span->open : span->first;
    v.after = span->close != NONE ? span->close + 1 : span->end;
    v.floor = a->sentences.items[a->tokens.items[v.before].sentence].first;
    if (previous != NONE && a->spans.items[previous].end > v.floor &&
        a->spans.items[previous].paragraph == span->paragraph)
        v.floor = a->spans.items[previous].end;
    return v;
}

/* "...," he said, "...": the second stretch belongs to the first. Between them is one sentence with
 * a cue. */
static bool goes_on(const struct analysis *a, uint32_t previous, const struct view *v)
{
    const struct span *p = &a->spans.items[previous];
    const struct utterance *u = &a->utterances.items[p->quote];
    if (p->paragraph != v->span->paragraph || p->close == NONE || v->before <= p->close + 1 ||
        u->rule == RULE_NONE)
        return false;
    bool after = u->rule == RULE_AFTER_SUBJECT || u->rule == RULE_AFTER_VERB ||
                 u->rule == RULE_AFTER_UNKNOWN;
    if (!after || v->before - p->close > REACH || a->sources.items[u->source].first < p->close)
        return false;
    const struct token *last = &a->tokens.items[v->before - 1];
    if (!(last->shape & SHAPE_PUNCT) || (last->folded != ',' && last->folded != '.' &&
                                         last->folded != 0x2014 && last->folded != ':'))
        return false;
    for (uint32_t i = p->close + 2; i < v->before; i++)
        if (token_has(a, i, SHAPE_FIRST))
            return false;
    return last->folded == ',' || is_sentence(a, v->span);
}

static void attribute(struct view *v, const struct state *state)
{
    static bool (*const tries[])(struct view *) = {
        try_after, try_before, try_unknown_verb, try_dash, try_according, try_inside, try_tail};
    for (size_t i = 0; i < ARRAY_LENGTH(tries); i++)
        if (tries[i](v))
            return;
    try_around(v, state);
}

/* Quotations that touch one with a speaker, and have none: "..." "...," X said. */
static void adjoin(struct analysis *a)
{
    uint32_t next = NONE;
    for (uint32_t i = (uint32_t)a->spans.count; i-- > 0;) {
        const struct span *span = &a->spans.items[i];
        if (span->outer != NONE)
            continue;
        struct view v = view_of(a, i, NONE);
        if (next != NONE && a->spans.items[next].paragraph == span->paragraph &&
            (!is_settled(&v) || a->utterances.items[span->quote].rule == RULE_GAP ||
             a->utterances.items[span->quote].rule == RULE_OPENS_NEXT) &&
            is_sentence(a, span) &&
            a->utterances.items[a->spans.items[next].quote].source != NONE &&
            a->spans.items[next].quote != span->quote) {
            enum rule of = a->utterances.items[a->spans.items[next].quote].rule;
            if (of != RULE_GAP && of != RULE_OPENS_NEXT && of != RULE_SUBJECT)
                copy_speaker(&v, next, RULE_ADJOINS);
        }
        next = i;
    }
}

void analyse_speakers(struct analysis *a)
{
    struct state state = {NONE, NONE};
    uint32_t previous = NONE;
    for (uint32_t i = 0; i < a->spans.count; i++) {
        if (a->spans.items[i].outer != NONE)
            continue;
        uint32_t into = a->utterances.items[a->spans.items[i].quote].into;
        if (into != NONE)
            a->spans.items[i].quote = into;
        struct view v = view_of(a, i, previous);
        bool joined = previous != NONE && !v.span->continues && goes_on(a, previous, &v);
        if (joined && !token_punct(a, v.before - 1, ','))
            joined = !try_after(&v) && !try_unknown_verb(&v);
        if (joined) {
            a->utterances.items[v.span->quote].into = a->spans.items[previous].quote;
            a->spans.items[i].quote = a->spans.items[previous].quote;
        } else if (!is_settled(&v)) {
            attribute(&v, &state);
        }
        if (a->utterances.items[a->spans.items[i].quote].source != NONE) {
            state.last_span = i;
            state.last_paragraph = a->spans.items[i].paragraph;
        }
        previous = i;
    }
    adjoin(a);
}
