/*
 * words: the tables of words that attributions, headings and navigation are made of, and how they
 * are cut off a line. Matching is by ASCII case; other letters must be as they are.
 */
#include <string.h>

#include "text.h"

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte & 0x80);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool same(const char *text, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(text[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

/* A word of a table, with its length: most lines are asked for all of them. */
struct word {
    const char *text;
    uint8_t length;
};
#define WORD(text)                                                                                 \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
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
           (have == length || !is_word_byte(span.start[length]) || !is_word_byte(word[length - 1]));
}

static bool span_ends(struct span span, const char *word)
{
    size_t length = strlen(word), have = span_length(span);
    return have >= length && same(span.end - length, word, length) &&
           (have == length || !is_word_byte(span.end[-(ptrdiff_t)length - 1]));
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

static bool cut_separator(struct span *span)
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
    } while (cut_separator(&span));
    return span;
}

/* ---- the parts of an attribution ---------------------------------------------------------------
 */

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
    for (size_t i = 0; i < ARRAY_LENGTH(leads); i++) {
        size_t size = strlen(leads[i].word);
        if (lower(span->start < span->end ? *span->start : '\0') == leads[i].word[0] &&
            span_starts(*span, leads[i].word)) {
            span->start += size;
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
            verb->text[verb->length - 1] == lower(name.end[-1]) && span_ends(name, verb->text)) {
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
            lower(span->end[-1]) == tail->text[tail->length - 1] && span_ends(*span, tail->text)) {
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
    while (at < span->end && (is_word_byte(*at) || *at == '_' || *at == '-' || *at == '.')) {
        at++;
    }
    if (at == span->end || *at != ']' || at == span->start + 1 || at - span->start > 40) {
        return false;
    }
    span->start = at + 1;
    return true;
}

/* ---- navigation --------------------------------------------------------------------------------
 */

/* A line made of these alone says nothing. Phrases first: the longest match is taken. */
static const char *const navigation[] = {
    "reply to this comment",
    "reply to this",
    "log in to reply",
    "login to reply",
    "sign in to reply",
    "report as spam",
    "report abuse",
    "report comment",
    "report this comment",
    "flag as inappropriate",
    "link to this comment",
    "link to this",
    "copy link",
    "permanent link",
    "permalink",
    "permalien",
    "reply",
    "replies",
    "like",
    "likes",
    "liked",
    "unlike",
    "dislike",
    "report",
    "flag",
    "quote",
    "link",
    "edit",
    "delete",
    "share",
    "tweet",
    "retweet",
    "parent",
    "hide",
    "show",
    "expand",
    "collapse",
    "trackback",
    "trackbacks",
    "pingback",
    "recommend",
    "recommended",
    "vote up",
    "vote down",
    "thumbs up",
    "thumbs down",
    "upvote",
    "downvote",
    "up",
    "down",
    "rate this",
    "spam",
    "load more comments",
    "load more",
    "show more replies",
    "hide replies",
    "view replies",
    "show replies",
    "loading",
    "see more",
    "read more",
    "more",
    "print",
    "email",
    "pin it",
    "facebook",
    "antworten",
    "antwort",
    "zitieren",
    "melden",
    "gefällt mir",
    "bearbeiten",
    "teilen",
    "kommentieren",
    "répondre",
    "signaler",
    "citer",
    "partager",
    "j'aime",
    "responder",
    "me gusta",
    "reportar",
    "citar",
    "compartir",
    "rispondi",
    "segnala",
    "mi piace",
    "condividi",
    "beantwoorden",
    "reageer",
    "rapporteren",
    "svar",
    "svara",
    "odpowiedz",
    "curtir",
    "denunciar",
    "comment",
    "comments",
    "sign up",
    "log in",
    "login",
    "image",
    "img",
    "avatar",
    "gravatar",
    "photo",
    "anonymous user",
    "points",
    "point",
    "vote",
    "votes",
    "rating",
    "follow",
    "unfollow",
    "block",
    "save",
    "hidden",
};

static bool cut_navigation(struct span *span)
{
    const char *best = NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(navigation); i++) {
        if (lower(*span->start) == navigation[i][0] && span_starts(*span, navigation[i]) &&
            (!best || strlen(navigation[i]) > strlen(best))) {
            best = navigation[i];
        }
    }
    if (best) {
        span->start += strlen(best);
    }
    return best != NULL;
}

static bool is_special_navigation(struct span span)
{
    static const struct word ends[] = {
        WORD("beneath your current threshold"),
        WORD("recently posted.."),
        WORD("recently posted\xE2\x80\xA6"),
        WORD("has no comment votes"),
    };
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        if (span.end[-1] == ends[i].text[ends[i].length - 1] && span_ends(span, ends[i].text)) {
            return true;
        }
    }
    return lower(*span.start) == 'i' && span_starts(span, "in reply to") && span_words(span) <= 6;
}

bool words_are_navigation(struct span span)
{
    if (span_length(span) > 160 || span.start == span.end) {
        return false;
    }
    struct span image = span;
    if (is_special_navigation(span) || (span_cut_image(&image) && image.start == image.end)) {
        return true;
    }
    bool word = false;
    unsigned count = 0;
    while (count++ < 12) {
        span = span_trim(span, " \t()[]|/,.:;#+-*\\~<>^");
        while (cut_separator(&span)) {
        }
        while (span.start < span.end && is_digit(*span.start)) {
            span.start++;
        }
        if (span.start == span.end) {
            return word;
        }
        if (is_digit(*span.start) || strchr(" \t()[]|/,.:;#+-*\\~<>^", *span.start)) {
            continue;
        }
        if (!cut_navigation(&span)) {
            return false;
        }
        word = true;
    }
    return false;
}

static const char *const footers[] = {
    "leave a reply",
    "leave a comment",
    "leave your comment",
    "leave a response",
    "post a comment",
    "post a reply",
    "post a new comment",
    "post your comment",
    "add a comment",
    "add your comment",
    "add new comment",
    "write a comment",
    "comments are closed",
    "comments are now closed",
    "comments for this",
    "sorry, comments are closed",
    "speak your mind",
    "join the discussion",
    "your email address will not be published",
    "sorry, the comment form is closed",
    "schreibe einen kommentar",
    "kommentar schreiben",
    "kommentar verfassen",
    "kommentar hinterlassen",
    "kommentare sind geschlossen",
    "deine e-mail-adresse wird nicht",
    "ihr kommentar",
    "laisser un commentaire",
    "laisser une réponse",
    "laissez un commentaire",
    "ajouter un commentaire",
    "votre adresse e-mail ne sera pas",
    "les commentaires sont fermés",
    "deja un comentario",
    "dejar un comentario",
    "deja una respuesta",
    "tu dirección de correo electrónico no",
    "lascia un commento",
    "rispondi annulla risposta",
    "geef een reactie",
    "een reactie plaatsen",
    "deixe um comentário",
    "deixe uma resposta",
    "lämna ett svar",
    "skriv en kommentar",
    "newer post",
    "older posts",
    "previous post",
    "next post",
    "subscribe to: post comments",
    "cancel reply",
    "name (required)",
    "verify your comment",
    "kommentar absenden",
    "links to this post",
};

bool words_are_footer(struct span span)
{
    span = span_trim(span, " \t#*{}[]\xC2\xAB\xBB");
    if (span_length(span) > 120) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(footers); i++) {
        if (lower(span.start < span.end ? *span.start : '\0') == footers[i][0] &&
            span_starts(span, footers[i])) {
            return true;
        }
    }
    return false;
}

bool words_are_pingback(struct span *span)
{
    static const char *const words[] = {"pingback:",      "trackback:",  "pingback from",
                                        "trackback from", "pingback by", "trackback by",
                                        "pingback",       "trackback"};
    struct span rest = *span;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (span_starts(rest, words[i])) {
            rest.start += strlen(words[i]);
            rest = span_trim_separators(rest);
            if (rest.start < rest.end) {
                *span = rest;
                return true;
            }
        }
    }
    return false;
}

/* ---- headings of comment lists -----------------------------------------------------------------
 */

static const char *const heading_words[] = {
    "comments",    "comment",         "responses",   "response",        "thoughts",
    "thought",     "replies",         "reactions",   "reader comments", "discussion",
    "kommentare",  "kommentar",       "ergänzungen", "ergänzung",       "reaktionen",
    "antworten",   "leserkommentare", "diskussion",  "commentaires",    "commentaire",
    "réactions",   "réponses",        "comentarios", "comentario",      "respuestas",
    "commenti",    "commento",        "risposte",    "reacties",        "reactie",
    "comentários", "comentário",      "respostas",   "kommentarer",     "komentarze",
    "komentarzy",  "comments so far", "feedback",
};

static bool cut_heading_word(struct span *span)
{
    size_t best = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(heading_words); i++) {
        size_t size = strlen(heading_words[i]);
        if (size > best && span_starts(*span, heading_words[i])) {
            best = size;
        }
    }
    span->start += best;
    return best > 0;
}

static bool cut_number(struct span *span, int64_t *count)
{
    int64_t value = 0;
    const char *at = span->start;
    for (; at < span->end && (is_digit(*at) || (*at == ',' && at > span->start)); at++) {
        if (is_digit(*at) && value < 100000000) {
            value = value * 10 + (*at - '0');
        }
    }
    if (at == span->start) {
        return false;
    }
    *count = value;
    span->start = at;
    return true;
}

bool words_are_heading(struct span span, int64_t *count)
{
    static const char brackets[] = " \t()[]{}#*:=-_|~";
    *count = -1;
    if (span_length(span) > 200 || span_words(span) > 25) {
        return false;
    }
    span = span_trim(span, brackets);
    static const char *const articles[] = {"user", "reader",    "the", "all",
                                           "your", "there are", "view"};
    for (size_t i = 0; i < ARRAY_LENGTH(articles); i++) {
        if (span_starts(span, articles[i])) {
            span.start += strlen(articles[i]);
            span = span_trim(span, brackets);
        }
    }
    bool number = cut_number(&span, count);
    if (!number && span_starts(span, "one")) {
        span.start += 3;
        *count = 1;
        number = true;
    }
    span = span_trim(span, brackets);
    if (!cut_heading_word(&span)) {
        *count = -1;
        return false;
    }
    span = span_trim(span, brackets);
    if (!number && cut_number(&span, count)) {
        number = true;
        span = span_trim(span, brackets);
    }
    static const char *const links[] = {
        "to", "on", "so far",          "for",          "zu",   "auf", "sur", "pour", "en", "a",
        "su", "op", "read them below", "add your own", "below"};
    for (size_t i = 0; i < ARRAY_LENGTH(links); i++) {
        if (number && span_starts(span, links[i])) {
            return true;
        }
    }
    return span_trim_separators(span).start == span_trim_separators(span).end ||
           (number && span_words(span) <= 5 && span.end[-1] != '.');
}

/* ---- names -------------------------------------------------------------------------------------
 */

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
        letter = letter || is_word_byte(*at) || *at == '?' || *at == '~' || *at == '_';
        /* the end of a sentence inside: ". " after a longer word in lower case */
        if (*at == '.' && at + 1 < span.end && at[1] == ' ' && at - span.start > 4 &&
            lower(at[-1]) == at[-1] && lower(at[-2]) == at[-2] && lower(at[-3]) == at[-3] &&
            is_word_byte(at[-3]) && words < 12) {
            return false;
        }
    }
    return letter;
}
