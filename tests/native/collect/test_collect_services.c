/* SPDX-License-Identifier: MIT */
/* test_collect_services.c - services, drivers, and keys that are neither. */
#include "collector_rows.h"

#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services"
#define SERVICE(name, type, start)                                                                 \
    "[" SERVICES "\\" name "]\n\"Type\"=dword:" type "\n\"Start\"=dword:" start "\n"
#define COMPLETE "{'list':'services','state':'complete'}"

static struct collecting rows[] = {
    {"services",
     SERVICE("W3SVC", "20", "2") "\"DisplayName\"=\"World Wide Web Publishing Service\"\n" SERVICE(
         "Spooler", "110", "3") SERVICE("ClipSrv", "10", "4"),
     HAS("'services':[{'name':'W3SVC','displayName':'World Wide Web Publishing Service','start':"
         "'automatic'},{'name':'Spooler','start':'manual'},{'name':'ClipSrv','start':'disabled'}]",
         COMPLETE)},
    {"drivers are services",
     SERVICE("Tcpip", "1", "1") "\"DisplayName\"=\"TCP\"\n" SERVICE("Disk", "1", "0"),
     HAS("{'name':'Tcpip','start':'system'}", "{'name':'Disk','start':'boot'}")},
    {"keys without a type are none",
     "[" SERVICES "\\.NET Data]\n[" SERVICES "\\{1-2}\\Parameters]\n[" SERVICES
     "\\X]\n\"Start\"=dword:2\n",
     HAS(COMPLETE), NOT("'services':[")},
    {"a resource is no name", SERVICE("A", "10", "2") "\"DisplayName\"=\"@x.dll,-1\"\n",
     HAS("{'name':'A','start':'automatic'}")},
    {"a start that nobody knows", SERVICE("A", "10", "9"), HAS("{'name':'A'}")},
    {"running or not",
     "live\nrunning W3SVC\n" SERVICE("W3SVC", "20", "2") SERVICE("B", "10", "3")
         SERVICE("Disk", "1", "0"),
     HAS("{'name':'W3SVC','start':'automatic','running':true}",
         "{'name':'B','start':'manual','running':false}", "{'name':'Disk','start':'boot'}")},
    {"none can be asked",
     "live\nrefuse service:* access_denied 5\n" SERVICE("A", "10", "2") SERVICE("B", "10", "2"),
     HAS("{'name':'A','start':'automatic'},{'name':'B','start':'automatic'}", COMPLETE,
         "'errors':[{'fact':'services.running','code':'access_denied','number':'5','text':'A: "
         "access_denied.'}]")},
    {"one key refused",
     SERVICE("A", "10", "2") SERVICE("B", "10", "2") "refuse " SERVICES "\\B access_denied 5\n",
     HAS("{'name':'B','status':'unavailable','code':'access_denied'", COMPLETE)},
    {"one value refused", "[" SERVICES "\\A]\n\"Type\"=dword:10\n\"Start\"=refuse:access_denied\n",
     HAS("{'name':'A','status':'unavailable','code':'access_denied'")},
    {"all refused", "refuse " SERVICES " access_denied 5\n" SERVICE("A", "10", "2"),
     HAS("{'list':'services','state':'unavailable','code':'access_denied'",
         "{'fact':'services','code':'access_denied'"),
     NOT("'services':[")},
    {"a dirty hive", "stale HKLM\\SYSTEM*\n" SERVICE("A", "10", "2"),
     HAS("{'list':'services','state':'unavailable','code':'hive_dirty'"), NOT("'services':[")},
    {"no key", "", HAS("{'list':'services','state':'unavailable','code':'error'")},
};

static run_collector *const collectors[] = {prereq_collect_services};

static void check_row(void **state)
{
    collecting_check(*state, collectors, PREREQ_COUNT(collectors));
}

static void survives_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(rows); i++)
        collecting_survive(&rows[i], collectors, PREREQ_COUNT(collectors));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(survives_limits)};

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests);
}
