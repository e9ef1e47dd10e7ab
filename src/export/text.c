/*
 * Plain text, wrapped. The comments come in the numbered form that the plain-text importer reads,
 * so what was written can be read in again:
 *
 *        1. Carl Nemo - 28 May 2007
 *
 *          The U.S. has a large expatriate ...
 *
 *            1. SEAL
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_COLUMNS 80u
#define LEAST_COLUMNS 30u /* what indentation leaves of them */
#define STEP          4u  /* columns a level */

struct writer {
    const struct export_request *request;
    struct layout *layout;
    const char *text;
    uint32_t columns;
    VECTOR(uint32_t) numbers; /* of the comment last written, on each level */
};

static void put_blanks(const struct writer *writer, uint32_t count)
{
    fprintf(writer->request->out, "%*s", (int)count, "");
}

static void put_bytes(const struct writer *writer, uint32_t start, uint32_t end)
{
    fwrite(writer->text + start, 1, end - start, writer->request->out);
}

/* What stands in a row's own indent: bars of quoting, a list's bullet or number. */
static void put_marker(const struct writer *writer, const struct block *block,
                       const struct layout_row *row)
{
    uint32_t columns = layout_marker_columns(block), left = row->indent;
    if (block->kind == BLOCK_QUOTE) {
        for (; left >= 2; left -= 2)
            fputs("> ", writer->request->out);
    } else if (row->first && columns && columns <= left) {
        put_blanks(writer, left - columns);
        if (block->number)
            fprintf(writer->request->out, "%*u. ", (int)columns - 2, block->number);
        else
            fprintf(writer->request->out, "%-*s", (int)columns, "*");
        left = 0;
    }
    put_blanks(writer, left);
}

static void put_rows(const struct writer *writer, const struct block *block,
                     const struct layout_rows *rows, uint32_t indent)
{
    for (uint32_t at = 0; at < rows->count; at++) {
        const struct layout_row *row = &rows->items[at];
        if (row->start < row->end) {
            put_blanks(writer, indent);
            if (block)
                put_marker(writer, block, row);
            put_bytes(writer, row->start, row->end);
        }
        fputs(row->hyphen ? "-\n" : "\n", writer->request->out);
    }
}

static void put_block(const struct writer *writer, uint32_t index, uint32_t indent)
{
    const struct document *document = writer->request->document;
    const struct block *block = &document_blocks(document, NULL)[index];
    for (uint32_t place = block->start; place < block->end;) {
        struct layout_rows rows =
            layout_block(writer->layout, document, index, place, writer->columns - indent);
        put_rows(writer, block, &rows, indent);
        place = rows.end;
    }
}

static void put_blocks(const struct writer *writer, uint32_t first, uint32_t count, uint32_t indent)
{
    for (uint32_t at = first; at < first + count; at++) {
        if (at > first)
            fputc('\n', writer->request->out);
        put_block(writer, at, indent);
    }
}

/* Title or byline. */
static bool put_head(const struct writer *writer, struct range head)
{
    if (range_is_empty(head))
        return false;
    struct layout_rows rows =
        layout_range(writer->layout, writer->request->document, head, writer->columns);
    put_rows(writer, NULL, &rows, 0);
    return true;
}

static uint32_t number_of(struct writer *writer, uint32_t depth)
{
    while (writer->numbers.count <= depth)
        vector_push(&writer->numbers, 0);
    writer->numbers.count = depth + 1;
    return ++writer->numbers.items[depth];
}

static void put_comment(struct writer *writer, uint32_t index)
{
    const struct comment *comment = &document_comments(writer->request->document, NULL)[index];
    uint32_t most = (writer->columns - LEAST_COLUMNS) / STEP * STEP,
             indent = 2 + STEP * comment->depth;
    char time[EXPORT_TIME];
    export_time(comment->time, time);
    if (indent + 2 > most)
        indent = most > 2 ? most - 2 : 0;
    put_blanks(writer, indent);
    fprintf(writer->request->out, "%u. ", number_of(writer, comment->depth));
    if (range_is_empty(comment->name))
        fputs("Anonymous", writer->request->out);
    put_bytes(writer, comment->name.start, comment->name.end);
    fprintf(writer->request->out, "%s%s\n\n", time[0] ? " - " : "", time);
    put_blocks(writer, comment->first_block, comment->block_count, indent + 2);
    fputc('\n', writer->request->out);
}

static void put_comments(struct writer *writer)
{
    uint32_t count;
    document_comments(writer->request->document, &count);
    for (uint32_t at = 0; at < count; at++)
        put_comment(writer, at);
}

static struct writer writer_new(const struct export_request *request)
{
    uint32_t columns = request->columns ? request->columns : USUAL_COLUMNS;
    return (struct writer){.request = request,
                           .layout = layout_new(request->style),
                           .text = document_text(request->document, NULL),
                           .columns = columns > LEAST_COLUMNS ? columns : LEAST_COLUMNS};
}

static void writer_release(struct writer *writer)
{
    layout_free(writer->layout);
    vector_release(&writer->numbers);
}

void export_text(const struct export_request *request)
{
    struct writer writer = writer_new(request);
    uint32_t comments, blocks = document_article_blocks(request->document);
    document_comments(request->document, &comments);
    bool title = put_head(&writer, document_title(request->document));
    bool byline = put_head(&writer, document_byline(request->document));
    if ((title || byline) && blocks)
        fputc('\n', request->out);
    put_blocks(&writer, 0, blocks, 0);
    if (comments && (title || byline || blocks))
        fputs("\n\n", request->out);
    put_comments(&writer);
    writer_release(&writer);
}

void export_thread(const struct export_request *request)
{
    struct writer writer = writer_new(request);
    put_comments(&writer);
    writer_release(&writer);
}
