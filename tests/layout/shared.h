/* Where the samples lie that are not part of the project: $HEARSAY_SHARED, else ../shared. */
#ifndef TESTS_LAYOUT_SHARED_H
#define TESTS_LAYOUT_SHARED_H

#include <stdio.h>
#include <stdlib.h>

/* Opens a sample; where it is absent says so and returns NULL: the caller skips. */
static inline FILE *shared_open(const char *name)
{
    const char *folder = getenv("HEARSAY_SHARED");
    char path[1024];
    snprintf(path, sizeof path, "%s/samples/%s", folder ? folder : "../shared", name);
    FILE *file = fopen(path, "r");
    if (!file)
        fprintf(stderr, "skipped: no sample '%s'\n", path);
    return file;
}

#endif
