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

/* Whoever follows an import. Any function may be NULL. */
struct import_watch {
    /* A part has been published. False: the rest is not wanted any more. */
    bool (*told)(void *data, const struct document *document, unsigned percent);
    builder_told *follow; /* the same, of importers that build all at once */
    void (*chosen)(void *data, const struct import_format *importer);
    void *data;
    bool mapped; /* the input is a file's own pages: they may be given back when read */
    bool items;  /* see struct import_request */
    bool lent;   /* build in the memory file `image`, for another process */
    int image;
};

/* The same as import_bytes(), watched (NULL: by nobody), by an importer that need not be in the
 * table (NULL: find out). */
struct document *import_by(const struct import_input *input, const struct import_watch *watch,
                           const struct import_format *importer, struct error *error);

/* The importer of that name; `*importer` is NULL for NULL and "auto". */
bool import_format_named(const char *name, const struct import_format **importer,
                         struct error *error);

/* Opens and loads what the importer of these bytes may want to take from files later. */
void import_prepare(const struct import_input *input, const struct import_format *importer);

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
typedef void source_arrived(size_t bytes);
int source_open(const char *path, struct error *error); /* a descriptor, -1: it cannot be */
/* `arrived` is told how many bytes there are while they come; NULL: nobody asks. */
bool source_begin(struct source *source, int descriptor, const char *name, source_arrived *arrived,
                  struct error *error);
void source_end(struct source *source);
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

/* Parts of "feed". */
bool disqus_import(const struct import_input *input, struct builder *builder, struct error *error);
bool disqus_answers(const struct import_input *input); /* this is what its interface answers */
bool jsonfeed_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned jsonfeed_sniff(const struct import_input *input);
bool mbox_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned mbox_sniff(const struct import_input *input);
bool maildir_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned maildir_sniff(const struct import_input *input);
unsigned news_sniff(const struct import_input *input);

/* Parts of "wordpress", which is also XML. */
bool wordpress_rest_import(const struct import_input *input, struct builder *builder,
                           struct error *error);
unsigned wordpress_rest_sniff(const struct import_input *input);

bool markdown_import(const struct import_input *input, struct builder *builder,
                     struct error *error);
unsigned markdown_sniff(const struct import_input *input);

bool epub_import(const struct import_input *input, struct builder *builder, struct error *error);
unsigned epub_sniff(const struct import_input *input);

#endif
