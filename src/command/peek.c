/*
 * What a comment answers, or all that led to it, in a panel: one looks back without leaving. The
 * panel follows the comment that has the focus until it is closed.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define PEEK_COMMENTS 100        /* of a chain, the nearest ones */
#define PEEK_BYTES    (1u << 16) /* of their texts: it is made anew with each step */
#define PEEK_LINES    1000       /* of one comment */

/* ---- a comment as lines ------------------------------------------------------------- */

static void add_row(struct listing *list, const struct block *block, const char *pool,
                    const struct layout_row *row)
{
    struct buffer line = {0};
    for (uint32_t column = 0; column + 1 < row->indent; column += 2)
        buffer_adds(&line, block->kind == BLOCK_QUOTE ? "> " : "  ");
    buffer_add(&line, pool + row->start, row->end - row->start);
    listing_add(list, "", buffer_string(&line), "");
    buffer_release(&line);
}

/* The rows of a block, piece by piece; how many lines are left of `left`. */
static uint32_t add_block(struct listing *list, struct layout *layout,
                          const struct document *document, uint32_t index, uint32_t columns,
                          uint32_t left)
{
    const struct block *block = &document_blocks(document, NULL)[index];
    const char *pool = document_text(document, NULL);
    for (uint32_t place = block->start; place < block->end && left > 0;) {
        struct layout_rows rows = layout_block(layout, document, index, place, columns);
        for (uint32_t at = 0; at < rows.count && left > 0; at++, left--)
            add_row(list, block, pool, &rows.items[at]);
        place = rows.end;
    }
    return left;
}

static void add_comment(struct session *session, struct listing *list, struct layout *layout,
                        uint32_t index, uint32_t columns)
{
    const struct document *document = session->setup.document;
    const struct comment *comment = &document_comments(document, NULL)[index];
    struct buffer head = {0};
    uint32_t left = PEEK_LINES;
    reader_write_head(session->reader, index, &head);
    listing_heading(list, buffer_string(&head));
    buffer_release(&head);
    for (uint32_t at = 0; at < comment->block_count && left > 0; at++) {
        left = add_block(list, layout, document, comment->first_block + at, columns, left);
        if (at + 1 < comment->block_count)
            listing_add(list, "", "", "");
    }
    if (left == 0)
        listing_add(list, "", "...", "");
}

/* ---- the panel ---------------------------------------------------------------------- */

/* The nearest of those above a comment, nearest first, as far as their texts are not too long in
 * all; how many. */
static uint32_t ancestors(const struct document *document, uint32_t comment, uint32_t most,
                          uint32_t *above)
{
    const struct comment *comments = document_comments(document, NULL);
    uint32_t count = 0;
    uint64_t bytes = 0;
    for (uint32_t at = comments[comment].parent; at != DOCUMENT_NONE && count < most;
         at = comments[at].parent) {
        bytes += comments[at].text.end - comments[at].text.start;
        if (count > 0 && bytes > PEEK_BYTES)
            break;
        above[count++] = at;
    }
    return count;
}

static void fill(struct session *session, struct listing *list, bool chain, uint32_t columns)
{
    const struct document *document = session->setup.document;
    const struct comment *comments = document_comments(document, NULL);
    const struct text_style style = text_style_from(session->config);
    struct layout *layout = layout_new(&style);
    uint32_t above[PEEK_COMMENTS], comment = reader_comment(session->reader);
    uint32_t count = ancestors(document, comment, chain ? PEEK_COMMENTS : 1, above);
    if (count == 0)
        listing_heading(list, "this comment answers the article itself");
    else if (chain && comments[above[count - 1]].depth > 0)
        listing_add(list, "", "(what is above these is left out)", "");
    for (uint32_t at = count; at-- > 0;) {
        if (list->lines.count)
            listing_add(list, "", "", "");
        list->top = (int)list->lines.count; /* the last one is seen first */
        add_comment(session, list, layout, above[at], columns);
    }
    layout_free(layout);
}

#define PEEK_MARGIN 4 /* columns that the panel leaves free beside the text */

static void show(struct session *session, bool chain)
{
    int columns = session->columns - PEEK_MARGIN;
    struct listing *list = panel_open(session, PANEL_PEEK);
    session->panel.chain = chain;
    session->panel.comment = reader_comment(session->reader);
    session->panel.columns = session->columns;
    fill(session, list, chain, columns > 1 ? (uint32_t)columns : 1);
}

void peek_follow(struct session *session)
{
    const struct panel *panel = &session->panel;
    if (panel->kind == PANEL_PEEK &&
        (panel->comment != reader_comment(session->reader) || panel->columns != session->columns))
        show(session, panel->chain);
}

unsigned run_peek(struct session *session, const struct call *call)
{
    uint32_t comment = reader_comment(session->reader);
    const struct comment *comments = document_comments(session->setup.document, NULL);
    bool again = session->panel.kind == PANEL_PEEK && session->panel.chain == call->parameter;
    if (again)
        panel_close(session, PANEL_PEEK);
    else if (comment == DOCUMENT_NONE)
        session_refuse(session, "there are no comments");
    else if (comments[comment].parent == DOCUMENT_NONE)
        session_refuse(session, "this comment answers the article itself");
    else
        show(session, call->parameter);
    return WISH_DRAW;
}
