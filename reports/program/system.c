/* SPDX-License-Identifier: MIT */
/* system.c - the clock, the terminal and the program's own folder, on both systems. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "program/system.h"

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <unistd.h>
#endif

struct prereq_time system_now(void)
{
    return prereq_time_from_seconds((int64_t)time(NULL));
}

#ifdef _WIN32

uint64_t system_milliseconds(void)
{
    return GetTickCount64();
}

void system_sleep(unsigned milliseconds)
{
    Sleep(milliseconds);
}

bool system_messages_on_terminal(void)
{
    return _isatty(_fileno(stderr)) != 0;
}

const char *system_program_folder(struct prereq_arena *arena)
{
    wchar_t wide[1024];
    char path[4096];
    DWORD len = GetModuleFileNameW(NULL, wide, PREREQ_COUNT(wide));
    char *end;

    if (len == 0 || len >= PREREQ_COUNT(wide))
        return NULL;
    if (!WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide, -1, path, sizeof(path), NULL,
                             NULL))
        return NULL;
    end = strrchr(path, '\\');
    return end ? prereq_strndup(arena, path, (size_t)(end - path)) : NULL;
}

#else

uint64_t system_milliseconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void system_sleep(unsigned milliseconds)
{
    struct timespec time = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};

    (void)nanosleep(&time, NULL);
}

bool system_messages_on_terminal(void)
{
    return isatty(STDERR_FILENO) == 1;
}

const char *system_program_folder(struct prereq_arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *end;

    if (len <= 0 || (size_t)len >= sizeof(path) - 1)
        return NULL;
    path[len] = '\0';
    end = strrchr(path, '/');
    return end ? prereq_strndup(arena, path, (size_t)(end - path)) : NULL;
}

#endif
