/*
 * Comments that speak to somebody by name: "@Carl ...", "SEAL: ...", "Carl Nemo, you forget ...".
 *
 * A table leads from names, and from first words of names, to the last comment of that author so
 * far. Names are looked for after "@" anywhere, and at the beginning of a comment before a colon or
 * a comma.
 */
#include <string.h>

#include "counts.h"
#include "fold.h"
#include "internal.h"

#define NAME_LONGEST 64 /* bytes */

static uint64_t name_key(const char *text, uint32_t start, uint32_t end)
{
    return lexicon_hash_end(fold_hash(LEXICON_SEED, text + start, end - start)) | 1u;
}

static uint32_t first_word_end(const char *text, struct range name)
{
    uint32_t at = name.start;
    while (at < name.end && text[at] != ' ')
        at++;
    return at;
}

/* The whole name always, its first word only while nobody has it as a whole name. */
static void note_author(struct counts *authors, const char *text, struct range name,
                        uint32_t comment)
{
    if (range_is_empty(name) || name.end - name.start > NAME_LONGEST)
        return;
    *counts_put(authors, name_key(text, name.start, name.end)) = comment + 1;
    uint32_t end = first_word_end(text, name);
    if (end < name.end && end > name.start + 2)
        *counts_put(authors, name_key(text, name.start, end)) = comment + 1;
}

static void add(struct annotations *result, struct range name, uint32_t comment, uint32_t target)
{
    if (target > 0 && target - 1 < comment)
        vector_push(&result->replies, ((struct reply){name.start, name.end, comment, target - 1}));
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

/* "@name", and "@First Last" if that is somebody. */
static void look_for_signs(const struct counts *authors, const char *text,
                           const struct analyse_paragraph *p, struct annotations *result)
{
    for (uint32_t at = p->start; at + 1 < p->end; at++) {
        if (text[at] != '@' || !is_name_byte(text[at + 1]) ||
            (at > p->start && is_name_byte(text[at - 1])))
            continue;
        uint32_t start = at + 1, end = start;
        while (end < p->end && is_name_byte(text[end]))
            end++;
        uint32_t further = end + (end < p->end && text[end] == ' ');
        while (further < p->end && further > end && further - start < NAME_LONGEST &&
               is_name_byte(text[further]))
            further++;
        uint32_t target =
            further > end + 1 ? counts_get(authors, name_key(text, start, further)) : 0;
        if (target)
            end = further;
        else if (end - start <= NAME_LONGEST)
            target = counts_get(authors, name_key(text, start, end));
        add(result, (struct range){start, end}, p->comment, target);
        at = end - 1;
    }
}

/* "SEAL: ..." at the beginning of a comment. */
static void look_at_start(const struct counts *authors, const char *text,
                          const struct analyse_paragraph *p, struct annotations *result)
{
    uint32_t limit = p->end - p->start > NAME_LONGEST ? p->start + NAME_LONGEST : p->end;
    for (uint32_t at = p->start + 1; at < limit; at++) {
        if (text[at] != ':' && text[at] != ',')
            continue;
        uint32_t target = counts_get(authors, name_key(text, p->start, at));
        add(result, (struct range){p->start, at}, p->comment, target);
        return;
    }
}

void analyse_replies(const struct analyse_source *source, struct annotations *result)
{
    struct counts authors;
    uint32_t before = DOCUMENT_NONE;
    if (source->comment_count == 0)
        return;
    counts_init(&authors);
    for (uint32_t i = 0; i < source->paragraph_count; i++) {
        const struct analyse_paragraph *p = &source->paragraphs[i];
        if (p->comment == DOCUMENT_NONE || p->comment >= source->comment_count)
            continue;
        if (p->comment != before) {
            if (before != DOCUMENT_NONE)
                note_author(&authors, source->text, source->comments[before].name, before);
            if (p->end > p->start && source->text[p->start] != '@')
                look_at_start(&authors, source->text, p, result);
            before = p->comment;
        }
        look_for_signs(&authors, source->text, p, result);
    }
    counts_release(&authors);
}
