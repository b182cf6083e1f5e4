/* SPDX-License-Identifier: MIT */
/* restart_renames.c - files that wait for the restart, without those that everybody leaves behind.
 *
 * A healthy host has hundreds of such entries: setups delete their temporary files this way, and
 * what was done long ago may stand there still. */
#include <string.h>

#include "collect/renames.h"
#include "collect/restarts.h"
#include "engine/engine.h"

#define SESSION_MANAGER "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager"

static bool has_folder(const char *path, const char *folder)
{
    for (const char *at = strchr(path, '\\'); at; at = strchr(at + 1, '\\')) {
        if (prereq_starts_nocase(at + 1, folder) && at[1 + strlen(folder)] == '\\')
            return true;
    }
    return false;
}

static bool is_temporary(const char *path)
{
    const char *name = strrchr(path, '\\');

    name = name ? name + 1 : path;
    return has_folder(path, "Temp") || has_folder(path, "Tmp") || name[0] == '~' ||
           prereq_glob("*.tmp", name) || prereq_glob("*.temp", name);
}

/* The file that would be moved or deleted is not there, and no pair puts it there.  Of other drives
 * nothing is known: they need not be part of what is read. */
static bool is_gone(struct prereq_gather *gather, const struct prereq_index *targets,
                    const struct prereq_rename *pair)
{
    struct prereq_refusal why = {0};
    struct prereq_file file;
    char drive[3] = {gather->source->system_root[0], ':', '\0'};

    return prereq_starts_nocase(pair->from, drive) &&
           prereq_index_find(targets, pair->from, NULL) == PREREQ_NONE &&
           prereq_gather_file(gather, pair->from, &file, &why) == PREREQ_LOOK_ABSENT;
}

static bool counts(struct prereq_gather *gather, const struct prereq_index *targets,
                   const struct prereq_rename *pair)
{
    if (!pair->to && is_temporary(pair->from))
        return false;
    return !is_gone(gather, targets, pair);
}

static bool index_targets(struct prereq_gather *gather, const struct prereq_renames *renames,
                          struct prereq_index *targets)
{
    bool fits = prereq_index_init(gather->arena, targets, renames->count);

    for (size_t i = 0; fits && i < renames->count; i++)
        fits = !renames->pairs[i].to ||
               prereq_index_add(gather->arena, targets, renames->pairs[i].to, 1);
    return fits;
}

static void add_pairs(struct prereq_signs *signs, const struct prereq_renames *renames)
{
    struct prereq_gather *gather = signs->gather;
    const char **paths = PREREQ_NEW_ARRAY(gather->arena, renames->count, const char *);
    struct prereq_index targets;
    size_t replaced = 0, removed = 0;

    if (!paths || !index_targets(gather, renames, &targets)) {
        gather->no_memory = true;
        return;
    }
    for (size_t i = 0; i < renames->count && !gather->no_memory; i++) {
        const struct prereq_rename *pair = &renames->pairs[i];

        if (!counts(gather, &targets, pair))
            continue;
        paths[replaced + removed] =
            prereq_path_with_variable(gather, pair->to ? pair->to : pair->from);
        replaced += pair->to != NULL;
        removed += pair->to == NULL;
    }
    if (replaced + removed > 0)
        prereq_sign_yes(
            signs,
            prereq_gather_printf(gather, "replaced: %zu, removed: %zu, passed over: %zu", replaced,
                                 removed, renames->count - replaced - removed),
            prereq_sign_time(signs, SESSION_MANAGER));
    signs->targets = paths;
    signs->target_count = replaced + removed;
}

void prereq_collect_renames(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};
    struct prereq_renames renames;
    struct prereq_refusal why = {0};

    if (prereq_sign_look(&signs, prereq_pending_renames(gather, &renames, &why), &why))
        add_pairs(&signs, &renames);
    prereq_sign_end(&signs, PREREQ_RESTART_FILE_RENAME, true);
}
