/*
 * beside: an import in a thread of its own.
 *
 * The thread builds and publishes, the reader reads what is published: the document's counts are
 * what they share, and there is nothing to lock for the text itself. The lock here guards only the
 * beginning (is there a document yet?) and the end. News are told at once the first time and then
 * no more often than a screen is worth drawing.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "formats.h"

enum { NEWS_APART = 50 }; /* milliseconds */

struct import {
    int descriptor, news;
    char *name, *format;
    pthread_t thread;
    bool joined;
    atomic_bool unwanted, done;
    atomic_uint percent;
    int64_t told_at; /* the thread's */

    pthread_mutex_t lock;
    pthread_cond_t changed;
    const struct document *document; /* as soon as there is something in it */
    struct document *owned;          /* when it is done */
    bool finished;
    struct error error; /* why there is none */
};

static int64_t milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void tell(struct import *import, const struct document *document)
{
    pthread_mutex_lock(&import->lock);
    import->document = document;
    pthread_cond_broadcast(&import->changed);
    pthread_mutex_unlock(&import->lock);
    eventfd_write(import->news, 1);
}

static bool import_told(void *data, const struct document *document, unsigned percent)
{
    struct import *import = data;
    int64_t now = milliseconds();
    atomic_store(&import->percent, percent);
    if (import->told_at == 0 || now - import->told_at >= NEWS_APART) {
        import->told_at = now;
        tell(import, document);
    }
    return !atomic_load(&import->unwanted);
}

static void *import_run(void *data)
{
    struct import *import = data;
    struct source source;
    struct document *document = NULL;
    struct error error = {{0}};
    if (source_begin(&source, import->descriptor, import->name, &error)) {
        struct import_input input = {source.bytes, source.length, import->name};
        struct import_watch watch = {import_told, import, source.mapped};
        document = import_watched(&input, &watch, import->format, &error);
        source_end(&source);
    }
    pthread_mutex_lock(&import->lock);
    import->owned = document;
    import->document = document;
    import->error = error;
    import->finished = true;
    atomic_store(&import->done, true);
    pthread_cond_broadcast(&import->changed);
    pthread_mutex_unlock(&import->lock);
    eventfd_write(import->news, 1);
    return NULL;
}

static void import_free(struct import *import)
{
    if (import->descriptor > STDIN_FILENO)
        close(import->descriptor);
    if (import->news >= 0)
        close(import->news);
    pthread_mutex_destroy(&import->lock);
    pthread_cond_destroy(&import->changed);
    document_free(import->owned);
    free(import->name);
    free(import->format);
    free(import);
}

/* Short enough to be read before another thread would have been woken. */
static bool is_soon_read(int descriptor)
{
    enum { SHORT = 128 << 10 };
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= SHORT;
}

struct import *import_begin(const char *path, const char *format, struct error *error)
{
    bool standard_input = !path || strcmp(path, "-") == 0;
    int descriptor = standard_input ? STDIN_FILENO : source_open(path, error);
    if (descriptor < 0) {
        return NULL;
    }
    struct import *import = xcalloc(1, sizeof *import);
    import->descriptor = descriptor;
    import->name = xstrdup(standard_input ? "standard input" : path);
    import->format = format ? xstrdup(format) : NULL;
    import->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&import->lock, NULL);
    pthread_cond_init(&import->changed, NULL);
    if (is_soon_read(descriptor) ||
        pthread_create(&import->thread, NULL, import_run, import) != 0) {
        import_run(import);
        import->joined = true;
    }
    return import;
}

const struct document *import_first(struct import *import, struct error *error)
{
    pthread_mutex_lock(&import->lock);
    while (!import->document && !import->finished) {
        pthread_cond_wait(&import->changed, &import->lock);
    }
    const struct document *document = import->document;
    if (!document) {
        *error = import->error;
    }
    pthread_mutex_unlock(&import->lock);
    return document;
}

bool import_is_done(const struct import *import)
{
    return atomic_load(&import->done);
}

unsigned import_percent(const struct import *import)
{
    return atomic_load(&import->percent);
}

int import_descriptor_of_news(const struct import *import)
{
    return import->news;
}

void import_heed(struct import *import)
{
    eventfd_t count;
    eventfd_read(import->news, &count);
}

void import_settle(struct import *import)
{
    if (!import->joined) {
        pthread_join(import->thread, NULL);
    }
    import->joined = true;
}

void import_end(struct import *import)
{
    if (!import) {
        return;
    }
    atomic_store(&import->unwanted, true);
    import_settle(import);
    import_free(import);
}
