/* SPDX-License-Identifier: MIT */
/* test_rules_host.c - rules about the system, products, packages, space, restarts, time, other
 * patches, and how rules combine. */
#include "verdicts.h"

#define OS(more) "{'os':{" more "}}"
#define OS_FACT(more) "'os':{" more "}"

#define NE_ "{'newer':{'role':'r','patch':'A'}}"
#define ALL_HOSTS "{'allHosts':{'role':'dc','patch':'A'}}"
#define EXTERNAL(name, more) "'settings':[{'kind':'external','name':'" name "'," more "}]"

static struct ruled systems[] = {
    {"version", OS("'version':{'equals':['4.0']}"), OS_FACT("'version':'4.0'"), "T", NULL, NULL,
     false},
    {"version: other", OS("'version':{'equals':['4.0']}"), OS_FACT("'version':'5.0'"), "F", NULL,
     NULL, false},
    {"version: not collected", OS("'version':{'equals':['4.0']}"), "", "U", "not_collected", NULL,
     false},
    {"build", OS("'build':{'equals':[1381]}"), OS_FACT("'build':1381"), "T", NULL, NULL, false},
    {"build: not collected", OS("'build':{'equals':[1381]}"), OS_FACT("'version':'4.0'"), "U", NULL,
     NULL, false},
    {"revision", OS("'ubr':{'atLeast':1742}"), OS_FACT("'ubr':1742"), "T", NULL, NULL, false},
    {"revision: lower", OS("'ubr':{'atLeast':1742}"), OS_FACT("'ubr':1741"), "F", NULL, NULL,
     false},
    {"revision: unavailable", OS("'ubr':{'atLeast':1742}"),
     "'errors':[{'fact':'os.ubr','code':'access_denied'}]", "E", "access_denied", NULL, false},
    {"revision: known in spite of an error", OS("'ubr':{'atLeast':1742}"),
     OS_FACT("'ubr':1742") ",'errors':[{'fact':'os.ubr','code':'access_denied'}]", "T", NULL, NULL,
     false},
    {"revision: after the restart", OS("'ubr':{'atLeast':2}"),
     OS_FACT("'ubr':1,'pending':{'ubr':2}"), "T", NULL, NULL, true},
    {"service pack", OS("'servicePack':{'atLeast':6}"), OS_FACT("'servicePack':6"), "T", NULL, NULL,
     false},
    {"no service pack", OS("'servicePack':{'atLeast':1}"), OS_FACT("'servicePack':0"), "F", NULL,
     NULL, false},
    {"edition", OS("'edition':{'begins':'Server'}"), OS_FACT("'edition':'ServerStandard'"), "T",
     NULL, NULL, false},
    {"language", OS("'language':{'equals':['de-DE']}"), OS_FACT("'language':'en-US'"), "F", NULL,
     NULL, false},
    {"install type: not collected", OS("'installType':{'equals':['Client']}"), OS_FACT("'ubr':1"),
     "U", NULL, NULL, false},
    {"product type: one of", OS("'productType':['server','domainController']"),
     OS_FACT("'productType':'domainController'"), "T", NULL, NULL, false},
    {"product type: none of", OS("'productType':['server']"),
     OS_FACT("'productType':'workstation'"), "F", NULL, NULL, false},
    {"architecture", OS("'architecture':['x64']"), OS_FACT("'architecture':'x64'"), "T", NULL, NULL,
     false},
    {"architecture: other", OS("'architecture':['x86','alpha']"), OS_FACT("'architecture':'x64'"),
     "F", NULL, NULL, false},
    {"architecture: not collected", OS("'architecture':['x64']"), "", "U", NULL, NULL, false},
    {"all that is given", OS("'build':{'equals':[1]},'ubr':{'atLeast':5}"),
     OS_FACT("'build':1,'ubr':4"), "F", NULL, NULL, false},
    {"one false decides over one not known", OS("'build':{'equals':[1]},'ubr':{'atLeast':5}"),
     OS_FACT("'ubr':4"), "F", NULL, NULL, false},
    {"stack: at least", "{'servicingStack':{'atLeast':'10.0.26100.1738'}}",
     "'servicingStack':{'version':'10.0.26100.1738'}", "T", NULL, NULL, false},
    {"stack: older", "{'servicingStack':{'atLeast':'10.0.26100.1738'}}",
     "'servicingStack':{'version':'10.0.26100.1'}", "F", NULL, NULL, false},
    {"stack: absent", "{'servicingStack':{'atLeast':'1'}}", "'servicingStack':{'status':'absent'}",
     "F", NULL, NULL, false},
    {"stack: not collected", "{'servicingStack':{'atLeast':'1'}}", "", "U", NULL, NULL, false},
    {"stack: unavailable", "{'servicingStack':{'atLeast':'1'}}",
     "'servicingStack':{'status':'unavailable','code':'hive_dirty'}", "E", "hive_dirty", NULL,
     false},
    {"stack: named among the errors", "{'servicingStack':{'atLeast':'1'}}",
     "'errors':[{'fact':'servicingStack','code':'access_denied'}]", "E", "access_denied", NULL,
     false},
    {"space: enough", "{'freeSpace':{'volume':'recovery','atLeast':250}}",
     "'volumes':[{'role':'recovery','freeBytes':250}]", "T", NULL, NULL, false},
    {"space: too little", "{'freeSpace':{'volume':'recovery','atLeast':250}}",
     "'volumes':[{'role':'recovery','freeBytes':249}]", "F", NULL, NULL, false},
    {"space: there is no such volume", "{'freeSpace':{'volume':'recovery','atLeast':250}}",
     "'volumes':[{'role':'recovery','status':'absent'}]", "F", NULL, NULL, false},
    {"space: of another volume", "{'freeSpace':{'volume':'recovery','atLeast':250}}",
     "'volumes':[{'role':'system','freeBytes':250}]", "U", NULL, NULL, false},
    {"space: not known", "{'freeSpace':{'volume':'system','atLeast':250}}",
     "'volumes':[{'role':'system'}]", "U", NULL, NULL, false},
    {"space: unavailable", "{'freeSpace':{'volume':'system','atLeast':250}}",
     "'volumes':[{'role':'system','status':'unavailable','code':'access_denied'}]", "E",
     "access_denied", NULL, false},
    {"space: of one of several it is not known", "{'freeSpace':{'volume':'data','atLeast':250}}",
     "'volumes':[{'role':'data','name':'E'},{'role':'data','name':'F','freeBytes':900}]", "U", NULL,
     NULL, false},
    {"space: the tightest of several decides", "{'freeSpace':{'volume':'data','atLeast':250}}",
     "'volumes':[{'role':'data','name':'E','freeBytes':9},{'role':'data','name':'F',"
     "'freeBytes':900}]",
     "F", NULL, NULL, false},
    {"space: the tightest of several decides, in any order",
     "{'freeSpace':{'volume':'data','atLeast':250}}",
     "'volumes':[{'role':'data','name':'F','freeBytes':900},{'role':'data','name':'E',"
     "'freeBytes':9}]",
     "F", NULL, NULL, false},
};

/* ---- products: any, all, and the target's own ---- */

#define SQL_AT_15 "{'product':{'product':'mssql','version':{'atLeast':'15.0'}}}"
#define SQL_ALL_15 "{'product':{'product':'MSSQL','version':{'atLeast':'15.0'},'quantifier':'all'}}"
#define TWO(a, b)                                                                                  \
    "'instances':[{'product':'MSSQL','name':'A'" a "},{'product':'MSSQL','name':'B'" b "}]"
#define V(version) ",'version':'" version "'"
#define GONE ",'status':'absent'"
#define HIDDEN ",'status':'unavailable','code':'access_denied'"
#define SQL_LIST(state) "'coverage':[{'list':'instances','product':'MSSQL','state':'" state "'}]"

static struct ruled products[] = {
    {"any: one of two", SQL_AT_15, TWO(V("14.0"), V("15.0")), "T", NULL, NULL, false},
    {"any: none of two", SQL_AT_15, TWO(V("14.0"), V("13.0")), "F", NULL, NULL, false},
    {"any: one not known", SQL_AT_15, TWO(V("14.0"), ""), "U", NULL, NULL, false},
    {"any: one could not be read", SQL_AT_15, TWO(V("14.0"), HIDDEN), "E", "access_denied", NULL,
     false},
    {"any: one is enough, whatever the other is", SQL_AT_15, TWO(V("15.0"), HIDDEN), "T", NULL,
     NULL, false},
    {"all: both", SQL_ALL_15, TWO(V("15.0"), V("16.0")), "T", NULL, NULL, false},
    {"all: one of two", SQL_ALL_15, TWO(V("14.0"), V("15.0")), "F", NULL, NULL, false},
    {"all: one not known", SQL_ALL_15, TWO(V("15.0"), ""), "U", NULL, NULL, false},
    {"the target's own: below", SQL_AT_15, TWO(V("14.0"), V("15.0")), "F", NULL, "MSSQL/A", false},
    {"the target's own: at", SQL_AT_15, TWO(V("14.0"), V("15.0")), "T", NULL, "MSSQL/B", false},
    {"the target's own, though all are asked", SQL_ALL_15, TWO(V("14.0"), V("15.0")), "T", NULL,
     "MSSQL/B", false},
    {"another product's target asks the host", SQL_AT_15,
     "'instances':[{'product':'EXCHANGE'},{'product':'MSSQL','name':'B','version':'15.0'}]", "T",
     NULL, "EXCHANGE", false},
    {"none, and the list is whole", SQL_AT_15, SQL_LIST("complete"), "F", NULL, NULL, false},
    {"none, and the list is whole for every product", SQL_AT_15,
     "'coverage':[{'list':'instances','state':'complete'}]", "F", NULL, NULL, false},
    {"none, and the list is of another product", SQL_AT_15,
     "'coverage':[{'list':'instances','product':'EXCHANGE','state':'complete'}]", "U", NULL, NULL,
     false},
    {"none, and the list could not be read", SQL_AT_15, SQL_LIST("unavailable"), "E", NULL, NULL,
     false},
    {"none, not collected", SQL_AT_15, "", "U", "not_collected", NULL, false},
    {"looked, not there", SQL_AT_15, "'instances':[{'product':'MSSQL','status':'absent'}]", "F",
     NULL, NULL, false},
    {"must not be there: looked", "{'product':{'product':'MSSQL','installed':false}}",
     "'instances':[{'product':'MSSQL','status':'absent'}]", "T", NULL, NULL, false},
    {"must not be there: it is", "{'product':{'product':'MSSQL','installed':false}}",
     TWO(V("14.0"), GONE), "F", NULL, NULL, false},
    {"must not be there: not collected", "{'product':{'product':'MSSQL','installed':false}}", "",
     "U", NULL, NULL, false},
    {"level", "{'product':{'product':'MSSQL','level':{'equals':['CU14']}}}",
     TWO(",'level':'CU14'", GONE), "T", NULL, NULL, false},
    {"branch", "{'product':{'product':'MSSQL','branch':{'equals':['CU']}}}",
     TWO(",'branch':'GDR'", GONE), "F", NULL, NULL, false},
    {"branch: not collected", "{'product':{'product':'MSSQL','branch':{'equals':['CU']}}}",
     TWO("", GONE), "U", NULL, NULL, false},
    {"edition", "{'product':{'product':'MSSQL','edition':{'contains':'Express'}}}",
     TWO(",'edition':'Express Edition'", GONE), "T", NULL, NULL, false},
};

/* ---- packages and MSI ---- */

#define PKG(more) "{'package':{'name':'Pkg*'" more "}}"
#define PKG_FACT(state) "'packages':[{'identity':'Pkg_1~t~amd64~~2.0.0.0','state':" state "}]"
#define PKGS(low, high)                                                                            \
    "'packages':[{'identity':'Pkg_1~t~amd64~~2.0.0.0','state':" low                                \
    "},{'identity':'Pkg_1~t~amd64~~3.0.0.0','state':" high "}]"
#define PKG_HIDDEN "{'identity':'Pkg_2~t~amd64~~1.0','status':'unavailable','code':'access_denied'}"

static struct ruled packages[] = {
    {"0x70 is installed", PKG(""), PKG_FACT("112"), "T", NULL, NULL, false},
    {"0x80 is installed", PKG(""), PKG_FACT("128"), "T", NULL, NULL, false},
    {"0x60 is pending", PKG(""), PKG_FACT("96"), "F", NULL, NULL, false},
    {"0x60 after the restart", PKG(""), PKG_FACT("96"), "T", NULL, NULL, true},
    {"0x65 is pending", PKG(""), PKG_FACT("101"), "F", NULL, NULL, false},
    {"0x65 after the restart", PKG(""), PKG_FACT("101"), "T", NULL, NULL, true},
    {"0x50 is pending", PKG(""), PKG_FACT("80"), "F", NULL, NULL, false},
    {"0x50 with a higher version installed", PKG(""), PKGS("80", "112"), "T", NULL, NULL, false},
    {"0x50 with a higher version that waits", PKG(",'states':[112]"), PKGS("80", "96"), "F", NULL,
     NULL, false},
    {"0x50 with a lower version installed: asked for the higher one",
     PKG(",'version':{'atLeast':'3.0'}"), PKGS("112", "80"), "F", NULL, NULL, false},
    {"0x40 is absent", PKG(""), PKG_FACT("64"), "F", NULL, NULL, false},
    {"0x40 stays absent", PKG(""), PKG_FACT("64"), "F", NULL, NULL, true},
    {"0x00 is absent", PKG(""), PKG_FACT("0"), "F", NULL, NULL, false},
    {"states as given", PKG(",'states':[64,80]"), PKG_FACT("64"), "T", NULL, NULL, false},
    {"not in a whole list", PKG(""), "'coverage':[{'list':'cbsPackages','state':'complete'}]", "F",
     NULL, NULL, false},
    {"another package", PKG(""), "'packages':[{'identity':'Other~t~x~~1.0','state':112}]", "U",
     NULL, NULL, false},
    {"not collected", PKG(""), "", "U", "not_collected", NULL, false},
    {"the list could not be read", PKG(""),
     "'coverage':[{'list':'cbsPackages','state':'unavailable','code':'hive_dirty'}]", "E",
     "hive_dirty", NULL, false},
    {"unavailable", PKG(""), "'packages':[" PKG_HIDDEN "]", "E", "access_denied", NULL, false},
    {"one unavailable, one not installed", PKG(""),
     "'packages':[{'identity':'Pkg_1~t~amd64~~2.0.0.0','state':64}," PKG_HIDDEN "]", "E",
     "access_denied", NULL, false},
    {"one unavailable, one installed", PKG(""),
     "'packages':[" PKG_HIDDEN ",{'identity':'Pkg_1~t~amd64~~2.0.0.0','state':112}]", "T", NULL,
     NULL, false},
    {"version: of the installed one", PKG(",'version':{'atLeast':'3.0'}"), PKGS("112", "64"), "F",
     NULL, NULL, false},
    {"version: one of two", PKG(",'version':{'atLeast':'3.0'}"), PKGS("112", "112"), "T", NULL,
     NULL, false},
    {"msi product", "{'msi':{'productCode':'{A-1}'}}", "'msiProducts':[{'productCode':'{a-1}'}]",
     "T", NULL, NULL, false},
    {"msi product: version", "{'msi':{'productCode':'{A-1}','version':{'atLeast':'2'}}}",
     "'msiProducts':[{'productCode':'{A-1}','version':'1.9'}]", "F", NULL, NULL, false},
    {"msi product: version not collected",
     "{'msi':{'productCode':'{A-1}','version':{'atLeast':'2'}}}",
     "'msiProducts':[{'productCode':'{A-1}'}]", "U", NULL, NULL, false},
    {"msi product: not in a whole list", "{'msi':{'productCode':'{A-1}'}}",
     "'coverage':[{'list':'msiProducts','state':'complete'}]", "F", NULL, NULL, false},
    {"msi patch", "{'msi':{'patchCode':'{P-1}'}}", "'msiPatches':[{'patchCode':'{P-1}'}]", "T",
     NULL, NULL, false},
    {"msi patch: not collected", "{'msi':{'patchCode':'{P-1}'}}", "", "U", NULL, NULL, false},
    {"msi patch: a whole list of products says nothing of it", "{'msi':{'patchCode':'{P-1}'}}",
     "'coverage':[{'list':'msiProducts','state':'complete'}]", "U", NULL, NULL, false},
    {"msi patch: the list could not be read", "{'msi':{'patchCode':'{P-1}'}}",
     "'coverage':[{'list':'msiPatches','state':'unavailable','code':'access_denied'}]", "E",
     "access_denied", NULL, false},
};

/* ---- restarts, time, other patches ---- */

#define ALL_NO                                                                                     \
    "'pendingRestarts':[{'source':'windows-update','pending':'no'},"                               \
    "{'source':'file-rename','pending':'no'},{'source':'computer-rename','pending':'no'},"         \
    "{'source':'domain-join','pending':'no'},{'source':'pending-xml','pending':'no'},"             \
    "{'source':'setup','pending':'no'},{'source':'msi','pending':'no'},"                           \
    "{'source':'update-exe','pending':'no'},{'source':'cbs','pending':"
#define A_FILE(version) "'files':[{'path':'a.dll','version':'" version "'}"
#define KEY(id) "{'id':'" id "','sources':[{'source':'hotfix-key'}]}"

static struct ruled moments[] = {
    {"nothing pending", "{'nothingPending':{}}", ALL_NO "'no'}]", "T", NULL, NULL, false},
    {"one of all is pending", "{'nothingPending':{}}", ALL_NO "'yes'}]", "F", NULL, NULL, false},
    {"one of all could not be looked at", "{'nothingPending':{}}",
     ALL_NO "'unknown','code':'access_denied'}]", "E", "access_denied", NULL, false},
    {"one of all was not collected", "{'nothingPending':{}}",
     "'pendingRestarts':[{'source':'cbs','pending':'no'}]", "U", NULL, NULL, false},
    {"only the named sources", "{'nothingPending':{'sources':['cbs']}}",
     "'pendingRestarts':[{'source':'cbs','pending':'no'},{'source':'msi','pending':'yes'}]", "T",
     NULL, NULL, false},
    {"nothing is pending after the restart", "{'nothingPending':{}}", ALL_NO "'yes'}]", "T", NULL,
     NULL, true},
    /* The facts are of 2026-11-20. */
    {"from this day", "{'calendar':{'from':'2026-11-20'}}", "", "T", NULL, NULL, false},
    {"from the next day", "{'calendar':{'from':'2026-11-21'}}", "", "F", NULL, NULL, false},
    {"through the end of this day", "{'calendar':{'until':'2026-11-20'}}", "", "T", NULL, NULL,
     false},
    {"until the day before", "{'calendar':{'until':'2026-11-19'}}", "", "F", NULL, NULL, false},
    {"one of these months", "{'calendar':{'months':[10,11]}}", "", "T", NULL, NULL, false},
    {"none of these months", "{'calendar':{'months':[1,12]}}", "", "F", NULL, NULL, false},
    {"patch: in effect", "{'patch':{'id':'A'}}", A_FILE("2.0") "]", "T", NULL, NULL, false},
    {"patch: a later one", "{'patch':{'id':'A'}}",
     A_FILE("1.0") ",{'path':'b.dll','version':'2.0'}]", "T", NULL, NULL, false},
    {"patch: exact, and a later one is on", "{'patch':{'id':'A','exact':true}}",
     A_FILE("2.0") ",{'path':'b.dll','version':'2.0'}]", "F", NULL, NULL, false},
    {"patch on the host, asked of an instance", "{'patch':{'id':'A'}}",
     A_FILE("2.0") "]," TWO("", ""), "T", NULL, "MSSQL/A", false},
    {"patch: not known", "{'patch':{'id':'A'}}", "", "U", NULL, NULL, false},
    {"patch on instances, asked of the host: any", "{'patch':{'id':'S'}}",
     TWO(V("14.0"), V("15.0")), "T", NULL, NULL, false},
    {"patch on instances, asked of one", "{'patch':{'id':'S'}}", TWO(V("14.0"), V("15.0")), "F",
     NULL, "MSSQL/A", false},
    {"record: says so, whatever the files say", "{'record':{'id':'A'}}",
     A_FILE("1.0") "],'updates':[" KEY("A") "]", "T", NULL, NULL, false},
    {"record: known absent", "{'record':{'id':'A'}}", A_FILE("2.0") "]," ALL_LISTS, "F", NULL, NULL,
     false},
    {"record: not known", "{'record':{'id':'A'}}", A_FILE("2.0") "]", "U", "not_collected", NULL,
     false},
    {"record: a later one's does not do", "{'record':{'id':'A'}}",
     "'updates':[" KEY("B") "]," ALL_LISTS, "F", NULL, NULL, false},
    {"record on instances, asked of the host: any", "{'record':{'id':'S'}}",
     TWO("", "") ",'updates':[{'id':'S','target':'MSSQL/B','sources':[{'source':'product'}]}]", "T",
     NULL, NULL, false},
    {"record on instances, asked of another one", "{'record':{'id':'S'}}",
     TWO("", "") ",'updates':[{'id':'S','target':'MSSQL/B','sources':[{'source':'product'}]}]", "U",
     NULL, "MSSQL/A", false},
    {"every host of a role: yes", ALL_HOSTS, EXTERNAL("allHosts:dc:A", "'value':'Yes'"), "T", NULL,
     NULL, false},
    {"every host of a role: no", ALL_HOSTS, EXTERNAL("allHosts:dc:A", "'value':'no'"), "F", NULL,
     NULL, false},
    {"every host of a role: as numbers", ALL_HOSTS, EXTERNAL("ALLHOSTS:DC:a", "'number':1"), "T",
     NULL, NULL, false},
    {"every host of a role: 0", ALL_HOSTS, EXTERNAL("allHosts:dc:A", "'number':0"), "F", NULL, NULL,
     false},
    {"every host of a role: no answer", ALL_HOSTS, EXTERNAL("allHosts:dc:A", "'value':'most'"), "E",
     "error", NULL, false},
    {"every host of a role: known absent", ALL_HOSTS,
     EXTERNAL("allHosts:dc:A", "'status':'absent'"), "F", NULL, NULL, false},
    {"every host of a role: nobody could see", ALL_HOSTS,
     EXTERNAL("allHosts:dc:A", "'status':'unavailable','code':'access_denied'"), "E",
     "access_denied", NULL, false},
    {"every host of a role: nobody asked", ALL_HOSTS, A_FILE("2.0") "]", "U", "not_collected", NULL,
     false},
    {"every host of another role", ALL_HOSTS, EXTERNAL("allHosts:web:A", "'value':'yes'"), "U",
     "not_collected", NULL, false},
    {"a kind of a newer format: not evaluated", NE_, "", "NE", "unsupported_rule", NULL, false},
    {"always", "{'always':true}", "", "T", NULL, NULL, false},
    {"never", "{'always':false}", "", "F", NULL, NULL, false},
};

/* ---- combinations; all sixty-four pairs are in test_verdict.c ---- */

#define T_ "{'always':true}"
#define F_ "{'always':false}"
#define E_ "{'service':{'name':'e'}}"
#define U_ "{'service':{'name':'u'}}"
#define NA_ "{'file':{'path':'n','ifPresent':true}}"
#define MIXED                                                                                      \
    "'services':[{'name':'e','status':'unavailable','code':'hive_dirty'}],"                        \
    "'files':[{'path':'n','status':'absent'}]"

static struct ruled combinations[] = {
    {"all: true", "{'all':[" T_ "," NA_ "]}", MIXED, "T", NULL, NULL, false},
    {"all: false decides", "{'all':[" E_ "," U_ "," F_ "]}", MIXED, "F", NULL, NULL, false},
    {"all: error before unknown", "{'all':[" U_ "," E_ "]}", MIXED, "E", "hive_dirty", NULL, false},
    {"all: unknown before not evaluated", "{'all':[" NE_ "," U_ "]}", MIXED, "U", "not_collected",
     NULL, false},
    {"all: not evaluated", "{'all':[" T_ "," NE_ "]}", MIXED, "NE", "unsupported_rule", NULL,
     false},
    {"all: of nothing that applies", "{'all':[" NA_ "," NA_ "]}", MIXED, "NA", NULL, NULL, false},
    {"any: true decides", "{'any':[" E_ "," T_ "]}", MIXED, "T", NULL, NULL, false},
    {"any: error before false", "{'any':[" F_ "," E_ "]}", MIXED, "E", "hive_dirty", NULL, false},
    {"any: unknown before false", "{'any':[" F_ "," U_ "]}", MIXED, "U", NULL, NULL, false},
    {"any: false", "{'any':[" F_ "," NA_ "]}", MIXED, "F", NULL, NULL, false},
    {"none: true", "{'none':[" F_ "," F_ "]}", MIXED, "T", NULL, NULL, false},
    {"none: one holds", "{'none':[" F_ "," T_ "]}", MIXED, "F", NULL, NULL, false},
    {"none: unknown", "{'none':[" F_ "," U_ "]}", MIXED, "U", NULL, NULL, false},
    {"one: exactly one", "{'one':[" F_ "," T_ "]}", MIXED, "T", NULL, NULL, false},
    {"one: two", "{'one':[" T_ "," T_ "," U_ "]}", MIXED, "F", NULL, NULL, false},
    {"one: perhaps two", "{'one':[" T_ "," U_ "]}", MIXED, "U", NULL, NULL, false},
    {"xor: odd", "{'xor':[" T_ "," T_ "," T_ "]}", MIXED, "T", NULL, NULL, false},
    {"xor: even", "{'xor':[" T_ "," F_ "," T_ "]}", MIXED, "F", NULL, NULL, false},
    {"xor: unknown", "{'xor':[" T_ "," U_ "]}", MIXED, "U", NULL, NULL, false},
    {"not: true", "{'not':" T_ "}", MIXED, "F", NULL, NULL, false},
    {"not: false", "{'not':" F_ "}", MIXED, "T", NULL, NULL, false},
    {"not: error stays", "{'not':" E_ "}", MIXED, "E", "hive_dirty", NULL, false},
    {"not: unknown stays", "{'not':" U_ "}", MIXED, "U", "not_collected", NULL, false},
    {"not: not evaluated stays", "{'not':" NE_ "}", MIXED, "NE", NULL, NULL, false},
    {"not: not applicable stays", "{'not':" NA_ "}", MIXED, "NA", NULL, NULL, false},
    {"nested", "{'all':[{'any':[" F_ ",{'not':" F_ "}]},{'none':[" F_ "]}]}", MIXED, "T", NULL,
     NULL, false},
};

/* While a plan is made: something that it did waits for the restart. */
static void test_plan_pending(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench, PATCH("R") ",'applies':{'nothingPending':{'sources':['cbs']}}}",
               "'pendingRestarts':[{'source':'cbs','pending':'no'}]");
    assert_int_equal(prereq_applies(&bench.now, 0), PREREQ_TRUE);
    bench.host->now.plan_pending = true;
    prereq_sitting_reset(&bench.now);
    assert_int_equal(prereq_applies(&bench.now, 0), PREREQ_FALSE);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest planning[] = {cmocka_unit_test(test_plan_pending)};
    int failed = RUN_TABLE(systems, check_ruled);

    failed |= RUN_TABLE(products, check_ruled);
    failed |= RUN_TABLE(packages, check_ruled);
    failed |= RUN_TABLE(moments, check_ruled);
    failed |= RUN_TABLE(combinations, check_ruled);
    failed |= RUN_TESTS(planning);
    return failed;
}
