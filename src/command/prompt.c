/*
 * A line being typed, in the last row. A search shows its hit with every letter; a command's name
 * is completed; a mark takes one letter and is done.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void prompt_open(struct session *session, enum prompt_kind kind, bool backward)
{
    struct prompt *prompt = &session->prompt;
    if (prompt->kind != PROMPT_NONE)
        prompt_cancel(session);
    prompt->kind = kind;
    prompt->backward = backward;
    prompt->in_listing = kind == PROMPT_SEARCH && listing_on_top(session) != NULL;
    prompt->cursor = prompt->recalled = 0;
    if (kind == PROMPT_SEARCH && !prompt->in_listing)
        reader_search_begin(session->reader, backward);
}

static void prompt_close(struct session *session)
{
    session->prompt.kind = PROMPT_NONE;
    panel_close(session, PANEL_COMPLETION);
    panel_close(session, PANEL_PICKER);
    buffer_clear(&session->prompt.text);
}

void history_release(struct history *history)
{
    for (size_t at = 0; at < history->lines.count; at++)
        free(history->lines.items[at]);
    vector_release(&history->lines);
}

void prompt_release(struct session *session)
{
    buffer_release(&session->prompt.text);
    buffer_release(&session->prompt.typed);
    for (size_t at = 0; at < STORE_LINES; at++)
        history_release(&session->histories[at]);
}

/* ---- the history ----------------------------------------------------------------------------- */

static enum store_line history_kind(const struct session *session)
{
    enum prompt_kind kind = session->prompt.kind;
    return kind == PROMPT_COMMAND  ? STORE_COMMAND
           : kind == PROMPT_FILTER ? STORE_FILTER
                                   : STORE_SEARCH;
}

static struct history *prompt_history(struct session *session)
{
    return &session->histories[history_kind(session)];
}

void history_add(struct history *history, const char *line)
{
    size_t count = history->lines.count;
    if (!line[0] || (count && strcmp(history->lines.items[count - 1], line) == 0))
        return;
    if (count == HISTORY_KEPT) {
        free(history->lines.items[0]);
        memmove(history->lines.items, history->lines.items + 1,
                (count - 1) * sizeof *history->lines.items);
        history->lines.count--;
    }
    vector_push(&history->lines, xstrdup(line));
}

static void take_line(void *data, const char *line)
{
    history_add(data, line);
}

void prompt_recall(struct session *session)
{
    for (unsigned kind = 0; kind < STORE_LINES; kind++) {
        struct history *history = &session->histories[kind], earlier = {0};
        store_recall_lines(session->setup.store, (enum store_line)kind, take_line, &earlier);
        for (size_t at = 0; at < history->lines.count; at++)
            history_add(&earlier, history->lines.items[at]);
        history_release(history);
        *history = earlier;
    }
}

/* What is typed is kept until the next visit, too, unless nothing is to be. */
static void note_line(struct session *session, const char *line)
{
    history_add(prompt_history(session), line);
    if (session->setup.store && config_int(session->config, SETTING_HISTORY) > 0)
        store_add_line(session->setup.store, history_kind(session), line);
}

static void set_text(struct prompt *prompt, const char *text)
{
    buffer_clear(&prompt->text);
    buffer_adds(&prompt->text, text);
    prompt->cursor = prompt->text.length;
}

static void recall(struct session *session, bool older)
{
    struct prompt *prompt = &session->prompt;
    struct history *history = prompt_history(session);
    size_t count = history->lines.count;
    if (older ? prompt->recalled >= count : prompt->recalled == 0)
        return;
    if (prompt->recalled == 0) {
        buffer_clear(&prompt->typed);
        buffer_adds(&prompt->typed, buffer_string(&prompt->text));
    }
    prompt->recalled = older ? prompt->recalled + 1 : prompt->recalled - 1;
    set_text(prompt, prompt->recalled ? history->lines.items[count - prompt->recalled]
                                      : buffer_string(&prompt->typed));
}

/* ---- what typing leads to -------------------------------------------------------------------- */

static void prompt_changed(struct session *session)
{
    struct prompt *prompt = &session->prompt;
    const char *text = buffer_string(&prompt->text);
    panel_close(session, PANEL_COMPLETION);
    if (prompt->kind == PROMPT_PICK)
        picker_filter(session);
    if (prompt->kind != PROMPT_SEARCH)
        return;
    bool found = prompt->in_listing ? listing_search(session, text, 0)
                                    : reader_search(session->reader, text);
    const char *problem = prompt->in_listing ? "" : reader_search_problem(session->reader);
    if (!found)
        session_complain(session, "%s", problem[0] ? problem : "not found");
}

void prompt_replace(struct session *session, size_t start, size_t end, const char *text,
                    size_t length)
{
    struct prompt *prompt = &session->prompt;
    struct buffer joined = {0};
    buffer_add(&joined, buffer_string(&prompt->text), start);
    buffer_add(&joined, text, length);
    buffer_adds(&joined, buffer_string(&prompt->text) + end);
    buffer_release(&prompt->text);
    prompt->text = joined;
    prompt->cursor = start + length;
    prompt->recalled = 0;
    prompt_changed(session);
}

static unsigned set_mark(struct session *session, uint32_t letter)
{
    reader_set_mark(session->reader, letter);
    return WISH_DRAW;
}

static unsigned go_to_mark(struct session *session, uint32_t letter)
{
    if (!reader_go_to_mark(session->reader, letter))
        session_complain(session, "that mark is not set");
    return overview_tell_move(session);
}

/* A prompt's sign, and what is done with a letter where it takes just one. */
static const struct {
    const char *sign;
    unsigned (*take)(struct session *session, uint32_t letter);
} kinds[] = {
    [PROMPT_NONE] = {"", NULL},
    [PROMPT_SEARCH] = {"/", NULL},
    [PROMPT_COMMAND] = {":", NULL},
    [PROMPT_FILTER] = {"filter: ", NULL},
    [PROMPT_PICK] = {"> ", NULL},
    [PROMPT_SET_MARK] = {"mark: ", set_mark},
    [PROMPT_GO_TO_MARK] = {"go to mark: ", go_to_mark},
    [PROMPT_RECORD] = {"record under: ", record_begin},
    [PROMPT_PLAY] = {"play: ", record_play},
};

bool prompt_takes_letter(const struct session *session)
{
    return kinds[session->prompt.kind].take != NULL;
}

static unsigned take_letter(struct session *session, uint32_t letter)
{
    enum prompt_kind kind = session->prompt.kind;
    prompt_close(session);
    return letter ? kinds[kind].take(session, letter) : WISH_DRAW;
}

#define LONGEST_LINE 4000

unsigned prompt_insert(struct session *session, const char *text, size_t length)
{
    struct prompt *prompt = &session->prompt;
    struct buffer clean = {0};
    text_clean(&clean, text, length, TEXT_ONE_LINE);
    if (prompt_takes_letter(session)) {
        uint32_t letter = 0;
        if (clean.length)
            utf8_decode(clean.data, clean.length, &letter);
        buffer_release(&clean);
        return take_letter(session, letter);
    }
    if (prompt->text.length + clean.length <= LONGEST_LINE)
        prompt_replace(session, prompt->cursor, prompt->cursor, buffer_string(&clean),
                       clean.length);
    else
        session_complain(session, "a line holds %d bytes", LONGEST_LINE);
    buffer_release(&clean);
    return WISH_DRAW;
}

unsigned prompt_type(struct session *session, uint32_t key)
{
    char bytes[UTF8_LONGEST];
    uint32_t character = keys_character(key);
    if (!character)
        return 0;
    return prompt_insert(session, bytes, utf8_encode(character, bytes));
}

/* ---- its end --------------------------------------------------------------------------------- */

/* Nothing typed means the last pattern again, from the hit one is at. */
static void accept_search(struct session *session, const char *line)
{
    bool wrapped, found;
    struct history *history = &session->histories[STORE_SEARCH];
    if (!line[0] && history->lines.count == 0)
        return;
    const char *pattern = line[0] ? line : history->lines.items[history->lines.count - 1];
    bool same = strcmp(reader_pattern(session->reader), pattern) == 0;
    if (line[0] && same && reader_has_hit(session->reader))
        found = true; /* while it was typed, and one may have gone on from there */
    else if (same)
        found = reader_search_next(session->reader, 1, &wrapped);
    else
        found = reader_search(session->reader, pattern);
    const char *problem = reader_search_problem(session->reader);
    if (!found)
        session_complain(session, "'%s' %s%s", pattern,
                         problem[0] ? "cannot be searched for: " : "not found", problem);
}

/* The text over the panes was searched with every letter; nothing typed is the last line again. */
static void search_listing_again(struct session *session, const char *line)
{
    const struct history *history = &session->histories[STORE_SEARCH];
    if (!line[0] && history->lines.count == 0)
        return;
    const char *pattern = line[0] ? line : history->lines.items[history->lines.count - 1];
    if (!listing_search(session, pattern, 0))
        session_complain(session, "'%s' not found", pattern);
}

unsigned prompt_accept(struct session *session)
{
    struct prompt *prompt = &session->prompt;
    if (prompt->kind == PROMPT_PICK)
        return picker_accept(session);
    char *line = xstrdup(buffer_string(&prompt->text));
    enum prompt_kind kind = prompt->kind;
    unsigned wishes = WISH_DRAW;
    note_line(session, line);
    bool in_listing = prompt->in_listing;
    prompt_close(session);
    if (kind == PROMPT_COMMAND && line[strspn(line, " ")])
        wishes |= command_run(session, line);
    if (kind == PROMPT_FILTER)
        wishes |= filter_apply(session, line);
    if (kind == PROMPT_SEARCH && in_listing)
        search_listing_again(session, line);
    else if (kind == PROMPT_SEARCH)
        accept_search(session, line);
    free(line);
    return wishes;
}

unsigned prompt_cancel(struct session *session)
{
    if (session->prompt.kind == PROMPT_SEARCH && !session->prompt.in_listing)
        reader_search_cancel(session->reader);
    prompt_close(session);
    return WISH_DRAW;
}

/* ---- editing --------------------------------------------------------------------------------- */

static size_t before(const struct prompt *prompt)
{
    return prompt->cursor ? utf8_floor(prompt->text.data, prompt->cursor - 1) : 0;
}

static size_t after(const struct prompt *prompt)
{
    uint32_t code_point;
    size_t left = prompt->text.length - prompt->cursor;
    return left
               ? prompt->cursor + utf8_decode(prompt->text.data + prompt->cursor, left, &code_point)
               : prompt->cursor;
}

static size_t word_start(const struct prompt *prompt)
{
    size_t at = prompt->cursor;
    while (at > 0 && prompt->text.data[at - 1] == ' ')
        at--;
    while (at > 0 && prompt->text.data[at - 1] != ' ')
        at--;
    return at;
}

unsigned prompt_edit(struct session *session, const struct call *call)
{
    struct prompt *prompt = &session->prompt;
    switch ((enum prompt_edit)call->parameter) {
    case EDIT_DELETE_BACK:
        if (prompt->text.length == 0)
            return prompt_cancel(session);
        prompt_replace(session, before(prompt), prompt->cursor, "", 0);
        break;
    case EDIT_DELETE_WORD:
        prompt_replace(session, word_start(prompt), prompt->cursor, "", 0);
        break;
    case EDIT_DELETE_LINE:
        prompt_replace(session, 0, prompt->cursor, "", 0);
        break;
    case EDIT_LEFT:
        prompt->cursor = before(prompt);
        break;
    case EDIT_RIGHT:
        prompt->cursor = after(prompt);
        break;
    case EDIT_HOME:
        prompt->cursor = 0;
        break;
    case EDIT_END:
        prompt->cursor = prompt->text.length;
        break;
    case EDIT_OLDER:
    case EDIT_NEWER:
        recall(session, call->parameter == EDIT_OLDER);
        prompt_changed(session);
        break;
    case EDIT_COMPLETE:
        command_complete(session, 1);
        break;
    case EDIT_COMPLETE_BACK:
        command_complete(session, -1);
        break;
    }
    return WISH_DRAW;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static const char *prompt_sign(const struct prompt *prompt)
{
    return prompt->kind == PROMPT_SEARCH && prompt->backward ? "?" : kinds[prompt->kind].sign;
}

void prompt_draw(struct session *session, struct frame *frame, struct rect row)
{
    static const struct text_style plain = {0};
    const struct prompt *prompt = &session->prompt;
    const char *text = buffer_string(&prompt->text), *sign = prompt_sign(prompt);
    struct rect at = row;
    frame_fill(frame, row, STYLE_PROMPT);
    frame_print(frame, at, STYLE_PROMPT, sign, strlen(sign));
    at.column += (int)strlen(sign);
    at.columns -= (int)strlen(sign);
    size_t from = 0; /* what is left of the cursor is shown as far as it fits */
    uint32_t room = at.columns > 1 ? (uint32_t)at.columns - 1 : 0;
    while (from < prompt->cursor &&
           text_columns(text + from, prompt->cursor - from, &plain) > room) {
        uint32_t code_point;
        from += utf8_decode(text + from, prompt->cursor - from, &code_point);
    }
    frame_print(frame, at, STYLE_PROMPT, text + from, prompt->text.length - from);
    int left = (int)text_columns(text + from, prompt->cursor - from, &plain);
    frame->cursor_row = row.row;
    frame->cursor_column = at.column + left < row.column + row.columns
                               ? at.column + left
                               : row.column + row.columns - 1;
    frame->cursor_visible = true;
    if (session->message.length && prompt->kind != PROMPT_NONE) {
        int columns = (int)text_columns(session->message.data, session->message.length, &plain);
        int used = at.column + (int)text_columns(text + from, prompt->text.length - from, &plain);
        struct rect message = {row.row, row.column + row.columns - columns, 1, columns};
        if (message.column > used + 2)
            frame_print(frame, message, STYLE_STATUS_ERROR, session->message.data,
                        session->message.length);
    }
}
