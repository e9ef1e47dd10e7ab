/*
 * What the files of the store share. From below to above:
 *
 *      identity  what a document, a comment and a paragraph are known by
 *      roll      the comments of a thread, as remembered
 *      database  the file: opened, set aside, brought up to date
 *      places    where one was in a document, and marks
 *      typed     lines that were typed at prompts
 *      rows      what is remembered of a document, from and into the database
 *      store     the thread that writes
 */
#ifndef HEARSAY_STORE_INTERNAL_H
#define HEARSAY_STORE_INTERNAL_H

#include "hearsay/store.h"

#include <sqlite3.h>

/* ---- what things are known by; 64 bits that depend on nothing but the bytes ------------------ */

uint64_t identity_of(const char *bytes, size_t length);
/* By its id; where it has none by its author, time and text. Never 0. */
uint64_t identity_of_comment(const struct document *document, uint32_t comment);
uint32_t identity_of_text(const struct document *document, struct range text);
uint64_t identity_of_title(const struct document *document);
uint64_t
identity_of_document(const struct document *document); /* of all its text, and the first id */

/* ---- the comments of a thread ---------------------------------------------------------------- */

enum roll_flags {
    ROLL_READ = 1,
    ROLL_FOLDED = 2,
    ROLL_PRESENT = 4, /* it was there at the last visit */
    ROLL_NEW = 8,     /* these three were found at the last visit, and nobody has left it yet: */
    ROLL_EDITED = 16, /* it came, it has another text, */
    ROLL_GONE = 32    /* it has vanished */
};

/* All comments that have been seen at any visit, in the order of their ids, each once. */
struct roll {
    uint64_t *ids;
    uint32_t *texts; /* identities of their texts */
    uint8_t *flags;
    uint32_t count;
    uint32_t *comments; /* which of the document's each of them is, or DOCUMENT_NONE; roll_tell() */
};

void roll_release(struct roll *roll);
/* Takes bytes from the database; what makes no sense is as good as nothing (an empty roll). */
struct bytes {
    const void *data;
    size_t length;
};
void roll_read(struct roll *roll, struct bytes ids, struct bytes texts, struct bytes flags);
uint32_t roll_find(const struct roll *roll, uint64_t id); /* UINT32_MAX: it is not there */

/* The comments of a document and the blocks of its article, in its order. */
struct census {
    uint64_t *ids;
    uint32_t *texts;
    uint32_t count;
    uint32_t *blocks; /* identities of their texts */
    uint32_t block_count;
    bool taken;
};

void census_take(struct census *census, const struct document *document); /* once is enough */
void census_release(struct census *census);

/* What a roll knows of a document's comments, into the bits of a memory and its `vanished`. How
 * many of them it knows. */
uint32_t roll_tell(struct roll *roll, const struct census *census, struct store_memory *memory);

/* What is to be written: bits of `memory` that differ from those of `before`. */
struct roll_change {
    const struct store_memory *memory;
    const struct bitset *read_before, *folded_before; /* of the same size, or empty: all clear */
    bool begins, leaves;                              /* the first one of a visit; the last one */
};

/* Brings a roll up to date; true where ids or texts have changed, not only flags. */
bool roll_apply(struct roll *roll, const struct census *census, const struct roll_change *change);
/* The same once a visit has begun, where only bits change: no text is read. False: a comment is not
 * there (another program has begun the roll anew), roll_apply() must do it. */
bool roll_mark(struct roll *roll, const struct document *document,
               const struct roll_change *change);

/* ---- the database ---------------------------------------------------------------------------- */

#define DATABASE_BUSY_MS 1000 /* as long as another program may take to write */

/* As store_open(). */
sqlite3 *database_open(const char *path, struct error *note);
/* Does a result tell that the file is damaged? */
bool database_is_damage(int result);
/* The same that is open and damaged: renamed, and begun anew. NULL: that could not be done. */
sqlite3 *database_begin_anew(sqlite3 *database, struct error *note);

/* A statement with its parameters bound, from the left: 'i' int64_t, 't' const char * (or NULL),
 * 'b' struct bytes *. NULL if it cannot be made. */
sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql, const char *kinds, ...);
/* The same for a statement without rows: SQLITE_OK or what went wrong. */
int database_run(sqlite3 *database, const char *sql, const char *kinds, ...);
struct bytes database_bytes(sqlite3_stmt *statement, int column);
/* What may be shown, at most STORE_WORDS bytes of it; else NULL. The caller frees. */
char *database_words(sqlite3_stmt *statement, int column);

/* ---- places ---------------------------------------------------------------------------------- */

/* Spots one after the other, with their rows' numbers. */
struct trail {
    struct store_trail at;
    int64_t *numbers;
};

void trail_release(struct trail *trail);

/* What identifies the places of a document: told roll, taken census. */
struct whereabouts {
    const struct document *document;
    const struct roll *roll;
    const struct census *census;
};

/* The spots of the document with that number, into an empty memory; the trails' rows, too.
 * SQLITE_OK or what went wrong, as below. */
int places_read(sqlite3 *database, const struct whereabouts *whereabouts, int64_t id,
                struct store_memory *memory, struct trail trails[STORE_TRAILS]);
/* Where one is, and marks that are others than `before`. */
int places_write(sqlite3 *database, const struct document *document, int64_t id,
                 const struct store_memory *memory, const struct store_spot *before);
/* What has come to a trail or gone from it since `before`, which is brought up to date: a copy, for
 * all may still be rolled back. */
int trail_write(sqlite3 *database, const struct document *document, int64_t id, int which,
                const struct store_trail *now, struct trail *before);
void trail_copy(struct trail *to, const struct trail *from); /* `to` is empty */

/* ---- lines typed ----------------------------------------------------------------------------- */

struct line {
    enum store_line kind;
    char *text;
};

/* The newest, and the one typed last at the end; the caller frees each and the vector. */
typedef VECTOR(struct line) typed_lines;
int typed_read(sqlite3 *database, enum store_line kind, unsigned most, typed_lines *out);
/* Writes them and drops what is more than `keep` of a kind. */
int typed_write(sqlite3 *database, const typed_lines *more, unsigned keep);
void typed_release(typed_lines *lines);

/* ---- rows ------------------------------------------------------------------------------------ */

/* A document, and what its memory was when it was last read or written. */
struct subject {
    const struct document *document;
    char *key;
    unsigned keep, keep_lines;
    struct bitset read, folded;
    struct store_spot marks[STORE_MARKS];
    struct trail trails[STORE_TRAILS];
    bool begun; /* written to at this visit */
};

void subject_release(struct subject *subject);
/* The next write is to be of all that is known, into a row made anew. */
void subject_forget_written(struct subject *subject);

/* SQLITE_OK, SQLITE_NOTFOUND where it is not known, or what went wrong. The subject's key becomes
 * that of the row there is or will be. */
int rows_read(sqlite3 *database, struct subject *subject, struct store_memory *memory);
/* One transaction; `subject` knows afterwards what has been written. */
int rows_write(sqlite3 *database, struct subject *subject, const struct store_memory *memory,
               bool leaving, const typed_lines *typed);

#endif
