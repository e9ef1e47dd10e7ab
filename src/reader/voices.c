/*
 * Next quote, next words of the same speaker, next mention of somebody. All go through the document
 * in reading order: from the one jumped to before while it is in view, else from the top row.
 */
#include "internal.h"

#include <string.h>

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

/* ---- quotes ---------------------------------------------------------------------------------- */

static uint32_t quote_place(const struct reader *reader, uint32_t quote)
{
    return quote_extent(reader->annotations, quote).start;
}

/* The number to look from: right behind or before the current one while that is in view, else the
 * first that stands behind the top of the view, or the last before it. */
static uint32_t look_from(bool current, uint32_t number, uint32_t at_top, bool down)
{
    if (current)
        return down ? number + 1 : number - 1;
    return down ? at_top : at_top - 1;
}

/* Goes `steps` members on; false: there are none that way. */
static bool quote_go(struct reader *reader, struct members members, int steps)
{
    bool current = reader->quote != ENTITY_NONE &&
                   move_place_is_seen(reader, quote_place(reader, reader->quote));
    uint32_t top = annotations_quote_from(reader->annotations, jump_reference(reader));
    uint32_t found =
        members_step(members, look_from(current, reader->quote, top, steps > 0), steps);
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

bool reader_mention(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations || reader->chosen == ENTITY_NONE) {
        notice_add(reader, "choose someone in the sidebar first");
        return false;
    }
    const struct mention *mentions = reader->annotations->mentions.items;
    bool current = reader->mention != ENTITY_NONE &&
                   mentions[reader->mention].entity == reader->chosen &&
                   move_place_is_seen(reader, mentions[reader->mention].start);
    uint32_t top = annotations_mention_from(reader->annotations, jump_reference(reader));
    uint32_t found = members_step(group_members(&reader->mentioned, reader->chosen),
                                  look_from(current, reader->mention, top, steps > 0), steps);
    if (found == ENTITY_NONE)
        return false;
    reader_remember(reader);
    reader->mention = found;
    reader->quote = reader->passage = ENTITY_NONE;
    jump_show(reader, mentions[found].start);
    return true;
}
