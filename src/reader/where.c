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

/* Which of the direct quotes (of one speaker) a quote is, and how many there are. */
static void count_quotes(const struct reader *reader, uint32_t speaker, uint32_t *number,
                         uint32_t *total)
{
    const struct annotations *found = reader->annotations;
    *number = *total = 0;
    for (uint32_t at = 0; at < found->quotes.count; at++) {
        const struct quote *quote = &found->quotes.items[at];
        bool told = quote->confidence >= CONFIDENCE_LIKELY;
        if (quote->kind != QUOTE_DIRECT ||
            (speaker != ENTITY_NONE && (!told || quote->speaker != speaker)))
            continue;
        ++*total;
        *number += at <= reader->quote;
    }
}

static void add_quote(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    if (!found || reader->quote >= found->quotes.count)
        return;
    const struct quote *quote = &found->quotes.items[reader->quote];
    uint32_t number, total;
    count_quotes(reader, ENTITY_NONE, &number, &total);
    add_part(out, "quote %u of %u", number, total);
    if (quote->speaker >= found->entities.count)
        buffer_adds(out, " · unattributed");
    else if (quote->confidence < CONFIDENCE_LIKELY)
        buffer_adds(out, " · unattributed?");
    else {
        struct range name = found->entities.items[quote->speaker].name;
        count_quotes(reader, quote->speaker, &number, &total);
        buffer_adds(out, " · ");
        buffer_add(out, reader_text(reader) + name.start, name.end - name.start);
        buffer_printf(out, " %u of %u", number, total);
    }
}

/* Which mention of the chosen name is the one jumped to. */
static void add_mention(const struct reader *reader, struct buffer *out)
{
    const struct annotations *found = reader->annotations;
    if (!found || reader->mention >= found->mentions.count)
        return;
    uint32_t entity = found->mentions.items[reader->mention].entity, number = 0, total = 0;
    for (uint32_t at = 0; at < found->mentions.count; at++) {
        total += found->mentions.items[at].entity == entity;
        number += at <= reader->mention && found->mentions.items[at].entity == entity;
    }
    struct range name = found->entities.items[entity].name;
    add_part(out, "%s", "");
    buffer_add(out, reader_text(reader) + name.start, name.end - name.start);
    buffer_printf(out, " %u of %u", number, total);
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
    add_order(reader, out);
}

static void add_chosen(const struct reader *reader, struct buffer *out)
{
    if (!reader->annotations || reader->chosen >= reader->annotations->entities.count)
        return;
    struct range name = reader->annotations->entities.items[reader->chosen].name;
    buffer_add(out, reader_text(reader) + name.start, name.end - name.start);
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
    if (reader->wish.focus != PANE_THREAD)
        add_thread(reader, out);
}
