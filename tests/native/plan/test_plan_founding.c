/* SPDX-License-Identifier: MIT */
/* test_plan_founding.c - the founding case and its figures: a hotfix on ground that was put back.
 */
#include "plans.h"

/* The service pack puts its files back whatever stands there; its list here is not whole. */
#define SP6A(more)                                                                                 \
    LEVEL("SP6a", "6",                                                                             \
          FILES(ROW("asp", "4.2.720") "," ROW("w3svc", "4.2.720")) ",'fileMode':'replace'" more)
#define NEEDS_SP6A NEEDS(ALT("SP6a"))
#define FOUNDING CLASSIC("Q269862", FILES(ROW("asp", "4.2.749")) NEEDS_SP6A CHAIN("never"))
#define LATER(chain) CLASSIC("Q9", FILES(ROW("asp", "4.2.752")) NEEDS_SP6A CHAIN(chain))
#define CHAINED CLASSIC("Q269862", FILES(ROW("asp", "4.2.749")) NEEDS_SP6A CHAIN("always"))
#define SIX_STEPS                                                                                  \
    "extract Q269862, uninstall Q269862, apply-baseline SP6a, restart, install Q269862, restart, " \
    "verify Q269862"
#define BELOW                                                                                      \
    SP("6")                                                                                        \
    HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.710"), ON("Q269862", "2026-01-01"))
#define OLDER(record) SP("6") HAS(FILE_IS("asp", "4.2.720") "," FILE_IS("w3svc", "4.2.720"), record)

/* Nine that share no file: five have to come off, of four the record can be removed. */
#define OFF(n) CLASSIC("A" n, FILES(ROW("a" n, "2.0")) CHAIN("always"))
#define RECORD(n)                                                                                  \
    PATCH("R" n, ",'atRestart':true,'refusesWhileRecorded':true,'commands':{"                      \
                 "'install':{'program':'r.exe'},'removeRecord':{'program':'reg.exe'}}" FILES(      \
                     ROW("r" n, "2.0")) CHAIN("always"))
#define NINE                                                                                       \
    OFF("1")                                                                                       \
    "," OFF("2") "," OFF("3") "," OFF("4") "," OFF("5") "," RECORD("1") "," RECORD(                \
        "2") "," RECORD("3") "," RECORD("4")
#define NINE_ARE(day)                                                                              \
    ON("A1", day)                                                                                  \
    "," ON("A2", day) "," ON("A3", day) "," ON("A4", day) "," ON("A5", day) "," ON(                \
        "R1", day) "," ON("R2", day) "," ON("R3", day) "," ON("R4", day)
#define NINE_FILES                                                                                 \
    FILE_IS("a1", "2.0")                                                                           \
    "," FILE_IS("a2", "2.0") "," FILE_IS("a3", "2.0") "," FILE_IS("a4", "2.0") "," FILE_IS(        \
        "a5", "2.0") "," FILE_IS("r1",                                                             \
                                 "2.0") "," FILE_IS("r2",                                          \
                                                    "2.0") "," FILE_IS("r3",                       \
                                                                       "2.0") "," FILE_IS("r4",    \
                                                                                          "2.0")

static struct plan_row rows[] = {
    {"recorded on SP6a with a file below the level's floor: seven steps", SP6A("") "," FOUNDING,
     BELOW, "Q269862", SIX_STEPS, NULL, NULL},
    {"found by another of its numbers all the same",
     SP6A("") "," CLASSIC("Q269862",
                          ",'aliases':['KB269862']" FILES(ROW("asp", "4.2.749")) NEEDS_SP6A),
     BELOW, "KB269862", SIX_STEPS, NULL, NULL},
    {"at the floor but older than its own row, no backup known: the same seven",
     SP6A("") "," FOUNDING, OLDER(ON("Q269862", "2026-01-01")), "Q269862", SIX_STEPS, NULL, NULL},
    {"older, with a sound backup: five", SP6A("") "," FOUNDING,
     OLDER(ON_KEPT("Q269862", "2026-01-01")), "Q269862",
     "extract Q269862, uninstall Q269862, install Q269862, restart, verify Q269862", NULL, NULL},
    {"older, with a record that can be removed: four",
     SP6A("") "," PATCH("Q269862",
                        ",'atRestart':true,'refusesWhileRecorded':true,'commands':{"
                        "'install':{'program':'q.exe'},'removeRecord':{'program':'reg.exe'}}" FILES(
                            ROW("asp", "4.2.749")) NEEDS_SP6A),
     OLDER(ON("Q269862", "2026-01-01")), "Q269862",
     "configure Q269862, install Q269862, restart, verify Q269862", NULL, NULL},
    {"not on and the level unmet: the five behind the uninstall", SP6A("") "," FOUNDING,
     SP("4") HAS(FILE_IS("asp", "4.2.600") "," FILE_IS("w3svc", "4.2.600"), ""), "Q269862",
     "apply-baseline SP6a, restart, install Q269862, restart, verify Q269862", NULL, NULL},
    {"one later hotfix that shares a file, noSharedFile: eleven steps, three restarts",
     SP6A("") "," CLASSIC("Q269862",
                          FILES(ROW("asp", "4.2.749")) NEEDS_SP6A) "," LATER("noSharedFile"),
     SP("6") HAS(FILE_IS("asp", "4.2.752") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01") "," ON("Q9", "2026-02-01")),
     "Q269862",
     "extract Q269862, extract Q9, uninstall Q9, uninstall Q269862, apply-baseline SP6a, restart, "
     "install Q269862, restart, install Q9, restart, verify Q269862",
     NULL, NULL},
    {"one later hotfix that shares a file, always: ten steps, two restarts",
     SP6A("") "," CHAINED "," LATER("always"),
     SP("6") HAS(FILE_IS("asp", "4.2.752") "," FILE_IS("w3svc", "4.2.710"),
                 ON("Q269862", "2026-01-01") "," ON("Q9", "2026-02-01")),
     "Q269862",
     "extract Q269862, extract Q9, uninstall Q9, uninstall Q269862, apply-baseline SP6a, restart, "
     "install Q269862, install Q9, restart, verify Q269862",
     NULL, NULL},
    {"nine that share none, always: thirty steps, two restarts", SP6A("") "," CHAINED "," NINE,
     SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.710") "," NINE_FILES,
                 ON("Q269862", "2026-01-01") "," NINE_ARE("2026-02-01")),
     "Q269862",
     "extract Q269862, extract A1, extract A2, extract A3, extract A4, extract A5, uninstall "
     "Q269862, uninstall A1, uninstall A2, uninstall A3, uninstall A4, uninstall A5, configure R1, "
     "configure R2, configure R3, configure R4, apply-baseline SP6a, install A1, install A2, "
     "install "
     "A3, install A4, install A5, install R1, install R2, install R3, install R4, restart, install "
     "Q269862, restart, verify Q269862",
     NULL, NULL},
    {"sound: nothing to do", SP6A("") "," FOUNDING,
     SP("6") HAS(FILE_IS("asp", "4.2.749") "," FILE_IS("w3svc", "4.2.720"),
                 ON("Q269862", "2026-01-01")),
     "Q269862", "nothing-to-do", NULL, NULL},
};

int main(void)
{
    return RUN_TABLE(rows, check_plan_row);
}
