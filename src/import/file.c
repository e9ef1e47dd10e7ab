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

#include "hearsay/import.h"

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

static struct document *import_stream(int descriptor, const char *name, const char *format,
                                      struct error *error)
{
    struct buffer bytes = {0};
    struct error reading = {{0}};
    struct document *document = NULL;
    if (!buffer_read(&bytes, descriptor, most_bytes, &reading)) {
        error_set(error, "cannot read '%s': %s", name, reading.message);
    } else {
        struct import_input input = {buffer_string(&bytes), bytes.length, name};
        document = import_bytes(&input, format, error);
    }
    buffer_release(&bytes);
    return document;
}

struct document *import_descriptor(int descriptor, const char *name, const char *format,
                                   struct error *error)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0) {
        error_set(error, "cannot read '%s': %s", name, reason_text(errno));
        return NULL;
    }
    if (S_ISDIR(about.st_mode)) {
        error_set(error, "'%s' is a directory", name);
        return NULL;
    }
    off_t at = S_ISREG(about.st_mode) ? lseek(descriptor, 0, SEEK_CUR) : -1;
    if (at != 0 || about.st_size <= 0) {
        return import_stream(descriptor, name, format, error);
    }
    if ((uint64_t)about.st_size > most_bytes) {
        error_set(error, "'%s' is too large", name);
        return NULL;
    }
    size_t length = (size_t)about.st_size;
    char *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) {
        return import_stream(descriptor, name, format, error);
    }
    struct import_input input = {bytes, length, name};
    struct document *document = import_bytes(&input, format, error);
    munmap(bytes, length);
    return document;
}

struct document *import_file(const char *path, const char *format, struct error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        error_set(error, "cannot open '%s': %s", path, reason_text(errno));
        return NULL;
    }
    struct document *document = import_descriptor(descriptor, path, format, error);
    close(descriptor);
    return document;
}
