/* A reader on a document, as the tests of this room begin and end with one. */
#ifndef HEARSAY_TEST_READING_H
#define HEARSAY_TEST_READING_H

#include "make_document.h"

#include "hearsay/reader.h"

#include <stdlib.h>

struct fixture {
    struct document *document;
    const struct comment *comments; /* of it */
    struct config *config;
    struct reader *reader;
    struct frame frame;
    uint32_t random; /* seed of tests that need one */
};

/* Takes the document. */
static inline struct fixture begin(struct document *document, int rows, int columns)
{
    struct fixture fixture = {.document = document,
                              .comments = document_comments(document, NULL),
                              .config = config_new()};
    fixture.reader = reader_new(document, fixture.config);
    reader_resize(fixture.reader, rows, columns);
    return fixture;
}

static inline void end(struct fixture *fixture)
{
    reader_free(fixture->reader);
    config_free(fixture->config);
    document_free(fixture->document);
    frame_release(&fixture->frame);
}

/* The same as the set-up and tear-down of a test. */
static inline int begin_state(void **state, struct document *document, int rows, int columns)
{
    struct fixture *fixture = malloc(sizeof *fixture);
    if (!fixture)
        return -1;
    *fixture = begin(document, rows, columns);
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    end(*state);
    free(*state);
    return 0;
}

#endif
