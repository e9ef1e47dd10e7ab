/*
 * --dump=markdown: the article under its title, then the comments, each reply one level of quoting
 * further in:
 *
 *      **Name** · 3 May 2021 14:10
 *
 *      What they say.
 *
 *      > **Another name** · 14 points
 *      >
 *      > A reply.
 *
 * Quoting stops growing at DEEPEST, so that the size stays linear; who answers deeper than that is
 * said to answer whom.
 */
#include "markdown.h"

#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 12u

struct page {
    const struct document *document;
    struct slice slice;
    FILE *out;
    struct buffer text; /* of one block, before its lines are quoted */
};

static void put_quote_marks(FILE *out, uint32_t levels, bool empty)
{
    for (uint32_t at = 0; at < levels; at++)
        fputs(empty && at + 1 == levels ? ">" : "> ", out);
}

/* Writes the lines of `page->text`, each quoted `levels` times, and forgets it. */
static void put_lines(struct page *page, uint32_t levels)
{
    const char *at = buffer_string(&page->text), *end = at + page->text.length;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        put_quote_marks(page->out, levels, stop == at);
        fwrite(at, 1, (size_t)(stop - at), page->out);
        fputc('\n', page->out);
        at = stop + 1;
    }
    buffer_clear(&page->text);
}

static void put_gap(struct page *page, uint32_t levels)
{
    put_quote_marks(page->out, levels, true);
    fputc('\n', page->out);
}

/* ---- blocks ---------------------------------------------------------------------- */

static struct range block_range(const struct block *block)
{
    return (struct range){block->start, block->end};
}

static void add_paragraph(struct page *page, const struct block *block)
{
    markdown_inline(&page->text, page->document, block_range(block));
}

/* Headings and captions are one line. */
static void add_one_line(struct page *page, const struct block *block)
{
    struct buffer line = {0};
    markdown_inline(&line, page->document, block_range(block));
    for (size_t at = 0; at < line.length; at++) {
        bool broken = line.length - at > 2 && memcmp(line.data + at, "  \n", 3) == 0;
        buffer_addc(&page->text, line.data[at]);
        at += broken ? 2 : 0;
    }
    buffer_release(&line);
}

/* The title has the first level for itself. */
static void add_heading(struct page *page, const struct block *block)
{
    unsigned level = block->level < 5 ? block->level + 1u : 6;
    buffer_printf(&page->text, "%.*s ", (int)level, "######");
    add_one_line(page, block);
}

/* Lines after the first are set in as far as the item's text begins, or they would end it. */
static void add_item(struct page *page, const struct block *block)
{
    struct buffer item = {0}, marker = {0};
    unsigned level = block->level ? block->level - 1u : 0;
    if (block->number)
        buffer_printf(&marker, "%u. ", block->number);
    else
        buffer_adds(&marker, "- ");
    markdown_inline(&item, page->document, block_range(block));
    buffer_printf(&page->text, "%*s%s", (int)(4 * level), "", buffer_string(&marker));
    for (size_t at = 0; at < item.length; at++) {
        buffer_addc(&page->text, item.data[at]);
        if (item.data[at] == '\n')
            buffer_printf(&page->text, "%*s", (int)(4 * level + marker.length), "");
    }
    buffer_release(&item);
    buffer_release(&marker);
}

/* Kept as it is, fenced by more backticks than stand in it. */
static void add_code(struct page *page, const struct block *block)
{
    const char *text = document_text(page->document, NULL);
    unsigned longest = 2, here = 0;
    for (uint32_t at = block->start; at < block->end; at++) {
        here = text[at] == '`' ? here + 1 : 0;
        longest = here > longest ? here : longest;
    }
    for (unsigned at = 0; at <= longest; at++)
        buffer_addc(&page->text, '`');
    buffer_addc(&page->text, '\n');
    buffer_add(&page->text, text + block->start, block->end - block->start);
    buffer_addc(&page->text, '\n');
    for (unsigned at = 0; at <= longest; at++)
        buffer_addc(&page->text, '`');
}

static void add_rule(struct page *page, const struct block *block)
{
    (void)block;
    buffer_adds(&page->text, "* * *");
}

static void (*const add_block[BLOCK_KINDS])(struct page *, const struct block *) = {
    [BLOCK_PARAGRAPH] = add_paragraph, [BLOCK_HEADING] = add_heading,
    [BLOCK_QUOTE] = add_paragraph,     [BLOCK_LIST_ITEM] = add_item,
    [BLOCK_CODE] = add_code,           [BLOCK_CAPTION] = add_one_line,
    [BLOCK_TABLE] = add_code,          [BLOCK_RULE] = add_rule,
    [BLOCK_SIGNATURE] = add_paragraph,
};

static uint32_t block_levels(const struct block *block)
{
    uint32_t levels = block->kind == BLOCK_QUOTE ? block->level : 0;
    return levels < DEEPEST ? levels : DEEPEST;
}

/* The blocks [first, end), quoted `levels` times more than they are. Items of one list stay
 * together. */
static void put_blocks(struct page *page, uint32_t first, uint32_t end, uint32_t levels)
{
    const struct block *blocks = document_blocks(page->document, NULL);
    for (uint32_t at = first; at < end; at++) {
        const struct block *block = &blocks[at];
        bool list =
            at > first && block->kind == BLOCK_LIST_ITEM && blocks[at - 1].kind == BLOCK_LIST_ITEM;
        uint32_t own = block_levels(block), before = at > first ? block_levels(block - 1) : 0;
        if (at > first && !list)
            put_gap(page, levels + (own < before ? own : before));
        add_block[block->kind](page, block);
        put_lines(page, levels + own);
    }
}

/* ---- the article ----------------------------------------------------------------- */

static void put_heads(struct page *page)
{
    struct range title = document_title(page->document), byline = document_byline(page->document);
    const char *text = document_text(page->document, NULL);
    if (!range_is_empty(title)) {
        buffer_adds(&page->text, "# ");
        markdown_escape(&page->text, text + title.start, title.end - title.start, false);
        buffer_addc(&page->text, '\n');
    }
    if (!range_is_empty(byline)) {
        buffer_adds(&page->text, page->text.length ? "\n*" : "*");
        markdown_escape(&page->text, text + byline.start, byline.end - byline.start, false);
        buffer_adds(&page->text, "*\n");
    }
    if (page->text.length && document_article_blocks(page->document))
        buffer_addc(&page->text, '\n');
    put_lines(page, 0);
}

/* ---- comments -------------------------------------------------------------------- */

static void add_name(struct page *page, uint32_t index)
{
    struct buffer name = {0};
    comment_add_name(&name, page->document, index);
    markdown_escape(&page->text, name.data, name.length, false);
    buffer_release(&name);
}

static void put_comment_head(struct page *page, uint32_t index, uint32_t levels)
{
    const struct comment *comment = &document_comments(page->document, NULL)[index];
    struct buffer *text = &page->text;
    buffer_adds(text, "**");
    add_name(page, index);
    buffer_adds(text, "**");
    if (comment->depth - page->slice.depth > DEEPEST) {
        buffer_adds(text, " to ");
        add_name(page, comment->parent);
    }
    if (comment->time != TIME_NONE)
        buffer_adds(text, " · ");
    export_time(text, comment->time);
    if (comment->score != SCORE_NONE)
        buffer_printf(text, " · %d %s", comment->score, comment->score == 1 ? "point" : "points");
    put_lines(page, levels);
    put_gap(page, levels);
}

static void put_comment(struct page *page, uint32_t index)
{
    const struct comment *comment = &document_comments(page->document, NULL)[index];
    uint32_t depth = comment->depth - page->slice.depth;
    uint32_t levels = depth < DEEPEST ? depth : DEEPEST;
    bool first = index == page->slice.first;
    uint32_t before = first ? 0 : comment[-1].depth - page->slice.depth;
    if (!first || page->slice.article)
        put_gap(page, before < levels ? before : levels);
    put_comment_head(page, index, levels);
    put_blocks(page, comment->first_block, comment->first_block + comment->block_count, levels);
    const char *missing = comment_missing_text(comment);
    if (*missing) {
        markdown_escape(&page->text, missing, strlen(missing), true);
        put_lines(page, levels);
    }
}

void export_markdown(const struct export_request *request)
{
    struct slice slice = slice_of(request);
    struct page page = {.document = request->document, .slice = slice, .out = request->out};
    if (slice.article) {
        put_heads(&page);
        put_blocks(&page, 0, document_article_blocks(page.document), 0);
        if (slice.first < slice.end)
            fputs("\n## Comments\n", page.out);
    }
    for (uint32_t at = slice.first; at < slice.end; at++)
        put_comment(&page, at);
    buffer_release(&page.text);
}
