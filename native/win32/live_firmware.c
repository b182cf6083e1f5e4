/* SPDX-License-Identifier: MIT */
/* live_firmware.c - variables of the UEFI firmware, read and nothing else.
 *
 * Windows wants SeSystemEnvironmentPrivilege for it, which even SYSTEM holds switched off.  It is
 * switched on where it is held, for this one call, and put back as it was. */
#include "win32/live_parts.h"

#define FIRST_ROOM (32 * 1024)
#define MAX_ROOM (1024 * 1024)

/* Switches the privilege; *before is what to put back.  False: the account does not hold it. */
static bool switch_on(HANDLE token, TOKEN_PRIVILEGES *before)
{
    TOKEN_PRIVILEGES wanted = {.PrivilegeCount = 1};
    DWORD len = sizeof(*before);

    if (!LookupPrivilegeValueW(NULL, L"SeSystemEnvironmentPrivilege", &wanted.Privileges[0].Luid))
        return false;
    wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    before->PrivilegeCount = 0;
    return AdjustTokenPrivileges(token, FALSE, &wanted, sizeof(*before), before, &len) &&
           GetLastError() == ERROR_SUCCESS;
}

/* Bytes of the variable in *bytes; the error of the last call. */
static DWORD read_variable(struct prereq_arena *arena, const wchar_t *name, const wchar_t *vendor,
                           const unsigned char **bytes, size_t *len)
{
    DWORD error = ERROR_INSUFFICIENT_BUFFER;

    for (DWORD room = FIRST_ROOM; room <= MAX_ROOM && error == ERROR_INSUFFICIENT_BUFFER;
         room *= 2) {
        unsigned char *place = prereq_alloc_unset(arena, room);
        DWORD got;

        if (!place)
            return ERROR_NOT_ENOUGH_MEMORY;
        SetLastError(ERROR_SUCCESS);
        got = GetFirmwareEnvironmentVariableW(name, vendor, place, room);
        error = GetLastError();
        if (got > 0) {
            *bytes = place;
            *len = got;
            return ERROR_SUCCESS;
        }
        if (error == ERROR_SUCCESS)
            error = ERROR_ENVVAR_NOT_FOUND; /* an empty one */
    }
    return error;
}

enum prereq_look prereq_live_firmware(struct prereq_arena *arena, const wchar_t *name,
                                      const wchar_t *vendor, const unsigned char **bytes,
                                      size_t *len, struct prereq_refusal *why)
{
    TOKEN_PRIVILEGES before = {0};
    HANDLE token = NULL;
    bool switched = false;
    DWORD error;

    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token))
        switched = switch_on(token, &before);
    error = read_variable(arena, name, vendor, bytes, len);
    if (switched && before.PrivilegeCount > 0)
        (void)AdjustTokenPrivileges(token, FALSE, &before, sizeof(before), NULL, NULL);
    if (token)
        (void)CloseHandle(token);
    if (error == ERROR_INVALID_FUNCTION) /* a BIOS */
        return PREREQ_LOOK_ABSENT;
    return prereq_look_of_error(error, "A variable of the firmware", why);
}
