/*
 * The actions for the tests of this room: the names of the real table, which is floors above, and
 * nothing of what they run; and one of the tests' own, with old names.
 */
#ifndef TESTS_KEYS_ACTIONS_H
#define TESTS_KEYS_ACTIONS_H

#include "hearsay/keys.h"

#define EVERYWHERE KEYMAP_IN(KEYMAP_GLOBAL)
#define THREAD     (KEYMAP_IN(KEYMAP_THREAD) | KEYMAP_IN(KEYMAP_GLOBAL))
#define SIDEBAR    KEYMAP_IN(KEYMAP_SIDEBAR)
#define PROMPT     KEYMAP_IN(KEYMAP_PROMPT)
#define LISTS      (EVERYWHERE | KEYMAP_IN(KEYMAP_PICKER))
#define LINE       (PROMPT | KEYMAP_IN(KEYMAP_PICKER))
#define OVERLAYS   (KEYMAP_IN(KEYMAP_PROMPT) | KEYMAP_IN(KEYMAP_HELP) | KEYMAP_IN(KEYMAP_PICKER))

static const struct keymap_action action_rows[] = {
#define ACTION(name, aliases, contexts, ...) {name, aliases, contexts},
#include "../../src/command/actions.def"
    {"leave", "exit go-away", EVERYWHERE},
};

static const struct keymap_actions actions = {action_rows, ARRAY_LENGTH(action_rows)};
static const struct keymap_actions shipped_actions = {action_rows, ARRAY_LENGTH(action_rows) - 1};

#endif
