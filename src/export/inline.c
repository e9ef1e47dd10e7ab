/*
 * Inline Markdown: escapes, and runs as marks.
 *
 * Runs are flat and carry all their kinds; marks nest. So the marks that are open form a stack in
 * one fixed order (link, strong, emphasis, strike), and from run to run what differs is closed and
 * opened again, the innermost first:
 *
 *      runs     [strong   ][strong emphasis][emphasis ]
 *      marks    **strong   *both*         ** *emphasis*
 *
 * Markdown takes a mark for one only if it stands at a word, so blanks at either end of a stretch
 * are moved outside of the marks. Code is a stretch of its own within them, and nothing in it is
 * escaped.
 */
#include "markdown.h"

#include <stdlib.h>
#include <string.h>

/* ---- escapes --------------------------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static bool is_word(char byte)
{
    return (byte & 0x80) || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

/* Does `byte` mean something between `before` and `after`? NUL stands for what is not known: a mark
 * or another stretch may come there. */
static bool is_markup(char byte, char before, char after)
{
    switch (byte) {
    case '\\':
    case '`':
    case '[':
    case ']':
        return true;
    case '*':
    case '~':
        return !is_blank(before) || !is_blank(after);
    case '_':
        return !(is_word(before) && is_word(after)) && !(is_blank(before) && is_blank(after));
    case '<':
        return is_word(after) || strchr("/!?", after);
    case '&':
        return is_word(after) || after == '#' || after == '\0';
    default:
        return false;
    }
}

/* "1. " and "2) " begin lists, and "# ", "> ", "- ", "+ ", "* " and "===" begin something else:
 * where the sign stands that an escape takes that back, or NULL. */
static const char *block_sign(const char *text, const char *end)
{
    while (text < end && *text == ' ')
        text++;
    const char *at = text;
    if (at < end && strchr("#>-+=*|~", *at))
        return at;
    while (at < end && at - text < 9 && *at >= '0' && *at <= '9')
        at++;
    return at > text && at < end && (*at == '.' || *at == ')') ? at : NULL;
}

void markdown_escape(struct buffer *out, const char *text, size_t length, bool line_start)
{
    const char *end = text + length, *sign = line_start ? block_sign(text, end) : NULL;
    for (const char *at = text; at < end; at++) {
        char before = at > text ? at[-1] : '\0', after = at + 1 < end ? at[1] : '\0';
        if (*at == '\n') {
            buffer_adds(out, "  \n");
            sign = block_sign(at + 1, end);
            continue;
        }
        if (at == sign || is_markup(*at, before, after))
            buffer_addc(out, '\\');
        buffer_addc(out, *at);
    }
}

/* ---- marks ----------------------------------------------------------------------- */

enum { LAYERS = 4 };

static const struct {
    uint32_t kind;
    const char *open, *close;
} layers[LAYERS] = {/* the outermost first */
                    {1u << RUN_LINK, "[", NULL},
                    {1u << RUN_STRONG, "**", "**"},
                    {1u << RUN_EMPHASIS, "*", "*"},
                    {1u << RUN_STRIKE, "~~", "~~"}};

struct marks {
    const struct document *document;
    struct buffer *out;
    size_t first;         /* where this text begins in `out` */
    uint32_t kinds, link; /* what is open */
};

static void add_address(struct buffer *out, const char *address, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)address[at];
        if (byte <= ' ' || byte == 0x7F || strchr("()<>\\\"`*_[]", byte))
            buffer_printf(out, "%%%02X", byte);
        else
            buffer_addc(out, (char)byte);
    }
}

/* Takes the blanks off the end of what was written, and says how many bytes they are. */
static struct buffer take_blanks(struct marks *marks)
{
    struct buffer blanks = {0}, *out = marks->out;
    size_t end = out->length;
    while (end > marks->first && is_blank(out->data[end - 1]))
        end--;
    if (end < out->length) {
        buffer_add(&blanks, out->data + end, out->length - end);
        out->length = end;
        out->data[end] = '\0';
    }
    return blanks;
}

static void close_layer(struct marks *marks, size_t layer)
{
    if (layers[layer].close) {
        buffer_adds(marks->out, layers[layer].close);
    } else {
        size_t length;
        const struct string_ref *links = document_links(marks->document, NULL);
        const char *address = document_string(marks->document, links[marks->link], &length);
        buffer_adds(marks->out, "](");
        add_address(marks->out, address, length);
        buffer_addc(marks->out, ')');
    }
    marks->kinds &= ~layers[layer].kind;
}

/* Closes the marks from `layer` inwards, before the blanks that were written last. */
static void close_from(struct marks *marks, size_t layer)
{
    bool any = false;
    for (size_t at = layer; at < LAYERS; at++)
        any |= (marks->kinds & layers[at].kind) != 0;
    if (!any)
        return;
    struct buffer blanks = take_blanks(marks);
    for (size_t at = LAYERS; at-- > layer;)
        if (marks->kinds & layers[at].kind)
            close_layer(marks, at);
    buffer_add(marks->out, buffer_string(&blanks), blanks.length);
    buffer_release(&blanks);
}

/* The outermost layer that is open and must not be, or the other way round. */
static size_t first_difference(const struct marks *marks, uint32_t kinds, uint32_t link)
{
    for (size_t at = 0; at < LAYERS; at++) {
        bool other = (marks->kinds ^ kinds) & layers[at].kind;
        if (other || (at == 0 && kinds & layers[0].kind && marks->link != link))
            return at;
    }
    return LAYERS;
}

static void open_from(struct marks *marks, size_t layer, uint32_t kinds, uint32_t link)
{
    struct buffer *out = marks->out;
    for (size_t at = layer; at < LAYERS; at++) {
        if (!(kinds & layers[at].kind))
            continue;
        if (at == 0 && out->length > marks->first && out->data[out->length - 1] == '!') {
            out->data[out->length - 1] = '\\'; /* "![" would be an image */
            buffer_addc(out, '!');
        }
        buffer_adds(out, layers[at].open);
    }
    marks->kinds = kinds;
    marks->link = link;
}

/* ---- stretches ------------------------------------------------------------------- */

/* Code between more backticks than stand in it anywhere. */
static void add_code(struct buffer *out, const char *text, size_t length)
{
    size_t longest = 0, here = 0;
    for (size_t at = 0; at < length; at++) {
        here = text[at] == '`' ? here + 1 : 0;
        longest = here > longest ? here : longest;
    }
    bool edge = length && (text[0] == '`' || text[length - 1] == '`');
    for (size_t at = 0; at <= longest; at++)
        buffer_addc(out, '`');
    buffer_adds(out, edge ? " " : "");
    for (size_t at = 0; at < length; at++)
        buffer_addc(out, text[at] == '\n' ? ' ' : text[at]);
    buffer_adds(out, edge ? " " : "");
    for (size_t at = 0; at <= longest; at++)
        buffer_addc(out, '`');
}

static uint32_t run_kinds(const struct document *document, const struct run *run)
{
    uint32_t count;
    const struct string_ref *links = document_links(document, &count);
    size_t length;
    if (!(run->kinds & 1u << RUN_LINK))
        return run->kinds;
    if (run->link < count) {
        const char *address = document_string(document, links[run->link], &length);
        if (text_is_address(address, length))
            return run->kinds;
    }
    return run->kinds & ~(1u << RUN_LINK);
}

/* One stretch of text with the same marks all through. */
static void add_stretch(struct marks *marks, struct range range, uint32_t kinds, uint32_t link)
{
    const char *text = document_text(marks->document, NULL);
    bool code = kinds & 1u << RUN_CODE;
    uint32_t start = range.start;
    while (start < range.end && is_blank(text[start]))
        start++;
    if (start < range.end)
        close_from(marks, first_difference(marks, kinds, link));
    size_t at = marks->out->length;
    bool line_start = at == marks->first || marks->out->data[at - 1] == '\n';
    markdown_escape(marks->out, text + range.start, start - range.start, false);
    if (start == range.end)
        return;
    line_start = line_start || (start > range.start && text[start - 1] == '\n');
    uint32_t end = range.end; /* blanks at the end may come to stand outside of the marks */
    while (is_blank(text[end - 1]))
        end--;
    open_from(marks, first_difference(marks, kinds, link), kinds, link);
    if (code)
        add_code(marks->out, text + start, end - start);
    else
        markdown_escape(marks->out, text + start, end - start, line_start);
    markdown_escape(marks->out, text + end, range.end - end, false);
}

void markdown_inline(struct buffer *out, const struct document *document, struct range range)
{
    struct marks marks = {.document = document, .out = out, .first = out->length};
    const uint32_t known =
        1u << RUN_LINK | 1u << RUN_STRONG | 1u << RUN_EMPHASIS | 1u << RUN_STRIKE | 1u << RUN_CODE;
    uint32_t count;
    const struct run *runs = document_runs(document, &count);
    uint32_t place = range.start;
    for (uint32_t at = document_run_from(document, place);
         at < count && runs[at].start < range.end && place < range.end; at++) {
        uint32_t start = runs[at].start > place ? runs[at].start : place;
        uint32_t end = runs[at].end < range.end ? runs[at].end : range.end;
        add_stretch(&marks, (struct range){place, start}, 0, DOCUMENT_NONE);
        add_stretch(&marks, (struct range){start, end}, run_kinds(document, &runs[at]) & known,
                    runs[at].link);
        place = end;
    }
    add_stretch(&marks, (struct range){place, range.end}, 0, DOCUMENT_NONE);
    close_from(&marks, 0);
}
