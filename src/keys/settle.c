/*
 * Which of the collected bindings hold.
 *
 * Of those with the same keys in the same context the highest layer's wins; within a layer, which
 * is one file, the first wins and the others are reported with both places. A winner whose action
 * had its keys replaced in a still higher layer leaves its keys unbound. After one sort all of this
 * is a look at neighbours.
 */
#include <stdlib.h>
#include <string.h>

#include "keymap.h"

struct entry { /* of a sort: qsort() hands no context to the comparison */
    const struct keymap *keymap;
    uint32_t number;
};

static int compare_numbers(uint32_t one, uint32_t other)
{
    return (one > other) - (one < other);
}

static int compare_keys(const struct keymap *keymap, const struct binding *a,
                        const struct binding *b)
{
    const uint32_t *one = binding_keys(keymap, a), *other = binding_keys(keymap, b);
    uint32_t common = a->key_count < b->key_count ? a->key_count : b->key_count;
    for (uint32_t i = 0; i < common; i++) {
        if (one[i] != other[i]) {
            return compare_numbers(one[i], other[i]);
        }
    }
    return compare_numbers(a->key_count, b->key_count);
}

static int by_keys(const void *one, const void *other)
{
    const struct entry *x = one, *y = other;
    const struct binding *a = &x->keymap->bindings.items[x->number];
    const struct binding *b = &x->keymap->bindings.items[y->number];
    int order = compare_numbers(a->context, b->context);
    order = order != 0 ? order : compare_keys(x->keymap, a, b);
    order = order != 0 ? order : compare_numbers(b->layer, a->layer);
    return order != 0 ? order : compare_numbers(a->order, b->order);
}

static int by_help(const void *one, const void *other)
{
    const struct entry *x = one, *y = other;
    const struct binding *a = &x->keymap->bindings.items[x->number];
    const struct binding *b = &x->keymap->bindings.items[y->number];
    int order = compare_numbers(a->context, b->context);
    order = order != 0 ? order
                       : compare_numbers(target_row(x->keymap, a->target),
                                         target_row(x->keymap, b->target));
    return order != 0 ? order : compare_numbers(a->order, b->order);
}

static struct entry *sort(const struct keymap *keymap, int (*compare)(const void *, const void *))
{
    size_t count = keymap->bindings.count;
    struct entry *entries = xreallocarray(NULL, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        entries[i] = (struct entry){.keymap = keymap, .number = (uint32_t)i};
    }
    if (count > 0) {
        qsort(entries, count, sizeof *entries, compare);
    }
    return entries;
}

static void report_twice(const struct keymap *keymap, const struct binding *kept,
                         const struct binding *lost, struct problems *problems)
{
    struct buffer keys = {0};
    keys_write(binding_keys(keymap, lost), lost->key_count, &keys);
    problems_add(problems, keymap->files.items[lost->file], lost->line,
                 "'%.60s' in [%s] is already bound to '%.60s' (%.200s:%u); not to '%.60s'",
                 buffer_string(&keys), keymap_context_name((enum keymap_context)lost->context),
                 target_name(keymap, kept->target), keymap->files.items[kept->file],
                 (unsigned)kept->line, target_name(keymap, lost->target));
    buffer_release(&keys);
}

static bool is_replaced(const struct keymap *keymap, const struct binding *binding,
                        const struct replaced *replaced)
{
    uint32_t at = binding->context * replaced->targets + target_row(keymap, binding->target);
    return replaced->layers[at] > binding->layer;
}

/* Marks what does not hold by giving it no keys. */
static void drop_losers(struct keymap *keymap, const struct replaced *replaced,
                        struct problems *problems)
{
    size_t count = keymap->bindings.count;
    struct entry *sorted = sort(keymap, by_keys);
    const struct binding *winner = NULL;
    bool *lost = xcalloc(count, sizeof *lost);
    for (size_t i = 0; i < count; i++) {
        const struct binding *binding = &keymap->bindings.items[sorted[i].number];
        bool same = winner != NULL && winner->context == binding->context &&
                    compare_keys(keymap, winner, binding) == 0;
        if (same && winner->layer == binding->layer) {
            report_twice(keymap, winner, binding, problems);
        }
        lost[sorted[i].number] = same || is_replaced(keymap, binding, replaced);
        winner = same ? winner : binding;
    }
    for (size_t i = 0; i < count; i++) {
        if (lost[i]) {
            keymap->bindings.items[i].key_count = 0;
        }
    }
    free(lost);
    free(sorted);
}

static size_t written_length(const struct keymap *keymap, const struct binding *binding)
{
    struct buffer text = {0};
    keys_write(binding_keys(keymap, binding), binding->key_count, &text);
    size_t length = text.length + 1;
    buffer_release(&text);
    return length;
}

static bool same_line(const struct binding *one, const struct binding *other)
{
    return one->context == other->context && one->target == other->target;
}

/* Puts what holds in the order of help; more keys for an action than a line holds are left out. */
static void order_for_help(struct keymap *keymap, struct problems *problems)
{
    struct entry *entries = sort(keymap, by_help);
    size_t count = keymap->bindings.count, length = 0, kept = 0;
    struct binding *ordered = xreallocarray(NULL, count, sizeof *ordered);
    for (size_t i = 0; i < count; i++) {
        const struct binding *binding = &keymap->bindings.items[entries[i].number];
        if (binding->key_count == 0) {
            continue;
        }
        bool more = kept > 0 && same_line(binding, &ordered[kept - 1]);
        length = (more ? length : 0) + written_length(keymap, binding);
        if (length <= LONGEST_PRINTED) {
            ordered[kept++] = *binding;
        } else {
            problems_add(problems, keymap->files.items[binding->file], binding->line,
                         "too many keys for '%.60s'; the last are left out",
                         target_name(keymap, binding->target));
        }
    }
    free(entries);
    vector_release(&keymap->bindings);
    keymap->bindings.items = ordered;
    keymap->bindings.count = kept;
    keymap->bindings.capacity = count;
}

static void build_slices(struct keymap *keymap)
{
    size_t count = keymap->bindings.count;
    struct entry *entries = sort(keymap, by_keys);
    keymap->sorted = xreallocarray(NULL, count, sizeof *keymap->sorted);
    for (size_t i = 0; i < count; i++) {
        keymap->sorted[i] = entries[i].number;
    }
    for (uint32_t context = 0, at = 0; context < KEYMAP_CONTEXTS; context++) {
        keymap->contexts[context].start = at;
        while (at < count && keymap->bindings.items[keymap->sorted[at]].context == context) {
            at++;
        }
        keymap->contexts[context].end = at;
    }
    free(entries);
}

void keymap_settle(struct keymap *keymap, const struct replaced *replaced,
                   struct problems *problems)
{
    drop_losers(keymap, replaced, problems);
    order_for_help(keymap, problems);
    build_slices(keymap);
}
