/*
 * How fast input is read: `build/tests/bench/bench_import [FILE]...`. For each file MB/s of
 * processor time from bytes to document, and the peak of memory over the text shown; then MB/s of
 * comment bodies of a few kinds, by themselves and as the texts of a thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../src/import/body_html.h"
#include "hearsay/import.h"

enum { MEGABYTES = 16, ROUNDS = 5, BODY = 500 /* bytes of a comment */ };

static double processor(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void read_file(const char *path)
{
    struct error error;
    struct stat about;
    struct rusage usage;
    double start = processor();
    struct document *document = import_file(path, NULL, &error);
    double seconds = processor() - start;
    if (!document || stat(path, &about) != 0) {
        printf("%s\n", error.message);
        return;
    }
    uint32_t shown;
    getrusage(RUSAGE_SELF, &usage);
    document_text(document, &shown);
    printf("%-28s %7.1f MB/s, peak %.2f times the text shown\n", strrchr(path, '/') + 1,
           (double)about.st_size / seconds / 1e6, (double)usage.ru_maxrss * 1024 / shown);
}

/* In a child, so that the peak is this file's alone. */
static void measure_file(const char *path)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        read_file(path);
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

/* Alone, as the texts of many comments: from HTML to blocks. */
static double read_bodies(const char *body, size_t length)
{
    struct error error;
    struct builder *builder = builder_new((size_t)MEGABYTES << 20, &error);
    if (!builder)
        return 0;
    size_t done = 0;
    double start = processor();
    for (; done < (size_t)MEGABYTES << 20; done += length) {
        builder_comment(builder, &(struct comment_info)COMMENT_INFO_NONE);
        body_html(builder, body, length, BODY_QUOTES);
    }
    double seconds = processor() - start;
    document_free(builder_finish(builder));
    return (double)done / seconds / 1e6;
}

/* With all there is around them: from JSON to a document. */
static double read_thread(const char *body)
{
    struct buffer json = {0};
    struct error error;
    buffer_addc(&json, '[');
    for (unsigned id = 1; json.length < MEGABYTES << 20; id++)
        buffer_printf(&json, "%s{\"id\":%u,\"author\":\"a\",\"created_at\":\"\",\"text\":\"%s\"}",
                      id > 1 ? "," : "", id, body);
    buffer_addc(&json, ']');
    struct import_input input = {json.data, json.length, "bodies"};
    double start = processor();
    struct document *document = import_bytes(&input, "hn", &error);
    double seconds = processor() - start, size = (double)json.length;
    document_free(document);
    buffer_release(&json);
    return size / seconds / 1e6;
}

static void measure_body(const char *name, const char *text)
{
    struct buffer escaped = {0}, plain = {0};
    while (escaped.length < BODY)
        buffer_adds(&escaped, text);
    for (size_t i = 0; i < escaped.length; i++) {
        bool feed = escaped.data[i] == '\\' && escaped.data[i + 1] == 'n';
        buffer_addc(&plain, feed ? '\n' : escaped.data[i]);
        i += feed;
    }
    double alone = 0, around = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        double one = read_bodies(plain.data, plain.length), other = read_thread(escaped.data);
        alone = one > alone ? one : alone;
        around = other > around ? other : around;
    }
    printf("body: %-22s %7.1f MB/s alone, %7.1f in a thread of JSON\n", name, alone, around);
    buffer_release(&escaped);
    buffer_release(&plain);
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++)
        measure_file(arguments[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(bodies); i++)
        measure_body(bodies[i].name, bodies[i].text);
    return 0;
}
