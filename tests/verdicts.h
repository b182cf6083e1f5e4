/* SPDX-License-Identifier: MIT */
/* verdicts.h - for tests: one rule, or one file list, about one host, as one of the six values. */
#ifndef PREREQ_TESTS_VERDICTS_H
#define PREREQ_TESTS_VERDICTS_H

#include "engine/judge.h"
#include "judging.h"

static const char *const verdict_words[] = {"NA", "T", "F", "E", "U", "NE"};

struct bench { /* a host before a catalog, without an assessment around it */
    struct judging judging;
    struct prereq_case *host;
    struct prereq_sitting now, later;
};

static inline void bench_open(struct bench *bench, const char *patches, const char *facts)
{
    struct prereq_error err = {0};

    judging_open(&bench->judging, patches, NULL);
    if (prereq_case_make(bench->judging.arena, bench->judging.catalog, bench->judging.policy,
                         judging_facts(&bench->judging, facts), &bench->host, &err))
        fail_msg("%s", err.text);
    assert_true(prereq_sitting_make(bench->host, &bench->host->now, &bench->now));
    assert_true(prereq_sitting_make(bench->host, &bench->host->later, &bench->later));
}

static inline void bench_close(struct bench *bench)
{
    judging_close(&bench->judging);
}

static inline void expect_finding(const char *verdict, const char *reason,
                                  enum prereq_verdict found, enum prereq_reason found_reason)
{
    if (strcmp(verdict_words[found], verdict) != 0)
        fail_msg("%s, expected is %s", verdict_words[found], verdict);
    if (reason)
        assert_string_equal(prereq_reason_info(found_reason)->code, reason);
}

struct ruled {
    const char *name, *rule, *facts, *verdict, *reason;
    const char *target; /* of the status; NULL: the host */
    bool later;         /* after the restart that is due */
};

static inline uint32_t bench_target(const struct bench *bench, const char *id)
{
    for (uint32_t i = 0; id && i < bench->host->target_count; i++) {
        if (strcmp(bench->host->targets[i].id, id) == 0)
            return i;
    }
    assert_null(id);
    return 0;
}

/* The rule stands as `applies` of the entry R; A and B are there to be named. */
static inline void check_ruled(void **state)
{
    const struct ruled *row = *state;
    char catalog[2048];
    struct bench bench;
    struct prereq_finding found;
    uint32_t patch;

    (void)snprintf(
        catalog, sizeof(catalog),
        "%s,'applies':%s}," PATCH("A") FILES("a.dll", "2.0") "}," PATCH("B")
            FILES("b.dll", "2.0") ",'supersedes':['A']}," SQL_PATCH(
                "S") ",'marker':{'product':{'product':'MSSQL','version':{'atLeast':'15.0'}}}}",
        PATCH("R"), row->rule);
    bench_open(&bench, catalog, row->facts);
    patch = (uint32_t)prereq_catalog_find(bench.judging.catalog, "R");
    found = prereq_rule_judge(row->later ? &bench.later : &bench.now,
                              bench.judging.catalog->patches[patch].applies,
                              bench_target(&bench, row->target));
    expect_finding(row->verdict, row->reason, found.verdict, found.reason);
    bench_close(&bench);
}

#endif
