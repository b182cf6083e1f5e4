/* SPDX-License-Identifier: MIT */
/* test_collect_features.c - roles, optional components, language packs. */
#include "collecting.h"

#define INETSTP "HKLM\\SOFTWARE\\Microsoft\\InetStp"
#define OC "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\OC Manager\\Subcomponents"
#define CACHE "HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache\\"
#define LANGUAGES "HKLM\\SYSTEM\\CurrentControlSet\\Control\\MUI\\UILanguages\\"
#define NET4 "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full"
#define ON "\",\"state\":\"installed\"}"
#define OFF "\",\"state\":\"notInstalled\"}"
#define PARTIAL "{\"list\":\"features\",\"state\":\"partial\""

static struct row {
    const char *name, *os;
    int type;
    const char *host, *packages, *expected, *never;
} rows[] = {
    {"NT 4.0 with the Option Pack", "4.0", PREREQ_SERVER,
     "[" OC "]\ntime 1999-03-10T10:00:00Z\n\"iis_www\"=dword:1\n\"iis_ftp\"=dword:0\n"
     "[" INETSTP "]\n\"MajorVersion\"=dword:4\n",
     NULL,
     "{\"name\":\"NT4-OptionPack\",\"state\":\"installed\",\"installedOn\":\"1999-03-10T10:00:"
     "00Z\"}"
     "\n{\"name\":\"NT4-RRAS" OFF "\n{\"name\":\"iis_www" ON "\n{\"name\":\"iis_ftp" OFF
     "\n" PARTIAL,
     "NetFx3"},
    {"NT 4.0 without it", "4.0", PREREQ_SERVER, "[HKLM\\SOFTWARE]\n", NULL,
     "{\"name\":\"NT4-OptionPack" OFF, NULL},
    {"NT 4.0 with IIS 4.0, and no list", "4.0", PREREQ_SERVER,
     "[" INETSTP "]\n\"MajorVersion\"=dword:4\n", NULL, "{\"name\":\"NT4-OptionPack" ON,
     "installedOn"},
    {"NT 4.0 with RRAS", "4.0", PREREQ_SERVER,
     "[HKLM\\SYSTEM\\CurrentControlSet\\Services\\Router\\RouterManagers\\Ip]\n", NULL,
     "{\"name\":\"NT4-RRAS" ON, NULL},
    {"NT 4.0, dirty", "4.0", PREREQ_SERVER, "stale HKLM\\SOFTWARE*\n", NULL,
     "{\"name\":\"NT4-OptionPack\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"",
     "notInstalled\",\"name\":\"NT4-OptionPack"},
    {"Server 2003", "5.2", PREREQ_SERVER, "[" OC "]\n\"iis_www\"=dword:1\n", NULL,
     "{\"name\":\"iis_www" ON, "OptionPack\nIIS-"},
    {"Server 2008 with IIS and its FTP server", "6.0", PREREQ_SERVER,
     "[" INETSTP "\\Components]\n\"W3SVC\"=dword:1\n\"FTPServer\"=dword:1\n"
     "\"WindowsAuthentication\"=dword:1\n\"BasicAuthentication\"=dword:0\n",
     NULL,
     "{\"name\":\"IIS-WebServerRole" ON "\n{\"name\":\"IIS-FTPPublishingService" ON
     "\n{\"name\":\"IIS-WindowsAuthentication" ON "\n{\"name\":\"IIS-BasicAuthentication" OFF
     "\n{\"name\":\"IIS-HttpTracing" OFF "\n" PARTIAL,
     "NetFx3\nIIS-FTPServer"},
    {"no IIS", "10.0", PREREQ_SERVER, "[HKLM\\SOFTWARE]\n", NULL,
     "{\"name\":\"IIS-WebServerRole" OFF "\n{\"name\":\"IIS-HttpTracing" OFF
     "\n{\"name\":\"NetFx3" OFF "\n{\"name\":\"Windows-Defender" OFF
     "\n{\"name\":\"DirectoryServices-ADAM" OFF "\n{\"name\":\"LanguagePack" OFF,
     NULL},
    {"IIS refused", "10.0", PREREQ_SERVER,
     "[" INETSTP "\\Components]\nrefuse *InetStp* access_denied 5\n", NULL,
     "{\"name\":\"IIS-WebServerRole\",\"status\":\"unavailable\",\"code\":\"access_denied\"\n"
     "{\"name\":\"IIS-HttpTracing\",\"status\":\"unavailable\",\"code\":\"access_denied\"",
     NULL},
    {"Server Manager's list", "6.3", PREREQ_SERVER,
     "[" CACHE "Web-Server]\n\"InstallState\"=dword:1\n[" CACHE "DNS]\n\"InstallState\"=dword:1\n"
     "[" CACHE "FS-SMB1]\n\"InstallState\"=dword:5\n[" CACHE "Odd]\n\"InstallState\"=dword:63\n"
     "[" CACHE "Windows-Defender]\n\"InstallState\"=dword:0\n",
     NULL,
     "{\"name\":\"DNS" ON "\n{\"name\":\"FS-SMB1" OFF "\n{\"name\":\"Windows-Defender" OFF
     "\n{\"name\":\"IIS-WebServerRole" OFF,
     "\"Odd\"\nWeb-Server\""},
    {"Defender by its service", "10.0", PREREQ_SERVER,
     "[HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinDefend]\n", NULL,
     "{\"name\":\"Windows-Defender" ON, NULL},
    {"AD LDS on a server", "6.1", PREREQ_SERVER,
     "file C:\\Windows\\ADAM\\dsamain.exe 2010-01-01T00:00:00Z x\n", NULL,
     "{\"name\":\"DirectoryServices-ADAM" ON "\n{\"name\":\"DirectoryServices-ADAM-Client" OFF,
     NULL},
    {"AD LDS on a client, .NET Framework 3.5", "6.1", PREREQ_WORKSTATION,
     "file C:\\Windows\\ADAM\\dsamain.exe 2010-01-01T00:00:00Z x\n"
     "[HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v3.5]\n\"Install\"=dword:1\n",
     NULL,
     "{\"name\":\"DirectoryServices-ADAM-Client" ON "\n{\"name\":\"DirectoryServices-ADAM" OFF
     "\n{\"name\":\"NetFx3" ON,
     NULL},
    {"AD LDS cannot be looked for", "6.1", PREREQ_SERVER, "refuse C:\\Windows\\ADAM* error 5\n",
     NULL, "{\"name\":\"DirectoryServices-ADAM\",\"status\":\"unavailable\",\"code\":\"error\"",
     NULL},
    {"a language that was added", "6.1", PREREQ_SERVER,
     "[" LANGUAGES "en-US]\n[" LANGUAGES "de-DE]\n",
     "Microsoft-Windows-Server-LanguagePack-Package~31bf3856ad364e35~amd64~de-DE~6.1.7601.17514\n"
     "Microsoft-Windows-Server-LanguagePack-Package~31bf3856ad364e35~amd64~en-US~6.1.7601.17514\n",
     "{\"name\":\"LanguagePack\",\"state\":\"installed\",\"installedOn\":\"2001-01-01T00:00:00Z\"}"
     "\n"
     "{\"name\":\"LanguagePack-de-DE\",\"state\":\"installed\",\"installedOn\":"
     "\"2001-01-01T00:00:00Z\"}",
     NULL},
    {"its own language is none", "10.0", PREREQ_SERVER, "[" LANGUAGES "en-US]\n",
     "Microsoft-Windows-Server-LanguagePack-Package~31bf3856ad364e35~amd64~en-US~10.0.17763.1\n",
     "{\"name\":\"LanguagePack" OFF, NULL},
    {"a pack that an update replaced has no time", "10.0", PREREQ_SERVER,
     "[" LANGUAGES "en-US]\n[" LANGUAGES "de-DE]\n",
     "Microsoft-Windows-Server-LanguagePack-Package~31bf3856ad364e35~amd64~de-DE~10.0.17763.5\n",
     "{\"name\":\"LanguagePack" ON, "installedOn"},
    {"a pack of .NET Framework without a product", "6.1", PREREQ_SERVER,
     "[" LANGUAGES "en-US]\n[" NET4 "\\1033]\n[" NET4 "\\1031]\n", NULL,
     "{\"name\":\"LanguagePack" ON, "installedOn"},
    {"the language of Windows is no pack of .NET Framework", "6.2", PREREQ_SERVER,
     "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language]\n"
     "\"InstallLanguage\"=\"0407\"\n[" NET4 "\\1033]\n[" NET4 "\\1031]\n",
     NULL, "{\"name\":\"LanguagePack" OFF, NULL},
    {"another language is one", "6.2", PREREQ_SERVER,
     "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language]\n"
     "\"InstallLanguage\"=\"0407\"\n[" NET4 "\\1031]\n[" NET4 "\\1041]\n",
     NULL, "{\"name\":\"LanguagePack" ON, NULL},
    {"English of .NET Framework is no pack", "6.1", PREREQ_SERVER,
     "[" LANGUAGES "en-US]\n[" NET4 "\\1033]\n", NULL, "{\"name\":\"LanguagePack" OFF, NULL},
    {"a Windows that is not known", NULL, 0, "[" OC "]\n\"iis_www\"=dword:1\n", NULL,
     "\"method\":\"offline\"", "features"},
};

/* Packages, one a line; each a year after the one before it in the list. */
static void add_packages(struct prereq_gather *gather, const char *lines)
{
    for (int year = 2001; lines && *lines; year++) {
        size_t len = strcspn(lines, "\n");
        struct prereq_package_fact *package = PREREQ_GATHER_ADD(gather, packages);

        package->identity = fake_must(prereq_strndup(gather->arena, lines, len));
        package->installed_on = prereq_time_from_date(year, 1, 1);
        package->installed_on.day_only = false;
        lines += len + 1;
    }
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct collecting collecting;
    struct prereq_buffer json = {0};

    collecting_begin(&collecting, 16U << 20, true, row->host);
    if (row->os)
        assert_true(prereq_version_parse(row->os, &collecting.gather.os.version));
    collecting.gather.os.product_type = row->type;
    collecting.gather.os.language = "en-US";
    add_packages(&collecting.gather, row->packages);
    prereq_collect_features(&collecting.gather);
    collected_json(&collecting.gather, &json);
    assert_lines(&json, row->expected, true);
    assert_lines(&json, row->never, false);
    prereq_buffer_free(&json);
    collecting_end(&collecting);
}

/* Languages of .NET Framework that the host has, beside the products of one pack and one update. */
static void check_net(const char *languages, const char *expected, const char *never)
{
    struct collecting collecting;
    struct prereq_msi_product *product;
    struct prereq_buffer json = {0};

    collecting_begin(&collecting, 16U << 20, true, languages);
    collecting.gather.os.version = (struct prereq_version){{6, 1, 0, 0}, 2};
    product = PREREQ_GATHER_ADD(&collecting.gather, msi_products);
    product->product_code = "{1}";
    product->name = "Microsoft .NET Framework 4.7 (Deutsch)";
    product->installed_on = prereq_time_from_date(2018, 2, 1);
    product = PREREQ_GATHER_ADD(&collecting.gather, msi_products);
    product->product_code = "{2}";
    product->name = "Microsoft .NET Framework 4.7 (KB4041778)";
    product->installed_on = prereq_time_from_date(2019, 2, 1);
    prereq_collect_features(&collecting.gather);
    collected_json(&collecting.gather, &json);
    assert_lines(&json, expected, true);
    assert_lines(&json, never, false);
    prereq_buffer_free(&json);
    collecting_end(&collecting);
}

static void pack_times_of_net(void **state)
{
    (void)state;
    check_net("[" NET4 "\\1033]\n[" NET4 "\\1031]\n",
              "{\"name\":\"LanguagePack\",\"state\":\"installed\",\"installedOn\":\"2018-02-01\"}",
              NULL);
    check_net("[" NET4 "\\1033]\n[" NET4 "\\1031]\n[" NET4 "\\1041]\n",
              "{\"name\":\"LanguagePack" ON, "LanguagePack\",\"state\":\"installed\",\"inst");
}

static void prepare(struct prereq_gather *gather)
{
    gather->os.version = (struct prereq_version){{6, 2, 0, 0}, 2};
    gather->os.product_type = PREREQ_SERVER;
}

static void prepare_old(struct prereq_gather *gather)
{
    gather->os.version = (struct prereq_version){{4, 0, 0, 0}, 2};
}

static void every_step_without_memory(void **state)
{
    (void)state;
    starve(rows[0].host, prereq_collect_features, prepare_old);
    for (size_t i = 1; i < PREREQ_COUNT(rows); i++)
        starve(rows[i].host, prereq_collect_features, prepare);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(pack_times_of_net),
    cmocka_unit_test(every_step_without_memory),
};

int main(void)
{
    return RUN_TABLE(rows, check_row) | RUN_TESTS(tests);
}
