/* SPDX-License-Identifier: MIT */
/* file_folder.c - whole folders taken away or renamed. */
#include <errno.h>

#include "files/file.h"
#include "files/file_system.h"

#define MOST_LEVELS 8 /* ours are two deep; a deeper one is not ours */

static enum prereq_status refuse(const char *path, const char *what, struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_IO, "%s: %s: %s", path, what, prereq_system_reason(errno));
}

static enum prereq_status remove_level(struct prereq_arena *arena, const char *path, int level,
                                       struct prereq_error *err)
{
    enum prereq_status status;
    const char **names;
    size_t count;

    /* A link to a folder goes as a file does. */
    if (prereq_system_remove(path) == 0 || prereq_system_kind(path) == PREREQ_KIND_NONE)
        return PREREQ_OK;
    if (prereq_system_kind(path) != PREREQ_KIND_FOLDER || level == MOST_LEVELS)
        return refuse(path, "cannot be removed", err);
    status = prereq_folder_list(arena, path, &names, &count, err);
    for (size_t i = 0; status == PREREQ_OK && i < count; i++) {
        const char *inner = prereq_printf(arena, "%s/%s", path, names[i]);

        if (!inner)
            return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to remove it", path);
        status = remove_level(arena, inner, level + 1, err);
    }
    if (status == PREREQ_OK && prereq_system_remove_folder(path) != 0)
        return refuse(path, "cannot be removed", err);
    return status;
}

enum prereq_status prereq_folder_remove(struct prereq_arena *arena, const char *path,
                                        struct prereq_error *err)
{
    return remove_level(arena, path, 0, err);
}

enum prereq_status prereq_folder_rename(const char *from, const char *to, struct prereq_error *err)
{
    if (prereq_system_kind(to) != PREREQ_KIND_NONE) {
        errno = EEXIST;
        return refuse(to, "cannot take a new folder", err);
    }
    if (prereq_system_replace(from, to) != 0)
        return refuse(to, "cannot take a new folder", err);
    return PREREQ_OK;
}
