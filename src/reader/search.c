/*
 * Looking for a pattern in the whole pool: title, article, names and comments alike. A search costs
 * the way to its hit; how many hits there are is counted when nobody types (reader_work()).
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

const char *reader_text(const struct reader *reader)
{
    return document_text(reader->document, NULL);
}

void reader_add_text(const struct reader *reader, struct range range, struct buffer *out)
{
    buffer_add(out, reader_text(reader) + range.start, range.end - range.start);
}

const char *reader_pattern(const struct reader *reader)
{
    return reader->pattern.text ? reader->pattern.text : "";
}

void search_restart_count(struct reader *reader)
{
    reader->count.next = reader->count.total = reader->count.before = 0;
    reader->count.done = !reader->pattern.text;
}

typedef bool look_function(struct match_pattern *, const char *, struct range, uint32_t,
                           struct range *);

/*
 * The next hit is the next one as the thread is shown, which is the pool's order only while nothing
 * is sorted: so each stretch of the pool is looked into in turn, up to the one that ends at `stop`.
 */
static bool find_in_order(struct reader *reader, struct stretch stretch, uint32_t stop, bool down,
                          struct range *hit)
{
    look_function *look = down ? match_forward : match_backward;
    uint32_t length = reader->text_known;
    bool last;
    do {
        last = stretch.text.start <= stop && stop < stretch.text.end;
        if (last && down)
            stretch.text.end = stop;
        else if (last)
            stretch.text.start = stop;
        if (look(&reader->pattern, reader_text(reader), stretch.text, length, hit))
            return true;
    } while (!last && view_next_stretch(reader, &stretch, down));
    return false;
}

/* Looks at the rest of a stretch (see view_stretch()), and on from there, around the end where the
 * setting says so. */
static bool find(struct reader *reader, struct stretch rest, bool down, struct range *hit,
                 bool *wrapped)
{
    uint32_t from = down ? rest.text.start : rest.text.end;
    *wrapped = false;
    if (find_in_order(reader, rest, UINT32_MAX, down, hit))
        return true;
    if (!config_bool(reader->config, SETTING_SEARCH_WRAP))
        return false;
    *wrapped = true;
    return find_in_order(reader, view_end_stretch(reader, !down), from, down, hit);
}

/* ---- folds on the way to a hit ------------------------------------------------------ */

static bool is_around(const struct reader *reader, uint32_t fold, uint32_t comment)
{
    return comment != DOCUMENT_NONE && fold <= comment &&
           comment < document_subtree_end(reader->document, fold);
}

/* Closes what showing hits has opened, from the `kept`-th on, but for what is around `comment`. */
static void refold(struct reader *reader, size_t kept, uint32_t comment)
{
    size_t left = kept;
    for (size_t at = reader->hit_opened.count;
         at-- > kept;) /* the outer ones first: they cost least */
        if (!is_around(reader, reader->hit_opened.items[at], comment))
            fold_put(reader, reader->hit_opened.items[at], true);
    for (size_t at = kept; at < reader->hit_opened.count; at++)
        if (is_around(reader, reader->hit_opened.items[at], comment))
            reader->hit_opened.items[left++] = reader->hit_opened.items[at];
    reader->hit_opened.count = left;
    if (reader_comment_count(reader) > 0)
        reader->comment = fold_shown(reader, reader->comment);
}

/* Shows the hit; what that opens is closed again when the search goes on. */
static void show_hit(struct reader *reader, size_t kept)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t comment = document_comment_at(reader->document, reader->hit.start);
    refold(reader, kept, comment);
    for (uint32_t at = comment; at != DOCUMENT_NONE; at = comments[at].parent)
        if (bitset_get(&reader->folded, at))
            vector_push(&reader->hit_opened, at);
    jump_show(reader, reader->hit.start);
}

/* ---- a search being typed ----------------------------------------------------------- */

static void copy_spots(spots *copy, const spots *from)
{
    vector_clear(copy);
    for (size_t at = 0; at < from->count; at++)
        vector_push(copy, from->items[at]);
}

/* Everything a search may change, as it was before. */
void reader_search_begin(struct reader *reader, bool backward)
{
    struct search_origin *origin = &reader->origin;
    origin->spot = jump_here(reader);
    copy_spots(&origin->past, &reader->past);
    copy_spots(&origin->future, &reader->future);
    origin->hit = reader->hit;
    free(origin->pattern);
    origin->pattern = reader->pattern.text ? xstrdup(reader->pattern.text) : NULL;
    bitset_resize(&origin->folded, reader->folded.count);
    bitset_copy(&origin->folded, &reader->folded);
    origin->opened = reader->hit_opened.count;
    reader->backward = backward;
    reader->typed_hit = (struct range){0, 0};
}

/* What is typed on after a hit, or after none, can't be found before it: the letters typed so far
 * are found there first. Only forward and in the pool's own order; else all is looked at from the
 * origin again. */
static bool find_typed_on(struct reader *reader, const struct range *before)
{
    bool wrapped;
    uint32_t origin = jump_reference(reader), length = reader->text_known;
    if (range_is_empty(*before) || reader->view.order)
        return find(reader, view_stretch(reader, origin, !reader->backward), !reader->backward,
                    &reader->hit, &reader->hit_wrapped);
    const char *text = reader_text(reader);
    struct range rest = {before->start, reader->hit_wrapped ? origin : length};
    if (match_forward(&reader->pattern, text, rest, length, &reader->hit))
        return true;
    if (reader->hit_wrapped || !config_bool(reader->config, SETTING_SEARCH_WRAP))
        return false;
    bool found = find(reader, view_stretch(reader, 0, true), true, &reader->hit, &wrapped) &&
                 reader->hit.start < origin;
    reader->hit_wrapped = found;
    return found;
}

/* Back to where it was begun; folds that hits had opened close again. */
static void return_to_origin(struct reader *reader)
{
    bitset_copy(&reader->folded, &reader->origin.folded);
    reader->hit_opened.count = reader->origin.opened;
    view_update_all(reader);
    jump_to(reader, &reader->origin.spot);
}

static void take_pattern(struct reader *reader, const char *pattern)
{
    struct match_rules rules = {
        .letters = (enum setting_case)config_int(reader->config, SETTING_SEARCH_CASE),
        .regex = config_bool(reader->config, SETTING_SEARCH_REGEX)};
    reader->pattern_error.message[0] = '\0';
    match_compile(&reader->pattern, pattern, rules, &reader->pattern_error);
    search_restart_count(reader);
}

const char *reader_search_problem(const struct reader *reader)
{
    return reader->pattern.too_hard ? "too hard to look for everywhere"
                                    : reader->pattern_error.message;
}

/* What is found cannot stand before what its beginning found: so only of plain words. */
static bool is_typed_on(const struct reader *reader, const char *pattern)
{
    const char *typed = reader_pattern(reader);
    return !reader->backward && match_goes_on(&reader->pattern) && pattern[0] != '\\' &&
           strncmp(pattern, typed, strlen(typed)) == 0;
}

bool reader_search(struct reader *reader, const char *pattern)
{
    struct range before = {0, 0};
    if (is_typed_on(reader, pattern))
        before = reader->typed_hit;
    notice_clear(reader);
    return_to_origin(reader);
    reader->hit = reader->typed_hit = (struct range){0, 0};
    take_pattern(reader, pattern);
    if (!find_typed_on(reader, &before)) {
        reader->hit = (struct range){0, 0};
        return !reader->pattern.text && !reader->pattern_error.message[0];
    }
    reader->typed_hit = reader->hit;
    reader_remember(reader);
    show_hit(reader, reader->origin.opened);
    return true;
}

void reader_search_cancel(struct reader *reader)
{
    return_to_origin(reader);
    take_pattern(reader, reader->origin.pattern ? reader->origin.pattern : "");
    reader->hit = reader->origin.hit;
    copy_spots(&reader->past, &reader->origin.past);
    copy_spots(&reader->future, &reader->origin.future);
}

/* ---- from hit to hit ---------------------------------------------------------------- */

/* The counted number of the hit moves with it, where it is known. */
static void count_step(struct reader *reader, bool down, bool around)
{
    uint32_t total = reader->count.total;
    if (!reader->count.done)
        search_restart_count(reader);
    else if (down)
        reader->count.before = around ? 1 : reader->count.before + 1;
    else
        reader->count.before = around ? total : reader->count.before - 1;
}

/* What is left of a hit's stretch, after it or before it. */
static struct stretch beside_hit(const struct reader *reader, bool down)
{
    struct stretch rest = view_stretch(reader, reader->hit.start, down);
    uint32_t after = match_after(&reader->pattern, reader->hit);
    if (down) /* a hit may reach into the next comment, but that may be shown elsewhere */
        rest.text.start = after < rest.text.end ? after : rest.text.end;
    return rest;
}

bool reader_search_next(struct reader *reader, int steps, bool *wrapped)
{
    bool down = (steps > 0) != reader->backward, found = false;
    bool current = !range_is_empty(reader->hit) && move_place_is_seen(reader, reader->hit.start);
    struct stretch rest =
        current ? beside_hit(reader, down) : view_stretch(reader, jump_reference(reader), down);
    int rounds = 0;
    notice_clear(reader);
    reader_remember(reader);
    if (!current)
        search_restart_count(reader);
    for (int left = steps > 0 ? steps : -steps; left > 0 && rounds < 2; left--) {
        struct range hit;
        bool around;
        if (!find(reader, rest, down, &hit, &around))
            break;
        reader->hit = hit;
        rest = beside_hit(reader, down);
        rounds += around; /* a count larger than all hits there are ends with the first round */
        count_step(reader, down, around);
        found = true;
    }
    *wrapped = rounds > 0;
    if (found)
        show_hit(reader, 0);
    return found;
}

bool reader_has_hit(const struct reader *reader)
{
    return !range_is_empty(reader->hit);
}

void reader_search_clear(struct reader *reader)
{
    match_release(&reader->pattern);
    reader->hit = (struct range){0, 0};
    refold(reader, 0, reader->comment);
    search_restart_count(reader);
}

/* ---- counting ----------------------------------------------------------------------- */

/* Between two looks at the keyboard: */
#define COUNT_WORDS_SLICE (4u << 20)   /* bytes */
#define COUNT_REGEX_SLICE (256u << 10) /* the same, which may take longer */
#define COUNT_HITS_MOST   10000u

bool reader_has_work(const struct reader *reader)
{
    return !reader->count.done;
}

/* Counts the hits that begin in a slice of the pool; where to go on. */
static uint32_t count_slice(struct reader *reader, struct range slice)
{
    struct range hit;
    for (uint32_t hits = 0; hits < COUNT_HITS_MOST; hits++) {
        if (!match_forward(&reader->pattern, reader_text(reader), slice, reader->text_known, &hit))
            return slice.start > slice.end ? slice.start : slice.end; /* the last may reach over */
        reader->count.total++;
        reader->count.before += !range_is_empty(reader->hit) &&
                                !view_place_is_before(reader, reader->hit.start, hit.start);
        slice.start = match_after(&reader->pattern, hit);
    }
    return slice.start;
}

bool reader_work(struct reader *reader)
{
    if (reader->count.done)
        return false;
    uint32_t most = reader->pattern.regex ? COUNT_REGEX_SLICE : COUNT_WORDS_SLICE;
    uint32_t start = reader->count.next, left = reader->text_known - start;
    reader->count.next =
        count_slice(reader, (struct range){start, start + (left < most ? left : most)});
    reader->count.done = reader->count.next == reader->text_known;
    return !reader->count.done;
}
