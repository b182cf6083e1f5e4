/* SPDX-License-Identifier: MIT */
/* plan_check.c - the independent walk: a finished order, step by step, on fresh facts.
 *
 * It knows nothing of edges, readiness or choices.  What it refuses is never printed as a plan. */
#include "plan.h"

static const char *fault(struct prereq_planner *planner, uint32_t pair, const char *what)
{
    const char *text =
        prereq_printf(planner->trial->arena, "%s %s", prereq_plan_pair_id(planner, pair), what);

    return text ? text : "no memory for the check";
}

static const char *check_install(struct prereq_planner *planner, struct prereq_sim *sim,
                                 uint32_t pair)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

    if (entry->patch->refuses_while_recorded == PREREQ_FLAG_TRUE &&
        sim->now.records[pair].value == PREREQ_TRUE)
        return fault(planner, pair, "would go on while its record stands");
    if (entry->patch->withdrawn.known)
        return fault(planner, pair, "was withdrawn and would go on");
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        enum prereq_verdict verdict = prereq_group_judge(&sim->now_sitting, g, pair).verdict;

        if (verdict != PREREQ_TRUE && verdict != PREREQ_NOT_APPLICABLE)
            return fault(planner, pair, "would go on before what it needs");
    }
    if (prereq_is_below_recorded(&sim->now_sitting, pair))
        return fault(planner, pair, "would go on below a recorded level");
    return NULL;
}

static const char *check_uninstall(struct prereq_planner *planner, struct prereq_sim *sim,
                                   uint32_t pair)
{
    const struct prereq_record_value *records = sim->now.records;

    if (records[pair].value != PREREQ_TRUE)
        return fault(planner, pair, "would come off, and is not recorded");
    for (uint32_t other = 0; other < planner->host->pair_count; other++) {
        if (other != pair && records[other].value == PREREQ_TRUE &&
            prereq_may_apply(&sim->now_sitting, other) &&
            prereq_plan_patch(planner, other)->kind != PREREQ_KIND_BASELINE &&
            prereq_time_is_later(records[other].last, records[pair].last) &&
            prereq_share_file(&sim->now_sitting, pair, other))
            return fault(planner, pair, "would come off before one that went on later");
    }
    return NULL;
}

static bool came_off(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->now.records[pair].value == PREREQ_TRUE && planner->off[pair];
}

static bool satisfies(const struct prereq_planner *planner, uint32_t pair, uint32_t needed_by)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[needed_by].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &host->catalog->groups[g];

        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            if (host->catalog->alternatives[i].patch != PREREQ_NONE &&
                prereq_catalog_supersedes(host->catalog, host->pairs[pair].patch,
                                          host->catalog->alternatives[i].patch))
                return true;
        }
    }
    return false;
}

/* The plan sets one of its files or prerequisites. */
static bool is_touched(struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->act_count; i++) {
        const struct prereq_act *act = &planner->acts[i];

        if (act->kind != PREREQ_ACT_INSTALL && act->kind != PREREQ_ACT_UNINSTALL)
            continue;
        if (act->pair == pair || prereq_share_file(planner->start, act->pair, pair) ||
            satisfies(planner, act->pair, pair))
            return true;
    }
    return false;
}

/* At fault when the plan was made, or behind the restart that was due already. */
static bool was_at_fault(struct prereq_planner *planner, uint32_t pair)
{
    return prereq_state_is_fault(prereq_base_state(&planner->trial->now, pair)) ||
           (planner->host->differs &&
            prereq_state_is_fault(prereq_base_state(&planner->trial->later, pair)));
}

/* Rule 8: goals hold; what was in effect, or came off, is good, or as it was where the plan touched
 * nothing of it; what was at fault may stay so where its own repair is refused. */
static bool is_damaged(struct prereq_planner *planner, struct prereq_sim *sim, uint32_t pair)
{
    int before = prereq_base_state(&planner->trial->now, pair);
    int after = prereq_base_state(&sim->now_sitting, pair);
    bool was_on = prereq_effect(&planner->trial->now, pair).verdict == PREREQ_TRUE;

    if (prereq_plan_is_good(after))
        return false;
    if (prereq_plan_is_goal(planner, pair) || came_off(planner, pair))
        return true;
    if (planner->spared[pair] || (!was_on && before != PREREQ_STATE_SUPERSEDED))
        return false;
    if (before == PREREQ_STATE_UNKNOWN)
        return after != PREREQ_STATE_UNKNOWN;
    if (was_at_fault(planner, pair))
        return after != before || is_touched(planner, pair);
    return true;
}

size_t prereq_plan_force_damage(struct prereq_planner *planner, struct prereq_sim *sim)
{
    size_t fresh = 0;

    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        if (planner->damaged[pair] || planner->skipped[pair] || !is_damaged(planner, sim, pair))
            continue;
        fresh++;
        planner->forced[pair] = planner->damaged[pair] = true;
        planner->tried[pair] = was_at_fault(planner, pair) && !prereq_plan_is_goal(planner, pair) &&
                               !came_off(planner, pair);
    }
    return fresh;
}

const char *prereq_plan_first_damage(struct prereq_planner *planner, struct prereq_sim *sim)
{
    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        if (is_damaged(planner, sim, pair))
            return fault(planner, pair, "would not be sound at the end");
    }
    return NULL;
}

const char *prereq_plan_check(struct prereq_planner *planner)
{
    struct prereq_sim *sim = &planner->sim;

    prereq_sim_reset(sim);
    for (size_t i = 0; i < planner->order_count; i++) {
        const struct prereq_act *act;
        const char *wrong = NULL;

        if (planner->order[i] == PREREQ_RESTART_MARK) {
            prereq_sim_restart(sim);
            continue;
        }
        act = &planner->acts[planner->order[i]];
        if (act->kind == PREREQ_ACT_INSTALL)
            wrong = check_install(planner, sim, act->pair);
        else if (act->kind == PREREQ_ACT_UNINSTALL)
            wrong = check_uninstall(planner, sim, act->pair);
        if (wrong)
            return wrong;
        prereq_sim_act(sim, act);
    }
    if (sim->restart_due)
        return "a restart that is due at the end is missing";
    return prereq_plan_first_damage(planner, sim);
}
