/*
 * Who is who in the thread. Its owner is whom the byline names, else who wrote the first comment.
 */
#include "internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- the owner ---------------------------------------------------------------------- */

static bool is_letter(const char *text, size_t at)
{
    return isalnum((unsigned char)text[at]) || (unsigned char)text[at] >= 0x80;
}

/* A full name may stand anywhere in the byline; a single word must be all of it but "by". */
static bool names(const char *line, size_t length, const char *name, size_t name_length)
{
    bool full = memchr(name, ' ', name_length) != NULL;
    if (!full && length > 3 && strncasecmp(line, "by ", 3) == 0) {
        line += 3;
        length -= 3;
    }
    if (name_length == 0 || name_length > length)
        return false;
    if (!full)
        return name_length == length && strncasecmp(line, name, length) == 0;
    for (size_t at = 0; at + name_length <= length; at++)
        if (strncasecmp(line + at, name, name_length) == 0 &&
            (at == 0 || !is_letter(line, at - 1)) &&
            (at + name_length == length || !is_letter(line, at + name_length)))
            return true;
    return false;
}

#define BYLINE_MOST 1024u /* bytes of it that are looked at */

void people_extend(struct reader *reader)
{
    uint32_t count;
    const struct author *authors = document_authors(reader->document, &count);
    struct range byline = document_byline(reader->document);
    const char *text = reader_text(reader);
    size_t length =
        byline.end - byline.start < BYLINE_MOST ? byline.end - byline.start : BYLINE_MOST;
    for (; reader->authors_known < count; reader->authors_known++) {
        struct range name = authors[reader->authors_known].name;
        if (!reader->owner_wrote_article &&
            names(text + byline.start, length, text + name.start, name.end - name.start)) {
            reader->owner = reader->authors_known;
            reader->owner_wrote_article = true;
        }
    }
    if (reader->owner == DOCUMENT_NONE && reader_comment_count(reader) > 0)
        reader->owner = document_comments(reader->document, NULL)[0].author;
}

uint32_t people_owner(const struct reader *reader)
{
    return reader->owner;
}
