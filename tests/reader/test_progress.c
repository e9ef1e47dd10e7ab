/* What has been read: marks, counts, taking back, and what of it is on the screen. */
#include "test.h"

#include "reading.h"

/*
 *      0      3      6          each third comment answers the one before it
 *      1 2    4 5    7 8
 */
enum { COMMENTS = 9 };

static int setup(void **state)
{
    return begin_state(state, make_document(3, COMMENTS), 30, 120);
}

static void focus(struct reader *reader, uint32_t comment)
{
    assert_true(reader_go_to_comment(reader, comment + 1));
    assert_int_equal(reader_comment(reader), comment);
}

static void test_a_mark_by_hand_is_turned_over_and_counted(void **state)
{
    struct reader *reader = ((struct fixture *)*state)->reader;
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), COMMENTS);
    assert_false(reader_tracks_reading(reader));
    focus(reader, 2);
    assert_int_equal(reader_mark_scope(reader, SCOPE_COMMENT), 1);
    assert_string_equal(reader_notice(reader), "marked 1 comment read");
    assert_true(reader_is_read(reader, 2) && reader_tracks_reading(reader));
    assert_int_equal(reader_unread_in(reader, 1), 1);
    assert_int_equal(reader_unread_in(reader, 2), 0);
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), COMMENTS - 1);
    assert_int_equal(reader_mark_scope(reader, SCOPE_COMMENT), 1);
    assert_string_equal(reader_notice(reader), "marked 1 comment unread");
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), COMMENTS);
}

static void test_branch_and_all_are_taken_back_one_by_one(void **state)
{
    struct reader *reader = ((struct fixture *)*state)->reader;
    focus(reader, 1);
    assert_int_equal(reader_mark_scope(reader, SCOPE_BRANCH), 2); /* 1 and 2 */
    assert_int_equal(reader_mark_scope(reader, SCOPE_BRANCH), 0); /* nothing to take back */
    assert_int_equal(reader_mark_scope(reader, SCOPE_THREAD), COMMENTS - 2);
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), 0);
    assert_true(reader_undo_read(reader));
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), COMMENTS - 2);
    assert_true(reader_is_read(reader, 1) && reader_is_read(reader, 2));
    assert_true(reader_undo_read(reader));
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), COMMENTS);
    assert_false(reader_undo_read(reader));
}

/* Taking back a mark leaves alone what has been read before it and since. */
static void test_taking_back_touches_only_what_was_marked(void **state)
{
    struct reader *reader = ((struct fixture *)*state)->reader;
    reader_mark_read(reader, 2, true);
    focus(reader, 1);
    assert_int_equal(reader_mark_scope(reader, SCOPE_BRANCH), 1);
    reader_mark_read(reader, 5, true);
    assert_true(reader_undo_read(reader));
    assert_false(reader_is_read(reader, 1));
    assert_true(reader_is_read(reader, 2) && reader_is_read(reader, 5));
}

static void test_no_number_of_marks_outgrows_the_undo(void **state)
{
    struct reader *reader = ((struct fixture *)*state)->reader;
    int undone = 0;
    for (int round = 0; round < 1000; round++)
        reader_mark_scope(reader, SCOPE_COMMENT);
    while (reader_undo_read(reader))
        undone++;
    assert_in_range(undone, 50, 100);
}

static bool has_seen(struct reader *reader, uint32_t comment)
{
    uint32_t comments[100];
    size_t count = reader_seen(reader, (struct rect){0}, comments, ARRAY_LENGTH(comments));
    for (size_t at = 0; at < count; at++)
        if (comments[at] == comment)
            return true;
    return false;
}

/* Seen is what shows its last line, in a thread that has the focus, and not folded. */
static void test_what_is_seen(void **state)
{
    struct reader *reader = ((struct fixture *)*state)->reader;
    reader_set_focus(reader, PANE_ARTICLE);
    assert_false(has_seen(reader, 0));
    reader_set_focus(reader, PANE_THREAD);
    reader_top(reader);
    assert_true(has_seen(reader, 0) && has_seen(reader, 1) && has_seen(reader, 2));
    assert_true(reader_fold(reader, true));
    assert_false(has_seen(reader, 0));
    assert_true(reader_fold(reader, false));
    reader_mark_read(reader, 0, true);
    assert_false(has_seen(reader, 0));
    reader_mark_read(reader, 0, false);
    reader_zoom(reader);
    reader_resize(reader, 2, 120); /* a head, and the status line */
    assert_int_equal(reader_panes(reader)->pane[PANE_THREAD].rows, 1);
    assert_false(has_seen(reader, 0));
    reader_scroll(reader, 1);
    assert_true(has_seen(reader, 0));
}

/* There is nothing in one that could be read, or not. */
static void test_a_stub_is_not_marked(void **state)
{
    (void)state;
    struct builder *builder = builder_new(1 << 12, NULL);
    struct comment_info stub = COMMENT_INFO_NONE;
    make_comment(builder, 0, "Dot", "one");
    stub.depth = 1;
    stub.state = COMMENT_STUB;
    builder_comment(builder, &stub);
    struct fixture thread = begin(builder_finish(builder), 30, 120);
    struct reader *reader = thread.reader;
    assert_true(reader_step(reader, STEP_COMMENT, 1));
    assert_int_equal(reader_comment(reader), 1);
    assert_int_equal(reader_mark_scope(reader, SCOPE_COMMENT), 0);
    assert_string_equal(reader_notice(reader), "there is nothing to be read here");
    assert_int_equal(reader_unread_in(reader, DOCUMENT_NONE), 1);
    assert_false(reader_undo_read(reader));
    assert_int_equal(reader_mark_scope(reader, SCOPE_THREAD), 1);
    end(&thread);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_a_mark_by_hand_is_turned_over_and_counted),
        CASE(test_branch_and_all_are_taken_back_one_by_one),
        CASE(test_taking_back_touches_only_what_was_marked),
        CASE(test_no_number_of_marks_outgrows_the_undo),
        CASE(test_what_is_seen),
        cmocka_unit_test(test_a_stub_is_not_marked),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
