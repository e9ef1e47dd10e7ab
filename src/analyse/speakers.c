/*
 * Who says a quotation.
 *
 * The rules below are tried in order for each quotation by looking at what touches it, then at the
 * rest of its sentence, then at what stands around; the first that finds a speaker wins. What they
 * are worth was counted on some thousands of quotations of news. Whether "he" or "the envoy" is
 * understood rightly comes on top of it, in resolve.c.
 */
#include "speakers.h"

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
    [RULE_STRANGER] = {"\"...,\" chanted the mob", 0},
    [RULE_CONTINUES] = {"\"...,\" X said. \"...\"", 0.93f},
    [RULE_ADJOINS] = {"\"...\" \"...,\" X said", 0.80f},
    [RULE_OPENS_NEXT] = {"... X said. / \"...\"", 0.64f},
    [RULE_SAID_BEFORE] = {"No, X said. \"...\"", 0.75f},
    [RULE_TOLD_ABOVE] = {"X described it. / \"...\"", 0.60f},
    [RULE_SUBJECT] = {"X paused. \"...\"", 0.61f},
    [RULE_GAP] = {"... X said. / ... / \"...\"", 0.25f},
};

/* ---- what stands around ---------------------------------------------------------------------- */

/* The subject of the sentence before: "X paused."; whether that says so: "No, X said." */
static uint32_t previous_subject(const struct view *v, bool *says)
{
    const struct analysis *a = v->a;
    uint32_t sentence =
        a->tokens.items[v->before < v->paragraph->end ? v->before : v->before - 1].sentence;
    if (sentence == 0 || a->sentences.items[sentence - 1].first < v->paragraph->first)
        return NONE;
    const struct sentence *s = &a->sentences.items[sentence - 1];
    uint32_t cue = speaker_cue_from(a, s->first);
    if (cue < a->cues.count && a->cues.items[cue].first < s->end &&
        a->cues.items[cue].source != NONE) {
        *says = a->cues.items[cue].kind == CUE_VERB;
        return a->cues.items[cue].source;
    }
    return speaker_first_subject(a, s->first, s->end);
}

#define LONG 12 /* tokens: so many are a sentence even if their end mark was forgotten */

/* Whether the words inside make a sentence of their own. */
static bool is_sentence(const struct analysis *a, const struct span *span)
{
    const struct token *last = &a->tokens.items[span->end - 1],
                       *first = &a->tokens.items[span->first];
    bool ends = (last->shape & SHAPE_PUNCT) &&
                (last->folded == '.' || last->folded == '!' || last->folded == '?' ||
                 last->folded == ',' || last->folded == 0x2026);
    bool begins = (first->shape & (SHAPE_CAPITAL | SHAPE_NUMBER | SHAPE_PUNCT)) != 0;
    return begins && (ends || (last->shape & SHAPE_DOTTED) || span->end - span->first > LONG);
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
    speaker_settle(v, from->source, NONE, rule);
    struct utterance *u = &v->a->utterances.items[v->span->quote];
    if (sure < 0.9f)
        u->probability *= sure;
}

/* The paragraph before ends with a colon: who is its subject, or speaks there last? */
static bool try_colon_above(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t index = v->span->paragraph;
    if (index == 0 || v->before != v->paragraph->first ||
        a->paragraphs.items[index - 1].comment != v->paragraph->comment)
        return false;
    const struct paragraph *above = &a->paragraphs.items[index - 1];
    if (!token_punct(a, above->end - 1, ':'))
        return false;
    const struct sentence *s = &a->sentences.items[a->tokens.items[above->end - 1].sentence];
    uint32_t cue = speaker_cue_from(a, s->first);
    uint32_t source =
        cue < a->cues.count && a->cues.items[cue].first < s->end ? a->cues.items[cue].source : NONE;
    if (source == NONE)
        source = speaker_first_subject(a, s->first, s->end);
    if (source != NONE)
        speaker_settle(v, source, NONE, RULE_COLON);
    return source != NONE;
}

/* The paragraph before has no quotation, and its last sentence tells that somebody speaks: "Lee
 * described the night in a letter." */
static bool try_told_above(struct view *v)
{
    const struct analysis *a = v->a;
    uint32_t index = v->span->paragraph;
    if (index == 0 || a->paragraphs.items[index - 1].comment != v->paragraph->comment)
        return false;
    const struct paragraph *above = &a->paragraphs.items[index - 1];
    for (uint32_t i = above->first; i < above->end; i++)
        if (a->span_at[i] != NONE)
            return false;
    const struct sentence *s = &a->sentences.items[a->tokens.items[above->end - 1].sentence];
    uint32_t cue = speaker_cue_from(a, s->first);
    if (above->is_title || cue >= a->cues.count || a->cues.items[cue].first >= s->end ||
        a->cues.items[cue].source == NONE || !speaker_is_person(a, a->cues.items[cue].source))
        return false;
    speaker_settle(v, a->cues.items[cue].source, NONE, RULE_TOLD_ABOVE);
    return true;
}

static void try_around(struct view *v, const struct state *state)
{
    const struct analysis *a = v->a;
    bool sentence = is_sentence(a, v->span);
    bool opens = v->span->open == v->paragraph->first;
    if (try_colon_above(v))
        return;
    bool begins = token_has(a, v->before, SHAPE_FIRST) ||
                  (v->before > v->paragraph->first && !speaker_outside(a, v->before - 1));
    if (state->last_span != NONE && state->last_paragraph == v->span->paragraph && sentence &&
        begins) {
        copy_speaker(v, state->last_span, RULE_CONTINUES);
        return;
    }
    bool says = false;
    uint32_t subject = previous_subject(v, &says);
    if (sentence && subject != NONE) {
        speaker_settle(v, subject, NONE, says ? RULE_SAID_BEFORE : RULE_SUBJECT);
        return;
    }
    if (opens && sentence && try_told_above(v))
        return;
    if (state->last_span == NONE || !sentence ||
        a->paragraphs.items[state->last_paragraph].comment != v->paragraph->comment)
        return;
    if (opens && state->last_paragraph + 1 == v->span->paragraph)
        copy_speaker(v, state->last_span, RULE_OPENS_NEXT);
    else if (opens)
        copy_speaker(v, state->last_span, RULE_GAP);
}

static bool is_settled(const struct view *v)
{
    return v->a->utterances.items[v->span->quote].rule != RULE_NONE;
}

/* ---- one quotation after the other ----------------------------------------------------------- */

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

/* "...," chanted the mob: somebody says it whom we cannot name, so it is not the one before. */
static bool says_stranger(const struct view *v)
{
    uint32_t at = speaker_skip_commas(v, v->after);
    return speaker_leads_on(v) && at < v->paragraph->end && speaker_outside(v->a, at) &&
           token_is(v->a, at, LEX_SAY) && speaker_looks_finite(v->a, at);
}

static void attribute(struct view *v, const struct state *state)
{
    static bool (*const tries[])(struct view *) = {
        speaker_try_after,     speaker_try_before, speaker_try_unknown_verb, speaker_try_dash,
        speaker_try_according, speaker_try_inside, speaker_try_tail};
    for (size_t i = 0; i < ARRAY_LENGTH(tries); i++)
        if (tries[i](v))
            return;
    if (says_stranger(v))
        speaker_settle(v, NONE, NONE, RULE_STRANGER);
    else
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
            joined = !speaker_try_after(&v) && !speaker_try_unknown_verb(&v) && !says_stranger(&v);
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
