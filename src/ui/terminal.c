/*
 * Curses is asked for little: to take the terminal over and give it back, and to find out which
 * cells have changed and send them. Keys are read by us (see input.h), the size is asked by us, and
 * rows are handed over as cells, whole, from column 0, so that nothing depends on how curses treats
 * a wide character in the middle of things.
 *
 * Modes that curses does not know (see modes.h) are written to the terminal directly, only when
 * curses' own buffer is empty: before and after doupdate(). What that paints goes out with them, in
 * one piece (see burst.h).
 */
#include "terminal.h"

#include "burst.h"
#include "clipboard.h"
#include "modes.h"
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
#include <uninorm.h>
#include <unistd.h>
#include <wchar.h>

#include "hearsay/ui.h"

struct terminal {
    struct terminfo about; /* asking again would disturb curses */
    SCREEN *screen;
    FILE *keys;        /* the terminal that keys come from */
    bool own_keys;     /* it was opened by us */
    struct grid shown; /* what is on the screen; no rows: unknown */
    attr_t attributes[STYLES];
    short pairs[STYLES];
    int colours; /* the theme may use */
    struct modes modes;
    struct burst burst;
    int cursor; /* visibility as last set, -1: never */
};

/* ---- what measures and speaks ------------------------------------------------------- */

/* How the one terminal there is measures. Curses asks for widths without saying on whose behalf. */
static struct text_style measured;

/*
 * One width function for all: this definition takes the place of the C library's in curses too, so
 * that curses and layout never disagree about where a character ends.
 */
int wcwidth(wchar_t c)
{
    return text_width_in_style((uint32_t)c, &measured);
}

void ui_set_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* ---- finding a terminal ------------------------------------------------------------- */

bool ui_has_screen(void)
{
    return terminfo_look().has_screen;
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

/* Prepares what a crash or exit() writes: the modes in force off, then back to the normal screen.
 */
static void arm_restore(const struct terminal *terminal)
{
    char restore[SIGNALS_RESTORE] = "";
    modes_add_restore(&terminal->modes, restore, sizeof restore);
    strncat(restore, terminal->about.leave, sizeof restore - strlen(restore) - 1);
    signals_prepare(restore, strlen(restore));
}

/* ---- colours ------------------------------------------------------------------------ */

/*
 * A colour of sixteen as the terminal has it. With eight, the bright ones are bold; but bright
 * black, which is grey, would be black, and there it is the terminal's own text colour, dimmed.
 */
static short colour_for(int colour, attr_t *attributes)
{
    enum { GREY = 8 };
    if (colour < COLORS)
        return (short)colour;
    *attributes |= colour == GREY ? A_DIM : A_BOLD;
    return (short)(colour == GREY ? LOOK_DEFAULT : colour % GREY);
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
    measured = text_style_from(config);
    terminal->colours = strcmp(theme->name, "mono") == 0 ? 0 : COLORS;
    for (int style = 0; style < STYLES; style++)
        set_look(terminal, (enum style)style, &theme->looks[style]);
    modes_bidi(&terminal->modes, config_int(config, SETTING_BIDI) == SETTING_BIDI_TERMINAL);
    arm_restore(terminal);
    terminal_forget(terminal);
}

int terminal_colours(const struct terminal *terminal)
{
    return terminal->colours;
}

/* ---- beginning and end -------------------------------------------------------------- */

static void set_up_curses(void)
{
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
}

/* Puts away what terminal_open() has got so far. */
static struct terminal *give_up(struct terminal *terminal)
{
    signals_disarm();
    burst_close(&terminal->burst);
    if (terminal->own_keys)
        fclose(terminal->keys);
    free(terminal);
    return NULL;
}

struct terminal *terminal_open(const struct config *config, struct error *error)
{
    struct terminal *terminal = xcalloc(1, sizeof *terminal);
    terminal->about = terminfo_look();
    const char *name = terminal->about.name;
    terminal->cursor = -1;
    if (!open_keys(terminal, error))
        return give_up(terminal);
    arm_restore(terminal);
    signals_arm(STDOUT_FILENO);
    use_tioctl(TRUE); /* the real size, whatever COLUMNS and LINES say */
    if (burst_open(&terminal->burst, STDOUT_FILENO))
        terminal->screen = newterm(name, terminal->burst.stream, terminal->keys);
    if (!terminal->screen) {
        error_set(error, "the terminal '%s' cannot be used", name);
        return give_up(terminal);
    }
    set_up_curses();
    terminal_configure(terminal, config);
    doupdate();
    modes_begin(&terminal->modes, STDOUT_FILENO, name);
    terminal_forget(terminal); /* should a question have been shown, it is painted over */
    return terminal;
}

/* Curses leaves with the cursor on the last row. Where the text stays on the screen that row is
 * emptied, for what is written next. */
static void give_back(struct terminal *terminal)
{
    modes_off(&terminal->modes);
    modes_drain(&terminal->modes, terminal_descriptor(terminal));
    if (!terminfo_has_own_screen()) {
        mvwhline(stdscr, LINES - 1, 0, ' ', COLS);
        refresh();
    }
    curs_set(1);
    endwin();
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    give_back(terminal);
    delscreen(terminal->screen);
    signals_disarm();
    burst_close(&terminal->burst);
    if (terminal->own_keys)
        fclose(terminal->keys);
    grid_release(&terminal->shown);
    free(terminal);
}

void terminal_leave(struct terminal *terminal)
{
    give_back(terminal);
}

void terminal_return(struct terminal *terminal)
{
    if (!terminal->modes.on) { /* they may have been changed meanwhile, and are to be found so */
        def_shell_mode();
        signals_take_settings();
    }
    terminal->cursor = -1;
    reset_prog_mode();
    clearok(curscr, TRUE);
    doupdate();
    modes_off(&terminal->modes); /* where it was stopped without being asked, they are on still */
    modes_on(&terminal->modes);
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
    modes_mouse(&terminal->modes, on);
    arm_restore(terminal);
}

void terminal_reply(struct terminal *terminal, const struct input_event *reply)
{
    modes_reply(&terminal->modes, reply);
    arm_restore(terminal);
}

void terminal_ring(struct terminal *terminal)
{
    (void)terminal;
    beep();
}

bool terminal_copy(struct terminal *terminal, const struct buffer *data, struct error *error)
{
    struct buffer sequence = {0};
    const char *name = terminal->about.name;
    if (!terminal->modes.quiet)
        return error_set(error, "the terminal '%s' cannot copy; set copy.by to a command", name);
    if (data->length > CLIPBOARD_MOST)
        return error_set(error,
                         "%zu bytes are more than a terminal copies (%u); set copy.by to a command",
                         data->length, CLIPBOARD_MOST);
    clipboard_sequence(clipboard_through(name, getenv("TMUX"), getenv("STY")), buffer_string(data),
                       data->length, &sequence);
    bool sent = modes_send(&terminal->modes, buffer_string(&sequence), sequence.length);
    buffer_release(&sequence);
    return sent || error_set(error, "the terminal cannot be written to: %s", strerror(errno));
}

/* ---- painting ----------------------------------------------------------------------- */

void terminal_forget(struct terminal *terminal)
{
    grid_release(&terminal->shown);
    clearok(curscr, TRUE);
}

/*
 * The first character of a cell, with as many of the marks behind it in it as Unicode has a
 * character of the same width for, and how many characters that took. A mark that is sent by itself
 * is a risk: some terminals have none, and some give the voicing marks of kana two columns.
 */
static unsigned compose(const struct cell *cell, wchar_t *first)
{
    uint32_t composed = cell->count ? cell->code_points[0] : ' ';
    unsigned at = 1;
    for (uint32_t next; at < cell->count; at++, composed = next)
        if ((next = uc_composition(composed, cell->code_points[at])) == 0 ||
            text_width_in_style(next, &measured) != cell->columns)
            break;
    *first = (wchar_t)composed;
    return at;
}

static void set_cell(const struct terminal *terminal, const struct cell *cell, cchar_t *out)
{
    wchar_t first[2] = {0};
    unsigned from = compose(cell, first);
    short pair = terminal->pairs[cell->style];
    if (setcchar(out, first, terminal->attributes[cell->style], pair, NULL) == ERR)
        setcchar(out, L" ", terminal->attributes[cell->style], pair, NULL);
    /* setcchar() stops at a second character with a width, as in joined emoji; filled by hand they
     * are kept and take the width of the first. */
    for (unsigned to = 1; from < cell->count && to < CCHARW_MAX; from++, to++)
        out->chars[to] = (wchar_t)cell->code_points[from];
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

/* Hands the rows that have changed to curses; how many there are. */
static int paint_rows(struct terminal *terminal, const struct grid *grid)
{
    int painted = 0;
    cchar_t *cells = xcalloc((size_t)grid->columns + 1, sizeof *cells);
    for (int row = 0; row < grid->rows; row++) {
        if (row_is_shown(terminal, grid, row))
            continue;
        paint_row(terminal, grid, row, cells);
        painted++;
    }
    free(cells);
    if (painted) {
        grid_resize(&terminal->shown, grid->rows, grid->columns);
        memcpy(terminal->shown.cells, grid->cells,
               (size_t)grid->rows * (size_t)grid->columns * sizeof *grid->cells);
    }
    return painted;
}

void terminal_paint(struct terminal *terminal, const struct grid *grid, int cursor_row,
                    int cursor_column, bool cursor_visible)
{
    bool changed = paint_rows(terminal, grid) > 0;
    burst_begin(&terminal->burst);
    set_cursor(terminal, cursor_visible);
    move(cursor_row, cursor_column);
    wnoutrefresh(stdscr);
    doupdate();
    burst_end(&terminal->burst);
    modes_write_frame(&terminal->modes, &terminal->burst.bytes, changed);
}
