/* Numbers sorted into groups by counting, so that "the third of nine" is a binary search. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void group_build(struct grouped *grouped, const struct reader *reader, struct grouping by)
{
    uint32_t *starts = xcalloc(by.groups + 2, sizeof *starts), kept = 0;
    group_release(grouped);
    for (uint32_t at = 0; at < by.count; at++) {
        uint32_t group = by.group_of(reader, at);
        starts[group == ENTITY_NONE ? by.groups + 1 : group + 1]++;
    }
    for (uint32_t group = 0; group < by.groups; group++)
        starts[group + 1] += starts[group];
    kept = starts[by.groups];
    uint32_t *items = xmalloc((kept + 1) * sizeof *items);
    uint32_t *next = xmalloc((by.groups + 1) * sizeof *next);
    memcpy(next, starts, (by.groups + 1) * sizeof *next);
    for (uint32_t at = 0; at < by.count; at++) {
        uint32_t group = by.group_of(reader, at);
        if (group != ENTITY_NONE)
            items[next[group]++] = at;
    }
    free(next);
    *grouped = (struct grouped){starts, items, by.groups};
}

void group_release(struct grouped *grouped)
{
    free(grouped->starts);
    free(grouped->items);
    *grouped = (struct grouped){0};
}

struct members group_members(const struct grouped *grouped, uint32_t group)
{
    if (group >= grouped->groups)
        return (struct members){NULL, 0};
    return (struct members){grouped->items + grouped->starts[group],
                            grouped->starts[group + 1] - grouped->starts[group]};
}

uint32_t members_before(struct members members, uint32_t number)
{
    uint32_t low = 0, high = members.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (members.items[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
