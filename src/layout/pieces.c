/*
 * Where long blocks are cut into pieces.
 *
 * A paragraph may have 100 MB. Rows of all of it would take seconds; rows of the part that is on
 * the screen must not depend on what comes before it. So the block falls into pieces that begin
 * near the multiples of PIECE_STEP, each wrapped by itself:
 *
 *      start       +8192        +16384
 *      |------------|->---------|-->-------- ...
 *                    ^ window     the cut is the best place of the window
 *
 * A cut looks at nothing but its window, so it is found from anywhere in constant time and is the
 * same for ever. A row ends early there: hence the search for a line's or a sentence's end. Where a
 * whole window has not even the end of a cluster, a cluster is cut.
 */
#include "rows.h"

#include "clusters.h"

#include <string.h>
#include <unigbrk.h>

#define WINDOW      2048u
#define CODE_WINDOW 8000u /* a line of code cut in two is ugly: look further for its end */

enum quality { CUT_ANYWHERE, CUT_CLUSTER, CUT_PLAIN, CUT_CLAUSE, CUT_BLANK, CUT_SENTENCE, CUTS };

/* How good a cut before `next` is; the two code points before it are `before` and `earlier`. */
static enum quality cut_quality(uint32_t earlier, uint32_t before, uint32_t next)
{
    if (next == ' ' || next == '\n' || before == '\n')
        return CUT_ANYWHERE;
    if (cluster_plain_width(next) == 0 || cluster_plain_width(before) == 0) {
        bool apart = uc_is_grapheme_break(before, next) && before != 0x200D &&
                     !(before >= 0x1F1E6 && before <= 0x1F1FF);
        return apart ? CUT_CLUSTER : CUT_ANYWHERE;
    }
    if (before == ' ')
        return earlier == '.' || earlier == '!' || earlier == '?' ? CUT_SENTENCE : CUT_BLANK;
    if (next < 0x3040 || next >= 0xFF00)
        return CUT_PLAIN;
    if (before == 0x3002 || before == 0xFF01 || before == 0xFF1F)
        return CUT_SENTENCE;
    return before == 0x3001 || before == 0xFF0C ? CUT_CLAUSE : CUT_PLAIN;
}

static uint32_t best_cut(const char *text, uint32_t from, uint32_t window)
{
    uint32_t best[CUTS] = {0}, earlier = 0, before = 0, at = from;
    while (at < from + window) {
        uint32_t next;
        size_t size = utf8_decode(text + at, from + window + UTF8_LONGEST - at, &next);
        if (at > from) {
            enum quality quality = cut_quality(earlier, before, next);
            if (best[quality] == 0)
                best[quality] = at;
            if (quality == CUT_SENTENCE)
                break;
        }
        earlier = before;
        before = next;
        at += (uint32_t)size;
    }
    for (int quality = CUT_SENTENCE; quality > 0; quality--)
        if (best[quality] > 0)
            return best[quality];
    return best[CUT_ANYWHERE] > 0 ? best[CUT_ANYWHERE] : from;
}

/* Where piece `index` begins; the block's end if there is none. */
static uint32_t piece_start(const char *text, const struct block *block, uint32_t index)
{
    bool lines = block->kind == BLOCK_CODE || block->kind == BLOCK_TABLE;
    uint32_t window = lines ? CODE_WINDOW : WINDOW;
    if (index == 0)
        return block->start;
    uint64_t offset = (uint64_t)index * PIECE_STEP;
    if (offset + window + UTF8_LONGEST >= block->end - block->start)
        return block->end;
    uint32_t from = block->start + (uint32_t)offset;
    while (((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    const char *feed = memchr(text + from, '\n', window - UTF8_LONGEST);
    return feed ? (uint32_t)(feed + 1 - text) : best_cut(text, from, window - UTF8_LONGEST);
}

struct piece piece_at(const char *text, const struct block *block, uint32_t place)
{
    uint32_t index = (place - block->start) / PIECE_STEP;
    uint32_t start = piece_start(text, block, index);
    if (place < start) {
        index--;
        return (struct piece){{piece_start(text, block, index), start}, index};
    }
    return (struct piece){{start, piece_start(text, block, index + 1)}, index};
}
