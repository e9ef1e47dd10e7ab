/*
 * words: the tables of words that attributions, headings and navigation are made of, and how they
 * are cut off a line. Matching is by ASCII case; other letters must be as they are.
 */
#include <string.h>

#include "text.h"

static bool same(const char *text, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (byte_lower(text[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

bool span_is(struct span span, const char *word)
{
    size_t length = strlen(word);
    return span_length(span) == length && same(span.start, word, length);
}

bool span_starts(struct span span, const char *word)
{
    size_t length = strlen(word), have = span_length(span);
    return have >= length && same(span.start, word, length) &&
           (have == length || !byte_is_word(span.start[length]) || !byte_is_word(word[length - 1]));
}

bool span_ends(struct span span, const char *word)
{
    size_t length = strlen(word), have = span_length(span);
    return have >= length && same(span.end - length, word, length) &&
           (have == length || !byte_is_word(span.end[-(ptrdiff_t)length - 1]));
}

unsigned span_words(struct span span)
{
    unsigned count = 0;
    bool inside = false;
    for (const char *at = span.start; at < span.end; at++) {
        bool blank = *at == ' ' || *at == '\t' || *at == '\n';
        count += !blank && !inside;
        inside = !blank;
    }
    return count;
}

struct span span_trim(struct span span, const char *bytes)
{
    while (span.start < span.end && *span.start && strchr(bytes, *span.start)) {
        span.start++;
    }
    while (span.start < span.end && span.end[-1] && strchr(bytes, span.end[-1])) {
        span.end--;
    }
    return span;
}

struct span span_trim_blanks(struct span span)
{
    for (;;) {
        struct span before = span = span_trim(span, " \t\n\r");
        span.start += span_length(span) > 1 && !memcmp(span.start, "\xC2\xA0", 2) ? 2 : 0;
        span.end -= span_length(span) > 1 && !memcmp(span.end - 2, "\xC2\xA0", 2) ? 2 : 0;
        if (span.start == before.start && span.end == before.end) {
            return span;
        }
    }
}

/* Signs between the parts of an attribution that are more than one byte: nbsp, dashes, bullets. */
static const char *const separators[] = {
    "\xC2\xA0",     "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2", "\xC2\xB7",     "\xC2\xBB",
    "\xC2\xAB",     "\xE2\x80\xBA", "\xE2\x86\x92", "\xE2\x86\x93", "\xE2\x86\x91", "\xE2\x86\xA9",
    "\xE2\x86\x90", "\xE2\x8B\x85", "\xE2\x80\xA8", "\xE2\x97\x8F"};

bool span_cut_separator(struct span *span)
{
    if (span->start >= span->end || !((*span->start | span->end[-1]) & 0x80)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(separators); i++) {
        size_t size = strlen(separators[i]);
        if (span_length(*span) < size) {
            continue;
        }
        if (!memcmp(span->start, separators[i], size)) {
            span->start += size;
            return true;
        }
        if (!memcmp(span->end - size, separators[i], size)) {
            span->end -= size;
            return true;
        }
    }
    return false;
}

struct span span_trim_separators(struct span span)
{
    do {
        span = span_trim(span, " \t\n\r|,;:/-\\=");
    } while (span_cut_separator(&span));
    return span;
}

/* ---- the parts of an attribution ------------------------------------------------------------- */

struct lead_word {
    const char *word;
    enum lead kind;
};

/* Longer ones before their beginnings. */
static const struct lead_word leads[] = {
    {"comment posted by", LEAD_POSTED_BY},
    {"comment left by", LEAD_POSTED_BY},
    {"comment by", LEAD_POSTED_BY},
    {"comment from", LEAD_POSTED_BY},
    {"comments by", LEAD_POSTED_BY},
    {"posted by", LEAD_POSTED_BY},
    {"submitted by", LEAD_POSTED_BY},
    {"written by", LEAD_POSTED_BY},
    {"left by", LEAD_POSTED_BY},
    {"reply by", LEAD_POSTED_BY},
    {"reply from", LEAD_POSTED_BY},
    {"added by", LEAD_POSTED_BY},
    {"kommentar von", LEAD_POSTED_BY},
    {"geschrieben von", LEAD_POSTED_BY},
    {"verfasst von", LEAD_POSTED_BY},
    {"eingestellt von", LEAD_POSTED_BY},
    {"beitrag von", LEAD_POSTED_BY},
    {"commentaire de", LEAD_POSTED_BY},
    {"commentaire par", LEAD_POSTED_BY},
    {"posté par", LEAD_POSTED_BY},
    {"publié par", LEAD_POSTED_BY},
    {"écrit par", LEAD_POSTED_BY},
    {"rédigé par", LEAD_POSTED_BY},
    {"comentario de", LEAD_POSTED_BY},
    {"comentario por", LEAD_POSTED_BY},
    {"publicado por", LEAD_POSTED_BY},
    {"enviado por", LEAD_POSTED_BY},
    {"escrito por", LEAD_POSTED_BY},
    {"commento di", LEAD_POSTED_BY},
    {"scritto da", LEAD_POSTED_BY},
    {"postato da", LEAD_POSTED_BY},
    {"inviato da", LEAD_POSTED_BY},
    {"pubblicato da", LEAD_POSTED_BY},
    {"postado por", LEAD_POSTED_BY},
    {"geplaatst door", LEAD_POSTED_BY},
    {"reactie van", LEAD_POSTED_BY},
    {"skrevet av", LEAD_POSTED_BY},
    {"skrivet av", LEAD_POSTED_BY},
    {"author:", LEAD_POSTED_BY},
    {"commenter:", LEAD_POSTED_BY},
    {"posted on", LEAD_DATE},
    {"posted at", LEAD_DATE},
    {"posted", LEAD_DATE},
    {"submitted on", LEAD_DATE},
    {"commented on", LEAD_DATE},
    {"written on", LEAD_DATE},
    {"date:", LEAD_DATE},
    {"time:", LEAD_DATE},
    {"time", LEAD_DATE},
    {"date", LEAD_DATE},
    {"veröffentlicht am", LEAD_DATE},
    {"geschrieben am", LEAD_DATE},
    {"publié le", LEAD_DATE},
    {"posté le", LEAD_DATE},
    {"publicado el", LEAD_DATE},
    {"pubblicato il", LEAD_DATE},
    {"by", LEAD_BY},
    {"from", LEAD_BY},
    {"von", LEAD_BY},
    {"par", LEAD_BY},
    {"por", LEAD_BY},
    {"door", LEAD_BY},
    {"name:", LEAD_BY},
    {"da", LEAD_BY},
    {"di", LEAD_BY},
    {"on", LEAD_DATE},
    {"am", LEAD_DATE},
    {"le", LEAD_DATE},
    {"el", LEAD_DATE},
    {"il", LEAD_DATE},
    {"op", LEAD_DATE},
    {"den", LEAD_DATE},
    {"at", LEAD_DATE},
    {"em", LEAD_DATE},
};

enum lead span_cut_lead(struct span *span)
{
    char first = byte_lower(span->start < span->end ? *span->start : '\0');
    for (size_t i = 0; i < ARRAY_LENGTH(leads); i++) {
        if (first == leads[i].word[0] && span_starts(*span, leads[i].word)) {
            span->start += strlen(leads[i].word);
            *span = span_trim(*span, " \t\n:");
            return leads[i].kind;
        }
    }
    return LEAD_NONE;
}

static const struct word verbs[] = {
    WORD("says"),        WORD("said"),
    WORD("say"),         WORD("wrote"),
    WORD("writes"),      WORD("replied"),
    WORD("replies"),     WORD("reply"),
    WORD("responds"),    WORD("responded"),
    WORD("commented"),   WORD("comments"),
    WORD("adds"),        WORD("added"),
    WORD("sagt"),        WORD("sagte"),
    WORD("schrieb"),     WORD("schreibt"),
    WORD("meint"),       WORD("meinte"),
    WORD("antwortet"),   WORD("antwortete"),
    WORD("kommentiert"), WORD("kommentierte"),
    WORD("a dit"),       WORD("dit"),
    WORD("a écrit"),     WORD("écrit"),
    WORD("a répondu"),   WORD("répond"),
    WORD("dice"),        WORD("dijo"),
    WORD("escribió"),    WORD("escribe"),
    WORD("comentó"),     WORD("respondió"),
    WORD("ha detto"),    WORD("ha scritto"),
    WORD("scrive"),      WORD("disse"),
    WORD("escreveu"),    WORD("diz"),
    WORD("zegt"),        WORD("zei"),
    WORD("schreef"),     WORD("schrijft"),
    WORD("skriver"),     WORD("skrev"),
    WORD("säger"),       WORD("sier"),
    WORD("pisze"),       WORD("napisał"),
    WORD("napisał(a)"),  WORD("mówi"),
    WORD("has said"),    WORD("has written"),
    WORD("hat gesagt"),  WORD("hat geschrieben"),
    WORD("commenta"),    WORD("respuesta"),
};

bool span_cut_verb(struct span *span)
{
    struct span name = span_trim(*span, " \t\n:.");
    if (name.end - name.start > 3 && !memcmp(name.end - 3, "\xE2\x80\xA6", 3)) {
        name.end -= 3;
        name = span_trim(name, " \t");
    }
    const struct word *best = NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(verbs); i++) {
        const struct word *verb = &verbs[i];
        if ((!best || verb->length > best->length) && span_length(name) >= verb->length &&
            verb->text[verb->length - 1] == byte_lower(name.end[-1]) &&
            span_ends(name, verb->text)) {
            best = verb;
        }
    }
    if (!best) {
        return false;
    }
    name.end -= best->length;
    *span = span_trim_separators(name);
    return true;
}

/* Words between a name and its date, or after both. */
static const struct word tails[] = {
    WORD("on"),     WORD("at"),           WORD("am"),        WORD("um"),    WORD("le"),
    WORD("el"),     WORD("il"),           WORD("op"),        WORD("den"),   WORD("em"),
    WORD("posted"), WORD("posted on"),    WORD("posted at"), WORD("of"),    WORD("from"),
    WORD("in"),     WORD("commented on"), WORD("added on"),  WORD("dated"), WORD("date"),
    WORD("time"),   WORD("vom"),          WORD("à"),         WORD("the"),
};

void span_cut_tail(struct span *span)
{
    for (size_t i = 0; i < ARRAY_LENGTH(tails); i++) {
        const struct word *tail = &tails[i];
        if (span_length(*span) > tail->length &&
            byte_lower(span->end[-1]) == tail->text[tail->length - 1] &&
            span_ends(*span, tail->text)) {
            span->end -= tail->length;
            *span = span_trim_separators(*span);
            i = (size_t)-1; /* from the start again: the span has become shorter */
        }
    }
}

void span_cut_address(struct span *span)
{
    const char *found = memmem(span->start, span_length(*span), "http", 4);
    if (found && found + 6 < span->end &&
        memmem(found, 8 < span->end - found ? 8 : (size_t)(span->end - found), "://", 3)) {
        span->end = found;
        *span = span_trim_separators(*span);
    }
}

void span_cut_mail(struct span *span)
{
    const char *at = span->start;
    bool mail = false;
    for (; at < span->end && *at != ' '; at++) {
        mail =
            mail || (*at == '@' && at > span->start && memchr(at, '.', (size_t)(span->end - at)));
    }
    if (mail && at < span->end) {
        span->start = at;
        *span = span_trim_separators(*span);
    }
}

bool span_cut_image(struct span *span)
{
    if (span->start == span->end || *span->start != '[') {
        return false;
    }
    const char *at = span->start + 1;
    while (at < span->end && (byte_is_word(*at) || *at == '_' || *at == '-' || *at == '.')) {
        at++;
    }
    if (at == span->end || *at != ']' || at == span->start + 1 || at - span->start > 40) {
        return false;
    }
    span->start = at + 1;
    return true;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* Begins with a letter or a digit; icons are from the private areas, U+E000 and up. */
bool span_begins_name(struct span span)
{
    uint32_t code_point;
    utf8_decode(span.start, span_length(span), &code_point);
    bool ascii = code_point < 0x80;
    unsigned char first = (unsigned char)*span.start;
    return ascii ? (unsigned)((first | 32) - 'a') < 26u || byte_is_digit(*span.start) ||
                       strchr("~_@?", first) != NULL
                 : code_point >= 0xC0 && (code_point < 0x2000 || code_point > 0x2BFF) &&
                       (code_point < 0xE000 || code_point > 0xF8FF);
}

bool span_has_letter(struct span span)
{
    for (const char *at = span.start; at < span.end; at++) {
        if ((byte_is_word(*at) && !byte_is_digit(*at)) || *at == '?') {
            return true;
        }
    }
    return false;
}

bool words_are_name(struct span span, unsigned words)
{
    size_t length = span_length(span);
    if (length == 0 || length > 280 || span_words(span) > words || *span.start == '<') {
        return false;
    }
    if (memmem(span.start, length, "://", 3) || span.end[-1] == '!' || span.end[-1] == ';') {
        return false;
    }
    bool letter = false;
    for (const char *at = span.start; at < span.end; at++) {
        letter = letter || byte_is_word(*at) || *at == '?' || *at == '~' || *at == '_';
        /* the end of a sentence inside: ". " after a longer word in lower case */
        if (*at == '.' && at + 1 < span.end && at[1] == ' ' && at - span.start > 4 &&
            byte_lower(at[-1]) == at[-1] && byte_lower(at[-2]) == at[-2] &&
            byte_lower(at[-3]) == at[-3] && byte_is_word(at[-3]) && words < 12) {
            return false;
        }
    }
    return letter;
}
