/*
 * What is remembered of a document, from the database and into it. Places are translated both ways:
 * a reader's are bytes of a document's pool, those that are kept are an identity and an offset.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- places ------------------------------------------------------------------------- */

/* A place as it is kept; see the table. */
struct place {
    int64_t block, block_offset, article_offset, thread, thread_offset, comment, number;
};

static const struct block *article_block(const struct document *document, uint32_t index)
{
    return &document_blocks(document, NULL)[index];
}

static int64_t block_identity(const struct document *document, uint32_t index)
{
    const struct block *block = article_block(document, index);
    return (int64_t)identity_of_text(document, (struct range){block->start, block->end}) + 1;
}

static struct place to_place(const struct document *document, const struct store_spot *spot)
{
    struct place place = {0};
    uint32_t count, start = document_article(document).start;
    uint32_t block = document_block_at(document, spot->article);
    document_comments(document, &count);
    if (spot->article >= start && block < document_article_blocks(document)) {
        place.block = block_identity(document, block);
        place.block_offset = spot->article - article_block(document, block)->start;
    }
    place.article_offset = (int64_t)spot->article - start;
    uint32_t top = document_comment_at(document, spot->thread);
    if (top < count) {
        place.thread = (int64_t)identity_of_comment(document, top);
        place.thread_offset = spot->thread - document_item(document, top).start;
    }
    if (spot->comment < count) {
        place.comment = (int64_t)identity_of_comment(document, spot->comment);
        place.number = spot->comment;
    }
    return place;
}

/* Keeps an offset from a hostile database within [start, end). */
static uint32_t within(uint32_t start, uint32_t end, int64_t offset)
{
    int64_t size = (int64_t)end - start;
    offset = offset < size ? offset : size - 1;
    return offset > 0 ? start + (uint32_t)offset : start;
}

/* The place in the article: in the block with those words that is nearest to where it was. */
static uint32_t article_place(const struct document *document, const struct place *place)
{
    struct range article = document_article(document);
    uint32_t blocks = document_article_blocks(document), best = blocks;
    int64_t offset = place->article_offset; /* of a hostile database: it must not overflow */
    offset = offset < INT32_MIN ? INT32_MIN : offset > UINT32_MAX ? UINT32_MAX : offset;
    uint32_t was = within(0, article.end, (int64_t)article.start + offset);
    for (uint32_t at = 0; place->block && at < blocks; at++) {
        if (block_identity(document, at) != place->block)
            continue;
        best = at;
        if (article_block(document, at)->start + 1 > was)
            break;
    }
    if (best == blocks)
        return (uint32_t)utf8_floor(document_text(document, NULL), was);
    const struct block *block = article_block(document, best);
    return within(block->start, block->end, place->block_offset);
}

static uint32_t comment_of(const struct census *census, int64_t identity)
{
    for (uint32_t at = 0; identity && at < census->count; at++)
        if (census->ids[at] == (uint64_t)identity)
            return at;
    return DOCUMENT_NONE;
}

static struct store_spot to_spot(const struct document *document, const struct census *census,
                                 const struct place *place)
{
    struct store_spot spot = {.set = true, .comment = comment_of(census, place->comment)};
    spot.article = article_place(document, place);
    if (spot.comment == DOCUMENT_NONE && census->count)
        spot.comment = within(0, census->count, place->number);
    uint32_t top = comment_of(census, place->thread);
    struct range item = document_item(document, top == DOCUMENT_NONE ? spot.comment : top);
    spot.thread =
        top == DOCUMENT_NONE ? item.start : within(item.start, item.end, place->thread_offset);
    if (census->count == 0)
        spot.thread = 0;
    return spot;
}

#define PLACES "pane, block, block_offset, article_offset, thread, thread_offset, comment, number"

static int read_places(sqlite3 *database, const struct document *document,
                       const struct census *census, int64_t id, struct store_memory *memory)
{
    sqlite3_stmt *statement = database_prepare(
        database, "SELECT name, " PLACES " FROM place WHERE document = ? LIMIT 200", "i", id);
    int result;
    while (statement && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        const unsigned char *name = sqlite3_column_text(statement, 0);
        struct place place = {
            sqlite3_column_int64(statement, 2), sqlite3_column_int64(statement, 3),
            sqlite3_column_int64(statement, 4), sqlite3_column_int64(statement, 5),
            sqlite3_column_int64(statement, 6), sqlite3_column_int64(statement, 7),
            sqlite3_column_int64(statement, 8)};
        if (!name || name[0] >= STORE_MARKS || (name[0] && name[1]))
            continue;
        struct store_spot *spot = name[0] ? &memory->marks[name[0]] : &memory->here;
        *spot = to_spot(document, census, &place);
        spot->pane = (uint8_t)sqlite3_column_int(statement, 1);
    }
    result = statement ? result : sqlite3_errcode(database);
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int write_place(sqlite3 *database, const struct document *document, int64_t id, char letter,
                       const struct store_spot *spot)
{
    char name[2] = {letter, '\0'};
    struct place place = to_place(document, spot);
    return database_run(database,
                        "INSERT OR REPLACE INTO place (document, name, " PLACES ")"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "itiiiiiiii", id, name, (int64_t)spot->pane, place.block,
                        place.block_offset, place.article_offset, place.thread, place.thread_offset,
                        place.comment, place.number);
}

static bool same_spot(const struct store_spot *one, const struct store_spot *other)
{
    return one->set == other->set && one->pane == other->pane && one->article == other->article &&
           one->thread == other->thread && one->comment == other->comment;
}

/* Where one is, and the marks that were set since. */
static int write_places(sqlite3 *database, const struct subject *subject, int64_t id,
                        const struct store_memory *memory)
{
    int result = SQLITE_OK;
    if (memory->here.set)
        result = write_place(database, subject->document, id, '\0', &memory->here);
    for (int letter = 1; letter < STORE_MARKS && result == SQLITE_OK; letter++)
        if (memory->marks[letter].set &&
            !same_spot(&memory->marks[letter], &subject->marks[letter]))
            result =
                write_place(database, subject->document, id, (char)letter, &memory->marks[letter]);
    return result;
}

/* ---- the roll ------------------------------------------------------------------------ */

static int read_roll(sqlite3 *database, int64_t id, struct roll *roll)
{
    sqlite3_stmt *statement =
        database_prepare(database,
                         "SELECT ids, texts, flags FROM roll JOIN flags USING (document)"
                         " WHERE document = ?",
                         "i", id);
    int result = statement ? sqlite3_step(statement) : sqlite3_errcode(database);
    if (result == SQLITE_ROW)
        roll_read(roll, database_bytes(statement, 0), database_bytes(statement, 1),
                  database_bytes(statement, 2));
    sqlite3_finalize(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE ? SQLITE_OK : result;
}

static int write_roll(sqlite3 *database, int64_t id, const struct roll *roll, bool all)
{
    struct bytes ids = {roll->ids, roll->count * sizeof *roll->ids};
    struct bytes texts = {roll->texts, roll->count * sizeof *roll->texts};
    struct bytes flags = {roll->flags, roll->count};
    int result = SQLITE_OK;
    if (all)
        result = database_run(database,
                              "INSERT OR REPLACE INTO roll (document, ids, texts)"
                              " VALUES (?, ?, ?)",
                              "ibb", id, &ids, &texts);
    if (result == SQLITE_OK)
        result =
            database_run(database, "INSERT OR REPLACE INTO flags (document, flags) VALUES (?, ?)",
                         "ib", id, &flags);
    return result;
}

static uint64_t flags_identity(const struct roll *roll)
{
    return identity_of((const char *)roll->flags, roll->count);
}

static int update_roll(sqlite3 *database, const struct subject *subject, int64_t id,
                       const struct store_memory *memory, bool leaving)
{
    struct roll roll = {0};
    struct census census = {0};
    struct roll_change change = {memory, &subject->read, &subject->folded, !subject->begun,
                                 leaving};
    int result = read_roll(database, id, &roll);
    if (result == SQLITE_OK) {
        bool all = false;
        uint64_t was = flags_identity(&roll);
        if (!subject->begun || !roll_mark(&roll, subject->document, &change)) {
            census_take(&census, subject->document);
            all = roll_apply(&roll, &census, &change);
        }
        if (all || flags_identity(&roll) != was)
            result = write_roll(database, id, &roll, all);
    }
    roll_release(&roll);
    census_release(&census);
    return result;
}

/* ---- documents ----------------------------------------------------------------------- */

static char *column_words(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    size_t length = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    bool good = length && length <= STORE_WORDS && text_is_clean((const char *)text, length);
    return good ? xstrndup((const char *)text, length) : NULL;
}

/* The row of a document: its number, and whether it has the title it had. */
static int read_document(sqlite3 *database, const struct subject *subject,
                         struct store_memory *memory, int64_t *id, bool *same_title)
{
    sqlite3_stmt *statement = database_prepare(
        database, "SELECT id, title, visited, sorting, filter FROM document WHERE key = ?", "t",
        subject->key);
    int result = statement ? sqlite3_step(statement) : sqlite3_errcode(database);
    if (result == SQLITE_ROW) {
        *id = sqlite3_column_int64(statement, 0);
        *same_title =
            sqlite3_column_int64(statement, 1) == (int64_t)identity_of_title(subject->document);
        memory->visited = sqlite3_column_int64(statement, 2);
        memory->order = column_words(statement, 3);
        memory->filter = column_words(statement, 4);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_ROW ? SQLITE_OK : result == SQLITE_DONE ? SQLITE_NOTFOUND : result;
}

/* Keeps what the memory was, to tell later what has changed. */
static void remember_as_written(struct subject *subject, const struct store_memory *memory)
{
    bitset_resize(&subject->read, memory->read.count);
    bitset_copy(&subject->read, &memory->read);
    bitset_resize(&subject->folded, memory->folded.count);
    bitset_copy(&subject->folded, &memory->folded);
    memcpy(subject->marks, memory->marks, sizeof subject->marks);
}

int rows_read(sqlite3 *database, struct subject *subject, struct store_memory *memory)
{
    int64_t id = 0;
    bool same = false;
    struct roll roll = {0};
    struct census census = {0};
    int result = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = read_document(database, subject, memory, &id, &same);
    if (result == SQLITE_OK)
        result = read_roll(database, id, &roll);
    if (result == SQLITE_OK) {
        census_take(&census, subject->document);
        same = roll_tell(&roll, &census, memory) > 0 || same;
        result = read_places(database, subject->document, &census, id, memory);
    }
    sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    subject->replaced = result == SQLITE_OK && !same; /* another text under the same name */
    if (subject->replaced || result != SQLITE_OK)
        store_memory_release(memory);
    else
        remember_as_written(subject, memory);
    roll_release(&roll);
    census_release(&census);
    return subject->replaced ? SQLITE_NOTFOUND : result;
}

#define OF_DROPPED " WHERE document NOT IN (SELECT id FROM document)"

/* Drops what belongs to no document any more. */
static int sweep(sqlite3 *database)
{
    int result = database_run(database, "DELETE FROM place" OF_DROPPED, "");
    if (result == SQLITE_OK)
        result = database_run(database, "DELETE FROM roll" OF_DROPPED, "");
    if (result == SQLITE_OK)
        result = database_run(database, "DELETE FROM flags" OF_DROPPED, "");
    return result;
}

/* Makes the row of a document, or brings it up to date; drops the ones that were used last. */
static int begin_visit(sqlite3 *database, const struct subject *subject, int64_t now)
{
    int64_t title = (int64_t)identity_of_title(subject->document);
    int result = SQLITE_OK;
    if (subject->replaced)
        result = database_run(database, "DELETE FROM document WHERE key = ?", "t", subject->key);
    if (result == SQLITE_OK)
        result = database_run(database,
                              "INSERT INTO document (key, title, used, visited)"
                              " VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
                              " SET used = excluded.used, title = excluded.title",
                              "tiii", subject->key, title, now, now);
    if (result == SQLITE_OK && subject->keep)
        result = database_run(database,
                              "DELETE FROM document WHERE id IN"
                              " (SELECT id FROM document ORDER BY used DESC LIMIT -1 OFFSET ?)",
                              "i", (int64_t)subject->keep);
    return result == SQLITE_OK ? sweep(database) : result;
}

static int write_document(sqlite3 *database, const struct subject *subject,
                          const struct store_memory *memory, bool leaving)
{
    int64_t now = time(NULL), id = 0;
    bool same;
    struct store_memory before = {0};
    int result = subject->begun ? SQLITE_OK : begin_visit(database, subject, now);
    if (result == SQLITE_OK)
        result = read_document(database, subject, &before, &id, &same);
    store_memory_release(&before);
    if (result == SQLITE_OK)
        result = database_run(database,
                              "UPDATE document SET sorting = ?, filter = ?,"
                              " visited = CASE ? WHEN 1 THEN ? ELSE visited END WHERE id = ?",
                              "ttiii", memory->order, memory->filter, (int64_t)leaving, now, id);
    if (result == SQLITE_OK)
        result = write_places(database, subject, id, memory);
    if (result == SQLITE_OK)
        result = update_roll(database, subject, id, memory, leaving);
    return result;
}

#define LOG_PAGES 1000 /* of the log, after which a write that nobody waits for empties it */

int rows_write(sqlite3 *database, struct subject *subject, const struct store_memory *memory,
               bool leaving)
{
    sqlite3_wal_autocheckpoint(database, leaving ? 0 : LOG_PAGES);
    int result = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = write_document(database, subject, memory, leaving);
    if (result == SQLITE_NOTFOUND) { /* another has dropped it: it is made anew next time */
        subject->begun = false;
        result = SQLITE_BUSY;
    }
    if (result == SQLITE_OK)
        result = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK) {
        sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
        return result;
    }
    remember_as_written(subject, memory);
    subject->begun = true;
    subject->replaced = false;
    return SQLITE_OK;
}
