#include "internal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct export_form forms[] = {
    {"text", "article and comments as plain text", false, export_text},
    {"markdown", "article and comments as Markdown", false, export_markdown},
    {"json", "everything, as one JSON object", true, export_json},
    {"quotes", "who said what: speaker, tab, words", true, export_quotes},
    {"entities", "people, organisations, places, with counts", true, export_entities},
    {"thread", "the comments alone, as plain text", false, export_thread},
};

const struct export_form *export_forms(size_t *count)
{
    *count = ARRAY_LENGTH(forms);
    return forms;
}

const struct export_form *export_form_find(const char *name)
{
    for (size_t at = 0; at < ARRAY_LENGTH(forms); at++)
        if (strcmp(forms[at].name, name) == 0)
            return &forms[at];
    return NULL;
}

void export_time(int64_t time, char text[EXPORT_TIME])
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t seconds = (time_t)time;
    struct tm parts;
    text[0] = '\0';
    if (time == TIME_NONE || !gmtime_r(&seconds, &parts) || parts.tm_year > 8000 ||
        parts.tm_year < -900)
        return;
    int used = snprintf(text, EXPORT_TIME, "%d %.3s %d", parts.tm_mday, months + 3 * parts.tm_mon,
                        parts.tm_year + 1900);
    if ((parts.tm_hour || parts.tm_min) && used > 0 && used < EXPORT_TIME)
        snprintf(text + used, (size_t)(EXPORT_TIME - used), " %02d:%02d", parts.tm_hour,
                 parts.tm_min);
}
