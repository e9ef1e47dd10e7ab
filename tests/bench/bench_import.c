/*
 * How fast input is read: `build/tests/bench/bench_import [FILE]...`. For each file MB/s of
 * processor time from bytes to document, and the peak of memory over the text shown; then MB/s of
 * comment bodies of a few kinds, each as the text of one JSON item.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hearsay/import.h"

enum { MEGABYTES = 16, ROUNDS = 3 };

static double processor(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void read_mapped(const char *path)
{
    struct error error;
    struct stat about;
    struct rusage usage;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &about) != 0)
        return;
    size_t size = (size_t)about.st_size;
    const char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    struct import_input input = {bytes, size, path};
    double start = processor();
    struct document *document = import_bytes(&input, NULL, &error);
    double seconds = processor() - start;
    if (!document) {
        printf("%s\n", error.message);
        return;
    }
    uint32_t shown;
    getrusage(RUSAGE_SELF, &usage);
    document_text(document, &shown);
    printf("%-28s %7.1f MB/s, peak %.2f times the text shown\n", strrchr(path, '/') + 1,
           (double)size / seconds / 1e6, (double)usage.ru_maxrss * 1024 / shown);
}

/* In a child, so that the peak is this file's alone. */
static void measure_file(const char *path)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        read_mapped(path);
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static const struct {
    const char *name, *text;
} bodies[] = {
    {"plain paragraphs",
     "<p>The two port authorities met on Monday for the first time, and left the "
     "room still talking. Nobody knows what was said."},
    {"references", "<p>It&#x27;s the harbour&#x27;s &quot;crane&quot; &amp; nobody&#x27;s else. "},
    {"links and emphasis",
     "<p>See <a href='https:&#x2F;&#x2F;example.org&#x2F;a' rel='nofollow'>the "
     "annex</a>, which is <i>not</i> long, or <b>ask</b> the board for it."},
    {"code and lists", "<p>So:<pre><code>int main(void)\\n{\\n    return 0;\\n}\\n</code></pre>"
                       "<ul><li>one item of it</li><li>and another</li></ul>"},
};

static void measure_body(const char *name, const char *text)
{
    struct buffer json = {0};
    struct error error;
    double best = 1e9;
    buffer_adds(&json, "{\"id\":1,\"author\":\"a\",\"created_at\":\"\",\"text\":\"");
    size_t head = json.length;
    while (json.length < MEGABYTES << 20)
        buffer_adds(&json, text);
    size_t size = json.length - head;
    buffer_adds(&json, "\"}");
    struct import_input input = {json.data, json.length, "body"};
    for (unsigned round = 0; round < ROUNDS; round++) {
        double start = processor();
        struct document *document = import_bytes(&input, "hn", &error);
        double seconds = processor() - start;
        best = seconds < best ? seconds : best;
        document_free(document);
    }
    printf("body: %-22s %7.1f MB/s\n", name, (double)size / best / 1e6);
    buffer_release(&json);
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++)
        measure_file(arguments[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(bodies); i++)
        measure_body(bodies[i].name, bodies[i].text);
    return 0;
}
