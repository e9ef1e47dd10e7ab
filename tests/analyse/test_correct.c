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

static bool correct(struct annotations *found, const char *lines, struct error *error)
{
    analyse_text(text, sizeof text - 1, found);
    return annotations_correct(found, text, lines, strlen(lines), error);
}

static void join(void **state)
{
    (void)state;
    struct annotations found;
    assert_true(correct(&found, "# two spellings\njoin Ryan Crocker = Krocker\n", NULL));
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
    assert_true(correct(&found, "split Jonas Weyl = Weyl", NULL));
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
    assert_true(correct(&found, "type Leeds = organization\ndrop jonas weyl\n", NULL));
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
    struct error error;
    assert_false(correct(&found, "type Nobody = person\njump Leeds\ntype Leeds = other\n", &error));
    assert_string_equal(error.message, "line 1: nothing here is meant by 'type Nobody = person'");
    assert_int_equal(found.entities.items[named(&found, "Leeds")].type, ENTITY_OTHER);
    annotations_release(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(join),
        cmocka_unit_test(split),
        cmocka_unit_test(type_and_drop),
        cmocka_unit_test(a_bad_line_costs_that_line),
    };
    return cmocka_run_group_tests_name("corrections", tests, NULL, NULL);
}
