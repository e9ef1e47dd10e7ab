/*
 * Regular expressions, by PCRE2. Pattern and text are strangers' both: a match is stopped after so
 * many steps, whatever they are. Where the machine allows it a pattern becomes machine code, which
 * takes fewer steps by far, and counts them only where it goes back.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "internal.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#define STEPS_COMPILED    2000u /* from one place of the text */
#define STEPS_INTERPRETED 50000u
#define DEPTH_MOST        5000u
#define HEAP_MOST         (16u << 10) /* KiB */
#define NESTING_MOST      100u
#define LONGEST_PATTERN   4000u

struct regex {
    pcre2_general_context *memory;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static void *take(PCRE2_SIZE size, void *nothing)
{
    (void)nothing;
    return xmalloc(size);
}

static void give(void *memory, void *nothing)
{
    (void)nothing;
    free(memory);
}

static pcre2_code *compile(pcre2_general_context *memory, const char *pattern, uint32_t options,
                           struct error *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    PCRE2_SIZE offset = 0;
    int number = 0;
    pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
    pcre2_set_parens_nest_limit(context, NESTING_MOST);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern), options, &number, &offset, context);
    pcre2_compile_context_free(context);
    if (!code) {
        char message[128] = "";
        pcre2_get_error_message(number, (PCRE2_UCHAR *)message, sizeof message);
        error_set(error, "%s, at character %zu of '%s'", message,
                  utf8_count(pattern, utf8_floor(pattern, offset)) + 1, pattern);
    }
    return code;
}

struct regex *regex_new(const char *pattern, bool any_case, struct error *error)
{
    uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    struct regex *regex = xcalloc(1, sizeof *regex);
    regex->memory = pcre2_general_context_create(take, give, NULL);
    regex->code = compile(regex->memory, pattern, options | (any_case ? PCRE2_CASELESS : 0), error);
    if (!regex->code) {
        regex_free(regex);
        return NULL;
    }
    bool fast = pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0;
    regex->match = pcre2_match_data_create_from_pattern(regex->code, regex->memory);
    regex->limits = pcre2_match_context_create(regex->memory);
    pcre2_set_match_limit(regex->limits, fast ? STEPS_COMPILED : STEPS_INTERPRETED);
    pcre2_set_depth_limit(regex->limits, DEPTH_MOST);
    pcre2_set_heap_limit(regex->limits, HEAP_MOST);
    return regex;
}

void regex_free(struct regex *regex)
{
    if (!regex)
        return;
    pcre2_match_context_free(regex->limits);
    pcre2_match_data_free(regex->match);
    pcre2_code_free(regex->code);
    pcre2_general_context_free(regex->memory);
    free(regex);
}

enum regex_answer regex_find_in(struct regex *regex, const char *text, struct range subject,
                                struct range within, struct range *hit)
{
    if (range_is_empty(within))
        return REGEX_NONE;
    pcre2_set_offset_limit(regex->limits, within.end - subject.start - 1);
    int answer = pcre2_match(regex->code, (PCRE2_SPTR)(text + subject.start),
                             subject.end - subject.start, within.start - subject.start,
                             PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, regex->match, regex->limits);
    if (answer == PCRE2_ERROR_NOMATCH)
        return REGEX_NONE;
    if (answer < 0)
        return REGEX_TOO_HARD;
    const PCRE2_SIZE *found = pcre2_get_ovector_pointer(regex->match);
    PCRE2_SIZE end = found[1] > found[0] ? found[1] : found[0]; /* \K may turn them round */
    *hit = (struct range){subject.start + (uint32_t)found[0], subject.start + (uint32_t)end};
    return REGEX_FOUND;
}

enum regex_answer regex_find(struct regex *regex, const char *text, struct range within,
                             uint32_t limit, struct range *hit)
{
    return regex_find_in(regex, text, (struct range){within.start, limit}, within, hit);
}

bool regex_has_capital(const char *pattern)
{
    size_t length = strlen(pattern);
    for (size_t at = 0; at < length;) {
        uint32_t code_point;
        bool escaped = pattern[at] == '\\' && at + 1 < length; /* \W and the like say no case */
        at += escaped;
        at += utf8_decode(pattern + at, length - at, &code_point);
        if (!escaped && uc_tolower(code_point) != code_point)
            return true;
    }
    return false;
}
