/* Filters: what each term lets through, what is told of bad ones, and what is seen of a thread. */
#include "test.h"

#include "trees.h"

static struct fixture begin_in_thread(struct document *document)
{
    struct fixture fixture = begin(document, 24, 80);
    reader_set_focus(fixture.reader, PANE_THREAD);
    return fixture;
}

static const struct one {
    uint32_t depth;
    const char *name, *text;
    int64_t time;
    int32_t score;
} thread[] = {
    /* 0 */ {0, "Carl Nemo", "Has anybody asked the gulls?", 1000000, 3},
    /* 1 */ {1, "Dot", "The gulls are Carl's.", 1000600, 12},
    /* 2 */ {2, "Carl Nemo", "Not all of them, Dot.", 1004000, -4},
    /* 3 */ {1, "Carl\xC3\xA9", "A caf\xC3\xA9 is no kiosk", 1090000, SCORE_NONE},
    /* 4 */ {0, "Dot", "In 1999 it was.", TIME_NONE, 0},
    /* 5 */ {0, "Quill \"Q\"", "x", 1100000, 5},
};

#define NOW 1100000

static struct document *make_thread(void)
{
    struct builder *builder = builder_new(1 << 12, NULL);
    for (size_t at = 0; at < ARRAY_LENGTH(thread); at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.name = thread[at].name;
        info.name_length = strlen(thread[at].name);
        info.depth = thread[at].depth;
        info.time = thread[at].time;
        info.score = thread[at].score;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, thread[at].text, strlen(thread[at].text));
    }
    return builder_finish(builder);
}

/* ---- terms -------------------------------------------------------------------------- */

/* The numbers of the comments that pass, or what is told. */
static const char *passing(struct reader *reader, const char *text)
{
    static char out[600];
    struct filter_program program = {0};
    struct bitset hits = {0};
    struct error error = {""};
    uint32_t too_hard;
    out[0] = '\0';
    if (!filter_read(&program, text, &error) ||
        !sieve_run(reader, &program, &hits, &too_hard, &error)) {
        snprintf(out, sizeof out, "%s", error.message);
        filter_release(&program);
        return out;
    }
    for (uint32_t at = bitset_next(&hits, 0); at != BITSET_NONE; at = bitset_next(&hits, at + 1))
        snprintf(out + strlen(out), sizeof out - strlen(out), "%u", at);
    bitset_release(&hits);
    filter_release(&program);
    return out;
}

static void test_what_each_term_lets_through(void **state)
{
    static const char *const cases[][2] = {
        {"author:carl", "023"},
        {"author:CARL\xC3\x89", "3"},
        {"author:\"carl nemo\"", "02"},
        {"author=carle", "3"},
        {"author=carl", ""},
        {"author=\"quill \\\"q\\\"\"", "5"},
        {"gulls", "01"},
        {"text:gulls", "01"},
        {"carl", "1"}, /* the text, not the name */
        {"Carl", "1"},
        {"\"the gulls\"", "01"},
        {"cafe", "3"},
        {"/gull.*carl/", "1"},
        {"/GULL/", ""},
        {"/\\d{4}/", "4"},
        {"/it was\\.$|^x/", "45"},
        {"score>=3", "015"},
        {"score<0", "2"},
        {"score=0", "4"},
        {"score>-5", "01245"},
        {"depth=0", "045"},
        {"depth>1", "2"},
        {"depth<=1", "01345"},
        {"age<1h", "5"},
        {"age<=1h", "5"},
        {"age>1d", "012"},
        {"age<1w", "01235"},
        {"unread", "012345"},
        {"author:carl score>0", "0"},
        {"author:carl | author:quill", "0235"},
        {"author:carl score<0 | author:dot depth=0", "24"},
        {"(author:carl | author:dot) depth=0", "04"},
        {"!author:carl", "145"},
        {"!!author:carl", "023"},
        {"!(author:carl | author:dot)", "5"},
        {" gulls ! author:dot ", "0"},
        {"scored", ""}, /* words that begin as terms do */
        {"newt", ""},
        {"kiosk|x", "35"},
    };
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    reader_set_now(tree.reader, NOW);
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        if (strcmp(passing(tree.reader, cases[at][0]), cases[at][1]) != 0)
            print_message("%s\n", cases[at][0]);
        assert_string_equal(passing(tree.reader, cases[at][0]), cases[at][1]);
    }
    end(&tree);
}

static void test_what_is_wrong_is_told_with_its_place(void **state)
{
    static const char *const cases[][2] = {
        {"", "character 1: something to look for goes here"},
        {"a |", "character 4: something to look for goes here"},
        {"a | | b", "character 5: something to look for goes here"},
        {"!", "character 2: something to look for goes here"},
        {"\xC3\xA9 (a", "character 3: this '(' is not closed"},
        {"a)", "character 2: this ')' was not opened"},
        {"\"a", "character 1: this '\"' is not closed"},
        {"b /a", "character 3: this '/' is not closed"},
        {"author:", "character 8: a name or words go here"},
        {"author: carl", "character 8: a name or words go here"},
        {"autor:carl", "character 1: 'autor:' is no term, did you mean 'author:'?"},
        {"a scoer>3", "character 3: 'scoer' is no term, did you mean 'score'?"},
        {"is:unread", "character 1: 'is:' is no term: say 'unread' or 'new' alone"},
        {"re:x", "character 1: 're:' is no term: a regular expression is /x/"},
        {"score>", "character 7: a number of up to nine digits goes here"},
        {"score>x", "character 7: a number of up to nine digits goes here"},
        {"score>1234567890", "character 7: a number of up to nine digits goes here"},
        {"depth<2x", "character 8: the number ends here"},
        {"age<2", "character 6: m, h, d, w or y goes here"},
        {"age<2s", "character 6: m, h, d, w or y goes here"},
        {"/(/", "missing closing parenthesis, at character 2 of '('"},
        {"entity:carl", "names and quotes are still being looked for"},
    };
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++)
        assert_string_equal(passing(tree.reader, cases[at][0]), cases[at][1]);
    assert_string_equal(passing(tree.reader, "age<2d"),
                        "ages are not known: nobody has told the time");
    end(&tree);
}

static void test_a_filter_that_is_too_much_is_refused(void **state)
{
    (void)state;
    struct buffer deep = {0}, lengthy = {0};
    struct fixture tree = begin_in_thread(make_thread());
    for (int at = 0; at < 100; at++)
        buffer_addc(&deep, '(');
    for (int at = 0; at < 1000; at++)
        buffer_adds(&lengthy, "a ");
    assert_string_equal(passing(tree.reader, buffer_string(&deep)),
                        "character 41: too many '(' within each other");
    assert_non_null(strstr(passing(tree.reader, buffer_string(&lengthy)), "too long"));
    buffer_release(&deep);
    buffer_release(&lengthy);
    end(&tree);
}

static void test_a_text_that_never_ends_to_match_is_told(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    struct comment_info info = COMMENT_INFO_NONE;
    builder_comment(builder, &info);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    for (int at = 0; at < 60; at++)
        builder_text(builder, "a", 1);
    builder_text(builder, "!", 1);
    struct fixture tree = begin_in_thread(builder_finish(builder));
    assert_string_equal(passing(tree.reader, "/(a+)+$/"), "/(a+)+$/ is too hard to look for");
    end(&tree);
}

/* A few of them among others are left out, and that is told; thousands would take too long. */
static void test_comments_that_are_too_hard_are_skipped(void **state)
{
    (void)state;
    static const char *const hard = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
    static const struct {
        uint32_t easy, hard;
        const char *told;
    } cases[] = {
        {2, 0, ""},
        {2, 1, "1 comment was too hard to look into"},
        {2, 600, "600 comments were too hard to look into"},
        {2, 1500, NULL},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        struct builder *builder = builder_new(1 << 20, NULL);
        struct error error = {""};
        for (uint32_t comment = 0; comment < cases[at].easy + cases[at].hard; comment++)
            make_comment(builder, 0, "gull", comment < cases[at].hard ? hard : "aaa");
        struct fixture tree = begin_in_thread(builder_finish(builder));
        bool made = reader_filter(tree.reader, "/(a+)+$/", &error);
        assert_int_equal(made, cases[at].told != NULL);
        assert_string_equal(error.message, made ? "" : "/(a+)+$/ is too hard to look for");
        assert_string_equal(reader_notice(tree.reader), made ? cases[at].told : "");
        if (made)
            assert_int_equal(reader_filter_count(tree.reader), cases[at].easy);
        end(&tree);
    }
}

static const char *name_filter(struct reader *reader, bool quoted)
{
    static char text[64];
    struct buffer out = {0};
    text[0] = '\0';
    if (reader_name_filter(reader, quoted, &out))
        snprintf(text, sizeof text, "%s", buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void test_names_that_were_found(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    static const char *const texts[] = {
        "\"The count was made in fog,\" said Rosa Lind, who keeps the light.",
        "Piers Holloway disagrees with Rosa Lind.", "Nobody is named here."};
    builder_title(builder, "The light", 9);
    for (size_t at = 0; at < ARRAY_LENGTH(texts); at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, texts[at], strlen(texts[at]));
    }
    struct fixture tree = begin_in_thread(builder_finish(builder));
    struct annotations found = {0};
    analyse_document(tree.document, &found);
    reader_annotate(tree.reader, &found);
    assert_string_equal(passing(tree.reader, "entity:\"rosa lind\""), "01");
    assert_string_equal(passing(tree.reader, "entity:lind"), "01");
    assert_string_equal(passing(tree.reader, "entity:holloway"), "1");
    assert_string_equal(passing(tree.reader, "speaker:rosa"), "0");
    assert_string_equal(passing(tree.reader, "entity:carl"), "nobody here is called 'carl'");
    reader_set_focus(tree.reader, PANE_SIDEBAR);
    reader_scroll(tree.reader, 1);
    assert_string_equal(name_filter(tree.reader, false), "entity:\"Holloway\"");
    assert_string_equal(passing(tree.reader, name_filter(tree.reader, false)), "1");
    reader_set_focus(tree.reader, PANE_THREAD);
    assert_string_equal(name_filter(tree.reader, false), "entity:\"Holloway\"");
    reader_quote(tree.reader, 1); /* whom one has jumped to before who is chosen */
    assert_string_equal(name_filter(tree.reader, true), "speaker:\"Rosa Lind\"");
    assert_string_equal(passing(tree.reader, name_filter(tree.reader, true)), "0");
    end(&tree);
    annotations_release(&found);
}

/* ---- random filters, against trying each comment ------------------------------------ */

/* Appends a random filter to `text`; which comments pass goes to `pass`. */
static void random_filter(const struct document *document, uint32_t *seed, int depth,
                          struct buffer *text, bool *pass)
{
    uint32_t count, kind = tree_random(seed, depth > 0 ? 8 : 4), number = tree_random(seed, 6);
    const struct comment *comments = document_comments(document, &count);
    bool other[TREE_MOST];
    char name[16];
    snprintf(name, sizeof name, "Author %u", number);
    switch (kind) {
    case 0:
        buffer_printf(text, "author:\"%s\"", name);
        break;
    case 1:
        buffer_printf(text, "depth>%u", number);
        break;
    case 2:
        buffer_printf(text, "score<=%d", (int)number - 3);
        break;
    case 3:
        buffer_printf(text, number % 2 ? "word%u" : "/w.*%u$/", number);
        break;
    case 4:
    case 5:
        buffer_adds(text, "!(");
        random_filter(document, seed, depth - 1, text, pass);
        buffer_adds(text, ")");
        break;
    default:
        buffer_adds(text, "(");
        random_filter(document, seed, depth - 1, text, pass);
        buffer_adds(text, kind == 6 ? " " : "|");
        random_filter(document, seed, depth - 1, text, other);
        buffer_adds(text, ")");
        break;
    }
    for (uint32_t at = 0; at < count; at++) {
        const char *pool = document_text(document, NULL);
        switch (kind) {
        case 0:
            pass[at] = strncmp(pool + comments[at].name.start, name, strlen(name)) == 0;
            break;
        case 1:
            pass[at] = comments[at].depth > number;
            break;
        case 2:
            pass[at] = comments[at].score != SCORE_NONE && comments[at].score <= (int)number - 3;
            break;
        case 3:
            pass[at] = pool[comments[at].text.end - 1] == (char)('0' + number);
            break;
        case 4:
        case 5:
            pass[at] = !pass[at];
            break;
        default:
            pass[at] = kind == 6 ? pass[at] && other[at] : pass[at] || other[at];
        }
    }
}

/* What is to be seen of a filtered, sorted thread without folds. */
static void assert_seen(const struct fixture *tree, const enum reader_order *orders,
                        const bool *pass, bool bare)
{
    uint32_t order[TREE_MOST], count, seen = view_first(tree->reader), passed = 0;
    const struct comment *comments = document_comments(tree->document, &count);
    tree_order(tree->document, orders, order);
    for (uint32_t position = 0; position < count; position++) {
        uint32_t comment = order[position];
        bool context = false;
        for (uint32_t at = comment; at < comments[comment].end && !bare; at++)
            context = context || pass[at];
        if (!context && !pass[comment])
            continue;
        assert_int_equal(seen, comment);
        passed += pass[comment];
        assert_int_equal(view_is_context(tree->reader, comment), !pass[comment]);
        if (pass[comment]) {
            assert_int_equal(view_number(tree->reader, comment), passed);
            assert_int_equal(view_numbered(tree->reader, passed), comment);
        }
        seen = view_next(tree->reader, comment);
    }
    assert_int_equal(seen, DOCUMENT_NONE);
    assert_int_equal(reader_filter_count(tree->reader), passed);
}

static void test_random_filters_of_random_trees(void **state)
{
    (void)state;
    uint32_t seed = 17, refused = 0;
    for (int round = 0; round < 600; round++) {
        uint32_t count = 1 + tree_random(&seed, TREE_MOST - 1);
        struct fixture tree = begin_in_thread(tree_document(&seed, count));
        enum reader_order orders[SORT_COUNT] = {(enum reader_order)tree_random(&seed, ORDERS),
                                                (enum reader_order)tree_random(&seed, ORDERS)};
        struct buffer text = {0};
        struct error error;
        bool pass[TREE_MOST], any = false;
        reader_sort(tree.reader, SORT_TOP_LEVEL, orders[SORT_TOP_LEVEL]);
        random_filter(tree.document, &seed, 3, &text, pass);
        for (uint32_t at = 0; at < count; at++)
            any = any || pass[at];
        assert_int_equal(reader_filter(tree.reader, buffer_string(&text), &error), any);
        reader_sort(tree.reader, SORT_REPLIES, orders[SORT_REPLIES]);
        refused += !any;
        if (any) {
            assert_seen(&tree, orders, pass, false);
            assert_false(reader_filter_context(tree.reader));
            assert_seen(&tree, orders, pass, true);
        }
        buffer_release(&text);
        end(&tree);
    }
    assert_true(refused < 300); /* or this test would show little */
}

/* ---- the stack, folds and places ---------------------------------------------------- */

static void filter(struct fixture *tree, const char *text)
{
    struct error error;
    assert_true(reader_filter(tree->reader, text, &error));
}

/* Numbers of the comments seen; context in parentheses. */
static void assert_shown(const struct fixture *tree, const char *wanted)
{
    char text[128] = "";
    for (uint32_t at = view_first(tree->reader); at != DOCUMENT_NONE;
         at = view_next(tree->reader, at))
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 view_is_context(tree->reader, at) ? "(%u)" : "%u", at);
    assert_string_equal(text, wanted);
}

static void test_filters_are_a_stack(void **state)
{
    (void)state;
    struct error error;
    struct fixture tree = begin_in_thread(make_thread());
    assert_false(reader_filter_pop(tree.reader));
    filter(&tree, "author:carl");
    assert_shown(&tree, "0(1)23");
    filter(&tree, "score<0");
    assert_shown(&tree, "(0)(1)2");
    assert_string_equal(reader_filter_text(tree.reader, 1), "score<0");
    assert_false(reader_filter(tree.reader, "depth=0", &error)); /* nothing would be left */
    assert_string_equal(error.message, "no comment fits 'depth=0'");
    assert_false(reader_filter(tree.reader, "author:x or author:y", &error));
    assert_string_equal(error.message, "no comment fits 'author:x or author:y': | is or, ! is not, "
                                       "and needs no sign");
    assert_string_equal(filter_hint("\"this or that\" order"), "");
    assert_shown(&tree, "(0)(1)2");
    assert_true(reader_filter_pop(tree.reader));
    assert_shown(&tree, "0(1)23");
    filter(&tree, "gulls");
    assert_true(reader_filter_clear(tree.reader));
    assert_shown(&tree, "012345");
    assert_int_equal(tree.reader->view.kept.count, 0);
    end(&tree);
}

static void test_hits_are_seen_whatever_was_folded_and_folds_come_back(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    fold_put(tree.reader, 0, true);
    assert_shown(&tree, "045");
    filter(&tree, "author:carl");
    assert_shown(&tree, "0(1)23");
    reader_go_to_comment(tree.reader, 1);
    reader_fold(tree.reader, true); /* folds of the filtered thread are its own */
    assert_shown(&tree, "0");
    assert_int_equal(view_replies(tree.reader, 0), 2);
    reader_filter_clear(tree.reader);
    assert_shown(&tree, "045");
    end(&tree);
}

static void test_folding_by_levels_begins_anew_in_a_filtered_thread(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    reader_fold_all(tree.reader, true);
    filter(&tree, "author:carl");
    reader_fold_level(tree.reader, 1); /* all levels are there already */
    assert_shown(&tree, "0(1)23");
    reader_fold_level(tree.reader, -1);
    assert_shown(&tree, "0(1)23"); /* the last has nothing below it */
    reader_fold_level(tree.reader, -1);
    assert_shown(&tree, "0(1)3");
    filter(&tree, "depth>0");
    reader_fold_level(tree.reader, 1);
    assert_shown(&tree, "(0)(1)23");
    reader_filter_clear(tree.reader);
    assert_shown(&tree, "045");
    reader_fold_level(tree.reader, 1); /* of the whole thread none was shown */
    assert_shown(&tree, "01345");
    end(&tree);
}

static void test_unread_below_counts_what_fits_alone(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    assert_int_equal(progress_unread_below(tree.reader, 0), 3);
    filter(&tree, "author:carl");
    assert_int_equal(progress_unread_below(tree.reader, 0), 2);
    bitset_fill(&tree.reader->progress.fresh, 0, 3, true);
    assert_int_equal(progress_new_below(tree.reader, 0), 1);
    reader_mark_read(tree.reader, 2, true);
    assert_int_equal(progress_unread_below(tree.reader, 0), 1);
    assert_int_equal(progress_new_below(tree.reader, 0), 0);
    end(&tree);
}

static void test_place_and_focus_come_back(void **state)
{
    (void)state;
    uint32_t seed = 23;
    struct fixture tree = begin_in_thread(tree_document(&seed, TREE_MOST));
    reader_go_to_comment(tree.reader, 30);
    reader_scroll(tree.reader, 1);
    uint32_t top = tree.reader->top[PANE_THREAD], comment = reader_comment(tree.reader);
    filter(&tree, "word1");
    filter(&tree, "!author:\"author 9\"");
    reader_filter_clear(tree.reader);
    assert_int_equal(tree.reader->top[PANE_THREAD], top);
    assert_int_equal(reader_comment(tree.reader), comment);
    end(&tree);
}

static void test_who_has_gone_on_stays_there(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    fold_put(tree.reader, 0, true);
    filter(&tree, "score<0");
    reader_step(tree.reader, STEP_COMMENT, 5);
    assert_int_equal(reader_comment(tree.reader), 2);
    reader_filter_clear(tree.reader);
    assert_int_equal(reader_comment(tree.reader), 2); /* and what it answers is unfolded for it */
    assert_shown(&tree, "012345");
    assert_string_equal(reader_notice(tree.reader), "unfolded 1 comment");
    assert_true(reader_back(tree.reader));
    assert_int_equal(reader_comment(tree.reader), 0);
    end(&tree);
}

static void test_a_jump_shows_a_guest(void **state)
{
    (void)state;
    bool wrapped;
    struct fixture tree = begin_in_thread(make_thread());
    filter(&tree, "author:quill");
    assert_shown(&tree, "5");
    reader_search_begin(tree.reader, false);
    assert_true(reader_search(tree.reader, "gulls"));
    assert_shown(&tree, "05");
    assert_int_equal(reader_comment(tree.reader), 0);
    assert_string_equal(reader_notice(tree.reader), "shown although the filter leaves it out");
    assert_false(view_is_context(tree.reader, 0)); /* a guest is shown whole */
    reader_search_next(tree.reader, 1, &wrapped);
    assert_shown(&tree, "(0)15"); /* the next one takes its place */
    reader_go_to_comment(tree.reader, 1);
    assert_int_equal(reader_comment(tree.reader), 5);
    assert_shown(&tree, "5");
    reader_back(tree.reader);
    assert_shown(&tree, "(0)15");
    reader_filter_clear(tree.reader);
    assert_shown(&tree, "012345");
    end(&tree);
}

static void test_what_is_chosen_from_a_list_is_shown_whatever_is_filtered(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    filter(&tree, "score<0");
    assert_shown(&tree, "(0)(1)2");
    assert_true(reader_show_comment(tree.reader, 4)); /* not seen at all */
    assert_int_equal(reader_comment(tree.reader), 4);
    assert_shown(&tree, "(0)(1)24");
    assert_string_equal(reader_notice(tree.reader), "shown although the filter leaves it out");
    assert_true(reader_show_comment(tree.reader, 1)); /* context, a line that cannot be read */
    assert_int_equal(reader_comment(tree.reader), 1);
    assert_shown(&tree, "(0)12");
    assert_true(reader_show_author(tree.reader, tree.comments[4].author));
    assert_int_equal(reader_comment(tree.reader), 4);
    assert_string_equal(reader_notice(tree.reader),
                        "Dot: 2 of 2, shown although the filter leaves it out");
    assert_true(reader_back(tree.reader));
    assert_int_equal(reader_comment(tree.reader), 1);
    assert_false(reader_show_comment(tree.reader, 6));
    end(&tree);
}

static void test_the_filter_for_an_author(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct fixture tree = begin_in_thread(make_thread());
    reader_bottom(tree.reader);
    assert_true(
        reader_author_filter(tree.reader, tree.comments[tree.reader->comment].author, &text));
    assert_string_equal(buffer_string(&text), "author=\"Quill \\\"Q\\\"\"");
    filter(&tree, buffer_string(&text));
    assert_shown(&tree, "5");
    buffer_release(&text);
    end(&tree);
}

/* Names that mean something to filters and expressions mean themselves. */
static void test_the_filter_for_an_author_with_signs(void **state)
{
    static const char *const names[] = {"back\\", "back\\\"", "\\vback", "\\V.*", "\\\\",
                                        "a\\nb",  "/slash/",  "back",    "(",     "v.*"};
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    for (size_t at = 0; at < ARRAY_LENGTH(names); at++)
        make_comment(builder, 0, names[at], "x");
    struct fixture tree = begin_in_thread(builder_finish(builder));
    for (uint32_t at = 0; at < ARRAY_LENGTH(names); at++) {
        struct buffer text = {0};
        char wanted[16];
        snprintf(wanted, sizeof wanted, "%u", at);
        tree.reader->comment = at;
        assert_true(
            reader_author_filter(tree.reader, tree.comments[tree.reader->comment].author, &text));
        assert_string_equal(passing(tree.reader, buffer_string(&text)), wanted);
        buffer_release(&text);
    }
    end(&tree);
}

static const char *where(struct reader *reader)
{
    static char text[256];
    struct buffer out = {0};
    reader_where(reader, &out);
    snprintf(text, sizeof text, "%s", buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void test_unread_is_that_of_when_it_was_set_until_it_is_set_again(void **state)
{
    (void)state;
    struct error error;
    struct fixture tree = begin_in_thread(make_thread());
    reader_mark_read(tree.reader, 0, true);
    filter(&tree, "unread");
    assert_shown(&tree, "(0)12345");
    assert_non_null(strstr(where(tree.reader), "filter unread (when set)"));
    reader_mark_read(tree.reader, 4, true);
    assert_shown(&tree, "(0)12345");
    filter(&tree, "unread");
    assert_shown(&tree, "(0)1235");
    assert_null(reader_filter_text(tree.reader, 1)); /* it took its own place */
    for (uint32_t at = 0; at < 6; at++)
        reader_mark_read(tree.reader, at, true);
    assert_false(reader_filter(tree.reader, "unread", &error));
    assert_shown(&tree, "(0)1235");
    filter(&tree, "gulls");
    assert_non_null(strstr(where(tree.reader), "unread (when set) + gulls"));
    reader_filter_clear(tree.reader);
    assert_shown(&tree, "012345");
    end(&tree);
}

/* One that only says that there are more is no comment, whatever a filter asks for. */
static void test_stubs_fit_no_filter(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    struct comment_info stub = COMMENT_INFO_NONE;
    make_comment(builder, 0, "Dot", "one");
    make_comment(builder, 1, "Dot", "two");
    stub.depth = 2;
    stub.state = COMMENT_STUB;
    builder_comment(builder, &stub);
    struct fixture tree = begin_in_thread(builder_finish(builder));
    assert_int_equal(reader_filter_count(tree.reader), 2);
    filter(&tree, "depth>=0");
    assert_shown(&tree, "01");
    assert_non_null(strstr(where(tree.reader), "2 of 2 comments"));
    filter(&tree, "!text:one");
    assert_non_null(strstr(where(tree.reader), "1 of 2 comments"));
    end(&tree);
}

/* What is looked for is there to be read: where it is context, it is shown whole. */
static void test_a_step_to_an_author_shows_his_comment_whole(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    filter(&tree, "score<0");
    assert_shown(&tree, "(0)(1)2");
    assert_true(reader_go_to_comment(tree.reader, 1));
    assert_int_equal(reader_comment(tree.reader), 2);
    assert_true(reader_step(tree.reader, STEP_AUTHOR, -1)); /* by Carl, a line */
    assert_int_equal(reader_comment(tree.reader), 0);
    assert_shown(&tree, "0(1)2");
    assert_true(reader_show_author(tree.reader, tree.comments[1].author));
    assert_int_equal(reader_comment(tree.reader), 1);
    assert_shown(&tree, "(0)12");
    assert_true(reader_step(tree.reader, STEP_SCORE, 1));
    assert_int_equal(reader_comment(tree.reader), 5);
    assert_shown(&tree, "(0)(1)25");
    end(&tree);
}

/* What does not fit takes those that were laid on it along: they were about what it left. */
static void test_filters_too_long_to_be_kept_are_left_out_from_the_top(void **state)
{
    (void)state;
    struct fixture tree = begin_in_thread(make_thread());
    filter(&tree, "depth>=0");
    filter(&tree, "!\"this is said by nobody at all\"");
    filter(&tree, "score>3");
    char *lines = narrow_memorize(tree.reader, 20);
    assert_string_equal(lines, "depth>=0");
    free(lines);
    lines = narrow_memorize(tree.reader, 1024);
    assert_string_equal(lines, "depth>=0\n!\"this is said by nobody at all\"\nscore>3");
    free(lines);
    end(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_each_term_lets_through),
        cmocka_unit_test(test_what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(test_a_filter_that_is_too_much_is_refused),
        cmocka_unit_test(test_a_text_that_never_ends_to_match_is_told),
        cmocka_unit_test(test_comments_that_are_too_hard_are_skipped),
        cmocka_unit_test(test_names_that_were_found),
        cmocka_unit_test(test_random_filters_of_random_trees),
        cmocka_unit_test(test_filters_are_a_stack),
        cmocka_unit_test(test_hits_are_seen_whatever_was_folded_and_folds_come_back),
        cmocka_unit_test(test_folding_by_levels_begins_anew_in_a_filtered_thread),
        cmocka_unit_test(test_unread_below_counts_what_fits_alone),
        cmocka_unit_test(test_place_and_focus_come_back),
        cmocka_unit_test(test_who_has_gone_on_stays_there),
        cmocka_unit_test(test_a_jump_shows_a_guest),
        cmocka_unit_test(test_what_is_chosen_from_a_list_is_shown_whatever_is_filtered),
        cmocka_unit_test(test_the_filter_for_an_author),
        cmocka_unit_test(test_the_filter_for_an_author_with_signs),
        cmocka_unit_test(test_unread_is_that_of_when_it_was_set_until_it_is_set_again),
        cmocka_unit_test(test_stubs_fit_no_filter),
        cmocka_unit_test(test_a_step_to_an_author_shows_his_comment_whole),
        cmocka_unit_test(test_filters_too_long_to_be_kept_are_left_out_from_the_top),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
