/* SPDX-License-Identifier: MIT */
/* live_volumes.c - free space of the volumes, and which of them is for what.
 *
 * Volumes are opened without any right, only to ask what partition they are; nothing of them is
 * read that way. */
#include <stdlib.h>
#include <string.h>

/* clang-format off: windows.h comes first. */
#include "win32/live_parts.h"
#include <winioctl.h>
/* clang-format on */

#include "collect/recovery.h"
#include "win32/wide.h"

#define MAX_VOLUMES 256
#define GUID_PATH 50 /* units of \\?\Volume{...}\ and a NUL */

struct volume {
    wchar_t path[GUID_PATH];
    wchar_t mounted[MAX_PATH]; /* where people see it: "D:\"; "": nowhere */
    struct prereq_partition partition;
};

struct volumes {
    struct volume *volume;
    struct prereq_partition *partition;
    size_t count;
};

static bool ask(HANDLE handle, DWORD code, void *bytes, DWORD len)
{
    DWORD got = 0;

    return DeviceIoControl(handle, code, NULL, 0, bytes, len, &got, NULL) && got > 0;
}

static void ask_partition(const wchar_t *path, struct prereq_partition *partition)
{
    wchar_t device[GUID_PATH]; /* without the last "\", which would mean its root folder */
    PARTITION_INFORMATION_EX info;
    STORAGE_DEVICE_NUMBER number;
    size_t len = wcslen(path);
    HANDLE handle;

    memcpy(device, path, len * sizeof(*path));
    device[len - 1] = L'\0';
    memset(&info, 0, sizeof(info));
    memset(&number, 0, sizeof(number));
    handle =
        CreateFileW(device, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        partition->error = GetLastError();
        return;
    }
    if (ask(handle, IOCTL_DISK_GET_PARTITION_INFO_EX, &info, sizeof(info)) &&
        ask(handle, IOCTL_STORAGE_GET_DEVICE_NUMBER, &number, sizeof(number))) {
        partition->asked = true;
        partition->disk = number.DeviceNumber;
        partition->offset = (uint64_t)info.StartingOffset.QuadPart;
        if (info.PartitionStyle == PARTITION_STYLE_GPT)
            partition->kind =
                prereq_partition_of_gpt((const unsigned char *)&info.Gpt.PartitionType);
        else
            partition->kind =
                prereq_partition_of_mbr(info.Mbr.PartitionType, info.Mbr.BootIndicator != FALSE);
    } else {
        partition->error = GetLastError();
    }
    (void)CloseHandle(handle);
}

/* The first place where the volume is mounted, drive letters before folders. */
static void find_mounted(struct volume *volume)
{
    wchar_t names[4096];
    DWORD len = 0;

    if (!GetVolumePathNamesForVolumeNameW(volume->path, names, PREREQ_COUNT(names), &len))
        return;
    for (const wchar_t *name = names; *name; name += wcslen(name) + 1) {
        if (wcslen(name) < MAX_PATH && (!volume->mounted[0] || wcslen(name) == 3))
            memcpy(volume->mounted, name, (wcslen(name) + 1) * sizeof(*name));
    }
}

/* By its GUID path, or where that is not understood by the place where it is mounted. */
static bool is_fixed(const struct volume *volume)
{
    UINT type = GetDriveTypeW(volume->path);

    if (type == DRIVE_UNKNOWN && volume->mounted[0])
        type = GetDriveTypeW(volume->mounted);
    return type == DRIVE_FIXED;
}

static void look_at_volume(const wchar_t *path, const wchar_t *system, struct volumes *all)
{
    struct volume *volume = &all->volume[all->count];

    if (wcslen(path) >= GUID_PATH || wcslen(path) == 0)
        return;
    *volume = (struct volume){.partition.is_system = _wcsicmp(path, system) == 0};
    memcpy(volume->path, path, (wcslen(path) + 1) * sizeof(*path));
    find_mounted(volume);
    if (!volume->partition.is_system && !is_fixed(volume))
        return;
    ask_partition(path, &volume->partition);
    all->partition[all->count++] = volume->partition;
}

/* The volume that holds Windows, as a GUID path; "" when it has none (a RAM disk). */
static void system_volume(struct prereq_gather *gather, wchar_t path[GUID_PATH])
{
    wchar_t root[4] = L"C:\\";

    root[0] = (wchar_t)(unsigned char)gather->source->system_root[0];
    path[0] = L'\0';
    if (!GetVolumeNameForVolumeMountPointW(root, path, GUID_PATH))
        path[0] = L'\0';
}

static bool find_volumes(struct prereq_gather *gather, struct volumes *all)
{
    wchar_t path[GUID_PATH + 1], system[GUID_PATH];
    HANDLE search;

    all->count = 0;
    all->volume = PREREQ_NEW_ARRAY(gather->arena, MAX_VOLUMES, struct volume);
    all->partition = PREREQ_NEW_ARRAY(gather->arena, MAX_VOLUMES, struct prereq_partition);
    if (!all->volume || !all->partition) {
        gather->no_memory = true;
        return false;
    }
    system_volume(gather, system);
    search = FindFirstVolumeW(path, GUID_PATH + 1);
    if (search == INVALID_HANDLE_VALUE)
        return false;
    do {
        look_at_volume(path, system, all);
    } while (all->count < MAX_VOLUMES && FindNextVolumeW(search, path, GUID_PATH + 1));
    (void)FindVolumeClose(search);
    return true;
}

/* ---- items ---- */

/* Unavailable, with its number among the errors. */
static void refuse_volume(struct prereq_gather *gather, struct prereq_volume *item,
                          const struct prereq_refusal *why)
{
    int role = item->role;

    PREREQ_GATHER_STATUS(gather, item, PREREQ_LOOK_UNAVAILABLE, why);
    prereq_gather_error(
        gather, prereq_gather_printf(gather, "volumes.%s", prereq_volume_role_names[role - 1]),
        why);
}

static void add_space(struct prereq_gather *gather, enum prereq_volume_role role,
                      const wchar_t *root, const char *name)
{
    struct prereq_volume *item = PREREQ_GATHER_ADD(gather, volumes);
    ULARGE_INTEGER mine, size, free_bytes;
    struct prereq_refusal why;

    item->role = (int)role;
    if (name)
        item->name = prereq_gather_text(gather, name);
    if (GetDiskFreeSpaceExW(root, &mine, &size, &free_bytes)) {
        /* Free for everybody: a quota of this account says nothing of what setup finds. */
        item->free_bytes = (struct prereq_number){.value = free_bytes.QuadPart, .known = true};
        item->size_bytes = (struct prereq_number){.value = size.QuadPart, .known = true};
        return;
    }
    (void)prereq_refuse_error(GetLastError(), "The free space of the volume", &why);
    refuse_volume(gather, item, &why);
}

static void add_status(struct prereq_gather *gather, enum prereq_volume_role role,
                       enum prereq_look look, const struct prereq_refusal *why)
{
    struct prereq_volume *item = PREREQ_GATHER_ADD(gather, volumes);

    item->role = (int)role;
    if (look == PREREQ_LOOK_UNAVAILABLE)
        refuse_volume(gather, item, why);
    else
        PREREQ_GATHER_STATUS(gather, item, look, why);
}

static void add_system(struct prereq_gather *gather)
{
    wchar_t root[4] = L"C:\\";
    char name[3] = "C:";

    name[0] = gather->source->system_root[0];
    root[0] = (wchar_t)(unsigned char)name[0];
    add_space(gather, PREREQ_VOLUME_SYSTEM, root, name);
}

/* ReAgent.xml, where reagentc looks.  STALE and FOUND are not told apart: it is a file. */
static enum prereq_look read_reagent(struct prereq_gather *gather, struct prereq_recovery *recovery,
                                     struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    const char *path =
        prereq_gather_printf(gather, "%s\\System32\\Recovery\\ReAgent.xml", source->system_root);
    struct prereq_file file;
    enum prereq_look look = source->ops->file_open(source, path, &file, why);
    size_t got = 0;
    char *text;

    if (look != PREREQ_LOOK_FOUND)
        return look;
    text = prereq_alloc_unset(gather->arena, PREREQ_MAX_REAGENT);
    if (!text || file.is_folder || file.size > PREREQ_MAX_REAGENT) {
        prereq_refuse(why, "error", NULL, "ReAgent.xml is not a file of the known kind.");
        look = PREREQ_LOOK_UNAVAILABLE;
    } else {
        look = source->ops->file_read(source, file.handle, 0, text, PREREQ_MAX_REAGENT, &got, why);
    }
    if (!file.is_folder)
        source->ops->file_close(source, file.handle);
    return look == PREREQ_LOOK_FOUND ? prereq_recovery_read(text, got, recovery, why) : look;
}

static void add_winre(struct prereq_gather *gather, enum prereq_look look,
                      const struct prereq_recovery *recovery, const struct prereq_refusal *why)
{
    struct prereq_setting setting = {.kind = PREREQ_SETTING_BOOT, .name = "winre"};

    if (look == PREREQ_LOOK_FOUND)
        setting.value = recovery->enabled ? "enabled" : "disabled";
    prereq_live_setting(gather, &setting, look, why);
}

static void add_role(struct prereq_gather *gather, enum prereq_volume_role role,
                     enum prereq_look look, const struct volumes *all, size_t which,
                     const struct prereq_refusal *why)
{
    if (look == PREREQ_LOOK_FOUND)
        add_space(gather, role, all->volume[which].path, NULL);
    else
        add_status(gather, role, look, why);
}

/* The place of a data volume: its letter, or the folder, which can hold a user's name. */
static void add_data(struct prereq_gather *gather, const struct volume *volume)
{
    size_t len = wcslen(volume->mounted);
    const char *name = NULL;

    if (len == 0 || volume->partition.is_system)
        return;
    if (len == 3 || !gather->no_user_names)
        name = prereq_name_from_wide(gather->arena, volume->mounted, len - 1);
    add_space(gather, PREREQ_VOLUME_DATA, volume->path, name);
}

void prereq_live_volumes(struct prereq_gather *gather)
{
    struct prereq_recovery recovery = {0};
    struct prereq_refusal reagent = {0}, why = {0};
    enum prereq_look known, look, boot_look;
    size_t which = 0, boot = 0;
    struct volumes all;
    bool listed = find_volumes(gather, &all);
    DWORD error = GetLastError();

    if (gather->no_memory)
        return;
    add_system(gather);
    known = read_reagent(gather, &recovery, &reagent);
    add_winre(gather, known, &recovery, &reagent);
    if (!listed) {
        look = prereq_refuse_error(error, "The list of volumes", &why);
        add_status(gather, PREREQ_VOLUME_RECOVERY, look, &why);
        add_status(gather, PREREQ_VOLUME_BOOT, look, &why);
        return;
    }
    look = prereq_recovery_partition(known, &recovery, all.partition, all.count, &which, &reagent);
    add_role(gather, PREREQ_VOLUME_RECOVERY, look, &all, which, &reagent);
    boot_look = prereq_boot_partition(all.partition, all.count, &boot, &why);
    add_role(gather, PREREQ_VOLUME_BOOT, boot_look, &all, boot, &why);
    for (size_t i = 0; i < all.count; i++) {
        bool taken = (look == PREREQ_LOOK_FOUND && i == which) ||
                     (boot_look == PREREQ_LOOK_FOUND && i == boot);

        if (!taken)
            add_data(gather, &all.volume[i]);
    }
}
