/* Corrections by hand. */
#include "show.h"

static const char text[] =
    "Ryan Crocker met Jonas Weyl in Leeds. \"No,\" Krocker said. Weyl left Leeds. Crocker stayed.";

static uint32_t named(const struct annotations *found, const char *name)
{
    for (uint32_t i = 0; i < found->entities.count; i++) {
        struct range range = found->entities.items[i].name;
        if (range.end - range.start == strlen(name) &&
            !memcmp(text + range.start, name, strlen(name)))
            return i;
    }
    return ENTITY_NONE;
}

static void correct(struct annotations *found, const char *lines, struct problems *problems)
{
    struct corrections corrections = {.path = "by-hand"};
    buffer_adds(&corrections.text, lines);
    analyse_text(text, sizeof text - 1, found);
    annotations_correct(found, text, &corrections, problems);
    buffer_release(&corrections.text);
}

static void join(void **state)
{
    (void)state;
    struct annotations found;
    correct(&found, "# two spellings\njoin Ryan Crocker = Krocker\n", NULL);
    uint32_t entity = named(&found, "Ryan Crocker");
    assert_int_equal(entity, 0);
    assert_int_equal(found.entities.items[0].article_mentions, 3);
    assert_int_equal(found.entities.items[0].article_quotes, 1);
    assert_int_equal(named(&found, "Krocker"), ENTITY_NONE);
    assert_int_equal(found.quotes.items[0].speaker, entity);
    annotations_release(&found);
}

static void split(void **state)
{
    (void)state;
    struct annotations found;
    correct(&found, "split Jonas Weyl = Weyl", NULL);
    uint32_t full = named(&found, "Jonas Weyl"), cut = named(&found, "Weyl");
    assert_true(full != ENTITY_NONE && cut != ENTITY_NONE && full != cut);
    assert_int_equal(found.entities.items[full].article_mentions, 1);
    assert_int_equal(found.entities.items[cut].article_mentions, 1);
    annotations_release(&found);
}

static void type_and_drop(void **state)
{
    (void)state;
    struct annotations found;
    correct(&found, "type Leeds = organization\ndrop jonas weyl\n", NULL);
    assert_int_equal(found.entities.items[named(&found, "Leeds")].type, ENTITY_ORGANIZATION);
    assert_int_equal(named(&found, "Jonas Weyl"), ENTITY_NONE);
    for (size_t i = 0; i < found.mentions.count; i++)
        assert_in_range(found.mentions.items[i].entity, 0, found.entities.count - 1);
    annotations_release(&found);
}

static void a_bad_line_costs_that_line(void **state)
{
    (void)state;
    struct annotations found;
    struct problems problems = {0};
    struct buffer told = {0};
    correct(&found, "type Nobody = person\njump Leeds\ntype Leeds = other\n", &problems);
    assert_int_equal(problems.count, 2);
    problem_write(&problems.items[0], &told);
    assert_string_equal(buffer_string(&told),
                        "by-hand:1: nothing here is meant by 'type Nobody = person'");
    assert_int_equal(problems.items[1].line, 2);
    assert_int_equal(found.entities.items[named(&found, "Leeds")].type, ENTITY_OTHER);
    buffer_release(&told);
    problems_release(&problems);
    annotations_release(&found);
}

static void one_line_alone(void **state)
{
    (void)state;
    struct annotations found;
    struct error error;
    analyse_text(text, sizeof text - 1, &found);
    assert_false(annotations_correct_line(&found, text, "join Leeds = Nobody", &error));
    assert_string_equal(error.message, "nothing here is meant by 'join Leeds = Nobody'");
    assert_true(annotations_correct_line(&found, text, " join Ryan Crocker = Krocker ", &error));
    assert_int_equal(named(&found, "Krocker"), ENTITY_NONE);
    annotations_release(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(join),           cmocka_unit_test(split),
        cmocka_unit_test(type_and_drop),  cmocka_unit_test(a_bad_line_costs_that_line),
        cmocka_unit_test(one_line_alone),
    };
    return cmocka_run_group_tests_name("corrections", tests, NULL, NULL);
}
