/* What was typed at prompts: of each kind each line once, in the order in which they were used. */
#include "internal.h"

#include <stdlib.h>

void typed_release(typed_lines *lines)
{
    for (size_t at = 0; at < lines->count; at++)
        free(lines->items[at].text);
    vector_release(lines);
}

int typed_read(sqlite3 *database, enum store_line kind, unsigned most, typed_lines *out)
{
    sqlite3_stmt *statement =
        database_prepare(database,
                         "SELECT text FROM (SELECT text, number FROM line WHERE kind = ?"
                         " ORDER BY number DESC LIMIT ?) ORDER BY number",
                         "ii", (int64_t)kind, (int64_t)most);
    int result = sqlite3_errcode(database);
    while (statement && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct line line = {kind, database_words(statement, 0)};
        if (line.text)
            vector_push(out, line);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int trim(sqlite3 *database, unsigned keep)
{
    int result = SQLITE_OK;
    for (int64_t kind = 0; kind < STORE_LINES && result == SQLITE_OK; kind++)
        result = database_run(database,
                              "DELETE FROM line WHERE kind = ? AND text NOT IN (SELECT text"
                              " FROM line WHERE kind = ? ORDER BY number DESC LIMIT ?)",
                              "iii", kind, kind, (int64_t)keep);
    return result;
}

int typed_write(sqlite3 *database, const typed_lines *more, unsigned keep)
{
    int result = SQLITE_OK;
    for (size_t at = 0; at < more->count && result == SQLITE_OK; at++)
        result = database_run(database,
                              "INSERT INTO line (kind, text, number)"
                              " VALUES (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM line))"
                              " ON CONFLICT (kind, text) DO UPDATE SET number = excluded.number",
                              "it", (int64_t)more->items[at].kind, more->items[at].text);
    return result == SQLITE_OK ? trim(database, keep) : result;
}
