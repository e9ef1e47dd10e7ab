/*
 * Threads, feeds and mail among the samples: title, number of comments, depth and authors of each
 * row of their tables. Stubs and placeholders are no comments. Where a file is not in reading order
 * the authors are not compared: the table names them in file order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "import/facts.h"

struct section {
    const char *name, *format;
    bool ordered;
};

static const struct section sections[] = {
    {"hackernews", "hn", true},
    {"reddit", "reddit", true},
    {"lobsters", "lobsters", true},
    {"discourse", "discourse", false},
    {"wordpress", "wordpress", false},
    {"lemmy", "lemmy", false},
    {"mastodon", "mastodon", true},
    {"feeds", "feed", false},
    {"mail", NULL, false},
    {"usenet", NULL, false},
    {"markdown", "markdown", false},
    {"activitypub", "mastodon", false},
    {"epub", "epub", false},
};

/* The table shows blanks where the file has signs that are not shown. */
static void collapse(char *out, size_t size, const char *text)
{
    size_t length = 0;
    for (; *text && length + 1 < size; text++)
        if (*text != ' ' || (length && out[length - 1] != ' '))
            out[length++] = *text;
    out[length] = '\0';
}

static unsigned differs(const char *file, const char *what, const char *want, const char *have)
{
    char wanted[512], found[512];
    collapse(wanted, sizeof wanted, want);
    collapse(found, sizeof found, have);
    want = wanted;
    have = found;
    if (!strcmp(want, "-") || !strcmp(want, have) ||
        (strlen(want) >= 80 && !strncmp(want, have, strlen(want))))
        return 0;
    printf("%s: %s is '%s', should be '%s'\n", file, what, have, want);
    return 1;
}

struct facts {
    uint32_t count, levels, first, last;
};

static struct facts real_comments(const struct document *document)
{
    uint32_t count;
    struct facts facts = {0};
    const struct comment *comments = document_comments(document, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (comments[i].state == COMMENT_STUB || comments[i].state == COMMENT_PLACEHOLDER)
            continue;
        facts.first = facts.count ? facts.first : i;
        facts.last = i;
        facts.count++;
        facts.levels = comments[i].depth + 1 > facts.levels ? comments[i].depth + 1 : facts.levels;
    }
    return facts;
}

static unsigned compare(const struct section *section, const struct document *document,
                        char *cells[CELLS])
{
    char number[16];
    struct error error;
    struct facts facts = real_comments(document);
    char *title = copy_range(document, document_title(document));
    unsigned wrong = differs(cells[0], "title", cells[1], title);
    free(title);
    snprintf(number, sizeof number, "%u", facts.count);
    wrong += differs(cells[0], "comments", cells[2], number);
    snprintf(number, sizeof number, "%u", facts.levels);
    wrong += differs(cells[0], "depth", cells[3], number);
    size_t length;
    const char *format = document_meta(document, STRING_FORMAT, &length);
    if (section->format && strcmp(cells[0], "thread.atom") != 0 &&
        (strlen(section->format) != length || memcmp(format, section->format, length) != 0)) {
        printf("%s: taken for '%.*s'\n", cells[0], (int)length, format);
        wrong++;
    }
    char *last = strstr(cells[4], ", ");
    if (section->ordered && last && facts.count) {
        *last = '\0';
        char *name = comment_name(document, facts.first);
        wrong += differs(cells[0], "first author", cells[4], name);
        free(name);
        name = comment_name(document, facts.last);
        wrong += differs(cells[0], "last author", last + 2, name);
        free(name);
    }
    if (!document_check(document, &error)) {
        printf("%s: %s\n", cells[0], error.message);
        wrong++;
    }
    return wrong;
}

static unsigned compare_row(const struct section *section, const char *folder, char *cells[CELLS])
{
    char path[2048];
    struct error error = {{0}};
    snprintf(path, sizeof path, "%s/%s/%s", folder, section->name, cells[0]);
    struct document *document = import_file(path, NULL, &error);
    if (!document) {
        printf("%s: %s\n", cells[0], error.message);
        return 1;
    }
    unsigned wrong = compare(section, document, cells);
    document_free(document);
    return wrong;
}

static const struct section *find_section(const char *heading)
{
    for (size_t i = 0; i < ARRAY_LENGTH(sections); i++) {
        size_t length = strlen(sections[i].name);
        if (!strncmp(heading, sections[i].name, length) && heading[length] == '\n')
            return &sections[i];
    }
    return NULL;
}

/*
 * Not those folders whose files are in another order than that of time, or whose row leaves copies
 * out; not those that no parser can read whole, that say the count of something else (a Blogger
 * export's settings), or whose subject ends at a bare carriage return.
 */
static bool is_compared(const char *file)
{
    static const char *const others[] = {
        "file",
        "---",
        "threads-duplicate-ids",
        "threads-ghost-root",
        "threads-parent-priority",
        "wxr-malformed.xml",
        "blogger-export.atom.xml",
        "article-jsonfeed-spec.md",
        "inn-wire-strange",
    };
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        if (!strcmp(file, others[i]))
            return false;
    return true;
}

static void every_row_of_the_tables(void **state)
{
    (void)state;
    char readme[1024], folder[1024], line[4096];
    if (!shared_folder(readme, sizeof readme, "samples/README.md"))
        skip();
    snprintf(folder, sizeof folder, "%.*s", (int)(strlen(readme) - strlen("/README.md")), readme);
    FILE *file = fopen(readme, "r");
    assert_non_null(file);
    const struct section *section = NULL;
    unsigned rows = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        char *cells[CELLS];
        if (!strncmp(line, "## ", 3))
            section = find_section(line + 3);
        if (section && cut_row(line, cells) && is_compared(cells[0])) {
            wrong += compare_row(section, folder, cells);
            rows++;
        }
    }
    fclose(file);
    printf("%u rows compared\n", rows);
    assert_true(rows >= 60);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_of_the_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
