#include "terminfo.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

/* Loads a description; it is let go with terminfo_close(). */
static bool terminfo_open(const char *name)
{
    int found;
    return setupterm(name, STDOUT_FILENO, &found) == OK;
}

static void terminfo_close(void)
{
    del_curterm(cur_term);
}

const char *terminfo_name(void)
{
    static const char common[] = "xterm-256color";
    const char *name = getenv("TERM");
    if (!name || !name[0] || !terminfo_open(name))
        return common;
    terminfo_close();
    return name;
}

bool terminfo_has_screen(const char *name)
{
    if (!terminfo_open(name))
        return false;
    bool can_place = cursor_address != NULL;
    terminfo_close();
    return can_place;
}

bool terminfo_has_own_screen(void)
{
    return exit_ca_mode != NULL;
}

/* Appends without the delays ("$<2>") that such a string may ask for: they are for tputs(), which a
 * crash cannot call. */
static void add_without_delays(const char *part, char *text, size_t size)
{
    size_t length = strlen(text);
    for (; *part && length + 1 < size; part++) {
        const char *end = part[0] == '$' && part[1] == '<' ? strchr(part, '>') : NULL;
        if (end)
            part = end;
        else
            text[length++] = *part;
    }
    text[length] = '\0';
}

void terminfo_add_restore(const char *name, char *text, size_t size)
{
    if (!terminfo_open(name))
        return;
    const char *const parts[] = {exit_attribute_mode, cursor_normal, exit_ca_mode};
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
        if (parts[at] && strlen(text) + strlen(parts[at]) < size)
            add_without_delays(parts[at], text, size);
    terminfo_close();
}
