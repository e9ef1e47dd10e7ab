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

uint32_t voices_partner(const struct reader *reader, uint32_t quote)
{
    const struct quote *item = &reader->annotations->quotes.items[quote];
    return item->confidence >= CONFIDENCE_LIKELY ? item->partner : ENTITY_NONE;
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

static uint32_t group_of_partner(const struct reader *reader, uint32_t quote)
{
    bool direct = group_of_direct(reader, quote) != ENTITY_NONE;
    return direct ? voices_partner(reader, quote) : ENTITY_NONE;
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
    group_build(&reader->direct, reader, (struct grouping){quotes, 1, group_of_direct, NULL});
    group_build(&reader->spoken, reader,
                (struct grouping){quotes, entities + 1, group_of_speaker, group_of_partner});
    group_build(&reader->mentioned, reader,
                (struct grouping){mentions, entities, group_of_mention, NULL});
    group_build(&reader->repeated, reader,
                (struct grouping){passages, blocks, passage_group, NULL});
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

uint32_t voices_walk_from(const struct reader *reader, const struct wanted *wanted, uint32_t place,
                          int steps)
{
    bool down = steps > 0;
    uint32_t found = ENTITY_NONE;
    for (int left = down ? steps : -steps; left > 0; left--) {
        uint32_t next = seek(reader, wanted, place, down);
        if (next == ENTITY_NONE)
            break;
        found = next;
        place = wanted->place(reader, next) + down;
    }
    return found;
}

uint32_t voices_walk(struct reader *reader, const struct wanted *wanted, uint32_t current,
                     uint32_t top, int steps)
{
    uint32_t place = jump_reference(reader);
    if (top < place)
        place = top;
    if (current != ENTITY_NONE && move_place_is_seen(reader, wanted->place(reader, current)))
        place = wanted->place(reader, current) + (steps > 0);
    return voices_walk_from(reader, wanted, place, steps);
}

/* ---- quotes ---------------------------------------------------------------------------------- */

static uint32_t quote_place(const struct reader *reader, uint32_t quote)
{
    return found_place(reader, FOUND_QUOTE, quote);
}

/* Goes `steps` members on; false: there are none that way. */
static bool quote_go(struct reader *reader, struct members members, int steps)
{
    struct wanted wanted = {members, quote_place};
    uint32_t top = annotations_quote_from(reader->annotations, jump_reference(reader));
    uint32_t found = voices_walk(reader, &wanted, found_at(reader, FOUND_QUOTE),
                                 quote_place(reader, top), steps);
    if (found == ENTITY_NONE)
        return false;
    found_go(reader, FOUND_QUOTE, found);
    return true;
}

bool reader_quote(struct reader *reader, int steps)
{
    notice_clear(reader);
    return reader->annotations && quote_go(reader, group_members(&reader->direct, 0), steps);
}

/* The speaker to follow: of the current quote, else the one chosen in the sidebar. Where two say it
 * together, whoever of them was asked for last: so one can be followed through such a quote. */
static uint32_t followed_speaker(const struct reader *reader)
{
    uint32_t quote = found_at(reader, FOUND_QUOTE);
    if (quote == ENTITY_NONE || voices_speaker(reader, quote) == ENTITY_NONE)
        return reader->chosen;
    bool partner = voices_partner(reader, quote) == reader->followed;
    return partner && reader->followed != ENTITY_NONE ? reader->followed
                                                      : voices_speaker(reader, quote);
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
    reader->followed = speaker;
    return quote_go(reader, group_members(&reader->spoken, speaker), steps);
}

/* ---- mentions -------------------------------------------------------------------------------- */

static uint32_t mention_place(const struct reader *reader, uint32_t mention)
{
    return found_place(reader, FOUND_MENTION, mention);
}

/* The mention gone to last, if it is one of the entity chosen now. */
static uint32_t current_mention(const struct reader *reader)
{
    uint32_t mention = found_at(reader, FOUND_MENTION);
    bool same = mention != ENTITY_NONE && group_of_mention(reader, mention) == reader->chosen;
    return same ? mention : ENTITY_NONE;
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
    found_go(reader, FOUND_MENTION, found);
    return true;
}

/* ---- what is in view ------------------------------------------------------------------ */

/* The first number that `first_in` knows of in the rows on the screen, in the order they stand
 * there, from the place on that "next" starts from. */
static uint32_t first_in_view(struct reader *reader,
                              uint32_t (*first_in)(const struct reader *, struct range))
{
    uint32_t found = ENTITY_NONE, reference = jump_reference(reader);
    enum pane pane = document_comment_at(reader->document, reference) == DOCUMENT_NONE
                         ? PANE_ARTICLE
                         : PANE_THREAD;
    struct flow_row row;
    bool more = flow_at(reader, pane, reader->top[pane], &row);
    for (int left = reader_rect(reader, pane).rows; left > 0 && more; left--) {
        if (!view_place_is_before(reader, row.start, reference))
            found = first_in(reader, (struct range){row.start, row.end});
        more = found == ENTITY_NONE && flow_next(reader, &row);
    }
    return found;
}

static uint32_t first_quote_in(const struct reader *reader, struct range row)
{
    struct wanted wanted = {group_members(&reader->direct, 0), quote_place};
    uint32_t at = members_above(reader, &wanted, row.start);
    bool any = at < wanted.members.count && quote_place(reader, wanted.members.items[at]) < row.end;
    return any ? wanted.members.items[at] : ENTITY_NONE;
}

static uint32_t first_mention_in(const struct reader *reader, struct range row)
{
    uint32_t at = annotations_mention_from(reader->annotations, row.start);
    at += mention_place(reader, at) < row.start; /* one that ends on this row */
    return mention_place(reader, at) < row.end ? at : ENTITY_NONE;
}

uint32_t voices_mention_in_view(struct reader *reader)
{
    return first_in_view(reader, first_mention_in);
}

uint32_t reader_quote_in_view(struct reader *reader)
{
    if (!reader->annotations)
        return ENTITY_NONE;
    uint32_t quote = found_at(reader, FOUND_QUOTE);
    bool seen = quote != ENTITY_NONE && move_place_is_seen(reader, quote_place(reader, quote));
    return seen ? quote : first_in_view(reader, first_quote_in);
}
