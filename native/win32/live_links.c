/* SPDX-License-Identifier: MIT */
/* live_links.c - where a path leads, found out before anything is opened there.
 *
 * Windows would follow a link to another machine while it opens a file, and log on there as whoever
 * runs this program.  So folders are looked at one by one, and those without a link remembered. */
#include <stdlib.h>
#include <string.h>

/* clang-format off: windows.h comes first. */
#include "win32/live_parts.h"
#include <winioctl.h>
/* clang-format on */

#include "collect/windows_path.h"
#include "win32/wide.h"

#define MAX_LINKS 16
#define MAX_REPARSE 16384 /* MAXIMUM_REPARSE_DATA_BUFFER_SIZE */

/* ---- folders that hold no link ---- */

static char **slot_of(struct prereq_live *live, const char *folder)
{
    return &live->folder[prereq_hash_nocase(folder) & (PREREQ_LIVE_FOLDERS - 1)];
}

static bool is_plain(struct prereq_live *live, const char *folder)
{
    char **slot = slot_of(live, folder);
    bool plain;

    AcquireSRWLockShared(&live->lock);
    plain = *slot && prereq_equal_nocase(*slot, folder);
    ReleaseSRWLockShared(&live->lock);
    return plain;
}

static void remember(struct prereq_live *live, const char *folder)
{
    char **slot = slot_of(live, folder);
    char *copy = _strdup(folder);

    AcquireSRWLockExclusive(&live->lock);
    if (copy) {
        free(*slot);
        *slot = copy;
    }
    ReleaseSRWLockExclusive(&live->lock);
}

/* ---- what the system says of one name ---- */

static enum prereq_look check_root(struct prereq_live *live, const char *root,
                                   struct prereq_refusal *why)
{
    bool is_letter = root[5] == ':';
    wchar_t *wide = prereq_wide_from_utf8(is_letter ? root + 4 : root);
    UINT type;

    if (!wide)
        return prereq_refuse_memory(why);
    type = GetDriveTypeW(wide);
    free(wide);
    if (type == DRIVE_NO_ROOT_DIR)
        return PREREQ_LOOK_ABSENT;
    /* Windows may run from a removable disk: its own drive is as good as fixed. */
    if (type == DRIVE_FIXED || type == DRIVE_RAMDISK ||
        (is_letter && prereq_starts_nocase(live->source.system_root, root + 4)))
        return PREREQ_LOOK_FOUND;
    prereq_refuse(why, "error", NULL, "The drive %s is not a local fixed one.",
                  PREREQ_CLIP(root + 4, 100));
    return PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look read_link(struct prereq_arena *scratch, const wchar_t *wide,
                                  struct prereq_link *link, struct prereq_refusal *why)
{
    unsigned char *bytes = prereq_alloc_unset(scratch, MAX_REPARSE);
    DWORD len = 0, error = ERROR_SUCCESS;
    HANDLE handle;

    if (!bytes)
        return prereq_refuse_memory(why);
    handle = CreateFileW(
        wide, FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
        OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    if (handle == INVALID_HANDLE_VALUE)
        return prereq_refuse_error(GetLastError(), "A link", why);
    if (!DeviceIoControl(handle, FSCTL_GET_REPARSE_POINT, NULL, 0, bytes, MAX_REPARSE, &len, NULL))
        error = GetLastError();
    (void)CloseHandle(handle);
    if (error != ERROR_SUCCESS)
        return prereq_refuse_error(error, "A link", why);
    return prereq_link_read(scratch, bytes, len, link, why);
}

/* The name that ends at exact[len]: FOUND, and *next is where it leads when it is a link. */
static enum prereq_look look_at(struct prereq_arena *scratch, const char *exact, size_t len,
                                const char **next, struct prereq_refusal *why)
{
    char *part = prereq_strndup(scratch, exact, len);
    wchar_t *wide = part ? prereq_wide_from_utf8(part) : NULL;
    struct prereq_link link = {0};
    DWORD attributes, error;
    enum prereq_look look = PREREQ_LOOK_FOUND;

    *next = NULL;
    if (!wide)
        return prereq_refuse_memory(why);
    attributes = GetFileAttributesW(wide);
    error = GetLastError();
    if (attributes == INVALID_FILE_ATTRIBUTES)
        look = prereq_look_of_error(error, part + 4, why);
    else if (attributes & FILE_ATTRIBUTE_REPARSE_POINT)
        look = read_link(scratch, wide, &link, why);
    free(wide);
    if (look != PREREQ_LOOK_FOUND || !(attributes & FILE_ATTRIBUTE_REPARSE_POINT))
        return look;
    if (prereq_reparse_in_place(link.tag))
        return PREREQ_LOOK_FOUND;
    return prereq_link_follow(scratch, exact, len, &link, next, why);
}

/* ---- the whole path ---- */

/* Length of the folder part: the last "\" is not part of it, but for a root's. */
static size_t folder_len(const char *exact, size_t root)
{
    size_t len = strlen(exact);

    while (len > root && exact[len - 1] != '\\')
        len--;
    return len > root ? len - 1 : root;
}

/* Walk until the first link, and *next says where it leads; NULL: there is none. */
static enum prereq_look walk(struct prereq_live *live, struct prereq_arena *scratch,
                             const char *exact, bool last_too, const char **next,
                             struct prereq_refusal *why)
{
    size_t root = prereq_windows_root(exact), end = strlen(exact), folder;
    char *part;
    enum prereq_look look;

    *next = NULL;
    folder = folder_len(exact, root);
    part = prereq_strndup(scratch, exact, folder);
    if (!part)
        return prereq_refuse_memory(why);
    if (!is_plain(live, part)) {
        char *drive = prereq_strndup(scratch, exact, root);

        if (!drive)
            return prereq_refuse_memory(why);
        look = check_root(live, drive, why);
        for (size_t at = root; look == PREREQ_LOOK_FOUND && at < folder;) {
            while (at < folder && exact[at] != '\\')
                at++;
            look = look_at(scratch, exact, at, next, why);
            if (*next)
                return look;
            at++;
        }
        if (look != PREREQ_LOOK_FOUND)
            return look;
        remember(live, part);
    }
    if (!last_too || end <= root)
        return PREREQ_LOOK_FOUND;
    return look_at(scratch, exact, end, next, why);
}

enum prereq_look prereq_live_resolve(struct prereq_live *live, struct prereq_arena *scratch,
                                     const char *path, bool last_may_be_link, const char **exact,
                                     struct prereq_refusal *why)
{
    const char *now = NULL, *next = NULL;
    enum prereq_look look = prereq_windows_path(scratch, path, &now, why);

    for (int i = 0; look == PREREQ_LOOK_FOUND && i < MAX_LINKS; i++) {
        look = walk(live, scratch, now, last_may_be_link, &next, why);
        if (look == PREREQ_LOOK_FOUND && !next) {
            *exact = now;
            return look;
        }
        if (look == PREREQ_LOOK_FOUND)
            now = next;
    }
    if (look == PREREQ_LOOK_FOUND)
        return prereq_refuse_error(ERROR_CANT_RESOLVE_FILENAME, path, why);
    return look;
}
