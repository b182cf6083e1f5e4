/* SPDX-License-Identifier: MIT */
/* test_collect_settings.c - named values: boot, variant, cpu, domain. */
#include "collecting.h"

#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"
#define ACPI "HKLM\\SYSTEM\\CurrentControlSet\\Enum\\ACPI\\"
#define REAGENT "file C:\\Windows\\System32\\Recovery\\ReAgent.xml 2024-01-01T00:00:00Z "

static struct row {
    const char *name, *os;
    int type, architecture;
    const char *host;
    const char *schannel; /* what its description says; NULL: no such file */
    const char *expected, *never;
} rows[] = {
    {"Secure Boot is on", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\State]\n\"UEFISecureBootEnabled\"=dword:1\n", NULL,
     "{\"kind\":\"boot\",\"name\":\"secureBoot\",\"value\":\"on\"}",
     "dbContainsCa2023\ntpmVersion"},
    {"Secure Boot is off", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\State]\n\"UEFISecureBootEnabled\"=dword:0\n", NULL,
     "\"name\":\"secureBoot\",\"value\":\"off\"}", NULL},
    {"an image at rest does not know", "10.0", PREREQ_SERVER, 0, "[" CONTROL "SecureBoot]\n", NULL,
     NULL, "secureBoot"},
    {"a running system without UEFI", "10.0", PREREQ_SERVER, 0, "live\n", NULL,
     "{\"kind\":\"boot\",\"name\":\"secureBoot\",\"status\":\"absent\"}", NULL},
    {"before Secure Boot", "6.1", PREREQ_SERVER, 0, "live\n", NULL, NULL, "secureBoot"},
    {"a dirty hive", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\State]\n\"UEFISecureBootEnabled\"=dword:1\nstale HKLM\\SYSTEM*\n",
     NULL,
     "\"name\":\"secureBoot\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "\"name\":\"tpmVersion\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"\n"
     "\"name\":\"role\",\"status\":\"unavailable\",\"code\":\"hive_dirty\"",
     "\"on\"\n\"standalone\""},
    {"no certificate", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\Servicing]\n\"WindowsUEFICA2023Capable\"=dword:0\n", NULL,
     "\"name\":\"dbContainsCa2023\",\"value\":\"no\"}\n\"name\":\"bootManager2023\",\"value\":"
     "\"no\"}",
     NULL},
    {"the certificate", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\Servicing]\n\"WindowsUEFICA2023Capable\"=dword:1\n", NULL,
     "\"name\":\"dbContainsCa2023\",\"value\":\"yes\"}\n\"name\":\"bootManager2023\",\"value\":"
     "\"no\"}",
     NULL},
    {"the boot manager", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\Servicing]\n\"WindowsUEFICA2023Capable\"=dword:2\n", NULL,
     "\"name\":\"dbContainsCa2023\",\"value\":\"yes\"}\n\"name\":\"bootManager2023\",\"value\":"
     "\"yes\"}",
     NULL},
    {"a number that nobody described", "10.0", PREREQ_SERVER, 0,
     "[" CONTROL "SecureBoot\\Servicing]\n\"WindowsUEFICA2023Capable\"=dword:7\n", NULL, NULL,
     "2023"},
    {"TPM 2.0", "6.3", PREREQ_SERVER, 0, "[" ACPI "MSFT0101\\1]\n", NULL,
     "\"name\":\"tpmVersion\",\"value\":\"2.0\"}", NULL},
    {"TPM 1.2", "6.3", PREREQ_SERVER, 0, "[" ACPI "PNP0C31\\1]\n", NULL,
     "\"name\":\"tpmVersion\",\"value\":\"1.2\"}", NULL},
    {"a TPM that was exchanged", "6.3", PREREQ_SERVER, 0,
     "[" ACPI "PNP0C31\\1]\n[" ACPI "MSFT0101\\1]\n", NULL, NULL, "tpmVersion"},
    {"WinRE is enabled", "10.0", PREREQ_WORKSTATION, 0,
     REAGENT "<WindowsRE><InstallState state=\"1\"/></WindowsRE>\n", NULL,
     "\"name\":\"winre\",\"value\":\"enabled\"}", NULL},
    {"WinRE is disabled", "10.0", PREREQ_WORKSTATION, 0,
     REAGENT "<WindowsRE><InstallState state=\"0\"/></WindowsRE>\n", NULL,
     "\"name\":\"winre\",\"value\":\"disabled\"}", NULL},
    {"WinRE says something else", "10.0", PREREQ_WORKSTATION, 0,
     REAGENT "<WindowsRE><InstallState state=\"10\"/></WindowsRE>\n", NULL,
     "\"name\":\"winre\",\"status\":\"unavailable\",\"code\":\"error\"", NULL},
    {"no WinRE", "10.0", PREREQ_WORKSTATION, 0, "", NULL,
     "\"name\":\"winre\",\"status\":\"absent\"}", NULL},
    {"WinRE is refused", "10.0", PREREQ_WORKSTATION, 0,
     REAGENT "x\nrefuse *ReAgent.xml access_denied 5\n", NULL,
     "\"name\":\"winre\",\"status\":\"unavailable\",\"code\":\"access_denied\"", NULL},
    {"the export edition of NT 4.0", "4.0", PREREQ_SERVER, 0, "",
     "PCT / SSL Security Provider (Export Version)",
     "{\"kind\":\"variant\",\"name\":\"encryption\",\"value\":\"56-bit\"}", "winre\nsecureBoot"},
    {"the domestic edition", "4.0", PREREQ_SERVER, 0, "",
     "PCT / SSL Security Provider (US/Canada Only, Not for Export)",
     "\"name\":\"encryption\",\"value\":\"128-bit\"}", NULL},
    {"one that does not say", "5.0", PREREQ_SERVER, 0, "", "TLS / SSL Security Provider",
     "\"name\":\"encryption\",\"status\":\"unavailable\",\"code\":\"error\"", NULL},
    {"one edition since XP", "5.1", PREREQ_WORKSTATION, 0, "", "TLS / SSL Security Provider", NULL,
     "encryption"},
    {"CHPE on ARM64", "10.0", PREREQ_WORKSTATION, PREREQ_ARM64, "", NULL,
     "{\"kind\":\"variant\",\"name\":\"chpe\",\"value\":\"enabled\"}", NULL},
    {"CHPE is disabled", "10.0", PREREQ_WORKSTATION, PREREQ_ARM64,
     "[" CONTROL "Session Manager\\Memory Management]\n\"HotPatchRestrictions\"=dword:1\n", NULL,
     "\"name\":\"chpe\",\"value\":\"disabled\"}", NULL},
    {"no CHPE on x64", "10.0", PREREQ_WORKSTATION, PREREQ_X64,
     "[" CONTROL "Session Manager\\Memory Management]\n\"HotPatchRestrictions\"=dword:1\n", NULL,
     NULL, "chpe"},
    {"the processor at rest", "4.0", PREREQ_SERVER, 0,
     "[" CONTROL "Session Manager\\Environment]\n\"PROCESSOR_IDENTIFIER\"=\"x86 Family 6\"\n", NULL,
     "{\"kind\":\"cpu\",\"name\":\"identifier\",\"value\":\"x86 Family 6\"}", NULL},
    {"the processor that runs", "10.0", PREREQ_SERVER, 0,
     "live\n[HKLM\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0]\n"
     "\"Identifier\"=\"AMD64 Family 25\"\n",
     NULL, "{\"kind\":\"cpu\",\"name\":\"identifier\",\"value\":\"AMD64 Family 25\"}", NULL},
    {"a member of a domain", "10.0", PREREQ_SERVER, 0,
     "[" SERVICES "Netlogon]\n\"Start\"=dword:2\n", NULL,
     "{\"kind\":\"domain\",\"name\":\"role\",\"value\":\"member\"}", "schemaVersion"},
    {"a host on its own", "10.0", PREREQ_WORKSTATION, 0,
     "[" SERVICES "Netlogon]\n\"Start\"=dword:3\n", NULL,
     "\"name\":\"role\",\"value\":\"standalone\"}", NULL},
    {"a domain controller", "10.0", PREREQ_DOMAIN_CONTROLLER, 0,
     "[" SERVICES "NTDS\\Parameters]\n\"Schema Version\"=dword:58\n", NULL,
     "\"name\":\"role\",\"value\":\"domainController\"}\n"
     "{\"kind\":\"domain\",\"name\":\"schemaVersion\",\"number\":88}",
     NULL},
};

static void add_schannel(struct fake_source *fake, const char *description)
{
    unsigned char bytes[256] = {1, 2, 3};
    size_t len = strlen(description);

    for (size_t i = 0; i < len; i++)
        bytes[3 + i * 2] = (unsigned char)description[i];
    fake_file(fake, "C:\\Windows\\System32\\schannel.dll", "1999-01-01T00:00:00Z", bytes,
              3 + len * 2);
}

static void begin(struct collecting *collecting, const struct row *row, size_t limit)
{
    collecting_begin(collecting, limit, true, row->host);
    assert_true(prereq_version_parse(row->os, &collecting->gather.os.version));
    collecting->gather.os.product_type = row->type;
    collecting->gather.os.architecture = row->architecture;
    if (row->schannel)
        add_schannel(collecting->fake, row->schannel);
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct collecting collecting;
    struct prereq_buffer json = {0};
    bool enough = false;

    begin(&collecting, row, 16U << 20);
    prereq_collect_settings(&collecting.gather);
    collected_json(&collecting.gather, &json);
    assert_lines(&json, row->expected, true);
    assert_lines(&json, row->never, false);
    prereq_buffer_free(&json);
    collecting_end(&collecting);
    for (size_t limit = 16; !enough; limit += 32) {
        begin(&collecting, row, limit);
        prereq_collect_settings(&collecting.gather);
        enough = !collecting.gather.no_memory;
        collecting_end(&collecting);
    }
}

int main(void)
{
    return RUN_TABLE(rows, check_row);
}
