/*
 * Passages: comments that repeat the article or each other. From the words in the comment to those
 * they repeat and back, and from one comment that repeats a paragraph to the next.
 */
#include "internal.h"

uint32_t passage_group(const struct reader *reader, uint32_t passage)
{
    const struct passage *item = &reader->annotations->passages.items[passage];
    uint32_t block = document_block_at(reader->document, item->target_start);
    bool article = item->target_comment == DOCUMENT_NONE;
    return article && block < document_article_blocks(reader->document) ? block : ENTITY_NONE;
}

static const struct passage *passage_item(const struct reader *reader, uint32_t passage)
{
    return &reader->annotations->passages.items[passage];
}

static uint32_t passage_place(const struct reader *reader, uint32_t passage)
{
    return found_place(reader, FOUND_PASSAGE, passage);
}

/* ---- there and back -------------------------------------------------------------------------- */

/* The one jumped to, if the focused comment is its; else the first of that comment. */
static uint32_t passage_of_comment(const struct reader *reader)
{
    struct range item = document_item(reader->document, reader->comment);
    uint32_t current = found_at(reader, FOUND_PASSAGE);
    if (current != ENTITY_NONE && range_contains(item, passage_item(reader, current)->start))
        return current;
    uint32_t first = annotations_passage_from(reader->annotations, item.start);
    bool has = first < reader->annotations->passages.count &&
               passage_item(reader, first)->start < item.end;
    return has ? first : ENTITY_NONE;
}

/* The one jumped to while what it repeats is on the screen; else the first that repeats a paragraph
 * on the screen. */
static uint32_t passage_of_view(struct reader *reader)
{
    uint32_t current = found_at(reader, FOUND_PASSAGE);
    struct flow_row row;
    if (current != ENTITY_NONE &&
        move_place_is_seen(reader, passage_item(reader, current)->target_start))
        return current;
    if (!flow_at(reader, PANE_ARTICLE, reader->top[PANE_ARTICLE], &row))
        return ENTITY_NONE;
    for (int left = reader_rect(reader, PANE_ARTICLE).rows; left > 0; left--) {
        struct wanted wanted = {group_members(&reader->repeated, row.block), passage_place};
        if (row.kind == ROW_TEXT && wanted.members.count)
            return voices_walk_from(reader, &wanted, row.start, 1);
        if (!flow_next(reader, &row))
            break;
    }
    return ENTITY_NONE;
}

bool reader_go_to_passage(struct reader *reader)
{
    notice_clear(reader);
    if (!reader->annotations)
        return false;
    bool thread = reader->wish.focus == PANE_THREAD && reader_comment_count(reader) > 0;
    uint32_t passage = thread ? passage_of_comment(reader) : passage_of_view(reader);
    if (passage == ENTITY_NONE) {
        notice_add(reader, thread ? "this comment repeats nothing"
                                  : "no comment repeats what is on the screen");
        return false;
    }
    const struct passage *item = passage_item(reader, passage);
    found_note(reader, FOUND_PASSAGE, passage);
    jump_show(reader, thread ? item->target_start : item->start);
    return true;
}

/* ---- one after the other --------------------------------------------------------------------- */

/* The one gone to last; where there is none the nearest one begins. */
static uint32_t passage_here(struct reader *reader)
{
    uint32_t current = found_at(reader, FOUND_PASSAGE);
    if (current != ENTITY_NONE)
        return current;
    return reader->wish.focus == PANE_THREAD ? passage_of_comment(reader) : passage_of_view(reader);
}

bool reader_passage(struct reader *reader, int steps)
{
    notice_clear(reader);
    if (!reader->annotations)
        return false;
    uint32_t here = passage_here(reader);
    if (here == ENTITY_NONE) {
        notice_add(reader, "nothing here is repeated by a comment");
        return false;
    }
    struct wanted wanted = {group_members(&reader->repeated, passage_group(reader, here)),
                            passage_place};
    if (here == found_at(reader, FOUND_PASSAGE))
        here = voices_walk_from(reader, &wanted, passage_place(reader, here) + (steps > 0), steps);
    if (wanted.members.count == 0 || here == ENTITY_NONE)
        return false;
    found_go(reader, FOUND_PASSAGE, here);
    return true;
}
