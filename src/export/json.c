/*
 * JSON, through yajl's generator. Offsets count code points of the item they are in: what stands in
 * front of the item is taken off. What is found in the title or in a comment's name has no place in
 * this form and is left out.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- the generator ------------------------------------------------------------------ */

static void json_print(void *out, const char *text, size_t length)
{
    fwrite(text, 1, length, out);
}

yajl_gen json_generator(FILE *out)
{
    yajl_gen generator = yajl_gen_alloc(NULL);
    if (!generator)
        memory_exhausted();
    yajl_gen_config(generator, yajl_gen_print_callback, json_print, out);
    return generator;
}

void json_bytes(yajl_gen generator, const char *text, size_t length)
{
    yajl_gen_string(generator, (const unsigned char *)text, length);
}

void json_key(yajl_gen generator, const char *key)
{
    json_bytes(generator, key, strlen(key));
}

static void json_string(yajl_gen generator, const char *string)
{
    json_bytes(generator, string, strlen(string));
}

/* A range of the text, null where it is empty. */
static void json_range(const struct json *json, struct range range)
{
    if (range_is_empty(range))
        yajl_gen_null(json->generator);
    else
        json_bytes(json->generator, json->points.text + range.start, range.end - range.start);
}

static void json_meta(const struct json *json, const char *key, enum document_string which)
{
    size_t length;
    const char *text = document_meta(json->document, which, &length);
    json_key(json->generator, key);
    if (length)
        json_bytes(json->generator, text, length);
    else
        yajl_gen_null(json->generator);
}

static void json_number(yajl_gen generator, const char *key, int64_t number)
{
    json_key(generator, key);
    yajl_gen_integer(generator, number);
}

/* RFC 3339 in UTC; years that it cannot write are unknown. */
static void json_time(yajl_gen generator, int64_t time)
{
    time_t seconds = (time_t)time;
    struct tm parts;
    char text[32];
    bool known = time != TIME_NONE && gmtime_r(&seconds, &parts) && parts.tm_year + 1900 >= 0 &&
                 parts.tm_year + 1900 <= 9999;
    json_key(generator, "published");
    if (known && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts))
        json_string(generator, text);
    else
        yajl_gen_null(generator);
}

/* ---- items and offsets -------------------------------------------------------------- */

/* The text of an item; the whole of a bare text. */
static struct range json_item(const struct json *json, uint32_t comment)
{
    if (!json->document)
        return (struct range){0, json->points.length};
    if (comment == DOCUMENT_NONE)
        return document_article(json->document);
    return document_comments(json->document, NULL)[comment].text;
}

static bool json_holds(const struct json *json, uint32_t comment, struct range range)
{
    struct range item = json_item(json, comment);
    return item.start <= range.start && range.end <= item.end;
}

static int64_t json_offset(const struct json *json, uint32_t comment, uint32_t byte)
{
    return (int64_t)points_before(&json->points, byte) -
           (int64_t)points_before(&json->points, json_item(json, comment).start);
}

static void json_offsets(const struct json *json, uint32_t comment, struct range range)
{
    yajl_gen_integer(json->generator, json_offset(json, comment, range.start));
    yajl_gen_integer(json->generator, json_offset(json, comment, range.end));
}

/* [start, end], null for an empty range or one outside of the item. */
static void json_pair(const struct json *json, const char *key, uint32_t comment,
                      struct range range)
{
    json_key(json->generator, key);
    if (range_is_empty(range) || !json_holds(json, comment, range)) {
        yajl_gen_null(json->generator);
        return;
    }
    yajl_gen_array_open(json->generator);
    json_offsets(json, comment, range);
    yajl_gen_array_close(json->generator);
}

static void json_id(const struct json *json, uint32_t comment)
{
    struct string_ref ref = document_comments(json->document, NULL)[comment].id;
    char number[16];
    size_t length;
    const char *id = document_string(json->document, ref, &length);
    if (length)
        json_bytes(json->generator, id, length);
    else
        json_string(json->generator,
                    document_comment_id(json->document, comment, number, sizeof number));
}

static void json_in(const struct json *json, const char *key, uint32_t comment)
{
    if (!json->document)
        return;
    json_key(json->generator, key);
    if (comment == DOCUMENT_NONE)
        json_string(json->generator, "article");
    else
        json_id(json, comment);
}

/* ---- what was found ----------------------------------------------------------------- */

/* Mentions stand in the text's order; each entity's are gathered by one pass over links. */
struct chains {
    uint32_t *first; /* of each entity, as number + 1; 0: none */
    uint32_t *next;  /* of each mention, the same */
};

static struct chains chain_mentions(const struct annotations *found)
{
    struct chains chains = {xcalloc(found->entities.count, sizeof *chains.first),
                            xcalloc(found->mentions.count, sizeof *chains.next)};
    for (size_t at = found->mentions.count; at-- > 0;) {
        uint32_t entity = found->mentions.items[at].entity;
        if (entity >= found->entities.count)
            continue;
        chains.next[at] = chains.first[entity];
        chains.first[entity] = (uint32_t)at + 1;
    }
    return chains;
}

static void json_mention(const struct json *json, const struct mention *mention)
{
    struct range range = {mention->start, mention->end};
    if (!json_holds(json, mention->comment, range))
        return;
    yajl_gen_map_open(json->generator);
    json_in(json, "in", mention->comment);
    json_number(json->generator, "start", json_offset(json, mention->comment, range.start));
    json_number(json->generator, "end", json_offset(json, mention->comment, range.end));
    yajl_gen_map_close(json->generator);
}

static void json_entity(const struct json *json, uint32_t index, const struct chains *chains)
{
    const struct entity *entity = &json->found->entities.items[index];
    yajl_gen_map_open(json->generator);
    json_number(json->generator, "id", index);
    json_key(json->generator, "name");
    json_range(json, entity->name);
    json_key(json->generator, "type");
    json_string(json->generator, entity_type_name((enum entity_type)entity->type));
    json_key(json->generator, "role");
    json_range(json, entity->role);
    json_key(json->generator, "mentions");
    yajl_gen_array_open(json->generator);
    for (uint32_t at = chains->first[index]; at; at = chains->next[at - 1])
        json_mention(json, &json->found->mentions.items[at - 1]);
    yajl_gen_array_close(json->generator);
    yajl_gen_map_close(json->generator);
}

void json_entities(const struct json *json)
{
    struct chains chains = chain_mentions(json->found);
    json_key(json->generator, "entities");
    yajl_gen_array_open(json->generator);
    for (uint32_t at = 0; at < json->found->entities.count; at++)
        json_entity(json, at, &chains);
    yajl_gen_array_close(json->generator);
    free(chains.first);
    free(chains.next);
}

/* The words of all spans, joined by blanks. */
static void json_words(const struct json *json, const struct quote *quote)
{
    struct buffer text = {0};
    const struct range *spans = &json->found->spans.items[quote->first_span];
    for (uint32_t at = 0; at < quote->span_count; at++) {
        if (at)
            buffer_addc(&text, ' ');
        buffer_add(&text, json->points.text + spans[at].start, spans[at].end - spans[at].start);
    }
    json_key(json->generator, "text");
    json_bytes(json->generator, buffer_string(&text), text.length);
    buffer_release(&text);
}

static void json_spans(const struct json *json, const struct quote *quote)
{
    const struct range *spans = &json->found->spans.items[quote->first_span];
    json_key(json->generator, "spans");
    yajl_gen_array_open(json->generator);
    for (uint32_t at = 0; at < quote->span_count; at++) {
        yajl_gen_array_open(json->generator);
        json_offsets(json, quote->comment, spans[at]);
        yajl_gen_array_close(json->generator);
    }
    yajl_gen_array_close(json->generator);
}

static bool quote_is_inside(const struct json *json, const struct quote *quote)
{
    const struct range *spans = &json->found->spans.items[quote->first_span];
    for (uint32_t at = 0; at < quote->span_count; at++)
        if (!json_holds(json, quote->comment, spans[at]))
            return false;
    return quote->span_count > 0;
}

static void json_quote(const struct json *json, const struct quote *quote)
{
    yajl_gen_map_open(json->generator);
    json_in(json, "in", quote->comment);
    json_key(json->generator, "kind");
    json_string(json->generator, quote_kind_name((enum quote_kind)quote->kind));
    json_spans(json, quote);
    json_words(json, quote);
    json_key(json->generator, "speaker");
    if (quote->speaker < json->found->entities.count)
        yajl_gen_integer(json->generator, quote->speaker);
    else
        yajl_gen_null(json->generator);
    json_key(json->generator, "speaker_text");
    json_range(json, quote->speaker_text);
    json_pair(json, "speaker_span", quote->comment, quote->speaker_text);
    json_pair(json, "cue", quote->comment, quote->cue);
    json_key(json->generator, "confidence");
    yajl_gen_double(json->generator, (double)(int)(quote->probability * 1000 + 0.5F) / 1000);
    yajl_gen_map_close(json->generator);
}

void json_quotes(const struct json *json)
{
    json_key(json->generator, "quotes");
    yajl_gen_array_open(json->generator);
    for (size_t at = 0; at < json->found->quotes.count; at++)
        if (quote_is_inside(json, &json->found->quotes.items[at]))
            json_quote(json, &json->found->quotes.items[at]);
    yajl_gen_array_close(json->generator);
}

static void json_passages(const struct json *json)
{
    json_key(json->generator, "passages");
    yajl_gen_array_open(json->generator);
    for (size_t at = 0; at < json->found->passages.count; at++) {
        const struct passage *passage = &json->found->passages.items[at];
        struct range here = {passage->start, passage->end};
        struct range there = {passage->target_start, passage->target_end};
        if (!json_holds(json, passage->comment, here) ||
            !json_holds(json, passage->target_comment, there))
            continue;
        yajl_gen_map_open(json->generator);
        json_in(json, "comment", passage->comment);
        json_number(json->generator, "start", json_offset(json, passage->comment, here.start));
        json_number(json->generator, "end", json_offset(json, passage->comment, here.end));
        json_in(json, "in", passage->target_comment);
        json_number(json->generator, "target_start",
                    json_offset(json, passage->target_comment, there.start));
        json_number(json->generator, "target_end",
                    json_offset(json, passage->target_comment, there.end));
        yajl_gen_map_close(json->generator);
    }
    yajl_gen_array_close(json->generator);
}

/* ---- the document ------------------------------------------------------------------- */

static const char *block_name(enum block_kind kind)
{
    static const char *const names[BLOCK_KINDS] = {
        [BLOCK_PARAGRAPH] = "paragraph", [BLOCK_HEADING] = "heading",
        [BLOCK_QUOTE] = "quote",         [BLOCK_LIST_ITEM] = "list-item",
        [BLOCK_CODE] = "code",           [BLOCK_CAPTION] = "caption",
        [BLOCK_TABLE] = "table",         [BLOCK_RULE] = "rule",
        [BLOCK_SIGNATURE] = "signature",
    };
    return names[kind];
}

static void json_blocks(const struct json *json)
{
    const struct block *blocks = document_blocks(json->document, NULL);
    uint32_t count = document_article_blocks(json->document);
    json_key(json->generator, "blocks");
    yajl_gen_array_open(json->generator);
    for (uint32_t at = 0; at < count; at++) {
        yajl_gen_map_open(json->generator);
        json_key(json->generator, "kind");
        json_string(json->generator, block_name((enum block_kind)blocks[at].kind));
        json_number(json->generator, "start", json_offset(json, DOCUMENT_NONE, blocks[at].start));
        json_number(json->generator, "end", json_offset(json, DOCUMENT_NONE, blocks[at].end));
        yajl_gen_map_close(json->generator);
    }
    yajl_gen_array_close(json->generator);
}

static void json_article(const struct json *json)
{
    struct range text = document_article(json->document);
    json_key(json->generator, "article");
    yajl_gen_map_open(json->generator);
    json_key(json->generator, "title");
    json_range(json, document_title(json->document));
    json_key(json->generator, "byline");
    json_range(json, document_byline(json->document));
    json_time(json->generator, document_published(json->document));
    json_meta(json, "site", STRING_SITE);
    json_meta(json, "url", STRING_URL);
    json_key(json->generator, "text");
    json_bytes(json->generator, json->points.text + text.start, text.end - text.start);
    json_blocks(json);
    yajl_gen_map_close(json->generator);
}

static void json_comment(const struct json *json, uint32_t index)
{
    static const char *const states[COMMENT_STATES] = {
        [COMMENT_NORMAL] = "normal",       [COMMENT_DELETED] = "deleted",
        [COMMENT_REMOVED] = "removed",     [COMMENT_DEAD] = "dead",
        [COMMENT_COLLAPSED] = "collapsed", [COMMENT_PLACEHOLDER] = "placeholder",
        [COMMENT_STUB] = "stub",
    };
    const struct comment *comment = &document_comments(json->document, NULL)[index];
    yajl_gen_map_open(json->generator);
    json_key(json->generator, "id");
    json_id(json, index);
    json_key(json->generator, "parent");
    if (comment->parent == DOCUMENT_NONE)
        yajl_gen_null(json->generator);
    else
        json_id(json, comment->parent);
    json_key(json->generator, "author");
    json_range(json, comment->name);
    json_time(json->generator, comment->time);
    json_key(json->generator, "score");
    if (comment->score == SCORE_NONE)
        yajl_gen_null(json->generator);
    else
        yajl_gen_integer(json->generator, comment->score);
    json_number(json->generator, "depth", comment->depth);
    json_key(json->generator, "state");
    json_string(json->generator, states[comment->state]);
    json_key(json->generator, "text");
    json_bytes(json->generator, json->points.text + comment->text.start,
               comment->text.end - comment->text.start);
    yajl_gen_map_close(json->generator);
}

static void json_comments(const struct json *json)
{
    uint32_t count;
    int64_t stated = document_stated_comments(json->document);
    document_comments(json->document, &count);
    json_key(json->generator, "comments");
    yajl_gen_array_open(json->generator);
    for (uint32_t at = 0; at < count; at++)
        json_comment(json, at);
    yajl_gen_array_close(json->generator);
    json_key(json->generator, "stated_comments");
    if (stated < 0)
        yajl_gen_null(json->generator);
    else
        yajl_gen_integer(json->generator, stated);
}

void export_json(const struct export_request *request)
{
    uint32_t length;
    const char *text = document_text(request->document, &length);
    struct json json = {.generator = json_generator(request->out),
                        .points = points_new(text, length),
                        .document = request->document,
                        .found = request->annotations};
    yajl_gen_map_open(json.generator);
    json_number(json.generator, "hearsay", 1);
    json_meta(&json, "format", STRING_FORMAT);
    json_article(&json);
    json_comments(&json);
    json_entities(&json);
    json_quotes(&json);
    json_passages(&json);
    yajl_gen_map_close(json.generator);
    fputc('\n', request->out);
    yajl_gen_free(json.generator);
    points_release(&json.points);
}
