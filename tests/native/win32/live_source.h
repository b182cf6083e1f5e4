/* SPDX-License-Identifier: MIT */
/* live_source.h - a live source for the tests of native/win32, and looks at it that go well. */
#ifndef PREREQ_TESTS_LIVE_SOURCE_H
#define PREREQ_TESTS_LIVE_SOURCE_H

/* clang-format off: windows.h comes first. */
#include <windows.h>
/* clang-format on */

#include <string.h>

#include "win32/live.h"
#include "win32/wide.h"

#include "table.h"

#define MEMORY ((size_t)256 * 1024 * 1024)

static struct prereq_arena *arena;
static struct prereq_source *source;

static inline int open_source(void **state)
{
    struct prereq_error err;

    (void)state;
    arena = prereq_arena_new(MEMORY);
    return !arena || prereq_live_open(arena, &source, &err) != PREREQ_OK;
}

static inline int close_source(void **state)
{
    (void)state;
    source->ops->close(source);
    prereq_arena_free(arena);
    return 0;
}

static inline struct prereq_key *must_open(const char *path, enum prereq_view view)
{
    struct prereq_refusal why = {0};
    struct prereq_key *key = NULL;

    if (source->ops->key_open(source, path, view, &key, &why) != PREREQ_LOOK_FOUND)
        fail_msg("%s: %s", path, why.text);
    return key;
}

static inline bool names_hold(const struct prereq_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->name[i], name) == 0)
            return true;
    }
    return false;
}

#endif
