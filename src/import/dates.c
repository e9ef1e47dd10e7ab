/*
 * Dates are found in two steps. A scanner cuts the line into tokens: numbers, month names, words of
 * other known kinds, single signs. Then, from each token that could begin a date, a row of a table
 * of patterns is matched over the tokens, with the filling ("of", "de", ",", "th") skipped, and the
 * time of day is looked for on both sides:
 *
 *      Thu, 8 Nov 2012 - 10:02 am EST        10:02, 8. November 2012        11/8/2012 10:02 AM
 *      |____________________________|        |______________________|       |________________|
 *
 * Everything is bounded: 400 bytes, 64 tokens, a dozen patterns.
 */
#include "dates.h"

#include <string.h>

#include "hearsay/base.h"
#include "hearsay/document.h"

#include "date_words.h"

/* One piece of the line. */
struct token {
    uint32_t start, end;
    int32_t value;
    uint8_t kind, digits;
    bool spaced; /* a blank stands before it */
    bool capital;
};

enum { TOKENS = 64, LONGEST = 400 };

struct tokens {
    struct token items[TOKENS];
    unsigned count;
};

/* ---- the calendar ---------------------------------------------------------------------------- */

int64_t date_seconds(int year, int month, int day, int seconds_of_day)
{
    /* Days from civil: years begin in March, eras are 400 years. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (era * 146097 + day_of_era - 719468) * 86400 + seconds_of_day;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80);
}

/* U+00A0, U+2013, U+2014, U+2022, U+00B7 and other signs are no letters. Returns their length. */
static size_t sign_length(const char *text, size_t length)
{
    unsigned char a = (unsigned char)text[0];
    if (a == 0xC2 && length > 1 && (unsigned char)text[1] < 0xBA &&
        (unsigned char)text[1] != 0xAA) {
        return 2;
    }
    if (a == 0xE2 && length > 2 && ((unsigned char)text[1] & 0xFC) == 0x80) {
        return 3;
    }
    return 0;
}

static size_t scan_number(const char *text, size_t length, struct token *token)
{
    size_t used = 0;
    int32_t value = 0;
    while (used < length && is_digit(text[used])) {
        if (used < 8) {
            value = value * 10 + (text[used] - '0');
        }
        used++;
    }
    token->kind = TOKEN_NUMBER;
    token->value = value;
    token->digits = (uint8_t)(used < 9 ? used : 9);
    return used;
}

static size_t scan_word(const char *text, size_t length, struct token *token)
{
    size_t used = 0;
    while (used < length && is_letter(text[used]) && !sign_length(text + used, length - used)) {
        used++;
    }
    /* "a.m.": the dots belong to it */
    if (used == 1 && length > 2 && text[1] == '.' && (text[2] | 32) == 'm' &&
        ((text[0] | 32) == 'a' || (text[0] | 32) == 'p')) {
        used = 3;
    }
    const struct date_word *word = date_word_find(text, used);
    token->kind = word ? word->kind : TOKEN_WORD;
    token->value = word ? word->value : 0;
    token->capital = text[0] >= 'A' && text[0] <= 'Z';
    return used;
}

static void scan(struct tokens *tokens, const char *text, size_t length)
{
    bool spaced = false;
    size_t at = 0;
    tokens->count = 0;
    while (at < length && tokens->count < TOKENS) {
        size_t sign = sign_length(text + at, length - at);
        if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\\' ||
            (sign == 2 && (unsigned char)text[at + 1] == 0xA0)) {
            spaced = true;
            at += sign ? sign : 1;
            continue;
        }
        struct token token = {.start = (uint32_t)at, .spaced = spaced};
        spaced = false;
        size_t used = sign ? sign : 1;
        if (is_digit(text[at])) {
            used = scan_number(text + at, length - at, &token);
        } else if (!sign && is_letter(text[at])) {
            used = scan_word(text + at, length - at, &token);
        } else {
            token.kind = TOKEN_SIGN;
            token.value = sign ? 0x2013 : text[at];
        }
        at += used;
        token.end = (uint32_t)at;
        tokens->items[tokens->count++] = token;
    }
}

/* ---- patterns -------------------------------------------------------------------------------- */

struct parts {
    int year, month, day;
    int seconds;
    int zone; /* minutes east of UTC */
    bool clock, has_zone, relative;
};

/* A letter is a part, anything between them is filling that is skipped. Longer ones first. */
static const char *const patterns[] = {"MDY", "DMY", "YMD", "MD", "DM"};

static const struct token *token_at(const struct tokens *tokens, unsigned at)
{
    static const struct token none = {.kind = TOKEN_SIGN, .value = 0};
    return at < tokens->count ? &tokens->items[at] : &none;
}

static bool is_sign(const struct token *token, const char *signs)
{
    return token->kind == TOKEN_SIGN && token->value > 0 && token->value < 128 &&
           strchr(signs, token->value) != NULL;
}

static unsigned skip_filling(const struct tokens *tokens, unsigned at)
{
    while (at < tokens->count &&
           (tokens->items[at].kind == TOKEN_FILLER || is_sign(&tokens->items[at], ".,-/'"))) {
        at++;
    }
    return at;
}

static bool take_part(char part, const struct token *token, struct parts *parts)
{
    if (part == 'M') {
        parts->month = token->value;
        return token->kind == TOKEN_MONTH;
    }
    if (token->kind != TOKEN_NUMBER) {
        return false;
    }
    if (part == 'D') {
        parts->day = token->value;
        return token->digits <= 2 && token->value >= 1 && token->value <= 31;
    }
    parts->year = token->value;
    return token->digits == 4 && token->value >= 1970 && token->value < 2100;
}

/* Matches one pattern from `at`; returns the token after it, 0 if it does not match. */
static unsigned match_pattern(const struct tokens *tokens, unsigned at, const char *pattern,
                              struct parts *parts)
{
    struct parts found = {0};
    for (const char *part = pattern; *part; part++) {
        if (part != pattern) {
            at = skip_filling(tokens, at);
        }
        if (!take_part(*part, token_at(tokens, at), &found)) {
            return 0;
        }
        at++;
    }
    parts->year = found.year;
    parts->month = found.month;
    parts->day = found.day;
    return at;
}

static int full_year(const struct token *token)
{
    if (token->digits == 4) {
        return token->value >= 1970 && token->value < 2100 ? token->value : 0;
    }
    if (token->digits != 2) {
        return 0;
    }
    return token->value < 70 ? 2000 + token->value : 1900 + token->value;
}

/* 17.07, 2011 */
static unsigned match_broken_numbers(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    const struct token *day = token_at(tokens, at), *month = token_at(tokens, at + 2);
    unsigned year = at + 3;
    if (day->kind != TOKEN_NUMBER || month->kind != TOKEN_NUMBER || day->digits > 2 ||
        !is_sign(token_at(tokens, at + 1), ".") || month->digits > 2 || month->value < 1 ||
        month->value > 12 || day->value < 1 || day->value > 31) {
        return 0;
    }
    year += is_sign(token_at(tokens, year), ",.");
    parts->day = day->value;
    parts->month = month->value;
    return take_part('Y', token_at(tokens, year), parts) ? year + 1 : 0;
}

/* 2012-11-08, 11/8/2012, 08.11.12: which number is which is told by size and sign. */
static unsigned match_numbers(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    const struct token *a = token_at(tokens, at), *b = token_at(tokens, at + 2),
                       *c = token_at(tokens, at + 4);
    const struct token *sign = token_at(tokens, at + 1);
    if (a->kind != TOKEN_NUMBER || b->kind != TOKEN_NUMBER || c->kind != TOKEN_NUMBER ||
        !is_sign(sign, "/.-") || token_at(tokens, at + 3)->value != sign->value || sign->spaced ||
        token_at(tokens, at + 3)->spaced || b->digits > 2) {
        return 0;
    }
    if (a->digits == 4) {
        *parts = (struct parts){.year = full_year(a), .month = b->value, .day = c->value};
    } else {
        bool month_first = sign->value == '/' ? a->value <= 12 : b->value > 12;
        *parts = (struct parts){.year = full_year(c),
                                .month = month_first ? a->value : b->value,
                                .day = month_first ? b->value : a->value};
    }
    bool sane = a->digits != 3 && c->digits != 3 && parts->year && parts->month >= 1 &&
                parts->month <= 12 && parts->day >= 1 && parts->day <= 31;
    return sane ? at + 5 : 0;
}

static unsigned match_zone(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    const struct token *token = token_at(tokens, at);
    bool named = token->kind == TOKEN_ZONE;
    if (named) {
        parts->zone = token->value;
        parts->has_zone = true;
        at++;
    }
    const struct token *sign = token_at(tokens, at), *number = token_at(tokens, at + 1);
    if (!is_sign(sign, "+-") || number->kind != TOKEN_NUMBER || number->spaced ||
        (!named && number->digits < 2)) {
        return at;
    }
    int minutes =
        number->digits >= 3 ? number->value / 100 * 60 + number->value % 100 : number->value * 60;
    at += 2;
    if (is_sign(token_at(tokens, at), ":") && token_at(tokens, at + 1)->digits == 2) {
        minutes += token_at(tokens, at + 1)->value;
        at += 2;
    }
    if (minutes <= 15 * 60) {
        parts->zone = sign->value == '-' ? -minutes : minutes;
        parts->has_zone = true;
    }
    return at;
}

/* ":02:03.123" after the hour. Returns the token after it. */
static unsigned match_minutes(const struct tokens *tokens, unsigned at, int *seconds)
{
    int scale = 60;
    while (scale && is_sign(token_at(tokens, at), scale == 60 ? ":.h" : ":") &&
           token_at(tokens, at + 1)->digits == 2 && !token_at(tokens, at + 1)->spaced &&
           token_at(tokens, at + 1)->value < 60) {
        *seconds += token_at(tokens, at + 1)->value * scale;
        scale /= 60;
        at += 2;
    }
    if (scale == 0 && is_sign(token_at(tokens, at), ".") && token_at(tokens, at + 1)->digits) {
        at += 2; /* parts of a second */
    }
    return at;
}

/* A time of day from `at`; returns the token after it, 0 if there is none. */
static unsigned match_clock(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    const struct token *hour = token_at(tokens, at);
    if (hour->kind != TOKEN_NUMBER || hour->digits > 2 || hour->value > 24) {
        return 0;
    }
    int seconds = hour->value * 3600;
    bool colon = is_sign(token_at(tokens, at + 1), ":");
    unsigned next = at + 1;
    const struct token *mark = token_at(tokens, next);
    if (mark->kind == TOKEN_UNIT && mark->end - mark->start == 1 && !mark->spaced) { /* 10h02 */
        colon = true;
        const struct token *minute = token_at(tokens, next + 1);
        bool minutes = minute->kind == TOKEN_NUMBER && !minute->spaced && minute->digits == 2;
        seconds += minutes ? minute->value % 60 * 60 : 0;
        next += minutes ? 2 : 1;
    } else {
        next = match_minutes(tokens, next, &seconds);
    }
    const struct token *half = token_at(tokens, next);
    if (half->kind == TOKEN_HALF) {
        if (hour->value >= 1 && hour->value <= 12) {
            seconds += (hour->value == 12 ? -12 : 0) * 3600 + half->value * 3600;
        }
        next++;
        next += is_sign(token_at(tokens, next), ".") && !token_at(tokens, next)->spaced &&
                        half->end - half->start == 3
                    ? 1
                    : 0;
        colon = true;
    } else if (half->kind == TOKEN_HOURS) {
        next++;
        colon = true;
    }
    if (!colon || next == at + 1) {
        return 0;
    }
    parts->clock = true;
    parts->seconds = seconds % 86400;
    return match_zone(tokens, next, parts);
}

static unsigned skip_joint(const struct tokens *tokens, unsigned at)
{
    unsigned limit = at + 4;
    while (at < tokens->count && at < limit) {
        const struct token *token = &tokens->items[at];
        bool joint = token->kind == TOKEN_JOINER || token->kind == TOKEN_ARTICLE ||
                     is_sign(token, ",-@|/(:.;") ||
                     (token->kind == TOKEN_SIGN && token->value == 0x2013);
        if (!joint) {
            break;
        }
        at++;
    }
    return at;
}

/* The day itself, without the time of day. */
static unsigned match_day(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    unsigned next = match_numbers(tokens, at, parts);
    next = next ? next : match_broken_numbers(tokens, at, parts);
    for (size_t i = 0; !next && i < ARRAY_LENGTH(patterns); i++) {
        next = match_pattern(tokens, at, patterns[i], parts);
    }
    return next;
}

static unsigned skip_weekday(const struct tokens *tokens, unsigned at)
{
    if (token_at(tokens, at)->kind != TOKEN_WEEKDAY) {
        return at;
    }
    at++;
    while (is_sign(token_at(tokens, at), ".,-") || token_at(tokens, at)->kind == TOKEN_FILLER) {
        at++;
    }
    return at;
}

/* Day, then perhaps the time; a year may come after the time (as ctime() says it). */
static unsigned match_day_clock(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    unsigned next = match_day(tokens, skip_weekday(tokens, at), parts);
    if (!next) {
        return 0;
    }
    unsigned joint = skip_joint(tokens, next);
    const struct token *first = token_at(tokens, joint);
    if (joint == next && !first->spaced && next < tokens->count) {
        return next;
    }
    unsigned end = match_clock(tokens, joint, parts);
    if (end) {
        struct parts year = {0};
        if (!parts->year && take_part('Y', token_at(tokens, end), &year)) {
            parts->year = year.year;
            end++;
        }
        return end;
    }
    return next;
}

static unsigned match_clock_day(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    struct parts clock = {0};
    unsigned next = match_clock(tokens, at, &clock);
    if (!next) {
        return 0;
    }
    unsigned end = match_day(tokens, skip_weekday(tokens, skip_joint(tokens, next)), parts);
    if (end) {
        parts->clock = true;
        parts->seconds = clock.seconds;
        parts->zone = clock.zone;
        parts->has_zone = clock.has_zone;
    }
    return end;
}

/* "3 days ago", "vor 3 Tagen", "yesterday at 10:02". */
static unsigned match_relative(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    const struct token *first = token_at(tokens, at);
    parts->relative = true;
    if (first->kind == TOKEN_DAY) {
        struct parts clock = {0};
        unsigned end = match_clock(tokens, skip_joint(tokens, at + 1), &clock);
        parts->clock = end != 0;
        return end;
    }
    bool back = first->kind == TOKEN_BACK;
    unsigned number = at + (back ? 1 + (unsigned)first->value : 0); /* "il y a" has three words */
    const struct token *count = token_at(tokens, number), *unit = token_at(tokens, number + 1);
    bool counted = count->kind == TOKEN_NUMBER || count->kind == TOKEN_ARTICLE;
    if (!counted || unit->kind != TOKEN_UNIT) {
        return 0;
    }
    if (back) {
        return number + 2;
    }
    /* "2 hours, 5 minutes ago": pairs until the word that says ago */
    unsigned next = number + 2;
    for (unsigned pair = 0; pair < 3; pair++) {
        unsigned more = skip_joint(tokens, next);
        if (token_at(tokens, more)->kind != TOKEN_NUMBER ||
            token_at(tokens, more + 1)->kind != TOKEN_UNIT) {
            break;
        }
        next = more + 2;
    }
    return token_at(tokens, next)->kind == TOKEN_AGO ? next + 1 : 0;
}

/* A day without a year and a time is no date unless written like one: "November 8", not "may 12".
 */
static bool is_said(const struct tokens *tokens, unsigned at, unsigned end,
                    const struct parts *parts)
{
    if (parts->relative || parts->year || parts->clock) {
        return true;
    }
    for (unsigned i = at; i < end; i++) {
        const struct token *token = token_at(tokens, i);
        if (token->kind == TOKEN_MONTH) {
            return token->capital && token->end - token->start >= 3;
        }
    }
    return false;
}

static unsigned match_any(const struct tokens *tokens, unsigned at, struct parts *parts)
{
    static unsigned (*const matchers[])(const struct tokens *, unsigned, struct parts *) = {
        match_clock_day, match_day_clock, match_relative};
    for (size_t i = 0; i < ARRAY_LENGTH(matchers); i++) {
        *parts = (struct parts){0};
        unsigned end = matchers[i](tokens, at, parts);
        if (end && is_said(tokens, at, end, parts)) {
            return end;
        }
    }
    return 0;
}

static bool may_begin(const struct token *token)
{
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_MONTH ||
           token->kind == TOKEN_WEEKDAY || token->kind == TOKEN_BACK ||
           token->kind == TOKEN_ARTICLE || token->kind == TOKEN_DAY;
}

bool date_find(const char *text, size_t length, struct date_hit *hit)
{
    struct tokens tokens;
    scan(&tokens, text, length < LONGEST ? length : LONGEST);
    for (unsigned at = 0; at < tokens.count; at++) {
        struct parts parts;
        unsigned end = may_begin(&tokens.items[at]) ? match_any(&tokens, at, &parts) : 0;
        if (!end) {
            continue;
        }
        hit->start = tokens.items[at].start;
        hit->end = tokens.items[end - 1].end;
        hit->clock = parts.clock;
        hit->relative = parts.relative;
        hit->zone_unknown = !parts.has_zone;
        hit->time = TIME_NONE;
        if (parts.year && !parts.relative) {
            hit->time = date_seconds(parts.year, parts.month, parts.day, parts.seconds) -
                        (int64_t)parts.zone * 60;
        }
        return true;
    }
    return false;
}

int64_t date_parse(const char *text, size_t length, bool *zone_unknown)
{
    struct date_hit hit;
    *zone_unknown = false;
    while (length > 0 && (text[0] == ' ' || text[0] == '\n' || text[0] == '\t')) {
        text++;
        length--;
    }
    if (!date_find(text, length, &hit) || hit.start != 0) {
        return TIME_NONE;
    }
    *zone_unknown = hit.time != TIME_NONE && hit.zone_unknown;
    return hit.time;
}
