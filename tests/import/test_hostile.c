/*
 * Inputs made to hurt: deep, wide, with every trap for quadratic work we know of. Each is read in a
 * child that has a few seconds of processor time, many times what it needs, and whose memory is
 * looked at afterwards. What comes out matters less than that it comes: a document that keeps its
 * promises, or a sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearsay/import.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SECONDS = 60, BASE_MEGABYTES = 100000 };
#else
enum { SECONDS = 10, BASE_MEGABYTES = 24 };
#endif

/* `head`, then `part` and in the end `close` so many times, with `middle` between. %u in a part is
 * its number. */
struct hostile {
    const char *name, *format;
    const char *head, *part, *middle, *close;
    unsigned count;
    unsigned times; /* the memory it may take, in sizes of the input */
};

static const struct hostile inputs[] = {
    {"json: nested arrays", "hn", "", "[", "", "]", 1000000, 60},
    {"json: nested objects", "hn", "", "{\"children\":[", "", "]}", 200000, 60},
    {"json: a chain of replies", "hn", "",
     "{\"id\":%u,\"author\":\"a\",\"text\":\"b\",\"children\":[", "", "]}", 100000, 20},
    {"json: siblings", "hn", "{\"id\":0,\"title\":\"t\",\"author\":\"a\",\"children\":[",
     "{\"id\":%u,\"author\":\"a\",\"text\":\"b\"},", "{}]}", "", 200000, 20},
    {"json: one id for all", "lobsters", "{\"comments\":[",
     "{\"short_id\":\"x\",\"comment\":\"%u\",\"parent_comment\":\"x\"},", "{}]}", "", 100000, 20},
    {"json: paths without parents", "lemmy", "{\"comments\":[",
     "{\"comment\":{\"id\":%u,\"path\":\"0.1.2.3.4.5.6.7.8.9%u\",\"content\":\"c\"},"
     "\"creator\":{\"name\":\"n\"}},",
     "{}]}", "", 50000, 20},
    {"json: an escaped string", "hn", "{\"id\":1,\"text\":\"", "\\u00e9\\n", "\"}", "", 1000000,
     12},
    {"body: tags that never end", "hn", "{\"id\":1,\"author\":\"a\",\"text\":\"", "<a href=", "\"}",
     "", 500000, 12},
    {"body: lists in lists", "hn", "{\"id\":1,\"author\":\"a\",\"text\":\"", "<ul><li>x", "\"}", "",
     200000, 30},
    {"body: quotes in quotes", "hn", "{\"id\":1,\"author\":\"a\",\"text\":\"", "<blockquote>x",
     "\"}", "", 200000, 30},
    {"html: deep", "html", "<html><body>", "<div>", "text", "</div>", 100000, 60},
    {"html: deep comments", "html", "<html><body>",
     "<div class=comment id=comment-%u><b class=fn>n</b><p>text", "", "</div>", 20000, 80},
    {"html: boxes without authors", "html", "<html><body>", "<div class=comment><p>x", "", "",
     30000, 120},
    {"html: fonts", "html", "<html><body>", "<font color=c%u>x", "", "", 1000000, 30},
    {"html: bold paragraphs", "html", "<html><body>", "<p><b id=b%u>x", "", "", 50000, 300},
    {"html: misnested", "html", "<html><body>", "<table><b><p></table></b>", "", "", 20000, 200},
    {"html: attributes", "html", "<html><body><p", " a%u=\"b\"", ">text", "", 10000, 60},
    {"feed: entities", "feed",
     "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
     "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
     "<rss><channel><title>t</title><item><title>",
     "&d;", "</title></item></channel></rss>", "", 100000, 60},
    {"feed: deep", "feed", "<rss><channel><item>", "<a>", "", "</a>", 100000, 60},
    {"feed: items", "feed", "<rss><channel><title>t</title>",
     "<item><title>t%u</title><guid>g</guid></item>", "</channel></rss>", "", 50000, 60},
    {"mail: parts in parts", "mbox",
     "From: a\nSubject: b\nDate: c\nContent-Type: multipart/mixed; boundary=b0\n\n",
     "--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n", "", "", 5000, 200},
    {"mail: references", "mbox", "From: a\nSubject: b\nDate: c\nReferences: ", "<%u@x> ",
     "\n\ntext", "", 200000, 20},
    {"mail: separators", "mbox", "", "From a Mon May  5 10:00:%u 2025\nSubject: x\n\n\n", "", "",
     100000, 60},
    {"mail: one subject", "mbox", "",
     "From a Mon May  5 10:00:00 2025\nFrom: b%u\nSubject: Re: x\n\ntext\n\n", "", "", 50000, 60},
    {"mail: a circle of answers", "mbox", "",
     "From a Mon May  5 10:00:00 2025\nFrom: b\nMessage-ID: <%u@x>\nIn-Reply-To: <%u@y>\n\nt\n\n",
     "", "", 50000, 60},
    {"mail: encoded words", "mbox", "From: a\nDate: c\nSubject: ", "=?utf-8?q?x?= ", "\n\ntext", "",
     20000, 200},
    {"markdown: quotes", "markdown", "# t\n\n", "> ", "text", "", 20000, 1000},
    {"markdown: brackets", "markdown", "# t\n\n", "[", "text", "]", 50000, 200},
    {"markdown: stars", "markdown", "# t\n\n", "*a ", "", "", 100000, 200},
    {"markdown: fences", "markdown", "# t\n\n", "```x%u\n", "", "", 50000, 60},
    {"text: names", "text", "title\n\ntext\n\n\n", "  %u. Name\n\n    text\n\n", "", "", 100000,
     30},
    {"text: quote marks", "text", "title\n\n", ">", " text", "", 1000000, 30},
    {"text: dates", "text", "title\n\n", "Name 1.1.2011 at 11:%u am\n", "", "", 100000, 30},
};

static char *make(const struct hostile *hostile, size_t *length)
{
    struct buffer text = {0};
    buffer_adds(&text, hostile->head);
    for (unsigned i = 0; i < hostile->count; i++) {
        const char *at = hostile->part;
        for (const char *sign; (sign = strstr(at, "%u")) != NULL; at = sign + 2) {
            buffer_add(&text, at, (size_t)(sign - at));
            buffer_printf(&text, "%u", i);
        }
        buffer_adds(&text, at);
    }
    buffer_adds(&text, hostile->middle);
    for (unsigned i = 0; *hostile->close && i < hostile->count; i++)
        buffer_adds(&text, hostile->close);
    *length = text.length;
    return buffer_detach(&text);
}

static void read_it(const struct import_input *input, const char *format)
{
    struct rlimit seconds = {SECONDS, SECONDS + 1};
    struct error error = {""};
    setrlimit(RLIMIT_CPU, &seconds);
    struct document *document = import_bytes(input, format, &error);
    _exit(document ? !document_check(document, &error) : !error.message[0]);
}

static unsigned run(const struct hostile *hostile)
{
    size_t length;
    char *text = make(hostile, &length);
    struct import_input input = {text, length, "hostile"};
    struct rusage usage;
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    assert_return_code(child, 0);
    if (!child)
        read_it(&input, hostile->format);
    assert_int_equal(wait4(child, &status, 0, &usage), child);
    free(text);
    long most = BASE_MEGABYTES * 1024 + (long)(length / 1024 + 1) * (long)(hostile->times + 1);
    bool fine = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!fine)
        printf("%s: ends with status %#x\n", hostile->name, (unsigned)status);
    if (fine && usage.ru_maxrss > most)
        printf("%s: takes %ld KiB, for %zu\n", hostile->name, usage.ru_maxrss, length / 1024);
    if (getenv("HOSTILE_SHOW"))
        printf("%-30s %8zu KiB, %5ld ms, %8ld KiB\n", hostile->name, length / 1024,
               usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000, usage.ru_maxrss);
    return !fine || usage.ru_maxrss > most;
}

static void every_hostile_input(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(inputs); i++)
        wrong += run(&inputs[i]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_hostile_input)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
