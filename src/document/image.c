#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Room in each region for an input of T bytes. Text may grow while it is cleaned; of the rest an
 * input spells out each element: a block costs it two bytes at least, a run three, a comment six.
 * Where one manages with less the builder says it is full. Room costs nothing but addresses, and
 * those may be limited too: about 40 T in all.
 */
static const struct {
    uint32_t times, share; /* T * times / share elements */
} regions[REGIONS] = {
    [REGION_TEXT] = {4, 1},  [REGION_STRINGS] = {4, 1},  [REGION_BLOCKS] = {1, 2},
    [REGION_RUNS] = {1, 3},  [REGION_COMMENTS] = {1, 6}, [REGION_AUTHORS] = {1, 6},
    [REGION_LINKS] = {1, 6}, [REGION_ROOTS] = {1, 6},
};

#define PAGE      UINT64_C(65536) /* no machine's pages are larger */
#define TEXT_MOST UINT64_C(0xFFFF0000)
#define TEXT_FREE UINT64_C(0x100000)

static uint64_t page_ceiling(uint64_t bytes)
{
    return (bytes + PAGE - 1) / PAGE * PAGE;
}

static struct image image_empty(void)
{
    struct image empty = {.version = IMAGE_VERSION, .published = TIME_NONE, .stated_comments = -1};
    memcpy(empty.magic, IMAGE_MAGIC, sizeof empty.magic);
    return empty;
}

struct image image_unwritten(const struct image *plan)
{
    struct image empty = image_empty();
    empty.size = plan->size;
    for (int region = 0; region < REGIONS; region++) {
        empty.regions[region].offset = plan->regions[region].offset;
        empty.regions[region].capacity = plan->regions[region].capacity;
    }
    return empty;
}

static struct image image_plan(size_t text_bytes)
{
    uint64_t bytes = text_bytes > TEXT_MOST ? TEXT_MOST : text_bytes;
    struct image plan = image_empty();
    plan.size = page_ceiling(sizeof plan);
    for (int region = 0; region < REGIONS; region++) {
        uint64_t capacity = (bytes * regions[region].times + TEXT_FREE) / regions[region].share;
        capacity = capacity < TEXT_MOST ? capacity : TEXT_MOST;
        plan.regions[region].offset = plan.size;
        plan.regions[region].capacity = (uint32_t)capacity;
        plan.size += page_ceiling(capacity * image_element_size((enum region)region));
    }
    return plan;
}

int document_file(struct error *error)
{
    int descriptor = memfd_create("hearsay-document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        error_set(error, "cannot make a memory file: %s", strerror(errno));
    return descriptor;
}

struct document *document_planned(int descriptor, const struct image *plan, struct error *error)
{
    void *memory = MAP_FAILED;
    if (ftruncate(descriptor, (off_t)plan->size) == 0)
        memory = mmap(NULL, plan->size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        error_set(error, "cannot map a memory file: %s", strerror(errno));
        close(descriptor);
        return NULL;
    }
    struct document *document = xmalloc(sizeof *document);
    *document = (struct document){.image = memory, .descriptor = descriptor};
    memcpy(document->image, plan, sizeof *plan);
    return document;
}

struct document *document_new(int descriptor, size_t text_bytes, struct error *error)
{
    struct image plan = image_plan(text_bytes);
    return document_planned(descriptor, &plan, error);
}

void image_expect(const struct image *image, enum region region, uint64_t start, uint64_t end)
{
    uint64_t room = page_ceiling(image->regions[region].capacity * image_element_size(region));
    uint64_t first = start / PAGE * PAGE;
    end = end < room ? end : room;
    if (first < end)
        madvise((char *)image_region(image, region) + first, end - first, MADV_POPULATE_WRITE);
}

void image_publish(struct image *image, const struct document_extent *extent)
{
    for (int region = 0; region < REGIONS; region++)
        if (region != REGION_COMMENTS)
            atomic_store_explicit(&image->regions[region].count, extent->counts[region],
                                  memory_order_release);
    atomic_store_explicit(&image->article_start, extent->article.start, memory_order_release);
    atomic_store_explicit(&image->article_end, extent->article.end, memory_order_release);
    atomic_store_explicit(&image->article_blocks, extent->article_blocks, memory_order_release);
    atomic_store_explicit(&image->regions[REGION_COMMENTS].count, extent->counts[REGION_COMMENTS],
                          memory_order_release);
}

struct document_extent document_extent(const struct document *document)
{
    struct document_extent extent = {.article = document_article(document),
                                     .article_blocks = document_article_blocks(document)};
    for (int region = 0; region < REGIONS; region++)
        extent.counts[region] = image_count(document->image, (enum region)region);
    return extent;
}

/* A private mapping in the place of the shared one: it is the same pages, and no hindrance to the
 * seal against writing. Where there are no seals, the pages are at least read-only here. */
void document_seal(struct document *document)
{
    struct image *image = document->image;
    uint64_t size = image->size;
    atomic_store_explicit(&image->complete, 1, memory_order_release);
    if (mmap(image, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, document->descriptor, 0) ==
        MAP_FAILED)
        abort(); /* the old mapping is gone */
    fcntl(document->descriptor, F_ADD_SEALS,
          F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
}

void document_free(struct document *document)
{
    if (!document)
        return;
    munmap(document->image, document->image->size);
    close(document->descriptor);
    free(document);
}
