/*
 * Corrections by hand, from a small file beside a document:
 *
 *      # the envoy's paper spells him two ways
 *      join Ryan Crocker = Ryan Krocker
 *      split Bush = Bush administration
 *      type Timex = organization
 *      drop Yankee
 *
 * "join" makes the second (and all its mentions and quotations) the first; "split" takes the
 * mentions that read so out of the first; "type" says what an entity is; "drop" forgets one. An
 * entity is meant by its name, or by how any of its mentions reads; capitals and accents do not
 * matter. The text is never touched.
 */
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "hearsay/analyse.h"
#include "internal.h"

struct corrector {
    struct annotations *found;
    const char *text;
};

struct words {
    const char *start;
    size_t length;
};

static struct words trim(const char *start, const char *end)
{
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return (struct words){start, (size_t)(end - start)};
}

static uint64_t key_of(const char *start, size_t length)
{
    return lexicon_hash_end(fold_hash(LEXICON_SEED, start, length));
}

static bool reads(const struct corrector *c, uint32_t start, uint32_t end, struct words words)
{
    return key_of(c->text + start, end - start) == key_of(words.start, words.length);
}

/* The entity of that name, else of a mention that reads so; ENTITY_NONE. */
static uint32_t find(const struct corrector *c, struct words words)
{
    const struct annotations *found = c->found;
    for (uint32_t i = 0; i < found->entities.count; i++)
        if (reads(c, found->entities.items[i].name.start, found->entities.items[i].name.end, words))
            return i;
    for (size_t i = 0; i < found->mentions.count; i++)
        if (reads(c, found->mentions.items[i].start, found->mentions.items[i].end, words))
            return found->mentions.items[i].entity;
    return ENTITY_NONE;
}

/* ---- the four verbs; false: what the line names is not there --------------------------------- */

static bool join(struct corrector *c, struct words left, struct words right)
{
    uint32_t into = find(c, left), from = find(c, right);
    if (into == ENTITY_NONE || from == ENTITY_NONE)
        return false;
    for (size_t i = 0; i < c->found->mentions.count; i++)
        if (c->found->mentions.items[i].entity == from)
            c->found->mentions.items[i].entity = into;
    for (size_t i = 0; i < c->found->quotes.count; i++) {
        struct quote *q = &c->found->quotes.items[i];
        q->speaker = q->speaker == from ? into : q->speaker;
        q->partner = q->partner == from ? into : q->partner;
        if (q->partner == q->speaker)
            q->partner = ENTITY_NONE;
    }
    return true;
}

static bool split(struct corrector *c, struct words left, struct words right)
{
    struct annotations *found = c->found;
    uint32_t from = find(c, left), made = (uint32_t)found->entities.count;
    if (from == ENTITY_NONE)
        return false;
    struct entity entity = {.type = found->entities.items[from].type};
    for (size_t i = 0; i < found->mentions.count; i++) {
        struct mention *m = &found->mentions.items[i];
        if (m->entity != from || !reads(c, m->start, m->end, right))
            continue;
        if (range_is_empty(entity.name))
            entity.name = (struct range){m->start, m->end};
        m->entity = made;
    }
    if (range_is_empty(entity.name))
        return false;
    vector_push(&found->entities, entity);
    for (size_t i = 0; i < found->quotes.count; i++) {
        struct quote *q = &found->quotes.items[i];
        if (q->speaker == from && reads(c, q->speaker_text.start, q->speaker_text.end, right))
            q->speaker = made;
    }
    return true;
}

static bool retype(struct corrector *c, struct words left, struct words right)
{
    uint32_t entity = find(c, left);
    for (uint8_t type = 0; type < ENTITY_TYPES && entity != ENTITY_NONE; type++) {
        const char *name = entity_type_name(type);
        if (strlen(name) != right.length || memcmp(name, right.start, right.length))
            continue;
        c->found->entities.items[entity].type = type;
        return true;
    }
    return false;
}

static bool drop(struct corrector *c, struct words left, struct words right)
{
    uint32_t entity = find(c, left);
    (void)right;
    if (entity == ENTITY_NONE)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < c->found->mentions.count; i++)
        if (c->found->mentions.items[i].entity != entity)
            c->found->mentions.items[kept++] = c->found->mentions.items[i];
    c->found->mentions.count = kept;
    for (size_t i = 0; i < c->found->quotes.count; i++) {
        struct quote *q = &c->found->quotes.items[i];
        if (q->speaker == entity) { /* then the other one alone says it */
            q->speaker = q->partner;
            q->confidence = q->partner == ENTITY_NONE ? CONFIDENCE_NONE : q->confidence;
            q->partner = ENTITY_NONE;
        }
        q->partner = q->partner == entity ? ENTITY_NONE : q->partner;
    }
    return true;
}

static const struct {
    const char *name;
    bool pair; /* has "= something" */
    bool (*run)(struct corrector *c, struct words left, struct words right);
} verbs[] = {
    {"join", true, join}, {"split", true, split}, {"type", true, retype}, {"drop", false, drop}};

const char *correction_verb(size_t index, bool *has_value)
{
    if (index >= ARRAY_LENGTH(verbs))
        return NULL;
    *has_value = verbs[index].pair;
    return verbs[index].name;
}

/* ---- afterwards: counts, order, numbers ------------------------------------------------------ */

/* Puts the entities that still have anything in order of weight again. */
static void count_and_order(struct annotations *found)
{
    uint32_t *weights = xmalloc((found->entities.count + 1) * sizeof *weights);
    annotations_count(found);
    for (size_t i = 0; i < found->entities.count; i++) {
        const struct entity *e = &found->entities.items[i];
        weights[i] =
            2 * (e->article_mentions + e->comment_mentions + e->article_quotes + e->comment_quotes);
        if (weights[i] == 0)
            weights[i] = e->unnamed; /* told of in indirect speech alone */
    }
    annotations_order(found, weights);
    free(weights);
}

/* ---- lines ----------------------------------------------------------------------------------- */

static const char *correct_line(struct corrector *c, struct words line)
{
    for (size_t v = 0; v < ARRAY_LENGTH(verbs); v++) {
        size_t length = strlen(verbs[v].name);
        if (line.length <= length || memcmp(line.start, verbs[v].name, length) ||
            line.start[length] != ' ')
            continue;
        const char *end = line.start + line.length, *start = line.start + length;
        const char *equal = memchr(start, '=', (size_t)(end - start));
        if (verbs[v].pair && !equal)
            return "no '=' in";
        struct words left = trim(start, verbs[v].pair ? equal : end);
        struct words right = verbs[v].pair ? trim(equal + 1, end) : left;
        return verbs[v].run(c, left, right) ? NULL : "nothing here is meant by";
    }
    return "no correction is";
}

#define LONGEST_SHOWN 80

/* NULL: the line is done, or there is nothing in it. */
static const char *try_line(struct corrector *c, struct words line)
{
    return line.length == 0 || line.start[0] == '#' ? NULL : correct_line(c, line);
}

static int shown_length(struct words line)
{
    return (int)(line.length > LONGEST_SHOWN ? LONGEST_SHOWN : line.length);
}

void annotations_correct(struct annotations *annotations, const char *text,
                         const struct corrections *corrections, struct problems *problems)
{
    struct corrector c = {annotations, text};
    const char *at = buffer_string(&corrections->text), *end = at + corrections->text.length;
    if (at == end)
        return;
    for (uint32_t number = 1; at < end; number++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        struct words line = trim(at, newline ? newline : end);
        const char *wrong = try_line(&c, line);
        if (wrong)
            problems_add(problems, corrections->path, number, "%s '%.*s'", wrong,
                         shown_length(line), line.start);
        at = newline ? newline + 1 : end;
    }
    count_and_order(annotations);
}

bool annotations_correct_line(struct annotations *annotations, const char *text, const char *line,
                              struct error *error)
{
    struct corrector c = {annotations, text};
    struct words words = trim(line, line + strlen(line));
    const char *wrong = try_line(&c, words);
    if (wrong)
        return error_set(error, "%s '%.*s'", wrong, shown_length(words), words.start);
    count_and_order(annotations);
    return true;
}
