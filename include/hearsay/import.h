/*
 * import: bytes of any kind -> a document.
 *
 * A format is a row of one table: a name, a test that recognises it by content, an importer. What
 * comes in is hostile until the builder has cleaned it. Importers never abort on bad input: they
 * build what can be understood and say the rest in STRING_NOTE.
 */
#ifndef HEARSAY_IMPORT_H
#define HEARSAY_IMPORT_H

#include "hearsay/base.h"
#include "hearsay/document.h"

struct import_input {
    const char *bytes; /* as they were in the file; need not end in NUL */
    size_t length;
    const char *name; /* file name or address, for messages and as a hint; never NULL */
};

/* Whoever wants to see the document grow: told when a part of it has been published. False: the
 * rest is not wanted any more. */
struct import_watch {
    bool (*told)(void *data, const struct document *document, unsigned percent); /* or NULL */
    void *data;
    bool mapped; /* the input is a file's own pages: they may be given back when read */
};

struct import_format {
    const char *name; /* as in --format=NAME */
    const char *help; /* one line */
    /* How sure it is that this is its format, 0 (no) to 100, from the first bytes. */
    unsigned (*sniff)(const struct import_input *input);
    /* Reads valid UTF-8 text into the builder. False: nothing could be made of it. */
    bool (*import)(const struct import_input *input, struct builder *builder, struct error *error);
    bool raw; /* both get the bytes as they are: the format has its own charsets inside */
    /* Or NULL. Reads what is UTF-8 as far as one has looked, part by part (import_has_read()).
     * False: it must be read whole after all, nothing has been built yet. */
    bool (*stream)(const struct import_input *input, const struct import_watch *watch,
                   struct builder *builder);
};

/* The table, and how many rows it has. The last row is plain text, which takes everything. */
const struct import_format *import_formats(size_t *count);
const struct import_format *import_format_find(const char *name); /* NULL if there is none */

/*
 * A file, or what is left on a descriptor, or bytes -> a document. `format` NULL or "auto": find
 * out. The error names the file: no such file, a directory, an empty file, binary data, no
 * permission, ... The caller owns the document. Returns NULL on failure.
 */
struct document *import_file(const char *path, const char *format, struct error *error);
struct document *import_descriptor(int descriptor, const char *name, const char *format,
                                   struct error *error);
struct document *import_bytes(const struct import_input *input, const char *format,
                              struct error *error);

/* The same, watched; `watch` may be NULL. */
struct document *import_watched(const struct import_input *input, const struct import_watch *watch,
                                const char *format, struct error *error);

/* ---- beside the reader ----------------------------------------------------------------------- */

/*
 * The same in a thread of its own. The document can be read as soon as its beginning is known, and
 * grows until import_is_done(); the import owns it.
 */
struct import;

/* Opens the file (NULL or "-": standard input) and begins. NULL: it cannot be opened. */
struct import *import_begin(const char *path, const char *format, struct error *error);

/* Waits until there is something to be read. NULL: there never will be. */
const struct document *import_first(struct import *import, struct error *error);

bool import_is_done(const struct import *import);
unsigned import_percent(const struct import *import); /* of the input that has been read */

/* Readable when there is more, or when it is done; import_heed() makes it wait for news again. */
int import_descriptor_of_news(const struct import *import);
void import_heed(struct import *import);

/* Waits for the end. */
void import_settle(struct import *import);

/* Gives up what has not been read yet and frees the document. Null is fine. */
void import_end(struct import *import);

/* ---- for importers and their tests -------------------------------------------------- */

/*
 * Bytes in any charset -> UTF-8 (not cleaned). Order: byte order mark; zero bytes among the first
 * four; valid UTF-8; `declared` (a label, may be NULL); windows-1252. Bytes that fail become
 * U+FFFD.
 * `*label` names the charset that was used.
 */
void charset_decode(struct buffer *out, const char *bytes, size_t length, const char *declared,
                    const char **label);

/*
 * The label that a page or an XML file gives itself: <meta charset>, http-equiv, <?xml encoding?>,
 * within the first 64 KiB; other elements' charset attributes do not count. False: it gives none.
 */
bool charset_declared(const char *bytes, size_t length, char label[64]);

#endif
