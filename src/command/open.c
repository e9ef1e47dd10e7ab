/*
 * Links: one is opened, of several one is chosen from a list that shows where each really goes. A
 * link that seems to be another than it is is not opened before it has been shown so.
 */
#include "internal.h"

#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LINKS 2000 /* in one list */

/* ---- collecting ----------------------------------------------------------------------------- */

static void collect(struct session *session, struct range range)
{
    struct link_iter iter = link_iter_start(session->setup.document, range);
    struct links *links = &session->links;
    struct link link;
    vector_clear(&links->items);
    links->more = 0;
    while (link_iter_next(&iter, &link)) {
        if (links->items.count < MOST_LINKS)
            vector_push(&links->items, link);
        else
            links->more++;
    }
}

static bool read_link(const struct session *session, uint32_t number, struct address *address,
                      struct error *error)
{
    return link_read(address, session->setup.document, &session->links.items.items[number], error);
}

/* ---- opening -------------------------------------------------------------------------------- */

/* The command: the setting's, $BROWSER's (the first of several, parted by colons; none may be in
 * between), or the one that asks the desktop. The caller frees. */
static char *browser_command(const struct session *session)
{
    const char *set = config_string(session->config, SETTING_BROWSER);
    const char *environment = session->setup.browser;
    if (strcmp(set, "auto") != 0)
        return xstrdup(set);
    environment += environment ? strspn(environment, " :") : 0;
    if (environment && *environment)
        return xstrndup(environment, strcspn(environment, ":"));
    return xstrdup("xdg-open");
}

static bool needs_terminal(const struct session *session, const char *program)
{
    static const char *const known[] = {"w3m",  "lynx",    "links",  "links2",     "elinks",
                                        "cha",  "browsh",  "amfora", "bombadillo", "carbonyl",
                                        "mutt", "neomutt", "aerc",   "alpine",     "www-browser",
                                        "vim",  "offpunk"};
    int set = config_int(session->config, SETTING_BROWSER_TERMINAL);
    const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;
    bool in_list = false;
    for (size_t at = 0; at < ARRAY_LENGTH(known); at++)
        in_list = in_list || strcmp(name, known[at]) == 0;
    return set == SETTING_TERMINAL_YES || (set == SETTING_TERMINAL_AUTO && in_list);
}

static unsigned open_address(struct session *session, const struct address *address)
{
    struct buffer what = {0};
    char *command = browser_command(session);
    struct errand errand = {.kind = ERRAND_OPEN,
                            .arguments = arguments_split(command, buffer_string(&address->text))};
    free(command);
    errand.terminal = needs_terminal(session, errand.arguments[0] ? errand.arguments[0] : "");
    buffer_adds(&what, buffer_string(&address->host));
    if (address->warning.length)
        buffer_printf(&what, " (%s)", buffer_string(&address->warning));
    buffer_printf(&what, ": %s", buffer_string(&address->text));
    errand.what = buffer_detach(&what);
    return errand_ask(session, errand);
}

static unsigned open_link(struct session *session, uint32_t number)
{
    struct address address = {0};
    struct error error;
    unsigned wishes = WISH_DRAW;
    if (read_link(session, number, &address, &error))
        wishes |= open_address(session, &address);
    else
        session_complain(session, "%s", error.message);
    address_release(&address);
    return wishes;
}

unsigned links_copy(struct session *session, uint32_t number)
{
    struct address address = {0};
    struct error error;
    struct buffer data = {0}, what = {0};
    unsigned wishes = WISH_DRAW;
    if (read_link(session, number, &address, &error)) {
        buffer_printf(&what, "link to %s", buffer_string(&address.host));
        buffer_adds(&data, buffer_string(&address.text));
        wishes |= copy_data(session, &data, buffer_string(&what));
    } else {
        session_complain(session, "%s", error.message);
    }
    buffer_release(&what);
    address_release(&address);
    return wishes;
}

/* ---- the list ------------------------------------------------------------------------------- */

#define SEEN_MOST 60 /* bytes of a link's text that are shown */
#define NAME_MOST 60 /* and of who wrote the comment it is in */

/* "3 example.org", then what is odd about it, what is seen of it, and the whole address. */
static void add_link(struct session *session, uint32_t number)
{
    const struct link *link = &session->links.items.items[number];
    const struct document *document = session->setup.document;
    const char *text = document_text(document, NULL);
    uint32_t comment = document_comment_at(document, link->text.start);
    struct buffer name = {0}, help = {0}, author = {0};
    struct address address = {0};
    struct error error;
    bool fine = link_read(&address, document, link, &error);
    buffer_printf(&name, "%u %s", number + 1, fine ? buffer_string(&address.host) : "not opened");
    if (!fine || address.warning.length)
        buffer_printf(&help, "! %s · ", fine ? buffer_string(&address.warning) : error.message);
    if (text + link->text.start != link->address) {
        listing_words(&help, document, link->text, SEEN_MOST);
        buffer_adds(&help, " · ");
    }
    if (fine)
        buffer_adds(&help, buffer_string(&address.text));
    else
        buffer_add(&help, link->address, link->length);
    if (comment != DOCUMENT_NONE)
        listing_words(&author, document, document_comments(document, NULL)[comment].name,
                      NAME_MOST);
    picker_add(session, buffer_string(&name), buffer_string(&help), buffer_string(&author), number);
    buffer_release(&name);
    buffer_release(&help);
    buffer_release(&author);
    address_release(&address);
}

/* Shows the links [first, end) of those collected, to be opened or copied. */
static unsigned show_links(struct session *session, uint32_t first, uint32_t end)
{
    picker_begin(session, open_link);
    session->picker.copied = links_copy;
    for (uint32_t at = first; at < end; at++)
        add_link(session, at);
    picker_show(session);
    if (session->links.more)
        session_say(session, "the first %d of %zu links", MOST_LINKS,
                    MOST_LINKS + session->links.more);
    return WISH_DRAW;
}

/* Opens one of those collected, or shows it first where it is not what it seems. */
static unsigned open_or_show(struct session *session, uint32_t number)
{
    struct address address = {0};
    struct error error;
    bool odd = read_link(session, number, &address, &error) && address.warning.length > 0;
    if (odd)
        show_links(session, number, number + 1);
    if (odd)
        session_complain(session, "%s, but it goes to %s", buffer_string(&address.warning),
                         buffer_string(&address.host));
    address_release(&address);
    return odd ? WISH_DRAW : open_link(session, number);
}

bool links_offer(struct session *session, uint32_t place)
{
    const struct document *document = session->setup.document;
    uint32_t block = place == DOCUMENT_NONE ? DOCUMENT_NONE : document_block_at(document, place);
    if (block == DOCUMENT_NONE)
        return false;
    const struct block *item = &document_blocks(document, NULL)[block];
    collect(session, (struct range){item->start, item->end});
    for (uint32_t at = 0; at < session->links.items.count; at++) {
        if (!range_contains(session->links.items.items[at].text, place))
            continue;
        show_links(session, at, at + 1);
        return true;
    }
    return false;
}

/* The first and the end of those collected from the article that are on the screen. Beyond what is
 * collected of it they are counted from the first in view. */
static struct range links_in_view(struct session *session)
{
    struct range near = reader_article_in_view(session->reader), seen = {0, 0};
    if (session->links.more)
        collect(session, near);
    uint32_t count = (uint32_t)session->links.items.count;
    while (seen.start < count && session->links.items.items[seen.start].text.end <= near.start)
        seen.start++;
    seen.end = seen.start;
    while (seen.end < count && session->links.items.items[seen.end].text.start < near.end)
        seen.end++;
    return seen;
}

/* ---- actions -------------------------------------------------------------------------------- */

unsigned run_open_link(struct session *session, const struct call *call)
{
    uint32_t comment = part_focused(session), wanted = (uint32_t)call->count;
    const char *where = comment == DOCUMENT_NONE ? "in the article" : "in this comment";
    collect(session, document_item(session->setup.document, comment));
    uint32_t count = (uint32_t)session->links.items.count;
    struct range offered = {0, count};
    if (comment == DOCUMENT_NONE)
        offered = links_in_view(session);
    if (wanted > count && count > 0) {
        session_complain(session, "there is no link %u %s, the last is %u", wanted, where, count);
        return WISH_DRAW;
    }
    if (wanted && count)
        return open_or_show(session, wanted - 1);
    if (range_is_empty(offered)) {
        session_say(session, "there is no link %s", comment == DOCUMENT_NONE ? "in view" : where);
        return WISH_DRAW;
    }
    if (offered.end - offered.start == 1)
        return open_or_show(session, offered.start);
    return show_links(session, offered.start, offered.end);
}

/* All of the article or the thread, or of the comment. */
unsigned run_list_links(struct session *session, const struct call *call)
{
    const struct document *document = session->setup.document;
    const char *scope = call->argument ? call->argument : "";
    uint32_t comment = part_focused(session), count, length;
    const struct comment *comments = document_comments(document, &count);
    document_text(document, &length);
    struct range range = document_item(document, DOCUMENT_NONE);
    if (strcmp(scope, "comment") == 0 && comment != DOCUMENT_NONE)
        range = document_item(document, comment);
    else if (strcmp(scope, "all") == 0)
        range.end = length;
    else if (strcmp(scope, "thread") == 0 || (!*scope && comment != DOCUMENT_NONE))
        range = (struct range){count ? comments[0].name.start : length, length};
    else if (*scope && strcmp(scope, "article") != 0) {
        session_complain(session, "links of what? article, thread, comment or all");
        return WISH_DRAW;
    }
    collect(session, range);
    if (session->links.items.count == 0) {
        session_refuse(session, "there are no links");
        return WISH_DRAW;
    }
    return show_links(session, 0, (uint32_t)session->links.items.count);
}
