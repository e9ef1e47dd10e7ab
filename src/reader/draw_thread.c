/*
 * Rows of the thread. A comment's rails are the lines left of it, one a level, each level in its
 * own hue and pattern, so that one sees how deep one is without counting:
 *
 *      ▌▾ Mara Lindqvist · author  2 h  14 points        head: focus, mark, author, tag, age, score
 *      ▌│  Fair. The dredging figures ...                text: focus, rails, text
 *       │ ▸ salt  1 h  The annex is the ...  +42, 7 new  folded: first words, what is hidden
 *       │ ╎ ▾ tern ↳ to salt  1 h                        deeper than there is room for
 *       │ ╎ > 12 lines by salt                           quoted text, folded
 */
#include "pen.h"

#include <stdio.h>
#include <string.h>

static const struct comment *comment_of(const struct pen *pen, uint32_t comment)
{
    return &document_comments(pen->reader->document, NULL)[comment];
}

static bool has_focus(const struct pen *pen, uint32_t comment)
{
    return pen->reader->wish.focus == PANE_THREAD && comment == pen->reader->comment;
}

/* ---- rails -------------------------------------------------------------------------- */

static void draw_rail(const struct pen *pen, int column, uint32_t level)
{
    static const enum style styles[RAILS] = {STYLE_RAIL, STYLE_RAIL_2, STYLE_RAIL_3, STYLE_RAIL_4};
    struct pen rail = *pen;
    rail.column = column;
    pen_print(&rail, styles[level % RAILS], pen_glyphs(pen->reader)->rail[level % RAILS]);
}

/* What stands in the first column: a bar beside the comment that has the focus, the author's letter
 * beside a head. */
static void draw_gutter(const struct pen *pen, const struct flow_row *row)
{
    struct pen gutter = *pen;
    uint32_t author = comment_of(pen, row->comment)->author;
    char letter[2] = {row->kind == ROW_HEAD ? people_letter(pen->reader, author) : '\0'};
    if (letter[0])
        pen_print(&gutter, people_style(pen->reader, author), letter);
    else if (has_focus(pen, row->comment))
        pen_print(&gutter, STYLE_FOCUS, pen_glyphs(pen->reader)->focus);
}

/* Rails of the ancestors, and of the comment itself beside its text. */
static void draw_rails(struct pen *pen, const struct flow_row *row, struct flow_columns columns)
{
    int step = config_int(pen->reader->config, SETTING_INDENT), start = pen->column;
    uint32_t level = 0;
    for (int column = 1; column < columns.left; column += step)
        draw_rail(pen, start + column, level++);
    if (columns.left > 0)
        draw_gutter(pen, row);
    pen->column = start + columns.left;
    if (row->kind == ROW_HEAD || columns.left == 0)
        return;
    draw_rail(pen, pen->column, columns.level);
    pen->column++;
}

/* ---- a head ------------------------------------------------------------------------- */

static const char *state_word(const struct comment *comment)
{
    static const char *const words[COMMENT_STATES] = {
        [COMMENT_NORMAL] = "",
        [COMMENT_DELETED] = "deleted",
        [COMMENT_REMOVED] = "removed",
        [COMMENT_DEAD] = "dead",
        [COMMENT_COLLAPSED] = "collapsed by its site",
        [COMMENT_PLACEHOLDER] = "not in this file",
        [COMMENT_STUB] = "more replies",
    };
    return words[comment->state];
}

static void draw_author(struct pen *pen, const struct flow_row *row)
{
    const struct comment *comment = comment_of(pen, row->comment);
    bool focus = has_focus(pen, row->comment);
    if (range_is_empty(comment->name))
        pen_print(pen, focus ? STYLE_FOCUS : STYLE_FAINT,
                  comment->state == COMMENT_NORMAL ? "somebody" : state_word(comment));
    else if (focus || view_is_context(pen->reader, row->comment))
        pen_range(pen, focus ? STYLE_FOCUS : STYLE_FAINT, comment->name);
    else
        pen_row(pen, row);
}

/* What the author is here: of the article, of the thread, quoted in the article, or back again. */
static void draw_tag(struct pen *pen, uint32_t comment)
{
    const char *tag = people_tag(pen->reader, comment);
    if (tag[0]) {
        pen_print(pen, STYLE_FAINT, " ");
        pen_print(pen, STYLE_FAINT, pen_glyphs(pen->reader)->dot);
        pen_print(pen, STYLE_FAINT, " ");
        pen_print(pen, STYLE_TAG, tag);
    }
    if (people_is_back(pen->reader, comment)) {
        pen_print(pen, STYLE_FAINT, " ");
        pen_print(pen, STYLE_FAINT, pen_glyphs(pen->reader)->back);
    }
}

#define NAME_LEAST 6 /* columns of a name that still tell who is meant */

/* Whom a comment answers that is too deep to show it by its indent. */
static void draw_addressee(struct pen *pen, const struct comment *comment)
{
    const struct comment *parent = comment_of(pen, comment->parent);
    int room = pen->end - pen->column;
    if (room < NAME_LEAST + 3)
        return;
    pen_print(pen, STYLE_FAINT, " ");
    pen_print(pen, STYLE_FAINT, pen_glyphs(pen->reader)->to);
    pen_print(pen, STYLE_FAINT, room < 2 * NAME_LEAST + 6 ? " " : " to ");
    if (range_is_empty(parent->name))
        pen_print(pen, STYLE_FAINT, "somebody");
    else
        pen_range(pen, STYLE_FAINT, parent->name);
}

/* A detail behind the author, whole or not at all. */
static void draw_detail(struct pen *pen, const char *text)
{
    int columns = (int)text_columns(text, strlen(text), layout_style(pen->reader->layout));
    if (columns == 0 || pen->column + 2 + columns > pen->end)
        return;
    pen->column += 2;
    pen_print(pen, STYLE_FAINT, text);
}

#define WORDS_LEAST 20 /* columns of a line that its time leaves to the words and the count */

/* The time; of a line only if the words keep their room. */
static void draw_time(struct pen *pen, const struct comment *comment, bool is_line)
{
    char text[64];
    struct pen short_pen = *pen;
    short_pen.end -= is_line && !range_is_empty(comment->text) ? WORDS_LEAST : 0;
    when_write(pen->reader, comment->time, text, sizeof text);
    draw_detail(&short_pen, text);
    pen->column = short_pen.column;
}

/* Score and state. */
static void draw_details(struct pen *pen, const struct comment *comment)
{
    char text[64];
    if (comment->score != SCORE_NONE) {
        snprintf(text, sizeof text, "%d point%s", comment->score, comment->score == 1 ? "" : "s");
        draw_detail(pen, text);
    }
    if (state_word(comment)[0] && !range_is_empty(comment->name)) {
        snprintf(text, sizeof text, "[%s]", state_word(comment));
        draw_detail(pen, text);
    }
}

static void draw_first_words(struct pen *pen, const struct comment *comment)
{
    struct range words = comment->text;
    const char *pool = reader_text(pen->reader);
    const char *line_end = memchr(pool + words.start, '\n', words.end - words.start);
    if (line_end)
        words.end = (uint32_t)(line_end - pool);
    size_t length = words.end - words.start;
    const struct text_style *style = layout_style(pen->reader->layout);
    int left = pen->end - pen->column, dots = text_signs_are_ascii(pen->reader->config) ? 3 : 1;
    uint32_t used;
    if (left <= dots ||
        text_fit(pool + words.start, length, (uint32_t)left, style, &used) == length) {
        pen_range(pen, STYLE_FAINT, words);
        return;
    }
    length = text_fit(pool + words.start, length, (uint32_t)(left - dots), style, &used);
    pen_text(pen, STYLE_FAINT, pool + words.start, length, false);
    pen_print(pen, STYLE_FAINT, dots == 1 ? "…" : "...");
}

/* What is new to the reader. */
static void draw_news(struct pen *pen, uint32_t comment)
{
    bool is_new = reader_is_new(pen->reader, comment);
    if (!is_new && !reader_is_edited(pen->reader, comment))
        return;
    const struct glyphs *all = pen_glyphs(pen->reader);
    pen_print(pen, STYLE_NEW, "  ");
    pen_print(pen, STYLE_NEW, is_new ? all->fresh : all->edited);
}

/* "+42, 7 new": how many replies are hidden, and how many of them the reader does not know. */
static void write_hidden(const struct reader *reader, uint32_t comment, char *text, size_t size)
{
    uint32_t hidden = view_replies(reader, comment);
    uint32_t unread = progress_unread_below(reader, comment);
    uint32_t fresh = progress_new_below(reader, comment);
    if (fresh)
        snprintf(text, size, "+%u, %u new", hidden, fresh);
    else if (unread && reader_unread_in(reader, DOCUMENT_NONE) < view_count(reader))
        snprintf(text, size, "+%u, %u unread", hidden, unread);
    else
        snprintf(text, size, "+%u", hidden);
    if (!hidden)
        text[0] = '\0';
}

/* How many replies are hidden with a folded comment. */
static void draw_hidden(struct pen *pen, uint32_t comment)
{
    char text[48];
    write_hidden(pen->reader, comment, text, sizeof text);
    pen_right(pen, STYLE_FOLD, text);
}

/* The first words of a comment that is shown as a line. */
static void draw_words(struct pen *pen, const struct comment *comment)
{
    if (range_is_empty(comment->text))
        return;
    pen_print(pen, STYLE_FAINT, "  ");
    draw_first_words(pen, comment);
}

/* "More replies" that are not in the input: no comment, so it has no author either. */
static void draw_stub(struct pen *pen, const struct comment *comment)
{
    pen_print(pen, STYLE_FAINT, pen_glyphs(pen->reader)->more);
    pen_print(pen, STYLE_FAINT, " ");
    if (range_is_empty(comment->text))
        pen_print(pen, STYLE_FAINT, state_word(comment));
    else
        draw_first_words(pen, comment);
}

static const char *fold_mark(const struct reader *reader, uint32_t comment)
{
    const struct glyphs *all = pen_glyphs(reader);
    bool folded = bitset_get(&reader->folded, comment);
    if (view_is_context(reader, comment))
        return folded ? all->context_closed : all->context_open;
    return folded ? all->closed : all->open;
}

static void draw_fold_mark(struct pen *pen, uint32_t comment)
{
    const struct reader *reader = pen->reader;
    bool foldable = flow_has_text(reader, comment) ||
                    document_first_child(reader->document, comment) != DOCUMENT_NONE;
    pen_print(pen, STYLE_FOLD, foldable ? fold_mark(reader, comment) : " ");
    pen_print(pen, STYLE_TEXT, " ");
}

static void draw_head(struct pen *pen, const struct flow_row *row, struct flow_columns columns)
{
    const struct comment *comment = comment_of(pen, row->comment);
    draw_fold_mark(pen, row->comment);
    if (has_focus(pen, row->comment)) {
        pen->frame->cursor_row = pen->row;
        pen->frame->cursor_column = pen->column;
    }
    if (comment->state == COMMENT_STUB) {
        draw_stub(pen, comment);
        return;
    }
    draw_author(pen, row);
    draw_tag(pen, row->comment);
    if (columns.deeper)
        draw_addressee(pen, comment);
    draw_time(pen, comment, view_is_line(pen->reader, row->comment));
    draw_details(pen, comment);
    draw_news(pen, row->comment);
    if (bitset_get(&pen->reader->folded, row->comment))
        draw_hidden(pen, row->comment);
    if (view_is_line(pen->reader, row->comment))
        draw_words(pen, comment);
}

/* ---- quoted text that is folded ----------------------------------------------------- */

/* Who wrote what is quoted, where that was found in another comment. */
static const struct comment *quoted_writer(const struct pen *pen, struct range text)
{
    const struct annotations *found = pen->reader->annotations;
    uint32_t at = found ? annotations_passage_from(found, text.start) : 0;
    if (!found || at >= found->passages.count || found->passages.items[at].start >= text.end ||
        found->passages.items[at].target_comment == DOCUMENT_NONE)
        return NULL;
    return comment_of(pen, found->passages.items[at].target_comment);
}

static void draw_quoted(struct pen *pen, const struct flow_row *row)
{
    char text[48];
    uint32_t rows = flow_quoted_rows(pen->reader, row);
    bool quote = document_blocks(pen->reader->document, NULL)[row->block].kind == BLOCK_QUOTE;
    const struct comment *writer = quoted_writer(pen, flow_quoted_text(pen->reader, row));
    snprintf(text, sizeof text, "%s %u%s line%s", quote ? ">" : "--", rows,
             rows == QUOTED_MOST ? " and more" : "", rows == 1 ? "" : "s");
    pen_print(pen, STYLE_FOLD, text);
    if (!quote || !writer)
        return;
    pen_print(pen, STYLE_FAINT, " by ");
    pen_range(pen, STYLE_FAINT, writer->name);
}

/* ---- rows --------------------------------------------------------------------------- */

#define TEXT_AFTER_RAIL 2 /* columns between a comment's own rail and its text */

void draw_thread_row(struct pen *pen, const struct flow_row *row)
{
    struct flow_columns columns = flow_columns(pen->reader, PANE_THREAD, row->comment);
    draw_rails(pen, row, columns);
    if (row->kind == ROW_HEAD) {
        draw_head(pen, row, columns);
    } else if (row->kind == ROW_TEXT) {
        pen->column += columns.left > 0 ? TEXT_AFTER_RAIL : 0;
        pen_row(pen, row);
    } else if (row->kind == ROW_QUOTED) {
        pen->column += columns.left > 0 ? TEXT_AFTER_RAIL : 0;
        draw_quoted(pen, row);
    }
}
