/* SPDX-License-Identifier: MIT */
/* order.c - broken by time: installed before its prerequisite, or voided by something added later.
 *
 * Both are judged by known times only.  Times known to the day compare by day, and the same day says
 * nothing. */
#include "judge.h"

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

/* The patch and every later one are known not to be on; `except` does not count. */
static bool all_off(struct prereq_sitting *sitting, uint32_t patch, uint32_t target, uint32_t except)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);

    if (patch != except && pair != PREREQ_NONE && !known_off(sitting, pair))
        return false;
    for (uint32_t i = 0; i < entry->later_count; i++) {
        if (!all_off(sitting, sitting->catalog->numbers[entry->later_first + i], target, except))
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

static struct prereq_time patch_event(struct prereq_sitting *sitting, uint32_t patch, uint32_t target)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);

    if (pair == PREREQ_NONE || prereq_recorded(sitting, pair) != PREREQ_TRUE)
        return (struct prereq_time){0, false, false};
    return sitting->world->records[pair].first;
}

static bool is_after(const struct prereq_sitting *sitting, struct prereq_time event,
                     struct prereq_time installed)
{
    struct prereq_time facts_time = sitting->host->facts->collection->finished;

    /* An event later than the facts' own time is a clock fault; steps of a plan come with records. */
    if (event.known && facts_time.known && event.seconds > facts_time.seconds)
        return false;
    return prereq_time_is_later(event, installed);
}

static bool event_is_later(struct prereq_sitting *sitting, const struct prereq_cvoid *voided,
                           uint32_t target, struct prereq_time installed)
{
    const struct prereq_fact *feature;

    if (voided->patch != PREREQ_NONE)
        return prereq_time_is_later(patch_event(sitting, voided->patch, target), installed);
    if (voided->feature != PREREQ_NONE) {
        feature = &sitting->world->values[voided->feature];
        return feature->status == PREREQ_FACT_KNOWN && is_after(sitting, feature->time, installed);
    }
    for (size_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];

        if (prereq_equal_nocase(instance->product, voided->invalidation->product) &&
            instance->status == PREREQ_FACT_KNOWN &&
            is_after(sitting, instance->installed_on, installed))
            return true;
    }
    return false;
}

/* Its own invalidations, and those of all that it supersedes.  TRUE: voided. */
static enum prereq_verdict voided(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                                  struct prereq_time installed)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];
    enum prereq_verdict worst = PREREQ_FALSE;

    if (!entry->voids_below)
        return PREREQ_FALSE;
    for (uint32_t i = entry->void_first; i < entry->void_first + entry->void_count; i++) {
        const struct prereq_cvoid *one = &sitting->catalog->voids[i];
        enum prereq_verdict unless = PREREQ_FALSE;

        if (!event_is_later(sitting, one, target, installed))
            continue;
        if (one->unless != PREREQ_NONE)
            unless = prereq_rule_judge(sitting, one->unless, target).verdict;
        if (unless == PREREQ_FALSE || unless == PREREQ_NOT_APPLICABLE)
            return PREREQ_TRUE;
        if (unless != PREREQ_TRUE)
            worst = PREREQ_UNKNOWN;
    }
    for (uint32_t i = 0; i < entry->earlier_count; i++) {
        enum prereq_verdict below = voided(
            sitting, sitting->catalog->numbers[entry->earlier_first + i], target, installed);

        if (below == PREREQ_TRUE)
            return PREREQ_TRUE;
        if (below == PREREQ_UNKNOWN)
            worst = PREREQ_UNKNOWN;
    }
    return worst;
}

struct prereq_finding prereq_broken(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_time installed = sitting->world->records[pair].last;
    enum prereq_verdict is_void;

    if (!installed.known || prereq_recorded(sitting, pair) != PREREQ_TRUE)
        return (struct prereq_finding){PREREQ_FALSE, PREREQ_REASON_NONE};
    if (order_is_broken(sitting, pair))
        return (struct prereq_finding){PREREQ_TRUE, PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE};
    is_void = voided(sitting, about->patch, about->target, installed);
    return (struct prereq_finding){is_void, is_void == PREREQ_FALSE ? PREREQ_REASON_NONE
                                                                    : PREREQ_REASON_VOIDED_LATER};
}
