/*
 * epub: a zip with a package file that names the chapters in order. All chapters together are the
 * article.
 *
 *      META-INF/container.xml -> the package file -> its spine -> ids -> its manifest -> files
 *
 * What is unpacked is limited in sum; a path that leads out of the book, or a chapter that is
 * locked, costs that chapter.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "body_html.h"
#include "dates.h"
#include "entities.h"
#include "formats.h"
#include "html.h"

enum { CHAPTERS = 2000, TAIL = 65557, SEARCH = 400000000 };
static const size_t most_unpacked = 256u << 20;

struct bytes {
    const char *start;
    size_t length;
};

/* ---- zip ------------------------------------------------------------------------------------- */

struct entry {
    struct bytes name, packed;
    uint32_t size;
    uint16_t method;
};

struct book {
    struct bytes zip;
    VECTOR(struct entry) entries;
    size_t unpacked; /* so far */
};

static uint32_t number(struct bytes zip, size_t at, unsigned size)
{
    uint32_t value = 0;
    for (unsigned i = size; i-- > 0 && at + size <= zip.length;) {
        value = value << 8 | (unsigned char)zip.start[at + i];
    }
    return value;
}

/* Where the table of contents begins; the length of the file if there is none. */
static size_t find_directory(struct bytes zip, uint32_t *count)
{
    size_t first = zip.length > TAIL ? zip.length - TAIL : 0;
    for (size_t at = zip.length; at-- > first;) {
        if (zip.length - at >= 22 && !memcmp(zip.start + at, "PK\5\6", 4)) {
            *count = number(zip, at + 10, 2);
            return number(zip, at + 16, 4);
        }
    }
    return zip.length;
}

static bool read_entry(struct bytes zip, size_t at, struct entry *entry)
{
    uint32_t packed = number(zip, at + 20, 4), name = number(zip, at + 28, 2);
    size_t local = number(zip, at + 42, 4);
    if (at + 46 + name > zip.length || local + 30 > zip.length) {
        return false;
    }
    size_t data = local + 30 + number(zip, local + 26, 2) + number(zip, local + 28, 2);
    if (data > zip.length || packed > zip.length - data) {
        return false;
    }
    *entry = (struct entry){.name = {zip.start + at + 46, name},
                            .packed = {zip.start + data, packed},
                            .size = number(zip, at + 24, 4),
                            .method = (uint16_t)number(zip, at + 10, 2)};
    return !memmem(entry->name.start, name, "..", 2);
}

static void read_directory(struct book *book)
{
    uint32_t count = 0;
    size_t at = find_directory(book->zip, &count);
    for (uint32_t i = 0; i < count && at + 46 <= book->zip.length; i++) {
        struct entry entry;
        if (memcmp(book->zip.start + at, "PK\1\2", 4) != 0) {
            return;
        }
        if (read_entry(book->zip, at, &entry)) {
            vector_push(&book->entries, entry);
        }
        at += 46 + number(book->zip, at + 28, 2) + number(book->zip, at + 30, 2) +
              number(book->zip, at + 32, 2);
    }
}

static bool inflate_entry(const struct entry *entry, struct buffer *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)entry->packed.start,
                       .avail_in = (uInt)entry->packed.length};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return false;
    }
    unsigned char part[16384];
    int status = Z_OK;
    while (status == Z_OK && out->length <= entry->size) {
        stream.next_out = part;
        stream.avail_out = sizeof part;
        status = inflate(&stream, Z_NO_FLUSH);
        buffer_add(out, (const char *)part, sizeof part - stream.avail_out);
    }
    inflateEnd(&stream);
    return out->length > 0;
}

/* A file of the book, as UTF-8. */
static bool unpack(struct book *book, struct bytes name, struct buffer *out)
{
    for (size_t i = 0; i < book->entries.count; i++) {
        const struct entry *entry = &book->entries.items[i];
        if (entry->name.length != name.length ||
            memcmp(entry->name.start, name.start, name.length)) {
            continue;
        }
        struct buffer raw = {0};
        if (entry->size > most_unpacked - book->unpacked) {
            return false;
        }
        if (entry->method == 0) {
            buffer_add(&raw, entry->packed.start, entry->packed.length);
        } else if (entry->method != 8 || !inflate_entry(entry, &raw)) {
            buffer_release(&raw);
            return false;
        }
        book->unpacked += raw.length < most_unpacked - book->unpacked
                              ? raw.length
                              : most_unpacked - book->unpacked;
        char declared[64];
        const char *label;
        bool says = charset_declared(buffer_string(&raw), raw.length, declared);
        charset_decode(out, buffer_string(&raw), raw.length, says ? declared : NULL, &label);
        buffer_release(&raw);
        return true;
    }
    return false;
}

/* ---- the package file ------------------------------------------------------------------------ */

/* The next tag of this name, prefix or not, from `at` on: where its attributes begin, and its end.
 */
static const char *next_tag(const char *at, const char *name, const char **end)
{
    size_t length = strlen(name);
    while ((at = strchr(at, '<')) != NULL) {
        const char *start = ++at, *colon = start + strcspn(start, ": \t\r\n/>");
        start = *colon == ':' ? colon + 1 : start;
        if (!strncmp(start, name, length) && strchr(" \t\r\n/>", start[length]) && start[length]) {
            *end = start + strcspn(start, ">");
            return start + length;
        }
    }
    return NULL;
}

static struct bytes tag_value(const char *at, const char *end, const char *key)
{
    size_t length = strlen(key);
    for (; at + length + 2 < end; at++) {
        if (strchr(" \t\r\n", at[0]) && !strncmp(at + 1, key, length) && at[1 + length] == '=') {
            const char *value = at + length + 2;
            const char *stop =
                value + 1 < end ? memchr(value + 1, *value, (size_t)(end - value - 1)) : NULL;
            if (stop && (*value == '"' || *value == '\'')) {
                return (struct bytes){value + 1, (size_t)(stop - value - 1)};
            }
        }
    }
    return (struct bytes){NULL, 0};
}

/* Text of the first element of this name. */
static bool tag_text(const char *package, const char *name, struct buffer *out)
{
    const char *end, *at = next_tag(package, name, &end);
    if (!at || *end != '>') {
        return false;
    }
    entities_strip(out, end + 1, strcspn(end + 1, "<"));
    return out->length > 0;
}

/* The href of the manifest's item with this id. */
static struct bytes find_item(const char *package, struct bytes id)
{
    const char *end;
    for (const char *at = package; (at = next_tag(at, "item", &end)) != NULL; at = end) {
        struct bytes here = tag_value(at, end, "id");
        if (here.length == id.length && id.length && !memcmp(here.start, id.start, id.length)) {
            return tag_value(at, end, "href");
        }
    }
    return (struct bytes){NULL, 0};
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte = (char)(byte | 32);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The path of a href, which counts from the package file's folder. */
static void resolve(struct buffer *out, const char *package, struct bytes href)
{
    const char *slash = strrchr(package, '/');
    buffer_add(out, package, slash ? (size_t)(slash + 1 - package) : 0);
    for (size_t i = 0; i < href.length && href.start[i] != '#'; i++) {
        const char *at = href.start + i;
        if (*at == '%' && i + 2 < href.length && hex_value(at[1]) >= 0 && hex_value(at[2]) >= 0) {
            buffer_addc(out, (char)(hex_value(at[1]) << 4 | hex_value(at[2])));
            i += 2;
        } else {
            buffer_addc(out, *at);
        }
    }
}

/* ---- chapters -------------------------------------------------------------------------------- */

static bool add_chapter(struct book *book, struct bytes path, struct builder *builder)
{
    struct buffer text = {0}, body = {0};
    struct html_page page;
    bool found = unpack(book, path, &text);
    if (found && html_open(&page, buffer_string(&text), text.length)) {
        for (uint32_t i = 0; i < page.count; i++) {
            if (page.nodes[i].tag == GUMBO_TAG_BODY) {
                html_simplify(&page, i, &body);
                break;
            }
        }
        html_close(&page);
        body_html(builder, buffer_string(&body), body.length, 0);
    }
    buffer_release(&text);
    buffer_release(&body);
    return found;
}

static unsigned add_spine(struct book *book, const char *package, const char *path,
                          struct builder *builder)
{
    unsigned chapters = 0;
    /* every chapter looks through the manifest: a longer one may have fewer */
    size_t tried = 0, most = SEARCH / (strlen(package) + 1);
    const char *end;
    most = most < CHAPTERS ? most : CHAPTERS;
    for (const char *at = package; (at = next_tag(at, "itemref", &end)) != NULL; at = end) {
        struct bytes aside = tag_value(at, end, "linear");
        struct buffer name = {0};
        if (tried++ >= most || builder_full(builder)) {
            break;
        }
        if (aside.length == 2 && !memcmp(aside.start, "no", 2)) {
            continue;
        }
        resolve(&name, path, find_item(package, tag_value(at, end, "idref")));
        chapters += add_chapter(book, (struct bytes){buffer_string(&name), name.length}, builder);
        buffer_release(&name);
    }
    return chapters;
}

static void add_head(const char *package, struct builder *builder)
{
    struct buffer text = {0};
    bool unknown;
    if (tag_text(package, "title", &text)) {
        builder_title(builder, text.data, text.length);
    }
    buffer_clear(&text);
    if (tag_text(package, "creator", &text)) {
        builder_byline(builder, text.data, text.length);
    }
    buffer_clear(&text);
    int64_t time =
        tag_text(package, "date", &text) ? date_parse(text.data, text.length, &unknown) : TIME_NONE;
    if (time != TIME_NONE) {
        builder_published(builder, time);
    }
    buffer_release(&text);
}

bool epub_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct book book = {.zip = {input->bytes, input->length}};
    struct buffer container = {0}, package = {0}, path = {0};
    static const char container_name[] = "META-INF/container.xml";
    unsigned chapters = 0;
    read_directory(&book);
    bool found =
        unpack(&book, (struct bytes){container_name, sizeof container_name - 1}, &container);
    const char *end = NULL,
               *at = found ? next_tag(buffer_string(&container), "rootfile", &end) : NULL;
    if (at) {
        struct bytes full = tag_value(at, end, "full-path");
        buffer_add(&path, full.start ? full.start : "", full.length);
        if (unpack(&book, (struct bytes){buffer_string(&path), path.length}, &package)) {
            add_head(buffer_string(&package), builder);
            chapters = add_spine(&book, buffer_string(&package), buffer_string(&path), builder);
        }
    }
    vector_release(&book.entries);
    buffer_release(&container);
    buffer_release(&package);
    buffer_release(&path);
    return chapters > 0 ||
           error_set(error, "'%s' holds no chapter that could be read", input->name);
}

unsigned epub_sniff(const struct import_input *input)
{
    static const char mark[] = "mimetypeapplication/epub+zip";
    size_t look = input->length < 256 ? input->length : 256;
    return look > 60 && !memcmp(input->bytes, "PK\3\4", 4) &&
                   memmem(input->bytes, look, mark, sizeof mark - 1)
               ? 100
               : 0;
}
