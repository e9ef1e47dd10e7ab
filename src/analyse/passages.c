/*
 * Passages of comments that repeat the article or an earlier comment.
 *
 * All words of the document are numbered and folded to hashes, hyphens parting them and apostrophes
 * dropped, so that spaces, marks, dashes and capitals do not matter:
 *
 *      article    The two ports met on Monday for the first time since 2013 and left the room
 *      comment    > the two ports met — on monday, for the VERY first time since 2013 —
 *                   `----- 5 words ----'  ...          ^ an edit is stepped over
 *
 * A table leads from the hash of every 8 (and of every 5) words on a row to where they stood first.
 * Where a comment has such words the repetition is followed as far as it goes; one word more, less
 * or other is let pass if the three after it agree again. It counts from 8 words on. What is
 * followed is either kept, and then jumped over, or was short: linear.
 */
#include <stdlib.h>

#include "counts.h"
#include "fold.h"
#include "internal.h"

#define LONG_RUN  8
#define SHORT_RUN 5
#define LEAST     8 /* words that make a passage */
#define AGREE     3 /* words that must agree after an edit */

struct word {
    uint32_t start, end;
    uint32_t hash;
    uint32_t item; /* comment, or DOCUMENT_NONE */
};

struct repeats {
    const struct analyse_source *source;
    VECTOR(struct word) words;
    struct counts long_runs, short_runs; /* place of the first + 1 */
};

/* ---- words ----------------------------------------------------------------------------------- */

static bool is_word_letter(uint32_t c)
{
    return (c >= '0' && c <= '9') || fold_letter(c) != LETTER_NONE || (c >= 0x300 && c < 0x370);
}

static bool is_silent(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == '.';
}

static void add_words(struct repeats *r, const struct analyse_paragraph *p)
{
    const char *text = r->source->text;
    for (uint32_t at = p->start; at < p->end;) {
        uint32_t c, start = at, end = at;
        uint64_t hash = LEXICON_SEED;
        while (at < p->end) {
            uint32_t took = (uint32_t)utf8_decode(text + at, p->end - at, &c);
            if (is_word_letter(c)) {
                hash = fold_hash(hash, text + at, took);
                end = at + took;
            } else if (end == start || !is_silent(c)) {
                at += end == start ? took : 0;
                break;
            }
            at += took;
        }
        if (end > start)
            vector_push(&r->words,
                        ((struct word){start, end, (uint32_t)lexicon_hash_end(hash), p->comment}));
    }
}

/* A hash of the words [at, at + count), never 0; 0 where they are not all of one item. */
static uint64_t run_hash(const struct repeats *r, size_t at, unsigned count)
{
    if (at + count > r->words.count ||
        r->words.items[at].item != r->words.items[at + count - 1].item)
        return 0;
    uint64_t hash = count;
    for (unsigned i = 0; i < count; i++)
        hash = (hash ^ r->words.items[at + i].hash) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    return lexicon_hash_end(hash) | 1u;
}

static void note_run(struct counts *table, uint64_t hash, size_t at)
{
    if (hash == 0)
        return;
    uint32_t *place = counts_put(table, hash);
    if (*place == 0)
        *place = (uint32_t)at + 1;
}

static void note_item(struct repeats *r, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        note_run(&r->long_runs, run_hash(r, i, LONG_RUN), i);
        note_run(&r->short_runs, run_hash(r, i, SHORT_RUN), i);
    }
}

/* ---- following ------------------------------------------------------------------------------- */

struct match {
    size_t here_end, there_end; /* words after the last that agree */
    unsigned agreed;
};

static bool agree(const struct repeats *r, size_t here, size_t here_end, size_t there,
                  size_t there_end)
{
    return here < here_end && there < there_end &&
           r->words.items[here].hash == r->words.items[there].hash;
}

static bool agree_on(const struct repeats *r, size_t here, size_t here_end, size_t there,
                     size_t there_end)
{
    for (size_t i = 0; i < AGREE; i++)
        if (!agree(r, here + i, here_end, there + i, there_end))
            return false;
    return true;
}

static size_t item_end(const struct repeats *r, size_t at, size_t limit)
{
    size_t low = at, high = limit; /* words of one item stand together, in order: binary search */
    uint32_t item = r->words.items[at].item;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->words.items[middle].item == item)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct match follow(const struct repeats *r, size_t here, size_t there, size_t first_of_item)
{
    size_t here_end = item_end(r, here, r->words.count),
           there_end = item_end(r, there, first_of_item);
    struct match match = {here, there, 0};
    while (true) {
        if (agree(r, here, here_end, there, there_end)) {
            match = (struct match){++here, ++there, match.agreed + 1};
        } else if (agree_on(r, here + 1, here_end, there + 1, there_end)) {
            here++, there++;
        } else if (agree_on(r, here + 1, here_end, there, there_end)) {
            here++;
        } else if (agree_on(r, here, here_end, there + 1, there_end)) {
            there++;
        } else {
            return match;
        }
    }
}

/* Looks for what the words at `here` repeat; the word to go on with. */
static size_t look(const struct repeats *r, size_t here, size_t first_of_item,
                   struct annotations *result)
{
    uint32_t place = counts_get(&r->long_runs, run_hash(r, here, LONG_RUN) | 1u);
    if (place == 0)
        place = counts_get(&r->short_runs, run_hash(r, here, SHORT_RUN) | 1u);
    if (place == 0)
        return here + 1;
    size_t there = place - 1;
    struct match match = follow(r, here, there, first_of_item);
    if (match.agreed < LEAST)
        return here + 1;
    const struct word *words = r->words.items;
    struct passage passage = {.start = words[here].start,
                              .end = words[match.here_end - 1].end,
                              .target_start = words[there].start,
                              .target_end = words[match.there_end - 1].end,
                              .comment = words[here].item,
                              .target_comment = words[there].item};
    vector_push(&result->passages, passage);
    return match.here_end;
}

void analyse_passages(const struct analyse_source *source, struct annotations *result)
{
    struct repeats r = {.source = source};
    bool comments = false;
    for (uint32_t i = 0; i < source->paragraph_count; i++)
        comments = comments || source->paragraphs[i].comment != DOCUMENT_NONE;
    if (!comments)
        return;
    for (uint32_t i = 0; i < source->paragraph_count; i++)
        add_words(&r, &source->paragraphs[i]);
    counts_init(&r.long_runs);
    counts_init(&r.short_runs);
    for (size_t first = 0; first < r.words.count;) {
        size_t end = item_end(&r, first, r.words.count);
        if (r.words.items[first].item != DOCUMENT_NONE)
            for (size_t i = first; i < end;)
                i = look(&r, i, first, result);
        note_item(&r, first, end);
        first = end;
    }
    counts_release(&r.long_runs);
    counts_release(&r.short_runs);
    vector_release(&r.words);
}
