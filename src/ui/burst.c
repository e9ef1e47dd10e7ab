#include "burst.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

bool burst_open(struct burst *burst, int terminal)
{
    int descriptor = fcntl(terminal, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    *burst = (struct burst){.terminal = terminal, .memory = -1};
    burst->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!burst->stream)
        return false;
    burst->memory = memfd_create("hearsay-frame", MFD_CLOEXEC);
    return true;
}

void burst_close(struct burst *burst)
{
    if (burst->stream)
        fclose(burst->stream);
    if (burst->memory >= 0)
        close(burst->memory);
    buffer_release(&burst->bytes);
    *burst = (struct burst){.memory = -1};
}

void burst_begin(const struct burst *burst)
{
    if (burst->memory >= 0)
        dup3(burst->memory, fileno(burst->stream), O_CLOEXEC);
}

/* The file is emptied by going back to its start: what lies behind is overwritten, never read. */
void burst_end(struct burst *burst)
{
    buffer_clear(&burst->bytes);
    if (burst->memory < 0)
        return;
    off_t length = lseek(burst->memory, 0, SEEK_CUR);
    dup3(burst->terminal, fileno(burst->stream), O_CLOEXEC);
    lseek(burst->memory, 0, SEEK_SET);
    char bytes[4096];
    while (length > 0) {
        size_t wanted = length < (off_t)sizeof bytes ? (size_t)length : sizeof bytes;
        ssize_t got = read(burst->memory, bytes, wanted);
        if (got <= 0)
            break;
        buffer_add(&burst->bytes, bytes, (size_t)got);
        length -= got;
    }
    lseek(burst->memory, 0, SEEK_SET);
}
