/*
 * Bodies whose elements are closed in another order than they were opened. What the one-pass reader
 * makes of these is a guess; a browser's rules say what is meant, so gumbo writes them anew.
 */
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "html.h"

enum { DEEPEST = 64, LONGEST = 1 << 20 /* bytes: gumbo's tree takes thirty times as much */ };

/* Elements that say what the blocks inside them are. */
static const struct {
    const char *name;
    uint8_t length;
} frames[] = {{"blockquote", 10}, {"ul", 2}, {"ol", 2}, {"pre", 3}, {"h1", 2},   {"h2", 2},
              {"h3", 2},          {"h4", 2}, {"h5", 2}, {"h6", 2},  {"aside", 5}};

#define LETTER(letter) (UINT32_C(1) << ((letter)&31))

/* Which of them the tag at `name` is, from 1; 0: none, as of nearly all. */
static uint8_t frame_of(const char *name, const char *end)
{
    static const uint32_t letters =
        LETTER('a') | LETTER('b') | LETTER('h') | LETTER('o') | LETTER('p') | LETTER('u');
    if (!(letters & LETTER(name[0])) || name[1] == '>' || name[1] == ' ') {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(frames); i++) {
        size_t length = frames[i].length;
        if ((name[0] | 32) == frames[i].name[0] && (size_t)(end - name) > length &&
            !strncasecmp(name, frames[i].name, length) && strchr("> \t\n/", name[length])) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

static bool is_tangled(const char *text, size_t length)
{
    const char *end = text + length;
    uint8_t open[DEEPEST];
    unsigned depth = 0;
    for (const char *at = text; (at = memchr(at, '<', (size_t)(end - at))) && end - at > 3;) {
        bool close = at[1] == '/';
        at += 1 + close;
        uint8_t frame =
            at[1] == '>' || at[1] == ' ' ? 0 : frame_of(at, end); /* none has a letter */
        if (frame == 0) {
            continue;
        }
        if (!close && depth == DEEPEST) {
            return false; /* nobody means that */
        }
        if (close && (depth == 0 || open[depth - 1] != frame)) {
            return true;
        }
        depth -= close;
        if (!close) {
            open[depth++] = frame;
        }
    }
    return false;
}

static bool is_unseen(const struct html_node *node)
{
    static const uint16_t tags[] = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE,
                                    GUMBO_TAG_IFRAME, GUMBO_TAG_SVG};
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (node->tag == tags[i]) {
            return true;
        }
    }
    return node->tag == GUMBO_TAG_SPAN && html_has_word(html_attribute(node, "class"), "invisible");
}

bool body_untangle(struct buffer *out, const char *text, size_t length)
{
    struct html_page page;
    if (length > LONGEST || !is_tangled(text, length) || !html_open(&page, text, length)) {
        return false;
    }
    for (uint32_t i = 0; i < page.count; i++) {
        page.nodes[i].gone = is_unseen(&page.nodes[i]);
    }
    html_simplify(&page, 0, out);
    html_close(&page);
    return true;
}
