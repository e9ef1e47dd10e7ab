/*
 * body_tags: the tags of comment bodies, and what is asked of one.
 */
#ifndef IMPORT_BODY_TAGS_H
#define IMPORT_BODY_TAGS_H

#include "hearsay/base.h"

enum tag_action {
    ACTION_BLOCK, /* parts paragraphs */
    ACTION_BREAK,
    ACTION_RUN,
    ACTION_LINK,
    ACTION_PRE,
    ACTION_QUOTE,
    ACTION_LIST,
    ACTION_ITEM,
    ACTION_HEADING,
    ACTION_RULE,
    ACTION_IMAGE,
    ACTION_SKIP, /* with all that is inside */
    ACTION_SPAN,
    ACTION_CELL,
};

struct tag {
    const char *name;
    uint8_t length, action, argument; /* an enum tag_action; what it needs to know */
};

static inline bool is_html_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

/* NULL: one that says nothing. */
const struct tag *tag_find(const char *name, size_t length);

/* The value of an attribute within a tag, without its quotes; false if it is not there. `at` is
 * what follows the tag's name. */
bool tag_attribute(const char *at, const char *end, const char *name, const char **value,
                   size_t *length);

#endif
