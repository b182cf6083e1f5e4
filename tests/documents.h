/* SPDX-License-Identifier: MIT */
/* documents.h - reading documents in tests: an arena, an error, and the smallest arena that is
 * enough. */
#ifndef PREREQ_TESTS_DOCUMENTS_H
#define PREREQ_TESTS_DOCUMENTS_H

#include <string.h>

#include "base/shape.h"
#include "table.h"

/* Reads `text` into `arena`; what it makes, or NULL.  One per kind of document. */
typedef enum prereq_status read_document(struct prereq_arena *arena, const char *text, size_t len,
                                         const void **object, struct prereq_error *err);

static inline struct prereq_arena *new_arena(void)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);

    assert_non_null(arena);
    return arena;
}

/* The text must be read; what it made lives as long as `arena`. */
static inline const void *must_read(struct prereq_arena *arena, read_document *read,
                                    const char *text)
{
    const void *object = NULL;
    struct prereq_error err = {0};

    if (read(arena, text, strlen(text), &object, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    assert_non_null(object);
    return object;
}

/* The text must be refused with exactly this message, and nothing be made. */
static inline void must_refuse(read_document *read, const char *text, size_t len,
                               const char *message)
{
    static const char untouched[] = "untouched";
    struct prereq_arena *arena = new_arena();
    const void *object = untouched;
    struct prereq_error err = {0};
    enum prereq_status status = read(arena, text, len, &object, &err);

    if (status != PREREQ_BAD_INPUT)
        fail_msg("status %d for what must be refused with: %s", (int)status, message);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, PREREQ_BAD_INPUT);
    assert_ptr_equal(object, untouched);
    prereq_arena_free(arena);
}

/* With too little memory nothing but PREREQ_NO_MEMORY comes back, and nothing is made; with enough
 * the text is read.  The limit goes up 16 bytes at a time up to 4 KiB, then by 1/64 of itself. */
static inline void must_survive_limits(read_document *read, const char *text)
{
    static const char untouched[] = "untouched";
    size_t limit = 0, tries = 0;
    enum prereq_status status;

    do {
        struct prereq_arena *arena = prereq_arena_new(limit);
        const void *object = untouched;
        struct prereq_error err = {0};

        assert_non_null(arena);
        status = read(arena, text, strlen(text), &object, &err);
        if (status != PREREQ_OK) {
            assert_int_equal(status, PREREQ_NO_MEMORY);
            assert_int_equal(err.status, PREREQ_NO_MEMORY);
            assert_true(*err.text);
            assert_ptr_equal(object, untouched);
        }
        prereq_arena_free(arena);
        limit += limit < 4096 ? 16 : (limit / 64 + 15) / 16 * 16;
        tries++;
        assert_true(limit < (size_t)64 << 20);
    } while (status != PREREQ_OK);
    assert_true(tries > 2);
}

#endif
