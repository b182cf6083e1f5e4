/* SPDX-License-Identifier: MIT */
/* test_describe_found.c - what is shown as found says the same as the verdict beside it. */
#include "assess/describe.h"
#include "verdicts.h"

#define SOURCE_IS(source, answer) "{'source':'" source "','pending':'" answer "'}"
#define REST(answer)                                                                               \
    SOURCE_IS("windows-update", answer)                                                            \
    "," SOURCE_IS("computer-rename", answer) "," SOURCE_IS("domain-join", answer) "," SOURCE_IS(   \
        "pending-xml", answer) "," SOURCE_IS("setup", answer) "," SOURCE_IS("update-exe", answer)
#define PENDING(cbs, rename, msi)                                                                  \
    "'pendingRestarts':[" SOURCE_IS("cbs", cbs) "," SOURCE_IS(                                     \
        "file-rename", rename) "," SOURCE_IS("msi", msi) "," REST("no") "]"
#define NOTHING "{'nothingPending':{}}"
#define MSSQL_IS "{'product':{'product':'MSSQL','version':{'atLeast':'15.0'}}}"
#define SERVICE(more) "{'service':{'name':'W3SVC'" more "}}"
#define SERVICE_FACT(more) "'services':[{'name':'W3SVC'" more "}]"
#define FEATURE_FACT(more) "'features':[{'name':'IIS'" more "}]"

static struct shown {
    const char *name, *rule, *facts, *verdict, *found;
} shown[] = {
    {"all sources say no", NOTHING, PENDING("no", "no", "no"), "T", "none pending"},
    {"one says yes", NOTHING, PENDING("no", "yes", "no"), "F", "file-rename pending"},
    {"two say yes", NOTHING, PENDING("yes", "no", "yes"), "F", "cbs, msi pending"},
    {"one was not read", NOTHING, "'pendingRestarts':[" SOURCE_IS("cbs", "no") "," REST("no") "]",
     "U", "not all sources were read: file-rename, msi"},
    {"only what is asked for counts: another waits", "{'nothingPending':{'sources':['cbs','msi']}}",
     PENDING("no", "yes", "no"), "T", "none pending"},
    {"only what is asked for counts: another was not read",
     "{'nothingPending':{'sources':['cbs']}}", "'pendingRestarts':[" SOURCE_IS("cbs", "no") "]",
     "T", "none pending"},
    {"no instance in a whole list", MSSQL_IS,
     "'coverage':[{'list':'instances','state':'complete'}]", "F", "no MSSQL"},
    {"no instance, and nobody looked", MSSQL_IS, "", "U", "it is not known whether MSSQL is there"},
    {"a service that is there", SERVICE(""), SERVICE_FACT(",'start':'manual'"), "T", "present"},
    {"a service with the wrong start", SERVICE(",'start':['automatic']"),
     SERVICE_FACT(",'start':'manual'"), "F", "present, start manual"},
    {"a service that does not run", SERVICE(",'running':true"), SERVICE_FACT(",'running':false"),
     "F", "present, not running"},
    {"a service of which that is not known", SERVICE(",'running':true"), SERVICE_FACT(""), "U",
     "present, whether it runs was not collected"},
    {"a feature that is known and not there", "{'feature':{'name':'IIS'}}",
     FEATURE_FACT(",'state':'notInstalled'"), "F", "missing"},
    {"a feature that is there", "{'feature':{'name':'IIS'}}", FEATURE_FACT(",'state':'installed'"),
     "T", "installed"},
    {"a feature at the next start", "{'feature':{'name':'IIS'}}",
     FEATURE_FACT(",'state':'pending'"), "F", "pending"},
    {"a feature of an old version", "{'feature':{'name':'IIS','version':{'atLeast':'8'}}}",
     FEATURE_FACT(",'state':'installed','version':'7.5'"), "F", "installed, version 7.5"},
    {"a sound patch without a record", "{'record':{'id':'A'}}",
     ALL_LISTS ",'files':[{'path':'a.dll','version':'2.0'}]", "F", "A is not recorded"},
    {"a damaged patch with a record", "{'record':{'id':'A'}}",
     "'updates':[" RECORD("A",
                          "2026-10-01T10:00:00Z") "],'files':[{'path':'a.dll','version':'1.0'}]",
     "T", "A is recorded"},
    {"a record in a list that was not read", "{'record':{'id':'A'}}", "", "U",
     "it is not known whether A is recorded"},
};

static void check_shown(void **state)
{
    const struct shown *row = *state;
    char catalog[1024];
    struct bench bench;
    const char *found;
    uint32_t node;

    (void)snprintf(catalog, sizeof(catalog),
                   "%s,'applies':%s}," PATCH("A") FILES("a.dll", "2.0") "}", PATCH("R"), row->rule);
    bench_open(&bench, catalog, row->facts);
    node = bench.judging.catalog->patches[prereq_catalog_find(bench.judging.catalog, "R")].applies;
    expect_finding(row->verdict, NULL, prereq_rule_judge(&bench.now, node, 0).verdict,
                   PREREQ_REASON_NONE);
    found = prereq_describe_found(&bench.now, node, 0);
    assert_string_equal(found, row->found);
    bench_close(&bench);
}

int main(void)
{
    return RUN_TABLE(shown, check_shown);
}
