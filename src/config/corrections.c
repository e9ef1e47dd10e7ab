/*
 * The file of corrections by hand that belongs to an input: found, read, and written at its end.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearsay/config.h"

#define MOST_BYTES (1u << 20)

/* ---- where it is --------------------------------------------------------------------- */

/* The part of a name after its last slash. */
static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : name;
}

/* Tells inputs of one name apart: FNV-1a of the whole name. */
static uint64_t name_hash(const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name != '\0'; name++) {
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    }
    return hash;
}

/* "corrections/NAME-HASH.hearsay" in the settings' directory; NULL: there is none. */
static char *kept_path(const char *input)
{
    struct buffer name = {0};
    char whole[PATH_MAX];
    const char *known = realpath(input, whole) != NULL ? whole : input; /* or an address */
    const char *part = last_part(known);
    size_t length = strcspn(part, "/");
    buffer_printf(&name, "corrections/%.*s-%08x.hearsay", (int)(length < 100 ? length : 100), part,
                  (unsigned)(name_hash(known) & 0xffffffffu));
    char *path = place_path(PLACE_CONFIG, buffer_string(&name));
    buffer_release(&name);
    return path;
}

static char *path_beside(const char *input)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s.hearsay", input);
    return buffer_detach(&path);
}

/* ---- reading and writing ------------------------------------------------------------ */

void corrections_open(struct corrections *corrections, const char *input, struct problems *problems)
{
    struct error error;
    *corrections = (struct corrections){0};
    if (input == NULL || strcmp(input, "-") == 0) {
        return;
    }
    corrections->path = path_beside(input);
    if (access(corrections->path, F_OK) != 0) {
        free(corrections->path);
        corrections->path = kept_path(input);
    }
    int descriptor = corrections->path != NULL ? open(corrections->path, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        if (!buffer_read(&corrections->text, descriptor, MOST_BYTES, &error)) {
            problems_add(problems, corrections->path, 0, "%s", error.message);
        }
        close(descriptor);
    } else if (corrections->path != NULL && errno != ENOENT && errno != ENOTDIR) {
        problems_add(problems, corrections->path, 0, "%s", strerror(errno));
    }
}

/* Makes the directories above a file, as far as they are missing. */
static void make_directories(const char *path)
{
    char *copy = xstrdup(path);
    for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0700); /* what cannot be made is told when the file is opened */
        *slash = '/';
    }
    free(copy);
}

/* In one piece, so that another reader of the same file cannot come between. */
static bool write_whole(const char *path, const struct buffer *text)
{
    make_directories(path);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return false;
    }
    ssize_t written = write(descriptor, text->data, text->length);
    bool closed = close(descriptor) == 0;
    return written == (ssize_t)text->length && closed;
}

bool corrections_append(struct corrections *corrections, const char *line, struct error *error)
{
    struct buffer added = {0};
    const struct buffer *text = &corrections->text;
    if (corrections->path == NULL) {
        return error_set(error, "this input has no file to keep corrections in");
    }
    if (text->length > 0 && text->data[text->length - 1] != '\n') {
        buffer_addc(&added, '\n');
    }
    buffer_printf(&added, "%s\n", line);
    bool done = write_whole(corrections->path, &added);
    if (done) {
        buffer_add(&corrections->text, added.data, added.length);
    } else {
        error_set(error, "cannot write '%s': %s", corrections->path, strerror(errno));
    }
    buffer_release(&added);
    return done;
}

void corrections_release(struct corrections *corrections)
{
    free(corrections->path);
    buffer_release(&corrections->text);
    corrections->path = NULL;
}
