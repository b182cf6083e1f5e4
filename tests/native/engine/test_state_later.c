/* SPDX-License-Identifier: MIT */
/* test_state_later.c - what a state is made of: order, times, superseders, trusted records.  The
 * number before a name is the rule's. */
#include "judging.h"

#define F(path, version) "{'path':'" path "','version':'" version "'}"
#define FROM(id, source, time)                                                                     \
    "{'id':'" id "','sources':[{'source':'" source "','installedOn':'" time "'}]}"
#define X PATCH("X") FILES("x.dll", "2.0")
#define A PATCH("A") FILES("a.dll", "2.0")

/* X needs A before it, where u.dll is there. */
#define GUARDED                                                                                    \
    X ",'prerequisites':[{'anyOf':[{'patch':'A'}],'ordered':true,'why':'o',"                       \
      "'when':{'file':{'path':'u.dll'}}}]}," A "}"
/* X needs A or B, and one of them before it. */
#define ORDERED                                                                                    \
    X ",'prerequisites':[{'anyOf':[{'patch':'A'},{'patch':'B'}],'ordered':true,'why':'o'}]}," A    \
      "}," PATCH("B") FILES("b.dll", "2.0") "}"
#define ORDER_FILES(b) "'files':[" F("x.dll", "2.0") "," F("a.dll", "2.0") "," b "]"
#define B_OFF F("b.dll", "1.0")
#define B_ON F("b.dll", "2.0")
#define TIMES(x, a) ",'updates':[" x "," a "]"
#define KEY(id, time) FROM(id, "hotfix-key", time)

static struct judged orders[] = {
    {"8 the satisfier went on later", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-01-01T00:00:01Z")),
     "X=OutOfOrder:installed_before_prerequisite", NULL},
    {"8 at the same second", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-01-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 earlier", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-02T00:00:00Z"), KEY("A", "2020-01-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 the time of the patch is not known", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[{'id':'X','sources':[{'source':'qfe'}]}," KEY(
         "A", "2020-01-01T00:00:00Z") "]",
     "X=Compliant", NULL},
    {"8 the time of the satisfier is not known", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[{'id':'A','sources':[{'source':'qfe'}]}," KEY(
         "X", "2020-01-01T00:00:00Z") "]",
     "X=Compliant", NULL},
    {"8 the satisfier is not recorded", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[" KEY("X", "2020-01-01T00:00:00Z") "]", "X=Compliant", NULL},
    {"8 another satisfier is on", ORDERED,
     ORDER_FILES(B_ON) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 another satisfier is not known to be off", ORDERED,
     ORDER_FILES(F("z", "1.0"))
         TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 another satisfier is off by its record", ORDERED,
     ORDER_FILES(F("z", "1.0"))
         TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")) "," ALL_LISTS,
     "X=OutOfOrder", NULL},
    {"8 a later one of the named one is a satisfier too",
     ORDERED "," PATCH("C") FILES("c.dll", "2.0") ",'supersedes':['A']}",
     "'files':[" F("x.dll", "2.0") "," F("a.dll", "2.0") "," B_OFF "," F("c.dll", "2.0") "]" TIMES(
         KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 one that does not apply is none",
     ORDERED "," IIS_PATCH("C") FILES("c.dll", "2.0") ",'supersedes':['A']}",
     ORDER_FILES(B_OFF) TIMES(
         KEY("X", "2020-01-01T00:00:00Z"),
         KEY("A", "2020-02-01T00:00:00Z")) ",'coverage':[{'list':'features','state':'complete'}]",
     "C=NotApplicable X=OutOfOrder", NULL},
    {"8 its earliest time counts", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[" KEY(
         "X",
         "2020-01-05T00:00:00Z") ",{'id':'A','sources':[{'source':'qfe','installedOn':'2020-02-01'}"
                                 ","
                                 "{'source':'hotfix-key','installedOn':'2020-01-01T00:00:00Z'}]}]",
     "X=Compliant", NULL},
    {"8 the patch's latest time counts", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[" KEY(
         "A",
         "2020-01-05T00:00:00Z") ",{'id':'X','sources':[{'source':'qfe','installedOn':'2020-02-01'}"
                                 ","
                                 "{'source':'hotfix-key','installedOn':'2020-01-01T00:00:00Z'}]}]",
     "X=Compliant", NULL},
    {"8 known to the day: the same day is not judged", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-01-01T23:00:00Z")),
     "X=Compliant", NULL},
    {"8 known to the day: the day after", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-01-02T00:00:00Z")),
     "X=OutOfOrder", NULL},
    {"8 both known to the day", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-01-02")), "X=OutOfOrder",
     NULL},
    {"8 a group that does not apply has no order",
     X ",'prerequisites':[{'anyOf':[{'patch':'A'}],'ordered':true,'why':'o',"
       "'when':{'always':false}}]}," A "}",
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 a guard that is not known leaves doubt, also where the group holds by now", GUARDED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Unknown:not_collected", NULL},
    {"8 the same in the right order is no question", GUARDED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-03-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=Compliant", NULL},
    {"8 of two groups the certain one decides",
     X ",'prerequisites':[{'anyOf':[{'patch':'A'}],'ordered':true,'why':'o','when':{'file':{'path':"
       "'u.dll'}}},{'anyOf':[{'patch':'A'}],'ordered':true,'why':'o'}]}," A "}",
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", "2020-02-01T00:00:00Z")),
     "X=OutOfOrder:installed_before_prerequisite", NULL},
};

#define VOID_FEATURE ",'voidedBy':[{'feature':'IIS','why':'v'}]"
#define X_ON(time) "'files':[" F("x.dll", "2.0") "],'updates':[" KEY("X", time) "]"
#define IIS_ON(time) ",'features':[{'name':'IIS','installedOn':'" time "'}]"
#define UNLESS ",'voidedBy':[{'feature':'IIS','why':'v','unless':{'file':{'path':'u.dll'}}}]"
#define U_FILE(status) ",{'path':'u.dll'" status "}]"
#define X_AND(more) "'files':[" F("x.dll", "2.0") more ",'updates':[" KEY("X", "2020-01-01") "]"

/* What the status says: the event and both times, of each kind of event. */
static struct said {
    const char *name, *patches, *facts, *expected, *found, *reason, *warning;
} said[] = {
    {"a feature", X VOID_FEATURE "}", X_ON("2020-01-01T00:00:00Z") IIS_ON("2020-02-01T00:00:00Z"),
     "installed after feature IIS (2020-02-01T00:00:00Z)", "installed 2020-01-01T00:00:00Z",
     "feature IIS came 2020-02-01T00:00:00Z, it was installed 2020-01-01T00:00:00Z: v", NULL},
    {"a patch", X ",'voidedBy':[{'patch':'A','why':'v'}]}," A "}",
     "'files':[" F("x.dll", "2.0") "]" TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-02-01")),
     "installed after A (2020-02-01)", "installed 2020-01-01",
     "A came 2020-02-01, it was installed 2020-01-01: v", NULL},
    {"an instance", X ",'voidedBy':[{'product':'MSSQL','why':'v'}]}",
     X_ON("2020-01-01") ",'instances':[{'product':'MSSQL','name':'P','installedOn':'2020-02-01'}]",
     "installed after MSSQL/P (2020-02-01)", "installed 2020-01-01",
     "MSSQL/P came 2020-02-01, it was installed 2020-01-01: v", NULL},
    {"a prerequisite",
     X ",'prerequisites':[{'anyOf':[{'patch':'A'}],'ordered':true,'why':'o'}]}," A "}",
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-02-01")),
     "installed after A (2020-02-01)", "installed 2020-01-01",
     "A came 2020-02-01, it was installed 2020-01-01: o", NULL},
    {"what would clear it is not known", X UNLESS "}", X_AND("]") IIS_ON("2020-02-01"),
     "installed after feature IIS (2020-02-01)", "installed 2020-01-01", "feature IIS came",
     "whether feature IIS really undid it is not known; to collect: file u.dll"},
    {"nothing was collected of it",
     X ",'prerequisites':[{'anyOf':[{'rule':{'feature':{'name':"
       "'IIS'}}}],'why':'g'}]}",
     "", NULL, NULL, "A fact that it depends on was not collected: file x.dll; feature IIS", NULL},
    {"covered after the restart alone",
     X "}," PATCH("M") FILES("x.dll", "3.0") ",'supersedes':['X']}",
     "'files':[{'path':'x.dll','version':'1.0','pending':"
     "{'version':'3.0'}}]",
     NULL, NULL, "A later patch that is sound covers it: M, after the restart that is due", NULL},
    {"a package that nobody looked for", PATCH("X") ",'packages':['Pkg_X']}", "", NULL, NULL,
     "was not collected: package Pkg_X", NULL},
    {"only a record would tell", PATCH("X") "}", "", NULL, NULL, "was not collected: record of X",
     NULL},
    {"many files",
     PATCH("X") ",'files':[{'path':'1'},{'path':'2'},{'path':'3'},{'path':'4'},"
                "{'path':'5'},{'path':'6'},{'path':'7'}]}",
     "", NULL, NULL, "file 1; file 2; file 3; file 4; file 5 and 2 more", NULL},
    {"the guard of an order is not known", GUARDED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01"), KEY("A", "2020-02-01")), NULL, NULL,
     "not collected", "whether A had to go on first is not known; to collect: file u.dll"},
};

static void check_said(void **state)
{
    const struct said *row = *state;
    const struct prereq_status_row *status;
    struct judging judging;

    judging_open(&judging, row->patches, NULL);
    judging_run(&judging, row->facts);
    status = judging_status(&judging, "X");
    if (row->expected) {
        assert_string_equal(status->expected, row->expected);
        assert_string_equal(status->found, row->found);
    }
    assert_non_null(strstr(status->reason, row->reason));
    assert_int_equal(row->warning != NULL, status->warning_count == 1);
    if (row->warning)
        assert_string_equal(status->warnings[0], row->warning);
    judging_close(&judging);
}

static struct judged events[] = {
    {"8 a feature added later", X VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON("2020-01-01T00:00:01Z"), "X=OutOfOrder:voided_later",
     NULL},
    {"8 a feature added earlier", X VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON("2019-01-01T00:00:00Z"), "X=Compliant", NULL},
    {"8 a feature added the same day, known to the day", X VOID_FEATURE "}",
     X_ON("2020-01-01") IIS_ON("2020-01-01T23:00:00Z"), "X=Compliant", NULL},
    {"8 a feature without a time", X VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") ",'features':[{'name':'IIS'}]", "X=Compliant", NULL},
    {"8 a feature that is not there", X VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") ",'features':[{'name':'IIS','state':'notInstalled','installedOn':"
                                  "'2020-02-01T00:00:00Z'}]",
     "X=Compliant", NULL},
    {"8 a patch added later", X ",'voidedBy':[{'patch':'A','why':'v'}]}," A "}",
     "'files':[" F("x.dll", "2.0") "]" TIMES(KEY("X", "2020-01-01T00:00:00Z"),
                                             KEY("A", "2020-02-01T00:00:00Z")),
     "X=OutOfOrder:voided_later", NULL},
    {"8 a product added later", X ",'voidedBy':[{'product':'MSSQL','why':'v'}]}",
     X_ON("2020-01-01T00:00:00Z") ",'instances':[{'product':'MSSQL','name':'P','installedOn':'2020-"
                                  "02-01T00:00:00Z'}]",
     "X=OutOfOrder:voided_later", NULL},
    {"8 what is not recorded cannot be voided", X VOID_FEATURE "}",
     "'files':[" F("x.dll", "2.0") "]" IIS_ON("2020-01-01T00:00:00Z"), "X=Compliant", NULL},
    {"8 unless holds", X UNLESS "}", X_AND(U_FILE("")) IIS_ON("2020-02-01T00:00:00Z"),
     "X=Compliant", NULL},
    {"8 unless does not hold", X UNLESS "}",
     X_AND(U_FILE(",'status':'absent'")) IIS_ON("2020-02-01T00:00:00Z"), "X=OutOfOrder", NULL},
    {"8 unless is not known", X UNLESS "}", X_AND("]") IIS_ON("2020-02-01T00:00:00Z"),
     "X=OutOfOrder:voided_later", NULL},
    {"8 unless could not be read", X UNLESS "}",
     X_AND(U_FILE(",'status':'unavailable','code':'access_denied'")) IIS_ON("2020-02-01T00:00:00Z"),
     "X=OutOfOrder:voided_later", NULL},
    {"8 it inherits what voids those that it supersedes",
     X ",'supersedes':['A']}," A VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON("2020-02-01T00:00:00Z"), "X=OutOfOrder:voided_later",
     NULL},
    {"8 and their doubt", X ",'supersedes':['A']}," A UNLESS "}",
     X_AND("]") IIS_ON("2020-02-01T00:00:00Z"), "X=OutOfOrder:voided_later", NULL},
    {"8 two steps down likewise",
     X ",'supersedes':['A']}," A ",'supersedes':['B']}," PATCH("B") VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON("2020-02-01T00:00:00Z"), "X=OutOfOrder:voided_later",
     NULL},
    {"8 it does not inherit from later ones", X "}," A ",'supersedes':['X']" VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON("2020-02-01T00:00:00Z"), "X=Compliant", NULL},
    {"8 of two one unreadable: the other one proves it",
     X ",'voidedBy':[{'feature':'IIS','why':'v','unless':{'file':{'path':'u.dll'}}},"
       "{'feature':'IIS','why':'w'}]}",
     X_AND("]") IIS_ON("2020-02-01T00:00:00Z"), "X=OutOfOrder:voided_later", NULL},
};

#define FUTURE "2026-11-20T12:00:01Z"

static struct judged futures[] = {
    {"9 a record's time after the facts is not known", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", FUTURE)), "X=Compliant",
     NULL},
    {"9 the moment of the facts is known", ORDERED,
     ORDER_FILES(B_OFF) TIMES(KEY("X", "2020-01-01T00:00:00Z"), KEY("A", FACTS_TIME)),
     "X=OutOfOrder", NULL},
    {"9 of two times the one after the facts does not count", ORDERED,
     ORDER_FILES(B_OFF) ",'updates':[" KEY(
         "A",
         "2020-01-05T00:00:00Z") ",{'id':'X','sources':[{'source':'qfe','installedOn':'2027-02-01'}"
                                 ","
                                 "{'source':'hotfix-key','installedOn':'2020-01-01T00:00:00Z'}]}]",
     "X=OutOfOrder", NULL},
    {"9 a feature's time after the facts", X VOID_FEATURE "}",
     X_ON("2020-01-01T00:00:00Z") IIS_ON(FUTURE), "X=Compliant", NULL},
    {"9 a product's time after the facts", X ",'voidedBy':[{'product':'MSSQL','why':'v'}]}",
     X_ON("2020-01-01T00:00:00Z") ",'instances':[{'product':'MSSQL','name':'P','installedOn':"
                                  "'" FUTURE "'}]",
     "X=Compliant", NULL},
    {"9 a file's date after the facts",
     PATCH("X") ",'files':[{'path':'x.dll','date':'2000-08-03'}]}",
     "'files':[{'path':'x.dll','modified':'" FUTURE "'}]", "X=Unknown", NULL},
    {"9 a file's date known to the day, the day of the facts",
     PATCH("X") ",'files':[{'path':'x.dll','date':'2000-08-03'}]}",
     "'files':[{'path':'x.dll','modified':'2026-11-20'}]", "X=Compliant", NULL},
    {"9 a record to come does not ask for a restart", X "}",
     "'lastStartUp':'2020-02-10T06:00:00Z'," X_ON(FUTURE), "X=Compliant", NULL},
};

#define L PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}"
#define L_WITH_X                                                                                   \
    PATCH("L")                                                                                     \
    ",'files':[" FILE_ROW("l.dll", "2.0") "," FILE_ROW("x.dll", "2.0") "],'supersedes':['X']}"
#define XL(x, l) "'files':[" F("x.dll", x) "," F("l.dll", l) "]"
#define X_KEY ",'updates':[" KEY("X", "2020-01-01T00:00:00Z") "]"
#define TWO_FILES PATCH("X") ",'files':[" FILE_ROW("x.dll", "2.0") "," FILE_ROW("y.dll", "2.0") "]}"

static struct judged superseders[] = {
    {"10 one that is Compliant counts", X "}," L, XL("1.0", "2.0"), "X=Superseded:superseded",
     NULL},
    {"10 one that is not does not", X "}," L, XL("1.0", "1.0"), "X=Ready L=Ready", NULL},
    {"10 one later than the later one counts",
     X "}," L "," PATCH("M") FILES("m.dll", "2.0") ",'supersedes':['L']}",
     "'files':[" F("x.dll", "1.0") "," F("l.dll", "1.0") "," F("m.dll", "2.0") "]",
     "X=Superseded L=Superseded M=Compliant", NULL},
    {"10 Compliant before the projection: it waits for a restart itself", X "}," L,
     "'lastStartUp':'2020-01-02T00:00:00Z'," XL("1.0", "2.0") ",'updates':[" KEY(
         "L", "2020-01-03T00:00:00Z") "]",
     "L=PendingRestart X=Superseded", NULL},
    {"10 a later one on the host counts for an instance",
     SQL_PATCH("X") FILES("x.dll", "2.0") "}," L,
     XL("1.0", "2.0") ",'instances':[{'product':'MSSQL','name':'A'}]", "X@MSSQL/A=Superseded",
     NULL},
    {"10 a later one out of order does not count",
     X "}," PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']" NEEDS(
         "{'rule':{'file':{'path':'g.dll'}}}", "") "}",
     "'files':[" F("x.dll", "1.0") "," F("l.dll",
                                         "2.0") ",{'path':'g.dll','status':'absent'}],"
                                                "'updates':[" KEY("L", "2020-01-03T00:00:00Z") "]",
     "L=OutOfOrder X=Ready", NULL},
    {"10 one that does not apply does not count",
     X "}," IIS_PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}",
     XL("1.0", "2.0") ",'coverage':[{'list':'features','state':'complete'}]",
     "L=NotApplicable X=Ready", NULL},
    {"10b recorded, its file older and in no later list", X "}," L, XL("1.0", "2.0") X_KEY,
     "X=Regressed:files_older", NULL},
    {"10b not recorded: it does not matter", X "}," L, XL("1.0", "2.0"), "X=Superseded", NULL},
    {"10b its file is not known: no proof", X "}," L, "'files':[" F("l.dll", "2.0") "]" X_KEY,
     "X=Superseded", NULL},
    {"10b one of two files is older and in no later list", TWO_FILES "," L_WITH_X,
     "'files':[" F("x.dll", "2.0") "," F("l.dll", "2.0") "," F("y.dll", "1.0") "]" X_KEY,
     "X=Regressed", NULL},
    {"10b it is in the list of one still later",
     TWO_FILES "," L_WITH_X
               "," PATCH("M") ",'files':[{'path':'y.dll','size':5}],'supersedes':['L']}",
     "'files':[" F("x.dll", "2.0") "," F("l.dll",
                                         "2.0") ",{'path':'y.dll','version':'1.0','size':5}]" X_KEY,
     "M=Compliant X=Superseded", NULL},
    {"10b one that lists it must be Compliant itself",
     TWO_FILES "," L_WITH_X
               "," PATCH("M") ",'files':[" FILE_ROW("y.dll", "2.0") "],'supersedes':['L']}",
     "'files':[" F("x.dll", "2.0") "," F("l.dll", "2.0") "," F("y.dll", "1.0") "]" X_KEY,
     "M=Ready X=Regressed", NULL},
    {"10b a level below a recorded one: its own rows do not matter",
     LEVEL("S1") ",'marker':{'os':{'servicePack':{'atLeast':1}}}" FILES("x.dll", "2.0") "}," LEVEL(
         "S2") ",'marker':{'os':{'servicePack':{'atLeast':2}}}" FILES("l.dll",
                                                                      "2.0") ",'supersedes':['S1']"
                                                                             "}",
     "'os':{'servicePack':2}," XL("1.0", "2.0"), "S2=Compliant S1=Superseded", NULL},
};

#define TRUST "'trustRecords':true"
#define L_KEY ",'updates':[" KEY("L", "2020-01-01T00:00:00Z") "]"
#define BOTH_KEYS                                                                                  \
    ",'updates':[" KEY("X", "2020-01-01T00:00:00Z") "," KEY("L", "2020-02-01T00:00:00Z") "]"
#define X_NEEDS_A X NEEDS("{'patch':'A'}", "") "}," A "}"

static struct judged trusted[] = {
    {"11 recorded, effect unknown", X "}", "'updates':[" KEY("X", "2020-01-01") "]",
     "X=Compliant:record_trusted", TRUST},
    {"11 not without the policy", X "}", "'updates':[" KEY("X", "2020-01-01") "]",
     "X=Unknown:record_only", NULL},
    {"11 known absent", X "}", ALL_LISTS, "X=Ready", TRUST},
    {"11 absent from a source that cuts off proves nothing", X "}",
     "'coverage':[{'list':'qfe','state':'complete'},{'list':'updateHistory','state':'complete'}]",
     "X=Unknown:not_collected", TRUST},
    {"11 a known effect is never replaced", X "}", "'files':[" F("x.dll", "1.0") "]" X_KEY,
     "X=Regressed", TRUST},
    {"11 in effect and known absent", X "}", "'files':[" F("x.dll", "2.0") "]," ALL_LISTS,
     "X=Compliant:effect_without_record", TRUST},
    {"11 a file that could not be read", X "}",
     "'files':[{'path':'x.dll','status':'unavailable','code':'access_denied'}]" X_KEY,
     "X=Compliant:record_trusted", TRUST},
    {"11 a satisfier by its record", X_NEEDS_A,
     "'files':[" F("x.dll", "1.0") "],'updates':[" KEY("A", "2020-01-01") "]", "X=Ready", TRUST},
    {"11 a satisfier known absent", X_NEEDS_A, "'files':[" F("x.dll", "1.0") "]," ALL_LISTS,
     "X=Blocked", TRUST},
    {"11 a satisfier without the policy", X_NEEDS_A,
     "'files':[" F("x.dll", "1.0") "],'updates':[" KEY("A", "2020-01-01") "]", "X=Unknown", NULL},
    {"11 a superseder by its record", X "}," L, "'files':[]" L_KEY,
     "L=Compliant:record_trusted X=Superseded", TRUST},
    {"11 an old one that is absent, below a recorded one", X "}," L,
     ALL_LISTS ",'updates':[" KEY("L", "2020-01-01") "]", "L=Compliant:record_trusted X=Superseded",
     TRUST},
    {"11 an old one that files prove to be off stays open", X "}," L,
     "'files':[" F("x.dll", "1.0") "]," ALL_LISTS ",'updates':[" KEY("L", "2020-01-01") "]",
     "L=Compliant:record_trusted X=Ready", TRUST},
    {"11 a level's marker is its record",
     LEVEL("S6") ",'marker':{'os':{'servicePack':{'atLeast':6}}}" FILES("s.dll", "2.0") "}",
     "'os':{'servicePack':6}", "S6=Compliant:record_trusted", TRUST},
    {"11 a level whose marker is not known",
     LEVEL("S6") ",'marker':{'os':{'servicePack':{'atLeast':6}}}" FILES("s.dll", "2.0") "}",
     ALL_LISTS, "S6=Unknown", TRUST},
    {"11 an order that is broken stays proven", ORDERED,
     "'files':[]" TIMES(KEY("X", "2020-01-01T00:00:00Z"),
                        KEY("A", "2020-02-01T00:00:00Z")) "," ALL_LISTS,
     "X=OutOfOrder", TRUST},
    {"10a by its record alone it does not cover what is known older", X "}," L,
     "'files':[" F("x.dll", "1.0") "]" L_KEY, "L=Compliant X=Ready", TRUST},
    {"10a nor what is out of order", X NEEDS("{'rule':{'file':{'path':'g.dll'}}}", "") "}," L,
     "'files':[{'path':'g.dll','status':'absent'}]" BOTH_KEYS, "L=Compliant X=OutOfOrder", TRUST},
    {"10a one proven by files covers it", X "}," L, XL("1.0", "2.0") L_KEY,
     "L=Compliant:sound X=Superseded", TRUST},
    {"10b a file list behind a mere record does not cover", TWO_FILES "," L_WITH_X,
     "'files':[" F("x.dll", "1.0") "]" BOTH_KEYS, "X=Regressed", TRUST},
};

int main(void)
{
    int failed = RUN_TABLE(orders, check_judged);

    failed |= RUN_TABLE(events, check_judged);
    failed |= RUN_TABLE(said, check_said);
    failed |= RUN_TABLE(futures, check_judged);
    failed |= RUN_TABLE(superseders, check_judged);
    failed |= RUN_TABLE(trusted, check_judged);
    return failed;
}
