/*
 * Which names name the same.
 *
 * Full names first: "Ryan Crocker", "Hassan Kazemi Qomi". Every part of a person's full name then
 * leads to the person ("Crocker", "Kazemi"); of two with one surname the one named more often is
 * meant by it alone, and "Mrs. Clinton" never is a man.
 *
 * Everything else goes by the whole name, by what the lexicon knows to be one thing ("U.S." and
 * "United States"), and by initials ("WHO" and "World Health Organization", in either order).
 *
 * All by tables from hashes to entities: one step a name.
 */
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "internal.h"

struct gatherer {
    struct analysis *a;
    struct counts *whole;    /* names as they are written, and place numbers: entity + 1 */
    struct counts *surnames; /* last words of persons' names: entity + 1 */
    struct counts *parts;    /* the other words of them */
    struct counts *spellings;
    struct counts *initials; /* of names of several words: entity + 1 */
};

#define KEY_PLACE UINT64_C(0x1000000000000000)
#define KEY_SHORT                                                                                  \
    UINT64_C(0x2000000000000000) /* taken off: what an organisation is called shortly */

/* ---- keys ------------------------------------------------------------------------------------ */

/* A part of a name, "al-" and the like off: "al-Sadr", "al Sadr", "Sadr". */
static uint64_t part_key(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    const char *text = a->text + t->start;
    bool article = t->length > 4 && text[2] == '-' &&
                   ((text[0] | 32) == 'a' || (text[0] | 32) == 'e') && (text[1] | 32) == 'l';
    return article ? word_hash(text + 3, t->length - 3u) : word_hash(text, t->length);
}

/* The initials of a name of several words, as tokens_hash() would give for them as one word; 0:
 * none. */
uint64_t name_initials(const struct analysis *a, const struct name *name)
{
    char letters[16];
    size_t count = 0;
    for (uint32_t i = name->first; i < name->end; i++) {
        const struct token *t = &a->tokens.items[i];
        if (!(t->shape & SHAPE_CAPITAL))
            continue;
        if (count == sizeof letters)
            return 0;
        letters[count++] = a->text[t->start];
    }
    if (count < 2)
        return 0;
    return word_hash(letters, (uint32_t)count);
}

static uint16_t place_of(const struct analysis *a, const struct name *name)
{
    uint32_t first = name->first, end = name->end;
    if (end - first > 2 && token_among(a, first, " state city republic kingdom commonwealth ") &&
        token_word(a, first + 1, "of"))
        first += 2; /* "the State of Texas" */
    uint16_t kind = end - first == 1 ? a->tokens.items[first].kind : tokens_kind(a, first, end);
    const struct lexicon_kind *k = lexicon_kind(kind);
    return k->classes & (LEX_PLACE | LEX_COUNTRY | LEX_ORGANISATION) ? k->place : 0;
}

static bool is_short(const struct analysis *a, const struct name *name)
{
    return name->end - name->first == 1 ||
           (name->end - name->first == 2 && token_is(a, name->first, LEX_PARTICLE) &&
            !token_has(a, name->first, SHAPE_DOTTED));
}

static uint32_t last_of(const struct analysis *a, const struct name *name)
{
    uint32_t last = name->end - 1;
    return token_is(a, last, LEX_SUFFIX) && last > name->first + 1 ? last - 1 : last;
}

/* ---- entities -------------------------------------------------------------------------------- */

static uint32_t new_entity(struct gatherer *g, uint32_t n)
{
    struct profile profile = {.first_name = n, .type = g->a->names.items[n].type, .source = NONE};
    vector_push(&g->a->profiles, profile);
    return (uint32_t)g->a->profiles.count - 1;
}

static uint8_t sex_of_given(const struct analysis *a, const struct name *name)
{
    if (name->type != ENTITY_PERSON ||
        (is_short(a, name) && !token_is(a, name->first, LEX_FEMALE | LEX_MALE)))
        return SEX_UNKNOWN;
    return token_kind(a, name->first)->sex;
}

/* Adds a name to an entity: the fullest becomes its own, titles and given names tell the sex. */
static void join(struct gatherer *g, uint32_t n, uint32_t entity)
{
    struct analysis *a = g->a;
    struct name *name = &a->names.items[n];
    struct profile *p = &a->profiles.items[entity];
    const struct name *own = &a->names.items[p->first_name];
    name->entity = entity;
    if (p->names++ > 0 && name->end - name->first > own->end - own->first)
        p->first_name = n;
    if (name->sex)
        p->sex = name->sex;
    else if (!p->sex && (p->names == 1 || !is_short(a, name))) /* "Clinton" is Hillary here */
        p->sex = sex_of_given(a, name);
}

/* "Kristin" and "Kristen", "Muqtada" and "Moqtada", "Chris" and "Christopher": one letter differs,
 * or one is the beginning of the other. */
static bool are_spellings(const char *left, size_t left_length, const char *right,
                          size_t right_length)
{
    size_t shorter = left_length < right_length ? left_length : right_length, same = 0, tail = 0;
    while (same < shorter && left[same] == right[same])
        same++;
    if (same == shorter && shorter >= 3)
        return true;
    while (tail < shorter - same && left[left_length - 1 - tail] == right[right_length - 1 - tail])
        tail++;
    size_t longer = left_length > right_length ? left_length : right_length;
    return shorter >= 5 && longer - same - tail <= 1;
}

/* A surname without its vowels, alike for "Maurer" and "Mauer", "Crocker" and "Krocker"; 0: too
 * short to tell. */
static uint64_t spelling_key(const struct analysis *a, uint32_t token)
{
    static const char same_as[] = "-bkd-fghijklmn-pkrstuvwksz"; /* a letter counts as this one */
    const struct token *t = &a->tokens.items[token];
    uint64_t hash = LEXICON_SEED;
    char last = 0;
    for (uint32_t i = 0; i < t->length; i++) {
        char c = (char)(a->text[t->start + i] | 32);
        char letter = c >= 'a' && c <= 'z' ? same_as[c - 'a'] : c;
        if (letter == last || strchr("-aeiouy", letter))
            continue;
        hash = lexicon_hash_byte(hash, (unsigned char)letter);
        last = letter;
    }
    return t->length >= 5 ? lexicon_hash_end(hash) | 1u : 0;
}

/* "Otto" is one of the names of "Jens Otto Harry Jespersen". */
static bool has_given(const struct analysis *a, const struct name *name, uint32_t hash)
{
    for (uint32_t i = name->first; i + 1 < name->end; i++)
        if (a->tokens.items[i].hash == hash)
            return true;
    return false;
}

/* Whether given names may be one person's: equal, alike, an initial of the other, or among them. */
static bool given_agree(const struct analysis *a, const struct name *left, const struct name *right)
{
    const struct token *l = &a->tokens.items[left->first], *r = &a->tokens.items[right->first];
    if (has_given(a, left, r->hash) || has_given(a, right, l->hash))
        return true;
    bool initial = l->length <= 2 || r->length <= 2;
    if ((a->text[l->start] | 32) != (a->text[r->start] | 32))
        return false;
    return initial || are_spellings(a->text + l->start, l->length, a->text + r->start, r->length);
}

static bool sexes_agree(const struct profile *p, const struct name *name)
{
    return !p->sex || !name->sex || p->sex == name->sex;
}

/* Notes a person's surname and the other parts of the name, each in a table of its own: "Ann" leads
 * to Ann Lee only while nobody is called so by surname. Of two with a surname the one named more
 * often is meant by it alone; "Mr." and "Mrs." lead to the last of that sex. */
static void note_parts(struct gatherer *g, const struct name *name, uint32_t entity, bool only_new)
{
    struct analysis *a = g->a;
    uint32_t last = last_of(a, name);
    for (uint32_t i = name->first; i <= last; i++) {
        if (token_is(a, i, LEX_PARTICLE) && i != last)
            continue;
        bool initial = token_has(a, i, SHAPE_DOTTED) && a->tokens.items[i].length <= 2;
        if (!token_has(a, i, SHAPE_CAPITAL | SHAPE_MIXED) || initial)
            continue;
        uint64_t key = part_key(a, i);
        uint8_t sex = a->profiles.items[entity].sex;
        uint32_t *value = counts_put(i == last ? g->surnames : g->parts, key);
        if (*value == 0 ||
            (!only_new && a->profiles.items[entity].names >= a->profiles.items[*value - 1].names))
            *value = entity + 1;
        uint64_t spelling = i == last ? spelling_key(a, i) : 0;
        if (spelling)
            *counts_put(g->spellings, spelling) = entity + 1;
        if (i == last && sex)
            *counts_put(g->surnames, key ^ ((uint64_t)sex << 1)) = entity + 1;
    }
}

/* "Aboul Gheit" is the end of "Ahmed Aboul Gheit". */
static bool is_tail(const struct analysis *a, const struct name *name, const struct name *full)
{
    uint32_t length = name->end - name->first;
    if (length >= full->end - full->first)
        return false;
    for (uint32_t i = 1; i <= length; i++)
        if (a->tokens.items[name->end - i].hash != a->tokens.items[full->end - i].hash)
            return false;
    return true;
}

static void gather_full_person(struct gatherer *g, uint32_t n)
{
    struct analysis *a = g->a;
    struct name *name = &a->names.items[n];
    uint32_t last = last_of(a, name);
    uint32_t *whole = counts_put(g->whole, tokens_hash(a, name->first, last + 1));
    if (*whole == 0) {
        uint32_t by_last = counts_get(g->surnames, part_key(a, last));
        bool same = by_last > 0 &&
                    is_tail(a, name, &a->names.items[a->profiles.items[by_last - 1].first_name]);
        same = same ||
               (by_last > 0 &&
                given_agree(a, name, &a->names.items[a->profiles.items[by_last - 1].first_name]));
        *whole = same ? by_last : new_entity(g, n) + 1;
    }
    uint32_t entity = *whole - 1;
    join(g, n, entity);
    note_parts(g, name, entity, true);
}

/* Somebody whose surname is spelt nearly so: one letter differs, or the whole sounds alike; entity
 * + 1, or 0. */
static uint32_t spelt_nearly(const struct gatherer *g, uint32_t token)
{
    const struct analysis *a = g->a;
    uint64_t key = spelling_key(a, token);
    uint32_t entity = key ? counts_get(g->spellings, key) : 0;
    if (entity == 0)
        return 0;
    const struct name *own = &a->names.items[a->profiles.items[entity - 1].first_name];
    const struct token *t = &a->tokens.items[token], *last = &a->tokens.items[last_of(a, own)];
    int more = (int)t->length - (int)last->length;
    return more >= -1 && more <= 1 ? entity : 0;
}

static void gather_short_person(struct gatherer *g, uint32_t n)
{
    struct analysis *a = g->a;
    struct name *name = &a->names.items[n];
    uint64_t key = part_key(a, name->end - 1);
    uint32_t *value = counts_put(g->surnames, key);
    if (*value == 0)
        *value = counts_get(g->parts, key);
    if (*value && !sexes_agree(&a->profiles.items[*value - 1], name))
        value = counts_put(g->surnames, key ^ ((uint64_t)name->sex << 1));
    if (*value == 0)
        *value = spelt_nearly(g, name->end - 1);
    if (*value == 0)
        *value = new_entity(g, n) + 1;
    join(g, n, *value - 1);
}

/* Where a name goes on behind a place or a nation that it begins with; its first token: it does
 * not.
 */
static uint32_t place_prefix(const struct analysis *a, const struct name *name)
{
    uint32_t first = name->first;
    for (uint32_t end = first + 2; end > first; end--) {
        uint64_t classes = end - first == 1  ? token_kind(a, first)->classes
                           : end < name->end ? lexicon_kind(tokens_kind(a, first, end))->classes
                                             : 0;
        if ((classes & (LEX_PLACE | LEX_COUNTRY | LEX_CITY | LEX_REGION | LEX_NATION)) &&
            end < name->end && token_has(a, end, SHAPE_CAPITAL))
            return end;
    }
    return first;
}

/* "Timex Inc." is "Timex" too, and "the Ministry" is the last one named. */
static void note_short_forms(struct gatherer *g, const struct name *name, uint32_t entity)
{
    struct analysis *a = g->a;
    if (name->type != ENTITY_ORGANIZATION || name->end - name->first < 2)
        return;
    uint32_t last = name->end - 1, end = last;
    if (token_among(a, last, " inc corp co ltd llc plc group holdings company corporation ")) {
        while (end > name->first + 1 && token_has(a, end - 1, SHAPE_PUNCT))
            end--;
        *counts_put(g->whole, tokens_hash(a, name->first, end)) = entity + 1;
    }
    uint32_t place = place_prefix(a, name);
    if (place > name->first) /* "the Boston Red Sox", "the United States Congress" */
        *counts_put(g->whole, KEY_SHORT ^ tokens_hash(a, place, name->end)) = entity + 1;
    for (uint32_t i = name->first + 1; i + 1 < name->end; i++) {
        if (!token_word(a, i, "of"))
            continue;
        if (i > name->first + 1) /* "the Comic Corps of Canada" */
            *counts_put(g->whole, KEY_SHORT ^ tokens_hash(a, name->first, i)) = entity + 1;
        if (i + 2 == name->end) /* "the Church of Scientology" */
            *counts_put(g->whole, KEY_SHORT ^ tokens_hash(a, i + 1, i + 2)) = entity + 1;
    }
    if (token_is(a, last, LEX_ORG_HEAD) &&
        !token_is(a, name->first, LEX_COMMON | LEX_NATION | LEX_COUNTRY | LEX_PLACE | LEX_CITY)) {
        uint32_t *first = counts_put(g->whole, tokens_hash(a, name->first, name->first + 1));
        if (*first == 0)
            *first = entity + 1;
    }
    for (uint32_t i = name->first; i < name->end; i += name->end - 1 - name->first)
        if (token_is(a, i, LEX_ORG_HEAD) && token_is(a, i, LEX_COMMON | LEX_WORD))
            *counts_put(g->whole, tokens_hash(a, i, i + 1)) = entity + 1;
}

static void gather_other(struct gatherer *g, uint32_t n)
{
    struct analysis *a = g->a;
    struct name *name = &a->names.items[n];
    uint16_t place = place_of(a, name);
    uint64_t key = place ? KEY_PLACE | place : tokens_hash(a, name->first, name->end);
    uint32_t *whole = counts_put(g->whole, key);
    if (*whole == 0 && name->end - name->first == 1 &&
        token_has(a, name->first, SHAPE_UPPER | SHAPE_DOTTED))
        *whole = counts_get(g->initials, key);
    if (*whole == 0 && name->type == ENTITY_ORGANIZATION && !place) {
        uint32_t called = counts_get(g->whole, KEY_SHORT ^ key);
        whole = counts_put(g->whole, key);
        *whole = called;
    }
    if (*whole == 0)
        *whole = new_entity(g, n) + 1;
    uint32_t entity = *whole - 1;
    join(g, n, entity);
    note_short_forms(g, name, entity);
    uint64_t initials = name->end - name->first > 1 ? name_initials(a, name) : 0;
    if (!initials)
        return;
    uint32_t *by_initials = counts_put(g->initials, initials);
    if (*by_initials == 0)
        *by_initials = entity + 1;
}

/* ---- roles ----------------------------------------------------------------------------------- */

static void note_role_word(struct profile *p, const struct lexicon_kind *k)
{
    if (k->classes & (LEX_ROLE | LEX_TITLE))
        profile_add_group(p, k->group);
    bool place = (k->classes & (LEX_NATION | LEX_PLACE | LEX_COUNTRY)) && k->place;
    for (unsigned i = 0; i < p->place_count && place; i++)
        place = p->places[i] != k->place;
    if (place && p->place_count < ARRAY_LENGTH(p->places))
        p->places[p->place_count++] = k->place;
}

/* "Ryan Crocker, the U.S. ambassador to Iraq, ...": the end of an appositive that tells a role; 0:
 * none. */
static uint32_t appositive_end(const struct analysis *a, const struct name *name, uint32_t end)
{
    uint32_t at = name->end;
    if (at + 1 >= end || !token_punct(a, at, ','))
        return 0;
    bool role = false;
    for (uint32_t i = at + 1; i < at + 14 && i < end; i++) {
        if (token_has(a, i, SHAPE_PUNCT | SHAPE_MARK) || token_has(a, i, SHAPE_FIRST))
            return role ? i : 0;
        if (i == at + 1 && !token_among(a, i, " the a an its his her former who ") &&
            !token_is(a, i, LEX_ROLE | LEX_TITLE_MOD | LEX_TITLE | LEX_NATION))
            return 0;
        if (token_is(a, i, LEX_SAY) && !token_is(a, i, LEX_ROLE))
            return 0;
        role = role || token_is(a, i, LEX_ROLE | LEX_TITLE);
    }
    return 0;
}

/* "The Norwegian envoy, Ann Lee, ...": where the description before a name begins; the name's own
 * first token: there is none. */
static uint32_t description_start(const struct analysis *a, const struct name *name)
{
    uint32_t first = a->sentences.items[a->tokens.items[name->first].sentence].first;
    uint32_t at = name->title_first, end = name->end;
    bool apposed = at > first + 2 && token_punct(a, at - 1, ',') && end < a->tokens.count &&
                   (token_punct(a, end, ',') || token_punct(a, end, '.'));
    if (!apposed || !token_is(a, at - 2, LEX_ROLE | LEX_TITLE))
        return name->first;
    for (uint32_t i = at - 2; i > first && at - i < 8 && token_has(a, i, SHAPE_WORD); i--)
        if (token_among(a, i - 1, " the its their "))
            return i;
    return name->first;
}

static void note_roles(struct analysis *a)
{
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        if (name->entity == NONE || name->type != ENTITY_PERSON)
            continue;
        struct profile *p = &a->profiles.items[name->entity];
        uint32_t sentence = a->tokens.items[name->first].sentence;
        uint32_t end = appositive_end(a, name, a->sentences.items[sentence].end);
        for (uint32_t i = name->title_first; i < name->title_end; i++)
            note_role_word(p, token_kind(a, i));
        for (uint32_t i = name->end; i < end; i++)
            note_role_word(p, token_kind(a, i));
        uint32_t described = description_start(a, name);
        for (uint32_t i = described; i + 1 < name->title_first; i++)
            note_role_word(p, token_kind(a, i));
        bool fuller = name->title_end - name->title_first > p->role_end - p->role_first;
        if (name->title_end > name->title_first && (p->role_end == p->role_first || fuller)) {
            p->role_first = name->title_first;
            p->role_end = name->title_end;
        } else if (end && p->role_end == p->role_first) {
            p->role_first = name->end + 1;
            p->role_end = end;
        }
    }
}

/* The first name that is as full as the fullest gives the entity its own. */
static void choose_own_names(struct analysis *a)
{
    for (uint32_t n = (uint32_t)a->names.count; n-- > 0;) {
        const struct name *name = &a->names.items[n];
        if (name->entity == NONE)
            continue;
        struct profile *p = &a->profiles.items[name->entity];
        const struct name *own = &a->names.items[p->first_name];
        if (name->end - name->first >= own->end - own->first)
            p->first_name = n;
    }
}

void analyse_entities(struct analysis *a)
{
    struct gatherer g = {.a = a,
                         .whole = &a->known[KNOWN_WHOLE],
                         .surnames = &a->known[KNOWN_LAST_WORDS],
                         .parts = &a->known[KNOWN_PARTS],
                         .spellings = &a->known[KNOWN_SPELLINGS],
                         .initials = &a->known[KNOWN_INITIALS]};
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        if (name->type == ENTITY_PERSON && !is_short(a, name))
            gather_full_person(&g, n);
        else if ((name->type == ENTITY_ORGANIZATION || name->type == ENTITY_PLACE) &&
                 name->end - name->first > 1)
            gather_other(&g, n);
    }
    for (uint32_t n = a->kept.names; n < a->names.count; n++) {
        const struct name *name = &a->names.items[n];
        if (name->type == ENTITY_PERSON && is_short(a, name))
            gather_short_person(&g, n);
        else if (name->type == ENTITY_PERSON)
            note_parts(&g, name, name->entity, false);
        else if (name->entity == NONE && name->type != ENTITY_OTHER)
            gather_other(&g, n);
    }
    choose_own_names(a);
    note_roles(a);
}
