/*
 * While the document is being read, all of it that has come can be read, folded and searched. A few
 * actions mean all of it: the end, all folds, a search that has found nothing yet. Such a one
 * waits, and what comes after it waits behind it, so that macros and keys typed ahead do what they
 * always do; Escape gives it up. The screen goes on being drawn and says how far the reading has
 * come.
 */
#include "internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const whole_thread[] = {
    "sort",
    "sort-replies",
    "filter",
    "filter-author",
    "bottom",
    "fold-all",
    "unfold-all",
    "fold-more",
    "go-to-comment",
    "fold-less",
    "fold-to-depth",
    "next-by-score",
    "previous-by-score",
    "save",
    "pipe",
    "list-links",
    "copy-branch",
    "list-newest",
    "list-best",
    "list-authors",
    "show-author",
    "thread-map",
    "fold-read",
    "mark-all-read",
    "next-unread",
    "toggle-flat",
};

/* An action that does something else where the document is known only in part. */
static bool needs_all(struct session *session, uint32_t action, int count)
{
    const char *name = command_info(action).name;
    struct reader *reader = session->reader;
    if (listing_on_top(session))
        return false;
    if (strcmp(name, "accept") == 0)
        return session->prompt.kind == PROMPT_FILTER ||
               (session->prompt.kind == PROMPT_SEARCH && !reader_has_hit(reader));
    if (strncmp(name, "search-", 7) == 0)
        return strcmp(name, "search-next") == 0 || strcmp(name, "search-previous") == 0;
    if (strcmp(name, "bottom") == 0 || strcmp(name, "top") == 0)
        return reader_focus(reader) == PANE_THREAD && (name[0] == 'b' || count > 0);
    for (size_t at = 0; at < ARRAY_LENGTH(whole_thread); at++)
        if (strcmp(name, whole_thread[at]) == 0)
            return true;
    return false;
}

bool waiting_begin(struct session *session, uint32_t action, int count, const char *argument)
{
    if (!session->import || !(session->waiting.active || needs_all(session, action, count)))
        return false;
    session->waiting.active = true;
    steps_add(&session->waiting.steps, action, count, argument);
    return true;
}

unsigned waiting_key(struct session *session, uint32_t key)
{
    bool leave = key == keys_make('c', KEYS_CTRL);
    if (key != KEYS_ESC && !leave) {
        vector_push(&session->waiting.keys, key);
        return 0;
    }
    session->waiting.active = false;
    steps_clear(&session->waiting.steps);
    vector_clear(&session->waiting.keys);
    if (leave)
        return session_take_key(session, key);
    session_say(session, "stopped waiting; the rest is still being read");
    return WISH_DRAW;
}

/* What has waited, and then the keys behind it. */
static unsigned run_waiting(struct session *session)
{
    session->waiting.active = false;
    session->ran = 0;
    unsigned wishes = steps_run(session, &session->waiting.steps, 0);
    steps_clear(&session->waiting.steps);
    for (size_t at = 0; at < session->waiting.keys.count && !(wishes & WISH_QUIT); at++)
        wishes |= session_take_key(session, session->waiting.keys.items[at]);
    vector_clear(&session->waiting.keys);
    return wishes | WISH_DRAW;
}

/* Whether all came, or why not. */
static void tell_end(struct session *session)
{
    struct error error;
    size_t length;
    const char *note = document_meta(session->setup.document, STRING_NOTE, &length);
    if (!import_settle(session->import, &error))
        session_complain(session, "%s", error.message);
    else if (length)
        session_say(session, "%.*s", (int)length, note);
}

unsigned waiting_work(struct session *session)
{
    import_heed(session->import); /* first: the news of the end must not be lost */
    bool done = import_is_done(session->import);
    reader_update(session->reader);
    if (!done)
        return WISH_DRAW;
    tell_end(session);
    session->import = NULL;
    remember_begin(session);
    return session->waiting.active ? run_waiting(session) : WISH_DRAW;
}

/* ---- nothing is there yet -------------------------------------------------------------------- */

unsigned awaiting_key(struct session *session, uint32_t key)
{
    const uint32_t leaving[] = {KEYS_ESC, keys_make('c', KEYS_CTRL), 'q'};
    (void)session;
    for (size_t at = 0; at < ARRAY_LENGTH(leaving); at++)
        if (key == leaving[at])
            return WISH_QUIT;
    return 0;
}

unsigned awaiting_work(struct session *session)
{
    import_heed(session->import);
    bool come = import_first(session->import, 0, NULL) || import_is_done(session->import);
    return come ? WISH_OPEN | WISH_DRAW : WISH_DRAW;
}

void awaiting_describe(const struct session *session, struct buffer *out)
{
    struct import_progress progress = import_progress(session->import);
    if (progress.arriving && progress.bytes == 0)
        buffer_printf(out, "waiting for %s", session->setup.name);
    else if (progress.arriving)
        buffer_printf(out, "reading %s: %" PRIu64 " kB have come", session->setup.name,
                      progress.bytes / 1000);
    else
        buffer_printf(out, "reading %s", session->setup.name);
    if (progress.percent)
        buffer_printf(out, " %u %%", progress.percent);
    buffer_adds(out, ", Esc to stop");
}

void waiting_release(struct session *session)
{
    steps_release(&session->waiting.steps);
    vector_release(&session->waiting.keys);
}
