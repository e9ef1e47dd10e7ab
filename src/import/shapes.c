/*
 * shapes: is this line an attribution, and of which kind?
 *
 * No list of finished patterns, because sites put the same few parts in any order. A line is taken
 * apart: its list marker and image names come off the front, its date is cut out of the middle,
 * words that lead to a name or follow it ("posted by", "says:"), addresses and navigation come off
 * both sides. What is left must be a name and nothing else:
 *
 *      3. [ae9] Mara Lindqvist wrote on May 3, 2011 at 9:20 am:  Reply
 *      |  |     |____________| |      |______________________|   |
 *      |  image     name       |              date               navigation
 *      marker                  verb
 *
 * Which parts were there makes the shape. A date may also stand alone on the line below the name
 * or above it, and list items of converters may be wrapped over three lines.
 */
#include <string.h>

#include "dates.h"
#include "text.h"

enum { LINE_LONGEST = 330 };

#define ANY SHAPE_ANY
const struct shape shapes[SHAPES] = {
    {"on DATE NAME said", ORDER_DATE_NAME, ANY, 1, 1, ANY, ANY, 10, 1, 2},
    {"NAME said on DATE", ORDER_NAME_DATE, ANY, 1, 1, ANY, ANY, 10, 1, 2},
    {"posted by NAME on DATE", ORDER_NAME_DATE, LEAD_POSTED_BY, ANY, 1, ANY, ANY, 10, 1, 2},
    {"on DATE posted by NAME", ORDER_DATE_NAME, LEAD_POSTED_BY, ANY, 1, ANY, ANY, 10, 1, 2},
    {"by NAME on DATE at TIME", ORDER_NAME_DATE, LEAD_BY, ANY, 1, 1, ANY, 9, 1, 3},
    {"posted on DATE by NAME", ORDER_DATE_NAME, LEAD_BY, ANY, 1, ANY, ANY, 9, 1, 3},
    {"by NAME on DATE", ORDER_NAME_DATE, LEAD_BY, ANY, 1, 0, ANY, 6, 2, 4},
    {"NAME DATE TIME", ORDER_NAME_DATE, ANY, ANY, 1, 1, ANY, 8, 1, 3},
    {"DATE TIME NAME", ORDER_DATE_NAME, ANY, ANY, 1, 1, ANY, 7, 2, 3},
    {"NAME DATE", ORDER_NAME_DATE, ANY, ANY, 1, 0, ANY, 5, 2, 4},
    {"DATE NAME", ORDER_DATE_NAME, ANY, ANY, 1, 0, ANY, 4, 2, SHAPE_NEVER},
    {"posted by NAME", ORDER_NAME, LEAD_POSTED_BY, ANY, 0, ANY, ANY, 4, 2, 4},
    {"NAME says", ORDER_NAME, ANY, 1, 0, ANY, ANY, 4, 2, SHAPE_NEVER},
    {"NUMBER NAME", ORDER_NAME, ANY, 0, 0, ANY, MARKER_NUMBER, 2, 2, SHAPE_NEVER},
};

static bool fits(uint8_t wanted, unsigned has)
{
    return wanted == ANY || wanted == has;
}

unsigned shape_of(const struct mark *mark)
{
    for (unsigned i = 0; i < SHAPES; i++) {
        const struct shape *shape = &shapes[i];
        if (fits(shape->order, mark->order) && fits(shape->lead, mark->lead) &&
            fits(shape->verb, mark->verb) && fits(shape->date, mark->date) &&
            fits(shape->clock, mark->clock) && fits(shape->marker, mark->marker)) {
            return i;
        }
    }
    return SHAPES;
}

/* ---- taking a line apart --------------------------------------------------------------------- */

static bool blank_at(const char *at, const char *end)
{
    return at < end && (*at == ' ' || *at == '\t' || *at == '\n' ||
                        (end - at > 1 && !memcmp(at, "\xC2\xA0", 2)));
}

/* "12." "12)" "#12" "12 " and the bullets of four converters; moves past it. */
static enum marker cut_number_marker(struct span *span, uint32_t *number)
{
    const char *at = span->start;
    bool hash = at < span->end && *at == '#';
    bool bracket = at < span->end && (*at == '(' || *at == '[');
    at += hash || bracket;
    const char *first = at;
    uint32_t value = 0;
    while (at < span->end && byte_is_digit(*at) && at - first < 7) {
        value = value * 10 + (uint32_t)(*at++ - '0');
    }
    if (at == first || value == 0) {
        return MARKER_NONE;
    }
    at += at < span->end && *at == '\\';
    bool closed = at < span->end && (*at == '.' || *at == ')' || *at == ']' || *at == ':');
    at += closed;
    if (!blank_at(at, span->end) && !(at == span->end && closed)) {
        return MARKER_NONE;
    }
    span->start = at;
    *span = span_trim_blanks(*span);
    *number = value;
    return closed || hash ? MARKER_NUMBER : MARKER_BARE;
}

enum marker span_cut_marker(struct span *span, uint32_t *number)
{
    static const char *const bullets[] = {"*",
                                          "+",
                                          "o",
                                          "#",
                                          "@",
                                          "=",
                                          "-",
                                          "\xE2\x80\xA2",
                                          "\xC2\xB7",
                                          "\xE2\x97\xA6",
                                          "\xE2\x96\xAA",
                                          "\xE2\x96\xA0",
                                          "\xE2\x97\x8B",
                                          "\xE2\x96\xA1",
                                          "\xE2\x97\x8F"};
    enum marker marker = cut_number_marker(span, number);
    for (size_t i = 0; marker == MARKER_NONE && i < ARRAY_LENGTH(bullets); i++) {
        size_t size = strlen(bullets[i]);
        if (span_length(*span) >= size && !memcmp(span->start, bullets[i], size) &&
            (blank_at(span->start + size, span->end) || span_length(*span) == size)) {
            span->start += size;
            *span = span_trim_blanks(*span);
            marker = MARKER_BULLET;
        }
    }
    return marker;
}

/* The parts of one attribution while they are being found. */
struct parts {
    struct span name;
    enum lead lead;
    bool verb;
    bool trail; /* "Reply" after it */
};

/* "12 points" off the end. */
static void cut_points(struct span *span)
{
    struct span rest = *span;
    static const char *const words[] = {" points", " point"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        size_t size = strlen(words[i]);
        if (span_length(rest) > size && !memcmp(rest.end - size, words[i], size)) {
            rest.end -= size;
            while (rest.start < rest.end && byte_is_digit(rest.end[-1])) {
                rest.end--;
            }
            *span = rest.end > rest.start ? span_trim_separators(rest) : *span;
            return;
        }
    }
}

/* What stands before the date, or the whole line if there is none. */
static struct parts read_left(struct span span)
{
    struct parts parts = {.name = span};
    parts.name = span_trim(parts.name, " \t\n([{|,@/~<#");
    parts.name = span_trim_separators(parts.name);
    struct span uncut = parts.name;
    parts.lead = span_cut_lead(&parts.name);
    if (parts.lead == LEAD_DATE && parts.name.start < parts.name.end) {
        parts.name = uncut; /* "Le Monde", "On a boat" */
        parts.lead = LEAD_NONE;
    }
    span_cut_address(&parts.name);
    span_cut_tail(&parts.name);
    cut_points(&parts.name);
    parts.verb = span_cut_verb(&parts.name);
    parts.name = span_trim_separators(parts.name);
    return parts;
}

/* What stands after the date. */
static struct parts read_right(struct span span, uint32_t *number)
{
    struct parts parts = {.name = span_trim(span, " \t\n)]}>.")};
    parts.name = span_trim_separators(parts.name);
    if (words_are_navigation(parts.name)) {
        parts.name.end = parts.name.start;
        parts.trail = true;
        return parts;
    }
    cut_number_marker(&parts.name, number);
    parts.lead = span_cut_lead(&parts.name);
    span_cut_address(&parts.name);
    parts.verb = span_cut_verb(&parts.name);
    parts.name = span_trim_separators(parts.name);
    return parts;
}

static bool is_pronoun(struct span name)
{
    static const char *const words[] = {"he",  "she", "it",   "they", "we", "i",
                                        "you", "who", "this", "that", "er", "sie",
                                        "ich", "wir", "il",   "elle", "one"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (span_is(name, words[i])) {
            return true;
        }
    }
    return false;
}

static unsigned most_words(const struct mark *mark)
{
    if (mark->marker != MARKER_NONE && mark->date) {
        return 40;
    }
    if (mark->lead == LEAD_POSTED_BY || (mark->lead && mark->clock) || (mark->verb && mark->date) ||
        mark->marker == MARKER_BARE) {
        return 16;
    }
    return mark->clock || mark->verb ? 8 : 6;
}

/* Versions of programs are no names: "hearsay 1.2", "Release 3". */
static bool is_release(struct span name)
{
    if (span_starts(name, "version") || span_starts(name, "release") || span_starts(name, "v.")) {
        return true;
    }
    for (const char *at = name.start; at + 2 < name.end; at++) {
        if (byte_is_digit(at[0]) && at[1] == '.' && byte_is_digit(at[2])) {
            return true;
        }
    }
    return false;
}

static bool set_name(const struct lines *lines, struct span name, struct mark *mark)
{
    bool weak = !mark->verb && !mark->lead;
    if (memmem(name.start, span_length(name), "points by ", 10)) {
        return false; /* the story's own line on a link site */
    }
    span_cut_mail(&name);
    if (!words_are_name(name, most_words(mark)) || is_pronoun(name) ||
        (weak && (!span_begins_name(name) || is_release(name) || name.end[-1] == ':'))) {
        return false;
    }
    mark->name_start = (uint32_t)(name.start - lines->text);
    mark->name_end = (uint32_t)(name.end - lines->text);
    return true;
}

static bool read_dated(const struct lines *lines, struct span span, const struct date_hit *hit,
                       struct mark *mark)
{
    struct parts left = read_left((struct span){span.start, span.start + hit->start});
    uint32_t number = 0;
    struct parts right = read_right((struct span){span.start + hit->end, span.end}, &number);
    if (!span_is_empty(left.name) && !span_is_empty(right.name)) {
        return false;
    }
    mark->date = true;
    mark->clock = hit->clock || hit->relative;
    mark->time = hit->time;
    mark->zone_unknown = hit->zone_unknown && hit->time != TIME_NONE;
    mark->number = mark->number ? mark->number : number;
    mark->verb = left.verb || right.verb;
    mark->trail = right.trail;
    mark->lead = (uint8_t)(span_is_empty(right.name) ? left.lead : right.lead);
    if (span_is_empty(left.name) && span_is_empty(right.name)) {
        mark->order = ORDER_DATE;
        return !mark->verb && mark->lead != LEAD_BY;
    }
    mark->lead = mark->lead == LEAD_DATE ? LEAD_NONE : mark->lead;
    mark->order = span_is_empty(left.name) ? ORDER_DATE_NAME : ORDER_NAME_DATE;
    return set_name(lines, span_is_empty(left.name) ? right.name : left.name, mark);
}

/* Many more words than any name and what stands around it. Addresses are cut off a name's end. */
static bool is_prose(struct span span)
{
    enum { WORDS_MOST = 30 };
    unsigned blanks = 0;
    for (const char *at = span.start; at < span.end && blanks < WORDS_MOST; at++) {
        blanks += *at == ' ';
    }
    return blanks == WORDS_MOST && !memmem(span.start, span_length(span), "http", 4) &&
           !memmem(span.start, span_length(span), "  ", 2);
}

/* Without a date there must be a verb that ends the line, a strong lead, or a number. */
static bool read_dateless(const struct lines *lines, struct span span, struct mark *mark)
{
    if (is_prose(span)) {
        return false;
    }
    char last = span.end[-1];
    bool open = last == ':' || last == '.' || (unsigned char)last == 0xA6; /* U+2026 */
    struct parts parts = read_left(span);
    mark->order = ORDER_NAME;
    mark->time = TIME_NONE;
    mark->verb = parts.verb && (open || mark->marker != MARKER_NONE);
    mark->lead = parts.lead == LEAD_POSTED_BY ? LEAD_POSTED_BY : LEAD_NONE;
    if (parts.verb && !mark->verb) {
        return false;
    }
    if (mark->verb || mark->lead) {
        return set_name(lines, parts.name, mark);
    }
    if (mark->marker != MARKER_NUMBER || last == '.' || last == ':' || last == ',' || last == '?') {
        return false;
    }
    mark->lead = LEAD_NONE;
    return set_name(lines, span, mark);
}

bool span_has_digit(struct span span)
{
    unsigned digits = 0;
    for (const char *at = span.start; at < span.end; at++) {
        digits |= (unsigned char)(*at - '0') < 10;
    }
    return digits;
}

bool span_mentions_date(struct span span)
{
    if (span_has_digit(span)) {
        return true;
    }
    return span_length(span) < 100 && (memmem(span.start, span_length(span), " ago", 4) ||
                                       memmem(span.start, span_length(span), "vor ein", 7));
}

/* The date that counts: the first that says its year, else the first. */
static bool find_date(struct span span, struct date_hit *hit)
{
    if (!span_mentions_date(span) || !date_find(span.start, span_length(span), hit)) {
        return false;
    }
    struct date_hit next = *hit;
    for (unsigned tries = 0; next.time == TIME_NONE && !next.relative && tries < 3; tries++) {
        size_t skip = next.start + 1 < next.end ? next.start + 1 : next.end;
        while (skip < next.end && span.start[skip] != ' ') {
            skip++;
        }
        if (!date_find(span.start + skip, span_length(span) - skip, &next)) {
            return true;
        }
        next.start += skip;
        next.end += skip;
        *hit = next.time != TIME_NONE ? next : *hit;
    }
    return true;
}

/* Takes the lines [first, last] apart as one. False: no attribution. */
bool mark_read(const struct lines *lines, uint32_t first, uint32_t last, struct mark *mark)
{
    struct span span = {lines->text + lines->items[first].start,
                        lines->text + lines->items[last].end};
    *mark = (struct mark){.line = first,
                          .last = last,
                          .time = TIME_NONE,
                          .column = line_column(&lines->items[first])};
    if (span_length(span) > LINE_LONGEST) {
        return false;
    }
    struct date_hit hit = {0};
    bool dated = find_date(span, &hit);
    if (!dated || hit.start > 0) {
        const char *start = span.start;
        mark->marker = (uint8_t)span_cut_marker(&span, &mark->number);
        while (span_cut_image(&span)) {
            span = span_trim_blanks(span);
        }
        size_t cut = (size_t)(span.start - start);
        if (dated && cut > hit.start) {
            return false;
        }
        hit.start -= dated ? cut : 0;
        hit.end -= dated ? cut : 0;
    }
    if (span_is_empty(span)) {
        return false;
    }
    if ((mark->marker != MARKER_NONE || !dated) && words_are_pingback(&span)) {
        mark->pingback = true;
        mark->order = ORDER_NAME;
        mark->name_start = (uint32_t)(span.start - lines->text);
        mark->name_end = (uint32_t)(span.end - lines->text);
        return true;
    }
    return dated ? read_dated(lines, span, &hit, mark) : read_dateless(lines, span, mark);
}
