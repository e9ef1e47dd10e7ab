/*
 * Who could speak: names, pronouns, and descriptions ("the Iranian diplomat", "a spokesman",
 * "police").
 *
 *      an AP reporter who witnessed the opening said Crocker and Kazemi shook hands
 *      -------------- ---                            -------     ------
 *      description    pronoun                        name        name
 *
 * A description has a noun for a person or a group at its end, and goes back to its article or to
 * the words before the noun that may describe one. A description right before a name is that name's
 * title.
 */
#include "internal.h"

#define NOUNS          (LEX_ROLE | LEX_GROUP_PERSON | LEX_GROUP)
#define PHRASE_LONGEST 8

static void add(struct analysis *a, struct source source)
{
    uint32_t index = (uint32_t)a->sources.count;
    source.partner = NONE;
    for (uint32_t i = source.first; i < source.end; i++)
        a->source_at[i] = index;
    vector_push(&a->sources, source);
}

static const struct {
    const char *words;
    uint8_t sex, plural;
} pronouns[] = {
    {" he ", SEX_MALE, 0},
    {" she ", SEX_FEMALE, 0},
    {" they we you ", SEX_UNKNOWN, 1},
    {" i it who ", SEX_UNKNOWN, 0},
};

/* Whose words they are may be told so: "Her answer was short:". Never a subject. */
static bool add_owner(struct analysis *a, uint32_t token)
{
    bool his = token_among(a, token, " his ");
    if (!token_has(a, token, SHAPE_FIRST) || (!his && !token_among(a, token, " her ")))
        return false;
    add(a, (struct source){.first = token,
                           .head = token,
                           .end = token + 1,
                           .name = NONE,
                           .entity = NONE,
                           .kind = SOURCE_PRONOUN,
                           .sex = his ? SEX_MALE : SEX_FEMALE,
                           .oblique = 1});
    return true;
}

static bool add_pronoun(struct analysis *a, uint32_t token)
{
    if (!token_is(a, token, LEX_PRONOUN) ||
        (token_has(a, token, SHAPE_UPPER) && a->tokens.items[token].length > 1))
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(pronouns); i++) {
        if (!token_among(a, token, pronouns[i].words))
            continue;
        add(a, (struct source){.first = token,
                               .head = token,
                               .end = token + 1,
                               .name = NONE,
                               .entity = NONE,
                               .kind = SOURCE_PRONOUN,
                               .sex = pronouns[i].sex,
                               .plural = pronouns[i].plural});
        return true;
    }
    return false;
}

static bool is_article(const struct analysis *a, uint32_t token)
{
    return token_is(a, token, LEX_ARTICLE);
}

/* A noun for somebody who may speak, the last of its phrase. */
static bool is_noun(const struct analysis *a, uint32_t token, uint32_t end)
{
    const struct token *t = &a->tokens.items[token];
    if (!(t->shape & SHAPE_WORD) || a->name_at[token] != NONE)
        return false;
    uint64_t classes = token_kind(a, token)->classes;
    bool capital = t->shape & SHAPE_CAPITAL;
    if (capital && !(classes & (LEX_ROLE | LEX_GROUP_PERSON)) && !(t->shape & SHAPE_FIRST))
        return false;
    if (!(classes & (NOUNS | LEX_PERSON_NOUN)) ||
        ((classes & LEX_FUNCTION) && !(classes & LEX_GROUP_PERSON)))
        return false;
    if (token + 1 >= end || !token_has(a, token + 1, SHAPE_WORD))
        return true;
    uint64_t next = token_kind(a, token + 1)->classes;
    bool compound = (next & NOUNS) && !(next & (LEX_SAY | LEX_SPEAK | LEX_FUNCTION)) &&
                    a->name_at[token + 1] == NONE;
    return !compound && !token_has(a, token + 1, SHAPE_POSSESSIVE);
}

/* A word that may stand between an article and its noun. */
static bool may_describe(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    if (!(t->shape & (SHAPE_WORD | SHAPE_NUMBER)))
        return false;
    return !token_is(a, token, LEX_FUNCTION) || (t->shape & SHAPE_UPPER) ||
           a->name_at[token] != NONE || token_among(a, token, " of and most only other ");
}

static uint32_t phrase_start(const struct analysis *a, uint32_t head, uint32_t first)
{
    for (uint32_t i = head; i > first && head - i < PHRASE_LONGEST;) {
        i--;
        if (is_article(a, i) && !token_among(a, i, " that "))
            return i;
        if (!may_describe(a, i) || token_has(a, i, SHAPE_QUOTE_EDGE) || token_is(a, i, LEX_SAY))
            break;
    }
    uint32_t start = head;
    while (start > first && head - start < 4 &&
           (token_is(a, start - 1, LEX_NATION | LEX_TITLE_MOD | LEX_NUMBER | LEX_GROUP) ||
            a->name_at[start - 1] != NONE) &&
           !token_is(a, start - 1, LEX_SAY | LEX_SPEAK) && token_has(a, start, SHAPE_SPACE))
        start--;
    return start;
}

static bool is_plural(const struct analysis *a, uint32_t head)
{
    const struct token *t = &a->tokens.items[head];
    char last = a->text[t->start + t->length - 1];
    return token_is(a, head, LEX_GROUP_PERSON) || (last == 's' && t->length > 4) ||
           token_among(a, head, " men women people police children ");
}

/* Prepositions that make what follows no subject. */
static bool is_oblique(const struct analysis *a, uint32_t first, uint32_t end,
                       uint32_t sentence_first, uint32_t sentence_end)
{
    if (end < sentence_end && token_has(a, end, SHAPE_POSSESSIVE))
        return true;
    if (first <= sentence_first)
        return false;
    return token_is(a, first - 1, LEX_PREPOSITION);
}

/* "one of them", "one of those": before or behind a verb of saying. */
static bool add_one_of(struct analysis *a, uint32_t token, const struct sentence *s)
{
    if (!token_word(a, token, "one") || token + 2 >= s->end || !token_word(a, token + 1, "of"))
        return false;
    bool them = token_among(a, token + 2, " them us these those ");
    bool says = (token > s->first && token_is(a, token - 1, LEX_SAY)) ||
                (token + 3 < s->end && token_is(a, token + 3, LEX_SAY));
    if (!them || !says)
        return false;
    add(a, (struct source){.first = token,
                           .head = token,
                           .end = token + 3,
                           .name = NONE,
                           .entity = NONE,
                           .kind = SOURCE_NOMINAL});
    return true;
}

/* "the Kenyan said": somebody's nation stands for him. */
static bool add_nation(struct analysis *a, uint32_t token, const struct sentence *s)
{
    if (!token_is(a, token, LEX_NATION) || !token_has(a, token, SHAPE_CAPITAL) ||
        a->name_at[token] != NONE || token <= s->first || !token_word(a, token - 1, "the") ||
        token + 1 >= s->end || is_plural(a, token))
        return false;
    bool ends = token_has(a, token + 1, SHAPE_PUNCT | SHAPE_MARK) ||
                token_is(a, token + 1, LEX_SAY | LEX_FUNCTION);
    if (!ends)
        return false;
    add(a, (struct source){.first = token - 1,
                           .head = token,
                           .end = token + 1,
                           .name = NONE,
                           .entity = NONE,
                           .kind = SOURCE_NOMINAL,
                           .oblique = is_oblique(a, token - 1, token + 1, s->first, s->end)});
    return true;
}

/* "the thrift said": whatever it is, it speaks. */
static bool is_before_said(const struct analysis *a, uint32_t token, uint32_t end)
{
    const struct token *t = &a->tokens.items[token];
    if (!(t->shape & SHAPE_WORD) || (t->shape & (SHAPE_CAPITAL | SHAPE_POSSESSIVE)) ||
        token_is(a, token, LEX_FUNCTION | LEX_ADVERB | LEX_CALENDAR | LEX_NUMBER))
        return false;
    return token + 1 < end && token_is(a, token + 1, LEX_SAY) &&
           token_among(a, token + 1,
                       " said says told added tweeted wrote replied announced insisted confirmed "
                       "explained warned ");
}

static bool add_phrase(struct analysis *a, uint32_t head, const struct sentence *s)
{
    bool says = is_before_said(a, head, s->end);
    if (!says && (!token_is(a, head, NOUNS | LEX_PERSON_NOUN) || !is_noun(a, head, s->end)))
        return false;
    uint32_t first = phrase_start(a, head, s->first);
    bool owned = first > s->first && token_is(a, head, LEX_ROLE) &&
                 token_has(a, first - 1, SHAPE_POSSESSIVE); /* "Weyl's envoy" */
    bool article = owned || (first < head && is_article(a, first));
    bool plural = is_plural(a, head);
    bool known = token_is(a, head, NOUNS | LEX_PERSON_NOUN);
    if (!article && (!known || (!plural && !token_is(a, head, LEX_ROLE | LEX_GROUP))))
        return false;
    bool after_comma = first > s->first && token_punct(a, first - 1, ',');
    if (!article && first == head && !plural && head != s->first && !after_comma)
        return false;
    if (token_is(a, head, LEX_PERSON_NOUN) && !token_is(a, head, NOUNS) && !article)
        return false;
    const struct lexicon_kind *kind = token_kind(a, head);
    struct source source = {.first = first,
                            .head = head,
                            .end = head + 1,
                            .name = NONE,
                            .entity = NONE,
                            .kind = SOURCE_NOMINAL,
                            .plural = plural,
                            .sex = kind->sex};
    source.oblique = is_oblique(a, first, head + 1, s->first, s->end);
    add(a, source);
    return true;
}

static uint32_t add_name(struct analysis *a, uint32_t n, const struct sentence *s)
{
    const struct name *name = &a->names.items[n];
    uint32_t first = name->title_first;
    uint32_t before = name->first > s->first ? a->source_at[name->first - 1] : NONE;
    bool title = before != NONE && a->sources.items[before].kind == SOURCE_NOMINAL &&
                 name->type == ENTITY_PERSON && a->sources.items[before].end == name->first &&
                 token_has(a, name->first, SHAPE_SPACE) && !a->sources.items[before].plural;
    if (title && a->sources.items[before].first < first)
        first = a->sources.items[before].first;
    else if (!title && first > s->first && token_among(a, first - 1, " the a an "))
        first--;
    struct source source = {.first = first,
                            .head = name->end - 1,
                            .end = name->end,
                            .name = n,
                            .entity = name->entity,
                            .kind = SOURCE_NAME,
                            .sex = name->sex};
    source.oblique = is_oblique(a, first, name->end, s->first, s->end);
    if (title)
        a->sources.items[before].oblique = 1;
    add(a, source);
    return name->end;
}

void analyse_sources(struct analysis *a)
{
    uint32_t count = (uint32_t)a->tokens.count;
    a->source_at = analyse_token_table(a);
    for (uint32_t i = a->kept.tokens; i < count;) {
        const struct sentence *s = &a->sentences.items[a->tokens.items[i].sentence];
        uint32_t n = a->name_at[i];
        if (n != NONE && a->names.items[n].entity != NONE && i == a->names.items[n].first) {
            i = add_name(a, n, s);
            continue;
        }
        if (!add_pronoun(a, i) && !add_owner(a, i) && !add_one_of(a, i, s) && !add_nation(a, i, s))
            add_phrase(a, i, s);
        i = a->source_at[i] != NONE ? a->sources.items[a->source_at[i]].end : i + 1;
    }
}
