/*
 * The comments of a thread as they are remembered: three arrays side by side, in the order of the
 * ids, kept whole in the database. A hundred thousand rows would cost a tenth of a second to read;
 * these arrays cost a millisecond, and finding one is a binary search.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define ROLL_MOST (1u << 24) /* comments; more is no thread */

void roll_release(struct roll *roll)
{
    free(roll->ids);
    free(roll->texts);
    free(roll->flags);
    free(roll->comments);
    *roll = (struct roll){0};
}

static void make_room(struct roll *roll, uint32_t count)
{
    roll->ids = xreallocarray(roll->ids, count, sizeof *roll->ids);
    roll->texts = xreallocarray(roll->texts, count, sizeof *roll->texts);
    roll->flags = xreallocarray(roll->flags, count, sizeof *roll->flags);
}

static bool is_in_order(const struct roll *roll)
{
    for (uint32_t at = 1; at < roll->count; at++)
        if (roll->ids[at - 1] >= roll->ids[at])
            return false;
    return true;
}

void roll_read(struct roll *roll, struct bytes ids, struct bytes texts, struct bytes flags)
{
    size_t count = flags.length;
    if (count == 0 || count > ROLL_MOST || ids.length != count * sizeof *roll->ids ||
        texts.length != count * sizeof *roll->texts)
        return;
    make_room(roll, (uint32_t)count);
    memcpy(roll->ids, ids.data, ids.length);
    memcpy(roll->texts, texts.data, texts.length);
    memcpy(roll->flags, flags.data, flags.length);
    roll->count = (uint32_t)count;
    if (!is_in_order(roll))
        roll_release(roll);
}

/* Ids are spread evenly, so one stands near where its value says; from there it is looked for in
 * steps that double, and then by halves. */
uint32_t roll_find(const struct roll *roll, uint64_t id)
{
    uint32_t guess = (uint32_t)((id >> 32) * roll->count >> 32), step = 16;
    uint32_t low = guess, high = guess;
    while (low > 0 && roll->ids[low] > id) {
        low = low > step ? low - step : 0;
        step *= 2;
    }
    for (step = 16; high < roll->count && roll->ids[high] < id; step *= 2)
        high = roll->count - high > step ? high + step : roll->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (roll->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < roll->count && roll->ids[low] == id ? low : UINT32_MAX;
}

/* ---- the document's side ------------------------------------------------------------- */

void census_take(struct census *census, const struct document *document)
{
    if (census->taken)
        return;
    census->taken = true;
    const struct comment *comments = document_comments(document, &census->count);
    census->ids = xreallocarray(NULL, census->count, sizeof *census->ids);
    census->texts = xreallocarray(NULL, census->count, sizeof *census->texts);
    for (uint32_t at = 0; at < census->count; at++) {
        census->ids[at] = identity_of_comment(document, at);
        census->texts[at] = identity_of_text(document, comments[at].text);
    }
    const struct block *blocks = document_blocks(document, NULL);
    census->block_count = document_article_blocks(document);
    census->blocks = xreallocarray(NULL, census->block_count, sizeof *census->blocks);
    for (uint32_t at = 0; at < census->block_count; at++)
        census->blocks[at] =
            identity_of_text(document, (struct range){blocks[at].start, blocks[at].end});
}

void census_release(struct census *census)
{
    free(census->ids);
    free(census->texts);
    free(census->blocks);
    *census = (struct census){0};
}

/* ---- from a roll --------------------------------------------------------------------- */

/* Comments that were there at the last visit, or went at it, and are not here. */
static uint32_t count_vanished(const struct roll *roll)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < roll->count; at++)
        count +=
            (roll->flags[at] & (ROLL_PRESENT | ROLL_GONE)) && roll->comments[at] == DOCUMENT_NONE;
    return count;
}

uint32_t roll_tell(struct roll *roll, const struct census *census, struct store_memory *memory)
{
    struct bitset *const sets[] = {&memory->read, &memory->folded, &memory->known, &memory->fresh,
                                   &memory->edited};
    uint32_t known = 0;
    roll->comments = xreallocarray(roll->comments, roll->count, sizeof *roll->comments);
    memset(roll->comments, 0xff, roll->count * sizeof *roll->comments); /* DOCUMENT_NONE */
    for (size_t at = 0; at < ARRAY_LENGTH(sets); at++)
        bitset_resize(sets[at], census->count);
    for (uint32_t at = 0; at < census->count; at++) {
        uint32_t found = roll_find(roll, census->ids[at]);
        bool is_known = found != UINT32_MAX;
        uint8_t flags = is_known ? roll->flags[found] : ROLL_NEW;
        bool other_text = is_known && roll->texts[found] != census->texts[at];
        if (is_known)
            roll->comments[found] = at;
        bitset_put(&memory->known, at, is_known);
        bitset_put(&memory->read, at, flags & ROLL_READ);
        bitset_put(&memory->folded, at, flags & ROLL_FOLDED);
        bitset_put(&memory->fresh, at, flags & ROLL_NEW);
        bitset_put(&memory->edited, at, other_text || flags & ROLL_EDITED);
        known += is_known;
    }
    memory->vanished = count_vanished(roll);
    return known;
}

/* ---- into a roll --------------------------------------------------------------------- */

static uint8_t with(uint8_t flags, uint8_t flag, bool value)
{
    return (uint8_t)(value ? flags | flag : flags & ~flag);
}

/* The flags of a comment, given what they were. Only what was changed here is changed there. */
static uint8_t changed_flags(const struct roll_change *change, uint32_t comment, uint8_t flags)
{
    const struct store_memory *memory = change->memory;
    bool read = bitset_get(&memory->read, comment), folded = bitset_get(&memory->folded, comment);
    if (read != bitset_get(change->read_before, comment))
        flags = with(flags, ROLL_READ, read);
    if (folded != bitset_get(change->folded_before, comment))
        flags = with(flags, ROLL_FOLDED, folded);
    if (change->begins) {
        flags = with(flags, ROLL_PRESENT, true);
        flags = with(flags, ROLL_GONE, false);
        flags = with(flags, ROLL_NEW, bitset_get(&memory->fresh, comment));
        flags = with(flags, ROLL_EDITED, bitset_get(&memory->edited, comment));
    }
    if (change->leaves)
        flags &= (uint8_t) ~(ROLL_NEW | ROLL_EDITED);
    return flags;
}

struct entry {
    uint64_t id;
    uint32_t text;
    uint8_t flags;
};

static int compare_entries(const void *left, const void *right)
{
    const struct entry *one = left, *other = right;
    return (one->id > other->id) - (one->id < other->id);
}

typedef VECTOR(struct entry) entries;

/* Puts what is not there yet where it belongs; of two with the same id one. */
static void insert(struct roll *roll, entries *more)
{
    struct roll merged = {0};
    uint32_t old = 0;
    size_t new = 0;
    qsort(more->items, more->count, sizeof *more->items, compare_entries);
    make_room(&merged, roll->count + (uint32_t)more->count);
    while (old < roll->count || new < more->count) {
        bool take_old =
            new == more->count || (old < roll->count && roll->ids[old] < more->items[new].id);
        struct entry entry =
            take_old ? (struct entry){roll->ids[old], roll->texts[old], roll->flags[old]}
                     : more->items[new];
        old += take_old;
        new += !take_old;
        if (merged.count && merged.ids[merged.count - 1] == entry.id) {
            merged.flags[merged.count - 1] |= entry.flags;
            continue;
        }
        merged.ids[merged.count] = entry.id;
        merged.texts[merged.count] = entry.text;
        merged.flags[merged.count++] = entry.flags;
    }
    roll_release(roll);
    *roll = merged;
}

/* Which of the roll's comments the document has. */
static struct bitset met(const struct roll *roll, const struct census *census)
{
    struct bitset set = {0};
    bitset_resize(&set, roll->count);
    for (uint32_t at = 0; at < census->count; at++)
        bitset_put(&set, roll_find(roll, census->ids[at]), true);
    return set;
}

#define GONE_MOST 200000 /* kept of a document: a copy that was cut short costs nothing */

/* What is not in the document any more is said to be gone; what was gone before that is kept as
 * long as it is not too much. True: some were dropped. */
static bool see_off(struct roll *roll, const struct census *census)
{
    struct bitset here = met(roll, census);
    uint32_t gone = roll->count - bitset_rank(&here, 0, roll->count), kept = 0;
    bool keep_all = gone <= census->count + GONE_MOST, dropped = false;
    for (uint32_t at = 0; at < roll->count; at++) {
        uint8_t flags = roll->flags[at];
        if (!bitset_get(&here, at)) {
            if (!keep_all && !(flags & ROLL_PRESENT))
                continue;
            if (flags & ROLL_PRESENT)
                flags = with(with(flags, ROLL_PRESENT, false), ROLL_GONE, true);
        }
        roll->ids[kept] = roll->ids[at];
        roll->texts[kept] = roll->texts[at];
        roll->flags[kept++] = flags;
    }
    dropped = kept < roll->count;
    roll->count = kept;
    bitset_release(&here);
    return dropped;
}

bool roll_apply(struct roll *roll, const struct census *census, const struct roll_change *change)
{
    entries more = {0};
    bool altered = change->begins && see_off(roll, census);
    for (uint32_t at = 0; at < census->count; at++) {
        uint32_t found = roll_find(roll, census->ids[at]);
        bool is_known = found != UINT32_MAX;
        uint8_t flags = changed_flags(change, at, is_known ? roll->flags[found] : ROLL_PRESENT);
        if (!is_known) {
            struct entry entry = {census->ids[at], census->texts[at], flags};
            vector_push(&more, entry);
            continue;
        }
        roll->flags[found] = flags;
        altered = altered || roll->texts[found] != census->texts[at];
        roll->texts[found] = census->texts[at];
    }
    for (uint32_t at = 0; change->leaves && at < roll->count; at++)
        roll->flags[at] = with(roll->flags[at], ROLL_GONE, false);
    altered = altered || more.count > 0;
    if (more.count)
        insert(roll, &more);
    vector_release(&more);
    return altered;
}

/* A comment whose bits are not what they were. */
static bool is_changed(const struct roll_change *change, uint32_t comment)
{
    const struct store_memory *memory = change->memory;
    return bitset_get(&memory->read, comment) != bitset_get(change->read_before, comment) ||
           bitset_get(&memory->folded, comment) != bitset_get(change->folded_before, comment);
}

/* What was found at this visit is not news at the next one. */
static void leave(struct roll *roll)
{
    for (uint32_t at = 0; at < roll->count; at++) {
        uint8_t seen = roll->flags[at] & ROLL_PRESENT ? ROLL_NEW | ROLL_EDITED : 0;
        roll->flags[at] &= (uint8_t) ~(seen | ROLL_GONE);
    }
}

bool roll_mark(struct roll *roll, const struct document *document, const struct roll_change *change)
{
    for (uint32_t at = 0; at < change->memory->read.count; at++) {
        if (!is_changed(change, at))
            continue;
        uint32_t found = roll_find(roll, identity_of_comment(document, at));
        if (found == UINT32_MAX)
            return false;
        roll->flags[found] = changed_flags(change, at, roll->flags[found]);
    }
    if (change->leaves)
        leave(roll);
    return true;
}
