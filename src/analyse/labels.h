/*
 * What stands before a speech in a transcript:
 *
 *      WALLACE: Did you know?          loud: in capitals; two of them make a transcript
 *      Solberg: I did not.             plain: only where they come again and again, and in turns
 */
#ifndef ANALYSE_LABELS_H
#define ANALYSE_LABELS_H

#include "internal.h"

struct labels {
    struct counts plain; /* how often a paragraph begins with these words and a colon */
    bool plain_too;      /* whether such ones are labels here */
};

/* Looks at the window's paragraphs, and notes in the analysis whether it is a transcript. */
void labels_find(struct analysis *a, struct labels *labels);
void labels_release(struct labels *labels);

/* The token behind a paragraph's label; NONE where it begins with none. */
uint32_t label_end(const struct analysis *a, const struct labels *labels,
                   const struct paragraph *p);

#endif
