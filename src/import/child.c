#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"

static void say(const struct news *news)
{
    const char *at = (const char *)news;
    for (size_t left = sizeof *news; left > 0;) {
        ssize_t written = write(CHILD_NEWS, at, left);
        if (written < 0 && errno != EINTR) {
            _exit(EXIT_FAILURE); /* nobody listens any more */
        }
        at += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
}

static void say_text(enum news_kind kind, const char *text)
{
    struct news news = {.kind = kind};
    error_set(&news.text, "%s", text);
    say(&news);
}

/* ---- a clean beginning ----------------------------------------------------------------------- */

/* The descriptors get their numbers by way of higher ones, so that none is overwritten too soon. */
static void keep_descriptors(const int descriptors[CHILD_DESCRIPTORS])
{
    enum { ABOVE = 100 };
    int moved[CHILD_DESCRIPTORS];
    for (int at = 0; at < CHILD_DESCRIPTORS; at++) {
        moved[at] = fcntl(descriptors[at], F_DUPFD, ABOVE);
    }
    for (int at = 0; at < CHILD_DESCRIPTORS; at++) {
        if (moved[at] < 0 || dup2(moved[at], at) < 0) {
            _exit(EXIT_FAILURE);
        }
    }
    closefrom(CHILD_DESCRIPTORS);
}

/* The reader's handlers put a terminal back that is not ours. */
static void reset_signals(void)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_DFL); /* fails for those that have no other */
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* ---- the import ------------------------------------------------------------------------------ */

/* Nothing to be read, or a part of it. */
static void follow(void *data, const struct document *document, unsigned percent)
{
    uint32_t length;
    (void)data;
    document_text(document, &length);
    struct news news = {.kind = length ? NEWS_PART : NEWS_PROGRESS,
                        .percent = percent,
                        .extent = document_extent(document)};
    say(&news);
}

static bool told(void *data, const struct document *document, unsigned percent)
{
    follow(data, document, percent);
    return true;
}

static void chosen(void *data, const struct import_format *importer)
{
    (void)data;
    say_text(NEWS_FORMAT, importer->name);
}

static void arrived(size_t bytes)
{
    struct news news = {.kind = NEWS_ARRIVING, .bytes = bytes};
    say(&news);
}

/* What libraries look for in files, they find now. */
static void shut_in(const struct import_input *input, const struct task *task, unsigned locks)
{
    tzset();
    import_prepare(input, task->importer);
    struct news news = {.kind = NEWS_LOCKED, .locks = locks | lock_down()};
    say(&news);
}

static struct document *run(const struct task *task, struct error *error)
{
    struct source source;
    unsigned locks = lock_limits(task->memory_mb, task->seconds);
    if (!source_begin(&source, CHILD_INPUT, task->name, arrived, error)) {
        return NULL;
    }
    struct import_input input = {source.bytes, source.length, task->name};
    shut_in(&input, task, locks);
    struct import_watch watch = {.told = told,
                                 .follow = follow,
                                 .chosen = chosen,
                                 .mapped = source.mapped,
                                 .items = task->items,
                                 .lent = true,
                                 .image = CHILD_IMAGE};
    return import_by(&input, &watch, task->importer, error);
}

void child_run(const struct task *task)
{
    struct error error = {{0}};
    keep_descriptors(task->descriptors);
    reset_signals();
    struct document *document = run(task, &error);
    if (document) {
        struct news news = {.kind = NEWS_END, .extent = document_extent(document)};
        say(&news);
    } else {
        say_text(NEWS_FAILED, error.message);
    }
    _exit(EXIT_SUCCESS);
}
