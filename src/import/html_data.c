/*
 * Comments that a page gives as data (JSON-LD) where its markup has none: objects of the kinds
 * Comment and Answer, within each other.
 */
#include "html.h"

#include <string.h>
#include <strings.h>

#include "json.h"

static const struct json_field fields[] = {
    {"@id", NULL, JSON_ID},
    {"@type", NULL, JSON_PATH},
    {"text", NULL, JSON_BODY},
    {"commentText", NULL, JSON_BODY},
    {"name", "author", JSON_NAME},
    {"name", "creator", JSON_NAME},
    {"author", NULL, JSON_NAME},
    {"dateCreated", NULL, JSON_TIME},
    {"datePublished", NULL, JSON_TIME},
    {"commentTime", NULL, JSON_TIME},
    {"upvoteCount", NULL, JSON_SCORE},
    {"url", NULL, JSON_URL},
};

static bool is_kind(struct text_ref kind)
{
    static const char *const kinds[] = {"Comment", "UserComments", "Answer"};
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        if (kind.length == strlen(kinds[i]) && !memcmp(kind.text, kinds[i], kind.length)) {
            return true;
        }
    }
    return false;
}

static void finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    bool comment = is_kind(item->path) && item->body.length;
    item->path.length = 0;
    item->kind = comment ? ITEM_COMMENT : ITEM_NONE;
}

void html_data_comments(const struct html_page *page, struct thread *thread)
{
    static const struct json_format format = {fields, ARRAY_LENGTH(fields), finish, NULL};
    for (uint32_t i = 0; i + 1 < page->count; i++) {
        const struct html_node *node = &page->nodes[i];
        const char *type = node->tag == GUMBO_TAG_SCRIPT ? html_attribute(node, "type") : NULL;
        if (type && strcasestr(type, "ld+json") && html_is_text(&page->nodes[i + 1])) {
            const char *text = page->nodes[i + 1].node->v.text.text;
            struct import_input input = {text, strlen(text), "page"};
            bool whole;
            json_read(&input, &format, thread, &whole);
        }
    }
}
