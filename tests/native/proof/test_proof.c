/* SPDX-License-Identifier: MIT */
/* test_proof.c - bad plans before the proof: each is refused, with the right reason, and beside it
 * stands the plan that holds. */
#include "proofs.h"

struct bad_plan {
    const char *name, *code; /* the fault that is found */
    const char *patches, *facts, *goals;
    const char *good, *bad; /* steps; good NULL: there is no plan that holds */
    const char *restore;    /* what the bad plan says that it takes off; NULL: what it does */
    const char *about;      /* the patch that is named; NULL: not asked */
    const char *policy;
};

#define A_IS(version) SP("6") HAS(FILE_IS("a", version), "")
#define AB_ARE(a, b) SP("6") HAS(FILE_IS("a", a) "," FILE_IS("b", b), "")
#define F(path, version) FILES(ROW(path, version))
#define NEEDS_MORE(alternatives, more)                                                             \
    ",'prerequisites':[{'why':'it has to.'" more ",'anyOf':[" alternatives "]}]"
#define BY_HAND(members)                                                                           \
    "{'title':'x','rule':{'setting':{'kind':'variant','name':'x','number':{'equals':[2]}}"         \
    "}" members "}"
#define X_IS(n) ",'settings':[{'kind':'variant','name':'x','number':" n "}]"
/* Q2 went on later and shares a file; both refuse while they are recorded. */
#define TWO_SHARE                                                                                  \
    FIX("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0")) ",'refusesWhileRecorded':true")         \
    "," FIX("Q2", F("a", "3.0") ",'refusesWhileRecorded':true")
#define TWO_ARE                                                                                    \
    SP("6")                                                                                        \
    HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0"),                                             \
        ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01"))
#define TWO_GOOD "uninstall Q2, uninstall Q1, install Q1, restart, install Q2, restart"
/* Q2's own file is in nobody else's list, and C, which supersedes it, is on. */
#define COVERED_IN_NAME                                                                            \
    FIX("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0")) ",'refusesWhileRecorded':true")         \
    "," FIX(                                                                                       \
        "Q2",                                                                                      \
        FILES(ROW("a", "3.0") "," ROW(                                                             \
            "b", "1.0")) ",'refusesWhileRecorded':true") "," FIX("C",                              \
                                                                 F("c",                            \
                                                                   "1.0") ",'supersedes':['Q2']")
#define COVERED_IS                                                                                 \
    SP("6")                                                                                        \
    HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c",     \
                                                                                          "1.0"),  \
        ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01") "," ON("C", "2025-01-01"))

static struct bad_plan steps[] = {
    {"before what it needs", "needs_unmet",
     FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0") NEEDS(ALT("A"))), AB_ARE("1.0", "1.0"), "B",
     "install A, install B, restart", "install B, install A, restart", NULL, "B", NULL},
    {"what it needs is pending only", "needs_unmet",
     FIX("A", F("a", "2.0") ",'atRestart':true") "," FIX("B", F("b", "2.0") NEEDS(ALT("A"))),
     AB_ARE("1.0", "1.0"), "B", "install A, restart, install B, restart",
     "install A, install B, restart", NULL, "B", NULL},
    {"a restart has to stand between", "no_restart_between",
     FIX("A", F("a", "2.0")) "," FIX("B",
                                     F("b", "2.0") NEEDS_MORE(ALT("A"), ",'restartBefore':true")),
     AB_ARE("1.0", "1.0"), "B", "install A, restart, install B, restart",
     "install A, install B, restart", NULL, "B", NULL},
    {"what it needs is gone: an uninstall takes back the file that it set", "needs_unmet",
     FIX("Q1",
         FILES(ROW("a", "2.0") "," ROW(
             "own", "2.0")) ",'refusesWhileRecorded':"
                            "true" NEEDS("{'title':'z','"
                                         "rule':{'file':{'"
                                         "path':'z','"
                                         "version':{'"
                                         "atLeast':'5.0'}}}"
                                         "}")) "," FIX("Q2",
                                                       F("a", "3.0") ",'refusesWhileRecorded':true,"
                                                                     "'sets':[{'file':{'path':'z',"
                                                                     "'version':'5.0'}}]"),
     SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0") "," FILE_IS("z", "5.0"),
                 ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01")),
     "Q1", "uninstall Q2, uninstall Q1, install Q2, restart, install Q1, restart", TWO_GOOD, NULL,
     "Q1", NULL},
    {"what it needs is gone: the servicing stack", "needs_unmet",
     FIX("Q1",
         FILES(ROW("a", "2.0") "," ROW(
             "own", "2.0")) ",'refusesWhileRecorded':"
                            "true" NEEDS("{'title':'z','"
                                         "rule':{'"
                                         "servicingStack':{"
                                         "'atLeast':'5.0'}}"
                                         "}")) "," FIX("Q2",
                                                       F("a",
                                                         "3.0") ",'refusesWhileRecorded':true,'"
                                                                "sets':[{'servicingStack':'5.0'}]"),
     TWO_ARE ",'servicingStack':{'version':'5.0'}", "Q1",
     "uninstall Q2, uninstall Q1, install Q2, restart, install Q1, restart", TWO_GOOD, NULL, "Q1",
     NULL},
    {"too few days", "too_soon",
     FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0") NEEDS_MORE(ALT("A"), ",'soakDays':7")),
     AB_ARE("1.0", "1.0"), "B", "install A, restart, wait 7 B, install B, restart",
     "install A, restart, wait 6 B, install B, restart", NULL, "B", NULL},
    {"not chained: it never is", "chained",
     FIX("A", F("a", "2.0") CHAIN("never")) "," FIX("B", F("b", "2.0")), AB_ARE("1.0", "1.0"),
     "A B", "install A, restart, install B, restart", "install A, install B, restart", NULL, "B",
     NULL},
    {"not chained: a file in common", "chained",
     FIX("A", F("a", "2.0")) "," FIX("B", F("a", "3.0")), A_IS("1.0"), "A B",
     "install A, restart, install B, restart", "install A, install B, restart", NULL, "B", NULL},
    {"its record stands", "record_stands", FIX("A", F("a", "2.0") ",'refusesWhileRecorded':true"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A",
     "uninstall A, install A, restart", "install A, restart", NULL, "A", NULL},
    {"withdrawn", "withdrawn", FIX("A", F("a", "2.0") ",'withdrawn':'2026-01-01'"), A_IS("1.0"),
     "A", NULL, "install A, restart", NULL, "A", NULL},
    {"permanent, and on again", "permanent", FIX("A", F("a", "2.0") ",'permanent':true"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A", NULL, "install A, restart", NULL,
     "A", NULL},
    {"permanent, and off", "permanent", FIX("A", F("a", "2.0") ",'permanent':true"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A", NULL,
     "uninstall A, install A, restart", NULL, "A", NULL},
    {"twice", "twice", FIX("A", F("a", "2.0")), A_IS("1.0"), "A", "install A, restart",
     "install A, restart, install A, restart", NULL, "A", NULL},
    {"not here", "not_here",
     FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0") ",'applies':{'always':false}"),
     AB_ARE("1.0", "1.0"), "A", "install A, restart", "install A, install B, restart", NULL, "B",
     NULL},
    {"a lower level", "lower_level",
     LEVEL("SP1", "1", F("a", "1.0")) "," LEVEL("SP2", "2", F("b", "2.0") ",'supersedes':['SP1']"),
     SP("2") HAS(FILE_IS("a", "0.1") "," FILE_IS("b", "2.0"), ""), "SP1", NULL,
     "apply-baseline SP1, restart", NULL, "SP1", NULL},
    {"another branch", "other_branch",
     "{'id':'CU','title':'t','product':'SQL','classification':'update','branch':'CU','"
     "sources':"
     "[{'url':'https://example.org/a'}],'marker':{'product':{'product':'MSSQL','version':"
     "{'atLeast':'15.0.2'}}},'sets':[{'product':{'product':'MSSQL','version':'15.0.2'}}]}",
     SP("6") ",'instances':[{'product':'MSSQL','name':'I','version':'15.0.1','branch':'GDR'"
             "}]",
     "CU@MSSQL/I", NULL, "install CU@MSSQL/I, restart", NULL, NULL, NULL},
    {"not unpacked", "not_unpacked",
     PATCH("A", F("a", "2.0") ",'commands':{'install':{'program':'a','needsExtract':true},"
                              "'extract':{'program':'x'}}"),
     A_IS("1.0"), "A", "extract A, install A, restart", "install A, restart", NULL, "A", NULL},
    {"not unpacked for its uninstaller", "not_unpacked", CLASSIC("A", F("a", "2.0")),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A",
     "extract A, uninstall A, install A, restart", "uninstall A, install A, restart", NULL, "A",
     NULL},
    {"off, and not recorded", "not_recorded", FIX("A", F("a", "2.0")), A_IS("1.0"), "A",
     "install A, restart", "uninstall A, install A, restart", NULL, "A", NULL},
    {"off without an uninstaller", "cannot_come_off",
     PATCH("A", F("a", "2.0") ",'commands':{'install':{'program':'a'}}"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A", "install A, restart",
     "uninstall A, install A, restart", NULL, "A", NULL},
    {"a record goes that nothing can delete", "cannot_come_off", FIX("A", F("a", "2.0")),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("A", "2026-01-01")), "A", "install A, restart",
     "forget A, install A, restart", NULL, "A", NULL},
    {"last in is not first out", "out_of_turn", TWO_SHARE, TWO_ARE, "Q1", TWO_GOOD,
     "uninstall Q1, uninstall Q2, install Q1, restart, install Q2, restart", NULL, "Q1", NULL},
    {"off behind what set its file", "takes_back",
     FIX("Q1", F("a", "2.0")) "," FIX("Q2", F("a", "3.0") ",'refusesWhileRecorded':true"),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("Q2", "2026-02-01")), "Q1 Q2",
     "uninstall Q2, install Q1, restart, install Q2, restart",
     "install Q1, uninstall Q2, restart, install Q2, restart", NULL, "Q2", NULL},
    {"a sentence is no step", "no_remedy", FIX("B", F("b", "2.0") NEEDS(BY_HAND(""))),
     AB_ARE("1.0", "1.0") X_IS("1"), "B", NULL, "remedy B, install B, restart", NULL, "B", NULL},
    {"nor is one that cannot be seen to be done", "no_remedy",
     FIX("B", F("b", "2.0") NEEDS(BY_HAND(",'remedy':{'action':'manual','text':'set x'}"))),
     AB_ARE("1.0", "1.0") X_IS("1"), "B", NULL, "remedy B, install B, restart", NULL, "B", NULL},
    {"the step for it is forgotten", "needs_unmet",
     FIX("B", F("b", "2.0")
                  NEEDS(BY_HAND(",'remedy':{'action':'manual','text':'set x','verify':'look'}"))),
     AB_ARE("1.0", "1.0") X_IS("1"), "B", "remedy B, install B, restart", "install B, restart",
     NULL, "B", NULL},
};

static struct bad_plan ends[] = {
    {"the last restart is missing", "restart_missing", FIX("A", F("a", "2.0")), A_IS("1.0"), "A",
     "install A, restart", "install A", NULL, NULL, NULL},
    {"a goal is not reached", "goal_open", FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0")),
     AB_ARE("1.0", "1.0"), "A B", "install A, install B, restart", "install A, restart", NULL, "B",
     NULL},
    {"a goal only ceases to apply", "goal_gone",
     FIX("A", F("a", "2.0") ",'applies':{'os':{'servicePack':{'below':6}}}") "," LEVEL("SP", "6",
                                                                                       ""),
     SP("5") HAS(FILE_IS("a", "1.0"), ""), "A", "install A, restart", "apply-baseline SP, restart",
     NULL, "A", NULL},
    {"so does what the plan puts on", "put_on_unsound",
     FIX("A", F("a", "2.0") ",'applies':{'os':{'servicePack':{'below':6}}}") "," LEVEL("SP", "6",
                                                                                       ""),
     SP("5") HAS(FILE_IS("a", "1.0"), ""), "SP", "apply-baseline SP, restart",
     "install A, apply-baseline SP, restart", NULL, "A", NULL},
    {"a patch is forgotten", "forgotten", TWO_SHARE, TWO_ARE, "Q1", TWO_GOOD,
     "uninstall Q2, uninstall Q1, install Q1, restart", NULL, "Q2", NULL},
    {"a patch is forgotten, and one that does not list its file is on", "forgotten",
     COVERED_IN_NAME, COVERED_IS, "Q1", TWO_GOOD, "uninstall Q2, uninstall Q1, install Q1, restart",
     NULL, "Q2", NULL},
    {"it comes off, and nobody is told", "not_listed", TWO_SHARE, TWO_ARE, "Q1", TWO_GOOD, TWO_GOOD,
     "Q1", "Q2", NULL},
    {"a recorded patch loses the file that a partial list does not name", "lost",
     LEVEL("SP", "6", F("base", "6.0") ",'fileMode':'replace'") "," FIX("Q", F("b", "2.0")),
     SP("4") HAS(FILE_IS("base", "4.0") "," FILE_IS("b", "2.0"), ON("Q", "2026-01-01")), "SP",
     "apply-baseline SP, install Q, restart", "apply-baseline SP, restart", NULL, "Q", NULL},
    {"a file is put back lower than a patch needs", "lost",
     LEVEL("SP", "6",
           F("b", "1.0") ",'fileMode':'replace','fileList':'complete'") "," FIX("Q", F("b", "2.0")),
     SP("4") HAS(FILE_IS("b", "2.0"), ON("Q", "2026-01-01")), "SP",
     "apply-baseline SP, restart, install Q, restart", "apply-baseline SP, restart", NULL, "Q",
     NULL},
    {"what is put on is put back again", "put_on_unsound",
     LEVEL("SP", "6",
           F("b", "1.0") ",'fileMode':'replace','fileList':'complete'") "," FIX("Q", F("b", "2.0")),
     SP("4") HAS(FILE_IS("b", "1.0"), ""), "SP", "apply-baseline SP, restart, install Q, restart",
     "install Q, restart, apply-baseline SP, restart", NULL, "Q", NULL},
    {"nothing at all", "goal_open", FIX("A", F("a", "2.0")), A_IS("1.0"), "A", "install A, restart",
     "restart", NULL, "A", NULL},
};

static void check_plan(void **state)
{
    const struct bad_plan *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, row->patches));
    struct prereq_proof proof;
    struct proof_case one;

    if (row->policy)
        judge.policy = read_policy(arena, row->policy);
    proof_open(&one, arena, &judge, read_facts(arena, row->facts));
    if (row->good) {
        proof = proof_of(&one, row->good, row->goals, NULL);
        assert_string_equal(prereq_proof_code(proof.fault), "holds");
    }
    proof = proof_of(&one, row->bad, row->goals, row->restore);
    assert_string_equal(prereq_proof_code(proof.fault), row->code);
    if (row->about)
        assert_string_equal(one.trial.host->pairs[proof.pair].id, row->about);
    prereq_arena_free(arena);
}

/* Every fault has a plan above that commits it. */
static void every_fault_is_committed(void **state)
{
    (void)state;
    for (int fault = PREREQ_PROOF_HOLDS + 1; fault < PREREQ_PROOF_FAULTS; fault++) {
        const char *code = prereq_proof_code((enum prereq_proof_fault)fault);
        bool there = false;

        for (size_t i = 0; i < PREREQ_COUNT(steps); i++)
            there |= strcmp(steps[i].code, code) == 0;
        for (size_t i = 0; i < PREREQ_COUNT(ends); i++)
            there |= strcmp(ends[i].code, code) == 0;
        if (!there)
            fail_msg("no bad plan for %s", code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_fault_is_committed)};
    int failed = RUN_TABLE(steps, check_plan);

    failed |= RUN_TABLE(ends, check_plan);
    return failed | RUN_TESTS(tests);
}
