/*
 * One step of a reader's, to be counted: `bench_count STEP` prepares it and then does it in the
 * function counted(), which is all that callgrind is told to look at (tools/bench-count). The
 * document is always the same, so the number of instructions is too, on any machine with the same
 * compiler and libraries. Without an argument it names the steps.
 */
#include <stdio.h>

#include "inside.h"
#include "thread.h"

static void do_import(struct inside *inside)
{
    inside_import(inside);
}

static void do_open(struct inside *inside)
{
    inside_open(inside);
}

static void do_page(struct inside *inside)
{
    inside_press(inside, "<Space>");
}

static void do_line(struct inside *inside)
{
    inside_press(inside, "j");
}

static void do_fold(struct inside *inside)
{
    inside_press(inside, "zM");
}

static void do_search(struct inside *inside)
{
    inside_press(inside, "/" THREAD_LAST "<Enter>");
}

static const struct step {
    const char *name;
    int needs; /* 0: the text, 1: the document, 2: a session on it that has shown a page */
    void (*run)(struct inside *inside);
} steps[] = {
    {"import", 0, do_import}, {"open", 1, do_open}, {"page", 2, do_page},
    {"line", 2, do_line},     {"fold", 2, do_fold}, {"search", 2, do_search},
};

static void prepare(struct inside *inside, int needs)
{
    struct thread_plan plan = {.comments = 1000};
    thread_text(&plan, &inside->text);
    if (needs >= 1)
        inside_import(inside);
    if (needs >= 2) {
        inside_open(inside);
        inside_press(inside, "<C-w>t<Space><Space>");
    }
}

__attribute__((noinline)) void counted(const struct step *step, struct inside *inside);
void counted(const struct step *step, struct inside *inside)
{
    step->run(inside);
}

int main(int count, char **arguments)
{
    struct inside inside = {0};
    for (size_t at = 0; at < ARRAY_LENGTH(steps); at++) {
        if (count < 2) {
            puts(steps[at].name);
        } else if (strcmp(arguments[1], steps[at].name) == 0) {
            prepare(&inside, steps[at].needs);
            counted(&steps[at], &inside);
            return 0;
        }
    }
    return count < 2 ? 0 : 2;
}
