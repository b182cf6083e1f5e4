/* SPDX-License-Identifier: MIT */
/* test_summary_clock.c - what of the figures moves with the clock: ages and staleness, nothing
 * else. */
#include "documents/field.h"
#include "summaries.h"

/* ---- restarts ---- */

static struct restart {
    const char *name;
    struct prereq_restart_row rows[3];
    size_t count;
    enum prereq_flag pending;
    const char *since; /* NULL: not known */
    uint64_t age;
} restarts[] = {
    {"nobody looked", {{0}}, 0, PREREQ_FLAG_UNSET, NULL, 0},
    {"none", {{.pending = 0}, {.pending = 0}}, 2, PREREQ_FLAG_FALSE, NULL, 0},
    {"one cannot be told", {{.pending = 0}, {.pending = 2}}, 2, PREREQ_FLAG_UNSET, NULL, 0},
    {"one is", {{.pending = 2}, {.pending = 1}, {.pending = 0}}, 3, PREREQ_FLAG_TRUE, NULL, 0},
    {"the earliest of those that are",
     {{.pending = 1, .since = {1795420000, true, false}},
      {.pending = 1, .since = {1795410000, true, false}},
      {.pending = 0, .since = {1795400000, true, false}}},
     3,
     PREREQ_FLAG_TRUE,
     "2026-11-23T05:00:00Z",
     90000},
    {"an unknown time beside a known one",
     {{.pending = 1}, {.pending = 1, .since = {1795410000, true, false}}},
     2,
     PREREQ_FLAG_TRUE,
     "2026-11-23T05:00:00Z",
     90000},
};

static void check_restart(void **state)
{
    const struct restart *row = *state;
    struct prereq_assessment assessment = {.pending_restarts = row->rows,
                                           .pending_restart_count = row->count};
    struct prereq_summary summary;
    char since[32];

    summarize(&assessment, "2026-11-24T06:00:00Z", &summary);
    assert_int_equal(summary.restart_pending, row->pending);
    assert_int_equal(summary.restart_pending_since.known, row->since != NULL);
    assert_int_equal(summary.restart_pending_age_seconds.known, row->since != NULL);
    if (row->since) {
        prereq_time_format(summary.restart_pending_since, since);
        assert_string_equal(since, row->since);
        assert_int_equal(summary.restart_pending_age_seconds.value, row->age);
    }
}

static void the_age_of_a_source_moves_with_the_clock(void **state)
{
    const struct prereq_restart_row row = {.source = "cbs",
                                           .pending = 1,
                                           .since = {1795410000, true, false},
                                           .age_seconds = {7, true}};
    struct prereq_restart_row aged = prereq_restart_at(&row, prereq_time_from_seconds(1795410060));

    (void)state;
    assert_true(aged.age_seconds.known);
    assert_int_equal(aged.age_seconds.value, 60);
    assert_string_equal(aged.source, "cbs");
    aged =
        prereq_restart_at(&row, prereq_time_from_seconds(1795409999)); /* the clock was set back */
    assert_int_equal(aged.age_seconds.value, 0);
    aged.since.known = false;
    aged = prereq_restart_at(&aged, prereq_time_from_seconds(1795410060));
    assert_false(aged.age_seconds.known);
}

/* ---- staleness ---- */

static struct stale {
    const char *name;
    const char *facts; /* NULL: the time is not known */
    const char *now;
    uint64_t hours; /* 0: the document names no limit */
    enum prereq_flag stale;
} stales[] = {
    {"fresh", "2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z", 24, PREREQ_FLAG_FALSE},
    {"exactly at the limit", "2026-11-22T11:00:00Z", "2026-11-23T11:00:00Z", 24, PREREQ_FLAG_FALSE},
    {"a second beyond", "2026-11-22T11:00:00Z", "2026-11-23T11:00:01Z", 24, PREREQ_FLAG_TRUE},
    {"48 hours by default", "2026-11-22T11:00:00Z", "2026-11-24T11:00:00Z", 0, PREREQ_FLAG_FALSE},
    {"and not more", "2026-11-22T11:00:00Z", "2026-11-24T11:00:01Z", 0, PREREQ_FLAG_TRUE},
    {"facts of tomorrow", "2026-11-23T11:00:00Z", "2026-11-22T12:00:00Z", 24, PREREQ_FLAG_FALSE},
    {"of an unknown time", NULL, "2026-11-22T12:00:00Z", 24, PREREQ_FLAG_TRUE},
    {"a limit beyond any sum", "1970-01-01T00:00:00Z", "2026-11-22T12:00:00Z", 9007199254740991,
     PREREQ_FLAG_FALSE},
};

static void check_stale(void **state)
{
    const struct stale *row = *state;
    struct prereq_collection collection = {0};
    struct prereq_policy_ref policy = {.stale_after_hours = {row->hours, row->hours > 0}};
    struct prereq_assessment assessment = {.collection = &collection, .policy = &policy};
    struct prereq_summary summary;

    if (row->facts)
        collection.finished = at(row->facts);
    summarize(&assessment, row->now, &summary);
    assert_int_equal(summary.stale, row->stale);
}

static void only_ages_move_with_the_clock(void **state)
{
    static const struct prereq_waiver waivers[] = {
        {.id = "A", .expires = {1795219200, true, true}},  /* 2026-11-21 */
        {.id = "B", .expires = {1795305600, true, true}},  /* 2026-11-22 */
        {.id = "C", .expires = {1795392000, true, true}}}; /* 2026-11-23 */
    struct prereq_assessment assessment = {.waivers = waivers, .waiver_count = 3};
    struct prereq_summary then, later;

    (void)state;
    summarize(&assessment, evaluated, &then);
    summarize(&assessment, "2026-12-22T12:00:00Z", &later);
    assert_int_equal(then.waivers_expired.value, 1);
    assert_int_equal(then.evaluation_age_seconds.value, 0);
    assert_int_equal(later.evaluation_age_seconds.value, 30 * 86400);
    assert_int_equal(then.stale, PREREQ_FLAG_FALSE);
    assert_int_equal(later.stale, PREREQ_FLAG_TRUE);
    for (const struct prereq_member *m = prereq_summary_shape.members; m->name; m++) {
        struct prereq_buffer before = {0}, after = {0};

        if (strcmp(m->name, "stale") == 0 || strcmp(m->name, "evaluationAgeSeconds") == 0)
            continue;
        prereq_buffer_add(&before, m->name);
        prereq_buffer_add(&after, m->name);
        prereq_field_text((struct prereq_field){m, false}, &then, &before);
        prereq_field_text((struct prereq_field){m, false}, &later, &after);
        assert_string_equal(after.text, before.text);
        prereq_buffer_free(&before);
        prereq_buffer_free(&after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_age_of_a_source_moves_with_the_clock),
        cmocka_unit_test(only_ages_move_with_the_clock),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(restarts, check_restart);
    failed |= RUN_TABLE(stales, check_stale);
    return failed;
}
