/*
 * The table of settings: one row each. Reading, checking, the sample and --print-config all come
 * from here. To add a setting add its name to enum setting and a row.
 */
#include <string.h>
#include <strings.h>

#include "settings.h"

static bool check_theme(const char *value, struct error *error)
{
    struct nearest nearest = {.wanted = value};
    char hint[96];
    size_t count;
    if (theme_find(value) != NULL) {
        return true;
    }
    const struct theme *themes = theme_table(&count);
    for (size_t i = 0; i < count; i++) {
        nearest_offer(&nearest, themes[i].name);
    }
    return error_set(error, "there is no theme '%.60s'%s", value,
                     nearest_hint(&nearest, hint, sizeof hint));
}

#define BOOL          .type = SETTING_TYPE_BOOL
#define INT(from, to) .type = SETTING_TYPE_INT, .minimum = (from), .maximum = (to)
#define ENUM(...)     .type = SETTING_TYPE_ENUM, .words = {__VA_ARGS__}
#define STRING        .type = SETTING_TYPE_STRING

/* clang-format off */
static const struct setting_info table[SETTINGS] = {
    [SETTING_ARTICLE_COLUMNS] = {
        "view", "article_columns", INT(20, 200), .fallback = "72",
        .help = "how wide a line of the article may be, in columns"},
    [SETTING_LAYOUT] = {
        "view", "layout", ENUM("auto", "wide", "stacked", "single"), .fallback = "auto",
        .help = "the panes side by side, one above the other, one at a time, or what fits"},
    [SETTING_SIDEBAR] = {
        "view", "sidebar", BOOL, .fallback = "yes",
        .help = "show the sidebar of people and quotes at the start"},
    [SETTING_SIDEBAR_SHARE] = {
        "view", "sidebar_share", INT(10, 60), .fallback = "30",
        .help = "percent of the width the sidebar gets"},
    [SETTING_THREAD_SHARE] = {
        "view", "thread_share", INT(10, 90), .fallback = "45",
        .help = "percent of the room the thread gets beside or under the article"},
    [SETTING_TIMES] = {
        "view", "times", ENUM("relative", "absolute"), .fallback = "relative",
        .help = "tell how long ago something was written, or when"},
    [SETTING_AMBIGUOUS_WIDTH] = {
        "text", "ambiguous_width", INT(1, 2), .fallback = "1",
        .help = "columns the terminal gives East Asian characters of ambiguous width"},
    [SETTING_EMOJI] = {
        "text", "emoji", ENUM("safe", "cluster"), .fallback = "safe",
        .help = "draw emoji without joiners, or whole where the terminal joins them"},
    [SETTING_BIDI] = {
        "text", "bidi", ENUM("terminal", "off"), .fallback = "terminal",
        .help = "leave right-to-left text to the terminal, or tell it to keep its hands off"},
    [SETTING_LINK_MARKS] = {
        "text", "link_marks", BOOL, .fallback = "yes",
        .help = "number links after their text, as open-link takes them, and tell hidden hosts"},
    [SETTING_FOLD_DEPTH] = {
        "thread", "fold_depth", INT(-1, 100), .fallback = "-1",
        .help = "fold comments at this depth and below at the start; -1 folds none"},
    [SETTING_FOLD_QUOTED] = {
        "thread", "fold_quoted", BOOL, .fallback = "no",
        .help = "fold quoted text and signatures in comments at the start"},
    [SETTING_FLAT] = {
        "thread", "flat", BOOL, .fallback = "no",
        .help = "show an exchange of two without a step at each reply at the start"},
    [SETTING_SORT] = {
        "thread", "sort",
        ENUM("given", "oldest", "newest", "score", "replies", "activity"),
        .fallback = "given",
        .help = "the order of the comments on the article itself at the start"},
    [SETTING_SORT_REPLIES] = {
        "thread", "sort_replies",
        ENUM("given", "oldest", "newest", "score", "replies", "activity"),
        .fallback = "given",
        .help = "the order of the replies to one comment at the start"},
    [SETTING_INDENT] = {
        "thread", "indent", INT(1, 8), .fallback = "2",
        .help = "columns a reply is set in from what it replies to"},
    [SETTING_RAILS] = {
        "thread", "rails", ENUM("unicode", "ascii"), .fallback = "unicode",
        .help = "what the lines that show depth and the fold marks are drawn with"},
    [SETTING_MIN_COLUMNS] = {
        "thread", "min_columns", INT(8, 100), .fallback = "24",
        .help = "columns of text kept free however deep a comment is, at least three fifths"},
    [SETTING_TALL_LINES] = {
        "thread", "tall_lines", INT(0, 100), .fallback = "1",
        .help = "lines next-comment reads on by where a comment does not fit; 0: it goes on"},
    [SETTING_PEOPLE] = {
        "thread", "people", ENUM("auto", "hue", "letter", "off"), .fallback = "auto",
        .help = "what tells authors apart: hue, letter, or (auto) both where colours are few"},
    [SETTING_ONLY_READ] = {
        "voices", "only_read", BOOL, .fallback = "no",
        .help = "tell who somebody is only from text that has been on the screen"},
    [SETTING_FOLD_READ] = {
        "thread", "fold_read", BOOL, .fallback = "no",
        .help = "fold at the start what was read at earlier visits"},
    [SETTING_READ_MS] = {
        "thread", "read_ms", INT(-1, 60000), .fallback = "1000",
        .help = "how long a comment's last line is seen before it counts as read; -1: never"},
    [SETTING_SEARCH_CASE] = {
        "search", "case", ENUM("smart", "ignore", "match"), .fallback = "smart",
        .help = "capitals matter when the search has some, never, or always"},
    [SETTING_SEARCH_WRAP] = {
        "search", "wrap", BOOL, .fallback = "yes",
        .help = "go on at the other end"},
    [SETTING_SEARCH_REGEX] = {
        "search", "regex", BOOL, .fallback = "no",
        .help = "a search is a regular expression; \\v or \\V before one says yes or no"},
    [SETTING_BROWSER] = {
        "open", "browser", STRING, .fallback = "auto",
        .help = "the command that opens links, %s stands for the address; auto: $BROWSER, or "
                "xdg-open"},
    [SETTING_BROWSER_TERMINAL] = {
        "open", "terminal", ENUM("auto", "yes", "no"), .fallback = "auto",
        .help = "give the browser the terminal; auto: to those that are known to need it"},
    [SETTING_COPY_BY] = {
        "copy", "by", STRING, .fallback = "terminal",
        .help = "what copies: terminal (by OSC 52), or a command that reads it, such as wl-copy"},
    [SETTING_KEYMAP] = {
        "keys", "keymap", STRING, .fallback = "default",
        .help = "name of the keymap (default, vi, less, emacs, arrows, or your own), or a file"},
    [SETTING_TIMEOUT_MS] = {
        "keys", "timeout_ms", INT(0, 10000), .fallback = "700",
        .help = "how long a key that is a binding and begins a longer one waits"},
    [SETTING_ESCAPE_MS] = {
        "keys", "escape_ms", INT(0, 1000), .fallback = "30",
        .help = "how long an Escape waits to become part of another key, such as Alt"},
    [SETTING_HINT_MS] = {
        "keys", "hint_ms", INT(0, 10000), .fallback = "500",
        .help = "how long a begun sequence waits before what can follow is listed; 0: never"},
    [SETTING_MOUSE] = {
        "keys", "mouse", BOOL, .fallback = "no",
        .help = "take the mouse from the terminal"},
    [SETTING_REMEMBER] = {
        "state", "remember", BOOL, .fallback = "yes",
        .help = "remember places, folds, marks and what was read until the next time"},
    [SETTING_KEEP] = {
        "state", "keep", INT(1, 100000), .fallback = "1000",
        .help = "documents remembered; those not opened for longest are forgotten first"},
    [SETTING_HISTORY] = {
        "state", "history", INT(0, 1000), .fallback = "100",
        .help = "searches, commands and filters remembered, so many of each; 0: none"},
    [SETTING_THEME] = {
        "theme", "name", STRING, .fallback = "default", .check = check_theme,
        .help = "how it looks: default, mono (no colours) or contrast"},
    [SETTING_IMPORT_MEMORY_MB] = {
        "import", "memory_mb", INT(0, 1000000), .fallback = "1024",
        .help = "megabytes that reading a file may need beside its text; 0: any"},
    [SETTING_IMPORT_SECONDS] = {
        "import", "seconds", INT(0, 100000), .fallback = "60",
        .help = "how long reading a file may take once it is all there; 0: as long as it likes"},
};
/* clang-format on */

static const char *const yes_words[] = {"yes", "true", "on", "1"};
static const char *const no_words[] = {"no", "false", "off", "0"};

const struct setting_info *setting_info(enum setting setting)
{
    return &table[setting];
}

enum setting setting_find(const char *section, const char *key)
{
    unsigned at = 0;
    while (at < SETTINGS &&
           (strcmp(table[at].section, section) != 0 || strcmp(table[at].key, key) != 0)) {
        at++;
    }
    return (enum setting)at;
}

/* ---- conversions: strict, decimal, and the same in every locale --------------------- */

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool convert_bool(const struct setting_info *info, const char *text, int *number)
{
    (void)info;
    *number = is_one_of(text, yes_words, ARRAY_LENGTH(yes_words));
    return *number != 0 || is_one_of(text, no_words, ARRAY_LENGTH(no_words));
}

static bool convert_int(const struct setting_info *info, const char *text, int *number)
{
    const char *at = text + (*text == '-');
    int value = 0;
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 8 || at[digits] != '\0') {
        return false;
    }
    for (; *at != '\0'; at++) {
        value = value * 10 + (*at - '0');
    }
    *number = *text == '-' ? -value : value;
    return info->minimum <= *number && *number <= info->maximum;
}

static bool convert_enum(const struct setting_info *info, const char *text, int *number)
{
    for (int i = 0; i < SETTING_WORDS && info->words[i] != NULL; i++) {
        if (strcasecmp(text, info->words[i]) == 0) {
            *number = i;
            return true;
        }
    }
    return false;
}

/* A string must survive being printed in double quotes and read again. */
static bool convert_string(const struct setting_info *info, const char *text, int *number)
{
    (void)info;
    *number = 0;
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || strchr("\"'\\\x7f", text[i]) != NULL) {
            return false;
        }
    }
    return length > 0 && length <= SETTING_LONGEST && utf8_is_valid(text, length);
}

static bool (*const converters[])(const struct setting_info *, const char *, int *) = {
    [SETTING_TYPE_BOOL] = convert_bool,
    [SETTING_TYPE_INT] = convert_int,
    [SETTING_TYPE_ENUM] = convert_enum,
    [SETTING_TYPE_STRING] = convert_string,
};

static void write_words(const struct setting_info *info, struct buffer *out)
{
    for (size_t i = 0; i < SETTING_WORDS && info->words[i] != NULL; i++) {
        bool last = i + 1 == SETTING_WORDS || info->words[i + 1] == NULL;
        buffer_printf(out, "%s%s", i == 0 ? "" : last ? " or " : ", ", info->words[i]);
    }
}

void setting_write_range(const struct setting_info *info, struct buffer *out)
{
    switch (info->type) {
    case SETTING_TYPE_BOOL:
        buffer_adds(out, "yes or no");
        break;
    case SETTING_TYPE_INT:
        buffer_printf(out, "%d to %d", info->minimum, info->maximum);
        break;
    case SETTING_TYPE_ENUM:
        write_words(info, out);
        break;
    case SETTING_TYPE_STRING:
        buffer_printf(out, "text without quotes, at most %d bytes", SETTING_LONGEST);
        break;
    }
}

/* "'view.layout' is auto, wide, stacked or single, not 'wdie', did you mean 'wide'?" */
static bool explain(const struct setting_info *info, const char *text, struct error *error)
{
    struct buffer range = {0};
    struct nearest nearest = {.wanted = text};
    char hint[96];
    for (size_t i = 0; i < SETTING_WORDS && info->words[i] != NULL; i++) {
        nearest_offer(&nearest, info->words[i]);
    }
    setting_write_range(info, &range);
    error_set(error, "'%s.%s' must be %s, not '%.60s'%s", info->section, info->key,
              buffer_string(&range), text, nearest_hint(&nearest, hint, sizeof hint));
    buffer_release(&range);
    return false;
}

bool setting_convert(const struct setting_info *info, const char *text, int *number,
                     struct error *error)
{
    if (!converters[info->type](info, text, number)) {
        return explain(info, text, error);
    }
    return info->check == NULL || info->check(text, error);
}
