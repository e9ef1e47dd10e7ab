/*
 * save: a file of what is read, written whole or not at all.
 */
#ifndef HEARSAY_UI_SAVE_H
#define HEARSAY_UI_SAVE_H

#include "hearsay/command.h"

/* A file that is there is left as it is, unless the errand says so; and then it stays until the new
 * one has been written. `*bytes` tells how large it became. */
bool save_file(const struct errand *errand, size_t *bytes, struct error *error);

#endif
