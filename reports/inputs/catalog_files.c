/* SPDX-License-Identifier: MIT */
/* catalog_files.c - which files of a catalog folder are read, and which look as if they should be.
 *
 * An entry in a file that nobody reads is a patch that nobody asks for, and no verdict shows that
 * it is missing. */
#include "inputs/catalog_files.h"

#include <string.h>

#define MOST_LEVELS 8 /* below a family; a link that leads back would have no end */

const char catalog_files_why[] =
    "is not read: entries lie in <family>/<name>.json, spelt in small letters and no folder deeper";

struct look {
    struct prereq_arena *arena;
    const char **paths;
    size_t count, room;
    struct prereq_error *err;
};

static bool ends_nocase(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && name[0] != '.' && prereq_equal_nocase(name + len - 5, ".json");
}

bool catalog_file_is_read(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && name[0] != '.' && strcmp(name + len - 5, ".json") == 0;
}

static enum prereq_status no_memory(const struct look *look)
{
    return prereq_fail(look->err, PREREQ_NO_MEMORY, "no memory for the files of a catalog");
}

static enum prereq_status add(struct look *look, const char *path)
{
    if (look->count == look->room) {
        size_t room = look->room ? look->room * 2 : 16;
        const char **more = PREREQ_NEW_ARRAY(look->arena, room, const char *);

        if (!more)
            return no_memory(look);
        if (look->count > 0)
            memcpy(more, look->paths, look->count * sizeof(*more));
        look->paths = more;
        look->room = room;
    }
    look->paths[look->count++] = path;
    return PREREQ_OK;
}

/* Level 0 is the catalog's folder, 1 a family, where files in small letters are read. */
static bool is_looked_into(const char *name, unsigned level)
{
    if (name[0] == '.')
        return false;
    return level != 1 ||
           (!prereq_equal_nocase(name, "cases") && !prereq_equal_nocase(name, "tools"));
}

static enum prereq_status look_at(struct look *look, const char *folder, unsigned level)
{
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status;

    if (level > MOST_LEVELS)
        return add(look, folder);
    status = prereq_folder_list(look->arena, folder, &names, &count, look->err);
    for (size_t i = 0; i < count && status == PREREQ_OK; i++) {
        const char *path = prereq_printf(look->arena, "%s/%s", folder, names[i]);

        if (!path)
            status = no_memory(look);
        else if (prereq_is_folder(path))
            status = is_looked_into(names[i], level) ? look_at(look, path, level + 1) : PREREQ_OK;
        else if (ends_nocase(names[i]) && (level > 1 || !catalog_file_is_read(names[i])))
            status = add(look, path);
    }
    return status;
}

enum prereq_status catalog_files_passed_over(struct prereq_arena *arena, const char *folder,
                                             const char *const **paths, size_t *count,
                                             struct prereq_error *err)
{
    struct look look = {.arena = arena, .err = err};
    enum prereq_status status = look_at(&look, folder, 0);

    if (status != PREREQ_OK)
        return status;
    *paths = look.paths;
    *count = look.count;
    return PREREQ_OK;
}
