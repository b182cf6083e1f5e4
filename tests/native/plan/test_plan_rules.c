/* SPDX-License-Identifier: MIT */
/* test_plan_rules.c - the rules of a plan, each sentence a row: goals, what comes off, what is
 * lost, where restarts stand. */
#include "plans.h"

#define F(path, version) FILES(ROW(path, version))
#define NEWER(id, of, version, more) FIX(id, ",'supersedes':['" of "']" F("a", version) more)

/* ---- 1: goals ---- */
#define OLD_AND_NEW FIX("OLD", F("a", "2.0")) "," NEWER("NEW", "OLD", "3.0", "")
#define MISSING_ALL SP("6") HAS(FILE_IS("a", "1.0"), "")
/* OLD is recorded and lacks a file that NEW does not list. */
#define HALF_COVERED                                                                               \
    FIX("OLD", FILES(ROW("a", "2.0") "," ROW("b", "2.0"))) "," NEWER("NEW", "OLD", "3.0", "")
#define HALF_IS                                                                                    \
    SP("6")                                                                                        \
    HAS(FILE_IS("a", "3.0") "," FILE_IS("b", "1.0"),                                               \
        ON("OLD", "2026-01-01") "," ON("NEW", "2026-02-01"))

/* Nothing makes that hold. */
#define BROKEN_BY                                                                                  \
    "{'title':'x is 2','rule':{'setting':{'kind':'variant','name':'x','number':{'equals':[2]}}}}"

static struct plan_row goals[] = {
    {"1: a goal given by id is that patch, though a later one would cover it", OLD_AND_NEW,
     MISSING_ALL, "OLD", "install OLD, restart, verify OLD", NULL, NULL},
    {"1: a superseder stands in when it is itself a goal", OLD_AND_NEW, MISSING_ALL, "OLD NEW",
     "install NEW, restart, verify", NULL, NULL},
    {"1: a superseder stands in when it is on and only has to be repaired", OLD_AND_NEW,
     SP("6") HAS(FILE_IS("a", "1.0"), ON("NEW", "2026-02-01")), "OLD",
     "install NEW, restart, verify OLD", NULL, NULL},
    {"1: a superseder stands in where the patch is permanent and cannot go on again",
     FIX("OLD", F("a", "2.0") ",'permanent':true") "," NEWER("NEW", "OLD", "3.0", ""),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("OLD", "2026-01-01")), "OLD",
     "install NEW, restart, verify OLD", NULL, NULL},
    {"1: a superseder stands in where the patch was withdrawn",
     FIX("OLD", F("a", "2.0") ",'withdrawn':'2026-05-01'") "," NEWER("NEW", "OLD", "3.0", ""),
     MISSING_ALL, "OLD", "install NEW, restart, verify OLD", NULL, NULL},
    {"1: a withdrawn patch without a later one is refused with the reason",
     FIX("OLD", F("a", "2.0") ",'withdrawn':'2026-05-01'"), MISSING_ALL, "OLD", "refused",
     "withdrawn", NULL},
    {"1: one whose superseder is on is repaired itself where it lacks a file of its own",
     HALF_COVERED, HALF_IS, "OLD", "install OLD, restart, verify OLD", NULL, NULL},
    {"1: host is what is required and open", OLD_AND_NEW, MISSING_ALL, "host",
     "install NEW, restart, verify NEW", NULL, NULL},
    {"1: host repairs what is at fault though nothing requires it", FIX("Q1", F("a", "2.0")),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("Q1", "2026-01-01")), "host",
     "install Q1, restart, verify Q1", NULL, "'require':[{'updates':'none','level':'none'}]"},
    {"1: repair leaves alone what is only missing",
     FIX("Q1", F("a", "2.0")) "," FIX("Q2", F("b", "2.0")),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0"), ON("Q1", "2026-01-01")), "repair",
     "install Q1, restart, verify Q1", NULL, NULL},
    {"1: a fault that the restart will bring is a goal of repair, and the restart comes first",
     FIX("Q1", F("a", "2.0")),
     SP("6") ",'files':[{'path':'a','version':'2.0','pending':{'version':'1.0'}}],'updates':[" ON(
         "Q1", "2026-01-01") "]",
     "repair", "restart, install Q1, restart, verify Q1", NULL, NULL},
    {"1: a superseder that has no plan is tried, and then the goal without it",
     FIX("OLD", F("a", "2.0")) "," NEWER("NEW", "OLD", "3.0", NEEDS(BROKEN_BY)) "," LEVEL("SP", "6",
                                                                                          ""),
     SP("6") HAS(FILE_IS("a", "1.0"), ON("NEW", "2026-02-01")) ",'settings':[{'kind':'variant',"
                                                               "'name':'x','number':1}]",
     "OLD", "install OLD, restart, verify OLD", NULL, NULL},
    {"1: so is one that goes on and puts back what cannot be repaired",
     FIX("OLD", F("a", "2.0")) "," FIX(
         "NEW",
         FILES(ROW("a", "3.0") "," ROW(
             "b",
             "1.0")) ",'supersedes':['OLD'],'fileMode':'replace'") "," FIX("S",
                                                                           F("b",
                                                                             "2.0") ",'permanent':"
                                                                                    "true"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "2.0"),
                 ON("NEW", "2026-02-01") "," ON("S", "2026-03-01")),
     "OLD", "install OLD, restart, verify OLD", NULL, NULL},
    {"1: a required rollup stands in for what it covers", OLD_AND_NEW,
     SP("6") HAS(FILE_IS("a", "1.0"), ON("OLD", "2026-01-01")), "host",
     "install NEW, restart, verify", NULL, NULL},
};

/* ---- never a lower level ---- */

#define APART                                                                                      \
    LEVEL("SP1", "1", F("a", "1.3"))                                                               \
    "," PATCH("R", ",'supersedes':['SP1']" F("r", "1.0")) "," LEVEL(                               \
        "SP2", "2", ",'supersedes':['R']" F("a", "1.3"))

static struct plan_row levels[] = {
    {"a level below the recorded one, by way of a patch, is nothing to do", APART,
     SP("2") HAS(FILE_IS("a", "1.3") "," FILE_IS("r", "1.0"), ""), "SP1", "nothing-to-do", NULL,
     NULL},
    {"neither where one of its files is older", APART,
     SP("2") HAS(FILE_IS("a", "1.2") "," FILE_IS("r", "1.0"), ""), "SP1", "nothing-to-do", NULL,
     NULL},
    {"where nothing later is sound the recorded one is put on again", APART,
     SP("2") HAS(FILE_IS("a", "1.2") "," FILE_IS("r", "0.9"), ""), "SP1",
     "apply-baseline SP2, restart, verify SP1", NULL, NULL},
    {"of two levels in one plan the lower one goes first, though the other needs no restart",
     LEVEL("SP1", "1", "") "," LEVEL("SP2", "2", NO_RESTART ",'supersedes':['SP1']") "," FIX(
         "A", F("a", "2.0") ",'prerequisites':[{'why':'w','holds':'before','anyOf':[{'patch':"
                            "'SP1','exact':true}]}]"),
     SP("0") HAS(FILE_IS("a", "1.0"), ""), "SP2 A",
     "apply-baseline SP1, install A, apply-baseline SP2, restart, verify", NULL, NULL},
};

/* ---- to the end ---- */
#define AT_LEVEL(n) ",'applies':{'os':{'servicePack':{'atLeast':" n "}}}"

static struct plan_row to_the_end[] = {
    {"what is required only behind the level is planned as well",
     LEVEL("SP", "3", ",'atRestart':true") "," FIX("U", F("a", "2.0") AT_LEVEL("3")),
     SP("2") HAS(FILE_IS("a", "1.0"), ""), "host",
     "apply-baseline SP, restart, install U, restart, verify", NULL, NULL},
    {"with what that needs",
     LEVEL("SP", "3", "") "," FIX("N", F("n", "1.0")) "," FIX("U", F("a", "2.0") AT_LEVEL("3")
                                                                       NEEDS(ALT("N"))),
     SP("2") HAS(FILE_IS("a", "1.0") "," FILE_IS("n", "0.1"), ""), "host",
     "install N, apply-baseline SP, install U, restart, verify", NULL, NULL},
    {"not for a goal by id",
     LEVEL("SP", "3", ",'atRestart':true") "," FIX("U", F("a", "2.0") AT_LEVEL("3")),
     SP("2") HAS(FILE_IS("a", "1.0"), ""), "SP", "apply-baseline SP, restart, verify SP", NULL,
     NULL},
    {"what cannot be had there is left out, and the level stays",
     LEVEL("SP", "3", ",'atRestart':true") "," FIX(
         "U", F("a", "2.0") AT_LEVEL("3") NEEDS(
                  "{'title':'a licence','rule':{'setting':{'kind':'variant','name':'l','number':"
                  "{'equals':[1]}}}}")),
     SP("2") HAS(FILE_IS("a", "1.0"), "") ",'settings':[{'kind':'variant','name':'l','number':0}]",
     "host", "apply-baseline SP, restart, verify SP", "U needs a licence", NULL},
};

/* ---- the rest is planned ---- */
#define KNOWN_AND_NOT FIX("K", F("a", "2.0")) "," FIX("U", F("b", "2.0"))
#define NOT_KNOWN SP("6") ",'files':[" FILE_IS("a", "1.0") "]"
/* W needs what nothing brings, and X needs W. */
#define STUCK                                                                                      \
    FIX("K", F("a", "2.0"))                                                                        \
    "," FIX("W", F("b", "2.0") NEEDS(                                                              \
                     "{'title':'a licence','rule':{'setting':{'kind':'variant',"                   \
                     "'name':'l','number':{'equals':[1]}}}}")) "," FIX("X", F("c", "2.0")          \
                                                                                NEEDS(ALT("W")))
#define STUCK_IS                                                                                   \
    SP("6")                                                                                        \
    HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0") "," FILE_IS("c", "1.0"), "")                   \
    ",'settings':[{'kind':'variant','name':'l','number':0}]"

static struct plan_row rest[] = {
    {"one unknown member does not void the host's plan, and is named with what to collect",
     KNOWN_AND_NOT, NOT_KNOWN, "host", "install K, restart, verify K",
     "U: its state is unknown; facts have to be collected first; file b (patchprereq collect",
     NULL},
    {"for a host on which the program does not run, a copy of its drive is named", KNOWN_AND_NOT,
     NOT_KNOWN, "host", "install K, restart, verify K", "collect --root FOLDER", NULL},
    {"a fact that only a person knows is stated",
     FIX("K", F("a", "2.0")) "," FIX(
         "U", F("a", "3.0") NEEDS("{'title':'a licence','rule':{'setting':{'kind':'external',"
                                  "'name':'esu','text':{'equals':['yes']}}}}")),
     NOT_KNOWN, "host", "install K, restart, verify K",
     "external esu (state it with --fact esu=VALUE)", NULL},
    {"a goal by id that is unknown is refused", KNOWN_AND_NOT, NOT_KNOWN, "U", "refused", "file b",
     NULL},
    {"several goals by id are refused with it", KNOWN_AND_NOT, NOT_KNOWN, "K U", "refused",
     "file b", NULL},
    {"nothing is left: refused, never nothing to do", FIX("U", F("b", "2.0")), NOT_KNOWN, "host",
     "refused", "U: its state is unknown", NULL},
    {"what cannot be had is left out, and what needs it", STUCK, STUCK_IS, "host",
     "install K, restart, verify K", "W needs a licence, and nothing that may go on here", NULL},
    {"both are named", STUCK, STUCK_IS, "host", "install K, restart, verify K", "X needs W", NULL},
    {"repair leaves out what is unknown as well",
     FIX("R", F("a", "2.0")) "," FIX("S", F("c", "2.0") ",'permanent':true"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("c", "1.0"),
                 ON("R", "2026-01-01") "," ON("S", "2026-01-01")),
     "repair", "install R, restart, verify R", "S: it can neither come off nor go on again", NULL},
};

/* ---- 3: what a partial replacing baseline, or an uninstall without backup, takes away ---- */
#define REPLACING(list, more)                                                                      \
    LEVEL("SP", "6", FILES(ROW("base", "6.0")) list ",'fileMode':'replace'" more)
#define ASKS_SP(more) FIX("Q1", F("a", "2.0") NEEDS(ALT("SP")) more)
/* The same for an entry of another product. */
#define OF_W(id, more)                                                                             \
    "{'id':'" id "','title':'t','product':'W','classification':'security',"                        \
    "'sources':[{'url':'https://example.org/a'}],'commands':{'install':{'program':'w.exe'}}" more  \
    "}"
#define WITHOUT_SP                                                                                 \
    SP("4")                                                                                        \
    HAS(FILE_IS("base", "4.0") "," FILE_IS("a", "1.0") "," FILE_IS("b", "2.0"),                    \
        ON("Q2", "2026-01-01"))

static struct plan_row lost[] = {
    {"3: files of a recorded patch that a partial replacing baseline does not list are lost",
     REPLACING("", "") "," ASKS_SP("") "," FIX("Q2", F("b", "2.0")), WITHOUT_SP, "Q1",
     "apply-baseline SP, install Q1, install Q2, restart, verify Q1", NULL, NULL},
    {"3: a complete list loses nothing",
     REPLACING(",'fileList':'complete'", "") "," ASKS_SP("") "," FIX("Q2", F("b", "2.0")),
     WITHOUT_SP, "Q1", "apply-baseline SP, install Q1, restart, verify Q1", NULL, NULL},
    {"3: a baseline that raises loses nothing",
     LEVEL("SP", "6", FILES(ROW("base", "6.0"))) "," ASKS_SP("") "," FIX("Q2", F("b", "2.0")),
     WITHOUT_SP, "Q1", "apply-baseline SP, install Q1, restart, verify Q1", NULL, NULL},
    {"3: lost also where records are trusted",
     REPLACING("", "") "," ASKS_SP("") "," FIX("Q2", F("b", "2.0")), WITHOUT_SP, "Q1",
     "apply-baseline SP, install Q1, install Q2, restart, verify Q1", NULL, "'trustRecords':true"},
    {"3: what is not recorded has no file to lose",
     REPLACING("", "") "," ASKS_SP("") "," FIX("Q2", F("b", "2.0")),
     SP("4") HAS(FILE_IS("base", "4.0") "," FILE_IS("a", "1.0") "," FILE_IS("b", "2.0"), ""), "Q1",
     "apply-baseline SP, install Q1, restart, verify Q1", NULL, NULL},
    {"3: lost are also files of a product of which it lists one",
     LEVEL(
         "SP", "6",
         FILES(ROW("base", "6.0") "," ROW(
             "w",
             "6.0")) ",'fileMode':'replace'") "," ASKS_SP("") "," OF_W("Q2",
                                                                       F("b",
                                                                         "2.0")) "," OF_W("Q3",
                                                                                          F("w",
                                                                                            "5.0")),
     WITHOUT_SP, "Q1", "apply-baseline SP, install Q1, install Q2, restart, verify Q1", NULL, NULL},
    {"3: files of a product of which it lists none are not",
     REPLACING("", "") "," ASKS_SP("") "," OF_W("Q2", F("b", "2.0")) "," OF_W("Q3", F("w", "5.0")),
     WITHOUT_SP, "Q1", "apply-baseline SP, install Q1, restart, verify Q1", NULL, NULL},
    {"3: of two that replace one file the lower goes first",
     FIX("A", F("a", "3.0") ",'fileMode':'replace','fileList':'complete'") "," FIX(
         "B", FILES(ROW("a", "2.0") "," ROW("b", "2.0")) ",'fileMode':'replace'"),
     SP("6") HAS(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0"), ""), "A B",
     "install B, restart, install A, restart, verify", NULL, NULL},
    {"3: a file replaced lower is found again, and the hotfix goes on again before the last "
     "restart, verify Q1",
     REPLACING(",'fileList':'complete'", "") "," ASKS_SP("") "," FIX("Q2", F("base", "7.0")),
     SP("4") HAS(FILE_IS("base", "7.0") "," FILE_IS("a", "1.0"), ON("Q2", "2026-01-01")), "Q1",
     "apply-baseline SP, install Q1, restart, install Q2, restart, verify Q1", NULL, NULL},
};

/* ---- 4: last in, first out ---- */
#define TWO_SHARE                                                                                  \
    CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," CLASSIC("Q2", F("a", "3.0"))
#define TWO_ARE(one, other)                                                                        \
    SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0"), ON("Q1", one) "," ON("Q2", other))

/* Q2 went on later, shares a file, and has brought the level that Q1 asks for. */
#define TAKES_BACK(more_facts, rule, set)                                                          \
    CLASSIC("Q1",                                                                                  \
            FILES(ROW("a", "2.0") "," ROW("own", "2.0")) NEEDS("{'title':'it','rule':" rule "}"))  \
    "," CLASSIC("Q2", F("a", "3.0") ",'sets':[" set "]"),                                          \
        SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0") "," FILE_IS("z", "5.0"),         \
                    ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01")) "," more_facts,             \
        "Q1",                                                                                      \
        "extract Q1, extract Q2, uninstall Q2, uninstall Q1, install Q2, restart, install Q1, "    \
        "restart, verify Q1"

static struct plan_row off[] = {
    {"4: an uninstall takes back the file that its entry sets, and what needs it waits",
     TAKES_BACK("'services':[]", "{'file':{'path':'z','version':{'atLeast':'5.0'}}}",
                "{'file':{'path':'z','version':'5.0'}}"),
     NULL, NULL},
    {"4: an uninstall takes back the servicing stack",
     TAKES_BACK("'servicingStack':{'version':'5.0'}", "{'servicingStack':{'atLeast':'5.0'}}",
                "{'servicingStack':'5.0'}"),
     NULL, NULL},
    {"4: an uninstall takes back a service's start",
     TAKES_BACK("'services':[{'name':'S','start':'manual'}]",
                "{'service':{'name':'S','start':['manual']}}",
                "{'service':{'name':'S','start':'manual'}}"),
     NULL, NULL},
    {"4: an uninstall takes back a registry value",
     TAKES_BACK("'registry':[{'key':'K','name':'N','type':'REG_DWORD','number':1}]",
                "{'registry':{'key':'K','name':'N','number':{'equals':[1]}}}",
                "{'registry':{'key':'K','name':'N','type':'REG_DWORD','number':1}}"),
     NULL, NULL},
    {"4: what shares a file and went on later comes off first and goes on again after it",
     TWO_SHARE, TWO_ARE("2026-01-01", "2026-02-01"), "Q1",
     "extract Q1, extract Q2, uninstall Q2, uninstall Q1, install Q1, restart, install Q2, "
     "restart, "
     "verify Q1",
     NULL, NULL},
    {"4: what went on earlier and loses its file goes on again before it",
     CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," FIX("Q2", F("a", "3.0")),
     TWO_ARE("2026-02-01", "2026-01-01"), "Q1",
     "extract Q1, uninstall Q1, install Q2, restart, install Q1, restart, verify Q1", NULL, NULL},
    {"4: an earlier one that refuses while it is recorded comes off as well, after the later one",
     TWO_SHARE, TWO_ARE("2026-02-01", "2026-01-01"), "Q1",
     "extract Q2, extract Q1, uninstall Q1, uninstall Q2, install Q2, restart, install Q1, "
     "restart, "
     "verify Q1",
     NULL, NULL},
    {"4: the order of removal is not known: refused, and the times are named", TWO_SHARE,
     SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0"),
                 ON("Q1", "2026-01-01") "," ON_SOME_DAY("Q2")),
     "Q1", "refused", "installed on: Q2", NULL},
    {"4: the same day does not tell the order", TWO_SHARE, TWO_ARE("2026-01-01", "2026-01-01"),
     "Q1", "refused", "installed on: Q1", NULL},
    {"4: hours of one day do", TWO_SHARE, TWO_ARE("2026-01-01T08:00:00Z", "2026-01-01T09:00:00Z"),
     "Q1",
     "extract Q1, extract Q2, uninstall Q2, uninstall Q1, install Q1, restart, install Q2, "
     "restart, "
     "verify Q1",
     NULL, NULL},
    {"4: a later sharer that is permanent: refused and named",
     CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," FIX(
         "Q2", F("a", "3.0") ",'permanent':true"),
     TWO_ARE("2026-01-01", "2026-02-01"), "Q1", "refused", "Q2: it has to come off first", NULL},
    {"4: three in a row come off in turn and go on in their old order",
     CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," CLASSIC(
         "Q2", F("a", "3.0")) "," CLASSIC("Q3", F("a", "4.0")),
     SP("6") HAS(FILE_IS("a", "4.0") "," FILE_IS("own", "1.0"),
                 ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01") "," ON("Q3", "2026-03-01")),
     "Q1",
     "extract Q1, extract Q2, extract Q3, uninstall Q3, uninstall Q2, uninstall Q1, install Q1, "
     "restart, install Q2, restart, install Q3, restart, verify Q1",
     NULL, NULL},
    {"4: a sharer of a sharer comes off too",
     CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," CLASSIC(
         "Q2", FILES(ROW("a", "3.0") "," ROW("c", "1.0"))) "," CLASSIC("Q3", F("c", "2.0")),
     SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0") "," FILE_IS("c", "2.0"),
                 ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01") "," ON("Q3", "2026-03-01")),
     "Q1",
     "extract Q1, extract Q2, extract Q3, uninstall Q3, uninstall Q2, uninstall Q1, install Q1, "
     "restart, install Q2, restart, install Q3, restart, verify Q1",
     NULL, NULL},
    {"4: what came off stays off where the projection proves it covered",
     CLASSIC("Q1", FILES(ROW("a", "2.0") "," ROW("own", "2.0"))) "," CLASSIC(
         "Q2", F("a", "3.0")) "," CLASSIC("ROLL",
                                          ",'supersedes':['Q1','Q2']" FILES(
                                              ROW("a", "5.0") "," ROW("own", "5.0"))),
     SP("6") HAS(FILE_IS("a", "3.0") "," FILE_IS("own", "1.0"),
                 ON("Q1", "2026-01-01") "," ON("Q2", "2026-02-01")),
     "ROLL Q1", "install ROLL, restart, verify", NULL, NULL},
    {"4: what came off goes on again though a later one that does not list its file is on",
     CLASSIC("A", F("w", "1.4")) "," CLASSIC(
         "B", FILES(ROW("w", "1.1") "," ROW("x", "1.2"))) "," CLASSIC("C",
                                                                      ",'supersedes':['B']" FILES(
                                                                          ROW("w", "1.0") "," ROW(
                                                                              "z", "1.2"))),
     SP("6") HAS(FILE_IS("w", "1.2") "," FILE_IS("x", "1.3") "," FILE_IS("z", "1.4"),
                 ON("C", "2026-01-01") "," ON("A", "2026-02-01") "," ON("B", "2026-03-01")),
     "A",
     "extract A, extract B, uninstall B, uninstall A, install A, restart, install B, restart, "
     "verify A",
     NULL, NULL},
    {"4: what came off and is proven by what went on before it stays off",
     CLASSIC("Q1", FILES(ROW("a", "3.0") "," ROW("own", "2.0"))) "," CLASSIC("Q2", F("a", "2.0")),
     TWO_ARE("2026-01-01", "2026-02-01"), "Q1",
     "extract Q1, extract Q2, uninstall Q2, uninstall Q1, install Q1, restart, verify Q1", NULL,
     NULL},
};

int main(void)
{
    int failed = RUN_TABLE(goals, check_plan_row);

    failed |= RUN_TABLE(levels, check_plan_row);
    failed |= RUN_TABLE(to_the_end, check_plan_row);
    failed |= RUN_TABLE(rest, check_plan_row);
    failed |= RUN_TABLE(lost, check_plan_row);
    failed |= RUN_TABLE(off, check_plan_row);
    return failed;
}
