/*
 * Text into words, numbers and marks.
 *
 * What is one token matters most where names are written:
 *
 *      Mr. Tony Hall's U.S.-led coalition of al-Maliki's 27-year-old "boys'" O'Brien, R.J. 1,300
 *      --- ---- ----   -------- --------- -- ---------   ----------- ^----^^ ------- ^---- -----
 *                  --                              --             possessive, or a closing mark?
 *
 * A dot belongs to a word that is an abbreviation, an initial or has dots inside. "'s" is a token
 * of its own. An apostrophe inside a word is part of it; at a word's edge it is a mark, and marks.c
 * decides.
 */
#include <string.h>

#include "fold.h"
#include "internal.h"

#define WORD_LONGEST 200 /* bytes; longer words are cut, no name is so long */

/* Reads on through one paragraph. */
struct scanner {
    struct analysis *a;
    const char *text;
    uint32_t at, end;
    bool space; /* a blank was passed */
};

static uint32_t decode(const struct scanner *s, uint32_t at, uint32_t *took)
{
    unsigned char c = (unsigned char)s->text[at];
    if (c < 0x80) {
        *took = 1;
        return c;
    }
    uint32_t point;
    *took = (uint32_t)utf8_decode(s->text + at, s->end - at, &point);
    return point;
}

static uint32_t peek(const struct scanner *s, uint32_t at)
{
    uint32_t took;
    return at < s->end ? decode(s, at, &took) : 0;
}

static bool is_letter(uint32_t c)
{
    return fold_letter(c) != LETTER_NONE || (c >= 0x300 && c < 0x370);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x3000;
}

static bool is_quotation_mark(uint32_t c)
{
    return c == '"' || c == '\'' || c == '`' || c == 0xAB || c == 0xBB ||
           (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A ||
           (c >= 0x300C && c <= 0x300F) || (c >= 0x301D && c <= 0x301F) || c == 0xFF02 || c == 0xB4;
}

static void push(struct scanner *s, uint32_t end, unsigned shape, uint16_t folded)
{
    uint32_t start = s->at;
    struct token token = {.start = start, .length = (uint16_t)(end - start), .folded = folded};
    uint64_t hash = lexicon_hash_end(fold_hash(LEXICON_SEED, s->text + start, end - start));
    if (shape & (SHAPE_WORD | SHAPE_NUMBER))
        token.kind = lexicon_find(hash);
    token.hash = (uint32_t)hash | 1u;
    token.shape = (uint16_t)(shape | (s->space ? SHAPE_SPACE : 0));
    vector_push(&s->a->tokens, token);
    s->space = false;
    s->at = end;
}

/* The end of a run of letters, digits, inner apostrophes and hyphens, not past the longest. */
static uint32_t word_end(const struct scanner *s, uint32_t at)
{
    uint32_t start = at;
    while (at < s->end && at - start < WORD_LONGEST) {
        if (s->text[at] >= 'a' && s->text[at] <= 'z') { /* most are: no question */
            at++;
            continue;
        }
        uint32_t took, c = decode(s, at, &took);
        if (is_letter(c) || is_digit(c)) {
            at += took;
            continue;
        }
        uint32_t next = peek(s, at + took);
        bool joins =
            (is_apostrophe(c) || is_hyphen(c)) && at > start && (is_letter(next) || is_digit(next));
        if (c == '&' && at > start && at - start <= 2 && next >= 'A' && next <= 'Z')
            joins = true;
        if (!joins)
            break;
        at += took;
    }
    return at;
}

/* Where "'s" begins at the end of a word; `end` where it does not. */
static uint32_t possessive_start(const struct scanner *s, uint32_t start, uint32_t end)
{
    if (end - start < 3 || (s->text[end - 1] != 's' && s->text[end - 1] != 'S'))
        return end;
    if (s->text[end - 2] == '\'')
        return end - 2;
    if (end - start > 4 && !memcmp(s->text + end - 4, "\xE2\x80\x99", 3))
        return end - 4;
    return end;
}

/* "U.S.", "a.m.", "U.N": the end of letters each followed by a dot; `at` where it is none. */
static uint32_t dotted_end(const struct scanner *s, uint32_t at)
{
    uint32_t end = at, letters = 0;
    while (end + 1 < s->end && end - at < 16 &&
           fold_letter((unsigned char)s->text[end]) != LETTER_NONE && s->text[end + 1] == '.') {
        end += 2;
        letters++;
    }
    if (letters == 0)
        return at;
    uint32_t next = peek(s, end);
    if (letters == 1) /* "U.S": a letter, a dot, a last letter */
        return fold_letter(next) == LETTER_UPPER && !is_letter(peek(s, end + 1)) &&
                       peek(s, end + 1) != '.'
                   ? end + 1
                   : at;
    return is_letter(next) && !is_letter(peek(s, end + 1)) ? end + 1 : is_letter(next) ? at : end;
}

static unsigned letters_shape(const char *text, uint32_t start, uint32_t end)
{
    unsigned upper = 0, lower = 0, shape = 0;
    bool first = true, inner = false;
    for (uint32_t at = start; at < end;) {
        uint32_t c = (unsigned char)text[at];
        if (c >= 'a' && c <= 'z') { /* most are: no question */
            lower++, at++;
            first = false;
            continue;
        }
        at += c < 0x80 ? 1 : (uint32_t)utf8_decode(text + at, end - at, &c);
        enum letter letter = fold_letter(c);
        if (letter == LETTER_UPPER) {
            upper++;
            shape |= first ? SHAPE_CAPITAL : 0u;
            inner = inner || lower > 0;
        } else if (letter != LETTER_NONE) {
            lower++;
        }
        if (is_hyphen(c))
            shape |= SHAPE_HYPHEN;
        first = false;
    }
    if (upper > 1 && lower == 0)
        shape |= SHAPE_UPPER;
    return shape | (inner ? SHAPE_MIXED : 0u);
}

/* An initial ("F." in "John F. Kennedy"): the dot is the word's if a capital follows a blank, or
 * another one. */
static bool is_initial(const struct scanner *s, uint32_t start, uint32_t end)
{
    if (end - start != 1 || fold_letter((unsigned char)s->text[start]) != LETTER_UPPER ||
        s->text[start] == 'I')
        return false;
    uint32_t next = end + 1;
    while (next < s->end && s->text[next] == ' ')
        next++;
    return fold_letter(peek(s, next)) == LETTER_UPPER;
}

static void scan_word(struct scanner *s)
{
    uint32_t dotted = dotted_end(s, s->at);
    if (dotted > s->at && !(peek(s, dotted) == '-' && is_letter(peek(s, dotted + 1)))) {
        push(s, dotted, SHAPE_WORD | SHAPE_DOTTED | letters_shape(s->text, s->at, dotted), 0);
        return;
    }
    uint32_t end = word_end(s, dotted > s->at ? dotted + 1 : s->at);
    unsigned shape = SHAPE_WORD | letters_shape(s->text, s->at, end);
    uint32_t cut = possessive_start(s, s->at, end);
    uint64_t hash = lexicon_hash_end(fold_hash(LEXICON_SEED, s->text + s->at, end - s->at));
    bool whole = (lexicon_kind(lexicon_find(hash))->classes & ~LEX_OPENER) != 0; /* "McDonald's" */
    if (cut < end && !whole) {
        push(s, cut, SHAPE_WORD | letters_shape(s->text, s->at, cut), 0);
        push(s, end, SHAPE_WORD | SHAPE_POSSESSIVE, 0);
        return;
    }
    uint32_t start = s->at;
    bool initial = end < s->end && s->text[end] == '.' && is_initial(s, start, end);
    push(s, end, shape, 0);
    struct token *token = &s->a->tokens.items[s->a->tokens.count - 1];
    bool abbreviation = end < s->end && s->text[end] == '.' &&
                        (lexicon_kind(token->kind)->classes & LEX_ABBREVIATION) &&
                        ((shape & SHAPE_CAPITAL) || end - start <= 3);
    if (!initial && !abbreviation)
        return;
    token->length++;
    token->shape |= SHAPE_DOTTED;
    s->at = end + 1;
    uint16_t dotted_kind =
        lexicon_find(lexicon_hash_end(fold_hash(LEXICON_SEED, s->text + start, end + 1 - start)));
    if (lexicon_kind(dotted_kind)->classes & LEX_PLACE) /* "Conn." is a place, "conn" is none */
        token->kind = dotted_kind;
}

static void scan_number(struct scanner *s)
{
    uint32_t at = s->at;
    while (at < s->end && at - s->at < WORD_LONGEST) {
        at = word_end(s, at);
        uint32_t c = peek(s, at);
        if ((c != ',' && c != '.' && c != ':' && c != '/') || !is_digit(peek(s, at + 1)))
            break;
        at++;
    }
    push(s, at, SHAPE_NUMBER | letters_shape(s->text, s->at, at), 0);
}

static uint32_t until_blank(const struct scanner *s, uint32_t at)
{
    while (at < s->end && !is_blank((unsigned char)s->text[at]) && !strchr("\"<>()", s->text[at]))
        at++;
    return at;
}

static bool begins(const struct scanner *s, const char *with)
{
    size_t length = strlen(with);
    return s->end - s->at >= length && !memcmp(s->text + s->at, with, length);
}

static bool scan_link(struct scanner *s)
{
    if (begins(s, "http://") || begins(s, "https://") || begins(s, "www.")) {
        uint32_t end = until_blank(s, s->at), limit = s->at + UINT16_MAX / 2;
        push(s, end < limit ? end : (uint32_t)utf8_floor(s->text, limit), SHAPE_LINK, 0);
        return true;
    }
    if ((begins(s, "@") || begins(s, "#")) && is_letter(peek(s, s->at + 1))) {
        uint32_t end = s->at + 1;
        while (end < s->end && end - s->at < WORD_LONGEST &&
               (is_letter(peek(s, end)) || is_digit(peek(s, end)) || s->text[end] == '_')) {
            uint32_t took;
            decode(s, end, &took);
            end += took;
        }
        push(s, end, SHAPE_LINK, (uint16_t)(unsigned char)s->text[s->at]);
        return true;
    }
    return false;
}

static void scan_mark(struct scanner *s, uint32_t c, uint32_t took)
{
    bool doubled = (c == '`' || c == '\'' || c == 0x2018 || c == 0x2019 || c == 0xB4) &&
                   peek(s, s->at + took) == c;
    if (doubled) /* ``this'': the two are one double mark */
        push(s, s->at + 2 * took, SHAPE_MARK, c == '`' || c == 0x2018 ? 0x201C : 0x201D);
    else
        push(s, s->at + took, SHAPE_MARK, (uint16_t)c);
}

static void scan_paragraph(struct scanner *s)
{
    while (s->at < s->end) {
        uint32_t took, c = decode(s, s->at, &took);
        if (is_blank(c)) {
            s->space = true;
            s->at += took;
        } else if ((c == 'h' || c == 'w' || c == '@' || c == '#') && scan_link(s)) {
            continue;
        } else if (is_letter(c)) {
            scan_word(s);
        } else if (is_digit(c)) {
            scan_number(s);
        } else if (is_quotation_mark(c)) {
            scan_mark(s, c, took);
        } else {
            push(s, s->at + took, SHAPE_PUNCT, c > 0xFFFF ? 0 : (uint16_t)c);
        }
    }
}

void analyse_tokens(struct analysis *a)
{
    for (uint32_t i = a->first_paragraph; i < a->end_paragraph; i++) {
        const struct analyse_paragraph *from = &a->input->paragraphs[i];
        if (from->kind == BLOCK_CODE || from->kind == BLOCK_RULE)
            continue;
        struct paragraph paragraph = {.first = (uint32_t)a->tokens.count,
                                      .comment = from->comment,
                                      .is_title = from->is_title};
        struct scanner scanner = {a, a->text, from->start, from->end, false};
        scan_paragraph(&scanner);
        paragraph.end = (uint32_t)a->tokens.count;
        if (paragraph.end > paragraph.first)
            vector_push(&a->paragraphs, paragraph);
    }
}

/* ---- helpers over tokens --------------------------------------------------------------------- */

bool token_word(const struct analysis *a, uint32_t token, const char *folded)
{
    const struct token *t = &a->tokens.items[token];
    size_t length = strlen(folded);
    uint32_t have = t->length - ((t->shape & SHAPE_DOTTED) && folded[length - 1] != '.' ? 1u : 0u);
    if (!(t->shape & (SHAPE_WORD | SHAPE_NUMBER)) || have != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = a->text[t->start + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != folded[i])
            return false;
    }
    return true;
}

bool token_among(const struct analysis *a, uint32_t token, const char *list)
{
    const struct token *t = &a->tokens.items[token];
    char word[26] = " ";
    uint32_t length = t->length;
    if (!(t->shape & SHAPE_WORD) || length > sizeof word - 3)
        return false;
    for (uint32_t i = 0; i < length; i++) {
        char c = a->text[t->start + i];
        word[i + 1] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    if (word[length] == '.')
        length--;
    word[length + 1] = ' ';
    word[length + 2] = 0;
    return strstr(list, word) != NULL;
}

uint16_t tokens_kind(const struct analysis *a, uint32_t first, uint32_t end)
{
    uint64_t hash = LEXICON_SEED;
    for (uint32_t i = first; i < end; i++) {
        const struct token *t = &a->tokens.items[i];
        if (i > first)
            hash = lexicon_hash_byte(hash, ' ');
        uint32_t length = t->length;
        if (end - first == 1 && (t->shape & SHAPE_DOTTED) && t->kind)
            return t->kind;
        hash = fold_hash(hash, a->text + t->start, length);
    }
    return lexicon_find(lexicon_hash_end(hash));
}

/* Goes on over one word, dots and hyphens off. */
static uint64_t hash_word(uint64_t hash, const char *word, uint32_t length)
{
    for (uint32_t at = 0; at < length; at++) {
        uint32_t from = at;
        while (at < length && word[at] != '.' && word[at] != '-')
            at++;
        hash = fold_hash(hash, word + from, at - from);
    }
    return lexicon_hash_byte(hash, ' ');
}

uint64_t tokens_hash(const struct analysis *a, uint32_t first, uint32_t end)
{
    uint64_t hash = LEXICON_SEED;
    for (uint32_t i = first; i < end; i++)
        hash = hash_word(hash, a->text + a->tokens.items[i].start, a->tokens.items[i].length);
    return lexicon_hash_end(hash) | 1u;
}

uint64_t word_hash(const char *word, uint32_t length)
{
    return lexicon_hash_end(hash_word(LEXICON_SEED, word, length)) | 1u;
}

struct range tokens_range(const struct analysis *a, uint32_t first, uint32_t end)
{
    if (first >= end)
        return (struct range){0, 0};
    return (struct range){a->tokens.items[first].start, token_end(a, end - 1)};
}
