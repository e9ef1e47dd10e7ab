/*
 * store: what is remembered of documents between visits, in an SQLite database in the state
 * directory: where one was and had been, what was folded and read, marks, which comments there
 * were, and the lines that were typed at prompts.
 *
 * A document is known by a key that does not depend on its content (its address, or its file's real
 * path), a comment by its id, a paragraph by its words; so a newer copy of the same thread keeps
 * all of it, and what is new in it, edited or gone can be told.
 *
 * Anybody's page can claim any address, and any text may come to stand in a file. So what is known
 * under a key is recalled only for its kin: a document that has a comment of it, or its title, or a
 * part of its paragraphs; but where both have many comments and none is shared, they are two
 * threads about the same. Another document under that key is remembered apart from it, beside it,
 * and finds its own again. So nothing that a document says of itself makes another's memory go. One
 * that lies well, about all of this, can move the place one was at and what counts as new; comments
 * that it does not have stay read and folded.
 *
 * Two programs at once lose nothing: what is written is what has changed since it was read, into
 * what the database holds by then, in one transaction. Writing is done by a thread of the store's
 * own; nobody waits for it but store_close(). What is in the database is not trusted: a part of it
 * that makes no sense counts as not there.
 */
#ifndef HEARSAY_STORE_H
#define HEARSAY_STORE_H

#include "hearsay/base.h"
#include "hearsay/document.h"

/* ---- what is remembered of a document ----------------------------------------------- */

#define STORE_MARKS 128 /* marks, one an ASCII letter */

#define STORE_SPOTS 200 /* kept of a trail at most, the last ones */

/* Where one was, in terms of the document: places are bytes of its pool. */
struct store_spot {
    bool set;
    uint32_t pane;            /* that had the focus; 0 to 255, for whoever numbers panes */
    uint32_t article, thread; /* the places at the tops of these two */
    uint32_t comment;         /* the focused one; DOCUMENT_NONE: there are none */
    bool gone; /* told by store_recall(): that one is no more, `comment` is in its place */
};

/* Spots that going back leads to, or going forward, one after the other; the next one is last. */
struct store_trail {
    struct store_spot *spots;
    uint32_t count;
};

enum { STORE_BACK, STORE_FORWARD, STORE_TRAILS };

struct store_memory {
    struct store_spot here, marks[STORE_MARKS];
    struct store_trail trails[STORE_TRAILS];
    struct bitset read, folded; /* a bit a comment */
    char *order, *filter; /* as words of whoever has them, at most STORE_WORDS bytes; or NULL */

    /* Told by store_recall() alone. */
    struct bitset known;         /* comments that have been here before: others have no folds */
    struct bitset fresh, edited; /* came, or got another text, since the last visit */
    uint32_t vanished; /* comments that were here at the last visit; whose they were is not kept:
                        * it would take the names of all who write, of every thread */
    int64_t visited;   /* when that was, in seconds since 1970; 0: there was none */
};

#define STORE_WORDS 1024

/* Frees what it holds and leaves it empty. */
void store_memory_release(struct store_memory *memory);

/* ---- the store ---------------------------------------------------------------------- */

struct store;

/*
 * The database at `path`; NULL: `hearsay.db` in the state directory. No file is touched before
 * store_recall() opens or makes it. Never NULL: if it cannot be written, or a newer program has
 * made it (it is left alone), nothing is recalled and nothing saved; a damaged one is renamed and a
 * new one begun, whenever that is found, at reading or at writing. store_trouble() tells.
 */
struct store *store_open(const char *path);

/*
 * Waits until all that was handed over is written, though not until the disk has it: what is in the
 * database's log is taken into it at the next visit. While another program holds the database it
 * waits for seconds. False: something went wrong that store_trouble() has not told yet, in `error`
 * (or NULL). Null is fine.
 */
bool store_close(struct store *store, struct error *error);

/* Documents kept at most, and lines of each kind; those not looked at for longest are dropped. */
void store_keep(struct store *store, unsigned documents, unsigned lines);

/*
 * Appends the key of a document that was read from `path`, or from standard input (NULL). `item`:
 * which of the file's documents it is, from 1; 0: the only one.
 */
void store_key(const struct document *document, const char *path, unsigned item,
               struct buffer *key);

/*
 * What is remembered of a complete document, into an empty `memory` that the caller releases; from
 * now on the store is about that document, which must outlive it. False: it is not known, or cannot
 * be read, and then nothing is saved either (`memory` stays empty). Takes a few milliseconds for a
 * hundred thousand comments.
 */
bool store_recall(struct store *store, const struct document *document, const char *key,
                  struct store_memory *memory);

/*
 * Has it written, at once and by the store's thread; what was handed over before and is not written
 * yet is replaced. Takes over what `memory` holds and leaves it empty. `leaving`: this visit is
 * over, what was new is not new any more.
 */
void store_save(struct store *store, struct store_memory *memory, bool leaving);

/* ---- lines typed --------------------------------------------------------------------- */

/* At prompts, whatever the document was: what was looked for, commands, filters. */
enum store_line { STORE_SEARCH, STORE_COMMAND, STORE_FILTER, STORE_LINES };

/* Hands over those of earlier visits, each once, the one typed last at the end; after
 * store_recall() and before the first store_save(). */
void store_recall_lines(struct store *store, enum store_line kind,
                        void (*take)(void *data, const char *line), void *data);
/* Has one written with the next store_save(); none longer than STORE_WORDS. */
void store_add_line(struct store *store, enum store_line kind, const char *line);

/* What went wrong, with opening or later, told once in a sentence; false: nothing. */
bool store_trouble(struct store *store, struct error *error);

#endif
