/* SPDX-License-Identifier: MIT */
/* test_collect_cbs.c - packages, their states, and the servicing stack. */
#include "collector_rows.h"

#define CV "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define CBS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing"
#define NT(version) "[" CV "]\n\"CurrentVersion\"=\"" version "\"\n"
#define TEN                                                                                        \
    NT("6.3")                                                                                      \
    "\"CurrentMajorVersionNumber\"=dword:a\n\"CurrentMinorVersionNumber\"=dword:0\n"               \
    "\"CurrentBuildNumber\"=\"26100\"\n\"UBR\"=dword:6ca\n" /* 1738 */
#define PACKAGE(name, version, state)                                                              \
    "[" CBS "\\Packages\\" name "~31bf3856ad364e35~amd64~~" version                                \
    "]\n\"CurrentState\"=dword:" state "\n"
#define COMPLETE "{'list':'cbsPackages','state':'complete'}"
#define STACK(version) "'servicingStack':{'version':'" version "'}"

static struct collecting rows[] = {
    {"a package",
     NT("6.1") PACKAGE(
         "Package_for_KB2919355", "6.3.1.14",
         "70") "\"InstallClient\"=\"WindowsUpdateAgent\"\n\"InstallTimeHigh\"=dword:1cf6a0b\n"
               "\"InstallTimeLow\"=dword:8a1b2c00\n",
     HAS("'packages':[{'identity':'Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14',"
         "'state':112,'installedOn':'2014-05-07T15:46:41Z','client':'WindowsUpdateAgent'}]",
         "'updates':[{'id':'KB2919355','sources':[{'source':'cbs','installedOn':"
         "'2014-05-07T15:46:41Z'}]}]",
         COMPLETE)},
    {"states",
     NT("6.1") PACKAGE("Package_for_KB100001", "6.1.1.0", "80") PACKAGE(
         "Package_for_KB100002", "6.1.1.0", "60") PACKAGE("Package_for_KB100003", "6.1.1.0", "65")
         PACKAGE("Package_for_KB100004", "6.1.1.0", "40")
             PACKAGE("Package_for_KB100005", "6.1.1.0", "50")
                 PACKAGE("Package_for_KB100006", "6.1.1.0", "0"),
     HAS("'updates':[{'id':'KB100001'", "'state':96}", "'state':101}", "'state':64}", "'state':80}",
         "'state':0}"),
     NOT("'id':'KB100002'", "'id':'KB100003'", "'id':'KB100004'", "'id':'KB100005'")},
    {"superseded by a higher version of its own",
     NT("6.1") PACKAGE("Package_for_KB100001", "6.1.1.0", "50")
         PACKAGE("package_for_kb100001", "6.1.2.0", "70"),
     HAS("'updates':[{'id':'KB100001'")},
    {"a lower version is none",
     NT("6.1") PACKAGE("Package_for_KB100001", "6.1.10.0", "50") PACKAGE(
         "Package_for_KB100001", "6.1.9.0", "40") PACKAGE("Package_for_KB100002", "6.1.11.0", "70"),
     HAS("'updates':[{'id':'KB100002'"), NOT("'id':'KB100001'")},
    {"parts of one update",
     NT("6.1") PACKAGE("Package_1_for_KB100001", "6.1.1.0", "70")
         PACKAGE("Package_for_KB100001_SP1", "6.1.1.0", "70")
             PACKAGE("Package_for_KB100001", "6.1.1.0", "70"),
     HAS("'updates':[{'id':'KB100001','sources':[{'source':'cbs'}]}]")},
    {"a roll-up names its KB in the file it came from",
     TEN PACKAGE("Package_for_RollupFix", "26100.1738.1.8",
                 "70") "\"InstallLocation\"=\"\\\\?\\C:\\Users\\bob\\windows11.0-kb5043080-x64_"
                       "953449.msu\"\n" PACKAGE("Package_for_RollupFix", "26100.1591.1.8", "50"),
     HAS("'updates':[{'id':'KB5043080','sources':[{'source':'cbs'}]}]"), NOT("bob", "'pending'")},
    {"a roll-up that waits",
     TEN PACKAGE("Package_for_RollupFix", "26100.2314.1.8",
                 "60") "\"InstallLocation\"=\"C:\\windows11.0-kb5046617-x64.msu\"\n",
     HAS("'pending':{'ubr':2314}"), NOT("'updates'")},
    {"a roll-up of which a part waits",
     TEN PACKAGE("Package_for_RollupFix", "26100.2314.1.8", "65"), HAS("'pending':{'ubr':2314}")},
    {"a roll-up that is no more than staged",
     TEN PACKAGE("Package_for_RollupFix", "26100.2314.1.8", "40"), HAS(COMPLETE), NOT("'pending'")},
    {"a roll-up that waits for another build",
     TEN PACKAGE("Package_for_RollupFix", "26200.1.1.8", "60"),
     HAS("'pending':{'build':26200,'ubr':1}")},
    {"an older roll-up that waits changes nothing",
     TEN PACKAGE("Package_for_RollupFix", "26100.1.1.8", "65"), HAS(COMPLETE), NOT("'pending'")},
    {"no state", NT("6.1") "[" CBS "\\Packages\\A~1~x86~~1.0]\n\"x\"=\"y\"\n",
     HAS("{'identity':'A~1~x86~~1.0','status':'unavailable','code':'error'", COMPLETE)},
    {"a package refused",
     NT("6.1") PACKAGE("A", "1.0", "70")
         PACKAGE("B", "1.0", "70") "refuse " CBS "\\Packages\\B~* access_denied 5\n",
     HAS("{'identity':'A~31bf3856ad364e35~amd64~~1.0','state':112}",
         "~~1.0','status':'unavailable','code':'access_denied'", COMPLETE)},
    {"all refused", NT("6.1") PACKAGE("A", "1.0", "70") "refuse " CBS "* access_denied 5\n",
     HAS("{'list':'cbsPackages','state':'unavailable','code':'access_denied'",
         "'servicingStack':{'status':'unavailable','code':'access_denied'",
         "{'fact':'packages','code':'access_denied'"),
     NOT("'packages':")},
    {"a dirty hive", NT("6.1") PACKAGE("A", "1.0", "70") "stale HKLM\\SOFTWARE*\n",
     HAS("{'list':'cbsPackages','state':'unavailable','code':'hive_dirty'"), NOT("'packages':")},
    {"before Vista there are none", NT("5.2"),
     HAS(COMPLETE, "'servicingStack':{'status':'absent'}")},
    {"manifests alone prove nothing",
     NT("6.1") "file C:\\WINNT\\servicing\\Packages\\A.mum 2020-01-01T00:00:00Z\n",
     HAS("{'list':'cbsPackages','state':'partial','code':'error','text':'The key of the packages "
         "is missing; 1 manifests"),
     NOT("'packages':[")},
    {"the servicing stack says its version itself",
     TEN "[" CBS "\\Version]\n\"10.0.26100.1\"=expand:%SystemRoot%\\winsxs\\x\n"
         "\"10.0.26100.1738\"=expand:%SystemRoot%\\winsxs\\y\n\"x\"=\"\"\n" PACKAGE(
             "Package_for_ServicingStack_2454", "26100.2454.1.1", "60"),
     HAS(STACK("10.0.26100.1738"))},
    {"by its packages",
     TEN PACKAGE("Package_for_ServicingStack_1738", "26100.1738.1.1", "70")
         PACKAGE("Package_for_ServicingStack_2454", "26100.2454.1.1", "40"),
     HAS(STACK("10.0.26100.1738"))},
    {"by its folder",
     NT("6.1") "[" CBS "]\n"
               "folder C:\\WINNT\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_"
               "6.1.7601.17592_none_672ce6c3de2cb17f\n"
               "folder C:\\WINNT\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_"
               "6.1.7601.24544_none_672ce6c3de2cb17f\n"
               "folder C:\\WINNT\\WinSxS\\amd64_other_31bf3856ad364e35_9.9.9.9_none_1\n"
               "folder C:\\WINNT\\WinSxS\\x_microsoft-windows-servicingstack_1\n",
     HAS(STACK("6.1.7601.24544"))},
    {"nowhere", NT("6.1") "[" CBS "]\n",
     HAS("'servicingStack':{'status':'unavailable','code':'error'")},
};

static run_collector *const collectors[] = {prereq_collect_system, prereq_collect_cbs};

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

/* A current Windows has thousands: each is opened once. */
static void opens_each_package_once(void **state)
{
    struct collecting row = {.name = "many", .host = TEN};
    struct fake_source *fake = collecting_fake(&row);
    run_collector *const packages[] = {prereq_collect_cbs};
    unsigned char installed[4] = {0x70};
    char key[512], *json;

    (void)state;
    for (int i = 0; i < 8000; i++) {
        assert_true(snprintf(key, sizeof(key),
                             CBS "\\Packages\\Package_for_KB%d~31bf3856ad364e35~amd64~~10.0.1.%d",
                             100000 + i, i) < (int)sizeof(key));
        fake_value(fake, key, "CurrentState", PREREQ_REG_DWORD, installed, 4);
    }
    fake->looks = 0;
    json = collecting_run(fake, packages, 1, &row, COLLECTING_ARENA);
    assert_non_null(json);
    /* An opening, the state, two halves of a time that is not there, and the client. */
    assert_in_range(fake->looks, 8000 * 4, 8000 * 5 + 20);
    assert_true(collecting_contains(json, "{'id':'KB107999','sources':[{'source':'cbs'}]}"));
    free(json);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_limits),
        cmocka_unit_test(opens_each_package_once),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests);
}
