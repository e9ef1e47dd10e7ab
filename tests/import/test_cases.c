/*
 * Cases made of files: tests/import/cases/NAME.txt (or .json, .html, ...) and NAME.expect
 * beside it. A line of the latter is a key, a colon and a value, each of which must hold:
 *
 *      title, byline       just so
 *      comments, depth     how many, how many levels
 *      first, last         the names
 *      authors             all names in order, parted by " / "
 *      depths              the depth of each in order, from 0, parted by blanks
 *      time                of the first comment, in seconds since 1970
 *      published, stated   of the document
 *      article, lacks      this is in the article's text, or not
 *      body, bodies        the text of the first comment; this is in some comment's text
 *      nowhere             this is in no text at all
 *      format, note        the importer's name; what it has to say
 *      states              the state of each comment, as numbers
 *      block               kind and level of the article's first such block: "heading 2"
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <inttypes.h>
#include <unistd.h>

#include "import/facts.h"

static char *name_list(const struct document *document)
{
    struct buffer list = {0};
    uint32_t count;
    document_comments(document, &count);
    for (uint32_t i = 0; i < count; i++) {
        char *name = comment_name(document, i);
        buffer_printf(&list, "%s%s", i ? " / " : "", name);
        free(name);
    }
    return buffer_detach(&list);
}

static char *depth_list(const struct document *document)
{
    struct buffer list = {0};
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    for (uint32_t i = 0; i < count; i++)
        buffer_printf(&list, "%s%u", i ? " " : "", comments[i].depth);
    return buffer_detach(&list);
}

static char *state_list(const struct document *document)
{
    struct buffer list = {0};
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    for (uint32_t i = 0; i < count; i++)
        buffer_printf(&list, "%s%u", i ? " " : "", comments[i].state);
    return buffer_detach(&list);
}

static char *meta_text(const struct document *document, enum document_string which)
{
    size_t length;
    const char *text = document_meta(document, which, &length);
    return xstrndup(text, length);
}

static char *number_text(int64_t number)
{
    struct buffer text = {0};
    buffer_printf(&text, "%" PRId64, number);
    return buffer_detach(&text);
}

static struct range body_of(const struct document *document, uint32_t index)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    return index < count ? comments[index].text : (struct range){0, 0};
}

/* The value of a key that must be just so; NULL if it is no such key. Free it. */
static char *value_of(const struct document *document, const char *key)
{
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    if (!strcmp(key, "format"))
        return meta_text(document, STRING_FORMAT);
    if (!strcmp(key, "note"))
        return meta_text(document, STRING_NOTE);
    if (!strcmp(key, "states"))
        return state_list(document);
    if (!strcmp(key, "title"))
        return copy_range(document, document_title(document));
    if (!strcmp(key, "byline"))
        return copy_range(document, document_byline(document));
    if (!strcmp(key, "comments"))
        return number_text(count);
    if (!strcmp(key, "depth"))
        return number_text(tree_levels(document));
    if (!strcmp(key, "first"))
        return comment_name(document, 0);
    if (!strcmp(key, "last"))
        return comment_name(document, DOCUMENT_NONE);
    if (!strcmp(key, "authors"))
        return name_list(document);
    if (!strcmp(key, "depths"))
        return depth_list(document);
    if (!strcmp(key, "time"))
        return number_text(count ? comments[0].time : TIME_NONE);
    if (!strcmp(key, "published"))
        return number_text(document_published(document));
    if (!strcmp(key, "stated"))
        return number_text(document_stated_comments(document));
    if (!strcmp(key, "body"))
        return copy_range(document, body_of(document, 0));
    return NULL;
}

static bool in_range(const struct document *document, struct range range, const char *text)
{
    char *copy = copy_range(document, range);
    bool found = strstr(copy, text) != NULL;
    free(copy);
    return found;
}

static bool has_block(const struct document *document, const char *wanted)
{
    static const char *const kinds[BLOCK_KINDS] = {
        "paragraph", "heading", "quote", "item", "code", "caption", "table", "rule", "signature"};
    uint32_t count;
    const struct block *blocks = document_blocks(document, &count);
    for (uint32_t i = 0; i < document_article_blocks(document); i++) {
        char text[64];
        snprintf(text, sizeof text, "%s %u", kinds[blocks[i].kind], blocks[i].level);
        if (!strcmp(text, wanted))
            return true;
    }
    return false;
}

/* Keys that ask whether something is there. -1: no such key. */
static int holds(const struct document *document, const char *key, const char *value)
{
    uint32_t length, count;
    document_comments(document, &count);
    document_text(document, &length);
    if (!strcmp(key, "article"))
        return in_range(document, document_article(document), value);
    if (!strcmp(key, "lacks"))
        return !in_range(document, document_article(document), value);
    if (!strcmp(key, "nowhere"))
        return !in_range(document, (struct range){0, length}, value);
    if (!strcmp(key, "block"))
        return has_block(document, value);
    if (!strcmp(key, "bodies")) {
        for (uint32_t i = 0; i < count; i++)
            if (in_range(document, body_of(document, i), value))
                return true;
        return false;
    }
    return -1;
}

static unsigned check_line(const struct document *document, const char *name, char *line)
{
    char *value = strchr(line, ':');
    line[strcspn(line, "\n")] = '\0';
    if (!value || line[0] == '#')
        return line[0] != '#' && line[0] != '\0';
    *value++ = '\0';
    value += *value == ' ';
    for (char *at = value; (at = strstr(at, "\\n")) != NULL; at++) {
        *at = '\n';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    char *have = value_of(document, line);
    bool fine = have ? !strcmp(have, value) : holds(document, line, value) == 1;
    if (!fine)
        printf("%s: %s should be '%s'%s%s%s\n", name, line, value, have ? ", is '" : "",
               have ? have : "", have ? "'" : "");
    free(have);
    return !fine;
}

static struct document *import_case(const char *folder, const char *name, struct error *error)
{
    static const char *const kinds[] = {"txt", "json", "html", "xml",    "mbox",
                                        "md",  "epub", "eml",  "maildir"};
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s.%s", folder, name, kinds[i]);
        if (access(path, R_OK) == 0)
            return import_file(path, i == 0 ? "text" : NULL, error);
    }
    error_set(error, "no such case");
    return NULL;
}

static unsigned run_case(const char *folder, const char *name)
{
    char path[1024], line[4096];
    struct error error = {{0}};
    unsigned wrong = 0;
    struct document *document = import_case(folder, name, &error);
    if (!document) {
        printf("%s: %s\n", name, error.message);
        return 1;
    }
    snprintf(path, sizeof path, "%s/%s.expect", folder, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("%s: no such file\n", path);
        wrong++;
    }
    while (file && fgets(line, sizeof line, file))
        wrong += check_line(document, name, line);
    if (file)
        fclose(file);
    if (!document_check(document, &error)) {
        printf("%s: %s\n", name, error.message);
        wrong++;
    }
    document_free(document);
    return wrong;
}

static void every_case(void **state)
{
    (void)state;
    static const char folder[] = "tests/import/cases";
    DIR *open = opendir(folder);
    assert_non_null(open);
    unsigned cases = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        char name[256];
        size_t length = strlen(entry->d_name);
        if (length < 8 || length >= sizeof name ||
            strcmp(entry->d_name + length - 7, ".expect") != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(length - 7), entry->d_name);
        wrong += run_case(folder, name);
        cases++;
    }
    closedir(open);
    printf("%u cases\n", cases);
    assert_true(cases > 80);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
