/*
 * html: pages. The parser's tree is laid out flat, in document order, so that everything after it
 * is a loop over an array: a subtree is the slice [i, nodes[i].end), and nothing is recursive but
 * the parser itself.
 *
 *      html_calm.c       what would cost the parser too much goes
 *      html_tree.c       gumbo's tree -> the array; classes, attributes, text lengths
 *      html_meta.c       title, byline, time, site from what the page says about itself
 *      html_article.c    which part is the article
 *      html_sweep.c      what in it is clutter
 *      html_roots.c      which elements are comments
 *      html_comments.c   who wrote them, when, what -> a thread
 *      html_data.c       comments that are given as data
 *      html.c            all together
 */
#ifndef IMPORT_HTML_H
#define IMPORT_HTML_H

#include <gumbo.h>

#include "hearsay/import.h"
#include "thread.h"

struct html_node {
    const GumboNode *node;
    uint32_t parent, end;
    uint32_t text;   /* code points of text inside, blanks collapsed */
    uint32_t linked; /* ... within links */
    uint32_t commas;
    float score;
    uint16_t tag; /* GumboTag; GUMBO_TAG_LAST for text */
    uint8_t link; /* tenths of its text that count as linked: of an <a> with an address */
    bool gone;    /* left out, with all that is inside */
    bool scored;  /* is a candidate */
    bool comment; /* the root of a comment */
};

struct html_page {
    GumboOutput *output;
    struct buffer calmed; /* see html_calm() */
    struct html_node *nodes;
    uint32_t count;
};

/* Writes the page without the tags that would cost the parser too much; false: it has none. */
bool html_calm(const char *text, size_t length, struct buffer *out);

bool html_open(struct html_page *page, const char *text, size_t length);
void html_close(struct html_page *page);

static inline bool html_is_text(const struct html_node *node)
{
    return node->tag == GUMBO_TAG_LAST;
}

/* An attribute's value, or NULL. */
const char *html_attribute(const struct html_node *node, const char *name);
bool html_has_word(const char *list, const char *word); /* one of the words of a class attribute */
bool html_class_has(const struct html_node *node, const char *part); /* in class or id, any case */
bool html_is_inside(const struct html_page *page, uint32_t node, GumboTag tag, unsigned levels);
bool html_is_block(GumboTag tag);

/* Counts text, links and commas of every subtree, leaving out what is gone. */
void html_measure(struct html_page *page);
uint32_t html_linked(const struct html_node *node); /* once what is inside was summed up */

/* Text of the slice, blanks collapsed to one, onto `out`; what is gone left out. */
void html_text(const struct html_page *page, uint32_t root, struct buffer *out);

void html_trimmed_text(const struct html_page *page, uint32_t root, struct buffer *out);

/* The slice as simple HTML for body_html(); comments inside `root` are left out. */
void html_simplify(const struct html_page *page, uint32_t root, struct buffer *out);

/* Attributes that say it is not shown. */
bool html_is_hidden(const struct html_node *node);

/* ---- meta ------------------------------------------------------------------------------------ */

struct html_meta {
    struct buffer title, byline, site, url;
    int64_t published;
};

void html_meta_read(const struct html_page *page, struct html_meta *meta);
void html_meta_release(struct html_meta *meta);

/* ---- article and comments -------------------------------------------------------------------- */

/* The words of a name in a class: "comment__author-name" and "CommentAuthorName" have three. */
enum { HTML_TOKENS = 8 };
struct html_tokens {
    struct text_ref items[HTML_TOKENS];
    unsigned count;
};
void html_tokens_cut(struct html_tokens *tokens, const char *word, size_t length);
bool html_token_is(const struct html_tokens *tokens, unsigned index, const char *text);

/* Whether `test` takes one of the names of a class attribute; NULL is fine. */
bool html_any_word(const char *class, bool (*test)(const char *word, size_t length));

/* Marks the roots of comments, once text has been measured. False: there are none. */
bool html_roots_mark(struct html_page *page);
const char *html_root_id(const struct html_node *node); /* the id it carries, or NULL */
bool html_is_author(const struct html_node *node);      /* it names one */

/* Adds the comments that the page gives as JSON-LD. */
void html_data_comments(const struct html_page *page, struct thread *thread);

/* Fills `thread` with the page's comments and marks them gone. */
void html_comments_read(struct html_page *page, struct thread *thread);

/* Whether one of `parts` is in the text; points for an element's names; the share of linked text.
 */
bool html_has_any(const char *text, const char *const *parts, size_t count);
float html_weight(const struct html_node *node, bool weigh);
float html_link_share(const struct html_node *node);

/* Marks gone what is clutter inside `root`, and sums up what is left. Linear. */
void html_sweep(struct html_page *page, uint32_t root, bool strict, bool weigh);

/* The article's HTML, simplified, onto `out`. */
void html_article_read(struct html_page *page, const char *title, struct buffer *out);

#endif
