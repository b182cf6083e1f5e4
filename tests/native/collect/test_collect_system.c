/* SPDX-License-Identifier: MIT */
/* test_collect_system.c - the operating system and the host from its registry. */
#include "collector_rows.h"

#define CV "[HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\n"
#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define TCPIP "[HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]\n"
#define TYPE(type) "[" CONTROL "\\ProductOptions]\n\"ProductType\"=\"" type "\"\n"
#define SUITE(suites) "\"ProductSuite\"=multi:" suites "\n"
#define PACK(number) "[" CONTROL "\\Windows]\n\"CSDVersion\"=dword:" number "\n"
#define CPU(name)                                                                                  \
    "[" CONTROL "\\Session Manager\\Environment]\n\"PROCESSOR_ARCHITECTURE\"=\"" name "\"\n"
#define LANGUAGE(number) "[" CONTROL "\\Nls\\Language]\n\"InstallLanguage\"=\"" number "\"\n"

#define NT4                                                                                        \
    CV "\"CurrentVersion\"=\"4.0\"\n\"CurrentBuildNumber\"=\"1381\"\n"                             \
       "\"CurrentBuild\"=\"1.511.1 () (Obsolete data - do not use)\"\n"                            \
       "\"CSDVersion\"=\"Service Pack 6\"\n\"InstallDate\"=dword:36e4d500\n" PACK("600")           \
           CPU("x86") LANGUAGE("0409")
#define TEN                                                                                        \
    CV "\"CurrentVersion\"=\"6.3\"\n\"CurrentMajorVersionNumber\"=dword:a\n"                       \
       "\"CurrentMinorVersionNumber\"=dword:0\n\"UBR\"=dword:922\n"                                \
       "\"InstallationType\"=\"Client\"\n\"EditionID\"=\"Enterprise\"\n"                           \
       "\"ProductName\"=\"Windows 10 Enterprise\"\n\"InstallTime\"=qword:1d9b0c2f3d4e500\n" PACK(  \
           "0") CPU("AMD64") LANGUAGE("0407")
#define BUILD(number) CV "\"CurrentBuildNumber\"=\"" number "\"\n"

static struct collecting rows[] = {
    {"NT 4.0 server", NT4 TYPE("ServerNT"),
     HAS("'product':'Microsoft Windows NT Server','version':'4.0','build':1381,'servicePack':6,"
         "'servicePackText':'Service Pack 6','edition':'Server','productType':'server',"
         "'architecture':'x86','language':'en-US','installedOn':'1999-03-09T"),
     NOT("'ubr'", "'os.")},
    {"NT 4.0 workstation", NT4 TYPE("WinNT"),
     HAS("'Microsoft Windows NT Workstation'", "'edition':'Workstation'")},
    {"NT 4.0 Enterprise", NT4 TYPE("ServerNT") SUITE("Enterprise"), HAS("'edition':'Enterprise'")},
    {"NT 4.0 Terminal Server", NT4 TYPE("ServerNT") SUITE("Terminal Server"),
     HAS("'edition':'Terminal Server Edition'")},
    {"Terminal Services of 2000 are no edition",
     CV "\"CurrentVersion\"=\"5.0\"\n\"ProductName\"=\"Microsoft Windows 2000\"\n" BUILD("2195")
         TYPE("LanmanNT") SUITE("Terminal Server"),
     HAS("'edition':'Server'", "'product':'Microsoft Windows 2000 Server'", "'domainController'")},
    {"2000 Advanced Server",
     CV "\"CurrentVersion\"=\"5.0\"\n\"ProductName\"=\"Microsoft Windows 2000\"\n" BUILD("2195")
         TYPE("ServerNT") SUITE("Enterprise|Terminal Server"),
     HAS("'edition':'Enterprise'", "'product':'Microsoft Windows 2000 Advanced Server'")},
    {"XP Media Center",
     CV "\"CurrentVersion\"=\"5.1\"\n\"ProductName\"=\"Microsoft Windows XP\"\n" BUILD("2600")
         TYPE("WinNT") "[HKLM\\SYSTEM\\WPA\\MediaCenter]\n\"Installed\"=dword:1\n",
     HAS("'edition':'Media Center'", "'product':'Microsoft Windows XP Media Center'")},
    {"XP Home",
     CV "\"CurrentVersion\"=\"5.1\"\n\"ProductName\"=\"Microsoft Windows XP\"\n" TYPE("WinNT")
         SUITE("Personal") "[HKLM\\SYSTEM\\WPA\\TabletPC]\n\"Installed\"=dword:0\n",
     HAS("'edition':'Home'")},
    {"XP Professional",
     CV "\"CurrentVersion\"=\"5.1\"\n\"ProductName\"=\"Microsoft Windows XP\"\n" TYPE("WinNT"),
     HAS("'edition':'Professional'")},
    {"2003", CV "\"CurrentVersion\"=\"5.2\"\n" TYPE("ServerNT"), HAS("'edition':'Standard'")},
    {"CurrentVersion stays 6.3", TEN BUILD("19045") TYPE("WinNT"),
     HAS("'version':'10.0','build':19045,'ubr':2338,'servicePack':0,'edition':'Enterprise'",
         "'product':'Microsoft Windows 10 Enterprise'",
         "'architecture':'x64','language':'de-DE',"
         "'installType':'Client','installedOn':'2023-07-07T")},
    {"Windows 11 calls itself 10", TEN BUILD("26100") TYPE("WinNT"),
     HAS("'product':'Microsoft Windows 11 Enterprise'")},
    {"no server is a Windows 11", TEN BUILD("26100") TYPE("ServerNT"),
     HAS("'product':'Microsoft Windows 10 Enterprise'")},
    {"8.1", CV "\"CurrentVersion\"=\"6.3\"\n" BUILD("9600"), HAS("'version':'6.3','build':9600")},
    {"ARM64", CPU("ARM64"), HAS("'architecture':'arm64'")},
    {"Alpha", CPU("Alpha"), HAS("'architecture':'alpha'")},
    {"nothing is there", "",
     HAS("{'fact':'os.version','code':'error'", "{'fact':'os.build','code':'error'",
         "{'fact':'os.servicePack'", "{'fact':'os.architecture'", "{'fact':'os.productType'",
         "{'fact':'os.language'"),
     NOT("'os.ubr'", "'os.edition'")},
    {"words nobody knows", TYPE("Other") CPU("RISC") LANGUAGE("7777") BUILD("12x"),
     HAS("{'fact':'os.build','code':'error'", "{'fact':'os.productType','code':'error'",
         "{'fact':'os.architecture','code':'error'", "{'fact':'os.language','code':'error'")},
    {"the number is not in the text", CV "\"CSDVersion\"=\"Service Pack 6\"\n",
     HAS("'servicePackText':'Service Pack 6'", "{'fact':'os.servicePack','code':'error'"),
     NOT("'servicePack':6")},
    {"one value refused",
     TEN "\"x\"=\"\"\n" BUILD("26100") CV "\"EditionID2\"=\"\"\n"
                                          "refuse " CONTROL "\\ProductOptions access_denied 5\n",
     HAS("{'fact':'os.productType','code':'access_denied','number':'5'"), NOT("'productType'")},
    {"a dirty hive", TEN BUILD("19045") TYPE("WinNT") "stale HKLM\\SOFTWARE*\n",
     HAS("{'fact':'os.version','code':'hive_dirty'", "{'fact':'os.build','code':'hive_dirty'",
         "Last known: 19045", "{'fact':'os.ubr','code':'hive_dirty'", "Last known: 2338",
         "{'fact':'os.edition','code':'hive_dirty'"),
     NOT("'build':", "'ubr':", "'edition':")},
    {"names in a dirty hive are better than none",
     TCPIP "\"Hostname\"=\"web01\"\n"
           "stale HKLM\\SYSTEM*\n",
     HAS("'hostName':'web01'", "{'fact':'host.hostName','code':'hive_dirty'")},
    {"host and domain",
     TCPIP "\"Hostname\"=\"a-long-name-of-a-host\"\n\"Domain\"=\"corp.example\"\n"
           "[" CONTROL "\\ComputerName\\ComputerName]\n\"ComputerName\"=\"A-LONG-NAME-OF-\"\n"
           "[HKLM\\SOFTWARE\\Microsoft\\Cryptography]\n\"MachineGuid\"=\"1-2-3\"\n",
     HAS("'machineGuid':'1-2-3','hostName':'a-long-name-of-a-host','domain':'corp.example'")},
    {"NetBIOS names",
     "[" CONTROL "\\ComputerName\\ComputerName]\n\"ComputerName\"=\"NEXT\"\n"
     "[" CONTROL "\\ComputerName\\ActiveComputerName]\n\"ComputerName\"=\"NOW\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon]\n"
     "\"CachePrimaryDomain\"=\"CORP\"\n",
     HAS("'hostName':'NOW','domain':'CORP'")},
    {"a host without a name", "", HAS("'hostName':'unknown-host'", "{'fact':'host.hostName'")},
};

static run_collector *const collectors[] = {prereq_collect_system};

static void check_row(void **state)
{
    collecting_check(*state, collectors, PREREQ_COUNT(collectors));
}

static void survives_limits(void **state)
{
    (void)state;
    collecting_survive(&rows[0], collectors, PREREQ_COUNT(collectors));
    collecting_survive(&rows[10], collectors, PREREQ_COUNT(collectors));
}

/* A megabyte of text, and a refusal that ends inside of a character. */
static void cuts_what_is_too_long(void **state)
{
    static unsigned char units[1000000];
    struct collecting row = {.name = "long", .host = "stale HKLM\\SYSTEM*\n"};
    struct fake_source *fake = collecting_fake(&row);
    char *json;

    (void)state;
    for (size_t i = 0; i < sizeof(units); i++)
        units[i] = i % 2 ? 0x20 : 0xAC; /* a sign of three bytes */
    fake_value(fake, "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "EditionID",
               PREREQ_REG_SZ, units, sizeof(units));
    fake_value(fake, CONTROL "\\ProductOptions", "ProductType", PREREQ_REG_SZ, units,
               sizeof(units));
    json = collecting_run(fake, collectors, 1, &row, COLLECTING_ARENA);
    assert_non_null(json);
    assert_true(collecting_contains(json, "'edition':'\xE2\x82\xAC"));
    assert_true(collecting_contains(json, "Last known: \xE2\x82\xAC"));
    free(json);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_limits),
        cmocka_unit_test(cuts_what_is_too_long),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests);
}
