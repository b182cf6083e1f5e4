/* SPDX-License-Identifier: MIT */
/* collect_system.c - the operating system, and which host this is. */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/system.h"

#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define TCPIP "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters"

static struct prereq_number known(uint64_t number)
{
    return (struct prereq_number){number, true};
}

/* ---- version, build, service pack ---- */

/* CurrentVersion stays 6.3 from Windows 10 on. */
static void collect_version(struct prereq_gather *gather)
{
    struct prereq_version *version = &gather->os.version;
    uint64_t major, minor;
    const char *text;

    if (prereq_member_number(gather, "os.version", PREREQ_CURRENT_VERSION,
                             "CurrentMajorVersionNumber", &major) &&
        prereq_member_number(gather, "os.version", PREREQ_CURRENT_VERSION,
                             "CurrentMinorVersionNumber", &minor)) {
        *version = (struct prereq_version){{(uint32_t)major, (uint32_t)minor}, 2};
    } else if (!prereq_member_refused(gather, "os.version")) {
        text = prereq_member_text(gather, "os.version", PREREQ_CURRENT_VERSION, "CurrentVersion");
        if (text && !prereq_version_parse(text, version))
            version->parts = 0;
    }
    prereq_member_want(gather, version->parts > 0, "os.version", PREREQ_CURRENT_VERSION);
}

/* CurrentBuild is text about itself on NT 4.0 to XP: "1.511.1 () (Obsolete data - do not use)". */
static void collect_build(struct prereq_gather *gather)
{
    const char *text =
        prereq_member_text(gather, "os.build", PREREQ_CURRENT_VERSION, "CurrentBuildNumber");
    uint64_t ubr;

    if (text && strspn(text, "0123456789") == strlen(text) && strlen(text) <= 9)
        gather->os.build = known(strtoul(text, NULL, 10));
    prereq_member_want(gather, gather->os.build.known, "os.build", PREREQ_CURRENT_VERSION);
    if (prereq_member_number(gather, "os.ubr", PREREQ_CURRENT_VERSION, "UBR", &ubr))
        gather->os.ubr = known(ubr);
}

static void collect_service_pack(struct prereq_gather *gather)
{
    static const char key[] = CONTROL "\\Windows";
    const char *text =
        prereq_member_text(gather, "os.servicePackText", PREREQ_CURRENT_VERSION, "CSDVersion");
    uint64_t number;

    gather->os.service_pack_text = text;
    if (prereq_member_number(gather, "os.servicePack", key, "CSDVersion", &number))
        gather->os.service_pack = known(number >> 8 & 0xFF);
    prereq_member_want(gather, gather->os.service_pack.known, "os.servicePack", key);
}

/* ---- which Windows ---- */

static void collect_product_type(struct prereq_gather *gather)
{
    static const struct {
        const char *word;
        enum prereq_product_type type;
    } types[] = {{"WinNT", PREREQ_WORKSTATION},
                 {"LanmanNT", PREREQ_DOMAIN_CONTROLLER},
                 {"ServerNT", PREREQ_SERVER}};
    const char *text =
        prereq_member_text(gather, "os.productType", CONTROL "\\ProductOptions", "ProductType");

    for (size_t i = 0; text && i < PREREQ_COUNT(types); i++) {
        if (prereq_equal_nocase(text, types[i].word))
            gather->os.product_type = (int)types[i].type;
    }
    prereq_member_want(gather, gather->os.product_type != 0, "os.productType",
                       CONTROL "\\ProductOptions");
}

static void collect_architecture(struct prereq_gather *gather)
{
    static const char key[] = CONTROL "\\Session Manager\\Environment";
    static const struct {
        const char *word;
        enum prereq_architecture architecture;
    } words[] = {{"x86", PREREQ_X86},   {"AMD64", PREREQ_X64},   {"ARM64", PREREQ_ARM64},
                 {"IA64", PREREQ_IA64}, {"ALPHA", PREREQ_ALPHA}, {"ARM", PREREQ_ARM},
                 {"MIPS", PREREQ_MIPS}, {"PPC", PREREQ_PPC}};
    const char *text = prereq_member_text(gather, "os.architecture", key, "PROCESSOR_ARCHITECTURE");

    for (size_t i = 0; text && i < PREREQ_COUNT(words); i++) {
        if (prereq_equal_nocase(text, words[i].word))
            gather->os.architecture = (int)words[i].architecture;
    }
    prereq_member_want(gather, gather->os.architecture != 0, "os.architecture", key);
}

/* ---- language, install time ---- */

static void collect_language(struct prereq_gather *gather)
{
    static const char key[] = CONTROL "\\Nls\\Language";
    const char *text = prereq_member_text(gather, "os.language", key, "InstallLanguage");

    if (text)
        gather->os.language = prereq_language_name((uint32_t)strtoul(text, NULL, 16));
    prereq_member_want(gather, gather->os.language != NULL, "os.language", key);
}

static void collect_install_time(struct prereq_gather *gather)
{
    uint64_t time;

    if (prereq_member_number(gather, "os.installedOn", PREREQ_CURRENT_VERSION, "InstallTime",
                             &time) &&
        time)
        gather->os.installed_on = prereq_time_from_filetime(time);
    else if (!prereq_member_refused(gather, "os.installedOn") &&
             prereq_member_number(gather, "os.installedOn", PREREQ_CURRENT_VERSION, "InstallDate",
                                  &time) &&
             time)
        gather->os.installed_on = prereq_time_from_seconds((int64_t)time);
}

/* ---- the host ---- */

/* Which host this is must be said, so that even a stale name is better than none. */
static const char *name_of(struct prereq_gather *gather, const char *fact, const char *key,
                           const char *name)
{
    struct prereq_refusal why = {0};
    const char *text = NULL;
    enum prereq_look look = prereq_read_text(gather, key, PREREQ_VIEW_64, name, &text, &why);

    (void)prereq_member_usable(gather, fact, look, &why, text);
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE ? text : "";
}

struct place {
    const char *key, *name;
};

static const char *first_name(struct prereq_gather *gather, const char *fact,
                              const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = name_of(gather, fact, places[i].key, places[i].name);

        if (*text)
            return text;
    }
    return NULL;
}

static void collect_host(struct prereq_gather *gather)
{
    /* The DNS name first: it is not cut to 15 characters, and goes with the DNS domain. */
    static const struct place names[] = {
        {TCPIP, "Hostname"},
        {CONTROL "\\ComputerName\\ActiveComputerName", "ComputerName"},
        {CONTROL "\\ComputerName\\ComputerName", "ComputerName"},
    };
    static const struct place domains[] = {
        {TCPIP, "Domain"},
        {PREREQ_CURRENT_VERSION "\\Winlogon", "CachePrimaryDomain"},
    };
    static const struct place guids[] = {
        {"HKLM\\SOFTWARE\\Microsoft\\Cryptography", "MachineGuid"},
    };
    struct prereq_identity *host = &gather->host;

    host->host_name = first_name(gather, "host.hostName", names, PREREQ_COUNT(names));
    host->domain = first_name(gather, "host.domain", domains, PREREQ_COUNT(domains));
    host->machine_guid = first_name(gather, "host.machineGuid", guids, PREREQ_COUNT(guids));
    prereq_member_want(gather, host->host_name != NULL, "host.hostName", TCPIP);
    if (!host->host_name)
        host->host_name = "unknown-host";
}

void prereq_collect_system(struct prereq_gather *gather)
{
    collect_host(gather);
    collect_version(gather);
    collect_build(gather);
    collect_service_pack(gather);
    collect_product_type(gather);
    collect_architecture(gather);
    prereq_collect_product(gather);
    collect_language(gather);
    collect_install_time(gather);
}
