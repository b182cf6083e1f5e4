/* SPDX-License-Identifier: MIT */
/* test_state_inputs.c - what a state is made of: record, effect, versions, applicability, named
 * patches, groups.  The number before a name is the rule's. */
#include "judging.h"

#define F(path, version) "{'path':'" path "','version':'" version "'}"
#define X PATCH("X") FILES("x.dll", "2.0")
#define SOURCE(id, source) "'updates':[{'id':'" id "','sources':[{'source':'" source "'}]}]"
#define COMPLETE(list) "'coverage':[{'list':'" list "','state':'complete'}]"
#define X_AT_LEVEL "'files':[" F("x.dll", "2.0") "]"
#define X_OLDER "'files':[" F("x.dll", "1.0") "]"

static struct judged records[] = {
    {"1 a hotfix key says installed", X "}", SOURCE("X", "hotfix-key"), "X=Unknown:record_only",
     NULL},
    {"1 Win32_QuickFixEngineering says so", X "}", SOURCE("X", "qfe"), "X=Unknown:record_only",
     NULL},
    {"1 systeminfo says so", X "}", SOURCE("X", "systeminfo"), "X=Unknown:record_only", NULL},
    {"1 the update history says so", X "}", SOURCE("X", "update-history"), "X=Unknown:record_only",
     NULL},
    {"1 a product's own record says so", X "}", SOURCE("X", "product"), "X=Unknown:record_only",
     NULL},
    {"1 by an alias", X ",'aliases':['MS00-001']}", SOURCE("ms00-001", "qfe"),
     "X=Unknown:record_only", NULL},
    {"1 by its record id", X ",'recordIds':['KB77']}", SOURCE("KB77", "qfe"),
     "X=Unknown:record_only", NULL},
    {"1 where it has record ids its own id is none", X ",'recordIds':['KB77']}", SOURCE("X", "qfe"),
     "X=Unknown:not_collected", NULL},
    {"1 CBS 0x70", X ",'packages':['Pkg_X']}",
     "'packages':[{'identity':'Pkg_X~1~amd64~~1.0','state':112}]", "X=Unknown:record_only", NULL},
    {"1 CBS 0x80", X ",'packages':['Pkg_X']}",
     "'packages':[{'identity':'Pkg_X~1~amd64~~1.0','state':128}]", "X=Unknown:record_only", NULL},
    {"1 CBS 0x40 is no record", X ",'packages':['Pkg_X']}",
     "'packages':[{'identity':'Pkg_X~1~amd64~~1.0','state':64}]," X_AT_LEVEL
     "," COMPLETE("cbsPackages"),
     "X=Compliant:effect_without_record", NULL},
    {"1 an MSI patch", X ",'msiPatches':['{P-1}']}",
     "'msiPatches':[{'patchCode':'{P-1}','productCode':'{A}'}]", "X=Unknown:record_only", NULL},
    {"1 false: hotfix keys read whole", X "}", X_AT_LEVEL "," COMPLETE("hotfixKeys"),
     "X=Compliant:effect_without_record", NULL},
    {"1 hotfix keys are no list of Windows 7", X "}",
     "'os':{'version':'6.1'}," X_AT_LEVEL "," COMPLETE("hotfixKeys"), "X=Compliant:sound", NULL},
    {"1 hotfix keys of a system that is not known are no whole list", X "}",
     "'os':{'build':1381}," X_AT_LEVEL "," COMPLETE("hotfixKeys"), "X=Compliant:sound", NULL},
    {"1 a hotfix key is no record on Windows 7", X "}",
     "'os':{'version':'6.1'}," SOURCE("X", "hotfix-key"), "X=Unknown:not_collected", NULL},
    {"1 it is one on Server 2003", X "}", "'os':{'version':'5.2'}," SOURCE("X", "hotfix-key"),
     "X=Unknown:record_only", NULL},
    {"1 a patch that nothing proves and no source records", PATCH("X") "}", "",
     "X=Unknown:not_collected", NULL},
    {"1 a package that no source records", PATCH("X") ",'packages':['Pkg_X']}", "",
     "X=Unknown:not_collected", NULL},
    {"1 false: CBS read whole", X ",'packages':['Pkg_X']}", X_AT_LEVEL "," COMPLETE("cbsPackages"),
     "X=Compliant:effect_without_record", NULL},
    {"1 false: MSI patches read whole", X ",'msiPatches':['{P-1}']}",
     X_AT_LEVEL "," COMPLETE("msiPatches"), "X=Compliant:effect_without_record", NULL},
    {"1 false only for its kind: hotfix keys do not list packages", X ",'packages':['Pkg_X']}",
     X_AT_LEVEL "," COMPLETE("hotfixKeys"), "X=Compliant:sound", NULL},
    {"1 false only for its kind: CBS does not list hotfix keys", X "}",
     X_AT_LEVEL "," COMPLETE("cbsPackages"), "X=Compliant:sound", NULL},
    {"1 unknown: a list read in part", X "}",
     X_AT_LEVEL ",'coverage':[{'list':'hotfixKeys','state':'partial'}]", "X=Compliant:sound", NULL},
    {"1 unknown: a list that could not be read", X "}",
     X_AT_LEVEL ",'coverage':[{'list':'hotfixKeys','state':'unavailable'}]", "X=Compliant:sound",
     NULL},
    {"1 unknown: a package that could not be read", X ",'packages':['Pkg_X']}",
     X_AT_LEVEL ",'packages':[{'identity':'Pkg_X~1~amd64~~1.0','status':'unavailable'}]," COMPLETE(
         "cbsPackages"),
     "X=Compliant:sound", NULL},
    {"1 never complete: systeminfo", X "}", X_AT_LEVEL "," COMPLETE("systeminfo"),
     "X=Compliant:sound", NULL},
    {"1 never complete: QFE", X "}", X_AT_LEVEL "," COMPLETE("qfe"), "X=Compliant:sound", NULL},
    {"1 never complete: update history", X "}", X_AT_LEVEL "," COMPLETE("updateHistory"),
     "X=Compliant:sound", NULL},
    {"1 a level's marker is its record",
     LEVEL("SP6") ",'marker':{'os':{'servicePack':{'atLeast':6}}}" FILES("x.dll", "2.0") "}",
     "'os':{'servicePack':6}," X_OLDER "," ALL_LISTS, "SP6=Regressed:files_older", NULL},
    {"1 a level whose marker is not there is not recorded",
     LEVEL("SP6") ",'marker':{'os':{'servicePack':{'atLeast':6}}}" FILES("x.dll", "2.0") "}",
     "'os':{'servicePack':5}," X_OLDER, "SP6=Ready", NULL},
    {"1 a product level is its record",
     SQL_LEVEL("CU9") ",'marker':{'product':{'product':'MSSQL','version':{'atLeast':'15.0.9'}}"
                      "}" FILES("x.dll", "2.0") "}",
     "'instances':[{'product':'MSSQL','name':'P','version':'15.0.9.1'}]," X_OLDER,
     "CU9@MSSQL/P=Regressed", NULL},
    {"1 no record by nature: recorded when it is in effect", X ",'noRecord':true}",
     X_AT_LEVEL "," ALL_LISTS, "X=Compliant:sound", NULL},
    {"1 no record by nature: not recorded when it is not in effect", X ",'noRecord':true}",
     X_OLDER "," SOURCE("X", "hotfix-key"), "X=Ready", NULL},
    {"1 no record by nature: unknown when the effect is", X ",'noRecord':true}",
     SOURCE("X", "hotfix-key"), "X=Unknown:not_collected", NULL},
    {"1 no record by nature: an unmet prerequisite is a warning",
     X ",'noRecord':true" NEEDS("{'rule':{'file':{'path':'g.dll'}}}", "") "}",
     "'files':[" F("x.dll", "2.0") ",{'path':'g.dll','status':'absent'}]," ALL_LISTS, "X=Compliant",
     NULL},
};

#define MARKED X ",'marker':{'registry':{'key':'HKLM/M','name':'v','number':{'equals':[1]}}}}"
#define MARK(number) "'registry':[{'key':'HKLM/M','name':'v','number':" number "}]"
#define CU(build)                                                                                  \
    "'instances':[{'product':'MSSQL','name':'P','version':'" build "','branch':'GDR'}]"

static struct judged effects[] = {
    {"2 files and marker hold", MARKED, X_AT_LEVEL "," MARK("1"), "X=Compliant", NULL},
    {"2 the marker does not hold", MARKED, X_AT_LEVEL "," MARK("0"), "X=Ready", NULL},
    {"2 a file does not hold", MARKED, X_OLDER "," MARK("1"), "X=Ready", NULL},
    {"2 a file is not known and the marker does not hold", MARKED, MARK("0"), "X=Ready", NULL},
    {"2 the marker is not known", MARKED, X_AT_LEVEL, "X=Unknown:not_collected", NULL},
    {"2 every file: one of two is older",
     PATCH("X") ",'files':[" FILE_ROW("x.dll", "2.0") "," FILE_ROW("y.dll", "2.0") "]}",
     "'files':[" F("x.dll", "2.0") "," F("y.dll", "1.9") "]", "X=Ready", NULL},
    {"2 SP5 with newer files is not SP6a",
     LEVEL("SP6a") ",'marker':{'os':{'servicePack':{'atLeast':6}}}" FILES("x.dll", "2.0") "}",
     "'os':{'servicePack':5},'files':[" F("x.dll", "3.0") "]", "SP6a=Ready", NULL},
    {"2 a GDR build is not a CU",
     SQL_LEVEL("CU9") ",'marker':{'product':{'product':'MSSQL','version':{'atLeast':'15.0.4'},"
                      "'branch':{'equals':['CU']}}}}",
     CU("15.0.5.0"), "CU9@MSSQL/P=Ready", NULL},
    {"2 CBS state is effect too where there is nothing else", PATCH("X") ",'packages':['Pkg_X']}",
     "'packages':[{'identity':'Pkg_X~1~amd64~~1.0','state':112}]", "X=Compliant:sound", NULL},
    {"2 and its absence is", PATCH("X") ",'packages':['Pkg_X']}", COMPLETE("cbsPackages"),
     "X=Ready", NULL},
    {"2 MSI state likewise", PATCH("X") ",'msiPatches':['{P-1}']}",
     "'msiPatches':[{'patchCode':'{p-1}'}]", "X=Compliant:sound", NULL},
    {"2 a hotfix key alone is never effect", PATCH("X") "}", SOURCE("X", "hotfix-key"),
     "X=Unknown:record_only", NULL},
    {"2 another source does not make a package state", PATCH("X") ",'packages':['Pkg_X']}",
     SOURCE("X", "qfe"), "X=Unknown:record_only", NULL},
    {"2 the packages say more than the update history", PATCH("X") ",'packages':['Pkg_X']}",
     SOURCE("X", "update-history") "," COMPLETE("cbsPackages"), "X=Regressed:marker_unmet", NULL},
    {"2 where there are files CBS state is record only", X ",'packages':['Pkg_X']}",
     "'packages':[{'identity':'Pkg_X~1~amd64~~1.0','state':112}]," X_OLDER,
     "X=Regressed:files_older", NULL},
};

#define DATED(time) "'files':[{'path':'x.dll','modified':'" time "'}]"
#define BY_DATE PATCH("X") ",'files':[{'path':'x.dll','date':'2000-08-03'}]}"
#define BY_SIZE PATCH("X") ",'files':[{'path':'x.dll','size':100}]}"
#define BY_TIE PATCH("X") ",'files':[{'path':'x.dll','version':'2.0','tieDate':'2000-08-03'}]}"

static struct judged versions[] = {
    {"3 at the version", X "}", X_AT_LEVEL, "X=Compliant", NULL},
    {"3 above it", X "}", "'files':[" F("x.dll", "2.0.0.1") "]", "X=Compliant", NULL},
    {"3 below it", X "}", "'files':[" F("x.dll", "1.9.65535.65535") "]", "X=Ready", NULL},
    {"3 missing", X "}", "'files':[{'path':'x.dll','status':'absent'}]", "X=Ready", NULL},
    {"3 no version resource", X "}", "'files':[{'path':'x.dll','noVersion':true}]",
     "X=Unknown:no_version_resource", NULL},
    {"3 a version that is none", X "}", "'files':[{'path':'x.dll','versionText':'beta'}]",
     "X=Unknown:bad_version", NULL},
    {"3 by date: the day", BY_DATE, DATED("2000-08-03T00:00:00Z"), "X=Compliant", NULL},
    {"3 by date: later", BY_DATE, DATED("2001-01-01T00:00:00Z"), "X=Compliant", NULL},
    {"3 by date: one day earlier", BY_DATE, DATED("2000-08-02T23:59:59Z"),
     "X=Unknown:date_uncertain", NULL},
    {"3 by date: two days earlier", BY_DATE, DATED("2000-08-01T23:59:59Z"), "X=Ready", NULL},
    {"3 by date: not known", BY_DATE, "'files':[{'path':'x.dll'}]", "X=Unknown:not_collected",
     NULL},
    {"3 by size: equal", BY_SIZE, "'files':[{'path':'x.dll','size':100}]", "X=Compliant", NULL},
    {"3 by size: smaller", BY_SIZE, "'files':[{'path':'x.dll','size':99}]", "X=Unknown", NULL},
    {"3 by size: larger", BY_SIZE, "'files':[{'path':'x.dll','size':101}]", "X=Unknown", NULL},
    {"3 the version decides before date and size",
     PATCH("X") ",'files':[{'path':'x.dll','version':'2.0','date':'2000-08-03','size':9}]}",
     "'files':[{'path':'x.dll','version':'2.0','modified':'1999-01-01T00:00:00Z','size':1}]",
     "X=Compliant", NULL},
    {"3 a tie: the date says the later build", BY_TIE,
     "'files':[{'path':'x.dll','version':'2.0','modified':'2000-08-03T01:00:00Z'}]", "X=Compliant",
     NULL},
    {"3 a tie: the date says the earlier build", BY_TIE,
     "'files':[{'path':'x.dll','version':'2.0','modified':'2000-07-01T01:00:00Z'}]", "X=Ready",
     NULL},
    {"3 a tie: the date is not known", BY_TIE, X_AT_LEVEL, "X=Unknown", NULL},
    {"3 a tie: a higher version needs no date", BY_TIE, "'files':[" F("x.dll", "2.1") "]",
     "X=Compliant", NULL},
    {"3 a tie: a lower one neither", BY_TIE,
     "'files':[{'path':'x.dll','version':'1.9','modified':'2001-01-01T00:00:00Z'}]", "X=Ready",
     NULL},
};

#define IIS_X IIS_PATCH("X") FILES("x.dll", "2.0") "}"
#define L_ON PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}"
#define NO_IIS "'coverage':[{'list':'features','state':'complete'}]"
#define IIS_HIDDEN "'features':[{'name':'IIS','status':'unavailable','code':'access_denied'}]"

static struct judged applicabilities[] = {
    {"4 false", IIS_X, X_AT_LEVEL "," NO_IIS, "X=NotApplicable:not_applicable", NULL},
    {"4 false, though it is recorded", IIS_X, SOURCE("X", "hotfix-key") "," NO_IIS,
     "X=NotApplicable", NULL},
    {"4 not applicable", OPT_PATCH("X") FILES("x.dll", "2.0") "}",
     "'files':[{'path':'opt.dll','status':'absent'}," F("x.dll", "2.0") "]", "X=NotApplicable",
     NULL},
    {"4 unknown, and nothing says that it is on", IIS_X, X_OLDER, "X=Unknown:not_collected", NULL},
    {"4 could not be read", IIS_X, X_OLDER "," IIS_HIDDEN, "X=Unknown:access_denied", NULL},
    {"4 a rule of a newer kind",
     PATCH("X") FILES("x.dll", "2.0") ",'applies':{'newer':{'role':'r','patch':'X'}}}", X_OLDER,
     "X=Unknown:unsupported_rule", NULL},
    {"4 unknown, in effect: goes on", IIS_X, X_AT_LEVEL, "X=Compliant", NULL},
    {"4 unknown, recorded: goes on", IIS_X, X_OLDER "," SOURCE("X", "hotfix-key"), "X=Regressed",
     NULL},
    {"4 unknown, neither: no later one makes it good", IIS_X "," L_ON,
     "'files':[" F("x.dll", "1.0") "," F("l.dll", "2.0") "]," ALL_LISTS, "X=Unknown L=Compliant",
     NULL},
};

#define ON_A PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'A'}", "") "},"
#define ON_EXACT_A PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'A','exact':true}", "") "},"
#define A PATCH("A") FILES("a.dll", "2.0")
#define A_B A "}," PATCH("B") FILES("b.dll", "2.0") ",'supersedes':['A']}"
#define ABX(a, b) "'files':[" F("a.dll", a) "," F("b.dll", b) "," F("x.dll", "1.0") "]"

static struct judged named[] = {
    {"5 the named one is in effect", ON_A A_B, ABX("2.0", "1.0"), "X=Ready", NULL},
    {"5 a later one is", ON_A A_B, ABX("1.0", "2.0"), "X=Ready", NULL},
    {"5 one later than the later one is",
     ON_A A_B "," PATCH("C") FILES("c.dll", "2.0") ",'supersedes':['B']}",
     "'files':[" F("a.dll", "1.0") "," F("b.dll", "1.0") "," F("c.dll", "2.0") "," F("x.dll",
                                                                                     "1.0") "]",
     "X=Ready", NULL},
    {"5 neither is", ON_A A_B, ABX("1.0", "1.0"), "X=Blocked", NULL},
    {"5 an earlier one does not do",
     PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'B'}", "") "}," A_B, ABX("2.0", "1.0"),
     "X=Blocked", NULL},
    {"5 effect, not record, makes it hold", ON_A A_B,
     ABX("1.0", "1.0") "," SOURCE("A", "hotfix-key"), "X=Blocked", NULL},
    {"5 a later one that is not known leaves doubt", ON_A A_B,
     "'files':[" F("a.dll", "1.0") "," F("x.dll", "1.0") "]", "X=Unknown:not_collected", NULL},
    {"5 one that was voided does not do", ON_A A ",'voidedBy':[{'feature':'IIS','why':'v'}]}",
     "'files':[" F("a.dll", "2.0") "," F("x.dll", "1.0") "],'updates':[" RECORD(
         "A", "2020-01-01T00:00:00Z") "],'features':[{'name':'IIS','installedOn':'2020-02-01T00:00:"
                                      "00Z'}]",
     "A=OutOfOrder:voided_later X=Blocked", NULL},
    {"5 one that went on out of order does not do",
     ON_A A ",'prerequisites':[{'anyOf':[{'patch':'B'}],'ordered':true,'why':'o'}]}," PATCH("B")
         FILES("b.dll", "2.0") "}",
     ABX("2.0", "2.0") ",'updates':[" RECORD("A", "2020-01-01T00:00:00Z") "," RECORD(
         "B", "2020-02-01T00:00:00Z") "]",
     "A=OutOfOrder:installed_before_prerequisite X=Blocked", NULL},
    {"5 its own prerequisites are its own finding",
     ON_A A NEEDS("{'rule':{'file':{'path':'g.dll'}}}", "") "}",
     "'files':[" F("a.dll", "2.0") "," F("x.dll", "1.0") ",{'path':'g.dll','status':'absent'}],"
                                                         "'updates':[" RECORD(
                                                             "A", "2020-01-01T00:00:00Z") "]",
     "A=OutOfOrder X=Ready", NULL},
    {"5 a named one that does not apply satisfies nothing",
     ON_A IIS_PATCH("A") FILES("a.dll", "2.0") "}",
     "'files':[" F("a.dll", "2.0") "," F("x.dll", "1.0") "]," NO_IIS, "A=NotApplicable X=Blocked",
     NULL},
    {"5 a later one that does not apply neither",
     ON_A A "}," IIS_PATCH("B") FILES("b.dll", "2.0") ",'supersedes':['A']}",
     ABX("1.0", "2.0") "," NO_IIS, "B=NotApplicable X=Blocked", NULL},
    {"5 exact: in effect and no later one", ON_EXACT_A A_B, ABX("2.0", "1.0"), "X=Ready", NULL},
    {"5 exact: a later one is in effect", ON_EXACT_A A_B, ABX("2.0", "2.0"), "X=Blocked", NULL},
    {"5 exact: a later one in its place", ON_EXACT_A A_B, ABX("1.0", "2.0"), "X=Blocked", NULL},
    {"5 exact: one later than the later one is in effect",
     ON_EXACT_A A_B "," PATCH("C") FILES("c.dll", "2.0") ",'supersedes':['B']}",
     "'files':[" F("a.dll", "2.0") "," F("b.dll", "1.0") "," F("c.dll", "2.0") "," F("x.dll",
                                                                                     "1.0") "]",
     "X=Blocked", NULL},
    {"5 exact: a later one that does not apply does not break it",
     ON_EXACT_A A "}," IIS_PATCH("B") FILES("b.dll", "2.0") ",'supersedes':['A']}",
     ABX("2.0", "2.0") "," NO_IIS, "B=NotApplicable X=Ready", NULL},
    {"5 exact: a later one that may apply leaves doubt",
     ON_EXACT_A A "}," IIS_PATCH("B") FILES("b.dll", "2.0") ",'supersedes':['A']}",
     ABX("2.0", "2.0"), "X=Unknown:not_collected", NULL},
    {"5 exact: through one that does not apply a later one breaks it",
     ON_EXACT_A A "}," IIS_PATCH("B") FILES("b.dll", "2.0") ",'supersedes':['A']}," PATCH("C")
         FILES("c.dll", "2.0") ",'supersedes':['B']}",
     "'files':[" F("a.dll", "2.0") "," F("b.dll", "1.0") "," F("c.dll", "2.0") "," F(
         "x.dll", "1.0") "]," NO_IIS,
     "X=Blocked", NULL},
    {"5 exact: a later one is not known", ON_EXACT_A A_B,
     "'files':[" F("a.dll", "2.0") "," F("x.dll", "1.0") "]", "X=Unknown:not_collected", NULL},
    {"5 exact: itself not in effect, the later not known", ON_EXACT_A A_B,
     "'files':[" F("a.dll", "1.0") "," F("x.dll", "1.0") "]", "X=Blocked", NULL},
};

/* Two levels, each with a marker and one file. */
#define SP(name, number, more)                                                                     \
    LEVEL(name)                                                                                    \
    ",'marker':{'os':{'servicePack':{'atLeast':" number "}}}" FILES("sp" number ".dll", "2.0")     \
        more "}"
#define SPS SP("SP5", "5", "") "," SP("SP6", "6", ",'supersedes':['SP5']")
#define NEED_SPS(list) PATCH("X") FILES("x.dll", "2.0") NEEDS(list, "") "}," SPS
#define SP_FACTS(number, five, six)                                                                \
    "'os':{'servicePack':" number                                                                  \
    "},'files':[" F("sp5.dll", five) "," F("sp6.dll", six) "," F("x.dll", "1.0") "]"

/* SP6 by way of a patch after SP5. */
#define SPS_APART                                                                                  \
    SP("SP5", "5", "")                                                                             \
    "," PATCH("R")                                                                                 \
        FILES("r.dll", "2.0") ",'supersedes':['SP5']}," SP("SP6", "6", ",'supersedes':['R']")
/* Two levels above SP5 side by side; only SP8 is told by its marker. */
#define SPS_BESIDE                                                                                 \
    SP("SP5", "5", "")                                                                             \
    "," SP("SP6", "6", ",'supersedes':['SP5']") "," SP(                                            \
        "SP7", "7", ",'supersedes':['SP5']") "," SP("SP8", "8", ",'supersedes':['SP7','SP6']")
/* A marker that only the level itself has. */
#define JUST(name, number, more)                                                                   \
    LEVEL(name)                                                                                    \
    ",'marker':{'os':{'servicePack':{'equals':[" number "]}}}" FILES("sp" number ".dll", "2.0")    \
        more "}"
#define JUST_SPS                                                                                   \
    JUST("SP4", "4", "")                                                                           \
    "," JUST("SP5", "5", ",'supersedes':['SP4']" NEEDS("{'patch':'SP4'}", "")) "," JUST(           \
        "SP6", "6", ",'supersedes':['SP5']")

static struct judged below_recorded[] = {
    {"6 SP5 holds on SP5", NEED_SPS("{'patch':'SP5'}"), SP_FACTS("5", "2.0", "1.0"), "X=Ready",
     NULL},
    {"6 on SP6 only SP6 decides, and it holds", NEED_SPS("{'patch':'SP5'}"),
     SP_FACTS("6", "1.0", "2.0"), "X=Ready", NULL},
    {"6 on SP6 a sound SP5 does not hold", NEED_SPS("{'patch':'SP5'}"), SP_FACTS("6", "2.0", "1.0"),
     "X=Blocked:level_unmet", NULL},
    {"6 of both named SP5 is dropped on SP6", NEED_SPS("{'patch':'SP5'},{'patch':'SP6'}"),
     SP_FACTS("6", "2.0", "1.0"), "X=Blocked:level_unmet", NULL},
    {"6 of several recorded the highest decides",
     PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'SP4'}", "") "}," SP("SP4", "4", "") "," SP(
         "SP5", "5", ",'supersedes':['SP4']") "," SP("SP6", "6", ",'supersedes':['SP5']"),
     SP_FACTS("6", "2.0", "1.0"), "X=Blocked:level_unmet", NULL},
    {"6 through a patch between the levels",
     PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'SP5'}", "") "}," SPS_APART,
     SP_FACTS("6", "2.0", "1.0"), "X=Blocked:level_unmet", NULL},
    {"6 of levels side by side every one is looked at",
     PATCH("X") FILES("x.dll", "2.0") NEEDS("{'patch':'SP5'}", "") "}," SPS_BESIDE,
     "'os':{'servicePack':8},'files':[" F("sp5.dll", "2.0") "," F("sp6.dll", "2.0") "," F(
         "sp7.dll", "2.0") "," F("sp8.dll", "1.0") "," F("x.dll", "1.0") "]",
     "X=Blocked:level_unmet", NULL},
    {"6 only the second branch is recorded",
     PATCH("X") FILES("x.dll", "2.0")
         NEEDS("{'patch':'SP5'}", "") "}," JUST("SP5", "5", "") "," JUST(
             "SP6", "6", ",'supersedes':['SP5']") "," JUST("SP7", "7", ",'supersedes':['SP5']"),
     "'os':{'servicePack':7},'files':[" F("sp5.dll", "2.0") "," F("sp6.dll", "2.0") "," F(
         "sp7.dll", "2.0") "," F("x.dll", "1.0") "]",
     "X=Ready", NULL},
    {"6 the recorded one stands beside what else the group names",
     NEED_SPS("{'patch':'SP5'},{'rule':{'file':{'path':'g.dll'}}}"),
     "'os':{'servicePack':6},'files':[" F("sp5.dll", "1.0") "," F("sp6.dll", "2.0") "," F(
         "x.dll", "1.0") ",{'path':'g.dll','status':'absent'}]",
     "X=Ready", NULL},
    {"6 and decides nothing where something else holds",
     NEED_SPS("{'patch':'SP5'},{'rule':{'file':{'path':'g.dll'}}}"),
     "'os':{'servicePack':6},'files':[" F("sp5.dll", "1.0") "," F("sp6.dll", "1.0") "," F(
         "x.dll", "1.0") "," F("g.dll", "1.0") "]",
     "X=Ready", NULL},
    {"6 what a level needs is not asked of itself",
     SP("SP4", "4", "") "," SP("SP5", "5", ",'supersedes':['SP4']" NEEDS("{'patch':'SP4'}", "")),
     "'os':{'servicePack':5},'files':[" F("sp4.dll", "2.0") "," F("sp5.dll", "1.0") "]",
     "SP5=Regressed:files_older", NULL},
    {"6 a missing level below a recorded one is superseded, though that one is unsound", JUST_SPS,
     "'os':{'servicePack':6},'files':[" F("sp4.dll", "1.0") "," F("sp5.dll", "1.0") "," F(
         "sp6.dll", "1.0") "]," ALL_LISTS,
     "SP4=Superseded:below_recorded_level SP5=Superseded:below_recorded_level SP6=Regressed", NULL},
    {"6 below a sound one it is superseded by it", JUST_SPS,
     "'os':{'servicePack':6},'files':[" F("sp4.dll", "1.0") "," F("sp5.dll", "1.0") "," F(
         "sp6.dll", "2.0") "]," ALL_LISTS,
     "SP4=Superseded:superseded SP5=Superseded:superseded SP6=Compliant", NULL},
    {"6 exact is never dropped", NEED_SPS("{'patch':'SP5','exact':true}"),
     SP_FACTS("6", "2.0", "1.0"), "X=Ready", NULL},
    {"6 of SP6 not known to be recorded nothing is dropped", NEED_SPS("{'patch':'SP5'}"),
     "'os':{'servicePack':5},'files':[" F("sp5.dll", "2.0") "," F("x.dll", "1.0") "]", "X=Ready",
     NULL},
};

#define GROUP(rule, when)                                                                          \
    X ",'prerequisites':[{'anyOf':[{'rule':" rule "}],'when':" when ",'why':'g'}]}"
#define IF_G "{'file':{'path':'g.dll','ifPresent':true,'version':{'atLeast':'2.0'}}}"
#define W "{'file':{'path':'w.dll'}}"
#define GW(g, w) "'files':[" F("x.dll", "1.0") "," g "," w "]"
#define THERE(path) F(path, "2.0")
#define GONE(path) "{'path':'" path "','status':'absent'}"

static struct judged groups[] = {
    {"7 all alternatives not applicable: it holds", GROUP(IF_G, W),
     GW(GONE("g.dll"), THERE("w.dll")), "X=Ready", NULL},
    {"7 the guard is false", GROUP(IF_G, W), GW(F("g.dll", "1.0"), GONE("w.dll")), "X=Ready", NULL},
    {"7 the guard is true, the body false", GROUP(IF_G, W), GW(F("g.dll", "1.0"), THERE("w.dll")),
     "X=Blocked", NULL},
    {"7 the guard is not known, the body true", GROUP(IF_G, W), GW(THERE("g.dll"), F("z", "1.0")),
     "X=Ready", NULL},
    {"7 the guard is not known, the body not applicable", GROUP(IF_G, W),
     GW(GONE("g.dll"), F("z", "1.0")), "X=Ready", NULL},
    {"7 the guard is not known, the body false", GROUP(IF_G, W),
     GW(F("g.dll", "1.0"), F("z", "1.0")), "X=Unknown:not_collected", NULL},
    {"7 the guard could not be read, the body false", GROUP(IF_G, W),
     GW(F("g.dll", "1.0"), "{'path':'w.dll','status':'unavailable','code':'hive_dirty'}"),
     "X=Unknown:hive_dirty", NULL},
    {"7 one of two alternatives is enough", X NEEDS("{'rule':" IF_G "},{'rule':" W "}", "") "}",
     GW(F("g.dll", "1.0"), THERE("w.dll")), "X=Ready", NULL},
    {"7 of several groups every one",
     X ",'prerequisites':[{'anyOf':[{'rule':" IF_G "}],'why':'g'},"
       "{'anyOf':[{'rule':" W "}],'why':'w'}]}",
     GW(THERE("g.dll"), GONE("w.dll")), "X=Blocked", NULL},
    {"7 what must not be 2 may be absent",
     X NEEDS("{'rule':{'not':{'registry':{'key':'HKLM/K','name':'n','number':{'equals':[2]}}}}}",
             "") "}",
     X_OLDER ",'registry':[{'key':'HKLM/K','name':'n','status':'absent'}]", "X=Ready", NULL},
    {"7 what must not be 2 is 2",
     X NEEDS("{'rule':{'not':{'registry':{'key':'HKLM/K','name':'n','number':{'equals':[2]}}}}}",
             "") "}",
     X_OLDER ",'registry':[{'key':'HKLM/K','name':'n','number':2}]", "X=Blocked", NULL},
};

/* A row with version and date, and a directory listing. */
#define BOTH_OF(path) "{'path':'" path "','version':'2.0','date':'2000-08-03'}"
#define ON_DAY(path, day) "{'path':'" path "','modified':'" day "'}"
#define TWO_OF PATCH("X") ",'files':[" BOTH_OF("x.dll") "," BOTH_OF("y.dll") "]}"

static struct judged dates[] = {
    {"3 recorded, and the listing shows the day", PATCH("X") ",'files':[" BOTH_OF("x.dll") "]}",
     "'files':[" ON_DAY("x.dll", "2000-08-03") "]," SOURCE("X", "hotfix-key"),
     "X=Compliant:sound/date", NULL},
    {"3 recorded, and the listing shows an older file",
     PATCH("X") ",'files':[" BOTH_OF("x.dll") "]}",
     "'files':[" ON_DAY("x.dll", "2000-08-01") "]," SOURCE("X", "hotfix-key"),
     "X=Regressed:files_older/date", NULL},
    {"3 one day apart is not known", PATCH("X") ",'files':[" BOTH_OF("x.dll") "]}",
     "'files':[" ON_DAY("x.dll", "2000-08-02") "]," SOURCE("X", "hotfix-key"),
     "X=Unknown:record_only/none", NULL},
    {"3 not recorded, older: missing", PATCH("X") ",'files':[" BOTH_OF("x.dll") "]}",
     "'files':[" ON_DAY("x.dll", "1999-08-03") "]," COMPLETE("hotfixKeys"), "X=Ready:ready/date",
     NULL},
    {"3 a proof is as good as its weakest file", TWO_OF,
     "'files':[" F("x.dll", "2.0") "," ON_DAY("y.dll", "2000-08-03") "]", "X=Compliant:sound/date",
     NULL},
    {"3 one file whose version is older is enough", TWO_OF,
     "'files':[" F("x.dll", "1.0") "," ON_DAY("y.dll", "2000-08-01") "]," SOURCE("X", "hotfix-key"),
     "X=Regressed:files_older/files", NULL},
    {"3 versions that were read leave dates alone", TWO_OF,
     "'files':[" F("x.dll", "2.0") "," F("y.dll", "2.0") "]", "X=Compliant:sound/files", NULL},
};

int main(void)
{
    int failed = RUN_TABLE(records, check_judged);

    failed |= RUN_TABLE(effects, check_judged);
    failed |= RUN_TABLE(versions, check_judged);
    failed |= RUN_TABLE(dates, check_judged);
    failed |= RUN_TABLE(applicabilities, check_judged);
    failed |= RUN_TABLE(named, check_judged);
    failed |= RUN_TABLE(below_recorded, check_judged);
    failed |= RUN_TABLE(groups, check_judged);
    return failed;
}
