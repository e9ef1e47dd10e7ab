/* The nodes of a tree of libxml2's, by names without prefixes, and their text. */
#include <libxml/tree.h>
#include <string.h>
#include <strings.h>

#include "xml.h"

/* The name without a prefix, declared or not. */
const char *xml_local_name(const xmlNode *node)
{
    const char *name = (const char *)node->name, *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

bool xml_has_prefix(const xmlNode *node, const char *prefix)
{
    size_t length = strlen(prefix);
    const char *name = (const char *)node->name;
    if (node->ns && node->ns->prefix) {
        return !strcmp((const char *)node->ns->prefix, prefix);
    }
    return !strncmp(name, prefix, length) && name[length] == ':';
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcasecmp(xml_local_name(node), name);
}

const char *xml_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *at = node->properties; at; at = at->next) {
        if (!strcmp((const char *)at->name, name) && at->children && at->children->content) {
            return (const char *)at->children->content;
        }
    }
    return NULL;
}

/* The next node in document order within `root`; NULL after the last. */
xmlNode *xml_next(xmlNode *node, const xmlNode *root, bool inside)
{
    if (inside && node->children && node->type == XML_ELEMENT_NODE) {
        return node->children;
    }
    while (node && node != root && !node->next) {
        node = node->parent;
    }
    return !node || node == root ? NULL : node->next;
}

/* All text inside, as it is. */
void xml_add_text(xmlNode *root, struct buffer *out)
{
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
            node->content) {
            buffer_adds(out, (const char *)node->content);
        }
    }
}

struct text_ref xml_keep(struct thread *thread, xmlNode *node)
{
    struct buffer text = {0};
    xml_add_text(node, &text);
    const char *start = buffer_string(&text), *end = start + text.length;
    while (start < end && strchr(" \t\r\n", *start)) {
        start++;
    }
    while (end > start && strchr(" \t\r\n", end[-1])) {
        end--;
    }
    struct text_ref kept = thread_keep(thread, start, (size_t)(end - start));
    buffer_release(&text);
    return kept;
}

/* Atom's type="xhtml": the elements themselves, as HTML. */
struct text_ref xml_keep_markup(struct thread *thread, xmlNode *node)
{
    xmlBuffer *markup = xmlBufferCreate();
    if (!markup) {
        memory_exhausted();
    }
    for (xmlNode *child = node->children; child; child = child->next) {
        xmlNodeDump(markup, node->doc, child, 0, 0);
    }
    struct text_ref kept = thread_keep(thread, (const char *)xmlBufferContent(markup),
                                       (size_t)xmlBufferLength(markup));
    xmlBufferFree(markup);
    return kept;
}

xmlNode *xml_child(xmlNode *node, const char *name)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (xml_is(child, name)) {
            return child;
        }
    }
    return NULL;
}

struct text_ref xml_child_text(struct thread *thread, xmlNode *node, const char *name)
{
    xmlNode *child = xml_child(node, name);
    return child ? xml_keep(thread, child) : (struct text_ref){"", 0};
}

bool xml_text_is(struct text_ref ref, const char *text)
{
    return ref.length == strlen(text) && !memcmp(ref.text, text, ref.length);
}

struct text_ref xml_name_of(struct text_ref text)
{
    const char *open = memchr(text.text, '(', text.length);
    const char *at = memchr(text.text, '@', text.length);
    if (open && at && at < open) {
        const char *end = text.text + text.length;
        open++;
        end -= end[-1] == ')';
        return (struct text_ref){open, (uint32_t)(end > open ? end - open : 0)};
    }
    bool lone = at && at > text.text && !memchr(text.text, ' ', text.length);
    return lone ? (struct text_ref){text.text, (uint32_t)(at - text.text)} : text;
}
