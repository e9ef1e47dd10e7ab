/*
 * What feeding a key costs: `make build/tests/bench/bench_keys && build/tests/bench/bench_keys`.
 * Prints nanoseconds a key for keymaps of growing size: one key bound to an action, a sequence of
 * three, and keys that are not bound.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay/keys.h"

static const struct keymap_action rows[] = {{"act", NULL, KEYMAP_IN(KEYMAP_GLOBAL)}};
static const struct keymap_actions actions = {rows, ARRAY_LENGTH(rows)};

/* `count` sequences of three letters, 400 a line as a file may have them; and <F5>. */
static struct keymap *make(unsigned count)
{
    struct buffer text = {0};
    struct problems problems = {0};
    buffer_adds(&text, "[keymap]\nname = \"large\"\n[global]\nact = \"<F5>\"\n[macros]\n");
    for (unsigned at = 0; at < count; at += 100)
        buffer_printf(&text, "m%u = \"act\"\n", at);
    buffer_adds(&text, "[global]\n");
    for (unsigned at = 0; at < count; at += 100) {
        buffer_printf(&text, "m%u = \"", at);
        for (unsigned key = at; key < at + 100 && key < count; key++)
            buffer_printf(&text, "%s%c%c%c", key > at ? " " : "", 'a' + (int)(key / 676),
                          'a' + (int)(key / 26 % 26), 'a' + (int)(key % 26));
        buffer_adds(&text, "\"\n");
    }
    struct keymap_request request = {.actions = &actions, .escape_ms = 30};
    struct keymap *keymap =
        keymap_load_memory(&request, "large.ini", text.data, text.length, &problems);
    if (keymap_binding_count(keymap) != count + 1)
        printf("only %u bindings: %s\n", keymap_binding_count(keymap),
               problems.count ? problems.items[0].message : "");
    problems_release(&problems);
    buffer_release(&text);
    return keymap;
}

#define KEYS 2000000

static double nanoseconds_a_key(const struct keymap *keymap, const uint32_t *keys, unsigned count)
{
    struct keymap_state state = {{0}, 0, 0, 0};
    struct keymap_result result;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (unsigned at = 0; at < KEYS; at++) {
        enum keymap_answer answer =
            keymap_feed(keymap, &state, KEYMAP_ARTICLE, keys[at % count], &result);
        while (answer != KEYMAP_MORE && answer != KEYMAP_IDLE)
            answer = keymap_again(keymap, &state, KEYMAP_ARTICLE, &result);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return ((double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec)) /
           KEYS;
}

int main(void)
{
    static const unsigned sizes[] = {20, 200, 2000, 10000};
    const uint32_t one[] = {KEYS_F1 + 4}, three[] = {'a', 'a', 'r'}, unbound[] = {'Z'};
    printf("%10s %10s %10s %10s\n", "bindings", "one ns", "three ns", "unbound ns");
    for (size_t at = 0; at < ARRAY_LENGTH(sizes); at++) {
        struct keymap *keymap = make(sizes[at]);
        printf("%10u %10.0f %10.0f %10.0f\n", sizes[at], nanoseconds_a_key(keymap, one, 1),
               nanoseconds_a_key(keymap, three, 3), nanoseconds_a_key(keymap, unbound, 1));
        keymap_free(keymap);
    }
    return 0;
}
