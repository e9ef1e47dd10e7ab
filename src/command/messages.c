/*
 * What there is to say: a sentence in the last row until the next key, cut there where it is too
 * long, and kept whole for who wants to read it again.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sentence, cleaned; the caller frees it. */
static char *sentence(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t size = length > 0 ? (size_t)length + 1 : 1;
    char *text = xcalloc(size, 1);
    struct buffer clean = {0};
    if (length > 0)
        vsnprintf(text, size, format, arguments);
    text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
    free(text);
    return buffer_detach(&clean);
}

static void set_message(struct session *session, bool is_error, const char *format,
                        va_list arguments)
{
    char *text = sentence(format, arguments);
    buffer_clear(&session->message);
    buffer_adds(&session->message, text);
    session->message_is_error = is_error;
    history_add(&session->messages, text);
    free(text);
}

void session_say(struct session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_message(session, false, format, arguments);
    va_end(arguments);
}

void session_complain(struct session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_message(session, true, format, arguments);
    va_end(arguments);
}

/* The first problem, its file without the directories, for the last row is short; all of them are
 * among the messages. */
void session_tell_problems(struct session *session, const char *before,
                           const struct problems *problems)
{
    if (!problems || problems->count == 0)
        return;
    for (size_t at = problems->count; at-- > 0;) {
        struct buffer text = {0};
        problem_write(&problems->items[at], &text);
        history_add(&session->messages, buffer_string(&text));
        buffer_release(&text);
    }
    struct config_problem first = problems->items[0];
    struct buffer text = {0};
    char *slash = strrchr(first.file, '/');
    first.file = slash ? slash + 1 : first.file;
    problem_write(&first, &text);
    if (problems->count > 1)
        buffer_printf(&text, " (and %zu more)", problems->count - 1);
    session_complain(session, "%s%s", before, buffer_string(&text));
    buffer_release(&text);
}

/* ---- in full ------------------------------------------------------------------------ */

unsigned session_refuse(struct session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = sentence(format, arguments);
    va_end(arguments);
    struct listing *list = panel_open(session, PANEL_ANSWER);
    history_add(&session->messages, text);
    listing_add(list, "", text, "");
    listing_wrap(list, session->columns);
    free(text);
    return WISH_DRAW;
}

/* The last one first, as it is most often the one that is wanted. */
unsigned run_show_messages(struct session *session, const struct call *call)
{
    const struct history *said = &session->messages;
    (void)call;
    if (said->lines.count == 0)
        return session_refuse(session, "nothing has been said yet");
    listing_open(session, "Messages, the last one first");
    for (size_t at = said->lines.count; at-- > 0;)
        listing_add(&session->listing, "-", said->lines.items[at], "");
    listing_wrap(&session->listing, session->columns);
    return WISH_DRAW;
}
