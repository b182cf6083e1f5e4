/* SPDX-License-Identifier: MIT */
/* pieces_files.c - the files of the program: put in place also while they are in use. */
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define MOST_ASIDE 99 /* files that wait for a restart */
#define CATALOG_LEVELS 4

/* ---- one file ---- */

static bool is_in_use(DWORD code)
{
    return code == ERROR_ACCESS_DENIED || code == ERROR_SHARING_VIOLATION ||
           code == ERROR_USER_MAPPED_FILE;
}

static DWORD rename_file(const char *from, const char *to, DWORD flags)
{
    wchar_t *wide_from = prereq_wide_from_utf8(from), *wide_to = prereq_wide_from_utf8(to);
    DWORD code = ERROR_OUTOFMEMORY;

    if (wide_from && wide_to)
        code = MoveFileExW(wide_from, wide_to, flags) ? ERROR_SUCCESS : GetLastError();
    free(wide_to);
    free(wide_from);
    return code;
}

static DWORD copy_file(const char *from, const char *to)
{
    wchar_t *wide_from = prereq_wide_from_utf8(from), *wide_to = prereq_wide_from_utf8(to);
    DWORD code = ERROR_OUTOFMEMORY;

    if (wide_from && wide_to)
        code = CopyFileW(wide_from, wide_to, FALSE) ? ERROR_SUCCESS : GetLastError();
    free(wide_to);
    free(wide_from);
    return code;
}

static DWORD delete_at_restart(const char *path)
{
    wchar_t *wide = prereq_wide_from_utf8(path);
    DWORD code = ERROR_OUTOFMEMORY;

    if (wide)
        code =
            MoveFileExW(wide, NULL, MOVEFILE_DELAY_UNTIL_REBOOT) ? ERROR_SUCCESS : GetLastError();
    free(wide);
    return code;
}

/* A name beside `path` that nothing has.  What is left of earlier times goes, if it can. */
static const char *aside_name(struct prereq_installation *machine, const char *path)
{
    for (int i = 1; i <= MOST_ASIDE; i++) {
        const char *name = prereq_printf(machine->arena, "%s.old-%d", path, i);

        if (!name)
            return NULL;
        prereq_file_remove(name);
        if (!prereq_is_file(name))
            return name;
    }
    return NULL;
}

/* A file that runs cannot be written to or deleted, but renamed. */
static DWORD exchange(struct prereq_installation *machine, const char *fresh, const char *path)
{
    const char *aside = aside_name(machine, path);
    DWORD code = aside ? rename_file(path, aside, 0) : ERROR_OUTOFMEMORY;

    if (code != ERROR_SUCCESS)
        return code;
    code = rename_file(fresh, path, 0);
    if (code != ERROR_SUCCESS)
        (void)rename_file(aside, path, 0); /* as before */
    else
        (void)delete_at_restart(aside); /* else the next upgrade takes it away */
    return code;
}

enum prereq_status prereq_installation_replace(struct prereq_installation *machine,
                                               const char *from, const char *to,
                                               struct prereq_error *err)
{
    const char *fresh = prereq_printf(machine->arena, "%s.new", to);
    DWORD code = fresh ? copy_file(from, fresh) : ERROR_OUTOFMEMORY;

    if (code != ERROR_SUCCESS)
        return prereq_piece_failed(err, to, code);
    code = rename_file(fresh, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
    if (is_in_use(code))
        code = exchange(machine, fresh, to);
    if (code == ERROR_SUCCESS)
        return PREREQ_OK;
    prereq_file_remove(fresh);
    return prereq_piece_failed(err, to, code);
}

/* ---- the catalog ---- */

/* Cases are for those who write catalogs. */
static bool is_wanted(const char *name)
{
    return !prereq_equal_nocase(name, "cases") && !prereq_equal_nocase(name, "tools");
}

static enum prereq_status copy_level(struct prereq_arena *arena, const char *from, const char *to,
                                     int level, struct prereq_error *err)
{
    enum prereq_status status = prereq_folder_make(to, err);
    const char **names = NULL;
    size_t count = 0;

    if (status == PREREQ_OK)
        status = prereq_folder_list(arena, from, &names, &count, err);
    for (size_t i = 0; status == PREREQ_OK && i < count; i++) {
        const char *inner = prereq_printf(arena, "%s\\%s", from, names[i]);
        const char *target = prereq_printf(arena, "%s\\%s", to, names[i]);
        DWORD code;

        if (!inner || !target)
            return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to copy it", from);
        if (prereq_is_folder(inner)) {
            if (is_wanted(names[i]) && level < CATALOG_LEVELS)
                status = copy_level(arena, inner, target, level + 1, err);
            continue;
        }
        code = copy_file(inner, target);
        if (code != ERROR_SUCCESS)
            status = prereq_piece_failed(err, target, code);
    }
    return status;
}

/* The old one goes when the new one is in its place; when that cannot be it comes back. */
static enum prereq_status exchange_catalog(struct prereq_installation *machine, const char *fresh,
                                           const char *to, struct prereq_error *err)
{
    const char *old = prereq_printf(machine->arena, "%s.old", to);
    struct prereq_error ignored;
    bool had_one = prereq_is_there(to);
    enum prereq_status status;

    if (!old)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to copy the catalog");
    status = prereq_folder_remove(machine->arena, old, err);
    if (status == PREREQ_OK && had_one)
        status = prereq_folder_rename(to, old, err);
    if (status != PREREQ_OK)
        return status;
    status = prereq_folder_rename(fresh, to, err);
    if (status != PREREQ_OK && had_one)
        (void)prereq_folder_rename(old, to, &ignored);
    else if (status == PREREQ_OK)
        (void)prereq_folder_remove(machine->arena, old, &ignored);
    return status;
}

/* Copied beside, then renamed: an entry that is no longer there must not stay. */
static enum prereq_status put_catalog(struct prereq_installation *machine, struct prereq_error *err)
{
    struct prereq_arena *arena = machine->arena;
    const char *from = prereq_printf(arena, "%s\\catalog", machine->own);
    const char *to = prereq_printf(arena, "%s\\catalog", machine->home);
    const char *fresh = prereq_printf(arena, "%s\\catalog.new", machine->home);
    enum prereq_status status;

    if (!from || !to || !fresh)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to copy the catalog");
    status = prereq_folder_remove(arena, fresh, err);
    if (status == PREREQ_OK)
        status = copy_level(arena, from, fresh, 0, err);
    return status == PREREQ_OK ? exchange_catalog(machine, fresh, to, err) : status;
}

/* ---- the program ---- */

static const char *file_in(struct prereq_installation *machine, const char *folder,
                           const char *name)
{
    return prereq_printf(machine->arena, "%s\\%s", folder, name);
}

/* All of them, before the first is touched. */
static enum prereq_status check_source(struct prereq_installation *machine,
                                       struct prereq_error *err)
{
    for (const char *const *name = prereq_piece_files; *name; name++) {
        const char *path = file_in(machine, machine->own, *name);

        if (!path || !prereq_is_file(path))
            return prereq_fail(err, PREREQ_BAD_INPUT, "%s\\%s is not there", machine->own, *name);
    }
    return PREREQ_OK;
}

enum prereq_status prereq_installation_put_program(struct prereq_installation *machine,
                                                   struct prereq_error *err)
{
    enum prereq_status status = check_source(machine, err);

    if (status != PREREQ_OK || prereq_equal_nocase(machine->own, machine->home))
        return status;
    status = prereq_folder_make(machine->home, err);
    if (status == PREREQ_OK)
        status = put_catalog(machine, err);
    for (const char *const *name = prereq_piece_files; status == PREREQ_OK && *name; name++) {
        const char *from = file_in(machine, machine->own, *name);
        const char *to = file_in(machine, machine->home, *name);

        status = from && to ? prereq_installation_replace(machine, from, to, err)
                            : prereq_fail(err, PREREQ_NO_MEMORY, "no memory to copy a file");
    }
    return status;
}

void prereq_installation_look_program(struct prereq_installation *machine,
                                      struct prereq_piece_result *result)
{
    const char *catalog = file_in(machine, machine->home, "catalog\\catalog.json");

    for (const char *const *name = prereq_piece_files; *name; name++) {
        const char *path = file_in(machine, machine->home, *name);

        if (path && !prereq_is_file(path)) {
            prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is not there", path);
            return;
        }
    }
    if (catalog && !prereq_is_file(catalog))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is not there", catalog);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s", machine->home);
}

/* ---- the DLL ---- */

/* "1.2.3.4" of its version resource, or NULL. */
static const char *version_of(struct prereq_installation *machine, const wchar_t *path)
{
    DWORD ignored = 0, size = GetFileVersionInfoSizeW(path, &ignored);
    void *block = size ? malloc(size) : NULL;
    VS_FIXEDFILEINFO *info = NULL;
    const char *text = NULL;
    UINT len = 0;

    if (block && GetFileVersionInfoW(path, 0, size, block) &&
        VerQueryValueW(block, L"\\", (void **)&info, &len) && len >= sizeof(*info))
        text = prereq_printf(machine->arena, "%u.%u.%u.%u", HIWORD(info->dwFileVersionMS),
                             LOWORD(info->dwFileVersionMS), HIWORD(info->dwFileVersionLS),
                             LOWORD(info->dwFileVersionLS));
    free(block);
    return text;
}

void prereq_installation_look_dll(struct prereq_installation *machine,
                                  struct prereq_piece_result *result)
{
    const char *path = file_in(machine, machine->home, PREREQ_PIECE_DLL_FILE);
    wchar_t *wide = path ? prereq_wide_from_utf8(path) : NULL;

    if (!wide)
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "no memory");
    else if (!prereq_is_file(path))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is not there", path);
    else
        prereq_piece_check_version(path, version_of(machine, wide), machine->version, result);
    free(wide);
}
