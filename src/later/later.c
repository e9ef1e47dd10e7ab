#include "hearsay/later.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *later_open(const char *library)
{
    return dlopen(library, RTLD_LAZY | RTLD_NODELETE);
}

bool later_look(void *library, const char *name, void *call)
{
    void *found = dlsym(library, name);
    memcpy(call, &found, sizeof found);
    return found != NULL;
}

void *later_find(const char *library, const char *function)
{
    /* Opened again it is only looked up; it stays for as long as the program runs. */
    void *handle = later_open(library);
    void *found = handle ? dlsym(handle, function) : NULL;
    if (!found) {
        fprintf(stderr, "hearsay: %s\n", dlerror());
        exit(1);
    }
    dlclose(handle);
    return found;
}
