/* The forms for grep, cut and sort: a line a quotation, a line an entity. */
#include "internal.h"

#include <stdlib.h>

/* A field is one line of text without tabs; the pool has no tabs, but it has line breaks. */
static void add_field(struct buffer *line, const struct document *document, struct range range)
{
    const char *text = document_text(document, NULL);
    for (uint32_t at = range.start; at < range.end; at++)
        buffer_addc(line, text[at] == '\n' ? ' ' : text[at]);
}

static void put_line(const struct export_request *request, struct buffer *line)
{
    buffer_addc(line, '\n');
    fwrite(line->data, 1, line->length, request->out);
    buffer_clear(line);
}

static void add_speaker(struct buffer *line, const struct export_request *request,
                        const struct quote *quote)
{
    const struct entity *entities = request->annotations->entities.items;
    bool shown = quote->confidence >= CONFIDENCE_LIKELY;
    if (shown && quote->speaker != ENTITY_NONE) {
        add_field(line, request->document, entities[quote->speaker].name);
        buffer_adds(line, quote->partner != ENTITY_NONE ? " and " : "");
        if (quote->partner != ENTITY_NONE)
            add_field(line, request->document, entities[quote->partner].name);
    } else if (shown && !range_is_empty(quote->speaker_text)) {
        add_field(line, request->document, quote->speaker_text);
    } else {
        buffer_addc(line, '?');
    }
}

void export_quotes(const struct export_request *request)
{
    const struct annotations *found = request->annotations;
    struct buffer line = {0};
    struct bitset wanted = {0};
    speaker_find(&wanted, request);
    for (size_t at = 0; at < found->quotes.count; at++) {
        const struct quote *quote = &found->quotes.items[at];
        if (quote->kind != QUOTE_DIRECT || !speaker_is_wanted(&wanted, request, quote))
            continue;
        add_speaker(&line, request, quote);
        for (uint32_t span = 0; span < quote->span_count; span++) {
            buffer_adds(&line, span ? " … " : "\t"); /* what stands between was not said */
            add_field(&line, request->document, found->spans.items[quote->first_span + span]);
        }
        put_line(request, &line);
    }
    bitset_release(&wanted);
    buffer_release(&line);
}

void export_entities(const struct export_request *request)
{
    const struct annotations *found = request->annotations;
    struct buffer line = {0};
    for (size_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        buffer_adds(&line, entity_type_name(entity->type));
        buffer_addc(&line, '\t');
        add_field(&line, request->document, entity->name);
        buffer_addc(&line, '\t');
        add_field(&line, request->document, entity->role);
        buffer_printf(&line, "\t%u\t%u\t%u", entity->article_mentions, entity->comment_mentions,
                      entity->article_quotes + entity->comment_quotes);
        put_line(request, &line);
    }
    buffer_release(&line);
}
