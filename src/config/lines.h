/* What the line check hands to the reader of ini files, within the room. */
#ifndef CONFIG_LINES_H
#define CONFIG_LINES_H

#include "hearsay/config.h"

/* A setting as the line check sees it; everything points into the copy of the file. */
struct line {
    const char *section, *key, *value; /* the value as it stands, with its quotes */
    uint32_t number;
    bool cut, repeated;
};

struct check { /* start with file and problems set, all else zero */
    const char *file;
    struct problems *problems;
    const char *section; /* NULL before the first; "" after a broken header */
    VECTOR(struct line) lines;
    VECTOR(struct ini_section) sections;
    bool full; /* too many, and said so */
};

/*
 * Looks at every line. `text` has `length` bytes and a NUL after them; it is cut into strings,
 * which the lines and sections point to. What is wrong is reported.
 */
void lines_check(struct check *check, char *text, size_t length);

#endif
