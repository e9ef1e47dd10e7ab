/*
 * --dump=text and --dump=thread: the form in which articles with their comments are passed around
 * as plain text, and which the importer reads back into the same tree.
 *
 *      Title
 *
 *      The article ...
 *
 *
 *        1. Name - 3 May 2021 14:10
 *
 *          What they say.
 *
 *            1. Another name
 *
 *              A reply: numbered anew, four columns further in.
 *
 *        2. Name
 *
 * One comment alone has neither number nor indent. Deep threads would leave no room to write in, so
 * the indent stops growing where TEXT_NARROWEST columns are left; from there on the tree does not
 * show.
 */
#include "paper.h"

#include <stdlib.h>

#define COLUMNS_MOST   EXPORT_UNWRAPPED
#define TEXT_NARROWEST 30u
#define STEP           4u

static struct paper paper_open(const struct export_request *request)
{
    static const struct text_style plain = {0};
    uint32_t columns = request->columns ? request->columns : EXPORT_COLUMNS;
    return (struct paper){.document = request->document,
                          .layout = layout_new(request->style ? request->style : &plain),
                          .columns = columns < COLUMNS_MOST ? columns : COLUMNS_MOST,
                          .out = request->out};
}

static void put_article(const struct paper *paper)
{
    const struct range heads[] = {document_title(paper->document),
                                  document_byline(paper->document)};
    uint32_t blocks = document_article_blocks(paper->document);
    bool parted = true;
    for (size_t at = 0; at < ARRAY_LENGTH(heads); at++) {
        if (range_is_empty(heads[at]))
            continue;
        if (!parted)
            fputc('\n', paper->out);
        paper_range(paper, heads[at], 0);
        parted = false;
    }
    if (!parted && blocks)
        fputc('\n', paper->out);
    paper_blocks(paper, 0, blocks, 0);
}

/* Where a comment's text begins; its number stands two columns before. */
static uint32_t left_of(const struct paper *paper, uint32_t depth)
{
    uint32_t most = paper->columns > TEXT_NARROWEST + STEP ? paper->columns - TEXT_NARROWEST : STEP;
    uint32_t left = depth < COLUMNS_MOST ? STEP + STEP * depth : most;
    left = left < most ? left : most;
    return left < paper->columns ? left : paper->columns - 1;
}

/* Its text `left` columns in; number 0: it has none. */
static void put_comment(const struct paper *paper, uint32_t index, uint32_t left, uint32_t number)
{
    const struct comment *comment = &document_comments(paper->document, NULL)[index];
    struct buffer head = {0};
    if (number)
        buffer_printf(&head, "%u. ", number);
    comment_add_name(&head, paper->document, index);
    if (comment->time != TIME_NONE)
        buffer_adds(&head, " - ");
    export_time(&head, comment->time);
    paper_blanks(paper, left > 2 ? left - 2 : 0);
    fprintf(paper->out, "%s\n\n", buffer_string(&head));
    buffer_release(&head);
    paper_blocks(paper, comment->first_block, comment->first_block + comment->block_count, left);
    const char *missing = comment_missing_text(comment);
    if (*missing) {
        paper_blanks(paper, left);
        fprintf(paper->out, "%s\n", missing);
    }
}

static void put_thread(const struct paper *paper, struct slice slice)
{
    const struct comment *comments = document_comments(paper->document, NULL);
    VECTOR(uint32_t) numbers = {0}; /* by depth: the last number given */
    for (uint32_t at = slice.first; at < slice.end; at++) {
        uint32_t depth = comments[at].depth - slice.depth;
        while (numbers.count <= depth + 1)
            vector_push(&numbers, 0);
        numbers.items[depth + 1] = 0;
        if (at > slice.first)
            fputc('\n', paper->out);
        put_comment(paper, at, left_of(paper, depth), ++numbers.items[depth]);
    }
    vector_release(&numbers);
}

void export_text(const struct export_request *request)
{
    struct paper paper = paper_open(request);
    struct slice slice = slice_of(request);
    bool comments = slice.first < slice.end;
    if (slice.article)
        put_article(&paper);
    if (slice.article && comments)
        fputs("\n\n", request->out);
    if (request->part == EXPORT_ITEM && comments)
        put_comment(&paper, slice.first, 0, 0);
    else
        put_thread(&paper, slice);
    layout_free(paper.layout);
}

void export_thread(const struct export_request *request)
{
    struct paper paper = paper_open(request);
    put_thread(&paper, slice_of(request));
    layout_free(paper.layout);
}
