/* Quotes and entities, a line each, parted by tabs: made for grep, cut and sort. */
#include "internal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A range without what would break a line or a field. */
static void put_field(const struct export_request *request, struct range range)
{
    const char *text = document_text(request->document, NULL);
    for (uint32_t at = range.start; at < range.end; at++)
        fputc(text[at] == '\n' || text[at] == '\t' ? ' ' : text[at], request->out);
}

/* The name, or its last word, is `wanted`, capitals aside. */
static bool is_called(const struct export_request *request, struct range name, const char *wanted)
{
    const char *text = document_text(request->document, NULL) + name.start;
    size_t length = name.end - name.start, asked = strlen(wanted);
    if (asked == 0 || asked > length || strncasecmp(text + length - asked, wanted, asked) != 0)
        return false;
    return asked == length || text[length - asked - 1] == ' ';
}

static const struct entity *speaker_of(const struct export_request *request,
                                       const struct quote *quote)
{
    bool told = quote->confidence >= CONFIDENCE_LIKELY &&
                quote->speaker < request->annotations->entities.count;
    return told ? &request->annotations->entities.items[quote->speaker] : NULL;
}

static void put_quote(const struct export_request *request, const struct quote *quote)
{
    const struct entity *speaker = speaker_of(request, quote);
    const struct range *spans = &request->annotations->spans.items[quote->first_span];
    if (request->speaker && (!speaker || !is_called(request, speaker->name, request->speaker)))
        return;
    if (speaker)
        put_field(request, speaker->name);
    else
        fputc('?', request->out);
    for (uint32_t at = 0; at < quote->span_count; at++) {
        fputc(at ? ' ' : '\t', request->out);
        put_field(request, spans[at]);
    }
    fputc('\n', request->out);
}

void export_quotes(const struct export_request *request)
{
    const struct annotations *found = request->annotations;
    for (size_t at = 0; at < found->quotes.count; at++)
        if (found->quotes.items[at].kind == QUOTE_DIRECT)
            put_quote(request, &found->quotes.items[at]);
}

void export_entities(const struct export_request *request)
{
    const struct annotations *found = request->annotations;
    for (size_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        fprintf(request->out, "%s\t", entity_type_name((enum entity_type)entity->type));
        put_field(request, entity->name);
        fputc('\t', request->out);
        put_field(request, entity->role);
        fprintf(request->out, "\t%u\t%u\t%u\n", entity->article_mentions, entity->comment_mentions,
                entity->article_quotes + entity->comment_quotes);
    }
}
