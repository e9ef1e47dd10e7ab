/*
 * Rows of pieces, remembered. A screen shows some dozens of pieces, and nearly every key shows
 * mostly the same ones again; the least recently used slot makes room, and its memory is used
 * again.
 */
#include "hearsay/layout.h"

#include "rows.h"

#include <assert.h>
#include <stdlib.h>

#define SLOTS        256u
#define BUCKETS      512u
#define NO_SLOT      UINT16_MAX
#define ROWS_TO_KEEP 1024u /* a slot with more gives them back when it is used again */

struct key {
    uint32_t block, start, end; /* start and end of the block too: ranges have no number */
    uint32_t piece, columns;
};

struct slot {
    struct key key;
    struct range piece;
    struct row_list rows;
    uint16_t chain;        /* the next one of the same bucket */
    uint16_t newer, older; /* by use; the ring of all slots */
};

struct layout {
    struct text_style style;
    struct slot slots[SLOTS];
    uint16_t buckets[BUCKETS];
    bool marks;
    struct layout_marks scratch; /* of the piece being set */
    uint16_t newest, used;       /* slots [used, SLOTS) were never used */
    char flags[PIECE_LONGEST];
};

static uint32_t key_bucket(const struct key *key)
{
    uint64_t hash = ((uint64_t)key->start << 32 | key->piece) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ key->columns) * 0xD1B54A32D192ED03u;
    return (uint32_t)(hash >> 55) % BUCKETS;
}

static bool key_equal(const struct key *a, const struct key *b)
{
    return a->block == b->block && a->start == b->start && a->end == b->end &&
           a->piece == b->piece && a->columns == b->columns;
}

void layout_reset(struct layout *layout, const struct text_style *style)
{
    layout->style = *style;
    layout->used = 0;
    layout->newest = NO_SLOT;
    for (size_t i = 0; i < BUCKETS; i++)
        layout->buckets[i] = NO_SLOT;
}

struct layout *layout_new(const struct text_style *style)
{
    struct layout *layout = xcalloc(1, sizeof *layout);
    layout_reset(layout, style);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        vector_release(&layout->slots[i].rows);
    vector_release(&layout->scratch);
    free(layout);
}

const struct text_style *layout_style(const struct layout *layout)
{
    return &layout->style;
}

void layout_show_marks(struct layout *layout, bool shown)
{
    const struct text_style style = layout->style;
    layout->marks = shown;
    layout_reset(layout, &style);
}

bool layout_shows_marks(const struct layout *layout)
{
    return layout->marks;
}

/* ---- the ring of slots by use, and the buckets -------------------------------------- */

static void ring_take_out(struct layout *layout, uint16_t index)
{
    struct slot *slot = &layout->slots[index];
    if (layout->newest == index)
        layout->newest = slot->older == index ? NO_SLOT : slot->older;
    layout->slots[slot->newer].older = slot->older;
    layout->slots[slot->older].newer = slot->newer;
}

static void ring_put_first(struct layout *layout, uint16_t index)
{
    struct slot *slot = &layout->slots[index];
    if (layout->newest == NO_SLOT) {
        slot->newer = slot->older = index;
    } else {
        uint16_t newest = layout->newest, oldest = layout->slots[newest].newer;
        slot->older = newest;
        slot->newer = oldest;
        layout->slots[newest].newer = index;
        layout->slots[oldest].older = index;
    }
    layout->newest = index;
}

static void bucket_take_out(struct layout *layout, uint16_t index)
{
    uint16_t *link = &layout->buckets[key_bucket(&layout->slots[index].key)];
    while (*link != index)
        link = &layout->slots[*link].chain;
    *link = layout->slots[index].chain;
}

static uint16_t slot_find(const struct layout *layout, const struct key *key)
{
    uint16_t index = layout->buckets[key_bucket(key)];
    while (index != NO_SLOT && !key_equal(&layout->slots[index].key, key))
        index = layout->slots[index].chain;
    return index;
}

/* A slot for `key`, its rows empty. */
static uint16_t slot_make(struct layout *layout, const struct key *key)
{
    uint16_t index;
    if (layout->used < SLOTS) {
        index = layout->used++;
    } else {
        index = layout->slots[layout->newest].newer;
        ring_take_out(layout, index);
        bucket_take_out(layout, index);
    }
    struct slot *slot = &layout->slots[index];
    if (slot->rows.capacity > ROWS_TO_KEEP)
        vector_release(&slot->rows);
    vector_clear(&slot->rows);
    slot->key = *key;
    uint16_t *bucket = &layout->buckets[key_bucket(key)];
    slot->chain = *bucket;
    *bucket = index;
    return index;
}

/* ---- rows --------------------------------------------------------------------------- */

uint32_t layout_marker_columns(const struct block *block)
{
    if (block->kind != BLOCK_LIST_ITEM)
        return 0;
    uint32_t columns = 2;
    if (block->number > 0)
        for (unsigned rest = block->number; rest > 0; rest /= 10)
            columns++;
    return columns;
}

uint32_t layout_indent(const struct block *block, uint32_t columns)
{
    uint32_t indent = 0;
    if (block->kind == BLOCK_QUOTE)
        indent = 2u * block->level;
    else if (block->kind == BLOCK_LIST_ITEM)
        indent = (block->level > 0 ? 2u * block->level - 2u : 0) + layout_marker_columns(block);
    else if (block->kind == BLOCK_CODE)
        indent = 2;
    return indent < columns / 2 ? indent : columns / 2;
}

static void slot_fill(struct layout *layout, struct slot *slot, const struct document *document,
                      const struct block *block)
{
    uint32_t columns = slot->key.columns, indent = layout_indent(block, columns);
    struct wrapping wrapping = {
        .text = document_text(document, NULL),
        .piece = slot->piece,
        .style = &layout->style,
        .columns = columns - indent,
        .indent = (uint16_t)indent,
        .unwrapped = block->kind == BLOCK_CODE || block->kind == BLOCK_TABLE,
        .marks = &layout->scratch,
    };
    vector_clear(&layout->scratch);
    if (slot->key.block != DOCUMENT_NONE)
        layout_marks(layout, document, slot->key.block, slot->piece, &layout->scratch);
    rows_wrap(&slot->rows, &wrapping, layout->flags);
    slot->rows.items[0].first = slot->piece.start == block->start;
}

/* The slot that holds `place`, if it is remembered: found without looking at the text. */
static uint16_t slot_of_place(const struct layout *layout, struct key key, uint32_t place)
{
    key.piece = (place - key.start) / PIECE_STEP;
    uint16_t index = slot_find(layout, &key);
    if (index != NO_SLOT && place >= layout->slots[index].piece.start)
        return index;
    if (key.piece == 0)
        return NO_SLOT;
    key.piece--;
    index = slot_find(layout, &key);
    return index != NO_SLOT && place < layout->slots[index].piece.end ? index : NO_SLOT;
}

static uint16_t slot_set(struct layout *layout, struct key key, const struct document *document,
                         const struct block *block, uint32_t place)
{
    struct piece piece = piece_at(document_text(document, NULL), block, place);
    key.piece = piece.index;
    uint16_t index = slot_make(layout, &key);
    layout->slots[index].piece = piece.range;
    slot_fill(layout, &layout->slots[index], document, block);
    return index;
}

static struct layout_rows rows_of(struct layout *layout, const struct document *document,
                                  const struct block *block, struct key key, uint32_t place)
{
    if (place >= block->end)
        place = block->end > block->start ? block->end - 1 : block->start;
    if (place < block->start)
        place = block->start;
    key.start = block->start;
    key.end = block->end;
    key.columns = key.columns > 0 ? key.columns : 1;
    uint16_t index = slot_of_place(layout, key, place);
    if (index == NO_SLOT)
        index = slot_set(layout, key, document, block, place);
    else
        ring_take_out(layout, index);
    ring_put_first(layout, index);
    const struct slot *slot = &layout->slots[index];
    return (struct layout_rows){.items = slot->rows.items,
                                .count = (uint32_t)slot->rows.count,
                                .start = slot->piece.start,
                                .end = slot->piece.end};
}

struct layout_rows layout_block(struct layout *layout, const struct document *document,
                                uint32_t block, uint32_t place, uint32_t columns)
{
    uint32_t count;
    const struct block *blocks = document_blocks(document, &count);
    assert(block < count);
    return rows_of(layout, document, &blocks[block],
                   (struct key){.block = block, .columns = columns}, place);
}

struct layout_rows layout_range(struct layout *layout, const struct document *document,
                                struct range range, uint32_t columns)
{
    struct block block = {.start = range.start, .end = range.end, .kind = BLOCK_HEADING};
    return rows_of(layout, document, &block,
                   (struct key){.block = DOCUMENT_NONE, .columns = columns}, range.start);
}

uint32_t layout_row_at(const struct layout_rows *rows, uint32_t place)
{
    uint32_t low = 0, high = rows->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (rows->items[middle].start <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}
