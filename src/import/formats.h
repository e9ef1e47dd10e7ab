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

bool feed_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned feed_sniff(const struct import_input *input);

bool jsonfeed_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned jsonfeed_sniff(const struct import_input *input);
bool mbox_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned mbox_sniff(const struct import_input *input);
unsigned news_sniff(const struct import_input *input);

/* Parts of "wordpress", which is also XML. */
bool wordpress_rest_import(const struct import_input *input, struct builder *builder,
                           struct error *error);
unsigned wordpress_rest_sniff(const struct import_input *input);

bool markdown_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned markdown_sniff(const struct import_input *input);

#endif
