/* SPDX-License-Identifier: MIT */
/* live_system.c - what the kernel says of itself, and functions that not every Windows has. */
#include <stdio.h>
#include <string.h>

/* clang-format off: windows.h comes first. */
#include "win32/live_parts.h"
#include <winternl.h>
/* clang-format on */

#ifndef LOAD_LIBRARY_SEARCH_SYSTEM32
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x800
#endif

#define CURRENT_VERSION "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define TIME_OF_DAY 3 /* SystemTimeOfDayInformation */

/* Windows 7 and 2008 R2 without KB2533623 do not know the flag: there the whole path does it. */
HMODULE prereq_live_library(const wchar_t *name)
{
    wchar_t path[MAX_PATH + 64];
    HMODULE library = LoadLibraryExW(name, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    UINT len;

    if (library || GetLastError() != ERROR_INVALID_PARAMETER)
        return library;
    len = GetSystemDirectoryW(path, MAX_PATH);
    if (len == 0 || len >= MAX_PATH || wcslen(name) > 60)
        return NULL;
    path[len] = L'\\';
    memcpy(path + len + 1, name, (wcslen(name) + 1) * sizeof(*name));
    return LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

prereq_function *prereq_live_function_of(HMODULE library, const char *name)
{
    return library ? (prereq_function *)GetProcAddress(library, name) : NULL;
}

prereq_function *prereq_live_function(const wchar_t *library, const char *name)
{
    return prereq_live_function_of(GetModuleHandleW(library), name);
}

typedef NTSTATUS(WINAPI *get_version)(OSVERSIONINFOEXW *version);
typedef NTSTATUS(WINAPI *query_system)(ULONG what, void *bytes, ULONG len, ULONG *got);

/* GetVersionEx() tells programs without a manifest a version that they know; this does not. */
static bool kernel_version(OSVERSIONINFOEXW *version)
{
    get_version get = (get_version)prereq_live_function(L"ntdll.dll", "RtlGetVersion");

    *version = (OSVERSIONINFOEXW){.dwOSVersionInfoSize = sizeof(*version)};
    return get && get(version) == 0;
}

uint32_t prereq_live_build(void)
{
    OSVERSIONINFOEXW version;

    return kernel_version(&version) ? version.dwBuildNumber : 0;
}

/* The build as text in the registry, "" when it cannot be read: collect_system.c says so then. */
static const char *registry_build(struct prereq_gather *gather)
{
    const char *build = "";

    (void)prereq_read_text(gather, CURRENT_VERSION, PREREQ_VIEW_64, "CurrentBuildNumber", &build,
                           NULL);
    return build;
}

static void compare_version(struct prereq_gather *gather)
{
    struct prereq_refusal why;
    OSVERSIONINFOEXW version;
    char build[16];
    const char *read;

    if (!kernel_version(&version)) {
        (void)prereq_refuse_error(ERROR_PROC_NOT_FOUND, "The version of the kernel", &why);
        prereq_gather_error(gather, "RtlGetVersion", &why);
        return;
    }
    (void)snprintf(build, sizeof(build), "%lu", version.dwBuildNumber);
    read = registry_build(gather);
    if (read[0] == '\0' || strcmp(read, build) == 0)
        return;
    prereq_refuse(&why, "error", NULL,
                  "The kernel that runs is %lu.%lu.%s, the registry says build %s: a restart is "
                  "due, or the registry was changed.",
                  version.dwMajorVersion, version.dwMinorVersion, build, PREREQ_CLIP(read, 40));
    prereq_gather_error(gather, "RtlGetVersion", &why);
}

/* When the kernel started, moved along when somebody sets the clock.  GetTickCount64() would not be
 * moved along. */
static void last_start_up(struct prereq_gather *gather)
{
    struct {
        LARGE_INTEGER boot, now, zone_bias;
        ULONG zone, reserved;
        ULONGLONG boot_bias, sleep_bias;
    } times;
    query_system query =
        (query_system)prereq_live_function(L"ntdll.dll", "NtQuerySystemInformation");
    struct prereq_refusal why;
    NTSTATUS status = (NTSTATUS)0xC0000002; /* not implemented */

    memset(&times, 0, sizeof(times));
    if (query)
        status = query(TIME_OF_DAY, &times, sizeof(times), NULL);
    if (status == 0 && times.boot.QuadPart > 0) {
        gather->last_start_up = prereq_time_from_filetime((uint64_t)times.boot.QuadPart);
        return;
    }
    (void)prereq_refuse_status((uint32_t)status, "The time of the last start", &why);
    prereq_gather_error(gather, "lastStartUp", &why);
}

void prereq_live_system(struct prereq_gather *gather)
{
    compare_version(gather);
    last_start_up(gather);
}

void prereq_live_extra(struct prereq_gather *gather)
{
    static void (*const parts[])(struct prereq_gather *) = {
        prereq_live_system,
        prereq_live_volumes,
        prereq_live_boot,
        prereq_live_installer,
    };

    for (size_t i = 0; i < PREREQ_COUNT(parts); i++) {
        if (prereq_gather_stopped(gather))
            return;
        prereq_gather_progress(gather, "this running Windows", i, PREREQ_COUNT(parts));
        parts[i](gather);
    }
}
