/*
 * A pattern against a text, as people mean it: "cafe" finds Café, straight quotes find curly ones,
 * and capitals matter only where the rule says so.
 *
 * Both sides are folded code point by code point: compatibility decomposition, marks dropped, case
 * folded. A code point may fold to several (ß to ss) or to none (a combining mark, a soft hyphen);
 * a hit is a stretch of whole code points whose folds, one after the other, begin as the pattern.
 * So offsets stay exact without a second copy of the text, and a pattern finds nothing before the
 * place where its beginning is found.
 *
 *      text     C   a   f   é       (e + acute, or one code point: the same)
 *      folded   c   a   f   e
 *
 * Most positions are rejected by one look at a table of bytes that a hit can begin with, and those
 * of other scripts by what their code point was found to fold to when it was first met.
 *
 * A pattern may be a regular expression instead (regex.c). It sees the text in stretches of lines,
 * so that no hit costs more than its surroundings, and so that what is too hard is given up.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define FOLD_MOST         24
#define LOWER_CODE_POINTS 0x3000u /* below ideographs: scripts with case and marks */

/* What decomposition does not know. In order. */
static const struct {
    uint32_t from;
    const char *to;
} by_hand[] = {
    {0x00AB, "\""}, {0x00BB, "\""}, {0x00C6, "AE"}, {0x00D0, "D"},  {0x00D8, "O"},  {0x00E6, "ae"},
    {0x00F0, "d"},  {0x00F8, "o"},  {0x0110, "D"},  {0x0111, "d"},  {0x0126, "H"},  {0x0127, "h"},
    {0x0131, "i"},  {0x0141, "L"},  {0x0142, "l"},  {0x0152, "OE"}, {0x0153, "oe"}, {0x2010, "-"},
    {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2018, "'"},  {0x2019, "'"},
    {0x201A, "'"},  {0x201B, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x201F, "\""},
    {0x2212, "-"},
};

static const char *folded_by_hand(uint32_t code_point)
{
    size_t low = 0, high = ARRAY_LENGTH(by_hand);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_hand[middle].from < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < ARRAY_LENGTH(by_hand) && by_hand[low].from == code_point;
    return found ? by_hand[low].to : NULL;
}

/* Ideographs, kana and syllables are what they are: no case, and marks that matter. */
static bool is_plain(uint32_t code_point)
{
    return (code_point >= 0x3000 && code_point < 0xD800) || code_point >= 0x1F000;
}

/* Dropped on both sides: invisible characters, and the marks of Latin, Greek and Cyrillic. */
static bool is_ignorable(uint32_t code_point)
{
    return (code_point >= 0x0300 && code_point < 0x0370) || code_point == 0x00AD ||
           (code_point >= 0x200B && code_point < 0x200E) || code_point == 0x2060 ||
           (code_point >= 0xFE00 && code_point < 0xFE10);
}

static uint32_t lower(uint32_t code_point, bool keep_case)
{
    if (keep_case)
        return code_point;
    return code_point < 0x80 ? (uint32_t)(code_point - 'A' < 26 ? code_point + 32 : code_point)
                             : uc_tolower(code_point);
}

/* Anything that is neither ASCII nor plain. */
static size_t fold_hard(uint32_t code_point, bool keep_case, uint32_t *out)
{
    uint32_t pieces[FOLD_MOST];
    size_t count = FOLD_MOST, kept = 0;
    const char *hand = folded_by_hand(code_point);
    if (hand) {
        for (count = 0; hand[count]; count++)
            pieces[count] = (unsigned char)hand[count];
    } else if (code_point == 0x00DF && !keep_case) {
        pieces[0] = pieces[1] = 's';
        count = 2;
    } else if (u32_normalize(UNINORM_NFKD, &code_point, 1, pieces, &count) != pieces) {
        pieces[0] = code_point; /* longer than anything known: it stands for itself */
        count = 1;
    }
    for (size_t at = 0; at < count; at++)
        if (!is_ignorable(pieces[at]))
            out[kept++] = lower(pieces[at], keep_case);
    return kept;
}

/* Writes at most FOLD_MOST code points; how many. */
static size_t fold(uint32_t code_point, bool keep_case, uint32_t *out)
{
    if (code_point < 0x80 || is_plain(code_point)) {
        out[0] = lower(code_point, keep_case || code_point >= 0x80);
        return 1;
    }
    return fold_hard(code_point, keep_case, out);
}

static bool has_capital(const char *text)
{
    for (size_t at = 0, length = strlen(text); at < length;) {
        uint32_t code_point;
        at += utf8_decode(text + at, length - at, &code_point);
        if (uc_tolower(code_point) != code_point)
            return true;
    }
    return false;
}

/* Which bytes a hit can begin with: the pattern's first letter, or any that is not ASCII and might
 * fold to it. */
static void find_first_bytes(struct match_pattern *pattern)
{
    uint32_t first = pattern->folded.items[0];
    bool ascii = first < 0x80;
    for (unsigned byte = 0; byte < 256; byte++)
        pattern->first_bytes[byte] =
            byte < 0x80 ? lower(byte, pattern->keep_case) == first : byte >= 0xC2;
    if (!ascii && is_plain(first)) { /* folds to itself alone */
        char bytes[UTF8_LONGEST];
        utf8_encode(first, bytes);
        memset(pattern->first_bytes, 0, sizeof pattern->first_bytes);
        pattern->first_bytes[(unsigned char)bytes[0]] = true;
    }
    if (ascii) /* no ideograph folds to a letter */
        for (unsigned byte = 0xE3; byte <= 0xEC; byte++)
            pattern->first_bytes[byte] = byte == 0xE3; /* CJK symbols have letters in circles */
}

static void compile_words(struct match_pattern *pattern, const char *text, enum setting_case rule)
{
    size_t length = strlen(text);
    pattern->keep_case =
        rule == SETTING_CASE_MATCH || (rule == SETTING_CASE_SMART && has_capital(text));
    for (size_t at = 0; at < length;) {
        uint32_t code_point, folded[FOLD_MOST];
        at += utf8_decode(text + at, length - at, &code_point);
        size_t count = fold(code_point, pattern->keep_case, folded);
        for (size_t piece = 0; piece < count; piece++)
            vector_push(&pattern->folded, folded[piece]);
    }
    if (pattern->folded.count == 0)
        return;
    find_first_bytes(pattern);
    bitset_resize(&pattern->asked, LOWER_CODE_POINTS);
    bitset_resize(&pattern->begins, LOWER_CODE_POINTS);
    uint32_t first = pattern->folded.items[0];
    pattern->ascii = first < 0x80;
    pattern->lower = pattern->upper = (unsigned char)first;
    if (!pattern->keep_case && first >= 'a' && first <= 'z')
        pattern->upper = (unsigned char)(first - 32);
}

/* `vim`: written as for vim's "very magic". */
static bool compile_regex(struct match_pattern *pattern, const char *text, bool vim,
                          enum setting_case rule, struct error *error)
{
    struct buffer pcre = {0};
    bool any_case =
        rule == SETTING_CASE_IGNORE || (rule == SETTING_CASE_SMART && !regex_has_capital(text));
    if (vim)
        very_magic(text, &pcre);
    else
        buffer_adds(&pcre, text);
    pattern->regex = text[0] ? regex_new(buffer_string(&pcre), any_case, error) : NULL;
    buffer_release(&pcre);
    return pattern->regex || !text[0];
}

bool match_compile(struct match_pattern *pattern, const char *text, struct match_rules rules,
                   struct error *error)
{
    bool regex = rules.regex, sensible = true;
    const char *words = text;
    match_release(pattern);
    if (text[0] == '\\' && (text[1] == 'v' || text[1] == 'V')) {
        regex = text[1] == 'v';
        words += 2;
    }
    if (regex)
        sensible = compile_regex(pattern, words, words != text, rules.letters, error);
    else
        compile_words(pattern, words, rules.letters);
    if (pattern->regex || pattern->folded.count)
        pattern->text = xstrdup(text);
    return sensible;
}

void match_release(struct match_pattern *pattern)
{
    free(pattern->text);
    vector_release(&pattern->folded);
    bitset_release(&pattern->asked);
    bitset_release(&pattern->begins);
    regex_free(pattern->regex);
    *pattern = (struct match_pattern){0};
}

bool match_goes_on(const struct match_pattern *pattern)
{
    return pattern->text && !pattern->regex;
}

/* ---- words -------------------------------------------------------------------------- */

/* Can a hit begin with it? Found out once for each code point of the lower planes. */
static bool may_begin(struct match_pattern *pattern, uint32_t code_point)
{
    uint32_t first = pattern->folded.items[0];
    if (is_plain(code_point))
        return code_point == first;
    if (code_point >= LOWER_CODE_POINTS)
        return true;
    if (!bitset_get(&pattern->asked, code_point)) {
        uint32_t folded[FOLD_MOST];
        size_t count = fold(code_point, pattern->keep_case, folded);
        bitset_put(&pattern->asked, code_point, true);
        bitset_put(&pattern->begins, code_point, count > 0 && folded[0] == first);
    }
    return bitset_get(&pattern->begins, code_point);
}

/* Does a hit begin at `place`? `*end` is where it ends, marks on its last letter included. */
static bool match_here(const struct match_pattern *pattern, const char *text, uint32_t place,
                       uint32_t limit, uint32_t *end)
{
    size_t matched = 0;
    uint32_t at = place;
    while (at < limit) {
        uint32_t code_point, folded[FOLD_MOST];
        size_t taken = utf8_decode(text + at, limit - at, &code_point);
        size_t count = fold(code_point, pattern->keep_case, folded);
        if (count == 0 && at == place)
            return false;
        if (count && matched == pattern->folded.count)
            break;
        size_t left = pattern->folded.count - matched;
        count =
            count < left ? count : left; /* the pattern may end within a letter: "gros", "groß" */
        if (memcmp(folded, pattern->folded.items + matched, count * sizeof *folded) != 0)
            return false;
        matched += count;
        at += (uint32_t)taken;
    }
    *end = at;
    return matched == pattern->folded.count;
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* A zero byte among the eight, perhaps: never says no where there is one. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80);
}

/* Where a hit may begin at the earliest: eight bytes at a time are none of the pattern's first
 * letters and all ASCII. */
static uint32_t skip(const struct match_pattern *pattern, const char *text, uint32_t at,
                     uint32_t end)
{
    uint64_t lower = EACH_BYTE(pattern->lower), upper = EACH_BYTE(pattern->upper);
    for (; pattern->ascii && end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        if ((word & EACH_BYTE(0x80)) | zero_bytes(word ^ lower) | zero_bytes(word ^ upper))
            break;
    }
    while (at < end && !pattern->first_bytes[(unsigned char)text[at]])
        at++;
    return at;
}

static bool may_begin_at(struct match_pattern *pattern, const char *text, uint32_t at,
                         uint32_t limit)
{
    uint32_t code_point;
    if ((unsigned char)text[at] < 0x80)
        return true;
    utf8_decode(text + at, limit - at, &code_point);
    return may_begin(pattern, code_point);
}

static bool words_forward(struct match_pattern *pattern, const char *text, struct range within,
                          uint32_t limit, struct range *hit)
{
    for (uint32_t at = skip(pattern, text, within.start, within.end); at < within.end;
         at = skip(pattern, text, at + 1, within.end)) {
        if (may_begin_at(pattern, text, at, limit) &&
            match_here(pattern, text, at, limit, &hit->end)) {
            hit->start = at;
            return true;
        }
    }
    return false;
}

/* ---- regular expressions ------------------------------------------------------------ */

#define STRETCH       65536u /* bytes looked at in one go, and as many more to a line's end */
#define LOOK_BACK     4096u  /* how far before a hit its line may begin */
#define TOO_HARD_MOST 4u     /* stretches; after that it is given up */

static uint32_t line_start(const char *text, uint32_t at)
{
    uint32_t least = at > LOOK_BACK ? at - LOOK_BACK : 0;
    const char *feed = memrchr(text + least, '\n', at - least);
    return feed ? (uint32_t)(feed + 1 - text) : (uint32_t)utf8_floor(text, least);
}

/* The end of the line around `at`, or of the text looked at. */
static uint32_t line_end(const char *text, uint32_t at, uint32_t limit)
{
    uint32_t most = limit - at > STRETCH ? at + STRETCH : limit;
    const char *feed = memchr(text + at, '\n', most - at);
    return feed ? (uint32_t)(feed - text)
                : (uint32_t)(most < limit ? utf8_floor(text, most) : most);
}

static bool regex_forward(struct match_pattern *pattern, const char *text, struct range within,
                          uint32_t limit, struct range *hit)
{
    uint32_t at = within.start;
    while (at < within.end && ((unsigned char)text[at] & 0xC0) == 0x80)
        at++;
    while (at < within.end && pattern->too_hard < TOO_HARD_MOST) {
        uint32_t end = line_end(text, limit - at > STRETCH ? at + STRETCH : limit, limit);
        struct range subject = {line_start(text, at), end};
        uint32_t next = end < limit && text[end] == '\n' ? end + 1 : end;
        struct range part = {at, next < within.end ? next : within.end};
        switch (regex_find_in(pattern->regex, text, subject, part, hit)) {
        case REGEX_FOUND:
            return true;
        case REGEX_TOO_HARD:
            pattern->too_hard++;
            break;
        case REGEX_NONE:
            break;
        }
        at = part.end;
    }
    return false;
}

/* ---- either ------------------------------------------------------------------------- */

bool match_forward(struct match_pattern *pattern, const char *text, struct range within,
                   uint32_t limit, struct range *hit)
{
    if (!pattern->text)
        return false;
    return pattern->regex ? regex_forward(pattern, text, within, limit, hit)
                          : words_forward(pattern, text, within, limit, hit);
}

uint32_t match_after(const struct match_pattern *pattern, struct range hit)
{
    return pattern->regex && hit.end > hit.start ? hit.end : hit.start + 1;
}

#define BACK_STEP 65536u

/* An expression that takes what it can is looked for from its line's beginning. */
static uint32_t back_step(const struct match_pattern *pattern, const char *text,
                          struct range within)
{
    if (within.end - within.start <= BACK_STEP)
        return within.start;
    uint32_t start = within.end - BACK_STEP;
    if (pattern->regex)
        start = line_start(text, start);
    return start > within.start ? start : within.start;
}

bool match_backward(struct match_pattern *pattern, const char *text, struct range within,
                    uint32_t limit, struct range *hit)
{
    for (uint32_t end = within.end; end > within.start;) {
        uint32_t start = back_step(pattern, text, (struct range){within.start, end});
        struct range chunk = {start, end}, found;
        bool any = false;
        while (match_forward(pattern, text, chunk, limit, &found)) {
            *hit = found;
            any = true;
            chunk.start = match_after(pattern, found);
        }
        if (any)
            return true;
        end = start;
    }
    return false;
}
