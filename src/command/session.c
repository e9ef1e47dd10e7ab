/*
 * The session: keys in, wishes out. What is on top takes the key: a prompt, then a text over the
 * panes, then the focused pane; the keymap says what the key means there.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- messages ----------------------------------------------------------------------------------
 */

static void set_message(struct session *session, bool is_error, const char *format,
                        va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    buffer_clear(&session->message);
    text_clean(&session->message, text, strlen(text), TEXT_ONE_LINE);
    session->message_is_error = is_error;
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

/* The first problem of settings and keys, and how many there are. */
static void tell_problems(struct session *session, const struct problems *problems)
{
    if (!problems || problems->count == 0)
        return;
    struct buffer text = {0};
    problem_write(&problems->items[0], &text);
    if (problems->count > 1)
        buffer_printf(&text, " (and %zu more: hearsay --check-config)", problems->count - 1);
    session_complain(session, "%s", buffer_string(&text));
    buffer_release(&text);
}

/* ---- beginning and end
 * --------------------------------------------------------------------------- */

struct session *session_new(const struct session_setup *setup)
{
    struct session *session = xcalloc(1, sizeof *session);
    session->setup = *setup;
    session->config = setup->config;
    session->keymap = setup->keymap;
    session->import = setup->import;
    session->reader = reader_new(setup->document, setup->config);
    session->last.action = KEYMAP_NO_ACTION;
    session->mouse = config_bool(setup->config, SETTING_MOUSE);
    size_t length;
    const char *note = document_meta(setup->document, STRING_NOTE, &length);
    if (length)
        session_say(session, "%.*s", (int)length, note);
    tell_problems(session, setup->problems);
    session_resize(session, 24, 80);
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    if (session->analysis)
        analysis_end(session->analysis);
    reader_free(session->reader);
    annotations_release(&session->annotations);
    keymap_free(session->keymap);
    listing_release(&session->listing);
    prompt_release(session);
    waiting_release(session);
    buffer_release(&session->message);
    free(session->last.argument);
    free(session);
}

unsigned session_resize(struct session *session, int rows, int columns)
{
    session->rows = rows;
    session->columns = columns;
    reader_resize(session->reader, rows, columns);
    return WISH_DRAW;
}

/* ---- keys
 * ------------------------------------------------------------------------------------------ */

enum keymap_context session_context(const struct session *session)
{
    static const enum keymap_context of_pane[PANE_COUNT] = {[PANE_ARTICLE] = KEYMAP_ARTICLE,
                                                            [PANE_SIDEBAR] = KEYMAP_SIDEBAR,
                                                            [PANE_THREAD] = KEYMAP_THREAD};
    if (session->prompt.kind != PROMPT_NONE)
        return KEYMAP_PROMPT;
    if (session->listing.open)
        return KEYMAP_HELP;
    return of_pane[reader_focus(session->reader)];
}

static void remember_last(struct session *session, const struct keymap_step *step, uint32_t count)
{
    if (!command_info(step->action).takes_count ||
        strcmp(command_info(step->action).name, "repeat") == 0)
        return;
    char *argument = step->argument ? xstrdup(step->argument) : NULL;
    free(session->last.argument);
    session->last.action = step->action;
    session->last.count = (int)count;
    session->last.argument = argument;
}

static unsigned run_steps(struct session *session, const struct keymap_result *result)
{
    unsigned wishes = 0;
    for (uint32_t at = 0; at < result->step_count; at++) {
        const struct keymap_step *step = &result->steps[at];
        wishes |= action_run(session, step->action, (int)result->count, step->argument);
        remember_last(session, step, result->count);
        if (wishes & WISH_QUIT)
            break;
    }
    return wishes;
}

/* Says that keys mean nothing here, and where to look. */
static unsigned tell_unbound(struct session *session, const struct keymap_result *result)
{
    struct buffer text = {0}, help = {0};
    uint32_t action = keymap_action_find(command_actions(), "help");
    keys_write(result->keys, result->key_count, &text);
    keymap_keys_of(session->keymap, session_context(session), action, 1, "", &help);
    if (help.length)
        session_complain(session, "'%s' is not bound, %s for help", buffer_string(&text),
                         buffer_string(&help));
    else
        session_complain(session, "'%s' is not bound", buffer_string(&text));
    buffer_release(&text);
    buffer_release(&help);
    return WISH_DRAW | WISH_BELL;
}

static unsigned act(struct session *session, enum keymap_answer answer,
                    const struct keymap_result *result)
{
    unsigned wishes = WISH_DRAW;
    session->timed = answer == KEYMAP_MORE && result->timed;
    switch (answer) {
    case KEYMAP_MATCH:
        return wishes | run_steps(session, result);
    case KEYMAP_NONE:
        if (session->prompt.kind == PROMPT_NONE)
            return tell_unbound(session, result);
        for (uint32_t at = 0; at < result->key_count; at++)
            wishes |= prompt_type(session, result->keys[at]);
        return wishes;
    case KEYMAP_MORE:
    case KEYMAP_CANCEL:
        return wishes;
    case KEYMAP_IDLE:
        break;
    }
    return 0;
}

/* What one key set free may be followed by keys that wait behind it. */
static unsigned act_all(struct session *session, enum keymap_answer answer,
                        struct keymap_result *result)
{
    unsigned wishes = act(session, answer, result);
    while (answer != KEYMAP_MORE && answer != KEYMAP_IDLE && !(wishes & WISH_QUIT)) {
        answer = keymap_again(session->keymap, &session->keys, session_context(session), result);
        wishes |= act(session, answer, result);
    }
    return wishes;
}

unsigned session_key(struct session *session, uint32_t key)
{
    struct keymap_result result = {0};
    if (session->waiting.active)
        return waiting_key(session, key);
    buffer_clear(&session->message);
    bool letter =
        session->prompt.kind == PROMPT_SET_MARK || session->prompt.kind == PROMPT_GO_TO_MARK;
    if (letter && keys_character(key))
        return prompt_type(session, key) | WISH_DRAW;
    enum keymap_answer answer =
        keymap_feed(session->keymap, &session->keys, session_context(session), key, &result);
    return act_all(session, answer, &result);
}

unsigned session_timeout(struct session *session)
{
    struct keymap_result result = {0};
    enum keymap_answer answer =
        keymap_timeout(session->keymap, &session->keys, session_context(session), &result);
    return act_all(session, answer, &result);
}

int session_wait(const struct session *session)
{
    return session->timed ? config_int(session->config, SETTING_TIMEOUT_MS) : -1;
}

unsigned session_paste(struct session *session, const char *text, size_t length)
{
    buffer_clear(&session->message);
    if (session->prompt.kind != PROMPT_NONE)
        return prompt_insert(session, text, length);
    session_say(session, "pasted text is taken only while typing a search or a command");
    return WISH_DRAW;
}

/* ---- the mouse
 * --------------------------------------------------------------------------------------- */

bool session_wants_mouse(const struct session *session)
{
    return session->mouse;
}

#define WHEEL_ROWS 3

static bool holds(struct rect rect, int row, int column)
{
    return row >= rect.row && row < rect.row + rect.rows && column >= rect.column &&
           column < rect.column + rect.columns;
}

/* The pane under a cell; PANE_COUNT: none. */
static enum pane pane_at(const struct session *session, int row, int column)
{
    const struct panes *panes = reader_panes(session->reader);
    int pane = 0;
    while (pane < PANE_COUNT && !holds(panes->pane[pane], row, column))
        pane++;
    return (enum pane)pane;
}

static unsigned wheel(struct session *session, int row, int column, int rows)
{
    if (session->listing.open)
        return listing_scroll(session, rows);
    enum pane pane = pane_at(session, row, column), focus = reader_focus(session->reader);
    if (pane == PANE_COUNT)
        return 0;
    reader_set_focus(session->reader, pane);
    reader_scroll(session->reader, rows);
    reader_set_focus(session->reader, focus);
    return WISH_DRAW;
}

unsigned session_mouse(struct session *session, enum session_mouse kind, int row, int column)
{
    enum pane pane = pane_at(session, row, column);
    switch (kind) {
    case MOUSE_WHEEL_UP:
        return wheel(session, row, column, -WHEEL_ROWS);
    case MOUSE_WHEEL_DOWN:
        return wheel(session, row, column, WHEEL_ROWS);
    case MOUSE_PRESS:
        buffer_clear(&session->message);
        if (pane == PANE_COUNT || session->listing.open)
            return 0;
        reader_set_focus(session->reader, pane);
        reader_point(session->reader, row, column);
        return WISH_DRAW;
    case MOUSE_RELEASE:
    case MOUSE_DRAG:
        break;
    }
    return 0;
}

/* ---- settings
 * ------------------------------------------------------------------------------------------ */

unsigned session_reload(struct session *session)
{
    struct problems problems = {0};
    bool read = config_load(session->config, session->setup.config_path, &problems);
    const char *name = session->setup.keymap_name;
    struct keymap_request request = {.name = name ? name
                                                  : config_string(session->config, SETTING_KEYMAP),
                                     .actions = command_actions(),
                                     .overlay = config_ini(session->config),
                                     .escape_ms = config_int(session->config, SETTING_ESCAPE_MS)};
    struct keymap *keymap = keymap_load(&request, &problems);
    keymap_free(session->keymap);
    keymap_reset(&session->keys);
    session->keymap = keymap;
    session->mouse = config_bool(session->config, SETTING_MOUSE);
    reader_configure(session->reader, session->config);
    if (read && problems.count == 0)
        session_say(session, "settings and keys have been read again");
    tell_problems(session, &problems);
    problems_release(&problems);
    return WISH_DRAW | WISH_REPAINT | WISH_MOUSE;
}

/* ---- background work
 * ------------------------------------------------------------------------------------- */

static unsigned take_analysis(struct session *session)
{
    analysis_end(session->analysis);
    session->analysis = NULL;
    session->analysed = true;
    reader_annotate(session->reader, &session->annotations);
    return WISH_DRAW;
}

unsigned session_work(struct session *session, bool *more)
{
    unsigned wishes = session->import ? waiting_work(session) : 0;
    if (!session->import && !session->analysis && !session->analysed)
        session->analysis = analysis_begin(session->setup.document, &session->annotations);
    if (session->analysis && analysis_is_done(session->analysis))
        wishes |= take_analysis(session);
    bool counting = reader_has_work(session->reader);
    *more = reader_work(session->reader);
    return counting && !*more ? wishes | WISH_DRAW : wishes;
}

int session_wakeup(const struct session *session)
{
    if (session->import)
        return import_descriptor_of_news(session->import);
    return session->analysis ? analysis_descriptor(session->analysis) : -1;
}

bool session_is_busy(const struct session *session)
{
    return session->analysis && !analysis_is_done(session->analysis);
}

unsigned session_settle(struct session *session)
{
    bool more = true;
    unsigned wishes = 0;
    if (session->import)
        import_settle(session->import);
    while (more)
        wishes |= session_work(session, &more);
    return session->analysis ? wishes | take_analysis(session) : wishes;
}

/* ---- what is to be seen
 * -------------------------------------------------------------------------------------- */

void session_draw(struct session *session, struct frame *frame)
{
    frame_begin(frame, session->rows, session->columns);
    if (session->listing.open)
        listing_draw(session, frame);
    else
        reader_draw(session->reader, frame);
    struct rect status = reader_panes(session->reader)->status;
    if (status.rows > 0)
        status_draw(session, frame, status);
}
