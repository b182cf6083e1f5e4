/* SPDX-License-Identifier: MIT */
/* collect_settings.c - named values that fit nowhere else: boot, cpu, variant, domain.
 *
 * What the registry does not say is not collected: whether a licence is activated, whether VBS
 * runs, what stands in the directory.  External settings are said by a person or a script. */
#include <string.h>

#include "collect/collect.h"
#include "collect/looks.h"

#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"
#define PROCESSOR "HKLM\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0"
#define MAX_XML 0x40000
#define MAX_LIBRARY 0x200000

/* `value` NULL: it is not there.  Refused looks make it unavailable in any case. */
static struct prereq_setting *add(const struct prereq_looks *looks, enum prereq_setting_kind kind,
                                  const char *name, const char *value)
{
    struct prereq_setting *setting = PREREQ_GATHER_ADD(looks->gather, settings);

    setting->kind = (int)kind;
    setting->name = name;
    if (looks->refused)
        PREREQ_GATHER_STATUS(looks->gather, setting, PREREQ_LOOK_UNAVAILABLE, &looks->why);
    else if (value)
        setting->value = value;
    else
        setting->status = PREREQ_FACT_ABSENT;
    return setting;
}

static bool is_live(const struct prereq_gather *gather)
{
    return gather->source->ops->method == PREREQ_METHOD_LIVE;
}

/* Also where the version is not known: looking costs little. */
static bool is_since(const struct prereq_gather *gather, uint32_t major, uint32_t minor)
{
    const struct prereq_version *version = &gather->os.version;

    return version->parts == 0 || version->part[0] > major ||
           (version->part[0] == major && version->part[1] >= minor);
}

/* ---- boot ---- */

/* Windows writes the key anew at each start and drops it at the end: in a hive at rest its absence
 * says nothing.  A running Windows without it did not start by UEFI. */
static void collect_secure_boot(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    uint64_t number;
    bool found;

    if (!is_since(gather, 6, 2))
        return;
    found = prereq_looks_number(&looks, CONTROL "SecureBoot\\State", PREREQ_VIEW_64,
                                "UEFISecureBootEnabled", &number);
    if (found)
        (void)add(&looks, PREREQ_SETTING_BOOT, "secureBoot", number == 1 ? "on" : "off");
    else if (looks.refused || is_live(gather))
        (void)add(&looks, PREREQ_SETTING_BOOT, "secureBoot", NULL);
}

/* WindowsUEFICA2023Capable: 0 the certificate is not in the db, 1 it is, 2 and the boot manager it
 * signed is in use.  Updates of Windows write it; without it nothing is known. */
static void collect_certificates(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    uint64_t number = 0;
    bool found = prereq_looks_number(&looks, CONTROL "SecureBoot\\Servicing", PREREQ_VIEW_64,
                                     "WindowsUEFICA2023Capable", &number);

    if (!is_since(gather, 6, 2) || (!looks.refused && (!found || number > 2)))
        return;
    (void)add(&looks, PREREQ_SETTING_BOOT, "dbContainsCa2023", number >= 1 ? "yes" : "no");
    (void)add(&looks, PREREQ_SETTING_BOOT, "bootManager2023", number == 2 ? "yes" : "no");
}

/* By the names that ACPI gives the devices.  Some makers use their own, so that finding neither is
 * no answer; finding both is one of a machine that changed. */
static void collect_tpm(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    bool two = prereq_looks_key(&looks, "HKLM\\SYSTEM\\CurrentControlSet\\Enum\\ACPI\\MSFT0101",
                                PREREQ_VIEW_64);
    bool one = prereq_looks_key(&looks, "HKLM\\SYSTEM\\CurrentControlSet\\Enum\\ACPI\\PNP0C31",
                                PREREQ_VIEW_64);

    if (looks.refused || one != two)
        (void)add(&looks, PREREQ_SETTING_BOOT, "tpmVersion", two ? "2.0" : "1.2");
}

/* <InstallState state="1"/> of ReAgent.xml. */
static const char *winre_state(const char *xml)
{
    static const char element[] = "<InstallState state=\"";
    const char *found = strstr(xml, element);

    if (!found)
        return NULL;
    found += sizeof(element) - 1;
    if (strncmp(found, "1\"", 2) == 0)
        return "enabled";
    return strncmp(found, "0\"", 2) == 0 ? "disabled" : NULL;
}

static void collect_winre(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    const char *path = prereq_gather_printf(gather, "%s\\System32\\Recovery\\ReAgent.xml",
                                            gather->source->system_root);
    struct prereq_refusal why;
    const unsigned char *bytes;
    const char *xml, *state = NULL;
    size_t len = 0;

    if (!is_since(gather, 6, 1))
        return;
    bytes = prereq_looks_bytes(&looks, path, MAX_XML, &len);
    if (bytes) {
        xml = prereq_strndup(gather->arena, (const char *)bytes, len);
        gather->no_memory = gather->no_memory || !xml;
        state = xml ? winre_state(xml) : NULL;
    }
    if (bytes && !state) {
        prereq_refuse(&why, "error", NULL, "ReAgent.xml does not say whether WinRE is enabled.");
        (void)prereq_looks_refused(&looks, PREREQ_LOOK_UNAVAILABLE, &why);
    }
    (void)add(&looks, PREREQ_SETTING_BOOT, "winre", state);
}

/* ---- variant ---- */

static bool holds_utf16(const unsigned char *bytes, size_t len, const char *text)
{
    size_t units = strlen(text);

    for (size_t at = 0; at + units * 2 <= len; at++) {
        size_t same = 0;

        while (same < units && bytes[at + same * 2] == (unsigned char)text[same] &&
               bytes[at + same * 2 + 1] == 0)
            same++;
        if (same == units)
            return true;
    }
    return false;
}

/* Two editions of NT 4.0 and Windows 2000 went by the law of the day; later ones are one edition.
 * The description of schannel.dll says which: "(Export Version)", or "(US and Canada Use Only)",
 * "(US/Canada Only, Not for Export)" and "(Domestic Use Only)". */
static void collect_encryption(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    const char *path =
        prereq_gather_printf(gather, "%s\\System32\\schannel.dll", gather->source->system_root);
    struct prereq_refusal why;
    const unsigned char *bytes;
    const char *value = NULL;
    size_t len = 0;

    if (gather->os.version.parts == 0 || is_since(gather, 5, 1))
        return;
    bytes = prereq_looks_bytes(&looks, path, MAX_LIBRARY, &len);
    if (bytes && holds_utf16(bytes, len, "Export Version"))
        value = "56-bit";
    else if (bytes && (holds_utf16(bytes, len, "Canada") || holds_utf16(bytes, len, "Domestic")))
        value = "128-bit";
    if (bytes && !value) {
        prereq_refuse(&why, "error", NULL, "schannel.dll does not say its encryption strength.");
        (void)prereq_looks_refused(&looks, PREREQ_LOOK_UNAVAILABLE, &why);
    }
    (void)add(&looks, PREREQ_SETTING_VARIANT, "encryption", value);
}

/* Emulation of x86 by hybrid libraries, of Windows on ARM. */
static void collect_chpe(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    uint64_t number = 0;

    if (gather->os.architecture != PREREQ_ARM64)
        return;
    (void)prereq_looks_number(&looks, CONTROL "Session Manager\\Memory Management", PREREQ_VIEW_64,
                              "HotPatchRestrictions", &number);
    (void)add(&looks, PREREQ_SETTING_VARIANT, "chpe", number & 1 ? "disabled" : "enabled");
}

/* ---- cpu, domain ---- */

/* The key of the hardware exists while Windows runs; at rest what the start before left does. */
static void collect_cpu(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    const char *identifier =
        is_live(gather) ? prereq_looks_text(&looks, PROCESSOR, PREREQ_VIEW_64, "Identifier")
                        : prereq_looks_text(&looks, CONTROL "Session Manager\\Environment",
                                            PREREQ_VIEW_64, "PROCESSOR_IDENTIFIER");

    (void)add(&looks, PREREQ_SETTING_CPU, "identifier", identifier);
}

static void collect_schema(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    uint64_t number;
    bool found = prereq_looks_number(&looks, SERVICES "NTDS\\Parameters", PREREQ_VIEW_64,
                                     "Schema Version", &number);
    struct prereq_setting *setting;

    if (!found && !looks.refused)
        return;
    setting = add(&looks, PREREQ_SETTING_DOMAIN, "schemaVersion", NULL);
    if (looks.refused)
        return;
    setting->status = 0;
    setting->number = (struct prereq_number){number, true};
}

/* A member's Netlogon service starts by itself; joining and leaving a domain set that. */
static void collect_domain(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    uint64_t start = 0;

    if (gather->os.product_type == PREREQ_DOMAIN_CONTROLLER) {
        (void)add(&looks, PREREQ_SETTING_DOMAIN, "role", "domainController");
        collect_schema(gather);
        return;
    }
    if (gather->os.product_type == 0)
        return;
    if (prereq_looks_number(&looks, SERVICES "Netlogon", PREREQ_VIEW_64, "Start", &start) ||
        looks.refused)
        (void)add(&looks, PREREQ_SETTING_DOMAIN, "role", start == 2 ? "member" : "standalone");
}

void prereq_collect_settings(struct prereq_gather *gather)
{
    collect_secure_boot(gather);
    collect_certificates(gather);
    collect_tpm(gather);
    collect_winre(gather);
    collect_encryption(gather);
    collect_chpe(gather);
    collect_cpu(gather);
    collect_domain(gather);
}
