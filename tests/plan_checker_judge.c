/* SPDX-License-Identifier: MIT */
/* plan_checker_judge.c - states, read a second time from the rules, for small catalogs. */
#include "plan_checker.h"

#include <string.h>

#define PATCHES(checker) ((checker)->catalog->patch_count)

size_t checker_find(const struct checker *checker, const char *id)
{
    for (size_t i = 0; i < PATCHES(checker); i++) {
        if (strcmp(checker->catalog->patches[i].id, id) == 0)
            return i;
    }
    return SIZE_MAX;
}

bool checker_supersedes(const struct checker *checker, size_t later, size_t earlier)
{
    const struct prereq_patch *patch = &checker->catalog->patches[later];

    if (later == earlier)
        return true;
    for (size_t i = 0; i < patch->supersedes_count; i++) {
        if (checker_supersedes(checker, checker_find(checker, patch->supersedes[i]), earlier))
            return true;
    }
    return false;
}

bool checker_share(const struct checker *checker, size_t a, size_t b)
{
    const struct prereq_patch *one = &checker->catalog->patches[a];
    const struct prereq_patch *other = &checker->catalog->patches[b];

    for (size_t i = 0; i < one->file_count; i++) {
        for (size_t k = 0; k < other->file_count; k++) {
            if (strcmp(one->files[i].path, other->files[k].path) == 0)
                return true;
        }
    }
    return false;
}

struct check_file *checker_file(const struct checker *checker, struct check_world *world,
                                const char *path)
{
    for (size_t i = 0; i < checker->file_count; i++) {
        if (strcmp(world->files[i].path, path) == 0)
            return &world->files[i];
    }
    return NULL;
}

static enum check_answer row_answer(const struct checker *checker, const struct check_world *world,
                                    const struct prereq_file_row *row)
{
    for (size_t i = 0; i < checker->file_count; i++) {
        const struct check_file *file = &world->files[i];

        if (strcmp(file->path, row->path) != 0)
            continue;
        if (file->lost || file->gone)
            return CHECK_NO;
        if (file->unknown)
            return CHECK_UNSURE;
        return prereq_version_compare(file->version, row->version) >= 0 ? CHECK_YES : CHECK_NO;
    }
    return CHECK_UNSURE;
}

static enum check_answer both(enum check_answer a, enum check_answer b)
{
    if (a == CHECK_NOT_THERE || b == CHECK_NOT_THERE)
        return a == CHECK_NOT_THERE ? b : a;
    if (a == CHECK_NO || b == CHECK_NO)
        return CHECK_NO;
    return a == CHECK_UNSURE || b == CHECK_UNSURE ? CHECK_UNSURE : CHECK_YES;
}

static enum check_answer either(enum check_answer a, enum check_answer b)
{
    if (a == CHECK_NOT_THERE || b == CHECK_NOT_THERE)
        return a == CHECK_NOT_THERE ? b : a;
    if (a == CHECK_YES || b == CHECK_YES)
        return CHECK_YES;
    return a == CHECK_UNSURE || b == CHECK_UNSURE ? CHECK_UNSURE : CHECK_NO;
}

static enum check_answer setting_answer(const struct checker *checker,
                                        const struct check_world *world,
                                        const struct prereq_setting_rule *rule)
{
    for (size_t i = 0; i < checker->setting_count; i++) {
        const struct check_setting *setting = &world->settings[i];

        if (strcmp(setting->name, rule->name) != 0)
            continue;
        if (setting->unknown)
            return CHECK_UNSURE;
        return !setting->gone && setting->number == rule->number->equals[0] ? CHECK_YES : CHECK_NO;
    }
    return CHECK_UNSURE;
}

static enum check_answer rule_answer(const struct checker *checker, const struct check_world *world,
                                     const struct prereq_rule *rule)
{
    bool any = false;

    if (!rule)
        return CHECK_YES;
    if (rule->setting)
        return setting_answer(checker, world, rule->setting);
    if (rule->os)
        return world->level >= rule->os->service_pack->at_least.value ? CHECK_YES : CHECK_NO;
    for (size_t i = 0; rule->nothing_pending && i <= PREREQ_RESTART_SOURCES; i++)
        any |= world->pending[i];
    if (rule->nothing_pending)
        return any ? CHECK_NO : CHECK_YES;
    return rule->always == PREREQ_FLAG_TRUE ? CHECK_YES : CHECK_NO;
}

enum check_answer checker_effect(const struct checker *checker, const struct check_world *world,
                                 size_t patch)
{
    const struct prereq_patch *entry = &checker->catalog->patches[patch];
    enum check_answer all = CHECK_NOT_THERE;

    for (size_t i = 0; i < entry->file_count; i++)
        all = both(all, row_answer(checker, world, &entry->files[i]));
    if (entry->marker)
        all = both(all, rule_answer(checker, world, entry->marker));
    return all == CHECK_NOT_THERE ? CHECK_UNSURE : all;
}

bool checker_recorded(const struct checker *checker, const struct check_world *world, size_t patch)
{
    const struct prereq_patch *entry = &checker->catalog->patches[patch];

    if (checker->records[patch].on)
        return true;
    return entry->kind == PREREQ_KIND_BASELINE && entry->marker &&
           rule_answer(checker, world, entry->marker) == CHECK_YES;
}

/* `a` went on before `b` for certain. */
static bool is_earlier(const struct check_record *a, const struct check_record *b)
{
    if (!a->time_known || !b->time_known)
        return false;
    if (a->day_only || b->day_only)
        return a->last / 86400 < b->first / 86400;
    return a->last < b->first;
}

static bool is_off(const struct checker *checker, const struct check_world *world, size_t patch)
{
    return !checker_recorded(checker, world, patch) ||
           checker_effect(checker, world, patch) == CHECK_NO;
}

/* In an ordered group a named one went on later, and nothing else could have stood in. */
static bool order_broken(const struct checker *checker, const struct check_world *world,
                         size_t patch, const struct prereq_group *group)
{
    for (size_t i = 0; i < group->any_of_count; i++) {
        size_t named = checker_find(checker, group->any_of[i].patch);
        bool others = true;

        if (!checker_recorded(checker, world, named) ||
            !is_earlier(&checker->records[patch], &checker->records[named]))
            continue;
        for (size_t k = 0; k < group->any_of_count; k++) {
            size_t alternative = checker_find(checker, group->any_of[k].patch);

            for (size_t p = 0; p < PATCHES(checker); p++) {
                if (p != named && checker_supersedes(checker, p, alternative))
                    others = others && is_off(checker, world, p);
            }
        }
        if (others)
            return true;
    }
    return false;
}

static bool is_broken(const struct checker *checker, const struct check_world *world, size_t patch)
{
    const struct prereq_patch *entry = &checker->catalog->patches[patch];

    if (!checker_recorded(checker, world, patch))
        return false;
    for (size_t g = 0; g < entry->prerequisite_count; g++) {
        if (entry->prerequisites[g].ordered == PREREQ_FLAG_TRUE &&
            order_broken(checker, world, patch, &entry->prerequisites[g]))
            return true;
    }
    return false;
}

static enum check_answer satisfied(const struct checker *checker, const struct check_world *world,
                                   size_t patch)
{
    enum check_answer any = CHECK_NOT_THERE;

    for (size_t p = 0; p < PATCHES(checker); p++) {
        enum check_answer one = checker_effect(checker, world, p);

        if (!checker_supersedes(checker, p, patch))
            continue;
        if (one == CHECK_YES && is_broken(checker, world, p))
            one = CHECK_NO;
        any = either(any, one);
    }
    return any;
}

static bool is_baseline(const struct checker *checker, size_t patch)
{
    return checker->catalog->patches[patch].kind == PREREQ_KIND_BASELINE;
}

/* The highest recorded baseline above a baseline; SIZE_MAX: none. */
static size_t recorded_above(const struct checker *checker, const struct check_world *world,
                             size_t patch)
{
    size_t top = SIZE_MAX;

    for (size_t p = 0; is_baseline(checker, patch) && p < PATCHES(checker); p++) {
        if (p != patch && is_baseline(checker, p) && checker_supersedes(checker, p, patch) &&
            checker_recorded(checker, world, p) &&
            (top == SIZE_MAX || checker_supersedes(checker, p, top)))
            top = p;
    }
    return top;
}

bool checker_below_recorded(const struct checker *checker, const struct check_world *world,
                            size_t patch)
{
    return recorded_above(checker, world, patch) != SIZE_MAX;
}

static enum check_answer alternative_answer(const struct checker *checker,
                                            const struct check_world *world,
                                            const struct prereq_alternative *alternative)
{
    enum check_answer answer;

    if (!alternative->patch)
        return rule_answer(checker, world, alternative->rule);
    answer = satisfied(checker, world, checker_find(checker, alternative->patch));
    if (alternative->pending_is_enough == PREREQ_FLAG_TRUE)
        answer = either(
            answer, satisfied(checker, &checker->later, checker_find(checker, alternative->patch)));
    return answer;
}

enum check_answer checker_group(const struct checker *checker, const struct check_world *world,
                                size_t patch, const struct prereq_group *group)
{
    enum check_answer any = CHECK_NOT_THERE, when = rule_answer(checker, world, group->when);

    if (when == CHECK_NO)
        return CHECK_NOT_THERE;
    for (size_t i = 0; i < group->any_of_count; i++) {
        const struct prereq_alternative *alternative = &group->any_of[i];
        size_t over = alternative->patch ? recorded_above(checker, world,
                                                          checker_find(checker, alternative->patch))
                                         : SIZE_MAX;

        /* What a level needs is not asked of itself or of a later one. */
        if (over != SIZE_MAX && is_baseline(checker, patch) &&
            checker_supersedes(checker, over, patch))
            over = SIZE_MAX;
        any = either(any, over == SIZE_MAX ? alternative_answer(checker, world, alternative)
                                           : satisfied(checker, world, over));
    }
    return when == CHECK_YES || any == CHECK_YES || any == CHECK_NOT_THERE ? any : CHECK_UNSURE;
}

static bool before_only(const struct prereq_group *group)
{
    if (group->holds)
        return group->holds == PREREQ_HOLDS_BEFORE;
    for (size_t i = 0; i < group->any_of_count; i++) {
        if (!group->any_of[i].rule || !group->any_of[i].rule->nothing_pending)
            return false;
    }
    return true;
}

static enum check_answer groups(const struct checker *checker, const struct check_world *world,
                                size_t patch, bool always_only)
{
    const struct prereq_patch *entry = &checker->catalog->patches[patch];
    enum check_answer all = CHECK_NOT_THERE;

    for (size_t g = 0; g < entry->prerequisite_count; g++) {
        if (!always_only || !before_only(&entry->prerequisites[g]))
            all = both(all, checker_group(checker, world, patch, &entry->prerequisites[g]));
    }
    return all == CHECK_NOT_THERE ? CHECK_YES : all;
}

static int table_state(const struct checker *checker, const struct check_world *world, size_t patch)
{
    enum check_answer effect = checker_effect(checker, world, patch);
    enum check_answer always = groups(checker, world, patch, true);

    if (checker_recorded(checker, world, patch)) {
        if (always == CHECK_NO || is_broken(checker, world, patch))
            return PREREQ_STATE_OUT_OF_ORDER;
        if (effect != CHECK_YES)
            return effect == CHECK_NO ? PREREQ_STATE_REGRESSED : PREREQ_STATE_UNKNOWN;
        return always == CHECK_YES ? PREREQ_STATE_COMPLIANT : PREREQ_STATE_UNKNOWN;
    }
    if (effect == CHECK_YES)
        return PREREQ_STATE_COMPLIANT;
    if (effect == CHECK_UNSURE)
        return always == CHECK_NO ? PREREQ_STATE_BLOCKED : PREREQ_STATE_UNKNOWN;
    always = groups(checker, world, patch, false);
    if (always == CHECK_NO)
        return PREREQ_STATE_BLOCKED;
    return always == CHECK_YES ? PREREQ_STATE_READY : PREREQ_STATE_UNKNOWN;
}

static bool lists(const struct prereq_patch *patch, const char *path)
{
    for (size_t i = 0; i < patch->file_count; i++) {
        if (strcmp(patch->files[i].path, path) == 0)
            return true;
    }
    return false;
}

/* Some file of its own is older, and no compliant later one lists that file. */
static bool has_orphan(const struct checker *checker, const struct check_world *world, size_t patch)
{
    const struct prereq_patch *entry = &checker->catalog->patches[patch];

    if ((!checker_recorded(checker, world, patch) && !checker->in_restore[patch]) ||
        checker_below_recorded(checker, world, patch))
        return false;
    for (size_t i = 0; i < entry->file_count; i++) {
        bool covered = false;

        for (size_t p = 0; p < PATCHES(checker); p++)
            covered |= p != patch && checker_supersedes(checker, p, patch) &&
                       lists(&checker->catalog->patches[p], entry->files[i].path) &&
                       table_state(checker, world, p) == PREREQ_STATE_COMPLIANT;
        if (row_answer(checker, world, &entry->files[i]) == CHECK_NO && !covered)
            return true;
    }
    return false;
}

int checker_state(const struct checker *checker, const struct check_world *world, size_t patch)
{
    int state = table_state(checker, world, patch);

    if (state == PREREQ_STATE_COMPLIANT && groups(checker, world, patch, true) == CHECK_YES)
        return state;
    for (size_t p = 0; p < PATCHES(checker); p++) {
        if (p != patch && checker_supersedes(checker, p, patch) &&
            table_state(checker, world, p) == PREREQ_STATE_COMPLIANT &&
            !has_orphan(checker, world, patch))
            return PREREQ_STATE_SUPERSEDED;
    }
    if ((state == PREREQ_STATE_READY || state == PREREQ_STATE_BLOCKED) &&
        checker_below_recorded(checker, world, patch))
        return PREREQ_STATE_SUPERSEDED;
    return state;
}
