/*
 * A main for the harnesses where there is no fuzzer: gives every file of tests/fuzz/corpus/NAME to
 * the program fuzz_NAME, and every file also cut short at a few places, since truncated input is
 * the commonest accident. Says how it went in the words tests/run.sh counts.
 *
 *      fuzz_NAME [FILE]...
 */
#include "fuzz.h"

#include "hearsay/base.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MOST_BYTES (64u << 20)

static void replay(const char *path, const char *name)
{
    printf("[ RUN      ] %s\n", name);
    fflush(stdout);
    struct buffer bytes = {0};
    struct error error = {""};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || !buffer_read(&bytes, descriptor, MOST_BYTES, &error)) {
        printf("cannot read it %s\n[  FAILED  ] %s\n", error.message, name);
        exit(1);
    }
    close(descriptor);
    for (unsigned eighths = 0; eighths <= 8; eighths++) {
        /* A copy of the exact size, so that a sanitizer sees a byte too many. */
        size_t size = bytes.length * eighths / 8;
        uint8_t *copy = xmalloc(size);
        if (size)
            memcpy(copy, bytes.data, size);
        LLVMFuzzerTestOneInput(copy, size);
        free(copy);
    }
    buffer_release(&bytes);
    printf("[       OK ] %s\n", name);
}

static int is_case(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int count, char **arguments)
{
    for (int at = 1; at < count; at++)
        replay(arguments[at], arguments[at]);
    if (count > 1)
        return 0;

    const char *slash = strrchr(arguments[0], '/');
    const char *program = slash ? slash + 1 : arguments[0];
    const char *name = strncmp(program, "fuzz_", 5) ? program : program + 5;
    struct buffer folder = {0};
    buffer_printf(&folder, "tests/fuzz/corpus/%s", name);
    struct dirent **entries;
    int found = scandir(buffer_string(&folder), &entries, is_case, alphasort);
    if (found <= 0) {
        fprintf(stderr, "nothing in %s\n", buffer_string(&folder));
        return 1;
    }
    for (int at = 0; at < found; at++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s", buffer_string(&folder), entries[at]->d_name);
        replay(buffer_string(&path), entries[at]->d_name);
        buffer_release(&path);
        free(entries[at]);
    }
    free(entries);
    buffer_release(&folder);
    return 0;
}
