/* Actions kept for later, one after the other: those that wait, and those to be done again. What a
 * key or a name stands for is such a sequence, so that "repeat" does all of it. */
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

/* What begins a prompt or a list is not done again, but what was chosen there. */
static void remember_last(struct session *session, struct steps *steps)
{
    bool repeats = false;
    for (size_t at = 0; at < steps->count; at++)
        repeats = repeats || action_repeats(steps->items[at].action);
    if (!repeats || session->prompt.kind != PROMPT_NONE)
        return;
    steps_release(&session->last);
    session->last = *steps;
    *steps = (struct steps){0};
}

unsigned steps_do(struct session *session, const struct keymap_step *steps, uint32_t step_count,
                  int count)
{
    struct steps own = {0};
    for (uint32_t at = 0; at < step_count; at++)
        steps_add(&own, steps[at].action, count, steps[at].argument);
    unsigned wishes = steps_run(session, &own, 0);
    remember_last(session, &own); /* after them: commands that were steps have remembered theirs */
    steps_release(&own);
    return wishes;
}

unsigned run_repeat(struct session *session, const struct call *call)
{
    struct steps last = session->last;
    if (last.count == 0) {
        session_say(session, "nothing to repeat yet");
        return WISH_DRAW;
    }
    session->last = (struct steps){0}; /* what runs may remember something else */
    unsigned wishes = steps_run(session, &last, call->count);
    steps_release(&session->last);
    session->last = last;
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
