/* SPDX-License-Identifier: MIT */
/* imports.h - importing texts of tests/data/import. */
#ifndef PREREQ_TESTS_IMPORTS_H
#define PREREQ_TESTS_IMPORTS_H

#include "files.h"
#include "import/import.h"

#define IMPORT_FOLDER TEST_DATA "/import/"
#define NO_LIMIT ((size_t)64 << 20)

/* One import, with all that must be released. */
struct run {
    struct prereq_arena *arena;
    struct prereq_facts *facts;
    struct prereq_error err;
    enum prereq_status status;
};

static inline struct prereq_import_options options_for(const char *name, const char *host_id)
{
    return (struct prereq_import_options){
        .name = name,
        .host_id = host_id,
        .collector_version = "1.2.3",
        .facts_time = prereq_time_from_seconds(1795334400), /* 2026-11-22T08:00:00Z */
    };
}

static inline void run_start(struct run *run, const char *bytes, size_t len,
                             const struct prereq_import_options *options, size_t limit)
{
    memset(run, 0, sizeof(*run));
    run->arena = prereq_arena_new(limit);
    assert_non_null(run->arena);
    run->status = prereq_import_text(run->arena, bytes, len, options, &run->facts, &run->err);
    if (run->status) {
        assert_null(run->facts);
        assert_int_equal(run->err.status, run->status);
        assert_true(run->err.text[0]);
    }
}

static inline void run_end(struct run *run)
{
    prereq_arena_free(run->arena);
}

static inline char *read_input(const char *name, size_t *len)
{
    struct prereq_error err = {0};
    char path[512];
    char *bytes = NULL;

    assert_true(snprintf(path, sizeof(path), IMPORT_FOLDER "%s", name) < (int)sizeof(path));
    if (prereq_file_read(path, NO_LIMIT, &bytes, len, &err))
        fail_msg("%s", err.text);
    return bytes;
}

/* The document, after the facts reader has taken it. */
static inline char *document(const struct prereq_facts *facts)
{
    struct prereq_arena *arena = prereq_arena_new(NO_LIMIT);
    const struct prereq_facts *again = NULL;
    struct prereq_buffer json = {0};
    struct prereq_error err = {0};

    prereq_facts_write(facts, PREREQ_JSON_READABLE, &json);
    assert_false(json.failed);
    assert_non_null(arena);
    if (prereq_facts_read(arena, json.text, json.len, &again, NULL, &err))
        fail_msg("%s", err.text);
    prereq_arena_free(arena);
    return json.text;
}

#endif
