/*
 * epub: a zip with a package file that names the chapters in order. All chapters together are the
 * article.
 *
 *      META-INF/container.xml -> the package file -> its spine -> ids -> its manifest -> files
 *
 * A path that leads out of the book, or a chapter that is locked, costs that chapter.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "archive.h"
#include "body_html.h"
#include "dates.h"
#include "entities.h"
#include "formats.h"
#include "html.h"

enum { CHAPTERS = 2000, SEARCH = 400000000 };

struct bytes {
    const char *start;
    size_t length;
};

struct book {
    struct archive *archive;
    struct buffer locked; /* META-INF/encryption.xml: names what is */
    unsigned chapters, closed;
};

/* A file of the book, as UTF-8. */
static bool unpack(const struct book *book, const char *name, struct buffer *out)
{
    struct buffer raw = {0};
    char declared[64];
    const char *label;
    bool found = !strstr(name, "..") && archive_read(book->archive, name, &raw);
    if (found) {
        bool says = charset_declared(buffer_string(&raw), raw.length, declared);
        charset_decode(out, buffer_string(&raw), raw.length, says ? declared : NULL, &label);
    }
    buffer_release(&raw);
    return found;
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

/* Fonts may be locked too; that is no loss here. */
static bool is_locked(const struct book *book, const char *path)
{
    struct buffer reference = {0};
    buffer_printf(&reference, "URI=\"%s\"", path);
    bool locked = strstr(buffer_string(&book->locked), buffer_string(&reference)) != NULL;
    buffer_release(&reference);
    return locked;
}

static void add_chapter(struct book *book, const char *path, struct builder *builder)
{
    struct buffer text = {0}, body = {0};
    struct html_page page;
    if (is_locked(book, path)) {
        book->closed++;
        return;
    }
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
    book->chapters += found;
    buffer_release(&text);
    buffer_release(&body);
}

static void add_spine(struct book *book, const char *package, const char *path,
                      struct builder *builder)
{
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
        add_chapter(book, buffer_string(&name), builder);
        buffer_release(&name);
    }
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

/* The package file's path, from the container's. */
static bool find_package(const struct book *book, struct buffer *path, struct buffer *package)
{
    struct buffer container = {0};
    const char *end = NULL, *at = unpack(book, "META-INF/container.xml", &container)
                                      ? next_tag(buffer_string(&container), "rootfile", &end)
                                      : NULL;
    struct bytes full = at ? tag_value(at, end, "full-path") : (struct bytes){NULL, 0};
    buffer_add(path, full.start ? full.start : "", full.length);
    bool found = full.length > 0 && unpack(book, path->data, package);
    if (full.length > 0 && !found) { /* it should be a path, but some write an address */
        buffer_clear(path);
        resolve(path, "", full);
        found = unpack(book, path->data, package);
    }
    buffer_release(&container);
    return found;
}

static void read_book(struct book *book, struct builder *builder)
{
    struct buffer path = {0}, package = {0};
    unpack(book, "META-INF/encryption.xml", &book->locked);
    if (find_package(book, &path, &package)) {
        add_head(buffer_string(&package), builder);
        add_spine(book, buffer_string(&package), buffer_string(&path), builder);
    }
    buffer_release(&path);
    buffer_release(&package);
    buffer_release(&book->locked);
}

bool epub_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct error why = {""};
    struct book book = {.archive = archive_open(input->bytes, input->length, &why)};
    if (!book.archive) {
        return error_set(error, "'%s' cannot be read: %s", input->name, why.message);
    }
    read_book(&book, builder);
    archive_close(book.archive);
    if (book.chapters == 0) {
        return error_set(error,
                         book.closed ? "'%s' is locked: its chapters are encrypted"
                                     : "'%s' holds no chapter that could be read",
                         input->name);
    }
    if (book.closed) {
        char note[80];
        int length = snprintf(note, sizeof note, "%u of its chapters are locked", book.closed);
        builder_meta(builder, STRING_NOTE, note, (size_t)length);
    }
    return true;
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
