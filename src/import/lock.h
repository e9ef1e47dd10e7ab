/*
 * lock: what a process that reads strangers' bytes may still do. Everything here is for good and
 * for the whole process: it belongs into the child that imports, see child.c.
 */
#ifndef IMPORT_LOCK_H
#define IMPORT_LOCK_H

#include "hearsay/base.h"

enum lock {
    LOCK_MEMORY = 1,    /* memory and processor time are limited */
    LOCK_FILES = 2,     /* Landlock: no file can be opened or made */
    LOCK_CALLS = 4,     /* seccomp: a few system calls are left, any other ends the process */
    LOCK_PRIVILEGE = 8, /* no new privileges, no core, no debugger of the same user */
};

/* Limits on memory (MB, 0: none), processor time (seconds, 0: none), files and cores. Returns the
 * set of enum lock that hold; a sanitizer's memory cannot be limited. */
unsigned lock_limits(unsigned memory_mb, unsigned seconds);

/* What is open stays open; nothing else can be opened. Returns the set of enum lock that hold: an
 * older kernel or a container may have none of it. */
unsigned lock_down(void);

/* Appends "memory, files, calls". */
void lock_describe(unsigned locks, struct buffer *out);

#endif
