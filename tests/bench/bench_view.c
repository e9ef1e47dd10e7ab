/*
 * What arranging a thread costs: `make build/tests/bench/bench_view &&
 * build/tests/bench/bench_view`. Three shapes of threads; milliseconds for each change, drawn, the
 * worst of five; and the bytes a comment that the reader keeps for all of it at once.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay/reader.h"

#define ROUNDS 9

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

enum shape { SHAPE_TREE, SHAPE_CHAIN, SHAPE_SIBLINGS };

static const char *const sentences[] = {
    "The harbour board had a paper on this since 2004, and it is a good paper. ",
    "Nobody has asked the gulls, who work both kiosks and know what the tea is worth. ",
    "One for going out and one for coming back: that is how it was always done here. ",
    "I have binoculars and I can see who pours the milk first on the other side. ",
    "If the ferry ran there would be no need to talk about benches at all. ",
};

static struct document *make_document(enum shape shape, uint32_t comments)
{
    struct builder *builder = builder_new((size_t)comments * 400, NULL);
    uint32_t seed = 1, depth = 0;
    for (uint32_t at = 0; at < comments; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        char name[32];
        depth = shape == SHAPE_CHAIN      ? at
                : shape == SHAPE_SIBLINGS ? 0
                : at == 0                 ? 0
                                          : random_below(&seed, depth < 12 ? depth + 2 : 3);
        snprintf(name, sizeof name, "reader%u", random_below(&seed, comments / 20 + 1));
        info.name = name;
        info.name_length = strlen(name);
        info.depth = depth;
        info.time = 1500000000 + random_below(&seed, 90000000);
        info.score = (int32_t)random_below(&seed, 200) - 20;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        for (uint32_t left = 1 + random_below(&seed, 5); left > 0; left--) {
            const char *text = sentences[random_below(&seed, 5)];
            builder_text(builder, text, strlen(text));
        }
    }
    return builder_finish(builder);
}

/* ---- what is timed ------------------------------------------------------------------ */

static enum reader_order order_named(const char *name)
{
    unsigned at = 0;
    while (strcmp(reader_order_name((enum reader_order)at), name) != 0)
        at++;
    return (enum reader_order)at;
}

static void sort_top(struct reader *reader, const char *order)
{
    reader_sort(reader, SORT_TOP_LEVEL, order_named(order));
}

static void sort_replies(struct reader *reader, const char *order)
{
    reader_sort(reader, SORT_REPLIES, order_named(order));
}

static void filter(struct reader *reader, const char *text)
{
    struct error error;
    if (!reader_filter(reader, text, &error))
        fprintf(stderr, "%s\n", error.message);
}

static void fold(struct reader *reader, const char *all)
{
    reader_fold_all(reader, all[0] == 'f');
}

static void arrange(struct reader *reader, const char *what)
{
    if (strcmp(what, "context") == 0)
        reader_filter_context(reader);
    else
        reader_filter_clear(reader);
}

static const struct {
    const char *name;
    void (*change)(struct reader *reader, const char *argument);
    const char *argument;
    double limit; /* milliseconds */
} changes[] = {
    {"fold all", fold, "fold", 16},
    {"unfold all", fold, "unfold", 16},
    {"sort newest", sort_top, "newest", 16},
    {"sort newest, replies", sort_replies, "newest", 16},
    {"sort score", sort_top, "score", 16},
    {"sort score, replies", sort_replies, "score", 16},
    {"sort replies", sort_top, "replies", 16},
    {"sort replies, replies", sort_replies, "replies", 16},
    {"sort activity", sort_top, "activity", 16},
    {"sort activity, replies", sort_replies, "activity", 16},
    {"fold all, sorted", fold, "fold", 16},
    {"unfold all, sorted", fold, "unfold", 16},
    {"filter author", filter, "author:reader1", 16},
    {"filter score | depth", filter, "score>10 | depth=0", 16},
    {"context", arrange, "context", 16},
    {"context again", arrange, "context", 16},
    {"sort oldest, filtered", sort_top, "oldest", 16},
    {"sort oldest, filtered, replies", sort_replies, "oldest", 16},
    {"clear", arrange, "clear", 16},
    {"filter text", filter, "binoculars", 100},
    {"clear", arrange, "clear", 16},
    {"filter regex", filter, "/milk.*(side|gull)/", 100},
    {"clear", arrange, "clear", 16},
    {"sort given", sort_top, "given", 16},
    {"sort given, replies", sort_replies, "given", 16},
};

static int by_number(const void *left, const void *right)
{
    const double *one = left, *two = right;
    return (*one > *two) - (*one < *two);
}

static void run(const char *title, enum shape shape, uint32_t comments)
{
    struct document *document = make_document(shape, comments);
    struct config *config = config_new();
    size_t before = mallinfo2().uordblks;
    struct reader *reader = reader_new(document, config);
    struct frame frame = {0};
    double taken[ARRAY_LENGTH(changes)][ROUNDS];
    size_t most = 0;
    reader_resize(reader, 50, 200);
    reader_set_focus(reader, PANE_THREAD);
    reader_go_to_comment(reader, comments / 2);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t at = 0; at < ARRAY_LENGTH(changes); at++) {
            double start = now();
            changes[at].change(reader, changes[at].argument);
            frame_begin(&frame, 50, 200);
            reader_draw(reader, &frame);
            taken[at][round] = now() - start;
            size_t held = mallinfo2().uordblks - before;
            most = held > most ? held : most;
        }
    }
    printf("%s, %u comments: at most %.1f bytes a comment\n", title, comments,
           (double)most / comments);
    for (size_t at = 0; at < ARRAY_LENGTH(changes); at++) {
        qsort(taken[at], ROUNDS, sizeof *taken[at], by_number);
        double median = taken[at][ROUNDS / 2];
        printf("  %-24s %8.2f ms%s\n", changes[at].name, median,
               median > changes[at].limit ? "  over its limit" : "");
    }
    frame_release(&frame);
    reader_free(reader);
    config_free(config);
    document_free(document);
}

int main(void)
{
    run("a thread", SHAPE_TREE, 100000);
    run("a chain", SHAPE_CHAIN, 25000);
    run("siblings", SHAPE_SIBLINGS, 100000);
    return 0;
}
