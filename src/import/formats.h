/*
 * The importers, one set of functions a format; the table in formats.c holds them.
 */
#ifndef IMPORT_FORMATS_H
#define IMPORT_FORMATS_H

#include "hearsay/import.h"

bool text_import(const struct import_input *input, struct builder *builder, struct error *error);
bool text_stream(const struct import_input *input, const struct import_watch *watch,
                 struct builder *builder);
unsigned text_sniff(const struct import_input *input);

/* Lets what was built be seen, gives the pages before byte `at` back, and tells whoever watches.
 * False: nobody wants the rest. */
bool import_has_read(const struct import_input *input, const struct import_watch *watch,
                     struct builder *builder, size_t at);

/* file.c: where the bytes come from. */
struct source {
    const char *bytes;
    size_t length;
    bool mapped;
    struct buffer read;
};
int source_open(const char *path, struct error *error); /* a descriptor, -1: it cannot be */
bool source_begin(struct source *source, int descriptor, const char *name, struct error *error);
void source_end(struct source *source);

#endif
