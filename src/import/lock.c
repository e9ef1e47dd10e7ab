/*
 * The filter is a program for the kernel's packet filter, made from two tables: calls that are let
 * through, and calls that fail as if the file were not there, since libraries look for files (a
 * converter, a locale) and manage without. All other calls end the process, as does any call of
 * another architecture. It is written out here, without libseccomp, because making the same
 * filter with that takes half a millisecond of every start.
 */
#include "lock.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

/* ---- limits ---------------------------------------------------------------------------------- */

static bool limit(__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
    struct rlimit had, limits = {soft, hard};
    if (getrlimit(resource, &had) == 0 && had.rlim_max < hard) {
        limits.rlim_max = had.rlim_max;
        limits.rlim_cur = soft < had.rlim_max ? soft : had.rlim_max;
    }
    return setrlimit(resource, &limits) == 0;
}

unsigned lock_limits(unsigned memory_mb, unsigned seconds)
{
    enum { DESCRIPTORS = 16 };
    bool held = true;
    if (memory_mb && !SANITIZED) {
        rlim_t bytes = (rlim_t)memory_mb << 20;
        held = limit(RLIMIT_DATA, bytes, bytes);
    }
    if (seconds) {
        held = limit(RLIMIT_CPU, seconds, seconds + 1) && held;
    }
    limit(RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS);
    bool private = limit(RLIMIT_CORE, 0, 0);
    private = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && private;
    private = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && private;
    return (held && memory_mb && seconds && !SANITIZED ? LOCK_MEMORY : 0u) |
           (private ? LOCK_PRIVILEGE : 0u);
}

/* ---- files ----------------------------------------------------------------------------------- */

/* Handling every access and granting none. The kernel says which it knows. */
static bool refuse_files(void)
{
    enum { KNOWN = 3 };
    static const uint64_t accesses[KNOWN] = {(1u << 13) - 1, (1u << 14) - 1, (1u << 15) - 1};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return false;
    }
    struct landlock_ruleset_attr rules = {.handled_access_fs =
                                              accesses[version > KNOWN ? KNOWN - 1 : version - 1]};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0) {
        return false;
    }
    bool refused = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return refused;
}

/* ---- system calls ---------------------------------------------------------------------------- */

#ifdef ARCHITECTURE

static const int granted[] = {
    SYS_read,
    SYS_pread64,
    SYS_readv,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_fstat,
    SYS_close,
    SYS_fcntl,
    SYS_ftruncate,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_clock_gettime,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_sysinfo,
    SYS_getpid,
    SYS_gettid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_restart_syscall,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_exit,
    SYS_exit_group,
};

static const int refused[] = {
    SYS_openat, SYS_newfstatat, SYS_faccessat, SYS_readlinkat, SYS_getcwd,   SYS_ioctl,
    SYS_statx,  SYS_prlimit64,  SYS_prctl,     SYS_uname,
#ifdef SYS_open
    SYS_open,   SYS_stat,       SYS_lstat,     SYS_access,     SYS_readlink, SYS_getrlimit,
#endif
};

/* Memory must not become code. */
static const int protecting[] = {SYS_mmap, SYS_mprotect};

/* tgkill(2) is what abort() does to itself; to others it must not be done. */
static const int to_itself = SYS_tgkill;

/* A program with room for all that the tables need. */
struct program {
    struct sock_filter lines[2 * (ARRAY_LENGTH(granted) + ARRAY_LENGTH(refused)) + 32];
    unsigned short count;
};

static void add(struct program *program, struct sock_filter line)
{
    program->lines[program->count++] = line;
}

static void load(struct program *program, size_t offset)
{
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(struct program *program, uint32_t action)
{
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* What was loaded is `value`, or the next `skip` lines are left out. */
static void unless(struct program *program, uint32_t value, uint8_t skip)
{
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip));
}

static void answer_all(struct program *program, const int *calls, size_t count, uint32_t action)
{
    for (size_t at = 0; at < count; at++) {
        unless(program, (uint32_t)calls[at], 1);
        answer(program, action);
    }
}

/* An argument's low half, where ends are little. */
static size_t argument(unsigned number)
{
    return offsetof(struct seccomp_data, args) + number * sizeof(uint64_t);
}

static void refuse_code(struct program *program)
{
    for (size_t at = 0; at < ARRAY_LENGTH(protecting); at++) {
        unless(program, (uint32_t)protecting[at], 4);
        load(program, argument(2));
        add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
        answer(program, SECCOMP_RET_ERRNO | EACCES);
        answer(program, SECCOMP_RET_ALLOW);
    }
}

static bool refuse_calls(void)
{
    struct program program = {.count = 0};
    load(&program, offsetof(struct seccomp_data, arch));
    unless(&program, ARCHITECTURE, 1);
    load(&program, offsetof(struct seccomp_data, nr)); /* else the architecture: no call's number */
    answer_all(&program, granted, ARRAY_LENGTH(granted), SECCOMP_RET_ALLOW);
    answer_all(&program, refused, ARRAY_LENGTH(refused), SECCOMP_RET_ERRNO | EACCES);
    refuse_code(&program);
    unless(&program, (uint32_t)to_itself, 3);
    load(&program, argument(0));
    unless(&program, (uint32_t)getpid(), 1);
    answer(&program, SECCOMP_RET_ALLOW);
    answer(&program, SECCOMP_RET_KILL_PROCESS);
    struct sock_fprog filter = {program.count, program.lines};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

#else

static bool refuse_calls(void)
{
    return false; /* the numbers of this architecture's calls are not known here */
}

#endif

/* Valgrind makes calls of its own in this process. */
static bool is_simulated(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded && strstr(preloaded, "/vgpreload_");
}

unsigned lock_down(void)
{
    unsigned locks = 0;
    if (refuse_files()) {
        locks |= LOCK_FILES;
    }
    if (!is_simulated() && refuse_calls()) {
        locks |= LOCK_CALLS;
    }
    return locks;
}

void lock_describe(unsigned locks, struct buffer *out)
{
    static const struct {
        unsigned lock;
        const char *name;
    } names[] = {{LOCK_MEMORY, "memory and time"},
                 {LOCK_FILES, "files (Landlock)"},
                 {LOCK_CALLS, "system calls (seccomp)"},
                 {LOCK_PRIVILEGE, "privileges"}};
    for (size_t at = 0; at < ARRAY_LENGTH(names); at++) {
        if (locks & names[at].lock) {
            buffer_printf(out, "%s%s", out->length ? ", " : "", names[at].name);
        }
    }
    buffer_adds(out, out->length ? "" : "nothing");
}
