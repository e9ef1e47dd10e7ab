/* The JSON of a document, read back by a parser. */
#include "helpers.h"

#include <yajl/yajl_tree.h>

/* ---- reading back ---------------------------------------------------------------- */

static yajl_val parse(const char *text)
{
    char message[200] = "";
    size_t length = strlen(text);
    assert_true(length > 0);
    assert_int_equal(text[length - 1], '\n');
    assert_ptr_equal(strchr(text, '\n'), text + length - 1);
    yajl_val tree = yajl_tree_parse(text, message, sizeof message);
    assert_string_equal(message, "");
    assert_non_null(tree);
    return tree;
}

static yajl_val member(yajl_val object, const char *key)
{
    const char *path[] = {key, NULL};
    yajl_val value = yajl_tree_get(object, path, yajl_t_any);
    if (!value)
        print_error("no member '%s'\n", key);
    assert_non_null(value);
    return value;
}

static yajl_val item(yajl_val array, size_t at)
{
    assert_true(YAJL_IS_ARRAY(array));
    assert_true(at < array->u.array.len);
    return array->u.array.values[at];
}

static void assert_count(yajl_val array, size_t count)
{
    assert_true(YAJL_IS_ARRAY(array));
    assert_int_equal(array->u.array.len, count);
}

static void assert_text(yajl_val value, const char *expected)
{
    assert_true(YAJL_IS_STRING(value));
    assert_string_equal(YAJL_GET_STRING(value), expected);
}

static void assert_number(yajl_val value, long long expected)
{
    assert_true(YAJL_IS_INTEGER(value));
    assert_int_equal(YAJL_GET_INTEGER(value), expected);
}

/* Code points [start, end) of `text`, which the caller frees. */
static char *cut(const char *text, long long start, long long end)
{
    struct buffer out = {0};
    size_t length = strlen(text), at = 0;
    for (long long point = 0; at < length; point++) {
        uint32_t code_point;
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (point >= start && point < end)
            buffer_add(&out, text + at, size);
        at += size;
    }
    return buffer_detach(&out);
}

static void assert_cut(yajl_val of, yajl_val start, yajl_val end, const char *expected)
{
    char *words =
        cut(YAJL_GET_STRING(member(of, "text")), YAJL_GET_INTEGER(start), YAJL_GET_INTEGER(end));
    assert_string_equal(words, expected);
    free(words);
}

static void assert_keys(yajl_val object, const char *expected)
{
    struct buffer keys = {0};
    assert_true(YAJL_IS_OBJECT(object));
    for (size_t at = 0; at < object->u.object.len; at++) {
        buffer_adds(&keys, at ? " " : "");
        buffer_adds(&keys, object->u.object.keys[at]);
    }
    assert_string_equal(buffer_string(&keys), expected);
    buffer_release(&keys);
}

/* ---- a document ------------------------------------------------------------------ */

/* Every text has characters of two, three and four bytes before what is looked for. */
static struct document *sample(void)
{
    struct builder *builder = begin();
    builder_title(builder, "Öre talks \"resume\"", strlen("Öre talks \"resume\""));
    builder_byline(builder, "Åsa B.", strlen("Åsa B."));
    builder_published(builder, 1352110260);
    builder_meta(builder, STRING_FORMAT, "text", 4);
    builder_meta(builder, STRING_SITE, "example.org", 11);
    builder_stated_comments(builder, 91);
    block(builder, BLOCK_HEADING, 2, "Über 😀");
    paragraph(builder, "“Näh,” sagte Øster. “Nie.”");
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = "Zoë";
    info.name_length = strlen("Zoë");
    info.id = "c\"1";
    info.id_length = 3;
    info.time = 0;
    info.score = -3;
    builder_comment(builder, &info);
    paragraph(builder, "日本 Øster said “Näh,”!");
    comment(builder, "", 1, "");
    return builder_finish(builder);
}

static void fill(struct annotations *found, const struct document *document)
{
    struct range name = find(document, "Øster");
    uint32_t comment_start = document_comments(document, NULL)[0].text.start;
    struct range said = {comment_start + 7, comment_start + 13};
    struct range head = find(document, "Öre");
    struct range first = find(document, "Näh,"), second = find(document, "Nie.");
    struct range title_quote = find(document, "resume");
    vector_push(&found->entities, ((struct entity){.name = head, .type = ENTITY_PLACE}));
    vector_push(&found->entities, ((struct entity){.name = name, .role = find(document, "sagte")}));
    vector_push(&found->mentions, ((struct mention){head.start, head.end, 0, DOCUMENT_NONE}));
    vector_push(&found->mentions, ((struct mention){name.start, name.end, 1, DOCUMENT_NONE}));
    vector_push(&found->mentions, ((struct mention){said.start, said.end, 1, 0}));
    vector_push(&found->spans, title_quote);
    vector_push(&found->spans, first);
    vector_push(&found->spans, second);
    vector_push(&found->quotes, ((struct quote){.comment = DOCUMENT_NONE,
                                                .span_count = 1,
                                                .speaker = ENTITY_NONE,
                                                .partner = ENTITY_NONE,
                                                .kind = QUOTE_SCARE}));
    vector_push(&found->quotes, ((struct quote){.comment = DOCUMENT_NONE,
                                                .first_span = 1,
                                                .span_count = 2,
                                                .speaker = 1,
                                                .partner = ENTITY_NONE,
                                                .speaker_text = name,
                                                .cue = find(document, "sagte"),
                                                .probability = 0.9f,
                                                .confidence = CONFIDENCE_SURE}));
    vector_push(&found->passages, ((struct passage){said.end + 9, said.end + 14, first.start,
                                                    first.end, 0, DOCUMENT_NONE}));
}

struct fixture {
    struct document *document;
    struct annotations found;
    yajl_val tree;
};

static void load(struct fixture *fixture, const char *speaker)
{
    struct export_request request = {
        .document = fixture->document, .annotations = &fixture->found, .speaker = speaker};
    char *text = written("json", request);
    fixture->tree = parse(text);
    free(text);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->document = sample();
    fill(&fixture->found, fixture->document);
    load(fixture, NULL);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    yajl_tree_free(fixture->tree);
    annotations_release(&fixture->found);
    document_free(fixture->document);
    free(fixture);
    return 0;
}

/* ---- tests ----------------------------------------------------------------------- */

static void test_keys_are_the_contract(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree;
    assert_keys(tree, "hearsay format article comments stated_comments entities quotes passages");
    assert_keys(member(tree, "article"), "title byline published site url text blocks");
    assert_keys(item(member(tree, "comments"), 0),
                "id parent author published score depth state text");
    assert_keys(item(member(tree, "entities"), 0), "id name type role mentions");
    assert_keys(item(member(tree, "quotes"), 0),
                "in kind spans text speaker speaker_text speaker_span cue confidence");
    assert_keys(item(member(tree, "passages"), 0), "comment start end in target_start target_end");
}

static void test_article(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree, article = member(tree, "article");
    assert_number(member(tree, "hearsay"), 1);
    assert_text(member(tree, "format"), "text");
    assert_text(member(article, "title"), "Öre talks \"resume\"");
    assert_text(member(article, "byline"), "Åsa B.");
    assert_text(member(article, "published"), "2012-11-05T10:11:00Z");
    assert_text(member(article, "site"), "example.org");
    assert_true(YAJL_IS_NULL(member(article, "url")));
    assert_text(member(article, "text"), "Über 😀\n\n“Näh,” sagte Øster. “Nie.”");
    yajl_val blocks = member(article, "blocks");
    assert_count(blocks, 2);
    assert_text(member(item(blocks, 0), "kind"), "heading");
    yajl_val second = item(blocks, 1);
    assert_number(member(second, "start"), 8);
    assert_cut(article, member(second, "start"), member(second, "end"),
               "“Näh,” sagte Øster. “Nie.”");
}

static void test_comments(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree;
    yajl_val first = item(member(tree, "comments"), 0), second = item(member(tree, "comments"), 1);
    assert_count(member(tree, "comments"), 2);
    assert_text(member(first, "id"), "c\"1");
    assert_true(YAJL_IS_NULL(member(first, "parent")));
    assert_text(member(first, "author"), "Zoë");
    assert_text(member(first, "published"), "1970-01-01T00:00:00Z");
    assert_number(member(first, "score"), -3);
    assert_text(member(first, "state"), "normal");
    assert_text(member(second, "id"), "2");
    assert_text(member(second, "parent"), "c\"1");
    assert_true(YAJL_IS_NULL(member(second, "author")));
    assert_true(YAJL_IS_NULL(member(second, "published")));
    assert_true(YAJL_IS_NULL(member(second, "score")));
    assert_number(member(second, "depth"), 1);
    assert_text(member(second, "text"), "");
    assert_number(member(tree, "stated_comments"), 91);
}

static void test_entities_hold_their_own_mentions(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree;
    yajl_val entities = member(tree, "entities"), person = item(entities, 1);
    assert_count(entities, 2);
    assert_count(member(item(entities, 0), "mentions"), 0); /* only in the title */
    assert_text(member(item(entities, 0), "type"), "place");
    assert_true(YAJL_IS_NULL(member(item(entities, 0), "role")));
    assert_number(member(person, "id"), 1);
    assert_text(member(person, "name"), "Øster");
    assert_text(member(person, "role"), "sagte");
    yajl_val mentions = member(person, "mentions");
    assert_count(mentions, 2);
    yajl_val there = item(mentions, 0), here = item(mentions, 1);
    assert_text(member(there, "in"), "article");
    assert_cut(member(tree, "article"), member(there, "start"), member(there, "end"), "Øster");
    assert_text(member(here, "in"), "c\"1");
    assert_number(member(here, "start"), 3);
    assert_cut(item(member(tree, "comments"), 0), member(here, "start"), member(here, "end"),
               "Øster");
}

static void test_quotes(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree, article = member(tree, "article");
    yajl_val quotes = member(tree, "quotes");
    assert_count(quotes, 1); /* the title's has no place in it */
    yajl_val quote = item(quotes, 0), spans = member(quote, "spans");
    assert_text(member(quote, "in"), "article");
    assert_text(member(quote, "kind"), "direct");
    assert_count(spans, 2);
    assert_cut(article, item(item(spans, 0), 0), item(item(spans, 0), 1), "Näh,");
    assert_cut(article, item(item(spans, 1), 0), item(item(spans, 1), 1), "Nie.");
    assert_text(member(quote, "text"), "Näh, Nie.");
    assert_number(member(quote, "speaker"), 1);
    assert_text(member(quote, "speaker_text"), "Øster");
    yajl_val span = member(quote, "speaker_span"), cue = member(quote, "cue");
    assert_cut(article, item(span, 0), item(span, 1), "Øster");
    assert_cut(article, item(cue, 0), item(cue, 1), "sagte");
    assert_string_equal(YAJL_GET_NUMBER(member(quote, "confidence")), "0.9");
}

static void test_passages(void **state)
{
    yajl_val tree = ((struct fixture *)*state)->tree;
    yajl_val passage = item(member(tree, "passages"), 0);
    assert_text(member(passage, "comment"), "c\"1");
    assert_text(member(passage, "in"), "article");
    assert_cut(item(member(tree, "comments"), 0), member(passage, "start"), member(passage, "end"),
               "Näh,");
    assert_cut(member(tree, "article"), member(passage, "target_start"),
               member(passage, "target_end"), "Näh,");
}

static void test_speaker_leaves_other_quotes_out(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *name;
        size_t count;
    } cases[] = {{"øSTER", 1}, {"Öre", 0}, {"", 0}, {"Øst", 0}, {"\xff", 0}};
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        yajl_tree_free(fixture->tree);
        load(fixture, cases[at].name);
        assert_count(member(fixture->tree, "quotes"), cases[at].count);
    }
}

static void test_empty_document(void **state)
{
    (void)state;
    struct document *document = builder_finish(begin());
    struct annotations none = {0};
    struct export_request request = {.document = document, .annotations = &none};
    char *text = written("json", request);
    assert_string_equal(text, "{\"hearsay\":1,\"format\":null,\"article\":{\"title\":null,"
                              "\"byline\":null,\"published\":null,\"site\":null,\"url\":null,"
                              "\"text\":\"\",\"blocks\":[]},\"comments\":[],"
                              "\"stated_comments\":null,\"entities\":[],\"quotes\":[],"
                              "\"passages\":[]}\n");
    free(text);
    document_free(document);
}

/* Offsets past many checkpoints, each of them within a character. */
static void test_offsets_far_into_a_text(void **state)
{
    (void)state;
    struct builder *builder = begin();
    struct buffer long_text = {0};
    for (int at = 0; at < 5000; at++)
        buffer_adds(&long_text, "日x");
    buffer_adds(&long_text, " Øster");
    paragraph(builder, buffer_string(&long_text));
    struct document *document = builder_finish(builder);
    struct annotations found = {0};
    struct range name = find(document, "Øster");
    vector_push(&found.entities, ((struct entity){.name = name}));
    vector_push(&found.mentions, ((struct mention){name.start, name.end, 0, DOCUMENT_NONE}));
    struct export_request request = {.document = document, .annotations = &found};
    char *text = written("json", request);
    assert_non_null(strstr(text, "{\"in\":\"article\",\"start\":10001,\"end\":10006}"));
    free(text);
    buffer_release(&long_text);
    annotations_release(&found);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keys_are_the_contract, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_article, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_comments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_entities_hold_their_own_mentions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_quotes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_speaker_leaves_other_quotes_out, set_up, tear_down),
        cmocka_unit_test(test_empty_document),
        cmocka_unit_test(test_offsets_far_into_a_text),
    };
    return cmocka_run_group_tests_name("export/json", tests, NULL, NULL);
}
