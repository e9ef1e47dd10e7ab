/*
 * When something was written, in words: how long ago, or the date. What time it is now comes from
 * outside; as long as nobody has said, dates are all that can be told.
 */
#include "internal.h"

#include <stdio.h>
#include <time.h>

void reader_set_now(struct reader *reader, int64_t now)
{
    reader->now = now;
}

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define WEEK   (7 * DAY)

static void write_date(const struct tm *parts, bool year, char *text, size_t size)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int length = snprintf(text, size, "%d %.3s", parts->tm_mday, months + 3 * parts->tm_mon);
    if (year && length > 0 && (size_t)length < size)
        snprintf(text + length, size - (size_t)length, " %d", parts->tm_year + 1900);
}

/* A time of midnight sharp is a date whose hour nobody has noted. */
static bool is_date(const struct tm *parts)
{
    return parts->tm_hour == 0 && parts->tm_min == 0 && parts->tm_sec == 0;
}

static void write_absolute(const struct tm *parts, char *text, size_t size)
{
    char date[32];
    write_date(parts, true, date, sizeof date);
    if (is_date(parts))
        snprintf(text, size, "%s", date);
    else
        snprintf(text, size, "%s %02d:%02d", date, parts->tm_hour, parts->tm_min);
}

/* "2 h", "3 d", "14 May", "14 May 2019". */
static void write_relative(const struct tm *parts, int64_t age, int this_year, char *text,
                           size_t size)
{
    if (age >= WEEK)
        write_date(parts, parts->tm_year != this_year, text, size);
    else if (age >= DAY)
        snprintf(text, size, "%d d", (int)(age / DAY));
    else if (is_date(parts))
        snprintf(text, size, "today");
    else if (age >= HOUR)
        snprintf(text, size, "%d h", (int)(age / HOUR));
    else if (age >= MINUTE)
        snprintf(text, size, "%d min", (int)(age / MINUTE));
    else
        snprintf(text, size, "now");
}

void when_write(const struct reader *reader, int64_t time, char *text, size_t size)
{
    time_t seconds = (time_t)time, now = (time_t)reader->now;
    struct tm parts, today;
    bool relative = config_int(reader->config, SETTING_TIMES) == SETTING_TIMES_RELATIVE;
    text[0] = '\0';
    if (time == TIME_NONE || !gmtime_r(&seconds, &parts))
        return;
    if (relative && reader->now > 0 && time <= reader->now && gmtime_r(&now, &today))
        write_relative(&parts, reader->now - time, today.tm_year, text, size);
    else
        write_absolute(&parts, text, size);
}
