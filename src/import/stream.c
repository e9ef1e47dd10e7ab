/*
 * stream: a long text, read in pieces, so that its beginning can be shown at once.
 *
 *      |-- window --------------------------|
 *      title  article      1. a   2. b   3. c   4. d   5. e   6. f   7. g ...
 *                          |-- piece -----------|
 *                                        |-- piece -------------|
 *                                                               |-- piece ...
 *
 * The window is taken for the whole text: if there is a thread in it, the same family of marks
 * makes the rest of it. If there is none, or one of the rarer kinds, a larger window may say more;
 * else the text is read whole, by text_import().
 *
 * A comment ends where the next begins. So of a piece everything up to its last certain mark is
 * built, and the next piece begins with that mark. A piece without two marks is tried again twice
 * as long: what a comment costs stays linear.
 */
#include <stdlib.h>
#include <string.h>

#include "formats.h"
#include "text.h"

enum { FAMILY_LEAST = 8, WINDOW_GROWS = 8 };

struct stream {
    const struct import_input *input;
    const struct import_watch *watch;
    struct builder *builder;
    const struct reading *window;
    struct sequence sequence;
    struct nesting nesting;
    struct mark carried; /* the mark that the next piece begins with */
    bool *columns;       /* where marks stand, or NULL; see marks_find() */
};

/* The text of one piece and what was found in it. */
struct piece {
    struct lines lines;
    mark_vector all, kept, marks;
    size_t start, end; /* bytes of the input */
};

/* After the line break at or behind `at`. */
static size_t line_end(const struct import_input *input, size_t at)
{
    const char *feed =
        at < input->length ? memchr(input->bytes + at, '\n', input->length - at) : NULL;
    return feed ? (size_t)(feed - input->bytes) + 1 : input->length;
}

/* Where the line begins, blanks and quote marks included. */
static size_t line_start(const struct lines *lines, uint32_t line)
{
    size_t at = lines->items[line].start;
    while (at > 0 && lines->text[at - 1] != '\n' && lines->text[at - 1] != '\r') {
        at--;
    }
    return at;
}

/* The mark again, as a piece sees it that begins with its line, `cut` bytes further on. */
static struct mark mark_moved(struct mark mark, size_t cut)
{
    mark.last -= mark.line;
    mark.line = 0;
    mark.name_start -= (uint32_t)cut;
    mark.name_end -= (uint32_t)cut;
    return mark;
}

static void piece_release(struct piece *piece)
{
    vector_release(&piece->all);
    vector_release(&piece->kept);
    vector_release(&piece->marks);
    lines_release(&piece->lines);
}

static bool is_last(const struct stream *stream, const struct piece *piece)
{
    return piece->end == stream->input->length;
}

/* The marks of the family: the carried one has been judged, the last can't be judged before what
 * follows is seen. */
static void keep_family(struct stream *stream, struct piece *piece)
{
    unsigned shape = stream->window->split.shape;
    uint32_t end = piece->lines.count;
    mark_vector fresh = {0};
    for (size_t i = 0; i < piece->all.count; i++) {
        const struct mark *mark = &piece->all.items[i];
        if (mark_in_family(mark, shape) && mark->line > stream->carried.last) {
            vector_push(&fresh, *mark);
        }
    }
    if (shapes[shape].marker == MARKER_NUMBER) {
        if (!is_last(stream, piece) && fresh.count > 0) {
            end = fresh.items[--fresh.count].line;
        }
        sequence_keep(&stream->sequence, &piece->lines, &fresh, end);
    }
    vector_push(&piece->kept, stream->carried);
    for (size_t i = 0; i < fresh.count; i++) {
        vector_push(&piece->kept, fresh.items[i]);
    }
    vector_release(&fresh);
}

static void build_piece(struct stream *stream, struct piece *piece, uint32_t end)
{
    const struct split *split = &stream->window->split;
    gather_marks(&(struct family){.lines = &piece->lines,
                                  .all = &piece->all,
                                  .kept = &piece->kept,
                                  .hosts = &split->family,
                                  .shape = split->shape,
                                  .end = end},
                 &piece->marks);
    nesting_find(&stream->nesting, &piece->lines, false, &piece->marks);
    struct comments comments = {
        .lines = &piece->lines, .marks = &piece->marks, .end = end, .wrap = stream->window->wrap};
    comments_build(&comments, stream->builder);
}

/* Builds what is certain of the piece; where the next one begins: at the same place if nothing
 * is. */
static size_t read_piece(struct stream *stream, struct piece *piece)
{
    const char *text = stream->input->bytes + piece->start;
    lines_split(&piece->lines, text, (uint32_t)(piece->end - piece->start));
    marks_find(&piece->lines, stream->columns, &piece->all);
    keep_family(stream, piece);
    const struct mark *last = &piece->kept.items[piece->kept.count - 1];
    if (is_last(stream, piece)) {
        build_piece(stream, piece, lines_footer(&piece->lines, last->last + 1));
        return piece->end;
    }
    if (piece->kept.count < 2) {
        return piece->start;
    }
    size_t cut = line_start(&piece->lines, last->line);
    struct mark carried = mark_moved(*last, cut);
    piece->kept.count--;
    build_piece(stream, piece, last->line);
    stream->carried = carried;
    return piece->start + cut;
}

static void read_pieces(struct stream *stream, size_t at, size_t usual)
{
    const struct import_input *input = stream->input;
    /* the first piece is small: with it the thread's first screen can be shown */
    for (size_t size = usual / 16 + 1; at < input->length && !builder_full(stream->builder);) {
        size_t left = input->length - at;
        struct piece piece = {.start = at,
                              .end = line_end(input, size < left ? at + size : at + left)};
        size_t next = read_piece(stream, &piece);
        piece_release(&piece);
        bool more = next > at;
        size = more ? usual : size * 2;
        at = next;
        if (more && !import_has_read(input, stream->watch, stream->builder, at)) {
            return;
        }
    }
}

/* There is a thread, enough of it, of a kind that can be read on from its first mark. */
static bool says_enough(const struct reading *window)
{
    const struct split *split = &window->split;
    return split->shape < SHAPES && !split->after && split->family.count >= FAMILY_LEAST &&
           !window->marks.items[0].titled && split->comments_end == window->lines.count;
}

/* Where gather.c would take a mark for one of the thread. */
static bool *host_columns(const struct split *split)
{
    if (shapes[split->shape].marker != MARKER_NUMBER) {
        return NULL;
    }
    bool *columns = xcalloc(MARK_COLUMNS, sizeof *columns);
    for (size_t i = 0; i < split->family.count; i++) {
        uint32_t column = split->family.items[i].column;
        for (uint32_t at = column - (column > 0); at <= column + 1 && at < MARK_COLUMNS; at++) {
            columns[at] = true;
        }
    }
    return columns;
}

static void read_on(struct stream *stream, struct reading *window, size_t piece)
{
    stream->window = window;
    const struct mark *first = &window->split.family.items[0];
    size_t start = line_start(&window->lines, first->line);
    stream->carried = mark_moved(*first, start);
    sequence_begin(&stream->sequence, first);
    stream->columns = host_columns(&window->split);
    nesting_survey(&stream->nesting, &window->lines, &window->marks);
    reading_build_article(window, stream->builder);
    read_pieces(stream, start, piece);
    sequence_release(&stream->sequence);
    free(stream->columns);
    nesting_release(&stream->nesting);
}

bool text_stream_by(const struct import_input *input, const struct import_watch *watch,
                    struct builder *builder, struct stream_sizes sizes)
{
    struct stream stream = {.input = input, .watch = watch, .builder = builder};
    for (size_t size = sizes.window; size < input->length; size *= WINDOW_GROWS) {
        struct reading window;
        size_t length = line_end(input, size);
        if (length == input->length || !utf8_is_valid(input->bytes, length)) {
            return false;
        }
        reading_begin(&window, input->bytes, (uint32_t)length);
        bool enough = says_enough(&window);
        if (enough) {
            read_on(&stream, &window, sizes.piece);
        }
        reading_release(&window);
        if (enough) {
            return true;
        }
    }
    return false;
}

bool text_stream(const struct import_input *input, const struct import_watch *watch,
                 struct builder *builder)
{
    static const struct stream_sizes sizes = {.window = 128 << 10, .piece = 256 << 10};
    return input->length <= UINT32_MAX - 16 && text_stream_by(input, watch, builder, sizes);
}
