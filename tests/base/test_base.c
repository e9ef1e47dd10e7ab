#include "test.h"

#include "hearsay/base.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_error_keeps_a_sentence(void **state)
{
    (void)state;
    struct error error;
    assert_false(error_set(&error, "cannot open '%s'", "x"));
    assert_string_equal(error.message, "cannot open 'x'");
    assert_false(error_set(NULL, "nobody listens"));
}

static void test_vector_grows(void **state)
{
    (void)state;
    VECTOR(int) numbers = {0};
    for (int number = 0; number < 1000; number++)
        vector_push(&numbers, number);
    assert_int_equal(numbers.count, 1000);
    assert_int_equal(numbers.items[999], 999);
    vector_release(&numbers);
    assert_null(numbers.items);
}

static void test_buffer_grows_and_ends_in_nul(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_string(&buffer), "");
    buffer_printf(&buffer, "%d-%s", 42, "x");
    buffer_add_code_point(&buffer, 0x20AC);
    buffer_addc(&buffer, '!');
    assert_string_equal(buffer_string(&buffer), "42-x\xE2\x82\xAC!");
    char *detached = buffer_detach(&buffer);
    assert_string_equal(detached, "42-x\xE2\x82\xAC!");
    assert_string_equal(buffer_string(&buffer), "");
    free(detached);
    buffer_release(&buffer);
}

static void test_utf8_round_trips_and_survives_bad_bytes(void **state)
{
    (void)state;
    static const uint32_t points[] = {0, 'a', 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t at = 0; at < ARRAY_LENGTH(points); at++) {
        char bytes[UTF8_LONGEST];
        uint32_t back;
        size_t length = utf8_encode(points[at], bytes);
        assert_int_equal(utf8_decode(bytes, length, &back), length);
        assert_int_equal(back, points[at]);
    }
    static const char *const bad[] = {"\x80", "\xC3",     "\xE2\x82",    "\xF0\x9F\x98",
                                      "\xFF", "\xC0\x80", "\xED\xA0\x80"};
    for (size_t at = 0; at < ARRAY_LENGTH(bad); at++) {
        uint32_t point;
        size_t taken = utf8_decode(bad[at], strlen(bad[at]), &point);
        assert_int_equal(point, UTF8_REPLACEMENT);
        assert_in_range(taken, 1, strlen(bad[at]));
    }
    assert_int_equal(utf8_count("a\xC3\xA9\xE2\x82\xAC", 6), 3);
    assert_int_equal(utf8_floor("a\xC3\xA9", 2), 1);
}

/* Against the obvious implementation, one bool a bit. */
static void test_bitset_agrees_with_an_array(void **state)
{
    (void)state;
    enum { BITS = 200 };
    struct bitset set = {0}, thirds = {0};
    bool plain[BITS] = {0};
    bitset_resize(&set, BITS);
    bitset_resize(&thirds, BITS);
    for (uint32_t bit = 0; bit < BITS; bit += 3)
        bitset_put(&thirds, bit, true);
    uint32_t random = 12345;
    for (int round = 0; round < 500; round++) {
        random = random * 1103515245u + 12345u;
        uint32_t start = (random >> 16) % BITS, length = (random >> 8) % 70;
        uint32_t end = start + length < BITS ? start + length : BITS;
        bool value = random >> 31;
        bitset_fill(&set, start, end, value);
        for (uint32_t bit = start; bit < end; bit++)
            plain[bit] = value;
        uint32_t next = BITSET_NONE, previous = BITSET_NONE, rank = 0, without = 0;
        for (uint32_t bit = start; bit < BITS && next == BITSET_NONE; bit++)
            next = plain[bit] ? bit : next;
        for (uint32_t bit = 0; bit <= start; bit++)
            previous = plain[bit] ? bit : previous;
        for (uint32_t bit = start; bit < end; bit++)
            rank += plain[bit], without += plain[bit] && bit % 3;
        assert_int_equal(bitset_next(&set, start), next);
        assert_int_equal(bitset_previous(&set, start), previous);
        assert_int_equal(bitset_rank(&set, start, end), rank);
        assert_int_equal(bitset_rank_without(&set, &thirds, start, end), without);
    }
    bitset_resize(&set, 300);
    assert_false(bitset_get(&set, 250));
    assert_int_equal(bitset_next(&set, 300), BITSET_NONE);
    bitset_release(&thirds);
    bitset_release(&set);
    assert_int_equal(bitset_previous(&set, 5), BITSET_NONE);
}

static void test_no_memory_ends_with_a_message_and_status_1(void **state)
{
    (void)state;
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDERR_FILENO);
        memory_report_at_exit();
        memory_exhausted();
    }
    close(pipes[1]);
    char message[100] = {0};
    assert_true(read(pipes[0], message, sizeof message - 1) > 0);
    close(pipes[0]);
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    assert_string_equal(message, "hearsay: out of memory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error_keeps_a_sentence),
        cmocka_unit_test(test_vector_grows),
        cmocka_unit_test(test_buffer_grows_and_ends_in_nul),
        cmocka_unit_test(test_utf8_round_trips_and_survives_bad_bytes),
        cmocka_unit_test(test_bitset_agrees_with_an_array),
        cmocka_unit_test(test_no_memory_ends_with_a_message_and_status_1),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
