/*
 * split: which attributions are the comments', and where does the article end?
 *
 * The marks of one shape are a family. Families are tried in order of evidence (the shape's weight
 * times how often it occurs); the first that passes every test is the thread's:
 *
 *      title                           marks up here are bylines and are left out
 *      by A on DATE
 *      paragraphs ...
 *      NAME DATE    <- far from the next: a date in the article, cut off
 *      paragraphs ...
 *                                      a sign: blank lines, a rule, "Comments (3)"
 *      NAME DATE                  or   body
 *      body                            posted by NAME on DATE
 *      NAME DATE                       body
 *      body                            posted by NAME on DATE
 *                                      nothing is left below the last: bodies stand above
 *      Leave a reply
 *
 * Whether marks of other shapes in between are comments too is decided last and strictly. When in
 * doubt there are no comments: a list that was lost is better than one that was made up.
 */
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { HEADING_REACH = 8, COLUMNS = 4400 };

struct search {
    struct lines *lines;
    const mark_vector *all;
    uint32_t body;    /* first line of running text */
    mark_vector kept; /* of the family that is tried */
    unsigned shape;
    bool after, sign;
    uint32_t start; /* line at which the comments begin */
    uint32_t end;   /* line at which they end */
    int64_t stated;
};

static uint32_t line_length(const struct lines *lines, uint32_t at)
{
    return lines->items[at].end - lines->items[at].start;
}

/* Bytes of reading matter in the lines [first, end). */
static uint64_t text_between(const struct lines *lines, uint32_t first, uint32_t end)
{
    uint64_t total = 0;
    for (uint32_t at = first; at < end && at < lines->count; at++) {
        if (!line_is_blank(&lines->items[at]) && !words_are_navigation(line_span(lines, at))) {
            total += line_length(lines, at);
        }
    }
    return total;
}

/* Eight words or more; in scripts without blanks what would be as many. */
static bool is_running_text(const struct lines *lines, uint32_t at)
{
    size_t length = line_length(lines, at);
    return length >= 50 && (span_words(line_span(lines, at)) >= 8 ||
                            length / span_words(line_span(lines, at)) > 25);
}

/* The first line after the title that is running text, or an attribution that cannot be a byline.
 */
static uint32_t find_body(const struct lines *lines, const mark_vector *marks)
{
    uint32_t limit = lines->count;
    for (size_t i = 0; i < marks->count && limit == lines->count; i++) {
        const struct mark *mark = &marks->items[i];
        bool sure = mark->date && (mark->verb || (mark->marker == MARKER_NUMBER && mark->clock));
        limit = sure && mark->order != ORDER_DATE ? mark->line : limit;
    }
    uint32_t at = lines_next(lines, 0);
    for (at = lines_next(lines, at + 1); at < lines->count; at = lines_next(lines, at + 1)) {
        if (at >= limit || is_running_text(lines, at)) {
            return at < limit ? at : limit;
        }
    }
    return lines->count;
}

uint32_t lines_footer(const struct lines *lines, uint32_t from)
{
    for (uint32_t at = from; at < lines->count; at++) {
        if (!line_is_blank(&lines->items[at]) && words_are_footer(line_span(lines, at))) {
            return at;
        }
    }
    return lines->count;
}

static bool is_rule(struct span span)
{
    if (span_length(span) < 3) {
        return false;
    }
    for (const char *at = span.start; at < span.end; at++) {
        if (!strchr("-_=*~ ", *at) || *at == '\0') {
            return false;
        }
    }
    return true;
}

/* ---- signs ----------------------------------------------------------------------------------- */

/* The most blank lines that stand above a usual mark of the family. */
static uint32_t usual_gap(const struct search *search)
{
    uint32_t seen[8] = {0}, usual = 0;
    for (size_t i = 1; i < search->kept.count; i++) {
        uint32_t gap = lines_blank_above(search->lines, search->kept.items[i].line);
        seen[gap < 7 ? gap : 7]++;
    }
    for (uint32_t gap = 0; gap < 8; gap++) {
        if (seen[gap] * 5 > search->kept.count) {
            usual = gap;
        }
    }
    return usual;
}

/* A heading among the lines above `start`; its count goes to `stated`. */
static bool find_heading(struct search *search)
{
    uint32_t at = search->start;
    for (unsigned seen = 0; seen < HEADING_REACH && at > 0; seen++) {
        at = lines_previous(search->lines, at - 1);
        if (at >= search->lines->count || line_length(search->lines, at) > 200) {
            return false;
        }
        if (words_are_heading(line_span(search->lines, at), &search->stated)) {
            return true;
        }
    }
    return false;
}

static bool find_sign(struct search *search)
{
    uint32_t gap = lines_blank_above(search->lines, search->start);
    bool heading = find_heading(search);
    uint32_t above =
        search->start ? lines_previous(search->lines, search->start - 1) : search->lines->count;
    bool rule = above < search->lines->count && is_rule(line_span(search->lines, above));
    return heading || rule || (gap >= 2 && gap > usual_gap(search));
}

/* ---- one family ------------------------------------------------------------------------------ */

bool mark_in_family(const struct mark *mark, unsigned shape)
{
    return mark->order != ORDER_DATE && !mark->pingback && shape_of(mark) == shape;
}

static uint32_t sequence_column(const struct mark *mark)
{
    return mark->column < COLUMNS ? mark->column : COLUMNS - 1;
}

void sequence_begin(struct sequence *sequence, const struct mark *first)
{
    *sequence = (struct sequence){
        .last = xcalloc(COLUMNS, sizeof *sequence->last), .kept = 1, .column = first->column};
    sequence->last[sequence_column(first)] = first->number;
}

void sequence_keep(struct sequence *sequence, const struct lines *lines, mark_vector *marks,
                   uint32_t end)
{
    size_t kept = 0;
    if (!sequence->last) {
        sequence->last = xcalloc(COLUMNS, sizeof *sequence->last);
    }
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        uint32_t column = sequence_column(mark);
        uint32_t below = lines_next(lines, mark->last + 1);
        bool body = below < (i + 1 == marks->count ? end : marks->items[i + 1].line);
        bool follows =
            mark->number == sequence->last[column] + 1 || mark->number == sequence->kept + 1;
        bool restarts = mark->number == 1 && sequence->kept > 0 && column > sequence->column;
        bool begins = sequence->kept == 0 && mark->number <= 2;
        if (body && (follows || restarts || begins)) {
            sequence->last[column] = mark->number;
            sequence->column = sequence->kept++ ? sequence->column : mark->column;
            marks->items[kept++] = *mark;
        }
    }
    marks->count = kept;
}

void sequence_release(struct sequence *sequence)
{
    free(sequence->last);
}

static void collect(struct search *search)
{
    vector_clear(&search->kept);
    for (size_t i = 0; i < search->all->count; i++) {
        const struct mark *mark = &search->all->items[i];
        if (mark->line >= search->body && mark_in_family(mark, search->shape)) {
            vector_push(&search->kept, *mark);
        }
    }
    if (shapes[search->shape].marker == MARKER_NUMBER) {
        struct sequence sequence = {0};
        sequence_keep(&sequence, search->lines, &search->kept, search->lines->count);
        sequence_release(&sequence);
    }
}

/*
 * Drops the marks before a gap that is much longer than any comment: those are the article's. Only
 * few may go that way. Returns the length of the longest comment.
 */
static uint64_t cut_front(struct search *search)
{
    const struct mark *last = &search->kept.items[search->kept.count - 1];
    uint64_t longest =
        text_between(search->lines, last->last + 1, lines_footer(search->lines, last->last + 1));
    size_t first = 0, most = search->kept.count / 8 + 2;
    for (size_t i = search->kept.count; i-- > 1;) {
        const struct mark *mark = &search->kept.items[i - 1];
        uint64_t gap = text_between(search->lines, mark->last + 1, search->kept.items[i].line);
        if (i <= most && gap > 3 * longest + 2500) {
            first = i;
            break;
        }
        longest = gap > longest ? gap : longest;
    }
    if (first > 0) {
        search->kept.count -= first;
        memmove(search->kept.items, search->kept.items + first,
                search->kept.count * sizeof *search->kept.items);
    }
    return longest;
}

/* "1. text" or "1) text" */
static bool begins_list(struct span span)
{
    return span_length(span) > 3 && span.start[0] == '1' &&
           (span.start[1] == '.' || span.start[1] == ')') && span.start[2] == ' ';
}

/* The first line of the paragraphs that end right above `mark`. `lines->count`: none. */
static uint32_t run_above(const struct search *search, uint32_t mark, bool *bounded)
{
    const struct lines *lines = search->lines;
    uint32_t usual = usual_gap(search), at = mark, start = lines->count;
    int64_t count = 0;
    *bounded = false;
    while (at > search->body) {
        uint32_t above = lines_previous(lines, at - 1);
        uint32_t gap = at - above - 1;
        if (above >= lines->count || (gap >= 2 && gap > usual && at < mark)) {
            *bounded = true;
            return start;
        }
        struct span span = line_span(lines, above);
        if (line_length(lines, above) < 100 &&
            (words_are_heading(span, &count) || is_rule(span) || words_are_footer(span))) {
            *bounded = true;
            return start;
        }
        start = at = above;
        if (begins_list(span) && lines->items[above].indent < lines->items[mark].indent) {
            *bounded = true;
            return start;
        }
    }
    return start;
}

/* The paragraph right above a mark. */
static uint32_t paragraph_above(const struct lines *lines, uint32_t mark)
{
    uint32_t at = mark ? lines_previous(lines, mark - 1) : lines->count;
    while (at < lines->count && at > 0 && !line_is_blank(&lines->items[at - 1])) {
        at--;
    }
    return at;
}

/* Do the bodies stand above their marks? Sets `start` too. */
static void find_side(struct search *search)
{
    const struct lines *lines = search->lines;
    const struct mark *first = &search->kept.items[0];
    const struct mark *last = &search->kept.items[search->kept.count - 1];
    search->end = lines_footer(lines, last->last + 1);
    bool bounded = false;
    uint32_t run = run_above(search, first->line, &bounded);
    uint32_t gap = lines_blank_above(lines, first->line), usual = usual_gap(search);
    uint64_t tail = text_between(lines, last->last + 1, search->end);
    int score = tail == 0 ? 3 : tail < 40 ? -2 : -4;
    score += first->verb ? -3 : 0;
    score += first->lead != LEAD_NONE ? 1 : 0;
    score += first->marker != MARKER_NONE || first->date_below ? -2 : 0;
    score += gap >= 2 && gap > usual ? -3 : 0;
    score += bounded && run < first->line && gap <= usual ? 2 : 0;
    search->start = first->line;
    search->after = score > 0 && run < first->line;
    if (search->after) {
        search->start = bounded ? run : paragraph_above(lines, first->line);
        search->end = last->last + 1;
    }
}

/* "* something", "- something" */
static bool is_bullet(struct span span)
{
    return span_length(span) > 2 && ((strchr("*+", *span.start) && span.start[1] == ' ') ||
                                     !memcmp(span.start, "\xE2\x80\xA2", 3));
}

/* Most comments must have a text, and few may be lists: those are a page's margin. */
static bool have_bodies(const struct search *search)
{
    size_t with = 0, lists = 0;
    for (size_t i = 0; i < search->kept.count; i++) {
        uint32_t from = search->kept.items[i].last + 1;
        uint32_t to = i + 1 < search->kept.count ? search->kept.items[i + 1].line : search->end;
        uint32_t body = lines_next(search->lines, from);
        while (body < to && line_length(search->lines, body) < 2) {
            body = lines_next(search->lines, body + 1);
        }
        with += body < to;
        lists += body < to && is_bullet(line_span(search->lines, body));
    }
    return lists * 2 <= search->kept.count && (with + search->after) * 2 >= search->kept.count;
}

/* A byline of the same shape with a short text below it: a list of dated notes from the top on. */
static bool is_diary(const struct search *search, uint64_t longest)
{
    for (size_t i = 0; i < search->all->count; i++) {
        const struct mark *mark = &search->all->items[i];
        if (mark->line >= search->body) {
            return false;
        }
        struct span name = {search->lines->text + mark->name_start,
                            search->lines->text + mark->name_end};
        if (mark_in_family(mark, search->shape) && span_words(name) <= 4) {
            return text_between(search->lines, mark->last + 1, search->start) < 2 * longest + 1500;
        }
    }
    return false;
}

static struct span name_of(const struct search *search, size_t mark)
{
    return (struct span){search->lines->text + search->kept.items[mark].name_start,
                         search->lines->text + search->kept.items[mark].name_end};
}

/* One name again and again, or the names of chapters: no thread. Told from the first few. */
static bool have_authors(const struct search *search, uint64_t longest)
{
    static const char *const chapters[] = {
        "introduction", "abstract",    "terminology", "overview",        "background", "summary",
        "conclusion",   "conclusions", "references",  "installation",    "usage",      "license",
        "requirements", "examples",    "contents",    "ingredients",     "results",    "discussion",
        "methods",      "einleitung",  "fazit",       "zusammenfassung", "gallery",    "related",
    };
    size_t count = search->kept.count < 200 ? search->kept.count : 200, same = 0, chapter = 0;
    struct span first = name_of(search, 0);
    for (size_t i = 0; i < count; i++) {
        struct span name = name_of(search, i);
        same += span_length(name) == span_length(first) &&
                !memcmp(name.start, first.start, span_length(first));
        for (size_t k = 0; k < ARRAY_LENGTH(chapters); k++) {
            chapter += span_is(name, chapters[k]);
        }
    }
    const struct mark *mark = &search->kept.items[0];
    bool weak = !mark->verb && !mark->lead;
    bool long_chapters = weak && !mark->date && longest > 20000;
    return !(weak && count >= 4 && same == count) && !(weak && chapter > 0) && !long_chapters;
}

static bool has_article(const struct search *search)
{
    if (search->start <= lines_next(search->lines, 0)) {
        return false;
    }
    return search->body < search->start || search->sign ||
           (search->shape < SHAPES && shapes[search->shape].weight >= 9);
}

static bool try_family(struct search *search)
{
    const struct shape *shape = &shapes[search->shape];
    search->stated = -1;
    collect(search);
    if (search->kept.count == 0) {
        return false;
    }
    uint64_t longest = cut_front(search);
    find_side(search);
    search->sign = find_sign(search);
    uint8_t needed = search->sign ? shape->with_sign : shape->without;
    const struct mark *sample = &search->kept.items[0];
    if (sample->marker != MARKER_NONE && sample->date && (sample->verb || sample->trail)) {
        needed = 1; /* an item of a converted list: no prose looks like that */
    }
    if (sample->date_below && !sample->verb && !sample->clock && !search->sign) {
        return false; /* a list of other articles looks like that */
    }
    if (needed == SHAPE_NEVER || search->kept.count < needed || !have_bodies(search)) {
        return false;
    }
    if (search->after && !search->sign && search->kept.items[0].lead != LEAD_POSTED_BY) {
        return false;
    }
    const struct mark *last = &search->kept.items[search->kept.count - 1];
    uint64_t tail = text_between(search->lines, last->last + 1, search->end);
    if (!search->after && search->kept.count > 1 && tail > 4 * longest + 4000) {
        return false;
    }
    return has_article(search) && !is_diary(search, longest) && have_authors(search, longest);
}

/* ---- names alone ----------------------------------------------------------------------------- */

/* The line below the widest gap (three blank lines at least) or below a heading. */
static uint32_t find_boundary(const struct lines *lines, uint32_t body)
{
    uint32_t widest = 2, best = lines->count, blank = 0;
    int64_t count = 0;
    for (uint32_t at = body; at < lines->count; at++) {
        if (line_is_blank(&lines->items[at])) {
            blank++;
            continue;
        }
        if (blank > widest) {
            widest = blank;
            best = at;
        }
        if (line_length(lines, at) < 60 && words_are_heading(line_span(lines, at), &count)) {
            return lines_next(lines, at + 1);
        }
        blank = 0;
    }
    return best;
}

/* Names at one indent, each with a longer text below, from the boundary on. */
static bool try_names(struct search *search, mark_vector *names)
{
    struct lines *lines = search->lines;
    search->shape = SHAPES;
    search->sign = false;
    search->start = find_boundary(lines, search->body);
    vector_clear(&search->kept);
    for (size_t i = 0; i < names->count; i++) {
        const struct mark *mark = &names->items[i];
        uint32_t below = lines_next(lines, mark->last + 1);
        bool longer = below < lines->count &&
                      (i + 1 == names->count || below < names->items[i + 1].line) &&
                      line_length(lines, below) > line_length(lines, mark->line);
        bool one = search->kept.count == 0 ? mark->line == search->start
                                           : mark->column == search->kept.items[0].column;
        if (mark->line >= search->start && longer && one) {
            vector_push(&search->kept, *mark);
        }
    }
    if (search->kept.count < 3) {
        return false;
    }
    search->end = lines_footer(lines, search->kept.items[search->kept.count - 1].last + 1);
    if (!has_article(search) || !have_bodies(search) || !have_authors(search, 0)) {
        return false;
    }
    search->after = false;
    search->stated = -1;
    find_heading(search);
    return true;
}

/* ---- all together ---------------------------------------------------------------------------- */

/* Families by evidence: weight times number. Returns how many there are. */
static unsigned rank_families(const struct search *search, unsigned order[SHAPES])
{
    uint64_t score[SHAPES] = {0};
    unsigned count = 0;
    for (size_t i = 0; i < search->all->count; i++) {
        const struct mark *mark = &search->all->items[i];
        unsigned shape = shape_of(mark);
        if (mark->line >= search->body && shape < SHAPES && mark_in_family(mark, shape)) {
            score[shape] += shapes[shape].weight;
        }
    }
    for (unsigned shape = 0; shape < SHAPES; shape++) {
        unsigned at = count;
        if (!score[shape]) {
            continue;
        }
        for (; at > 0 && score[order[at - 1]] < score[shape]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = shape;
        count++;
    }
    return count;
}

static void gather(const struct search *search, mark_vector *result)
{
    gather_marks(&(struct family){.lines = search->lines,
                                  .all = search->all,
                                  .kept = &search->kept,
                                  .hosts = &search->kept,
                                  .shape = search->shape,
                                  .after = search->after,
                                  .titles = !search->after,
                                  .start = search->start,
                                  .end = search->end},
                 result);
}

static bool find_thread(struct search *search, mark_vector *names, mark_vector *result)
{
    unsigned order[SHAPES], families = rank_families(search, order);
    for (unsigned i = 0; i < families; i++) {
        search->shape = order[i];
        if (try_family(search)) {
            gather(search, result);
            return true;
        }
    }
    marks_find_names(search->lines, names);
    if (!try_names(search, names)) {
        return false;
    }
    gather(search, result);
    return true;
}

void split_find(struct lines *lines, mark_vector *marks, struct split *split)
{
    struct search search = {.lines = lines, .all = marks, .body = find_body(lines, marks)};
    mark_vector result = {0}, names = {0};
    *split = (struct split){
        .article_end = lines->count, .comments_end = lines->count, .stated = -1, .shape = SHAPES};
    if (find_thread(&search, &names, &result)) {
        split->article_end = result.items[0].titled ? search.start - 1 : search.start;
        split->comments_end = search.end;
        split->after = search.after;
        split->stated = search.stated;
        split->shape = search.shape;
    }
    split->family = search.kept;
    vector_release(&names);
    vector_release(marks);
    *marks = result;
}

void split_release(struct split *split)
{
    vector_release(&split->family);
}
