/* SPDX-License-Identifier: MIT */
/* file_system.c - file_system.h for Windows: UTF-16 paths, no ANSI functions. */
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <wchar.h>
#include <windows.h>

#include "files/file_system.h"
#include "win32/rights.h"
#include "win32/trusted_file.h"
#include "win32/wide.h"

static int errno_from_windows(DWORD code)
{
    switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
        return ENOENT;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
        return EACCES;
    case ERROR_ALREADY_EXISTS:
    case ERROR_FILE_EXISTS:
        return EEXIST;
    case ERROR_DISK_FULL:
        return ENOSPC;
    case ERROR_DIRECTORY:
        return ENOTDIR;
    default:
        return EIO;
    }
}

const char prereq_system_separators[] = "\\/:";

/* Folders of 248 units and more, and files of 260, need an absolute path with a prefix. */
#define PLAIN_UNITS 240

static bool has_prefix(const wchar_t *path, const wchar_t *prefix)
{
    return wcsncmp(path, prefix, wcslen(prefix)) == 0;
}

/* `full`, absolute, with the prefix; malloc()ed. */
static wchar_t *with_prefix(const wchar_t *full)
{
    bool share = has_prefix(full, L"\\\\");
    const wchar_t *prefix = share ? L"\\\\?\\UNC" : L"\\\\?\\";
    const wchar_t *rest = share ? full + 1 : full;
    size_t size = wcslen(prefix) + wcslen(rest) + 1;
    wchar_t *exact = malloc(size * sizeof(*exact));

    if (exact)
        (void)swprintf(exact, size, L"%ls%ls", prefix, rest);
    else
        errno = ENOMEM;
    return exact;
}

/* The path for Windows, malloc()ed, of any length; NULL with errno. */
static wchar_t *wide_path(const char *path)
{
    wchar_t *wide = prereq_wide_from_utf8(path);
    wchar_t *full = NULL, *exact = NULL;
    DWORD size = wide ? GetFullPathNameW(wide, 0, NULL, NULL) : 0;

    if (size < PLAIN_UNITS || has_prefix(wide, L"\\\\?\\") || has_prefix(wide, L"\\\\.\\"))
        return wide;
    full = malloc((size_t)size * sizeof(*full));
    if (!full)
        errno = ENOMEM;
    else if (GetFullPathNameW(wide, size, full, NULL) >= size)
        errno = ENOENT; /* the folder we are in has changed */
    else
        exact = with_prefix(full);
    free(full);
    free(wide);
    return exact;
}

static bool look_at(const char *path, WIN32_FILE_ATTRIBUTE_DATA *data)
{
    wchar_t *wide = wide_path(path);
    bool found = wide && GetFileAttributesExW(wide, GetFileExInfoStandard, data);

    free(wide);
    return found;
}

enum prereq_system_kind prereq_system_kind(const char *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!look_at(path, &data))
        return PREREQ_KIND_NONE;
    if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
        return PREREQ_KIND_FOLDER;
    return data.dwFileAttributes & FILE_ATTRIBUTE_DEVICE ? PREREQ_KIND_OTHER : PREREQ_KIND_FILE;
}

struct prereq_time prereq_system_time(const char *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    uint64_t ticks;

    if (!look_at(path, &data))
        return (struct prereq_time){0};
    /* 100 ns since 1601; 11,644,473,600 s lie between that and 1970. */
    ticks =
        (uint64_t)data.ftLastWriteTime.dwHighDateTime << 32 | data.ftLastWriteTime.dwLowDateTime;
    return prereq_time_from_seconds((int64_t)(ticks / 10000000) - 11644473600);
}

bool prereq_system_is_link(const char *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    return look_at(path, &data) && (data.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT);
}

FILE *prereq_system_open(const char *path, const char *mode)
{
    wchar_t *wide = wide_path(path);
    wchar_t *wide_mode = prereq_wide_from_utf8(mode);
    FILE *file = wide && wide_mode ? _wfopen(wide, wide_mode) : NULL;

    free(wide_mode);
    free(wide);
    return file;
}

static FILE *open_descriptor(int descriptor, const char *mode)
{
    FILE *file;

    if (descriptor < 0)
        return NULL;
    file = _fdopen(descriptor, mode);
    if (!file)
        (void)_close(descriptor);
    return file;
}

/* A descriptor of the C library for a new file; -1 with errno. */
static int create_file(const wchar_t *wide, enum prereq_rights rights, const wchar_t *like)
{
    HANDLE file =
        like ? prereq_rights_create_like(wide, like) : prereq_rights_create_file(wide, rights);
    int descriptor;

    if (file == INVALID_HANDLE_VALUE) {
        errno = errno_from_windows(GetLastError());
        return -1;
    }
    descriptor = _open_osfhandle((intptr_t)file, _O_WRONLY | _O_BINARY | _O_NOINHERIT);
    if (descriptor < 0)
        (void)CloseHandle(file);
    return descriptor;
}

void prereq_system_hold_signals(void)
{
}

void prereq_system_release_signals(void)
{
}

FILE *prereq_system_create(const char *path, enum prereq_rights rights, const char *like)
{
    wchar_t *wide = wide_path(path);
    wchar_t *wide_like = like ? wide_path(like) : NULL;
    int descriptor = wide && (!like || wide_like) ? create_file(wide, rights, wide_like) : -1;

    free(wide_like);
    free(wide);
    return open_descriptor(descriptor, "wb");
}

/* A file that is renamed must be closed before. */
int prereq_system_hold(FILE *file)
{
    (void)file;
    return -1;
}

void prereq_system_let_go(int held)
{
    (void)held;
}

/* Between closing and renaming nobody has an output open, for milliseconds. */
#define YOUNG_SECONDS 3600

static bool is_young(const WIN32_FILE_ATTRIBUTE_DATA *data)
{
    FILETIME now;
    uint64_t at =
        (uint64_t)data->ftLastWriteTime.dwHighDateTime << 32 | data->ftLastWriteTime.dwLowDateTime;
    uint64_t ticks;

    GetSystemTimeAsFileTime(&now);
    ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    return at > ticks || ticks - at < (uint64_t)YOUNG_SECONDS * 10000000;
}

/* Sharing nothing, it cannot be opened while another program has it open. */
void prereq_system_remove_stale(const char *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    wchar_t *wide = NULL;
    HANDLE file;

    if (!look_at(path, &data) || is_young(&data) ||
        (data.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)))
        return;
    wide = wide_path(path);
    if (!wide)
        return;
    file = CreateFileW(wide, DELETE, 0, NULL, OPEN_EXISTING,
                       FILE_FLAG_DELETE_ON_CLOSE | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    free(wide);
    if (file != INVALID_HANDLE_VALUE)
        (void)CloseHandle(file);
}

/* "D": Windows removes the file when its last handle is closed. */
FILE *prereq_system_temporary(void)
{
    wchar_t folder[MAX_PATH + 1], path[MAX_PATH + 1];

    if (!GetTempPathW(MAX_PATH + 1, folder) || !GetTempFileNameW(folder, L"ppq", 0, path)) {
        errno = errno_from_windows(GetLastError());
        return NULL;
    }
    return _wfopen(path, L"w+bTD");
}

void prereq_system_binary(FILE *file)
{
    (void)_setmode(_fileno(file), _O_BINARY);
}

enum prereq_status prereq_system_check_secret(FILE *file, struct prereq_error *err)
{
    return prereq_trusted_judge_secret((HANDLE)_get_osfhandle(_fileno(file)), err);
}

int prereq_system_flush(FILE *file)
{
    if (fflush(file) != 0)
        return -1;
    return _commit(_fileno(file));
}

/* Links need rights on Windows that few have; they are replaced like files. */
char *prereq_system_target(const char *path)
{
    return _strdup(path);
}

/* A file that somebody has open at the moment cannot be replaced, however he opened it: readers of
 * our documents have them open for milliseconds, scanners for viruses somewhat longer. */
static int move_patiently(const wchar_t *from, const wchar_t *to, DWORD flags)
{
    for (int tries = 100;; tries--) {
        DWORD code;

        if (MoveFileExW(from, to, flags))
            return 0;
        code = GetLastError();
        if (tries == 0 || (code != ERROR_ACCESS_DENIED && code != ERROR_SHARING_VIOLATION)) {
            errno = errno_from_windows(code);
            return -1;
        }
        Sleep(20);
    }
}

static int move(const char *from, const char *to, DWORD flags)
{
    wchar_t *wide_from = wide_path(from);
    wchar_t *wide_to = wide_path(to);
    int result = -1;

    if (!wide_from || !wide_to)
        goto done;
    result = move_patiently(wide_from, wide_to, flags | MOVEFILE_WRITE_THROUGH);
done:
    free(wide_to);
    free(wide_from);
    return result;
}

int prereq_system_replace(const char *from, const char *to)
{
    return move(from, to, MOVEFILE_REPLACE_EXISTING);
}

int prereq_system_place(const char *from, const char *to)
{
    return move(from, to, 0);
}

int prereq_system_remove(const char *path)
{
    wchar_t *wide = wide_path(path);
    int result = wide ? _wremove(wide) : -1;

    free(wide);
    return result;
}

int prereq_system_remove_folder(const char *path)
{
    wchar_t *wide = wide_path(path);
    int result = wide ? _wrmdir(wide) : -1;

    free(wide);
    return result;
}

int prereq_system_make_folder(const char *path, enum prereq_rights rights)
{
    wchar_t *wide = wide_path(path);
    int result = -1;

    if (wide && prereq_rights_make_folder(wide, rights))
        result = 0;
    else if (wide)
        errno = errno_from_windows(GetLastError());
    free(wide);
    return result;
}

/* Nobody else may open the file while the handle is there; Windows closes it with the program. */
int prereq_system_lock(const char *path, void **held)
{
    wchar_t *wide = wide_path(path);
    HANDLE file;
    DWORD code;

    if (!wide)
        return -1;
    file = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_ALWAYS,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    code = GetLastError();
    free(wide);
    if (file == INVALID_HANDLE_VALUE) {
        errno = code == ERROR_SHARING_VIOLATION ? EAGAIN : errno_from_windows(code);
        return -1;
    }
    *held = file;
    return 0;
}

void prereq_system_unlock(void *held)
{
    (void)CloseHandle(held);
}

/* A name that is being deleted is refused to everybody for a moment, and not as one that is held.
 */
void prereq_system_unlock_remove(const char *path, void *held)
{
    (void)path;
    prereq_system_unlock(held);
}

void prereq_system_sleep(unsigned milliseconds)
{
    Sleep(milliseconds);
}

unsigned long prereq_system_process(void)
{
    return GetCurrentProcessId();
}

/* path\* as UTF-16, malloc()ed. */
static wchar_t *search_pattern(const char *path)
{
    size_t size = strlen(path) + sizeof("\\*");
    char *pattern = malloc(size);
    wchar_t *wide = NULL;

    if (pattern) {
        (void)snprintf(pattern, size, "%s\\*", path);
        wide = wide_path(pattern);
    }
    free(pattern);
    return wide;
}

static bool give_name(const wchar_t *wide, prereq_system_name *each, void *context, bool *more)
{
    char *name;

    if (wcscmp(wide, L".") == 0 || wcscmp(wide, L"..") == 0)
        return true;
    name = prereq_utf8_from_wide(wide);
    if (!name)
        return false;
    *more = each(context, name);
    free(name);
    return true;
}

int prereq_system_list(const char *path, prereq_system_name *each, void *context)
{
    wchar_t *pattern = search_pattern(path);
    HANDLE search = INVALID_HANDLE_VALUE;
    WIN32_FIND_DATAW found;
    bool more = true;
    int result = -1;

    if (!pattern)
        goto done;
    search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) {
        errno = errno_from_windows(GetLastError());
        goto done;
    }
    do {
        if (!give_name(found.cFileName, each, context, &more))
            goto done;
    } while (more && FindNextFileW(search, &found));
    if (more && GetLastError() != ERROR_NO_MORE_FILES)
        errno = errno_from_windows(GetLastError());
    else
        result = 0;
done:
    if (search != INVALID_HANDLE_VALUE)
        (void)FindClose(search);
    free(pattern);
    return result;
}
