/*
 * Which comments are seen. Two bits a comment: `folded` is the reader's wish, `visible` follows
 * from the wishes of all ancestors. Hiding a subtree is filling a slice of bits, and the next or
 * previous visible comment is a scan over words, so nothing here minds a hundred thousand comments.
 */
#include "internal.h"

uint32_t reader_comment_count(const struct reader *reader)
{
    return reader->visible.count;
}

void fold_update(struct reader *reader, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end;) {
        bool folded = bitset_get(&reader->folded, at);
        bitset_put(&reader->visible, at, true);
        uint32_t next = folded ? document_subtree_end(reader->document, at) : at + 1;
        bitset_fill(&reader->visible, at + 1, next, false);
        at = next;
    }
}

void fold_extend(struct reader *reader, uint32_t count)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t had = reader_comment_count(reader);
    bitset_resize(&reader->folded, count);
    bitset_resize(&reader->visible, count);
    bitset_resize(&reader->origin.folded, count);
    for (uint32_t at = had; at < count; at++) {
        uint32_t parent = comments[at].parent;
        bool folded =
            comments[at].state == COMMENT_COLLAPSED ||
            (reader->fold_level >= 0 && comments[at].depth >= (uint32_t)reader->fold_level);
        bool seen = parent == DOCUMENT_NONE ||
                    (bitset_get(&reader->visible, parent) && !bitset_get(&reader->folded, parent));
        bitset_put(&reader->folded, at, folded);
        bitset_put(&reader->origin.folded, at, folded);
        bitset_put(&reader->visible, at, seen);
    }
}

void fold_put(struct reader *reader, uint32_t comment, bool fold)
{
    bitset_put(&reader->folded, comment, fold);
    if (bitset_get(&reader->visible, comment))
        fold_update(reader, comment, document_subtree_end(reader->document, comment));
}

uint32_t fold_shown(const struct reader *reader, uint32_t comment)
{
    if (comment == DOCUMENT_NONE || bitset_get(&reader->visible, comment))
        return comment;
    return bitset_previous(&reader->visible,
                           comment); /* a hidden one stands behind what hides it */
}

uint32_t fold_reveal(struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t opened = 0, outermost = DOCUMENT_NONE;
    for (uint32_t at = comments[comment].parent; at != DOCUMENT_NONE; at = comments[at].parent) {
        if (!bitset_get(&reader->folded, at))
            continue;
        bitset_put(&reader->folded, at, false);
        outermost = at;
        opened++;
    }
    if (opened)
        fold_update(reader, outermost, document_subtree_end(reader->document, outermost));
    return opened;
}

uint32_t fold_next(const struct reader *reader, uint32_t comment)
{
    return bitset_next(&reader->visible, comment + 1);
}

uint32_t fold_previous(const struct reader *reader, uint32_t comment)
{
    return comment == 0 ? BITSET_NONE : bitset_previous(&reader->visible, comment - 1);
}
