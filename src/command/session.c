/*
 * The session: keys in, wishes out. What is on top takes the key: a prompt, then a text over the
 * panes, then the focused pane; the keymap says what the key means there.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- beginning and end ----------------------------------------------------------------------- */

struct session *session_new(const struct session_setup *setup)
{
    struct session *session = xcalloc(1, sizeof *session);
    session->setup = *setup;
    session->config = setup->config;
    session->keymap = setup->keymap;
    session->import = setup->import;
    session->item = setup->article;
    session->reader = reader_new(setup->document, setup->config);
    reader_set_now(session->reader, setup->now);
    session->dragged = READER_NO_RULE;
    size_t length;
    const char *note = document_meta(setup->document, STRING_NOTE, &length);
    if (length)
        session_say(session, "%.*s", (int)length, note);
    session_tell_problems(session, "", setup->problems);
    session_resize(session, 24, 80);
    if (!session->import)
        remember_begin(session);
    articles_offer(session);
    return session;
}

void session_set_now(struct session *session, int64_t now)
{
    reader_set_now(session->reader, now);
}

void session_set_colours(struct session *session, int colours)
{
    reader_set_colours(session->reader, colours);
}

void session_free(struct session *session)
{
    if (!session)
        return;
    session_leave(session, NULL);
    if (session->analysis)
        analysis_end(session->analysis, NULL);
    reader_free(session->reader);
    annotations_release(&session->annotations);
    keymap_free(session->keymap);
    keymap_free(session->next_keymap);
    listing_release(&session->listing);
    listing_release(&session->panel.list);
    picker_release(&session->picker);
    record_release(session);
    prompt_release(session);
    history_release(&session->messages);
    waiting_release(session);
    vector_release(&session->remember.seen);
    buffer_release(&session->remember.news);
    errands_drop(session);
    vector_release(&session->links.items);
    buffer_release(&session->message);
    steps_release(&session->last);
    free(session);
}

unsigned session_resize(struct session *session, int rows, int columns)
{
    session->rows = rows;
    session->columns = columns;
    reader_resize(session->reader, rows, columns);
    listing_rewrap(&session->listing, columns);
    listing_rewrap(&session->panel.list, columns);
    return WISH_DRAW;
}

/* ---- keys ------------------------------------------------------------------------------------ */

enum keymap_context session_context_below(const struct session *session)
{
    static const enum keymap_context of_pane[PANE_COUNT] = {[PANE_ARTICLE] = KEYMAP_ARTICLE,
                                                            [PANE_SIDEBAR] = KEYMAP_SIDEBAR,
                                                            [PANE_THREAD] = KEYMAP_THREAD};
    bool over = session->listing.open || session->panel.kind == PANEL_PEEK;
    return over ? KEYMAP_HELP : of_pane[reader_focus(session->reader)];
}

enum keymap_context session_context(const struct session *session)
{
    if (session->prompt.kind == PROMPT_PICK)
        return KEYMAP_PICKER;
    if (session->prompt.kind != PROMPT_NONE)
        return KEYMAP_PROMPT;
    return session_context_below(session);
}

/* Says that keys mean nothing here, and where to look. */
static unsigned tell_unbound(struct session *session, const struct keymap_result *result)
{
    struct buffer text = {0}, help = {0};
    if (result->key_count == 1 && result->keys[0] == keys_make('c', KEYS_CTRL))
        return session->prompt.kind == PROMPT_NONE
                   ? WISH_QUIT /* whatever a keymap forgot, there is a way out */
                   : prompt_cancel(session);
    uint32_t action = keymap_action_find(command_actions(), "help");
    keys_write(result->keys, result->key_count, &text);
    if (session->prompt.kind == PROMPT_NONE)
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

/* Keys that are bound to nothing where one types are what is typed. */
static unsigned type_keys(struct session *session, const struct keymap_result *result)
{
    unsigned wishes = 0;
    bool any = false;
    for (uint32_t at = 0; at < result->key_count; at++)
        any = any || keys_character(result->keys[at]) != 0;
    if (!any)
        return tell_unbound(session, result);
    for (uint32_t at = 0; at < result->key_count; at++)
        wishes |= prompt_type(session, result->keys[at]);
    return wishes;
}

/* What keys come to. */
static unsigned run_answer(struct session *session, enum keymap_answer answer,
                           const struct keymap_result *result)
{
    unsigned wishes = WISH_DRAW;
    if (session->describing)
        return describe_answer(session, answer, result);
    switch (answer) {
    case KEYMAP_MATCH:
        return wishes | steps_do(session, result->steps, result->step_count, (int)result->count);
    case KEYMAP_NONE:
        return wishes | (session->prompt.kind == PROMPT_NONE ? tell_unbound(session, result)
                                                             : type_keys(session, result));
    case KEYMAP_MORE:
    case KEYMAP_CANCEL:
        return wishes;
    case KEYMAP_IDLE:
        break;
    }
    return 0;
}

/* What was asked for and told stays until keys have come to something else. */
static unsigned act(struct session *session, enum keymap_answer answer,
                    const struct keymap_result *result)
{
    session->timed = answer == KEYMAP_MORE && result->timed;
    session->panel.is_new = false;
    unsigned wishes = run_answer(session, answer, result);
    if (answer == KEYMAP_MORE || answer == KEYMAP_IDLE)
        return wishes;
    if (!session->panel.is_new)
        panel_close(session, PANEL_ANSWER);
    session->lapsed = false;
    return wishes;
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

/* Whether Ctrl-C takes back a count or keys that it leads on to nothing from, before it leaves. */
static bool is_interrupt(uint32_t key, enum keymap_answer answer,
                         const struct keymap_result *result)
{
    return key == keys_make('c', KEYS_CTRL) &&
           (answer == KEYMAP_NONE || (answer == KEYMAP_MATCH && result->key_count == 1));
}

/* Ctrl-C is for what runs, if anything does, and only then for us. */
static bool stops_programs(struct session *session, uint32_t key)
{
    if (!session->programs || key != keys_make('c', KEYS_CTRL))
        return false;
    session_say(session, "stopping what still runs");
    return true;
}

unsigned session_take_key(struct session *session, uint32_t key)
{
    struct keymap_result result = {0};
    bool begun = session->keys.pending || session->keys.count;
    session->ran = 0;
    if (session->setup.awaited)
        return awaiting_key(session, key);
    if (session->waiting.active)
        return waiting_key(session, key);
    settings_take_keymap(session);
    buffer_clear(&session->message);
    panel_close(session, PANEL_HINT);
    session->key_at = session->clock;
    if (stops_programs(session, key))
        return WISH_DRAW | WISH_STOP;
    if (prompt_takes_letter(session) && keys_character(key))
        return prompt_type(session, key) | WISH_DRAW;
    enum keymap_answer answer =
        keymap_feed(session->keymap, &session->keys, session_context(session), key, &result);
    if (begun && is_interrupt(key, answer, &result)) {
        keymap_reset(&session->keys);
        answer = KEYMAP_CANCEL;
    }
    return act_all(session, answer, &result);
}

unsigned session_key(struct session *session, uint32_t key)
{
    record_key(session, key);
    unsigned wishes = session_take_key(session, key);
    if (!(wishes & WISH_QUIT))
        wishes |= record_play_all(session);
    remember_key(session);
    return wishes;
}

/* ---- time ----------------------------------------------------------------------------------- */

/*
 * What happens when no key comes: a begun sequence is told how it can go on; a binding that begins
 * a longer one stops waiting for it; what is seen has been read, and what has changed is written.
 */
struct due {
    int64_t hint, binding, remember; /* of the session's clock; -1: not at all */
};

static struct due due_of(const struct session *session)
{
    struct due due = {-1, -1, remember_due(session)};
    int hint = config_int(session->config, SETTING_HINT_MS);
    if (hint > 0 && session->keys.pending && session->panel.kind == PANEL_NONE)
        due.hint = session->key_at + hint;
    if (session->timed)
        due.binding = session->key_at + config_int(session->config, SETTING_TIMEOUT_MS);
    if (session->timed && due.binding < due.hint + hint)
        due.hint = -1; /* nobody could read it before it is gone */
    return due;
}

/* The earlier of two; -1 is never. */
static int64_t earlier(int64_t one, int64_t other)
{
    return one < 0 || (other >= 0 && other < one) ? other : one;
}

static int64_t first_of(struct due due)
{
    return earlier(earlier(due.binding, due.hint), due.remember);
}

void session_pass(struct session *session, int64_t milliseconds)
{
    session->clock += milliseconds > 0 ? milliseconds : 0;
}

int session_wait(const struct session *session)
{
    int64_t first = first_of(due_of(session));
    if (first < 0)
        return -1;
    return first > session->clock ? (int)(first - session->clock) : 0;
}

unsigned session_timeout(struct session *session)
{
    struct keymap_result result = {0};
    settings_take_keymap(session);
    session->ran = 0;
    struct due due = due_of(session);
    int64_t first = first_of(due);
    session->clock = first > session->clock ? first : session->clock;
    unsigned wishes = remember_timeout(session);
    if (due.binding >= 0 && due.binding <= session->clock) {
        bool shown = session->panel.kind == PANEL_HINT;
        panel_close(session, PANEL_HINT);
        enum keymap_answer answer =
            keymap_timeout(session->keymap, &session->keys, session_context(session), &result);
        wishes |= act_all(session, answer, &result);
        session->lapsed = shown;
        return wishes & WISH_QUIT ? wishes : wishes | record_play_all(session);
    }
    if (due.hint >= 0 && due.hint <= session->clock) {
        hint_open(session);
        wishes |= WISH_DRAW;
    }
    return wishes;
}

unsigned session_paste(struct session *session, const char *text, size_t length)
{
    buffer_clear(&session->message);
    if (session->prompt.kind != PROMPT_NONE)
        return prompt_insert(session, text, length);
    session_say(session, "pasted text is taken only while typing a search or a command");
    return WISH_DRAW;
}

/* ---- background work ------------------------------------------------------------------------- */

static unsigned take_analysis(struct session *session)
{
    struct problems problems = {0};
    analysis_end(session->analysis, &problems);
    session_tell_problems(session, "", &problems);
    problems_release(&problems);
    session->analysis = NULL;
    session->analysed = true;
    reader_annotate(session->reader, &session->annotations);
    remember_tell_dropped(session);
    return WISH_DRAW;
}

unsigned session_work(struct session *session, bool *more)
{
    *more = false;
    if (session->setup.awaited)
        return awaiting_work(session);
    unsigned wishes = session->import ? waiting_work(session) : 0;
    if (!session->import && !session->analysis && !session->analysed)
        session->analysis = analysis_begin(&session->setup, &session->annotations);
    if (session->analysis && analysis_is_done(session->analysis))
        wishes |= take_analysis(session);
    bool counting = reader_has_work(session->reader); /* only what has ended just now is news */
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
        import_settle(session->import, NULL);
    while (more)
        wishes |= session_work(session, &more);
    return session->analysis ? wishes | take_analysis(session) : wishes;
}

/* ---- what is to be seen ---------------------------------------------------------------------- */

/* What a pane points at may lie outside of a screen that is too small for the pane. */
static void keep_cursor_inside(struct frame *frame)
{
    if (frame->cursor_row >= frame->rows)
        frame->cursor_row = frame->rows - 1;
    if (frame->cursor_column >= frame->columns)
        frame->cursor_column = frame->columns - 1;
    frame->cursor_row = frame->cursor_row < 0 ? 0 : frame->cursor_row;
    frame->cursor_column = frame->cursor_column < 0 ? 0 : frame->cursor_column;
}

void session_draw(struct session *session, struct frame *frame)
{
    settings_take_keymap(session);
    frame_begin(frame, session->rows, session->columns);
    if (session->listing.open)
        listing_draw(session, frame);
    else
        reader_draw(session->reader, frame);
    peek_follow(session);
    panel_draw(session, frame);
    struct rect status = reader_panes(session->reader)->status;
    if (status.rows > 0)
        status_draw(session, frame, status);
    keep_cursor_inside(frame);
    remember_seen(session);
}
