#include "arguments.h"

#include <stdlib.h>
#include <string.h>

/* One word, with the address in the place of %s; whether there was one. */
static bool add_word(struct buffer *out, const char *word, size_t length, const char *address)
{
    bool placed = false;
    for (size_t at = 0; at < length; at++) {
        bool sign = word[at] == '%' && at + 1 < length;
        if (sign && word[at + 1] == 's' && address) {
            buffer_adds(out, address);
            placed = true;
            at++;
        } else {
            at += sign && word[at + 1] == '%';
            buffer_addc(out, word[at]);
        }
    }
    return placed;
}

char **arguments_split(const char *command, const char *address)
{
    VECTOR(char *) words = {0};
    bool placed = address == NULL;
    for (command += strspn(command, " "); *command; command += strspn(command, " ")) {
        size_t length = strcspn(command, " ");
        struct buffer word = {0};
        placed = add_word(&word, command, length, address) || placed;
        vector_push(&words, buffer_detach(&word));
        command += length;
    }
    if (!placed && words.count)
        vector_push(&words, xstrdup(address));
    vector_push(&words, NULL);
    return words.items;
}

void arguments_free(char **arguments)
{
    for (size_t at = 0; arguments && arguments[at]; at++)
        free(arguments[at]);
    free(arguments);
}
