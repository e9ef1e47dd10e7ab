/*
 * The rows of article and thread. Neither pane has a list of its rows: a row is known by the place
 * it begins at, and the next or the previous one is found from there, block by block.
 *
 *      article                         thread
 *      title                           head of comment 0
 *      byline                          text of its first block
 *      (blank)                         (blank)
 *      text of block 0                 text of its second block
 *      (blank)                         (blank)
 *      text of block 1 ...             head of comment 1 ...
 *
 * A blank row's place is the line break behind what it follows. List items stand close together.
 */
#include "internal.h"

#include <assert.h>

/* ---- what a pane is made of --------------------------------------------------------- */

/* The blocks of an item: [first, end). */
struct blocks {
    uint32_t first, end;
};

static struct blocks item_blocks(const struct reader *reader, uint32_t comment)
{
    if (comment == DOCUMENT_NONE)
        return (struct blocks){0, document_article_blocks(reader->document)};
    const struct comment *item = &document_comments(reader->document, NULL)[comment];
    if (view_is_line(reader, comment) || item->state == COMMENT_STUB)
        return (struct blocks){item->first_block, item->first_block};
    return (struct blocks){item->first_block, item->first_block + item->block_count};
}

bool flow_has_text(const struct reader *reader, uint32_t comment)
{
    const struct comment *item = &document_comments(reader->document, NULL)[comment];
    return item->block_count > 0 && item->state != COMMENT_STUB; /* which says it in its head */
}

static const struct block *flow_block(const struct reader *reader, uint32_t block)
{
    return &document_blocks(reader->document, NULL)[block];
}

/* ---- quoted text that is folded ----------------------------------------------------- */

static bool is_quoted(const struct reader *reader, uint32_t block)
{
    uint8_t kind = flow_block(reader, block)->kind;
    return kind == BLOCK_QUOTE || kind == BLOCK_SIGNATURE;
}

static bool hides_block(const struct reader *reader, uint32_t comment, uint32_t block)
{
    return reader->quotes_folded && comment != DOCUMENT_NONE && is_quoted(reader, block);
}

/* The blocks of one kind around a quoted one: they are folded into one row. */
static struct blocks quoted_blocks(const struct reader *reader, uint32_t comment, uint32_t block)
{
    struct blocks all = item_blocks(reader, comment), run = {block, block + 1};
    uint8_t kind = flow_block(reader, block)->kind;
    while (run.first > all.first && flow_block(reader, run.first - 1)->kind == kind)
        run.first--;
    while (run.end < all.end && flow_block(reader, run.end)->kind == kind)
        run.end++;
    return run;
}

static struct flow_row quoted_row(const struct reader *reader, uint32_t comment, uint32_t block)
{
    struct blocks run = quoted_blocks(reader, comment, block);
    uint32_t start = flow_block(reader, run.first)->start;
    return (struct flow_row){
        .start = start, .end = start, .comment = comment, .block = run.first, .kind = ROW_QUOTED};
}

struct range flow_quoted_text(const struct reader *reader, const struct flow_row *row)
{
    struct blocks run = quoted_blocks(reader, row->comment, row->block);
    return (struct range){flow_block(reader, run.first)->start,
                          flow_block(reader, run.end - 1)->end};
}

bool flow_is_quoted(const struct reader *reader, uint32_t comment, uint32_t place)
{
    uint32_t block = document_block_at(reader->document, place);
    return comment != DOCUMENT_NONE && block != DOCUMENT_NONE &&
           hides_block(reader, comment, block) && place < flow_block(reader, block)->end;
}

/* No blank row between `block` and the one after it. */
static bool is_tight(const struct reader *reader, uint32_t block)
{
    return flow_block(reader, block)->kind == BLOCK_LIST_ITEM &&
           flow_block(reader, block + 1)->kind == BLOCK_LIST_ITEM;
}

#define ARTICLE_MARGIN 3 /* columns for marks left of the text, where there is room */
#define THREAD_MARGIN  1

static struct flow_columns article_columns(const struct reader *reader)
{
    int room = reader_rect(reader, PANE_ARTICLE).columns;
    int most = config_int(reader->config, SETTING_ARTICLE_COLUMNS);
    int margin = room >= 40 ? ARTICLE_MARGIN : room >= 20 ? 1 : 0;
    int columns = room - 2 * margin < most ? room - 2 * margin : most;
    return (struct flow_columns){.left = (room - columns) / 2,
                                 .columns = columns > 1 ? columns : 1};
}

static struct flow_columns thread_columns(const struct reader *reader, uint32_t comment)
{
    int room = reader_rect(reader, PANE_THREAD).columns;
    int step = config_int(reader->config, SETTING_INDENT);
    int least = config_int(reader->config, SETTING_MIN_COLUMNS);
    least = least > room * 3 / 5 ? least : room * 3 / 5; /* what one reads, not where it hangs */
    uint32_t level = deep_level(reader, comment), deepest = 0;
    if (room > least + THREAD_MARGIN)
        deepest = (uint32_t)((room - least - THREAD_MARGIN) / step);
    int left = THREAD_MARGIN + step * (int)(level < deepest ? level : deepest);
    if (room < 10)
        left = 0;
    int most = config_int(reader->config, SETTING_ARTICLE_COLUMNS) + 3;
    int columns = room - left - 1 < most ? room - left - 1 : most;
    return (struct flow_columns){left, columns > 1 ? columns : 1, level, level > deepest};
}

struct flow_columns flow_columns(const struct reader *reader, enum pane pane, uint32_t comment)
{
    return pane == PANE_ARTICLE ? article_columns(reader) : thread_columns(reader, comment);
}

/* A comment's text stands in from its head, under the author's name. */
#define HEAD_MARK_COLUMNS 3

static uint32_t text_width(const struct reader *reader, uint32_t comment)
{
    enum pane pane = comment == DOCUMENT_NONE ? PANE_ARTICLE : PANE_THREAD;
    int columns = flow_columns(reader, pane, comment).columns;
    if (pane == PANE_THREAD && columns > 2 * HEAD_MARK_COLUMNS)
        columns -= HEAD_MARK_COLUMNS;
    return (uint32_t)columns;
}

/* ---- making rows -------------------------------------------------------------------- */

#define FLOW_TITLE     (DOCUMENT_NONE - 1) /* numbers of pieces that are no blocks */
#define FLOW_BYLINE    (DOCUMENT_NONE - 2)
#define FLOW_HEAD_MOST 4096u /* bytes of a title that are shown */

/* Where a block, the title or the byline stands. */
static struct range flow_extent(const struct reader *reader, uint32_t block)
{
    if (block != FLOW_TITLE && block != FLOW_BYLINE) {
        const struct block *item = flow_block(reader, block);
        return (struct range){item->start, item->end};
    }
    struct range head =
        block == FLOW_TITLE ? document_title(reader->document) : document_byline(reader->document);
    if (head.end - head.start > FLOW_HEAD_MOST)
        head.end = (uint32_t)utf8_floor(reader_text(reader), head.start + FLOW_HEAD_MOST);
    return head;
}

/* The rows of the piece of a block, or of title or byline, around `place`. */
static struct layout_rows flow_rows(const struct reader *reader, uint32_t comment, uint32_t block,
                                    uint32_t place)
{
    uint32_t width = text_width(reader, comment);
    if (block == FLOW_TITLE || block == FLOW_BYLINE)
        return layout_range(reader->layout, reader->document, flow_extent(reader, block), width);
    return layout_block(reader->layout, reader->document, block, place, width);
}

static struct flow_row text_row(const struct reader *reader, uint32_t comment, uint32_t block,
                                uint32_t place)
{
    if (block < FLOW_BYLINE && hides_block(reader, comment, block))
        return quoted_row(reader, comment, block);
    struct layout_rows rows = flow_rows(reader, comment, block, place);
    const struct layout_row *row = &rows.items[layout_row_at(&rows, place)];
    enum row_kind kind = block == FLOW_TITLE    ? ROW_TITLE
                         : block == FLOW_BYLINE ? ROW_BYLINE
                                                : ROW_TEXT;
    return (struct flow_row){.start = row->start,
                             .end = row->end,
                             .comment = comment,
                             .block = block,
                             .kind = kind,
                             .indent = row->indent,
                             .first = row->first,
                             .hyphen = row->hyphen};
}

static struct flow_row blank_row(uint32_t comment, uint32_t place)
{
    return (struct flow_row){.start = place,
                             .end = place,
                             .comment = comment,
                             .block = DOCUMENT_NONE,
                             .kind = ROW_BLANK};
}

static struct flow_row head_row(const struct reader *reader, uint32_t comment)
{
    struct range name = document_comments(reader->document, NULL)[comment].name;
    return (struct flow_row){.start = name.start,
                             .end = name.end,
                             .comment = comment,
                             .block = DOCUMENT_NONE,
                             .kind = ROW_HEAD,
                             .first = true};
}

/* What comes after, or before, a row of the piece of text it is in; false: nothing in that piece's
 * block. */
static bool step_in_block(const struct reader *reader, struct flow_row *row, bool down)
{
    struct layout_rows rows = flow_rows(reader, row->comment, row->block, row->start);
    uint32_t at = layout_row_at(&rows, row->start);
    struct range block = flow_extent(reader, row->block);
    uint32_t place;
    if (down)
        place = at + 1 < rows.count ? rows.items[at + 1].start : rows.end;
    else
        place = at > 0 ? rows.items[at - 1].start : rows.start - 1;
    bool inside =
        down ? (at + 1 < rows.count || rows.end < block.end) : (at > 0 || rows.start > block.start);
    if (inside)
        *row = text_row(reader, row->comment, row->block, place);
    return inside;
}

#define QUOTED_PIECES 64 /* of long blocks that are set to be counted */

uint32_t flow_quoted_rows(struct reader *reader, const struct flow_row *row)
{
    struct blocks run = quoted_blocks(reader, row->comment, row->block);
    uint32_t count = 0, pieces = 0;
    for (uint32_t block = run.first; block < run.end && count < QUOTED_MOST; block++)
        for (uint32_t at = flow_block(reader, block)->start, end = flow_block(reader, block)->end;
             at < end && pieces < QUOTED_PIECES; pieces++) {
            struct layout_rows rows = flow_rows(reader, row->comment, block, at);
            count += rows.count;
            at = rows.end;
        }
    return count < QUOTED_MOST && pieces < QUOTED_PIECES ? count : QUOTED_MOST;
}

/* ---- the head of the article -------------------------------------------------------- */

/* Title and byline, as far as there are any: the pieces in front of the first block. */
static uint32_t heads(const struct reader *reader, uint32_t *blocks)
{
    uint32_t count = 0;
    if (!range_is_empty(document_title(reader->document)))
        blocks[count++] = FLOW_TITLE;
    if (!range_is_empty(document_byline(reader->document)))
        blocks[count++] = FLOW_BYLINE;
    return count;
}

static uint32_t last_place(const struct reader *reader, uint32_t block)
{
    struct range extent = flow_extent(reader, block);
    return extent.end > extent.start ? extent.end - 1 : extent.start;
}

/* The last row of a head or a block. */
static struct flow_row last_row(const struct reader *reader, uint32_t comment, uint32_t block)
{
    return text_row(reader, comment, block, last_place(reader, block));
}

static struct flow_row first_row(const struct reader *reader, uint32_t comment, uint32_t block)
{
    return text_row(reader, comment, block, flow_extent(reader, block).start);
}

/* ---- ends ------------------------------------------------------------------------------------ */

bool flow_first(struct reader *reader, enum pane pane, struct flow_row *row)
{
    uint32_t head[2];
    if (pane == PANE_THREAD) {
        if (reader_comment_count(reader) == 0)
            return false;
        *row = head_row(reader, view_first(reader));
        return true;
    }
    uint32_t count = heads(reader, head);
    if (count == 0 && document_article_blocks(reader->document) == 0)
        return false;
    *row = first_row(reader, DOCUMENT_NONE, count ? head[0] : 0);
    return true;
}

bool flow_last(struct reader *reader, enum pane pane, struct flow_row *row)
{
    uint32_t comment = DOCUMENT_NONE, head[2];
    if (pane == PANE_THREAD) {
        comment = view_last(reader);
        if (comment == DOCUMENT_NONE)
            return false;
    }
    struct blocks blocks = item_blocks(reader, comment);
    uint32_t count = pane == PANE_ARTICLE ? heads(reader, head) : 0;
    if (blocks.first < blocks.end)
        *row = last_row(reader, comment, blocks.end - 1);
    else if (pane == PANE_THREAD)
        *row = head_row(reader, comment);
    else if (count)
        *row = last_row(reader, comment, head[count - 1]);
    else
        return false;
    return true;
}

/* ---- from a place to its row ----------------------------------------------------------------- */

static struct flow_row row_in_item(struct reader *reader, uint32_t comment, uint32_t place)
{
    struct blocks blocks = item_blocks(reader, comment);
    uint32_t block = document_block_at(reader->document, place);
    if (block >= blocks.end) /* behind the item's last one, or folded */
        block = blocks.end - 1;
    bool hidden = hides_block(reader, comment, block) && /* the blank between two of a kind too */
                  block + 1 < quoted_blocks(reader, comment, block).end;
    if (place < flow_block(reader, block)->end || hidden)
        return text_row(reader, comment, block, place);
    if (block + 1 < blocks.end && is_tight(reader, block))
        return last_row(reader, comment, block);
    return blank_row(comment, flow_block(reader, block)->end);
}

static bool article_at(struct reader *reader, uint32_t place, struct flow_row *row)
{
    uint32_t head[2], count = heads(reader, head);
    struct range article = document_article(reader->document);
    if (document_article_blocks(reader->document) > 0 && place >= article.start) {
        *row = row_in_item(reader, DOCUMENT_NONE, place < article.end ? place : article.end - 1);
        return true;
    }
    for (uint32_t at = count; at-- > 0;) {
        struct range extent = flow_extent(reader, head[at]);
        if (place < extent.start)
            continue;
        bool behind = place >= extent.end && at + 1 == count;
        *row = behind ? blank_row(DOCUMENT_NONE, extent.end)
                      : text_row(reader, DOCUMENT_NONE, head[at],
                                 place < extent.end ? place : extent.end - 1);
        return true;
    }
    return flow_first(reader, PANE_ARTICLE, row);
}

static bool thread_at(struct reader *reader, uint32_t place, struct flow_row *row)
{
    uint32_t comment = document_comment_at(reader->document, place);
    if (comment == DOCUMENT_NONE)
        return flow_first(reader, PANE_THREAD, row);
    uint32_t shown = fold_shown(reader, comment);
    if (shown == DOCUMENT_NONE)
        return flow_first(reader, PANE_THREAD, row);
    struct blocks blocks = item_blocks(reader, shown);
    bool has_text = blocks.first < blocks.end;
    if (shown != comment || !has_text || place < flow_block(reader, blocks.first)->start)
        *row = head_row(reader, shown);
    else
        *row = row_in_item(reader, shown, place);
    return true;
}

bool flow_at(struct reader *reader, enum pane pane, uint32_t place, struct flow_row *row)
{
    return pane == PANE_ARTICLE ? article_at(reader, place, row) : thread_at(reader, place, row);
}

/* ---- one row on, one row back ---------------------------------------------------------------- */

static bool next_item(struct reader *reader, struct flow_row *row)
{
    if (row->comment == DOCUMENT_NONE)
        return false;
    uint32_t next = view_next(reader, row->comment);
    if (next == DOCUMENT_NONE)
        return false;
    *row = head_row(reader, next);
    return true;
}

/* After the last row of a title or byline. */
static bool next_of_head(struct reader *reader, struct flow_row *row)
{
    uint32_t head[2], count = heads(reader, head);
    assert(count > 0);
    if (row->block != head[count - 1]) {
        *row = first_row(reader, DOCUMENT_NONE, head[count - 1]);
        return true;
    }
    if (document_article_blocks(reader->document) == 0)
        return false;
    *row = blank_row(DOCUMENT_NONE, flow_extent(reader, row->block).end);
    return true;
}

/* After the last row of a block. */
static bool next_of_block(struct reader *reader, struct flow_row *row)
{
    struct blocks blocks = item_blocks(reader, row->comment);
    if (row->block + 1 < blocks.end && is_tight(reader, row->block)) {
        *row = first_row(reader, row->comment, row->block + 1);
        return true;
    }
    bool last = row->block + 1 == blocks.end;
    if (last && (row->comment == DOCUMENT_NONE || view_next(reader, row->comment) == DOCUMENT_NONE))
        return false;
    *row = blank_row(row->comment, flow_block(reader, row->block)->end);
    return true;
}

static bool next_of_blank(struct reader *reader, struct flow_row *row)
{
    struct blocks blocks = item_blocks(reader, row->comment);
    uint32_t block = document_block_at(reader->document, row->start);
    uint32_t next = block == DOCUMENT_NONE ? 0 : block + 1;
    if (row->comment == DOCUMENT_NONE && row->start < document_article(reader->document).start)
        next = 0;
    if (next >= blocks.end)
        return next_item(reader, row);
    *row = first_row(reader, row->comment, next);
    return true;
}

/* The rows behind and before quoted text are those of its last block and of its first. */
static bool next_of_quoted(struct reader *reader, struct flow_row *row)
{
    struct flow_row last = *row;
    last.block = quoted_blocks(reader, row->comment, row->block).end - 1;
    bool more = next_of_block(reader, &last);
    if (more)
        *row = last;
    return more;
}

bool flow_next(struct reader *reader, struct flow_row *row)
{
    struct blocks blocks;
    switch (row->kind) {
    case ROW_TITLE:
    case ROW_BYLINE:
        return step_in_block(reader, row, true) || next_of_head(reader, row);
    case ROW_TEXT:
        return step_in_block(reader, row, true) || next_of_block(reader, row);
    case ROW_QUOTED:
        return next_of_quoted(reader, row);
    case ROW_BLANK:
        return next_of_blank(reader, row);
    case ROW_HEAD:
        blocks = item_blocks(reader, row->comment);
        if (blocks.first == blocks.end)
            return next_item(reader, row);
        *row = first_row(reader, row->comment, blocks.first);
        return true;
    }
    return false;
}

/* Before the first row of an item's first block. */
static bool before_blocks(struct reader *reader, struct flow_row *row)
{
    uint32_t head[2], count = heads(reader, head);
    if (row->comment != DOCUMENT_NONE)
        *row = head_row(reader, row->comment);
    else if (count)
        *row = blank_row(DOCUMENT_NONE, flow_extent(reader, head[count - 1]).end);
    else
        return false;
    return true;
}

static bool previous_of_block(struct reader *reader, struct flow_row *row)
{
    struct blocks blocks = item_blocks(reader, row->comment);
    if (row->block == blocks.first)
        return before_blocks(reader, row);
    if (is_tight(reader, row->block - 1))
        *row = last_row(reader, row->comment, row->block - 1);
    else
        *row = blank_row(row->comment, flow_block(reader, row->block - 1)->end);
    return true;
}

static bool previous_of_blank(struct reader *reader, struct flow_row *row)
{
    uint32_t head[2], count = heads(reader, head);
    bool in_head = row->comment == DOCUMENT_NONE && count &&
                   row->start == flow_extent(reader, head[count - 1]).end;
    uint32_t block = in_head ? head[count - 1] : document_block_at(reader->document, row->start);
    *row = last_row(reader, row->comment, block);
    return true;
}

static bool previous_item(struct reader *reader, struct flow_row *row)
{
    uint32_t previous = view_previous(reader, row->comment);
    if (previous == DOCUMENT_NONE)
        return false;
    struct blocks blocks = item_blocks(reader, previous);
    *row = blocks.first < blocks.end ? blank_row(previous, flow_block(reader, blocks.end - 1)->end)
                                     : head_row(reader, previous);
    return true;
}

bool flow_previous(struct reader *reader, struct flow_row *row)
{
    switch (row->kind) {
    case ROW_TITLE:
        return step_in_block(reader, row, false);
    case ROW_BYLINE:
        if (step_in_block(reader, row, false))
            return true;
        if (range_is_empty(document_title(reader->document)))
            return false;
        *row = last_row(reader, DOCUMENT_NONE, FLOW_TITLE);
        return true;
    case ROW_TEXT:
        return step_in_block(reader, row, false) || previous_of_block(reader, row);
    case ROW_QUOTED:
        return previous_of_block(reader, row);
    case ROW_BLANK:
        return previous_of_blank(reader, row);
    case ROW_HEAD:
        return previous_item(reader, row);
    }
    return false;
}

int flow_walk(struct reader *reader, struct flow_row *row, int steps)
{
    bool (*step)(struct reader *, struct flow_row *) = steps < 0 ? flow_previous : flow_next;
    int most = steps < 0 ? -steps : steps, made = 0;
    while (made < most && step(reader, row))
        made++;
    return made;
}

bool flow_is_before(const struct reader *reader, const struct flow_row *row,
                    const struct flow_row *other)
{
    if (row->comment == other->comment)
        return row->start < other->start;
    return view_is_before(reader, row->comment, other->comment);
}
