/* SPDX-License-Identifier: MIT */
/* trusted_file.c - the facts that a file is judged by, from its open handle. */
#include "win32/trusted_file.h"

#include <aclapi.h>
#include <stdlib.h>
#include <string.h>

#include "win32/settings.h"

/* A list of rights has at most 64 KiB; the longest path, 64 KiB twice. */
#define MEMORY ((size_t)4 << 20)
#define PATH_UNITS ((size_t)32768)

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "cannot be judged: not enough memory");
}

HANDLE prereq_trusted_open(const wchar_t *path)
{
    return CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING,
                       FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

/* ---- where it lies ---- */

/* Without \\?\, which GetFinalPathNameByHandleW puts before every path. */
static const wchar_t *plain(const wchar_t *path)
{
    return wcsncmp(path, L"\\\\?\\", 4) == 0 ? path + 4 : path;
}

static enum prereq_trust_drive drive_of(const wchar_t *final)
{
    const wchar_t *at = plain(final);
    wchar_t root[] = L"?:\\";

    if (_wcsnicmp(at, L"UNC\\", 4) == 0 || wcsncmp(at, L"\\\\", 2) == 0)
        return PREREQ_DRIVE_REMOTE;
    if (!at[0] || at[1] != L':')
        return PREREQ_DRIVE_UNKNOWN;
    root[0] = at[0];
    switch (GetDriveTypeW(root)) {
    case DRIVE_FIXED:
        return PREREQ_DRIVE_FIXED;
    case DRIVE_REMOVABLE:
        return PREREQ_DRIVE_REMOVABLE;
    case DRIVE_REMOTE:
        return PREREQ_DRIVE_REMOTE;
    case DRIVE_CDROM:
    case DRIVE_RAMDISK:
        return PREREQ_DRIVE_OTHER;
    default:
        return PREREQ_DRIVE_UNKNOWN;
    }
}

/* Whether the handle is of another place than the path says: a folder on the way is a junction or a
 * link.  Short names are no such thing. */
static bool leads_elsewhere(const wchar_t *final, const wchar_t *path, wchar_t *full,
                            wchar_t *lengthy)
{
    DWORD len = GetFullPathNameW(path, (DWORD)PATH_UNITS, full, NULL);

    if (len == 0 || len >= PATH_UNITS)
        return true;
    len = GetLongPathNameW(full, lengthy, (DWORD)PATH_UNITS);
    if (len == 0 || len >= PATH_UNITS)
        return true;
    /* C:\folder\ is C:\folder; the root of a drive keeps its backslash. */
    if (len > 3 && lengthy[len - 1] == L'\\')
        lengthy[len - 1] = L'\0';
    return CompareStringOrdinal(plain(final), -1, plain(lengthy), -1, TRUE) != CSTR_EQUAL;
}

static bool look_at_place(struct prereq_arena *arena, HANDLE file, const wchar_t *path,
                          struct prereq_trust_facts *facts)
{
    wchar_t *names[3];
    BY_HANDLE_FILE_INFORMATION info;
    DWORD len;

    for (size_t i = 0; i < PREREQ_COUNT(names); i++) {
        names[i] = prereq_alloc_unset(arena, PATH_UNITS * sizeof(*names[i]));
        if (!names[i])
            return false;
    }
    facts->redirected = true;
    if (!GetFileInformationByHandle(file, &info))
        return true;
    if (GetFileType(file) == FILE_TYPE_DISK)
        facts->kind = info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ? PREREQ_TRUST_FOLDER
                                                                       : PREREQ_TRUST_FILE;
    len = GetFinalPathNameByHandleW(file, names[0], (DWORD)PATH_UNITS,
                                    FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
    if (len == 0 || len >= PATH_UNITS)
        return true;
    facts->redirected = (info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) ||
                        leads_elsewhere(names[0], path, names[1], names[2]);
    facts->drive = drive_of(names[0]);
    return true;
}

/* ---- whose it is ---- */

/* "S-1-5-18"; an authority beyond 32 bits is written in hexadecimal, as Windows does. */
static const char *sid_text(struct prereq_arena *arena, PSID sid)
{
    const BYTE *bytes = IsValidSid(sid) ? GetSidIdentifierAuthority(sid)->Value : NULL;
    struct prereq_buffer out = {0};
    const char *text = NULL;
    uint64_t authority = 0;

    if (!bytes)
        return "S-?";
    for (size_t i = 0; i < 6; i++)
        authority = authority << 8 | bytes[i];
    prereq_buffer_addf(&out, authority >> 32 ? "S-1-0x%012llx" : "S-1-%llu",
                       (unsigned long long)authority);
    for (DWORD i = 0; i < *GetSidSubAuthorityCount(sid); i++)
        prereq_buffer_addf(&out, "-%lu", (unsigned long)*GetSidSubAuthority(sid, i));
    if (!out.failed)
        text = prereq_strdup(arena, out.text);
    prereq_buffer_free(&out);
    return text;
}

static bool read_entry(struct prereq_arena *arena, void *ace, struct prereq_trust_entry *entry)
{
    const ACE_HEADER *header = ace;
    ACCESS_ALLOWED_ACE *allowed = ace;

    entry->for_children_only = (header->AceFlags & INHERIT_ONLY_ACE) != 0;
    switch (header->AceType) {
    case ACCESS_DENIED_ACE_TYPE:
    case ACCESS_DENIED_OBJECT_ACE_TYPE:
    case ACCESS_DENIED_CALLBACK_ACE_TYPE:
    case ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE:
        return true;
    case ACCESS_ALLOWED_ACE_TYPE:
    case ACCESS_ALLOWED_CALLBACK_ACE_TYPE: /* its condition stands behind the SID */
        entry->allows = true;
        entry->rights = allowed->Mask;
        entry->sid = sid_text(arena, &allowed->SidStart);
        return entry->sid != NULL;
    default:
        entry->allows = true;
        return true;
    }
}

static bool read_list(struct prereq_arena *arena, PACL list, struct prereq_trust_facts *facts)
{
    struct prereq_trust_entry *entries =
        PREREQ_NEW_ARRAY(arena, list->AceCount, struct prereq_trust_entry);

    if (!entries)
        return false;
    facts->has_list = true;
    facts->entries = entries;
    facts->entry_count = list->AceCount;
    for (DWORD i = 0; i < list->AceCount; i++) {
        void *ace = NULL;

        if (!GetAce(list, i, &ace))
            entries[i].allows = true; /* and of nobody: it is refused */
        else if (!read_entry(arena, ace, &entries[i]))
            return false;
    }
    return true;
}

static bool look_at_rights(struct prereq_arena *arena, HANDLE file,
                           struct prereq_trust_facts *facts)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    PSID owner = NULL;
    PACL list = NULL;
    DWORD code = GetSecurityInfo(file, SE_FILE_OBJECT,
                                 OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                                 NULL, &list, NULL, &descriptor);
    bool good = code != ERROR_NOT_ENOUGH_MEMORY && code != ERROR_OUTOFMEMORY;

    if (code)
        return good;
    if (owner) {
        facts->owner = sid_text(arena, owner);
        good = facts->owner != NULL;
    }
    if (good && list)
        good = read_list(arena, list, facts);
    LocalFree(descriptor);
    return good;
}

static enum prereq_status judge(HANDLE file, const wchar_t *path, enum prereq_trust_kind wanted,
                                const struct prereq_trust_owners *owners, struct prereq_error *err)
{
    struct prereq_arena *arena = prereq_arena_new(MEMORY);
    struct prereq_trust_facts facts = {0};
    enum prereq_status status;

    if (arena && look_at_place(arena, file, path, &facts) && look_at_rights(arena, file, &facts))
        status = prereq_trust_judge(&facts, wanted, owners, err);
    else
        status = no_memory(err);
    prereq_arena_free(arena);
    return status;
}

enum prereq_status prereq_trusted_judge(HANDLE file, const wchar_t *path,
                                        const struct prereq_trust_owners *owners,
                                        struct prereq_error *err)
{
    return judge(file, path, PREREQ_TRUST_FILE, owners, err);
}

enum prereq_status prereq_trusted_judge_folder(HANDLE folder, const wchar_t *path,
                                               const struct prereq_trust_owners *owners,
                                               struct prereq_error *err)
{
    return judge(folder, path, PREREQ_TRUST_FOLDER, owners, err);
}

enum prereq_status prereq_trusted_judge_secret(HANDLE file, struct prereq_error *err)
{
    struct prereq_arena *arena;
    struct prereq_trust_facts facts = {0};
    enum prereq_status status;

    if (GetFileType(file) != FILE_TYPE_DISK)
        return PREREQ_OK; /* a pipe has nobody else */
    arena = prereq_arena_new(MEMORY);
    status = arena && look_at_rights(arena, file, &facts) ? prereq_trust_judge_secret(&facts, err)
                                                          : no_memory(err);
    prereq_arena_free(arena);
    return status;
}

enum prereq_status prereq_trusted_owners(struct prereq_arena *arena,
                                         struct prereq_trust_owners *owners,
                                         struct prereq_error *err)
{
    return prereq_setting_texts(arena, PREREQ_SETTING_TRUSTED_OWNERS, &owners->sids, &owners->count,
                                err);
}

/* ---- what is in it ---- */

static enum prereq_status read_all(HANDLE file, char *bytes, size_t size, struct prereq_error *err)
{
    for (size_t at = 0; at < size;) {
        DWORD part = size - at < (1U << 20) ? (DWORD)(size - at) : 1U << 20;
        DWORD got = 0;

        if (!ReadFile(file, bytes + at, part, &got, NULL))
            return prereq_fail(err, PREREQ_IO, "cannot be read (error %lu)",
                               (unsigned long)GetLastError());
        if (got == 0)
            return prereq_fail(err, PREREQ_IO, "became shorter while it was read");
        at += got;
    }
    return PREREQ_OK;
}

enum prereq_status prereq_trusted_read(HANDLE file, size_t limit, char **bytes, size_t *len,
                                       struct prereq_error *err)
{
    LARGE_INTEGER size;
    enum prereq_status status;
    char *text;

    if (!GetFileSizeEx(file, &size))
        return prereq_fail(err, PREREQ_IO, "cannot be read (error %lu)",
                           (unsigned long)GetLastError());
    if ((uint64_t)size.QuadPart > limit)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is larger than %zu bytes", limit);
    text = malloc((size_t)size.QuadPart + 1);
    if (!text)
        return prereq_fail(err, PREREQ_NO_MEMORY, "cannot be read: not enough memory");
    status = read_all(file, text, (size_t)size.QuadPart, err);
    if (status) {
        free(text);
        return status;
    }
    text[size.QuadPart] = '\0';
    *bytes = text;
    *len = (size_t)size.QuadPart;
    return PREREQ_OK;
}
