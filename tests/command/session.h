/* A session on a small document, driven by keys and looked at by rows. */
#ifndef TESTS_COMMAND_SESSION_H
#define TESTS_COMMAND_SESSION_H

#include "test.h"

#include "../reader/make_document.h"

#include "hearsay/command.h"

#include <stdlib.h>

#define ROWS    30
#define COLUMNS 120
#define STATUS  (ROWS - 1)

struct fixture {
    struct document *document;
    struct config *config;
    struct session *session;
    struct frame frame;
    unsigned wishes; /* of the last key */
};

/* A session with a keymap, and settings from the text of a file. Owns the document. */
static inline void begin_on(struct fixture *fixture, struct document *document, const char *keymap,
                            const char *settings)
{
    fixture->document = document;
    fixture->config = config_new();
    config_load_memory(fixture->config, "config.ini", settings, strlen(settings), NULL);
    struct keymap_request request = {.name = keymap,
                                     .actions = command_actions(),
                                     .overlay = config_ini(fixture->config),
                                     .escape_ms = 30};
    struct session_setup setup = {.document = fixture->document,
                                  .config = fixture->config,
                                  .keymap = keymap_load(&request, NULL),
                                  .name = "test"};
    fixture->session = session_new(&setup);
    session_resize(fixture->session, ROWS, COLUMNS);
}

static inline void begin(struct fixture *fixture, const char *keymap, const char *settings)
{
    begin_on(fixture, make_document(20, 30), keymap, settings);
}

static inline void end(struct fixture *fixture)
{
    session_free(fixture->session);
    config_free(fixture->config);
    document_free(fixture->document);
    frame_release(&fixture->frame);
}

static inline int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    begin(fixture, "default", "");
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    end(*state);
    free(*state);
    return 0;
}

static inline void press(struct fixture *fixture, const char *text)
{
    struct key_list keys = {0};
    struct error error;
    assert_true(keys_parse_text(text, strlen(text), &keys, &error));
    for (size_t at = 0; at < keys.count; at++)
        fixture->wishes = session_key(fixture->session, keys.items[at]);
    free(keys.items);
}

/* The text of all pieces that stand on `row`, or of all rows for -1. */
static inline const char *seen(struct fixture *fixture, int row)
{
    static char text[80000];
    size_t used = 0;
    session_draw(fixture->session, &fixture->frame);
    text[0] = '\0';
    for (size_t at = 0; at < fixture->frame.pieces.count; at++) {
        const struct frame_piece *piece = &fixture->frame.pieces.items[at];
        if ((row < 0 || piece->row == row) && used + piece->length + 2 < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, "%.*s ", (int)piece->length,
                                     frame_text(&fixture->frame, piece));
    }
    return text;
}

#define expect_seen(fixture, row, text)                                                            \
    do {                                                                                           \
        const char *is_seen = seen(fixture, row);                                                  \
        if (!strstr(is_seen, text))                                                                \
            print_error("'%s' is not in: %s\n", text, is_seen);                                    \
        assert_non_null(strstr(is_seen, text));                                                    \
    } while (0)
#define expect_unseen(fixture, row, text) assert_null(strstr(seen(fixture, row), text))

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
