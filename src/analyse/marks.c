/*
 * Which quotation marks belong together.
 *
 * A curly mark says which side it is on, a straight one shows it by its neighbours, and an
 * apostrophe says nothing at all:
 *
 *      he said "no," and 'the boys' toys' were  „so“ and «so» and ``so'' and " so "
 *              ^---^     ^----??????????^
 *
 * One pass over the marks of an item (the article, or one comment) keeps a stack of what is open.
 * Double marks may hold single ones and these double ones again. A paragraph that ends inside a
 * double mark is gone on with in the next one if that begins with an opening mark, or if the first
 * mark there is a closing one; else the mark was never closed and holds to its paragraph's end.
 *
 * Single marks must be closed in their paragraph. A closing one after an s may be a possessive: it
 * is kept in mind ("maybe") and taken if nothing better comes before the paragraph, an outer
 * quotation, or the next opening mark does end it.
 *
 * Every mark is looked at once, whatever stands there: linear.
 */
#include <stdlib.h>

#include "internal.h"
#include "labels.h"

#define DEPTH 4

enum side { SIDE_OPEN = 1, SIDE_CLOSE = 2 };

struct mark_sort {
    uint16_t character;
    uint8_t single;
    uint8_t sides; /* what it may be by itself */
};

static const struct mark_sort mark_sorts[] = {
    {'"', 0, 3},    {0x201C, 0, 3}, {0x201D, 0, 2}, {0x201E, 0, 1}, {0x201F, 0, 1}, {0xAB, 0, 3},
    {0xBB, 0, 3},   {0xFF02, 0, 3}, {0x300C, 0, 1}, {0x300D, 0, 2}, {0x300E, 1, 1}, {0x300F, 1, 2},
    {0x301D, 0, 1}, {0x301E, 0, 2}, {0x301F, 0, 2}, {'\'', 1, 3},   {0x2018, 1, 3}, {0x2019, 1, 2},
    {0x201A, 1, 1}, {0x201B, 1, 1}, {0x2039, 1, 3}, {0x203A, 1, 3}, {'`', 1, 1},
};

struct open_mark {
    uint32_t span;
    uint32_t maybe; /* a closing mark that may be an apostrophe, or NONE */
    uint16_t character;
    uint8_t single;
};

struct pairing {
    struct analysis *a;
    struct open_mark stack[DEPTH];
    unsigned depth;
    uint32_t paragraph;
    struct labels labels;
    uint32_t carried; /* utterance that goes on in the next paragraph, or NONE */
};

static const struct mark_sort *sort_of(const struct token *t)
{
    for (size_t i = 0; i < ARRAY_LENGTH(mark_sorts); i++)
        if (mark_sorts[i].character == t->folded)
            return &mark_sorts[i];
    return NULL;
}

/* ---- what the neighbours say ----------------------------------------------------------------- */

static bool blank_before(const struct analysis *a, uint32_t token, uint32_t first)
{
    return token == first || token_has(a, token, SHAPE_SPACE);
}

static bool blank_after(const struct analysis *a, uint32_t token, uint32_t end)
{
    return token + 1 >= end || token_has(a, token + 1, SHAPE_SPACE);
}

static bool opens_something(const struct token *t)
{
    if (t->shape & SHAPE_MARK)
        return true;
    return (t->shape & SHAPE_PUNCT) &&
           (t->folded == '(' || t->folded == '[' || t->folded == 0x2014 || t->folded == 0x2013 ||
            t->folded == '-' || t->folded == '/' || t->folded == '>' || t->folded == ':');
}

static bool looks_opening(const struct analysis *a, uint32_t token, const struct paragraph *p)
{
    if (blank_after(a, token, p->end))
        return false;
    return blank_before(a, token, p->first) || opens_something(&a->tokens.items[token - 1]);
}

static bool looks_closing(const struct analysis *a, uint32_t token, const struct paragraph *p)
{
    if (blank_before(a, token, p->first))
        return false;
    return blank_after(a, token, p->end) || token_has(a, token + 1, SHAPE_PUNCT | SHAPE_MARK) ||
           token_has(a, token - 1, SHAPE_PUNCT);
}

/* "'em", "'90s": an apostrophe before a word. */
static bool is_elision(const struct analysis *a, uint32_t next)
{
    return token_has(a, next, SHAPE_NUMBER) ||
           token_among(a, next, " em til tis twas cause n bout round cuz s t re ve ll d m ");
}

static bool ends_in_s(const struct analysis *a, uint32_t token)
{
    const struct token *t = &a->tokens.items[token];
    return (t->shape & SHAPE_WORD) && (a->text[t->start + t->length - 1] | 32) == 's';
}

/* ---- opening and closing --------------------------------------------------------------------- */

static void open_span(struct pairing *m, uint32_t open, uint32_t first,
                      const struct mark_sort *sort, bool continues)
{
    struct analysis *a = m->a;
    if (m->depth == DEPTH)
        return;
    uint32_t outer = m->depth > 0 ? m->stack[m->depth - 1].span : NONE;
    struct span span = {.open = open,
                        .close = NONE,
                        .first = first,
                        .end = NONE,
                        .quote = NONE,
                        .paragraph = m->paragraph,
                        .outer = outer,
                        .single = sort->single};
    if (continues && m->carried != NONE) {
        span.quote = m->carried;
        span.continues = 1;
    }
    m->stack[m->depth++] =
        (struct open_mark){(uint32_t)a->spans.count, NONE, sort->character, sort->single};
    vector_push(&a->spans, span);
}

static void close_top(struct pairing *m, uint32_t close, uint32_t end, bool unclosed)
{
    struct analysis *a = m->a;
    struct span *span = &a->spans.items[m->stack[--m->depth].span];
    span->close = close;
    span->end = end;
    span->unclosed = unclosed;
    if (span->first >= end) {
        span->end = NONE; /* nothing inside: dropped at the end */
        return;
    }
    if (span->quote != NONE)
        return;
    span->quote = (uint32_t)a->utterances.count;
    vector_push(&a->utterances,
                ((struct utterance){.source = NONE, .cue = NONE, .entity = NONE, .into = NONE}));
}

/* Ends a single mark that something else cuts off: at its "maybe", or not at all. */
static void settle_single(struct pairing *m)
{
    uint32_t maybe = m->stack[m->depth - 1].maybe;
    if (maybe != NONE)
        close_top(m, maybe, maybe, false);
    else
        m->depth--; /* its end stays NONE: dropped */
}

static void close_double(struct pairing *m, uint32_t token)
{
    while (m->depth > 0 && m->stack[m->depth - 1].single)
        settle_single(m);
    if (m->depth > 0)
        close_top(m, token, token, false);
}

static bool double_is_open(const struct pairing *m)
{
    for (unsigned i = 0; i < m->depth; i++)
        if (!m->stack[i].single)
            return true;
    return false;
}

/* A new double mark while the one around it is a double one too: that one was never closed. */
static void open_double(struct pairing *m, uint32_t token, const struct mark_sort *sort,
                        bool continues)
{
    if (m->depth > 0 && m->stack[m->depth - 1].single && m->stack[m->depth - 1].maybe != NONE)
        settle_single(m);
    if (m->depth > 0 && !m->stack[m->depth - 1].single)
        close_top(m, NONE, token, true);
    open_span(m, token, token + 1, sort, continues);
}

/* ---- one mark -------------------------------------------------------------------------------- */

static void see_double(struct pairing *m, uint32_t token, const struct mark_sort *sort,
                       const struct paragraph *p)
{
    struct analysis *a = m->a;
    bool opening = looks_opening(a, token, p), closing = looks_closing(a, token, p);
    bool open = double_is_open(m), first = token == p->first;
    uint16_t opener = m->depth > 0 ? m->stack[m->depth - 1].character : 0;
    bool partner = (opener == 0x201E && sort->character == 0x201C) ||
                   (opener == 0xBB && sort->character == 0xAB) ||
                   (opener == 0xAB && sort->character == 0xBB);
    if (sort->sides == SIDE_OPEN) {
        open_double(m, token, sort, first);
    } else if (open && (partner || sort->sides == SIDE_CLOSE)) {
        close_double(m, token);
    } else if (sort->character == 0x201C) {
        if (open && closing && !opening)
            close_double(m, token);
        else
            open_double(m, token, sort, first);
    } else if (sort->sides == SIDE_CLOSE) {
        if (opening)
            open_double(m, token, sort, first);
    } else if (open && (closing || !opening)) {
        close_double(m, token);
    } else if (opening || !closing) {
        bool inches = token > p->first && token_has(a, token - 1, SHAPE_NUMBER) &&
                      !token_has(a, token, SHAPE_SPACE);
        if (!inches)
            open_double(m, token, sort, first);
    }
}

static bool close_single(struct pairing *m, uint32_t token, const struct paragraph *p)
{
    struct analysis *a = m->a;
    bool spaced = blank_before(a, token, p->first) && blank_after(a, token, p->end);
    if (!looks_closing(a, token, p) && !spaced)
        return false;
    struct open_mark *top = &m->stack[m->depth - 1];
    bool after = token + 1 < p->end && token_has(a, token + 1, SHAPE_PUNCT | SHAPE_MARK);
    if (!spaced && ends_in_s(a, token - 1) && !after) {
        if (top->maybe == NONE)
            top->maybe = token;
        return true;
    }
    close_top(m, token, token, false);
    return true;
}

static void see_single(struct pairing *m, uint32_t token, const struct mark_sort *sort,
                       const struct paragraph *p)
{
    struct analysis *a = m->a;
    bool open = m->depth > 0 && m->stack[m->depth - 1].single;
    bool spaced = blank_before(a, token, p->first) && blank_after(a, token, p->end);
    bool opening = (sort->sides & SIDE_OPEN) && (looks_opening(a, token, p) || spaced) &&
                   token + 1 < p->end && !is_elision(a, token + 1);
    if (open && (sort->sides & SIDE_CLOSE) && !(opening && !spaced) && close_single(m, token, p))
        return;
    if (!opening)
        return;
    if (open)
        settle_single(m);
    open_span(m, token, token + 1, sort, false);
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

static uint32_t first_double(const struct analysis *a, const struct paragraph *p)
{
    for (uint32_t i = p->first; i < p->end; i++) {
        const struct mark_sort *sort =
            token_has(a, i, SHAPE_MARK) ? sort_of(&a->tokens.items[i]) : NULL;
        if (sort && !sort->single)
            return i;
    }
    return NONE;
}

/* At the end of paragraph `index` inside a double mark: does the next paragraph go on with it, and
 * how? */
enum going_on { ENDS, REOPENED, UNREOPENED };

static enum going_on goes_on(const struct pairing *m, uint32_t index)
{
    const struct analysis *a = m->a;
    if (index + 1 >= a->paragraphs.count)
        return ENDS;
    const struct paragraph *next = &a->paragraphs.items[index + 1];
    if (next->comment != a->paragraphs.items[index].comment)
        return ENDS;
    uint32_t mark = first_double(a, next);
    if (mark == NONE)
        return ENDS;
    uint16_t character = a->tokens.items[mark].folded;
    if (mark == next->first)
        return character == 0x201D ? UNREOPENED : REOPENED;
    bool closing = looks_closing(a, mark, next) && !looks_opening(a, mark, next);
    return character == 0x201D || (closing && character != 0x201C) ? UNREOPENED : ENDS;
}

static void end_paragraph(struct pairing *m, uint32_t index)
{
    struct analysis *a = m->a;
    const struct paragraph *p = &a->paragraphs.items[index];
    static const struct mark_sort unmarked = {'"', 0, 3};
    m->carried = NONE;
    while (m->depth > 0 && m->stack[m->depth - 1].single)
        settle_single(m);
    if (m->depth == 0)
        return;
    enum going_on how = goes_on(m, index);
    uint32_t span = m->stack[m->depth - 1].span;
    struct mark_sort sort = unmarked;
    sort.character = m->stack[m->depth - 1].character;
    close_top(m, NONE, p->end, how == ENDS);
    m->depth = 0;
    m->carried = how == ENDS ? NONE : a->spans.items[span].quote;
    if (how != UNREOPENED || m->carried == NONE)
        return;
    m->paragraph = index + 1;
    open_span(m, NONE, a->paragraphs.items[index + 1].first, &sort, true);
}

/* Drops spans that came to nothing and mends the indices of those they are nested in. */
static void drop_empty(struct analysis *a)
{
    uint32_t *moved = xmalloc((a->spans.count + 1) * sizeof *moved);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < a->spans.count; i++) {
        struct span span = a->spans.items[i];
        uint32_t outer = span.outer != NONE ? moved[span.outer] : NONE;
        moved[i] = span.end == NONE ? outer : kept;
        if (span.end == NONE)
            continue;
        span.outer = outer;
        a->spans.items[kept++] = span;
    }
    a->spans.count = kept;
    free(moved);
}

/* Notes for each token the innermost span it is in, and marks what is quoted. */
static void note_tokens(struct analysis *a)
{
    uint32_t count = (uint32_t)a->tokens.count, next = 0, current = NONE;
    a->span_at = analyse_token_table(a);
    for (uint32_t i = a->kept.tokens; i < count; i++) {
        while (current != NONE) {
            const struct span *span = &a->spans.items[current];
            uint32_t end = span->close != NONE ? span->close + 1 : span->end;
            if (i < end)
                break;
            current = span->outer;
        }
        while (next < a->spans.count) {
            const struct span *span = &a->spans.items[next];
            if (i < (span->open != NONE ? span->open : span->first))
                break;
            current = next++;
        }
        a->span_at[i] = current;
        if (current == NONE)
            continue;
        const struct span *span = &a->spans.items[current];
        bool edge = i == span->open || i == span->close;
        a->tokens.items[i].shape |= edge ? SHAPE_QUOTE_EDGE : 0;
        if (!edge || span->outer != NONE)
            a->tokens.items[i].shape |= SHAPE_QUOTED;
    }
}

/* ---- transcripts ----------------------------------------------------------------------------- */

/* What stands behind the label is one stretch without marks; marks in it are not paired. */
static bool take_transcript(struct pairing *m, uint32_t index)
{
    static const struct mark_sort unmarked = {'"', 0, 3};
    const struct paragraph *p = &m->a->paragraphs.items[index];
    uint32_t first = label_end(m->a, &m->labels, p);
    if (first == NONE || token_has(m->a, first, SHAPE_MARK))
        return false;
    open_span(m, NONE, first, &unmarked, false);
    close_top(m, NONE, p->end, false);
    m->carried = NONE;
    return true;
}

void analyse_marks(struct analysis *a)
{
    struct pairing m = {.a = a, .carried = NONE};
    labels_find(a, &m.labels);
    for (uint32_t index = 0; index < a->paragraphs.count; index++) {
        const struct paragraph *p = &a->paragraphs.items[index];
        m.paragraph = index;
        if (m.depth == 0 && take_transcript(&m, index))
            continue;
        for (uint32_t i = p->first; i < p->end; i++) {
            const struct mark_sort *sort =
                token_has(a, i, SHAPE_MARK) ? sort_of(&a->tokens.items[i]) : NULL;
            if (!sort)
                continue;
            if (sort->single)
                see_single(&m, i, sort, p);
            else
                see_double(&m, i, sort, p);
        }
        end_paragraph(&m, index);
    }
    labels_release(&m.labels);
    drop_empty(a);
    note_tokens(a);
}
