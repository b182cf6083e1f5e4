/* SPDX-License-Identifier: MIT */
/* fuzz.h - what the fuzz targets share.
 *
 * Bytes 0 and 1 of an input choose the arena's limit, so that running out of memory is found like
 * any other path; the rest is the text that the door reads. */
#ifndef PREREQ_TESTS_FUZZ_H
#define PREREQ_TESTS_FUZZ_H

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "patchprereq.h"

#ifdef NDEBUG
#error "fuzz targets speak through assert()"
#endif

/* The names that libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_LIMIT_BYTES 2
#define FUZZ_LIMIT_UNIT 64
#define FUZZ_NO_LIMIT ((size_t)16 << 20)

/* An arena with the limit that the input asks for; 0xFFFF asks for enough. */
static inline struct prereq_arena *fuzz_arena(const uint8_t *data)
{
    size_t units = (size_t)data[0] | (size_t)data[1] << 8;
    struct prereq_arena *arena =
        prereq_arena_new(units == 0xFFFF ? FUZZ_NO_LIMIT : units * FUZZ_LIMIT_UNIT);

    if (!arena)
        abort();
    return arena;
}

/* The text with exactly its own size, so that a sanitizer sees the first byte read behind it. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size ? size : 1);

    if (!text)
        abort();
    memcpy(text, data, size);
    return text;
}

/* A refusal is one of two kinds and has a sentence. */
static inline void fuzz_check_refusal(enum prereq_status status, const struct prereq_error *err)
{
    size_t bad = 0;

    assert(status == PREREQ_NO_MEMORY || status == PREREQ_BAD_INPUT);
    assert(err->status == status);
    assert(err->text[0]);
    assert(prereq_utf8_valid(err->text, strlen(err->text), &bad));
}

#endif
