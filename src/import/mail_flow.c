/*
 * format=flowed: a line that ends in a blank goes on in the next one, if that is quoted as deep. A
 * blank before a text's first character protects it, and goes. "-- " is a signature's line.
 */
#include <string.h>

#include "mail.h"

struct flow_line {
    const char *start, *end; /* without the marks before and the line break after */
    size_t quote;
};

static const char *read_line(const char *at, const char *end, struct flow_line *line)
{
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    const char *stop = feed ? feed : end, *start = at;
    stop -= stop > at && stop[-1] == '\r';
    while (start < stop && *start == '>') {
        start++;
    }
    line->quote = (size_t)(start - at);
    line->start = start + (start < stop && *start == ' ');
    line->end = stop;
    return feed ? feed + 1 : end;
}

static bool goes_on(const struct flow_line *line)
{
    size_t length = (size_t)(line->end - line->start);
    bool signature = length == 3 && !memcmp(line->start, "-- ", 3);
    return length > 0 && line->end[-1] == ' ' && !signature;
}

void mail_flow(struct buffer *out, const char *text, size_t length, bool joined)
{
    const char *end = text + length;
    struct flow_line before = {.quote = 0};
    bool open = false;
    for (const char *at = text; at < end;) {
        struct flow_line line;
        at = read_line(at, end, &line);
        bool joins = open && line.quote == before.quote &&
                     !(line.end - line.start == 3 && !memcmp(line.start, "-- ", 3));
        if (!joins) {
            if (before.start) {
                buffer_addc(out, '\n');
            }
            for (size_t i = 0; i < line.quote; i++) {
                buffer_addc(out, '>');
            }
            buffer_adds(out, line.quote ? " " : "");
        }
        open = goes_on(&line);
        buffer_add(out, line.start, (size_t)(line.end - line.start) - (open && joined));
        before = line;
    }
}
