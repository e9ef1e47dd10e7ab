/* The keymaps that are shipped: the checker finds nothing, and every action can be reached. */
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "keys/actions.h"

static struct keymap *load(const char *name, struct problems *problems)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    struct keymap_request request = {.name = name, .actions = &shipped_actions, .escape_ms = 30};
    return keymap_load(&request, problems);
}

static void test_nothing_is_wrong(void **state)
{
    (void)state;
    size_t count = 0;
    for (; keymap_builtin_name(count) != NULL; count++) {
        struct problems problems = {0};
        struct keymap *keymap = load(keymap_builtin_name(count), &problems);
        for (size_t i = 0; i < problems.count; i++) {
            struct buffer said = {0};
            problem_write(&problems.items[i], &said);
            print_message("%s\n", said.data);
            buffer_release(&said);
        }
        assert_int_equal(problems.count, 0);
        assert_string_equal(keymap_name(keymap), keymap_builtin_name(count));
        assert_true(strlen(keymap_description(keymap)) > 0);
        keymap_free(keymap);
    }
    assert_true(count >= 1);
}

/* In every context an action works in, it has a key there or by falling through to global; but the
 * sidebar, help and the prompt may need a key for themselves that does something else elsewhere. */
static bool is_reachable(const struct keymap *keymap, uint32_t action)
{
    for (unsigned context = KEYMAP_ARTICLE; context < KEYMAP_CONTEXTS; context++) {
        struct buffer keys = {0};
        uint32_t where = shipped_actions.items[action].contexts;
        keymap_keys_of(keymap, (enum keymap_context)context, action, 1, " ", &keys);
        bool has = keys.length > 0;
        buffer_release(&keys);
        if (has || !(where & (KEYMAP_IN(context) | EVERYWHERE))) {
            continue;
        }
        bool elsewhere = context != KEYMAP_ARTICLE && context != KEYMAP_THREAD;
        if (!elsewhere || !(where & EVERYWHERE)) {
            print_message("%s: no key for '%s' in [%s]\n", keymap_name(keymap),
                          shipped_actions.items[action].name,
                          keymap_context_name((enum keymap_context)context));
            return false;
        }
    }
    return true;
}

static void test_every_action_can_be_reached(void **state)
{
    (void)state;
    bool all = true;
    for (size_t number = 0; keymap_builtin_name(number) != NULL; number++) {
        struct keymap *keymap = load(keymap_builtin_name(number), NULL);
        for (uint32_t action = 0; action < shipped_actions.count; action++) {
            all = is_reachable(keymap, action) && all;
        }
        keymap_free(keymap);
    }
    assert_true(all);
}

/* A map that is printed is the map. */
static void test_printed_is_the_same(void **state)
{
    (void)state;
    for (size_t number = 0; keymap_builtin_name(number) != NULL; number++) {
        struct problems problems = {0};
        struct buffer text = {0};
        struct keymap *keymap = load(keymap_builtin_name(number), NULL);
        keymap_print(keymap, &text);
        struct keymap_request request = {.actions = &shipped_actions, .escape_ms = 30};
        struct keymap *again =
            keymap_load_memory(&request, "printed", text.data, text.length, &problems);
        assert_int_equal(problems.count, 0);
        assert_string_equal(keymap_name(again), keymap_name(keymap));
        assert_string_equal(keymap_description(again), keymap_description(keymap));
        assert_int_equal(keymap_binding_count(again), keymap_binding_count(keymap));
        for (uint32_t i = 0; i < keymap_binding_count(keymap); i++) {
            struct keymap_binding one = keymap_binding(keymap, i), two = keymap_binding(again, i);
            assert_int_equal(one.context, two.context);
            assert_string_equal(one.name, two.name);
            assert_int_equal(one.key_count, two.key_count);
            assert_memory_equal(one.keys, two.keys, one.key_count * sizeof *one.keys);
        }
        keymap_free(keymap);
        keymap_free(again);
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_wrong),
        cmocka_unit_test(test_every_action_can_be_reached),
        cmocka_unit_test(test_printed_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
