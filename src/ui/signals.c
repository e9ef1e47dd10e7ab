/*
 * A handler may touch little: the flags below are all the state there is, and for a crash a string
 * and terminal settings that were prepared while all was well. They are file-static because a
 * handler is handed nothing else.
 */
#include "signals.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t flags[SIGNAL_FLAGS];
static volatile sig_atomic_t deadly;
static pthread_t waiting_thread; /* the one that waits in ppoll() */

/* What a crash needs. `armed` is written last and read first. */
static struct {
    char restore[SIGNALS_RESTORE];
    size_t length;
    int descriptor;
    struct termios settings;
    volatile sig_atomic_t armed, at_exit;
} crash;

static void put_back(void)
{
    if (!crash.armed)
        return;
    crash.armed = 0;
    for (size_t done = 0; done < crash.length;) {
        ssize_t wrote = write(crash.descriptor, crash.restore + done, crash.length - done);
        if (wrote <= 0)
            break;
        done += (size_t)wrote;
    }
    tcsetattr(crash.descriptor, TCSANOW, &crash.settings);
}

/* Threads that were there before the signals were blocked may get them; they pass them on. */
static void handle_flag(int signal)
{
    if (!pthread_equal(pthread_self(), waiting_thread)) {
        pthread_kill(waiting_thread, signal);
        return;
    }
    switch (signal) {
    case SIGWINCH:
        flags[FLAG_RESIZE] = 1;
        break;
    case SIGTSTP:
        flags[FLAG_STOP] = 1;
        break;
    case SIGCONT:
        flags[FLAG_CONTINUE] = 1;
        break;
    case SIGUSR1:
        flags[FLAG_RELOAD] = 1;
        break;
    default:
        deadly = signal;
    }
}

static void handle_crash(int signal)
{
    put_back();
    raise(signal); /* the handler was for once: now the default takes it */
}

static const int flagged[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGUSR1,
                              SIGINT,   SIGTERM, SIGHUP,  SIGQUIT};
static const int ignored[] = {SIGPIPE}; /* whoever reads what we write may go */
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What was done on a signal before us, to be done again after us. */
static struct sigaction flagged_before[COUNT(flagged)], ignored_before[COUNT(ignored)],
    crashes_before[COUNT(crashes)];
static bool cannot_stop;

static void install(const int *signals, size_t count, const struct sigaction *action,
                    struct sigaction *before)
{
    for (size_t at = 0; at < count; at++) {
        sigaction(signals[at], action, &before[at]);
        if (signals[at] == SIGHUP && before[at].sa_handler == SIG_IGN)
            sigaction(SIGHUP, &before[at], NULL); /* nohup */
        if (signals[at] == SIGTSTP)
            cannot_stop = before[at].sa_handler == SIG_IGN;
    }
}

static void put_handlers_back(const int *signals, size_t count, const struct sigaction *before)
{
    for (size_t at = 0; at < count; at++)
        sigaction(signals[at], &before[at], NULL);
}

/* A stack that overflowed cannot hold a handler. */
static void set_crash_stack(void)
{
    static char memory[1 << 16];
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
    sigaltstack(&stack, NULL);
}

void signals_begin(sigset_t *waiting)
{
    struct sigaction flag = {.sa_handler = handle_flag}, ignore = {.sa_handler = SIG_IGN};
    struct sigaction crashed = {.sa_handler = handle_crash,
                                .sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
    sigset_t blocked;
    sigemptyset(&blocked);
    for (size_t at = 0; at < COUNT(flagged); at++)
        sigaddset(&blocked, flagged[at]);
    sigprocmask(SIG_BLOCK, &blocked, waiting);
    for (size_t at = 0; at < COUNT(flagged); at++)
        sigdelset(waiting, flagged[at]);
    sigfillset(&flag.sa_mask);
    sigfillset(&crashed.sa_mask);
    waiting_thread = pthread_self();
    set_crash_stack();
    install(flagged, COUNT(flagged), &flag, flagged_before);
    install(ignored, COUNT(ignored), &ignore, ignored_before);
    install(crashes, COUNT(crashes), &crashed, crashes_before);
}

void signals_end(void)
{
    sigset_t blocked;
    put_handlers_back(flagged, COUNT(flagged), flagged_before);
    put_handlers_back(ignored, COUNT(ignored), ignored_before);
    put_handlers_back(crashes, COUNT(crashes), crashes_before);
    sigemptyset(&blocked);
    for (size_t at = 0; at < COUNT(flagged); at++)
        sigaddset(&blocked, flagged[at]);
    sigprocmask(SIG_UNBLOCK, &blocked, NULL);
}

bool signals_take(enum signal_flag flag)
{
    bool set = flags[flag] != 0;
    flags[flag] = 0;
    return set;
}

int signals_deadly(void)
{
    return (int)deadly;
}

void signals_arm(int descriptor)
{
    if (tcgetattr(descriptor, &crash.settings) != 0)
        return;
    crash.descriptor = descriptor;
    if (!crash.at_exit)
        atexit(put_back);
    crash.at_exit = 1;
    crash.armed = 1;
}

void signals_prepare(const char *restore, size_t length)
{
    sig_atomic_t armed = crash.armed;
    if (length > sizeof crash.restore)
        return;
    crash.armed = 0;
    memcpy(crash.restore, restore, length);
    crash.length = length;
    crash.armed = armed;
}

void signals_take_settings(void)
{
    struct termios settings;
    if (crash.armed && tcgetattr(crash.descriptor, &settings) == 0)
        crash.settings = settings;
}

void signals_disarm(void)
{
    crash.armed = 0;
}

void signals_stop(void)
{
    struct sigaction plain = {.sa_handler = SIG_DFL}, ours;
    sigset_t stop, before;
    if (cannot_stop)
        return;
    sigaction(SIGTSTP, &plain, &ours);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaddset(&stop, SIGCONT);                /* to be taken here, not as a stop behind our back */
    kill(0, SIGTSTP);                         /* the whole job, as the terminal would */
    sigprocmask(SIG_UNBLOCK, &stop, &before); /* here it stops */
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGTSTP, &ours, NULL);
}

/* The handlers that are in force while the terminal is ours. */
static void take_handlers(bool ours)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN}, usual = {.sa_handler = SIG_DFL};
    struct sigaction flag = {.sa_handler = handle_flag};
    sigset_t stop;
    sigfillset(&flag.sa_mask);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGINT, &ignore,
              NULL); /* what has come is held back, being blocked: now it is gone */
    sigaction(SIGQUIT, &ignore, NULL);
    if (ours) {
        sigaction(SIGINT, &flag, NULL);
        sigaction(SIGQUIT, &flag, NULL);
    }
    if (!cannot_stop)
        sigaction(SIGTSTP, ours ? &flag : &usual, NULL);
    sigprocmask(ours ? SIG_BLOCK : SIG_UNBLOCK, &stop, NULL);
}

void signals_lend(void)
{
    take_handlers(false);
}

void signals_take_back(void)
{
    take_handlers(true);
}

void signals_die(int signal)
{
    signals_end();
    raise(signal);
}
