/*
 * Next quote, next words of the same speaker, next mention of somebody. All go through the document
 * in the order it is shown in: from the one jumped to before while it is in view, else from the top
 * row. Both lists stand in the pool's order, so they are gone through stretch by stretch.
 */
#include "internal.h"

/* ---- what belongs to whom -------------------------------------------------------------------- */

uint32_t voices_speaker(const struct reader *reader, uint32_t quote)
{
    const struct quote *item = &reader->annotations->quotes.items[quote];
    return item->confidence >= CONFIDENCE_LIKELY ? item->speaker : ENTITY_NONE;
}

static uint32_t group_of_direct(const struct reader *reader, uint32_t quote)
{
    return reader->annotations->quotes.items[quote].kind == QUOTE_DIRECT ? 0 : ENTITY_NONE;
}

static uint32_t group_of_speaker(const struct reader *reader, uint32_t quote)
{
    uint32_t entities = (uint32_t)reader->annotations->entities.count;
    uint32_t speaker = voices_speaker(reader, quote);
    if (group_of_direct(reader, quote) == ENTITY_NONE)
        return ENTITY_NONE;
    return speaker < entities ? speaker : entities;
}

static uint32_t group_of_mention(const struct reader *reader, uint32_t mention)
{
    return reader->annotations->mentions.items[mention].entity;
}

void voices_build(struct reader *reader)
{
    const struct annotations *found = reader->annotations;
    uint32_t quotes = (uint32_t)found->quotes.count, entities = (uint32_t)found->entities.count;
    uint32_t mentions = (uint32_t)found->mentions.count;
    uint32_t passages = (uint32_t)found->passages.count;
    uint32_t blocks = document_article_blocks(reader->document);
    group_build(&reader->direct, reader, (struct grouping){quotes, 1, group_of_direct});
    group_build(&reader->spoken, reader, (struct grouping){quotes, entities + 1, group_of_speaker});
    group_build(&reader->mentioned, reader,
                (struct grouping){mentions, entities, group_of_mention});
    group_build(&reader->repeated, reader, (struct grouping){passages, blocks, passage_group});
    if (reader->mention >= mentions)
        reader->mention = ENTITY_NONE;
}

void voices_release(struct reader *reader)
{
    group_release(&reader->direct);
    group_release(&reader->spoken);
    group_release(&reader->mentioned);
    group_release(&reader->repeated);
}

/* ---- looking for the next -------------------------------------------------------------------- */

/* How many of the members stand before a place. */
static uint32_t members_above(const struct reader *reader, const struct wanted *wanted,
                              uint32_t place)
{
    uint32_t low = 0, high = wanted->members.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (wanted->place(reader, wanted->members.items[middle]) < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first at or behind a place, or the last before it. */
static uint32_t seek(const struct reader *reader, const struct wanted *wanted, uint32_t place,
                     bool down)
{
    struct stretch stretch = view_stretch(reader, place, down);
    do {
        uint32_t at = members_above(reader, wanted, stretch.text.start);
        uint32_t end = members_above(reader, wanted, stretch.text.end);
        if (at < end)
            return wanted->members.items[down ? at : end - 1];
    } while (view_next_stretch(reader, &stretch, down));
    return ENTITY_NONE;
}

uint32_t voices_walk(struct reader *reader, const struct wanted *wanted, uint32_t current,
                     uint32_t top, int steps)
{
    bool down = steps > 0;
    uint32_t found = ENTITY_NONE, place = jump_reference(reader);
    if (top < place)
        place = top;
    if (current != ENTITY_NONE && move_place_is_seen(reader, wanted->place(reader, current)))
        place = wanted->place(reader, current) + down;
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = seek(reader, wanted, place, down);
        if (next == ENTITY_NONE)
            break;
        found = next;
        place = wanted->place(reader, next) + down;
    }
    return found;
}

/* ---- quotes ---------------------------------------------------------------------------------- */

static uint32_t quote_place(const struct reader *reader, uint32_t quote)
{
    return quote < reader->annotations->quotes.count
               ? quote_extent(reader->annotations, quote).start
               : UINT32_MAX;
}

/* Goes `steps` members on; false: there are none that way. */
static bool quote_go(struct reader *reader, struct members members, int steps)
{
    struct wanted wanted = {members, quote_place};
    uint32_t top = annotations_quote_from(reader->annotations, jump_reference(reader));
    uint32_t found = voices_walk(reader, &wanted, reader->quote, quote_place(reader, top), steps);
    if (found == ENTITY_NONE)
        return false;
    reader_remember(reader);
    reader->quote = found;
    reader->mention = reader->passage = ENTITY_NONE;
    jump_show(reader, quote_place(reader, found));
    return true;
}

bool reader_quote(struct reader *reader, int steps)
{
    notice_clear(reader);
    return reader->annotations && quote_go(reader, group_members(&reader->direct, 0), steps);
}

/* The speaker to follow: of the current quote, else the one chosen in the sidebar. */
static uint32_t followed_speaker(const struct reader *reader)
{
    uint32_t speaker = ENTITY_NONE;
    if (reader->quote != ENTITY_NONE)
        speaker = voices_speaker(reader, reader->quote);
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
    return quote_go(reader, group_members(&reader->spoken, speaker), steps);
}

/* ---- mentions -------------------------------------------------------------------------------- */

static uint32_t mention_place(const struct reader *reader, uint32_t mention)
{
    const struct annotations *found = reader->annotations;
    return mention < found->mentions.count ? found->mentions.items[mention].start : UINT32_MAX;
}

/* The mention gone to last, if it is one of the entity chosen now. */
static uint32_t current_mention(const struct reader *reader)
{
    bool same = reader->mention != ENTITY_NONE &&
                group_of_mention(reader, reader->mention) == reader->chosen;
    return same ? reader->mention : ENTITY_NONE;
}

bool reader_mention(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations || reader->chosen == ENTITY_NONE) {
        notice_add(reader, "choose someone in the sidebar first");
        return false;
    }
    struct wanted wanted = {group_members(&reader->mentioned, reader->chosen), mention_place};
    uint32_t top = annotations_mention_from(reader->annotations, jump_reference(reader));
    uint32_t found =
        voices_walk(reader, &wanted, current_mention(reader), mention_place(reader, top), steps);
    if (found == ENTITY_NONE)
        return false;
    reader_remember(reader);
    reader->mention = found;
    reader->quote = reader->passage = ENTITY_NONE;
    jump_show(reader, mention_place(reader, found));
    return true;
}

/* ---- what is in view ------------------------------------------------------------------ */

uint32_t reader_quote_in_view(struct reader *reader)
{
    const struct annotations *found = reader->annotations;
    if (!found)
        return ENTITY_NONE;
    if (reader->quote < found->quotes.count &&
        move_place_is_seen(reader, quote_place(reader, reader->quote)))
        return reader->quote;
    uint32_t quote = annotations_quote_from(found, jump_reference(reader));
    while (quote < found->quotes.count && found->quotes.items[quote].kind != QUOTE_DIRECT)
        quote++;
    bool any = quote < found->quotes.count;
    return any && move_place_is_seen(reader, quote_place(reader, quote)) ? quote : ENTITY_NONE;
}
