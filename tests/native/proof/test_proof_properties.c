/* SPDX-License-Identifier: MIT */
/* test_proof_properties.c - plans of made hosts with a step left out, or two in the wrong order:
 * what the checker of the tests refuses, the proof refuses too.  A failure prints the seed and the
 * plan.
 */
#include "plan_cases.h"
#include "plan_checker.h"
#include "proofs.h"

enum {
    CASES = 900,
    MOST_STEPS = 64,
};

struct seen {
    size_t plans, spoiled, refused_by_both;
};

struct claimed { /* a plan's rows, and the same for the proof */
    const struct prereq_step_row *rows[MOST_STEPS];
    struct prereq_proof_step steps[MOST_STEPS];
    size_t count;
    uint32_t goals[MOST_STEPS], restore[MOST_STEPS];
    size_t goal_count, restore_count;
};

static bool is_record_step(const struct prereq_patch *patch, const struct prereq_step_row *row)
{
    return patch->commands && patch->commands->remove_record && row->program &&
           strcmp(patch->commands->remove_record->program, row->program) == 0;
}

static struct prereq_proof_step step_of(const struct proof_case *one,
                                        const struct prereq_step_row *row)
{
    struct prereq_proof_step step = {.action = PREREQ_PROOF_RESTART, .pair = PREREQ_NONE};
    const struct prereq_case *host = one->trial.host;

    if (row->action == PREREQ_STEP_RESTART)
        return step;
    step.pair = proof_pair(one, row->patch_id);
    if (row->action == PREREQ_STEP_EXTRACT) {
        step.action = PREREQ_PROOF_EXTRACT;
    } else if (row->action == PREREQ_STEP_UNINSTALL) {
        step.action = PREREQ_PROOF_UNINSTALL;
    } else if (row->action == PREREQ_STEP_INSTALL || row->action == PREREQ_STEP_APPLY_BASELINE) {
        step.action = PREREQ_PROOF_INSTALL;
    } else if (is_record_step(host->catalog->patches[host->pairs[step.pair].patch].patch, row)) {
        step.action = PREREQ_PROOF_REMOVE_RECORD;
    } else {
        step.action = PREREQ_PROOF_REMEDY;
        step.alternative = proof_rule(one, step.pair, row->reason);
    }
    return step;
}

static void claim_of(const struct proof_case *one, const struct prereq_plan *plan,
                     struct claimed *claimed)
{
    *claimed = (struct claimed){.count = 0};
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].action == PREREQ_STEP_VERIFY)
            continue;
        claimed->rows[claimed->count] = &plan->steps[i];
        claimed->steps[claimed->count++] = step_of(one, &plan->steps[i]);
    }
    for (size_t i = 0; i < plan->goal_count; i++)
        claimed->goals[claimed->goal_count++] = proof_pair(one, plan->goals[i]);
    for (size_t i = 0; i < plan->restore_count; i++)
        claimed->restore[claimed->restore_count++] = proof_pair(one, plan->restore[i]);
}

static const char *check(struct trial_case *one, const struct prereq_plan *plan,
                         const struct claimed *claimed)
{
    static struct checker checker;
    const char *wrong = checker_start(&checker, one->file, one->facts, NULL, 0);

    for (size_t i = 0; !wrong && i < claimed->count; i++)
        wrong = checker_step(&checker, claimed->rows[i]);
    return wrong ? wrong : checker_end(&checker, plan->goals, plan->goal_count);
}

static struct prereq_proof prove(struct proof_case *one, const struct claimed *claimed)
{
    struct prereq_claim claim = {claimed->steps,
                                 claimed->count,
                                 claimed->goals,
                                 claimed->goal_count,
                                 claimed->restore,
                                 claimed->restore_count,
                                 NULL};
    struct prereq_proof proof;

    assert_int_equal(prereq_prove(&one->trial, &claim, &proof), PREREQ_OK);
    return proof;
}

static void compare(struct trial_case *one, struct proof_case *host, const struct prereq_plan *plan,
                    const struct claimed *spoiled, const char *how, size_t step, struct seen *seen)
{
    const char *wrong = check(one, plan, spoiled);
    struct prereq_proof proof = prove(host, spoiled);

    seen->spoiled++;
    seen->refused_by_both += wrong && proof.fault != PREREQ_PROOF_HOLDS;
    if (!wrong || proof.fault != PREREQ_PROOF_HOLDS)
        return;
    show(one, plan);
    fail_msg("seed %" PRIu64 ": step %zu %s: the proof holds, and %s", one->seed, step + 1, how,
             wrong);
}

static void spoil(struct trial_case *one, struct proof_case *host, const struct prereq_plan *plan,
                  struct seen *seen)
{
    struct claimed whole, spoiled;

    claim_of(host, plan, &whole);
    for (size_t i = 0; i < whole.count; i++) {
        spoiled = whole;
        spoiled.count--;
        for (size_t k = i; k < spoiled.count; k++) {
            spoiled.rows[k] = whole.rows[k + 1];
            spoiled.steps[k] = whole.steps[k + 1];
        }
        compare(one, host, plan, &spoiled, "left out", i, seen);
        if (i + 1 == whole.count)
            continue;
        spoiled = whole;
        spoiled.rows[i] = whole.rows[i + 1];
        spoiled.steps[i] = whole.steps[i + 1];
        spoiled.rows[i + 1] = whole.rows[i];
        spoiled.steps[i + 1] = whole.steps[i];
        compare(one, host, plan, &spoiled, "after the next", i, seen);
    }
}

static void check_case(uint64_t seed, void (*make)(struct made *made, uint64_t seed),
                       struct seen *seen)
{
    struct trial_case one;
    const struct prereq_plan *plan;
    struct proof_case host;

    open_made(&one, seed, make);
    plan = make_plan(one.arena, &one.judge, one.facts, NULL, one.goals);
    /* A plan that is nothing but a restart promises nothing. */
    if (plan->result == PREREQ_PLAN_PLANNED && plan->step_count > 1) {
        proof_open(&host, one.arena, &one.judge, one.facts);
        spoil(&one, &host, plan, seen);
        seen->plans++;
    }
    if (prereq_plan_failed_proof(plan)) {
        show(&one, plan);
        fail_msg("seed %" PRIu64 ": the plan did not hold", seed);
    }
    close_case(&one);
}

static void what_the_checker_refuses_the_proof_refuses(void **state)
{
    struct seen seen = {0};

    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        check_case(seed, make_case, &seen);
        if (seed % 3 == 0)
            check_case(seed, make_shared_case, &seen);
    }
    print_message("%u plans, %u spoiled ones, %u refused by both\n", (unsigned)seen.plans,
                  (unsigned)seen.spoiled, (unsigned)seen.refused_by_both);
    assert_true(seen.plans > CASES / 2);
    assert_true(seen.refused_by_both > seen.plans * 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_checker_refuses_the_proof_refuses)};

    return RUN_TESTS(tests);
}
