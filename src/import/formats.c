/*
 * formats: the table of formats, and the way from bytes to a document: empty or binary bytes are
 * refused, the charset is undone, the format is found by content, its importer runs.
 */
#include "formats.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive.h"
#include "hearsay/later.h"
#include "mime.h"

static const struct import_format formats[] = {
    {"hn", "Hacker News: an item or a bundle of items, JSON", hn_sniff, hn_import, false, NULL},
    {"reddit", "Reddit: the JSON of a thread", reddit_sniff, reddit_import, false, NULL},
    {"lobsters", "Lobsters: the JSON of a story", lobsters_sniff, lobsters_import, false, NULL},
    {"discourse", "Discourse: the JSON of a topic", discourse_sniff, discourse_import, false, NULL},
    {"wordpress", "WordPress: an export, or posts or comments of the REST interface",
     wordpress_sniff, wordpress_import, false, NULL},
    {"lemmy", "Lemmy: a post, its comments or both, JSON", lemmy_sniff, lemmy_import, false, NULL},
    {"mastodon", "Mastodon: the context of a status; ActivityPub notes, JSON", mastodon_sniff,
     mastodon_import, false, NULL},
    {"feed", "RSS, Atom or JSON Feed", feed_sniff, feed_import, false, NULL},
    {"mbox", "mail: an mbox file or one message", mbox_sniff, mbox_import, true, NULL},
    {"news", "a news article, as a server keeps it", news_sniff, mbox_import, true, NULL},
    {"maildir", "a folder of messages: a maildir, or files of mail or news", maildir_sniff,
     maildir_import, true, NULL},
    {"html", "a page: its article and the comments in its markup", html_sniff, html_import, false,
     NULL},
    {"markdown", "Markdown: an article, with or without front matter", markdown_sniff,
     markdown_import, false, NULL},
    {"epub", "EPUB: a book, all chapters as one article", epub_sniff, epub_import, true, NULL},
    {"text", "plain text: an article and the comments below it", text_sniff, text_import, false,
     text_stream},
};

const struct import_format *import_formats(size_t *count)
{
    *count = ARRAY_LENGTH(formats);
    return formats;
}

const struct import_format *import_format_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        if (!strcmp(formats[i].name, name)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* The format that is surest among those that want their bytes raw, or among the others. */
static const struct import_format *sniff(const struct import_input *input, bool raw)
{
    const struct import_format *best = raw ? NULL : &formats[ARRAY_LENGTH(formats) - 1];
    unsigned surest = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        unsigned sure = formats[i].raw == raw ? formats[i].sniff(input) : 0;
        if (sure > surest) {
            surest = sure;
            best = &formats[i];
        }
    }
    return best;
}

/* ---- binary data ----------------------------------------------------------------------------- */

enum { LOOK = 16384 };

struct magic {
    const char *bytes;
    size_t length;
};

static const struct magic magics[] = {
    {"\x7F"
     "ELF",
     4},
    {"\x89PNG", 4},
    {"GIF8", 4},
    {"\xFF\xD8\xFF", 3},
    {"%PDF-", 5},
    {"PK\x03\x04", 4},
    {"\x1F\x8B", 2},
    {"BZh", 3},
    {"\xFD"
     "7zXZ",
     5},
    {"\x28\xB5\x2F\xFD", 4},
    {"SQLite format 3", 15},
    {"RIFF", 4},
};

static bool is_wide_text(const char *bytes, size_t length)
{
    static const char *const marks[] = {"\xFF\xFE", "\xFE\xFF"};
    if (length >= 2 && (!memcmp(bytes, marks[0], 2) || !memcmp(bytes, marks[1], 2))) {
        return true;
    }
    if (length < 4) {
        return false;
    }
    /* every second byte, or three of four, is zero throughout: UTF-16 or UTF-32 without a mark */
    size_t zeros[4] = {0}, groups = (length < LOOK ? length : LOOK) / 4;
    for (size_t i = 0; i < groups * 4; i++) {
        zeros[i % 4] += bytes[i] == 0;
    }
    size_t low = zeros[0] + zeros[2], high = zeros[1] + zeros[3];
    return (low * 10 > groups * 18 && high * 20 < groups) ||
           (high * 10 > groups * 18 && low * 20 < groups) ||
           (zeros[0] == groups && zeros[1] == groups && zeros[3] * 20 < groups) ||
           (zeros[2] == groups && zeros[3] == groups && zeros[0] * 20 < groups);
}

static bool is_binary(const char *bytes, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(magics); i++) {
        if (length >= magics[i].length && !memcmp(bytes, magics[i].bytes, magics[i].length)) {
            return true;
        }
    }
    if (is_wide_text(bytes, length)) {
        return false;
    }
    size_t seen = length < LOOK ? length : LOOK, zeros = 0, controls = 0;
    for (size_t i = 0; i < seen; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        zeros += byte == 0;
        controls += byte < ' ' && !(byte >= '\a' && byte <= '\r') && byte != '\033';
    }
    return zeros * 100 > seen || controls * 20 > seen;
}

/* ---- bytes -> document ----------------------------------------------------------------------- */

/* Pages of a file that were read are given back; should one be wanted again, it is in the file. */
static void give_back(const struct import_input *input, const struct import_watch *watch,
                      size_t from, size_t until)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = ((uintptr_t)input->bytes + from) / page * page;
    uintptr_t end = ((uintptr_t)input->bytes + until) / page * page;
    if (watch && watch->mapped) {
        madvise((void *)first, end - first, MADV_DONTNEED);
    }
}

bool import_has_read(const struct import_input *input, const struct import_watch *watch,
                     struct builder *builder, size_t at)
{
    builder_publish(builder);
    give_back(input, watch, 0, at);
    return !watch || !watch->told ||
           watch->told(watch->data, builder_document(builder),
                       (unsigned)((uint64_t)at * 100 / input->length));
}

/*
 * Of an importer that reads everything and then builds everything texts stay in the input until
 * they are built, most in the order of the input, which is longer than they are. So what lies well
 * before as many bytes as were built is not wanted any more. It is given back once: other orders
 * cost memory, not time.
 */
struct following {
    const struct import_input *input;
    const struct import_watch *watch;
    size_t given; /* bytes of the input */
};

enum { WELL_BEFORE = 8 << 20 };

static void follow(void *data, const struct document *document, unsigned percent)
{
    struct following *following = data;
    uint32_t built;
    document_text(document, &built);
    size_t until = built < following->input->length ? built : following->input->length;
    if (until > following->given + WELL_BEFORE) {
        until -= WELL_BEFORE;
        give_back(following->input, following->watch, following->given, until);
        following->given = until;
    }
    if (following->watch->follow) {
        following->watch->follow(following->watch->data, document, percent);
    }
}

enum { LOOK_UTF8 = 65536 };

/* The beginning is UTF-8, as far as one looks; the last character may be cut. */
static bool begins_valid(const struct import_input *input)
{
    size_t length = input->length;
    if (length > LOOK_UTF8) {
        length = utf8_floor(input->bytes, LOOK_UTF8);
    }
    return utf8_is_valid(input->bytes, length);
}

static struct builder *begin_building(struct following *following,
                                      const struct import_format *importer, struct error *error)
{
    const struct import_input *input = following->input;
    const struct import_watch *watch = following->watch;
    size_t unpacked = importer->import == epub_import ? 12 : 1; /* what a byte may grow to */
    size_t bytes = input->length * unpacked;
    struct builder *builder =
        watch->lent ? builder_new_in(fcntl(watch->image, F_DUPFD_CLOEXEC, 0), bytes, error)
                    : builder_new(bytes, error);
    if (builder && importer->stream && watch->follow) {
        builder_follow(builder, watch->follow, watch->data);
    } else if (builder && !importer->stream) {
        builder_follow(builder, follow, following);
    }
    if (builder) {
        builder_want_items(builder, watch->items);
        builder_meta(builder, STRING_FORMAT, importer->name, strlen(importer->name));
    }
    if (watch->chosen) {
        watch->chosen(watch->data, importer);
    }
    return builder;
}

/* Makes the document of bytes whose charset is undone, or that are to be read raw. NULL without an
 * error: they were thought to be UTF-8, and are not. */
static struct document *import_text(const struct import_input *input,
                                    const struct import_watch *watch,
                                    const struct import_format *importer, struct error *error)
{
    struct following following = {.input = input, .watch = watch};
    struct builder *builder = begin_building(&following, importer, error);
    if (!builder) {
        return NULL;
    }
    bool streamed = importer->stream && importer->stream(input, watch, builder);
    bool valid = streamed || importer->raw || utf8_is_valid(input->bytes, input->length);
    if (!valid || (!streamed && !importer->import(input, builder, error))) {
        builder_free(builder);
        return NULL;
    }
    return builder_finish(builder);
}

/* Nothing but blanks and line ends. */
static bool is_blank(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && strchr(" \t\r\n\f", bytes[at]) && bytes[at]) {
        at++;
    }
    return at == length;
}

bool import_format_named(const char *name, const struct import_format **importer,
                         struct error *error)
{
    *importer = NULL;
    if (!name || strcmp(name, "auto") == 0) {
        return true;
    }
    *importer = import_format_find(name);
    return *importer || error_set(error, "unknown format '%s'", name);
}

static bool is_readable(const struct import_input *input, const struct import_format *raw,
                        struct error *error)
{
    if (input->length == 0) {
        return error_set(error, "'%s' is empty", input->name);
    }
    if (is_blank(input->bytes, input->length)) {
        return error_set(error, "'%s' holds no text", input->name);
    }
    if (!(raw && raw->raw) && is_binary(input->bytes, input->length)) {
        return error_set(error, "'%s' looks like binary data", input->name);
    }
    return true;
}

/* The charset is undone first. */
static struct document *import_decoded(const struct import_input *input,
                                       const struct import_watch *watch,
                                       const struct import_format *chosen, struct error *error)
{
    struct buffer decoded = {0};
    const char *label;
    char declared[64];
    bool says = charset_declared(input->bytes, input->length, declared);
    charset_decode(&decoded, input->bytes, input->length, says ? declared : NULL, &label);
    struct import_input plain = {buffer_string(&decoded), decoded.length, input->name};
    struct import_watch own_pages = *watch;
    own_pages.mapped = false;
    struct document *document =
        import_text(&plain, &own_pages, chosen ? chosen : sniff(&plain, false), error);
    buffer_release(&decoded);
    return document;
}

/* UTF-8 may have a byte order mark, which says nothing. */
static struct import_input without_mark(const struct import_input *input)
{
    struct import_input plain = *input;
    if (input->length >= 3 && !memcmp(input->bytes, "\xEF\xBB\xBF", 3)) {
        plain.bytes += 3;
        plain.length -= 3;
    }
    return plain;
}

static void xml_prepare(const struct import_input *input)
{
    (void)input;
    later_open_xml();
}

static bool is_likely(const struct import_format *format, const struct import_input *input,
                      const struct import_format *importer, bool wide)
{
    if (importer)
        return importer == format;
    return (wide && !format->raw) || format->sniff(input) > 0;
}

/* Bodies in HTML or Markdown may stand in everything but a plain text. */
static void prepare_bodies(const struct import_input *input, const struct import_format *importer,
                           bool wide)
{
    bool likely = false;
    for (size_t i = 0; i < ARRAY_LENGTH(formats) && !likely; i++)
        likely = formats[i].import != text_import && is_likely(&formats[i], input, importer, wide);
    if (likely) {
        later_open_cmark();
        later_open_gumbo();
    }
}

void import_prepare(const struct import_input *input, const struct import_format *importer)
{
    static const struct {
        const char *format;
        void (*prepare)(const struct import_input *input);
    } needs[] = {{"feed", xml_prepare},
                 {"wordpress", xml_prepare},
                 {"mbox", mime_prepare},
                 {"news", mime_prepare},
                 {"epub", archive_prepare}};
    bool wide = is_wide_text(input->bytes, input->length); /* sniffing comes after decoding */
    struct import_input plain = without_mark(input);
    charset_prepare(input->bytes, input->length);
    for (size_t i = 0; i < ARRAY_LENGTH(needs); i++) {
        if (is_likely(import_format_find(needs[i].format), &plain, importer, wide)) {
            needs[i].prepare(input);
        }
    }
    prepare_bodies(&plain, importer, wide);
}

struct document *import_by(const struct import_input *input, const struct import_watch *watch,
                           const struct import_format *chosen, struct error *error)
{
    static const struct import_watch nobody;
    watch = watch ? watch : &nobody;
    const struct import_format *raw = chosen ? chosen : sniff(input, true);
    if (!is_readable(input, raw, error)) {
        return NULL;
    }
    if (raw && raw->raw) {
        return import_text(input, watch, raw, error);
    }
    bool wide = is_wide_text(input->bytes, input->length);
    struct import_input plain = wide ? *input : without_mark(input);
    if (!wide && begins_valid(&plain)) {
        const struct import_format *importer = chosen ? chosen : sniff(&plain, false);
        struct error why = {""};
        struct document *document = import_text(&plain, watch, importer, &why);
        if (why.message[0]) {
            error_set(error, "%s", why.message);
        }
        if (document || why.message[0]) {
            return document;
        }
    }
    return import_decoded(input, watch, chosen, error);
}

struct document *import_bytes(const struct import_input *input, const char *format,
                              struct error *error)
{
    const struct import_format *importer;
    return import_format_named(format, &importer, error) ? import_by(input, NULL, importer, error)
                                                         : NULL;
}
