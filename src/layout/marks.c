/*
 * The numbers of links. Links are numbered within the article and within each comment, in the order
 * of the text, as link_iter finds them; those that say themselves where they lead are counted, too,
 * but get no mark.
 */
#include "rows.h"

#include <stdio.h>
#include <string.h>

#define REACH     65536u /* bytes of an item: what stands further in it is not counted */
#define HOST_MOST 40     /* bytes of a host; of a longer one the end tells whose it is */

static bool begins_with(const char *text, size_t length, const char *start)
{
    size_t size = strlen(start);
    return length >= size && memcmp(text, start, size) == 0;
}

/* Without what is left out where an address is written for people. */
static size_t skip_scheme(const char *text, size_t length)
{
    static const char *const starts[] = {"https://", "http://", "mailto:", "www."};
    size_t at = 0;
    for (size_t start = 0; start < ARRAY_LENGTH(starts); start++)
        if (begins_with(text + at, length - at, starts[start]))
            at += strlen(starts[start]);
    return at;
}

/* The text is the address, or as much of it as there was room for, with dots after it. */
static bool says_itself(const char *seen, const struct link *link)
{
    size_t length = link->text.end - link->text.start;
    size_t from = skip_scheme(seen, length), at = skip_scheme(link->address, link->length);
    size_t same = 0, end = length;
    while (end > from && (seen[end - 1] == '.' || seen[end - 1] == '/'))
        end--;
    if (end > from + 3 && memcmp(seen + end - 3, "…", 3) == 0)
        end -= 3;
    while (from + same < end && at + same < link->length &&
           seen[from + same] == link->address[at + same])
        same++;
    return end > from && from + same == end && memchr(seen + from, '.', same) != NULL;
}

static void mark_write(struct layout_mark *mark, const struct document *document,
                       const struct link *link, uint32_t number)
{
    struct address address = {0};
    struct error error;
    const char *seen = document_text(document, NULL) + link->text.start;
    mark->odd = link_read(&address, document, link, &error) &&
                address_compare(&address, seen, link->text.end - link->text.start);
    int skipped = address.host.length > HOST_MOST ? (int)address.host.length - HOST_MOST : 0;
    const char *host = buffer_string(&address.host);
    skipped = (int)utf8_floor(host, (size_t)skipped);
    if (mark->odd)
        snprintf(mark->text, sizeof mark->text, "[%u %s%s]", number, skipped ? "..." : "",
                 host + skipped);
    else
        snprintf(mark->text, sizeof mark->text, "[%u]", number);
    address_release(&address);
}

static bool has_links(const struct document *document, struct range range)
{
    uint32_t count;
    const struct run *runs = document_runs(document, &count);
    for (uint32_t at = document_run_from(document, range.start);
         at < count && runs[at].start < range.end; at++)
        if (runs[at].kinds & 1u << RUN_LINK)
            return true;
    return false;
}

static bool may_have_marks(const struct layout *layout, const struct document *document,
                           uint32_t block, struct range range)
{
    uint8_t kind = document_blocks(document, NULL)[block].kind;
    return layout_shows_marks(layout) && kind != BLOCK_CODE && kind != BLOCK_TABLE &&
           has_links(document, range);
}

void layout_marks(const struct layout *layout, const struct document *document, uint32_t block,
                  struct range range, struct layout_marks *marks)
{
    vector_clear(marks);
    if (!may_have_marks(layout, document, block, range))
        return;
    struct range item = document_item(document, document_comment_at(document, range.start));
    struct link_iter iter = link_iter_start(document, item);
    struct link link;
    if (range.end - item.start > REACH)
        return;
    for (uint32_t number = 1; link_iter_next(&iter, &link) && link.text.end <= range.end;
         number++) {
        if (link.text.end <= range.start ||
            says_itself(document_text(document, NULL) + link.text.start, &link))
            continue;
        struct layout_mark mark = {.place = link.text.end};
        mark_write(&mark, document, &link, number);
        mark.columns = text_columns(mark.text, strlen(mark.text), layout_style(layout));
        vector_push(marks, mark);
    }
}
