/*
 * Text with its runs as inline Markdown. Private.
 */
#ifndef HEARSAY_EXPORT_MARKDOWN_H
#define HEARSAY_EXPORT_MARKDOWN_H

#include "hearsay/base.h"
#include "hearsay/document.h"

/* Appends plain text, escaped so that nothing of it is taken for markup. `line_start`: it begins a
 * line, where more signs mean something. */
void markdown_escape(struct buffer *out, const char *text, size_t length, bool line_start);

/* Appends a range of the pool with emphasis, code and links. A "\n" stays one, after the two blanks
 * of a meant break. */
void markdown_inline(struct buffer *out, const struct document *document, struct range range);

#endif
