/* What was found, as one string, so that a test says what it expects in one line. */
#ifndef TESTS_ANALYSE_SHOW_H
#define TESTS_ANALYSE_SHOW_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "hearsay/analyse.h"

static inline void show_range(struct buffer *out, const char *text, struct range range)
{
    buffer_add(out, text + range.start, range.end - range.start);
}

/* "Ann Lee: words | words" a quotation with a shown speaker, "?: words" without, "-: words" for a
 * scare quote,
 * "(Ann Lee: words)" for indirect speech; parted by newlines. */
static inline char *show_quotes(const char *text)
{
    struct annotations found;
    struct buffer out = {0};
    analyse_text(text, (uint32_t)strlen(text), &found);
    for (size_t i = 0; i < found.quotes.count; i++) {
        const struct quote *q = &found.quotes.items[i];
        buffer_adds(&out, i ? "\n" : "");
        buffer_adds(&out, q->kind == QUOTE_INDIRECT ? "(" : "");
        if (q->kind == QUOTE_SCARE)
            buffer_adds(&out, "-");
        else if (q->speaker == ENTITY_NONE || q->confidence < CONFIDENCE_LIKELY)
            buffer_adds(&out, "?");
        else
            show_range(&out, text, found.entities.items[q->speaker].name);
        buffer_adds(&out, ": ");
        for (uint32_t s = 0; s < q->span_count; s++) {
            buffer_adds(&out, s ? " | " : "");
            show_range(&out, text, found.spans.items[q->first_span + s]);
        }
        buffer_adds(&out, q->kind == QUOTE_INDIRECT ? ")" : "");
    }
    annotations_release(&found);
    return buffer_detach(&out);
}

/* "person Ann Lee [the mayor]: Ann Lee, Lee" a line; the named ones, heaviest first. */
static inline char *show_entities(const char *text)
{
    struct annotations found;
    struct buffer out = {0};
    analyse_text(text, (uint32_t)strlen(text), &found);
    for (uint32_t i = 0; i < found.entities.count; i++) {
        const struct entity *e = &found.entities.items[i];
        if (e->unnamed)
            continue;
        buffer_printf(&out, "%s%s ", out.length ? "\n" : "", entity_type_name(e->type));
        show_range(&out, text, e->name);
        if (!range_is_empty(e->role)) {
            buffer_adds(&out, " [");
            show_range(&out, text, e->role);
            buffer_adds(&out, "]");
        }
        const char *before = ": ";
        for (size_t m = 0; m < found.mentions.count; m++) {
            if (found.mentions.items[m].entity != i)
                continue;
            buffer_adds(&out, before);
            show_range(&out, text,
                       (struct range){found.mentions.items[m].start, found.mentions.items[m].end});
            before = ", ";
        }
    }
    annotations_release(&found);
    return buffer_detach(&out);
}

static inline void expect_quotes(const char *text, const char *want)
{
    char *have = show_quotes(text);
    assert_string_equal(have, want);
    free(have);
}

static inline void expect_entities(const char *text, const char *want)
{
    char *have = show_entities(text);
    assert_string_equal(have, want);
    free(have);
}

#endif
