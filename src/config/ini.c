/*
 * Reading ini files: a line check, then iniparser.
 *
 * iniparser gives a whole file up for one bad line, does not tell line numbers, reads past a
 * missing quote, cuts values at '#', joins lines that end in a backslash and lets the last of two
 * settings win without a word. So each line is looked at first. What does not pass is reported and
 * left out; what passes is written anew, in a form every version of iniparser reads alike, to a
 * memory file, and that is what iniparser parses:
 *
 *      bytes -> lines -> lines_check() -> lines with section, key, value -> drop_repeated()
 *                            |                                                |
 *                         problems                          memory file -> iniparser -> values
 *
 * Everything is linear but for iniparser itself, whose dictionary is a list: INI_MOST_ENTRIES keeps
 * that within milliseconds.
 */
#include <errno.h>
#include <fcntl.h>
#include <iniparser/iniparser.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lines.h"

/* What ini->memory holds: all strings of the entries. */
struct ini_memory {
    char *text;   /* the copy of the file, cut into strings */
    char *values; /* all values, one after the other, each with its NUL */
};

/* ---- the same thing set twice ------------------------------------------------------- */

static int compare_lines(const void *one, const void *other)
{
    const struct line *a = *(struct line *const *)one, *b = *(struct line *const *)other;
    int order = strcmp(a->section, b->section);
    order = order != 0 ? order : strcmp(a->key, b->key);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

/* Sorted by what they set, the same things are neighbours: linear enough for any file. */
static void drop_repeated(struct check *check)
{
    size_t count = check->lines.count;
    struct line **sorted = xreallocarray(NULL, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &check->lines.items[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_lines);
    for (size_t i = 1, first = 0; i < count; i++) {
        struct line *line = sorted[i];
        if (strcmp(line->section, sorted[first]->section) != 0 ||
            strcmp(line->key, sorted[first]->key) != 0) {
            first = i;
            continue;
        }
        line->repeated = true;
        problems_add(check->problems, check->file, line->number,
                     "'%s' was set before, at line %u; this line is left out", line->key,
                     (unsigned)sorted[first]->number);
    }
    free(sorted);
}

/* ---- iniparser ---------------------------------------------------------------------- */

static void write_clean(const struct check *check, struct buffer *out)
{
    const char *section = NULL;
    for (size_t i = 0; i < check->lines.count; i++) {
        const struct line *line = &check->lines.items[i];
        if (line->repeated) {
            continue;
        }
        if (line->section != section) {
            buffer_printf(out, "[%s]\n", line->section);
            section = line->section;
        }
        buffer_printf(out, "%s = %s\n", line->key, line->value[0] != '\0' ? line->value : "\"\"");
    }
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t wrote = write(descriptor, bytes + done, length - done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

/* iniparser loads by file name only, and folds names by the locale: in tr_TR "I" is not "i". */
static dictionary *parse(const char *bytes, size_t length)
{
    char name[64];
    dictionary *parsed = NULL;
    int descriptor = memfd_create("settings", MFD_CLOEXEC);
    if (descriptor < 0) {
        return NULL;
    }
    if (write_all(descriptor, bytes, length)) {
        snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
        parsed = iniparser_load(name);
    }
    close(descriptor);
    return parsed;
}

/* Turns the good lines into entries; their values are what iniparser says they are. */
static void take_values(struct ini *ini, const struct check *check, dictionary *parsed,
                        struct buffer *values)
{
    struct buffer name = {0};
    size_t *places = xcalloc(check->lines.count, sizeof *places);
    for (size_t i = 0; i < check->lines.count; i++) {
        const struct line *line = &check->lines.items[i];
        buffer_clear(&name);
        buffer_printf(&name, "%s:%s", line->section, line->key);
        const char *value =
            line->repeated ? NULL : iniparser_getstring(parsed, buffer_string(&name), NULL);
        if (value == NULL) {
            continue;
        }
        places[ini->count] = values->length;
        ini->entries[ini->count++] = (struct ini_entry){
            .section = line->section, .key = line->key, .line = line->number, .cut = line->cut};
        buffer_add(values, value, strlen(value) + 1);
    }
    for (size_t i = 0; i < ini->count; i++) { /* only now nothing moves any more */
        ini->entries[i].value = values->data + places[i];
    }
    free(places);
    buffer_release(&name);
}

static void fill_values(struct ini *ini, const struct check *check)
{
    struct ini_memory *memory = ini->memory;
    struct buffer clean = {0}, values = {0};
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before = uselocale(plain);
    write_clean(check, &clean);
    dictionary *parsed = parse(buffer_string(&clean), clean.length);
    if (parsed == NULL) {
        problems_add(check->problems, check->file, 0, "this file could not be parsed");
    } else {
        ini->entries = xcalloc(check->lines.count, sizeof *ini->entries);
        take_values(ini, check, parsed, &values);
        iniparser_freedict(parsed);
    }
    uselocale(before);
    if (plain != (locale_t)0) {
        freelocale(plain);
    }
    memory->values = buffer_detach(&values);
    buffer_release(&clean);
}

/* ---- doors -------------------------------------------------------------------------- */

struct ini *ini_read_memory(const char *file, const char *bytes, size_t length,
                            struct problems *problems)
{
    struct ini *ini = xcalloc(1, sizeof *ini);
    struct ini_memory *memory = xcalloc(1, sizeof *memory);
    struct check check = {.file = file, .problems = problems};
    if (length > INI_MOST_BYTES) {
        problems_add(problems, file, 0, "the file is too long; only its first %u bytes were read",
                     INI_MOST_BYTES);
        length = INI_MOST_BYTES;
    }
    ini->file = xstrdup(file);
    ini->memory = memory;
    memory->text = xmalloc(length + 1);
    memcpy(memory->text, length > 0 ? bytes : "", length);
    memory->text[length] = '\0';
    lines_check(&check, memory->text, length);
    drop_repeated(&check);
    if (check.lines.count > 0) {
        fill_values(ini, &check);
    }
    vector_release(&check.lines);
    ini->section_count = check.sections.count;
    ini->sections = check.sections.items;
    return ini;
}

static bool open_settings(const char *path, int *descriptor, struct problems *problems)
{
    struct stat about;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (*descriptor >= 0 && fstat(*descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
        close(*descriptor);
        errno = EISDIR;
        *descriptor = -1;
    }
    if (*descriptor < 0) {
        const char *reason = errno == ENOENT   ? "there is no such file"
                             : errno == EACCES ? "no permission to read it"
                             : errno == EISDIR ? "this is a directory"
                                               : strerror(errno);
        problems_add(problems, path, 0, "%s", reason);
    }
    return *descriptor >= 0;
}

struct ini *ini_read_file(const char *path, struct problems *problems)
{
    int descriptor;
    struct buffer bytes = {0};
    struct error error;
    struct ini *ini = NULL;
    if (!open_settings(path, &descriptor, problems)) {
        return NULL;
    }
    if (buffer_read(&bytes, descriptor, INI_MOST_BYTES, &error)) {
        ini = ini_read_memory(path, buffer_string(&bytes), bytes.length, problems);
    } else {
        problems_add(problems, path, 0, "%s", error.message);
    }
    close(descriptor);
    buffer_release(&bytes);
    return ini;
}

void ini_free(struct ini *ini)
{
    if (ini == NULL) {
        return;
    }
    struct ini_memory *memory = ini->memory;
    free(memory->text);
    free(memory->values);
    free(memory);
    free(ini->entries);
    free(ini->sections);
    free(ini->file);
    free(ini);
}
