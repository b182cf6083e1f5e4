/* SPDX-License-Identifier: MIT */
/* test_collect_products.c - instances of products, by what registry and files of a host say. */
#include "collecting.h"

#include "files/file.h"

#define SQL "HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\"
#define NDP "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\"
#define EX15 "HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup"
#define UNINSTALL "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"
#define MSI                                                                                        \
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-"              \
    "18\\Products\\"
#define WSE "HKLM\\SOFTWARE\\Microsoft\\Shared Tools\\Web Server Extensions\\"

/* One instance of SQL Server, as its setup writes it. */
#define SQL_INSTANCE(name, id, version, level)                                                     \
    "[" SQL "Instance Names\\SQL]\n\"" name "\"=\"" id "\"\n"                                      \
    "[" SQL id "\\Setup]\n\"Version\"=\"1.0\"\n\"PatchLevel\"=\"" version "\"\n"                   \
    "\"Edition\"=\"Standard Edition\"\n\"SP\"=dword:" level "\n"                                   \
    "\"SQLPath\"=\"C:\\Program Files\\Microsoft SQL Server\\" id "\\MSSQL\"\n"
#define EXCHANGE(build, title)                                                                     \
    "[" EX15 "]\n\"MsiProductMajor\"=dword:f\n\"MsiProductMinor\"=dword:2\n"                       \
    "\"MsiInstallPath\"=\"C:\\Program Files\\Microsoft\\Exchange Server\\V15\\\"\n"                \
    "[" UNINSTALL "Microsoft Exchange v15]\n\"DisplayName\"=\"" title "\"\n"                       \
    "pe C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe " build "\n"
#define MSI_PRODUCT(packed, title, version)                                                        \
    "[" MSI packed "\\InstallProperties]\n\"DisplayName\"=\"" title "\"\n"                         \
    "\"DisplayVersion\"=\"" version "\"\n"

static struct row {
    const char *name;
    bool two_views;
    const char *host;
    const char *expected; /* lines that stand in the document */
    const char *never;    /* and that do not */
} rows[] = {
    {"an empty host", true, "[HKLM\\SOFTWARE]\n",
     "{\"product\":\"IIS\",\"status\":\"absent\"}\n"
     "{\"product\":\"MSSQL\",\"status\":\"absent\"}\n"
     "{\"product\":\"EXCHANGE\",\"status\":\"absent\"}\n"
     "{\"product\":\"HPNTLOCK\",\"status\":\"absent\"}\n"
     "{\"product\":\"INTELLIPOINT\",\"status\":\"absent\"}\n"
     "{\"product\":\"SHAREPOINT-PART\",\"status\":\"absent\"}\n"
     "{\"product\":\"VCREDIST2012\",\"status\":\"absent\"}\n"
     "{\"list\":\"instances\",\"state\":\"complete\",\"product\":\"MSSQL\"}\n"
     "{\"list\":\"instances\",\"state\":\"complete\",\"product\":\"SMS\"}",
     "unavailable"},
    {"a dirty hive proves nothing absent", true, "stale HKLM\\SOFTWARE*\n",
     "{\"product\":\"MSSQL\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "{\"product\":\"EXCHANGE\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "{\"product\":\"SHAREPOINT-PART\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "{\"product\":\"VCREDIST2013\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "\"list\":\"instances\",\"state\":\"unavailable\",\"product\":\"IE\",\"code\":\"hive_dirty\"",
     "\"status\":\"absent\"\n\"state\":\"complete\""},
    {"and what stands in it is not known", true,
     SQL_INSTANCE("PROD1", "MSSQL15.PROD1", "15.0.4430.1", "0")
         EXCHANGE("15.2.1544.11",
                  "Microsoft Exchange Server 2019 Cumulative Update 14") "stale HKLM\\SOFTWARE*\n",
     "{\"product\":\"MSSQL\",\"name\":\"PROD1\",\"status\":\"unavailable\",\"code\":\"hive_"
     "dirty\"\n"
     "{\"product\":\"EXCHANGE\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "\"state\":\"unavailable\",\"product\":\"EXCHANGE\"",
     "15.0.4430.1\n15.2.1544.11"},
    {"SQL Server: both branches, odd names", true,
     SQL_INSTANCE("PROD1", "MSSQL15.PROD1", "15.0.4430.1", "0")
         SQL_INSTANCE("A$B", "MSSQL13.A$B", "13.0.6300.2", "3")
             SQL_INSTANCE("MICROSOFT##WID", "MSSQL11.MICROSOFT##WID", "11.0.2100.60", "0"),
     "{\"product\":\"MSSQL\",\"name\":\"PROD1\",\"version\":\"15.0.4430.1\",\"edition\":\"Standard "
     "Edition\",\"path\":\"%ProgramFiles%\\\\Microsoft SQL Server\\\\MSSQL15.PROD1\"}\n"
     "{\"product\":\"MSSQL\",\"name\":\"A$B\",\"version\":\"13.0.6300.2\",\"level\":\"SP3\"\n"
     "{\"product\":\"MSSQL\",\"name\":\"MICROSOFT##WID\",\"version\":\"11.0.2100.60\","
     "\"level\":\"RTM\"",
     "branch"},
    {"SQL Server: a 32-bit instance, and one that both views list", true,
     SQL_INSTANCE("PROD1", "MSSQL15.PROD1", "15.0.4430.1",
                  "0") "[32:" SQL
                       "Instance Names\\SQL]\n\"PROD1\"=\"MSSQL15.PROD1\"\n\"OLD\"=\"MSSQL.1\"\n"
                       "[32:" SQL "MSSQL.1\\Setup]\n\"PatchLevel\"=\"9.4.5000\"\n\"SP\"=dword:4\n",
     "{\"product\":\"MSSQL\",\"name\":\"OLD\",\"version\":\"9.4.5000\",\"level\":\"SP4\"}",
     "\"name\":\"PROD1\"}"},
    {"SQL Server: its updates are patches of its product", true,
     SQL_INSTANCE("A", "MSSQL15.A", "15.0.2130.3",
                  "0") "\"ProductCode\"=\"{00000000-0000-0000-0000-00000000000a}"
                       "\"\n" MSI_PRODUCT("000000000000000000000000000000A0",
                                          "SQL Server 2019 Database Engine Services",
                                          "15.0") "[" MSI
                                                  "000000000000000000000000000000A0\\Patches"
                                                  "\\0123456789ABCDEF0123456789ABCDEF]\n"
                                                  "\"State\"=dword:1\n\"Installed\"="
                                                  "\"20241120\"\n"
                                                  "\"DisplayName\"=\"GDR 2130 for SQL Server "
                                                  "2019 (64-bit) (KB5046859)\"\n",
     "{\"id\":\"KB5046859\",\"target\":\"MSSQL/"
     "A\",\"sources\":[{\"source\":\"msi\",\"installedOn\":"
     "\"2024-11-20\"}]}",
     NULL},
    {"SQL Server: no build", false, "[" SQL "Instance Names\\SQL]\n\"PROD1\"=\"MSSQL13.PROD1\"\n",
     "{\"product\":\"MSSQL\",\"name\":\"PROD1\"}", "absent\",\"product\":\"MSSQL"},
    {"SQL Server: Version where PatchLevel is missing", false,
     "[" SQL "Instance Names\\SQL]\n\"X\"=\"MSSQL13.X\"\n"
     "[" SQL "MSSQL13.X\\Setup]\n\"Version\"=\"13.0.1601.5\"\n",
     "{\"product\":\"MSSQL\",\"name\":\"X\",\"version\":\"13.0.1601.5\"}", NULL},
    {"SQL Server 2000 and 7.0", false,
     "[" SQL "]\n[HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server]\n"
     "\"InstalledInstances\"=multi:MSSQLSERVER|SHOP\n"
     "[" SQL "SHOP\\MSSQLServer\\CurrentVersion]\n\"CurrentVersion\"=\"8.00.194\"\n"
     "\"CSDVersion\"=\"8.00.2039\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\MSSQLServer\\MSSQLServer\\CurrentVersion]\n"
     "\"CurrentVersion\"=\"7.00.623\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\MSSQLServer\\Setup]\n\"SQLPath\"=\"D:\\MSSQL7\"\n",
     "{\"product\":\"MSSQL\",\"name\":\"SHOP\",\"version\":\"8.0.2039\"}\n"
     "{\"product\":\"MSSQL\",\"name\":\"MSSQLSERVER\",\"version\":\"7.0.623\",\"path\":\"D:\\\\"
     "MSSQL7\"}",
     NULL},
    {"SQL Server: the names are refused", false,
     "[" SQL "Instance Names\\SQL]\nrefuse " SQL "Instance* access_denied 5\n",
     "{\"product\":\"MSSQL\",\"status\":\"unavailable\",\"code\":\"access_denied\"\n"
     "\"state\":\"unavailable\",\"product\":\"MSSQL\"",
     NULL},
    {"SQL Server: one instance is refused", false,
     SQL_INSTANCE("A", "MSSQL15.A", "15.0.4430.1", "0") SQL_INSTANCE(
         "B", "MSSQL15.B", "15.0.4430.1", "0") "refuse " SQL "MSSQL15.B* access_denied 5\n",
     "{\"product\":\"MSSQL\",\"name\":\"A\",\"version\":\"15.0.4430.1\"\n"
     "{\"product\":\"MSSQL\",\"name\":\"B\",\"status\":\"unavailable\",\"code\":\"access_denied\"\n"
     "\"state\":\"complete\",\"product\":\"MSSQL\"",
     NULL},
    {"Exchange: the build is that of ExSetup.exe", true,
     EXCHANGE("15.2.1544.11", "Microsoft Exchange Server 2019 Cumulative Update 14"),
     "{\"product\":\"EXCHANGE\",\"version\":\"15.2.1544.11\",\"level\":\"CU14\",\"path\":"
     "\"%ProgramFiles%\\\\Microsoft\\\\Exchange Server\\\\V15\"}",
     NULL},
    {"Exchange: RTM", true,
     EXCHANGE("15.2.2562.17", "Microsoft Exchange Server Subscription Edition RTM"),
     "\"version\":\"15.2.2562.17\",\"level\":\"RTM\"", NULL},
    {"Exchange: the program cannot be read", true,
     EXCHANGE("15.2.1544.11", "x") "no-read C:\\Program Files\\*ExSetup.exe error\n",
     "{\"product\":\"EXCHANGE\",\"status\":\"unavailable\",\"code\":\"error\"", "15.2.1544"},
    {"Exchange: the program is damaged", true,
     EXCHANGE("15.2.1544.11",
              "x") "file C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe "
                   "2024-01-01T00:00:00Z MZ\n",
     "{\"product\":\"EXCHANGE\"", "15.2.1544"},
    {"Exchange: the program is gone", true,
     "[" EX15 "]\n\"MsiProductMajor\"=dword:f\n\"MsiInstallPath\"=\"D:\\EX\"\n",
     "{\"product\":\"EXCHANGE\",\"path\":\"D:\\\\EX\"}", NULL},
    {"Exchange 2010", true,
     "[HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup]\n\"MsiProductMajor\"=dword:e\n"
     "\"MsiInstallPath\"=\"D:\\EX\\\"\npe D:\\EX\\bin\\ExSetup.exe 14.3.123.4\n",
     "{\"product\":\"EXCHANGE\",\"version\":\"14.3.123.4\"", NULL},
    {"Exchange 2003", false,
     "[HKLM\\SOFTWARE\\Microsoft\\Exchange\\Setup]\n\"Services\"=\"C:\\Program "
     "Files\\Exchsrvr\"\n\"Services Version\"=dword:41\n\"ServicePackBuild\"=dword:1dd6\n",
     "{\"product\":\"EXCHANGE\",\"version\":\"6.5.7638\",\"path\":\"%ProgramFiles%\\\\Exchsrvr\"}",
     NULL},
    {".NET Framework side by side", true,
     "[" NDP "v4\\Full]\n\"Install\"=dword:1\n\"Release\"=dword:80eb1\n\"Version\"=\"4.8.04084\"\n"
     "[" NDP "v3.5]\n\"Install\"=dword:1\n\"SP\"=dword:1\n\"Version\"=\"3.5.30729.4926\"\n"
     "[" NDP "v1.1.4322]\n\"Install\"=dword:1\n\"SP\"=dword:0\n"
     "[" NDP "v2.0.50727]\n\"Install\"=dword:0\n",
     "{\"product\":\"NETFX\",\"name\":\"v4\",\"version\":\"4.8.4084\",\"level\":\"4.8\"}\n"
     "{\"product\":\"NETFX\",\"name\":\"v3.5\",\"version\":\"3.5.30729.4926\",\"level\":\"SP1\"}\n"
     "{\"product\":\"NETFX\",\"name\":\"v1.1\",\"version\":\"1.1.4322\",\"level\":\"RTM\"}",
     "\"v2.0\""},
    {"IIS 6.0", false,
     "[HKLM\\SOFTWARE\\Microsoft\\InetStp]\n\"MajorVersion\"=dword:6\n\"MinorVersion\"=dword:0\n"
     "[HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC]\n",
     "{\"product\":\"IIS\",\"version\":\"6.0\"}", NULL},
    {"IIS: the key stays behind", false,
     "[HKLM\\SOFTWARE\\Microsoft\\InetStp]\n\"MajorVersion\"=dword:a\n",
     "{\"product\":\"IIS\",\"status\":\"absent\"}", NULL},
    {"Internet Explorer 11 says 9.11", true,
     "[HKLM\\SOFTWARE\\Microsoft\\Internet Explorer]\n\"Version\"=\"9.11.14393.0\"\n"
     "\"svcVersion\"=\"11.0.14393.0\"\n",
     "{\"product\":\"IE\",\"version\":\"11.0.14393.0\"}", "9.11"},
    {"Internet Explorer 6", false,
     "[HKLM\\SOFTWARE\\Microsoft\\Internet Explorer]\n\"Version\"=\"6.00.3790.3959\"\n",
     "{\"product\":\"IE\",\"version\":\"6.0.3790.3959\"}", NULL},
    {"MDAC, PowerShell", true,
     "[HKLM\\SOFTWARE\\Microsoft\\DataAccess]\n\"FullInstallVer\"=\"2.81.1117.0\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\PowerShellEngine]\n"
     "\"PowerShellVersion\"=\"2.0\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine]\n"
     "\"PowerShellVersion\"=\"5.1.14393.0\"\n",
     "{\"product\":\"MDAC\",\"version\":\"2.81.1117.0\"}\n"
     "{\"product\":\"WMF\",\"version\":\"5.1.14393.0\"}",
     NULL},
    {"URL Rewrite 2.1, ARR, ASP.NET Core", true,
     "[HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\URL Rewrite]\n\"Install\"=dword:1\n"
     "\"Version\"=\"7.1.1993.2336\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\Application Request Routing]\n"
     "\"Install\"=dword:1\n\"Version\"=\"7.1.0489\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\IIS AspNetCore Module V2]\n\"Install\"=dword:0\n",
     "{\"product\":\"URLREWRITE\",\"version\":\"2.1\"}\n"
     "{\"product\":\"ARR\",\"version\":\"7.1.489\"}\n"
     "{\"product\":\"ASPNETCORE-MODULE\",\"status\":\"absent\"}",
     NULL},
    {"URL Rewrite 2.0", true,
     "[HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\URL Rewrite]\n\"Install\"=dword:1\n"
     "\"Version\"=\"7.1.871.0\"\n",
     "{\"product\":\"URLREWRITE\",\"version\":\"2.0\"}", NULL},
    {"URL Rewrite 1.1", true,
     "[HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\URL Rewrite]\n\"Install\"=dword:1\n"
     "\"Version\"=\"7.0.1980\"\n",
     "{\"product\":\"URLREWRITE\",\"version\":\"1.1\"}", NULL},
    {"Defender's platform by its folder", true,
     "[HKLM\\SOFTWARE\\Microsoft\\Windows Defender]\n\"InstallLocation\"="
     "\"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.23050.5-0\\\"\n",
     "{\"product\":\"DEFENDER-PLATFORM\",\"version\":\"4.18.23050.5\"", NULL},
    {"Defender's platform by its program", true,
     "[HKLM\\SOFTWARE\\Microsoft\\Windows Defender]\n\"InstallLocation\"="
     "\"C:\\Program Files\\Windows Defender\"\n"
     "pe C:\\Program Files\\Windows Defender\\MsMpEng.exe 4.10.14393.0\n",
     "{\"product\":\"DEFENDER-PLATFORM\",\"version\":\"4.10.14393.0\"", NULL},
    {"Office Click-to-Run of 32 bits", true,
     "[32:HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration]\n"
     "\"VersionToReport\"=\"16.0.17928.20156\"\n\"ProductReleaseIds\"=\"O365ProPlusRetail\"\n",
     "{\"product\":\"OFFICE-C2R\",\"version\":\"16.0.17928.20156\",\"edition\":"
     "\"O365ProPlusRetail\"}",
     NULL},
    {"runtimes of the native width, the highest", true,
     MSI_PRODUCT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1",
                 "Microsoft Visual C++ 2012 x64 Minimum Runtime - 11.0.50727", "11.0.50727")
         MSI_PRODUCT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA2",
                     "Microsoft Visual C++ 2012 x64 Minimum Runtime - 11.0.61030", "11.0.61030")
             MSI_PRODUCT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3",
                         "Microsoft Visual C++ 2013 x86 Minimum Runtime - 12.0.40664",
                         "12.0.40664"),
     "{\"product\":\"VCREDIST2012\",\"version\":\"11.0.61030\"}\n"
     "{\"product\":\"VCREDIST2013\",\"status\":\"absent\"}",
     NULL},
    {"IntelliPoint by its program, NTLock by its title", false,
     "[HKLM\\SOFTWARE\\Microsoft\\IntelliPoint]\n"
     "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\point32.exe]\n"
     "\"\"=\"C:\\MSINPUT\\POINT32.EXE\"\npe C:\\MSINPUT\\POINT32.EXE 2.1.0.0\n"
     "[" UNINSTALL "HP]\n\"DisplayName\"=\"HP NTLock\"\n",
     "{\"product\":\"INTELLIPOINT\",\"version\":\"2.1.0.0\"}\n{\"product\":\"HPNTLOCK\"}", NULL},
    {"SMS 2.0 and Site Server 3.0", false,
     "[HKLM\\SOFTWARE\\Microsoft\\SMS\\Setup]\n\"Full Version\"=\"2.00.1380.0000\"\n"
     "[HKLM\\SOFTWARE\\Microsoft\\Site Server\\3.0]\n",
     "{\"product\":\"SMS\",\"version\":\"2.0.1380.0\"}\n"
     "{\"product\":\"SITESERVER\",\"version\":\"3.0\"}",
     NULL},
    {"SharePoint 2010 with a language pack behind", true,
     "[" WSE "14.0]\n\"SharePoint\"=\"Installed\"\n\"Location\"=\"C:\\SP\\14\\\"\n"
     "pe C:\\SP\\14\\ISAPI\\Microsoft.SharePoint.dll 14.0.6029.1000\n" MSI_PRODUCT(
         "00004109011100000100000000F01FEC", "Microsoft SharePoint Foundation 2010 Core",
         "14.0.6029.1000") MSI_PRODUCT("00004109D01100000100000000F01FEC",
                                       "Microsoft SharePoint Server 2010", "14.0.6029.1000")
         MSI_PRODUCT("00004109211170400100000000F01FEC",
                     "Microsoft SharePoint Foundation 2010 1031 Lang Pack", "14.0.4762.1000")
             MSI_PRODUCT("00004109110000000100000000F01FEC", "Microsoft Office 2010",
                         "14.0.4763.1000"),
     "{\"product\":\"SHAREPOINT\",\"version\":\"14.0.6029.1000\"\n"
     "{\"product\":\"SHAREPOINT-PART\",\"name\":\"Foundation\",\"version\":\"14.0.6029.1000\"}\n"
     "{\"product\":\"SHAREPOINT-PART\",\"name\":\"Server\",\"version\":\"14.0.6029.1000\"}\n"
     "{\"product\":\"SHAREPOINT-PART\",\"name\":\"Foundation-LP-de\",\"version\":"
     "\"14.0.4762.1000\"}",
     "\"SHAREPOINT-PART\",\"name\":\"Microsoft Office"},
    {"a foundation that was not installed", true,
     "[" WSE "15.0]\n\"SharePoint\"=\"NotInstalled\"\n",
     "{\"product\":\"SHAREPOINT\",\"status\":\"absent\"}", NULL},
};

static void collect(struct prereq_gather *gather)
{
    prereq_collect_msi(gather);
    prereq_collect_products(gather);
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct collecting collecting;
    struct prereq_buffer json = {0};

    collecting_begin(&collecting, 16U << 20, row->two_views, row->host);
    collect(&collecting.gather);
    assert_false(collecting.gather.no_memory);
    collected_json(&collecting.gather, &json);
    assert_lines(&json, row->expected, true);
    assert_lines(&json, row->never, false);
    prereq_buffer_free(&json);
    collecting_end(&collecting);
}

/* ---- hosts of the catalog's cases ---- */

/* The registry of SQL Server and Exchange, written from the instances that a case has. */
static void fill_case(struct fake_source *fake, const struct prereq_instance *instance)
{
    const char *folder = strrchr(instance->path ? instance->path : "\\", '\\') + 1;
    char version[48], text[1024];

    prereq_version_format(instance->version, version);
    if (strcmp(instance->product, "MSSQL") == 0)
        (void)snprintf(text, sizeof(text),
                       "[" SQL "Instance Names\\SQL]\n\"%s\"=\"%s\"\n[" SQL "%s\\Setup]\n"
                       "\"PatchLevel\"=\"%s\"\n\"Edition\"=\"%s\"\n"
                       "\"SQLPath\"=\"C:\\Program Files\\Microsoft SQL Server\\%s\\MSSQL\"\n",
                       instance->name, folder, folder, instance->version.parts ? version : "",
                       instance->edition ? instance->edition : "", folder);
    else if (strcmp(instance->product, "EXCHANGE") == 0 && !instance->status)
        (void)snprintf(text, sizeof(text),
                       "[" EX15 "]\n\"MsiProductMajor\"=dword:f\n\"MsiInstallPath\"=\"C:\\Program "
                       "Files\\Microsoft\\Exchange Server\\V15\\\"\n[" UNINSTALL
                       "Microsoft Exchange v15]\n\"DisplayName\"=\"%s%s\"\npe C:\\Program "
                       "Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe %s\n",
                       strncmp(instance->level, "CU", 2) == 0
                           ? "Microsoft Exchange Server 2016 Cumulative Update "
                           : "Microsoft Exchange Server Subscription Edition ",
                       instance->level + (strncmp(instance->level, "CU", 2) == 0 ? 2 : 0), version);
    else
        return;
    fill_host(fake, text);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check_instance(const struct prereq_gather *gather, const struct prereq_instance *wanted)
{
    for (size_t i = 0; i < gather->instances.count; i++) {
        const struct prereq_instance *found = &gather->instances.items[i];

        if (strcmp(found->product, wanted->product) != 0 || !same_text(found->name, wanted->name))
            continue;
        assert_int_equal(found->status, wanted->status);
        assert_int_equal(prereq_version_compare(found->version, wanted->version), 0);
        assert_int_equal(found->version.parts, wanted->version.parts);
        if (wanted->path)
            assert_string_equal(found->path, wanted->path);
        if (wanted->edition)
            assert_string_equal(found->edition, wanted->edition);
        if (strcmp(wanted->product, "EXCHANGE") == 0 && wanted->level)
            assert_string_equal(found->level, wanted->level);
        return;
    }
    fail_msg("%s/%s was not collected", wanted->product, wanted->name ? wanted->name : "");
}

static void check_case(const char *path)
{
    struct collecting collecting;
    const struct prereq_facts *facts;
    struct prereq_error err;
    char *bytes;
    size_t len, ignored;

    if (prereq_file_read(path, 1U << 20, &bytes, &len, &err))
        fail_msg("%s", err.text);
    collecting_begin(&collecting, 16U << 20, true, "");
    if (prereq_facts_read(collecting.fake->arena, bytes, len, &facts, &ignored, &err))
        fail_msg("%s: %s", path, err.text);
    for (size_t i = 0; i < facts->instance_count; i++)
        fill_case(collecting.fake, &facts->instances[i]);
    collect(&collecting.gather);
    for (size_t i = 0; i < facts->instance_count; i++)
        if (facts->instances[i].status != PREREQ_FACT_UNAVAILABLE &&
            (strcmp(facts->instances[i].product, "MSSQL") == 0 ||
             strcmp(facts->instances[i].product, "EXCHANGE") == 0))
            check_instance(&collecting.gather, &facts->instances[i]);
    free(bytes);
    collecting_end(&collecting);
}

/* What the collector says of a host is what the catalog's own cases say of it. */
static void instances_of_the_cases(void **state)
{
    static const char *const families[] = {"sqlserver", "exchange"};
    struct prereq_arena *arena = prereq_arena_new(16U << 20);
    size_t checked = 0;

    (void)state;
    for (size_t f = 0; f < PREREQ_COUNT(families); f++) {
        const char *folder = prereq_printf(arena, TEST_CATALOG "/%s/cases", families[f]);
        const char **names;
        struct prereq_error err;
        size_t count;

        if (prereq_folder_list(arena, folder, &names, &count, &err))
            fail_msg("%s", err.text);
        for (size_t i = 0; i < count; i++, checked++)
            check_case(prereq_printf(arena, "%s/%s/facts.json", folder, names[i]));
    }
    assert_true(checked > 40);
    prereq_arena_free(arena);
}

static void every_step_without_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(rows); i += 4)
        starve(rows[i].host, collect, NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(instances_of_the_cases),
    cmocka_unit_test(every_step_without_memory),
};

int main(void)
{
    return RUN_TABLE(rows, check_row) | RUN_TESTS(tests);
}
