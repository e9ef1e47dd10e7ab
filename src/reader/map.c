/*
 * A map of the thread: one row for each comment on the article with all that answers it, in the
 * order shown; where there are more of them than rows, neighbours share one.
 */
#include "internal.h"

#include <stdlib.h>

/* ---- the map -------------------------------------------------------------------------------- */

struct survey {
    const struct comment *comments;
    uint32_t *author_seen; /* by author: the last row he was counted in, from 1 */
};

/* Takes one comment into account. */
static void survey_comment(struct reader *reader, const struct survey *survey, uint32_t index,
                           uint32_t row, struct reader_branch *branch)
{
    const struct comment *comment = &survey->comments[index];
    branch->here = branch->here || index == reader->comment;
    if (comment->state == COMMENT_STUB)
        return;
    branch->comments++;
    branch->deepest = comment->depth > branch->deepest ? comment->depth : branch->deepest;
    branch->newest = comment->time > branch->newest ? comment->time : branch->newest;
    branch->best = comment->score > branch->best ? comment->score : branch->best;
    if (comment->author == DOCUMENT_NONE || survey->author_seen[comment->author] == row + 1)
        return;
    survey->author_seen[comment->author] = row + 1;
    branch->authors++;
}

static void survey_branch(struct reader *reader, const struct survey *survey, uint32_t root,
                          uint32_t row, struct reader_branch *branch)
{
    uint32_t end = document_subtree_end(reader->document, root);
    uint32_t count = reader_comment_count(reader);
    if (branch->roots++ == 0)
        branch->first = root;
    if (reader_tracks_reading(reader))
        branch->unread += reader_unread_in(reader, root);
    for (uint32_t at = root; at < end && at < count; at++)
        survey_comment(reader, survey, at, row, branch);
}

/* What stands on the top level now; with context hidden that is every hit. */
static uint32_t count_branches(struct reader *reader)
{
    uint32_t count = 0;
    for (uint32_t at = view_first(reader); at != DOCUMENT_NONE; at = view_next_sibling(reader, at))
        count++;
    return count;
}

uint32_t reader_map(struct reader *reader, struct reader_branch *branches, uint32_t most)
{
    uint32_t authors, count = count_branches(reader), shown = 0, rows = 0;
    document_authors(reader->document, &authors);
    if (count == 0 || most == 0)
        return 0;
    struct survey survey = {document_comments(reader->document, NULL),
                            xcalloc((size_t)authors + 1, sizeof(uint32_t))};
    uint32_t share = (count + most - 1) / most; /* branches a row */
    uint32_t root = view_first(reader);
    for (; root != DOCUMENT_NONE; root = view_next_sibling(reader, root), shown++) {
        rows = shown / share + 1;
        if (shown % share == 0)
            branches[rows - 1] = (struct reader_branch){.newest = TIME_NONE, .best = SCORE_NONE};
        survey_branch(reader, &survey, root, rows - 1, &branches[rows - 1]);
    }
    free(survey.author_seen);
    return rows;
}
