/*
 * wxr: an item of a WordPress export, which is RSS with elements of its own. Posts and pages are
 * read, settings and attachments are not.
 */
#include <string.h>

#include "dates.h"
#include "xml.h"

/* Mail and network addresses stand there too; they are nobody's business. */
static void read_comment(struct thread *thread, xmlNode *node, uint32_t post)
{
    uint32_t index = thread_add(thread, post);
    struct thread_item *item = &thread->items.items[index];
    item->kind = ITEM_COMMENT;
    item->id = xml_child_text(thread, node, "comment_id");
    item->parent = xml_child_text(thread, node, "comment_parent");
    item->name = xml_name_of(xml_child_text(thread, node, "comment_author"));
    item->body = xml_child_text(thread, node, "comment_content");
    struct text_ref time = xml_child_text(thread, node, "comment_date_gmt");
    item->time = date_parse(time.text, time.length, &item->zone_unknown);
    item->zone_unknown = item->time == TIME_NONE;
    if (item->time == TIME_NONE) {
        time = xml_child_text(thread, node, "comment_date");
        item->time = date_parse(time.text, time.length, &item->zone_unknown);
    }
    struct text_ref approved = xml_child_text(thread, node, "comment_approved");
    if (!xml_text_is(approved, "1") && approved.length) {
        item->state = COMMENT_DEAD;
    }
}

/* The first body there is; an excerpt has the same name. */
static xmlNode *body_of(xmlNode *item)
{
    for (xmlNode *node = item->children; node; node = node->next) {
        if (xml_is(node, "encoded") && xml_has_prefix(node, "content")) {
            return node;
        }
    }
    return NULL;
}

static bool is_readable(struct thread *thread, xmlNode *item)
{
    struct text_ref type = xml_child_text(thread, item, "post_type");
    struct text_ref status = xml_child_text(thread, item, "status");
    return (xml_text_is(type, "post") || xml_text_is(type, "page")) &&
           !xml_text_is(status, "trash") && !xml_text_is(status, "auto-draft");
}

static uint32_t add_post(struct thread *thread, xmlNode *node)
{
    xmlNode *body = body_of(node);
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    struct text_ref time = xml_child_text(thread, node, "pubDate");
    item->kind = ITEM_COMMENT;
    item->title = xml_child_text(thread, node, "title");
    item->name = xml_name_of(xml_child_text(thread, node, "creator"));
    item->id = xml_child_text(thread, node, "link");
    item->time = date_parse(time.text, time.length, &item->zone_unknown);
    if (body) {
        item->body = xml_keep(thread, body);
    }
    return index;
}

static bool add_comments(struct thread *thread, xmlNode *item, uint32_t post)
{
    bool any = false;
    for (xmlNode *node = item->children; node; node = node->next) {
        if (xml_is(node, "comment") && xml_has_prefix(node, "wp")) {
            read_comment(thread, node, post);
            any = true;
        }
    }
    return any;
}

static void add_to_article(struct thread *thread, xmlNode *item, struct buffer *article)
{
    xmlNode *body = body_of(item);
    struct text_ref title = xml_child_text(thread, item, "title");
    buffer_adds(article, "<h2>");
    buffer_add(article, title.text, title.length);
    buffer_adds(article, "</h2>\n\n");
    if (body) {
        xml_add_text(body, article);
    }
    buffer_adds(article, "\n\n");
}

void wxr_read_post(struct thread *thread, xmlNode *item, bool apart, struct buffer *article)
{
    bool readable = is_readable(thread, item);
    if (!apart) {
        if (add_comments(thread, item, DOCUMENT_NONE) && readable) {
            add_to_article(thread, item, article);
        }
    } else if (readable) {
        add_comments(thread, item, add_post(thread, item));
    }
}
