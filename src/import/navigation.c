/*
 * navigation: lines that are no reading matter, and lines that say that comments begin or end.
 */
#include <string.h>

#include "text.h"

/* ---- navigation ------------------------------------------------------------------------------ */

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
    char first = byte_lower(*span->start);
    for (size_t i = 0; i < ARRAY_LENGTH(navigation); i++) {
        if (first == navigation[i][0] && span_starts(*span, navigation[i]) &&
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
    return byte_lower(*span.start) == 'i' && span_starts(span, "in reply to") &&
           span_words(span) <= 6;
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
        while (span_cut_separator(&span)) {
        }
        while (span.start < span.end && byte_is_digit(*span.start)) {
            span.start++;
        }
        if (span.start == span.end) {
            return word;
        }
        if (byte_is_digit(*span.start) || strchr(" \t()[]|/,.:;#+-*\\~<>^", *span.start)) {
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
        if (byte_lower(span.start < span.end ? *span.start : '\0') == footers[i][0] &&
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

/* ---- headings of comment lists --------------------------------------------------------------- */

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
    for (; at < span->end && (byte_is_digit(*at) || (*at == ',' && at > span->start)); at++) {
        if (byte_is_digit(*at) && value < 100000000) {
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
