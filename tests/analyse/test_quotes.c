/* Quotations and their speakers, one form a test. The sentences are ours. */
#include "show.h"

static void speaker_after(void **state)
{
    (void)state;
    expect_quotes("Mara Lindqvist runs the port. \"We dredge at night,\" Lindqvist said.",
                  "Mara Lindqvist: We dredge at night,");
    expect_quotes("\"We dredge at night,\" said Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night,");
    expect_quotes("\"We dredge at night,\" Mara Lindqvist, the harbour's director, said.",
                  "Mara Lindqvist: We dredge at night,");
    expect_quotes("\"We dredge at night,\" grinned Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night,");
}

static void speaker_before(void **state)
{
    (void)state;
    expect_quotes("Mara Lindqvist said: \"We dredge at night.\"",
                  "Mara Lindqvist: We dredge at night.");
    expect_quotes("Mara Lindqvist, who runs the port, said, \"We dredge at night.\"",
                  "Mara Lindqvist: We dredge at night.");
    expect_quotes("Mara Lindqvist told reporters the dredging was \"a matter of simple "
                  "housekeeping\" for the port.",
                  "Mara Lindqvist: a matter of simple housekeeping");
}

static void split_by_its_attribution(void **state)
{
    (void)state;
    expect_quotes("\"We dredge at night,\" Mara Lindqvist said, \"and we sleep by day.\"",
                  "Mara Lindqvist: We dredge at night, | and we sleep by day.");
}

static void goes_on_in_the_paragraph(void **state)
{
    (void)state;
    expect_quotes("\"We dredge at night,\" Mara Lindqvist said. The room was cold. \"Nobody minds "
                  "the noise.\"",
                  "Mara Lindqvist: We dredge at night,\nMara Lindqvist: Nobody minds the noise.");
}

static void the_nearest_cue_wins(void **state)
{
    (void)state;
    expect_quotes("Mara Lindqvist, according to the BBC, told Jonas Weyl that silt was \"a stab in "
                  "the back.\"",
                  "Mara Lindqvist: a stab in the back.");
    expect_quotes("\"We are ready,\" Mara Lindqvist said, according to the BBC.",
                  "Mara Lindqvist: We are ready,");
    expect_quotes("According to Jonas Weyl, the silt was \"a stab in the back of the port.\"",
                  "Jonas Weyl: a stab in the back of the port.");
}

static void he_is_the_subject(void **state)
{
    (void)state;
    expect_quotes("Jonas Weyl rowed for Adam Sey, Karl Lund and Peter Holm. In May he left. \"I "
                  "was tired,\" he said.",
                  "Jonas Weyl: I was tired,");
}

static void over_paragraphs(void **state)
{
    (void)state;
    const char *want = "Mara Lindqvist: We dredge at night. | By day we sleep.";
    expect_quotes("Mara Lindqvist said: \"We dredge at night.\n\n\"By day we sleep.\"\n", want);
    expect_quotes("Mara Lindqvist said: “We dredge at night.\n\nBy day we sleep.”\n", want);
}

static void marks_of_many_kinds(void **state)
{
    (void)state;
    expect_quotes("“We dredge at night,” said Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night,");
    expect_quotes("„We dredge at night“, said Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night");
    expect_quotes("«We dredge at night», said Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night");
    expect_quotes("``We dredge at night,'' said Mara Lindqvist.",
                  "Mara Lindqvist: We dredge at night,");
    expect_quotes("'We don't dredge the boys' quay at night,' said Mara Lindqvist.",
                  "Mara Lindqvist: We don't dredge the boys' quay at night,");
    expect_quotes("The boys' toys weren't Mara Lindqvist's.", "");
}

static void pronouns(void **state)
{
    (void)state;
    expect_quotes(
        "Mara Lindqvist met Jonas Weyl on Monday.\n\n\"The tide waits for nobody,\" she said.",
        "Mara Lindqvist: The tide waits for nobody,");
}

static void descriptions(void **state)
{
    (void)state;
    expect_quotes(
        "Swedish Ambassador Mara Lindqvist met Danish Foreign Minister Jonas Weyl on Monday.\n\n"
        "\"The tide waits for nobody,\" the Swedish envoy said.",
        "Mara Lindqvist: The tide waits for nobody,");
    expect_quotes("\"The tide waits for nobody,\" a spokesman said.",
                  "a spokesman: The tide waits for nobody,");
}

static void not_speech(void **state)
{
    (void)state;
    expect_quotes("She starred in the show \"A Very Long Tide\" for years.", "-: A Very Long Tide");
    expect_quotes("These \"experts\" came by boat.", "-: experts");
    expect_quotes("Her book, \"The Silt of Years,\" won a prize.", "-: The Silt of Years,");
    expect_quotes("In her book \"The Silt of Years,\" Mara Lindqvist wrote that tides lie.",
                  "-: The Silt of Years,");
}

static void indirect_speech(void **state)
{
    (void)state;
    expect_quotes("Mara Lindqvist said the talks could go on until May.",
                  "(Mara Lindqvist: the talks could go on until May)");
}

static void finding_by_place(void **state)
{
    (void)state;
    static const char text[] =
        "\"We ask 'who pays for it' and nobody tells us,\" Mara Lindqvist said. \"I do.\"";
    struct annotations found;
    analyse_text(text, sizeof text - 1, &found);
    assert_int_equal(found.quotes.count, 2);
    assert_int_equal(annotations_quote_from(&found, 0), 0);
    assert_int_equal(annotations_quote_from(&found, (uint32_t)(strstr(text, "nobody") - text)), 0);
    assert_int_equal(annotations_quote_from(&found, (uint32_t)(strstr(text, "I do") - text)), 0);
    assert_int_equal(annotations_quote_from(&found, sizeof text - 2), 2);
    assert_int_equal(annotations_mention_from(&found, 0), 0);
    assert_int_equal(annotations_mention_from(&found, sizeof text - 2), found.mentions.count);
    annotations_release(&found);
}

static void transcripts(void **state)
{
    (void)state;
    expect_quotes("WALLACE: Did you dredge at night?\n\nLINDQVIST: I did.\n\nNOTE: It rained.",
                  "WALLACE: Did you dredge at night?\nLINDQVIST: I did.");
}

static void two_speakers_in_a_paragraph(void **state)
{
    (void)state;
    expect_quotes(
        "\"Did you dredge?\" asked Jonas Weyl. \"That is my job,\" Mara Lindqvist replied.",
        "Jonas Weyl: Did you dredge?\nMara Lindqvist: That is my job,");
}

static void statements_above_a_colon(void **state)
{
    (void)state;
    expect_quotes("Mara Lindqvist, the port's director, released this statement today:\n\n"
                  "\"We have never dredged at night and never will.\"",
                  "Mara Lindqvist: We have never dredged at night and never will.");
}

static void a_crowd_is_not_the_last_speaker(void **state)
{
    (void)state;
    expect_quotes(
        "\"We dredge,\" Mara Lindqvist said. \"Never again and never more!\" chanted the mob.",
        "Mara Lindqvist: We dredge,\n?: Never again and never more!");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaker_after),
        cmocka_unit_test(speaker_before),
        cmocka_unit_test(split_by_its_attribution),
        cmocka_unit_test(goes_on_in_the_paragraph),
        cmocka_unit_test(over_paragraphs),
        cmocka_unit_test(marks_of_many_kinds),
        cmocka_unit_test(pronouns),
        cmocka_unit_test(descriptions),
        cmocka_unit_test(not_speech),
        cmocka_unit_test(indirect_speech),
        cmocka_unit_test(the_nearest_cue_wins),
        cmocka_unit_test(he_is_the_subject),
        cmocka_unit_test(finding_by_place),
        cmocka_unit_test(transcripts),
        cmocka_unit_test(two_speakers_in_a_paragraph),
        cmocka_unit_test(statements_above_a_colon),
        cmocka_unit_test(a_crowd_is_not_the_last_speaker),
    };
    return cmocka_run_group_tests_name("quotes", tests, NULL, NULL);
}
