/* SPDX-License-Identifier: MIT */
/* plan_checker_world.c - what steps do to files, settings and the level, for the checker. */
#include "plan_checker.h"

#include <string.h>

static void lose(struct check_file *file)
{
    if (!file->lost)
        file->before = file->version;
    file->lost = true;
    file->gone = file->unknown = false;
}

static void put_row(struct check_file *file, const struct prereq_file_row *row, bool replaces)
{
    if (!replaces && !file->lost && !file->gone && !file->unknown &&
        prereq_version_compare(file->version, row->version) >= 0)
        return;
    file->version = row->version;
    file->lost = file->gone = file->unknown = false;
}

/* A partial list of a baseline that replaces: what it does to other files of recorded patches is
 * open. */
static void lose_unlisted(struct checker *checker, struct check_world *world, size_t baseline)
{
    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        const struct prereq_patch *patch = &checker->catalog->patches[p];

        for (size_t i = 0; i < patch->file_count; i++) {
            bool listed = false;

            for (size_t k = 0; k < checker->catalog->patches[baseline].file_count; k++)
                listed |= strcmp(checker->catalog->patches[baseline].files[k].path,
                                 patch->files[i].path) == 0;
            if (!listed && p != baseline && checker->records[p].on &&
                patch->kind != PREREQ_KIND_BASELINE)
                lose(checker_file(checker, world, patch->files[i].path));
        }
    }
}

void checker_apply_sets(struct checker *checker, struct check_world *world,
                        const struct prereq_set *sets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sets[i].os)
            world->level = sets[i].os->service_pack.value;
        for (size_t k = 0; sets[i].setting && k < checker->setting_count; k++) {
            if (strcmp(world->settings[k].name, sets[i].setting->name) == 0) {
                world->settings[k].number = sets[i].setting->number.value;
                world->settings[k].gone = false;
            }
        }
    }
}

void checker_put_on(struct checker *checker, struct check_world *world, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];
    bool replaces = patch->file_mode == PREREQ_FILES_REPLACED;

    if (patch->kind == PREREQ_KIND_BASELINE && replaces &&
        patch->file_list != PREREQ_FILE_LIST_COMPLETE)
        lose_unlisted(checker, world, p);
    for (size_t i = 0; i < patch->file_count; i++)
        put_row(checker_file(checker, world, patch->files[i].path), &patch->files[i], replaces);
    checker_apply_sets(checker, world, patch->sets, patch->set_count);
}

static const struct prereq_file_row *level_row(const struct checker *checker,
                                               const struct check_world *world, const char *path)
{
    const struct prereq_file_row *found = NULL;

    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        const struct prereq_patch *patch = &checker->catalog->patches[p];

        if (patch->kind != PREREQ_KIND_BASELINE || !checker_recorded(checker, world, p) ||
            checker_below_recorded(checker, world, p))
            continue;
        for (size_t i = 0; i < patch->file_count; i++) {
            if (strcmp(patch->files[i].path, path) == 0)
                found = &patch->files[i];
        }
    }
    return found;
}

void checker_take_off(struct checker *checker, struct check_world *world, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];
    bool backup =
        checker->old[p].backup && patch->keeps_backup != PREREQ_FLAG_FALSE && !checker->put_on[p];

    for (size_t i = 0; i < patch->file_count; i++) {
        struct check_file *file = checker_file(checker, world, patch->files[i].path);
        const struct prereq_file_row *row =
            backup ? level_row(checker, &checker->now, patch->files[i].path) : NULL;

        if (row)
            put_row(file, row, true);
        else
            lose(file);
    }
    for (size_t i = 0; i < patch->set_count; i++) {
        for (size_t k = 0; patch->sets[i].setting && k < checker->setting_count; k++) {
            if (strcmp(world->settings[k].name, patch->sets[i].setting->name) == 0)
                world->settings[k].gone = true;
        }
    }
}
