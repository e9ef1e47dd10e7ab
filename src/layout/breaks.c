/*
 * Where a line may end.
 *
 * The library follows UAX 14 of Unicode 14 to the letter, and so it breaks U.|S., e.|g., C+|+,
 * .|NET and example.|com: after Latin punctuation with no blank behind it. News and forum threads
 * are full of these. A break without a blank is therefore taken back unless
 *
 *      before it stands one of  / - ? & = ‐ – —  or U+00AD or U+200B     and/|or   well-|known
 *      one of its neighbours is two columns wide, or a long dash is next      東|京   word|—
 *      before it stands punctuation of a script from Hebrew on                  tsheg, danda
 *
 * and even then not after the "-" of an option (" -x", " --long"), nor after the "/" of a path
 * (" /etc") or of "//". Breaks after blanks are never taken back; one is added, before a path or a
 * name (" /etc", " .NET"), which the standard ties to the word before.
 *
 * In ASCII, all of this comes down to looking at two or three characters; the table below says the
 * same as the library with the tailoring on top, and a test holds the two against each other.
 */
#include "breaks.h"

#include <unictype.h>
#include <unilbrk.h>

#define SOFT_HYPHEN 0xADu
#define EM_DASH     0x2014u

bool break_is_blank(uint32_t code_point)
{
    return code_point == ' ' || code_point == 0x1680 || code_point == 0x205F ||
           code_point == 0x3000 ||
           (code_point >= 0x2000 && code_point <= 0x200A && code_point != 0x2007);
}

enum ascii_class {
    CLASS_WORD, /* letters, and the signs that behave like them */
    CLASS_DIGIT,
    CLASS_MONEY, /* $ % + \: signs that hold on to numbers */
    CLASS_QUOTE,
    CLASS_OPEN,
    CLASS_CLOSE, /* all that never begins a row: ! ? ) ] } , . / : ; */
    CLASS_HYPHEN,
    CLASS_BAR,
    CLASS_BLANK
};

static enum ascii_class ascii_class(char byte)
{
    static const char classes[] = {
        ['!'] = CLASS_CLOSE,  ['"'] = CLASS_QUOTE, ['$'] = CLASS_MONEY, ['%'] = CLASS_MONEY,
        ['\''] = CLASS_QUOTE, ['('] = CLASS_OPEN,  [')'] = CLASS_CLOSE, ['+'] = CLASS_MONEY,
        [','] = CLASS_CLOSE,  ['.'] = CLASS_CLOSE, ['/'] = CLASS_CLOSE, [':'] = CLASS_CLOSE,
        [';'] = CLASS_CLOSE,  ['?'] = CLASS_CLOSE, ['['] = CLASS_OPEN,  ['\\'] = CLASS_MONEY,
        [']'] = CLASS_CLOSE,  ['{'] = CLASS_OPEN,  ['}'] = CLASS_CLOSE, ['-'] = CLASS_HYPHEN,
        ['0'] = CLASS_DIGIT,  ['1'] = CLASS_DIGIT, ['2'] = CLASS_DIGIT, ['3'] = CLASS_DIGIT,
        ['4'] = CLASS_DIGIT,  ['5'] = CLASS_DIGIT, ['6'] = CLASS_DIGIT, ['7'] = CLASS_DIGIT,
        ['8'] = CLASS_DIGIT,  ['9'] = CLASS_DIGIT, ['|'] = CLASS_BAR,   [' '] = CLASS_BLANK,
        [0x7F] = CLASS_WORD,
    };
    return (enum ascii_class)classes[byte & 0x7F];
}

/* Letters and digits; the signs of their class with them. */
static bool is_word(char byte)
{
    return (unsigned char)byte < 0x80 && ascii_class(byte) <= CLASS_DIGIT;
}

/* Whether a path or a name with a point begins at `at`, after a blank and a word. */
static bool begins_path(const char *line, size_t length, size_t at)
{
    if ((line[at] != '/' && line[at] != '.') || at + 1 >= length || line[at - 1] != ' ' ||
        !is_word(line[at + 1]))
        return false;
    while (at > 0 && line[at - 1] == ' ')
        at--;
    return at > 0 && ascii_class(line[at - 1]) != CLASS_OPEN;
}

void breaks_standard(const char *line, size_t length, char *flags)
{
    u8_possible_linebreaks((const uint8_t *)line, length, "UTF-8", flags);
    for (size_t i = 0; i < length; i++)
        flags[i] = flags[i] == UC_BREAK_POSSIBLE;
    for (size_t i = 1; i + 1 < length; i++)
        if (line[i - 1] == ' ' && begins_path(line, length, i))
            flags[i] = true;
}

/* The code point that ends before byte `at`, 0 at the line's start; `*start` is where it begins. */
static uint32_t code_point_before(const char *line, size_t at, size_t *start)
{
    *start = at;
    if (at == 0)
        return 0;
    uint32_t code_point;
    *start = utf8_floor(line, at - 1);
    utf8_decode(line + *start, at - *start, &code_point);
    return code_point;
}

/* Whether the `/` or the run of `-` that ends before byte `at` stands at the start of a word. */
static bool starts_word(const char *line, size_t at)
{
    char sign = line[at - 1];
    size_t start = at;
    while (start > 0 && line[start - 1] == sign)
        start--;
    uint32_t before = code_point_before(line, start, &start);
    return before == 0 || break_is_blank(before);
}

static bool ascii_keeps(const char *line, size_t at)
{
    switch (line[at - 1]) {
    case '?':
    case '&':
    case '=':
        return true;
    case '/':
        return !(at > 1 && line[at - 2] == '/') && !starts_word(line, at);
    case '-':
        return !starts_word(line, at);
    default:
        return false;
    }
}

static bool sign_keeps(uint32_t before)
{
    if (before == SOFT_HYPHEN)
        return true;
    if (before >= 0x2000 && before < 0x2070)
        return before == 0x200B || before == 0x2010 || before == 0x2012 || before == 0x2013 ||
               before == EM_DASH;
    return before >= 0x590;
}

bool break_is_kept(const char *line, size_t length, size_t at)
{
    if (line[at - 1] == ' ')
        return true;
    size_t start;
    uint32_t after, before = code_point_before(line, at, &start);
    utf8_decode(line + at, length - at, &after);
    if (break_is_blank(before) || after == EM_DASH || text_width_code_point(after) == 2 ||
        text_width_code_point(before) == 2)
        return true;
    return before < 0x80 ? ascii_keeps(line, at) : sign_keeps(before);
}

/* ---- ASCII -------------------------------------------------------------------------- */

/* After blanks: never before what closes; never after what opens; no ( after a quotation mark. */
static bool break_after_blanks(const char *line, size_t length, size_t at)
{
    enum ascii_class after = ascii_class(line[at]);
    if (after == CLASS_CLOSE)
        return begins_path(line, length, at);
    if (after == CLASS_BLANK)
        return false;
    while (at > 0 && line[at - 1] == ' ')
        at--;
    if (at == 0)
        return false;
    enum ascii_class before = ascii_class(line[at - 1]);
    return before != CLASS_OPEN && !(before == CLASS_QUOTE && after == CLASS_OPEN);
}

bool break_in_ascii(const char *line, size_t length, size_t at)
{
    char before = line[at - 1];
    if (before == ' ')
        return break_after_blanks(line, length, at);
    if (before != '/' && before != '-' && before != '?')
        return false;
    enum ascii_class after = ascii_class(line[at]);
    if (after != CLASS_WORD && after != CLASS_MONEY && after != CLASS_OPEN &&
        !(after == CLASS_DIGIT && before == '?'))
        return false;
    return ascii_keeps(line, at);
}

/* ---- scripts without spaces --------------------------------------------------------- */

static bool is_unspaced(uint32_t code_point)
{
    return (code_point >= 0x0E01 && code_point < 0x0EE0) ||
           (code_point >= 0x1000 && code_point < 0x10A0) ||
           (code_point >= 0x1780 && code_point < 0x1800) ||
           (code_point >= 0x1950 && code_point < 0x19E0) ||
           (code_point >= 0x1A20 && code_point < 0x1AB0) ||
           (code_point >= 0xAA60 && code_point < 0xAAE0);
}

/* Thai and Lao (0x80 further on): vowels written before their consonant, and what follows one. */
static bool is_leading_vowel(uint32_t code_point)
{
    code_point &= ~0x80u;
    return code_point >= 0x0E40 && code_point <= 0x0E44;
}

static bool is_trailing_vowel(uint32_t code_point)
{
    code_point &= ~0x80u;
    return (code_point >= 0x0E2F && code_point <= 0x0E3A) ||
           (code_point >= 0x0E45 && code_point <= 0x0E4E);
}

static bool break_in_unspaced(const char *line, size_t length, size_t at)
{
    size_t start;
    uint32_t after, before = code_point_before(line, at, &start);
    utf8_decode(line + at, length - at, &after);
    return is_unspaced(before) && is_unspaced(after) && !is_leading_vowel(before) &&
           !is_trailing_vowel(after);
}

bool break_is_second_choice(const char *line, size_t length, size_t at)
{
    unsigned char lead = (unsigned char)line[at];
    if (lead >= 0x80)
        return (lead == 0xE0 || lead == 0xE1 || lead == 0xEA) &&
               break_in_unspaced(line, length, at);
    char before = line[at - 1];
    return (before == '_' || before == '=' || before == '&') && at >= 2 && is_word(line[at]) &&
           is_word(line[at - 2]);
}
