/*
 * A quotation with its source, as it is put into a letter or a note:
 *
 *      “We came to find out.” — Ines Okafor, the port director. Harbour talks resume, example.org,
 *      3 May 2024. https://example.org/talks
 */
#include "internal.h"

/* A range as one line. */
static void add_range(struct buffer *out, const struct document *document, struct range range)
{
    const char *text = document_text(document, NULL);
    for (uint32_t at = range.start; at < range.end; at++)
        buffer_addc(out, text[at] == '\n' ? ' ' : text[at]);
}

static void add_words(struct buffer *out, const struct export_request *request,
                      const struct quote *quote)
{
    const struct range *spans = request->annotations->spans.items + quote->first_span;
    buffer_adds(out, "“");
    for (uint32_t at = 0; at < quote->span_count; at++) {
        buffer_adds(out, at ? " … " : ""); /* what stands between was not said */
        add_range(out, request->document, spans[at]);
    }
    buffer_adds(out, "”");
}

static void add_entity(struct buffer *out, const struct export_request *request, uint32_t number)
{
    const struct entity *entity = &request->annotations->entities.items[number];
    add_range(out, request->document, entity->name);
    buffer_adds(out, range_is_empty(entity->role) ? "" : ", ");
    add_range(out, request->document, entity->role);
}

static void add_speaker(struct buffer *out, const struct export_request *request,
                        const struct quote *quote)
{
    bool known = quote->confidence >= CONFIDENCE_LIKELY;
    buffer_adds(out, " — ");
    if (known && quote->speaker != ENTITY_NONE) {
        add_entity(out, request, quote->speaker);
        buffer_adds(out, quote->partner != ENTITY_NONE ? ", and " : "");
        if (quote->partner != ENTITY_NONE)
            add_entity(out, request, quote->partner);
    } else if (known && !range_is_empty(quote->speaker_text)) {
        add_range(out, request->document, quote->speaker_text);
    } else {
        buffer_adds(out, "unattributed");
    }
    if (quote->comment != DOCUMENT_NONE) {
        buffer_adds(out, ", in a comment by ");
        comment_add_name(out, request->document, quote->comment);
    }
}

static void add_part(struct buffer *out, const struct buffer *part, bool *first)
{
    if (part->length == 0)
        return;
    buffer_adds(out, *first ? ". " : ", ");
    buffer_add(out, part->data, part->length);
    *first = false;
}

/* Title, site and date; then the address, which must not be followed by anything. */
static void add_source(struct buffer *out, const struct document *document)
{
    struct buffer title = {0}, date = {0}, site = {0};
    size_t length;
    bool first = true;
    add_range(&title, document, document_title(document));
    const char *text = document_meta(document, STRING_SITE, &length);
    buffer_add(&site, text, length);
    export_time(&date, document_published(document));
    add_part(out, &title, &first);
    add_part(out, &site, &first);
    add_part(out, &date, &first);
    buffer_adds(out, ".");
    text = document_meta(document, STRING_URL, &length);
    buffer_adds(out, length ? " " : "");
    buffer_add(out, text, length);
    buffer_release(&title);
    buffer_release(&site);
    buffer_release(&date);
}

void export_citation(const struct export_request *request, uint32_t quote, struct buffer *out)
{
    const struct quote *item = &request->annotations->quotes.items[quote];
    add_words(out, request, item);
    add_speaker(out, request, item);
    add_source(out, request->document);
}
