#include "body_tags.h"

#include <string.h>
#include <strings.h>

#include "hearsay/document.h"

#define TAG(name, action, argument)                                                                \
    {                                                                                              \
        name, sizeof(name) - 1, action, argument                                                   \
    }

/* The common ones first. */
static const struct tag tags[] = {
    TAG("p", ACTION_BLOCK, 0),
    TAG("a", ACTION_LINK, 0),
    TAG("br", ACTION_BREAK, 0),
    TAG("i", ACTION_RUN, RUN_EMPHASIS),
    TAG("li", ACTION_ITEM, 0),
    TAG("code", ACTION_RUN, RUN_CODE),
    TAG("pre", ACTION_PRE, 0),
    TAG("b", ACTION_RUN, RUN_STRONG),
    TAG("em", ACTION_RUN, RUN_EMPHASIS),
    TAG("strong", ACTION_RUN, RUN_STRONG),
    TAG("ul", ACTION_LIST, 0),
    TAG("ol", ACTION_LIST, 1),
    TAG("blockquote", ACTION_QUOTE, 0),
    TAG("div", ACTION_BLOCK, 0),
    TAG("span", ACTION_SPAN, 0),
    TAG("img", ACTION_IMAGE, 0),
    TAG("cite", ACTION_RUN, RUN_EMPHASIS),
    TAG("tt", ACTION_RUN, RUN_CODE),
    TAG("kbd", ACTION_RUN, RUN_CODE),
    TAG("samp", ACTION_RUN, RUN_CODE),
    TAG("del", ACTION_RUN, RUN_STRIKE),
    TAG("s", ACTION_RUN, RUN_STRIKE),
    TAG("strike", ACTION_RUN, RUN_STRIKE),
    TAG("aside", ACTION_QUOTE, 0),
    TAG("h1", ACTION_HEADING, 1),
    TAG("h2", ACTION_HEADING, 2),
    TAG("h3", ACTION_HEADING, 3),
    TAG("h4", ACTION_HEADING, 4),
    TAG("h5", ACTION_HEADING, 5),
    TAG("h6", ACTION_HEADING, 6),
    TAG("hr", ACTION_RULE, 0),
    TAG("script", ACTION_SKIP, 0),
    TAG("style", ACTION_SKIP, 0),
    TAG("template", ACTION_SKIP, 0),
    TAG("iframe", ACTION_SKIP, 0),
    TAG("svg", ACTION_SKIP, 0),
    TAG("tr", ACTION_BLOCK, 0),
    TAG("td", ACTION_CELL, 0),
    TAG("th", ACTION_CELL, 0),
    TAG("table", ACTION_BLOCK, 0),
    TAG("section", ACTION_BLOCK, 0),
    TAG("article", ACTION_BLOCK, 0),
    TAG("details", ACTION_BLOCK, 0),
    TAG("summary", ACTION_BLOCK, 0),
    TAG("dl", ACTION_BLOCK, 0),
    TAG("dt", ACTION_BLOCK, 0),
    TAG("dd", ACTION_BLOCK, 0),
    TAG("figure", ACTION_BLOCK, 0),
    TAG("figcaption", ACTION_BLOCK, 0),
    TAG("header", ACTION_BLOCK, 0),
    TAG("footer", ACTION_BLOCK, 0),
    TAG("center", ACTION_BLOCK, 0),
};

const struct tag *tag_find(const char *name, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        const struct tag *tag = &tags[i];
        size_t same = 0;
        if (tag->length != length) {
            continue;
        }
        while (same < length && (name[same] | 32) == tag->name[same]) {
            same++;
        }
        if (same == length) {
            return tag;
        }
    }
    return NULL;
}

bool tag_attribute(const char *at, const char *end, const char *name, const char **value,
                   size_t *length)
{
    size_t size = strlen(name);
    for (; at + size + 1 < end; at++) {
        if (!is_html_blank(at[-1]) || strncasecmp(at, name, size) != 0) {
            continue;
        }
        const char *equal = at + size;
        while (equal < end && is_html_blank(*equal)) {
            equal++;
        }
        if (equal >= end || *equal != '=') {
            continue;
        }
        equal++;
        while (equal < end && is_html_blank(*equal)) {
            equal++;
        }
        char quote = equal < end && (*equal == '"' || *equal == '\'') ? *equal : '\0';
        *value = equal + (quote != '\0');
        const char *stop = *value;
        while (stop < end && (quote ? *stop != quote : !is_html_blank(*stop))) {
            stop++;
        }
        *length = (size_t)(stop - *value);
        return true;
    }
    return false;
}
