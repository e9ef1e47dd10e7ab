/*
 * body_html: the HTML of comments -> blocks. Comments are short and use a few tags; this reads them
 * in one pass without a tree. Whole pages, and bodies that are a tangle, go through a real parser.
 */
#ifndef IMPORT_BODY_HTML_H
#define IMPORT_BODY_HTML_H

#include "hearsay/document.h"

enum body_flags {
    BODY_ESCAPED = 1, /* references are escaped once more */
    BODY_QUOTES = 2,  /* a paragraph that begins with ">" is a quote */
    BODY_BREAKS = 4,  /* a line break is one, an empty line parts paragraphs */
};

/* Adds the text to the current item. Linear. */
void body_html(struct builder *builder, const char *text, size_t length, unsigned flags);

/* Writes a body whose elements cross each other as a browser would understand it. False: they do
 * not, or it is too long for that. */
bool body_untangle(struct buffer *out, const char *text, size_t length);

/* Plain text as in mail: wrapped lines, ">" quotes, a signature. */
void body_mail(struct builder *builder, const char *text, size_t length);

/* Markdown, by way of the same. */
void body_markdown(struct builder *builder, const char *text, size_t length);

#endif
