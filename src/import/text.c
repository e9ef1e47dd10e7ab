/*
 * text: the plain-text importer. Finds title and byline, hands the rest to its helpers, and feeds
 * the builder front to back. See text.h for who does what.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "dates.h"
#include "formats.h"
#include "text.h"

enum { HEAD_LINES = 12, TITLE_WIDE = 55 };

struct head {
    uint32_t title_first, title_last; /* lines; count of lines if there is no title */
    uint32_t byline;                  /* a line, or the count */
    size_t title_cut;                 /* bytes of the title's end that are a date */
    int64_t published;
    int64_t stated;
};

/* ---- title and byline ------------------------------------------------------------------------ */

static struct span heading_text(struct span span)
{
    struct span rest = span_trim(span, "#");
    return rest.start > span.start && rest.start < rest.end && *rest.start == ' '
               ? span_trim(rest, " ")
               : span;
}

/* Nothing but a date, or a piece of one ("10", "July", "2012"). */
static bool is_date_line(struct span span, int64_t *time)
{
    struct date_hit hit;
    if (span_length(span) > 60) {
        return false;
    }
    if (date_find(span.start, span_length(span), &hit)) {
        struct span left = span_trim_separators((struct span){span.start, span.start + hit.start});
        struct span right = span_trim_separators((struct span){span.start + hit.end, span.end});
        span_cut_lead(&left);
        *time = hit.time;
        return left.start == left.end && span_words(right) <= 1;
    }
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    struct span digits = span_trim(span, "0123456789.,");
    if (digits.start == digits.end) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(months); i++) {
        if (span_words(digits) == 1 && span_length(digits) <= 9 && span_length(digits) >= 3 &&
            span_is((struct span){digits.start, digits.start + 3}, months[i])) {
            return true;
        }
    }
    return false;
}

/* "by NAME on DATE", "Written by NAME", "NAME, DATE": who wrote the article. */
static bool is_byline(struct span span, int64_t *time)
{
    struct date_hit hit;
    struct span rest = span;
    if (span_length(span) > 140) {
        return false;
    }
    enum lead lead = span_cut_lead(&rest);
    bool dated = date_find(span.start, span_length(span), &hit);
    if (dated) {
        *time = hit.time;
    }
    if (lead == LEAD_DATE) {
        return dated;
    }
    if (span_starts(span, "posted in") || span_starts(span, "filed under")) {
        return true;
    }
    return (lead != LEAD_NONE && span_words(rest) <= 14 && rest.start < rest.end) ||
           (dated && span_words(span) <= 12 && hit.end + 3 > span_length(span) && hit.start < 50);
}

static bool is_title(struct span span, unsigned least)
{
    int64_t time, count;
    unsigned words = span_words(span);
    return words >= least && words <= 25 && span_length(span) <= 250 &&
           !is_date_line(span, &time) && !words_are_navigation(span) &&
           !words_are_heading(span, &count) &&
           !(is_byline(span, &time) && words < 12 &&
             (span_starts(span, "by") || span_starts(span, "posted") || span_starts(span, "von") ||
              span_starts(span, "par") || span_starts(span, "written") ||
              span_starts(span, "submitted"))) &&
           memmem(span.start, span_length(span), "://", 3) == NULL;
}

/* A title that a converter wrapped: a wide line, and the next ends the paragraph. */
static bool runs_on(const struct lines *lines, uint32_t at, uint32_t end)
{
    int64_t time;
    return at + 1 < end && lines->items[at].end - lines->items[at].start >= TITLE_WIDE &&
           !line_is_blank(&lines->items[at + 1]) &&
           (at + 2 >= end || line_is_blank(&lines->items[at + 2])) &&
           span_words(line_span(lines, at + 1)) <= 12 &&
           !is_byline(line_span(lines, at + 1), &time) &&
           !is_date_line(line_span(lines, at + 1), &time);
}

/* Nothing of its own kind right below it: no verse, no list. */
static bool stands_alone(const struct lines *lines, uint32_t at, uint32_t end)
{
    int64_t time;
    if (at > 0 && !line_is_blank(&lines->items[at - 1]) &&
        !is_date_line(line_span(lines, at - 1), &time)) {
        return false;
    }
    if (at + 1 >= end || line_is_blank(&lines->items[at + 1])) {
        return true;
    }
    struct span below = line_span(lines, at + 1);
    return span_length(below) > 60 || is_byline(below, &time) || is_date_line(below, &time) ||
           words_are_navigation(below) || runs_on(lines, at, end);
}

static bool is_list_item(struct span span)
{
    struct span rest = span_trim(span, "0123456789");
    bool numbered = rest.start > span.start && rest.start < rest.end;
    return (numbered && (*rest.start == '.' || *rest.start == ')') && rest.end > rest.start + 1 &&
            rest.start[1] == ' ') ||
           span_starts(span, "* ") || span_starts(span, "- ");
}

/* What may stand above a title: a date or pieces of one, navigation, an address. */
static bool is_above_title(struct span span)
{
    int64_t time;
    return !is_title(span, 1) && (is_date_line(span, &time) || words_are_navigation(span) ||
                                  is_byline(span, &time) || span_words(span) <= 2);
}

static bool ends_sentence(struct span span)
{
    return span.end > span.start && (span.end[-1] == '.' || span.end[-1] == ',');
}

/* The next line that could be a title, from `at` on; `end` where running text comes first. */
static uint32_t next_title(const struct lines *lines, uint32_t at, uint32_t end)
{
    for (at = lines_next(lines, at); at < end; at = lines_next(lines, at + 1)) {
        struct span span = heading_text(line_span(lines, at));
        if (is_title(span, 1)) {
            return at;
        }
        if (!is_above_title(span)) {
            return end;
        }
    }
    return end;
}

/*
 * The first line that can be a title, for what stands above it would otherwise come after it. Only
 * a word or two may be passed over, if a better title follows at once: they name a section.
 */
static void find_title(const struct lines *lines, uint32_t end, struct head *head)
{
    uint32_t at = next_title(lines, 0, end);
    if (at >= end || is_list_item(line_span(lines, at))) {
        return;
    }
    if (span_words(heading_text(line_span(lines, at))) <= 2) {
        uint32_t next = next_title(lines, at + 1, end);
        struct span span = next < end ? heading_text(line_span(lines, next)) : (struct span){0};
        if (next < end && is_title(span, 3) && !ends_sentence(span) && !is_list_item(span) &&
            stands_alone(lines, next, end)) {
            at = next;
        }
    }
    if (!stands_alone(lines, at, end)) {
        return;
    }
    head->title_first = head->title_last = at;
    uint32_t first = head->title_first;
    if (first >= lines->count) {
        return;
    }
    head->title_last += runs_on(lines, first, end);
    /* "Preview: who plays? 20 August, 2011" */
    struct span span = line_span(lines, head->title_last);
    struct date_hit hit;
    if (date_find(span.start, span_length(span), &hit) && hit.end == span_length(span) &&
        hit.time != TIME_NONE && hit.start > 15 && span_words(span) > 5) {
        struct span rest = span_trim((struct span){span.start, span.start + hit.start}, " \t|-,(");
        const char *before = rest.end - 1;
        /* only where a sentence or a sign ends in front of it: "since May 3, 2011" stays */
        if (strchr(".!?)]\"|", *before) || rest.end + 1 < span.start + hit.start) {
            head->title_cut = (size_t)(span.end - rest.end);
            head->published = hit.time;
        }
    }
}

static void find_byline(const struct lines *lines, uint32_t end, struct head *head)
{
    uint32_t at = head->title_first < lines->count ? head->title_last + 1 : 0;
    int64_t count;
    for (unsigned seen = 0; seen < 4; seen++) {
        at = lines_next(lines, at);
        if (at >= end || lines->items[at].end - lines->items[at].start > 200) {
            return;
        }
        int64_t time = TIME_NONE;
        struct span span = line_span(lines, at);
        bool date = is_date_line(span, &time), byline = !date && is_byline(span, &time);
        if (head->published == TIME_NONE && (date || byline)) {
            head->published = time;
        }
        if (byline && head->byline >= lines->count) {
            head->byline = at;
        }
        const char *bullet = memmem(span.start, span_length(span), "\xE2\x80\xA2", 3);
        if (head->stated < 0 && bullet &&
            words_are_heading((struct span){bullet + 3, span.end}, &count) && count > 0) {
            head->stated = count;
        }
        at++;
    }
}

/* A date above the title is when it was published. */
static void find_date_above(const struct lines *lines, struct head *head)
{
    int64_t time = TIME_NONE;
    for (uint32_t at = 0; at < head->title_first && at < lines->count; at++) {
        if (!line_is_blank(&lines->items[at]) && is_date_line(line_span(lines, at), &time) &&
            time != TIME_NONE && head->published == TIME_NONE) {
            head->published = time;
        }
    }
}

static struct head find_head(struct lines *lines, uint32_t end)
{
    struct head head = {.title_first = lines->count,
                        .title_last = lines->count,
                        .byline = lines->count,
                        .published = TIME_NONE,
                        .stated = -1};
    find_title(lines, end, &head);
    find_date_above(lines, &head);
    find_byline(lines, end, &head);
    if (head.byline < lines->count) {
        lines->items[head.byline].flags |= LINE_DROP;
    }
    for (uint32_t at = 0; at < lines->count && at <= head.title_last; at++) {
        int64_t time;
        bool title = at >= head.title_first;
        if (title ||
            (head.title_first < lines->count && is_date_line(line_span(lines, at), &time))) {
            lines->items[at].flags |= LINE_DROP;
        }
    }
    return head;
}

static void build_head(const struct lines *lines, const struct head *head, struct builder *builder)
{
    if (head->title_first < lines->count) {
        struct buffer title = {0};
        for (uint32_t at = head->title_first; at <= head->title_last; at++) {
            struct span span = heading_text(line_span(lines, at));
            span.end -= at == head->title_last ? head->title_cut : 0;
            buffer_add(&title, span.start, span_length(span));
            buffer_add(&title, " ", at < head->title_last);
        }
        builder_title(builder, title.data, title.length);
        buffer_release(&title);
    }
    if (head->byline < lines->count) {
        struct span span = line_span(lines, head->byline);
        builder_byline(builder, span.start, span_length(span));
    }
    if (head->published != TIME_NONE) {
        builder_published(builder, head->published);
    }
}

/* ---- comments -------------------------------------------------------------------------------- */

/* A wrapped name holds a line break and the next line's indent. */
static void clean_name(struct buffer *name, const char *text, size_t length)
{
    buffer_clear(name);
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        if (i + 1 < length && !memcmp(text + i, "\xC2\xA0", 2)) {
            i++;
            blank = true;
            continue;
        }
        bool here = text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
        if (!here) {
            buffer_add(name, " ", blank && name->length > 0);
            buffer_addc(name, text[i]);
        }
        blank = here;
    }
}

/* A pingback's title runs on over the lines below it. */
static void extend_pingback(const struct lines *lines, struct mark *mark, uint32_t end)
{
    while (mark->last + 1 < end && mark->last < mark->line + 4 &&
           !line_is_blank(&lines->items[mark->last + 1]) &&
           line_column(&lines->items[mark->last + 1]) > mark->column &&
           !words_are_navigation(line_span(lines, mark->last + 1))) {
        mark->last++;
        mark->name_end = lines->items[mark->last].end;
    }
}

static void build_comment(const struct lines *lines, const struct mark *mark,
                          struct passage passage, struct builder *builder)
{
    struct buffer name = {0};
    clean_name(&name, lines->text + mark->name_start, mark->name_end - mark->name_start);
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = name.data;
    info.name_length = name.length;
    info.depth = mark->depth;
    info.time = mark->time;
    info.zone_unknown = mark->zone_unknown;
    builder_comment(builder, &info);
    if (mark->pingback) {
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, "Pingback", 8);
    }
    if (mark->titled) {
        struct span title = line_span(lines, mark->line);
        builder_block(builder, BLOCK_HEADING, 3, 0);
        builder_text(builder, title.start, span_length(title));
    }
    paragraphs_build(lines, passage, builder);
    buffer_release(&name);
}

/* In a numbered list of comments with the name below, the number is no part of the text. */
static void drop_number(struct lines *lines, uint32_t at, uint32_t end, uint32_t number)
{
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%u. ", number);
    struct line *line = &lines->items[at < lines->count ? at : 0];
    if (at < end && line->end - line->start > (uint32_t)length &&
        !memcmp(lines->text + line->start, digits, (size_t)length)) {
        line->start += (uint32_t)length;
        line->indent = (uint16_t)(line->indent + length);
    }
}

void comments_build(const struct comments *comments, struct builder *builder)
{
    struct lines *lines = comments->lines;
    mark_vector *marks = comments->marks;
    uint32_t from = comments->first;
    for (size_t i = 0; i < marks->count && !builder_full(builder); i++) {
        struct mark *mark = &marks->items[i];
        uint32_t next = i + 1 < marks->count ? marks->items[i + 1].line : comments->end;
        if (mark->pingback) {
            extend_pingback(lines, mark, next);
        }
        if (comments->after) {
            drop_number(lines, lines_next(lines, from), mark->line, (uint32_t)i + 1);
        }
        struct passage passage = {.first = comments->after ? from : mark->last + 1,
                                  .end = comments->after ? mark->line : next,
                                  .wrap = comments->wrap,
                                  .comment = true};
        build_comment(lines, mark, passage, builder);
        from = mark->last + 1;
    }
}

/* The heading of the comments, and a rule above them, are no part of the article. */
static uint32_t trim_article(const struct lines *lines, const mark_vector *marks, uint32_t end)
{
    int64_t count;
    if (marks->count == 0) {
        return end;
    }
    uint32_t at = end ? lines_previous(lines, end - 1) : lines->count;
    if (at < end && words_are_heading(line_span(lines, at), &count)) {
        return at;
    }
    return end;
}

void reading_begin(struct reading *reading, const char *text, uint32_t length)
{
    *reading = (struct reading){0};
    lines_split(&reading->lines, text, length);
    marks_find(&reading->lines, NULL, &reading->marks);
    split_find(&reading->lines, &reading->marks, &reading->split);
}

void reading_release(struct reading *reading)
{
    vector_release(&reading->marks);
    split_release(&reading->split);
    lines_release(&reading->lines);
}

void reading_build_article(struct reading *reading, struct builder *builder)
{
    struct lines *lines = &reading->lines;
    uint32_t end = reading->split.article_end;
    struct head head = find_head(lines, end);
    reading->wrap = paragraphs_width(lines);
    build_head(lines, &head, builder);
    int64_t stated = reading->split.stated >= 0 ? reading->split.stated : head.stated;
    if (reading->marks.count > 0 && stated >= 0) {
        builder_stated_comments(builder, stated);
    }
    struct passage article = {.end = trim_article(lines, &reading->marks, end),
                              .wrap = reading->wrap};
    paragraphs_build(lines, article, builder);
}

bool text_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct reading reading;
    struct nesting nesting = {0};
    if (input->length > UINT32_MAX - 16) {
        return error_set(error, "'%s' is too large", input->name);
    }
    reading_begin(&reading, input->bytes, (uint32_t)input->length);
    const struct split *split = &reading.split;
    nesting_find(&nesting, &reading.lines, split->after, &reading.marks);
    reading_build_article(&reading, builder);
    struct comments comments = {.lines = &reading.lines,
                                .marks = &reading.marks,
                                .first = split->article_end,
                                .end = split->comments_end,
                                .after = split->after,
                                .wrap = reading.wrap};
    comments_build(&comments, builder);
    nesting_release(&nesting);
    reading_release(&reading);
    return true;
}

unsigned text_sniff(const struct import_input *input)
{
    (void)input;
    return 1;
}
