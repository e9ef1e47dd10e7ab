/*
 * signals: what the outside tells the program. Handlers set flags, the loop takes them; only a
 * crash acts at once, for it cannot wait: it puts the terminal back with what was prepared for it.
 */
#ifndef HEARSAY_UI_SIGNALS_H
#define HEARSAY_UI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

enum signal_flag { FLAG_RESIZE, FLAG_STOP, FLAG_CONTINUE, FLAG_RELOAD, SIGNAL_FLAGS };

/* Installs the handlers, before curses is there to install its own. All signals of interest are
 * blocked from now on; `*waiting` is the mask to wait with in ppoll(). */
void signals_begin(sigset_t *waiting);
void signals_end(void);

/* Whether a flag was set; clears it. */
bool signals_take(enum signal_flag flag);

/* The signal that asks the program to end (INT, TERM, HUP, QUIT), 0: none. */
int signals_deadly(void);

/*
 * What puts the terminal back: the text that was prepared is written to `descriptor`, and its
 * settings are set as they were when it was armed. Used by a crash, by exit() and by nobody else.
 * The text may be prepared anew at any time; one of more than SIGNALS_RESTORE bytes is not taken.
 */
#define SIGNALS_RESTORE 256
void signals_arm(int descriptor);
void signals_prepare(const char *restore, size_t length);
void signals_disarm(void);
/* The settings as they are now are those to be set, from now on. */
void signals_take_settings(void);

/* Stops the process as if nobody had caught the signal; returns when it goes on. At once where the
 * program was started with that signal ignored: then nobody would let it go on. */
void signals_stop(void);

/* While another program has the terminal: what is typed to interrupt it is not meant for us, and we
 * stop when it does, as one job. */
void signals_lend(void);
void signals_take_back(void);

/* Ends the process by a signal, as if nobody had caught it. */
void signals_die(int signal);

#endif
