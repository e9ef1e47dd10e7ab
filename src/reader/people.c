/*
 * Who is who in the thread. Its owner is whom the byline names, else who wrote the first comment.
 * Everybody has a hue and a letter of their own, which follow from the name alone: they are the
 * same in every thread, on every day.
 */
#include "internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool reader_is_nobody(const struct reader *reader, uint32_t author)
{
    if (author == DOCUMENT_NONE)
        return true;
    struct range name = document_authors(reader->document, NULL)[author].name;
    const char *text = reader_text(reader);
    return range_is_empty(name) || (text[name.start] == '[' && text[name.end - 1] == ']');
}

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
    if (reader->owner != DOCUMENT_NONE || reader_comment_count(reader) == 0)
        return;
    uint32_t first = document_comments(reader->document, NULL)[0].author;
    if (!reader_is_nobody(reader, first))
        reader->owner = first;
}

uint32_t people_owner(const struct reader *reader)
{
    return reader->owner;
}

/* ---- what somebody is here ---------------------------------------------------------- */

/* Names in some order, capitals aside: the shorter first. */
static int compare_names(const char *text, const struct range *one, const struct range *other)
{
    uint32_t length = one->end - one->start, other_length = other->end - other->start;
    if (length != other_length)
        return length < other_length ? -1 : 1;
    return strncasecmp(text + one->start, text + other->start, length);
}

static int by_name(const void *left, const void *right, void *reader)
{
    return compare_names(reader_text(reader), left, right);
}

/* The words of somebody stand in the article. */
static void hear(struct reader *reader, uint32_t entity, struct bitset *known)
{
    if (entity == ENTITY_NONE || bitset_get(known, entity))
        return;
    bitset_put(known, entity, true);
    vector_push(&reader->heard, reader->annotations->entities.items[entity].name);
}

/* Gathers the names of those whose words stand in the article, to be compared with authors'. */
void people_annotate(struct reader *reader)
{
    const struct annotations *found = reader->annotations;
    uint32_t end = document_article(reader->document).end;
    struct bitset known = {0};
    vector_clear(&reader->heard);
    bitset_resize(&known, (uint32_t)found->entities.count);
    for (uint32_t at = 0; at < found->quotes.count && quote_extent(found, at).start < end; at++) {
        hear(reader, voices_speaker(reader, at), &known);
        hear(reader, voices_partner(reader, at), &known);
    }
    bitset_release(&known);
    if (reader->heard.count)
        qsort_r(reader->heard.items, reader->heard.count, sizeof *reader->heard.items, by_name,
                reader);
}

static bool is_heard(const struct reader *reader, struct range name)
{
    const char *text = reader_text(reader);
    const struct range *heard = reader->heard.items;
    size_t low = 0, high = reader->heard.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(text, &name, &heard[middle]);
        if (order == 0)
            return !range_is_empty(name);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

const char *people_tag(const struct reader *reader, uint32_t comment)
{
    const struct comment *item = &document_comments(reader->document, NULL)[comment];
    if (reader_is_nobody(reader, item->author))
        return "";
    if (item->author == reader->owner)
        return reader->owner_wrote_article ? "author" : "op";
    return is_heard(reader, item->name) ? "quoted" : "";
}

bool people_is_back(const struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t parent = comments[comment].parent, author = comments[comment].author;
    uint32_t before = parent == DOCUMENT_NONE ? DOCUMENT_NONE : comments[parent].parent;
    return before != DOCUMENT_NONE && !reader_is_nobody(reader, author) &&
           comments[before].author == author && comments[parent].author != author;
}

/* ---- a hue and a letter of one's own ------------------------------------------------ */

static uint32_t name_hash(const struct reader *reader, uint32_t author)
{
    struct range name = document_authors(reader->document, NULL)[author].name;
    const char *text = reader_text(reader);
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (uint32_t at = name.start; at < name.end; at++)
        hash = (hash ^ (unsigned char)text[at]) * 16777619u;
    return hash ^ hash >> 15;
}

#define FEW_COLOURS 8

/* By default a hue, and a letter too where there are few hues or none. */
static bool wants(const struct reader *reader, enum setting_people what)
{
    int setting = config_int(reader->config, SETTING_PEOPLE);
    if (setting != SETTING_PEOPLE_AUTO)
        return setting == (int)what;
    return what == SETTING_PEOPLE_HUE || reader->colours <= FEW_COLOURS;
}

enum style people_style(const struct reader *reader, uint32_t author)
{
    static const enum style hues[] = {STYLE_AUTHOR_1, STYLE_AUTHOR_2, STYLE_AUTHOR_3,
                                      STYLE_AUTHOR_4, STYLE_AUTHOR_5, STYLE_AUTHOR_6};
    if (reader_is_nobody(reader, author) || !wants(reader, SETTING_PEOPLE_HUE))
        return STYLE_AUTHOR;
    return hues[name_hash(reader, author) % ARRAY_LENGTH(hues)];
}

char people_letter(const struct reader *reader, uint32_t author)
{
    if (reader_is_nobody(reader, author) || !wants(reader, SETTING_PEOPLE_LETTER))
        return '\0';
    return (char)('a' + name_hash(reader, author) / 6 % 26);
}
