/*
 * A filter's program run over all comments. Each term makes a set of comments, a bit for each, by
 * the cheapest way there is to all of them at once: authors are compared once each, the whole pool
 * is searched in one go, mentions and quotes are gone through from first to last.
 */
#include "internal.h"

#include <stdlib.h>

struct sieve {
    const struct reader *reader;
    const struct comment *comments;
    uint32_t count;
    struct bitset *skipped;
    struct error *error;
};

typedef bool sieve_term(const struct sieve *sieve, const struct filter_step *step,
                        struct bitset *hits);

static enum setting_case case_rule(const struct sieve *sieve)
{
    return (enum setting_case)config_int(sieve->reader->config, SETTING_SEARCH_CASE);
}

/* ---- names -------------------------------------------------------------------------- */

enum fit { FIT_NOT, FIT_PART, FIT_WHOLE };

static void compile_name(const struct sieve *sieve, const char *name, struct match_pattern *pattern)
{
    struct match_rules rules = {.letters = SETTING_CASE_IGNORE};
    struct buffer plain = {0};
    buffer_printf(&plain, "\\V%s", name); /* whatever signs it begins with are its own */
    match_compile(pattern, buffer_string(&plain), rules, sieve->error);
    buffer_release(&plain);
}

/* How a name fits: case and accents do not matter. */
static enum fit fit_of(const struct sieve *sieve, struct match_pattern *pattern, struct range name)
{
    struct range hit;
    if (!match_forward(pattern, reader_text(sieve->reader), name, name.end, &hit))
        return FIT_NOT;
    return hit.start == name.start && hit.end == name.end ? FIT_WHOLE : FIT_PART;
}

static bool sieve_author(const struct sieve *sieve, const struct filter_step *step,
                         struct bitset *hits)
{
    enum fit least = step->operation == FILTER_AUTHOR_IS ? FIT_WHOLE : FIT_PART;
    struct match_pattern pattern = {0};
    struct bitset wanted = {0};
    uint32_t count;
    const struct author *authors = document_authors(sieve->reader->document, &count);
    compile_name(sieve, step->text, &pattern);
    bitset_resize(&wanted, count);
    for (uint32_t at = 0; at < count; at++)
        bitset_put(&wanted, at, fit_of(sieve, &pattern, authors[at].name) >= least);
    for (uint32_t at = 0; at < sieve->count; at++)
        if (bitset_get(&wanted, sieve->comments[at].author))
            bitset_put(hits, at, true);
    bitset_release(&wanted);
    match_release(&pattern);
    return true;
}

/* Those of just that name ("a spokesman" may be several), else the heaviest that has it as a part
 * of its own. False: nobody. */
static bool find_entities(const struct sieve *sieve, const char *name, struct bitset *wanted)
{
    const struct annotations *found = sieve->reader->annotations;
    struct match_pattern pattern = {0};
    uint32_t heaviest = ENTITY_NONE;
    compile_name(sieve, name, &pattern);
    bitset_resize(wanted, (uint32_t)found->entities.count);
    for (uint32_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        enum fit fit = fit_of(sieve, &pattern, entity->name);
        bitset_put(wanted, at, fit == FIT_WHOLE);
        if (fit == FIT_PART && !entity->unnamed && heaviest == ENTITY_NONE)
            heaviest = at;
    }
    match_release(&pattern);
    if (bitset_next(wanted, 0) == BITSET_NONE)
        bitset_put(wanted, heaviest, true);
    return bitset_next(wanted, 0) != BITSET_NONE;
}

static void add_naming(const struct annotations *found, const struct bitset *wanted,
                       struct bitset *hits)
{
    for (size_t at = 0; at < found->mentions.count; at++)
        if (bitset_get(wanted, found->mentions.items[at].entity))
            bitset_put(hits, found->mentions.items[at].comment, true);
}

static void add_quoting(const struct annotations *found, const struct bitset *wanted,
                        struct bitset *hits)
{
    for (size_t at = 0; at < found->quotes.count; at++) {
        const struct quote *quote = &found->quotes.items[at];
        bool theirs = bitset_get(wanted, quote->speaker) || bitset_get(wanted, quote->partner);
        if (theirs && quote->confidence >= CONFIDENCE_LIKELY && quote->kind != QUOTE_SCARE)
            bitset_put(hits, quote->comment, true);
    }
}

static bool sieve_name(const struct sieve *sieve, const struct filter_step *step,
                       struct bitset *hits)
{
    const struct annotations *found = sieve->reader->annotations;
    if (!found)
        return error_set(sieve->error, "names and quotes are still being looked for");
    struct bitset wanted = {0};
    bool somebody = find_entities(sieve, step->text, &wanted);
    if (somebody)
        (step->operation == FILTER_ENTITY ? add_naming : add_quoting)(found, &wanted, hits);
    bitset_release(&wanted);
    return somebody || error_set(sieve->error, "nobody here is called '%s'", step->text);
}

/* ---- text --------------------------------------------------------------------------- */

static bool sieve_text(const struct sieve *sieve, const struct filter_step *step,
                       struct bitset *hits)
{
    const struct document *document = sieve->reader->document;
    struct match_pattern pattern = {0};
    uint32_t end = sieve->reader->text_known;
    struct range within = {document_item(document, 0).start, end}, hit;
    struct match_rules rules = {.letters = case_rule(sieve)};
    if (!match_compile(&pattern, step->text, rules, sieve->error))
        return false;
    while (match_forward(&pattern, reader_text(sieve->reader), within, end, &hit)) {
        uint32_t comment = document_comment_at(document, hit.start);
        bool inside = hit.start >= sieve->comments[comment].text.start; /* not in the name */
        within.start = hit.start + 1;
        if (!inside)
            continue;
        bitset_put(hits, comment, true);
        within.start = comment + 1 < sieve->count ? sieve->comments[comment + 1].name.start : end;
    }
    match_release(&pattern);
    return true;
}

#define TOO_HARD_MOST 1000u /* comments that take too many steps, all together not too long */

/* What takes too many steps is skipped, unless nothing else would be left of it. */
static bool sieve_regex(const struct sieve *sieve, const struct filter_step *step,
                        struct bitset *hits)
{
    enum setting_case rule = case_rule(sieve);
    bool any_case = rule == SETTING_CASE_IGNORE ||
                    (rule == SETTING_CASE_SMART && !regex_has_capital(step->text));
    struct regex *regex = regex_new(step->text, any_case, sieve->error);
    uint32_t too_hard = 0;
    struct range hit;
    if (!regex)
        return false;
    for (uint32_t at = 0; at < sieve->count && too_hard <= TOO_HARD_MOST; at++) {
        struct range text = sieve->comments[at].text;
        enum regex_answer answer =
            regex_find(regex, reader_text(sieve->reader), text, text.end, &hit);
        if (answer != REGEX_NONE)
            bitset_put(answer == REGEX_FOUND ? hits : sieve->skipped, at, true);
        too_hard += answer == REGEX_TOO_HARD;
    }
    regex_free(regex);
    bool any = too_hard <= TOO_HARD_MOST && bitset_next(hits, 0) != BITSET_NONE;
    return too_hard == 0 || any ||
           error_set(sieve->error, "/%s/ is too hard to look for", step->text);
}

/* ---- numbers ------------------------------------------------------------------------ */

static bool compares(int64_t value, const struct filter_step *step)
{
    switch (step->comparison) {
    case FILTER_LESS:
        return value < step->number;
    case FILTER_AT_MOST:
        return value <= step->number;
    case FILTER_EQUAL:
        return value == step->number;
    case FILTER_AT_LEAST:
        return value >= step->number;
    case FILTER_MORE:
        return value > step->number;
    }
    return false;
}

static bool sieve_score(const struct sieve *sieve, const struct filter_step *step,
                        struct bitset *hits)
{
    for (uint32_t at = 0; at < sieve->count; at++)
        if (sieve->comments[at].score != SCORE_NONE && compares(sieve->comments[at].score, step))
            bitset_put(hits, at, true);
    return true;
}

static bool sieve_depth(const struct sieve *sieve, const struct filter_step *step,
                        struct bitset *hits)
{
    for (uint32_t at = 0; at < sieve->count; at++)
        if (compares(sieve->comments[at].depth, step))
            bitset_put(hits, at, true);
    return true;
}

static bool sieve_age(const struct sieve *sieve, const struct filter_step *step,
                      struct bitset *hits)
{
    int64_t now = sieve->reader->now;
    if (now == 0)
        return error_set(sieve->error, "ages are not known: nobody has told the time");
    for (uint32_t at = 0; at < sieve->count; at++) {
        int64_t time = sieve->comments[at].time, age;
        if (time != TIME_NONE && !__builtin_sub_overflow(now, time, &age) && compares(age, step))
            bitset_put(hits, at, true);
    }
    return true;
}

/* ---- what has been read ------------------------------------------------------------- */

static bool sieve_unread(const struct sieve *sieve, const struct filter_step *step,
                         struct bitset *hits)
{
    (void)step;
    bitset_copy(hits, &sieve->reader->progress.read);
    bitset_flip(hits);
    return true;
}

static bool sieve_new(const struct sieve *sieve, const struct filter_step *step,
                      struct bitset *hits)
{
    (void)step;
    bitset_copy(hits, &sieve->reader->progress.fresh);
    return true;
}

/* ---- the program -------------------------------------------------------------------- */

static sieve_term *const terms[] = {
    [FILTER_AUTHOR] = sieve_author, [FILTER_AUTHOR_IS] = sieve_author,
    [FILTER_TEXT] = sieve_text,     [FILTER_REGEX] = sieve_regex,
    [FILTER_ENTITY] = sieve_name,   [FILTER_SPEAKER] = sieve_name,
    [FILTER_SCORE] = sieve_score,   [FILTER_DEPTH] = sieve_depth,
    [FILTER_AGE] = sieve_age,       [FILTER_UNREAD] = sieve_unread,
    [FILTER_NEW] = sieve_new,
};

struct sets {
    struct bitset *items;
    size_t count, capacity;
};

/* One step, on the sets made so far: an operation takes what it goes with off the stack. */
static bool run_step(const struct sieve *sieve, const struct filter_step *step, struct sets *sets)
{
    struct bitset *top = sets->count ? &sets->items[sets->count - 1] : NULL, made = {0};
    switch (step->operation) {
    case FILTER_NOT:
        bitset_flip(top);
        return true;
    case FILTER_AND:
    case FILTER_OR:
        if (step->operation == FILTER_AND)
            bitset_and(top - 1, top);
        else
            bitset_or(top - 1, top);
        bitset_release(top);
        sets->count--;
        return true;
    default:
        bitset_resize(&made, sieve->count);
        vector_push(sets, made);
        return terms[step->operation](sieve, step, &sets->items[sets->count - 1]);
    }
}

bool sieve_run(const struct reader *reader, const struct filter_program *program,
               struct bitset *hits, uint32_t *too_hard, struct error *error)
{
    struct bitset skipped = {0};
    struct sieve sieve = {.reader = reader,
                          .comments = document_comments(reader->document, NULL),
                          .count = reader_comment_count(reader),
                          .skipped = &skipped,
                          .error = error};
    struct sets sets = {0};
    bool good = true;
    bitset_resize(&skipped, sieve.count);
    for (size_t at = 0; at < program->count && good; at++)
        good = run_step(&sieve, &program->items[at], &sets);
    good = good && sets.items != NULL;
    if (good)
        *hits = sets.items[--sets.count];
    while (sets.count > 0)
        bitset_release(&sets.items[--sets.count]);
    vector_release(&sets);
    *too_hard = bitset_rank(&skipped, 0, skipped.count);
    bitset_release(&skipped);
    return good;
}
