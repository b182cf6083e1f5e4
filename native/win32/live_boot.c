/* SPDX-License-Identifier: MIT */
/* live_boot.c - settings of the kind `boot`: Secure Boot, its databases, VBS, TPM. */
#include <string.h>

/* clang-format off: windows.h comes first. */
#include "win32/live_parts.h"
#include <winternl.h>
/* clang-format on */

#include "collect/firmware.h"

#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
#define SECURE_BOOT_STATE CONTROL "SecureBoot\\State"
#define SECURE_BOOT_SERVICING CONTROL "SecureBoot\\Servicing"
#define DEVICE_GUARD CONTROL "DeviceGuard"

#define GLOBAL_VARIABLE L"{8be4df61-93ca-11d2-aa0d-00e098032b8c}"
#define IMAGE_SECURITY L"{d719b2cb-3d3a-4596-a3bc-dad00e67656f}" /* db and dbx */

#define ISOLATED_USER_MODE 165 /* SystemIsolatedUserModeInformation */
#define TPM_NOT_FOUND 0x8028400Fu

static struct prereq_setting *find_setting(struct prereq_gather *gather,
                                           const struct prereq_setting *setting)
{
    for (size_t i = 0; i < gather->settings.count; i++) {
        struct prereq_setting *item = &gather->settings.items[i];

        if (item->kind == setting->kind && prereq_equal_nocase(item->name, setting->name))
            return item;
    }
    return NULL;
}

void prereq_live_setting(struct prereq_gather *gather, const struct prereq_setting *setting,
                         enum prereq_look look, const struct prereq_refusal *why)
{
    struct prereq_setting *item = gather->no_memory ? NULL : find_setting(gather, setting);

    if (item && (item->status == 0 || item->status == PREREQ_FACT_KNOWN ||
                 (item->status == PREREQ_FACT_UNAVAILABLE && look == PREREQ_LOOK_UNAVAILABLE)))
        return;
    if (!item)
        item = PREREQ_GATHER_ADD(gather, settings);
    *item = *setting;
    PREREQ_GATHER_STATUS(gather, item, look, why);
    if (look == PREREQ_LOOK_UNAVAILABLE)
        prereq_gather_error(gather, prereq_gather_printf(gather, "settings.%s", setting->name),
                            why);
}

static void add_text(struct prereq_gather *gather, const char *name, const char *value,
                     enum prereq_look look, const struct prereq_refusal *why)
{
    struct prereq_setting setting = {.kind = PREREQ_SETTING_BOOT, .name = name};

    if (look == PREREQ_LOOK_FOUND)
        setting.value = value;
    prereq_live_setting(gather, &setting, look, why);
}

/* A host that starts from a BIOS, or a Windows (7) that asks for no Secure Boot. */
static bool has_no_secure_boot(void)
{
    typedef BOOL(WINAPI * get_type)(int *type);
    get_type get = (get_type)prereq_live_function(L"kernel32.dll", "GetFirmwareType");
    int type = 0;

    return !get || (get(&type) && type == 1);
}

static void secure_boot(struct prereq_gather *gather)
{
    struct prereq_refusal why = {0};
    const unsigned char *bytes = NULL;
    uint64_t on = 0;
    size_t len = 0;
    enum prereq_look look = prereq_read_number(gather, SECURE_BOOT_STATE, PREREQ_VIEW_64,
                                               "UEFISecureBootEnabled", &on, &why);

    if (look == PREREQ_LOOK_ABSENT && !has_no_secure_boot()) {
        look =
            prereq_live_firmware(gather->arena, L"SecureBoot", GLOBAL_VARIABLE, &bytes, &len, &why);
        on = look == PREREQ_LOOK_FOUND && bytes[0] == 1;
    }
    add_text(gather, "secureBoot", on ? "on" : "off", look, &why);
}

/* What Windows itself noted of the certificates of 2023: 0 not in db, 1 in db, 2 and started by a
 * boot manager signed with it.  No value says nothing: only newer updates write it. */
static bool noted(struct prereq_gather *gather, uint64_t *capable)
{
    return prereq_read_number(gather, SECURE_BOOT_SERVICING, PREREQ_VIEW_64,
                              "WindowsUEFICA2023Capable", capable, NULL) == PREREQ_LOOK_FOUND &&
           *capable <= 2;
}

static enum prereq_look database_holds(struct prereq_gather *gather, const wchar_t *database,
                                       const char *subject, bool *holds, struct prereq_refusal *why)
{
    const unsigned char *bytes;
    size_t len;
    enum prereq_look look;

    if (has_no_secure_boot())
        return PREREQ_LOOK_ABSENT;
    look = prereq_live_firmware(gather->arena, database, IMAGE_SECURITY, &bytes, &len, why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    return prereq_signatures_hold(bytes, len, subject, holds, why);
}

static void certificates(struct prereq_gather *gather)
{
    struct prereq_refusal why = {0};
    uint64_t capable = 0;
    bool holds = false, is_noted = noted(gather, &capable);
    enum prereq_look look = database_holds(gather, L"db", "Windows UEFI CA 2023", &holds, &why);

    if (look == PREREQ_LOOK_UNAVAILABLE && is_noted) {
        look = PREREQ_LOOK_FOUND;
        holds = capable >= 1;
    }
    add_text(gather, "dbContainsCa2023", holds ? "yes" : "no", look, &why);
    if (is_noted)
        add_text(gather, "bootManager2023", capable == 2 ? "yes" : "no", PREREQ_LOOK_FOUND, NULL);
    holds = false;
    look = database_holds(gather, L"dbx", "Microsoft Windows Production PCA 2011", &holds, &why);
    add_text(gather, "dbxRevokesPca2011", holds ? "yes" : "no", look, &why);
}

static void vbs(struct prereq_gather *gather)
{
    typedef NTSTATUS(WINAPI * query_system)(ULONG what, void *bytes, ULONG len, ULONG *got);
    query_system query =
        (query_system)prereq_live_function(L"ntdll.dll", "NtQuerySystemInformation");
    ULONGLONG answer[2] = {0, 0}; /* bit 0 of byte 0: the secure kernel runs */
    struct prereq_vbs vbs = {.build = prereq_live_build(), .status = 0xC0000002U};
    struct prereq_refusal why = {0};
    enum prereq_look look;
    bool on = false;

    if (query)
        vbs.status = (uint32_t)query(ISOLATED_USER_MODE, answer, sizeof(answer), NULL);
    vbs.running = (answer[0] & 1) != 0;
    vbs.has_configured = prereq_read_number(gather, DEVICE_GUARD, PREREQ_VIEW_64,
                                            "EnableVirtualizationBasedSecurity", &vbs.configured,
                                            NULL) == PREREQ_LOOK_FOUND;
    look = prereq_vbs_state(&vbs, &on, &why);
    add_text(gather, "vbs", on ? "on" : "off", look, &why);
}

/* Tbsi_GetDeviceInfo() is there since Windows 8. */
static void tpm(struct prereq_gather *gather)
{
    typedef ULONG(WINAPI * get_info)(UINT32 size, void *info);
    UINT32 info[4] = {1, 0, 0, 0}; /* version of this struct, TPM 1 or 2, ... */
    HMODULE library = prereq_live_library(L"tbs.dll");
    get_info get = (get_info)prereq_live_function_of(library, "Tbsi_GetDeviceInfo");
    struct prereq_refusal why = {0};
    enum prereq_look look = PREREQ_LOOK_FOUND;
    ULONG status = get ? get(sizeof(info), info) : 0;

    if (!get)
        look = prereq_refuse_error(ERROR_PROC_NOT_FOUND, "The version of the TPM", &why);
    else if (status == TPM_NOT_FOUND)
        look = PREREQ_LOOK_ABSENT;
    else if (status != 0 || info[1] < 1 || info[1] > 2)
        look = prereq_refuse_status((uint32_t)status, "The version of the TPM", &why);
    add_text(gather, "tpmVersion", info[1] == 2 ? "2.0" : "1.2", look, &why);
    if (library)
        (void)FreeLibrary(library);
}

void prereq_live_boot(struct prereq_gather *gather)
{
    secure_boot(gather);
    certificates(gather);
    vbs(gather);
    tpm(gather);
}
