/*
 * Who writes in the thread, and who answers whom. The list of all leads to what there is of one of
 * them: the next comment, a filter, and whom he answers and is answered by, who are gone on to.
 */
#include "internal.h"

#include <stdlib.h>

#define NAME_MOST 60 /* bytes of a name that are shown */

/* ---- comments by author ---------------------------------------------------------------------- */

/* Those of author a are order[first[a]] to order[first[a + 1] - 1]. */
struct by_author {
    const struct document *document;
    const struct comment *comments;
    uint32_t *first, *order;
    uint32_t authors; /* stands for the article, where one is answered */
    uint32_t *slot;   /* by author, for find_others(): 0 before and after */
};

static struct by_author group_by_author(const struct document *document)
{
    uint32_t count, authors;
    const struct comment *comments = document_comments(document, &count);
    document_authors(document, &authors); /* after the comments: who wrote them is there */
    struct by_author group = {.document = document,
                              .comments = comments,
                              .first = xcalloc((size_t)authors + 2, sizeof(uint32_t)),
                              .order = xcalloc((size_t)count + 1, sizeof(uint32_t)),
                              .authors = authors,
                              .slot = xcalloc((size_t)authors + 1, sizeof(uint32_t))};
    uint32_t *next = group.first + 1; /* while filling, next[a] is where a's next one goes */
    for (uint32_t at = 0; at < count; at++)
        if (comments[at].author < authors)
            group.first[comments[at].author + 2]++;
    for (uint32_t at = 1; at < authors + 2; at++)
        group.first[at] += group.first[at - 1];
    for (uint32_t at = 0; at < count; at++)
        if (comments[at].author < authors)
            group.order[next[comments[at].author]++] = at;
    return group;
}

static void group_free(struct by_author *group)
{
    free(group->first);
    free(group->order);
    free(group->slot);
}

static uint32_t comments_of(const struct by_author *group, uint32_t author)
{
    return group->first[author + 1] - group->first[author];
}

/* ---- who answers whom ------------------------------------------------------------------------ */

/* Somebody whom one answers or is answered by, and how often. */
struct other {
    uint32_t author, answered, answering;
};

struct others {
    VECTOR(struct other) items;
};

/* NULL: nobody, who cannot be named. */
static struct other *other_of(const struct by_author *group, struct others *others, uint32_t author)
{
    if (author > group->authors)
        return NULL;
    if (group->slot[author] == 0) {
        vector_push(&others->items, ((struct other){.author = author}));
        group->slot[author] = (uint32_t)others->items.count;
    }
    return &others->items.items[group->slot[author] - 1];
}

/* All of them; the article is answered too. The caller releases. */
static struct others find_others(const struct by_author *group, uint32_t author)
{
    struct others others = {0};
    struct other *other;
    for (uint32_t at = group->first[author]; at < group->first[author + 1]; at++) {
        uint32_t comment = group->order[at], parent = group->comments[comment].parent;
        uint32_t whom = parent == DOCUMENT_NONE ? group->authors : group->comments[parent].author;
        if ((other = other_of(group, &others, whom)))
            other->answered++;
        uint32_t reply = document_first_child(group->document, comment);
        for (; reply != DOCUMENT_NONE; reply = document_next_sibling(group->document, reply))
            if ((other = other_of(group, &others, group->comments[reply].author)))
                other->answering++;
    }
    for (size_t at = 0; at < others.items.count; at++)
        group->slot[others.items.items[at].author] = 0;
    return others;
}

/* More first; equals as they stand in the thread. */
static int compare(uint32_t one, uint32_t other, const void *left, const void *right)
{
    if (one != other)
        return one > other ? -1 : 1;
    const struct other *first = left, *second = right;
    return first->author < second->author ? -1 : first->author > second->author;
}

static int most_answered_first(const void *left, const void *right)
{
    const struct other *one = left, *two = right;
    return compare(one->answered, two->answered, left, right);
}

static int most_answering_first(const void *left, const void *right)
{
    const struct other *one = left, *two = right;
    return compare(one->answering, two->answering, left, right);
}

static int most_first(const void *left, const void *right)
{
    const struct other *one = left, *two = right;
    return compare(one->answered + one->answering, two->answered + two->answering, left, right);
}

static void sort_others(struct others *others, int (*first)(const void *, const void *))
{
    if (others->items.count)
        qsort(others->items.items, others->items.count, sizeof *others->items.items, first);
}

static void add_name(const struct by_author *group, uint32_t author, struct buffer *out)
{
    if (author == group->authors)
        buffer_adds(out, "the article");
    else
        listing_words(out, group->document, document_authors(group->document, NULL)[author].name,
                      NAME_MOST);
}

/* ---- all of them ----------------------------------------------------------------------------- */

#define OTHERS_SHOWN 3

/* "answers salt 4, rope 2 · answered by rope 1" */
static void add_others(const struct by_author *group, uint32_t author, struct buffer *out)
{
    struct others others = find_others(group, author);
    const struct other *items = others.items.items;
    size_t count = others.items.count < OTHERS_SHOWN ? others.items.count : OTHERS_SHOWN;
    size_t before = out->length;
    sort_others(&others, most_answered_first);
    for (size_t at = 0; at < count && items[at].answered; at++) {
        buffer_adds(out, at ? ", " : "answers ");
        add_name(group, items[at].author, out);
        buffer_printf(out, " %u", items[at].answered);
    }
    sort_others(&others, most_answering_first);
    for (size_t at = 0; at < count && items[at].answering; at++) {
        buffer_adds(out, at ? ", " : out->length > before ? " · answered by " : "answered by ");
        add_name(group, items[at].author, out);
        buffer_printf(out, " %u", items[at].answering);
    }
    vector_release(&others.items);
}

static unsigned show_person(struct session *session, uint32_t author);

static void list_author(struct session *session, const struct by_author *group, uint32_t author)
{
    struct buffer name = {0}, who = {0};
    add_name(group, author, &name);
    buffer_printf(&who, "%4u  ", comments_of(group, author));
    add_others(group, author, &who);
    picker_add(session, buffer_string(&name), buffer_string(&who), "", author);
    buffer_release(&name);
    buffer_release(&who);
}

unsigned run_list_authors(struct session *session, const struct call *call)
{
    struct by_author group = group_by_author(session->setup.document);
    struct best *best = xcalloc(1, sizeof *best);
    (void)call;
    for (uint32_t at = 0; at < group.authors; at++)
        if (!reader_is_nobody(session->reader, at))
            best_offer(best, (struct ranked){comments_of(&group, at), at});
    best_sort(best);
    picker_begin(session, show_person);
    for (uint32_t at = 0; at < best->count; at++)
        list_author(session, &group, best->items[at].index);
    if (best->count)
        picker_show(session);
    else
        session_refuse(session, "nobody is named in this thread");
    best_tell_limit(session, best);
    free(best);
    group_free(&group);
    return WISH_DRAW;
}

/* ---- one of them ----------------------------------------------------------------------------- */

/* What a line of somebody's list stands for: an author, or with him this. */
#define PERSON_NEXT   (UINT32_C(1) << 30)
#define PERSON_FILTER (UINT32_C(2) << 30)
#define PERSON_AUTHOR (PERSON_NEXT - 1)

static unsigned person_chosen(struct session *session, uint32_t value)
{
    uint32_t author = value & PERSON_AUTHOR;
    if (value & PERSON_NEXT) {
        reader_show_author(session->reader, author);
        return overview_tell_move(session);
    }
    return value & PERSON_FILTER ? filter_author(session, author) : show_person(session, author);
}

/* What somebody does to whom the list is of: "answers 4 times · is answered 2 times". */
static void add_times(struct buffer *out, const char *how, uint32_t times)
{
    if (times)
        buffer_printf(out, "%s%s %u time%s", out->length ? " · " : "", how, times,
                      times == 1 ? "" : "s");
}

static void list_other(struct session *session, const struct by_author *group,
                       const struct other *other)
{
    struct buffer name = {0}, times = {0};
    add_name(group, other->author, &name);
    add_times(&times, "is answered", other->answered);
    add_times(&times, "answers", other->answering);
    picker_add(session, buffer_string(&name), buffer_string(&times), "", other->author);
    buffer_release(&name);
    buffer_release(&times);
}

/* What there is to do, then whom he answers and who answers him, who are gone on to. */
static void list_person(struct session *session, const struct by_author *group, uint32_t author)
{
    struct others others = find_others(group, author);
    struct buffer name = {0}, what = {0};
    uint32_t count = comments_of(group, author), listed = 0;
    add_name(group, author, &name);
    sort_others(&others, most_first);
    buffer_printf(&what, "of %s, %u comment%s", buffer_string(&name), count, count == 1 ? "" : "s");
    for (size_t at = 0; at < others.items.count; at++)
        if (others.items.items[at].author == group->authors)
            buffer_printf(&what, ", %u on the article", others.items.items[at].answered);
    picker_add(session, "next comment", buffer_string(&what), "", author | PERSON_NEXT);
    buffer_clear(&what);
    buffer_printf(&what, "show only those of %s", buffer_string(&name));
    picker_add(session, "filter", buffer_string(&what), "", author | PERSON_FILTER);
    for (size_t at = 0; at < others.items.count && listed < BEST_MOST; at++) {
        const struct other *other = &others.items.items[at];
        if (other->author == group->authors || reader_is_nobody(session->reader, other->author))
            continue;
        list_other(session, group, other);
        listed++;
    }
    buffer_release(&name);
    buffer_release(&what);
    vector_release(&others.items);
}

static unsigned show_person(struct session *session, uint32_t author)
{
    struct by_author group = group_by_author(session->setup.document);
    picker_begin(session, person_chosen);
    list_person(session, &group, author);
    group_free(&group);
    picker_show(session);
    return WISH_DRAW;
}

unsigned run_show_author(struct session *session, const struct call *call)
{
    uint32_t comment = reader_comment(session->reader), author = DOCUMENT_NONE;
    (void)call;
    if (comment != DOCUMENT_NONE)
        author = document_comments(session->setup.document, NULL)[comment].author;
    if (!reader_is_nobody(session->reader, author))
        return show_person(session, author);
    session_refuse(session, "nobody is named here");
    return WISH_DRAW;
}
