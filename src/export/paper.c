/*
 * Blocks as lines. What stands in a row's indent says what kind of block it is, in the signs that
 * mail and plain text have always had, so that it can be read back:
 *
 *      > > quoted twice           * a point          12. a number
 *                                   - below it           code, four columns in
 */
#include "paper.h"

#include <string.h>

void paper_blanks(const struct paper *paper, uint32_t count)
{
    fprintf(paper->out, "%*s", (int)count, "");
}

/* Soft hyphens stay out: where one was needed a hyphen is put. */
static void put_row(const struct paper *paper, const struct layout_row *row)
{
    const char *text = document_text(paper->document, NULL);
    const char *at = text + row->start, *end = text + row->end;
    while (at < end) {
        const char *soft = memmem(at, (size_t)(end - at), "\xC2\xAD", 2);
        const char *stop = soft ? soft : end;
        fwrite(at, 1, (size_t)(stop - at), paper->out);
        at = soft ? soft + 2 : end;
    }
    fputs(row->hyphen ? "-\n" : "\n", paper->out);
}

static void put_quote_bars(const struct paper *paper, const struct block *block, uint32_t indent)
{
    for (uint32_t level = 0; level < block->level && 2 * level + 2 <= indent; level++)
        fputs("> ", paper->out);
    if (indent % 2 || indent > 2u * block->level)
        paper_blanks(paper, indent > 2u * block->level ? indent - 2u * block->level : 1);
}

/* The marker ends where the text begins: "   * " or "  12. ". */
static void put_marker(const struct paper *paper, const struct block *block, uint32_t indent)
{
    char marker[16];
    if (block->number)
        snprintf(marker, sizeof marker, "%u. ", block->number);
    else
        snprintf(marker, sizeof marker, "* ");
    fprintf(paper->out, "%*s", (int)indent, marker);
}

static void put_indent(const struct paper *paper, const struct block *block,
                       const struct layout_row *row)
{
    if (block->kind == BLOCK_QUOTE)
        put_quote_bars(paper, block, row->indent);
    else if (block->kind == BLOCK_LIST_ITEM && row->first)
        put_marker(paper, block, row->indent);
    else
        paper_blanks(paper, block->kind == BLOCK_CODE ? 4u : row->indent);
}

static void put_block(const struct paper *paper, uint32_t index, uint32_t left)
{
    const struct block *block = &document_blocks(paper->document, NULL)[index];
    uint32_t place = block->start;
    do {
        struct layout_rows rows =
            layout_block(paper->layout, paper->document, index, place, paper->columns - left);
        for (uint32_t at = 0; at < rows.count; at++) {
            const struct layout_row *row = &rows.items[at];
            if (row->start < row->end) {
                paper_blanks(paper, left);
                put_indent(paper, block, row);
            }
            put_row(paper, row);
        }
        place = rows.end > place ? rows.end : block->end;
    } while (place < block->end);
}

void paper_blocks(const struct paper *paper, uint32_t first, uint32_t end, uint32_t left)
{
    const struct block *blocks = document_blocks(paper->document, NULL);
    for (uint32_t at = first; at < end; at++) {
        bool list = at > first && blocks[at].kind == BLOCK_LIST_ITEM &&
                    blocks[at - 1].kind == BLOCK_LIST_ITEM;
        if (at > first && !list)
            fputc('\n', paper->out);
        put_block(paper, at, left);
    }
}

void paper_range(const struct paper *paper, struct range range, uint32_t left)
{
    while (range.start < range.end) {
        struct layout_rows rows =
            layout_range(paper->layout, paper->document, range, paper->columns - left);
        for (uint32_t at = 0; at < rows.count; at++) {
            paper_blanks(paper, left);
            put_row(paper, &rows.items[at]);
        }
        range.start = rows.end > range.start ? rows.end : range.end;
    }
}
