/*
 * mbox: files of many messages, single ones, news articles, folders of them. Every message is a
 * comment; threads come from References and In-Reply-To.
 */
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "formats.h"
#include "mailbox.h"

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

/* ---- what transport did to it ---------------------------------------------------------------- */

static bool is_crlf(const char *at, const char *end)
{
    return end - at >= 2 && at[0] == '\r' && at[1] == '\n';
}

/*
 * As it comes from a news server: every line that begins with a dot has one more, a lone dot ends
 * it. So it is if there is such an end, or if there are doubled dots and no single ones.
 */
static bool is_wire_form(const char *at, const char *end)
{
    bool doubled = false;
    while (at < end) {
        const char *stop = line_end(at, end);
        if (*at == '.') {
            if (is_crlf(at + 1, end) || stop == at + 1) {
                return stop + 3 >= end;
            }
            if (at[1] != '.') {
                return false;
            }
            doubled = true;
        }
        at = stop < end ? stop + 1 : end;
    }
    return doubled;
}

/* Copies lines, one dot less where they begin with one; stops at the lone dot. */
static void unstuff(struct buffer *out, const char *at, const char *end)
{
    while (at < end) {
        const char *stop = line_end(at, end);
        at += *at == '.';
        if (at == stop || is_crlf(at, stop + 1)) {
            if (at[-1] == '.' && stop + 3 >= end) {
                return;
            }
        }
        const char *next = stop < end ? stop + 1 : end;
        buffer_add(out, at, (size_t)(next - at));
        at = next;
    }
}

/* mbox has ">From " where a line of the text began with "From "; not so within a quote. */
static void unquote_from(struct buffer *out, const char *at, const char *end)
{
    bool quoted = false;
    while (at < end) {
        const char *stop = line_end(at, end), *next = stop < end ? stop + 1 : end;
        bool from = stop - at > 6 && !memcmp(at, ">From ", 6) && !quoted;
        buffer_add(out, at + from, (size_t)(next - at) - from);
        quoted = *at == '>' && !from;
        at = next;
    }
}

/* The server's own line before an article: "220 4711 <id> article". */
static const char *skip_answer(const char *at, const char *end)
{
    bool answer = end - at > 8 && !memcmp(at, "22", 2) && at[2] >= '0' && at[2] <= '2' &&
                  at[3] == ' ' && memchr(at, '<', (size_t)(line_end(at, end) - at));
    const char *stop = line_end(at, end);
    return answer && stop < end ? stop + 1 : at;
}

/* ---- messages -------------------------------------------------------------------------------- */

static void read_one(struct mailbox *mailbox, const char *at, const char *end)
{
    struct buffer mended = {0};
    at = skip_answer(at, end);
    if (is_wire_form(at, end)) {
        unstuff(&mended, at, end);
        at = buffer_string(&mended);
        end = at + mended.length;
    }
    mailbox_add(mailbox, at, (size_t)(end - at));
    buffer_release(&mended);
}

/* One that stood in an mbox, after its separator. */
static void read_boxed(struct mailbox *mailbox, const char *at, const char *end)
{
    struct buffer mended = {0};
    if (memmem(at, (size_t)(end - at), "\n>From ", 7)) {
        unquote_from(&mended, at, end);
        at = buffer_string(&mended);
        end = at + mended.length;
    }
    mailbox_add(mailbox, at, (size_t)(end - at));
    buffer_release(&mended);
}

static const char *skip_line_breaks(const char *at, const char *end)
{
    while (at < end && (*at == '\n' || *at == '\r')) {
        at++;
    }
    return at;
}

static void read_file(struct mailbox *mailbox, const char *bytes, size_t length)
{
    const char *end = bytes + length, *at = skip_line_breaks(bytes, end);
    if (!is_separator(at, end)) {
        const char *next = next_separator(at, end);
        read_one(mailbox, at, next);
        at = next;
    }
    while (at < end) {
        const char *stop = line_end(at, end), *next = next_separator(at, end);
        read_boxed(mailbox, stop < end ? stop + 1 : end, next);
        at = next;
    }
}

/* "1532672447.R61.len:2,ST": flags stand after the comma, T is for trash. */
static bool is_trashed(const struct folder_member *member)
{
    const char *flags = memmem(member->name, member->name_length, ":2,", 3);
    const char *end = member->name + member->name_length;
    return flags && memchr(flags, 'T', (size_t)(end - flags));
}

static void read_folder(struct mailbox *mailbox, const struct import_input *input)
{
    struct folder_member member;
    for (size_t at = 0; folder_next(input->bytes, input->length, &at, &member);) {
        struct thread *thread = &mailbox->thread;
        size_t first = thread->items.count;
        read_file(mailbox, member.bytes, member.length);
        for (; is_trashed(&member) && first < thread->items.count; first++) {
            thread->items.items[first].state = COMMENT_DELETED;
        }
    }
}

static void add_body(struct builder *builder, struct text_ref body)
{
    if (body.length && *body.text == MAIL_HTML) {
        body_html(builder, body.text + 1, body.length - 1, 0);
        return;
    }
    body_mail(builder, body.text, body.length);
}

static void add_note(const struct mailbox *mailbox, struct builder *builder)
{
    struct buffer note = {0};
    if (mailbox->encoded) {
        buffer_printf(&note,
                      "%u of %zu messages are encoded and shown as they are: GMime "
                      "(libgmime-3.0) is not there",
                      mailbox->encoded, mailbox->subjects.count);
        builder_meta(builder, STRING_NOTE, note.data, note.length);
    }
    buffer_release(&note);
}

static bool build(struct mailbox *mailbox, bool by_time, const struct import_input *input,
                  struct builder *builder, struct error *error)
{
    mailbox_settle(mailbox, by_time);
    add_note(mailbox, builder);
    bool built = thread_build(&mailbox->thread, builder, add_body);
    mailbox_end(mailbox);
    return built || error_set(error, "'%s' holds no message that could be read", input->name);
}

bool mbox_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct mailbox mailbox;
    mailbox_begin(&mailbox);
    read_file(&mailbox, input->bytes, input->length);
    return build(&mailbox, false, input, builder, error);
}

bool maildir_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct mailbox mailbox;
    mailbox_begin(&mailbox);
    read_folder(&mailbox, input);
    return build(&mailbox, true, input, builder, error);
}

unsigned maildir_sniff(const struct import_input *input)
{
    return folder_is(input->bytes, input->length) ? 100 : 0;
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
    const char *end = input->bytes + (input->length < 65536 ? input->length : 65536);
    const char *at = skip_answer(skip_line_breaks(input->bytes, end), end);
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
