/* People, organisations, places, and all their names. The sentences are ours. */
#include "show.h"

static void surnames_and_roles(void **state)
{
    (void)state;
    expect_entities(
        "The letter went to Swedish Ambassador Mara Lindqvist. Lindqvist's aides kept it.",
        "person Mara Lindqvist [Swedish Ambassador]: Mara Lindqvist, Lindqvist");
}

static void initials(void **state)
{
    (void)state;
    expect_entities("It went to the World Health Organization. The WHO kept it.",
                    "organization World Health Organization: World Health Organization, WHO");
}

static void one_country_two_names(void **state)
{
    (void)state;
    expect_entities("They left the United States in May. Nobody in the U.S. saw them again.",
                    "place United States: United States, U.S.");
}

static void nations_are_no_places(void **state)
{
    (void)state;
    expect_entities("The Danish boats met some French boats.", "");
}

static void arabic_names(void **state)
{
    (void)state;
    expect_entities("They met Prime Minister Nouri al-Maliki. Later al-Maliki left.",
                    "person Nouri al-Maliki [Prime Minister]: Nouri al-Maliki, al-Maliki");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surnames_and_roles),    cmocka_unit_test(initials),
        cmocka_unit_test(one_country_two_names), cmocka_unit_test(nations_are_no_places),
        cmocka_unit_test(arabic_names),
    };
    return cmocka_run_group_tests_name("entities", tests, NULL, NULL);
}
