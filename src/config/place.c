/*
 * Where files are: the XDG directories, and the data beside the installed program.
 */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hearsay/config.h"

static const struct {
    const char *variable, *fallback;
} places[] = {
    [PLACE_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [PLACE_STATE] = {"XDG_STATE_HOME", ".local/state"},
    [PLACE_CACHE] = {"XDG_CACHE_HOME", ".cache"},
};

static const char *home_directory(void)
{
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/') {
        const struct passwd *user = getpwuid(getuid());
        home = user != NULL ? user->pw_dir : NULL;
    }
    return home != NULL && home[0] == '/' ? home : NULL;
}

char *place_path(enum place_kind kind, const char *name)
{
    struct buffer path = {0};
    const char *base = getenv(places[kind].variable);
    if (base != NULL && base[0] == '/') { /* the standard says: a relative one is to be ignored */
        buffer_adds(&path, base);
    } else {
        const char *home = home_directory();
        if (home == NULL) {
            return NULL;
        }
        buffer_printf(&path, "%s/%s", home, places[kind].fallback);
    }
    buffer_printf(&path, "/hearsay/%s", name);
    return buffer_detach(&path);
}

char *place_shared(const char *name)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return NULL;
    }
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash == NULL) {
        return NULL;
    }
    *slash = '\0';
    struct buffer path = {0};
    buffer_printf(&path, "%s/../share/hearsay/%s", program, name);
    return buffer_detach(&path);
}
