/*
 * A stage: a terminal (libvterm) at one end of a pseudo-terminal, and at the other a small shell
 * that does what a shell with job control does, with the program under test as its job.
 *
 *     test ---- master == slave ---- shell (leader of its session) ---- job: ui_run()
 *       \________ reports, orders ________/
 *
 * Nothing sleeps: every step waits until something is so, and fails after a generous while.
 */
#ifndef HEARSAY_TESTS_STAGE_H
#define HEARSAY_TESTS_STAGE_H

#include "hearsay/base.h"

#include <signal.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

struct play {
    const char *term;        /* TERM; NULL: xterm-256color */
    const char *settings[3]; /* "name=value" as of --set */
    const char *environment; /* "NO_COLOR=1"; or NULL */
    bool piped;              /* standard input is a pipe */
    bool no_terminal;        /* and there is no /dev/tty */
    bool asks_screen;        /* only says whether there is a screen, by its status 0 or 3 */
    bool ignore_hangup;
    bool answers; /* the terminal has kitty's keyboard and synchronised output, and says so */
};

struct stage {
    struct play play;
    int master, slave, reports, orders;
    pid_t shell, job;
    bool stopped, ended;
    int status;           /* of the job, as from waitpid() */
    struct termios found; /* settings before the job began */
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    struct buffer log; /* all that the terminal has been sent */
    size_t answered;   /* bytes of the log looked at for questions */
};

void stage_open(struct stage *stage, const struct play *play, int rows, int columns);
void stage_close(struct stage *stage); /* ends what still runs */

/* Sends bytes to the program; stage_taken() waits until it has read them all. */
void stage_type(struct stage *stage, const char *bytes);
void stage_taken(struct stage *stage);

void stage_signal(struct stage *stage, int signal); /* to the job */
void stage_go_on(struct stage *stage);              /* the shell's fg */
void stage_resize(struct stage *stage, int rows, int columns);

/* Each waits until it is so; fails the test, saying what is on the screen, when it never is. */
void stage_shows(struct stage *stage, const char *text);
void stage_shows_not(struct stage *stage, const char *text);
void stage_stops(struct stage *stage);
void stage_ends(struct stage *stage);
void stage_sent(struct stage *stage, const char *bytes); /* at any time so far */
void stage_rests(struct stage *stage);                   /* it sleeps and sends nothing */

bool stage_log_has(const struct stage *stage, const char *bytes);
size_t stage_log_count(const struct stage *stage, size_t from, const char *bytes);

/* The whole screen, one line a row; valid until the next call. */
const char *stage_text(struct stage *stage);

/* Settings and modes are as they were found: nothing that was switched on is on. */
void stage_is_restored(struct stage *stage);

#endif
