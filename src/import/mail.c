/*
 * A message is headers, a blank line, a body. Headers are read here, and a body that is plain text;
 * words and bodies that are encoded or come in parts are mime.c's.
 */
#include "mail.h"

#include <string.h>
#include <strings.h>

#include "dates.h"
#include "hearsay/document.h"
#include "hearsay/import.h"

enum { LABEL = 64 };

struct bytes {
    const char *start, *end;
};

struct content {
    char type[64], charset[LABEL], encoding[32], format[16], joined[8];
};

static size_t length_of(struct bytes bytes)
{
    return (size_t)(bytes.end - bytes.start);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_decoded(struct buffer *out, const char *bytes, size_t length, const char *charset)
{
    const char *label;
    charset_decode(out, bytes, length, charset && *charset ? charset : NULL, &label);
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) {
        at++;
    }
    return at;
}

/* A header's text: folds undone, encoded words decoded. */
static void decode_header(struct mime *mime, struct buffer *out, struct bytes in)
{
    struct buffer plain = {0};
    for (const char *at = in.start; at < in.end; at++) {
        if (*at != '\r' && *at != '\n' && *at != '\0') {
            buffer_addc(&plain, *at == '\t' ? ' ' : *at);
        }
    }
    if (memmem(buffer_string(&plain), plain.length, "=?", 2) && mime_load(mime)) {
        mime_words(mime, out, plain.data);
    } else {
        add_decoded(out, buffer_string(&plain), plain.length, NULL);
    }
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
        parameter(value, "format", content->format, sizeof content->format);
        parameter(value, "delsp", content->joined, sizeof content->joined);
    } else if (is_name(name, "content-transfer-encoding")) {
        copy(content->encoding, sizeof content->encoding, value.start, length_of(value));
    }
}

/* `"Name" <a@b>`, `a@b (Name)`, `a at b (Name)`; the address if there is no name. */
static void read_from(struct mime *mime, struct bytes value, struct buffer *out)
{
    struct buffer text = {0};
    decode_header(mime, &text, value);
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

/* The last of the lines in `ids`. */
static void keep_last(struct buffer *out, const struct buffer *ids)
{
    const char *start = buffer_string(ids), *end = start + ids->length, *at = end;
    end -= end > start;
    for (at = end; at > start && at[-1] != '\n'; at--) {
    }
    buffer_clear(out);
    buffer_add(out, at, (size_t)(end - at));
}

static void read_header(struct mail *mail, struct bytes name, struct bytes value,
                        struct buffer *reply)
{
    if (is_name(name, "from") && mail->name.length == 0) {
        read_from(mail->mime, value, &mail->name);
    } else if (is_name(name, "subject") && mail->subject.length == 0) {
        decode_header(mail->mime, &mail->subject, value);
    } else if (is_name(name, "message-id") && mail->id.length == 0) {
        const char *open = memchr(value.start, '<', length_of(value));
        const char *close = open ? memchr(open, '>', (size_t)(value.end - open)) : NULL;
        buffer_add(&mail->id, open && close ? open : value.start,
                   open && close ? (size_t)(close + 1 - open) : length_of(value));
    } else if (is_name(name, "references")) {
        add_ids(value, true, &mail->parents);
        keep_last(&mail->root, &mail->parents);
    } else if (is_name(name, "in-reply-to")) {
        add_ids(value, false, reply);
    } else if (is_name(name, "date") && mail->time == TIME_NONE) {
        mail->time = date_parse(value.start, length_of(value), &mail->zone_unknown);
    } else if (is_name(name, "control")) {
        mail->control = length_of(value) > 0;
    }
}

/* ---- bodies ---------------------------------------------------------------------------------- */

static bool is_blank(const struct buffer *text)
{
    const char *start = buffer_string(text), *end = start + text->length;
    return skip_blanks(start, end) == end;
}

/* Plain text that follows HTML becomes HTML. */
static void add_escaped(struct buffer *out, const char *text, size_t length)
{
    buffer_adds(out, "<p>");
    for (size_t i = 0; i < length; i++) {
        static const char *const names[] = {['<'] = "&lt;", ['&'] = "&amp;", ['\n'] = "<br>"};
        unsigned char byte = (unsigned char)text[i];
        if (byte < ARRAY_LENGTH(names) && names[byte]) {
            buffer_adds(out, names[byte]);
        } else {
            buffer_addc(out, text[i]);
        }
    }
}

static void add_text(struct mail *mail, const struct buffer *text)
{
    if (mail->html) {
        add_escaped(&mail->text, buffer_string(text), text->length);
        return;
    }
    if (mail->text.length && mail->text.data[mail->text.length - 1] != '\n') {
        buffer_addc(&mail->text, '\n');
    }
    buffer_add(&mail->text, buffer_string(text), text->length);
}

/* Of forms of the same text the plain one counts, unless it is empty. */
static void take_part(void *data, const struct mime_part *part)
{
    struct mail *mail = data;
    struct buffer text = {0};
    bool blank = is_blank(&mail->text);
    if (part->name) {
        buffer_printf(&text, "\n\n[attached: %s]\n", part->name);
        add_text(mail, &text);
    } else if (!part->html || blank) {
        add_decoded(&text, part->bytes, part->length, part->charset);
        if (!is_blank(&text)) {
            bool instead = blank || (part->choice && mail->html);
            mail->html = instead ? part->html : mail->html;
            if (instead) {
                buffer_clear(&mail->text);
            }
            if (part->flowed && !part->html) {
                struct buffer joined = {0};
                mail_flow(&joined, text.data, text.length, part->joined);
                buffer_release(&text);
                text = joined;
            }
            if (mail->html && part->html) {
                buffer_add(&mail->text, text.data, text.length);
            } else {
                add_text(mail, &text);
            }
        }
    }
    buffer_release(&text);
}

static bool has_prefix(const char *text, const char *prefix)
{
    return !strncasecmp(text, prefix, strlen(prefix));
}

static bool is_encoded(const struct content *content)
{
    static const char *const plain[] = {"7bit", "8bit", "binary"};
    bool encoded = *content->encoding != '\0';
    for (size_t i = 0; i < ARRAY_LENGTH(plain); i++) {
        encoded = encoded && !has_prefix(content->encoding, plain[i]);
    }
    return encoded || (*content->type && !has_prefix(content->type, "text"));
}

void mail_read(struct mail *mail, struct mime *mime, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    struct content content = {.type = ""};
    struct bytes name, value;
    struct buffer reply = {0};
    *mail = (struct mail){.time = TIME_NONE, .mime = mime};
    while (next_header(&at, end, &name, &value)) {
        read_header(mail, name, value, &reply);
        read_content(name, value, &content);
    }
    buffer_add(&mail->parents, reply.data, reply.length);
    buffer_release(&reply);
    if (is_encoded(&content) && mime_load(mime)) {
        mime_read(mime, bytes, length, take_part, mail);
        return;
    }
    mail->encoded = is_encoded(&content);
    take_part(mail, &(struct mime_part){.bytes = at,
                                        .length = (size_t)(end - at),
                                        .charset = content.charset,
                                        .html = has_prefix(content.type, "text/html"),
                                        .flowed = has_prefix(content.format, "flowed"),
                                        .joined = has_prefix(content.joined, "yes")});
}

void mail_release(struct mail *mail)
{
    buffer_release(&mail->name);
    buffer_release(&mail->subject);
    buffer_release(&mail->id);
    buffer_release(&mail->parents);
    buffer_release(&mail->root);
    buffer_release(&mail->text);
}
