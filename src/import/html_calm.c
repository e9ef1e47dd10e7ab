/*
 * Pages made to hurt. The parser needs quadratic time for elements 20,000 deep, and keeps a copy of
 * every open <font> for every paragraph that follows. So before it sees the page, elements deeper
 * than any page has them lose their tags; their text stays.
 */
#include <string.h>
#include <strings.h>

#include "html.h"

enum { DEEPEST = 3000, MOST_OPEN = 10 };

/* Elements that nest, and those the parser opens again in the next block; a link ends where the
 * next begins. */
enum nest { NEST_NONE, NEST_BOX, NEST_PHRASE };

struct nesting_tag {
    const char *name;
    uint8_t length, nest;
};

static const struct nesting_tag nesting_tags[] = {
    {"div", 3, NEST_BOX},         {"span", 4, NEST_BOX},     {"ul", 2, NEST_BOX},
    {"ol", 2, NEST_BOX},          {"section", 7, NEST_BOX},  {"article", 7, NEST_BOX},
    {"blockquote", 10, NEST_BOX}, {"table", 5, NEST_BOX},    {"center", 6, NEST_BOX},
    {"aside", 5, NEST_BOX},       {"details", 7, NEST_BOX},  {"dl", 2, NEST_BOX},
    {"main", 4, NEST_BOX},        {"header", 6, NEST_BOX},   {"footer", 6, NEST_BOX},
    {"nav", 3, NEST_BOX},         {"figure", 6, NEST_BOX},   {"svg", 3, NEST_BOX},
    {"math", 4, NEST_BOX},        {"template", 8, NEST_BOX}, {"object", 6, NEST_BOX},
    {"font", 4, NEST_PHRASE},     {"b", 1, NEST_PHRASE},     {"i", 1, NEST_PHRASE},
    {"u", 1, NEST_PHRASE},        {"s", 1, NEST_PHRASE},     {"em", 2, NEST_PHRASE},
    {"strong", 6, NEST_PHRASE},   {"big", 3, NEST_PHRASE},   {"small", 5, NEST_PHRASE},
    {"strike", 6, NEST_PHRASE},   {"tt", 2, NEST_PHRASE},    {"code", 4, NEST_PHRASE},
    {"nobr", 4, NEST_PHRASE},
};

static enum nest nest_of(const char *name, const char *end)
{
    size_t length = 0;
    while (name + length < end && ((name[length] | 32) >= 'a' && (name[length] | 32) <= 'z')) {
        length++;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(nesting_tags); i++) {
        const struct nesting_tag *tag = &nesting_tags[i];
        if (tag->length == length && (tag->name[0] | 32) == (name[0] | 32) &&
            !strncasecmp(tag->name, name, length)) {
            return tag->nest;
        }
    }
    return NEST_NONE;
}

struct depth {
    size_t open, dropped, most;
};

/* Whether this tag goes: it opens what is too deep, or closes what was dropped. */
static bool is_too_deep(struct depth *depth, bool close)
{
    if (!close && depth->open >= depth->most) {
        depth->dropped++;
        return true;
    }
    if (close && depth->dropped > 0) {
        depth->dropped--;
        return true;
    }
    depth->open += !close;
    depth->open -= close && depth->open > 0;
    return false;
}

bool html_calm(const char *text, size_t length, struct buffer *out)
{
    struct depth depths[] = {[NEST_BOX] = {.most = DEEPEST}, [NEST_PHRASE] = {.most = MOST_OPEN}};
    const char *end = text + length, *kept = text;
    for (const char *at = text; (at = memchr(at, '<', (size_t)(end - at))) != NULL;) {
        bool close = at + 1 < end && at[1] == '/';
        const char *name = at + 1 + close;
        enum nest nest = name < end ? nest_of(name, end) : NEST_NONE;
        if (nest == NEST_NONE || !is_too_deep(&depths[nest], close)) {
            at = name;
            continue;
        }
        const char *stop = memchr(name, '>', (size_t)(end - name));
        buffer_add(out, kept, (size_t)(at - kept));
        at = kept = stop ? stop + 1 : end;
    }
    if (kept == text) {
        return false;
    }
    buffer_add(out, kept, (size_t)(end - kept));
    return true;
}
