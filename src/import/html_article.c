/*
 * Which part of a page is the article? Paragraphs give points for length and commas to the elements
 * around them, less the further out; names of classes and the share of links correct that. The best
 * element, with those of its siblings that look alike, is the article; then what is inside is swept
 * (html_sweep.c). If little is left, it is tried again less strictly.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LEVELS = 5, ENOUGH = 500, TOP = 5 };

enum strictness { DROP_UNLIKELY = 1, WEIGH_CLASSES = 2, SWEEP = 4 };

struct search {
    struct html_page *page;
    unsigned flags;
    bool *gone; /* as it was before a try */
    uint32_t top;
};

/* ---- names ----------------------------------------------------------------------------------- */

static const char *const unlikely[] = {
    "-ad-",       "ai2html", "banner",     "breadcrumbs",  "combx",    "comment",  "community",
    "cover-wrap", "disqus",  "extra",      "footer",       "gdpr",     "header",   "legends",
    "menu",       "related", "remark",     "replies",      "rss",      "shoutbox", "sidebar",
    "skyscraper", "social",  "sponsor",    "supplemental", "ad-break", "agegate",  "pagination",
    "pager",      "popup",   "yom-remote", "newsletter",   "cookie",
};
static const char *const likely[] = {"and",     "article", "body",  "column",
                                     "content", "main",    "shadow"};
#define HAS_ANY(text, parts) html_has_any(text, parts, ARRAY_LENGTH(parts))

static bool is_unlikely(const struct html_page *page, uint32_t index)
{
    static const char *const roles[] = {"menu",  "menubar",     "complementary", "navigation",
                                        "alert", "alertdialog", "dialog"};
    const struct html_node *node = &page->nodes[index];
    const char *class = html_attribute(node, "class"), *id = html_attribute(node, "id"),
               *role = html_attribute(node, "role");
    if (node->tag == GUMBO_TAG_BODY || node->tag == GUMBO_TAG_A || node->tag == GUMBO_TAG_HTML) {
        return false;
    }
    for (size_t i = 0; role && i < ARRAY_LENGTH(roles); i++) {
        if (!strcmp(role, roles[i])) {
            return true;
        }
    }
    bool suspect = HAS_ANY(class, unlikely) || HAS_ANY(id, unlikely);
    return suspect && !HAS_ANY(class, likely) && !HAS_ANY(id, likely) &&
           !html_is_inside(page, index, GUMBO_TAG_TABLE, 10) &&
           !html_is_inside(page, index, GUMBO_TAG_CODE, 10);
}

/* ---- first pass: what cannot be the article -------------------------------------------------- */

static bool is_never(const struct html_node *node)
{
    static const uint16_t tags[] = {
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
        GUMBO_TAG_HEAD,   GUMBO_TAG_IFRAME,   GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,
        GUMBO_TAG_SVG,    GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT,   GUMBO_TAG_BUTTON,
        GUMBO_TAG_INPUT,  GUMBO_TAG_LINK,     GUMBO_TAG_MATH,     GUMBO_TAG_AUDIO,
        GUMBO_TAG_VIDEO,  GUMBO_TAG_CANVAS,
    };
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (node->tag == tags[i]) {
            return true;
        }
    }
    return false;
}

static bool is_byline(const struct html_node *node, const char *class)
{
    const char *rel = html_attribute(node, "rel"), *prop = html_attribute(node, "itemprop");
    return ((rel && !strcmp(rel, "author")) || (prop && strstr(prop, "author")) ||
            (class && (strcasestr(class, "byline") || strcasestr(class, "dateline")))) &&
           node->text > 0 && node->text < 100;
}

static void drop_first(const struct search *search)
{
    struct html_page *page = search->page;
    bool byline = false;
    for (uint32_t i = 0; i < page->count; i++) {
        struct html_node *node = &page->nodes[i];
        if (html_is_text(node) || node->gone) {
            continue;
        }
        const char *class = html_attribute(node, "class");
        bool author = !byline && is_byline(node, class);
        byline = byline || author;
        node->gone = is_never(node) || html_is_hidden(node) || author ||
                     (search->flags & DROP_UNLIKELY && is_unlikely(page, i));
        if (node->gone) {
            i = node->end - 1;
        }
    }
}

/* ---- second pass: points --------------------------------------------------------------------- */

static float first_score(const struct search *search, const struct html_node *node)
{
    float score = html_weight(node, search->flags & WEIGH_CLASSES);
    switch ((GumboTag)node->tag) {
    case GUMBO_TAG_DIV:
        return score + 5;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_BLOCKQUOTE:
        return score + 3;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_FORM:
        return score - 3;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_TH:
        return score - 5;
    default:
        return score;
    }
}

static void give_points(const struct search *search, uint32_t from, uint32_t text, uint32_t commas)
{
    struct html_page *page = search->page;
    uint32_t more = text / 100;
    float points = 2 + (float)commas + (float)(more < 3 ? more : 3);
    uint32_t at = from;
    for (unsigned level = 0; level < LEVELS && at != DOCUMENT_NONE; level++) {
        struct html_node *node = &page->nodes[at];
        if (node->tag == GUMBO_TAG_HTML) {
            return;
        }
        if (!node->scored) {
            node->scored = true;
            node->score = first_score(search, node);
        }
        node->score += points / (level == 0 ? 1 : level == 1 ? 2 : (float)(level * 3));
        at = node->parent;
    }
}

static bool is_phrase(const struct html_page *page, uint32_t index)
{
    const struct html_node *node = &page->nodes[index];
    if (html_is_text(node)) {
        return true;
    }
    for (uint32_t i = index; i < node->end; i++) {
        if (!html_is_text(&page->nodes[i]) && html_is_block((GumboTag)page->nodes[i].tag)) {
            return false;
        }
    }
    return true;
}

/* Runs of text right inside an element that also holds blocks count as paragraphs. */
static void score_runs(const struct search *search, uint32_t parent)
{
    const struct html_page *page = search->page;
    uint32_t text = 0, commas = 0;
    for (uint32_t i = parent + 1; i < page->nodes[parent].end; i = page->nodes[i].end) {
        const struct html_node *node = &page->nodes[i];
        if (node->gone) {
            continue;
        }
        if (is_phrase(page, i)) {
            text += node->text;
            commas += node->commas;
            continue;
        }
        if (text >= 25) {
            give_points(search, parent, text, commas);
        }
        text = commas = 0;
    }
    if (text >= 25) {
        give_points(search, parent, text, commas);
    }
}

static bool is_scored_tag(GumboTag tag)
{
    return tag == GUMBO_TAG_P || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_PRE ||
           tag == GUMBO_TAG_SECTION || (tag >= GUMBO_TAG_H2 && tag <= GUMBO_TAG_H6);
}

/* One bit a node: holds a block. Bottom-up, so that is_phrase() need not look again. */
static bool *find_holders(const struct html_page *page)
{
    bool *holds = xcalloc(page->count + 1, sizeof *holds);
    for (uint32_t i = page->count; i-- > 1;) {
        const struct html_node *node = &page->nodes[i];
        bool block = !html_is_text(node) && html_is_block((GumboTag)node->tag) && !node->gone;
        if (node->parent != DOCUMENT_NONE && (block || holds[i]) && !node->gone) {
            holds[node->parent] = true;
        }
    }
    return holds;
}

static void score_all(const struct search *search)
{
    struct html_page *page = search->page;
    bool *holds = find_holders(page);
    for (uint32_t i = 0; i < page->count; i++) {
        page->nodes[i].scored = false;
        page->nodes[i].score = 0;
    }
    for (uint32_t i = 0; i < page->count; i++) {
        const struct html_node *node = &page->nodes[i];
        if (node->gone) {
            i = node->end - 1;
            continue;
        }
        if (html_is_text(node) || node->parent == DOCUMENT_NONE) {
            continue;
        }
        bool paragraph =
            is_scored_tag((GumboTag)node->tag) || (node->tag == GUMBO_TAG_DIV && !holds[i]);
        if (paragraph && node->text >= 25) {
            give_points(search, node->parent, node->text, node->commas);
        } else if (node->tag == GUMBO_TAG_DIV && holds[i]) {
            score_runs(search, i);
        }
    }
    free(holds);
    for (uint32_t i = 0; i < page->count; i++) {
        page->nodes[i].score *= 1 - html_link_share(&page->nodes[i]);
    }
}

/* ---- third pass: the best -------------------------------------------------------------------- */

static bool contains(const struct html_page *page, uint32_t outer, uint32_t inner)
{
    return outer <= inner && inner < page->nodes[outer].end;
}

static unsigned find_top(const struct html_page *page, uint32_t best[TOP])
{
    unsigned count = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        const struct html_node *node = &page->nodes[i];
        if (!node->scored || node->gone) {
            continue;
        }
        unsigned at = count < TOP ? count : TOP;
        while (at > 0 && page->nodes[best[at - 1]].score < node->score) {
            if (at < TOP) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < TOP) {
            best[at] = i;
            count += count < TOP;
        }
    }
    return count;
}

/* An element that holds three or more of the other good ones is better than the best alone. */
static uint32_t widen_by_others(const struct html_page *page, const uint32_t *best, unsigned count)
{
    uint32_t top = best[0];
    unsigned good = 0;
    for (unsigned i = 1; i < count; i++) {
        good += page->nodes[best[i]].score >= page->nodes[top].score * 0.75f;
    }
    if (good < 3) {
        return top;
    }
    for (uint32_t at = page->nodes[top].parent; at != DOCUMENT_NONE; at = page->nodes[at].parent) {
        unsigned held = 0;
        for (unsigned i = 1; i < count; i++) {
            held += page->nodes[best[i]].score >= page->nodes[top].score * 0.75f &&
                    contains(page, at, best[i]) && at != best[i];
        }
        if (held >= 3) {
            return page->nodes[at].tag == GUMBO_TAG_HTML ? top : at;
        }
    }
    return top;
}

static uint32_t only_child_up(const struct html_page *page, uint32_t top)
{
    for (;;) {
        uint32_t parent = page->nodes[top].parent;
        if (parent == DOCUMENT_NONE || page->nodes[parent].tag == GUMBO_TAG_BODY ||
            page->nodes[parent].tag == GUMBO_TAG_HTML) {
            return top;
        }
        unsigned elements = 0;
        for (uint32_t i = parent + 1; i < page->nodes[parent].end; i = page->nodes[i].end) {
            elements += !html_is_text(&page->nodes[i]) && !page->nodes[i].gone;
        }
        if (elements != 1) {
            return top;
        }
        top = parent;
    }
}

static uint32_t widen_by_score(const struct html_page *page, uint32_t top)
{
    float last = page->nodes[top].score, least = last / 3;
    for (uint32_t at = page->nodes[top].parent;
         at != DOCUMENT_NONE && page->nodes[at].tag != GUMBO_TAG_BODY;
         at = page->nodes[at].parent) {
        const struct html_node *node = &page->nodes[at];
        if (!node->scored) {
            continue;
        }
        if (node->score < least) {
            break;
        }
        if (node->score > last) {
            top = at;
            break;
        }
        last = node->score;
    }
    return only_child_up(page, top);
}

static bool find_best(struct search *search)
{
    uint32_t best[TOP];
    const struct html_page *page = search->page;
    unsigned count = find_top(page, best);
    if (count == 0 || page->nodes[best[0]].tag == GUMBO_TAG_BODY) {
        for (uint32_t i = 0; i < page->count; i++) {
            if (page->nodes[i].tag == GUMBO_TAG_BODY) {
                search->top = i;
                return true;
            }
        }
        return false;
    }
    search->top = widen_by_score(page, widen_by_others(page, best, count));
    return true;
}

/* ---- all together ---------------------------------------------------------------------------- */

/* A heading that says the title again. */
static void drop_title(struct html_page *page, uint32_t root, const char *title)
{
    for (uint32_t i = root; i < page->nodes[root].end; i++) {
        struct html_node *node = &page->nodes[i];
        if ((node->tag != GUMBO_TAG_H1 && node->tag != GUMBO_TAG_H2) || node->gone) {
            continue;
        }
        struct buffer text = {0};
        html_trimmed_text(page, i, &text);
        if (text.length > 3 && (strstr(title, text.data) || strstr(text.data, title))) {
            node->gone = true;
        }
        buffer_release(&text);
    }
}

static bool is_sibling(const struct search *search, uint32_t index)
{
    const struct html_page *page = search->page;
    const struct html_node *node = &page->nodes[index], *top = &page->nodes[search->top];
    float least = top->score * 0.2f > 10 ? top->score * 0.2f : 10, score = node->score;
    const char *class = html_attribute(node, "class"), *other = html_attribute(top, "class");
    if (class && other && *class && !strcmp(class, other)) {
        score += top->score * 0.2f;
    }
    if (node->scored && score >= least) {
        return true;
    }
    if (node->tag != GUMBO_TAG_P) {
        return false;
    }
    return (node->text > 80 && html_link_share(node) < 0.25f) ||
           (node->text > 0 && node->text <= 80 && node->linked == 0 && node->commas > 0);
}

static uint32_t write_article(struct search *search, const char *title, struct buffer *out)
{
    struct html_page *page = search->page;
    uint32_t parent = page->nodes[search->top].parent, length = 0;
    bool whole = parent == DOCUMENT_NONE || page->nodes[search->top].tag == GUMBO_TAG_BODY;
    uint32_t first = whole ? search->top : parent + 1;
    uint32_t end = whole ? first + 1 : page->nodes[parent].end;
    for (uint32_t i = first; i < end; i = page->nodes[i].end) {
        struct html_node *node = &page->nodes[i];
        if (html_is_text(node) || node->gone || (i != search->top && !is_sibling(search, i))) {
            continue;
        }
        html_sweep(page, i, search->flags & SWEEP, search->flags & WEIGH_CLASSES);
        if (title && *title) {
            drop_title(page, i, title);
        }
        length += node->text;
        buffer_adds(out, "<div>");
        html_simplify(page, i, out);
        buffer_adds(out, "</div>");
    }
    return length;
}

void html_article_read(struct html_page *page, const char *title, struct buffer *out)
{
    static const unsigned tries[] = {DROP_UNLIKELY | WEIGH_CLASSES | SWEEP, WEIGH_CLASSES | SWEEP,
                                     SWEEP, 0};
    bool *gone = xcalloc(page->count + 1, sizeof *gone);
    uint32_t longest = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        gone[i] = page->nodes[i].gone;
    }
    for (size_t t = 0; t < ARRAY_LENGTH(tries) && longest < ENOUGH; t++) {
        struct search search = {.page = page, .flags = tries[t]};
        struct buffer found = {0};
        for (uint32_t i = 0; i < page->count; i++) {
            page->nodes[i].gone = gone[i];
        }
        html_measure(page);
        drop_first(&search);
        html_measure(page);
        score_all(&search);
        uint32_t length = find_best(&search) ? write_article(&search, title, &found) : 0;
        if (length > longest) {
            longest = length;
            buffer_clear(out);
            buffer_add(out, found.data, found.length);
        }
        buffer_release(&found);
    }
    free(gone);
}
