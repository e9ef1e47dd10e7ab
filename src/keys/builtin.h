/* The keymaps built into the program; embed.awk writes the table from keymaps/. */
#ifndef KEYS_BUILTIN_H
#define KEYS_BUILTIN_H

struct keymap_builtin {
    const char *name;         /* NULL after the last */
    const char *const *lines; /* without their ends; NULL after the last */
};

extern const struct keymap_builtin keymap_builtins[];

#endif
