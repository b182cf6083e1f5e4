/* SPDX-License-Identifier: MIT */
/* test_plan_hash.c - rule 10: equal hosts share a hash, and everything that a plan rests on is in
 * it. */
#include "plans.h"

#define CATALOG                                                                                    \
    LEVEL("SP", "6", FILES(ROW("base", "6.0")))                                                    \
    "," FIX("Q1", FILES(ROW("a", "2.0")) NEEDS(ALT("SP"))) "," FIX("Z", FILES(ROW("z", "1.0")))
#define HOST SP("4") HAS(FILE_IS("base", "4.0") "," FILE_IS("a", "1.0") "," FILE_IS("z", "1.0"), "")

static struct hash_row {
    const char *name;
    const char *patches, *facts, *policy;
    bool same; /* as CATALOG on HOST */
} hashes[] = {
    {"another host with the same facts", CATALOG,
     HOST ",'services':[{'name':'x','start':'manual'}]", NULL, true},
    {"free bytes do not count", CATALOG,
     HOST ",'volumes':[{'role':'system','name':'C:','freeBytes':7,'sizeBytes':9}]", NULL, true},
    {"the last start-up does not count", CATALOG, HOST ",'lastStartUp':'2026-10-01T00:00:00Z'",
     NULL, true},
    {"a file's date does not count where its version tells", CATALOG,
     SP("4") HAS("{'path':'base','version':'4.0','modified':'1999-01-01T00:00:00Z'}," FILE_IS(
                     "a", "1.0") "," FILE_IS("z", "1.0"),
                 ""),
     NULL, true},
    {"a patch that has nothing to do with it does not count",
     CATALOG "," FIX("Y", FILES(ROW("y", "1.0"))), HOST, NULL, true},
    {"the version found of a file does", CATALOG,
     SP("4") HAS(FILE_IS("base", "4.1") "," FILE_IS("a", "1.0") "," FILE_IS("z", "1.0"), ""), NULL,
     false},
    {"the text of an entry in the closure does",
     LEVEL("SP", "6", FILES(ROW("base", "6.0"))) "," FIX(
         "Q1", FILES(ROW("a", "2.0"))
                   NEEDS(ALT("SP")) ",'advice':'x'") "," FIX("Z", FILES(ROW("z", "1.0"))),
     HOST, NULL, false},
    {"a policy value does", CATALOG, HOST, "'trustRecords':true", false},
    {"where the packages lie does", CATALOG, HOST, "'packageRoot':'D:\\\\Patches'", false},
};

static const char *hash_of(struct prereq_arena *arena, const char *patches, const char *facts,
                           const char *policy)
{
    struct prereq_judge judge = judge_of(read_catalog(arena, patches));
    const struct prereq_plan *plan;

    if (policy)
        judge.policy = read_policy(arena, policy);
    plan = make_plan(arena, &judge, read_facts(arena, facts), NULL, "Q1");
    assert_int_equal(plan->result, PREREQ_PLAN_PLANNED);
    assert_int_equal(strlen(plan->hash), 64);
    return plan->hash;
}

static void check_hash(void **state)
{
    const struct hash_row *row = *state;
    struct prereq_arena *arena = new_arena();
    const char *one = hash_of(arena, CATALOG, HOST, NULL);
    const char *other = hash_of(arena, row->patches, row->facts, row->policy);

    assert_int_equal(strcmp(one, other) == 0, row->same);
    prereq_arena_free(arena);
}

static void every_step_carries_the_hash(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, CATALOG));
    const struct prereq_plan *plan = make_plan(arena, &judge, read_facts(arena, HOST), NULL, "Q1");

    (void)state;
    for (size_t i = 0; i < plan->step_count; i++)
        assert_string_equal(plan->steps[i].plan_hash, plan->hash);
    prereq_arena_free(arena);
}

static void other_goals_have_another_hash(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, CATALOG));
    const struct prereq_facts *facts = read_facts(arena, HOST);

    (void)state;
    assert_string_not_equal(make_plan(arena, &judge, facts, NULL, "Q1")->hash,
                            make_plan(arena, &judge, facts, NULL, "SP")->hash);
    prereq_arena_free(arena);
}

/* A plan fits while planning anew gives the same. */
static void a_plan_is_verified_against_facts(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, CATALOG));
    const struct prereq_facts *facts = read_facts(arena, HOST);
    const struct prereq_plan *plan = make_plan(arena, &judge, facts, NULL, "Q1");
    const struct prereq_plan *host = make_plan(arena, &judge, facts, NULL, "host");
    struct prereq_error err = {0};
    const char *why = NULL;
    bool fits = false;

    (void)state;
    assert_int_equal(prereq_plan_verify(arena, &judge, facts, plan, &fits, &why, &err), PREREQ_OK);
    assert_true(fits);
    assert_int_equal(prereq_plan_verify(arena, &judge, facts, host, &fits, &why, &err), PREREQ_OK);
    assert_true(fits);
    facts = read_facts(
        arena,
        SP("6") HAS(FILE_IS("base", "6.0") "," FILE_IS("a", "1.0") "," FILE_IS("z", "1.0"), ""));
    assert_int_equal(prereq_plan_verify(arena, &judge, facts, plan, &fits, &why, &err), PREREQ_OK);
    assert_false(fits);
    assert_non_null(strstr(why, "planned anew"));
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_carries_the_hash),
        cmocka_unit_test(other_goals_have_another_hash),
        cmocka_unit_test(a_plan_is_verified_against_facts),
    };
    int failed = RUN_TABLE(hashes, check_hash);

    failed |= RUN_TESTS(tests);
    return failed;
}
