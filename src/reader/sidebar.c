/*
 * The lists at the side: people, organisations, places, and quotes by speaker with those that
 * nobody is known to have said in a list of their own. Made once, when the analysis is there; what
 * is drawn of it is what is on the screen.
 */
#include "pen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- building ----------------------------------------------------------------------- */

static void add_entry(struct reader *reader, struct side_entry entry)
{
    vector_push(&reader->entries, entry);
}

static void add_heading(struct reader *reader, uint32_t count, const char *heading)
{
    if (reader->entries.count)
        add_entry(reader, (struct side_entry){.kind = SIDE_BLANK, .heading = ""});
    add_entry(reader,
              (struct side_entry){.kind = SIDE_HEADING, .count = count, .heading = heading});
}

static void add_entities(struct reader *reader, enum entity_type type, const char *heading)
{
    const struct annotations *found = reader->annotations;
    uint32_t count = 0;
    for (uint32_t at = 0; at < found->entities.count; at++)
        count += found->entities.items[at].type == type && !found->entities.items[at].unnamed;
    if (count == 0)
        return;
    add_heading(reader, count, heading);
    for (uint32_t at = 0; at < found->entities.count; at++)
        if (found->entities.items[at].type == type && !found->entities.items[at].unnamed)
            add_entry(reader, (struct side_entry){.kind = SIDE_ENTITY, .index = at, .entity = at});
}

static void add_group(struct reader *reader, uint32_t group, uint32_t entity)
{
    struct members members = group_members(&reader->spoken, group);
    if (members.count == 0)
        return;
    if (entity == ENTITY_NONE)
        add_heading(reader, members.count, "Unattributed ?");
    else
        add_entry(reader, (struct side_entry){.kind = SIDE_SPEAKER,
                                              .index = entity,
                                              .entity = entity,
                                              .count = members.count});
    for (uint32_t at = 0; at < members.count; at++)
        add_entry(reader, (struct side_entry){
                              .kind = SIDE_QUOTE, .index = members.items[at], .entity = entity});
}

/* By speaker, the heaviest first, what two said together under both; those that nobody is known to
 * have said are a list of their own. */
static void add_quotes(struct reader *reader)
{
    uint32_t entities = (uint32_t)reader->annotations->entities.count;
    uint32_t all = group_members(&reader->direct, 0).count;
    uint32_t unknown = group_members(&reader->spoken, entities).count;
    if (all > unknown)
        add_heading(reader, all - unknown, "Quotes");
    for (uint32_t entity = 0; entity < entities; entity++)
        add_group(reader, entity, entity);
    add_group(reader, entities, ENTITY_NONE);
}

bool sidebar_can_select(const struct side_entry *entry)
{
    return entry->kind != SIDE_HEADING && entry->kind != SIDE_BLANK;
}

struct found sidebar_chosen(const struct reader *reader)
{
    return reader->chosen == ENTITY_NONE
               ? FOUND_NONE
               : (struct found){FOUND_ENTITY, reader->chosen, reader->chosen_place};
}

void sidebar_take(struct reader *reader, uint32_t entity)
{
    reader->chosen = entity;
    reader->chosen_place = found_place(reader, FOUND_ENTITY, entity);
}

static void choose(struct reader *reader)
{
    if (reader->selected >= reader->entries.count)
        return;
    reader->followed = reader->entries.items[reader->selected].entity;
    sidebar_take(reader, reader->followed);
}

/* Of the most that anybody is quoted. */
static int digits_of_quotes(const struct annotations *found)
{
    uint32_t most = 0;
    for (size_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        uint32_t quotes = entity->article_quotes + entity->comment_quotes;
        most = quotes > most ? quotes : most;
    }
    return snprintf(NULL, 0, "%u", most);
}

/* The entry of an entity, or the first that can be selected. */
uint32_t sidebar_entry_of(const struct reader *reader, uint32_t entity)
{
    const struct side_entry *entries = reader->entries.items;
    uint32_t count = (uint32_t)reader->entries.count, first = 0;
    for (uint32_t at = 0; at < count && entity != ENTITY_NONE; at++)
        if (entries[at].kind == SIDE_ENTITY && entries[at].index == entity)
            return at;
    while (first < count && !sidebar_can_select(&entries[first]))
        first++;
    return first;
}

void sidebar_build(struct reader *reader, struct found chosen)
{
    vector_clear(&reader->entries);
    add_entities(reader, ENTITY_PERSON, "People");
    add_entities(reader, ENTITY_ORGANIZATION, "Organisations");
    add_entities(reader, ENTITY_PLACE, "Places");
    add_quotes(reader);
    reader->top[PANE_SIDEBAR] = 0;
    reader->quote_digits = digits_of_quotes(reader->annotations);
    sidebar_choose(reader, sidebar_entry_of(reader, chosen.number));
}

/* ---- moving ------------------------------------------------------------------------- */

void sidebar_keep_seen(struct reader *reader)
{
    uint32_t *top = &reader->top[PANE_SIDEBAR];
    int rows = reader_rect(reader, PANE_SIDEBAR).rows;
    if (rows <= 0)
        return;
    if (reader->selected < *top)
        *top = reader->selected;
    if (reader->selected >= *top + (uint32_t)rows)
        *top = reader->selected - (uint32_t)rows + 1;
    bool under_heading = *top > 0 && *top == reader->selected &&
                         !sidebar_can_select(&reader->entries.items[*top - 1]);
    if (under_heading && rows > 1)
        --*top; /* the heading of the first entry comes into view with it */
}

/* The next entry that can be selected in one direction; the count: none. */
static uint32_t next_entry(const struct reader *reader, uint32_t from, bool down)
{
    uint32_t count = (uint32_t)reader->entries.count;
    for (uint32_t at = from + (down ? 1 : UINT32_MAX); at < count; at += down ? 1 : UINT32_MAX)
        if (sidebar_can_select(&reader->entries.items[at]))
            return at;
    return count;
}

void sidebar_choose(struct reader *reader, uint32_t entry)
{
    reader->selected = entry;
    choose(reader);
    sidebar_keep_seen(reader);
}

bool sidebar_move(struct reader *reader, int steps)
{
    uint32_t before = reader->selected, count = (uint32_t)reader->entries.count;
    for (int left = steps < 0 ? -steps : steps; left > 0; left--) {
        uint32_t next = next_entry(reader, reader->selected, steps > 0);
        if (next >= count)
            break;
        reader->selected = next;
    }
    sidebar_choose(reader, reader->selected);
    return reader->selected != before;
}

bool reader_section(struct reader *reader, int steps)
{
    uint32_t count = (uint32_t)reader->entries.count;
    uint32_t at = reader->selected, step = steps > 0 ? 1 : UINT32_MAX;
    int headings = steps < 0 ? 2 : 1; /* back: past the heading of this list, to that before */
    notice_clear(reader);
    while (at < count && headings > 0) {
        at += step;
        headings -= at < count && reader->entries.items[at].kind == SIDE_HEADING;
    }
    if (at >= count)
        return false;
    sidebar_choose(reader, at + 1);
    return true;
}

bool reader_select(struct reader *reader)
{
    notice_clear(reader);
    if (reader->selected >= reader->entries.count)
        return false;
    const struct side_entry *entry = &reader->entries.items[reader->selected];
    if (entry->kind == SIDE_SPEAKER) /* its first quote is the entry below */
        entry++;
    if (entry->kind == SIDE_QUOTE)
        found_go(reader, FOUND_QUOTE, entry->index);
    else
        found_go(reader, FOUND_MENTION,
                 reader->annotations->entities.items[entry->index].first_mention);
    return true;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* A text cut to its columns, with a mark where it was cut. */
static void draw_cut(struct reader *reader, struct frame *frame, struct rect where,
                     enum style style, const char *text, size_t length)
{
    const struct text_style *measure = layout_style(reader->layout);
    uint32_t used, columns = where.columns > 0 ? (uint32_t)where.columns : 0;
    if (text_fit(text, length, columns, measure, &used) == length) {
        frame_put(frame, where, style, text, length);
        return;
    }
    if (columns == 0)
        return;
    size_t fits = text_fit(text, length, columns - 1, measure, &used);
    frame_put(frame, where, style, text, fits);
    where.column += (int)used;
    where.columns = 1;
    frame_print(frame, where, style, "…", strlen("…"));
}

/* Text at the right end of a row; the columns it took. */
static int draw_right(struct frame *frame, struct rect row, enum style style, const char *text)
{
    int columns = (int)utf8_count(text, strlen(text));
    if (columns > row.columns)
        return 0;
    struct rect where = {row.row, row.column + row.columns - columns, 1, columns};
    frame_print(frame, where, style, text, strlen(text));
    return columns;
}

static enum style entry_style(const struct reader *reader, const struct side_entry *entry)
{
    switch (entry->kind) {
    case SIDE_HEADING:
        return STYLE_HEAD;
    case SIDE_SPEAKER:
        return STYLE_AUTHOR;
    case SIDE_QUOTE:
        return bitset_get(&reader->quotes_in_view, entry->index) ? STYLE_IN_VIEW : STYLE_TEXT;
    case SIDE_ENTITY:
        return bitset_get(&reader->entities_in_view, entry->index) ? STYLE_IN_VIEW : STYLE_TEXT;
    case SIDE_BLANK:
        break;
    }
    return STYLE_TEXT;
}

/* Name, snippet or heading of an entry. */
static struct range entry_text(const struct reader *reader, const struct side_entry *entry)
{
    const struct annotations *found = reader->annotations;
    if (entry->kind == SIDE_QUOTE)
        return found->spans.items[found->quotes.items[entry->index].first_span];
    if (entry->kind == SIDE_ENTITY || (entry->kind == SIDE_SPEAKER && entry->index != ENTITY_NONE))
        return found->entities.items[entry->index].name;
    return (struct range){0, 0};
}

void sidebar_numbers(const struct reader *reader, const struct entity *entity, int digits,
                     char *text, size_t size)
{
    uint32_t quotes = entity->article_quotes + entity->comment_quotes;
    int used = snprintf(text, size, " %u", entity->article_mentions);
    if (entity->comment_mentions)
        used += snprintf(text + used, size - (size_t)used, "+%u", entity->comment_mentions);
    if (quotes)
        snprintf(text + used, size - (size_t)used, " %s%-*u", pen_glyphs(reader)->quoted, digits,
                 quotes);
    else
        snprintf(text + used, size - (size_t)used, "  %*s", digits, "");
}

static void entry_numbers(const struct reader *reader, const struct side_entry *entry, char *text,
                          size_t size)
{
    text[0] = '\0';
    if (entry->kind == SIDE_HEADING || entry->kind == SIDE_SPEAKER) {
        snprintf(text, size, " %u", entry->count);
    } else if (entry->kind == SIDE_ENTITY) {
        sidebar_numbers(reader, &reader->annotations->entities.items[entry->index],
                        reader->quote_digits, text, size);
    }
}

static const char *entry_mark(const struct reader *reader, const struct side_entry *entry)
{
    return entry_style(reader, entry) == STYLE_IN_VIEW ? pen_glyphs(reader)->in_view : " ";
}

static int entry_indent(const struct side_entry *entry)
{
    return entry->kind == SIDE_HEADING ? 0 : entry->kind == SIDE_QUOTE ? 3 : 2;
}

static void draw_entry(struct reader *reader, struct frame *frame, struct rect row, uint32_t index)
{
    const struct side_entry *entry = &reader->entries.items[index];
    enum style style = entry_style(reader, entry), faint = STYLE_COUNT;
    bool selected = index == reader->selected;
    if (selected) {
        style = reader->wish.focus == PANE_SIDEBAR ? STYLE_FOCUS : STYLE_NAME_CHOSEN;
        faint = style;
    }
    if (selected && reader->wish.focus == PANE_SIDEBAR) {
        frame_fill(frame, row, style);
        frame->cursor_row = row.row;
        frame->cursor_column = row.column;
    }
    char numbers[48];
    entry_numbers(reader, entry, numbers, sizeof numbers);
    int indent = entry_indent(entry), taken = draw_right(frame, row, faint, numbers);
    if (entry->kind == SIDE_ENTITY || entry->kind == SIDE_QUOTE) {
        const char *mark = entry_mark(reader, entry);
        struct rect where = {row.row, row.column + indent - 2, 1, 1};
        frame_print(frame, where, style, mark, strlen(mark));
    }
    struct rect where = {row.row, row.column + indent, 1, row.columns - indent - taken};
    struct range text = entry_text(reader, entry);
    if (entry->heading && range_is_empty(text))
        draw_cut(reader, frame, where, style, entry->heading, strlen(entry->heading));
    else
        draw_cut(reader, frame, where, style, reader_text(reader) + text.start,
                 text.end - text.start);
}

void sidebar_draw(struct reader *reader, struct frame *frame)
{
    struct rect pane = reader_rect(reader, PANE_SIDEBAR);
    if (reader->entries.count == 0) {
        const char *text = reader->annotations ? "nobody is named or quoted" : "reading ...";
        draw_cut(reader, frame,
                 (struct rect){pane.row, pane.column + 1, pane.rows > 0, pane.columns - 1},
                 STYLE_FAINT, text, strlen(text));
        return;
    }
    for (int row = 0; row < pane.rows; row++) {
        uint32_t index = reader->top[PANE_SIDEBAR] + (uint32_t)row;
        struct rect where = {pane.row + row, pane.column + 1, 1, pane.columns - 1};
        if (index < reader->entries.count)
            draw_entry(reader, frame, where, index);
    }
}
