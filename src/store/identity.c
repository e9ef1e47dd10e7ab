/*
 * What things are known by. Hashes of 64 bits: of a million comments two share one once in forty
 * million threads, and would then share their marks.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

#define LANES 4 /* side by side: a multiplication waits for the one before it */

uint64_t identity_of(const char *bytes, size_t length)
{
    uint64_t hash = mix(UINT64_C(0x517CC1B727220A95), length), word = 0;
    uint64_t lanes[LANES] = {hash, hash + 1, hash + 2, hash + 3};
    for (; length >= LANES * sizeof word; length -= LANES * sizeof word) {
        for (size_t lane = 0; lane < LANES; lane++, bytes += sizeof word) {
            memcpy(&word, bytes, sizeof word);
            lanes[lane] = mix(lanes[lane], word);
        }
    }
    for (size_t lane = 0; lane < LANES; lane++)
        hash = mix(hash, lanes[lane]);
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (length)
        memcpy(&word, bytes, length);
    return mix(mix(hash, word), 0);
}

static uint64_t of_range(const struct document *document, struct range range)
{
    return identity_of(document_text(document, NULL) + range.start, range.end - range.start);
}

uint64_t identity_of_comment(const struct document *document, uint32_t index)
{
    const struct comment *comment = &document_comments(document, NULL)[index];
    uint64_t hash;
    if (comment->id.length) {
        size_t length;
        const char *id = document_string(document, comment->id, &length);
        hash = identity_of(id, length);
    } else {
        hash = mix(of_range(document, comment->name), (uint64_t)comment->time);
        hash = mix(hash, of_range(document, comment->text));
    }
    return hash ? hash : 1;
}

uint32_t identity_of_text(const struct document *document, struct range text)
{
    return (uint32_t)of_range(document, text);
}

uint64_t identity_of_title(const struct document *document)
{
    return of_range(document, document_title(document));
}

uint64_t identity_of_document(const struct document *document)
{
    uint32_t length, comments;
    const char *text = document_text(document, &length);
    document_comments(document, &comments);
    return mix(identity_of(text, length), comments ? identity_of_comment(document, 0) : 0);
}

/* ---- keys --------------------------------------------------------------------------- */

/* An address without what may differ between two ways to the same page. */
static void add_address(struct buffer *key, const char *address, size_t length)
{
    const char *end = memchr(address, '#', length);
    length = end ? (size_t)(end - address) : length;
    const char *scheme = memmem(address, length, "://", 3);
    if (scheme) {
        length -= (size_t)(scheme + 3 - address);
        address = scheme + 3;
    }
    while (length && address[length - 1] == '/')
        length--;
    buffer_add(key, address, length);
}

void store_key(const struct document *document, const char *path, unsigned item, struct buffer *key)
{
    size_t format_length, url_length;
    const char *format = document_meta(document, STRING_FORMAT, &format_length);
    const char *url = document_meta(document, STRING_URL, &url_length);
    char *real = path ? realpath(path, NULL) : NULL;
    if (url_length) {
        buffer_printf(key, "address %.*s ", (int)format_length, format);
        add_address(key, url, url_length);
    } else if (real) {
        buffer_printf(key, "file %s", real);
    } else {
        buffer_printf(key, "text %016llx", (unsigned long long)identity_of_document(document));
    }
    if (item && !url_length)
        buffer_printf(key, " item %u", item);
    free(real);
}
