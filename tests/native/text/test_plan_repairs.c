/* SPDX-License-Identifier: MIT */
/* test_plan_repairs.c - which steps of a plan are told as the repair of what is at fault. */
#include "text/plan_text.h"

#include "plans.h"

#define F(path, version) FILES(ROW(path, version))
/* Q1 stands on a level that was lowered; A and B are only missing. */
#define LEVEL_6                                                                                    \
    LEVEL("SP", "6", FILES(ROW("base", "6.0")) ",'fileMode':'replace','fileList':'complete'")
#define Q1_ON_LEVEL CLASSIC("Q1", F("q", "2.0") NEEDS(ALT("SP")))
#define FOUNDING                                                                                   \
    SP("6")                                                                                        \
    HAS(FILE_IS("base", "5.0") "," FILE_IS("q", "2.0") "," FILE_IS("b", "1.0"),                    \
        ON("Q1", "2026-01-01") "," ON("SP", "2025-01-01"))

static struct repair_row {
    const char *name, *patches, *facts, *goals;
    const char *told; /* lines with a bar between */
} repair_rows[] = {
    {"the founding fault first, the rest behind",
     LEVEL_6 "," Q1_ON_LEVEL "," FIX("B", F("b", "2.0")), FOUNDING, "host",
     "Repair of Q1 (OutOfOrder): steps 1, 2, 3, 5, 6|"
     "Repair of SP (Regressed): steps 3, 6|"
     "The rest of the host: steps 4, 7"},
    {"a plan that is only for one patch says so in its goal", LEVEL_6 "," Q1_ON_LEVEL, FOUNDING,
     "Q1", ""},
    {"what is only missing is no repair", FIX("B", F("b", "2.0")),
     SP("6") HAS(FILE_IS("b", "1.0"), ""), "host", ""},
    {"a later patch takes its place",
     FIX("Q1", F("a", "2.0")) "," FIX("KB9", F("a", "3.0") ",'supersedes':['Q1']"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("Q1", "2026-01-01")), "host",
     "Repair of Q1 (Regressed): steps 1, 2; step 1 puts on KB9, which takes its place (its own "
     "repair is the plan of --goal Q1)|The rest of the host: steps 3"},
};

static void add_line(void *context, const char *text)
{
    struct prereq_buffer *out = context;

    assert_non_null(text);
    prereq_buffer_addf(out, "%s%s", out->len ? "|" : "", text);
}

static void check_repairs(void **state)
{
    const struct repair_row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, row->patches));
    const struct prereq_facts *facts = read_facts(arena, row->facts);
    const struct prereq_plan *plan = make_plan(arena, &judge, facts, NULL, row->goals);
    struct prereq_buffer text = {0};

    assert_int_equal(plan->result, PREREQ_PLAN_PLANNED);
    prereq_plan_repairs(assess(arena, &judge, facts, NULL), plan, add_line, &text);
    if (strcmp(text.text ? text.text : "", row->told) != 0)
        fail_msg("told is\n  %s\nand should be\n  %s\nof %s", text.text ? text.text : "", row->told,
                 steps_text(arena, plan, 0));
    prereq_buffer_free(&text);
    prereq_arena_free(arena);
}

/* Numbers of a document that was received: a step that is not there marks nothing. */
static void needs_of_a_document_are_only_read(void **state)
{
    static const char *const cleared[] = {"Q1"};
    static const struct prereq_step_row steps[] = {
        {.step_no = {1, true},
         .action = PREREQ_STEP_INSTALL,
         .patch_id = "Q1",
         .target = "host",
         .needs = "step 0, 1, 2, 99999999999999999999999, x",
         .clears = cleared,
         .clears_count = 1},
        {.step_no = {2, true}, .action = PREREQ_STEP_MANUAL, .target = "host", .needs = "5 steps"},
        {.step_no = {3, true}, .action = PREREQ_STEP_VERIFY, .target = "host"},
    };
    static const struct prereq_status_row status = {
        .id = "Q1", .patch_id = "Q1", .target = "host", .state = PREREQ_STATE_REGRESSED};
    static const struct prereq_plan plan = {
        .goal = "repair", .steps = steps, .step_count = PREREQ_COUNT(steps)};
    const struct prereq_assessment assessment = {.statuses = &status, .status_count = 1};
    struct prereq_buffer text = {0};

    (void)state;
    prereq_plan_repairs(&assessment, &plan, add_line, &text);
    assert_string_equal(text.text,
                        "Repair of Q1 (Regressed): steps 1, 2|The rest of the host: steps 3");
    prereq_buffer_free(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_of_a_document_are_only_read),
    };

    return RUN_TABLE(repair_rows, check_repairs) | RUN_TESTS(tests);
}
