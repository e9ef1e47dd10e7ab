/*
 * Notation, key maps and settings from hostile files. What is parsed is written back and means the
 * same; a map loads whatever its file holds, and its own listing loads as the same map. The first
 * byte chooses which reader gets the rest; for a map, the last bytes are then typed.
 */
#include "fuzz.h"

#include "hearsay/config.h"
#include "hearsay/keys.h"

#include <string.h>

static const struct keymap_action action_rows[] = {
    {.name = "quit", .contexts = KEYMAP_IN(KEYMAP_GLOBAL)},
    {.name = "help", .aliases = "show-help", .contexts = KEYMAP_IN(KEYMAP_GLOBAL)},
    {.name = "cancel", .contexts = KEYMAP_IN(KEYMAP_GLOBAL)},
    {.name = "fold", .contexts = KEYMAP_IN(KEYMAP_THREAD)},
    {.name = "accept", .contexts = KEYMAP_IN(KEYMAP_PROMPT)},
};

static const struct keymap_actions actions = {action_rows, ARRAY_LENGTH(action_rows)};

static void notation(const char *text, size_t length)
{
    struct key_list keys = {0}, again = {0};
    struct error error = {""};
    if (keys_parse_text(text, length, &keys, &error)) {
        struct buffer written = {0};
        keys_write(keys.items, keys.count, &written);
        FUZZ_CHECK(keys_parse(buffer_string(&written), written.length, &again, &error) ||
                   !keys.count);
        FUZZ_CHECK(again.count == keys.count);
        for (size_t at = 0; at < keys.count; at++)
            FUZZ_CHECK(keys.items[at] == again.items[at]);
        buffer_release(&written);
    } else {
        FUZZ_CHECK(error.message[0]);
    }
    free(keys.items);
    free(again.items);
}

static void script(const char *text, size_t length)
{
    struct key_list keys = {0};
    struct error error = {""};
    if (!keys_parse_script("fuzz", text, length, &keys, &error))
        FUZZ_CHECK(!strncmp(error.message, "fuzz:", 5));
    free(keys.items);
}

static void settings(const char *text, size_t length)
{
    struct config *config = config_new();
    struct problems problems = {0};
    config_load_memory(config, "fuzz", text, length, &problems);
    problems_release(&problems);
    config_free(config);
}

static void type_into(const struct keymap *keymap, const char *bytes, size_t length)
{
    struct keymap_state state = {0};
    struct keymap_result result;
    enum keymap_context context = KEYMAP_GLOBAL;
    for (size_t at = 0; at < length; at++) {
        context = (unsigned char)bytes[at] % KEYMAP_CONTEXTS;
        enum keymap_answer answer =
            keymap_feed(keymap, &state, context, keys_make((unsigned char)bytes[at], 0), &result);
        for (unsigned turn = 0; answer != KEYMAP_IDLE && answer != KEYMAP_MORE; turn++) {
            FUZZ_CHECK(answer != KEYMAP_MATCH || result.step_count > 0);
            FUZZ_CHECK(turn <= 2 * KEYMAP_LONGEST);
            answer = keymap_again(keymap, &state, context, &result);
        }
    }
    keymap_timeout(keymap, &state, context, &result);
}

static void map(const char *text, size_t length)
{
    struct keymap_request request = {.actions = &actions, .escape_ms = 25};
    struct problems problems = {0};
    struct keymap *keymap = keymap_load_memory(&request, "fuzz.ini", text, length, &problems);
    FUZZ_CHECK(keymap);
    struct buffer listing = {0}, again = {0};
    keymap_print(keymap, &listing);
    struct keymap *same =
        keymap_load_memory(&request, "fuzz.ini", buffer_string(&listing), listing.length, NULL);
    keymap_print(same, &again);
    FUZZ_CHECK(keymap_binding_count(keymap) == keymap_binding_count(same));
    type_into(keymap, text + length / 2, length - length / 2);
    buffer_release(&listing);
    buffer_release(&again);
    problems_release(&problems);
    keymap_free(keymap);
    keymap_free(same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(const char *, size_t) = {notation, script, settings, map};
    if (size)
        readers[data[0] % ARRAY_LENGTH(readers)]((const char *)data + 1, size - 1);
    return 0;
}
