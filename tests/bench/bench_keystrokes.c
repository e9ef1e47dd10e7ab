/*
 * What keys cost in a session on a given document, in milliseconds of processor time each, with
 * the frame that is drawn after them; quotations and names are not looked for.
 *
 *      build/tests/bench/bench_keystrokes FILE KEYS...       KEYS in keymap notation: "gO<Esc>"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay/command.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Presses each key and draws; tells the slowest. */
static void measure(struct session *session, const char *text)
{
    struct key_list keys = {0};
    struct frame frame = {0};
    struct error error;
    double slowest = 0;
    size_t which = 0;
    if (!keys_parse_text(text, strlen(text), &keys, &error)) {
        printf("%s\n", error.message);
        return;
    }
    for (size_t at = 0; at < keys.count; at++) {
        double begin = now();
        session_key(session, keys.items[at]);
        session_draw(session, &frame);
        double took = now() - begin;
        which = took > slowest ? at : which;
        slowest = took > slowest ? took : slowest;
    }
    struct buffer name = {0};
    keys_write(&keys.items[which], 1, &name);
    printf("%-30s %8.2f ms (%s)\n", text, slowest, buffer_string(&name));
    buffer_release(&name);
    frame_release(&frame);
    vector_release(&keys);
}

int main(int count, char **arguments)
{
    struct error error;
    struct document *document = count > 1 ? import_file(arguments[1], NULL, &error) : NULL;
    if (!document) {
        fprintf(stderr, "bench_keystrokes FILE KEYS...\n");
        return 2;
    }
    struct config *config = config_new();
    struct keymap_request request = {.actions = command_actions(), .escape_ms = 30};
    struct session_setup setup = {.document = document,
                                  .config = config,
                                  .keymap = keymap_load(&request, NULL),
                                  .name = arguments[1]};
    struct session *session = session_new(&setup);
    session_resize(session, 60, 200);
    for (int at = 2; at < count; at++)
        measure(session, arguments[at]);
    session_free(session);
    config_free(config);
    document_free(document);
    return 0;
}
