/*
 * How deep a comment is shown. An exchange of two, each the only answer to the other, needs no
 * steps to be followed: with flat exchanges its third comment and all after it stand where the
 * second does.
 *
 *      salt                    salt
 *        tern                    tern
 *          salt         or       salt
 *            tern                tern
 */
#include "internal.h"

#include <stdlib.h>

static bool is_only_child(const struct reader *reader, uint32_t comment)
{
    uint32_t parent = document_comments(reader->document, NULL)[comment].parent;
    return parent != DOCUMENT_NONE && comment == parent + 1 &&
           document_subtree_end(reader->document, comment) ==
               document_subtree_end(reader->document, parent);
}

/* The third of an exchange of two, or a later one. */
static bool goes_on(const struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t parent = comments[comment].parent;
    return is_only_child(reader, comment) && is_only_child(reader, parent) &&
           people_is_back(reader, comment);
}

static void set_levels(struct reader *reader)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t count = reader_comment_count(reader);
    reader->levels = xcalloc(count + 1, sizeof *reader->levels);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t level = 0;
        if (comments[at].parent != DOCUMENT_NONE)
            level = reader->levels[comments[at].parent] + !goes_on(reader, at);
        reader->levels[at] = (uint16_t)(level < UINT16_MAX ? level : UINT16_MAX);
    }
}

/* Who is an only child is known when all have come. */
void deep_update(struct reader *reader)
{
    if (!reader->flat) {
        free(reader->levels);
        reader->levels = NULL;
    } else if (!reader->levels && reader->whole) {
        set_levels(reader);
    }
}

uint32_t deep_level(const struct reader *reader, uint32_t comment)
{
    return reader->levels ? reader->levels[comment]
                          : document_comments(reader->document, NULL)[comment].depth;
}

bool reader_toggle_flat(struct reader *reader)
{
    reader->flat = !reader->flat;
    deep_update(reader);
    return reader->flat;
}
