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

static void companies_by_their_first_word(void **state)
{
    (void)state;
    expect_entities("They sold Weylco Inc. in May. Later Weylco fell.",
                    "organization Weylco Inc.: Weylco Inc., Weylco");
}

static void two_of_one_surname(void **state)
{
    (void)state;
    expect_entities(
        "Anna Weyl met Jonas Weyl. Then Mrs. Weyl left, and Mr. Weyl slept.",
        "person Anna Weyl [Mrs.]: Anna Weyl, Weyl\nperson Jonas Weyl [Mr.]: Jonas Weyl, Weyl");
}

static void a_place_in_a_title(void **state)
{
    (void)state;
    expect_entities("They met U.S. Ambassador Jonas Weyl.",
                    "place U.S.: U.S.\nperson Jonas Weyl [U.S. Ambassador]: Jonas Weyl");
}

static void compounds_are_no_names(void **state)
{
    (void)state;
    expect_entities("A Zurich-based bank and a U.S.-led team came.", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surnames_and_roles),     cmocka_unit_test(initials),
        cmocka_unit_test(one_country_two_names),  cmocka_unit_test(nations_are_no_places),
        cmocka_unit_test(arabic_names),           cmocka_unit_test(companies_by_their_first_word),
        cmocka_unit_test(two_of_one_surname),     cmocka_unit_test(a_place_in_a_title),
        cmocka_unit_test(compounds_are_no_names),
    };
    return cmocka_run_group_tests_name("entities", tests, NULL, NULL);
}
