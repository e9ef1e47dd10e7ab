/* Where one is, in words, for the status line. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

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
    reader_add_text(reader, reader->annotations->entities.items[entity].name, out);
}

/* A speaker, and which of what he says it is. */
static void add_speaker(const struct reader *reader, uint32_t speaker, uint32_t quote,
                        struct buffer *out)
{
    add_name(reader, speaker, out);
    add_rank(out, group_members(&reader->spoken, speaker), quote);
}

static void add_quote(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    uint32_t quote = found_at(reader, FOUND_QUOTE);
    if (!found || quote >= found->quotes.count)
        return;
    uint32_t speaker = voices_speaker(reader, quote), partner = voices_partner(reader, quote);
    add_part(out, "quote");
    add_rank(out, group_members(&reader->direct, 0), quote);
    buffer_adds(out, " · ");
    if (speaker != ENTITY_NONE)
        add_speaker(reader, speaker, quote, out);
    else if (found->quotes.items[quote].speaker != ENTITY_NONE)
        buffer_adds(out, "unattributed? a guess at best");
    else
        buffer_adds(out, "unattributed");
    if (partner != ENTITY_NONE) {
        buffer_adds(out, " and ");
        add_speaker(reader, partner, quote, out);
    }
}

/* Which mention of the chosen name is the one jumped to. */
static void add_mention(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    if (!found || found_at(reader, FOUND_MENTION) >= found->mentions.count)
        return;
    uint32_t entity = found->mentions.items[found_at(reader, FOUND_MENTION)].entity;
    add_part(out, "%s", "");
    add_name(reader, entity, out);
    add_rank(out, group_members(&reader->mentioned, entity), found_at(reader, FOUND_MENTION));
}

/* Which of the comments that repeat a paragraph is the one jumped to. */
static void add_passage(const struct reader *reader, struct buffer *out)
{
    if (!reader->annotations ||
        found_at(reader, FOUND_PASSAGE) >= reader->annotations->passages.count)
        return;
    uint32_t group = passage_group(reader, found_at(reader, FOUND_PASSAGE));
    add_part(out, "repeated");
    if (group != ENTITY_NONE)
        add_rank(out, group_members(&reader->repeated, group), found_at(reader, FOUND_PASSAGE));
    else
        buffer_adds(out, " from a comment");
}

#define PATTERN_MOST 24 /* columns of it that are shown: the count behind it matters more */

static void add_hits(const struct reader *reader, struct buffer *out)
{
    static const struct text_style plain;
    const char *pattern = reader->pattern.text;
    uint32_t columns;
    if (!pattern)
        return;
    size_t fits = text_fit(pattern, strlen(pattern), PATTERN_MOST, &plain, &columns);
    add_part(out, "/");
    buffer_add(out, pattern, fits);
    buffer_adds(out, pattern[fits] ? "…" : "");
    if (range_is_empty(reader->hit))
        buffer_adds(out, " not found");
    else if (reader->count.done)
        buffer_printf(out, " %u of %u", reader->count.before, reader->count.total);
}

static void add_order(const struct reader *reader, struct buffer *out)
{
    enum reader_order top = reader->orders[SORT_TOP_LEVEL], replies = reader->orders[SORT_REPLIES];
    if (top != ORDER_GIVEN)
        buffer_printf(out, " · by %s", reader_order_name(top));
    if (replies != ORDER_GIVEN && replies != top)
        buffer_printf(out, " · replies by %s", reader_order_name(replies));
    else if (replies == ORDER_GIVEN && top != ORDER_GIVEN)
        buffer_adds(out, " at the top");
}

/* What the filters leave of the thread, and the filters. */
static void add_filters(const struct reader *reader, struct buffer *out)
{
    uint32_t count = view_count(reader);
    const char *text;
    if (reader->wish.focus == PANE_THREAD && view_is_left_out(reader, reader->comment))
        add_part(out, "filtered out");
    else if (reader->wish.focus == PANE_THREAD)
        add_part(out, "comment %u", view_number(reader, reader->comment));
    add_part(out, "%u of %u comment%s", reader_filter_count(reader), count, count == 1 ? "" : "s");
    add_order(reader, out);
    bool several = reader_filter_text(reader, 1) != NULL;
    if (several) /* by themselves, for they may not fit */
        add_part(out, "%zu filters", (size_t)reader->narrow.levels.count);
    for (size_t at = 0; (text = reader_filter_text(reader, at)); at++) {
        buffer_adds(out, at ? " + " : several ? "   " : "   filter ");
        buffer_adds(out, text);
        if (reader->narrow.levels.items[at].of_then)
            buffer_adds(out, " (when set)");
    }
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

/* "comment 5 of 74", or "comment 5   74 of 91 comments" where the input states more than it has. */
static void add_thread(const struct reader *reader, struct buffer *out)
{
    uint32_t count = view_count(reader);
    int64_t stated = document_stated_comments(reader->document);
    bool more = stated > (int64_t)count, focus = reader->wish.focus == PANE_THREAD;
    if (reader_comment_count(reader) == 0)
        return;
    if (reader_filter_text(reader, 0)) {
        add_filters(reader, out);
        return;
    }
    if (focus)
        add_part(out, more ? "comment %u" : "comment %u of %u",
                 view_number(reader, reader->comment), count);
    if (more)
        add_part(out, "%u of %lld comments", count, (long long)stated);
    else if (!focus)
        add_part(out, "%u comment%s", count, count == 1 ? "" : "s");
    add_order(reader, out);
    add_unread(reader, reader_comment_count(reader), out);
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
    add_hits(reader, out); /* first: what does not fit is left out from the end */
    if (reader->wish.focus == PANE_THREAD)
        add_thread(reader, out);
    else if (reader->wish.focus == PANE_SIDEBAR)
        add_chosen(reader, out);
    else if (article)
        add_part(out, "%u %%", article_percent(reader));
    add_quote(reader, out);
    add_mention(reader, out);
    add_passage(reader, out);
    if (reader->wish.focus != PANE_THREAD)
        add_thread(reader, out);
}

void reader_write_head(const struct reader *reader, uint32_t comment, struct buffer *out)
{
    const struct comment *item = &document_comments(reader->document, NULL)[comment];
    char when[64];
    if (range_is_empty(item->name))
        buffer_adds(out, "somebody");
    else
        reader_add_text(reader, item->name, out);
    if (people_tag(reader, comment)[0])
        buffer_printf(out, " · %s", people_tag(reader, comment));
    when_write(reader, item->time, when, sizeof when);
    if (when[0])
        buffer_printf(out, "  %s", when);
    if (item->score != SCORE_NONE)
        buffer_printf(out, "  %d point%s", item->score, item->score == 1 ? "" : "s");
}
