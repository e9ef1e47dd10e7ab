/*
 * The analysis runs beside the reader, so that the first screen and the keys never wait for it. It
 * reads the document, which is immutable by now, and writes annotations that nobody looks at before
 * the thread has been joined: there is nothing to lock.
 */
#include "internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct analysis {
    const struct session_setup *setup;
    struct annotations *result;
    struct problems problems; /* of the corrections */
    pthread_t thread;
    bool has_thread;
    int descriptor;
    atomic_bool done;
};

static void analysis_do(struct analysis *analysis)
{
    const struct document *document = analysis->setup->document;
    analyse_document(document, analysis->result);
    if (analysis->setup->corrections)
        annotations_correct(analysis->result, document_text(document, NULL),
                            analysis->setup->corrections, &analysis->problems);
}

static void *analysis_run(void *data)
{
    struct analysis *analysis = data;
    analysis_do(analysis);
    atomic_store(&analysis->done, true);
    eventfd_write(analysis->descriptor, 1);
    return NULL;
}

struct analysis *analysis_begin(const struct session_setup *setup, struct annotations *result)
{
    struct analysis *analysis = xcalloc(1, sizeof *analysis);
    analysis->setup = setup;
    analysis->result = result;
    analysis->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    analysis->has_thread = analysis->descriptor >= 0 &&
                           pthread_create(&analysis->thread, NULL, analysis_run, analysis) == 0;
    if (!analysis->has_thread) { /* then it has to be waited for */
        analysis_do(analysis);
        analysis->done = true;
    }
    return analysis;
}

int analysis_descriptor(const struct analysis *analysis)
{
    return analysis->descriptor;
}

bool analysis_is_done(const struct analysis *analysis)
{
    return atomic_load(&analysis->done);
}

void analysis_end(struct analysis *analysis, struct problems *problems)
{
    if (analysis->has_thread)
        pthread_join(analysis->thread, NULL);
    if (analysis->descriptor >= 0)
        close(analysis->descriptor);
    if (problems)
        *problems = analysis->problems;
    else
        problems_release(&analysis->problems);
    free(analysis);
}
