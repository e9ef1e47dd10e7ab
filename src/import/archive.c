/*
 * Unpacked sizes are what a zip file says about itself: what really comes is counted.
 */
#include "archive.h"

#include <stdlib.h>
#include <zip.h>

#include "hearsay/later.h"

static const uint64_t most_unpacked = 256u << 20;

#define LIBRARY "libzip.so.4"

#define CALLS(X)                                                                                   \
    X(zip_discard)                                                                                 \
    X(zip_fclose)                                                                                  \
    X(zip_fopen_index)                                                                             \
    X(zip_fread)                                                                                   \
    X(zip_name_locate)                                                                             \
    X(zip_open_from_source)                                                                        \
    X(zip_source_buffer_create)                                                                    \
    X(zip_source_free)

struct archive {
    zip_t *zip;
    uint64_t unpacked; /* so far */
    CALLS(LATER_MEMBER)
};

static bool find_calls(struct archive *archive)
{
#define FIND(name) &&later_look(library, #name, &archive->name)
    void *library = later_open(LIBRARY);
    return library CALLS(FIND);
#undef FIND
}

static bool open_zip(struct archive *archive, const char *bytes, size_t length, struct error *error)
{
    if (!find_calls(archive)) {
        return error_set(error, "books need libzip (libzip4), which is not there");
    }
    zip_source_t *source = archive->zip_source_buffer_create(bytes, length, 0, NULL);
    archive->zip = source ? archive->zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    if (source && !archive->zip) {
        archive->zip_source_free(source);
    }
    return archive->zip || error_set(error, "it is no zip file, or a damaged one");
}

void archive_prepare(const struct import_input *input)
{
    (void)input;
    later_open(LIBRARY);
}

struct archive *archive_open(const char *bytes, size_t length, struct error *error)
{
    struct archive *archive = xcalloc(1, sizeof *archive);
    if (!open_zip(archive, bytes, length, error)) {
        free(archive);
        return NULL;
    }
    return archive;
}

void archive_close(struct archive *archive)
{
    if (archive) {
        archive->zip_discard(archive->zip);
        free(archive);
    }
}

bool archive_read(struct archive *archive, const char *name, struct buffer *out)
{
    zip_int64_t index = archive->zip_name_locate(archive->zip, name, 0);
    zip_file_t *file =
        index < 0 ? NULL : archive->zip_fopen_index(archive->zip, (zip_uint64_t)index, 0);
    char part[16384];
    zip_int64_t got = file ? 1 : -1;
    while (got > 0 && archive->unpacked < most_unpacked) {
        got = archive->zip_fread(file, part, sizeof part);
        buffer_add(out, part, got > 0 ? (size_t)got : 0);
        archive->unpacked += got > 0 ? (uint64_t)got : 0;
    }
    if (file) {
        archive->zip_fclose(file);
    }
    return got == 0 || (file && out->length > 0);
}
