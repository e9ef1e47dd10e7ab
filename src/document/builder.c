/*
 * The builder: a document, front to back.
 *
 * The pool is written in reading order, so whatever is being built is always its tail: a block that
 * turns out empty, or blanks at a block's end, are undone by moving the tail back. What comes next
 * is put off until it is known to exist: the blank line before a block is written with the block's
 * first byte.
 *
 * Authors are told apart by name through a hash table of indices with open addressing.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define RUNS_NESTED 32

struct builder {
    struct document *document;
    struct document_extent built; /* so far; what is published is the image's */
    bool wants_items;
    uint64_t expected[REGIONS]; /* bytes whose pages are there */
    bool full, lent;            /* lent: another process follows, and seals its copy */

    bool block_open;
    struct block block;    /* the open one; start is DOCUMENT_NONE while it has no text */
    uint32_t before_block; /* the tail before it and its blank line */

    struct { /* kinds that are open, outermost first */
        enum run_kind kind;
        uint32_t link;
    } open[RUNS_NESTED];
    uint32_t open_count;
    uint32_t run_start; /* where the text of just these kinds began */

    VECTOR(uint32_t) path;    /* the comment last begun and its ancestors, by depth */
    VECTOR(uint32_t) authors; /* hash table: index + 1, 0 = free; capacity a power of two */
    uint32_t author_slots;
    struct buffer names;        /* of the authors, one after the other: the pool may be gone */
    VECTOR(uint32_t) names_end; /* an author's name ends there */
    uint64_t seed;
    struct buffer scratch;

    builder_told *told; /* or NULL */
    void *told_data;
    unsigned percent;
    uint32_t next_told; /* bytes of text after which there is enough more to tell */
};

/* ---- the regions -------------------------------------------------------------------- */

static void *builder_region(const struct builder *builder, enum region region)
{
    return image_region(builder->document->image, region);
}

/* Pages ahead of what is written: none in a short document, a quarter of a longer one. */
enum { SHORT = 64 << 10, AHEAD = 1 << 20 };

static void builder_expect(struct builder *builder, enum region region, uint64_t end)
{
    uint64_t ahead = end / 4 < AHEAD ? end / 4 : AHEAD;
    if (end < SHORT || end < builder->expected[region])
        return;
    image_expect(builder->document->image, region, builder->expected[region], end + ahead);
    builder->expected[region] = end + ahead;
}

/* Appends `count` elements; the index of the first, or DOCUMENT_NONE where the region is full. */
static uint32_t builder_add(struct builder *builder, enum region region, const void *elements,
                            size_t count)
{
    uint32_t used = builder->built.counts[region];
    if (builder->full || count > builder->document->image->regions[region].capacity - used) {
        builder->full = true;
        return DOCUMENT_NONE;
    }
    size_t size = image_element_size(region);
    builder_expect(builder, region, (used + count) * size);
    if (count)
        memcpy((char *)builder_region(builder, region) + used * size, elements, count * size);
    builder->built.counts[region] = used + (uint32_t)count;
    return used;
}

static const char *builder_pool(const struct builder *builder)
{
    return builder_region(builder, REGION_TEXT);
}

static uint32_t builder_tail(const struct builder *builder)
{
    return builder->built.counts[REGION_TEXT];
}

/* One line of cleaned text at the tail, without blanks around it; where it stands. */
static struct range builder_line(struct builder *builder, const char *text, size_t length)
{
    buffer_clear(&builder->scratch);
    text_clean(&builder->scratch, text, length, TEXT_ONE_LINE);
    const char *clean = buffer_string(&builder->scratch);
    size_t start = 0, end = builder->scratch.length;
    while (start < end && clean[start] == ' ')
        start++;
    while (end > start && clean[end - 1] == ' ')
        end--;
    struct range line = {builder_tail(builder), 0};
    builder_add(builder, REGION_TEXT, clean + start, end - start);
    line.end = builder_tail(builder);
    return line;
}

static void builder_separate(struct builder *builder)
{
    builder_add(builder, REGION_TEXT, "\n\n", 2);
}

/* What has been cleaned into `scratch`. */
static struct string_ref builder_put_string(struct builder *builder)
{
    const struct buffer *clean = &builder->scratch;
    uint32_t start = builder_add(builder, REGION_STRINGS, buffer_string(clean), clean->length);
    if (start == DOCUMENT_NONE)
        return (struct string_ref){0};
    return (struct string_ref){start, builder->built.counts[REGION_STRINGS] - start};
}

static struct string_ref builder_string(struct builder *builder, const char *text, size_t length)
{
    buffer_clear(&builder->scratch);
    text_clean(&builder->scratch, text, length, TEXT_ONE_LINE);
    return builder_put_string(builder);
}

/* Nothing where it is none that may be followed. "//host" is of whatever scheme its page was. */
static struct string_ref builder_address(struct builder *builder, const char *text, size_t length)
{
    struct buffer *clean = &builder->scratch;
    while (length > 0 && (unsigned char)*text <= ' ') {
        text++;
        length--;
    }
    buffer_clear(clean);
    if (length > 2 && text[0] == '/' && text[1] == '/')
        buffer_adds(clean, "https:");
    text_clean(clean, text, length, TEXT_ONE_LINE);
    bool address = text_is_address(buffer_string(clean), clean->length);
    return address ? builder_put_string(builder) : (struct string_ref){0};
}

/* ---- begin and end ------------------------------------------------------------------ */

static struct builder *builder_begin(int descriptor, size_t text_bytes, struct error *error)
{
    struct document *document = descriptor < 0 ? NULL : document_new(descriptor, text_bytes, error);
    if (!document)
        return NULL;
    struct builder *builder = xcalloc(1, sizeof *builder);
    builder->document = document;
    if (getrandom(&builder->seed, sizeof builder->seed, GRND_NONBLOCK) < 0)
        builder->seed = (uint64_t)(uintptr_t)builder; /* any number will do, if less well */
    return builder;
}

struct builder *builder_new(size_t text_bytes, struct error *error)
{
    return builder_begin(document_file(error), text_bytes, error);
}

struct builder *builder_new_in(int descriptor, size_t text_bytes, struct error *error)
{
    struct builder *builder = builder_begin(descriptor, text_bytes, error);
    if (builder)
        builder->lent = true;
    return builder;
}

static void builder_release(struct builder *builder)
{
    vector_release(&builder->path);
    vector_release(&builder->authors);
    vector_release(&builder->names_end);
    buffer_release(&builder->names);
    buffer_release(&builder->scratch);
    free(builder);
}

void builder_free(struct builder *builder)
{
    if (!builder)
        return;
    document_free(builder->document);
    builder_release(builder);
}

bool builder_full(const struct builder *builder)
{
    return builder->full;
}

const struct document *builder_document(const struct builder *builder)
{
    return builder->document;
}

/* A time that a calendar has. */
static int64_t time_in_bounds(int64_t time)
{
    return time < TIME_LEAST || time > TIME_MOST ? TIME_NONE : time;
}

/* ---- the head ----------------------------------------------------------------------- */

void builder_title(struct builder *builder, const char *text, size_t length)
{
    if (builder_tail(builder) == 0)
        builder->document->image->title = builder_line(builder, text, length);
}

void builder_byline(struct builder *builder, const char *text, size_t length)
{
    struct image *image = builder->document->image;
    if (builder_tail(builder) != image->title.end)
        return; /* too late: the article has begun */
    if (builder_tail(builder))
        builder_separate(builder);
    image->byline = builder_line(builder, text, length);
}

void builder_meta(struct builder *builder, enum document_string which, const char *text,
                  size_t length)
{
    builder->document->image->strings[which] = which == STRING_URL
                                                   ? builder_address(builder, text, length)
                                                   : builder_string(builder, text, length);
}

void builder_published(struct builder *builder, int64_t time)
{
    builder->document->image->published = time_in_bounds(time);
}

void builder_stated_comments(struct builder *builder, int64_t count)
{
    builder->document->image->stated_comments = count;
}

void builder_want_items(struct builder *builder, bool wanted)
{
    builder->wants_items = wanted;
}

bool builder_wants_items(const struct builder *builder)
{
    return builder->wants_items;
}

void builder_has_items(struct builder *builder)
{
    builder->document->image->has_items = 1;
}

/* ---- blocks ------------------------------------------------------------------------- */

static struct comment *builder_comments(const struct builder *builder)
{
    return builder_region(builder, REGION_COMMENTS);
}

/* The item being built, NULL for the article. */
static struct comment *builder_item(const struct builder *builder)
{
    uint32_t count = builder->built.counts[REGION_COMMENTS];
    return count ? &builder_comments(builder)[count - 1] : NULL;
}

/* Ends the run of the kinds open so far at the tail, if it holds any text. */
static void builder_cut_run(struct builder *builder)
{
    uint32_t tail = builder_tail(builder);
    struct run run = {.start = builder->run_start, .end = tail, .link = DOCUMENT_NONE};
    for (uint32_t at = 0; at < builder->open_count; at++) {
        bool dead = builder->open[at].kind == RUN_LINK && builder->open[at].link == DOCUMENT_NONE;
        run.kinds |= dead ? 0 : 1u << builder->open[at].kind;
        if (builder->open[at].kind == RUN_LINK)
            run.link = builder->open[at].link;
    }
    bool has_text = builder->block.start != DOCUMENT_NONE && run.start < tail;
    if (run.kinds && has_text)
        builder_add(builder, REGION_RUNS, &run, 1);
    builder->run_start = tail;
}

/* Runs must not reach into blanks that were trimmed off the tail. */
static void builder_clip_runs(struct builder *builder)
{
    struct run *runs = builder_region(builder, REGION_RUNS);
    uint32_t tail = builder_tail(builder), *count = &builder->built.counts[REGION_RUNS];
    while (*count > 0 && runs[*count - 1].start >= tail)
        --*count;
    if (*count > 0 && runs[*count - 1].end > tail)
        runs[*count - 1].end = tail;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static void builder_count_block(struct builder *builder, uint32_t index)
{
    struct comment *item = builder_item(builder);
    if (item) {
        if (item->block_count++ == 0) {
            item->first_block = index;
            item->text.start = builder->block.start;
        }
        item->text.end = builder->block.end;
        return;
    }
    if (builder->built.article_blocks++ == 0)
        builder->built.article.start = builder->block.start;
    builder->built.article.end = builder->block.end;
}

static void builder_end_block(struct builder *builder)
{
    if (!builder->block_open)
        return;
    builder_cut_run(builder);
    builder->open_count = 0;
    builder->block_open = false;
    if (builder->block.start == DOCUMENT_NONE)
        return;
    const char *pool = builder_pool(builder);
    uint32_t tail = builder_tail(builder);
    while (tail > builder->block.start && is_blank(pool[tail - 1]))
        tail--;
    bool empty = tail == builder->block.start;
    builder->built.counts[REGION_TEXT] = empty ? builder->before_block : tail;
    builder_clip_runs(builder);
    if (empty)
        return;
    builder->block.end = tail;
    uint32_t index = builder_add(builder, REGION_BLOCKS, &builder->block, 1);
    if (index != DOCUMENT_NONE)
        builder_count_block(builder, index);
}

void builder_block(struct builder *builder, enum block_kind kind, unsigned level, unsigned number)
{
    builder_end_block(builder);
    builder->block_open = true;
    builder->block = (struct block){.start = DOCUMENT_NONE,
                                    .kind = (uint8_t)kind,
                                    .level = level > UINT8_MAX ? UINT8_MAX : (uint8_t)level,
                                    .number = number > UINT16_MAX ? UINT16_MAX : (uint16_t)number};
}

/* Leading blanks that do not belong to the block's text. Code keeps its first line's indent. */
static size_t builder_leading(const struct builder *builder, const char *text, size_t length)
{
    bool code = builder->block.kind == BLOCK_CODE || builder->block.kind == BLOCK_TABLE;
    size_t skip = 0;
    for (size_t at = 0; at < length && is_blank(text[at]); at++)
        if (!code || text[at] == '\n')
            skip = at + 1;
    return !code && skip == length ? length : skip;
}

/* The open block gets its first text: now the blank line before it is due. A comment's name has one
 * behind it even where it is empty: its head and its text are two places. */
static void builder_start_block(struct builder *builder)
{
    builder->before_block = builder_tail(builder);
    if (builder_tail(builder) > 0 || builder_item(builder))
        builder_separate(builder);
    builder->block.start = builder->run_start = builder_tail(builder);
}

void builder_text(struct builder *builder, const char *text, size_t length)
{
    if (!builder->block_open)
        return;
    if (!text_is_clean(text, length)) {
        bool columns = builder->block.kind == BLOCK_CODE || builder->block.kind == BLOCK_TABLE;
        buffer_clear(&builder->scratch);
        text_clean(&builder->scratch, text, length, columns ? TEXT_KEEP_COLUMNS : 0);
        text = buffer_string(&builder->scratch);
        length = builder->scratch.length;
    }
    if (builder->block.start == DOCUMENT_NONE) {
        size_t skip = builder_leading(builder, text, length);
        if (skip == length)
            return;
        builder_start_block(builder);
        text += skip;
        length -= skip;
    }
    builder_add(builder, REGION_TEXT, text, length);
}

void builder_run(struct builder *builder, enum run_kind kind, uint32_t link)
{
    if (!builder->block_open || builder->open_count == RUNS_NESTED)
        return;
    builder_cut_run(builder);
    builder->open[builder->open_count].kind = kind;
    builder->open[builder->open_count++].link = link;
}

void builder_run_end(struct builder *builder, enum run_kind kind)
{
    uint32_t keep = builder->open_count;
    while (keep > 0 && builder->open[keep - 1].kind != kind)
        keep--;
    if (keep == 0)
        return;
    builder_cut_run(builder);
    builder->open_count = keep - 1;
}

uint32_t builder_link(struct builder *builder, const char *address, size_t length)
{
    struct string_ref ref = builder_address(builder, address, length);
    return ref.length ? builder_add(builder, REGION_LINKS, &ref, 1) : DOCUMENT_NONE;
}

/* ---- authors ------------------------------------------------------------------------ */

static uint64_t builder_hash(const struct builder *builder, const char *name, size_t length)
{
    uint64_t hash = builder->seed;
    for (size_t at = 0; at < length; at++) {
        hash = (hash ^ (unsigned char)name[at]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* A name met before. */
static struct range builder_name(const struct builder *builder, uint32_t author)
{
    return (struct range){author ? builder->names_end.items[author - 1] : 0,
                          builder->names_end.items[author]};
}

/* The slot of a name: the one that holds it, or the free one where it belongs. */
static uint32_t *builder_author_slot(const struct builder *builder, const char *name, size_t length)
{
    uint32_t mask = builder->author_slots - 1;
    uint32_t at = (uint32_t)(builder_hash(builder, name, length) >> 32) & mask;
    for (;; at = (at + 1) & mask) {
        uint32_t *slot = &builder->authors.items[at];
        if (*slot == 0)
            return slot;
        struct range other = builder_name(builder, *slot - 1);
        if (other.end - other.start == length &&
            memcmp(builder->names.data + other.start, name, length) == 0)
            return slot;
    }
}

static void builder_grow_authors(struct builder *builder)
{
    uint32_t count = builder->built.counts[REGION_AUTHORS];
    if (builder->author_slots && count < builder->author_slots / 2)
        return;
    builder->author_slots = builder->author_slots ? builder->author_slots * 2 : 64;
    vector_reserve(&builder->authors, builder->author_slots);
    memset(builder->authors.items, 0, builder->author_slots * sizeof *builder->authors.items);
    for (uint32_t author = 0; author < count; author++) {
        struct range name = builder_name(builder, author);
        *builder_author_slot(builder, builder->names.data + name.start, name.end - name.start) =
            author + 1;
    }
}

static uint32_t builder_author(struct builder *builder, struct range name)
{
    if (range_is_empty(name))
        return DOCUMENT_NONE;
    builder_grow_authors(builder);
    const char *text = builder_pool(builder) + name.start;
    uint32_t *slot = builder_author_slot(builder, text, name.end - name.start);
    if (*slot == 0) {
        struct author author = {.name = name,
                                .first_comment = builder->built.counts[REGION_COMMENTS]};
        uint32_t index = builder_add(builder, REGION_AUTHORS, &author, 1);
        if (index == DOCUMENT_NONE)
            return DOCUMENT_NONE;
        buffer_add(&builder->names, text, name.end - name.start);
        vector_push(&builder->names_end, (uint32_t)builder->names.length);
        *slot = index + 1;
    }
    struct author *authors = builder_region(builder, REGION_AUTHORS);
    uint32_t *comment_count = &authors[*slot - 1].comment_count; /* may be published already */
    __atomic_store_n(comment_count, *comment_count + 1, __ATOMIC_RELAXED);
    return *slot - 1;
}

/* ---- letting it be seen ------------------------------------------------------------- */

void builder_publish(struct builder *builder)
{
    builder_end_block(builder);
    image_publish(builder->document->image, &builder->built);
}

/* The first part is small, so that a screen of it can be shown soon. */
enum { FIRST_PART = 32 << 10, PART = 256 << 10 };

void builder_follow(struct builder *builder, builder_told *told, void *data)
{
    builder->told = told;
    builder->told_data = data;
    builder->next_told = FIRST_PART;
}

static void builder_tell(struct builder *builder)
{
    uint32_t tail = builder_tail(builder);
    builder->next_told = tail < UINT32_MAX - PART ? tail + PART : UINT32_MAX;
    image_publish(builder->document->image, &builder->built);
    builder->told(builder->told_data, builder->document, builder->percent);
}

void builder_progress(struct builder *builder, size_t done, size_t all)
{
    unsigned percent = all ? (unsigned)((uint64_t)done * 100 / all) : 0;
    if (builder->told && percent > builder->percent) {
        builder->percent = percent;
        builder->told(builder->told_data, builder->document, percent);
    }
}

/* ---- comments ----------------------------------------------------------------------- */

/* Comments of the path at `depth` and deeper have got their last reply. */
static void builder_close_path(struct builder *builder, uint32_t depth)
{
    struct comment *comments = builder_comments(builder);
    while (builder->path.count > depth)
        __atomic_store_n(&comments[builder->path.items[--builder->path.count]].end,
                         builder->built.counts[REGION_COMMENTS], __ATOMIC_RELAXED);
}

uint32_t builder_comment(struct builder *builder, const struct comment_info *info)
{
    builder_end_block(builder);
    if (builder->told && builder_tail(builder) >= builder->next_told)
        builder_tell(builder);
    uint32_t index = builder->built.counts[REGION_COMMENTS];
    uint32_t deepest = (uint32_t)builder->path.count;
    uint32_t depth = info->depth < deepest ? info->depth : deepest;
    builder_close_path(builder, depth);
    if (builder_tail(builder) || index)
        builder_separate(builder);
    struct comment comment = {.parent = depth ? builder->path.items[depth - 1] : DOCUMENT_NONE,
                              .depth = depth,
                              .time = time_in_bounds(info->time),
                              .score = info->score,
                              .state = (uint8_t)info->state,
                              .zone_unknown = info->zone_unknown,
                              .first_block = builder->built.counts[REGION_BLOCKS]};
    comment.name = builder_line(builder, info->name ? info->name : "", info->name_length);
    comment.text = (struct range){comment.name.end, comment.name.end};
    comment.author = builder_author(builder, comment.name);
    if (info->id_length)
        comment.id = builder_string(builder, info->id, info->id_length);
    if (builder_add(builder, REGION_COMMENTS, &comment, 1) == DOCUMENT_NONE)
        return index ? index - 1 : 0;
    if (depth == 0)
        builder_add(builder, REGION_ROOTS, &index, 1);
    vector_push(&builder->path, index);
    return index;
}

struct document *builder_finish(struct builder *builder)
{
    builder_end_block(builder);
    builder_close_path(builder, 0);
    image_publish(builder->document->image, &builder->built);
    struct document *document = builder->document;
    if (!builder->lent)
        document_seal(document);
    builder_release(builder);
    return document;
}
