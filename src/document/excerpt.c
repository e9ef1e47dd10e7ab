/* A comment and what hangs below it -> a document of its own. Its text passes the door again. */
#include "hearsay/document.h"

#include <string.h>

struct excerpt {
    const struct document *from;
    const char *text;
    const struct block *blocks;
    const struct run *runs;
    uint32_t run, run_count; /* the next run, as blocks are copied in order */
    struct builder *builder;
};

static uint32_t copy_link(struct excerpt *excerpt, uint32_t link)
{
    size_t length;
    if (link == DOCUMENT_NONE)
        return DOCUMENT_NONE;
    struct string_ref ref = document_links(excerpt->from, NULL)[link];
    const char *address = document_string(excerpt->from, ref, &length);
    return builder_link(excerpt->builder, address, length);
}

static void copy_run(struct excerpt *excerpt, const struct run *run)
{
    uint32_t link = copy_link(excerpt, run->link);
    for (unsigned kind = 0; kind < RUN_KINDS; kind++)
        if (run->kinds & 1u << kind)
            builder_run(excerpt->builder, (enum run_kind)kind,
                        kind == RUN_LINK ? link : DOCUMENT_NONE);
    builder_text(excerpt->builder, excerpt->text + run->start, run->end - run->start);
    for (unsigned kind = RUN_KINDS; kind-- > 0;)
        if (run->kinds & 1u << kind)
            builder_run_end(excerpt->builder, (enum run_kind)kind);
}

static void copy_block(struct excerpt *excerpt, const struct block *block)
{
    uint32_t at = block->start;
    builder_block(excerpt->builder, (enum block_kind)block->kind, block->level, block->number);
    for (; excerpt->run < excerpt->run_count && excerpt->runs[excerpt->run].end <= block->end;
         excerpt->run++) {
        const struct run *run = &excerpt->runs[excerpt->run];
        if (run->start < at)
            continue; /* of a block that was left out */
        builder_text(excerpt->builder, excerpt->text + at, run->start - at);
        copy_run(excerpt, run);
        at = run->end;
    }
    builder_text(excerpt->builder, excerpt->text + at, block->end - at);
}

static void copy_blocks(struct excerpt *excerpt, const struct comment *item, uint32_t skip)
{
    for (uint32_t at = skip; at < item->block_count; at++)
        copy_block(excerpt, &excerpt->blocks[item->first_block + at]);
}

static void copy_comment(struct excerpt *excerpt, uint32_t index, uint32_t depth)
{
    char id[256];
    const struct comment *comment = &document_comments(excerpt->from, NULL)[index];
    document_comment_id(excerpt->from, index, id, sizeof id);
    struct comment_info info = {.name = excerpt->text + comment->name.start,
                                .name_length = comment->name.end - comment->name.start,
                                .id = id,
                                .id_length = strlen(id),
                                .depth = depth,
                                .time = comment->time,
                                .score = comment->score,
                                .state = (enum comment_state)comment->state,
                                .zone_unknown = comment->zone_unknown != 0};
    builder_comment(excerpt->builder, &info);
    copy_blocks(excerpt, comment, 0);
}

struct range document_item_title(const struct document *document, uint32_t comment)
{
    const struct comment *item = &document_comments(document, NULL)[comment];
    const struct block *first = &document_blocks(document, NULL)[item->first_block];
    if (item->block_count == 0)
        return item->text;
    struct range title = {first->start, first->end};
    const char *text = document_text(document, NULL);
    const char *line = memchr(text + title.start, '\n', title.end - title.start);
    title.end = line ? (uint32_t)(line - text) : title.end;
    return title;
}

static bool has_heading(const struct excerpt *excerpt, const struct comment *item)
{
    return item->block_count && excerpt->blocks[item->first_block].kind == BLOCK_HEADING;
}

static void copy_head(struct excerpt *excerpt, uint32_t index, const struct comment *item)
{
    static const enum document_string kept[] = {STRING_FORMAT, STRING_NOTE};
    struct builder *builder = excerpt->builder;
    size_t length;
    char id[1024];
    for (size_t at = 0; at < ARRAY_LENGTH(kept); at++) {
        const char *string = document_meta(excerpt->from, kept[at], &length);
        builder_meta(builder, kept[at], string, length);
    }
    struct range site = document_title(excerpt->from);
    builder_meta(builder, STRING_SITE, excerpt->text + site.start, site.end - site.start);
    document_comment_id(excerpt->from, index, id, sizeof id);
    if (strncmp(id, "http", 4) == 0) /* many a feed has the address for an id */
        builder_meta(builder, STRING_URL, id, strlen(id));
    builder_published(builder, item->time);
    if (has_heading(excerpt, item)) {
        struct range title = document_item_title(excerpt->from, index);
        builder_title(builder, excerpt->text + title.start, title.end - title.start);
    }
    if (!range_is_empty(item->name))
        builder_byline(builder, excerpt->text + item->name.start,
                       item->name.end - item->name.start);
}

struct document *document_excerpt(const struct document *from, uint32_t index, struct error *error)
{
    const struct comment *comments = document_comments(from, NULL), *item = &comments[index];
    uint32_t end = document_subtree_end(from, index);
    struct excerpt excerpt = {.from = from,
                              .text = document_text(from, NULL),
                              .blocks = document_blocks(from, NULL),
                              .run = document_run_from(from, item->name.start)};
    excerpt.runs = document_runs(from, &excerpt.run_count);
    excerpt.builder = builder_new(comments[end - 1].text.end - item->name.start, error);
    if (!excerpt.builder)
        return NULL;
    copy_head(&excerpt, index, item);
    copy_blocks(&excerpt, item, has_heading(&excerpt, item) ? 1 : 0);
    for (uint32_t at = index + 1; at < end; at++)
        copy_comment(&excerpt, at, comments[at].depth - item->depth - 1);
    return builder_finish(excerpt.builder);
}
