/*
 * What a filter says, read into a program.
 *
 *      filter   one filter, or another:     author:carl | author:dot
 *      one      words, all of them meant:   author:carl score>3 !depth=0
 *      word     ! word, ( filter ), "words of the text", /regular expression/, or a term
 *
 * A term is a name with ":" and a name or words in quotes, or with "<", "<=", "=", ">=", ">" and a
 * number; what is no term is looked for in the text. The program is the terms in the order that
 * "and", "or" and "not" find on a stack what they go with, so whoever runs it needs no recursion.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST    40  /* parentheses within each other */
#define MOST_STEPS 200 /* of a program */

/* ---- terms -------------------------------------------------------------------------- */

enum term_argument { TAKES_NOTHING, TAKES_TEXT, TAKES_NUMBER, TAKES_TIME };

static const struct {
    const char *name;
    enum filter_operation operation;
    enum term_argument argument;
    const char *help;
} terms[] = {
    {"author:", FILTER_AUTHOR, TAKES_TEXT, "by somebody with that in the name"},
    {"author=", FILTER_AUTHOR_IS, TAKES_TEXT, "by the one of that name"},
    {"text:", FILTER_TEXT, TAKES_TEXT, "with these words, as words alone are; \"...\" for several"},
    {"entity:", FILTER_ENTITY, TAKES_TEXT, "that name a person, an organisation or a place"},
    {"speaker:", FILTER_SPEAKER, TAKES_TEXT, "that quote somebody"},
    {"score", FILTER_SCORE, TAKES_NUMBER, "by score: score>=10"},
    {"depth", FILTER_DEPTH, TAKES_NUMBER, "by depth: depth=0 on the article itself"},
    {"age", FILTER_AGE, TAKES_TIME, "by age in m, h, d, w or y: age<2d"},
    {"unread", FILTER_UNREAD, TAKES_NOTHING,
     "not read when the filter was set; set it again for those of now"},
    {"new", FILTER_NEW, TAKES_NOTHING, "not there at the last visit"},
};

const char *filter_term(size_t index, const char **help)
{
    if (index >= ARRAY_LENGTH(terms))
        return NULL;
    *help = terms[index].help;
    return terms[index].name;
}

/* ---- reading ------------------------------------------------------------------------ */

struct reading_filter {
    const char *text;
    size_t at; /* bytes */
    int depth;
    struct filter_program *program;
    struct error *error;
};

static bool fail(struct reading_filter *reading, size_t at, const char *what)
{
    return error_set(reading->error, "character %zu: %s", utf8_count(reading->text, at) + 1, what);
}

static bool add(struct reading_filter *reading, struct filter_step step)
{
    if (reading->program->count == MOST_STEPS) {
        free(step.text);
        return fail(reading, reading->at, "this filter is too long");
    }
    vector_push(reading->program, step);
    return true;
}

static bool add_operation(struct reading_filter *reading, enum filter_operation operation)
{
    return add(reading, (struct filter_step){.operation = operation});
}

static char peek(const struct reading_filter *reading)
{
    return reading->text[reading->at];
}

static void skip_blanks(struct reading_filter *reading)
{
    while (peek(reading) == ' ')
        reading->at++;
}

/* Up to a closing mark. "\" before it, or before another "\", makes it one of the text's own; with
 * `keep` the "\" stays. NULL: it is not closed. */
static char *read_enclosed(struct reading_filter *reading, char mark, bool keep)
{
    struct buffer text = {0};
    size_t start = reading->at++;
    for (; peek(reading) && peek(reading) != mark; reading->at++) {
        bool escaped = peek(reading) == '\\' && reading->text[reading->at + 1];
        char next = escaped ? reading->text[reading->at + 1] : '\0';
        if (escaped && (keep || (next != mark && next != '\\')))
            buffer_addc(&text, '\\');
        reading->at += escaped;
        buffer_addc(&text, peek(reading));
    }
    if (!peek(reading)) {
        buffer_release(&text);
        fail(reading, start, mark == '/' ? "this '/' is not closed" : "this '\"' is not closed");
        return NULL;
    }
    reading->at++;
    return buffer_detach(&text);
}

/* Words in quotes, or one without. NULL: an error was told. */
static char *read_text(struct reading_filter *reading)
{
    size_t length = strcspn(reading->text + reading->at, " ()|");
    if (peek(reading) == '"')
        return read_enclosed(reading, '"', false);
    reading->at += length;
    return xstrndup(reading->text + reading->at - length, length);
}

static bool read_comparison(struct reading_filter *reading, enum filter_comparison *comparison)
{
    static const struct {
        const char *sign;
        enum filter_comparison comparison;
    } signs[] = {{"<=", FILTER_AT_MOST},
                 {">=", FILTER_AT_LEAST},
                 {"<", FILTER_LESS},
                 {">", FILTER_MORE},
                 {"=", FILTER_EQUAL}};
    for (size_t at = 0; at < ARRAY_LENGTH(signs); at++) {
        size_t length = strlen(signs[at].sign);
        if (strncmp(reading->text + reading->at, signs[at].sign, length) != 0)
            continue;
        reading->at += length;
        *comparison = signs[at].comparison;
        return true;
    }
    return fail(reading, reading->at, "'<', '<=', '=', '>=' or '>' and a number go here");
}

/* Seconds of a unit; 0: no such unit. */
static int64_t unit_seconds(char unit)
{
    static const char units[] = "mhdwy";
    static const int64_t seconds[] = {60, 3600, 86400, 604800, 31557600};
    const char *found = unit ? strchr(units, unit) : NULL;
    return found ? seconds[found - units] : 0;
}

#define MOST_DIGITS 9

static bool read_number(struct reading_filter *reading, bool is_time, int64_t *number)
{
    const char *digits = reading->text + reading->at + (peek(reading) == '-' && !is_time);
    size_t length = strspn(digits, "0123456789"), start = reading->at;
    if (length == 0 || length > MOST_DIGITS)
        return fail(reading, start, "a number of up to nine digits goes here");
    *number = strtoll(reading->text + start, NULL, 10);
    reading->at = (size_t)(digits - reading->text) + length;
    if (!is_time)
        return true;
    int64_t unit = unit_seconds(peek(reading));
    if (!unit)
        return fail(reading, reading->at, "m, h, d, w or y goes here");
    reading->at++;
    *number *= unit;
    return true;
}

static bool ends_word(char byte)
{
    return byte == '\0' || strchr(" ()|", byte);
}

/* What comes after a term's name. */
static bool read_argument(struct reading_filter *reading, size_t term)
{
    struct filter_step step = {.operation = terms[term].operation};
    size_t start = reading->at;
    switch (terms[term].argument) {
    case TAKES_TEXT:
        if (!(step.text = read_text(reading)))
            return false;
        if (step.text[0])
            return add(reading, step);
        free(step.text);
        return fail(reading, start, "a name or words go here");
    case TAKES_NUMBER:
    case TAKES_TIME:
        return read_comparison(reading, &step.comparison) &&
               read_number(reading, terms[term].argument == TAKES_TIME, &step.number) &&
               (ends_word(peek(reading)) || fail(reading, reading->at, "the number ends here")) &&
               add(reading, step);
    case TAKES_NOTHING:
        break;
    }
    return add(reading, step);
}

/* The term that begins here; the count of them: none does. */
static size_t find_term(const struct reading_filter *reading)
{
    const char *text = reading->text + reading->at;
    for (size_t at = 0; at < ARRAY_LENGTH(terms); at++) {
        size_t length = strlen(terms[at].name);
        if (strncmp(text, terms[at].name, length) != 0)
            continue;
        bool compared = text[length] && strchr("<=>", text[length]);
        if (terms[at].argument == TAKES_TEXT ||
            (terms[at].argument == TAKES_NOTHING ? ends_word(text[length]) : compared))
            return at;
    }
    return ARRAY_LENGTH(terms);
}

/* What other programs call what is a term here, or none. */
static const char *habit_hint(const char *name)
{
    static const char *const habits[][2] = {
        {"is:", ": say 'unread' or 'new' alone"},    {"re:", ": a regular expression is /x/"},
        {"regex:", ": a regular expression is /x/"}, {"from:", ", did you mean 'author:'?"},
        {"by:", ", did you mean 'author:'?"},        {"user:", ", did you mean 'author:'?"},
    };
    for (size_t at = 0; at < ARRAY_LENGTH(habits); at++)
        if (strcmp(name, habits[at][0]) == 0)
            return habits[at][1];
    return NULL;
}

/* "autor:carl" is more likely a slip than words that are looked for. */
static bool check_name(struct reading_filter *reading)
{
    const char *text = reading->text + reading->at;
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    struct nearest nearest = {0};
    char hint[128], message[256];
    if (length < 2 || !text[length] || !strchr(":<=>", text[length]) ||
        strncmp(text + length, "://", 3) == 0)
        return true;
    char *name = xstrndup(text, length + (text[length] == ':'));
    nearest.wanted = name;
    for (size_t at = 0; at < ARRAY_LENGTH(terms); at++)
        nearest_offer(&nearest, terms[at].name);
    const char *habit = habit_hint(name);
    snprintf(message, sizeof message, "'%.40s' is no term%s", name,
             habit ? habit : nearest_hint(&nearest, hint, sizeof hint));
    free(name);
    return fail(reading, reading->at, message);
}

static bool read_regex(struct reading_filter *reading)
{
    struct filter_step step = {.operation = FILTER_REGEX};
    step.text = read_enclosed(reading, '/', true);
    return step.text && add(reading, step);
}

static bool read_word(struct reading_filter *reading)
{
    size_t term = find_term(reading);
    if (peek(reading) == '/')
        return read_regex(reading);
    if (term < ARRAY_LENGTH(terms)) {
        reading->at += strlen(terms[term].name);
        return read_argument(reading, term);
    }
    struct filter_step step = {.operation = FILTER_TEXT};
    if (!check_name(reading))
        return false;
    step.text = read_text(reading);
    return step.text && add(reading, step);
}

/* Filters within filters, no deeper than DEEPEST. NOLINTBEGIN(misc-no-recursion) */
static bool read_filter(struct reading_filter *reading);

static bool read_enclosed_filter(struct reading_filter *reading)
{
    size_t start = reading->at++;
    if (++reading->depth > DEEPEST)
        return fail(reading, start, "too many '(' within each other");
    if (!read_filter(reading))
        return false;
    reading->depth--;
    if (peek(reading) != ')')
        return fail(reading, start, "this '(' is not closed");
    reading->at++;
    return true;
}

/* One word with all the "!" before it. */
static bool read_factor(struct reading_filter *reading)
{
    bool negated = false;
    skip_blanks(reading);
    for (; peek(reading) == '!'; skip_blanks(reading)) {
        negated = !negated;
        reading->at++;
    }
    if (!peek(reading) || peek(reading) == '|' || peek(reading) == ')')
        return fail(reading, reading->at, "something to look for goes here");
    bool good = peek(reading) == '(' ? read_enclosed_filter(reading) : read_word(reading);
    return good && (!negated || add_operation(reading, FILTER_NOT));
}

static bool read_all(struct reading_filter *reading)
{
    if (!read_factor(reading))
        return false;
    for (;;) {
        skip_blanks(reading);
        if (!peek(reading) || peek(reading) == '|' || peek(reading) == ')')
            return true;
        if (!read_factor(reading) || !add_operation(reading, FILTER_AND))
            return false;
    }
}

static bool read_filter(struct reading_filter *reading)
{
    if (!read_all(reading))
        return false;
    while (peek(reading) == '|') {
        reading->at++;
        if (!read_all(reading) || !add_operation(reading, FILTER_OR))
            return false;
    }
    return true;
}
/* NOLINTEND(misc-no-recursion) */

bool filter_read(struct filter_program *program, const char *text, struct error *error)
{
    struct reading_filter reading = {.text = text, .program = program, .error = error};
    bool good = read_filter(&reading);
    if (good && peek(&reading) == ')')
        good = fail(&reading, reading.at, "this ')' was not opened");
    if (!good)
        filter_release(program);
    return good;
}

void filter_release(struct filter_program *program)
{
    for (size_t at = 0; at < program->count; at++)
        free(program->items[at].text);
    vector_release(program);
}

const char *filter_hint(const char *text)
{
    static const char *const words[] = {"or", "and", "not", "OR", "AND", "NOT"};
    while (*(text += strspn(text, " ()"))) {
        size_t length = *text == '"' ? strcspn(text + 1, "\"") + 1 : strcspn(text, " ()");
        for (size_t at = 0; at < ARRAY_LENGTH(words); at++)
            if (length == strlen(words[at]) && strncmp(text, words[at], length) == 0)
                return ": | is or, ! is not, and needs no sign";
        text += length;
    }
    return "";
}
