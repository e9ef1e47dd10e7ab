/*
 * Next quote, next words of the same speaker, next mention of somebody. All go through the document
 * in reading order: from the one jumped to before while it is in view, else from the top row.
 */
#include "internal.h"

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

/* The first quote that counts, from number `from` on in one direction; the count: none. */
static uint32_t quote_seek(const struct reader *reader, uint32_t from, bool down, uint32_t speaker)
{
    uint32_t count = (uint32_t)reader->annotations->quotes.count;
    for (uint32_t at = from; at < count; at += down ? 1 : UINT32_MAX)
        if (quote_counts(reader, at, speaker))
            return at;
    return count;
}

uint32_t reader_quote_in_view(struct reader *reader)
{
    if (reader->annotations && reader->quote < reader->annotations->quotes.count &&
        move_place_is_seen(reader, quote_place(reader, reader->quote)))
        return reader->quote;
    if (!reader->annotations)
        return ENTITY_NONE;
    uint32_t from = annotations_quote_from(reader->annotations, jump_reference(reader));
    uint32_t quote = quote_seek(reader, from, true, ENTITY_NONE);
    bool seen = quote < reader->annotations->quotes.count &&
                move_place_is_seen(reader, quote_place(reader, quote));
    return seen ? quote : ENTITY_NONE;
}

/* Where the search starts: just behind or before the current quote, or at the top of the view. */
static uint32_t quote_start(struct reader *reader, bool down)
{
    bool current = reader->quote != ENTITY_NONE &&
                   move_place_is_seen(reader, quote_place(reader, reader->quote));
    if (current)
        return reader->quote + (down ? 1 : UINT32_MAX);
    uint32_t from = annotations_quote_from(reader->annotations, jump_reference(reader));
    return down ? from : from - 1;
}

static bool quote_go(struct reader *reader, int steps, uint32_t speaker)
{
    uint32_t count = (uint32_t)reader->annotations->quotes.count, found = count;
    bool down = steps > 0;
    uint32_t at = quote_start(reader, down);
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = quote_seek(reader, at, down, speaker);
        if (next >= count)
            break;
        found = next;
        at = next + (down ? 1 : UINT32_MAX);
    }
    if (found >= count)
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

static uint32_t mention_seek(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t count = (uint32_t)reader->annotations->mentions.count;
    for (uint32_t at = from; at < count; at += down ? 1 : UINT32_MAX)
        if (reader->annotations->mentions.items[at].entity == reader->chosen)
            return at;
    return count;
}

bool reader_mention(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations || reader->chosen == ENTITY_NONE) {
        notice_add(reader, "choose someone in the sidebar first");
        return false;
    }
    const struct mention *mentions = reader->annotations->mentions.items;
    uint32_t count = (uint32_t)reader->annotations->mentions.count, found = count;
    bool down = steps > 0;
    uint32_t step = down ? 1 : UINT32_MAX;
    bool current = reader->mention < count && mentions[reader->mention].entity == reader->chosen &&
                   move_place_is_seen(reader, mentions[reader->mention].start);
    uint32_t at = current ? reader->mention + step
                          : annotations_mention_from(reader->annotations, jump_reference(reader)) -
                                (down ? 0 : 1);
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = mention_seek(reader, at, down);
        if (next >= count)
            break;
        found = next;
        at = next + step;
    }
    if (found >= count)
        return false;
    reader_remember(reader);
    reader->mention = found;
    reader->quote = ENTITY_NONE;
    jump_show(reader, mentions[found].start);
    return true;
}
