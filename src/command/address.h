/*
 * What a link really leads to, and whether it should be followed. All addresses are strangers'
 * text: they are only ever handed out through here. Pure.
 */
#ifndef HEARSAY_COMMAND_ADDRESS_H
#define HEARSAY_COMMAND_ADDRESS_H

#include "hearsay/base.h"

struct address {
    struct buffer text; /* whole, made safe: no blanks, quotes or control characters */
    struct buffer host; /* where it goes: of the web in lower case, of mail the one who gets it */
    struct buffer warning; /* why it may not be what it seems; empty: nothing is odd */
};

/*
 * Takes an address as it stands in a document; one that is relative is completed by `base`, the
 * document's own (bytes, may be empty). False: it is not to be opened, the error says why. Only
 * http, https, mailto, gemini and gopher are.
 */
bool address_read(struct address *address, const char *bytes, size_t length,
                  const struct buffer *base, struct error *error);
void address_release(struct address *address);

/* What the reader sees of the link: adds a warning if that looks like another host. */
void address_compare(struct address *address, const char *seen, size_t length);

/*
 * The words of a command: parted by blanks, %s in one stands for `address` and %% for a percent
 * sign; where no word has it the address comes last. With `address` NULL there is none to put in.
 * NULL-terminated; no word at all is a NULL alone. Free with arguments_free().
 */
char **arguments_split(const char *command, const char *address);
void arguments_free(char **arguments); /* null is fine */

#endif
