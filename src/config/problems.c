/*
 * What is wrong with a settings file, collected; and the guess at what was meant.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/config.h"

/* Messages quote files that may hold anything; they end up on a terminal. */
static char *printable(const char *text)
{
    struct buffer out = {0};
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t step = utf8_decode(text + at, length - at, &code);
        bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
        bool bidi = (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
                    (code >= 0x2066 && code <= 0x2069);
        buffer_add_code_point(&out, control || bidi ? '?' : code);
        at += step;
    }
    return buffer_detach(&out);
}

static void problems_put(struct problems *problems, struct config_problem problem,
                         const char *format, va_list arguments)
{
    char message[512];
    if (problems == NULL || problems->count >= PROBLEMS_MOST) {
        return;
    }
    vsnprintf(message, sizeof message, format, arguments);
    problem.file = printable(problem.file);
    problem.message = printable(message);
    vector_push(problems, problem);
}

void problems_add(struct problems *problems, const char *file, uint32_t line, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    /* The cast is undone before anything is written: problems_put() makes its own copy. */
    problems_put(problems, (struct config_problem){.file = (char *)file, .line = line}, format,
                 arguments);
    va_end(arguments);
}

void problems_advise(struct problems *problems, const char *file, uint32_t line, const char *format,
                     ...)
{
    va_list arguments;
    va_start(arguments, format);
    problems_put(problems,
                 (struct config_problem){.file = (char *)file, .line = line, .advice = true},
                 format, arguments);
    va_end(arguments);
}

void problem_write(const struct config_problem *problem, struct buffer *out)
{
    if (problem->line == 0) {
        buffer_printf(out, "%s: %s", problem->file, problem->message);
    } else {
        buffer_printf(out, "%s:%u: %s", problem->file, (unsigned)problem->line, problem->message);
    }
}

struct ranked {
    struct config_problem problem;
    size_t file, number; /* the first problem of the same file; its own place */
};

static int compare_ranked(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    if (a->file != b->file) {
        return a->file < b->file ? -1 : 1;
    }
    if (a->problem.line != b->problem.line) {
        return a->problem.line < b->problem.line ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

void problems_sort(struct problems *problems)
{
    struct ranked *ranked = xcalloc(problems->count, sizeof *ranked);
    for (size_t i = 0, first = 0; i < problems->count; i++) {
        const char *file = problems->items[i].file;
        if (i == 0 || strcmp(file, problems->items[i - 1].file) != 0) {
            for (first = 0; strcmp(problems->items[first].file, file) != 0; first++) {
            }
        }
        ranked[i] = (struct ranked){problems->items[i], first, i};
    }
    if (problems->count > 0) {
        qsort(ranked, problems->count, sizeof *ranked, compare_ranked);
    }
    for (size_t i = 0; i < problems->count; i++) {
        problems->items[i] = ranked[i].problem;
    }
    free(ranked);
}

void problems_release(struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        free(problems->items[i].file);
        free(problems->items[i].message);
    }
    vector_release(problems);
}
