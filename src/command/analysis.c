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
    const struct document *document;
    struct annotations *result;
    pthread_t thread;
    bool has_thread;
    int descriptor;
    atomic_bool done;
};

static void *analysis_run(void *data)
{
    struct analysis *analysis = data;
    analyse_document(analysis->document, analysis->result);
    atomic_store(&analysis->done, true);
    eventfd_write(analysis->descriptor, 1);
    return NULL;
}

struct analysis *analysis_begin(const struct document *document, struct annotations *result)
{
    struct analysis *analysis = xcalloc(1, sizeof *analysis);
    analysis->document = document;
    analysis->result = result;
    analysis->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    analysis->has_thread = analysis->descriptor >= 0 &&
                           pthread_create(&analysis->thread, NULL, analysis_run, analysis) == 0;
    if (!analysis->has_thread) { /* then it has to be waited for */
        analyse_document(document, result);
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

void analysis_end(struct analysis *analysis)
{
    if (analysis->has_thread)
        pthread_join(analysis->thread, NULL);
    if (analysis->descriptor >= 0)
        close(analysis->descriptor);
    free(analysis);
}
