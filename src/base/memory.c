/*
 * Memory that is there or ends the program. exit() runs the handlers of atexit() in reverse, so the
 * message, registered first of all, is written when the terminal has long been put back.
 */
#include "hearsay/base.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t memory_is_exhausted; /* a flag for the exit handler, nothing else */

static void memory_report(void)
{
    static const char message[] = "hearsay: out of memory\n";
    if (memory_is_exhausted && write(STDERR_FILENO, message, sizeof message - 1) < 0)
        return; /* nobody is left to tell */
}

void memory_report_at_exit(void)
{
    atexit(memory_report);
}

void memory_exhausted(void)
{
    memory_is_exhausted = 1;
    exit(1);
}

void *xmalloc(size_t size)
{
    void *pointer = malloc(size ? size : 1);
    if (!pointer)
        memory_exhausted();
    return pointer;
}

void *xcalloc(size_t count, size_t size)
{
    void *pointer = calloc(count ? count : 1, size ? size : 1);
    if (!pointer)
        memory_exhausted();
    return pointer;
}

void *xreallocarray(void *pointer, size_t count, size_t size)
{
    void *grown = reallocarray(pointer, count ? count : 1, size ? size : 1);
    if (!grown)
        memory_exhausted();
    return grown;
}

char *xstrndup(const char *string, size_t length)
{
    char *copy = xmalloc(length + 1);
    if (length)
        memcpy(copy, string, length);
    copy[length] = '\0';
    return copy;
}

char *xstrdup(const char *string)
{
    return xstrndup(string, strlen(string));
}

void *vector_grown(void *items, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return items;
    size_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < wanted) {
        if (grown > SIZE_MAX / 2)
            memory_exhausted();
        grown *= 2;
    }
    *capacity = grown;
    return xreallocarray(items, grown, size);
}
