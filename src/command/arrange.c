/* How the thread is arranged: sorted, and filtered. */
#include "internal.h"

#include <string.h>

/* ---- sorting ------------------------------------------------------------------------ */

static const char *const order_help[ORDERS] = {
    [ORDER_GIVEN] = "as the source has them",
    [ORDER_OLDEST] = "the oldest first",
    [ORDER_NEWEST] = "the newest first",
    [ORDER_SCORE] = "the highest score first",
    [ORDER_REPLIES] = "the most comments below first",
    [ORDER_ACTIVITY] = "the one with the newest comment in it first",
};

static unsigned sort(struct session *session, enum reader_sorted sorted, enum reader_order order)
{
    reader_sort(session->reader, sorted, order);
    session_say(session, "%s: %s", sorted == SORT_TOP_LEVEL ? "comments" : "replies",
                order_help[order]);
    return WISH_DRAW;
}

static unsigned sort_chosen(struct session *session, uint32_t value)
{
    return sort(session, (enum reader_sorted)(value / ORDERS), (enum reader_order)(value % ORDERS));
}

static unsigned choose_order(struct session *session, enum reader_sorted sorted)
{
    enum reader_order now = reader_order(session->reader, sorted);
    picker_begin(session, sort_chosen);
    picker_title(session, "sort %s by", sorted == SORT_TOP_LEVEL ? "comments" : "replies");
    for (unsigned at = 0; at < ORDERS; at++)
        picker_add(session, reader_order_name((enum reader_order)at), order_help[at],
                   at == now ? "now" : "", (uint32_t)sorted * ORDERS + at);
    picker_show(session);
    return WISH_DRAW;
}

/* What could have been meant: the nearest, or any. */
static unsigned tell_unknown_order(struct session *session, const struct nearest *nearest)
{
    struct buffer all = {0};
    char hint[128];
    if (nearest_name(nearest))
        buffer_adds(&all, nearest_hint(nearest, hint, sizeof hint));
    for (unsigned at = 0; at < ORDERS && !nearest_name(nearest); at++)
        buffer_printf(&all, "%s%s",
                      at == 0           ? ": there are "
                      : at + 1 < ORDERS ? ", "
                                        : " and ",
                      reader_order_name((enum reader_order)at));
    session_complain(session, "unknown order '%s'%s", nearest->wanted, buffer_string(&all));
    buffer_release(&all);
    return WISH_DRAW;
}

unsigned run_sort(struct session *session, const struct call *call)
{
    enum reader_sorted sorted = (enum reader_sorted)call->parameter;
    struct nearest nearest = {.wanted = call->argument};
    if (!call->argument)
        return choose_order(session, sorted);
    for (unsigned at = 0; at < ORDERS; at++) {
        const char *name = reader_order_name((enum reader_order)at);
        if (strcmp(call->argument, name) == 0)
            return sort(session, sorted, (enum reader_order)at);
        nearest_offer(&nearest, name);
    }
    return tell_unknown_order(session, &nearest);
}

size_t offer_orders(struct session *session, const char *typed)
{
    for (unsigned at = 0; at < ORDERS; at++)
        command_offer(session, typed, reader_order_name((enum reader_order)at), order_help[at], "");
    return 0;
}

/* ---- filters ------------------------------------------------------------------------ */

static void tell_count(struct session *session, const char *otherwise)
{
    const char *notice = reader_notice(session->reader);
    uint32_t count = reader_filter_count(session->reader);
    if (reader_filter_text(session->reader, 0))
        session_say(session, "%u comment%s%s%s", count, count == 1 ? " fits" : "s fit",
                    notice[0] ? ", " : "", notice);
    else
        session_say(session, "%s", notice[0] ? notice : otherwise);
}

unsigned filter_apply(struct session *session, const char *text)
{
    struct error error;
    if (!text[strspn(text, " ")])
        return run_filter_pop(session, &(struct call){.parameter = 1});
    if (reader_filter(session->reader, text, &error))
        tell_count(session, "");
    else
        session_complain(session, "%s", error.message);
    return WISH_DRAW;
}

unsigned run_filter(struct session *session, const struct call *call)
{
    if (call->argument)
        return filter_apply(session, call->argument);
    prompt_open(session, PROMPT_FILTER, false);
    return WISH_DRAW;
}

/* A filter that was made here, or none: nobody is named. */
static unsigned apply_made(struct session *session, bool made, struct buffer *text)
{
    unsigned wishes = WISH_DRAW;
    if (made)
        wishes = filter_apply(session, buffer_string(text));
    else
        session_say(session, "nobody is named here");
    buffer_release(text);
    return wishes;
}

unsigned filter_author(struct session *session, uint32_t author)
{
    struct buffer text = {0};
    return apply_made(session, reader_author_filter(session->reader, author, &text), &text);
}

unsigned run_filter_author(struct session *session, const struct call *call)
{
    uint32_t comment = reader_comment(session->reader);
    const struct comment *comments = document_comments(session->setup.document, NULL);
    (void)call;
    return filter_author(session,
                         comment == DOCUMENT_NONE ? DOCUMENT_NONE : comments[comment].author);
}

unsigned run_filter_name(struct session *session, const struct call *call)
{
    struct buffer text = {0};
    bool made = reader_name_filter(session->reader, call->parameter, &text);
    unsigned wishes = apply_made(session, made, &text);
    if (!session->analysed)
        session_say(session, "names are still being found");
    return wishes;
}

unsigned run_filter_pop(struct session *session, const struct call *call)
{
    bool any =
        call->parameter ? reader_filter_clear(session->reader) : reader_filter_pop(session->reader);
    tell_count(session, any ? "all comments are shown" : "nothing is filtered");
    return WISH_DRAW;
}

unsigned run_filter_context(struct session *session, const struct call *call)
{
    (void)call;
    bool shown = reader_filter_context(session->reader);
    session_say(session, shown ? "what they answer is shown too" : "only what fits is shown");
    return WISH_DRAW;
}

size_t offer_terms(struct session *session, const char *typed)
{
    size_t start = strlen(typed);
    const char *name, *help;
    while (start > 0 && !strchr(" (|!", typed[start - 1]))
        start--;
    for (size_t at = 0; (name = filter_term(at, &help)); at++)
        command_offer(session, typed + start, name, help, "");
    return start;
}
