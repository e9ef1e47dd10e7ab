/*
 * config: the settings and where they come from; themes; places on disk.
 *
 * A settings file is never lost for one bad line: the line is reported with its file and number and
 * costs only itself. Nothing here prints; what is wrong is collected in a `struct problems`.
 */
#ifndef HEARSAY_CONFIG_H
#define HEARSAY_CONFIG_H

#include "hearsay/base.h"

/* ---- problems ----------------------------------------------------------------------- */

/* One thing wrong with a settings file, a keymap, or an option. */
struct config_problem {
    char *file;    /* as the user knows it: a path, "default.ini", "--set"; never NULL */
    uint32_t line; /* from 1; 0: the file as a whole */
    char *message; /* lower case, no full stop, subject in single quotes */
    bool advice;   /* the line is in force all the same; it just will not do what it seems to */
};

/* A list that owns its strings. Start with {0}. */
struct problems {
    struct config_problem *items;
    size_t count, capacity;
};

/* Adds a problem; a null list is allowed and ignored. Keeps the first PROBLEMS_MOST of them. */
#define PROBLEMS_MOST 1000
void problems_add(struct problems *problems, const char *file, uint32_t line, const char *format,
                  ...) BASE_PRINTF(4, 5);
void problems_advise(struct problems *problems, const char *file, uint32_t line, const char *format,
                     ...) BASE_PRINTF(4, 5);
/* Puts them in order of line, file by file; files stay in the order they were first complained of.
 */
void problems_sort(struct problems *problems);
/* Appends "file:line: message", or "file: message" for line 0; no newline. */
void problem_write(const struct config_problem *problem, struct buffer *out);
void problems_release(struct problems *problems);

/* ---- the nearest name --------------------------------------------------------------- */

/*
 * "did you mean": start with {.wanted = name}, offer every candidate, then ask. The best is one
 * that differs in few enough letters (a swap counts as one) to be a likely slip; else NULL.
 */
struct nearest {
    const char *wanted;
    const char *best;
    uint32_t distance;
};

void nearest_offer(struct nearest *nearest, const char *candidate);
const char *nearest_name(const struct nearest *nearest);
/* Writes ", did you mean 'NAME'" or nothing; for the end of a message. Returns `text`. */
const char *nearest_hint(const struct nearest *nearest, char *text, size_t size);

/* ---- ini files ---------------------------------------------------------------------- */

/* One good line. Section and key are in lower case, the value is as written, without its quotes. */
struct ini_entry {
    const char *section, *key, *value;
    uint32_t line; /* from 1 */
    bool cut;      /* not in quotes, and a comment follows it: "x = a # b" */
};

struct ini_section { /* every section header, in order, empty and repeated ones too */
    const char *name;
    uint32_t line;
};

/* What a file says, in its order. A section's name may come more than once: they are one. */
struct ini {
    char *file; /* its name for messages */
    struct ini_entry *entries;
    size_t count;
    struct ini_section *sections;
    size_t section_count;
    void *memory; /* private */
};

#define INI_LONGEST_LINE 1000       /* bytes; iniparser's own limit is not far above */
#define INI_MOST_ENTRIES 4000       /* settings in one file, and sections */
#define INI_MOST_BYTES   (1u << 20) /* bytes in one file */

/*
 * Reads an ini file. `file` is its name in messages. Hostile bytes are fine. Bad lines are reported
 * and left out; of two lines that set the same thing the first is kept. ini_read_file() returns
 * NULL (reporting why) only when there is nothing to read: no such file, a directory, no
 * permission. `problems` may be NULL. The caller frees with ini_free().
 */
struct ini *ini_read_memory(const char *file, const char *bytes, size_t length,
                            struct problems *problems);
struct ini *ini_read_file(const char *path, struct problems *problems);
void ini_free(struct ini *ini); /* null is fine */

/* ---- settings ----------------------------------------------------------------------- */

enum setting {
    SETTING_ARTICLE_COLUMNS, /* [view] */
    SETTING_LAYOUT,
    SETTING_SIDEBAR,
    SETTING_SIDEBAR_SHARE,
    SETTING_THREAD_SHARE,
    SETTING_TIMES,
    SETTING_AMBIGUOUS_WIDTH, /* [text] */
    SETTING_EMOJI,
    SETTING_BIDI,
    SETTING_LINK_MARKS,
    SETTING_FOLD_DEPTH, /* [thread] */
    SETTING_FOLD_QUOTED,
    SETTING_FLAT,
    SETTING_SORT,
    SETTING_SORT_REPLIES,
    SETTING_INDENT,
    SETTING_RAILS,
    SETTING_MIN_COLUMNS,
    SETTING_TALL_LINES,
    SETTING_PEOPLE,
    SETTING_FOLD_READ,
    SETTING_READ_MS,
    SETTING_ONLY_READ,   /* [voices] */
    SETTING_SEARCH_CASE, /* [search] */
    SETTING_SEARCH_WRAP,
    SETTING_SEARCH_REGEX,
    SETTING_BROWSER, /* [open] */
    SETTING_BROWSER_TERMINAL,
    SETTING_COPY_BY, /* [copy] */
    SETTING_KEYMAP,  /* [keys] */
    SETTING_TIMEOUT_MS,
    SETTING_ESCAPE_MS,
    SETTING_HINT_MS,
    SETTING_MOUSE,
    SETTING_REMEMBER, /* [state] */
    SETTING_KEEP,
    SETTING_HISTORY,
    SETTING_THEME,            /* [theme] */
    SETTING_IMPORT_MEMORY_MB, /* [import] */
    SETTING_IMPORT_SECONDS,
    SETTINGS
};

/* What config_int() returns for the settings that are one of a few words, in their order. */
enum setting_terminal { SETTING_TERMINAL_AUTO, SETTING_TERMINAL_YES, SETTING_TERMINAL_NO };
enum setting_layout {
    SETTING_LAYOUT_AUTO,
    SETTING_LAYOUT_WIDE,
    SETTING_LAYOUT_STACKED,
    SETTING_LAYOUT_SINGLE
};
enum setting_emoji { SETTING_EMOJI_SAFE, SETTING_EMOJI_CLUSTER };
enum setting_bidi { SETTING_BIDI_TERMINAL, SETTING_BIDI_OFF };
enum setting_rails { SETTING_RAILS_UNICODE, SETTING_RAILS_ASCII };
enum setting_times { SETTING_TIMES_RELATIVE, SETTING_TIMES_ABSOLUTE };
enum setting_people {
    SETTING_PEOPLE_AUTO,
    SETTING_PEOPLE_HUE,
    SETTING_PEOPLE_LETTER,
    SETTING_PEOPLE_OFF
};
enum setting_case { SETTING_CASE_SMART, SETTING_CASE_IGNORE, SETTING_CASE_MATCH };

enum setting_type { SETTING_TYPE_BOOL, SETTING_TYPE_INT, SETTING_TYPE_ENUM, SETTING_TYPE_STRING };

#define SETTING_WORDS 6

struct setting_info {
    const char *section, *key;
    enum setting_type type;
    int minimum, maximum;             /* of an int, inclusive */
    const char *words[SETTING_WORDS]; /* of an enum, the rest NULL */
    const char *fallback;             /* the default, as text that would be accepted */
    const char *help;                 /* one sentence, lower case, no full stop */
    bool (*check)(const char *value, struct error *error); /* of a string, or NULL */
};

const struct setting_info *setting_info(enum setting setting); /* a row of the table */

struct config;

struct config *config_new(void); /* all defaults */
void config_free(struct config *config);

/*
 * Takes the settings of a file over; what is wrong is reported and stays as it was. For a null
 * `path` the user's own file is read, and its absence is no problem. False when there was a file
 * to read but it could not be (reported too). To reload use config_again().
 */
bool config_load(struct config *config, const char *path, struct problems *problems);
bool config_load_memory(struct config *config, const char *file, const char *bytes, size_t length,
                        struct problems *problems);

/*
 * To reload: a new config from the file, with what --set and :set said in this one. Where nothing
 * is wrong with it, config_swap() puts it in force: the two exchange all they hold, so everybody
 * who borrowed `one` sees the new values (its strings and config_ini() are others now).
 */
struct config *config_again(const struct config *config, const char *path,
                            struct problems *problems);
void config_swap(struct config *one, struct config *other);

/* For --set and :set; `name` is "section.key". */
bool config_set(struct config *config, const char *name, const char *value, struct error *error);

bool config_bool(const struct config *config, enum setting setting);
int config_int(const struct config *config, enum setting setting); /* bool: 0, 1; enum: its index */
const char *config_string(const struct config *config, enum setting setting); /* strings only */

/* Where the live value was set: a file (with `*line`), "--set", or NULL: it is the default. */
const char *config_origin(const struct config *config, enum setting setting, uint32_t *line);

/*
 * The file that was loaded last, whole: its [keys.CONTEXT] and [macros] sections are for
 * keymap_load(). NULL when none was. Lives until the next load.
 */
const struct ini *config_ini(const struct config *config);

/* The live settings as a file that loads to the same settings (--print-config). */
void config_print(const struct config *config, struct buffer *out);
/* config.ini.sample: every setting with its help, range and default, all commented out. */
void config_sample(struct buffer *out);

/* ---- themes ------------------------------------------------------------------------- */

/* What a piece of the screen means. Only a theme knows how that looks. */
enum style {
    STYLE_TEXT,
    STYLE_TITLE,
    STYLE_BYLINE,
    STYLE_HEADING,
    STYLE_EMPHASIS,
    STYLE_STRONG,
    STYLE_QUOTE,         /* a quotation in the article */
    STYLE_QUOTE_CURRENT, /* the one jumped to */
    STYLE_INDIRECT,      /* reported speech */
    STYLE_NAME,          /* a mention of a person, organisation or place */
    STYLE_NAME_CHOSEN,   /* of the one chosen in the sidebar */
    STYLE_HIT,           /* found by search */
    STYLE_HIT_CURRENT,
    STYLE_CODE,
    STYLE_BLOCKQUOTE, /* somebody else's words in a comment */
    STYLE_LINK,
    STYLE_RAIL, /* the lines that show depth: of the first level, the second, ... and round again */
    STYLE_RAIL_2,
    STYLE_RAIL_3,
    STYLE_RAIL_4,
    STYLE_FOLD, /* fold mark and the size of what is folded */
    STYLE_AUTHOR,
    STYLE_AUTHOR_1, /* each author has one of these */
    STYLE_AUTHOR_2,
    STYLE_AUTHOR_3,
    STYLE_AUTHOR_4,
    STYLE_AUTHOR_5,
    STYLE_AUTHOR_6,
    STYLE_TAG,     /* what somebody is in this thread */
    STYLE_NEW,     /* not read yet */
    STYLE_FAINT,   /* age, score, what may be overlooked */
    STYLE_FOCUS,   /* the line of the focused item */
    STYLE_HEAD,    /* a heading in the sidebar */
    STYLE_IN_VIEW, /* an entry of the sidebar whose text is on the screen */
    STYLE_COUNT,
    STYLE_RULE, /* between panes */
    STYLE_RULE_FOCUS,
    STYLE_STATUS,
    STYLE_STATUS_ERROR,
    STYLE_STATUS_PENDING, /* count and keys typed so far */
    STYLE_PROMPT,
    STYLE_KEY, /* a key in help and hints */
    STYLES
};

struct style_info {
    const char *name;
    char letter; /* its code in --screen=...+styles; all differ; STYLE_TEXT is '.' */
};

const struct style_info *style_info(enum style style);

enum look_attribute {
    LOOK_BOLD = 1,
    LOOK_DIM = 2,
    LOOK_ITALIC = 4,
    LOOK_UNDERLINE = 8,
    LOOK_REVERSE = 16
};

#define LOOK_DEFAULT (-1) /* the terminal's own colour */

struct look {
    int8_t foreground, background; /* 0 to 15 of the terminal's palette, or LOOK_DEFAULT */
    uint8_t attributes;            /* of enum look_attribute */
};

struct theme {
    const char *name, *help;
    struct look looks[STYLES];
};

/* All themes; the first is the default, the one named "mono" has no colours (NO_COLOR). */
const struct theme *theme_table(size_t *count);
const struct theme *theme_find(const char *name); /* or NULL */

/* ---- places ------------------------------------------------------------------------- */

enum place_kind { PLACE_CONFIG, PLACE_STATE, PLACE_CACHE };

/*
 * "$XDG_CONFIG_HOME/hearsay/NAME" and the like, with the usual fallback below the home directory;
 * NULL where there is none. Nothing is created. The caller frees.
 */
char *place_path(enum place_kind kind, const char *name);
/* The same in the data directory of the installed program (../share/hearsay beside its bin/). */
char *place_shared(const char *name);

/* ---- corrections by hand ------------------------------------------------------------ */

/*
 * The file of one input that says what was found wrongly in it: "INPUT.hearsay" beside it where
 * there is one, else one of its own below "corrections" in the settings' directory. What its lines
 * mean is analyse's business (annotations_correct()); here they are read and kept.
 */
struct corrections {
    char *path;         /* the file, which need not exist; NULL: this input can have none */
    struct buffer text; /* what it holds */
};

/* Finds and reads it; `input` is a path or an address, NULL or "-" standard input. A file that
 * cannot be read is a problem, none at all is not. Release it in any case. */
void corrections_open(struct corrections *corrections, const char *input,
                      struct problems *problems);
/* Adds a line (without its newline) at the file's end, making the file if need be. */
bool corrections_append(struct corrections *corrections, const char *line, struct error *error);
void corrections_release(struct corrections *corrections);

#endif
