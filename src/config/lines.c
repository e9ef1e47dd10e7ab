/*
 * The line check in front of iniparser: one look at each line, before anything else happens to it.
 * The rules are iniparser's (what it would misread is refused) and the house's: names are lower
 * case letters, digits and - _ . ; a value is in double quotes, in single ones, or bare.
 *
 *      [section]      # comment
 *      key = "value"  # comment
 *      key = value    # comment, marked as `cut`: a '#' may have been meant
 */
#include <string.h>

#include "lines.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static char *skip_blanks(char *text)
{
    while (is_blank(*text)) {
        text++;
    }
    return text;
}

static void cut_blanks(const char *start, char *end)
{
    while (end > start && (is_blank(end[-1]) || end[-1] == '\r')) {
        end--;
    }
    *end = '\0';
}

/* Folds to lower case, as iniparser would in the "C" locale; false if `name` is no name. */
static bool fold_name(char *name)
{
    for (char *at = name; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z') {
            *at = (char)(*at - 'A' + 'a');
        }
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        if (!letter && strchr("._-", *at) == NULL) {
            return false;
        }
    }
    return *name != '\0';
}

/* What makes a line unfit before one looks at what it says; NULL: nothing. */
static const char *line_damage(const char *line, size_t length)
{
    if (length > INI_LONGEST_LINE) {
        return "the line is too long (1000 bytes is the most)";
    }
    if (memchr(line, '\0', length) != NULL) {
        return "there is a NUL byte in this line";
    }
    if (!utf8_is_valid(line, length)) {
        return "this line is not valid UTF-8";
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)line[i];
        bool ending = byte == '\r' && i + 1 == length;
        if ((byte < 0x20 && byte != '\t' && !ending) || byte == 0x7f) {
            return "there is a control character in this line";
        }
    }
    return NULL;
}

static bool is_comment_or_end(const char *text)
{
    return *text == '\0' || *text == '#' || *text == ';';
}

static void report_full(struct check *check, uint32_t number)
{
    if (!check->full) {
        problems_add(check->problems, check->file, number,
                     "more than %d settings or sections; the rest is left out", INI_MOST_ENTRIES);
    }
    check->full = true;
}

static void check_section(struct check *check, char *line, uint32_t number)
{
    char *name = skip_blanks(line + 1), *end = strchr(name, ']');
    check->section = "";
    if (end == NULL) {
        problems_add(check->problems, check->file, number,
                     "']' is missing; the lines up to the next section are left out");
        return;
    }
    char *rest = skip_blanks(end + 1);
    cut_blanks(name, end);
    if (!is_comment_or_end(rest)) {
        problems_add(check->problems, check->file, number,
                     "'%.40s' after the section's name; the lines up to the next section are left "
                     "out",
                     rest);
    } else if (check->sections.count >= INI_MOST_ENTRIES) {
        report_full(check, number);
    } else if (!fold_name(name)) {
        problems_add(check->problems, check->file, number,
                     "'%.40s' cannot be a section's name; the lines up to the next section are "
                     "left out",
                     name);
    } else {
        check->section = name;
        struct ini_section section = {.name = name, .line = number};
        vector_push(&check->sections, section);
    }
}

/* Looks at what stands after the '='. Cuts the comment off; returns what is wrong with it. */
static const char *check_value(struct line *line, char *value)
{
    char quote = *value;
    line->value = value;
    if (quote == '"' || quote == '\'') {
        char *end = strchr(value + 1, quote);
        if (end == NULL) {
            return "the closing quote is missing";
        }
        if (!is_comment_or_end(skip_blanks(end + 1))) {
            return "there is text after the closing quote (a quote cannot be within quotes: "
                   "write <DQuote>, or use the other kind)";
        }
        end[1] = '\0';
        return strchr(value, '\\') == NULL
                   ? NULL
                   : "a backslash cannot be within quotes; the key is called <Bslash>";
    }
    char *mark = value + strcspn(value, "#;");
    if (*mark != '\0') {
        if (mark == value || !is_blank(mark[-1])) {
            return "'#' and ';' begin a comment: put the value in double quotes";
        }
        line->cut = true;
        cut_blanks(value, mark);
    }
    return strchr(value, '\\') == NULL ? NULL : "a backslash; the key is called <Bslash>";
}

static void check_setting(struct check *check, char *text, uint32_t number)
{
    char *equals = strchr(text, '=');
    struct line line = {.section = check->section, .key = text, .number = number};
    const char *wrong = NULL;
    if (equals == NULL) {
        wrong = "there is no '=' in this line";
    } else {
        cut_blanks(text, equals);
        char *value = skip_blanks(equals + 1);
        wrong = fold_name(text) ? check_value(&line, value)
                                : "what is left of the '=' is not a name (letters, digits, - _ .)";
    }
    if (wrong == NULL && check->section == NULL) {
        wrong = "this line stands before the first [section]";
    }
    if (wrong != NULL) {
        problems_add(check->problems, check->file, number, "%s", wrong);
    } else if (check->lines.count >= INI_MOST_ENTRIES) {
        report_full(check, number);
    } else if (check->section[0] != '\0') {
        vector_push(&check->lines, line);
    }
}

static void check_line(struct check *check, char *line, size_t length, uint32_t number)
{
    const char *damage = line_damage(line, length);
    if (damage != NULL) {
        problems_add(check->problems, check->file, number, "%s", damage);
        return;
    }
    char *text = skip_blanks(line);
    cut_blanks(text, line + length > text ? line + length : text);
    if (is_comment_or_end(text)) {
        return;
    }
    if (*text == '[') {
        check_section(check, text, number);
    } else {
        check_setting(check, text, number);
    }
}

void lines_check(struct check *check, char *text, size_t length)
{
    uint32_t number = 1;
    size_t start = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t at = start; at < length; number++) {
        char *end = memchr(text + at, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - text) - at : length - at;
        text[at + size] = '\0';
        check_line(check, text + at, size, number);
        at += size + 1;
    }
}
