/*
 * lines: where each line starts and ends, and how far it stands in. A line ends at LF, CR LF or CR.
 * Quote marks (">", "> >") at its start are counted and left out; blanks at both ends too.
 */
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { INDENT_MOST = 4000, QUOTE_MOST = 60 };

static bool is_no_break_space(const char *at, const char *end)
{
    return end - at > 1 && (unsigned char)at[0] == 0xC2 && (unsigned char)at[1] == 0xA0;
}

static const char *skip_blanks(const char *at, const char *end, uint32_t *columns)
{
    for (; at < end; at++) {
        if (*at == ' ') {
            *columns += 1;
        } else if (*at == '\t') {
            *columns = (*columns | 7) + 1;
        } else if (is_no_break_space(at, end)) {
            *columns += 1;
            at++;
        } else if ((unsigned char)*at >= ' ' || *at == '\033') {
            break;
        }
    }
    return at;
}

static const char *trim_end(const char *start, const char *end, bool *hard)
{
    unsigned blanks = 0;
    while (end > start) {
        if (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\f') {
            end--;
        } else if (end - start > 1 && is_no_break_space(end - 2, end)) {
            end -= 2;
        } else {
            break;
        }
        blanks++;
    }
    *hard = blanks == 2;
    return end;
}

/* ">" begins a quote only before a blank, another one, or a letter: not ">:(" and not "->". */
static bool is_quote_mark(const char *at, const char *end)
{
    return *at == '>' && (end - at == 1 || !strchr(":;)(<=-", at[1]) || at[1] == '\0');
}

static struct line measure(const char *text, const char *start, const char *end)
{
    bool hard = false;
    uint32_t columns = 0, quote = 0;
    end = trim_end(start, end, &hard);
    const char *at = skip_blanks(start, end, &columns);
    while (at < end && quote < QUOTE_MOST && is_quote_mark(at, end)) {
        quote++;
        columns = 0;
        at = skip_blanks(at + 1, end, &columns);
        columns -= columns > 0; /* the blank that belongs to the mark */
    }
    return (struct line){.start = (uint32_t)(at - text),
                         .end = (uint32_t)(end - text),
                         .indent = (uint16_t)(columns < INDENT_MOST ? columns : INDENT_MOST),
                         .quote = (uint8_t)quote,
                         .flags = hard ? LINE_HARD : 0};
}

void lines_split(struct lines *lines, const char *text, uint32_t length)
{
    VECTOR(struct line) found = {0};
    const char *at = text, *end = text + length;
    const char *carriage = length ? memchr(text, '\r', length) : NULL;
    vector_reserve(&found, length / 64 + 16);
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        if (carriage && carriage < at) {
            carriage = memchr(at, '\r', (size_t)(end - at));
        }
        if (carriage && carriage < stop) {
            stop = carriage;
        }
        vector_push(&found, measure(text, at, stop));
        at = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    lines->text = text;
    lines->items = found.items;
    lines->count = (uint32_t)found.count;
}

void lines_release(struct lines *lines)
{
    free(lines->items);
    *lines = (struct lines){0};
}

uint32_t lines_next(const struct lines *lines, uint32_t from)
{
    while (from < lines->count && line_is_blank(&lines->items[from])) {
        from++;
    }
    return from;
}

uint32_t lines_previous(const struct lines *lines, uint32_t from)
{
    while (from < lines->count && line_is_blank(&lines->items[from])) {
        from--; /* wraps around to a number above the count */
    }
    return from < lines->count ? from : lines->count;
}

uint32_t lines_blank_above(const struct lines *lines, uint32_t line)
{
    uint32_t count = 0;
    while (line > count && line_is_blank(&lines->items[line - count - 1])) {
        count++;
    }
    return count;
}
