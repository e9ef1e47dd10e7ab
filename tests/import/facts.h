/*
 * Helpers for tests that compare documents with stated facts.
 */
#ifndef TESTS_IMPORT_FACTS_H
#define TESTS_IMPORT_FACTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/import.h"

/* The folder of samples beside the project, or $HEARSAY_SHARED; NULL, said aloud, if absent. */
static inline const char *shared_folder(char *path, size_t size, const char *inside)
{
    static const char *const places[] = {"../shared", "../../shared"};
    const char *given = getenv("HEARSAY_SHARED");
    for (size_t i = 0; i < 3; i++) {
        const char *place = i == 0 ? given : places[i - 1];
        if (!place)
            continue;
        snprintf(path, size, "%s/%s", place, inside);
        FILE *file = fopen(path, "r");
        if (file) {
            fclose(file);
            return path;
        }
    }
    printf("SKIPPED: no samples (%s) in ../shared or $HEARSAY_SHARED\n", inside);
    return NULL;
}

static inline char *copy_range(const struct document *document, struct range range)
{
    uint32_t length;
    return xstrndup(document_text(document, &length) + range.start, range.end - range.start);
}

/* Levels of the tree: 1 if all comments are on the article, 0 without comments. */
static inline uint32_t tree_levels(const struct document *document)
{
    uint32_t count, levels = 0;
    const struct comment *comments = document_comments(document, &count);
    for (uint32_t i = 0; i < count; i++)
        levels = comments[i].depth + 1 > levels ? comments[i].depth + 1 : levels;
    return levels;
}

/* The name of comment `index`; of the last one for DOCUMENT_NONE. Free it. */
static inline char *comment_name(const struct document *document, uint32_t index)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    index = index == DOCUMENT_NONE ? count - 1 : index;
    return index < count ? copy_range(document, comments[index].name) : xstrdup("");
}

enum { CELLS = 6 };

/* Cuts a table row in place; "\|" is a bar that parts nothing. */
static inline bool cut_row(char *line, char *cells[CELLS])
{
    unsigned count = 0;
    if (line[0] != '|')
        return false;
    for (char *at = line + 1; count < CELLS; at++) {
        char *start = at;
        while (*at && !(*at == '|' && at[-1] != '\\'))
            at++;
        if (!*at)
            return false;
        *at = '\0';
        while (*start == ' ')
            start++;
        for (char *end = at; end > start && end[-1] == ' ';)
            *--end = '\0';
        cells[count++] = start;
    }
    return true;
}

#endif
