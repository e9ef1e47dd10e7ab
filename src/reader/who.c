/*
 * Who somebody is: full name, role, where first named, how often, how much quoted. By the setting
 * "only_read" no more is told than what has been on the screen gives away.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- who is meant ---------------------------------------------------------------------------- */

static const struct entity *entity_item(const struct reader *reader, uint32_t entity)
{
    return &reader->annotations->entities.items[entity];
}

/* The heaviest one whose name has these words in it. */
static uint32_t named(const struct reader *reader, const char *name)
{
    uint32_t count = (uint32_t)reader->annotations->entities.count, found = ENTITY_NONE;
    for (uint32_t at = 0; at < count && found == ENTITY_NONE; at++) {
        struct range range = entity_item(reader, at)->name;
        char *whole = xstrndup(reader_text(reader) + range.start, range.end - range.start);
        if (strcasestr(whole, name))
            found = at;
        free(whole);
    }
    return found;
}

static uint32_t mention_entity(const struct reader *reader, uint32_t mention)
{
    return reader->annotations->mentions.items[mention].entity;
}

/* The first name on the screen, of those in the focused pane. */
static uint32_t first_in_view(struct reader *reader)
{
    uint32_t mention = voices_mention_in_view(reader);
    return mention == ENTITY_NONE ? ENTITY_NONE : mention_entity(reader, mention);
}

/* Of the sidebar's line where that has the focus, else what was jumped to while it is in view. */
static uint32_t pointed_at(struct reader *reader)
{
    const struct found *found = &reader->found;
    if (reader->wish.focus == PANE_SIDEBAR)
        return reader->chosen;
    if (found->kind == FOUND_NOTHING || !move_place_is_seen(reader, found->place))
        return ENTITY_NONE;
    if (found->kind == FOUND_MENTION)
        return mention_entity(reader, found->number);
    return found->kind == FOUND_QUOTE ? voices_speaker(reader, found->number) : ENTITY_NONE;
}

/* Who is pointed at; else the one chosen; else the first in view. */
static uint32_t meant(struct reader *reader)
{
    uint32_t pointed = pointed_at(reader);
    if (pointed != ENTITY_NONE || reader->wish.focus == PANE_SIDEBAR)
        return pointed;
    bool lit =
        reader->chosen != ENTITY_NONE && bitset_get(&reader->entities_in_view, reader->chosen);
    return lit ? reader->chosen : first_in_view(reader);
}

/* ---- what is known --------------------------------------------------------------------------- */

struct facts {
    struct range name, role;
    uint32_t first; /* place of the first mention, DOCUMENT_NONE: none is known */
    uint32_t article, comments, quotes;
};

/* A place may be told of: it has been on the screen, or that does not matter. */
static bool may_tell(const struct reader *reader, uint32_t place)
{
    if (!config_bool(reader->config, SETTING_ONLY_READ))
        return true;
    uint32_t block = document_block_at(reader->document, place);
    return block == DOCUMENT_NONE ||
           (block < reader->seen.count && bitset_get(&reader->seen, block));
}

static struct facts gather(const struct reader *reader, uint32_t entity)
{
    struct facts facts = {.first = DOCUMENT_NONE};
    struct members mentions = group_members(&reader->mentioned, entity);
    struct members quotes = group_members(&reader->spoken, entity);
    const struct entity *item = entity_item(reader, entity);
    for (uint32_t at = 0; at < mentions.count; at++) {
        const struct mention *mention = &reader->annotations->mentions.items[mentions.items[at]];
        if (!may_tell(reader, mention->start))
            continue;
        if (facts.first == DOCUMENT_NONE)
            facts.first = mention->start;
        if (mention->end - mention->start > facts.name.end - facts.name.start)
            facts.name = (struct range){mention->start, mention->end};
        ++*(mention->comment == DOCUMENT_NONE ? &facts.article : &facts.comments);
    }
    for (uint32_t at = 0; at < quotes.count; at++)
        facts.quotes += may_tell(reader, quote_extent(reader->annotations, quotes.items[at]).start);
    if (may_tell(reader, item->name.start))
        facts.name = item->name;
    if (may_tell(reader, item->role.start))
        facts.role = item->role;
    return facts;
}

/* ---- telling it ------------------------------------------------------------------------------ */

static void add_first(const struct reader *reader, uint32_t place, struct buffer *out)
{
    uint32_t comment = document_comment_at(reader->document, place);
    uint32_t block = document_block_at(reader->document, place);
    if (comment != DOCUMENT_NONE && view_is_left_out(reader, comment))
        buffer_adds(out, ", first in a comment that is filtered out");
    else if (comment != DOCUMENT_NONE)
        buffer_printf(out, ", first in comment %u", view_number(reader, comment));
    else if (block == DOCUMENT_NONE || range_contains(document_title(reader->document), place))
        buffer_adds(out, ", first in the title");
    else
        buffer_printf(out, ", first in paragraph %u", block + 1);
}

/* In the article, and in comments: "named 6+1". */
static void add_counts(const struct facts *facts, struct buffer *out)
{
    buffer_printf(out, " · named %u", facts->article);
    if (facts->comments)
        buffer_printf(out, "+%u", facts->comments);
    if (facts->quotes)
        buffer_printf(out, ", quoted %u", facts->quotes);
}

bool reader_who(struct reader *reader, const char *name, struct buffer *out)
{
    if (!reader->annotations)
        return false;
    uint32_t entity = name ? named(reader, name) : meant(reader);
    if (entity >= reader->annotations->entities.count)
        return false;
    struct facts facts = gather(reader, entity);
    if (range_is_empty(facts.name))
        return false;
    reader_add_text(reader, facts.name, out);
    if (!range_is_empty(facts.role)) {
        buffer_adds(out, ", ");
        reader_add_text(reader, facts.role, out);
    }
    add_counts(&facts, out);
    if (facts.first != DOCUMENT_NONE)
        add_first(reader, facts.first, out);
    return true;
}

bool reader_name_filter(struct reader *reader, bool quoted, struct buffer *out)
{
    if (!reader->annotations)
        return false;
    uint32_t entity = pointed_at(reader);
    if (entity == ENTITY_NONE)
        entity = reader->chosen;
    return entity != ENTITY_NONE &&
           narrow_add_name(reader,
                           quoted ? "speaker:" : "entity:", entity_item(reader, entity)->name, out);
}
