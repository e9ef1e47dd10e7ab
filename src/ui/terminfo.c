#include "terminfo.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static bool load(const char *name)
{
    int found;
    return setupterm(name, STDOUT_FILENO, &found) == OK;
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

static void find_leave(char *text, size_t size)
{
    const char *const parts[] = {exit_attribute_mode, cursor_normal, exit_ca_mode};
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
        if (parts[at] && strlen(text) + strlen(parts[at]) < size)
            add_without_delays(parts[at], text, size);
}

struct terminfo terminfo_look(void)
{
    static const char common[] = "xterm-256color";
    const char *name = getenv("TERM");
    bool known = name && name[0] && load(name);
    struct terminfo terminfo = {.name = known ? name : common};
    if (!known && !load(common))
        return terminfo;
    terminfo.has_screen = cursor_address != NULL;
    find_leave(terminfo.leave, sizeof terminfo.leave);
    del_curterm(cur_term);
    return terminfo;
}
