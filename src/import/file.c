/*
 * file: files and descriptors -> bytes. Regular files are mapped, all else (pipes, devices, /proc)
 * is read to its end.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "formats.h"
#include "mailbox.h"

static const size_t most_bytes = UINT32_MAX - 4096u;

struct reason {
    int number;
    const char *text;
};

static const struct reason reasons[] = {
    {ENOENT, "no such file"},           {ENOTDIR, "no such file"},
    {EACCES, "no permission"},          {EPERM, "no permission"},
    {ELOOP, "too many symbolic links"}, {ENAMETOOLONG, "its name is too long"},
    {EMFILE, "too many open files"},    {ENXIO, "no such device"},
};

static const char *reason_text(int number)
{
    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++) {
        if (reasons[i].number == number) {
            return reasons[i].text;
        }
    }
    return strerror(number);
}

/* Adds what can be read at once, at least a byte. 0: the end; -1: see errno. */
static ssize_t read_some(struct buffer *bytes, int descriptor)
{
    char part[65536];
    ssize_t got;
    do {
        got = read(descriptor, part, sizeof part);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        buffer_add(bytes, part, (size_t)got);
    }
    return got;
}

static bool read_all(struct source *source, int descriptor, const char *name,
                     source_arrived *arrived, struct error *error)
{
    ssize_t got = 1;
    while (got > 0 && source->read.length <= most_bytes) {
        got = read_some(&source->read, descriptor);
        if (got > 0 && arrived) {
            arrived(source->read.length);
        }
    }
    if (got != 0) {
        buffer_release(&source->read);
        return got < 0 ? error_set(error, "cannot read '%s': %s", name, reason_text(errno))
                       : error_set(error, "'%s' is too large", name);
    }
    source->bytes = buffer_string(&source->read);
    source->length = source->read.length;
    return true;
}

static bool read_folder(struct source *source, int descriptor, const char *name,
                        struct error *error)
{
    if (!folder_gather(descriptor, &source->read)) {
        buffer_release(&source->read);
        return error_set(error, "'%s' is a directory, and there is no mail in it", name);
    }
    source->bytes = buffer_string(&source->read);
    source->length = source->read.length;
    return true;
}

bool source_begin(struct source *source, int descriptor, const char *name, source_arrived *arrived,
                  struct error *error)
{
    struct stat about;
    *source = (struct source){0};
    if (fstat(descriptor, &about) != 0) {
        return error_set(error, "cannot read '%s': %s", name, reason_text(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return read_folder(source, descriptor, name, error);
    }
    off_t at = S_ISREG(about.st_mode) ? lseek(descriptor, 0, SEEK_CUR) : -1;
    if (at != 0 || about.st_size <= 0) {
        return read_all(source, descriptor, name, arrived, error);
    }
    if ((uint64_t)about.st_size > most_bytes) {
        return error_set(error, "'%s' is too large", name);
    }
    size_t length = (size_t)about.st_size;
    char *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) {
        return read_all(source, descriptor, name, arrived, error);
    }
    source->bytes = bytes;
    source->length = length;
    source->mapped = true;
    return true;
}

void source_end(struct source *source)
{
    if (source->mapped) {
        munmap((void *)(uintptr_t)source->bytes, source->length);
    }
    buffer_release(&source->read);
}

struct document *import_descriptor(int descriptor, const char *name, const char *format,
                                   struct error *error)
{
    struct source source;
    if (!source_begin(&source, descriptor, name, NULL, error)) {
        return NULL;
    }
    struct import_input input = {source.bytes, source.length, name};
    struct import_watch watch = {.mapped = source.mapped};
    const struct import_format *importer;
    struct document *document = import_format_named(format, &importer, error)
                                    ? import_by(&input, &watch, importer, error)
                                    : NULL;
    source_end(&source);
    return document;
}

int source_open(const char *path, struct error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        error_set(error, "cannot open '%s': %s", path, reason_text(errno));
    }
    return descriptor;
}

struct document *import_file(const char *path, const char *format, struct error *error)
{
    int descriptor = source_open(path, error);
    if (descriptor < 0) {
        return NULL;
    }
    struct document *document = import_descriptor(descriptor, path, format, error);
    close(descriptor);
    return document;
}
