/* Numbers sorted into groups by counting, so that "the third of nine" is a binary search. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* The groups of a number, none twice. */
static unsigned groups_of(const struct reader *reader, const struct grouping *by, uint32_t number,
                          uint32_t groups[2])
{
    unsigned count = 0;
    uint32_t first = by->group_of(reader, number);
    uint32_t second = by->second_of ? by->second_of(reader, number) : ENTITY_NONE;
    if (first != ENTITY_NONE)
        groups[count++] = first;
    if (second != ENTITY_NONE && second != first)
        groups[count++] = second;
    return count;
}

void group_build(struct grouped *grouped, const struct reader *reader, struct grouping by)
{
    uint32_t *starts = xcalloc(by.groups + 1, sizeof *starts), groups[2];
    group_release(grouped);
    for (uint32_t at = 0; at < by.count; at++)
        for (unsigned left = groups_of(reader, &by, at, groups); left > 0; left--)
            starts[groups[left - 1] + 1]++;
    for (uint32_t group = 0; group < by.groups; group++)
        starts[group + 1] += starts[group];
    uint32_t *items = xmalloc((starts[by.groups] + 1) * sizeof *items);
    uint32_t *next = xmalloc((by.groups + 1) * sizeof *next);
    memcpy(next, starts, (by.groups + 1) * sizeof *next);
    for (uint32_t at = 0; at < by.count; at++)
        for (unsigned left = groups_of(reader, &by, at, groups); left > 0; left--)
            items[next[groups[left - 1]]++] = at;
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
