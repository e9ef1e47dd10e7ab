/* The table of actions in words, for --list-commands and all that is made from it. */
#include "internal.h"

#include <string.h>

/* Names of the contexts an action may be bound in, parted by commas. */
static void add_contexts(struct buffer *out, uint32_t contexts)
{
    const char *separator = "";
    for (int context = 0; context < KEYMAP_CONTEXTS; context++) {
        if (!(contexts & KEYMAP_IN(context)))
            continue;
        buffer_printf(out, "%s%s", separator, keymap_context_name((enum keymap_context)context));
        separator = ",";
    }
}

/* Other names it has: "; also :w :write". */
static void add_aliases(struct buffer *out, const char *aliases)
{
    if (aliases)
        buffer_adds(out, "; also");
    while (aliases && *aliases) {
        size_t length = strcspn(aliases, " ");
        buffer_printf(out, " :%.*s", (int)length, aliases);
        aliases += length + strspn(aliases + length, " ");
    }
}

void command_list(struct buffer *out)
{
    for (size_t at = 0; at < command_count(); at++) {
        const struct command_info info = command_info(at);
        struct buffer contexts = {0}, name = {0};
        add_contexts(&contexts, info.contexts);
        buffer_printf(&name, "%s%s%s", info.name, info.arguments[0] ? " " : "", info.arguments);
        buffer_printf(out, "%-24s %-22s %s", buffer_string(&name), buffer_string(&contexts),
                      info.help);
        add_aliases(out, command_actions()->items[at].aliases);
        buffer_adds(out, info.takes_count ? " (takes a count)\n" : "\n");
        buffer_release(&contexts);
        buffer_release(&name);
    }
}
