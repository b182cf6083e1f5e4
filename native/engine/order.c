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

/* Which named patch went on after the pair, with no other that satisfies the group before it;
 * PREREQ_NONE: none is known to. */
static uint32_t too_late(struct prereq_sitting *sitting, const struct prereq_cgroup *group,
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
            return other;
    }
    return PREREQ_NONE;
}

/* A group that only a guard would lift is broken where the guard holds, and in doubt where it is
 * not known. */
static void find_order(struct prereq_sitting *sitting, uint32_t pair, struct prereq_break *found)
{
    const struct prereq_cpatch *entry =
        &sitting->catalog->patches[sitting->host->pairs[pair].patch];

    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        const struct prereq_cgroup *group = &sitting->catalog->groups[i];
        struct prereq_finding when;
        uint32_t other;

        if (group->group->ordered != PREREQ_FLAG_TRUE)
            continue;
        when = prereq_rule_judge(sitting, group->when, sitting->host->pairs[pair].target);
        if (when.verdict == PREREQ_FALSE || when.verdict == PREREQ_NOT_APPLICABLE ||
            (when.verdict != PREREQ_TRUE && found->group != PREREQ_NONE))
            continue;
        other = too_late(sitting, group, pair);
        if (other == PREREQ_NONE)
            continue;
        found->group = i;
        found->event = other;
        found->time = sitting->world->records[other].first;
        found->unknown = when.verdict == PREREQ_TRUE ? PREREQ_NONE : group->when;
        found->finding = when;
        if (when.verdict == PREREQ_TRUE) {
            found->finding.reason = PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE;
            return;
        }
    }
}

/* ---- invalidation ---- */

/* When what voids it was added, where that is later than `found->installed`.  False: it is not
 * there, or not known to be later. */
static bool event_of(struct prereq_sitting *sitting, const struct prereq_cvoid *voided,
                     uint32_t target, struct prereq_break *found)
{
    const struct prereq_fact *feature;

    found->event = found->instance = PREREQ_NONE;
    if (voided->patch != PREREQ_NONE) {
        found->event = prereq_pair_find(sitting->host, voided->patch, target);
        if (found->event == PREREQ_NONE || prereq_recorded(sitting, found->event) != PREREQ_TRUE)
            return false;
        found->time = sitting->world->records[found->event].first;
        return prereq_time_is_later(found->time, found->installed);
    }
    if (voided->feature != PREREQ_NONE) {
        feature = &sitting->world->values[voided->feature];
        found->time = feature->time;
        return feature->status == PREREQ_FACT_KNOWN &&
               prereq_time_is_later(feature->time, found->installed);
    }
    for (uint32_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];

        found->instance = i;
        found->time = instance->installed_on;
        if (prereq_equal_nocase(instance->product, voided->invalidation->product) &&
            instance->status == PREREQ_FACT_KNOWN &&
            prereq_time_is_later(instance->installed_on, found->installed))
            return true;
    }
    return false;
}

/* Only what is proven clears an event: one whose `unless` is not known stands, and is told where no
 * other is certain.  True: a certain one was found. */
static bool find_own_void(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                          struct prereq_break *found)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];

    for (uint32_t i = entry->void_first; i < entry->void_first + entry->void_count; i++) {
        struct prereq_break one = *found;
        enum prereq_verdict unless = PREREQ_FALSE;

        one.voided = &sitting->catalog->voids[i];
        if (!event_of(sitting, one.voided, target, &one))
            continue;
        if (one.voided->unless != PREREQ_NONE)
            unless = prereq_rule_judge(sitting, one.voided->unless, target).verdict;
        if (unless == PREREQ_TRUE)
            continue;
        one.finding = (struct prereq_finding){PREREQ_TRUE, PREREQ_REASON_VOIDED_LATER};
        one.unknown = unless == PREREQ_FALSE || unless == PREREQ_NOT_APPLICABLE
                          ? PREREQ_NONE
                          : one.voided->unless;
        if (one.unknown == PREREQ_NONE || !found->voided)
            *found = one;
        if (one.unknown == PREREQ_NONE)
            return true;
    }
    return false;
}

/* Its own invalidations, and those of all that it supersedes. */
static void find_void(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                      struct prereq_break *found)
{
    struct prereq_trail walk;

    if (!sitting->catalog->patches[patch].voids_below)
        return;
    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_EARLIER, patch, target);
    while (prereq_trail_next(&walk)) {
        walk.stop_here = !sitting->catalog->patches[walk.patch].voids_below;
        if (!find_own_void(sitting, walk.patch, target, found))
            continue;
        prereq_trail_end(&walk);
        return;
    }
}

void prereq_break_of(struct prereq_sitting *sitting, uint32_t pair, struct prereq_break *found)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_break order, later;

    *found = (struct prereq_break){.finding = {PREREQ_FALSE, PREREQ_REASON_NONE},
                                   .group = PREREQ_NONE,
                                   .event = PREREQ_NONE,
                                   .instance = PREREQ_NONE,
                                   .unknown = PREREQ_NONE,
                                   .installed = sitting->world->records[pair].last};
    if (!found->installed.known || prereq_recorded(sitting, pair) != PREREQ_TRUE)
        return;
    order = later = *found;
    find_order(sitting, pair, &order);
    if (order.finding.verdict != PREREQ_TRUE)
        find_void(sitting, about->patch, about->target, &later);
    *found = later.finding.verdict == PREREQ_TRUE ? later : order;
}

struct prereq_finding prereq_broken(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_break found;

    prereq_break_of(sitting, pair, &found);
    return found.finding;
}
