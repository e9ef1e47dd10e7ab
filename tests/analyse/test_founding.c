/* The founding example against its annotation, read in place; says so and passes where that is not
 * there. */
#include <stdio.h>
#include <yajl/yajl_tree.h>

#include "show.h"

struct gold {
    char *json;
    yajl_val root;
    const char *text;
};

static const char *const kinds_required[] = {"direct", "partial"};

static yajl_val field(yajl_val object, const char *name, yajl_type type)
{
    const char *path[] = {name, NULL};
    return yajl_tree_get(object, path, type);
}

static FILE *open_gold(void)
{
    char path[4096];
    const char *shared = getenv("HEARSAY_SHARED");
    snprintf(path, sizeof path, "%s/eval/seed.gold.json", shared ? shared : "../shared");
    return fopen(path, "r");
}

static int load(void **state)
{
    FILE *file = open_gold();
    struct buffer json = {0};
    struct gold *gold = xcalloc(1, sizeof *gold);
    *state = gold;
    if (!file)
        return 0;
    for (int c; (c = getc(file)) != EOF;)
        buffer_addc(&json, (char)c);
    fclose(file);
    gold->json = buffer_detach(&json);
    gold->root = yajl_tree_parse(gold->json, NULL, 0);
    gold->text = YAJL_GET_STRING(field(gold->root, "text", yajl_t_string));
    return 0;
}

static int unload(void **state)
{
    struct gold *gold = *state;
    yajl_tree_free(gold->root);
    free(gold->json);
    free(gold);
    return 0;
}

static uint32_t byte_of(const char *text, long long point)
{
    uint32_t at = 0;
    for (; text[at] && point > 0; point--) {
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static const struct quote *quote_at(const struct annotations *found, uint32_t place)
{
    for (size_t i = 0; i < found->quotes.count; i++) {
        const struct quote *q = &found->quotes.items[i];
        for (uint32_t s = 0; s < q->span_count; s++)
            if (range_contains(found->spans.items[q->first_span + s], place) &&
                q->kind != QUOTE_INDIRECT)
                return q;
    }
    return NULL;
}

static void expect_speaker(const struct gold *gold, const struct annotations *found,
                           yajl_val wanted)
{
    const char *name = YAJL_GET_STRING(field(wanted, "speaker_name", yajl_t_string));
    long long start = YAJL_GET_INTEGER(field(wanted, "start", yajl_t_number));
    const struct quote *quote = quote_at(found, byte_of(gold->text, start));
    assert_non_null(quote);
    assert_int_equal(quote->kind, QUOTE_DIRECT);
    assert_true(quote->speaker != ENTITY_NONE && quote->confidence >= CONFIDENCE_LIKELY);
    struct range have = found->entities.items[quote->speaker].name;
    assert_int_equal(have.end - have.start, strlen(name));
    assert_memory_equal(gold->text + have.start, name, strlen(name));
}

static bool is_required(yajl_val quote)
{
    const char *kind = YAJL_GET_STRING(field(quote, "kind", yajl_t_string));
    bool speech = kind && (!strcmp(kind, kinds_required[0]) || !strcmp(kind, kinds_required[1]));
    return speech && YAJL_GET_INTEGER(field(quote, "words", yajl_t_number)) >= 4;
}

static void every_quotation_has_its_speaker(void **state)
{
    const struct gold *gold = *state;
    if (!gold->text) {
        print_message("the founding example's annotation is not there: nothing compared\n");
        return;
    }
    struct annotations found;
    analyse_text(gold->text, (uint32_t)strlen(gold->text), &found);
    yajl_val quotes = field(gold->root, "quotes", yajl_t_array);
    unsigned checked = 0;
    for (size_t i = 0; i < quotes->u.array.len; i++) {
        yajl_val quote = quotes->u.array.values[i];
        if (is_required(quote)) {
            expect_speaker(gold, &found, quote);
            checked++;
        }
    }
    assert_int_equal(checked, 10);
    annotations_release(&found);
}

static void no_scare_quote_is_speech(void **state)
{
    const struct gold *gold = *state;
    if (!gold->text) {
        print_message("the founding example's annotation is not there: nothing compared\n");
        return;
    }
    struct annotations found;
    analyse_text(gold->text, (uint32_t)strlen(gold->text), &found);
    yajl_val quotes = field(gold->root, "quotes", yajl_t_array);
    for (size_t i = 0; i < quotes->u.array.len; i++) {
        yajl_val wanted = quotes->u.array.values[i];
        const char *kind = YAJL_GET_STRING(field(wanted, "kind", yajl_t_string));
        if (!kind || strcmp(kind, "nonspeech"))
            continue;
        long long start = YAJL_GET_INTEGER(field(wanted, "start", yajl_t_number));
        const struct quote *quote = quote_at(&found, byte_of(gold->text, start));
        assert_true(!quote || quote->kind == QUOTE_SCARE);
    }
    annotations_release(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_quotation_has_its_speaker, load, unload),
        cmocka_unit_test_setup_teardown(no_scare_quote_is_speech, load, unload),
    };
    return cmocka_run_group_tests_name("founding example", tests, NULL, NULL);
}
