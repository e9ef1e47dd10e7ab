/*
 * The file. It is ours or it is left alone: what another program has made, or a newer one of ours,
 * is not written to; what is damaged is renamed, so that somebody may still mend it.
 */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RESULT_NEWER SQLITE_NOLFS /* which it never gives here */
#define APPLICATION  0x68656172   /* "hear", in the file's header */

/* Each makes of the version before it the next one; their number is the version. */
static const char *const migrations[] = {
    "CREATE TABLE document ("
    " id INTEGER PRIMARY KEY,"
    " key TEXT NOT NULL UNIQUE,"
    " title INTEGER NOT NULL,"   /* identity of the title */
    " used INTEGER NOT NULL,"    /* seconds: opened last */
    " visited INTEGER NOT NULL," /* seconds: left last */
    " sorting TEXT,"
    " filter TEXT);"
    "CREATE INDEX document_used ON document (used);"
    "CREATE TABLE place ("
    " document INTEGER NOT NULL,"
    " name TEXT NOT NULL," /* of a mark; empty: where one was */
    " pane INTEGER NOT NULL,"
    " block INTEGER NOT NULL,"          /* identity of the article's block at the top, or 0 */
    " block_offset INTEGER NOT NULL,"   /* bytes from its start */
    " article_offset INTEGER NOT NULL," /* the same place, from the article's start */
    " thread INTEGER NOT NULL,"         /* identity of the comment at the top, or 0 */
    " thread_offset INTEGER NOT NULL,"  /* bytes from its start */
    " comment INTEGER NOT NULL,"        /* identity of the focused one, or 0 */
    " number INTEGER NOT NULL,"         /* its index, for when it is gone */
    " PRIMARY KEY (document, name)) WITHOUT ROWID;"
    "CREATE TABLE roll ("
    " document INTEGER PRIMARY KEY,"
    " ids BLOB NOT NULL," /* identities, 64 bits each, ascending */
    " texts BLOB NOT NULL);"
    "CREATE TABLE flags ("
    " document INTEGER PRIMARY KEY,"
    " flags BLOB NOT NULL);",
    /* What several documents under one key are told apart by; the way one has come; prompts. */
    "ALTER TABLE document ADD COLUMN sketch BLOB;"
    "CREATE TABLE trail ("
    " number INTEGER PRIMARY KEY AUTOINCREMENT," /* ascending: the next one last */
    " document INTEGER NOT NULL,"
    " which INTEGER NOT NULL," /* 0: back, 1: forward; the rest as in `place` */
    " pane INTEGER NOT NULL,"
    " block INTEGER NOT NULL,"
    " block_offset INTEGER NOT NULL,"
    " article_offset INTEGER NOT NULL,"
    " thread INTEGER NOT NULL,"
    " thread_offset INTEGER NOT NULL,"
    " comment INTEGER NOT NULL,"
    " comment_number INTEGER NOT NULL);"
    "CREATE INDEX trail_document ON trail (document, which);"
    "CREATE TABLE line ("
    " kind INTEGER NOT NULL," /* 0: a search, 1: a command, 2: a filter */
    " text TEXT NOT NULL,"
    " number INTEGER NOT NULL," /* ascending: the last one typed last */
    " PRIMARY KEY (kind, text)) WITHOUT ROWID;",
};

/* ---- statements --------------------------------------------------------------------- */

static int bind(sqlite3_stmt *statement, const char *kinds, va_list values)
{
    int result = SQLITE_OK;
    for (int at = 1; kinds[at - 1] && result == SQLITE_OK; at++) {
        if (kinds[at - 1] == 'i') {
            result = sqlite3_bind_int64(statement, at, va_arg(values, int64_t));
        } else if (kinds[at - 1] == 't') {
            result =
                sqlite3_bind_text(statement, at, va_arg(values, const char *), -1, SQLITE_STATIC);
        } else {
            const struct bytes *bytes = va_arg(values, const struct bytes *);
            result = sqlite3_bind_blob64(statement, at, bytes->length ? bytes->data : "",
                                         bytes->length, SQLITE_STATIC);
        }
    }
    return result;
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql, const char *kinds, va_list values)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
        bind(statement, kinds, values) == SQLITE_OK)
        return statement;
    sqlite3_finalize(statement);
    return NULL;
}

sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = prepare(database, sql, kinds, values);
    va_end(values);
    return statement;
}

int database_run(sqlite3 *database, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = prepare(database, sql, kinds, values);
    va_end(values);
    if (!statement)
        return sqlite3_errcode(database);
    int result = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return result == SQLITE_DONE || result == SQLITE_ROW ? SQLITE_OK : result;
}

struct bytes database_bytes(sqlite3_stmt *statement, int column)
{
    struct bytes bytes = {sqlite3_column_blob(statement, column), 0};
    if (bytes.data)
        bytes.length = (size_t)sqlite3_column_bytes(statement, column);
    return bytes;
}

char *database_words(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    size_t length = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    bool good = length && length <= STORE_WORDS && text_is_clean((const char *)text, length);
    return good ? xstrndup((const char *)text, length) : NULL;
}

/* The first number of the first row; -1: there is none. */
static int64_t number(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = database_prepare(database, sql, "");
    int64_t value = -1;
    if (statement && sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* ---- bringing it up to date ---------------------------------------------------------- */

bool database_is_damage(int result)
{
    return (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
}

/* SQLITE_OK; RESULT_NEWER: it is a newer hearsay's; or what went wrong. */
static int migrate(sqlite3 *database)
{
    int result = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return result;
    int64_t version =
        number(database, "PRAGMA user_version"); /* anew: another may have been at it */
    int64_t made = (int64_t)ARRAY_LENGTH(migrations);
    if (version < 0 || version > made)
        result = RESULT_NEWER;
    for (int64_t at = version; at < made && result == SQLITE_OK; at++)
        result = sqlite3_exec(database, migrations[at], NULL, NULL, NULL);
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
             (int)made);
    if (result == SQLITE_OK && version < made)
        result = sqlite3_exec(database, sql, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
    return result;
}

static int bring_up_to_date(sqlite3 *database)
{
    /* At one moment: another program may be making it just now. */
    int result =
        sqlite3_exec(database, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return result;
    int64_t version = number(database, "PRAGMA user_version");
    int64_t owner = number(database, "PRAGMA application_id");
    int64_t tables = number(database, "SELECT count(*) FROM sqlite_schema");
    sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    bool ours = owner == APPLICATION || (owner == 0 && version == 0 && tables == 0);
    if (tables < 0)
        return sqlite3_errcode(database);
    if (!ours || version < 0)
        return SQLITE_MISMATCH;
    if (version > (int64_t)ARRAY_LENGTH(migrations))
        return RESULT_NEWER;
    if (sqlite3_db_readonly(database, "main") == 1)
        return SQLITE_READONLY;
    sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", NULL, NULL,
                 NULL); /* where that cannot be had it works all the same, only slower */
    return version < (int64_t)ARRAY_LENGTH(migrations) ? migrate(database) : SQLITE_OK;
}

/* ---- opening ------------------------------------------------------------------------- */

/* Makes the directories a file stands in, but for the one at the root: where there is no home none
 * is made. */
static void make_directories(const char *path)
{
    char *copy = xstrdup(path), *at = strchr(copy + 1, '/');
    while (at && (at = strchr(at + 1, '/')) != NULL) {
        *at = '\0';
        mkdir(copy, 0700);
        *at = '/';
    }
    free(copy);
}

/* What one has read is nobody else's business: the database's own files take its permissions. */
static void make_file(const char *path)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        close(descriptor);
}

static int open_once(const char *path, sqlite3 **database)
{
    make_file(path);
    int result =
        sqlite3_open_v2(path, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, NULL);
    if (result == SQLITE_OK) {
        sqlite3_busy_timeout(*database, DATABASE_BUSY_MS);
        /* Nobody waits for the disk when leaving: the log is read at the next visit. */
        sqlite3_db_config(*database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        result = bring_up_to_date(*database);
    }
    return result & 0xff;
}

/* Renames it, and what belongs to it, to a name that is free. */
static bool set_aside(const char *path, struct error *note)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    struct buffer from = {0}, to = {0};
    bool done = false;
    int number = 0;
    do {
        buffer_clear(&to);
        buffer_printf(&to, "%s.damaged-%d", path, ++number);
    } while (number < 1000 && access(buffer_string(&to), F_OK) == 0);
    size_t stem = to.length;
    for (size_t at = 0; at < ARRAY_LENGTH(parts); at++) {
        buffer_clear(&from);
        buffer_printf(&from, "%s%s", path, parts[at]);
        to.length = stem;
        buffer_adds(&to, parts[at]);
        bool renamed = rename(buffer_string(&from), buffer_string(&to)) == 0;
        done = done || (at == 0 && renamed);
    }
    to.length = stem;
    buffer_adds(&to, "");
    const char *slash = strrchr(buffer_string(&to), '/');
    if (done)
        error_set(note, "what was remembered is damaged, and set aside as '%s'",
                  slash ? slash + 1 : buffer_string(&to));
    buffer_release(&from);
    buffer_release(&to);
    return done;
}

/* Not sqlite3_errmsg(): a rollback has taken its place. What matters comes first: a path is long.
 */
static void tell(struct error *note, int result, const char *path)
{
    const char *reason = result == SQLITE_MISMATCH   ? "another program has made"
                         : result == RESULT_NEWER    ? "a newer hearsay has made"
                         : result == SQLITE_READONLY ? "cannot write to"
                         : result == SQLITE_CANTOPEN ? "cannot open or make"
                                                     : NULL;
    if (reason)
        error_set(note, "nothing will be remembered: %s '%s'", reason, path);
    else
        error_set(note, "nothing will be remembered: %s, in '%s'", sqlite3_errstr(result), path);
}

sqlite3 *database_open(const char *path, struct error *note)
{
    sqlite3 *database = NULL;
    error_set(note, "%s", "");
    make_directories(path);
    int result = open_once(path, &database);
    if (database_is_damage(result)) {
        sqlite3_close(database);
        database = NULL;
        result = set_aside(path, note) ? open_once(path, &database) : result;
    }
    if (result == SQLITE_OK)
        return database;
    tell(note, result, path);
    sqlite3_close(database);
    return NULL;
}

sqlite3 *database_begin_anew(sqlite3 *database, struct error *note)
{
    char *path = xstrdup(sqlite3_db_filename(database, "main"));
    sqlite3_close(database);
    struct error why;
    bool done = set_aside(path, note);
    sqlite3 *fresh = done ? database_open(path, &why) : NULL;
    if (!fresh)
        error_set(note, "what was remembered in '%s' is damaged", path);
    free(path);
    return fresh;
}
