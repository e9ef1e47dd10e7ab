/*
 * html: pages -> documents.
 */
#include "html.h"

#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "formats.h"

static void add_body(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, 0);
}

static struct text_ref ref_of(const struct buffer *buffer)
{
    return (struct text_ref){buffer_string(buffer), (uint32_t)buffer->length};
}

static void add_meta(struct thread *thread, uint32_t article, const struct html_meta *meta,
                     const struct buffer *body, struct builder *builder)
{
    struct thread_item *item = &thread->items.items[article];
    item->kind = ITEM_ARTICLE;
    item->title = ref_of(&meta->title);
    item->name = ref_of(&meta->byline);
    item->url = ref_of(&meta->url);
    item->time = meta->published;
    item->body = ref_of(body);
    if (meta->site.length) {
        builder_meta(builder, STRING_SITE, meta->site.data, meta->site.length);
    }
}

bool html_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct html_page page;
    struct html_meta meta;
    struct buffer body = {0};
    struct thread thread = {.stated = -1};
    if (!html_open(&page, input->bytes, input->length)) {
        return error_set(error, "'%s' could not be read as a page", input->name);
    }
    html_comments_read(&page, &thread);
    html_meta_read(&page, &meta);
    html_article_read(&page, buffer_string(&meta.title), &body);
    add_meta(&thread, thread_add(&thread, DOCUMENT_NONE), &meta, &body, builder);
    thread_build(&thread, builder, add_body);
    thread_release(&thread);
    html_meta_release(&meta);
    buffer_release(&body);
    html_close(&page);
    return true;
}

unsigned html_sniff(const struct import_input *input)
{
    static const char *const marks[] = {"<!doctype html", "<html", "<head", "<body", "<title"};
    size_t at = 0, look = input->length < 4096 ? input->length : 4096;
    while (at < look && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    if (at >= look || input->bytes[at] != '<') {
        return 0;
    }
    for (; at < look; at++) {
        for (size_t i = 0; input->bytes[at] == '<' && i < ARRAY_LENGTH(marks); i++) {
            size_t size = strlen(marks[i]);
            if (look - at > size && !strncasecmp(input->bytes + at, marks[i], size)) {
                return 80;
            }
        }
    }
    return 0;
}
