/*
 * The checker: bindings that are in force but will not do what they seem to.
 *
 * A terminal sends bytes, not keys, and many keys are the same bytes: Ctrl-I is a tab, Ctrl-Shift-X
 * is Ctrl-X. What a key arrives as is its twin here. Other keys never arrive: tmux and screen take
 * one each, flow control takes two. Someone who has bound such a key beside a good one knows what
 * they do, so most of this is said only where an action has no other key there.
 *
 * (Unknown names, keys bound twice and the like are found while loading, in layer.c and settle.c.)
 */
#include <stdlib.h>
#include <string.h>

#include "keymap.h"

struct checker {
    const struct keymap *keymap;
    struct problems *problems;
    bool *safe; /* [context * rows + target row]: has a sequence that arrives anywhere */
    uint32_t rows;
    int escape_ms;
};

/* ---- what arrives ------------------------------------------------------------------- */

/* Keys that exist on every keyboard and are something else on the wire. */
static const struct {
    uint32_t key, twin;
} aliases[] = {
    {KEYS_CTRL | 'i', KEYS_TAB},
    {KEYS_CTRL | 'm', KEYS_ENTER},
    {KEYS_CTRL | '[', KEYS_ESC},
};

static const struct {
    uint32_t key;
    const char *eater;
} eaten[] = {
    {KEYS_CTRL | 's', "flow control stops the terminal with it"},
    {KEYS_CTRL | 'q', "flow control takes it"},
    {KEYS_CTRL | 'b', "tmux takes it"},
    {KEYS_CTRL | 'a', "screen takes it"},
};

static uint32_t alias_of(uint32_t key)
{
    for (size_t i = 0; i < ARRAY_LENGTH(aliases); i++) {
        if (aliases[i].key == (key & ~KEYS_ALT)) {
            return aliases[i].twin | (key & KEYS_ALT);
        }
    }
    return key;
}

/* Enter, Tab, Esc, Backspace and Space are single bytes: their Ctrl and Shift get lost, but for
 * Shift-Tab and Ctrl-Space. */
static uint32_t bare_special(uint32_t key)
{
    uint32_t code = key & KEYS_CODE, bits = key & (KEYS_CTRL | KEYS_SHIFT);
    bool single = code == KEYS_ENTER || code == KEYS_TAB || code == KEYS_ESC || code == KEYS_BS;
    if (code == ' ') {
        return key & ~KEYS_SHIFT;
    }
    if (!single || (code == KEYS_TAB && bits == KEYS_SHIFT)) {
        return key;
    }
    return key & ~(KEYS_CTRL | KEYS_SHIFT);
}

uint32_t key_twin(uint32_t key)
{
    uint32_t code = key & KEYS_CODE;
    if (code >= 0x110000 || code == ' ') {
        return bare_special(key);
    }
    if (!(key & KEYS_CTRL)) {
        return key;
    }
    key &= ~KEYS_SHIFT;
    bool there = (code >= 'a' && code <= 'z') || (code >= '[' && code <= '_');
    if (!there && code == '/') {
        return (key & ~KEYS_CODE) | '_';
    }
    return there ? alias_of(key) : key & ~KEYS_CTRL;
}

static const char *eater_of(uint32_t key)
{
    for (size_t i = 0; i < ARRAY_LENGTH(eaten); i++) {
        if (eaten[i].key == key) {
            return eaten[i].eater;
        }
    }
    return NULL;
}

static bool arrives(const uint32_t *keys, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (key_twin(keys[i]) != keys[i] || eater_of(keys[i]) != NULL) {
            return false;
        }
    }
    return true;
}

/* ---- reports ------------------------------------------------------------------------ */

static void advise(const struct checker *checker, const struct binding *binding,
                   const char *message)
{
    struct buffer keys = {0};
    keys_write(binding_keys(checker->keymap, binding), binding->key_count, &keys);
    problems_advise(checker->problems, checker->keymap->files.items[binding->file], binding->line,
                    "'%.60s' for '%.60s' in [%s] %s", buffer_string(&keys),
                    target_name(checker->keymap, binding->target),
                    keymap_context_name((enum keymap_context)binding->context), message);
    buffer_release(&keys);
}

static bool has_safe_key(const struct checker *checker, const struct binding *binding)
{
    uint32_t row = target_row(checker->keymap, binding->target);
    return checker->safe[binding->context * checker->rows + row] ||
           checker->safe[KEYMAP_GLOBAL * checker->rows + row];
}

/* ---- the checks, one binding at a time ---------------------------------------------- */

static void check_eaten(const struct checker *checker, const struct binding *binding)
{
    const uint32_t *keys = binding_keys(checker->keymap, binding);
    for (uint32_t i = 0; i < binding->key_count; i++) {
        const char *eater = eater_of(keys[i]);
        if (eater != NULL && !has_safe_key(checker, binding)) {
            struct buffer message = {0};
            buffer_printf(&message, "may never come and is the only one: %s", eater);
            advise(checker, binding, buffer_string(&message));
            buffer_release(&message);
            return;
        }
    }
}

/* The binding that the sequence runs as it arrives; NULL: there is none. */
static const struct binding *twin_of_binding(const struct keymap *keymap,
                                             const struct binding *binding)
{
    uint32_t keys[KEYMAP_LONGEST];
    const uint32_t *own = binding_keys(keymap, binding);
    for (uint32_t i = 0; i < binding->key_count; i++) {
        keys[i] = key_twin(own[i]);
    }
    enum keymap_context context = (enum keymap_context)binding->context;
    struct slice slice = slice_find(keymap, context, keys, binding->key_count);
    uint32_t number = slice_exact(keymap, slice, binding->key_count);
    return number != BITSET_NONE ? &keymap->bindings.items[number] : NULL;
}

/*
 * Nothing is lost where the twin does the same. Otherwise it is enough that the action has a safe
 * key; but for <C-i> and its like only if the twin is bound by the same file, whose author has
 * seen both: they are keys of their own to almost everyone.
 */
static bool is_twin_known(const struct checker *checker, const struct binding *binding, bool plain)
{
    const struct binding *twin = twin_of_binding(checker->keymap, binding);
    if (twin != NULL && twin->target == binding->target) {
        return true;
    }
    return has_safe_key(checker, binding) &&
           (!plain || (twin != NULL && twin->file == binding->file));
}

static void check_twins(const struct checker *checker, const struct binding *binding)
{
    const uint32_t *keys = binding_keys(checker->keymap, binding);
    for (uint32_t i = 0; i < binding->key_count; i++) {
        uint32_t twin = key_twin(keys[i]);
        bool plain = alias_of(keys[i]) != keys[i];
        if (twin == keys[i] || is_twin_known(checker, binding, plain)) {
            continue;
        }
        struct buffer message = {0};
        buffer_adds(&message, "is sent by most terminals as ");
        keys_write(&twin, 1, &message);
        advise(checker, binding, buffer_string(&message));
        buffer_release(&message);
        return;
    }
}

/* Some terminals send Backspace as Ctrl-H: that matters where the two do different things. */
static void check_backspace(const struct checker *checker, const struct binding *binding)
{
    const struct keymap *keymap = checker->keymap;
    uint32_t backspace = KEYS_BS, first = binding_keys(keymap, binding)[0];
    enum keymap_context context = (enum keymap_context)binding->context;
    if (first != (KEYS_CTRL | 'h')) {
        return;
    }
    struct slice slice = slice_find(keymap, context, &backspace, 1);
    uint32_t number = slice_exact(keymap, slice, 1);
    if (number == BITSET_NONE ||
        (binding->key_count == 1 && keymap->bindings.items[number].target == binding->target)) {
        return;
    }
    advise(checker, binding, "is what some terminals send for <BS>, which does something else");
}

/* Esc and one of these begin the terminal's own messages. */
static void check_introducers(const struct checker *checker, const struct binding *binding)
{
    const uint32_t *keys = binding_keys(checker->keymap, binding);
    for (uint32_t i = 0; i < binding->key_count; i++) {
        uint32_t code = keys[i] & KEYS_CODE;
        if (code < 0x80 && code && strchr("[O]PX^_", (int)code) &&
            (keys[i] & ~KEYS_CODE) == KEYS_ALT) {
            advise(checker, binding,
                   "is how terminals begin what they have to say; it may never come");
            return;
        }
    }
}

static void check_impossible(const struct checker *checker, const struct binding *binding)
{
    const uint32_t *keys = binding_keys(checker->keymap, binding);
    for (uint32_t i = 0; i < binding->key_count; i++) {
        if (keys[i] == KEYS_ESC && i > 0) {
            advise(checker, binding, "never fires: <Esc> takes back the keys before it");
            return;
        }
        if ((keys[i] & KEYS_CODE) == KEYS_WAIT) {
            advise(checker, binding, "never fires: <Wait> is for scripts and no key");
            return;
        }
    }
    if (is_typed_into((enum keymap_context)binding->context) && keys_character(keys[0]) != 0) {
        advise(checker, binding, "keeps that character from being typed");
    }
}

/* A global binding that every context it could work in hides. */
static void check_shadowed(const struct checker *checker, const struct binding *binding)
{
    const struct keymap *keymap = checker->keymap;
    uint32_t allowed = target_contexts(keymap, binding->target);
    if (binding->context != KEYMAP_GLOBAL) {
        return;
    }
    for (unsigned context = KEYMAP_GLOBAL + 1; context < KEYMAP_CONTEXTS; context++) {
        bool works = (allowed & (KEYMAP_IN(context) | KEYMAP_IN(KEYMAP_GLOBAL))) != 0;
        if (works && !is_shadowed(keymap, (enum keymap_context)context,
                                  binding_keys(keymap, binding), binding->key_count)) {
            return;
        }
    }
    advise(checker, binding, "never fires: every context binds its keys to something else");
}

/* What someone binds in [global] does not reach a pane that has the keys for something else from
 * a keymap below: easily overlooked, since the two are in different files. */
static void check_hidden(const struct checker *checker, const struct binding *binding)
{
    const struct keymap *keymap = checker->keymap;
    if (binding->context != KEYMAP_GLOBAL) {
        return;
    }
    for (unsigned context = KEYMAP_ARTICLE; context <= KEYMAP_THREAD; context++) {
        struct slice slice = slice_find(keymap, (enum keymap_context)context,
                                        binding_keys(keymap, binding), binding->key_count);
        uint32_t number = slice_exact(keymap, slice, binding->key_count);
        const struct binding *own =
            number != BITSET_NONE ? &keymap->bindings.items[number] : binding;
        if (own->layer < binding->layer && own->target != binding->target) {
            struct buffer message = {0};
            buffer_printf(&message, "does not hold in [%s]: there it is '%.60s' (%.200s:%u)",
                          keymap_context_name((enum keymap_context)context),
                          target_name(keymap, own->target), keymap->files.items[own->file],
                          (unsigned)own->line);
            advise(checker, binding, buffer_string(&message));
            buffer_release(&message);
        }
    }
}

/* With no time to wait an Esc that comes alone cannot be told from the one that begins Alt. */
static void check_alt(const struct checker *checker)
{
    const struct keymap *keymap = checker->keymap;
    for (size_t i = 0; checker->escape_ms <= 0 && i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        for (uint32_t k = 0; k < binding->key_count; k++) {
            if (binding_keys(keymap, binding)[k] & KEYS_ALT) {
                advise(checker, binding,
                       "needs Alt, which may come as <Esc> and a key: 'keys.escape_ms' is 0");
                return;
            }
        }
    }
}

static void (*const checks[])(const struct checker *, const struct binding *) = {
    check_eaten,      check_twins,    check_backspace, check_introducers,
    check_impossible, check_shadowed, check_hidden,
};

void keymap_check(const struct keymap *keymap, int escape_ms, struct problems *problems)
{
    struct checker checker = {.keymap = keymap,
                              .problems = problems,
                              .escape_ms = escape_ms,
                              .rows = target_rows(keymap)};
    checker.safe = xcalloc(KEYMAP_CONTEXTS, checker.rows * sizeof *checker.safe);
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        uint32_t row = target_row(keymap, binding->target);
        if (arrives(binding_keys(keymap, binding), binding->key_count)) {
            checker.safe[binding->context * checker.rows + row] = true;
        }
    }
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        for (size_t c = 0; binding->target != TARGET_NONE && c < ARRAY_LENGTH(checks); c++) {
            checks[c](&checker, binding);
        }
    }
    check_alt(&checker);
    free(checker.safe);
}
