/*
 * Importers that crash, hang, want everything, or lie: each ends as one line, and nobody else is
 * harmed. They run in the process and under the limits that every importer runs in.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../src/document/image.h"
#include "../../src/import/child.h"
#include "../../src/import/lock.h"

/* ---- the importers: they see no more than what each needs ------------------------------------ */

static bool crash(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder, (void)error;
    raise(SIGSEGV);
    return true;
}

static bool give_up(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder, (void)error;
    abort();
}

static bool leave(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder, (void)error;
    _exit(0);
}

static bool burn(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)builder, (void)error;
    for (volatile size_t at = 0; input->length; at++) {
    }
    return true;
}

static bool sleep_on(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder, (void)error;
    raise(SIGSTOP);
    return true;
}

static bool hoard(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)builder, (void)error;
    for (volatile size_t at = 0; input->length; at++)
        memset(xmalloc(1 << 20), 1, 1 << 20);
    return true;
}

static bool calls(long result, struct error *error)
{
    return result >= 0 || error_set(error, "refused: %s", strerror(errno));
}

static bool open_file(const struct import_input *input, struct builder *builder,
                      struct error *error)
{
    (void)input, (void)builder;
    return calls(open("/etc/passwd", O_RDONLY), error);
}

static bool make_file(const struct import_input *input, struct builder *builder,
                      struct error *error)
{
    (void)input, (void)builder;
    return calls(open("/tmp/hearsay-test-made", O_RDWR | O_CREAT, 0600), error);
}

static bool open_socket(const struct import_input *input, struct builder *builder,
                        struct error *error)
{
    (void)input, (void)builder;
    return calls(socket(AF_INET, SOCK_STREAM, 0), error);
}

static bool execute(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder;
    return calls(execl("/bin/true", "true", NULL), error);
}

static bool fork_off(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder;
    return calls(fork(), error);
}

static bool kill_parent(const struct import_input *input, struct builder *builder,
                        struct error *error)
{
    (void)input, (void)builder;
    return calls(kill(getppid(), SIGKILL), error);
}

static bool trace_parent(const struct import_input *input, struct builder *builder,
                         struct error *error)
{
    (void)input, (void)builder;
    return calls(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL), error);
}

static bool run_data(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder;
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? calls(-1, error) : true;
}

/* A document as it should be, with two comments. */
static void build(struct builder *builder)
{
    struct comment_info info = COMMENT_INFO_NONE;
    builder_title(builder, "A title", 7);
    for (uint32_t depth = 0; depth < 2; depth++) {
        info.name = "salt";
        info.name_length = 4;
        info.depth = depth;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, "Fair.", 5);
    }
}

static struct image *built(struct builder *builder)
{
    build(builder);
    builder_publish(builder);
    return builder_document(builder)->image;
}

static bool behave(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)error;
    build(builder);
    return true;
}

static bool lie_about_text(const struct import_input *input, struct builder *builder,
                           struct error *error)
{
    (void)input, (void)error;
    struct image *image = built(builder);
    memcpy((char *)image + image->regions[REGION_TEXT].offset, "\033[2J", 4);
    return true;
}

static bool lie_about_places(const struct import_input *input, struct builder *builder,
                             struct error *error)
{
    (void)input, (void)error;
    struct image *image = built(builder);
    image->regions[REGION_TEXT].offset = image->size - 1;
    return true;
}

static bool lie_about_blocks(const struct import_input *input, struct builder *builder,
                             struct error *error)
{
    (void)input, (void)error;
    struct block *blocks = image_region(built(builder), REGION_BLOCKS);
    blocks[1].end = UINT32_MAX;
    return true;
}

/* Ends, parents and roots are worked out by the reader: what is said of them does not matter. */
static bool lie_about_the_tree(const struct import_input *input, struct builder *builder,
                               struct error *error)
{
    (void)input, (void)error;
    struct comment *comments = image_region(built(builder), REGION_COMMENTS);
    comments[0].end = comments[1].end = 77;
    comments[1].parent = 12345;
    return true;
}

static bool shrink(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)error;
    build(builder);
    return ftruncate(CHILD_IMAGE, 4096) == 0 || true;
}

static bool babble(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)error;
    struct news news = {.kind = 12345};
    build(builder);
    return write(CHILD_NEWS, &news, sizeof news) > 0;
}

/* Says that it is done, and stays. */
static bool linger(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)error;
    struct image *image = built(builder);
    struct news news = {.kind = NEWS_END, .extent = document_extent(builder_document(builder))};
    (void)image;
    if (write(CHILD_NEWS, &news, sizeof news) > 0)
        raise(SIGSTOP);
    return true;
}

/* Hides control characters in its words. */
static bool swear(const struct import_input *input, struct builder *builder, struct error *error)
{
    (void)input, (void)builder;
    return error_set(error, "no\033[31m way\n%s", "at all");
}

/* ---- and what is heard of them --------------------------------------------------------------- */

enum { NEEDS_CALLS = 1, NEEDS_FILES = 2, NEEDS_MEMORY = 4 };

/* Where memory cannot be limited, only the clock ends what takes ever more of it. */
#if defined(__SANITIZE_ADDRESS__)
#define HOARDS_ON true
#else
#define HOARDS_ON false
#endif

struct trial {
    const char *name;
    bool (*import)(const struct import_input *, struct builder *, struct error *);
    const char *line; /* what the one line holds; NULL: the document comes as it should */
    unsigned needs;
    bool hangs; /* it gets a second; the others end by themselves */
};

static const struct trial trials[] = {
    {"behave", behave, NULL, 0, false},
    {"lie about the tree", lie_about_the_tree, NULL, 0, false},
    {"linger", linger, NULL, 0, false},
    {"crash", crash, "crashed on", 0, false},
    {"abort", give_up, "crashed on", 0, false},
    {"leave", leave, "without a word", 0, false},
    {"burn", burn, "import.seconds", 0, true},
    {"sleep", sleep_on, "import.seconds", 0, true},
    {"hoard", hoard, "import.memory_mb", NEEDS_MEMORY, HOARDS_ON},
    {"open", open_file, "refused", NEEDS_CALLS, false},
    {"make a file", make_file, "refused", NEEDS_CALLS, false},
    {"socket", open_socket, "may not", NEEDS_CALLS, false},
    {"exec", execute, "may not", NEEDS_CALLS, false},
    {"fork", fork_off, "may not", NEEDS_CALLS, false},
    {"kill", kill_parent, "may not", NEEDS_CALLS, false},
    {"ptrace", trace_parent, "may not", NEEDS_CALLS, false},
    {"run data", run_data, "refused", NEEDS_CALLS, false},
    {"lie about text", lie_about_text, "nonsense", 0, false},
    {"lie about places", lie_about_places, "nonsense", 0, false},
    {"lie about blocks", lie_about_blocks, "nonsense", 0, false},
    {"shrink", shrink, "crashed on", 0, false},
    {"babble", babble, "nonsense", 0, false},
    {"swear", swear, "no way at all", 0, false},
};

static unsigned sure(const struct import_input *input)
{
    (void)input;
    return 100;
}

static char *write_input(void)
{
    char *path = xstrdup("/tmp/hearsay-test-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "Some text.\n", 11), 11);
    close(descriptor);
    return path;
}

static void assert_good(const struct document *document)
{
    struct error error;
    uint32_t count;
    assert_non_null(document);
    assert_true(document_check(document, &error));
    const struct comment *comments = document_comments(document, &count);
    assert_int_equal(count, 2);
    assert_int_equal(comments[0].end, 2);
    assert_int_equal(comments[1].parent, 0);
}

/* Where the kernel or a sanitizer has no such protection, there is nothing to try. */
static bool is_protected(const struct trial *trial, const char *report)
{
    return !(trial->needs & NEEDS_CALLS && !strstr(report, "system calls")) &&
           !(trial->needs & NEEDS_FILES && !strstr(report, "files")) &&
           !(trial->needs & NEEDS_MEMORY && !strstr(report, "memory"));
}

static void try_one(const struct trial *trial, const char *path)
{
    struct import_format importer = {"text",        "a trial",   sure,
                                     trial->import, .raw = true, .stream = NULL};
    struct import_request request = {
        .path = path, .memory_mb = 64, .seconds = trial->hangs ? 1 : 60};
    struct error error = {""};
    struct buffer report = {0};
    struct import *import = import_begin_by(&request, &importer, &error);
    assert_non_null(import);
    bool good = import_settle(import, &error);
    import_report(import, &report);
    const char *known = buffer_string(&report);
    if (!is_protected(trial, known)) {
        printf("SKIPPED: %s: not protected here\n", trial->name);
    } else if (!trial->line) {
        assert_true(good);
        assert_good(import_first(import, -1, &error));
    } else {
        if (good || !strstr(error.message, trial->line))
            fail_msg("%s: '%s' without '%s'", trial->name, error.message, trial->line);
        assert_null(strpbrk(error.message, "\033\n"));
    }
    import_end(import);
    buffer_release(&report);
}

static void every_end_is_one_line(void **state)
{
    (void)state;
    char *path = write_input();
    for (size_t at = 0; at < ARRAY_LENGTH(trials); at++)
        try_one(&trials[at], path);
    assert_int_equal(access("/tmp/hearsay-test-made", F_OK), -1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
    unlink(path);
    free(path);
}

static void what_is_not_wanted_any_more_ends_at_once(void **state)
{
    (void)state;
    char *path = write_input();
    struct import_format importer = {"text", "a trial", sure, burn, .raw = true, .stream = NULL};
    struct import_request request = {.path = path, .seconds = 600};
    struct error error;
    struct import *import = import_begin_by(&request, &importer, &error);
    assert_null(import_first(import, 1, &error));
    assert_false(import_is_done(import));
    import_end(import);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    unlink(path);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_end_is_one_line),
        cmocka_unit_test(what_is_not_wanted_any_more_ends_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
