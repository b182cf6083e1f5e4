/* SPDX-License-Identifier: MIT */
/* collector_rows.h - for tests: some collectors over an installation in memory, and what they found
 * as a document.
 *
 * Expected texts are pieces of the document as one line of JSON, with ' for ". */
#ifndef PREREQ_TESTS_COLLECTOR_ROWS_H
#define PREREQ_TESTS_COLLECTOR_ROWS_H

#include <string.h>

#include "collect/collect.h"
#include "collect/unique.h"
#include "fake_source.h"
#include "table.h"

#define COLLECTING_ARENA ((size_t)64 << 20)

/* Of a row. */
#define HAS(...) .has = {__VA_ARGS__}
#define NOT(...) .has_not = {__VA_ARGS__}

typedef void run_collector(struct prereq_gather *gather);

/* One row: what is installed, and what must and must not be said of it. */
struct collecting {
    const char *name;
    const char *host; /* lines of a fake source */
    const char *has[6];
    const char *has_not[4];
    bool wide;          /* a 64-bit system with a 32-bit view */
    bool no_user_names; /* leave them out */
};

static inline void collecting_facts(const struct prereq_gather *gather, struct prereq_facts *facts)
{
    static const struct prereq_collection collection = {
        .method = PREREQ_METHOD_OFFLINE,
        .finished = {.seconds = 1763640000, .known = true},
    };

    *facts = (struct prereq_facts){
        .format = "patchprereq-facts/1.0",
        .host = &gather->host,
        .collection = &collection,
        .os = &gather->os,
        .services = gather->services.items,
        .service_count = gather->services.count,
        .features = gather->features.items,
        .feature_count = gather->features.count,
        .updates = gather->updates.items,
        .update_count = gather->updates.count,
        .packages = gather->packages.items,
        .package_count = gather->packages.count,
        .servicing_stack = gather->has_stack ? &gather->stack : NULL,
        .settings = gather->settings.items,
        .setting_count = gather->settings.count,
        .pending_restarts = gather->pending_restarts.items,
        .pending_restart_count = gather->pending_restarts.count,
        .coverage = gather->coverage.items,
        .coverage_count = gather->coverage.count,
        .errors = gather->errors.items,
        .error_count = gather->errors.count,
    };
}

/* The document, to free(); NULL: no memory.  It can be read back. */
static inline char *collecting_run(struct fake_source *fake, run_collector *const *collectors,
                                   size_t count, const struct collecting *row, size_t limit)
{
    struct prereq_arena *arena = prereq_arena_new(limit);
    struct prereq_arena *reading = prereq_arena_new(COLLECTING_ARENA);
    struct prereq_gather gather = {
        .arena = arena, .source = &fake->base, .no_user_names = row->no_user_names};
    struct prereq_facts facts;
    const struct prereq_facts *read;
    struct prereq_buffer out = {0};
    struct prereq_error err;

    gather.host.host_name = "H";
    for (size_t i = 0; i < count; i++)
        collectors[i](&gather);
    if (!gather.no_memory)
        prereq_gather_unique(&gather);
    if (!gather.no_memory) {
        collecting_facts(&gather, &facts);
        prereq_facts_write(&facts, PREREQ_JSON_COMPACT, &out);
        assert_false(out.failed);
        if (prereq_facts_read(reading, out.text, out.len, &read, NULL, &err))
            fail_msg("%s\n%s", err.text, out.text);
    }
    prereq_arena_free(arena);
    prereq_arena_free(reading);
    return out.text;
}

static inline bool collecting_contains(const char *json, const char *piece)
{
    char wanted[1024];

    assert_true(snprintf(wanted, sizeof(wanted), "%s", piece) < (int)sizeof(wanted));
    for (char *c = wanted; *c; c++) {
        if (*c == '\'')
            *c = '"';
    }
    return strstr(json, wanted) != NULL;
}

static inline struct fake_source *collecting_fake(const struct collecting *row)
{
    struct fake_source *fake = fake_new("C:\\WINNT", row->wide);

    fake_fill(fake, row->host);
    return fake;
}

static inline void collecting_check(const struct collecting *row, run_collector *const *collectors,
                                    size_t count)
{
    struct fake_source *fake = collecting_fake(row);
    char *json = collecting_run(fake, collectors, count, row, COLLECTING_ARENA);

    assert_non_null(json);
    for (size_t i = 0; i < PREREQ_COUNT(row->has) && row->has[i]; i++) {
        if (!collecting_contains(json, row->has[i]))
            fail_msg("not said: %s\n%s", row->has[i], json);
    }
    for (size_t i = 0; i < PREREQ_COUNT(row->has_not) && row->has_not[i]; i++) {
        if (collecting_contains(json, row->has_not[i]))
            fail_msg("said: %s\n%s", row->has_not[i], json);
    }
    free(json);
    fake_free(fake);
}

/* With too little memory nothing is made, and all that was opened is closed; with enough the
 * document is the same. */
static inline void collecting_survive(const struct collecting *row,
                                      run_collector *const *collectors, size_t count)
{
    struct fake_source *fake = collecting_fake(row);
    char *whole = collecting_run(fake, collectors, count, row, COLLECTING_ARENA), *json = NULL;
    size_t tries = 0;

    for (size_t limit = 0; !json; limit += limit < 4096 ? 16 : limit / 64) {
        json = collecting_run(fake, collectors, count, row, limit);
        assert_int_equal(fake->open_keys, 0);
        tries++;
    }
    assert_true(tries > 10);
    assert_string_equal(json, whole);
    free(json);
    free(whole);
    fake_free(fake);
}

#endif
