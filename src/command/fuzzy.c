/*
 * How well a few typed letters name something: they must come in order, and count for more at the
 * beginning of a word and right after each other. "nq" finds "next-quote" before "unquote".
 *
 *      best[at] = the most that the letters so far come to, the last of them standing at `at`
 */
#include "internal.h"

#include <ctype.h>
#include <string.h>

#define LONGEST     96 /* bytes of a text that are looked at */
#define HIT         4
#define WORD_START  8
#define NEIGHBOUR   6
#define NOT_AT_ALL  (-1000000)
#define BYTES_A_DOT 4 /* so many more bytes to read cost one */

static int letter(char byte)
{
    return tolower((unsigned char)byte);
}

static int worth(const char *text, size_t at)
{
    bool starts = at == 0 || !isalnum((unsigned char)text[at - 1]);
    return HIT + (starts ? WORD_START : 0);
}

/* Goes on from `best` by one letter of the pattern. */
static void take_letter(char wanted, const char *text, size_t length, bool first, int *best)
{
    int before = first ? 0 : NOT_AT_ALL; /* the best that ended before `at` */
    int left = NOT_AT_ALL;               /* and that which ended just there */
    for (size_t at = 0; at < length; at++) {
        int here = best[at];
        int reached = left + NEIGHBOUR > before ? left + NEIGHBOUR : before;
        bool hit = letter(text[at]) == letter(wanted) && reached > NOT_AT_ALL / 2;
        best[at] = hit ? reached + worth(text, at) : NOT_AT_ALL;
        if (!first && here > before)
            before = here;
        left = first ? NOT_AT_ALL : here;
    }
}

int fuzzy_score(const char *pattern, const char *text)
{
    int best[LONGEST] = {0}, most = NOT_AT_ALL;
    size_t length = strnlen(text, LONGEST);
    bool first = true;
    for (; *pattern; pattern++) {
        if (*pattern == ' ')
            continue;
        take_letter(*pattern, text, length, first, best);
        first = false;
    }
    if (first)
        return 1;
    for (size_t at = 0; at < length; at++)
        most = best[at] > most ? best[at] : most;
    most -= (int)length / BYTES_A_DOT;
    return most > NOT_AT_ALL / 2 ? (most > 1 ? most : 1) : 0;
}
