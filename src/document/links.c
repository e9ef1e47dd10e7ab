/*
 * The links of a stretch of text: runs that are links, and in the text between them whatever looks
 * like an address. Runs that follow each other and lead to the same place are one link: emphasis
 * within it has cut it.
 */
#include "hearsay/document.h"

#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* ---- addresses in the text ---------------------------------------------------------- */

/* Bytes that end an address. */
static bool ends_address(const char *at)
{
    return (unsigned char)*at <= ' ' || strchr("<>\"`|{}\\^", *at) ||
           strncmp(at, "\u00a0", 2) == 0 || strncmp(at, "“", 3) == 0 || strncmp(at, "”", 3) == 0 ||
           strncmp(at, "»", 2) == 0;
}

/* Without the marks of the sentence it stands in; a closing bracket stays where one was opened. */
static size_t trimmed(const char *text, size_t length)
{
    int open = 0; /* brackets more than closed */
    for (size_t at = 0; at < length; at++)
        open += (text[at] == '(') - (text[at] == ')');
    for (; length > 0; length--) {
        char last = text[length - 1];
        if (!(last == ')' && open < 0) && !strchr(".,;:!?'*_]", last))
            break;
        open += last == ')';
    }
    return length;
}

#define LONGEST_ADDRESS 4096

/* The address around a "://" at `mark`; empty where it is none. */
static struct range address_around(const char *text, struct range within, uint32_t mark)
{
    uint32_t start = mark, end = mark + 3;
    while (start > within.start && is_letter(text[start - 1]) && mark - start < 10)
        start--;
    while (start < mark && end < within.end && end - mark < LONGEST_ADDRESS &&
           !ends_address(text + end))
        end++;
    uint32_t length = (uint32_t)trimmed(text + start, end - start);
    bool any = start < mark && start + length > mark + 3;
    return any ? (struct range){start, start + length} : (struct range){mark, mark};
}

/* The first address that stands in `within`; empty: none. */
static struct range find_address(const char *text, struct range within)
{
    struct range none = {within.end, within.end};
    for (uint32_t from = within.start; from < within.end;) {
        const char *mark = memmem(text + from, within.end - from, "://", 3);
        if (!mark)
            return none;
        struct range found = address_around(text, within, (uint32_t)(mark - text));
        if (!range_is_empty(found))
            return found;
        from = (uint32_t)(mark - text) + 3;
    }
    return none;
}

/* ---- both, in order ----------------------------------------------------------------- */

struct link_iter link_iter_start(const struct document *document, struct range range)
{
    return (struct link_iter){
        .document = document, .left = range, .run = document_run_from(document, range.start)};
}

/* The next run that is a link; its range is empty at the end where there is none. */
static struct range next_linked(struct link_iter *iter)
{
    uint32_t count;
    const struct run *runs = document_runs(iter->document, &count);
    while (iter->run < count && runs[iter->run].start < iter->left.end &&
           (!(runs[iter->run].kinds & 1u << RUN_LINK) || runs[iter->run].link == DOCUMENT_NONE))
        iter->run++;
    if (iter->run == count || runs[iter->run].start >= iter->left.end)
        return (struct range){iter->left.end, iter->left.end};
    return (struct range){runs[iter->run].start, runs[iter->run].end};
}

/* Takes the run, and those that go on where it ends. */
static void take_runs(struct link_iter *iter, struct link *link)
{
    uint32_t count;
    const struct run *runs = document_runs(iter->document, &count);
    const struct run *first = &runs[iter->run];
    link->text = (struct range){first->start, first->end};
    for (iter->run++; iter->run < count; iter->run++) {
        const struct run *next = &runs[iter->run];
        if (next->start != link->text.end || !(next->kinds & 1u << RUN_LINK) ||
            next->link != first->link)
            break;
        link->text.end = next->end;
    }
    const struct string_ref *links = document_links(iter->document, NULL);
    link->address = document_string(iter->document, links[first->link], &link->length);
}

bool link_iter_next(struct link_iter *iter, struct link *link)
{
    const char *text = document_text(iter->document, NULL);
    while (iter->left.start < iter->left.end) {
        struct range linked = next_linked(iter);
        struct range bare = find_address(text, (struct range){iter->left.start, linked.start});
        if (!range_is_empty(bare)) {
            *link = (struct link){bare, text + bare.start, bare.end - bare.start};
            iter->left.start = bare.end;
            return true;
        }
        iter->left.start = linked.end;
        if (range_is_empty(linked))
            return false;
        take_runs(iter, link);
        iter->left.start = link->text.end;
        if (link->length)
            return true;
    }
    return false;
}
