/* SPDX-License-Identifier: MIT */
/* test_plan_stable.c - made cases: the order of inputs, other patches and more facts change no plan
 * and no verdict that they should not. */
#include "plan_cases.h"

#ifdef TEST_SLOW
enum { CASES = 200, MORE_CASES = 800 };
#else
enum { CASES = 800, MORE_CASES = 3200 };
#endif

static const char *plan_text(struct trial_case *one, const struct prereq_judge *judge,
                             const struct prereq_facts *facts)
{
    const struct prereq_plan *plan = make_plan(one->arena, judge, facts, NULL, one->goals);
    struct prereq_plan_file file = {.format = "patchprereq-plan/1.0",
                                    .host = assess(one->arena, judge, facts, NULL)->host,
                                    .evaluated = judge->now,
                                    .plan = plan};
    struct prereq_buffer out = {0};
    const char *kept;

    prereq_plan_write(&file, PREREQ_JSON_READABLE, &out);
    kept = prereq_strdup(one->arena, out.text);
    prereq_buffer_free(&out);
    return kept;
}

static void must_equal(struct trial_case *one, const char *a, const char *b, const char *what)
{
    if (strcmp(a, b) == 0)
        return;
    show(one, NULL);
    fail_msg("seed %" PRIu64 ": %s changes the plan:\n%s\n%s", one->seed, what, a, b);
}

static void same_facts_give_the_same_bytes_in_any_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct trial_case one;
        struct prereq_judge turned;
        const char *plan;

        open_case(&one, seed);
        plan = plan_text(&one, &one.judge, one.facts);
        must_equal(&one, plan, plan_text(&one, &one.judge, one.facts), "nothing");
        for (size_t turn = 1; turn < 4; turn++) {
            turned = judge_of(compile_file(one.arena, read_made(&one, turn)));
            must_equal(
                &one, plan,
                plan_text(&one, &turned, read_facts(one.arena, facts_text(&one, turn, true))),
                "another order of the inputs");
        }
        close_case(&one);
    }
}

/* A patch of another file, needed by nothing, sound where it is. */
static void an_unrelated_patch_changes_nothing(void **state)
{
    static const char stranger[] = "{\"id\":\"Z\",\"title\":\"t\",\"product\":\"P\","
                                   "\"classification\":\"security\",\"files\":[{\"path\":\"z\","
                                   "\"version\":\"1.0\"}]}";

    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct prereq_buffer patches = {0}, members = {0};
        const struct prereq_facts *facts;
        const struct prereq_assessment *before, *after;
        struct trial_case one;
        struct prereq_judge more;
        char *list;

        open_case(&one, seed);
        list = join_made(one.made.patches, one.made.patch_count, 0);
        prereq_buffer_addf(&patches, "%s,%s", list, stranger);
        more = judge_of(read_catalog(one.arena, patches.text));
        prereq_buffer_add(&members, "'files':[{'path':'z','version':'1.0'},");
        prereq_buffer_add(&members, facts_text(&one, 0, true) + strlen("'files':["));
        facts = read_facts(one.arena, members.text);
        must_equal(&one, plan_text(&one, &one.judge, one.facts), plan_text(&one, &more, facts),
                   "an unrelated patch");
        before = assess(one.arena, &one.judge, one.facts, NULL);
        after = assess(one.arena, &more, facts, NULL);
        for (size_t i = 0; i < before->status_count; i++)
            assert_int_equal(before->statuses[i].state, state_of(after, before->statuses[i].id));
        free(list);
        prereq_buffer_free(&patches);
        prereq_buffer_free(&members);
        close_case(&one);
    }
}

/* The file that could not be read is read after all. */
static void learning_a_fact_never_hides_a_proven_fault(void **state)
{
    size_t learned = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= MORE_CASES; seed++) {
        const struct prereq_assessment *before, *after;
        struct trial_case one;

        open_case(&one, seed);
        if (one.made.hidden) {
            before = assess(one.arena, &one.judge, one.facts, NULL);
            after = assess(one.arena, &one.judge, read_facts(one.arena, facts_text(&one, 0, false)),
                           NULL);
            learned++;
            for (size_t i = 0; i < before->status_count; i++) {
                int was = before->statuses[i].state, is = after->statuses[i].state;

                if ((was == PREREQ_STATE_OUT_OF_ORDER || was == PREREQ_STATE_REGRESSED) &&
                    is == PREREQ_STATE_UNKNOWN)
                    fail_msg("seed %" PRIu64 ": %s was %s and is Unknown", seed,
                             before->statuses[i].id, prereq_state_names[was]);
            }
        }
        close_case(&one);
    }
    assert_true(learned > CASES / 10);
}

/* A clock and free bytes. */
static void a_clock_changes_no_plan(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CASES / 4; seed++) {
        struct trial_case one;
        struct prereq_judge later;
        const char *plan;

        open_case(&one, seed);
        plan = make_plan(one.arena, &one.judge, one.facts, NULL, one.goals)->hash;
        later = one.judge;
        later.now.seconds += (int64_t)86400 * 400;
        must_equal(&one, plan, make_plan(one.arena, &later, one.facts, NULL, one.goals)->hash,
                   "a later clock");
        close_case(&one);
    }
}

static void goals_may_be_named_in_any_order(void **state)
{
    size_t planned = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct trial_case one;
        const char *a, *b, *plan;

        open_case(&one, seed);
        a = one.made.ids[0];
        b = one.made.ids[one.made.patch_count - 1];
        one.goals = prereq_printf(one.arena, "%s %s", a, b);
        plan = plan_text(&one, &one.judge, one.facts);
        planned += strstr(plan, "\"result\": \"planned\"") != NULL;
        one.goals = prereq_printf(one.arena, "%s %s", b, a);
        must_equal(&one, plan, plan_text(&one, &one.judge, one.facts),
                   "another order of the goals");
        close_case(&one);
    }
    assert_true(planned > CASES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_facts_give_the_same_bytes_in_any_order),
        cmocka_unit_test(goals_may_be_named_in_any_order),
        cmocka_unit_test(an_unrelated_patch_changes_nothing),
        cmocka_unit_test(learning_a_fact_never_hides_a_proven_fault),
        cmocka_unit_test(a_clock_changes_no_plan),
    };

    return RUN_TESTS(tests);
}
