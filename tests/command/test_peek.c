/* What a comment answers, in a panel. */
#include "session.h"

/* A chain of long comments. */
static struct document *make_chain(unsigned comments, unsigned sentences)
{
    struct builder *builder = builder_new(1 << 22, NULL);
    builder_title(builder, "Chain", 5);
    for (unsigned at = 0; at < comments; at++) {
        struct buffer text = {0};
        for (unsigned sentence = 0; sentence < sentences; sentence++)
            buffer_printf(&text, "Comment %u goes on and on, sentence %u. ", at, sentence);
        make_comment(builder, at, "somebody", buffer_string(&text));
        buffer_release(&text);
    }
    return builder_finish(builder);
}

/* It is made anew with each step, so it has an end whatever the thread is like. */
static void test_a_chain_of_long_comments_is_cut(void **state)
{
    struct fixture fixture = {0};
    (void)state;
    begin_on(&fixture, make_chain(60, 100), "default", "");
    press(&fixture, "<C-w>tGzPgg");
    expect_seen(&fixture, -1, "what is above these is left out");
    expect_unseen(&fixture, -1, "Comment 30 goes on");
    end(&fixture);
    begin_on(&fixture, make_chain(60, 1), "default", "");
    press(&fixture, "<C-w>tGzPgg");
    expect_unseen(&fixture, -1, "what is above these is left out");
    expect_seen(&fixture, -1, "Comment 0 goes on");
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_chain_of_long_comments_is_cut),
    };
    return cmocka_run_group_tests_name("peek", tests, NULL, NULL);
}
