/*
 * Hard articles, and what is in them: cases/NAME.case, a text, a line "====", and then what must be
 * found, a line each:
 *
 *      Ines Okafor<tab>We came to find out     a quotation that begins so is hers
 *      +Jonas Weyl<tab>We came to find out     he says it with whoever is named for it
 *      ?<tab>We came to find out               nobody is shown for it
 *      -<tab>The Weight of Water               these words are in marks and nobody's speech
 *      @person<tab>Ines Okafor                 a name, with its type
 *      !person<tab>Okafor                      no name of that type
 *
 * A "~" before a line: it is known not to be found. When it is, the "~" has to go.
 */
#include "show.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDER "tests/analyse/cases"

struct parsed {
    struct buffer text;
    struct annotations found;
};

static bool holds(const struct parsed *c, struct range range, const char *words)
{
    char *whole = xstrndup(buffer_string(&c->text) + range.start, range.end - range.start);
    bool there = strstr(whole, words) != NULL;
    free(whole);
    return there;
}

/* The quotation of direct speech with a stretch that begins with these words; NULL: none. */
static const struct quote *said(const struct parsed *c, const char *words)
{
    for (size_t at = 0; at < c->found.quotes.count; at++) {
        const struct quote *quote = &c->found.quotes.items[at];
        for (uint32_t span = 0; span < quote->span_count; span++) {
            uint32_t start = c->found.spans.items[quote->first_span + span].start;
            if (quote->kind == QUOTE_DIRECT &&
                !strncmp(buffer_string(&c->text) + start, words, strlen(words)))
                return quote;
        }
    }
    return NULL;
}

static bool is_by(const struct parsed *c, const struct quote *quote, const char *name)
{
    if (!quote || quote->confidence < CONFIDENCE_LIKELY)
        return false;
    bool known = quote->speaker < c->found.entities.count;
    return holds(c, quote->speaker_text, name) ||
           (known && holds(c, c->found.entities.items[quote->speaker].name, name));
}

static bool is_with(const struct parsed *c, const struct quote *quote, const char *name)
{
    return quote && quote->confidence >= CONFIDENCE_LIKELY &&
           quote->partner < c->found.entities.count &&
           holds(c, c->found.entities.items[quote->partner].name, name);
}

static bool is_named(const struct parsed *c, const char *type, const char *name)
{
    for (size_t at = 0; at < c->found.entities.count; at++) {
        const struct entity *entity = &c->found.entities.items[at];
        size_t length = entity->name.end - entity->name.start;
        if (!strcmp(entity_type_name((enum entity_type)entity->type), type) &&
            length == strlen(name) &&
            !memcmp(buffer_string(&c->text) + entity->name.start, name, length))
            return true;
    }
    return false;
}

/* Whether what a line wants is so. */
static bool is_so(const struct parsed *c, char *line)
{
    char *tab = strchr(line, '\t');
    assert_non_null(tab);
    *tab = '\0';
    if (line[0] == '-' || line[0] == '!') /* what is not found has to be there to be found */
        assert_non_null(strstr(buffer_string(&c->text), tab + 1));
    const struct quote *quote = said(c, tab + 1);
    bool so = line[0] == '@'   ? is_named(c, line + 1, tab + 1)
              : line[0] == '!' ? !is_named(c, line + 1, tab + 1)
              : line[0] == '-' ? quote == NULL
              : line[0] == '+' ? is_with(c, quote, line + 1)
              : line[0] == '?' ? quote && quote->confidence < CONFIDENCE_LIKELY
                               : is_by(c, quote, line);
    *tab = '\t';
    return so;
}

/* The lines behind the text; how many are not as they ought to be. */
static unsigned check_lines(const struct parsed *c, FILE *file)
{
    unsigned wrong = 0;
    char line[500];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        bool known = line[0] == '~';
        bool so = is_so(c, line + known);
        if (so == known)
            print_message("%s: %s\n", known ? "found now" : "not so", line + known);
        wrong += so == known;
    }
    return wrong;
}

static void check_case(void **state)
{
    char path[300], line[5000];
    struct parsed c = {{0}, {{0}, {0}, {0}, {0}, {0}, {0}}};
    snprintf(path, sizeof path, FOLDER "/%s", (const char *)*state);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) && strcmp(line, "====\n") != 0)
        buffer_adds(&c.text, line);
    analyse_text(c.text.data, (uint32_t)c.text.length, &c.found);
    unsigned wrong = check_lines(&c, file);
    fclose(file);
    annotations_release(&c.found);
    buffer_release(&c.text);
    assert_int_equal(wrong, 0);
}

static int is_case(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && !strcmp(entry->d_name + length - 5, ".case");
}

int main(void)
{
    enum { MOST = 200 };
    static struct CMUnitTest tests[MOST];
    struct dirent **cases = NULL;
    int count = scandir(FOLDER, &cases, is_case, alphasort);
    for (int at = 0; at < count && count <= MOST; at++)
        tests[at] =
            (struct CMUnitTest){cases[at]->d_name, check_case, NULL, NULL, cases[at]->d_name};
    int failed = count <= 0 || count > MOST
                     ? 1
                     : _cmocka_run_group_tests("cases", tests, (size_t)count, NULL, NULL);
    for (int at = 0; at < count; at++)
        free(cases[at]);
    free(cases);
    return failed;
}
