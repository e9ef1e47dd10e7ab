/* The order of the thread and the walks over it, against the obvious way to do the same. */
#include "test.h"

#include "trees.h"

/* ---- orders ------------------------------------------------------------------------- */

struct one {
    uint32_t depth;
    int64_t time;
    int32_t score;
};

static const struct one thread[] = {
    /* 0 */ {0, 500, 3},
    /* 1 */ {1, 900, SCORE_NONE},
    /* 2 */ {1, 600, 9},
    /* 3 */ {0, TIME_NONE, SCORE_NONE},
    /* 4 */ {0, 800, -2},
    /* 5 */ {1, 810, 1},
    /* 6 */ {1, TIME_NONE, 9},
    /* 7 */ {2, 820, 0},
    /* 8 */ {0, 500, 3},
};

static struct document *make_thread(void)
{
    struct builder *builder = builder_new(1 << 12, NULL);
    for (size_t at = 0; at < ARRAY_LENGTH(thread); at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.depth = thread[at].depth;
        info.time = thread[at].time;
        info.score = thread[at].score;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, "words", 5);
    }
    return builder_finish(builder);
}

static void assert_order(const struct reader *reader, const char *wanted)
{
    char text[64] = "";
    for (uint32_t at = view_first(reader); at != DOCUMENT_NONE; at = view_next(reader, at))
        snprintf(text + strlen(text), sizeof text - strlen(text), "%u", at);
    assert_string_equal(text, wanted);
}

static void test_each_order_for_top_level_and_replies_apart(void **state)
{
    static const struct {
        enum reader_order order;
        const char *top, *replies, *both;
    } cases[] = {
        {ORDER_GIVEN, "012345678", "012345678", "012345678"},
        {ORDER_OLDEST, "012845673", "021345678", "021845673"},
        {ORDER_NEWEST, "456701283", "012345678", "456701283"},
        {ORDER_SCORE, "012845673", "021346758", "021846753"},
        {ORDER_REPLIES, "456701238", "012346758", "467501238"},
        {ORDER_ACTIVITY, "012456783", "012346758", "012467583"},
    };
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        struct fixture tree = begin(make_thread(), 24, 80);
        reader_sort(tree.reader, SORT_TOP_LEVEL, cases[at].order);
        assert_order(tree.reader, cases[at].top);
        reader_sort(tree.reader, SORT_REPLIES, cases[at].order);
        assert_order(tree.reader, cases[at].both);
        reader_sort(tree.reader, SORT_TOP_LEVEL, ORDER_GIVEN);
        assert_order(tree.reader, cases[at].replies);
        reader_sort(tree.reader, SORT_REPLIES, ORDER_GIVEN);
        assert_null(tree.reader->view.order); /* costs nothing any more */
        end(&tree);
    }
}

static void test_the_orders_of_the_settings_are_those_at_the_start(void **state)
{
    (void)state;
    struct fixture tree = {.document = make_thread(), .config = config_new()};
    assert_true(config_set(tree.config, "thread.sort", "newest", NULL));
    assert_true(config_set(tree.config, "thread.sort_replies", "score", NULL));
    tree.reader = reader_new(tree.document, tree.config);
    assert_order(tree.reader, "467502183");
    assert_int_equal(reader_comment(tree.reader), 4);
    end(&tree);
}

static void test_a_thread_is_sorted_when_all_of_it_has_come(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    struct config *config = config_new();
    config_set(config, "thread.sort", "newest", NULL);
    struct comment_info info = COMMENT_INFO_NONE;
    info.time = 1;
    builder_comment(builder, &info);
    builder_publish(builder);
    const struct document *growing = builder_document(builder);
    struct reader *reader = reader_new(growing, config);
    info.time = 2;
    builder_comment(builder, &info);
    builder_publish(builder);
    reader_update(reader);
    assert_order(reader, "01");
    struct document *document = builder_finish(builder);
    assert_true(reader_update(reader));
    assert_order(reader, "10");
    assert_int_equal(reader_comment(reader), 1);
    assert_false(reader_update(reader));
    reader_free(reader);
    config_free(config);
    document_free(document);
}

static void test_hits_counted_before_a_thread_is_sorted_are_counted_again(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    struct config *config = config_new();
    config_set(config, "thread.sort", "newest", NULL);
    struct comment_info info = COMMENT_INFO_NONE;
    for (info.time = 1; info.time <= 3; info.time++) {
        builder_comment(builder, &info);
        make_block(builder, "gulls");
    }
    builder_publish(builder);
    struct reader *reader = reader_new(builder_document(builder), config);
    reader_search_begin(reader, false);
    assert_true(reader_search(reader, "gulls"));
    while (reader_work(reader))
        ;
    assert_int_equal(reader->count.before, 1);
    struct document *document = builder_finish(builder);
    assert_true(reader_update(reader));
    while (reader_work(reader))
        ;
    assert_int_equal(reader->count.before, 3); /* the oldest is the last now */
    assert_int_equal(reader->count.total, 3);
    reader_free(reader);
    config_free(config);
    document_free(document);
}

static void test_orders_of_random_trees(void **state)
{
    (void)state;
    uint32_t seed = 1, wanted[TREE_MOST];
    for (int round = 0; round < 400; round++) {
        uint32_t count = 1 + tree_random(&seed, TREE_MOST - 1);
        struct fixture tree = begin(tree_document(&seed, count), 24, 80);
        enum reader_order orders[SORT_COUNT] = {(enum reader_order)tree_random(&seed, ORDERS),
                                                (enum reader_order)tree_random(&seed, ORDERS)};
        reader_sort(tree.reader, SORT_TOP_LEVEL, orders[SORT_TOP_LEVEL]);
        reader_sort(tree.reader, SORT_REPLIES, orders[SORT_REPLIES]);
        tree_order(tree.document, orders, wanted);
        for (uint32_t at = 0; at < count; at++) {
            assert_int_equal(view_comment(tree.reader, at), wanted[at]);
            assert_int_equal(view_position(tree.reader, wanted[at]), at);
        }
        end(&tree);
    }
}

/* ---- walks -------------------------------------------------------------------------- */

/* What is seen, in order, and each one's nearest seen ancestor. */
struct model {
    uint32_t seen[TREE_MOST], count;
    uint32_t parent[TREE_MOST]; /* of a comment */
};

static struct model model_of(const struct fixture *tree, const enum reader_order *orders)
{
    uint32_t order[TREE_MOST], count;
    const struct comment *comments = document_comments(tree->document, &count);
    struct model model = {.count = 0};
    tree_order(tree->document, orders, order);
    for (uint32_t position = 0; position < count; position++) {
        uint32_t comment = order[position];
        bool seen = true;
        for (uint32_t at = comments[comment].parent; at != DOCUMENT_NONE; at = comments[at].parent)
            seen = seen && !reader_is_folded(tree->reader, at);
        model.parent[comment] = comments[comment].parent;
        if (seen)
            model.seen[model.count++] = comment;
    }
    return model;
}

/* The first of the seen ones from `from` on in a direction that has that parent. */
static uint32_t model_sibling(const struct model *model, uint32_t from, int step, uint32_t parent)
{
    for (uint32_t at = from; at < model->count; at += (uint32_t)step)
        if (model->parent[model->seen[at]] == parent)
            return model->seen[at];
    return DOCUMENT_NONE;
}

static void assert_walks(const struct reader *reader, const struct model *model)
{
    assert_int_equal(view_first(reader), model->seen[0]);
    assert_int_equal(view_last(reader), model->seen[model->count - 1]);
    for (uint32_t at = 0; at < model->count; at++) {
        uint32_t comment = model->seen[at], parent = model->parent[comment], root = comment;
        uint32_t next = at + 1 < model->count ? model->seen[at + 1] : DOCUMENT_NONE;
        uint32_t before = at > 0 ? model->seen[at - 1] : DOCUMENT_NONE;
        while (model->parent[root] != DOCUMENT_NONE)
            root = model->parent[root];
        assert_int_equal(view_next(reader, comment), next);
        assert_int_equal(view_previous(reader, comment), before);
        assert_int_equal(view_parent(reader, comment), parent);
        assert_int_equal(view_root(reader, comment), root);
        assert_int_equal(view_next_sibling(reader, comment),
                         model_sibling(model, at + 1, 1, parent));
        assert_int_equal(view_previous_sibling(reader, comment),
                         model_sibling(model, at - 1, -1, parent));
        assert_int_equal(view_first_child(reader, comment), model_sibling(model, 0, 1, comment));
        assert_int_equal(view_last_child(reader, comment),
                         model_sibling(model, model->count - 1, -1, comment));
    }
}

static void test_walks_over_random_trees_sorted_and_folded(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 400; round++) {
        uint32_t count = 1 + tree_random(&seed, TREE_MOST - 1);
        struct fixture tree = begin(tree_document(&seed, count), 24, 80);
        enum reader_order orders[SORT_COUNT] = {(enum reader_order)tree_random(&seed, ORDERS),
                                                (enum reader_order)tree_random(&seed, ORDERS)};
        reader_sort(tree.reader, SORT_TOP_LEVEL, orders[SORT_TOP_LEVEL]);
        for (uint32_t at = 0; at < count; at++)
            if (tree_random(&seed, 5) == 0)
                fold_put(tree.reader, at, true);
        reader_sort(tree.reader, SORT_REPLIES, orders[SORT_REPLIES]);
        struct model model = model_of(&tree, orders);
        assert_walks(tree.reader, &model);
        end(&tree);
    }
}

/* Forward and backward the stretches are the whole pool, in shown order. */
static void test_stretches_of_the_pool(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int round = 0; round < 100; round++) {
        uint32_t count = 1 + tree_random(&seed, TREE_MOST - 1), bytes = 0, pool;
        struct fixture tree = begin(tree_document(&seed, count), 24, 80);
        reader_sort(tree.reader, SORT_TOP_LEVEL, ORDER_NEWEST);
        reader_sort(tree.reader, SORT_REPLIES, ORDER_SCORE);
        document_text(tree.document, &pool);
        struct stretch stretch = view_end_stretch(tree.reader, false), last = {0};
        do {
            bytes += stretch.text.end - stretch.text.start;
            if (last.text.end)
                assert_true(
                    view_place_is_before(tree.reader, last.text.end - 1, stretch.text.start));
            last = stretch;
        } while (view_next_stretch(tree.reader, &stretch, true));
        assert_int_equal(bytes, pool);
        do
            bytes -= stretch.text.end - stretch.text.start;
        while (view_next_stretch(tree.reader, &stretch, false));
        assert_int_equal(bytes, 0);
        end(&tree);
    }
}

/* ---- numbers ------------------------------------------------------------------------ */

/* Every third one, and a run of them, only says that there are more. */
static struct document *make_stubs(uint32_t *seed, uint32_t count)
{
    struct builder *builder = builder_new(1 << 14, NULL);
    uint32_t depth = 0;
    for (uint32_t at = 0; at < count; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        depth = at == 0 ? 0 : tree_random(seed, depth + 2);
        info.depth = depth;
        info.score = (int32_t)tree_random(seed, 9);
        info.state = at % 3 == 2 || (at > 20 && at < 30) ? COMMENT_STUB : COMMENT_NORMAL;
        builder_comment(builder, &info);
        make_block(builder, "words");
    }
    return builder_finish(builder);
}

static void test_stubs_have_no_numbers_however_sorted(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int round = 0; round < 40; round++) {
        struct fixture tree = begin(make_stubs(&seed, 50), 24, 80);
        uint32_t number = 0;
        if (round % 2)
            reader_sort(tree.reader, SORT_TOP_LEVEL, ORDER_SCORE);
        for (uint32_t at = 0; at < 50; at++) {
            uint32_t comment = view_comment(tree.reader, at);
            if (tree.comments[comment].state == COMMENT_STUB)
                continue;
            assert_int_equal(view_number(tree.reader, comment), ++number);
            assert_int_equal(view_numbered(tree.reader, number), comment);
        }
        assert_int_equal(view_count(tree.reader), number);
        assert_int_equal(view_numbered(tree.reader, number + 1), DOCUMENT_NONE);
        end(&tree);
    }
}

/* Every place that counts comments counts the same ones. */
static void test_counts_and_the_map_leave_stubs_out(void **state)
{
    (void)state;
    uint32_t seed = 3, all = 0;
    struct fixture tree = begin(make_stubs(&seed, 50), 24, 80);
    struct reader_branch rows[50];
    uint32_t count = reader_map(tree.reader, rows, 50);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t own = 0;
        for (uint32_t at = rows[row].first; at < tree.comments[rows[row].first].end; at++)
            own += tree.comments[at].state != COMMENT_STUB;
        assert_int_equal(rows[row].comments, own);
        assert_int_equal(reader_comments_in(tree.reader, rows[row].first), own);
        all += own;
    }
    assert_int_equal(all, view_count(tree.reader));
    assert_int_equal(reader_comments_in(tree.reader, DOCUMENT_NONE), all);
    end(&tree);
}

/* Among equal ones in the order they are shown in. */
static void test_by_score_goes_down_the_sorted_thread(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    for (uint32_t at = 0; at < 4; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.time = 1000 + at;
        info.score = 7;
        builder_comment(builder, &info);
        make_block(builder, "words");
    }
    struct fixture tree = begin(builder_finish(builder), 24, 80);
    reader_sort(tree.reader, SORT_TOP_LEVEL, ORDER_NEWEST);
    reader_go_to_comment(tree.reader, 1);
    for (uint32_t left = 4; left-- > 0;) {
        assert_int_equal(reader_comment(tree.reader), left);
        assert_int_equal(reader_step(tree.reader, STEP_SCORE, 1), left > 0);
    }
    assert_true(reader_step(tree.reader, STEP_SCORE, -2));
    assert_int_equal(reader_comment(tree.reader), 2);
    end(&tree);
}

/* ---- the screen --------------------------------------------------------------------- */

/* The row of the pane on which the focused comment's head stands. */
static int row_of_focus(struct reader *reader)
{
    struct hold hold = move_hold(reader);
    return hold.place == document_item(reader->document, reader->comment).start ? hold.row : -1;
}

static void test_the_focused_comment_stays_where_it_is(void **state)
{
    (void)state;
    uint32_t seed = 11;
    struct fixture tree = begin(tree_document(&seed, TREE_MOST), 24, 80);
    reader_set_focus(tree.reader, PANE_THREAD);
    reader_go_to_comment(tree.reader, 30);
    uint32_t comment = reader_comment(tree.reader);
    int row = row_of_focus(tree.reader);
    assert_true(row > 0);
    for (unsigned order = ORDERS; order-- > 0;) {
        reader_sort(tree.reader, SORT_REPLIES, (enum reader_order)order);
        assert_int_equal(reader_comment(tree.reader), comment);
        assert_int_equal(row_of_focus(tree.reader), row);
    }
    end(&tree);
}

/* From any comment to the last by hits, quotes being the same walk: each one once, in order. */
static void test_hits_come_in_shown_order(void **state)
{
    (void)state;
    uint32_t seed = 5, wanted[TREE_MOST];
    enum reader_order orders[SORT_COUNT] = {ORDER_NEWEST, ORDER_SCORE};
    struct fixture tree = begin(tree_document(&seed, 40), 24, 80);
    bool wrapped = false;
    reader_sort(tree.reader, SORT_TOP_LEVEL, orders[SORT_TOP_LEVEL]);
    reader_sort(tree.reader, SORT_REPLIES, orders[SORT_REPLIES]);
    tree_order(tree.document, orders, wanted);
    reader_search_begin(tree.reader, false);
    assert_true(reader_search(tree.reader, "says"));
    for (uint32_t at = 0; at < 40; at++) {
        assert_int_equal(reader_comment(tree.reader), wanted[at]);
        assert_true(reader_search_next(tree.reader, 1, &wrapped));
        assert_int_equal(wrapped, at == 39);
    }
    for (uint32_t at = 40; at-- > 0;) {
        assert_true(reader_search_next(tree.reader, -1, &wrapped));
        assert_int_equal(reader_comment(tree.reader), wanted[at]);
        assert_int_equal(wrapped, at == 39);
    }
    end(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_order_for_top_level_and_replies_apart),
        cmocka_unit_test(test_the_orders_of_the_settings_are_those_at_the_start),
        cmocka_unit_test(test_a_thread_is_sorted_when_all_of_it_has_come),
        cmocka_unit_test(test_hits_counted_before_a_thread_is_sorted_are_counted_again),
        cmocka_unit_test(test_orders_of_random_trees),
        cmocka_unit_test(test_walks_over_random_trees_sorted_and_folded),
        cmocka_unit_test(test_stretches_of_the_pool),
        cmocka_unit_test(test_stubs_have_no_numbers_however_sorted),
        cmocka_unit_test(test_counts_and_the_map_leave_stubs_out),
        cmocka_unit_test(test_by_score_goes_down_the_sorted_thread),
        cmocka_unit_test(test_the_focused_comment_stays_where_it_is),
        cmocka_unit_test(test_hits_come_in_shown_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
