/*
 * The last row: what is being typed; else what there is to say; else where one is. At its right end
 * keys that wait for more, the keymap's name, and how to get help.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

static const struct text_style plain;

#define PUT_APART 3 /* columns between parts, and one at the end */

/* Puts text at the right end of a row and takes its columns off. */
static void put_right(struct frame *frame, struct rect *row, enum style style, const char *text)
{
    int columns = (int)text_columns(text, strlen(text), &plain);
    if (columns == 0 || columns + PUT_APART > row->columns)
        return;
    row->columns -= columns + PUT_APART;
    struct rect where = {row->row, row->column + row->columns + PUT_APART - 1, 1, columns};
    frame_print(frame, where, style, text, strlen(text));
}

static void put_pending(struct session *session, struct frame *frame, struct rect *row)
{
    struct buffer pending = {0};
    keymap_pending(&session->keys, &pending);
    put_right(frame, row, STYLE_STATUS_PENDING, buffer_string(&pending));
    buffer_release(&pending);
}

/* How much of the input has been read, while it is being read. */
static void put_progress(const struct session *session, struct frame *frame, struct rect *row)
{
    char text[64];
    if (!session->import)
        return;
    snprintf(text, sizeof text,
             session->waiting.active ? "reading %u %%, Esc stops waiting" : "reading %u %%",
             import_progress(session->import).percent);
    put_right(frame, row, STYLE_STATUS_PENDING, text);
}

static void put_recording(struct session *session, struct frame *frame, struct rect *row)
{
    struct buffer text = {0};
    if (session->record.letter) {
        buffer_adds(&text, "recording ");
        buffer_add_code_point(&text, session->record.letter);
    }
    put_right(frame, row, STYLE_STATUS_PENDING, buffer_string(&text));
    buffer_release(&text);
}

/* The handiest key of an action, and what it is for in a word. */
static void put_key(struct session *session, struct frame *frame, struct rect *row,
                    const char *name, const char *word)
{
    struct buffer text = {0}, keys = {0};
    uint32_t action = keymap_action_find(command_actions(), name);
    keymap_keys_of(session->keymap, session_context(session), action, 1, "", &keys);
    if (keys.length)
        buffer_printf(&text, "%s %s", buffer_string(&keys), word);
    put_right(frame, row, STYLE_STATUS, buffer_string(&text));
    buffer_release(&text);
    buffer_release(&keys);
}

static void put_help(struct session *session, struct frame *frame, struct rect *row)
{
    bool open = listing_on_top(session) || session->panel.kind == PANEL_ANSWER;
    put_key(session, frame, row, open ? "quit" : "help", open ? "close" : "help");
}

/* What there is to say; where it is cut, how to read all of it. */
static void put_message(struct session *session, struct frame *frame, struct rect row)
{
    const struct buffer *message = &session->message;
    enum style style = session->message_is_error ? STYLE_STATUS_ERROR : STYLE_STATUS;
    if ((int)text_columns(message->data, message->length, &plain) >= row.columns)
        put_key(session, frame, &row, "show-messages", "all");
    row.column++;
    row.columns--;
    listing_print_cut(frame, row, style, message->data, message->length);
}

/* The bytes of as many fields (three blanks part them) as fit; a number cut short would lie. */
static size_t whole_fields(const struct buffer *text, int columns)
{
    size_t length = text->length;
    while (length > 0 && (int)text_columns(text->data, length, &plain) > columns) {
        while (length > 0 && strncmp(text->data + length - 1, "   ", 3) != 0)
            length--;
        length -= length > 0;
    }
    return length;
}

static void put_where(struct session *session, struct frame *frame, struct rect row)
{
    static const char *const panes[PANE_COUNT] = {
        [PANE_ARTICLE] = "article", [PANE_SIDEBAR] = "sidebar", [PANE_THREAD] = "thread"};
    struct buffer text = {0};
    const struct listing *list = listing_on_top(session);
    if (list) {
        int last = list->top + list->rows, lines = (int)list->lines.count;
        buffer_printf(&text, "lines %d-%d of %d", list->top + 1, last < lines ? last : lines,
                      lines);
    } else {
        const char *pane = panes[reader_focus(session->reader)];
        struct rect name = {row.row, row.column + 1, 1, (int)strlen(pane)};
        if (name.columns + 3 < row.columns) {
            frame_print(frame, name, STYLE_STATUS_PENDING, pane, strlen(pane));
            row.column += name.columns + 3;
            row.columns -= name.columns + 3;
        }
        reader_where(session->reader, &text);
    }
    frame_print(frame, row, STYLE_STATUS, buffer_string(&text), whole_fields(&text, row.columns));
    buffer_release(&text);
}

static void put_awaited(const struct session *session, struct frame *frame, struct rect row)
{
    struct buffer text = {0};
    awaiting_describe(session, &text);
    row.column++;
    row.columns--;
    frame_print(frame, row, STYLE_STATUS, buffer_string(&text), text.length);
    buffer_release(&text);
}

void status_draw(struct session *session, struct frame *frame, struct rect row)
{
    if (session->prompt.kind != PROMPT_NONE) {
        frame_fill(frame, row, STYLE_PROMPT);
        put_pending(session, frame, &row);
        prompt_draw(session, frame, row);
        return;
    }
    enum style style = session->message_is_error ? STYLE_STATUS_ERROR : STYLE_STATUS;
    frame_fill(frame, row, session->message.length ? style : STYLE_STATUS);
    if (session->setup.awaited) {
        put_awaited(session, frame, row);
        return;
    }
    put_pending(session, frame, &row);
    put_progress(session, frame, &row);
    put_recording(session, frame, &row);
    if (session->message.length) {
        put_message(session, frame, row);
        return;
    }
    put_help(session, frame, &row);
    put_where(session, frame, row);
}
