/*
 * Places of a document: where one was, marks, and the way back and forward. They are translated
 * both ways: a reader's are bytes of a document's pool, those that are kept are an identity and an
 * offset.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* A place as it is kept; see the table. */
struct place {
    int64_t block, block_offset, article_offset, thread, thread_offset, comment, number;
};

/* ---- into one that is kept ----------------------------------------------------------- */

static const struct block *article_block(const struct document *document, uint32_t index)
{
    return &document_blocks(document, NULL)[index];
}

/* An identity of a text as it stands in a table, where 0 is none. */
static int64_t kept(uint32_t text)
{
    return (int64_t)text + 1;
}

static struct place to_place(const struct document *document, const struct store_spot *spot)
{
    struct place place = {0};
    uint32_t count, start = document_article(document).start;
    uint32_t number = document_block_at(document, spot->article);
    document_comments(document, &count);
    if (spot->article >= start && number < document_article_blocks(document)) {
        const struct block *block = article_block(document, number);
        place.block = kept(identity_of_text(document, (struct range){block->start, block->end}));
        place.block_offset = spot->article - block->start;
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

/* ---- from one ------------------------------------------------------------------------ */

/* Keeps an offset from a hostile database within [start, end). */
static uint32_t within(uint32_t start, uint32_t end, int64_t offset)
{
    int64_t size = (int64_t)end - start;
    offset = offset < size ? offset : size - 1;
    return offset > 0 ? start + (uint32_t)offset : start;
}

/* The place in the article: in the block with those words that is nearest to where it was. */
static uint32_t article_place(const struct whereabouts *here, const struct place *place)
{
    const struct document *document = here->document;
    struct range article = document_article(document);
    uint32_t blocks = here->census->block_count, best = blocks;
    int64_t offset = place->article_offset; /* of a hostile database: it must not overflow */
    offset = offset < INT32_MIN ? INT32_MIN : offset > UINT32_MAX ? UINT32_MAX : offset;
    uint32_t was = within(0, article.end, (int64_t)article.start + offset);
    for (uint32_t at = 0; place->block && at < blocks; at++) {
        if (kept(here->census->blocks[at]) != place->block)
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

static uint32_t comment_of(const struct roll *roll, int64_t identity)
{
    uint32_t found = identity ? roll_find(roll, (uint64_t)identity) : UINT32_MAX;
    return found == UINT32_MAX ? DOCUMENT_NONE : roll->comments[found];
}

static struct store_spot to_spot(const struct whereabouts *here, const struct place *place)
{
    uint32_t count = here->census->count;
    struct store_spot spot = {.set = true, .comment = comment_of(here->roll, place->comment)};
    spot.article = article_place(here, place);
    if (spot.comment == DOCUMENT_NONE && count) {
        spot.comment = within(0, count, place->number);
        spot.gone = place->comment != 0;
    }
    if (count == 0)
        return spot;
    uint32_t top = comment_of(here->roll, place->thread);
    struct range item = document_item(here->document, top == DOCUMENT_NONE ? spot.comment : top);
    spot.thread =
        top == DOCUMENT_NONE ? item.start : within(item.start, item.end, place->thread_offset);
    return spot;
}

/* ---- where one is, and marks --------------------------------------------------------- */

#define COLUMNS "pane, block, block_offset, article_offset, thread, thread_offset, comment"

/* The columns from the second on. */
static struct store_spot column_spot(const struct whereabouts *here, sqlite3_stmt *statement)
{
    struct place place = {sqlite3_column_int64(statement, 2), sqlite3_column_int64(statement, 3),
                          sqlite3_column_int64(statement, 4), sqlite3_column_int64(statement, 5),
                          sqlite3_column_int64(statement, 6), sqlite3_column_int64(statement, 7),
                          sqlite3_column_int64(statement, 8)};
    struct store_spot spot = to_spot(here, &place);
    spot.pane = (uint8_t)sqlite3_column_int(statement, 1);
    return spot;
}

static int read_marks(sqlite3 *database, const struct whereabouts *here, int64_t id,
                      struct store_memory *memory)
{
    sqlite3_stmt *statement = database_prepare(
        database, "SELECT name, " COLUMNS ", number FROM place WHERE document = ? LIMIT 200", "i",
        id);
    int result = sqlite3_errcode(database);
    while (statement && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        const unsigned char *name = sqlite3_column_text(statement, 0);
        if (!name || name[0] >= STORE_MARKS || (name[0] && name[1]))
            continue;
        *(name[0] ? &memory->marks[name[0]] : &memory->here) = column_spot(here, statement);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int write_mark(sqlite3 *database, const struct document *document, int64_t id, char letter,
                      const struct store_spot *spot)
{
    char name[2] = {letter, '\0'};
    struct place place = to_place(document, spot);
    return database_run(database,
                        "INSERT OR REPLACE INTO place (document, name, " COLUMNS ", number)"
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

int places_write(sqlite3 *database, const struct document *document, int64_t id,
                 const struct store_memory *memory, const struct store_spot *before)
{
    int result = SQLITE_OK;
    if (memory->here.set)
        result = write_mark(database, document, id, '\0', &memory->here);
    for (int letter = 1; letter < STORE_MARKS && result == SQLITE_OK; letter++)
        if (memory->marks[letter].set && !same_spot(&memory->marks[letter], &before[letter]))
            result = write_mark(database, document, id, (char)letter, &memory->marks[letter]);
    return result;
}

/* ---- the way back and forward -------------------------------------------------------- */

void trail_release(struct trail *trail)
{
    free(trail->at.spots);
    free(trail->numbers);
    *trail = (struct trail){0};
}

static void trail_push(struct trail *trail, int64_t number, const struct store_spot *spot)
{
    uint32_t count = trail->at.count++;
    trail->at.spots = xreallocarray(trail->at.spots, count + 1, sizeof *spot);
    trail->numbers = xreallocarray(trail->numbers, count + 1, sizeof number);
    trail->at.spots[count] = *spot;
    trail->numbers[count] = number;
}

void trail_copy(struct trail *to, const struct trail *from)
{
    for (uint32_t at = 0; at < from->at.count; at++)
        trail_push(to, from->numbers[at], &from->at.spots[at]);
}

#define NEWEST "(SELECT * FROM trail WHERE document = ? AND which = ? ORDER BY number DESC LIMIT ?)"

static int trail_read(sqlite3 *database, const struct whereabouts *here, int64_t id, int which,
                      struct trail *trail)
{
    sqlite3_stmt *statement = database_prepare(
        database, "SELECT number, " COLUMNS ", comment_number FROM " NEWEST " ORDER BY number",
        "iii", id, (int64_t)which, (int64_t)STORE_SPOTS);
    int result = sqlite3_errcode(database);
    while (statement && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct store_spot spot = column_spot(here, statement);
        trail_push(trail, sqlite3_column_int64(statement, 0), &spot);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int add_spot(sqlite3 *database, const struct document *document, int64_t id, int which,
                    const struct store_spot *spot)
{
    struct place place = to_place(document, spot);
    return database_run(database,
                        "INSERT INTO trail (document, which, " COLUMNS ", comment_number)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "iiiiiiiiii", id, (int64_t)which, (int64_t)spot->pane, place.block,
                        place.block_offset, place.article_offset, place.thread, place.thread_offset,
                        place.comment, place.number);
}

int trail_write(sqlite3 *database, const struct document *document, int64_t id, int which,
                const struct store_trail *now, struct trail *before)
{
    uint32_t same = 0, most = before->at.count < now->count ? before->at.count : now->count;
    int result = SQLITE_OK;
    while (same < most && same_spot(&before->at.spots[same], &now->spots[same]))
        same++;
    while (before->at.count > same && result == SQLITE_OK)
        result = database_run(database, "DELETE FROM trail WHERE number = ? AND document = ?", "ii",
                              before->numbers[--before->at.count], id);
    bool grows = same < now->count;
    for (; same < now->count && result == SQLITE_OK; same++) {
        result = add_spot(database, document, id, which, &now->spots[same]);
        trail_push(before, sqlite3_last_insert_rowid(database), &now->spots[same]);
    }
    if (grows && result == SQLITE_OK)
        result =
            database_run(database,
                         "DELETE FROM trail WHERE document = ? AND which = ?"
                         " AND number NOT IN (SELECT number FROM " NEWEST ")",
                         "iiiii", id, (int64_t)which, id, (int64_t)which, (int64_t)STORE_SPOTS);
    return result;
}

/* ---- all of them --------------------------------------------------------------------- */

int places_read(sqlite3 *database, const struct whereabouts *whereabouts, int64_t id,
                struct store_memory *memory, struct trail trails[STORE_TRAILS])
{
    int result = read_marks(database, whereabouts, id, memory);
    for (int which = 0; which < STORE_TRAILS && result == SQLITE_OK; which++) {
        struct trail copy = {0};
        result = trail_read(database, whereabouts, id, which, &trails[which]);
        trail_copy(&copy, &trails[which]);
        memory->trails[which] = copy.at;
        free(copy.numbers);
    }
    return result;
}
