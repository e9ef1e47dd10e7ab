/*
 * archive: a zip file in memory. Names are paths within it, "/" between folders, as UTF-8.
 */
#ifndef IMPORT_ARCHIVE_H
#define IMPORT_ARCHIVE_H

#include "hearsay/import.h"

struct archive;

/* Loads libzip while there are files. */
void archive_prepare(const struct import_input *input);

/* Borrows the bytes. NULL, with a sentence: it is damaged, or libzip is not on this machine. */
struct archive *archive_open(const char *bytes, size_t length, struct error *error);
void archive_close(struct archive *archive); /* null is fine */

/* Unpacks a file onto `out`. False: there is none, it is damaged or locked, or there would be more
 * than 256 MiB of all files together. */
bool archive_read(struct archive *archive, const char *name, struct buffer *out);

#endif
