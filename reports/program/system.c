/* SPDX-License-Identifier: MIT */
/* system.c - the clock, the terminal and the program's own folder, on both systems. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "files/file.h"
#include "program/system.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#endif

struct prereq_time system_now(void)
{
    return prereq_time_from_seconds((int64_t)time(NULL));
}

#ifdef _WIN32

/* The C library gives the lowest number that is free, as on other systems. */
bool system_keep_standard_files(void)
{
    for (int number = 0; number < 3; number++) {
        if (_get_osfhandle(number) == -1 &&
            _wopen(L"NUL", number == 0 ? _O_WRONLY : _O_RDONLY) != number)
            return false;
    }
    return true;
}

/* In a thread of its own, while the program goes on: files are deleted that are open, and gone when
 * the program is. */
static BOOL WINAPI clean_up(DWORD event)
{
    (void)event;
    prereq_outputs_abandon();
    return FALSE; /* the next handler ends the program */
}

void system_clean_when_ended(void)
{
    (void)SetConsoleCtrlHandler(clean_up, TRUE);
}

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

/* Opened the wrong way round, so that reading or writing fails with its message and exit code: what
 * was to go to a closed standard output is not to vanish in silence. */
bool system_keep_standard_files(void)
{
    for (int number = 0; number < 3; number++) {
        int flags = number == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        int opened;

        if (fcntl(number, F_GETFD) != -1 || errno != EBADF)
            continue;
        opened = open("/dev/null", flags);
        if (opened < 0)
            opened = open("/", O_RDONLY); /* no /dev: a folder cannot be read or written, too */
        if (opened != number)
            return false;
    }
    return true;
}

static void clean_up(int signal_number)
{
    prereq_outputs_abandon();
    /* It is the default action again (SA_RESETHAND), and comes when this handler returns. */
    (void)raise(signal_number);
}

void system_clean_when_ended(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};
    struct sigaction action = {.sa_handler = clean_up}, before;

    action.sa_flags = (int)SA_RESETHAND;
    (void)sigfillset(&action.sa_mask); /* one of them is enough */
    for (size_t i = 0; i < PREREQ_COUNT(numbers); i++) {
        /* nohup ignores one of them. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            (void)sigaction(numbers[i], &action, NULL);
    }
}

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
