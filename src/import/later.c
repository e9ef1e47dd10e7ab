#include "later.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

void *later_find(const char *library, const char *function)
{
    /* Opened again it is only looked up; it stays for as long as the program runs. */
    void *handle = dlopen(library, RTLD_LAZY | RTLD_NODELETE);
    void *found = handle ? dlsym(handle, function) : NULL;
    if (!found) {
        fprintf(stderr, "hearsay: %s\n", dlerror());
        exit(1);
    }
    dlclose(handle);
    return found;
}
