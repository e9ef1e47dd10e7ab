/*
 * The table of actions. A row is all there is to say of one: help, completion, --list-commands, the
 * keymap's names and what a key does are made from it. Most actions are one call of the reader with
 * a direction, so few functions serve many rows.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- what they do ------------------------------------------------------------------- */

/* A count, or 1. No document has more of anything than MOST_TIMES, and ten of them fit an int. */
#define MOST_TIMES 100000000

static int times(const struct call *call)
{
    int count = call->count > 0 ? call->count : 1;
    return count < MOST_TIMES ? count : MOST_TIMES;
}

static unsigned moved(struct session *session, bool moved, const char *otherwise)
{
    const char *notice = reader_notice(session->reader);
    if (notice[0])
        session_say(session, "%s", notice);
    else if (!moved && otherwise)
        session_say(session, "%s", otherwise);
    return WISH_DRAW;
}

/* Closes what lies over the panes; false: there is nothing. */
static bool close_top(struct session *session)
{
    bool answer = session->panel.kind == PANEL_ANSWER;
    if (answer)
        panel_close(session, PANEL_ANSWER);
    else if (listing_on_top(session))
        listing_close(session);
    else
        return false;
    return true;
}

static unsigned run_quit(struct session *session, const struct call *call)
{
    (void)call;
    if (close_top(session))
        return WISH_DRAW;
    if (session->lapsed) {
        session_say(session, "what was shown has closed by itself; once more leaves");
        return WISH_DRAW;
    }
    if (reader_filter_text(session->reader, 0))
        return run_filter_pop(session, &(struct call){0});
    if (reader_is_zoomed(session->reader)) {
        reader_zoom(session->reader);
        return WISH_DRAW;
    }
    return articles_leave(session) ? WISH_OPEN : WISH_QUIT;
}

static unsigned run_wish(struct session *session, const struct call *call)
{
    (void)session;
    return (unsigned)call->parameter;
}

static unsigned run_help(struct session *session, const struct call *call)
{
    (void)call;
    help_open(session);
    return WISH_DRAW;
}

static unsigned run_prompt(struct session *session, const struct call *call)
{
    prompt_open(session, (enum prompt_kind)call->parameter, false);
    if (call->argument) {
        prompt_insert(session, call->argument, strlen(call->argument));
        return prompt_accept(session);
    }
    return WISH_DRAW;
}

static unsigned run_search(struct session *session, const struct call *call)
{
    prompt_open(session, PROMPT_SEARCH, call->parameter < 0);
    if (call->argument) {
        prompt_insert(session, call->argument, strlen(call->argument));
        return prompt_accept(session);
    }
    return WISH_DRAW;
}

static unsigned search_listing(struct session *session, int direction)
{
    const char *pattern = buffer_string(&listing_on_top(session)->pattern);
    if (!pattern[0])
        session_say(session, "nothing has been searched for yet");
    else if (!listing_search(session, pattern, direction))
        session_complain(session, "'%s' not found", pattern);
    return WISH_DRAW;
}

static unsigned run_search_next(struct session *session, const struct call *call)
{
    bool wrapped;
    if (listing_on_top(session))
        return search_listing(session, call->parameter);
    if (!reader_pattern(session->reader)[0]) {
        session_say(session, "nothing has been searched for yet");
        return WISH_DRAW;
    }
    bool found = reader_search_next(session->reader, call->parameter * times(call), &wrapped);
    if (!found)
        session_complain(session, "'%s' not found", reader_pattern(session->reader));
    else if (wrapped)
        session_say(session, "search went on from the other end");
    return WISH_DRAW;
}

static unsigned run_cancel(struct session *session, const struct call *call)
{
    (void)call;
    if (session->prompt.kind != PROMPT_NONE)
        return prompt_cancel(session);
    if (close_top(session))
        return WISH_DRAW;
    if (session->programs) {
        session_say(session, "stopping what still runs");
        return WISH_DRAW | WISH_STOP;
    }
    reader_search_clear(session->reader);
    return WISH_DRAW;
}

/* One key for a hand that has no other: the search is the topmost layer. */
static unsigned run_step_back(struct session *session, const struct call *call)
{
    bool over = session->panel.kind == PANEL_ANSWER || listing_on_top(session);
    bool searched = !over && reader_pattern(session->reader)[0];
    return searched || session->programs ? run_cancel(session, call) : run_quit(session, call);
}

#define UNIVERSAL 4 /* that is what it is in Emacs */

/* A count for the keys that follow, as if it had been typed. */
static unsigned run_universal_argument(struct session *session, const struct call *call)
{
    session->keys.count = (uint32_t)times(call) * UNIVERSAL;
    session->keys.offered = true;
    return WISH_DRAW;
}

static unsigned run_cycle(struct session *session, const struct call *call)
{
    reader_cycle_focus(session->reader, call->parameter * times(call));
    return WISH_DRAW;
}

static unsigned run_focus(struct session *session, const struct call *call)
{
    reader_set_focus(session->reader, (enum pane)call->parameter);
    return WISH_DRAW;
}

static unsigned run_zoom(struct session *session, const struct call *call)
{
    (void)call;
    reader_zoom(session->reader);
    return WISH_DRAW;
}

static unsigned run_sidebar(struct session *session, const struct call *call)
{
    (void)call;
    reader_toggle_sidebar(session->reader);
    return WISH_DRAW;
}

static unsigned run_grow(struct session *session, const struct call *call)
{
    reader_grow_pane(session->reader, call->parameter * times(call));
    return WISH_DRAW;
}

static unsigned run_scroll(struct session *session, const struct call *call)
{
    if (session->prompt.kind == PROMPT_PICK)
        return picker_move(session, call->parameter * times(call));
    if (listing_on_top(session))
        return listing_scroll(session, call->parameter * times(call));
    return moved(session, reader_scroll(session->reader, call->parameter * times(call)), NULL);
}

#define MOST_PAGES 500000 /* of a thousand rows each still fit an int */

/* By halves of a page. */
static unsigned run_page(struct session *session, const struct call *call)
{
    int pages = times(call) < MOST_PAGES ? times(call) : MOST_PAGES;
    int halves = call->parameter * pages;
    if (session->prompt.kind == PROMPT_PICK)
        return picker_move(session, halves * (session->panel.list.rows + 1) / 2);
    if (listing_on_top(session))
        return listing_scroll(session, halves * (listing_on_top(session)->rows + 1) / 2);
    return moved(session, reader_page(session->reader, halves), NULL);
}

static unsigned run_sideways(struct session *session, const struct call *call)
{
    reader_sideways(session->reader, call->parameter * times(call));
    return WISH_DRAW;
}

#define FAR 1000000000

static unsigned go_to_percent(struct session *session, const struct call *call)
{
    reader_remember(session->reader);
    return moved(session, reader_percent(session->reader, (unsigned)call->count), NULL);
}

static unsigned run_top(struct session *session, const struct call *call)
{
    if (session->prompt.kind == PROMPT_PICK)
        return picker_move(session, -FAR);
    if (listing_on_top(session))
        return listing_scroll(session, -FAR);
    if (call->count > 0 && reader_focus(session->reader) != PANE_THREAD)
        return go_to_percent(session, call);
    reader_remember(session->reader);
    if (call->count > 0)
        return moved(session, reader_go_to_comment(session->reader, (uint32_t)call->count),
                     "there is no such comment");
    return moved(session, reader_top(session->reader), NULL);
}

static unsigned run_bottom(struct session *session, const struct call *call)
{
    if (session->prompt.kind == PROMPT_PICK)
        return picker_move(session, FAR);
    if (listing_on_top(session))
        return listing_scroll(session, FAR);
    if (call->count > 0)
        return run_top(session, call);
    reader_remember(session->reader);
    return moved(session, reader_bottom(session->reader), NULL);
}

static unsigned run_history(struct session *session, const struct call *call)
{
    bool back = call->parameter < 0, done = false;
    for (int left = times(call); left > 0; left--) {
        bool step = back ? reader_back(session->reader) : reader_forward(session->reader);
        done = done || step;
        if (!step)
            break;
    }
    return moved(session, done, back ? "nowhere to go back to" : "nowhere to go on to");
}

static unsigned run_mark(struct session *session, const struct call *call)
{
    prompt_open(session, (enum prompt_kind)call->parameter, false);
    if (call->argument)
        return prompt_insert(session, call->argument, strlen(call->argument));
    return WISH_DRAW;
}

static unsigned run_quote(struct session *session, const struct call *call)
{
    bool found = reader_quote(session->reader, call->parameter * times(call));
    const struct annotations *known = reader_annotations(session->reader);
    if (!found && (!known || known->quotes.count == 0))
        return moved(session, found,
                     known ? "nobody is quoted in this text" : "quotations are still being found");
    return moved(session, found, call->parameter > 0 ? "no quote further on" : "no quote before");
}

static unsigned run_speaker_quote(struct session *session, const struct call *call)
{
    bool found = reader_speaker_quote(session->reader, call->parameter * times(call));
    return moved(session, found, "no more words of the same speaker that way");
}

static unsigned run_mention(struct session *session, const struct call *call)
{
    bool found = reader_mention(session->reader, call->parameter * times(call));
    return moved(session, found, "no more mentions that way");
}

static unsigned run_passage(struct session *session, const struct call *call)
{
    bool found = reader_passage(session->reader, call->parameter * times(call));
    return moved(session, found, "no more comments repeat this that way");
}

static unsigned run_go_to_passage(struct session *session, const struct call *call)
{
    if (call->count > 0)
        return go_to_percent(session, call);
    return moved(session, reader_go_to_passage(session->reader),
                 "quotations are still being found");
}

static unsigned run_who(struct session *session, const struct call *call)
{
    struct buffer who = {0};
    if (reader_who(session->reader, call->argument, &who))
        session_say(session, "%s", buffer_string(&who));
    else if (!session->analysed)
        session_say(session, "names are still being found");
    else if (call->argument)
        session_say(session, "nobody here is called '%s'", call->argument);
    else
        session_say(session, "nobody is named here");
    buffer_release(&who);
    return WISH_DRAW;
}

static unsigned run_select(struct session *session, const struct call *call)
{
    (void)call;
    return moved(session, reader_select(session->reader), "there is nothing to go to");
}

static unsigned run_section(struct session *session, const struct call *call)
{
    return moved(session, reader_section(session->reader, call->parameter), "no list that way");
}

static unsigned run_step(struct session *session, const struct call *call)
{
    static const char *const nothing[][2] = {
        [STEP_COMMENT] = {"no comment further on", "no comment before"},
        [STEP_SIBLING] = {"no comment further on", "no comment before"},
        [STEP_TOP_LEVEL] = {"no comment further on", "no comment before"},
        [STEP_UNREAD] = {"nothing unread further on", "nothing unread before"},
        [STEP_AUTHOR] = {"nothing more by this author", "nothing by this author before"},
        [STEP_OWNER] = {"nothing more by who began this", "nothing before by who began this"},
        [STEP_SCORE] = {"no comment has a lower score", "no comment has a higher score"},
    };
    enum reader_step step = (enum reader_step)(call->parameter / 2);
    bool back = call->parameter % 2;
    bool found = reader_step(session->reader, step, back ? -times(call) : times(call));
    if (!found && step == STEP_SCORE && !reader_has_scores(session->reader))
        return moved(session, found, "no comment here has a score");
    return moved(session, found, nothing[step][back]);
}
#define NEXT(step)     ((step)*2)
#define PREVIOUS(step) ((step)*2 + 1)

static unsigned run_parent(struct session *session, const struct call *call)
{
    bool found = call->parameter ? reader_root(session->reader)
                                 : reader_parent(session->reader, (unsigned)times(call));
    return moved(session, found, "this comment answers the article itself");
}

/* A number, typed before the action or after it; else `otherwise`. */
static int number(const struct call *call, int otherwise)
{
    long number = call->count > 0  ? call->count
                  : call->argument ? strtol(call->argument, NULL, 10)
                                   : 0;
    return number > 0 && number <= MOST_TIMES ? (int)number : otherwise;
}

static unsigned run_up_to_level(struct session *session, const struct call *call)
{
    return moved(session, reader_up_to_level(session->reader, (unsigned)number(call, 1)), NULL);
}

static unsigned run_child(struct session *session, const struct call *call)
{
    bool found = reader_child(session->reader, call->parameter, (unsigned)times(call));
    return moved(session, found, "nobody has answered this comment");
}

static unsigned run_go_to_comment(struct session *session, const struct call *call)
{
    const char *argument = call->argument ? call->argument : "";
    unsigned long number =
        call->count > 0 ? (unsigned long)call->count : strtoul(argument, NULL, 10);
    bool found = number <= UINT32_MAX && reader_go_to_comment(session->reader, (uint32_t)number);
    return moved(session, found, "there is no such comment");
}

static unsigned run_toggle_fold(struct session *session, const struct call *call)
{
    (void)call;
    return moved(session, reader_toggle_fold(session->reader), "there are no comments");
}

static unsigned run_fold(struct session *session, const struct call *call)
{
    return moved(session, reader_fold(session->reader, call->parameter), NULL);
}

static unsigned run_fold_subtree(struct session *session, const struct call *call)
{
    return moved(session, reader_fold_subtree(session->reader, call->parameter), NULL);
}

static unsigned run_fold_siblings(struct session *session, const struct call *call)
{
    (void)call;
    return moved(session, reader_fold_siblings(session->reader), "there are no comments");
}

static unsigned run_fold_chain(struct session *session, const struct call *call)
{
    bool found = reader_fold_chain(session->reader, (unsigned)times(call));
    return moved(session, found, "there are no comments");
}

static unsigned run_fold_to_depth(struct session *session, const struct call *call)
{
    return moved(session, reader_fold_to(session->reader, number(call, 1)), NULL);
}

static unsigned run_fold_all(struct session *session, const struct call *call)
{
    if (call->parameter && call->count > 0)
        return run_fold_to_depth(session, call);
    reader_fold_all(session->reader, call->parameter);
    return WISH_DRAW;
}

static unsigned run_fold_level(struct session *session, const struct call *call)
{
    return moved(session, reader_fold_level(session->reader, call->parameter * times(call)), NULL);
}

static unsigned run_toggle_quoted(struct session *session, const struct call *call)
{
    (void)call;
    bool folded = reader_toggle_quoted(session->reader);
    session_say(session, folded ? "quoted text folded" : "quoted text unfolded");
    return WISH_DRAW;
}

static unsigned run_toggle_flat(struct session *session, const struct call *call)
{
    (void)call;
    bool flat = reader_toggle_flat(session->reader);
    session_say(session, flat ? "exchanges of two are flat" : "every reply is set in");
    return WISH_DRAW;
}

static unsigned run_mark_read(struct session *session, const struct call *call)
{
    reader_mark_scope(session->reader, (enum reader_scope)call->parameter);
    return moved(session, false, "there are no comments");
}

static unsigned run_undo_read(struct session *session, const struct call *call)
{
    bool done = false;
    for (int left = times(call); left > 0 && reader_undo_read(session->reader); left--)
        done = true;
    return moved(session, done, "no mark to take back");
}

static unsigned run_fold_read(struct session *session, const struct call *call)
{
    (void)call;
    reader_fold_read(session->reader);
    return moved(session, false, "there are no comments");
}

static unsigned run_mouse(struct session *session, const struct call *call)
{
    (void)call;
    bool on = !session_wants_mouse(session);
    config_set(session->config, "keys.mouse", on ? "yes" : "no", NULL);
    session_say(session, on ? "mouse on" : "mouse off");
    return WISH_DRAW | WISH_MOUSE;
}

static unsigned run_reload(struct session *session, const struct call *call)
{
    (void)call;
    return session_reload(session);
}

static unsigned run_accept(struct session *session, const struct call *call)
{
    (void)call;
    if (session->prompt.kind != PROMPT_NONE)
        return prompt_accept(session);
    listing_close(session);
    return WISH_DRAW;
}

/* ---- the table ------------------------------------------------------------------------------- */

#define EVERYWHERE KEYMAP_IN(KEYMAP_GLOBAL)
#define THREAD     (KEYMAP_IN(KEYMAP_THREAD) | KEYMAP_IN(KEYMAP_GLOBAL))
#define SIDEBAR    KEYMAP_IN(KEYMAP_SIDEBAR)
#define PROMPT     KEYMAP_IN(KEYMAP_PROMPT)
#define LISTS      (EVERYWHERE | KEYMAP_IN(KEYMAP_PICKER)) /* they move what is on top */
#define LINE       (PROMPT | KEYMAP_IN(KEYMAP_PICKER))
#define OVERLAYS   (KEYMAP_IN(KEYMAP_PROMPT) | KEYMAP_IN(KEYMAP_HELP) | KEYMAP_IN(KEYMAP_PICKER))

#define MOVE   "Moving"
#define VOICES "Quotes and names"
#define TREE   "Thread"
#define FIND   "Searching"
#define PANES  "Panes"
#define ACT    "Links, copies, files"
#define OTHER  "Program"
#define TYPING "While typing"

static const struct action actions[] = {
#define ACTION(name, aliases, contexts, group, arguments, help, takes_count, run, parameter)       \
    {name, aliases, contexts, group, arguments, help, takes_count, run, parameter},
#include "actions.def"
#undef ACTION
};

/* The same rows as keys know them. */
static const struct keymap_action names[] = {
#define ACTION(name, aliases, contexts, group, arguments, help, takes_count, run, parameter)       \
    {name, aliases, contexts},
#include "actions.def"
#undef ACTION
};

const struct keymap_actions *command_actions(void)
{
    static const struct keymap_actions all = {names, ARRAY_LENGTH(names)};
    return &all;
}

/* ---- looking into it ------------------------------------------------------------------------- */

bool action_is(uint32_t action, const char *name)
{
    return strcmp(actions[action].name, name) == 0;
}

bool action_repeats(uint32_t action)
{
    const char *group = actions[action].group;
    return strcmp(group, OTHER) != 0 && strcmp(group, TYPING) != 0;
}

#define DEEPEST  20   /* actions that run actions */
#define MOST_RUN 5000 /* actions that one key may set off */

/* Too deep is as good as too many: nothing more is run, also not what would come after it. */
static bool runs_away(struct session *session)
{
    if (session->depth == DEEPEST && session->ran < MOST_RUN)
        session->ran = MOST_RUN;
    if (session->ran < MOST_RUN)
        return false;
    session_complain(session, "commands run each other without end");
    return true;
}

unsigned action_run(struct session *session, uint32_t index, int count, const char *argument)
{
    if (runs_away(session))
        return WISH_DRAW;
    session->ran++;
    if (waiting_begin(session, index, count, argument))
        return WISH_DRAW;
    const struct action *action = &actions[index];
    if (session->prompt.kind == PROMPT_PICK && !(action->contexts & KEYMAP_IN(KEYMAP_PICKER))) {
        session_say(session, "choose something first, or leave the list");
        return WISH_DRAW;
    }
    struct call call = {.count = count, .argument = argument, .parameter = action->parameter};
    session->depth++;
    unsigned wishes = action->run(session, &call);
    session->depth--;
    return wishes;
}

size_t command_count(void)
{
    return ARRAY_LENGTH(actions);
}

struct command_info command_info(size_t index)
{
    const struct action *action = &actions[index];
    return (struct command_info){.name = action->name,
                                 .arguments = action->arguments,
                                 .group = action->group,
                                 .help = action->help,
                                 .contexts = action->contexts,
                                 .takes_count = action->takes_count};
}
