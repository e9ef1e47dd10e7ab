#include "hearsay/document.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- parts of an address ------------------------------------------------------------------ */

/* Where a link may lead, and what comes between the scheme and the host. */
static const struct {
    const char *scheme, *mark;
} allowed[] = {
    {"http", "://"}, {"https", "://"}, {"mailto", ":"}, {"gemini", "://"}, {"gopher", "://"}};

/* The length of a scheme at the beginning, without its colon; 0: there is none. */
static size_t scheme_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && (isalnum((unsigned char)text[at]) || (at && strchr("+-.", text[at]))))
        at++;
    return at > 0 && at < length && text[at] == ':' && isalpha((unsigned char)text[0]) ? at : 0;
}

/* Puts what no address has as it is into percent signs, so that it stays one word anywhere. */
static void add_safely(struct buffer *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte <= ' ' || byte == 0x7f || strchr("\"'<>\\^`{|}", byte))
            buffer_printf(out, "%%%02X", byte);
        else
            buffer_addc(out, (char)byte);
    }
}

/* Where the host stands: after the last '@', before a port. Brackets hold an address of numbers. */
static void find_host(struct address *address, const char *authority)
{
    const char *end = authority + strcspn(authority, "/?#"), *at = authority;
    for (const char *sign = authority; sign < end; sign++)
        if (*sign == '@')
            at = sign + 1;
    const char *stop = *at == '[' ? memchr(at, ']', (size_t)(end - at)) : NULL;
    stop = stop ? stop + 1 : memchr(at, ':', (size_t)(end - at));
    stop = stop ? stop : end;
    for (const char *byte = at; byte < stop; byte++)
        buffer_addc(&address->host, (char)tolower((unsigned char)*byte));
    if (at > authority)
        buffer_printf(&address->warning, "what stands before the '@' is not its host");
}

static void find_mailbox(struct address *address, const char *mailbox)
{
    buffer_add(&address->host, mailbox, strcspn(mailbox, "?"));
}

/* Letters that look like others; a browser may show either form. */
static void warn_of_letters(struct address *address)
{
    bool foreign = strstr(buffer_string(&address->host), "xn--") != NULL;
    for (size_t at = 0; at < address->host.length; at++)
        foreign = foreign || (unsigned char)address->host.data[at] >= 0x80;
    if (foreign && !address->warning.length)
        buffer_adds(&address->warning, "its host has letters that may look like others");
}

/* ---- taking one --------------------------------------------------------------------------- */

/* A part of an address, with the sign before it; at NULL there is none. */
struct piece {
    const char *at;
    size_t length;
};

struct pieces {
    struct piece scheme, authority, path, query, fragment;
};

/* Takes bytes off the front, up to one of `stops`. */
static struct piece take(struct piece *rest, const char *stops)
{
    struct piece piece = {rest->at, 0};
    while (piece.length < rest->length && !strchr(stops, piece.at[piece.length]))
        piece.length++;
    rest->at += piece.length;
    rest->length -= piece.length;
    return piece;
}

static struct pieces take_apart(const char *bytes, size_t length)
{
    struct pieces pieces = {.scheme = {bytes, scheme_length(bytes, length)}};
    size_t scheme = pieces.scheme.length ? pieces.scheme.length + 1 : 0;
    struct piece rest = {bytes + scheme, length - scheme};
    if (rest.length >= 2 && memcmp(rest.at, "//", 2) == 0) {
        struct piece behind = {rest.at + 2, rest.length - 2};
        pieces.authority = (struct piece){rest.at, take(&behind, "/?#").length + 2};
        rest = behind;
    }
    pieces.path = take(&rest, "?#");
    if (rest.length && *rest.at == '?')
        pieces.query = take(&rest, "#");
    if (rest.length)
        pieces.fragment = rest;
    return pieces;
}

static void add_piece(struct buffer *out, struct piece piece)
{
    buffer_add(out, piece.at, piece.length);
}

/* A path, with "." and ".." followed; it does not lead above its beginning. */
static void add_path(struct buffer *out, const char *path)
{
    size_t first = out->length;
    while (*path == '/') {
        const char *segment = path + 1;
        size_t length = strcspn(segment, "/");
        bool here = length == 1 && segment[0] == '.';
        bool up = length == 2 && segment[0] == '.' && segment[1] == '.';
        while (up && out->length > first && out->data[--out->length] != '/')
            continue;
        path = segment + length;
        if ((!here && !up) || !*path)
            buffer_addc(out, '/');
        if (!here && !up)
            buffer_add(out, segment, length);
    }
}

/* Completes what has no scheme from the address of the document, as RFC 3986, 5.2 has it. */
static bool complete(struct buffer *whole, const char *bytes, size_t length,
                     const struct buffer *base, struct error *error)
{
    struct pieces own = take_apart(buffer_string(base), base->length);
    struct pieces link = take_apart(bytes, length);
    if (length == 0 || bytes[0] == '#')
        return error_set(error, "the link leads to a place within the page");
    if (!own.scheme.length || !own.authority.at)
        return error_set(error, "'%.*s' leads nowhere: the document's address is not known",
                         length < 100 ? (int)length : 100, bytes);
    struct buffer path = {0};
    bool elsewhere = link.authority.at != NULL, same = !elsewhere && !link.path.length;
    size_t kept = own.path.length;
    while (kept > 0 && own.path.at[kept - 1] != '/')
        kept--;
    if (same)
        add_piece(&path, own.path);
    else if (!elsewhere && link.path.at[0] != '/')
        buffer_add(&path, kept ? own.path.at : "/", kept ? kept : 1);
    add_piece(&path, link.path);
    add_piece(whole, own.scheme);
    buffer_addc(whole, ':');
    add_piece(whole, elsewhere ? link.authority : own.authority);
    add_path(whole, buffer_string(&path));
    add_piece(whole, same && !link.query.at ? own.query : link.query);
    add_piece(whole, link.fragment);
    buffer_release(&path);
    return true;
}

static bool take_whole(struct address *address, const struct buffer *whole, struct error *error)
{
    const char *text = buffer_string(whole);
    size_t scheme = scheme_length(text, whole->length);
    for (size_t at = 0; at < ARRAY_LENGTH(allowed); at++) {
        size_t mark = strlen(allowed[at].mark);
        if (scheme != strlen(allowed[at].scheme) ||
            strncasecmp(text, allowed[at].scheme, scheme) != 0 ||
            strncmp(text + scheme, allowed[at].mark, mark) != 0)
            continue;
        buffer_adds(&address->text, allowed[at].scheme);
        add_safely(&address->text, text + scheme, whole->length - scheme);
        const char *rest = buffer_string(&address->text) + scheme + mark;
        (mark == 1 ? find_mailbox : find_host)(address, rest);
        warn_of_letters(address);
        return address->host.length > 0 || error_set(error, "the link names no host");
    }
    return error_set(error, "links of the kind '%.*s:' are not opened",
                     scheme < 40 ? (int)scheme : 40, text);
}

bool address_read(struct address *address, const char *bytes, size_t length,
                  const struct buffer *base, struct error *error)
{
    struct buffer whole = {0};
    if (scheme_length(bytes, length))
        buffer_add(&whole, bytes, length);
    else if (!complete(&whole, bytes, length, base, error))
        return false;
    bool taken = take_whole(address, &whole, error);
    buffer_release(&whole);
    return taken;
}

void address_release(struct address *address)
{
    buffer_release(&address->text);
    buffer_release(&address->host);
    buffer_release(&address->warning);
}

/* ---- what it seems to be ------------------------------------------------------------------- */

/* Where the '@' stands that has a host behind it; `start`: there is none. "@salt@harbour.example"
 * is a name, wherever that one's page is. */
static size_t mailbox_sign(const char *seen, size_t start, size_t length)
{
    size_t sign = start;
    for (size_t at = start; at < length && seen[start] != '@' && !strchr(" /?#", seen[at]); at++)
        sign = seen[at] == '@' ? at : sign;
    return sign;
}

/* The host that a text names; empty: it names none. Where it does not begin like an address it
 * must be nothing but one, and end like most: "Node.js" is no host. */
static struct range seen_host(const char *seen, size_t length)
{
    static const char *const ends[] = {"com", "org", "net", "edu", "gov",     "mil", "int",
                                       "io",  "uk",  "de",  "fr",  "example", "eu",  "info"};
    const char *mark = memmem(seen, length, "://", 3);
    size_t start = mark ? (size_t)(mark - seen) + 3 : strspn(seen, " "), end = start;
    bool said = mark || (length - start > 4 && strncasecmp(seen + start, "www.", 4) == 0);
    size_t sign = mailbox_sign(seen, start, length);
    said = said || sign > start;
    start = end = sign > start ? sign + 1 : start;
    while (end < length && (isalnum((unsigned char)seen[end]) || strchr("-.", seen[end])) &&
           seen[end])
        end++;
    while (end > start && seen[end - 1] == '.')
        end--;
    const char *dot = end > start ? memrchr(seen + start, '.', end - start) : NULL;
    if (!dot)
        return (struct range){0};
    for (size_t at = 0; !said && at < ARRAY_LENGTH(ends); at++)
        said = end - (size_t)(dot + 1 - seen) == strlen(ends[at]) &&
               strncasecmp(dot + 1, ends[at], strlen(ends[at])) == 0 &&
               (end == length || seen[end] == '/');
    return said ? (struct range){(uint32_t)start, (uint32_t)end} : (struct range){0};
}

static void drop_www(const char **host, size_t *length)
{
    if (*length > 4 && strncasecmp(*host, "www.", 4) == 0) {
        *host += 4;
        *length -= 4;
    }
}

/* The same host, or one is a part of the other's. */
static bool is_within(const char *inner, size_t inner_length, const char *outer,
                      size_t outer_length)
{
    if (inner_length < outer_length ||
        strncasecmp(inner + inner_length - outer_length, outer, outer_length) != 0)
        return false;
    return inner_length == outer_length || inner[inner_length - outer_length - 1] == '.';
}

bool address_compare(struct address *address, const char *seen, size_t length)
{
    struct buffer copy = {0};
    buffer_add(&copy, seen, length);
    struct range named = seen_host(buffer_string(&copy), length);
    const char *shown = buffer_string(&copy) + named.start, *host = buffer_string(&address->host);
    const char *sign = strrchr(host, '@'); /* who gets the mail is no part of where it goes */
    host = sign ? sign + 1 : host;
    size_t shown_length = named.end - named.start, host_length = strlen(host);
    drop_www(&shown, &shown_length);
    drop_www(&host, &host_length);
    bool other = shown_length && !is_within(host, host_length, shown, shown_length) &&
                 !is_within(shown, shown_length, host, host_length);
    if (other) {
        buffer_clear(&address->warning);
        buffer_printf(&address->warning, "its text says '%.*s'",
                      shown_length < 80 ? (int)shown_length : 80, shown);
    }
    buffer_release(&copy);
    return other;
}

bool link_read(struct address *address, const struct document *document, const struct link *link,
               struct error *error)
{
    size_t length;
    const char *url = document_meta(document, STRING_URL, &length);
    struct buffer base = {0};
    buffer_add(&base, url, length);
    bool fine = address_read(address, link->address, link->length, &base, error);
    buffer_release(&base);
    if (fine)
        address_compare(address, document_text(document, NULL) + link->text.start,
                        link->text.end - link->text.start);
    return fine;
}
