/*
 * Memory that runs out at the worst moment: the same small job is done in a child with an allocator
 * that fails at its N-th call, for every N there is. Each child must either come through or end
 * with status 1 and the message; never by a signal, never in silence.
 *
 * The linker puts our allocator in front of the real one (--wrap, see the Makefile), so only calls
 * from our own code are counted and nothing needs to be preloaded.
 */
#include "test.h"

#include "hearsay/analyse.h"
#include "hearsay/base.h"
#include "hearsay/config.h"
#include "hearsay/document.h"
#include "hearsay/import.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the allocator ------------------------------------------------------------------ */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *pointer, size_t size);
void *__real_reallocarray(void *pointer, size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *pointer, size_t size);
void *__wrap_reallocarray(void *pointer, size_t count, size_t size);

static unsigned long calls;   /* since the job began */
static unsigned long fail_at; /* 0: never */

static bool refused(void)
{
    return ++calls == fail_at;
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *pointer, size_t size)
{
    return refused() ? NULL : __real_realloc(pointer, size);
}

void *__wrap_reallocarray(void *pointer, size_t count, size_t size)
{
    return refused() ? NULL : __real_reallocarray(pointer, count, size);
}

#if defined(__SANITIZE_ADDRESS__)
/* A child that gives up leaves its memory to the system; that is no leak. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#define MOST_CHILDREN 150ul
#else
#define MOST_CHILDREN 1500ul
#endif

/* ---- children ----------------------------------------------------------------------- */

struct outcome {
    int status;        /* as of waitpid() */
    char message[200]; /* what it wrote to standard error */
    unsigned long calls;
};

typedef void job(void);

static struct outcome run_child(job *work, unsigned long fail)
{
    struct outcome outcome = {.status = -1};
    int errors[2], counts[2];
    assert_return_code(pipe(errors), 0);
    assert_return_code(pipe(counts), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_return_code(child, 0);
    if (!child) {
        dup2(errors[1], STDERR_FILENO);
        memory_report_at_exit();
        calls = 0;
        fail_at = fail;
        work();
        if (write(counts[1], &calls, sizeof calls) != (ssize_t)sizeof calls)
            _exit(99);
        _exit(0);
    }
    close(errors[1]);
    close(counts[1]);
    ssize_t got = read(errors[0], outcome.message, sizeof outcome.message - 1);
    outcome.message[got > 0 ? got : 0] = '\0';
    if (read(counts[0], &outcome.calls, sizeof outcome.calls) < 0)
        outcome.calls = 0;
    close(errors[0]);
    close(counts[0]);
    waitpid(child, &outcome.status, 0);
    return outcome;
}

static void check_outcome(const struct outcome *outcome, unsigned long fail)
{
    bool through = WIFEXITED(outcome->status) && WEXITSTATUS(outcome->status) == 0;
    bool told = WIFEXITED(outcome->status) && WEXITSTATUS(outcome->status) == 1 &&
                strstr(outcome->message, "out of memory");
    if (!through && !told)
        fail_msg("allocation %lu failing ends with status %#x and '%s'", fail,
                 (unsigned)outcome->status, outcome->message);
}

static void torment_some(job *work, unsigned long most)
{
    struct outcome whole = run_child(work, 0);
    assert_int_equal(whole.status, 0);
    assert_true(whole.calls > 0);
    unsigned long step = 1 + whole.calls / most, ended = 0;
    for (unsigned long fail = 1; fail <= whole.calls; fail += step) {
        struct outcome outcome = run_child(work, fail);
        check_outcome(&outcome, fail);
        ended += outcome.status != 0;
    }
    assert_true(ended > 0); /* else the allocator was never asked */
    if (step > 1 && most == MOST_CHILDREN)
        print_message("every %luth of %lu allocations\n", step, whole.calls);
}

static void torment(job *work)
{
    torment_some(work, MOST_CHILDREN);
}

/* ---- jobs --------------------------------------------------------------------------- */

static void build_a_document(void)
{
    struct error error;
    struct builder *builder = builder_new(1000, &error);
    if (!builder)
        return; /* told as bad input is */
    builder_title(builder, "Towns 900 metres apart", 22);
    builder_byline(builder, "by nobody", 9);
    builder_meta(builder, STRING_URL, "http://example.org/", 19);
    for (uint32_t at = 0; at < 40; at++) {
        char name[16];
        struct comment_info info = COMMENT_INFO_NONE;
        info.name_length = (size_t)snprintf(name, sizeof name, "author %u", at);
        info.name = name;
        info.depth = at % 7;
        if (at % 7)
            info.depth = at % 7 > 5 ? 2 : at % 7;
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_run(builder, RUN_LINK, builder_link(builder, "x", 1));
        builder_text(builder, "Text \xE2\x80\x9Cthat\xE2\x80\x9D\tis \xFF cleaned.", 27);
    }
    struct document *document = builder_finish(builder);
    document_check(document, &error);
    document_free(document);
}

static void test_building_a_document(void **state)
{
    (void)state;
    torment(build_a_document);
}

static const char small_file[] =
    "Two towns talk again at last\n\n"
    "\"Nobody has invited us,\" the mayor Tobias Renn said. \"You cannot accept that.\"\n\n"
    "Marit Halloran, who chairs the Skellan Harbour Board, said: \"We went in cross.\"\n\n\n"
    "  1. Dot Pell\n\n    \xE2\x80\x9CNobody has invited us\xE2\x80\x9D, he says to Renn!\n\n"
    "      1. Gannet\n\n        He does, Dot.\n\n"
    "  2. lowwater\n\n    forty minutes. I am short one chair\n";

static void read_and_analyse(void)
{
    struct import_input input = {
        .bytes = small_file, .length = sizeof small_file - 1, .name = "small"};
    struct error error;
    struct annotations found = {0};
    struct document *document = import_bytes(&input, NULL, &error);
    if (!document)
        return;
    analyse_document(document, &found);
    annotations_release(&found);
    document_free(document);
}

static void test_reading_and_analysing(void **state)
{
    (void)state;
    torment(read_and_analyse);
}

/* Every format: the seeds of its fuzzer, whose first line names it. */
static struct buffer seed;

static void read_seed(void)
{
    size_t count, line = strcspn(buffer_string(&seed), "\n");
    const struct import_format *formats = import_formats(&count), *format = NULL;
    struct import_input input = {seed.data + line + 1, seed.length - line - 1, "seed"};
    struct error error;
    for (size_t i = 0; i < count; i++)
        if (strlen(formats[i].name) == line && !memcmp(formats[i].name, seed.data, line))
            format = &formats[i];
    document_free(import_bytes(&input, format ? format->name : NULL, &error));
}

static int is_seed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void test_every_format(void **state)
{
    (void)state;
    static const char folder[] = "tests/fuzz/corpus/formats";
    struct dirent **entries;
    int count = scandir(folder, &entries, is_seed, alphasort);
    assert_true(count >= 14);
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        int descriptor = open(path, O_RDONLY | O_CLOEXEC);
        buffer_clear(&seed);
        assert_true(descriptor >= 0 && buffer_read(&seed, descriptor, 1 << 20, NULL));
        close(descriptor);
        if (memchr(buffer_string(&seed), '\n', seed.length))
            torment_some(read_seed, MOST_CHILDREN / 30);
        free(entries[i]);
    }
    free(entries);
    buffer_release(&seed);
}

static void read_settings(void)
{
    static const char file[] = "[view]\nlayout = \"wide\"\nno line\narticle_columns = 9999\n"
                               "[search]\ncase = ignore # c\n[nowhere]\nx = y\n";
    struct config *config = config_new();
    struct problems problems = {0};
    config_load_memory(config, "file", file, sizeof file - 1, &problems);
    problems_release(&problems);
    config_free(config);
}

static void test_reading_settings(void **state)
{
    (void)state;
    torment(read_settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_building_a_document),
        cmocka_unit_test(test_reading_and_analysing),
        cmocka_unit_test(test_every_format),
        cmocka_unit_test(test_reading_settings),
    };
    return cmocka_run_group_tests_name("torment", tests, NULL, NULL);
}
