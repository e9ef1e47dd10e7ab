/*
 * Moving and folding in the thread against a model that goes through all comments for every answer.
 * The trees are random, with few authors and few scores, so that every case is met.
 */
#include "test.h"

#include "trees.h"

#define COMMENTS 200u
#define NONE     DOCUMENT_NONE

static uint32_t chance(struct fixture *fixture, uint32_t below)
{
    return tree_random(&fixture->random, below);
}

static struct document *random_tree(struct fixture *fixture)
{
    struct builder *builder = builder_new(1 << 20, NULL);
    uint32_t depth = 0;
    builder_byline(builder, "By Ada Quill, harbour desk", 26);
    make_block(builder, "An article of one line.");
    for (uint32_t at = 0; at < COMMENTS; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        char name[32], text[64];
        uint32_t author = chance(fixture, 8);
        int length = snprintf(name, sizeof name, author ? "author %u" : "Ada Quill", author);
        depth = at == 0 ? 0 : chance(fixture, depth + 2);
        info = (struct comment_info){.name = name, .name_length = (size_t)length, .depth = depth};
        info.score = chance(fixture, 4) ? (int32_t)chance(fixture, 20) - 5 : SCORE_NONE;
        info.time = TIME_NONE;
        builder_comment(builder, &info);
        snprintf(text, sizeof text, "Comment %u says little.", at);
        make_block(builder, text);
    }
    return builder_finish(builder);
}

static int setup(void **state)
{
    struct fixture random = {.random = 5}, *fixture;
    begin_state(state, random_tree(&random), 30, 80);
    fixture = *state;
    fixture->random = random.random;
    reader_set_focus(fixture->reader, PANE_THREAD);
    return 0;
}

/* The row the focused comment's head stands on. */
static int focus_row(struct fixture *fixture)
{
    frame_begin(&fixture->frame, 30, 80);
    reader_draw(fixture->reader, &fixture->frame);
    return fixture->frame.cursor_row;
}

static void expect_focus_in_view(struct fixture *fixture)
{
    struct rect pane = reader_panes(fixture->reader)->pane[PANE_THREAD];
    int row = focus_row(fixture);
    assert_in_range(row, pane.row, pane.row + pane.rows - 1);
    for (uint32_t at = fixture->comments[reader_comment(fixture->reader)].parent; at != NONE;
         at = fixture->comments[at].parent)
        assert_false(reader_is_folded(fixture->reader, at));
}

/* ---- the model ------------------------------------------------------------------------------- */

static uint32_t model_by_author(const struct comment *comments, uint32_t from, int steps,
                                uint32_t author)
{
    uint32_t found = from;
    int left = abs(steps);
    for (int64_t at = (int64_t)from + (steps > 0 ? 1 : -1); at >= 0 && at < COMMENTS && left > 0;
         at += steps > 0 ? 1 : -1)
        if (comments[at].author == author) {
            found = (uint32_t)at;
            left--;
        }
    return found;
}

/* `one` stands before `other` where the best come first. */
static bool ranks_before(const struct comment *comments, uint32_t one, uint32_t other)
{
    if (comments[one].score != comments[other].score)
        return comments[one].score > comments[other].score;
    return one < other;
}

static uint32_t model_by_score(const struct comment *comments, uint32_t from, int steps)
{
    for (int left = abs(steps); left > 0; left--) {
        uint32_t best = NONE;
        for (uint32_t at = 0; at < COMMENTS; at++) {
            bool beyond =
                steps > 0 ? ranks_before(comments, from, at) : ranks_before(comments, at, from);
            bool nearer = best == NONE || (steps > 0 ? ranks_before(comments, at, best)
                                                     : ranks_before(comments, best, at));
            if (at != from && comments[at].score != SCORE_NONE && beyond && nearer)
                best = at;
        }
        if (best == NONE)
            break;
        from = best;
    }
    return from;
}

static uint32_t model_child(const struct comment *comments, uint32_t from, bool last)
{
    uint32_t found = from;
    for (uint32_t at = 0; at < COMMENTS; at++)
        if (comments[at].parent == from && (found == from || last))
            found = at;
    return found;
}

/* ---- moving ---------------------------------------------------------------------------------- */

static void test_by_author_and_score_as_the_model(void **state)
{
    struct fixture *fixture = *state;
    const struct comment *comments = fixture->comments;
    for (int round = 0; round < 400; round++) {
        int steps = (int)chance(fixture, 9) - 4;
        uint32_t from = chance(fixture, COMMENTS);
        if (steps == 0)
            continue;
        reader_fold_all(fixture->reader, round % 2);
        reader_go_to_comment(fixture->reader, from + 1);
        uint32_t owner = comments[model_by_author(comments, 0, 1, comments[0].author)].author;
        for (uint32_t at = 0; at < COMMENTS; at++) /* whose name the byline says */
            if (comments[at].name.end - comments[at].name.start == strlen("Ada Quill"))
                owner = comments[at].author;
        static const enum reader_step kinds[] = {STEP_AUTHOR, STEP_OWNER, STEP_SCORE};
        enum reader_step step = kinds[round % 3];
        uint32_t wanted = step == STEP_SCORE ? model_by_score(comments, from, steps)
                          : step == STEP_AUTHOR
                              ? model_by_author(comments, from, steps, comments[from].author)
                              : model_by_author(comments, from, steps, owner);
        if (step == STEP_SCORE && comments[from].score == SCORE_NONE)
            continue; /* from the best, or the worst: a test of its own */
        assert_int_equal(reader_step(fixture->reader, step, steps), wanted != from);
        assert_int_equal(reader_comment(fixture->reader), wanted);
        expect_focus_in_view(fixture);
    }
}

static void test_by_score_from_one_without(void **state)
{
    struct fixture *fixture = *state;
    uint32_t from = 0, best = NONE;
    while (fixture->comments[from].score != SCORE_NONE)
        from++;
    for (uint32_t at = 0; at < COMMENTS; at++)
        if (fixture->comments[at].score != SCORE_NONE &&
            (best == NONE || ranks_before(fixture->comments, at, best)))
            best = at;
    reader_go_to_comment(fixture->reader, from + 1);
    assert_true(reader_step(fixture->reader, STEP_SCORE, 1));
    assert_int_equal(reader_comment(fixture->reader), best);
    assert_false(reader_step(fixture->reader, STEP_SCORE, -1));
    assert_true(reader_step(fixture->reader, STEP_SCORE, 100000));
    assert_false(reader_step(fixture->reader, STEP_SCORE, 1));
}

static void test_children_and_levels(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t from = 0; from < COMMENTS; from++) {
        for (int last = 0; last < 2; last++) {
            uint32_t wanted = model_child(fixture->comments, from, last);
            reader_fold_all(fixture->reader, true);
            reader_go_to_comment(fixture->reader, from + 1);
            assert_int_equal(reader_child(fixture->reader, last, 1), wanted != from);
            assert_int_equal(reader_comment(fixture->reader), wanted);
            expect_focus_in_view(fixture);
        }
        reader_go_to_comment(fixture->reader, from + 1);
        bool deep = fixture->comments[from].depth >= 2;
        assert_int_equal(reader_up_to_level(fixture->reader, 2), deep);
        if (deep)
            assert_int_equal(fixture->comments[reader_comment(fixture->reader)].depth, 1);
    }
}

/* What a jump unfolds is folded again by going back, and unfolded by going forward. */
static void test_back_folds_what_a_jump_unfolded(void **state)
{
    struct fixture *fixture = *state;
    bool folded[COMMENTS];
    for (int round = 0; round < 100; round++) {
        uint32_t jumps = chance(fixture, 5) + 1, before, after;
        for (int fold = 0; fold < 30; fold++) {
            reader_go_to_comment(fixture->reader, chance(fixture, COMMENTS) + 1);
            reader_toggle_fold(fixture->reader);
        }
        before = reader_comment(fixture->reader);
        for (uint32_t at = 0; at < COMMENTS; at++)
            folded[at] = reader_is_folded(fixture->reader, at);
        for (uint32_t jump = 0; jump < jumps; jump++)
            reader_go_to_comment(fixture->reader, chance(fixture, COMMENTS) + 1);
        after = reader_comment(fixture->reader);
        for (uint32_t jump = 0; jump < jumps && reader_comment(fixture->reader) != before; jump++)
            assert_true(reader_back(fixture->reader));
        assert_int_equal(reader_comment(fixture->reader), before);
        for (uint32_t at = 0; at < COMMENTS; at++)
            assert_int_equal(reader_is_folded(fixture->reader, at), folded[at]);
        for (uint32_t jump = 0; jump < jumps && reader_comment(fixture->reader) != after; jump++)
            assert_true(reader_forward(fixture->reader));
        expect_focus_in_view(fixture);
    }
}

/* Several steps are far; single ones are not, or back would go through them all. */
static void test_back_undoes_counted_steps_and_no_single_ones(void **state)
{
    struct fixture *fixture = *state;
    reader_go_to_comment(fixture->reader, 11);
    assert_true(reader_step(fixture->reader, STEP_COMMENT, 20));
    assert_int_equal(reader_comment(fixture->reader), 30);
    assert_true(reader_back(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 10);
    assert_true(reader_step(fixture->reader, STEP_COMMENT, -5));
    assert_true(reader_back(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 10);
    assert_true(reader_step(fixture->reader, STEP_COMMENT, 1));
    assert_true(reader_step(fixture->reader, STEP_COMMENT, -1));
    assert_true(reader_step(fixture->reader, STEP_COMMENT, 1));
    assert_true(reader_back(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), 0);
}

static void test_a_jump_says_what_it_unfolded(void **state)
{
    struct fixture *fixture = *state;
    uint32_t deep = 0;
    while (fixture->comments[deep].depth != 2)
        deep++;
    reader_fold_all(fixture->reader, true);
    reader_go_to_comment(fixture->reader, deep + 1);
    assert_string_equal(reader_notice(fixture->reader), "unfolded 2 comments");
}

/* ---- a comment that does not fit ------------------------------------------------------------- */

static void test_a_tall_comment_is_read_before_the_next(void **state)
{
    struct fixture *fixture = *state;
    struct builder *builder = builder_new(1 << 20, NULL);
    make_comment(builder, 0, "one", "short");
    make_comment(builder, 0, "two", "line 0");
    for (int line = 1; line < 40; line++)
        make_block(builder, "a line");
    make_comment(builder, 0, "three", "short");
    make_comment(builder, 0, "four", "short");
    struct document *document = builder_finish(builder);
    struct reader *reader = reader_new(document, fixture->config);
    reader_resize(reader, 21, 60); /* 20 rows for the thread, 80 for the second */
    assert_true(reader_step(reader, STEP_COMMENT, 1));
    unsigned steps = 0;
    for (; reader_comment(reader) == 1; steps++)
        assert_true(reader_step(reader, STEP_COMMENT, 1));
    assert_int_equal(steps, 80 - 20 + 1);
    assert_true(reader_step(reader, STEP_COMMENT, -1));
    assert_int_equal(reader_comment(reader), 1);
    assert_true(reader_step(reader, STEP_COMMENT, 1)); /* from its head it is read again */
    assert_true(reader_step(reader, STEP_COMMENT, 1));
    assert_int_equal(reader_comment(reader), 1);
    assert_true(reader_step(reader, STEP_COMMENT, -1)); /* and back to the head before going on */
    assert_true(reader_step(reader, STEP_COMMENT, -1));
    assert_int_equal(reader_comment(reader), 1);
    assert_true(reader_step(reader, STEP_COMMENT, -1));
    assert_int_equal(reader_comment(reader), 0);
    assert_true(reader_step(reader, STEP_COMMENT, 3)); /* a count goes by comments */
    assert_int_equal(reader_comment(reader), 3);
    reader_free(reader);
    document_free(document);
}

/* ---- folding --------------------------------------------------------------------------------- */

static void test_folds_of_subtrees_and_siblings(void **state)
{
    struct fixture *fixture = *state;
    bool expected[COMMENTS] = {false};
    reader_fold_all(fixture->reader, false);
    for (int round = 0; round < 200; round++) {
        uint32_t focus = reader_comment(fixture->reader), kind = chance(fixture, 3);
        uint32_t parent = fixture->comments[focus].parent;
        bool fold = kind == 0 ? chance(fixture, 2) : !expected[focus];
        for (uint32_t at = 0; at < COMMENTS; at++) {
            bool below = at >= focus && at < document_subtree_end(fixture->document, focus);
            if (kind == 0   ? below
                : kind == 1 ? fixture->comments[at].parent == parent
                            : at == focus)
                expected[at] = fold;
        }
        if (kind == 0)
            reader_fold_subtree(fixture->reader, fold);
        else if (kind == 1)
            reader_fold_siblings(fixture->reader);
        else
            reader_toggle_fold(fixture->reader);
        for (uint32_t at = 0; at < COMMENTS; at++)
            assert_int_equal(reader_is_folded(fixture->reader, at), expected[at]);
        assert_int_equal(reader_comment(fixture->reader), focus);
        reader_step(fixture->reader, STEP_COMMENT, (int)chance(fixture, 7) - 3);
        expect_focus_in_view(fixture);
    }
}

static void test_fold_to_depth(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t level = 1; level < 5; level++) {
        assert_true(reader_fold_to(fixture->reader, (int)level));
        for (uint32_t at = 0; at < COMMENTS; at++)
            assert_int_equal(reader_is_folded(fixture->reader, at),
                             fixture->comments[at].depth >= level);
    }
}

static void test_a_chain_is_folded_and_the_next_is_gone_to(void **state)
{
    struct fixture *fixture = *state;
    uint32_t deep = 0, next;
    while (fixture->comments[deep].depth < 3)
        deep++;
    uint32_t root = document_root_of(fixture->document, deep);
    next = document_next_sibling(fixture->document, root);
    assert_int_not_equal(next, NONE);
    reader_go_to_comment(fixture->reader, deep + 1);
    assert_true(reader_fold_chain(fixture->reader, 1));
    assert_true(reader_is_folded(fixture->reader, root));
    assert_int_equal(reader_comment(fixture->reader), next);
    expect_focus_in_view(fixture);
    assert_true(reader_back(fixture->reader));
    assert_int_equal(reader_comment(fixture->reader), deep);
    assert_true(reader_fold_chain(fixture->reader, COMMENTS)); /* more than there are */
    for (uint32_t at = root; at != NONE; at = document_next_sibling(fixture->document, at))
        assert_true(reader_is_folded(fixture->reader, at));
}

/* Wherever something folds or unfolds, the head that has the focus keeps its row. */
static void test_the_screen_stays_put(void **state)
{
    struct fixture *fixture = *state;
    for (int round = 0; round < 100; round++) {
        reader_fold_all(fixture->reader, false);
        uint32_t focus = 60 + chance(fixture, 40); /* neither end comes into view */
        while (fixture->comments[focus].depth > 0)
            focus++;
        reader_go_to_comment(fixture->reader, focus + 1);
        reader_scroll(fixture->reader, -(int)chance(fixture, 4));
        if (reader_comment(fixture->reader) != focus)
            continue;
        int row = focus_row(fixture);
        reader_fold_to(fixture->reader, 1 + (int)chance(fixture, 3));
        assert_int_equal(focus_row(fixture), row);
        reader_toggle_fold(fixture->reader);
        assert_int_equal(focus_row(fixture), row);
        reader_fold_subtree(fixture->reader, chance(fixture, 2));
        assert_int_equal(focus_row(fixture), row);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_by_author_and_score_as_the_model),
        CASE(test_by_score_from_one_without),
        CASE(test_children_and_levels),
        CASE(test_back_folds_what_a_jump_unfolded),
        CASE(test_back_undoes_counted_steps_and_no_single_ones),
        CASE(test_a_jump_says_what_it_unfolded),
        CASE(test_a_tall_comment_is_read_before_the_next),
        CASE(test_folds_of_subtrees_and_siblings),
        CASE(test_fold_to_depth),
        CASE(test_a_chain_is_folded_and_the_next_is_gone_to),
        CASE(test_the_screen_stays_put),
    };
    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
