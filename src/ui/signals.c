/*
 * A handler may touch little: the flags below are all the state there is, and for a crash a string
 * and terminal settings that were prepared while all was well. They are file-static because a
 * handler is handed nothing else.
 */
#include "signals.h"

#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t flags[SIGNAL_FLAGS];
static volatile sig_atomic_t deadly;

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

static void handle_flag(int signal)
{
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
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void install(const int *signals, size_t count, void (*handler)(int), int how)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = how};
    sigfillset(&action.sa_mask);
    for (size_t at = 0; at < count; at++)
        sigaction(signals[at], &action, NULL);
}

void signals_begin(sigset_t *waiting)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    for (size_t at = 0; at < COUNT(flagged); at++)
        sigaddset(&blocked, flagged[at]);
    sigprocmask(SIG_BLOCK, &blocked, waiting);
    for (size_t at = 0; at < COUNT(flagged); at++)
        sigdelset(waiting, flagged[at]);
    install(flagged, COUNT(flagged), handle_flag, 0);
    install(crashes, COUNT(crashes), handle_crash, (int)SA_RESETHAND | SA_NODEFER);
}

void signals_end(void)
{
    sigset_t blocked;
    install(flagged, COUNT(flagged), SIG_DFL, 0);
    install(crashes, COUNT(crashes), SIG_DFL, 0);
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

void signals_arm(int descriptor, const char *restore, size_t length)
{
    if (length > sizeof crash.restore || tcgetattr(descriptor, &crash.settings) != 0)
        return;
    memcpy(crash.restore, restore, length);
    crash.length = length;
    crash.descriptor = descriptor;
    if (!crash.at_exit)
        atexit(put_back);
    crash.at_exit = 1;
    crash.armed = 1;
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
    sigset_t stop, before;
    install((const int[]){SIGTSTP}, 1, SIG_DFL, 0);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    kill(0, SIGTSTP);                         /* the whole job, as the terminal would */
    sigprocmask(SIG_UNBLOCK, &stop, &before); /* here it stops */
    sigprocmask(SIG_SETMASK, &before, NULL);
    install((const int[]){SIGTSTP}, 1, handle_flag, 0);
}

void signals_die(int signal)
{
    signals_end();
    raise(signal);
}
