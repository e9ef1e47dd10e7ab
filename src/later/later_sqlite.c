/* The functions of SQLite that are used; see hearsay/later.h. */
#include <sqlite3.h>
#include <stdarg.h>

#include "hearsay/later.h"

#define LIBRARY "libsqlite3.so.0"

LATER(int, sqlite3_open_v2, (const char *path, sqlite3 **database, int flags, const char *system),
      (path, database, flags, system))
LATER(int, sqlite3_close, (sqlite3 * database), (database))
LATER(int, sqlite3_busy_timeout, (sqlite3 * database, int milliseconds), (database, milliseconds))
/* Of the kinds that take a number and a place for the answer. */
int sqlite3_db_config(sqlite3 *database, int kind, ...)
{
    union {
        void *found;
        __typeof__(&sqlite3_db_config) call;
    } function = {later_find(LIBRARY, "sqlite3_db_config")};
    va_list arguments;
    va_start(arguments, kind);
    int value = va_arg(arguments, int);
    int *answer = va_arg(arguments, int *);
    va_end(arguments);
    return function.call(database, kind, value, answer);
}
LATER(int, sqlite3_wal_autocheckpoint, (sqlite3 * database, int pages), (database, pages))
LATER(int, sqlite3_wal_checkpoint_v2,
      (sqlite3 * database, const char *name, int mode, int *pages, int *done),
      (database, name, mode, pages, done))
LATER(sqlite3_int64, sqlite3_last_insert_rowid, (sqlite3 * database), (database))
LATER(const char *, sqlite3_db_filename, (sqlite3 * database, const char *name), (database, name))
LATER(int, sqlite3_db_readonly, (sqlite3 * database, const char *name), (database, name))
LATER(int, sqlite3_errcode, (sqlite3 * database), (database))
LATER(const char *, sqlite3_errmsg, (sqlite3 * database), (database))
LATER(const char *, sqlite3_errstr, (int result), (result))

LATER(int, sqlite3_exec,
      (sqlite3 * database, const char *sql, int (*row)(void *, int, char **, char **), void *data,
       char **message),
      (database, sql, row, data, message))
LATER(int, sqlite3_prepare_v2,
      (sqlite3 * database, const char *sql, int length, sqlite3_stmt **statement,
       const char **rest),
      (database, sql, length, statement, rest))
LATER(int, sqlite3_step, (sqlite3_stmt * statement), (statement))
LATER(int, sqlite3_finalize, (sqlite3_stmt * statement), (statement))

LATER(int, sqlite3_bind_blob64,
      (sqlite3_stmt * statement, int at, const void *bytes, sqlite3_uint64 length,
       void (*release)(void *)),
      (statement, at, bytes, length, release))
LATER(int, sqlite3_bind_int64, (sqlite3_stmt * statement, int at, sqlite3_int64 value),
      (statement, at, value))
LATER(int, sqlite3_bind_text,
      (sqlite3_stmt * statement, int at, const char *text, int length, void (*release)(void *)),
      (statement, at, text, length, release))

LATER(const void *, sqlite3_column_blob, (sqlite3_stmt * statement, int column),
      (statement, column))
LATER(int, sqlite3_column_bytes, (sqlite3_stmt * statement, int column), (statement, column))
LATER(int, sqlite3_column_int, (sqlite3_stmt * statement, int column), (statement, column))
LATER(sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt * statement, int column),
      (statement, column))
LATER(const unsigned char *, sqlite3_column_text, (sqlite3_stmt * statement, int column),
      (statement, column))
