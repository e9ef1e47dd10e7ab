/* Actions kept for later, one after the other: those that wait, and those to be done again. */
#include "internal.h"

#include <stdlib.h>

void steps_add(struct steps *steps, uint32_t action, int count, const char *argument)
{
    struct step step = {action, count, argument ? xstrdup(argument) : NULL};
    vector_push(steps, step);
}

unsigned steps_run(struct session *session, const struct steps *steps, int count)
{
    unsigned wishes = 0;
    for (size_t at = 0; at < steps->count && !(wishes & WISH_QUIT); at++) {
        const struct step *step = &steps->items[at];
        wishes |=
            action_run(session, step->action, count > 0 ? count : step->count, step->argument);
    }
    return wishes;
}

void steps_clear(struct steps *steps)
{
    for (size_t at = 0; at < steps->count; at++)
        free(steps->items[at].argument);
    vector_clear(steps);
}

void steps_release(struct steps *steps)
{
    steps_clear(steps);
    vector_release(steps);
}
