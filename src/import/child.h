/*
 * child: the process that reads strangers' bytes. It is forked before there are threads, keeps the
 * descriptors below and no other, takes its limits, reads, shuts itself in (lock.h), and builds in
 * the memory file it was given. What it has to say goes through a pipe, one record at a time.
 */
#ifndef IMPORT_CHILD_H
#define IMPORT_CHILD_H

#include "formats.h"

/* The child's descriptors, by number. */
enum { CHILD_INPUT, CHILD_NEWS, CHILD_ERRORS, CHILD_IMAGE, CHILD_DESCRIPTORS };

struct task {
    const char *name;                     /* of the input, for messages */
    const struct import_format *importer; /* NULL: find out */
    bool items;                           /* see struct import_request */
    unsigned memory_mb, seconds;
    int descriptors[CHILD_DESCRIPTORS]; /* the parent's numbers */
};

enum news_kind {
    NEWS_ARRIVING, /* so many bytes of the input are there */
    NEWS_LOCKED,   /* enum lock: the input is read, the child is locked, its time runs */
    NEWS_FORMAT,   /* text: a name of the table */
    NEWS_PROGRESS, /* percent */
    NEWS_PART,     /* percent, extent */
    NEWS_END,      /* extent */
    NEWS_FAILED,   /* text: why */
    NEWS_KINDS
};

/* Written and read whole: less than a pipe splits. */
struct news {
    uint32_t kind, percent, locks;
    struct document_extent extent;
    uint64_t bytes;
    struct error text;
};

/* The same as import_begin(), by an importer that need not be in the table (NULL: find out). */
struct import *import_begin_by(const struct import_request *request,
                               const struct import_format *importer, struct error *error);

/* Does the task and ends the process. */
_Noreturn void child_run(const struct task *task);

#endif
