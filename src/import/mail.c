/*
 * A message is headers, a blank line, a body. Of a body in parts the first plain text counts, else
 * the first HTML. Parts within parts are found without recursion: every line that is a boundary of
 * any multipart met so far begins a part.
 */
#include "mail.h"

#include <string.h>
#include <strings.h>

#include "dates.h"
#include "hearsay/document.h"
#include "hearsay/import.h"

enum { BOUNDARIES = 16, LABEL = 64 };

struct bytes {
    const char *start, *end;
};

struct content {
    char type[64], charset[LABEL], encoding[32], boundary[128];
    bool attached;
};

static size_t length_of(struct bytes bytes)
{
    return (size_t)(bytes.end - bytes.start);
}

/* ---- decoding -------------------------------------------------------------------------------- */

static int base64_value(char byte)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = byte ? strchr(digits, byte) : NULL;
    return found ? (int)(found - digits) : -1;
}

static void decode_base64(struct buffer *out, struct bytes in)
{
    uint32_t bits = 0;
    unsigned count = 0;
    for (const char *at = in.start; at < in.end && *at != '='; at++) {
        int value = base64_value(*at);
        if (value < 0) {
            continue;
        }
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buffer_addc(out, (char)(bits >> count & 0xFF));
        }
    }
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte = (char)(byte | 32);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* `word`: the variant of headers, where "_" is a blank. */
static void decode_quoted(struct buffer *out, struct bytes in, bool word)
{
    for (const char *at = in.start; at < in.end; at++) {
        if (*at == '_' && word) {
            buffer_addc(out, ' ');
        } else if (*at != '=') {
            buffer_addc(out, *at);
        } else if (in.end - at > 2 && hex_value(at[1]) >= 0 && hex_value(at[2]) >= 0) {
            buffer_addc(out, (char)(hex_value(at[1]) << 4 | hex_value(at[2])));
            at += 2;
        } else { /* a soft break */
            const char *feed = memchr(at, '\n', (size_t)(in.end - at));
            at = feed && feed - at < 4 ? feed : at;
        }
    }
}

static void add_decoded(struct buffer *out, const char *bytes, size_t length, const char *charset)
{
    const char *label;
    charset_decode(out, bytes, length, *charset ? charset : NULL, &label);
}

/* "=?charset?B?...?=" at `at`; returns how long it is, 0 if it is none. Bytes go to `raw`. */
static size_t decode_word(struct bytes in, const char *at, struct buffer *raw, char charset[LABEL])
{
    const char *label = at + 2, *mark = memchr(label, '?', (size_t)(in.end - label));
    if (!mark || in.end - mark < 4 || mark[2] != '?' || mark - label >= LABEL) {
        return 0;
    }
    struct bytes text = {mark + 3, NULL};
    text.end = memmem(text.start, (size_t)(in.end - text.start), "?=", 2);
    if (!text.end) {
        return 0;
    }
    size_t size = (size_t)(mark - label);
    const char *language = memchr(label, '*', size);
    size = language ? (size_t)(language - label) : size;
    memcpy(charset, label, size);
    charset[size] = '\0';
    if ((mark[1] | 32) == 'b') {
        decode_base64(raw, text);
    } else {
        decode_quoted(raw, text, true);
    }
    return (size_t)(text.end + 2 - at);
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) {
        at++;
    }
    return at;
}

/* A header's text: folds undone, encoded words decoded; neighbours in one charset are one text. */
static void decode_header(struct buffer *out, struct bytes in)
{
    struct buffer raw = {0}, plain = {0};
    char charset[LABEL] = "", next[LABEL] = "";
    const char *at = in.start;
    while (at < in.end) {
        size_t used = in.end - at > 6 && at[0] == '=' && at[1] == '?' ? 1 : 0;
        size_t before = raw.length;
        used = used ? decode_word(in, at, &raw, next) : 0;
        if (used && before && strcasecmp(charset, next) != 0) {
            add_decoded(out, raw.data, before, charset);
            memmove(raw.data, raw.data + before, raw.length - before);
            raw.length -= before;
        }
        if (used) {
            memcpy(charset, next, LABEL);
            at += used;
            const char *gap = skip_blanks(at, in.end);
            at = gap + 1 < in.end && gap[0] == '=' && gap[1] == '?' ? gap : at;
            continue;
        }
        if (raw.length) {
            add_decoded(out, raw.data, raw.length, charset);
            buffer_clear(&raw);
        }
        const char *first = at++;
        while (at < in.end && !(at[0] == '=' && at + 1 < in.end && at[1] == '?')) {
            at++;
        }
        buffer_clear(&plain);
        for (; first < at; first++) {
            if (*first != '\r' && *first != '\n') {
                buffer_addc(&plain, *first == '\t' ? ' ' : *first);
            }
        }
        add_decoded(out, buffer_string(&plain), plain.length, "");
    }
    add_decoded(out, buffer_string(&raw), raw.length, charset);
    buffer_release(&raw);
    buffer_release(&plain);
}

/* ---- headers --------------------------------------------------------------------------------- */

/* The next header from `*at`, unfolded lines and all; false at the blank line, which is passed. */
static bool next_header(const char **at, const char *end, struct bytes *name, struct bytes *value)
{
    while (*at < end) {
        const char *line = *at, *stop = memchr(line, '\n', (size_t)(end - line));
        const char *after = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        if (line == stop || (stop - line == 1 && *line == '\r')) {
            *at = after;
            return false;
        }
        while (after < end && (*after == ' ' || *after == '\t')) {
            const char *fold = memchr(after, '\n', (size_t)(end - after));
            stop = fold ? fold : end;
            after = fold ? fold + 1 : end;
        }
        *at = after;
        const char *colon = memchr(line, ':', (size_t)(stop - line));
        if (colon && colon > line && colon - line < 80) {
            *name = (struct bytes){line, colon};
            *value = (struct bytes){skip_blanks(colon + 1, stop), stop};
            while (value->end > value->start && (value->end[-1] == '\r' || value->end[-1] == ' ')) {
                value->end--;
            }
            return true;
        }
    }
    return false;
}

static bool is_name(struct bytes name, const char *wanted)
{
    return length_of(name) == strlen(wanted) && !strncasecmp(name.start, wanted, length_of(name));
}

static void copy(char *out, size_t size, const char *text, size_t length)
{
    size_t fits = length < size - 1 ? length : size - 1;
    memcpy(out, text, fits);
    out[fits] = '\0';
}

/* The value of `key=` in a structured header. */
static void parameter(struct bytes value, const char *key, char *out, size_t size)
{
    size_t length = strlen(key);
    for (const char *at = value.start; at + length + 1 < value.end; at++) {
        if (strncasecmp(at, key, length) != 0 || at[length] != '=' ||
            (at > value.start && at[-1] != ' ' && at[-1] != ';' && at[-1] != '\t' &&
             at[-1] != '\n')) {
            continue;
        }
        const char *start = at + length + 1, *stop = start;
        if (*start == '"') {
            start++;
            stop = memchr(start, '"', (size_t)(value.end - start));
            stop = stop ? stop : value.end;
        } else {
            while (stop < value.end && !strchr("; \t\r\n", *stop)) {
                stop++;
            }
        }
        copy(out, size, start, (size_t)(stop - start));
        return;
    }
}

static void read_content(struct bytes name, struct bytes value, struct content *content)
{
    if (is_name(name, "content-type")) {
        const char *stop = value.start;
        while (stop < value.end && !strchr("; \t\r\n", *stop)) {
            stop++;
        }
        copy(content->type, sizeof content->type, value.start, (size_t)(stop - value.start));
        parameter(value, "charset", content->charset, sizeof content->charset);
        parameter(value, "boundary", content->boundary, sizeof content->boundary);
    } else if (is_name(name, "content-transfer-encoding")) {
        copy(content->encoding, sizeof content->encoding, value.start, length_of(value));
    } else if (is_name(name, "content-disposition")) {
        content->attached =
            !strncasecmp(value.start, "attachment", 10 < length_of(value) ? 10 : 0) &&
            length_of(value) >= 10;
    }
}

/* `"Name" <a@b>`, `a@b (Name)`, `a at b (Name)`; the address if there is no name. */
static void read_from(struct bytes value, struct buffer *out)
{
    struct buffer text = {0};
    decode_header(&text, value);
    const char *start = buffer_string(&text), *end = start + text.length;
    const char *angle = strrchr(start, '<'), *open = strchr(start, '(');
    if (angle && angle > start && skip_blanks(start, angle) < angle) {
        end = angle;
    } else if (angle) {
        start = angle + 1;
        end = strchr(start, '>') ? strchr(start, '>') : end;
    } else if (open && strchr(open, ')')) {
        start = open + 1;
        end = strrchr(open, ')');
    }
    start = skip_blanks(start, end);
    while (end > start && (end[-1] == ' ' || end[-1] == '"')) {
        end--;
    }
    start += start < end && *start == '"';
    buffer_add(out, start, (size_t)(end - start));
    buffer_release(&text);
}

/* Every "<id@host>" of the header onto `out`, the last first if asked. */
static void add_ids(struct bytes value, bool backwards, struct buffer *out)
{
    struct bytes ids[64];
    size_t count = 0;
    for (const char *at = value.start; at < value.end;) {
        const char *open = memchr(at, '<', (size_t)(value.end - at));
        const char *close = open ? memchr(open, '>', (size_t)(value.end - open)) : NULL;
        if (!close) {
            break;
        }
        if (memchr(open, '@', (size_t)(close - open))) {
            if (count == 64) {
                memmove(ids, ids + 1, 63 * sizeof *ids);
                count--;
            }
            ids[count++] = (struct bytes){open, close + 1};
        }
        at = close + 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct bytes id = ids[backwards ? count - 1 - i : i];
        buffer_add(out, id.start, length_of(id));
        buffer_addc(out, '\n');
    }
}

static void read_header(struct mail *mail, struct bytes name, struct bytes value,
                        struct buffer *reply)
{
    if (is_name(name, "from") && mail->name.length == 0) {
        read_from(value, &mail->name);
    } else if (is_name(name, "subject") && mail->subject.length == 0) {
        decode_header(&mail->subject, value);
    } else if (is_name(name, "message-id") && mail->id.length == 0) {
        const char *open = memchr(value.start, '<', length_of(value));
        const char *close = open ? memchr(open, '>', (size_t)(value.end - open)) : NULL;
        buffer_add(&mail->id, open && close ? open : value.start,
                   open && close ? (size_t)(close + 1 - open) : length_of(value));
    } else if (is_name(name, "references")) {
        add_ids(value, true, &mail->parents);
    } else if (is_name(name, "in-reply-to")) {
        add_ids(value, false, reply);
    } else if (is_name(name, "date") && mail->time == TIME_NONE) {
        mail->time = date_parse(value.start, length_of(value), &mail->zone_unknown);
    } else if (is_name(name, "control")) {
        mail->control = length_of(value) > 0;
    }
}

/* ---- bodies ---------------------------------------------------------------------------------- */

static void decode_part(struct buffer *out, struct bytes part, const struct content *content)
{
    struct buffer raw = {0};
    struct bytes bytes = part;
    if (!strncasecmp(content->encoding, "base64", 6)) {
        decode_base64(&raw, part);
        bytes = (struct bytes){buffer_string(&raw), buffer_string(&raw) + raw.length};
    } else if (!strncasecmp(content->encoding, "quoted-printable", 16)) {
        decode_quoted(&raw, part, false);
        bytes = (struct bytes){buffer_string(&raw), buffer_string(&raw) + raw.length};
    }
    add_decoded(out, bytes.start, length_of(bytes), content->charset);
    buffer_release(&raw);
}

struct boundaries {
    char names[BOUNDARIES][128];
    unsigned count;
};

static void add_boundary(struct boundaries *known, const struct content *content)
{
    if (!strncasecmp(content->type, "multipart/", 10) && *content->boundary &&
        known->count < BOUNDARIES) {
        copy(known->names[known->count++], 128, content->boundary, strlen(content->boundary));
    }
}

static bool is_boundary(const struct boundaries *known, const char *line, const char *end)
{
    if (end - line < 3 || line[0] != '-' || line[1] != '-') {
        return false;
    }
    for (unsigned i = 0; i < known->count; i++) {
        size_t length = strlen(known->names[i]);
        if ((size_t)(end - line - 2) >= length && !memcmp(line + 2, known->names[i], length)) {
            return true;
        }
    }
    return false;
}

/* The next line that begins a part, from the line at `at` on; `end` if there is none. */
static const char *find_boundary(const struct boundaries *known, const char *at, const char *end)
{
    while (at < end) {
        if (is_boundary(known, at, end)) {
            return at;
        }
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed ? feed + 1 : end;
    }
    return end;
}

static bool take_part(struct mail *mail, struct bytes part, const struct content *content)
{
    bool plain = *content->type == '\0' || !strncasecmp(content->type, "text/plain", 10);
    bool html = !strncasecmp(content->type, "text/html", 9);
    if (content->attached || (!plain && !html) || (html && mail->text.length)) {
        return false;
    }
    buffer_clear(&mail->text);
    decode_part(&mail->text, part, content);
    mail->html = html;
    return plain && mail->text.length > 0;
}

static void read_parts(struct mail *mail, struct bytes body, const struct content *content)
{
    struct boundaries known = {.count = 0};
    add_boundary(&known, content);
    const char *at = find_boundary(&known, body.start, body.end);
    while (at < body.end) {
        const char *feed = memchr(at, '\n', (size_t)(body.end - at));
        struct content inner = {.type = ""};
        struct bytes name, value;
        at = feed ? feed + 1 : body.end;
        while (next_header(&at, body.end, &name, &value)) {
            read_content(name, value, &inner);
        }
        add_boundary(&known, &inner);
        const char *stop = find_boundary(&known, at, body.end);
        if (take_part(mail, (struct bytes){at, stop}, &inner)) {
            return;
        }
        at = stop;
    }
}

void mail_read(struct mail *mail, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    struct content content = {.type = ""};
    struct bytes name, value;
    struct buffer reply = {0};
    *mail = (struct mail){.time = TIME_NONE};
    while (next_header(&at, end, &name, &value)) {
        read_header(mail, name, value, &reply);
        read_content(name, value, &content);
    }
    buffer_add(&mail->parents, reply.data, reply.length);
    if (!strncasecmp(content.type, "multipart/", 10) && *content.boundary) {
        read_parts(mail, (struct bytes){at, end}, &content);
    } else {
        take_part(mail, (struct bytes){at, end}, &content);
    }
    buffer_release(&reply);
}

void mail_release(struct mail *mail)
{
    buffer_release(&mail->name);
    buffer_release(&mail->subject);
    buffer_release(&mail->id);
    buffer_release(&mail->parents);
    buffer_release(&mail->text);
}
