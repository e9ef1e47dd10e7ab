/*
 * The importers, one pair of functions a format; the table in formats.c holds them.
 */
#ifndef IMPORT_FORMATS_H
#define IMPORT_FORMATS_H

#include "hearsay/import.h"

bool text_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned text_sniff(const struct import_input *input);

bool hn_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned hn_sniff(const struct import_input *input);
bool reddit_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned reddit_sniff(const struct import_input *input);
bool lobsters_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned lobsters_sniff(const struct import_input *input);
bool discourse_import(const struct import_input *input, struct builder *builder,
                      struct error *error);
unsigned discourse_sniff(const struct import_input *input);
bool wordpress_import(const struct import_input *input, struct builder *builder,
                      struct error *error);
unsigned wordpress_sniff(const struct import_input *input);
bool lemmy_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned lemmy_sniff(const struct import_input *input);
bool mastodon_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned mastodon_sniff(const struct import_input *input);

bool html_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned html_sniff(const struct import_input *input);

#endif
