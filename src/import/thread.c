/*
 * Three passes: an index of all ids; a parent for each item, by its level, its parent's id, its
 * path or the item around it; then circles are cut where the walk upwards meets itself. The tree is
 * written with a stack of "next sibling" links instead of recursion.
 */
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entities.h"

#define NONE DOCUMENT_NONE

/* ---- storage --------------------------------------------------------------------------------- */

enum { CHUNK = 1 << 20 };

struct text_chunk {
    struct text_chunk *next;
    size_t used, size;
    char bytes[];
};

struct text_ref thread_keep(struct thread *thread, const char *text, size_t length)
{
    struct text_chunk *chunk = thread->chunks;
    if (length >= UINT32_MAX) {
        length = UINT32_MAX - 1;
    }
    if (!chunk || chunk->size - chunk->used < length) {
        size_t size = length > CHUNK / 8 ? length : CHUNK;
        struct text_chunk *fresh = xmalloc(sizeof *fresh + size);
        *fresh = (struct text_chunk){.size = size};
        bool whole = chunk && size == length; /* keep filling the old one */
        fresh->next = whole ? chunk->next : chunk;
        *(whole ? &chunk->next : &thread->chunks) = fresh;
        chunk = fresh;
    }
    char *place = chunk->bytes + chunk->used;
    if (length) {
        memcpy(place, text, length);
    }
    chunk->used += length;
    return (struct text_ref){place, (uint32_t)length};
}

void thread_release(struct thread *thread)
{
    while (thread->chunks) {
        struct text_chunk *next = thread->chunks->next;
        free(thread->chunks);
        thread->chunks = next;
    }
    vector_release(&thread->items);
}

uint32_t thread_add(struct thread *thread, uint32_t inside)
{
    struct thread_item item = {.inside = inside,
                               .time = TIME_NONE,
                               .score = SCORE_NONE,
                               .level = NONE,
                               .number = NONE,
                               .up = NONE,
                               .first = NONE,
                               .last = NONE,
                               .next = NONE};
    vector_push(&thread->items, item);
    return (uint32_t)thread->items.count - 1;
}

/* ---- the index of ids ------------------------------------------------------------------------ */

struct index {
    uint32_t *slots; /* item + 1, 0 = free */
    uint32_t mask;
    const struct thread *thread; /* whose items may move */
    bool roots;                  /* by the ids of their roots, not by their own */
};

static uint32_t hash_of(struct text_ref id)
{
    uint64_t hash = 1469598103934665603u;
    for (uint32_t i = 0; i < id.length; i++) {
        hash = (hash ^ (unsigned char)id.text[i]) * 1099511628211u;
    }
    hash ^= hash >> 29;
    return (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 32);
}

static bool same(struct text_ref a, struct text_ref b)
{
    return a.length == b.length && (a.length == 0 || !memcmp(a.text, b.text, a.length));
}

static struct text_ref index_key(const struct index *index, uint32_t slot)
{
    const struct thread_item *item = &index->thread->items.items[slot - 1];
    return index->roots ? item->root : item->id;
}

/* The slot of an id, or the free one where it belongs. */
static uint32_t *index_slot(const struct index *index, struct text_ref id)
{
    uint32_t at = hash_of(id) & index->mask;
    while (index->slots[at] && !same(index_key(index, index->slots[at]), id)) {
        at = (at + 1) & index->mask;
    }
    return &index->slots[at];
}

static uint32_t index_find(const struct index *index, struct text_ref id)
{
    return id.length ? *index_slot(index, id) - 1 : NONE; /* 0 - 1 is NONE */
}

/* Room for every item and for every id that a path names. */
static uint32_t index_size(const struct thread *thread)
{
    uint64_t wanted = thread->items.count;
    for (size_t i = 0; i < thread->items.count; i++) {
        struct text_ref path = thread->items.items[i].path;
        for (uint32_t k = 0; k < path.length; k++) {
            wanted += path.text[k] == '.';
        }
    }
    uint32_t size = 16;
    while (size < wanted * 2 && size < 1u << 30) {
        size *= 2;
    }
    return size;
}

/* The first item of an id keeps it; a copy with the same text is dropped. */
static struct index index_all(struct thread *thread)
{
    uint32_t size = index_size(thread);
    struct index index = {xcalloc(size, sizeof *index.slots), size - 1, thread, false};
    for (uint32_t i = 0; i < thread->items.count; i++) {
        struct thread_item *item = &thread->items.items[i];
        if (item->kind == ITEM_NONE || item->id.length == 0 || item->state == COMMENT_STUB) {
            continue;
        }
        uint32_t *slot = index_slot(&index, item->id);
        uint32_t other = *slot - 1;
        if (*slot && thread->items.items[other].state == COMMENT_PLACEHOLDER) {
            thread->items.items[other].kind = ITEM_NONE; /* it is there after all */
            *slot = 0;
        }
        if (*slot == 0) {
            *slot = i + 1;
        } else if (!thread->copies && same(thread->items.items[other].body, item->body)) {
            item->kind = ITEM_NONE;
        }
    }
    return index;
}

/* ---- parents --------------------------------------------------------------------------------- */

/* Makes `inside` the nearest comment around: what an item stands in always comes before it. */
static void find_around(struct thread *thread)
{
    struct thread_item *items = thread->items.items;
    for (uint32_t i = 0; i < thread->items.count; i++) {
        uint32_t inside = items[i].inside;
        if (inside != NONE && items[inside].kind != ITEM_COMMENT) {
            items[i].inside = items[inside].inside;
        }
    }
}

static uint32_t add_placeholder(struct thread *thread, struct text_ref id)
{
    uint32_t index = thread_add(thread, NONE);
    struct thread_item *item = &thread->items.items[index];
    item->kind = ITEM_COMMENT;
    item->state = COMMENT_PLACEHOLDER;
    item->id = item->root = id;
    return index;
}

/* Ancestors that only paths tell of become placeholders, so that replies keep their depth. */
static void add_ancestors(struct thread *thread, const struct index *index)
{
    size_t count = thread->items.count;
    for (size_t i = 0; i < count; i++) {
        struct text_ref path = thread->items.items[i].path, before = {0};
        uint32_t start = 0;
        if (thread->items.items[i].kind != ITEM_COMMENT) {
            continue;
        }
        for (uint32_t at = 0; at < path.length; at++) {
            if (path.text[at] != '.') {
                continue;
            }
            struct text_ref id = {path.text + start, at - start};
            uint32_t *slot =
                id.length && !(start == 0 && *id.text == '0') ? index_slot(index, id) : NULL;
            if (slot && *slot == 0) {
                *slot = add_placeholder(thread, id) + 1;
                thread->items.items[*slot - 1].parent = before;
            }
            before = slot ? id : before;
            start = at + 1;
        }
        if (before.length && thread->items.items[i].parent.length == 0) {
            thread->items.items[i].parent = before;
        }
    }
}

static void link_levels(struct thread *thread)
{
    VECTOR(uint32_t) open = {0};
    for (uint32_t i = 0; i < thread->items.count; i++) {
        struct thread_item *item = &thread->items.items[i];
        if (item->kind != ITEM_COMMENT || item->level == NONE) {
            continue;
        }
        while (open.count && thread->items.items[open.items[open.count - 1]].level >= item->level) {
            open.count--;
        }
        item->up = open.count ? open.items[open.count - 1] : NONE;
        vector_push(&open, i);
    }
    vector_release(&open);
}

/* An item's parents are parted by line breaks, best first. */
static uint32_t parent_by_ids(const struct index *index, struct text_ref ids)
{
    for (uint32_t at = 0; at < ids.length;) {
        const char *start = ids.text + at, *feed = memchr(start, '\n', ids.length - at);
        uint32_t length = feed ? (uint32_t)(feed - start) : ids.length - at;
        uint32_t found = index_find(index, (struct text_ref){start, length});
        if (found != NONE) {
            return found;
        }
        at += length + 1;
    }
    return NONE;
}

static void link_ids(struct thread *thread, const struct index *index)
{
    for (uint32_t i = 0; i < thread->items.count; i++) {
        struct thread_item *item = &thread->items.items[i];
        if (item->kind != ITEM_COMMENT) {
            continue;
        }
        uint32_t up = parent_by_ids(index, item->parent);
        bool known = up != NONE;
        if (!known && item->level != NONE) {
            continue; /* by level already */
        }
        up = known ? up : item->inside;
        bool article = up != NONE && thread->items.items[up].kind != ITEM_COMMENT;
        item->up = article || up == i ? NONE : up;
    }
}

/* Those that found no parent and name the same absent root stay together below a stand-in. */
static void share_roots(struct thread *thread)
{
    uint32_t size = index_size(thread), count = (uint32_t)thread->items.count;
    struct index index = {xcalloc(size, sizeof *index.slots), size - 1, thread, true};
    for (uint32_t i = 0; i < count; i++) {
        const struct thread_item *item = &thread->items.items[i];
        if (item->kind != ITEM_COMMENT || item->up != NONE || item->root.length == 0) {
            continue;
        }
        uint32_t *slot = index_slot(&index, item->root);
        uint32_t other = *slot ? *slot - 1 : i;
        if (other != i && other < count) {
            *slot = add_placeholder(thread, item->root) + 1;
            thread->items.items[other].up = *slot - 1;
        }
        *slot = *slot ? *slot : i + 1;
        thread->items.items[i].up = other != i ? *slot - 1 : NONE;
    }
    free(index.slots);
}

/* Cuts every circle at the item where the walk upwards comes back. */
static void cut_circles(struct thread *thread)
{
    struct thread_item *items = thread->items.items;
    uint32_t *seen = xcalloc(thread->items.count + 1, sizeof *seen);
    for (uint32_t i = 0; i < thread->items.count; i++) {
        uint32_t at = i, before = NONE;
        while (at != NONE && seen[at] == 0) {
            seen[at] = i + 1;
            before = at;
            at = items[at].up;
        }
        if (at != NONE && seen[at] == i + 1 && before != NONE) {
            items[before].up = NONE;
        }
    }
    free(seen);
}

/* Children in the order they came, a stand-in where the first below it came. */
struct roots {
    uint32_t first, last;
};

static void link_child(struct thread_item *items, uint32_t index, struct roots *roots)
{
    uint32_t up = items[index].up;
    uint32_t *head = up == NONE ? &roots->first : &items[up].first;
    uint32_t *tail = up == NONE ? &roots->last : &items[up].last;
    if (items[index].linked) {
        return;
    }
    items[index].linked = true;
    *(*tail == NONE ? head : &items[*tail].next) = index;
    *tail = index;
}

static bool is_of_id(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '-';
}

/* Where an item says how its replies are to stand: they come first, so. */
static void link_in_order(struct thread *thread, const struct index *index, uint32_t above,
                          struct roots *roots)
{
    struct thread_item *items = thread->items.items;
    struct text_ref order = items[above].order;
    uint32_t up = items[above].kind == ITEM_COMMENT ? above : NONE;
    for (uint32_t at = 0; at < order.length;) {
        uint32_t start = at;
        while (at < order.length && is_of_id(order.text[at])) {
            at++;
        }
        uint32_t reply = index_find(index, (struct text_ref){order.text + start, at - start});
        if (reply != NONE && items[reply].up == up && items[reply].kind == ITEM_COMMENT) {
            link_child(items, reply, roots);
        }
        at += at == start;
    }
}

/* Returns the first root. */
static uint32_t link_children(struct thread *thread, const struct index *index)
{
    struct thread_item *items = thread->items.items;
    struct roots roots = {NONE, NONE};
    for (uint32_t i = 0; i < thread->items.count; i++) {
        if (items[i].kind != ITEM_NONE) {
            link_in_order(thread, index, i, &roots);
        }
    }
    VECTOR(uint32_t) waiting = {0};
    for (uint32_t i = 0; i < thread->items.count; i++) {
        if (items[i].kind != ITEM_COMMENT || items[i].state == COMMENT_PLACEHOLDER) {
            continue;
        }
        uint32_t at = i;
        do { /* a stand-in without a child yet is not linked */
            vector_push(&waiting, at);
            at = items[at].up;
        } while (at != NONE && items[at].state == COMMENT_PLACEHOLDER && items[at].first == NONE);
        while (waiting.count) {
            link_child(items, waiting.items[--waiting.count], &roots);
        }
    }
    vector_release(&waiting);
    return roots.first;
}

/* Of mail: where a thread begins, or what is left of it. */
static void drop_titles(struct thread *thread)
{
    struct thread_item *items = thread->items.items;
    for (uint32_t i = 0; i < thread->items.count; i++) {
        uint32_t up = items[i].up;
        bool first = up == NONE || (items[up].state == COMMENT_PLACEHOLDER && items[up].first == i);
        if (items[i].kind == ITEM_COMMENT && !first) {
            items[i].title.length = 0;
        }
    }
}

/* ---- writing --------------------------------------------------------------------------------- */

/* What the bodies of a thread are built with. */
struct bodies {
    thread_body *body;
    void (*undo)(struct buffer *out, struct text_ref raw);
    struct buffer text; /* of the last raw one */
};

static void build_body(const struct thread_item *item, struct builder *builder,
                       struct bodies *bodies)
{
    struct text_ref text = item->body;
    if (item->raw) {
        buffer_clear(&bodies->text);
        bodies->undo(&bodies->text, text);
        text = (struct text_ref){buffer_string(&bodies->text), (uint32_t)bodies->text.length};
    }
    bodies->body(builder, text);
}

static void build_head(struct thread *thread, struct builder *builder, struct bodies *bodies)
{
    const struct thread_item *article = NULL;
    for (size_t i = 0; i < thread->items.count && !article; i++) {
        article = thread->items.items[i].kind == ITEM_ARTICLE ? &thread->items.items[i] : NULL;
    }
    static const struct thread_item none = {.time = TIME_NONE, .number = NONE};
    article = article ? article : &none;
    struct text_ref title = article->title.length ? article->title : thread->title;
    struct text_ref byline = article->name.length ? article->name : thread->byline;
    struct buffer plain = {0};
    if (title.length) {
        entities_strip(&plain, title.text, title.length);
        builder_title(builder, buffer_string(&plain), plain.length);
    }
    if (byline.length) {
        builder_byline(builder, byline.text, byline.length);
    }
    if (article->url.length) {
        builder_meta(builder, STRING_URL, article->url.text, article->url.length);
    }
    if (article->time != TIME_NONE) {
        builder_published(builder, article->time);
    }
    if (article->body.length) {
        build_body(article, builder, bodies);
    }
    int64_t stated = article->number != NONE ? article->number : thread->stated;
    if (stated >= 0) {
        builder_stated_comments(builder, stated);
    }
    buffer_release(&plain);
}

static void build_comment(const struct thread_item *item, uint32_t depth, struct builder *builder,
                          struct bodies *bodies)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = item->name.text;
    info.name_length = item->name.length;
    info.id = item->id.text;
    info.id_length = item->id.length;
    info.depth = depth;
    info.time = item->time;
    info.zone_unknown = item->zone_unknown;
    info.score = item->score;
    info.state = item->state;
    builder_comment(builder, &info);
    if (item->title.length) {
        struct buffer title = {0};
        entities_strip(&title, item->title.text, item->title.length);
        builder_block(builder, BLOCK_HEADING, 3, 0);
        builder_text(builder, buffer_string(&title), title.length);
        buffer_release(&title);
    }
    if (item->state == COMMENT_STUB) {
        char text[48] = "the thread goes on elsewhere";
        if (item->number != NONE && item->number > 0) {
            snprintf(text, sizeof text, "%u more %s", item->number,
                     item->number == 1 ? "reply" : "replies");
        }
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, text, strlen(text));
    } else if (item->body.length) {
        build_body(item, builder, bodies);
    }
}

static void build_tree(const struct thread *thread, uint32_t root, struct builder *builder,
                       struct bodies *bodies)
{
    const struct thread_item *items = thread->items.items;
    uint32_t at = root, depth = 0;
    while (at != NONE && !builder_full(builder)) {
        build_comment(&items[at], depth, builder, bodies);
        if (items[at].first != NONE) {
            at = items[at].first;
            depth++;
            continue;
        }
        while (at != NONE && items[at].next == NONE) {
            at = items[at].up;
            depth -= depth > 0;
        }
        at = at == NONE ? NONE : items[at].next;
    }
}

bool thread_build(struct thread *thread, struct builder *builder, thread_body *body)
{
    bool any = false;
    for (size_t i = 0; i < thread->items.count; i++) {
        any = any || thread->items.items[i].kind != ITEM_NONE;
    }
    if (!any) {
        return false;
    }
    struct index index = index_all(thread);
    find_around(thread);
    add_ancestors(thread, &index);
    link_levels(thread);
    link_ids(thread, &index);
    share_roots(thread);
    cut_circles(thread);
    uint32_t root = link_children(thread, &index);
    free(index.slots);
    if (thread->mail) {
        drop_titles(thread);
    }
    struct bodies bodies = {.body = body, .undo = thread->undo};
    build_head(thread, builder, &bodies);
    build_tree(thread, root, builder, &bodies);
    buffer_release(&bodies.text);
    return true;
}
