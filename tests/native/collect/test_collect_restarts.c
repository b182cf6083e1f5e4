/* SPDX-License-Identifier: MIT */
/* test_collect_restarts.c - each source of restarts by each of its signs. */
#include "collector_rows.h"

#define NT(version)                                                                                \
    "[HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\n\"CurrentVersion\"=\"" version "\""  \
    "\n"
#define WINDOWS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"
#define CBS WINDOWS "\\Component Based Servicing"
#define WU WINDOWS "\\WindowsUpdate"
#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define SESSION CONTROL "\\Session Manager"
#define NAMES CONTROL "\\ComputerName"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services"
#define KEY(key, time) "[" key "]\ntime " time "\n"
#define T "2026-11-01T10:00:00Z"
#define U "2026-11-02T10:00:00Z"
#define IS(source, answer) "{'source':'" source "','pending':'" answer "'"
#define VOLATILE                                                                                   \
    ",'detail':'Where this would be said exists only while Windows is running.',"                  \
    "'code':'volatile'}"
#define RENAME(pairs) KEY(SESSION, T) "\"PendingFileRenameOperations\"=multi:" pairs "\n"
#define FILE(path) "file " path " 2000-01-01T00:00:00Z\n"

static struct collecting rows[] = {
    {"nothing is pending on NT 4.0 that is off", NT("4.0"),
     HAS(IS("cbs", "no") "},", IS("windows-update", "no") "}," IS("file-rename", "no") "},",
         IS("domain-join", "no") "}," IS("pending-xml", "no") "}," IS("setup", "no") "}," //
         IS("msi", "no") "}," IS("update-exe", "no") "}")},
    {"its name is not known", NT("4.0") KEY(NAMES "\\ComputerName", T) "\"ComputerName\"=\"A\"\n",
     HAS(IS("computer-rename", "unknown") VOLATILE)},
    {"nothing is pending on 10 that runs",
     "live\n" NT("10.0")
         KEY(CBS "\\SessionsPending", T) "\"Exclusive\"=dword:0\n" KEY(WU "\\Auto Update", T)
             KEY(NAMES "\\ComputerName", T) "\"ComputerName\"=\"A\"\n" KEY(
                 NAMES "\\ActiveComputerName", T) "\"ComputerName\"=\"a\"\n",
     HAS(IS("cbs", "no") "},", IS("windows-update", "no") "},", IS("computer-rename", "no") "},",
         IS("update-exe", "no") "}")},

    /* CBS */
    {"cbs: volatile", NT("6.1") KEY(CBS, T), HAS(IS("cbs", "unknown") VOLATILE)},
    {"cbs: reboot pending", "live\n" KEY(CBS "\\RebootPending", T),
     HAS(IS("cbs", "yes") ",'since':'" T "','detail':'RebootPending'}")},
    {"cbs: a value is no key", "live\n" KEY(CBS, T) "\"RebootPending\"=dword:1\n",
     HAS(IS("cbs", "no"))},
    {"cbs: several signs, since the first",
     "live\n" KEY(CBS "\\RebootPending", U) KEY(CBS "\\PackagesPending", T)
         KEY(CBS "\\RebootInProgress", U) KEY(CBS "\\SessionsPending", U) "\"Exclusive\"=dword:3\n",
     HAS(IS("cbs",
            "yes") ",'since':'" T
                   "','detail':'RebootPending; RebootInProgress; PackagesPending; Exclusive'}")},
    {"cbs: packages pending in a hive", KEY(CBS "\\PackagesPending", T),
     HAS(IS("cbs", "yes") ",'since':'" T "'")},
    {"cbs: a package that waits, in a hive",
     "[" CBS "\\Packages\\A~1~x86~~1.0]\n\"CurrentState\"=dword:60\n"
     "[" CBS "\\Packages\\B~1~x86~~1.0]\n\"CurrentState\"=dword:70\n",
     HAS(IS("cbs", "yes") ",'detail':'packages that wait: 1'}")},
    {"cbs: refused", "live\n" KEY(CBS, T) "refuse " CBS "\\RebootPending access_denied 5\n",
     HAS(IS("cbs", "unknown"), "'code':'access_denied'}")},
    {"cbs: refused, and yes all the same",
     "live\n" KEY(CBS "\\PackagesPending", T) "refuse " CBS "\\RebootPending access_denied 5\n",
     HAS(IS("cbs", "yes"))},
    {"cbs: a dirty hive", KEY(CBS "\\PackagesPending", T) "stale HKLM\\SOFTWARE*\n",
     HAS(IS("cbs", "unknown"), IS("msi", "unknown"), "'code':'hive_dirty'}")},

    /* Windows Update */
    {"windows-update", "live\n" KEY(WU "\\Auto Update\\RebootRequired", T),
     HAS(IS("windows-update", "yes") ",'since':'" T "'")},
    {"windows-update: a value is no key",
     "live\n" KEY(WU "\\Auto Update", T) "\"RebootRequired\"=dword:1\n",
     HAS(IS("windows-update", "no"))},
    {"windows-update: volatile", KEY(WU, T), HAS(IS("windows-update", "unknown") VOLATILE)},

    /* File renames */
    {"file-rename: a replacement and a deletion",
     RENAME("\\??\\C:\\WINNT\\System32\\new.dll|!\\??\\C:\\WINNT\\System32\\w3svc.dll|\\??\\C:\\"
            "WINNT\\old.dll|") //
     FILE("C:\\WINNT\\System32\\new.dll") FILE("C:\\WINNT\\old.dll"),
     HAS(IS("file-rename", "yes") ",'since':'" T
                                  "','detail':'replaced: 1, removed: 1, passed over: "
                                  "0','targets':['%SystemRoot%\\\\System32\\\\w3svc.dll',"
                                  "'%SystemRoot%\\\\old.dll']}")},
    {"file-rename: an empty value", RENAME(""), HAS(IS("file-rename", "no") "}")},
    {"file-rename: empty entries", RENAME("||||"), HAS(IS("file-rename", "no") "}")},
    {"file-rename: temporary files that are deleted",
     RENAME("\\??\\C:\\WINNT\\System32\\drivers\\SETEAC4.tmp||\\??\\C:\\Users\\b\\AppData\\Local\\"
            "Temp\\x\\y.dll||\\??\\C:\\TMP\\a||\\??\\C:\\WINNT\\~de1.exe|") //
     FILE("C:\\WINNT\\System32\\drivers\\SETEAC4.tmp") FILE("C:\\TMP\\a")
         FILE("C:\\WINNT\\~de1.exe") FILE("C:\\Users\\b\\AppData\\Local\\Temp\\x\\y.dll"),
     HAS(IS("file-rename", "no") "}")},
    {"file-rename: a temporary file that replaces another",
     RENAME("\\??\\C:\\WINNT\\Temp\\a.tmp|!\\??\\C:\\WINNT\\b.dll") FILE("C:\\WINNT\\Temp\\a.tmp"),
     HAS(IS("file-rename", "yes"), "'%SystemRoot%\\\\b.dll'")},
    {"file-rename: a folder that is called like one",
     RENAME("\\??\\C:\\Templates\\a.dll|") FILE("C:\\Templates\\a.dll"),
     HAS(IS("file-rename", "yes"))},
    {"file-rename: what is done already",
     RENAME("\\??\\C:\\WINNT\\a.dll||\\??\\C:\\WINNT\\n.dll|!\\??\\C:\\WINNT\\b.dll"),
     HAS(IS("file-rename", "no") "}")},
    {"file-rename: moved on from where another comes",
     RENAME("\\??\\C:\\WINNT\\a.dll|\\??\\C:\\WINNT\\b.dll|\\??\\C:\\WINNT\\b.dll|\\??\\C:\\WINNT\\"
            "c.dll") //
     FILE("C:\\WINNT\\a.dll"),
     HAS("replaced: 2, removed: 0, passed over: 0")},
    {"file-rename: other drives are not seen", RENAME("\\??\\D:\\a.dll|"),
     HAS(IS("file-rename", "yes"))},
    {"file-rename: the second value",
     KEY(SESSION, T) "\"PendingFileRenameOperations2\"=multi:\\??\\C:\\WINNT\\a.dll|!\\??\\C:\\"
                     "WINNT\\b.dll\n" FILE("C:\\WINNT\\a.dll"),
     HAS(IS("file-rename", "yes"))},
    {"file-rename: a dirty hive", RENAME("\\??\\C:\\WINNT\\a.dll|") "stale HKLM\\SYSTEM*\n",
     HAS(IS("file-rename", "unknown"), "'code':'hive_dirty'}")},

    /* Names */
    {"computer-rename: running",
     "live\n" KEY(NAMES "\\ComputerName", T) "\"ComputerName\"=\"NEXT\"\n" KEY(
         NAMES "\\ActiveComputerName", U) "\"ComputerName\"=\"NOW\"\n",
     HAS(IS("computer-rename", "yes") ",'since':'" T "','detail':'NOW becomes NEXT'}")},
    {"computer-rename: in a hive",
     KEY(SERVICES "\\Tcpip\\Parameters", T) "\"Hostname\"=\"now\"\n\"NV Hostname\"=\"next\"\n",
     HAS(IS("computer-rename", "yes"))},
    {"computer-rename: none in a hive",
     KEY(SERVICES "\\Tcpip\\Parameters", T) "\"HostName\"=\"Now\"\n\"NV HostName\"=\"NOW\"\n",
     HAS(IS("computer-rename", "no") "}")},
    {"domain-join: a value", KEY(SERVICES "\\Netlogon", T) "\"AvoidSpnSet\"=dword:1\n",
     HAS(IS("domain-join", "yes") ",'since':'" T "','detail':'AvoidSpnSet'}")},
    {"domain-join: a key", KEY(SERVICES "\\Netlogon\\JoinDomain", T),
     HAS(IS("domain-join", "yes"))},

    /* The rest */
    {"pending-xml", "file C:\\WINNT\\WinSxS\\pending.xml " T " x\n",
     HAS(IS("pending-xml", "yes") ",'since':'" T "'")},
    {"pending-xml: refused", "refuse C:\\WINNT\\WinSxS\\pending.xml access_denied 5\n",
     HAS(IS("pending-xml", "unknown") ",'detail':'C:\\\\WINNT\\\\WinSxS\\\\pending.xml: "
                                      "access_denied.','code':'access_denied'}")},
    {"setup: flags at rest",
     KEY("HKLM\\SYSTEM\\Setup", T) "\"SystemSetupInProgress\"=dword:0\n\"SetupType\"=dword:0\n",
     HAS(IS("setup", "no") "}")},
    {"setup", KEY("HKLM\\SYSTEM\\Setup", T) "\"SystemSetupInProgress\"=dword:1\n",
     HAS(IS("setup", "yes") ",'since':'" T "'")},
    {"msi", KEY(WINDOWS "\\Installer\\InProgress", T), HAS(IS("msi", "yes") ",'since':'" T "'")},
    {"msi: a value is no key", KEY(WINDOWS "\\Installer", T) "\"InProgress\"=\"x\"\n",
     HAS(IS("msi", "no") "}")},
    {"update-exe: a value",
     NT("5.2") KEY("HKLM\\SOFTWARE\\Microsoft\\Updates", T) "\"UpdateExeVolatile\"=dword:2\n",
     HAS(IS("update-exe", "yes") ",'since':'" T "'")},
    {"update-exe: a key",
     "live\n" NT("5.2")
         KEY("HKLM\\SOFTWARE\\Microsoft\\Updates\\UpdateExeVolatile", T) "\"Flags\"=dword:1\n",
     HAS(IS("update-exe", "yes"))},
    {"update-exe: flags at rest",
     "live\n" NT("5.2")
         KEY("HKLM\\SOFTWARE\\Microsoft\\Updates\\UpdateExeVolatile", T) "\"Flags\"=dword:0\n",
     HAS(IS("update-exe", "no"))},
    {"update-exe: volatile", NT("5.2") KEY("HKLM\\SOFTWARE\\Microsoft\\Updates", T),
     HAS(IS("update-exe", "unknown") VOLATILE)},
    {"update-exe: not where CBS is", NT("6.1") KEY("HKLM\\SOFTWARE\\Microsoft\\Updates", T),
     HAS(IS("update-exe", "no"))},
};

static run_collector *const collectors[] = {prereq_collect_system, prereq_collect_cbs,
                                            prereq_collect_restarts};

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

/* Each source is said exactly once. */
static void says_each_source(void **state)
{
    struct collecting row = {.name = "all", .host = NT("4.0")};
    struct fake_source *fake = collecting_fake(&row);
    struct prereq_gather gather = {.arena = prereq_arena_new(COLLECTING_ARENA),
                                   .source = &fake->base};

    (void)state;
    prereq_collect_restarts(&gather);
    assert_int_equal(gather.pending_restarts.count, PREREQ_RESTART_SOURCES);
    for (int i = 0; i < PREREQ_RESTART_SOURCES; i++)
        assert_int_equal(gather.pending_restarts.items[i].source, i + 1);
    prereq_arena_free(gather.arena);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_limits),
        cmocka_unit_test(says_each_source),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests);
}
