/*
 * dates: finds a date in a short line of text, in English and the main European languages, in
 * words or in numbers, with or without the time of day, or relative ("3 days ago").
 */
#ifndef IMPORT_DATES_H
#define IMPORT_DATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date_hit {
    size_t start, end; /* bytes of the line that say it, time of day and zone included */
    int64_t time;      /* seconds since 1970 UTC, or TIME_NONE: relative, or no year */
    bool clock;        /* the time of day is said */
    bool zone_unknown; /* taken as UTC because no zone is said */
    bool relative;     /* "3 days ago" */
};

/* The first date of the line. Looks at the first 400 bytes; costs O(length). */
bool date_find(const char *text, size_t length, struct date_hit *hit);

/* A string that should be nothing but a date: ISO 8601, RFC 822, or words. TIME_NONE if it is not.
 */
int64_t date_parse(const char *text, size_t length, bool *zone_unknown);

/* Seconds since 1970 of a day and time of the Gregorian calendar, UTC. */
int64_t date_seconds(int year, int month, int day, int seconds_of_day);

#endif
