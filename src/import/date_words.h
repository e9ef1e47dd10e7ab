/*
 * The words that dates are made of, and what each is. Private to dates.c.
 */
#ifndef IMPORT_DATE_WORDS_H
#define IMPORT_DATE_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum date_token {
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_MONTH,
    TOKEN_WEEKDAY,
    TOKEN_HALF, /* am, pm */
    TOKEN_ZONE,
    TOKEN_FILLER,  /* of, de, the, th */
    TOKEN_JOINER,  /* at, um, à: between date and time */
    TOKEN_HOURS,   /* Uhr, h */
    TOKEN_UNIT,    /* minutes, Tage */
    TOKEN_AGO,     /* after a number and a unit */
    TOKEN_BACK,    /* before them: vor, hace, "il y a" */
    TOKEN_ARTICLE, /* a, an, one: a number of units */
    TOKEN_DAY,     /* today, gestern */
    TOKEN_SIGN
};

struct date_word {
    const char *name; /* lower case */
    uint8_t kind;     /* enum date_token */
    int16_t value;
};

/* NULL if the word is none of them. */
const struct date_word *date_word_find(const char *text, size_t length);

#endif
