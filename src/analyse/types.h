/* What types.c and the trainer share. */
#ifndef ANALYSE_TYPES_H
#define ANALYSE_TYPES_H

/* A weight by hand of 1 is as much as this of the model's. */
#define HAND_SCALE 2

#endif
