/* SPDX-License-Identifier: MIT */
/* test_state_cases.c - cases that look alike and are not, each with a catalog of its own. */
#include "judging.h"

#define F(path, version) "{'path':'" path "','version':'" version "'}"
#define KEY(id, time) "{'id':'" id "','sources':[{'source':'hotfix-key','installedOn':'" time "'}]}"

/* NT 4.0: SP6 and SP6a both say 6; SP6a has a record of its own. */
#define SP6_MARK "'os':{'servicePack':{'atLeast':6}}"
#define SP6A_MARK                                                                                  \
    "'all':[{" SP6_MARK "},{'registry':{'key':'HKLM/Hotfix/Q246009','name':'Installed',"           \
    "'number':{'equals':[1]}}}]"
#define SP6A                                                                                       \
    LEVEL("SP6a")                                                                                  \
    ",'marker':{" SP6A_MARK                                                                        \
    "},'supersedes':['SP6'],'files':[" FILE_ROW("w3svc.dll", "4.2.720.1") "," FILE_ROW(            \
        "asp.dll", "4.2.679.1") "]}," LEVEL("SP6") ",'marker':{" SP6_MARK "}}"
#define HOTFIX PATCH("Q1") FILES("w3svc.dll", "4.2.749.1") NEEDS("{'patch':'SP6a'}", "") "}," SP6A
#define SP6A_RECORD(number)                                                                        \
    "'registry':[{'key':'HKLM/Hotfix/Q246009','name':'Installed','number':" number "}]"
#define NO_SP6A "'registry':[{'key':'HKLM/Hotfix/Q246009','name':'Installed','status':'absent'}]"

/* SQL Server: SP1, SP2, and a cumulative update that is for exactly SP1. */
#define SQL_SP(name, version, more)                                                                \
    SQL_LEVEL(name)                                                                                \
    ",'marker':{'product':{'product':'MSSQL','version':{'atLeast':'" version "'}}}" more "}"
#define SQL_CATALOG                                                                                \
    SQL_PATCH("CU5")                                                                               \
    ",'msiPatches':['{CU5}'],'marker':{'product':{'product':'MSSQL','version':"                    \
    "{'within':[{'from':'13.0.4050','below':'13.0.5000'}]}}}" NEEDS(                               \
        "{'patch':'SP1','exact':true}",                                                            \
        "") "}," SQL_SP("SP1", "13.0.4000", "") "," SQL_SP("SP2", "13.0.5000",                     \
                                                           ",'supersedes':['SP1','CU5']")
#define SQL_AT(version) "'instances':[{'product':'MSSQL','name':'P','version':'" version "'}]"

/* Servicing stack updates, the second later than the first, and a cumulative update that needs one.
 */
#define STACKS                                                                                     \
    PATCH("LCU")                                                                                   \
    FILES("lcu.dll", "2.0")                                                                        \
    NEEDS("{'patch':'SSU1'}", ",'ordered':true")                                                   \
    "}," PATCH("SSU1") FILES("ssu.dll", "1.0") "}," PATCH("SSU2")                                  \
        FILES("ssu.dll", "2.0") ",'supersedes':['SSU1']}"
#define LICENCE                                                                                    \
    PATCH("LIC")                                                                                   \
    ",'marker':{'setting':{'kind':'license','name':'esu','number':{'equals':[1]}}}" NEEDS(         \
        "{'patch':'PREP'}", ",'ordered':true") "}," PATCH("PREP") FILES("prep.dll", "1.0") "}"

#define HOSTING(unless)                                                                            \
    PATCH("HOST")                                                                                  \
    FILES("aspnetcore.dll", "8.0") ",'voidedBy':[{'feature':'IIS','why':'v'" unless "}]}"
#define MODULE ",'unless':{'file':{'path':'aspnetcorev2.dll','version':{'atLeast':'8.0'}}}"
#define HOSTING_ON                                                                                 \
    "'updates':[" KEY("HOST", "2024-01-01T00:00:00Z") "],'features':[{'name':'IIS','installedOn':" \
                                                      "'2024-02-01T00:00:00Z'}]"

static struct judged cases[] = {
    {"newest files, no hotfix ever, service pack too low", HOTFIX,
     "'os':{'version':'4.0','servicePack':4},'files':[" F("w3svc.dll", "4.2.780.1") "," F(
         "asp.dll", "4.2.780.1") "]," NO_SP6A "," ALL_LISTS,
     "Q1=Compliant:effect_without_record SP6a=Ready", NULL},
    {"SP6, the marker of SP6a absent, all its files there", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'files':[" F("w3svc.dll", "4.2.720.1") "," F(
         "asp.dll", "4.2.679.1") "]," NO_SP6A "," ALL_LISTS,
     "Q1=Blocked:level_unmet SP6=Compliant SP6a=Ready", NULL},
    {"SP6, the marker of SP6a absent, newest files", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'files':[" F("w3svc.dll", "4.2.740.1") "," F(
         "asp.dll", "4.2.800.1") "]," NO_SP6A "," ALL_LISTS,
     "Q1=Blocked:level_unmet", NULL},
    {"SQL at SP2, a CU for exactly SP1 recorded from earlier", SQL_CATALOG,
     SQL_AT("13.0.5026") ",'msiPatches':[{'patchCode':'{CU5}'}]",
     "CU5@MSSQL/P=Superseded SP2@MSSQL/P=Compliant SP1@MSSQL/P=Compliant", NULL},
    {"SQL at SP2, the CU for exactly SP1 not recorded", SQL_CATALOG,
     SQL_AT("13.0.5026") ",'coverage':[{'list':'msiPatches','state':'complete'}]",
     "CU5@MSSQL/P=Superseded", NULL},
    {"SQL at SP1, that CU not recorded", SQL_CATALOG,
     SQL_AT("13.0.4001") ",'coverage':[{'list':'msiPatches','state':'complete'}]",
     "CU5@MSSQL/P=Ready", NULL},
    {"patch sound, a file of the service pack pending", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'files':[" F(
         "w3svc.dll", "4.2.749.1") ",{'path':'asp.dll','version':'4.2.651.1','pending':{'version':'"
                                   "4.2.679.1'}}],"
                                   "'updates':[" KEY("Q1",
                                                     "2000-10-10T00:00:00Z") "]," SP6A_RECORD("1"),
     "Q1=PendingRestart:files_pending SP6a=PendingRestart", NULL},
    {"the same file older and nothing pending: the founding fault", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'files':[" F("w3svc.dll", "4.2.749.1") "," F(
         "asp.dll", "4.2.651.1") "],'updates':[" KEY("Q1",
                                                     "2000-10-10T00:00:00Z") "]," SP6A_RECORD("1"),
     "Q1=OutOfOrder:level_unmet SP6a=Regressed", NULL},
    {"SSU1, LCU, SSU2 went on in this order", STACKS,
     "'files':[" F("lcu.dll", "2.0") "," F("ssu.dll", "2.0") "],'updates':[" KEY(
         "SSU1", "2024-01-01T00:00:00Z") "," KEY("LCU",
                                                 "2024-02-01T00:00:00Z") "," KEY("SSU2",
                                                                                 "2024-03-01T00:00:"
                                                                                 "00Z") "]",
     "LCU=Compliant:sound", NULL},
    {"LCU, SSU1, and nothing else", STACKS,
     "'files':[" F("lcu.dll", "2.0") "," F("ssu.dll", "1.0") "],'updates':[" KEY(
         "LCU", "2024-02-01T00:00:00Z") "," KEY("SSU1", "2024-03-01T00:00:00Z") "]," ALL_LISTS,
     "LCU=OutOfOrder:installed_before_prerequisite", NULL},
    {"licence package on before its prerequisite, both on now", LICENCE,
     "'settings':[{'kind':'license','name':'esu','number':1}],'files':[" F(
         "prep.dll",
         "1.0") "],'updates':[" KEY("LIC",
                                    "2024-02-01T00:00:00Z") "," KEY("PREP",
                                                                    "2024-03-01T00:00:00Z") "]",
     "LIC=OutOfOrder:installed_before_prerequisite PREP=Compliant", NULL},
    {"licence package on after its prerequisite", LICENCE,
     "'settings':[{'kind':'license','name':'esu','number':1}],'files':[" F(
         "prep.dll",
         "1.0") "],'updates':[" KEY("LIC",
                                    "2024-03-01T00:00:00Z") "," KEY("PREP",
                                                                    "2024-02-01T00:00:00Z") "]",
     "LIC=Compliant:sound", NULL},
    {"hosting bundle before IIS", HOSTING(MODULE),
     HOSTING_ON
     ",'files':[" F("aspnetcore.dll", "8.0") ",{'path':'aspnetcorev2.dll','status':'absent'}]",
     "HOST=OutOfOrder:voided_later", NULL},
    {"hosting bundle repaired: the record keeps its old time", HOSTING(MODULE),
     HOSTING_ON ",'files':[" F("aspnetcore.dll", "8.0") "," F("aspnetcorev2.dll", "8.0") "]",
     "HOST=Compliant:sound", NULL},
    {"kernel32.dll put back, a later patch that does not list it is sound",
     PATCH("MS01") ",'files':[" FILE_ROW("kernel32.dll", "4.0.1381.7086") "," FILE_ROW(
         "asp.dll", "4.2.757.1") "]}," PATCH("MS02")
         FILES("asp.dll", "4.2.775.1") ",'supersedes':['MS01']}",
     "'files':[" F("kernel32.dll", "4.0.1381.300") "," F(
         "asp.dll",
         "4.2.775.1") "],'updates':[" KEY("MS01", "2001-09-01T00:00:00Z") "," KEY("MS02",
                                                                                  "2002-05-01T00:"
                                                                                  "00:00Z") "]",
     "MS01=Regressed:files_older MS02=Compliant:sound", NULL},
    {"record-only import, level known and too low", HOTFIX,
     "'os':{'version':'4.0','servicePack':4}," NO_SP6A, "Q1=Blocked:level_unmet", NULL},
    {"record-only import, patch recorded", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'updates':[{'id':'Q1','sources':[{'source':'"
     "systeminfo'}]}]",
     "Q1=Unknown:record_only", NULL},
    {"record-only import, patch recorded, level known, under trustRecords", HOTFIX,
     "'os':{'version':'4.0','servicePack':6},'updates':[{'id':'Q1','sources':[{'source':'"
     "systeminfo'}]}]"
     "," SP6A_RECORD("1"),
     "Q1=Compliant:record_trusted", "'trustRecords':true"},
};

/* ---- what stands beside the state in these cases ---- */

static void test_warning_without_record(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(&judging, HOTFIX, NULL);
    judging_run(&judging,
                "'os':{'version':'4.0','servicePack':4},'files':[" F(
                    "w3svc.dll", "4.2.749.1") "," F("asp.dll", "4.2.679.1") "]," NO_SP6A
                                                                            "," ALL_LISTS);
    judging_expect(&judging, "Q1=Compliant:effect_without_record");
    assert_true(judging_warns(judging_status(&judging, "Q1"), "SP6a"));
    assert_int_equal(judging_status(&judging, "Q1")->evidence, PREREQ_EVIDENCE_FILES);
    judging_close(&judging);
}

static void test_trusted_evidence(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(&judging, HOTFIX, "'trustRecords':true");
    judging_run(&judging, cases[PREREQ_COUNT(cases) - 1].facts);
    assert_int_equal(judging_status(&judging, "Q1")->evidence, PREREQ_EVIDENCE_RECORD);
    judging_close(&judging);
}

int main(void)
{
    const struct CMUnitTest beside[] = {
        cmocka_unit_test(test_warning_without_record),
        cmocka_unit_test(test_trusted_evidence),
    };
    int failed = RUN_TABLE(cases, check_judged);

    failed |= RUN_TESTS(beside);
    return failed;
}
