#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "~/x" is in the user's home. The caller frees. */
static char *whole_path(const char *path)
{
    const char *home = getenv("HOME");
    struct buffer whole = {0};
    bool at_home = path[0] == '~' && path[1] == '/' && home && home[0];
    buffer_printf(&whole, "%s%s", at_home ? home : "", at_home ? path + 1 : path);
    return buffer_detach(&whole);
}

/* Writes all and closes; false: errno says why. */
static bool write_to(int descriptor, const struct errand *errand, size_t *bytes)
{
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!file) {
        int reason = errno;
        if (descriptor >= 0)
            close(descriptor);
        errno = reason;
        return false;
    }
    errno = 0;
    errand_write(errand, file);
    bool written = fflush(file) == 0 && !ferror(file);
    int reason = errno;
    long end = ftell(file);
    *bytes = end < 0 ? errand->data.length : (size_t)end;
    if (fclose(file) != 0 && written) {
        reason = errno;
        written = false;
    }
    errno = reason;
    return written;
}

/* A file that is not there yet; what could not be written whole is taken away again. */
static bool write_new(const char *path, const struct errand *errand, size_t *bytes)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return false;
    if (write_to(descriptor, errand, bytes))
        return true;
    int reason = errno;
    unlink(path);
    errno = reason;
    return false;
}

#define PATIENCE_MS 2000 /* with whoever reads a pipe, but does not read on */

static bool write_bytes(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        struct pollfd room = {.fd = descriptor, .events = POLLOUT};
        int ready = poll(&room, 1, PATIENCE_MS);
        ssize_t wrote = ready > 0 ? write(descriptor, bytes, length) : -1;
        if (ready == 0)
            errno = ETIMEDOUT;
        if (wrote < 0 && errno != EINTR && errno != EAGAIN)
            return false;
        bytes += wrote > 0 ? wrote : 0;
        length -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

/* A device or a pipe: nobody may be reading there, and that is not waited for. */
static bool write_through(const char *path, const struct errand *errand, size_t *bytes)
{
    char *text = NULL;
    int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    FILE *memory = open_memstream(&text, bytes);
    if (memory)
        errand_write(errand, memory);
    bool done = memory && fclose(memory) == 0 && write_bytes(descriptor, text, *bytes);
    int reason = errno;
    close(descriptor);
    free(text);
    errno = reason;
    return done;
}

/* Beside it, then in its place. */
static bool write_over(const char *path, const struct errand *errand, size_t *bytes)
{
    struct stat found;
    char real[PATH_MAX];
    if (stat(path, &found) != 0)
        return write_new(path, errand, bytes);
    if (!S_ISREG(found.st_mode))
        return write_through(path, errand, bytes);
    if (access(path, W_OK) != 0 || !realpath(path, real))
        return false;
    struct buffer beside = {0};
    buffer_printf(&beside, "%s.XXXXXX", real);
    int descriptor = mkostemp(beside.data, O_CLOEXEC);
    bool done = descriptor >= 0 && fchmod(descriptor, found.st_mode & 07777) == 0;
    done = write_to(descriptor, errand, bytes) && done;
    done = done && rename(beside.data, real) == 0;
    int reason = errno;
    if (!done && descriptor >= 0)
        unlink(beside.data);
    buffer_release(&beside);
    errno = reason;
    return done;
}

static const char *reason_of(int reason)
{
    return reason == ENXIO ? "nobody reads from it" : strerror(reason);
}

bool save_file(const struct errand *errand, size_t *bytes, struct error *error)
{
    char *path = whole_path(errand->path);
    bool done =
        errand->overwrite ? write_over(path, errand, bytes) : write_new(path, errand, bytes);
    if (!done && errno == EEXIST)
        error_set(error, "'%s' is there already, ! writes over it", errand->path);
    else if (!done)
        error_set(error, "cannot write '%s': %s", errand->path, reason_of(errno));
    free(path);
    return done;
}
