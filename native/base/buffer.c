/* SPDX-License-Identifier: MIT */
/* buffer.c - text that grows on the heap, for outputs whose length nobody knows beforehand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void prereq_buffer_free(struct prereq_buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct prereq_buffer){0};
}

/* Make room for `more` bytes and the NUL.  After a failure nothing is added any more: a text with a
 * hole in it would look whole. */
static bool reserve(struct prereq_buffer *buffer, size_t more)
{
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    char *text;

    if (buffer->failed)
        return false;
    if (more >= SIZE_MAX / 2 - buffer->len) {
        buffer->failed = true;
        return false;
    }
    while (capacity < buffer->len + more + 1)
        capacity *= 2;
    if (capacity == buffer->capacity)
        return true;
    text = realloc(buffer->text, capacity);
    if (!text) {
        buffer->failed = true;
        return false;
    }
    buffer->text = text;
    buffer->capacity = capacity;
    return true;
}

void prereq_buffer_add_bytes(struct prereq_buffer *buffer, const char *bytes, size_t len)
{
    if (!reserve(buffer, len))
        return;
    if (len)
        memcpy(buffer->text + buffer->len, bytes, len);
    buffer->len += len;
    buffer->text[buffer->len] = '\0';
}

void prereq_buffer_add(struct prereq_buffer *buffer, const char *text)
{
    prereq_buffer_add_bytes(buffer, text, strlen(text));
}

void prereq_buffer_addf(struct prereq_buffer *buffer, const char *fmt, ...)
{
    va_list args, again;
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, args);
    if (len < 0)
        buffer->failed = true;
    else if (reserve(buffer, (size_t)len)) {
        (void)vsnprintf(buffer->text + buffer->len, (size_t)len + 1, fmt, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}
