/* SPDX-License-Identifier: MIT */
/* test_collect_hotfixes.c - records of hotfixes, and what looks like one. */
#include "collector_rows.h"

#define CV "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define NT4 "[" CV "]\n\"CurrentVersion\"=\"4.0\"\n"
#define HOTFIX(name) "[" CV "\\HotFix\\" name "]\n"
#define ON "\"Installed\"=dword:1\n"
#define AT(time) "time " time "\n"
#define UPDATE(path) "[HKLM\\SOFTWARE\\Microsoft\\Updates\\" path "]\n"
#define COMPLETE "{'list':'hotfixKeys','state':'complete'}"
#define PARTIAL "{'list':'hotfixKeys','state':'partial'"
#define KEY "{'source':'hotfix-key','installedOn':'2000-10-21T11:00:00Z'"

static struct collecting rows[] = {
    {"a hotfix", NT4 HOTFIX("Q269862") AT("2000-10-21T11:00:00Z") ON,
     HAS("'updates':[{'id':'Q269862','sources':[" KEY ",'backup':false}]}]", COMPLETE)},
    {"its files are kept",
     NT4 HOTFIX("Q269862") AT("2000-10-21T11:00:00Z") ON
     "folder C:\\WINNT\\$NTUNINSTALLQ269862$\nfolder C:\\WINNT\\$NtUninstallQ1$\n",
     HAS(KEY ",'backup':true}")},
    {"where they would be kept is refused",
     NT4 HOTFIX("Q269862") ON "refuse C:\\WINNT access_denied 5\n", HAS("'id':'Q269862'", COMPLETE),
     NOT("'backup'")},
    {"not installed", NT4 HOTFIX("Q1") "\"Installed\"=dword:0\n" HOTFIX("Q2"), HAS(COMPLETE),
     NOT("'updates'")},
    {"installed in words", NT4 HOTFIX("Q100001") "\"Installed\"=\"1\"\n", HAS("'id':'Q100001'")},
    {"the sentinel of SP4", NT4 HOTFIX("Q147222") ON, HAS("'id':'Q147222'")},
    {"sub-keys", NT4 HOTFIX("KB123456\\File 1") HOTFIX("KB123456") ON HOTFIX("File 1") ON,
     HAS("'updates':[{'id':'KB123456'", COMPLETE), NOT("File", "'errors':[{'fact':'updates'")},
    {"names with more in them",
     NT4 HOTFIX("KB839643-DirectX9") ON HOTFIX("KB893803v2") ON HOTFIX("Q842436a")
         ON HOTFIX("SP2SRP1") ON HOTFIX("q100002") ON,
     HAS("'id':'KB839643-DirectX9'", "'id':'KB893803v2'", "'id':'Q842436a'", "'id':'SP2SRP1'",
         "'id':'Q100002'")},
    {"a name that is no id", NT4 HOTFIX("one two") ON HOTFIX("Q100001") ON,
     HAS("'id':'Q100001'",
         "{'fact':'updates','code':'error','text':'A record of a hotfix has a "
         "name that is no id: one two'}",
         COMPLETE)},
    {"no key at all", NT4, HAS(COMPLETE)},
    {"from Vista on absence proves nothing",
     "[" CV "]\n\"CurrentVersion\"=\"6.1\"\n" HOTFIX("KB100001") ON,
     HAS("'id':'KB100001'", PARTIAL), NOT(COMPLETE)},
    {"a version that is not known", HOTFIX("KB100001") ON, HAS(PARTIAL)},
    {"one key refused",
     NT4 HOTFIX("Q100001") ON HOTFIX("Q100002") ON "refuse " CV
                                                   "\\HotFix\\Q100002 access_denied 5\n",
     HAS("'id':'Q100001'", PARTIAL ",'code':'access_denied'",
         "{'fact':'updates','code':'access_denied','number':'5'"),
     NOT("Q100002'")},
    {"one value refused", NT4 HOTFIX("Q100001") "\"Installed\"=refuse:access_denied\n",
     HAS(PARTIAL ",'code':'access_denied'"), NOT("'id':'Q100001'")},
    {"all refused", NT4 HOTFIX("Q100001") ON "refuse " CV "\\HotFix access_denied 5\n",
     HAS("{'list':'hotfixKeys','state':'unavailable','code':'access_denied'")},
    {"a dirty hive", NT4 HOTFIX("Q100001") ON "stale HKLM\\SOFTWARE*\n",
     HAS("{'list':'hotfixKeys','state':'unavailable','code':'hive_dirty'"), NOT("'updates':")},
    {"what the installer wrote",
     NT4 HOTFIX("KB100001") AT("2008-04-14T09:00:00Z") ON
     "\"Installed On\"=\"4/14/2008\"\n\"Installed By\"=\"CORP\\bob\"\n"
     "\"Fix Description\"=\"Hotfix for Windows\"\n",
     HAS("{'id':'KB100001','title':'Hotfix for "
         "Windows','sources':[{'source':'hotfix-key',"
         "'installedOn':'2008-04-14T09:00:00Z','installedBy':'CORP\\\\bob','backup':"
         "false}]}")},
    {"user names left out", NT4 HOTFIX("KB100001") ON "\"Installed By\"=\"CORP\\bob\"\n",
     HAS("'id':'KB100001'"), NOT("bob"), .no_user_names = true},
    {"the key was written again later",
     NT4 HOTFIX("KB100001") AT("2010-01-01T09:00:00Z") ON "\"Installed On\"=\"4/14/2008\"\n",
     HAS("'installedOn':'2008-04-14'")},
    {"a day that can be two",
     NT4 HOTFIX("KB100001") AT("2008-05-04T09:00:00Z") ON "\"Installed On\"=\"5/4/2008\"\n",
     HAS("'installedOn':'2008-05-04T09:00:00Z'")},
    {"Updates of Windows",
     NT4 UPDATE("Windows XP\\SP3\\KB100001") AT("2007-01-01T00:00:00Z")
         UPDATE("Windows XP\\SP3\\KB100001\\Filelist\\0") UPDATE("Windows XP\\SP10\\KB100002"),
     HAS("{'id':'KB100001','sources':[{'source':'hotfix-key','installedOn':'2007-01-"
         "01T00:00:00Z'",
         "'id':'KB100002'", COMPLETE)},
    {"Updates of another product, in both views",
     NT4 UPDATE("Microsoft .NET Framework 4 Extended\\KB100001") "\"ThisVersionInstalle"
                                                                 "d\"=\"Y\"\n" UPDATE(
                                                                     "Microsoft .NET "
                                                                     "Framework 4 "
                                                                     "Extended\\KB10000"
                                                                     "2") "\"ThisVersio"
                                                                          "nInstalled\""
                                                                          "=\"N\"\n"
                                                                          "[32:"
                                                                          "HKLM\\SOFTWA"
                                                                          "RE\\Microsof"
                                                                          "t\\Updates\\"
                                                                          "Microsoft "
                                                                          ".NET "
                                                                          "Framework 4 "
                                                                          "Extended\\KB"
                                                                          "100003]\n"
                                                                          "[32:"
                                                                          "HKLM\\SOFTWA"
                                                                          "RE\\Microsof"
                                                                          "t\\Updates\\"
                                                                          "Microsoft "
                                                                          ".NET "
                                                                          "Framework 4 "
                                                                          "Extended\\KB"
                                                                          "100001]\n",
     HAS("{'id':'KB100001','sources':[{'source':'product'", "'id':'KB100003'"),
     NOT("'id':'KB100002'"), .wide = true},
    {"both keys are one record",
     NT4 HOTFIX("KB100001") AT("2007-01-01T00:00:00Z") ON UPDATE("Windows XP\\SP3\\KB100001")
         AT("2009-01-01T00:00:00Z") "\"Description\"=\"Update\"\n",
     HAS("{'id':'KB100001','title':'Update','sources':[{'source':'hotfix-key','"
         "installedOn':"
         "'2007-01-01T00:00:00Z','backup':false}]}]")},
};

static run_collector *const collectors[] = {prereq_collect_system, prereq_collect_hotfixes};

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
