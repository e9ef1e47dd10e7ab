/*
 * The receiver: a document that another process builds, copied part by part.
 *
 * What the other process says is bounded before anything is read, what is read is copied before it
 * is looked at, and what is looked at is the copy. The text is copied in slices, and what was
 * copied is punched out of the other's memory file, so that it is never there twice.
 */
#include "image.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct receiver {
    int descriptor;
    const struct image *theirs; /* shared with the other process: read once, and copied */
    uint64_t size;
    struct document *document;
    struct document_extent extent; /* copied; counts of roots and ends of subtrees are our own */
    struct checked checked;
    VECTOR(uint32_t) path; /* the last comment and its ancestors, by depth */
    uint64_t punched;      /* bytes of the text */
};

#define SLICE (UINT32_C(1) << 20)
#define PAGE  UINT64_C(65536)

static bool has_room(uint64_t size)
{
    return size >= sizeof(struct image) && size < UINT64_C(1) << 42;
}

struct receiver *receiver_new(int descriptor, struct error *error)
{
    struct stat about;
    struct image plan;
    /* the file must not become shorter under our eyes */
    if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0 ||
        fstat(descriptor, &about) != 0 || !has_room((uint64_t)about.st_size)) {
        error_set(error, "there is no document");
        return NULL;
    }
    uint64_t size = (uint64_t)about.st_size;
    const struct image *theirs = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (theirs == MAP_FAILED) {
        error_set(error, "cannot map the document");
        return NULL;
    }
    memcpy(&plan, theirs, sizeof plan);
    int own = image_check_plan(&plan, size, error) ? document_file(error) : -1;
    plan = image_unwritten(&plan);
    struct document *document = own < 0 ? NULL : document_planned(own, &plan, error);
    if (!document) {
        munmap((void *)(uintptr_t)theirs, size);
        return NULL;
    }
    struct receiver *receiver = xcalloc(1, sizeof *receiver);
    receiver->descriptor = descriptor;
    receiver->theirs = theirs;
    receiver->size = size;
    receiver->document = document;
    return receiver;
}

static void receiver_release(struct receiver *receiver)
{
    munmap((void *)(uintptr_t)receiver->theirs, receiver->size);
    vector_release(&receiver->path);
    free(receiver);
}

void receiver_free(struct receiver *receiver)
{
    if (!receiver)
        return;
    document_free(receiver->document);
    receiver_release(receiver);
}

const struct document *receiver_document(const struct receiver *receiver)
{
    return receiver->document;
}

/* ---- copying --------------------------------------------------------------------------------- */

static void punch(struct receiver *receiver, uint32_t copied)
{
    uint64_t until = copied / PAGE * PAGE;
    uint64_t offset = receiver->document->image->regions[REGION_TEXT].offset;
    if (until > receiver->punched)
        fallocate(receiver->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                  (off_t)(offset + receiver->punched), (off_t)(until - receiver->punched));
    receiver->punched = until;
}

/* Where the regions lie is what our own header says: it was theirs, as it was checked. */
static void copy(struct receiver *receiver, enum region region, uint32_t from, uint32_t until)
{
    struct image *own = receiver->document->image;
    size_t size = image_element_size(region);
    uint64_t at = own->regions[region].offset + from * size;
    image_expect(own, region, from * size, until * size);
    memcpy((char *)own + at, (const char *)receiver->theirs + at, (until - from) * size);
}

static void copy_all(struct receiver *receiver, const struct document_extent *extent)
{
    for (int region = 0; region < REGIONS; region++) {
        uint32_t from = receiver->extent.counts[region], until = extent->counts[region];
        if (region == REGION_ROOTS)
            continue;
        while (region == REGION_TEXT && until - from > SLICE) {
            copy(receiver, REGION_TEXT, from, from + SLICE);
            from += SLICE;
            punch(receiver, from);
        }
        copy(receiver, (enum region)region, from, until);
    }
    punch(receiver, extent->counts[REGION_TEXT]);
}

/* The title and what goes with it stand at the beginning and do not change after that; strings and
 * a count may come later, and are left alone where they are the same, as others may be reading. */
static void copy_head(struct receiver *receiver)
{
    struct image *own = receiver->document->image, theirs;
    memcpy(&theirs, receiver->theirs, sizeof theirs);
    if (receiver->extent.counts[REGION_TEXT] == 0) {
        own->title = theirs.title;
        own->byline = theirs.byline;
        own->published = theirs.published;
        own->has_items = theirs.has_items != 0;
    }
    if (own->stated_comments != theirs.stated_comments)
        own->stated_comments = theirs.stated_comments;
    for (int which = 0; which < DOCUMENT_STRINGS; which++)
        if (memcmp(&own->strings[which], &theirs.strings[which], sizeof *own->strings) != 0)
            own->strings[which] = theirs.strings[which];
}

static bool grows(const struct receiver *receiver, const struct document_extent *extent)
{
    const struct image *own = receiver->document->image;
    for (int region = 0; region < REGIONS; region++)
        if (extent->counts[region] < receiver->extent.counts[region] && region != REGION_ROOTS)
            return false;
        else if (extent->counts[region] > own->regions[region].capacity)
            return false;
    return true;
}

/* ---- the tree: only depths are believed, and only as far as they can be ---------------------- */

static void close_path(struct receiver *receiver, uint32_t depth, uint32_t end)
{
    struct comment *comments = image_region(receiver->document->image, REGION_COMMENTS);
    while (receiver->path.count > depth)
        __atomic_store_n(&comments[receiver->path.items[--receiver->path.count]].end, end,
                         __ATOMIC_RELAXED);
}

static void add_root(struct receiver *receiver, struct document_extent *extent, uint32_t comment)
{
    uint32_t *roots = image_region(receiver->document->image, REGION_ROOTS);
    if (extent->counts[REGION_ROOTS] < receiver->document->image->regions[REGION_ROOTS].capacity)
        roots[extent->counts[REGION_ROOTS]++] = comment;
}

static void hang_comments(struct receiver *receiver, struct document_extent *extent)
{
    struct comment *comments = image_region(receiver->document->image, REGION_COMMENTS);
    uint32_t count = extent->counts[REGION_COMMENTS];
    extent->counts[REGION_ROOTS] = receiver->extent.counts[REGION_ROOTS];
    for (uint32_t at = receiver->extent.counts[REGION_COMMENTS]; at < count; at++) {
        struct comment *comment = &comments[at];
        uint32_t deepest = (uint32_t)receiver->path.count;
        comment->depth = comment->depth < deepest ? comment->depth : deepest;
        close_path(receiver, comment->depth, at);
        comment->end = 0;
        comment->parent = comment->depth ? receiver->path.items[comment->depth - 1] : DOCUMENT_NONE;
        if (comment->depth == 0)
            add_root(receiver, extent, at);
        vector_push(&receiver->path, at);
    }
}

/* After the check: the authors are there. */
static void count_authors(struct receiver *receiver, const struct document_extent *extent)
{
    const struct image *own = receiver->document->image;
    const struct comment *comments = image_region(own, REGION_COMMENTS);
    struct author *authors = image_region(own, REGION_AUTHORS);
    for (uint32_t at = receiver->extent.counts[REGION_AUTHORS]; at < extent->counts[REGION_AUTHORS];
         at++)
        authors[at].comment_count = 0;
    for (uint32_t at = receiver->extent.counts[REGION_COMMENTS];
         at < extent->counts[REGION_COMMENTS]; at++)
        if (comments[at].author != DOCUMENT_NONE) {
            uint32_t *count = &authors[comments[at].author].comment_count;
            __atomic_store_n(count, *count + 1, __ATOMIC_RELAXED);
        }
}

/* ---- together -------------------------------------------------------------------------------- */

bool receiver_take(struct receiver *receiver, const struct document_extent *wanted,
                   struct error *error)
{
    struct document_extent extent = *wanted;
    if (!grows(receiver, &extent))
        return error_set(error, "the document shrinks, or outgrows its room");
    copy_head(receiver);
    copy_all(receiver, &extent);
    hang_comments(receiver, &extent);
    if (!image_check_more(receiver->document, &extent, &receiver->checked, error))
        return false;
    count_authors(receiver, &extent);
    receiver->extent = extent;
    image_publish(receiver->document->image, &extent);
    return true;
}

struct document *receiver_finish(struct receiver *receiver)
{
    struct document *document = receiver->document;
    close_path(receiver, 0, receiver->extent.counts[REGION_COMMENTS]);
    document_seal(document);
    receiver_release(receiver);
    return document;
}
