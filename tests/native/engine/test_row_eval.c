/* SPDX-License-Identifier: MIT */
/* test_row_eval.c - file rows: which of them count on a host, and whether the file found is at or
 * above. */
#include "verdicts.h"

struct rowed {
    const char *name, *rows, *facts;
    const char *verdict, *reason;
    int result; /* of the first row */
    bool lost;  /* a step of a plan took the files away */
};

static void check_rowed(void **state)
{
    const struct rowed *row = *state;
    char catalog[2048];
    struct bench bench;
    struct prereq_finding found;
    struct prereq_rows_seen seen = {false, false};

    (void)snprintf(catalog, sizeof(catalog),
                   "%s,'files':[%s]}," PATCH("Z") FILES("f.dll", "5.0") "}", PATCH("X"), row->rows);
    bench_open(&bench, catalog, row->facts);
    for (uint32_t slot = PREREQ_SLOT_FIXED; row->lost && slot < bench.judging.catalog->slot_count;
         slot++)
        bench.host->now.values[slot].lost = true;
    found = prereq_rows_judge(&bench.now, 0, 0, &seen);
    expect_finding(row->verdict, row->reason, found.verdict, found.reason);
    assert_int_equal(prereq_row_judge(&bench.now, 0, 0).result, row->result);
    assert_int_equal(seen.newer, row->result == PREREQ_RESULT_NEWER);
    assert_int_equal(seen.by_date, prereq_row_judge(&bench.now, 0, 0).by_date);
    bench_close(&bench);
}

#define ROW(more) "{'path':'f.dll'" more "}"
#define V(version) ",'version':'" version "'"
#define FACT(more) "'files':[{'path':'f.dll'" more "}]"
#define BOTH ROW(V("2.0") ",'date':'2000-08-03'")
#define BRANCH_ROW                                                                                 \
    ROW(V("2.0") ",'date':'2000-08-03','branch':'B','branchRange':[{'from':'1.0','below':'3.0'}]")
#define AT PREREQ_RESULT_AT_LEVEL
#define OLDER PREREQ_RESULT_OLDER
#define UNKNOWN PREREQ_RESULT_UNKNOWN
#define NOT_REQUIRED PREREQ_RESULT_NOT_REQUIRED

static struct rowed values[] = {
    {"at the version", ROW(V("2.0")), FACT(V("2.0.0.0")), "T", NULL, AT, false},
    {"above it", ROW(V("2.0")), FACT(V("2.0.0.1")), "T", NULL, AT, false},
    {"below it", ROW(V("2.0")), FACT(V("1.9")), "F", "files_older", OLDER, false},
    {"at the highest that any entry lists", ROW(V("2.0")), FACT(V("5.0")), "T", NULL, AT, false},
    {"newer than the highest that any entry lists", ROW(V("2.0")), FACT(V("5.0.0.1")), "T", NULL,
     PREREQ_RESULT_NEWER, false},
    {"missing", ROW(V("2.0")), FACT(",'status':'absent'"), "F", "files_missing",
     PREREQ_RESULT_MISSING, false},
    {"unavailable", ROW(V("2.0")), FACT(",'status':'unavailable','code':'access_denied'"), "E",
     "access_denied", UNKNOWN, false},
    {"not collected", ROW(V("2.0")), "", "U", "not_collected", UNKNOWN, false},
    {"version not collected", ROW(V("2.0")), FACT(",'size':4"), "U", "not_collected", UNKNOWN,
     false},
    {"no version resource", ROW(V("2.0")), FACT(",'noVersion':true"), "U", "no_version_resource",
     UNKNOWN, false},
    {"a version that is none", ROW(V("2.0")), FACT(",'versionText':'x'"), "U", "bad_version",
     UNKNOWN, false},
    {"lost: known", ROW(V("2.0")), FACT(V("2.0")), "F", "files_missing", PREREQ_RESULT_MISSING,
     true},
    {"lost: not collected", ROW(V("2.0")), "", "F", "files_missing", PREREQ_RESULT_MISSING, true},
    {"lost: unavailable", ROW(V("2.0")), FACT(",'status':'unavailable'"), "F", "files_missing",
     PREREQ_RESULT_MISSING, true},
    {"lost: and not required where it is absent", ROW(V("2.0") ",'ifPresent':true"),
     FACT(",'status':'absent'"), "F", "files_missing", PREREQ_RESULT_MISSING, true},
    {"date: the day", ROW(",'date':'2000-08-03'"), FACT(",'modified':'2000-08-03T23:59:59Z'"), "T",
     NULL, AT, false},
    {"date: another offset, the same UTC day", ROW(",'date':'2000-08-03'"),
     FACT(",'modified':'2000-08-04T01:00:00+02:00'"), "T", NULL, AT, false},
    {"date: one day earlier", ROW(",'date':'2000-08-03'"), FACT(",'modified':'2000-08-02'"), "U",
     "date_uncertain", UNKNOWN, false},
    {"date: two days earlier", ROW(",'date':'2000-08-03'"), FACT(",'modified':'2000-08-01'"), "F",
     "files_older", OLDER, false},
    {"date: no version resource does not matter", ROW(",'date':'2000-08-03'"),
     FACT(",'noVersion':true,'modified':'2000-08-03'"), "T", NULL, AT, false},
    {"date before size", ROW(",'date':'2000-08-03','size':5"),
     FACT(",'modified':'2000-08-03','size':6"), "T", NULL, AT, false},
    {"instead of a version: the day", BOTH, FACT(",'modified':'2000-08-03'"), "T", NULL, AT, false},
    {"instead of a version: later", BOTH, FACT(",'modified':'2001-01-01','size':9"), "T", NULL, AT,
     false},
    {"instead of a version: one day earlier", BOTH, FACT(",'modified':'2000-08-02'"), "U",
     "date_uncertain", UNKNOWN, false},
    {"instead of a version: two days earlier", BOTH, FACT(",'modified':'2000-08-01'"), "F",
     "files_older", OLDER, false},
    {"instead of a version: there is no version resource", BOTH,
     FACT(",'noVersion':true,'modified':'2000-08-01'"), "F", "files_older", OLDER, false},
    {"instead of a version: no version resource and no date", BOTH, FACT(",'noVersion':true"), "U",
     "no_version_resource", UNKNOWN, false},
    {"instead of a version: no date", BOTH, FACT(",'size':9"), "U", "not_collected", UNKNOWN,
     false},
    {"instead of a version: one that cannot be read was read", BOTH,
     FACT(",'versionText':'x','modified':'2000-08-03'"), "U", "bad_version", UNKNOWN, false},
    {"instead of a version: a version that was read decides, older", BOTH,
     FACT(V("1.0") ",'modified':'2001-01-01'"), "F", "files_older", OLDER, false},
    {"instead of a version: a version that was read decides, at level", BOTH,
     FACT(V("2.0") ",'modified':'1999-01-01'"), "T", NULL, AT, false},
    {"instead of a version: a row of a branch may be met", BRANCH_ROW,
     FACT(",'modified':'2000-08-03'"), "T", NULL, AT, false},
    {"instead of a version: which branch is not known", BRANCH_ROW,
     FACT(",'modified':'1999-01-01'"), "U", "branch_unknown", UNKNOWN, false},
    {"size: equal", ROW(",'size':5"), FACT(",'size':5"), "T", NULL, AT, false},
    {"size: other", ROW(",'size':5"), FACT(",'size':6"), "U", "date_uncertain",
     PREREQ_RESULT_DIFFERENT, false},
    {"size: not collected", ROW(",'size':5"), FACT(""), "U", "not_collected", UNKNOWN, false},
    {"nothing but the path: there", ROW(""), FACT(""), "T", NULL, AT, false},
    {"nothing but the path: missing", ROW(""), FACT(",'status':'absent'"), "F", "files_missing",
     PREREQ_RESULT_MISSING, false},
    {"tie: later build", ROW(V("2.0") ",'tieDate':'2000-08-03'"),
     FACT(V("2.0") ",'modified':'2000-09-01'"), "T", NULL, AT, false},
    {"tie: earlier build", ROW(V("2.0") ",'tieDate':'2000-08-03'"),
     FACT(V("2.0") ",'modified':'2000-07-01'"), "F", "files_older", OLDER, false},
    {"tie: date not known", ROW(V("2.0") ",'tieDate':'2000-08-03'"), FACT(V("2.0")), "U",
     "not_collected", UNKNOWN, false},
    {"tie: a higher version", ROW(V("2.0") ",'tieDate':'2000-08-03'"), FACT(V("2.1")), "T", NULL,
     AT, false},
    {"if present: absent", ROW(V("2.0") ",'ifPresent':true"), FACT(",'status':'absent'"), "NA",
     NULL, NOT_REQUIRED, false},
    {"if present: older", ROW(V("2.0") ",'ifPresent':true"), FACT(V("1.0")), "F", "files_older",
     OLDER, false},
    {"if present: not collected", ROW(V("2.0") ",'ifPresent':true"), "", "U", "not_collected",
     UNKNOWN, false},
};

/* ---- which rows count ---- */

#define X86 "'os':{'architecture':'x86'},"
#define GERMAN "'os':{'language':'de-DE'},"
#define ALPHA_ROW ROW(V("9.0") ",'architecture':['alpha']")
#define X86_ROW ROW(V("2.0") ",'architecture':['x86','x64']")
#define DE_ROW ROW(V("2.0") ",'language':['DE-de']")
#define WHEN_G ",'when':{'file':{'path':'g.dll'}}"
#define G(more) "'files':[{'path':'f.dll','version':'1.0'},{'path':'g.dll'" more "}]"
#define GDR                                                                                        \
    ROW(V("6.1.1000.10") ",'branch':'GDR','branchRange':[{'from':'6.1.1000','below':'6.1.2000'}]")
#define LDR                                                                                        \
    ROW(V("6.1.2000.10") ",'branch':'LDR','branchRange':[{'from':'6.1.2000','below':'6.1.3000'}]")

static struct rowed counting[] = {
    {"architecture: this one", X86_ROW, X86 FACT(V("2.0")), "T", NULL, AT, false},
    {"architecture: another one", ALPHA_ROW, X86 FACT(V("2.0")), "NA", NULL, NOT_REQUIRED, false},
    {"architecture: the other rows decide", ALPHA_ROW "," X86_ROW, X86 FACT(V("2.0")), "T", NULL,
     NOT_REQUIRED, false},
    {"architecture: not collected, the file good", X86_ROW, FACT(V("2.0")), "T", NULL, AT, false},
    {"architecture: not collected, the file older", X86_ROW, FACT(V("1.0")), "U", "not_collected",
     OLDER, false},
    {"architecture: could not be read, the file older", X86_ROW,
     FACT(V("1.0")) ",'errors':[{'fact':'os.architecture','code':'hive_dirty'}]", "U", "hive_dirty",
     OLDER, false},
    {"language: this one", DE_ROW, GERMAN FACT(V("1.0")), "F", NULL, OLDER, false},
    {"language: the first of two", ROW(V("2.0") ",'language':['de-DE','fr-FR']"),
     GERMAN FACT(V("1.0")), "F", NULL, OLDER, false},
    {"language: another one", DE_ROW, "'os':{'language':'en-US'}," FACT(V("1.0")), "NA", NULL,
     NOT_REQUIRED, false},
    {"language: not collected, the file older", DE_ROW, FACT(V("1.0")), "U", NULL, OLDER, false},
    {"language and architecture: one of them is another",
     ROW(V("2.0") ",'language':['de-DE'],'architecture':['x86']"),
     "'os':{'language':'en-US'}," FACT(V("1.0")), "NA", NULL, NOT_REQUIRED, false},
    {"when: it holds", ROW(V("2.0") WHEN_G), G(""), "F", NULL, OLDER, false},
    {"when: it does not hold", ROW(V("2.0") WHEN_G), G(",'status':'absent'"), "NA", NULL,
     NOT_REQUIRED, false},
    {"when: not known, the file older", ROW(V("2.0") WHEN_G), FACT(V("1.0")), "U", "not_collected",
     OLDER, false},
    {"when: could not be read, the file older", ROW(V("2.0") WHEN_G),
     G(",'status':'unavailable','code':'access_denied'"), "E", "access_denied", OLDER, false},
    {"when: not known, the file good", ROW(V("2.0") WHEN_G), FACT(V("2.0")), "T", NULL, AT, false},
    {"branch: the one found, older", GDR "," LDR, FACT(V("6.1.1000.9")), "F", "files_older", OLDER,
     false},
    {"branch: the one found, at level", GDR "," LDR, FACT(V("6.1.1000.10")), "T", NULL, AT, false},
    {"branch: the other one, at level", GDR "," LDR, FACT(V("6.1.2000.10")), "T", NULL,
     NOT_REQUIRED, false},
    {"branch: a high build of the other one is no proof", GDR "," LDR, FACT(V("6.1.2000.9")), "F",
     "files_older", NOT_REQUIRED, false},
    {"branch: none of them", GDR "," LDR, FACT(V("6.1.3000.1")), "U", "branch_unknown",
     NOT_REQUIRED, false},
    {"branch: none of one", GDR, FACT(V("6.0.1.1")), "U", "branch_unknown", NOT_REQUIRED, false},
    {"branch: missing is missing", GDR "," LDR, FACT(",'status':'absent'"), "F", "files_missing",
     PREREQ_RESULT_MISSING, false},
    {"branch: not collected", GDR "," LDR, "", "U", "not_collected", UNKNOWN, false},
    {"branch: rows of another platform are no branch",
     ROW(V("6.1.1000.10") ",'architecture':['alpha'],'branchRange':[{'from':'6.1.1000'}]"),
     X86 FACT(V("5.0")), "NA", NULL, NOT_REQUIRED, false},
    {"branch: a row that does not count is none",
     ROW(V("6.1.1000.10") WHEN_G ",'branchRange':[{'from':'6.1.1000'}]"), G(",'status':'absent'"),
     "NA", NULL, NOT_REQUIRED, false},
    {"branch: another file's proof still decides", GDR ",{'path':'g.dll','version':'2.0'}",
     "'files':[{'path':'f.dll','version':'7.0'},{'path':'g.dll','version':'1.0'}]", "F",
     "files_older", NOT_REQUIRED, false},
};

int main(void)
{
    int failed = RUN_TABLE(values, check_rowed);

    failed |= RUN_TABLE(counting, check_rowed);
    return failed;
}
