/*
 * body_markdown: cmark makes HTML of it, which is read like any other; raw HTML inside is left out.
 */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "body_html.h"

void body_markdown(struct builder *builder, const char *text, size_t length)
{
    char *html = cmark_markdown_to_html(text, length, CMARK_OPT_VALIDATE_UTF8);
    if (!html) {
        memory_exhausted();
    }
    body_html(builder, html, strlen(html), 0);
    free(html);
}
