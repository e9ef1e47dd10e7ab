/*
 * document: the model that every other room reads.
 *
 * All text of a document is one cleaned UTF-8 pool; everything else is a range over it. The pool
 * holds, in this order and parted by blank lines ("\n\n"):
 *
 *      title   byline   block  block  block   name  block  block   name  block ...
 *      |______________||_____________________||__________________||______________
 *       head             article text           comment 0            comment 1
 *
 * Comments stand in thread order (pre-order), so the subtree of comment i is the slice
 * [i, comment_end(i)), and every place in the document, in the order one reads it, is one byte
 * offset. The blocks of one item (the article or a comment) are joined by exactly one blank line:
 * an item's text is one slice of the pool.
 *
 * The arrays are flat, hold 32-bit indices and offsets, and live in one relocatable image: a sparse
 * memory file with a region for each array, mapped whole. Nothing in it is ever moved. It is
 * append-only while a builder fills it and immutable after builder_finish(). What is in the arrays
 * below the published counts never changes but for `comment.end` of comments still open (see
 * document_subtree_end()) and `author.comment_count`.
 *
 * Owner: whoever called document_new() or builder_finish(); all others borrow. Everything returned
 * here lives as long as the document.
 */
#ifndef HEARSAY_DOCUMENT_H
#define HEARSAY_DOCUMENT_H

#include "hearsay/base.h"

#define DOCUMENT_NONE UINT32_MAX /* no comment, no link, no author, ... */

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,   /* level 1 to 6 */
    BLOCK_QUOTE,     /* somebody else's words, level = nesting from 1 */
    BLOCK_LIST_ITEM, /* level = nesting from 1, number = 0 for a bullet */
    BLOCK_CODE,      /* lines as they are, parted by "\n" */
    BLOCK_CAPTION,
    BLOCK_TABLE,     /* one row a line, already padded */
    BLOCK_RULE,      /* its text is "* * *" */
    BLOCK_SIGNATURE, /* what follows "-- " in mail */
    BLOCK_KINDS
};

/* A paragraph-sized piece of text. A "\n" inside is a line break that was meant. */
struct block {
    uint32_t start, end; /* bytes of the pool */
    uint8_t kind;        /* enum block_kind */
    uint8_t level;
    uint16_t number; /* of a list item */
};

enum run_kind { RUN_EMPHASIS, RUN_STRONG, RUN_CODE, RUN_LINK, RUN_STRIKE, RUN_SPOILER, RUN_KINDS };

/* A stretch of text with qualities, within one block. In order, never overlapping: where kinds
 * nest, a run carries all of them. */
struct run {
    uint32_t start, end;
    uint32_t kinds; /* bits 1 << enum run_kind */
    uint32_t link;  /* index of a link, or DOCUMENT_NONE */
};

/* A string that is not reading matter (an address, an id), in the image's second pool. */
struct string_ref {
    uint32_t start, length;
};

enum comment_state {
    COMMENT_NORMAL,
    COMMENT_DELETED,     /* by its author */
    COMMENT_REMOVED,     /* by a moderator */
    COMMENT_DEAD,        /* hidden by votes or flags */
    COMMENT_COLLAPSED,   /* shown folded by its site */
    COMMENT_PLACEHOLDER, /* its text is not in the input, its replies are */
    COMMENT_STUB,        /* "load more" */
    COMMENT_STATES
};

#define TIME_NONE  INT64_MIN
#define SCORE_NONE INT32_MIN

struct comment {
    uint32_t parent;   /* index, or DOCUMENT_NONE on the article itself; always < own index */
    uint32_t end;      /* index after its subtree; 0 while it may still grow */
    uint32_t depth;    /* 0 = on the article */
    uint32_t author;   /* index of an author, or DOCUMENT_NONE */
    struct range name; /* the author's name as shown, in the pool; may be empty */
    struct range text; /* its blocks with the blank lines between them; may be empty */
    uint32_t first_block, block_count;
    struct string_ref id; /* empty: the id is its index + 1 in decimal */
    int64_t time;         /* seconds since 1970 UTC, or TIME_NONE */
    int32_t score;        /* or SCORE_NONE */
    uint8_t state;        /* enum comment_state */
    uint8_t zone_unknown; /* the time came without a zone and was taken as UTC */
    uint16_t reserved;
};

/* One who wrote comments; the same name (or account) is the same author. */
struct author {
    struct range name;      /* where the name stands first */
    uint32_t first_comment; /* index */
    uint32_t comment_count;
};

enum document_string {                /* of the whole document, empty where unknown */
                       STRING_FORMAT, /* a name of the format table: "text", "html", ... */
                       STRING_SITE,
                       STRING_URL,
                       STRING_NOTE, /* what the importer has to say to the reader: "cut off after 74
                                       comments" */
                       DOCUMENT_STRINGS
};

struct document;

/* ---- reading ------------------------------------------------------------------------ */

void document_free(struct document *document); /* null is fine */

/* The pool. Valid UTF-8, cleaned (see text_clean()), `*length` bytes published so far. */
const char *document_text(const struct document *document, uint32_t *length);
bool document_is_complete(const struct document *document); /* nothing will be added any more */

struct range document_title(const struct document *document);
struct range document_byline(const struct document *document);
struct range document_article(const struct document *document);    /* the article's text */
int64_t document_published(const struct document *document);       /* or TIME_NONE */
int64_t document_stated_comments(const struct document *document); /* -1: the input states none */

bool document_has_items(const struct document *document); /* see builder_has_items() */

/* The arrays and how many of each are published; no array is ever NULL. */
const struct block *document_blocks(const struct document *document, uint32_t *count);
const struct run *document_runs(const struct document *document, uint32_t *count);
const struct comment *document_comments(const struct document *document, uint32_t *count);
const struct author *document_authors(const struct document *document, uint32_t *count);
const struct string_ref *document_links(const struct document *document, uint32_t *count);

uint32_t document_article_blocks(const struct document *document); /* blocks [0, n) are its */

/* A string of the second pool; not NUL-terminated, `*length` bytes. */
const char *document_string(const struct document *document, struct string_ref ref, size_t *length);
const char *document_meta(const struct document *document, enum document_string which,
                          size_t *length);

/* Writes comment `index`'s id, NUL-terminated, cut at `size`; returns `id`. */
const char *document_comment_id(const struct document *document, uint32_t index, char *id,
                                size_t size);

/* ---- finding; all by binary search over the pool's order, O(log n) ------------------ */

/* The block that holds byte `place`, else the nearest one before it, else DOCUMENT_NONE. */
uint32_t document_block_at(const struct document *document, uint32_t place);

/* The comment that holds byte `place` (its name included); DOCUMENT_NONE: title or article. */
uint32_t document_comment_at(const struct document *document, uint32_t place);

/* Where an item begins and ends in the pool, name included; DOCUMENT_NONE means the article. */
struct range document_item(const struct document *document, uint32_t comment);

/* The first run with end > `place`; the count of runs where there is none. */
uint32_t document_run_from(const struct document *document, uint32_t place);

/*
 * Links within a range of the pool, in its order: those the input has as such, and addresses that
 * just stand in the text ("https://...").
 *      struct link link;
 *      struct link_iter iter = link_iter_start(document, document_item(document, comment));
 *      while (link_iter_next(&iter, &link)) ...
 */
struct link {
    struct range text; /* what is seen of it, in the pool */
    const char
        *address; /* `length` bytes, not NUL-terminated, as the input has it: trust nothing */
    size_t length;
};

struct link_iter {
    const struct document *document;
    struct range left; /* private */
    uint32_t run;
};

struct link_iter link_iter_start(const struct document *document, struct range range);
bool link_iter_next(struct link_iter *iter, struct link *link); /* linear over all calls */

/*
 * Where a link really leads, and whether it should be followed. All addresses are strangers' text:
 * they are only ever handed out through here.
 */
struct address {
    struct buffer text; /* whole, made safe: no blanks, quotes or control characters */
    struct buffer host; /* where it goes: of the web in lower case, of mail the one who gets it */
    struct buffer warning; /* why it may not be what it seems; empty: nothing is odd */
};

/*
 * Takes an address as it stands in a document; one that is relative is completed by `base`, the
 * document's own (bytes, may be empty). False: it is not to be opened, the error says why. Only
 * http, https, mailto, gemini and gopher are.
 */
bool address_read(struct address *address, const char *bytes, size_t length,
                  const struct buffer *base, struct error *error);
void address_release(struct address *address);

/* What the reader sees of the link: adds a warning if that looks like another host; true then. */
bool address_compare(struct address *address, const char *seen, size_t length);

/* Both, for a link of the document. */
bool link_read(struct address *address, const struct document *document, const struct link *link,
               struct error *error);

/* ---- the tree; O(1) unless said otherwise ------------------------------------------- */

/* The index after the subtree of `comment`; while it is open, the number published so far. */
uint32_t document_subtree_end(const struct document *document, uint32_t comment);

/* Siblings and children; DOCUMENT_NONE where there is none. previous costs O(depth in between). */
uint32_t document_next_sibling(const struct document *document, uint32_t comment);
uint32_t document_previous_sibling(const struct document *document, uint32_t comment);
uint32_t document_first_child(const struct document *document, uint32_t comment);
uint32_t document_root_of(const struct document *document, uint32_t comment);     /* O(log n) */
uint32_t document_roots(const struct document *document, const uint32_t **roots); /* the count */

/*
 * Walks the tree as events, without recursion: ENTER a comment, then its replies, then EXIT.
 *      struct comment_iter iter = comment_iter_start(document, DOCUMENT_NONE);
 *      while (comment_iter_next(&iter) != COMMENT_DONE) ...iter.comment, iter.event...
 */
enum comment_event { COMMENT_ENTER, COMMENT_EXIT, COMMENT_DONE };

struct comment_iter {
    const struct document *document;
    uint32_t comment; /* of the last event */
    enum comment_event event;
    uint32_t next, end, depth, top; /* private */
};

/* Over the subtree of `root`, or over all comments for DOCUMENT_NONE. */
struct comment_iter comment_iter_start(const struct document *document, uint32_t root);
enum comment_event comment_iter_next(struct comment_iter *iter);

/*
 * Checks everything an image promises: offsets in bounds and in order, pre-order and subtree ends,
 * valid and clean UTF-8. O(size). An image from elsewhere must pass before it is used.
 */
bool document_check(const struct document *document, struct error *error);

/* ---- the door for text -------------------------------------------------------------- */

/*
 * Everything that enters a pool, and everything that becomes cells, passes here. Bad UTF-8 becomes
 * U+FFFD; CR LF, CR, U+0085, U+2028, U+2029 become "\n"; tabs become spaces (to the next multiple
 * of 8 columns of code points from the line's start with TEXT_KEEP_COLUMNS, else one space);
 * dropped are the other C0 and C1 controls, DEL, bidirectional controls (U+061C, U+200E, U+200F,
 * U+202A-202E, U+2066-2069), U+FEFF, U+FFF9-FFFB, noncharacters, and tags (U+E0000-E007F).
 * U+00AD, U+200B, U+200C, U+200D and variation selectors stay: they are the text's own.
 */
enum text_flags { TEXT_KEEP_COLUMNS = 1, TEXT_ONE_LINE = 2 /* "\n" becomes a space */ };

void text_clean(struct buffer *out, const char *text, size_t length, unsigned flags);
bool text_is_clean(const char *text, size_t length);

/* An address that may be shown as one and followed: of http, https, mailto, gemini or gopher. No
 * other gets into a document: not javascript: or file:, nor one that lacks its beginning. */
bool text_is_address(const char *text, size_t length);

/* ---- building ----------------------------------------------------------------------- */

/*
 * Makes a document front to back: head, article blocks, then comments in pre-order. All text is
 * cleaned on the way in. Calls out of order assert; input that outgrows the image makes
 * builder_full() true, later text is dropped, and the document carries what came.
 *
 *      struct builder *builder = builder_new(bytes_of_input, &error);
 *      builder_title(builder, "Harbour talks resume", 20);
 *      builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
 *      builder_text(builder, "The two ...", 11);
 *      builder_comment(builder, &(struct comment_info){.name = "salt", .depth = 0});
 *      builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
 *      builder_text(builder, "Fair.", 5);
 *      struct document *document = builder_finish(builder);
 */
struct builder;

struct comment_info {
    const char *name; /* or NULL: none; bytes in any state, cleaned to one line */
    size_t name_length;
    const char *id; /* or NULL */
    size_t id_length;
    uint32_t depth; /* at most one more than the comment before */
    int64_t time;   /* TIME_NONE if unknown: mind that 0 is 1970 */
    int32_t score;  /* SCORE_NONE if unknown */
    enum comment_state state;
    bool zone_unknown;
};
#define COMMENT_INFO_NONE                                                                          \
    {                                                                                              \
        .time = TIME_NONE, .score = SCORE_NONE                                                     \
    }

/* `text_bytes`: an upper guess of the text that will come; four times that and 1 MiB are kept free.
 */
struct builder *builder_new(size_t text_bytes, struct error *error);
/* The same in a memory file of document_file(), which the document then owns. */
struct builder *builder_new_in(int descriptor, size_t text_bytes, struct error *error);
void builder_free(struct builder *builder); /* gives up; null is fine */

void builder_title(struct builder *builder, const char *text, size_t length);
void builder_byline(struct builder *builder, const char *text, size_t length);
void builder_meta(struct builder *builder, enum document_string which, const char *text,
                  size_t length);
void builder_published(struct builder *builder, int64_t time);
void builder_stated_comments(struct builder *builder, int64_t count);

/* A file with many articles: an importer that is asked for them makes each a comment on the
 * article, its heading first, with its own comments below it, and says that it did so. */
void builder_want_items(struct builder *builder, bool wanted);
bool builder_wants_items(const struct builder *builder);
void builder_has_items(struct builder *builder);

/* Begins a comment and returns its index. Empty blocks at the end of the item before are dropped.
 */
uint32_t builder_comment(struct builder *builder, const struct comment_info *info);

/* Begins a block of the current item; an empty block before it is dropped. */
void builder_block(struct builder *builder, enum block_kind kind, unsigned level, unsigned number);

/* Adds text to the current block. Blanks at a block's start and end are trimmed (not in code). A
 * code point must not be split over two calls. */
void builder_text(struct builder *builder, const char *text, size_t length);

/* Text from here to builder_run_end() is of that kind; what is still open ends with its block. At
 * most 32 nest, deeper ones are left out. `link` for RUN_LINK, else DOCUMENT_NONE. */
void builder_run(struct builder *builder, enum run_kind kind, uint32_t link);
void builder_run_end(struct builder *builder, enum run_kind kind);
/* DOCUMENT_NONE: no address that may be followed; a run of that link is plain text. */
uint32_t builder_link(struct builder *builder, const char *address, size_t length);

bool builder_full(const struct builder *builder);

/* Lets readers of builder_document() see what was built so far. The item being built ends with it,
 * unless it is the article; head and strings of the document do not change any more. */
void builder_publish(struct builder *builder);
const struct document *builder_document(const struct builder *builder);

/* Publishes by itself from now on, whole comments, whenever there is a fair amount more to read,
 * and tells; `percent` is what builder_progress() was told last. */
typedef void builder_told(void *data, const struct document *document, unsigned percent);
void builder_follow(struct builder *builder, builder_told *told, void *data);

/* So much of the input has been understood, of 100. For importers that know. */
void builder_progress(struct builder *builder, size_t done, size_t all);

/* Seals the document and frees the builder. Never NULL. */
struct document *builder_finish(struct builder *builder);

/* ---- a file with many articles --------------------------------------------------------------- */

/* Where document_has_items(): the first line of an item's first block, its heading if it has one.
 */
struct range document_item_title(const struct document *document, uint32_t comment);

/* Comment `comment` as an article of its own, and what hangs below it as its comments. The caller
 * owns it. */
struct document *document_excerpt(const struct document *document, uint32_t comment,
                                  struct error *error);

/* ---- from another process -------------------------------------------------------------------- */

/*
 * A process that reads strangers' bytes builds in a memory file, and says what it has published.
 * Nothing it says or writes is believed: the receiver copies what is new to a document of its own,
 * checks the copy, which nobody else can change, and publishes that. What can be worked out from
 * the rest (ends of subtrees, roots, authors' counts) is not even read. Text that was copied is
 * given back to the kernel there, so a document is not in memory twice.
 */
enum { DOCUMENT_REGIONS = 8 };

/* How much is published. Plain data. */
struct document_extent {
    uint32_t counts[DOCUMENT_REGIONS];
    struct range article;
    uint32_t article_blocks;
};

struct document_extent document_extent(const struct document *document);

int document_file(struct error *error); /* an empty memory file; -1 on failure */

struct receiver;

/* Follows what is built in that memory file (borrowed), whose size must be final. NULL: it holds no
 * document. */
struct receiver *receiver_new(int descriptor, struct error *error);
void receiver_free(struct receiver *receiver); /* gives up; null is fine */

/* Takes what is new. False: what is there does not hold together; nothing of it was published. */
bool receiver_take(struct receiver *receiver, const struct document_extent *extent,
                   struct error *error);
const struct document *receiver_document(const struct receiver *receiver);

/* Nothing more will come: seals the document and frees the receiver. Never NULL. */
struct document *receiver_finish(struct receiver *receiver);

#endif
