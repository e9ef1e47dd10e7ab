// clang-format off
/*
 * What vim's users type after "\v", in the words of PCRE2. Both are much alike; translated is what
 * differs, and all else keeps PCRE2's meaning:
 *
 *      <  >  \<  \>   a word begins, ends                 =       the one before, or nothing
 *      %(...)         a group without a number            {-n,m}  as few as will do
 *      \zs            the hit begins here                 \a \l \u   any, a small, a capital one
 *      \c  \C         letters of either case, or of this  \_s \_.    line ends too
 *
 * Classes, \Q...\E, names in angle brackets and braces, and what PCRE2 says with (?...) and (*...)
 * are copied as they stand.
 */
// clang-format on
#include "internal.h"

#include <string.h>

#define WORD_BEGINS "\\b(?=\\w)"
#define WORD_ENDS   "\\b(?<=\\w)"

static const struct {
    const char *vim, *pcre;
} words[] = {
    {"\\<", WORD_BEGINS}, {"<", WORD_BEGINS}, {"\\>", WORD_ENDS}, {">", WORD_ENDS},
    {"%(", "(?:"},        {"\\zs", "\\K"},    {"\\a", "\\p{L}"},  {"\\l", "\\p{Ll}"},
    {"\\u", "\\p{Lu}"},   {"\\_s", "\\s"},    {"\\_.", "(?s:.)"}, {"\\c", ""},
    {"\\C", ""},          {"{-}", "*?"},      {"{}", "*"},        {"{,", "{0,"},
};

/* The bytes up to the end of what begins with `text` and ends with `last`. */
static size_t through(const char *text, const char *last)
{
    const char *end = strstr(text, last);
    return end ? (size_t)(end - text) + strlen(last) : strlen(text);
}

/* "[^]a-z[:digit:]]" */
static size_t class_length(const char *class)
{
    size_t at = 1 + (class[1] == '^');
    at += class[at] == ']';
    while (class[at] && class[at] != ']') {
        if (strncmp(class + at, "[:", 2) == 0)
            at += through(class + at, ":]");
        else
            at += class[at] == '\\' && class[at + 1] ? 2 : 1;
    }
    return class[at] ? at + 1 : at;
}

/* A backslash with all that belongs to it: "\d", "\x{e9}", "\k<name>". */
static size_t escape_length(const char *escape)
{
    bool named = escape[1] && strchr("kgpPxoN", escape[1]);
    if (escape[1] == 'Q')
        return through(escape, "\\E");
    if (named && (escape[2] == '{' || escape[2] == '<'))
        return through(escape, escape[2] == '{' ? "}" : ">");
    return escape[1] ? 2 : 1;
}

/* How a group begins: "(", "(?<name>", "(?<=", "(?:", "(*UCP)". */
static size_t group_length(const char *group)
{
    if (group[1] == '*')
        return through(group, ")");
    if (group[1] != '?')
        return 1;
    size_t length = 2 + strcspn(group + 2, "=!>:)'|");
    return group[length] && group[length] != ')' ? length + 1 : length;
}

/* What is copied as it stands from here on. */
static size_t copied_length(const char *text)
{
    return *text == '['    ? class_length(text)
           : *text == '\\' ? escape_length(text)
           : *text == '('  ? group_length(text)
                           : 1;
}

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* The translation of what begins here, and how long that is. */
static const char *translated(const char *text, bool behind_an_atom, size_t *length)
{
    for (size_t at = 0; at < ARRAY_LENGTH(words); at++) {
        *length = strlen(words[at].vim);
        if (begins(text, words[at].vim))
            return words[at].pcre;
    }
    *length = 1;
    return *text == '=' && behind_an_atom ? "?" : NULL;
}

void very_magic(const char *pattern, struct buffer *out)
{
    bool atom = false; /* something stands before that "=" may follow */
    bool any_case = false, this_case = false;
    struct buffer rest = {0};
    for (const char *at = pattern; *at;) {
        size_t length;
        const char *word = translated(at, atom, &length);
        atom = *at != '(' && *at != '|';
        if (word) {
            buffer_adds(&rest, word);
            any_case = any_case || begins(at, "\\c");
            this_case = this_case || begins(at, "\\C");
        } else if (begins(at, "{-")) {
            length = through(at, "}");
            buffer_addc(&rest, '{');
            buffer_add(&rest, at + 2, length - 2);
            buffer_addc(&rest, '?');
        } else {
            length = copied_length(at);
            buffer_add(&rest, at, length);
        }
        at += length;
    }
    buffer_adds(out, any_case ? "(?i)" : this_case ? "(?-i)" : "");
    buffer_add(out, buffer_string(&rest), rest.length);
    buffer_release(&rest);
}
