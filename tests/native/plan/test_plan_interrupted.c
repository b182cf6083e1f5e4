/* SPDX-License-Identifier: MIT */
/* test_plan_interrupted.c - rule 2: a plan that stops after any step is planned anew from fresh
 * facts, and nothing is forgotten. */
#include "plan_checker.h"
#include "plans.h"

#define SP6A                                                                                       \
    LEVEL("SP6a", "6",                                                                             \
          FILES(ROW("asp", "4.2.720") "," ROW("w3svc", "4.2.720")) ",'fileMode':'replace'")
#define NEEDS_SP6A NEEDS(ALT("SP6a"))
#define FOUNDING CLASSIC("Q269862", FILES(ROW("asp", "4.2.749")) NEEDS_SP6A CHAIN("never"))
#define CHAINED(id, version) CLASSIC(id, FILES(ROW("asp", version)) NEEDS_SP6A CHAIN("always"))
#define NO_PENDING                                                                                 \
    ",'settings':[],'pendingRestarts':[{'source':'cbs','pending':'no'},"                           \
    "{'source':'file-rename','pending':'no'}]"

static struct stop_row {
    const char *name;
    const char *patches, *facts, *goal;
    unsigned guise; /* of lost files: absent, older, as before */
} stops[] = {
    {"the founding repair, lost files absent", SP6A "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01")) NO_PENDING,
     "Q269862", 0},
    {"the founding repair, lost files older", SP6A "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01")) NO_PENDING,
     "Q269862", 1},
    {"the founding repair, lost files as before", SP6A "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01")) NO_PENDING,
     "Q269862", 2},
    {"regressed at the floor, no backup", SP6A "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.720") "," FILE_IS("w3svc", "4.2.720"),
                 ON("Q269862", "2026-01-01")) NO_PENDING,
     "Q269862", 0},
    {"regressed, with a backup", SP6A "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.720") "," FILE_IS("w3svc", "4.2.720"),
                 ON_KEPT("Q269862", "2026-01-01")) NO_PENDING,
     "Q269862", 0},
    {"not on and the level unmet", SP6A "," FOUNDING,
     SP("4") HAS(FILE_IS("asp", "4.2.600") "," FILE_IS("w3svc", "4.2.600"), "") NO_PENDING,
     "Q269862", 0},
    {"with a later hotfix that shares the file",
     SP6A "," CHAINED("Q269862", "4.2.749") "," CHAINED("Q9", "4.2.752"),
     SP("6") HAS(FILE_IS("asp", "4.2.752") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01") "," ON("Q9", "2026-02-01")) NO_PENDING,
     "Q269862", 0},
    {"with two later ones, lost files older",
     SP6A
     "," CHAINED("Q269862", "4.2.749") "," CHAINED("Q9", "4.2.752") "," CHAINED("Q8", "4.2.755"),
     SP("6") HAS(FILE_IS("asp", "4.2.755") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01") "," ON("Q9", "2026-02-01") "," ON("Q8", "2026-03-01"))
         NO_PENDING,
     "Q269862", 1},
};

/* The steps from `from` on without what only unpacks. */
static size_t without_extract(const struct prereq_plan *plan, size_t from)
{
    size_t count = 0;

    for (size_t i = from; i < plan->step_count; i++)
        count += plan->steps[i].action != PREREQ_STEP_EXTRACT;
    return count;
}

static bool is_suffix(const struct prereq_plan *next, const struct prereq_plan *plan, size_t done)
{
    size_t at = done;

    for (size_t i = 0; i < next->step_count; i++) {
        if (next->steps[i].action == PREREQ_STEP_EXTRACT)
            continue;
        while (at < plan->step_count && plan->steps[at].action == PREREQ_STEP_EXTRACT)
            at++;
        if (at >= plan->step_count || plan->steps[at].action != next->steps[i].action)
            return false;
        at++;
    }
    return at == plan->step_count || without_extract(plan, at) <= 1; /* a last check may be left */
}

static void walk_to_end(struct checker *checker, const struct prereq_plan *next, const char *goal)
{
    const char *wrong = NULL;

    for (size_t i = 0; !wrong && i < next->step_count; i++)
        wrong = checker_step(checker, &next->steps[i]);
    if (!wrong)
        wrong = checker_end(checker, &goal, 1);
    if (wrong)
        fail_msg("%s", wrong);
}

/* Facts of the moment behind step `done`, and a plan from them that knows what was begun. */
static const struct prereq_plan *
plan_anew(struct prereq_arena *arena, const struct prereq_judge *judge,
          const struct prereq_assessment *previous, const struct checker *checker,
          const struct stop_row *row, const struct prereq_facts **facts)
{
    struct prereq_buffer text = {0};
    char finished[32];

    prereq_time_format(prereq_time_from_seconds(checker->clock + 60), finished);
    checker_facts(checker, row->guise * 49, &text);
    *facts = read_facts_at(arena, text.text, finished);
    prereq_buffer_free(&text);
    return make_plan(arena, judge, *facts, previous, row->goal);
}

static void check_stops(void **state)
{
    const struct stop_row *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_catalog_file *file = read_patches(arena, row->patches);
    struct prereq_judge judge = judge_of(compile_file(arena, file));
    const struct prereq_facts *facts = read_facts(arena, row->facts);
    const struct prereq_assessment *previous;
    const struct prereq_plan *plan;
    struct checker checker, again;
    bool begun = false;

    judge.plans = true;
    previous = assess(arena, &judge, facts, NULL);
    plan = make_plan(arena, &judge, facts, NULL, row->goal);
    assert_int_equal(plan->result, PREREQ_PLAN_PLANNED);
    assert_null(checker_start(&checker, file, facts, NULL, 0));
    for (size_t i = 0; i + 1 < plan->step_count; i++) {
        const struct prereq_plan *next;

        assert_null(checker_step(&checker, &plan->steps[i]));
        next = plan_anew(arena, &judge, previous, &checker, row, &facts);
        begun |= plan->steps[i].action != PREREQ_STEP_EXTRACT;
        if (!begun)
            assert_int_equal(without_extract(next, 0), without_extract(plan, 0));
        else if (!is_suffix(next, plan, i + 1) &&
                 without_extract(next, 0) >= without_extract(plan, i + 1))
            fail_msg("after %zu steps of\n  %s\nthe plan is\n  %s", i + 1,
                     steps_text(arena, plan, 0), steps_text(arena, next, 0));
        assert_null(checker_start(&again, file, facts, NULL, 0));
        walk_to_end(&again, next, row->goal);
        for (size_t k = 0; k < plan->restore_count; k++)
            assert_int_equal(
                checker_state(&again, &again.now, checker_find(&again, plan->restore[k])),
                PREREQ_STATE_COMPLIANT);
    }
    prereq_arena_free(arena);
}

/* ---- what is carried on ---- */

static void what_came_off_is_a_goal_until_it_is_back(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(
        read_catalog(arena, SP6A "," CHAINED("Q269862", "4.2.749") "," CHAINED("Q9", "4.2.752")));
    const struct prereq_assessment *first, *second, *third;
    const struct prereq_plan *plan;

    (void)state;
    judge.plans = true;
    first = assess(
        arena, &judge,
        read_facts(arena, SP("6") HAS(FILE_IS("asp", "4.2.752") "," FILE_IS("w3svc", "4.2.710"),
                                      ON("Q269862", "2026-01-01") "," ON("Q9", "2026-02-01"))),
        NULL);
    second = assess(arena, &judge,
                    read_facts_at(arena,
                                  SP("6") HAS(FILE_GONE("asp") "," FILE_IS("w3svc", "4.2.710"),
                                              ON("Q269862", "2026-01-01")),
                                  "2026-11-21T00:00:00Z"),
                    first);
    assert_int_equal(second->restore_count, 1);
    assert_string_equal(second->restore[0], "Q9");
    /* It is carried on from there, though the plans of that assessment are not asked. */
    judge.plans = false;
    third = assess(arena, &judge,
                   read_facts_at(arena,
                                 SP("6") HAS(FILE_GONE("asp") "," FILE_IS("w3svc", "4.2.720"), ""),
                                 "2026-11-22T00:00:00Z"),
                   second);
    assert_int_equal(third->restore_count, 2);
    plan = make_plan(
        arena, &judge,
        read_facts_at(arena,
                      SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.720"),
                                  ON("Q269862", "2026-11-23")),
                      "2026-11-24T00:00:00Z"),
        third, "SP6a");
    assert_string_equal(steps_text(arena, plan, 0), "install Q9, restart, verify");
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest carried[] = {
        cmocka_unit_test(what_came_off_is_a_goal_until_it_is_back)};
    int failed = RUN_TABLE(stops, check_stops);

    failed |= RUN_TESTS(carried);
    return failed;
}
