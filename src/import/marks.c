/*
 * marks: every line of a text that may be an attribution. shapes.c reads the single line; here are
 * those that take more than one: a date below or above the name, list items that are wrapped, and
 * lines that are nothing but a name.
 *
 * Nearly all lines are prose: a look at the length, the last byte and for a digit sends them away.
 */
#include <string.h>

#include "attribution.h"
#include "text.h"

enum { LINE_LONGEST = 330, WRAP_NARROWEST = 40, WRAP_MOST = 3 };

/* The cheap look. */
static bool may_be_mark(struct span span)
{
    if (span_is_empty(span) || span_length(span) > LINE_LONGEST) {
        return false;
    }
    char last = span.end[-1], first = (char)(*span.start | 32);
    uint32_t number;
    bool listed = span_length(span) < 120 && span_cut_marker(&span, &number) != MARKER_NONE;
    return listed || last == ':' || last == '.' || (unsigned char)last == 0xA6 ||
           span_has_digit(span) || first == 'p' || first == 't' || span_mentions_date(span) ||
           (strchr("abceiksgv", first) && span_length(span) < 100);
}

/* A marker with nothing, or nothing but an image's name, after it: the rest stands below. */
static bool is_marker_alone(struct span span)
{
    uint32_t number;
    if (span_length(span) > 60 || span_cut_marker(&span, &number) == MARKER_NONE) {
        return false;
    }
    while (span_cut_image(&span)) {
        span = span_trim_blanks(span);
    }
    return span_is_empty(span);
}

static bool may_be_wrapped(const struct lines *lines, uint32_t at, const struct mark *mark)
{
    const struct line *line = &lines->items[at];
    return mark->marker != MARKER_NONE && line->end - line->start <= 120 &&
           (line->end - line->start >= WRAP_NARROWEST || is_marker_alone(line_span(lines, at)));
}

/*
 * A list item whose attribution runs on below: reads up to four lines as one, and takes as many as
 * still make one. `*mark` holds what the first line alone gave.
 */
static bool read_wrapped(const struct lines *lines, uint32_t first, struct mark *mark)
{
    bool found = false;
    bool alone = is_marker_alone(line_span(lines, first));
    uint32_t most = first + WRAP_MOST + alone;
    for (uint32_t last = first + 1; last <= most && last < lines->count; last++) {
        const struct line *line = &lines->items[last];
        struct mark longer;
        if (line_is_blank(line) && alone && last == first + 1) {
            continue;
        }
        if (line_is_blank(line) || line_column(line) + alone <= line_column(&lines->items[first])) {
            break;
        }
        if (mark_read(lines, last, last, &longer) && longer.date && (longer.lead || longer.verb)) {
            break; /* whole by itself: it stands below its text */
        }
        if (mark_read(lines, first, last, &longer) && longer.date &&
            longer.order == ORDER_NAME_DATE && longer.marker != MARKER_NONE &&
            (longer.clock || !mark->clock)) {
            *mark = longer;
            found = true;
        } else if (found || mark->date) {
            break;
        }
    }
    return found;
}

static bool strpbrk_span(struct span span, const char *bytes)
{
    for (const char *at = span.start; at < span.end; at++) {
        if (*at && strchr(bytes, *at)) {
            return true;
        }
    }
    return false;
}

/* Is line `at` nothing but a name, at the start of a paragraph? */
static bool is_name_line(const struct lines *lines, uint32_t at)
{
    struct span span = line_span(lines, at);
    if (span_is_empty(span) || span_length(span) > 60 || !words_are_name(span, 5) ||
        strchr(".:,?)]", span.end[-1]) || strpbrk_span(span, "*[]|<>{}=:") ||
        !span_begins_name(span) || !span_has_letter(span) || words_are_navigation(span) ||
        *span.start == '#') {
        return false;
    }
    int64_t count = 0;
    return !words_are_heading(span, &count) && !words_are_footer(span);
}

static void set_date(struct mark *mark, const struct mark *date)
{
    mark->date = true;
    mark->clock = date->clock;
    mark->time = date->time;
    mark->zone_unknown = date->zone_unknown;
    mark->order = ORDER_NAME_DATE;
}

static struct mark name_mark(const struct lines *lines, uint32_t at)
{
    struct span span = line_span(lines, at);
    struct mark mark = {.line = at, .last = at, .order = ORDER_NAME, .time = TIME_NONE};
    mark.column = line_column(&lines->items[at]);
    mark.marker = (uint8_t)span_cut_marker(&span, &mark.number);
    while (span_cut_image(&span)) {
        span = span_trim_blanks(span);
    }
    struct span uncut = span;
    mark.lead = (uint8_t)span_cut_lead(&span);
    if (mark.lead == LEAD_DATE || span_is_empty(span)) {
        mark.lead = LEAD_NONE;
        span = uncut;
    }
    mark.name_start = (uint32_t)(span.start - lines->text);
    mark.name_end = (uint32_t)(span.end - lines->text);
    return mark;
}

/* "DATE" after a blank line, and a name right below it. */
static bool join_name_below(const struct lines *lines, mark_vector *marks, struct mark *date,
                            uint32_t above)
{
    uint32_t below = date->last + 1;
    if (date->line == 0 || above + 1 == date->line || below >= lines->count ||
        !is_name_line(lines, below)) {
        return false;
    }
    struct mark mark = name_mark(lines, below);
    set_date(&mark, date);
    mark.order = ORDER_DATE_NAME;
    mark.line = date->line;
    mark.column = date->column;
    vector_push(marks, mark);
    return true;
}

/* A bare date belongs to the name above it, if there is one; else it may belong to one below. True
 * if it was given to a "NAME says:". */
static bool add_date(const struct lines *lines, mark_vector *marks, struct mark *date)
{
    uint32_t above = date->line ? lines_previous(lines, date->line - 1) : lines->count;
    struct mark *before = marks->count ? &marks->items[marks->count - 1] : NULL;
    if (before && before->last == above && before->order == ORDER_NAME && !before->pingback) {
        set_date(before, date);
        before->last = date->last;
        before->date_below = true;
        return before->verb;
    }
    if (join_name_below(lines, marks, date, above)) {
        return false;
    }
    bool free = !before || above > before->last || above == lines->count;
    if (free && above < lines->count && date->line - above <= 2 && is_name_line(lines, above) &&
        (above == 0 || line_is_blank(&lines->items[above - 1]) ||
         words_are_navigation(line_span(lines, above - 1)) ||
         line_column(&lines->items[above - 1]) != line_column(&lines->items[above]))) {
        struct mark mark = name_mark(lines, above);
        set_date(&mark, date);
        mark.last = date->last;
        mark.date_below = true;
        vector_push(marks, mark);
        return false;
    }
    vector_push(marks, *date);
    return false;
}

/* "DATE" alone, and "NAME says:" on the next line: one attribution. */
static bool join_date_above(const struct lines *lines, mark_vector *marks, struct mark *mark)
{
    struct mark *before = marks->count ? &marks->items[marks->count - 1] : NULL;
    if (!before || before->order != ORDER_DATE || mark->order != ORDER_NAME || !mark->verb ||
        before->last + 1 != mark->line) {
        return false;
    }
    if (before->line > 0 && !line_is_blank(&lines->items[before->line - 1])) {
        return false; /* it ends a body: the name below is another comment's */
    }
    set_date(mark, before);
    mark->order = ORDER_DATE_NAME;
    mark->line = before->line;
    mark->column = before->column;
    *before = *mark;
    return true;
}

static bool is_worth_it(const struct lines *lines, uint32_t at, const bool *columns)
{
    enum { LONG = 100 };
    const struct line *line = &lines->items[at];
    uint32_t column = line_column(line);
    if (!columns || line->end - line->start < LONG || column >= MARK_COLUMNS) {
        return true;
    }
    char first = lines->text[line->start];
    return columns[column] || byte_is_digit(first) || first == '#' || first == '(' || first == '[';
}

void marks_find(const struct lines *lines, const bool *columns, mark_vector *marks)
{
    uint32_t dateless =
        0; /* "NAME says:" so far: if there are some, dates do not stand above them */
    for (uint32_t at = 0; at < lines->count; at++) {
        struct mark mark;
        if (!is_worth_it(lines, at, columns) || !may_be_mark(line_span(lines, at))) {
            continue;
        }
        bool found = mark_read(lines, at, at, &mark);
        if (!mark.pingback && may_be_wrapped(lines, at, &mark)) {
            found = read_wrapped(lines, at, &mark) || found;
        }
        if (!found) {
            continue;
        }
        if (mark.order == ORDER_DATE) {
            dateless -= add_date(lines, marks, &mark);
        } else if (dateless > 0 || !join_date_above(lines, marks, &mark)) {
            vector_push(marks, mark);
            dateless += mark.verb && !mark.date;
        }
        at = marks->items[marks->count - 1].last > mark.last ? marks->items[marks->count - 1].last
                                                             : mark.last;
    }
}

void marks_find_names(const struct lines *lines, mark_vector *marks)
{
    for (uint32_t at = 0; at < lines->count; at++) {
        bool first = at == 0 || line_is_blank(&lines->items[at - 1]);
        if (first && is_name_line(lines, at)) {
            vector_push(marks, name_mark(lines, at));
        }
    }
}

bool text_attribution(const char *text, size_t length, struct attribution *found)
{
    struct lines lines = {0};
    struct mark mark;
    if (length == 0 || length > LINE_LONGEST) {
        return false;
    }
    lines_split(&lines, text, (uint32_t)length);
    bool fits = lines.count == 1 && !line_is_blank(&lines.items[0]) &&
                mark_read(&lines, 0, 0, &mark) &&
                (mark.pingback || (mark.date && mark.order != ORDER_DATE));
    if (fits) {
        *found = (struct attribution){text + mark.name_start, mark.name_end - mark.name_start,
                                      mark.time, mark.zone_unknown};
    }
    lines_release(&lines);
    return fits;
}
