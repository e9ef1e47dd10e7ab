/* How the thread is arranged: sorted. */
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
    for (unsigned at = 0; at < ORDERS; at++)
        picker_add(session, reader_order_name((enum reader_order)at), order_help[at],
                   at == now ? "now" : "", (uint32_t)sorted * ORDERS + at);
    picker_show(session);
    return WISH_DRAW;
}

unsigned run_sort(struct session *session, const struct call *call)
{
    enum reader_sorted sorted = (enum reader_sorted)call->parameter;
    struct nearest nearest = {.wanted = call->argument};
    char hint[128];
    if (!call->argument)
        return choose_order(session, sorted);
    for (unsigned at = 0; at < ORDERS; at++) {
        const char *name = reader_order_name((enum reader_order)at);
        if (strcmp(call->argument, name) == 0)
            return sort(session, sorted, (enum reader_order)at);
        nearest_offer(&nearest, name);
    }
    session_complain(session, "unknown order '%s'%s", call->argument,
                     nearest_hint(&nearest, hint, sizeof hint));
    return WISH_DRAW;
}

size_t offer_orders(struct session *session, const char *typed)
{
    for (unsigned at = 0; at < ORDERS; at++)
        command_offer(session, typed, reader_order_name((enum reader_order)at), order_help[at], "");
    return 0;
}
