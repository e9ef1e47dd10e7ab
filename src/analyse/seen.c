#include "seen.h"

#define CLASS_PLACE    (LEX_PLACE | LEX_COUNTRY | LEX_REGION | LEX_CITY)
#define CLASS_GIVEN    (LEX_FEMALE | LEX_MALE)
#define CLASS_ORDINARY (LEX_COMMON | LEX_WORD | LEX_FUNCTION)

static void put(struct features *f, unsigned id)
{
    if (f->count < FEATURES_MOST)
        f->ids[f->count++] = (uint16_t)id;
}

static void put_if(struct features *f, bool holds, enum feature feature)
{
    if (holds)
        put(f, feature);
}

/* A feature that only training gives a weight: `what` is the question, `value` the answer. */
static void put_hashed(struct features *f, unsigned what, uint64_t value)
{
    uint64_t hash = lexicon_hash_end((value + what) * UINT64_C(0x9e3779b97f4a7c15) + what);
    put(f, FEATURE_COUNT + (unsigned)(hash % FEATURE_HASHES));
}

/* The limits of the name's paragraph, so that nobody looks over them. */
struct frame {
    const struct analysis *a;
    const struct name *name;
    uint32_t first, end; /* of the paragraph */
};

static bool before_is(const struct frame *w, uint32_t token, uint32_t back, const char *list)
{
    return token >= w->first + back && token_is(w->a, token - back, LEX_FUNCTION) &&
           token_among(w->a, token - back, list);
}

static bool is_word_at(const struct frame *w, uint32_t token, uint64_t classes)
{
    return token >= w->first && token < w->end && token_is(w->a, token, classes);
}

static bool punct_at(const struct frame *w, uint32_t token, uint16_t character)
{
    return token >= w->first && token < w->end && token_punct(w->a, token, character);
}

/* ---- the name itself ------------------------------------------------------------------------- */

static void whole_name(const struct frame *w, struct features *f)
{
    uint32_t first = w->name->first, end = w->name->end;
    uint64_t k = lexicon_kind(end - first == 1 ? w->a->tokens.items[first].kind
                                               : tokens_kind(w->a, first, end))
                     ->classes;
    bool doubtful = (k & (CLASS_GIVEN | LEX_SURNAME | CLASS_ORDINARY)) != 0;
    put_if(f, k & LEX_COUNTRY, FEATURE_COUNTRY);
    put_if(f, k & (LEX_PLACE | LEX_REGION), FEATURE_PLACE);
    put_if(f, (k & LEX_CITY) && !doubtful, FEATURE_CITY);
    put_if(f, (k & LEX_CITY) && doubtful, FEATURE_CITY_ORDINARY);
    put_if(f, k & LEX_ORGANISATION, FEATURE_ORGANISATION);
    put_if(f, k & LEX_FAMOUS, FEATURE_FAMOUS);
    put_hashed(f, 1, k);
}

/* The word that says what the name is of: the one before "of", or the last. */
static uint32_t head_of(const struct analysis *a, const struct name *name)
{
    for (uint32_t i = name->first + 1; i < name->end; i++)
        if (token_is(a, i, LEX_FUNCTION) && token_among(a, i, " of for "))
            return i - 1;
    uint32_t last = name->end - 1;
    return last > name->first && token_is(a, last, LEX_SUFFIX) ? last - 1 : last;
}

static void words_inside(const struct frame *w, struct features *f)
{
    const struct analysis *a = w->a;
    uint32_t ordinary = 0, words = 0, capitals = 0;
    for (uint32_t i = w->name->first; i < w->name->end; i++) {
        const struct token *t = &a->tokens.items[i];
        uint64_t k = token_kind(a, i)->classes;
        bool inner = i > w->name->first;
        if (t->shape & SHAPE_CAPITAL) {
            capitals++;
            ordinary += (k & LEX_COMMON) != 0;
            words += (k & (LEX_COMMON | LEX_WORD)) != 0;
        }
        put_if(f, inner && (t->shape & SHAPE_DOTTED) && t->length == 2, FEATURE_INITIAL);
        put_if(f, inner && (k & LEX_PARTICLE), FEATURE_PARTICLE);
        put_if(f, inner && (k & LEX_TITLE), FEATURE_TITLE_INSIDE);
        put_if(f, token_punct(a, i, '&'), FEATURE_AMPERSAND);
        put_if(f, token_word(a, i, "of"), FEATURE_OF_INSIDE);
        put_if(f, token_word(a, i, "and"), FEATURE_AND_INSIDE);
        put_if(f, t->shape & SHAPE_NUMBER, FEATURE_DIGIT);
        put_hashed(f, 4, k);
    }
    put_if(f, ordinary == capitals, FEATURE_ALL_ORDINARY);
    put_if(f, words == capitals, FEATURE_ALL_WORDS);
    put_if(f, words == 0, FEATURE_NONE_ORDINARY);
}

/* Capitals at a paragraph's start, with a dash or a bracket soon after them. */
static bool is_dateline(const struct frame *w)
{
    if (w->name->first != w->first || w->a->tokens.items[w->first].length < 4)
        return false;
    for (uint32_t i = w->name->end; i < w->name->end + 8 && i < w->end; i++)
        if (punct_at(w, i, 0x2014) || punct_at(w, i, '-') || punct_at(w, i, 0x2013) ||
            punct_at(w, i, '('))
            return true;
    return false;
}

static void ends_of_name(const struct frame *w, struct features *f)
{
    const struct analysis *a = w->a;
    uint32_t first = w->name->first, last = w->name->end - 1, count = w->name->end - first;
    uint32_t head = head_of(a, w->name);
    uint64_t k = token_kind(a, first)->classes, l = token_kind(a, last)->classes,
             h = token_kind(a, head)->classes;
    const struct token *t = &a->tokens.items[first];
    bool several = count > 1, given = k & CLASS_GIVEN;
    put_if(f, several && given, FEATURE_GIVEN_FIRST);
    put_if(f, several && given && !(k & (CLASS_PLACE | CLASS_ORDINARY | LEX_ORG_HEAD)),
           FEATURE_GIVEN_STRONG);
    put_if(f, !several && given, FEATURE_GIVEN_ALONE);
    put_if(f, several && (l & LEX_SURNAME), FEATURE_SURNAME_LAST);
    put_if(f, !several && (l & LEX_SURNAME), FEATURE_SURNAME_ALONE);
    put_if(f, h & LEX_ORG_HEAD, FEATURE_HEAD_ORG);
    put_if(f, h & LEX_PLACE_HEAD, FEATURE_HEAD_PLACE);
    put_if(f, h & LEX_OTHER_HEAD, FEATURE_HEAD_OTHER);
    put_if(f, h & (LEX_GROUP | LEX_GROUP_NOUN), FEATURE_HEAD_GROUP);
    put_if(f, several && (k & LEX_ORG_HEAD), FEATURE_FIRST_ORG);
    put_if(f, several && (k & LEX_PLACE_HEAD), FEATURE_FIRST_PLACE);
    put_if(f, several && (k & LEX_NATION), FEATURE_NATION_FIRST);
    put_if(f, several && (k & CLASS_PLACE), FEATURE_PLACE_FIRST);
    put_if(f, several && (l & CLASS_PLACE), FEATURE_PLACE_LAST);
    put_if(f, several && (l & LEX_SUFFIX), FEATURE_SUFFIX);
    put_if(f, (l & LEX_ORG_HEAD) && token_among(a, last, " inc corp ltd llc plc co "),
           FEATURE_COMPANY);
    bool loud = !several && (t->shape & SHAPE_UPPER) && !(t->shape & SHAPE_DOTTED);
    put_if(f, loud && !(k & CLASS_PLACE && t->length > 3), FEATURE_ACRONYM);
    put_if(f, (t->shape & SHAPE_UPPER) && is_dateline(w), FEATURE_DATELINE);
    put_if(f, !several && (t->shape & SHAPE_DOTTED), FEATURE_DOTTED);
    put_if(f, !several && (t->shape & SHAPE_MIXED), FEATURE_MIXED);
    put_if(f, count == 1, FEATURE_ONE);
    put_if(f, count == 2, FEATURE_TWO);
    put_if(f, count == 3, FEATURE_THREE);
    put_if(f, count > 3, FEATURE_MANY);
    put_hashed(f, 5, k);
    put_hashed(f, 6, l);
    put_hashed(f, 7, a->tokens.items[last].hash);
    put_hashed(f, 8, a->tokens.items[first].hash);
    put_hashed(f, 9, h);
    put_hashed(f, 10,
               (uint64_t)(t->shape & (SHAPE_UPPER | SHAPE_MIXED | SHAPE_DOTTED | SHAPE_HYPHEN)) *
                       8 +
                   (count > 4 ? 4 : count));
}

/* ---- its neighbours -------------------------------------------------------------------------- */

/* "..." said Ann Lee; "..." Ann Lee said: what touches both is somebody. */
static bool speaks(const struct frame *w)
{
    const struct analysis *a = w->a;
    uint32_t first = w->name->title_first, end = w->name->end;
    bool inverted = is_word_at(w, first - 1, LEX_SAY) && first >= w->first + 2 &&
                    token_has(a, first - 2, SHAPE_QUOTE_EDGE);
    bool straight = first > w->first && token_has(a, first - 1, SHAPE_QUOTE_EDGE) &&
                    is_word_at(w, end, LEX_SAY);
    return inverted || straight;
}

/* What is told of companies. */
static void like_companies(const struct frame *w, struct features *f)
{
    const struct analysis *a = w->a;
    uint32_t at = w->name->first, end = w->name->end;
    put_if(f, speaks(w), FEATURE_SPEAKS);
    put_if(f, end + 1 < w->end && token_is(a, end, LEX_SAY) && token_word(a, end + 1, "it"),
           FEATURE_SAID_IT);
    put_if(f, punct_at(w, end, ',') && end + 1 < w->end && token_word(a, end + 1, "which"),
           FEATURE_WHICH_AFTER);
    put_if(f,
           at >= w->first + 2 && token_word(a, at - 1, "of") && token_among(a, at - 2, " shares "),
           FEATURE_SHARES_OF);
    put_if(f,
           at >= w->first + 2 && token_word(a, at - 1, "at") &&
               token_is(a, at - 2, LEX_ROLE | LEX_PERSON_NOUN),
           FEATURE_ROLE_AT);
}

static void words_before(const struct frame *w, struct features *f)
{
    const struct analysis *a = w->a;
    const struct name *n = w->name;
    uint32_t at = n->title_first;
    bool title = n->title_end > n->title_first;
    put_if(f, title, FEATURE_TITLE);
    put_if(f, title && (token_has(a, n->title_end - 1, SHAPE_CAPITAL)), FEATURE_TITLE_STRONG);
    if (at <= w->first)
        return;
    bool the = before_is(w, at, 1, " the ");
    put_if(f, the, FEATURE_THE);
    put_if(f,
           before_is(w, at, 1, " in at near outside inside throughout around ") ||
               (the && before_is(w, at, 2, " in at near ")),
           FEATURE_IN);
    put_if(f, before_is(w, at, 1, " from to across toward towards into "), FEATURE_FROM);
    put_if(f, before_is(w, at, 1, " of "), FEATURE_OF);
    put_if(f, before_is(w, at, 1, " by "), FEATURE_BY);
    put_if(f, before_is(w, at, 1, " with for against and "), FEATURE_WITH);
    put_if(f,
           is_word_at(w, at - 1, LEX_ROLE | LEX_PERSON_NOUN) &&
               !token_has(a, at - 1, SHAPE_CAPITAL),
           FEATURE_ROLE_BEFORE);
    put_if(f,
           before_is(w, at, 1, " of ") && at >= w->first + 2 &&
               is_word_at(w, at - 2, LEX_PLACE_HEAD),
           FEATURE_PLACE_WORD_BEFORE);
    put_if(f, is_word_at(w, at - 1, LEX_GROUP | LEX_GROUP_NOUN), FEATURE_GROUP_BEFORE);
    put_if(f, is_word_at(w, at - 1, LEX_SAY), FEATURE_SAY_BEFORE);
    put_if(f, punct_at(w, at - 1, '('), FEATURE_IN_BRACKETS);
    put_if(f, punct_at(w, at - 1, ',') && at >= w->first + 2 && is_word_at(w, at - 2, CLASS_PLACE),
           FEATURE_LIST_NEIGHBOUR_PLACE);
    const struct token *t = &a->tokens.items[at - 1];
    put_hashed(f, 11, t->hash);
    put_hashed(f, 12, token_kind(a, at - 1)->classes);
    if (at >= w->first + 2)
        put_hashed(f, 13, a->tokens.items[at - 2].hash);
}

static void after_comma(const struct frame *w, uint32_t at, struct features *f)
{
    const struct analysis *a = w->a;
    if (at >= w->end)
        return;
    uint32_t age = a->tokens.items[at].length;
    bool short_number = token_has(a, at, SHAPE_NUMBER) && age <= 2;
    put_if(f, short_number && at + 1 < w->end && token_has(a, at + 1, SHAPE_PUNCT),
           FEATURE_AGE_AFTER);
    put_if(f, is_word_at(w, at, CLASS_PLACE) && token_has(a, at, SHAPE_CAPITAL),
           FEATURE_COMMA_PLACE_AFTER);
    put_if(f, token_among(a, at, " who whose "), FEATURE_WHO_AFTER);
    for (uint32_t i = at; i < at + 4 && i < w->end; i++)
        if (is_word_at(w, i, LEX_ROLE | LEX_TITLE) && !token_has(a, i, SHAPE_FIRST)) {
            put(f, FEATURE_ROLE_AFTER);
            return;
        }
}

static void words_after(const struct frame *w, struct features *f)
{
    const struct analysis *a = w->a;
    uint32_t at = w->name->end;
    if (at >= w->end || token_has(a, at, SHAPE_FIRST))
        return;
    const struct token *t = &a->tokens.items[at];
    bool says = is_word_at(w, at, LEX_SAY | LEX_SPEAK);
    put_if(f, says, FEATURE_SAY_AFTER);
    put_if(f,
           says && !w->name->initial &&
               token_among(a, at, " said says told added asked wrote replied tweeted argued "),
           FEATURE_SAID_AFTER);
    bool function = token_is(a, at, LEX_FUNCTION);
    put_if(f, function && token_among(a, at, " who whose "), FEATURE_WHO_AFTER);
    put_if(f, t->shape & SHAPE_POSSESSIVE, FEATURE_POSSESSIVE_AFTER);
    put_if(f,
           is_word_at(w, at, LEX_GROUP_PERSON | LEX_GROUP | LEX_ROLE) && (t->shape & SHAPE_SPACE),
           FEATURE_GROUP_AFTER);
    put_if(f, is_word_at(w, at, LEX_PERSON_NOUN | LEX_GROUP_NOUN), FEATURE_NOUN_AFTER);
    put_if(f, function && token_among(a, at, " has had is was will would can could did does "),
           FEATURE_VERB_AFTER);
    put_if(f, token_word(a, at, "and"), FEATURE_AND_NEXT);
    if (punct_at(w, at, ','))
        after_comma(w, at + 1, f);
    bool born = punct_at(w, at, '(') && at + 1 < w->end &&
                (token_among(a, at + 1, " born b ") ||
                 (token_has(a, at + 1, SHAPE_NUMBER) && a->tokens.items[at + 1].length == 4));
    put_if(f, born, FEATURE_BORN_AFTER);
    bool bracket = punct_at(w, at, '(') && at + 2 < w->end && token_has(a, at + 1, SHAPE_UPPER) &&
                   punct_at(w, at + 2, ')');
    put_if(f, bracket, FEATURE_BRACKET_ACRONYM);
    put_hashed(f, 14, t->hash);
    put_hashed(f, 15, token_kind(a, at)->classes);
    if (at + 1 < w->end) {
        put_hashed(f, 16, a->tokens.items[at + 1].hash);
    }
}

/* The last letters of the last word, as they are written. */
static void endings(const struct frame *w, struct features *f)
{
    const struct token *t = &w->a->tokens.items[w->name->end - 1];
    for (unsigned length = 2; length <= 4 && length < t->length; length++) {
        uint64_t value = length;
        for (unsigned i = 0; i < length; i++)
            value = value << 8 | (unsigned char)w->a->text[t->start + t->length - 1 - i];
        put_hashed(f, 17, value);
    }
}

void features_of(const struct analysis *a, uint32_t index, struct features *f)
{
    const struct name *name = &a->names.items[index];
    uint32_t sentence = a->tokens.items[name->first].sentence;
    const struct paragraph *p = &a->paragraphs.items[a->sentences.items[sentence].paragraph];
    struct frame w = {a, name, p->first, p->end};
    f->count = 0;
    put(f, FEATURE_BIAS);
    whole_name(&w, f);
    words_inside(&w, f);
    ends_of_name(&w, f);
    words_before(&w, f);
    words_after(&w, f);
    endings(&w, f);
    like_companies(&w, f);
    put_if(f, name->initial, FEATURE_INITIAL_PLACE);
    put_if(f,
           name->title_first == p->first && (token_has(a, name->first, SHAPE_UPPER)) &&
               punct_at(&w, name->end, ':'),
           FEATURE_LABEL);
    put_if(f, p->casing == CASING_SHOUTED, FEATURE_SHOUTED);
    put_if(f, p->casing == CASING_TITLE, FEATURE_TITLE_CASE);
    put_if(f, p->comment != DOCUMENT_NONE, FEATURE_IN_COMMENT);
    bool quoted = name->first > p->first && name->end < p->end &&
                  token_has(a, name->first - 1, SHAPE_QUOTE_EDGE) &&
                  token_has(a, name->end, SHAPE_QUOTE_EDGE);
    put_if(f, quoted, FEATURE_QUOTED_ALONE);
}
