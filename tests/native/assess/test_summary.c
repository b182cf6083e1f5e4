/* SPDX-License-Identifier: MIT */
/* test_summary.c - figures of one assessment: what counts, and what is worst. */
#include "summaries.h"

#define YES PREREQ_FLAG_TRUE
#define NO PREREQ_FLAG_FALSE

/* ---- one status and where it is counted ---- */

#define STATUS(state_, required_, counts_, actionable_, waived_)                                   \
    {                                                                                              \
        .id = "Q1", .state = PREREQ_STATE_##state_, .required = required_, .counts = counts_,      \
        .actionable = actionable_, .waived = waived_, .reason_code = "a_code",                     \
        .reason = "A sentence."                                                                    \
    }

static struct one {
    const char *name;
    struct prereq_status_row status;
    uint64_t required;     /* requiredCount */
    uint64_t sound, known; /* Compliant and Superseded; required without Unknown */
    bool counted;          /* in the count of its own state */
    bool worst, open;
} ones[] = {
    {"compliant", STATUS(COMPLIANT, YES, YES, YES, NO), 1, 1, 1, true, true, false},
    {"superseded", STATUS(SUPERSEDED, YES, YES, YES, NO), 1, 1, 1, true, true, false},
    {"ready", STATUS(READY, YES, YES, YES, NO), 1, 0, 1, true, true, true},
    {"blocked", STATUS(BLOCKED, YES, YES, YES, NO), 1, 0, 1, true, true, true},
    {"unknown is in the denominator", STATUS(UNKNOWN, YES, YES, YES, NO), 1, 0, 0, true, true,
     true},
    {"out of order, not required", STATUS(OUT_OF_ORDER, NO, YES, YES, NO), 1, 0, 1, true, true,
     true},
    {"regressed, not required", STATUS(REGRESSED, NO, YES, YES, NO), 1, 0, 1, true, true, true},
    {"pending restart", STATUS(PENDING_RESTART, NO, YES, YES, NO), 1, 0, 1, true, true, true},
    {"what is not required does not count", STATUS(READY, NO, NO, YES, NO), 0, 0, 0, false, false,
     false},
    {"compliant and not required", STATUS(COMPLIANT, NO, NO, YES, NO), 0, 0, 0, false, false,
     false},
    {"missing and needless is no finding", STATUS(READY, NO, NO, NO, NO), 0, 0, 0, false, false,
     false},
    {"what the document counts is counted, whatever else it says", STATUS(READY, YES, YES, NO, NO),
     1, 0, 1, true, true, true},
    {"regressed counts though it is needless", STATUS(REGRESSED, YES, YES, NO, NO), 1, 0, 1, true,
     true, true},
    {"a waiver takes it from the findings, not from the figures",
     STATUS(BLOCKED, YES, YES, YES, YES), 1, 0, 1, true, false, false},
    {"not applicable is counted whatever it is", STATUS(NOT_APPLICABLE, NO, NO, NO, NO), 0, 0, 0,
     true, false, false},
    {"not applicable and required", STATUS(NOT_APPLICABLE, YES, YES, NO, NO), 0, 0, 0, true, true,
     false},
};

static void check_one(void **state)
{
    const struct one *row = *state;
    struct prereq_assessment assessment = {.statuses = &row->status, .status_count = 1};
    struct prereq_summary summary;

    summarize(&assessment, evaluated, &summary);
    assert_true(summary.required_count.known && summary.required_known.known);
    assert_int_equal(summary.required_count.value, row->required);
    assert_int_equal(summary.compliant_and_superseded.value, row->sound);
    assert_int_equal(summary.required_known.value, row->known);
    assert_int_equal(summary.compliance_percent.known, row->required > 0);
    if (row->required)
        assert_int_equal(summary.compliance_percent.value, row->sound ? 1000 : 0);
    assert_int_equal(summary.compliance_of_known.known, row->known > 0);
    if (row->known)
        assert_int_equal(summary.compliance_of_known.value, row->sound ? 1000 : 0);
    for (int i = 0; i < PREREQ_STATES; i++) {
        assert_true(summary.count_of[i].known);
        assert_int_equal(summary.count_of[i].value, row->counted && i == row->status.state);
    }
    assert_int_equal(summary.worst_state.known, row->worst);
    if (row->worst) {
        assert_int_equal(summary.worst_state.value, row->status.state);
        assert_string_equal(summary.worst_state_name, prereq_state_names[row->status.state]);
        assert_string_equal(summary.reason_code, "a_code");
        assert_string_equal(summary.reason, "A sentence.");
    } else {
        assert_null(summary.worst_state_name);
        assert_null(summary.reason_code);
    }
    assert_int_equal(summary.waived_count.value,
                     row->required && row->status.waived == PREREQ_FLAG_TRUE);
    assert_int_equal(prereq_status_open(&row->status), row->open);
}

/* ---- the order of badness ---- */

static void the_worst_of_two_is_the_worse_one(void **state)
{
    static const int order[] = {
        PREREQ_STATE_OUT_OF_ORDER, PREREQ_STATE_REGRESSED,  PREREQ_STATE_BLOCKED,
        PREREQ_STATE_READY,        PREREQ_STATE_UNKNOWN,    PREREQ_STATE_PENDING_RESTART,
        PREREQ_STATE_COMPLIANT,    PREREQ_STATE_SUPERSEDED, PREREQ_STATE_NOT_APPLICABLE};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(order); i++) {
        assert_int_equal(prereq_badness(order[i]), i);
        for (size_t j = 0; j < PREREQ_COUNT(order); j++) {
            struct prereq_status_row rows[2] = {STATUS(READY, YES, YES, YES, NO),
                                                STATUS(READY, YES, YES, YES, NO)};
            struct prereq_assessment assessment = {.statuses = rows, .status_count = 2};
            struct prereq_summary summary;

            rows[0].state = order[i];
            rows[1].state = order[j];
            summarize(&assessment, evaluated, &summary);
            assert_int_equal(summary.worst_state.value, order[i < j ? i : j]);
        }
    }
    assert_true(prereq_badness(9) > prereq_badness(PREREQ_STATE_NOT_APPLICABLE));
    assert_true(prereq_badness(-1) > prereq_badness(PREREQ_STATE_NOT_APPLICABLE));
}

/* ---- percentages ---- */

static struct percent {
    const char *name;
    uint64_t numerator, denominator;
    bool known;
    uint64_t tenths;
} percents[] = {
    {"nothing of nothing", 0, 0, false, 0},
    {"none", 0, 7, true, 0},
    {"all", 7, 7, true, 1000},
    {"a third", 1, 3, true, 333},
    {"two thirds", 2, 3, true, 667},
    {"exactly on the half goes up", 1, 2000, true, 1},
    {"just below the half", 1, 2001, true, 0},
    {"99.95 is 100.0", 1999, 2000, true, 1000},
    {"99.94 is 99.9", 9994, 10000, true, 999},
    {"half of an odd number of tenths", 5, 16, true, 313},
    {"the largest numbers", 9007199254740990, 9007199254740991, true, 1000},
    {"a half of the largest", 4503599627370495, 9007199254740991, true, 500},
};

static void check_percent(void **state)
{
    const struct percent *row = *state;
    uint64_t tenths = 4711;

    assert_int_equal(prereq_permille(row->numerator, row->denominator, &tenths), row->known);
    assert_int_equal(tenths, row->known ? row->tenths : 4711);
}

/* ---- several statuses ---- */

static void ages_overdue_and_records_are_counted(void **state)
{
    struct prereq_status_row rows[] = {
        STATUS(BLOCKED, YES, YES, YES, NO),   STATUS(REGRESSED, YES, YES, YES, YES),
        STATUS(COMPLIANT, YES, YES, YES, NO), STATUS(UNKNOWN, YES, YES, YES, NO),
        STATUS(READY, NO, NO, YES, NO),       STATUS(READY, NO, NO, NO, NO)};
    struct prereq_assessment assessment = {.statuses = rows, .status_count = PREREQ_COUNT(rows)};
    struct prereq_summary summary;

    (void)state;
    rows[0].age_days = (struct prereq_number){12, true};
    rows[0].overdue_days = (struct prereq_number){0, true};
    rows[1].age_days = (struct prereq_number){40, true}; /* waived: still an age */
    rows[1].overdue_days = (struct prereq_number){10, true};
    rows[2].evidence = PREREQ_EVIDENCE_RECORD;
    rows[3].reason_code = "record_only";
    rows[4].age_days = (struct prereq_number){400, true}; /* does not count */
    rows[4].overdue_days = (struct prereq_number){300, true};
    rows[4].evidence = PREREQ_EVIDENCE_RECORD;
    rows[5].age_days = (struct prereq_number){500, true}; /* needless */
    summarize(&assessment, evaluated, &summary);
    assert_int_equal(summary.required_count.value, 4);
    assert_int_equal(summary.oldest_open_age_days.value, 40);
    assert_int_equal(summary.overdue_count.value, 1);
    assert_int_equal(summary.recorded_only_count.value, 2);
    assert_int_equal(summary.waived_count.value, 1);
    assert_int_equal(summary.compliance_percent.value, 250); /* one of four */
    assert_int_equal(summary.compliance_of_known.value, 333);
    assert_int_equal(summary.worst_state.value, PREREQ_STATE_BLOCKED);
}

/* ---- plan, sources, nothing at all ---- */

static struct plan_row {
    const char *name;
    int result;
    bool known;
} plans[] = {
    {"planned", PREREQ_PLAN_PLANNED, true},
    {"nothing to do", PREREQ_PLAN_NOTHING_TO_DO, true},
    {"refused", PREREQ_PLAN_REFUSED, false},
    {"cycle", PREREQ_PLAN_CYCLE, false},
};

static void check_plan(void **state)
{
    const struct plan_row *row = *state;
    struct prereq_plan made[] = {
        {.goal = "Q1", .result = PREREQ_PLAN_PLANNED, .step_count = 2, .hash = "other"},
        {.goal = "host",
         .result = row->result,
         .step_count = 7,
         .restarts = {2, true},
         .hash = "h"}};
    struct prereq_assessment assessment = {.plans = made, .plan_count = 2};
    struct prereq_summary summary;

    summarize(&assessment, evaluated, &summary);
    assert_int_equal(summary.plan_steps.known, row->known);
    assert_int_equal(summary.plan_restarts.known, row->known);
    if (row->known) {
        assert_int_equal(summary.plan_steps.value, 7);
        assert_int_equal(summary.plan_restarts.value, 2);
        assert_string_equal(summary.plan_hash, "h");
    } else {
        assert_null(summary.plan_hash);
    }
    assert_ptr_equal(prereq_assessment_plan(&assessment, "q1"), &made[0]);
    assert_null(prereq_assessment_plan(&assessment, "repair"));
}

static void what_it_was_judged_with_is_shown(void **state)
{
    static const struct prereq_catalog_ref catalogs[] = {
        {"builtin", "1.0+1", {1795305600, true, true}, "aa"}, {"site", "3", {0}, "bb"}};
    struct prereq_assessment assessment = {
        .catalogs = catalogs, .catalog_count = 2, .collector_error_count = 5};
    struct prereq_summary summary;

    (void)state;
    summarize(&assessment, evaluated, &summary);
    assert_int_equal(summary.evaluated, PREREQ_FLAG_TRUE);
    assert_string_equal(summary.host_id, "id-1");
    assert_string_equal(summary.host_name, "WEB01");
    assert_string_equal(summary.catalog_id, "builtin");
    assert_string_equal(summary.catalog_version, "1.0+1");
    assert_string_equal(summary.catalog_sha256, "aa");
    assert_int_equal(summary.catalog_released.seconds, 1795305600);
    assert_string_equal(summary.product_version, "1.2.3");
    assert_int_equal(summary.collector_errors.value, 5);
    assert_true(summary.facts_time.known && summary.last_evaluated.known);
    /* No plan was made: that is not a plan of no steps. */
    assert_false(summary.plan_steps.known);
}

static void without_an_assessment_nothing_is_known(void **state)
{
    struct prereq_summary summary, empty = {0};

    (void)state;
    memset(&summary, 0xa5, sizeof(summary));
    prereq_summarize(NULL, at(evaluated), &summary);
    assert_int_equal(summary.evaluated, PREREQ_FLAG_FALSE);
    assert_string_equal(summary.reason_code, "not_evaluated");
    assert_true(*summary.reason);
    assert_int_equal(summary.stale, PREREQ_FLAG_UNSET);
    assert_int_equal(summary.restart_pending, PREREQ_FLAG_UNSET);
    assert_memory_equal(summary.count_of, empty.count_of, sizeof(empty.count_of));
    assert_false(summary.required_count.known);
    assert_false(summary.plan_steps.known);
    assert_null(summary.host_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_of_two_is_the_worse_one),
        cmocka_unit_test(ages_overdue_and_records_are_counted),
        cmocka_unit_test(what_it_was_judged_with_is_shown),
        cmocka_unit_test(without_an_assessment_nothing_is_known),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(ones, check_one);
    failed |= RUN_TABLE(percents, check_percent);
    failed |= RUN_TABLE(plans, check_plan);
    return failed;
}
