/* Where one is, in words, for the status line. */
#include "internal.h"

#include <stdio.h>

static void add_part(struct buffer *out, const char *format, ...) BASE_PRINTF(2, 3);

static void add_part(struct buffer *out, const char *format, ...)
{
    char text[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (out->length)
        buffer_adds(out, "   ");
    buffer_adds(out, text);
}

/* How much of the article has been on the screen, in percent of its bytes. */
static unsigned article_percent(struct reader *reader)
{
    struct flow_row row;
    uint32_t end = document_article(reader->document).end;
    if (!flow_at(reader, PANE_ARTICLE, reader->top[PANE_ARTICLE], &row))
        return 100;
    flow_walk(reader, &row, reader_rect(reader, PANE_ARTICLE).rows - 1);
    return end == 0 || row.end >= end ? 100 : (unsigned)((uint64_t)row.end * 100 / end);
}

/* Which one of a group the number is, of how many. */
static void add_rank(struct buffer *out, struct members members, uint32_t number)
{
    buffer_printf(out, " %u of %u", members_before(members, number) + 1, members.count);
}

static void add_name(const struct reader *reader, uint32_t entity, struct buffer *out)
{
    struct range name = reader->annotations->entities.items[entity].name;
    buffer_add(out, reader_text(reader) + name.start, name.end - name.start);
}

static void add_quote(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    if (!found || reader->quote >= found->quotes.count)
        return;
    uint32_t speaker = voices_speaker(reader, reader->quote);
    add_part(out, "quote");
    add_rank(out, group_members(&reader->direct, 0), reader->quote);
    buffer_adds(out, " · ");
    if (speaker != ENTITY_NONE) {
        add_name(reader, speaker, out);
        add_rank(out, group_members(&reader->spoken, speaker), reader->quote);
    } else if (found->quotes.items[reader->quote].speaker != ENTITY_NONE)
        buffer_adds(out, "unattributed? a guess at best");
    else
        buffer_adds(out, "unattributed");
}

/* Which mention of the chosen name is the one jumped to. */
static void add_mention(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    if (!found || reader->mention >= found->mentions.count)
        return;
    uint32_t entity = found->mentions.items[reader->mention].entity;
    add_part(out, "%s", "");
    add_name(reader, entity, out);
    add_rank(out, group_members(&reader->mentioned, entity), reader->mention);
}

/* Which of the comments that repeat a paragraph is the one jumped to. */
static void add_passage(const struct reader *reader, struct buffer *out)
{
    if (!reader->annotations || reader->passage >= reader->annotations->passages.count)
        return;
    uint32_t group = passage_group(reader, reader->passage);
    add_part(out, "repeated");
    if (group != ENTITY_NONE)
        add_rank(out, group_members(&reader->repeated, group), reader->passage);
    else
        buffer_adds(out, " from a comment");
}

static void add_hits(const struct reader *reader, struct buffer *out)
{
    if (!reader->pattern.text)
        return;
    add_part(out, "/%s", reader->pattern.text);
    if (range_is_empty(reader->hit))
        buffer_adds(out, " not found");
    else if (reader->count.done)
        buffer_printf(out, " %u of %u", reader->count.before, reader->count.total);
}

/* Nothing about a thread of which nothing has been read yet. */
static void add_unread(const struct reader *reader, uint32_t count, struct buffer *out)
{
    uint32_t unread = reader_unread_in(reader, DOCUMENT_NONE);
    uint32_t fresh = reader_new_in(reader, DOCUMENT_NONE);
    if (!reader_tracks_reading(reader) || (unread == count && fresh == 0))
        return;
    add_part(out, "%u unread", unread);
    if (fresh)
        buffer_printf(out, ", %u new", fresh);
}

static void add_thread(const struct reader *reader, struct buffer *out)
{
    uint32_t count = reader_comment_count(reader);
    int64_t stated = document_stated_comments(reader->document);
    if (count == 0)
        return;
    if (reader->wish.focus == PANE_THREAD)
        add_part(out, "comment %u of %u", view_number(reader, reader->comment), count);
    else
        add_part(out, "%u comment%s", count, count == 1 ? "" : "s");
    if (stated > (int64_t)count)
        buffer_printf(out, " (%lld stated)", (long long)stated);
    add_unread(reader, count, out);
}

static void add_chosen(const struct reader *reader, struct buffer *out)
{
    if (!reader->annotations || reader->chosen >= reader->annotations->entities.count)
        return;
    add_name(reader, reader->chosen, out);
}

void reader_where(struct reader *reader, struct buffer *out)
{
    bool article = document_article_blocks(reader->document) > 0;
    if (reader->wish.focus == PANE_THREAD)
        add_thread(reader, out);
    else if (reader->wish.focus == PANE_SIDEBAR)
        add_chosen(reader, out);
    else if (article)
        add_part(out, "%u %%", article_percent(reader));
    add_hits(reader, out);
    add_quote(reader, out);
    add_mention(reader, out);
    add_passage(reader, out);
    if (reader->wish.focus != PANE_THREAD)
        add_thread(reader, out);
}
