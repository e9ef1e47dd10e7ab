/*
 * Looking at a long thread from afar: its newest and its best comments, who writes and answers
 * whom, and a map of its branches. Each is a list to choose from; what is chosen is gone to.
 *
 * A list holds so many lines at most, for each is matched anew with every letter typed; those that
 * matter most are kept, and how many there are in all is said.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LINES 500

static unsigned tell_move(struct session *session)
{
    if (reader_notice(session->reader)[0])
        session_say(session, "%s", reader_notice(session->reader));
    return WISH_DRAW;
}

static unsigned show_comment(struct session *session, uint32_t comment)
{
    reader_show_comment(session->reader, comment);
    return tell_move(session);
}

static unsigned show_author(struct session *session, uint32_t author)
{
    reader_show_author(session->reader, author);
    return tell_move(session);
}

static void add_author(struct buffer *out, const struct document *document, uint32_t author)
{
    listing_words(out, document, document_authors(document, NULL)[author].name, 60);
}

static void tell_limit(struct session *session, uint32_t all)
{
    if (all > MOST_LINES)
        session_say(session, "the first %d of %u", MOST_LINES, all);
}

/* ---- the newest, the best ------------------------------------------------------------------- */

struct ranked {
    int64_t key; /* more is better */
    uint32_t index;
};

/* The lesser one is the one that goes first when there are too many; of equals the later. */
static bool is_less(const struct ranked *one, const struct ranked *other)
{
    return one->key != other->key ? one->key < other->key : one->index > other->index;
}

/* A heap with the least on top, so that what does not belong among the best is seen at once. */
struct best {
    struct ranked items[MOST_LINES];
    uint32_t count, all;
};

static void sift_down(struct best *best, uint32_t at)
{
    for (uint32_t child; (child = 2 * at + 1) < best->count; at = child) {
        if (child + 1 < best->count && is_less(&best->items[child + 1], &best->items[child]))
            child++;
        if (!is_less(&best->items[child], &best->items[at]))
            return;
        struct ranked swapped = best->items[at];
        best->items[at] = best->items[child];
        best->items[child] = swapped;
    }
}

static void offer(struct best *best, struct ranked item)
{
    best->all++;
    if (best->count < MOST_LINES) {
        best->items[best->count++] = item;
        for (uint32_t at = best->count / 2; best->count == MOST_LINES && at > 0; at--)
            sift_down(best, at - 1);
    } else if (is_less(&best->items[0], &item)) {
        best->items[0] = item;
        sift_down(best, 0);
    }
}

static int best_first(const void *left, const void *right)
{
    return is_less(left, right) ? 1 : -1;
}

static void best_sort(struct best *best)
{
    qsort(best->items, best->count, sizeof *best->items, best_first);
}

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
            offer(best, (struct ranked){key_of(&comments[at], by), at});
    best_sort(best);
    picker_begin(session, show_comment);
    for (uint32_t at = 0; at < best->count; at++)
        add_comment(session, best->items[at].index, by);
    if (best->count)
        picker_show(session);
    else
        session_say(session, "%s", none[by]);
    tell_limit(session, best->all);
    free(best);
    return WISH_DRAW;
}

/* ---- who writes ------------------------------------------------------------------------------ */

/* Comments by author: those of author a are order[first[a]] to order[first[a + 1] - 1]. */
struct by_author {
    uint32_t *first, *order;
    uint32_t authors;
};

static struct by_author group_by_author(const struct document *document)
{
    uint32_t count, authors;
    const struct comment *comments = document_comments(document, &count);
    document_authors(document, &authors);
    struct by_author group = {xcalloc((size_t)authors + 2, sizeof(uint32_t)),
                              xcalloc((size_t)count + 1, sizeof(uint32_t)), authors};
    uint32_t *next = group.first + 1; /* while filling, next[a] is where a's next one goes */
    for (uint32_t at = 0; at < count; at++)
        if (comments[at].author != DOCUMENT_NONE && comments[at].author + 2 < authors + 2)
            group.first[comments[at].author + 2]++;
    for (uint32_t at = 1; at < authors + 2; at++)
        group.first[at] += group.first[at - 1];
    for (uint32_t at = 0; at < count; at++)
        if (comments[at].author != DOCUMENT_NONE)
            group.order[next[comments[at].author]++] = at;
    return group;
}

static uint32_t parent_author(const struct comment *comments, uint32_t index)
{
    uint32_t parent = comments[index].parent;
    return parent == DOCUMENT_NONE ? DOCUMENT_NONE : comments[parent].author;
}

#define ANSWERED 3 /* of those one answers that are shown */

/* "answers salt 4, rope 2, the article 3": the most answered first. `times` is 0 for all authors,
 * before and after; the last one stands for the article. */
static void add_answered(struct buffer *out, const struct document *document,
                         const struct by_author *group, uint32_t author, uint32_t *times)
{
    const struct comment *comments = document_comments(document, NULL);
    struct ranked most[ANSWERED] = {{0}};
    for (uint32_t at = group->first[author]; at < group->first[author + 1]; at++) {
        uint32_t whom = parent_author(comments, group->order[at]);
        if (whom == DOCUMENT_NONE && comments[group->order[at]].parent == DOCUMENT_NONE)
            whom = group->authors;
        if (whom <= group->authors)
            times[whom]++;
    }
    for (uint32_t at = group->first[author]; at < group->first[author + 1]; at++) {
        uint32_t whom = parent_author(comments, group->order[at]);
        whom = whom == DOCUMENT_NONE ? group->authors : whom;
        struct ranked item = {times[whom], whom};
        times[whom] = 0;
        for (size_t place = 0; place < ANSWERED && item.key; place++) {
            if (item.key <= most[place].key)
                continue;
            struct ranked pushed = most[place];
            most[place] = item;
            item = pushed;
        }
    }
    for (size_t place = 0; place < ANSWERED && most[place].key; place++) {
        buffer_adds(out, place ? ", " : "answers ");
        if (most[place].index == group->authors)
            buffer_adds(out, "the article");
        else
            add_author(out, document, most[place].index);
        buffer_printf(out, " %d", (int)most[place].key);
    }
}

unsigned run_list_authors(struct session *session, const struct call *call)
{
    const struct document *document = session->setup.document;
    struct by_author group = group_by_author(document);
    uint32_t *times = xcalloc((size_t)group.authors + 1, sizeof *times);
    struct best *best = xcalloc(1, sizeof *best);
    (void)call;
    for (uint32_t at = 0; at < group.authors; at++)
        offer(best, (struct ranked){group.first[at + 1] - group.first[at], at});
    best_sort(best);
    picker_begin(session, show_author);
    for (uint32_t at = 0; at < best->count; at++) {
        struct buffer name = {0}, answers = {0}, note = {0};
        uint32_t author = best->items[at].index;
        add_author(&name, document, author);
        add_answered(&answers, document, &group, author, times);
        buffer_printf(&note, "%d", (int)best->items[at].key);
        picker_add(session, buffer_string(&name), buffer_string(&answers), buffer_string(&note),
                   author);
        buffer_release(&name);
        buffer_release(&answers);
        buffer_release(&note);
    }
    if (best->count)
        picker_show(session);
    else
        session_say(session, "nobody is named in this thread");
    tell_limit(session, best->all);
    free(best);
    free(times);
    free(group.first);
    free(group.order);
    return WISH_DRAW;
}

/* ---- the map --------------------------------------------------------------------------------- */

#define MAP_BAR 12 /* columns of the longest bar */

/* As long as its share of the largest branch. */
static void add_bar(const struct session *session, struct buffer *out, uint32_t size,
                    uint32_t largest)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    bool ascii = config_int(session->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
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
    bool ascii = config_int(session->config, SETTING_RAILS) == SETTING_RAILS_ASCII;
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
    struct reader_branch *branches = xcalloc(MOST_LINES, sizeof *branches);
    uint32_t count = reader_map(session->reader, branches, MOST_LINES), largest = 1, here = 0;
    (void)call;
    picker_begin(session, show_comment);
    for (uint32_t at = 0; at < count; at++) {
        largest = branches[at].comments > largest ? branches[at].comments : largest;
        here = branches[at].here ? at : here;
    }
    for (uint32_t at = 0; at < count; at++)
        add_branch(session, &branches[at], largest);
    if (count) {
        picker_show(session);
        session->panel.list.selected = (int)here;
    } else {
        session_say(session, "there are no comments");
    }
    free(branches);
    return WISH_DRAW;
}
