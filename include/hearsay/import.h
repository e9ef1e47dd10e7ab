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

struct import_watch; /* who follows an import, see src/import/formats.h */

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

/* ---- in a process of its own ----------------------------------------------------------------- */

/*
 * What strangers wrote is read in a child process with limits on memory, time and system calls
 * (src/import/lock.h), which may crash, hang or say anything: here it becomes one error. The
 * document can be read as soon as its beginning is known, and grows until import_is_done(); the
 * import owns it.
 *
 * The child is forked: begin before there are threads.
 */
struct import;

struct import_request {
    const char *path;   /* NULL or "-": standard input */
    const char *format; /* NULL or "auto": find out */
    bool items;         /* of a file with many articles: each a comment, its own comments below */
    unsigned memory_mb; /* of the child beyond the document; 0: no limit */
    unsigned seconds;   /* to read what has arrived; 0: no limit */
    int log;            /* a descriptor that takes what libraries say; 0: nobody wants it */
};

/* Opens the input and begins. NULL: it cannot be opened. */
struct import *import_begin(const struct import_request *request, struct error *error);

/* Waits until there is something to be read, or it is known that there never will be, at most so
 * many milliseconds (-1: as long as it takes). NULL without import_is_done(): not yet. */
const struct document *import_first(struct import *import, int milliseconds, struct error *error);

bool import_is_done(const struct import *import);

/* What was read up to now. */
struct import_progress {
    bool arriving;    /* the input is not all there yet */
    uint64_t bytes;   /* of it that are */
    unsigned percent; /* of it that has been understood; 0: not known */
};
struct import_progress import_progress(const struct import *import);

/* Readable when there is more, or when it is done; import_heed() makes it wait for news again. */
int import_descriptor_of_news(const struct import *import);
void import_heed(struct import *import);

/* Waits for the end. False: it did not come to a good one; what came before can be read. */
bool import_settle(struct import *import, struct error *error);

/* Appends lines about how the child was locked, what it needed and how it ended, once it has. */
void import_report(struct import *import, struct buffer *out);

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

/* Opens now whatever decoding these bytes may want to open later; for a process that is about to
 * lose its files. */
void charset_prepare(const char *bytes, size_t length);

#endif
