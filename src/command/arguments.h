/*
 * The words of a command that a setting has.
 */
#ifndef HEARSAY_COMMAND_ARGUMENTS_H
#define HEARSAY_COMMAND_ARGUMENTS_H

#include "hearsay/base.h"

/*
 * The words of a command: parted by blanks, %s in one stands for `address` and %% for a percent
 * sign; where no word has it the address comes last. With `address` NULL there is none to put in.
 * NULL-terminated; no word at all is a NULL alone. Free with arguments_free().
 */
char **arguments_split(const char *command, const char *address);
void arguments_free(char **arguments); /* null is fine */

#endif
