/* What types.c and the trainer (tools/train.c) share. */
#ifndef ANALYSE_TYPES_H
#define ANALYSE_TYPES_H

#include "seen.h"

/* A weight by hand of 1 is as much as this of the model's. */
#define HAND_SCALE 2

/* The weights by hand, a row for each feature that has a name. */
void types_by_hand(int16_t weights[FEATURE_COUNT][ENTITY_TYPES]);

#endif
