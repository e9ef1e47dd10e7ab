/*
 * disqus: an export of comments, all of them side by side, and of the pages they were made on; and
 * what its interface answers, JSON.
 */
#include <string.h>

#include "body_html.h"

#include "dates.h"
#include "formats.h"
#include "json.h"
#include "xml.h"

static void read_disqus_post(struct thread *thread, xmlNode *node)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    xmlNode *author = xml_child(node, "author"), *parent = xml_child(node, "parent");
    const char *id = xml_attribute(node, "id"), *up = parent ? xml_attribute(parent, "id") : NULL;
    struct text_ref time = xml_child_text(thread, node, "createdAt");
    item->kind = ITEM_COMMENT;
    item->id = thread_keep(thread, id ? id : "", id ? strlen(id) : 0);
    item->parent = thread_keep(thread, up ? up : "", up ? strlen(up) : 0);
    item->name = author ? xml_name_of(xml_child_text(thread, author, "name")) : item->name;
    item->body = xml_child_text(thread, node, "message");
    item->time = date_parse(time.text, time.length, &item->zone_unknown);
    if (xml_text_is(xml_child_text(thread, node, "isDeleted"), "true")) {
        item->state = COMMENT_DELETED;
    }
    if (xml_text_is(xml_child_text(thread, node, "isSpam"), "true")) {
        item->state = COMMENT_DEAD;
    }
}

/* The page that was commented on names the whole. */
void disqus_read(struct thread *thread, xmlNode *root, struct thread_item *head)
{
    for (xmlNode *node = root->children; node; node = node->next) {
        if (xml_is(node, "post")) {
            read_disqus_post(thread, node);
        } else if (xml_is(node, "thread") && head->title.length == 0) {
            head->title = xml_child_text(thread, node, "title");
            head->url = xml_child_text(thread, node, "link");
        }
    }
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static const struct json_field fields[] = {
    {"id", NULL, JSON_ID},
    {"parent", NULL, JSON_PARENT},
    {"name", "author", JSON_NAME},
    {"message", NULL, JSON_BODY},
    {"createdAt", NULL, JSON_TIME},
    {"likes", NULL, JSON_SCORE},
    {"isDeleted", NULL, JSON_DELETED},
    {"isSpam", NULL, JSON_DEAD},
    {"forum", NULL, JSON_FLAG},
};

static void finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    item->zone_unknown = false; /* its times are UTC */
    if (item->id.length && item->flag && (item->name.length || item->body.length)) {
        item->kind = ITEM_COMMENT;
    }
}

static void add_message(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, 0);
}

bool disqus_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {fields, ARRAY_LENGTH(fields), finish, add_message};
    return json_import(input, &format, builder, error);
}

bool disqus_answers(const struct import_input *input)
{
    static const char *const words[] = {"\"response\"", "\"raw_message\"", "\"forum\""};
    size_t look = input->length < 65536 ? input->length : 65536;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (!memmem(input->bytes, look, words[i], strlen(words[i]))) {
            return false;
        }
    }
    return look > 0 && input->bytes[0] == '{';
}
