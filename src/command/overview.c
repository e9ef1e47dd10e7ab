/*
 * Looking at a long thread from afar: its newest and its best comments, and a map of its branches.
 * Each is a list to choose from; what is chosen is gone to.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned overview_tell_move(struct session *session)
{
    if (reader_notice(session->reader)[0])
        session_say(session, "%s", reader_notice(session->reader));
    return WISH_DRAW;
}

static unsigned show_comment(struct session *session, uint32_t comment)
{
    reader_show_comment(session->reader, comment);
    return overview_tell_move(session);
}

/* ---- the newest, the best ------------------------------------------------------------------- */

static int64_t key_of(const struct comment *comment, enum best_by by)
{
    if (by == BEST_NEWEST)
        return comment->time;
    return comment->score == SCORE_NONE ? TIME_NONE : comment->score;
}

#define NAME_MOST    24  /* bytes of a name that are shown */
#define WORDS_MOST   200 /* and of a comment's text */
#define TIME_COLUMNS 17  /* "31 Dec 2024 23:59", most months longer */

/* What the list is by stands before the words. */
static void add_comment(struct session *session, uint32_t index, enum best_by by)
{
    const struct document *document = session->setup.document;
    const struct comment *comment = &document_comments(document, NULL)[index];
    struct buffer name = {0}, words = {0}, time = {0};
    listing_words(&name, document, comment->name, NAME_MOST);
    export_time(&time, comment->time);
    if (by == BEST_SCORE)
        buffer_printf(&words, "%5d  ", comment->score);
    else
        buffer_printf(&words, "%-*s  ", TIME_COLUMNS, buffer_string(&time));
    listing_words(&words, document, comment->text, WORDS_MOST);
    picker_add(session, buffer_string(&name), buffer_string(&words), "", index);
    buffer_release(&name);
    buffer_release(&words);
    buffer_release(&time);
}

unsigned run_list_comments(struct session *session, const struct call *call)
{
    static const char *const none[] = {
        [BEST_NEWEST] = "no comment here has a date", [BEST_SCORE] = "no comment here has a score"};
    enum best_by by = (enum best_by)call->parameter;
    uint32_t count;
    const struct comment *comments = document_comments(session->setup.document, &count);
    struct best *best = xcalloc(1, sizeof *best);
    for (uint32_t at = 0; at < count; at++)
        if (key_of(&comments[at], by) != TIME_NONE)
            best_offer(best, (struct ranked){key_of(&comments[at], by), at});
    best_sort(best);
    picker_begin(session, show_comment);
    for (uint32_t at = 0; at < best->count; at++)
        add_comment(session, best->items[at].index, by);
    if (best->count)
        picker_show(session);
    else
        session_refuse(session, "%s", none[by]);
    best_tell_limit(session, best);
    free(best);
    return WISH_DRAW;
}

/* ---- the map --------------------------------------------------------------------------------- */

#define MAP_BAR 12 /* columns of the longest bar */

/* As long as its share of the largest branch. */
static void add_bar(const struct session *session, struct buffer *out, uint32_t size,
                    uint32_t largest)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    bool ascii = text_signs_are_ascii(session->config);
    uint32_t eighths = (uint32_t)((uint64_t)size * MAP_BAR * 8 / largest);
    uint32_t whole = eighths / 8 ? eighths / 8 : ascii, drawn = whole;
    for (uint32_t at = 0; at < whole; at++)
        buffer_adds(out, ascii ? "#" : "█");
    if (!ascii && whole < MAP_BAR) {
        buffer_adds(out, parts[eighths % 8 ? eighths % 8 : whole == 0]);
        drawn += eighths % 8 || whole == 0;
    }
    for (; drawn < MAP_BAR; drawn++)
        buffer_addc(out, ' ');
}

static void add_branch(struct session *session, const struct reader_branch *branch,
                       uint32_t largest)
{
    const struct document *document = session->setup.document;
    const struct comment *root = &document_comments(document, NULL)[branch->first];
    struct buffer name = {0}, what = {0}, note = {0};
    bool ascii = text_signs_are_ascii(session->config);
    buffer_adds(&name, branch->here ? (ascii ? "> " : "▶ ") : "  ");
    listing_words(&name, document, root->name, 20);
    if (branch->roots > 1)
        buffer_printf(&name, " +%u", branch->roots - 1);
    add_bar(session, &what, branch->comments, largest);
    buffer_printf(&what, " %5u", branch->comments);
    if (branch->unread)
        buffer_printf(&what, " %5u unread", branch->unread);
    buffer_printf(&what, "  %3u deep  %3u %s", branch->deepest + 1, branch->authors,
                  branch->authors == 1 ? "author " : "authors");
    if (branch->best != SCORE_NONE)
        buffer_printf(&what, "  best %d", branch->best);
    export_time(&note, branch->newest);
    picker_add(session, buffer_string(&name), buffer_string(&what), buffer_string(&note),
               branch->first);
    buffer_release(&name);
    buffer_release(&what);
    buffer_release(&note);
}

unsigned run_thread_map(struct session *session, const struct call *call)
{
    struct reader_branch *branches = xcalloc(BEST_MOST, sizeof *branches);
    uint32_t count = reader_map(session->reader, branches, BEST_MOST), largest = 1, here = 0;
    (void)call;
    picker_begin(session, show_comment);
    for (uint32_t at = 0; at < count; at++) {
        largest = branches[at].comments > largest ? branches[at].comments : largest;
        here = branches[at].here ? at : here;
    }
    for (uint32_t at = 0; at < count; at++)
        add_branch(session, &branches[at], largest);
    if (count && branches[0].roots > 1)
        picker_title(session, "each row is %u branches", branches[0].roots);
    if (count) {
        picker_show(session);
        session->panel.list.selected = (int)here;
    } else {
        session_refuse(session, "there are no comments");
    }
    free(branches);
    return WISH_DRAW;
}
