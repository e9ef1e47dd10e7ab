/*
 * The builder and the readers of a document, driven by a program in bytes: each first byte is an
 * instruction, the next its argument, and text is what stands up to the next zero byte. Whatever is
 * built must pass its own check, and every question about it must have an answer within it.
 */
#include "fuzz.h"

#include "hearsay/document.h"

#include <string.h>

struct program {
    const uint8_t *data;
    size_t size, at;
    uint32_t depth; /* deepest allowed for the next comment */
    bool in_comment;
};

static uint8_t next_byte(struct program *program)
{
    return program->at < program->size ? program->data[program->at++] : 0;
}

static const char *next_text(struct program *program, size_t *length)
{
    const uint8_t *start = program->data + program->at;
    size_t left = program->size - program->at;
    const uint8_t *end = left ? memchr(start, 0, left) : NULL;
    *length = end ? (size_t)(end - start) : left;
    program->at += *length + (end != NULL);
    return (const char *)start;
}

static void add_comment(struct program *program, struct builder *builder)
{
    struct comment_info info = COMMENT_INFO_NONE;
    uint8_t argument = next_byte(program);
    info.depth = argument % (program->depth + 1);
    info.state = argument % COMMENT_STATES;
    info.time = argument & 1 ? argument * 1000000 : TIME_NONE;
    info.name = next_text(program, &info.name_length);
    if (argument & 2)
        info.id = next_text(program, &info.id_length);
    builder_comment(builder, &info);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    program->depth = info.depth + 1;
    program->in_comment = true;
}

static void add_block(struct program *program, struct builder *builder)
{
    uint8_t argument = next_byte(program);
    builder_block(builder, argument % BLOCK_KINDS, argument / BLOCK_KINDS % 7, argument);
}

static void step(struct program *program, struct builder *builder)
{
    size_t length;
    const char *text;
    switch (next_byte(program) % 8) {
    case 0:
        add_comment(program, builder);
        break;
    case 1:
        add_block(program, builder);
        break;
    case 2:
        builder_run(builder, next_byte(program) % RUN_KINDS, DOCUMENT_NONE);
        break;
    case 3:
        builder_run_end(builder, next_byte(program) % RUN_KINDS);
        break;
    case 4:
        text = next_text(program, &length);
        builder_run(builder, RUN_LINK, builder_link(builder, text, length));
        break;
    case 5:
        builder_publish(builder);
        break;
    default:
        text = next_text(program, &length);
        builder_text(builder, text, length);
        break;
    }
}

static void check_tree(const struct document *document)
{
    uint32_t count;
    document_comments(document, &count);
    uint32_t entered = 0, left = 0;
    struct comment_iter iter = comment_iter_start(document, DOCUMENT_NONE);
    while (comment_iter_next(&iter) != COMMENT_DONE) {
        if (iter.event == COMMENT_EXIT) {
            left++;
            continue;
        }
        FUZZ_CHECK(iter.comment == entered++);
        FUZZ_CHECK(document_subtree_end(document, iter.comment) <= count);
        uint32_t next = document_next_sibling(document, iter.comment);
        if (next != DOCUMENT_NONE)
            FUZZ_CHECK(document_previous_sibling(document, next) == iter.comment);
    }
    FUZZ_CHECK(entered == count && left == count);
}

static void check_places(const struct document *document)
{
    uint32_t length, blocks, comments;
    document_text(document, &length);
    document_blocks(document, &blocks);
    document_comments(document, &comments);
    for (uint32_t place = 0; place <= length; place += 1 + length / 512) {
        uint32_t block = document_block_at(document, place);
        uint32_t comment = document_comment_at(document, place);
        FUZZ_CHECK(block == DOCUMENT_NONE || block < blocks);
        FUZZ_CHECK(comment == DOCUMENT_NONE || comment < comments);
        /* The blank line after an item is held by that item. */
        if (comment != DOCUMENT_NONE)
            FUZZ_CHECK(document_item(document, comment).start <= place);
        if (comment + 1 < comments) /* of the article, DOCUMENT_NONE, comment 0 is the next */
            FUZZ_CHECK(document_item(document, comment + 1).start > place);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct program program = {.data = data, .size = size};
    struct error error = {""};
    struct builder *builder = builder_new(size, &error);
    FUZZ_CHECK(builder);
    size_t length;
    const char *text = next_text(&program, &length);
    builder_title(builder, text, length);
    if (next_byte(&program) & 1) {
        text = next_text(&program, &length);
        builder_byline(builder, text, length);
    }
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    while (program.at < size)
        step(&program, builder);
    struct document *document = builder_finish(builder);
    bool good = document_check(document, &error);
    if (!good)
        fprintf(stderr, "%s\n", error.message);
    FUZZ_CHECK(good);
    check_tree(document);
    check_places(document);
    document_free(document);
    return 0;
}
