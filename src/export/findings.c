/*
 * What was found, as JSON. Annotations hold byte offsets of one long text, and JSON wants code
 * points of each item's own:
 *
 *      pool     title  article ........  name  comment 0 ....  name  comment 1 ...
 *      item            0 1 2 3                 0 1 2 3               0 1 2
 *
 * What lies in a title or in a name belongs to no item's text and is left out; so is what lies
 * outside of the part of the document that is written.
 */
#include "json.h"

#include "hearsay/document.h"

#include <stdlib.h>

/* ---- places ---------------------------------------------------------------------- */

static struct range item_text(const struct findings *findings, uint32_t comment)
{
    if (!findings->document)
        return (struct range){0, findings->offsets.length};
    const struct slice *slice = &findings->slice;
    bool inside =
        comment == DOCUMENT_NONE ? slice->article : comment >= slice->first && comment < slice->end;
    if (!inside)
        return (struct range){0};
    if (comment == DOCUMENT_NONE)
        return document_article(findings->document);
    return document_comments(findings->document, NULL)[comment].text;
}

static bool is_inside(struct range outer, struct range inner)
{
    return outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
}

static struct range in_points(const struct findings *findings, struct range item,
                              struct range range)
{
    uint32_t base = offsets_points(&findings->offsets, item.start);
    return (struct range){offsets_points(&findings->offsets, range.start) - base,
                          offsets_points(&findings->offsets, range.end) - base};
}

static void json_pair(yajl_gen json, struct range points)
{
    yajl_gen_array_open(json);
    yajl_gen_integer(json, points.start);
    yajl_gen_integer(json, points.end);
    yajl_gen_array_close(json);
}

static void json_member(yajl_gen json, const char *key, uint32_t number)
{
    json_key(json, key);
    yajl_gen_integer(json, number);
}

/* [start, end], or null for what is empty or stands elsewhere. */
static void json_place(yajl_gen json, const struct findings *findings, struct range item,
                       struct range range)
{
    if (range_is_empty(range) || !is_inside(item, range))
        yajl_gen_null(json);
    else
        json_pair(json, in_points(findings, item, range));
}

static void json_range_text(yajl_gen json, const struct findings *findings, struct range range)
{
    uint32_t length = range_is_empty(range) ? 0 : range.end - range.start;
    json_text_or_null(json, findings->offsets.text + range.start, length);
}

void json_item(yajl_gen json, const struct document *document, uint32_t comment)
{
    char number[16];
    if (comment == DOCUMENT_NONE) {
        json_text(json, "article");
        return;
    }
    struct string_ref id = document_comments(document, NULL)[comment].id;
    size_t length;
    const char *text = document_string(document, id, &length);
    if (length)
        json_string(json, text, length);
    else
        json_text(json, document_comment_id(document, comment, number, sizeof number));
}

static void json_in(yajl_gen json, const struct findings *findings, uint32_t comment)
{
    if (!findings->document)
        return;
    json_key(json, "in");
    json_item(json, findings->document, comment);
}

/* ---- entities -------------------------------------------------------------------- */

/* Mentions stand in the text's order; here they are grouped: `first[e]` to `first[e + 1]` are the
 * places in `order` that name the mentions of entity e. */
struct groups {
    uint32_t *first, *order;
};

static struct groups group_mentions(const struct annotations *found)
{
    size_t entities = found->entities.count, mentions = found->mentions.count;
    struct groups groups = {xcalloc(entities + 2, sizeof(uint32_t)),
                            xcalloc(mentions + 1, sizeof(uint32_t))};
    uint32_t *next = groups.first + 1; /* while filling, next[e] is where e's next one goes */
    for (size_t at = 0; at < mentions; at++)
        groups.first[found->mentions.items[at].entity + 2]++;
    for (size_t at = 1; at < entities + 2; at++)
        groups.first[at] += groups.first[at - 1];
    for (uint32_t at = 0; at < mentions; at++)
        groups.order[next[found->mentions.items[at].entity]++] = at;
    return groups;
}

static void json_mention(yajl_gen json, const struct findings *findings,
                         const struct mention *mention)
{
    struct range place = {mention->start, mention->end};
    struct range item = item_text(findings, mention->comment);
    if (!is_inside(item, place))
        return;
    struct range points = in_points(findings, item, place);
    yajl_gen_map_open(json);
    json_in(json, findings, mention->comment);
    json_member(json, "start", points.start);
    json_member(json, "end", points.end);
    yajl_gen_map_close(json);
}

static bool is_written(const struct findings *findings, uint32_t comment, struct range place)
{
    return is_inside(item_text(findings, comment), place);
}

/* The entities that have to do with the part that is written: named there, or speaking. */
static void find_concerned(const struct findings *findings, struct bitset *concerned)
{
    const struct annotations *found = findings->found;
    bitset_resize(concerned, (uint32_t)found->entities.count);
    for (size_t at = 0; at < found->mentions.count; at++) {
        const struct mention *mention = &found->mentions.items[at];
        struct range place = {mention->start, mention->end};
        if (is_written(findings, mention->comment, place))
            bitset_put(concerned, mention->entity, true);
    }
    for (uint32_t at = 0; at < found->quotes.count; at++) {
        const struct quote *quote = &found->quotes.items[at];
        if (quote->speaker == ENTITY_NONE ||
            !is_written(findings, quote->comment, quote_extent(found, at)))
            continue;
        bitset_put(concerned, quote->speaker, true);
        if (quote->partner != ENTITY_NONE)
            bitset_put(concerned, quote->partner, true);
    }
}

/* All of them where all of the text is written. */
static bool is_whole(const struct findings *findings)
{
    uint32_t count = 0;
    if (findings->document)
        document_comments(findings->document, &count);
    return !findings->document ||
           (findings->slice.article && findings->slice.end - findings->slice.first == count);
}

void json_entities(yajl_gen json, const struct findings *findings)
{
    const struct annotations *found = findings->found;
    struct groups groups = group_mentions(found);
    struct bitset concerned = {0};
    bool whole = is_whole(findings);
    find_concerned(findings, &concerned);
    json_key(json, "entities");
    yajl_gen_array_open(json);
    for (uint32_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        if (!whole && !bitset_get(&concerned, at))
            continue;
        yajl_gen_map_open(json);
        json_member(json, "id", at);
        json_key(json, "name");
        json_string(json, findings->offsets.text + entity->name.start,
                    entity->name.end - entity->name.start);
        json_key(json, "type");
        json_text(json, entity_type_name(entity->type));
        json_key(json, "role");
        json_range_text(json, findings, entity->role);
        json_key(json, "mentions");
        yajl_gen_array_open(json);
        for (uint32_t i = groups.first[at]; i < groups.first[at + 1]; i++)
            json_mention(json, findings, &found->mentions.items[groups.order[i]]);
        yajl_gen_array_close(json);
        yajl_gen_map_close(json);
    }
    yajl_gen_array_close(json);
    bitset_release(&concerned);
    free(groups.first);
    free(groups.order);
}

/* ---- quotes ---------------------------------------------------------------------- */

/* Four decimals, made from whole numbers: neither locale nor binary fractions show. */
static void json_probability(yajl_gen json, float probability)
{
    char text[16];
    float sure = probability > 0 ? probability : 0; /* no number at all counts as 0 */
    long parts = (long)((sure < 1 ? sure : 1) * 10000 + 0.5f);
    int length = snprintf(text, sizeof text, "%ld.%04ld", parts / 10000, parts % 10000);
    while (length > 3 && text[length - 1] == '0')
        length--;
    yajl_gen_number(json, text, (size_t)length);
}

static void json_words(yajl_gen json, const struct findings *findings, const struct quote *quote)
{
    struct buffer words = {0};
    for (uint32_t at = 0; at < quote->span_count; at++) {
        struct range span = findings->found->spans.items[quote->first_span + at];
        if (at)
            buffer_addc(&words, ' ');
        buffer_add(&words, findings->offsets.text + span.start, span.end - span.start);
    }
    json_string(json, buffer_string(&words), words.length);
    buffer_release(&words);
}

static void json_speaker(yajl_gen json, const struct findings *findings, const struct quote *quote,
                         struct range item)
{
    json_key(json, "speaker");
    if (quote->speaker != ENTITY_NONE)
        yajl_gen_integer(json, quote->speaker);
    else
        yajl_gen_null(json);
    if (quote->partner != ENTITY_NONE) {
        json_key(json, "partner");
        yajl_gen_integer(json, quote->partner);
    }
    json_key(json, "speaker_text");
    json_range_text(json, findings, quote->speaker_text);
    json_key(json, "speaker_span");
    json_place(json, findings, item, quote->speaker_text);
    json_key(json, "cue");
    json_place(json, findings, item, quote->cue);
    json_key(json, "confidence");
    json_probability(json, quote->probability);
}

static void json_quote(yajl_gen json, const struct findings *findings, const struct quote *quote)
{
    const struct range *spans = findings->found->spans.items + quote->first_span;
    struct range item = item_text(findings, quote->comment);
    yajl_gen_map_open(json);
    json_in(json, findings, quote->comment);
    json_key(json, "kind");
    json_text(json, quote_kind_name(quote->kind));
    json_key(json, "spans");
    yajl_gen_array_open(json);
    for (uint32_t at = 0; at < quote->span_count; at++)
        json_pair(json, in_points(findings, item, spans[at]));
    yajl_gen_array_close(json);
    json_key(json, "text");
    json_words(json, findings, quote);
    json_speaker(json, findings, quote, item);
    yajl_gen_map_close(json);
}

void json_quotes(yajl_gen json, const struct findings *findings)
{
    const struct annotations *found = findings->found;
    json_key(json, "quotes");
    yajl_gen_array_open(json);
    for (uint32_t at = 0; at < found->quotes.count; at++) {
        const struct quote *quote = &found->quotes.items[at];
        bool wanted = !findings->quotes || bitset_get(findings->quotes, at);
        if (wanted && is_inside(item_text(findings, quote->comment), quote_extent(found, at)))
            json_quote(json, findings, quote);
    }
    yajl_gen_array_close(json);
}

/* ---- passages -------------------------------------------------------------------- */

static void json_passage(yajl_gen json, const struct findings *findings,
                         const struct passage *passage)
{
    struct range here = {passage->start, passage->end};
    struct range there = {passage->target_start, passage->target_end};
    struct range item = item_text(findings, passage->comment);
    struct range target = item_text(findings, passage->target_comment);
    if (!is_inside(item, here) || !is_inside(target, there))
        return;
    here = in_points(findings, item, here);
    there = in_points(findings, target, there);
    yajl_gen_map_open(json);
    json_key(json, "comment");
    json_item(json, findings->document, passage->comment);
    json_member(json, "start", here.start);
    json_member(json, "end", here.end);
    json_in(json, findings, passage->target_comment);
    json_member(json, "target_start", there.start);
    json_member(json, "target_end", there.end);
    yajl_gen_map_close(json);
}

void json_passages(yajl_gen json, const struct findings *findings)
{
    json_key(json, "passages");
    yajl_gen_array_open(json);
    for (size_t at = 0; at < findings->found->passages.count; at++)
        json_passage(json, findings, &findings->found->passages.items[at]);
    yajl_gen_array_close(json);
}
