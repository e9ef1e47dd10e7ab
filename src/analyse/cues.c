/*
 * Words that say that somebody speaks, and who that is.
 *
 * For each verb of saying outside the quotations its subject is looked for, first where it must be
 * if the verb stands behind it, walking back over what may come between:
 *
 *      Crocker said        Crocker, the U.S. ambassador, later said       officials in Baghdad said
 *      ^-------            ^--------------------------<------           ^-------------<---------
 *      the envoy called it "a start" and said      "...," said Mohamed ElBaradei, the director
 *      ^---------------------------------        after it, if a quotation stands before
 *
 * Every walk has a limit, so the whole is linear.
 */
#include "internal.h"
#include "speakers.h"

#define BACK_LONGEST  40 /* tokens that may stand between a subject and its verb */
#define CHAIN_LONGEST 5  /* "the head of the office of the mayor of ..." */

#define VERBS (LEX_SAY | LEX_SPEAK)

static bool is_adverb(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (!(t->shape & SHAPE_WORD) || a->name_at[token] != NONE)
        return false;
    if (token_is(a, token, LEX_ADVERB | LEX_CALENDAR))
        return true;
    return t->length > 3 && a->text[t->start + t->length - 1] == 'y' &&
           a->text[t->start + t->length - 2] == 'l' && !(t->shape & SHAPE_CAPITAL);
}

static bool is_outside(const struct analysis *a, uint32_t token)
{
    return a->span_at[token] == NONE;
}

/* The source that ends right before `end`, or NONE. */
static uint32_t source_ending(const struct analysis *a, uint32_t end, uint32_t first)
{
    if (end <= first)
        return NONE;
    uint32_t source = a->source_at[end - 1];
    return source != NONE && a->sources.items[source].end == end && is_outside(a, end - 1) ? source
                                                                                           : NONE;
}

/* From a source that follows a preposition to the one that it describes: "officials in Baghdad". */
static uint32_t climb(const struct analysis *a, uint32_t source, uint32_t first)
{
    uint32_t start = source;
    for (unsigned step = 0; step < CHAIN_LONGEST; step++) {
        const struct source *s = &a->sources.items[source];
        uint32_t at = s->first;
        if (at <= first + 1 || !s->oblique)
            return source;
        if (token_among(a, at - 1, " the a an his her its their "))
            at--;
        if (at <= first + 1 ||
            !token_among(a, at - 1, " of for in at on from with to near within against "))
            return source;
        uint32_t before = source_ending(a, at - 1, first);
        if (before == NONE || a->sources.items[before].kind == SOURCE_PRONOUN)
            return start;
        source = before;
    }
    return source;
}

uint32_t speaker_named_after(const struct analysis *a, uint32_t source)
{
    const struct source *s = &a->sources.items[source];
    uint32_t last = (uint32_t)a->tokens.count - 1;
    if (s->kind != SOURCE_NOMINAL || s->plural || s->end + 2 > last || !token_punct(a, s->end, ','))
        return NONE;
    uint32_t next = a->source_at[s->end + 1];
    if (next == NONE || !speaker_is_person(a, next) || a->sources.items[next].first != s->end + 1 ||
        !is_outside(a, s->end + 1))
        return NONE;
    uint32_t end = a->sources.items[next].end;
    return end <= last && (token_punct(a, end, ',') || token_punct(a, end, '.')) ? next : NONE;
}

/* Whether two that stand side by side may speak with one voice: two names, or two descriptions. */
static bool may_join(const struct analysis *a, uint32_t first, uint32_t second)
{
    const struct source *f = &a->sources.items[first], *s = &a->sources.items[second];
    return f->kind != SOURCE_PRONOUN && s->kind != SOURCE_PRONOUN && !f->oblique &&
           (f->kind == SOURCE_NAME || s->kind == SOURCE_NOMINAL);
}

static void join(struct analysis *a, uint32_t first, uint32_t second)
{
    uint32_t named = speaker_named_after(a, second);
    a->sources.items[first].partner = named != NONE ? named : second;
}

/* "Kazemi and Crocker said": the first of them, and the second is its partner. "who said": whom it
 * describes. */
static uint32_t refine(struct analysis *a, uint32_t source, uint32_t first)
{
    source = climb(a, source, first);
    const struct source *s = &a->sources.items[source];
    uint32_t at = s->first;
    if (at > first + 1 && token_word(a, at - 1, "and")) {
        uint32_t before = source_ending(a, at - 1, first);
        if (before != NONE && may_join(a, before, source)) {
            join(a, before, source);
            return before;
        }
    }
    uint32_t named = speaker_named_after(a, source);
    if (named != NONE)
        return named;
    if (s->kind == SOURCE_PRONOUN && token_word(a, s->first, "who") && at > first) {
        uint32_t end = at - (token_punct(a, at - 1, ',') ? 1 : 0);
        uint32_t before = source_ending(a, end, first);
        return before != NONE ? climb(a, before, first) : NONE;
    }
    if (s->kind == SOURCE_NOMINAL && !s->plural && at > first + 1 && token_punct(a, at - 1, ',')) {
        uint32_t before =
            source_ending(a, at - 1, first); /* "Weyl, commander of the port guard said" */
        if (before != NONE && speaker_is_person(a, before) && !a->sources.items[before].oblique)
            return before;
    }
    return source;
}

static bool is_break(const struct analysis *a, uint32_t token)
{
    return token_punct(a, token, ',') || token_punct(a, token, 0x2014) ||
           token_punct(a, token, 0x2013) || token_punct(a, token, '-') ||
           token_punct(a, token, ')');
}

/* What may not follow the comma of an appositive: a new clause. */
static bool starts_clause(const struct analysis *a, uint32_t token)
{
    return token_among(
        a, token,
        " and but or he she they it we i so yet then while when as if because although though ");
}

/* Whether a source is somebody's name with nothing but titles before it from `first` on: "former
 * Vermont Gov. Ann Lee". */
static bool is_titled_person(const struct analysis *a, uint32_t source, uint32_t first)
{
    if (source == NONE || !speaker_is_person(a, source))
        return false;
    for (uint32_t i = first; i < a->sources.items[source].first; i++)
        if (!token_has(a, i, SHAPE_CAPITAL) &&
            !token_is(a, i, LEX_TITLE | LEX_TITLE_MOD | LEX_ROLE))
            return false;
    return true;
}

/* "Crocker, the ambassador to Iraq, said": from the second comma to the source before the first. */
static uint32_t over_appositive(struct analysis *a, uint32_t comma, uint32_t first)
{
    uint32_t limit = comma > first + BACK_LONGEST ? comma - BACK_LONGEST : first;
    for (uint32_t i = comma; i > limit + 1;) {
        i--;
        if (!is_outside(a, i))
            return NONE;
        bool bracket = token_punct(a, comma, ')');
        if (bracket ? !token_punct(a, i, '(') : !is_break(a, i))
            continue;
        uint32_t source = source_ending(a, i, first);
        if (source == NONE ||
            (a->sources.items[source].oblique && climb(a, source, first) == source) ||
            starts_clause(a, i + 1))
            continue;
        uint32_t inner = source_ending(a, comma, first); /* "A spokesman, Jonas Weyl, said" */
        source = refine(a, source, first);
        bool described = source != NONE && a->sources.items[source].kind != SOURCE_PRONOUN &&
                         !speaker_is_person(a, source);
        return described && is_titled_person(a, inner, i + 1) ? inner : source;
    }
    return NONE;
}

/* The first possible subject of the clause that ends before `end`. */
static uint32_t first_in_clause(const struct analysis *a, uint32_t end, uint32_t first)
{
    uint32_t found = NONE, owner = NONE;
    uint32_t limit = end > first + BACK_LONGEST ? end - BACK_LONGEST : first;
    for (uint32_t i = end; i > limit;) {
        i--;
        bool dash = found != NONE && (token_punct(a, i, 0x2014) || token_punct(a, i, 0x2013) ||
                                      token_punct(a, i, '-'));
        if (!is_outside(a, i) || token_punct(a, i, ';') || token_punct(a, i, ':') || dash)
            break;
        if (found != NONE && token_is(a, i, LEX_FUNCTION) &&
            token_among(a, i, " that but whether because while although when if as "))
            break;
        uint32_t source = a->source_at[i];
        if (source == NONE || i != a->sources.items[source].first)
            continue;
        const struct source *s = &a->sources.items[source];
        if (s->kind == SOURCE_PRONOUN && token_among(a, i, " it who you we i "))
            continue;
        uint32_t next = a->source_at[s->end];
        if (next != NONE && a->sources.items[next].first == s->end && speaker_is_person(a, next))
            continue; /* "Vermont Gov. Ann Lee" */
        if (!s->oblique)
            found = source;
        else if (token_has(a, s->end, SHAPE_POSSESSIVE) && s->kind == SOURCE_NAME)
            owner = source;
    }
    return found != NONE ? found : owner; /* "PC Week's analysis concluded" */
}

static uint32_t skip_adverbs_back(const struct analysis *a, uint32_t at, uint32_t first)
{
    for (unsigned step = 0; step < 5 && at > first && is_outside(a, at - 1); step++) {
        bool day = at - 1 > first && token_is(a, at - 1, LEX_CALENDAR) &&
                   token_among(a, at - 2, " on in last late early this ");
        if (!day && (!is_adverb(a, at - 1) || a->source_at[at - 1] != NONE))
            break;
        at -= day ? 2 : 1; /* "Trump on Thursday accused" */
    }
    return at;
}

struct subject {
    uint32_t source;
    bool near; /* right before the verb: even a doubtful verb is one then */
};

static struct subject subject_before(struct analysis *a, uint32_t verb, uint32_t first)
{
    struct subject none = {NONE, false};
    uint32_t at = skip_adverbs_back(a, verb, first);
    if (at <= first || !is_outside(a, at - 1))
        return none;
    uint32_t source = source_ending(a, at, first);
    if (source != NONE) {
        source = refine(a, source, first);
        if (source != NONE)
            return (struct subject){source, true};
    }
    if (is_break(a, at - 1)) {
        source = over_appositive(a, at - 1, first);
        if (source != NONE)
            return (struct subject){source, true};
    }
    if (token_is(a, at - 1, LEX_FUNCTION) &&
        token_among(a, at - 1, " the a an to of his her their its this that my our "))
        return none;
    return (struct subject){first_in_clause(a, at, first), false};
}

/* "said Lee and Weyl.": notes the second of them. */
static void join_after(struct analysis *a, uint32_t source, uint32_t end)
{
    uint32_t at = a->sources.items[source].end;
    if (at + 1 >= end || !token_word(a, at, "and") || !is_outside(a, at + 1))
        return;
    uint32_t second = a->source_at[at + 1];
    if (second == NONE || a->sources.items[second].first != at + 1 || !may_join(a, source, second))
        return;
    at = a->sources.items[second].end;
    if (at >= end || token_has(a, at, SHAPE_PUNCT) ||
        token_is(a, at, LEX_PREPOSITION | LEX_CALENDAR))
        join(a, source, second);
}

/* "said Mohamed ElBaradei", "said one official". */
static uint32_t subject_after(struct analysis *a, uint32_t verb, uint32_t end)
{
    uint32_t at = verb + 1;
    while (at < end && at < verb + 3 && is_adverb(a, at) && a->source_at[at] == NONE)
        at++;
    if (at >= end || !is_outside(a, at))
        return NONE;
    for (uint32_t i = at; i < at + 5 && i < end && is_outside(a, i); i++) {
        uint32_t source = a->source_at[i];
        if (source != NONE && a->sources.items[source].end < end &&
            token_has(a, a->sources.items[source].end, SHAPE_POSSESSIVE)) {
            i = a->sources.items[source].end; /* "argues Leeds University's Ann Lee" */
            continue;
        }
        if (source != NONE && !token_among(a, i, " it who you ")) {
            uint32_t named = speaker_named_after(a, source);
            source = named != NONE                                  ? named
                     : i == at || !a->sources.items[source].oblique ? source
                                                                    : NONE;
            if (source != NONE)
                join_after(a, source, end);
            return source;
        }
        if (!token_has(a, i, SHAPE_WORD) || token_is(a, i, LEX_SAY))
            return NONE;
    }
    return NONE;
}

/* Nouns as often as verbs: they need a subject right before them. */
static bool is_doubtful(const struct analysis *a, uint32_t verb)
{
    const struct token *t = &a->tokens.items[verb];
    if (token_among(a, verb,
                    " said says told tells added adds asked asks wrote writes spoke swore began "))
        return false;
    return !(t->length > 3 && a->text[t->start + t->length - 1] == 'd') ||
           token_is(a, verb, LEX_ROLE | LEX_GROUP | LEX_GROUP_PERSON);
}

/* "officials report", "he reports", but not "the weather report" or "New York state". */
static bool agrees(const struct analysis *a, uint32_t verb, const struct source *s)
{
    const struct token *t = &a->tokens.items[verb];
    bool third = a->text[t->start + t->length - 1] == 's';
    bool person = s->kind == SOURCE_PRONOUN || s->plural || (s->kind == SOURCE_NAME && third);
    bool plural = s->plural || token_among(a, s->head, " i ");
    return person && !s->oblique && plural != third;
}

static bool after_quotation(const struct analysis *a, uint32_t verb)
{
    for (uint32_t i = verb; i > 0 && verb - i < 4;) {
        i--;
        if (!is_outside(a, i))
            return token_has(a, i, SHAPE_QUOTE_EDGE);
        if (!token_has(a, i, SHAPE_PUNCT) && !is_adverb(a, i) && !token_among(a, i, " so thus "))
            return false;
    }
    return false;
}

/* Whether the phrase after the verb is all that follows: ", said Ann Lee of Leeds." */
static bool ends_clause(const struct analysis *a, uint32_t source, uint32_t end)
{
    uint32_t at = a->sources.items[source].end;
    if (a->sources.items[source].kind == SOURCE_PRONOUN)
        return at >= end || token_has(a, at, SHAPE_PUNCT);
    return at >= end || token_has(a, at, SHAPE_PUNCT) ||
           token_among(a, at, " of for at in on from who ");
}

/* "were told by Crocker that": who it is by whom somebody is told; NONE: it is not so. */
static uint32_t teller(const struct analysis *a, uint32_t verb, const struct sentence *s)
{
    uint32_t at = skip_adverbs_back(a, verb, s->first);
    bool passive = at < verb && token_among(a, verb - 1, " is are was were been being ");
    if (!passive || verb + 2 >= s->end || !token_word(a, verb + 1, "by") ||
        !token_among(a, verb, " told asked warned informed assured reminded advised "))
        return NONE;
    uint32_t source = a->source_at[verb + 2];
    if (source == NONE || !is_outside(a, verb + 2))
        return NONE;
    uint32_t named = speaker_named_after(a, source);
    return named != NONE ? named : source;
}

static void push_cue(struct analysis *a, struct cue cue)
{
    vector_push(&a->cues, cue);
}

static void see_verb(struct analysis *a, uint32_t verb, const struct sentence *s)
{
    bool say = token_is(a, verb, LEX_SAY);
    bool tell = token_among(a, verb, " told tells tell ");
    struct cue cue = {
        .first = verb, .end = verb + 1, .source = NONE, .kind = say ? CUE_VERB : CUE_WEAK_VERB};
    bool starts = verb == s->first || after_quotation(a, verb);
    bool comma = verb > s->first && token_punct(a, verb - 1, ',');
    cue.source = teller(a, verb, s);
    if (cue.source == NONE && (starts || comma) && !tell) {
        cue.source = subject_after(a, verb, s->end);
        if (!starts && cue.source != NONE && (!say || !ends_clause(a, cue.source, s->end)))
            cue.source = NONE;
        cue.inverted = cue.source != NONE;
    }
    if (cue.source == NONE) {
        struct subject subject = subject_before(a, verb, s->first);
        bool doubtful = is_doubtful(a, verb);
        if (!doubtful || (subject.near && agrees(a, verb, &a->sources.items[subject.source])))
            cue.source = subject.source;
        struct cue *last = a->cues.count ? &a->cues.items[a->cues.count - 1] : NULL;
        bool joined = verb > s->first && token_among(a, verb - 1, " and but then also ") && last &&
                      last->first >= s->first;
        if ((cue.source == NONE || !subject.near) && joined && !doubtful && last->source != NONE)
            cue.source = last->source;
    }
    if (cue.source == NONE && !say && !token_is(a, verb, LEX_SAY))
        return;
    if (cue.source == NONE && is_doubtful(a, verb))
        return;
    push_cue(a, cue);
}

static void see_gerund(struct analysis *a, uint32_t verb, const struct sentence *s)
{
    struct cue *last = a->cues.count ? &a->cues.items[a->cues.count - 1] : NULL;
    struct cue cue = {.first = verb, .end = verb + 1, .source = NONE, .kind = CUE_WEAK_VERB};
    if (last && last->first >= s->first)
        cue.source = last->source;
    else
        cue.source = first_in_clause(a, verb, s->first);
    if (cue.source != NONE)
        push_cue(a, cue);
}

static void see_according(struct analysis *a, uint32_t token, const struct sentence *s)
{
    uint32_t at = token + 2;
    for (uint32_t i = at; i < at + 8 && i < s->end && is_outside(a, i); i++) {
        uint32_t source = a->source_at[i];
        if (source == NONE)
            continue;
        uint32_t named = speaker_named_after(a, source);
        source = named != NONE ? named : source;
        push_cue(a, (struct cue){
                        .first = token, .end = token + 2, .source = source, .kind = CUE_ACCORDING});
        return;
    }
}

void analyse_cues(struct analysis *a)
{
    uint32_t count = (uint32_t)a->tokens.count;
    for (uint32_t i = a->kept.tokens; i < count; i++) {
        if (!is_outside(a, i) || !token_has(a, i, SHAPE_WORD) || a->name_at[i] != NONE)
            continue;
        const struct sentence *s = &a->sentences.items[a->tokens.items[i].sentence];
        bool according =
            i + 1 < s->end && ((token_word(a, i, "according") && token_word(a, i + 1, "to")) ||
                               (token_word(a, i, "words") && token_word(a, i + 1, "of")));
        if (according)
            see_according(a, i, s);
        else if (token_is(a, i, VERBS))
            see_verb(a, i, s);
        else if (token_is(a, i, LEX_SAYING | LEX_SPEAKING))
            see_gerund(a, i, s);
    }
}
