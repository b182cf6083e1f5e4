/* SPDX-License-Identifier: MIT */
/* live_files.c - files and folders of the running Windows: read, never blocked, never blocking.
 *
 * Every share mode is granted, so that nobody who wants to write or delete is kept from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win32/live_parts.h"
#include "win32/wide.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define SCRATCH_LIMIT ((size_t)4 * 1024 * 1024)

static HANDLE handle_of(struct prereq_handle *handle)
{
    return (HANDLE)(void *)handle;
}

static struct prereq_time time_of(FILETIME filetime)
{
    uint64_t ticks = (uint64_t)filetime.dwHighDateTime << 32 | filetime.dwLowDateTime;

    if (ticks == 0 || ticks > INT64_MAX)
        return (struct prereq_time){0};
    return prereq_time_from_seconds((int64_t)(ticks / 10000000) - INT64_C(11644473600));
}

static enum prereq_look refuse_path(DWORD error, const char *kind, const char *path,
                                    struct prereq_refusal *why)
{
    char what[1100];

    (void)snprintf(what, sizeof(what), "The %s %s", kind, PREREQ_CLIP(path, 150));
    return prereq_look_of_error(error, what, why);
}

/* Error of opening the last name of an exact path, itself and not where it leads. */
static DWORD open_exact(const char *exact, DWORD flags, HANDLE *handle,
                        BY_HANDLE_FILE_INFORMATION *info)
{
    wchar_t *wide = prereq_wide_from_utf8(exact);
    DWORD error = ERROR_SUCCESS;
    bool opened;

    if (!wide)
        return ERROR_NOT_ENOUGH_MEMORY;
    *handle = CreateFileW(wide, FILE_READ_DATA | FILE_READ_ATTRIBUTES, SHARE_ALL, NULL,
                          OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | flags, NULL);
    opened = *handle != INVALID_HANDLE_VALUE;
    if (opened && GetFileType(*handle) != FILE_TYPE_DISK)
        error = ERROR_NOT_SUPPORTED;
    else if (!opened || !GetFileInformationByHandle(*handle, info))
        error = GetLastError();
    if (error != ERROR_SUCCESS && opened)
        (void)CloseHandle(*handle);
    free(wide);
    return error;
}

/* Opened as what it is; when it proves to be a link, *is_link and nothing is open. */
static DWORD open_checked(const char *exact, HANDLE *handle, BY_HANDLE_FILE_INFORMATION *info,
                          bool *is_link)
{
    DWORD error = open_exact(exact, FILE_FLAG_OPEN_REPARSE_POINT, handle, info);

    *is_link = false;
    if (error != ERROR_SUCCESS || !(info->dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT))
        return error;
    (void)CloseHandle(*handle);
    *is_link = true;
    return ERROR_SUCCESS;
}

static void fill(const BY_HANDLE_FILE_INFORMATION *info, HANDLE handle, struct prereq_file *file)
{
    *file = (struct prereq_file){
        .handle = (struct prereq_handle *)(void *)handle,
        .size = (uint64_t)info->nFileSizeHigh << 32 | info->nFileSizeLow,
        .modified = time_of(info->ftLastWriteTime),
        .created = time_of(info->ftCreationTime),
    };
    if (!(info->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY))
        return;
    (void)CloseHandle(handle);
    file->handle = NULL;
    file->size = 0;
    file->is_folder = true;
}

static enum prereq_look open_path(struct prereq_live *live, struct prereq_arena *scratch,
                                  const char *path, struct prereq_file *file,
                                  struct prereq_refusal *why)
{
    BY_HANDLE_FILE_INFORMATION info = {0};
    const char *exact;
    bool is_link;
    HANDLE handle = INVALID_HANDLE_VALUE;
    DWORD error;
    enum prereq_look look = prereq_live_resolve(live, scratch, path, false, &exact, why);

    if (look != PREREQ_LOOK_FOUND)
        return look;
    error = open_checked(exact, &handle, &info, &is_link);
    if (error == ERROR_SUCCESS && is_link) {
        look = prereq_live_resolve(live, scratch, path, true, &exact, why);
        if (look != PREREQ_LOOK_FOUND)
            return look;
        /* What is a reparse point still is read in place: compressed or deduplicated. */
        error = open_exact(exact, 0, &handle, &info);
    }
    if (error != ERROR_SUCCESS)
        return refuse_path(error, "file", path, why);
    fill(&info, handle, file);
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_live_file_open(struct prereq_source *source, const char *path,
                                       struct prereq_file *file, struct prereq_refusal *why)
{
    struct prereq_arena *scratch = prereq_arena_new(SCRATCH_LIMIT);
    enum prereq_look look;

    if (!scratch)
        return prereq_refuse_memory(why);
    look = open_path(prereq_live_of(source), scratch, path, file, why);
    prereq_arena_free(scratch);
    return look;
}

enum prereq_look prereq_live_file_read(struct prereq_source *source, struct prereq_handle *handle,
                                       uint64_t offset, void *bytes, size_t len, size_t *got,
                                       struct prereq_refusal *why)
{
    size_t read = 0;

    (void)source;
    while (read < len) {
        uint64_t at = offset + read;
        OVERLAPPED place = {.Offset = (DWORD)(at & 0xFFFFFFFF), .OffsetHigh = (DWORD)(at >> 32)};
        DWORD want = len - read > 0x10000000 ? 0x10000000 : (DWORD)(len - read);
        DWORD now = 0;

        if (!ReadFile(handle_of(handle), (char *)bytes + read, want, &now, &place)) {
            DWORD error = GetLastError();

            if (error != ERROR_HANDLE_EOF)
                return prereq_refuse_error(error, "A part of a file", why);
            now = 0;
        }
        if (now == 0)
            break;
        read += now;
    }
    *got = read;
    return PREREQ_LOOK_FOUND;
}

void prereq_live_file_close(struct prereq_source *source, struct prereq_handle *handle)
{
    (void)source;
    (void)CloseHandle(handle_of(handle));
}

static bool is_dots(const wchar_t *name)
{
    return wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0;
}

static enum prereq_look read_search(HANDLE search, WIN32_FIND_DATAW *found,
                                    struct prereq_name_list *list, struct prereq_refusal *why)
{
    do {
        enum prereq_look look = PREREQ_LOOK_FOUND;

        if (!is_dots(found->cFileName))
            look = prereq_live_add_name(list, found->cFileName, wcslen(found->cFileName), why);
        if (look != PREREQ_LOOK_FOUND)
            return look;
    } while (FindNextFileW(search, found));
    if (GetLastError() != ERROR_NO_MORE_FILES)
        return prereq_refuse_error(GetLastError(), "The rest of a folder", why);
    return PREREQ_LOOK_FOUND;
}

static enum prereq_look list_folder(const char *exact, const char *path,
                                    struct prereq_name_list *list, struct prereq_refusal *why)
{
    const char *end = exact[strlen(exact) - 1] == '\\' ? "*" : "\\*";
    char *pattern = prereq_printf(list->arena, "%s%s", exact, end);
    wchar_t *wide = pattern ? prereq_wide_from_utf8(pattern) : NULL;
    WIN32_FIND_DATAW found;
    HANDLE search;
    DWORD error;
    enum prereq_look look;

    if (!wide)
        return prereq_refuse_memory(why);
    search = FindFirstFileExW(wide, FindExInfoBasic, &found, FindExSearchNameMatch, NULL,
                              FIND_FIRST_EX_LARGE_FETCH);
    error = GetLastError();
    free(wide);
    if (search == INVALID_HANDLE_VALUE) {
        /* "*" fits nothing: the root of an empty volume, which has no dots. */
        if (error == ERROR_FILE_NOT_FOUND && end[0] == '*')
            return PREREQ_LOOK_FOUND;
        return refuse_path(error, "folder", path, why);
    }
    look = read_search(search, &found, list, why);
    (void)FindClose(search);
    return look;
}

enum prereq_look prereq_live_folder_names(struct prereq_source *source, const char *path,
                                          struct prereq_arena *arena, struct prereq_names *names,
                                          struct prereq_refusal *why)
{
    struct prereq_name_list list = {.arena = arena};
    const char *exact;
    enum prereq_look look =
        prereq_live_resolve(prereq_live_of(source), arena, path, true, &exact, why);

    if (look == PREREQ_LOOK_FOUND)
        look = list_folder(exact, path, &list, why);
    if (look == PREREQ_LOOK_FOUND)
        *names = list.names;
    return look;
}
