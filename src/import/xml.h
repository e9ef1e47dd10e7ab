/*
 * xml: what the importers of feeds and exports share: XML made fit for libxml2, nodes and their
 * text, and items.
 */
#ifndef IMPORT_XML_H
#define IMPORT_XML_H

#include <libxml/tree.h>

#include "hearsay/import.h"
#include "thread.h"

/* The name without a prefix, declared or not. */
const char *xml_local_name(const xmlNode *node);
bool xml_has_prefix(const xmlNode *node, const char *prefix);
bool xml_is(const xmlNode *node, const char *name); /* an element of that local name */
const char *xml_attribute(const xmlNode *node, const char *name); /* or NULL */

/* The next node in document order within `root`, children first if `inside`; NULL after the last.
 */
xmlNode *xml_next(xmlNode *node, const xmlNode *root, bool inside);
xmlNode *xml_child(xmlNode *node, const char *name); /* the first of that name, or NULL */

/* All text inside: as it is; without blanks around it; the elements themselves, as HTML. */
void xml_add_text(xmlNode *root, struct buffer *out);
struct text_ref xml_keep(struct thread *thread, xmlNode *node);
struct text_ref xml_keep_markup(struct thread *thread, xmlNode *node);
struct text_ref xml_child_text(struct thread *thread, xmlNode *node, const char *name);
bool xml_text_is(struct text_ref ref, const char *text);

/* "mail@host (Name)" is the name; of a lone address only what is before the "@" is shown. */
struct text_ref xml_name_of(struct text_ref text);

/* An item of a WordPress export: its comments are items of the thread. With `apart` a post is an
 * item too, with its comments below it; else the text of a post that has comments is added to the
 * article. */
void wxr_read_post(struct thread *thread, xmlNode *item, bool apart, struct buffer *article);

/* The comments of a Disqus export; the page that was commented on names the whole. */
void disqus_read(struct thread *thread, xmlNode *root, struct thread_item *head);

#endif
