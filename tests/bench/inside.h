/*
 * The program without a terminal, for measuring: bytes to a document, a session on it, frames as
 * cells. No thread, no file and no environment has a part in it.
 */
#ifndef TESTS_BENCH_INSIDE_H
#define TESTS_BENCH_INSIDE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/import/formats.h"
#include "../../src/ui/cells.h"
#include "hearsay/command.h"

#define INSIDE_ROWS    40
#define INSIDE_COLUMNS 120

struct inside {
    struct buffer text;
    struct document *document;
    struct config *config;
    struct session *session;
    struct frame frame;
    struct grid grid;
};

/* As the importer beside the reader has it: in pieces where it can be, else whole. */
static inline void inside_import(struct inside *inside)
{
    struct import_input input = {inside->text.data, inside->text.length, "bench"};
    struct import_watch nobody = {0};
    struct builder *builder = builder_new(input.length, NULL);
    if (!text_stream(&input, &nobody, builder))
        text_import(&input, builder, NULL);
    inside->document = builder_finish(builder);
    uint32_t comments;
    document_comments(inside->document, &comments);
    if (comments == 0) {
        fputs("no thread was found in the text to measure with\n", stderr);
        exit(1);
    }
}

static inline void inside_draw(struct inside *inside)
{
    struct text_style style = text_style_from(inside->config);
    session_draw(inside->session, &inside->frame);
    grid_resize(&inside->grid, inside->frame.rows, inside->frame.columns);
    grid_draw(&inside->grid, &inside->frame, &style);
}

/* Settings, keys, a session, and its first frame. */
static inline void inside_open(struct inside *inside)
{
    inside->config = config_new();
    struct keymap_request request = {
        .name = "default", .actions = command_actions(), .escape_ms = 30};
    struct session_setup setup = {.document = inside->document,
                                  .config = inside->config,
                                  .keymap = keymap_load(&request, NULL),
                                  .name = "bench"};
    inside->session = session_new(&setup);
    session_resize(inside->session, INSIDE_ROWS, INSIDE_COLUMNS);
    inside_draw(inside);
}

/* Presses keys and draws what they lead to, once. */
static inline void inside_press(struct inside *inside, const char *text)
{
    struct key_list keys = {0};
    keys_parse_text(text, strlen(text), &keys, NULL);
    for (size_t at = 0; at < keys.count; at++)
        session_key(inside->session, keys.items[at]);
    vector_release(&keys);
    inside_draw(inside);
}

static inline void inside_close(struct inside *inside)
{
    session_free(inside->session);
    config_free(inside->config);
    document_free(inside->document);
    frame_release(&inside->frame);
    grid_release(&inside->grid);
    buffer_release(&inside->text);
    *inside = (struct inside){0};
}

#endif
