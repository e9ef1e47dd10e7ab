/*
 * The importers, one pair of functions a format; the table in formats.c holds them.
 */
#ifndef IMPORT_FORMATS_H
#define IMPORT_FORMATS_H

#include "hearsay/import.h"

bool text_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned text_sniff(const struct import_input *input);

#endif
