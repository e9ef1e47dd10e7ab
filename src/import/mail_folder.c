/*
 * A folder is walked breadth first, each level in the order of its names: maildir's begin with the
 * time. The stream is a line that says what it is, then each file as "SIZE NAME\n" and its bytes.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "formats.h"
#include "mailbox.h"

static const char signature[] = "hearsay: a folder of messages\n";
enum {
    SIGNATURE = sizeof signature - 1,
    FOLDERS = 10000,
    TRIES = 200, /* files that are no messages, before it is given up */
};
static const size_t most_message = 256u << 20, most_bytes = UINT32_MAX - 4096u;

/* ---- reading it ------------------------------------------------------------------------------ */

bool folder_is(const char *bytes, size_t length)
{
    return length >= SIGNATURE && !memcmp(bytes, signature, SIGNATURE);
}

bool folder_next(const char *bytes, size_t length, size_t *at, struct folder_member *member)
{
    *at = *at ? *at : SIGNATURE;
    const char *line = bytes + *at, *feed = *at < length ? memchr(line, '\n', length - *at) : NULL;
    if (!feed) {
        return false;
    }
    if (*line < '0' || *line > '9') { /* strtoul() would pass over blanks and lines */
        return false;
    }
    char *blank;
    size_t size = strtoul(line, &blank, 10), left = (size_t)(bytes + length - feed - 1);
    if (blank > feed || *blank != ' ') {
        return false;
    }
    size = size < left ? size : left;
    *member = (struct folder_member){.bytes = feed + 1,
                                     .length = size,
                                     .name = blank + 1,
                                     .name_length = (size_t)(feed - blank - 1)};
    *at = (size_t)(feed + 1 - bytes) + size;
    return true;
}

/* ---- making it ------------------------------------------------------------------------------- */

struct walk {
    int root;
    VECTOR(char *) folders; /* below the root, in the order they are read */
    bool maildir;
    unsigned strangers; /* files that were no messages */
    unsigned messages;
    struct buffer *out;
};

static bool is_folder(int directory, const char *name)
{
    struct stat about;
    return fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(about.st_mode);
}

static bool is_message(const struct buffer *bytes, const char *name)
{
    struct import_input input = {buffer_string(bytes), bytes->length, name};
    return mbox_sniff(&input) > 0;
}

static void add_file(struct walk *walk, int directory, const char *name)
{
    struct stat about;
    struct buffer bytes = {0};
    struct error unread;
    int descriptor = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        return;
    }
    bool read = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
                buffer_read(&bytes, descriptor, most_message, &unread);
    close(descriptor);
    if (read && is_message(&bytes, name) && bytes.length < most_bytes - walk->out->length) {
        buffer_printf(walk->out, "%zu %s\n", bytes.length, name);
        buffer_add(walk->out, bytes.data, bytes.length);
        walk->messages++;
    } else {
        walk->strangers++;
    }
    buffer_release(&bytes);
}

static void add_folder(struct walk *walk, const char *path, const char *name)
{
    struct buffer below = {0};
    if (walk->maildir && strcmp(name, "tmp") != 0 && walk->folders.count < FOLDERS) {
        buffer_printf(&below, "%s/%s", path, name);
        char *kept = buffer_detach(&below);
        vector_push(&walk->folders, kept);
    }
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && !strchr(entry->d_name, '\n');
}

static void read_folder(struct walk *walk, const char *path)
{
    struct dirent **entries;
    int directory = openat(walk->root, path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    int count = directory < 0 ? -1 : scandirat(directory, ".", &entries, is_shown, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (is_folder(directory, name)) {
            add_folder(walk, path, name);
        } else if (walk->messages > 0 || walk->strangers < TRIES) {
            add_file(walk, directory, name);
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
    if (directory >= 0) {
        close(directory);
    }
}

bool folder_gather(int directory, struct buffer *out)
{
    struct walk walk = {.root = directory, .out = out};
    char *top = xstrdup(".");
    walk.maildir = is_folder(directory, "cur") || is_folder(directory, "new");
    vector_push(&walk.folders, top);
    buffer_add(out, signature, SIGNATURE);
    for (size_t i = 0; i < walk.folders.count; i++) {
        read_folder(&walk, walk.folders.items[i]);
        free(walk.folders.items[i]);
    }
    vector_release(&walk.folders);
    return walk.messages > 0;
}
