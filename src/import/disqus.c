/* disqus: an export of comments, all of them side by side, and of the pages they were made on. */
#include <string.h>

#include "dates.h"
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
