/* Random threads, and the obvious way to order and to hide their comments. */
#ifndef HEARSAY_TEST_TREES_H
#define HEARSAY_TEST_TREES_H

#include "../../src/reader/internal.h"
#include "reading.h"

#define TREE_MOST 60

static inline uint32_t tree_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* A quarter has no time, a quarter no score; both are few, so that many are the same. */
static inline struct document *tree_document(uint32_t *seed, uint32_t count)
{
    struct builder *builder = builder_new(1 << 16, NULL);
    uint32_t depth = 0;
    builder_title(builder, "A tree", 6);
    for (uint32_t at = 0; at < count; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        char name[16], text[64];
        depth = at == 0 ? 0 : tree_random(seed, depth + 2);
        snprintf(name, sizeof name, "Author %u", tree_random(seed, 5));
        snprintf(text, sizeof text, "comment %u says word%u", at, tree_random(seed, 6));
        info.name = name;
        info.name_length = strlen(name);
        info.depth = depth;
        if (tree_random(seed, 4))
            info.time = 1000 + tree_random(seed, 9);
        if (tree_random(seed, 4))
            info.score = (int32_t)tree_random(seed, 7) - 3;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, text, strlen(text));
    }
    return builder_finish(builder);
}

/* Whether `one` stands before `other` by an order alone; false too where they are the same. */
static inline bool tree_goes_before(const struct document *document, uint32_t one, uint32_t other,
                                    enum reader_order order)
{
    const struct comment *comments = document_comments(document, NULL);
    int64_t keys[2] = {0, 0};
    bool any[2] = {true, true};
    for (int side = 0; side < 2; side++) {
        uint32_t at = side ? other : one;
        int64_t newest = TIME_NONE;
        for (uint32_t below = at; below < comments[at].end; below++)
            newest = comments[below].time > newest ? comments[below].time : newest;
        switch (order) {
        case ORDER_OLDEST:
        case ORDER_NEWEST:
            any[side] = comments[at].time != TIME_NONE;
            keys[side] =
                order == ORDER_OLDEST && any[side] ? -comments[at].time : comments[at].time;
            break;
        case ORDER_SCORE:
            any[side] = comments[at].score != SCORE_NONE;
            keys[side] = comments[at].score;
            break;
        case ORDER_REPLIES:
            keys[side] = comments[at].end - at;
            break;
        case ORDER_ACTIVITY:
            any[side] = newest != TIME_NONE;
            keys[side] = newest;
            break;
        case ORDER_GIVEN:
        case ORDERS:
            break;
        }
    }
    return any[0] && (!any[1] || keys[0] > keys[1]);
}

/* Comments in the order they are to be shown in: at each step the best child not yet shown. */
static inline void tree_order(const struct document *document, const enum reader_order *orders,
                              uint32_t *out)
{
    uint32_t count, parent = DOCUMENT_NONE, filled = 0;
    const struct comment *comments = document_comments(document, &count);
    bool taken[TREE_MOST] = {false};
    while (filled < count) {
        uint32_t best = DOCUMENT_NONE;
        enum reader_order order = orders[parent == DOCUMENT_NONE ? SORT_TOP_LEVEL : SORT_REPLIES];
        for (uint32_t at = 0; at < count; at++)
            if (!taken[at] && comments[at].parent == parent &&
                (best == DOCUMENT_NONE || tree_goes_before(document, at, best, order)))
                best = at;
        if (best == DOCUMENT_NONE) {
            parent = comments[parent].parent;
            continue;
        }
        taken[best] = true;
        out[filled++] = best;
        parent = best;
    }
}

#endif
