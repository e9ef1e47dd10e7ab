#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what it reads -------------------------------------------------------------------------- */

FILE *process_input(struct error *error)
{
    int memory = memfd_create("input", MFD_CLOEXEC);
    FILE *file = memory < 0 ? NULL : fdopen(memory, "w+");
    if (!file) {
        error_set(error, "there is no memory to write into: %s", strerror(errno));
        if (memory >= 0)
            close(memory);
    }
    return file;
}

int process_rewind(FILE *input, size_t *length, struct error *error)
{
    long end = -1;
    int descriptor = -1;
    if (fflush(input) == 0 && !ferror(input) && (end = ftell(input)) >= 0)
        descriptor = fcntl(fileno(input), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0 || lseek(descriptor, 0, SEEK_SET) != 0)
        error_set(error, "it cannot be written: %s", strerror(errno));
    *length = end < 0 ? 0 : (size_t)end;
    fclose(input);
    return descriptor;
}

/* ---- starting ------------------------------------------------------------------------------- */

/* What is not set up here is as ours: the terminal, where that is lent. */
static void set_up_files(posix_spawn_file_actions_t *files, int input, int printed,
                         enum process_output output)
{
    posix_spawn_file_actions_init(files);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(files, input, STDIN_FILENO);
    else if (output != PROCESS_TERMINAL)
        posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    else if (!isatty(STDIN_FILENO)) /* the document came from there */
        posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/tty", O_RDWR, 0);
    if (output == PROCESS_SILENT)
        posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    else if (output == PROCESS_KEPT)
        posix_spawn_file_actions_adddup2(files, printed, STDOUT_FILENO);
    if (output != PROCESS_TERMINAL)
        posix_spawn_file_actions_adddup2(files, STDOUT_FILENO, STDERR_FILENO);
}

/* No signal of ours is blocked or ignored in it, and no terminal is its own but a lent one. */
static void set_up_attributes(posix_spawnattr_t *attributes, enum process_output output)
{
    sigset_t none, usual;
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGQUIT);
    sigaddset(&usual, SIGTSTP);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
    if (output != PROCESS_TERMINAL)
        flags |= POSIX_SPAWN_SETSID;
    posix_spawnattr_setflags(attributes, flags);
}

static int spawn(pid_t *pid, char *const *arguments, int input, int printed,
                 enum process_output output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    set_up_files(&files, input, printed, output);
    set_up_attributes(&attributes, output);
    int failed = posix_spawnp(pid, arguments[0], &files, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

bool process_start(struct process *process, char *const *arguments, int input,
                   enum process_output output, struct error *error)
{
    int ends[2] = {-1, -1};
    *process = (struct process){.ended = -1, .output = -1};
    if (!arguments[0])
        return error_set(error, "no program is named in the setting");
    if (output == PROCESS_KEPT && pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, "cannot run '%s': %s", arguments[0], strerror(errno));
    int failed = spawn(&process->pid, arguments, input, ends[1], output);
    if (ends[1] >= 0)
        close(ends[1]);
    process->output = ends[0];
    if (failed) {
        process_release(process);
        return error_set(error, "cannot run '%s': %s", arguments[0], strerror(failed));
    }
    if (ends[0] >= 0)
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
    process->ended = pidfd_open(process->pid, 0);
    return true;
}

/* ---- while it runs -------------------------------------------------------------------------- */

static void stop_listening(struct process *process)
{
    if (process->output >= 0)
        close(process->output);
    process->output = -1;
}

void process_read(struct process *process)
{
    char bytes[65536];
    while (process->output >= 0) {
        ssize_t got = read(process->output, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got > 0)
            buffer_add(&process->text, bytes, (size_t)got);
        process->cut = process->text.length > PROCESS_MOST_OUTPUT;
        if (got <= 0 || process->cut)
            stop_listening(process);
    }
}

/* Until it prints or ends. */
static void wait_for(struct process *process)
{
    struct pollfd sources[] = {{.fd = process->ended, .events = POLLIN},
                               {.fd = process->output, .events = POLLIN}};
    if (process->ended >= 0)
        poll(sources, 2, -1);
}

bool process_has_ended(struct process *process, bool wait, int *status)
{
    for (;;) {
        int how;
        if (wait)
            wait_for(process);
        process_read(process);
        bool blocks = wait && process->ended < 0;
        pid_t ended = waitpid(process->pid, &how, blocks ? 0 : WNOHANG);
        if (ended == process->pid) {
            process_read(process);
            *status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
            return true;
        }
        if (ended < 0 && errno != EINTR) { /* somebody else has waited for it */
            *status = 0;
            return true;
        }
        if (!wait)
            return false;
    }
}

void process_stop(struct process *process)
{
    kill(-process->pid, process->asked ? SIGKILL : SIGTERM);
    process->asked = true;
}

void process_release(struct process *process)
{
    stop_listening(process);
    if (process->ended >= 0)
        close(process->ended);
    process->ended = -1;
    buffer_release(&process->text);
}
