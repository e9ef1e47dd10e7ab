/* The doors of the room, and the steps in order. */
#include "hearsay/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"

void analyse_source(const struct analyse_source *source, struct annotations *result)
{
    static void (*const steps[])(struct analysis *) = {
        analyse_tokens,   analyse_sentences, analyse_marks,   analyse_names,
        analyse_types,    analyse_entities,  analyse_sources, analyse_cues,
        analyse_speakers, analyse_indirect,  analyse_resolve, analyse_kinds,
    };
    struct analysis a;
    *result = (struct annotations){0};
    analyse_passages(source, result); /* first: its table is gone when the rest needs memory */
    analyse_replies(source, result);
    analyse_begin(&a, source);
    while (analyse_next_window(&a)) {
        for (size_t i = 0; i < ARRAY_LENGTH(steps); i++)
            steps[i](&a);
        analyse_result(&a, result);
        analyse_keep(&a);
    }
    analyse_finish(&a, result);
    analyse_release(&a);
}

/* ---- a document ------------------------------------------------------------------------------ */

void analyse_document(const struct document *document, struct annotations *result)
{
    struct analyse_source source = {0};
    uint32_t block_count, comment_count;
    const struct block *blocks = document_blocks(document, &block_count);
    const struct comment *comments = document_comments(document, &comment_count);
    struct range title = document_title(document);
    struct analyse_paragraph *paragraphs = xmalloc((block_count + 1) * sizeof *paragraphs);
    struct analyse_comment *names = xmalloc((comment_count + 1) * sizeof *names);
    source.text = document_text(document, &source.length);
    if (!range_is_empty(title))
        paragraphs[source.paragraph_count++] =
            (struct analyse_paragraph){title.start, title.end, DOCUMENT_NONE, BLOCK_HEADING, 1};
    uint32_t comment = 0, article_blocks = document_article_blocks(document);
    for (uint32_t i = 0; i < block_count; i++) {
        while (i >= article_blocks && comment + 1 < comment_count &&
               i >= comments[comment].first_block + comments[comment].block_count)
            comment++;
        uint32_t in = i < article_blocks ? DOCUMENT_NONE : comment;
        paragraphs[source.paragraph_count++] = (struct analyse_paragraph){
            blocks[i].start, blocks[i].end, in, blocks[i].kind, blocks[i].kind == BLOCK_HEADING};
    }
    for (uint32_t i = 0; i < comment_count; i++)
        names[i].name = comments[i].name;
    source.paragraphs = paragraphs;
    source.comments = names;
    source.comment_count = comment_count;
    analyse_source(&source, result);
    free(paragraphs);
    free(names);
}

/* ---- a bare text ----------------------------------------------------------------------------- */

/* A headline is short, has no end mark, and a blank line follows. */
static bool is_headline(const char *text, uint32_t start, uint32_t end, uint32_t length)
{
    if (end - start > 160 || end + 1 >= length || text[end + 1] != '\n')
        return false;
    return end > start && !strchr(".!?:;,", text[end - 1]);
}

struct analyse_paragraph *analyse_split(struct analyse_source *source)
{
    const char *text = source->text;
    uint32_t length = source->length;
    VECTOR(struct analyse_paragraph) paragraphs = {0};
    for (uint32_t at = 0; at < length;) {
        const char *newline = memchr(text + at, '\n', length - at);
        uint32_t end = newline ? (uint32_t)(newline - text) : length;
        if (end > at) {
            struct analyse_paragraph p = {at, end, DOCUMENT_NONE, BLOCK_PARAGRAPH, 0};
            p.is_title = paragraphs.count == 0 && is_headline(text, at, end, length);
            vector_push(&paragraphs, p);
        }
        at = end + 1;
    }
    source->paragraphs = paragraphs.items;
    source->paragraph_count = (uint32_t)paragraphs.count;
    return paragraphs.items;
}

void analyse_text(const char *text, uint32_t length, struct annotations *result)
{
    struct analyse_source source = {.text = text, .length = length};
    struct analyse_paragraph *paragraphs = analyse_split(&source);
    analyse_source(&source, result);
    free(paragraphs);
}

void annotations_release(struct annotations *annotations)
{
    vector_release(&annotations->quotes);
    vector_release(&annotations->spans);
    vector_release(&annotations->entities);
    vector_release(&annotations->mentions);
    vector_release(&annotations->passages);
    vector_release(&annotations->replies);
}

/* ---- finding --------------------------------------------------------------------------------- */

struct range quote_extent(const struct annotations *annotations, uint32_t quote)
{
    const struct quote *q = &annotations->quotes.items[quote];
    return (struct range){annotations->spans.items[q->first_span].start,
                          annotations->spans.items[q->first_span + q->span_count - 1].end};
}

/* Nested quotes end before the ones they are in, so ends alone are in no order. */
static uint32_t reach_of_quote(const struct annotations *annotations, uint32_t index)
{
    return annotations->quotes.items[index].reach;
}

static uint32_t end_of_mention(const struct annotations *annotations, uint32_t index)
{
    return annotations->mentions.items[index].end;
}

static uint32_t end_of_passage(const struct annotations *annotations, uint32_t index)
{
    return annotations->passages.items[index].end;
}

static uint32_t first_ending_after(const struct annotations *annotations, size_t count,
                                   uint32_t place,
                                   uint32_t (*end_of)(const struct annotations *, uint32_t))
{
    uint32_t low = 0, high = (uint32_t)count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (end_of(annotations, middle) <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t annotations_quote_from(const struct annotations *annotations, uint32_t place)
{
    return first_ending_after(annotations, annotations->quotes.count, place, reach_of_quote);
}

uint32_t annotations_mention_from(const struct annotations *annotations, uint32_t place)
{
    return first_ending_after(annotations, annotations->mentions.count, place, end_of_mention);
}

uint32_t annotations_passage_from(const struct annotations *annotations, uint32_t place)
{
    return first_ending_after(annotations, annotations->passages.count, place, end_of_passage);
}

const char *entity_type_name(enum entity_type type)
{
    static const char *const names[ENTITY_TYPES] = {"person", "organization", "place", "other"};
    return names[type];
}

const char *quote_kind_name(enum quote_kind kind)
{
    static const char *const names[QUOTE_KINDS] = {"direct", "indirect", "scare"};
    return names[kind];
}
