/*
 * What hands that come from elsewhere expect, as it was promised: a row an action, for each keymap
 * the keys that have to run it in the thread pane. Blanks part keys; "none" is a keymap without
 * any.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "hearsay/command.h"

static const struct {
    const char *action, *vi, *less, *emacs, *arrows;
} habits[] = {
    {"line-down", "j", "j e", "<C-n>", "<Down>"},
    {"line-up", "k", "k y", "<C-p>", "<Up>"},
    {"half-page-down", "<C-d>", "d", "none", "none"},
    {"half-page-up", "<C-u>", "u", "none", "none"},
    {"page-down", "<C-f> <Space>", "<Space> f", "<C-v> <Space>", "<PageDown> <Space>"},
    {"page-up", "<C-b>", "b", "<M-v>", "<PageUp>"},
    {"top", "gg", "g <Lt>", "<M-Lt>", "<Home>"},
    {"bottom", "G", "G >", "<M-Gt>", "<End>"},
    {"next-comment", "}", ")", "n", "n"},
    {"previous-comment", "{", "(", "p", "p"},
    {"next-sibling", "]s", "J", "<C-M-n>", "<S-Down>"},
    {"previous-sibling", "[s", "K", "<C-M-p>", "<S-Up>"},
    {"parent", "gp ^", "^", "^ <C-M-u>", "<S-Left>"},
    {"thread-root", "gr", "<M-/>", "To", "<S-Home>"},
    {"next-top-level", "]]", "}", "<C-M-f>", "<C-Down> ]"},
    {"previous-top-level", "[[", "{", "<C-M-b>", "<C-Up> ["},
    {"next-unread", "]u", "<Tab>", "<M-n>", "N"},
    {"previous-unread", "[u", "<S-Tab>", "<M-p>", "P"},
    {"toggle-fold", "za <Enter>", "x", "<Tab>", "<Enter>"},
    {"close-fold", "zc", "[", "Th", "<Left>"},
    {"open-fold", "zo", "]", "Ts", "<Right>"},
    {"fold-all", "zM", "X 2X", "TH <C-u>2TH", "_"},
    {"unfold-all", "zR", "none", "TS <S-Tab>", "*"},
    {"fold-more", "zm", "none", "none", "-"},
    {"fold-less", "zr", "none", "none", "+"},
    {"fold-chain", "zx", "<M-x>", "Tx", "x"},
    {"search-forward", "/", "/", "<C-s>", "/ <C-f>"},
    {"search-backward", "?", "?", "<C-r>", "none"},
    {"search-next", "n", "n", "none", "<F3>"},
    {"search-previous", "N", "N", "none", "<S-F3>"},
    {"cancel", "<Esc>", "<M-u>", "<C-g>", "none"},
    {"filter", "gl", "&", "/u", "f"},
    {"filter-author", "none", "none", "/a", "none"},
    {"filter-pop", "none", "none", "/w", "none"},
    {"toggle-quoted", "zq", "<M-q>", "WWc", "s"},
    {"open-link", "o gx", "o", "<Enter> b", "o"},
    {"list-links", "gL", "L", "<M-g>l", "l"},
    {"copy-comment", "yy", "c", "<M-w>", "y"},
    {"copy-link", "yl", "none", "none", "c"},
    {"copy-quote", "yq", "none", "w", "none"},
    {"copy-branch", "none", "C", "none", "none"},
    {"save", "none", "s", "o", "<F2>"},
    {"pipe", "|", "|", "|", "|"},
    {"mark-read", "gm", "a", "d", "m"},
    {"mark-branch-read", "gM", "A", "<M-u> Tk", "M"},
    {"mark-all-read", "gA", "<M-a>", "c", "none"},
    {"undo-read", "u", "<M-z>", "<C-_>", "u"},
    {"sort", "gs", "S", "<C-c><C-s>", "t"},
    {"set-mark", "m", "m", "<C-x>r<Space>", "b"},
    {"go-to-mark", "'", "'", "<C-x>rj", "B"},
    {"back", "'' <C-o>", "''", "l", "<BS>"},
    {"forward", "<C-i>", "none", "none", "none"},
    {"next-pane", "<C-w>w <Tab>", "<C-w>", "<C-x>o", "<Tab> <F6>"},
    {"command-line", ":", ":", "<M-x>", ":"},
    {"help", "<F1> g?", "h <F1>", "<C-h>b <F1>", "<F1> ?"},
    {"quit", "q ZZ", "q ZZ", "q", "q"},
    {"step-back", "none", "none", "none", "<Esc>"},
    {"quit-now", "ZQ Q", "Q", "<C-x><C-c>", "Q"},
    {"repeat", ".", "none", "<C-x>z", "."},
    {"redraw", "<C-l>", "r", "<C-l>", "<C-l>"},
    {"suspend", "<C-z>", "<C-z>", "<C-z>", "<C-z>"},
    {"next-quote", "]q", "t", "<M-'>", "<F7>"},
    {"previous-quote", "[q", "T", "<M-DQuote>", "<S-F7>"},
    {"next-mention", "]e", ";", "<M-e>", "<F8>"},
    {"previous-mention", "[e", ",", "<M-a>", "<S-F8>"},
};

/* What the keys run in the end; where a longer sequence begins with them, when the time is up. */
static const char *runs(const struct keymap *keymap, const struct key_list *keys)
{
    struct keymap_state state = {0};
    struct keymap_result result = {0};
    enum keymap_answer answer = KEYMAP_IDLE;
    for (size_t at = 0; at < keys->count; at++)
        answer = keymap_feed(keymap, &state, KEYMAP_THREAD, keys->items[at], &result);
    if (answer == KEYMAP_MORE)
        answer = keymap_timeout(keymap, &state, KEYMAP_THREAD, &result);
    return answer == KEYMAP_MATCH ? command_info(result.steps[0].action).name : "nothing";
}

/* How many of the sequences run something else. */
static size_t count_wrong(const struct keymap *keymap, const char *sequences, const char *action)
{
    char copy[64], *rest = NULL;
    size_t wrong = 0;
    snprintf(copy, sizeof copy, "%s", strcmp(sequences, "none") == 0 ? "" : sequences);
    for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
        struct key_list keys = {0};
        assert_true(keys_parse(one, strlen(one), &keys, NULL));
        const char *found = runs(keymap, &keys);
        if (strcmp(found, action) != 0)
            print_error("%s: %s runs %s, not %s\n", keymap_name(keymap), one, found, action);
        wrong += strcmp(found, action) != 0;
        vector_release(&keys);
    }
    return wrong;
}

static void test_each_habit(void **state)
{
    (void)state;
    static const char *const names[] = {"vi", "less", "emacs", "arrows"};
    size_t wrong = 0;
    for (size_t name = 0; name < ARRAY_LENGTH(names); name++) {
        struct keymap_request request = {
            .name = names[name], .actions = command_actions(), .escape_ms = 30};
        struct keymap *keymap = keymap_load(&request, NULL);
        for (size_t at = 0; at < ARRAY_LENGTH(habits); at++) {
            const char *keys[] = {habits[at].vi, habits[at].less, habits[at].emacs,
                                  habits[at].arrows};
            wrong += count_wrong(keymap, keys[name], habits[at].action);
        }
        keymap_free(keymap);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_habit)};
    return cmocka_run_group_tests_name("habits", tests, NULL, NULL);
}
