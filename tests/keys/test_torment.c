/*
 * Random keymaps over three letters, where everything is a prefix of something, fed random keys;
 * each answer is compared with what a plain list of bindings says. The list knows nothing of sorted
 * slices: it looks at every binding every time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "keys/actions.h"

enum { MOST = 12, LONGEST = 4, ROUNDS = 3000, KEYS = 60 };

/* The same numbers every time. */
static uint32_t roll(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % sides;
}

struct plain {
    char keys[LONGEST + 1];
    bool thread; /* in [thread], else in [global] */
    unsigned macro;
};

struct list {
    struct plain items[MOST];
    size_t count;
    char pending[200];
    unsigned typed; /* the count */
};

static bool is_there(const struct list *list, const char *keys, bool thread)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].thread == thread && strcmp(list->items[i].keys, keys) == 0) {
            return true;
        }
    }
    return false;
}

static struct list make_list(uint32_t *seed)
{
    struct list list = {0};
    size_t wanted = 1 + roll(seed, MOST);
    for (size_t i = 0; i < wanted; i++) {
        struct plain *plain = &list.items[list.count];
        uint32_t length = 1 + roll(seed, LONGEST);
        for (uint32_t k = 0; k < length; k++) {
            plain->keys[k] = (char)('a' + roll(seed, 3));
        }
        plain->keys[length] = '\0';
        plain->thread = roll(seed, 3) == 0;
        plain->macro = (unsigned)list.count;
        if (!is_there(&list, plain->keys, plain->thread)) {
            list.count++;
        }
    }
    return list;
}

static void write_map(const struct list *list, struct buffer *out)
{
    buffer_adds(out, "[macros]\n");
    for (size_t i = 0; i < list->count; i++) {
        buffer_printf(out, "m%u = \"top %u\"\n", list->items[i].macro, list->items[i].macro);
    }
    for (size_t i = 0; i < list->count; i++) {
        buffer_printf(out, "[%s]\nm%u = \"%s\"\n", list->items[i].thread ? "thread" : "global",
                      list->items[i].macro, list->items[i].keys);
    }
}

/* ---- the plain answer --------------------------------------------------------------- */

/* The binding of exactly the first `length` keys; `*longer`: some go on. Thread hides global. */
static const struct plain *look(const struct list *list, const char *keys, size_t length,
                                bool *longer)
{
    const struct plain *own = NULL, *far = NULL;
    bool own_longer = false, far_longer = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct plain *plain = &list->items[i];
        if (strncmp(plain->keys, keys, length) != 0) {
            continue;
        }
        bool exact = plain->keys[length] == '\0';
        if (plain->thread) {
            own = exact ? plain : own;
            own_longer = own_longer || !exact;
        } else {
            far = exact ? plain : far;
            far_longer = far_longer || !exact;
        }
    }
    *longer = own_longer || (own == NULL && far_longer);
    return own != NULL ? own : far;
}

static const struct plain *shorter(const struct list *list, size_t most)
{
    const struct plain *found = NULL;
    bool longer;
    for (size_t length = most; length > 0 && found == NULL; length--) {
        found = look(list, list->pending, length, &longer);
    }
    return found;
}

static void drop(struct list *list, size_t length)
{
    memmove(list->pending, list->pending + length, strlen(list->pending) - length + 1);
}

/* Answers for the keys in `pending`, of which the first `*fed` have been answered with MORE. */
static void answer_plainly(struct list *list, size_t *fed, struct buffer *out)
{
    while (*fed < strlen(list->pending)) {
        bool longer;
        char key = list->pending[*fed];
        if (*fed == 0 && key == '5') {
            list->typed = list->typed * 10 + 5;
            drop(list, 1);
            continue;
        }
        ++*fed;
        look(list, list->pending, *fed, &longer);
        if (longer) {
            continue;
        }
        const struct plain *found = shorter(list, *fed);
        if (found != NULL) {
            buffer_printf(out, "%u:m%u ", list->typed, found->macro);
            drop(list, strlen(found->keys));
        } else {
            buffer_printf(out, "-%.*s ", (int)*fed, list->pending);
            drop(list, *fed);
        }
        list->typed = 0;
        *fed = 0;
    }
}

static void wait_plainly(struct list *list, size_t *fed, struct buffer *out)
{
    const struct plain *found = shorter(list, *fed);
    if (found == NULL) {
        return;
    }
    buffer_printf(out, "%u:m%u ", list->typed, found->macro);
    drop(list, strlen(found->keys));
    list->typed = 0;
    *fed = 0;
    answer_plainly(list, fed, out);
}

/* ---- the keymap's ------------------------------------------------------------------- */

static void tell(const struct keymap *keymap, struct keymap_state *state, enum keymap_answer answer,
                 struct keymap_result *result, struct buffer *out)
{
    while (answer == KEYMAP_MATCH || answer == KEYMAP_NONE) {
        if (answer == KEYMAP_MATCH) {
            assert_int_equal(result->step_count, 1);
            buffer_printf(out, "%u:m%s ", (unsigned)result->count, result->steps[0].argument);
        } else {
            buffer_adds(out, "-");
            keys_write(result->keys, result->key_count, out);
            buffer_addc(out, ' ');
        }
        answer = keymap_again(keymap, state, KEYMAP_THREAD, result);
    }
}

static void torment(uint32_t seed)
{
    struct buffer map = {0}, wanted = {0}, got = {0}, typed = {0};
    struct list list = make_list(&seed);
    struct keymap_request request = {.actions = &actions, .escape_ms = 30};
    struct keymap_state state = {0};
    struct keymap_result result;
    size_t fed = 0;
    write_map(&list, &map);
    struct keymap *keymap = keymap_load_memory(&request, "m.ini", map.data, map.length, NULL);
    assert_int_equal(keymap_binding_count(keymap), list.count);
    for (int i = 0; i < KEYS; i++) {
        char key = "abcabcabcx5w"[roll(&seed, 12)];
        buffer_addc(&typed, key);
        if (key == 'w') {
            wait_plainly(&list, &fed, &wanted);
            tell(keymap, &state, keymap_timeout(keymap, &state, KEYMAP_THREAD, &result), &result,
                 &got);
        } else {
            strncat(list.pending, &key, 1);
            answer_plainly(&list, &fed, &wanted);
            tell(keymap, &state, keymap_feed(keymap, &state, KEYMAP_THREAD, (uint32_t)key, &result),
                 &result, &got);
        }
        assert_int_equal(state.pending, strlen(list.pending));
        assert_int_equal(state.waiting, 0);
    }
    if (strcmp(buffer_string(&wanted), buffer_string(&got)) != 0) {
        print_message("%styped %s\n", map.data, typed.data);
    }
    assert_string_equal(buffer_string(&got), buffer_string(&wanted));
    keymap_free(keymap);
    buffer_release(&map);
    buffer_release(&wanted);
    buffer_release(&got);
    buffer_release(&typed);
}

static void test_against_a_plain_list(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        torment(round * 7919u + 1);
    }
}

int main(void)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_a_plain_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
