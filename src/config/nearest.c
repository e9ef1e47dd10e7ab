/*
 * The nearest name, for "did you mean".
 *
 * Two slips are common with names made of words: a letter wrong, left out, doubled or swapped
 * ("next-comemnt"), and the words in another order ("comment-next"). So a name is compared twice:
 * letter by letter, and with the words of both put in order, which costs one extra.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/config.h"

enum { LONGEST = 48, MOST_WORDS = 8 };

/* How many letters must be put in, left out, changed or swapped with their neighbour to get from
 * one to the other: the usual table, of which three rows are kept. */
static uint32_t edit_distance(const char *one, const char *other)
{
    uint32_t rows[3][LONGEST + 1];
    size_t length = strlen(other);
    for (size_t j = 0; j <= length; j++) {
        rows[0][j] = (uint32_t)j;
    }
    for (size_t i = 1; one[i - 1] != '\0'; i++) {
        uint32_t *row = rows[i % 3];
        const uint32_t *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= length; j++) {
            uint32_t best = above[j - 1] + (one[i - 1] != other[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            bool swapped =
                i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            row[j] = swapped && higher[j - 2] + 1 < best ? higher[j - 2] + 1 : best;
        }
    }
    return rows[strlen(one) % 3][length];
}

static int compare_words(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* "next-comment" -> "comment next" */
static void sort_words(const char *name, char *sorted)
{
    char copy[LONGEST + 1], *words[MOST_WORDS] = {NULL}, *rest = NULL;
    size_t count = 0, length = 0;
    snprintf(copy, sizeof copy, "%s", name);
    for (char *word = strtok_r(copy, "-_. ", &rest); word != NULL && count < MOST_WORDS;
         word = strtok_r(NULL, "-_. ", &rest)) {
        words[count++] = word;
    }
    qsort(words, count, sizeof *words, compare_words);
    sorted[0] = '\0';
    for (size_t i = 0; i < count && length < LONGEST; i++) {
        length +=
            (size_t)snprintf(sorted + length, LONGEST + 1 - length, "%s%s", i ? " " : "", words[i]);
    }
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
    char wanted[LONGEST + 1], offered[LONGEST + 1];
    if (strlen(nearest->wanted) > LONGEST || strlen(candidate) > LONGEST) {
        return;
    }
    uint32_t distance = edit_distance(nearest->wanted, candidate);
    sort_words(nearest->wanted, wanted);
    sort_words(candidate, offered);
    uint32_t turned = edit_distance(wanted, offered) + 1;
    distance = turned < distance ? turned : distance;
    if (nearest->best == NULL || distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

const char *nearest_name(const struct nearest *nearest)
{
    size_t length = strlen(nearest->wanted), allowed = length < 3 ? 0 : 1 + length / 4;
    return nearest->best != NULL && nearest->distance <= allowed ? nearest->best : NULL;
}

const char *nearest_hint(const struct nearest *nearest, char *text, size_t size)
{
    const char *name = nearest_name(nearest);
    text[0] = '\0';
    if (name != NULL) {
        snprintf(text, size, ", did you mean '%s'?", name);
    }
    return text;
}
