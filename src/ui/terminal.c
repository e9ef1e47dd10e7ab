/*
 * Curses is asked for little: to take the terminal over and give it back, and to find out which
 * cells have changed and send them. Keys are read by us (see input.h), the size is asked by us, and
 * rows are handed over as cells, whole, from column 0, so that nothing depends on how curses treats
 * a wide character in the middle of things.
 *
 * Modes that curses does not know (bracketed paste, mouse) are written to the terminal directly,
 * only when curses' own buffer is empty: before newterm() and after doupdate().
 */
#include "terminal.h"

#include "signals.h"
#include "terminfo.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "hearsay/ui.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"

struct terminal {
    SCREEN *screen;
    FILE *keys;        /* the terminal that keys come from */
    bool own_keys;     /* it was opened by us */
    struct grid shown; /* what is on the screen; no rows: unknown */
    attr_t attributes[STYLES];
    short pairs[STYLES];
    bool mouse, away;
    int cursor; /* visibility as last set, -1: never */
};

/* ---- what measures and speaks ------------------------------------------------------- */

/*
 * One width function for all: this definition takes the place of the C library's in curses too, so
 * that curses and layout never disagree about where a character ends.
 */
int wcwidth(wchar_t c)
{
    return text_width_code_point((uint32_t)c);
}

void ui_set_locale(void)
{
    setlocale(LC_ALL, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
}

/* ---- finding a terminal ------------------------------------------------------------- */

bool ui_has_screen(void)
{
    return terminfo_has_screen(terminfo_name());
}

static bool open_keys(struct terminal *terminal, struct error *error)
{
    if (isatty(STDIN_FILENO)) {
        terminal->keys = stdin;
        return true;
    }
    terminal->keys = fopen("/dev/tty", "r+e");
    terminal->own_keys = terminal->keys != NULL;
    return terminal->keys || error_set(error, "no terminal to read keys from: %s", strerror(errno));
}

static void write_all(int descriptor, const char *bytes)
{
    size_t left = strlen(bytes);
    while (left > 0) {
        ssize_t wrote = write(descriptor, bytes, left);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return;
        bytes += wrote;
        left -= (size_t)wrote;
    }
}

/* Prepares what a crash or exit() writes: modes off, then back to the normal screen. */
static void arm_restore(const char *name)
{
    char restore[SIGNALS_RESTORE] = MOUSE_OFF PASTE_OFF;
    terminfo_add_restore(name, restore, sizeof restore);
    signals_arm(STDOUT_FILENO, restore, strlen(restore));
}

/* ---- colours ------------------------------------------------------------------------ */

/* A colour of sixteen as the terminal has it; with eight, the bright ones are bold. */
static short colour_for(int colour, attr_t *attributes)
{
    if (colour < COLORS)
        return (short)colour;
    *attributes |= A_BOLD;
    return (short)(colour % 8);
}

static void set_look(struct terminal *terminal, enum style style, const struct look *look)
{
    static const struct {
        enum look_attribute look;
        attr_t attribute;
    } table[] = {{LOOK_BOLD, A_BOLD},
                 {LOOK_DIM, A_DIM},
                 {LOOK_ITALIC, A_ITALIC},
                 {LOOK_UNDERLINE, A_UNDERLINE},
                 {LOOK_REVERSE, A_REVERSE}};
    attr_t attributes = A_NORMAL, ignored = A_NORMAL;
    for (size_t at = 0; at < ARRAY_LENGTH(table); at++)
        if (look->attributes & table[at].look)
            attributes |= table[at].attribute;
    short pair = 0;
    if (has_colors() && (look->foreground >= 0 || look->background >= 0)) {
        short foreground = look->foreground < 0 ? -1 : colour_for(look->foreground, &attributes);
        short background = look->background < 0 ? -1 : colour_for(look->background, &ignored);
        pair = (short)(style + 1);
        if (pair >= COLOR_PAIRS || init_pair(pair, foreground, background) == ERR)
            pair = 0;
    }
    terminal->attributes[style] = attributes;
    terminal->pairs[style] = pair;
}

void terminal_configure(struct terminal *terminal, const struct config *config)
{
    const char *no_color = getenv("NO_COLOR");
    const struct theme *theme = theme_find(config_string(config, SETTING_THEME));
    if (!theme || !has_colors() || (no_color && no_color[0]))
        theme = theme_find("mono");
    for (int style = 0; style < STYLES; style++)
        set_look(terminal, (enum style)style, &theme->looks[style]);
    terminal_forget(terminal);
}

/* ---- beginning and end -------------------------------------------------------------- */

static void modes_on(const struct terminal *terminal)
{
    write_all(STDOUT_FILENO, PASTE_ON);
    if (terminal->mouse)
        write_all(STDOUT_FILENO, MOUSE_ON);
}

static void modes_off(const struct terminal *terminal)
{
    if (terminal->mouse)
        write_all(STDOUT_FILENO, MOUSE_OFF);
    write_all(STDOUT_FILENO, PASTE_OFF);
}

struct terminal *terminal_open(const struct config *config, struct error *error)
{
    struct terminal *terminal = xcalloc(1, sizeof *terminal);
    const char *name = terminfo_name();
    terminal->cursor = -1;
    if (!open_keys(terminal, error)) {
        free(terminal);
        return NULL;
    }
    arm_restore(name);
    use_tioctl(TRUE); /* the real size, whatever COLUMNS and LINES say */
    terminal->screen = newterm(name, stdout, terminal->keys);
    if (!terminal->screen) {
        signals_disarm();
        if (terminal->own_keys)
            fclose(terminal->keys);
        free(terminal);
        error_set(error, "the terminal '%s' cannot be used", name);
        return NULL;
    }
    raw();
    noecho();
    nonl();
    keypad(stdscr, FALSE);
    typeahead(-1); /* keys are ours: a paint is never cut short by them */
    leaveok(stdscr, FALSE);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    terminal_configure(terminal, config);
    doupdate();
    modes_on(terminal);
    return terminal;
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    if (!terminal->away)
        modes_off(terminal);
    curs_set(1);
    endwin();
    delscreen(terminal->screen);
    signals_disarm();
    if (terminal->own_keys)
        fclose(terminal->keys);
    grid_release(&terminal->shown);
    free(terminal);
}

void terminal_leave(struct terminal *terminal)
{
    modes_off(terminal);
    terminal->away = true;
    curs_set(1);
    endwin();
}

void terminal_return(struct terminal *terminal)
{
    if (terminal->away) { /* they may have been changed meanwhile, and are to be found so again */
        def_shell_mode();
        signals_take_settings();
    }
    terminal->away = false;
    terminal->cursor = -1;
    reset_prog_mode();
    clearok(curscr, TRUE);
    doupdate();
    modes_on(terminal);
    terminal_forget(terminal);
}

int terminal_descriptor(const struct terminal *terminal)
{
    return fileno(terminal->keys);
}

void terminal_size(struct terminal *terminal, int *row_count, int *column_count)
{
    struct winsize size = {0};
    (void)terminal;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col &&
        (size.ws_row != LINES || size.ws_col != COLS))
        resizeterm(size.ws_row, size.ws_col);
    *row_count = LINES > 0 ? LINES : 1;
    *column_count = COLS > 0 ? COLS : 1;
}

void terminal_mouse(struct terminal *terminal, bool on)
{
    if (terminal->mouse == on)
        return;
    terminal->mouse = on;
    write_all(STDOUT_FILENO, on ? MOUSE_ON : MOUSE_OFF);
}

void terminal_ring(struct terminal *terminal)
{
    (void)terminal;
    beep();
}

/* ---- painting ----------------------------------------------------------------------- */

void terminal_forget(struct terminal *terminal)
{
    grid_release(&terminal->shown);
    clearok(curscr, TRUE);
}

static void set_cell(const struct terminal *terminal, const struct cell *cell, cchar_t *out)
{
    static const wchar_t blank[] = L" ";
    wchar_t first[2] = {cell->count ? (wchar_t)cell->code_points[0] : L' ', 0};
    short pair = terminal->pairs[cell->style];
    if (setcchar(out, cell->count ? first : blank, terminal->attributes[cell->style], pair, NULL) ==
        ERR)
        setcchar(out, blank, terminal->attributes[cell->style], pair, NULL);
    /* setcchar() stops at a second character with a width, as in joined emoji; filled by hand they
     * are kept and take the width of the first. */
    for (unsigned at = 1; at < cell->count && at < CCHARW_MAX; at++)
        out->chars[at] = (wchar_t)cell->code_points[at];
}

static bool row_is_shown(const struct terminal *terminal, const struct grid *grid, int row)
{
    if (terminal->shown.rows != grid->rows || terminal->shown.columns != grid->columns)
        return false;
    size_t start = (size_t)row * (size_t)grid->columns;
    return memcmp(terminal->shown.cells + start, grid->cells + start,
                  (size_t)grid->columns * sizeof *grid->cells) == 0;
}

static void paint_row(const struct terminal *terminal, const struct grid *grid, int row,
                      cchar_t *cells)
{
    const struct cell *from = grid->cells + (size_t)row * (size_t)grid->columns;
    int count = 0;
    for (int column = 0; column < grid->columns; column++)
        if (from[column].columns > 0)
            set_cell(terminal, &from[column], &cells[count++]);
    mvadd_wchnstr(row, 0, cells, count);
}

static void set_cursor(struct terminal *terminal, bool visible)
{
    if (terminal->cursor == (int)visible)
        return;
    curs_set(visible);
    terminal->cursor = visible;
}

void terminal_paint(struct terminal *terminal, const struct grid *grid, int cursor_row,
                    int cursor_column, bool cursor_visible)
{
    cchar_t *cells = xcalloc((size_t)grid->columns + 1, sizeof *cells);
    for (int row = 0; row < grid->rows; row++)
        if (!row_is_shown(terminal, grid, row))
            paint_row(terminal, grid, row, cells);
    free(cells);
    grid_resize(&terminal->shown, grid->rows, grid->columns);
    memcpy(terminal->shown.cells, grid->cells,
           (size_t)grid->rows * (size_t)grid->columns * sizeof *grid->cells);
    set_cursor(terminal, cursor_visible);
    move(cursor_row, cursor_column);
    wnoutrefresh(stdscr);
    doupdate();
}
