/*
 * A file from outside, all the way to rows: whatever the importers make of it passes the document's
 * own check, what the analysis finds lies within it, and it can be set at any width. The first byte
 * chooses the format (0: find out) and the width.
 */
#include "fuzz.h"

#include "hearsay/analyse.h"
#include "hearsay/document.h"
#include "hearsay/import.h"
#include "hearsay/layout.h"

static const char *format_of(uint8_t choice)
{
    size_t count;
    const struct import_format *formats = import_formats(&count);
    size_t number = choice % (count + 1);
    return number ? formats[number - 1].name : NULL;
}

static void check_annotations(const struct document *document)
{
    struct annotations found = {0};
    uint32_t length, before = 0;
    document_text(document, &length);
    analyse_document(document, &found);
    for (size_t at = 0; at < found.quotes.count; at++) {
        const struct quote *quote = &found.quotes.items[at];
        struct range extent = quote_extent(&found, (uint32_t)at);
        FUZZ_CHECK(quote->span_count > 0);
        FUZZ_CHECK(quote->first_span + quote->span_count <= found.spans.count);
        FUZZ_CHECK(extent.start <= extent.end && extent.end <= length);
        FUZZ_CHECK(quote->speaker == ENTITY_NONE || quote->speaker < found.entities.count);
        FUZZ_CHECK(quote->cue.end <= length && quote->speaker_text.end <= length);
    }
    for (size_t at = 0; at < found.mentions.count; at++) {
        const struct mention *mention = &found.mentions.items[at];
        FUZZ_CHECK(mention->entity < found.entities.count);
        FUZZ_CHECK(before <= mention->start && mention->start < mention->end);
        FUZZ_CHECK(mention->end <= length);
        before = mention->start;
    }
    for (size_t at = 0; at < found.passages.count; at++) {
        const struct passage *passage = &found.passages.items[at];
        FUZZ_CHECK(passage->start < passage->end && passage->end <= length);
        FUZZ_CHECK(passage->target_start < passage->target_end);
        FUZZ_CHECK(passage->target_end <= length);
    }
    annotations_release(&found);
}

static void check_rows(const struct document *document, uint32_t columns)
{
    static const struct text_style style = {0};
    struct layout *layout = layout_new(&style);
    uint32_t count;
    const struct block *blocks = document_blocks(document, &count);
    for (uint32_t at = 0; at < count; at++) {
        struct layout_rows rows = layout_block(layout, document, at, blocks[at].start, columns);
        FUZZ_CHECK(rows.count > 0);
        for (uint32_t row = 0; row < rows.count; row++) {
            FUZZ_CHECK(rows.items[row].start <= rows.items[row].end);
            FUZZ_CHECK(blocks[at].start <= rows.items[row].start);
            FUZZ_CHECK(rows.items[row].end <= blocks[at].end);
        }
    }
    layout_free(layout);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct import_input input = {
        .bytes = (const char *)data + 1, .length = size - 1, .name = "fuzz"};
    struct error error = {""};
    struct document *document = import_bytes(&input, format_of(data[0] & 15), &error);
    if (!document) {
        FUZZ_CHECK(error.message[0]);
        return 0;
    }
    bool good = document_check(document, &error);
    if (!good)
        fprintf(stderr, "%s\n", error.message);
    FUZZ_CHECK(good);
    check_annotations(document);
    check_rows(document, 1 + (data[0] >> 4) * 6u);
    document_free(document);
    return 0;
}
