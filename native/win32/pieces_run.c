/* SPDX-License-Identifier: MIT */
/* pieces_run.c - run a program of Windows by its full path, and say what it printed when it fails.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define MOST_SECONDS 300
#define KEPT 400 /* bytes of what it printed */

/* What it printed: not through a pipe, which whatever it started in turn would keep open. */
static void read_output(HANDLE file, char *kept)
{
    DWORD used = 0;

    if (SetFilePointer(file, 0, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER ||
        !ReadFile(file, kept, KEPT - 1, &used, NULL))
        used = 0;
    kept[used] = 0;
    while (used > 0 && (unsigned char)kept[used - 1] <= ' ')
        kept[--used] = 0;
    for (DWORD i = 0; i < used; i++) {
        if ((unsigned char)kept[i] < ' ' || (unsigned char)kept[i] > '~')
            kept[i] = ' ';
    }
}

/* A file that the program inherits, gone when it is closed. */
static HANDLE open_output(void)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    wchar_t folder[MAX_PATH], path[MAX_PATH];
    DWORD len = GetTempPathW(PREREQ_COUNT(folder), folder);

    if (len == 0 || len >= PREREQ_COUNT(folder) || !GetTempFileNameW(folder, L"pp", 0, path))
        return INVALID_HANDLE_VALUE;
    return CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, &inherited, CREATE_ALWAYS,
                       FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static DWORD wait_for(HANDLE process, DWORD *code)
{
    if (WaitForSingleObject(process, MOST_SECONDS * 1000) != WAIT_OBJECT_0) {
        (void)TerminateProcess(process, 1);
        return ERROR_TIMEOUT;
    }
    return GetExitCodeProcess(process, code) ? ERROR_SUCCESS : GetLastError();
}

static DWORD start(const wchar_t *path, wchar_t *line, DWORD *code, char *kept)
{
    STARTUPINFOW how = {.cb = sizeof(how), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION made = {0};
    HANDLE output = open_output();
    DWORD result;

    if (output == INVALID_HANDLE_VALUE)
        return GetLastError();
    how.hStdOutput = output;
    how.hStdError = output;
    result = CreateProcessW(path, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &how, &made)
                 ? ERROR_SUCCESS
                 : GetLastError();
    if (result == ERROR_SUCCESS) {
        result = wait_for(made.hProcess, code);
        read_output(output, kept);
        (void)CloseHandle(made.hThread);
        (void)CloseHandle(made.hProcess);
    }
    (void)CloseHandle(output);
    return result;
}

enum prereq_status prereq_installation_run(struct prereq_installation *machine, const char *program,
                                           const char *arguments, struct prereq_error *err)
{
    wchar_t system[MAX_PATH];
    UINT len = GetSystemDirectoryW(system, PREREQ_COUNT(system));
    char *folder = len && len < PREREQ_COUNT(system) ? prereq_utf8_from_wide(system) : NULL;
    const char *path = folder ? prereq_printf(machine->arena, "%s\\%s", folder, program) : NULL;
    const char *line = path ? prereq_printf(machine->arena, "\"%s\" %s", path, arguments) : NULL;
    wchar_t *wide_path = line ? prereq_wide_from_utf8(path) : NULL;
    wchar_t *wide_line = line ? prereq_wide_from_utf8(line) : NULL;
    char kept[KEPT] = "";
    DWORD code = 0;
    DWORD result =
        wide_path && wide_line ? start(wide_path, wide_line, &code, kept) : ERROR_OUTOFMEMORY;

    free(wide_line);
    free(wide_path);
    free(folder);
    if (result != ERROR_SUCCESS)
        return prereq_piece_failed(err, program, result);
    if (code != 0)
        return prereq_fail(err, PREREQ_IO, "%s ended with %lu: %s", program, (unsigned long)code,
                           kept[0] ? kept : "it said nothing");
    return PREREQ_OK;
}
