/*
 * How long moves and folds take, with the frame drawn after each:
 *      make build/tests/bench/bench_thread && build/tests/bench/bench_thread [COMMENTS]
 * Three threads of that many comments (100,000): one that wanders between levels, one chain a
 * quarter as deep, and siblings alone. Prints the median and the worst of many runs in
 * milliseconds; a frame of a screen that is drawn 60 times a second has 16.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay/reader.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* ---- threads ------------------------------------------------------------------------ */

static uint32_t wandering(uint32_t at)
{
    return (at * 7 + at / 5 * 3) % 9;
}

static uint32_t chained(uint32_t at)
{
    return at;
}

static uint32_t level(uint32_t at)
{
    return at > 0;
}

static struct document *make_thread(uint32_t count, uint32_t (*depth)(uint32_t))
{
    static const char text[] = "The two port authorities met on Monday for the first time since "
                               "2013, and left the room still talking; nobody knows of what.";
    struct builder *builder = builder_new((size_t)count * 300, NULL);
    uint32_t last = 0;
    for (uint32_t at = 0; at < count; at++) {
        char name[32];
        struct comment_info info = COMMENT_INFO_NONE;
        int length = snprintf(name, sizeof name, "author %u", at * 31 % 997);
        last = at == 0 ? 0 : depth(at) < last + 1 ? depth(at) : last + 1;
        info.name = name;
        info.name_length = (size_t)length;
        info.depth = last;
        info.score = (int32_t)(at * 7919 % 1009);
        builder_comment(builder, &info);
        for (int paragraph = 0; paragraph < 2; paragraph++) {
            builder_block(builder, paragraph ? BLOCK_PARAGRAPH : BLOCK_QUOTE, !paragraph, 0);
            builder_text(builder, text, sizeof text - 1);
        }
    }
    return builder_finish(builder);
}

/* ---- what is done ------------------------------------------------------------------- */

struct turn {
    uint32_t number, comments;
};

struct action {
    const char *name;
    void (*run)(struct reader *reader, struct turn turn);
    void (*before)(struct reader *reader, struct turn turn); /* not measured; or NULL */
};

static void go(struct reader *reader, struct turn turn)
{
    reader_go_to_comment(reader, turn.number * 7919 % turn.comments + 1);
}

#define STEP(name, step, steps)                                                                    \
    static void name(struct reader *reader, struct turn turn)                                      \
    {                                                                                              \
        reader_step(reader, step, turn.number % 2 ? (steps) : -(steps));                           \
    }
STEP(comment, STEP_COMMENT, 1)
STEP(comments, STEP_COMMENT, 1000)
STEP(sibling, STEP_SIBLING, 1)
STEP(top_level, STEP_TOP_LEVEL, 1)
STEP(author, STEP_AUTHOR, 1)
STEP(owner, STEP_OWNER, 100)
STEP(score, STEP_SCORE, 1)
STEP(scores, STEP_SCORE, 5000)

static void root(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_root(reader);
}

static void child(struct reader *reader, struct turn turn)
{
    reader_child(reader, turn.number % 2, 1);
}

static void back(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_back(reader);
}

static void fold_all_first(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_fold_all(reader, true);
}

static void into_folded(struct reader *reader, struct turn turn)
{
    go(reader, turn);
}

static void back_to_folded(struct reader *reader, struct turn turn)
{
    fold_all_first(reader, turn);
    go(reader, turn);
}

static void fold_all(struct reader *reader, struct turn turn)
{
    reader_fold_all(reader, turn.number % 2);
}

static void subtree(struct reader *reader, struct turn turn)
{
    reader_fold_subtree(reader, turn.number % 2);
}

static void subtree_first(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_go_to_comment(reader, 1);
}

static void siblings(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_fold_siblings(reader);
}

static void chain(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_fold_chain(reader, 1);
}

static void depth(struct reader *reader, struct turn turn)
{
    reader_fold_to(reader, (int)(turn.number % 8));
}

static void quoted(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_toggle_quoted(reader);
}

static void flat(struct reader *reader, struct turn turn)
{
    (void)turn;
    reader_toggle_flat(reader);
}

static void end(struct reader *reader, struct turn turn)
{
    turn.number % 2 ? reader_bottom(reader) : reader_top(reader);
}

static const struct action actions[] = {
    {"next/previous comment", comment, go},
    {"a thousand of them", comments, go},
    {"sibling", sibling, go},
    {"top level", top_level, go},
    {"root", root, go},
    {"first/last child", child, go},
    {"same author", author, go},
    {"owner, a hundred times", owner, go},
    {"next score", score, go},
    {"score, 5000 times", scores, go},
    {"either end", end, NULL},
    {"to a comment, all folded", into_folded, fold_all_first},
    {"back from there", back, back_to_folded},
    {"fold/unfold all", fold_all, NULL},
    {"fold/unfold subtree", subtree, subtree_first},
    {"fold siblings", siblings, go},
    {"fold chain", chain, go},
    {"fold to depth", depth, NULL},
    {"fold quoted text", quoted, NULL},
    {"flat exchanges", flat, NULL},
};

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

#define TURNS 41

static void measure(struct reader *reader, uint32_t comments, const struct action *action)
{
    static struct frame frame;
    double times[TURNS];
    for (struct turn turn = {0, comments}; turn.number < TURNS; turn.number++) {
        if (action->before)
            action->before(reader, turn);
        double start = now();
        action->run(reader, turn);
        frame_begin(&frame, 50, 200);
        reader_draw(reader, &frame);
        times[turn.number] = now() - start;
    }
    qsort(times, TURNS, sizeof *times, by_size);
    printf(" %8.2f %7.2f", times[TURNS / 2], times[TURNS - 1]);
}

int main(int count, char **arguments)
{
    uint32_t comments = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 100000;
    struct config *config = config_new();
    struct document *documents[] = {make_thread(comments, wandering),
                                    make_thread(comments / 4, chained),
                                    make_thread(comments, level)};
    struct reader *readers[ARRAY_LENGTH(documents)];
    for (size_t at = 0; at < ARRAY_LENGTH(documents); at++) {
        readers[at] = reader_new(documents[at], config);
        reader_resize(readers[at], 50, 200);
    }
    printf("%-26s %16s %16s %16s\n", "median and worst, ms", "wandering", "chain", "siblings");
    for (size_t action = 0; action < ARRAY_LENGTH(actions); action++) {
        printf("%-26s", actions[action].name);
        for (size_t at = 0; at < ARRAY_LENGTH(documents); at++)
            measure(readers[at], at == 1 ? comments / 4 : comments, &actions[action]);
        printf("\n");
        fflush(stdout);
    }
    for (size_t at = 0; at < ARRAY_LENGTH(documents); at++) {
        reader_free(readers[at]);
        document_free(documents[at]);
    }
    config_free(config);
    return 0;
}
