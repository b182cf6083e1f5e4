/* SPDX-License-Identifier: MIT */
/* pieces_loaded.c - whether a process still serves a DLL from before the last upgrade. */
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <tlhelp32.h>

#include "files/file.h"
#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define SECONDS_1601_TO_1970 11644473600LL

static struct prereq_time time_of(const FILETIME *time)
{
    uint64_t ticks = (uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime;

    return prereq_time_from_seconds((int64_t)(ticks / 10000000) - SECONDS_1601_TO_1970);
}

/* When the file was put there: its time of writing is that of the build. */
static struct prereq_time put_time(const wchar_t *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data))
        return (struct prereq_time){0};
    return time_of(&data.ftCreationTime);
}

static struct prereq_time start_time(DWORD process)
{
    FILETIME created, other[3];
    HANDLE handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process);
    struct prereq_time time = {0};

    if (handle && GetProcessTimes(handle, &created, &other[0], &other[1], &other[2]))
        time = time_of(&created);
    if (handle)
        (void)CloseHandle(handle);
    return time;
}

static bool has_module(DWORD process, const wchar_t *name)
{
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, process);
    MODULEENTRY32W module = {.dwSize = sizeof(module)};
    bool found = false;

    if (list == INVALID_HANDLE_VALUE)
        return false;
    for (BOOL more = Module32FirstW(list, &module); more && !found;
         more = Module32NextW(list, &module))
        found = _wcsicmp(module.szModule, name) == 0;
    (void)CloseHandle(list);
    return found;
}

/* Of all processes that WMI runs providers in. */
static void look_at_hosts(const wchar_t *dll, struct prereq_piece_result *result)
{
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W process = {.dwSize = sizeof(process)};
    const wchar_t *name = wcsrchr(dll, L'\\') + 1;
    struct prereq_time put = put_time(dll);

    if (list == INVALID_HANDLE_VALUE) {
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "processes cannot be listed (%lu)",
                         (unsigned long)GetLastError());
        return;
    }
    prereq_piece_say(result, PREREQ_PIECE_GOOD, "none is loaded");
    for (BOOL more = Process32FirstW(list, &process); more && result->verdict == PREREQ_PIECE_GOOD;
         more = Process32NextW(list, &process)) {
        if (_wcsicmp(process.szExeFile, L"wmiprvse.exe") == 0 &&
            has_module(process.th32ProcessID, name))
            prereq_piece_check_loaded(start_time(process.th32ProcessID), put, process.th32ProcessID,
                                      result);
    }
    (void)CloseHandle(list);
}

/* A file that runs cannot be opened for writing. */
static bool runs(const char *path)
{
    wchar_t *wide = prereq_wide_from_utf8(path);
    HANDLE file = wide ? CreateFileW(wide, GENERIC_WRITE,
                                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                     OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, NULL)
                       : INVALID_HANDLE_VALUE;
    DWORD code = GetLastError();

    free(wide);
    if (file != INVALID_HANDLE_VALUE) {
        (void)CloseHandle(file);
        return false;
    }
    return code == ERROR_SHARING_VIOLATION;
}

void prereq_installation_look_old_dll(struct prereq_installation *machine,
                                      struct prereq_piece_result *result)
{
    const char *dll = prereq_printf(machine->arena, "%s\\" PREREQ_PIECE_DLL_FILE, machine->home);
    wchar_t *wide = dll ? prereq_wide_from_utf8(dll) : NULL;
    const char **names = NULL;
    size_t count = 0;
    struct prereq_error err = {0};

    if (!wide) {
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "no memory");
        return;
    }
    look_at_hosts(wide, result);
    free(wide);
    if (!prereq_is_folder(machine->home) ||
        prereq_folder_list(machine->arena, machine->home, &names, &count, &err) != PREREQ_OK)
        return;
    for (size_t i = 0; i < count && result->verdict == PREREQ_PIECE_GOOD; i++) {
        const char *path = prereq_printf(machine->arena, "%s\\%s", machine->home, names[i]);

        if (path && prereq_starts_nocase(names[i], PREREQ_PIECE_DLL_FILE ".old-") && runs(path))
            prereq_piece_say(result, PREREQ_PIECE_WRONG,
                             "%s is still in use; it goes at the next restart", path);
    }
}
