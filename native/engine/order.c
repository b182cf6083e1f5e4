/* SPDX-License-Identifier: MIT */
/* order.c - broken by time: installed before its prerequisite, or voided by something added later.
 *
 * Both are judged by known times only.  Times known to the day compare by day, and the same day
 * says nothing. */
#include "engine/judge.h"

bool prereq_time_is_later(struct prereq_time a, struct prereq_time b)
{
    if (!a.known || !b.known)
        return false;
    if (a.day_only || b.day_only)
        return prereq_time_day(a) > prereq_time_day(b);
    return a.seconds > b.seconds;
}

static bool known_off(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_recorded(sitting, pair) == PREREQ_FALSE ||
           prereq_effect(sitting, pair).verdict == PREREQ_FALSE;
}

/* The patch and every later one are known not to be on; `except` does not count, and one that does
 * not apply satisfies nothing. */
static bool all_off(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                    uint32_t except)
{
    struct prereq_trail walk;

    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_LATER, patch, target);
    while (prereq_trail_next(&walk)) {
        if (walk.patch == except || walk.pair == PREREQ_NONE ||
            !prereq_may_apply(sitting, walk.pair) || known_off(sitting, walk.pair))
            continue;
        prereq_trail_end(&walk);
        return false;
    }
    return true;
}

static bool others_off(struct prereq_sitting *sitting, const struct prereq_cgroup *group,
                       uint32_t target, uint32_t except)
{
    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        uint32_t patch = sitting->catalog->alternatives[i].patch;

        if (patch != PREREQ_NONE && !all_off(sitting, patch, target, except))
            return false;
    }
    return true;
}

static bool group_is_broken(struct prereq_sitting *sitting, const struct prereq_cgroup *group,
                            uint32_t pair)
{
    struct prereq_time installed = sitting->world->records[pair].last;
    uint32_t target = sitting->host->pairs[pair].target;

    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        uint32_t named = sitting->catalog->alternatives[i].patch;
        uint32_t other =
            named == PREREQ_NONE ? PREREQ_NONE : prereq_pair_find(sitting->host, named, target);

        if (other == PREREQ_NONE || prereq_recorded(sitting, other) != PREREQ_TRUE)
            continue;
        if (prereq_time_is_later(sitting->world->records[other].first, installed) &&
            others_off(sitting, group, target, named))
            return true;
    }
    return false;
}

static bool order_is_broken(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_cpatch *entry =
        &sitting->catalog->patches[sitting->host->pairs[pair].patch];
    uint32_t target = sitting->host->pairs[pair].target;

    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        const struct prereq_cgroup *group = &sitting->catalog->groups[i];
        enum prereq_verdict when;

        if (group->group->ordered != PREREQ_FLAG_TRUE)
            continue;
        when = prereq_rule_judge(sitting, group->when, target).verdict;
        if (when == PREREQ_TRUE && group_is_broken(sitting, group, pair))
            return true;
    }
    return false;
}

/* ---- invalidation ---- */

static struct prereq_time patch_event(struct prereq_sitting *sitting, uint32_t patch,
                                      uint32_t target)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);

    if (pair == PREREQ_NONE || prereq_recorded(sitting, pair) != PREREQ_TRUE)
        return (struct prereq_time){0, false, false};
    return sitting->world->records[pair].first;
}

static bool event_is_later(struct prereq_sitting *sitting, const struct prereq_cvoid *voided,
                           uint32_t target, struct prereq_time installed)
{
    const struct prereq_fact *feature;

    if (voided->patch != PREREQ_NONE)
        return prereq_time_is_later(patch_event(sitting, voided->patch, target), installed);
    if (voided->feature != PREREQ_NONE) {
        feature = &sitting->world->values[voided->feature];
        return feature->status == PREREQ_FACT_KNOWN &&
               prereq_time_is_later(feature->time, installed);
    }
    for (size_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];

        if (prereq_equal_nocase(instance->product, voided->invalidation->product) &&
            instance->status == PREREQ_FACT_KNOWN &&
            prereq_time_is_later(instance->installed_on, installed))
            return true;
    }
    return false;
}

/* One entry's own invalidations.  TRUE: voided. */
static struct prereq_finding voided_by_own(struct prereq_sitting *sitting,
                                           const struct prereq_cpatch *entry, uint32_t target,
                                           struct prereq_time installed)
{
    const struct prereq_finding sound = {PREREQ_FALSE, PREREQ_REASON_NONE};
    struct prereq_finding worst = sound;

    for (uint32_t i = entry->void_first; i < entry->void_first + entry->void_count; i++) {
        const struct prereq_cvoid *one = &sitting->catalog->voids[i];
        struct prereq_finding unless = sound;

        if (!event_is_later(sitting, one, target, installed))
            continue;
        if (one->unless != PREREQ_NONE)
            unless = prereq_rule_judge(sitting, one->unless, target);
        if (unless.verdict == PREREQ_FALSE || unless.verdict == PREREQ_NOT_APPLICABLE)
            return (struct prereq_finding){PREREQ_TRUE, PREREQ_REASON_VOIDED_LATER};
        if (unless.verdict != PREREQ_TRUE)
            worst = unless;
    }
    return worst;
}

/* Its own invalidations, and those of all that it supersedes.  TRUE: voided. */
static struct prereq_finding voided(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                                    struct prereq_time installed)
{
    struct prereq_finding worst = {PREREQ_FALSE, PREREQ_REASON_NONE};
    struct prereq_trail walk;

    if (!sitting->catalog->patches[patch].voids_below)
        return worst;
    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_EARLIER, patch, target);
    while (prereq_trail_next(&walk)) {
        const struct prereq_cpatch *entry = &sitting->catalog->patches[walk.patch];
        struct prereq_finding one = voided_by_own(sitting, entry, target, installed);

        walk.stop_here = !entry->voids_below;
        if (one.verdict != PREREQ_FALSE)
            worst = one;
        if (one.verdict != PREREQ_TRUE)
            continue;
        prereq_trail_end(&walk);
        break;
    }
    return worst;
}

struct prereq_finding prereq_broken(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_time installed = sitting->world->records[pair].last;

    if (!installed.known || prereq_recorded(sitting, pair) != PREREQ_TRUE)
        return (struct prereq_finding){PREREQ_FALSE, PREREQ_REASON_NONE};
    if (order_is_broken(sitting, pair))
        return (struct prereq_finding){PREREQ_TRUE, PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE};
    return voided(sitting, about->patch, about->target, installed);
}
