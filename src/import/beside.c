/*
 * beside: an import in a child process, and the reader's own copy of what it builds.
 *
 * The child says through a pipe how far it has come (child.h); each part is copied, checked and
 * published here (receiver_take()). While the beginning is awaited that is done in place: for most
 * inputs it is all there is to do, and waking a thread would take longer. What is left after that
 * is done by a thread, which tells the reader through an eventfd, no more often than a screen is
 * worth drawing.
 *
 * However the child ends, it is one sentence here.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "lock.h"

enum {
    NEWS_APART = 50, /* milliseconds */
    MOMENT = 2,      /* the same: a small document may be whole by then */
    WATCH = 100      /* the same: how often it is looked whether the child has its limits */
};

struct import {
    struct import_request request;
    char *name;      /* of the input */
    pid_t child;     /* 0: it is gone */
    int pipe, image; /* its news and its memory file; -1: closed */
    int news;        /* to the reader */

    struct receiver *receiver; /* until the end; NULL: nothing has been published yet */
    struct document *document; /* after it */
    _Atomic(const struct document *) visible; /* the same, as soon as there is something in it */
    const struct import_format *importer;     /* that the child has chosen, or NULL */
    unsigned locks;
    int64_t locked, watched, told; /* milliseconds of the clock */
    bool ended;                    /* the child has said its last */
    const char *killed;            /* why, if we have done it */
    struct error error;            /* why there is no document, or no more of it */
    struct rusage usage;
    int status; /* how the child ended, as of wait(2) */

    pthread_t thread;
    bool threaded, joined;
    atomic_bool unwanted, done, arriving;
    atomic_uint percent;
    atomic_uint_least64_t bytes;
};

static int64_t milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* ---- how it ends ----------------------------------------------------------------------------- */

static const char *format_name(const struct import *import)
{
    return import->importer ? import->importer->name : "any format";
}

/* What a child that has not said its last has died of. */
static void explain(const struct import *import, struct error *error)
{
    const char *format = format_name(import), *name = import->name;
    static const char more[] = "run with --log=FILE for more";
    int number = WIFSIGNALED(import->status) ? WTERMSIG(import->status) : 0;
    if (import->killed) {
        error_set(error, "%s '%s'; %s", import->killed, name, more);
    } else if (number == SIGXCPU || number == SIGALRM) {
        error_set(error, "reading '%s' as %s took longer than %u s (import.seconds); %s", name,
                  format, import->request.seconds, more);
    } else if (number == SIGSYS) {
        error_set(error, "the importer for %s did on '%s' what it may not, and was stopped; %s",
                  format, name, more);
    } else if (number) {
        error_set(error, "the importer for %s crashed on '%s' (signal %d); %s", format, name,
                  number, more);
    } else if (WIFEXITED(import->status) && WEXITSTATUS(import->status) == EXIT_FAILURE) {
        error_set(error, "reading '%s' as %s needs more than %u MB (import.memory_mb); %s", name,
                  format, import->request.memory_mb, more);
    } else {
        error_set(error, "the importer for %s gave up on '%s' without a word; %s", format, name,
                  more);
    }
}

/* Nothing more is heard of the child. */
static void dismiss(struct import *import)
{
    close(import->pipe);
    close(import->image);
    import->pipe = import->image = -1;
}

/* It is gone, or goes now, whatever it thinks. The kernel takes a while for its memory: who has
 * heard its last word leaves this for later. */
static void bury(struct import *import)
{
    if (!import->child) {
        return;
    }
    kill(import->child, SIGKILL);
    while (wait4(import->child, &import->status, 0, &import->usage) < 0 && errno == EINTR) {
    }
    import->child = 0;
}

static void finish(struct import *import)
{
    dismiss(import);
    if (!import->ended && !import->error.message[0]) {
        bury(import);
        explain(import, &import->error);
    }
    if (import->receiver) {
        import->document = receiver_finish(import->receiver);
        import->receiver = NULL;
    }
    atomic_store(&import->arriving, false);
    atomic_store(&import->done, true);
    eventfd_write(import->news, 1);
}

static bool nonsense(struct import *import, const char *what)
{
    kill(import->child, SIGKILL);
    return error_set(&import->error,
                     "the importer for %s answered nonsense on '%s' (%s); run with --log=FILE for "
                     "more",
                     format_name(import), import->name, what);
}

/* ---- what the child says --------------------------------------------------------------------- */

static bool take_progress(struct import *import, const struct news *news)
{
    atomic_store(&import->percent, news->percent < 100 ? news->percent : 100);
    return true;
}

static bool take_part(struct import *import, const struct news *news)
{
    struct error why = {{0}};
    if (!import->receiver) {
        import->receiver = receiver_new(import->image, &why);
    }
    if (!import->receiver || !receiver_take(import->receiver, &news->extent, &why)) {
        return nonsense(import, why.message);
    }
    atomic_store(&import->visible, receiver_document(import->receiver));
    return take_progress(import, news);
}

static bool take_end(struct import *import, const struct news *news)
{
    import->ended = take_part(import, news);
    return import->ended;
}

static bool take_locked(struct import *import, const struct news *news)
{
    import->locks = news->locks;
    import->locked = milliseconds();
    atomic_store(&import->arriving, false);
    return true;
}

static bool take_arriving(struct import *import, const struct news *news)
{
    atomic_store(&import->bytes, news->bytes);
    return true;
}

static bool take_format(struct import *import, const struct news *news)
{
    const struct import_format *importer = import_format_find(news->text.message);
    import->importer = importer ? importer : import->importer;
    return true;
}

/* Its words are a stranger's too. */
static bool take_failed(struct import *import, const struct news *news)
{
    struct buffer clean = {0};
    text_clean(&clean, news->text.message, strlen(news->text.message), TEXT_ONE_LINE);
    error_set(&import->error, "%s", clean.length ? buffer_string(&clean) : "no reason was given");
    buffer_release(&clean);
    import->ended = true;
    return true;
}

/* False: nothing more is to be heard. */
static bool take_news(struct import *import, struct news *news)
{
    static bool (*const takers[NEWS_KINDS])(struct import *, const struct news *) = {
        [NEWS_ARRIVING] = take_arriving, [NEWS_LOCKED] = take_locked, [NEWS_FORMAT] = take_format,
        [NEWS_PROGRESS] = take_progress, [NEWS_PART] = take_part,     [NEWS_END] = take_end,
        [NEWS_FAILED] = take_failed,
    };
    news->text.message[sizeof news->text.message - 1] = '\0';
    if (news->kind >= NEWS_KINDS) {
        return nonsense(import, "a record of no kind");
    }
    return takers[news->kind](import, news) && !import->ended;
}

/* Whole records come in one piece, as they were written; -1: nothing is there yet. */
static int read_news(const struct import *import, struct news *news)
{
    ssize_t got = read(import->pipe, news, sizeof *news);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return -1;
    }
    return got == (ssize_t)sizeof *news;
}

/* ---- its limits ------------------------------------------------------------------------------ */

/* What the document may be, by the memory it is allowed and by what a text of that size is. */
static bool image_is_too_large(const struct import *import)
{
    struct stat about;
    uint64_t most = ((uint64_t)import->request.memory_mb << 20) + 8 * atomic_load(&import->bytes);
    return import->request.memory_mb && fstat(import->image, &about) == 0 &&
           (uint64_t)about.st_blocks * 512 > most;
}

static const char *broken_limit(const struct import *import)
{
    int64_t most = (int64_t)import->request.seconds * 1000;
    if (most && import->locked && milliseconds() - import->locked > most) {
        return "the time of import.seconds was up while reading";
    }
    return image_is_too_large(import) ? "the memory of import.memory_mb did not suffice for" : NULL;
}

static void watch_child(struct import *import)
{
    int64_t now = milliseconds();
    if (now - import->watched < WATCH && !atomic_load(&import->unwanted)) {
        return;
    }
    import->watched = now;
    import->killed = broken_limit(import);
    if (import->killed || atomic_load(&import->unwanted)) {
        kill(import->child, SIGKILL);
    }
}

/* Waits for news, at most so many milliseconds, and takes it; -1: as long as it is worth. False:
 * the import is over. */
static bool pump(struct import *import, int64_t wait)
{
    struct news news;
    struct pollfd pipe = {.fd = import->pipe, .events = POLLIN};
    bool ready = poll(&pipe, 1, (int)(wait < 0 || wait > WATCH ? WATCH : wait)) > 0;
    watch_child(import);
    int got = ready ? read_news(import, &news) : -1;
    if (got < 0 || (got > 0 && take_news(import, &news))) {
        return true;
    }
    finish(import);
    return false;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static bool is_regular(int descriptor, uint64_t *bytes)
{
    struct stat about;
    bool regular = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    *bytes = regular ? (uint64_t)about.st_size : 0;
    return regular;
}

static bool start_child(struct import *import, struct task *task, struct error *error)
{
    int ends[2], nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close(nothing);
        return error_set(error, "cannot make a pipe: %s", strerror(errno));
    }
    int log = import->request.log ? import->request.log : nothing;
    task->descriptors[CHILD_NEWS] = ends[1];
    task->descriptors[CHILD_ERRORS] = log;
    task->descriptors[CHILD_IMAGE] = import->image;
    import->child = fork();
    if (import->child == 0) {
        child_run(task);
    }
    close(ends[1]);
    close(nothing);
    import->pipe = ends[0];
    fcntl(import->pipe, F_SETFL, O_NONBLOCK);
    return import->child > 0 || error_set(error, "cannot start a process: %s", strerror(errno));
}

static void import_free(struct import *import)
{
    int open[] = {import->pipe, import->image, import->news};
    for (size_t at = 0; at < ARRAY_LENGTH(open); at++) {
        if (open[at] >= 0) {
            close(open[at]);
        }
    }
    receiver_free(import->receiver);
    document_free(import->document);
    free(import->name);
    free(import);
}

struct import *import_begin_by(const struct import_request *request,
                               const struct import_format *importer, struct error *error)
{
    bool standard_input = !request->path || strcmp(request->path, "-") == 0;
    int descriptor = standard_input ? STDIN_FILENO : source_open(request->path, error);
    if (descriptor < 0) {
        return NULL;
    }
    uint64_t bytes;
    struct import *import = xcalloc(1, sizeof *import);
    import->request = *request;
    import->importer = importer;
    import->name = xstrdup(standard_input ? "standard input" : request->path);
    import->pipe = -1;
    import->image = document_file(error);
    import->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    atomic_store(&import->arriving, !is_regular(descriptor, &bytes));
    atomic_store(&import->bytes, bytes);
    struct task task = {.name = import->name,
                        .importer = importer,
                        .items = request->items,
                        .memory_mb = request->memory_mb,
                        .seconds = request->seconds,
                        .descriptors = {[CHILD_INPUT] = descriptor}};
    bool started = import->image >= 0 && start_child(import, &task, error);
    if (!standard_input) {
        close(descriptor);
    }
    if (started) {
        return import;
    }
    import_free(import);
    return NULL;
}

struct import *import_begin(const struct import_request *request, struct error *error)
{
    const struct import_format *importer;
    return import_format_named(request->format, &importer, error)
               ? import_begin_by(request, importer, error)
               : NULL;
}

/* ---- following it ---------------------------------------------------------------------------- */

static void *follow(void *data)
{
    struct import *import = data;
    while (pump(import, -1)) {
        int64_t now = milliseconds();
        if (now - import->told >= NEWS_APART) {
            import->told = now;
            eventfd_write(import->news, 1);
        }
    }
    return NULL;
}

/* A small document may be whole in a moment, and then needs no thread. */
static void wait_a_moment(struct import *import)
{
    struct pollfd pipe = {.fd = import->pipe, .events = POLLIN};
    int64_t until = milliseconds() + MOMENT, left = MOMENT;
    while (left > 0 && poll(&pipe, 1, (int)left) > 0 && pump(import, 0)) {
        left = until - milliseconds();
    }
}

/* The rest is left to a thread; without one it is waited for. */
static void go_on_beside(struct import *import)
{
    import->threaded = pthread_create(&import->thread, NULL, follow, import) == 0;
    if (!import->threaded) {
        follow(import);
    }
}

static bool is_awaited(const struct import *import)
{
    return !import_is_done(import) && !atomic_load(&import->visible);
}

const struct document *import_first(struct import *import, int wait, struct error *error)
{
    struct pollfd news = {.fd = import->news, .events = POLLIN};
    int64_t until = milliseconds() + wait, left = wait;
    while (is_awaited(import) && (wait < 0 || left > 0)) {
        if (import->threaded) {
            poll(&news, 1, (int)left);
            import_heed(import);
        } else {
            pump(import, left);
        }
        left = wait < 0 ? -1 : until - milliseconds();
    }
    if (!import->threaded && !import_is_done(import)) {
        wait_a_moment(import);
    }
    if (!import->threaded && !import_is_done(import)) {
        go_on_beside(import);
    }
    if (is_awaited(import)) {
        return NULL;
    }
    const struct document *document = atomic_load(&import->visible);
    if (!document) {
        error_set(error, "%s", import->error.message);
    }
    return document;
}

bool import_is_done(const struct import *import)
{
    return atomic_load(&import->done);
}

struct import_progress import_progress(const struct import *import)
{
    return (struct import_progress){.arriving = atomic_load(&import->arriving),
                                    .bytes = atomic_load(&import->bytes),
                                    .percent = atomic_load(&import->percent)};
}

int import_descriptor_of_news(const struct import *import)
{
    return import->news;
}

void import_heed(struct import *import)
{
    eventfd_t count;
    eventfd_read(import->news, &count);
    if (import_is_done(import)) {
        bury(import);
    }
}

bool import_settle(struct import *import, struct error *error)
{
    if (import->threaded && !import->joined) {
        pthread_join(import->thread, NULL);
        import->joined = true;
    }
    while (!import_is_done(import)) {
        pump(import, -1);
    }
    return !import->error.message[0] || error_set(error, "%s", import->error.message);
}

void import_report(struct import *import, struct buffer *out)
{
    bury(import);
    struct buffer locks = {0};
    const struct rusage *usage = &import->usage;
    lock_describe(import->locks, &locks);
    buffer_printf(out, "import of '%s' as %s: limits on %s\n", import->name, format_name(import),
                  buffer_string(&locks));
    buffer_printf(out, "import ended with status %#x after %ld.%03ld s of processor time, %ld kB\n",
                  (unsigned)import->status, (long)usage->ru_utime.tv_sec,
                  (long)usage->ru_utime.tv_usec / 1000, usage->ru_maxrss);
    if (import->error.message[0]) {
        buffer_printf(out, "%s\n", import->error.message);
    }
    buffer_release(&locks);
}

void import_end(struct import *import)
{
    if (!import) {
        return;
    }
    atomic_store(&import->unwanted, true);
    import_settle(import, NULL);
    bury(import);
    import_free(import);
}
