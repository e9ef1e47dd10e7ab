/*
 * Which comments are folded. A bit a comment is the reader's wish; what is seen of the thread
 * follows from the wishes of all ancestors, see view.c.
 */
#include "internal.h"

void fold_extend(struct reader *reader, uint32_t count)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t had = reader_comment_count(reader);
    bitset_resize(&reader->folded, count);
    bitset_resize(&reader->view.visible, count);
    bitset_resize(&reader->origin.folded, count);
    bitset_resize(&reader->stubs, count);
    for (uint32_t at = had; at < count; at++) {
        uint32_t parent = comments[at].parent;
        bool folded =
            comments[at].state == COMMENT_COLLAPSED ||
            (reader->fold_level >= 0 && comments[at].depth >= (uint32_t)reader->fold_level);
        bool seen = parent == DOCUMENT_NONE ||
                    (view_is_seen(reader, parent) && !bitset_get(&reader->folded, parent));
        bool stub = comments[at].state == COMMENT_STUB;
        bitset_put(&reader->stubs, at, stub);
        reader->stub_count += stub;
        reader_mark_read(reader, at, stub); /* there is nothing in one to be read */
        bitset_put(&reader->folded, at, folded);
        bitset_put(&reader->origin.folded, at, folded);
        bitset_put(&reader->view.visible, at, seen);
    }
}

void fold_put(struct reader *reader, uint32_t comment, bool fold)
{
    bitset_put(&reader->folded, comment, fold);
    if (view_is_seen(reader, comment))
        view_update(reader, view_subtree(reader, comment));
}

uint32_t fold_shown(const struct reader *reader, uint32_t comment)
{
    if (comment == DOCUMENT_NONE || view_is_seen(reader, comment))
        return comment;
    uint32_t before = view_previous(reader, comment); /* a folded one stands behind what hides it */
    return before != DOCUMENT_NONE ? before : view_first(reader);
}

uint32_t fold_reveal(struct reader *reader, uint32_t comment)
{
    const struct comment *comments = document_comments(reader->document, NULL);
    uint32_t opened = 0, outermost = DOCUMENT_NONE;
    bool admitted = narrow_admit(reader, comment, false);
    for (uint32_t at = comments[comment].parent; at != DOCUMENT_NONE; at = comments[at].parent) {
        if (!bitset_get(&reader->folded, at))
            continue;
        bitset_put(&reader->folded, at, false);
        outermost = at;
        opened++;
    }
    if (admitted)
        view_update_all(reader);
    else if (opened)
        view_update(reader, view_subtree(reader, outermost));
    return opened;
}
