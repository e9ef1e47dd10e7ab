/*
 * image: the memory a document lives in. One sparse memory file, mapped whole, a header and then a
 * region for each array, far enough apart that none ever has to move:
 *
 *      header | text ......| strings ......| blocks ......| runs | comments | authors | ...
 *
 * Pages nobody wrote cost nothing. The header's counts are what is published: they are stored with
 * release order after the elements are in place, so a reader in another process or thread that
 * loads them sees whole elements. The comments' count is stored last: what a comment refers to is
 * published before it.
 */
#ifndef HEARSAY_DOCUMENT_IMAGE_H
#define HEARSAY_DOCUMENT_IMAGE_H

#include "hearsay/document.h"

#include <stdatomic.h>

#define IMAGE_MAGIC   "hearsay\n"
#define IMAGE_VERSION 1u

enum region {
    REGION_TEXT,
    REGION_STRINGS,
    REGION_BLOCKS,
    REGION_RUNS,
    REGION_COMMENTS,
    REGION_AUTHORS,
    REGION_LINKS,
    REGION_ROOTS, /* indices of the comments on the article itself */
    REGIONS
};

struct image {
    char magic[8];
    uint32_t version;
    _Atomic uint32_t complete;
    uint64_t size; /* bytes of the whole file */
    struct {
        uint64_t offset;   /* from the image's start, a multiple of the page size */
        uint32_t capacity; /* elements */
        _Atomic uint32_t count;
    } regions[REGIONS];
    struct range title, byline;
    _Atomic uint32_t article_start, article_end, article_blocks; /* published as the counts are */
    uint32_t reserved;
    int64_t published, stated_comments;
    struct string_ref strings[DOCUMENT_STRINGS];
};

struct document {
    struct image *image;
    int descriptor; /* of the memory file */
};

/* Bytes of one element. */
size_t image_element_size(enum region region);

/* The first element. */
void *image_region(const struct image *image, enum region region);

/* How many elements are published. */
static inline uint32_t image_count(const struct image *image, enum region region)
{
    return atomic_load_explicit(&image->regions[region].count, memory_order_acquire);
}

/* An empty document with room for about `text_bytes` of text. */
struct document *document_new(size_t text_bytes, struct error *error);

/* Nothing will be written any more: the pages become read-only. */
void document_seal(struct document *document);

#endif
