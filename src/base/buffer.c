#include "hearsay/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more < buffer->capacity - buffer->length)
        return; /* by far the most of all calls */
    if (more > SIZE_MAX - buffer->length - 1)
        memory_exhausted();
    buffer->data = vector_grown(buffer->data, &buffer->capacity, buffer->length + more + 1, 1);
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t length)
{
    buffer_reserve(buffer, length);
    if (length)
        memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void buffer_adds(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_addc(struct buffer *buffer, char byte)
{
    buffer_add(buffer, &byte, 1);
}

void buffer_add_code_point(struct buffer *buffer, uint32_t code_point)
{
    char bytes[UTF8_LONGEST];
    buffer_add(buffer, bytes, utf8_encode(code_point, bytes));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

char *buffer_detach(struct buffer *buffer)
{
    buffer_reserve(buffer, 0);
    buffer->data[buffer->length] = '\0';
    char *data = buffer->data;
    *buffer = (struct buffer){0};
    return data;
}

const char *buffer_string(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

bool buffer_read(struct buffer *buffer, int descriptor, size_t limit, struct error *error)
{
    size_t start = buffer->length;
    for (;;) {
        buffer_reserve(buffer, 65536);
        ssize_t got = read(descriptor, buffer->data + buffer->length, 65536);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(error, "%s", strerror(errno));
        buffer->length += (size_t)got;
        buffer->data[buffer->length] = '\0';
        if (got == 0)
            return true;
        if (buffer->length - start > limit)
            return error_set(error, "more than %zu bytes", limit);
    }
}
