/*
 * A list to choose from by typing a few letters of what is wanted: the best fit stands first and is
 * chosen by Enter. The line typed is a prompt like any other; the list is a panel above it.
 *
 * The palette is the list of all actions and macros, with what they do and their keys.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- any picker ----------------------------------------------------------------------------- */

void picker_begin(struct session *session, unsigned (*chosen)(struct session *, uint32_t))
{
    struct picker *picker = &session->picker;
    picker->title[0] = '\0';
    buffer_clear(&picker->text);
    vector_clear(&picker->items);
    picker->chosen = chosen;
    picker->copied = NULL;
}

void picker_title(struct session *session, const char *format, ...)
{
    struct picker *picker = &session->picker;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(picker->title, sizeof picker->title, format, arguments);
    va_end(arguments);
}

/* The strings of the items stand one after the other, each with its NUL. */
static uint32_t keep_text(struct picker *picker, const char *text)
{
    uint32_t at = (uint32_t)picker->text.length;
    buffer_add(&picker->text, text, strlen(text) + 1);
    return at;
}

void picker_add(struct session *session, const char *name, const char *help, const char *note,
                uint32_t value)
{
    struct picker *picker = &session->picker;
    struct picker_item item = {.value = value};
    item.name = keep_text(picker, name);
    item.help = keep_text(picker, help);
    item.note = keep_text(picker, note);
    item.order = (uint32_t)picker->items.count;
    vector_push(&picker->items, item);
}

void picker_show(struct session *session)
{
    prompt_open(session, PROMPT_PICK, false);
    picker_filter(session);
}

void picker_release(struct picker *picker)
{
    buffer_release(&picker->text);
    vector_release(&picker->items);
}

/* Its name fits, or else what it does has the very words. */
static int score_of(const struct picker *picker, const struct picker_item *item,
                    const char *pattern)
{
    int score = fuzzy_score(pattern, picker->text.data + item->name);
    if (score > 0)
        return score + 1;
    const char *help = picker->text.data + item->help;
    return strcasestr(*help ? help : picker->text.data + item->note, pattern) ? 1 : 0;
}

static int by_score(const void *left, const void *right)
{
    const struct picker_item *one = left, *two = right;
    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    return one->order < two->order ? -1 : one->order > two->order;
}

/* Sorts what fits to the front and lists it. */
void picker_filter(struct session *session)
{
    struct picker *picker = &session->picker;
    struct listing *list = panel_open(session, PANEL_PICKER);
    const char *pattern = buffer_string(&session->prompt.text);
    for (size_t at = 0; at < picker->items.count; at++)
        picker->items.items[at].score = score_of(picker, &picker->items.items[at], pattern);
    if (picker->items.count)
        qsort(picker->items.items, picker->items.count, sizeof *picker->items.items, by_score);
    for (size_t at = 0; at < picker->items.count && picker->items.items[at].score > 0; at++) {
        const struct picker_item *item = &picker->items.items[at];
        const char *text = picker->text.data;
        listing_add(list, text + item->name, text + item->help, text + item->note);
    }
    list->selected = list->lines.count ? 0 : -1;
    if (list->lines.count == 0)
        session_complain(session, "nothing fits");
}

unsigned picker_move(struct session *session, int steps)
{
    struct listing *list = &session->panel.list;
    int last = (int)list->lines.count - 1;
    if (last < 0)
        return WISH_DRAW;
    int wanted = steps > last - list->selected ? last : list->selected + steps;
    list->selected = wanted < 0 ? 0 : wanted;
    return WISH_DRAW;
}

unsigned picker_accept(struct session *session)
{
    int selected = session->panel.list.selected;
    if (selected < 0) {
        session_complain(session, "nothing fits '%s'", buffer_string(&session->prompt.text));
        return WISH_DRAW;
    }
    prompt_cancel(session);
    return WISH_DRAW | session->picker.chosen(session, session->picker.items.items[selected].value);
}

/* ---- the palette ---------------------------------------------------------------------------- */

static unsigned run_chosen(struct session *session, uint32_t value)
{
    bool is_macro = value >= command_count();
    return command_run(
        session, is_macro ? keymap_macro_name(session->keymap, value - (uint32_t)command_count())
                          : command_info(value).name);
}

static void add_macros(struct session *session)
{
    const char *name;
    for (uint32_t number = 0; (name = keymap_macro_name(session->keymap, number)); number++)
        picker_add(session, name, "a macro of the keymap", "", (uint32_t)command_count() + number);
}

unsigned run_palette(struct session *session, const struct call *call)
{
    enum keymap_context context = session_context(session);
    const uint32_t typing = KEYMAP_IN(KEYMAP_PROMPT) | KEYMAP_IN(KEYMAP_PICKER);
    (void)call;
    picker_begin(session, run_chosen);
    for (uint32_t action = 0; action < command_count(); action++) {
        struct command_info info = command_info(action);
        struct buffer keys = {0};
        if (!(info.contexts & ~typing) || action_is(action, "command-palette"))
            continue;
        keymap_keys_of(session->keymap, context, action, 2, "  ", &keys);
        picker_add(session, info.name, info.help, buffer_string(&keys), action);
        buffer_release(&keys);
    }
    add_macros(session);
    picker_show(session);
    return WISH_DRAW;
}
