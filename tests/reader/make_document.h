/* Small documents for the reader's tests. */
#ifndef HEARSAY_TEST_MAKE_DOCUMENT_H
#define HEARSAY_TEST_MAKE_DOCUMENT_H

#include "hearsay/document.h"

#include <stdio.h>
#include <string.h>

static inline void make_block(struct builder *builder, const char *text)
{
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, text, strlen(text));
}

static inline void make_comment(struct builder *builder, uint32_t depth, const char *name,
                                const char *text)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = name;
    info.name_length = strlen(name);
    info.depth = depth;
    builder_comment(builder, &info);
    make_block(builder, text);
}

#define WORDS_PER_PARAGRAPH 60

/* A title, `paragraphs` of numbered words, and `comments`, each third one a reply to the one before
 * it; "comment N" is said once, in comment N. */
static inline struct document *make_document(unsigned paragraphs, unsigned comments)
{
    struct error error;
    struct builder *builder = builder_new(1 << 20, &error);
    char text[WORDS_PER_PARAGRAPH * 16];
    builder_title(builder, "A title to begin with", 21);
    for (unsigned paragraph = 0; paragraph < paragraphs; paragraph++) {
        size_t used = 0;
        for (unsigned word = 0; word < WORDS_PER_PARAGRAPH; word++)
            used += (size_t)snprintf(text + used, sizeof text - used, "p%uw%u ", paragraph, word);
        make_block(builder, text);
    }
    for (unsigned comment = 0; comment < comments; comment++) {
        char name[32];
        snprintf(name, sizeof name, "Author %u", comment % 7);
        snprintf(text, sizeof text, "This is comment %u, which says little.", comment);
        make_comment(builder, comment % 3 == 2, name, text);
    }
    return builder_finish(builder);
}

#endif
