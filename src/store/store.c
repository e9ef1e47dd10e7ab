/*
 * The store: reading is done at once, writing by a thread, which sleeps until there is something to
 * write. Only the newest memory counts, so there is never more than one that waits.
 */
#include "internal.h"

#include "hearsay/config.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct store {
    char *path;             /* or NULL: there is no place for it */
    struct subject subject; /* the thread's, once it runs */
    bool emptied;           /* the log has been taken into the database, as far as others let us */
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; /* for all below */
    pthread_cond_t news;
    sqlite3 *database;          /* or NULL: not opened yet, or it cannot be had */
    bool renewed;               /* it was damaged, and begun anew */
    struct store_memory memory; /* to be written */
    typed_lines typed;          /* the same */
    bool waiting, leaving, closing;
    int64_t give_up; /* when to, once it is closing; milliseconds of a clock */
    struct error trouble;
    bool has_trouble, told;
};

void store_memory_release(struct store_memory *memory)
{
    bitset_release(&memory->read);
    bitset_release(&memory->folded);
    bitset_release(&memory->known);
    bitset_release(&memory->fresh);
    bitset_release(&memory->edited);
    for (int which = 0; which < STORE_TRAILS; which++)
        free(memory->trails[which].spots);
    free(memory->order);
    free(memory->filter);
    *memory = (struct store_memory){0};
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the log ------------------------------------------------------------------------ */

/* Takes the log of earlier visits into the database. Not when leaving: somebody waits then. */
static void empty_log(struct store *store)
{
    store->emptied = true;
    sqlite3_busy_timeout(store->database, 0);
    sqlite3_wal_checkpoint_v2(store->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->database, DATABASE_BUSY_MS);
}

/* ---- writing ------------------------------------------------------------------------ */

/* Lines that could not be written, before those that have come since. */
static void put_back_lines(struct store *store, typed_lines *typed)
{
    for (size_t at = 0; at < store->typed.count; at++)
        vector_push(typed, store->typed.items[at]);
    vector_release(&store->typed);
    store->typed = *typed;
    *typed = (typed_lines){0};
}

/* Another program writes: it will be tried again, with what is newer if there is such. */
static void put_back(struct store *store, struct store_memory *memory, bool leaving)
{
    if (store->waiting)
        return;
    store->memory = *memory;
    store->leaving = leaving;
    store->waiting = true;
    *memory = (struct store_memory){0};
}

/* Once is enough; that it goes wrong again before anybody has asked takes nothing back. */
static void complain(struct store *store, int result)
{
    if (store->told)
        return;
    store->has_trouble = store->told = true;
    error_set(&store->trouble, "what is read cannot be remembered: %s", sqlite3_errstr(result));
}

/* Once: what damages the new one too would fill the disk. False: the result tells no damage, or
 * there is no new one. */
static bool begin_anew(struct store *store, int result)
{
    if (!database_is_damage(result) || store->renewed)
        return false;
    store->database = database_begin_anew(store->database, &store->trouble);
    store->renewed = store->has_trouble = true;
    subject_forget_written(&store->subject); /* a trail may have been read in part */
    return store->database != NULL;
}

#define PATIENCE_MS 10000 /* of closing, with another program that keeps the database */

/* Writes what waits, with the lock held but while it does. */
static void write_waiting(struct store *store)
{
    struct store_memory memory = store->memory;
    typed_lines typed = store->typed;
    bool leaving = store->leaving;
    store->memory = (struct store_memory){0};
    store->typed = (typed_lines){0};
    store->waiting = false;
    pthread_mutex_unlock(&store->lock);
    int result = rows_write(store->database, &store->subject, &memory, leaving, &typed);
    if (result == SQLITE_OK && !leaving && !store->emptied)
        empty_log(store);
    pthread_mutex_lock(&store->lock);
    bool busy = (result & 0xff) == SQLITE_BUSY;
    if (result != SQLITE_OK)
        put_back_lines(store, &typed);
    if (begin_anew(store, result) || (busy && (!store->closing || milliseconds() < store->give_up)))
        put_back(store, &memory, leaving);
    else if (!store->database)
        store->waiting = false;
    else if (result != SQLITE_OK)
        complain(store, result);
    store_memory_release(&memory);
    typed_release(&typed);
}

static void *write_all(void *data)
{
    struct store *store = data;
    pthread_mutex_lock(&store->lock);
    for (;;) {
        while (!store->waiting && !store->closing)
            pthread_cond_wait(&store->news, &store->lock);
        if (!store->waiting)
            break;
        write_waiting(store);
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

void store_save(struct store *store, struct store_memory *memory, bool leaving)
{
    pthread_mutex_lock(&store->lock);
    if (!store->database || !store->subject.document) {
        pthread_mutex_unlock(&store->lock);
        store_memory_release(memory);
        return;
    }
    if (!store->has_thread)
        store->has_thread = pthread_create(&store->thread, NULL, write_all, store) == 0;
    store_memory_release(&store->memory);
    store->memory = *memory;
    store->leaving = leaving;
    store->waiting = true;
    *memory = (struct store_memory){0};
    if (store->has_thread)
        pthread_cond_signal(&store->news);
    else /* then it has to be waited for */
        write_waiting(store);
    pthread_mutex_unlock(&store->lock);
}

bool store_trouble(struct store *store, struct error *error)
{
    pthread_mutex_lock(&store->lock);
    bool news = store->has_trouble;
    if (news && error)
        *error = store->trouble;
    store->has_trouble = false;
    pthread_mutex_unlock(&store->lock);
    return news;
}

/* ---- beginning and end -------------------------------------------------------------- */

struct store *store_open(const char *path)
{
    struct store *store = xcalloc(1, sizeof *store);
    store->path = path ? xstrdup(path) : place_path(PLACE_STATE, "hearsay.db");
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->news, NULL);
    return store;
}

void store_keep(struct store *store, unsigned documents, unsigned lines)
{
    store->subject.keep = documents;
    store->subject.keep_lines = lines;
}

static bool open_database(struct store *store)
{
    if (store->database)
        return true;
    if (store->path)
        store->database = database_open(store->path, &store->trouble);
    else
        error_set(&store->trouble, "nothing will be remembered: there is no home directory");
    store->has_trouble = store->trouble.message[0] != '\0';
    return store->database != NULL;
}

bool store_recall(struct store *store, const struct document *document, const char *key,
                  struct store_memory *memory)
{
    struct subject *subject = &store->subject;
    if (!open_database(store))
        return false;
    subject_release(subject);
    subject->document = document;
    subject->key = xstrdup(key);
    int result = rows_read(store->database, subject, memory);
    if (result == SQLITE_OK || result == SQLITE_NOTFOUND)
        return result == SQLITE_OK;
    if (begin_anew(store, result) || !store->database)
        return false;
    store->has_trouble = true;
    subject_release(subject); /* writing would put nothing in the place of what is there */
    error_set(&store->trouble, "nothing will be remembered: %s, in '%s'", sqlite3_errstr(result),
              store->path);
    return false;
}

bool store_close(struct store *store, struct error *error)
{
    if (!store)
        return true;
    pthread_mutex_lock(&store->lock);
    store->closing = true;
    store->give_up = milliseconds() + PATIENCE_MS;
    pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
    if (store->has_thread)
        pthread_join(store->thread, NULL);
    pthread_mutex_lock(&store->lock);
    while (store->waiting) /* there is no thread */
        write_waiting(store);
    pthread_mutex_unlock(&store->lock);
    bool trouble = store_trouble(store, error);
    sqlite3_close(store->database);
    pthread_cond_destroy(&store->news);
    pthread_mutex_destroy(&store->lock);
    store_memory_release(&store->memory);
    typed_release(&store->typed);
    subject_release(&store->subject);
    free(store->path);
    free(store);
    return !trouble;
}

/* ---- lines typed -------------------------------------------------------------------- */

void store_recall_lines(struct store *store, enum store_line kind,
                        void (*take)(void *data, const char *line), void *data)
{
    typed_lines found = {0};
    int result = SQLITE_OK;
    if (store->database)
        result = typed_read(store->database, kind, store->subject.keep_lines, &found);
    if (result != SQLITE_OK && !begin_anew(store, result) && store->database)
        complain(store, result);
    for (size_t at = 0; at < found.count; at++)
        take(data, found.items[at].text);
    typed_release(&found);
}

void store_add_line(struct store *store, enum store_line kind, const char *line)
{
    if (!line[0] || strlen(line) > STORE_WORDS)
        return;
    pthread_mutex_lock(&store->lock);
    vector_push(&store->typed, ((struct line){kind, xstrdup(line)}));
    pthread_mutex_unlock(&store->lock);
}
