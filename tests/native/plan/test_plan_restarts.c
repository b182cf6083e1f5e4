/* SPDX-License-Identifier: MIT */
/* test_plan_restarts.c - the rules of a plan, each sentence a row: where restarts stand, what is
 * chosen, cautions, and the end. */
#include "plans.h"

#define F(path, version) FILES(ROW(path, version))
#define PENDING(source, more) ",'pendingRestarts':[{'source':'" source "','pending':'yes'" more "}]"
#define MISSING HAS(FILE_IS("a", "1.0"), "")
#define SETTING(n) "{'setting':{'kind':'variant','name':'x','number':{'equals':[" n "]}}}"
#define BY_HAND "'remedy':{'action':'manual','text':'set x','verify':'look at x'}"
#define BY_HAND "'remedy':{'action':'manual','text':'set x','verify':'look at x'}"
#define X_IS(n) ",'settings':[{'kind':'variant','name':'x','number':" n "}]"

/* ---- 5: pending restarts ---- */
#define Q1 FIX("Q1", F("a", "2.0"))
#define RESTART_FIRST "restart, install Q1, restart, verify Q1"
#define AT_ONCE "install Q1, restart, verify Q1"

static struct plan_row pending[] = {
    {"5: cbs blocks", Q1, SP("6") MISSING PENDING("cbs", ""), "Q1", RESTART_FIRST, NULL, NULL},
    {"5: pending-xml blocks", Q1, SP("6") MISSING PENDING("pending-xml", ""), "Q1", RESTART_FIRST,
     NULL, NULL},
    {"5: windows-update blocks", Q1, SP("6") MISSING PENDING("windows-update", ""), "Q1",
     RESTART_FIRST, NULL, NULL},
    {"5: computer-rename does not", Q1, SP("6") MISSING PENDING("computer-rename", ""), "Q1",
     AT_ONCE, NULL, NULL},
    {"5: file-rename of which the targets are not known blocks", Q1,
     SP("6") MISSING PENDING("file-rename", ""), "Q1", RESTART_FIRST, NULL, NULL},
    {"5: file-rename of a file that the plan does not set does not block",
     Q1 "," FIX("Q2", F("b", "2.0")),
     SP("6") MISSING PENDING("file-rename", ",'targets':['c','b']"), "Q1", AT_ONCE, NULL, NULL},
    {"5: what waits and is not known: restart, then plan anew", Q1,
     SP("6") MISSING PENDING("file-rename", ",'targets':['a']"), "Q1", "restart, verify Q1",
     "plan anew", NULL},
    {"5: a pending file whose version is known is planned behind the restart", Q1,
     SP("6") ",'files':[{'path':'a','version':'1.0','pending':{'version':'1.5'}}]" PENDING(
         "file-rename", ",'targets':['a']"),
     "Q1", RESTART_FIRST, NULL, NULL},
    {"5: nothing to do needs no restart", Q1,
     SP("6") HAS(FILE_IS("a", "2.0"), ON("Q1", "2026-01-01")) PENDING("cbs", ""), "Q1",
     "nothing-to-do", NULL, NULL},
    {"5: a patch that only waits for the restart: the plan is the restart, not an uninstall", Q1,
     SP("6") ",'files':[{'path':'a','version':'1.0','pending':{'version':'2.0'}}],'updates':[" ON(
         "Q1", "2026-11-19") "]" PENDING("file-rename", ",'targets':['a']"),
     "Q1", "restart, verify Q1", NULL, NULL},
    {"5: one that nobody required: asked for by id, it waits as well",
     "{'id':'Q1','title':'t','product':'P','classification':'update','sources':[{'url':"
     "'https://example.org/a'}]" F("a", "2.0") "}",
     SP("6") ",'files':[{'path':'a','version':'1.0','pending':{'version':'3.0'}}]" PENDING(
         "file-rename", ",'targets':['a']"),
     "Q1", "restart, verify Q1", NULL, NULL},
    {"5: one that went on after the last start and requires a restart waits for it", Q1,
     SP("6") HAS(FILE_IS("a", "2.0"), ON("Q1", "2026-11-19T10:00:00Z")), "Q1", "restart, verify Q1",
     NULL, NULL},
    {"5: what such a one left pending keeps apart what may not be chained with it",
     FIX("Q1", F("a", "2.0") CHAIN("never")) "," FIX("Q2", F("b", "2.0") CHAIN("never")),
     SP("6") HAS(FILE_IS("a", "2.0") "," FILE_IS("b", "1.0"), ON("Q1", "2026-11-19T10:00:00Z")),
     "Q2", "restart, install Q2, restart, verify Q2", NULL, NULL},
    {"5: a step that needs nothing pending goes before those that leave something",
     FIX("Q1", F("a", "2.0")) "," FIX(
         "Q2", F("b", "2.0") NEEDS("{'title':'none','rule':{'nothingPending':{}}}")),
     SP("6") HAS(
         FILE_IS("a", "1.0") "," FILE_IS("b", "1.0"),
         "") ",'pendingRestarts':[{'source':'cbs','pending':'no'},{'source':'windows-update','"
             "pending':'no'},"
             "{'source':'file-rename','pending':'no'},{'source':'computer-rename','pending':'no'},"
             "{'source':'domain-join','pending':'no'},{'source':'pending-xml','pending':'no'},"
             "{'source':'setup','pending':'no'},{'source':'msi','pending':'no'},"
             "{'source':'update-exe','pending':'no'}]",
     "Q1 Q2", "install Q2, install Q1, restart, verify", NULL, NULL},
};

/* ---- restarts that entries ask for ---- */
#define B_NEEDS_A(more) FIX("B", F("b", "2.0") NEEDS(ALT("A")) more)
#define NEITHER SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0"), "")

static struct plan_row between[] = {
    {"chain never: a restart stands between",
     FIX("A", F("a", "2.0") CHAIN("never")) "," FIX("B", F("b", "2.0")), NEITHER, "A B",
     "install A, restart, install B, restart, verify", NULL, NULL},
    {"chain never: none where the first leaves nothing pending",
     FIX("A", F("a", "2.0") CHAIN("never") NO_RESTART) "," FIX("B", F("b", "2.0")), NEITHER, "A B",
     "install A, install B, restart, verify", NULL, NULL},
    {"noSharedFile: none between two that share none",
     FIX("A", F("a", "2.0")) "," FIX("B", F("b", "2.0")), NEITHER, "A B",
     "install A, install B, restart, verify", NULL, NULL},
    {"noSharedFile: a restart between two that share a file",
     FIX("A", F("a", "2.0")) "," FIX("B", FILES(ROW("a", "3.0") "," ROW("b", "2.0"))), NEITHER,
     "A B", "install A, restart, install B, restart, verify", NULL, NULL},
    {"always on both: none though they share a file",
     FIX("A", F("a", "2.0") CHAIN("always")) "," FIX("B", FILES(ROW("a", "3.0") "," ROW("b", "2.0"))
                                                              CHAIN("always")),
     NEITHER, "A B", "install A, install B, restart, verify", NULL, NULL},
    {"a prerequisite that works at the restart is effective behind it",
     FIX("A", F("a", "2.0") ",'atRestart':true") "," B_NEEDS_A(""), NEITHER, "B",
     "install A, restart, install B, restart, verify B", NULL, NULL},
    {"one that works at once is effective at once", FIX("A", F("a", "2.0")) "," B_NEEDS_A(""),
     NEITHER, "B", "install A, install B, restart, verify B", NULL, NULL},
    {"pendingIsEnough: a staged prerequisite is enough",
     FIX("A", F("a", "2.0") ",'atRestart':true") "," FIX(
         "B", F("b", "2.0") NEEDS("{'patch':'A','pendingIsEnough':true}")),
     NEITHER, "B", "install A, install B, restart, verify B", NULL, NULL},
    {"restartBefore: a restart stands between the satisfier and the patch",
     FIX("A", F("a", "2.0")) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','restartBefore':true,'anyOf':[" ALT(
                  "A") "]}]"),
     NEITHER, "B", "install A, restart, install B, restart, verify B", NULL, NULL},
    {"restartBefore: also behind one that needs no restart of its own",
     FIX("A", F("a", "2.0") NO_RESTART) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','restartBefore':true,'anyOf':[" ALT(
                  "A") "]}]"),
     NEITHER, "B", "install A, restart, install B, restart, verify B", NULL, NULL},
    {"noRestartBetween: no restart between it and what it needs",
     FIX("A", F("a", "2.0")) "," FIX("C", F("c", "2.0")) "," B_NEEDS_A(",'noRestartBetween':true"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), ""), "B C",
     "install A, install B, install C, restart, verify", NULL, NULL},
    {"soakDays: a person waits for the days that have to lie between",
     FIX("A", F("a", "2.0")) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','soakDays':7,'anyOf':[" ALT("A") "]}]"),
     NEITHER, "B", "install A, restart, manual B, install B, restart, verify B", NULL, NULL},
    {"soakDays: over, where the satisfier has been on for long enough",
     FIX("A", F("a", "2.0")) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','soakDays':7,'anyOf':[" ALT("A") "]}]"),
     SP("6") HAS(FILE_IS("a", "2.0") "," FILE_IS("b", "1.0"), ON("A", "2026-06-01")), "B",
     "install B, restart, verify B", NULL, NULL},
    {"9: restart possible is a restart in a plan", FIX("A", F("a", "2.0") ",'restart':'possible'"),
     NEITHER, "A", "install A, restart, verify A", NULL, NULL},
    {"9: a package that needs a restart needs it though it changes no fact",
     FIX("A", ",'marker':" SETTING(
                  "2") ",'sets':[{'setting':{'kind':'variant','name':'x','number':2}}]"),
     SP("6") X_IS("1"), "A", "install A, restart, verify A", NULL, NULL},
    {"restart no: none", FIX("A", F("a", "2.0") NO_RESTART), NEITHER, "A", "install A, verify A",
     NULL, NULL},
    {"restartWhen: the first case that holds decides",
     FIX("A", F("a", "2.0") ",'restartWhen':[{'when':{'os':{'servicePack':{'equals':[6]}}},"
                            "'restart':'no'}]"),
     NEITHER, "A", "install A, verify A", NULL, NULL},
};

/* ---- 6: what is chosen ---- */
#define EITHER(a, b) FIX("B", F("b", "2.0") NEEDS(ALT(a) "," ALT(b)))
#define CHECKPOINT(id, n, more)                                                                    \
    FIX(id, ",'marker':{'os':{'ubr':{'atLeast':" n "}}},'sets':[{'os':{'ubr':" n "}}],"            \
            "'atRestart':true" more)

static struct plan_row chosen[] = {
    {"6: fewer restarts go before fewer steps",
     FIX("A1", F("a", "2.0")) "," FIX("A2", F("c", "2.0") NO_RESTART NEEDS(ALT("A3"))) "," FIX(
         "A3", F("d", "2.0") NO_RESTART) "," FIX("B",
                                                 F("b", "2.0")
                                                     NO_RESTART NEEDS(ALT("A1") "," ALT("A2"))),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0") "," FILE_IS(
                     "d", "1.0"),
                 ""),
     "B", "install A3, install A2, install B, verify B", NULL, NULL},
    {"6: then what is named before what only stands in for it",
     FIX("B", F("a", "2.0")) "," FIX("A", ",'supersedes':['B']" F("a", "3.0")) "," FIX(
         "Q1", F("q", "2.0") NEEDS(ALT("B"))),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("q", "1.0"), ""), "Q1",
     "install B, install Q1, restart, verify Q1", NULL, NULL},
    {"6: then fewer steps",
     FIX("A1", F("a", "2.0") NEEDS(ALT("A3"))) "," FIX("A2", F("c", "2.0")) "," FIX(
         "A3", F("d", "2.0") NO_RESTART) "," EITHER("A1", "A2"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0") "," FILE_IS(
                     "d", "1.0"),
                 ""),
     "B", "install A2, install B, restart, verify B", NULL, NULL},
    {"6: then the id", FIX("A1", F("a", "2.0")) "," FIX("A2", F("c", "2.0")) "," EITHER("A2", "A1"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), ""), "B",
     "install A1, install B, restart, verify B", NULL, NULL},
    {"6: one that is chosen already costs nothing",
     FIX("A1", F("a", "2.0")) "," FIX("A2", F("c", "2.0")) "," EITHER("A1", "A2"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), ""), "B A2",
     "install A2, install B, restart, verify", NULL, NULL},
    {"6: groups with one candidate are settled first",
     FIX("A1", F("a", "2.0")) "," FIX("A2", F("c", "2.0")) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','anyOf':[" ALT("A1") "," ALT(
                  "A2") "]},{'why':'w','anyOf':[" ALT("A2") "]}]"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), ""), "B",
     "install A2, install B, restart, verify B", NULL, NULL},
    {"6: whole plans are compared: one that serves two groups beats two that are cheap alone",
     FIX("A1", F("a", "2.0")) "," FIX("A2", F("c", "2.0")) "," FIX("A3", F("d", "2.0")) "," FIX(
         "B", F("b", "2.0") ",'prerequisites':[{'why':'w','anyOf':[" ALT("A1") "," ALT(
                  "A3") "]},{'why':'w','anyOf':[" ALT("A2") "," ALT("A3") "]}]"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0") "," FILE_IS(
                     "d", "1.0"),
                 ""),
     "B", "install A3, install B, restart, verify B", NULL, NULL},
    {"6: whole plans are compared by restarts first: the cheap one may not be chained",
     FIX("A1", F("a", "2.0") CHAIN("never")) "," FIX("A2", F("c", "2.0") NEEDS(ALT("A3"))) "," FIX(
         "A3", F("d", "2.0") NO_RESTART) "," EITHER("A1", "A2"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0") "," FILE_IS(
                     "d", "1.0"),
                 ""),
     "B", "install A3, install A2, install B, restart, verify B", NULL, NULL},
    {"6: a candidate that leads back to a patch being planned is none",
     FIX("A", F("a", "2.0") NEEDS(ALT("B"))) "," FIX(
         "C", F("c", "2.0") ",'restart':'required'") "," EITHER("A", "C"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), ""), "B",
     "install C, install B, restart, verify B", NULL, NULL},
    {"6: a cycle is named when nothing is left",
     FIX("A", F("a", "2.0") NEEDS(ALT("B"))) "," FIX("B", F("b", "2.0") NEEDS(ALT("A"))), NEITHER,
     "B", "cycle", "B", NULL},
    {"6: a superseded prerequisite goes on where the patch asks for it",
     CHECKPOINT("KB1", "10", "") "," CHECKPOINT("KB2", "20",
                                                ",'supersedes':['KB1']" NEEDS(ALT("KB1"))),
     "'os':{'version':'10.0','build':26100,'ubr':5}", "KB2",
     "install KB1, restart, install KB2, restart, verify KB2", NULL, NULL},
    {"6: a chain of checkpoints goes on one by one",
     CHECKPOINT("KB1", "10", "") "," CHECKPOINT(
         "KB2", "20",
         ",'supersedes':['KB1']" NEEDS(
             ALT("KB1"))) "," CHECKPOINT("KB3", "30",
                                         ",'supersedes':['KB2']" NEEDS(
                                             "{'patch':'KB2','pendingIsEnough':true}")),
     "'os':{'version':'10.0','build':26100,'ubr':5}", "host",
     "install KB1, restart, install KB2, install KB3, restart, verify KB3", NULL, NULL},
    {"a rule without remedy is no step: a sentence says nothing that could be done",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING("2") "}")),
     SP("6") HAS(FILE_IS("b", "1.0"), "") X_IS("1"), "B", "refused", "x is 2", NULL},
    {"a manual remedy that does not say how to verify it is no step either",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING(
                  "2") ",'remedy':{'action':'manual','text':'set x'}}")),
     SP("6") HAS(FILE_IS("b", "1.0"), "") X_IS("1"), "B", "refused", "x is 2", NULL},
    {"a manual remedy that says what to do and how to verify it is a step",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING("2") "," BY_HAND "}")),
     SP("6") HAS(FILE_IS("b", "1.0"), "") X_IS("1"), "B", "manual B, install B, restart, verify B",
     NULL, NULL},
    {"it never beats an installation, whatever that costs",
     FIX("A", F("a", "2.0") NEEDS(ALT("C"))) "," FIX("C", F("c", "2.0")) "," FIX(
         "B",
         F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING("2") "," BY_HAND "}," ALT("A"))),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), "") X_IS("1"),
     "B", "install C, install A, install B, restart, verify B", NULL, NULL},
    {"a sentence never beats an installation",
     FIX("A", F("a", "2.0")) "," FIX(
         "B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING("2") "}," ALT("A"))),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0"), "") X_IS("1"), "B",
     "install A, install B, restart, verify B", NULL, NULL},
    {"a rule without remedy holds behind a goal that sets what it reads",
     LEVEL("SP", "6", "") "," FIX(
         "B", F("b", "2.0") NEEDS("{'title':'level 3 or later','rule':{'os':{'servicePack':"
                                  "{'atLeast':3}}}}")),
     SP("1") HAS(FILE_IS("b", "1.0"), ""), "B SP", "apply-baseline SP, install B, restart, verify",
     NULL, NULL},
    {"a remedy that sets what the rule reads is a configure step",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING(
                  "2") ",'remedy':{'action':'configure','text':'set x','sets':[{'setting':"
                       "{'kind':'variant','name':'x','number':2}}]}}")),
     SP("6") HAS(FILE_IS("b", "1.0"), "") X_IS("1"), "B",
     "configure B, install B, restart, verify B", NULL, NULL},
    {"a remedy that works at the restart is followed by it",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING(
                  "2") ",'remedy':{'action':'configure','text':'set x','atRestart':true,"
                       "'sets':[{'setting':{'kind':'variant','name':'x','number':2}}]}}")),
     SP("6") HAS(FILE_IS("b", "1.0"), "") X_IS("1"), "B",
     "configure B, restart, install B, restart, verify B", NULL, NULL},
    {"what is unknown is refused, with the facts to collect",
     FIX("B", F("b", "2.0") NEEDS("{'title':'x is 2','rule':" SETTING("2") "}")),
     SP("6") HAS(FILE_IS("b", "1.0"), ""), "B", "refused", "x", NULL},
    {"a goal whose own state is unknown is refused, with the facts to collect",
     FIX("B", F("b", "2.0")), SP("6"), "B", "refused", "file b", NULL},
};

/* ---- why a restart stands where it stands ---- */

static struct restart_why {
    const char *name, *patches, *facts, *goal;
    const char *reasons; /* of the plan's restarts in order, a bar between */
} restart_whys[] = {
    {"what is pending stands in the way, and is named", Q1,
     SP("6") MISSING PENDING("file-rename", ""), "Q1",
     "a restart is pending (file-rename) and stands in the way of the next steps|"
     "what was put on takes effect at the restart"},
    {"only facts tell of what waits",
     FIX("Q1", F("a", "2.0") CHAIN("never")) "," FIX("Q2", F("b", "2.0") CHAIN("never")),
     SP("6") HAS(FILE_IS("a", "2.0") "," FILE_IS("b", "1.0"), ON("Q1", "2026-11-19T10:00:00Z")),
     "Q2",
     "a restart is pending and stands in the way of the next steps|"
     "what was put on takes effect at the restart"},
    {"the plan is the restart", Q1,
     SP("6") ",'files':[{'path':'a','version':'1.0','pending':{'version':'2.0'}}],'updates':[" ON(
         "Q1", "2026-11-19") "]" PENDING("file-rename", ",'targets':['a']"),
     "Q1", "what waits for a restart takes effect at it (file-rename)"},
    {"what was put on", Q1, SP("6") MISSING, "Q1", "what was put on takes effect at the restart"},
};

static void check_restart_why(void **state)
{
    const struct restart_why *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, row->patches));
    const struct prereq_plan *plan =
        make_plan(arena, &judge, read_facts(arena, row->facts), NULL, row->goal);
    struct prereq_buffer text = {0};

    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].action == PREREQ_STEP_RESTART)
            prereq_buffer_addf(&text, "%s%s", text.len ? "|" : "", plan->steps[i].reason);
    }
    assert_string_equal(text.text, row->reasons);
    prereq_buffer_free(&text);
    prereq_arena_free(arena);
}

int main(void)
{
    int failed = RUN_TABLE(pending, check_plan_row);

    failed |= RUN_TABLE(between, check_plan_row);
    failed |= RUN_TABLE(chosen, check_plan_row);
    failed |= RUN_TABLE(restart_whys, check_restart_why);
    return failed;
}
