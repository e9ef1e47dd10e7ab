/*
 * The panes, drawn into a frame. Each row of article and thread is composed from the left: rail or
 * margin, mark, text in pieces of one style, and in a comment's head what stands at the right end.
 *
 *      ▌▾ Mara Lindqvist  3 May 2021 14:10  ↑14  new     head: focus, mark, author, time, score
 *      ▌│  Fair. The dredging figures ...                text: focus, rails, text
 *       │ ▸ salt  The annex is the interesting ...  +42  folded: first words, what is hidden
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Glyphs with letters and signs of ASCII beside them, by the setting. */
struct glyphs {
    const char *rail, *open, *closed, *focus, *up, *bullet, *bar, *dot;
    const char *context_open, *context_closed; /* of what is shown for what stands below it */
};

static const struct glyphs *glyphs(const struct reader *reader)
{
    static const struct glyphs unicode = {"│", "▾", "▸", "▌", "↳", "•", "▏", "·", "▿", "▹"};
    static const struct glyphs ascii = {"|", "-", "+", ">", "^", "*", "|", "-", ".", ":"};
    bool plain = config_int(reader->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
    return plain ? &ascii : &unicode;
}

/* The rest of a row that is being composed from the left. */
struct pen {
    struct reader *reader;
    struct frame *frame;
    int row, column, end; /* the next free column, and the first that is not the row's */
};

/* Puts text that stays where it is (the pool's), or a copy; moves on by the columns it takes. */
static void pen_text(struct pen *pen, enum style style, const char *text, size_t length, bool copy)
{
    int left = pen->end - pen->column;
    if (left <= 0 || length == 0)
        return;
    uint32_t used;
    size_t fits = text_fit(text, length, (uint32_t)left, layout_style(pen->reader->layout), &used);
    struct rect where = {pen->row, pen->column, 1, (int)used};
    if (copy)
        frame_print(pen->frame, where, style, text, fits);
    else
        frame_put(pen->frame, where, style, text, fits);
    pen->column += (int)used;
}

static void pen_print(struct pen *pen, enum style style, const char *text)
{
    pen_text(pen, style, text, strlen(text), true);
}

/* Text at the right end, if two columns stay free before it; the row ends before it then. */
static void pen_right(struct pen *pen, enum style style, const char *text)
{
    int columns = (int)text_columns(text, strlen(text), layout_style(pen->reader->layout));
    if (columns == 0 || pen->column + columns + 2 > pen->end)
        return;
    pen->end -= columns;
    struct pen right = *pen;
    right.column = pen->end;
    right.end = pen->end + columns;
    pen_print(&right, style, text);
    pen->end--;
}

/* ---- text ------------------------------------------------------------------------------------ */

/* A row that is not wrapped: it may be wider than the pane, and is shifted. */
static bool is_wide(const struct reader *reader, const struct flow_row *row)
{
    if (row->kind != ROW_TEXT)
        return false;
    uint8_t kind = document_blocks(reader->document, NULL)[row->block].kind;
    return kind == BLOCK_CODE || kind == BLOCK_TABLE;
}

/* The bytes of a row that can be seen. Where the left edge cuts a wide character, the pen moves on
 * by the half of it that is seen. */
static struct range seen_bytes(struct pen *pen, const struct flow_row *row)
{
    int left = pen->end - pen->column;
    uint32_t from = is_wide(pen->reader, row) ? (uint32_t)pen->reader->sideways : 0;
    struct text_window window =
        text_window(reader_text(pen->reader) + row->start, row->end - row->start, from,
                    left > 0 ? (uint32_t)left : 0, layout_style(pen->reader->layout));
    pen->column += (int)window.blanks;
    return (struct range){row->start + (uint32_t)window.start, row->start + (uint32_t)window.end};
}

/* Text in pieces of one style; pieces begin and end with grapheme clusters. */
static void pen_styled(struct pen *pen, const struct flow_row *row)
{
    struct reader *reader = pen->reader;
    struct range seen = seen_bytes(pen, row);
    struct flow_row part = *row;
    part.start = seen.start;
    part.end = seen.end;
    size_t length = seen.end - seen.start;
    if (length == 0)
        return;
    buffer_clear(&reader->scratch);
    while (reader->scratch.length < length)
        buffer_add(&reader->scratch, "\0\0\0\0\0\0\0\0", 8);
    uint8_t *styles = (uint8_t *)reader->scratch.data;
    paint_row(reader, &part, styles);
    const char *text = reader_text(reader) + seen.start;
    for (size_t at = 0; at < length;) {
        size_t end = at;
        unsigned columns;
        while (end < length && styles[end] == styles[at])
            end += text_grapheme(text + end, length - end, layout_style(reader->layout), &columns);
        pen_text(pen, (enum style)styles[at], text + at, end - at, false);
        at = end;
    }
}

/* What stands in a text row's indent: a list's bullet or number, the bars of a quotation. */
static void draw_marker(struct pen *pen, const struct flow_row *row)
{
    const struct block *block = &document_blocks(pen->reader->document, NULL)[row->block];
    struct pen mark = *pen;
    char text[16];
    if (block->kind == BLOCK_QUOTE) {
        for (int bar = 0; bar + 1 < row->indent; bar += 2) {
            mark.column = pen->column + bar;
            pen_print(&mark, STYLE_RAIL, glyphs(pen->reader)->bar);
        }
    } else if (block->kind == BLOCK_LIST_ITEM && row->first) {
        int columns = (int)layout_marker_columns(block);
        mark.column = pen->column + row->indent - columns;
        snprintf(text, sizeof text, "%u.", block->number);
        if (mark.column >= pen->column)
            pen_print(&mark, STYLE_RAIL, block->number ? text : glyphs(pen->reader)->bullet);
    }
}

static void draw_text(struct pen *pen, const struct flow_row *row)
{
    if (row->kind == ROW_TEXT)
        draw_marker(pen, row);
    pen->column += row->indent;
    pen_styled(pen, row);
    if (row->hyphen)
        pen_print(pen, STYLE_TEXT, "-");
}

/* ---- the article ----------------------------------------------------------------------------- */

/* How many comments repeat this paragraph, beside its first row. */
static void draw_margin(struct pen *pen, const struct flow_row *row, int left)
{
    const struct reader *reader = pen->reader;
    if (row->kind != ROW_TEXT || !row->first || left < 3)
        return;
    uint32_t count = group_members(&reader->repeated, row->block).count;
    char text[16];
    snprintf(text, sizeof text, "%2u", count < 99 ? count : 99);
    struct pen margin = *pen;
    margin.column += left - 3;
    if (count)
        pen_print(&margin, STYLE_COUNT, text);
}

static void draw_article_row(struct pen *pen, const struct flow_row *row)
{
    struct flow_columns columns = flow_columns(pen->reader, PANE_ARTICLE, DOCUMENT_NONE);
    draw_margin(pen, row, columns.left);
    pen->column += columns.left;
    if (pen->end > pen->column + columns.columns)
        pen->end = pen->column + columns.columns;
    if (row->kind != ROW_BLANK)
        draw_text(pen, row);
}

/* ---- the thread ------------------------------------------------------------------------------ */

static const char *state_word(enum comment_state state)
{
    static const char *const words[COMMENT_STATES] = {
        [COMMENT_NORMAL] = "",           [COMMENT_DELETED] = "deleted",
        [COMMENT_REMOVED] = "removed",   [COMMENT_DEAD] = "dead",
        [COMMENT_COLLAPSED] = "",        [COMMENT_PLACEHOLDER] = "not in this file",
        [COMMENT_STUB] = "more replies",
    };
    return words[state];
}

/* Rails of the ancestors, and of the comment itself beside its text. */
static void draw_rails(struct pen *pen, const struct flow_row *row, int left)
{
    const struct reader *reader = pen->reader;
    int step = config_int(reader->config, SETTING_INDENT), start = pen->column;
    for (int column = left > 0 ? 1 : 0; column < left; column += step) {
        struct pen rail = *pen;
        rail.column = start + column;
        pen_print(&rail, STYLE_RAIL, glyphs(reader)->rail);
    }
    pen->column = start + left;
    if (row->kind != ROW_HEAD && left > 0)
        pen_print(pen, STYLE_RAIL, glyphs(reader)->rail);
    if (left == 0 || reader->wish.focus != PANE_THREAD || row->comment != reader->comment)
        return;
    struct pen bar = *pen;
    bar.column = start;
    pen_print(&bar, STYLE_FOCUS, glyphs(reader)->focus);
}

static void write_time(const struct comment *comment, char *text, size_t size)
{
    time_t seconds = (time_t)comment->time;
    struct tm parts;
    text[0] = '\0';
    if (comment->time == TIME_NONE || !gmtime_r(&seconds, &parts))
        return;
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    bool day_only = parts.tm_hour == 0 && parts.tm_min == 0;
    if (day_only)
        snprintf(text, size, "%d %.3s %d", parts.tm_mday, months + 3 * parts.tm_mon,
                 parts.tm_year + 1900);
    else
        snprintf(text, size, "%d %.3s %d %02d:%02d", parts.tm_mday, months + 3 * parts.tm_mon,
                 parts.tm_year + 1900, parts.tm_hour, parts.tm_min);
}

/* Whom a comment answers that is too deep to show it by its indent. */
static void draw_addressee(struct pen *pen, const struct comment *comment, int left)
{
    const struct comment *comments = document_comments(pen->reader->document, NULL);
    int step = config_int(pen->reader->config, SETTING_INDENT);
    if (comment->depth == 0 || left >= 1 + step * (int)comment->depth)
        return;
    struct range name = comments[comment->parent].name;
    pen_print(pen, STYLE_FAINT, " ");
    pen_print(pen, STYLE_FAINT, glyphs(pen->reader)->up);
    pen_print(pen, STYLE_FAINT, " ");
    pen_text(pen, STYLE_FAINT, reader_text(pen->reader) + name.start, name.end - name.start, false);
}

/* Time, score and state behind the author. */
static void draw_details(struct pen *pen, const struct comment *comment)
{
    char text[64];
    write_time(comment, text, sizeof text);
    if (text[0]) {
        pen_print(pen, STYLE_FAINT, "  ");
        pen_print(pen, STYLE_FAINT, text);
    }
    if (comment->score != SCORE_NONE) {
        snprintf(text, sizeof text, "  %d point%s", comment->score, comment->score == 1 ? "" : "s");
        pen_print(pen, STYLE_FAINT, text);
    }
    if (state_word((enum comment_state)comment->state)[0]) {
        snprintf(text, sizeof text, "  [%s]", state_word((enum comment_state)comment->state));
        pen_print(pen, STYLE_FAINT, text);
    }
}

/* What is new to the reader. */
static void draw_news(struct pen *pen, uint32_t comment)
{
    bool is_new = reader_is_new(pen->reader, comment);
    if (is_new || reader_is_edited(pen->reader, comment))
        pen_print(pen, STYLE_NEW, is_new ? "  new" : "  edited");
}

/* "+42, 7 new": how many replies are hidden, and how many of them the reader does not know. */
static void write_hidden(const struct reader *reader, uint32_t comment, char *text, size_t size)
{
    uint32_t hidden = view_replies(reader, comment);
    uint32_t unread = reader_unread_in(reader, comment) - !reader_is_read(reader, comment);
    uint32_t fresh = reader_new_in(reader, comment) - reader_is_new(reader, comment);
    if (fresh)
        snprintf(text, size, "+%u, %u new", hidden, fresh);
    else if (unread && reader_unread_in(reader, DOCUMENT_NONE) < reader_comment_count(reader))
        snprintf(text, size, "+%u, %u unread", hidden, unread);
    else
        snprintf(text, size, "+%u", hidden);
    if (!hidden)
        text[0] = '\0';
}

/* How many replies are hidden with a folded comment. */
static void draw_hidden(struct pen *pen, uint32_t index)
{
    char text[48];
    write_hidden(pen->reader, index, text, sizeof text);
    pen_right(pen, STYLE_FOLD, text);
}

/* The first words of a comment that is shown as a line. */
static void draw_words(struct pen *pen, const struct comment *comment)
{
    if (range_is_empty(comment->text))
        return;
    pen_print(pen, STYLE_FAINT, "  ");
    struct range words = comment->text;
    const char *pool = reader_text(pen->reader);
    const char *line_end = memchr(pool + words.start, '\n', words.end - words.start);
    if (line_end)
        words.end = (uint32_t)(line_end - pool);
    pen_text(pen, STYLE_FAINT, pool + words.start, words.end - words.start, false);
}

static void draw_author(struct pen *pen, const struct flow_row *row)
{
    const struct reader *reader = pen->reader;
    bool focus = reader->wish.focus == PANE_THREAD && row->comment == reader->comment;
    bool faint = view_is_context(reader, row->comment);
    if (range_is_empty((struct range){row->start, row->end})) {
        pen_print(pen, focus ? STYLE_FOCUS : STYLE_FAINT, "somebody");
    } else if (focus || faint) {
        pen_text(pen, focus ? STYLE_FOCUS : STYLE_FAINT, reader_text(reader) + row->start,
                 row->end - row->start, false);
    } else {
        pen_styled(pen, row);
    }
}

static const char *fold_mark(const struct reader *reader, uint32_t comment)
{
    const struct glyphs *all = glyphs(reader);
    bool folded = bitset_get(&reader->folded, comment);
    if (view_is_context(reader, comment))
        return folded ? all->context_closed : all->context_open;
    return folded ? all->closed : all->open;
}

static void draw_head(struct pen *pen, const struct flow_row *row, int left)
{
    const struct reader *reader = pen->reader;
    const struct comment *comment = &document_comments(reader->document, NULL)[row->comment];
    bool folded = bitset_get(&reader->folded, row->comment);
    bool foldable = !range_is_empty(comment->text) ||
                    document_first_child(reader->document, row->comment) != DOCUMENT_NONE;
    pen_print(pen, STYLE_FOLD, foldable ? fold_mark(reader, row->comment) : " ");
    pen_print(pen, STYLE_TEXT, " ");
    if (row->comment == reader->comment && reader->wish.focus == PANE_THREAD) {
        pen->frame->cursor_row = pen->row;
        pen->frame->cursor_column = pen->column;
    }
    draw_author(pen, row);
    draw_addressee(pen, comment, left);
    draw_details(pen, comment);
    draw_news(pen, row->comment);
    if (folded)
        draw_hidden(pen, row->comment);
    if (view_is_line(reader, row->comment))
        draw_words(pen, comment);
}

#define TEXT_AFTER_RAIL 2 /* columns between a comment's own rail and its text */

static void draw_thread_row(struct pen *pen, const struct flow_row *row)
{
    struct flow_columns columns = flow_columns(pen->reader, PANE_THREAD, row->comment);
    draw_rails(pen, row, columns.left);
    if (row->kind == ROW_HEAD) {
        draw_head(pen, row, columns.left);
    } else if (row->kind == ROW_TEXT) {
        pen->column += columns.left > 0 ? TEXT_AFTER_RAIL : 0;
        draw_text(pen, row);
    }
}

/* ---- panes ----------------------------------------------------------------------------------- */

static void draw_empty(struct reader *reader, struct frame *frame, enum pane pane)
{
    const char *text = pane == PANE_ARTICLE ? "no article" : "no comments";
    struct rect rect = reader_rect(reader, pane);
    struct pen pen = {reader, frame, rect.row, rect.column + 1, rect.column + rect.columns};
    if (rect.rows > 0)
        pen_print(&pen, STYLE_FAINT, text);
}

/* The row that the cursor rests on: of the current hit or quote, else the topmost. */
static bool is_current(const struct reader *reader, const struct flow_row *row)
{
    uint32_t place = reader->hit.start;
    if (reader->annotations && reader->quote < reader->annotations->quotes.count &&
        range_is_empty(reader->hit))
        place = quote_extent(reader->annotations, reader->quote).start;
    return row->kind == ROW_TEXT && row->start <= place && place < row->end;
}

static void draw_flow(struct reader *reader, struct frame *frame, enum pane pane)
{
    struct rect rect = reader_rect(reader, pane);
    struct flow_row row;
    if (rect.rows <= 0 || rect.columns <= 0)
        return;
    if (!flow_at(reader, pane, reader->top[pane], &row)) {
        draw_empty(reader, frame, pane);
        return;
    }
    bool focused = reader->wish.focus == pane;
    for (int line = 0; line < rect.rows; line++) {
        struct pen pen = {reader, frame, rect.row + line, rect.column, rect.column + rect.columns};
        if (focused && (line == 0 || is_current(reader, &row))) {
            frame->cursor_row = pen.row;
            frame->cursor_column = pen.column;
        }
        if (pane == PANE_ARTICLE)
            draw_article_row(&pen, &row);
        else
            draw_thread_row(&pen, &row);
        if (!flow_next(reader, &row))
            break;
    }
}

static void draw_rules(const struct reader *reader, struct frame *frame)
{
    bool ascii = config_int(reader->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
    for (int at = 0; at < reader->panes.rule_count; at++) {
        struct rect rule = reader->panes.rules[at];
        const char *glyph = rule.rows > rule.columns ? (ascii ? "|" : "│") : ascii ? "-" : "─";
        for (int cell = 0; cell < rule.rows * rule.columns; cell++) {
            struct rect where = {rule.row + cell / rule.columns, rule.column + cell % rule.columns,
                                 1, 1};
            frame_print(frame, where, STYLE_RULE, glyph, strlen(glyph));
        }
    }
}

void reader_draw(struct reader *reader, struct frame *frame)
{
    bitset_fill(&reader->entities_in_view, 0, UINT32_MAX, false);
    bitset_fill(&reader->quotes_in_view, 0, UINT32_MAX, false);
    draw_rules(reader, frame);
    draw_flow(reader, frame, PANE_ARTICLE);
    draw_flow(reader, frame, PANE_THREAD);
    sidebar_draw(reader, frame); /* last: it lights what the others show */
}
