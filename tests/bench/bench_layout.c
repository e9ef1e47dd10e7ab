/*
 * How fast text is set: `make build/tests/bench/bench_layout && build/tests/bench/bench_layout`.
 * Prints MB/s for wrapping whole documents at 72 columns, nothing cached, and microseconds for what
 * a key press costs: a screen of rows somewhere inside one long paragraph, cached and not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay/layout.h"

#define MEGABYTES 16

static const struct {
    const char *name, *text;
} samples[] = {
    {"ascii", "The two port authorities met on Monday for the first time since 2013, and left the "
              "room still talking. Nobody knows what the well-known and/or lesser ones said. "},
    {"english",
     "The two port authorities met on Monday \xE2\x80\x93 at last \xE2\x80\x93 and "
     "left the room still talking. \xE2\x80\x9CWe did not come to sign anything,\xE2\x80\x9D "
     "Okafor said. \xE2\x80\x9CIt\xE2\x80\x99s a na\xC3\xAFve idea.\xE2\x80\x9D "},
    {"mixed", "The harbour (\xE6\xB8\xAF\xE6\xB9\xBE) and caf\xC3\xA9 \xE2\x80\x9CM\xC3\xBCller"
              "\xE2\x80\x9D \xD0\xBF\xD0\xBE\xD1\x80\xD1\x82 opened; \xF0\x9F\x98\x80 said all, "
              "and went home to sleep. "},
    {"cjk", "\xE6\xB8\xAF\xE6\xB9\xBE\xE8\xB0\x88\xE5\x88\xA4\xE5\x8D\x81\xE4\xB8\x80\xE5\xB9\xB4"
            "\xE5\x90\x8E\xE9\x87\x8D\xE6\x96\xB0\xE5\xBC\x80\xE5\xA7\x8B\xEF\xBC\x8C\xE5\x8F\x8C"
            "\xE6\x96\xB9\xE5\x91\xA8\xE4\xB8\x80\xE4\xBC\x9A\xE9\x9D\xA2\xE3\x80\x82"},
    {"korean",
     "\xED\x95\xAD\xEB\xA7\x8C \xED\x9A\x8C\xEB\x8B\xB4\xEC\x9D\xB4 \xEC\x8B\xAD\xEC\x9D\xBC "},
    {"cyrillic", "\xD0\x9F\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB3\xD0\xBE\xD0\xB2\xD0\xBE\xD1\x80\xD1\x8B "
                 "\xD0\xBE \xD0\xBF\xD0\xBE\xD1\x80\xD1\x82\xD0\xB5 "},
    {"thai", "\xE0\xB8\x81\xE0\xB8\xB2\xE0\xB8\xA3\xE0\xB9\x80\xE0\xB8\x88\xE0\xB8\xA3\xE0\xB8\x88"
             "\xE0\xB8\xB2\xE0\xB8\x97\xE0\xB9\x88\xE0\xB8\xB2 "},
    {"hindi",
     "\xE0\xA4\xAC\xE0\xA4\x82\xE0\xA4\xA6\xE0\xA4\xB0\xE0\xA4\x97\xE0\xA4\xBE\xE0\xA4\xB9 "
     "\xE0\xA4\xB5\xE0\xA4\xBE\xE0\xA4\xB0\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA4\xBE "},
    {"emoji",
     "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F"
     "\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xE2\x9D\xA4\xEF\xB8\x8F "},
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct document *one_paragraph(const char *text)
{
    struct buffer all = {0};
    while (all.length < MEGABYTES << 20)
        buffer_adds(&all, text);
    struct builder *builder = builder_new(all.length, NULL);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, all.data, all.length);
    buffer_release(&all);
    return builder_finish(builder);
}

/* Seconds to set all pieces of the first block once. */
static double wrap_all(struct layout *layout, const struct document *document, uint32_t columns)
{
    uint32_t count;
    const struct block *block = document_blocks(document, &count);
    double start = now();
    for (uint32_t at = block->start; at < block->end;)
        at = layout_block(layout, document, 0, at, columns).end;
    return now() - start;
}

int main(void)
{
    static const struct text_style plain;
    struct layout *layout = layout_new(&plain);
    printf("%-10s %10s %14s %14s\n", "text", "MB/s", "piece, us", "cached, us");
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        struct document *document = one_paragraph(samples[i].text);
        layout_reset(layout, &plain);
        wrap_all(layout, document, 71); /* touches the pages */
        double seconds = wrap_all(layout, document, 72);
        uint32_t count, size = document_blocks(document, &count)->end;
        double pieces = size / 8192.0, start = now();
        for (int k = 0; k < 10000; k++)
            layout_block(layout, document, 0, 5000000, 72);
        printf("%-10s %10.0f %14.1f %14.2f\n", samples[i].name, size / seconds / 1e6,
               seconds / pieces * 1e6, (now() - start) * 1e6 / 10000);
        document_free(document);
    }
    layout_free(layout);
    return 0;
}
