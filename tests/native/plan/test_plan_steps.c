/* SPDX-License-Identifier: MIT */
/* test_plan_steps.c - the rules of a plan, each sentence a row: cautions, what may stay at fault,
 * what is never done. */
#include "plans.h"

#define F(path, version) FILES(ROW(path, version))
#define MISSING(path) FILE_IS(path, "1.0")
#define BACKUP_STEP "{'action':'manual','text':'back up'}"
#define CAUTION(more) ",'cautions':[{'text':'mind this'" more "}]"
#define BEFORE ",'before':[" BACKUP_STEP "]"
#define AFTER ",'after':[{'action':'manual','text':'look'}]"
#define AFTER_RESTART ",'after':[{'action':'manual','text':'look','afterRestart':true}]"
#define NONE_OF SP("6") HAS(MISSING("a") "," MISSING("b"), "")

/* ---- 7: cautions ---- */
static struct plan_row cautions[] = {
    {"7: a step before stands right before the patch, when its prerequisites hold",
     FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0") NEEDS(ALT("A")) CAUTION(BEFORE)), NONE_OF,
     "B", "install A, manual B, install B, restart, verify B", NULL, NULL},
    {"7: a step after stands right after the patch", FIX("A", F("a", "2.0") CAUTION(AFTER)),
     NONE_OF, "A", "install A, manual A, restart, verify A", NULL, NULL},
    {"7: or after the next restart, if it says so", FIX("A", F("a", "2.0") CAUTION(AFTER_RESTART)),
     NONE_OF, "A", "install A, restart, manual A, verify A", NULL, NULL},
    {"7: equal ones run once: before at the first place, after at the last",
     FIX("A", F("a", "2.0") CAUTION(BEFORE AFTER)) "," FIX("B", F("b", "2.0") CAUTION(BEFORE AFTER)
                                                                    NEEDS(ALT("A"))),
     NONE_OF, "B", "manual A, install A, install B, manual B, restart, verify B", NULL, NULL},
    {"7: a caution that does not concern this host brings no steps",
     FIX("A", F("a", "2.0") CAUTION(BEFORE ",'when':{'os':{'servicePack':{'equals':[4]}}}")),
     NONE_OF, "A", "install A, restart, verify A", NULL, NULL},
    {"7: a caution never blocks", FIX("A", F("a", "2.0") CAUTION("")), NONE_OF, "A",
     "install A, restart, verify A", NULL, NULL},
};

/* ---- 8: the end ---- */
#define SHARED_LEVEL                                                                               \
    LEVEL("SP", "6", FILES(ROW("base", "6.0")) ",'fileMode':'replace','fileList':'complete'")
#define ASKS FIX("Q1", F("a", "2.0") NEEDS(ALT("SP")))
/* W is out of order: what it needs is not there, and can never be. */
#define HOPELESS(more)                                                                             \
    FIX("W", FILES(ROW("base", "5.0")) NEEDS(ALT("GONE")) more)                                    \
    "," FIX("GONE", F("g", "1.0") ",'withdrawn':'2026-01-01'")

static struct plan_row ends[] = {
    {"8: what was sound and would be damaged goes on again",
     SHARED_LEVEL "," ASKS "," FIX("W", F("base", "7.0")),
     SP("4") HAS(FILE_IS("base", "7.0") "," MISSING("a"), ON("W", "2026-01-01")), "Q1",
     "apply-baseline SP, install Q1, restart, install W, restart, verify Q1", NULL, NULL},
    {"8: what was at fault and shares a file is repaired as well",
     SHARED_LEVEL
     "," ASKS "," FIX("N", F("n", "1.0") NO_RESTART) "," FIX("W", F("base", "5.0") NEEDS(ALT("N"))),
     SP("4") HAS(FILE_IS("base", "5.0") "," MISSING("a") "," FILE_GONE("n"), ON("W", "2026-01-01")),
     "Q1", "install N, apply-baseline SP, install Q1, restart, install W, restart, verify Q1", NULL,
     NULL},
    {"8: it may stay at fault, with a warning, where its own repair is refused",
     SHARED_LEVEL "," ASKS "," HOPELESS(""),
     SP("4") HAS(FILE_IS("base", "5.0") "," MISSING("a") "," FILE_GONE("g"), ON("W", "2026-01-01")),
     "Q1", "apply-baseline SP, install Q1, restart, verify Q1", "W stays OutOfOrder", NULL},
    {"8: what is at fault and not touched stays as it was",
     FIX("Q1", F("a", "2.0")) "," FIX("W", F("w", "2.0") NEEDS(ALT("N"))) "," FIX("N",
                                                                                  F("n", "1.0")),
     SP("6") HAS(MISSING("a") "," FILE_IS("w", "2.0") "," FILE_GONE("n"), ON("W", "2026-01-01")),
     "Q1", "install Q1, restart, verify Q1", "W stays OutOfOrder", NULL},
    {"8: what cannot be put back is refused, and named",
     SHARED_LEVEL "," ASKS "," FIX("W", F("base", "7.0") ",'permanent':true"),
     SP("4") HAS(FILE_IS("base", "7.0") "," MISSING("a"), ON("W", "2026-01-01")), "Q1", "refused",
     "W: it can neither come off nor go on again", NULL},
    {"one that cannot go on again is healed by what it needs",
     FIX("N", F("n", "1.0")) "," FIX("W", F("w", "2.0") NEEDS(ALT("N")) ",'permanent':true"),
     SP("6") HAS(FILE_IS("w", "2.0") "," FILE_GONE("n"), ON("W", "2026-01-01")), "W",
     "install N, restart, verify W", NULL, NULL},
    {"repair prerequisite: the prerequisite alone, where that is enough",
     FIX("N", F("n", "1.0")) "," FIX("W", F("w", "2.0") NEEDS(ALT("N")) ",'repair':'prerequisite'"),
     SP("6") HAS(FILE_IS("w", "2.0") "," FILE_GONE("n"), ON("W", "2026-01-01")), "W",
     "install N, restart, verify W", NULL, NULL},
    {"repair prerequisite: and the patch, where it is not",
     FIX("N", F("n", "1.0")) "," FIX("W", F("w", "2.0") NEEDS(ALT("N")) ",'repair':'prerequisite'"),
     SP("6") HAS(FILE_IS("w", "1.0") "," FILE_GONE("n"), ON("W", "2026-01-01")), "W",
     "install N, install W, restart, verify W", NULL, NULL},
};

/* ---- 9: order among what goes on again ---- */
static struct plan_row ordered[] = {
    {"9: within an ordered group a satisfier that goes on again goes first",
     FIX("Z", F("z", "2.0") CHAIN("always")) "," FIX("A", F("a", "2.0") NEEDS_ORDERED(ALT("Z"))
                                                              CHAIN("always")),
     SP("6") HAS(MISSING("z") "," MISSING("a"), ON("Z", "2026-01-01") "," ON("A", "2026-02-01")),
     "A Z", "install Z, install A, restart, verify", NULL, NULL},
    {"9: what went on before its prerequisite goes on again behind it",
     FIX("Z", F("z", "2.0")) "," FIX("A", F("a", "2.0") NEEDS_ORDERED(ALT("Z"))),
     SP("6") HAS(FILE_IS("z", "2.0") "," FILE_IS("a", "2.0"),
                 ON("A", "2026-01-01") "," ON("Z", "2026-02-01")),
     "A", "install A, restart, verify A", NULL, NULL},
};

/* ---- never ---- */
#define TWO_LEVELS(more)                                                                           \
    LEVEL("SP1", "1", F("base", "1.0"))                                                            \
    "," LEVEL("SP2", "2", F("base", "2.0") ",'supersedes':['SP1']" more)
#define SQL(id, branch_name, version_text)                                                         \
    "{'id':'" id                                                                                   \
    "','title':'t','product':'SQL','classification':'security','branch':'" branch_name             \
    "','marker':{'product':{'product':'MSSQL','version':{'atLeast':'" version_text "'}}},"         \
    "'sets':[{'product':{'product':'MSSQL','version':'" version_text "'}}],"                       \
    "'commands':{'install':{'program':'cu.exe','arguments':['/I=%InstanceName%']}}}"
#define ON_GDR                                                                                     \
    "'os':{'version':'10.0'},'instances':[{'product':'MSSQL','name':'PROD1','version':'15.0.10',"  \
    "'branch':'GDR'}]"

static struct plan_row never[] = {
    {"never a lower level: the recorded one is applied in its place", TWO_LEVELS(""),
     SP("2") HAS(FILE_IS("base", "0.5"), ""), "SP1", "apply-baseline SP2, restart, verify SP1",
     NULL, NULL},
    {"never a lower level: for a prerequisite neither",
     TWO_LEVELS("") "," FIX("Q1", F("a", "2.0") NEEDS(ALT("SP1"))),
     SP("2") HAS(FILE_IS("base", "0.5") "," MISSING("a"), ""), "Q1",
     "apply-baseline SP2, install Q1, restart, verify Q1", NULL, NULL},
    {"exact is never dropped: it asks for a level that must not be applied, and is refused",
     TWO_LEVELS("") "," FIX("Q1", F("a", "2.0") NEEDS("{'patch':'SP1','exact':true}")),
     SP("2") HAS(FILE_IS("base", "2.0") "," MISSING("a"), ""), "Q1", "refused", "Q1 needs", NULL},
    {"never another branch", SQL("CU9", "CU", "15.0.20"), ON_GDR, "CU9@MSSQL/PROD1", "refused",
     "another branch", NULL},
    {"another branch where the policy allows it", SQL("CU9", "CU", "15.0.20"), ON_GDR,
     "CU9@MSSQL/PROD1", "install CU9, restart, verify CU9", NULL,
     "'require':[{'allowBranchChange':true}]"},
    {"the branch that the target is on", SQL("GDR9", "GDR", "15.0.12"), ON_GDR, "GDR9@MSSQL/PROD1",
     "install GDR9, restart, verify GDR9", NULL, NULL},
    {"a command names the package under packageRoot",
     PATCH("A", ",'commands':{'install':{'program':'a.exe','package':'a.exe'}}" F("a", "2.0")),
     NONE_OF, "A", "install A, restart, verify A", NULL, "'packageRoot':'D:\\\\Patches'"},
};

/* ---- the package in an argument ---- */

static struct named_package {
    const char *name, *package, *program, *argument; /* as in a catalog, with \\ doubled for JSON */
    const char *root, *command;
} named_packages[] = {
    {"the argument is the name", "a.msp", "msiexec.exe", "a.msp", "D:\\\\P",
     "msiexec.exe D:\\P\\a.msp"},
    {"it stands behind a colon", "a.msu", "dism.exe", "/PackagePath:a.msu", "D:\\\\P",
     "dism.exe /PackagePath:D:\\P\\a.msu"},
    {"or an equals sign, whatever its case", "a.msi", "setup.exe", "PATCH=A.MSI", "D:\\\\P",
     "setup.exe PATCH=D:\\P\\a.msi"},
    {"the name without its folder", "SP\\\\a.msi", "msiexec.exe", "a.msi", "D:\\\\P",
     "msiexec.exe D:\\P\\SP\\a.msi"},
    {"the name with its folder", "SP\\\\a.msi", "msiexec.exe", "SP\\\\a.msi", "D:\\\\P",
     "msiexec.exe D:\\P\\SP\\a.msi"},
    {"blanks in the root", "a.msu", "wusa.exe", "a.msu", "D:\\\\My Patches",
     "wusa.exe \"D:\\My Patches\\a.msu\""},
    {"a root that ends with its separator", "a.msu", "wusa.exe", "a.msu", "D:\\\\",
     "wusa.exe D:\\a.msu"},
    {"part of a longer name is another name", "a.msu", "wusa.exe", "aa.msu", "D:\\\\P",
     "wusa.exe aa.msu"},
    {"a longer ending as well", "a.ms", "wusa.exe", "a.msu", "D:\\\\P", "wusa.exe a.msu"},
    {"one that lies elsewhere as well", "a.msu", "wusa.exe", "C:\\\\a.msu", "D:\\\\P",
     "wusa.exe C:\\a.msu"},
    {"no root: as the catalog has it", "a.msu", "wusa.exe", "a.msu", NULL, "wusa.exe a.msu"},
};

static void check_named_package(void **state)
{
    const struct named_package *row = *state;
    struct prereq_arena *arena = new_arena();
    const char *patches = prereq_printf(
        arena,
        PATCH("A", ",'commands':{'install':{'program':'%s','arguments':['%s'],'package':'%s'}}" F(
                       "a", "2.0")),
        row->program, row->argument, row->package);
    struct prereq_judge judge = judge_of(read_catalog(arena, patches));
    const struct prereq_plan *plan;

    if (row->root)
        judge.policy = read_policy(arena, prereq_printf(arena, "'packageRoot':'%s'", row->root));
    plan = make_plan(arena, &judge, read_facts(arena, NONE_OF), NULL, "A");
    assert_true(plan->step_count > 0);
    assert_string_equal(plan->steps[0].command, row->command);
    prereq_arena_free(arena);
}

int main(void)
{
    int failed = RUN_TABLE(cautions, check_plan_row);

    failed |= RUN_TABLE(ends, check_plan_row);
    failed |= RUN_TABLE(ordered, check_plan_row);
    failed |= RUN_TABLE(never, check_plan_row);
    failed |= RUN_TABLE(named_packages, check_named_package);
    return failed;
}
