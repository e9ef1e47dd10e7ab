/* Documents built by hand, forms written into memory. */
#ifndef HEARSAY_TESTS_EXPORT_HELPERS_H
#define HEARSAY_TESTS_EXPORT_HELPERS_H

#include "test.h"

#include "hearsay/export.h"

#include <stdlib.h>
#include <string.h>

static inline struct builder *begin(void)
{
    struct error error;
    struct builder *builder = builder_new(100000, &error);
    assert_non_null(builder);
    return builder;
}

static inline void block(struct builder *builder, enum block_kind kind, unsigned level,
                         const char *text)
{
    builder_block(builder, kind, level, 0);
    builder_text(builder, text, strlen(text));
}

static inline void paragraph(struct builder *builder, const char *text)
{
    block(builder, BLOCK_PARAGRAPH, 0, text);
}

static inline void comment(struct builder *builder, const char *name, uint32_t depth,
                           const char *text)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = name;
    info.name_length = strlen(name);
    info.depth = depth;
    builder_comment(builder, &info);
    if (*text)
        paragraph(builder, text);
}

/* The form of that name as a string, which the caller frees. `request` says the rest. */
static inline char *written(const char *form, struct export_request request)
{
    struct {
        char *text;
        size_t size;
    } *memory = xcalloc(1, sizeof *memory); /* on the heap: the compiler warns of the stack's */
    FILE *out = open_memstream(&memory->text, &memory->size);
    assert_non_null(out);
    request.out = out;
    const struct export_form *found = export_form_find(form);
    assert_non_null(found);
    found->write(&request);
    assert_int_equal(fclose(out), 0);
    char *text = memory->text;
    free(memory);
    return text;
}

static inline void assert_written(const char *form, struct export_request request,
                                  const char *expected)
{
    char *text = written(form, request);
    assert_string_equal(text, expected);
    free(text);
}

/* Where `words` first stand in the pool. */
static inline struct range find(const struct document *document, const char *words)
{
    uint32_t length;
    const char *text = document_text(document, &length);
    const char *at = memmem(text, length, words, strlen(words));
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - text);
    return (struct range){start, start + (uint32_t)strlen(words)};
}

#endif
