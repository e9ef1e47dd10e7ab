/*
 * The one thing that was jumped to, of what the analysis found. Corrections by hand number entities
 * and mentions anew, so a number alone says nothing: it is a hint, and holds as long as what has
 * that number begins at the same place. Else whatever of its kind begins there now has taken over,
 * or nothing has.
 */
#include "internal.h"

static uint32_t found_count(const struct annotations *all, enum found_kind kind)
{
    size_t counts[FOUND_KINDS] = {[FOUND_QUOTE] = all->quotes.count,
                                  [FOUND_MENTION] = all->mentions.count,
                                  [FOUND_PASSAGE] = all->passages.count,
                                  [FOUND_ENTITY] = all->entities.count};
    return kind < FOUND_KINDS ? (uint32_t)counts[kind] : 0;
}

uint32_t found_place(const struct reader *reader, enum found_kind kind, uint32_t number)
{
    const struct annotations *all = reader->annotations;
    if (!all || number >= found_count(all, kind))
        return DOCUMENT_NONE;
    switch (kind) {
    case FOUND_QUOTE:
        return quote_extent(all, number).start;
    case FOUND_MENTION:
        return all->mentions.items[number].start;
    case FOUND_PASSAGE:
        return all->passages.items[number].start;
    case FOUND_ENTITY:
        return all->entities.items[number].name.start;
    case FOUND_NOTHING:
    case FOUND_KINDS:
        break;
    }
    return DOCUMENT_NONE;
}

struct found found_make(const struct reader *reader, enum found_kind kind, uint32_t number)
{
    struct found found = {kind, number, found_place(reader, kind, number)};
    return found.place == DOCUMENT_NONE ? FOUND_NONE : found;
}

/* The entity that a mention at a place names. */
static uint32_t named_at(const struct annotations *all, uint32_t place)
{
    uint32_t at = annotations_mention_from(all, place);
    bool there = at < all->mentions.count && all->mentions.items[at].start <= place;
    return there ? all->mentions.items[at].entity : ENTITY_NONE;
}

/* What may have the place; those around it that began before come first. */
static uint32_t number_near(const struct annotations *all, const struct found *found)
{
    switch (found->kind) {
    case FOUND_QUOTE:
        return annotations_quote_from(all, found->place);
    case FOUND_MENTION:
        return annotations_mention_from(all, found->place);
    case FOUND_PASSAGE:
        return annotations_passage_from(all, found->place);
    case FOUND_ENTITY:
    case FOUND_NOTHING:
    case FOUND_KINDS:
        break;
    }
    return ENTITY_NONE;
}

struct found found_renew(const struct reader *reader, struct found found)
{
    const struct annotations *all = reader->annotations;
    if (found.kind == FOUND_NOTHING || !all)
        return FOUND_NONE;
    if (found_place(reader, found.kind, found.number) == found.place)
        return found;
    if (found.kind == FOUND_ENTITY)
        return found_make(reader, FOUND_ENTITY, named_at(all, found.place));
    uint32_t at = number_near(all, &found), count = found_count(all, found.kind);
    while (at < count && found_place(reader, found.kind, at) < found.place)
        at++;
    bool there = found_place(reader, found.kind, at) == found.place;
    return there ? found_make(reader, found.kind, at) : FOUND_NONE;
}

uint32_t found_at(const struct reader *reader, enum found_kind kind)
{
    return reader->found.kind == kind ? reader->found.number : ENTITY_NONE;
}

void found_note(struct reader *reader, enum found_kind kind, uint32_t number)
{
    reader_remember(reader);
    reader->found = found_make(reader, kind, number);
}

void found_go(struct reader *reader, enum found_kind kind, uint32_t number)
{
    found_note(reader, kind, number);
    jump_show(reader, reader->found.place);
}
