/* SPDX-License-Identifier: MIT */
/* test_rules.c - each kind of rule about known, absent, unavailable and uncollected facts. */
#include "verdicts.h"

#define LIST(list, state) "'coverage':[{'list':'" list "','state':'" state "'}]"
#define DENIED "'status':'unavailable','code':'access_denied'"

/* ---- files ---- */

#define FILE_RULE(more) "{'file':{'path':'f.dll'" more "}}"
#define AT_LEAST(version) ",'version':{'atLeast':'" version "'}"
#define FILE_FACT(more) "'files':[{'path':'F.DLL'" more "}]"
#define VERSION(version) FILE_FACT(",'version':'" version "'")
#define NO_FILE FILE_FACT(",'status':'absent'")

static struct ruled files[] = {
    {"exists: known", FILE_RULE(""), FILE_FACT(""), "T", NULL, NULL, false},
    {"exists: absent", FILE_RULE(""), NO_FILE, "F", NULL, NULL, false},
    {"exists: unavailable", FILE_RULE(""), FILE_FACT("," DENIED), "E", "access_denied", NULL,
     false},
    {"exists: a dirty hive", FILE_RULE(""),
     FILE_FACT(",'status':'unavailable','code':'hive_dirty'"), "E", "hive_dirty", NULL, false},
    {"exists: another code", FILE_RULE(""), FILE_FACT(",'status':'unavailable','code':'odd'"), "E",
     "error", NULL, false},
    {"exists: no code", FILE_RULE(""), FILE_FACT(",'status':'unavailable'"), "E", "error", NULL,
     false},
    {"exists: not collected", FILE_RULE(""), "", "U", "not_collected", NULL, false},
    {"must not be there: known", FILE_RULE(",'exists':false"), FILE_FACT(""), "F", NULL, NULL,
     false},
    {"must not be there: absent", FILE_RULE(",'exists':false"), NO_FILE, "T", NULL, NULL, false},
    {"must not be there: unavailable", FILE_RULE(",'exists':false"), FILE_FACT("," DENIED), "E",
     NULL, NULL, false},
    {"must not be there: not collected", FILE_RULE(",'exists':false"), "", "U", NULL, NULL, false},
    {"if present: absent", FILE_RULE(",'ifPresent':true" AT_LEAST("2")), NO_FILE, "NA", NULL, NULL,
     false},
    {"if present: older", FILE_RULE(",'ifPresent':true" AT_LEAST("2")), VERSION("1.9"), "F", NULL,
     NULL, false},
    {"if present: not collected", FILE_RULE(",'ifPresent':true" AT_LEAST("2")), "", "U", NULL, NULL,
     false},
    {"version: equal", FILE_RULE(AT_LEAST("4.2.1.0")), VERSION("4.2.1.0"), "T", NULL, NULL, false},
    {"version: padded with zeros", FILE_RULE(AT_LEAST("1.0")), VERSION("1.0.0.0"), "T", NULL, NULL,
     false},
    {"version: the shorter one is padded", FILE_RULE(AT_LEAST("1.0.0.1")), VERSION("1.0"), "F",
     NULL, NULL, false},
    {"version: leading zeros", FILE_RULE(AT_LEAST("5.00.2195.039")), VERSION("5.0.2195.39"), "T",
     NULL, NULL, false},
    {"version: numbers, not text", FILE_RULE(AT_LEAST("4.2.9")), VERSION("4.2.10"), "T", NULL, NULL,
     false},
    {"version: any non-digit splits", FILE_RULE(AT_LEAST("4,2,751,1")), VERSION("4.2.751.1"), "T",
     NULL, NULL, false},
    {"version: below", FILE_RULE(",'version':{'below':'2.0'}"), VERSION("2.0"), "F", NULL, NULL,
     false},
    {"version: one of", FILE_RULE(",'version':{'equals':['1.0','2.0']}"), VERSION("2.0.0"), "T",
     NULL, NULL, false},
    {"version: none of", FILE_RULE(",'version':{'equals':['1.0','2.0']}"), VERSION("3.0"), "F",
     NULL, NULL, false},
    {"version: within one of two ranges",
     FILE_RULE(",'version':{'within':[{'from':'1','below':'2'},{'from':'5','below':'6'}]}"),
     VERSION("5.9"), "T", NULL, NULL, false},
    {"version: a range ends before its end",
     FILE_RULE(",'version':{'within':[{'from':'1','below':'2'}]}"), VERSION("2.0"), "F", NULL, NULL,
     false},
    {"version: an open range", FILE_RULE(",'version':{'within':[{'from':'5'}]}"), VERSION("9"), "T",
     NULL, NULL, false},
    {"version: absent", FILE_RULE(AT_LEAST("1")), NO_FILE, "F", NULL, NULL, false},
    {"version: unavailable", FILE_RULE(AT_LEAST("1")), FILE_FACT("," DENIED), "E", "access_denied",
     NULL, false},
    {"version: not collected", FILE_RULE(AT_LEAST("1")), FILE_FACT(""), "U", "not_collected", NULL,
     false},
    {"version: no version resource", FILE_RULE(AT_LEAST("1")), FILE_FACT(",'noVersion':true"), "U",
     "no_version_resource", NULL, false},
    {"version: no version resource, existence", FILE_RULE(""), FILE_FACT(",'noVersion':true"), "T",
     NULL, NULL, false},
    {"version: not a version", FILE_RULE(AT_LEAST("1")), FILE_FACT(",'versionText':'six'"), "U",
     "bad_version", NULL, false},
    {"version: a text beside a version does not matter", FILE_RULE(AT_LEAST("1")),
     FILE_FACT(",'version':'1.0','versionText':'six'"), "T", NULL, NULL, false},
    {"size: equal", FILE_RULE(",'size':{'equals':[5]}"), FILE_FACT(",'size':5"), "T", NULL, NULL,
     false},
    {"size: other", FILE_RULE(",'size':{'equals':[5]}"), FILE_FACT(",'size':6"), "F", NULL, NULL,
     false},
    {"size: not collected", FILE_RULE(",'size':{'equals':[5]}"), FILE_FACT(""), "U", NULL, NULL,
     false},
    {"date: the day", FILE_RULE(",'modifiedFrom':'2020-02-02'"),
     FILE_FACT(",'modified':'2020-02-02T00:00:00Z'"), "T", NULL, NULL, false},
    {"date: the day before", FILE_RULE(",'modifiedFrom':'2020-02-02'"),
     FILE_FACT(",'modified':'2020-02-01T23:59:59Z'"), "F", NULL, NULL, false},
    {"date: not collected", FILE_RULE(",'modifiedFrom':'2020-02-02'"), FILE_FACT(""), "U", NULL,
     NULL, false},
    {"company", FILE_RULE(",'company':{'begins':'microsoft'}"),
     FILE_FACT(",'company':'Microsoft Corporation'"), "T", NULL, NULL, false},
    {"company: not collected", FILE_RULE(",'company':{'begins':'microsoft'}"), FILE_FACT(""), "U",
     NULL, NULL, false},
    {"original name", FILE_RULE(",'originalName':{'equals':['other.dll']}"),
     FILE_FACT(",'originalName':'F.dll'"), "F", NULL, NULL, false},
    {"all that is given: one false decides", FILE_RULE(AT_LEAST("2") ",'size':{'equals':[5]}"),
     VERSION("1.0"), "F", NULL, NULL, false},
    {"all that is given: one not known", FILE_RULE(AT_LEAST("1") ",'size':{'equals':[5]}"),
     VERSION("1.0"), "U", NULL, NULL, false},
    {"after the restart", FILE_RULE(AT_LEAST("2")),
     FILE_FACT(",'version':'1.0','pending':{'version':'2.0'}"), "T", NULL, NULL, true},
    {"not yet", FILE_RULE(AT_LEAST("2")), FILE_FACT(",'version':'1.0','pending':{'version':'2.0'}"),
     "F", NULL, NULL, false},
    {"what comes at the restart is not known", FILE_RULE(""), FILE_FACT(",'pending':{}"), "U", NULL,
     NULL, true},
    {"removed at the restart", FILE_RULE(""), FILE_FACT(",'pending':{'removed':true}"), "F", NULL,
     NULL, true},
    {"file list: at level", "{'fileSet':{'patch':'A'}}",
     "'files':[{'path':'a.dll','version':'2.0'}]", "T", NULL, NULL, false},
    {"file list: older", "{'fileSet':{'patch':'A'}}", "'files':[{'path':'a.dll','version':'1.0'}]",
     "F", NULL, NULL, false},
    {"file list: not collected", "{'fileSet':{'patch':'A'}}", "", "U", NULL, NULL, false},
};

/* ---- registry ---- */

#define REG(more) "{'registry':{'key':'HKLM/K','name':'n'" more "}}"
#define REG_FACT(more) "'registry':[{'key':'hklm/k','name':'N'" more "}]"
#define BOTH(a, b)                                                                                 \
    "'registry':[{'key':'HKLM/K','name':'n'" a "},{'key':'HKLM/K','name':'n','view':'32'" b "}]"
#define IS_7 ",'number':{'equals':[7]}"

static struct ruled registry[] = {
    {"exists: known", REG(""), REG_FACT(",'number':1"), "T", NULL, NULL, false},
    {"exists: absent", REG(""), REG_FACT(",'status':'absent'"), "F", NULL, NULL, false},
    {"exists: unavailable", REG(""), REG_FACT("," DENIED), "E", "access_denied", NULL, false},
    {"exists: not collected", REG(""), "", "U", NULL, NULL, false},
    {"must not be there: absent", REG(",'exists':false"), REG_FACT(",'status':'absent'"), "T", NULL,
     NULL, false},
    {"must not be there: known", REG(",'exists':false"), REG_FACT(",'number':1"), "F", NULL, NULL,
     false},
    {"the key itself", "{'registry':{'key':'HKLM/K'}}", "'registry':[{'key':'HKLM/K'}]", "T", NULL,
     NULL, false},
    {"the key is not its value", "{'registry':{'key':'HKLM/K'}}", REG_FACT(",'number':1"), "U",
     NULL, NULL, false},
    {"the default value", "{'registry':{'key':'HKLM/K','name':''}}",
     "'registry':[{'key':'HKLM/K','name':'','value':'x'}]", "T", NULL, NULL, false},
    {"number", REG(IS_7), REG_FACT(",'number':7"), "T", NULL, NULL, false},
    {"number: other", REG(IS_7), REG_FACT(",'number':8"), "F", NULL, NULL, false},
    {"number: absent", REG(IS_7), REG_FACT(",'status':'absent'"), "F", NULL, NULL, false},
    {"number: it is a text", REG(IS_7), REG_FACT(",'value':'7'"), "U", NULL, NULL, false},
    {"number: at least", REG(",'number':{'atLeast':7}"), REG_FACT(",'number':7"), "T", NULL, NULL,
     false},
    {"number: below", REG(",'number':{'below':7}"), REG_FACT(",'number':7"), "F", NULL, NULL,
     false},
    {"number: bits set", REG(",'number':{'bitsSet':6}"), REG_FACT(",'number':7"), "T", NULL, NULL,
     false},
    {"number: one of the bits clear", REG(",'number':{'bitsSet':6}"), REG_FACT(",'number':3"), "F",
     NULL, NULL, false},
    {"number: bits clear", REG(",'number':{'bitsClear':8}"), REG_FACT(",'number':7"), "T", NULL,
     NULL, false},
    {"text: without regard to case", REG(",'text':{'equals':['Yes']}"), REG_FACT(",'value':'YES'"),
     "T", NULL, NULL, false},
    {"text: begins", REG(",'text':{'begins':'ab'}"), REG_FACT(",'value':'ABC'"), "T", NULL, NULL,
     false},
    {"text: contains", REG(",'text':{'contains':'bc'}"), REG_FACT(",'value':'aBcd'"), "T", NULL,
     NULL, false},
    {"text: contains nothing", REG(",'text':{'contains':'x'}"), REG_FACT(",'value':''"), "F", NULL,
     NULL, false},
    {"text: ends", REG(",'text':{'ends':'cd'}"), REG_FACT(",'value':'abCD'"), "T", NULL, NULL,
     false},
    {"text: longer end", REG(",'text':{'ends':'abcde'}"), REG_FACT(",'value':'abcd'"), "F", NULL,
     NULL, false},
    {"text: pattern", REG(",'text':{'glob':'a*d'}"), REG_FACT(",'value':'abcd'"), "T", NULL, NULL,
     false},
    {"text: it is a number", REG(",'text':{'begins':'7'}"), REG_FACT(",'number':7"), "U", NULL,
     NULL, false},
    {"version in a text", REG(",'version':{'atLeast':'6.0.1'}"), REG_FACT(",'value':'6.0.2'"), "T",
     NULL, NULL, false},
    {"version in a text: large parts", REG(",'version':{'atLeast':'1.0.70000'}"),
     REG_FACT(",'value':'1.0.70001'"), "T", NULL, NULL, false},
    {"version in a text: none", REG(",'version':{'atLeast':'6.0.1'}"), REG_FACT(",'value':'none'"),
     "U", "bad_version", NULL, false},
    {"version in a text: empty", REG(",'version':{'atLeast':'6.0.1'}"), REG_FACT(",'value':''"),
     "U", "bad_version", NULL, false},
    {"type", REG(",'type':'REG_DWORD'"), REG_FACT(",'type':'REG_SZ','value':'1'"), "F", NULL, NULL,
     false},
    {"type: not collected", REG(",'type':'REG_DWORD'"), REG_FACT(",'number':1"), "U", NULL, NULL,
     false},
    {"bytes", REG(",'bytes':'00ff'"), REG_FACT(",'bytes':'00FF'"), "T", NULL, NULL, false},
    {"bytes: other", REG(",'bytes':'00ff'"), REG_FACT(",'bytes':'00fe'"), "F", NULL, NULL, false},
    {"64-bit view is the default", REG(IS_7), BOTH(",'number':7", ",'number':1"), "T", NULL, NULL,
     false},
    {"32-bit view", REG(",'view':'32'" IS_7), BOTH(",'number':1", ",'number':7"), "T", NULL, NULL,
     false},
    {"32-bit view: not collected", REG(",'view':'32'" IS_7), REG_FACT(",'number':7"), "U", NULL,
     NULL, false},
    {"both views: both hold", REG(",'view':'both'" IS_7), BOTH(",'number':7", ",'number':7"), "T",
     NULL, NULL, false},
    {"both views: one does not", REG(",'view':'both'" IS_7), BOTH(",'number':7", ",'number':1"),
     "F", NULL, NULL, false},
    {"both views: one is absent", REG(",'view':'both'" IS_7),
     BOTH(",'number':7", ",'status':'absent'"), "F", NULL, NULL, false},
    {"both views: one not collected", REG(",'view':'both'" IS_7), REG_FACT(",'number':7"), "U",
     NULL, NULL, false},
    {"both views: one not collected, the other does not", REG(",'view':'both'" IS_7),
     REG_FACT(",'number':1"), "F", NULL, NULL, false},
};

/* ---- services, features, settings ---- */

#define SERVICE(more) "{'service':{'name':'W3SVC'" more "}}"
#define SERVICE_FACT(more) "'services':[{'name':'w3svc'" more "}]"
#define FEATURE(more) "{'feature':{'name':'IIS'" more "}}"
#define FEATURE_FACT(more) "'features':[{'name':'iis'" more "}]"
#define SETTING(more) "{'setting':{'kind':'boot','name':'vbs'" more "}}"
#define SETTING_FACT(more) "'settings':[{'kind':'boot','name':'VBS'" more "}]"

static struct ruled named_things[] = {
    {"service: known", SERVICE(""), SERVICE_FACT(""), "T", NULL, NULL, false},
    {"service: absent", SERVICE(""), SERVICE_FACT(",'status':'absent'"), "F", NULL, NULL, false},
    {"service: not in a whole list", SERVICE(""), LIST("services", "complete"), "F", NULL, NULL,
     false},
    {"service: not in a part of a list", SERVICE(""), LIST("services", "partial"), "U", NULL, NULL,
     false},
    {"service: not collected", SERVICE(""), "", "U", NULL, NULL, false},
    {"service: unavailable", SERVICE(""), SERVICE_FACT("," DENIED), "E", "access_denied", NULL,
     false},
    {"service: the list could not be read", SERVICE(""),
     "'coverage':[{'list':'services','state':'unavailable','code':'access_denied'}]", "E",
     "access_denied", NULL, false},
    {"service: must not be there", SERVICE(",'exists':false"), LIST("services", "complete"), "T",
     NULL, NULL, false},
    {"service: start type", SERVICE(",'start':['manual','disabled']"),
     SERVICE_FACT(",'start':'disabled'"), "T", NULL, NULL, false},
    {"service: another start type", SERVICE(",'start':['disabled']"),
     SERVICE_FACT(",'start':'boot'"), "F", NULL, NULL, false},
    {"service: start type not collected", SERVICE(",'start':['disabled']"), SERVICE_FACT(""), "U",
     NULL, NULL, false},
    {"service: running", SERVICE(",'running':true"), SERVICE_FACT(",'running':false"), "F", NULL,
     NULL, false},
    {"service: running not collected", SERVICE(",'running':true"), SERVICE_FACT(""), "U", NULL,
     NULL, false},
    {"feature: installed", FEATURE(""), FEATURE_FACT(""), "T", NULL, NULL, false},
    {"feature: not installed", FEATURE(""), FEATURE_FACT(",'state':'notInstalled'"), "F", NULL,
     NULL, false},
    {"feature: absent", FEATURE(""), FEATURE_FACT(",'status':'absent'"), "F", NULL, NULL, false},
    {"feature: not in a whole list", FEATURE(""), LIST("features", "complete"), "F", NULL, NULL,
     false},
    {"feature: not collected", FEATURE(""), "", "U", NULL, NULL, false},
    {"feature: unavailable", FEATURE(""), FEATURE_FACT("," DENIED), "E", NULL, NULL, false},
    {"feature: must not be installed", FEATURE(",'installed':false"),
     FEATURE_FACT(",'state':'notInstalled'"), "T", NULL, NULL, false},
    {"feature: must not be installed and is", FEATURE(",'installed':false"), FEATURE_FACT(""), "F",
     NULL, NULL, false},
    {"feature: waits for the restart", FEATURE(""), FEATURE_FACT(",'state':'pending'"), "F", NULL,
     NULL, false},
    {"feature: after the restart", FEATURE(""), FEATURE_FACT(",'state':'pending'"), "T", NULL, NULL,
     true},
    {"feature: version", FEATURE(",'version':{'atLeast':'10.0'}"), FEATURE_FACT(",'version':'8.5'"),
     "F", NULL, NULL, false},
    {"feature: version not collected", FEATURE(",'version':{'atLeast':'10.0'}"), FEATURE_FACT(""),
     "U", NULL, NULL, false},
    {"setting: known", SETTING(""), SETTING_FACT(",'value':'on'"), "T", NULL, NULL, false},
    {"setting: absent", SETTING(""), SETTING_FACT(",'status':'absent'"), "F", NULL, NULL, false},
    {"setting: unavailable", SETTING(""), SETTING_FACT("," DENIED), "E", NULL, NULL, false},
    {"setting: not collected", SETTING(""), "", "U", NULL, NULL, false},
    {"setting: of another kind", SETTING(""), "'settings':[{'kind':'cpu','name':'vbs'}]", "U", NULL,
     NULL, false},
    {"setting: must not be there", SETTING(",'exists':false"), SETTING_FACT(",'status':'absent'"),
     "T", NULL, NULL, false},
    {"setting: text", SETTING(",'text':{'equals':['on']}"), SETTING_FACT(",'value':'On'"), "T",
     NULL, NULL, false},
    {"setting: number", SETTING(",'number':{'atLeast':2}"), SETTING_FACT(",'number':1"), "F", NULL,
     NULL, false},
    {"setting: number not collected", SETTING(",'number':{'atLeast':2}"),
     SETTING_FACT(",'value':'x'"), "U", NULL, NULL, false},
};

/* What a plan's step took away: every test on it is false until a step sets it. */
static struct ruled lost[] = {
    {"lost: it exists", FILE_RULE(""), FILE_FACT(""), "F", NULL, NULL, false},
    {"lost: it must not be there", FILE_RULE(",'exists':false"), NO_FILE, "F", NULL, NULL, false},
    {"lost: if present", FILE_RULE(",'ifPresent':true" AT_LEAST("1")), NO_FILE, "F", NULL, NULL,
     false},
    {"lost: version", FILE_RULE(AT_LEAST("1")), VERSION("2.0"), "F", NULL, NULL, false},
    {"lost: unavailable", FILE_RULE(AT_LEAST("1")), FILE_FACT("," DENIED), "F", NULL, NULL, false},
    {"lost: not collected", FILE_RULE(AT_LEAST("1")), "", "F", NULL, NULL, false},
};

static void check_lost(void **state)
{
    const struct ruled *row = *state;
    char catalog[512];
    struct bench bench;
    struct prereq_finding found;
    uint32_t node;

    (void)snprintf(catalog, sizeof(catalog), "%s,'applies':%s}", PATCH("R"), row->rule);
    bench_open(&bench, catalog, row->facts);
    node = bench.judging.catalog->patches[0].applies;
    bench.host->now.values[bench.judging.catalog->nodes[node].slot].lost = true;
    found = prereq_rule_judge(&bench.now, node, 0);
    expect_finding(row->verdict, row->reason, found.verdict, found.reason);
    bench_close(&bench);
}

int main(void)
{
    int failed = RUN_TABLE(files, check_ruled);

    failed |= RUN_TABLE(registry, check_ruled);
    failed |= RUN_TABLE(named_things, check_ruled);
    failed |= RUN_TABLE(lost, check_lost);
    return failed;
}
