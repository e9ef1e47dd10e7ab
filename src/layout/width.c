/*
 * The one width function.
 *
 * A terminal counts code points: each is no, one or two columns wide, and what has no width goes
 * into the column before it. Readers see grapheme clusters. The two disagree about flags, Indic
 * vowel signs and emoji, so there are two units here:
 *
 *      cluster    क ी              👩 ZWJ 🚀            e U+0301         U+0301 at the start
 *      cells     |क|ी|            |👩|🚀|              |é|              |◌́|
 *      columns    1 1              2  2                1                1
 *
 * Rows never end within a cluster; the screen is filled cell by cell. What is measured is always
 * what is drawn: text_cluster() is text_cell() without the code points.
 *
 * Widths are libunistring's (Unicode 14), not the C library's, with these changes: everything
 * without a glyph is 0 (U+00AD too: the row shows a hyphen where it broke); U+2028, U+2029 and
 * noncharacters are 0, and five marks that it takes for letters; wide characters newer than the
 * library are 2; Ambiguous is by setting. The hexagrams and their like, two columns since Unicode
 * 16, stay 1 as terminals have them. Unassigned code points are what their block will make of them,
 * 1 or 2.
 *
 * "Safe" emoji: joiners, variation selectors and skin tones are left out of the drawing, so every
 * emoji of a sequence stands for itself. "Cluster": a sequence that fits one cell is one cell, its
 * selectors left out (they change nothing for a wide base, and for a narrow one curses could not
 * follow); of one that does not fit, the first emoji stands alone and the rest is tried again.
 */
#include "hearsay/layout.h"

#include "clusters.h"
#include "width_data.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uniwidth.h>

#define DOTTED_CIRCLE 0x25CCu
#define JOINER        0x200Du

/* Bytes: five code points of a sequence with a selector after each. Looking no further keeps
 * sequences without an end from costing their square. */
#define JOINED_LONGEST 36u

static bool in_spans(const struct span *spans, size_t count, uint32_t code_point)
{
    size_t low = 0, all = count;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (spans[middle].last < code_point)
            low = middle + 1;
        else
            count = middle;
    }
    return low < all && spans[low].first <= code_point;
}

/* Marks that became so late (Kannada, Zanabazar, Marchen). */
static bool is_missed_mark(uint32_t code_point)
{
    return code_point == 0xCBF || code_point == 0xCC6 || code_point == 0x11A07 ||
           code_point == 0x11A08 || code_point == 0x11C3F;
}

static bool is_noncharacter(uint32_t code_point)
{
    return (code_point & 0xFFFE) == 0xFFFE || (code_point >= 0xFDD0 && code_point <= 0xFDEF) ||
           code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF);
}

int text_width_code_point(uint32_t code_point)
{
    int plain = cluster_plain_width(code_point);
    if (plain > 0)
        return plain;
    if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0xAD)
        return 0;
    if (code_point == 0x2028 || code_point == 0x2029 || is_noncharacter(code_point) ||
        is_missed_mark(code_point))
        return 0;
    int width = uc_width(code_point, "UTF-8");
    if (width == 1 && code_point >= newer_wide[0].first &&
        in_spans(newer_wide, ARRAY_LENGTH(newer_wide), code_point))
        return 2;
    return width < 0 ? 0 : width;
}

int text_width_in_style(uint32_t code_point, const struct text_style *style)
{
    int width = text_width_code_point(code_point);
    if (width == 1 && style->ambiguous_wide && code_point >= ambiguous[0].first &&
        in_spans(ambiguous, ARRAY_LENGTH(ambiguous), code_point))
        return 2;
    return width;
}

/* ---- cells -------------------------------------------------------------------------- */

static bool is_selector(uint32_t code_point)
{
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF) ||
           (code_point >= 0x180B && code_point <= 0x180F);
}

static bool is_skin_tone(uint32_t code_point)
{
    return code_point >= 0x1F3FB && code_point <= 0x1F3FF;
}

/* Whether something without a width of its own has a glyph: marks and the later jamo do. */
static bool is_drawn_mark(uint32_t code_point)
{
    if (code_point < 0x300 || is_selector(code_point) || is_noncharacter(code_point))
        return false;
    return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_L);
}

static void cell_add(struct text_cell *cell, uint32_t code_point)
{
    if (cell->count < TEXT_CELL_MAX)
        cell->code_points[cell->count++] = code_point;
}

static void cell_give_base(struct text_cell *cell)
{
    unsigned kept = cell->count < TEXT_CELL_MAX ? cell->count : TEXT_CELL_MAX - 1;
    memmove(cell->code_points + 1, cell->code_points, kept * sizeof cell->code_points[0]);
    cell->code_points[0] = DOTTED_CIRCLE;
    cell->count = (uint8_t)(kept + 1);
    cell->columns = 1;
}

/*
 * A sequence of emoji that the terminal joins: fills `cell` and returns its bytes, or 0 where this
 * is none, where its base is narrow, or where it has more code points than a cell.
 */
static size_t joined_emoji(const char *text, size_t length, struct text_cell *cell)
{
    uint32_t code_point;
    size_t at = utf8_decode(text, length, &code_point);
    if (text_width_code_point(code_point) != 2 || !uc_is_property_extended_pictographic(code_point))
        return 0;
    bool more = length > JOINED_LONGEST;
    size_t end = cluster_length(text, more ? JOINED_LONGEST : length);
    if (more && end == JOINED_LONGEST)
        return 0;
    bool joined = false;
    *cell = (struct text_cell){.code_points = {code_point}, .count = 1, .columns = 2};
    while (at < end) {
        at += utf8_decode(text + at, end - at, &code_point);
        if (is_selector(code_point))
            continue;
        if (cell->count == TEXT_CELL_MAX)
            return 0;
        joined |= code_point == JOINER || is_skin_tone(code_point);
        cell_add(cell, code_point);
    }
    while (cell->code_points[cell->count - 1] == JOINER)
        cell->count--;
    return joined ? end : 0;
}

/* The state while a cell is gathered: what came last, and whether it has its base. */
struct gathering {
    const struct text_style *style;
    struct text_cell *cell;
    uint32_t base, last;
};

/* Takes `code_point` into the cell, or says no: it belongs to the next one. */
static bool cell_takes(struct gathering *state, uint32_t code_point)
{
    struct text_cell *cell = state->cell;
    int width = text_width_in_style(code_point, state->style);
    if (state->last != 0 && uc_is_grapheme_break(state->last, code_point))
        return false;
    if (is_skin_tone(code_point) && state->base != 0 &&
        uc_is_property_extended_pictographic(state->base))
        width = 0;
    if (width > 0 && state->base != 0)
        return false;
    if (width > 0) {
        state->base = code_point;
        cell->columns = (uint8_t)width;
        cell_add(cell, code_point);
    } else if (is_drawn_mark(code_point)) {
        cell_add(cell, code_point);
    }
    return true;
}

size_t text_cell(const char *text, size_t length, const struct text_style *style,
                 struct text_cell *cell)
{
    if (style->emoji_cluster && (unsigned char)text[0] >= 0xE2) {
        size_t joined = joined_emoji(text, length, cell);
        if (joined > 0)
            return joined;
    }
    struct gathering state = {.style = style, .cell = cell};
    size_t at = 0;
    cell->count = cell->columns = 0;
    while (at < length) {
        uint32_t code_point;
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (at > 0 && state.base != 0 && code_point < 0x80)
            break; /* nothing in ASCII adds to a cell */
        if (at > 0 && state.last == 0)
            break;
        if (!cell_takes(&state, code_point))
            break;
        state.last = code_point;
        at += size;
    }
    if (state.base == 0 && cell->count > 0)
        cell_give_base(cell);
    return at;
}

size_t text_cluster(const char *text, size_t length, const struct text_style *style,
                    unsigned *columns)
{
    size_t quick = cluster_quick(text, length, style, columns);
    if (quick > 0)
        return quick;
    struct text_cell cell;
    size_t size = text_cell(text, length, style, &cell);
    *columns = cell.columns;
    return size;
}

size_t text_grapheme(const char *text, size_t length, const struct text_style *style,
                     unsigned *columns)
{
    size_t quick = cluster_quick(text, length, style, columns);
    if (quick > 0)
        return quick;
    size_t size = cluster_length(text, length);
    *columns = text_columns(text, size, style);
    return size;
}

uint32_t text_columns(const char *text, size_t length, const struct text_style *style)
{
    uint32_t sum = 0;
    for (size_t at = 0; at < length;) {
        unsigned columns;
        at += text_cluster(text + at, length - at, style, &columns);
        sum += columns;
    }
    return sum;
}

size_t text_fit(const char *text, size_t length, uint32_t columns, const struct text_style *style,
                uint32_t *used)
{
    size_t at = 0;
    *used = 0;
    while (at < length) {
        unsigned wide;
        size_t size = text_grapheme(text + at, length - at, style, &wide);
        if (wide > columns - *used)
            break;
        *used += wide;
        at += size;
    }
    return at;
}

struct text_window text_window(const char *text, size_t length, uint32_t from, uint32_t columns,
                               const struct text_style *style)
{
    size_t at = 0;
    uint32_t passed = 0, used;
    while (at < length && passed < from) {
        unsigned wide;
        at += text_grapheme(text + at, length - at, style, &wide);
        passed += wide;
    }
    uint32_t blanks = passed > from ? passed - from : 0;
    if (blanks > columns)
        blanks = columns;
    size_t seen = text_fit(text + at, length - at, columns - blanks, style, &used);
    return (struct text_window){.start = at, .end = at + seen, .blanks = blanks};
}

struct text_style text_style_from(const struct config *config)
{
    return (struct text_style){.ambiguous_wide = config_int(config, SETTING_AMBIGUOUS_WIDTH) == 2,
                               .emoji_cluster =
                                   config_int(config, SETTING_EMOJI) == SETTING_EMOJI_CLUSTER};
}

bool text_signs_are_ascii(const struct config *config)
{
    return config_int(config, SETTING_RAILS) == SETTING_RAILS_ASCII ||
           text_style_from(config).ambiguous_wide;
}
