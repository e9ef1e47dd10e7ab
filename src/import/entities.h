/*
 * entities: HTML character references.
 */
#ifndef IMPORT_ENTITIES_H
#define IMPORT_ENTITIES_H

#include "hearsay/base.h"

/*
 * Decodes the reference at `text` (which begins with "&") into at most 8 bytes of UTF-8. Returns
 * how many bytes of `text` it took, 0 if it is none. Numbers 128 to 159 mean windows-1252.
 */
size_t entity_decode(const char *text, size_t length, char out[8], size_t *written);

/* The whole text with every reference decoded once. */
void entities_decode(struct buffer *out, const char *text, size_t length);

/* A title or a name: tags dropped, references decoded once, on one line. */
void entities_strip(struct buffer *out, const char *text, size_t length);

#endif
