/*
 * body_mail: the plain text of a message, with its quotes and its signature.
 */
#include "body_html.h"
#include "text.h"

void body_mail(struct builder *builder, const char *text, size_t length)
{
    struct lines lines;
    if (length >= UINT32_MAX) {
        length = UINT32_MAX - 1;
    }
    lines_split(&lines, text, (uint32_t)length);
    struct passage passage = {
        .end = lines.count, .wrap = paragraphs_width(&lines), .comment = true, .mail = true};
    paragraphs_build(&lines, passage, builder);
    lines_release(&lines);
}
