/*
 * Writes what is measured: bench_data text|mbox COMMENTS [ascii|mixed|cjk|emoji], or
 * bench_data paragraph BYTES: an article of one paragraph.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "thread.h"

static enum thread_script script_named(const char *name)
{
    static const char *const names[SCRIPTS] = {"ascii", "mixed", "cjk", "emoji"};
    for (int script = 0; script < SCRIPTS; script++)
        if (strcmp(names[script], name) == 0)
            return (enum thread_script)script;
    return SCRIPT_ASCII;
}

int main(int count, char **arguments)
{
    struct buffer out = {0};
    if (count < 3) {
        fputs("bench_data text|mbox COMMENTS [SCRIPT], or bench_data paragraph BYTES\n", stderr);
        return 2;
    }
    unsigned long size = strtoul(arguments[2], NULL, 10);
    struct thread_plan plan = {.comments = (unsigned)size,
                               .script = script_named(count > 3 ? arguments[3] : "ascii")};
    if (strcmp(arguments[1], "paragraph") == 0) {
        buffer_adds(&out, THREAD_TITLE "\n\n");
        thread_words_add(&out, plan.script, 1, size);
        buffer_adds(&out, " " THREAD_LAST "\n");
    } else if (strcmp(arguments[1], "mbox") == 0) {
        thread_mbox(&plan, &out);
    } else {
        thread_text(&plan, &out);
    }
    fwrite(out.data, 1, out.length, stdout);
    buffer_release(&out);
    return fflush(stdout) == 0 ? 0 : 1;
}
