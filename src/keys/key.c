/*
 * What keys are called.
 *
 * One grammar for keymap files, --keys and --script: a character stands for itself, everything else
 * has a name in angle brackets, with modifiers in front of it. Each key has one canonical form, as
 * a number and in writing, so that what is printed reads as what it was.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>

#include "hearsay/keys.h"

/* The first name of a key is the one that is written. */
static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"Esc", KEYS_ESC},
    {"Enter", KEYS_ENTER},
    {"Tab", KEYS_TAB},
    {"BS", KEYS_BS},
    {"Del", KEYS_DEL},
    {"Insert", KEYS_INSERT},
    {"Up", KEYS_UP},
    {"Down", KEYS_DOWN},
    {"Left", KEYS_LEFT},
    {"Right", KEYS_RIGHT},
    {"Home", KEYS_HOME},
    {"End", KEYS_END},
    {"PageUp", KEYS_PAGE_UP},
    {"PageDown", KEYS_PAGE_DOWN},
    {"Space", ' '},
    {"Hash", '#'},
    {"Semicolon", ';'},
    {"DQuote", '"'},
    {"Quote", '\''},
    {"Bslash", '\\'},
    {"Equal", '='},
    {"Lt", '<'},
    {"Gt", '>'},
    {"Bar", '|'},
    {"Wait", KEYS_WAIT},
    {"Escape", KEYS_ESC},
    {"Return", KEYS_ENTER},
    {"CR", KEYS_ENTER},
    {"Backspace", KEYS_BS},
    {"Delete", KEYS_DEL},
    {"Ins", KEYS_INSERT},
    {"PgUp", KEYS_PAGE_UP},
    {"PgDn", KEYS_PAGE_DOWN},
    {"PgDown", KEYS_PAGE_DOWN},
    {"F1", KEYS_F1},
    {"F2", KEYS_F1 + 1},
    {"F3", KEYS_F1 + 2},
    {"F4", KEYS_F1 + 3},
    {"F5", KEYS_F1 + 4},
    {"F6", KEYS_F1 + 5},
    {"F7", KEYS_F1 + 6},
    {"F8", KEYS_F1 + 7},
    {"F9", KEYS_F1 + 8},
    {"F10", KEYS_F1 + 9},
    {"F11", KEYS_F1 + 10},
    {"F12", KEYS_F1 + 11},
    {"F13", KEYS_F1 + 12},
    {"F14", KEYS_F1 + 13},
    {"F15", KEYS_F1 + 14},
    {"F16", KEYS_F1 + 15},
    {"F17", KEYS_F1 + 16},
    {"F18", KEYS_F1 + 17},
    {"F19", KEYS_F1 + 18},
    {"F20", KEYS_F1 + 19},
    {"F21", KEYS_F1 + 20},
    {"F22", KEYS_F1 + 21},
    {"F23", KEYS_F1 + 22},
    {"F24", KEYS_F24},
};

static const struct {
    char letters[3];
    uint32_t bit;
} modifiers[] = {{"Cc", KEYS_CTRL}, {"Mm", KEYS_ALT}, {"Aa", KEYS_ALT}, {"Ss", KEYS_SHIFT}};

/* Of all that may be in a file, these would not come back as they are: they begin something. */
static const char unsafe[] = " #\"\\<";

/* ---- the number --------------------------------------------------------------------- */

/* Control characters, as terminals send them, become the keys they are taken for. */
static uint32_t uncontrol(uint32_t code, uint32_t *bits)
{
    switch (code) {
    case 9:
        return KEYS_TAB;
    case 13:
        return KEYS_ENTER;
    case 27:
        return KEYS_ESC;
    case 127:
        return KEYS_BS;
    case 0:
        *bits |= KEYS_CTRL;
        return ' ';
    default:
        break;
    }
    if (code < 0x20) {
        *bits |= KEYS_CTRL;
        return code < 27 ? code + 'a' - 1 : code + '@';
    }
    return code;
}

/* What a terminal makes of Ctrl with a character. */
static uint32_t control(uint32_t code, uint32_t *bits)
{
    if (code >= 'A' && code <= 'Z') {
        return code - 'A' + 'a';
    }
    if (code == '?') {
        *bits &= ~KEYS_CTRL;
        return KEYS_BS;
    }
    return code == '@' ? ' ' : code;
}

uint32_t keys_make(uint32_t code, uint32_t bits)
{
    bits &= KEYS_SHIFT | KEYS_ALT | KEYS_CTRL;
    code = uncontrol(code & KEYS_CODE, &bits);
    bool character = code < 0x110000;
    if (character && (bits & KEYS_CTRL)) {
        code = control(code, &bits);
    } else if (character && (bits & KEYS_SHIFT) && code != ' ') {
        code = uc_toupper(code);
        bits &= ~KEYS_SHIFT;
    }
    return code | bits;
}

uint32_t keys_character(uint32_t key)
{
    uint32_t code = key & KEYS_CODE;
    return code < 0x110000 && (key & (KEYS_CTRL | KEYS_ALT)) == 0 ? code : 0;
}

/* ---- reading ------------------------------------------------------------------------ */

static uint32_t take_modifiers(const char **text, size_t *length)
{
    uint32_t bits = 0;
    while (*length > 2 && (*text)[1] == '-') {
        uint32_t bit = 0;
        for (size_t i = 0; i < ARRAY_LENGTH(modifiers); i++) {
            bit |= memchr(modifiers[i].letters, (*text)[0], 2) != NULL ? modifiers[i].bit : 0;
        }
        if (bit == 0) {
            break;
        }
        bits |= bit;
        *text += 2;
        *length -= 2;
    }
    return bits;
}

static bool unknown_name(const char *text, size_t length, struct error *error)
{
    char hint[96], *name = xstrndup(text, length < 60 ? length : utf8_floor(text, 60));
    struct nearest nearest = {.wanted = name};
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        nearest_offer(&nearest, names[i].name);
    }
    error_set(error, "no key is called '%s'%s", name, nearest_hint(&nearest, hint, sizeof hint));
    free(name);
    return false;
}

static bool find_name(const char *text, size_t length, uint32_t *code, struct error *error)
{
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        if (strlen(names[i].name) == length && strncasecmp(names[i].name, text, length) == 0) {
            *code = names[i].code;
            return true;
        }
    }
    return unknown_name(text, length, error);
}

/* Characters that no keyboard makes and no screen should be shown. */
static bool is_no_key(uint32_t code)
{
    return code == UTF8_REPLACEMENT || code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/* Shift makes capitals of letters; what it makes of other characters only the keyboard knows. */
static bool makes_nothing(uint32_t code, uint32_t bits)
{
    return code < 0x110000 && code != ' ' && !(bits & KEYS_CTRL) && uc_toupper(code) == code &&
           uc_tolower(code) == code;
}

/* What is in angle brackets. */
static bool parse_name(const char *text, size_t length, uint32_t *key, struct error *error)
{
    uint32_t bits = take_modifiers(&text, &length), code = 0;
    if (length == 0) {
        return error_set(error, "'<>' names no key; '<' is called <Lt>");
    }
    if (utf8_decode(text, length, &code) != length) {
        if (!find_name(text, length, &code, error)) {
            return false;
        }
    } else if (is_no_key(code)) {
        return error_set(error, "this is not a character a key can have");
    }
    if (bits & KEYS_SHIFT && makes_nothing(code, bits)) {
        return error_set(error, "'%.*s' with Shift is another character: write that one",
                         (int)length, text);
    }
    *key = keys_make(code, bits);
    return true;
}

/* One key; returns the bytes it took, 0 when it is wrong. */
static size_t parse_key(const char *text, size_t length, uint32_t *key, struct error *error)
{
    uint32_t code;
    if (*text == '<') {
        const char *end = memchr(text, '>', length);
        if (end == NULL) {
            error_set(error, "'>' is missing after '<'; the key itself is called <Lt>");
            return 0;
        }
        return parse_name(text + 1, (size_t)(end - text) - 1, key, error) ? (size_t)(end - text) + 1
                                                                          : 0;
    }
    size_t size = utf8_decode(text, length, &code);
    if (is_no_key(code) || code == ' ') {
        error_set(error, code != ' ' ? "this is not a character a key can have"
                                     : "a blank parts sequences; the key is called <Space>");
        return 0;
    }
    *key = keys_make(code, 0);
    return size;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Keys up to the end, over blanks if they are allowed. */
static bool parse_all(const char *text, size_t length, bool blanks, struct key_list *keys,
                      struct error *error)
{
    size_t before = keys->count;
    for (size_t at = 0; at < length;) {
        uint32_t key = 0;
        if (blanks && is_blank(text[at])) {
            at++;
            continue;
        }
        size_t size = parse_key(text + at, length - at, &key, error);
        if (size == 0) {
            keys->count = before;
            return false;
        }
        vector_push(keys, key);
        at += size;
    }
    return true;
}

bool keys_parse(const char *text, size_t length, struct key_list *keys, struct error *error)
{
    return parse_all(text, length, false, keys, error);
}

bool keys_parse_text(const char *text, size_t length, struct key_list *keys, struct error *error)
{
    return parse_all(text, length, true, keys, error);
}

/* The bytes of a line before its comment. */
static size_t without_comment(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '#' && (i == 0 || is_blank(line[i - 1]))) {
            return i;
        }
    }
    return length;
}

bool keys_parse_script(const char *file, const char *text, size_t length, struct key_list *keys,
                       struct error *error)
{
    size_t before = keys->count;
    unsigned number = 1;
    for (size_t at = 0; at < length; number++) {
        struct error wrong;
        const char *line = text + at, *end = memchr(line, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - line) : length - at;
        if (!parse_all(line, without_comment(line, size), true, keys, &wrong)) {
            keys->count = before;
            return error_set(error, "%s:%u: %s", file, number, wrong.message);
        }
        at += size + 1;
    }
    return true;
}

/* ---- writing ------------------------------------------------------------------------ */

static const char *name_of(uint32_t code)
{
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        if (names[i].code == code) {
            return names[i].name;
        }
    }
    return NULL;
}

static void write_key(uint32_t key, struct buffer *out)
{
    uint32_t code = key & KEYS_CODE, bits = key & ~KEYS_CODE;
    bool special = code >= 0x110000 ||
                   (code > 0 && code < 0x80 && strchr(unsafe, (int)code) != NULL) ||
                   (code == '>' && bits != 0);
    if (!special && bits == 0) {
        buffer_add_code_point(out, code);
        return;
    }
    buffer_addc(out, '<');
    buffer_adds(out, bits & KEYS_CTRL ? "C-" : "");
    buffer_adds(out, bits & KEYS_ALT ? "M-" : "");
    buffer_adds(out, bits & KEYS_SHIFT ? "S-" : "");
    if (special && name_of(code) != NULL) {
        buffer_adds(out, name_of(code));
    } else {
        buffer_add_code_point(out, code);
    }
    buffer_addc(out, '>');
}

void keys_write(const uint32_t *keys, size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        write_key(keys[i], out);
    }
}

void keys_each_name(void (*visit)(const char *name, void *data), void *data)
{
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        visit(names[i].name, data);
    }
}
