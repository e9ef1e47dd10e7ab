/* What several forms say: names, dates, whose quotes are wanted, and which part of the document. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicase.h>

/* ---- parts ----------------------------------------------------------------------- */

struct slice slice_of(const struct export_request *request)
{
    uint32_t count, comment = request->comment;
    const struct comment *comments = document_comments(request->document, &count);
    bool article = comment == DOCUMENT_NONE;
    if (request->part == EXPORT_ALL || (article && request->part == EXPORT_BRANCH))
        return (struct slice){true, 0, count, 0};
    if (article)
        return (struct slice){true, 0, 0, 0};
    uint32_t end = request->part == EXPORT_BRANCH ? document_subtree_end(request->document, comment)
                                                  : comment + 1;
    return (struct slice){false, comment, end, comments[comment].depth};
}

/* ---- speakers -------------------------------------------------------------------- */

static bool same_name(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order;
    return u8_casecmp((const uint8_t *)a, a_length, (const uint8_t *)b, b_length, NULL, UNINORM_NFC,
                      &order) == 0 &&
           order == 0;
}

static bool range_says(const char *text, struct range range, const struct buffer *name)
{
    size_t length = range.end - range.start;
    /* Case folding changes lengths, but not beyond a factor of three. */
    return length / 3 <= name->length && name->length / 3 <= length &&
           same_name(text + range.start, length, name->data, name->length);
}

/* The last words of a name are its surname: as many as the wanted name has. */
static struct range last_words(const char *text, struct range name, size_t blanks)
{
    struct range words = {name.end, name.end};
    while (words.start > name.start) {
        if (text[words.start - 1] == ' ' && blanks-- == 0)
            break;
        words.start--;
    }
    return words;
}

static size_t count_blanks(const struct buffer *name)
{
    size_t blanks = 0;
    for (size_t at = 0; at < name->length; at++)
        blanks += name->data[at] == ' ';
    return blanks;
}

void speaker_find(struct bitset *wanted, const struct export_request *request)
{
    const struct annotations *found = request->annotations;
    struct buffer name = {0};
    bitset_resize(wanted, (uint32_t)found->entities.count);
    if (!request->speaker)
        return;
    text_clean(&name, request->speaker, strlen(request->speaker), TEXT_ONE_LINE);
    const char *text = document_text(request->document, NULL);
    size_t blanks = count_blanks(&name);
    for (uint32_t at = 0; at < found->entities.count && name.length; at++) {
        struct range whole = found->entities.items[at].name;
        if (range_says(text, whole, &name) ||
            range_says(text, last_words(text, whole, blanks), &name))
            bitset_put(wanted, at, true);
    }
    for (size_t at = 0; at < found->mentions.count && name.length; at++) {
        const struct mention *mention = &found->mentions.items[at];
        if (range_says(text, (struct range){mention->start, mention->end}, &name))
            bitset_put(wanted, mention->entity, true);
    }
    buffer_release(&name);
}

bool speaker_is_wanted(const struct bitset *wanted, const struct export_request *request,
                       const struct quote *quote)
{
    if (!request->speaker)
        return true;
    return quote->speaker != ENTITY_NONE && quote->confidence >= CONFIDENCE_LIKELY &&
           (bitset_get(wanted, quote->speaker) ||
            (quote->partner != ENTITY_NONE && bitset_get(wanted, quote->partner)));
}

/* ---- comments -------------------------------------------------------------------- */

/* In brackets, so that nobody is called so; what is only hidden by its site is written whole. */
static const char *const missing[COMMENT_STATES] = {
    [COMMENT_NORMAL] = "[no text]",   [COMMENT_DELETED] = "[deleted]",
    [COMMENT_REMOVED] = "[removed]",  [COMMENT_DEAD] = "[dead]",
    [COMMENT_COLLAPSED] = "[hidden]", [COMMENT_PLACEHOLDER] = "[missing]",
    [COMMENT_STUB] = "[more]",
};

const char *comment_missing_text(const struct comment *comment)
{
    return range_is_empty(comment->text) ? missing[comment->state] : "";
}

void comment_add_name(struct buffer *out, const struct document *document, uint32_t index)
{
    const struct comment *comment = &document_comments(document, NULL)[index];
    const char *text = document_text(document, NULL);
    if (!range_is_empty(comment->name))
        buffer_add(out, text + comment->name.start, comment->name.end - comment->name.start);
    else
        buffer_adds(out,
                    comment->state == COMMENT_NORMAL ? "[anonymous]" : missing[comment->state]);
}

/* ---- time ------------------------------------------------------------------------ */

static bool take_apart(int64_t time, struct tm *parts)
{
    time_t seconds = (time_t)time;
    return time != TIME_NONE && gmtime_r(&seconds, parts) && parts->tm_year >= -1900 &&
           parts->tm_year < 8100;
}

void export_time(struct buffer *out, int64_t time)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct tm parts;
    if (!take_apart(time, &parts))
        return;
    buffer_printf(out, "%d %s %04d", parts.tm_mday, months[parts.tm_mon], parts.tm_year + 1900);
    if (parts.tm_hour || parts.tm_min || parts.tm_sec)
        buffer_printf(out, " %02d:%02d", parts.tm_hour, parts.tm_min);
}

bool time_rfc_3339(char text[TIME_RFC_3339], int64_t time)
{
    struct tm parts;
    return take_apart(time, &parts) &&
           strftime(text, TIME_RFC_3339, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0;
}
