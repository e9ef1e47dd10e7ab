/*
 * paragraphs: runs of lines -> blocks.
 *
 * Lines that were wrapped at a width are joined again; breaks that were meant (poems, addresses,
 * the two blanks of Markdown) stay. How to tell: a line is full if the first word of the next one
 * would not have fitted. Converters keep one right margin for the whole text, so the margin is
 * found once.
 *
 *      base       text                                  paragraph
 *      base - n   short, alone, in a text set in        heading
 *      base + n   after a bullet or a number            list item, its continuation hangs
 *      base + n   prose                                 quote
 *      base + n   signs, columns                        code, kept as it is
 *      >          anything                              quote, as deep as there are marks
 */
#include <string.h>

#include "text.h"

enum { NARROWEST = 48, WIDEST = 110, CODE_INDENT = 2, LEVELS = 8 };

struct builder_state {
    const struct lines *lines;
    struct passage passage;
    struct builder *builder;
    uint32_t base;         /* column of the running text */
    uint32_t list[LEVELS]; /* columns of the open lists' markers */
    uint32_t depth;        /* how many are open */
};

static uint32_t line_width(const struct lines *lines, uint32_t at)
{
    const struct line *line = &lines->items[at];
    uint32_t bytes = line->end - line->start;
    if (bytes > 4 * WIDEST) {
        return bytes;
    }
    return line_column(line) + (uint32_t)utf8_count(lines->text + line->start, bytes);
}

uint32_t paragraphs_width(const struct lines *lines)
{
    uint32_t seen[WIDEST + 1] = {0}, wide = 0, inside = 0, width = 0;
    for (uint32_t at = 0; at + 1 < lines->count; at++) {
        if (line_is_blank(&lines->items[at])) {
            continue;
        }
        uint32_t here = line_width(lines, at);
        wide += here > WIDEST;
        if (here >= NARROWEST && here <= WIDEST && !line_is_blank(&lines->items[at + 1])) {
            seen[here]++;
            inside++;
        }
    }
    if (wide * 2 > inside) {
        return 0;
    }
    for (uint32_t i = NARROWEST; i <= WIDEST; i++) {
        width = seen[i] * 200 > inside ? i : width; /* the widest that is no accident */
    }
    return width;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static struct span text_of(const struct builder_state *state, uint32_t at)
{
    return line_span(state->lines, at);
}

static const struct line *line_of(const struct builder_state *state, uint32_t at)
{
    return &state->lines->items[at];
}

static bool is_left_out(const struct builder_state *state, uint32_t at)
{
    const struct line *line = line_of(state, at);
    return (line->flags & LINE_DROP) ||
           (state->passage.comment && !state->passage.mail && !line_is_blank(line) &&
            words_are_navigation(text_of(state, at)));
}

/* Where there is no more of the paragraph: blank, left out, or the end. */
static bool is_stop(const struct builder_state *state, uint32_t at)
{
    return at >= state->passage.end || line_is_blank(line_of(state, at)) ||
           is_left_out(state, at) || (state->passage.mail && span_is(text_of(state, at), "--"));
}

static bool is_full(const struct builder_state *state, uint32_t at)
{
    uint32_t wrap = state->passage.wrap;
    if (wrap == 0) {
        return false;
    }
    struct span next = text_of(state, at + 1);
    uint32_t word = 0;
    for (const char *byte = next.start; byte < next.end && *byte != ' '; byte++) {
        word += ((unsigned char)*byte & 0xC0) != 0x80;
    }
    return line_width(state->lines, at) + 1 + word > wrap - (wrap > 66 ? 3 : 1);
}

static void add_span(const struct builder_state *state, struct span span)
{
    builder_text(state->builder, span.start, span_length(span));
}

/* Adds line `at`, without the backslash of "27\. Juni". */
static void add_line(const struct builder_state *state, struct span span)
{
    const char *at = span.start;
    while (at < span.end && *at >= '0' && *at <= '9') {
        at++;
    }
    if (at > span.start && at + 1 < span.end && at[0] == '\\' && at[1] == '.') {
        add_span(state, (struct span){span.start, at});
        span.start = at + 1;
    }
    add_span(state, span);
}

/* Adds the lines [first, end) as one text; the first begins at `start`. */
static void add_lines(const struct builder_state *state, uint32_t first, uint32_t end,
                      const char *start)
{
    for (uint32_t at = first; at < end; at++) {
        struct span span = text_of(state, at);
        add_line(state, at == first ? (struct span){start, span.end} : span);
        if (at + 1 < end) {
            bool hard = line_of(state, at)->flags & LINE_HARD;
            builder_text(state->builder, !hard && is_full(state, at) ? " " : "\n", 1);
        }
    }
}

/* ---- what is it? ----------------------------------------------------------------------------- */

static bool is_rule(struct span span)
{
    if (span_length(span) < 3 || !strchr("-_=*~", *span.start)) {
        return false;
    }
    for (const char *at = span.start; at < span.end; at++) {
        if (*at != *span.start && *at != ' ') {
            return false;
        }
    }
    return true;
}

static unsigned heading_level(struct span span)
{
    unsigned level = 0;
    while (span.start + level < span.end && span.start[level] == '#') {
        level++;
    }
    return level >= 1 && level <= 6 && span.start + level < span.end && span.start[level] == ' '
               ? level
               : 0;
}

/* Moves past a list marker; `*number` is 0 for a bullet. */
static bool cut_bullet(struct span *span, uint32_t *number)
{
    static const char *const bullets[] = {
        "* ",           "- ", "+ ", "\xE2\x80\xA2 ", "\xC2\xB7 ", "\xE2\x97\xA6 ", "\xE2\x96\xAA ",
        "\xE2\x80\x93 "};
    *number = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(bullets); i++) {
        size_t size = strlen(bullets[i]);
        if (span_length(*span) > size && !memcmp(span->start, bullets[i], size)) {
            span->start += size;
            return true;
        }
    }
    const char *at = span->start;
    while (at < span->end && *at >= '0' && *at <= '9' && at - span->start < 4) {
        *number = *number * 10 + (uint32_t)(*at++ - '0');
    }
    if (at == span->start || span->end - at < 3 || (at[0] != '.' && at[0] != ')') || at[1] != ' ') {
        return false;
    }
    span->start = at + 2;
    return true;
}

/* Lynx gives deeper bullets other signs; they count only where something is indented. */
static bool is_item(const struct builder_state *state, uint32_t at, struct span *rest,
                    uint32_t *number)
{
    *rest = text_of(state, at);
    if (line_of(state, at)->quote) {
        return false;
    }
    if (cut_bullet(rest, number)) {
        *rest = span_trim(*rest, " \t");
        return rest->start < rest->end;
    }
    if (line_of(state, at)->indent >= state->base + 2 && span_length(*rest) > 2 &&
        strchr("o#@=", *rest->start) && rest->start[1] == ' ') {
        *rest = span_trim((struct span){rest->start + 2, rest->end}, " ");
        return true;
    }
    return false;
}

/* Signs of programs, or columns made with blanks. */
static bool looks_like_code(const struct builder_state *state, uint32_t first, uint32_t end)
{
    uint32_t signs = 0, letters = 0, gaps = 0;
    for (uint32_t at = first; at < end; at++) {
        struct span span = text_of(state, at);
        for (const char *byte = span.start; byte < span.end; byte++) {
            signs += *byte && strchr("{}[]<>=;$|\\_/+*&#@", *byte) != NULL;
            letters += *byte != ' ';
            gaps += byte > span.start + 2 && byte[0] == ' ' && byte[-1] == ' ' && byte[-2] != '.' &&
                    byte[-2] != '!' && byte[-2] != '?' && byte[-2] != ' ';
        }
    }
    return signs * 12 > letters || gaps * 2 > end - first;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static void add_code(const struct builder_state *state, uint32_t first, uint32_t end)
{
    static const char blanks[] = "                                ";
    uint32_t least = UINT32_MAX;
    for (uint32_t at = first; at < end; at++) {
        uint32_t column = line_column(line_of(state, at));
        least = column < least ? column : least;
    }
    builder_block(state->builder, BLOCK_CODE, 0, 0);
    for (uint32_t at = first; at < end; at++) {
        uint32_t column = line_column(line_of(state, at)) - least;
        builder_text(state->builder, blanks, column < 32 ? column : 32);
        add_span(state, text_of(state, at));
        if (at + 1 < end) {
            builder_text(state->builder, "\n", 1);
        }
    }
}

static uint32_t build_quote(const struct builder_state *state, uint32_t at)
{
    uint32_t end = at + 1, level = line_of(state, at)->quote;
    while (!is_stop(state, end) && line_of(state, end)->quote == level) {
        end++;
    }
    builder_block(state->builder, BLOCK_QUOTE, level < 20 ? level : 20, 0);
    add_lines(state, at, end, text_of(state, at).start);
    return end;
}

static uint32_t list_level(struct builder_state *state, uint32_t column)
{
    while (state->depth > 0 && state->list[state->depth - 1] > column + 1) {
        state->depth--;
    }
    if (state->depth == 0 || state->list[state->depth - 1] + 1 < column) {
        state->depth += state->depth < LEVELS;
        state->list[state->depth - 1] = column;
    }
    return state->depth;
}

static uint32_t build_item(struct builder_state *state, uint32_t at, struct span rest,
                           uint32_t number)
{
    uint32_t column = line_column(line_of(state, at)), end = at + 1, other = 0;
    struct span next;
    while (!is_stop(state, end) && !is_item(state, end, &next, &other) &&
           line_of(state, end)->quote == 0 &&
           (line_column(line_of(state, end)) > column || is_full(state, end - 1))) {
        end++;
    }
    builder_block(state->builder, BLOCK_LIST_ITEM, list_level(state, column),
                  number < UINT16_MAX ? number : 0);
    add_lines(state, at, end, rest.start);
    return end;
}

static void build_prose(struct builder_state *state, uint32_t at, uint32_t end)
{
    uint32_t column = line_column(line_of(state, at));
    uint32_t deepest = column;
    for (uint32_t i = at + 1; i < end; i++) {
        uint32_t other = line_column(line_of(state, i));
        deepest = other < deepest ? other : deepest;
    }
    bool indented = deepest >= state->base + CODE_INDENT;
    bool under_list = state->depth > 0 && indented;
    if (indented && !under_list && looks_like_code(state, at, end)) {
        add_code(state, at, end);
        return;
    }
    bool heading = !state->passage.comment && column < state->base && end == at + 1 &&
                   span_words(text_of(state, at)) <= 14;
    state->depth = indented ? state->depth : 0;
    builder_block(state->builder,
                  heading ? BLOCK_HEADING
                          : (indented && !under_list ? BLOCK_QUOTE : BLOCK_PARAGRAPH),
                  heading ? 2 : indented && !under_list, 0);
    add_lines(state, at, end, text_of(state, at).start);
}

/* Prose goes on until something else begins. */
static uint32_t prose_end(const struct builder_state *state, uint32_t at)
{
    uint32_t number = 0, end = at + 1, column = line_column(line_of(state, at));
    struct span rest;
    while (!is_stop(state, end) && line_of(state, end)->quote == 0 &&
           !is_rule(text_of(state, end)) &&
           !(is_item(state, end, &rest, &number) && (number <= 1 || !is_full(state, end - 1)))) {
        uint32_t here = line_column(line_of(state, end));
        if (end > at + 1 && (here > column + 1 || column > here + 1) && !is_full(state, end - 1)) {
            break;
        }
        column = here;
        end++;
    }
    return end;
}

/* "a | b" over "---|---": the converter's tables. */
static bool is_table(const struct builder_state *state, uint32_t at)
{
    if (is_stop(state, at + 1)) {
        return false;
    }
    struct span below = text_of(state, at + 1);
    return span_length(below) >= 3 && memchr(below.start, '|', span_length(below)) &&
           span_trim(below, "-|: ").start == span_trim(below, "-|: ").end;
}

static uint32_t build_table(const struct builder_state *state, uint32_t at)
{
    uint32_t end = at;
    while (!is_stop(state, end)) {
        end++;
    }
    add_code(state, at, end);
    return end;
}

static uint32_t build_block(struct builder_state *state, uint32_t at)
{
    struct span span = text_of(state, at), rest;
    uint32_t number = 0;
    unsigned level = heading_level(span);
    if (line_of(state, at)->quote > 0) {
        return build_quote(state, at);
    }
    if (is_rule(span)) {
        builder_block(state->builder, BLOCK_RULE, 0, 0);
        builder_text(state->builder, "* * *", 5);
        return at + 1;
    }
    if (level && !state->passage.comment) {
        builder_block(state->builder, BLOCK_HEADING, level, 0);
        add_span(state, span_trim((struct span){span.start + level, span.end}, " #"));
        return at + 1;
    }
    if (is_table(state, at)) {
        return build_table(state, at);
    }
    if (is_item(state, at, &rest, &number)) {
        return build_item(state, at, rest, number);
    }
    uint32_t end = prose_end(state, at);
    build_prose(state, at, end);
    return end;
}

/* The column of the running text: the article's usual one, a comment's least. */
static uint32_t find_base(const struct builder_state *state)
{
    uint32_t seen[16] = {0}, least = UINT32_MAX, usual = 0;
    for (uint32_t at = state->passage.first; at < state->passage.end; at++) {
        const struct line *line = line_of(state, at);
        if (line_is_blank(line) || line->quote || is_left_out(state, at)) {
            continue;
        }
        least = line->indent < least ? line->indent : least;
        seen[line->indent < 15 ? line->indent : 15]++;
    }
    for (uint32_t i = 1; i < 15; i++) {
        usual = seen[i] > seen[usual] ? i : usual;
    }
    least = least == UINT32_MAX ? 0 : least;
    return state->passage.comment || usual < least ? least : usual;
}

/* All that is left, its lines as they are. */
static void build_signature(const struct builder_state *state, uint32_t at)
{
    builder_block(state->builder, BLOCK_SIGNATURE, 0, 0);
    for (; at < state->passage.end; at++) {
        add_span(state, text_of(state, at));
        builder_text(state->builder, "\n", 1);
    }
}

void paragraphs_build(const struct lines *lines, struct passage passage, struct builder *builder)
{
    struct builder_state state = {.lines = lines, .passage = passage, .builder = builder};
    state.base = find_base(&state);
    for (uint32_t at = passage.first; at < passage.end;) {
        if (passage.mail && span_is(line_span(lines, at), "--")) {
            build_signature(&state, at + 1);
            return;
        }
        at = is_stop(&state, at) ? at + 1 : build_block(&state, at);
    }
}
