/* --dump=json: the whole document and what was found in it, as one object. */
#include "json.h"

#include "internal.h"

#include <string.h>

static const char *const block_names[BLOCK_KINDS] = {
    [BLOCK_PARAGRAPH] = "paragraph", [BLOCK_HEADING] = "heading", [BLOCK_QUOTE] = "quote",
    [BLOCK_LIST_ITEM] = "item",      [BLOCK_CODE] = "code",       [BLOCK_CAPTION] = "caption",
    [BLOCK_TABLE] = "table",         [BLOCK_RULE] = "rule",       [BLOCK_SIGNATURE] = "signature",
};

static const char *const state_names[COMMENT_STATES] = {
    [COMMENT_NORMAL] = "normal",       [COMMENT_DELETED] = "deleted",
    [COMMENT_REMOVED] = "removed",     [COMMENT_DEAD] = "dead",
    [COMMENT_COLLAPSED] = "collapsed", [COMMENT_PLACEHOLDER] = "placeholder",
    [COMMENT_STUB] = "stub",
};

static void put_range(yajl_gen json, const char *key, const struct document *document,
                      struct range range)
{
    json_key(json, key);
    json_text_or_null(json, document_text(document, NULL) + range.start, range.end - range.start);
}

static void put_meta(yajl_gen json, const char *key, const struct document *document,
                     enum document_string which)
{
    size_t length;
    const char *text = document_meta(document, which, &length);
    json_key(json, key);
    json_text_or_null(json, text, length);
}

static void put_time(yajl_gen json, const char *key, int64_t time)
{
    char text[TIME_RFC_3339];
    json_key(json, key);
    if (time_rfc_3339(text, time))
        json_text(json, text);
    else
        yajl_gen_null(json);
}

static void put_text(yajl_gen json, const struct document *document, struct range range)
{
    json_key(json, "text");
    json_string(json, document_text(document, NULL) + range.start, range.end - range.start);
}

static void put_blocks(yajl_gen json, const struct findings *findings)
{
    const struct document *document = findings->document;
    const struct block *blocks = document_blocks(document, NULL);
    uint32_t base = offsets_points(&findings->offsets, document_article(document).start);
    json_key(json, "blocks");
    yajl_gen_array_open(json);
    uint32_t count = findings->slice.article ? document_article_blocks(document) : 0;
    for (uint32_t at = 0; at < count; at++) {
        yajl_gen_map_open(json);
        json_key(json, "kind");
        json_text(json, block_names[blocks[at].kind]);
        json_key(json, "start");
        yajl_gen_integer(json, offsets_points(&findings->offsets, blocks[at].start) - base);
        json_key(json, "end");
        yajl_gen_integer(json, offsets_points(&findings->offsets, blocks[at].end) - base);
        yajl_gen_map_close(json);
    }
    yajl_gen_array_close(json);
}

static void put_article(yajl_gen json, const struct findings *findings)
{
    const struct document *document = findings->document;
    json_key(json, "article");
    yajl_gen_map_open(json);
    put_range(json, "title", document, document_title(document));
    put_range(json, "byline", document, document_byline(document));
    put_time(json, "published", document_published(document));
    put_meta(json, "site", document, STRING_SITE);
    put_meta(json, "url", document, STRING_URL);
    put_text(json, document,
             findings->slice.article ? document_article(document) : (struct range){0});
    put_blocks(json, findings);
    yajl_gen_map_close(json);
}

static void put_comment(yajl_gen json, const struct document *document, uint32_t index)
{
    const struct comment *comment = &document_comments(document, NULL)[index];
    yajl_gen_map_open(json);
    json_key(json, "id");
    json_item(json, document, index);
    json_key(json, "parent");
    if (comment->parent == DOCUMENT_NONE)
        yajl_gen_null(json);
    else
        json_item(json, document, comment->parent);
    put_range(json, "author", document, comment->name);
    put_time(json, "published", comment->time);
    json_key(json, "score");
    if (comment->score == SCORE_NONE)
        yajl_gen_null(json);
    else
        yajl_gen_integer(json, comment->score);
    json_key(json, "depth");
    yajl_gen_integer(json, comment->depth);
    json_key(json, "state");
    json_text(json, state_names[comment->state]);
    put_text(json, document, comment->text);
    yajl_gen_map_close(json);
}

static void put_comments(yajl_gen json, const struct document *document, struct slice slice)
{
    json_key(json, "comments");
    yajl_gen_array_open(json);
    for (uint32_t at = slice.first; at < slice.end; at++)
        put_comment(json, document, at);
    yajl_gen_array_close(json);
    int64_t stated = document_stated_comments(document);
    json_key(json, "stated_comments");
    if (stated < 0)
        yajl_gen_null(json);
    else
        yajl_gen_integer(json, stated);
}

static void choose_quotes(struct bitset *chosen, const struct export_request *request)
{
    struct bitset speakers = {0};
    uint32_t count = (uint32_t)request->annotations->quotes.count;
    speaker_find(&speakers, request);
    bitset_resize(chosen, count);
    for (uint32_t at = 0; at < count; at++)
        if (speaker_is_wanted(&speakers, request, &request->annotations->quotes.items[at]))
            bitset_put(chosen, at, true);
    bitset_release(&speakers);
}

void export_json(const struct export_request *request)
{
    struct findings findings = {
        .found = request->annotations, .document = request->document, .slice = slice_of(request)};
    struct bitset chosen = {0};
    uint32_t length;
    const char *text = document_text(request->document, &length);
    offsets_build(&findings.offsets, text, length);
    choose_quotes(&chosen, request);
    findings.quotes = &chosen;

    yajl_gen json = json_open(request->out);
    yajl_gen_map_open(json);
    json_key(json, "hearsay");
    yajl_gen_integer(json, 1);
    put_meta(json, "format", request->document, STRING_FORMAT);
    put_article(json, &findings);
    put_comments(json, request->document, findings.slice);
    json_entities(json, &findings);
    json_quotes(json, &findings);
    json_passages(json, &findings);
    yajl_gen_map_close(json);
    json_close(json, request->out);
    bitset_release(&chosen);
    offsets_release(&findings.offsets);
}
