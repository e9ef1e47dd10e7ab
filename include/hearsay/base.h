/*
 * base: what every room stands on. Memory that ends the program cleanly when there is none,
 * growable arrays and strings, UTF-8, bit sets, and the error value.
 *
 * Units: "bytes" are bytes of UTF-8; a "code point" is a uint32_t below 0x110000.
 */
#ifndef HEARSAY_BASE_H
#define HEARSAY_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define BASE_PRINTF(string, first) __attribute__((format(printf, string, first)))
#define BASE_NORETURN              __attribute__((noreturn))
#else
#define BASE_PRINTF(string, first)
#define BASE_NORETURN
#endif

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* ---- failure ------------------------------------------------------------------------ */

/*
 * Bad input is a value: a function that can meet it takes a `struct error *`, fills it with one
 * sentence a reader understands (lower case, no full stop, the subject in single quotes, file and
 * line where there is one) and returns false or NULL. A null pointer is allowed and ignored.
 */
struct error {
    char message[512];
};

/* Fills `error`; always returns false, so that a caller may `return error_set(...)`. */
bool error_set(struct error *error, const char *format, ...) BASE_PRINTF(2, 3);

/*
 * Out of memory is not a value: these return memory or end the program with status 1 through
 * exit(), so that whatever atexit() holds (the terminal above all) is put back. The message is
 * written after that, once memory_report_at_exit() has been called; call it first in main().
 * xmalloc(0) and friends return a pointer that may be freed. Free with free().
 */
void memory_report_at_exit(void);
BASE_NORETURN void memory_exhausted(void);
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *pointer, size_t count, size_t size);
char *xstrdup(const char *string);
char *xstrndup(const char *string, size_t length);

/* ---- growable arrays ---------------------------------------------------------------- */

/*
 * VECTOR(int) numbers = {0};  vector_push(&numbers, 7);  numbers.items[0];
 * vector_release(&numbers); Growing moves `items`; pointers into it do not survive a push or a
 * reserve.
 */
#define VECTOR(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

#define vector_reserve(vector, wanted)                                                             \
    ((vector)->items =                                                                             \
         vector_grown((vector)->items, &(vector)->capacity, (wanted), sizeof *(vector)->items))
#define vector_push(vector, item)                                                                  \
    (vector_reserve((vector), (vector)->count + 1),                                                \
     (void)((vector)->items[(vector)->count++] = (item)))
#define vector_clear(vector) ((void)((vector)->count = 0))
#define vector_release(vector)                                                                     \
    (free((vector)->items), (vector)->items = NULL,                                                \
     (void)((vector)->count = (vector)->capacity = 0))

/* Makes room for `wanted` elements of `size` bytes, at least doubling; use vector_reserve(). */
void *vector_grown(void *items, size_t *capacity, size_t wanted, size_t size);

/* ---- strings that grow -------------------------------------------------------------- */

/* Bytes with a terminating NUL that `length` does not count. Start with {0}; `data` may be NULL
 * while nothing was added (buffer_string() never returns NULL). */
struct buffer {
    char *data;
    size_t length, capacity;
};

void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_adds(struct buffer *buffer, const char *string);
void buffer_addc(struct buffer *buffer, char byte);
void buffer_add_code_point(struct buffer *buffer, uint32_t code_point);
void buffer_printf(struct buffer *buffer, const char *format, ...) BASE_PRINTF(2, 3);
void buffer_clear(struct buffer *buffer);               /* keeps the memory */
void buffer_release(struct buffer *buffer);             /* frees it; usable again */
char *buffer_detach(struct buffer *buffer);             /* the caller frees; never NULL */
const char *buffer_string(const struct buffer *buffer); /* valid until the next change */

/* Appends the whole of a file descriptor; stops with an error over `limit` bytes. */
bool buffer_read(struct buffer *buffer, int descriptor, size_t limit, struct error *error);

/* ---- UTF-8 -------------------------------------------------------------------------- */

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_LONGEST     4

/*
 * Decodes one code point at `text` (`length` > 0 bytes are there) and returns how many bytes it
 * took. A bad or cut sequence yields U+FFFD and the length of its maximal ill-formed part, so a
 * loop always moves on and bad bytes become one U+FFFD a sequence.
 */
size_t utf8_decode(const char *text, size_t length, uint32_t *code_point);

/* Writes at most UTF8_LONGEST bytes, no NUL; a surrogate or a number out of range becomes U+FFFD.
 */
size_t utf8_encode(uint32_t code_point, char *text);

/* Code points in `length` bytes of valid UTF-8. */
size_t utf8_count(const char *text, size_t length);

/* The largest offset <= `offset` at which a code point starts, in valid UTF-8. */
size_t utf8_floor(const char *text, size_t offset);

bool utf8_is_valid(const char *text, size_t length);

/* ---- ranges ------------------------------------------------------------------------- */

/* Half-open, in bytes of a document's pool unless said otherwise. Empty where start == end. */
struct range {
    uint32_t start, end;
};

static inline bool range_contains(struct range range, uint32_t place)
{
    return range.start <= place && place < range.end;
}

static inline bool range_is_empty(struct range range)
{
    return range.start >= range.end;
}

/* ---- bit sets ----------------------------------------------------------------------- */

#define BITSET_NONE UINT32_MAX

/* A fixed number of bits, all clear at first. Searches cost one step a 64 bits. */
struct bitset {
    uint64_t *words;
    uint32_t count;
};

void bitset_resize(struct bitset *set, uint32_t count); /* new bits are clear, old ones kept */
void bitset_release(struct bitset *set);
bool bitset_get(const struct bitset *set, uint32_t bit);
void bitset_put(struct bitset *set, uint32_t bit, bool value);
void bitset_fill(struct bitset *set, uint32_t start, uint32_t end, bool value);
/* Of two sets of one size: makes them the same. */
void bitset_copy(struct bitset *set, const struct bitset *from);
/* Of two sets of one size: keeps what the other has too, or adds what it has. */
void bitset_and(struct bitset *set, const struct bitset *other);
void bitset_or(struct bitset *set, const struct bitset *other);
void bitset_flip(struct bitset *set); /* every bit */
/* The first set bit >= `from`, or the last one <= `from`; BITSET_NONE where there is none. */
uint32_t bitset_next(const struct bitset *set, uint32_t from);
uint32_t bitset_previous(const struct bitset *set, uint32_t from);
uint32_t bitset_rank(const struct bitset *set, uint32_t start, uint32_t end); /* set bits there */
/* Those that are not set in another of the same size. */
uint32_t bitset_rank_without(const struct bitset *set, const struct bitset *without, uint32_t start,
                             uint32_t end);
/* And that are set in `among`; each of the two of the same size, or NULL for no such limit. */
uint32_t bitset_rank_among(const struct bitset *set, const struct bitset *among,
                           const struct bitset *without, uint32_t start, uint32_t end);

#endif
