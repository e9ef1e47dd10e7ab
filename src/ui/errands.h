/*
 * errands: what the session wants done outside: files, programs, the terminal's clipboard.
 *
 *      session_errand() -> errands_run() -> a file is written, bytes are copied, a program runs
 *                                                   |
 *      session_errand_done() <- errands_look() <----'  it has ended
 */
#ifndef HEARSAY_UI_ERRANDS_H
#define HEARSAY_UI_ERRANDS_H

#include "terminal.h"

#include "hearsay/command.h"

#include <poll.h>

struct errands;

/* Both borrowed; without a terminal nothing is copied to one, and no program is lent one. */
struct errands *errands_new(struct session *session, struct terminal *terminal);
/* Another session is on the screen (NULL: none any more); what still runs is told to it. */
void errands_follow(struct errands *errands, struct session *session);
/* Programs whose output is waited for are stopped, others run on. Null is fine. */
void errands_free(struct errands *errands);

/* Does all that the session asks for; programs that print or are lent nothing run on. Returns
 * wishes; WISH_SUSPEND among them says that the terminal was lent and is anybody's now. */
unsigned errands_run(struct errands *errands);

/* Descriptors that wake errands_look() when they become readable; how many there are. */
#define ERRANDS_MOST_SOURCES 32
size_t errands_sources(const struct errands *errands, struct pollfd *sources);
unsigned errands_look(struct errands *errands);

/* What runs and is waited for is stopped. */
void errands_stop(struct errands *errands);
/* Waits for all programs. */
unsigned errands_settle(struct errands *errands);

#endif
