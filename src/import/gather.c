/*
 * gather: a family of marks has been found; which other lines between its first and its last belong
 * to the thread? Replies that are written another way, pingbacks, dates below bodies, titles above
 * attributions, names said twice. All strictly: a body that quotes an attribution must stay whole.
 */
#include <string.h>

#include "text.h"

static uint32_t line_length(const struct lines *lines, uint32_t at)
{
    return lines->items[at].end - lines->items[at].start;
}

/* "On DATE, NAME wrote:" with quoted lines below is part of a body. */
static bool heads_quote(const struct lines *lines, const struct mark *mark)
{
    uint32_t below = lines_next(lines, mark->last + 1);
    return mark->verb && below < lines->count &&
           (lines->items[below].quote > lines->items[mark->line].quote ||
            *line_span(lines, below).start == '"');
}

static bool is_column_of(const struct family *family, uint32_t column)
{
    for (size_t i = 0; i < family->hosts->count && i < 200; i++) {
        uint32_t other = family->hosts->items[i].column;
        if (other <= column + 1 && column <= other + 1) {
            return true;
        }
    }
    return false;
}

static bool is_guest(const struct family *family, const struct mark *mark)
{
    const struct lines *lines = family->lines;
    if (mark->order == ORDER_DATE || mark->line < family->start || mark->line >= family->end) {
        return false;
    }
    bool free = mark->marker != MARKER_NONE || mark->line == 0 ||
                line_is_blank(&lines->items[mark->line - 1]) ||
                words_are_navigation(line_span(lines, mark->line - 1));
    bool host = is_column_of(family, mark->column);
    if (mark->pingback) {
        return free && host;
    }
    if (!free || !mark->date || heads_quote(lines, mark)) {
        return false;
    }
    unsigned shape = shape_of(mark);
    bool sibling = shape < SHAPES && shapes[shape].order == shapes[family->shape].order &&
                   mark->verb == family->hosts->items[0].verb;
    return host && (sibling || (mark->clock && (mark->verb || mark->lead || mark->marker)));
}

/* A bare date at the end of a body belongs to the mark above. */
static void take_date(const struct family *family, struct mark *owner, const struct mark *date)
{
    if (owner->date || date->line < owner->last) {
        return;
    }
    owner->date = true;
    owner->time = date->time;
    owner->zone_unknown = date->zone_unknown;
    for (uint32_t at = date->line; at <= date->last; at++) {
        family->lines->items[at].flags |= LINE_DROP;
    }
}

static bool ends_body(const struct family *family, const struct mark *date, size_t next)
{
    uint32_t below = lines_next(family->lines, date->last + 1);
    uint32_t stop = next < family->kept->count ? family->kept->items[next].line : family->end;
    return below >= stop;
}

/* The family and its guests, in order; dates that stand below bodies are given to them. */
static void merge(const struct family *family, mark_vector *result)
{
    size_t next = 0;
    for (size_t i = 0; i <= family->all->count; i++) {
        const struct mark *mark = i < family->all->count ? &family->all->items[i] : NULL;
        while (next < family->kept->count &&
               (!mark || family->kept->items[next].line <= mark->line)) {
            vector_push(result, family->kept->items[next++]);
        }
        if (!mark || (result->count && result->items[result->count - 1].line == mark->line)) {
            continue;
        }
        if (is_guest(family, mark)) {
            vector_push(result, *mark);
        } else if (mark->order == ORDER_DATE && !family->after && result->count &&
                   ends_body(family, mark, next)) {
            take_date(family, &result->items[result->count - 1], mark);
        }
    }
}

/* A short line of its own right above an attribution, set off from the text before. */
static bool has_title(const struct lines *lines, const struct mark *mark)
{
    if (mark->line < 2 || !line_is_blank(&lines->items[mark->line - 2])) {
        return false;
    }
    const struct line *above = &lines->items[mark->line - 1];
    struct span span = line_span(lines, mark->line - 1);
    return !line_is_blank(above) && !(above->flags & LINE_DROP) && span_length(span) <= 90 &&
           line_column(above) == mark->column && !words_are_navigation(span);
}

/* Comments may have titles: then nearly all have. */
static void take_titles(const struct lines *lines, mark_vector *marks)
{
    size_t titled = 0;
    for (size_t i = 0; i < marks->count; i++) {
        titled += has_title(lines, &marks->items[i]);
    }
    if (titled < 3 || titled * 5 < marks->count * 4) {
        return;
    }
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        mark->titled = has_title(lines, mark);
        mark->line -= mark->titled;
    }
}

/* A name that is repeated on the line above or below is said once. */
static void drop_repeats(struct lines *lines, const mark_vector *marks)
{
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        const uint32_t around[] = {mark->line - 1, mark->last + 1};
        uint32_t length = mark->name_end - mark->name_start;
        for (size_t k = 0; k < 2; k++) {
            if (around[k] < lines->count && length && line_length(lines, around[k]) == length &&
                !memcmp(lines->text + lines->items[around[k]].start, lines->text + mark->name_start,
                        length)) {
                lines->items[around[k]].flags |= LINE_DROP;
            }
        }
    }
}

void gather_marks(const struct family *family, mark_vector *result)
{
    merge(family, result);
    drop_repeats(family->lines, result);
    if (family->titles) {
        take_titles(family->lines, result);
    }
}
