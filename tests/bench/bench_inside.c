/*
 * What a reader's steps take without a terminal: bench_inside [COMMENTS...]. Medians; and for each
 * step how much longer it takes on the largest thread than on the smallest, which for a key must
 * be about 1. Then what text of other scripts costs beside ASCII.
 */
#include <stdio.h>
#include <time.h>

#include "inside.h"
#include "thread.h"

#define TURNS 9

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int compare(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, compare);
    return times[count / 2];
}

/* ---- steps on one thread ------------------------------------------------------------ */

/* Keys that are timed, and keys that lead back to where they can be pressed again. */
static const struct step {
    const char *name, *keys, *back;
} steps[] = {
    {"page", "<Space>", NULL},
    {"line", "j", NULL},
    {"100 pages typed ahead", NULL, NULL},
    {"to the end", "G", "gg"},
    {"search for the last word", "/" THREAD_LAST "<Enter>", "gg"},
    {"fold all", "zM", "zR"},
    {"unfold all", "zR", "zM"},
};

enum { IMPORT, INDEX, FIRST_STEP, RESULTS = FIRST_STEP + ARRAY_LENGTH(steps) + 1 };

static double time_step(struct inside *inside, const struct step *step)
{
    double times[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
        if (step->back)
            inside_press(inside, step->back);
        double start = now();
        if (step->keys)
            inside_press(inside, step->keys);
        else
            for (int page = 0; page < 100; page++)
                session_key(inside->session, ' ');
        if (!step->keys)
            inside_draw(inside);
        times[turn] = now() - start;
    }
    return median(times, TURNS);
}

static double time_resize(struct inside *inside)
{
    double times[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
        double start = now();
        session_resize(inside->session, INSIDE_ROWS, INSIDE_COLUMNS - turn % 2);
        inside_draw(inside);
        times[turn] = now() - start;
    }
    return median(times, TURNS);
}

static void measure(const struct thread_plan *plan, double *results)
{
    struct inside inside = {0};
    thread_text(plan, &inside.text);
    double start = now();
    inside_import(&inside);
    results[IMPORT] = now() - start;
    start = now();
    inside_open(&inside);
    results[INDEX] = now() - start;
    inside_press(&inside, "<C-w>t");
    for (size_t at = 0; at < ARRAY_LENGTH(steps); at++)
        results[FIRST_STEP + at] = time_step(&inside, &steps[at]);
    results[RESULTS - 1] = time_resize(&inside);
    inside_close(&inside);
}

static const char *result_name(size_t result)
{
    return result == IMPORT        ? "import"
           : result == INDEX       ? "settings, keys, first frame"
           : result == RESULTS - 1 ? "resize"
                                   : steps[result - FIRST_STEP].name;
}

#define SIZES_MOST 8

static void compare_sizes(int count, char **sizes)
{
    double results[SIZES_MOST][RESULTS];
    printf("%-28s", "ms, by comments");
    for (int at = 0; at < count; at++) {
        struct thread_plan plan = {.comments = (unsigned)strtoul(sizes[at], NULL, 10)};
        measure(&plan, results[at]);
        printf(" %11s", sizes[at]);
    }
    printf(" %11s\n", "last/first");
    for (size_t result = 0; result < RESULTS; result++) {
        printf("%-28s", result_name(result));
        for (int at = 0; at < count; at++)
            printf(" %11.3f", results[at][result] * 1e3);
        printf(" %11.1f\n", results[count - 1][result] / results[0][result]);
    }
}

/* ---- scripts ------------------------------------------------------------------------ */

static void compare_scripts(void)
{
    static const char *const names[SCRIPTS] = {"ascii", "mixed", "cjk", "emoji"};
    double first[3] = {0};
    printf("\n%-28s %11s %11s %11s   %s\n", "scripts, 2000 comments", "import MB/s", "search MB/s",
           "page, ms", "page: times ASCII's");
    for (int script = 0; script < SCRIPTS; script++) {
        struct thread_plan plan = {.comments = 2000, .script = (enum thread_script)script};
        double results[RESULTS];
        struct buffer text = {0};
        thread_text(&plan, &text);
        measure(&plan, results);
        double page = results[FIRST_STEP], bytes = (double)text.length / 1e6;
        if (script == 0)
            first[0] = page;
        printf("%-28s %11.0f %11.0f %11.3f   %.2f\n", names[script], bytes / results[IMPORT],
               bytes / results[FIRST_STEP + 4], page * 1e3, page / first[0]);
        buffer_release(&text);
    }
}

int main(int count, char **arguments)
{
    static char *usual[] = {"100", "1000", "10000", "100000"};
    bool given = count > 1 && count - 1 <= SIZES_MOST;
    compare_sizes(given ? count - 1 : (int)ARRAY_LENGTH(usual), given ? arguments + 1 : usual);
    compare_scripts();
    return 0;
}
