/*
 * Next quote, next words of the same speaker, next mention of somebody. All go through the document
 * in the order it is shown in: from the one jumped to before while it is in view, else from the top
 * row. Both lists stand in the pool's order, so they are gone through stretch by stretch.
 */
#include "internal.h"

/* What is looked for: quotes of a speaker (ENTITY_NONE: of anyone), or mentions of somebody. */
struct wanted {
    uint32_t (*place)(const struct reader *reader, uint32_t number);
    bool (*counts)(const struct reader *reader, uint32_t number, uint32_t entity);
    uint32_t (*from)(const struct annotations *annotations, uint32_t place);
    uint32_t count, entity;
};

/* The first number whose place is not before `place`. */
static uint32_t number_at(const struct reader *reader, const struct wanted *wanted, uint32_t place)
{
    uint32_t low = 0, high = wanted->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (wanted->place(reader, middle) < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first that counts from number `at` on, which is the first to look at from `place`; the count:
 * none. */
static uint32_t seek(const struct reader *reader, const struct wanted *wanted, uint32_t place,
                     uint32_t at, bool down)
{
    struct stretch stretch = view_stretch(reader, place, down);
    for (;;) {
        for (; at < wanted->count; at += down ? 1 : UINT32_MAX) {
            uint32_t start = wanted->place(reader, at);
            if (down ? start >= stretch.text.end : start < stretch.text.start)
                break;
            if (wanted->counts(reader, at, wanted->entity))
                return at;
        }
        if (!view_next_stretch(reader, &stretch, down))
            return wanted->count;
        at = down ? number_at(reader, wanted, stretch.text.start)
                  : number_at(reader, wanted, stretch.text.end) - 1;
    }
}

/* As many steps as there are up to `steps`, from number `current` while that is in view, else from
 * the top of the view; the count: not one. */
static uint32_t walk(struct reader *reader, const struct wanted *wanted, uint32_t current,
                     int steps)
{
    bool down = steps > 0;
    uint32_t step = down ? 1 : UINT32_MAX, found = wanted->count;
    uint32_t place = jump_reference(reader), at = wanted->from(reader->annotations, place);
    if (!down)
        at--;
    if (current < wanted->count && move_place_is_seen(reader, wanted->place(reader, current))) {
        place = wanted->place(reader, current);
        at = current + step;
    }
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = seek(reader, wanted, place, at, down);
        if (next >= wanted->count)
            break;
        found = next;
        place = wanted->place(reader, found);
        at = found + step;
    }
    return found;
}

/* ---- quotes ------------------------------------------------------------------------- */

static uint32_t quote_place(const struct reader *reader, uint32_t quote)
{
    return quote_extent(reader->annotations, quote).start;
}

/* Speaker of a quote, as far as the reader is told one. */
static uint32_t quote_speaker(const struct reader *reader, uint32_t quote)
{
    const struct quote *item = &reader->annotations->quotes.items[quote];
    return item->confidence >= CONFIDENCE_LIKELY ? item->speaker : ENTITY_NONE;
}

/* Direct speech, and of `speaker` unless that is ENTITY_NONE. */
static bool quote_counts(const struct reader *reader, uint32_t quote, uint32_t speaker)
{
    return reader->annotations->quotes.items[quote].kind == QUOTE_DIRECT &&
           (speaker == ENTITY_NONE || quote_speaker(reader, quote) == speaker);
}

uint32_t reader_quote_in_view(struct reader *reader)
{
    const struct annotations *found = reader->annotations;
    if (!found)
        return ENTITY_NONE;
    if (reader->quote < found->quotes.count &&
        move_place_is_seen(reader, quote_place(reader, reader->quote)))
        return reader->quote;
    uint32_t quote = annotations_quote_from(found, jump_reference(reader));
    while (quote < found->quotes.count && !quote_counts(reader, quote, ENTITY_NONE))
        quote++;
    bool seen =
        quote < found->quotes.count && move_place_is_seen(reader, quote_place(reader, quote));
    return seen ? quote : ENTITY_NONE;
}

static bool quote_go(struct reader *reader, int steps, uint32_t speaker)
{
    const struct wanted quotes = {.place = quote_place,
                                  .counts = quote_counts,
                                  .from = annotations_quote_from,
                                  .count = (uint32_t)reader->annotations->quotes.count,
                                  .entity = speaker};
    uint32_t found = walk(reader, &quotes, reader->quote, steps);
    if (found >= quotes.count)
        return false;
    reader_remember(reader);
    reader->quote = found;
    reader->mention = ENTITY_NONE;
    jump_show(reader, quote_place(reader, found));
    return true;
}

bool reader_quote(struct reader *reader, int steps)
{
    notice_clear(reader);
    return reader->annotations && quote_go(reader, steps, ENTITY_NONE);
}

/* The speaker to follow: of the current quote, else the one chosen in the sidebar. */
static uint32_t followed_speaker(const struct reader *reader)
{
    uint32_t speaker = ENTITY_NONE;
    if (reader->quote != ENTITY_NONE)
        speaker = quote_speaker(reader, reader->quote);
    return speaker != ENTITY_NONE ? speaker : reader->chosen;
}

bool reader_speaker_quote(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations)
        return false;
    uint32_t speaker = followed_speaker(reader);
    if (speaker == ENTITY_NONE) {
        notice_add(reader, "go to a quote or choose a speaker first");
        return false;
    }
    return quote_go(reader, steps, speaker);
}

/* ---- mentions ----------------------------------------------------------------------- */

static uint32_t mention_place(const struct reader *reader, uint32_t mention)
{
    return reader->annotations->mentions.items[mention].start;
}

static bool mention_counts(const struct reader *reader, uint32_t mention, uint32_t entity)
{
    return reader->annotations->mentions.items[mention].entity == entity;
}

bool reader_mention(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations || reader->chosen == ENTITY_NONE) {
        notice_add(reader, "choose someone in the sidebar first");
        return false;
    }
    const struct wanted mentions = {.place = mention_place,
                                    .counts = mention_counts,
                                    .from = annotations_mention_from,
                                    .count = (uint32_t)reader->annotations->mentions.count,
                                    .entity = reader->chosen};
    bool current =
        reader->mention < mentions.count && mention_counts(reader, reader->mention, reader->chosen);
    uint32_t found = walk(reader, &mentions, current ? reader->mention : ENTITY_NONE, steps);
    if (found >= mentions.count)
        return false;
    reader_remember(reader);
    reader->mention = found;
    reader->quote = ENTITY_NONE;
    jump_show(reader, mention_place(reader, found));
    return true;
}
