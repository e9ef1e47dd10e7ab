/*
 * burst: a frame in one write. Curses hands what it has to the kernel at every movement of the
 * cursor, a hundred times a frame, and each time the terminal may wake up and draw that much. So
 * curses gets a descriptor of its own, and while it paints this is not the terminal but a file in
 * memory; what has gathered there is the frame.
 */
#ifndef HEARSAY_UI_BURST_H
#define HEARSAY_UI_BURST_H

#include <stdio.h>

#include "hearsay/base.h"

struct burst {
    FILE *stream; /* for newterm(); of a descriptor that is the terminal's or the file's */
    int terminal, memory;
    struct buffer bytes;
};

/* `terminal` is borrowed. False: no descriptors are left. */
bool burst_open(struct burst *burst, int terminal);
void burst_close(struct burst *burst);

/* Between these nothing reaches the terminal; then `bytes` has what was written to the stream.
 * Where there are no memory files it does at once, and `bytes` stays empty. */
void burst_begin(const struct burst *burst);
void burst_end(struct burst *burst);

#endif
