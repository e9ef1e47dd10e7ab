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
#define IMAGE_VERSION 2u

/* Seconds since 1970: the years 1 to 9999. */
#define TIME_LEAST INT64_C(-62135596800)
#define TIME_MOST  INT64_C(253402300799)

_Static_assert(sizeof(struct document_extent) == sizeof(uint32_t) * (DOCUMENT_REGIONS + 3),
               "what is sent to another process has no gaps");

enum region {
    REGION_TEXT,
    REGION_STRINGS,
    REGION_BLOCKS,
    REGION_RUNS,
    REGION_COMMENTS,
    REGION_AUTHORS,
    REGION_LINKS,
    REGION_ROOTS, /* indices of the comments on the article itself */
    REGIONS       /* as many as DOCUMENT_REGIONS */
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
    uint32_t has_items; /* the comments on the article are articles themselves */
    int64_t published, stated_comments;
    struct string_ref strings[DOCUMENT_STRINGS];
};

struct document {
    struct image *image;
    int descriptor; /* of the memory file */
};

/* Bytes of one element. */
static inline size_t image_element_size(enum region region)
{
    static const uint8_t sizes[REGIONS] = {
        [REGION_TEXT] = 1,
        [REGION_STRINGS] = 1,
        [REGION_BLOCKS] = sizeof(struct block),
        [REGION_RUNS] = sizeof(struct run),
        [REGION_COMMENTS] = sizeof(struct comment),
        [REGION_AUTHORS] = sizeof(struct author),
        [REGION_LINKS] = sizeof(struct string_ref),
        [REGION_ROOTS] = sizeof(uint32_t),
    };
    return sizes[region];
}

/* The first element. */
static inline void *image_region(const struct image *image, enum region region)
{
    return (char *)(uintptr_t)image + image->regions[region].offset;
}

/* How many elements are published. */
static inline uint32_t image_count(const struct image *image, enum region region)
{
    return atomic_load_explicit(&image->regions[region].count, memory_order_acquire);
}

/* An empty document with room for about `text_bytes` of text, in a memory file that is empty and
 * the document's from now on. */
struct document *document_new(int descriptor, size_t text_bytes, struct error *error);

/* The same with the header's word for what goes where. */
struct document *document_planned(int descriptor, const struct image *plan, struct error *error);

/* A header with the same places and nothing in them. */
struct image image_unwritten(const struct image *plan);

/* Lets readers see so much. */
void image_publish(struct image *image, const struct document_extent *extent);

/* Bytes [start, end) of a region are about to be written: their pages come at once, as a fault for
 * each would cost several times as much. Nothing is lost where the kernel cannot do that. */
void image_expect(const struct image *image, enum region region, uint64_t start, uint64_t end);

/* Nothing will be written any more: the pages become read-only, and the memory file is sealed. */
void document_seal(struct document *document);

/* ---- checking, part by part ------------------------------------------------------------------ */

/* What has been found right so far; {0} in the beginning. */
struct checked {
    struct document_extent extent;
    uint32_t block_end, run_end, item_end; /* of the last one of each, in the text */
    uint32_t next_block;                   /* the first that is no item's yet */
};

/* Where the regions lie, within `size` bytes. Nothing of the image but its header is looked at. */
bool image_check_plan(const struct image *image, uint64_t size, struct error *error);

/* What `extent` has more than `checked`, which then becomes the same. */
bool image_check_more(const struct document *document, const struct document_extent *extent,
                      struct checked *checked, struct error *error);

#endif
