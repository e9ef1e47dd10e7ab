/*
 * Anything typed in any order, in every keymap: nothing breaks, the cursor stays on the screen, and
 * from wherever one got to the keys lead out again. The order is random but always the same.
 */
#include "session.h"

#define KEYS 4000

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* A key of some binding most of the time, else any character or special key. */
static uint32_t any_key(const struct keymap *keymap, uint32_t *seed)
{
    uint32_t choice = next(seed);
    if (choice % 4) {
        struct keymap_binding binding =
            keymap_binding(keymap, next(seed) % keymap_binding_count(keymap));
        return binding.keys[next(seed) % binding.key_count];
    }
    if (choice % 3)
        return keys_make(32 + next(seed) % 95, 0);
    return keys_make(KEYS_ESC + next(seed) % (KEYS_WAIT - KEYS_ESC), 0);
}

static void look(struct fixture *fixture, int rows, int columns)
{
    seen(fixture, -1);
    assert_in_range(fixture->frame.cursor_row, 0, rows - 1);
    assert_in_range(fixture->frame.cursor_column, 0, columns - 1);
}

static void play_monkey(const char *name, uint32_t seed)
{
    struct fixture fixture = {0};
    struct keymap_request request = {.name = name, .actions = command_actions(), .escape_ms = 30};
    struct keymap *keymap = keymap_load(&request, NULL);
    int rows = ROWS, columns = COLUMNS;
    begin(&fixture, name, "");
    session_settle(fixture.session);
    for (int pressed = 0; pressed < KEYS; pressed++) {
        uint32_t event = next(&seed) % 64;
        if (event == 0) {
            rows = 1 + (int)(next(&seed) % 50);
            columns = 1 + (int)(next(&seed) % 150);
            session_resize(fixture.session, rows, columns);
        } else if (event == 1) {
            session_mouse(fixture.session, (enum session_mouse)(next(&seed) % 5),
                          (int)(next(&seed) % 50), (int)(next(&seed) % 150));
        } else if (event == 2) {
            session_paste(fixture.session, "a\033]0;b\a \xff", 9);
        } else if (event == 3 && session_wait(fixture.session) >= 0) {
            session_timeout(fixture.session);
        } else {
            session_key(fixture.session, any_key(keymap, &seed));
        }
        if (pressed % 16 == 0)
            look(&fixture, rows, columns);
    }
    for (int left = 0; left < 4; left++) {
        session_key(fixture.session, KEYS_ESC);
        session_timeout(fixture.session);
    }
    look(&fixture, rows, columns);
    keymap_free(keymap);
    end(&fixture);
}

static void test_anything_in_any_order(void **state)
{
    (void)state;
    for (size_t number = 0; keymap_builtin_name(number); number++)
        for (uint32_t seed = 1; seed <= 3; seed++)
            play_monkey(keymap_builtin_name(number), seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_anything_in_any_order),
    };
    return cmocka_run_group_tests_name("monkey", tests, NULL, NULL);
}
