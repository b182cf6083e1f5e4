/* SPDX-License-Identifier: MIT */
/* violations.c - counting and telling what a provider did wrong. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include "violations.h"

static const struct {
    const char *name;
    const char *meaning;
} table[] = {
#define X(name, meaning) {#name, meaning},
    TOM_VIOLATIONS(X)
#undef X
};

static LONG counts[TOM_VIOLATION_COUNT];
static char text[16384];
static SRWLOCK lock = SRWLOCK_INIT;

static void write_log(const char *line)
{
    WCHAR path[MAX_PATH];
    DWORD written;
    HANDLE file;

    if (!GetEnvironmentVariableW(L"TOM_LOG", path, MAX_PATH))
        return;
    file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return;
    WriteFile(file, line, (DWORD)strlen(line), &written, NULL);
    CloseHandle(file);
}

void tom_violate(enum tom_violation violation, const char *fmt, ...)
{
    char line[512];
    size_t len;
    va_list args;

    InterlockedIncrement(&counts[violation]);
    snprintf(line, sizeof(line), "%s: %s: ", table[violation].name, table[violation].meaning);
    len = strlen(line);
    va_start(args, fmt);
    vsnprintf(line + len, sizeof(line) - len - 1, fmt, args);
    va_end(args);
    strcat(line, "\n");
    AcquireSRWLockExclusive(&lock);
    if (strlen(text) + strlen(line) < sizeof(text))
        strcat(text, line);
    ReleaseSRWLockExclusive(&lock);
    write_log(line);
}

const char *tom_violation_name(enum tom_violation violation)
{
    return table[violation].name;
}

size_t tom_violation_count(enum tom_violation violation)
{
    return (size_t)counts[violation];
}

size_t tom_violation_total(void)
{
    size_t total = 0;

    for (size_t i = 0; i < TOM_VIOLATION_COUNT; i++)
        total += (size_t)counts[i];
    return total;
}

const char *tom_violation_text(void)
{
    return text;
}

void tom_violations_forget(void)
{
    AcquireSRWLockExclusive(&lock);
    memset(counts, 0, sizeof(counts));
    text[0] = '\0';
    ReleaseSRWLockExclusive(&lock);
}
