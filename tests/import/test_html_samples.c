/*
 * The pages among the samples: counts, depths and authors of those with comments; and how much of
 * the expected text of the articles is found, as the F1 of words over each page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>

#include "import/facts.h"

/* ---- words ----------------------------------------------------------------------------------- */

struct words {
    char **items;
    size_t count;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Cuts `text` in place into words, sorted. */
static struct words cut_words(char *text)
{
    VECTOR(char *) found = {0};
    bool inside = false;
    for (char *at = text; *at; at++) {
        bool word = isalnum((unsigned char)*at) || (*at & 0x80);
        if (word && !inside)
            vector_push(&found, at);
        if (!word)
            *at = '\0';
        inside = word;
    }
    qsort(found.items, found.count, sizeof *found.items, by_text);
    return (struct words){found.items, found.count};
}

static double f1_of(char *expected, char *text)
{
    struct words want = cut_words(expected), have = cut_words(text);
    size_t i = 0, k = 0, both = 0;
    while (i < want.count && k < have.count) {
        int order = strcmp(want.items[i], have.items[k]);
        both += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    double sum = (double)(want.count + have.count);
    free(want.items);
    free(have.items);
    return sum > 0 ? 2 * (double)both / sum : 1;
}

static char *read_file(const char *path)
{
    struct buffer text = {0};
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    assert_true(buffer_read(&text, fileno(file), 10000000, NULL));
    fclose(file);
    return buffer_detach(&text);
}

static double score_page(const char *folder, const char *name)
{
    char path[2048];
    struct error error = {{0}};
    snprintf(path, sizeof path, "%s/html-article/%s/source.html", folder, name);
    struct document *document = import_file(path, NULL, &error);
    if (!document) {
        printf("%s: %s\n", name, error.message);
        return 0;
    }
    assert_true(document_check(document, &error));
    snprintf(path, sizeof path, "%s/html-article/%s/expected.txt", folder, name);
    char *expected = read_file(path), *text = copy_range(document, document_article(document));
    assert_non_null(expected);
    double score = f1_of(expected, text);
    if (score < 0.9)
        printf("%s: F1 %.3f\n", name, score);
    free(expected);
    free(text);
    document_free(document);
    return score;
}

/* ---- comments -------------------------------------------------------------------------------- */

static unsigned compare_page(const char *folder, char *cells[CELLS])
{
    char path[2048], have[64], want[64];
    struct error error = {{0}};
    snprintf(path, sizeof path, "%s/html-comments/%s", folder, cells[0]);
    struct document *document = import_file(path, NULL, &error);
    if (!document) {
        printf("%s: %s\n", cells[0], error.message);
        return 1;
    }
    uint32_t count;
    document_comments(document, &count);
    snprintf(have, sizeof have, "%u comments, depth %u", count, tree_levels(document));
    snprintf(want, sizeof want, "%s comments, depth %s", cells[2], cells[3]);
    char *last = strstr(cells[4], ", "), *first_name = comment_name(document, 0);
    unsigned wrong = strcmp(have, want) != 0;
    if (last)
        *last = '\0';
    wrong += strcmp(first_name, cells[4]) != 0;
    if (last) {
        char *name = comment_name(document, DOCUMENT_NONE);
        wrong += strcmp(name, last + 2) != 0;
        free(name);
    }
    if (wrong)
        printf("%s: %s by %s, should be %s by %s\n", cells[0], have, first_name, want, cells[4]);
    wrong += !document_check(document, &error);
    free(first_name);
    document_free(document);
    return wrong;
}

static bool has_facts(char *cells[CELLS])
{
    return strstr(cells[0], ".html") && cells[2][0] != '-' && cells[4][0] != '-';
}

static void pages_of_the_tables(void **state)
{
    (void)state;
    char readme[1024], folder[1024], line[4096], *cells[CELLS], section = ' ';
    if (!shared_folder(readme, sizeof readme, "samples/README.md"))
        skip();
    snprintf(folder, sizeof folder, "%.*s", (int)(strlen(readme) - strlen("/README.md")), readme);
    FILE *file = fopen(readme, "r");
    assert_non_null(file);
    unsigned rows = 0, wrong = 0, articles = 0;
    double sum = 0;
    while (fgets(line, sizeof line, file)) {
        if (!strncmp(line, "## ", 3))
            section = !strcmp(line, "## html-comments\n")  ? 'c'
                      : !strcmp(line, "## html-article\n") ? 'a'
                                                           : ' ';
        if (section == ' ' || !cut_row(line, cells) || !strcmp(cells[0], "file") ||
            cells[0][0] == '-')
            continue;
        if (section == 'a') {
            sum += score_page(folder, cells[0]);
            articles++;
        } else if (has_facts(cells)) {
            wrong += compare_page(folder, cells);
            rows++;
        }
    }
    fclose(file);
    printf("%u pages with comments; F1 of %u articles %.4f\n", rows, articles, sum / articles);
    assert_true(rows >= 11 && articles == 30);
    assert_int_equal(wrong, 0);
    assert_true(sum / articles >= 0.965);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages_of_the_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
