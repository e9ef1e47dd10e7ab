/*
 * terminal: the one that paints. It takes the terminal over, paints a grid of cells on
 * it, and puts everything back as it was.
 */
#ifndef HEARSAY_UI_TERMINAL_H
#define HEARSAY_UI_TERMINAL_H

#include "cells.h"
#include "input.h"

#include "hearsay/base.h"
#include "hearsay/config.h"

struct terminal;

/* The screen switched over, keys unbuffered. NULL: no terminal, the error says why. */
struct terminal *terminal_open(const struct config *config, struct error *error);
/* Everything as it was found. */
void terminal_close(struct terminal *terminal);

/* Where keys come from; readable when there are bytes. */
int terminal_descriptor(const struct terminal *terminal);

/* Asks the terminal how large it is. */
void terminal_size(struct terminal *terminal, int *row_count, int *column_count);

/* The settings have changed: another theme, perhaps. */
void terminal_configure(struct terminal *terminal, const struct config *config);
/* How many colours the theme in force can draw with; 0: none are to be used. */
int terminal_colours(const struct terminal *terminal);

/* Shows a grid; what has not changed is not sent. */
void terminal_paint(struct terminal *terminal, const struct grid *grid, int cursor_row,
                    int cursor_column, bool cursor_visible);
/* The screen was disturbed: the next paint sends everything. */
void terminal_forget(struct terminal *terminal);

void terminal_mouse(struct terminal *terminal, bool on);
/* An INPUT_REPLY has come: the terminal has told what it can do. */
void terminal_reply(struct terminal *terminal, const struct input_event *reply);
void terminal_ring(struct terminal *terminal);

/* Puts bytes into the clipboard of whoever sits at the terminal. Whether it does so it does not
 * tell; false: it surely does not, and the error says why. */
bool terminal_copy(struct terminal *terminal, const struct buffer *data, struct error *error);

/* Gives the terminal back for a while, and takes it again. */
void terminal_leave(struct terminal *terminal);
void terminal_return(struct terminal *terminal);

#endif
