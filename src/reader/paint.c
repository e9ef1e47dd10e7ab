/*
 * The style of every byte of one row. Layers are painted one over the other, the most telling last:
 *
 *      block, emphasis, quotation, name, the chosen name, the current quote, hits, the current hit
 *
 * Each layer is found by binary search and costs what falls into the row.
 */
#include "internal.h"

#include <string.h>

/* Where a layer is painted: the row's bytes. */
struct canvas {
    struct range row;
    uint8_t *styles;
};

static void paint(const struct canvas *canvas, uint32_t start, uint32_t end, enum style style)
{
    if (start < canvas->row.start)
        start = canvas->row.start;
    if (end > canvas->row.end)
        end = canvas->row.end;
    if (start < end)
        memset(canvas->styles + (start - canvas->row.start), (int)style, end - start);
}

static enum style block_style(const struct reader *reader, const struct flow_row *row)
{
    static const enum style by_kind[BLOCK_KINDS] = {
        [BLOCK_PARAGRAPH] = STYLE_TEXT,   [BLOCK_HEADING] = STYLE_HEADING,
        [BLOCK_QUOTE] = STYLE_BLOCKQUOTE, [BLOCK_LIST_ITEM] = STYLE_TEXT,
        [BLOCK_CODE] = STYLE_CODE,        [BLOCK_CAPTION] = STYLE_FAINT,
        [BLOCK_TABLE] = STYLE_CODE,       [BLOCK_RULE] = STYLE_FAINT,
        [BLOCK_SIGNATURE] = STYLE_FAINT,
    };
    if (row->kind == ROW_TITLE)
        return STYLE_TITLE;
    if (row->kind == ROW_BYLINE)
        return STYLE_BYLINE;
    return by_kind[document_blocks(reader->document, NULL)[row->block].kind];
}

static enum style author_style(const struct reader *reader, const struct flow_row *row)
{
    return people_style(reader, document_comments(reader->document, NULL)[row->comment].author);
}

static enum style run_style(uint32_t kinds)
{
    static const struct {
        enum run_kind kind;
        enum style style;
    } styles[] = {{RUN_LINK, STYLE_LINK},     {RUN_CODE, STYLE_CODE},
                  {RUN_STRONG, STYLE_STRONG}, {RUN_EMPHASIS, STYLE_EMPHASIS},
                  {RUN_STRIKE, STYLE_FAINT},  {RUN_SPOILER, STYLE_FAINT}};
    for (size_t at = 0; at < ARRAY_LENGTH(styles); at++)
        if (kinds & 1u << styles[at].kind)
            return styles[at].style;
    return STYLE_TEXT;
}

static void paint_runs(const struct reader *reader, const struct canvas *canvas)
{
    uint32_t count;
    const struct run *runs = document_runs(reader->document, &count);
    for (uint32_t at = document_run_from(reader->document, canvas->row.start);
         at < count && runs[at].start < canvas->row.end; at++)
        paint(canvas, runs[at].start, runs[at].end, run_style(runs[at].kinds));
}

static void paint_quote(struct reader *reader, const struct canvas *canvas, uint32_t number)
{
    static const enum style styles[QUOTE_KINDS] = {[QUOTE_DIRECT] = STYLE_QUOTE,
                                                   [QUOTE_INDIRECT] = STYLE_INDIRECT,
                                                   [QUOTE_SCARE] = STYLE_TEXT};
    const struct quote *quote = &reader->annotations->quotes.items[number];
    const struct range *spans = &reader->annotations->spans.items[quote->first_span];
    enum style style =
        number == found_at(reader, FOUND_QUOTE) ? STYLE_QUOTE_CURRENT : styles[quote->kind];
    if (quote->kind == QUOTE_SCARE)
        return;
    for (uint32_t span = 0; span < quote->span_count; span++) {
        paint(canvas, spans[span].start, spans[span].end, style);
        if (spans[span].start < canvas->row.end && spans[span].end > canvas->row.start)
            bitset_put(&reader->quotes_in_view, number, true);
    }
}

static void paint_quotes(struct reader *reader, const struct canvas *canvas)
{
    const struct annotations *found = reader->annotations;
    for (uint32_t at = annotations_quote_from(found, canvas->row.start);
         at < found->quotes.count && quote_extent(found, at).start < canvas->row.end; at++)
        if (at != found_at(reader, FOUND_QUOTE))
            paint_quote(reader, canvas, at);
    if (found_at(reader, FOUND_QUOTE) < found->quotes.count)
        paint_quote(reader, canvas, found_at(reader, FOUND_QUOTE));
}

/* The passage jumped to, and the words it repeats. */
static void paint_passage(const struct reader *reader, const struct canvas *canvas)
{
    if (found_at(reader, FOUND_PASSAGE) >= reader->annotations->passages.count)
        return;
    const struct passage *passage =
        &reader->annotations->passages.items[found_at(reader, FOUND_PASSAGE)];
    paint(canvas, passage->start, passage->end, STYLE_QUOTE_CURRENT);
    paint(canvas, passage->target_start, passage->target_end, STYLE_QUOTE_CURRENT);
}

/* The block has been on the screen; who is asked about later is told from such blocks alone. */
static void note_seen(struct reader *reader, uint32_t block)
{
    if (block >= reader->seen.count)
        bitset_resize(&reader->seen, block + block / 2 + 64);
    bitset_put(&reader->seen, block, true);
}

/* People are marked wherever they stand, everything else that has a name only when it was chosen:
 * a text in which every other word is marked is not easier to read. */
static void paint_mentions(struct reader *reader, const struct canvas *canvas)
{
    const struct annotations *found = reader->annotations;
    const struct mention *mentions = found->mentions.items;
    for (uint32_t at = annotations_mention_from(found, canvas->row.start);
         at < found->mentions.count && mentions[at].start < canvas->row.end; at++) {
        bool chosen = mentions[at].entity == reader->chosen;
        bool person = found->entities.items[mentions[at].entity].type == ENTITY_PERSON;
        if (chosen || person)
            paint(canvas, mentions[at].start, mentions[at].end,
                  at == found_at(reader, FOUND_MENTION) ? STYLE_FOCUS
                  : chosen                              ? STYLE_NAME_CHOSEN
                                                        : STYLE_NAME);
        bitset_put(&reader->entities_in_view, mentions[at].entity, true);
    }
}

/* A hit may have begun on the row before: its start is looked for a little ahead of this one. */
#define REGEX_REACH 512u /* what an expression finds is as long as it likes */

static void paint_hits(struct reader *reader, const struct canvas *canvas)
{
    const char *text = reader_text(reader);
    uint32_t reach = (uint32_t)reader->pattern.folded.count * UTF8_LONGEST + 16, length;
    if (reader->pattern.regex)
        reach = REGEX_REACH;
    document_text(reader->document, &length);
    uint32_t from = canvas->row.start > reach ? canvas->row.start - reach : 0;
    struct range within = {(uint32_t)utf8_floor(text, from), canvas->row.end}, hit;
    while (match_forward(&reader->pattern, text, within, length, &hit)) {
        paint(canvas, hit.start, hit.end, STYLE_HIT);
        within.start = match_after(&reader->pattern, hit);
    }
    paint(canvas, reader->hit.start, reader->hit.end, STYLE_HIT_CURRENT);
}

void paint_row(struct reader *reader, const struct flow_row *row, uint8_t *styles)
{
    struct canvas canvas = {.row = {row->start, row->end}, .styles = styles};
    enum style base = row->kind == ROW_HEAD ? author_style(reader, row) : block_style(reader, row);
    memset(styles, (int)base, row->end - row->start);
    if (row->kind == ROW_TEXT) {
        note_seen(reader, row->block);
        paint_runs(reader, &canvas);
    }
    if (reader->annotations && row->kind != ROW_BYLINE) {
        paint_quotes(reader, &canvas);
        paint_passage(reader, &canvas);
        if (row->kind == ROW_TEXT)
            paint_mentions(reader, &canvas);
    }
    if (reader->pattern.text)
        paint_hits(reader, &canvas);
}
