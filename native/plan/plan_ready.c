/* SPDX-License-Identifier: MIT */
/* plan_ready.c - may an act come next, on the simulation as it stands; may a restart? */
#include "plan/plan.h"

static bool holds(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_NOT_APPLICABLE;
}

static bool groups_hold(struct prereq_sim *sim, uint32_t pair)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        if (!holds(prereq_group_judge(&sim->now_sitting, g, pair).verdict))
            return false;
    }
    return true;
}

/* A level that the plan itself put on, now or for the restart, stands above it. */
static bool is_below(struct prereq_sim *sim, uint32_t pair)
{
    return prereq_is_below_recorded(&sim->now_sitting, pair) ||
           prereq_is_below_recorded(&sim->later_sitting, pair);
}

/* The patch, or one that stands in for it, went on since the last restart. */
static bool went_on_since(const struct prereq_sim *sim, uint32_t patch)
{
    for (size_t k = 0; patch != PREREQ_NONE && k < sim->since_count; k++) {
        uint32_t later = sim->host->pairs[sim->since[k].pair].patch;

        if (prereq_catalog_supersedes(sim->host->catalog, later, patch))
            return true;
    }
    return false;
}

/* A satisfier that went on since the last restart, where a restart has to stand between. */
static bool waits_for_restart(struct prereq_sim *sim, uint32_t pair)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &catalog->groups[g];

        if (group->group->restart_before != PREREQ_FLAG_TRUE)
            continue;
        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            if (went_on_since(sim, catalog->alternatives[i].patch))
                return true;
        }
    }
    return false;
}

static bool may_chain(struct prereq_sim *sim, uint32_t a, uint32_t b)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    int one = catalog->patches[sim->host->pairs[a].patch].patch->chain;
    int other = catalog->patches[sim->host->pairs[b].patch].patch->chain;

    if (one == PREREQ_CHAIN_NEVER || other == PREREQ_CHAIN_NEVER)
        return false;
    if (one == PREREQ_CHAIN_ALWAYS && other == PREREQ_CHAIN_ALWAYS)
        return true;
    return !prereq_share_file(&sim->now_sitting, a, b);
}

static bool chains(struct prereq_sim *sim, uint32_t pair)
{
    for (size_t i = 0; i < sim->since_count; i++) {
        if (sim->since[i].pending && !may_chain(sim, sim->since[i].pair, pair))
            return false;
    }
    return true;
}

/* ---- what goes on together with what it needs ---- */

static bool is_needed_by(const struct prereq_planner *planner, size_t act, size_t by)
{
    for (size_t i = 0; i < planner->choice_count; i++) {
        if (planner->choices[i].pair == planner->acts[by].pair &&
            planner->choices[i].candidate == planner->acts[act].pair)
            return planner->acts[act].kind == PREREQ_ACT_INSTALL;
    }
    return false;
}

static bool goes_together(const struct prereq_planner *planner, size_t act)
{
    return planner->acts[act].kind == PREREQ_ACT_INSTALL &&
           prereq_plan_patch(planner, planner->acts[act].pair)->no_restart_between ==
               PREREQ_FLAG_TRUE;
}

/* The first of a set that goes on together waits until nothing outside holds up any of the others.
 */
static bool held_up(const struct prereq_planner *planner, size_t last, const bool *done)
{
    for (size_t member = 0; member < planner->act_count; member++) {
        if (member != last && !is_needed_by(planner, member, last))
            continue;
        for (size_t a = 0; a < planner->act_count; a++) {
            if (!done[a] && prereq_plan_before(planner, a, member) &&
                !is_needed_by(planner, a, last))
                return true;
        }
    }
    return false;
}

static bool set_is_held_up(struct prereq_planner *planner, struct prereq_sim *sim, size_t act,
                           const bool *done)
{
    for (size_t last = 0; last < planner->act_count; last++) {
        if (last == act || done[last] || !goes_together(planner, last) ||
            !is_needed_by(planner, act, last))
            continue;
        if (held_up(planner, last, done) || !chains(sim, planner->acts[last].pair))
            return true;
    }
    return false;
}

bool prereq_plan_may_restart(struct prereq_planner *planner, const bool *done)
{
    for (size_t last = 0; last < planner->act_count; last++) {
        for (size_t a = 0; a < planner->act_count; a++) {
            if (done[a] && !done[last] && goes_together(planner, last) &&
                is_needed_by(planner, a, last))
                return false;
        }
    }
    return true;
}

/* ---- the whole question ---- */

/* What held an act up the last time mostly still does, and is asked first. */
static bool is_free(const struct prereq_planner *planner, size_t act, const bool *done)
{
    uint32_t last = planner->held_by[act];

    if (!done[last] && prereq_plan_before(planner, last, act))
        return false;
    for (uint32_t a = 0; a < planner->act_count; a++) {
        if (!done[a] && prereq_plan_before(planner, a, act)) {
            planner->held_by[act] = a;
            return false;
        }
    }
    return true;
}

bool prereq_plan_ready(struct prereq_planner *planner, struct prereq_sim *sim, size_t act,
                       const bool *done)
{
    const struct prereq_act *about = &planner->acts[act];

    if (!is_free(planner, act, done))
        return false;
    if (about->kind == PREREQ_ACT_WAIT)
        return !sim->restart_due;
    if (about->kind != PREREQ_ACT_INSTALL)
        return true;
    return prereq_may_apply(&sim->now_sitting, about->pair) && chains(sim, about->pair) &&
           groups_hold(sim, about->pair) && !is_below(sim, about->pair) &&
           !waits_for_restart(sim, about->pair) && !set_is_held_up(planner, sim, act, done);
}

bool prereq_plan_restart_helps(struct prereq_planner *planner, struct prereq_sim *sim,
                               const bool *done)
{
    for (size_t act = 0; act < planner->act_count; act++) {
        if (!done[act] && planner->acts[act].kind == PREREQ_ACT_INSTALL &&
            is_free(planner, act, done) && waits_for_restart(sim, planner->acts[act].pair))
            return true;
    }
    return sim->restart_due || sim->restart_helps;
}
