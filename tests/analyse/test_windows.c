/* Texts that are longer than the windows they are analysed in: nothing is lost at the seams. */
#include "show.h"

#include <stdlib.h>

#define LONG (5u << 20) /* bytes: several windows */

/* `unit` over and over, with `first` before all; a paragraph each. */
static char *make_text(const char *first, const char *unit, uint32_t *length)
{
    struct buffer text = {0};
    buffer_printf(&text, "%s\n", first);
    while (text.length < LONG)
        buffer_printf(&text, "%s\n", unit);
    *length = (uint32_t)text.length;
    return buffer_detach(&text);
}

static void somebody_is_the_same_all_through(void **state)
{
    (void)state;
    struct annotations found;
    uint32_t length;
    static const char first[] = "U.S. Ambassador Ryan Crocker met Hassan Kazemi on Monday.";
    static const char unit[] = "\"We have a long way to go,\" Crocker said. Kazemi was silent.";
    char *text = make_text(first, unit, &length);
    analyse_text(text, length, &found);
    uint32_t units = (length - (uint32_t)strlen(first) - 1) / ((uint32_t)strlen(unit) + 1);
    const struct entity *most = &found.entities.items[0];
    assert_int_equal(most->article_mentions, units + 1);
    assert_int_equal(most->article_quotes, units);
    assert_memory_equal(text + most->name.start, "Ryan Crocker", strlen("Ryan Crocker"));
    assert_memory_equal(text + most->role.start, "U.S. Ambassador", strlen("U.S. Ambassador"));
    assert_int_equal(found.entities.items[1].article_mentions, units + 1);
    assert_int_equal(found.quotes.count, units);
    annotations_release(&found);
    free(text);
}

static void a_source_without_a_name_too(void **state)
{
    (void)state;
    struct annotations found;
    uint32_t length;
    char *text = make_text("A quiet beginning.", "A spokesman said: \"Nobody at all.\"", &length);
    analyse_text(text, length, &found);
    assert_int_equal(found.entities.count, 1);
    assert_true(found.entities.items[0].unnamed);
    assert_true(found.entities.items[0].article_quotes > 100000);
    assert_memory_equal(text + found.entities.items[0].name.start, "A spokesman", 11);
    annotations_release(&found);
    free(text);
}

static void lines_that_are_not_looked_at(void **state)
{
    (void)state;
    struct annotations found;
    uint32_t length;
    char *text = make_text("Ann Kazemi left.", "   ", &length);
    analyse_text(text, length, &found);
    assert_int_equal(found.entities.count, 1);
    annotations_release(&found);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(somebody_is_the_same_all_through),
        cmocka_unit_test(a_source_without_a_name_too),
        cmocka_unit_test(lines_that_are_not_looked_at),
    };
    return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
