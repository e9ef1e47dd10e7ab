/* What is remembered of a document, from the database and into it. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* ---- kin ----------------------------------------------------------------------------- */

/*
 * A few of the article's longer paragraphs, by which another copy is known though its headline and
 * some of its text have changed: those with the smallest identities, for these are the same ones in
 * whatever order they stand and whatever else stands between them.
 */
#define SKETCH_SIZE    16
#define SKETCH_SHORTER 32 /* bytes; "Advertisement" stands in every article */

struct sketch {
    uint32_t items[SKETCH_SIZE]; /* ascending */
    uint32_t count;
};

static void sketch_add(struct sketch *sketch, uint32_t item)
{
    uint32_t at = sketch->count;
    while (at > 0 && sketch->items[at - 1] > item)
        at--;
    if (at == SKETCH_SIZE || (at > 0 && sketch->items[at - 1] == item))
        return;
    sketch->count += sketch->count < SKETCH_SIZE;
    memmove(sketch->items + at + 1, sketch->items + at,
            (sketch->count - at - 1) * sizeof *sketch->items);
    sketch->items[at] = item;
}

static struct sketch sketch_of(const struct document *document, const struct census *census)
{
    struct sketch sketch = {0};
    const struct block *blocks = document_blocks(document, NULL);
    for (uint32_t at = 0; at < census->block_count; at++)
        if (blocks[at].end - blocks[at].start >= SKETCH_SHORTER)
            sketch_add(&sketch, census->blocks[at]);
    return sketch;
}

/* A quarter of the shorter one is in the other. */
static bool sketches_agree(const struct sketch *one, struct bytes other)
{
    uint32_t count = (uint32_t)(other.length / sizeof *one->items), shared = 0;
    for (uint32_t at = 0; at < count; at++) {
        uint32_t item;
        memcpy(&item, (const char *)other.data + at * sizeof item, sizeof item);
        for (uint32_t mine = 0; mine < one->count; mine++)
            shared += one->items[mine] == item;
    }
    return shared > 0 && shared * 4 >= (count < one->count ? count : one->count);
}

/* What a row says that was found under the document's key. */
struct candidate {
    bool same_title, same_text;
    uint32_t comments, shared; /* remembered of it, and how many of these the document has */
};

#define MANY 8 /* comments, of which some would have stayed */

static bool is_kin(const struct candidate *candidate, const struct census *census)
{
    bool other_thread = candidate->comments >= MANY && census->count >= MANY;
    if (candidate->shared)
        return true;
    return !other_thread && (candidate->same_title || candidate->same_text);
}

/* ---- reading ------------------------------------------------------------------------- */

static void trails_release(struct trail trails[STORE_TRAILS])
{
    for (int which = 0; which < STORE_TRAILS; which++)
        trail_release(&trails[which]);
}

void subject_forget_written(struct subject *subject)
{
    bitset_release(&subject->read);
    bitset_release(&subject->folded);
    trails_release(subject->trails);
    memset(subject->marks, 0, sizeof subject->marks);
    subject->begun = false;
}

void subject_release(struct subject *subject)
{
    subject_forget_written(subject);
    free(subject->key);
    subject->key = NULL;
    subject->document = NULL;
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

static void take_key(struct subject *subject, const char *key)
{
    char *copy = xstrdup(key);
    free(subject->key);
    subject->key = copy;
}

/* Takes a row over if it is kin: SQLITE_OK; SQLITE_NOTFOUND: it is not. */
static int read_candidate(sqlite3 *database, sqlite3_stmt *row, struct subject *subject,
                          const struct census *census, struct store_memory *memory)
{
    struct roll roll = {0};
    int64_t id = sqlite3_column_int64(row, 0);
    struct sketch sketch = sketch_of(subject->document, census);
    struct candidate candidate = {.same_title = sqlite3_column_int64(row, 2) ==
                                                (int64_t)identity_of_title(subject->document),
                                  .same_text = sketches_agree(&sketch, database_bytes(row, 3))};
    int result = read_roll(database, id, &roll);
    if (result == SQLITE_OK) {
        candidate.shared = roll_tell(&roll, census, memory);
        candidate.comments = roll.count;
        result = is_kin(&candidate, census) ? SQLITE_OK : SQLITE_NOTFOUND;
    }
    if (result == SQLITE_OK) {
        struct whereabouts here = {subject->document, &roll, census};
        take_key(subject, (const char *)sqlite3_column_text(row, 1));
        memory->visited = sqlite3_column_int64(row, 4);
        memory->order = database_words(row, 5);
        memory->filter = database_words(row, 6);
        result = places_read(database, &here, id, memory, subject->trails);
    }
    if (result != SQLITE_OK)
        store_memory_release(memory);
    roll_release(&roll);
    return result;
}

#define MOST_CANDIDATES 16

/* Several documents that are no kin may have the same key; all but the first are told apart by what
 * stands behind it: a mark, and 16 digits. */
#define APART " ~"

/* SQLITE_NOTFOUND: there is none that is kin; the key is to be another where it is `taken`. */
static int read_candidates(sqlite3 *database, struct subject *subject, struct store_memory *memory,
                           bool *taken)
{
    struct census census = {0};
    char *key = xstrdup(subject->key);
    sqlite3_stmt *row =
        database_prepare(database,
                         "SELECT id, key, title, sketch, visited, sorting, filter FROM document"
                         " WHERE key = ? OR (key > ? || '" APART "' AND key < ? || '" APART "g')"
                         " ORDER BY used DESC LIMIT ?",
                         "ttti", key, key, key, (int64_t)MOST_CANDIDATES);
    int result = row ? SQLITE_NOTFOUND : sqlite3_errcode(database), step = SQLITE_ROW;
    while (result == SQLITE_NOTFOUND && (step = sqlite3_step(row)) == SQLITE_ROW) {
        *taken = true;
        census_take(&census, subject->document); /* which what is not known is spared */
        result = read_candidate(database, row, subject, &census, memory);
    }
    sqlite3_finalize(row);
    census_release(&census);
    free(key);
    return result == SQLITE_NOTFOUND && step != SQLITE_ROW && step != SQLITE_DONE ? step : result;
}

int rows_read(sqlite3 *database, struct subject *subject, struct store_memory *memory)
{
    bool taken = false;
    int result = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return result;
    result = read_candidates(database, subject, memory, &taken);
    sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    if (result == SQLITE_OK)
        remember_as_written(subject, memory);
    if (result == SQLITE_NOTFOUND && taken) {
        struct buffer key = {0};
        buffer_printf(&key, "%s" APART "%016llx", subject->key,
                      (unsigned long long)identity_of_document(subject->document));
        free(subject->key);
        subject->key = buffer_detach(&key);
    }
    return result;
}

/* ---- writing ------------------------------------------------------------------------- */

/* What is being written, and what it comes from. */
struct saving {
    sqlite3 *database;
    struct subject *subject;
    const struct store_memory *memory;
    bool leaving;
    int64_t now;
    int64_t id; /* the document's */
    struct census census;
    struct trail trails[STORE_TRAILS]; /* as they are once all is written */
};

static uint64_t flags_identity(const struct roll *roll)
{
    return identity_of((const char *)roll->flags, roll->count);
}

static int update_roll(struct saving *saving)
{
    struct roll roll = {0};
    const struct subject *subject = saving->subject;
    struct roll_change change = {saving->memory, &subject->read, &subject->folded, !subject->begun,
                                 saving->leaving};
    int result = read_roll(saving->database, saving->id, &roll);
    if (result == SQLITE_OK) {
        bool all = false;
        uint64_t was = flags_identity(&roll);
        if (!subject->begun || !roll_mark(&roll, subject->document, &change)) {
            census_take(&saving->census, subject->document);
            all = roll_apply(&roll, &saving->census, &change);
        }
        if (all || flags_identity(&roll) != was)
            result = write_roll(saving->database, saving->id, &roll, all);
    }
    roll_release(&roll);
    return result;
}

/* Drops what belongs to no document any more. */
static int sweep(sqlite3 *database)
{
    static const char *const statements[] = {
#define DROP(table) "DELETE FROM " table " WHERE document NOT IN (SELECT id FROM document)"
        DROP("place"), DROP("trail"), DROP("roll"), DROP("flags")};
    int result = SQLITE_OK;
    for (size_t at = 0; at < ARRAY_LENGTH(statements) && result == SQLITE_OK; at++)
        result = database_run(database, statements[at], "");
    return result;
}

/* Makes the row of a document, or brings it up to date; drops those that were not used for
 * longest. */
static int begin_visit(struct saving *saving)
{
    const struct subject *subject = saving->subject;
    census_take(&saving->census, subject->document);
    struct sketch sketch = sketch_of(subject->document, &saving->census);
    struct bytes bytes = {sketch.items, sketch.count * sizeof *sketch.items};
    int result = database_run(saving->database,
                              "INSERT INTO document (key, title, sketch, used, visited)"
                              " VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
                              " SET used = excluded.used, title = excluded.title,"
                              " sketch = excluded.sketch",
                              "tibii", subject->key, (int64_t)identity_of_title(subject->document),
                              &bytes, saving->now, saving->now);
    if (result == SQLITE_OK && subject->keep)
        result = database_run(saving->database,
                              "DELETE FROM document WHERE id IN"
                              " (SELECT id FROM document ORDER BY used DESC LIMIT -1 OFFSET ?)",
                              "i", (int64_t)subject->keep);
    return result == SQLITE_OK ? sweep(saving->database) : result;
}

/* SQLITE_NOTFOUND: another program has dropped it. */
static int find_document(struct saving *saving)
{
    sqlite3_stmt *statement = database_prepare(
        saving->database, "SELECT id FROM document WHERE key = ?", "t", saving->subject->key);
    int result = statement ? sqlite3_step(statement) : sqlite3_errcode(saving->database);
    if (result == SQLITE_ROW)
        saving->id = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result == SQLITE_ROW ? SQLITE_OK : result == SQLITE_DONE ? SQLITE_NOTFOUND : result;
}

static int write_trails(struct saving *saving)
{
    int result = SQLITE_OK;
    for (int which = 0; which < STORE_TRAILS && result == SQLITE_OK; which++) {
        trail_copy(&saving->trails[which], &saving->subject->trails[which]);
        result = trail_write(saving->database, saving->subject->document, saving->id, which,
                             &saving->memory->trails[which], &saving->trails[which]);
    }
    return result;
}

static int write_document(struct saving *saving)
{
    const struct store_memory *memory = saving->memory;
    int result = saving->subject->begun ? SQLITE_OK : begin_visit(saving);
    if (result == SQLITE_OK)
        result = find_document(saving);
    if (result == SQLITE_OK)
        result = database_run(saving->database,
                              "UPDATE document SET sorting = ?, filter = ?,"
                              " visited = CASE ? WHEN 1 THEN ? ELSE visited END WHERE id = ?",
                              "ttiii", memory->order, memory->filter, (int64_t)saving->leaving,
                              saving->now, saving->id);
    if (result == SQLITE_OK)
        result = places_write(saving->database, saving->subject->document, saving->id, memory,
                              saving->subject->marks);
    if (result == SQLITE_OK)
        result = write_trails(saving);
    return result == SQLITE_OK ? update_roll(saving) : result;
}

static int write_all(struct saving *saving, const typed_lines *typed)
{
    bool trims = !saving->subject->begun || typed->count > 0;
    int result = sqlite3_exec(saving->database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return result;
    result = write_document(saving);
    if (result == SQLITE_OK && trims)
        result = typed_write(saving->database, typed, saving->subject->keep_lines);
    if (result == SQLITE_OK)
        result = sqlite3_exec(saving->database, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        sqlite3_exec(saving->database, "ROLLBACK", NULL, NULL, NULL);
    return result;
}

#define LOG_PAGES 1000 /* of the log, after which a write that nobody waits for empties it */

int rows_write(sqlite3 *database, struct subject *subject, const struct store_memory *memory,
               bool leaving, const typed_lines *typed)
{
    struct saving saving = {.database = database,
                            .subject = subject,
                            .memory = memory,
                            .leaving = leaving,
                            .now = time(NULL)};
    sqlite3_wal_autocheckpoint(database, leaving ? 0 : LOG_PAGES);
    int result = write_all(&saving, typed);
    if (result == SQLITE_NOTFOUND) { /* next time it is made anew, with all that is known */
        subject_forget_written(subject);
        result = SQLITE_BUSY;
    }
    if (result == SQLITE_OK) {
        remember_as_written(subject, memory);
        trails_release(subject->trails);
        memcpy(subject->trails, saving.trails, sizeof subject->trails);
        subject->begun = true;
    } else {
        trails_release(saving.trails);
    }
    census_release(&saving.census);
    return result;
}
