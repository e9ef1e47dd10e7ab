/*
 * Passages of comments that repeat the article or an earlier comment.
 *
 * Words are folded to hashes, hyphens parting them and apostrophes dropped, so that spaces, marks,
 * dashes and capitals do not matter:
 *
 *      article    The two ports met on Monday for the first time since 2013 and left the room
 *      comment    > the two ports met — on monday, for the VERY first time since 2013 —
 *                   `----- 5 words ----'  ...          ^ an edit is stepped over
 *
 * A table leads from the hash of 5 words on a row to where in the text they stood first. It holds
 * the rows that begin at every second word: one of them lies in whatever 6 words are repeated.
 * Where a comment has such words the repetition is followed in the text itself, back to where it
 * begins and on as far as it goes; one word more, less or other is let pass if the three after it
 * agree again. It counts from 8 words on. What is followed is either kept, and then jumped over, or
 * was short: linear.
 *
 * No list of words is kept, and the table has a limit: the article stays in it, of the comments in
 * a very long thread the older ones go.
 */
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "internal.h"

#define RUN   5 /* words whose hash leads somewhere */
#define EVERY 2 /* of the words a run begins */
#define LEAST 8 /* words that make a passage */
#define AGREE 3 /* words that must agree after an edit */

#define SLOTS_FIRST 1024
#define SLOTS_MOST  (1u << 20)
#define PROBES      8

struct word {
    uint32_t start, end;
    uint32_t hash;
};

struct slot {
    uint32_t hash;  /* of the run */
    uint32_t place; /* of its first word, + 1; 0: free */
};

struct repeats {
    const struct analyse_source *source;
    VECTOR(struct word) words; /* of the comment, or the paragraph of the article, at hand */
    struct slot *slots;
    uint32_t mask;
    uint32_t article_end; /* byte; what stands before it is never forgotten */
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

/* Goes on with the hash of a word by the character at `at`; its bytes. Most are ASCII: the short
 * way.
 */
static uint32_t take_character(const char *text, uint32_t at, uint32_t end, uint32_t *character,
                               uint64_t *hash)
{
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80) {
        *character = byte;
        *hash = lexicon_hash_byte(*hash, byte >= 'A' && byte <= 'Z' ? byte | 32 : byte);
        return 1;
    }
    uint32_t took = (uint32_t)utf8_decode(text + at, end - at, character);
    *hash = fold_hash(*hash, text + at, took);
    return took;
}

/* The next word of text [*at, end), and moves on behind it. False: there is none. */
static bool next_word(const char *text, uint32_t *at, uint32_t end, struct word *word)
{
    uint64_t hash = LEXICON_SEED;
    uint32_t place = *at;
    *word = (struct word){place, place, 0};
    while (place < end) {
        uint32_t c;
        uint64_t longer = hash;
        uint32_t took = take_character(text, place, end, &c, &longer);
        bool begun = word->end > word->start;
        if (is_word_letter(c)) {
            hash = longer;
            word->start = begun ? word->start : place;
            word->end = place + took;
        } else if (begun && !is_silent(c)) {
            break;
        }
        place += took;
    }
    *at = place;
    word->hash = (uint32_t)lexicon_hash_end(hash);
    return word->end > word->start;
}

static void gather_words(struct repeats *r, uint32_t first, uint32_t end)
{
    vector_clear(&r->words);
    for (uint32_t i = first; i < end; i++) {
        const struct analyse_paragraph *p = &r->source->paragraphs[i];
        struct word word;
        for (uint32_t at = p->start; next_word(r->source->text, &at, p->end, &word);)
            vector_push(&r->words, word);
    }
}

static uint32_t run_hash(const struct repeats *r, size_t at)
{
    uint64_t hash = RUN;
    for (unsigned i = 0; i < RUN; i++)
        hash = (hash ^ r->words.items[at + i].hash) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    return (uint32_t)lexicon_hash_end(hash);
}

/* ---- the table ------------------------------------------------------------------------------- */

/* Near its hash, if it is not there already: the first place is what counts. False: no room. */
static bool seat_run(struct repeats *r, struct slot slot)
{
    for (uint32_t i = 0; i < PROBES; i++) {
        struct slot *at = &r->slots[(slot.hash + i) & r->mask];
        if (at->place && at->hash == slot.hash)
            return true;
        if (!at->place) {
            *at = slot;
            return true;
        }
    }
    return false;
}

/* Where there is no room an older comment's run gives way, but none of the article's. */
static void displace_run(struct repeats *r, struct slot slot)
{
    struct slot *home = &r->slots[slot.hash & r->mask];
    if (home->place > r->article_end)
        *home = slot;
}

static void grow(struct repeats *r)
{
    struct slot *old = r->slots;
    uint32_t size = r->mask + 1;
    r->slots = xcalloc((size_t)size * 2, sizeof *r->slots);
    r->mask = size * 2 - 1;
    for (uint32_t i = 0; i < size; i++)
        if (old[i].place && !seat_run(r, old[i]))
            displace_run(r, old[i]);
    free(old);
}

static void put_run(struct repeats *r, struct slot slot)
{
    bool seated = seat_run(r, slot);
    while (!seated && r->mask + 1 < SLOTS_MOST) {
        grow(r);
        seated = seat_run(r, slot);
    }
    if (!seated)
        displace_run(r, slot);
}

static uint32_t find_run(const struct repeats *r, uint32_t hash)
{
    for (uint32_t i = 0; i < PROBES; i++) {
        const struct slot *at = &r->slots[(hash + i) & r->mask];
        if (at->place && at->hash == hash)
            return at->place;
    }
    return 0;
}

static void note_runs(struct repeats *r)
{
    for (size_t i = 0; i + RUN <= r->words.count; i += EVERY)
        put_run(r, (struct slot){run_hash(r, i), r->words.items[i].start + 1});
}

/* ---- following ------------------------------------------------------------------------------- */

/* The words of an item from some place on, a few of them seen ahead. */
struct reading {
    const struct analyse_source *source;
    uint32_t paragraph, at;
    struct word ahead[AGREE + 1];
    unsigned count;
};

/* The paragraph that holds a byte. */
static uint32_t paragraph_at(const struct analyse_source *source, uint32_t place)
{
    uint32_t low = 0, high = source->paragraph_count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->paragraphs[middle].start <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool read_word(struct reading *reading, struct word *word)
{
    const struct analyse_source *source = reading->source;
    while (
        !next_word(source->text, &reading->at, source->paragraphs[reading->paragraph].end, word)) {
        uint32_t next = reading->paragraph + 1;
        if (next >= source->paragraph_count ||
            source->paragraphs[next].comment != source->paragraphs[reading->paragraph].comment)
            return false;
        reading->paragraph = next;
        reading->at = source->paragraphs[next].start;
    }
    return true;
}

/* The word `far` further; NULL behind the item's end. */
static const struct word *peek(struct reading *reading, unsigned far)
{
    while (reading->count <= far) {
        if (!read_word(reading, &reading->ahead[reading->count]))
            return NULL;
        reading->count++;
    }
    return &reading->ahead[far];
}

static void skip(struct reading *reading)
{
    if (peek(reading, 0))
        memmove(reading->ahead, reading->ahead + 1, --reading->count * sizeof *reading->ahead);
}

static bool agree(const struct repeats *r, size_t here, struct reading *there, unsigned far)
{
    const struct word *word = here < r->words.count ? peek(there, far) : NULL;
    return word && r->words.items[here].hash == word->hash;
}

static bool agree_on(const struct repeats *r, size_t here, struct reading *there, unsigned far)
{
    for (unsigned i = 0; i < AGREE; i++)
        if (!agree(r, here + i, there, far + i))
            return false;
    return true;
}

struct match {
    size_t here, here_end;     /* words */
    uint32_t there, there_end; /* bytes */
    unsigned agreed;
};

/* On from the first words that agree. */
static void follow(const struct repeats *r, struct match *match, struct reading *there)
{
    size_t here = match->here_end;
    while (true) {
        if (agree(r, here, there, 0)) {
            match->here_end = ++here;
            match->there_end = peek(there, 0)->end;
            match->agreed++;
            skip(there);
        } else if (agree_on(r, here + 1, there, 1)) {
            here++;
            skip(there);
        } else if (agree_on(r, here + 1, there, 0)) {
            here++;
        } else if (agree_on(r, here, there, 1)) {
            skip(there);
        } else {
            return;
        }
    }
}

#define BACK 200 /* bytes in which the words before a run are looked for */

/* Back over words that agree, as far as none of the table's runs can have been before. */
static void follow_back(const struct repeats *r, struct match *match, size_t floor)
{
    const char *text = r->source->text;
    const struct analyse_paragraph *p =
        &r->source->paragraphs[paragraph_at(r->source, match->there)];
    struct word last[EVERY] = {{0, 0, 0}}, word; /* the words before, the nearest first */
    uint32_t at = match->there - p->start > BACK ? match->there - BACK : p->start;
    at = (uint32_t)utf8_floor(text, at);
    while (next_word(text, &at, match->there, &word)) {
        memmove(last + 1, last, (EVERY - 1) * sizeof *last);
        last[0] = word;
    }
    for (unsigned i = 0; i + 1 < EVERY && match->here > floor && last[i].end; i++) {
        if (r->words.items[match->here - 1].hash != last[i].hash)
            return;
        match->here--;
        match->there = last[i].start;
        match->agreed++;
    }
}

/* Looks for what the words at `here` repeat, and reaches back no further than `floor`; the word to
 * go on with. */
static size_t look(const struct repeats *r, size_t here, size_t floor, struct annotations *result)
{
    uint32_t place = find_run(r, run_hash(r, here));
    if (place == 0)
        return here + 1;
    struct match match = {here, here, place - 1, place - 1, 0};
    struct reading there = {
        r->source, paragraph_at(r->source, place - 1), place - 1, {{0, 0, 0}}, 0};
    follow(r, &match, &there);
    follow_back(r, &match, floor);
    if (match.agreed < LEAST)
        return here + 1;
    const struct word *words = r->words.items;
    const struct analyse_source *source = r->source;
    struct passage passage = {
        .start = words[match.here].start,
        .end = words[match.here_end - 1].end,
        .target_start = match.there,
        .target_end = match.there_end,
        .comment = source->paragraphs[paragraph_at(source, words[here].start)].comment,
        .target_comment = source->paragraphs[paragraph_at(source, match.there)].comment};
    vector_push(&result->passages, passage);
    return match.here_end;
}

static void look_at_comment(const struct repeats *r, struct annotations *result)
{
    size_t floor = 0;
    for (size_t i = 0; i + RUN <= r->words.count;) {
        size_t before = result->passages.count;
        i = look(r, i, floor, result);
        if (result->passages.count > before)
            floor = i;
    }
}

/* The paragraphs that are looked at together: a comment, or one paragraph of the article. */
static uint32_t item_end(const struct analyse_source *source, uint32_t first)
{
    uint32_t end = first + 1;
    while (source->paragraphs[first].comment != DOCUMENT_NONE && end < source->paragraph_count &&
           source->paragraphs[end].comment == source->paragraphs[first].comment)
        end++;
    return end;
}

void analyse_passages(const struct analyse_source *source, struct annotations *result)
{
    uint32_t count = source->paragraph_count;
    if (count == 0 || source->paragraphs[count - 1].comment == DOCUMENT_NONE)
        return; /* comments come last */
    struct repeats r = {.source = source, .mask = SLOTS_FIRST - 1};
    r.slots = xcalloc(SLOTS_FIRST, sizeof *r.slots);
    for (uint32_t first = 0; first < count;) {
        uint32_t end = item_end(source, first);
        gather_words(&r, first, end);
        if (source->paragraphs[first].comment != DOCUMENT_NONE)
            look_at_comment(&r, result);
        else
            r.article_end = source->paragraphs[first].end;
        note_runs(&r);
        first = end;
    }
    free(r.slots);
    vector_release(&r.words);
}
