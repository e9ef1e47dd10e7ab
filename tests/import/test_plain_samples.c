/*
 * Every row of the samples' table "plain": title, number of comments, depth, first and last author.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "import/facts.h"

static unsigned differs(const char *file, const char *what, const char *want, const char *have)
{
    if (!strcmp(want, have))
        return 0;
    printf("%s: %s is '%s', should be '%s'\n", file, what, have, want);
    return 1;
}

/* "first, last", or one name for the first. */
static unsigned compare_authors(const struct document *document, const char *file, char *authors)
{
    char *last = strstr(authors, ", ");
    unsigned wrong = 0;
    char *name = comment_name(document, DOCUMENT_NONE);
    if (last) {
        *last = '\0';
        wrong += differs(file, "last author", last + 2, name);
    }
    free(name);
    name = comment_name(document, 0);
    wrong += differs(file, "first author", authors, name);
    free(name);
    return wrong;
}

static unsigned compare_row(const char *folder, char *cells[CELLS])
{
    char path[2048], number[16];
    struct error error = {{0}};
    snprintf(path, sizeof path, "%s/%s", folder, cells[0]);
    struct document *document = import_file(path, "text", &error);
    if (!document) {
        printf("%s: %s\n", cells[0], error.message);
        return 1;
    }
    uint32_t count;
    document_comments(document, &count);
    char *title = copy_range(document, document_title(document));
    unsigned wrong = differs(cells[0], "title", cells[1], title);
    free(title);
    snprintf(number, sizeof number, "%u", count);
    wrong += differs(cells[0], "comments", cells[2], number);
    snprintf(number, sizeof number, "%u", tree_levels(document));
    wrong += differs(cells[0], "depth", cells[3], number);
    wrong += compare_authors(document, cells[0], cells[4]);
    if (!document_check(document, &error)) {
        printf("%s: %s\n", cells[0], error.message);
        wrong++;
    }
    document_free(document);
    return wrong;
}

static void every_row_of_the_table(void **state)
{
    (void)state;
    char readme[1024], folder[1024], line[4096];
    if (!shared_folder(readme, sizeof readme, "samples/README.md"))
        skip();
    snprintf(folder, sizeof folder, "%.*splain", (int)(strlen(readme) - strlen("README.md")),
             readme);
    FILE *file = fopen(readme, "r");
    assert_non_null(file);
    bool inside = false;
    unsigned rows = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        char *cells[CELLS];
        if (!strncmp(line, "## ", 3))
            inside = !strcmp(line, "## plain\n");
        if (inside && cut_row(line, cells) && strstr(cells[0], ".txt")) {
            wrong += compare_row(folder, cells);
            rows++;
        }
    }
    fclose(file);
    printf("%u rows compared\n", rows);
    assert_true(rows >= 20);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_of_the_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
