/*
 * process: a program that was asked for. It is started from a list of words, never through a
 * shell, with its standard input from memory; and unless it is lent the terminal it has none: it is
 * in a session of its own, and what it prints is kept or thrown away.
 */
#ifndef HEARSAY_UI_PROCESS_H
#define HEARSAY_UI_PROCESS_H

#include "hearsay/base.h"

#include <stdio.h>
#include <sys/types.h>

/* Start with {0}. A process that has not ended keeps running when this is released. */
struct process {
    pid_t pid;
    int ended;          /* a descriptor that is readable when it has */
    int output;         /* where what it prints can be read; -1: nowhere */
    struct buffer text; /* it has printed so far */
    bool cut;           /* there was more than PROCESS_MOST_OUTPUT: it is not listened to */
    bool asked;         /* to end */
};

#define PROCESS_MOST_OUTPUT (4u << 20) /* bytes */

enum process_output { PROCESS_SILENT, PROCESS_KEPT, PROCESS_TERMINAL };

/* `input`: a descriptor for its standard input, or -1. False: it cannot be run. */
bool process_start(struct process *process, char *const *arguments, int input,
                   enum process_output output, struct error *error);

/* Takes what it has printed; never waits. */
void process_read(struct process *process);

/* Whether it has ended; then `*status` is as a shell has it. With `wait` it is waited for, and what
 * it prints is read meanwhile. */
bool process_has_ended(struct process *process, bool wait, int *status);

/* Asks it to end, and all that it started; the second time it is made to. */
void process_stop(struct process *process);
void process_release(struct process *process);

/* A file in memory for process_start(): write to it, then process_rewind() gives its descriptor,
 * which the caller closes. */
FILE *process_input(struct error *error);
int process_rewind(FILE *input, size_t *length, struct error *error);

#endif
