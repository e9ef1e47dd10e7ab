/* What the tests of the store share: a place for its file, documents of ours, and visits to them.
 */
#ifndef HEARSAY_TESTS_STORE_VISIT_H
#define HEARSAY_TESTS_STORE_VISIT_H

#include "test.h"

#include "hearsay/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a place to be, and documents ---------------------------------------------------- */

struct fixture {
    char folder[64], path[128];
};

static inline int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/hearsay-store-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/state/of.db", fixture->folder);
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    assert_int_equal(system(command), 0);
    free(fixture);
    return 0;
}

/* A comment of a thread: id (may be empty), text. */
struct said {
    const char *id, *text;
};

static inline struct document *make(const char *title, const struct said *said, size_t count)
{
    struct error error;
    struct builder *builder = builder_new(1 << 16, &error);
    builder_title(builder, title, strlen(title));
    for (int paragraph = 0; paragraph < 3; paragraph++) {
        char text[64];
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        snprintf(text, sizeof text, "Paragraph %d of the article.", paragraph);
        builder_text(builder, text, strlen(text));
    }
    for (size_t at = 0; at < count; at++) {
        struct comment_info info = COMMENT_INFO_NONE;
        info.name = "salt";
        info.name_length = 4;
        info.id = said[at].id;
        info.id_length = strlen(said[at].id);
        builder_comment(builder, &info);
        builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
        builder_text(builder, said[at].text, strlen(said[at].text));
    }
    return builder_finish(builder);
}

#define MAKE(title, ...)                                                                           \
    make(title, (const struct said[]){__VA_ARGS__},                                                \
         sizeof((const struct said[]){__VA_ARGS__}) / sizeof(struct said))

static inline struct document *first_copy(void)
{
    return MAKE("A title", {"a", "One."}, {"b", "Two."}, {"c", "Three."}, {"d", "Four."});
}

/* ---- a visit ------------------------------------------------------------------------- */

#define KEPT_LINES 5

struct visit {
    struct store *store;
    struct document *document;
    struct store_memory memory; /* as it is now */
    bool known;
};

static inline void begin(struct visit *visit, const struct fixture *fixture,
                         struct document *document)
{
    uint32_t count;
    *visit = (struct visit){.store = store_open(fixture->path), .document = document};
    store_keep(visit->store, 1000, KEPT_LINES);
    visit->known = store_recall(visit->store, document, "key", &visit->memory);
    document_comments(document, &count);
    bitset_resize(&visit->memory.read, count);
    bitset_resize(&visit->memory.folded, count);
}

static inline void copy(struct bitset *to, const struct bitset *from)
{
    bitset_resize(to, from->count);
    bitset_copy(to, from);
}

static inline void save(struct visit *visit, bool leaving)
{
    struct store_memory memory = visit->memory;
    memory.read = memory.folded = memory.known = memory.fresh = memory.edited = (struct bitset){0};
    copy(&memory.read, &visit->memory.read);
    copy(&memory.folded, &visit->memory.folded);
    copy(&memory.fresh, &visit->memory.fresh);
    copy(&memory.edited, &visit->memory.edited);
    for (int which = 0; which < STORE_TRAILS; which++) {
        struct store_trail *trail = &memory.trails[which];
        struct store_spot *spots = calloc(trail->count + 1, sizeof *spots);
        if (trail->count)
            memcpy(spots, trail->spots, trail->count * sizeof *spots);
        trail->spots = spots;
    }
    memory.order = visit->memory.order ? strdup(visit->memory.order) : NULL;
    memory.filter = visit->memory.filter ? strdup(visit->memory.filter) : NULL;
    store_save(visit->store, &memory, leaving);
    assert_null(memory.read.words);
}

static inline void end(struct visit *visit)
{
    struct error error;
    if (!store_close(visit->store, &error))
        fail_msg("%s", error.message);
    store_memory_release(&visit->memory);
    document_free(visit->document);
}

static inline void read_now(struct visit *visit, uint32_t comment)
{
    bitset_put(&visit->memory.read, comment, true);
}

/* The numbers of the set bits: "0 2". */
static inline const char *bits(const struct bitset *set)
{
    static char text[4][64];
    static int turn;
    char *out = text[turn = (turn + 1) % 4];
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t at = bitset_next(set, 0); at != BITSET_NONE; at = bitset_next(set, at + 1))
        used += (size_t)snprintf(out + used, 64 - used, "%s%u", used ? " " : "", at);
    return out;
}

/* ---- the file ------------------------------------------------------------------------ */

static inline void run_sql(const struct fixture *fixture, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(fixture->path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

/* The first number that a query gives. */
static inline int ask_sql(const struct fixture *fixture, const char *sql)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(fixture->path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return value;
}

#endif
