/*
 * Where keymaps come from: the user's directory, the installed one, and those built in, so that the
 * program has keys even when nothing is installed. The built-in ones are the very files of
 * keymaps/, read by the same parser.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"
#include "keymap.h"

bool is_file_name(const char *name)
{
    size_t length = strlen(name);
    return strchr(name, '/') != NULL || (length > 4 && strcmp(name + length - 4, ".ini") == 0);
}

static struct ini *read_path(char *path, struct problems *problems)
{
    struct ini *ini = NULL;
    if (path != NULL && access(path, F_OK) == 0) {
        ini = ini_read_file(path, problems);
    }
    free(path);
    return ini;
}

static struct ini *read_builtin(const char *name, struct problems *problems)
{
    for (const struct keymap_builtin *at = keymap_builtins; at->name != NULL; at++) {
        if (strcmp(at->name, name) != 0) {
            continue;
        }
        struct buffer text = {0}, file = {0};
        for (const char *const *line = at->lines; *line != NULL; line++) {
            buffer_adds(&text, *line);
            buffer_addc(&text, '\n');
        }
        buffer_printf(&file, "%s.ini", name);
        struct ini *ini = ini_read_memory(file.data, buffer_string(&text), text.length, problems);
        buffer_release(&text);
        buffer_release(&file);
        return ini;
    }
    return NULL;
}

struct ini *keymap_file(const char *name, enum source *from, struct problems *problems)
{
    struct buffer path = {0};
    struct ini *ini = NULL;
    buffer_printf(&path, "keymaps/%s.ini", name);
    if (*from == SOURCE_USER) {
        ini = read_path(place_path(PLACE_CONFIG, path.data), problems);
        *from = ini != NULL ? SOURCE_USER : SOURCE_SHARED;
    }
    if (ini == NULL && *from == SOURCE_SHARED) {
        ini = read_path(place_shared(path.data), problems);
        *from = ini != NULL ? SOURCE_SHARED : SOURCE_BUILTIN;
    }
    if (ini == NULL && *from == SOURCE_BUILTIN) {
        ini = read_builtin(name, problems);
    }
    buffer_release(&path);
    return ini;
}

const char *keymap_builtin_name(size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (keymap_builtins[i].name == NULL) {
            return NULL;
        }
    }
    return keymap_builtins[number].name;
}
