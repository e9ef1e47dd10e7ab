/*
 * Markdown: the article with headings, lists, quotations and code as such; comments as nested
 * quotations, which every reader of Markdown shows as a tree.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

struct sheet {
    const struct export_request *request;
    const char *text;
    uint32_t depth; /* of the quotation that lines stand in */
};

static void put_prefix(const struct sheet *sheet)
{
    for (uint32_t at = 0; at < sheet->depth; at++)
        fputs("> ", sheet->request->out);
}

static void put_line(const struct sheet *sheet)
{
    fputc('\n', sheet->request->out);
    put_prefix(sheet);
}

/* Text with what Markdown would take for its own made harmless. */
static void put_escaped(const struct sheet *sheet, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end; at++) {
        if (sheet->text[at] == '\n') {
            fputs("  ", sheet->request->out);
            put_line(sheet);
            continue;
        }
        if (strchr("\\`*_[]<>#", sheet->text[at]))
            fputc('\\', sheet->request->out);
        fputc(sheet->text[at], sheet->request->out);
    }
}

static void put_plain(const struct sheet *sheet, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end; at++) {
        if (sheet->text[at] == '\n')
            put_line(sheet);
        else
            fputc(sheet->text[at], sheet->request->out);
    }
}

/* The signs around a run, outermost first; a link's address follows its text. */
static const struct {
    enum run_kind kind;
    const char *sign;
} signs[] = {{RUN_STRONG, "**"}, {RUN_EMPHASIS, "*"}, {RUN_STRIKE, "~~"}};

static void put_run(const struct sheet *sheet, const struct run *run, uint32_t start, uint32_t end)
{
    FILE *out = sheet->request->out;
    bool link = (run->kinds & 1u << RUN_LINK) && run->link != DOCUMENT_NONE;
    if (link)
        fputc('[', out);
    for (size_t at = 0; at < ARRAY_LENGTH(signs); at++)
        if (run->kinds & 1u << signs[at].kind)
            fputs(signs[at].sign, out);
    if (run->kinds & 1u << RUN_CODE) {
        fputc('`', out);
        put_plain(sheet, start, end);
        fputc('`', out);
    } else {
        put_escaped(sheet, start, end);
    }
    for (size_t at = ARRAY_LENGTH(signs); at-- > 0;)
        if (run->kinds & 1u << signs[at].kind)
            fputs(signs[at].sign, out);
    if (link) {
        size_t length;
        struct string_ref ref = document_links(sheet->request->document, NULL)[run->link];
        const char *address = document_string(sheet->request->document, ref, &length);
        fprintf(out, "](<%.*s>)", (int)length, address);
    }
}

static void put_text(const struct sheet *sheet, const struct block *block)
{
    uint32_t count, place = block->start;
    const struct run *runs = document_runs(sheet->request->document, &count);
    for (uint32_t at = document_run_from(sheet->request->document, place);
         at < count && runs[at].start < block->end; at++) {
        put_escaped(sheet, place, runs[at].start);
        put_run(sheet, &runs[at], runs[at].start, runs[at].end);
        place = runs[at].end;
    }
    put_escaped(sheet, place, block->end);
}

static void put_fenced(const struct sheet *sheet, const struct block *block)
{
    fputs("````", sheet->request->out);
    put_line(sheet);
    put_plain(sheet, block->start, block->end);
    put_line(sheet);
    fputs("````", sheet->request->out);
}

static void put_block(const struct sheet *sheet, const struct block *block)
{
    FILE *out = sheet->request->out;
    struct sheet inside = *sheet;
    put_prefix(sheet);
    switch ((enum block_kind)block->kind) {
    case BLOCK_CODE:
    case BLOCK_TABLE:
        put_fenced(sheet, block);
        break;
    case BLOCK_RULE:
        fputs("* * *", out);
        break;
    case BLOCK_QUOTE:
        inside.depth += block->level ? block->level : 1;
        for (uint32_t at = sheet->depth; at < inside.depth; at++)
            fputs("> ", out);
        put_text(&inside, block);
        break;
    case BLOCK_LIST_ITEM:
        fprintf(out, "%*s", block->level > 1 ? 4 * (block->level - 1) : 0, "");
        if (block->number)
            fprintf(out, "%u. ", block->number);
        else
            fputs("- ", out);
        put_text(sheet, block);
        break;
    case BLOCK_HEADING:
        fprintf(out, "%.*s ", block->level > 5 ? 6 : block->level + 1, "######");
        put_text(sheet, block);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_CAPTION:
    case BLOCK_SIGNATURE:
    case BLOCK_KINDS:
        put_text(sheet, block);
    }
    put_line(sheet);
    fputc('\n', out);
}

static void put_blocks(const struct sheet *sheet, uint32_t first, uint32_t count)
{
    const struct block *blocks = document_blocks(sheet->request->document, NULL);
    for (uint32_t at = first; at < first + count; at++)
        put_block(sheet, &blocks[at]);
}

static void put_comment(struct sheet *sheet, const struct comment *comment)
{
    char time[EXPORT_TIME];
    export_time(comment->time, time);
    sheet->depth = comment->depth + 1;
    put_prefix(sheet);
    fputs("**", sheet->request->out);
    if (range_is_empty(comment->name))
        fputs("Anonymous", sheet->request->out);
    put_escaped(sheet, comment->name.start, comment->name.end);
    fprintf(sheet->request->out, "**%s%s", time[0] ? " · " : "", time);
    put_line(sheet);
    fputc('\n', sheet->request->out);
    put_blocks(sheet, comment->first_block, comment->block_count);
}

void export_markdown(const struct export_request *request)
{
    struct sheet sheet = {.request = request, .text = document_text(request->document, NULL)};
    struct range title = document_title(request->document);
    struct range byline = document_byline(request->document);
    uint32_t count;
    const struct comment *comments = document_comments(request->document, &count);
    if (!range_is_empty(title)) {
        fputs("# ", request->out);
        put_escaped(&sheet, title.start, title.end);
        fputs("\n\n", request->out);
    }
    if (!range_is_empty(byline)) {
        fputc('*', request->out);
        put_escaped(&sheet, byline.start, byline.end);
        fputs("*\n\n", request->out);
    }
    put_blocks(&sheet, 0, document_article_blocks(request->document));
    if (count)
        fputs("## Comments\n\n", request->out);
    for (uint32_t at = 0; at < count; at++)
        put_comment(&sheet, &comments[at]);
}
