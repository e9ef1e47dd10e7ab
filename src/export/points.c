#include "internal.h"

#include <stdlib.h>

#define POINTS_STEP 1024u

struct points points_new(const char *text, uint32_t length)
{
    uint32_t count = length / POINTS_STEP + 1, before = 0;
    struct points points = {text, length, xcalloc(count, sizeof *points.marks)};
    for (uint32_t mark = 0; mark < count; mark++) {
        uint32_t start = mark * POINTS_STEP;
        uint32_t step = length - start < POINTS_STEP ? length - start : POINTS_STEP;
        points.marks[mark] = before;
        before += (uint32_t)utf8_count(text + start, step);
    }
    return points;
}

void points_release(struct points *points)
{
    free(points->marks);
    *points = (struct points){0};
}

uint32_t points_before(const struct points *points, uint32_t byte)
{
    uint32_t mark = byte / POINTS_STEP, start = mark * POINTS_STEP;
    return points->marks[mark] + (uint32_t)utf8_count(points->text + start, byte - start);
}
