/*
 * A file with many articles: a list of them to choose from. Each is a comment on the article of the
 * list's document, with its own comments below it; to open one is the wish for another session.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void add_range(struct buffer *out, const struct document *list, struct range range)
{
    buffer_add(out, document_text(list, NULL) + range.start, range.end - range.start);
}

static void add_title(struct buffer *out, const struct document *list, uint32_t comment)
{
    struct range title = document_item_title(list, comment);
    if (range_is_empty(title))
        buffer_adds(out, "(no title)");
    else
        add_range(out, list, title);
}

/* "Mara Lindqvist · 3 May 2024 · 12 comments" */
static void add_facts(struct buffer *out, const struct document *list, uint32_t comment)
{
    const struct comment *item = &document_comments(list, NULL)[comment];
    uint32_t below = document_subtree_end(list, comment) - comment - 1;
    time_t seconds = (time_t)item->time;
    struct tm parts;
    char date[48];
    add_range(out, list, item->name);
    if (item->time != TIME_NONE && gmtime_r(&seconds, &parts) &&
        strftime(date, sizeof date, "%e %b %Y", &parts))
        buffer_printf(out, "%s%s", out->length ? " · " : "", date + strspn(date, " "));
    if (below)
        buffer_printf(out, "%s%u comment%s", out->length ? " · " : "", below,
                      below == 1 ? "" : "s");
}

static unsigned open_article(struct session *session, uint32_t item)
{
    session->item = item;
    return WISH_OPEN;
}

static void add_article(struct session *session, uint32_t number, uint32_t comment)
{
    const struct document *list = session->setup.list;
    struct buffer title = {0}, facts = {0};
    add_title(&title, list, comment);
    add_facts(&facts, list, comment);
    picker_add(session, buffer_string(&title), "", buffer_string(&facts), number);
    buffer_release(&title);
    buffer_release(&facts);
}

static void show_list(struct session *session)
{
    const uint32_t *roots;
    uint32_t count = document_roots(session->setup.list, &roots);
    picker_begin(session, open_article);
    for (uint32_t at = 0; at < count; at++)
        add_article(session, at, roots[at]);
    picker_show(session);
    uint32_t before = session->setup.article == DOCUMENT_NONE ? session->setup.article_before
                                                              : session->setup.article;
    if (before < count)
        picker_move(session, (int)before);
}

unsigned run_articles(struct session *session, const struct call *call)
{
    (void)call;
    if (session->setup.list)
        show_list(session);
    else
        session_refuse(session, "this is the only article");
    return WISH_DRAW;
}

bool articles_leave(struct session *session)
{
    if (!session->setup.list || session->setup.article == DOCUMENT_NONE ||
        session->setup.article_asked)
        return false;
    session->item = DOCUMENT_NONE;
    return true;
}

void articles_offer(struct session *session)
{
    if (session->setup.list && session->setup.article == DOCUMENT_NONE)
        show_list(session);
}

uint32_t session_item(const struct session *session)
{
    return session->item;
}
