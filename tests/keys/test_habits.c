/*
 * What a hand that comes from elsewhere expects: for each shipped keymap the keys its users know,
 * fed one by one in the thread pane, and what they have to run.
 */
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "keys/actions.h"

struct habit {
    const char *keys, *action;
};

static const struct habit vi[] = {
    {"j", "line-down"},
    {"k", "line-up"},
    {"<C-d>", "half-page-down"},
    {"<C-u>", "half-page-up"},
    {"<C-f>", "page-down"},
    {"<C-b>", "page-up"},
    {"<Space>", "page-down"},
    {"gg", "top"},
    {"G", "bottom"},
    {"}", "next-comment"},
    {"{", "previous-comment"},
    {"]s", "next-sibling"},
    {"[s", "previous-sibling"},
    {"gp", "parent"},
    {"^", "parent"},
    {"gr", "thread-root"},
    {"]]", "next-top-level"},
    {"[[", "previous-top-level"},
    {"za", "toggle-fold"},
    {"<Enter>", "toggle-fold"},
    {"zo", "open-fold"},
    {"zc", "close-fold"},
    {"zM", "fold-all"},
    {"zR", "unfold-all"},
    {"zm", "fold-more"},
    {"zr", "fold-less"},
    {"zC", "fold-subtree"},
    {"zO", "unfold-subtree"},
    {"zx", "fold-chain"},
    {"/", "search-forward"},
    {"?", "search-backward"},
    {"n", "search-next"},
    {"N", "search-previous"},
    {"<Esc>", "cancel"},
    {"m", "set-mark"},
    {"''", "back"},
    {"<C-o>", "back"},
    {"<C-i>", "forward"},
    {"<C-w>w", "next-pane"},
    {"<Tab>", "next-pane"},
    {":", "command-line"},
    {"<F1>", "help"},
    {"g?", "help"},
    {"q", "quit"},
    {"ZZ", "quit"},
    {"ZQ", "quit-now"},
    {".", "repeat"},
    {"<C-l>", "redraw"},
    {"<C-z>", "suspend"},
    {"]q", "next-quote"},
    {"[q", "previous-quote"},
    {"]e", "next-mention"},
    {"[e", "previous-mention"},
    {NULL, NULL},
    {"]u", "next-unread"},
    {"[u", "previous-unread"},
    {"gm", "mark-read"},
    {"gM", "mark-branch-read"},
    {"gA", "mark-all-read"},
    {"u", "undo-read"},
};

static const struct habit less[] = {
    {"j", "line-down"},
    {"e", "line-down"},
    {"k", "line-up"},
    {"y", "line-up"},
    {"d", "half-page-down"},
    {"u", "half-page-up"},
    {"<Space>", "page-down"},
    {"f", "page-down"},
    {"b", "page-up"},
    {"g", "top"},
    {"G", "bottom"},
    {"<Lt>", "top"},
    {">", "bottom"},
    {")", "next-comment"},
    {"(", "previous-comment"},
    {"J", "next-sibling"},
    {"K", "previous-sibling"},
    {"^", "parent"},
    {"<M-/>", "thread-root"},
    {"}", "next-top-level"},
    {"{", "previous-top-level"},
    {"x", "toggle-fold"},
    {"[", "close-fold"},
    {"]", "open-fold"},
    {"X", "fold-all"},
    {"<M-x>", "fold-chain"},
    {"/", "search-forward"},
    {"?", "search-backward"},
    {"n", "search-next"},
    {"N", "search-previous"},
    {"<M-u>", "cancel"},
    {"m", "set-mark"},
    {"''", "back"},
    {"<C-w>", "next-pane"},
    {":", "command-line"},
    {"h", "help"},
    {"<F1>", "help"},
    {"q", "quit"},
    {"Q", "quit-now"},
    {"ZZ", "quit"},
    {".", "repeat"},
    {"r", "redraw"},
    {"<C-z>", "suspend"},
    {"t", "next-quote"},
    {"T", "previous-quote"},
    {";", "next-mention"},
    {",", "previous-mention"},
    {NULL, NULL},
    {"<Tab>", "next-unread"},
    {"<S-Tab>", "previous-unread"},
    {"a", "mark-read"},
    {"A", "mark-branch-read"},
    {"<M-a>", "mark-all-read"},
    {"<M-z>", "undo-read"},
};

static const struct habit emacs[] = {
    {"<C-n>", "line-down"},
    {"<C-p>", "line-up"},
    {"<C-v>", "page-down"},
    {"<M-v>", "page-up"},
    {"<Space>", "page-down"},
    {"<M-Lt>", "top"},
    {"<M-Gt>", "bottom"},
    {"n", "next-comment"},
    {"p", "previous-comment"},
    {"<C-M-n>", "next-sibling"},
    {"<C-M-p>", "previous-sibling"},
    {"^", "parent"},
    {"<C-M-u>", "parent"},
    {"To", "thread-root"},
    {"<C-M-f>", "next-top-level"},
    {"<C-M-b>", "previous-top-level"},
    {"<Tab>", "toggle-fold"},
    {"Th", "close-fold"},
    {"Ts", "open-fold"},
    {"TH", "fold-all"},
    {"Tx", "fold-chain"},
    {"TS", "unfold-all"},
    {"<S-Tab>", "unfold-all"},
    {"<C-s>", "search-forward"},
    {"<C-r>", "search-backward"},
    {"<C-g>", "cancel"},
    {"l", "back"},
    {"<C-x>o", "next-pane"},
    {"<M-x>", "command-line"},
    {"<C-h>b", "help"},
    {"<F1>", "help"},
    {"q", "quit"},
    {"<C-x><C-c>", "quit-now"},
    {"<C-x>z", "repeat"},
    {"<C-l>", "redraw"},
    {"<C-z>", "suspend"},
    {"<M-'>", "next-quote"},
    {"<M-DQuote>", "previous-quote"},
    {"<M-e>", "next-mention"},
    {"<M-a>", "previous-mention"},
    {NULL, NULL},
    {"<M-n>", "next-unread"},
    {"<M-p>", "previous-unread"},
    {"d", "mark-read"},
    {"<M-u>", "mark-branch-read"},
    {"Tk", "mark-branch-read"},
    {"c", "mark-all-read"},
    {"<C-_>", "undo-read"},
};

static const struct habit arrows[] = {
    {"<Down>", "line-down"},
    {"<Up>", "line-up"},
    {"<PageDown>", "page-down"},
    {"<PageUp>", "page-up"},
    {"<Space>", "page-down"},
    {"<Home>", "top"},
    {"<End>", "bottom"},
    {"n", "next-comment"},
    {"p", "previous-comment"},
    {"<S-Down>", "next-sibling"},
    {"<S-Up>", "previous-sibling"},
    {"<S-Left>", "parent"},
    {"<S-Home>", "thread-root"},
    {"<C-Down>", "next-top-level"},
    {"<C-Up>", "previous-top-level"},
    {"]", "next-top-level"},
    {"[", "previous-top-level"},
    {"<Enter>", "toggle-fold"},
    {"<Left>", "close-fold"},
    {"<Right>", "open-fold"},
    {"_", "fold-all"},
    {"x", "fold-chain"},
    {"*", "unfold-all"},
    {"-", "fold-more"},
    {"+", "fold-less"},
    {"/", "search-forward"},
    {"<C-f>", "search-forward"},
    {"<F3>", "search-next"},
    {"<S-F3>", "search-previous"},
    {"<Esc>", "step-back"},
    {"b", "set-mark"},
    {"B", "go-to-mark"},
    {"<BS>", "back"},
    {"<Tab>", "next-pane"},
    {"<F6>", "next-pane"},
    {":", "command-line"},
    {"<F1>", "help"},
    {"?", "help"},
    {"q", "quit"},
    {"Q", "quit-now"},
    {".", "repeat"},
    {"<C-l>", "redraw"},
    {"<C-z>", "suspend"},
    {"<F7>", "next-quote"},
    {"<S-F7>", "previous-quote"},
    {"<F8>", "next-mention"},
    {"<S-F8>", "previous-mention"},
    {NULL, NULL},
    {"N", "next-unread"},
    {"P", "previous-unread"},
    {"m", "mark-read"},
    {"M", "mark-branch-read"},
    {"u", "undo-read"},
};

/* What a sequence runs in the end; where a longer one begins with it, when the time is up. */
static const char *press(const struct keymap *keymap, const char *text)
{
    struct key_list keys = {0};
    struct keymap_state state = {0};
    struct keymap_result result;
    enum keymap_answer answer = KEYMAP_IDLE;
    assert_true(keys_parse(text, strlen(text), &keys, NULL));
    for (size_t i = 0; i < keys.count; i++) {
        answer = keymap_feed(keymap, &state, KEYMAP_THREAD, keys.items[i], &result);
        assert_true(answer == KEYMAP_MORE || i + 1 == keys.count);
    }
    if (answer == KEYMAP_MORE) {
        answer = keymap_timeout(keymap, &state, KEYMAP_THREAD, &result);
    }
    vector_release(&keys);
    return answer == KEYMAP_MATCH ? action_rows[result.steps[0].action].name : "nothing";
}

static void expect_habits(const char *name, const struct habit *habits)
{
    struct keymap_request request = {.name = name, .actions = &actions, .escape_ms = 30};
    struct keymap *keymap = keymap_load(&request, NULL);
    size_t wrong = 0;
    for (; habits->keys != NULL; habits++) {
        const char *action = press(keymap, habits->keys);
        if (strcmp(action, habits->action) != 0) {
            print_message("%s: %s runs %s, not %s\n", name, habits->keys, action, habits->action);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    keymap_free(keymap);
}

static void test_vi(void **state)
{
    (void)state;
    expect_habits("vi", vi);
}

static void test_less(void **state)
{
    (void)state;
    expect_habits("less", less);
}

static void test_emacs(void **state)
{
    (void)state;
    expect_habits("emacs", emacs);
}

static void test_arrows(void **state)
{
    (void)state;
    expect_habits("arrows", arrows);
}

/* Neither a letter nor a modifier that some terminal loses: Ctrl with a letter never gets lost. */
static bool is_plain(const struct keymap_binding *binding)
{
    for (uint32_t i = 0; i < binding->key_count; i++) {
        uint32_t key = binding->keys[i], code = key & KEYS_CODE;
        bool letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
        if (letter ? !(key & KEYS_CTRL) : key != code) {
            return false;
        }
    }
    return true;
}

static void test_arrows_need_no_letters(void **state)
{
    (void)state;
    struct keymap_request request = {
        .name = "arrows", .actions = &shipped_actions, .escape_ms = 30};
    struct keymap *keymap = keymap_load(&request, NULL);
    bool *plain = xcalloc(actions.count, sizeof *plain);
    for (uint32_t i = 0; i < keymap_binding_count(keymap); i++) {
        struct keymap_binding binding = keymap_binding(keymap, i);
        plain[binding.steps[0].action] = plain[binding.steps[0].action] || is_plain(&binding);
    }
    for (uint32_t i = 0; i < shipped_actions.count; i++) {
        if (!plain[i]) {
            print_message("arrows: '%s' needs a letter\n", action_rows[i].name);
        }
        assert_true(plain[i]);
    }
    free(plain);
    keymap_free(keymap);
}

/* The default is vi and arrows in one. */
static void test_default(void **state)
{
    (void)state;
    static const struct habit both[] = {
        {"j", "line-down"},
        {"<Down>", "line-down"},
        {"k", "line-up"},
        {"<Up>", "line-up"},
        {"<C-d>", "half-page-down"},
        {"<C-u>", "half-page-up"},
        {"<Space>", "page-down"},
        {"<PageDown>", "page-down"},
        {"<C-f>", "page-down"},
        {"gg", "top"},
        {"<Home>", "top"},
        {"G", "bottom"},
        {"<End>", "bottom"},
        {"]q", "next-quote"},
        {"<F7>", "next-quote"},
        {"]e", "next-mention"},
        {"<F8>", "next-mention"},
        {"}", "next-comment"},
        {"]c", "next-comment"},
        {"]s", "next-sibling"},
        {"<S-Down>", "next-sibling"},
        {"]]", "next-top-level"},
        {"<C-Down>", "next-top-level"},
        {"gp", "parent"},
        {"<S-Left>", "parent"},
        {"za", "toggle-fold"},
        {"<Enter>", "toggle-fold"},
        {"<Left>", "close-fold"},
        {"<Right>", "open-fold"},
        {"zM", "fold-all"},
        {"_", "fold-all"},
        {"zR", "unfold-all"},
        {"*", "unfold-all"},
        {"/", "search-forward"},
        {"n", "search-next"},
        {"N", "search-previous"},
        {"<Tab>", "next-pane"},
        {"<C-w>w", "next-pane"},
        {"?", "help"},
        {"<F1>", "help"},
        {":", "command-line"},
        {"q", "quit"},
        {"Q", "quit-now"},
        {"<Esc>", "cancel"},
        {NULL, NULL},
    };
    expect_habits("default", both);
}

int main(void)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vi),
        cmocka_unit_test(test_less),
        cmocka_unit_test(test_emacs),
        cmocka_unit_test(test_arrows),
        cmocka_unit_test(test_arrows_need_no_letters),
        cmocka_unit_test(test_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
