/*
 * mbox: files of many messages, single ones, news articles. Every message is a comment; threads
 * come from References and In-Reply-To.
 */
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "formats.h"
#include "mail.h"
#include "thread.h"

/* Marks a body that is HTML; no text begins with it. */
#define HTML_MARK '\001'

/* ---- splitting ------------------------------------------------------------------------------- */

static const char *line_end(const char *at, const char *end)
{
    const char *feed = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return feed ? feed : end;
}

/* "From somebody Mon Nov  5 10:12:00 2012": a time of day and a year are in it. */
static bool is_separator(const char *at, const char *end)
{
    if (end - at < 20 || memcmp(at, "From ", 5) != 0) {
        return false;
    }
    const char *stop = line_end(at, end);
    bool clock = false, year = false;
    for (const char *byte = at + 5; byte + 4 < stop; byte++) {
        clock = clock || (byte[0] == ':' && byte[1] >= '0' && byte[1] <= '5');
        year = year || (byte[-1] == ' ' && (!memcmp(byte, "19", 2) || !memcmp(byte, "20", 2)));
    }
    year = year || (stop - at > 5 && stop[-1] >= '0' && stop[-1] <= '9') ||
           (stop - at > 6 && stop[-1] == '\r');
    return stop - at < 300 && clock && year;
}

/* The next message's separator after `at`, or the end. It stands after a blank line. */
static const char *next_separator(const char *at, const char *end)
{
    bool blank = false;
    while (at < end) {
        if (blank && is_separator(at, end)) {
            return at;
        }
        const char *stop = line_end(at, end);
        blank = stop == at || (stop - at == 1 && *at == '\r');
        at = stop < end ? stop + 1 : end;
    }
    return end;
}

/* ---- items ----------------------------------------------------------------------------------- */

static struct text_ref keep(struct thread *thread, const struct buffer *text)
{
    return thread_keep(thread, buffer_string(text), text->length);
}

static void read_message(struct thread *thread, const char *bytes, size_t length)
{
    struct mail mail;
    mail_read(&mail, bytes, length);
    if (!mail.control && (mail.name.length || mail.subject.length || mail.text.length)) {
        uint32_t index = thread_add(thread, DOCUMENT_NONE);
        struct thread_item *item = &thread->items.items[index];
        struct buffer body = {0};
        buffer_add(&body, "\001", mail.html);
        buffer_add(&body, mail.text.data, mail.text.length);
        item->kind = ITEM_COMMENT;
        item->id = keep(thread, &mail.id);
        item->parent = keep(thread, &mail.parents);
        item->name = keep(thread, &mail.name);
        item->time = mail.time;
        item->zone_unknown = mail.zone_unknown;
        item->body = keep(thread, &body);
        if (thread->items.count == 1) {
            thread->title = keep(thread, &mail.subject);
        } else if (mail.parents.length == 0) {
            item->title = keep(thread, &mail.subject);
        }
        buffer_release(&body);
    }
    mail_release(&mail);
}

static void add_body(struct builder *builder, struct text_ref body)
{
    if (body.length && *body.text == HTML_MARK) {
        body_html(builder, body.text + 1, body.length - 1, 0);
        return;
    }
    body_mail(builder, body.text, body.length);
}

bool mbox_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct thread thread = {.stated = -1, .copies = true};
    const char *at = input->bytes, *end = at + input->length;
    while (at < end && (*at == '\n' || *at == '\r')) {
        at++;
    }
    while (at < end) {
        if (is_separator(at, end)) {
            const char *stop = line_end(at, end);
            at = stop < end ? stop + 1 : end;
        }
        const char *next = next_separator(at, end);
        read_message(&thread, at, (size_t)(next - at));
        at = next;
    }
    bool built = thread_build(&thread, builder, add_body);
    thread_release(&thread);
    return built || error_set(error, "'%s' holds no message that could be read", input->name);
}

/* ---- is it mail? ----------------------------------------------------------------------------- */

static unsigned count_headers(const char *at, const char *end)
{
    static const char *const names[] = {
        "From:", "Subject:",  "Date:",        "Message-ID:", "Newsgroups:",  "Path:",
        "To:",   "Received:", "Return-Path:", "References:", "MIME-Version:"};
    unsigned count = 0, strange = 0;
    for (unsigned lines = 0; at < end && lines < 200; lines++) {
        const char *stop = line_end(at, end);
        if (stop == at || *at == '\r') {
            return count;
        }
        bool fold = *at == ' ' || *at == '\t';
        if (!fold && !memchr(at, ':', (size_t)(stop - at)) && ++strange > 2) {
            return 0;
        }
        for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
            size_t length = strlen(names[i]);
            count += (size_t)(stop - at) >= length && !strncasecmp(at, names[i], length);
        }
        at = stop < end ? stop + 1 : end;
    }
    return count;
}

unsigned mbox_sniff(const struct import_input *input)
{
    const char *at = input->bytes, *end = at + (input->length < 65536 ? input->length : 65536);
    while (at < end && (*at == '\n' || *at == '\r')) {
        at++;
    }
    if (is_separator(at, end)) {
        const char *stop = line_end(at, end);
        return stop < end && count_headers(stop + 1, end) >= 2 ? 95 : 0;
    }
    return count_headers(at, end) >= 3 ? 85 : 0;
}

/* An article of a news server: its path, or the groups it went to, are in the headers. */
unsigned news_sniff(const struct import_input *input)
{
    static const char *const names[] = {"\nNewsgroups:", "Path:"};
    size_t look = input->length < 16384 ? input->length : 16384;
    unsigned sure = mbox_sniff(input);
    bool path = look > 5 && !strncasecmp(input->bytes, names[1], 5);
    return sure == 85 && (path || memmem(input->bytes, look, names[0], strlen(names[0]))) ? 90 : 0;
}
