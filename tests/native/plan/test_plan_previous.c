/* SPDX-License-Identifier: MIT */
/* test_plan_previous.c - rule 11: how long something has been open, when it changed last, and which
 * assessment may be carried on. */
#include "plans.h"

#define PATCHES                                                                                    \
    FIX("Q1", FILES(ROW("a", "2.0")))                                                              \
    "," FIX("N", FILES(ROW("n", "1.0")))
#define READY SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("n", "1.0"), "")
#define REGRESSED SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("n", "1.0"), ON("Q1", "2026-01-01"))
#define SOUND SP("6") HAS(FILE_IS("a", "2.0") "," FILE_IS("n", "1.0"), ON("Q1", "2026-01-01"))
#define UNKNOWN SP("6") HAS(FILE_IS("n", "1.0"), ON("Q1", "2026-01-01"))

static struct run_row {
    const char *name;
    const char *facts[4];      /* of the days 20 to 23 */
    int state;                 /* of the last day */
    int open_day, changed_day; /* 0: not open */
} runs[] = {
    {"open since the first assessment of the run",
     {READY, READY, READY},
     PREREQ_STATE_READY,
     20,
     20},
    {"one open state after another is one run", {READY, REGRESSED}, PREREQ_STATE_REGRESSED, 20, 21},
    {"a sound one ends it", {READY, SOUND}, PREREQ_STATE_COMPLIANT, 0, 21},
    {"and it starts anew", {READY, SOUND, REGRESSED}, PREREQ_STATE_REGRESSED, 22, 22},
    {"unknown does not end it", {REGRESSED, UNKNOWN, REGRESSED}, PREREQ_STATE_REGRESSED, 20, 22},
    {"unknown does not start it", {UNKNOWN, UNKNOWN}, PREREQ_STATE_UNKNOWN, 0, 20},
    {"unknown and then open starts with the open one",
     {UNKNOWN, READY},
     PREREQ_STATE_READY,
     21,
     21},
    {"sound, unknown, open: starts with the open one",
     {SOUND, UNKNOWN, READY},
     PREREQ_STATE_READY,
     22,
     22},
};

static const struct prereq_status_row *row_of(const struct prereq_assessment *made, const char *id)
{
    for (size_t i = 0; made && i < made->status_count; i++) {
        if (strcmp(made->statuses[i].id, id) == 0)
            return &made->statuses[i];
    }
    fail_msg("no status %s", id);
    return NULL;
}

static int day_of_month(struct prereq_time time)
{
    char text[32];

    if (!time.known)
        return 0;
    prereq_time_format(time, text);
    return (int)strtol(text + 8, NULL, 10);
}

static void check_run(void **state)
{
    const struct run_row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, PATCHES));
    const struct prereq_assessment *made = NULL;
    const struct prereq_status_row *status;

    for (size_t i = 0; i < 4 && row->facts[i]; i++) {
        char finished[32];

        (void)snprintf(finished, sizeof(finished), "2026-11-%02uT02:00:00Z", 20U + (unsigned)i);
        made = assess(arena, &judge, read_facts_at(arena, row->facts[i], finished), made);
    }
    assert_non_null(made);
    status = row_of(made, "Q1");
    assert_int_equal(status->state, row->state);
    assert_int_equal(day_of_month(status->open_since), row->open_day);
    assert_int_equal(day_of_month(status->last_changed), row->changed_day);
    prereq_arena_free(arena);
}

/* ---- what may not be carried on ---- */

static void must_refuse_previous(struct prereq_assessment previous, const char *finished,
                                 const char *says)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, PATCHES));
    const struct prereq_assessment *made = NULL;
    struct prereq_error err = {0};

    assert_int_equal(
        prereq_assess(arena, &judge, read_facts_at(arena, READY, finished), &previous, &made, &err),
        PREREQ_BAD_INPUT);
    assert_null(made);
    if (!strstr(err.text, says))
        fail_msg("%s", err.text);
    prereq_arena_free(arena);
}

static void one_of_another_host_or_not_older_is_refused(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, PATCHES));
    const struct prereq_assessment *made =
        assess(arena, &judge, read_facts_at(arena, READY, "2026-11-20T02:00:00Z"), NULL);
    struct prereq_host_row other = *made->host;
    struct prereq_assessment of_another = *made;

    (void)state;
    other.host_id = "other";
    of_another.host = &other;
    must_refuse_previous(of_another, "2026-11-21T02:00:00Z", "of another host: other, not h");
    must_refuse_previous(*made, "2026-11-20T02:00:00Z", "not older");
    must_refuse_previous(*made, "2026-11-19T02:00:00Z", "not older");
    prereq_arena_free(arena);
}

/* ---- what ends an entry of `restore` ---- */

static struct restore_row {
    const char *name;
    const char *facts;
    size_t left;
} restores[] = {
    {"still off: it stays", READY, 1},
    {"lowered: it stays", REGRESSED, 1},
    {"sound and recorded again: it ends", SOUND, 0},
    {"its product is gone: it ends", SP("4") HAS(FILE_IS("a", "1.0"), ""), 0},
};

static void check_restore(void **state)
{
    static const char *const ids[] = {"Q1"};
    const struct restore_row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(
        arena,
        FIX("Q1", FILES(ROW("a", "2.0")) ",'applies':{'os':{'servicePack':{'equals':[6]}}}")));
    struct prereq_assessment first =
        *assess(arena, &judge, read_facts_at(arena, SOUND, "2026-11-19T02:00:00Z"), NULL);

    first.restore = ids;
    first.restore_count = 1;
    assert_int_equal(
        assess(arena, &judge, read_facts_at(arena, row->facts, "2026-11-20T02:00:00Z"), &first)
            ->restore_count,
        row->left);
    prereq_arena_free(arena);
}

static void a_waiver_ends_it(void **state)
{
    static const char *const ids[] = {"Q1"};
    const struct prereq_waiver waiver = {.id = "W1",
                                         .patches = ids,
                                         .patch_count = 1,
                                         .reason = "r",
                                         .expires = prereq_time_from_date(2027, 1, 1)};
    const struct prereq_waivers waivers = {"patchprereq-waivers/1.0", &waiver, 1};
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, PATCHES));
    struct prereq_assessment first =
        *assess(arena, &judge, read_facts_at(arena, SOUND, "2026-11-19T02:00:00Z"), NULL);

    (void)state;
    first.restore = ids;
    first.restore_count = 1;
    judge.waivers = &waivers;
    assert_int_equal(assess(arena, &judge, read_facts(arena, READY), &first)->restore_count, 0);
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_another_host_or_not_older_is_refused),
        cmocka_unit_test(a_waiver_ends_it),
    };
    int failed = RUN_TABLE(runs, check_run);

    failed |= RUN_TABLE(restores, check_restore);
    failed |= RUN_TESTS(tests);
    return failed;
}
