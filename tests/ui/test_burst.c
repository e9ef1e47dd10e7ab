/* What is written between the beginning and the end of a burst is kept back, and only that. */
#include "test.h"

#include "../../src/ui/burst.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void say(const struct burst *burst, const char *text)
{
    fputs(text, burst->stream);
    fflush(burst->stream);
}

/* What has come out at the other end so far. */
static const char *come(int descriptor)
{
    static char text[64];
    ssize_t got = read(descriptor, text, sizeof text - 1);
    text[got > 0 ? got : 0] = '\0';
    return text;
}

static void test_nothing_passes_while_it_lasts(void **state)
{
    (void)state;
    int ends[2];
    struct burst burst;
    assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
    assert_true(burst_open(&burst, ends[1]));
    say(&burst, "before");
    assert_string_equal(come(ends[0]), "before");
    for (int turn = 0; turn < 3; turn++) {
        burst_begin(&burst);
        say(&burst, turn == 1 ? "a" : "frame ");
        say(&burst, "in pieces");
        assert_string_equal(come(ends[0]), "");
        burst_end(&burst);
        assert_string_equal(buffer_string(&burst.bytes),
                            turn == 1 ? "ain pieces" : "frame in pieces");
    }
    burst_begin(&burst);
    burst_end(&burst);
    assert_int_equal(burst.bytes.length, 0);
    say(&burst, "after");
    assert_string_equal(come(ends[0]), "after");
    burst_close(&burst);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_passes_while_it_lasts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
