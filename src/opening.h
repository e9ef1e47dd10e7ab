/*
 * The document of a run: what is imported, and of a file with many articles the one that is read.
 */
#ifndef HEARSAY_OPENING_H
#define HEARSAY_OPENING_H

#include "hearsay/config.h"
#include "hearsay/import.h"
#include "options.h"

struct opening {
    int log; /* a descriptor for what libraries say while they read; 0: none */
    struct import *import;
    const struct document *all; /* what was read, the import's; NULL until it is there */
    struct document *one;       /* the item of it that is shown, or NULL */
    struct document *nothing;   /* is shown until something is there, or NULL */
};

/* Opens the file or standard input and begins. `items`: many articles are wanted apart. */
bool opening_begin(struct opening *opening, const struct options *options,
                   const struct config *config, bool items, struct error *error);

/* Waits until there is something to read, so many milliseconds (-1: as long as it takes). Without
 * an error NULL means: not yet. */
const struct document *opening_first(struct opening *opening, int milliseconds,
                                     struct error *error);

/* Waits for all of it. */
bool opening_settle(struct opening *opening, struct error *error);

/* There are articles to choose from. */
bool opening_has_list(const struct opening *opening);

/* Shows item `number` (from 0) of the list; DOCUMENT_NONE: the list. NULL: there is none such. */
const struct document *opening_show(struct opening *opening, uint32_t number, struct error *error);

/* An empty document, to be shown until there is one. */
const struct document *opening_nothing(struct opening *opening, struct error *error);

/* What the importer has to say, to standard error: where an input is damaged or cut off. */
void opening_print_note(const struct document *document);

const char *opening_path(const struct options *options); /* NULL: standard input */
const char *opening_name(const struct options *options);
void opening_release(struct opening *opening);

#endif
