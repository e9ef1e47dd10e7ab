/*
 * thread: comments in any order, with the ids of their parents -> a tree -> a document.
 *
 * An importer collects items as it meets them and says what it knows of each: an id, a parent's id,
 * the item it stood inside, a level. thread_build() finds the parents, never trusting them: absent
 * ones are replaced by the nearest item around, circles are broken, every item comes out once.
 */
#ifndef IMPORT_THREAD_H
#define IMPORT_THREAD_H

#include "hearsay/base.h"
#include "hearsay/document.h"

/* Bytes that live as long as the thread, or the input. */
struct text_ref {
    const char *text;
    uint32_t length;
};

enum item_kind { ITEM_NONE, ITEM_COMMENT, ITEM_ARTICLE };

struct thread_item {
    struct text_ref id, name, body, title, url;
    struct text_ref parent; /* an id, or several, best first, parted by line breaks */
    struct text_ref path;   /* ids from the root to this one, parted by "." */
    struct text_ref order; /* ids of its replies as they are to stand, parted by other characters */
    struct text_ref root;  /* the id of its thread's first item, if that is known */
    int64_t time;
    int32_t score;
    uint32_t inside;                /* the item it stood in, or DOCUMENT_NONE */
    uint32_t level;                 /* DOCUMENT_NONE: not said; only then ids count */
    uint32_t number;                /* a count that came with it: stated comments, or of a stub */
    uint32_t up, first, last, next; /* private to thread.c */
    uint8_t kind, state;
    bool zone_unknown;
    bool flag;   /* the format's own */
    bool raw;    /* the body is as the input has it: see undo() */
    bool linked; /* private to thread.c */
};

struct thread {
    VECTOR(struct thread_item) items;
    struct text_chunk *chunks;     /* see thread_keep() */
    struct text_ref title, byline; /* where no article says them */
    int64_t stated;
    struct builder *builder; /* is told how far reading has come; NULL: none */
    /* Makes the text of a raw body, or NULL: there are none. */
    void (*undo)(struct buffer *out, struct text_ref raw);
    bool copies; /* items of one id and text are different ones all the same */
    bool mail;   /* titles are shown where a thread begins, not at answers */
};

void thread_release(struct thread *thread);

/* Copies bytes to where they stay. */
struct text_ref thread_keep(struct thread *thread, const char *text, size_t length);

/* A new item, all fields empty; its index. */
uint32_t thread_add(struct thread *thread, uint32_t inside);

/* How bodies become blocks. */
typedef void thread_body(struct builder *builder, struct text_ref body);

/* Writes the first article and all comments. False: there is nothing. */
bool thread_build(struct thread *thread, struct builder *builder, thread_body *body);

#endif
