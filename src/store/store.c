/*
 * The store: reading is done at once, writing by a thread, which sleeps until there is something to
 * write. Only the newest memory counts, so there is never more than one that waits.
 */
#include "internal.h"

#include "hearsay/config.h"

#include <pthread.h>
#include <stdlib.h>

struct store {
    char *path;             /* or NULL: there is no place for it */
    sqlite3 *database;      /* or NULL: not opened yet, or it cannot be had */
    struct subject subject; /* the thread's, once it runs */
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; /* for all below */
    pthread_cond_t news;
    struct store_memory memory; /* to be written */
    bool waiting, leaving, closing;
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
    free(memory->order);
    free(memory->filter);
    *memory = (struct store_memory){0};
}

/* ---- writing ------------------------------------------------------------------------ */

#define TRIES 3 /* at writing, when others write at the same time for long */

static void write_out(struct store *store, const struct store_memory *memory, bool leaving)
{
    int result = SQLITE_BUSY;
    for (int left = TRIES; left > 0 && (result & 0xff) == SQLITE_BUSY; left--)
        result = rows_write(store->database, &store->subject, memory, leaving);
    if (result == SQLITE_OK)
        return;
    pthread_mutex_lock(&store->lock);
    store->has_trouble = !store->told; /* once is enough */
    store->told = true;
    error_set(&store->trouble, "what is read cannot be remembered: %s",
              sqlite3_errmsg(store->database));
    pthread_mutex_unlock(&store->lock);
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
        struct store_memory memory = store->memory;
        bool leaving = store->leaving;
        store->memory = (struct store_memory){0};
        store->waiting = false;
        pthread_mutex_unlock(&store->lock);
        write_out(store, &memory, leaving);
        store_memory_release(&memory);
        pthread_mutex_lock(&store->lock);
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

void store_save(struct store *store, struct store_memory *memory, bool leaving)
{
    if (!store->database || !store->subject.document) {
        store_memory_release(memory);
        return;
    }
    if (!store->has_thread)
        store->has_thread = pthread_create(&store->thread, NULL, write_all, store) == 0;
    if (!store->has_thread) { /* then it has to be waited for */
        write_out(store, memory, leaving);
        store_memory_release(memory);
        return;
    }
    pthread_mutex_lock(&store->lock);
    store_memory_release(&store->memory);
    store->memory = *memory;
    store->leaving = leaving;
    store->waiting = true;
    pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
    *memory = (struct store_memory){0};
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

void store_keep(struct store *store, unsigned documents)
{
    store->subject.keep = documents;
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
    free(subject->key);
    subject->document = document;
    subject->key = xstrdup(key);
    int result = rows_read(store->database, subject, memory);
    bool damaged = (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
    if (!damaged)
        return result == SQLITE_OK;
    store->database = database_begin_anew(store->database, &store->trouble);
    store->has_trouble = true;
    return false;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->has_thread) {
        pthread_mutex_lock(&store->lock);
        store->closing = true;
        pthread_cond_signal(&store->news);
        pthread_mutex_unlock(&store->lock);
        pthread_join(store->thread, NULL);
    }
    sqlite3_close(store->database);
    pthread_cond_destroy(&store->news);
    pthread_mutex_destroy(&store->lock);
    bitset_release(&store->subject.read);
    bitset_release(&store->subject.folded);
    free(store->subject.key);
    free(store->path);
    free(store);
}
